"""What to measure, with how many examples, and which model the numbers say to take.

Labels and predictions are rows, one example per column, with 1 for positive and 0 for negative.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np


def confusion_counts(predictions: np.ndarray, Y: np.ndarray) -> dict[str, int]:
    """Count the four ways in which a prediction and the truth can meet.

    Parameters
    ----------
    predictions : ndarray of int or bool, shape (1, m)
        1 where the model says positive, else 0.
    Y : ndarray of int or bool, shape (1, m)
        The truth.

    Returns
    -------
    dict of str to int
        "TP": said positive and is; "FP": said positive and is not; "FN": said negative but is
        positive; "TN": said negative and is.

    Examples
    --------
    >>> confusion_counts(np.array([[1, 1, 1, 0, 0]]), np.array([[1, 0, 0, 1, 0]]))
    {'TP': 1, 'FP': 2, 'FN': 1, 'TN': 1}
    """
    predicted, actual = predictions == 1, Y == 1
    return {
        "TP": int(np.sum(predicted & actual)),
        "FP": int(np.sum(predicted & ~actual)),
        "FN": int(np.sum(~predicted & actual)),
        "TN": int(np.sum(~predicted & ~actual)),
    }


def precision(counts: Mapping[str, int]) -> float:
    """Tell which share of what is called positive is positive.

    Parameters
    ----------
    counts : dict
        "TP", "FP", "FN" and "TN", from `confusion_counts`.

    Returns
    -------
    float
        ``TP / (TP + FP)``, and 0 where nothing is called positive.

    References
    ----------
    C. J. van Rijsbergen: Information Retrieval, 2nd edition, 1979, chapter 7.

    Examples
    --------
    >>> precision({"TP": 3, "FP": 1, "FN": 2, "TN": 9})
    0.75
    """
    called = counts["TP"] + counts["FP"]
    return counts["TP"] / called if called else 0.0


def recall(counts: Mapping[str, int]) -> float:
    """Tell which share of the positive examples is found.

    Parameters
    ----------
    counts : dict
        "TP", "FP", "FN" and "TN", from `confusion_counts`.

    Returns
    -------
    float
        ``TP / (TP + FN)``, and 0 where there is nothing to find.

    Examples
    --------
    >>> recall({"TP": 3, "FP": 1, "FN": 2, "TN": 9})
    0.6
    """
    positive = counts["TP"] + counts["FN"]
    return counts["TP"] / positive if positive else 0.0


def f1_score(p: float, r: float) -> float:
    """Combine precision and recall in one number: their harmonic mean.

    Parameters
    ----------
    p, r : float
        Precision and recall, from 0 to 1.

    Returns
    -------
    float
        ``2 p r / (p + r)``, and 0 where both are 0.

    References
    ----------
    C. J. van Rijsbergen: Information Retrieval, 2nd edition, 1979, chapter 7: 1 - E with equal
    weights.

    Examples
    --------
    >>> f1_score(0.5, 1.0)
    0.6666666666666666
    """
    return 2 * p * r / (p + r) if p + r else 0.0


def precision_recall_curve(
    scores: np.ndarray, Y: np.ndarray, thresholds: Sequence[float] | np.ndarray
) -> tuple[list[float], list[float]]:
    """Compute precision and recall for a number of thresholds.

    Parameters
    ----------
    scores : ndarray of float, shape (1, m)
        How sure the model is that an example is positive.
    Y : ndarray of int, shape (1, m)
        The truth.
    thresholds : sequence of float, length k
        An example is called positive when its score is at least the threshold.

    Returns
    -------
    precisions, recalls : list of float, length k
        One for each threshold, in the order of the thresholds.

    Examples
    --------
    >>> scores, Y = np.array([[0.9, 0.6, 0.4]]), np.array([[1, 0, 1]])
    >>> precision_recall_curve(scores, Y, [0.8, 0.6])
    ([1.0, 0.5], [0.5, 0.5])
    """
    counts = [confusion_counts(scores >= threshold, Y) for threshold in thresholds]
    return [precision(each) for each in counts], [recall(each) for each in counts]


def choose_model(
    models: Mapping[str, Mapping[str, float]], optimizing: str, limits: Mapping[str, float]
) -> str | None:
    """Choose the best of those models that are good enough in everything else.

    Parameters
    ----------
    models : dict of str to dict
        What was measured of each model, by its name.
    optimizing : str
        The one metric to be as large as possible.
    limits : dict of str to float
        The satisficing metrics, each with the largest value that is acceptable.

    Returns
    -------
    str or None
        The name of the model; None if none is acceptable.

    Examples
    --------
    >>> models = {
    ...     "A": {"accuracy": 0.90, "ms": 80},
    ...     "B": {"accuracy": 0.92, "ms": 95},
    ...     "C": {"accuracy": 0.95, "ms": 1500},
    ... }
    >>> choose_model(models, "accuracy", {"ms": 100})
    'B'
    """
    acceptable = [
        name
        for name, measured in models.items()
        if all(measured[metric] <= limit for metric, limit in limits.items())
    ]
    return max(acceptable, key=lambda name: models[name][optimizing], default=None)


def weighted_error(predictions: np.ndarray, Y: np.ndarray, weights: np.ndarray) -> float:
    """Compute the share of errors where some examples matter more than others.

    Parameters
    ----------
    predictions, Y : ndarray of int, shape (1, m)
        What the model says, and the truth.
    weights : ndarray of float, shape (1, m)
        How much each example matters; not all are 0.

    Returns
    -------
    float
        The weight of the wrongly classified examples, divided by the weight of all: from 0 to 1.

    Examples
    --------
    >>> predictions, Y = np.array([[1, 1, 0, 0]]), np.array([[1, 0, 0, 0]])
    >>> weighted_error(predictions, Y, np.array([[1.0, 7.0, 1.0, 1.0]]))
    0.7
    """
    return float(np.sum(weights * (predictions != Y)) / np.sum(weights))


def split_sizes(m: int, enough: int = 10_000) -> tuple[int, int, int]:
    """Say how many examples to train with, and how many to hold back.

    Parameters
    ----------
    m : int
        How many examples there are, all of one kind.
    enough : int
        As many examples measure well enough; holding back more helps nobody.

    Returns
    -------
    train, dev, test : int
        Dev and test set get a fifth each, rounded down, but never more than `enough`. The
        training set gets the rest.

    Examples
    --------
    >>> split_sizes(1000), split_sizes(1_000_000)
    ((600, 200, 200), (980000, 10000, 10000))
    """
    held_back = min(m // 5, enough)
    return m - 2 * held_back, held_back, held_back


def split_two_sources(
    m_target: int, m_other: int, enough: int = 10_000
) -> dict[str, tuple[int, int]]:
    """Say where to put few examples of what matters, and many of something like it.

    Parameters
    ----------
    m_target : int
        How many examples are of the kind that the finished system will meet.
    m_other : int
        How many are of another kind, good enough to learn from.
    enough : int
        As many examples measure well enough.

    Returns
    -------
    dict of str to tuple of int
        For "train", "dev" and "test": how many examples of the target, and how many others. Dev
        and test set are of the target alone and get a quarter of it each, rounded down, but
        never more than `enough`. The training set gets the rest.

    Examples
    --------
    >>> split_two_sources(10_000, 200_000)
    {'train': (5000, 200000), 'dev': (2500, 0), 'test': (2500, 0)}
    """
    held_back = min(m_target // 4, enough)
    return {
        "train": (m_target - 2 * held_back, m_other),
        "dev": (held_back, 0),
        "test": (held_back, 0),
    }


def margin_of_error(error: float, m: int, z: float = 1.96) -> float:
    """Say by how much a measured error may be off, for chance alone.

    Parameters
    ----------
    error : float
        The share of errors among the examples measured, from 0 to 1.
    m : int
        How many examples were measured.
    z : float
        How many standard errors to allow: 1.645 for a confidence of 90 %, 1.96 for 95 %, 2.576
        for 99 %.

    Returns
    -------
    float
        The true error lies between ``error`` minus and plus this number, with that confidence.

    References
    ----------
    L. Wasserman: All of Statistics, 2004, example 6.17 (the normal approximation).

    Examples
    --------
    >>> margin_of_error(0.5, 100, z=2)
    0.1
    """
    return z * math.sqrt(error * (1 - error) / m)


def dev_set_size(error: float, margin: float, z: float = 1.96) -> int:
    """Say how many examples it takes to measure an error as exactly as wanted.

    Parameters
    ----------
    error : float
        About which error is expected, from 0 to 1.
    margin : float
        The margin of error that is wanted.
    z : float
        How many standard errors to allow: 1.96 for a confidence of 95 %.

    Returns
    -------
    int
        The smallest number of examples whose margin of error is no larger than `margin`.

    Examples
    --------
    >>> dev_set_size(0.1, 0.01)
    3458
    """
    return math.ceil(z**2 * error * (1 - error) / margin**2)
