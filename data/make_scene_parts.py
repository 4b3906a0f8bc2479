"""Make scene_parts.h5: objects cut out of photographs, and textures to paste them on.

Run it from anywhere: ``python data/make_scene_parts.py``. It needs Pillow, h5py, scikit-image,
and the photographs inside its wheel; it downloads nothing. The same versions of these
packages give the same bytes on every run.
"""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from skimage.filters import threshold_otsu
from skimage.measure import label, regionprops
from skimage.morphology import closing
from skimage.segmentation import clear_border

Bytes = NDArray[np.uint8]
Outline = list[tuple[float, float]]

CLASSES = (b"cat", b"coin", b"cup", b"shuttle")
SIZE = 64  # the longer side of a cut-out
TEXTURES = ("brick.png", "grass.png", "gravel.png")
TEXTURE_SIZE = (128, 256)  # width, height; train gets the left half, test the right one
TEST_COINS = 8
SMALLEST_COIN = 700  # pixels
SEED = 10

# Outlines by hand, x and y in pixels of the photograph.
CAT: Outline = [
    (38, 0), (35, 60), (30, 110), (45, 140), (60, 170), (75, 200), (105, 220), (130, 240),
    (150, 262), (180, 275), (215, 277), (255, 282), (290, 275), (310, 265), (316, 240),
    (318, 222), (340, 195), (352, 170), (361, 140), (361, 115), (355, 80), (372, 50),
    (380, 25), (398, 0),
]  # fmt: skip
SHUTTLE: Outline = [
    (410, 0), (418, 0), (426, 3), (433, 15), (437, 35), (437, 52), (441, 42), (444, 41),
    (448, 46), (452, 58), (454, 75), (455, 150), (454, 200), (455, 232), (455, 250),
    (459, 262), (434, 260), (437, 240), (424, 238), (424, 262), (400, 266), (392, 262),
    (388, 250), (370, 272), (367, 268), (380, 235), (362, 227), (354, 222), (355, 212),
    (362, 200), (378, 184), (378, 115), (381, 100), (380, 60), (384, 48), (388, 42),
    (392, 50), (395, 58), (396, 40), (400, 15), (405, 4),
]  # fmt: skip
SPOON: Outline = [(390, 80), (396, 72), (418, 66), (424, 80), (412, 120)]


def photograph(name: str) -> Image.Image:
    """Return a photograph that ships with scikit-image, as RGB."""
    with (files("skimage.data") / name).open("rb") as file:
        return Image.open(file).convert("RGB")


def ellipse(x: float, y: float, across: float, up: float, down: float) -> Outline:
    """Return the outline of an ellipse, with one radius upwards and another downwards."""
    angles = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    heights = np.sin(angles) * np.where(angles < np.pi, down, up)
    return [
        (x + across * float(c), y + float(h)) for c, h in zip(np.cos(angles), heights, strict=True)
    ]


def inside(picture: Image.Image, outlines: list[Outline]) -> Bytes:
    """Return a mask, 255 inside any of the outlines and 0 elsewhere."""
    mask = Image.new("L", picture.size)
    for outline in outlines:
        ImageDraw.Draw(mask).polygon(outline, fill=255)
    return np.asarray(mask)


def cut_out(picture: Image.Image, mask: Bytes) -> Bytes:
    """Cut the masked part out, and scale it into the middle of a transparent square.

    Parameters
    ----------
    picture : Image
        A photograph, RGB.
    mask : ndarray, shape (height, width), uint8
        255 where the object is, 0 elsewhere.

    Returns
    -------
    ndarray, shape (64, 64, 4), uint8
        Red, green, blue, and opacity.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    whole = picture.copy()
    whole.putalpha(Image.fromarray(mask))
    part = whole.crop(box)
    factor = SIZE / max(part.size)
    width, height = (max(1, round(n * factor)) for n in part.size)
    small = part.resize((width, height), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (SIZE, SIZE))
    square.paste(small, ((SIZE - width) // 2, (SIZE - height) // 2))
    return np.asarray(square)


def coins() -> list[Bytes]:
    """Cut the coins out: what is brighter than the table and large enough."""
    picture = photograph("coins.png")
    grey = np.asarray(picture.convert("L"))
    bright = closing(grey > threshold_otsu(grey), np.ones((3, 3)))
    regions = regionprops(label(clear_border(bright)))
    found = []
    for region in regions:
        if region.area_convex >= SMALLEST_COIN:
            mask = np.zeros(grey.shape, np.uint8)
            mask[region.slice] = 255 * region.image_convex
            found.append(cut_out(picture, mask))
    return found


def single_objects() -> dict[int, Bytes]:
    """Cut out the objects of which there is one picture only, by class."""
    cat, coffee, astronaut = map(photograph, ("chelsea.png", "coffee.png", "astronaut.png"))
    cup = [ellipse(277, 212, 201, 152, 176), ellipse(290, 113, 118, 95, 95), SPOON]
    return {
        0: cut_out(cat, inside(cat, [CAT])),
        2: cut_out(coffee, inside(coffee, cup)),
        3: cut_out(astronaut, inside(astronaut, [SHUTTLE])),
    }


def textures() -> tuple[Bytes, Bytes]:
    """Halve each texture, and scale the halves; returns those for training and for testing."""
    halves: tuple[list[Bytes], list[Bytes]] = ([], [])
    for name in TEXTURES:
        picture = photograph(name).convert("L")
        middle = picture.width // 2
        for half, (left, right) in zip(halves, ((0, middle), (middle, picture.width)), strict=True):
            part = picture.crop((left, 0, right, picture.height))
            half.append(np.asarray(part.resize(TEXTURE_SIZE, Image.Resampling.LANCZOS)))
    return np.stack(halves[0]), np.stack(halves[1])


def make() -> dict[str, Any]:
    """Make all arrays of the file.

    Returns
    -------
    dict of str to ndarray
        For both ``train`` and ``test``: ``_cutouts`` (k, 64, 64, 4) uint8, ``_labels`` (k,)
        int64 and ``_textures`` (3, 256, 128) uint8. And ``list_classes``.
    """
    all_coins = coins()
    order = np.random.default_rng(SEED).permutation(len(all_coins))
    shares = {"train": order[TEST_COINS:], "test": order[:TEST_COINS]}
    arrays: dict[str, Any] = {"list_classes": np.array(CLASSES)}
    for (part, share), texture in zip(shares.items(), textures(), strict=True):
        singles = single_objects()
        cutouts = [*singles.values(), *(all_coins[i] for i in share)]
        arrays[f"{part}_cutouts"] = np.stack(cutouts)
        arrays[f"{part}_labels"] = np.array([*singles, *[1] * len(share)], dtype=np.int64)
        arrays[f"{part}_textures"] = texture
    return arrays


def write(folder: Path) -> Path:
    """Write ``scene_parts.h5`` into a folder, and return its path."""
    path = folder / "scene_parts.h5"
    # Neither compressed nor dated, so that the bytes depend on the arrays alone.
    with h5py.File(path, "w") as file:
        for name, array in make().items():
            file.create_dataset(name, data=array, track_times=False)
        file.attrs["licence"] = "CC0 and public domain; see README.md"
        file.attrs["origin"] = "photographs of scikit-image"
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
