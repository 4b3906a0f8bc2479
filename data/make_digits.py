"""Make digits.h5: small images of handwritten digits, for training and for testing.

Run it from anywhere: ``python data/make_digits.py``. It needs scikit-learn, which brings the
images along, so nothing is downloaded.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from sklearn.datasets import load_digits

M_TEST = 450
SEED = 6


def make() -> dict[str, Any]:
    """Shuffle the images and split them.

    Returns
    -------
    dict of str to ndarray
        ``train_x`` (1347, 8, 8) and ``test_x`` (450, 8, 8), uint8 from 0 (paper) to 16 (ink);
        ``train_y`` (1347,) and ``test_y`` (450,), int64, the digits.
    """
    data = load_digits()
    order = np.random.default_rng(SEED).permutation(len(data.target))
    x, y = data.images[order].astype(np.uint8), data.target[order].astype(np.int64)
    return {
        "train_x": x[M_TEST:],
        "train_y": y[M_TEST:],
        "test_x": x[:M_TEST],
        "test_y": y[:M_TEST],
    }


def write(folder: Path) -> Path:
    """Write ``digits.h5`` into a folder, and return its path."""
    path = folder / "digits.h5"
    with h5py.File(path, "w") as file:
        for name, array in make().items():
            file.create_dataset(name, data=array, track_times=False)
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
