import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest

from helpers.datasets import DataError, load_digits

DATA = Path(__file__).resolve().parent.parent / "data"


def test_digits_have_the_layout_described():
    data = load_digits(DATA)
    assert data.train_x.shape == (1347, 8, 8) and data.train_x.dtype == np.uint8
    assert data.test_y.shape == (1, 450) and data.test_y.dtype == np.int64
    assert data.train_x.max() == 16
    assert set(data.train_y.ravel()) == set(data.test_y.ravel()) == set(range(10))


def test_no_test_image_stands_in_the_training_set():
    data = load_digits(DATA)
    train = {image.tobytes() for image in data.train_x}
    assert not [image for image in data.test_x if image.tobytes() in train]


@pytest.mark.parametrize(
    "key, value, message",
    [
        ("train_x", None, "has no array 'train_x'"),
        ("test_x", np.zeros((3, 8, 7), np.uint8), "shape .m, 8, 8."),
        ("test_x", np.zeros((3, 8, 8)), "uint8, not float64"),
        ("train_y", np.zeros(7, int), "1347 labels"),
        ("test_y", np.zeros(450), "integers, not float64"),
        ("test_y", np.full(450, 10), "digits only"),
    ],
)
def test_wrong_file(tmp_path, key, value, message):
    shutil.copy(DATA / "digits.h5", tmp_path)
    with h5py.File(tmp_path / "digits.h5", "r+") as file:
        del file[key]
        if value is not None:
            file[key] = value
    with pytest.raises(DataError, match=message):
        load_digits(tmp_path)
