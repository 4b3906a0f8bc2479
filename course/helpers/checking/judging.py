"""From outcomes to a verdict: what passed, what did not, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from helpers.checking.checks import Case, Check, Problem, Trial, explains
from helpers.checking.outcomes import Arguments, Outcome, invoke

Call = Callable[[Arguments, bool], Outcome]


@dataclass(frozen=True)
class Question:
    """An exercise ready to be put to a function: its cases, checks and hints.

    Attributes
    ----------
    function : str
        The name of the function it asks for.
    returns : tuple of str
        The names of the values in the tuple it returns, if it returns a tuple.
    cases : sequence of Case
    checks : sequence of Check
    hints : dict
        The hint of each known mistake, by the mistake's name.
    aliases : tuple of str
        Other names the function may have.
    """

    function: str
    returns: tuple[str, ...]
    cases: Sequence[Case]
    checks: Sequence[Check]
    hints: dict[str, str]
    aliases: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """What the exercise is worth in all."""
        return sum(check.points for check in self.checks)


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    title : str
        What was looked at.
    points, earned : float
        Advice has 0 points.
    message : str
        What is wrong; "" when nothing is.
    hint : str
        What to do about it.
    mistake : str
        The known mistake that explains the failure, by name.
    case : int
        The first case that failed.
    """

    title: str
    points: float
    earned: float
    message: str = ""
    hint: str = ""
    mistake: str = ""
    case: int = -1

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.message


@dataclass(frozen=True)
class Verdict:
    """All findings about one function.

    Attributes
    ----------
    state : str
        "passed", "failed", "blank" (not started), "missing" (no such function), "timeout" or
        "crash" (the call ended Python).
    """

    function: str
    state: str
    findings: Sequence[Finding]
    note: str = ""
    outcomes: Sequence[Outcome] = field(default=(), repr=False)

    @property
    def points(self) -> float:
        """What could be earned."""
        return sum(finding.points for finding in self.findings)

    @property
    def earned(self) -> float:
        """What was earned."""
        return sum(finding.earned for finding in self.findings)

    @property
    def passed(self) -> bool:
        """Whether all points were earned."""
        return self.state == "passed"


def judge(question: Question, call: Call) -> Verdict:
    """Put a question to a function.

    Parameters
    ----------
    question : Question
    call : callable
        Calls the function under test: takes the arguments and whether to count lines, returns
        an `Outcome` and never raises.

    Returns
    -------
    Verdict
    """
    outcomes = _run_cases(question, call)
    if _is_blank(outcomes):
        begun = any(outcome.error for outcome in outcomes)
        message = "A value is still None." if begun else "Not started yet."
        return without_points(question, "blank", message)
    trial = Trial(question.returns, question.cases, outcomes, call)
    came_back = not any(outcome.error for outcome in _ordinary(question, outcomes))
    looked_at = [check for check in question.checks if check.points or came_back]
    findings = _to_the_point(looked_at, [_finding(c, question, trial) for c in looked_at])
    return Verdict(question.function, _state(findings, outcomes), findings, outcomes=outcomes)


def judge_function(question: Question, function: Callable[..., Any]) -> Verdict:
    """Put a question to a function in this process.

    Examples
    --------
    >>> from helpers.checking.checks import Matches
    >>> case = Case(Arguments((2,)), Outcome(4))
    >>> question = Question("square", (), [case], [Matches(points=3)], {})
    >>> judge_function(question, lambda x: x * x).earned
    3
    """
    return judge(question, lambda args, lines: invoke(function, args, lines))


def without_points(question: Question, state: str, message: str) -> Verdict:
    """Make the verdict for a function that could not be looked at."""
    findings = [Finding(c.title, c.points, 0, message) for c in question.checks if c.points]
    return Verdict(question.function, state, findings)


def _run_cases(question: Question, call: Call) -> list[Outcome]:
    """Call every case; after a call that never came back there is no use in another."""
    outcomes: list[Outcome] = []
    for case in question.cases:
        lost = bool(outcomes) and outcomes[-1].error in ("Timeout", "Crash")
        outcomes.append(outcomes[-1] if lost else call(case.args, False))
    return outcomes


def _ordinary(question: Question, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Leave out the calls that only some checks are about: one that fails there is advised."""
    pairs = zip(question.cases, outcomes, strict=True)
    return [outcome for case, outcome in pairs if not case.args.about]


def _finding(check: Check, question: Question, trial: Trial) -> Finding:
    problem = check.problem(trial)
    if problem is None:
        return Finding(check.title, check.points, check.points)
    mistake = _known_mistake(check, question, trial) if check.points else ""
    hint = question.hints.get(mistake, check.hint)
    return replace(_failed(check, problem), hint=hint, mistake=mistake)


def _to_the_point(checks: Sequence[Check], findings: Sequence[Finding]) -> list[Finding]:
    """Leave out advice on special calls while ordinary ones fail: the reason is mostly theirs."""
    failed = any(finding.points and not finding.ok for finding in findings)
    pairs = zip(checks, findings, strict=True)
    return [f for c, f in pairs if f.ok or c.points or not (failed and c.about)]


def _failed(check: Check, problem: Problem) -> Finding:
    return Finding(check.title, check.points, 0, problem.message, case=problem.case)


def _known_mistake(check: Check, question: Question, trial: Trial) -> str:
    """Name the known mistake whose outcomes these are, the whole result counting first."""
    trial = trial.on_cases(check.about)
    for part in ("", check.part):
        for mistake in question.hints:
            if explains(part, mistake, trial):
                return mistake
    return ""


def _state(findings: Sequence[Finding], outcomes: Sequence[Outcome]) -> str:
    if all(finding.ok for finding in findings if finding.points):
        return "passed"
    lost = [o.error for o in outcomes if o.error in ("Timeout", "Crash")]
    return lost[0].lower() if lost else "failed"


def _is_blank(outcomes: Sequence[Outcome]) -> bool:
    """Tell an untouched stub: everything None, or stumbling over its own None at once.

    A function that works in place and forgets to return also gives None, but has done something.
    """
    return not any(outcome.changed for outcome in outcomes) and all(
        "NoneType" in outcome.message if outcome.error else _all_none(outcome.value)
        for outcome in outcomes
    )


def _all_none(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and all(map(_all_none, value.values()))
    if isinstance(value, tuple | list):
        return bool(value) and all(map(_all_none, value))
    if isinstance(value, np.ndarray) and value.dtype == object:
        return _all_none(value.tolist())
    return value is None
