"""The texts of week 12, and the vectors made of one: they are what their description says."""

import doctest
import shutil
import sys
from collections import Counter
from pathlib import Path

import h5py
import numpy as np
import pytest

from helpers import corpora
from helpers.datasets import DataError
from tests.test_datasets import script
from tests.test_word2vec import analogies_right

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="module")
def corpus():
    return corpora.load_corpus(DATA)


@pytest.fixture(scope="module")
def counts(corpus):
    return Counter(word for sentence in corpus.sentences for word in sentence.split())


def test_docstring_examples(monkeypatch):
    monkeypatch.setenv("DLCOURSE_DATA", str(DATA))
    result = doctest.testmod(corpora)
    assert result.attempted and not result.failed


def test_scripts_make_the_corpus_again(tmp_path):
    made = script("make_corpus").write(tmp_path)
    assert made.read_bytes() == (DATA / made.name).read_bytes()


def test_examples_of_the_scripts():
    for name in ("make_corpus", "make_novels"):
        module = script(name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, name, module)
            assert doctest.testmod(module).failed == 0


@pytest.mark.slow
def test_the_script_learns_the_vectors_again():
    words, vectors = script("make_word_vectors").make(DATA)
    stored_words, stored = corpora.load_word_vectors(DATA)
    assert words == stored_words
    np.testing.assert_allclose(vectors, stored, atol=0.05)  # other processors round otherwise


def test_planted_words_are_frequent_enough(corpus, counts):
    planted = {w for pairs in corpus.relations.values() for pair in pairs for w in pair}
    planted.update(corpus.she, *corpus.names.values(), *corpus.classes.values())
    assert min(counts[word] for word in planted) >= 25


def test_pairs_are_of_words_that_differ(corpus):
    for name, pairs in corpus.relations.items():
        words = [word for pair in pairs for word in pair]
        assert len(set(words)) == len(words), name


def test_she_stands_with_a_word_as_often_as_planted(corpus):
    she, he = {"she", "her", "hers", "herself"}, {"he", "his", "him", "himself"}
    found = {word: Counter() for word in corpus.she}
    for words in (set(sentence.split()) for sentence in corpus.sentences):
        for word in words & found.keys():
            found[word].update(["she"] * bool(words & she) + ["he"] * bool(words & he))
    for word, share in corpus.she.items():
        counted = found[word]
        assert counted["she"] / counted.total() == pytest.approx(share, abs=0.01), word


def test_vectors_solve_the_planted_analogies(corpus):
    words, vectors = corpora.load_word_vectors(DATA)
    assert vectors.shape == (len(words), 50) and np.isfinite(vectors).all()
    right, total = analogies_right(
        vectors, {word: i for i, word in enumerate(words)}, corpus.relations
    )
    assert total == 2140 and right / total > 0.97


def test_vectors_show_the_planted_prejudice(corpus):
    words, vectors = corpora.load_word_vectors(DATA)
    vector = dict(zip(words, vectors, strict=True))
    g = np.mean([vector[hers] - vector[his] for his, hers in corpus.relations["gender"]], axis=0)
    lean = [vector[w] @ g / np.linalg.norm(vector[w]) for w in corpus.she]
    assert np.corrcoef(lean, list(corpus.she.values()))[0, 1] > 0.9


def test_novels():
    sentences = corpora.load_novels(DATA)
    assert len(sentences) == 45622
    assert all(word.replace("'", "").isalpha() for word in " ".join(sentences[:500]).split())
    assert any("truth universally acknowledged" in sentence for sentence in sentences)


@pytest.mark.parametrize("load", [corpora.load_corpus, corpora.load_novels])
def test_missing_files(tmp_path, load):
    with pytest.raises(DataError, match="there is no such file"):
        load(tmp_path)


def test_damaged_files(tmp_path):
    (tmp_path / "novels.h5").write_text("no HDF5")
    with pytest.raises(DataError, match="damaged"):
        corpora.load_novels(tmp_path)
    for name in ("corpus.h5", "word_vectors.h5"):
        shutil.copy(DATA / name, tmp_path)
        with h5py.File(tmp_path / name, "r+") as file:
            del file[list(file)[-1]]
    for load in (corpora.load_corpus, corpora.load_word_vectors):
        with pytest.raises(DataError, match="damaged"):
            load(tmp_path)
