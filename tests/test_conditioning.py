"""How far rounding moves a result, and that this decides what is accepted."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.conditioning import slack
from autograder.questions import make_question
from autograder.specification import Exercise
from helpers.checking.checks import Matches
from helpers.checking.judging import judge_function
from helpers.checking.outcomes import Arguments, arguments, invoke

ROUNDING = 2.0**-24


def measured(reference, *positional, **more):
    args = Arguments(positional, **more)
    return slack(reference, args, invoke(reference, args)) / ROUNDING


@pytest.mark.parametrize("factor", [1.0, 7.0, 1e6])
def test_slack_is_how_far_the_result_moves(factor):
    assert measured(lambda x: factor * x**3, 2.0) == pytest.approx(24 * factor, rel=0.01)


def test_terms_that_cancel_have_much_slack():
    assert measured(lambda x, y: x - y, 1.0, 0.9999) > 0.9


def test_roundings_of_many_steps_add_up():
    def stepped(x):
        for _ in range(1000):
            x = x - x * np.float32(0.001)
        return x

    assert measured(stepped, 1.1) > 2 * measured(lambda x: x * 0.999**1000, 1.1)


def test_a_jump_gives_no_slack_but_the_results_own_rounding():
    third = np.array([1 / 3])
    assert measured(lambda x: np.where(x > third, 2.0, 1.0), third) == 1
    assert measured(lambda x: np.where(x.astype(float) > third, 1.5, 1.0), third) == 1


def test_whole_numbers_do_not_move():
    assert measured(lambda x: int(x * 10), 0.55) == 0
    assert measured(lambda n: n / 3, 3) == 1


def test_what_is_given_is_rounded_too():
    def doubled():
        return 2 * start()  # noqa: F821

    assert measured(doubled, given={"start": ([], np.array([3.0]))}) == pytest.approx(6)


def test_slack_is_built_as_the_result_is():
    args = arguments(np.ones(3), 0.1, n=2)

    def reference(x, y, n):
        return {"a": x * y, "b": [y, n]}, "text"

    found = slack(reference, args, invoke(reference, args))
    assert found[0]["b"][1] == found[1] == 0
    assert found[0]["a"] > 0
    assert slack(reference, args, invoke(lambda: 0, args)) is None


def test_a_cancelling_result_in_single_precision_is_accepted():
    def far(x):
        return np.mean(x - 1000.0)

    def single(x):
        return float(np.mean(x.astype(np.float32) - np.float32(1000))) * 1.0000001

    exercise = Exercise(
        "far", far, lambda rng: arguments(1000 + 0.01 * rng.normal(size=5)), [Matches(points=1)]
    )
    question = make_question(exercise, "s1", 12)
    assert judge_function(question, single).passed
    assert not judge_function(question, lambda x: far(x) + 0.01).passed
