"""Week 6, first notebook: tuning, batch normalisation and softmax regression."""

from __future__ import annotations

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import batch_norm, softmax_regression, tuning
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator


def _sizes(rng: Generator) -> tuple[int, int, int]:
    """Three sizes from 2 to 8, never two alike."""
    first, second, third = (int(n) for n in rng.permutation(np.arange(2, 9))[:3])
    return first, second, third


# --- tuning ---------------------------------------------------------------------------------


def _uniform(rng: Generator) -> np.ndarray:
    """Uniform numbers of any shape, some of them bounds."""
    shape = tuple(rng.integers(2, 6, size=rng.integers(1, 3)))
    u = rng.random(shape)
    u.flat[0] = rng.choice([0.0, 1.0])
    return u


def _log_range(rng: Generator) -> Arguments:
    low = float(10 ** rng.uniform(-5, -1))
    return arguments(_uniform(rng), low, low * float(10 ** rng.uniform(0.5, 4)))


def _log_range_edges(rng: Generator) -> list[Arguments]:
    """Take the range of the classic example, one number, and whole numbers."""
    return [
        arguments(rng.random(5), 1e-4, 1.0),
        arguments(np.array([0.5]), 0.1, 10.0),
        arguments(np.array([0, 1]), 1, 1000),
    ]


LOG_UNIFORM = Exercise(
    function="log_uniform",
    reference=tuning.log_uniform,
    inputs=_log_range,
    edge_inputs=_log_range_edges,
    checks=[Matches(points=4, label="the values"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "uniform between the bounds",
            "def log_uniform(u, low, high):\n    return low + (high - low) * u",
            "This spreads the values evenly, so nearly all of them have the size of `high`. Spread the exponents evenly instead, then take 10 to that power.",
        ),
        Mistake(
            "exponents returned",
            "def log_uniform(u, low, high):\n    return np.log10(low) + (np.log10(high) - np.log10(low)) * u",
            "These are the exponents r. The values are 10 to the power of r.",
        ),
        Mistake(
            "bounds taken for exponents",
            "def log_uniform(u, low, high):\n    return 10 ** (low + (high - low) * u)",
            "`low` and `high` are values, not exponents. Take their logarithms first, with np.log10.",
        ),
        Mistake(
            "powers of e with logarithms to base 10",
            {"10 ** (r_low + (r_high - r_low) * u)": "np.exp(r_low + (r_high - r_low) * u)"},
            "np.exp takes powers of e, which belong to np.log. Exponents from np.log10 belong to powers of 10: 10 ** r.",
        ),
        Mistake(
            "range written in",
            "def log_uniform(u, low, high):\n    return 10 ** (-4 * u)",
            "−4 fits one range only, from 0.0001 to 1. Take the exponents' range from `low` and `high`.",
        ),
        Mistake(
            "bounds handed to np.random.rand",
            "def log_uniform(u, low, high):\n    r = -4 * np.random.rand(-4, 0)\n    return 10 ** r",
            "No numbers need to be drawn here: `u` holds them. (np.random.rand takes a shape, not bounds: rand(-4, 0) asks for a negative number of rows.)",
        ),
        Mistake(
            "natural logarithm with powers of 10",
            {"np.log10(low)": "np.log(low)", "np.log10(high)": "np.log(high)"},
            "np.log is the natural logarithm; it belongs to np.exp. For powers of 10 take np.log10.",
        ),
        Mistake(
            "exponents' range not shifted",
            {"r_low + (r_high - r_low) * u": "r_high * u"},
            "At u = 0 your value is 1. It should be `low`: begin at the lower exponent, and go up by the length of the range times u.",
        ),
        Mistake(
            "ends swapped",
            {"r_low + (r_high - r_low) * u": "r_high + (r_low - r_high) * u"},
            "u = 0 should give `low`, and u = 1 `high`: yours run the other way.",
        ),
    ],
)


def _beta_range(rng: Generator) -> Arguments:
    low = float(rng.uniform(0.3, 0.92))
    return arguments(_uniform(rng), low, 1 - (1 - low) * float(10 ** rng.uniform(-2, -0.5)))


def _beta_range_edges(rng: Generator) -> list[Arguments]:
    return [arguments(rng.random(5), 0.9, 0.999), arguments(np.array([0.25]), 0.5, 0.99)]


LOG_UNIFORM_BETA = Exercise(
    function="log_uniform_beta",
    reference=tuning.log_uniform_beta,
    inputs=_beta_range,
    edge_inputs=_beta_range_edges,
    checks=[Matches(points=4, label="the values"), LeavesInputsAlone()],
    uses=("log_uniform",),
    mistakes=[
        Mistake(
            "β uniform",
            "def log_uniform_beta(u, low, high):\n    return low + (high - low) * u",
            "From 0.9 to 0.9005 hardly anything changes, from 0.999 to 0.9995 the average doubles its memory. Spread 1 − β on a log scale, not β evenly.",
        ),
        Mistake(
            "β itself on a log scale",
            {"1 - log_uniform(u, 1 - low, 1 - high)": "log_uniform(u, low, high)"},
            "All β have the same order of magnitude. It is 1 − β that runs over several: put that on the log scale.",
        ),
        Mistake(
            "1 − β returned",
            {"1 - log_uniform(u, 1 - low, 1 - high)": "log_uniform(u, 1 - low, 1 - high)"},
            "These are the values of 1 − β. Take them away from 1 at the end.",
        ),
        Mistake(
            "ends swapped",
            {"1 - low, 1 - high": "1 - high, 1 - low"},
            "u = 0 should give `low`. Where β is smallest, 1 − β is largest: mind which end is which.",
        ),
        Mistake(
            "bounds of β for bounds of 1 − β",
            {"1 - low, 1 - high": "low, high"},
            "The bounds have to be turned round as well: if β runs from `low` to `high`, 1 − β runs from 1 − `low` to 1 − `high`.",
        ),
        Mistake(
            "range written in",
            {"1 - low, 1 - high": "0.1, 0.001"},
            "0.1 and 0.001 fit the range from 0.9 to 0.999 only: use `low` and `high`.",
        ),
    ],
)


def _trials(rng: Generator) -> Arguments:
    """Values and scores in random order, so that neither is sorted; never a tie."""
    k = int(rng.integers(5, 12))
    values = 10 ** rng.uniform(-4, 1, k)
    scores = rng.permutation(np.linspace(0.1, 0.95, k)) + rng.uniform(0, 0.01, k)
    return arguments(values, scores, keep=int(rng.integers(2, k - 1)))


def _trials_edges(rng: Generator) -> list[Arguments]:
    """Keep the best one alone, all of them, or a single trial."""
    values, scores = _trials(rng).positional
    return [
        arguments(values, scores, keep=1),
        arguments(values, scores, keep=len(values)),
        arguments(np.array([0.3]), np.array([0.8]), keep=1),
    ]


NARROW_RANGE = Exercise(
    function="narrow_range",
    reference=tuning.narrow_range,
    returns=("low", "high"),
    inputs=_trials,
    edge_inputs=_trials_edges,
    checks=[Matches("low", points=2), Matches("high", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "the worst trials kept",
            {"[-keep:]": "[:keep]"},
            "np.argsort sorts upwards, so the best scores stand at its end: these are the last `keep`, not the first.",
        ),
        Mistake(
            "the largest values kept",
            {"np.argsort(scores)": "np.argsort(values)"},
            "The best trials are those with the best scores: sort by `scores`, and look up the values.",
        ),
        Mistake(
            "range of the scores",
            {"values[np.argsort(scores)[-keep:]]": "np.sort(scores)[-keep:]"},
            "This is the range of the scores. You want the range of the values that got them.",
        ),
        Mistake(
            "range of the indices",
            {"values[np.argsort(scores)[-keep:]]": "np.argsort(scores)[-keep:]"},
            "np.argsort gives positions. Look up the values that stand there: values[positions].",
        ),
        Mistake(
            "the range of all trials",
            {"values[np.argsort(scores)[-keep:]]": "values"},
            "This is the range of everything that was tried. Only the `keep` best trials count.",
        ),
        Mistake(
            "best and last of the best, unsorted",
            {"np.min(best)": "best[0]", "np.max(best)": "best[-1]"},
            "The best trials are in the order of their scores, not of their values: take the smallest and the largest of them.",
        ),
        Mistake(
            "upper end first",
            {
                "(float(np.min(best)), float(np.max(best)))": "(float(np.max(best)), float(np.min(best)))"
            },
            "The lower end comes first.",
        ),
    ],
)


# --- batch normalisation --------------------------------------------------------------------


def _column(rng: Generator, n: int) -> np.ndarray:
    return rng.normal(size=(n, 1))


def _batch(rng: Generator, n: int, m: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw sums of units that differ in mean and spread, with scale and shift."""
    Z = _column(rng, n) * 2 + rng.uniform(0.3, 3, (n, 1)) * rng.normal(size=(n, m))
    return Z, rng.uniform(0.5, 2, (n, 1)) * rng.choice([-1, 1], (n, 1)), _column(rng, n)


def _epsilon(rng: Generator) -> float:
    """Large enough to show where it is added."""
    return float(10 ** rng.uniform(-3, -0.5))


def _bn_forward(rng: Generator) -> Arguments:
    n, m, _ = _sizes(rng)
    return arguments(*_batch(rng, n, m), epsilon=_epsilon(rng))


def _bn_forward_edges(rng: Generator) -> list[Arguments]:
    """One example; a unit that never changes; a single unit, with the default epsilon."""
    Z, gamma, beta = _batch(rng, 3, 5)
    Z[1] = 2.0
    return [
        arguments(*_batch(rng, 3, 1), epsilon=0.01),
        arguments(Z, gamma, beta, epsilon=0.01),
        arguments(*_batch(rng, 1, 6)),
    ]


def _bn_sized(m: int) -> Arguments:
    return arguments(*_batch(np.random.default_rng(0), 3, m))


BATCHNORM_FORWARD = Exercise(
    function="batchnorm_forward",
    reference=batch_norm.batchnorm_forward,
    returns=("Z_tilde", "cache"),
    inputs=_bn_forward,
    edge_inputs=_bn_forward_edges,
    checks=[
        Matches("Z_tilde", points=3),
        Matches("cache.mu", points=1),
        Matches("cache.var", points=1),
        Matches("cache.std", points=1),
        Matches("cache.Z_norm", points=1),
        Matches("cache.gamma", points=1),
        Vectorised(small=_bn_sized(3), large=_bn_sized(200)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "divided by the variance",
            {"(Z - mu) / std": "(Z - mu) / (var + epsilon)"},
            "Divide by the standard deviation, the root of the variance: otherwise the result has no variance of 1.",
        ),
        Mistake(
            "variance without taking the mean away",
            {"(Z - mu) ** 2": "Z ** 2"},
            "The variance is the mean of (Z − mu)²: take the mean away before squaring.",
        ),
        Mistake(
            "averaged over the units",
            {
                "np.mean(Z, axis=1, keepdims=True)": "np.mean(Z, axis=0, keepdims=True)",
                "np.mean((Z - mu) ** 2, axis=1, keepdims=True)": "np.mean((Z - mu) ** 2, axis=0, keepdims=True)",
            },
            "Each unit is normalised by itself, over the examples of the batch: a unit is a row, so average along axis=1.",
        ),
        Mistake(
            "one mean for all units",
            {
                "np.mean(Z, axis=1, keepdims=True)": "np.mean(Z)",
                "np.mean((Z - mu) ** 2, axis=1, keepdims=True)": "np.mean((Z - mu) ** 2)",
            },
            "Without an axis, all units share one mean and one variance. Each unit needs its own: axis=1, keepdims=True.",
        ),
        Mistake(
            "epsilon outside of the root",
            {"np.sqrt(var + epsilon)": "np.sqrt(var) + epsilon"},
            "Here epsilon is added to the variance, before the root is taken.",
        ),
        Mistake(
            "sample variance, divided by m − 1",
            "def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):\n"
            "    mu = np.mean(Z, axis=1, keepdims=True)\n"
            "    var = np.sum((Z - mu) ** 2, axis=1, keepdims=True) / max(Z.shape[1] - 1, 1)\n"
            "    std = np.sqrt(var + epsilon)\n"
            "    Z_norm = (Z - mu) / std\n"
            "    cache = {'mu': mu, 'var': var, 'std': std, 'Z_norm': Z_norm, 'gamma': gamma}\n"
            "    return gamma * Z_norm + beta, cache",
            "The variance of the batch is the plain average of the squares: divide by m, not by m − 1.",
        ),
        Mistake(
            "not scaled and shifted",
            {"(gamma * Z_norm + beta, cache)": "(Z_norm, cache)"},
            "Normalised sums are not the end: the layer may learn its own scale and mean. Multiply by gamma, add beta.",
        ),
        Mistake(
            "gamma and beta swapped",
            {"gamma * Z_norm + beta": "beta * Z_norm + gamma"},
            "gamma scales and beta shifts: gamma is the factor, beta is added.",
        ),
        Mistake(
            "keepdims forgotten",
            {
                "np.mean(Z, axis=1, keepdims=True)": "np.mean(Z, axis=1)",
                "np.mean((Z - mu) ** 2, axis=1, keepdims=True)": "np.mean((Z - mu) ** 2, axis=1)",
            },
            "mu and var are columns, (n, 1), so that they can be taken from every column of Z: use keepdims=True.",
        ),
        Mistake(
            "epsilon in the cache's variance",
            {
                "np.mean((Z - mu) ** 2, axis=1, keepdims=True)": "np.mean((Z - mu) ** 2, axis=1, keepdims=True) + epsilon",
                "np.sqrt(var + epsilon)": "np.sqrt(var)",
            },
            "`var` is the batch's own variance. Add epsilon only where the root is taken.",
        ),
    ],
)


def _bn_backward_sized(rng: Generator, n: int, m: int) -> Arguments:
    """Take the cache from a real forward pass."""
    _, cache = batch_norm.batchnorm_forward(*_batch(rng, n, m), epsilon=_epsilon(rng))
    return arguments(rng.normal(size=(n, m)), cache)


def _bn_backward(rng: Generator) -> Arguments:
    n, m, _ = _sizes(rng)
    return _bn_backward_sized(rng, n, m + 1)


def _bn_backward_edges(rng: Generator) -> list[Arguments]:
    return [_bn_backward_sized(rng, 3, 1), _bn_backward_sized(rng, 1, 6)]


BATCHNORM_BACKWARD = Exercise(
    function="batchnorm_backward",
    reference=batch_norm.batchnorm_backward,
    returns=("dZ", "dgamma", "dbeta"),
    inputs=_bn_backward,
    edge_inputs=_bn_backward_edges,
    checks=[
        Matches("dZ", points=6),
        Matches("dgamma", points=2),
        Matches("dbeta", points=2),
        Vectorised(
            small=_bn_backward_sized(np.random.default_rng(0), 3, 3),
            large=_bn_backward_sized(np.random.default_rng(0), 3, 200),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "mean and variance taken for constants",
            {"dZ_tilde - dbeta / m - Z_norm * dgamma / m": "dZ_tilde"},
            "mu and std depend on Z too: when one example moves, they move, and with them all the others. Two terms are missing.",
        ),
        Mistake(
            "the way through the variance left out",
            {"dZ_tilde - dbeta / m - Z_norm * dgamma / m": "dZ_tilde - dbeta / m"},
            "The way through the mean is there. The one through the standard deviation is missing: the term with Z_norm.",
        ),
        Mistake(
            "the way through the mean left out",
            {"dZ_tilde - dbeta / m - Z_norm * dgamma / m": "dZ_tilde - Z_norm * dgamma / m"},
            "The way through the standard deviation is there. The one through the mean is missing.",
        ),
        Mistake(
            "the way through the variance added",
            {"- Z_norm * dgamma / m": "+ Z_norm * dgamma / m"},
            "Both detours, through the mean and through the standard deviation, are taken away from dZ_tilde. You add the second one.",
        ),
        Mistake(
            "gamma left out of dZ",
            {"cache['gamma'] / cache['std'] * own_share": "own_share / cache['std']"},
            "On its way back the gradient passes the scaling too: dZ has gamma as a factor.",
        ),
        Mistake(
            "multiplied by the standard deviation",
            {"cache['gamma'] / cache['std']": "cache['gamma'] * cache['std']"},
            "Z is divided by std on the way forward, so the gradient is divided by std on the way back.",
        ),
        Mistake(
            "divided by the variance",
            {"cache['gamma'] / cache['std']": "cache['gamma'] / cache['std'] ** 2"},
            "Z is divided by the standard deviation, so the gradient is divided by it once, not by its square.",
        ),
        Mistake(
            "sums for means",
            {"dbeta / m - Z_norm * dgamma / m": "dbeta - Z_norm * dgamma"},
            "The two terms that are taken away are averages over the batch: divide the sums by m.",
        ),
        Mistake(
            "dgamma and dbeta averaged",
            {
                "return (cache['gamma'] / cache['std'] * own_share, dgamma, dbeta)": "return (cache['gamma'] / cache['std'] * own_share, dgamma / m, dbeta / m)"
            },
            "dZ_tilde is the gradient of the cost, so it has its factor 1/m already. dgamma and dbeta are plain sums over the examples.",
        ),
        Mistake(
            "dgamma without Z_norm",
            {
                "np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)": "np.sum(dZ_tilde, axis=1, keepdims=True)"
            },
            "gamma is multiplied by Z_norm on the way forward, so dgamma sums dZ_tilde times Z_norm.",
        ),
        Mistake(
            "keepdims forgotten",
            {
                "np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)": "np.sum(dZ_tilde * Z_norm, axis=1)",
                "np.sum(dZ_tilde, axis=1, keepdims=True)": "np.sum(dZ_tilde, axis=1)",
            },
            "dgamma and dbeta are columns, like gamma and beta: sum with keepdims=True.",
        ),
    ],
)


def _averages(rng: Generator, n: int) -> dict[str, np.ndarray]:
    return {"mu": _column(rng, n), "var": rng.uniform(0.2, 4, (n, 1))}


def _moving(rng: Generator) -> Arguments:
    n, _, _ = _sizes(rng)
    new = _averages(rng, n)
    momentum = float(rng.uniform(0.6, 0.99))
    return arguments(_averages(rng, n), new["mu"], new["var"], momentum=momentum)


def _moving_by_default(rng: Generator) -> list[Arguments]:
    return [arguments(*_moving(rng).positional), arguments(_averages(rng, 1), *_one_by_one(rng))]


def _one_by_one(rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    return _column(rng, 1), np.array([[0.7]])


UPDATE_MOVING_AVERAGES = Exercise(
    function="update_moving_averages",
    reference=batch_norm.update_moving_averages,
    inputs=_moving,
    edge_inputs=_moving_by_default,
    checks=[Matches("mu", points=2), Matches("var", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "weights swapped",
            {
                "momentum * running['mu'] + (1 - momentum) * mu": "(1 - momentum) * running['mu'] + momentum * mu",
                "momentum * running['var'] + (1 - momentum) * var": "(1 - momentum) * running['var'] + momentum * var",
            },
            "`momentum` is the weight of the past. One batch is noisy, so the new value gets the small weight, 1 − momentum.",
        ),
        Mistake(
            "new value at full weight",
            {"(1 - momentum) * mu": "mu", "(1 - momentum) * var": "var"},
            "The two weights must add up to 1: the new value is multiplied by 1 − momentum.",
        ),
        Mistake(
            "only the latest batch kept",
            {
                "momentum * running['mu'] + (1 - momentum) * mu": "mu",
                "momentum * running['var'] + (1 - momentum) * var": "var",
            },
            "This forgets the past: the averages over many batches are what inference needs.",
        ),
        Mistake(
            "momentum written in",
            "def update_moving_averages(running, mu, var, momentum=0.9):\n"
            "    return {'mu': 0.9 * running['mu'] + 0.1 * mu, 'var': 0.9 * running['var'] + 0.1 * var}",
            "0.9 is only the default: use the argument `momentum`.",
        ),
        Mistake(
            "standard deviations averaged",
            {
                "momentum * running['var'] + (1 - momentum) * var": "(momentum * np.sqrt(running['var']) + (1 - momentum) * np.sqrt(var)) ** 2"
            },
            "It is the variances that are averaged; no root is taken here.",
        ),
        Mistake(
            "variance's average fed with the mean",
            {"(1 - momentum) * var": "(1 - momentum) * mu"},
            "Into the average of the variances goes the batch's variance. A copied line has kept mu.",
        ),
    ],
)


def _inference(rng: Generator) -> Arguments:
    n, m, _ = _sizes(rng)
    return arguments(*_batch(rng, n, m), _averages(rng, n), epsilon=_epsilon(rng))


def _inference_edges(rng: Generator) -> list[Arguments]:
    """One example, as in practice; a single unit with the default epsilon."""
    return [
        arguments(*_batch(rng, 4, 1), _averages(rng, 4), epsilon=0.05),
        arguments(*_batch(rng, 1, 3), _averages(rng, 1)),
    ]


BATCHNORM_INFERENCE = Exercise(
    function="batchnorm_inference",
    reference=batch_norm.batchnorm_inference,
    inputs=_inference,
    edge_inputs=_inference_edges,
    checks=[Matches(points=4, label="the normalised sums"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "statistics of the batch",
            "def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):\n"
            "    mu, var = np.mean(Z, axis=1, keepdims=True), np.var(Z, axis=1, keepdims=True)\n"
            "    return gamma * (Z - mu) / np.sqrt(var + epsilon) + beta",
            "After training there may be no batch: one example alone would come out as beta, whatever it is. Use the moving averages.",
        ),
        Mistake(
            "mean of the batch, variance of the averages",
            {"running['mu']": "np.mean(Z, axis=1, keepdims=True)"},
            'The mean comes from the moving averages too: running["mu"].',
        ),
        Mistake(
            "divided by the variance",
            {"np.sqrt(running['var'] + epsilon)": "(running['var'] + epsilon)"},
            "Divide by the root of the variance plus epsilon, as in training.",
        ),
        Mistake(
            "epsilon left out",
            {"running['var'] + epsilon": "running['var']"},
            "Epsilon is missing. It belongs under the root here too, or the layer computes something else than in training.",
        ),
        Mistake(
            "mean not taken away",
            {"(Z - running['mu'])": "Z"},
            "Take the mean away before dividing, as in training.",
        ),
        Mistake(
            "not scaled and shifted",
            {"gamma * Z_norm + beta": "Z_norm"},
            "gamma and beta were learnt; they belong to inference as well.",
        ),
        Mistake(
            "epsilon outside of the root",
            {"np.sqrt(running['var'] + epsilon)": "(np.sqrt(running['var']) + epsilon)"},
            "Epsilon is added to the variance, before the root is taken, as in training.",
        ),
    ],
)


# --- softmax regression ---------------------------------------------------------------------


def _scores(rng: Generator) -> Arguments:
    n_y, m, _ = _sizes(rng)
    return arguments(rng.normal(size=(n_y, m)) * rng.uniform(0.5, 4))


def _extreme_scores(rng: Generator) -> list[Arguments]:
    """One example; columns far apart, which need a shift of their own; whole numbers."""
    far = np.array([[-1000.0, 0.0, 999.0], [-1001.0, 1.0, 1000.0], [-1000.5, -2.0, -1000.0]])
    return [
        arguments(rng.normal(size=(4, 1))),
        arguments(far[:, :2]),
        arguments(far),
        arguments(np.array([[1, 0, 3], [2, 0, -1]])),
    ]


def _scores_sized(m: int) -> Arguments:
    return arguments(np.random.default_rng(0).normal(size=(3, m)))


SOFTMAX = Exercise(
    function="softmax",
    reference=softmax_regression.softmax,
    inputs=_scores,
    edge_inputs=_extreme_scores,
    checks=[
        Matches(points=5, label="the probabilities"),
        Vectorised(small=_scores_sized(2), large=_scores_sized(200)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "over the examples, not the classes",
            "def softmax(Z):\n    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))\n    return E / np.sum(E, axis=1, keepdims=True)",
            "Your rows add up to 1. Examples are columns here, so each column must: axis=0.",
        ),
        Mistake(
            "sigmoid for softmax",
            "def softmax(Z):\n    return np.where(Z >= 0, 1 / (1 + np.exp(-np.abs(Z))), np.exp(-np.abs(Z)) / (1 + np.exp(-np.abs(Z))))",
            "The sigmoid looks at each score alone, so a column does not add up to 1. Softmax divides by the sum over the classes.",
        ),
        Mistake(
            "no shift, overflow",
            {"Z - np.max(Z, axis=0, keepdims=True)": "Z"},
            "Right for small scores, but e^1000 is too large for a computer and gives nan. Take each column's largest score away first.",
        ),
        Mistake(
            "one shift for all columns",
            {"np.max(Z, axis=0, keepdims=True)": "np.max(Z)"},
            "One shift for all columns fails when columns are far apart: a column whose exponentials are all 0 gives 0/0. Each column needs its own largest score.",
        ),
        Mistake(
            "divided by the sum of everything",
            {"np.sum(E, axis=0, keepdims=True)": "np.sum(E)"},
            "All your numbers together add up to 1. Each column must do so by itself: sum along axis=0.",
        ),
        Mistake(
            "largest made 1, not the sum",
            {"np.sum(E, axis=0, keepdims=True)": "np.max(E, axis=0, keepdims=True)"},
            "Divide by the sum of the column's exponentials, not by the largest of them.",
        ),
        Mistake(
            "hard maximum",
            "def softmax(Z):\n    return (Z == np.max(Z, axis=0, keepdims=True)).astype(float)",
            "This puts 1 at the largest score and 0 elsewhere: a hard maximum. The soft one lets the others have a share: exponentials, divided by their sum.",
        ),
        Mistake(
            "scores divided by their sum",
            "def softmax(Z):\n    return Z / np.sum(Z, axis=0, keepdims=True)",
            "Scores may be negative. Exponentials make them positive before you divide by the sum.",
        ),
    ],
)


def _labels(rng: Generator, n_y: int, m: int) -> np.ndarray:
    return rng.integers(0, n_y, size=(1, m))


def _labelled(rng: Generator) -> Arguments:
    """Often no example is of the last class, so that it cannot be counted off the labels."""
    n_y, m, _ = _sizes(rng)
    return arguments(_labels(rng, max(n_y - 1, 2), m), n_y)


def _labelled_edges(rng: Generator) -> list[Arguments]:
    return [arguments(np.array([[2]]), 4), arguments(np.array([[0, 2, 1, 2, 0]]), 3)]


ONE_HOT = Exercise(
    function="one_hot",
    reference=softmax_regression.one_hot,
    inputs=_labelled,
    edge_inputs=_labelled_edges,
    checks=[Matches(points=3, label="the one-hot labels"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "one example per row",
            "def one_hot(labels, n_y):\n    return np.eye(n_y)[labels.ravel()]",
            "Your examples are rows. In this course they are columns: one row for each class, one column for each example.",
        ),
        Mistake(
            "classes counted from 1",
            {"np.arange(n_y)": "np.arange(1, n_y + 1)"},
            "Classes are counted from 0: label 0 puts its 1 into row 0.",
        ),
        Mistake(
            "number of classes counted off the labels",
            {"np.arange(n_y).reshape(n_y, 1)": "np.arange(np.max(labels) + 1).reshape(-1, 1)"},
            "The last class need not occur among the labels. The number of rows is the argument n_y.",
        ),
        Mistake(
            "labels for ones",
            "def one_hot(labels, n_y):\n    Y = np.zeros((n_y, labels.shape[1]))\n    Y[labels[0], np.arange(labels.shape[1])] = labels[0]\n    return Y",
            "What stands at the place of the label is 1, not the label itself.",
        ),
        Mistake(
            "whole rows filled",
            "def one_hot(labels, n_y):\n    Y = np.zeros((n_y, labels.shape[1]))\n    Y[labels[0]] = 1\n    return Y",
            "You fill whole rows with 1. A column has a single 1: with an index, give the row and the column together.",
        ),
        Mistake(
            "ones and zeros swapped",
            {"1.0, 0.0": "0.0, 1.0"},
            "The 1 stands at the class of the example, and 0 everywhere else.",
        ),
        Mistake(
            "an axis too many",
            "def one_hot(labels, n_y):\n    return np.eye(n_y)[labels]",
            "labels has shape (1, m), and indexing with it keeps both axes. Index with the flat labels, and mind which axis counts the examples.",
        ),
    ],
)


def _probabilities(rng: Generator, n_y: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities that are not too small, and one-hot labels."""
    A = softmax_regression.softmax(rng.normal(size=(n_y, m)))
    return A, softmax_regression.one_hot(_labels(rng, n_y, m), n_y)


def _cost(rng: Generator) -> Arguments:
    n_y, m, _ = _sizes(rng)
    return arguments(*_probabilities(rng, n_y, m))


def _cost_edges(rng: Generator) -> list[Arguments]:
    return [arguments(*_probabilities(rng, 3, 1)), arguments(*_probabilities(rng, 2, 5))]


CROSS_ENTROPY = Exercise(
    function="cross_entropy",
    reference=softmax_regression.cross_entropy,
    inputs=_cost,
    edge_inputs=_cost_edges,
    checks=[Matches(points=4, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "summed, not averaged",
            {" / Y.shape[1]": ""},
            "The cost is the average over the m examples: divide by the number of columns of Y.",
        ),
        Mistake(
            "averaged over the entries",
            {"Y.shape[1]": "Y.size"},
            "Divide by the number of examples, m, not by the number of entries: np.mean of the whole array divides by the number of classes too.",
        ),
        Mistake(
            "m taken for the number of classes",
            {"Y.shape[1]": "Y.shape[0]"},
            "Examples are columns: m is Y.shape[1]. Y.shape[0] counts the classes.",
        ),
        Mistake(
            "minus sign forgotten",
            {"float(-np.sum": "float(np.sum"},
            "Logarithms of probabilities are negative; the cost has a minus in front.",
        ),
        Mistake(
            "a yes-or-no cost for each class",
            "def cross_entropy(A, Y):\n    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1])",
            "This is the cost of n_y sigmoids. Softmax's probabilities add up to 1, so only the probability of the true class counts.",
        ),
        Mistake(
            "squared error",
            "def cross_entropy(A, Y):\n    return float(np.sum((A - Y) ** 2) / Y.shape[1])",
            "This is the squared error. The cost here is the cross-entropy, with logarithms.",
        ),
    ],
)


def _gradients(rng: Generator) -> Arguments:
    n_x, n_y, m = _sizes(rng)
    return arguments(rng.normal(size=(n_x, m)), *_probabilities(rng, n_y, m))


def _gradients_sized(rng: Generator, n_x: int, n_y: int, m: int) -> Arguments:
    return arguments(rng.normal(size=(n_x, m)), *_probabilities(rng, n_y, m))


def _gradients_edges(rng: Generator) -> list[Arguments]:
    return [_gradients_sized(rng, 3, 4, 1), _gradients_sized(rng, 1, 3, 5)]


SOFTMAX_GRADIENTS = Exercise(
    function="softmax_gradients",
    reference=softmax_regression.softmax_gradients,
    inputs=_gradients,
    edge_inputs=_gradients_edges,
    checks=[
        Matches("dW", points=3),
        Matches("db", points=3),
        Vectorised(
            small=_gradients_sized(np.random.default_rng(0), 3, 4, 2),
            large=_gradients_sized(np.random.default_rng(0), 3, 4, 200),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "summed, not averaged",
            {"(A - Y) / X.shape[1]": "A - Y"},
            "The cost averages over the m examples, so its gradient does too: divide by m.",
        ),
        Mistake(
            "difference turned round",
            {"A - Y": "Y - A"},
            "dZ is A − Y: with the sign turned round you would climb the cost.",
        ),
        Mistake(
            "multiplied by the sigmoid's slope",
            {"(A - Y) / X.shape[1]": "(A - Y) * A * (1 - A) / X.shape[1]"},
            "A − Y has been led back through softmax already: no further derivative is needed.",
        ),
        Mistake(
            "bias gradient summed to one number",
            {"np.sum(dZ, axis=1, keepdims=True)": "np.sum(dZ)"},
            "Each class has its own bias: sum over the examples (axis=1), not over the classes.",
        ),
        Mistake(
            "keepdims forgotten",
            {"np.sum(dZ, axis=1, keepdims=True)": "np.sum(dZ, axis=1)"},
            "db is a column, (n_y, 1), like the bias: sum with keepdims=True.",
        ),
        Mistake(
            "dW transposed",
            {"dZ @ X.T": "X @ dZ.T"},
            "dW has the shape of W: a row for each class, a column for each feature.",
        ),
        Mistake(
            "m counted along the wrong axis",
            {"X.shape[1]": "X.shape[0]"},
            "m is the number of examples, and examples are columns: X.shape[1].",
        ),
        Mistake(
            "averaged twice",
            {"X.shape[1]": "X.shape[1] ** 2"},
            "You divide by m twice: once is enough, in dZ or in dW and db.",
        ),
        Mistake(
            "db not averaged",
            {"np.sum(dZ, axis=1, keepdims=True)": "np.sum(A - Y, axis=1, keepdims=True)"},
            "dW is right, but db is a plain sum: it is an average over the m examples as well.",
        ),
    ],
)


def _training(rng: Generator) -> Arguments:
    n_x, n_y, m = _sizes(rng)
    return _training_sized(rng, n_x, n_y, m)


def _training_sized(rng: Generator, n_x: int, n_y: int, m: int) -> Arguments:
    X = rng.normal(size=(n_x, m))
    Y = softmax_regression.one_hot(_labels(rng, n_y, m), n_y)
    return arguments(
        X,
        Y,
        learning_rate=float(rng.uniform(0.1, 1)),
        num_iterations=int(rng.integers(3, 12)),
        print_cost=bool(rng.integers(2)),
    )


def _training_edges(rng: Generator) -> list[Arguments]:
    """One example, no step at all, and steps of the default length."""
    one, none, usual = (_training_sized(rng, 3, 4, m) for m in (1, 5, 6))
    return [
        one,
        arguments(*none.positional, learning_rate=0.3, num_iterations=0, print_cost=True),
        arguments(*usual.positional, num_iterations=3, print_cost=True),
    ]


SOFTMAX_MODEL = Exercise(
    function="softmax_model",
    reference=softmax_regression.softmax_model,
    returns=("parameters", "costs"),
    inputs=_training,
    edge_inputs=_training_edges,
    checks=[
        Matches("parameters.W", points=3),
        Matches("parameters.b", points=2),
        Matches("costs", points=3),
        LeavesInputsAlone(),
    ],
    uses=("softmax", "cross_entropy", "softmax_gradients"),
    mistakes=[
        Mistake(
            "uphill",
            {
                "W - learning_rate * grads['dW']": "W + learning_rate * grads['dW']",
                "b - learning_rate * grads['db']": "b + learning_rate * grads['db']",
            },
            "Your costs rise. The gradient points uphill: take it away.",
        ),
        Mistake(
            "learning rate written in",
            {
                "learning_rate * grads['dW']": "0.5 * grads['dW']",
                "learning_rate * grads['db']": "0.5 * grads['db']",
            },
            "0.5 is only the default: use the argument `learning_rate`.",
        ),
        Mistake(
            "bias never updated",
            {"b = b - learning_rate * grads['db']": "pass"},
            "b stays at zero: update it as you do W.",
        ),
        Mistake(
            "cost recorded every 100 steps",
            {
                "costs.append(cross_entropy(A, Y))": "costs += [cross_entropy(A, Y)] * (i % 100 == 0)",
                "costs[-1]": "costs[0]",
            },
            "The list should hold the cost of every step.",
        ),
        Mistake(
            "cost after the step",
            "def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):\n"
            "    W, b, costs = np.zeros((Y.shape[0], X.shape[0])), np.zeros((Y.shape[0], 1)), []\n"
            "    for i in range(num_iterations):\n"
            "        grads = softmax_gradients(X, softmax(W @ X + b), Y)\n"
            "        W, b = W - learning_rate * grads['dW'], b - learning_rate * grads['db']\n"
            "        costs.append(cross_entropy(softmax(W @ X + b), Y))\n"
            "    return {'W': W, 'b': b}, costs",
            "Record the cost before the step: the first one belongs to the zero weights, and is ln(n_y).",
        ),
        Mistake(
            "started from random weights",
            {
                "np.zeros((Y.shape[0], X.shape[0]))": "np.random.randn(Y.shape[0], X.shape[0]) * 0.01"
            },
            "Start from zeros. Here that is safe: there is no hidden layer, so no symmetry has to be broken.",
        ),
        Mistake(
            "one step too few",
            {"range(num_iterations)": "range(num_iterations - 1)"},
            "You stop one step early: range(num_iterations) already counts from 0.",
        ),
        Mistake(
            "predictions without the bias",
            {"softmax(W @ X + b)": "softmax(W @ X)"},
            "The scores are W X + b: the bias is missing.",
        ),
    ],
)


def _prediction(rng: Generator) -> Arguments:
    n_x, n_y, m = _sizes(rng)
    parameters = {"W": rng.normal(size=(n_y, n_x)), "b": 2 * _column(rng, n_y)}
    return arguments(parameters, rng.normal(size=(n_x, m + 6)))


def _prediction_edges(rng: Generator) -> list[Arguments]:
    parameters = {"W": rng.normal(size=(4, 3)), "b": 2 * _column(rng, 4)}
    return [arguments(parameters, rng.normal(size=(3, m))) for m in (1, 12)]


PREDICT = Exercise(
    function="predict",
    reference=softmax_regression.predict,
    uses=("softmax",),
    inputs=_prediction,
    edge_inputs=_prediction_edges,
    checks=[Matches(points=3, label="the predicted classes"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "probabilities returned",
            "def predict(parameters, X):\n    return softmax(parameters['W'] @ X + parameters['b'])",
            "These are the probabilities. A prediction is the number of the most probable class: see np.argmax.",
        ),
        Mistake(
            "the largest probability, not where it is",
            "def predict(parameters, X):\n    return np.max(softmax(parameters['W'] @ X + parameters['b']), axis=0).reshape(1, -1)",
            "np.max gives the largest probability. You want to know in which row it stands: np.argmax.",
        ),
        Mistake(
            "a flat array",
            {".reshape(1, X.shape[1])": ""},
            "Predictions have the shape of the labels, (1, m): np.argmax drops the axis, so give it back.",
        ),
        Mistake(
            "the most probable example of each class",
            {"np.argmax(Z, axis=0).reshape(1, X.shape[1])": "np.argmax(Z, axis=1).reshape(1, -1)"},
            "You look along the rows, which finds an example for each class. Look down each column: axis=0.",
        ),
        Mistake(
            "bias forgotten",
            {" + parameters['b']": ""},
            "You compare W X without b. The bias may change which score is the largest.",
        ),
        Mistake(
            "classes counted from 1",
            {
                "np.argmax(Z, axis=0).reshape(1, X.shape[1])": "np.argmax(Z, axis=0).reshape(1, X.shape[1]) + 1"
            },
            "Every class is one too high. Classes are counted from 0, as the rows are.",
        ),
        Mistake(
            "the least probable class",
            {"np.argmax": "np.argmin"},
            "This is the least probable class. You want the largest score.",
        ),
        Mistake(
            "compared with one half",
            "def predict(parameters, X):\n    return (softmax(parameters['W'] @ X + parameters['b']) > 0.5).astype(int)",
            "With several classes the most probable one may have less than one half. Take the largest of each column: np.argmax.",
        ),
    ],
)

EXERCISES = [
    *(LOG_UNIFORM, LOG_UNIFORM_BETA, NARROW_RANGE),
    *(BATCHNORM_FORWARD, BATCHNORM_BACKWARD, UPDATE_MOVING_AVERAGES, BATCHNORM_INFERENCE),
    *(SOFTMAX, ONE_HOT, CROSS_ENTROPY, SOFTMAX_GRADIENTS, SOFTMAX_MODEL, PREDICT),
]
