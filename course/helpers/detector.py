"""A small network that finds objects in one pass, trained from nothing.

Every cell of a grid answers for the objects whose midpoint lies in it. For each of its anchors
it puts out ``[t_p, t_x, t_y, t_w, t_h]`` and one number for each class, all before any
activation. Targets have the same layout: ``[p_c, b_x, b_y, b_w, b_h]`` and a one-hot class.
Where p_c is 0, the other numbers of a target count for nothing.

References
----------
.. [1] J. Redmon, A. Farhadi: YOLO9000: Better, Faster, Stronger, CVPR 2017.
"""

import math

import numpy as np

from helpers.convolution import ConvCache, conv_backward, conv_forward
from helpers.numpy_basics import sigmoid
from helpers.optimization import initialize_adam, update_parameters_with_adam

Arrays = dict[str, np.ndarray]
Caches = list[tuple[ConvCache, np.ndarray]]

STRIDE = 8  # the side of a cell, in pixels
# f, n_C, stride, pad: three layers that halve the image, two that look around.
LAYERS = ((3, 12, 2, 1), (3, 24, 2, 1), (3, 48, 2, 1), (3, 64, 1, 1), (3, 64, 1, 1))
BATCH = 32
EMPTY = 0.5  # how much a slot without an object counts
PLACE = 2.0  # how much the place and the size count
RARE = -3.0  # the first guess for t_p: most slots are empty


def initialize_detector(n_outputs: int, seed: int) -> Arrays:
    """Draw the filters by He initialisation.

    Parameters
    ----------
    n_outputs : int
        How many numbers each cell puts out: ``n_anchors * (5 + n_classes)``.
    seed : int
        The same seed gives the same filters.

    Returns
    -------
    dict of str to ndarray of float32
        "W1", "b1", ...: filters (f, f, n_C_prev, n_C) and biases (1, 1, 1, n_C). The last layer
        has filters of 1 by 1.

    Examples
    --------
    >>> parameters = initialize_detector(18, seed=0)
    >>> parameters["W1"].shape, parameters["W6"].shape
    ((3, 3, 3, 12), (1, 1, 64, 18))
    """
    rng = np.random.default_rng(seed)
    parameters, n_C_prev = {}, 3
    for number, (f, n_C, _, _) in enumerate((*LAYERS, (1, n_outputs, 1, 0)), start=1):
        W = rng.normal(size=(f, f, n_C_prev, n_C)) * np.sqrt(2 / (f * f * n_C_prev))
        parameters[f"W{number}"] = W.astype(np.float32)
        parameters[f"b{number}"] = np.zeros((1, 1, 1, n_C), dtype=np.float32)
        n_C_prev = n_C
    return parameters


def forward(parameters: Arrays, X: np.ndarray) -> tuple[np.ndarray, Caches]:
    """Run the network: convolutions with ReLU, the last one without.

    Parameters
    ----------
    parameters : dict of str to ndarray
        As `initialize_detector` gives them.
    X : ndarray of float, shape (m, n_H, n_W, 3)
        Images; height and width are multiples of `STRIDE`.

    Returns
    -------
    Z : ndarray of float, shape (m, n_H / STRIDE, n_W / STRIDE, n_outputs)
        The raw outputs of all cells.
    caches : list
        For each layer the cache of its convolution and its output.

    Examples
    --------
    >>> Z, _ = forward(initialize_detector(18, seed=0), np.zeros((2, 48, 64, 3)))
    >>> Z.shape
    (2, 6, 8, 18)
    """
    A = np.asarray(X, dtype=np.float32) - np.float32(0.4)
    caches = []
    for number, (_, _, stride, pad) in enumerate((*LAYERS, (1, 0, 1, 0)), start=1):
        W, b = parameters[f"W{number}"], parameters[f"b{number}"]
        Z, cache = conv_forward(A, W, b, {"stride": stride, "pad": pad})
        A = Z if number > len(LAYERS) else np.maximum(Z, 0)
        caches.append((cache, A))
    return A, caches


def backward(dZ: np.ndarray, caches: Caches) -> Arrays:
    """Carry the gradient of the cost back through `forward`.

    Parameters
    ----------
    dZ : ndarray of float, shape (m, grid_H, grid_W, n_outputs)
        The gradient with respect to the raw outputs.
    caches : list
        What `forward` returned beside them.

    Returns
    -------
    dict of str to ndarray
        "dW1", "db1", ..., as large as the parameters.
    """
    grads = {}
    for number in range(len(caches), 0, -1):
        cache, A = caches[number - 1]
        dZ = dZ if number == len(caches) else dZ * (A > 0)
        dZ, grads[f"dW{number}"], grads[f"db{number}"] = conv_backward(dZ, cache)
    return grads


def detection_cost(T: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
    """Compare raw outputs with targets.

    Whether there is an object, and where within its cell, cost a logistic loss; the size costs
    a square, the class the cross-entropy of softmax.

    Parameters
    ----------
    T : ndarray of float, shape (m, grid_H, grid_W, n_anchors, 5 + n_classes)
        Raw outputs.
    targets : ndarray of float, the same shape
        What they should become after their activations.

    Returns
    -------
    cost : float
        The sum over all slots, averaged over the m images.
    dT : ndarray of float, the same shape
        Its gradient.

    Examples
    --------
    >>> cost, dT = detection_cost(np.zeros((1, 1, 1, 1, 7)), np.zeros((1, 1, 1, 1, 7)))
    >>> round(cost, 3), dT.ravel().tolist()
    (0.347, [0.25, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    """
    m, there = len(T), targets[..., :1]
    logistic = np.logaddexp(0, T[..., :3]) - targets[..., :3] * T[..., :3]
    size = T[..., 3:5] - targets[..., 3:5]
    scores = T[..., 5:] - np.max(T[..., 5:], axis=-1, keepdims=True)
    logs = scores - np.log(np.sum(np.exp(scores), axis=-1, keepdims=True))
    weights = np.maximum(there, EMPTY)
    cost = np.sum(weights * logistic[..., :1]) - np.sum(there * targets[..., 5:] * logs)
    cost += PLACE * np.sum(there * (logistic[..., 1:] + size**2 / 2))
    dT = np.empty_like(T)
    dT[..., :1] = weights * (sigmoid(T[..., :1]) - there)
    dT[..., 1:3] = PLACE * there * (sigmoid(T[..., 1:3]) - targets[..., 1:3])
    dT[..., 3:5] = PLACE * there * size
    dT[..., 5:] = there * (np.exp(logs) - targets[..., 5:])
    return float(cost) / m, dT / m


def mirrored(X: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exchange left and right.

    Parameters
    ----------
    X : ndarray of float, shape (m, n_H, n_W, 3)
        Images.
    targets : ndarray of float, shape (m, grid_H, grid_W, n_anchors, 5 + n_classes)
        What each cell should put out.

    Returns
    -------
    tuple of ndarray
        The same for the mirrored images.

    Examples
    --------
    >>> targets = np.zeros((1, 1, 2, 1, 6))
    >>> targets[0, 0, 0, 0] = [1, 0.25, 0.5, 0, 0, 1]
    >>> mirrored(np.zeros((1, 8, 16, 3)), targets)[1][0, 0, 1, 0].tolist()
    [1.0, 0.75, 0.5, 0.0, 0.0, 1.0]
    """
    turned = targets[:, :, ::-1].copy()
    turned[..., 1] = turned[..., 0] - turned[..., 1]
    return X[:, :, ::-1], turned


def train_detector(
    X: np.ndarray,
    targets: np.ndarray,
    *,
    epochs: int = 12,
    learning_rate: float = 0.003,
    seed: int = 0,
) -> tuple[Arrays, list[float]]:
    """Train a detector with Adam, from filters drawn at random.

    Half of the batches are mirrored, and their targets with them.

    Parameters
    ----------
    X : ndarray of float, shape (m, n_H, n_W, 3)
        Images from 0 to 1; height and width are multiples of `STRIDE`.
    targets : ndarray of float, shape (m, n_H / STRIDE, n_W / STRIDE, n_anchors, 5 + n_classes)
        What each cell should put out for each anchor.
    epochs : int, optional
        How often to go through all images.
    learning_rate : float, optional
        The learning rate of Adam at the start; it falls to nearly 0 along half a cosine.
    seed : int, optional
        For the filters and the order of the images.

    Returns
    -------
    parameters : dict of str to ndarray of float32
        For `predict`, with the number of anchors under "n_anchors".
    costs : list of float
        The average cost of each epoch.
    """
    rng = np.random.default_rng(seed)
    X, targets = np.asarray(X, dtype=np.float32), np.asarray(targets, dtype=np.float32)
    parameters = initialize_detector(targets.shape[3] * targets.shape[4], seed)
    parameters[f"b{len(LAYERS) + 1}"][..., :: targets.shape[4]] = RARE
    v, s = map(_single, initialize_adam(parameters))
    costs, steps, t = [], epochs * -(-len(X) // BATCH), 0
    for _ in range(epochs):
        total = 0.0
        order = rng.permutation(len(X))
        for batch in (order[i : i + BATCH] for i in range(0, len(X), BATCH)):
            images, wanted = X[batch], targets[batch]
            if rng.random() < 0.5:
                images, wanted = mirrored(images, wanted)
            Z, caches = forward(parameters, images)
            cost, dT = detection_cost(Z.reshape(wanted.shape), wanted)
            grads = backward(dT.reshape(Z.shape), caches)
            rate, t = learning_rate * (1 + math.cos(math.pi * t / steps)) / 2, t + 1
            parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, t, rate)[:3]
            total += cost * len(batch)
        costs.append(total / len(X))
    return parameters | {"n_anchors": np.array(targets.shape[3])}, costs


def predict(parameters: Arrays, X: np.ndarray) -> np.ndarray:
    """Give the raw outputs of a trained detector.

    Parameters
    ----------
    parameters : dict of str to ndarray
        What `train_detector` returned.
    X : ndarray of float, shape (m, n_H, n_W, 3)
        Images; height and width are multiples of `STRIDE`.

    Returns
    -------
    ndarray of float32, shape (m, n_H / STRIDE, n_W / STRIDE, n_anchors, 5 + n_classes)
        Before any activation.
    """
    Z, _ = forward(parameters, X)
    return Z.reshape(*Z.shape[:3], int(parameters["n_anchors"]), -1)


def _single(arrays: Arrays) -> Arrays:
    """Make single precision of double precision."""
    return {name: np.asarray(array, dtype=np.float32) for name, array in arrays.items()}
