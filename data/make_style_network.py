"""Make style_network.h5: the filters of a small network that has learnt to tell photographs apart.

Run it from anywhere: ``python data/make_style_network.py``. It needs Pillow, h5py, the course's
own ``helpers``, and the photographs inside the wheels of scikit-image and scikit-learn; it
downloads nothing. Training takes some minutes.

The task: from which of the twelve photographs of make_images.py is this patch of 32 by 32 pixels?
Patches for training and for the test come from parts of the photographs that do not overlap. The
network is told by textures and shapes: colour and strength of the light are drawn at random.

Afterwards every channel is divided by its mean over the training patches, and the filters of the
next layer are multiplied by it. To the network this makes no difference, and the channels of all
layers are then of one size, 1 on average, as in Gatys, Ecker and Bethge (2016).
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from make_images import REGIONS, Region, photograph
from numpy.typing import NDArray
from PIL import Image

from helpers.convolution import conv_backward, conv_forward, pool_backward, pool_forward
from helpers.optimization import initialize_adam, update_parameters_with_adam
from helpers.softmax_regression import one_hot, softmax

PHOTOGRAPHS = sorted({region.photo for region in REGIONS})
CHANNELS = (3, 12, 24, 32, 48)
LAYERS = len(CHANNELS) - 1
PATCH = 32
COUNTS = {"train": 4000, "test": 1200}
EPOCHS, BATCH, LEARNING_RATE = 10, 32, 0.003
SEED = 1

Array = NDArray[np.float32]
Parameters = dict[str, Any]


def draw(part: str, rng: np.random.Generator) -> tuple[Array, NDArray[np.int64]]:
    """Draw patches of the photographs.

    Parameters
    ----------
    part : str
        "train" or "test".
    rng : Generator

    Returns
    -------
    X : ndarray, shape (m, 32, 32, 3), float32
        The patches, from 0 to 1.
    Y : ndarray, shape (m,), int64
        The numbers of the photographs.
    """
    regions = [region for region in REGIONS if region.part == part]
    chosen = [regions[i % len(regions)] for i in range(COUNTS[part])]
    X = np.stack([_patch(region, rng) for region in chosen])
    return X, np.array([PHOTOGRAPHS.index(region.photo) for region in chosen])


def _patch(region: Region, rng: np.random.Generator) -> Array:
    left, top, right, bottom = region.box
    zoom = 2 if region.photo == "retina.jpg" else 1
    longest = min(120 * zoom, right - left, bottom - top)
    side = int(rng.integers(40 * zoom, longest, endpoint=True))
    x = int(rng.integers(left, right - side, endpoint=True))
    y = int(rng.integers(top, bottom - side, endpoint=True))
    square = photograph(region.photo).crop((x, y, x + side, y + side))
    small = np.asarray(square.resize((PATCH, PATCH), Image.Resampling.BOX)) / 255
    mirrored = small[:, ::-1] if rng.random() < 0.5 else small
    light = rng.uniform(0.5, 1.1) * rng.uniform(0.8, 1.2, 3)
    return np.clip(mirrored * light, 0, 1).astype(np.float32)


def start(rng: np.random.Generator) -> Parameters:
    """Draw the parameters that training starts from: He initialisation."""
    parameters: Parameters = {}
    for layer, (before, after) in enumerate(itertools.pairwise(CHANNELS), 1):
        scale = np.sqrt(2 / (9 * before))
        W = scale * rng.normal(size=(3, 3, before, after))
        parameters[f"W{layer}"] = W.astype(np.float32)
        parameters[f"b{layer}"] = np.zeros((1, 1, 1, after), np.float32)
    classes = len(PHOTOGRAPHS)
    parameters["W5"] = np.zeros((classes, CHANNELS[-1]), np.float32)
    parameters["b5"] = np.zeros((classes, 1), np.float32)
    return parameters


def forward(X: Array, parameters: Parameters) -> tuple[Array, list[Any], Array]:
    """Run the network.

    Returns
    -------
    P : ndarray, shape (12, m)
        The probabilities of the photographs.
    caches : list
        For each layer: the caches of pooling and convolution, and the convolution's output.
    found : ndarray, shape (48, m)
        The last layer, averaged over the positions.
    """
    A, caches = X - np.float32(0.5), []
    for layer in range(1, LAYERS + 1):
        pool_cache = None
        if layer > 1:
            A, pool_cache = pool_forward(A, {"f": 2, "stride": 2}, mode="average")
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z, conv_cache = conv_forward(A, W, b, {"stride": 1, "pad": 1})
        caches.append((pool_cache, conv_cache, Z))
        A = np.maximum(Z, 0)
    found = np.mean(A, axis=(1, 2)).T
    return softmax(parameters["W5"] @ found + parameters["b5"]), caches, found


def backward(X: Array, Y: NDArray[np.int64], parameters: Parameters) -> Parameters:
    """Give the gradients of the cross-entropy, averaged over the patches."""
    P, caches, found = forward(X, parameters)
    dS = (P - one_hot(Y[np.newaxis], len(PHOTOGRAPHS))).astype(np.float32) / np.float32(len(Y))
    grads = {"dW5": dS @ found.T, "db5": np.sum(dS, axis=1, keepdims=True)}
    last = caches[-1][2]
    dfound = (parameters["W5"].T @ dS).T[:, np.newaxis, np.newaxis]
    dA = np.broadcast_to(dfound / np.float32(last[0, ..., 0].size), last.shape)
    for layer in range(LAYERS, 0, -1):
        pool_cache, conv_cache, Z = caches[layer - 1]
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = conv_backward(dA * (Z > 0), conv_cache)
        if pool_cache is not None:
            dA = pool_backward(dA, pool_cache, mode="average")
    return grads


def accuracy(X: Array, Y: NDArray[np.int64], parameters: Parameters) -> float:
    """Measure the share of patches that are assigned to their photograph."""
    parts = zip(np.array_split(X, 12), np.array_split(Y, 12), strict=True)
    right = [np.argmax(forward(x, parameters)[0], axis=0) == y for x, y in parts]
    return float(np.mean(np.concatenate(right)))


def train() -> tuple[Parameters, float]:
    """Train the network with Adam, with a learning rate that falls to zero.

    Returns
    -------
    parameters : dict of str to ndarray
        The layers, each channel of size 1 on average.
    test_accuracy : float
        The share of test patches that the network assigns rightly.
    """
    rng = np.random.default_rng(SEED)
    X, Y = draw("train", rng)
    X_test, Y_test = draw("test", rng)
    parameters = start(rng)
    v, s = initialize_adam(parameters)
    t, total = 0, EPOCHS * (len(X) // BATCH)
    for epoch in range(1, EPOCHS + 1):
        for batch in np.array_split(rng.permutation(len(X)), len(X) // BATCH):
            grads, t = backward(X[batch], Y[batch], parameters), t + 1
            rate = LEARNING_RATE * (1 - (t - 1) / total)
            updated = update_parameters_with_adam(parameters, grads, v, s, t, rate)
            parameters, v, s = ({k: a.astype(np.float32) for k, a in d.items()} for d in updated)
        print(f"epoch {epoch}: {accuracy(X_test, Y_test, parameters):.3f} of the test patches")
    return rescaled(parameters, X[:1200]), accuracy(X_test, Y_test, parameters)


def rescaled(parameters: Parameters, X: Array) -> Parameters:
    """Make every channel 1 on average, without a change of what the network computes."""
    new = {name: parameters[name].copy() for name in parameters if name[1] != "5"}
    _, caches, _ = forward(X, parameters)
    for layer, (_, _, Z) in enumerate(caches, 1):
        mean = np.mean(np.maximum(Z, 0), axis=(0, 1, 2))
        mean = np.maximum(mean, 0.01 * np.max(mean))  # a channel that hardly ever answers
        new[f"W{layer}"] /= mean
        new[f"b{layer}"] /= mean
        if layer < LAYERS:
            new[f"W{layer + 1}"] *= mean[:, np.newaxis]
    return new


def write(folder: Path) -> Path:
    """Train, write ``style_network.h5`` into a folder, and return its path."""
    path = folder / "style_network.h5"
    parameters, test_accuracy = train()
    with h5py.File(path, "w") as file:
        for name, array in parameters.items():
            file.create_dataset(name, data=array, track_times=False)
        file.attrs["licence"] = "CC0"
        file.attrs["origin"] = "trained by make_style_network.py"
        file.attrs["test_accuracy"] = test_accuracy
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
