"""Residual blocks, forward and backward.

A block puts out ReLU(F(x) + x): two convolutions F, and a shortcut past them. Where F changes
the shape, the shortcut is a 1x1 convolution W_s. Batch normalisation is left out.

Images are (m, n_H, n_W, n_C), filters (f, f, n_C_prev, n_C), biases (1, 1, 1, n_C), as in
`helpers.convolution`.

References
----------
.. [1] K. He, X. Zhang, S. Ren, J. Sun: Deep Residual Learning for Image Recognition, CVPR 2016,
   section 3, equations (1) and (2).
"""

from typing import Any

import numpy as np

from helpers.activations import relu
from helpers.convolution import ConvCache, conv_backward, conv_forward

Arrays = dict[str, np.ndarray]
Cache = dict[str, Any]


def same_convolution(
    A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int
) -> tuple[np.ndarray, ConvCache]:
    """Convolve with the padding that keeps height and width where the stride is 1.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The input.
    W : ndarray of float, shape (f, f, n_C_prev, n_C)
        The filters; f is odd.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.
    stride : int
        How far the window moves.

    Returns
    -------
    Z : ndarray of float, shape (m, n_H, n_W, n_C)
        The output.
    cache : tuple
        For `conv_backward`.

    Examples
    --------
    >>> W, b = np.ones((5, 5, 2, 3)), np.zeros((1, 1, 1, 3))
    >>> same_convolution(np.ones((4, 6, 7, 2)), W, b, stride=1)[0].shape
    (4, 6, 7, 3)
    """
    return conv_forward(A_prev, W, b, {"stride": stride, "pad": W.shape[0] // 2})


def identity_block_forward(A_prev: np.ndarray, parameters: Arrays) -> tuple[np.ndarray, Cache]:
    """Apply a residual block whose shortcut is the input itself.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H, n_W, n_C)
        The input.
    parameters : dict of str to ndarray
        "W1" (f, f, n_C, k) and "b1" (1, 1, 1, k), "W2" (g, g, k, n_C) and "b2"
        (1, 1, 1, n_C); f and g are odd.

    Returns
    -------
    A : ndarray of float, shape (m, n_H, n_W, n_C)
        ReLU of the main path's output plus the input.
    cache : dict
        "conv1", "conv2": the caches of the convolutions; "Z1": the output of the first; "S":
        the sum before the last ReLU.

    Examples
    --------
    >>> zero = {"W1": np.zeros((3, 3, 2, 4)), "b1": np.zeros((1, 1, 1, 4))}
    >>> zero |= {"W2": np.zeros((3, 3, 4, 2)), "b2": np.zeros((1, 1, 1, 2))}
    >>> A_prev = np.ones((5, 6, 7, 2))
    >>> bool((identity_block_forward(A_prev, zero)[0] == A_prev).all())
    True
    """
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    Z1, conv1 = same_convolution(A_prev, W1, b1, 1)
    Z2, conv2 = same_convolution(relu(Z1), W2, b2, 1)
    S = Z2 + A_prev
    return relu(S), {"conv1": conv1, "Z1": Z1, "conv2": conv2, "S": S}


def identity_block_backward(dA: np.ndarray, cache: Cache) -> tuple[np.ndarray, Arrays]:
    """Go back through a residual block whose shortcut is the input itself.

    Parameters
    ----------
    dA : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient of the cost with respect to the block's output.
    cache : dict
        As `identity_block_forward` returns it.

    Returns
    -------
    dA_prev : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient with respect to the block's input.
    grads : dict of str to ndarray
        "dW1", "db1", "dW2", "db2".

    Examples
    --------
    >>> zero = {"W1": np.zeros((3, 3, 2, 4)), "b1": np.zeros((1, 1, 1, 4))}
    >>> zero |= {"W2": np.zeros((3, 3, 4, 2)), "b2": np.zeros((1, 1, 1, 2))}
    >>> A, cache = identity_block_forward(np.ones((5, 6, 7, 2)), zero)
    >>> dA_prev, grads = identity_block_backward(np.full(A.shape, 0.5), cache)
    >>> bool((dA_prev == 0.5).all()), grads["db2"].ravel().tolist()
    (True, [105.0, 105.0])
    """
    dS = dA * (cache["S"] > 0)
    dA1, dW2, db2 = conv_backward(dS, cache["conv2"])
    dZ1 = dA1 * (cache["Z1"] > 0)
    dX, dW1, db1 = conv_backward(dZ1, cache["conv1"])
    return dX + dS, {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def projection_block_forward(
    A_prev: np.ndarray, parameters: Arrays, stride: int
) -> tuple[np.ndarray, Cache]:
    """Apply a residual block that changes the shape; its shortcut is a 1x1 convolution.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The input.
    parameters : dict of str to ndarray
        "W1" (f, f, n_C_prev, k) and "b1" (1, 1, 1, k), "W2" (g, g, k, n_C) and "b2"
        (1, 1, 1, n_C), "Ws" (1, 1, n_C_prev, n_C) and "bs" (1, 1, 1, n_C); f and g are odd.
    stride : int
        The stride of the first convolution and of the shortcut.

    Returns
    -------
    A : ndarray of float, shape (m, n_H, n_W, n_C)
        ReLU of the main path's output plus the shortcut's.
    cache : dict
        "conv1", "conv2", "shortcut": the caches of the convolutions; "Z1": the output of the
        first; "S": the sum before the last ReLU.

    Examples
    --------
    >>> shapes = {"W1": (3, 3, 2, 4), "W2": (3, 3, 4, 4), "Ws": (1, 1, 2, 4)}
    >>> shapes |= {name: (1, 1, 1, 4) for name in ("b1", "b2", "bs")}
    >>> ones = {name: np.ones(shape) for name, shape in shapes.items()}
    >>> projection_block_forward(np.ones((5, 6, 7, 2)), ones, stride=2)[0].shape
    (5, 3, 4, 4)
    """
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    Ws, bs = parameters["Ws"], parameters["bs"]
    Z1, conv1 = same_convolution(A_prev, W1, b1, stride)
    Z2, conv2 = same_convolution(relu(Z1), W2, b2, 1)
    Zs, shortcut = same_convolution(A_prev, Ws, bs, stride)
    S = Z2 + Zs
    return relu(S), {"conv1": conv1, "Z1": Z1, "conv2": conv2, "shortcut": shortcut, "S": S}


def projection_block_backward(dA: np.ndarray, cache: Cache) -> tuple[np.ndarray, Arrays]:
    """Go back through a residual block whose shortcut is a 1x1 convolution.

    Parameters
    ----------
    dA : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient of the cost with respect to the block's output.
    cache : dict
        As `projection_block_forward` returns it.

    Returns
    -------
    dA_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The gradient with respect to the block's input.
    grads : dict of str to ndarray
        "dW1", "db1", "dW2", "db2", "dWs", "dbs".

    Examples
    --------
    >>> shapes = {"W1": (3, 3, 2, 4), "W2": (3, 3, 4, 4), "Ws": (1, 1, 2, 4)}
    >>> shapes |= {name: (1, 1, 1, 4) for name in ("b1", "b2", "bs")}
    >>> ones = {name: np.ones(shape) for name, shape in shapes.items()}
    >>> A, cache = projection_block_forward(np.ones((5, 6, 7, 2)), ones, stride=2)
    >>> dA_prev, grads = projection_block_backward(np.ones(A.shape), cache)
    >>> dA_prev.shape, grads["dbs"].ravel().tolist()
    ((5, 6, 7, 2), [60.0, 60.0, 60.0, 60.0])
    """
    dS = dA * (cache["S"] > 0)
    dA1, dW2, db2 = conv_backward(dS, cache["conv2"])
    dZ1 = dA1 * (cache["Z1"] > 0)
    dX_main, dW1, db1 = conv_backward(dZ1, cache["conv1"])
    dX_short, dWs, dbs = conv_backward(dS, cache["shortcut"])
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dWs": dWs, "dbs": dbs}
    return dX_main + dX_short, grads
