"""Week 12, second notebook: learning word vectors by skip-gram, negative sampling and GloVe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.specification import Exercise, Holds, Mistake
from helpers import word2vec
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.drawn_ids import DrawnIds
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator

# Neither in the order of the alphabet nor all of one length; some begin alike.
WORDS = ["tea", "sun", "she", "a", "rain", "dog", "dogs", "under"]


def _sizes(rng: Generator, count: int, low: int = 2, high: int = 7) -> list[int]:
    """Draw sizes that are never alike."""
    return [int(n) for n in rng.permutation(np.arange(low, high))[:count]]


# --- from a text to pairs -------------------------------------------------------------------


def _sentence(rng: Generator, words: list[str], n: int) -> str:
    return " ".join(str(word) for word in rng.choice(words, n))


def _text(rng: Generator) -> Arguments:
    """Draw a few sentences; some words are rare, some are equally frequent."""
    words = [str(word) for word in rng.permutation(WORDS)[:6]]
    sentences = [_sentence(rng, words, int(n)) for n in rng.integers(3, 8, 4)]
    return arguments([*sentences, f"{words[0]} {words[0]}"], min_count=int(rng.integers(2, 4)))


def _text_edges(rng: Generator) -> list[Arguments]:
    """Ties, all words kept by default, one word only, an empty sentence, and nothing frequent."""
    return [
        arguments(["sun rain sun rain", "tea a", "a tea dog"]),
        arguments(["under under", "", "under"], min_count=3),
        arguments(["rain sun", "dog"], min_count=2),
        arguments(["she she dogs dogs dogs", "a rain rain"], min_count=2),
    ]


def _no_rare_words(call: Callable[..., Any]) -> str | None:
    word_to_index, counts = call(["rain sun rain", "dog"], min_count=2)
    if len(word_to_index) == len(counts) == 1:
        return None
    return "Words that are too rare still stand in the vocabulary."


BUILD_VOCABULARY = Exercise(
    function="build_vocabulary",
    reference=word2vec.build_vocabulary,
    returns=("word_to_index", "counts"),
    inputs=_text,
    edge_inputs=_text_edges,
    checks=[
        Matches("word_to_index.*", points=3, label="`word_to_index`"),
        Matches("counts", points=2),
        LeavesInputsAlone(),
        Holds(label="rare words are left out", test=_no_rare_words),
    ],
    mistakes=[
        Mistake(
            "min_count itself is too rare",
            {">= min_count": "> min_count"},
            "A word that occurs exactly `min_count` times is kept: compare with >=.",
        ),
        Mistake(
            "rare words first",
            {"(-n, word)": "(n, word)", "[-n for": "[n for"},
            "The rarest word has id 0 in yours. The most frequent one should come first.",
        ),
        Mistake(
            "in the order of the alphabet",
            "def build_vocabulary(sentences, min_count=1):\n"
            "    found = Counter(word for sentence in sentences for word in sentence.split())\n"
            "    kept = sorted(word for word in found if found[word] >= min_count)\n"
            "    return {word: i for i, word in enumerate(kept)}, [found[word] for word in kept]",
            "The alphabet decides only between words that are equally frequent. Sort by how often they occur first.",
        ),
        Mistake(
            "ties in the order of the text",
            "def build_vocabulary(sentences, min_count=1):\n"
            "    found = Counter(word for sentence in sentences for word in sentence.split())\n"
            "    kept = [(word, n) for word, n in found.most_common() if n >= min_count]\n"
            "    return {word: i for i, (word, _) in enumerate(kept)}, [n for _, n in kept]",
            "Words that occur equally often should be in alphabetical order; yours are in the order in which the text has them. Sort by the pair (−count, word).",
        ),
        Mistake(
            "ties against the alphabet",
            "def build_vocabulary(sentences, min_count=1):\n"
            "    found = Counter(word for sentence in sentences for word in sentence.split())\n"
            "    kept = sorted(((n, word) for word, n in found.items() if n >= min_count), reverse=True)\n"
            "    return {word: i for i, (_, word) in enumerate(kept)}, [n for n, _ in kept]",
            "Words that occur equally often come out from z to a: reverse=True turns the alphabet round, too. Sort the pairs (−count, word), without reverse.",
        ),
        Mistake(
            "counts left negative",
            {"[-n for": "[n for"},
            "Your counts are negative. The minus is there for sorting only: take it off again.",
        ),
        Mistake(
            "ids from 1",
            {"enumerate(kept)": "enumerate(kept, 1)"},
            "Ids are row numbers, so they begin at 0.",
        ),
        Mistake(
            "each sentence counts a word once",
            {"sentence.split()": "set(sentence.split())"},
            "You count in how many sentences a word stands. Count every occurrence.",
        ),
        Mistake(
            "letters counted",
            {"sentence.split()": "sentence"},
            "A loop over a string goes through its letters. Split the sentence into words first: sentence.split().",
        ),
    ],
)


def _known(rng: Generator) -> dict[str, int]:
    """Draw a vocabulary that lacks some words."""
    return {str(word): i for i, word in enumerate(rng.permutation(WORDS)[:5])}


def _to_ids(rng: Generator) -> Arguments:
    known = _known(rng)
    kept = _sentence(rng, list(known), 3)
    return arguments(f"{kept} {_sentence(rng, WORDS, 5)}", known)


def _to_ids_edges(rng: Generator) -> list[Arguments]:
    """Take a repeated word, no known word, and an empty sentence."""
    known = {"tea": 0, "sun": 1, "a": 2}
    return [
        arguments("a sun a tea cups", known),
        arguments("nobody knows", known),
        arguments("", known),
    ]


SENTENCE_TO_IDS = Exercise(
    function="sentence_to_ids",
    reference=word2vec.sentence_to_ids,
    inputs=_to_ids,
    edge_inputs=_to_ids_edges,
    checks=[Matches(points=3, label="the ids"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "unknown words are not expected",
            {" if word in word_to_index": ""},
            "A word that is not in the dictionary raises a KeyError. Leave such words out.",
        ),
        Mistake(
            "unknown words become word 0",
            {"word_to_index[word]": "word_to_index.get(word, 0)", " if word in word_to_index": ""},
            "0 is the id of the most frequent word. Words that are not in the vocabulary are left out.",
        ),
        Mistake(
            "unknown words become −1",
            {"word_to_index[word]": "word_to_index.get(word, -1)", " if word in word_to_index": ""},
            "−1 as a row number means the last row, so an unknown word would become the rarest one. Leave unknown words out.",
        ),
        Mistake(
            "repeated words once only",
            {"sentence.split()": "dict.fromkeys(sentence.split())"},
            "A word that occurs twice has its id twice: keep every occurrence.",
        ),
        Mistake(
            "words kept, not their ids",
            {"[word_to_index[word] for": "[word for"},
            "These are the words. Look up the id of each in word_to_index.",
        ),
        Mistake(
            "sorted",
            "def sentence_to_ids(sentence, word_to_index):\n"
            "    return sorted(word_to_index[word] for word in sentence.split() if word in word_to_index)",
            "The ids stand in the order of the words: who is near whom depends on it.",
        ),
        Mistake(
            "letters looked up",
            {"sentence.split()": "sentence"},
            "A loop over a string goes through its letters. Split the sentence into words first: sentence.split().",
        ),
    ],
)


def _pairs(rng: Generator) -> Arguments:
    """Draw a sentence in which a word stands twice within the window."""
    ids = [int(i) for i in rng.permutation(np.arange(3, 12))[: int(rng.integers(5, 8))]]
    place = int(rng.integers(1, len(ids) - 1))
    ids[place + 1] = ids[place]
    return arguments(np.array(ids), int(rng.integers(1, 4)))


def _pairs_edges(rng: Generator) -> list[Arguments]:
    """Take one word, no word, two words, a window beyond both ends, and a list for an array."""
    return [
        arguments(np.array([4]), 2),
        arguments(np.array([], dtype=int), 1),
        arguments(np.array([0, 7]), 1),
        arguments(np.array([5, 2, 5, 8]), 6),
        arguments([9, 9, 3, 1, 6], 2),
    ]


_BOTH_ENDS = "range(max(0, i - window), min(len(ids), i + window + 1))"

CONTEXT_TARGET_PAIRS = Exercise(
    function="context_target_pairs",
    reference=word2vec.context_target_pairs,
    returns=("contexts", "targets"),
    inputs=_pairs,
    edge_inputs=_pairs_edges,
    checks=[Matches("contexts", points=3), Matches("targets", points=3), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "a word is no neighbour of itself elsewhere",
            {"i != j": "ids[i] != ids[j]"},
            "You leave out pairs of equal words. “Very, very good” has two of “very”, and they are neighbours: compare positions, not words.",
        ),
        Mistake(
            "a word is its own neighbour",
            {"i != j": "True"},
            "Each word is paired with itself, at its own position. Leave j = i out.",
        ),
        Mistake(
            "one short on the right",
            {"i + window + 1": "i + window"},
            "range stops before its end. The last neighbour on the right is at i + window, so the end is i + window + 1.",
        ),
        Mistake(
            "wraps at the beginning",
            {"max(0, i - window)": "i - window"},
            "i − window may be negative, and a negative position counts from the end of the sentence. Begin at max(0, i − window).",
        ),
        Mistake(
            "runs over the end",
            {"min(len(ids), i + window + 1)": "i + window + 1"},
            "Near the end there are fewer neighbours than `window`: stop at len(ids).",
        ),
        Mistake(
            "right neighbours only",
            {"max(0, i - window)": "i"},
            "The window reaches to both sides: words on the left are targets, too.",
        ),
        Mistake(
            "from near to far",
            {_BOTH_ENDS: f"sorted({_BOTH_ENDS}, key=lambda j: abs(j - i))"},
            "Your targets go from the nearest to the farthest. They should go from left to right.",
        ),
        Mistake(
            "contexts and targets swapped",
            {"return (contexts, targets)": "return (targets, contexts)"},
            "The word in the middle is the context, which stays the same while its neighbours, the targets, go by.",
        ),
        Mistake(
            "the next word only",
            {_BOTH_ENDS: "range(max(0, i - 1), min(len(ids), i + 2))"},
            "Your window is always 1: use the argument `window`.",
        ),
        Mistake(
            "positions for ids",
            {"append(ids[i])": "append(i)", "append(ids[j])": "append(j)"},
            "These are positions in the sentence. The pairs hold the words that stand there: ids[i] and ids[j].",
        ),
    ],
)


def _counts(rng: Generator, n: int) -> np.ndarray:
    """Draw counts of different sizes, falling as those of a vocabulary do."""
    return np.sort(rng.permutation(np.arange(1, 4 * n))[:n] ** 2)[::-1].copy()


def _keeping(rng: Generator) -> Arguments:
    counts = _counts(rng, int(rng.integers(3, 7)))
    shares = counts / counts.sum()
    return arguments(counts, float(np.sqrt(shares[0] * shares[1]) * rng.uniform(0.3, 0.9)))


def _keeping_edges(rng: Generator) -> list[Arguments]:
    """Take a vocabulary of one word and of two, and the default threshold."""
    return [
        arguments(np.array([12]), 0.25),
        arguments(np.array([7, 3]), 0.5),
        arguments(np.array([5000, 700, 6, 1])),
    ]


KEEP_PROBABILITIES = Exercise(
    function="keep_probabilities",
    reference=word2vec.keep_probabilities,
    inputs=_keeping,
    edge_inputs=_keeping_edges,
    checks=[Matches(points=3, label="the probabilities"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "probabilities above 1",
            {"np.minimum(1, np.sqrt(threshold / shares))": "np.sqrt(threshold / shares)"},
            "A probability is at most 1: rare words are simply kept. Take the minimum of 1 and the root.",
        ),
        Mistake(
            "root left out",
            {"np.sqrt(threshold / shares)": "threshold / shares"},
            "Take the root of threshold / share: without it, frequent words nearly vanish.",
        ),
        Mistake(
            "the formula of the program word2vec",
            {"np.sqrt(threshold / shares)": "np.sqrt(threshold / shares) + threshold / shares"},
            "You add t/f to the root, as the program word2vec does. Here it is the formula of the paper: the root alone.",
        ),
        Mistake(
            "the probability to drop a word",
            {
                "np.minimum(1, np.sqrt(threshold / shares))": "1 - np.minimum(1, np.sqrt(threshold / shares))"
            },
            "This is the probability to leave a word out. You want that of keeping it.",
        ),
        Mistake(
            "counts for shares",
            {"counts / np.sum(counts)": "counts"},
            "The threshold is a share of the text. Divide the counts by their sum first.",
        ),
        Mistake(
            "fraction turned round",
            {"threshold / shares": "shares / threshold"},
            "Frequent words should be thinned out: the larger the share, the smaller the probability. Divide the threshold by the share.",
        ),
        Mistake(
            "maximum for minimum",
            {"np.minimum": "np.maximum"},
            "The larger of 1 and the root is never below 1. A probability is the smaller one.",
        ),
        Mistake(
            "shares of the most frequent word",
            {"np.sum(counts)": "np.max(counts)"},
            "The share of a word is its count over the number of all words in the text: divide by the sum.",
        ),
    ],
)


# --- skip-gram with softmax -----------------------------------------------------------------


def _matrices(rng: Generator, n_words: int, n_e: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.normal(size=(n_words, n_e)), rng.normal(size=(n_words, n_e))


def _repeating(rng: Generator, n_words: int, m: int) -> np.ndarray:
    """Draw m ids of which the first comes again."""
    ids = rng.integers(0, n_words, m)
    ids[-1] = ids[0]
    return ids


def _softmax_sized(rng: Generator, n_words: int, n_e: int, m: int) -> Arguments:
    return arguments(_repeating(rng, n_words, m), *_matrices(rng, n_words, n_e))


def _forward(rng: Generator) -> Arguments:
    n_words, n_e, m = _sizes(rng, 3)
    return _softmax_sized(rng, n_words, n_e, m)


def _forward_edges(rng: Generator) -> list[Arguments]:
    """Take one pair, two words, one number a word, and scores that would overflow."""
    contexts, E, Theta = _softmax_sized(rng, 4, 3, 2).positional
    return [
        _softmax_sized(rng, 5, 3, 1),
        _softmax_sized(rng, 2, 3, 4),
        _softmax_sized(rng, 3, 1, 2),
        arguments(contexts, 40 * E, 40 * Theta),
    ]


SKIPGRAM_SOFTMAX = Exercise(
    function="skipgram_softmax",
    reference=word2vec.skipgram_softmax,
    inputs=_forward,
    edge_inputs=_forward_edges,
    checks=[
        Matches(points=4, label="the probabilities"),
        Vectorised(
            small=_softmax_sized(np.random.default_rng(0), 5, 3, 2),
            large=_softmax_sized(np.random.default_rng(0), 5, 3, 200),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "matrices swapped",
            {"Theta @ E[contexts].T": "E @ Theta[contexts].T"},
            "The given words are contexts: their vectors are rows of E. Every word of the vocabulary is tried as the target, with its row of Theta.",
        ),
        Mistake(
            "E for both",
            {"Theta @ E": "E @ E"},
            "The vectors of the targets are in Theta. In yours a word would score highest with itself, and few words follow themselves.",
        ),
        Mistake(
            "scores returned",
            {"softmax(Theta @ E[contexts].T)": "Theta @ E[contexts].T"},
            "These are the scores. softmax makes probabilities of them.",
        ),
        Mistake(
            "softmax over the batch",
            {"softmax(Theta @ E[contexts].T)": "softmax(E[contexts] @ Theta.T).T"},
            "For each context the probabilities of all words add up to 1; yours add up over the pairs of the batch. Here softmax works down the columns, so a context must be a column.",
        ),
        Mistake(
            "a row for each context",
            {"softmax(Theta @ E[contexts].T)": "softmax(Theta @ E[contexts].T).T"},
            "The result should have a column for each context, and a row for each word of the vocabulary: yours is transposed.",
        ),
        Mistake(
            "sigmoid for softmax",
            {"softmax(Theta @ E[contexts].T)": "1 / (1 + np.exp(-(Theta @ E[contexts].T)))"},
            "The sigmoid judges every word by itself. Exactly one word stands there, so the probabilities compete: softmax.",
        ),
    ],
)


def _probable(rng: Generator, n_words: int, m: int) -> Arguments:
    P = rng.dirichlet(np.ones(n_words) * 2, m).T + 0.01
    return arguments(P / P.sum(axis=0), _repeating(rng, n_words, m))


def _surprise(rng: Generator) -> Arguments:
    n_words, m = _sizes(rng, 2)
    return _probable(rng, n_words, m)


def _surprise_edges(rng: Generator) -> list[Arguments]:
    """Take one pair, two words, and more pairs than words."""
    return [_probable(rng, 5, 1), _probable(rng, 2, 3), _probable(rng, 3, 9)]


SKIPGRAM_COST = Exercise(
    function="skipgram_cost",
    reference=word2vec.skipgram_cost,
    inputs=_surprise,
    edge_inputs=_surprise_edges,
    checks=[Matches(points=3, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "summed, not averaged",
            {"np.mean(np.log(chosen))": "np.sum(np.log(chosen))"},
            "The cost is the average over the pairs: divide by their number.",
        ),
        Mistake(
            "sign forgotten",
            {"-np.mean": "np.mean"},
            "Logarithms of probabilities are negative. The cost is minus their average.",
        ),
        Mistake(
            "all columns of each target's row",
            {"P[targets, np.arange(len(targets))]": "P[targets]"},
            "P[targets] takes whole rows. From column i you want one number only, that in row targets[i]: P[targets, np.arange(m)].",
        ),
        Mistake(
            "row and column swapped",
            {"P[targets, np.arange(len(targets))]": "P.T[targets, np.arange(len(targets))]"},
            "Rows are words and columns are pairs: P[target, pair].",
        ),
        Mistake(
            "logarithm of the average",
            {"np.mean(np.log(chosen))": "np.log(np.mean(chosen))"},
            "Take the logarithm of each probability first, then the average: the logarithm of an average is something else.",
        ),
        Mistake(
            "logarithm left out",
            {"np.log(chosen)": "chosen"},
            "The cost of a pair is −log of its probability.",
        ),
        Mistake(
            "averaged over the vocabulary",
            {"np.mean(np.log(chosen))": "np.sum(np.log(chosen)) / P.shape[0]"},
            "You divide by the number of words. Average over the pairs, the columns.",
        ),
    ],
)


def _training_sized(rng: Generator, n_words: int, n_e: int, m: int) -> Arguments:
    ids = _repeating(rng, n_words, m), _repeating(rng, n_words, m)
    return arguments(*ids, *_matrices(rng, n_words, n_e))


def _softmax_training(rng: Generator) -> Arguments:
    n_words, n_e, m = _sizes(rng, 3)
    return _training_sized(rng, n_words, n_e, m)


def _softmax_training_edges(rng: Generator) -> list[Arguments]:
    """Take one pair, two words, and one context many times."""
    _, targets, E, Theta = _training_sized(rng, 4, 3, 5).positional
    return [
        _training_sized(rng, 4, 3, 1),
        _training_sized(rng, 2, 3, 5),
        arguments(np.full(5, 2), targets, E, Theta),
    ]


SKIPGRAM_GRADIENTS = Exercise(
    function="skipgram_gradients",
    reference=word2vec.skipgram_gradients,
    inputs=_softmax_training,
    edge_inputs=_softmax_training_edges,
    checks=[Matches("dTheta", points=4), Matches("dE", points=4), LeavesInputsAlone()],
    uses=("skipgram_softmax",),
    mistakes=[
        Mistake(
            "repeated contexts counted once",
            {"np.add.at(dE, contexts, dZ.T @ Theta)": "dE[contexts] += dZ.T @ Theta"},
            "A context that comes twice in the batch must get both gradients. dE[contexts] += … keeps the last one only: use np.add.at(dE, contexts, …).",
        ),
        Mistake(
            "gradients of a repeated context averaged",
            {
                "np.add.at(dE, contexts, dZ.T @ Theta)": "np.add.at(dE, contexts, dZ.T @ Theta / np.bincount(contexts)[contexts][:, np.newaxis])"
            },
            "Where a context comes twice, you average its gradients. The factor 1/m of the average is in dZ already: add them up.",
        ),
        Mistake(
            "summed, not averaged",
            {"dZ = dZ / m": "pass"},
            "The cost is an average over the m pairs, so its gradient is one, too: divide by m.",
        ),
        Mistake(
            "truth not taken away",
            {"dZ[targets, np.arange(m)] -= 1": "pass"},
            "dZ is P − Y, with Y = 1 at the target. You have P alone, so every score would only be pushed down.",
        ),
        Mistake(
            "whole rows less 1",
            {"dZ[targets, np.arange(m)] -= 1": "dZ[targets] -= 1"},
            "dZ[targets] names whole rows. In column i only the number in row targets[i] gets less by 1: dZ[targets, np.arange(m)].",
        ),
        Mistake(
            "sign turned round",
            {"dZ = dZ / m": "dZ = -dZ / m"},
            "The gradient is P − Y. Yours points downhill, so a step against it would climb.",
        ),
        Mistake(
            "a row for each pair",
            {"np.add.at(dE, contexts, dZ.T @ Theta)": "dE = dZ.T @ Theta"},
            "dE has the shape of E, a row for each word. Add each pair's gradient to the row of its context.",
        ),
        Mistake(
            "only the targets' vectors learn",
            {
                "dZ @ E[contexts]": "(dZ * (np.arange(len(E)).reshape(-1, 1) == targets)) @ E[contexts]"
            },
            "All words of the vocabulary were tried as the target, so all rows of Theta have a gradient: the wrong ones are pushed away.",
        ),
        Mistake(
            "the two matrices mixed up",
            {"dZ.T @ Theta": "dZ.T @ E", "dZ @ E[contexts]": "dZ @ Theta[contexts]"},
            "A product's derivative by one factor is the other factor: dE holds rows of Theta, dTheta rows of E.",
        ),
    ],
)


# --- negative sampling ----------------------------------------------------------------------


def _noise(rng: Generator) -> Arguments:
    return arguments(_counts(rng, int(rng.integers(3, 7))), float(rng.uniform(0.3, 0.9)))


def _noise_edges(rng: Generator) -> list[Arguments]:
    """Take the usual power, one word, two words, no flattening, and all alike."""
    return [
        arguments(np.array([81, 16, 1])),
        arguments(np.array([5])),
        arguments(np.array([16, 1]), 0.5),
        arguments(np.array([6, 3, 1]), 1.0),
        arguments(np.array([6, 3, 1]), 0.0),
    ]


NOISE_DISTRIBUTION = Exercise(
    function="noise_distribution",
    reference=word2vec.noise_distribution,
    inputs=_noise,
    edge_inputs=_noise_edges,
    checks=[Matches(points=3, label="the probabilities"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "power after dividing",
            {"counts ** power": "(counts / np.sum(counts)) ** power", " / np.sum(weights)": ""},
            "Powers of shares no longer add up to 1. Divide by the sum after taking the power.",
        ),
        Mistake(
            "power left out",
            {"counts ** power": "counts"},
            "These are the plain shares of the words. Take the counts to the given power first.",
        ),
        Mistake(
            "power written in",
            {"counts ** power": "counts ** 0.75"},
            "3/4 is only the default: use the argument `power`.",
        ),
        Mistake(
            "divided by the sum of the counts",
            {"np.sum(weights)": "np.sum(counts)"},
            "Probabilities add up to 1: divide by the sum of the powers.",
        ),
        Mistake(
            "all words alike",
            {"counts ** power": "np.ones(len(counts))"},
            "Frequent words should be drawn more often than rare ones: begin with the counts.",
        ),
        Mistake(
            "not divided",
            {"weights / np.sum(weights)": "weights"},
            "These are weights. Probabilities add up to 1: divide by the sum.",
        ),
        Mistake(
            "softmax for a power",
            {"counts ** power": "np.exp(power * (counts - np.max(counts)))"},
            "No exponential function here: the counts are taken to a power, counts ** power.",
        ),
    ],
)


def _drawing(rng: Generator) -> Arguments:
    """Draw enough for statistics, from few words, none of them too rare."""
    n, k = _sizes(rng, 2, low=3)
    noise = rng.dirichlet(np.ones(n)) + 0.25
    noise[int(rng.integers(n))] *= 4
    return arguments(noise / noise.sum(), 500, k, int(rng.integers(1, 1000)))


def _drawing_edges(rng: Generator) -> list[Arguments]:
    """Take one negative for one pair, two words, words that are never drawn, and many negatives.

    The last case is the largest, on which seeds are tried: that two seeds give a pair the same
    nine ids is no matter of luck.
    """
    many = np.array([0.1, 0.2, 0.15, 0.25, 0.2, 0.1])
    return [
        arguments(np.array([0.5, 0.25, 0.25]), 1, 1, 7),
        arguments(np.array([0.8, 0.2]), 400, 3, 8),
        arguments(np.array([0.0, 0.35, 0.0, 0.65, 0.0]), 300, 4, 9),
        arguments(many, 500, 9, 10),
    ]


DRAW_NEGATIVES = Exercise(
    function="draw_negatives",
    reference=word2vec.draw_negatives,
    inputs=_drawing,
    edge_inputs=_drawing_edges,
    checks=[
        DrawnIds(
            aspect="ids",
            points=2,
            label="an array (m, k) of ids",
            hint="Draw from the numbers 0, …, n_words − 1, with size=(m, k).",
        ),
        DrawnIds(
            aspect="shares",
            points=1,
            label="each word as often as `noise` says",
            hint="Hand the probabilities to the generator: p=noise.",
        ),
        DrawnIds(
            aspect="independent",
            points=1,
            label="each one drawn by itself",
            hint="Draw all m · k ids, each one anew.",
        ),
        DrawnIds(
            aspect="seed",
            points=1,
            label="the seed decides",
            hint="Start the generator with the argument `seed`.",
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "all words alike",
            {", p=noise": ""},
            "Without p=noise, rare words are drawn as often as frequent ones.",
        ),
        Mistake(
            "seed ignored",
            {"default_rng(seed)": "default_rng(0)"},
            "Your generator always starts alike, so each epoch would have the same negatives: use the argument `seed`.",
        ),
        Mistake(
            "a column for each pair",
            {"(m, k)": "(k, m)"},
            "The result has a row for each pair and a column for each of its negatives: (m, k).",
        ),
        Mistake(
            "the same negatives for all pairs",
            {
                "rng.choice(len(noise), size=(m, k), p=noise)": "np.tile(rng.choice(len(noise), size=k, p=noise), (m, 1))"
            },
            "All pairs share the same k words. Draw anew for each pair.",
        ),
        Mistake(
            "one negative, k times",
            {
                "rng.choice(len(noise), size=(m, k), p=noise)": "np.repeat(rng.choice(len(noise), size=(m, 1), p=noise), k, axis=1)"
            },
            "Each pair has one negative, written k times. Draw k words for each.",
        ),
        Mistake(
            "the most frequent words, always",
            {
                "rng.choice(len(noise), size=(m, k), p=noise)": "np.tile(np.argsort(-noise)[np.arange(k) % len(noise)], (m, 1))"
            },
            "You always take the most probable words. Draw at random: rare words need to be pushed away now and then, too.",
        ),
        Mistake(
            "probabilities returned",
            {"rng.choice(len(noise), ": "rng.choice(noise, "},
            "You draw from the probabilities themselves. Draw from the ids, 0 to n_words − 1: rng.choice(len(noise), …).",
        ),
    ],
    unsuited={
        "float32": "NumPy refuses to draw with probabilities that add up to 1 in single precision only."
    },
)


def _negatives_sized(rng: Generator, n_words: int, n_e: int, m: int, k: int) -> Arguments:
    """Repeat an id in each place, within a row, and have a target among its negatives."""
    contexts, targets = _repeating(rng, n_words, m), _repeating(rng, n_words, m)
    negatives = rng.integers(0, n_words, (m, k))
    negatives[0, -1] = targets[0]
    return arguments(contexts, targets, negatives, *_matrices(rng, n_words, n_e))


def _sampled(rng: Generator) -> Arguments:
    n_words, n_e, m, k = _sizes(rng, 4)
    return _negatives_sized(rng, n_words, n_e, m, k)


def _sampled_edges(rng: Generator) -> list[Arguments]:
    """Take one pair, one negative, two words, a word drawn twice, and rather large scores."""
    contexts, targets, negatives, E, Theta = _negatives_sized(rng, 4, 3, 2, 3).positional
    twice = np.repeat(negatives[:, :1], 3, axis=1)
    return [
        _negatives_sized(rng, 5, 3, 1, 2),
        _negatives_sized(rng, 4, 2, 3, 1),
        _negatives_sized(rng, 2, 3, 4, 5),
        arguments(contexts, targets, twice, E, Theta),
        arguments(contexts, targets, negatives, 3 * E, 3 * Theta),
    ]


def _sampled_cost_edges(rng: Generator) -> list[Arguments]:
    """Add scores whose sigmoids are 0 and 1 for a computer, the same for all seeds."""
    fixed = _negatives_sized(np.random.default_rng(0), 4, 3, 2, 3)
    contexts, targets, negatives, E, Theta = fixed.positional
    large = (contexts, targets, negatives, 60 * np.sign(E), 60 * np.sign(Theta))
    return [*_sampled_edges(rng), Arguments(large, about="large scores")]


def _sampled_many(m: int) -> Arguments:
    return _negatives_sized(np.random.default_rng(0), 5, 3, m, 2)


_LOSSES = "np.logaddexp(0, -positive) + np.sum(np.logaddexp(0, negative), axis=1)"

NEGATIVE_SAMPLING_COST = Exercise(
    function="negative_sampling_cost",
    reference=word2vec.negative_sampling_cost,
    inputs=_sampled,
    edge_inputs=_sampled_cost_edges,
    checks=[
        Matches(points=6, label="the cost"),
        Matches(
            about="large scores",
            label="large scores",
            hint="σ of a large negative score is 0 for a computer, and log 0 is minus infinity. np.logaddexp(0, −z) gives −log σ(z) without that.",
        ),
        Vectorised(small=_sampled_many(2), large=_sampled_many(200)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "negatives pulled, not pushed",
            {"np.logaddexp(0, negative)": "np.logaddexp(0, -negative)"},
            "A negative should have a low score: its cost is −log σ(−z), with a minus in front of its score.",
        ),
        Mistake(
            "target pushed, not pulled",
            {"np.logaddexp(0, -positive)": "np.logaddexp(0, positive)"},
            "The target should have a high score: its cost is −log σ(z).",
        ),
        Mistake(
            "averaged over the negatives",
            {
                "np.sum(np.logaddexp(0, negative), axis=1)": "np.mean(np.logaddexp(0, negative), axis=1)"
            },
            "The costs of the k negatives are added up, not averaged. Only the pairs are averaged.",
        ),
        Mistake(
            "averaged over target and negatives",
            {"np.mean(losses)": "np.mean(losses) / (1 + negatives.shape[1])"},
            "You divide by k + 1. The costs of a pair's target and negatives are added up; only the pairs are averaged.",
        ),
        Mistake(
            "first negative only",
            {"np.sum(np.logaddexp(0, negative), axis=1)": "np.logaddexp(0, negative[:, 0])"},
            "You use the first negative of each pair only. Add up all k of them.",
        ),
        Mistake(
            "summed over the pairs",
            {"np.mean(losses)": "np.sum(losses)"},
            "The cost is the average over the m pairs.",
        ),
        Mistake(
            "matrices swapped",
            {
                "e = E[contexts]": "e = Theta[contexts]",
                "Theta[targets]": "E[targets]",
                "Theta[negatives]": "E[negatives]",
            },
            "Contexts have their vectors in E, targets and negatives in Theta.",
        ),
        Mistake(
            "sign of the whole",
            {"np.mean(losses)": "-np.mean(losses)"},
            "This is the logarithm of the likelihood, which should rise. The cost is minus that, and positive.",
        ),
        Mistake(
            "negatives equal to the target left out",
            {
                "np.logaddexp(0, negative), axis=1)": "np.logaddexp(0, negative) * (negatives != targets[:, np.newaxis]), axis=1)"
            },
            "A negative that happens to be the target counts like every other here: it is rare, and its pull and push nearly cancel.",
        ),
        Mistake(
            "negatives forgotten",
            {_LOSSES: "np.logaddexp(0, -positive)"},
            "Without negatives, all vectors may grow alike and the cost still falls. Add the cost of the negatives.",
        ),
    ],
)

_DZ_N = "sigmoid(np.einsum('mkn,mn->mk', theta_n, e)) / len(contexts)"
_D_CONTEXTS = "dz * theta + np.einsum('mk,mkn->mn', dz_n, theta_n)"

NEGATIVE_SAMPLING_GRADIENTS = Exercise(
    function="negative_sampling_gradients",
    reference=word2vec.negative_sampling_gradients,
    inputs=_sampled,
    edge_inputs=_sampled_edges,
    checks=[
        Matches("d_contexts", points=3),
        Matches("d_targets", points=3),
        Matches("d_negatives", points=3),
        Vectorised(small=_sampled_many(2), large=_sampled_many(200)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "summed, not averaged",
            {
                "(sigmoid(positive) - 1) / len(contexts)": "sigmoid(positive) - 1",
                " e)) / len(contexts)": " e))",
            },
            "The cost is an average over the m pairs: each pair's gradient has the factor 1/m.",
        ),
        Mistake(
            "label 0 for the target",
            {"(sigmoid(positive) - 1)": "sigmoid(positive)"},
            "The target's label is 1, so its dz is σ(z) − 1: negative, until it is recognised.",
        ),
        Mistake(
            "label 1 for the negatives",
            {_DZ_N: "(sigmoid(np.einsum('mkn,mn->mk', theta_n, e)) - 1) / len(contexts)"},
            "The negatives' label is 0, so their dz is σ(z) − 0.",
        ),
        Mistake(
            "signs turned round",
            {"(sigmoid(positive) - 1)": "(1 - sigmoid(positive))", _DZ_N: "-" + _DZ_N},
            "dz is prediction less label, as in logistic regression. Yours is label less prediction, and a step against it would climb.",
        ),
        Mistake(
            "the context learns from its target only",
            {_D_CONTEXTS: "dz * theta"},
            "The context's vector stands in the scores of its negatives, too: add their gradients.",
        ),
        Mistake(
            "the context learns from its negatives only",
            {_D_CONTEXTS: "np.einsum('mk,mkn->mn', dz_n, theta_n)"},
            "The context's vector stands in the score of the target, too: add dz times the target's vector.",
        ),
        Mistake(
            "the sigmoid's slope as well",
            {
                "(sigmoid(positive) - 1)": "(sigmoid(positive) - 1) * sigmoid(positive) * (1 - sigmoid(positive))"
            },
            "σ(z) − 1 is the gradient by the score already: the sigmoid's slope has cancelled against the logarithm.",
        ),
        Mistake(
            "negatives' gradients added up",
            {
                "dz_n[:, :, np.newaxis] * e[:, np.newaxis, :]": "np.sum(dz_n, axis=1, keepdims=True) * e"
            },
            "The k negatives of a pair are different words: each needs a gradient of its own, so keep the axis k.",
        ),
        Mistake(
            "context and target swapped",
            {
                "'d_contexts': dz * theta": "'d_targets': dz * theta",
                "'d_targets': dz * e": "'d_contexts': dz * e",
            },
            "A product's derivative by one factor is the other factor: the target's gradient is a multiple of the context's vector.",
        ),
        Mistake(
            "averaged over the negatives",
            {_DZ_N: _DZ_N + " / negatives.shape[1]"},
            "The costs of the k negatives are added up, so nothing is divided by k.",
        ),
    ],
)


def _rows_sized(rng: Generator, n_words: int, n_e: int, shape: tuple[int, ...]) -> Arguments:
    """Repeat the first row touched, and leave at least one alone."""
    ids = rng.integers(0, n_words - 1, shape)
    ids.flat[-1] = ids.flat[0]
    gradients = rng.normal(size=(*shape, n_e))
    return arguments(rng.normal(size=(n_words, n_e)), ids, gradients, float(rng.uniform(0.2, 2)))


def _rows(rng: Generator) -> Arguments:
    n_words, n_e, m, k = _sizes(rng, 4, low=3, high=8)
    return _rows_sized(rng, n_words, n_e, (m, k) if rng.integers(2) else (m,))


def _rows_edges(rng: Generator) -> list[Arguments]:
    """Take one row, the same row always, one number a word, and no row at all."""
    return [
        _rows_sized(rng, 4, 3, (1,)),
        _rows_sized(rng, 2, 3, (5,)),
        _rows_sized(rng, 4, 1, (3, 2)),
        _rows_sized(rng, 3, 2, (4, 1)),
        arguments(np.ones((3, 2)), np.array([], dtype=int), np.zeros((0, 2)), 0.5),
    ]


UPDATE_ROWS = Exercise(
    function="update_rows",
    reference=word2vec.update_rows,
    inputs=_rows,
    edge_inputs=_rows_edges,
    checks=[Matches(points=5, label="the updated matrix"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "a repeated row moves once",
            {
                "np.add.at(updated, ids, -learning_rate * dW_rows)": "updated[ids] -= learning_rate * dW_rows"
            },
            "W[ids] −= … writes each row once, so of several gradients for one word only the last counts. np.add.at(W, ids, …) adds them all.",
        ),
        Mistake(
            "uphill",
            {"-learning_rate": "learning_rate"},
            "The gradient points uphill: go against it, with a minus.",
        ),
        Mistake(
            "learning rate ignored",
            {"-learning_rate * dW_rows": "-dW_rows"},
            "The step is learning_rate times the gradient.",
        ),
        Mistake(
            "only the touched rows returned",
            {"return updated": "return updated[ids]"},
            "Return the whole matrix: the rows that were not touched are part of it.",
        ),
        Mistake(
            "old rows replaced",
            {"updated = W.copy()": "updated = W.copy()\n    updated[ids] = 0"},
            "The rows should move by the step, from where they were. Yours hold the step alone.",
        ),
        Mistake(
            "all rows moved",
            {
                "np.add.at(updated, ids, -learning_rate * dW_rows)": "updated = updated - learning_rate * np.sum(dW_rows.reshape(-1, W.shape[1]), axis=0)"
            },
            "Every row was moved. Only the rows named in `ids` have a gradient.",
        ),
        Mistake(
            "gradients of a repeated row averaged",
            "def update_rows(W, ids, dW_rows, learning_rate):\n"
            "    updated, flat = W.copy(), np.ravel(ids)\n"
            "    rows = dW_rows.reshape(len(flat), W.shape[1])\n"
            "    for i in set(flat.tolist()):\n"
            "        updated[i] -= learning_rate * np.mean(rows[flat == i], axis=0)\n"
            "    return updated",
            "Gradients of one row add up; yours are averaged.",
        ),
    ],
)


# --- GloVe ----------------------------------------------------------------------------------


def _counting_sized(rng: Generator, n_words: int, n_pairs: int) -> Arguments:
    contexts, targets = rng.integers(0, n_words, (2, n_pairs))
    contexts[-1], targets[-1] = contexts[0], targets[0]
    targets[1] = contexts[1]
    return arguments(contexts, targets, n_words)


def _counting(rng: Generator) -> Arguments:
    n_words, n_pairs = _sizes(rng, 2, low=3, high=9)
    return _counting_sized(rng, n_words, n_pairs + 2)


def _counting_edges(rng: Generator) -> list[Arguments]:
    """Take two words, no pair at all, and a word that never occurs."""
    none = np.array([], dtype=int)
    return [
        _counting_sized(rng, 2, 7),
        arguments(none, none, 3),
        arguments(np.array([0, 0, 1]), np.array([1, 1, 0]), 4),
    ]


CO_OCCURRENCES = Exercise(
    function="co_occurrences",
    reference=word2vec.co_occurrences,
    inputs=_counting,
    edge_inputs=_counting_edges,
    checks=[Matches(points=3, label="the counts"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "repeated pairs counted once",
            {"np.add.at(X, (targets, contexts), 1)": "X[targets, contexts] += 1"},
            "X[targets, contexts] += 1 adds 1 once, however often a pair comes. np.add.at adds it every time.",
        ),
        Mistake(
            "rows and columns swapped",
            {"(targets, contexts)": "(contexts, targets)"},
            "Rows are targets and columns are contexts: yours is transposed.",
        ),
        Mistake(
            "every pair counted both ways",
            {"return X": "return X + X.T"},
            "Each pair is counted once. The list of pairs holds both directions already.",
        ),
        Mistake(
            "shares for counts",
            {"return X": "return X / max(len(contexts), 1)"},
            "These are shares. Return the counts themselves: GloVe wants to know how sure they are.",
        ),
        Mistake(
            "equal words left out",
            {"return X": "np.fill_diagonal(X, 0)\n    return X"},
            "A word may stand near another occurrence of itself: keep the diagonal.",
        ),
        Mistake(
            "overwritten instead of counted",
            {"np.add.at(X, (targets, contexts), 1)": "X[contexts, targets] = 1"},
            "You write a 1 for every pair that occurs, in row context. Count how often it occurs, in the row of the target.",
        ),
    ],
)


def _weighing(rng: Generator) -> Arguments:
    shape = tuple(_sizes(rng, 2))
    X = rng.permutation(np.arange(np.prod(shape)) ** 2).reshape(shape).astype(float)
    x_max = float(rng.uniform(0.2, 0.7) * X.max())
    return arguments(X, x_max, float(rng.uniform(0.3, 0.9)))


def _weighing_edges(rng: Generator) -> list[Arguments]:
    """Take the usual constants, a single zero, and exactly x_max."""
    return [
        arguments(np.array([[0.0, 1.0, 50.0], [100.0, 101.0, 900.0]])),
        arguments(np.array([[0.0]]), 10.0),
        arguments(np.array([[8.0], [16.0]]), 16.0, 0.5),
    ]


GLOVE_WEIGHTS = Exercise(
    function="glove_weights",
    reference=word2vec.glove_weights,
    inputs=_weighing,
    edge_inputs=_weighing_edges,
    checks=[Matches(points=3, label="the weights"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "weights above 1",
            {"np.minimum(1, (X / x_max) ** alpha)": "(X / x_max) ** alpha"},
            "From x_max on the weight is 1: otherwise “of the” would drown everything else.",
        ),
        Mistake(
            "exponent left out",
            {"(X / x_max) ** alpha": "X / x_max"},
            "Below x_max the weight is (X / x_max) to the power alpha.",
        ),
        Mistake(
            "exponent on the count alone",
            {"(X / x_max) ** alpha": "X ** alpha / x_max"},
            "The power belongs to the whole quotient: (X / x_max) ** alpha.",
        ),
        Mistake(
            "frequent pairs ignored",
            {"np.minimum(1, (X / x_max) ** alpha)": "np.where(X < x_max, (X / x_max) ** alpha, 0)"},
            "From x_max on the weight is 1, not 0.",
        ),
        Mistake(
            "constants written in",
            {"(X / x_max) ** alpha": "(X / 100) ** 0.75"},
            "100 and 3/4 are only the defaults: use the arguments.",
        ),
        Mistake(
            "maximum for minimum",
            {"np.minimum": "np.maximum"},
            "Weights are at most 1: take the smaller one of 1 and the power.",
        ),
        Mistake(
            "relative to the largest count",
            {"X / x_max": "X / np.maximum(np.max(X), 1)"},
            "The counts are divided by x_max, not by the largest of them.",
        ),
    ],
)


def _glove_parameters(rng: Generator, n_words: int, n_e: int) -> dict[str, np.ndarray]:
    E, Theta = _matrices(rng, n_words, n_e)
    return {
        "E": E,
        "Theta": Theta,
        "b_E": rng.normal(size=(n_words, 1)),
        "b_Theta": rng.normal(size=(n_words, 1)),
    }


def _glove_sized(
    rng: Generator, n_words: int, n_e: int
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Draw counts of which some are 0 and none are the same both ways."""
    X = rng.permutation(np.arange(n_words**2)).reshape(n_words, n_words).astype(float)
    X[n_words**2 / 4 > X] = 0
    return _glove_parameters(rng, n_words, n_e), X


def _comparing(rng: Generator) -> Arguments:
    n_words, n_e = _sizes(rng, 2, high=6)
    return arguments(*_glove_sized(rng, n_words, n_e))


def _comparing_edges(rng: Generator) -> list[Arguments]:
    """Take two words, one word, and pairs that never occur."""
    return [
        arguments(*_glove_sized(rng, 2, 3)),
        arguments(_glove_parameters(rng, 1, 2), np.array([[7.0]])),
        arguments(_glove_parameters(rng, 3, 2), np.diag([0.0, 4.0, 9.0])),
    ]


_LOG = "np.log(np.maximum(X, 1e-300))"
_WHERE = f"np.where(X > 0, Z - {_LOG}, 0.0)"

GLOVE_DIFFERENCES = Exercise(
    function="glove_differences",
    reference=word2vec.glove_differences,
    inputs=_comparing,
    edge_inputs=_comparing_edges,
    checks=[Matches(points=4, label="the differences"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "biases the wrong way",
            {
                "parameters['b_Theta'] + parameters['b_E'].T": "parameters['b_Theta'].T + parameters['b_E']"
            },
            "Rows are targets, so the column b_Theta is added as it is; columns are contexts, so b_E is turned into a row.",
        ),
        Mistake(
            "both biases as columns",
            {"parameters['b_E'].T": "parameters['b_E']"},
            "b_E belongs to the contexts, the columns of the matrix: turn it into a row with .T.",
        ),
        Mistake(
            "biases left out",
            {" + parameters['b_Theta'] + parameters['b_E'].T": ""},
            "The biases are missing: some words occur more often than others, whatever their neighbours.",
        ),
        Mistake(
            "logarithm left out",
            {_LOG: "X"},
            "The scores should agree with the logarithms of the counts.",
        ),
        Mistake(
            "logarithm of 1 + X",
            {_LOG: "np.log(1 + X)"},
            "log(1 + X) is not log X. Pairs that never occur are left out, so no 1 is needed.",
        ),
        Mistake(
            "pairs that never occur",
            {_WHERE: f"Z - {_LOG}"},
            "log 0 is minus infinity. Where X is 0, the difference should be 0.",
        ),
        Mistake(
            "scores transposed",
            {"parameters['Theta'] @ parameters['E'].T": "parameters['E'] @ parameters['Theta'].T"},
            "Rows are targets and columns are contexts: Theta @ E.T.",
        ),
        Mistake(
            "sign turned round",
            {f"Z - {_LOG}": f"{_LOG} - Z"},
            "The difference is score less logarithm. The square would not mind, but the gradient would.",
        ),
    ],
)


def _glove(rng: Generator) -> Arguments:
    n_words, n_e = _sizes(rng, 2, high=6)
    parameters, X = _glove_sized(rng, n_words, n_e)
    x_max = float(rng.uniform(0.4, 0.8) * X.max())
    return arguments(parameters, X, x_max, float(rng.uniform(0.3, 0.9)))


def _glove_edges(rng: Generator) -> list[Arguments]:
    """Take the usual constants, one word, and no pair at all."""
    return [
        arguments(*_glove_sized(rng, 3, 2)),
        arguments(_glove_parameters(rng, 1, 2), np.array([[7.0]]), 10.0),
        arguments(_glove_parameters(rng, 2, 3), np.zeros((2, 2)), 10.0),
    ]


_WEIGHTS = "glove_weights(X, x_max, alpha)"
_DEFAULTS = Mistake(
    "constants not handed on",
    {_WEIGHTS: "glove_weights(X)"},
    "glove_weights gets its defaults here. Hand x_max and alpha on to it.",
)

GLOVE_COST = Exercise(
    function="glove_cost",
    reference=word2vec.glove_cost,
    inputs=_glove,
    edge_inputs=_glove_edges,
    checks=[Matches(points=3, label="the cost"), LeavesInputsAlone()],
    uses=("glove_weights", "glove_differences"),
    mistakes=[
        Mistake(
            "weights left out",
            {f"{_WEIGHTS} * ": ""},
            "All pairs count alike in yours. Multiply each square by its weight.",
        ),
        Mistake(
            "squares left out",
            {" ** 2": ""},
            "Positive and negative differences would cancel: square them.",
        ),
        Mistake(
            "weights squared as well",
            {
                f"{_WEIGHTS} * glove_differences(parameters, X) ** 2": f"({_WEIGHTS} * glove_differences(parameters, X)) ** 2"
            },
            "Square the differences only, and multiply by the weights afterwards.",
        ),
        Mistake(
            "averaged",
            {"np.sum": "np.mean"},
            "The cost is the sum over all pairs, not their average.",
        ),
        Mistake(
            "halved",
            {"np.sum(": "0.5 * np.sum("},
            "There is no factor 1/2 in this cost.",
        ),
        _DEFAULTS,
    ],
)

_DZ = f"2 * {_WEIGHTS} * glove_differences(parameters, X)"

GLOVE_GRADIENTS = Exercise(
    function="glove_gradients",
    reference=word2vec.glove_gradients,
    inputs=_glove,
    edge_inputs=_glove_edges,
    checks=[
        Matches("dTheta", points=2),
        Matches("dE", points=2),
        Matches("db_Theta", points=1),
        Matches("db_E", points=1),
        LeavesInputsAlone(),
    ],
    uses=("glove_weights", "glove_differences"),
    mistakes=[
        Mistake(
            "factor 2 left out",
            {_DZ: f"{_WEIGHTS} * glove_differences(parameters, X)"},
            "The derivative of a square brings a 2, and there is no 1/2 in the cost to cancel it.",
        ),
        Mistake(
            "weights left out",
            {_DZ: "2 * glove_differences(parameters, X)"},
            "Each pair's square has its weight in front, and so has its derivative.",
        ),
        Mistake(
            "dE not transposed",
            {"dZ.T @ parameters['Theta']": "dZ @ parameters['Theta']"},
            "The contexts are the columns of dZ: for dE, sum over the rows, dZ.T @ Theta.",
        ),
        Mistake(
            "the two matrices swapped",
            {"'dE': dZ.T": "'dTheta': dZ.T", "'dTheta': dZ @": "'dE': dZ @"},
            "A product's derivative by one factor is the other factor. The rows of dZ are targets, so dZ @ E is shaped for the targets: it is dTheta.",
        ),
        Mistake(
            "bias gradients swapped",
            {
                "'db_E': np.sum(dZ, axis=0)": "'db_Theta': np.sum(dZ, axis=0)",
                "'db_Theta': np.sum(dZ, axis=1": "'db_E': np.sum(dZ, axis=1",
            },
            "The bias of a target stands in a whole row, so sum the row for it, axis=1. That of a context stands in a column, axis=0.",
        ),
        Mistake(
            "bias gradients flat",
            {"np.sum(dZ, axis=0).reshape(-1, 1)": "np.sum(dZ, axis=0)", ", keepdims=True": ""},
            "Gradients have the shape of what they belong to: the biases are columns, (n_words, 1).",
        ),
        Mistake(
            "weights as a square root",
            {_DZ: f"2 * np.sqrt({_WEIGHTS}) * glove_differences(parameters, X)"},
            "The weight itself stands in front of the square, no root of it.",
        ),
        _DEFAULTS,
    ],
)

EXERCISES = [
    *(BUILD_VOCABULARY, SENTENCE_TO_IDS, CONTEXT_TARGET_PAIRS, KEEP_PROBABILITIES),
    *(SKIPGRAM_SOFTMAX, SKIPGRAM_COST, SKIPGRAM_GRADIENTS),
    *(NOISE_DISTRIBUTION, DRAW_NEGATIVES, NEGATIVE_SAMPLING_COST, NEGATIVE_SAMPLING_GRADIENTS),
    *(UPDATE_ROWS, CO_OCCURRENCES, GLOVE_WEIGHTS, GLOVE_DIFFERENCES, GLOVE_COST, GLOVE_GRADIENTS),
]
