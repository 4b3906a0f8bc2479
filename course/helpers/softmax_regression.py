"""Softmax regression: one linear layer, and a probability for each of several classes.

Examples are columns: X is (n_x, m), labels are (1, m), one-hot labels and probabilities are
(n_y, m) for n_y classes. Every gradient is that of the cost J, the factor 1/m included.

The loss is the multinomial cross-entropy; see C. M. Bishop: Pattern recognition and machine
learning, Springer, 2006, section 4.3.4, equations 4.104 to 4.109.
"""

import numpy as np


def softmax(Z: np.ndarray) -> np.ndarray:
    """Turn each column of scores into probabilities.

    Parameters
    ----------
    Z : ndarray of float, shape (n_y, m)
        One column of scores per example, of any size.

    Returns
    -------
    ndarray of float, shape (n_y, m)
        Positive numbers; each column adds up to 1.

    Examples
    --------
    >>> np.round(softmax(np.array([[0.0, 1000.0], [np.log(3), 1000.0]])), 4).tolist()
    [[0.25, 0.5], [0.75, 0.5]]
    """
    # Less the largest, no exponent is positive, so nothing can overflow.
    E = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    A: np.ndarray = E / np.sum(E, axis=0, keepdims=True)
    return A


def one_hot(labels: np.ndarray, n_y: int) -> np.ndarray:
    """Write labels as columns with a single 1.

    Parameters
    ----------
    labels : ndarray of int, shape (1, m)
        The classes, from 0 to ``n_y - 1``.
    n_y : int
        The number of classes.

    Returns
    -------
    ndarray of float, shape (n_y, m)
        1 in row k of column i where example i is of class k, and 0 elsewhere.

    Examples
    --------
    >>> one_hot(np.array([[2, 0]]), 3).tolist()
    [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]
    """
    return np.where(np.arange(n_y).reshape(n_y, 1) == labels, 1.0, 0.0)


def cross_entropy(A: np.ndarray, Y: np.ndarray) -> float:
    """Average the negative logarithm of the probability that the truth was given.

    Parameters
    ----------
    A : ndarray of float, shape (n_y, m)
        The probabilities of the classes.
    Y : ndarray of float, shape (n_y, m)
        The one-hot labels.

    Returns
    -------
    float
        The cost.

    Examples
    --------
    >>> round(cross_entropy(np.array([[0.2, 0.5], [0.8, 0.5]]), np.array([[0, 1], [1, 0]])), 4)
    0.4581
    """
    return float(-np.sum(np.log(np.sum(Y * A, axis=0))) / Y.shape[1])


def softmax_gradients(X: np.ndarray, A: np.ndarray, Y: np.ndarray) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost with respect to the weights and biases.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    A : ndarray of float, shape (n_y, m)
        The probabilities of the classes.
    Y : ndarray of float, shape (n_y, m)
        The one-hot labels.

    Returns
    -------
    dict of str to ndarray of float
        dW (n_y, n_x) and db (n_y, 1).

    Examples
    --------
    >>> A, Y = np.array([[0.25], [0.75]]), np.array([[1.0], [0.0]])
    >>> grads = softmax_gradients(np.array([[2.0]]), A, Y)
    >>> grads["dW"].tolist(), grads["db"].tolist()
    ([[-1.5], [1.5]], [[-0.75], [0.75]])
    """
    dZ = (A - Y) / X.shape[1]
    return {"dW": dZ @ X.T, "db": np.sum(dZ, axis=1, keepdims=True)}


def softmax_model(
    X: np.ndarray,
    Y: np.ndarray,
    learning_rate: float = 0.5,
    num_iterations: int = 300,
    print_cost: bool = False,
) -> tuple[dict[str, np.ndarray], list[float]]:
    """Train by gradient descent, from zero weights and biases.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of float, shape (n_y, m)
        The one-hot labels.
    learning_rate : float
        The length of the steps.
    num_iterations : int
        The number of steps.
    print_cost : bool
        Whether to print the cost every 100 steps.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The learnt W (n_y, n_x) and b (n_y, 1).
    costs : list of float
        The cost before each step.

    Examples
    --------
    >>> X, Y = np.array([[-2.0, 0.0, 3.0]]), one_hot(np.array([[0, 1, 2]]), 3)
    >>> parameters, costs = softmax_model(X, Y, num_iterations=50)
    >>> predict(parameters, X).tolist(), round(costs[0], 4)
    ([[0, 1, 2]], 1.0986)
    """
    W, b = np.zeros((Y.shape[0], X.shape[0])), np.zeros((Y.shape[0], 1))
    costs = []
    for i in range(num_iterations):
        A = softmax(W @ X + b)
        costs.append(cross_entropy(A, Y))
        grads = softmax_gradients(X, A, Y)
        W = W - learning_rate * grads["dW"]
        b = b - learning_rate * grads["db"]
        if print_cost and i % 100 == 0:
            print(f"Cost after {i} iterations: {costs[-1]:.4f}")
    return {"W": W, "b": b}, costs


def predict(parameters: dict[str, np.ndarray], X: np.ndarray) -> np.ndarray:
    """Predict the class with the largest probability.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W (n_y, n_x) and b (n_y, 1).
    X : ndarray of float, shape (n_x, m)
        One example per column.

    Returns
    -------
    ndarray of int, shape (1, m)
        The class of each example, from 0 to ``n_y - 1``.

    Examples
    --------
    >>> parameters = {"W": np.array([[1.0], [-1.0]]), "b": np.array([[0.0], [1.0]])}
    >>> predict(parameters, np.array([[3.0, -3.0]])).tolist()
    [[0, 1]]
    """
    Z = parameters["W"] @ X + parameters["b"]
    labels: np.ndarray = np.argmax(Z, axis=0).reshape(1, X.shape[1])
    return labels
