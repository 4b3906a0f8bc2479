"""Make photograph.h5: one grey photograph, to look for edges in.

Run it from anywhere: ``python data/make_photograph.py``. It needs Pillow, h5py, and the
photograph inside the wheel of scikit-image; it downloads nothing.
"""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

import h5py
import numpy as np
from numpy.typing import NDArray
from PIL import Image

NAME = "camera.png"
BOX = (112, 60, 512, 360)  # left, top, right, bottom: the camera, the tower, the horizon
SIZE = (320, 240)  # width, height


def make() -> NDArray[np.uint8]:
    """Cut the part out and scale it.

    Returns
    -------
    ndarray, shape (240, 320), uint8
        From 0 (black) to 255 (white).
    """
    with (files("skimage.data") / NAME).open("rb") as file, Image.open(file) as picture:
        part = picture.convert("L").resize(SIZE, Image.Resampling.LANCZOS, box=BOX)
    return np.asarray(part, dtype=np.uint8)


def write(folder: Path) -> Path:
    """Write ``photograph.h5`` into a folder, and return its path."""
    path = folder / "photograph.h5"
    with h5py.File(path, "w") as file:
        image = file.create_dataset("image", data=make(), track_times=False)
        image.attrs["licence"] = "CC0"
        image.attrs["origin"] = "camera.png of scikit-image, by Lav Varshney"
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
