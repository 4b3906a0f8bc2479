"""The data sets of the course: images of cats and other things, and points in the plane.

Every loader reads a file of the data folder, which `data_dir` finds. If something is wrong with
a file, the loader raises a `DataError` that says which file, what is wrong and what to do.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import h5py
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

PLANAR_NAMES = ("flower", "circles", "moons", "blobs", "spirals")

_IMAGE_SHAPE = (64, 64, 3)
_OUR_FILES = ("train_images.h5", "test_images.h5")
_CLASSIC_FILES = ("train_catvnoncat.h5", "test_catvnoncat.h5")
_AGAIN = "Copy the file again from the course's data folder."


class DataError(Exception):
    """A data file is missing, damaged or not what it should be."""


class ImageData(NamedTuple):
    """A training set and a test set of images with two classes.

    Attributes
    ----------
    train_set_x_orig : ndarray, shape (m_train, 64, 64, 3), uint8
        Training images: example, row, column, colour (red, green, blue).
    train_set_y : ndarray, shape (1, m_train), int64
        Their labels, 0 or 1.
    test_set_x_orig : ndarray, shape (m_test, 64, 64, 3), uint8
        Test images.
    test_set_y : ndarray, shape (1, m_test), int64
        Their labels, 0 or 1.
    classes : ndarray, shape (2,), bytes
        The names of the labels: ``classes[y].decode()`` is the name of label ``y``.
    """

    train_set_x_orig: NDArray[np.uint8]
    train_set_y: NDArray[np.int64]
    test_set_x_orig: NDArray[np.uint8]
    test_set_y: NDArray[np.int64]
    classes: NDArray[np.bytes_]


def data_dir() -> Path:
    """Find the folder that holds the data files.

    The environment variable ``DLCOURSE_DATA`` names it. Without the variable, it is the first of
    these that exists: ``data`` in the current folder, ``data`` next to the package ``helpers``,
    ``data`` one level above.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DataError
        If there is no such folder.

    Examples
    --------
    >>> data_dir().name
    'data'
    """
    chosen = os.environ.get("DLCOURSE_DATA")
    package = Path(__file__).resolve().parent
    usual = [Path("data"), package.parent / "data", package.parent.parent / "data"]
    candidates = [Path(chosen)] if chosen else usual
    for folder in candidates:
        if folder.is_dir():
            return folder
    tried = ", ".join(str(folder) for folder in candidates)
    raise DataError(
        f"No data folder found (tried: {tried}). Start Jupyter in the folder that contains 'data', "
        "or set the environment variable DLCOURSE_DATA to the path of the data folder."
    )


def load_images(directory: str | Path | None = None) -> ImageData:
    """Load the images of week 1, cats and other things.

    If you own the files ``train_catvnoncat.h5`` and ``test_catvnoncat.h5`` of the classic
    exercise, put both into the data folder: then they are read in place of ours.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the files; without it, `data_dir` finds it.

    Returns
    -------
    ImageData
        Images (m, 64, 64, 3) uint8 and labels (1, m) int64 for training and test, and the
        names of the classes.

    Raises
    ------
    DataError
        If a file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> data = load_images()
    >>> data.train_set_x_orig.shape[1:], data.train_set_x_orig.dtype.name
    ((64, 64, 3), 'uint8')
    >>> [name.decode() for name in data.classes]
    ['non-cat', 'cat']
    """
    train_path, test_path = _image_files(_folder(directory))
    train_x, train_y, classes = _read_image_set(train_path, "train")
    test_x, test_y, _ = _read_image_set(test_path, "test")
    return ImageData(train_x, train_y, test_x, test_y, classes)


def load_dataset() -> ImageData:
    """Load the images of week 1 as the five values of the classic exercise.

    Returns
    -------
    train_set_x_orig : ndarray, shape (m_train, 64, 64, 3), uint8
    train_set_y : ndarray, shape (1, m_train), int64
    test_set_x_orig : ndarray, shape (m_test, 64, 64, 3), uint8
    test_set_y : ndarray, shape (1, m_test), int64
    classes : ndarray, shape (2,), bytes

    Raises
    ------
    DataError
        If a file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()
    >>> train_set_y.shape == (1, len(train_set_x_orig))
    True
    """
    return load_images()


def load_planar(
    name: str, directory: str | Path | None = None
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Load a set of points in the plane with two classes.

    Parameters
    ----------
    name : str
        ``"flower"``, ``"circles"``, ``"moons"``, ``"blobs"`` or ``"spirals"``.
    directory : str or Path, optional
        The folder with the file ``planar.h5``; without it, `data_dir` finds it.

    Returns
    -------
    X : ndarray, shape (2, m), float64
        The points, one in each column.
    Y : ndarray, shape (1, m), int64
        Their classes, 0 or 1.

    Raises
    ------
    ValueError
        If there is no set of this name.
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> X, Y = load_planar("flower")
    >>> X.shape, Y.shape
    ((2, 400), (1, 400))
    """
    if name not in PLANAR_NAMES:
        raise ValueError(f"no planar data set {name!r}: choose one of {', '.join(PLANAR_NAMES)}")
    path = _folder(directory) / "planar.h5"
    arrays = _read_arrays(path, (f"{name}/X", f"{name}/Y"))
    X, Y = arrays[f"{name}/X"], arrays[f"{name}/Y"]
    _require(
        X.ndim == 2 and X.shape[0] == 2 and X.shape[1] > 0,
        path,
        f"{name}/X should have shape (2, m), not {X.shape}",
    )
    _require(X.dtype == np.float64, path, f"{name}/X should be float64, not {X.dtype}")
    _require(Y.ndim == 2, path, f"{name}/Y should have shape (1, m), not {Y.shape}")
    return X, _as_labels(Y, X.shape[1], path, f"{name}/Y")


def load_own_image(path: str | Path, size: int = 64) -> NDArray[np.uint8]:
    """Read a picture of yours, cut out the square in its centre, and scale it.

    Parameters
    ----------
    path : str or Path
        The picture, in any format that Pillow reads (JPEG, PNG, …).
    size : int, optional
        Height and width of the result, in pixels.

    Returns
    -------
    ndarray, shape (1, size, size, 3), uint8
        A set with one image, laid out as in `load_images`.

    Raises
    ------
    DataError
        If the file is missing or is not a picture.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Image.new("RGB", (300, 200), "orange").save(Path(folder) / "mine.png")
    ...     load_own_image(Path(folder) / "mine.png").shape
    (1, 64, 64, 3)
    """
    picture = _open_picture(Path(path))
    square = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS)
    return np.asarray(square, dtype=np.uint8)[np.newaxis]


def _open_picture(path: Path) -> Image.Image:
    if not path.is_file():
        raise DataError(f"{path}: there is no such file. Check the name, and where the file is.")
    try:
        with Image.open(path) as picture:
            # Phones store the picture as the sensor saw it, with a note on how to turn it.
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DataError(
            f"{path}: cannot be read as a picture. Save it as JPEG or PNG, and try again."
        ) from error


def _folder(directory: str | Path | None) -> Path:
    return data_dir() if directory is None else Path(directory)


def _image_files(folder: Path) -> tuple[Path, Path]:
    """Return the training and the test file: the classic ones if both are there, else ours."""
    classic = all((folder / name).is_file() for name in _CLASSIC_FILES)
    train, test = _CLASSIC_FILES if classic else _OUR_FILES
    return folder / train, folder / test


def _read_image_set(
    path: Path, part: str
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bytes_]]:
    """Read and check one file of images; `part` is "train" or "test"."""
    x_key, y_key, classes_key = f"{part}_set_x", f"{part}_set_y", "list_classes"
    arrays = _read_arrays(path, (x_key, y_key, classes_key))
    x, classes = arrays[x_key], arrays[classes_key]
    shape_is_right = x.ndim == 4 and x.shape[1:] == _IMAGE_SHAPE and len(x) > 0
    _require(shape_is_right, path, f"{x_key} should have shape (m, 64, 64, 3), not {x.shape}")
    _require(x.dtype == np.uint8, path, f"{x_key} should be uint8, not {x.dtype}")
    _require(classes.shape == (2,), path, f"{classes_key} should name 2 classes")
    _require(classes.dtype.kind == "S", path, f"{classes_key} should be bytes, not {classes.dtype}")
    return x, _as_labels(arrays[y_key], len(x), path, y_key), classes


def _read_arrays(path: Path, keys: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Read the arrays of these names from an HDF5 file."""
    _require(path.is_file(), path, "there is no such file")
    try:
        with h5py.File(path, "r") as file:
            return {key: _array(file, key, path) for key in keys}
    except (OSError, RuntimeError) as error:
        raise DataError(f"{path}: damaged, or not an HDF5 file. {_AGAIN}") from error


def _array(file: h5py.File, key: str, path: Path) -> NDArray[Any]:
    _require(isinstance(file.get(key), h5py.Dataset), path, f"has no array {key!r}")
    return np.asarray(file[key][()])


def _as_labels(y: NDArray[Any], m: int, path: Path, key: str) -> NDArray[np.int64]:
    """Return labels (m,) or (1, m) as a row (1, m), or say what is wrong with them."""
    shape_is_right = y.shape in ((m,), (1, m))
    _require(shape_is_right, path, f"{key} should hold {m} labels, not an array {y.shape}")
    _require(y.dtype.kind in "iu", path, f"{key} should be integers, not {y.dtype}")
    _require(bool(np.isin(y, (0, 1)).all()), path, f"{key} should hold 0 and 1 only")
    return y.reshape(1, m).astype(np.int64)


def _require(condition: bool, path: Path, problem: str) -> None:
    if not condition:
        raise DataError(f"{path}: {problem}. {_AGAIN}")


class DigitData(NamedTuple):
    """A training set and a test set of images of handwritten digits.

    Attributes
    ----------
    train_x : ndarray, shape (m_train, 8, 8), uint8
        Training images: example, row, column; from 0 (paper) to 16 (ink).
    train_y : ndarray, shape (1, m_train), int64
        The digits they show, 0 to 9.
    test_x : ndarray, shape (m_test, 8, 8), uint8
        Test images.
    test_y : ndarray, shape (1, m_test), int64
        Their digits.
    """

    train_x: NDArray[np.uint8]
    train_y: NDArray[np.int64]
    test_x: NDArray[np.uint8]
    test_y: NDArray[np.int64]


def load_digits(directory: str | Path | None = None) -> DigitData:
    """Load small images of handwritten digits.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``digits.h5``; without it, `data_dir` finds it.

    Returns
    -------
    DigitData
        Images (m, 8, 8) uint8 and labels (1, m) int64, for training and test.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> data = load_digits()
    >>> data.train_x.shape, data.train_y.shape, data.test_x.shape
    ((1347, 8, 8), (1, 1347), (450, 8, 8))
    """
    path = _folder(directory) / "digits.h5"
    arrays = _read_arrays(path, ("train_x", "train_y", "test_x", "test_y"))
    train = _as_digits(arrays, "train", path)
    return DigitData(*train, *_as_digits(arrays, "test", path))


def _as_digits(
    arrays: dict[str, NDArray[Any]], part: str, path: Path
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Check the images and labels of one part, and return the labels as a row."""
    x, y = arrays[f"{part}_x"], arrays[f"{part}_y"]
    shape_is_right = x.ndim == 3 and x.shape[1:] == (8, 8) and len(x) > 0
    _require(shape_is_right, path, f"{part}_x should have shape (m, 8, 8), not {x.shape}")
    _require(x.dtype == np.uint8, path, f"{part}_x should be uint8, not {x.dtype}")
    _require(y.shape == (len(x),), path, f"{part}_y should hold {len(x)} labels, not {y.shape}")
    _require(y.dtype.kind in "iu", path, f"{part}_y should be integers, not {y.dtype}")
    _require(bool(np.isin(y, range(10)).all()), path, f"{part}_y should hold digits only")
    return x, y.reshape(1, -1).astype(np.int64)


class FlawedDigitData(NamedTuple):
    """Handwritten digits as a colleague hands them over, and what comes to light later.

    Attributes
    ----------
    train_x, dev_x, test_x, field_x : ndarray, shape (m, 8, 8), uint8
        Images: example, row, column; from 0 (paper) to 16 (ink). The last are what the finished
        system meets.
    train_y, dev_y, test_y, field_y : ndarray, shape (1, m), int64
        Their labels, 0 to 9.
    train_read : ndarray, shape (1, m_train), int64
        What a careful reader sees in the training images.
    """

    train_x: NDArray[np.uint8]
    train_y: NDArray[np.int64]
    dev_x: NDArray[np.uint8]
    dev_y: NDArray[np.int64]
    test_x: NDArray[np.uint8]
    test_y: NDArray[np.int64]
    field_x: NDArray[np.uint8]
    field_y: NDArray[np.int64]
    train_read: NDArray[np.int64]


def load_flawed_digits(directory: str | Path | None = None) -> FlawedDigitData:
    """Load handwritten digits that were collected without care.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``flawed_digits.h5``; without it, `data_dir` finds it.

    Returns
    -------
    FlawedDigitData
        Images (m, 8, 8) uint8 and labels (1, m) int64, for training, dev, test and use.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> data = load_flawed_digits()
    >>> data.train_x.shape, data.dev_x.shape, data.test_x.shape
    ((1000, 8, 8), (300, 8, 8), (450, 8, 8))
    """
    path = _folder(directory) / "flawed_digits.h5"
    parts = ("train", "dev", "test", "field")
    keys = [f"{part}_{letter}" for part in parts for letter in "xy"]
    arrays = _read_arrays(path, (*keys, "train_read"))
    read = {"train_x": arrays["train_x"], "train_y": arrays["train_read"]}
    train, dev, test, field = (_as_digits(arrays, part, path) for part in parts)
    return FlawedDigitData(*train, *dev, *test, *field, _as_digits(read, "train", path)[1])


def load_photograph(directory: str | Path | None = None) -> NDArray[np.float64]:
    """Load a grey photograph: a man with a camera, a tower, the horizon.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``photograph.h5``; without it, `data_dir` finds it.

    Returns
    -------
    ndarray, shape (240, 320), float64
        From 0 (black) to 1 (white).

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> load_photograph().shape
    (240, 320)
    """
    path = _folder(directory) / "photograph.h5"
    image = _read_arrays(path, ("image",))["image"]
    _require(image.ndim == 2 and image.size > 0, path, f"image should be flat, not {image.shape}")
    _require(image.dtype == np.uint8, path, f"image should be uint8, not {image.dtype}")
    return image / 255


class SceneParts(NamedTuple):
    """What scenes are composed of: objects cut out of photographs, and textures.

    Attributes
    ----------
    cutouts : ndarray, shape (k, 64, 64, 4), uint8
        Objects on a transparent square: red, green, blue, opacity.
    labels : ndarray, shape (k,), int64
        What they are: 0 cat, 1 coin, 2 cup, 3 shuttle.
    textures : ndarray, shape (3, 256, 128), uint8
        Brick, grass and gravel, in grey.
    """

    cutouts: NDArray[np.uint8]
    labels: NDArray[np.int64]
    textures: NDArray[np.uint8]


def load_scene_parts(part: str, directory: str | Path | None = None) -> SceneParts:
    """Load objects and textures, for training or for testing.

    Parameters
    ----------
    part : {"train", "test"}
        Which set. The coins and the textures of one are not in the other.
    directory : str or Path, optional
        The folder with the file ``scene_parts.h5``; without it, `data_dir` finds it.

    Returns
    -------
    SceneParts
        Cut-outs (k, 64, 64, 4) uint8, labels (k,) int64 and textures (3, 256, 128) uint8.

    Raises
    ------
    ValueError
        If there is no such part.
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> load_scene_parts("test").cutouts.shape
    (11, 64, 64, 4)
    """
    if part not in ("train", "test"):
        raise ValueError(f"no part {part!r}: choose train or test")
    path = _folder(directory) / "scene_parts.h5"
    keys = tuple(f"{part}_{name}" for name in SceneParts._fields)
    cutouts, labels, textures = _read_arrays(path, keys).values()
    for key, pixels, ndim in ((keys[0], cutouts, 4), (keys[2], textures, 3)):
        _require(pixels.ndim == ndim, path, f"{key} should have {ndim} axes, not {pixels.ndim}")
        _require(pixels.dtype == np.uint8, path, f"{key} should be uint8, not {pixels.dtype}")
    shape_is_right = labels.shape == (len(cutouts),)
    _require(shape_is_right, path, f"{keys[1]} should hold {len(cutouts)} labels")
    return SceneParts(cutouts, labels.astype(np.int64), textures)


class FaceData(NamedTuple):
    """Drawn faces for training, dev and test: other people in each part.

    Attributes
    ----------
    train_x, dev_x, test_x : ndarray, shape (m, 28, 24, 3), uint8
        Pictures: example, row, column, colour.
    train_person, dev_person, test_person : ndarray, shape (m,), int64
        Who is in each picture, as a number.
    train_place, dev_place, test_place : ndarray, shape (m,), int64
        Where this person is from: 0 for the coast, 1 for the valley.
    """

    train_x: NDArray[np.uint8]
    train_person: NDArray[np.int64]
    train_place: NDArray[np.int64]
    dev_x: NDArray[np.uint8]
    dev_person: NDArray[np.int64]
    dev_place: NDArray[np.int64]
    test_x: NDArray[np.uint8]
    test_person: NDArray[np.int64]
    test_place: NDArray[np.int64]


_FACE_SHAPE = (28, 24, 3)
_FACE_PARTS = ("train", "dev", "test")


def load_faces(directory: str | Path | None = None) -> FaceData:
    """Load drawn faces: 160 people for training, 40 for dev and 60 for test, 8 pictures of each.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``faces.h5``; without it, `data_dir` finds it.

    Returns
    -------
    FaceData
        Pictures (m, 28, 24, 3) uint8, and for each who it shows and where this person is from.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> data = load_faces()
    >>> data.train_x.shape, len(np.unique(data.test_person))
    ((1280, 28, 24, 3), 60)
    """
    path = _folder(directory) / "faces.h5"
    keys = [f"{part}_{name}" for part in _FACE_PARTS for name in ("x", "person", "place")]
    arrays = _read_arrays(path, tuple(keys))
    for part in _FACE_PARTS:
        _check_faces(arrays, part, path)
    return FaceData(*(arrays[key] for key in keys))


def _check_faces(arrays: dict[str, NDArray[Any]], part: str, path: Path) -> None:
    x = arrays[f"{part}_x"]
    shape_is_right = x.ndim == 4 and x.shape[1:] == _FACE_SHAPE and len(x) > 0
    _require(shape_is_right, path, f"{part}_x should have shape (m, 28, 24, 3), not {x.shape}")
    _require(x.dtype == np.uint8, path, f"{part}_x should be uint8, not {x.dtype}")
    for key in (f"{part}_person", f"{part}_place"):
        y = arrays[key]
        _require(y.shape == (len(x),), path, f"{key} should hold {len(x)} numbers, not {y.shape}")
        _require(y.dtype.kind in "iu", path, f"{key} should be integers, not {y.dtype}")


def read_face(image_path: str | Path) -> NDArray[np.uint8]:
    """Read one picture of a face.

    Parameters
    ----------
    image_path : str or Path
        ``"part/person/number"`` for a picture of the drawn faces, such as ``"test/203/0"`` for the
        first picture of person 203; or the path of a picture of yours.

    Returns
    -------
    ndarray, shape (1, 28, 24, 3), uint8
        A set with one picture.

    Raises
    ------
    DataError
        If there is no such picture.

    Examples
    --------
    >>> read_face("test/203/0").shape
    (1, 28, 24, 3)
    """
    part, _, rest = str(image_path).partition("/")
    person, _, number = rest.partition("/")
    if part in _FACE_PARTS and person.isdigit() and number.isdigit():
        return _drawn_face(part, int(person), int(number))
    height, width, _ = _FACE_SHAPE
    picture = _open_picture(Path(image_path))
    return np.asarray(ImageOps.fit(picture, (width, height)), dtype=np.uint8)[np.newaxis]


def _drawn_face(part: str, person: int, number: int) -> NDArray[np.uint8]:
    path = data_dir() / "faces.h5"
    images, people = _faces_of(path, part)
    found = np.flatnonzero(people == person)
    if number >= len(found):
        raise DataError(f"{part}/{person}/{number}: there is no such picture among the faces.")
    return images[found[number : number + 1]]


@lru_cache
def _faces_of(path: Path, part: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Keep the pictures of a part: whoever asks for one often asks for more."""
    arrays = _read_arrays(path, (f"{part}_x", f"{part}_person"))
    return arrays[f"{part}_x"], arrays[f"{part}_person"]


def load_photograph_windows() -> NDArray[np.float64] | None:
    """Load small windows cut out of photographs, if scikit-image is installed, which has them.

    They are a subset of Labeled Faces in the Wild.

    Returns
    -------
    ndarray, shape (200, 25, 25), float64, or None
        Grey windows from 0 (black) to 1 (white): the first hundred show faces, the others do not.
        None without scikit-image.

    Examples
    --------
    >>> windows = load_photograph_windows()
    >>> windows is None or windows.shape == (200, 25, 25)
    True
    """
    try:
        from skimage.data import lfw_subset
    except ImportError:
        return None
    return np.asarray(lfw_subset(), dtype=np.float64)


def load_style_images(directory: str | Path | None = None) -> dict[str, NDArray[np.float32]]:
    """Load the pictures for style transfer: two photographs and two paintings.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``style_images.h5``; without it, `data_dir` finds it.

    Returns
    -------
    dict of str to ndarray, shape (1, 72, 96, 3), float32
        "cat" and "cup", "strokes" and "mosaic"; from 0 to 1.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> images = load_style_images()
    >>> list(images), images["cat"].shape
    (['cat', 'cup', 'strokes', 'mosaic'], (1, 72, 96, 3))
    """
    path = _folder(directory) / "style_images.h5"
    arrays = _read_arrays(path, ("cat", "cup", "strokes", "mosaic"))
    for name, image in arrays.items():
        in_colour = image.ndim == 3 and image.shape[2] == 3
        _require(in_colour, path, f"{name} should have shape (n_H, n_W, 3), not {image.shape}")
        _require(image.dtype == np.uint8, path, f"{name} should be uint8, not {image.dtype}")
    return {name: (image[np.newaxis] / 255).astype(np.float32) for name, image in arrays.items()}


def load_style_network(directory: str | Path | None = None) -> dict[str, NDArray[np.float32]]:
    """Load a small convolutional network that has learnt to tell photographs apart.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``style_network.h5``; without it, `data_dir` finds it.

    Returns
    -------
    dict of str to ndarray, float32
        "W1" to "W4", filters (3, 3, n_C_prev, n_C), and "b1" to "b4", biases (1, 1, 1, n_C).

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> parameters = load_style_network()
    >>> parameters["W1"].shape, parameters["b4"].shape
    ((3, 3, 3, 16), (1, 1, 1, 64))
    """
    path = _folder(directory) / "style_network.h5"
    parameters = _read_arrays(
        path, tuple(f"{kind}{layer}" for layer in range(1, 5) for kind in "Wb")
    )
    channels = 3
    for layer in range(1, 5):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        fits = W.ndim == 4 and W.shape[:3] == (3, 3, channels) and b.shape == (1, 1, 1, W.shape[3])
        _require(fits, path, f"W{layer} {W.shape} and b{layer} {b.shape} do not fit")
        channels = W.shape[3]
    return parameters
