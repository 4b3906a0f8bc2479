"""The sentences and the maps of week 12: as described, and worth what the notebook says."""

import shutil
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from helpers import sentence_classifier, softmax_regression
from helpers.corpora import load_corpus, load_word_vectors
from helpers.datasets import DataError
from helpers.word_data import load_feelings, load_word_maps

DATA = Path(__file__).resolve().parent.parent / "data"
PARTS = ("train", "dev", "test")


@pytest.fixture
def make_feelings(monkeypatch):
    monkeypatch.syspath_prepend(str(DATA))
    import make_feelings

    yield make_feelings
    sys.modules.pop("make_feelings")


def sentences(data, part):
    return getattr(data, f"{part}_x"), getattr(data, f"{part}_y")


def test_no_telling_word_is_shared_and_every_word_has_a_vector():
    data, classes = load_feelings(DATA), load_corpus(DATA).classes
    known = set(load_word_vectors(DATA)[0])
    telling = {word for words in classes.values() for word in words}
    used = {part: {w for x in sentences(data, part)[0] for w in x.split()} for part in PARTS}
    assert all(words <= known for words in used.values())
    for one, other in [("train", "dev"), ("train", "test"), ("dev", "test")]:
        assert not used[one] & used[other] & telling
    for part in PARTS:
        x, y = sentences(data, part)
        assert len(set(x)) == len(x) == y.size
        assert len(set(np.bincount(y[0]).tolist())) == 1  # as many of each kind


def test_each_sentence_has_a_word_of_its_kind_and_of_no_other():
    data, classes = load_feelings(DATA), load_corpus(DATA).classes
    for part in PARTS:
        x, y = sentences(data, part)
        for sentence, kind in zip(x, y[0], strict=True):
            found = {name for name in data.names if set(classes[name]) & set(sentence.split())}
            assert found == {data.names[kind]}, sentence


def test_the_script_makes_the_file(tmp_path, make_feelings):
    made = make_feelings.write(tmp_path)
    assert made.read_bytes() == (DATA / made.name).read_bytes()


def accuracies(data, vectors):
    """Train on averages and on counted words; give both test accuracies."""
    Y = softmax_regression.one_hot(data["train_y"].reshape(1, -1), 5)
    parameters, _ = sentence_classifier.model(data["train_x"], Y, vectors, 1.0, 500)
    ours = sentence_classifier.predict(data["test_x"], parameters, vectors)
    words = sorted({word for sentence in data["train_x"] for word in sentence.split()})
    place = {word: k for k, word in enumerate(words)}
    train, test = (
        sentence_classifier.bag_of_words(data[f"{part}_x"], place) for part in ("train", "test")
    )
    baseline, _ = softmax_regression.softmax_model(train, Y, 1.0, 500)
    counted = softmax_regression.predict(baseline, test)
    return tuple(np.mean(guess[0] == data["test_y"]) for guess in (ours, counted))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_vectors_buy_what_the_readme_says(seed, make_feelings):
    vectors = dict(zip(*load_word_vectors(DATA), strict=True))
    ours, counted = accuracies(make_feelings.make(DATA / "corpus.h5", seed), vectors)
    assert ours >= 0.75
    assert counted <= 0.4


def test_maps_have_a_point_for_each_word():
    maps = load_word_maps(DATA)
    assert set(maps.maps) == {
        *("words 5", "words 30", "words 30, another start"),
        *("noise 2", "noise 30", "blobs 5", "blobs 30"),
    }
    assert len(set(maps.words)) == len(maps.words)
    assert {name: X.shape for name, X in maps.points.items()} == {
        "noise": (50, 150),
        "blobs": (50, 120),
    }


@pytest.mark.slow
def test_the_script_draws_maps_as_faithful_as_the_stored_ones(monkeypatch):
    monkeypatch.syspath_prepend(str(DATA))
    import make_word_maps

    maps, vectors = load_word_maps(DATA), dict(zip(*load_word_vectors(DATA), strict=True))
    assert make_word_maps.choose(load_corpus(DATA)) == list(
        zip(maps.words, maps.groups, strict=True)
    )
    X = np.stack([vectors[word] for word in maps.words])
    drawn = make_word_maps.draw_map(X, 5)
    assert abs(kept(X, drawn) - kept(X, maps.maps["words 5"].T)) < 0.1
    np.testing.assert_allclose(make_word_maps.make_noise(), maps.points["noise"].T, atol=1e-6)
    sys.modules.pop("make_word_maps")


def kept(X, Z):
    """Give the share of points whose nearest neighbour is one of three in the map."""
    far, near = (np.linalg.norm(P[:, None] - P[None], axis=2) for P in (X, Z))
    np.fill_diagonal(far, np.inf)
    np.fill_diagonal(near, np.inf)
    in_map = np.argsort(near, axis=1)[:, :3]
    return np.mean(np.any(in_map == np.argmin(far, axis=1)[:, None], axis=1))


@pytest.mark.parametrize(
    "name, key, value, message",
    [
        ("feelings.h5", "train_x", None, "has no array 'train_x'"),
        ("feelings.h5", "test_y", None, "has no array 'test_y'"),
        ("feelings.h5", "test_y", np.zeros(3, int), "100 labels"),
        ("feelings.h5", "dev_y", np.zeros(40), "integers, not float64"),
        ("feelings.h5", "dev_y", np.full(40, 5), "0 to 4"),
        ("feelings.h5", "names", np.zeros(5), "names should be bytes"),
        ("word_maps.h5", "maps/words 30", None, "no map"),
        ("word_maps.h5", "maps/words 5", np.zeros((3, 2)), "a point for each word"),
        ("word_maps.h5", "groups", np.array([b"x"]), "a group"),
    ],
)
def test_wrong_files(tmp_path, name, key, value, message):
    shutil.copy(DATA / name, tmp_path)
    with h5py.File(tmp_path / name, "r+") as file:
        del file[key]
        if value is not None:
            file[key] = value
    with pytest.raises(DataError, match=message):
        (load_feelings if name == "feelings.h5" else load_word_maps)(tmp_path)


def test_missing_and_broken_files(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        load_feelings(tmp_path)
    (tmp_path / "word_maps.h5").write_bytes(b"no HDF5")
    with pytest.raises(DataError, match="damaged"):
        load_word_maps(tmp_path)
