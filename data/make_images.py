"""Make train_images.h5 and test_images.h5: cat or not, from real photographs.

Run it from anywhere: ``python data/make_images.py``. It needs Pillow, h5py, and the photographs
inside the wheels of scikit-image and scikit-learn; it downloads nothing. The same versions
of these packages give the same bytes on every run.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import h5py
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = 64
SEED = 4
CLASSES = (b"non-cat", b"cat")
COUNTS = {"train": {True: 110, False: 110}, "test": {True: 40, False: 40}}

LIGHT = (0.45, 0.9)
TINT = (0.94, 1.06)

Box = tuple[int, int, int, int]
Images = NDArray[np.uint8]


@dataclass(frozen=True)
class Region:
    """A rectangle of a photograph that crops are taken from.

    Attributes
    ----------
    photo : str
        File name of the photograph.
    is_cat : bool
        Whether every crop of the region shows the cat.
    part : str
        ``"train"`` or ``"test"``: the only set that may use the region.
    box : tuple of int
        (left, top, right, bottom) in pixels; right and bottom are outside.
    sides : tuple of int
        Shortest and longest side of a square crop, in pixels.
    """

    photo: str
    is_cat: bool
    part: str
    box: Box
    sides: tuple[int, int]


@dataclass(frozen=True)
class Crop:
    """A square of a photograph, before it is scaled to 64 by 64 pixels."""

    region: Region
    box: Box


# Regions of one photograph never overlap between train and test: a test holds this.
REGIONS = (
    Region("chelsea.png", True, "train", (0, 0, 238, 300), (110, 200)),
    Region("chelsea.png", True, "test", (238, 0, 430, 290), (110, 190)),
    Region("astronaut.png", False, "train", (110, 0, 512, 250), (110, 220)),
    Region("astronaut.png", False, "test", (60, 250, 512, 512), (110, 220)),
    Region("brick.png", False, "train", (0, 0, 256, 512), (110, 230)),
    Region("brick.png", False, "test", (256, 0, 512, 512), (110, 230)),
    Region("camera.png", False, "train", (100, 30, 400, 230), (110, 190)),
    Region("camera.png", False, "test", (100, 230, 400, 512), (110, 220)),
    Region("china.jpg", False, "train", (60, 20, 370, 195), (100, 170)),
    Region("china.jpg", False, "test", (60, 195, 370, 400), (100, 170)),
    Region("coffee.png", False, "train", (60, 0, 300, 400), (120, 230)),
    Region("coffee.png", False, "test", (300, 0, 540, 400), (120, 230)),
    Region("flower.jpg", False, "train", (140, 60, 310, 400), (100, 165)),
    Region("flower.jpg", False, "test", (310, 60, 480, 400), (100, 165)),
    Region("grass.png", False, "train", (0, 0, 256, 512), (110, 230)),
    Region("grass.png", False, "test", (256, 0, 512, 512), (110, 230)),
    Region("gravel.png", False, "train", (0, 0, 256, 512), (110, 230)),
    Region("gravel.png", False, "test", (256, 0, 512, 512), (110, 230)),
    Region("hubble_deep_field.jpg", False, "train", (0, 0, 500, 872), (120, 320)),
    Region("hubble_deep_field.jpg", False, "test", (500, 0, 1000, 872), (120, 320)),
    Region("retina.jpg", False, "train", (200, 150, 1210, 700), (280, 520)),
    Region("retina.jpg", False, "test", (200, 700, 1210, 1250), (280, 520)),
    Region("rocket.jpg", False, "train", (0, 130, 285, 427), (140, 260)),
    Region("rocket.jpg", False, "test", (285, 90, 570, 427), (140, 260)),
)


@cache
def photograph(name: str) -> Image.Image:
    """Return a photograph that ships with scikit-image or scikit-learn, as RGB."""
    package = "skimage.data" if (files("skimage.data") / name).is_file() else "sklearn.datasets"
    folder = files(package) if package == "skimage.data" else files(package) / "images"
    with (folder / name).open("rb") as file:
        return Image.open(file).convert("RGB")


def random_crop(region: Region, rng: np.random.Generator) -> Crop:
    """Draw a square inside a region."""
    left, top, right, bottom = region.box
    side = int(rng.integers(region.sides[0], region.sides[1], endpoint=True))
    x = int(rng.integers(left, right - side, endpoint=True))
    y = int(rng.integers(top, bottom - side, endpoint=True))
    return Crop(region, (x, y, x + side, y + side))


def plan(part: str, seed: int = SEED) -> list[Crop]:
    """Draw all crops of a set, in the order in which they are stored.

    Parameters
    ----------
    part : str
        ``"train"`` or ``"test"``.
    seed : int, optional
        Seed of the generator.

    Returns
    -------
    list of Crop
        The photographs of a class take turns, so each gives about equally many.
    """
    rng = np.random.default_rng([seed, list(COUNTS).index(part)])
    crops = list(_crops_of(part, True, rng)) + list(_crops_of(part, False, rng))
    return [crops[i] for i in rng.permutation(len(crops))]


def _crops_of(part: str, is_cat: bool, rng: np.random.Generator) -> Iterator[Crop]:
    regions = [r for r in REGIONS if r.part == part and r.is_cat == is_cat]
    for i in range(COUNTS[part][is_cat]):
        yield random_crop(regions[i % len(regions)], rng)


def pixels(crop: Crop) -> Images:
    """Return a crop scaled to (64, 64, 3) uint8.

    The crop is cut out before it is scaled, so no pixel outside of it has any influence.
    """
    square = photograph(crop.region.photo).crop(crop.box)
    return np.asarray(square.resize((SIZE, SIZE), Image.Resampling.LANCZOS))


def varied(image: Images, rng: np.random.Generator) -> Images:
    """Mirror an image half of the time, and change the strength and the colour of its light."""
    flipped = image[:, ::-1] if rng.random() < 0.5 else image
    light = rng.uniform(*LIGHT) * rng.uniform(*TINT, size=3)
    return np.clip(np.rint(flipped * light), 0, 255).astype(np.uint8)


def make(part: str, seed: int = SEED) -> tuple[Images, NDArray[np.int64]]:
    """Make one set.

    Parameters
    ----------
    part : str
        ``"train"`` or ``"test"``.
    seed : int, optional
        Seed of the generator.

    Returns
    -------
    X : ndarray, shape (m, 64, 64, 3), uint8
        The images.
    Y : ndarray, shape (m,), int64
        1 for a cat, 0 for anything else.
    """
    rng = np.random.default_rng([seed, 2 + list(COUNTS).index(part)])
    crops = plan(part, seed)
    images = np.stack([varied(pixels(crop), rng) for crop in crops])
    return images, np.array([crop.region.is_cat for crop in crops], dtype=np.int64)


def write(part: str, folder: Path) -> Path:
    """Write ``<part>_images.h5`` into a folder, and return its path."""
    images, labels = make(part)
    path = folder / f"{part}_images.h5"
    arrays = {
        "list_classes": np.array(CLASSES),
        f"{part}_set_x": images,
        f"{part}_set_y": labels,
    }
    # Neither compressed nor dated, so that the bytes depend on the arrays alone.
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            file.create_dataset(name, data=array, track_times=False)
    return path


def main() -> None:
    """Write both files next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    folder = parser.parse_args().folder
    for part in COUNTS:
        print(write(part, folder))


if __name__ == "__main__":
    main()
