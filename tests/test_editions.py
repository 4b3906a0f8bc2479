"""The check that accepts two orders of the first argument."""

from collections.abc import Callable

import pytest

from helpers.checking.checks import Case, LeavesInputsAlone
from helpers.checking.editions import MatchesInEitherOrder
from helpers.checking.judging import Finding, Question, judge_function
from helpers.checking.outcomes import Outcome, arguments
from helpers.checking.sheets import from_data, to_data

CHECK = MatchesInEitherOrder(points=2, order=(1, 0))
QUESTION = Question(
    "divide",
    (),
    [
        Case(arguments((6.0, 3.0), 1), Outcome(3.0), {"upside down": Outcome(1.5)}),
        Case(arguments((8.0, 2.0), 0), Outcome(4.0), {"upside down": Outcome(0.25)}),
    ],
    [CHECK, LeavesInputsAlone()],
    {"upside down": "Divide the other way."},
)


def finding(function: Callable[[tuple[float, float], int], float]) -> Finding:
    return judge_function(QUESTION, function).findings[0]


def test_the_order_taught_and_the_other_one_pass() -> None:
    assert finding(lambda pair, more: pair[0] / pair[1] + more).earned == 2
    assert finding(lambda pair, more: pair[1] / pair[0] + more).earned == 2


def test_one_order_must_hold_in_all_cases() -> None:
    mixed = finding(lambda pair, more: max(pair) / min(pair) + more if more else 0.25)
    assert (mixed.earned, mixed.message) == (0, "The result is wrong.")


def test_what_is_wrong_in_both_orders_is_told_its_own_hint() -> None:
    def neither(pair: tuple[float, float], more: int) -> float:
        return {6.0: 1.5, 8.0: 0.25}.get(pair[0], 9.0)

    assert finding(neither).hint == "Divide the other way."


def test_an_error_in_the_other_order_is_no_excuse() -> None:
    def picky(pair: tuple[float, float], more: int) -> float:
        if pair[0] < pair[1]:
            raise ValueError("too small")
        return 7.0

    assert "wrong" in finding(picky).message


@pytest.mark.parametrize("order", [(1, 0), (2, 0, 1, 3)])
def test_it_can_be_stored(order: tuple[int, ...]) -> None:
    check = MatchesInEitherOrder("boxes", points=3, order=order)
    assert from_data(to_data(check)) == check
