"""Diagnosing bias and variance, and what helps against variance: L2, L1, dropout, stopping.

The network has three layers: ReLU, ReLU, then one sigmoid unit. Examples are columns: X is
(n_x, m), Y is (1, m). The parameters are a dictionary of W1, b1, W2, b2, W3, b3.
"""

from collections.abc import Sequence

import numpy as np

from helpers.activations import relu, sigmoid

Cache = tuple[np.ndarray, ...]
NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")


def diagnose(
    train_error: float, dev_error: float, best_error: float = 0.0, tolerance: float = 0.02
) -> tuple[bool, bool]:
    """Tell bias and variance from the errors on two sets.

    Parameters
    ----------
    train_error, dev_error : float
        The share of wrong answers on the training set and on the development set.
    best_error : float
        The error that cannot be avoided, such as that of a careful person.
    tolerance : float
        A gap is high if it is larger than this.

    Returns
    -------
    high_bias : bool
        The training error is far above the best possible one.
    high_variance : bool
        The development error is far above the training error.

    Examples
    --------
    >>> diagnose(train_error=0.15, dev_error=0.30)
    (True, True)
    >>> diagnose(train_error=0.15, dev_error=0.16, best_error=0.14)
    (False, False)
    """
    high_bias = train_error - best_error > tolerance
    high_variance = dev_error - train_error > tolerance
    return high_bias, high_variance


def forward_propagation(
    X: np.ndarray, parameters: dict[str, np.ndarray]
) -> tuple[np.ndarray, Cache]:
    """Compute the output of the three-layer network for all examples.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    parameters : dict of str to ndarray of float
        W1 (n_1, n_x), b1 (n_1, 1), W2 (n_2, n_1), b2 (n_2, 1), W3 (1, n_2), b3 (1, 1).

    Returns
    -------
    A3 : ndarray of float, shape (1, m)
        The probability of label 1, for each example.
    cache : tuple of 12 ndarrays
        (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3).

    Examples
    --------
    >>> parameters = {name: np.zeros((1, 1)) for name in NAMES}
    >>> forward_propagation(np.array([[1.0, 2.0]]), parameters)[0].tolist()
    [[0.5, 0.5]]
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A3: np.ndarray, Y: np.ndarray) -> float:
    """Average the cross-entropy loss over the examples.

    Parameters
    ----------
    A3 : ndarray of float, shape (1, m)
        The probability of label 1, for each example.
    Y : ndarray of int or bool, shape (1, m)
        The labels, 0 or 1.

    Returns
    -------
    float
        The cost. An answer that is certain and wrong costs 708, not infinitely much.

    Examples
    --------
    >>> round(compute_cost(np.array([[0.8, 0.4]]), np.array([[1, 0]])), 4)
    0.367
    """
    probability_of_truth = Y * A3 + (1 - Y) * (1 - A3)
    return float(-np.mean(np.log(np.maximum(probability_of_truth, np.finfo(float).tiny))))


def backward_propagation(X: np.ndarray, Y: np.ndarray, cache: Cache) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost of the three-layer network.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    cache : tuple of 12 ndarrays
        From `forward_propagation`.

    Returns
    -------
    dict of str to ndarray of float
        dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1, each of the shape of the thing
        it belongs to.

    Examples
    --------
    >>> ones = {name: np.ones((1, 1)) for name in NAMES}
    >>> X, Y = np.array([[1.0]]), np.array([[1]])
    >>> round(backward_propagation(X, Y, forward_propagation(X, ones)[1])["dW1"].item(), 4)
    -0.018
    """
    return backward_propagation_with_regularization(X, Y, cache, lambd=0)


def compute_cost_with_regularization(
    A3: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray], lambd: float
) -> float:
    """Add the L2 penalty of the weights to the cross-entropy.

    Parameters
    ----------
    A3 : ndarray of float, shape (1, m)
        The probability of label 1, for each example.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    parameters : dict of str to ndarray of float
        W1, W2 and W3 are read: biases are not penalised.
    lambd : float
        How much the penalty counts.

    Returns
    -------
    float
        The cost: cross-entropy plus lambd / (2m) times the sum of all squared weights.

    Examples
    --------
    >>> parameters = {"W1": np.array([[3.0]]), "W2": np.array([[2.0]]), "W3": np.array([[1.0]])}
    >>> A3, Y = np.array([[0.5, 0.5]]), np.array([[1, 0]])
    >>> round(compute_cost_with_regularization(A3, Y, parameters, lambd=0.1), 4)
    1.0431
    """
    squares = sum(np.sum(parameters[name] ** 2) for name in ("W1", "W2", "W3"))
    return float(compute_cost(A3, Y) + lambd * squares / (2 * Y.shape[1]))


def backward_propagation_with_regularization(
    X: np.ndarray, Y: np.ndarray, cache: Cache, lambd: float
) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost with its L2 penalty.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    cache : tuple of 12 ndarrays
        From `forward_propagation`.
    lambd : float
        How much the penalty counts.

    Returns
    -------
    dict of str to ndarray of float
        dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1.

    Examples
    --------
    >>> X, Y = np.array([[1.0]]), np.array([[1]])
    >>> cache = forward_propagation(X, {name: np.ones((1, 1)) for name in NAMES})[1]
    >>> round(backward_propagation_with_regularization(X, Y, cache, 0.5)["dW1"].item(), 4)
    0.482
    """
    m = X.shape[1]
    _, A1, W1, _, _, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m + lambd / m * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2}
    return gradients | {"db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def update_with_weight_decay(
    parameters: dict[str, np.ndarray],
    grads: dict[str, np.ndarray],
    learning_rate: float,
    lambd: float,
    m: int,
) -> dict[str, np.ndarray]:
    """Shrink the weights a little, then take a step of plain gradient descent.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, …, WL, bL. Neither the dictionary nor its arrays are changed.
    grads : dict of str to ndarray of float
        dW1, db1, …, dWL, dbL: the gradients of the cost without a penalty.
    learning_rate : float
        The length of the step.
    lambd : float
        How much the penalty counts.
    m : int
        The number of examples.

    Returns
    -------
    dict of str to ndarray of float
        The new W1, b1, …, WL, bL: those of a gradient step on the cost with its L2 penalty.

    Examples
    --------
    >>> one, grads = np.ones((1, 1)), {"dW1": np.zeros((1, 1)), "db1": np.zeros((1, 1))}
    >>> update_with_weight_decay({"W1": one, "b1": one}, grads, 0.5, 2.0, 10)
    {'W1': array([[0.9]]), 'b1': array([[1.]])}
    """
    decay = 1 - learning_rate * lambd / m
    updated = {}
    for name in parameters:
        factor = decay if name.startswith("W") else 1
        updated[name] = factor * parameters[name] - learning_rate * grads["d" + name]
    return updated


def compute_cost_with_l1(
    A3: np.ndarray, Y: np.ndarray, parameters: dict[str, np.ndarray], lambd: float
) -> float:
    """Add the L1 penalty of the weights to the cross-entropy.

    Parameters
    ----------
    A3 : ndarray of float, shape (1, m)
        The probability of label 1, for each example.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    parameters : dict of str to ndarray of float
        W1, W2 and W3 are read: biases are not penalised.
    lambd : float
        How much the penalty counts.

    Returns
    -------
    float
        The cost: cross-entropy plus lambd / m times the sum of the weights' absolute values.

    Examples
    --------
    >>> parameters = {"W1": np.array([[-3.0]]), "W2": np.array([[2.0]]), "W3": np.array([[1.0]])}
    >>> A3, Y = np.array([[0.5, 0.5]]), np.array([[1, 0]])
    >>> round(compute_cost_with_l1(A3, Y, parameters, lambd=0.1), 4)
    0.9931
    """
    total = sum(np.sum(np.abs(parameters[name])) for name in ("W1", "W2", "W3"))
    return float(compute_cost(A3, Y) + lambd * total / Y.shape[1])


def soft_threshold(W: np.ndarray, threshold: float) -> np.ndarray:
    """Move every entry towards zero by a fixed amount, and stop there.

    Parameters
    ----------
    W : ndarray of float
        Weights, any shape.
    threshold : float
        The amount, not negative.

    Returns
    -------
    ndarray of float
        The same shape as `W`; exactly 0 where an entry was no larger than the threshold.

    References
    ----------
    Daubechies, Defrise, De Mol: An iterative thresholding algorithm for linear inverse problems
    with a sparsity constraint, 2004. It is the exact step for a penalty of absolute values.

    Examples
    --------
    >>> soft_threshold(np.array([-2.0, -0.5, 0.3, 1.5]), 0.5).tolist()
    [-1.5, -0.0, 0.0, 1.0]
    """
    shrunk: np.ndarray = np.sign(W) * np.maximum(np.abs(W) - threshold, 0)
    return shrunk


def forward_propagation_with_dropout(
    X: np.ndarray, parameters: dict[str, np.ndarray], keep_prob: float = 0.5
) -> tuple[np.ndarray, Cache]:
    """Compute the network's output while hidden units are dropped at random.

    The masks come from numpy's global generator, D1 before D2.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    parameters : dict of str to ndarray of float
        W1 (n_1, n_x), b1 (n_1, 1), W2 (n_2, n_1), b2 (n_2, 1), W3 (1, n_2), b3 (1, 1).
    keep_prob : float
        The probability that a hidden unit is kept, above 0 and at most 1.

    Returns
    -------
    A3 : ndarray of float, shape (1, m)
        The probability of label 1, for each example.
    cache : tuple of 14 ndarrays
        (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3). The masks D1 (n_1, m) and
        D2 (n_2, m) are True where a unit was kept; A1 and A2 are what came out after dropping
        and scaling.

    References
    ----------
    Srivastava and others: Dropout, 2014. Dividing by keep_prob is their section 10, "inverted".

    Examples
    --------
    >>> parameters = {name: np.ones((1, 1)) for name in NAMES}
    >>> A3, cache = forward_propagation_with_dropout(np.ones((1, 2)), parameters, keep_prob=1.0)
    >>> cache[1].tolist(), cache[2].tolist()
    ([[True, True]], [[2.0, 2.0]])
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    Z1 = W1 @ X + b1
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = np.random.rand(*Z2.shape) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_with_dropout(
    X: np.ndarray, Y: np.ndarray, cache: Cache, keep_prob: float
) -> dict[str, np.ndarray]:
    """Compute the gradient of the cost of the very network whose units were dropped.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of int, shape (1, m)
        The labels, 0 or 1.
    cache : tuple of 14 ndarrays
        From `forward_propagation_with_dropout`.
    keep_prob : float
        The probability that was used there.

    Returns
    -------
    dict of str to ndarray of float
        dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1. dA2 and dA1 are taken after the
        masks: they are 0 for dropped units.

    Examples
    --------
    >>> X, Y = np.ones((1, 1)), np.array([[1]])
    >>> parameters = {name: np.ones((1, 1)) for name in NAMES}
    >>> _, cache = forward_propagation_with_dropout(X, parameters, keep_prob=1.0)
    >>> round(backward_propagation_with_dropout(X, Y, cache, keep_prob=1.0)["dW1"].item(), 4)
    -0.018
    """
    m = X.shape[1]
    _, D1, A1, _, _, _, D2, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = (W3.T @ dZ3) * D2 / keep_prob
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = (W2.T @ dZ2) * D1 / keep_prob
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2}
    return gradients | {"db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}


def early_stopping(dev_costs: Sequence[float], patience: int) -> tuple[int, int]:
    """Find the epoch whose parameters to keep, and the one after which to stop.

    Parameters
    ----------
    dev_costs : sequence of float
        The cost on the development set after each epoch; at least one.
    patience : int
        Stop after this many epochs in a row without a new lowest cost; at least 1.

    Returns
    -------
    best_epoch : int
        The epoch, counted from 0, with the lowest cost up to the stop; of equals the first.
    last_epoch : int
        The last epoch that was trained.

    References
    ----------
    Prechelt: Early stopping, but when? 1998.

    Examples
    --------
    >>> early_stopping([0.9, 0.6, 0.5, 0.7, 0.55, 0.4], patience=2)
    (2, 4)
    """
    best_epoch = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch == patience:
            break
    return best_epoch, epoch
