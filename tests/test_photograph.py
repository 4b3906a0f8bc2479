import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest

from helpers.datasets import DataError, load_photograph

DATA = Path(__file__).resolve().parent.parent / "data"


def test_the_photograph_has_the_layout_described():
    image = load_photograph(DATA)
    assert image.shape == (240, 320) and image.dtype == np.float64
    assert image.min() >= 0 and image.max() <= 1 and image.std() > 0.1


@pytest.mark.parametrize(
    "value, message",
    [
        (None, "has no array 'image'"),
        (np.zeros((4, 5, 3), np.uint8), "should be flat"),
        (np.zeros((4, 5)), "uint8, not float64"),
    ],
)
def test_wrong_file(tmp_path, value, message):
    shutil.copy(DATA / "photograph.h5", tmp_path)
    with h5py.File(tmp_path / "photograph.h5", "r+") as file:
        del file["image"]
        if value is not None:
            file["image"] = value
    with pytest.raises(DataError, match=message):
        load_photograph(tmp_path)
