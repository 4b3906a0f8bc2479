"""Week 10: boxes and their overlap, anchors, a grid of predictions, average precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import anchors, boxes, detection_metrics, yolo
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.editions import MatchesInEitherOrder
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator
NO_BOX = np.zeros((0, 4))


def _edited(source: str, edits: Mapping[str, str]) -> str:
    """Change a text in places that stand in it exactly once."""
    for old, new in edits.items():
        assert source.count(old) == 1, (old, source)
        source = source.replace(old, new)
    return source


def _some_boxes(rng: Generator, k: int) -> np.ndarray:
    """Draw boxes that are not square, on both sides of the origin."""
    corners = rng.uniform(-4, 4, (k, 2))
    return np.hstack([corners, corners + rng.uniform(1, 5, (k, 2))])


# --- one box, two boxes, many boxes ---------------------------------------------------------


def _corners(rng: Generator) -> Arguments:
    return arguments(_some_boxes(rng, int(rng.integers(2, 6))))


def _corners_edges(rng: Generator) -> list[Arguments]:
    """One box, none, and boxes that are a line and a point."""
    flat = rng.uniform(1, 3) * np.array([[1.0, 2.0, 1.0, 5.0], [3.0, 2.0, 3.0, 2.0]])
    return [arguments(_some_boxes(rng, 1)), arguments(NO_BOX), arguments(flat)]


MIDPOINT_LOOPS = """
def corners_to_midpoints(boxes):
    result = np.zeros((len(boxes), 4))
    for i, (x1, y1, x2, y2) in enumerate(boxes):
        result[i] = ((x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1)
    return result
"""

CORNERS_TO_MIDPOINTS = Exercise(
    function="corners_to_midpoints",
    reference=boxes.corners_to_midpoints,
    inputs=_corners,
    edge_inputs=_corners_edges,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "half the width for the midpoint",
            _edited(MIDPOINT_LOOPS, {"(x1 + x2) / 2, (y1 + y2)": "(x2 - x1) / 2, (y2 - y1)"}),
            "That is half the size, and the midpoint only of a box that begins at 0. The midpoint is half of the sum of both ends.",
        ),
        Mistake(
            "sum not halved",
            _edited(MIDPOINT_LOOPS, {"(x1 + x2) / 2, (y1 + y2) / 2": "x1 + x2, y1 + y2"}),
            "The midpoint is the mean of both ends: the sum is to be divided by 2.",
        ),
        Mistake(
            "half sizes",
            _edited(MIDPOINT_LOOPS, {"x2 - x1, y2 - y1": "(x2 - x1) / 2, (y2 - y1) / 2"}),
            "Width and height are those of the whole box, not of half of it.",
        ),
        Mistake(
            "one pixel too large",
            _edited(MIDPOINT_LOOPS, {"x2 - x1, y2 - y1": "x2 - x1 + 1, y2 - y1 + 1"}),
            "Corners are points here, not pixels: the width is x2 − x1, and no 1 is added.",
        ),
        Mistake(
            "corner for midpoint",
            _edited(MIDPOINT_LOOPS, {"(x1 + x2) / 2, (y1 + y2) / 2": "x1, y1"}),
            "The first two numbers are still the upper left corner. Take the point in the middle.",
        ),
        Mistake(
            "x and y by turns",
            _edited(
                MIDPOINT_LOOPS,
                {
                    "(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1": "(x1 + x2) / 2, x2 - x1, (y1 + y2) / 2, y2 - y1"
                },
            ),
            "The order is b_x, b_y, b_w, b_h: first the midpoint, then the size.",
        ),
        Mistake(
            "row first",
            _edited(
                MIDPOINT_LOOPS,
                {
                    "(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1": "(y1 + y2) / 2, (x1 + x2) / 2, y2 - y1, x2 - x1"
                },
            ),
            "x comes first here: b_x, b_y, b_w, b_h.",
        ),
        Mistake(
            "corners read as x1, x2, y1, y2",
            _edited(MIDPOINT_LOOPS, {"(x1, y1, x2, y2) in": "(x1, x2, y1, y2) in"}),
            "A row holds x1, y1, x2, y2: first one corner, then the other.",
        ),
    ],
)

# Pairs of boxes as corners, by how they lie.
RELATIONS: dict[str, list[tuple[tuple[float, ...], tuple[float, ...]]]] = {
    "overlapping": [((2, 1, 6, 3), (1, 2, 4, 7)), ((1, 3, 5, 5), (4, 1, 6, 4))],
    "nested": [((1, 1, 7, 5), (2, 3, 5, 4))],
    "identical": [((1, 2, 4, 8), (1, 2, 4, 8))],
    "disjoint": [
        ((1, 1, 3, 4), (5, 2, 8, 3)),  # beside each other
        ((2, 1, 3, 4), (1, 6, 5, 8)),  # one above the other
        ((1, 1, 3, 2), (6, 5, 9, 8)),  # along the diagonal: both sides would be negative
    ],
    "touching": [((1, 1, 3, 4), (3, 2, 7, 3)), ((1, 1, 3, 4), (3, 4, 5, 9))],
    "degenerate": [((1, 1, 5, 4), (2, 2, 2, 3)), ((1, 1, 5, 4), (3, 2, 3, 2))],
}


def _pair(rng: Generator) -> Arguments:
    """Draw two boxes whose overlap is neither nothing nor all."""
    x1, y1, width, height = rng.uniform(1, 5, 4)
    across, down = rng.uniform(0.2, 0.8, 2) * (width, height)
    one = (x1, y1, x1 + width, y1 + height)
    right, lower = rng.uniform(0.5, 3, 2)
    other = (x1 + across, y1 + down, x1 + width + right, y1 + height + lower)
    first, second = (tuple(map(float, box)) for box in (one, other))
    mirrored = [(-b[2], b[1], -b[0], b[3]) for b in (first, second)]
    ways = [(first, second), (second, first), tuple(mirrored)]
    return arguments(*ways[int(rng.integers(3))])


def _related(rng: Generator) -> list[Arguments]:
    """Draw boxes of all relations, in both orders, at a scale of their own."""
    scale = float(rng.uniform(0.5, 2))
    pairs = [pair for kind in RELATIONS.values() for pair in kind]
    scaled = [tuple(tuple(scale * n for n in box) for box in pair) for pair in pairs]
    return [arguments(*pair) for pair in scaled] + [arguments(*pair[::-1]) for pair in scaled]


IOU_STEPS = """
def iou(box1, box2):
    x1, y1 = max(box1[0], box2[0]), max(box1[1], box2[1])
    x2, y2 = min(box1[2], box2[2]), min(box1[3], box2[3])
    inter_area = max(x2 - x1, 0) * max(y2 - y1, 0)
    area1 = (box1[2] - box1[0]) * (box1[3] - box1[1])
    area2 = (box2[2] - box2[0]) * (box2[3] - box2[1])
    union = area1 + area2 - inter_area
    return inter_area / union
"""
_INTER = "max(x2 - x1, 0) * max(y2 - y1, 0)"

IOU = Exercise(
    function="iou",
    reference=boxes.iou,
    inputs=_pair,
    edge_inputs=_related,
    checks=[Matches(points=6, label="the quotient"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "not clamped",
            _edited(IOU_STEPS, {_INTER: "(x2 - x1) * (y2 - y1)"}),
            "For boxes that do not meet, x2 − x1 or y2 − y1 is negative, and so is your intersection; if both are negative, it is even positive. Take 0 where a side is negative.",
        ),
        Mistake(
            "area clamped, not the sides",
            _edited(IOU_STEPS, {_INTER: "max((x2 - x1) * (y2 - y1), 0)"}),
            "Where boxes lie apart in both directions, both sides are negative, and their product is positive. Clamp each side for itself.",
        ),
        Mistake(
            "only one side clamped",
            _edited(IOU_STEPS, {_INTER: "max(x2 - x1, 0) * (y2 - y1)"}),
            "The width is clamped at 0, the height is not.",
        ),
        Mistake(
            "absolute values",
            _edited(IOU_STEPS, {_INTER: "abs(x2 - x1) * abs(y2 - y1)"}),
            "The absolute value turns a gap between two boxes into an intersection. Take 0 instead.",
        ),
        Mistake(
            "intersection counted twice",
            _edited(IOU_STEPS, {" - inter_area": ""}),
            "The sum of both areas counts the intersection twice: subtract it once.",
        ),
        Mistake(
            "divided by the smaller area",
            _edited(IOU_STEPS, {"inter_area / union": "inter_area / min(area1, area2)"}),
            "Divide by the union, not by an area of one of the boxes: else a tiny box inside a large one would count as the same.",
        ),
        Mistake(
            "one pixel too large",
            _edited(
                IOU_STEPS,
                {
                    _INTER: "max(x2 - x1 + 1, 0) * max(y2 - y1 + 1, 0)",
                    "(box1[2] - box1[0]) * (box1[3] - box1[1])": "(box1[2] - box1[0] + 1) * (box1[3] - box1[1] + 1)",
                    "(box2[2] - box2[0]) * (box2[3] - box2[1])": "(box2[2] - box2[0] + 1) * (box2[3] - box2[1] + 1)",
                },
            ),
            "Some old code adds 1 to every side, because it counts pixels. Corners are points here: a side is x2 − x1.",
        ),
        Mistake(
            "maximum and minimum exchanged",
            _edited(
                IOU_STEPS,
                {
                    "max(box1[0], box2[0]), max(box1[1], box2[1])": "min(box1[0], box2[0]), min(box1[1], box2[1])",
                    "min(box1[2], box2[2]), min(box1[3], box2[3])": "max(box1[2], box2[2]), max(box1[3], box2[3])",
                },
            ),
            "That is the smallest box around both. The intersection begins at the larger of the two left ends, and ends at the smaller of the two right ends.",
        ),
        Mistake(
            "read as x1, x2, y1, y2",
            "def iou(box1, box2):\n    (a1, a2, b1, b2), (c1, c2, d1, d2) = box1, box2\n"
            "    inter = max(min(a2, c2) - max(a1, c1), 0) * max(min(b2, d2) - max(b1, d1), 0)\n"
            "    return inter / ((a2 - a1) * (b2 - b1) + (c2 - c1) * (d2 - d1) - inter)",
            "A box is (x1, y1, x2, y2): first one corner, then the other.",
        ),
        Mistake(
            "box around both for the union",
            _edited(
                IOU_STEPS,
                {
                    "union = area1 + area2 - inter_area": "union = (max(box1[2], box2[2]) - min(box1[0], box2[0])) * (max(box1[3], box2[3]) - min(box1[1], box2[1]))"
                },
            ),
            "You divide by the smallest box around both. It has corners that neither box covers: the union is the sum of both areas less the intersection.",
        ),
        Mistake(
            "one area twice",
            _edited(
                IOU_STEPS,
                {
                    "area2 = (box2[2] - box2[0]) * (box2[3] - box2[1])": "area2 = (box1[2] - box1[0]) * (box1[3] - box1[1])"
                },
            ),
            "The area of the first box is there twice: the second one is that of box2.",
        ),
        Mistake(
            "the intersection alone",
            _edited(IOU_STEPS, {"inter_area / union": "inter_area"}),
            "This is the area of the intersection. Divide it by that of the union.",
        ),
    ],
)


def _two_lists(rng: Generator) -> Arguments:
    k1, k2 = (int(k) for k in rng.permutation([1, 2, 3, 4])[:2])
    return arguments(_some_boxes(rng, k1), _some_boxes(rng, k2))


def _two_lists_edges(rng: Generator) -> list[Arguments]:
    """Boxes of all relations, two boxes without area, and lists without boxes."""
    scale = rng.uniform(0.5, 2)
    pairs = np.array([pair for kind in RELATIONS.values() for pair in kind], dtype=float)
    point = np.array([[3.0, 2.0, 3.0, 2.0]])
    first, second = (np.concatenate([boxes, point]) * scale for boxes in pairs.swapaxes(0, 1))
    return [
        arguments(first, second[::2]),
        arguments(second[:5], first),
        arguments(0.05 * first[:3], 0.05 * second[:2]),
        arguments(NO_BOX, first[:3]),
        arguments(first[:2], NO_BOX),
    ]


_CROWD = np.arange(160.0).reshape(40, 4) % 7 + [0, 0, 9, 9]
MATRIX_LOOPS = """
def iou_matrix(boxes1, boxes2):
    result = np.zeros((len(boxes1), len(boxes2)))
    for i, (a1, b1, a2, b2) in enumerate(boxes1):
        for j, (c1, d1, c2, d2) in enumerate(boxes2):
            inter = max(min(a2, c2) - max(a1, c1), 0) * max(min(b2, d2) - max(b1, d1), 0)
            union = (a2 - a1) * (b2 - b1) + (c2 - c1) * (d2 - d1) - inter
            result[i, j] = inter / union if union > 0 else 0
    return result
"""

IOU_MATRIX = Exercise(
    function="iou_matrix",
    reference=boxes.iou_matrix,
    inputs=_two_lists,
    edge_inputs=_two_lists_edges,
    checks=[
        Matches(points=5, label="values and shape"),
        LeavesInputsAlone(),
        Vectorised(
            small=arguments(_CROWD[:2], _CROWD[:3]),
            large=arguments(_CROWD, _CROWD),
            hint="`boxes1[:, np.newaxis]` has shape (k1, 1, 4), and `np.maximum` of it and boxes2 pairs each with each.",
        ),
    ],
    uses=("iou",),
    mistakes=[
        Mistake(
            "transposed",
            _edited(MATRIX_LOOPS, {"return result": "return result.T"}),
            "Rows belong to boxes1, and columns to boxes2: yours is transposed.",
        ),
        Mistake(
            "not clamped",
            _edited(
                MATRIX_LOOPS,
                {
                    "max(min(a2, c2) - max(a1, c1), 0) * max(min(b2, d2) - max(b1, d1), 0)": "(min(a2, c2) - max(a1, c1)) * (min(b2, d2) - max(b1, d1))"
                },
            ),
            "Boxes that do not meet have an intersection of 0: clamp both sides, as in `iou`.",
        ),
        Mistake(
            "nothing divided by nothing",
            _edited(MATRIX_LOOPS, {"inter / union if union > 0 else 0": "np.divide(inter, union)"}),
            "Where neither box has an area, the union is 0, and 0/0 is not a number. Put 0 there.",
        ),
        Mistake(
            "union clamped at 1",
            _edited(MATRIX_LOOPS, {"inter / union if union > 0 else 0": "inter / max(union, 1)"}),
            "Boxes may be given in fractions of the image, and then a union is below 1 often. Only where the union is 0 may something else stand in its place.",
        ),
        Mistake(
            "intersection counted twice",
            _edited(MATRIX_LOOPS, {" - inter\n": "\n"}),
            "The sum of both areas counts the intersection twice: subtract it once.",
        ),
        Mistake(
            "area clamped, not the sides",
            _edited(
                MATRIX_LOOPS,
                {
                    "max(min(a2, c2) - max(a1, c1), 0) * max(min(b2, d2) - max(b1, d1), 0)": "max((min(a2, c2) - max(a1, c1)) * (min(b2, d2) - max(b1, d1)), 0)"
                },
            ),
            "Two negative sides have a positive product. Clamp width and height, each for itself.",
        ),
        Mistake(
            "pairs only",
            "def iou_matrix(boxes1, boxes2):\n    return np.array([iou(a, b) for a, b in zip(boxes1, boxes2)])",
            "You compare the first with the first and the second with the second. Every box of boxes1 is compared with every box of boxes2: the result has shape (k1, k2).",
        ),
    ],
)


# --- shapes and anchors ---------------------------------------------------------------------


def _some_shapes(rng: Generator, k: int) -> np.ndarray:
    """Draw widths and heights, small and large ones."""
    return np.exp(rng.uniform(-2, 2, (k, 2)))


def _shapes(rng: Generator) -> Arguments:
    k1, k2 = (int(k) for k in rng.permutation([1, 2, 3, 4])[:2])
    return arguments(_some_shapes(rng, k1), _some_shapes(rng, k2))


def _shapes_edges(rng: Generator) -> list[Arguments]:
    """Shapes identical, nested and crossing; no shape at all."""
    some = rng.uniform(0.5, 2) * np.array([[4.0, 2.0], [2.0, 1.0], [1.0, 6.0]])
    return [arguments(some, some[:2]), arguments(some[:0], some)]


SHAPE_LOOPS = """
def shape_iou(shapes1, shapes2):
    result = np.zeros((len(shapes1), len(shapes2)))
    for i, (w1, h1) in enumerate(shapes1):
        for j, (w2, h2) in enumerate(shapes2):
            inter = min(w1, w2) * min(h1, h2)
            result[i, j] = inter / (w1 * h1 + w2 * h2 - inter)
    return result
"""

SHAPE_IOU = Exercise(
    function="shape_iou",
    reference=anchors.shape_iou,
    inputs=_shapes,
    edge_inputs=_shapes_edges,
    checks=[
        Matches(points=4, label="values and shape"),
        LeavesInputsAlone(),
        Vectorised(
            small=arguments(_CROWD[:2, 2:], _CROWD[:3, 2:]),
            large=arguments(_CROWD[:, 2:], _CROWD[:, 2:]),
            hint="`shapes1[:, np.newaxis]` has shape (k1, 1, 2), and `np.minimum` of it and shapes2 pairs each with each.",
        ),
    ],
    mistakes=[
        Mistake(
            "smaller area for intersection",
            _edited(SHAPE_LOOPS, {"min(w1, w2) * min(h1, h2)": "min(w1 * h1, w2 * h2)"}),
            "That is the intersection only where one box fits into the other. A tall box and a wide one cross: take the smaller width times the smaller height.",
        ),
        Mistake(
            "larger sides for union",
            _edited(SHAPE_LOOPS, {"w1 * h1 + w2 * h2 - inter": "max(w1, w2) * max(h1, h2)"}),
            "The larger width times the larger height is the box around both. The union of a tall and a wide box is a cross, and smaller.",
        ),
        Mistake(
            "intersection counted twice",
            _edited(SHAPE_LOOPS, {" - inter)": ")"}),
            "The sum of both areas counts the intersection twice: subtract it once.",
        ),
        Mistake(
            "transposed",
            _edited(SHAPE_LOOPS, {"return result": "return result.T"}),
            "Rows belong to shapes1, and columns to shapes2: yours is transposed.",
        ),
        Mistake(
            "common corner halved",
            _edited(SHAPE_LOOPS, {"min(w1, w2) * min(h1, h2)": "min(w1, w2) * min(h1, h2) / 4"}),
            "Boxes with a common midpoint overlap on all sides of it: width times height, not a quarter of it.",
        ),
        Mistake(
            "one minus",
            _edited(SHAPE_LOOPS, {"inter / (": "1 - inter / ("}),
            "This is the distance for k-means, 1 − IoU. The function returns the IoU itself.",
        ),
    ],
)


def _clusters(rng: Generator) -> Arguments:
    n_anchors = int(rng.integers(2, 4))
    shapes = _some_shapes(rng, int(rng.integers(5, 8)))
    start = shapes[rng.permutation(len(shapes))[:n_anchors]] * rng.uniform(0.8, 1.2, (n_anchors, 2))
    return arguments(shapes, start, num_iterations=int(rng.integers(1, 4)))


def _clusters_edges(rng: Generator) -> list[Arguments]:
    """One round and many; the default; an anchor that gets nothing; large boxes among small ones."""
    scale = rng.uniform(0.8, 1.25)
    mixed = scale * np.array([[1.0, 2.0], [2.0, 1.0], [10.0, 20.0], [13.0, 30.0], [18.0, 8.0]])
    line = scale * np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [9.0, 9.0], [12.0, 12.0]])
    start = scale * np.array([[1.0, 1.0], [1.5, 1.5]])
    lost = scale * np.array([[4.0, 4.0], [0.01, 0.02], [12.0, 12.0]])
    return [
        arguments(mixed, mixed[:3].copy(), num_iterations=1),
        arguments(line, start, num_iterations=1),
        arguments(line, start, num_iterations=2),
        arguments(line, start),
        arguments(line, lost, num_iterations=3),
        arguments(line[:1], start[:1], num_iterations=1),
    ]


KMEANS_STEPS = """
def kmeans_anchors(shapes, anchors, num_iterations=10):
    anchors = anchors.copy()
    for _ in range(num_iterations):
        nearest = np.argmax(shape_iou(shapes, anchors), axis=1)
        for k in range(len(anchors)):
            members = shapes[nearest == k]
            if len(members) > 0:
                anchors[k] = members.mean(axis=0)
    return anchors
"""

KMEANS_ANCHORS = Exercise(
    function="kmeans_anchors",
    reference=anchors.kmeans_anchors,
    inputs=_clusters,
    edge_inputs=_clusters_edges,
    checks=[Matches(points=6, label="the anchors"), LeavesInputsAlone()],
    uses=("shape_iou",),
    mistakes=[
        Mistake(
            "Euclidean distance",
            _edited(
                KMEANS_STEPS,
                {
                    "np.argmax(shape_iou(shapes, anchors), axis=1)": "np.argmin(((shapes[:, None] - anchors) ** 2).sum(axis=2), axis=1)"
                },
            ),
            "You measure the distance in width and height. Then large boxes, with their large differences, decide everything. The distance here is 1 − IoU.",
        ),
        Mistake(
            "farthest for nearest",
            _edited(KMEANS_STEPS, {"np.argmax": "np.argmin"}),
            "The smallest IoU is the largest distance. Each shape belongs to the anchor of the largest IoU.",
        ),
        Mistake(
            "shapes chosen by anchors",
            _edited(
                KMEANS_STEPS,
                {
                    "np.argmax(shape_iou(shapes, anchors), axis=1)": "np.argmax(shape_iou(anchors, shapes), axis=0)",
                    "members = shapes[nearest == k]": "members = shapes[[np.argmax(shape_iou(anchors, shapes)[k])]]",
                },
            ),
            "Every anchor moves to the one shape that it likes best. In k-means each shape chooses an anchor, and the anchor moves to the mean of all that chose it.",
        ),
        Mistake(
            "one round only",
            _edited(KMEANS_STEPS, {"range(num_iterations)": "range(1)"}),
            "There is only one round: assign and move `num_iterations` times.",
        ),
        Mistake(
            "until nothing changes",
            _edited(KMEANS_STEPS, {"range(num_iterations)": "range(50)"}),
            "You go on until nothing changes. Stop after `num_iterations` rounds.",
        ),
        Mistake(
            "anchors moved one by one",
            _edited(
                KMEANS_STEPS,
                {
                    "        nearest = np.argmax(shape_iou(shapes, anchors), axis=1)\n": "",
                    "            members =": "            nearest = np.argmax(shape_iou(shapes, anchors), axis=1)\n            members =",
                },
            ),
            "The shapes choose anew after each anchor that moves. In one round all shapes choose first, and then all anchors move.",
        ),
        Mistake(
            "empty cluster averaged",
            _edited(KMEANS_STEPS, {"if len(members) > 0:": "if True:"}),
            "The mean of no shapes is not a number. An anchor that nobody chose stays where it is.",
        ),
        Mistake(
            "empty cluster dropped",
            _edited(
                KMEANS_STEPS,
                {
                    "    return anchors": "        anchors = anchors[np.unique(nearest)]\n    return anchors"
                },
            ),
            "An anchor that nobody chose stays in the list: there must be as many anchors at the end as at the beginning.",
        ),
        Mistake(
            "median",
            _edited(KMEANS_STEPS, {"members.mean(axis=0)": "np.median(members, axis=0)"}),
            "k-means moves an anchor to the mean of its shapes. The median is another method.",
        ),
        Mistake(
            "mean over all numbers",
            _edited(KMEANS_STEPS, {"members.mean(axis=0)": "members.mean()"}),
            "Widths and heights are averaged together. Average over the shapes only: axis 0.",
        ),
    ],
)


# --- the grid -------------------------------------------------------------------------------


def _midpoint_boxes(rng: Generator, k: int) -> np.ndarray:
    return np.hstack([rng.uniform(0, 0.999, (k, 2)), np.exp(rng.uniform(-2.5, -0.5, (k, 2)))])


def _scene_arguments(
    rng: Generator, k: int, grid_shape: tuple[int, int], n_anchors: int
) -> Arguments:
    n_classes = int(rng.integers(2, 4))
    anchor_shapes = np.exp(rng.uniform(-2.5, -0.5, (n_anchors, 2)))
    classes = rng.integers(0, n_classes, k)
    return arguments(_midpoint_boxes(rng, k), classes, anchor_shapes, grid_shape, n_classes)


def _scene(rng: Generator) -> Arguments:
    grid_H, grid_W = (int(n) for n in rng.permutation([1, 2, 3, 4])[:2])
    k, n_anchors = int(rng.integers(1, 4)), int(rng.integers(2, 4))
    return _scene_arguments(rng, k, (grid_H, grid_W), n_anchors)


def _scene_edges(rng: Generator) -> list[Arguments]:
    """No object; midpoints on the lines of the grid; two objects that claim one place."""
    shapes = np.exp(rng.uniform(-2.5, -0.5, (4, 2)))
    lines = np.hstack([[[0.5, 0.25], [0.0, 0.75], [0.25, 0.0]], shapes[:3]])
    tall_and_wide = np.array([[0.1, 0.4], [0.4, 0.1]])
    last_class = np.array([2, 0, 1])
    crowd = np.array([[0.6, 0.6, 0.1, 0.5], [0.61, 0.63, 0.2, 0.5], [0.61, 0.63, 0.5, 0.2]])
    # As far in width and height, but not in IoU, from the first anchor as from the second.
    small = np.array([[0.3, 0.8, 0.12, 0.1], [0.7, 0.2, 0.25, 0.02]])
    return [
        _scene_arguments(rng, 0, (2, 3), 2),
        arguments(lines, last_class, shapes[2:], (4, 4), 3),
        arguments(lines, last_class, shapes[2:], (4, 2), 3),
        arguments(crowd, last_class, tall_and_wide, (3, 2), 3),
        arguments(small, last_class[:2], np.array([[0.05, 0.05], [0.28, 0.1]]), (2, 3), 3),
    ]


ENCODE_LOOPS = """
def encode_boxes(boxes, classes, anchors, grid_shape, n_classes):
    grid_H, grid_W = grid_shape
    Y = np.zeros((grid_H, grid_W, len(anchors), 5 + n_classes))
    overlaps = shape_iou(boxes[:, 2:], anchors)
    for i in range(len(boxes)):
        b_x, b_y, b_w, b_h = boxes[i]
        x, y = b_x * grid_W, b_y * grid_H
        column, row = int(x), int(y)
        k = np.argmax(overlaps[i])
        target = np.zeros(5 + n_classes)
        target[0] = 1
        target[1], target[2] = x - column, y - row
        target[3], target[4] = np.log(b_w / anchors[k, 0]), np.log(b_h / anchors[k, 1])
        target[5 + classes[i]] = 1
        Y[row, column, k] = target
    return Y
"""
_OFFSET = "target[1], target[2] = x - column, y - row"
_FACTOR = "np.log(b_w / anchors[k, 0]), np.log(b_h / anchors[k, 1])"

ENCODE_BOXES = Exercise(
    function="encode_boxes",
    reference=yolo.encode_boxes,
    inputs=_scene,
    edge_inputs=_scene_edges,
    checks=[Matches(points=8, label="the grid"), LeavesInputsAlone()],
    uses=("shape_iou",),
    mistakes=[
        Mistake(
            "row and column exchanged",
            _edited(ENCODE_LOOPS, {"Y[row, column, k]": "Y[column, row, k]"}),
            "The first axis of the grid counts rows, and the row follows from y.",
        ),
        Mistake(
            "rounded to the nearest",
            _edited(
                ENCODE_LOOPS,
                {"int(x), int(y)": "min(round(x), grid_W - 1), min(round(y), grid_H - 1)"},
            ),
            "A midpoint at 1.7 cells lies in cell 1, not in cell 2: round down.",
        ),
        Mistake(
            "midpoint in fractions of the image",
            _edited(ENCODE_LOOPS, {_OFFSET: "target[1], target[2] = b_x, b_y"}),
            "b_x and b_y in the grid say where in its cell the midpoint lies: subtract column and row from the midpoint counted in cells.",
        ),
        Mistake(
            "offset in fractions of the image",
            _edited(
                ENCODE_LOOPS,
                {_OFFSET: "target[1], target[2] = b_x - column / grid_W, b_y - row / grid_H"},
            ),
            "The offset is counted in cells: it goes from 0 to 1 within a cell, whatever the number of cells.",
        ),
        Mistake(
            "factor without logarithm",
            _edited(ENCODE_LOOPS, {_FACTOR: "b_w / anchors[k, 0], b_h / anchors[k, 1]"}),
            "The size is kept as the logarithm of its ratio to the anchor's: then 0 means “just the anchor”, and no number a network returns can mean a negative size.",
        ),
        Mistake(
            "anchor left out",
            _edited(ENCODE_LOOPS, {_FACTOR: "np.log(b_w), np.log(b_h)"}),
            "Divide width and height by those of the anchor before the logarithm.",
        ),
        Mistake(
            "ratio upside down",
            _edited(
                ENCODE_LOOPS, {_FACTOR: "np.log(anchors[k, 0] / b_w), np.log(anchors[k, 1] / b_h)"}
            ),
            "The signs of the sizes are wrong: divide the box by the anchor, not the anchor by the box.",
        ),
        Mistake(
            "always the first anchor",
            _edited(ENCODE_LOOPS, {"np.argmax(overlaps[i])": "0"}),
            "Every box goes to the first anchor. It belongs to the one whose shape it overlaps best.",
        ),
        Mistake(
            "anchor by distance",
            _edited(
                ENCODE_LOOPS,
                {
                    "np.argmax(overlaps[i])": "np.argmin(((anchors - boxes[i, 2:]) ** 2).sum(axis=1))"
                },
            ),
            "The anchor is the one of the largest IoU, not that of the smallest difference in width and height.",
        ),
        Mistake(
            "classes pile up",
            _edited(
                ENCODE_LOOPS,
                {
                    "target = np.zeros(5 + n_classes)": "target = Y[row, column, k].copy()",
                },
            ),
            "Where a second box takes the place of a first one, the first one's class is still there: two ones in what should be one-hot.",
        ),
        Mistake(
            "the first object keeps the slot",
            _edited(
                ENCODE_LOOPS,
                {
                    "        target = np": "        if Y[row, column, k, 0] == 1:\n            continue\n        target = np"
                },
            ),
            "If two objects claim one slot, the later one of the list has it. Yours keeps the former.",
        ),
        Mistake(
            "size in cells",
            _edited(
                ENCODE_LOOPS,
                {
                    _FACTOR: "np.log(b_w * grid_W / anchors[k, 0]), np.log(b_h * grid_H / anchors[k, 1])"
                },
            ),
            "Only the midpoint is counted in cells. Box and anchor are both in fractions of the image: divide one by the other as they are.",
        ),
        Mistake(
            "class from place 4 on",
            _edited(ENCODE_LOOPS, {"target[5 + classes[i]]": "target[4 + classes[i]]"}),
            "Places 0 to 4 hold p_c and the four numbers of the box. Class 0 stands at place 5.",
        ),
        Mistake(
            "height and width of the grid exchanged",
            _edited(
                ENCODE_LOOPS,
                {
                    "b_x * grid_W, b_y * grid_H": "b_x * grid_H, b_y * grid_W",
                    "int(x), int(y)": "min(int(x), grid_W - 1), min(int(y), grid_H - 1)",
                },
            ),
            "x runs along the columns: multiply it by grid_W, and y by grid_H.",
        ),
        Mistake(
            "p_c forgotten",
            _edited(ENCODE_LOOPS, {"target[0] = 1": "target[0] = 0"}),
            "p_c, the first number, is 1 where there is an object.",
        ),
    ],
)


def _grid_arguments(rng: Generator, grid_shape: tuple[int, int], n_anchors: int) -> Arguments:
    n_classes = int(rng.integers(2, 4))
    Y = rng.uniform(0.05, 1, (*grid_shape, n_anchors, 5 + n_classes))
    Y[..., 3:5] = rng.normal(size=(*grid_shape, n_anchors, 2))
    return arguments(Y, rng.uniform(0.1, 0.6, (n_anchors, 2)))


def _grid(rng: Generator) -> Arguments:
    grid_H, grid_W, n_anchors = (int(n) for n in rng.permutation([1, 2, 3, 4])[:3])
    return _grid_arguments(rng, (grid_H, grid_W), n_anchors)


def _grid_edges(rng: Generator) -> list[Arguments]:
    """Draw one cell, one anchor, and a wide grid and a tall one."""
    return [_grid_arguments(rng, *shape) for shape in (((1, 1), 1), ((2, 3), 2), ((3, 2), 2))]


DECODE_LOOPS = """
def decode_boxes(Y, anchors):
    grid_H, grid_W, n_anchors, depth = Y.shape
    box_xy = np.zeros((grid_H, grid_W, n_anchors, 2))
    box_wh = np.zeros((grid_H, grid_W, n_anchors, 2))
    for row in range(grid_H):
        for column in range(grid_W):
            for k in range(n_anchors):
                p_c, b_x, b_y, b_w, b_h = Y[row, column, k, :5]
                box_xy[row, column, k] = ((column + b_x) / grid_W, (row + b_y) / grid_H)
                box_wh[row, column, k] = (anchors[k, 0] * np.exp(b_w), anchors[k, 1] * np.exp(b_h))
    return box_xy, box_wh, Y[..., 0:1], Y[..., 5:]
"""
_XY = "((column + b_x) / grid_W, (row + b_y) / grid_H)"
_WH = "(anchors[k, 0] * np.exp(b_w), anchors[k, 1] * np.exp(b_h))"

DECODE_BOXES = Exercise(
    function="decode_boxes",
    reference=yolo.decode_boxes,
    returns=("box_xy", "box_wh", "box_confidence", "box_class_probs"),
    inputs=_grid,
    edge_inputs=_grid_edges,
    checks=[
        Matches("box_xy", points=3),
        Matches("box_wh", points=2),
        Matches("box_confidence", points=1),
        Matches("box_class_probs", points=1),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "cell left out",
            _edited(DECODE_LOOPS, {_XY: "(b_x / grid_W, b_y / grid_H)"}),
            "b_x and b_y are counted from the cell's corner: add column and row first. Yours all lie in the first cell.",
        ),
        Mistake(
            "row and column exchanged",
            _edited(DECODE_LOOPS, {_XY: "((row + b_x) / grid_W, (column + b_y) / grid_H)"}),
            "The column belongs to x, the row to y.",
        ),
        Mistake(
            "in cells",
            _edited(DECODE_LOOPS, {_XY: "(column + b_x, row + b_y)"}),
            "These midpoints are counted in cells. Divide by the number of cells to get fractions of the image.",
        ),
        Mistake(
            "height and width of the grid exchanged",
            _edited(DECODE_LOOPS, {_XY: "((column + b_x) / grid_H, (row + b_y) / grid_W)"}),
            "There are grid_W cells along x, and grid_H along y.",
        ),
        Mistake(
            "a sigmoid once more",
            _edited(
                DECODE_LOOPS,
                {
                    _XY: "((column + 1 / (1 + np.exp(-b_x))) / grid_W, (row + 1 / (1 + np.exp(-b_y))) / grid_H)",
                    "Y[..., 0:1], Y[..., 5:]": "1 / (1 + np.exp(-Y[..., 0:1])), Y[..., 5:]",
                },
            ),
            "p_c, b_x and b_y lie between 0 and 1 already: whoever calls this function has applied the sigmoid, and targets never need one.",
        ),
        Mistake(
            "divided before adding",
            _edited(DECODE_LOOPS, {_XY: "(column + b_x / grid_W, row + b_y / grid_H)"}),
            "Both column and offset are counted in cells: add first, then divide the sum.",
        ),
        Mistake(
            "no exponential",
            _edited(DECODE_LOOPS, {_WH: "(anchors[k, 0] * b_w, anchors[k, 1] * b_h)"}),
            "b_w and b_h are logarithms: a width is that of the anchor times exp(b_w).",
        ),
        Mistake(
            "anchor added",
            _edited(
                DECODE_LOOPS, {_WH: "(anchors[k, 0] + np.exp(b_w), anchors[k, 1] + np.exp(b_h))"}
            ),
            "exp(b_w) is a factor: multiply the anchor's width by it.",
        ),
        Mistake(
            "anchor left out",
            _edited(DECODE_LOOPS, {_WH: "(np.exp(b_w), np.exp(b_h))"}),
            "Sizes are counted in those of the anchor: multiply by the anchor's width and height.",
        ),
        Mistake(
            "confidence without its axis",
            _edited(DECODE_LOOPS, {"Y[..., 0:1]": "Y[..., 0]"}),
            "`Y[..., 0]` drops the last axis. Keep it, of length 1, so that the confidence can be multiplied with the probabilities: `Y[..., :1]`.",
        ),
        Mistake(
            "box among the classes",
            _edited(DECODE_LOOPS, {"Y[..., 5:]": "Y[..., 4:]"}),
            "The classes begin after five numbers, at place 5.",
        ),
    ],
)


# --- from the grid to boxes -----------------------------------------------------------------


def _centred(rng: Generator) -> Arguments:
    shape = tuple(int(n) for n in rng.permutation([1, 2, 3, 4])[: int(rng.integers(1, 4))])
    return arguments(rng.uniform(0, 1, (*shape, 2)), rng.uniform(0.1, 0.9, (*shape, 2)))


def _centred_edges(rng: Generator) -> list[Arguments]:
    """Draw a single box, no box, and boxes without height."""
    xy = rng.uniform(0, 1, (2, 3, 1, 2))
    return [
        arguments(xy[0, 0], rng.uniform(0.1, 0.9, (1, 2))),
        arguments(xy[0, :0, 0], xy[0, :0, 0]),
        arguments(xy, xy[::-1] * [1, 0]),
    ]


CORNERS_STEPS = """
def yolo_boxes_to_corners(box_xy, box_wh):
    mins = box_xy - box_wh / 2
    maxes = box_xy + box_wh / 2
    return np.concatenate([mins[..., 1:2], mins[..., 0:1], maxes[..., 1:2], maxes[..., 0:1]], axis=-1)
"""
_CORNERS = "[mins[..., 1:2], mins[..., 0:1], maxes[..., 1:2], maxes[..., 0:1]]"

YOLO_BOXES_TO_CORNERS = Exercise(
    function="yolo_boxes_to_corners",
    reference=yolo.yolo_boxes_to_corners,
    inputs=_centred,
    edge_inputs=_centred_edges,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "column first",
            _edited(CORNERS_STEPS, {_CORNERS: "[mins, maxes]"}),
            "These are x1, y1, x2, y2. Here the row comes first: y1, x1, y2, x2.",
        ),
        Mistake(
            "width not halved",
            _edited(
                CORNERS_STEPS, {"xy - box_wh / 2": "xy - box_wh", "xy + box_wh / 2": "xy + box_wh"}
            ),
            "From the midpoint to an edge it is half of the width: your boxes are twice as wide and high as they should be.",
        ),
        Mistake(
            "midpoint taken for the corner",
            _edited(
                CORNERS_STEPS, {"box_xy - box_wh / 2": "box_xy", "xy + box_wh / 2": "xy + box_wh"}
            ),
            "box_xy is the midpoint: half of the box lies left of it.",
        ),
        Mistake(
            "minima and maxima by turns",
            _edited(
                CORNERS_STEPS,
                {_CORNERS: "[mins[..., 1:2], maxes[..., 1:2], mins[..., 0:1], maxes[..., 0:1]]"},
            ),
            "First the upper left corner, (y1, x1), then the lower right one, (y2, x2).",
        ),
        Mistake(
            "only one corner turned round",
            _edited(CORNERS_STEPS, {_CORNERS: "[mins[..., 1:2], mins[..., 0:1], maxes]"}),
            "In the first corner the row comes first, in the second the column does. It is y1, x1, y2, x2.",
        ),
        Mistake(
            "corners exchanged",
            _edited(
                CORNERS_STEPS,
                {_CORNERS: "[maxes[..., 1:2], maxes[..., 0:1], mins[..., 1:2], mins[..., 0:1]]"},
            ),
            "The upper left corner, with the smaller numbers, comes first.",
        ),
    ],
)


def _filter_arguments(
    box_confidence: np.ndarray, probs: np.ndarray, rng: Generator, **threshold: float
) -> Arguments:
    """Call by name: editions differ in the order of the arguments."""
    numbers = rng.uniform(0, 1, (*probs.shape[:-1], 4))
    return arguments(
        boxes=numbers, box_confidence=box_confidence, box_class_probs=probs, **threshold
    )


def _predictions(rng: Generator) -> Arguments:
    shape = tuple(int(n) for n in rng.permutation([1, 2, 3])) if rng.random() < 0.5 else (2, 1, 2)
    probs = rng.dirichlet(np.full(int(rng.integers(2, 4)), 0.4), shape)
    confidence = rng.uniform(0.3, 1, (*shape, 1))
    best = np.sort((confidence * probs).max(axis=-1), axis=None)
    threshold = float(best[len(best) // 2 - 1 :][:2].mean())
    return _filter_arguments(confidence, probs, rng, threshold=threshold)


def _predictions_edges(rng: Generator) -> list[Arguments]:
    """Have a score just at the threshold, the default, all boxes stay, and none."""
    confidence = np.array([0.5, 1.0, 0.25, 1.0, 0.5, 0.9]).reshape(3, 2, 1, 1)
    probs = np.array([[0, 1], [0.5, 0.25], [1, 0], [0.75, 0.25], [0.5, 0.5], [0.3, 0.7]])
    probs = probs.reshape(3, 2, 1, 2)
    low = confidence * rng.uniform(0.55, 0.65)
    return [
        _filter_arguments(confidence, probs, rng, threshold=0.5),
        _filter_arguments(confidence, probs, rng),
        _filter_arguments(confidence, probs, rng, threshold=0.1),
        _filter_arguments(low, probs, rng, threshold=0.9),
        _filter_arguments(confidence[1:2], probs[1:2], rng, threshold=0.45),
    ]


FILTER_STEPS = """
def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=0.6):
    box_scores = box_confidence * box_class_probs
    box_classes = np.argmax(box_scores, axis=-1)
    box_class_scores = np.max(box_scores, axis=-1)
    mask = box_class_scores >= threshold
    return box_class_scores[mask], boxes[mask], box_classes[mask]
"""

YOLO_FILTER_BOXES = Exercise(
    function="yolo_filter_boxes",
    reference=yolo.yolo_filter_boxes,
    returns=("scores", "boxes", "classes"),
    inputs=_predictions,
    edge_inputs=_predictions_edges,
    checks=[
        Matches("scores", points=3),
        Matches("boxes", points=2),
        Matches("classes", points=2),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "confidence left out",
            _edited(FILTER_STEPS, {"box_confidence * box_class_probs": "box_class_probs"}),
            "The confidence is not used. A score is the probability that there is an object, times that of its class.",
        ),
        Mistake(
            "filtered by confidence alone",
            _edited(FILTER_STEPS, {"mask = box_class_scores": "mask = box_confidence[..., 0]"}),
            "You compare the confidence with the threshold. Compare the score: confidence times probability of the best class.",
        ),
        Mistake(
            "equal scores dropped",
            _edited(FILTER_STEPS, {">= threshold": "> threshold"}),
            "A score that is just the threshold is enough: compare with >=.",
        ),
        Mistake(
            "threshold ignored",
            _edited(FILTER_STEPS, {">= threshold": ">= 0.6"}),
            "The threshold is always 0.6: use the argument.",
        ),
        Mistake(
            "the low scores kept",
            _edited(FILTER_STEPS, {">= threshold": "< threshold"}),
            "These are the boxes to throw away: keep those whose score is at least the threshold.",
        ),
        Mistake(
            "sum of the scores",
            _edited(FILTER_STEPS, {"np.max(box_scores": "np.sum(box_scores"}),
            "A box has one class: take the largest of its scores, not their sum.",
        ),
        Mistake(
            "every class that is sure enough",
            """
            def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=0.6):
                box_scores = box_confidence * box_class_probs
                *slots, classes = np.where(box_scores >= threshold)
                return box_scores[box_scores >= threshold], boxes[tuple(slots)], classes
            """,
            "A box is returned once for each class whose score is high enough. It has one class, the best: take max and argmax over the last axis first.",
        ),
        Mistake(
            "confidence for the score",
            _edited(
                FILTER_STEPS,
                {"return box_class_scores[mask]": "return box_confidence[..., 0][mask]"},
            ),
            "You return the confidence. The score of a box is the confidence times the probability of its best class.",
        ),
        Mistake(
            "last class for the best",
            _edited(FILTER_STEPS, {"np.argmax(": "np.argmin("}),
            "This is the class of the lowest score: argmax finds the highest.",
        ),
        Mistake(
            "class over the whole grid",
            _edited(
                FILTER_STEPS,
                {
                    "np.argmax(box_scores, axis=-1)": "np.full(mask_shape, np.argmax(box_scores.sum(axis=(0, 1, 2))))",
                    "    box_scores = box_confidence": "    mask_shape = box_class_probs.shape[:-1]\n    box_scores = box_confidence",
                },
            ),
            "All boxes get one and the same class. Each box has a best class of its own: argmax over the last axis.",
        ),
        Mistake(
            "nothing filtered",
            _edited(
                FILTER_STEPS,
                {
                    "mask = box_class_scores >= threshold": "mask = np.ones(box_class_scores.shape, dtype=bool)"
                },
            ),
            "All boxes are returned. Keep those whose score is at least the threshold.",
        ),
    ],
)


CROWDED = "classes overlap"


def _crowd(rng: Generator, k: int, classes: np.ndarray) -> np.ndarray:
    """Draw boxes of which many of one class overlap, and none of different classes."""
    corners = rng.uniform(0, 2.5, (k, 2)) + 20 * classes[:, np.newaxis]
    return np.hstack([corners, corners + rng.uniform(3, 4, (k, 2))])


def _to_suppress(rng: Generator) -> Arguments:
    k = int(rng.integers(3, 6))
    classes = rng.integers(0, 2, k)
    return arguments(
        rng.uniform(0.1, 1, k),
        _crowd(rng, k, classes),
        classes,
        max_boxes=int(rng.integers(2, 5)),
        iou_threshold=float(rng.uniform(0.2, 0.6)),
    )


def _call(rows: Sequence[tuple[float, ...]], about: str = "", **named: float) -> Arguments:
    """Write a call of rows (score, class, x1, y1, x2, y2)."""
    table = np.array(rows, dtype=float).reshape(-1, 6)
    classes = table[:, 1].astype(int)
    return Arguments((table[:, 0].copy(), table[:, 2:].copy(), classes), dict(named), about=about)


def _to_suppress_edges(rng: Generator) -> list[Arguments]:
    """Empty; ties; too many; chains; nested, touching, identical, flat; just at the threshold."""
    s = np.sort(rng.uniform(0.3, 1, 5))[::-1]
    half = [(s[1], 0, 0, 0, 4, 2), (s[0], 0, 0, 0, 4, 4), (s[2], 1, 9, 9, 13, 11)]
    ties = [(s[1], 0, 0, 0, 4, 4), (s[0], 1, 30, 0, 33, 5), (s[1], 0, 0, 1, 4, 5)]
    apart = [(s[i], i % 2, 9 * i, 2, 9 * i + 4, 5) for i in (3, 0, 2, 4, 1)]
    equal = [(s[2], 0, 9 * i, 2, 9 * i + 4, 5) for i in range(4)]
    # The first suppresses the second; the third meets the second only, and stays.
    chain = [(s[2], 0, 4, 0, 10, 3), (s[0], 0, 0, 0, 6, 3), (s[1], 0, 2, 0, 8, 3)]
    # The third meets the first, but not the second, which was the last to stay.
    back = [(s[0], 0, 0, 0, 6, 3), (s[1], 0, 20, 0, 26, 3), (s[2], 0, 1, 0, 7, 3)]
    crowded = [(s[1], 0, 0, 0, 6, 3), (s[0], 0, 0, 0, 6, 3.5), (s[3], 0, 20, 0, 26, 3)]
    touching = [(s[0], 0, 0, 0, 4, 2), (s[1], 0, 4, 0, 6, 2), (s[2], 0, 6, 2, 7, 9)]
    nested = [(s[3], 0, 0, 0, 8, 8), (s[0], 0, 2, 3, 4, 5), (s[1], 0, 1, 1, 1, 7)]
    person = [(s[0], 0, 0, 0, 2, 6), (s[1], 1, 0, 0, 2.5, 6), (s[2], 0, 0, 0, 2, 6.5)]
    return [
        _call([]),
        _call(half[:1]),
        _call(half),
        _call(half, iou_threshold=0.4375),
        _call(ties, iou_threshold=0.5),
        _call(apart, max_boxes=3),
        _call(equal, max_boxes=2),
        _call(chain, iou_threshold=0.4),
        _call(back, iou_threshold=0.4),
        _call(crowded, max_boxes=2),
        _call(touching, iou_threshold=0.1),
        _call([*nested, nested[0]], iou_threshold=0.3),
        _call(apart),
        _call(person, CROWDED, iou_threshold=0.5),
    ]


NMS_LOOPS = """
def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    order = list(np.argsort(-scores, kind="stable"))
    keep = []
    while order and len(keep) < max_boxes:
        best = order.pop(0)
        keep.append(best)
        order = [i for i in order if classes[i] != classes[best] or iou(boxes[best], boxes[i]) <= iou_threshold]
    keep = np.array(keep, dtype=int)
    return scores[keep], boxes[keep], classes[keep]
"""
_ADVICE = "The boxes of all classes compete with each other here, as in the classic exercise, and nothing is lost for that. But a person in front of a car is two objects: boxes of different classes may overlap as much as they like."

YOLO_NON_MAX_SUPPRESSION = Exercise(
    function="yolo_non_max_suppression",
    reference=yolo.yolo_non_max_suppression,
    returns=("scores", "boxes", "classes"),
    inputs=_to_suppress,
    edge_inputs=_to_suppress_edges,
    checks=[
        Matches("scores", points=3),
        Matches("boxes", points=3),
        Matches("classes", points=2),
        Matches(about=CROWDED, label="lets different classes overlap", hint=_ADVICE),
        LeavesInputsAlone(),
    ],
    uses=("iou",),
    equivalent={
        "classes[j] <= classes[i]": "Boxes of different classes may compete: that is advised against, and costs nothing.",
        "for j in kept))": "Boxes of all classes compete, as in the classic exercise: that is advised against, and costs nothing.",
    },
    mistakes=[
        Mistake(
            "nothing suppressed",
            _edited(
                NMS_LOOPS,
                {
                    "[i for i in order if classes[i] != classes[best] or iou(boxes[best], boxes[i]) <= iou_threshold]": "list(order)"
                },
            ),
            "Boxes that overlap a better one are still there.",
        ),
        Mistake(
            "suppressed boxes suppress",
            """
            def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
                order = np.argsort(-scores, kind="stable")
                keep = []
                for place, i in enumerate(order):
                    better = [j for j in order[:place] if classes[j] == classes[i]]
                    if all(iou(boxes[i], boxes[j]) <= iou_threshold for j in better):
                        keep.append(i)
                keep = np.array(keep[:max_boxes], dtype=int)
                return scores[keep], boxes[keep], classes[keep]
            """,
            "A box that is suppressed itself must not suppress another: compare only with boxes that stay.",
        ),
        Mistake(
            "compared with the very best only",
            """
            def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
                keep, best = [], {}
                for i in np.argsort(-scores, kind="stable"):
                    j = best.setdefault(classes[i], i)
                    if i == j or iou(boxes[i], boxes[j]) <= iou_threshold:
                        keep.append(i)
                keep = np.array(keep[:max_boxes], dtype=int)
                return scores[keep], boxes[keep], classes[keep]
            """,
            "Each box is compared with the best one of its class, and with no other. Go on: the best of those left suppresses in its turn.",
        ),
        Mistake(
            "compared with the last one only",
            """
            def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
                keep = []
                for i in np.argsort(-scores, kind="stable"):
                    last = [j for j in keep if classes[j] == classes[i]][-1:]
                    if all(iou(boxes[i], boxes[j]) <= iou_threshold for j in last):
                        keep.append(i)
                keep = np.array(keep[:max_boxes], dtype=int)
                return scores[keep], boxes[keep], classes[keep]
            """,
            "Each box is compared only with the one that stayed last. It must not overlap any box of its class that stays.",
        ),
        Mistake(
            "class by class",
            _edited(
                NMS_LOOPS,
                {
                    " and len(keep) < max_boxes": "",
                    "np.array(keep, dtype=int)": "np.array(sorted(keep, key=lambda i: classes[i])[:max_boxes], dtype=int)",
                },
            ),
            "The boxes come class by class. Put the boxes of all classes together, sort them by score, and only then cut to max_boxes.",
        ),
        Mistake(
            "the overlapping kept",
            _edited(NMS_LOOPS, {"boxes[i]) <= iou_threshold": "boxes[i]) > iou_threshold"}),
            "The comparison is the wrong way round: those that overlap too much go, the others stay.",
        ),
        Mistake(
            "just at the threshold suppressed",
            _edited(NMS_LOOPS, {"boxes[i]) <= iou_threshold": "boxes[i]) < iou_threshold"}),
            "A box whose IoU is just the threshold stays: only more than that is too much.",
        ),
        Mistake(
            "threshold ignored",
            _edited(NMS_LOOPS, {"<= iou_threshold": "<= 0.5"}),
            "The threshold is always 0.5: use the argument.",
        ),
        Mistake(
            "too many boxes",
            _edited(NMS_LOOPS, {" and len(keep) < max_boxes": ""}),
            "No more than `max_boxes` may be returned.",
        ),
        Mistake(
            "cut before suppressing",
            _edited(
                NMS_LOOPS,
                {
                    'list(np.argsort(-scores, kind="stable"))': 'list(np.argsort(-scores, kind="stable"))[:max_boxes]'
                },
            ),
            "You take the best boxes first and suppress then. So too few are left: suppress first, and count those that stay.",
        ),
        Mistake(
            "as many of each class",
            """
            def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
                keep = []
                for i in np.argsort(-scores, kind="stable"):
                    better = [j for j in keep if classes[j] == classes[i]]
                    if len(better) < max_boxes and all(iou(boxes[i], boxes[j]) <= iou_threshold for j in better):
                        keep.append(i)
                keep = np.array(keep, dtype=int)
                return scores[keep], boxes[keep], classes[keep]
            """,
            "`max_boxes` counts the boxes of all classes together, not those of each class.",
        ),
        Mistake(
            "not sorted by score",
            _edited(
                NMS_LOOPS, {'list(np.argsort(-scores, kind="stable"))': "list(range(len(scores)))"}
            ),
            "Begin with the box of the highest score. You take the boxes as they come.",
        ),
        Mistake(
            "lowest score first",
            _edited(NMS_LOOPS, {"argsort(-scores": "argsort(scores"}),
            "argsort sorts from low to high. Here the highest score comes first.",
        ),
        Mistake(
            "ties turned round",
            _edited(
                NMS_LOOPS,
                {'np.argsort(-scores, kind="stable")': 'np.argsort(scores, kind="stable")[::-1]'},
            ),
            'Turning a sorted list round turns equal scores round too. Sort −scores, with kind="stable": then of equals the first one comes first.',
        ),
        Mistake(
            "returned in the order given",
            _edited(NMS_LOOPS, {"np.array(keep,": "np.array(sorted(keep),"}),
            "The right boxes stay, but they should come in the order of their scores, the highest first.",
        ),
    ],
)


def _to_scale(rng: Generator) -> Arguments:
    height, width = (float(n) for n in rng.permutation(np.arange(20.0, 90.0))[:2])
    k = int(rng.integers(2, 5))
    return arguments(rng.uniform(0.05, 1, (k, 4)), (height, width))


def _to_scale_edges(rng: Generator) -> list[Arguments]:
    """One box, none, and the shape of the classic image."""
    one = rng.uniform(0.05, 1, (1, 4))
    return [arguments(one, (720.0, 1280.0)), arguments(NO_BOX, (30.0, 50.0))]


_SCALE = "np.array([height, width, height, width])"

SCALE_BOXES = Exercise(
    function="scale_boxes",
    reference=yolo.scale_boxes,
    inputs=_to_scale,
    edge_inputs=_to_scale_edges,
    checks=[Matches(points=2, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "width first",
            {_SCALE: "np.array([width, height, width, height])"},
            "A box is y1, x1, y2, x2: the first number is multiplied by the height.",
        ),
        Mistake(
            "height and width by corner",
            {_SCALE: "np.array([height, height, width, width])"},
            "Both y1 and y2 are multiplied by the height, both x1 and x2 by the width.",
        ),
        Mistake(
            "divided",
            {f"boxes * {_SCALE}": f"boxes / {_SCALE}"},
            "Fractions become pixels by multiplying.",
        ),
        Mistake(
            "height only",
            {_SCALE: "height"},
            "Everything is multiplied by the height: that is right for square images only.",
        ),
        Mistake(
            "rounded",
            {f"boxes * {_SCALE}": f"np.round(boxes * {_SCALE})"},
            "Do not round: a corner may lie inside a pixel.",
        ),
        Mistake(
            "classic image written in",
            {"height, width = image_shape": "height, width = (720.0, 1280.0)"},
            "The image is not always 720 by 1280: use the argument.",
        ),
    ],
)


def _grid_outputs(
    rng: Generator, grid_shape: tuple[int, int], n_anchors: int
) -> tuple[np.ndarray, ...]:
    """Draw what a network says: boxes of one cell overlap and have one class; cells do not meet."""
    grid_H, grid_W = grid_shape
    size = np.array([grid_W, grid_H])
    rows, columns = np.indices(grid_shape)
    cells = np.stack([columns, rows], axis=-1)[:, :, np.newaxis]
    shape = (*grid_shape, n_anchors)
    box_xy = (cells + rng.uniform(0.42, 0.58, (*shape, 2))) / size
    box_wh = rng.uniform(0.45, 0.75, (*shape, 2)) / size
    sure = rng.uniform(0.75, 0.95, shape)
    class_1 = rng.integers(0, 2, grid_shape)[..., np.newaxis]
    first = np.where(class_1, 1 - sure, sure)
    probs = np.stack([0.9 * first, 0.9 * (1 - first), np.full(shape, 0.1)], axis=-1)
    return box_xy, box_wh, rng.uniform(0.5, 1, (*shape, 1)), probs


def _outputs(rng: Generator) -> Arguments:
    grid_H, grid_W = (int(n) for n in rng.permutation([1, 2, 3])[:2])
    height, width = (float(n) for n in rng.permutation(np.arange(20.0, 90.0))[:2])
    return arguments(
        _grid_outputs(rng, (grid_H, grid_W), 3),
        (height, width),
        max_boxes=int(rng.integers(2, 5)),
        score_threshold=float(rng.uniform(0.35, 0.55)),
        iou_threshold=float(rng.uniform(0.3, 0.7)),
    )


def _outputs_edges(rng: Generator) -> list[Arguments]:
    """Nothing is sure enough; all is; the defaults; boxes that just overlap enough."""
    box_xy, box_wh, confidence, probs = _grid_outputs(rng, (2, 3), 2)
    confidence = np.linspace(0.5, 1, 12).reshape(2, 3, 2, 1)[::-1].copy()
    box_wh[..., :] = box_wh[:, :, :1]
    box_xy[..., 1, :] = box_xy[..., 0, :] + box_wh[..., 0, :] * [0.2, 0.1]
    outputs = box_xy, box_wh, confidence, probs
    return [
        arguments(outputs, (30.0, 50.0), score_threshold=0.9),
        arguments(tuple(part[:1, :1, :1] for part in outputs), (30.0, 50.0), score_threshold=0.1),
        arguments(outputs, (30.0, 50.0), score_threshold=0.1, iou_threshold=0.7),
        arguments(outputs, (30.0, 50.0), score_threshold=0.1, iou_threshold=0.7, max_boxes=12),
        arguments(outputs, (30.0, 50.0), score_threshold=0.1, iou_threshold=0.4, max_boxes=12),
        arguments(outputs),
    ]


EVAL_STEPS = """
def yolo_eval(yolo_outputs, image_shape=(720.0, 1280.0), max_boxes=10, score_threshold=0.6, iou_threshold=0.5):
    box_xy, box_wh, box_confidence, box_class_probs = yolo_outputs
    boxes = yolo_boxes_to_corners(box_xy, box_wh)
    found = yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=score_threshold)
    scores, boxes, classes = found
    boxes = scale_boxes(boxes, image_shape)
    return yolo_non_max_suppression(scores, boxes, classes, max_boxes=max_boxes, iou_threshold=iou_threshold)
"""

YOLO_EVAL = Exercise(
    function="yolo_eval",
    reference=yolo.yolo_eval,
    returns=("scores", "boxes", "classes"),
    inputs=_outputs,
    edge_inputs=_outputs_edges,
    checks=[
        MatchesInEitherOrder("scores", points=2, order=(2, 0, 1, 3)),
        MatchesInEitherOrder("boxes", points=3, order=(2, 0, 1, 3)),
        MatchesInEitherOrder("classes", points=1, order=(2, 0, 1, 3)),
        LeavesInputsAlone(),
    ],
    uses=(
        *("yolo_boxes_to_corners", "yolo_filter_boxes", "scale_boxes"),
        "yolo_non_max_suppression",
    ),
    mistakes=[
        Mistake(
            "midpoints for corners",
            _edited(
                EVAL_STEPS,
                {
                    "yolo_boxes_to_corners(box_xy, box_wh)": "np.concatenate([box_xy, box_wh], axis=-1)"
                },
            ),
            "Midpoints and sizes are not corners yet: yolo_boxes_to_corners makes them.",
        ),
        Mistake(
            "score threshold left out",
            _edited(EVAL_STEPS, {", threshold=score_threshold": ""}),
            "Hand `score_threshold` on to yolo_filter_boxes: else its default counts.",
        ),
        Mistake(
            "IoU threshold left out",
            _edited(EVAL_STEPS, {", iou_threshold=iou_threshold": ""}),
            "Hand `iou_threshold` on to yolo_non_max_suppression: else its default counts.",
        ),
        Mistake(
            "number of boxes left out",
            _edited(EVAL_STEPS, {", max_boxes=max_boxes": ""}),
            "Hand `max_boxes` on to yolo_non_max_suppression: else its default counts.",
        ),
        Mistake(
            "thresholds exchanged",
            _edited(
                EVAL_STEPS,
                {
                    "threshold=score_threshold": "threshold=iou_threshold",
                    "iou_threshold=iou_threshold": "iou_threshold=score_threshold",
                },
            ),
            "The two thresholds are exchanged: one is for scores, the other for overlap.",
        ),
        Mistake(
            "not scaled",
            _edited(EVAL_STEPS, {"    boxes = scale_boxes(boxes, image_shape)\n": ""}),
            "The boxes are still in fractions of the image: scale_boxes makes pixels of them.",
        ),
        Mistake(
            "shape of the image turned round",
            _edited(
                EVAL_STEPS,
                {"scale_boxes(boxes, image_shape)": "scale_boxes(boxes, image_shape[::-1])"},
            ),
            "image_shape is (height, width) already, as scale_boxes expects it.",
        ),
        Mistake(
            "nothing suppressed",
            _edited(
                EVAL_STEPS,
                {
                    "return yolo_non_max_suppression(scores, boxes, classes, max_boxes=max_boxes, iou_threshold=iou_threshold)": "return scores[:max_boxes], boxes[:max_boxes], classes[:max_boxes]"
                },
            ),
            "Non-max suppression is missing: one object may be reported several times.",
        ),
        Mistake(
            "scaled twice",
            _edited(
                EVAL_STEPS,
                {
                    "scale_boxes(boxes, image_shape)": "scale_boxes(scale_boxes(boxes, image_shape), image_shape)"
                },
            ),
            "The boxes are multiplied by the image's size twice.",
        ),
    ],
)


# --- anchors everywhere ---------------------------------------------------------------------


def _layout(rng: Generator) -> Arguments:
    grid_H, grid_W = (int(n) for n in rng.permutation([1, 2, 3])[:2])
    n_s, n_r = (int(n) for n in rng.permutation([1, 2, 3])[:2])
    return arguments(
        (grid_H, grid_W),
        int(rng.integers(4, 17)),
        [float(s) for s in rng.uniform(5, 30, n_s)],
        [float(r) for r in np.exp(rng.uniform(-1, 1, n_r))],
    )


def _layout_edges(rng: Generator) -> list[Arguments]:
    """One anchor; squares; two sizes and two ratios."""
    size = float(rng.uniform(5, 20))
    return [
        arguments((1, 1), 8, [size], [2.0]),
        arguments((2, 3), 16, [size], [1.0]),
        arguments((1, 2), 5, [size, 2 * size], [0.5, 2.0]),
    ]


REGION_LOOPS = """
def region_anchors(grid_shape, stride, sizes, ratios):
    result = []
    for row in range(grid_shape[0]):
        for column in range(grid_shape[1]):
            x, y = (column + 0.5) * stride, (row + 0.5) * stride
            for size in sizes:
                for ratio in ratios:
                    w, h = size / np.sqrt(ratio), size * np.sqrt(ratio)
                    result.append([x - w / 2, y - h / 2, x + w / 2, y + h / 2])
    return np.array(result)
"""
_SIDES = "size / np.sqrt(ratio), size * np.sqrt(ratio)"
_NESTED = "            for size in sizes:\n                for ratio in ratios:\n"

REGION_ANCHORS = Exercise(
    function="region_anchors",
    reference=anchors.region_anchors,
    inputs=_layout,
    edge_inputs=_layout_edges,
    checks=[Matches(points=6, label="values and order"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "around the cell's corner",
            _edited(
                REGION_LOOPS,
                {"(column + 0.5) * stride, (row + 0.5) * stride": "column * stride, row * stride"},
            ),
            "The anchors lie around the corner of each cell. Its middle is half a cell further, to the right and down.",
        ),
        Mistake(
            "half a pixel for half a cell",
            _edited(
                REGION_LOOPS,
                {
                    "(column + 0.5) * stride, (row + 0.5) * stride": "column * stride + 0.5, row * stride + 0.5"
                },
            ),
            "Half a cell is half a stride: add 0.5 before multiplying.",
        ),
        Mistake(
            "width divided by height",
            _edited(REGION_LOOPS, {_SIDES: "size * np.sqrt(ratio), size / np.sqrt(ratio)"}),
            "A ratio is height divided by width: above 1 the anchor is tall.",
        ),
        Mistake(
            "area not kept",
            _edited(REGION_LOOPS, {_SIDES: "size, size * ratio"}),
            "Anchors of one size have one area, size², whatever their ratio: width is size / √ratio, and height size · √ratio.",
        ),
        Mistake(
            "no square root",
            _edited(REGION_LOOPS, {_SIDES: "size / ratio, size * ratio"}),
            "Divide and multiply by the square root of the ratio: height divided by width is then the ratio, and not its square.",
        ),
        Mistake(
            "rows and columns exchanged",
            _edited(
                REGION_LOOPS,
                {
                    "for row in range(grid_shape[0])": "for column in range(grid_shape[0])",
                    "for column in range(grid_shape[1])": "for row in range(grid_shape[1])",
                },
            ),
            "grid_shape is (rows, columns), and the list goes row by row.",
        ),
        Mistake(
            "ratios outside",
            _edited(
                REGION_LOOPS,
                {_NESTED: "            for ratio in ratios:\n                for size in sizes:\n"},
            ),
            "The right anchors are there, but in another order: for each size, all ratios.",
        ),
        Mistake(
            "size on both sides",
            _edited(
                REGION_LOOPS,
                {"[x - w / 2, y - h / 2, x + w / 2, y + h / 2]": "[x - w, y - h, x + w, y + h]"},
            ),
            "From the middle to an edge it is half of the width.",
        ),
        Mistake(
            "clipped at the image",
            _edited(
                REGION_LOOPS,
                {
                    "np.array(result)": "np.clip(result, 0, np.tile(stride * np.array(grid_shape)[::-1], 2))"
                },
            ),
            "Anchors may stick out of the image. Cutting them off changes their shape.",
        ),
    ],
)


def _to_label(rng: Generator) -> Arguments:
    objects = _some_boxes(rng, int(rng.integers(1, 4)))
    near = np.repeat(objects, 2, axis=0)
    near = near + rng.uniform(-0.25, 0.25, near.shape)
    drawn = np.concatenate([near, _some_boxes(rng, int(rng.integers(1, 4)))])
    order = rng.permutation(len(drawn))
    negative = float(rng.uniform(0.2, 0.4))
    return arguments(drawn[order], objects, float(rng.uniform(0.5, 0.8)), negative)


def _to_label_edges(rng: Generator) -> list[Arguments]:
    """No object; no anchor; just at the thresholds; the best one is bad, or nothing; two are best."""
    scale = 2.0 ** int(rng.integers(-1, 3))
    box = np.array([[0.0, 0.0, 4.0, 4.0], [20.0, 0.0, 24.0, 4.0]]) * scale
    half, quarter = [0.0, 0.0, 4.0, 2.0], [0.0, 0.0, 2.0, 2.0]
    same, more = [0.0, 0.0, 4.0, 4.0], [0.0, 0.0, 4.0, 3.5]
    slight, far = [23.0, 0.0, 26.0, 5.0], [50.0, 0.0, 60.0, 4.0]
    shapes = np.array([half, same, quarter, slight, far, more, [4.0, 0.0, 7.0, 4.0]]) * scale
    left, right = [20.0, 0.0, 22.0, 4.0], [22.0, 0.0, 24.0, 4.0]
    twins = np.array([left, far, right, [21.0, 0.0, 22.0, 1.0]]) * scale
    # The third and the fourth lie between two objects, and too little on each.
    both = [[1.0, 0.0, 5.0, 4.0], [1.0, 0.0, 5.0, 1.0]]
    between = np.array([same, [2.0, 0.0, 6.0, 4.0], *both]) * scale
    return [
        arguments(shapes, NO_BOX),
        arguments(NO_BOX, box),
        arguments(shapes, box, 0.5, 0.25),
        arguments(shapes, box),
        arguments(shapes[:3], box[:1]),
        arguments(twins, box),
        arguments(twins, box[:1]),
        arguments(twins[:1], box[:1]),
        arguments(np.array([same, left]) * scale, box),
        arguments(between, between[:2]),
    ]


LABEL_STEPS = """
def label_anchors(anchors, boxes, positive=0.7, negative=0.3):
    labels = -np.ones(len(anchors), dtype=int)
    overlaps = iou_matrix(anchors, boxes)
    if len(boxes) == 0:
        return 0 * labels
    largest = overlaps.max(axis=1)
    labels[largest < negative] = 0
    labels[largest >= positive] = 1
    for j in range(len(boxes)):
        if len(anchors) and overlaps[:, j].max() > 0:
            labels[overlaps[:, j] == overlaps[:, j].max()] = 1
    return labels
"""
_BEST = """    for j in range(len(boxes)):
        if len(anchors) and overlaps[:, j].max() > 0:
            labels[overlaps[:, j] == overlaps[:, j].max()] = 1
"""

LABEL_ANCHORS = Exercise(
    function="label_anchors",
    reference=anchors.label_anchors,
    inputs=_to_label,
    edge_inputs=_to_label_edges,
    checks=[Matches(points=7, label="the labels"), LeavesInputsAlone()],
    uses=("iou_matrix",),
    mistakes=[
        Mistake(
            "best anchors not positive",
            _edited(LABEL_STEPS, {_BEST: ""}),
            "An object may have no anchor above the threshold. Its best one is positive in any case: else the network never learns about this object.",
        ),
        Mistake(
            "background last",
            _edited(
                LABEL_STEPS,
                {
                    "    labels[largest < negative] = 0\n": "",
                    "            labels[overlaps[:, j] == overlaps[:, j].max()] = 1\n": "            labels[overlaps[:, j] == overlaps[:, j].max()] = 1\n    labels[largest < negative] = 0\n",
                },
            ),
            "The best anchor of an object is positive even if its IoU is below the lower threshold. Label the background first.",
        ),
        Mistake(
            "best of nothing",
            _edited(
                LABEL_STEPS, {"if len(anchors) and overlaps[:, j].max() > 0": "if len(anchors)"}
            ),
            "An object that meets no anchor has a largest IoU of 0, and all anchors share it. Then none is positive on its account.",
        ),
        Mistake(
            "one best only",
            _edited(
                LABEL_STEPS,
                {
                    "labels[overlaps[:, j] == overlaps[:, j].max()] = 1": "labels[overlaps[:, j].argmax()] = 1"
                },
            ),
            "Two anchors may share the largest IoU with an object: then both are positive.",
        ),
        Mistake(
            "one best only, even of nothing",
            _edited(
                LABEL_STEPS,
                {
                    "if len(anchors) and overlaps[:, j].max() > 0": "if len(anchors)",
                    "labels[overlaps[:, j] == overlaps[:, j].max()] = 1": "labels[overlaps[:, j].argmax()] = 1",
                },
            ),
            "argmax finds one anchor for each object, always. If several share the largest IoU, all are positive; and if the largest IoU is 0, none is.",
        ),
        Mistake(
            "best of all objects together",
            _edited(
                LABEL_STEPS,
                {
                    _BEST: "    if overlaps.size and overlaps.max() > 0:\n        labels[(overlaps == overlaps.max()).any(axis=1)] = 1\n"
                },
            ),
            "You look for the largest IoU of all. Each object has a best anchor of its own: take the maximum of each column, along axis 0.",
        ),
        Mistake(
            "above, not at, the upper threshold",
            _edited(LABEL_STEPS, {">= positive": "> positive"}),
            "An IoU of just the upper threshold is positive.",
        ),
        Mistake(
            "at the lower threshold negative",
            _edited(LABEL_STEPS, {"< negative": "<= negative"}),
            "Negative is what is *below* the lower threshold: an IoU that equals it is neither.",
        ),
        Mistake(
            "no middle ground",
            _edited(
                LABEL_STEPS,
                {"-np.ones(len(anchors), dtype=int)": "np.zeros(len(anchors), dtype=int)"},
            ),
            "Anchors between the thresholds are neither: their label is −1, and the cost leaves them out.",
        ),
        Mistake(
            "background far from some object",
            _edited(
                LABEL_STEPS,
                {"labels[largest < negative]": "labels[overlaps.min(axis=1) < negative]"},
            ),
            "Background is what lies far from *every* object: compare the largest IoU, not the smallest.",
        ),
        Mistake(
            "first object only",
            _edited(LABEL_STEPS, {"largest = overlaps.max(axis=1)": "largest = overlaps[:, 0]"}),
            "You look at the first object only.",
        ),
        Mistake(
            "thresholds written in",
            _edited(LABEL_STEPS, {">= positive": ">= 0.7", "< negative": "< 0.3"}),
            "The thresholds are always 0.7 and 0.3: use the arguments.",
        ),
    ],
)


# --- how good is it? ------------------------------------------------------------------------


def _to_match(rng: Generator) -> Arguments:
    truth = _some_boxes(rng, int(rng.integers(1, 4)))
    near = np.repeat(truth, 2, axis=0) + rng.uniform(-0.3, 0.3, (2 * len(truth), 4))
    found = np.concatenate([near, _some_boxes(rng, 1)])[rng.permutation(2 * len(truth) + 1)]
    threshold = float(rng.uniform(0.4, 0.7))
    return arguments(rng.uniform(0.1, 1, len(found)), found, truth, threshold)


def _to_match_edges(rng: Generator) -> list[Arguments]:
    """Nothing found; nothing to find; ties; just at the threshold; one that prefers a found object."""
    s = np.sort(rng.uniform(0.2, 1, 4))[::-1].copy()
    truth = np.array([[0.0, 0.0, 4.0, 4.0], [2.0, 0.0, 6.0, 4.0]])
    half = np.array([[0.0, 0.0, 4.0, 2.0], [9.0, 9.0, 12.0, 10.0]])
    twice = np.array([[0.0, 0.0, 4.0, 3.0], [0.0, 0.0, 4.0, 3.5]])
    between = np.array([[0.0, 0.0, 4.0, 4.5], [0.75, 0.0, 4.75, 4.0]])
    return [
        arguments(np.zeros(0), NO_BOX, truth),
        arguments(s[:2], half, NO_BOX),
        arguments(np.zeros(0), NO_BOX, NO_BOX),
        arguments(s[[1, 0]], half, truth[:1]),
        arguments(s[[1, 0]], half, truth[:1], 0.6),
        arguments(s[:1], half[:1], truth[:1]),
        arguments(s[[1, 0]], twice, truth[:1]),
        arguments(s[[2, 2]], twice, truth),
        arguments(s[[0, 1]], between, truth, 0.4),
        arguments(s[[1, 0]], half[[1, 0]], truth[::-1].copy(), 0.3),
    ]


MATCH_LOOPS = """
def match_detections(scores, boxes, truth, iou_threshold=0.5):
    correct = np.zeros(len(scores), dtype=bool)
    if len(truth) == 0:
        return correct
    overlaps = iou_matrix(boxes, truth)
    taken = np.zeros(len(truth), dtype=bool)
    for i in np.argsort(-scores, kind="stable"):
        j = np.argmax(overlaps[i])
        if overlaps[i, j] >= iou_threshold and not taken[j]:
            correct[i] = True
            taken[j] = True
    return correct
"""

MATCH_DETECTIONS = Exercise(
    function="match_detections",
    reference=detection_metrics.match_detections,
    inputs=_to_match,
    edge_inputs=_to_match_edges,
    checks=[Matches(points=6, label="which are right"), LeavesInputsAlone()],
    uses=("iou_matrix",),
    mistakes=[
        Mistake(
            "an object found twice",
            _edited(MATCH_LOOPS, {" and not taken[j]": ""}),
            "Each object counts once: a second box for the same object is wrong.",
        ),
        Mistake(
            "in the order given",
            _edited(MATCH_LOOPS, {'np.argsort(-scores, kind="stable")': "range(len(scores))"}),
            "Of two boxes for one object the one of the higher score is right: go through the boxes by decreasing score.",
        ),
        Mistake(
            "lowest score first",
            _edited(MATCH_LOOPS, {"np.argsort(-scores": "np.argsort(scores"}),
            "argsort sorts from low to high. Here the highest score comes first.",
        ),
        Mistake(
            "returned by score",
            _edited(
                MATCH_LOOPS,
                {
                    "taken[j] = True\n    return correct": 'taken[j] = True\n    return correct[np.argsort(-scores, kind="stable")]'
                },
            ),
            "The answer belongs to the boxes in the order given, not sorted by score.",
        ),
        Mistake(
            "just at the threshold wrong",
            _edited(MATCH_LOOPS, {">= iou_threshold": "> iou_threshold"}),
            "An IoU of just the threshold is enough.",
        ),
        Mistake(
            "threshold ignored",
            _edited(MATCH_LOOPS, {">= iou_threshold": ">= 0.5"}),
            "The threshold is always 0.5: use the argument.",
        ),
        Mistake(
            "found by a bad box",
            _edited(
                MATCH_LOOPS,
                {
                    "            taken[j] = True\n    return": "        taken[j] = True\n    return",
                },
            ),
            "An object counts as found only by a box that is right. A box below the threshold leaves it to those that come after.",
        ),
        Mistake(
            "second choice",
            _edited(
                MATCH_LOOPS,
                {"np.argmax(overlaps[i])": "np.argmax(np.where(taken, -1, overlaps[i]))"},
            ),
            "A box goes with the object of the largest IoU. If that is found already, the box is wrong: it may not take another object instead.",
        ),
        Mistake(
            "closest for surest",
            """
            def match_detections(scores, boxes, truth, iou_threshold=0.5):
                correct = np.zeros(len(scores), dtype=bool)
                overlaps = iou_matrix(boxes, truth)
                for j in range(len(truth) if len(boxes) else 0):
                    i = np.argmax(overlaps[:, j])
                    correct[i] |= overlaps[i, j] >= iou_threshold
                return correct
            """,
            "Each object takes the box that fits it best. But it goes to the surest box that fits well enough: the score decides, for it is what the detector says.",
        ),
    ],
)


def _ranking(rng: Generator) -> Arguments:
    k = int(rng.integers(3, 8))
    correct = np.concatenate([[False, True], rng.random(k - 2) < 0.5])[rng.permutation(k)]
    return arguments(rng.uniform(0, 1, k), correct, int(correct.sum() + rng.integers(0, 4)))


def _ranking_edges(rng: Generator) -> list[Arguments]:
    """Nothing found; all right; none right; ties; precision that rises again."""
    s = np.sort(rng.uniform(0, 1, 6))[::-1].copy()
    mixed = np.array([False, True, True, False, True, False])
    return [
        arguments(np.zeros(0), np.zeros(0, dtype=bool), 3),
        arguments(s[:2], mixed[1:3], 2),
        arguments(s[:2], mixed[[0, 3]], 1),
        arguments(s[[1, 1, 1, 0]], mixed[:4], 4),
        arguments(s[[1, 1, 1, 0]], mixed[1:5], 4),
        arguments(s, mixed, 5),
        arguments(s[::-1].copy(), mixed, 5),
    ]


AP_STEPS = """
def average_precision(scores, correct, n_truth):
    order = np.argsort(-scores, kind="stable")
    hits = correct[order]
    precision = np.cumsum(hits) / (np.arange(len(hits)) + 1)
    total = 0
    for i in range(len(hits)):
        if hits[i]:
            total += precision[i:].max()
    return total / n_truth
"""

AVERAGE_PRECISION = Exercise(
    function="average_precision",
    reference=detection_metrics.average_precision,
    inputs=_ranking,
    edge_inputs=_ranking_edges,
    checks=[Matches(points=6, label="the area"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "not sorted",
            _edited(AP_STEPS, {"correct[order]": "correct"}),
            "Sort the boxes by score first, the highest first: precision and recall are those of the best 1, 2, 3, … boxes.",
        ),
        Mistake(
            "lowest score first",
            _edited(AP_STEPS, {"np.argsort(-scores": "np.argsort(scores"}),
            "argsort sorts from low to high. Here the highest score comes first.",
        ),
        Mistake(
            "ties turned round",
            _edited(
                AP_STEPS,
                {'np.argsort(-scores, kind="stable")': 'np.argsort(scores, kind="stable")[::-1]'},
            ),
            'Turning a sorted list round turns equal scores round too. Sort −scores, with kind="stable".',
        ),
        Mistake(
            "dips left in",
            _edited(AP_STEPS, {"precision[i:].max()": "precision[i]"}),
            "Each precision is replaced by the largest one from there on: at the same or a higher recall.",
        ),
        Mistake(
            "largest precision so far",
            _edited(AP_STEPS, {"precision[i:].max()": "precision[: i + 1].max()"}),
            "You take the largest precision so far. It is the largest from there on, towards higher recall.",
        ),
        Mistake(
            "eleven points",
            """
            def average_precision(scores, correct, n_truth):
                hits = np.cumsum(correct[np.argsort(-scores, kind="stable")])
                precision, recall = hits / (np.arange(len(hits)) + 1), hits / n_truth
                levels = [precision[recall >= level] for level in np.linspace(0, 1, 11)]
                return np.mean([np.max(level, initial=0) for level in levels])
            """,
            "This averages the precision at eleven values of recall, as VOC did until 2009. Here the area under the whole curve is wanted: a sum over the right boxes.",
        ),
        Mistake(
            "trapezoids",
            """
            def average_precision(scores, correct, n_truth):
                hits = np.cumsum(correct[np.argsort(-scores, kind="stable")])
                precision, recall = hits / (np.arange(len(hits)) + 1), hits / n_truth
                return np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)
            """,
            "Trapezoids cut the teeth in half, and leave out what lies before the first box. Fill the teeth, and give each right box a rectangle of width 1/n_truth.",
        ),
        Mistake(
            "divided by the right boxes",
            _edited(AP_STEPS, {"total / n_truth": "total / max(hits.sum(), 1)"}),
            "Objects that nobody found count too: divide by the number of objects.",
        ),
        Mistake(
            "averaged over all boxes",
            _edited(
                AP_STEPS,
                {"if hits[i]:": "if True:", "total / n_truth": "total / max(len(hits), 1)"},
            ),
            "Recall grows at the right boxes only: the area is the sum over these, each with a width of 1/n_truth.",
        ),
        Mistake(
            "wrong boxes added",
            _edited(AP_STEPS, {"if hits[i]:": "if True:"}),
            "A wrong box does not move recall, and so adds no area. Sum over the right boxes only.",
        ),
        Mistake(
            "precision at the end",
            "def average_precision(scores, correct, n_truth):\n    return correct.sum() / max(len(correct), 1)",
            "That is the precision of all boxes together. Average precision depends on their order.",
        ),
        Mistake(
            "recall at the end",
            "def average_precision(scores, correct, n_truth):\n    return correct.sum() / n_truth",
            "That is the recall of all boxes together. Average precision depends on their order.",
        ),
    ],
)


def _found(
    rng: Generator, truth: np.ndarray, classes: np.ndarray, n_classes: int
) -> list[np.ndarray]:
    """Draw what a middling detector finds: near boxes, some of another class, one from nowhere."""
    near = truth + rng.uniform(-0.4, 0.4, truth.shape)
    found = np.concatenate([near, truth + 0.1, _some_boxes(rng, 1)])
    classes = np.concatenate([classes, rng.integers(0, n_classes, len(truth) + 1)])
    order = rng.permutation(len(found))
    return [rng.uniform(0.1, 1, len(found)), found[order], classes[order]]


def _to_average(rng: Generator) -> Arguments:
    n_classes = 3
    truths, detections = [], []
    for k in (int(rng.integers(1, 3)), int(rng.integers(1, 4))):
        boxes, classes = _some_boxes(rng, k), rng.integers(0, n_classes, k)
        truths.append((boxes, classes))
        detections.append(tuple(_found(rng, boxes, classes, n_classes)))
    return arguments(detections, truths, n_classes, iou_threshold=float(rng.uniform(0.4, 0.7)))


def _to_average_edges(rng: Generator) -> list[Arguments]:
    """Have a class without objects, one never found, images without boxes, the default threshold."""
    s = np.sort(rng.uniform(0.2, 1, 5))[::-1].copy()
    box = np.array([[0.0, 0.0, 4.0, 4.0], [6.0, 0.0, 8.0, 5.0], [0.0, 6.0, 3.0, 8.0]])
    none = (np.zeros(0), NO_BOX, np.zeros(0, dtype=int))
    empty = none[1:]
    c = np.array([0, 1, 0])
    wide = box + np.array([0.0, 0.0, 0.0, 3.0])
    return [
        arguments([(s[:2], box[:2], c[:2]), none], [(box, c), (box[1:], c[1:])], 4),
        arguments(
            [(s[1:3], box[1:], c[1:]), (s[:1], box[:1], c[:1])], [(box[1:], c[1:]), empty], 2
        ),
        arguments([none, none], [(box, c), empty], 3),
        arguments([(s[:2], box[:2], c[:2])], [(box, np.arange(3))], 3),
        arguments([(s[[1, 0, 2]], wide, c)], [(box, c)], 2),
        arguments([(s[[1, 0, 2]], wide, c)], [(box, c)], 2, 0.7),
        arguments(
            [(s[[4]], box[:1], c[:1]), (s[:2], box[1:], c[1:]), (s[[2]], box[:1], c[:1])],
            [(box[:1], c[:1]), (box[2:], c[2:]), (box[:1], c[:1])],
            2,
        ),
    ]


MAP_STEPS = """
def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
    values = []
    for c in range(n_classes):
        all_scores, all_correct, n_truth = np.zeros(0), np.zeros(0, dtype=bool), 0
        for i in range(len(truths)):
            scores, boxes, classes = detections[i]
            true_boxes, true_classes = truths[i]
            own, wanted = classes == c, true_boxes[true_classes == c]
            correct = match_detections(scores[own], boxes[own], wanted, iou_threshold)
            all_scores = np.append(all_scores, scores[own])
            all_correct = np.append(all_correct, correct)
            n_truth += len(wanted)
        if n_truth > 0:
            values.append(average_precision(all_scores, all_correct, n_truth))
    return np.mean(values)
"""

MEAN_AVERAGE_PRECISION = Exercise(
    function="mean_average_precision",
    reference=detection_metrics.mean_average_precision,
    inputs=_to_average,
    edge_inputs=_to_average_edges,
    checks=[Matches(points=6, label="the mean"), LeavesInputsAlone()],
    uses=("match_detections", "average_precision"),
    mistakes=[
        Mistake(
            "absent classes count 0",
            _edited(
                MAP_STEPS,
                {
                    "        if n_truth > 0:\n            values.append(average_precision(all_scores, all_correct, n_truth))": "        values.append(average_precision(all_scores, all_correct, n_truth) if n_truth > 0 else 0)"
                },
            ),
            "A class without any object has no average precision. Leave it out of the mean, instead of counting 0.",
        ),
        Mistake(
            "absent classes count 1",
            _edited(
                MAP_STEPS,
                {
                    "        if n_truth > 0:\n            values.append(average_precision(all_scores, all_correct, n_truth))": "        values.append(average_precision(all_scores, all_correct, n_truth) if n_truth > 0 else 1)"
                },
            ),
            "A class without any object has no average precision. Leave it out of the mean, instead of counting 1.",
        ),
        Mistake(
            "classes ignored",
            _edited(
                MAP_STEPS,
                {
                    "own, wanted = classes == c, true_boxes[true_classes == c]": "own, wanted = classes >= 0, true_boxes"
                },
            ),
            "A cat called a dog is not found. Compare, for each class, only boxes of this class with objects of this class.",
        ),
        Mistake(
            "classes of boxes ignored",
            _edited(MAP_STEPS, {"own, wanted = classes == c,": "own, wanted = classes >= 0,"}),
            "Of the detections, too, only those of the class count: `classes == c`.",
        ),
        Mistake(
            "image by image",
            """
            def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
                values = []
                for c in range(n_classes):
                    for (scores, boxes, classes), (true_boxes, true_classes) in zip(detections, truths):
                        own, wanted = classes == c, true_boxes[true_classes == c]
                        if len(wanted):
                            correct = match_detections(scores[own], boxes[own], wanted, iou_threshold)
                            values.append(average_precision(scores[own], correct, len(wanted)))
                return np.mean(values)
            """,
            "Average precision is that of a class over all images together: collect scores and matches of all images first.",
        ),
        Mistake(
            "images thrown together",
            """
            def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
                scores, boxes, classes = (np.concatenate(parts) for parts in zip(*detections))
                true_boxes, true_classes = (np.concatenate(parts) for parts in zip(*truths))
                values = []
                for c in range(n_classes):
                    own, wanted = classes == c, true_boxes[true_classes == c]
                    if len(wanted):
                        correct = match_detections(scores[own], boxes[own], wanted, iou_threshold)
                        values.append(average_precision(scores[own], correct, len(wanted)))
                return np.mean(values)
            """,
            "Boxes of one image are compared with objects of another. Match image by image, then put the matches together.",
        ),
        Mistake(
            "threshold left out",
            _edited(MAP_STEPS, {"wanted, iou_threshold)": "wanted)"}),
            "Hand `iou_threshold` on to match_detections: else its default counts.",
        ),
        Mistake(
            "classes together",
            """
            def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
                all_scores, all_correct, n_truth = np.zeros(0), np.zeros(0, dtype=bool), 0
                for c in range(n_classes):
                    for (scores, boxes, classes), (true_boxes, true_classes) in zip(detections, truths):
                        own, wanted = classes == c, true_boxes[true_classes == c]
                        correct = match_detections(scores[own], boxes[own], wanted, iou_threshold)
                        all_scores = np.append(all_scores, scores[own])
                        all_correct = np.append(all_correct, correct)
                        n_truth += len(wanted)
                return average_precision(all_scores, all_correct, n_truth)
            """,
            "All classes share one list. Compute an average precision for each class, and the mean of these: a rare class counts as much as a common one.",
        ),
        Mistake(
            "images without objects left out",
            _edited(
                MAP_STEPS,
                {
                    "            correct = match": "            if len(wanted) == 0:\n                continue\n            correct = match"
                },
            ),
            "Boxes in an image without an object of the class are wrong, and count. You leave them out.",
        ),
    ],
)

EXERCISES = [
    CORNERS_TO_MIDPOINTS,
    IOU,
    IOU_MATRIX,
    SHAPE_IOU,
    KMEANS_ANCHORS,
    ENCODE_BOXES,
    DECODE_BOXES,
    YOLO_BOXES_TO_CORNERS,
    YOLO_FILTER_BOXES,
    YOLO_NON_MAX_SUPPRESSION,
    SCALE_BOXES,
    YOLO_EVAL,
    REGION_ANCHORS,
    LABEL_ANCHORS,
    MATCH_DETECTIONS,
    AVERAGE_PRECISION,
    MEAN_AVERAGE_PRECISION,
]
