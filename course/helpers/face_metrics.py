"""How often a verification errs, in which way, and for whom.

A pair of pictures is accepted when their distance is less than the threshold.
"""

import numpy as np


def error_rates(distances: np.ndarray, same: np.ndarray, threshold: float) -> tuple[float, float]:
    """Measure how often strangers are accepted, and how often people are turned away.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures.
    same : ndarray of bool, shape (m,)
        Whether the two show one person. There are pairs of both kinds.
    threshold : float
        Pairs nearer than this are accepted.

    Returns
    -------
    far : float
        The false-accept rate: of the pairs that show two people, the share that is accepted.
    frr : float
        The false-reject rate: of the pairs that show one person, the share that is rejected.

    Examples
    --------
    >>> distances, same = np.array([0.2, 0.9, 0.6, 1.2]), np.array([True, True, False, False])
    >>> [float(rate) for rate in error_rates(distances, same, threshold=0.7)]
    [0.5, 0.5]
    """
    accepted = distances < threshold
    far: float = np.mean(accepted[~same])
    frr: float = np.mean(~accepted[same])
    return far, frr


def roc_curve(
    distances: np.ndarray, same: np.ndarray, thresholds: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Measure both error rates at each of several thresholds.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures.
    same : ndarray of bool, shape (m,)
        Whether the two show one person.
    thresholds : ndarray of float, shape (k,)
        The thresholds.

    Returns
    -------
    far, frr : ndarray of float, shape (k,)
        The rates at each.

    Examples
    --------
    >>> distances, same = np.array([0.2, 0.9, 0.6, 1.2]), np.array([True, True, False, False])
    >>> far, frr = roc_curve(distances, same, np.array([0.0, 0.7, 2.0]))
    >>> far.tolist(), frr.tolist()
    ([0.0, 0.5, 1.0], [1.0, 0.5, 0.0])
    """
    rates = np.array([error_rates(distances, same, threshold) for threshold in thresholds])
    return rates[:, 0], rates[:, 1]


def equal_error_rate(far: np.ndarray, frr: np.ndarray) -> float:
    """Find where the two error rates are nearest to each other, and take their mean there.

    Parameters
    ----------
    far, frr : ndarray of float, shape (k,)
        The two rates at each threshold.

    Returns
    -------
    float
        The mean of both at the first threshold where they differ least.

    Examples
    --------
    >>> far, frr = np.array([0.0, 0.1, 0.5]), np.array([0.9, 0.2, 0.1])
    >>> round(equal_error_rate(far, frr), 4)
    0.15
    """
    k = np.argmin(np.abs(far - frr))
    return float((far[k] + frr[k]) / 2)


def choose_threshold(
    distances: np.ndarray, same: np.ndarray, thresholds: np.ndarray, max_far: float
) -> float:
    """Choose the largest threshold that lets few enough strangers in.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures of a dev set.
    same : ndarray of bool, shape (m,)
        Whether the two show one person.
    thresholds : ndarray of float, shape (k,)
        The thresholds to choose from; at least one is small enough.
    max_far : float
        The largest false-accept rate allowed.

    Returns
    -------
    float
        The largest of the thresholds whose false-accept rate is not above `max_far`.

    Examples
    --------
    >>> distances, same = np.array([0.2, 0.9, 0.6, 1.2]), np.array([True, True, False, False])
    >>> choose_threshold(distances, same, np.array([0.0, 0.3, 0.6, 0.9]), max_far=0.25)
    0.6
    """
    far, _ = roc_curve(distances, same, thresholds)
    return float(np.max(thresholds[far <= max_far]))


def rates_by_group(
    distances: np.ndarray, same: np.ndarray, groups: np.ndarray, threshold: float
) -> dict[int, tuple[float, float]]:
    """Measure the two error rates for each group of people by itself.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures.
    same : ndarray of bool, shape (m,)
        Whether the two show one person.
    groups : ndarray of int, shape (m,)
        The group of the people of each pair. Each group has pairs of both kinds.
    threshold : float
        Pairs nearer than this are accepted: the same for all groups.

    Returns
    -------
    dict of int to tuple of float
        For each group: the false-accept rate and the false-reject rate.

    Examples
    --------
    >>> distances, same = np.array([0.2, 0.9, 0.6, 0.5]), np.array([True, False, True, False])
    >>> rates = rates_by_group(distances, same, np.array([0, 0, 1, 1]), threshold=0.7)
    >>> [[float(rate) for rate in rates[group]] for group in (0, 1)]
    [[0.0, 0.0], [1.0, 0.0]]
    """
    return {
        int(group): error_rates(distances[groups == group], same[groups == group], threshold)
        for group in np.unique(groups)
    }
