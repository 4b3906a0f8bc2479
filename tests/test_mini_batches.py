"""The check of mini-batches, and checks that look at special cases only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers.checking.checks import Case, Matches
from helpers.checking.judging import Question, judge_function
from helpers.checking.mini_batches import MiniBatches
from helpers.checking.outcomes import arguments, invoke
from helpers.checking.sheets import from_data, to_data
from helpers.optimization import random_mini_batches

ASPECTS = ("sizes", "examples", "labels", "order", "seed")


def data(m, rows=2):
    return np.arange(float(rows * m)).reshape(rows, m), np.arange(m).reshape(1, m)


def question(checks, *calls, reference=random_mini_batches):
    return Question("f", (), [Case(args, invoke(reference, args)) for args in calls], checks, {})


ASKED = question(
    [MiniBatches(aspect=aspect, points=1) for aspect in ASPECTS],
    arguments(*data(80), 16, 3),
    arguments(*data(70, rows=1), 32, 4),
    arguments(*data(1), 4, 5),
)


def failing(function, asked=ASKED):
    verdict = judge_function(asked, function)
    return [a for a, finding in zip(ASPECTS, verdict.findings, strict=True) if not finding.ok]


def cut(X, Y, size, order, labels=None):
    labels = order if labels is None else labels
    return [
        (X[:, order[k : k + size]], Y[:, labels[k : k + size]]) for k in range(0, X.shape[1], size)
    ]


def rng(seed):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("seed", range(30))
def test_any_correct_shuffle_passes(seed):
    def legacy(X, Y, size, s):
        np.random.seed(s + 1000 * seed)
        return cut(X, Y, size, np.random.permutation(X.shape[1]))

    def by_keys(X, Y, size, s):
        return cut(X, Y, size, np.argsort(rng([seed, s]).random(X.shape[1])))

    def as_lists_of_single_precision(X, Y, size, s):
        dealt = cut(
            X.astype(np.float32), Y.astype(np.float32), size, rng([seed, s]).permutation(X.shape[1])
        )
        return [list(pair) for pair in dealt]

    for function in (legacy, by_keys, as_lists_of_single_precision):
        assert failing(function) == []


@pytest.mark.parametrize(
    ("wrong", "aspects"),
    [
        (lambda X, Y, k, s: cut(X, Y, k, np.arange(X.shape[1])), ["order", "seed"]),
        (lambda X, Y, k, s: cut(X, Y, k, np.arange(X.shape[1])[::-1]), ["order", "seed"]),
        (lambda X, Y, k, s: cut(X, Y, k, np.roll(np.arange(X.shape[1]), 40 + s)), ["order"]),
        (lambda X, Y, k, s: cut(X, Y, k, rng(0).permutation(X.shape[1])), ["seed"]),
        (
            lambda X, Y, k, s: cut(X, Y, k, rng(s).permutation(X.shape[1]))[:-1] or [(X, Y)],
            ["sizes", "examples"],
        ),
        (lambda X, Y, k, s: cut(X, Y, k + 1, rng(s).permutation(X.shape[1])), ["sizes"]),
        (
            lambda X, Y, k, s: cut(X, Y, k, rng(s).integers(X.shape[1], size=X.shape[1])),
            ["examples"],
        ),
        (
            lambda X, Y, k, s: cut(
                X, Y, k, rng(s).permutation(X.shape[1]), rng(s + 1).permutation(X.shape[1])
            ),
            ["labels"],
        ),
        (
            lambda X, Y, k, s: [
                (x + 0.5, y) for x, y in cut(X, Y, k, rng(s).permutation(X.shape[1]))
            ],
            None,
        ),
        (
            lambda X, Y, k, s: [x for x, _ in cut(X, Y, k, rng(s).permutation(X.shape[1]))],
            list(ASPECTS),
        ),
        (lambda X, Y, k, s: [(X, Y.ravel())], list(ASPECTS)),
        (lambda X, Y, k, s: [(X, Y)] * 3, list(ASPECTS)),
        (lambda X, Y, k, s: [(X[:1, :1], Y)], list(ASPECTS)),
        (lambda X, Y, k, s: (X, Y), list(ASPECTS)),
        (lambda X, Y, k, s: [], list(ASPECTS)),
        (lambda X, Y, k, s: 3.5, list(ASPECTS)),
    ],
)
def test_each_fault_costs_its_own_points(wrong, aspects):
    found = failing(wrong)
    assert found == aspects if aspects is not None else "examples" in found


def test_a_seed_of_numpys_own_is_not_enough():
    def by_global_seed(X, Y, size, s):
        return cut(X, Y, size, np.random.permutation(X.shape[1]))

    assert failing(by_global_seed) == ["seed"]


def test_as_data():
    check = MiniBatches(aspect="order", points=2, hint="h", about="a")
    assert from_data(to_data(check)) == check


# --- checks about special cases -------------------------------------------------------------


def double(x):
    return 2.0 * x


def special(checks, mistakes=None):
    calls = [arguments(1.0), arguments(2.0), replace(arguments(-3.0), about="negative")]
    mistakes = mistakes or {}
    cases = [
        Case(c, invoke(double, c), {n: invoke(f, c) for n, f in mistakes.items()}) for c in calls
    ]
    return Question("f", (), cases, checks, {name: f"hint for {name}" for name in mistakes})


def test_a_check_looks_at_the_cases_it_is_about_and_at_no_others():
    asked = special([Matches(points=2), Matches(about="negative")])
    positive_only = judge_function(asked, lambda x: 2.0 * abs(x))
    assert positive_only.passed
    assert [finding.ok for finding in positive_only.findings] == [True, False]
    assert positive_only.findings[1].case == 2
    negative_only = judge_function(asked, lambda x: 2.0 * min(x, 0.0))
    assert [finding.ok for finding in negative_only.findings] == [False, True]


def test_advice_on_special_calls_waits_until_ordinary_ones_are_right():
    asked = special([Matches(points=2), Matches(about="negative")])
    wrong_everywhere = judge_function(asked, lambda x: 3.0 * x)
    assert [finding.points for finding in wrong_everywhere.findings] == [2]


def test_a_special_call_that_raises_gets_advice_and_costs_nothing():
    def positive_only(x):
        return 2.0 * x if x > 0 else 1 / 0

    asked = special([Matches(points=2), Matches(about="negative", hint="Mind the sign.")])
    verdict = judge_function(asked, positive_only)
    assert verdict.passed and verdict.earned == 2
    assert [finding.ok for finding in verdict.findings] == [True, False]
    assert verdict.findings[1].hint == "Mind the sign."


def test_a_known_mistake_is_known_whatever_happens_in_other_cases():
    asked = special([Matches(points=2)], {"tripled": lambda x: 3.0 * x})
    finding = judge_function(asked, lambda x: 3.0 * x if x > 0 else 7.0).findings[0]
    assert finding.mistake == "tripled"
