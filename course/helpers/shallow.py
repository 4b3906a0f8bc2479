"""A network with one hidden layer: tanh units, then one sigmoid unit.

Examples are columns: X is (n_x, m), Y is (1, m). The parameters are a dictionary of
W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h) and b2 (n_y, 1).
"""

import numpy as np

from helpers.activations import sigmoid, tanh


def layer_sizes(X: np.ndarray, Y: np.ndarray) -> tuple[int, int, int]:
    """Read the sizes of the outer layers off the data.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        One label per column.

    Returns
    -------
    tuple of int
        ``(n_x, n_h, n_y)``, where the size of the hidden layer, n_h, is always 4.

    Examples
    --------
    >>> layer_sizes(np.zeros((3, 10)), np.zeros((1, 10)))
    (3, 4, 1)
    """
    return X.shape[0], 4, Y.shape[0]


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> dict[str, np.ndarray]:
    """Draw small random weights, and set the biases to zero.

    The weights come from numpy's global generator, W1 before W2: seed it first with
    ``np.random.seed`` to get the same numbers again.

    Parameters
    ----------
    n_x, n_h, n_y : int
        The number of inputs, of hidden units and of outputs.

    Returns
    -------
    dict of str to ndarray of float
        W1 (n_h, n_x) and W2 (n_y, n_h), normal with standard deviation 0.01;
        b1 (n_h, 1) and b2 (n_y, 1), zeros.

    Examples
    --------
    >>> np.random.seed(2)
    >>> {name: value.shape for name, value in initialize_parameters(2, 4, 1).items()}
    {'W1': (4, 2), 'b1': (4, 1), 'W2': (1, 4), 'b2': (1, 1)}
    """
    return {
        "W1": np.random.randn(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(
    X: np.ndarray, parameters: dict[str, np.ndarray]
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Compute the network's output for all examples at once.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    parameters : dict of str to ndarray of float
        W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1).

    Returns
    -------
    A2 : ndarray of float, shape (n_y, m)
        The probability of label 1, for each example.
    cache : dict of str to ndarray of float
        Z1 and A1, shape (n_h, m); Z2 and A2, shape (n_y, m).

    Examples
    --------
    >>> parameters = {"W1": np.array([[1.0], [-1.0]]), "b1": np.zeros((2, 1)),
    ...               "W2": np.array([[2.0, 2.0]]), "b2": np.zeros((1, 1))}
    >>> A2, cache = forward_propagation(np.array([[0.5, 1.0, 2.0]]), parameters)
    >>> A2.tolist(), cache["A1"].shape
    ([[0.5, 0.5, 0.5]], (2, 3))
    """
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2: np.ndarray, Y: np.ndarray) -> float:
    """Average the cross-entropy loss over the examples.

    Parameters
    ----------
    A2 : ndarray of float, shape (1, m)
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
    probability_of_truth = Y * A2 + (1 - Y) * (1 - A2)
    return float(-np.sum(np.log(probability_of_truth)) / Y.shape[1])


def backward_propagation(
    parameters: dict[str, np.ndarray],
    cache: dict[str, np.ndarray],
    X: np.ndarray,
    Y: np.ndarray,
) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost with respect to each parameter.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W2 (n_y, n_h) is read.
    cache : dict of str to ndarray of float
        A1 (n_h, m) and A2 (n_y, m) are read.
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int or bool, shape (n_y, m)
        The labels, 0 or 1.

    Returns
    -------
    dict of str to ndarray of float
        dW1 (n_h, n_x), db1 (n_h, 1), dW2 (n_y, n_h), db2 (n_y, 1).

    Examples
    --------
    >>> parameters = {"W2": np.array([[2.0]])}
    >>> cache = {"A1": np.array([[0.5]]), "A2": np.array([[0.75]])}
    >>> grads = backward_propagation(parameters, cache, np.array([[1.0]]), np.array([[1]]))
    >>> {name: grad.item() for name, grad in grads.items()}
    {'dW1': -0.375, 'db1': -0.375, 'dW2': -0.125, 'db2': -0.25}
    """
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - cache["A1"] ** 2)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }


def update_parameters(
    parameters: dict[str, np.ndarray], grads: dict[str, np.ndarray], learning_rate: float = 1.2
) -> dict[str, np.ndarray]:
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2. Neither the dictionary nor its arrays are changed.
    grads : dict of str to ndarray of float
        dW1, db1, dW2, db2, each of the shape of its parameter.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict of str to ndarray of float
        The new W1, b1, W2, b2.

    Examples
    --------
    >>> parameters = {name: np.ones((1, 1)) for name in ("W1", "b1", "W2", "b2")}
    >>> grads = {"d" + name: np.full((1, 1), 0.5) for name in parameters}
    >>> update_parameters(parameters, grads, learning_rate=0.1)["W1"].item()
    0.95
    """
    return {
        name: parameters[name] - learning_rate * grads["d" + name]
        for name in ("W1", "b1", "W2", "b2")
    }


def nn_model(
    X: np.ndarray,
    Y: np.ndarray,
    n_h: int,
    num_iterations: int = 10000,
    print_cost: bool = False,
) -> dict[str, np.ndarray]:
    """Train a network by gradient descent, with the default learning rate.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int or bool, shape (1, m)
        The labels, 0 or 1.
    n_h : int
        The number of hidden units.
    num_iterations : int
        The number of steps.
    print_cost : bool
        Whether to print the cost every 250 steps.

    Returns
    -------
    dict of str to ndarray of float
        The learnt W1, b1, W2, b2.

    Examples
    --------
    >>> np.random.seed(3)
    >>> X, Y = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[0, 0, 1, 1]])
    >>> predict(nn_model(X, Y, n_h=2, num_iterations=100), X).tolist()
    [[0, 0, 1, 1]]
    """
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        if print_cost and i % 250 == 0:
            print(f"Cost after {i} iterations: {compute_cost(A2, Y):.4f}")
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters


def predict(parameters: dict[str, np.ndarray], X: np.ndarray) -> np.ndarray:
    """Predict the label of each example.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2.
    X : ndarray of float, shape (n_x, m)
        One example per column.

    Returns
    -------
    ndarray of int, shape (1, m)
        1 where the network's probability is greater than 0.5, otherwise 0.

    Examples
    --------
    >>> parameters = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1)),
    ...               "W2": np.ones((1, 1)), "b2": np.zeros((1, 1))}
    >>> predict(parameters, np.array([[-3.0, 0.0, 3.0]])).tolist()
    [[0, 0, 1]]
    """
    A2, _ = forward_propagation(X, parameters)
    return (A2 > 0.5).astype(int)
