"""Make style_network.h5: the filters of a small network that has learnt to tell textures apart.

Run it from anywhere: ``python data/make_style_network.py``. It needs Pillow, h5py, the course's
own ``helpers``, style_images.h5 beside this script, and the photographs inside the wheels of
scikit-image and scikit-learn; it downloads nothing. Training takes some minutes.

The task: of which of eighteen kinds is this patch of 32 by 32 pixels? Twelve kinds are parts of the
photographs of make_images.py. Patches for training and for the test come from parts that do not
overlap. Four kinds are painted with strokes, along one of four directions, and two are tiled, with
small or with large tiles, all in random colours. What counts are textures and shapes: colour and
strength of the light are drawn at random. The paintings of style_images.h5 are not among them.

Afterwards every channel is divided by its mean over the pictures of style_images.h5, and the
filters of the next layer are multiplied by it. To the network this makes no difference, and the
channels of all layers are then of one size, 1 on average, as in Gatys, Ecker and Bethge (2016).
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from make_images import REGIONS, Region, photograph
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from helpers.convolution import conv_backward, conv_forward, pool_backward, pool_forward
from helpers.optimization import initialize_adam, update_parameters_with_adam
from helpers.softmax_regression import one_hot, softmax

PHOTOGRAPHS = sorted({region.photo for region in REGIONS})
ANGLES = (0, 45, 90, 135)  # of strokes, in degrees
TILES = (14, 45)  # how many tiles on a patch
KINDS = len(PHOTOGRAPHS) + len(ANGLES) + len(TILES)
CHANNELS = (3, 16, 32, 48, 64)
LAYERS = len(CHANNELS) - 1
PATCH = 32
COUNTS = {"train": 300, "test": 60}  # of each kind
EPOCHS, BATCH, LEARNING_RATE = 10, 32, 0.003
SEED = 1

Array = NDArray[np.float32]
Parameters = dict[str, Any]


def draw(part: str, rng: np.random.Generator) -> tuple[Array, NDArray[np.int64]]:
    """Draw patches, equally many of each kind.

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
        The numbers of the kinds: photographs, then strokes, then tiles.
    """
    regions = {region.photo: region for region in REGIONS if region.part == part}
    makers: list[Callable[[], Image.Image]] = [
        *(partial(_cut, regions[photo], rng) for photo in PHOTOGRAPHS),
        *(partial(_strokes, angle, rng) for angle in ANGLES),
        *(partial(_tiles, count, rng) for count in TILES),
    ]
    Y = np.tile(np.arange(KINDS), COUNTS[part])
    return np.stack([_lit(makers[kind](), rng) for kind in Y]), Y


def _cut(region: Region, rng: np.random.Generator) -> Image.Image:
    """Cut a square out of a photograph, mirrored half of the time."""
    left, top, right, bottom = region.box
    zoom = 2 if region.photo == "retina.jpg" else 1
    longest = min(120 * zoom, right - left, bottom - top)
    side = int(rng.integers(40 * zoom, longest, endpoint=True))
    x = int(rng.integers(left, right - side, endpoint=True))
    y = int(rng.integers(top, bottom - side, endpoint=True))
    square = photograph(region.photo).crop((x, y, x + side, y + side))
    small = square.resize((PATCH, PATCH), Image.Resampling.BOX)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if rng.random() < 0.5 else small


def _strokes(angle: float, rng: np.random.Generator) -> Image.Image:
    """Paint short straight strokes along about one direction."""
    colours = rng.integers(0, 256, (4, 3))
    picture = Image.new("RGB", (4 * PATCH, 4 * PATCH), tuple(int(c) for c in colours[0]))
    brush = ImageDraw.Draw(picture)
    for _ in range(110):
        turned = np.deg2rad(angle + rng.normal(0, 8))
        x, y = rng.uniform(-10, 4 * PATCH + 10, 2)
        dx, dy = rng.uniform(12, 24) * np.array([np.cos(turned), np.sin(turned)])
        colour = colours[rng.integers(len(colours))] + rng.normal(0, 10, 3)
        fill = tuple(int(c) for c in np.clip(colour, 0, 255))
        brush.line([(x - dx, y - dy), (x + dx, y + dy)], fill=fill, width=int(rng.integers(6, 14)))
    return picture.resize((PATCH, PATCH), Image.Resampling.BOX)


def _tiles(count: int, rng: np.random.Generator) -> Image.Image:
    """Lay tiles with joints: each point belongs to the nearest of some centres."""
    centres = rng.uniform(0, 2 * PATCH, (count, 2))
    rows, columns = np.mgrid[: 2 * PATCH, : 2 * PATCH][..., np.newaxis]
    distances = np.hypot(rows - centres[:, 0], columns - centres[:, 1])
    first, second = np.moveaxis(np.sort(distances, axis=2)[..., :2], 2, 0)
    colours = rng.integers(0, 256, (5, 3))[rng.integers(5, size=count)]
    joint = rng.integers(0, 256, 3)
    in_joint = (second - first < 1.6)[..., np.newaxis]
    painted = np.where(in_joint, joint, colours[np.argmin(distances, axis=2)])
    picture = Image.fromarray(painted.astype(np.uint8))
    return picture.resize((PATCH, PATCH), Image.Resampling.BOX)


def _lit(picture: Image.Image, rng: np.random.Generator) -> Array:
    """Change the strength and the colour of the light."""
    light = rng.uniform(0.5, 1.1) * rng.uniform(0.8, 1.2, 3)
    return np.clip(np.asarray(picture) / 255 * light, 0, 1).astype(np.float32)


def start(rng: np.random.Generator) -> Parameters:
    """Draw the parameters that training starts from: He initialisation."""
    parameters: Parameters = {}
    for layer, (before, after) in enumerate(itertools.pairwise(CHANNELS), 1):
        scale = np.sqrt(2 / (9 * before))
        W = scale * rng.normal(size=(3, 3, before, after))
        parameters[f"W{layer}"] = W.astype(np.float32)
        parameters[f"b{layer}"] = np.zeros((1, 1, 1, after), np.float32)
    parameters["W5"] = np.zeros((KINDS, CHANNELS[-1]), np.float32)
    parameters["b5"] = np.zeros((KINDS, 1), np.float32)
    return parameters


def forward(X: Array, parameters: Parameters) -> tuple[Array, list[Any], Array]:
    """Run the network.

    Returns
    -------
    P : ndarray, shape (18, m)
        The probabilities of the kinds.
    caches : list
        For each layer: the caches of pooling and convolution, and the convolution's output.
    found : ndarray, shape (64, m)
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
    dS = (P - one_hot(Y[np.newaxis], KINDS)).astype(np.float32) / np.float32(len(Y))
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
    """Measure the share of patches whose kind is named rightly."""
    parts = zip(np.array_split(X, 12), np.array_split(Y, 12), strict=True)
    right = [np.argmax(forward(x, parameters)[0], axis=0) == y for x, y in parts]
    return float(np.mean(np.concatenate(right)))


def train() -> tuple[Parameters, float]:
    """Train the network with Adam, with a learning rate that falls to zero.

    Returns
    -------
    parameters : dict of str to ndarray
        The layers, as they come out of training.
    test_accuracy : float
        The share of test patches whose kind the network names rightly.
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
    return parameters, accuracy(X_test, Y_test, parameters)


def rescaled(parameters: Parameters, X: Array) -> Parameters:
    """Make every channel 1 on average over some images; what the network computes stays."""
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


def pictures() -> Array:
    """Read the four pictures of style_images.h5."""
    with h5py.File(Path(__file__).with_name("style_images.h5")) as file:
        images = np.stack([picture[()] for picture in file.values()])
    return images / np.float32(255)


def write(folder: Path) -> Path:
    """Train, write ``style_network.h5`` into a folder, and return its path."""
    path = folder / "style_network.h5"
    trained, test_accuracy = train()
    parameters = rescaled(trained, pictures())
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
