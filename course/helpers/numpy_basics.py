"""First functions with numpy: the sigmoid, reshaping, work on rows, and two losses."""

import math

import numpy as np


def basic_sigmoid(x: float) -> float:
    """Compute the sigmoid of one number, without numpy.

    Parameters
    ----------
    x : float
        Any number.

    Returns
    -------
    float
        ``1 / (1 + e**-x)``, between 0 and 1.

    Examples
    --------
    >>> basic_sigmoid(0)
    0.5
    >>> round(basic_sigmoid(math.log(3)), 4)
    0.75
    """
    # The exponent is never positive, so the power cannot overflow.
    small = math.exp(-abs(x))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


def sigmoid(x: np.ndarray | float) -> np.ndarray:
    """Compute the sigmoid of each element.

    Parameters
    ----------
    x : float or ndarray of float or int
        Any shape, values of any size.

    Returns
    -------
    ndarray of float
        ``1 / (1 + e**-x)``, the same shape as `x`; a number for a number.

    Examples
    --------
    >>> np.round(sigmoid(np.array([[-1000, 0, 1000]])), 4).tolist()
    [[0.0, 0.5, 1.0]]
    """
    x = np.asarray(x, dtype=float)
    small = np.exp(-np.abs(x))
    s: np.ndarray = np.where(x >= 0, 1.0, small) / (1 + small)
    return s


def sigmoid_derivative(x: np.ndarray | float) -> np.ndarray:
    """Compute the slope of the sigmoid at each element.

    Parameters
    ----------
    x : float or ndarray of float or int
        Any shape. It is the sigmoid's argument, not its value.

    Returns
    -------
    ndarray of float
        ``sigmoid(x) * (1 - sigmoid(x))``, the same shape as `x`; a number for a number.

    Examples
    --------
    >>> np.round(sigmoid_derivative(np.array([[-2.0, 0.0, 2.0]])), 4).tolist()
    [[0.105, 0.25, 0.105]]
    """
    s = sigmoid(x)
    slope: np.ndarray = s * (1 - s)
    return slope


def image2vector(image: np.ndarray) -> np.ndarray:
    """Stretch an image into one column.

    Parameters
    ----------
    image : ndarray, shape (height, width, depth)
        Any dtype.

    Returns
    -------
    ndarray, shape (height * width * depth, 1)
        The same values in the same dtype, the last axis running fastest.

    Examples
    --------
    >>> image2vector(np.array([[[1, 2], [3, 4]]])).tolist()
    [[1], [2], [3], [4]]
    """
    return image.reshape(-1, 1)


def normalize_rows(x: np.ndarray) -> np.ndarray:
    """Scale each row to length 1.

    Parameters
    ----------
    x : ndarray of float or int, shape (n, m)
        One vector per row.

    Returns
    -------
    ndarray of float, shape (n, m)
        Each row divided by its 2-norm. A row of zeros has no direction; it stays zero.

    Examples
    --------
    >>> normalize_rows(np.array([[3, 4], [0, 0], [0, 2]])).tolist()
    [[0.6, 0.8], [0.0, 0.0], [0.0, 1.0]]
    """
    length = np.linalg.norm(x, axis=1, keepdims=True)
    rows: np.ndarray = x / np.where(length > 0, length, 1)
    return rows


def softmax(x: np.ndarray) -> np.ndarray:
    """Turn each row of scores into probabilities.

    Parameters
    ----------
    x : ndarray of float or int, shape (n, m)
        One row of scores per example, values of any size.

    Returns
    -------
    ndarray of float, shape (n, m)
        ``e**x`` of each element, divided by the sum of its row.

    Examples
    --------
    >>> np.round(softmax(np.array([[0, 0], [1000, 1001]])), 4).tolist()
    [[0.5, 0.5], [0.2689, 0.7311]]
    """
    # A shift of a whole row cancels in the quotient. With 0 as the largest score nothing overflows.
    shifted = np.subtract(x, np.max(x, axis=1, keepdims=True), dtype=float)
    powers = np.exp(shifted)
    probabilities: np.ndarray = powers / np.sum(powers, axis=1, keepdims=True)
    return probabilities


def L1(yhat: np.ndarray, y: np.ndarray) -> float:  # noqa: N802
    """Add up the absolute errors.

    Parameters
    ----------
    yhat : ndarray of float, shape (m,)
        The predictions.
    y : ndarray of float or int, shape (m,)
        The true values.

    Returns
    -------
    float
        The sum of ``|y - yhat|``.

    Examples
    --------
    >>> round(L1(np.array([0.5, 0.25, 1.0]), np.array([1, 0, 1])), 4)
    0.75
    """
    return float(np.sum(np.abs(y - yhat)))


def L2(yhat: np.ndarray, y: np.ndarray) -> float:  # noqa: N802
    """Add up the squared errors.

    Parameters
    ----------
    yhat : ndarray of float, shape (m,)
        The predictions.
    y : ndarray of float or int, shape (m,)
        The true values.

    Returns
    -------
    float
        The sum of ``(y - yhat)**2``.

    Examples
    --------
    >>> round(L2(np.array([0.5, 0.25, 1.0]), np.array([1, 0, 1])), 4)
    0.3125
    """
    return float(np.sum((y - yhat) ** 2))
