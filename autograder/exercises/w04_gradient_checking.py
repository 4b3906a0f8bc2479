"""Week 4, second notebook: checking gradients by nudging."""

from __future__ import annotations

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import gradient_checking
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments
from helpers.gradient_checking import SHAPES

Generator = np.random.Generator

_TWO_EPSILON = "The two points are 2ε apart: divide by 2ε."
_FROM_THETA = "Taking ε away from θ + ε gives θ again. Start from θ for both points."
_RELATIVE = "Divide by the sum of both norms. Without it, nobody can say what is large."
_NOT_SQUARED = "Use the norms themselves, not their squares."
_EPSILON_GIVEN = "1e-7 is only the default: use the argument `epsilon`."
_DOUBLE_ONLY = {"float32": "In single precision the difference of two near costs is all rounding."}
_BY_LAYER = "The order goes layer by layer: W1, b1, W2, b2, W3, b3."


def _point(rng: Generator) -> tuple[float, float]:
    """Two numbers with few binary digits: with these, a computer makes no rounding errors."""
    x, theta = rng.permutation(np.arange(2, 40))[:2]
    return float(rng.choice([-1, 1]) * x) / 4, float(rng.choice([-1, 1]) * theta) / 8


def _on_the_line(rng: Generator) -> Arguments:
    return arguments(*_point(rng))


def _on_the_line_edges(rng: Generator) -> list[Arguments]:
    return [arguments(2, 4), arguments(-3, 5), arguments(0.5, -2.0)]


FORWARD_PROPAGATION = Exercise(
    function="forward_propagation",
    reference=gradient_checking.forward_propagation,
    inputs=_on_the_line,
    edge_inputs=_on_the_line_edges,
    checks=[Matches(points=1, label="the value of J")],
    mistakes=[
        Mistake("sum", {"theta * x": "theta + x"}, "J is a product: θ times x."),
        Mistake("quotient", {"theta * x": "theta / x"}, "J is a product: θ times x, not θ over x."),
        Mistake(
            "power", {"theta * x": "theta ** x"}, "One star multiplies; two stars are a power."
        ),
        Mistake(
            "square",
            {"theta * x": "(theta * x) ** 2"},
            "There is no square here: J = θx is a straight line.",
        ),
        Mistake("argument returned", {"theta * x": "theta"}, "This is θ itself. J is θ times x."),
    ],
)

BACKWARD_PROPAGATION = Exercise(
    function="backward_propagation",
    reference=gradient_checking.backward_propagation,
    inputs=_on_the_line,
    edge_inputs=_on_the_line_edges,
    checks=[Matches(points=1, label="the derivative")],
    mistakes=[
        Mistake(
            "derivative with respect to x",
            {"return x": "return theta"},
            "θ is the derivative with respect to x. We ask how J changes with θ.",
        ),
        Mistake(
            "value for slope",
            {"return x": "return theta * x"},
            "This is J itself. Its slope says how much J changes when θ grows by 1.",
        ),
        Mistake(
            "factor forgotten",
            {"return x": "return 1.0"},
            "1 is the derivative of θ. In θx the factor x stays.",
        ),
        Mistake(
            "both derivatives added",
            {"return x": "return x + theta"},
            "x is a fixed number here, and not a variable: only θ moves.",
        ),
        Mistake(
            "integrated",
            {"return x": "return theta ** 2 * x / 2"},
            "This is the integral of θx. You need its derivative.",
        ),
    ],
)


def _check_on_the_line(rng: Generator) -> Arguments:
    """Where nothing is rounded, the difference is exactly 0, in whatever order one computes."""
    return arguments(*_point(rng), epsilon=2.0 ** -int(rng.integers(5, 16)))


def _check_on_the_line_edges(rng: Generator) -> list[Arguments]:
    """Let the distance drown: beside theta it is lost altogether, or in one of the two sums.

    Then the true difference is 1, or 1/3. The default distance is lost beside a large theta.
    """
    lost = [arguments(2.0, 4.0, epsilon=1e-17), arguments(-3.0, 2.0**40)]
    half_lost = [arguments(x, 2.0**k, epsilon=2.0 ** (k - 53)) for x, k in [(4.0, 0), (-0.5, 3)]]
    return [arguments(2, 4, epsilon=2.0**-6), *lost, *half_lost]


GRADIENT_CHECK = Exercise(
    function="gradient_check",
    reference=gradient_checking.gradient_check,
    inputs=_check_on_the_line,
    edge_inputs=_check_on_the_line_edges,
    checks=[Matches(points=4, label="the difference")],
    uses=("forward_propagation", "backward_propagation"),
    unsuited=_DOUBLE_ONLY,
    mistakes=[
        Mistake(
            "divided by ε only",
            {"(2 * epsilon)": "epsilon"},
            _TWO_EPSILON,
        ),
        Mistake(
            "brackets forgotten",
            {"(above - below) / (2 * epsilon)": "(above - below) / 2 * epsilon"},
            "a / 2 * ε divides by 2 and then *multiplies* by ε: put brackets around 2ε.",
        ),
        Mistake(
            "both points on the same side",
            {"theta - epsilon": "theta + epsilon"},
            "Both of your points are θ + ε. One of them is θ − ε.",
        ),
        Mistake(
            "lower point made from the upper one",
            {"theta - epsilon": "theta + epsilon - epsilon"},
            _FROM_THETA,
        ),
        Mistake(
            "x nudged",
            {
                "forward_propagation(x, theta + epsilon)": "forward_propagation(x + epsilon, theta)",
                "forward_propagation(x, theta - epsilon)": "forward_propagation(x - epsilon, theta)",
            },
            "You nudge x. The question is how J changes with θ: move θ, and leave x alone.",
        ),
        Mistake(
            "one-sided slope",
            {"theta - epsilon": "theta", "(2 * epsilon)": "epsilon"},
            "This slope is taken on one side only. Take a step to both sides: its error is far smaller.",
        ),
        Mistake(
            "not relative",
            {" / size": ""},
            _RELATIVE,
        ),
        Mistake(
            "one norm only",
            {
                "np.linalg.norm(gradient) + np.linalg.norm(approximation)": "np.linalg.norm(gradient)"
            },
            "The denominator is a sum of two norms: the gradient's and the approximation's.",
        ),
        Mistake(
            "squared norms",
            {
                "np.linalg.norm(gradient) + np.linalg.norm(approximation)": "np.linalg.norm(gradient) ** 2 + np.linalg.norm(approximation) ** 2",
                "np.linalg.norm(gradient - approximation)": "np.linalg.norm(gradient - approximation) ** 2",
            },
            _NOT_SQUARED,
        ),
        Mistake(
            "ε written in",
            {
                "theta + epsilon": "theta + 1e-07",
                "theta - epsilon": "theta - 1e-07",
                "2 * epsilon": "2 * 1e-07",
            },
            _EPSILON_GIVEN,
        ),
    ],
)


def _parameters(rng: Generator) -> dict[str, np.ndarray]:
    """Draw the six parameters, and put them in an order of no help."""
    return {
        name: rng.normal(size=SHAPES[name]) * 0.8 for name in rng.permutation(list(SHAPES)).tolist()
    }


def _parameters_only(rng: Generator) -> Arguments:
    return arguments(_parameters(rng))


DICTIONARY_TO_VECTOR = Exercise(
    function="dictionary_to_vector",
    reference=gradient_checking.dictionary_to_vector,
    returns=("theta", "keys"),
    inputs=_parameters_only,
    checks=[Matches("theta", points=3), Matches("keys", points=1), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "order of the dictionary",
            {
                "np.concatenate([parameters[name].reshape(-1, 1) for name in SHAPES])": "np.concatenate([parameters[name].reshape(-1, 1) for name in parameters])",
                "keys = [name for name in SHAPES": "keys = [name for name in parameters",
            },
            "You follow the order in which the dictionary happens to be filled. Go by the names: W1, b1, W2, b2, W3, b3.",
        ),
        Mistake(
            "weights first, biases last",
            {
                "np.concatenate([parameters[name].reshape(-1, 1) for name in SHAPES])": "np.concatenate([parameters[name].reshape(-1, 1) for name in sorted(SHAPES)])",
                "keys = [name for name in SHAPES": "keys = [name for name in sorted(SHAPES)",
            },
            _BY_LAYER,
        ),
        Mistake(
            "columns first",
            {"parameters[name].reshape(-1, 1)": "parameters[name].T.reshape(-1, 1)"},
            "You walk down the columns of each matrix. reshape goes row by row by itself: do not transpose.",
        ),
        Mistake(
            "rank-1 result",
            {"parameters[name].reshape(-1, 1)": "parameters[name].reshape(-1)"},
            "theta is a column, (47, 1): reshape to (-1, 1).",
        ),
        Mistake(
            "row for column",
            {
                "np.concatenate([parameters[name].reshape(-1, 1) for name in SHAPES])": "np.concatenate([parameters[name].reshape(1, -1) for name in SHAPES], axis=1)"
            },
            "theta is a column, (47, 1), not a row.",
        ),
        Mistake(
            "each key once",
            {" for _ in range(parameters[name].size)": ""},
            "keys has one name for every *entry* of theta: 20 times W1, then 5 times b1, and so on.",
        ),
        Mistake(
            "keys counted by rows",
            {"range(parameters[name].size)": "range(len(parameters[name]))"},
            "len counts the rows of a matrix. An array's `size` counts all entries.",
        ),
    ],
)


def _column(rng: Generator) -> Arguments:
    return arguments(rng.normal(size=(47, 1)))


def _column_edges(rng: Generator) -> list[Arguments]:
    return [arguments(np.arange(47).reshape(47, 1))]


VECTOR_TO_DICTIONARY = Exercise(
    function="vector_to_dictionary",
    reference=gradient_checking.vector_to_dictionary,
    inputs=_column,
    edge_inputs=_column_edges,
    checks=[
        Matches("W*", points=2, label="the weights"),
        Matches("b*", points=2, label="the biases"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "always from the start",
            {"\n        start = end": ""},
            "Every parameter begins where the one before it ends. Yours all begin at 0.",
        ),
        Mistake(
            "columns first",
            {".reshape(rows, columns)": ".reshape(columns, rows).T"},
            "You fill the matrices column by column. reshape goes row by row, just as dictionary_to_vector does.",
        ),
        Mistake(
            "transposed",
            {".reshape(rows, columns)": ".reshape(columns, rows)"},
            "A weight matrix has a row for each unit of its own layer: W1 is (5, 4), not (4, 5).",
        ),
        Mistake(
            "biases flat",
            {
                ".reshape(rows, columns)": ".reshape((rows, columns) if name.startswith('W') else rows)"
            },
            "Biases are columns, (5, 1) and so on: they need a second axis.",
        ),
        Mistake(
            "weights first, biases last",
            {"SHAPES.items()": "sorted(SHAPES.items())"},
            _BY_LAYER,
        ),
        Mistake(
            "slices of the wrong length",
            {"start + rows * columns": "start + rows * columns + 1"},
            "The pieces have the wrong length. A slice leaves its end out: entries 20 to 24 are theta[20:25].",
        ),
    ],
)


def _network(rng: Generator, m: int) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Draw a network that is certain of nothing: for it, rounding errors of the cost are small."""
    parameters, X = _parameters(rng), 2 * rng.normal(size=(4, m))
    Y = rng.permutation(np.arange(m) % 2).reshape(1, m)
    Z3 = gradient_checking.forward_propagation_n(X, Y, parameters)[1][8]
    too_large = max(np.max(np.abs(Z3)) / 2, 1)
    return parameters | {name: parameters[name] / too_large for name in ("W3", "b3")}, X, Y


def _slopes(rng: Generator) -> Arguments:
    epsilon = float(rng.choice([1e-2, 1e-3, 1e-4, 1e-5]))
    return arguments(*_network(rng, int(rng.integers(2, 8))), epsilon=epsilon)


def _slopes_edges(rng: Generator) -> list[Arguments]:
    """Take the default distance, one example, and a distance that reaches over a bend."""
    default, one = _network(rng, 3), _network(rng, 1)
    return [arguments(*default), arguments(*one, 1e-3), arguments(*_network(rng, 5), epsilon=0.05)]


NUMERICAL_GRADIENT = Exercise(
    function="numerical_gradient",
    reference=gradient_checking.numerical_gradient,
    inputs=_slopes,
    edge_inputs=_slopes_edges,
    checks=[Matches(points=6, label="the 47 slopes"), LeavesInputsAlone()],
    uses=("dictionary_to_vector", "vector_to_dictionary"),
    unsuited=_DOUBLE_ONLY,
    mistakes=[
        Mistake(
            "divided by ε only",
            {"(2 * epsilon)": "epsilon"},
            _TWO_EPSILON,
        ),
        Mistake(
            "brackets forgotten",
            {"/ (2 * epsilon)": "/ 2 * epsilon"},
            "a / 2 * ε divides by 2 and then multiplies by ε: put brackets around 2 * epsilon.",
        ),
        Mistake(
            "two names for one array",
            {"(theta.copy(), theta.copy())": "(theta, theta)"},
            "All your slopes are 0: `above` and `below` are two names for one array, and one nudge undoes the other. Copy.",
        ),
        Mistake(
            "one-sided slope",
            {"below[i] -= epsilon\n": "\n", "(2 * epsilon)": "epsilon"},
            "This slope is taken on one side only. Move the parameter down as well as up.",
        ),
        Mistake(
            "lower point made from the upper one",
            {"below[i] -= epsilon": "below[i] = above[i] - epsilon"},
            _FROM_THETA,
        ),
        Mistake(
            "all parameters moved at once",
            {"above[i] += epsilon": "above += epsilon", "below[i] -= epsilon": "below -= epsilon"},
            "You move all 47 parameters at once. Move only number i, and leave the others alone.",
        ),
        Mistake(
            "parameters never put back",
            {"above, below = (theta.copy(), theta.copy())": "above, below = (theta, theta.copy())"},
            "Without a copy, each turn leaves its ε behind in theta. Start every turn from the same parameters.",
        ),
        Mistake(
            "ε written in",
            {
                "above[i] += epsilon": "above[i] += 1e-07",
                "below[i] -= epsilon": "below[i] -= 1e-07",
                "(2 * epsilon)": "(2 * 1e-07)",
            },
            _EPSILON_GIVEN,
        ),
        Mistake(
            "difference turned round",
            {"cost_above - cost_below": "cost_below - cost_above"},
            "The slope is the cost above minus the cost below: yours has the wrong sign.",
        ),
        Mistake(
            "only the first weights",
            {"range(len(theta))": "range(parameters['W1'].size)"},
            "Your loop ends with W1. It has to visit all entries of theta.",
        ),
        Mistake(
            "flat result",
            {"np.zeros_like(theta)": "np.zeros(len(theta))", "slopes[i] = ": "slopes[i:i + 1] = "},
            "The slopes form a column, (47, 1), as theta does.",
        ),
    ],
)


def _true_gradients(
    parameters: dict[str, np.ndarray], X: np.ndarray, Y: np.ndarray
) -> dict[str, np.ndarray]:
    _, cache = gradient_checking.forward_propagation_n(X, Y, parameters)
    return gradient_checking.backward_propagation_n(X, Y, cache)


def _planted(rng: Generator) -> Arguments:
    """One or two gradients are wrong."""
    parameters, X, Y = _network(rng, int(rng.integers(2, 8)))
    gradients = _true_gradients(parameters, X, Y)
    for name in rng.permutation(list(SHAPES))[: rng.integers(1, 3)].tolist():
        gradients["d" + name] = gradients["d" + name] * float(rng.choice([-1, 2, 4])) + 0.1
    epsilon = float(rng.choice([1e-3, 1e-4, 1e-5]))
    return arguments(parameters, gradients, X, Y, epsilon=epsilon)


def _planted_edges(rng: Generator) -> list[Arguments]:
    """By default, and with distances so large that it shows.

    Gradients that are right have differences that are nothing but rounding: not for comparing.
    """
    given = [_planted(rng).positional for _ in range(3)]
    return [arguments(*given[0]), arguments(*given[1], 0.1), arguments(*given[2], epsilon=0.05)]


_NORMS = "np.linalg.norm(gradient) + np.linalg.norm(slopes)"

GRADIENT_CHECK_N = Exercise(
    function="gradient_check_n",
    reference=gradient_checking.gradient_check_n,
    inputs=_planted,
    edge_inputs=_planted_edges,
    checks=[Matches(points=4, label="the difference"), LeavesInputsAlone()],
    uses=("numerical_gradient",),
    unsuited=_DOUBLE_ONLY,
    mistakes=[
        Mistake(
            "not relative",
            {" / size": ""},
            _RELATIVE,
        ),
        Mistake(
            "one norm only",
            {_NORMS: "np.linalg.norm(gradient)"},
            "The denominator is a sum of two norms: the gradient's and that of the slopes.",
        ),
        Mistake(
            "brackets forgotten",
            {
                "np.linalg.norm(gradient - slopes) / size": "np.linalg.norm(gradient - slopes) / np.linalg.norm(gradient) + np.linalg.norm(slopes)"
            },
            "You divide by the first norm, and add the second: put brackets around the sum.",
        ),
        Mistake(
            "norm of the sum",
            {_NORMS: "np.linalg.norm(gradient + slopes)"},
            "The denominator is the sum of the norms, not the norm of the sum.",
        ),
        Mistake(
            "difference of the norms",
            {
                "np.linalg.norm(gradient - slopes)": "abs(np.linalg.norm(gradient) - np.linalg.norm(slopes))"
            },
            "Two vectors of equal length may still point in different directions: take the norm of the difference.",
        ),
        Mistake(
            "squared norms",
            {
                _NORMS: "np.linalg.norm(gradient) ** 2 + np.linalg.norm(slopes) ** 2",
                "np.linalg.norm(gradient - slopes)": "np.linalg.norm(gradient - slopes) ** 2",
            },
            _NOT_SQUARED,
        ),
        Mistake(
            "ε not passed on",
            {
                "numerical_gradient(parameters, X, Y, epsilon)": "numerical_gradient(parameters, X, Y)"
            },
            "The argument `epsilon` has no influence: hand it on to numerical_gradient.",
        ),
        Mistake(
            "largest difference",
            {"np.linalg.norm(gradient - slopes) / size": "np.max(np.abs(gradient - slopes))"},
            "This is the largest difference of a single entry. The formula takes norms, over all entries.",
        ),
    ],
)


def _suspects(rng: Generator) -> Arguments:
    """Gradients of all sizes, some wrong, some a little off.

    With one norm for two in the denominator, 0.7 thresholds would be 1.4, and too much.
    """
    threshold = float(rng.choice([1e-6, 1e-4, 1e-2]))
    errors = rng.permutation([0.0, 0.0, 0.02, 30.0, 1e3, 0.7]) * threshold
    return _suspects_with(rng, errors, threshold)


def _suspects_with(rng: Generator, errors: np.ndarray, threshold: float) -> Arguments:
    """Give each gradient the relative difference that is asked for."""
    slopes, gradients = {}, {}
    for name, error in zip(SHAPES, errors, strict=True):
        slope = rng.normal(size=SHAPES[name])
        direction = rng.normal(size=SHAPES[name])
        scale = float(rng.choice([1e-4, 1.0, 1e4]))
        direction *= np.linalg.norm(slope) / np.linalg.norm(direction)
        slopes[name] = scale * slope
        gradients["d" + name] = scale * (slope + 2 * error * direction)
    return arguments(gradients, slopes, threshold=threshold)


def _times(slopes: dict[str, np.ndarray], factor: float) -> dict[str, np.ndarray]:
    return {"d" + name: factor * slope for name, slope in slopes.items()}


def _suspects_edges(rng: Generator) -> list[Arguments]:
    """By default; all right; wrong signs and sizes; at right angles; a dead layer, all zero."""
    named = _suspects_with(rng, np.array([0, 0, 0.4, 0, 0, 0.1]), 1e-5)
    gradients, slopes = named.positional
    opposite, right = _times(slopes, -1.0), _times(slopes, 1.0)
    dead = {"W1": np.zeros((5, 4)), "b1": np.zeros((5, 1))}
    even = {name: np.arange(slope.size).reshape(slope.shape) % 2 for name, slope in slopes.items()}
    odd = {"d" + name: 1.0 - numbers for name, numbers in even.items()} | {"db3": np.zeros((1, 1))}
    return [
        arguments(gradients, slopes),
        arguments(right, slopes),
        arguments(opposite, slopes, 0.5),
        *(arguments(_times(slopes, factor), slopes, 0.6) for factor in (0.1, 10.0)),
        arguments(odd, {name: 1.0 * numbers for name, numbers in even.items()}, 0.85),
        arguments(gradients | {"d" + name: zeros for name, zeros in dead.items()}, slopes | dead),
    ]


_SIZE = "np.linalg.norm(gradient) + np.linalg.norm(slope)"

WRONG_GRADIENTS = Exercise(
    function="wrong_gradients",
    reference=gradient_checking.wrong_gradients,
    inputs=_suspects,
    edge_inputs=_suspects_edges,
    checks=[Matches(points=4, label="the list of names"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "difference not relative",
            {"threshold * size": "threshold"},
            "A large gradient may differ more than a small one: compare the *relative* difference with the threshold.",
        ),
        Mistake(
            "one norm only",
            {_SIZE: "np.linalg.norm(slope)"},
            "You divide by one length. The denominator is the gradient's length plus the slope's.",
        ),
        Mistake(
            "norm of the sum",
            {_SIZE: "np.linalg.norm(gradient + slope)"},
            "The denominator is the sum of both lengths, not the length of the sum.",
        ),
        Mistake(
            "threshold written in",
            {"threshold * size": "1e-05 * size"},
            "1e-5 is only the default: use the argument `threshold`.",
        ),
        Mistake(
            "comparison turned round",
            {"> threshold * size": "< threshold * size"},
            "These are the names of the good ones. Wrong are those whose difference is *above* the threshold.",
        ),
        Mistake(
            "names without d",
            {"wrong.append('d' + name)": "wrong.append(name)"},
            "Return the names of the gradients: dW1, not W1.",
        ),
        Mistake(
            "stops at the first",
            {"wrong.append('d' + name)": "wrong.append('d' + name)\n            break"},
            "There may be more than one wrong gradient: go on after the first.",
        ),
        Mistake(
            "only the first entry",
            {"np.linalg.norm(gradient - slope)": "abs(gradient[0, 0] - slope[0, 0])"},
            "You look at one entry of each gradient only. Take the norm over all of its entries.",
        ),
        Mistake(
            "lengths compared",
            {
                "np.linalg.norm(gradient - slope)": "abs(np.linalg.norm(gradient) - np.linalg.norm(slope))"
            },
            "A gradient of the right length may point in the wrong direction: take the norm of the difference.",
        ),
        Mistake(
            "biases left out",
            {"for name in SHAPES": "for name in ('W1', 'W2', 'W3')"},
            "The gradients of the biases can be wrong, too: look at all six.",
        ),
    ],
)


def _on_the_way_back(rng: Generator) -> Arguments:
    return _backward_sized(rng, int(rng.integers(2, 9)))


def _backward_sized(rng: Generator, m: int) -> Arguments:
    parameters, X, Y = _network(rng, m)
    return arguments(X, Y, gradient_checking.forward_propagation_n(X, Y, parameters)[1])


def _backward_edges(rng: Generator) -> list[Arguments]:
    return [_backward_sized(rng, 1)]


_DW2 = "dW2 = dZ2 @ A1.T / m"
_DB1 = "db1 = np.sum(dZ1, axis=1, keepdims=True) / m"

BACKWARD_PROPAGATION_N = Exercise(
    function="backward_propagation_n",
    reference=gradient_checking.backward_propagation_n,
    inputs=_on_the_way_back,
    edge_inputs=_backward_edges,
    checks=[
        Matches("dW2", points=2),
        Matches("db1", points=2),
        *(Matches(name, points=1) for name in ("dW3", "db3", "db2", "dW1")),
        Matches("dZ*", points=1, label="`dZ`, on the way"),
        Matches("dA*", points=1, label="`dA`, on the way"),
        Vectorised(
            small=_backward_sized(np.random.default_rng(0), 2),
            large=_backward_sized(np.random.default_rng(0), 200),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "nothing mended",
            {_DW2: _DW2 + " * 2", _DB1: _DB1.replace("np.sum", "4 * np.sum")},
            "Both errors are still there. wrong_gradients names the two gradients to look at.",
        ),
        Mistake(
            "dW2 not mended",
            {_DW2: _DW2 + " * 2"},
            "One error is mended, one is left: look at the line of dW2 again.",
        ),
        Mistake(
            "db1 not mended",
            {_DB1: _DB1.replace("np.sum", "4 * np.sum")},
            "One error is mended, one is left: look at the line of db1 again.",
        ),
        Mistake(
            "average taken out with the error",
            {_DB1: _DB1.removesuffix(" / m")},
            "The factor was wrong, the division by m was right: keep it.",
        ),
        Mistake(
            "error mended in the wrong line",
            {
                _DW2: _DW2 + " * 2",
                "dW1 = dZ1 @ X.T / m": "dW1 = dZ1 @ X.T / m / 2",
            },
            "You have divided dW1 by 2, which was right before. It is dW2 that is twice too large.",
        ),
        Mistake(
            "slope of ReLU lost",
            {"dZ1 = dA1 * (A1 > 0)": "dZ1 = dA1"},
            "The line of dZ1 was right before: the gradient passes only where A1 is positive.",
        ),
    ],
)

EXERCISES = [
    *(FORWARD_PROPAGATION, BACKWARD_PROPAGATION, GRADIENT_CHECK),
    *(DICTIONARY_TO_VECTOR, VECTOR_TO_DICTIONARY, NUMERICAL_GRADIENT, GRADIENT_CHECK_N),
    *(WRONG_GRADIENTS, BACKWARD_PROPAGATION_N),
]
