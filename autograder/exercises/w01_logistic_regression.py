"""Week 1, second notebook: logistic regression."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import logistic
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator


def _z(rng: Generator) -> Arguments:
    """Any shape, values of both signs."""
    shape = tuple(rng.integers(1, 6, size=rng.integers(1, 3)))
    return arguments(rng.choice([-1, 1], shape) * rng.uniform(0.05, 5, shape))


def _special_z(rng: Generator) -> list[Arguments]:
    integers, saturated = np.array([[-2, 0, 3]]), np.array([[-30.0, 30.0]])
    return [arguments(z) for z in (0.7, -2, integers, saturated)]


SIGMOID = Exercise(
    function="sigmoid",
    reference=logistic.sigmoid,
    inputs=_z,
    edge_inputs=_special_z,
    checks=[Matches(points=2, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "exponent without the minus",
            "def sigmoid(z):\n    return 1 / (1 + np.exp(z))",
            "Your curve falls where it should rise: look at the sign of the exponent.",
        ),
        Mistake(
            "minus in the denominator",
            "def sigmoid(z):\n    return 1 / (1 - np.exp(-z))",
            "The denominator is a sum, 1 + e^(−z): with a minus it is zero at z = 0.",
        ),
        Mistake(
            "denominator without brackets",
            "def sigmoid(z):\n    return 1 / 1 + np.exp(-z)",
            "1 / 1 + e^(−z) divides first and adds afterwards: put brackets around the denominator.",
        ),
        Mistake(
            "hyperbolic tangent for sigmoid",
            "def sigmoid(z):\n    return np.tanh(z)",
            "These are the values of tanh, between −1 and 1. The sigmoid runs from 0 to 1.",
        ),
        Mistake(
            "math.exp on an array",
            "def sigmoid(z):\n    return 1 / (1 + math.exp(-z))",
            "math.exp takes one number only. np.exp takes an array and works on each element.",
        ),
        Mistake(
            "labels for probabilities",
            "def sigmoid(z):\n    return np.where(np.asarray(z) > 0, 1.0, 0.0)",
            "These are labels already. The sigmoid gives probabilities; the decision comes later, in predict.",
        ),
    ],
)


def _dimension(rng: Generator) -> Arguments:
    return arguments(int(rng.integers(2, 30)))


def _special_dimensions(rng: Generator) -> list[Arguments]:
    return [arguments(1), arguments(50)]


INITIALIZE_WITH_ZEROS = Exercise(
    function="initialize_with_zeros",
    reference=logistic.initialize_with_zeros,
    returns=("w", "b"),
    inputs=_dimension,
    edge_inputs=_special_dimensions,
    checks=[Matches("w", points=1), Matches("b", points=1)],
    mistakes=[
        Mistake(
            "rank-1 weights",
            {"np.zeros((dim, 1))": "np.zeros(dim)"},
            "w is a column: np.zeros((rows, columns)), with a tuple of two numbers.",
        ),
        Mistake(
            "a row of weights",
            {"np.zeros((dim, 1))": "np.zeros((1, dim))"},
            "w is a column, one row for each feature: rows come first in the shape.",
        ),
        Mistake(
            "a square matrix of weights",
            {"np.zeros((dim, 1))": "np.zeros((dim, dim))"},
            "There is one weight for each feature: dim rows, but only one column.",
        ),
        Mistake(
            "ones for zeros",
            {"np.zeros": "np.ones"},
            "The weights start at zero, so that every first probability is 0.5.",
        ),
        Mistake(
            "one bias for each feature",
            {", 0.0)": ", np.zeros((dim, 1)))"},
            "The model has one bias in all: b is a single number.",
        ),
        Mistake(
            "bias before the weights",
            {"(np.zeros((dim, 1)), 0.0)": "(0.0, np.zeros((dim, 1)))"},
            "Return the weights first, then the bias: (w, b).",
        ),
    ],
)


def _sizes(rng: Generator) -> tuple[int, int]:
    """Numbers of features and of examples, never alike."""
    n_x, m = (int(n) for n in rng.permutation(np.arange(2, 9))[:2])
    return n_x, m


def _labels(rng: Generator, m: int) -> np.ndarray:
    """Both labels occur, wherever there are two examples."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def _problem(rng: Generator, n_x: int, m: int) -> Arguments:
    """Draw w, b, X and Y; the bias is never so small that it might as well be left out."""
    w, b = rng.normal(size=(n_x, 1)), float(rng.choice([-1, 1]) * rng.uniform(0.3, 1.5))
    return arguments(w, b, rng.normal(size=(n_x, m)), _labels(rng, m))


def _saturated(rng: Generator) -> Arguments:
    """Stretch until one |z| is 10: far out, but 1 − a still keeps its digits in every formula."""
    w, b, X, Y = _problem(rng, 2, 5).positional
    stretch = 10 / float(np.max(np.abs(w.T @ X + b)))
    return arguments(stretch * w, stretch * b, X, Y)


def _propagation(rng: Generator) -> Arguments:
    return _problem(rng, *_sizes(rng))


def _special_propagations(rng: Generator) -> list[Arguments]:
    zeros = arguments(np.zeros((3, 1)), 0, *_problem(rng, 3, 5).positional[2:])
    return [_problem(rng, 4, 1), _problem(rng, 1, 6), _saturated(rng), zeros]


_BIAS_LEFT_OUT = "z = wᵀx + b: the bias b is missing."
_SIGMOID_LEFT_OUT = "z can be any number. Only the sigmoid turns it into a probability, a = σ(z)."
_TURNED_ROUND = (
    "dz is a − y, prediction minus truth: with the sign turned round you would climb the cost."
)

PROPAGATE_LOOP = Exercise(
    function="propagate_loop",
    reference=logistic.propagate_loop,
    returns=("grads", "cost"),
    inputs=_propagation,
    edge_inputs=_special_propagations,
    checks=[
        Matches("grads.dw", points=3),
        Matches("grads.db", points=1),
        Matches("cost", points=2),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "sums, not averages",
            {"dw / m": "dw", "db / m": "db", "cost / m": "cost"},
            "After the loop, dw, db and cost hold sums over the examples: divide each by m.",
        ),
        Mistake(
            "z not started anew",
            """
            def propagate_loop(w, b, X, Y):
                n_x, m = X.shape
                dw, db, cost, z = np.zeros((n_x, 1)), 0.0, 0.0, b
                for i in range(m):
                    for j in range(n_x):
                        z = z + w[j, 0] * X[j, i]
                    a = sigmoid(z)
                    cost = cost - np.log(a if Y[0, i] == 1 else 1 - a)
                    dz = a - Y[0, i]
                    for j in range(n_x):
                        dw[j, 0] += X[j, i] * dz
                    db += dz
                return {"dw": dw / m, "db": db / m}, cost / m
            """,
            "Each example has a z of its own: let it start at b inside of the loop over the examples.",
        ),
        Mistake(
            "dw overwritten by each example",
            {"dw[j, 0] += X": "dw[j, 0] = X"},
            "Each example adds its share to dw: use +=, since = forgets the examples before.",
        ),
        Mistake(
            "stopped after the first example",
            {"    return ({'dw'": "        return ({'dw'"},
            "Your return stands inside of the loop, so only the first example counts: indent it less.",
        ),
        Mistake(
            "minus sign of the cost forgotten",
            {"cost -= np.log": "cost += np.log"},
            "Logarithms of probabilities are negative; the loss has a minus in front.",
        ),
        Mistake("bias left out", {"z = b\n": "z = 0\n"}, _BIAS_LEFT_OUT),
        Mistake("sigmoid left out", {"a = sigmoid(z)": "a = z"}, _SIGMOID_LEFT_OUT),
        Mistake("difference turned round", {"a - Y[0, i]": "Y[0, i] - a"}, _TURNED_ROUND),
    ],
    uses=("sigmoid",),
)


def _propagation_sized(m: int) -> Arguments:
    return _problem(np.random.default_rng(0), 3, m)


PROPAGATE = Exercise(
    function="propagate",
    reference=logistic.propagate,
    returns=("grads", "cost"),
    inputs=_propagation,
    edge_inputs=_special_propagations,
    checks=[
        Matches("grads.dw", points=4),
        Matches("grads.db", points=3),
        Matches("cost", points=3),
        Vectorised(small=_propagation_sized(2), large=_propagation_sized(200)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "gradients summed, not averaged",
            {"X @ dZ.T / m": "X @ dZ.T", "np.sum(dZ) / m": "np.sum(dZ)"},
            "Your gradients are exactly m times too large: the cost averages over the m examples, so they must too.",
        ),
        Mistake(
            "db without the division",
            {"np.sum(dZ) / m": "np.sum(dZ)"},
            "dw is an average over the examples, and so is db: divide the sum by m.",
        ),
        Mistake(
            "cost summed, not averaged",
            {"(1 - A))) / m": "(1 - A)))"},
            "The cost is the average over the m examples: divide the sum by m.",
        ),
        Mistake(
            "minus sign of the cost forgotten",
            {"cost = -np.sum": "cost = np.sum"},
            "Logarithms of probabilities are negative; the cost has a minus in front.",
        ),
        Mistake(
            "only the term of label 1",
            {"np.log(Y * A + (1 - Y) * (1 - A))": "Y * np.log(A)"},
            "Examples of label 0 count too: add (1 − Y) log(1 − A).",
        ),
        Mistake("difference turned round", {"A - Y": "Y - A"}, _TURNED_ROUND),
        Mistake(
            "elementwise product for dw",
            {"X @ dZ.T": "X * dZ.T"},
            "* multiplies element by element. dw adds up over the examples: that takes the matrix product, @.",
        ),
        Mistake(
            "rank-1 dw",
            {"X @ dZ.T / m": "np.mean(X * dZ, axis=1)"},
            "dw is a column like w. Keep the second axis when you average, or use the matrix product.",
        ),
        Mistake(
            "divided by the number of features",
            {"X.shape[1]": "X.shape[0]"},
            "m counts the examples. They are the columns of X: shape[1].",
        ),
        Mistake("bias left out", {"w.T @ X + b": "w.T @ X"}, _BIAS_LEFT_OUT),
        Mistake(
            "sigmoid's slope multiplied in twice",
            {"A - Y": "(A - Y) * A * (1 - A)"},
            "A − Y is the derivative with respect to Z already: the slope of the sigmoid has cancelled.",
        ),
    ],
    uses=("sigmoid",),
)


def _descent(rng: Generator, steps: int = 0, **more: Any) -> Arguments:
    steps = steps or int(rng.integers(2, 15))
    named = {"num_iterations": steps, "learning_rate": float(rng.uniform(0.02, 0.5)), **more}
    return Arguments(_propagation(rng).positional, named)


def _special_descents(rng: Generator) -> list[Arguments]:
    """One step, and runs just short of a second recorded cost and just at it."""
    return [_descent(rng, 1), _descent(rng, 100), _descent(rng, 101, print_cost=True)]


OPTIMIZE = Exercise(
    function="optimize",
    reference=logistic.optimize,
    returns=("params", "grads", "costs"),
    inputs=_descent,
    edge_inputs=_special_descents,
    checks=[
        Matches("params.w", points=3),
        Matches("params.b", points=2),
        Matches("grads.dw", points=1),
        Matches("grads.db", points=1),
        Matches("costs", points=3),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "uphill",
            {"w - learning_rate": "w + learning_rate", "b - learning_rate": "b + learning_rate"},
            "The gradient points uphill. To go down, take it away.",
        ),
        Mistake(
            "learning rate written in",
            {
                "learning_rate * grads['dw']": "0.009 * grads['dw']",
                "learning_rate * grads['db']": "0.009 * grads['db']",
            },
            "0.009 is only the default: use the argument `learning_rate`.",
        ),
        Mistake(
            "learning rate left out",
            {
                "learning_rate * grads['dw']": "grads['dw']",
                "learning_rate * grads['db']": "grads['db']",
            },
            "The step is the gradient times the learning rate.",
        ),
        Mistake(
            "bias never updated",
            {"b = b - learning_rate * grads['db']": "pass"},
            "The bias is learnt too: move b as you move w.",
        ),
        Mistake(
            "gradient computed only once",
            """
            def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
                costs = []
                grads, cost = propagate(w, b, X, Y)
                for i in range(num_iterations):
                    w = w - learning_rate * grads["dw"]
                    b = b - learning_rate * grads["db"]
                    if i % 100 == 0:
                        costs.append(cost)
                return {"w": w, "b": b}, grads, costs
            """,
            "Every step needs the gradient at the new place: call propagate inside of the loop.",
        ),
        Mistake(
            "stopped after the first step",
            {"    return ({'w'": "        return ({'w'"},
            "Your return stands inside of the loop, so there is only one step: indent it less.",
        ),
        Mistake(
            "one step too few",
            {"range(num_iterations)": "range(num_iterations - 1)"},
            "You stop one step early: range(num_iterations) already counts from 0.",
        ),
        Mistake(
            "cost recorded at every step",
            {"if i % 100 == 0": "if True"},
            "Record the cost only at every hundredth step, where i % 100 == 0.",
        ),
    ],
    uses=("propagate",),
)


def _undecided(w: np.ndarray, b: float, X: np.ndarray) -> bool:
    """Whether the last bits of a sum would decide about an example."""
    return bool(np.any(np.abs(logistic.sigmoid(w.T @ X + b) - 0.5) < 1e-6))


def _prediction(rng: Generator) -> Arguments:
    n_x, m = _sizes(rng)
    return _prediction_sized(rng, n_x, m + 6)


def _prediction_sized(rng: Generator, n_x: int, m: int) -> Arguments:
    w, b, X, _ = _problem(rng, n_x, m).positional
    return _prediction_sized(rng, n_x, m) if _undecided(w, b, X) else arguments(w, b, X)


def _special_predictions(rng: Generator) -> list[Arguments]:
    return [_prediction_sized(rng, 3, 1), _prediction_sized(rng, 1, 9)]


PREDICT = Exercise(
    function="predict",
    reference=logistic.predict,
    inputs=_prediction,
    edge_inputs=_special_predictions,
    checks=[Matches(points=3, label="the predicted labels"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "probabilities returned",
            {"(A > 0.5).astype(int)": "A"},
            "These are the probabilities. A prediction is 0 or 1: compare them with 0.5.",
        ),
        Mistake(
            "comparison inverted",
            {"A > 0.5": "A < 0.5"},
            "Label 1 is predicted where the probability is greater than 0.5.",
        ),
        Mistake(
            "threshold zero",
            {"A > 0.5": "A > 0"},
            "A sigmoid is always greater than 0. The threshold is 0.5.",
        ),
        Mistake(
            "truncated to whole numbers",
            {"(A > 0.5).astype(int)": "A.astype(int)"},
            "astype(int) cuts the decimals off, so everything becomes 0. Compare with 0.5 first.",
        ),
        Mistake(
            "sigmoid left out",
            {"sigmoid(w.T @ X + b)": "w.T @ X + b"},
            "Compare the probability with 0.5, not z: apply the sigmoid first (or compare z with 0).",
        ),
        Mistake("bias left out", {"w.T @ X + b": "w.T @ X"}, _BIAS_LEFT_OUT),
        Mistake(
            "rank-1 predictions",
            {".astype(int)": ".astype(int).ravel()"},
            "The predictions are a row of shape (1, m), like the labels: keep both axes.",
        ),
    ],
    uses=("sigmoid",),
)


def _training(rng: Generator, num_iterations: int | None = None, **more: Any) -> Arguments:
    """Draw two sets of different size; never on the fence, since predictions are compared.

    There are enough examples that other parameters predict other labels for some of them.
    """
    n_x = int(rng.integers(2, 9))
    m_train, m_test = (int(m) for m in rng.permutation(np.arange(12, 30))[:2])
    X_train, X_test = rng.normal(size=(n_x, m_train)), rng.normal(size=(n_x, m_test))
    sets = (X_train, _labels(rng, m_train), X_test, _labels(rng, m_test))
    steps = int(rng.integers(3, 30)) if num_iterations is None else num_iterations
    named: dict[str, Any] = {
        "num_iterations": steps,
        "learning_rate": float(rng.uniform(0.05, 0.4)),
    }
    learnt = logistic.model(*sets, **named)
    if _undecided(learnt["w"], learnt["b"], np.hstack([X_train, X_test])):
        return _training(rng, num_iterations, **more)
    return Arguments(sets, {**named, **more})


def _long_training(rng: Generator) -> list[Arguments]:
    return [_training(rng, 120, print_cost=True)]


MODEL = Exercise(
    function="model",
    reference=logistic.model,
    inputs=_training,
    edge_inputs=_long_training,
    checks=[
        Matches("w", points=2),
        Matches("b", points=1),
        Matches("costs", points=1),
        Matches("Y_prediction_test", points=2),
        Matches("Y_prediction_train", points=2),
        Matches("learning_rate", points=1),
        Matches("num_iterations", points=1),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "trained on the test set",
            {"w, b, X_train, Y_train": "w, b, X_test, Y_test"},
            "Learn from X_train and Y_train only. The test set is for looking at the result.",
        ),
        Mistake(
            "learnt parameters not used",
            {"w, b = (params['w'], params['b'])": "pass"},
            "These are the zeros you started from. What was learnt is in the first thing that optimize returns.",
        ),
        Mistake(
            "learning rate not handed on",
            {"num_iterations, learning_rate, print_cost)\n": "num_iterations)\n"},
            "optimize ran with its own default learning rate: hand `learning_rate` on to it.",
        ),
        Mistake(
            "number of iterations not handed on",
            {
                "Y_train, num_iterations, learning_rate, print_cost)": "Y_train, learning_rate=learning_rate)"
            },
            "optimize ran with its own default number of steps: hand `num_iterations` on to it.",
        ),
        Mistake(
            "iterations and learning rate swapped",
            {"Y_train, num_iterations, learning_rate,": "Y_train, learning_rate, num_iterations,"},
            "optimize takes num_iterations before learning_rate. Naming them in the call is safer.",
        ),
        Mistake(
            "predictions swapped",
            {
                "'Y_prediction_test': Y_prediction_test": "'Y_prediction_test': Y_prediction_train",
                "'Y_prediction_train': Y_prediction_train": "'Y_prediction_train': Y_prediction_test",
            },
            "The predictions of the two sets are swapped: each key names its set.",
        ),
        Mistake(
            "as many weights as examples",
            {"X_train.shape[0]": "X_train.shape[1]"},
            "There is one weight for each feature. Features are the rows of X_train: shape[0].",
        ),
    ],
    uses=("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict"),
)

EXERCISES = [
    *(SIGMOID, PROPAGATE_LOOP, INITIALIZE_WITH_ZEROS, PROPAGATE),
    *(OPTIMIZE, PREDICT, MODEL),
]
