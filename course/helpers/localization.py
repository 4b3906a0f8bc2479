"""Classification with localisation: one object, its box, and its class.

A label is a column ``[p_c, b_x, b_y, b_h, b_w, c_1, ..., c_n]``. p_c says whether there is an
object. b_x and b_y are its midpoint, b_h and b_w its height and width, all as shares of the
image; x grows to the right and y downwards from the upper left corner. The classes are one-hot.
Without an object all of it is 0, and only p_c counts.

Boxes in pixels are corners (x1, y1, x2, y2), with x2 - x1 the width and y2 - y1 the height.
"""

from collections.abc import Sequence

import numpy as np


def localization_label(
    box: Sequence[float] | None, c: int, n_classes: int, n_H: int, n_W: int
) -> np.ndarray:
    """Make the label of one image.

    Parameters
    ----------
    box : sequence of 4 floats, or None
        The corners (x1, y1, x2, y2) of the object in pixels; None where there is none.
    c : int
        The object's class, from 0 to ``n_classes - 1``; means nothing if box is None.
    n_classes : int
        How many classes there are.
    n_H, n_W : int
        Height and width of the image in pixels.

    Returns
    -------
    ndarray of float, shape (5 + n_classes, 1)
        ``[p_c, b_x, b_y, b_h, b_w, c_1, ..., c_n]``.

    Examples
    --------
    >>> localization_label((10, 20, 30, 30), 1, 2, n_H=50, n_W=80).ravel().tolist()
    [1.0, 0.25, 0.5, 0.2, 0.25, 0.0, 1.0]
    """
    y = np.zeros((5 + n_classes, 1))
    if box is not None:
        x1, y1, x2, y2 = box
        y[:5, 0] = 1, (x1 + x2) / 2 / n_W, (y1 + y2) / 2 / n_H, (y2 - y1) / n_H, (x2 - x1) / n_W
        y[5 + c, 0] = 1
    return y


def box_corners(Y: np.ndarray, n_H: int, n_W: int) -> np.ndarray:
    """Give the corners, in pixels, of the boxes in labels or outputs.

    Parameters
    ----------
    Y : ndarray of float, shape (5 + n_classes, m)
        Labels or outputs, one image a column.
    n_H, n_W : int
        Height and width of the images in pixels.

    Returns
    -------
    ndarray of float, shape (m, 4)
        The corners (x1, y1, x2, y2), one image a row.

    Examples
    --------
    >>> Y = np.array([[1.0, 0.25, 0.5, 0.2, 0.25, 0.0, 1.0]]).T
    >>> box_corners(Y, n_H=50, n_W=80).tolist()
    [[10.0, 20.0, 30.0, 30.0]]
    """
    x, y, h, w = Y[1] * n_W, Y[2] * n_H, Y[3] * n_H, Y[4] * n_W
    return np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], axis=1)


def localization_activations(Z: np.ndarray) -> np.ndarray:
    """Turn the last layer's sums into predictions.

    Parameters
    ----------
    Z : ndarray of float, shape (5 + n_classes, m)
        The sums of the output layer, one image a column.

    Returns
    -------
    ndarray of float, shape (5 + n_classes, m)
        p_c by a sigmoid, the box as it is, the classes by softmax.

    Examples
    --------
    >>> localization_activations(np.array([[0.0, 0.3, 0.4, 0.5, 0.6, 2.0, 2.0]]).T).ravel().tolist()
    [0.5, 0.3, 0.4, 0.5, 0.6, 0.5, 0.5]
    """
    A = np.array(Z)
    A[0] = 1 / (1 + np.exp(-Z[0]))
    scores = np.exp(Z[5:] - np.max(Z[5:], axis=0))
    A[5:] = scores / np.sum(scores, axis=0)
    return A


def localization_cost(A: np.ndarray, Y: np.ndarray, box_weight: float = 1.0) -> float:
    """Compare predictions with labels; where there is no object, by p_c alone.

    Parameters
    ----------
    A : ndarray of float, shape (5 + n_classes, m)
        The predictions, one image a column.
    Y : ndarray of float, shape (5 + n_classes, m)
        The labels. Where there is no object, only row 0 means something.
    box_weight : float, optional
        How much the squares of the box count.

    Returns
    -------
    float
        The average over the m images of: logistic loss for p_c, and where there is an object
        the squares of the four errors of the box, times box_weight, and the cross-entropy of
        the class.

    Examples
    --------
    >>> A = np.array([[0.5, 0.3, 0.4, 0.5, 0.6, 0.5, 0.5]]).T
    >>> Y = np.array([[1.0, 0.3, 0.4, 0.5, 0.8, 1.0, 0.0]]).T
    >>> round(float(localization_cost(A, Y)), 4)
    1.4263
    """
    there = Y[0]
    logistic = -there * np.log(A[0]) - (1 - there) * np.log(1 - A[0])
    squares = np.sum((A[1:5] - Y[1:5]) ** 2, axis=0)
    entropy = -np.sum(Y[5:] * np.log(A[5:]), axis=0)
    cost: float = np.mean(logistic + there * (box_weight * squares + entropy))
    return cost


def localization_backward(A: np.ndarray, Y: np.ndarray, box_weight: float = 1.0) -> np.ndarray:
    """Give the gradient of `localization_cost` with respect to the output layer's sums.

    Parameters
    ----------
    A : ndarray of float, shape (5 + n_classes, m)
        The predictions, as `localization_activations` gives them.
    Y : ndarray of float, shape (5 + n_classes, m)
        The labels. Where there is no object, only row 0 means something.
    box_weight : float, optional
        How much the squares of the box count.

    Returns
    -------
    ndarray of float, shape (5 + n_classes, m)
        dZ, with the factor 1/m of the average in it.

    Examples
    --------
    >>> A = np.array([[0.75, 0.5, 0.5, 0.5, 0.5, 0.25, 0.75]]).T
    >>> localization_backward(A, np.zeros((7, 1))).ravel().tolist()
    [0.75, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    >>> Y = np.array([[1.0, 0.5, 0.25, 0.5, 0.5, 1.0, 0.0]]).T
    >>> localization_backward(A, Y).ravel().tolist()
    [-0.25, 0.0, 0.5, 0.0, 0.0, -0.75, 0.75]
    """
    dZ: np.ndarray = (A - Y) / Y.shape[1]
    dZ[1:5] = 2 * box_weight * dZ[1:5]
    dZ[1:] = Y[0] * dZ[1:]
    return dZ


def mirror_landmarks(
    images: np.ndarray, landmarks: np.ndarray, pairs: Sequence[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray]:
    """Exchange left and right in images, and in the landmarks that belong to them.

    Parameters
    ----------
    images : ndarray, shape (m, n_H, n_W, n_C)
        The images.
    landmarks : ndarray of float, shape (m, n_landmarks, 2)
        For each image its landmarks (x, y), in pixels.
    pairs : sequence of pairs of int
        Landmarks that change places, such as the left and the right eye.

    Returns
    -------
    images : ndarray, shape (m, n_H, n_W, n_C)
        The mirrored images.
    landmarks : ndarray of float, shape (m, n_landmarks, 2)
        Their landmarks, in the same order: the left eye where the left eye is now.

    Examples
    --------
    >>> landmarks = np.array([[[1.0, 2.0], [7.0, 3.0], [4.0, 5.0]]])
    >>> mirror_landmarks(np.zeros((1, 6, 10, 3)), landmarks, [(0, 1)])[1].tolist()
    [[[3.0, 3.0], [9.0, 2.0], [6.0, 5.0]]]
    """
    mirrored = np.array(landmarks)
    mirrored[..., 0] = images.shape[2] - landmarks[..., 0]
    for left, right in pairs:
        mirrored[:, [left, right]] = mirrored[:, [right, left]]
    return images[:, :, ::-1], mirrored
