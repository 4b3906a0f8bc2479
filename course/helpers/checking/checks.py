"""The kinds of checks that an exercise is made of.

A check looks at the outcomes of a function under test on a number of cases and says what is
wrong, or None. The kinds here are data: they can be stored in an answer sheet and run on the
student's machine. Each one carries the points it is worth; a check worth nothing gives advice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from helpers.checking.comparison import agrees, difference
from helpers.checking.outcomes import Arguments, Outcome
from helpers.checking.parts import WrongForm, part_of, single_parts, surplus


@dataclass(frozen=True)
class Case:
    """One call, what the reference makes of it, and what each known mistake makes of it.

    `slack` says how far rounded inputs move what the reference makes of it.
    """

    args: Arguments
    expected: Outcome
    mistakes: dict[str, Outcome] = field(default_factory=dict)
    slack: Any = None


@dataclass(frozen=True)
class Trial:
    """A function under test: how to call it, and its outcomes on the cases."""

    returns: tuple[str, ...]
    cases: Sequence[Case]
    outcomes: Sequence[Outcome]
    call: Callable[[Arguments, bool], Outcome]

    def on_cases(self, about: str) -> Trial:
        """Keep the cases about one thing only."""
        pairs = zip(self.cases, self.outcomes, strict=True)
        kept = [(case, outcome) for case, outcome in pairs if case.args.about == about]
        cases, outcomes = [case for case, _ in kept], [outcome for _, outcome in kept]
        return Trial(self.returns, cases, outcomes, self.call)


@dataclass(frozen=True)
class Problem:
    """What is wrong, in words that give no expected value away, and in which case."""

    message: str
    case: int = 0


@dataclass(frozen=True)
class Check:
    """What all checks share.

    Attributes
    ----------
    part : str
        The part of the result it looks at (see `part_of`).
    points : float
        What it is worth; 0 makes it advice.
    label : str
        How a report calls it.
    hint : str
        Shown when it fails and no known mistake explains the failure.
    about : str
        Look only at the cases about this; "" for the ordinary ones.
    """

    part: str = ""
    points: float = 0
    label: str = ""
    hint: str = ""
    about: str = ""
    kind: ClassVar[str] = ""

    @property
    def title(self) -> str:
        """The label, or one made from the part."""
        return self.label or (f"`{self.part}`" if self.part else "the result")

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the trial and say what is wrong."""
        for index, (case, outcome) in enumerate(zip(trial.cases, trial.outcomes, strict=True)):
            if case.args.about != self.about:
                continue
            if outcome.error:
                return Problem(describe_error(outcome), index)
            message = self._message(case, outcome, trial)
            if message:
                return Problem(message, index)
        return None

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        expected = case.expected.value
        try:
            problems = [
                self._compare(
                    part_of(outcome.value, part, trial.returns),
                    part_of(expected, part, trial.returns),
                    part.split(".")[-1] or "The result",
                    None if case.slack is None else part_of(case.slack, part, trial.returns),
                )
                for part in single_parts(self.part, expected, trial.returns)
            ]
            problems.append(surplus(outcome.value, expected, self.part, trial.returns))
        except WrongForm as error:
            return str(error)
        return next(filter(None, problems), None)

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        raise NotImplementedError


@dataclass(frozen=True)
class Matches(Check):
    """A part of the result agrees with the reference's, in every case."""

    kind: ClassVar[str] = "matches"

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        return difference(actual, expected, name, slack)


@dataclass(frozen=True)
class Recorded(Check):
    """A list of numbers noted on the way begins as the reference's does.

    Editions of an exercise differ: some note the last number too, some return no list at all.
    What is there must be right.

    Attributes
    ----------
    asked : str
        The list is looked at in calls where the argument of this name is true; elsewhere it
        may be empty.
    """

    asked: str = ""
    kind: ClassVar[str] = "recorded"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        if not case.args.named.get(self.asked) or isinstance(outcome.value, dict):
            return None
        return super()._message(case, outcome, trial)

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        if not isinstance(actual, list | tuple) and np.ndim(actual) == 0:
            return f"{name} should be a list of numbers."
        if len(actual) < len(expected):
            return f"{name} should hold {len(expected)} numbers here; yours holds {len(actual)}."
        return difference(list(actual[: len(expected)]), expected, name, slack)


@dataclass(frozen=True)
class LeavesInputsAlone(Check):
    """The function does not change its arguments in place."""

    kind: ClassVar[str] = "leaves_inputs_alone"

    @property
    def title(self) -> str:
        """What a report calls it."""
        return self.label or "leaves its inputs alone"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        if not outcome.changed:
            return None
        return "The function changes its arguments in place; the caller may still need them."


@dataclass(frozen=True)
class Vectorised(Check):
    """The number of executed lines does not grow with the number of examples.

    Attributes
    ----------
    small, large : Arguments
        The same call with few and with many examples.
    """

    small: Arguments = field(default_factory=Arguments)
    large: Arguments = field(default_factory=Arguments)
    kind: ClassVar[str] = "vectorised"

    @property
    def title(self) -> str:
        """What a report calls it."""
        return self.label or "works on all examples at once"

    def problem(self, trial: Trial) -> Problem | None:
        """Count the lines of two calls."""
        few, many = trial.call(self.small, True), trial.call(self.large, True)
        if few.error or many.error or many.lines <= 2 * few.lines + 20:
            return None
        return Problem(
            f"It ran {few.lines} lines of Python for few examples and {many.lines} for many: "
            "there is a loop over them. Array operations do the same much faster."
        )


def describe_error(outcome: Outcome) -> str:
    """Say in one sentence that, and where, a call failed."""
    where = f" in the line `{outcome.line.strip()}`" if outcome.line else ""
    return f"The call stopped{where} with {outcome.error}: {outcome.message}".rstrip(": .") + "."


def explains(part: str, mistake: str, trial: Trial) -> bool:
    """Tell whether a known mistake produces just these outcomes in the part looked at."""
    differs = False
    for case, outcome in zip(trial.cases, trial.outcomes, strict=True):
        wrong = case.mistakes[mistake]
        if wrong.error or outcome.error:
            if wrong.error != outcome.error:
                return False
            differs = True
            continue
        if not _same_part(outcome.value, wrong.value, part, trial.returns):
            return False
        differs |= not _same_part(wrong.value, case.expected.value, part, trial.returns)
    return differs


def _same_part(one: Any, other: Any, part: str, returns: tuple[str, ...]) -> bool:
    try:
        wanted = part_of(other, part, returns)
    except WrongForm:
        wanted, part = other, ""
    try:
        mine = part_of(one, part, returns)
    except WrongForm:
        return False
    return _same_keys(mine, wanted) and agrees(mine, wanted)


def _same_keys(one: Any, other: Any) -> bool:
    """Tell whether two dictionaries have the same keys: one that lacks some agrees with many."""
    both = isinstance(one, Mapping) and isinstance(other, Mapping)
    return not both or one.keys() == other.keys()
