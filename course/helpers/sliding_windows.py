"""Sliding windows, cut out one by one or all in one pass.

A network without padding makes of each window what it would make of the same pixels alone. So
it can be laid over a large image at once, if its dense layers are written as convolutions.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def window_boxes(n_H: int, n_W: int, f_H: int, f_W: int, stride: int) -> np.ndarray:
    """List all windows that fit into an image, row by row.

    Parameters
    ----------
    n_H, n_W : int
        Height and width of the image.
    f_H, f_W : int
        Height and width of a window, at most those of the image.
    stride : int
        How far the window moves, to the right and down.

    Returns
    -------
    ndarray of int, shape (k, 4)
        The corners (x1, y1, x2, y2) of each window.

    Examples
    --------
    >>> window_boxes(4, 5, 3, 2, stride=2).tolist()
    [[0, 0, 2, 3], [2, 0, 4, 3]]
    """
    boxes = [
        (left, top, left + f_W, top + f_H)
        for top in range(0, n_H - f_H + 1, stride)
        for left in range(0, n_W - f_W + 1, stride)
    ]
    return np.array(boxes)


def cut_windows(image: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Cut windows of one size out of an image.

    Parameters
    ----------
    image : ndarray, shape (n_H, n_W, n_C)
        The image.
    boxes : ndarray of int, shape (k, 4)
        The corners (x1, y1, x2, y2) of each window.

    Returns
    -------
    ndarray, shape (k, f_H, f_W, n_C)
        The windows, as a batch of images.

    Examples
    --------
    >>> cut_windows(np.arange(8).reshape(2, 4, 1), np.array([[1, 0, 4, 2]]))[0, :, :, 0].tolist()
    [[1, 2, 3], [5, 6, 7]]
    """
    return np.stack([image[y1:y2, x1:x2] for x1, y1, x2, y2 in boxes])


def dense_to_convolution(
    W: np.ndarray, b: np.ndarray, n_H: int, n_W: int
) -> tuple[np.ndarray, np.ndarray]:
    """Write a dense layer as a convolution whose filters are as large as its input.

    Parameters
    ----------
    W : ndarray of float, shape (n, n_H * n_W * n_C)
        The weights of a dense layer on feature maps that were flattened in the order of
        ``reshape``: row, column, channel.
    b : ndarray of float, shape (n, 1)
        Its biases.
    n_H, n_W : int
        Height and width of the feature maps.

    Returns
    -------
    W : ndarray of float, shape (n_H, n_W, n_C, n)
        One filter for each unit.
    b : ndarray of float, shape (1, 1, 1, n)
        Their biases.

    Examples
    --------
    >>> W, b = dense_to_convolution(np.ones((4, 30)), np.zeros((4, 1)), 2, 3)
    >>> W.shape, b.shape
    ((2, 3, 5, 4), (1, 1, 1, 4))
    """
    return W.T.reshape(n_H, n_W, -1, len(W)), b.reshape(1, 1, 1, -1)


def convolve_map(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Convolve with filters that need not be square; stride 1, no padding.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The layer's input.
    W : ndarray of float, shape (f_H, f_W, n_C_prev, n_C)
        The filters, at most as large as the input.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.

    Returns
    -------
    ndarray of float, shape (m, n_H_prev - f_H + 1, n_W_prev - f_W + 1, n_C)
        The layer's output, before any activation.

    Examples
    --------
    >>> convolve_map(np.ones((1, 4, 7, 2)), np.ones((2, 3, 2, 5)), np.ones((1, 1, 1, 5))).shape
    (1, 3, 5, 5)
    """
    # NumPy's type hints know one axis only.
    windows = sliding_window_view(A_prev, W.shape[:2], axis=(1, 2))  # type: ignore[call-overload]
    Z: np.ndarray = np.tensordot(windows, W, axes=([4, 5, 3], [0, 1, 2])) + b
    return Z


def count_multiplications(
    input_shape: tuple[int, int, int], layers: Sequence[Mapping[str, int]]
) -> int:
    """Count the multiplications of convolutions without padding, one after the other.

    Parameters
    ----------
    input_shape : tuple of int
        ``(n_H, n_W, n_C)``, the shape of the image.
    layers : sequence of dict
        "f_H", "f_W", "stride" and "filters" of each layer. A dense layer is one whose filters
        are as large as its input.

    Returns
    -------
    int
        How often a number of an input meets a weight. Biases cost none.

    Examples
    --------
    >>> count_multiplications((5, 9, 2), [{"f_H": 3, "f_W": 3, "stride": 2, "filters": 4}])
    576
    """
    n_H, n_W, n_C = input_shape
    total = 0
    for layer in layers:
        n_H = (n_H - layer["f_H"]) // layer["stride"] + 1
        n_W = (n_W - layer["f_W"]) // layer["stride"] + 1
        total += n_H * n_W * layer["filters"] * layer["f_H"] * layer["f_W"] * n_C
        n_C = layer["filters"]
    return total
