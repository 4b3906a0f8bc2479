"""Reading word vectors from text files, in the formats of GloVe and of word2vec.

Both write one word a line, followed by its numbers, with blanks between them. A word2vec file
begins with a line of its own: how many words there are, and how many numbers each has. Files are
read line by line, and the numbers go into one array at once, so that a large file needs little
more memory than its vectors.
"""

from __future__ import annotations

import gzip
import math
import re
from array import array
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import numpy as np

_BLANKS = re.compile("[ \t]+")  # no others: words may hold blanks that do not break a line
_LARGEST = float(np.finfo(np.float32).max)
_SHOWN = 30  # characters of what is wrong


class VectorFileError(Exception):
    """A file of word vectors is not laid out as it should be; the message says where."""


class Header(NamedTuple):
    """What the first line of a word2vec file says."""

    n_words: int
    n: int


def load_vectors(
    path: str | Path, only: Collection[str] | None = None, limit: int | None = None
) -> dict[str, np.ndarray]:
    r"""Load word vectors of your own as a dictionary.

    Parameters
    ----------
    path : str or Path
        A text file of GloVe or word2vec, in UTF-8. It may be compressed with gzip, if its name
        ends in ``.gz``.
    only : collection of str, optional
        Keep these words only.
    limit : int, optional
        Read that many words at most. Such files have the frequent words first.

    Returns
    -------
    dict of str to ndarray of float32, shape (n,)
        The vector of each word. All of them are rows of one array. Of a word that comes twice,
        the first vector is kept.

    Raises
    ------
    VectorFileError
        If the file is missing or a line is not as it should be: the message says which line,
        and what is wrong with it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "mine.txt"
    ...     _ = path.write_text("tea 0.5 -1\nmilk 2 0.25\n")
    ...     {word: vector.tolist() for word, vector in load_vectors(path).items()}
    {'tea': [0.5, -1.0], 'milk': [2.0, 0.25]}
    """
    return _as_map(*read_vectors(path, only, limit))


def read_vectors(
    path: str | Path, only: Collection[str] | None = None, limit: int | None = None
) -> tuple[list[str], np.ndarray]:
    """Read words and vectors in the order of a file; see `load_vectors`.

    Returns
    -------
    words : list of str
    vectors : ndarray of float32, shape (n_words, n)
    """
    path = Path(path)
    with _opened(path) as file:
        return _collected(file, str(path), only, limit)


def vectors_from_text(text: str, only: Collection[str] | None = None) -> dict[str, np.ndarray]:
    r"""Read vectors from a text, as `load_vectors` does from a file.

    Parameters
    ----------
    text : str
        What would stand in the file.
    only : collection of str, optional
        Keep these words only.

    Returns
    -------
    dict of str to ndarray of float32, shape (n,)
        The vector of each word.

    Raises
    ------
    VectorFileError
        If a line is not as it should be.

    Examples
    --------
    >>> vectors_from_text("2 3\ntea 1 2 3\nmilk 4 5 6")["milk"].tolist()
    [4.0, 5.0, 6.0]
    """
    return _as_map(*_collected(BytesIO(text.encode("utf-8")), "the text", only, None))


def _as_map(words: list[str], vectors: np.ndarray) -> dict[str, np.ndarray]:
    word_to_vec_map: dict[str, np.ndarray] = {}
    for word, vector in zip(words, vectors, strict=True):
        word_to_vec_map.setdefault(word, vector)
    return word_to_vec_map


def _collected(
    file: BinaryIO, name: str, only: Collection[str] | None, limit: int | None
) -> tuple[list[str], np.ndarray]:
    wanted = None if only is None else frozenset(only)
    words: list[str] = []
    numbers = array("f")
    header, lines = _header(_numbered(file, name), name)
    n, read = header.n if header else 0, 0
    for number, line in lines:
        if read == limit:
            break
        word, entries = _divided(line, n, f"{name}, line {number}")
        n, read = len(entries), read + 1
        if wanted is None or word in wanted:
            words.append(word)
            numbers.extend(_as_numbers(entries, f"{name}, line {number}"))
    else:
        _require_all(header, read, name)
    return words, np.asarray(numbers).reshape(len(words), n)


def split_known(
    words: Iterable[str], word_to_vec_map: Collection[str]
) -> tuple[list[str], list[str]]:
    """Tell the words that have a vector from those that have none.

    Parameters
    ----------
    words : iterable of str
    word_to_vec_map : dict of str to ndarray

    Returns
    -------
    known, unknown : list of str
        In their order.

    Examples
    --------
    >>> split_known(["tea", "gin", "tea"], {"tea": np.zeros(2)})
    (['tea', 'tea'], ['gin'])
    """
    known: list[str] = []
    unknown: list[str] = []
    for word in words:
        (known if word in word_to_vec_map else unknown).append(word)
    return known, unknown


def _opened(path: Path) -> BinaryIO:
    if not path.is_file():
        raise VectorFileError(f"{path}: there is no such file. Check the name and the folder.")
    return cast(BinaryIO, gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _numbered(file: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """Give the lines that are not blank, with their numbers."""
    number = 0
    try:
        for number, raw in enumerate(file, start=1):
            if line := raw.decode("utf-8").strip(" \t\r\n"):
                yield number, line
    except UnicodeDecodeError as error:
        raise VectorFileError(f"{name}, line {number}: not text in UTF-8.") from error
    except (OSError, EOFError) as error:
        raise VectorFileError(f"{name}, after line {number}: {error}") from error


def _header(
    lines: Iterator[tuple[int, str]], name: str
) -> tuple[Header | None, Iterator[tuple[int, str]]]:
    """Take off the first line of a word2vec file: two whole numbers, and nothing else."""
    for number, line in lines:
        entries = _BLANKS.split(line)
        if len(entries) != 2 or not all(e.isascii() and e.isdigit() for e in entries):
            return None, chain([(number, line)], lines)
        header = Header(*map(int, entries))
        if not header.n:
            raise VectorFileError(f"{name}, line {number}: promises vectors without numbers.")
        return header, lines
    return None, lines


def _divided(line: str, n: int, where: str) -> tuple[str, list[str]]:
    """Divide a line into its word and its numbers: n of them, once that is known.

    A few words of GloVe's largest files hold blanks.
    """
    entries = _BLANKS.split(line)
    count = len(entries) - 1
    if (count > n > 0 and all(map(_is_number, entries[1:-n]))) or count < max(n, 1):
        wanted = f"{n}, as before" if n else "at least one"
        raise VectorFileError(
            f"{where}: {count} numbers after the word {_short(entries[0])}; it should be {wanted}."
        )
    n = n or count
    return " ".join(entries[:-n]), entries[-n:]


def _as_numbers(entries: list[str], where: str) -> list[float]:
    try:
        numbers = list(map(float, entries))
    except ValueError:
        numbers = []
    if not numbers or any("_" in entry for entry in entries):
        wrong = next(entry for entry in entries if not _is_number(entry))
        raise VectorFileError(f"{where}: {_short(wrong)} is not a number.")
    if not max(map(abs, numbers)) <= _LARGEST or any(map(math.isnan, numbers)):
        raise VectorFileError(f"{where}: a number is infinite, too large or not a number (NaN).")
    return numbers


def _is_number(entry: str) -> bool:
    try:
        float(entry)
    except ValueError:
        return False
    return "_" not in entry  # Python reads 1_000 as a number


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def _require_all(header: Header | None, read: int, name: str) -> None:
    if not read:
        raise VectorFileError(f"{name}: there are no vectors here.")
    if header and read != header.n_words:
        raise VectorFileError(
            f"{name}: the first line promises {header.n_words} words, but there are {read}. "
            "Perhaps it was cut off: copy it again."
        )
