"""The 1x1 convolution and the Inception module.

Images are (m, n_H, n_W, n_C), filters (f, f, n_C_prev, n_C), biases (1, 1, 1, n_C), as in
`helpers.convolution`.

References
----------
.. [1] M. Lin, Q. Chen, S. Yan: Network in Network, ICLR 2014, section 3.1 (1x1 convolution).
.. [2] C. Szegedy et al.: Going Deeper with Convolutions, CVPR 2015, figure 2(b).
"""

import numpy as np

from helpers.activations import relu
from helpers.convolution import conv_forward, pool_forward, zero_pad


def conv_1x1(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Mix the channels at each place, the same way everywhere, and add a bias.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H, n_W, n_C_prev)
        The input.
    W : ndarray of float, shape (1, 1, n_C_prev, n_C)
        The filters.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.

    Returns
    -------
    ndarray of float, shape (m, n_H, n_W, n_C)
        The output, before any activation.

    Examples
    --------
    >>> W = np.array([1.0, 10.0]).reshape(1, 1, 2, 1)
    >>> conv_1x1(np.array([[[[3.0, 5.0]]]]), W, np.full((1, 1, 1, 1), 0.5)).item()
    53.5
    """
    Z: np.ndarray = A_prev @ W[0, 0] + b
    return Z


def inception_forward(A_prev: np.ndarray, parameters: dict[str, np.ndarray]) -> np.ndarray:
    """Apply an Inception module: four branches side by side, their channels stacked.

    Every convolution is followed by ReLU; height and width stay the same.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H, n_W, n_C)
        The input, not negative.
    parameters : dict of str to ndarray
        Filters and biases of the 1x1 branch, "W1" and "b1"; of the 3x3 branch, "W3_reduce",
        "b3_reduce", "W3" and "b3"; of the 5x5 branch, "W5_reduce", "b5_reduce", "W5" and
        "b5"; of the branch behind the pooling, "W_pool" and "b_pool".

    Returns
    -------
    ndarray of float, shape (m, n_H, n_W, c1 + c3 + c5 + c_pool)
        The channels of the branches, in this order.

    Examples
    --------
    >>> sizes = {"1": (1, 3, 2), "3_reduce": (1, 3, 1), "3": (3, 1, 4), "5_reduce": (1, 3, 1)}
    >>> sizes |= {"5": (5, 1, 5), "_pool": (1, 3, 6)}
    >>> ones = {f"W{name}": np.ones((f, f, c, k)) for name, (f, c, k) in sizes.items()}
    >>> ones |= {f"b{name}": np.ones((1, 1, 1, k)) for name, (_, _, k) in sizes.items()}
    >>> inception_forward(np.ones((2, 4, 5, 3)), ones).shape
    (2, 4, 5, 17)
    """
    one = relu(conv_1x1(A_prev, parameters["W1"], parameters["b1"]))
    reduced = relu(conv_1x1(A_prev, parameters["W3_reduce"], parameters["b3_reduce"]))
    Z3, _ = conv_forward(reduced, parameters["W3"], parameters["b3"], {"stride": 1, "pad": 1})
    reduced = relu(conv_1x1(A_prev, parameters["W5_reduce"], parameters["b5_reduce"]))
    Z5, _ = conv_forward(reduced, parameters["W5"], parameters["b5"], {"stride": 1, "pad": 2})
    pooled, _ = pool_forward(zero_pad(A_prev, 1), {"f": 3, "stride": 1})
    pool = relu(conv_1x1(pooled, parameters["W_pool"], parameters["b_pool"]))
    return np.concatenate([one, relu(Z3), relu(Z5), pool], axis=3)
