"""Make feelings.h5: short sentences of five kinds, for week 12 to classify.

Run it from anywhere: ``python data/make_feelings.py``. It needs corpus.h5 in the folder it
writes to, or beside this script.

The words that tell the kind of a sentence are those of the corpus's classes. They are shared
out: those of the training sentences stand in no dev and in no test sentence, and no dev word
stands in a test sentence. All other words, and the sentences around them, are the same for all
kinds. So what tells the kind of a test sentence is a word that no training sentence had.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

SEED = 3
NAMES = ("heart", "ball", "smile", "sad", "fork")
TRAIN_WORDS, DEV_WORDS = 5, 3  # of each kind; the rest, nine to eleven, are for the test
SENTENCES = {"train": 12, "dev": 8, "test": 20}  # of each kind

VERBS = """love adore hug kiss cuddle cherish embrace play throw catch kick score
eat taste cry laugh smile"""
ADJECTIVES = """beloved dear happy glad joyful cheerful delighted funny wonderful great merry
excited sad unhappy miserable lonely disappointed gloomy hurt terrible awful upset
hungry delicious tasty"""
WITH_VERB = """i {} you
let us {} today
we want to {}
they {} with friends
you and i {} every day
she did {} at school
you often {} my friend"""
WITH_ADJECTIVE = """i am so {}
you are very {} today
this is {} and that is not
what a {} day that was
we are all {}
my friend looks {}
everybody is quite {}"""
WITH_NOUN = """what a {}
i want a {} today
this {} is for you
it was the best {} ever
your {} and mine
we thought about the {}
all people like a good {}"""


def make(corpus: Path, seed: int = SEED) -> dict[str, Any]:
    """Share the words out, and write the sentences.

    Parameters
    ----------
    corpus : Path
        The file ``corpus.h5``.
    seed : int
        Which words go where, and into which sentences.

    Returns
    -------
    dict of str to list of str or ndarray
        For "train", "dev" and "test": ``…_x``, the sentences, and ``…_y`` (m,) int64, their
        kinds; ``names``, what the kinds are called.
    """
    rng = np.random.default_rng(seed)
    made: dict[str, Any] = {"names": list(NAMES)}
    by_kind = [_shared_out(words, rng) for words in _class_words(corpus)]
    for part, count in SENTENCES.items():
        pairs = [
            (text, kind)
            for kind, words in enumerate(by_kind)
            for text in _written(words[part], count, rng)
        ]
        order = rng.permutation(len(pairs))
        made[f"{part}_x"] = [pairs[place][0] for place in order]
        made[f"{part}_y"] = np.array([pairs[place][1] for place in order])
    return made


def _class_words(corpus: Path) -> list[list[str]]:
    with h5py.File(corpus) as file:
        return [sorted(file[f"classes/{name}"].asstr()[()]) for name in NAMES]


def _shared_out(words: Sequence[str], rng: np.random.Generator) -> dict[str, list[str]]:
    order = [str(word) for word in rng.permutation(words)]
    dev = TRAIN_WORDS + DEV_WORDS
    return {"train": order[:TRAIN_WORDS], "dev": order[TRAIN_WORDS:dev], "test": order[dev:]}


def _written(words: Sequence[str], count: int, rng: np.random.Generator) -> list[str]:
    """Write different sentences, each word as often as the others, or once more."""
    all_of_them = [
        [str(text) for text in rng.permutation([frame.format(word) for frame in _frames(word)])]
        for word in words
    ]
    in_turns = [texts[turn] for turn in range(len(all_of_them[0])) for texts in all_of_them]
    return in_turns[:count]


def _frames(word: str) -> list[str]:
    kinds = ((VERBS, WITH_VERB), (ADJECTIVES, WITH_ADJECTIVE))
    found = [frames for listed, frames in kinds if word in listed.split()]
    return (found[0] if found else WITH_NOUN).splitlines()


def write(folder: Path) -> Path:
    """Write ``feelings.h5`` into a folder, and return its path."""
    here = Path(__file__).parent
    corpus = next(p / "corpus.h5" for p in (folder, here) if (p / "corpus.h5").is_file())
    path = folder / "feelings.h5"
    with h5py.File(path, "w") as file:
        for name, value in sorted(make(corpus).items()):
            stored = np.array(value, dtype="S") if isinstance(value, list) else value
            file.create_dataset(name, data=stored, track_times=False)
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
