"""Make word_maps.h5: words of the generated corpus, and points without meaning, drawn by t-SNE.

Run it from anywhere: ``python data/make_word_maps.py``. It needs corpus.h5 and word_vectors.h5
in the folder it writes to, or beside this script, and scikit-learn.

t-SNE looks for its maps step by step, and small differences grow: another version of a package,
or another processor, draws other maps. Students look at these, and need no scikit-learn.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import h5py
import numpy as np
from sklearn.manifold import TSNE

from helpers.corpora import Corpus, load_corpus, load_word_vectors

SEED = 12
PERPLEXITIES = {"words": (5, 30), "noise": (2, 30), "blobs": (5, 30)}
NOISE = 150  # points of no structure at all
BLOBS = (60, 60)  # points of two clusters, the second ten times as wide as the first


def choose(corpus: Corpus) -> list[tuple[str, str]]:
    """Choose words, each with the name of its group."""
    wanted = {
        "men": [a for a, _ in corpus.relations["gender"]],
        "women": [b for _, b in corpus.relations["gender"]],
        "countries": [a for a, _ in corpus.relations["capital"]],
        "capitals": [b for _, b in corpus.relations["capital"]],
        "comparatives": [b for _, b in corpus.relations["comparative"]],
        "young animals": [b for _, b in corpus.relations["young_animal"]],
        "food": corpus.classes["fork"],
        "sports": corpus.classes["ball"],
        "sorrow": corpus.classes["sad"],
    }
    return [(word, group) for group, words in wanted.items() for word in words]


def make_noise() -> np.ndarray:
    """Draw points (150, 50) of one Gaussian cloud."""
    return np.random.default_rng(SEED).normal(size=(NOISE, 50))


def make_blobs() -> np.ndarray:
    """Draw points (120, 50) of two clouds, a narrow one and a wide one."""
    rng = np.random.default_rng(SEED + 1)
    centre = np.zeros(50)
    centre[0] = 100
    return np.vstack(
        [rng.normal(size=(BLOBS[0], 50)), centre + 10 * rng.normal(size=(BLOBS[1], 50))]
    )


def draw_map(X: np.ndarray, perplexity: int, seed: int = SEED) -> np.ndarray:
    """Draw points (m, n) in the plane with t-SNE."""
    search = TSNE(perplexity=perplexity, init="random", random_state=seed, method="exact")
    drawn: np.ndarray = np.round(search.fit_transform(X), 2).astype(np.float32)
    return drawn


def write(folder: Path) -> Path:
    """Write ``word_maps.h5`` into a folder, and return its path."""
    here = Path(__file__).parent
    source = next(p for p in (folder, here) if (p / "word_vectors.h5").is_file())
    chosen = choose(load_corpus(source))
    words, groups = zip(*chosen, strict=True)
    vectors = dict(zip(*load_word_vectors(source), strict=True))
    points = {
        "words": np.stack([vectors[word] for word in words]),
        "noise": make_noise(),
        "blobs": make_blobs(),
    }
    path = folder / "word_maps.h5"
    with h5py.File(path, "w") as file:
        arrays = {"words": np.array(words, dtype="S"), "groups": np.array(groups, dtype="S")}
        arrays |= {
            f"maps/{name} {perplexity}": draw_map(X, perplexity)
            for name, X in points.items()
            for perplexity in PERPLEXITIES[name]
        }
        arrays["maps/words 30, another start"] = draw_map(points["words"], 30, SEED + 1)
        arrays |= {f"points/{name}": points[name].astype(np.float32) for name in ("noise", "blobs")}
        for name, array in sorted(arrays.items()):
            file.create_dataset(name, data=array, track_times=False)
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
