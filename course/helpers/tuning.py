"""Where to look for good hyperparameters: sampling on a log scale, and coarse to fine.

The functions take uniform random numbers as an argument and draw none themselves, so the same
numbers always give the same points.
"""

import numpy as np


def log_uniform(u: np.ndarray, low: float, high: float) -> np.ndarray:
    """Spread numbers evenly over the orders of magnitude between two bounds.

    Parameters
    ----------
    u : ndarray of float, any shape
        Uniform random numbers between 0 and 1.
    low, high : float
        The bounds, ``0 < low < high``.

    Returns
    -------
    ndarray of float
        ``10 ** r`` with ``r`` evenly spread from ``log10(low)`` to ``log10(high)``, the shape
        of `u`. A `u` of 0 gives `low`, a `u` of 1 gives `high`.

    References
    ----------
    J. Bergstra, Y. Bengio: Random search for hyper-parameter optimization, JMLR 13, 2012,
    section 2.3: hyperparameters drawn "exponentially" (uniformly in the log domain).

    Examples
    --------
    >>> np.round(log_uniform(np.array([0.0, 0.25, 0.5, 1.0]), 1e-4, 1.0), 6).tolist()
    [0.0001, 0.001, 0.01, 1.0]
    """
    r_low, r_high = np.log10(low), np.log10(high)
    values: np.ndarray = 10 ** (r_low + (r_high - r_low) * u)
    return values


def log_uniform_beta(u: np.ndarray, low: float, high: float) -> np.ndarray:
    """Spread the weights of moving averages such that 1 - beta is even on a log scale.

    Parameters
    ----------
    u : ndarray of float, any shape
        Uniform random numbers between 0 and 1.
    low, high : float
        The bounds of beta, ``low < high < 1``.

    Returns
    -------
    ndarray of float
        The betas, the shape of `u`. A `u` of 0 gives `low`, a `u` of 1 gives `high`.

    Examples
    --------
    >>> np.round(log_uniform_beta(np.array([0.0, 0.5, 1.0]), 0.9, 0.999), 6).tolist()
    [0.9, 0.99, 0.999]
    """
    return 1 - log_uniform(u, 1 - low, 1 - high)


def narrow_range(values: np.ndarray, scores: np.ndarray, keep: int) -> tuple[float, float]:
    """Find the range in which the best trials lie: coarse to fine.

    Parameters
    ----------
    values : ndarray of float, shape (k,)
        The values of one hyperparameter that were tried.
    scores : ndarray of float, shape (k,)
        How good each trial was; larger is better.
    keep : int
        How many of the best trials the range must hold, from 1 to k.

    Returns
    -------
    tuple of float
        ``(low, high)``: the smallest and the largest value among the `keep` best trials.

    Examples
    --------
    >>> narrow_range(np.array([1.0, 0.01, 0.1, 0.001]), np.array([0.2, 0.9, 0.8, 0.5]), keep=2)
    (0.01, 0.1)
    """
    best = values[np.argsort(scores)[-keep:]]
    return float(np.min(best)), float(np.max(best))
