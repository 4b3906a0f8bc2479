"""Preparing data for training: splitting it into three parts, and normalising the inputs.

Examples are columns: X is (n_x, m), Y is (1, m).
"""

import numpy as np


def split_examples(
    X: np.ndarray, Y: np.ndarray, order: np.ndarray, num_dev: int, num_test: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Split examples into a training set, a development set and a test set.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        Their labels.
    order : ndarray of int, shape (m,)
        The numbers 0 to m - 1 in random order, as ``rng.permutation(m)`` gives them. The first
        ones name the training examples, the next ones the development set, the last ones
        the test set.
    num_dev, num_test : int
        How many examples go to the development set and to the test set. Either may be 0.

    Returns
    -------
    X_train, Y_train, X_dev, Y_dev, X_test, Y_test : ndarray
        The three parts, each in the order given.

    Examples
    --------
    >>> X, Y = np.array([[10, 11, 12, 13, 14]]), np.array([[0, 1, 0, 1, 0]])
    >>> parts = split_examples(X, Y, np.array([3, 0, 4, 1, 2]), num_dev=1, num_test=2)
    >>> [part.tolist() for part in parts[::2]]
    [[[13, 10]], [[14]], [[11, 12]]]
    """
    num_train = X.shape[1] - num_dev - num_test
    train, dev, test = np.split(order, [num_train, num_train + num_dev])
    return X[:, train], Y[:, train], X[:, dev], Y[:, dev], X[:, test], Y[:, test]


def normalize_inputs(X_train: np.ndarray, X_other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give every feature mean 0 and standard deviation 1, measured on the training set.

    Parameters
    ----------
    X_train : ndarray, shape (n_x, m)
        The training set, one example per column. No feature is constant.
    X_other : ndarray, shape (n_x, k)
        Other examples, which get the very same treatment.

    Returns
    -------
    X_train_norm : ndarray of float, shape (n_x, m)
    X_other_norm : ndarray of float, shape (n_x, k)

    References
    ----------
    LeCun, Bottou, Orr, Müller: Efficient BackProp, 1998, section 4.3.

    Examples
    --------
    >>> train, other = normalize_inputs(np.array([[1.0, 3.0, 5.0, 7.0]]), np.array([[4.0, 9.0]]))
    >>> np.round(other, 4).tolist()
    [[0.0, 2.2361]]
    """
    mean = np.mean(X_train, axis=1, keepdims=True)
    std = np.std(X_train, axis=1, keepdims=True)
    return (X_train - mean) / std, (X_other - mean) / std
