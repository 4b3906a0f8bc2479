"""Week 12's sentences of five kinds, and words that t-SNE has drawn in the plane."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import h5py
import numpy as np
from numpy.typing import NDArray

from helpers.datasets import DataError, data_dir

_AGAIN = "Copy the file again from the course's data folder."


class FeelingData(NamedTuple):
    """Short sentences of five kinds, for training, dev and test.

    No word that tells the kind of a sentence stands in two of the three parts.

    Attributes
    ----------
    train_x, dev_x, test_x : list of str
        Sentences in lower case, with blanks between the words.
    train_y, dev_y, test_y : ndarray, shape (1, m), int64
        Their kinds, 0 to 4.
    names : list of str
        What the kinds are called.
    """

    train_x: list[str]
    train_y: NDArray[np.int64]
    dev_x: list[str]
    dev_y: NDArray[np.int64]
    test_x: list[str]
    test_y: NDArray[np.int64]
    names: list[str]


class WordMaps(NamedTuple):
    """Words and other points, drawn in the plane by t-SNE.

    Attributes
    ----------
    words, groups : list of str
        The words, and to which group each belongs.
    maps : dict of str to ndarray, shape (2, m)
        Points as columns. ``"words 30"`` shows the words with perplexity 30.
    points : dict of str to ndarray, shape (50, m)
        Points that are no words, before they were drawn: "noise" and "blobs".
    """

    words: list[str]
    groups: list[str]
    maps: dict[str, NDArray[np.float64]]
    points: dict[str, NDArray[np.float64]]


def load_feelings(directory: str | Path | None = None) -> FeelingData:
    """Load the sentences.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``feelings.h5``; without it, `data_dir` finds it.

    Returns
    -------
    FeelingData

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> data = load_feelings()
    >>> len(data.train_x), len(data.dev_x), len(data.test_x), data.names
    (60, 40, 100, ['heart', 'ball', 'smile', 'sad', 'fork'])
    """
    path = _path(directory, "feelings.h5")
    stored = _read(path)
    names = _texts(stored, "names", path)
    (train_x, train_y), (dev_x, dev_y), (test_x, test_y) = (
        _labelled(stored, part, len(names), path) for part in ("train", "dev", "test")
    )
    return FeelingData(train_x, train_y, dev_x, dev_y, test_x, test_y, names)


def load_word_maps(directory: str | Path | None = None) -> WordMaps:
    """Load the maps that t-SNE has drawn.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``word_maps.h5``; without it, `data_dir` finds it.

    Returns
    -------
    WordMaps

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> drawn = load_word_maps()
    >>> len(drawn.words) == len(drawn.groups) == drawn.maps["words 30"].shape[1]
    True
    """
    path = _path(directory, "word_maps.h5")
    stored = _read(path)
    words, groups = _texts(stored, "words", path), _texts(stored, "groups", path)
    _require(len(groups) == len(words) > 0, path, "each word should have a group")
    columns = {name: array.T.astype(float) for name, array in stored.items() if array.ndim == 2}
    maps, points = _inside(columns, "maps/"), _inside(columns, "points/")
    _require("words 30" in maps, path, "has no map of the words")
    of_words = [array for name, array in maps.items() if name.startswith("words")]
    fitting = all(array.shape == (2, len(words)) for array in of_words)
    _require(fitting, path, "each map should have a point for each word")
    return WordMaps(words, groups, maps, points)


def _path(directory: str | Path | None, name: str) -> Path:
    return (data_dir() if directory is None else Path(directory)) / name


def _read(path: Path) -> dict[str, NDArray[Any]]:
    """Read all arrays of a file, those in groups too."""
    _require(path.is_file(), path, "there is no such file")
    found: dict[str, NDArray[Any]] = {}

    def keep(name: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset):
            found[name] = np.asarray(item[()])

    try:
        with h5py.File(path, "r") as file:
            file.visititems(keep)
    except (OSError, RuntimeError) as error:
        raise DataError(f"{path}: damaged, or not an HDF5 file. {_AGAIN}") from error
    return found


def _texts(stored: dict[str, NDArray[Any]], key: str, path: Path) -> list[str]:
    _require(key in stored, path, f"has no array {key!r}")
    _require(stored[key].dtype.kind == "S", path, f"{key} should be bytes")
    return [text.decode("utf-8") for text in stored[key].tolist()]


def _labelled(
    stored: dict[str, NDArray[Any]], part: str, count: int, path: Path
) -> tuple[list[str], NDArray[np.int64]]:
    """Check the sentences and labels of one part, and return the labels as a row."""
    sentences, key = _texts(stored, f"{part}_x", path), f"{part}_y"
    _require(key in stored, path, f"has no array {key!r}")
    y, m = stored[key], len(sentences)
    _require(y.shape == (m,), path, f"{key} should hold {m} labels, not an array {y.shape}")
    _require(y.dtype.kind in "iu", path, f"{key} should be integers, not {y.dtype}")
    _require(bool(np.isin(y, range(count)).all()), path, f"{key} should hold 0 to {count - 1}")
    return sentences, y.reshape(1, -1).astype(np.int64)


def _inside(arrays: dict[str, NDArray[Any]], folder: str) -> dict[str, NDArray[Any]]:
    return {n.removeprefix(folder): a for n, a in arrays.items() if n.startswith(folder)}


def _require(condition: bool, path: Path, problem: str) -> None:
    if not condition:
        raise DataError(f"{path}: {problem}. {_AGAIN}")
