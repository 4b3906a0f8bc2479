"""Activation functions of a network's units, and their derivatives.

All take the pre-activation ``z``, a number or an array of any shape, and return the same
shape. The derivatives take ``z`` too, not the activation.
"""

import numpy as np

from helpers.numpy_basics import sigmoid, sigmoid_derivative

__all__ = [
    "leaky_relu",
    "leaky_relu_derivative",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "tanh",
    "tanh_derivative",
]


def tanh(z: np.ndarray | float) -> np.ndarray:
    """Compute the hyperbolic tangent, between -1 and 1.

    Parameters
    ----------
    z : float or ndarray of float
        Pre-activations, any shape.

    Returns
    -------
    ndarray of float
        ``(e**z - e**-z) / (e**z + e**-z)``, the same shape as `z`.

    Examples
    --------
    >>> np.round(tanh(np.array([[-1.0, 0.0, 1.0]])), 4).tolist()
    [[-0.7616, 0.0, 0.7616]]
    """
    return np.tanh(z)


def tanh_derivative(z: np.ndarray | float) -> np.ndarray:
    """Compute the slope of `tanh` at `z`.

    Parameters
    ----------
    z : float or ndarray of float
        Pre-activations, any shape.

    Returns
    -------
    ndarray of float
        ``1 - tanh(z)**2``, the same shape as `z`.

    Examples
    --------
    >>> np.round(tanh_derivative(np.array([[-1.0, 0.0, 1.0]])), 4).tolist()
    [[0.42, 1.0, 0.42]]
    """
    return 1 - np.tanh(z) ** 2


def relu(z: np.ndarray | float) -> np.ndarray:
    """Compute the rectified linear unit: what is negative becomes 0.

    Parameters
    ----------
    z : float or ndarray of float
        Pre-activations, any shape.

    Returns
    -------
    ndarray of float
        ``max(0, z)`` of each element, the same shape as `z`.

    Examples
    --------
    >>> relu(np.array([[-2.0, 0.0, 3.0]])).tolist()
    [[0.0, 0.0, 3.0]]
    """
    return np.maximum(0.0, z)


def relu_derivative(z: np.ndarray | float) -> np.ndarray:
    """Compute the slope of `relu` at `z`.

    Parameters
    ----------
    z : float or ndarray of float
        Pre-activations, any shape.

    Returns
    -------
    ndarray of float
        1 where `z` is positive and 0 elsewhere, the same shape as `z`. At exactly 0 the
        slope does not exist; the value there is 0 by convention.

    Examples
    --------
    >>> relu_derivative(np.array([[-2.0, 0.0, 3.0]])).tolist()
    [[0.0, 0.0, 1.0]]
    """
    return np.where(np.greater(z, 0), 1.0, 0.0)


def leaky_relu(z: np.ndarray | float, slope: float = 0.01) -> np.ndarray:
    """Compute the leaky rectified linear unit: what is negative shrinks.

    Parameters
    ----------
    z : float or ndarray of float
        Pre-activations, any shape.
    slope : float
        The factor for negative `z`.

    Returns
    -------
    ndarray of float
        `z` where it is positive and ``slope * z`` elsewhere, the same shape as `z`.

    Examples
    --------
    >>> leaky_relu(np.array([[-2.0, 0.0, 3.0]])).tolist()
    [[-0.02, 0.0, 3.0]]
    """
    return np.where(np.greater(z, 0), z, np.multiply(slope, z))


def leaky_relu_derivative(z: np.ndarray | float, slope: float = 0.01) -> np.ndarray:
    """Compute the slope of `leaky_relu` at `z`.

    Parameters
    ----------
    z : float or ndarray of float
        Pre-activations, any shape.
    slope : float
        The factor for negative `z`.

    Returns
    -------
    ndarray of float
        1 where `z` is positive and `slope` elsewhere, the same shape as `z`. At exactly 0
        the derivative does not exist; the value there is `slope` by convention.

    Examples
    --------
    >>> leaky_relu_derivative(np.array([[-2.0, 0.0, 3.0]])).tolist()
    [[0.01, 0.01, 1.0]]
    """
    return np.where(np.greater(z, 0), 1.0, slope)
