"""Week 7's decisions: against closed forms, scikit-learn and SciPy, and at their edges."""

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import data_quality, evaluation, strategy

seeds = st.integers(0, 10_000)


def drawn(seed, low=1):
    rng = np.random.default_rng(seed)
    m = int(rng.integers(low, 40))
    return rng, rng.integers(0, 2, (1, m)), rng.integers(0, 2, (1, m))


@pytest.mark.parametrize("module", [evaluation, strategy, data_quality])
def test_docstring_examples(module):
    assert doctest.testmod(module).failed == 0


@given(seeds)
def test_counts_and_scores_are_those_of_scikit_learn(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    _, predictions, Y = drawn(seed)
    counts = evaluation.confusion_counts(predictions, Y)
    assert sum(counts.values()) == Y.size
    p, r = evaluation.precision(counts), evaluation.recall(counts)
    both = Y[0], predictions[0]
    assert p == pytest.approx(metrics.precision_score(*both, zero_division=0))
    assert r == pytest.approx(metrics.recall_score(*both, zero_division=0))
    f1 = metrics.f1_score(*both, zero_division=0)
    assert evaluation.f1_score(p, r) == pytest.approx(f1)


@given(st.integers(0, 99), st.integers(0, 99))
def test_f1_lies_between_the_smaller_and_the_mean(p, r):
    p, r = p / 99, r / 99
    assert min(p, r) - 1e-12 <= evaluation.f1_score(p, r) <= (p + r) / 2 + 1e-12


@given(seeds)
def test_a_higher_threshold_never_finds_more(seed):
    rng, _, Y = drawn(seed)
    thresholds = np.sort(rng.random(6))
    _, recalls = evaluation.precision_recall_curve(rng.random(Y.shape), Y, thresholds)
    assert recalls == sorted(recalls, reverse=True)


@given(seeds)
def test_the_chosen_model_is_acceptable_and_no_acceptable_one_is_better(seed):
    rng = np.random.default_rng(seed)
    models = {f"m{n}": {"f1": rng.random(), "ms": rng.random()} for n in range(5)}
    chosen = evaluation.choose_model(models, "f1", {"ms": 0.4})
    good = [model["f1"] for model in models.values() if model["ms"] <= 0.4]
    assert (chosen is None) == (not good)
    assert chosen is None or models[chosen]["f1"] == max(good)


@given(seeds)
def test_equal_weights_give_the_plain_error(seed):
    _, predictions, Y = drawn(seed)
    weighted = evaluation.weighted_error(predictions, Y, np.full(Y.shape, 3.0))
    assert weighted == pytest.approx(np.mean(predictions != Y))


@given(st.integers(5, 10**8), st.integers(1, 20_000))
def test_splits_use_every_example_once(m, enough):
    train, dev, test = evaluation.split_sizes(m, enough)
    assert train + dev + test == m
    assert dev == test <= min(enough, m / 5)
    parts = evaluation.split_two_sources(m, 7, enough)
    assert np.sum(list(parts.values()), axis=0).tolist() == [m, 7]
    assert parts["train"][0] >= parts["dev"][0]


@given(st.floats(0.01, 0.99), st.floats(0.003, 0.2), st.floats(1, 3))
def test_the_dev_set_is_as_large_as_needed_and_no_larger(error, margin, z):
    m = evaluation.dev_set_size(error, margin, z)
    assert evaluation.margin_of_error(error, m, z) <= margin * (1 + 1e-9)
    assert m == 1 or evaluation.margin_of_error(error, m - 1, z) > margin * (1 - 1e-9)


def test_the_margin_covers_the_truth_as_often_as_it_says():
    stats = pytest.importorskip("scipy.stats")
    assert stats.norm.ppf(0.975) == pytest.approx(1.96, abs=1e-4)
    wrong = np.random.default_rng(0).binomial(400, 0.2, 20_000) / 400
    margins = np.array([evaluation.margin_of_error(error, 400) for error in wrong])
    assert np.mean(np.abs(wrong - 0.2) <= margins) == pytest.approx(0.95, abs=0.01)


FLOORS = ("human", "train", "train-dev", "dev", "test")


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_the_gaps_add_up_to_all_that_is_lost(values):
    gaps = strategy.error_gaps(dict(zip(FLOORS, values, strict=True)))
    assert sum(gaps.values()) == pytest.approx(values[-1] - values[0])


def test_no_gap_above_the_tolerance_is_no_problem():
    actions = {"variance": "more data", "none": "nothing"}
    small = dict(zip(FLOORS, (0.25, 0.5, 0.75, 0.75, 0.5), strict=True))
    assert strategy.diagnose(small, actions, 0.25) == ("none", "nothing")
    larger = {**small, "train-dev": 0.875}
    assert strategy.diagnose(larger, actions, 0.25) == ("variance", "more data")


def test_the_first_link_that_does_not_hold_is_mended_first():
    knobs = {"a": "first", "b": "second"}
    assert strategy.next_knob({"b": 9, "a": 2}, {"a": 1, "b": 1}, knobs) == "first"
    assert strategy.next_knob({"b": 9, "a": 1}, {"a": 1, "b": 1}, knobs) == "second"
    assert strategy.next_knob({"b": 1, "a": 1}, {"a": 1, "b": 1}, knobs) == "done"


@given(st.lists(st.sets(st.sampled_from("abc")), min_size=1), st.floats(0, 1))
def test_no_ceiling_is_above_the_error(tags, error):
    counts, shares, ceilings = strategy.error_analysis_table(tags, "abc", error)
    for name in "abc":
        assert counts[name] == len([each for each in tags if name in each])
        assert 0 <= ceilings[name] == pytest.approx(shares[name] * error)
        assert ceilings[name] <= error


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_labels_and_model_share_the_error(error, share, difference):
    from_labels, from_model, pays = strategy.cleaning_pays(error, share, difference)
    assert from_labels + from_model == pytest.approx(error)
    assert pays == (error * share >= difference)


@given(seeds)
def test_questions_without_an_answer_cost_nothing(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(seed)
    A, Y = rng.uniform(0.01, 0.99, (3, 8)), rng.integers(0, 2, (3, 8)).astype(float)
    each = sum(metrics.log_loss(y, a, labels=[0, 1]) for y, a in zip(Y, A, strict=True))
    assert strategy.multi_task_cost(A, Y) == pytest.approx(each)
    Y[1] = np.nan
    rest = sum(metrics.log_loss(Y[n], A[n], labels=[0, 1]) for n in (0, 2))
    assert strategy.multi_task_cost(A, Y) == pytest.approx(rest)


APPROACHES = {
    "end-to-end": {"examples": 10, "steps": [99], "pretrained": 99, "siblings": [99]},
    "pipeline": {"examples": 9, "steps": [10, 12], "pretrained": 99, "siblings": [99]},
    "transfer": {"examples": 9, "steps": [99, 9], "pretrained": 10, "siblings": [99]},
    "multi-task": {"examples": 4, "steps": [], "pretrained": 9, "siblings": [3, 3]},
    "collect data": {"examples": 4, "steps": [], "pretrained": 0, "siblings": [3, 2]},
}


@pytest.mark.parametrize("wanted, case", APPROACHES.items())
def test_the_first_approach_with_enough_examples(wanted, case):
    assert strategy.choose_approach({"enough": 10, **case}) == wanted


@given(seeds)
def test_duplicates_are_those_that_comparing_all_pairs_finds(seed):
    rng = np.random.default_rng(seed)
    X, X_new = rng.integers(0, 2, (3, 5)), rng.integers(0, 2, (3, 6))
    slow = [j for j in range(6) if any((X[:, i] == X_new[:, j]).all() for i in range(5))]
    assert data_quality.find_duplicates(X, X_new) == slow
    assert data_quality.find_duplicates(X.astype(float), X_new) == slow


@given(seeds)
def test_no_shift_to_itself_and_one_after_a_step_of_one_deviation(seed):
    X = np.random.default_rng(seed).normal(size=(4, 9))
    np.testing.assert_allclose(data_quality.standardized_shift(X, X), 0, atol=1e-12)
    moved = X + np.std(X, axis=1, keepdims=True)
    np.testing.assert_allclose(data_quality.standardized_shift(X, moved), 1)


def test_a_feature_that_does_not_vary_divides_by_nothing():
    with np.errstate(all="raise"):
        shift = data_quality.standardized_shift(np.full((1, 5), 2.0), np.full((1, 3), 5.0))
    assert shift.tolist() == [[3.0]]


@given(seeds)
def test_all_others_are_believed_more_than_the_suspicious_ones(seed):
    rng = np.random.default_rng(seed)
    A = rng.dirichlet(np.ones(3), 9).T
    labels = rng.integers(0, 3, (1, 9))
    found = data_quality.suspicious_labels(A, labels, 4)
    own = [A[labels[0, place], place] for place in range(9)]
    assert [own[place] for place in found] == sorted(own)[:4]


def test_a_thousand_examples_tell_models_apart_by_two_percent():
    assert math.isclose(evaluation.margin_of_error(0.1, 1000), 0.0186, abs_tol=1e-4)
