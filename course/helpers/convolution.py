"""Convolution and pooling, forward and backward, without a loop over positions.

Images are (m, n_H, n_W, n_C): example, row, column, channel. Filters are
(f, f, n_C_prev, n_C). What deep learning calls a convolution is a cross-correlation: the
filter is not flipped. Every function keeps the precision of its arguments.

The layers gather the windows of their input in a matrix, one window a row, and multiply
once [1]_. Pooling, and what flows back into overlapping windows, take one step for each
of the f * f places within a window, over all windows at once.

References
----------
.. [1] K. Chellapilla, S. Puri, P. Simard: High Performance Convolutional Neural Networks
   for Document Processing, IWFHR 2006, section 3.1.
.. [2] V. Dumoulin, F. Visin: A guide to convolution arithmetic for deep learning,
   arXiv:1603.07285, relationship 6 (the size of the output).
"""

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

ConvCache = tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, int]]
PoolCache = tuple[np.ndarray, dict[str, int]]


def cross_correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image, and sum the products at each place.

    Parameters
    ----------
    image : ndarray of float, shape (n_H, n_W)
        A grey image.
    kernel : ndarray of float, shape (k_H, k_W)
        The numbers to multiply with, at most as large as the image.

    Returns
    -------
    ndarray of float, shape (n_H - k_H + 1, n_W - k_W + 1)
        One sum for each place where the kernel lies wholly inside the image.

    Examples
    --------
    >>> cross_correlate(np.array([[1.0, 2.0, 4.0, 4.0]]), np.array([[-1.0, 1.0]]))
    array([[1., 2., 0.]])
    """
    windows = sliding_window_view(image, kernel.shape)
    output: np.ndarray = np.einsum("hwij,ij->hw", windows, kernel)
    return output


def convolve(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Convolve as mathematics has it: the kernel is flipped, then slid over the image.

    Parameters
    ----------
    image : ndarray of float, shape (n_H, n_W)
        A grey image.
    kernel : ndarray of float, shape (k_H, k_W)
        The kernel, at most as large as the image.

    Returns
    -------
    ndarray of float, shape (n_H - k_H + 1, n_W - k_W + 1)
        The part of the convolution for which the kernel lies wholly inside the image.

    Examples
    --------
    >>> convolve(np.array([[1.0, 2.0, 4.0, 4.0]]), np.array([[-1.0, 1.0]]))
    array([[-1., -2.,  0.]])
    """
    return cross_correlate(image, kernel[::-1, ::-1])


def zero_pad(X: np.ndarray, pad: int) -> np.ndarray:
    """Surround every image with zeros.

    Parameters
    ----------
    X : ndarray of float, shape (m, n_H, n_W, n_C)
        A batch of images.
    pad : int
        How many rows and columns of zeros to add on each side.

    Returns
    -------
    ndarray of float, shape (m, n_H + 2 * pad, n_W + 2 * pad, n_C)
        The padded images.

    Examples
    --------
    >>> zero_pad(np.ones((4, 5, 3, 2)), 2).shape
    (4, 9, 7, 2)
    """
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))


def conv_single_step(a_slice_prev: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
    """Apply one filter at one place.

    Parameters
    ----------
    a_slice_prev : ndarray of float, shape (f, f, n_C_prev)
        The window of the input that the filter sees.
    W : ndarray of float, shape (f, f, n_C_prev)
        The filter.
    b : ndarray of float, shape (1, 1, 1)
        Its bias.

    Returns
    -------
    float
        The sum of the products, plus the bias.

    Examples
    --------
    >>> float(conv_single_step(np.ones((2, 2, 3)), np.full((2, 2, 3), 0.5), np.ones((1, 1, 1))))
    7.0
    """
    total: float = np.sum(a_slice_prev * W) + b.item()
    return total


def output_size(n: int, f: int, pad: int, stride: int) -> int:
    """Count the places at which a window fits, along one axis.

    Parameters
    ----------
    n : int
        The size of the input along this axis.
    f : int
        The size of the window, at most ``n + 2 * pad``.
    pad : int
        How many zeros are added at each end.
    stride : int
        How far the window moves from one place to the next.

    Returns
    -------
    int
        The size of the output along this axis.

    Examples
    --------
    >>> output_size(7, 3, pad=0, stride=2), output_size(8, 3, pad=0, stride=2)
    (3, 3)
    """
    return (n + 2 * pad - f) // stride + 1


def window_view(X: np.ndarray, f: int, stride: int) -> np.ndarray:
    """See every window of every image, without copying a number.

    Parameters
    ----------
    X : ndarray of float, shape (m, n_H, n_W, n_C)
        A batch of images, padded already where padding is wanted.
    f : int
        The height and width of a window.
    stride : int
        How far the window moves.

    Returns
    -------
    ndarray of float, shape (m, out_H, out_W, f, f, n_C)
        ``[i, h, w]`` is the window of example i at row h and column w of the output. It
        is a view: do not write into it.

    Examples
    --------
    >>> X = np.arange(12.0).reshape(1, 3, 4, 1)
    >>> windows = window_view(X, 2, stride=2)
    >>> windows.shape, windows[0, 0, 1, :, :, 0].tolist()
    ((1, 1, 2, 2, 2, 1), [[2.0, 3.0], [6.0, 7.0]])
    """
    # NumPy's type hints know one axis only.
    windows: np.ndarray = sliding_window_view(X, (f, f), axis=(1, 2))  # type: ignore[call-overload]
    return windows[:, ::stride, ::stride].transpose(0, 1, 2, 4, 5, 3)


def convolve_windows(windows: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Apply every filter to every window, in one matrix product.

    Parameters
    ----------
    windows : ndarray of float, shape (m, n_H, n_W, f, f, n_C_prev)
        The windows, as `window_view` gives them.
    W : ndarray of float, shape (f, f, n_C_prev, n_C)
        The filters.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.

    Returns
    -------
    ndarray of float, shape (m, n_H, n_W, n_C)
        The output of the layer.

    Examples
    --------
    >>> windows, W = np.ones((1, 2, 3, 2, 2, 1)), np.ones((2, 2, 1, 4))
    >>> Z = convolve_windows(windows, W, np.ones((1, 1, 1, 4)))
    >>> Z.shape, Z[0, 0, 0].tolist()
    ((1, 2, 3, 4), [5.0, 5.0, 5.0, 5.0])
    """
    n_C = W.shape[3]
    filters = W.reshape(-1, n_C)
    rows = windows.reshape(-1, len(filters))
    Z: np.ndarray = (rows @ filters).reshape(*windows.shape[:3], n_C) + b
    return Z


def window_gradients(
    dZ: np.ndarray, windows: np.ndarray, W: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Carry the gradient of the cost back through `convolve_windows`.

    Parameters
    ----------
    dZ : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient with respect to the layer's output.
    windows : ndarray of float, shape (m, n_H, n_W, f, f, n_C_prev)
        The windows.
    W : ndarray of float, shape (f, f, n_C_prev, n_C)
        The filters.

    Returns
    -------
    dwindows : ndarray of float, shape (m, n_H, n_W, f, f, n_C_prev)
        The gradient with respect to the windows, each taken for itself.
    dW : ndarray of float, shape (f, f, n_C_prev, n_C)
        The gradient with respect to the filters.
    db : ndarray of float, shape (1, 1, 1, n_C)
        The gradient with respect to the biases.

    Examples
    --------
    >>> dZ, windows = np.array([[[[5.0], [7.0]]]]), np.array([2.0, 3.0]).reshape(1, 1, 2, 1, 1, 1)
    >>> dwindows, dW, db = window_gradients(dZ, windows, np.array([[[[10.0]]]]))
    >>> dwindows.ravel().tolist(), dW.item(), db.item()
    ([50.0, 70.0], 31.0, 12.0)
    """
    dZ_rows = dZ.reshape(-1, dZ.shape[3])
    filters = W.reshape(-1, dZ.shape[3])
    rows = windows.reshape(-1, len(filters))
    dwindows = (dZ_rows @ filters.T).reshape(windows.shape)
    dW = (rows.T @ dZ_rows).reshape(W.shape)
    return dwindows, dW, np.sum(dZ, axis=(0, 1, 2), keepdims=True)


def add_windows(dwindows: np.ndarray, shape: tuple[int, ...], stride: int) -> np.ndarray:
    """Put windows back to where they lie in the image, and add up where they overlap.

    Parameters
    ----------
    dwindows : ndarray of float, shape (m, n_H, n_W, f, f, n_C)
        Numbers for every place of every window.
    shape : tuple of int
        ``(m, height, width, n_C)``, the shape of the images.
    stride : int
        How far the window moves.

    Returns
    -------
    ndarray of float, shape `shape`
        The sums; zero where no window lies.

    Examples
    --------
    >>> dwindows = np.ones((1, 1, 2, 2, 2, 1))
    >>> add_windows(dwindows, (1, 2, 4, 1), stride=1)[0, :, :, 0].tolist()
    [[1.0, 2.0, 1.0, 0.0], [1.0, 2.0, 1.0, 0.0]]
    """
    n_H, n_W, f = dwindows.shape[1:4]
    total = np.zeros(shape, dtype=dwindows.dtype)
    for i, j in np.ndindex(f, f):
        total[:, i : i + stride * n_H : stride, j : j + stride * n_W : stride] += dwindows[
            :, :, :, i, j
        ]
    return total


def conv_forward(
    A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: dict[str, int]
) -> tuple[np.ndarray, ConvCache]:
    """Convolve a batch of images with each filter of a layer.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The layer's input.
    W : ndarray of float, shape (f, f, n_C_prev, n_C)
        The filters, one for each channel of the output.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.
    hparameters : dict of str to int
        "stride" and "pad".

    Returns
    -------
    Z : ndarray of float, shape (m, n_H, n_W, n_C)
        The layer's output, before any activation.
    cache : tuple
        ``(A_prev, W, b, hparameters)``, for `conv_backward`.

    Examples
    --------
    >>> A_prev, W = np.ones((2, 5, 7, 3)), np.ones((3, 3, 3, 4))
    >>> Z, _ = conv_forward(A_prev, W, np.zeros((1, 1, 1, 4)), {"stride": 2, "pad": 1})
    >>> Z.shape, Z[0, :, :, 0].tolist()
    ((2, 3, 4, 4), [[12.0, 18.0, 18.0, 12.0], [18.0, 27.0, 27.0, 18.0], [12.0, 18.0, 18.0, 12.0]])
    """
    padded = zero_pad(A_prev, hparameters["pad"])
    windows = window_view(padded, W.shape[0], hparameters["stride"])
    return convolve_windows(windows, W, b), (A_prev, W, b, hparameters)


def conv_backward(dZ: np.ndarray, cache: ConvCache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Carry the gradient of the cost back through `conv_forward`.

    Parameters
    ----------
    dZ : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient with respect to the layer's output.
    cache : tuple
        What `conv_forward` returned beside the output.

    Returns
    -------
    dA_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The gradient with respect to the layer's input.
    dW : ndarray of float, shape (f, f, n_C_prev, n_C)
        The gradient with respect to the filters: a sum, over the examples too.
    db : ndarray of float, shape (1, 1, 1, n_C)
        The gradient with respect to the biases.

    Examples
    --------
    >>> A_prev, W = np.arange(4.0).reshape(1, 1, 4, 1), np.array([[[[2.0]]]])
    >>> Z, cache = conv_forward(A_prev, W, np.zeros((1, 1, 1, 1)), {"stride": 3, "pad": 0})
    >>> dA_prev, dW, db = conv_backward(np.array([[[[5.0], [7.0]]]]), cache)
    >>> dA_prev.ravel().tolist(), dW.item(), db.item()
    ([10.0, 0.0, 0.0, 14.0], 21.0, 12.0)
    """
    A_prev, W, _, hparameters = cache
    pad, stride = hparameters["pad"], hparameters["stride"]
    padded = zero_pad(A_prev, pad)
    dW = _filter_gradient(dZ, window_view(padded, W.shape[0], stride))
    dpadded = _input_gradient(dZ, W, padded.shape, stride)
    n_H_prev, n_W_prev = A_prev.shape[1:3]
    dA_prev = dpadded[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    return dA_prev, dW, np.sum(dZ, axis=(0, 1, 2), keepdims=True)


def pool_forward(
    A_prev: np.ndarray, hparameters: dict[str, int], mode: str = "max"
) -> tuple[np.ndarray, PoolCache]:
    """Summarise each window of each channel by its largest number, or by its average.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C)
        The layer's input.
    hparameters : dict of str to int
        "f", the height and width of a window, and "stride".
    mode : {"max", "average"}
        Which summary to take.

    Returns
    -------
    A : ndarray of float, shape (m, n_H, n_W, n_C)
        The layer's output.
    cache : tuple
        ``(A_prev, hparameters)``, for `pool_backward`.

    Examples
    --------
    >>> A_prev = np.array([[1.0, 5.0, 2.0], [3.0, 4.0, 0.0]]).reshape(1, 2, 3, 1)
    >>> hparameters = {"f": 2, "stride": 1}
    >>> pool_forward(A_prev, hparameters)[0].ravel().tolist()
    [5.0, 5.0]
    >>> pool_forward(A_prev, hparameters, mode="average")[0].ravel().tolist()
    [3.25, 2.75]
    """
    f, stride = hparameters["f"], hparameters["stride"]
    summary = np.maximum if mode == "max" else np.add
    places = _places(A_prev, f, stride)
    A = np.array(next(places))
    for part in places:
        summary(A, part, out=A)
    return A if mode == "max" else A / f**2, (A_prev, hparameters)


def create_mask_from_window(x: np.ndarray) -> np.ndarray:
    """Mark the largest number of a window: all of them, where several are equal.

    Parameters
    ----------
    x : ndarray of float, shape (f, f)
        A window of one channel.

    Returns
    -------
    ndarray of bool, shape (f, f)
        True where the window has its largest number.

    Examples
    --------
    >>> create_mask_from_window(np.array([[1.0, 3.0], [2.0, -4.0]])).tolist()
    [[False, True], [False, False]]
    """
    mask: np.ndarray = x == np.max(x)
    return mask


def distribute_value(dz: float, shape: tuple[int, int]) -> np.ndarray:
    """Share a number equally among the places of a window.

    Parameters
    ----------
    dz : float
        The number.
    shape : tuple of int
        ``(n_H, n_W)``, the shape of the window.

    Returns
    -------
    ndarray of float, shape (n_H, n_W)
        Equal numbers, which add up to dz.

    Examples
    --------
    >>> distribute_value(6.0, (2, 3)).tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    """
    n_H, n_W = shape
    return np.full(shape, dz / (n_H * n_W))


def pool_backward(dA: np.ndarray, cache: PoolCache, mode: str = "max") -> np.ndarray:
    """Carry the gradient of the cost back through `pool_forward`.

    Parameters
    ----------
    dA : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient with respect to the layer's output.
    cache : tuple
        What `pool_forward` returned beside the output.
    mode : {"max", "average"}
        Which summary was taken.

    Returns
    -------
    ndarray of float, shape (m, n_H_prev, n_W_prev, n_C)
        The gradient with respect to the layer's input. Where several numbers of a window
        are its largest, each of them gets the whole.

    Examples
    --------
    >>> A_prev = np.array([[1.0, 5.0, 2.0], [3.0, 4.0, 0.0]]).reshape(1, 2, 3, 1)
    >>> _, cache = pool_forward(A_prev, {"f": 2, "stride": 1})
    >>> pool_backward(np.array([[[[1.0], [10.0]]]]), cache)[0, :, :, 0].tolist()
    [[0.0, 11.0, 0.0], [0.0, 0.0, 0.0]]
    """
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape, dtype=dA.dtype)
    if mode == "max":
        A, _ = pool_forward(A_prev, hparameters)
        for part, values in zip(
            _places(dA_prev, f, stride), _places(A_prev, f, stride), strict=True
        ):
            part += dA * (values == A)
    else:
        for part in _places(dA_prev, f, stride):
            part += dA / f**2
    return dA_prev


def layer_counts(
    input_shape: tuple[int, int, int], f: int, n_C: int, stride: int
) -> dict[str, int]:
    """Count what a convolutional layer without padding has, and a dense one in its place.

    Parameters
    ----------
    input_shape : tuple of int
        ``(n_H_prev, n_W_prev, n_C_prev)``, the shape of one example.
    f : int
        The height and width of the filters.
    n_C : int
        How many filters there are.
    stride : int
        How far they move.

    Returns
    -------
    dict of str to int
        "outputs", the numbers that the layer computes for one example; "parameters",
        weights and biases; "connections", the uses of a parameter for one example;
        "dense", the parameters of a fully connected layer from the same inputs to as
        many outputs.

    Examples
    --------
    The first layer of LeNet-5, as its authors count:

    >>> layer_counts((32, 32, 1), f=5, n_C=6, stride=1)
    {'outputs': 4704, 'parameters': 156, 'connections': 122304, 'dense': 4821600}
    """
    n_H_prev, n_W_prev, n_C_prev = input_shape
    n_H = output_size(n_H_prev, f, 0, stride)
    n_W = output_size(n_W_prev, f, 0, stride)
    per_filter = f * f * n_C_prev + 1
    outputs = n_H * n_W * n_C
    return {
        "outputs": outputs,
        "parameters": per_filter * n_C,
        "connections": per_filter * outputs,
        "dense": (n_H_prev * n_W_prev * n_C_prev + 1) * outputs,
    }


def _places(X: np.ndarray, f: int, stride: int) -> Iterator[np.ndarray]:
    """See, for each place within a window, the numbers that all windows have there."""
    n_H = output_size(X.shape[1], f, 0, stride)
    n_W = output_size(X.shape[2], f, 0, stride)
    for i, j in np.ndindex(f, f):
        yield X[:, i : i + stride * n_H : stride, j : j + stride * n_W : stride]


def _filter_gradient(dZ: np.ndarray, windows: np.ndarray) -> np.ndarray:
    """Multiply every window with the gradients at its place, and add up."""
    dZ_rows = dZ.reshape(-1, dZ.shape[3])
    dW: np.ndarray = windows.reshape(len(dZ_rows), -1).T @ dZ_rows
    return dW.reshape(*windows.shape[3:], dZ.shape[3])


def _input_gradient(
    dZ: np.ndarray, W: np.ndarray, shape: tuple[int, ...], stride: int
) -> np.ndarray:
    """Let every window give to the numbers that it covers, one place of all windows at a time.

    This is `add_windows` of what `window_gradients` gives, without ever having it all in memory.
    """
    f, dZ_rows = W.shape[0], dZ.reshape(-1, dZ.shape[3])
    total = np.zeros(shape, dtype=np.result_type(W, dZ))
    for (i, j), part in zip(np.ndindex(f, f), _places(total, f, stride), strict=True):
        part += (dZ_rows @ W[i, j].T).reshape(part.shape)
    return total
