"""Week 11, first notebook: face verification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.specification import CallFailed, Exercise, Holds, Mistake
from helpers import face_metrics, face_network, triplets, verification
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator


def _edited(source: str, edits: Mapping[str, str]) -> str:
    """Change a text in places that stand in it exactly once."""
    for old, new in edits.items():
        assert source.count(old) == 1, (old, source)
        source = source.replace(old, new)
    return source


def _different_sizes(rng: Generator) -> tuple[int, int, int]:
    """Draw three sizes, no two equal."""
    first, second, third = (int(n) for n in rng.permutation(np.arange(2, 7))[:3])
    return first, second, third


# --- one to one, and one to many ------------------------------------------------------------


def _comparisons(rng: Generator) -> Arguments:
    return arguments(float(rng.uniform(0.01, 0.3)), int(rng.integers(2, 40)))


def _comparisons_edges(rng: Generator) -> list[Arguments]:
    return [arguments(0.05, 1), arguments(0.0, 7), arguments(1.0, 3), arguments(0.5, 2)]


RECOGNITION_ERROR = Exercise(
    function="recognition_error",
    reference=verification.recognition_error,
    inputs=_comparisons,
    edge_inputs=_comparisons_edges,
    checks=[Matches(points=3, label="the share")],
    mistakes=[
        Mistake(
            "errors added up",
            {"1 - (1 - error) ** K": "K * error"},
            "K · error counts a search with two errors twice, and can exceed 1. It is near for small errors only: go by the chance that all K are right.",
        ),
        Mistake(
            "all of them wrong",
            {"1 - (1 - error) ** K": "error**K"},
            "error^K is how often all K comparisons go wrong. One is enough to spoil the search.",
        ),
        Mistake(
            "none of them wrong",
            {"1 - (1 - error) ** K": "(1 - error) ** K"},
            "That is how often all K comparisons are right. Asked for is the rest.",
        ),
        Mistake(
            "at least one right",
            {"(1 - error) ** K": "error**K"},
            "1 − error^K is how often at least one comparison is right. All K have to be.",
        ),
        Mistake(
            "one comparison too few",
            {"** K": "** (K - 1)"},
            "A picture is compared with all K people, its own person included: the exponent is K.",
        ),
        Mistake(
            "K for the exponent's base",
            {"(1 - error) ** K": "(1 - error) * K"},
            "Independent chances are multiplied: (1 − error) K times, which is a power.",
        ),
        Mistake(
            "exactly one wrong",
            {"1 - (1 - error) ** K": "K * error * (1 - error) ** (K - 1)"},
            "This is how often exactly one comparison goes wrong. Two wrong ones spoil the search as well: go by the chance that all K are right.",
        ),
    ],
)


def _two_sets(rng: Generator) -> Arguments:
    m, k, n = _different_sizes(rng)
    return arguments(rng.normal(size=(m, n)), rng.normal(size=(k, n)))


def _two_sets_edges(rng: Generator) -> list[Arguments]:
    """Draw one against many, many against one, encodings of one number, twice the same set."""
    A = rng.normal(size=(3, 2))
    return [
        arguments(rng.normal(size=(1, 3)), rng.normal(size=(4, 3))),
        arguments(rng.normal(size=(5, 3)), rng.normal(size=(1, 3))),
        arguments(rng.normal(size=(2, 1)), rng.normal(size=(3, 1))),
        arguments(A, A.copy()),
    ]


def _sets_of(m: int) -> Arguments:
    rng = np.random.default_rng(0)
    return arguments(rng.normal(size=(m, 3)), rng.normal(size=(4, 3)))


DISTANCES = """
def squared_distances(A, B):
    D = np.zeros((len(A), len(B)))
    for i in range(len(A)):
        for j in range(len(B)):
            D[i, j] = np.sum((A[i] - B[j]) ** 2)
    return D
"""

SQUARED_DISTANCES = Exercise(
    function="squared_distances",
    reference=triplets.squared_distances,
    inputs=_two_sets,
    edge_inputs=_two_sets_edges,
    checks=[
        Matches(points=5, label="values and shape"),
        Vectorised(small=_sets_of(3), large=_sets_of(60), label="works on all pairs at once"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "root taken",
            _edited(DISTANCES, {"np.sum((A[i] - B[j]) ** 2)": "np.linalg.norm(A[i] - B[j])"}),
            "This is the distance. The triplet loss wants its square: no root.",
        ),
        Mistake(
            "absolute differences",
            _edited(DISTANCES, {"(A[i] - B[j]) ** 2": "np.abs(A[i] - B[j])"}),
            "The differences are squared, not made positive with an absolute value.",
        ),
        Mistake(
            "mean for sum",
            _edited(DISTANCES, {"np.sum": "np.mean"}),
            "The squares are added up, not averaged.",
        ),
        Mistake(
            "rows and columns exchanged",
            _edited(DISTANCES, {"return D": "return D.T"}),
            "Rows are those of A, columns those of B: the shape is (m, k).",
        ),
        Mistake(
            "products for distances",
            "def squared_distances(A, B):\n    return A @ B.T",
            "A @ B.T holds the products of the rows. A squared distance is |a|² + |b|² − 2 a·b.",
        ),
        Mistake(
            "the 2 forgotten",
            "def squared_distances(A, B):\n    return np.sum(A**2, axis=1, keepdims=True) + np.sum(B**2, axis=1) - A @ B.T",
            "(a − b)² = a² + b² − 2ab: the product counts twice.",
        ),
        Mistake(
            "differences added before they are squared",
            _edited(DISTANCES, {"np.sum((A[i] - B[j]) ** 2)": "np.sum(A[i] - B[j]) ** 2"}),
            "First square each difference, then add up. The other way round, differences cancel.",
        ),
    ],
)


# --- the triplet loss -----------------------------------------------------------------------


def _triplet(rng: Generator, m: int, n: int) -> list[np.ndarray]:
    """Draw triplets: the first one easy, the others by chance so or so."""
    anchor = rng.normal(size=(m, n))
    positive = anchor + 0.6 * rng.normal(size=(m, n))
    negative = anchor + 0.6 * rng.normal(size=(m, n))
    negative[0] = anchor[0] + 3 + rng.random(n)
    if m > 1:
        positive[1] = anchor[1] + 1 + rng.random(n)
    return [anchor, positive, negative]


def _loss(rng: Generator) -> Arguments:
    m, n, _ = _different_sizes(rng)
    return arguments(None, _triplet(rng, m, n), float(rng.uniform(0.3, 0.9)))


def _loss_edges(rng: Generator) -> list[Arguments]:
    """Draw the usual margin, one hard triplet, easy ones only, equal encodings, no margin."""
    anchor, positive, negative = _triplet(rng, 3, 4)
    same = rng.normal(size=(4, 2))
    return [
        arguments(None, _triplet(rng, 4, 3)),
        arguments(None, [row[1:2] for row in (anchor, positive, negative)], 0.5),
        arguments(None, [anchor, anchor + 0.1, anchor + 2.0], 0.4),
        arguments(None, [same, same.copy(), same.copy()], 0.3),
        arguments(None, _triplet(rng, 3, 1), 0.0),
        arguments((None, None, None), [anchor, positive, negative], alpha=0.6),
    ]


LOSS = """
def triplet_loss(y_true, y_pred, alpha=0.2):
    anchor, positive, negative = y_pred[0], y_pred[1], y_pred[2]
    pos_dist = np.sum((anchor - positive) ** 2, axis=-1)
    neg_dist = np.sum((anchor - negative) ** 2, axis=-1)
    basic_loss = pos_dist - neg_dist + alpha
    loss = np.sum(np.maximum(basic_loss, 0.0))
    return loss
"""
_POS, _NEG = (
    "np.sum((anchor - positive) ** 2, axis=-1)",
    "np.sum((anchor - negative) ** 2, axis=-1)",
)

TRIPLET_LOSS = Exercise(
    function="triplet_loss",
    reference=triplets.triplet_loss,
    inputs=_loss,
    edge_inputs=_loss_edges,
    checks=[Matches(points=8, label="the loss"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "summed over the batch before the maximum",
            _edited(
                LOSS,
                {
                    _POS: "np.sum((anchor - positive) ** 2)",
                    _NEG: "np.sum((anchor - negative) ** 2)",
                },
            ),
            "So it was in the first edition of a well-known exercise: the distances of the whole batch are added up first. Then easy triplets hide the hard ones. Sum over axis −1 only, take the maximum of each triplet, then sum.",
        ),
        Mistake(
            "summed over the triplets instead of the entries",
            _edited(LOSS, {_POS: _POS.replace("-1", "0"), _NEG: _NEG.replace("-1", "0")}),
            "axis=0 adds up over the triplets. A distance is a sum over the entries of an encoding: axis=-1.",
        ),
        Mistake(
            "mean over the triplets",
            _edited(LOSS, {"loss = np.sum(": "loss = np.mean("}),
            "The losses of the triplets are added up here, not averaged.",
        ),
        Mistake(
            "no maximum",
            _edited(LOSS, {"np.maximum(basic_loss, 0.0)": "basic_loss"}),
            "A triplet that keeps its margin costs nothing: max(…, 0). Without it, pushing a far negative still farther would be rewarded for ever.",
        ),
        Mistake(
            "maximum of the sum",
            _edited(
                LOSS,
                {"np.sum(np.maximum(basic_loss, 0.0))": "np.maximum(np.sum(basic_loss), 0.0)"},
            ),
            "The maximum is taken for each triplet, before they are added up.",
        ),
        Mistake(
            "margin written in",
            _edited(LOSS, {"neg_dist + alpha": "neg_dist + 0.2"}),
            "Use the argument alpha: 0.2 is only its default.",
        ),
        Mistake(
            "positive and negative exchanged",
            _edited(LOSS, {"pos_dist - neg_dist": "neg_dist - pos_dist"}),
            "The positive should be near and the negative far: the loss grows with the distance of the positive.",
        ),
        Mistake(
            "margin inside the norm",
            _edited(
                LOSS,
                {
                    "(anchor - negative) ** 2": "(anchor - negative + alpha) ** 2",
                    "neg_dist + alpha": "neg_dist",
                },
            ),
            "α is added to the difference of the two squared distances. Inside the norm it would shift every entry of an encoding.",
        ),
        Mistake(
            "margin subtracted",
            _edited(LOSS, {"neg_dist + alpha": "neg_dist - alpha"}),
            "With −α a negative may even be nearer than the positive. The margin is added.",
        ),
        Mistake(
            "distances not squared",
            _edited(
                LOSS,
                {
                    _POS: "np.linalg.norm(anchor - positive, axis=-1)",
                    _NEG: "np.linalg.norm(anchor - negative, axis=-1)",
                },
            ),
            "This loss is made of squared distances: no root.",
        ),
        Mistake(
            "positive to negative",
            _edited(LOSS, {"(anchor - negative)": "(positive - negative)"}),
            "Both distances are measured from the anchor.",
        ),
        Mistake(
            "maximum for each entry",
            _edited(LOSS, {_POS: "(anchor - positive) ** 2", _NEG: "(anchor - negative) ** 2"}),
            "You take the maximum entry by entry. First sum over the entries of an encoding, axis −1: a triplet has one loss, and one maximum.",
        ),
        Mistake(
            "mean over the entries",
            _edited(LOSS, {_POS: _POS.replace("sum", "mean"), _NEG: _NEG.replace("sum", "mean")}),
            "The squared differences of an encoding are added up, not averaged.",
        ),
        Mistake(
            "at least the margin",
            _edited(
                LOSS,
                {
                    "neg_dist + alpha": "neg_dist",
                    "np.maximum(basic_loss, 0.0)": "np.maximum(basic_loss, alpha)",
                },
            ),
            "max(…, α) charges every triplet at least α. Add α to the difference of the distances, and take the maximum with 0.",
        ),
    ],
)


def _gradient(rng: Generator) -> Arguments:
    m, n, _ = _different_sizes(rng)
    return arguments(*_triplet(rng, m, n), float(rng.uniform(0.3, 0.9)))


def _gradient_edges(rng: Generator) -> list[Arguments]:
    """Draw the usual margin, one hard triplet, easy ones only, and equal encodings."""
    anchor, positive, negative = _triplet(rng, 3, 4)
    same = rng.normal(size=(3, 2))
    nearly = [
        same,
        same + np.array([0.7, 0.1]),
        same + np.array([0.6, 0.8]),
    ]  # keeps the margin, by little
    return [
        arguments(*nearly, 0.3),
        arguments(*_triplet(rng, 4, 2)),
        arguments(anchor[1:2], positive[1:2], negative[1:2], alpha=0.5),
        arguments(anchor, anchor + 0.1, anchor + 2.0, 0.4),
        arguments(same, same.copy(), same.copy(), 0.3),
        # Within the margin, though the positive is nearer than the negative.
        arguments(anchor, anchor + 0.3, anchor - 0.4, 0.6),
    ]


def _gradients_of(m: int) -> Arguments:
    return arguments(*_triplet(np.random.default_rng(0), m, 3))


GRADIENTS = """
def triplet_gradients(anchor, positive, negative, alpha=0.2):
    pos_dist = np.sum((anchor - positive) ** 2, axis=1, keepdims=True)
    neg_dist = np.sum((anchor - negative) ** 2, axis=1, keepdims=True)
    active = pos_dist - neg_dist + alpha > 0
    d_anchor = 2 * (negative - positive) * active
    d_positive = 2 * (positive - anchor) * active
    d_negative = 2 * (anchor - negative) * active
    return d_anchor, d_positive, d_negative
"""

TRIPLET_GRADIENTS = Exercise(
    function="triplet_gradients",
    reference=triplets.triplet_gradients,
    returns=("d_anchor", "d_positive", "d_negative"),
    inputs=_gradient,
    edge_inputs=_gradient_edges,
    checks=[
        Matches("d_anchor", points=3),
        Matches("d_positive", points=3),
        Matches("d_negative", points=3),
        Vectorised(
            small=_gradients_of(3), large=_gradients_of(80), label="works on all triplets at once"
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "easy triplets too",
            _edited(GRADIENTS, {"pos_dist - neg_dist + alpha > 0": "pos_dist >= 0"}),
            "A triplet that keeps its margin has the loss max(…, 0) = 0, and its slope is 0 as well.",
        ),
        Mistake(
            "margin forgotten",
            _edited(GRADIENTS, {"neg_dist + alpha > 0": "neg_dist > 0"}),
            "A triplet costs as long as it misses its margin, not only while the negative is nearer: do not forget α.",
        ),
        Mistake(
            "whole batch at once",
            _edited(
                GRADIENTS,
                {"pos_dist - neg_dist + alpha > 0": "np.sum(pos_dist - neg_dist + alpha) > 0"},
            ),
            "Each triplet has a maximum of its own, so each has its own switch, on or off.",
        ),
        Mistake(
            "maximum for each entry",
            _edited(
                GRADIENTS,
                {
                    "pos_dist - neg_dist + alpha > 0": "(anchor - positive) ** 2 - (anchor - negative) ** 2 + alpha > 0"
                },
            ),
            "Whether a triplet counts is decided by its distances, which are sums over the entries, not entry by entry.",
        ),
        Mistake(
            "the 2 forgotten",
            _edited(
                GRADIENTS,
                {
                    "2 * (negative": "(negative",
                    "2 * (positive": "(positive",
                    "2 * (anchor": "(anchor",
                },
            ),
            "The derivative of a square has a factor 2.",
        ),
        Mistake(
            "averaged over the triplets",
            _edited(
                GRADIENTS,
                {
                    "pos_dist - neg_dist + alpha > 0": "(pos_dist - neg_dist + alpha > 0) / len(anchor)"
                },
            ),
            "The loss is a sum over the triplets, so no 1/m in its gradient.",
        ),
        Mistake(
            "anchor pulled only",
            _edited(GRADIENTS, {"2 * (negative - positive)": "2 * (anchor - positive)"}),
            "The anchor stands in both distances: its gradient has two terms, 2(a − p) and −2(a − n).",
        ),
        Mistake(
            "anchor: both terms added",
            _edited(
                GRADIENTS,
                {"2 * (negative - positive)": "2 * (2 * anchor - positive - negative)"},
            ),
            "The distance of the negative enters the loss with a minus, so its term does too.",
        ),
        Mistake(
            "positive pushed away",
            _edited(GRADIENTS, {"2 * (positive - anchor)": "2 * (anchor - positive)"}),
            "The derivative of (a − p)² with respect to p is −2(a − p): the inner derivative is −1.",
        ),
        Mistake(
            "negative pulled near",
            _edited(GRADIENTS, {"2 * (anchor - negative)": "2 * (negative - anchor)"}),
            "The derivative of −(a − n)² with respect to n is +2(a − n): two minus signs.",
        ),
        Mistake(
            "anchor pushed to the negative",
            _edited(GRADIENTS, {"2 * (negative - positive)": "2 * (positive - negative)"}),
            "The sign of the anchor's gradient is wrong: 2(a − p) − 2(a − n) = 2(n − p).",
        ),
        Mistake(
            "times the loss",
            _edited(
                GRADIENTS,
                {"pos_dist - neg_dist + alpha > 0": "np.maximum(pos_dist - neg_dist + alpha, 0)"},
            ),
            "The slope of max(…, 0) is 0 or 1, however large the loss is: multiply with the switch, not with the loss.",
        ),
    ],
)


def _rows(rng: Generator, m: int, n: int) -> Arguments:
    F = rng.normal(size=(m, n)) * rng.uniform(0.3, 3, (m, 1))
    return arguments(rng.normal(size=(m, n)), F)


def _normalised(rng: Generator) -> Arguments:
    m, n, _ = _different_sizes(rng)
    return _rows(rng, m, n)


def _normalised_edges(rng: Generator) -> list[Arguments]:
    """Draw one row, one column, gradients nearly along the rows, rows of length 1."""
    dE, F = _rows(rng, 3, 4).positional
    return [
        _rows(rng, 1, 3),
        _rows(rng, 4, 1),
        arguments(F + 0.1 * dE, F),
        arguments(dE, F / np.linalg.norm(F, axis=1, keepdims=True)),
    ]


NORMALIZE = """
def normalize_backward(dE, F):
    length = np.linalg.norm(F, axis=1, keepdims=True)
    E = F / length
    along = np.sum(dE * E, axis=1, keepdims=True)
    return (dE - along * E) / length
"""

NORMALIZE_BACKWARD = Exercise(
    function="normalize_backward",
    reference=triplets.normalize_backward,
    inputs=_normalised,
    edge_inputs=_normalised_edges,
    checks=[
        Matches(points=7, label="`dF`"),
        Vectorised(
            small=_rows(np.random.default_rng(0), 3, 3),
            large=_rows(np.random.default_rng(0), 90, 3),
            label="works on all rows at once",
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "length taken for a constant",
            _edited(NORMALIZE, {"dE - along * E": "dE"}),
            "The length depends on every entry of the row, so it has a derivative too: the part of dE along the row drops out.",
        ),
        Mistake(
            "not divided by the length",
            _edited(NORMALIZE, {"(dE - along * E) / length": "dE - along * E"}),
            "The longer a row, the less a step turns it: divide by its length.",
        ),
        Mistake(
            "F for the unit vector",
            _edited(NORMALIZE, {"along * E) /": "along * F) /"}),
            "The part along the row is (dE · e) e, and e is the *unit* vector, both times: F divided by its length.",
        ),
        Mistake(
            "summed over the pictures",
            _edited(NORMALIZE, {"dE * E, axis=1": "dE * E, axis=0"}),
            "The product is one number for each row: sum over the entries of an encoding, axis 1.",
        ),
        Mistake(
            "one length for the whole batch",
            _edited(NORMALIZE, {"F, axis=1, keepdims=True": "F"}),
            "Each row has a length of its own: np.linalg.norm with axis=1 and keepdims=True.",
        ),
        Mistake(
            "part along the row added",
            _edited(NORMALIZE, {"dE - along": "dE + along"}),
            "The part along the row is taken away, not added: making a row longer does not change its direction.",
        ),
        Mistake(
            "divided by the squared length",
            _edited(NORMALIZE, {"* E) / length": "* E) / length**2"}),
            "There is one factor 1/length. With F in place of E there would be others, but do not count twice.",
        ),
    ],
)


# --- which triplets -------------------------------------------------------------------------


def _people(rng: Generator, m: int) -> np.ndarray:
    """Draw who is in each picture: two or three people, some perhaps only once."""
    names = rng.choice(np.arange(2, 30), 3, replace=False)
    people: np.ndarray = rng.choice(names, m)
    people[:3] = names[[0, 1, 0]]
    return rng.permutation(people)


def _labels(rng: Generator) -> Arguments:
    return arguments(_people(rng, int(rng.integers(3, 7))))


def _labels_edges(rng: Generator) -> list[Arguments]:
    """Draw one person only, each once, one picture, two pairs, and an order that shows."""
    labels = [[4, 4, 4], [1, 2, 3], [5], [2, 9, 9, 2], [6, 6, 8], [3, 8, 3, 8, 3]]
    return [arguments(np.array(people)) for people in labels]


TRIPLETS = """
def all_triplets(people):
    rows = []
    m = len(people)
    for a in range(m):
        for p in range(m):
            for n in range(m):
                if a != p and people[a] == people[p] and people[a] != people[n]:
                    rows.append((a, p, n))
    return np.array(rows, dtype=int).reshape(-1, 3)
"""

ALL_TRIPLETS = Exercise(
    function="all_triplets",
    reference=triplets.all_triplets,
    inputs=_labels,
    edge_inputs=_labels_edges,
    checks=[Matches(points=6, label="the triplets"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "a picture as its own positive",
            _edited(TRIPLETS, {"a != p and ": ""}),
            "Anchor and positive must be two different pictures: the distance of a picture from itself teaches nothing.",
        ),
        Mistake(
            "each pair once",
            _edited(TRIPLETS, {"a != p": "a < p"}),
            "Of two pictures of one person each can be the anchor: (a, p) and (p, a) are two triplets.",
        ),
        Mistake(
            "negative of the same person",
            _edited(TRIPLETS, {" and people[a] != people[n]": " and n != a and n != p"}),
            "The negative shows another person, not just another picture.",
        ),
        Mistake(
            "positive of another person",
            _edited(TRIPLETS, {" and people[a] == people[p]": ""}),
            "The positive shows the same person as the anchor.",
        ),
        Mistake(
            "negative before positive",
            _edited(TRIPLETS, {"(a, p, n)": "(a, n, p)"}),
            "The order is anchor, positive, negative.",
        ),
        Mistake(
            "people instead of pictures",
            _edited(TRIPLETS, {"(a, p, n)": "(people[a], people[p], people[n])"}),
            "A triplet consists of the numbers of three pictures, not of the people in them.",
        ),
        Mistake(
            "one triplet too flat",
            _edited(TRIPLETS, {".reshape(-1, 3)": ".ravel()"}),
            "The result has one row for each triplet, shape (t, 3): also (0, 3) where there is none.",
        ),
        Mistake(
            "sorted by the negative first",
            _edited(
                TRIPLETS,
                {
                    "    return": "    rows.sort(key=lambda row: (row[0], row[2], row[1]))\n    return"
                },
            ),
            "These are the right triplets in another order: by anchor, then by *positive*, then by negative.",
        ),
    ],
)


def _all_distances(rng: Generator, m: int) -> np.ndarray:
    E = rng.normal(size=(m, 3))
    E /= np.linalg.norm(E, axis=1, keepdims=True)
    return triplets.squared_distances(E, E)


def _batch(rng: Generator) -> Arguments:
    m = int(rng.integers(4, 8))
    return arguments(_all_distances(rng, m), _people(rng, m))


# Distances of points on a line, in quarters: many of them are equal.
ON_A_LINE = np.abs(np.subtract.outer([0, 1, 2, 2, 4], [0, 1, 2, 2, 4])) / 4


def _batch_edges(rng: Generator) -> list[Arguments]:
    """Draw ties, equal encodings, one person only, each person once, a person with one picture."""
    D = _all_distances(rng, 4)
    return [
        arguments(ON_A_LINE, np.array([3, 3, 3, 1, 1])),
        arguments(ON_A_LINE, np.array([1, 5, 5, 1, 5])),
        arguments(np.zeros((4, 4)), np.array([1, 1, 2, 2])),
        arguments(D, np.array([2, 2, 2, 2])),
        arguments(D, np.array([1, 2, 3, 4])),
        arguments(D, np.array([1, 8, 8, 1])),
        arguments(D, np.array([4, 6, 4, 9])),
        arguments(D, np.array([2, 2, 2, 9])),
        arguments(D, np.array([9, 2, 2, 2])),
    ]


HARD = """
def hard_triplets(D, people):
    m = len(people)
    rows = []
    for a in range(m):
        positives = [p for p in range(m) if people[p] == people[a] and p != a]
        negatives = [n for n in range(m) if people[n] != people[a]]
        if positives and negatives:
            p = max(positives, key=lambda i: D[a, i])
            n = min(negatives, key=lambda i: D[a, i])
            rows.append((a, p, n))
    return np.array(rows, dtype=int).reshape(-1, 3)
"""

EVERY_ANCHOR = """
def hard_triplets(D, people):
    same = people[:, np.newaxis] == people
    positives = same & ~np.eye(len(people), dtype=bool)
    farthest = np.argmax(np.where(positives, D, -np.inf), axis=1)
    nearest = np.argmin(np.where(same, np.inf, D), axis=1)
    return np.column_stack([np.arange(len(people)), farthest, nearest])
"""
MASKS_MULTIPLIED = _edited(
    EVERY_ANCHOR,
    {
        "np.where(positives, D, -np.inf)": "positives * D",
        "np.where(same, np.inf, D)": "~same * D",
        "    return np.column_stack([np.arange(len(people)), farthest, nearest])": (
            "    anchors = np.flatnonzero(positives.any(axis=1) & ~same.all(axis=1))\n"
            "    return np.column_stack([anchors, farthest[anchors], nearest[anchors]])"
        ),
    },
)

HARD_TRIPLETS = Exercise(
    function="hard_triplets",
    reference=triplets.hard_triplets,
    inputs=_batch,
    edge_inputs=_batch_edges,
    checks=[Matches(points=7, label="the triplets"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "nearest positive",
            _edited(HARD, {"max(positives": "min(positives"}),
            "The hardest positive is the farthest one: it should be near and is not.",
        ),
        Mistake(
            "farthest negative",
            _edited(HARD, {"min(negatives": "max(negatives"}),
            "The hardest negative is the nearest one: it should be far and is not.",
        ),
        Mistake(
            "a picture as its own positive",
            _edited(HARD, {" and p != a": ""}),
            "A person with one picture has no positive: leave such anchors out, instead of pairing a picture with itself.",
        ),
        Mistake(
            "negative before positive",
            _edited(HARD, {"(a, p, n)": "(a, n, p)"}),
            "The order is anchor, positive, negative.",
        ),
        Mistake(
            "hardest triplet of the batch only",
            _edited(
                HARD,
                {
                    "return np.array(rows, dtype=int)": "rows = sorted(rows, key=lambda r: D[r[0], r[2]] - D[r[0], r[1]])[:1]\n    return np.array(rows, dtype=int)"
                },
            ),
            "Every picture that can be an anchor gets a triplet, not only the hardest one.",
        ),
        Mistake(
            "a negative for each positive",
            _edited(
                HARD,
                {
                    "            p = max(positives, key=lambda i: D[a, i])\n": "",
                    "rows.append((a, p, n))": "rows.extend((a, p, n) for p in positives)",
                },
            ),
            "There is one triplet for each anchor, with its farthest positive.",
        ),
        Mistake(
            "last of equals",
            _edited(
                HARD,
                {
                    "max(positives": "max(positives[::-1]",
                    "min(negatives": "min(negatives[::-1]",
                },
            ),
            "Of equal distances the first one counts, as with np.argmax and np.argmin.",
        ),
        Mistake(
            "negative may be anybody",
            _edited(HARD, {"people[n] != people[a]]": "n != a]"}),
            "The negative shows another person, not just another picture.",
        ),
        Mistake(
            "every picture an anchor",
            EVERY_ANCHOR,
            "A picture whose person has no other one in the batch has no positive, and one that meets nobody else has no negative: such pictures are no anchors, leave them out.",
        ),
        Mistake(
            "masks multiplied",
            MASKS_MULTIPLIED,
            "A mask times D leaves zeros where the mask is false, and argmin finds just these. Use np.where, with np.inf for what must not be the nearest, and -np.inf for what must not be the farthest.",
        ),
        Mistake(
            "zeros taken for the nearest",
            _edited(
                HARD,
                {
                    "min(negatives, key=lambda i: D[a, i])": "int(np.argmin(D[a] * (people != people[a])))"
                },
            ),
            "A mask times D leaves zeros where the mask is false, and 0 is the smallest distance of all. Put np.inf there, with np.where.",
        ),
    ],
)


def _margin_batch(rng: Generator) -> Arguments:
    return arguments(*_batch(rng).positional, float(rng.uniform(0.3, 1.2)))


def _margin_edges(rng: Generator) -> list[Arguments]:
    """Draw as before, with distances that lie on the margin; also the usual margin."""
    margins = [0.5, 0.25, 0.5, 0.5, 0.5, 0.75, 1.0, 1.5, 1.5]
    batches = [args.positional for args in _batch_edges(rng)]
    drawn = [arguments(*args, alpha) for args, alpha in zip(batches, margins, strict=True)]
    near = 0.1 * _all_distances(rng, 6)
    usual = arguments(near, np.array([1, 1, 2, 2, 7, 7]))
    single = arguments(ONE_SEMI_HARD, np.array([5, 5, 8, 8]))
    return [*drawn, usual, single, _many_to_choose_from(rng), _many_to_choose_from(rng)]


ONE_SEMI_HARD = np.array(
    [[0, 0.3, 0.2, 0.4], [0.3, 0, 0.6, 0.3], [0.2, 0.6, 0, 0], [0.4, 0.3, 0, 0]]
)


def _many_to_choose_from(rng: Generator) -> Arguments:
    """Draw distances such that each pair has four semi-hard negatives, in any order."""
    people = rng.permutation([1, 1, 2, 2, 7, 7])
    same = people[:, np.newaxis] == people
    D = np.where(same, rng.uniform(0.1, 0.4, (6, 6)), rng.uniform(0.45, 1.05, (6, 6)))
    D = np.triu(D, 1)
    return arguments(D + D.T, people, 1.0)


SEMI_HARD = """
def semi_hard_triplets(D, people, alpha=0.2):
    m = len(people)
    rows = []
    for a in range(m):
        for p in range(m):
            if a == p or people[a] != people[p]:
                continue
            negatives = [n for n in range(m) if people[n] != people[a]]
            found = [n for n in negatives if D[a, n] > D[a, p] and D[a, n] < D[a, p] + alpha]
            if found:
                n = min(found, key=lambda i: D[a, i])
                rows.append((a, p, n))
    return np.array(rows, dtype=int).reshape(-1, 3)
"""

SEMI_HARD_TRIPLETS = Exercise(
    function="semi_hard_triplets",
    reference=triplets.semi_hard_triplets,
    inputs=_margin_batch,
    edge_inputs=_margin_edges,
    checks=[Matches(points=8, label="the triplets"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "negatives nearer than the positive",
            _edited(SEMI_HARD, {"D[a, n] > D[a, p] and ": ""}),
            "A negative nearer than the positive is hard. Semi-hard ones are farther away.",
        ),
        Mistake(
            "negatives beyond the margin",
            _edited(SEMI_HARD, {" and D[a, n] < D[a, p] + alpha": ""}),
            "A negative that keeps the margin is easy: it costs nothing and teaches nothing. If there is no other, the pair is left out.",
        ),
        Mistake(
            "as near as the positive",
            _edited(SEMI_HARD, {"D[a, n] > D[a, p]": "D[a, n] >= D[a, p]"}),
            "Semi-hard negatives are strictly farther away than the positive.",
        ),
        Mistake(
            "on the margin",
            _edited(SEMI_HARD, {"< D[a, p] + alpha": "<= D[a, p] + alpha"}),
            "A negative exactly on the margin costs nothing any more: take those strictly within.",
        ),
        Mistake(
            "margin written in",
            _edited(SEMI_HARD, {"D[a, p] + alpha": "D[a, p] + 0.2"}),
            "Use the argument alpha: 0.2 is only its default.",
        ),
        Mistake(
            "farthest of the semi-hard",
            _edited(SEMI_HARD, {"min(found": "max(found"}),
            "Of the semi-hard negatives the nearest one is chosen.",
        ),
        Mistake(
            "first of the semi-hard",
            _edited(SEMI_HARD, {"min(found, key=lambda i: D[a, i])": "found[0]"}),
            "Of the semi-hard negatives the nearest one is chosen, not the first in the batch.",
        ),
        Mistake(
            "all of the semi-hard",
            _edited(
                SEMI_HARD,
                {
                    "                n = min(found, key=lambda i: D[a, i])\n": "",
                    "rows.append((a, p, n))": "rows.extend((a, p, n) for n in found)",
                },
            ),
            "Each pair of anchor and positive gets one negative, the nearest of the semi-hard ones.",
        ),
        Mistake(
            "each pair once",
            _edited(SEMI_HARD, {"a == p or": "a >= p or"}),
            "Of two pictures of one person each can be the anchor: look at (a, p) and at (p, a).",
        ),
        Mistake(
            "a picture as its own positive",
            _edited(SEMI_HARD, {"a == p or ": ""}),
            "Anchor and positive must be two different pictures.",
        ),
        Mistake(
            "another negative where none is semi-hard",
            _edited(
                SEMI_HARD,
                {
                    "            if found:": "            found = found or negatives\n            if found:"
                },
            ),
            "A pair without a semi-hard negative gets no triplet: leave it out, instead of taking some other negative.",
        ),
        Mistake(
            "farthest positive only",
            _edited(
                SEMI_HARD,
                {
                    "people[a] != people[p]:": "people[a] != people[p] or any(D[a, i] > D[a, p] for i in range(m) if people[i] == people[a]):"
                },
            ),
            "Every pair of anchor and positive is looked at, not only the anchor's farthest positive.",
        ),
    ],
)


# --- a door ---------------------------------------------------------------------------------

NAMES = ["Ada", "Bo", "Chen", "Dita", "Edo"]


def _face(rng: Generator) -> str:
    """Draw the path of a picture."""
    part, first, people = [("dev", 160, 40), ("test", 200, 60)][int(rng.integers(2))]
    return f"{part}/{first + int(rng.integers(people))}/{int(rng.integers(8))}"


def _at_distance(encoding: np.ndarray, distance: float, rng: Generator) -> np.ndarray:
    """Draw a vector of length 1 at this distance from another one."""
    aside = rng.normal(size=encoding.shape)
    aside -= np.sum(aside * encoding) * encoding
    angle = 2 * np.arcsin(distance / 2)
    turned: np.ndarray = np.cos(angle) * encoding + np.sin(angle) * aside / np.linalg.norm(aside)
    return turned


def _model(rng: Generator) -> dict[str, np.ndarray]:
    """Draw a small network."""
    return face_network.initialize_network((2, 2), n=4, seed=int(rng.integers(1000)), f=3)


def _database(
    rng: Generator, encoding: np.ndarray, distances: list[float]
) -> dict[str, np.ndarray]:
    names = rng.permutation(NAMES)[: len(distances)]
    return {
        str(name): _at_distance(encoding, distance, rng)
        for name, distance in zip(names, distances, strict=True)
    }


# Distances on either side of 0.7; squares of the third range are below it. Then those above 1.
DISTANCES_TO_TRY = [(0.1, 0.45), (0.52, 0.65), (0.72, 0.82), (1.05, 1.6)]


def _spread(rng: Generator, first: int = 0) -> list[float]:
    """Draw one distance from each range, in any order."""
    return [float(rng.uniform(*limits)) for limits in rng.permutation(DISTANCES_TO_TRY[first:])]


def _door(rng: Generator, first: int = 0, chosen: int | None = None) -> Arguments:
    model, path = _model(rng), _face(rng)
    encoding = face_network.img_to_encoding(path, model)
    database = _database(rng, encoding, _spread(rng, first))
    order = (
        list(database)
        if chosen is None
        else sorted(database, key=lambda name: _far(encoding, database[name]))
    )
    identity = order[int(rng.integers(len(order))) if chosen is None else chosen]
    return arguments(path, identity, database, model)


def _far(encoding: np.ndarray, other: np.ndarray) -> float:
    return float(np.linalg.norm(encoding - other))


def _door_edges(rng: Generator) -> list[Arguments]:
    """Draw somebody in each range of distances, and a database with one person only."""
    path, identity, database, model = _door(rng).positional
    ranges = [_door(rng, chosen=place) for place in range(4)]
    return [*ranges, arguments(path, identity, {identity: database[identity]}, model)]


def _closed_to_unknown_names(call: Callable[..., Any]) -> str | None:
    path, _, database, model = _door(np.random.default_rng(0)).positional
    advice = "The door should stay closed for a name that is not in the database"
    try:
        _, door_open = call(path, "nobody", database, model)
    except CallFailed as error:
        return f"{advice}: {error}"
    return f"{advice}; yours opens." if door_open else None


VERIFY = """
def verify(image_path, identity, database, model):
    encoding = img_to_encoding(image_path, model)
    dist = np.linalg.norm(encoding - database[identity])
    if dist < 0.7:
        door_open = True
    else:
        door_open = False
    return dist, door_open
"""
_NORM = "np.linalg.norm(encoding - database[identity])"

VERIFY_EXERCISE = Exercise(
    function="verify",
    reference=verification.verify,
    returns=("dist", "door_open"),
    inputs=_door,
    edge_inputs=_door_edges,
    checks=[
        Matches("dist", points=4),
        Matches("door_open", points=4),
        Holds(label="a name that is not in the database", test=_closed_to_unknown_names),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "squared distance",
            _edited(VERIFY, {_NORM: "np.sum((encoding - database[identity]) ** 2)"}),
            "This is the squared distance. The threshold 0.7 is meant for the distance itself: np.linalg.norm.",
        ),
        Mistake(
            "sum of absolute differences",
            _edited(VERIFY, {_NORM: "np.sum(np.abs(encoding - database[identity]))"}),
            "The distance is the root of the summed squares: np.linalg.norm.",
        ),
        Mistake(
            "door opens for strangers",
            _edited(VERIFY, {"dist < 0.7": "dist > 0.7"}),
            "A small distance means the same person: the door opens below 0.7.",
        ),
        Mistake(
            "another threshold",
            _edited(VERIFY, {"dist < 0.7": "dist < 1.0"}),
            "The door opens for distances below 0.7, not below 1.",
        ),
        Mistake(
            "nearest person of the database",
            _edited(
                VERIFY,
                {_NORM: "min(np.linalg.norm(encoding - other) for other in database.values())"},
            ),
            "Verification asks about one person: compare with database[identity] only. Whoever is nearest is the next exercise.",
        ),
        Mistake(
            "first person of the database",
            _edited(VERIFY, {"database[identity]": "list(database.values())[0]"}),
            "Compare with the person who is claimed: database[identity].",
        ),
        Mistake(
            "cosine for distance",
            _edited(VERIFY, {_NORM: "1 - np.sum(encoding * database[identity])"}),
            "This is 1 − cosine, which is half the squared distance. Asked for is the distance: np.linalg.norm.",
        ),
        Mistake(
            "results exchanged",
            _edited(VERIFY, {"return dist, door_open": "return door_open, dist"}),
            "The distance comes first, then whether the door opens.",
        ),
        Mistake(
            "difference of the lengths",
            _edited(
                VERIFY,
                {_NORM: "abs(np.linalg.norm(encoding) - np.linalg.norm(database[identity]))"},
            ),
            "You subtract the lengths of the two encodings, and both are 1. Subtract the encodings first, then take the length.",
        ),
    ],
)


def _crowd(rng: Generator, first: int = 0) -> Arguments:
    model, path = _model(rng), _face(rng)
    encoding = face_network.img_to_encoding(path, model)
    return arguments(path, _database(rng, encoding, _spread(rng, first)), model)


def _crowd_edges(rng: Generator) -> list[Arguments]:
    """Draw: nobody below 0.7, nobody below 1, one person only, somebody very near."""
    path, database, model = _crowd(rng).positional
    encoding = face_network.img_to_encoding(path, model)
    return [
        _crowd(rng, 2),
        _crowd(rng, 3),
        arguments(path, {"Bo": database[next(iter(database))]}, model),
        arguments(path, {**database, "Zoe": _at_distance(encoding, 0.05, rng)}, model),
    ]


WHO = """
def who_is_it(image_path, database, model):
    encoding = img_to_encoding(image_path, model)
    min_dist = 100
    identity = None
    for name, db_enc in database.items():
        dist = np.linalg.norm(encoding - db_enc)
        if dist < min_dist:
            min_dist = dist
            identity = name
    return min_dist, identity
"""

WHO_IS_IT = Exercise(
    function="who_is_it",
    reference=verification.who_is_it,
    returns=("min_dist", "identity"),
    inputs=_crowd,
    edge_inputs=_crowd_edges,
    checks=[
        Matches("min_dist", points=4),
        Matches("identity", points=4),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "farthest person",
            _edited(WHO, {"min_dist = 100": "min_dist = -1", "dist < min_dist": "dist > min_dist"}),
            "The picture shows the person at the *smallest* distance.",
        ),
        Mistake(
            "squared distance",
            _edited(WHO, {"np.linalg.norm(encoding - db_enc)": "np.sum((encoding - db_enc) ** 2)"}),
            "The distance returned is squared: np.linalg.norm takes the root, too.",
        ),
        Mistake(
            "search begins at 0.7",
            _edited(WHO, {"min_dist = 100": "min_dist = 0.7"}),
            "Begin with a number larger than any distance, such as 100. Whoever is nearest is returned, also beyond 0.7.",
        ),
        Mistake(
            "search begins at 1",
            _edited(WHO, {"min_dist = 100": "min_dist = 1"}),
            "Distances of encodings of length 1 go up to 2: begin with a larger number.",
        ),
        Mistake(
            "nobody beyond 0.7",
            _edited(
                WHO,
                {
                    "return min_dist, identity": "identity = identity if min_dist <= 0.7 else None\n    return min_dist, identity"
                },
            ),
            "Here the nearest name is returned in any case. (That nobody may be near enough, you may print. A function that refuses is the next exercise.)",
        ),
        Mistake(
            "last person of the database",
            _edited(WHO, {"if dist < min_dist:": "if True:"}),
            "Keep distance and name only where the distance is less than the smallest so far.",
        ),
        Mistake(
            "smallest distance not kept",
            _edited(WHO, {"            min_dist = dist\n": ""}),
            "When a nearer person is found, keep the name *and* the distance.",
        ),
        Mistake(
            "results exchanged",
            _edited(WHO, {"return min_dist, identity": "return identity, min_dist"}),
            "The distance comes first, then the name.",
        ),
    ],
)


def _gallery(rng: Generator, encoding: np.ndarray, lowest: float) -> dict[str, np.ndarray]:
    """Draw one to three encodings of each person, none nearer than `lowest`."""
    names = [str(name) for name in rng.permutation(NAMES)[:3]]
    counts = rng.permutation([1, 2, 3])
    return {
        name: np.concatenate(
            [_at_distance(encoding, float(rng.uniform(lowest, 1.6)), rng) for _ in range(count)]
        )
        for name, count in zip(names, counts, strict=True)
    }


def _unit(rng: Generator, n: int) -> np.ndarray:
    row = rng.normal(size=(1, n))
    unit: np.ndarray = row / np.linalg.norm(row)
    return unit


def _visitor(rng: Generator) -> Arguments:
    encoding, threshold = _unit(rng, int(rng.integers(3, 6))), float(rng.uniform(0.4, 1.1))
    lowest = float(rng.choice([0.2, 0.5, 0.8]))
    return arguments(encoding, _gallery(rng, encoding, lowest), threshold)


def _visitor_edges(rng: Generator) -> list[Arguments]:
    """Draw: known and unknown, two below the threshold, one person, exactly at the threshold."""
    encoding, axis = _unit(rng, 4), np.array([[1.0, 0.0, 0.0]])
    known = {"Ada": _at_distance(encoding, 1.3, rng), "Bo": _at_distance(encoding, 0.6, rng)}
    later = np.concatenate([_at_distance(encoding, d, rng) for d in (1.9, 0.3)])
    return [
        arguments(encoding, known),
        arguments(encoding, {"Ada": later, "Bo": known["Bo"]}),
        arguments(encoding, {"Bo": known["Bo"], "Ada": later}),
        arguments(encoding, _gallery(rng, encoding, 0.8)),
        arguments(axis, {"Edo": -axis}, 2.0),
        arguments(encoding, {"Chen": encoding.copy(), "Bo": known["Bo"]}, threshold=0.4),
        arguments(encoding, {"Chen": _at_distance(encoding, 0.9, rng)}, 1.1),
        arguments(encoding, {"Bo": known["Bo"], "Edo": known["Ada"]}, 0.5),
    ]


IDENTIFY_SOURCE = """
def identify(encoding, gallery, threshold=0.7):
    min_dist, identity = 100, None
    for name, encodings in gallery.items():
        dists = np.linalg.norm(encodings - encoding, axis=1)
        dist = np.min(dists)
        if dist < min_dist:
            min_dist, identity = dist, name
    if min_dist >= threshold:
        identity = None
    return min_dist, identity
"""

IDENTIFY = Exercise(
    function="identify",
    reference=verification.identify,
    returns=("min_dist", "identity"),
    inputs=_visitor,
    edge_inputs=_visitor_edges,
    checks=[
        Matches("min_dist", points=4),
        Matches("identity", points=4),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "mean distance of a person",
            _edited(IDENTIFY_SOURCE, {"np.min(dists)": "np.mean(dists)"}),
            "One picture that fits is enough: take the smallest of a person's distances, not their mean.",
        ),
        Mistake(
            "first picture of a person",
            _edited(IDENTIFY_SOURCE, {"np.min(dists)": "dists[0]"}),
            "A person has several encodings: take the smallest distance of all of them.",
        ),
        Mistake(
            "distance from the mean encoding",
            _edited(
                IDENTIFY_SOURCE,
                {
                    "np.linalg.norm(encodings - encoding, axis=1)": "np.linalg.norm(np.mean(encodings, axis=0) - encoding)"
                },
            ),
            "Compare with each encoding of a person, not with their mean.",
        ),
        Mistake(
            "all of a person's entries at once",
            _edited(IDENTIFY_SOURCE, {"encodings - encoding, axis=1": "encodings - encoding"}),
            "Without axis=1 the norm adds up over all of a person's pictures. You need one distance for each row.",
        ),
        Mistake(
            "nobody is refused",
            _edited(IDENTIFY_SOURCE, {"min_dist >= threshold": "min_dist > 100"}),
            "From the threshold on, nobody is recognised: return None for the name.",
        ),
        Mistake(
            "threshold written in",
            _edited(IDENTIFY_SOURCE, {">= threshold": ">= 0.7"}),
            "Use the argument threshold: 0.7 is only its default.",
        ),
        Mistake(
            "recognised at the threshold",
            _edited(IDENTIFY_SOURCE, {">= threshold": "> threshold"}),
            "Exactly at the threshold nobody is recognised: the distance must be below it.",
        ),
        Mistake(
            "squared distance",
            _edited(
                IDENTIFY_SOURCE,
                {
                    "np.linalg.norm(encodings - encoding, axis=1)": "np.sum((encodings - encoding) ** 2, axis=1)"
                },
            ),
            "The distances are squared: np.linalg.norm takes the root, too.",
        ),
        Mistake(
            "a word for nobody",
            _edited(
                IDENTIFY_SOURCE, {"        identity = None\n": '        identity = "unknown"\n'}
            ),
            "For nobody return None, not a text: a text could be somebody's name.",
        ),
        Mistake(
            "first person below the threshold",
            _edited(
                IDENTIFY_SOURCE,
                {
                    "    if min_dist >= threshold": "        if min_dist < threshold:\n            break\n    if min_dist >= threshold"
                },
            ),
            "The search stops at the first person below the threshold. Somebody later in the gallery may be nearer: look at everybody first.",
        ),
        Mistake(
            "distance refused, too",
            _edited(IDENTIFY_SOURCE, {"dist < min_dist": "dist < min(min_dist, threshold)"}),
            "Only the name is refused: the smallest distance is returned in any case.",
        ),
    ],
)


# --- how often it errs ----------------------------------------------------------------------


def _judged(rng: Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw distances in sixteenths, so that some are equal, and pairs of both kinds.

    There are more pairs of one kind than of the other.
    """
    same = np.zeros(m, dtype=bool)
    same[: int(rng.choice([m // 3, m - m // 3]))] = True
    return rng.integers(2, 26, m) / 16, rng.permutation(same)


def _pairs(rng: Generator) -> Arguments:
    distances, same = _judged(rng, int(rng.integers(7, 12)))
    return arguments(distances, same, float(rng.choice(distances)))


def _pairs_edges(rng: Generator) -> list[Arguments]:
    """Draw: everybody accepted, nobody accepted, one pair of each kind, no mistake at all."""
    distances, same = _judged(rng, 7)
    two = np.array([False, True])
    return [
        arguments(distances, same, 2.0),
        arguments(distances, same, 0.0),
        arguments(np.array([0.5, 0.5]), two, 0.5),
        arguments(np.array([1.5, 0.25]), two, 0.75),
        arguments(np.array([0.25, 1.5, 0.5]), np.array([False, True, True]), 0.75),
    ]


RATES = """
def error_rates(distances, same, threshold):
    accepted = distances < threshold
    far = np.sum(accepted & ~same) / np.sum(~same)
    frr = np.sum(~accepted & same) / np.sum(same)
    return far, frr
"""

ERROR_RATES = Exercise(
    function="error_rates",
    reference=face_metrics.error_rates,
    returns=("far", "frr"),
    inputs=_pairs,
    edge_inputs=_pairs_edges,
    checks=[Matches("far", points=3), Matches("frr", points=3), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "accepted at the threshold",
            _edited(RATES, {"distances < threshold": "distances <= threshold"}),
            "A pair is accepted when its distance is *less* than the threshold; at the threshold it is not.",
        ),
        Mistake(
            "the far ones accepted",
            _edited(RATES, {"distances < threshold": "distances > threshold"}),
            "Near means the same person: pairs *below* the threshold are accepted.",
        ),
        Mistake(
            "shares of all pairs",
            _edited(RATES, {"/ np.sum(~same)": "/ len(same)", "/ np.sum(same)": "/ len(same)"}),
            "Each rate is a share of the pairs of its own kind: false accepts of the pairs of two people, false rejects of the pairs of one.",
        ),
        Mistake(
            "rates exchanged",
            _edited(RATES, {"return far, frr": "return frr, far"}),
            "The false-accept rate comes first.",
        ),
        Mistake(
            "numbers instead of shares",
            _edited(RATES, {" / np.sum(~same)": "", " / np.sum(same)": ""}),
            "These are numbers of pairs. A rate divides by the number of pairs of that kind.",
        ),
        Mistake(
            "right decisions",
            _edited(
                RATES,
                {"accepted & ~same": "~accepted & ~same", "~accepted & same": "accepted & same"},
            ),
            "You have counted the right decisions: strangers turned away, and people let in.",
        ),
        Mistake(
            "shares of the accepted and the rejected",
            _edited(
                RATES,
                {
                    "/ np.sum(~same)": "/ max(np.sum(accepted), 1)",
                    "/ np.sum(same)": "/ max(np.sum(~accepted), 1)",
                },
            ),
            "You have divided by how many were accepted or rejected. Divide by how many pairs show two people, or one.",
        ),
        Mistake(
            "denominators exchanged",
            _edited(
                RATES,
                {
                    "(accepted & ~same) / np.sum(~same)": "(accepted & ~same) / np.sum(same)",
                    "(~accepted & same) / np.sum(same)": "(~accepted & same) / np.sum(~same)",
                },
            ),
            "The denominators are exchanged: false accepts are a share of the pairs of two people, false rejects of the pairs of one.",
        ),
    ],
)


def _several(rng: Generator) -> Arguments:
    distances, same = _judged(rng, int(rng.integers(7, 12)))
    thresholds = rng.permutation(np.unique(rng.choice(distances, 3)))
    return arguments(distances, same, np.append(thresholds, rng.uniform(0, 2)))


def _several_edges(rng: Generator) -> list[Arguments]:
    distances, same = _judged(rng, 8)
    return [
        arguments(distances, same, np.array([0.0, 2.0, 0.5])),
        arguments(distances, same, np.array([0.625])),
    ]


ROC = """
def roc_curve(distances, same, thresholds):
    far, frr = np.zeros(len(thresholds)), np.zeros(len(thresholds))
    for k, threshold in enumerate(thresholds):
        accepted = distances < threshold
        far[k] = np.mean(accepted[~same])
        frr[k] = np.mean(~accepted[same])
    return far, frr
"""

ROC_CURVE = Exercise(
    function="roc_curve",
    reference=face_metrics.roc_curve,
    returns=("far", "frr"),
    inputs=_several,
    edge_inputs=_several_edges,
    uses=("error_rates",),
    checks=[Matches("far", points=2), Matches("frr", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "rates exchanged",
            _edited(ROC, {"return far, frr": "return frr, far"}),
            "The false-accept rates come first.",
        ),
        Mistake(
            "true accepts for false rejects",
            _edited(ROC, {"np.mean(~accepted[same])": "np.mean(accepted[same])"}),
            "These are the people who are let in. The false-reject rate is 1 minus that.",
        ),
        Mistake(
            "thresholds put in order",
            _edited(ROC, {"enumerate(thresholds)": "enumerate(np.sort(thresholds))"}),
            "The rates stand in the order of the thresholds, whatever that is.",
        ),
        Mistake(
            "first threshold only",
            _edited(ROC, {"distances < threshold": "distances < thresholds[0]"}),
            "Every threshold has rates of its own: use the one of the loop.",
        ),
        Mistake(
            "last threshold missing",
            _edited(ROC, {"enumerate(thresholds)": "enumerate(thresholds[:-1])"}),
            "The last threshold is missing.",
        ),
        Mistake(
            "one array",
            _edited(ROC, {"return far, frr": "return np.column_stack([far, frr])"}),
            "Return two arrays, each with one number per threshold.",
        ),
    ],
)


def _curves(rng: Generator) -> Arguments:
    """Draw rates in sixteenths: the one rises, the other falls."""
    k = int(rng.integers(4, 8))
    far, frr = np.sort(rng.integers(0, 17, k)) / 16, np.sort(rng.integers(0, 17, k))[::-1] / 16
    return arguments(far, frr)


def _curves_edges(rng: Generator) -> list[Arguments]:
    """Draw: equal somewhere, two places as good, one threshold, no mistakes."""
    pairs = [
        ([0.0, 0.25, 0.5], [1.0, 0.25, 0.125]),
        ([0.0, 0.25, 0.875, 1.0], [1.0, 0.75, 0.375, 0.0]),
        ([0.25], [0.75]),
        ([0.0, 0.0, 1.0], [0.5, 0.0, 0.0]),
        ([0.5, 0.625, 1.0], [0.25, 0.125, 0.0]),
        ([0.0, 0.125, 0.25], [1.0, 0.75, 0.5]),
    ]
    return [arguments(np.array(far), np.array(frr)) for far, frr in pairs]


EER = """
def equal_error_rate(far, frr):
    k = np.argmin(np.abs(far - frr))
    return (far[k] + frr[k]) / 2
"""

EQUAL_ERROR_RATE = Exercise(
    function="equal_error_rate",
    reference=face_metrics.equal_error_rate,
    inputs=_curves,
    edge_inputs=_curves_edges,
    checks=[Matches(points=4, label="the rate"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "smallest sum",
            _edited(EER, {"np.abs(far - frr)": "far + frr"}),
            "You look for the threshold with the smallest sum of both rates. Here it is the one where they are nearest to each other.",
        ),
        Mistake(
            "difference with its sign",
            _edited(EER, {"np.abs(far - frr)": "far - frr"}),
            "The smallest difference is the most negative one. Nearest to each other means the smallest *absolute* difference.",
        ),
        Mistake(
            "sum for mean",
            _edited(EER, {"(far[k] + frr[k]) / 2": "far[k] + frr[k]"}),
            "Take the mean of the two rates, not their sum.",
        ),
        Mistake(
            "false accepts only",
            _edited(EER, {"(far[k] + frr[k]) / 2": "far[k]"}),
            "The two rates are rarely quite equal: take the mean of both.",
        ),
        Mistake(
            "number of the threshold",
            _edited(EER, {"(far[k] + frr[k]) / 2": "k"}),
            "This is the place of the threshold in the list. Return the rate there.",
        ),
        Mistake(
            "last of equals",
            _edited(
                EER,
                {
                    "np.argmin(np.abs(far - frr))": "len(far) - 1 - np.argmin(np.abs(far - frr)[::-1])"
                },
            ),
            "If two thresholds are equally good, the first one counts.",
        ),
        Mistake(
            "farthest apart",
            _edited(EER, {"np.argmin": "np.argmax"}),
            "The rates should be as near to each other as possible: argmin.",
        ),
        Mistake(
            "smallest of the larger rates",
            _edited(EER, {"(far[k] + frr[k]) / 2": "np.min(np.maximum(far, frr))"}),
            "Find the threshold at which the two rates are nearest to each other, and take the mean of both there.",
        ),
    ],
)


def _to_choose(rng: Generator) -> Arguments:
    distances, same = _judged(rng, int(rng.integers(9, 14)))
    candidates = rng.permutation(np.append(0.0, np.unique(rng.choice(distances, 6)) + 1 / 32))
    return arguments(distances, same, candidates, float(rng.integers(1, 6)) / 8 + 0.01)


def _to_choose_edges(rng: Generator) -> list[Arguments]:
    """Draw: a rate just allowed, none allowed, all allowed, one above the limit by little."""
    distances = np.array([0.25, 0.5, 0.75, 1.0, 0.375, 1.25])
    same = np.array([False, False, False, False, True, True])
    thresholds = np.array([1.125, 0.0, 0.625, 0.3125, 0.875])
    return [
        arguments(distances, same, thresholds, 0.5),
        arguments(distances, same, thresholds, 0.0),
        arguments(distances, same, thresholds, 1.0),
        arguments(distances, same, np.sort(thresholds)[::-1], 0.4),
    ]


CHOOSE = """
def choose_threshold(distances, same, thresholds, max_far):
    best = 0.0
    for threshold in thresholds:
        far = np.mean(distances[~same] < threshold)
        frr = np.mean(distances[same] >= threshold)
        if far <= max_far and threshold > best:
            best = threshold
    return best
"""

BY_THE_RATES = """
def choose_threshold(distances, same, thresholds, max_far):
    far = np.array([np.mean(distances[~same] < threshold) for threshold in thresholds])
    return thresholds[np.argmax(far <= max_far)]
"""

CHOOSE_THRESHOLD = Exercise(
    function="choose_threshold",
    reference=face_metrics.choose_threshold,
    inputs=_to_choose,
    edge_inputs=_to_choose_edges,
    uses=("error_rates", "roc_curve"),
    checks=[Matches(points=4, label="the threshold"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "smallest threshold",
            _edited(
                CHOOSE, {"best = 0.0": "best = np.inf", "threshold > best": "threshold < best"}
            ),
            "The smallest threshold turns everybody away. Of those that let few enough strangers in, take the largest.",
        ),
        Mistake(
            "false rejects limited",
            _edited(CHOOSE, {"far <= max_far": "frr <= max_far"}),
            "max_far limits the false *accepts*.",
        ),
        Mistake(
            "less than allowed",
            _edited(CHOOSE, {"far <= max_far": "far < max_far"}),
            "A rate of exactly max_far is still allowed.",
        ),
        Mistake(
            "last threshold in the list",
            _edited(CHOOSE, {" and threshold > best": ""}),
            "The thresholds may come in any order: take the largest that is allowed, not the last one.",
        ),
        Mistake(
            "no limit",
            _edited(CHOOSE, {"far <= max_far and ": ""}),
            "The limit max_far is not used: the largest threshold of all lets everybody in.",
        ),
        Mistake(
            "place in the list",
            _edited(CHOOSE, {"return best": "return list(thresholds).index(best)"}),
            "Return the threshold itself, not its place in the list.",
        ),
        Mistake(
            "share of all pairs",
            _edited(
                CHOOSE,
                {
                    "np.mean(distances[~same] < threshold)": "np.sum(distances[~same] < threshold) / len(same)"
                },
            ),
            "The false-accept rate is a share of the pairs that show two people, not of all pairs.",
        ),
        Mistake(
            "first threshold allowed",
            BY_THE_RATES,
            "np.argmax finds the first threshold that is allowed, and they may come in any order. Take the largest of all that are allowed.",
        ),
        Mistake(
            "rate nearest to the limit",
            _edited(BY_THE_RATES, {"argmax(far <= max_far)": "argmin(np.abs(far - max_far))"}),
            "The rate nearest to max_far may lie above it. Take the largest threshold whose rate does not.",
        ),
    ],
)


# --- verification as classification, and for whom it errs -----------------------------------


def _two_encodings(rng: Generator) -> Arguments:
    m, n, _ = _different_sizes(rng)
    return arguments(rng.normal(size=(m, n)), rng.normal(size=(m, n)))


def _two_encodings_edges(rng: Generator) -> list[Arguments]:
    """Draw one pair, encodings of one number, pairs of equal encodings."""
    E = rng.normal(size=(3, 2))
    return [
        arguments(rng.normal(size=(1, 4)), rng.normal(size=(1, 4))),
        arguments(rng.normal(size=(3, 1)), rng.normal(size=(3, 1))),
        arguments(E, E.copy()),
    ]


FEATURES = "def pair_features(E1, E2):\n    return np.abs(E1 - E2).T"

PAIR_FEATURES = Exercise(
    function="pair_features",
    reference=verification.pair_features,
    inputs=_two_encodings,
    edge_inputs=_two_encodings_edges,
    checks=[Matches(points=4, label="the features"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "one pair a row",
            _edited(FEATURES, {").T": ")"}),
            "Logistic regression takes one example a *column*: transpose.",
        ),
        Mistake(
            "no absolute value",
            _edited(FEATURES, {"np.abs(E1 - E2)": "(E1 - E2)"}),
            "Without the absolute value it would matter which picture comes first.",
        ),
        Mistake(
            "squares",
            _edited(FEATURES, {"np.abs(E1 - E2)": "((E1 - E2) ** 2)"}),
            "Here the absolute differences are asked for, not their squares.",
        ),
        Mistake(
            "difference of the absolute values",
            _edited(FEATURES, {"np.abs(E1 - E2)": "np.abs(np.abs(E1) - np.abs(E2))"}),
            "First subtract, then take the absolute value: −0.5 and 0.5 are far apart.",
        ),
        Mistake(
            "one number a pair",
            _edited(
                FEATURES, {"np.abs(E1 - E2).T": "np.sum(np.abs(E1 - E2), axis=1, keepdims=True).T"}
            ),
            "Do not add up: each entry stays a feature of its own, and gets a weight of its own.",
        ),
        Mistake(
            "both encodings below each other",
            _edited(FEATURES, {"np.abs(E1 - E2).T": "np.concatenate([E1, E2], axis=1).T"}),
            "A linear model of both encodings cannot compare them. The features are the absolute differences.",
        ),
        Mistake(
            "reshaped instead of transposed",
            _edited(FEATURES, {".T": ".reshape(E1.shape[::-1])"}),
            "reshape keeps the numbers in their order. To exchange rows and columns, transpose with .T.",
        ),
    ],
)


def _grouped(rng: Generator, sizes: tuple[int, ...], keys: tuple[int, ...]) -> Arguments:
    drawn = [_judged(rng, size) for size in sizes]
    distances, same = (np.concatenate(parts) for parts in zip(*drawn, strict=True))
    groups = np.repeat(keys, sizes)
    order = rng.permutation(len(groups))
    threshold = float(rng.choice(distances))
    return arguments(distances[order], same[order], groups[order], threshold)


def _groups(rng: Generator) -> Arguments:
    keys = [int(key) for key in rng.permutation(np.arange(2, 9))[:2]]
    sizes = [int(size) for size in rng.permutation(np.arange(4, 9))[:2]]
    return _grouped(rng, tuple(sizes), tuple(keys))


def _groups_edges(rng: Generator) -> list[Arguments]:
    return [
        _grouped(rng, (5, 7), (0, 1)),
        _grouped(rng, (6,), (3,)),
        _grouped(rng, (4, 7, 5), (5, 2, 8)),
    ]


GROUPS = """
def rates_by_group(distances, same, groups, threshold):
    rates = {}
    for group in np.unique(groups):
        inside = groups == group
        accepted = distances < threshold
        far = np.mean(accepted[inside & ~same])
        frr = np.mean(~accepted[inside & same])
        rates[int(group)] = (far, frr)
    return rates
"""

RATES_BY_GROUP = Exercise(
    function="rates_by_group",
    reference=face_metrics.rates_by_group,
    inputs=_groups,
    edge_inputs=_groups_edges,
    uses=("error_rates",),
    checks=[Matches(points=5, label="the rates"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "all pairs for each group",
            _edited(GROUPS, {"groups == group": "groups == groups"}),
            "Every group has the same rates: use only the pairs of the group.",
        ),
        Mistake(
            "rates exchanged",
            _edited(GROUPS, {"(far, frr)": "(frr, far)"}),
            "The false-accept rate comes first.",
        ),
        Mistake(
            "groups numbered from 0",
            _edited(
                GROUPS,
                {
                    "in np.unique(groups):": "in np.unique(groups):\n        number = len(rates)",
                    "rates[int(group)]": "rates[number]",
                },
            ),
            "The keys are the groups as they are called in `groups`, not their places.",
        ),
        Mistake(
            "a threshold for each group",
            _edited(GROUPS, {"distances < threshold": "distances < np.median(distances[inside])"}),
            "The threshold is the same for all groups: the argument.",
        ),
        Mistake(
            "shares of all pairs of the group",
            _edited(
                GROUPS,
                {
                    "np.mean(accepted[inside & ~same])": "np.sum(accepted[inside & ~same]) / np.sum(inside)",
                    "np.mean(~accepted[inside & same])": "np.sum(~accepted[inside & same]) / np.sum(inside)",
                },
            ),
            "Within a group, too, each rate is a share of the pairs of its own kind.",
        ),
        Mistake(
            "the other groups",
            _edited(GROUPS, {"groups == group": "(groups != group) | (len(set(groups)) < 2)"}),
            "These are the rates of all the *other* groups: groups == group.",
        ),
        Mistake(
            "last group only",
            _edited(
                GROUPS,
                {"    rates = {}\n": "", "inside = groups": "rates = {}\n        inside = groups"},
            ),
            "Only one group is left at the end: make the dictionary once, before the loop.",
        ),
        Mistake(
            "shares of all groups together",
            _edited(
                GROUPS,
                {
                    "np.mean(accepted[inside & ~same])": "np.sum(accepted[inside & ~same]) / np.sum(~same)",
                    "np.mean(~accepted[inside & same])": "np.sum(~accepted[inside & same]) / np.sum(same)",
                },
            ),
            "Divide by the number of pairs of this kind *within the group*, not in all groups together.",
        ),
    ],
)


EXERCISES = [
    RECOGNITION_ERROR,
    SQUARED_DISTANCES,
    ERROR_RATES,
    ROC_CURVE,
    EQUAL_ERROR_RATE,
    CHOOSE_THRESHOLD,
    TRIPLET_LOSS,
    TRIPLET_GRADIENTS,
    NORMALIZE_BACKWARD,
    ALL_TRIPLETS,
    HARD_TRIPLETS,
    SEMI_HARD_TRIPLETS,
    VERIFY_EXERCISE,
    WHO_IS_IT,
    IDENTIFY,
    PAIR_FEATURES,
    RATES_BY_GROUP,
]
