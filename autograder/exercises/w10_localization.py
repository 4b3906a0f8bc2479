"""Week 10, first notebook: from classifying to localising."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import localization, region_pooling, sliding_windows
from helpers.checking.checks import LeavesInputsAlone, Matches
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator
Box = tuple[float, float, float, float]


def _different(rng: Generator, low: int, high: int, count: int) -> list[int]:
    """Draw whole numbers below `high`, no two alike."""
    return [int(n) for n in rng.permutation(np.arange(low, high))[:count]]


def _edited(source: str, edits: Mapping[str, str]) -> str:
    """Change a text in places that stand in it exactly once."""
    for old, new in edits.items():
        assert source.count(old) == 1, (old, source)
        source = source.replace(old, new)
    return source


# --- one object -----------------------------------------------------------------------------


def _box(rng: Generator, n_H: int, n_W: int) -> Box:
    """Draw a box inside an image; its sides differ, and its midpoint is not the image's."""
    width, height = rng.uniform(0.2, 0.4) * n_W, rng.uniform(0.5, 0.8) * n_H
    x1, y1 = rng.uniform(0, 0.4) * (n_W - width), rng.uniform(0.6, 1) * (n_H - height)
    return float(x1), float(y1), float(x1 + width), float(y1 + height)


def _to_label(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 20, 90, 2)
    n_classes = int(rng.integers(3, 6))
    c = int(rng.integers(1, n_classes - 1))
    return arguments(_box(rng, n_H, n_W), c, n_classes, n_H, n_W)


def _to_label_edges(rng: Generator) -> list[Arguments]:
    """Draw no object; a single class; the first class; the last; a box as large as the image."""
    n_H, n_W = _different(rng, 20, 90, 2)
    return [
        arguments(None, 1, 3, n_H, n_W),
        arguments(_box(rng, n_H, n_W), 0, 1, n_H, n_W),
        arguments(_box(rng, n_H, n_W), 3, 4, n_H, n_W),
        arguments((0, 0, n_W, n_H), 0, 2, n_H, n_W),
    ]


_LABEL = """
def localization_label(box, c, n_classes, n_H, n_W):
    y = np.zeros((5 + n_classes, 1))
    if box is not None:
        x1, y1, x2, y2 = box
        y[0, 0] = 1
        y[1, 0] = (x1 + x2) / 2 / n_W
        y[2, 0] = (y1 + y2) / 2 / n_H
        y[3, 0] = (y2 - y1) / n_H
        y[4, 0] = (x2 - x1) / n_W
        y[5 + c, 0] = 1
    return y
"""

LOCALIZATION_LABEL = Exercise(
    function="localization_label",
    reference=localization.localization_label,
    inputs=_to_label,
    edge_inputs=_to_label_edges,
    checks=[Matches(points=6, label="the label"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "pixels for shares",
            _edited(
                _LABEL,
                {
                    "/ 2 / n_W": "/ 2",
                    "/ 2 / n_H": "/ 2",
                    "(y2 - y1) / n_H": "y2 - y1",
                    "(x2 - x1) / n_W": "x2 - x1",
                },
            ),
            "Your box is in pixels. The label holds shares of the image: what goes along x is divided by n_W, what goes along y by n_H.",
        ),
        Mistake(
            "corner for midpoint",
            _edited(_LABEL, {"(x1 + x2) / 2 / n_W": "x1 / n_W", "(y1 + y2) / 2 / n_H": "y1 / n_H"}),
            "b_x and b_y are the midpoint of the box, not its upper left corner.",
        ),
        Mistake(
            "half the size for the midpoint",
            _edited(_LABEL, {"(x1 + x2) / 2": "(x2 - x1) / 2", "(y1 + y2) / 2": "(y2 - y1) / 2"}),
            "Half the size is the midpoint only of a box that begins at 0. The midpoint is half of the sum of both ends.",
        ),
        Mistake(
            "two corners",
            _edited(
                _LABEL,
                {
                    "(x1 + x2) / 2 / n_W": "x1 / n_W",
                    "(y1 + y2) / 2 / n_H": "y1 / n_H",
                    "(y2 - y1) / n_H": "x2 / n_W",
                    "(x2 - x1) / n_W": "y2 / n_H",
                },
            ),
            "These are the two corners, as shares of the image. The label holds the midpoint, the height and the width.",
        ),
        Mistake(
            "height and width swapped",
            _edited(
                _LABEL,
                {
                    "(y2 - y1) / n_H": "(x2 - x1) / n_W",
                    "y[4, 0] = (x2 - x1) / n_W": "y[4, 0] = (y2 - y1) / n_H",
                },
            ),
            "The height comes before the width: [p_c, b_x, b_y, b_h, b_w, …].",
        ),
        Mistake(
            "y before x",
            _edited(
                _LABEL,
                {
                    "(x1 + x2) / 2 / n_W": "(y1 + y2) / 2 / n_H",
                    "y[2, 0] = (y1 + y2) / 2 / n_H": "y[2, 0] = (x1 + x2) / 2 / n_W",
                },
            ),
            "The midpoint's x comes before its y: [p_c, b_x, b_y, b_h, b_w, …].",
        ),
        Mistake(
            "divided by the other side",
            """
            def localization_label(box, c, n_classes, n_H, n_W):
                y = np.zeros((5 + n_classes, 1))
                if box is not None:
                    x1, y1, x2, y2 = box
                    y[:5, 0] = 1, (x1 + x2) / 2 / n_H, (y1 + y2) / 2 / n_W, (y2 - y1) / n_W, (x2 - x1) / n_H
                    y[5 + c, 0] = 1
                return y
            """,
            "x runs along the width: b_x and b_w are divided by n_W, b_y and b_h by n_H.",
        ),
        Mistake(
            "classes counted from one",
            _edited(_LABEL, {"y[5 + c, 0]": "y[4 + c, 0]"}),
            "Class 0 has row 5, the first row after the box, and class c has row 5 + c.",
        ),
        Mistake(
            "the class's number for its one-hot code",
            _edited(_LABEL, {"y[5 + c, 0] = 1": "y[5:, 0] = c"}),
            "The classes are one-hot: a single 1 in row 5 + c, not the number c.",
        ),
        Mistake(
            "a class without an object",
            _edited(_LABEL, {"        y[5 + c, 0] = 1": "    y[5 + c, 0] = 1"}),
            "Without an object everything is 0, the class as well.",
        ),
        Mistake(
            "p_c forgotten",
            _edited(_LABEL, {"y[0, 0] = 1": "y[0, 0] = 0"}),
            "Row 0 says that there is an object: p_c = 1.",
        ),
        Mistake(
            "a rank-1 array",
            _edited(_LABEL, {"return y": "return y.ravel()"}),
            "The label is a column, (5 + n_classes, 1), so that many of them stand side by side as (5 + n_classes, m).",
        ),
    ],
)


def _labels(rng: Generator, there: list[int], n_classes: int) -> np.ndarray:
    """Draw labels, one image a column, with an object where `there` is 1."""
    boxes = rng.uniform(0.1, 0.9, (4, len(there)))
    classes = np.eye(n_classes)[:, rng.integers(n_classes, size=len(there))]
    Y: np.ndarray = np.vstack([np.ones((1, len(there))), boxes, classes]) * np.array(there)
    return Y


def _to_corners(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 20, 90, 2)
    return arguments(_labels(rng, [1, 1, 1], int(rng.integers(2, 4))), n_H, n_W)


def _to_corners_edges(rng: Generator) -> list[Arguments]:
    """Draw one image; no object in one of two; outputs, whose p_c is no whole number."""
    outputs = rng.uniform(0.1, 0.9, (7, 2))
    return [
        arguments(_labels(rng, [1], 2), 30, 50),
        arguments(_labels(rng, [0, 1], 1), 60, 40),
        arguments(outputs, 35, 25),
    ]


_CORNERS = """
def box_corners(Y, n_H, n_W):
    x, y, h, w = Y[1] * n_W, Y[2] * n_H, Y[3] * n_H, Y[4] * n_W
    return np.array([x - w / 2, y - h / 2, x + w / 2, y + h / 2]).T
"""

BOX_CORNERS = Exercise(
    function="box_corners",
    reference=localization.box_corners,
    inputs=_to_corners,
    edge_inputs=_to_corners_edges,
    checks=[Matches(points=4, label="the corners"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "height and width swapped",
            _edited(_CORNERS, {"Y[3] * n_H, Y[4] * n_W": "Y[4] * n_H, Y[3] * n_W"}),
            "Row 3 is the height, row 4 the width.",
        ),
        Mistake(
            "sizes for corners",
            _edited(
                _CORNERS,
                {"[x - w / 2, y - h / 2, x + w / 2, y + h / 2]": "[x - w / 2, y - h / 2, w, h]"},
            ),
            "The last two numbers are the lower right corner, not width and height.",
        ),
        Mistake(
            "midpoint for corner",
            _edited(
                _CORNERS, {"[x - w / 2, y - h / 2, x + w / 2, y + h / 2]": "[x, y, x + w, y + h]"}
            ),
            "(b_x, b_y) is the midpoint: half of the width lies to its left.",
        ),
        Mistake(
            "whole sides to both sides",
            _edited(
                _CORNERS,
                {"[x - w / 2, y - h / 2, x + w / 2, y + h / 2]": "[x - w, y - h, x + w, y + h]"},
            ),
            "Your boxes are twice as large as they should be: from the midpoint it is half a side to each corner.",
        ),
        Mistake(
            "shares for pixels",
            _edited(
                _CORNERS,
                {"Y[1] * n_W, Y[2] * n_H, Y[3] * n_H, Y[4] * n_W": "Y[1], Y[2], Y[3], Y[4]"},
            ),
            "The label holds shares; the corners are wanted in pixels. Multiply by n_W along x and by n_H along y.",
        ),
        Mistake(
            "multiplied by the other side",
            _edited(
                _CORNERS,
                {
                    "Y[1] * n_W, Y[2] * n_H, Y[3] * n_H, Y[4] * n_W": "Y[1] * n_H, Y[2] * n_W, Y[3] * n_W, Y[4] * n_H"
                },
            ),
            "x runs along the width: b_x and b_w are multiplied by n_W, b_y and b_h by n_H.",
        ),
        Mistake(
            "one row too early",
            _edited(
                _CORNERS,
                {
                    "Y[1] * n_W, Y[2] * n_H, Y[3] * n_H, Y[4] * n_W": "Y[0] * n_W, Y[1] * n_H, Y[2] * n_H, Y[3] * n_W"
                },
            ),
            "Row 0 is p_c: the box begins in row 1.",
        ),
        Mistake(
            "one image a column",
            _edited(_CORNERS, {"]).T": "])"}),
            "Each image's corners are a row, (m, 4): transpose, or stack along axis 1.",
        ),
        Mistake(
            "y before x",
            _edited(
                _CORNERS,
                {
                    "[x - w / 2, y - h / 2, x + w / 2, y + h / 2]": "[y - h / 2, x - w / 2, y + h / 2, x + w / 2]"
                },
            ),
            "A corner's x comes before its y: (x1, y1, x2, y2).",
        ),
    ],
)


def _sums(rng: Generator, m: int, n_classes: int) -> np.ndarray:
    return rng.normal(size=(5 + n_classes, m))


_ACTIVATIONS = """
def localization_activations(Z):
    A = Z.copy()
    A[0] = 1 / (1 + np.exp(-Z[0]))
    A[5:] = np.exp(Z[5:]) / np.sum(np.exp(Z[5:]), axis=0)
    return A
"""
_SOFTMAX = "A[5:] = np.exp(Z[5:]) / np.sum(np.exp(Z[5:]), axis=0)"

LOCALIZATION_ACTIVATIONS = Exercise(
    function="localization_activations",
    reference=localization.localization_activations,
    inputs=lambda rng: arguments(_sums(rng, int(rng.integers(2, 4)), int(rng.integers(2, 5)))),
    edge_inputs=lambda rng: [arguments(_sums(rng, 1, 3)), arguments(_sums(rng, 3, 1))],
    checks=[Matches(points=4, label="the predictions"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "sigmoid for the box too",
            _edited(
                _ACTIVATIONS, {"A[0] = 1 / (1 + np.exp(-Z[0]))": "A[:5] = 1 / (1 + np.exp(-Z[:5]))"}
            ),
            "The box has no activation here: rows 1 to 4 stay as they are.",
        ),
        Mistake(
            "sigmoid for everything",
            "def localization_activations(Z):\n    return 1 / (1 + np.exp(-Z))",
            "Only p_c goes through a sigmoid. The box stays as it is, and the classes share their probability by softmax.",
        ),
        Mistake(
            "sigmoid for the classes",
            _edited(_ACTIVATIONS, {_SOFTMAX: "A[5:] = 1 / (1 + np.exp(-Z[5:]))"}),
            "An object has one class: the classes share their probability by softmax, and add up to 1.",
        ),
        Mistake(
            "softmax over the examples",
            _edited(_ACTIVATIONS, {"axis=0": "axis=1, keepdims=True"}),
            "Each image is a column: its classes add up to 1 along axis 0.",
        ),
        Mistake(
            "softmax over all numbers at once",
            _edited(_ACTIVATIONS, {", axis=0": ""}),
            "You divide by the sum over all images: each column has a softmax of its own, with axis=0.",
        ),
        Mistake(
            "softmax with the whole column below",
            _edited(_ACTIVATIONS, {"np.sum(np.exp(Z[5:])": "np.sum(np.exp(Z)"}),
            "The sum of the softmax has only the classes in it, rows 5 and on.",
        ),
        Mistake(
            "softmax from row 4 on",
            _edited(
                _ACTIVATIONS, {_SOFTMAX: "A[4:] = np.exp(Z[4:]) / np.sum(np.exp(Z[4:]), axis=0)"}
            ),
            "Row 4 is still the box (b_w): the classes begin in row 5.",
        ),
        Mistake(
            "p_c left as it is",
            _edited(_ACTIVATIONS, {"    A[0] = 1 / (1 + np.exp(-Z[0]))\n": ""}),
            "p_c is a probability: row 0 goes through a sigmoid.",
        ),
        Mistake(
            "sign of the sigmoid",
            _edited(_ACTIVATIONS, {"np.exp(-Z[0])": "np.exp(Z[0])"}),
            "σ(z) = 1 / (1 + e⁻ᶻ), with a minus: large sums mean that there is an object.",
        ),
        Mistake(
            "not divided by the sum",
            _edited(_ACTIVATIONS, {_SOFTMAX: "A[5:] = np.exp(Z[5:])"}),
            "The exponentials of the classes are divided by their sum, so that they add up to 1.",
        ),
    ],
)


def _compared(rng: Generator, there: list[int], n_classes: int, **named: float) -> Arguments:
    A = localization.localization_activations(_sums(rng, len(there), n_classes))
    return arguments(A, _labels(rng, there, n_classes), **named)


def _with_leftovers(rng: Generator, there: list[int], n_classes: int, **named: float) -> Arguments:
    """Let the labels of empty images hold a box and a class that mean nothing."""
    compared = _compared(rng, [1] * len(there), n_classes, **named)
    compared.positional[1][0] = there
    return compared


def _some_there(rng: Generator) -> Arguments:
    there = [[1, 0, 1], [0, 1, 1, 1, 0], [1, 0, 0]][int(rng.integers(3))]
    weight = float(rng.uniform(2, 6))
    return _with_leftovers(rng, there, int(rng.integers(2, 5)), box_weight=weight)


def _there_edges(rng: Generator) -> list[Arguments]:
    """Give no weight; no object at all; all there; one image; one class; zeros for no object."""
    return [
        _compared(rng, [1, 0], 3),
        _compared(rng, [0, 0, 0], 2),
        _compared(rng, [1, 1], 3),
        _compared(rng, [1], 2, box_weight=3.0),
        _with_leftovers(rng, [0], 2),
        _with_leftovers(rng, [0, 1, 1], 1),
    ]


_COST = """
def localization_cost(A, Y, box_weight=1.0):
    there = Y[0]
    logistic = -there * np.log(A[0]) - (1 - there) * np.log(1 - A[0])
    squares = np.sum((A[1:5] - Y[1:5]) ** 2, axis=0)
    entropy = -np.sum(Y[5:] * np.log(A[5:]), axis=0)
    return np.mean(logistic + there * (box_weight * squares + entropy))
"""
_AVERAGE = "np.mean(logistic + there * (box_weight * squares + entropy))"

LOCALIZATION_COST = Exercise(
    function="localization_cost",
    reference=localization.localization_cost,
    inputs=_some_there,
    edge_inputs=_there_edges,
    checks=[Matches(points=8, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "box and class count without an object",
            _edited(
                _COST,
                {"there * (box_weight * squares + entropy)": "box_weight * squares + entropy"},
            ),
            "Where there is no object, box and class are anything: both count only in columns with p_c = 1.",
        ),
        Mistake(
            "the box counts without an object",
            _edited(
                _COST,
                {
                    "there * (box_weight * squares + entropy)": "box_weight * squares + there * entropy"
                },
            ),
            "Where there is no object, the box is anything: the squares count only in columns with p_c = 1.",
        ),
        Mistake(
            "the class counts without an object",
            _edited(
                _COST,
                {
                    "there * (box_weight * squares + entropy)": "there * box_weight * squares + entropy"
                },
            ),
            "Where there is no object, the class is anything, too: the cross-entropy counts only in columns with p_c = 1, whatever the label holds there.",
        ),
        Mistake(
            "multiplied by the prediction of p_c",
            _edited(_COST, {"there * (box_weight": "A[0] * (box_weight"}),
            "Whether box and class count, the label says: Y[0], not A[0].",
        ),
        Mistake(
            "squares for the class",
            _edited(
                _COST,
                {"-np.sum(Y[5:] * np.log(A[5:]), axis=0)": "np.sum((A[5:] - Y[5:]) ** 2, axis=0)"},
            ),
            "The classes are probabilities: their error costs the cross-entropy of week 6, not squares.",
        ),
        Mistake(
            "half of the logistic loss",
            _edited(_COST, {" - (1 - there) * np.log(1 - A[0])": ""}),
            "p_c counts in every column: an alarm without an object costs −log(1 − p_c). That half of the logistic loss is missing.",
        ),
        Mistake(
            "a square for p_c",
            _edited(
                _COST,
                {"-there * np.log(A[0]) - (1 - there) * np.log(1 - A[0])": "(A[0] - there) ** 2"},
            ),
            "p_c is a probability: its error costs the logistic loss, not a square.",
        ),
        Mistake(
            "summed, not averaged",
            _edited(_COST, {"np.mean(": "np.sum("}),
            "Your cost is m times too large: it is an average over the images.",
        ),
        Mistake(
            "averaged over the objects",
            _edited(
                _COST,
                {
                    _AVERAGE: "np.mean(logistic) + np.sum(there * (box_weight * squares + entropy)) / max(1, np.sum(there))"
                },
            ),
            "All parts are divided by m, the number of images, also those that count for some images only.",
        ),
        Mistake(
            "box_weight ignored",
            _edited(_COST, {"box_weight * squares": "squares"}),
            "The squares are multiplied by box_weight.",
        ),
        Mistake(
            "everything weighted",
            _edited(
                _COST, {"(box_weight * squares + entropy)": "box_weight * (squares + entropy)"}
            ),
            "box_weight is for the squares of the box, not for the class.",
        ),
        Mistake(
            "mean of the squares",
            _edited(_COST, {"np.sum((A[1:5]": "np.mean((A[1:5]"}),
            "The four squares of the box are added up, not averaged.",
        ),
        Mistake(
            "root of the squares",
            _edited(
                _COST,
                {
                    "np.sum((A[1:5] - Y[1:5]) ** 2, axis=0)": "np.sqrt(np.sum((A[1:5] - Y[1:5]) ** 2, axis=0))"
                },
            ),
            "The squares themselves count: no root.",
        ),
        Mistake(
            "p_c among the squares",
            _edited(_COST, {"A[1:5] - Y[1:5]": "A[:5] - Y[:5]"}),
            "Row 0 is p_c and has its logistic loss already: the box is rows 1 to 4.",
        ),
        Mistake(
            "b_w forgotten",
            _edited(_COST, {"A[1:5] - Y[1:5]": "A[1:4] - Y[1:4]"}),
            "The box has four numbers, rows 1 to 4: in Python that is 1:5.",
        ),
        Mistake(
            "class forgotten",
            _edited(_COST, {" + entropy": ""}),
            "The cross-entropy of the class is missing.",
        ),
        Mistake(
            "sign of the cross-entropy",
            _edited(_COST, {"-np.sum(Y[5:]": "np.sum(Y[5:]"}),
            "Logarithms of probabilities are negative: the cross-entropy has a minus in front.",
        ),
    ],
)

_BACKWARD = """
def localization_backward(A, Y, box_weight=1.0):
    m = Y.shape[1]
    dZ = A - Y
    dZ[1:5] = box_weight * 2 * (A[1:5] - Y[1:5])
    dZ[1:] = dZ[1:] * Y[0]
    return dZ / m
"""

LOCALIZATION_BACKWARD = Exercise(
    function="localization_backward",
    reference=localization.localization_backward,
    inputs=_some_there,
    edge_inputs=_there_edges,
    checks=[Matches(points=8, label="`dZ`"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "not divided by m",
            _edited(_BACKWARD, {"dZ / m": "dZ"}),
            "Your dZ is m times too large: the cost is an average over the images.",
        ),
        Mistake(
            "divided by the number of objects",
            _edited(_BACKWARD, {"dZ / m": "dZ / max(1, np.sum(Y[0]))"}),
            "m is the number of images, with and without an object.",
        ),
        Mistake(
            "the two of the square forgotten",
            _edited(_BACKWARD, {"box_weight * 2": "box_weight"}),
            "The derivative of a square e² is 2e.",
        ),
        Mistake(
            "a two everywhere",
            _edited(_BACKWARD, {"dZ = A - Y": "dZ = 2 * (A - Y)"}),
            "Only the squares bring a factor 2: for p_c and the classes the gradient is A − Y.",
        ),
        Mistake(
            "a gradient without an object",
            _edited(_BACKWARD, {"    dZ[1:] = dZ[1:] * Y[0]\n": ""}),
            "Where there is no object, box and class cost nothing, so their gradient is 0.",
        ),
        Mistake(
            "a gradient of the class without an object",
            _edited(_BACKWARD, {"dZ[1:] = dZ[1:] * Y[0]": "dZ[1:5] = dZ[1:5] * Y[0]"}),
            "Where there is no object, the class costs nothing either: rows 5 and on are multiplied by Y[0], too.",
        ),
        Mistake(
            "no gradient of p_c without an object",
            _edited(_BACKWARD, {"dZ[1:] = dZ[1:] * Y[0]": "dZ = dZ * Y[0]"}),
            "p_c costs something in every column: only rows 1 and on are multiplied by Y[0].",
        ),
        Mistake(
            "multiplied by the prediction of p_c",
            _edited(_BACKWARD, {"dZ[1:] * Y[0]": "dZ[1:] * A[0]"}),
            "Whether there is an object, the label says: Y[0], not A[0].",
        ),
        Mistake(
            "box_weight ignored",
            _edited(_BACKWARD, {"box_weight * 2": "2"}),
            "box_weight stands before the squares in the cost, so it stands before their gradient.",
        ),
        Mistake(
            "everything weighted",
            _edited(
                _BACKWARD, {"box_weight * 2": "2", "dZ[1:] * Y[0]": "dZ[1:] * Y[0] * box_weight"}
            ),
            "box_weight is for rows 1 to 4 only.",
        ),
        Mistake(
            "sign turned round",
            _edited(
                _BACKWARD, {"dZ = A - Y": "dZ = Y - A", "(A[1:5] - Y[1:5])": "(Y[1:5] - A[1:5])"}
            ),
            "A − Y, not Y − A: the gradient points uphill.",
        ),
        Mistake(
            "the slope of the sigmoid once more",
            _edited(_BACKWARD, {"    dZ[1:] =": "    dZ[0] *= A[0] * (1 - A[0])\n    dZ[1:] ="}),
            "For logistic loss and sigmoid together the gradient is A − Y: the slope a(1 − a) has cancelled already.",
        ),
    ],
)


def _with_landmarks(
    rng: Generator, m: int, n_landmarks: int, pairs: list[tuple[int, int]]
) -> Arguments:
    n_H, n_W = _different(rng, 3, 8, 2)
    images = rng.integers(0, 256, (m, n_H, n_W, 2), dtype=np.uint8)
    landmarks = rng.uniform(0.1, 0.9, (m, n_landmarks, 2)) * [n_W, n_H]
    return arguments(images, landmarks, pairs)


def _face(rng: Generator) -> Arguments:
    """Draw images with five landmarks, of which two pairs change places."""
    a, b, c, d = _different(rng, 0, 5, 4)
    return _with_landmarks(rng, 2, 5, [(a, b), (c, d)])


def _face_edges(rng: Generator) -> list[Arguments]:
    """Draw one image; no pair; all landmarks in one pair."""
    return [
        _with_landmarks(rng, 1, 4, [(3, 1)]),
        _with_landmarks(rng, 2, 3, []),
        _with_landmarks(rng, 3, 2, [(0, 1)]),
    ]


_MIRROR = """
def mirror_landmarks(images, landmarks, pairs):
    mirrored = landmarks.copy()
    mirrored[:, :, 0] = images.shape[2] - landmarks[:, :, 0]
    for i, j in pairs:
        mirrored[:, [i, j]] = mirrored[:, [j, i]]
    return images[:, :, ::-1], mirrored
"""

MIRROR_LANDMARKS = Exercise(
    function="mirror_landmarks",
    reference=localization.mirror_landmarks,
    returns=("images", "landmarks"),
    inputs=_face,
    edge_inputs=_face_edges,
    checks=[Matches("images", points=2), Matches("landmarks", points=4), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "left and right keep their names",
            _edited(_MIRROR, {"[j, i]": "[i, j]"}),
            "In the mirror the left eye is a right eye: the two landmarks of each pair change places in the list.",
        ),
        Mistake(
            "landmarks not moved",
            _edited(_MIRROR, {"images.shape[2] - landmarks[:, :, 0]": "landmarks[:, :, 0]"}),
            "The landmarks move with the image: x becomes n_W − x.",
        ),
        Mistake(
            "upside down",
            _edited(_MIRROR, {"images[:, :, ::-1]": "images[:, ::-1]"}),
            "Your images stand on their heads: columns are axis 2 of (m, n_H, n_W, n_C).",
        ),
        Mistake(
            "channels reversed",
            _edited(_MIRROR, {"images[:, :, ::-1]": "images[..., ::-1]"}),
            "You have reversed the colours: the last axis is the channels, columns are axis 2.",
        ),
        Mistake(
            "y for x",
            _edited(
                _MIRROR,
                {
                    "mirrored[:, :, 0] = images.shape[2] - landmarks[:, :, 0]": "mirrored[:, :, 1] = images.shape[1] - landmarks[:, :, 1]"
                },
            ),
            "Left and right change places: x is mirrored, y stays.",
        ),
        Mistake(
            "height for width",
            _edited(_MIRROR, {"images.shape[2] -": "images.shape[1] -"}),
            "x runs along the width, images.shape[2].",
        ),
        Mistake(
            "one pixel too far",
            _edited(_MIRROR, {"images.shape[2] -": "images.shape[2] - 1 -"}),
            "x is measured from the edge of the image, from 0 to n_W: the mirror of x is n_W − x. With − 1 you would mirror the numbers of columns.",
        ),
        Mistake(
            "one overwrites the other",
            _edited(
                _MIRROR,
                {
                    "mirrored[:, [i, j]] = mirrored[:, [j, i]]": "mirrored[:, i] = mirrored[:, j]\n        mirrored[:, j] = mirrored[:, i]"
                },
            ),
            "After the first of your two lines the old landmark is gone. Swap both at once, or keep a copy.",
        ),
        Mistake(
            "all landmarks in reverse order",
            _edited(
                _MIRROR,
                {
                    "    for i, j in pairs:\n        mirrored[:, [i, j]] = mirrored[:, [j, i]]\n": "    mirrored = mirrored[:, ::-1]\n"
                },
            ),
            "Only the landmarks named in pairs change places; a nose stays a nose.",
        ),
        Mistake(
            "first pair only",
            _edited(_MIRROR, {"in pairs:": "in pairs[:1]:"}),
            "Every pair changes places, not only the first one.",
        ),
    ],
)


# --- sliding windows ------------------------------------------------------------------------


def _sizes(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 5, 11, 2)
    f_H, f_W = _different(rng, 2, 5, 2)
    return arguments(n_H, n_W, f_H, f_W, int(rng.integers(1, 4)))


def _sizes_edges(rng: Generator) -> list[Arguments]:
    """Give one window as large as the image; windows that do not fit evenly; gaps between them."""
    return [
        arguments(4, 6, 4, 6, 2),
        arguments(5, 9, 3, 2, 2),
        arguments(8, 5, 2, 4, 3),
        arguments(3, 7, 1, 2, 1),
        arguments(6, 10, 2, 2, 4),
    ]


_BOXES = """
def window_boxes(n_H, n_W, f_H, f_W, stride):
    boxes = []
    for top in range(0, n_H - f_H + 1, stride):
        for left in range(0, n_W - f_W + 1, stride):
            boxes.append([left, top, left + f_W, top + f_H])
    return np.array(boxes)
"""

WINDOW_BOXES = Exercise(
    function="window_boxes",
    reference=sliding_windows.window_boxes,
    inputs=_sizes,
    edge_inputs=_sizes_edges,
    checks=[Matches(points=6, label="the windows"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "last window missing",
            """
            def window_boxes(n_H, n_W, f_H, f_W, stride):
                rows = list(range(0, n_H - f_H, stride)) or [0]
                columns = list(range(0, n_W - f_W, stride)) or [0]
                return np.array([(x, y, x + f_W, y + f_H) for y in rows for x in columns])
            """,
            "A window may end exactly at the edge: its corner goes up to and including n − f.",
        ),
        Mistake(
            "windows that stick out",
            _edited(
                _BOXES,
                {
                    "range(0, n_H - f_H + 1, stride)": "range(0, n_H, stride)",
                    "range(0, n_W - f_W + 1, stride)": "range(0, n_W, stride)",
                },
            ),
            "Some of your windows stick out of the image: only those that fit are wanted.",
        ),
        Mistake(
            "column by column",
            """
            def window_boxes(n_H, n_W, f_H, f_W, stride):
                rows = range(0, n_H - f_H + 1, stride)
                columns = range(0, n_W - f_W + 1, stride)
                return np.array([(x, y, x + f_W, y + f_H) for x in columns for y in rows])
            """,
            "The windows come row by row: the inner loop goes to the right.",
        ),
        Mistake(
            "y before x",
            _edited(
                _BOXES, {"[left, top, left + f_W, top + f_H]": "[top, left, top + f_H, left + f_W]"}
            ),
            "A corner's x comes before its y: (x1, y1, x2, y2).",
        ),
        Mistake(
            "sizes for corners",
            _edited(_BOXES, {"[left, top, left + f_W, top + f_H]": "[left, top, f_W, f_H]"}),
            "The last two numbers are the lower right corner, not width and height.",
        ),
        Mistake(
            "stride ignored",
            _edited(
                _BOXES,
                {
                    "n_H - f_H + 1, stride": "n_H - f_H + 1",
                    "n_W - f_W + 1, stride": "n_W - f_W + 1",
                },
            ),
            "The window moves by `stride` pixels, not by one.",
        ),
        Mistake(
            "stride to the right only",
            _edited(_BOXES, {"n_H - f_H + 1, stride": "n_H - f_H + 1"}),
            "The stride holds downwards as well.",
        ),
        Mistake(
            "height and width of the window swapped",
            """
            def window_boxes(n_H, n_W, f_H, f_W, stride):
                f_H, f_W = f_W, f_H
                rows = range(0, n_H - f_H + 1, stride)
                columns = range(0, n_W - f_W + 1, stride)
                return np.array([(x, y, x + f_W, y + f_H) for y in rows for x in columns])
            """,
            "f_H belongs to rows, y and n_H; f_W to columns, x and n_W.",
        ),
        Mistake(
            "last pixel for the end",
            _edited(_BOXES, {"left + f_W, top + f_H": "left + f_W - 1, top + f_H - 1"}),
            "x2 − x1 is the width: the corner lies behind the last pixel, x2 = x1 + f_W.",
        ),
        Mistake(
            "windows side by side",
            _edited(
                _BOXES,
                {
                    "n_H - f_H + 1, stride": "n_H - f_H + 1, f_H",
                    "n_W - f_W + 1, stride": "n_W - f_W + 1, f_W",
                },
            ),
            "Your window moves by its own size. It moves by `stride`, so that neighbours may overlap.",
        ),
    ],
)


def _windows_of(rng: Generator, n_H: int, n_W: int, f_H: int, f_W: int, n_C: int) -> Arguments:
    """Draw an image and some of its windows, in no particular order."""
    boxes = sliding_windows.window_boxes(n_H, n_W, f_H, f_W, 1)
    chosen = boxes[rng.permutation(len(boxes))[:3]]
    return arguments(rng.normal(size=(n_H, n_W, n_C)), chosen)


def _to_cut(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 5, 8, 2)
    f_H, f_W = _different(rng, 2, 5, 2)
    return _windows_of(rng, n_H, n_W, f_H, f_W, int(rng.integers(1, 4)))


def _to_cut_edges(rng: Generator) -> list[Arguments]:
    """Draw the whole image as its only window; windows of a single row; in grey."""
    return [
        _windows_of(rng, 3, 5, 3, 5, 2),
        _windows_of(rng, 4, 6, 1, 3, 3),
        _windows_of(rng, 6, 4, 3, 2, 1),
    ]


_CUT = """
def cut_windows(image, boxes):
    windows = []
    for x1, y1, x2, y2 in boxes:
        windows.append(image[y1:y2, x1:x2])
    return np.array(windows)
"""

CUT_WINDOWS = Exercise(
    function="cut_windows",
    reference=sliding_windows.cut_windows,
    inputs=_to_cut,
    edge_inputs=_to_cut_edges,
    checks=[Matches(points=3, label="the windows"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "x for rows",
            """
            def cut_windows(image, boxes):
                n_H, n_W = image.shape[:2]
                windows = []
                for x1, y1, x2, y2 in boxes:
                    rows, columns = np.arange(x1, x2) % n_H, np.arange(y1, y2) % n_W
                    windows.append(image[rows][:, columns])
                return np.array(windows)
            """,
            "y counts rows, and rows are the first axis: image[y1:y2, x1:x2].",
        ),
        Mistake(
            "windows transposed",
            _edited(_CUT, {"image[y1:y2, x1:x2]": "image[y1:y2, x1:x2].transpose(1, 0, 2)"}),
            "Rows and columns within the window are exchanged: (k, f_H, f_W, n_C).",
        ),
        Mistake(
            "one row and column too few",
            _edited(_CUT, {"image[y1:y2, x1:x2]": "image[y1 : y2 - 1, x1 : x2 - 1]"}),
            "A slice y1:y2 leaves y2 out already, as it should: no − 1.",
        ),
        Mistake(
            "first window only",
            _edited(_CUT, {"return np.array(windows)": "return windows[0]"}),
            "All windows are wanted, as a batch: (k, f_H, f_W, n_C).",
        ),
        Mistake(
            "the same window again and again",
            _edited(
                _CUT, {"return np.array(windows)": "return np.array([windows[-1]] * len(boxes))"}
            ),
            "Every window that you return is the last one: append inside the loop.",
        ),
        Mistake(
            "one below the other",
            _edited(_CUT, {"np.array(windows)": "np.concatenate(windows)"}),
            "Windows are put side by side along a new axis, the first one: np.stack, not np.concatenate.",
        ),
        Mistake(
            "first channel only",
            _edited(_CUT, {"x1:x2]": "x1:x2, :1]"}),
            "All channels belong to the window.",
        ),
    ],
)


def _dense(rng: Generator, n: int, n_H: int, n_W: int, n_C: int) -> Arguments:
    W = rng.normal(size=(n, n_H * n_W * n_C))
    return arguments(W, rng.normal(size=(n, 1)), n_H, n_W)


def _dense_inputs(rng: Generator) -> Arguments:
    return _dense(rng, *_different(rng, 2, 6, 4))


def _dense_edges(rng: Generator) -> list[Arguments]:
    """Draw one unit; one channel; a map of a single place, as for a second dense layer."""
    return [_dense(rng, 1, 2, 3, 2), _dense(rng, 3, 4, 2, 1), _dense(rng, 2, 1, 1, 4)]


_FILTERS = """
def dense_to_convolution(W, b, n_H, n_W):
    n = W.shape[0]
    filters = W.T.reshape(n_H, n_W, -1, n)
    return filters, b.reshape(1, 1, 1, n)
"""

DENSE_TO_CONVOLUTION = Exercise(
    function="dense_to_convolution",
    reference=sliding_windows.dense_to_convolution,
    returns=("W", "b"),
    inputs=_dense_inputs,
    edge_inputs=_dense_edges,
    checks=[Matches("W", points=4), Matches("b", points=1), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "reshaped without transposing",
            _edited(_FILTERS, {"W.T.reshape": "W.reshape"}),
            "reshape keeps the numbers in their order. A unit's weights are a row of W, and should become W[:, :, :, unit]: transpose first.",
        ),
        Mistake(
            "units in front",
            _edited(_FILTERS, {"W.T.reshape(n_H, n_W, -1, n)": "W.reshape(n, n_H, n_W, -1)"}),
            "The units are the last axis of the filters: (n_H, n_W, n_C, n).",
        ),
        Mistake(
            "height and width swapped",
            _edited(_FILTERS, {"reshape(n_H, n_W, -1, n)": "reshape(n_W, n_H, -1, n)"}),
            "Rows come first: (n_H, n_W, n_C, n).",
        ),
        Mistake(
            "channels flattened first",
            _edited(
                _FILTERS,
                {
                    "W.T.reshape(n_H, n_W, -1, n)": "W.T.reshape(-1, n_H, n_W, n).transpose(1, 2, 0, 3)"
                },
            ),
            "The maps were flattened row by row, with the channels last, so the filters must be unfolded in the same order.",
        ),
        Mistake(
            "filters flipped",
            _edited(_FILTERS, {"return filters,": "return filters[::-1, ::-1],"}),
            "Nothing is flipped: deep learning's convolution is a cross-correlation.",
        ),
        Mistake(
            "biases left as they are",
            _edited(_FILTERS, {"b.reshape(1, 1, 1, n)": "b"}),
            "A convolution's biases have the shape (1, 1, 1, n_C), one for each filter.",
        ),
        Mistake(
            "a bias for each place",
            _edited(
                _FILTERS,
                {"b.reshape(1, 1, 1, n)": "np.tile(b.reshape(1, 1, 1, n), (1, n_H, n_W, 1)) + 0"},
            ),
            "There is one bias for each unit, whatever the place: (1, 1, 1, n).",
        ),
    ],
)


def _to_convolve(
    rng: Generator, m: int, n_H: int, n_W: int, n_C_prev: int, f_H: int, f_W: int, n_C: int
) -> Arguments:
    biases = rng.choice([-1, 1], (1, 1, 1, n_C)) * rng.uniform(0.5, 2, (1, 1, 1, n_C))
    A_prev = rng.normal(size=(m, n_H, n_W, n_C_prev))
    return arguments(A_prev, rng.normal(size=(f_H, f_W, n_C_prev, n_C)), biases)


def _map_inputs(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 4, 7, 2)
    f_H, f_W = _different(rng, 1, 4, 2)
    n_C_prev, n_C = _different(rng, 2, 4, 2)
    return _to_convolve(rng, int(rng.integers(1, 3)), n_H, n_W, n_C_prev, f_H, f_W, n_C)


def _map_edges(rng: Generator) -> list[Arguments]:
    """Draw a filter as large as the map; a filter of one place; one channel in and out."""
    return [
        _to_convolve(rng, 2, 3, 4, 2, 3, 4, 3),
        _to_convolve(rng, 1, 2, 3, 3, 1, 1, 2),
        _to_convolve(rng, 2, 4, 3, 1, 2, 3, 1),
    ]


_CONVOLVED = """
def convolve_map(A_prev, W, b):
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f_H, f_W, n_C_prev, n_C = W.shape
    n_H, n_W = n_H_prev - f_H + 1, n_W_prev - f_W + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    for h in range(n_H):
        for w in range(n_W):
            window = A_prev[:, h : h + f_H, w : w + f_W]
            Z[:, h, w] = np.einsum("mijc,ijck->mk", window, W)
    return Z + b
"""

CONVOLVE_MAP = Exercise(
    function="convolve_map",
    reference=sliding_windows.convolve_map,
    inputs=_map_inputs,
    edge_inputs=_map_edges,
    checks=[Matches(points=6, label="`Z`"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "bias forgotten",
            _edited(_CONVOLVED, {"return Z + b": "return Z"}),
            "The biases b are missing.",
        ),
        Mistake(
            "height for width",
            _edited(
                _CONVOLVED,
                {
                    "n_H, n_W = n_H_prev - f_H + 1, n_W_prev - f_W + 1": "n_H, n_W = n_H_prev - f_H + 1, n_W_prev - f_H + 1\n    A_prev = np.pad(A_prev, ((0, 0), (0, 0), (0, f_W), (0, 0)))"
                },
            ),
            "Filters need not be square: along the width there are n_W_prev − f_W + 1 places.",
        ),
        Mistake(
            "filters flipped",
            _edited(_CONVOLVED, {"window, W)": "window, W[::-1, ::-1])"}),
            "The filters are not flipped: deep learning's convolution is a cross-correlation.",
        ),
        Mistake(
            "window in the first column",
            _edited(_CONVOLVED, {"w : w + f_W": "0:f_W"}),
            "The window moves to the right too: its columns begin at w.",
        ),
        Mistake(
            "last row and column missing",
            _edited(
                _CONVOLVED,
                {
                    "n_H_prev - f_H + 1, n_W_prev - f_W + 1": "max(1, n_H_prev - f_H), max(1, n_W_prev - f_W)"
                },
            ),
            "There are n − f + 1 places along an axis: one row and one column are missing.",
        ),
        Mistake(
            "first filter for all",
            _edited(_CONVOLVED, {"window, W)": "window, np.repeat(W[..., :1], n_C, axis=3))"}),
            "Each channel of the output has a filter of its own.",
        ),
        Mistake(
            "first channel only",
            _edited(_CONVOLVED, {"window, W)": "window[..., :1], W[:, :, :1])"}),
            "All channels of the input are added up.",
        ),
        Mistake(
            "first example for all",
            _edited(_CONVOLVED, {"window, W)": "np.repeat(window[:1], m, axis=0), W)"}),
            "Every example has a map of its own: keep the first axis.",
        ),
        Mistake(
            "mean for sum",
            _edited(_CONVOLVED, {"return Z + b": "return Z / (f_H * f_W * n_C_prev) + b"}),
            "The products are added up, not averaged.",
        ),
        Mistake(
            "bias for every weight",
            _edited(_CONVOLVED, {"return Z + b": "return Z + f_H * f_W * n_C_prev * b"}),
            "The bias is added once, not once for every number of the window.",
        ),
    ],
)


def _layer(rng: Generator) -> dict[str, int]:
    f_H, f_W, filters = _different(rng, 2, 6, 3)
    return {"f_H": f_H, "f_W": f_W, "stride": int(rng.integers(2, 4)), "filters": filters}


def _counted(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 60, 99, 2)
    return arguments((n_H, n_W, int(rng.integers(2, 5))), [_layer(rng) for _ in range(3)])


def _counted_edges(rng: Generator) -> list[Arguments]:
    """Give one layer; two of different stride; a layer as large as its input, as a dense one is."""
    last = {"f_H": 4, "f_W": 6, "stride": 1, "filters": 9}
    one = {"f_H": 1, "f_W": 1, "stride": 1, "filters": 3}
    return [
        arguments((31, 47, 3), [_layer(rng)]),
        arguments((9, 14, 2), [{"f_H": 3, "f_W": 4, "stride": 2, "filters": 5}, last, one]),
        arguments((4, 6, 8), [last]),
    ]


_COUNT = """
def count_multiplications(input_shape, layers):
    n_H, n_W, n_C = input_shape
    total = 0
    for layer in layers:
        n_H = (n_H - layer["f_H"]) // layer["stride"] + 1
        n_W = (n_W - layer["f_W"]) // layer["stride"] + 1
        total += n_H * n_W * layer["filters"] * layer["f_H"] * layer["f_W"] * n_C
        n_C = layer["filters"]
    return total
"""
_TOTAL = 'total += n_H * n_W * layer["filters"] * layer["f_H"] * layer["f_W"] * n_C\n'

COUNT_MULTIPLICATIONS = Exercise(
    function="count_multiplications",
    reference=sliding_windows.count_multiplications,
    inputs=_counted,
    edge_inputs=_counted_edges,
    checks=[Matches(points=5, label="the count"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "channels of the input forgotten",
            _edited(_COUNT, {'layer["f_W"] * n_C\n': 'layer["f_W"]\n'}),
            "A filter has f_H · f_W numbers for each channel of its input.",
        ),
        Mistake(
            "channels of the image in every layer",
            _edited(_COUNT, {'        n_C = layer["filters"]\n': ""}),
            "A layer puts out as many channels as it has filters, and these are the next layer's input.",
        ),
        Mistake(
            "channels of the output",
            _edited(_COUNT, {_TOTAL: f'n_C = layer["filters"]\n        {_TOTAL}'}),
            "A filter has f_H · f_W numbers for each channel of the layer's input. Add first, and only then replace n_C by the number of filters.",
        ),
        Mistake(
            "weights counted",
            _edited(_COUNT, {"n_H * n_W * layer": "layer"}),
            "That is how many weights there are. Each of them is used once for every place of the output: times n_H · n_W.",
        ),
        Mistake(
            "filters forgotten",
            _edited(_COUNT, {'n_W * layer["filters"] * layer': "n_W * layer"}),
            "Every filter is applied at every place: their number is a factor, too.",
        ),
        Mistake(
            "places of the input",
            """
            def count_multiplications(input_shape, layers):
                n_H, n_W, n_C = input_shape
                total = 0
                for layer in layers:
                    total += n_H * n_W * layer["filters"] * layer["f_H"] * layer["f_W"] * n_C
                    n_H = (n_H - layer["f_H"]) // layer["stride"] + 1
                    n_W = (n_W - layer["f_W"]) // layer["stride"] + 1
                    n_C = layer["filters"]
                return total
            """,
            "A filter is applied once for each place of the layer's output, not of its input.",
        ),
        Mistake(
            "stride ignored",
            _edited(
                _COUNT,
                {
                    '(n_H - layer["f_H"]) // layer["stride"]': '(n_H - layer["f_H"])',
                    '(n_W - layer["f_W"]) // layer["stride"]': '(n_W - layer["f_W"])',
                },
            ),
            "With a stride there are fewer places: (n − f) // stride + 1.",
        ),
        Mistake(
            "one place too few",
            _edited(
                _COUNT,
                {
                    '(n_H - layer["f_H"]) // layer["stride"] + 1': 'max(1, (n_H - layer["f_H"]) // layer["stride"])',
                    '(n_W - layer["f_W"]) // layer["stride"] + 1': 'max(1, (n_W - layer["f_W"]) // layer["stride"])',
                },
            ),
            "The window's first place counts as well: + 1 after the division.",
        ),
        Mistake(
            "square filters",
            _edited(
                _COUNT,
                {_TOTAL: 'total += n_H * n_W * layer["filters"] * layer["f_H"] ** 2 * n_C\n'},
            ),
            "Filters need not be square: f_H · f_W.",
        ),
        Mistake(
            "last layer only",
            _edited(_COUNT, {"total +=": "total ="}),
            "Add the layers up, with +=.",
        ),
        Mistake(
            "additions of the biases",
            _edited(
                _COUNT,
                {'layer["f_W"] * n_C\n': 'layer["f_W"] * n_C + n_H * n_W * layer["filters"]\n'},
            ),
            "A bias is added, not multiplied: it is not counted here.",
        ),
        Mistake(
            "sizes not handed on",
            """
            def count_multiplications(input_shape, layers):
                n_C = input_shape[2]
                total = 0
                for layer in layers:
                    n_H = (input_shape[0] - layer["f_H"]) // layer["stride"] + 1
                    n_W = (input_shape[1] - layer["f_W"]) // layer["stride"] + 1
                    total += n_H * n_W * layer["filters"] * layer["f_H"] * layer["f_W"] * n_C
                    n_C = layer["filters"]
                return total
            """,
            "Each layer works on what the layer before it puts out, not on the image again.",
        ),
    ],
)


# --- regions --------------------------------------------------------------------------------


def _side(rng: Generator) -> Arguments:
    n = int(rng.integers(2, 5))
    start = int(rng.integers(3, 9))
    rest = int(rng.integers(1, n))
    return arguments(start, start + n * int(rng.integers(1, 3)) + rest, n)


def _side_edges(rng: Generator) -> list[Arguments]:
    """Give bins that fit; one bin; as many bins as places; more bins than places; from 0."""
    return [
        arguments(4, 10, 3),
        arguments(2, 7, 1),
        arguments(1, 5, 4),
        arguments(3, 5, 5),
        arguments(0, 7, 3),
    ]


_PARTS = """
def pooling_bins(start, stop, n):
    length = stop - start
    bins = []
    for i in range(n):
        low = int(np.floor(i * length / n))
        high = int(np.ceil((i + 1) * length / n))
        bins.append((start + low, start + high))
    return bins
"""

POOLING_BINS = Exercise(
    function="pooling_bins",
    reference=region_pooling.pooling_bins,
    inputs=_side,
    edge_inputs=_side_edges,
    checks=[Matches(points=4, label="the bins"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "ends rounded down",
            _edited(_PARTS, {"np.ceil(": "np.floor("}),
            "The end of a bin is rounded up: rounded down, bins lose places, and may be empty.",
        ),
        Mistake(
            "beginnings rounded up",
            _edited(_PARTS, {"np.floor(": "np.ceil("}),
            "The beginning of a bin is rounded down, its end up.",
        ),
        Mistake(
            "rounded to the nearest",
            _edited(_PARTS, {"np.floor(": "np.round(", "np.ceil(": "np.round("}),
            "The beginning is rounded down and the end up, not to the nearest whole number.",
        ),
        Mistake(
            "counted from 0",
            _edited(_PARTS, {"start + low, start + high": "low, high"}),
            "The bins lie in the region: they are counted from start.",
        ),
        Mistake(
            "bins of one size",
            _edited(
                _PARTS,
                {
                    "int(np.floor(i * length / n))": "i * max(1, length // n)",
                    "int(np.ceil((i + 1) * length / n))": "(i + 1) * max(1, length // n)",
                },
            ),
            "If n does not divide the length, bins of length // n leave the last places out.",
        ),
        Mistake(
            "the rest for the last bin",
            """
            def pooling_bins(start, stop, n):
                size = max(1, (stop - start) // n)
                bins = [(start + i * size, start + (i + 1) * size) for i in range(n)]
                return bins[:-1] + [(bins[-1][0], stop)]
            """,
            "Your bins are length // n long, and the last one takes what is left. Share the side evenly: bin i reaches from i · length / n, rounded down, to (i + 1) · length / n, rounded up.",
        ),
        Mistake(
            "stop for the length",
            _edited(_PARTS, {"stop - start": "stop"}),
            "The side is stop − start long.",
        ),
        Mistake(
            "end included",
            _edited(_PARTS, {"start + high)": "start + high - 1)"}),
            "The end is not included, as in a slice: no − 1.",
        ),
        Mistake(
            "last bin missing",
            _edited(_PARTS, {"range(n)": "range(n - 1)"}),
            "There are n bins, numbered 0 to n − 1: range(n).",
        ),
    ],
)


def _pooled(
    rng: Generator, n_H: int, n_W: int, n_C: int, roi: tuple[int, ...], bins: tuple[int, int]
) -> Arguments:
    return arguments(rng.normal(size=(n_H, n_W, n_C)), roi, *bins)


def _region(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 6, 9, 2)
    height, width = _different(rng, 3, 6, 2)
    x1, y1 = int(rng.integers(1, n_W - width + 1)), int(rng.integers(0, n_H - height + 1))
    out_H, out_W = _different(rng, 1, 4, 2)
    roi = (x1, y1, x1 + width, y1 + height)
    return _pooled(rng, n_H, n_W, int(rng.integers(2, 4)), roi, (out_H, out_W))


def _region_edges(rng: Generator) -> list[Arguments]:
    """Draw the whole map; one bin; a region smaller than the bins are many; numbers below 0."""
    below = _pooled(rng, 5, 6, 2, (1, 2, 6, 5), (2, 3))
    return [
        _pooled(rng, 5, 4, 2, (0, 0, 4, 5), (2, 3)),
        _pooled(rng, 4, 6, 3, (2, 1, 5, 3), (1, 1)),
        _pooled(rng, 4, 5, 1, (3, 0, 5, 1), (2, 3)),
        arguments(-10 - np.abs(below.positional[0]), *below.positional[1:]),
    ]


_POOLED = """
def roi_max_pool(A, roi, out_H, out_W):
    x1, y1, x2, y2 = roi
    out = np.zeros((out_H, out_W, A.shape[2]))
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, out_H)):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, out_W)):
            out[i, j] = np.max(A[top:bottom, left:right], axis=(0, 1))
    return out
"""

ROI_MAX_POOL = Exercise(
    function="roi_max_pool",
    reference=region_pooling.roi_max_pool,
    inputs=_region,
    edge_inputs=_region_edges,
    checks=[Matches(points=6, label="the pooled region"), LeavesInputsAlone()],
    uses=("pooling_bins",),
    mistakes=[
        Mistake(
            "average for maximum",
            _edited(_POOLED, {"np.max(": "np.mean("}),
            "RoI max pooling keeps the largest number of each bin, not the average.",
        ),
        Mistake(
            "channels mixed",
            _edited(_POOLED, {", axis=(0, 1))": ")"}),
            "Each channel has a maximum of its own: np.max over rows and columns only, axis=(0, 1).",
        ),
        Mistake(
            "x for rows",
            _edited(
                _POOLED,
                {
                    "x1, y1, x2, y2 = roi": "y1, x1, y2, x2 = roi\n    A = np.pad(A, ((0, 9), (0, 9), (0, 0)), mode='edge')"
                },
            ),
            "roi is (x1, y1, x2, y2): y cuts the rows, x the columns.",
        ),
        Mistake(
            "bins swapped",
            _edited(
                _POOLED,
                {
                    "pooling_bins(y1, y2, out_H)": "pooling_bins(y1, y2, out_W)",
                    "pooling_bins(x1, x2, out_W)": "pooling_bins(x1, x2, out_H)",
                    "np.zeros((out_H, out_W,": "np.zeros((out_W, out_H,",
                },
            ),
            "out_H counts the bins from top to bottom, out_W those from left to right.",
        ),
        Mistake(
            "the whole map pooled",
            _edited(
                _POOLED,
                {
                    "(y1, y2, out_H)": "(0, A.shape[0], out_H)",
                    "(x1, x2, out_W)": "(0, A.shape[1], out_W)",
                },
            ),
            "Only the region is pooled: its bins lie between y1 and y2, and between x1 and x2.",
        ),
        Mistake(
            "region not moved",
            _edited(
                _POOLED,
                {
                    "(y1, y2, out_H)": "(0, y2 - y1, out_H)",
                    "(x1, x2, out_W)": "(0, x2 - x1, out_W)",
                },
            ),
            "Your bins begin in the corner of the map. The region begins at (x1, y1).",
        ),
        Mistake(
            "never below zero",
            _edited(_POOLED, {"return out": "return np.maximum(out, 0)"}),
            "A maximum may be negative: do not start from 0.",
        ),
        Mistake(
            "first place of each bin",
            _edited(_POOLED, {"np.max(A[top:bottom, left:right], axis=(0, 1))": "A[top, left]"}),
            "You take the corner of each bin, whatever else is in it: the largest number is wanted.",
        ),
    ],
)


def _region_back(rng: Generator, forward: Arguments) -> Arguments:
    A, roi, out_H, out_W = forward.positional
    return arguments(rng.normal(size=(out_H, out_W, A.shape[2])), A, roi)


_POOLED_BACK = """
def roi_max_pool_backward(dout, A, roi):
    x1, y1, x2, y2 = roi
    out_H, out_W, n_C = dout.shape
    dA = np.zeros(A.shape)
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, out_H)):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, out_W)):
            part = A[top:bottom, left:right]
            mask = part == np.max(part, axis=(0, 1))
            dA[top:bottom, left:right] += mask * dout[i, j]
    return dA
"""

ROI_MAX_POOL_BACKWARD = Exercise(
    function="roi_max_pool_backward",
    reference=region_pooling.roi_max_pool_backward,
    inputs=lambda rng: _region_back(rng, _region(rng)),
    edge_inputs=lambda rng: [_region_back(rng, forward) for forward in _region_edges(rng)],
    checks=[Matches(points=6, label="`dA`"), LeavesInputsAlone()],
    uses=("pooling_bins",),
    mistakes=[
        Mistake(
            "overwritten where bins overlap",
            _edited(_POOLED_BACK, {"+= mask": "= mask"}),
            "Where bins overlap, what comes back from them is added up, with +=.",
        ),
        Mistake(
            "to every place of the bin",
            _edited(_POOLED_BACK, {"mask * dout[i, j]": "dout[i, j]"}),
            "Only the largest number of a bin has passed through, so only its place gets the gradient.",
        ),
        Mistake(
            "shared among the places",
            _edited(_POOLED_BACK, {"mask * dout[i, j]": "dout[i, j] / part[..., 0].size"}),
            "That is the way back through an average. Here the place of the largest number gets all of it.",
        ),
        Mistake(
            "largest number of all channels",
            _edited(_POOLED_BACK, {"np.max(part, axis=(0, 1))": "np.max(part)"}),
            "Each channel has a maximum of its own, axis=(0, 1), and each one's place gets its gradient.",
        ),
        Mistake(
            "place in the bin for place in the map",
            _edited(
                _POOLED_BACK,
                {"dA[top:bottom, left:right] +=": "dA[: bottom - top, : right - left] +="},
            ),
            "A place within a bin is counted from the bin's corner. In dA it lies `top` rows further down and `left` columns further to the right.",
        ),
        Mistake(
            "times the number itself",
            _edited(_POOLED_BACK, {"mask * dout[i, j]": "mask * part * dout[i, j]"}),
            "The slope of max is 1 at the largest number: do not multiply by the number.",
        ),
        Mistake(
            "mask of the whole region",
            _edited(
                _POOLED_BACK, {"np.max(part, axis=(0, 1))": "np.max(A[y1:y2, x1:x2], axis=(0, 1))"}
            ),
            "Each bin has its own largest number: look for it in the bin, not in the region.",
        ),
        Mistake(
            "as large as the region",
            _edited(_POOLED_BACK, {"return dA": "return dA[y1:y2, x1:x2]"}),
            "dA is as large as the feature map, with zeros outside of the region.",
        ),
        Mistake(
            "smallest number",
            _edited(_POOLED_BACK, {"np.max(": "np.min("}),
            "The gradient goes to the largest number of the bin; yours goes to the smallest.",
        ),
    ],
)


def _times(rng: Generator) -> Arguments:
    return arguments(int(rng.integers(5, 50)), *(float(t) for t in rng.uniform(1, 9, 5).round(2)))


_TIMES = """
def region_costs(n_regions, conv_image, conv_region, head, search, proposals):
    r_cnn = search + n_regions * (conv_region + head)
    fast = search + conv_image + n_regions * head
    faster = conv_image + proposals + n_regions * head
    return {"R-CNN": r_cnn, "Fast R-CNN": fast, "Faster R-CNN": faster}
"""

REGION_COSTS = Exercise(
    function="region_costs",
    reference=region_pooling.region_costs,
    inputs=_times,
    edge_inputs=lambda rng: [
        arguments(1, 2.0, 4.0, 3.0, 5.0, 7.0),
        arguments(2000, 0.5, 1.5, 0.25, 0.0, 0.5),
    ],
    checks=[
        Matches("R-CNN", points=2),
        Matches("Fast R-CNN", points=1),
        Matches("Faster R-CNN", points=1),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "the dense layers once",
            _edited(
                _TIMES,
                {
                    "fast = search + conv_image + n_regions * head": "fast = search + conv_image + head",
                    "proposals + n_regions * head": "proposals + head",
                },
            ),
            "Also Fast R-CNN runs its dense layers for every region: what it shares is the convolutions.",
        ),
        Mistake(
            "convolutions shared in R-CNN",
            _edited(_TIMES, {"n_regions * (conv_region + head)": "conv_region + n_regions * head"}),
            "R-CNN runs the whole network on each region: convolutions and dense layers, n_regions times.",
        ),
        Mistake(
            "dense layers of R-CNN once",
            _edited(_TIMES, {"n_regions * (conv_region + head)": "n_regions * conv_region + head"}),
            "R-CNN classifies each region: the dense layers run n_regions times, too.",
        ),
        Mistake(
            "whole images in R-CNN",
            _edited(_TIMES, {"(conv_region + head)": "(conv_image + head)"}),
            "R-CNN runs its convolutions on the regions that it has cut out: conv_region, not conv_image.",
        ),
        Mistake(
            "convolutions for each region in Fast R-CNN",
            _edited(
                _TIMES,
                {
                    "fast = search + conv_image + n_regions * head": "fast = search + n_regions * (conv_region + head)"
                },
            ),
            "Fast R-CNN runs the convolutions once, on the whole image.",
        ),
        Mistake(
            "search forgotten",
            _edited(
                _TIMES,
                {"search + n_regions * (": "n_regions * (", "search + conv_image": "conv_image"},
            ),
            "R-CNN and Fast R-CNN need somebody to find the regions: that takes `search`.",
        ),
        Mistake(
            "Faster R-CNN still searches",
            _edited(_TIMES, {"conv_image + proposals": "conv_image + search + proposals"}),
            "Faster R-CNN does not search any more: its small network proposes the regions.",
        ),
        Mistake(
            "proposals for each region",
            _edited(_TIMES, {"conv_image + proposals": "conv_image + n_regions * proposals"}),
            "The small network proposes all regions in one go: its time counts once.",
        ),
        Mistake(
            "convolutions forgotten in Faster R-CNN",
            _edited(_TIMES, {"conv_image + proposals": "proposals"}),
            "The proposals come from the feature map, and so do the pooled regions: the convolutions run once.",
        ),
    ],
)


EXERCISES = [
    LOCALIZATION_LABEL,
    BOX_CORNERS,
    LOCALIZATION_ACTIVATIONS,
    LOCALIZATION_COST,
    LOCALIZATION_BACKWARD,
    MIRROR_LANDMARKS,
    WINDOW_BOXES,
    CUT_WINDOWS,
    DENSE_TO_CONVOLUTION,
    CONVOLVE_MAP,
    COUNT_MULTIPLICATIONS,
    POOLING_BINS,
    ROI_MAX_POOL,
    ROI_MAX_POOL_BACKWARD,
    REGION_COSTS,
]
