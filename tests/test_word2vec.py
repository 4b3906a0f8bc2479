"""Learning word vectors: properties, gradients, and what the planted corpus shows."""

import doctest
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import corpora, embedding_training
from helpers import word2vec as w2v

seeds = st.integers(0, 1000)
sentences = st.lists(st.text("ab c", max_size=8), max_size=5)
ids = st.lists(st.integers(0, 4), max_size=7)


def batch(seed, n_words=4, n_e=3, m=5, k=2):
    rng = np.random.default_rng(seed)
    contexts, targets = rng.integers(0, n_words, (2, m))
    negatives = rng.integers(0, n_words, (m, k))
    E, Theta = rng.normal(size=(2, n_words, n_e))
    return contexts, targets, negatives, E, Theta


def slopes(cost, values):
    """Differentiate numerically by every entry of an array."""
    result = np.zeros(values.shape)
    for place in np.ndindex(values.shape):
        steps = []
        for step in (1e-6, -1e-6):
            changed = values.copy()
            changed[place] += step
            steps.append(cost(changed))
        result[place] = (steps[0] - steps[1]) / 2e-6
    return result


def test_docstring_examples():
    assert doctest.testmod(w2v).failed == 0


@given(sentences, st.integers(1, 3))
def test_the_vocabulary_counts_every_word_that_is_frequent_enough(texts, min_count):
    word_to_index, counts = w2v.build_vocabulary(texts, min_count)
    found = Counter(" ".join(texts).split())
    assert {w: counts[i] for w, i in word_to_index.items()} == {
        w: n for w, n in found.items() if n >= min_count
    }
    assert list(word_to_index.values()) == list(range(len(counts)))
    assert sorted(word_to_index, key=lambda w: (-found[w], w)) == list(word_to_index)


@given(ids, st.integers(1, 9))
def test_every_pair_has_its_mirror_image(sentence, window):
    contexts, targets = w2v.context_target_pairs(sentence, window)
    assert Counter(zip(contexts, targets, strict=True)) == Counter(
        zip(targets, contexts, strict=True)
    )
    near = sum(min(window, len(sentence) - 1 - i) for i in range(len(sentence)))
    assert len(contexts) == 2 * near


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_softmax_gradients_agree_with_the_numerical_ones(seed):
    contexts, targets, _, E, Theta = batch(seed)

    def cost(E, Theta):
        return w2v.skipgram_cost(w2v.skipgram_softmax(contexts, E, Theta), targets)

    grads = w2v.skipgram_gradients(contexts, targets, E, Theta)
    np.testing.assert_allclose(grads["dE"], slopes(lambda x: cost(x, Theta), E), atol=1e-7)
    np.testing.assert_allclose(grads["dTheta"], slopes(lambda x: cost(E, x), Theta), atol=1e-7)


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_negative_sampling_gradients_agree_with_the_numerical_ones(seed):
    contexts, targets, negatives, E, Theta = batch(seed)
    given_ids = contexts, targets, negatives
    grads = w2v.negative_sampling_gradients(*given_ids, E, Theta)
    cost = w2v.negative_sampling_cost
    dE = -w2v.update_rows(np.zeros(E.shape), contexts, grads["d_contexts"], 1)
    dTheta = -w2v.update_rows(np.zeros(E.shape), targets, grads["d_targets"], 1)
    dTheta -= w2v.update_rows(np.zeros(E.shape), negatives, grads["d_negatives"], 1)
    np.testing.assert_allclose(dE, slopes(lambda x: cost(*given_ids, x, Theta), E), atol=1e-7)
    np.testing.assert_allclose(dTheta, slopes(lambda x: cost(*given_ids, E, x), Theta), atol=1e-7)


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_glove_gradients_agree_with_the_numerical_ones(seed):
    rng = np.random.default_rng(seed)
    p = {"E": rng.normal(size=(4, 3)), "Theta": rng.normal(size=(4, 3))}
    p |= {name: rng.normal(size=(4, 1)) for name in ("b_E", "b_Theta")}
    X = rng.integers(0, 9, (4, 4)) * rng.integers(0, 2, (4, 4)) * 1.0
    grads = w2v.glove_gradients(p, X, x_max=6)
    for name, value in p.items():
        numerical = slopes(lambda x, name=name: w2v.glove_cost({**p, name: x}, X, x_max=6), value)
        np.testing.assert_allclose(grads["d" + name], numerical, rtol=1e-5, atol=1e-6)


def test_large_scores_do_not_overflow():
    contexts, targets, negatives, E, Theta = batch(0)
    with np.errstate(over="raise"):
        assert np.isfinite(w2v.negative_sampling_cost(contexts, targets, negatives, 99 * E, Theta))


def test_a_word_drawn_twice_moves_twice():
    W = w2v.update_rows(np.zeros((3, 2)), np.array([[1, 1], [1, 2]]), np.ones((2, 2, 2)), 0.5)
    assert W.tolist() == [[0, 0], [-1.5, -1.5], [-0.5, -0.5]]


def test_negatives_follow_the_noise_distribution():
    noise = np.array([0.5, 0.0, 0.3, 0.2])
    drawn = w2v.draw_negatives(noise, 5000, 3, seed=1)
    assert drawn.shape == (5000, 3)
    np.testing.assert_allclose(np.bincount(drawn.ravel(), minlength=4) / 15000, noise, atol=0.03)


def test_softmax_with_one_hot_is_the_average_surprise_of_a_guess():
    contexts, targets, _, E, Theta = batch(3, n_words=2)
    P = w2v.skipgram_softmax(contexts, E, 0 * Theta)
    assert w2v.skipgram_cost(P, targets) == pytest.approx(np.log(2))


def analogies_right(E, word_to_index, relations):
    """Count the planted analogies that come out right, and all of them."""
    N = E / np.linalg.norm(E, axis=1, keepdims=True)
    right = total = 0
    for pairs in relations.values():
        a, b = (np.array([word_to_index[p[side]] for p in pairs]) for side in (0, 1))
        for i in range(len(pairs)):
            scores = (N[b] + N[a[i]] - N[a]) @ N.T  # a : b :: a[i] : ?
            rows = np.arange(len(pairs))
            for asked in (a, b, np.full(len(pairs), a[i])):
                scores[rows, asked] = -np.inf
            found = np.argmax(scores, axis=1) == b[i]
            right += int(np.sum(found)) - int(found[i])
            total += len(pairs) - 1
    return right, total


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_planted_analogies_come_out_right(seed):
    corpus = corpora.load_corpus()
    word_to_index, counts = w2v.build_vocabulary(corpus.sentences)
    text = [w2v.sentence_to_ids(sentence, word_to_index) for sentence in corpus.sentences]
    E, _ = embedding_training.train_word_vectors(vars(w2v), text, counts, seed=seed)
    right, total = analogies_right(E, word_to_index, corpus.relations)
    assert right / total >= 0.9
    pairs = [w2v.context_target_pairs(ids, 5) for ids in text]
    contexts, targets = (np.concatenate(side).astype(int) for side in zip(*pairs, strict=True))
    counted = w2v.co_occurrences(contexts, targets, len(counts)).T
    assert analogies_right(counted, word_to_index, corpus.relations)[0] / total < 0.7
    start = np.random.default_rng(seed).normal(size=E.shape)
    assert analogies_right(start, word_to_index, corpus.relations)[0] / total < 0.05
