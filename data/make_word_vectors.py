"""Make word_vectors.h5: vectors of the words of the generated corpus.

Run it from anywhere: ``python data/make_word_vectors.py``. It needs corpus.h5 in the folder it
writes to, or beside this script, and the package ``helpers``. It takes some ten seconds.

The vectors are those of the contexts, after skip-gram with negative sampling, with their mean
taken away and rounded: sums are rounded differently by different processors, and so the last
digits may differ.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import h5py
import numpy as np

from helpers import word2vec
from helpers.corpora import load_corpus
from helpers.embedding_training import train_word_vectors

EPOCHS = 8
DECIMALS = 4
SEED = 1


def make(folder: Path) -> tuple[list[str], np.ndarray]:
    """Train the vectors on the corpus in a folder.

    Returns
    -------
    words : list of str
        The most frequent first.
    vectors : ndarray of float32, shape (n_words, 50)
        One row for each.
    """
    sentences = load_corpus(folder).sentences
    word_to_index, counts = word2vec.build_vocabulary(sentences)
    ids = [word2vec.sentence_to_ids(sentence, word_to_index) for sentence in sentences]
    E, _ = train_word_vectors(word2vec, ids, counts, epochs=EPOCHS, seed=SEED)
    vectors = np.round(E - E.mean(axis=0), DECIMALS).astype(np.float32)
    return list(word_to_index), vectors


def write(folder: Path) -> Path:
    """Write ``word_vectors.h5`` into a folder, and return its path."""
    here = Path(__file__).parent
    source = next(place for place in (folder, here) if (place / "corpus.h5").is_file())
    words, vectors = make(source)
    path = folder / "word_vectors.h5"
    with h5py.File(path, "w") as file:
        encoded = np.char.encode(np.array(words), "utf-8")
        file.create_dataset("words", data=encoded, track_times=False)
        file.create_dataset("vectors", data=vectors, track_times=False)
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
