"""What calling right and wrong implementations many times says about an exercise's tests."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from types import CodeType
from typing import Any

import numpy as np

from autograder.questions import HIDDEN_CASES, draw, make_question
from autograder.specification import Exercise
from autograder.watching import watch
from helpers.checking.checks import Case, Check, Trial
from helpers.checking.comparison import agrees, deviation
from helpers.checking.judging import Question, Verdict, judge, judge_function
from helpers.checking.outcomes import Arguments, Outcome, invoke, quiet
from helpers.checking.parts import WrongForm, inner_names, part_of
from helpers.checking.plain import NotPlain, pack

Function = Callable[..., Any]
# Random inputs to each set of edge cases, which may take long.
_BATCH = 100


def differences(
    exercise: Exercise, functions: Mapping[str, Function], count: int
) -> tuple[dict[str, str], set[str]]:
    """Compare functions with the reference on further inputs, edge cases included.

    Parameters
    ----------
    exercise : Exercise
    functions : dict of str to callable
    count : int
        On how many inputs.

    Returns
    -------
    dict of str to str
        For those whose results differ somewhere: how.
    set of str
        Those that change their inputs where the reference does not.
    """
    differing: dict[str, str] = {}
    changing: set[str] = set()
    inputs = further_inputs(exercise, count if functions else 0)
    with quiet():
        for args in inputs:
            expected = invoke(exercise.reference, args, isolated=False)
            for name in functions.keys() - differing.keys():
                outcome = invoke(functions[name], args, isolated=False)
                if not _same(outcome, expected):
                    differing[name] = _described(args, outcome)
                elif outcome.changed and not expected.changed:
                    changing.add(name)
    return differing, changing


def further_inputs(exercise: Exercise, count: int) -> Iterator[Arguments]:
    """Draw inputs under seeds that no test uses."""
    batches = (draw(exercise, f"further {turn}", _BATCH) for turn in itertools.count())
    return itertools.islice(itertools.chain.from_iterable(batches), count)


def _same(outcome: Outcome, expected: Outcome) -> bool:
    return outcome.error == expected.error and agrees(outcome.value, expected.value)


def _described(args: Arguments, outcome: Outcome) -> str:
    came = outcome.error or repr(outcome.value)
    return f"{args.positional} {args.named or ''} gives {came}".replace("\n", " ")[:300]


def unsteady(
    exercise: Exercise,
    wrong: Mapping[str, Function],
    judged: Mapping[str, Function],
    seeds: int,
) -> list[str]:
    """Find the implementations whose verdict depends on the hidden seed.

    Parameters
    ----------
    exercise : Exercise
    wrong : dict of str to callable
        Those that must lose points under every seed.
    judged : dict of str to callable
        Those for which each check must find the same under every seed.
    seeds : int
        How many seeds.

    Returns
    -------
    list of str
        One sentence for each.
    """
    silent = replace(exercise, mistakes=())
    first: dict[str, list[bool]] = {}
    found: dict[str, str] = {}
    for number in range(seeds):
        question = make_question(silent, f"steady {number}", HIDDEN_CASES)
        with quiet():
            for name, function in judged.items():
                passed = [finding.ok for finding in _judged(question, function).findings]
                if passed != first.setdefault(name, passed):
                    found.setdefault(name, f"other checks pass under seed {number} than under 0")
            for name in wrong.keys() - found.keys():
                if not is_caught(question, wrong[name]):
                    found[name] = f"it passes under seed {number}"
    return [f"{name}: {how}" for name, how in found.items()]


def computes_the_same(exercise: Exercise, function: Function, cases: Sequence[Arguments]) -> bool:
    """Tell whether a function returns what the reference does, bit for bit.

    Such a function gets the reference's verdict whatever the seed.
    """
    return all(_bits(exercise.reference, args) == _bits(function, args) for args in cases)


def _bits(function: Function, args: Arguments) -> tuple[str, bytes]:
    outcome = invoke(function, args)
    try:
        return outcome.error, pack([outcome.value, outcome.changed])
    except NotPlain:
        return "not plain", repr(outcome).encode()


def is_caught(question: Question, function: Function) -> bool:
    """Tell whether a function loses points, looking no further than the first failure."""
    for case in reversed(question.cases):  # the edge cases, which may take long, come last
        outcome = invoke(function, case.args, isolated=False)
        trial = Trial(question.returns, [case], [outcome], _no_call)
        if any(check.problem(trial) for check in _by_case(question)):
            return True
    return not _judged(question, function).passed


def _no_call(args: Arguments, lines: bool) -> Outcome:
    raise AssertionError("checks that go by cases make no calls of their own")


def _judged(question: Question, function: Function) -> Verdict:
    return judge(question, lambda args, lines: invoke(function, args, lines, isolated=False))


def _by_case(question: Question) -> list[Check]:
    """List the checks that look at one case after the other, and at nothing else."""
    return [c for c in question.checks if c.points and type(c).problem is Check.problem]


def partial_credit_problems(exercise: Exercise, question: Question) -> Iterator[str]:
    """Break one part of the result at a time; the points of the other parts must stay."""
    parts = [check.part for check in question.checks if check.points and check.kind == "matches"]
    for broken in filter(None, parts):
        verdict = judge_function(question, _breaking(exercise, broken))
        graded = [check for check in question.checks if check.points or verdict.passed]
        failed = {
            check.part: check
            for check, finding in zip(graded, verdict.findings, strict=False)
            if finding.points and not finding.ok and check.kind == "matches"
        }
        if broken not in failed:
            yield f"with another {broken} no point is lost for it"
        for part in failed:
            if not (_within(part, broken) or _within(broken, part)):
                yield f"with another {broken} the points for {part} are lost too"


def _within(part: str, whole: str) -> bool:
    return not whole or part == whole or part.startswith(whole + ".")


def _breaking(exercise: Exercise, part: str) -> Function:
    """Make a function that returns the reference's results with one part changed."""

    @_wraps(exercise.reference)
    def broken(*positional: Any, **named: Any) -> Any:
        value = exercise.reference(*positional, **named)
        return _with_change(value, part.split("."), exercise.returns)

    return broken


def _wraps(function: Function) -> Callable[[Function], Function]:
    def decorate(wrapper: Function) -> Function:
        wrapper.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        wrapper.__wrapped__ = function  # type: ignore[attr-defined]
        return wrapper

    return decorate


def _with_change(value: Any, keys: Sequence[str], returns: tuple[str, ...] = ()) -> Any:
    """Change what `helpers.checking.checks.part_of` finds under these keys."""
    if not keys:
        return _changed(value)
    named = value if isinstance(value, dict) else dict(zip(returns, value, strict=True))
    changed = {
        name: _with_change(item, keys[1:], inner_names(name))
        if fnmatchcase(name.partition("(")[0], keys[0])
        else item
        for name, item in named.items()
    }
    return changed if isinstance(value, dict) else tuple(changed.values())


def _changed(value: Any) -> Any:
    """Give another value of the same form."""
    if isinstance(value, dict):
        return {key: _changed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_changed(item) for item in value)
    if isinstance(value, str):
        return value + "?"
    return 0 if value is None else 2 * np.asarray(value, dtype=float) + 1


def error_of(question: Question, outcomes: Sequence[Outcome]) -> float:
    """Measure the largest error in what is graded, in units of what is tolerated."""
    graded = [check for check in question.checks if check.points and check.kind == "matches"]
    errors = [
        _error(case, outcome, check.part, question.returns)
        for case, outcome in zip(question.cases, outcomes, strict=True)
        for check in graded
        if check.about == case.args.about
    ]
    return max(errors, default=0.0)


def _error(case: Case, outcome: Outcome, part: str, returns: tuple[str, ...]) -> float:
    if outcome.error:
        return float("inf")
    try:
        mine = part_of(outcome.value, part, returns)
    except WrongForm:
        return float("inf")
    slack = part_of(case.slack, part, returns) if case.slack is not None else None
    return deviation(mine, part_of(case.expected.value, part, returns), slack)


def unreached_lines(exercise: Exercise, cases: Sequence[Arguments]) -> list[str]:
    """List the reference's lines that none of the cases executes."""
    function = inspect.unwrap(exercise.reference)
    reached: set[int] = set()
    watch(exercise, cases, lambda frame, event: reached.add(frame.f_lineno))
    lines, first = inspect.getsourcelines(function)
    missing = _executable(function.__code__) - reached
    return [lines[number - first].strip() for number in sorted(missing)]


def _executable(code: CodeType) -> set[int]:
    return {line for _, _, line in code.co_lines() if line} - {code.co_firstlineno}
