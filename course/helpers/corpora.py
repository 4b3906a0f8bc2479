"""The texts of the course, to learn word vectors from, and vectors that were learnt from one.

The corpus is generated: its sentences come from templates, in which relations between words
are planted. The novels are real. Sentences are in lower case, without punctuation, their words
separated by one blank.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import h5py
import numpy as np
from numpy.typing import NDArray

from helpers.datasets import DataError, data_dir

Pairs = list[tuple[str, str]]


class Corpus(NamedTuple):
    """Generated sentences, and what is planted in them.

    Attributes
    ----------
    sentences : list of str
        In random order.
    relations : dict of str to list of pairs of str
        ``relations["capital"]`` begins with ``("france", "paris")``: any two pairs of a
        relation make an analogy.
    she : dict of str to float
        Professions and things, and how often "she" stands with them, from 0 to 1.
    names : dict of str to list of str
        Names that stand with "he" (``"male"``), and with "she" (``"female"``).
    classes : dict of str to list of str
        The words of five kinds of short sentences: heart, ball, smile, sad, fork.
    """

    sentences: list[str]
    relations: dict[str, Pairs]
    she: dict[str, float]
    names: dict[str, list[str]]
    classes: dict[str, list[str]]


def load_corpus(directory: str | Path | None = None) -> Corpus:
    """Load the generated corpus.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``corpus.h5``; without it, `data_dir` finds it.

    Returns
    -------
    Corpus
        Some 20,000 sentences, and the relations planted in them.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> corpus = load_corpus()
    >>> len(corpus.sentences), corpus.sentences[0]
    (19632, 'the beer over there is his')
    >>> corpus.relations["capital"][0], corpus.she["nurse"]
    (('france', 'paris'), 0.9)
    """
    return _read(directory, "corpus.h5", _corpus)


def load_novels(directory: str | Path | None = None) -> list[str]:
    """Load the sentences of Jane Austen's six novels.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``novels.h5``; without it, `data_dir` finds it.

    Returns
    -------
    list of str
        Some 46,000 sentences and parts of sentences, in the order of the novels.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> load_novels()[1][:36]
    'emma woodhouse handsome clever and r'
    """
    return _read(directory, "novels.h5", _sentences)


def load_word_vectors(
    directory: str | Path | None = None,
) -> tuple[list[str], NDArray[np.float64]]:
    """Load vectors that were learnt from the generated corpus.

    Parameters
    ----------
    directory : str or Path, optional
        The folder with the file ``word_vectors.h5``; without it, `data_dir` finds it.

    Returns
    -------
    words : list of str
        The most frequent first.
    vectors : ndarray of float, shape (n_words, 50)
        One row for each word.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not laid out as described.

    Examples
    --------
    >>> words, vectors = load_word_vectors()
    >>> words[:3], vectors.shape[1]
    (['the', 'is', 'and'], 50)
    """
    return _read(directory, "word_vectors.h5", _vectors)


def _read(directory: str | Path | None, name: str, read: Callable[[h5py.File], Any]) -> Any:
    path = (data_dir() if directory is None else Path(directory)) / name
    if not path.is_file():
        raise DataError(f"{path}: there is no such file. Copy it from the course's data folder.")
    try:
        with h5py.File(path, "r") as file:
            return read(file)
    except (OSError, RuntimeError, KeyError, AttributeError, ValueError) as error:
        raise DataError(
            f"{path}: damaged, or not the file it should be. "
            "Copy the file again from the course's data folder."
        ) from error


def _corpus(file: h5py.File) -> Corpus:
    relations = {
        name: list(zip(_texts(pairs[:, 0]), _texts(pairs[:, 1]), strict=True))
        for name, pairs in file["relations"].items()
    }
    she = dict(zip(_texts(file["she/words"]), file["she/shares"][()].tolist(), strict=True))
    names, classes = (
        {key: _texts(words) for key, words in file[group].items()} for group in ("names", "classes")
    )
    return Corpus(_sentences(file), relations, she, names, classes)


def _sentences(file: h5py.File) -> list[str]:
    text: str = file["text"][()].tobytes().decode("utf-8")
    return text.split("\n")


def _texts(data: Any) -> list[str]:
    return [text.decode("utf-8") for text in data[()]]


def _vectors(file: h5py.File) -> tuple[list[str], NDArray[np.float64]]:
    words, vectors = _texts(file["words"]), file["vectors"][()].astype(float)
    if vectors.ndim != 2 or len(words) != len(vectors):
        raise ValueError("there should be one vector for each word")
    return words, vectors
