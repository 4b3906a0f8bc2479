"""Looking for flaws in data: copies across splits, sets that differ, labels that are wrong."""

import numpy as np


def find_duplicates(X: np.ndarray, X_new: np.ndarray) -> list[int]:
    """Find the examples of one set that stand in another one too.

    Parameters
    ----------
    X : ndarray, shape (n, m)
        The one set, such as the training set, one example per column.
    X_new : ndarray, shape (n, m_new)
        The other set, such as the test set.

    Returns
    -------
    list of int
        The columns of `X_new` that equal any column of `X` in all features, in rising order.

    Examples
    --------
    >>> find_duplicates(np.array([[1, 2], [3, 4]]), np.array([[2, 1, 2], [4, 4, 4]]))
    [0, 2]
    """
    seen = {tuple(example) for example in X.T.tolist()}
    return [place for place, example in enumerate(X_new.T.tolist()) if tuple(example) in seen]


def standardized_shift(X: np.ndarray, X_new: np.ndarray) -> np.ndarray:
    """Measure by how many standard deviations the mean of each feature differs in two sets.

    Parameters
    ----------
    X : ndarray, shape (n, m)
        The one set, one example per column; its standard deviations count.
    X_new : ndarray, shape (n, m_new)
        The other set.

    Returns
    -------
    ndarray of float, shape (n, 1)
        The mean in `X_new` minus the mean in `X`, divided by the standard deviation in `X`. Where
        a feature does not vary in `X`, the difference is not divided.

    References
    ----------
    P. C. Austin: Balance diagnostics for comparing the distribution of baseline covariates,
    Statistics in Medicine 28, 2009: the standardised difference.

    Examples
    --------
    >>> standardized_shift(np.array([[0.0, 4.0], [1.0, 1.0]]), np.array([[6.0], [4.0]])).tolist()
    [[2.0], [3.0]]
    """
    spread = np.std(X, axis=1, keepdims=True)
    difference = np.mean(X_new, axis=1, keepdims=True) - np.mean(X, axis=1, keepdims=True)
    shift: np.ndarray = difference / np.where(spread > 0, spread, 1.0)
    return shift


def suspicious_labels(A: np.ndarray, labels: np.ndarray, count: int) -> list[int]:
    """Find the examples whose labels a model believes least.

    Parameters
    ----------
    A : ndarray of float, shape (n_y, m)
        The probability of each class for each example, from a model that was not trained on it.
    labels : ndarray of int, shape (1, m)
        The labels that the examples have, from 0 to n_y - 1.
    count : int
        How many examples to find, at most m.

    Returns
    -------
    list of int
        Their columns: first the one whose own label has the smallest probability.

    References
    ----------
    C. G. Northcutt, L. Jiang, I. L. Chuang: Confident learning: estimating uncertainty in
    dataset labels, Journal of Artificial Intelligence Research 70, 2021 (self-confidence).

    Examples
    --------
    >>> A = np.array([[0.9, 0.2, 0.4], [0.1, 0.8, 0.6]])
    >>> suspicious_labels(A, np.array([[1, 1, 0]]), 2)
    [0, 2]
    """
    own = A[labels[0], np.arange(A.shape[1])]
    order: list[int] = np.argsort(own).tolist()
    return order[:count]
