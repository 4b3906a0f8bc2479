"""Scenes to find objects in: cut-outs of photographs on real textures.

Boxes are corners (x1, y1, x2, y2) in pixels: x grows to the right and y downwards, both from
the upper left corner of the image. The pixel in row h and column w covers the square from
(w, h) to (w + 1, h + 1), so x2 - x1 is the width of a box and y2 - y1 its height.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from PIL import Image

from helpers import datasets

CLASS_NAMES = ("cat", "coin", "cup", "shuttle")

ANGLES = (-10, -5, 0, 5, 10)  # degrees
STRETCH = 0.12  # how much wider or narrower than in the photograph
SOLID = 128  # opacity from which a pixel belongs to the object
TRIES = 30

Scenes = tuple[np.ndarray, list[np.ndarray], list[np.ndarray]]


class _Placed(NamedTuple):
    """An object and where its upper left corner lies."""

    pixels: np.ndarray
    top: int
    left: int

    @property
    def place(self) -> tuple[slice, slice]:
        """The rows and columns that it takes up."""
        height, width = self.pixels.shape[:2]
        return slice(self.top, self.top + height), slice(self.left, self.left + width)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Its box, as corners."""
        rows, columns = self.place
        return columns.start, rows.start, columns.stop, rows.stop

    @property
    def solid(self) -> np.ndarray:
        """Which of its pixels hide what is behind."""
        hides: np.ndarray = self.pixels[..., 3] >= SOLID
        return hides


def make_scenes(
    m: int,
    seed: int,
    *,
    size: tuple[int, int] = (48, 64),
    objects: tuple[int, int] = (1, 3),
    scale: tuple[float, float] = (0.35, 0.65),
    overlap: float = 0.3,
    split: str = "train",
) -> Scenes:
    """Compose scenes with cats, coins, cups and shuttles.

    Parameters
    ----------
    m : int
        How many scenes.
    seed : int
        The same seed gives the same scenes.
    size : tuple of int, optional
        ``(n_H, n_W)``, their height and width in pixels.
    objects : tuple of int, optional
        The smallest and the largest number of objects in a scene. Where no free place is
        found, there are fewer.
    scale : tuple of float, optional
        The smallest and the largest object: its longer side, as a share of the smaller side
        of the scene. At most about 0.9.
    overlap : float, optional
        Which share of an object others may hide; 0 keeps all of them in full sight.
    split : {"train", "test"}, optional
        Which coins and textures to use. The two have none in common. Of the cat, the
        cup and the shuttle there is one photograph each, which both share.

    Returns
    -------
    images : ndarray of float32, shape (m, n_H, n_W, 3)
        Red, green and blue, from 0 to 1.
    boxes : list of m ndarrays of float, shape (k, 4)
        For each scene the corners (x1, y1, x2, y2) of its k objects, in pixels. A hidden part
        of an object counts.
    classes : list of m ndarrays of int, shape (k,)
        What they are: numbers of `CLASS_NAMES`.

    Examples
    --------
    >>> images, boxes, classes = make_scenes(5, seed=1, size=(40, 60), objects=(2, 2))
    >>> images.shape, len(boxes), boxes[0].shape, classes[0].shape
    ((5, 40, 60, 3), 5, (2, 4), (2,))
    """
    rng = np.random.default_rng(seed)
    scenes = [_scene(rng, size, objects, scale, overlap, split) for _ in range(m)]
    images = np.zeros((m, *size, 3), dtype=np.float32)
    for image, (pixels, _, _) in zip(images, scenes, strict=True):
        image[:] = pixels
    return images, [boxes for _, boxes, _ in scenes], [classes for _, _, classes in scenes]


def _scene(
    rng: np.random.Generator,
    size: tuple[int, int],
    objects: tuple[int, int],
    scale: tuple[float, float],
    overlap: float,
    split: str,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compose one scene."""
    image = _background(rng, size, split)
    placed: list[_Placed] = []
    classes: list[int] = []
    for _ in range(int(rng.integers(objects[0], objects[1], endpoint=True))):
        label = int(rng.integers(len(CLASS_NAMES)))
        side = round(rng.uniform(*scale) * min(size))
        thing = _place(rng, _object(rng, label, side, split), size, placed, overlap)
        if thing is not None:
            _paste(image, thing, rng.uniform(0.6, 1.1) * rng.uniform(0.92, 1.08, 3))
            placed.append(thing)
            classes.append(label)
    boxes = np.array([thing.box for thing in placed], dtype=float).reshape(-1, 4)
    return np.clip(image * _light(rng, size), 0, 1), boxes, np.array(classes, dtype=np.int64)


def _background(rng: np.random.Generator, size: tuple[int, int], split: str) -> np.ndarray:
    """Cut a piece out of a texture, and give it a colour."""
    textures = _parts(split).textures
    texture = textures[rng.integers(len(textures))]
    zoom = rng.uniform(0.7, 1.6)
    height, width = (
        min(n, round(zoom * wanted)) for n, wanted in zip(texture.shape, size, strict=True)
    )
    top, left = (
        int(rng.integers(n - cut, endpoint=True))
        for n, cut in zip(texture.shape, (height, width), strict=True)
    )
    piece = Image.fromarray(texture[top : top + height, left : left + width])
    pixels = np.asarray(piece.resize(size[::-1], Image.Resampling.BILINEAR)) / 255
    colour = rng.uniform(0.35, 0.9) * rng.uniform(0.75, 1.25, 3)
    return pixels[:, :: rng.choice([-1, 1]), np.newaxis] * colour


def _object(rng: np.random.Generator, label: int, side: int, split: str) -> np.ndarray:
    """Mirror, turn, stretch and scale a cut-out."""
    chosen = rng.choice(np.flatnonzero(_parts(split).labels == label))
    tight = _turned(split, int(chosen), rng.random() < 0.5, int(rng.choice(ANGLES)))
    width, height = tight.width * (1 + rng.uniform(-STRETCH, STRETCH)), tight.height
    factor = side / max(width, height)
    small = tight.resize(
        (max(2, round(width * factor)), max(2, round(height * factor))), Image.Resampling.BOX
    )
    return np.asarray(small.crop(_bounds(np.asarray(small))))


@cache
def _turned(split: str, number: int, mirrored: bool, degrees: int) -> Image.Image:
    """Mirror and turn a cut-out, and cut off what is empty around it."""
    picture = Image.fromarray(_parts(split).cutouts[number][:, :: -1 if mirrored else 1])
    turned = picture.rotate(degrees, Image.Resampling.BILINEAR, expand=True)
    return turned.crop(_bounds(np.asarray(turned)))


def _bounds(pixels: np.ndarray) -> tuple[int, int, int, int]:
    """Find the box (left, top, right, bottom) of what is solid."""
    solid = pixels[..., 3] >= SOLID
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _place(
    rng: np.random.Generator,
    pixels: np.ndarray,
    size: tuple[int, int],
    placed: list[_Placed],
    overlap: float,
) -> _Placed | None:
    """Find a place inside the scene where the object hides not too much of the others."""
    free_rows, free_columns = size[0] - pixels.shape[0], size[1] - pixels.shape[1]
    for _ in range(TRIES):
        top = int(rng.integers(free_rows, endpoint=True))
        left = int(rng.integers(free_columns, endpoint=True))
        candidate = _Placed(pixels, top, left)
        if _all_visible([*placed, candidate], size, overlap):
            return candidate
    return None


def _all_visible(things: list[_Placed], size: tuple[int, int], overlap: float) -> bool:
    """Tell whether enough of each object is in sight, when they are pasted one after another."""
    owner = np.full(size, -1)
    for number, thing in enumerate(things):
        owner[thing.place][thing.solid] = number
    return all(
        np.sum(owner == number) >= (1 - overlap) * np.sum(thing.solid)
        for number, thing in enumerate(things)
    )


def _paste(image: np.ndarray, thing: _Placed, light: np.ndarray) -> None:
    """Paint an object over the image, in place."""
    opacity = thing.pixels[..., 3:] / 255
    colours = np.clip(thing.pixels[..., :3] / 255 * light, 0, 1)
    image[thing.place] = opacity * colours + (1 - opacity) * image[thing.place]


def _light(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """Let light fall from one side: a factor for each pixel, with a slight colour."""
    down, right = rng.uniform(-0.3, 0.3, 2)
    rows, columns = np.linspace(-0.5, 0.5, size[0]), np.linspace(-0.5, 0.5, size[1])
    ramp = 1 + down * rows[:, np.newaxis] + right * columns
    light: np.ndarray = ramp[..., np.newaxis] * rng.uniform(0.75, 1.1) * rng.uniform(0.95, 1.05, 3)
    return light


@cache
def _parts(split: str) -> datasets.SceneParts:
    """Read the file once."""
    return datasets.load_scene_parts(split)
