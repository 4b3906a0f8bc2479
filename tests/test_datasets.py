"""The data files, the scripts that make them, and their loaders."""

import doctest
import hashlib
import importlib.util
import shutil
import sys
from itertools import product
from pathlib import Path

import h5py
import numpy as np
import pytest
from PIL import Image

from helpers import datasets
from helpers.datasets import DataError, load_dataset, load_images, load_own_image, load_planar

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CLASSIC = ROOT.parent / "shared" / "data"
FILES = (
    "train_images.h5",
    "test_images.h5",
    "planar.h5",
    "digits.h5",
    "flawed_digits.h5",
    "photograph.h5",
    "scene_parts.h5",
    "style_images.h5",
    "style_network.h5",
    "corpus.h5",
    "novels.h5",
    "word_vectors.h5",
    "faces.h5",
    "feelings.h5",
    "word_maps.h5",
)


def script(name):
    spec = importlib.util.spec_from_file_location(name, DATA / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its module up while it is defined.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def replace(path, key, value):
    with h5py.File(path, "r+") as file:
        del file[key]
        if value is not None:
            file[key] = value


def write_classic(folder, part, m):
    with h5py.File(folder / f"{part}_catvnoncat.h5", "w") as file:
        file[f"{part}_set_x"] = np.full((m, 64, 64, 3), 7, dtype=np.uint8)
        file[f"{part}_set_y"] = np.arange(m) % 2
        file["list_classes"] = np.array([b"non-cat", b"cat"])


def test_images_have_the_classic_layout():
    train_x, train_y, test_x, test_y, classes = load_images(DATA)
    assert train_x.shape == (220, 64, 64, 3) and train_x.dtype == np.uint8
    assert test_x.shape == (80, 64, 64, 3) and test_x.dtype == np.uint8
    assert train_y.shape == (1, 220) and train_y.dtype == np.int64 and train_y.sum() == 110
    assert test_y.shape == (1, 80) and test_y.dtype == np.int64 and test_y.sum() == 40
    assert list(classes) == [b"non-cat", b"cat"]
    with h5py.File(DATA / "train_images.h5") as file:
        assert file["train_set_y"].shape == (220,)


def test_load_dataset_gives_the_five_values(monkeypatch):
    monkeypatch.setenv("DLCOURSE_DATA", str(DATA))
    assert [value.shape for value in load_dataset()] == [v.shape for v in load_images(DATA)]


@pytest.mark.parametrize("name", datasets.PLANAR_NAMES)
def test_planar(name):
    X, Y = load_planar(name, DATA)
    assert X.shape == (2, 400) and X.dtype == np.float64 and np.isfinite(X).all()
    assert Y.shape == (1, 400) and Y.dtype == np.int64 and Y.sum() == 200


def test_planar_names_are_those_of_the_script():
    assert tuple(script("make_planar").SHAPES) == datasets.PLANAR_NAMES


def test_unknown_planar_name():
    with pytest.raises(ValueError, match="flower, circles, moons, blobs, spirals"):
        load_planar("flowers", DATA)


def accuracies(X_train, Y_train, X_test, Y_test, learning_rate, num_iterations):
    w, b = np.zeros(len(X_train)), 0.0
    for _ in range(num_iterations):
        dZ = (1 / (1 + np.exp(-(w @ X_train + b))) - Y_train[0]) / Y_train.size
        w, b = w - learning_rate * (X_train @ dZ), b - learning_rate * dZ.sum()
    return [np.mean((w @ X + b > 0) == Y[0]) for X, Y in ((X_train, Y_train), (X_test, Y_test))]


def flattened():
    data = load_images(DATA)
    return [x.reshape(len(x), -1).T / 255 for x in (data.train_set_x_orig, data.test_set_x_orig)]


@pytest.mark.parametrize("learning_rate, num_iterations", [(0.001, 100), (0.005, 200), (0.01, 500)])
def test_logistic_regression_leaves_something_to_win(learning_rate, num_iterations):
    data, (X_train, X_test) = load_images(DATA), flattened()
    train, test = accuracies(
        X_train, data.train_set_y, X_test, data.test_set_y, learning_rate, num_iterations
    )
    assert 0.65 <= test <= 0.85 and train >= test + 0.1


def test_logistic_regression_on_standardised_features():
    data, (X_train, X_test) = load_images(DATA), flattened()
    mu, sigma = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    scaled = [(X - mu) / sigma for X in (X_train, X_test)]
    train, test = accuracies(scaled[0], data.train_set_y, scaled[1], data.test_set_y, 0.001, 100)
    assert 0.65 <= test <= 0.85 and train >= test + 0.1


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_training_and_test_crops_are_disjoint():
    make_images = script("make_images")
    train, test = make_images.plan("train"), make_images.plan("test")
    pairs = [(a, b) for a, b in product(train, test) if a.region.photo == b.region.photo]
    assert pairs and not any(overlap(a.box, b.box) for a, b in pairs)


@pytest.mark.parametrize("part", ["train", "test"])
def test_crops_stay_in_their_regions(part):
    for crop in script("make_images").plan(part):
        left, top, right, bottom = crop.box
        assert crop.region.part == part and right - left == bottom - top
        assert crop.region.box[0] <= left and crop.region.box[1] <= top
        assert crop.region.box[2] >= right and crop.region.box[3] >= bottom


def test_scripts_make_the_files_again(tmp_path):
    pytest.importorskip("skimage")
    pytest.importorskip("sklearn")
    make_images = script("make_images")
    made = [make_images.write(part, tmp_path) for part in ("train", "test")]
    made.append(script("make_planar").write(tmp_path))
    made.append(script("make_digits").write(tmp_path))
    made.append(script("make_photograph").write(tmp_path))
    made.append(script("make_scene_parts").write(tmp_path))
    made.append(script("make_style_images").write(tmp_path))
    for path in made:
        assert path.read_bytes() == (DATA / path.name).read_bytes(), path.name


def test_checksums():
    lines = (DATA / "CHECKSUMS").read_text().splitlines()
    sums = {name: digest for digest, name in map(str.split, lines)}
    readme = (DATA / "README.md").read_text()
    assert set(sums) == set(FILES)
    for name, digest in sums.items():
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest
        assert digest in readme


def test_files_are_small():
    assert sum((DATA / name).stat().st_size for name in FILES[:2]) < 4_000_000


def test_every_photograph_has_its_licence_listed():
    readme = (DATA / "README.md").read_text()
    assert all(f"`{region.photo}`" in readme for region in script("make_images").REGIONS)


@pytest.mark.parametrize(
    "key, value, message",
    [
        ("train_set_x", None, "has no array 'train_set_x'"),
        ("train_set_y", None, "has no array 'train_set_y'"),
        ("list_classes", None, "has no array 'list_classes'"),
        ("train_set_x", np.zeros((220, 32, 32, 3), np.uint8), "shape .m, 64, 64, 3."),
        ("train_set_x", np.zeros((0, 64, 64, 3), np.uint8), "shape .m, 64, 64, 3."),
        ("train_set_x", np.zeros((2, 64, 64, 3)), "uint8, not float64"),
        ("train_set_y", np.zeros(7, int), "220 labels"),
        ("train_set_y", np.zeros(220), "integers, not float64"),
        ("train_set_y", np.full(220, 2), "0 and 1 only"),
        ("list_classes", np.array([b"cat"]), "2 classes"),
        ("list_classes", np.array([0, 1]), "bytes, not int64"),
    ],
)
def test_wrong_image_file(folder, key, value, message):
    replace(folder / "train_images.h5", key, value)
    with pytest.raises(DataError, match=rf"train_images\.h5: .*{message}.*Copy the file again"):
        load_images(folder)


@pytest.mark.parametrize(
    "key, value, message",
    [
        ("flower", None, "has no array 'flower/X'"),
        ("flower/Y", None, "has no array 'flower/Y'"),
        ("flower/X", np.zeros((400, 2)), "shape .2, m."),
        ("flower/X", np.zeros((2, 400), np.float32), "float64, not float32"),
        ("flower/Y", np.zeros(400, int), "shape .1, m."),
        ("flower/Y", np.zeros((1, 3), int), "400 labels"),
    ],
)
def test_wrong_planar_file(folder, key, value, message):
    replace(folder / "planar.h5", key, value)
    with pytest.raises(DataError, match=rf"planar\.h5: .*{message}"):
        load_planar("flower", folder)


def test_missing_files(tmp_path):
    with pytest.raises(DataError, match=r"train_images\.h5: there is no such file"):
        load_images(tmp_path)
    with pytest.raises(DataError, match=r"planar\.h5: there is no such file"):
        load_planar("moons", tmp_path)


@pytest.mark.parametrize("size", [0, 100, 4000, 1_000_000])
def test_truncated_file(folder, size):
    path = folder / "train_images.h5"
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(DataError, match=r"train_images\.h5: damaged, or not an HDF5 file"):
        load_images(folder)


def test_not_an_hdf5_file(folder):
    (folder / "planar.h5").write_text("<html>404</html>")
    with pytest.raises(DataError, match="not an HDF5 file"):
        load_planar("moons", folder)


def test_classic_files_are_preferred(folder):
    write_classic(folder, "train", 5)
    assert load_images(folder).train_set_x_orig.shape[0] == 220, "both must be there"
    write_classic(folder, "test", 3)
    data = load_images(folder)
    assert len(data.train_set_x_orig) == 5 and data.test_set_y.tolist() == [[0, 1, 0]]


@pytest.mark.skipif(
    not (CLASSIC / "train_catvnoncat.h5").is_file(), reason="needs the classic files"
)
def test_the_real_classic_files():
    data = load_images(CLASSIC)
    assert data.train_set_x_orig.shape == (209, 64, 64, 3) and data.train_set_y.shape == (1, 209)
    assert data.test_set_x_orig.shape == (50, 64, 64, 3) and data.test_set_y.shape == (1, 50)
    assert data.classes[1] == b"cat"


def test_data_dir_follows_the_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("DLCOURSE_DATA", str(tmp_path))
    assert datasets.data_dir() == tmp_path
    monkeypatch.setenv("DLCOURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match=r"nowhere.*DLCOURSE_DATA"):
        datasets.data_dir()


def test_data_dir_looks_in_the_usual_places(monkeypatch, tmp_path):
    monkeypatch.delenv("DLCOURSE_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    package = tmp_path / "course" / "course" / "helpers"
    monkeypatch.setattr(datasets, "__file__", str(package / "datasets.py"))
    with pytest.raises(DataError, match="No data folder found"):
        datasets.data_dir()
    for place in (package.parent.parent / "data", package.parent / "data", Path("data")):
        place.mkdir(parents=True)
        assert datasets.data_dir() == place


def test_own_image(tmp_path):
    pixels = np.zeros((100, 300, 3), np.uint8)
    pixels[:, 100:200] = (10, 200, 30)
    path = tmp_path / "wide.png"
    Image.fromarray(pixels).save(path)
    image = load_own_image(path)
    assert image.shape == (1, 64, 64, 3) and image.dtype == np.uint8
    assert (image[0, 20:40, 20:40] == (10, 200, 30)).all(), "the centre square"
    assert load_own_image(str(path), size=16).shape == (1, 16, 16, 3)


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1", "CMYK"])
def test_own_image_of_any_mode(tmp_path, mode):
    path = tmp_path / "image.tiff"
    Image.new(mode, (70, 50)).save(path)
    assert load_own_image(path).shape == (1, 64, 64, 3)


def test_own_image_errors(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        load_own_image(tmp_path / "cat.jpg")
    with pytest.raises(DataError, match="no such file"):
        load_own_image(tmp_path)
    (tmp_path / "cat.jpg").write_text("not a picture")
    with pytest.raises(DataError, match=r"cat\.jpg: cannot be read as a picture"):
        load_own_image(tmp_path / "cat.jpg")


def test_truncated_own_image(tmp_path):
    path = tmp_path / "cat.jpg"
    Image.effect_noise((200, 200), 50).save(path)
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(DataError, match="cannot be read as a picture"):
        load_own_image(path)


def test_docstring_examples(monkeypatch):
    monkeypatch.setenv("DLCOURSE_DATA", str(DATA))
    result = doctest.testmod(datasets)
    assert result.attempted and not result.failed
