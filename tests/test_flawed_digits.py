"""The planted flaws are as the script says, and nothing else is wrong with the data."""

import shutil
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from helpers.data_quality import find_duplicates
from helpers.datasets import DataError, load_digits, load_flawed_digits

DATA = Path(__file__).resolve().parent.parent / "data"


def columns(images):
    return images.reshape(len(images), -1).T


@pytest.fixture(scope="module")
def data():
    return load_flawed_digits(DATA)


def test_layout(data):
    assert [len(x) for x in data[:8:2]] == [1000, 300, 450, 197]
    assert all(y.shape == (1, len(x)) for x, y in zip(data[:8:2], data[1:8:2], strict=True))
    assert data.train_read.shape == (1, 1000)


def test_a_tenth_of_the_training_labels_is_wrong(data):
    assert np.mean(data.train_y != data.train_read) == 0.1


def test_a_third_of_the_test_set_is_copied_with_its_labels(data):
    train = columns(data.train_x)
    copies = find_duplicates(train, columns(data.test_x))
    assert len(copies) == 150
    place = {tuple(x): n for n, x in enumerate(train.T.tolist())}
    sources = [place[tuple(x)] for x in columns(data.test_x).T[copies].tolist()]
    assert (data.test_y[0, copies] == data.train_y[0, sources]).all()


def test_there_are_no_other_copies(data):
    for other in (data.dev_x, data.field_x):
        assert find_duplicates(columns(data.train_x), columns(other)) == []
    assert find_duplicates(columns(data.test_x), columns(data.field_x)) == []


def test_field_and_test_images_are_original_ones_and_dev_images_are_not(data):
    digits = load_digits(DATA)
    known = columns(np.concatenate([digits.train_x, digits.test_x]))
    for images in (data.train_x, data.test_x, data.field_x):
        assert len(find_duplicates(known, columns(images))) == len(images)
    assert find_duplicates(known, columns(data.dev_x)) == []


def test_the_script_makes_the_file(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(DATA))
    import make_flawed_digits

    made = make_flawed_digits.write(tmp_path)
    assert made.read_bytes() == (DATA / made.name).read_bytes()
    sys.modules.pop("make_flawed_digits")


def test_a_file_with_an_array_missing_is_refused(tmp_path):
    shutil.copy(DATA / "flawed_digits.h5", tmp_path)
    with h5py.File(tmp_path / "flawed_digits.h5", "r+") as file:
        del file["train_read"]
    with pytest.raises(DataError, match="train_read"):
        load_flawed_digits(tmp_path)
