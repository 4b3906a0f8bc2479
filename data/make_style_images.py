"""Make style_images.h5: two photographs, and two paintings that a program paints.

Run it from anywhere: ``python data/make_style_images.py``. It needs Pillow, h5py, and the
photographs inside the wheel of scikit-image; it downloads nothing.
"""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

import h5py
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIZE = (96, 72)  # width, height
CANVAS = (288, 216)  # the paintings are painted large, then scaled down
BOXES = {"cat": ("chelsea.png", (40, 0, 440, 300)), "cup": ("coffee.png", (80, 30, 560, 390))}
LICENCES = {
    "cat": "CC0; chelsea.png of scikit-image, by Stéfan van der Walt",
    "cup": "CC0; coffee.png of scikit-image, by Rachel Michetti, courtesy of Pikolo Espresso Bar",
    "strokes": "CC0; painted by make_style_images.py",
    "mosaic": "CC0; laid by make_style_images.py",
}

NIGHT = [
    *[(18, 38, 92), (28, 72, 148), (28, 72, 148), (62, 122, 184), (62, 122, 184)],
    *[(128, 178, 204), (32, 96, 110)],
]
LIGHT = [(236, 206, 92), (246, 236, 170), (236, 206, 92), (128, 178, 204)]
WHIRLS = [(0.25, 0.30, 1), (0.68, 0.42, -1), (0.90, 0.80, 1)]  # x, y, sense of rotation
TILES = [
    *[(178, 40, 44), (214, 96, 40), (240, 180, 60), (250, 232, 190)],
    *[(30, 110, 120), (20, 60, 90), (120, 30, 60)],
]
JOINT = (24, 20, 24)

Images = NDArray[np.uint8]


def photograph(name: str) -> Image.Image:
    """Cut the part out of a photograph that ships with scikit-image."""
    file_name, box = BOXES[name]
    with (files("skimage.data") / file_name).open("rb") as file, Image.open(file) as picture:
        return picture.convert("RGB").crop(box)


def strokes(seed: int = 3, count: int = 3000) -> Image.Image:
    """Paint curved strokes, blue and yellow, that follow three whirls."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", CANVAS, NIGHT[0])
    brush = ImageDraw.Draw(picture)
    for _ in range(count):
        place = rng.uniform(0, 1, 2) * CANVAS
        palette = LIGHT if rng.random() < _brightness(place) else NIGHT
        colour = np.array(palette[rng.integers(len(palette))]) + rng.normal(0, 10, 3)
        points = _followed(place, steps=int(rng.integers(6, 14)))
        fill = tuple(int(c) for c in np.clip(colour, 0, 255))
        brush.line(points, fill=fill, width=int(rng.integers(3, 7)), joint="curve")
    return picture


def _offsets(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure from each whirl's centre to a place, in pixels: shape (3, 2)."""
    centres = np.array([(x, y) for x, y, _ in WHIRLS]) * CANVAS
    return place - centres


def _brightness(place: NDArray[np.float64]) -> float:
    distances = np.sum(_offsets(place) ** 2, axis=1)
    return float(np.max(np.exp(-distances / (0.075 * CANVAS[0]) ** 2)))


def _followed(place: NDArray[np.float64], steps: int) -> list[tuple[float, float]]:
    """Follow the whirls from a place, in steps of three pixels."""
    points = [(float(place[0]), float(place[1]))]
    for _ in range(steps):
        place = place + 3 * _direction(place)
        points.append((float(place[0]), float(place[1])))
    return points


def _direction(place: NDArray[np.float64]) -> NDArray[np.float64]:
    direction = np.array([1.0, 0.25 * np.sin(9 * place[0] / CANVAS[0])])
    for offset, (_, _, sense) in zip(_offsets(place), WHIRLS, strict=True):
        distance = np.hypot(*offset) + 1e-6
        strength = 3 * sense * np.exp(-((distance / (0.16 * CANVAS[0])) ** 2))
        direction += strength * np.array([-offset[1], offset[0]]) / distance
    whole: NDArray[np.float64] = direction / (np.hypot(*direction) + 1e-6)
    return whole


def mosaic(seed: int = 1, count: int = 240) -> Image.Image:
    """Lay a mosaic: every point of the picture belongs to the nearest of some centres."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 1, (count, 2)) * CANVAS[::-1]
    for _ in range(2):
        nearest, _ = _nearest(centres)
        for tile in range(count):
            rows, columns = np.nonzero(nearest == tile)
            if len(rows):
                centres[tile] = rows.mean(), columns.mean()
    nearest, gap = _nearest(centres)
    colours = np.array(TILES)[rng.integers(len(TILES), size=count)] + rng.normal(0, 10, (count, 3))
    painted = np.where((gap < 2.6)[..., np.newaxis], JOINT, colours[nearest])
    return Image.fromarray(np.clip(painted, 0, 255).astype(np.uint8))


def _nearest(centres: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Find each pixel's nearest centre, and by how much farther the second nearest is."""
    width, height = CANVAS
    nearest = np.zeros((height, width), dtype=np.int64)
    gap = np.zeros((height, width))
    columns = np.arange(width)[:, np.newaxis]
    for row in range(height):
        distances = np.hypot(row - centres[:, 0], columns - centres[:, 1])
        first, second = np.sort(distances, axis=1)[:, :2].T
        nearest[row], gap[row] = np.argmin(distances, axis=1), second - first
    return nearest, gap


def make() -> dict[str, Images]:
    """Make all images.

    Returns
    -------
    dict of str to ndarray, shape (72, 96, 3), uint8
        "cat" and "cup" are photographs, "strokes" and "mosaic" are paintings.
    """
    pictures = {name: photograph(name) for name in BOXES}
    pictures |= {"strokes": strokes(), "mosaic": mosaic()}
    return {
        name: np.asarray(picture.resize(SIZE, Image.Resampling.LANCZOS), dtype=np.uint8)
        for name, picture in pictures.items()
    }


def write(folder: Path) -> Path:
    """Write ``style_images.h5`` into a folder, and return its path."""
    path = folder / "style_images.h5"
    with h5py.File(path, "w") as file:
        for name, image in make().items():
            stored = file.create_dataset(name, data=image, track_times=False)
            stored.attrs["licence"] = LICENCES[name]
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
