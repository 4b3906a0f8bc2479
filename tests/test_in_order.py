import pytest

from helpers.checking.checks import Case
from helpers.checking.graph_order import InOrder
from helpers.checking.judging import Question, judge_function
from helpers.checking.outcomes import Outcome, arguments
from helpers.checking.sheets import from_data, to_data

GRAPH = {
    "y": ("add", "p", "q"),
    "q": ("multiply", "x", "x"),
    "p": ("relu", "x"),
    "x": ("variable",),
    "aside": ("relu", "x"),
}
QUESTION = Question(
    "order",
    (),
    [Case(arguments(GRAPH, "y"), Outcome(["x", "p", "q", "y"]))],
    [InOrder(points=2)],
    {},
)


def finding(answer):
    return judge_function(QUESTION, lambda graph, target: answer).findings[0]


@pytest.mark.parametrize("answer", [["x", "p", "q", "y"], ("x", "q", "p", "y")])
def test_any_order_that_can_be_computed_passes(answer):
    assert finding(answer).earned == 2


@pytest.mark.parametrize(
    "answer, message",
    [
        (["y", "p", "q", "x"], '"y" stands before "p", on which it depends.'),
        (["x", "p", "y"], '"q" is needed, but missing.'),
        (["x", "p", "q", "aside", "y"], '"aside" is not needed.'),
        (["x", "p", "x", "q", "y"], '"x" stands in the list twice.'),
        ([1, 2], "The result should be a list of names."),
        ({"x", "p"}, "The result should be a list of names."),
        (3, "The result should be a list of names."),
    ],
)
def test_what_is_wrong_is_said(answer, message):
    assert (finding(answer).message, finding(answer).earned) == (message, 0)


def test_it_can_be_stored():
    assert from_data(to_data(InOrder(points=3))) == InOrder(points=3)
