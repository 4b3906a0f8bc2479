"""Week 12: word vectors, looked up, compared, freed of bias, drawn, and averaged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import sentence_classifier, softmax_regression, word_bias, word_vectors
from helpers.checking.checks import LeavesInputsAlone, Matches
from helpers.checking.outcomes import Arguments, arguments
from helpers.checking.variants import MatchesVariant

Generator = np.random.Generator
WordMap = dict[str, np.ndarray]

POOL = (
    *("tea", "milk", "bread", "river", "green", "seven", "quiet", "horse", "table", "cloud"),
    *("paper", "music", "stone", "winter", "garden", "bridge", "lemon", "island", "window", "salt"),
)
UNKNOWN_WORDS = ("zzyzx", "qwert", "grmbl")
# The classic edition's vectors have 50 numbers, and much code written for it says so.
CLASSIC_LENGTH = 50


def _words(rng: Generator, count: int) -> list[str]:
    return [str(word) for word in rng.permutation(POOL)[:count]]


def _word_map(rng: Generator, n_words: int, n: int) -> WordMap:
    return {word: rng.normal(size=n) for word in _words(rng, n_words)}


def _written(rng: Generator, word: str) -> str:
    """Write a word in lower case, in upper case, or with a capital letter."""
    return str(rng.choice([word, word.upper(), word.capitalize()]))


def _length(rng: Generator) -> int:
    return int(rng.integers(3, 7))


def _until(draw: Callable[[], Arguments], clear: Callable[[Arguments], bool]) -> Arguments:
    """Draw again until an answer is clear-cut."""
    while True:
        args = draw()
        if clear(args):
            return args


def _cosine(u: np.ndarray, v: np.ndarray) -> float:
    lengths = float(np.linalg.norm(u) * np.linalg.norm(v))
    return float(u @ v) / lengths if lengths else 0.0


def _edited(source: str, edits: Mapping[str, str]) -> str:
    """Change a text in places that stand in it exactly once."""
    for old, new in edits.items():
        assert source.count(old) == 1, (old, source)
        source = source.replace(old, new)
    return source


# --- words as columns -----------------------------------------------------------------------


def _numbered(rng: Generator, words: Sequence[str]) -> dict[str, int]:
    """Give words numbers, in another order than that in which the dictionary lists them."""
    return {word: int(k) for word, k in zip(words, rng.permutation(len(words)), strict=True)}


def _one_hot_call(rng: Generator, known: int, m: int) -> Arguments:
    words = _words(rng, known)
    asked = [str(word) for word in rng.choice([*words, *UNKNOWN_WORDS[:1]], m)]
    return arguments(asked, _numbered(rng, [*words, "<unk>"]))


def _one_hot(rng: Generator) -> Arguments:
    return _one_hot_call(rng, int(rng.integers(3, 7)), int(rng.integers(2, 6)))


def _one_hot_edges(rng: Generator) -> list[Arguments]:
    """Draw one word; a word twice; nothing but unknown words."""
    words = _words(rng, 4)
    numbers = _numbered(rng, [*words, "<unk>"])
    texts = [words[1:2], [words[2], words[0], words[2]], list(UNKNOWN_WORDS[:2])]
    return [arguments(text, numbers) for text in texts]


_INDEX = "word_to_index.get(word, word_to_index['<unk>'])"

WORDS_TO_ONE_HOT = Exercise(
    function="words_to_one_hot",
    reference=word_vectors.words_to_one_hot,
    inputs=_one_hot,
    edge_inputs=_one_hot_edges,
    checks=[Matches(points=4, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "words as rows",
            {"return one_hot": "return one_hot.T"},
            "Your words are rows. As all examples of this course, each one is a column: (n_words, m).",
        ),
        Mistake(
            "unknown words left out",
            """
            def words_to_one_hot(words, word_to_index):
                one_hot = np.zeros((len(word_to_index), len(words)))
                for column, word in enumerate(words):
                    if word in word_to_index:
                        one_hot[word_to_index[word], column] = 1
                return one_hot
            """,
            'A word that the vocabulary lacks becomes a column of zeros. It should be counted as "<unk>", and get that word\'s 1.',
        ),
        Mistake(
            "unknown words not foreseen",
            {_INDEX: "word_to_index[word]"},
            'A word that the vocabulary lacks ends in an error. It should be counted as "<unk>": word_to_index.get(word, …) can do that.',
        ),
        Mistake(
            "place in the dictionary",
            {_INDEX: "list(word_to_index).index(word if word in word_to_index else '<unk>')"},
            "The 1 stands where the dictionary lists the word. Its place is the number that the dictionary gives for it.",
        ),
        Mistake(
            "ones in the whole row",
            {", column] = 1": "] = 1"},
            "A whole row is set to 1. Each word has its own column: set one_hot[row, column].",
        ),
        Mistake(
            "all words in the first column",
            {", column] = 1": ", 0] = 1"},
            "All ones stand in the first column. Word number i belongs into column i.",
        ),
        Mistake(
            "the place written instead of 1",
            {", column] = 1": ", column] = word_to_index.get(word, word_to_index['<unk>'])"},
            "You write the word's number into the column. Its number is the row; what stands there is a 1.",
        ),
        Mistake(
            "places counted from 1",
            {_INDEX: "(word_to_index.get(word, word_to_index['<unk>']) - 1)"},
            "The ones stand one row too high. The places are counted from 0 already.",
        ),
    ],
)


def _embedded(rng: Generator) -> Arguments:
    n, n_words, m = _length(rng), int(rng.integers(7, 10)), int(rng.integers(2, 6))
    indices = rng.integers(0, n_words, m)
    E = rng.normal(size=(n, n_words))
    return arguments(E, indices.tolist() if rng.random() < 0.5 else indices)


def _embedded_edges(rng: Generator) -> list[Arguments]:
    """Draw one word; a word three times; whole numbers; more numbers than words."""
    return [
        arguments(rng.normal(size=(3, 5)), [4]),
        arguments(rng.normal(size=(2, 4)), [3, 0, 3, 3]),
        arguments(rng.integers(-9, 10, (3, 4)), [2, 1]),
        arguments(rng.normal(size=(6, 3)), np.array([2, 0, 1, 0])),
    ]


EMBED = Exercise(
    function="embed",
    reference=word_vectors.embed,
    inputs=_embedded,
    edge_inputs=_embedded_edges,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "rows for columns",
            {"E[:, indices]": "E[[index % len(E) for index in indices]]"},
            "These are rows of E. The words are its columns: E[:, …].",
        ),
        Mistake(
            "vectors as rows",
            {"E[:, indices]": "E[:, indices].T"},
            "The right vectors, but as rows. They should stay columns: (n, m).",
        ),
        Mistake(
            "first word only",
            {"E[:, indices]": "E[:, indices[0]]"},
            "This is the vector of the first word only. A list of places takes several columns at once.",
        ),
        Mistake(
            "each word once",
            {"E[:, indices]": "E[:, np.unique(indices)]"},
            "Each word comes once, and in the order of the vocabulary. Keep the order of `indices`, repetitions too.",
        ),
        Mistake(
            "vectors added up",
            {"E[:, indices]": "np.sum(E[:, indices], axis=1, keepdims=True)"},
            "The vectors are added up. Give each word its own column.",
        ),
        Mistake(
            "the first m words",
            {"E[:, indices]": "E[:, :len(indices)]"},
            "These are the first m words of the vocabulary. Which ones to take is said by `indices`.",
        ),
        Mistake(
            "places counted from 1",
            {"E[:, indices]": "E[:, np.asarray(indices) - 1]"},
            "Every vector is that of the word before. Places are counted from 0 already.",
        ),
    ],
)


def _embedded_back_call(rng: Generator, n: int, indices: Sequence[int], n_words: int) -> Arguments:
    return arguments(rng.normal(size=(n, len(indices))), list(indices), n_words)


def _embedded_back(rng: Generator) -> Arguments:
    """Draw words of which one comes twice at least, and others never."""
    n_words, m = int(rng.integers(7, 10)), int(rng.integers(2, 5))
    indices = rng.integers(0, n_words - 1, m)
    return _embedded_back_call(rng, _length(rng), [*indices.tolist(), int(indices[0])], n_words)


def _embedded_back_edges(rng: Generator) -> list[Arguments]:
    """Draw one word; one word three times; no word twice."""
    calls = [(3, [1], 4), (2, [2, 2, 2], 5), (4, [3, 0, 1], 6)]
    return [_embedded_back_call(rng, *call) for call in calls]


_BACK = """
def embed_backward(dX, indices, n_words):
    dE = np.zeros((dX.shape[0], n_words))
    for i in range(len(indices)):
        dE[:, indices[i]] += dX[:, i]
    return dE
"""

EMBED_BACKWARD = Exercise(
    function="embed_backward",
    reference=word_vectors.embed_backward,
    inputs=_embedded_back,
    edge_inputs=_embedded_back_edges,
    checks=[Matches(points=5, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "overwritten where a word repeats",
            _edited(_BACK, {"+= dX": "= dX"}),
            "Where a word comes twice, only one of its gradients is left. They add up. (With a list of places, `dE[:, indices] += dX` adds only once for each place: use a loop, or np.add.at.)",
        ),
        Mistake(
            "averaged where a word repeats",
            _edited(_BACK, {"+= dX[:, i]": "+= dX[:, i] / list(indices).count(indices[i])"}),
            "Where a word comes twice, you average. The word had a part in the cost each time: add up.",
        ),
        Mistake(
            "averaged over the words",
            _edited(_BACK, {"+= dX[:, i]": "+= dX[:, i] / len(indices)"}),
            "You divide by the number of words. The factor 1/m of the cost is in dX already.",
        ),
        Mistake(
            "as rows",
            _edited(_BACK, {"return dE": "return dE.T"}),
            "The gradient has the shape of E, (n, n_words). Yours is transposed.",
        ),
        Mistake(
            "only as many columns as needed",
            _edited(_BACK, {"n_words))": "max(indices) + 1))"}),
            "Some columns are missing: E has a column for each word of the vocabulary. Those of words that were not looked up have gradient zero.",
        ),
        Mistake(
            "in the first columns",
            _edited(_BACK, {"dE[:, indices[i]]": "dE[:, i % n_words]"}),
            "The gradient of word number i stands in column i. It belongs to the column from which the word's vector came: indices[i].",
        ),
        Mistake(
            "all gradients to each word",
            _edited(_BACK, {"+= dX[:, i]": "+= np.sum(dX, axis=1)"}),
            "Each word gets the gradients of all. Column i of dX belongs to word number i alone.",
        ),
        Mistake(
            "last word missing",
            _edited(_BACK, {"range(len(indices))": "range(len(indices) - 1)"}),
            "The last word of the list is left out.",
        ),
    ],
)


# --- similarity -----------------------------------------------------------------------------


def _two_vectors(rng: Generator) -> Arguments:
    n = int(rng.integers(2, 7))
    u, v = (rng.uniform(0.3, 3) * rng.normal(size=n) for _ in range(2))
    return arguments(u, v)


def _two_vectors_edges(rng: Generator) -> list[Arguments]:
    """Draw whole numbers; one axis; opposite directions; equal vectors; long ones; a zero vector."""
    whole = rng.integers(1, 9, (2, 5))
    # Of length 11: its cosine with itself is 1 without any rounding, and so is the angle 0.
    v = rng.permutation([1.0, 2.0, 4.0, 10.0]) * rng.choice([-1, 1], 4)
    with_zero = (rng.normal(size=3), np.zeros(3))
    return [
        arguments(whole[0], -whole[1]),
        arguments(np.array([rng.uniform(0.5, 3)]), np.array([-rng.uniform(0.5, 3)])),
        arguments(v, -2 * v),
        arguments(v, v),
        arguments(rng.normal(size=CLASSIC_LENGTH), rng.normal(size=CLASSIC_LENGTH)),
        Arguments(with_zero, about="zero vectors"),
    ]


_QUOTIENT = "float(np.dot(u, v) / lengths)"

COSINE_SIMILARITY = Exercise(
    function="cosine_similarity",
    reference=word_vectors.cosine_similarity,
    inputs=_two_vectors,
    edge_inputs=_two_vectors_edges,
    checks=[
        Matches(points=4, label="the cosine"),
        Matches(
            about="zero vectors",
            label="a zero vector",
            hint="A zero vector has no direction, and 0/0 is nan. Returning 0 there is kinder; no exercise needs it.",
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "dot product",
            {_QUOTIENT: "float(np.dot(u, v))"},
            "This is the dot product. It grows with the vectors: divide by both lengths.",
        ),
        Mistake(
            "one length only",
            {" * np.linalg.norm(v)": ""},
            "You divide by the length of u only. v's length must go, too.",
        ),
        Mistake(
            "squared lengths",
            {"np.linalg.norm(u) * np.linalg.norm(v)": "np.sum(u**2) * np.sum(v**2)"},
            "These are squared lengths: take the root of each sum of squares.",
        ),
        Mistake(
            "sum of the lengths",
            {"np.linalg.norm(u) * np.linalg.norm(v)": "np.linalg.norm(u) + np.linalg.norm(v)"},
            "The lengths are multiplied, not added.",
        ),
        Mistake(
            "distance",
            "def cosine_similarity(u, v):\n    return float(np.linalg.norm(u - v))",
            "This is the distance of the two points. The cosine asks for the angle between the arrows.",
        ),
        Mistake(
            "cosine distance",
            {_QUOTIENT: "float(1 - np.dot(u, v) / lengths)"},
            "This is 1 minus the similarity, a measure of how different they are.",
        ),
        Mistake(
            "without sign",
            {_QUOTIENT: "float(abs(np.dot(u, v)) / lengths)"},
            "The sign matters: opposite directions have the cosine −1.",
        ),
        Mistake(
            "the angle",
            {_QUOTIENT: "float(np.arccos(np.clip(np.dot(u, v) / lengths, -1, 1)))"},
            "This is the angle itself. Return its cosine.",
        ),
        Mistake(
            "length of the products",
            {"np.linalg.norm(u) * np.linalg.norm(v)": "np.linalg.norm(u * v)"},
            "You take the length of the products. It is the product of the lengths.",
        ),
    ],
    equivalent={
        "np.dot(u, v) / lengths": "Editions of the exercise differ on zero vectors, so no points depend on them.",
    },
)


def _neighbours_call(rng: Generator, n_words: int, n: int, k: int) -> Arguments:
    word_map = _word_map(rng, n_words, n)
    return arguments(_written(rng, str(rng.choice(list(word_map)))), word_map, k=k)


def _ranked(args: Arguments) -> bool:
    """Tell whether the similarities of all words are clearly apart."""
    word, word_map = args.positional
    vectors = [v for other, v in word_map.items() if other != word.lower()]
    similar = np.sort([_cosine(word_map[word.lower()], v) for v in vectors])
    return len(similar) < 2 or bool(np.min(np.diff(similar)) > 0.01)


def _neighbours(rng: Generator) -> Arguments:
    n, k = _length(rng), int(rng.integers(2, 5))
    return _until(lambda: _neighbours_call(rng, int(rng.integers(6, 9)), n, k), _ranked)


def _neighbours_edges(rng: Generator) -> list[Arguments]:
    """Draw the nearest one; all others; whole numbers; vectors that all point away; k left out."""

    def whole() -> Arguments:
        words = _words(rng, 5)
        vectors = zip(words, rng.integers(-9, 10, (5, 4)), strict=True)
        return arguments(words[2], dict(vectors), k=2)

    def away() -> Arguments:
        words, v = _words(rng, 4), rng.normal(size=5)
        others = [-v + 0.4 * rng.normal(size=5) for _ in words[1:]]
        return arguments(words[0], dict(zip(words, [v, *others], strict=True)), k=2)

    def by_default() -> Arguments:
        return Arguments(_neighbours_call(rng, 8, 4, 5).positional)

    draws = [
        lambda: _neighbours_call(rng, 6, 3, 1),
        lambda: _neighbours_call(rng, 4, 4, 3),
        *(whole, away, by_default),
    ]
    return [_until(draw, _ranked) for draw in draws]


_NEAREST = """
def nearest_neighbours(word, word_to_vec_map, k=5):
    word = word.lower()
    e = word_to_vec_map[word]
    found = []
    for other, vector in word_to_vec_map.items():
        if other != word:
            found.append((cosine_similarity(e, vector), other))
    found.sort(reverse=True)
    return [other for _, other in found[:k]]
"""

NEAREST_NEIGHBOURS = Exercise(
    function="nearest_neighbours",
    reference=word_vectors.nearest_neighbours,
    inputs=_neighbours,
    edge_inputs=_neighbours_edges,
    checks=[Matches(points=5, label="the words, in order"), LeavesInputsAlone()],
    uses=("cosine_similarity",),
    mistakes=[
        Mistake(
            "the word itself",
            _edited(_NEAREST, {"if other != word:": "if True:"}),
            "The first neighbour is the word itself: leave it out.",
        ),
        Mistake(
            "most different first",
            _edited(_NEAREST, {"reverse=True": "reverse=False"}),
            "These are the words that are least similar: sort the other way round.",
        ),
        Mistake(
            "by distance",
            _edited(_NEAREST, {"cosine_similarity(e, vector)": "-np.linalg.norm(e - vector)"}),
            "You order by distance. Vectors of the same direction may be far apart, if one is longer: order by cosine similarity.",
        ),
        Mistake(
            "by dot product",
            _edited(_NEAREST, {"cosine_similarity(e, vector)": "np.dot(e, vector)"}),
            "You order by the dot product, which favours long vectors: use the cosine similarity.",
        ),
        Mistake(
            "case kept",
            _edited(_NEAREST, {"word.lower()": "word"}),
            'The word may come as "Tea" or "TEA". The dictionary has lower-case words only: use word.lower().',
        ),
        Mistake(
            "the right words in the wrong order",
            _edited(_NEAREST, {"found[:k]": "found[:k][::-1]"}),
            "The right words, but the most similar one should come first.",
        ),
        Mistake(
            "one too few",
            _edited(_NEAREST, {"found[:k]": "found[: k - 1]"}),
            "One word is missing: k words are asked for, not counting the word itself.",
        ),
        Mistake(
            "unsorted",
            _edited(_NEAREST, {"    found.sort(reverse=True)\n": ""}),
            "These are the first k words of the dictionary: sort them by similarity before you take k.",
        ),
        Mistake(
            "without sign",
            _edited(
                _NEAREST, {"cosine_similarity(e, vector)": "abs(cosine_similarity(e, vector))"}
            ),
            "A word in the opposite direction is not a neighbour: keep the sign.",
        ),
        Mistake(
            "all words",
            _edited(_NEAREST, {"found[:k]": "found"}),
            "All words are listed. Keep the first k.",
        ),
    ],
)


# --- analogies ------------------------------------------------------------------------------

# Many maps are drawn at once, as arrays (maps, words, n), and one is taken in which the right
# word, and what wrong formulas make of it, are clear-cut. Rows 0, 1 and 2 are the words a, b, c.
Winners = Mapping[str, np.ndarray]
_CLEAR = 0.03
_GIVEN = (0, 1, 2)
FORMULAS: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]] = {
    "direction": lambda a, b, c, V: _cosines(V - c, b - a),
    "place": lambda a, b, c, V: _cosines(V, b - a + c),
    "distance": lambda a, b, c, V: -np.linalg.norm(b - a + c - V, axis=2),
    "dot": lambda a, b, c, V: np.sum((V - c) * (b - a), axis=2),
    "whole": lambda a, b, c, V: _cosines(V, b - a),
    "from a": lambda a, b, c, V: _cosines(V - a, b - a),
    "from b": lambda a, b, c, V: _cosines(V - b, b - a),
    "mixed up": lambda a, b, c, V: _cosines(V - b, c - a),
}


def _cosines(V: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Compute the cosine of each word's vector with one vector for each map; 0 for zeros."""
    lengths = np.linalg.norm(V, axis=2) * np.linalg.norm(x, axis=2)
    cosines: np.ndarray = np.sum(V * x, axis=2) / np.where(lengths > 0, lengths, 1)
    return cosines


def _best(scores: np.ndarray, skipped: Sequence[int]) -> np.ndarray:
    """Find the best word of each map, or -1 where none is clearly the best."""
    scores = scores.astype(float)
    scores[:, skipped] = -np.inf
    second, first = np.sort(scores, axis=1)[:, -2:].T
    best: np.ndarray = np.where(first - second > _CLEAR, np.argmax(scores, axis=1), -1)
    return best


def _winners(V: np.ndarray, same: bool = False) -> dict[str, np.ndarray]:
    """Find each formula's word in each map; and "right", -1 where editions may differ on it.

    One edition skips all given words, another only c. "agreed" is where both formulas in use,
    that of directions and that of places, come to the same.
    """
    a, b, c = V[:, 0:1], V[:, 1:2], V[:, 2:3]
    scores = {name: formula(a, b, c, V) for name, formula in FORMULAS.items()}
    found = {name: _best(score, _GIVEN) for name, score in scores.items()}
    only_c = (1, 2) if same else (2,)
    right, place = (_best(scores[name], only_c) for name in ("direction", "place"))
    found["right"] = np.where(right > 2, right, -1)
    found["unskipped place"] = _best(scores["place"], [])
    found["ahead"] = np.max(scores["direction"][:, 3:], axis=1)
    found["agreed"] = (found["right"] >= 0) & (right == place) & (found["ahead"] > 0.1)
    return found


def _misled(found: Winners, *formulas: str) -> np.ndarray:
    """Tell in which maps some formulas clearly choose wrong words."""
    wrong = [(found[name] >= 0) & (found[name] != found["right"]) for name in formulas]
    misled: np.ndarray = np.logical_and.reduce([found["right"] >= 0, *wrong])
    return misled


def _unlike(found: Winners, *formulas: str) -> np.ndarray:
    """Tell in which maps some formulas clearly choose words that no other mistaken one does."""
    others = ("distance", "dot", "whole", "mixed up")
    pairs = [(one, other) for one in formulas for other in others if one != other]
    clear = [found[name] >= 0 for name in others]
    unlike: np.ndarray = np.logical_and.reduce(
        [*clear, *(found[one] != found[other] for one, other in pairs)]
    )
    return unlike


def _chosen(
    rng: Generator,
    draw: Callable[[], np.ndarray],
    clear: Callable[[Winners], np.ndarray],
    same: bool = False,
    last: bool = False,
) -> Arguments:
    """Draw maps until one is clear, and name its words; the right one stands inside, or last."""
    while True:
        V = draw()
        found = _winners(V, same)
        if len(places := np.flatnonzero(clear(found))):
            place = places[0]
            break
    names = _words(rng, V.shape[1])
    if same:
        names[1] = names[2]
    wrong = [row for row in range(3, V.shape[1]) if row != found["right"][place]]
    first, *others, end = (int(row) for row in rng.permutation(wrong))
    middle = rng.permutation([*_GIVEN, *others, found["right"][place]])
    rows = [first, *(int(row) for row in middle), end]
    if last:
        rows.sort(key=lambda row: row == found["right"][place])
    word_map = {names[row]: V[place, row] for row in rows}
    return arguments(*(_written(rng, names[row]) for row in _GIVEN), word_map)


def _planted(
    rng: Generator, maps: int = 8, n_words: int = 8, n: int = 4, noise: float = 0.3
) -> np.ndarray:
    """Draw maps in which one word completes the analogy more or less."""
    V = rng.normal(size=(maps, n_words, n))
    along = rng.uniform(0.7, 1.6, (maps, 1)) * (V[:, 1] - V[:, 0])
    V[:, 3] = V[:, 2] + along + noise * rng.normal(size=(maps, n))
    return V


def _whole(rng: Generator) -> np.ndarray:
    return rng.integers(-5, 6, (100, 6, 4))


def _same_twice(rng: Generator) -> np.ndarray:
    """Draw maps whose second and third word are the same, to find the next on that line."""
    V = rng.normal(size=(100, 7, 4))
    V[:, 1] = V[:, 2]
    return V


def _pointing_back(rng: Generator) -> np.ndarray:
    """Draw maps in which no word lies ahead of word_c: the best is the least bad."""
    V = rng.normal(size=(100, 6, 4))
    step = 2 * V[:, 1] / np.linalg.norm(V[:, 1], axis=1, keepdims=True)
    V[:, 0] = V[:, 2] - 5 * step + 0.3 * V[:, 0]
    V[:, 1] = V[:, 0] + step
    behind = V[:, 2:3] - rng.uniform(1, 2, (100, 3, 1)) * step[:, None]
    V[:, 3:] = behind + 0.9 * V[:, 3:]
    return V


def _analogy(rng: Generator) -> Arguments:
    n, n_words = _length(rng), int(rng.integers(6, 9))
    return _chosen(rng, lambda: _planted(rng, n_words=n_words, n=n), lambda found: found["agreed"])


def _analogy_edges(rng: Generator) -> list[Arguments]:
    """Draw special analogies; and some on which only a comparison of directions is right."""

    def loose() -> np.ndarray:
        return _planted(rng, maps=200, noise=2.0)

    def agreed(*formulas: str) -> Arguments:
        def clear(found: Winners) -> np.ndarray:
            unlike = _unlike(found, *formulas)
            chosen: np.ndarray = found["agreed"] & _misled(found, *formulas) & unlike
            return chosen

        return _chosen(rng, loose, clear)

    def agreed_of_many() -> Arguments:
        """Mislead in a plain analogy whoever starts elsewhere, or lets the given words win."""

        def clear(found: Winners) -> np.ndarray:
            given = np.isin(found["unskipped place"], _GIVEN)
            chosen: np.ndarray = found["agreed"] & _misled(found, "from a", "from b") & given
            return chosen

        return _chosen(rng, loose, clear)

    def apart(one: str, other: str) -> Arguments:
        def clear(found: Winners) -> np.ndarray:
            chosen: np.ndarray = _misled(found, "place", one, other) & (found[one] != found[other])
            return chosen

        word_a, *others = _chosen(rng, loose, clear).positional
        return Arguments((word_a.upper(), *others), about="directions")

    def mixed_up(found: Winners) -> np.ndarray:
        """Mislead who mixes the pairs up, and who lets the given words win."""
        apart = _misled(found, "place", "mixed up") & (found["place"] != found["mixed up"])
        given = np.isin(found["unskipped place"], _GIVEN)
        misleading: np.ndarray = apart & given & _unlike(found, "mixed up")
        return misleading

    def behind(found: Winners) -> np.ndarray:
        clear: np.ndarray = (found["right"] >= 0) & (found["ahead"] < -0.05)
        return clear

    pairs = [("place", "distance"), ("place", "dot"), ("distance", "dot"), ("dot", "whole")]
    back = _chosen(rng, lambda: _pointing_back(rng), behind)
    return [
        _chosen(rng, lambda: _whole(rng), lambda found: found["agreed"], last=True),
        _chosen(rng, lambda: _same_twice(rng), lambda found: found["agreed"], same=True),
        agreed("dot"),
        agreed("whole", "distance"),
        agreed("mixed up"),
        agreed_of_many(),
        *(apart(*pair) for pair in pairs),
        Arguments(_chosen(rng, loose, mixed_up).positional, about="directions"),
        Arguments(back.positional, about="directions"),
    ]


_ANALOGY = """
def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    word_a, word_b, word_c = word_a.lower(), word_b.lower(), word_c.lower()
    e_a, e_b, e_c = word_to_vec_map[word_a], word_to_vec_map[word_b], word_to_vec_map[word_c]
    max_cosine_sim = -100
    best_word = ""
    for w in word_to_vec_map:
        if w in (word_a, word_b, word_c):
            continue
        cosine_sim = cosine_similarity(e_b - e_a, word_to_vec_map[w] - e_c)
        if cosine_sim > max_cosine_sim:
            max_cosine_sim = cosine_sim
            best_word = w
    return best_word
"""
_SIMILARITY = "cosine_similarity(e_b - e_a, word_to_vec_map[w] - e_c)"
_SUM = "cosine_similarity(e_b - e_a + e_c, word_to_vec_map[w])"
_SKIPPING = "        if w in (word_a, word_b, word_c):\n            continue\n"

COMPLETE_ANALOGY = Exercise(
    function="complete_analogy",
    reference=word_vectors.complete_analogy,
    inputs=_analogy,
    edge_inputs=_analogy_edges,
    checks=[
        Matches(points=6, label="the word"),
        Matches(
            points=2,
            about="directions",
            label="compares directions, whatever the distances",
            hint="Look for the largest cosine of e_b − e_a and e_w − e_c, also where all of them are negative.",
        ),
        LeavesInputsAlone(),
    ],
    uses=("cosine_similarity",),
    mistakes=[
        Mistake(
            "e_c not subtracted",
            _edited(_ANALOGY, {"word_to_vec_map[w] - e_c": "word_to_vec_map[w]"}),
            "You compare e_b − e_a with e_w itself. It should be compared with the step from c to w, e_w − e_c.",
        ),
        Mistake(
            "the sum of vectors",
            _edited(_ANALOGY, {_SIMILARITY: _SUM}),
            "You compare e_w with e_c + e_b − e_a. That is another formula: it asks which word lies near the end of the step. Here the two steps are compared, e_b − e_a and e_w − e_c.",
        ),
        Mistake(
            "given words not skipped",
            _edited(_ANALOGY, {_SKIPPING: ""}),
            "Your answer may be one of the given words: where no word lies ahead of word_c, the step from word_c to itself wins, with similarity 0. Skip the three given words.",
        ),
        Mistake(
            "the sum of vectors, given words not skipped",
            _edited(_ANALOGY, {_SIMILARITY: _SUM, _SKIPPING: ""}),
            "Your answer is often word_b or word_c itself: the words nearest to e_c + e_b − e_a. Skip the three given words, and compare the two steps, e_b − e_a and e_w − e_c.",
        ),
        Mistake(
            "the pairs mixed up",
            _edited(
                _ANALOGY,
                {_SIMILARITY: "cosine_similarity(e_c - e_a, word_to_vec_map[w] - e_b)"},
            ),
            "You go from a to c, and look for a like step from b. The pairs are (a, b) and (c, w): compare e_b − e_a with e_w − e_c.",
        ),
        Mistake(
            "wrong way round",
            _edited(_ANALOGY, {"e_b - e_a": "e_a - e_b"}),
            "You have found the word that lies most nearly in the opposite direction. The step goes from a to b, e_b − e_a, and the largest similarity wins.",
        ),
        Mistake(
            "best not kept",
            _edited(_ANALOGY, {"            max_cosine_sim = cosine_sim\n": ""}),
            "The largest similarity so far is never updated, so the last word wins.",
        ),
        Mistake(
            "first word returned",
            _edited(_ANALOGY, {"    return best_word": "            return best_word"}),
            "The function returns inside the loop, after the first word. Look at all of them first.",
        ),
        Mistake(
            "starts at zero",
            _edited(_ANALOGY, {"= -100": "= 0"}),
            "Your search starts at 0. Where all similarities are negative, nothing is found: start below −1.",
        ),
        Mistake(
            "dot product",
            _edited(_ANALOGY, {"cosine_similarity(e_b - e_a,": "np.dot(e_b - e_a,"}),
            "With the dot product, long steps win. Compare the directions only: use the cosine similarity.",
        ),
        Mistake(
            "distance",
            _edited(
                _ANALOGY,
                {_SIMILARITY: "-np.linalg.norm(e_b - e_a - word_to_vec_map[w] + e_c)"},
            ),
            "You look for the smallest distance. Compare directions: the step from c may be longer or shorter than that from a.",
        ),
        Mistake(
            "case kept",
            _edited(
                _ANALOGY,
                {"word_a.lower(), word_b.lower(), word_c.lower()": "word_a, word_b, word_c"},
            ),
            "The words may come in upper case. The dictionary has lower-case words only: use lower().",
        ),
        Mistake(
            "similarity for word",
            _edited(_ANALOGY, {"return best_word": "return max_cosine_sim"}),
            "You return the similarity. The word is asked for.",
        ),
    ],
)


# --- bias -----------------------------------------------------------------------------------


def _pairs_call(rng: Generator, count: int, n: int) -> Arguments:
    word_map = _word_map(rng, 2 * count + 1, n)
    words = [str(word) for word in rng.permutation(list(word_map))]
    return arguments([(words[2 * k], words[2 * k + 1]) for k in range(count)], word_map)


def _pairs(rng: Generator) -> Arguments:
    return _pairs_call(rng, int(rng.integers(2, 5)), _length(rng))


def _pairs_edges(rng: Generator) -> list[Arguments]:
    """Draw one pair; pairs with a word in common; whole numbers."""
    a, b, c, d = _words(rng, 4)
    whole = dict(zip((a, b, c, d), rng.integers(-9, 10, (4, 3)), strict=True))
    common = {word: rng.normal(size=4) for word in (a, b, c)}
    return [
        _pairs_call(rng, 1, 5),
        arguments([(a, b), (a, c)], common),
        arguments([(d, c), (b, a)], whole),
    ]


_DIFFERENCE = "word_to_vec_map[b] - word_to_vec_map[a]"
_MEAN = "np.mean(differences, axis=0)"

BIAS_DIRECTION = Exercise(
    function="bias_direction",
    reference=word_bias.bias_direction,
    inputs=_pairs,
    edge_inputs=_pairs_edges,
    checks=[Matches(points=4, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "other way round",
            {_DIFFERENCE: "word_to_vec_map[a] - word_to_vec_map[b]"},
            "The direction is the wrong way round: it goes from the first word of a pair to the second, e_b − e_a.",
        ),
        Mistake(
            "sum for mean",
            {_MEAN: "np.sum(differences, axis=0)"},
            "You add the differences up. Divide by the number of pairs.",
        ),
        Mistake(
            "first pair only",
            {_MEAN: "differences[0]"},
            "Only the first pair counts. Average over all of them.",
        ),
        Mistake(
            "last pair only",
            {_MEAN: "differences[-1]"},
            "Only the last pair counts: add up inside the loop, divide after it.",
        ),
        Mistake(
            "one number",
            {_MEAN: "np.mean(differences)"},
            "This is a single number: without an axis, np.mean averages over everything.",
        ),
        Mistake(
            "made of length 1",
            {_MEAN: f"{_MEAN} / np.linalg.norm({_MEAN})"},
            "You have scaled the average to length 1. It is asked for as it is; project does not mind its length.",
        ),
        Mistake(
            "sums of the pairs",
            {_DIFFERENCE: "word_to_vec_map[b] + word_to_vec_map[a]"},
            "What two words have in common is in their sum. How they differ is in their difference.",
        ),
        Mistake(
            "without sign",
            {_DIFFERENCE: "np.abs(word_to_vec_map[b] - word_to_vec_map[a])"},
            "A direction needs its signs: no absolute values.",
        ),
        Mistake(
            "divided by the number of words",
            {_MEAN: "np.sum(differences, axis=0) / (2 * len(pairs))"},
            "Your result is half as long as it should be: divide by the number of pairs, not of words.",
        ),
    ],
)


def _axis(rng: Generator, n: int) -> np.ndarray:
    """Draw an axis whose length is clearly not 1."""
    axis = rng.normal(size=n)
    return (
        axis
        / np.linalg.norm(axis)
        * float(rng.choice([rng.uniform(0.3, 0.7), rng.uniform(1.5, 3)]))
    )


def _projected(rng: Generator) -> Arguments:
    n = _length(rng)
    return arguments(rng.normal(size=n), _axis(rng, n))


def _projected_edges(rng: Generator) -> list[Arguments]:
    """Draw whole numbers; an axis along one coordinate; a vector on the axis; a long one."""
    axis = _axis(rng, 4)
    return [
        arguments(rng.integers(1, 9, 5), rng.integers(1, 9, 5)),
        arguments(rng.normal(size=3), np.array([0.0, -2.0, 0.0])),
        arguments(-1.5 * axis, axis),
        arguments(rng.normal(size=CLASSIC_LENGTH), _axis(rng, CLASSIC_LENGTH)),
    ]


_ALONG = "np.dot(v, axis) / np.dot(axis, axis) * axis"

PROJECT = Exercise(
    function="project",
    reference=word_bias.project,
    inputs=_projected,
    edge_inputs=_projected_edges,
    checks=[Matches(points=4, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "not divided",
            {_ALONG: "np.dot(v, axis) * axis"},
            "The axis need not have length 1. Its length is in your product twice: divide by its square.",
        ),
        Mistake(
            "divided by the length once",
            {_ALONG: "np.dot(v, axis) / np.linalg.norm(axis) * axis"},
            "The axis stands in the formula twice, so its length must be divided out twice: by ‖axis‖², not by ‖axis‖.",
        ),
        Mistake(
            "divided by the other length",
            {_ALONG: "np.dot(v, axis) / np.dot(v, v) * axis"},
            "You divide by the squared length of v. It is that of the axis.",
        ),
        Mistake(
            "axis projected on v",
            {_ALONG: "np.dot(v, axis) / np.dot(v, v) * v"},
            "You have projected the axis on v. Exchange the two.",
        ),
        Mistake(
            "number for vector",
            {_ALONG: "np.dot(v, axis) / np.dot(axis, axis)"},
            "This is how many times the axis fits: a number. Multiply the axis with it.",
        ),
        Mistake(
            "the rest",
            {_ALONG: f"v - {_ALONG}"},
            "This is what is left of v at right angles to the axis. The part along it is asked for.",
        ),
        Mistake(
            "element by element",
            {_ALONG: "v * axis / np.dot(axis, axis) * axis"},
            "v * axis multiplies number by number. You need their sum, the dot product.",
        ),
        Mistake(
            "without sign",
            {_ALONG: "abs(np.dot(v, axis)) / np.dot(axis, axis) * axis"},
            "A vector may point against the axis: the dot product keeps its sign.",
        ),
    ],
)


def _neutralized(rng: Generator) -> Arguments:
    n = _length(rng)
    word_map = _word_map(rng, int(rng.integers(3, 6)), n)
    return arguments(str(rng.choice(list(word_map))), _axis(rng, n), word_map)


def _neutralized_edges(rng: Generator) -> list[Arguments]:
    """Draw whole numbers; vectors of the classic length; one word only."""
    words = _words(rng, 3)
    whole = dict(zip(words, rng.integers(1, 9, (3, 4)), strict=True))
    long, one = _word_map(rng, 3, CLASSIC_LENGTH), _word_map(rng, 1, 3)
    return [
        arguments(words[1], rng.integers(1, 5, 4), whole),
        arguments(next(iter(long)), _axis(rng, CLASSIC_LENGTH), long),
        arguments(next(iter(one)), _axis(rng, 3), one),
    ]


NEUTRALIZE = Exercise(
    function="neutralize",
    reference=word_bias.neutralize,
    inputs=_neutralized,
    edge_inputs=_neutralized_edges,
    checks=[Matches(points=5, label="values and shape"), LeavesInputsAlone()],
    uses=("project",),
    mistakes=[
        Mistake(
            "the biased part",
            {"e - project(e, g)": "project(e, g)"},
            "This is the part along g, that is, the bias. Subtract it from the word's vector.",
        ),
        Mistake(
            "bias doubled",
            {"e - project(e, g)": "e + project(e, g)"},
            "You add the biased part. Subtract it.",
        ),
        Mistake(
            "axis not scaled",
            {"e - project(e, g)": "e - np.dot(e, g) * g"},
            "g has not length 1: divide by its squared length, as in project.",
        ),
        Mistake(
            "divided by the length once",
            {"e - project(e, g)": "e - np.dot(e, g) / np.linalg.norm(g) * g"},
            "Divide by ‖g‖², not by ‖g‖: g stands in the product twice.",
        ),
        Mistake(
            "g subtracted",
            {"e - project(e, g)": "e - g"},
            "You subtract g itself, the same from every word. Subtract as much of it as the word contains.",
        ),
        Mistake(
            "g projected on the word",
            {"e - project(e, g)": "e - project(g, e)"},
            "The arguments of project are exchanged: the word's vector first, then the axis.",
        ),
        Mistake(
            "made of length 1",
            {
                "debiased = e - project(e, g)": "debiased = e - project(e, g)\n    debiased = debiased / np.linalg.norm(debiased)"
            },
            "You have scaled the result to length 1. The exercise asks for e less its part along g, and nothing more.",
        ),
        Mistake(
            "first word of the dictionary",
            {"word_to_vec_map[word]": "list(word_to_vec_map.values())[0]"},
            "This is the vector of another word: look `word` up.",
        ),
    ],
)


def _unit(v: np.ndarray) -> np.ndarray:
    unit: np.ndarray = v / np.linalg.norm(v)
    return unit


def _equalized_call(rng: Generator, n: int) -> Arguments:
    """Draw a pair of vectors of length 1, clearly apart along the axis and across it."""
    while True:
        word_map = {word: _unit(v) for word, v in _word_map(rng, 4, n).items()}
        pair = tuple(str(word) for word in rng.permutation(list(word_map))[:2])
        axis = _axis(rng, n)
        e_w1, e_w2 = (word_map[word] for word in pair)
        difference, g = (e_w1 - e_w2) / 2, _unit(axis)
        along = float(difference @ g)
        across = float(np.linalg.norm(difference - along * g))
        mu = (e_w1 + e_w2) / 2
        shared = float(np.linalg.norm(mu - (mu @ g) * g))
        if min(abs(along), across, shared) > 0.15 and shared < 0.95:
            return arguments(pair, axis, word_map)


def _one_sided(args: Arguments) -> bool:
    """Tell whether both words lie on the same side of the axis's zero."""
    pair, axis, word_map = args.positional
    g = _unit(axis)
    first, second = (float(word_map[word] @ g) for word in pair)
    return first * second > 0.02


def _equalized(rng: Generator) -> Arguments:
    return _equalized_call(rng, _length(rng))


def _equalized_edges(rng: Generator) -> list[Arguments]:
    """Draw words on the same side; vectors of the classic length; an axis along a coordinate."""
    one_sided = _until(lambda: _equalized_call(rng, 4), _one_sided)
    pair, axis, word_map = one_sided.positional
    # In one of the two orders the first word is nearer to zero, in the other the second.
    same = [one_sided, arguments(pair[::-1], axis, word_map)]

    def along_a_coordinate() -> Arguments:
        args = _equalized_call(rng, 3)
        return arguments(args.positional[0], np.array([0.0, 0.0, 1.5]), args.positional[2])

    def apart(args: Arguments) -> bool:
        pair, _, word_map = args.positional
        e_w1, e_w2 = (word_map[word] for word in pair)
        return abs(e_w1[2] - e_w2[2]) > 0.2 and 0.1 < float(np.linalg.norm((e_w1 + e_w2)[:2])) < 1.9

    # The axis is longer than both words, so whoever subtracts it for the middle is wrong in one order.
    straight = _until(along_a_coordinate, apart)
    pair, axis, word_map = straight.positional
    return [*same, straight, arguments(pair[::-1], axis, word_map)]


_EQUALIZE = """
def equalize(pair, bias_axis, word_to_vec_map):
    e_w1, e_w2 = word_to_vec_map[pair[0]], word_to_vec_map[pair[1]]
    mu = (e_w1 + e_w2) / 2
    mu_B = project(mu, bias_axis)
    mu_orth = mu - mu_B
    e_w1B, e_w2B = project(e_w1, bias_axis), project(e_w2, bias_axis)
    scale = np.sqrt(np.abs(1 - np.sum(mu_orth**2)))
    corrected_e_w1B = scale * (e_w1B - mu_B) / np.linalg.norm(e_w1B - mu_B)
    corrected_e_w2B = scale * (e_w2B - mu_B) / np.linalg.norm(e_w2B - mu_B)
    e1 = corrected_e_w1B + mu_orth
    e2 = corrected_e_w2B + mu_orth
    return e1, e2
"""
_CLASSIC = "the length of the whole difference"
_BY_ELEMENTS = "the absolute value element by element"


def _with_denominators(first: str, second: str) -> str:
    return _edited(
        _EQUALIZE, {"np.linalg.norm(e_w1B - mu_B)": first, "np.linalg.norm(e_w2B - mu_B)": second}
    )


EQUALIZE = Exercise(
    function="equalize",
    reference=word_bias.equalize,
    inputs=_equalized,
    edge_inputs=_equalized_edges,
    returns=("e1", "e2"),
    checks=[
        MatchesVariant("e1", points=4, variants=(_CLASSIC, _BY_ELEMENTS)),
        MatchesVariant("e2", points=4, variants=(_CLASSIC, _BY_ELEMENTS)),
        LeavesInputsAlone(),
    ],
    variants={
        _CLASSIC: _with_denominators(
            "np.linalg.norm(e_w1 - mu_orth - mu_B)", "np.linalg.norm(e_w2 - mu_orth - mu_B)"
        ),
        _BY_ELEMENTS: _with_denominators(
            "np.abs(e_w1 - mu_orth - mu_B)", "np.abs(e_w2 - mu_orth - mu_B)"
        ),
    },
    uses=("project",),
    mistakes=[
        Mistake(
            "each keeps what is its own",
            _edited(
                _EQUALIZE,
                {
                    "corrected_e_w1B + mu_orth": "corrected_e_w1B + e_w1 - e_w1B",
                    "corrected_e_w2B + mu_orth": "corrected_e_w2B + e_w2 - e_w2B",
                },
            ),
            "Each word keeps its own part at right angles to the axis, so they still differ in more than the bias. Both get the shared one, μ⊥.",
        ),
        Mistake(
            "axis taken out altogether",
            _edited(
                _EQUALIZE,
                {
                    "= corrected_e_w1B + mu_orth": "= mu_orth",
                    "= corrected_e_w2B + mu_orth": "= mu_orth",
                },
            ),
            "Both words are now the same. They should still differ along the axis: add their corrected parts.",
        ),
        Mistake(
            "middle not subtracted",
            _edited(
                _EQUALIZE,
                {
                    "(e_w1B - mu_B) / np.linalg.norm(e_w1B - mu_B)": "e_w1B / np.linalg.norm(e_w1B)",
                    "(e_w2B - mu_B) / np.linalg.norm(e_w2B - mu_B)": "e_w2B / np.linalg.norm(e_w2B)",
                },
            ),
            "The parts along the axis are measured from their middle: subtract μ_B. Otherwise two words on the same side become the same.",
        ),
        Mistake(
            "root missing",
            _edited(
                _EQUALIZE,
                {"np.sqrt(np.abs(1 - np.sum(mu_orth**2)))": "np.abs(1 - np.sum(mu_orth**2))"},
            ),
            "The root is missing: with Pythagoras, the part along the axis has length √(1 − ‖μ⊥‖²).",
        ),
        Mistake(
            "length not squared",
            _edited(_EQUALIZE, {"np.sum(mu_orth**2)": "np.linalg.norm(mu_orth)"}),
            "Under the root stands 1 − ‖μ⊥‖², the squared length. You subtract the length.",
        ),
        Mistake(
            "not scaled",
            _edited(_EQUALIZE, {"np.sqrt(np.abs(1 - np.sum(mu_orth**2)))": "1"}),
            "The parts along the axis have length 1, so the whole is longer than 1. Scale them by √(1 − ‖μ⊥‖²).",
        ),
        Mistake(
            "the axis not taken out of the middle",
            _edited(_EQUALIZE, {"mu_orth = mu - mu_B": "mu_orth = mu"}),
            "μ⊥ is the mean without its part along the axis: μ − μ_B.",
        ),
        Mistake(
            "exchanged",
            _edited(_EQUALIZE, {"return e1, e2": "return e2, e1"}),
            "The two vectors are exchanged: first the one of the pair's first word.",
        ),
        Mistake(
            "second word like the first",
            _edited(_EQUALIZE, {"corrected_e_w2B + mu_orth": "corrected_e_w1B + mu_orth"}),
            "Your e2 is built with the first word's part: a copied line kept its index 1.",
        ),
        Mistake(
            "lengths kept",
            _edited(
                _EQUALIZE,
                {
                    "scale * (e_w1B - mu_B) / np.linalg.norm(e_w1B - mu_B)": "e_w1B - mu_B",
                    "scale * (e_w2B - mu_B) / np.linalg.norm(e_w2B - mu_B)": "e_w2B - mu_B",
                },
            ),
            "The parts along the axis are centred, but keep their lengths. They should have the length √(1 − ‖μ⊥‖²), so that the whole has length 1.",
        ),
        Mistake(
            "sum for mean",
            _edited(_EQUALIZE, {"(e_w1 + e_w2) / 2": "e_w1 + e_w2"}),
            "μ is the mean of the two vectors: divide their sum by 2.",
        ),
    ],
)


# --- principal components -------------------------------------------------------------------


def _points_call(rng: Generator, n: int, m: int, k: int) -> Arguments:
    """Draw points whose variances along their axes are clearly apart, far from the origin."""
    rank = min(n, m - 1)
    Q = np.linalg.qr(rng.normal(size=(n, n)))[0][:, :rank]
    V = np.linalg.qr(np.hstack([np.ones((m, 1)), rng.normal(size=(m, rank))]))[0][:, 1:]
    S = np.cumprod(rng.uniform(0.4, 0.7, rank)) * 6
    return arguments((Q * S) @ V.T + 3 * rng.normal(size=(n, 1)), k)


def _signs_are_clear(args: Arguments) -> bool:
    """Tell whether the number that fixes each component's sign is clearly the largest."""
    X, k = args.positional
    components, _ = word_vectors.principal_components(X, k)
    two = np.sort(np.abs(components), axis=0)[-2:]
    return len(two) < 2 or bool(np.min(two[1] - two[0]) > 0.05)


def _points(rng: Generator) -> Arguments:
    n, m = (int(size) for size in rng.permutation(np.arange(3, 8))[:2])
    k = int(rng.integers(1, min(n, m - 1) + 1))
    return _until(lambda: _points_call(rng, n, m, k), _signs_are_clear)


def _points_edges(rng: Generator) -> list[Arguments]:
    """Draw few points in many dimensions, many in few, and all components there are."""
    sizes = [(6, 3, 2), (3, 8, 1), (3, 6, 3)]
    return [_until(partial(_points_call, rng, *size), _signs_are_clear) for size in sizes]


_CENTRED = "X - np.mean(X, axis=1, keepdims=True)"
_SHARES = "S[:k] ** 2 / np.sum(S ** 2)"

PRINCIPAL_COMPONENTS = Exercise(
    function="principal_components",
    reference=word_vectors.principal_components,
    inputs=_points,
    edge_inputs=_points_edges,
    returns=("components", "shares"),
    checks=[
        Matches(
            "components",
            points=5,
            hint="Are the numbers right, but for the sign of whole columns? Then apply the rule for signs: of each direction, the number that is largest without its sign shall be positive. (And if you used np.linalg.eigh: it lists the smallest variance first.)",
        ),
        Matches("shares", points=3),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "not centred",
            {_CENTRED: "X"},
            "The points are not centred. Without subtracting their mean, the first direction points at the mean, not along the spread.",
        ),
        Mistake(
            "each point centred",
            {"axis=1": "axis=0"},
            "You subtract from each point the mean of its own numbers. Subtract the mean point: the average over the columns, axis=1.",
        ),
        Mistake(
            "one mean for everything",
            {"np.mean(X, axis=1, keepdims=True)": "np.mean(X)"},
            "You subtract one number from everything. Each coordinate has its own mean: axis=1, keepdims=True.",
        ),
        Mistake(
            "singular values not squared",
            {_SHARES: "S[:k] / np.sum(S)"},
            "Variances are squares: square the singular values before you compare them.",
        ),
        Mistake(
            "shares of what is kept",
            {"np.sum(S ** 2)": "np.sum(S[:k] ** 2)"},
            "Your shares always add up to 1. They are shares of the whole variance: divide by the sum over all components, not only the k that are kept.",
        ),
        Mistake(
            "variances for shares",
            {_SHARES: "S[:k] ** 2 / X.shape[1]"},
            "These are the variances. Divide by their sum: shares are asked for.",
        ),
        Mistake(
            "components as rows",
            {"return (components * signs,": "return ((components * signs).T,"},
            "Your components are rows. Each one is a column: (n, k).",
        ),
        Mistake(
            "smallest first",
            {
                "components = U[:, :k]": "components = U[:, S > 1e-9 * S[0]][:, ::-1][:, :k]",
                _SHARES: "S[S > 1e-9 * S[0]][::-1][:k] ** 2 / np.sum(S ** 2)",
            },
            "These are the directions in which the points vary least. (np.linalg.eigh lists the smallest first.)",
        ),
        Mistake(
            "signs the other way",
            {"components * signs": "-components * signs"},
            "Every component has the other sign: the number that is largest without its sign should be positive.",
        ),
        Mistake(
            "first number positive",
            {"largest = np.argmax(np.abs(components), axis=0)": "largest = np.zeros(k, dtype=int)"},
            "You make the first number of each component positive. It should be the one that is largest without its sign.",
        ),
        Mistake(
            "largest with sign",
            {"np.argmax(np.abs(components), axis=0)": "np.argmax(components, axis=0)"},
            "You look for the largest number, which is positive nearly always. Look for the one that is largest without its sign: np.abs first.",
        ),
    ],
)


# --- sentences ------------------------------------------------------------------------------


def _sentence(rng: Generator, words: Sequence[str], count: int) -> str:
    """Write a sentence of different words, but for the last, which is the first one again."""
    chosen = [str(word) for word in rng.permutation(words)[: max(count - 1, 1)]]
    chosen += chosen[: count - len(chosen)]
    return " ".join(_written(rng, word) for word in chosen)


def _averaged_call(rng: Generator, count: int, n: int = CLASSIC_LENGTH) -> Arguments:
    word_map = _word_map(rng, 6, n)
    return arguments(_sentence(rng, list(word_map), count), word_map)


def _averaged(rng: Generator) -> Arguments:
    return _averaged_call(rng, int(rng.integers(3, 6)))


def _averaged_edges(rng: Generator) -> list[Arguments]:
    """Draw one word; whole numbers; and for advice unknown words and another length."""
    words = _words(rng, 3)
    whole = dict(zip(words, rng.integers(-9, 10, (3, CLASSIC_LENGTH)), strict=True))
    known = _word_map(rng, 4, CLASSIC_LENGTH)
    mixed = [next(iter(known)), UNKNOWN_WORDS[0], list(known)[2]]
    return [
        _averaged_call(rng, 1),
        arguments(f"{words[2]} {words[0]} {words[2]} {words[1]}", whole),
        Arguments((" ".join(mixed), known), about="unknown words"),
        Arguments((" ".join(UNKNOWN_WORDS[:2]), known), about="unknown words"),
        Arguments(_averaged_call(rng, 3, n=4).positional, about="other lengths"),
    ]


_AVERAGE = """
def sentence_to_avg(sentence, word_to_vec_map):
    words = sentence.lower().split()
    total = 0
    for word in words:
        total = total + word_to_vec_map[word]
    return total / len(words)
"""

SENTENCE_TO_AVG = Exercise(
    function="sentence_to_avg",
    reference=sentence_classifier.sentence_to_avg,
    inputs=_averaged,
    edge_inputs=_averaged_edges,
    checks=[
        Matches(points=5, label="values and shape"),
        Matches(
            about="unknown words",
            label="words without a vector",
            hint="Leave words out that have no vector, and count only the others; if none is left, return zeros. Real sentences have such words.",
        ),
        Matches(
            about="other lengths",
            label="vectors of another length",
            hint="Your function works with vectors of 50 numbers only. Take the length from the dictionary's vectors.",
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "sum",
            _edited(_AVERAGE, {"total / len(words)": "total + np.zeros(50)"}),
            "This is the sum: divide by the number of words.",
        ),
        Mistake(
            "case kept",
            _edited(_AVERAGE, {".lower()": ""}),
            "Some words are in upper case, and the dictionary has lower-case words only: use lower() before split().",
        ),
        Mistake(
            "each word once",
            _edited(
                _AVERAGE,
                {"sentence.lower().split()": "list(dict.fromkeys(sentence.lower().split()))"},
            ),
            "A word that comes twice counts twice: do not make a set of the words.",
        ),
        Mistake(
            "divided by the letters",
            _edited(_AVERAGE, {"len(words)": "len(sentence)"}),
            "len(sentence) counts letters. Divide by the number of words.",
        ),
        Mistake(
            "divided by the length of a vector",
            _edited(_AVERAGE, {"total / len(words)": "total / len(total)"}),
            "You divide by how many numbers a vector has. Divide by the number of words.",
        ),
        Mistake(
            "divided by the number of different words",
            _edited(_AVERAGE, {"len(words)": "len(set(words))"}),
            "You divide by the number of different words. A word that comes twice is added twice, so it counts twice.",
        ),
        Mistake(
            "last word only",
            _edited(
                _AVERAGE, {"total = total + word_to_vec_map[word]": "total = word_to_vec_map[word]"}
            ),
            "Only the last word counts, as the sum is overwritten: add to it.",
        ),
        Mistake(
            "one number",
            _edited(_AVERAGE, {"total / len(words)": "np.mean(total / len(words))"}),
            "This is one number for the whole sentence. Average over the words, and keep each coordinate for itself.",
        ),
        Mistake(
            "made of length 1",
            _edited(_AVERAGE, {"total / len(words)": "total / np.linalg.norm(total)"}),
            "You have scaled the sum to length 1. The average is asked for.",
        ),
        Mistake(
            "a column",
            _edited(_AVERAGE, {"total / len(words)": "(total / len(words)).reshape(-1, 1)"}),
            "The average should have the shape of the words' vectors, (n,).",
        ),
    ],
    equivalent={
        "np.mean(vectors": "Sentences without any known word are outside the classic contract, so no points depend on them.",
    },
)


def _counted(rng: Generator) -> Arguments:
    words = _words(rng, int(rng.integers(4, 7)))
    known = words[: int(rng.integers(3, len(words)))]
    lengths = rng.integers(2, 6, int(rng.integers(2, 5)))
    texts = [_sentence(rng, words, int(length)) for length in lengths]
    return arguments(texts, _numbered(rng, known))


def _counted_edges(rng: Generator) -> list[Arguments]:
    """Draw one sentence; a word three times; only unknown words; a word inside of others."""
    words = _words(rng, 4)
    inside = f"{words[1]} {words[1]}s un{words[1]}"
    numbers = _numbered(rng, words)
    return [
        arguments([_sentence(rng, words, 3)], numbers),
        arguments([f"{words[3]} {words[3]} {words[0]} {words[3]}", words[1]], numbers),
        arguments([words[2], " ".join(UNKNOWN_WORDS)], numbers),
        arguments([inside, f"{words[0]}{words[2]}"], numbers),
    ]


_COUNT = "counts[word_to_index[word], column] += 1"

BAG_OF_WORDS = Exercise(
    function="bag_of_words",
    reference=sentence_classifier.bag_of_words,
    inputs=_counted,
    edge_inputs=_counted_edges,
    checks=[Matches(points=4, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "seen or not",
            {_COUNT: "counts[word_to_index[word], column] = 1"},
            "You note whether a word is there. Count how often: += 1.",
        ),
        Mistake(
            "sentences as rows",
            {"return counts": "return counts.T"},
            "Your sentences are rows. Each one is a column: (n_words, m).",
        ),
        Mistake(
            "case kept",
            {".lower()": ""},
            "A word counts in upper case, too: use lower() before split(). ",
        ),
        Mistake(
            "unknown words not foreseen",
            {"if word in word_to_index:": "if True:"},
            "A word that the vocabulary lacks ends in an error. Do not count it.",
        ),
        Mistake(
            "shares for counts",
            {_COUNT: "counts[word_to_index[word], column] += 1 / len(sentence.split())"},
            "You divide by the length of the sentence. Counts are asked for.",
        ),
        Mistake(
            "all sentences in one",
            {_COUNT: "counts[word_to_index[word]] += 1"},
            "Each word is counted in every sentence: count it in the column of its own sentence only.",
        ),
        Mistake(
            "place in the dictionary",
            {_COUNT: "counts[list(word_to_index).index(word), column] += 1"},
            "The row is where the dictionary lists the word. It should be the number that the dictionary gives for it.",
        ),
        Mistake(
            "a word inside of others",
            """
            def bag_of_words(sentences, word_to_index):
                counts = np.zeros((len(word_to_index), len(sentences)))
                for column, sentence in enumerate(sentences):
                    for word, row in word_to_index.items():
                        counts[row, column] = sentence.lower().count(word)
                return counts
            """,
            "You also count a word where it is a part of another one, as “tea” is of “steak”. Split the sentence first, and count whole words.",
        ),
        Mistake(
            "letters",
            {"sentence.lower().split()": "sentence.lower()"},
            "A loop over a text gives its letters. Divide it into words first: split().",
        ),
    ],
)


def _task(rng: Generator, m: int, n_y: int) -> tuple[list[str], np.ndarray, WordMap]:
    word_map = _word_map(rng, 5, CLASSIC_LENGTH)
    texts = [_sentence(rng, list(word_map), int(rng.integers(1, 4))) for _ in range(m)]
    labels = rng.integers(0, n_y, (1, m))
    return texts, softmax_regression.one_hot(labels, n_y), word_map


def _trained(rng: Generator) -> Arguments:
    m, n_y = (int(size) for size in rng.permutation(np.arange(2, 6))[:2])
    texts, Y, word_map = _task(rng, m, n_y)
    steps, learning_rate = int(rng.integers(2, 4)), round(float(rng.uniform(0.2, 0.8)), 2)
    return arguments(texts, Y, word_map, learning_rate=learning_rate, num_iterations=steps)


def _trained_edges(rng: Generator) -> list[Arguments]:
    """Draw one sentence; a single step."""
    return [
        arguments(*_task(rng, 1, 3), learning_rate=0.3, num_iterations=3),
        arguments(*_task(rng, 4, 2), learning_rate=0.6, num_iterations=1),
    ]


_MODEL = """
def model(X, Y, word_to_vec_map, learning_rate=0.5, num_iterations=400):
    averages = np.stack([sentence_to_avg(sentence, word_to_vec_map) for sentence in X], axis=1)
    W, b = np.zeros((len(Y), len(averages))), np.zeros((len(Y), 1))
    costs = []
    m = len(X)
    for i in range(num_iterations):
        A = softmax(W @ averages + b)
        costs.append(-np.sum(Y * np.log(A)) / m)
        dZ = (A - Y) / m
        W = W - learning_rate * dZ @ averages.T
        b = b - learning_rate * np.sum(dZ, axis=1, keepdims=True)
    return {"W": W, "b": b}, costs
"""

MODEL = Exercise(
    function="model",
    reference=sentence_classifier.model,
    inputs=_trained,
    edge_inputs=_trained_edges,
    returns=("parameters", "costs"),
    checks=[
        Matches("parameters.W", points=4),
        Matches("parameters.b", points=2),
        Matches("costs", points=2),
        LeavesInputsAlone(),
    ],
    uses=("sentence_to_avg",),
    mistakes=[
        Mistake(
            "uphill",
            _edited(_MODEL, {"W = W - ": "W = W + ", "b = b - ": "b = b + "}),
            "The steps go uphill: subtract the gradient.",
        ),
        Mistake(
            "gradient summed",
            _edited(_MODEL, {"(A - Y) / m": "A - Y"}),
            "Your gradients are m times too large: the cost is an average over the sentences.",
        ),
        Mistake(
            "a step after each sentence",
            _edited(
                _MODEL,
                {
                    "        dZ = (A - Y) / m\n": "        for j in range(m):\n            v = averages[:, j : j + 1]\n            dZ = softmax(W @ v + b) - Y[:, j : j + 1]\n",
                    "        W = W - learning_rate * dZ @ averages.T\n": "            W = W - learning_rate * dZ @ v.T\n",
                    "        b = b - learning_rate * np.sum(dZ, axis=1, keepdims=True)\n": "            b = b - learning_rate * dZ\n",
                },
            ),
            "You take a step after every sentence. Here each step uses all sentences at once, with the average of their gradients.",
        ),
        Mistake(
            "learning rate written in",
            _edited(_MODEL, {"W - learning_rate": "W - 0.5", "b - learning_rate": "b - 0.5"}),
            "The learning rate is not used: a number is written in its place.",
        ),
        Mistake(
            "bias left as it is",
            _edited(_MODEL, {"b = b - learning_rate * np.sum(dZ, axis=1, keepdims=True)": "b = b"}),
            "The bias stays zero: it needs a step, too. (Summed over everything, dZ is zero: sum over the sentences only, axis=1.)",
        ),
        Mistake(
            "softmax over the sentences",
            _edited(_MODEL, {"softmax(W @ averages + b)": "softmax((W @ averages + b).T).T"}),
            "Your probabilities add up to 1 over the sentences. They should over the classes, down each column.",
        ),
        Mistake(
            "sigmoid for softmax",
            _edited(_MODEL, {"softmax(W @ averages + b)": "1 / (1 + np.exp(-(W @ averages + b)))"}),
            "This is a sigmoid for each class. Their probabilities should add up to 1: softmax.",
        ),
        Mistake(
            "one step too few",
            _edited(_MODEL, {"range(num_iterations)": "range(num_iterations - 1)"}),
            "One step is missing: range(num_iterations) counts from 0.",
        ),
        Mistake(
            "cost not averaged",
            _edited(_MODEL, {"np.log(A)) / m": "np.log(A))"}),
            "The cost is a sum: divide by the number of sentences.",
        ),
        Mistake(
            "cost after the step",
            _edited(
                _MODEL,
                {
                    "        costs.append(-np.sum(Y * np.log(A)) / m)\n": "",
                    "keepdims=True)\n": "keepdims=True)\n        costs.append(-np.sum(Y * np.log(softmax(W @ averages + b))) / m)\n",
                },
            ),
            "The costs are those after the steps. Note each one before its step.",
        ),
        Mistake(
            "starts from ones",
            _edited(_MODEL, {"np.zeros((len(Y), 1))": "np.ones((len(Y), 1))"}),
            "Start from zero biases.",
        ),
    ],
)


def _asked_call(rng: Generator, m: int, n_y: int) -> Arguments:
    texts, _, word_map = _task(rng, m, n_y)
    parameters = {
        "W": rng.normal(size=(n_y, CLASSIC_LENGTH)) / 7,
        "b": rng.normal(size=(n_y, 1)),
    }
    return arguments(texts, parameters, word_map)


def _decided(args: Arguments) -> bool:
    """Tell whether each sentence's best class is clearly ahead of the second."""
    texts, parameters, word_map = args.positional
    averages = [sentence_classifier.sentence_to_avg(text, word_map) for text in texts]
    scores = parameters["W"] @ np.stack(averages, axis=1) + parameters["b"]
    second, best = np.sort(scores, axis=0)[-2:]
    return bool(np.min(best - second) > 0.05)


def _asked(rng: Generator) -> Arguments:
    m, n_y = (int(size) for size in rng.permutation(np.arange(2, 6))[:2])
    return _until(lambda: _asked_call(rng, m, n_y), _decided)


def _asked_edges(rng: Generator) -> list[Arguments]:
    """Draw one sentence, and as many sentences as classes."""
    return [_until(partial(_asked_call, rng, *size), _decided) for size in ((1, 3), (4, 4))]


_SCORES = "parameters['W'] @ averages + parameters['b']"

PREDICT = Exercise(
    function="predict",
    reference=sentence_classifier.predict,
    inputs=_asked,
    edge_inputs=_asked_edges,
    checks=[Matches(points=4, label="the classes"), LeavesInputsAlone()],
    uses=("sentence_to_avg",),
    mistakes=[
        Mistake(
            "bias left out",
            {_SCORES: "parameters['W'] @ averages"},
            "The bias is missing from the scores.",
        ),
        Mistake(
            "scores for classes",
            {"np.argmax(scores, axis=0).reshape(1, -1)": "scores"},
            "These are the scores of all classes. Return the number of the largest one in each column.",
        ),
        Mistake(
            "largest score for its class",
            {"np.argmax(scores, axis=0)": "np.max(scores, axis=0)"},
            "This is the largest score itself. Its place is asked for: np.argmax.",
        ),
        Mistake(
            "rank-1 array",
            {".reshape(1, -1)": ""},
            "The classes should be a row, (1, m). argmax drops the axis: use reshape, or keepdims=True.",
        ),
        Mistake(
            "best sentence of each class",
            {"axis=0).reshape": "axis=1).reshape"},
            "You look for the best sentence of each class. It should be the best class of each sentence: axis=0.",
        ),
        Mistake(
            "least probable class",
            {"np.argmax(": "np.argmin("},
            "This is the least probable class.",
        ),
        Mistake(
            "classes counted from 1",
            {".reshape(1, -1)": ".reshape(1, -1) + 1"},
            "Classes are counted from 0.",
        ),
        Mistake(
            "a column",
            {".reshape(1, -1)": ".reshape(-1, 1)"},
            "The classes should be a row, (1, m), one column for each sentence.",
        ),
        Mistake(
            "one-hot",
            {
                "np.argmax(scores, axis=0).reshape(1, -1)": "np.where(scores == np.max(scores, axis=0), 1, 0)"
            },
            "These are one-hot columns. The number of the class is asked for.",
        ),
    ],
)


EXERCISES = [
    *(WORDS_TO_ONE_HOT, EMBED, EMBED_BACKWARD),
    *(COSINE_SIMILARITY, NEAREST_NEIGHBOURS, COMPLETE_ANALOGY, PRINCIPAL_COMPONENTS),
    *(BIAS_DIRECTION, PROJECT, NEUTRALIZE, EQUALIZE),
    *(SENTENCE_TO_AVG, BAG_OF_WORDS, MODEL, PREDICT),
]
