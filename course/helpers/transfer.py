"""Transfer learning: keep what a network has learnt, and train the rest for another task.

The networks have L - 1 convolutional layers and a softmax layer. "W1", "b1" to "W(L-1)",
"b(L-1)" are filters (f, f, n_C_prev, n_C) and biases (1, 1, 1, n_C) of convolutions with stride 2
and padding f // 2, each followed by ReLU. "WL" (n_y, n_x) and "bL" (n_y, 1) belong to the softmax
layer, which sees the flattened output of the last convolution.

References
----------
.. [1] J. Yosinski, J. Clune, Y. Bengio, H. Lipson: How transferable are features in deep neural
   networks? NIPS 2014.
"""

import numpy as np

from helpers.activations import relu
from helpers.convolution import ConvCache, conv_forward

Arrays = dict[str, np.ndarray]
LayerCache = tuple[ConvCache, np.ndarray]


def run_layers(
    A: np.ndarray, parameters: Arrays, first: int, last: int
) -> tuple[np.ndarray, list[LayerCache]]:
    """Run some of a network's convolutional layers, one after the other.

    Parameters
    ----------
    A : ndarray of float, shape (m, n_H, n_W, n_C)
        The input of layer `first`: images if that is 1, stored activations otherwise.
    parameters : dict of str to ndarray
        The parameters of the network.
    first, last : int
        The first and the last layer to run. If `last` is less than `first`, there is none.

    Returns
    -------
    A : ndarray of float
        The output of layer `last`, after ReLU.
    caches : list of tuple
        For each layer that ran, in order: the cache of its convolution, and its output before
        ReLU.

    Examples
    --------
    >>> parameters = {"W1": np.ones((3, 3, 1, 4)), "b1": np.zeros((1, 1, 1, 4))}
    >>> parameters |= {"W2": np.ones((3, 3, 4, 5)), "b2": np.zeros((1, 1, 1, 5))}
    >>> A, caches = run_layers(np.ones((7, 8, 6, 1)), parameters, 1, 2)
    >>> A.shape, len(caches)
    ((7, 2, 2, 5), 2)
    """
    caches = []
    for layer in range(first, last + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z, cache = _halving(A, W, b)
        caches.append((cache, Z))
        A = relu(Z)
    return A, caches


def replace_softmax(parameters: Arrays, n_classes: int) -> Arrays:
    """Give a network a new softmax layer, which has not learnt anything.

    Parameters
    ----------
    parameters : dict of str to ndarray
        The parameters of a trained network. They stay as they are.
    n_classes : int
        How many classes the new task has.

    Returns
    -------
    dict of str to ndarray
        Copies of all parameters, but for the last layer, which is all zeros and has
        `n_classes` units.

    Examples
    --------
    >>> old = {"W1": np.ones((3, 3, 1, 4)), "b1": np.ones((1, 1, 1, 4))}
    >>> new = replace_softmax(old | {"W2": np.ones((10, 16)), "b2": np.ones((10, 1))}, 3)
    >>> new["W2"].shape, new["b2"].shape, float(new["b1"].sum())
    ((3, 16), (3, 1), 4.0)
    """
    new = {name: value.copy() for name, value in parameters.items()}
    last = len(parameters) // 2
    new[f"W{last}"] = np.zeros((n_classes, parameters[f"W{last}"].shape[1]))
    new[f"b{last}"] = np.zeros((n_classes, 1))
    return new


def trainable_count(parameters: Arrays, frozen: int) -> int:
    """Count the numbers that are trained when the first layers are frozen.

    Parameters
    ----------
    parameters : dict of str to ndarray
        "W1", "b1" to "WL", "bL".
    frozen : int
        How many of the first layers stay as they are, from 0 to L.

    Returns
    -------
    int

    Examples
    --------
    >>> shapes = {"W1": (3, 3, 1, 4), "b1": (1, 1, 1, 4), "W2": (10, 16), "b2": (10, 1)}
    >>> parameters = {name: np.ones(shape) for name, shape in shapes.items()}
    >>> trainable_count(parameters, frozen=0), trainable_count(parameters, frozen=1)
    (210, 170)
    """
    layers = range(frozen + 1, len(parameters) // 2 + 1)
    return sum(parameters[f"W{layer}"].size + parameters[f"b{layer}"].size for layer in layers)


def fine_tune_step(parameters: Arrays, grads: Arrays, learning_rate: float, frozen: int) -> Arrays:
    """Take a step of gradient descent that leaves the first layers alone.

    Parameters
    ----------
    parameters : dict of str to ndarray
        "W1", "b1" to "WL", "bL". They stay as they are.
    grads : dict of str to ndarray
        "dW..." and "db..." of the layers that are not frozen, perhaps of others too.
    learning_rate : float
        The length of the step.
    frozen : int
        How many of the first layers are frozen.

    Returns
    -------
    dict of str to ndarray
        All parameters after the step.

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> parameters = {"W1": one, "b1": one, "W2": one, "b2": one}
    >>> new = fine_tune_step(parameters, {"dW2": one, "db2": 2 * one}, 0.25, frozen=1)
    >>> {name: value.item() for name, value in new.items()}
    {'W1': 1.0, 'b1': 1.0, 'W2': 0.75, 'b2': 0.5}
    """
    new = {name: value.copy() for name, value in parameters.items()}
    for layer in range(frozen + 1, len(parameters) // 2 + 1):
        new[f"W{layer}"] = new[f"W{layer}"] - learning_rate * grads[f"dW{layer}"]
        new[f"b{layer}"] = new[f"b{layer}"] - learning_rate * grads[f"db{layer}"]
    return new


def _halving(A: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ConvCache]:
    """Convolve with stride 2, such that height and width are halved, and rounded up."""
    return conv_forward(A, W, b, {"stride": 2, "pad": W.shape[0] // 2})
