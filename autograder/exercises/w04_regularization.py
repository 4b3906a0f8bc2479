"""Week 4, first notebook: splits, normalisation, first weights, and what helps against variance."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from autograder.specification import EdgeInputs, Exercise, Inputs, Mistake
from helpers import augmentation, initialization, preparation, regularization
from helpers.checking.checks import Check, LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments
from helpers.checking.random_results import Drawn, Mask, MatchesUnderMasks

Generator = np.random.Generator


def _different(rng: Generator, count: int, low: int, high: int) -> list[int]:
    """Draw numbers that are never alike, so that no shape is square."""
    return [int(n) for n in rng.permutation(np.arange(low, high))[:count]]


def _labels(rng: Generator, m: int) -> np.ndarray:
    """Both labels occur, wherever there are two examples."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def _split(rng: Generator) -> Arguments:
    n_x, m = int(rng.integers(2, 5)), int(rng.integers(9, 16))
    num_dev, num_test = _different(rng, 2, 1, 5)
    return _split_sized(rng, n_x, m, num_dev, num_test)


def _split_sized(
    rng: Generator, n_x: int, m: int, num_dev: int, num_test: int, place_of_last: int | None = None
) -> Arguments:
    order = np.roll(rng.permutation(m), 1)
    if place_of_last is not None:
        order[order == m - 1], order[place_of_last] = order[place_of_last], m - 1
    return arguments(rng.normal(size=(n_x, m)), _labels(rng, m), order, num_dev, num_test)


def _split_edges(rng: Generator) -> list[Arguments]:
    """No test set, no development set, one feature, everything held out.

    The data's last example falls into each of the sets at least once.
    """
    sizes = [(3, 11, 4, 0, 8), (2, 10, 0, 3, 8), (1, 9, 2, 3, 1), (2, 5, 2, 3)]
    return [_split_sized(rng, *size) for size in sizes]


SPLIT_EXAMPLES = Exercise(
    function="split_examples",
    reference=preparation.split_examples,
    returns=("X_train", "Y_train", "X_dev", "Y_dev", "X_test", "Y_test"),
    inputs=_split,
    edge_inputs=_split_edges,
    checks=[
        *(
            Matches(f"{array}_{part}", points=1)
            for part in ("train", "dev", "test")
            for array in "XY"
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "random order ignored",
            {"np.split(order,": "np.split(np.arange(X.shape[1]),"},
            "Your sets are blocks of the data as they came. Take the examples in the order that `order` gives.",
        ),
        Mistake(
            "labels not shuffled along",
            {
                "Y[:, train]": "Y[:, :num_train]",
                "Y[:, dev]": "Y[:, num_train:num_train + num_dev]",
                "Y[:, test]": "Y[:, num_train + num_dev:]",
            },
            "X is shuffled, Y is not: now the labels stand beside the wrong examples. Use the same numbers for both.",
        ),
        Mistake(
            "sizes of the two held-out sets swapped",
            {"num_train + num_dev]": "num_train + num_test]"},
            "The development set has num_dev examples, and the test set num_test: yours are swapped.",
        ),
        Mistake(
            "training set keeps the held-out examples",
            {"(X[:, train], Y[:, train],": "(X[:, order], Y[:, order],"},
            "Your training set holds all examples, those of the other sets too. A set that was trained on proves nothing.",
        ),
        Mistake(
            "held-out examples taken first",
            {
                "train, dev, test = np.split(order, [num_train, num_train + num_dev])": "dev, test, train = np.split(order, [num_dev, num_dev + num_test])",
                "num_train = X.shape[1] - num_dev - num_test": "",
            },
            "The first numbers of `order` name the training examples. The held-out sets come after them.",
        ),
        Mistake(
            "rows taken for examples",
            {"(X[:, train],": "(X[train],"},
            "Examples are columns: X[:, numbers]. X[numbers] takes rows, which are features.",
        ),
        Mistake(
            "counted from the end, which fails for 0",
            {
                "train, dev, test = np.split(order, [num_train, num_train + num_dev])": "train, dev, test = (order[:num_train], order[num_train:-num_test], order[-num_test:])"
            },
            "This fails if num_test is 0: order[-0:] is not empty, it is everything. Count from the front.",
        ),
        Mistake(
            "development and test examples exchanged",
            {
                "X[:, dev], Y[:, dev], X[:, test], Y[:, test]": "X[:, test], Y[:, test], X[:, dev], Y[:, dev]"
            },
            "Right sets, wrong places: return the development set before the test set.",
        ),
    ],
)


def _errors(rng: Generator) -> Arguments:
    """No gap within a thousandth of the tolerance: rounding shall not decide."""
    best, tolerance = rng.uniform(0, 0.2), rng.uniform(0.01, 0.1)
    factors = rng.choice([0.3, 0.8, 1.3, 2.5], size=2)
    train = best + factors[0] * tolerance
    dev = train + factors[1] * tolerance
    return arguments(float(train), float(dev), best_error=float(best), tolerance=float(tolerance))


def _errors_edges(rng: Generator) -> list[Arguments]:
    """Ask for all four diagnoses by default; for negative gaps; for gaps at the tolerance."""
    return [
        *(
            arguments(*errors)
            for errors in [(0.01, 0.11), (0.15, 0.16), (0.15, 0.3), (0.005, 0.01)]
        ),
        arguments(0.15, 0.16, best_error=0.14),
        arguments(0.15, 0.05),
        arguments(0.01, 0.2, best_error=0.05),
        arguments(0.03, 0.06, tolerance=0.04),
        arguments(0.25, 0.5, best_error=0.125, tolerance=0.125),
        arguments(0.5, 0.625, best_error=0.125, tolerance=0.125),
    ]


DIAGNOSE = Exercise(
    function="diagnose",
    reference=regularization.diagnose,
    returns=("high_bias", "high_variance"),
    inputs=_errors,
    edge_inputs=_errors_edges,
    checks=[Matches("high_bias", points=2), Matches("high_variance", points=2)],
    mistakes=[
        Mistake(
            "best possible error ignored",
            {"train_error - best_error": "train_error"},
            "Bias is the gap to the best possible error, not to zero. On blurred images even people make mistakes.",
        ),
        Mistake(
            "variance measured from the best error",
            {"dev_error - train_error": "dev_error - best_error"},
            "Variance is the gap between development and training error. Your gap holds the bias as well.",
        ),
        Mistake(
            "development error taken for variance",
            {"dev_error - train_error": "dev_error"},
            "A high development error alone is no variance: compare it with the training error.",
        ),
        Mistake(
            "bias and variance exchanged",
            {"(high_bias, high_variance)": "(high_variance, high_bias)"},
            "Bias comes first: it is about the training set. Variance is what gets worse on new data.",
        ),
        Mistake(
            "gap as large as the tolerance called high",
            {
                "best_error > tolerance": "best_error >= tolerance",
                "train_error > tolerance": "train_error >= tolerance",
            },
            "A gap that equals the tolerance is not high yet: ask for larger, >, and not for >=.",
        ),
        Mistake(
            "variance only where there is no bias",
            {
                "(high_bias, high_variance)": "(high_bias, high_variance and not high_bias)",
            },
            "Both may be high at once: look at each gap by itself.",
        ),
        Mistake(
            "tolerance written in",
            {
                "best_error > tolerance": "best_error > 0.02",
                "train_error > tolerance": "train_error > 0.02",
            },
            "0.02 is only the default: use the argument `tolerance`.",
        ),
        Mistake(
            "comparison turned round",
            {
                "best_error > tolerance": "best_error < tolerance",
                "train_error > tolerance": "train_error < tolerance",
            },
            "A gap is high if it is *larger* than the tolerance.",
        ),
        Mistake(
            "gaps without their sign",
            {
                "train_error - best_error": "abs(train_error - best_error)",
                "dev_error - train_error": "abs(dev_error - train_error)",
            },
            "A negative gap is no bad sign: an error *below* the one you compare it with is not high. Leave abs out.",
        ),
    ],
)


def _features(rng: Generator) -> Arguments:
    """Features of very different place and width."""
    n_x, m, k = _different(rng, 3, 2, 9)
    return _features_sized(rng, n_x, m, k)


def _features_sized(rng: Generator, n_x: int, m: int, k: int) -> Arguments:
    place, width = rng.uniform(-20, 20, (n_x, 1)), rng.uniform(0.2, 30, (n_x, 1))
    train, other = rng.normal(size=(n_x, m)), rng.normal(1, 2, size=(n_x, k))
    return arguments(place + width * train, place + width * other)


def _features_edges(rng: Generator) -> list[Arguments]:
    whole = rng.permutation(np.arange(15.0)).reshape(3, 5)
    return [_features_sized(rng, 1, 7, 1), arguments(whole, whole[:, 1:3] + 4)]


NORMALIZE_INPUTS = Exercise(
    function="normalize_inputs",
    reference=preparation.normalize_inputs,
    returns=("X_train_norm", "X_other_norm"),
    inputs=_features,
    edge_inputs=_features_edges,
    checks=[
        Matches("X_train_norm", points=3),
        Matches("X_other_norm", points=3),
        LeavesInputsAlone(),
        Vectorised(
            small=_features_sized(np.random.default_rng(0), 3, 4, 2),
            large=_features_sized(np.random.default_rng(0), 3, 400, 200),
        ),
    ],
    mistakes=[
        Mistake(
            "divided by the variance",
            {"np.std(X_train, axis=1, keepdims=True)": "np.var(X_train, axis=1, keepdims=True)"},
            "You divide by the variance σ². To get width 1, divide by the standard deviation σ, its square root.",
        ),
        Mistake(
            "other examples measured by themselves",
            {
                "(X_other - mean) / std": "(X_other - np.mean(X_other, axis=1, keepdims=True)) / np.std(X_other, axis=1, keepdims=True)"
            },
            "The other examples are to be treated exactly as the training set: with *its* mean and standard deviation.",
        ),
        Mistake(
            "measured on all examples together",
            {
                "np.mean(X_train, axis=1": "np.mean(np.hstack([X_train, X_other]), axis=1",
                "np.std(X_train, axis=1": "np.std(np.hstack([X_train, X_other]), axis=1",
            },
            "You measure the other examples, too. The mean and the standard deviation come from X_train alone.",
        ),
        Mistake(
            "divided by one example less",
            {
                "np.std(X_train, axis=1, keepdims=True)": "np.std(X_train, axis=1, keepdims=True, ddof=1)"
            },
            "You divide by m − 1. Here σ² is the mean of the squares: divide by m, as np.std does by itself.",
        ),
        Mistake(
            "spread taken without the mean subtracted",
            {
                "np.std(X_train, axis=1, keepdims=True)": "np.sqrt(np.mean(X_train ** 2, axis=1, keepdims=True))"
            },
            "The variance is the mean of (x − μ)², not of x²: subtract the mean first.",
        ),
        Mistake(
            "averaged over the features",
            {
                "np.mean(X_train, axis=1, keepdims=True)": "np.mean(X_train, axis=0, keepdims=True)",
                "np.std(X_train, axis=1, keepdims=True)": "np.std(X_train, axis=0, keepdims=True)",
            },
            "Each feature has its own mean, taken over the examples. Examples are columns: go along axis 1.",
        ),
        Mistake(
            "one mean for everything",
            {
                "np.mean(X_train, axis=1, keepdims=True)": "np.mean(X_train)",
                "np.std(X_train, axis=1, keepdims=True)": "np.std(X_train)",
            },
            "You measure all features together. Each feature, that is each row, has its own mean and standard deviation.",
        ),
        Mistake(
            "keepdims forgotten",
            {
                "np.mean(X_train, axis=1, keepdims=True)": "np.mean(X_train, axis=1)",
                "np.std(X_train, axis=1, keepdims=True)": "np.std(X_train, axis=1)",
            },
            "mean and std must be columns, (n_x, 1), to be used for every example: add keepdims=True.",
        ),
        Mistake(
            "scaled, but not centred",
            {"((X_train - mean) / std, (X_other - mean) / std)": "(X_train / std, X_other / std)"},
            "The width is right, the place is not: subtract the mean as well.",
        ),
    ],
)


def _layers(rng: Generator) -> Arguments:
    """Two to four layers of weights, of all sizes."""
    return arguments(_different(rng, int(rng.integers(2, 6)), 1, 8))


def _large_layers(rng: Generator) -> list[Arguments]:
    """Large enough to tell a standard deviation."""
    return [arguments([20, 100, 12]), arguments([3, 1]), arguments([2, 4, 4, 1])]


def _larger_layers(rng: Generator) -> list[Arguments]:
    """Large enough to tell a standard deviation of 10 from one of 11."""
    return [arguments([70, 100, 12]), arguments([3, 1])]


_RANDOM = "np.random.randn(layers_dims[layer], layers_dims[layer - 1])"
_TRANSPOSED = "np.random.randn(layers_dims[layer - 1], layers_dims[layer])"
_UNIFORM = "np.random.rand(layers_dims[layer], layers_dims[layer - 1])"
_BIASES = "np.zeros((layers_dims[layer], 1))"
_A_ROW_FOR_EACH_UNIT = (
    "A weight matrix has a row for each unit of its own layer and a column for each unit of the"
    " layer before."
)
_INPUTS_COUNT = (
    "You divide by the size of the layer itself. What counts is how many inputs a unit adds up:"
    " the layer *before*."
)
_LAST_LAYER_MISSING = Mistake(
    "last layer left out",
    {"range(1, len(layers_dims))": "range(1, len(layers_dims) - 1)"},
    "The last layer is missing. range already stops before its end: range(1, len(layers_dims)).",
)
_FLAT_BIASES = Mistake(
    "rank-1 biases",
    {_BIASES: "np.zeros(layers_dims[layer])"},
    "Biases are columns: np.zeros((n, 1)), with a tuple of two numbers.",
)
_TURNED = Mistake(
    "weights transposed",
    {_RANDOM: _TRANSPOSED},
    _A_ROW_FOR_EACH_UNIT,
)
_NOT_NORMAL = Mistake(
    "uniform numbers for normal ones",
    {_RANDOM: _UNIFORM},
    "rand draws from 0 to 1, all positive. randn draws from the normal distribution around 0.",
)


def _initialization(
    function: str,
    mistakes: list[Mistake],
    *weights: Check,
    edges: EdgeInputs = _large_layers,
    equivalent: Mapping[str, str] = MappingProxyType({}),
) -> Exercise:
    """All four exercises on first parameters are put in the same way."""
    return Exercise(
        function=function,
        reference=getattr(initialization, function),
        inputs=_layers,
        edge_inputs=edges,
        checks=[*weights, Matches("b*", points=1, label="the biases"), LeavesInputsAlone()],
        mistakes=[*mistakes, _LAST_LAYER_MISSING, _FLAT_BIASES],
        equivalent=equivalent,
    )


INITIALIZE_PARAMETERS_ZEROS = _initialization(
    "initialize_parameters_zeros",
    [
        Mistake(
            "ones for zeros",
            {
                "np.zeros((layers_dims[layer], layers_dims[layer - 1]))": "np.ones((layers_dims[layer], layers_dims[layer - 1]))"
            },
            "Here all weights are to be 0, to see what comes of it.",
        ),
        Mistake(
            "weights transposed",
            {
                "np.zeros((layers_dims[layer], layers_dims[layer - 1]))": "np.zeros((layers_dims[layer - 1], layers_dims[layer]))"
            },
            _A_ROW_FOR_EACH_UNIT,
        ),
        Mistake(
            "small random numbers",
            {
                "np.zeros((layers_dims[layer], layers_dims[layer - 1]))": "np.random.randn(layers_dims[layer], layers_dims[layer - 1]) * 0.01"
            },
            "No random numbers here: this exercise shows what happens without them.",
        ),
        Mistake(
            "layers counted from 0",
            {"f'W{layer}'": "f'W{layer - 1}'", "f'b{layer}'": "f'b{layer - 1}'"},
            "The first layer with weights is number 1: its keys are W1 and b1.",
        ),
    ],
    Matches("W*", points=2, label="the weights"),
)

INITIALIZE_PARAMETERS_RANDOM = _initialization(
    "initialize_parameters_random",
    [
        Mistake(
            "small as in week 2",
            {" * 10": " * 0.01"},
            "These weights are small. Here they are to be far too large: times 10.",
        ),
        Mistake(
            "not scaled",
            {" * 10": ""},
            "randn has standard deviation 1. Multiply by 10.",
        ),
        _NOT_NORMAL,
        _TURNED,
        Mistake(
            "biases random too",
            {_BIASES: "np.random.randn(layers_dims[layer], 1) * 10"},
            "Only the weights are random. Biases start at zero.",
        ),
    ],
    Drawn("W*", points=2, std=10, label="the weights", hint="Normal random numbers times 10."),
    edges=_larger_layers,
    equivalent={" * -10": "The normal distribution is symmetric: its sign is drawn anyway."},
)

_SCALE_HINT = "Normal random numbers, scaled by the square root that stands in the formula."

INITIALIZE_PARAMETERS_HE = _initialization(
    "initialize_parameters_he",
    [
        Mistake(
            "size of the wrong layer",
            {"np.sqrt(2 / layers_dims[layer - 1])": "np.sqrt(2 / layers_dims[layer])"},
            _INPUTS_COUNT,
        ),
        Mistake(
            "Xavier for He",
            {"np.sqrt(2 /": "np.sqrt(1 /"},
            "This is Xavier's scale. ReLU throws half of its input away, and He's 2 makes up for it.",
        ),
        Mistake(
            "square root left out",
            {"np.sqrt(2 / layers_dims[layer - 1])": "2 / layers_dims[layer - 1]"},
            "2/n is the variance. Random numbers are scaled by the standard deviation, its square root.",
        ),
        Mistake(
            "fraction upside down",
            {"np.sqrt(2 / layers_dims[layer - 1])": "np.sqrt(layers_dims[layer - 1] / 2)"},
            "The more inputs a unit has, the *smaller* its weights must be: 2/n, not n/2.",
        ),
        Mistake(
            "whole-number division",
            {"2 / layers_dims": "2 // layers_dims"},
            "// drops the decimals, so most of your weights are 0. Divide with a single slash.",
        ),
        _NOT_NORMAL,
        _TURNED,
    ],
    Drawn("W*", points=3, label="the weights", hint=_SCALE_HINT),
)

INITIALIZE_PARAMETERS_XAVIER = _initialization(
    "initialize_parameters_xavier",
    [
        Mistake(
            "He for Xavier",
            {"np.sqrt(1 /": "np.sqrt(2 /"},
            "This is He's scale, made for ReLU. For tanh, which is nearly a straight line at 0, it is 1/n.",
        ),
        Mistake(
            "size of the wrong layer",
            {"np.sqrt(1 / layers_dims[layer - 1])": "np.sqrt(1 / layers_dims[layer])"},
            _INPUTS_COUNT,
        ),
        Mistake(
            "square root left out",
            {"np.sqrt(1 / layers_dims[layer - 1])": "1 / layers_dims[layer - 1]"},
            "1/n is the variance. Random numbers are scaled by the standard deviation, its square root.",
        ),
        Mistake(
            "mean of both layers",
            {"1 / layers_dims[layer - 1]": "2 / (layers_dims[layer - 1] + layers_dims[layer])"},
            "This is Glorot and Bengio's compromise with the backward pass. Here only the layer before counts: 1/n.",
        ),
        _NOT_NORMAL,
        _TURNED,
    ],
    Drawn("W*", points=3, label="the weights", hint=_SCALE_HINT),
)


def _sizes(rng: Generator) -> tuple[int, int, int, int]:
    """Numbers of features, units in both hidden layers, and examples, never two alike."""
    n_x, n_1, n_2, m = _different(rng, 4, 2, 9)
    return n_x, n_1, n_2, m


def _parameters(rng: Generator, n_x: int, n_1: int, n_2: int) -> dict[str, np.ndarray]:
    shapes = {"W1": (n_1, n_x), "W2": (n_2, n_1), "W3": (1, n_2)}
    weights = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    biases = {f"b{i}": rng.normal(size=(n, 1)) for i, n in enumerate((n_1, n_2, 1), start=1)}
    return weights | biases


def _penalty(rng: Generator) -> Arguments:
    n_x, n_1, n_2, m = _sizes(rng)
    return _penalty_sized(rng, n_x, n_1, n_2, m)


def _penalty_sized(rng: Generator, n_x: int, n_1: int, n_2: int, m: int) -> Arguments:
    A3 = rng.uniform(0.02, 0.98, size=(1, m))
    parameters = _parameters(rng, n_x, n_1, n_2)
    return arguments(A3, _labels(rng, m), parameters, float(rng.uniform(0.1, 2)))


def _penalty_edges(rng: Generator) -> list[Arguments]:
    """One example; no penalty at all."""
    without = _penalty(rng).positional
    return [_penalty_sized(rng, 3, 4, 2, 1), arguments(*without[:3], 0.0)]


COMPUTE_COST_WITH_REGULARIZATION = Exercise(
    function="compute_cost_with_regularization",
    reference=regularization.compute_cost_with_regularization,
    inputs=_penalty,
    edge_inputs=_penalty_edges,
    checks=[Matches(points=5, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "half forgotten",
            {"(2 * Y.shape[1])": "Y.shape[1]"},
            "Your penalty is twice too large: it is λ/(2m). The 2 cancels when the square is differentiated.",
        ),
        Mistake(
            "brackets forgotten",
            {"/ (2 * Y.shape[1])": "/ 2 * Y.shape[1]"},
            "a / 2 * m divides by 2 and then *multiplies* by m: put brackets around 2m.",
        ),
        Mistake(
            "sum squared",
            {"np.sum(parameters[name] ** 2)": "np.sum(parameters[name]) ** 2"},
            "You square the sum. Square every weight first, and sum afterwards.",
        ),
        Mistake(
            "not divided by the number of examples",
            {"(2 * Y.shape[1])": "2"},
            "The penalty is λ/(2m): divide by the number of examples as well.",
        ),
        Mistake(
            "penalty of absolute values",
            {"parameters[name] ** 2": "np.abs(parameters[name])"},
            "These are absolute values: that is L1. L2 sums the squares of the weights.",
        ),
        Mistake(
            "biases penalised too",
            {"('W1', 'W2', 'W3')": "parameters"},
            "Only the weights are penalised. The biases are few, and cannot overfit much.",
        ),
        Mistake(
            "norms not squared",
            {"np.sum(parameters[name] ** 2)": "np.linalg.norm(parameters[name])"},
            "np.linalg.norm takes the square root of the sum of squares. The penalty has no square root.",
        ),
        Mistake(
            "only the last layer",
            {"('W1', 'W2', 'W3')": "('W3',)"},
            "All three weight matrices are penalised: W1, W2 and W3.",
        ),
        Mistake(
            "penalty forgotten",
            {" + lambd * squares / (2 * Y.shape[1])": ""},
            "This is the cross-entropy alone. Add the penalty.",
        ),
        Mistake(
            "penalty subtracted",
            {"+ lambd": "- lambd"},
            "A penalty makes the cost higher: add it.",
        ),
    ],
)

COMPUTE_COST_WITH_L1 = Exercise(
    function="compute_cost_with_l1",
    reference=regularization.compute_cost_with_l1,
    inputs=_penalty,
    edge_inputs=_penalty_edges,
    checks=[Matches(points=4, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "penalty of squares",
            {"np.abs(parameters[name])": "parameters[name] ** 2"},
            "These are squares: that is L2. L1 sums the absolute values, and this is what makes weights exactly 0.",
        ),
        Mistake(
            "sum without absolute values",
            {"np.abs(parameters[name])": "parameters[name]"},
            "Positive and negative weights cancel in your sum. Take absolute values first.",
        ),
        Mistake(
            "halved as in L2",
            {"/ Y.shape[1]": "/ (2 * Y.shape[1])"},
            "Here the factor is λ/m: no square, so no 2 that would cancel.",
        ),
        Mistake(
            "not divided by the number of examples",
            {" / Y.shape[1]": ""},
            "The penalty is λ/m times the sum: divide by the number of examples.",
        ),
        Mistake(
            "absolute value of the sum",
            {"np.sum(np.abs(parameters[name]))": "np.abs(np.sum(parameters[name]))"},
            "Take the absolute value of every weight first, and sum afterwards.",
        ),
        Mistake(
            "norm of a matrix",
            {"np.sum(np.abs(parameters[name]))": "np.linalg.norm(parameters[name], 1)"},
            "np.linalg.norm(W, 1) of a matrix is the largest sum of a column. Sum the absolute values of all entries.",
        ),
        Mistake(
            "biases penalised too",
            {"('W1', 'W2', 'W3')": "parameters"},
            "Only the weights are penalised, not the biases.",
        ),
    ],
)


def _on_the_way_back(rng: Generator) -> Arguments:
    return _backward_sized(rng, *_sizes(rng))


def _too_large(Z3: np.ndarray) -> float:
    """By what to shrink the last layer: with outputs near 0 or 1, all gradients vanish."""
    return max(float(np.max(np.abs(Z3))) / 2, 1.0)


def _backward_sized(rng: Generator, n_x: int, n_1: int, n_2: int, m: int) -> Arguments:
    """Take the cache from a real forward pass."""
    X, parameters = rng.normal(size=(n_x, m)), _parameters(rng, n_x, n_1, n_2)
    too_large = _too_large(regularization.forward_propagation(X, parameters)[1][8])
    parameters |= {name: parameters[name] / too_large for name in ("W3", "b3")}
    cache = regularization.forward_propagation(X, parameters)[1]
    return arguments(X, _labels(rng, m), cache, float(rng.uniform(0.1, 2)))


def _backward_edges(rng: Generator) -> list[Arguments]:
    return [_backward_sized(rng, 1, 2, 3, 5), _backward_sized(rng, 3, 5, 4, 1)]


_GRADIENTS = [
    *(Matches(name, points=1) for name in ("db3", "db2", "db1")),
    *(Matches(f"{name}*", points=1, label=f"`{name}`, on the way") for name in ("dZ", "dA")),
]

BACKWARD_PROPAGATION_WITH_REGULARIZATION = Exercise(
    function="backward_propagation_with_regularization",
    reference=regularization.backward_propagation_with_regularization,
    inputs=_on_the_way_back,
    edge_inputs=_backward_edges,
    checks=[
        *(Matches(name, points=2) for name in ("dW3", "dW2", "dW1")),
        *_GRADIENTS,
        Vectorised(
            small=_backward_sized(np.random.default_rng(0), 3, 4, 2, 2),
            large=_backward_sized(np.random.default_rng(0), 3, 4, 2, 200),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "penalty's gradient forgotten",
            {f" + lambd / m * W{i}": "" for i in (1, 2, 3)},
            "These are the gradients without a penalty. If the cost has one, each dW gets a term more.",
        ),
        Mistake(
            "half kept",
            {f"lambd / m * W{i}": f"lambd / (2 * m) * W{i}" for i in (1, 2, 3)},
            "The square's derivative is 2W: its 2 cancels that of λ/(2m). What is left is λ/m · W.",
        ),
        Mistake(
            "square's 2 kept",
            {f"lambd / m * W{i}": f"2 * lambd / m * W{i}" for i in (1, 2, 3)},
            "The 2 of the square and the 2 of λ/(2m) cancel each other: λ/m · W, with no 2 left.",
        ),
        Mistake(
            "gradient of L1",
            {f"lambd / m * W{i}": f"lambd / m * np.sign(W{i})" for i in (1, 2, 3)},
            "The sign of W is the slope of its absolute value: that is L1. The slope of the square is proportional to W itself.",
        ),
        Mistake(
            "penalty not averaged",
            {f"lambd / m * W{i}": f"lambd * W{i}" for i in (1, 2, 3)},
            "The penalty is divided by m, so its gradient is too: λ/m · W.",
        ),
        Mistake(
            "penalty's gradient subtracted",
            {f"+ lambd / m * W{i}": f"- lambd / m * W{i}" for i in (1, 2, 3)},
            "The penalty is added to the cost, so its gradient is added as well.",
        ),
        Mistake(
            "only the last layer",
            {f" + lambd / m * W{i}": "" for i in (1, 2)},
            "All three weight matrices are penalised: dW1 and dW2 need the term, too.",
        ),
        Mistake(
            "one layer's weights for another's",
            {"lambd / m * W1": "lambd / m * W2"},
            "The term in dW1 is made of W1. A copied line has kept the other number.",
        ),
        Mistake(
            "penalty inside dZ",
            {"dZ3 = A3 - Y": "dZ3 = A3 - Y + lambd / m * np.sum(W3 ** 2)"},
            "The penalty does not depend on Z: its term belongs to dW only.",
        ),
    ],
)


def _decay(rng: Generator) -> Arguments:
    """Any number of layers."""
    layers = _different(rng, int(rng.integers(2, 5)), 1, 6)
    parameters: dict[str, np.ndarray] = {}
    for i, (n_before, n) in enumerate(pairwise(layers), start=1):
        parameters |= {f"W{i}": rng.normal(size=(n, n_before)), f"b{i}": rng.normal(size=(n, 1))}
    return _decay_of(rng, parameters, int(rng.integers(5, 40)))


def _decay_of(rng: Generator, parameters: Mapping[str, np.ndarray], m: int) -> Arguments:
    grads = {"d" + name: rng.normal(size=value.shape) for name, value in parameters.items()}
    step, lambd = float(rng.uniform(0.05, 0.9)), float(rng.uniform(0.5, 3))
    return arguments(dict(parameters), grads, step, lambd, m)


def _decay_edges(rng: Generator) -> list[Arguments]:
    return [_decay_of(rng, _parameters(rng, 4, 3, 2), 1)]


UPDATE_WITH_WEIGHT_DECAY = Exercise(
    function="update_with_weight_decay",
    reference=regularization.update_with_weight_decay,
    inputs=_decay,
    edge_inputs=_decay_edges,
    checks=[
        Matches("W*", points=3, label="the weights"),
        Matches("b*", points=2, label="the biases"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "no decay",
            {"decay if name.startswith('W') else 1": "1"},
            "This is plain gradient descent. The weights must shrink as well: multiply them by 1 − αλ/m.",
        ),
        Mistake(
            "biases decay too",
            {"decay if name.startswith('W') else 1": "decay"},
            "Only weights shrink. Biases take a plain step.",
        ),
        Mistake(
            "learning rate missing in the decay",
            {"1 - learning_rate * lambd / m": "1 - lambd / m"},
            "The penalty's gradient is λ/m · W, and a step is α times the gradient: the factor is 1 − αλ/m.",
        ),
        Mistake(
            "number of examples missing in the decay",
            {"learning_rate * lambd / m": "learning_rate * lambd"},
            "The factor is 1 − αλ/m: divide by the number of examples.",
        ),
        Mistake(
            "decay upside down",
            {"1 - learning_rate * lambd / m": "learning_rate * lambd / m"},
            "You keep the part that should be taken away: the factor is 1 minus it, a little less than 1.",
        ),
        Mistake(
            "weights grow",
            {"1 - learning_rate": "1 + learning_rate"},
            "With a factor above 1 the weights grow. Decay means a little less than 1.",
        ),
        Mistake(
            "decay of the step, too",
            {
                "factor * parameters[name] - learning_rate * grads['d' + name]": "factor * (parameters[name] - learning_rate * grads['d' + name])"
            },
            "Only the old weights shrink, not the gradient's step: mind the brackets.",
        ),
        Mistake(
            "half kept",
            {"lambd / m": "lambd / (2 * m)"},
            "The 2 of λ/(2m) has cancelled when the square was differentiated: the factor is 1 − αλ/m.",
        ),
        Mistake(
            "uphill",
            {"- learning_rate * grads": "+ learning_rate * grads"},
            "The gradient points uphill: take its step away.",
        ),
    ],
)


def _weights(rng: Generator) -> Arguments:
    shape = tuple(_different(rng, int(rng.integers(1, 3)), 2, 7))
    W = rng.choice([-1, 1], shape) * rng.uniform(0, 2, shape)
    return arguments(W, float(rng.uniform(0.3, 1.2)))


def _weights_edges(rng: Generator) -> list[Arguments]:
    """On the threshold, at zero, and no threshold at all."""
    W = np.array([[-1.5, -0.5, -0.25], [0.0, 0.5, 2.0]])
    return [arguments(W, 0.5), arguments(W, 0.0), arguments(np.array([[3.0], [-2.0]]), 1.25)]


SOFT_THRESHOLD = Exercise(
    function="soft_threshold",
    reference=regularization.soft_threshold,
    inputs=_weights,
    edge_inputs=_weights_edges,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "signs lost",
            {"np.sign(W) * ": ""},
            "Negative weights come out positive: give each its sign back.",
        ),
        Mistake(
            "hard threshold",
            {
                "np.sign(W) * np.maximum(np.abs(W) - threshold, 0)": "np.where(np.abs(W) > threshold, W, 0)"
            },
            "You set small weights to 0 and keep the large ones as they are. The large ones move by the threshold, too.",
        ),
        Mistake(
            "does not stop at zero",
            {"np.maximum(np.abs(W) - threshold, 0)": "(np.abs(W) - threshold)"},
            "Small weights jump across zero and change their sign. They must stop at 0: take the larger of the difference and 0.",
        ),
        Mistake(
            "subtracted from negative weights too",
            {"np.sign(W) * np.maximum(np.abs(W) - threshold, 0)": "np.maximum(W - threshold, 0)"},
            "Negative weights have vanished. Towards zero means *up* for a negative weight.",
        ),
        Mistake(
            "shrunk in proportion",
            {"np.sign(W) * np.maximum(np.abs(W) - threshold, 0)": "W * (1 - threshold)"},
            "This is weight decay, which is L2: it never reaches 0. Here every weight moves by the same amount.",
        ),
        Mistake(
            "clipped",
            {
                "np.sign(W) * np.maximum(np.abs(W) - threshold, 0)": "np.clip(W, -threshold, threshold)"
            },
            "You cut off what is beyond the threshold. What should be left is just that part.",
        ),
    ],
)

_KEEP = (0.55, 0.6, 0.7, 0.8, 0.9)


def _dropout(rng: Generator) -> Arguments:
    """Few units and many examples: in some of them chance falls alike for everybody."""
    n_1, n_2 = _different(rng, 2, 2, 4)
    X, parameters = _dropout_network(rng, int(rng.integers(4, 6)), n_1, n_2, 100)
    return arguments(X, parameters, keep_prob=float(rng.choice(_KEEP)))


def _dropout_network(
    rng: Generator, n_x: int, n_1: int, n_2: int, m: int
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    return rng.normal(size=(n_x, m)), _parameters(rng, n_x, n_1, n_2)


def _dropout_edges(rng: Generator) -> list[Arguments]:
    """Take the default; drop nothing; drop most; have one example."""
    default = arguments(*_dropout_network(rng, 4, 3, 2, 120))
    everything = arguments(*_dropout_network(rng, 3, 5, 4, 6), keep_prob=1.0)
    one_example = arguments(*_dropout_network(rng, 3, 4, 2, 1), 1.0)
    mostly_dropped = arguments(*_dropout_network(rng, 5, 2, 3, 100), keep_prob=0.3)
    return [default, everything, one_example, mostly_dropped]


def _dropout_sized(m: int) -> Arguments:
    return arguments(*_dropout_network(np.random.default_rng(0), 3, 4, 2, m), keep_prob=0.8)


_CACHE = "cache(Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)"
_BOTH = ("cache.D1", "cache.D2")
_MASK_HINT = "A mask is (uniform random numbers < keep_prob)."
_DROPPED_HINT = "ReLU, times the mask, over keep_prob."

FORWARD_PROPAGATION_WITH_DROPOUT = Exercise(
    function="forward_propagation_with_dropout",
    reference=regularization.forward_propagation_with_dropout,
    returns=("A3", _CACHE),
    inputs=_dropout,
    edge_inputs=_dropout_edges,
    checks=[
        Matches("cache.Z1", points=1),
        Mask("cache.D1", points=1, hint=_MASK_HINT),
        MatchesUnderMasks("cache.A1", masks=("cache.D1",), points=2, hint=_DROPPED_HINT),
        MatchesUnderMasks("cache.Z2", masks=("cache.D1",), points=1),
        Mask("cache.D2", points=1, hint=_MASK_HINT),
        MatchesUnderMasks("cache.A2", masks=_BOTH, points=2, hint=_DROPPED_HINT),
        MatchesUnderMasks("cache.Z3", masks=_BOTH, points=1),
        MatchesUnderMasks("A3", masks=_BOTH, points=1),
        MatchesUnderMasks("cache.A3", masks=_BOTH, points=1, label="`A3` in the cache"),
        Matches("cache.W*", points=1, label="the weights in the cache"),
        Matches("cache.b*", points=1, label="the biases in the cache"),
        Vectorised(small=_dropout_sized(2), large=_dropout_sized(200)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "normal numbers for uniform ones",
            {f"np.random.rand(*Z{i}.shape)": f"np.random.randn(*Z{i}.shape)" for i in (1, 2)},
            "randn < keep_prob keeps the wrong share: normal numbers lie below 0.5 in 69 % of all cases. Draw uniform numbers, with rand.",
        ),
        Mistake(
            "comparison turned round",
            {f"np.random.rand(*Z{i}.shape) <": f"np.random.rand(*Z{i}.shape) >" for i in (1, 2)},
            "You drop what should be kept: a uniform number is *below* keep_prob with probability keep_prob.",
        ),
        Mistake(
            "not divided by keep_prob",
            {f"* D{i} / keep_prob": f"* D{i}" for i in (1, 2)},
            "Without dividing by keep_prob the activations get smaller on average. Inverted dropout makes up for it at once.",
        ),
        Mistake(
            "multiplied by keep_prob",
            {f"* D{i} / keep_prob": f"* D{i} * keep_prob" for i in (1, 2)},
            "Fewer units are left, so each must count for *more*: divide by keep_prob.",
        ),
        Mistake(
            "mask drawn but not used",
            {f"* D{i} / keep_prob": "/ keep_prob" for i in (1, 2)},
            "The masks are there, but nothing is dropped: multiply the activations by them.",
        ),
        Mistake(
            "second hidden layer keeps everything",
            {"A2 = relu(Z2) * D2 / keep_prob": "A2 = relu(Z2)"},
            "Both hidden layers drop units: A2 needs its mask and its division, too.",
        ),
        Mistake(
            "one mask for all examples",
            {f"np.random.rand(*Z{i}.shape)": f"np.random.rand(Z{i}.shape[0], 1)" for i in (1, 2)},
            "Your mask has one column, so every example loses the same units. Draw a number for each unit *and* each example.",
        ),
        Mistake(
            "keep_prob written in",
            {
                f"np.random.rand(*Z{i}.shape) < keep_prob\n    A{i} = relu(Z{i}) * D{i} / keep_prob": f"np.random.rand(*Z{i}.shape) < 0.5\n    A{i} = relu(Z{i}) * D{i} / 0.5"
                for i in (1, 2)
            },
            "0.5 is only the default: use the argument `keep_prob`.",
        ),
        Mistake(
            "divided by the share that is dropped",
            {f"* D{i} / keep_prob": f"* D{i} / (1 - keep_prob + 1e-12)" for i in (1, 2)},
            "Divide by the probability of being *kept*, keep_prob, not by that of being dropped.",
        ),
        Mistake(
            "dropped before, not after, the cache",
            {"Z2 = W2 @ A1 + b2": "Z2 = W2 @ relu(Z1) + b2"},
            "The second layer must see what is left after dropping: A1 with its mask, not the whole ReLU.",
        ),
    ],
)


def _dropped(rng: Generator) -> Arguments:
    return _dropped_sized(rng, *_sizes(rng), keep_prob=float(rng.choice(_KEEP)))


def _dropped_sized(
    rng: Generator, n_x: int, n_1: int, n_2: int, m: int, keep_prob: float
) -> Arguments:
    """Drop units by masks of our own, which nobody can draw again."""
    X, parameters = _dropout_network(rng, n_x, n_1, n_2, m)
    W1, W2, W3, b1, b2, b3 = parameters.values()
    D1, D2 = (rng.random((n, m)) < keep_prob for n in (n_1, n_2))
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(Z2, 0) * D2 / keep_prob
    too_large = _too_large(W3 @ A2 + b3)
    W3, b3 = W3 / too_large, b3 / too_large
    Z3 = W3 @ A2 + b3
    A3 = 1 / (1 + np.exp(-Z3))
    cache = (Z1, D1, A1, W1, b1, Z2, D2.astype(int), A2, W2, b2, Z3, A3, W3, b3)
    return arguments(X, _labels(rng, m), cache, keep_prob)


def _dropped_edges(rng: Generator) -> list[Arguments]:
    return [_dropped_sized(rng, 3, 4, 2, 1, 1.0), _dropped_sized(rng, 1, 6, 5, 9, 0.5)]


BACKWARD_PROPAGATION_WITH_DROPOUT = Exercise(
    function="backward_propagation_with_dropout",
    reference=regularization.backward_propagation_with_dropout,
    inputs=_dropped,
    edge_inputs=_dropped_edges,
    checks=[
        *(Matches(name, points=2) for name in ("dA2", "dA1")),
        *(Matches(name, points=1) for name in ("dW3", "db3", "dW2", "db2", "dW1", "db1")),
        Matches("dZ*", points=1, label="`dZ`, on the way"),
        Vectorised(
            small=_dropped_sized(np.random.default_rng(0), 3, 4, 2, 2, 0.8),
            large=_dropped_sized(np.random.default_rng(0), 3, 4, 2, 200, 0.8),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "masks forgotten on the way back",
            {f" * D{i} / keep_prob": "" for i in (1, 2)},
            "A unit that was dropped had no influence, so no gradient flows through it: use the masks on the way back, too.",
        ),
        Mistake(
            "not divided by keep_prob",
            {f"* D{i} / keep_prob": f"* D{i}" for i in (1, 2)},
            "On the way there the kept activations were divided by keep_prob, so their gradients are divided as well.",
        ),
        Mistake(
            "multiplied by keep_prob",
            {f"* D{i} / keep_prob": f"* D{i} * keep_prob" for i in (1, 2)},
            "The forward pass divides by keep_prob. The chain rule passes this very factor on: divide again.",
        ),
        Mistake(
            "divided by the share that is dropped",
            {f"* D{i} / keep_prob": f"* D{i} / (1 - keep_prob + 1e-12)" for i in (1, 2)},
            "Divide by the probability of being *kept*, as on the way there, not by 1 − keep_prob.",
        ),
        Mistake(
            "masks exchanged",
            {"dZ3 * D2": "dZ3 * D1", "dZ2 * D1": "dZ2 * D2"},
            "dA2 belongs to the second hidden layer, so its mask is D2; dA1 goes with D1.",
        ),
        Mistake(
            "one mask only",
            {" * D1 / keep_prob": ""},
            "dA1 needs its mask and its division, as dA2 does.",
        ),
        Mistake(
            "divided, but not masked",
            {f"* D{i} / keep_prob": "/ keep_prob" for i in (1, 2)},
            "Dividing is right, but dropped units must get the gradient 0: multiply by the mask.",
        ),
        Mistake(
            "new masks drawn",
            {
                f"* D{i} / keep_prob": f"* (np.random.rand(*D{i}.shape) < keep_prob) / keep_prob"
                for i in (1, 2)
            },
            "New masks drop other units than the forward pass did. Use those that it kept in the cache.",
        ),
        Mistake(
            "averaged over nothing",
            {"m = X.shape[1]": "m = X.shape[0]"},
            "m is the number of examples, and examples are columns: X.shape[1].",
        ),
    ],
)


def _costs(rng: Generator) -> Arguments:
    """Down, then up and down: a noisy valley. Rounded, so that some costs are equal."""
    length = int(rng.integers(6, 25))
    valley = (np.arange(length) / length - rng.uniform(0.2, 1)) ** 2
    costs = np.round(0.4 + valley + 0.08 * rng.normal(size=length), 2)
    return arguments([float(cost) for cost in costs], int(rng.integers(1, 6)))


def _costs_edges(rng: Generator) -> list[Arguments]:
    """Lower again after the stop; equal costs; never a stop; a long way down; one epoch.

    In the last two, who counts other epochs as bad ends with another best epoch, too.
    """
    return [
        arguments([0.9, 0.6, 0.5, 0.7, 0.55, 0.4], 2),
        arguments([0.6, 0.5, 0.5, 0.7, 0.8, 0.9], 2),
        arguments([0.8, 0.7, 0.6, 0.5], 2),
        arguments([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65, 0.62, 0.61, 0.5], 3),
        arguments([0.3, 0.5, 0.4, 0.35, 0.32, 0.2], 4),
        arguments([0.7], 1),
        arguments([0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.5, 0.6, 0.65, 0.7], 3),
        arguments([0.7, 0.8, 0.6, 0.5, 0.55, 0.56], 2),
    ]


EARLY_STOPPING = Exercise(
    function="early_stopping",
    reference=regularization.early_stopping,
    returns=("best_epoch", "last_epoch"),
    inputs=_costs,
    edge_inputs=_costs_edges,
    checks=[Matches("best_epoch", points=2), Matches("last_epoch", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "one epoch too patient",
            {"== patience": "== patience + 1"},
            "You wait one epoch too long: stop as soon as `patience` epochs in a row have brought nothing new.",
        ),
        Mistake(
            "last epoch returned as the best",
            {"(best_epoch, epoch)": "(epoch, epoch)"},
            "When training stops, the best parameters are some epochs old. Return the epoch with the lowest cost.",
        ),
        Mistake(
            "best epoch returned as the last",
            {"return (best_epoch, epoch)": "return (best_epoch, best_epoch)"},
            "Training went on for a while after the best epoch: the last epoch is the one in which you leave the loop.",
        ),
        Mistake(
            "first epoch counted as a bad one",
            "def early_stopping(dev_costs, patience):\n    best_epoch, bad = 0, 0\n    for epoch, cost in enumerate(dev_costs):\n        if cost < dev_costs[best_epoch]:\n            best_epoch, bad = epoch, 0\n        else:\n            bad += 1\n        if bad == patience:\n            break\n    return best_epoch, epoch",
            "You count epoch 0 as a bad one, since it is no better than itself. It is the best so far: 0 epochs have been wasted.",
        ),
        Mistake(
            "costs after the stop looked at",
            {"return (best_epoch, epoch)": "return (int(np.argmin(dev_costs)), epoch)"},
            "Training has stopped before that epoch: nobody would ever have seen its cost.",
        ),
        Mistake(
            "equal costs count as better",
            {"cost < dev_costs": "cost <= dev_costs"},
            "An equal cost is no progress: only a *lower* one starts the waiting anew.",
        ),
        Mistake(
            "compared with the epoch before",
            {"cost < dev_costs[best_epoch]": "cost < dev_costs[max(epoch - 1, 0)]"},
            "Compare with the best cost so far. Lower than the last one is not yet good.",
        ),
        Mistake(
            "stops at the first rise",
            {"epoch - best_epoch == patience": "epoch - best_epoch == 1"},
            "One bad epoch may be chance: wait for `patience` of them in a row.",
        ),
        Mistake(
            "bad epochs counted over the whole run",
            "def early_stopping(dev_costs, patience):\n    best_epoch, bad = 0, 0\n    for epoch, cost in enumerate(dev_costs):\n        if cost < dev_costs[best_epoch]:\n            best_epoch = epoch\n        elif epoch > 0:\n            bad += 1\n        if bad == patience:\n            break\n    return best_epoch, epoch",
            "A new lowest cost starts the waiting anew: count the bad epochs since the best one, not all of them.",
        ),
        Mistake(
            "trains to the end",
            {"break": "pass"},
            "Once patience is used up, training stops: leave the loop.",
        ),
    ],
)


def _image(rng: Generator) -> np.ndarray:
    """Draw an image that is never as high as wide; one channel or three."""
    height, width = _different(rng, 2, 4, 10)
    return rng.uniform(0.05, 0.95, (height, width, int(rng.choice([1, 3]))))


def _flip(rng: Generator) -> Arguments:
    return arguments(_image(rng))


def _flip_edges(rng: Generator) -> list[Arguments]:
    return [arguments(rng.integers(0, 256, (3, 5, 3))), arguments(rng.random((6, 1, 3)))]


def _crop(rng: Generator) -> Arguments:
    image = _image(rng)
    top, left = (int(n) for n in rng.permutation([0, 1, 2])[:2])
    height, width = (int(rng.integers(1, n - 1)) for n in image.shape[:2])
    return arguments(image, top, left, height, width)


def _crop_edges(rng: Generator) -> list[Arguments]:
    """All of it, one pixel, and the last rows."""
    image = rng.random((7, 5, 3))
    boxes = [(0, 0, 7, 5), (6, 4, 1, 1), (3, 1, 4, 2)]
    return [arguments(image, *box) for box in boxes]


def _shift(rng: Generator) -> Arguments:
    down, right = (int(n) for n in rng.permutation([-3, -2, -1, 0, 1, 2, 3])[:2])
    return arguments(_image(rng), down, right)


def _shift_edges(rng: Generator) -> list[Arguments]:
    moves = [(0, 0), (2, 0), (0, -1), (-2, 1), (1, 3)]
    return [
        *(arguments(_image(rng), *move) for move in moves),
        arguments(rng.random((2, 6, 1)), 1, -5),
    ]


def _rotation(rng: Generator) -> Arguments:
    """No angle at which a pixel lies just between two others."""
    return arguments(_image(rng), float(rng.choice([-1, 1]) * rng.uniform(5, 175)))


def _rotation_edges(rng: Generator) -> list[Arguments]:
    """Quarter and half turns; none; long images, whose corners leave the frame by far."""
    turns = [arguments(rng.random((5, 5, 3)), 90), arguments(_image(rng), 180)]
    turns += [arguments(_image(rng), 0), arguments(rng.random((8, 5, 3)), 33.0)]
    return [*turns, arguments(rng.random((4, 9, 1)), 60.0), arguments(rng.random((9, 4, 1)), -60.0)]


def _brightness(rng: Generator) -> Arguments:
    return arguments(_image(rng), float(rng.choice([0.4, 0.7, 1.3, 1.6, 2.5])))


def _brightness_edges(rng: Generator) -> list[Arguments]:
    return [arguments(_image(rng), factor) for factor in (0, 1, 3.0)]


def _blurring(rng: Generator) -> Arguments:
    return arguments(_image(rng), int(rng.integers(1, 4)))


def _blurring_edges(rng: Generator) -> list[Arguments]:
    return [
        arguments(_image(rng), 0),
        arguments(rng.random((4, 7, 1)), 2),
        arguments(rng.random((1, 3, 3)), 1),
    ]


def _augmentation(
    function: str, points: float, inputs: Inputs, edge_inputs: EdgeInputs, mistakes: list[Mistake]
) -> Exercise:
    """All exercises on changed images are put in the same way."""
    return Exercise(
        function=function,
        reference=getattr(augmentation, function),
        inputs=inputs,
        edge_inputs=edge_inputs,
        checks=[Matches(points=points, label="the image"), LeavesInputsAlone()],
        mistakes=mistakes,
    )


FLIP_HORIZONTAL = _augmentation(
    "flip_horizontal",
    2,
    _flip,
    _flip_edges,
    [
        Mistake(
            "upside down",
            {"image[:, ::-1]": "image[::-1]"},
            "Your image stands on its head. Turn the columns round, the second axis, not the rows.",
        ),
        Mistake(
            "channels turned round",
            {"image[:, ::-1]": "image[:, :, ::-1]"},
            "You have exchanged red and blue: the last axis holds the channels. Columns are the second axis.",
        ),
        Mistake(
            "half a turn",
            {"image[:, ::-1]": "image[::-1, ::-1]"},
            "Both axes turned round is a rotation by 180°. Mirror the columns only.",
        ),
        Mistake(
            "transposed",
            {"image[:, ::-1]": "image.swapaxes(0, 1)"},
            "You have exchanged rows and columns, which mirrors along the diagonal.",
        ),
        Mistake(
            "first column dropped",
            {"image[:, ::-1]": "image[:, :0:-1]"},
            "One column is missing: a slice stops *before* its end. Leave the end out.",
        ),
    ],
)

CROP = _augmentation(
    "crop",
    2,
    _crop,
    _crop_edges,
    [
        Mistake(
            "size taken for the end",
            {"top + height": "height", "left + width": "width"},
            "A slice goes from its start to its *end*: the end is top + height, not height.",
        ),
        Mistake(
            "rows and columns exchanged",
            {
                "image[top:top + height, left:left + width]": "image[left:left + width, top:top + height]"
            },
            "Rows come first: top and height belong to the first axis.",
        ),
        Mistake(
            "one pixel too many",
            {"top + height": "top + height + 1", "left + width": "left + width + 1"},
            "A slice leaves its end out already: no + 1.",
        ),
        Mistake(
            "place ignored",
            {"image[top:top + height, left:left + width]": "image[:height, :width]"},
            "Your rectangle always lies in the corner: begin at row `top` and column `left`.",
        ),
        Mistake(
            "height and width exchanged",
            {"top + height": "top + width", "left + width": "left + height"},
            "The height counts rows, so it belongs to top; the width belongs to left.",
        ),
    ],
)

_SLICES = "rows, columns = (np.arange(height) - down, np.arange(width) - right)"

SHIFT = _augmentation(
    "shift",
    4,
    _shift,
    _shift_edges,
    [
        Mistake(
            "wraps around",
            "def shift(image, down, right):\n    return np.roll(image, (down, right), axis=(0, 1))",
            "What leaves on one side comes back on the other. It should be gone, and what becomes free is 0.",
        ),
        Mistake(
            "wrong direction",
            {_SLICES: "rows, columns = (np.arange(height) + down, np.arange(width) + right)"},
            "Your image moves the other way: positive numbers mean down and to the right.",
        ),
        Mistake(
            "rows and columns exchanged",
            {_SLICES: "rows, columns = (np.arange(height) - right, np.arange(width) - down)"},
            "`down` moves along the rows, the first axis, and `right` along the columns.",
        ),
        Mistake(
            "all black where nothing moves",
            "def shift(image, down, right):\n    shifted = np.roll(image, (down, right), axis=(0, 1))\n    shifted[slice(0, down) if down > 0 else slice(down, None)] = 0\n    shifted[:, slice(0, right) if right > 0 else slice(right, None)] = 0\n    return shifted",
            "With a move of 0, the slice `0:` is everything, and your image goes black. If nothing came round, blacken nothing.",
        ),
        Mistake(
            "last pixel repeated",
            "def shift(image, down, right):\n    height, width, _ = image.shape\n    rows = np.clip(np.arange(height) - down, 0, height - 1)\n    columns = np.clip(np.arange(width) - right, 0, width - 1)\n    return image[np.ix_(rows, columns)]",
            "You fill what becomes free with the pixels of the border. It should be 0.",
        ),
        Mistake(
            "made for positive numbers only",
            {
                _SLICES: "rows, columns = (np.arange(height) - max(down, 0), np.arange(width) - max(right, 0))"
            },
            "Negative numbers move up and to the left: yours stay where they are.",
        ),
        Mistake(
            "only one of the two moves",
            {"np.arange(width) - right": "np.arange(width)"},
            "The image moves in one direction only: use `right` as well.",
        ),
    ],
)

ROTATE = _augmentation(
    "rotate",
    5,
    _rotation,
    _rotation_edges,
    [
        Mistake(
            "clockwise",
            {"np.deg2rad(degrees)": "-np.deg2rad(degrees)"},
            "Your image turns clockwise. Look at the signs in front of the two sines.",
        ),
        Mistake(
            "both sines with a plus",
            {"np.cos(angle) * x - np.sin(angle) * y": "np.cos(angle) * x + np.sin(angle) * y"},
            "This is no rotation: one of the two sines has a minus in front, that of the columns.",
        ),
        Mistake(
            "degrees taken for radians",
            {"np.deg2rad(degrees)": "degrees"},
            "np.cos and np.sin want radians: turn the degrees into radians first.",
        ),
        Mistake(
            "turned about the corner",
            {
                "y, x = (rows - (height - 1) / 2, columns - (width - 1) / 2)": "y, x = (rows, columns)",
                "np.sin(angle) * x + (height - 1) / 2": "np.sin(angle) * x",
                "np.sin(angle) * y + (width - 1) / 2": "np.sin(angle) * y",
            },
            "You turn about the upper left corner. Measure y and x from the centre, and add it again afterwards.",
        ),
        Mistake(
            "border pixels smeared",
            {
                "inside = (source_y >= 0) & (source_y < height) & (source_x >= 0) & (source_x < width)": "inside = rows >= 0\n    source_y = np.clip(source_y, 0, height - 1)\n    source_x = np.clip(source_x, 0, width - 1)"
            },
            "Where the source lies outside of the image, the result should be 0, not the nearest border pixel.",
        ),
        Mistake(
            "comes in again on the other side",
            {
                "inside = (source_y >= 0) & (source_y < height) & (source_x >= 0) & (source_x < width)": "inside = rows >= 0\n    source_y = source_y % height\n    source_x = source_x % width"
            },
            "A negative index counts from the end, so parts of the image appear twice. Look outside, and take 0 there.",
        ),
        Mistake(
            "pushed instead of pulled",
            {
                "rotated[inside] = image[source_y[inside], source_x[inside]]": "rotated[source_y[inside], source_x[inside]] = image[inside]"
            },
            "You send every pixel somewhere, so some places get none. Ask for every pixel of the *result* where it comes from.",
        ),
        Mistake(
            "cut off instead of rounded",
            {
                "np.rint(np.cos(angle) * y": "np.trunc(np.cos(angle) * y",
                "np.rint(np.cos(angle) * x": "np.trunc(np.cos(angle) * x",
            },
            "astype(int) alone cuts the decimals off. Take the *nearest* pixel: round first.",
        ),
        Mistake(
            "centre half a pixel off",
            {
                "rows - (height - 1) / 2, columns - (width - 1) / 2": "rows - height / 2, columns - width / 2",
                "np.sin(angle) * x + (height - 1) / 2": "np.sin(angle) * x + height / 2",
                "np.sin(angle) * y + (width - 1) / 2": "np.sin(angle) * y + width / 2",
            },
            "The rows are numbered from 0 to height − 1, so their middle is (height − 1)/2.",
        ),
    ],
)

ADJUST_BRIGHTNESS = _augmentation(
    "adjust_brightness",
    2,
    _brightness,
    _brightness_edges,
    [
        Mistake(
            "brighter than white",
            {"np.minimum(image * factor, 1.0)": "image * factor"},
            "Some of your values are above 1, brighter than white. Cut them off at 1, which is white here, not 255.",
        ),
        Mistake(
            "added",
            {"image * factor": "image + factor"},
            "Multiply by the factor: a factor of 1 must change nothing.",
        ),
        Mistake(
            "divided",
            {"image * factor": "image / (factor + 1e-300)"},
            "A factor above 1 must make the image lighter: multiply.",
        ),
        Mistake(
            "the larger one",
            {"np.minimum": "np.maximum"},
            "np.maximum raises everything to at least 1, so all is white. To cut off at 1, take the smaller one.",
        ),
        Mistake(
            "stretched to white",
            {
                "np.minimum(image * factor, 1.0)": "image * factor / max(np.max(image * factor), 1.0)"
            },
            "You divide the whole image by its largest value, which makes it dark again. Only cut off what is above 1.",
        ),
    ],
)

_EDGE_PADDING = "np.pad(image, ((radius, radius), (radius, radius), (0, 0)), mode='edge')"

BLUR = _augmentation(
    "blur",
    4,
    _blurring,
    _blurring_edges,
    [
        Mistake(
            "padded with black",
            {", mode='edge'": ""},
            "Your borders are dark: beyond them you take 0. Let the image go on as it ends, with mode='edge'.",
        ),
        Mistake(
            "square cut off at the border",
            "def blur(image, radius):\n    height, width, _ = image.shape\n    blurred = np.zeros(image.shape)\n    for i in range(height):\n        for j in range(width):\n            rows = image[max(i - radius, 0):i + radius + 1]\n            blurred[i, j] = rows[:, max(j - radius, 0):j + radius + 1].mean(axis=(0, 1))\n    return blurred",
            "At the border you average over fewer pixels. Let the image go on there as it ends: pad it first, with mode='edge'.",
        ),
        Mistake(
            "summed, not averaged",
            {" / size ** 2": ""},
            "These are sums. Divide by the number of pixels in the square.",
        ),
        Mistake(
            "divided by the side of the square",
            {"size ** 2": "size"},
            "The square holds size × size pixels: divide by that.",
        ),
        Mistake(
            "radius written in",
            {
                _EDGE_PADDING: "np.pad(image, ((1, 1), (1, 1), (0, 0)), mode='edge')",
                "2 * radius + 1": "3",
            },
            "Your square is always 3 × 3: use the argument `radius`.",
        ),
        Mistake(
            "channels mixed",
            {
                "padded[i:i + height, j:j + width]": "padded[i:i + height, j:j + width].mean(axis=2, keepdims=True)"
            },
            "Your image has become grey: average each channel by itself.",
        ),
        Mistake(
            "one direction only",
            {"padded[i:i + height, j:j + width]": "padded[radius:radius + height, j:j + width]"},
            "You blur from left to right only: the square goes over rows *and* columns.",
        ),
        Mistake(
            "centre left out",
            {
                "total += padded[i:i + height, j:j + width]": "total += padded[i:i + height, j:j + width] * ((i, j) != (radius, radius))"
            },
            "The pixel itself belongs to the square around it.",
        ),
    ],
)

EXERCISES = [
    *(SPLIT_EXAMPLES, DIAGNOSE, NORMALIZE_INPUTS),
    *(INITIALIZE_PARAMETERS_ZEROS, INITIALIZE_PARAMETERS_RANDOM),
    *(INITIALIZE_PARAMETERS_HE, INITIALIZE_PARAMETERS_XAVIER),
    *(COMPUTE_COST_WITH_REGULARIZATION, BACKWARD_PROPAGATION_WITH_REGULARIZATION),
    *(UPDATE_WITH_WEIGHT_DECAY, COMPUTE_COST_WITH_L1, SOFT_THRESHOLD),
    *(FORWARD_PROPAGATION_WITH_DROPOUT, BACKWARD_PROPAGATION_WITH_DROPOUT, EARLY_STOPPING),
    *(FLIP_HORIZONTAL, CROP, SHIFT, ROTATE, ADJUST_BRIGHTNESS, BLUR),
]
