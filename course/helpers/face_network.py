"""A small network that turns the picture of a face into an encoding.

"W1", "b1" to "W(L-1)", "b(L-1)" are filters (f, f, n_C_prev, n_C) and biases (1, 1, 1, n_C) of
convolutions with stride 2 and padding f // 2, each followed by ReLU. "WL" (n, n_x) and "bL"
(n, 1) belong to a last, linear layer, which sees the flattened output of the last convolution.
An encoding is what this layer gives, divided by its length.

What the encodings are wanted for, the network does not know: `train` asks a function for the
gradient of the loss with respect to its output.
"""

from collections.abc import Callable

import numpy as np

from helpers import datasets
from helpers.convolution import conv_backward
from helpers.numpy_basics import normalize_rows
from helpers.optimization import initialize_adam, update_parameters_with_adam
from helpers.transfer import LayerCache, run_layers

Arrays = dict[str, np.ndarray]
NetworkCache = tuple[list[LayerCache], np.ndarray]
BatchGradient = Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]

STRIDE = 2
FACE_SHAPE = (28, 24, 3)


def initialize_network(
    filters: tuple[int, ...],
    n: int,
    seed: int,
    f: int = 5,
    shape: tuple[int, int, int] = FACE_SHAPE,
) -> Arrays:
    """Draw the parameters of a network, with He's factor.

    Parameters
    ----------
    filters : tuple of int
        How many filters each convolution has.
    n : int
        The length of an encoding.
    seed : int
        Decides on the draw.
    f : int
        Height and width of a filter.
    shape : tuple of int
        ``(n_H, n_W, n_C)``, the shape of a picture.

    Returns
    -------
    dict of str to ndarray

    Examples
    --------
    >>> parameters = initialize_network((4, 6), n=8, seed=1)
    >>> [parameters[name].shape for name in ("W1", "W2", "W3")]
    [(5, 5, 3, 4), (5, 5, 4, 6), (8, 252)]
    """
    rng = np.random.default_rng(seed)
    n_H, n_W, n_C_prev = shape
    parameters = {}
    for layer, n_C in enumerate(filters, start=1):
        scale = np.sqrt(2 / (f * f * n_C_prev))
        parameters[f"W{layer}"] = scale * rng.normal(size=(f, f, n_C_prev, n_C))
        parameters[f"b{layer}"] = np.zeros((1, 1, 1, n_C))
        n_H, n_W, n_C_prev = -(-n_H // STRIDE), -(-n_W // STRIDE), n_C
    n_x, last = n_H * n_W * n_C_prev, len(filters) + 1
    parameters[f"W{last}"] = np.sqrt(1 / n_x) * rng.normal(size=(n, n_x))
    parameters[f"b{last}"] = np.zeros((n, 1))
    return parameters


def network_forward(images: np.ndarray, parameters: Arrays) -> tuple[np.ndarray, NetworkCache]:
    """Run the network on pictures, up to its last layer.

    Parameters
    ----------
    images : ndarray of uint8, shape (m, n_H, n_W, 3)
        The pictures.
    parameters : dict of str to ndarray
        The parameters.

    Returns
    -------
    F : ndarray of float, shape (m, n)
        The output, one picture a row; not normalised yet.
    cache : tuple
        What `network_backward` needs.

    Examples
    --------
    >>> F, _ = network_forward(np.zeros((2, 28, 24, 3)), initialize_network((4,), n=5, seed=1))
    >>> F.shape
    (2, 5)
    """
    last = len(parameters) // 2
    A, layers = run_layers(standardised(images), parameters, 1, last - 1)
    flat = A.reshape(len(A), -1)
    return flat @ parameters[f"W{last}"].T + parameters[f"b{last}"].T, (layers, flat)


def standardised(images: np.ndarray) -> np.ndarray:
    """Bring each picture to mean 0 and standard deviation 1: that takes some of the light out.

    Parameters
    ----------
    images : ndarray, shape (m, n_H, n_W, n_C)
        The pictures.

    Returns
    -------
    ndarray of float, shape (m, n_H, n_W, n_C)

    Examples
    --------
    >>> standardised(np.array([1.0, 3.0]).reshape(1, 1, 2, 1)).ravel().round(4).tolist()
    [-1.0, 1.0]
    """
    images = np.asarray(images, dtype=float)
    axes = (1, 2, 3)
    centred = images - np.mean(images, axis=axes, keepdims=True)
    scaled: np.ndarray = centred / (np.std(images, axis=axes, keepdims=True) + 1e-8)
    return scaled


def network_backward(dF: np.ndarray, cache: NetworkCache, parameters: Arrays) -> Arrays:
    """Carry the gradient of the loss back through `network_forward`.

    Parameters
    ----------
    dF : ndarray of float, shape (m, n)
        The gradient with respect to the output.
    cache : tuple
        What `network_forward` returned beside the output.
    parameters : dict of str to ndarray
        The parameters.

    Returns
    -------
    dict of str to ndarray
        "dW1", "db1", …

    Examples
    --------
    >>> parameters = initialize_network((4,), n=5, seed=1)
    >>> F, cache = network_forward(np.ones((2, 28, 24, 3)), parameters)
    >>> grads = network_backward(np.ones((2, 5)), cache, parameters)
    >>> grads["dW1"].shape, grads["db2"].ravel().tolist()
    ((5, 5, 3, 4), [2.0, 2.0, 2.0, 2.0, 2.0])
    """
    layers, flat = cache
    last = len(parameters) // 2
    grads = {f"dW{last}": dF.T @ flat, f"db{last}": np.sum(dF, axis=0)[:, np.newaxis]}
    dA = (dF @ parameters[f"W{last}"]).reshape(layers[-1][1].shape)
    for layer in range(last - 1, 0, -1):
        conv_cache, Z = layers[layer - 1]
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = conv_backward(dA * (Z > 0), conv_cache)
    return grads


def encode(images: np.ndarray, parameters: Arrays) -> np.ndarray:
    """Encode pictures.

    Parameters
    ----------
    images : ndarray of uint8, shape (m, n_H, n_W, 3)
        The pictures.
    parameters : dict of str to ndarray
        The parameters of the network.

    Returns
    -------
    ndarray of float, shape (m, n)
        One encoding a row, each of length 1.

    Examples
    --------
    >>> E = encode(np.eye(28, 24)[np.newaxis, :, :, np.newaxis] * np.ones(3),
    ...            initialize_network((4,), n=5, seed=1))
    >>> E.shape, round(float(np.sum(E**2)), 6)
    ((1, 5), 1.0)
    """
    return normalize_rows(network_forward(images, parameters)[0])


def img_to_encoding(image_path: str, model: Arrays) -> np.ndarray:
    """Encode one picture.

    Parameters
    ----------
    image_path : str
        A picture of the drawn faces, as in ``"test/200/3"``, or the path of a picture file.
    model : dict of str to ndarray
        The parameters of the network.

    Returns
    -------
    ndarray of float, shape (1, n)
        The encoding, of length 1.

    Examples
    --------
    >>> img_to_encoding("test/200/3", initialize_network((4,), n=5, seed=1)).shape
    (1, 5)
    """
    return encode(datasets.read_face(image_path), model)


def deal_batches(
    people: np.ndarray, persons: int, pictures: int, rng: np.random.Generator
) -> list[np.ndarray]:
    """Deal out training pictures such that each batch has several pictures of each of its people.

    Parameters
    ----------
    people : ndarray of int, shape (m,)
        Who is in each picture; everybody has at least `pictures` pictures.
    persons : int
        How many people a batch has.
    pictures : int
        How many pictures of each.
    rng : Generator

    Returns
    -------
    list of ndarray of int, shape (persons * pictures,)
        The numbers of the pictures of each batch. Everybody is in one batch, but for those who
        would not fill a batch.

    Examples
    --------
    >>> batches = deal_batches(np.repeat([3, 5, 6, 9], 4), 2, 3, np.random.default_rng(0))
    >>> [batch.shape for batch in batches]
    [(6,), (6,)]
    """
    order = rng.permutation(np.unique(people))
    full = order[: len(order) // persons * persons].reshape(-1, persons)
    return [
        np.concatenate([rng.permutation(np.flatnonzero(people == p))[:pictures] for p in some])
        for some in full
    ]


def train(
    images: np.ndarray,
    people: np.ndarray,
    batch_gradient: BatchGradient,
    parameters: Arrays,
    epochs: int,
    learning_rate: float = 0.003,
    persons: int = 16,
    pictures: int = 4,
    seed: int = 0,
) -> tuple[Arrays, list[float]]:
    """Train a network with Adam.

    Parameters
    ----------
    images : ndarray of uint8, shape (m, n_H, n_W, 3)
        Training pictures.
    people : ndarray of int, shape (m,)
        Who is in each.
    batch_gradient : callable
        Takes the output of the network for a batch, (m_batch, n), and who is in it. Returns the
        loss and its gradient with respect to the output.
    parameters : dict of str to ndarray
        Where to begin.
    epochs : int
        How often everybody is shown.
    learning_rate : float
        A third of it in the last three tenths of the epochs.
    persons, pictures : int
        How many people a batch has, and how many pictures of each.
    seed : int
        Decides on the batches.

    Returns
    -------
    parameters : dict of str to ndarray
    losses : list of float
        The loss of each batch.

    Examples
    --------
    >>> start = initialize_network((2,), n=3, seed=1)
    >>> X, people = np.random.default_rng(0).random((8, 28, 24, 3)), np.repeat([0, 1], 4)
    >>> _, losses = train(X, people, lambda F, _: (np.sum(F**2), 2 * F), start, 9, persons=2)
    >>> len(losses), losses[-1] < losses[0]
    (9, True)
    """
    rng, losses = np.random.default_rng(seed), []
    v, s = initialize_adam(parameters)
    for epoch in range(epochs):
        rate = learning_rate if epoch < 0.7 * epochs else learning_rate / 3
        for batch in deal_batches(people, persons, pictures, rng):
            F, cache = network_forward(images[batch], parameters)
            loss, dF = batch_gradient(F, people[batch])
            losses.append(float(loss))
            grads = network_backward(dF, cache, parameters)
            parameters, v, s = update_parameters_with_adam(
                parameters, grads, v, s, len(losses), rate
            )
    return parameters, losses
