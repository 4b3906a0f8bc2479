"""The audit: how good are an exercise's tests? Measured, not assumed.

Wrong versions of the reference, known mistakes and right solutions in many styles are put to the
hidden tests as submissions would be, in the sandbox. What seems to be right though it was meant
to be wrong is compared with the reference on thousands of further inputs.
"""

from __future__ import annotations

import copy
import inspect
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import evidence
from autograder.answers import visible_question
from autograder.audit_cards import (
    ADVISED,
    EQUIVALENT,
    JUSTIFIED,
    KILLED,
    SURVIVED,
    Bar,
    ExerciseCard,
    MutantCard,
    StyleCard,
)
from autograder.exercises import load
from autograder.mutating import Mutant, mutants
from autograder.pupils import stranger_names, stranger_source
from autograder.questions import HIDDEN_CASES, make_question
from autograder.referee import Limits, Referee, StudentNotebook, all_uses
from autograder.rewriting import rewrites
from autograder.sandbox import Sandbox
from autograder.specification import Exercise, compiled
from autograder.surroundings import whole_cell
from helpers.checking.judging import Question, Verdict, judge

SEED = "audit"
_LIMITS = Limits(cell=20, call=2, test=6)
_NO_LOSS = "no points lost"


class AuditError(Exception):
    """The audit could not be carried out; the message says why."""


@dataclass(frozen=True)
class Bench:
    """Where implementations of one notebook's exercises are put to the test.

    Attributes
    ----------
    sandbox : Sandbox
    notebook : str
    given : str
        The code that the notebook's students are given.
    bar : Bar
    """

    sandbox: Sandbox
    notebook: str
    given: str
    bar: Bar

    def student(self, *cells: str) -> StudentNotebook:
        """Open a notebook and run cells in it.

        Raises
        ------
        AuditError
            If one of them raises.
        """
        student = StudentNotebook(self.sandbox, _LIMITS)
        for cell in (self.given, *cells):
            run = student.run(cell)
            if not run.ok:
                raise AuditError(f"{self.notebook}: {run.outputs[-1:]} in the cell\n{cell}")
        return student

    def solved(self) -> StudentNotebook:
        """Open a notebook with every exercise solved as the course does."""
        exercises = load(self.notebook).values()
        return self.student(*(whole_cell(exercise.source, exercise) for exercise in exercises))

    def judged(self, student: StudentNotebook, *questions: Question) -> list[Verdict]:
        """Put questions to a function as the notebook defines it now."""
        with student.test() as process:
            names = process.defined([questions[0].function, *questions[0].aliases])
            if not names:
                raise AuditError(f"{questions[0].function} is not defined")
            return [
                judge(question, lambda args, lines: process.call(names[0], args, lines))
                for question in questions
            ]


@dataclass(frozen=True)
class Tried:
    """A mutant, and what the hidden and the visible tests found."""

    mutant: Mutant
    hidden: Verdict
    visible: Verdict


def audit_exercise(bench: Bench, name: str) -> ExerciseCard:
    """Audit one exercise.

    Parameters
    ----------
    bench : Bench
    name : str
        The exercise's function.

    Returns
    -------
    ExerciseCard
    """
    started = time.monotonic()
    exercise = load(bench.notebook)[name]
    hidden, visible = make_question(exercise, SEED, HIDDEN_CASES), visible_question(exercise)
    tried = try_mutants(bench, exercise, hidden, visible)
    strangers, rewritten, errors = try_styles(bench, exercise, hidden)
    carried, not_carried = _carried_forward(bench, exercise)
    cases = [case.args for case in hidden.cases]
    return ExerciseCard(
        notebook=bench.notebook,
        function=name,
        points=exercise.points,
        mutants=tuple(_mutant_cards(exercise, tried, bench.bar.further_inputs)),
        mistakes=_hints_shown(bench, exercise, [hidden, visible]),
        strangers=tuple(strangers),
        rewrites=tuple(rewritten),
        unstable=tuple(_unsteady(bench.notebook, exercise, tried, hidden, bench.bar.seeds)),
        partial=tuple(evidence.partial_credit_problems(exercise, hidden)),
        carried=carried,
        not_carried=tuple(not_carried),
        unreached=tuple(evidence.unreached_lines(exercise, cases)),
        unused=tuple(_unused(exercise, tried)),
        rounding=max(errors, default=0.0),
        nearest=_nearest(hidden, tried),
        seconds=round(time.monotonic() - started, 1),
    )


def try_mutants(
    bench: Bench, exercise: Exercise, hidden: Question, visible: Question
) -> list[Tried]:
    """Put all mutants of an exercise to both kinds of tests."""
    student = bench.solved()
    tried = []
    for mutant in mutants(exercise):
        student.run(whole_cell(mutant.source, exercise))
        tried.append(Tried(mutant, *bench.judged(student, hidden, visible)))
    return tried


def _mutant_cards(exercise: Exercise, tried: list[Tried], count: int) -> Iterator[MutantCard]:
    unharmed = {
        t.mutant.source: compiled(t.mutant.source, exercise) for t in tried if t.hidden.passed
    }
    differing, changing = evidence.differences(exercise, unharmed, count)
    for t in tried:
        fate, reason = _fate(exercise, t, differing, changing)
        yield MutantCard(
            operator=t.mutant.operator,
            change=t.mutant.change,
            fate=fate,
            visible=not t.visible.passed,
            reason=reason,
        )


def _fate(
    exercise: Exercise, tried: Tried, differing: dict[str, str], changing: set[str]
) -> tuple[str, str]:
    mutant = tried.mutant
    if not tried.hidden.passed:
        return KILLED, ""
    for part, reason in exercise.equivalent.items():
        if part in _added(mutant):
            return JUSTIFIED, reason
    if mutant.source in differing:
        return SURVIVED, differing[mutant.source]
    if mutant.source not in changing:
        return EQUIVALENT, ""
    told = any(not finding.ok for finding in tried.hidden.findings)
    return (ADVISED, "") if told else (SURVIVED, "It changes its inputs, and nobody says so.")


def _added(mutant: Mutant) -> str:
    """Give the changed lines as the mutant has them."""
    return "\n".join(line[1:] for line in mutant.change.splitlines() if line.startswith("+"))


def _unused(exercise: Exercise, tried: list[Tried]) -> list[str]:
    passed = [_added(t.mutant) for t in tried if t.hidden.passed]
    return [part for part in exercise.equivalent if not any(part in lines for lines in passed)]


def _nearest(question: Question, tried: list[Tried]) -> float:
    wrong = [t.hidden.outcomes for t in tried if not t.hidden.passed and t.hidden.outcomes]
    errors = (evidence.error_of(question, outcomes) for outcomes in wrong)
    return min((error for error in errors if error > 1), default=float("inf"))


def _unsteady(
    notebook: str, exercise: Exercise, tried: list[Tried], hidden: Question, seeds: int
) -> list[str]:
    """Judge wrong and right implementations again and again, in this process.

    Mutants that never came back from the sandbox are not let in here.
    """
    wrong = {
        t.mutant.change: compiled(t.mutant.source, exercise)
        for t in tried
        if not (t.hidden.passed or t.hidden.state in ("timeout", "crash"))
    }
    judged = {"the reference": exercise.reference}
    judged |= {f"the mistake “{m.name}”": m.function(exercise) for m in exercise.mistakes}
    judged |= stranger_functions(notebook, exercise)
    cases = [case.args for case in hidden.cases]
    for rewrite in rewrites(exercise):
        function = compiled(rewrite.source, exercise)
        if not evidence.computes_the_same(exercise, function, cases):
            judged[rewrite.name] = function
    return evidence.unsteady(exercise, wrong, judged, seeds)


def stranger_functions(notebook: str, exercise: Exercise) -> dict[str, Callable[..., Any]]:
    """Define the strangers' solutions of an exercise in this process."""
    found = {}
    for stranger in stranger_names(notebook):
        names = dict(vars(inspect.getmodule(inspect.unwrap(exercise.reference))))
        names |= {"copy": copy, "math": math, "np": np}
        exec(compile(stranger_source(notebook, stranger), stranger, "exec"), names)
        own = [name for name in (exercise.function, *exercise.aliases) if name in names]
        found[f"the stranger “{stranger}”"] = names[own[0]]
    return found


def _hints_shown(
    bench: Bench, exercise: Exercise, questions: list[Question]
) -> dict[str, tuple[str, ...]]:
    """Hand each known mistake in, and collect whose hints it was shown."""
    student = bench.solved()
    shown = {}
    for mistake in exercise.mistakes:
        student.run(whole_cell(mistake.source(exercise), exercise))
        told = map(_told, bench.judged(student, *questions))
        shown[mistake.name] = tuple(sorted(set().union(*told)))
    return shown


def _told(verdict: Verdict) -> set[str]:
    failed = [finding for finding in verdict.findings if finding.points and not finding.ok]
    return {finding.mistake for finding in failed} or {_NO_LOSS}


def try_styles(
    bench: Bench, exercise: Exercise, question: Question
) -> tuple[list[StyleCard], list[StyleCard], list[float]]:
    """Hand right implementations in: strangers', and rewrites of the reference.

    Returns
    -------
    list of StyleCard
        The strangers.
    list of StyleCard
        The rewrites.
    list of float
        The errors of those that are accepted, in units of what is tolerated.
    """
    student = bench.solved()
    verdicts: dict[str, Verdict] = {}
    for rewrite in rewrites(exercise):
        student.run(rewrite.source)
        (verdicts[rewrite.name],) = bench.judged(student, question)
    by_hand = {
        name: bench.judged(bench.student(stranger_source(bench.notebook, name)), question)[0]
        for name in stranger_names(bench.notebook)
    }
    errors = [
        evidence.error_of(question, verdict.outcomes)
        for verdict in (*by_hand.values(), *verdicts.values())
        if verdict.passed
    ]
    return _style_cards(by_hand), _style_cards(verdicts), errors


def _style_cards(verdicts: dict[str, Verdict]) -> list[StyleCard]:
    return [StyleCard(name=name, problem=_blame(verdict)) for name, verdict in verdicts.items()]


def _blame(verdict: Verdict) -> str:
    messages = [finding.message for finding in verdict.findings if finding.points]
    return next(filter(None, messages), "") if not verdict.passed else ""


def _carried_forward(bench: Bench, exercise: Exercise) -> tuple[int, list[str]]:
    """Break each earlier exercise that this one uses; this one must keep full marks."""
    earlier = all_uses(bench.notebook, exercise.function)
    problems = []
    for broken in earlier:
        wrong = load(bench.notebook)[broken]
        student = bench.solved()
        student.run(whole_cell(wrong.mistakes[0].source(wrong), wrong))
        referee = Referee(student, SEED)
        for name in earlier:
            referee.verdict(bench.notebook, name)
        verdict = referee.verdict(bench.notebook, exercise.function)
        if not verdict.passed:
            problems.append(f"{broken} broken: {verdict.earned:g} of {verdict.points:g} points")
    return len(earlier), problems
