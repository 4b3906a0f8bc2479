"""Four ways to choose the first parameters of a network.

Each takes the sizes of all layers, inputs first, and returns W1, b1, …, WL, bL, where Wl has
shape (n_l, n_(l-1)) and bl has shape (n_l, 1). Random weights come from numpy's global
generator: seed it first with ``np.random.seed`` to get the same numbers again.
"""

from collections.abc import Sequence

import numpy as np


def initialize_parameters_zeros(layers_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Set all weights and biases to zero, which leaves all units of a layer alike.

    Parameters
    ----------
    layers_dims : sequence of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict of str to ndarray of float
        Wl (n_l, n_(l-1)) and bl (n_l, 1) for each layer l = 1, …, L.

    Examples
    --------
    >>> initialize_parameters_zeros([3, 2, 1])["W2"]
    array([[0., 0.]])
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        parameters[f"W{layer}"] = np.zeros((layers_dims[layer], layers_dims[layer - 1]))
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    return parameters


def initialize_parameters_random(layers_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Draw weights that are much too large, with standard deviation 10.

    Parameters
    ----------
    layers_dims : sequence of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict of str to ndarray of float
        Wl (n_l, n_(l-1)), normal with standard deviation 10, and bl (n_l, 1), zeros.

    Examples
    --------
    >>> np.random.seed(3)
    >>> initialize_parameters_random([3, 2, 1])["W1"].round(1).tolist()
    [[17.9, 4.4, 1.0], [-18.6, -2.8, -3.5]]
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        parameters[f"W{layer}"] = np.random.randn(layers_dims[layer], layers_dims[layer - 1]) * 10
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    return parameters


def initialize_parameters_he(layers_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Draw weights that keep the size of activations in layers of ReLU units.

    Parameters
    ----------
    layers_dims : sequence of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict of str to ndarray of float
        Wl (n_l, n_(l-1)), normal with standard deviation sqrt(2 / n_(l-1)), and bl (n_l, 1),
        zeros.

    References
    ----------
    He, Zhang, Ren, Sun: Delving deep into rectifiers, 2015, equation 10.

    Examples
    --------
    >>> np.random.seed(3)
    >>> initialize_parameters_he([2, 4, 1])["W2"].round(3).tolist()
    [[-0.031, -0.337, -0.929, 0.626]]
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        scale = np.sqrt(2 / layers_dims[layer - 1])
        parameters[f"W{layer}"] = (
            np.random.randn(layers_dims[layer], layers_dims[layer - 1]) * scale
        )
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    return parameters


def initialize_parameters_xavier(layers_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Draw weights that keep the size of activations in layers of tanh units.

    Parameters
    ----------
    layers_dims : sequence of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict of str to ndarray of float
        Wl (n_l, n_(l-1)), normal with standard deviation sqrt(1 / n_(l-1)), and bl (n_l, 1),
        zeros.

    References
    ----------
    Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks,
    2010, equation 10. Their variance, 2 / (n_(l-1) + n_l), is a compromise with the backward
    pass; equation 8, for the forward pass alone, gives 1 / n_(l-1).

    Examples
    --------
    >>> np.random.seed(3)
    >>> initialize_parameters_xavier([4, 2, 1])["W1"].round(3).tolist()
    [[0.894, 0.218, 0.048, -0.932], [-0.139, -0.177, -0.041, -0.314]]
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        scale = np.sqrt(1 / layers_dims[layer - 1])
        parameters[f"W{layer}"] = (
            np.random.randn(layers_dims[layer], layers_dims[layer - 1]) * scale
        )
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    return parameters
