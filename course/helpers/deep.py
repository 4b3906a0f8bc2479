"""A network of any depth: ReLU layers, then one sigmoid layer, trained by gradient descent.

Examples are columns: X is (n_0, m), Y is (1, m). A network of L layers has the parameters W1, b1,
..., WL, bL, where Wl is (n_l, n_{l-1}) and bl is (n_l, 1). Each step forward returns a cache with
what the step back will need.

The backward pass is the one of D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning
representations by back-propagating errors", Nature 323 (1986), equations 4 to 7, for the
cross-entropy instead of the squared error. The scale of the first weights is that of Y. LeCun,
L. Bottou, G. B. Orr and K.-R. Müller, "Efficient BackProp" (1998), equation 16.
"""

from collections.abc import Sequence

import numpy as np

from helpers import activations
from helpers.shallow import initialize_parameters

__all__ = [
    "L_layer_model",
    "L_model_backward",
    "L_model_forward",
    "compute_cost",
    "initialize_parameters",
    "initialize_parameters_deep",
    "initialize_parameters_scaled",
    "linear_activation_backward",
    "linear_activation_forward",
    "linear_backward",
    "linear_forward",
    "predict",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "two_layer_model",
    "update_parameters",
]

Parameters = dict[str, np.ndarray]
LinearCache = tuple[np.ndarray, np.ndarray, np.ndarray]
Cache = tuple[LinearCache, np.ndarray]


def sigmoid(Z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute the sigmoid, and keep what the way back needs.

    Parameters
    ----------
    Z : ndarray of float, shape (n, m)
        Pre-activations.

    Returns
    -------
    A : ndarray of float, shape (n, m)
        Values between 0 and 1.
    cache : ndarray of float, shape (n, m)
        Z itself.

    Examples
    --------
    >>> A, cache = sigmoid(np.array([[0.0, np.log(3)]]))
    >>> np.round(A, 4).tolist(), np.round(cache, 4).tolist()
    ([[0.5, 0.75]], [[0.0, 1.0986]])
    """
    return activations.sigmoid(Z), Z


def relu(Z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute the rectified linear unit, and keep what the way back needs.

    Parameters
    ----------
    Z : ndarray of float, shape (n, m)
        Pre-activations.

    Returns
    -------
    A : ndarray of float, shape (n, m)
        Z where it is positive and 0 elsewhere.
    cache : ndarray of float, shape (n, m)
        Z itself.

    Examples
    --------
    >>> A, cache = relu(np.array([[-2.0, 3.0]]))
    >>> A.tolist(), cache.tolist()
    ([[0.0, 3.0]], [[-2.0, 3.0]])
    """
    return activations.relu(Z), Z


def sigmoid_backward(dA: np.ndarray, cache: np.ndarray) -> np.ndarray:
    """Go back through the sigmoid.

    Parameters
    ----------
    dA : ndarray of float, shape (n, m)
        The gradient with respect to the activation.
    cache : ndarray of float, shape (n, m)
        Z, from `sigmoid`.

    Returns
    -------
    ndarray of float, shape (n, m)
        dZ, the gradient with respect to the pre-activation.

    Examples
    --------
    >>> sigmoid_backward(np.array([[2.0]]), np.array([[0.0]])).tolist()
    [[0.5]]
    """
    dZ: np.ndarray = dA * activations.sigmoid_derivative(cache)
    return dZ


def relu_backward(dA: np.ndarray, cache: np.ndarray) -> np.ndarray:
    """Go back through the rectified linear unit.

    Parameters
    ----------
    dA : ndarray of float, shape (n, m)
        The gradient with respect to the activation.
    cache : ndarray of float, shape (n, m)
        Z, from `relu`.

    Returns
    -------
    ndarray of float, shape (n, m)
        dZ: dA where Z is positive and 0 elsewhere.

    Examples
    --------
    >>> relu_backward(np.array([[2.0, 5.0]]), np.array([[-1.0, 1.0]])).tolist()
    [[0.0, 5.0]]
    """
    dZ: np.ndarray = dA * activations.relu_derivative(cache)
    return dZ


def initialize_parameters_deep(layer_dims: Sequence[int]) -> Parameters:
    """Draw small random weights for every layer, and set the biases to zero.

    The weights come from numpy's global generator, layer by layer: seed it first with
    ``np.random.seed`` to get the same numbers again.

    Parameters
    ----------
    layer_dims : sequence of int
        The number of units in each layer: n_0 (the inputs), n_1, ..., n_L.

    Returns
    -------
    dict of str to ndarray of float
        Wl (n_l, n_{l-1}), normal with standard deviation 0.01, and bl (n_l, 1), zeros, for l from
        1 to L.

    Examples
    --------
    >>> parameters = initialize_parameters_deep([5, 4, 3])
    >>> {name: value.shape for name, value in parameters.items()}
    {'W1': (4, 5), 'b1': (4, 1), 'W2': (3, 4), 'b2': (3, 1)}
    """
    parameters = {}
    for layer in range(1, len(layer_dims)):
        parameters[f"W{layer}"] = np.random.randn(layer_dims[layer], layer_dims[layer - 1]) * 0.01
        parameters[f"b{layer}"] = np.zeros((layer_dims[layer], 1))
    return parameters


def initialize_parameters_scaled(layer_dims: Sequence[int]) -> Parameters:
    """Draw random weights whose size fits the number of inputs of their layer.

    The standard deviation 1/√n of a unit with n inputs keeps its pre-activation about as large
    as these inputs are (LeCun et al. 1998, equation 16).

    Parameters
    ----------
    layer_dims : sequence of int
        The number of units in each layer: n_0 (the inputs), n_1, ..., n_L.

    Returns
    -------
    dict of str to ndarray of float
        Wl (n_l, n_{l-1}), normal with standard deviation 1/√n_{l-1}, and bl (n_l, 1), zeros, for
        l from 1 to L.

    Examples
    --------
    >>> np.random.seed(1)
    >>> round(float(initialize_parameters_scaled([400, 100])["W1"].std()), 2)
    0.05
    """
    return {
        name: 100 * value / np.sqrt(value.shape[1]) if name.startswith("W") else value
        for name, value in initialize_parameters_deep(layer_dims).items()
    }


def linear_forward(A: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, LinearCache]:
    """Compute the weighted sums of one layer.

    Parameters
    ----------
    A : ndarray of float, shape (n_prev, m)
        The activations of the layer before, or the data.
    W : ndarray of float, shape (n, n_prev)
        The weights.
    b : ndarray of float, shape (n, 1)
        The biases.

    Returns
    -------
    Z : ndarray of float, shape (n, m)
        The pre-activations, W A + b.
    cache : tuple of ndarray
        (A, W, b).

    Examples
    --------
    >>> A, W, b = np.array([[1.0], [2.0]]), np.array([[3.0, 4.0]]), np.array([[5.0]])
    >>> Z, cache = linear_forward(A, W, b)
    >>> Z.tolist(), len(cache)
    ([[16.0]], 3)
    """
    return W @ A + b, (A, W, b)


def linear_activation_forward(
    A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, activation: str
) -> tuple[np.ndarray, Cache]:
    """Compute one layer: weighted sums, then the activation.

    Parameters
    ----------
    A_prev : ndarray of float, shape (n_prev, m)
        The activations of the layer before, or the data.
    W : ndarray of float, shape (n, n_prev)
        The weights.
    b : ndarray of float, shape (n, 1)
        The biases.
    activation : str
        "relu" or "sigmoid".

    Returns
    -------
    A : ndarray of float, shape (n, m)
        The activations.
    cache : tuple
        (linear_cache, activation_cache), that is ((A_prev, W, b), Z).

    Examples
    --------
    >>> A_prev, W, b = np.array([[1.0], [2.0]]), np.array([[3.0, -4.0]]), np.array([[5.0]])
    >>> A, (linear_cache, Z) = linear_activation_forward(A_prev, W, b, "sigmoid")
    >>> A.tolist(), Z.tolist()
    ([[0.5]], [[0.0]])
    """
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z) if activation == "relu" else sigmoid(Z)
    return A, (linear_cache, activation_cache)


def L_model_forward(X: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, list[Cache]]:
    """Compute the network's output: all layers with ReLU, the last with the sigmoid.

    Parameters
    ----------
    X : ndarray of float, shape (n_0, m)
        One example per column.
    parameters : dict of str to ndarray of float
        W1, b1, ..., WL, bL.

    Returns
    -------
    AL : ndarray of float, shape (n_L, m)
        The probability of label 1, for each example.
    caches : list of tuple
        The cache of each layer, in order; ``caches[0]`` is that of layer 1.

    Examples
    --------
    >>> parameters = {"W1": np.array([[1.0], [-1.0]]), "b1": np.zeros((2, 1)),
    ...               "W2": np.array([[1.0, 1.0]]), "b2": np.array([[-2.0]])}
    >>> AL, caches = L_model_forward(np.array([[-2.0, 2.0]]), parameters)
    >>> AL.tolist(), len(caches)
    ([[0.5, 0.5]], 2)
    """
    A = X
    caches = []
    L = len(parameters) // 2
    for layer in range(1, L + 1):
        activation = "relu" if layer < L else "sigmoid"
        A, cache = linear_activation_forward(
            A, parameters[f"W{layer}"], parameters[f"b{layer}"], activation
        )
        caches.append(cache)
    return A, caches


def compute_cost(AL: np.ndarray, Y: np.ndarray) -> float:
    """Average the cross-entropy loss over the examples.

    Parameters
    ----------
    AL : ndarray of float, shape (1, m)
        The probability of label 1, for each example.
    Y : ndarray of int or bool, shape (1, m)
        The labels, 0 or 1.

    Returns
    -------
    float
        The cost. Probabilities of exactly 0 and 1 are fine where they are right; where
        they are wrong the cost is infinite.

    Examples
    --------
    >>> round(compute_cost(np.array([[0.8, 0.4]]), np.array([[1, 0]])), 4)
    0.367
    """
    # One of the two terms of the loss is always zero. Picking the other one before the
    # logarithm is taken keeps log(0) out wherever the prediction is right.
    probability_of_truth = Y * AL + (1 - Y) * (1 - AL)
    return float(-np.sum(np.log(probability_of_truth)) / Y.shape[1])


def linear_backward(
    dZ: np.ndarray, cache: LinearCache
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Go back through the weighted sums of one layer.

    Parameters
    ----------
    dZ : ndarray of float, shape (n, m)
        The gradient of each example's loss with respect to its pre-activations.
    cache : tuple of ndarray
        (A_prev, W, b), from `linear_forward`.

    Returns
    -------
    dA_prev : ndarray of float, shape (n_prev, m)
        The gradient of each example's loss with respect to the layer's inputs.
    dW : ndarray of float, shape (n, n_prev)
        The gradient of the cost, which averages the losses, with respect to the weights.
    db : ndarray of float, shape (n, 1)
        The same with respect to the biases.

    Examples
    --------
    >>> cache = np.array([[1.0, 3.0]]), np.array([[2.0], [0.0]]), np.zeros((2, 1))
    >>> dA_prev, dW, db = linear_backward(np.array([[1.0, 2.0], [0.0, 4.0]]), cache)
    >>> dA_prev.tolist(), dW.tolist(), db.tolist()
    ([[2.0, 4.0]], [[3.5], [6.0]], [[1.5], [2.0]])
    """
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dA_prev = W.T @ dZ
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


def linear_activation_backward(
    dA: np.ndarray, cache: Cache, activation: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Go back through one layer: its activation, then its weighted sums.

    Parameters
    ----------
    dA : ndarray of float, shape (n, m)
        The gradient of each example's loss with respect to the layer's activations.
    cache : tuple
        (linear_cache, activation_cache), from `linear_activation_forward`.
    activation : str
        "relu" or "sigmoid".

    Returns
    -------
    dA_prev : ndarray of float, shape (n_prev, m)
        The gradient of each example's loss with respect to the layer's inputs.
    dW : ndarray of float, shape (n, n_prev)
        The gradient of the cost with respect to the weights.
    db : ndarray of float, shape (n, 1)
        The same with respect to the biases.

    Examples
    --------
    >>> cache = (np.array([[1.0]]), np.array([[2.0]]), np.array([[-2.0]])), np.array([[0.0]])
    >>> [value.item() for value in linear_activation_backward(np.array([[4.0]]), cache, "sigmoid")]
    [2.0, 1.0, 1.0]
    """
    linear_cache, activation_cache = cache
    backward = relu_backward if activation == "relu" else sigmoid_backward
    return linear_backward(backward(dA, activation_cache), linear_cache)


def L_model_backward(AL: np.ndarray, Y: np.ndarray, caches: list[Cache]) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost with respect to every parameter of the network.

    Parameters
    ----------
    AL : ndarray of float, shape (1, m)
        The network's output, from `L_model_forward`.
    Y : ndarray of int or bool, shape (1, m)
        The labels, 0 or 1.
    caches : list of tuple
        The cache of each layer, in order.

    Returns
    -------
    dict of str to ndarray of float
        dW1, db1, ..., dWL, dbL, each of the shape of its parameter.

    Examples
    --------
    >>> cache = (np.array([[1.0]]), np.array([[0.0]]), np.array([[0.0]])), np.array([[0.0]])
    >>> grads = L_model_backward(np.array([[0.5]]), np.array([[1]]), [cache])
    >>> {name: value.item() for name, value in grads.items()}
    {'dW1': -0.5, 'db1': -0.5}
    """
    grads = {}
    # Equal to (1 - Y) / (1 - AL) - Y / AL, without a division of zero by zero where the network
    # is certain, and right.
    dA = (1 - 2 * Y) / (Y * AL + (1 - Y) * (1 - AL))
    L = len(caches)
    for layer in range(L, 0, -1):
        activation = "relu" if layer < L else "sigmoid"
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_activation_backward(
            dA, caches[layer - 1], activation
        )
    return grads


def update_parameters(
    parameters: Parameters, grads: dict[str, np.ndarray], learning_rate: float
) -> Parameters:
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, ..., WL, bL. Neither the dictionary nor its arrays are changed.
    grads : dict of str to ndarray of float
        dW1, db1, ..., dWL, dbL, each of the shape of its parameter; it may hold more.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict of str to ndarray of float
        The new W1, b1, ..., WL, bL.

    Examples
    --------
    >>> parameters = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}
    >>> grads = {"dW1": np.full((1, 1), 0.5), "db1": np.ones((1, 1))}
    >>> new = update_parameters(parameters, grads, 0.1)
    >>> {name: value.item() for name, value in new.items()}
    {'W1': 0.95, 'b1': -0.1}
    """
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}


def two_layer_model(
    X: np.ndarray,
    Y: np.ndarray,
    layers_dims: Sequence[int],
    learning_rate: float = 0.0075,
    num_iterations: int = 3000,
    print_cost: bool = False,
) -> tuple[Parameters, list[float]]:
    """Train a network with one hidden layer: ReLU, then sigmoid.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int or bool, shape (1, m)
        The labels, 0 or 1.
    layers_dims : sequence of int
        (n_x, n_h, n_y).
    learning_rate : float
        The length of each step.
    num_iterations : int
        The number of steps.
    print_cost : bool
        Whether to print the cost every 100 steps.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The learnt W1, b1, W2, b2.
    costs : list of float
        The cost before every hundredth step, the first one included.

    Examples
    --------
    >>> np.random.seed(1)
    >>> X, Y = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[0, 0, 1, 1]])
    >>> parameters, costs = two_layer_model(X, Y, (1, 4, 1), 0.5, num_iterations=500)
    >>> predict(X, parameters).tolist(), len(costs)
    ([[0, 0, 1, 1]], 5)
    """
    n_x, n_h, n_y = layers_dims
    parameters = initialize_parameters(n_x, n_h, n_y)
    costs = []
    for i in range(num_iterations):
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        cost = compute_cost(A2, Y)
        dA2 = (1 - 2 * Y) / (Y * A2 + (1 - Y) * (1 - A2))
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"Cost after {i} iterations: {cost:.4f}")
    return parameters, costs


def L_layer_model(
    X: np.ndarray,
    Y: np.ndarray,
    layers_dims: Sequence[int],
    learning_rate: float = 0.0075,
    num_iterations: int = 3000,
    print_cost: bool = False,
) -> tuple[Parameters, list[float]]:
    """Train a network of any depth: ReLU layers, then a sigmoid layer.

    Parameters
    ----------
    X : ndarray of float, shape (n_0, m)
        One example per column.
    Y : ndarray of int or bool, shape (1, m)
        The labels, 0 or 1.
    layers_dims : sequence of int
        The number of units in each layer: n_0, n_1, ..., n_L.
    learning_rate : float
        The length of each step.
    num_iterations : int
        The number of steps.
    print_cost : bool
        Whether to print the cost every 100 steps.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The learnt W1, b1, ..., WL, bL.
    costs : list of float
        The cost before every hundredth step, the first one included.

    Examples
    --------
    >>> np.random.seed(1)
    >>> X, Y = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[1, 0, 0, 1]])
    >>> parameters, costs = L_layer_model(X, Y, [1, 8, 4, 1], 0.1, num_iterations=600)
    >>> predict(X, parameters).tolist(), len(costs)
    ([[1, 0, 0, 1]], 6)
    """
    parameters = initialize_parameters_scaled(layers_dims)
    costs = []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"Cost after {i} iterations: {cost:.4f}")
    return parameters, costs


def predict(X: np.ndarray, parameters: Parameters) -> np.ndarray:
    """Predict the label of each example.

    Parameters
    ----------
    X : ndarray of float, shape (n_0, m)
        One example per column.
    parameters : dict of str to ndarray of float
        W1, b1, ..., WL, bL.

    Returns
    -------
    ndarray of int, shape (1, m)
        1 where the network's probability is greater than 0.5, otherwise 0.

    Examples
    --------
    >>> parameters = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1))}
    >>> predict(np.array([[-3.0, 0.0, 3.0]]), parameters).tolist()
    [[0, 0, 1]]
    """
    AL, _ = L_model_forward(X, parameters)
    return (AL > 0.5).astype(int)
