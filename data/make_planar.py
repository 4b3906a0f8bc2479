"""Make planar.h5: five sets of points in the plane, each with two classes.

Run it from anywhere: ``python data/make_planar.py``. It needs numpy and h5py only.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
from numpy.typing import NDArray

M = 400
SEED = 3

Points = NDArray[np.float64]
Labels = NDArray[np.int64]


def polar(radius: Points, angle: Points) -> Points:
    """Turn radii and angles, each (m,), into points (2, m)."""
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)])


def flower(y: Labels, rng: np.random.Generator) -> Points:
    """Draw eight petals, r = 4 sin(4θ) + noise: one class for each half turn of θ."""
    # A negative radius points the other way, so the petals of the two classes interlock.
    angle = np.pi * (y + rng.random(y.size))
    radius = 4 * np.sin(4 * angle) + rng.normal(scale=0.2, size=y.size)
    return polar(radius, angle + rng.normal(scale=0.12, size=y.size))


def circles(y: Labels, rng: np.random.Generator) -> Points:
    """Draw a ring (class 0) around a smaller ring (class 1)."""
    angle = rng.uniform(0, 2 * np.pi, y.size)
    return polar(np.where(y == 1, 0.5, 1.0) + rng.normal(scale=0.1, size=y.size), angle)


def moons(y: Labels, rng: np.random.Generator) -> Points:
    """Draw two half rings, the second upside down and hooked into the first."""
    arc = polar(np.ones(y.size), rng.uniform(0, np.pi, y.size))
    hooked = np.array([[1.0], [0.5]]) - arc
    return np.where(y == 1, hooked, arc) + rng.normal(scale=0.15, size=arc.shape)


def blobs(y: Labels, rng: np.random.Generator) -> Points:
    """Draw two round clouds that overlap a little: here a straight line is the best boundary."""
    centres = np.array([[-1.0, 1.0], [-0.5, 0.5]])
    return centres[:, y] + rng.normal(scale=0.7, size=(2, y.size))


def spirals(y: Labels, rng: np.random.Generator) -> Points:
    """Draw two arms that wind around each other, one turn and a quarter each."""
    way = np.sqrt(rng.random(y.size))
    arm = polar(0.15 + way, 2.5 * np.pi * way + np.pi * y)
    return arm + rng.normal(scale=0.04, size=arm.shape)


SHAPES: dict[str, Callable[[Labels, np.random.Generator], Points]] = {
    "flower": flower,
    "circles": circles,
    "moons": moons,
    "blobs": blobs,
    "spirals": spirals,
}


def make(name: str) -> tuple[Points, Labels]:
    """Make one set.

    Parameters
    ----------
    name : str
        A key of ``SHAPES``.

    Returns
    -------
    X : ndarray, shape (2, 400), float64
        The points, in columns.
    Y : ndarray, shape (1, 400), int64
        Their classes, 0 or 1, equally many of each, in random order.
    """
    rng = np.random.default_rng([SEED, list(SHAPES).index(name)])
    y = rng.permutation(np.arange(M, dtype=np.int64) % 2)
    # Six decimals are all a plot needs, and they hide the last bits in which machines differ.
    return np.round(SHAPES[name](y, rng), 6), y.reshape(1, M)


def write(folder: Path) -> Path:
    """Write ``planar.h5`` into a folder, and return its path."""
    path = folder / "planar.h5"
    with h5py.File(path, "w") as file:
        for name in SHAPES:
            for key, array in zip("XY", make(name), strict=True):
                file.create_dataset(f"{name}/{key}", data=array, track_times=False)
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
