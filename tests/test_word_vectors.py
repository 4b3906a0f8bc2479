"""Word vectors, bias and sentences: properties that hold whatever the vectors are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import sentence_classifier, softmax_regression, word_bias, word_vectors

seeds = st.integers(0, 10_000)
WORDS = ("tea", "milk", "bread", "river", "green", "seven", "quiet", "horse")


def word_map(seed, n=4):
    rng = np.random.default_rng(seed)
    return {word: rng.normal(size=n) for word in WORDS}


@given(seeds, st.lists(st.sampled_from([*WORDS, "gin"]), min_size=1, max_size=6))
def test_looking_up_is_multiplying_with_one_hot_columns(seed, text):
    places = {word: k for k, word in enumerate(["<unk>", *WORDS])}
    E = np.random.default_rng(seed).normal(size=(3, len(places)))
    one_hot = word_vectors.words_to_one_hot(text, places)
    assert one_hot.sum(axis=0).tolist() == [1] * len(text)
    indices = [places.get(word, 0) for word in text]
    np.testing.assert_allclose(word_vectors.embed(E, indices), E @ one_hot)


@given(seeds, st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_embed_backward_is_the_product_and_the_slope(seed, indices):
    rng = np.random.default_rng(seed)
    E, dX = rng.normal(size=(2, 5)), rng.normal(size=(2, len(indices)))
    dE = word_vectors.embed_backward(dX, indices, 5)
    np.testing.assert_allclose(dE, dX @ np.eye(5)[indices])
    for index in np.ndindex(E.shape):
        step = np.zeros_like(E)
        step[index] = 1e-5
        up, down = (np.sum(dX * word_vectors.embed(E + s, indices)) for s in (step, -step))
        assert np.isclose((up - down) / 2e-5, dE[index], atol=1e-7)


@given(seeds, st.integers(1, 6), st.floats(0.01, 100), st.floats(0.01, 100))
def test_the_cosine_knows_no_lengths(seed, n, a, b):
    u, v = np.random.default_rng(seed).normal(size=(2, n))
    cosine = word_vectors.cosine_similarity(u, v)
    assert abs(cosine) <= 1 + 1e-12
    assert np.isclose(word_vectors.cosine_similarity(a * v, b * u), cosine)
    assert np.isclose(word_vectors.cosine_similarity(-u, v), -cosine)


def test_a_zero_vector_is_like_nothing():
    assert word_vectors.cosine_similarity(np.zeros(3), np.ones(3)) == 0


@given(seeds, st.integers(1, 7))
def test_neighbours_are_in_order_and_others_are_farther(seed, k):
    vectors = word_map(seed)
    found = word_vectors.nearest_neighbours("TEA", vectors, k)
    similar = [word_vectors.cosine_similarity(vectors["tea"], vectors[w]) for w in found]
    assert len(found) == k
    assert similar == sorted(similar, reverse=True)
    for other in set(WORDS[1:]) - set(found):
        assert word_vectors.cosine_similarity(vectors["tea"], vectors[other]) <= similar[-1]


@given(seeds, st.floats(0.2, 5))
def test_an_exact_analogy_is_completed_whatever_the_length_of_the_step(seed, length):
    vectors = word_map(seed, n=6)
    step = vectors["milk"] - vectors["tea"]
    vectors["horse"] = vectors["bread"] + length * step
    assert word_vectors.complete_analogy("Tea", "milk", "BREAD", vectors) == "horse"


@given(seeds, st.integers(2, 5), st.integers(3, 7), st.data())
def test_principal_components(seed, n, m, data):
    X = np.random.default_rng(seed).normal(size=(n, m))
    k = data.draw(st.integers(1, min(n, m - 1)))
    components, shares = word_vectors.principal_components(X, k)
    values, _ = np.linalg.eigh(np.cov(X))
    np.testing.assert_allclose(components.T @ components, np.eye(k), atol=1e-9)
    np.testing.assert_allclose(shares, values[::-1][:k] / np.sum(values), atol=1e-9)
    turned = components.T @ (X - X.mean(axis=1, keepdims=True))
    np.testing.assert_allclose(np.cov(turned) * np.eye(k), np.cov(turned), atol=1e-9)
    assert (components[np.argmax(np.abs(components), axis=0), np.arange(k)] > 0).all()


@given(seeds, st.floats(0.01, 100))
def test_a_projection_is_projected_on_itself_and_the_rest_is_at_right_angles(seed, length):
    v, axis = np.random.default_rng(seed).normal(size=(2, 5))
    along = word_bias.project(v, length * axis)
    np.testing.assert_allclose(word_bias.project(along, axis), along, atol=1e-9)
    np.testing.assert_allclose(word_bias.neutralize("w", axis, {"w": v}), v - along, atol=1e-9)
    assert abs(np.dot(v - along, axis)) < 1e-9


@given(seeds)
def test_equalized_words_are_equally_near_to_every_neutral_word(seed):
    vectors = {word: v / np.linalg.norm(v) for word, v in word_map(seed, n=5).items()}
    axis = np.random.default_rng(seed + 1).normal(size=5)
    e1, e2 = word_bias.equalize(("tea", "milk"), axis, vectors)
    neutral = word_bias.neutralize("bread", axis, vectors)
    assert np.allclose([np.linalg.norm(e1), np.linalg.norm(e2)], 1)
    assert np.isclose(np.dot(e1, neutral), np.dot(e2, neutral))
    np.testing.assert_allclose(word_bias.project(e1 - e2, axis), e1 - e2, atol=1e-9)
    assert np.dot(e1 - e2, axis) * np.dot(vectors["tea"] - vectors["milk"], axis) >= 0


def test_the_bias_direction_is_what_pairs_have_in_common():
    g = np.array([1.0, -2.0, 0.5])
    vectors = word_map(3, n=3)
    vectors |= {word.upper(): v + g for word, v in vectors.items()}
    pairs = [(word, word.upper()) for word in WORDS]
    np.testing.assert_allclose(word_bias.bias_direction(pairs, vectors), g)


@given(seeds, st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_the_average_is_the_embedded_bag_of_words(seed, text):
    vectors = word_map(seed)
    counts = sentence_classifier.bag_of_words([" ".join(text)], {w: k for k, w in enumerate(WORDS)})
    E = np.column_stack([vectors[word] for word in WORDS])
    avg = sentence_classifier.sentence_to_avg(" ".join(text).upper(), vectors)
    np.testing.assert_allclose(avg, (E @ counts)[:, 0] / len(text))


def test_unknown_words_are_left_out():
    vectors = {"tea": np.array([2, 4])}
    assert sentence_classifier.sentence_to_avg("tea gin", vectors).tolist() == [2, 4]
    assert sentence_classifier.sentence_to_avg("gin", vectors).tolist() == [0, 0]


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 5), st.integers(2, 4))
def test_the_model_is_softmax_regression_on_averages(seed, m, n_y):
    rng, vectors = np.random.default_rng(seed), word_map(seed)
    X = [" ".join(rng.choice(WORDS, int(rng.integers(1, 4)))) for _ in range(m)]
    Y = softmax_regression.one_hot(rng.integers(0, n_y, (1, m)), n_y)
    parameters, costs = sentence_classifier.model(X, Y, vectors, 0.3, 5)
    V = np.column_stack([sentence_classifier.sentence_to_avg(text, vectors) for text in X])
    wanted, wanted_costs = softmax_regression.softmax_model(V, Y, 0.3, 5)
    np.testing.assert_allclose(costs, wanted_costs)
    for key in ("W", "b"):
        np.testing.assert_allclose(parameters[key], wanted[key], atol=1e-12)
    classes = sentence_classifier.predict(X, parameters, vectors)
    np.testing.assert_array_equal(classes, softmax_regression.predict(wanted, V))


@pytest.mark.parametrize("function", ["neutralize", "equalize"])
def test_the_vectors_stay_as_they_are(function):
    vectors = {word: v / np.linalg.norm(v) for word, v in word_map(1).items()}
    before = {word: v.copy() for word, v in vectors.items()}
    what = "tea" if function == "neutralize" else ("tea", "milk")
    getattr(word_bias, function)(what, np.ones(4), vectors)
    assert all((vectors[word] == before[word]).all() for word in WORDS)
