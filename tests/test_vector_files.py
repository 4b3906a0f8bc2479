"""Files of word vectors: what is written comes back, and what is wrong is said."""

import gzip
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.vector_files import VectorFileError, load_vectors, read_vectors, split_known

letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=" \t\r\n"), min_size=1
)
numbers = st.floats(width=32, allow_nan=False, allow_infinity=False)


@st.composite
def vector_sets(draw: st.DrawFn) -> dict[str, list[float]]:
    """Draw words of any writing, and vectors of one length, at least two numbers long."""
    n = draw(st.integers(2, 5))
    vector = st.lists(numbers, min_size=n, max_size=n)
    return draw(st.dictionaries(letters, vector, min_size=1, max_size=6))


def lines_of(vectors):
    return [f"{word} {' '.join(map(repr, vector))}" for word, vector in vectors.items()]


def write(path: Path, lines, header=False):
    first = [f"{len(lines)} {len(lines[0].split(' ')) - 1}"] if header else []
    path.write_text("\n".join([*first, *lines]) + "\n", encoding="utf-8", newline="\n")
    return path


@given(vector_sets(), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_written_comes_back(tmp_path_factory, vectors, header, packed):
    path = write(tmp_path_factory.mktemp("v") / "mine.txt", lines_of(vectors), header)
    if packed:
        path.with_suffix(".gz").write_bytes(gzip.compress(path.read_bytes()))
        path = path.with_suffix(".gz")
    words, array = read_vectors(path)
    assert words == list(vectors)
    assert array.dtype == np.float32
    np.testing.assert_array_equal(array, np.array(list(vectors.values()), np.float32))


@given(vector_sets(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_line_is_named(tmp_path_factory, vectors, data):
    """Whatever is done to one line, its number is in the message."""
    lines = lines_of(vectors)
    place = data.draw(st.integers(0, len(lines) - 1))
    word, *entries = lines[place].split(" ")
    wrong = [[word, *entries[:-1]], [word, *entries, "1"], [word, *entries[:-1], "1,5"]]
    wrong += [[word, *entries[:-1], bad] for bad in ("nan", "inf", "1e39", "1_0", "x")]
    changed = data.draw(st.sampled_from(wrong))
    lines[place] = " ".join(changed)
    path = write(tmp_path_factory.mktemp("v") / "mine.txt", lines)
    first = f"{len(lines)} {len(entries)}\n"
    path.write_text(first + path.read_text("utf-8"), encoding="utf-8", newline="\n")
    with pytest.raises(VectorFileError, match=f"line {place + 2}: "):
        read_vectors(path)


def test_words_with_blanks_are_kept_whole(tmp_path):
    path = write(tmp_path / "mine.txt", ["tea 1 2", ". . . 3 4", "at a@b.c 5 6"])
    assert list(load_vectors(path)) == ["tea", ". . .", "at a@b.c"]


def test_of_two_vectors_of_a_word_the_first_is_kept(tmp_path):
    path = write(tmp_path / "mine.txt", ["tea 1 2", "gin 5 6", "tea 3 4"])
    assert load_vectors(path)["tea"].tolist() == [1, 2]


def test_blank_lines_tabs_and_carriage_returns_do_no_harm(tmp_path):
    (tmp_path / "mine.txt").write_bytes(b"\r\ntea\t1  2 \r\n\r\ngin 3 4\r\n\n")
    assert read_vectors(tmp_path / "mine.txt")[1].tolist() == [[1, 2], [3, 4]]


def test_a_part_of_a_file(tmp_path):
    path = write(tmp_path / "mine.txt", ["a 1 2", "b 3 4", "c 5 6", "d 7"])
    assert list(load_vectors(path, limit=2)) == ["a", "b"]
    assert list(load_vectors(path, only={"c", "z"}, limit=3)) == ["c"]
    assert load_vectors(path, only=[], limit=3) == {}


@pytest.mark.parametrize(
    "text, message",
    [
        (b"", "no vectors"),
        (b"3 2\n", "no vectors"),
        (b"3 2\na 1 2\nb 3 4\n", "promises 3 words, but there are 2"),
        (b"3 0\na\n", "line 1: promises vectors without numbers"),
        (b"a\n", "line 1: 0 numbers after the word 'a'; it should be at least one"),
        (b"a 1 2\n\nb 1\n", "line 3: 1 numbers after the word 'b'; it should be 2, as before"),
        (b"a 1 2\nb 1 \xff\n", "line 2: not text in UTF-8"),
        (b"a 1 2\n" + b"b" * 99 + b" 1\n", "b{30}…"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, message):
    (tmp_path / "mine.txt").write_bytes(text)
    with pytest.raises(VectorFileError, match=message):
        load_vectors(tmp_path / "mine.txt")


def test_a_missing_and_a_broken_file(tmp_path):
    with pytest.raises(VectorFileError, match="no such file"):
        load_vectors(tmp_path / "none.txt")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"a 1 2\n" * 1000)[:-9])
    with pytest.raises(VectorFileError, match="after line"):
        load_vectors(tmp_path / "cut.gz")


def test_a_large_file_is_not_held_twice(tmp_path):
    n, n_words = 50, 20_000
    line = " ".join(["0.123456"] * n)
    path = write(tmp_path / "large.txt", [f"w{k} {line}" for k in range(n_words)], header=True)
    tracemalloc.start()
    _, vectors = read_vectors(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert vectors.nbytes == 4 * n * n_words
    assert peak < 1.6 * vectors.nbytes + 100 * n_words  # the words themselves


def test_vectors_may_be_written_to_and_share_one_array(tmp_path):
    vectors = load_vectors(write(tmp_path / "mine.txt", ["a 1 2", "b 3 4"]))
    vectors["a"] /= 2
    assert vectors["a"].tolist() == [0.5, 1]
    assert vectors["a"].base is vectors["b"].base


def test_known_and_unknown_words():
    known, unknown = split_known(["a", "b", "c", "a"], {"a": np.ones(1), "c": np.ones(1)})
    assert (known, unknown) == (["a", "c", "a"], ["b"])
