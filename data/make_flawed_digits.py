"""Make flawed_digits.h5: the handwritten digits with three flaws planted, for week 7 to find.

Run it from anywhere: ``python data/make_flawed_digits.py``. It needs digits.h5 in the folder it
writes to, or beside this script.

Do not read on if you still want to find the flaws by yourself.

Every tenth training label is wrong. The dev set was "scanned on another machine": paler, and out
of focus to the right. A third of the test set are copies of training images, with the labels
these have there.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import h5py
import numpy as np

M_TRAIN, M_DEV, M_TEST, M_COPIES, M_WRONG = 1000, 300, 300, 150, 100
PALER, BLUR = 0.7, 0.4
SEED = 5


def make(digits: Path) -> dict[str, Any]:
    """Split the images anew and plant the flaws.

    Parameters
    ----------
    digits : Path
        The file ``digits.h5``.

    Returns
    -------
    dict of str to ndarray
        For "train", "dev", "test" and "field": ``…_x`` (m, 8, 8) uint8 and ``…_y`` (m,) int64;
        the last is what the system will meet. ``train_read`` (1000,) int64: what a careful
        reader sees in the training images.
    """
    rng = np.random.default_rng(SEED)
    x, y = _all_digits(digits, rng)
    places = np.split(np.arange(len(y)), np.cumsum([M_TRAIN, M_DEV, M_TEST]))
    parts = dict(zip(("train", "dev", "test", "field"), places, strict=True))
    made = {f"{part}_x": x[where] for part, where in parts.items()}
    made |= {f"{part}_y": y[where] for part, where in parts.items()}
    made["train_read"] = made["train_y"]
    made["train_y"] = _with_wrong_labels(made["train_y"], rng)
    made["dev_x"] = _other_machine(made["dev_x"])
    return made | _with_copies(made, rng)


def _all_digits(digits: Path, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    with h5py.File(digits) as file:
        x, y = (np.concatenate([file[f"{p}_{k}"][()] for p in ("train", "test")]) for k in "xy")
    order = rng.permutation(len(y))
    return x[order], y[order]


def _with_wrong_labels(y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    wrong = rng.permutation(len(y))[:M_WRONG]
    y = y.copy()
    y[wrong] = (y[wrong] + rng.integers(1, 10, M_WRONG)) % 10
    return y


def _other_machine(x: np.ndarray) -> np.ndarray:
    left = np.pad(x, ((0, 0), (0, 0), (1, 0)))[:, :, :-1].astype(float)
    return np.round(PALER * (BLUR * left + (1 - BLUR) * x)).astype(np.uint8)


def _with_copies(made: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    copied = rng.permutation(M_TRAIN)[:M_COPIES]
    order = rng.permutation(M_TEST + M_COPIES)
    together = {k: np.concatenate([made[f"test_{k}"], made[f"train_{k}"][copied]]) for k in "xy"}
    return {f"test_{key}": both[order] for key, both in together.items()}


def write(folder: Path) -> Path:
    """Write ``flawed_digits.h5`` into a folder, and return its path."""
    here = Path(__file__).parent
    digits = next(p / "digits.h5" for p in (folder, here) if (p / "digits.h5").is_file())
    path = folder / "flawed_digits.h5"
    with h5py.File(path, "w") as file:
        for name, array in sorted(make(digits).items()):
            file.create_dataset(name, data=array, track_times=False)
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
