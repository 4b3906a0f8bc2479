"""Logistic regression as the smallest network: one sigmoid unit, trained by gradient descent.

Examples are columns: X is (n_x, m), Y is (1, m). The parameters are w (n_x, 1) and the
number b.
"""

from typing import Any

import numpy as np

from helpers.numpy_basics import sigmoid

__all__ = [
    "initialize_with_zeros",
    "model",
    "optimize",
    "predict",
    "propagate",
    "propagate_loop",
    "sigmoid",
]


def propagate_loop(
    w: np.ndarray, b: float, X: np.ndarray, Y: np.ndarray
) -> tuple[dict[str, Any], float]:
    """Compute the cost and its gradient as `propagate` does, with explicit loops.

    Parameters
    ----------
    w : ndarray of float, shape (n_x, 1)
        The weights.
    b : float
        The bias.
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.

    Returns
    -------
    grads : dict
        dw, ndarray of float, shape (n_x, 1), and db, a float.
    cost : float
        The cross-entropy, averaged over the examples.

    Examples
    --------
    >>> X, Y = np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[1, 0]])
    >>> grads, cost = propagate_loop(np.zeros((2, 1)), 0.0, X, Y)
    >>> grads["dw"].tolist(), round(float(cost), 4)
    ([[-0.5], [-0.5]], 0.6931)
    """
    n_x, m = X.shape
    dw, db, cost = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        z = b
        for j in range(n_x):
            # Not z += …, which would write into b if that is an array.
            z = z + w[j, 0] * X[j, i]
        a = sigmoid(z)
        cost -= np.log(a if Y[0, i] == 1 else 1 - a)
        dz = a - Y[0, i]
        for j in range(n_x):
            dw[j, 0] += X[j, i] * dz
        db += dz
    return {"dw": dw / m, "db": db / m}, cost / m


def initialize_with_zeros(dim: int) -> tuple[np.ndarray, float]:
    """Start from zero weights and a zero bias.

    Parameters
    ----------
    dim : int
        The number of features, n_x.

    Returns
    -------
    w : ndarray of float, shape (dim, 1)
        Zeros.
    b : float
        Zero.

    Examples
    --------
    >>> w, b = initialize_with_zeros(3)
    >>> w.tolist(), b
    ([[0.0], [0.0], [0.0]], 0.0)
    """
    return np.zeros((dim, 1)), 0.0


def propagate(
    w: np.ndarray, b: float, X: np.ndarray, Y: np.ndarray
) -> tuple[dict[str, Any], float]:
    """Compute the cost and its gradient, for all examples at once.

    Parameters
    ----------
    w : ndarray of float, shape (n_x, 1)
        The weights.
    b : float
        The bias.
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.

    Returns
    -------
    grads : dict
        dw, ndarray of float, shape (n_x, 1), and db, a float.
    cost : float
        The cross-entropy, averaged over the examples. It is infinite if an example is given
        the probability 0 of being what it is.

    Examples
    --------
    >>> X, Y = np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[1, 0]])
    >>> grads, cost = propagate(np.zeros((2, 1)), 0.0, X, Y)
    >>> grads["dw"].tolist(), grads["db"], round(cost, 4)
    ([[-0.5], [-0.5]], 0.0, 0.6931)
    """
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    # One of the two terms of the loss is always zero. Picking the other one before the
    # logarithm is taken keeps log(0) out wherever the prediction is right.
    cost = -np.sum(np.log(Y * A + (1 - Y) * (1 - A))) / m
    dZ = A - Y
    dw = X @ dZ.T / m
    db = np.sum(dZ) / m
    return {"dw": dw, "db": float(db)}, float(cost)


def optimize(
    w: np.ndarray,
    b: float,
    X: np.ndarray,
    Y: np.ndarray,
    num_iterations: int = 100,
    learning_rate: float = 0.009,
    print_cost: bool = False,
) -> tuple[dict[str, Any], dict[str, Any], list[float]]:
    """Learn the parameters by gradient descent.

    Parameters
    ----------
    w : ndarray of float, shape (n_x, 1)
        The weights to start from. They are not changed.
    b : float
        The bias to start from.
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    num_iterations : int
        The number of steps, at least 1.
    learning_rate : float
        The length of a step, in multiples of the gradient.
    print_cost : bool
        Whether to print the cost every 100 steps.

    Returns
    -------
    params : dict
        The learnt w (n_x, 1) and b.
    grads : dict
        The gradients dw (n_x, 1) and db of the last step: where it started, not where it led.
    costs : list of float
        The cost before step 0, 100, 200, …

    Examples
    --------
    >>> X, Y = np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[1, 0]])
    >>> params, grads, costs = optimize(np.zeros((2, 1)), 0.0, X, Y, 1, learning_rate=0.1)
    >>> params["w"].tolist(), grads["dw"].tolist(), len(costs)
    ([[0.05], [0.05]], [[-0.5], [-0.5]], 1)
    """
    costs: list[float] = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"Cost after {i} iterations: {cost:.4f}")
    return {"w": w, "b": b}, grads, costs


def predict(w: np.ndarray, b: float, X: np.ndarray) -> np.ndarray:
    """Predict the label of each example.

    Parameters
    ----------
    w : ndarray of float, shape (n_x, 1)
        The weights.
    b : float
        The bias.
    X : ndarray of float, shape (n_x, m)
        One example per column.

    Returns
    -------
    ndarray of int, shape (1, m)
        1 where the probability is greater than 0.5, otherwise 0.

    Examples
    --------
    >>> predict(np.array([[2.0]]), -1.0, np.array([[0.0, 0.5, 1.0]])).tolist()
    [[0, 0, 1]]
    """
    A = sigmoid(w.T @ X + b)
    return (A > 0.5).astype(int)


def model(
    X_train: np.ndarray,
    Y_train: np.ndarray,
    X_test: np.ndarray,
    Y_test: np.ndarray,
    num_iterations: int = 2000,
    learning_rate: float = 0.5,
    print_cost: bool = False,
) -> dict[str, Any]:
    """Train on one set of examples, and predict the labels of that set and of another.

    Parameters
    ----------
    X_train : ndarray of float, shape (n_x, m_train)
        One training example per column.
    Y_train : ndarray of int, shape (1, m_train)
        Their labels, 0 or 1.
    X_test : ndarray of float, shape (n_x, m_test)
        One test example per column.
    Y_test : ndarray of int, shape (1, m_test)
        Their labels, 0 or 1, to print an accuracy.
    num_iterations : int
        The number of steps.
    learning_rate : float
        The length of a step, in multiples of the gradient.
    print_cost : bool
        Whether to print the cost every 100 steps, and the accuracies at the end.

    Returns
    -------
    dict
        costs (list of float), Y_prediction_test (1, m_test), Y_prediction_train (1, m_train),
        w (n_x, 1), b, learning_rate and num_iterations.

    Examples
    --------
    >>> X, Y = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[0, 0, 1, 1]])
    >>> learnt = model(X, Y, np.array([[-3.0, 3.0]]), np.array([[0, 1]]), num_iterations=10)
    >>> learnt["Y_prediction_test"].tolist()
    [[0, 1]]
    """
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    w, b = params["w"], params["b"]
    Y_prediction_train = predict(w, b, X_train)
    Y_prediction_test = predict(w, b, X_test)
    if print_cost:
        print(f"Training accuracy: {100 * np.mean(Y_prediction_train == Y_train):.1f} %")
        print(f"Test accuracy: {100 * np.mean(Y_prediction_test == Y_test):.1f} %")
    return {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }
