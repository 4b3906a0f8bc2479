from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.specification import Holds
from helpers.checking.checks import Case, LeavesInputsAlone, Matches, Recorded, Vectorised
from helpers.checking.judging import Question, judge_function
from helpers.checking.outcomes import Arguments, Outcome, arguments, invoke
from helpers.checking.parts import part_of
from helpers.checking.random_results import Drawn, Mask, MatchesUnderMasks
from helpers.checking.sheets import from_data, to_data


def question(reference, *calls, checks, mistakes=None, returns=()):
    mistakes = mistakes or {}
    cases = [
        Case(args, invoke(reference, args), {name: invoke(f, args) for name, f in mistakes.items()})
        for args in calls
    ]
    return Question("f", returns, cases, checks, {name: f"hint for {name}" for name in mistakes})


def test_points_are_given_check_by_check():
    def wrong_cost(x):
        return {"dw": 2 * x}, 0.0

    asked = question(
        lambda x: ({"dw": 2 * x}, x**2),
        arguments(2.0),
        arguments(3.0),
        checks=[Matches("grads.dw", points=4), Matches("cost", points=3)],
        returns=("grads", "cost"),
    )
    verdict = judge_function(asked, wrong_cost)
    assert (verdict.earned, verdict.points, verdict.state) == (4, 7, "failed")


def test_a_known_mistake_is_named_and_only_the_one_that_fits():
    asked = question(
        lambda x: x.mean(),
        arguments(np.arange(4.0)),
        arguments(np.arange(5.0)),
        checks=[Matches(points=1)],
        mistakes={"summed": np.sum, "largest": np.max},
    )
    finding = judge_function(asked, lambda x: np.add.reduce(x)).findings[0]
    assert (finding.mistake, finding.hint) == ("summed", "hint for summed")
    assert judge_function(asked, lambda x: x.min()).findings[0].mistake == ""


def test_a_stub_is_blank_and_earns_nothing():
    asked = question(
        lambda x: (x, x), arguments(1.0), checks=[Matches(points=2), LeavesInputsAlone(points=1)]
    )
    for stub in (lambda x: None, lambda x: (None, None), lambda x: None + 1):
        verdict = judge_function(asked, stub)
        assert (verdict.state, verdict.earned) == ("blank", 0)


def test_a_function_that_forgets_to_return_is_not_blank():
    def forgets(x):
        x *= 2

    asked = question(lambda x: 2 * x, arguments(np.ones(2)), checks=[Matches(points=2)])
    assert judge_function(asked, forgets).state == "failed"


def test_changing_an_argument_is_noticed_and_does_not_spoil_the_next_call():
    def in_place(x):
        x *= 2
        return x

    asked = question(
        lambda x: 2 * x, arguments(np.ones(2)), checks=[Matches(points=2), LeavesInputsAlone()]
    )
    verdict = judge_function(asked, in_place)
    assert verdict.passed
    assert verdict.findings[1].message
    assert judge_function(asked, in_place).earned == 2


def test_a_loop_over_examples_gets_advice_only():
    def loop(x):
        total = 0.0
        for value in x:
            total += value
        return total

    check = Vectorised(small=arguments(np.ones(2)), large=arguments(np.ones(300)))
    asked = question(np.sum, arguments(np.ones(3)), checks=[Matches(points=1), check])
    assert judge_function(asked, loop).findings[1].message
    assert judge_function(asked, loop).passed
    assert not judge_function(asked, lambda x: x.sum()).findings[1].message


@pytest.mark.parametrize("stream", ["legacy", "generator"])
def test_either_generator_may_draw(stream):
    def draw(n):
        normal = np.random.randn if stream == "legacy" else np.random.default_rng().standard_normal
        return 0.01 * (normal(n, n) if stream == "legacy" else normal((n, n)))

    check = Drawn(points=1, std=0.01)
    asked = question(lambda n: np.zeros((n, n)), arguments(60), checks=[check])
    assert judge_function(asked, draw).passed


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (lambda n: np.zeros((n, n)), "same"),
        (lambda n: np.random.randn(n, n), "standard deviation"),
        (lambda n: 0.01 * np.random.rand(n, n), "mean"),
        (lambda n: 0.01 * np.sqrt(3) * np.random.uniform(-1, 1, (n, n)), "normal distribution"),
        (lambda n: 0.01 * np.random.randn(n), "shape"),
    ],
)
def test_draws_from_elsewhere_are_told(wrong, word):
    asked = question(lambda n: np.zeros((n, n)), arguments(60), checks=[Drawn(points=1, std=0.01)])
    assert word in judge_function(asked, wrong).findings[0].message


def test_a_star_takes_all_entries_that_begin_so():
    def wrong(n):
        return {f"W{i}": np.full((2, 1), float(i)) for i in range(1, n)} | {"b1": np.ones(1)}

    def right(n):
        return {f"W{i}": np.full((2, 1), float(i)) for i in range(1, n + 1)} | {"b1": np.ones(1)}

    checks = [Matches("W*", points=3), Matches("b*", points=1)]
    asked = question(right, arguments(2), arguments(3), checks=checks)
    assert judge_function(asked, lambda n: {**right(n), "more": 0}).passed
    verdict = judge_function(asked, wrong)
    assert [finding.earned for finding in verdict.findings] == [0, 1]
    assert verdict.findings[0].message == 'The dictionary has no key "W2".'
    one_more = judge_function(asked, lambda n: {**right(n), "W0": 0}).findings[0]
    assert one_more.message == 'There should be no entry "W0" in the dictionary.'


def test_a_star_works_below_a_named_value_and_for_draws():
    def draw(std):
        return {f"W{i}": std * np.random.default_rng(i).standard_normal((60, 50)) for i in (1, 2)}

    checks = [Drawn("parameters.W*", points=1, std=0.1)]
    asked = question(
        lambda: (draw(0.1), 0), arguments(), checks=checks, returns=("parameters", "cost")
    )
    assert judge_function(asked, lambda: (draw(0.1), 1)).passed
    message = judge_function(asked, lambda: (draw(0.2), 1)).findings[0].message
    assert message.startswith("The standard deviation of W1 ")


def test_a_mistake_that_lacks_entries_does_not_explain_results_that_have_them():
    def network(last):
        return {"W1": np.ones((2, 1)), "W2": np.full((2, 1), last)}

    asked = question(
        lambda: network(2.0),
        arguments(),
        checks=[Matches(points=1), Matches("W*", points=1)],
        mistakes={"one layer only": lambda: {"W1": np.ones((2, 1))}},
    )
    other = judge_function(asked, lambda: network(5.0))
    assert [finding.mistake for finding in other.findings] == ["", ""]
    same = judge_function(asked, lambda: {"W1": np.ones((2, 1))})
    assert [finding.mistake for finding in same.findings] == ["one layer only"] * 2


def test_a_dictionary_that_comes_first_may_come_alone():
    assert part_of({"W1": 1}, "parameters.W1", ("parameters", "costs")) == 1
    with pytest.raises(ValueError, match="should return"):
        part_of({"W1": 1}, "costs", ("parameters", "costs"))


def training(n, report=False):
    return {"W1": np.ones((2, 1))}, [1 / (i + 1) for i in range(n)]


@pytest.mark.parametrize(
    ("costs", "ok"),
    [
        ([1.0, 0.5, 1 / 3], True),
        ([1.0, 0.5, 1 / 3, 0.1], True),
        (np.array([1.0, 0.5, 1 / 3]), True),
        ([np.float64(1.0), np.array([0.5]), np.array([[1 / 3]])], True),
        ([1.0, 0.5], False),
        ([], False),
        ([0.5, 1.0, 1 / 3], False),
        (1.0, False),
        (None, False),
    ],
)
def test_what_is_noted_on_the_way_must_begin_right(costs, ok):
    checks = [Matches("parameters.W*", points=1), Recorded("costs", points=1, asked="report")]
    calls = [arguments(2), arguments(3, report=True)]
    asked = question(training, *calls, checks=checks, returns=("parameters", "costs"))

    def student(n, report=False):
        return training(n)[0], costs if report else []

    verdict = judge_function(asked, student)
    assert [finding.ok for finding in verdict.findings] == [True, ok]
    assert judge_function(asked, lambda n, report=False: training(n)[0]).passed


def test_checks_survive_being_data():
    small = arguments(np.ones(2), axis=0)
    for check in (
        Matches("a.b", points=2, hint="h"),
        Drawn("W1", points=1, std=0.1),
        Recorded("costs", points=1, asked="print_cost"),
        LeavesInputsAlone(),
    ):
        assert from_data(to_data(check)) == check
    again = from_data(to_data(Vectorised(small=small, large=small)))
    assert again.small.named == {"axis": 0}


@given(st.integers(0, 2**32 - 1))
def test_calls_leave_the_global_generator_alone(seed):
    np.random.seed(seed)
    expected = np.random.get_state()[1].copy()
    invoke(lambda: np.random.seed(1), Arguments())
    assert (np.random.get_state()[1] == expected).all()


def test_optional_arguments_are_passed_to_those_who_take_them():
    args = Arguments((1, 2, 3), optional=1)
    assert invoke(lambda a, b: a + b, args).value == 3
    assert invoke(lambda a, b, c: a + b + c, args).value == 6
    assert invoke(lambda a, b, eps=0: a + b + eps, args).value == 3
    assert invoke(lambda a: a, args).error == "TypeError"


def test_given_names_stand_replaced_during_the_call_only():
    namespace: dict = {}
    exec("def start(): return 0\ndef f(): return start() + 1", namespace)
    assert invoke(namespace["f"], Arguments(given={"start": ([], 41)})).value == 42
    assert namespace["f"]() == 1


def test_given_names_may_be_called_with_arguments_by_name_in_any_order():
    namespace = {}
    source = """
def start(rows, columns): ...
def f(n):
    return start(columns=[n, n], rows=2)
"""
    exec(source, namespace)
    args = Arguments((3,), given={"start": ([2, (3, 3)], 41)})
    assert invoke(namespace["f"], args).value == 41
    assert invoke(namespace["f"], Arguments((4,), given=args.given)).error == "ValueError"


def test_an_array_may_stand_for_a_tuple_of_numbers_but_a_vector_not_for_its_parts():
    asked = question(
        lambda n: (n, 4),
        arguments(3),
        arguments(2),
        checks=[Matches("a", points=1), Matches("b", points=1)],
        returns=("a", "b"),
    )
    assert judge_function(asked, lambda n: np.array([n, 4])).passed
    assert judge_function(asked, lambda n: np.array([[n], [4]])).earned == 0
    assert judge_function(asked, lambda n: np.array([n, 4, 4])).earned == 0


def test_an_array_of_objects_is_blank_only_if_nothing_is_in_it():
    asked = question(lambda n: np.array([n]), arguments(3), checks=[Matches(points=1)])
    assert judge_function(asked, lambda n: np.array([None])).state == "blank"
    assert judge_function(asked, lambda n: np.array([n], dtype=object)).state == "failed"


def test_given_names_are_found_behind_partials_and_instances_and_mind_their_arguments():
    namespace: dict = {"partial": functools.partial}
    exec(
        "def start(n): return 0\n"
        "def f(n): return start(n) + 1\n"
        "class F:\n    def __call__(self, n): return start(n) + 1\n"
        "p, o = partial(f), F()",
        namespace,
    )
    args = Arguments((3,), given={"start": ([3], 41)})
    assert [invoke(namespace[name], args).value for name in ("f", "p", "o")] == [42, 42, 42]
    other = Arguments((3,), given={"start": ([4], 41)})
    assert "called with [3]" in invoke(namespace["f"], other).message


def test_arguments_of_given_names_may_come_in_another_form():
    namespace: dict = {}
    exec("def f(sizes): return start(tuple(sizes))", namespace)
    args = Arguments(([3, 2],), given={"start": ([[3, 2]], 41)})
    assert invoke(namespace["f"], args).value == 41


def test_given_names_take_their_arguments_in_any_order_by_name():
    namespace: dict = {}
    exec(
        "def start(n_x, n_h=4): return 0\n"
        "def f(): return start(n_h=5, n_x=3) + start(3, n_h=5)\n"
        "def g(): return start(n_h=3, n_x=5)\n",
        namespace,
    )
    args = Arguments(given={"start": ([3, 5], 1)})
    assert invoke(namespace["f"], args).value == 2
    assert "called with [5, 3]" in invoke(namespace["g"], args).message


def test_a_property_reports_a_result_of_an_odd_kind():
    check = Holds(points=1, test=lambda call: None if (call(1.0) > 0).all() else "not positive")
    asked = question(np.abs, arguments(1.0), checks=[check])
    finding = judge_function(asked, lambda x: "three").findings[0]
    assert (finding.earned, finding.message) == (
        0,
        "The result is not of the expected kind (TypeError).",
    )


def test_an_error_is_described_with_its_line():
    def stumbles(x):
        return x.shape[5]

    outcome = invoke(stumbles, arguments(np.ones(2)))
    assert outcome == Outcome(
        error="IndexError", message="tuple index out of range", line="return x.shape[5]"
    )


def test_parts_of_a_tuple_in_a_tuple_have_names():
    asked = question(
        lambda x: (x, (2 * x, 3 * x)),
        arguments(2.0),
        checks=[Matches("twice", points=1), Matches("cache.triple", points=2)],
        returns=("twice", "cache(double, triple)"),
    )
    assert judge_function(asked, lambda x: (x, [0, 3 * x])).earned == 3
    finding = judge_function(asked, lambda x: (x, 2 * x)).findings[1]
    assert finding.message.startswith("The function should return (double, triple); yours")
    assert part_of((1, (2, 3, 4)), "cache.b*", ("a", "cache(W1, b1, b2)")) == {"b1": 3, "b2": 4}


def test_a_star_takes_all_keys_that_begin_alike():
    checks = [Matches("W*", points=2), Matches("b*", points=1)]
    asked = question(lambda: {"W1": 1.0, "W2": 2.0, "b1": 0.0}, arguments(), checks=checks)
    assert judge_function(asked, lambda: {"W1": 1.0, "W2": 2.0, "b1": 5.0}).earned == 2
    verdict = judge_function(asked, lambda: {"W1": 1.0, "b1": 0.0})
    assert verdict.findings[0].message == 'The dictionary has no key "W2".'
    assert verdict.earned == 1


def _layers(draw, first=1.0, second=3.0):
    return lambda n: {"W1": first * draw((n, 40)), "W2": second * draw((40, n))}


def test_every_drawn_array_of_a_dictionary_is_looked_at():
    def normal(shape):
        return np.random.default_rng().standard_normal(shape)

    asked = question(
        _layers(lambda shape: np.random.randn(*shape)),
        arguments(60),
        checks=[Drawn("W*", points=1)],
    )
    assert judge_function(asked, _layers(normal)).passed
    for wrong, word in [
        (_layers(normal, second=1.0), "standard deviation of W2"),
        (_layers(np.zeros), "entry of W1"),
        (lambda n: {"W1": normal((n, 40))}, 'no key "W2"'),
        (lambda n: {"W1": normal((40, n)), "W2": normal((40, n))}, "W1 has shape"),
        (lambda n: [1, 2], "dictionary"),
    ]:
        assert word in judge_function(asked, wrong).findings[0].message


def _dropping(draw, factor=2.0):
    def drop(X):
        D = draw(X.shape)
        return factor * X * D, D

    return drop


def _legacy_mask(shape):
    return np.random.rand(*shape) < 0.5


MASKED = question(
    _dropping(_legacy_mask),
    arguments(np.random.default_rng(0).normal(size=(3, 300))),
    checks=[Mask("D", points=1), MatchesUnderMasks("A", masks=("D",), points=2)],
    returns=("A", "D"),
)


@pytest.mark.parametrize(
    "draw",
    [
        _legacy_mask,
        lambda shape: np.random.default_rng().random(shape) < 0.5,
        lambda shape: np.random.default_rng().integers(0, 2, shape),
        lambda shape: np.random.default_rng().binomial(1, 0.5, shape).astype(float),
    ],
)
def test_any_random_stream_may_draw_a_mask(draw):
    assert judge_function(MASKED, _dropping(draw)).earned == 3


@pytest.mark.parametrize(
    ("wrong", "earned", "word"),
    [
        (_dropping(lambda shape: np.random.default_rng().random(shape) < 0.9), 2, "share"),
        (_dropping(_legacy_mask, factor=1.0), 1, "times what it should be"),
        (_dropping(lambda shape: 2 * _legacy_mask(shape)), 2, "0 and 1 only"),
        (_dropping(lambda shape: _legacy_mask((shape[0], 1))), 0, "D has shape (3, 1)"),
        (lambda X: (2 * X, _legacy_mask(X.shape)), 1, "wrong values"),
        (lambda X: X, 0, "should return (A, D)"),
    ],
)
def test_what_is_wrong_with_a_mask_is_said(wrong, earned, word):
    verdict = judge_function(MASKED, wrong)
    assert verdict.earned == earned
    assert any(word in finding.message for finding in verdict.findings)


def test_masks_survive_the_answer_sheet():
    check = from_data(to_data(MASKED.checks[1]) | {"masks": ["D"]})
    asked = replace(MASKED, checks=[check])
    assert judge_function(asked, _dropping(_legacy_mask)).earned == 2
