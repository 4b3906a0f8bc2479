"""Week 1, first notebook: numpy for deep learning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.specification import Exercise, Holds, Mistake
from helpers import numpy_basics
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.comparison import agrees
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator


def _at_once(few: Arguments, many: Arguments) -> Vectorised:
    """Advise against loops: they are correct, but slow."""
    return Vectorised(label="works on all elements at once", small=few, large=many)


def _numbers(*shape: int) -> np.ndarray:
    """Draw a fixed array, for checks that always use the same call."""
    return np.random.default_rng(0).normal(size=shape)


def _scalar(rng: Generator) -> Arguments:
    """Stay where the formula typed with math.exp cannot overflow."""
    return arguments(float(rng.choice([-1, 1]) * rng.uniform(0.05, 8)))


def _special_scalars(rng: Generator) -> list[Arguments]:
    """Whole numbers, both sides of the bend, and saturation."""
    return [arguments(x) for x in (0, 1, -3, 0.4, -0.4, -30.0, 30.0)]


BASIC_SIGMOID = Exercise(
    function="basic_sigmoid",
    reference=numpy_basics.basic_sigmoid,
    inputs=_scalar,
    edge_inputs=_special_scalars,
    checks=[Matches(points=2, label="the value")],
    mistakes=[
        Mistake(
            "exponent without the minus",
            "def basic_sigmoid(x):\n    return 1 / (1 + math.exp(x))",
            "Your values fall where they should rise: look at the sign of the exponent.",
        ),
        Mistake(
            "minus in the denominator",
            "def basic_sigmoid(x):\n    return 1 / (1 - math.exp(-x))",
            "The denominator is a sum, 1 + e^(−x). With a minus it is zero at x = 0.",
        ),
        Mistake(
            "denominator without brackets",
            "def basic_sigmoid(x):\n    return 1 / 1 + math.exp(-x)",
            "1 / 1 + e^(−x) divides first and adds afterwards: put brackets around the denominator.",
        ),
        Mistake(
            "only the exponential",
            "def basic_sigmoid(x):\n    return math.exp(-x)",
            "e^(−x) is only a part of the formula: divide 1 by one plus this.",
        ),
        Mistake(
            "hyperbolic tangent for sigmoid",
            "def basic_sigmoid(x):\n    return math.tanh(x)",
            "These are the values of tanh, between −1 and 1. The sigmoid runs from 0 to 1.",
        ),
        Mistake(
            "product for power",
            "def basic_sigmoid(x):\n    return 1 / (1 + math.e * -x)",
            "You multiply e by −x. The formula has e to the power of −x.",
        ),
    ],
)


def _any_shape(rng: Generator) -> Arguments:
    """One to three axes, of any lengths, and values of both signs."""
    shape = tuple(rng.integers(1, 6, size=rng.integers(1, 4)))
    return arguments(rng.choice([-1, 1], shape) * rng.uniform(0.05, 5, shape))


def _special_values(rng: Generator) -> list[Arguments]:
    column = rng.normal(size=(5, 1))
    integers = np.array([[-2, 0, 3]])
    saturated = np.array([-30.0, 30.0])
    return [arguments(x) for x in (0.7, -2, column, integers, saturated)]


SIGMOID = Exercise(
    function="sigmoid",
    reference=numpy_basics.sigmoid,
    inputs=_any_shape,
    edge_inputs=_special_values,
    checks=[
        Matches(points=3, label="values and shape"),
        LeavesInputsAlone(),
        _at_once(arguments(_numbers(3)), arguments(_numbers(300))),
    ],
    mistakes=[
        Mistake(
            "math.exp on an array",
            "def sigmoid(x):\n    return 1 / (1 + math.exp(-x))",
            "math.exp takes one number only. np.exp takes an array and works on each element.",
        ),
        Mistake(
            "exponent without the minus",
            "def sigmoid(x):\n    return 1 / (1 + np.exp(x))",
            "Your values fall where they should rise: look at the sign of the exponent.",
        ),
        Mistake(
            "minus in the denominator",
            "def sigmoid(x):\n    return 1 / (1 - np.exp(-x))",
            "The denominator is a sum, 1 + e^(−x). With a minus it is zero at x = 0.",
        ),
        Mistake(
            "denominator without brackets",
            "def sigmoid(x):\n    return 1 / 1 + np.exp(-x)",
            "1 / 1 + e^(−x) divides first and adds afterwards: put brackets around the denominator.",
        ),
        Mistake(
            "hyperbolic tangent for sigmoid",
            "def sigmoid(x):\n    return np.tanh(x)",
            "These are the values of tanh, between −1 and 1. The sigmoid runs from 0 to 1.",
        ),
        Mistake(
            "divided by the sum of all",
            "def sigmoid(x):\n    return np.exp(x) / np.sum(np.exp(x))",
            "You divide by a sum over the array: that is softmax. The sigmoid treats each element alone.",
        ),
    ],
)

SIGMOID_DERIVATIVE = Exercise(
    function="sigmoid_derivative",
    reference=numpy_basics.sigmoid_derivative,
    inputs=_any_shape,
    edge_inputs=_special_values,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "x(1 − x) on x itself",
            "def sigmoid_derivative(x):\n    return x * (1 - x)",
            "s(1 − s) needs s = σ(x): apply the sigmoid first, then the formula.",
        ),
        Mistake(
            "the sigmoid itself",
            "def sigmoid_derivative(x):\n    return sigmoid(x)",
            "This is σ(x). Its slope is σ(x) times (1 − σ(x)).",
        ),
        Mistake(
            "derivative of tanh",
            {"s * (1 - s)": "1 - np.tanh(x) ** 2"},
            "1 − tanh² is the slope of tanh. That of the sigmoid is s(1 − s).",
        ),
        Mistake(
            "1 − s², tanh's rule, on the sigmoid",
            {"s * (1 - s)": "1 - s ** 2"},
            "1 − s² is the rule for tanh. For the sigmoid it is s(1 − s).",
        ),
        Mistake(
            "one factor is x",
            {"s * (1 - s)": "s * (1 - x)"},
            "Both factors are made from s = σ(x): the second one is 1 − s, not 1 − x.",
        ),
        Mistake(
            "sigmoid applied twice",
            {"s = sigmoid(x)": "s = sigmoid(sigmoid(x))"},
            "You apply the sigmoid to a value that is a sigmoid already. Once is enough.",
        ),
    ],
    uses=("sigmoid",),
)


def _image(rng: Generator) -> Arguments:
    """Height, width and depth all differ, so that no two axes can be confused."""
    height, width, depth = rng.permutation(np.arange(2, 7))[:3]
    return arguments(rng.uniform(size=(height, width, depth)))


def _special_images(rng: Generator) -> list[Arguments]:
    grey, colour = rng.uniform(size=(4, 3, 1)), rng.integers(0, 256, (5, 2, 3), dtype=np.uint8)
    one_row, one_column = rng.uniform(size=(1, 6, 4)), rng.uniform(size=(5, 1, 2))
    return [arguments(image) for image in (grey, colour, one_row, one_column)]


IMAGE2VECTOR = Exercise(
    function="image2vector",
    reference=numpy_basics.image2vector,
    inputs=_image,
    edge_inputs=_special_images,
    checks=[
        Matches(points=3, label="values, order and shape"),
        LeavesInputsAlone(),
        _at_once(arguments(_numbers(2, 1, 3)), arguments(_numbers(20, 10, 3))),
    ],
    mistakes=[
        Mistake(
            "rank-1 array",
            {"reshape(-1, 1)": "reshape(-1)"},
            "The result is a column: it needs a second axis, of length 1.",
        ),
        Mistake(
            "a row for a column",
            {"reshape(-1, 1)": "reshape(1, -1)"},
            "You made one long row. The column has all values along the first axis, and 1 along the second.",
        ),
        Mistake(
            "transposed first",
            {"image.reshape": "image.T.reshape"},
            "The shape is right, the order is not: a transpose turns the axes round. Reshape the image as it is.",
        ),
        Mistake(
            "colour after colour",
            {"image.reshape": "image.transpose(2, 0, 1).reshape"},
            "You took the colours one after the other. Reshape the image as it is: the last axis runs fastest.",
        ),
        Mistake(
            "a row for each pixel",
            {"reshape(-1, 1)": "reshape(-1, image.shape[2])"},
            "You kept the depth as a second axis. All height · width · depth values belong into one column.",
        ),
        Mistake(
            "depth left out",
            {"reshape(-1, 1)": "reshape(image.shape[0] * image.shape[1], 1)"},
            "The column holds height · width · depth values: the depth is missing in your product.",
        ),
        Mistake(
            "depth of 3 written in",
            {"reshape(-1, 1)": "reshape(image.shape[0] * image.shape[1] * 3, 1)"},
            "Not every image has three colours: read the depth off image.shape, as you do with the rest.",
        ),
    ],
)


def _rows(rng: Generator) -> Arguments:
    """More rows than columns or fewer, and numbers of both signs."""
    n, m = rng.permutation(np.arange(2, 7))[:2]
    return arguments(rng.choice([-1, 1], (n, m)) * rng.uniform(0.3, 4, (n, m)))


def _special_rows(rng: Generator) -> list[Arguments]:
    """One row, one column, and rows shorter and longer than 1."""
    one_row, one_column = rng.normal(size=(1, 4)), np.array([[-3.0], [0.5], [2.0], [-0.5]])
    square, zeros = rng.normal(size=(3, 3)), np.array([[0.0, 3.0, 4.0], [2.0, 0.0, 0.0]])
    return [arguments(x) for x in (one_row, one_column, square, zeros)]


def _copes_with_integers(call: Callable[..., Any]) -> str | None:
    """Compare with the function's own result for floats: an in-place division cannot do it."""
    x = np.array([[3, 4, 12], [0, 2, -1]])
    if agrees(call(x), call(x.astype(float))):
        return None
    return "For an array of integers the result is not what it is for the same numbers as floats."


NORMALIZE_ROWS = Exercise(
    function="normalize_rows",
    reference=numpy_basics.normalize_rows,
    inputs=_rows,
    edge_inputs=_special_rows,
    checks=[
        Matches(points=4, label="values and shape"),
        LeavesInputsAlone(),
        _at_once(arguments(_numbers(2, 3)), arguments(_numbers(200, 3))),
        Holds(
            label="works for integers too",
            hint="An array of integers cannot hold fractions: write `x = x / …` instead of `x /= …`.",
            test=_copes_with_integers,
        ),
    ],
    mistakes=[
        Mistake(
            "keepdims forgotten",
            "def normalize_rows(x):\n    return x / np.linalg.norm(x, axis=1)",
            "The lengths must stay a column, so that each row is divided by its own: keepdims=True.",
        ),
        Mistake(
            "columns for rows",
            "def normalize_rows(x):\n    return x / np.linalg.norm(x, axis=0, keepdims=True)",
            "You scaled the columns to length 1. To add up along a row, use axis=1.",
        ),
        Mistake(
            "length of the whole matrix",
            "def normalize_rows(x):\n    return x / np.linalg.norm(x)",
            "Without an axis you get one length for the whole matrix. Each row has its own.",
        ),
        Mistake(
            "root forgotten",
            "def normalize_rows(x):\n    return x / np.sum(x ** 2, axis=1, keepdims=True)",
            "The length is the square root of the sum of squares: the root is missing.",
        ),
        Mistake(
            "sum of the row for its length",
            "def normalize_rows(x):\n    return x / np.sum(x, axis=1, keepdims=True)",
            "You divide by the sum of the row. Its length is the root of the sum of squares.",
        ),
        Mistake(
            "absolute values for squares",
            "def normalize_rows(x):\n    return x / np.sum(np.abs(x), axis=1, keepdims=True)",
            "You divide by the sum of absolute values, the 1-norm. Length is the 2-norm, with squares and a root.",
        ),
        Mistake(
            "largest entry for the length",
            "def normalize_rows(x):\n    return x / np.max(np.abs(x), axis=1, keepdims=True)",
            "You made the largest entry 1. The length of the row should be 1.",
        ),
        Mistake(
            "lengths returned",
            "def normalize_rows(x):\n    return np.linalg.norm(x, axis=1, keepdims=True)",
            "These are the lengths of the rows. Divide the matrix by them.",
        ),
    ],
    aliases=("normalizeRows",),
)


def _scores(rng: Generator) -> Arguments:
    n, m = rng.permutation(np.arange(2, 7))[:2]
    return arguments(2 * rng.normal(size=(n, m)))


def _special_scores(rng: Generator) -> list[Arguments]:
    """Large scores stay below 88, where e**x overflows in single precision."""
    one_row, one_column = rng.normal(size=(1, 5)), rng.normal(size=(4, 1))
    square, integers = rng.normal(size=(3, 3)), rng.integers(0, 10, (2, 5))
    large = np.array([[80.0, 78.5, 79.0], [-40.0, -41.0, -39.5]])
    return [arguments(x) for x in (one_row, one_column, square, integers, large)]


def _does_not_overflow(call: Callable[..., Any]) -> str | None:
    value = call(np.array([[1000.0, 1001.0, 999.0]]))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and np.isnan(value).any():
        return "For scores around 1000 the result is not a number: e^1000 is too large."
    return None


SOFTMAX = Exercise(
    function="softmax",
    reference=numpy_basics.softmax,
    inputs=_scores,
    edge_inputs=_special_scores,
    checks=[
        Matches(points=5, label="values and shape"),
        LeavesInputsAlone(),
        _at_once(arguments(_numbers(2, 3)), arguments(_numbers(200, 3))),
        Holds(
            label="copes with huge scores",
            hint="Take the largest score of each row away from the row first. The quotient stays the same.",
            test=_does_not_overflow,
        ),
    ],
    mistakes=[
        Mistake(
            "keepdims forgotten",
            "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x), axis=1)",
            "The sums must stay a column, so that each row is divided by its own: keepdims=True.",
        ),
        Mistake(
            "columns for rows",
            "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x), axis=0, keepdims=True)",
            "Your columns add up to 1. The rows should: sum along a row, with axis=1.",
        ),
        Mistake(
            "shifted row by row, then summed over all rows",
            "def softmax(x):\n    powers = np.exp(x - np.max(x, axis=1, keepdims=True))\n    return powers / np.sum(powers)",
            "You divide by the sum over all rows. Each row needs its own sum: axis=1, with keepdims=True.",
        ),
        Mistake(
            "sum of the whole matrix",
            "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x))",
            "The whole matrix adds up to 1. Each row should: sum along a row, with axis=1.",
        ),
        Mistake(
            "exponential forgotten",
            "def softmax(x):\n    return x / np.sum(x, axis=1, keepdims=True)",
            "You divide the scores themselves. Take np.exp of them first: that makes all positive.",
        ),
        Mistake(
            "sum of the scores, not of their powers",
            "def softmax(x):\n    return np.exp(x) / np.sum(x, axis=1, keepdims=True)",
            "The denominator adds up the powers e^x, not the scores x.",
        ),
        Mistake(
            "not divided",
            "def softmax(x):\n    return np.exp(x)",
            "These are the powers e^x. Divide each row by its sum, so that it adds up to 1.",
        ),
        Mistake(
            "sigmoid for softmax",
            "def softmax(x):\n    return 1 / (1 + np.exp(-x))",
            "This is the sigmoid of each score. Softmax divides e^x by the sum of the row.",
        ),
        Mistake(
            "exponent with a minus",
            "def softmax(x):\n    return np.exp(-x) / np.sum(np.exp(-x), axis=1, keepdims=True)",
            "The largest score should get the largest probability: the exponent is x, without a minus.",
        ),
    ],
)


def _predictions(rng: Generator) -> Arguments:
    """Probabilities and labels, or measured values; never an error of exactly 0 or 1."""
    m = int(rng.integers(2, 10))
    if rng.random() < 0.5:
        return arguments(rng.uniform(0.05, 0.95, m), rng.integers(0, 2, m))
    return arguments(2 * rng.normal(size=m), rng.normal(size=m))


def _special_predictions(rng: Generator) -> list[Arguments]:
    one_example = arguments(np.array([0.3]), np.array([1]))
    cancelling = arguments(np.array([0.3, 0.7, 0.4]), np.array([0, 1, 0]))
    integers = arguments(np.array([3, -1, 2, 5]), np.array([1, 2, 2, 0]))
    return [one_example, cancelling, integers]


def _many_predictions(m: int) -> Arguments:
    return arguments(_numbers(m), np.arange(m) % 2)


def _loss(function: str, mistakes: list[Mistake]) -> Exercise:
    """Both losses are put in the same way."""
    return Exercise(
        function=function,
        reference=getattr(numpy_basics, function),
        inputs=_predictions,
        edge_inputs=_special_predictions,
        checks=[
            Matches(points=3, label="the loss"),
            LeavesInputsAlone(),
            _at_once(_many_predictions(3), _many_predictions(300)),
        ],
        mistakes=mistakes,
    )


L1 = _loss(
    "L1",
    [
        Mistake(
            "errors added with their sign",
            {"np.abs(y - yhat)": "y - yhat"},
            "Errors of opposite sign cancel. Take the absolute value of each before you add them.",
        ),
        Mistake(
            "errors added with their sign, prediction first",
            {"np.abs(y - yhat)": "yhat - y"},
            "Errors of opposite sign cancel. Take the absolute value of each before you add them.",
        ),
        Mistake(
            "absolute value of the sum",
            {"np.sum(np.abs(y - yhat))": "np.abs(np.sum(y - yhat))"},
            "By the time you take the absolute value, errors have cancelled. First np.abs, then np.sum.",
        ),
        Mistake(
            "averaged, not summed",
            {"np.sum": "np.mean"},
            "This is the average of the absolute errors. L1 is their sum.",
        ),
        Mistake(
            "squares for absolute values",
            {"np.abs(y - yhat)": "(y - yhat) ** 2"},
            "This is L2, with squares. L1 adds up absolute values.",
        ),
        Mistake(
            "largest error",
            {"np.sum": "np.max"},
            "This is only the largest error. L1 adds up all of them.",
        ),
        Mistake(
            "not summed",
            {"float(np.sum(np.abs(y - yhat)))": "np.abs(y - yhat)"},
            "These are the errors of the single examples. The loss is one number: their sum.",
        ),
    ],
)

L2 = _loss(
    "L2",
    [
        Mistake(
            "root taken",
            {"np.sum((y - yhat) ** 2)": "np.sqrt(np.sum((y - yhat) ** 2))"},
            "You took the square root at the end: that is the length. L2 here is the sum of squares itself.",
        ),
        Mistake(
            "absolute values for squares",
            {"(y - yhat) ** 2": "np.abs(y - yhat)"},
            "This is L1, with absolute values. L2 adds up squares.",
        ),
        Mistake(
            "averaged, not summed",
            {"np.sum": "np.mean"},
            "This is the average of the squared errors. L2 is their sum.",
        ),
        Mistake(
            "half of it",
            {"np.sum((y - yhat) ** 2)": "np.sum((y - yhat) ** 2) / 2"},
            "Some books put a half in front. Here there is none.",
        ),
        Mistake(
            "square of the sum",
            {"np.sum((y - yhat) ** 2)": "np.sum(y - yhat) ** 2"},
            "You add first and square then, so errors cancel. Square each error, then add.",
        ),
        Mistake(
            "difference of squares",
            {"(y - yhat) ** 2": "y ** 2 - yhat ** 2"},
            "y² − ŷ² is not (y − ŷ)²: take the difference first, then its square.",
        ),
        Mistake(
            "not summed",
            {"float(np.sum((y - yhat) ** 2))": "(y - yhat) ** 2"},
            "These are the squared errors of the single examples. The loss is one number: their sum.",
        ),
    ],
)

EXERCISES = [
    *(BASIC_SIGMOID, SIGMOID, SIGMOID_DERIVATIVE, IMAGE2VECTOR),
    *(NORMALIZE_ROWS, SOFTMAX, L1, L2),
]
