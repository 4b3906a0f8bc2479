"""Checking gradients by nudging: in one dimension, and for a whole network.

The network of the second half has 4 inputs and layers of 5, 3 and 1 units: ReLU, ReLU, sigmoid.
Its shapes are fixed, so that a long column of numbers can be cut into parameters again.
"""

import numpy as np

from helpers.activations import relu, sigmoid
from helpers.regularization import Cache, compute_cost

SHAPES = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}


def forward_propagation(x: float, theta: float) -> float:
    """Compute J(theta) = theta * x.

    Parameters
    ----------
    x, theta : float

    Returns
    -------
    float

    Examples
    --------
    >>> forward_propagation(2, 4)
    8
    """
    return theta * x


def backward_propagation(x: float, theta: float) -> float:
    """Compute the derivative of J(theta) = theta * x with respect to theta.

    Parameters
    ----------
    x, theta : float

    Returns
    -------
    float

    Examples
    --------
    >>> backward_propagation(2, 4)
    2
    """
    return x


def gradient_check(x: float, theta: float, epsilon: float = 1e-7) -> float:
    """Compare the derivative of J(theta) = theta * x with the slope between two near points.

    Parameters
    ----------
    x, theta : float
    epsilon : float
        How far the two points lie from `theta`.

    Returns
    -------
    float
        The relative difference, from 0 (equal) to 1.

    Examples
    --------
    >>> gradient_check(2, 4) < 1e-7
    True
    """
    above = forward_propagation(x, theta + epsilon)
    below = forward_propagation(x, theta - epsilon)
    approximation = (above - below) / (2 * epsilon)
    gradient = backward_propagation(x, theta)
    size = np.linalg.norm(gradient) + np.linalg.norm(approximation)
    return float(np.linalg.norm(gradient - approximation) / size)


def dictionary_to_vector(parameters: dict[str, np.ndarray]) -> tuple[np.ndarray, list[str]]:
    """Put all parameters of the network below each other in one column.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2, W3, b3, in any order.

    Returns
    -------
    theta : ndarray of float, shape (n, 1)
        The entries of W1 row by row, then those of b1, W2, b2, W3 and b3.
    keys : list of str
        For each entry of theta the name of the parameter that it comes from.

    Examples
    --------
    >>> theta, keys = dictionary_to_vector({name: np.ones((1, 2)) for name in SHAPES})
    >>> theta.shape, keys[:3]
    ((12, 1), ['W1', 'W1', 'b1'])
    """
    theta = np.concatenate([parameters[name].reshape(-1, 1) for name in SHAPES])
    keys = [name for name in SHAPES for _ in range(parameters[name].size)]
    return theta, keys


def gradients_to_vector(gradients: dict[str, np.ndarray]) -> np.ndarray:
    """Put all gradients below each other, in the order of `dictionary_to_vector`.

    Parameters
    ----------
    gradients : dict of str to ndarray of float
        dW1, db1, dW2, db2, dW3, db3, in any order.

    Returns
    -------
    ndarray of float, shape (n, 1)

    Examples
    --------
    >>> gradients_to_vector({"d" + name: np.ones((1, 2)) for name in SHAPES}).shape
    (12, 1)
    """
    return np.concatenate([gradients["d" + name].reshape(-1, 1) for name in SHAPES])


def vector_to_dictionary(theta: np.ndarray) -> dict[str, np.ndarray]:
    """Cut a column into the parameters of the network.

    Parameters
    ----------
    theta : ndarray of float, shape (47, 1)
        As `dictionary_to_vector` makes it.

    Returns
    -------
    dict of str to ndarray of float
        W1 (5, 4), b1 (5, 1), W2 (3, 5), b2 (3, 1), W3 (1, 3), b3 (1, 1).

    Examples
    --------
    >>> vector_to_dictionary(np.arange(47.0).reshape(47, 1))["W3"]
    array([[43., 44., 45.]])
    """
    parameters, start = {}, 0
    for name, (rows, columns) in SHAPES.items():
        end = start + rows * columns
        parameters[name] = theta[start:end].reshape(rows, columns)
        start = end
    return parameters


def forward_propagation_n(
    X: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray]
) -> tuple[float, Cache]:
    """Compute the cost of the network, and what the way back needs.

    Parameters
    ----------
    X : ndarray of float, shape (4, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    parameters : dict of str to ndarray of float
        With the shapes in `SHAPES`.

    Returns
    -------
    cost : float
        The average cross-entropy.
    cache : tuple of 12 ndarrays
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3).

    Examples
    --------
    >>> zeros = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    >>> round(forward_propagation_n(np.ones((4, 3)), np.array([[1, 1, 0]]), zeros)[0], 4)
    0.6931
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in SHAPES)
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return compute_cost(A3, Y), (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_n(X: np.ndarray, Y: np.ndarray, cache: Cache) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost of `forward_propagation_n`.

    Parameters
    ----------
    X : ndarray of float, shape (4, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    cache : tuple of 12 ndarrays
        From `forward_propagation_n`.

    Returns
    -------
    dict of str to ndarray of float
        dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1.

    Examples
    --------
    >>> zeros = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    >>> X, Y = np.ones((4, 3)), np.array([[1, 1, 0]])
    >>> cost, cache = forward_propagation_n(X, Y, zeros)
    >>> round(backward_propagation_n(X, Y, cache)["db3"].item(), 4)
    -0.1667
    """
    m = X.shape[1]
    _, A1, _, _, _, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2}
    return gradients | {"db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def numerical_gradient(
    parameters: dict[str, np.ndarray], X: np.ndarray, Y: np.ndarray, epsilon: float = 1e-7
) -> np.ndarray:
    """Find the slope of the cost in every parameter by nudging one after the other.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        With the shapes in `SHAPES`.
    X : ndarray of float, shape (4, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    epsilon : float
        How far each parameter is moved, up and down.

    Returns
    -------
    ndarray of float, shape (47, 1)
        The slopes, in the order of `dictionary_to_vector`.

    Examples
    --------
    >>> zeros = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    >>> numerical_gradient(zeros, np.ones((4, 3)), np.array([[1, 1, 0]]))[-1].round(4).item()
    -0.1667
    """
    theta, _ = dictionary_to_vector(parameters)
    slopes = np.zeros_like(theta)
    for i in range(len(theta)):
        above, below = theta.copy(), theta.copy()
        above[i] += epsilon
        below[i] -= epsilon
        cost_above, _ = forward_propagation_n(X, Y, vector_to_dictionary(above))
        cost_below, _ = forward_propagation_n(X, Y, vector_to_dictionary(below))
        slopes[i] = (cost_above - cost_below) / (2 * epsilon)
    return slopes


def gradient_check_n(
    parameters: dict[str, np.ndarray],
    gradients: dict[str, np.ndarray],
    X: np.ndarray,
    Y: np.ndarray,
    epsilon: float = 1e-7,
) -> float:
    """Compare all gradients of the network with slopes found by nudging.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        With the shapes in `SHAPES`.
    gradients : dict of str to ndarray of float
        dW1, db1, dW2, db2, dW3, db3: the ones to check.
    X : ndarray of float, shape (4, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    epsilon : float
        How far each parameter is moved, up and down.

    Returns
    -------
    float
        The relative difference, from 0 (equal) to 1.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> parameters = {name: rng.normal(size=shape) for name, shape in SHAPES.items()}
    >>> X, Y = rng.normal(size=(4, 3)), np.array([[1, 1, 0]])
    >>> cost, cache = forward_propagation_n(X, Y, parameters)
    >>> gradient_check_n(parameters, backward_propagation_n(X, Y, cache), X, Y) < 1e-6
    True
    """
    gradient = gradients_to_vector(gradients)
    slopes = numerical_gradient(parameters, X, Y, epsilon)
    size = np.linalg.norm(gradient) + np.linalg.norm(slopes)
    return float(np.linalg.norm(gradient - slopes) / size)


def wrong_gradients(
    gradients: dict[str, np.ndarray], slopes: dict[str, np.ndarray], threshold: float = 1e-5
) -> list[str]:
    """Name the gradients that differ from the slopes found by nudging.

    Parameters
    ----------
    gradients : dict of str to ndarray of float
        dW1, db1, dW2, db2, dW3, db3: the ones to check.
    slopes : dict of str to ndarray of float
        The numerical gradient, cut into W1, b1, W2, b2, W3, b3.
    threshold : float
        A gradient is wrong if its own relative difference is above this.

    Returns
    -------
    list of str
        Some of "dW1", "db1", "dW2", "db2", "dW3", "db3", in this order.

    Examples
    --------
    >>> slopes = {name: np.ones(shape) for name, shape in SHAPES.items()}
    >>> gradients = {"d" + name: slope for name, slope in slopes.items()}
    >>> wrong_gradients(gradients | {"db3": np.array([[1.1]])}, slopes)
    ['db3']
    """
    wrong = []
    for name in SHAPES:
        gradient, slope = gradients["d" + name], slopes[name]
        size = np.linalg.norm(gradient) + np.linalg.norm(slope)
        if np.linalg.norm(gradient - slope) > threshold * size:
            wrong.append("d" + name)
    return wrong
