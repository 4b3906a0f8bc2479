"""The kinds of checks that an exercise is made of.

A check looks at the outcomes of a function under test on a number of cases and says what is
wrong, or None. The kinds here are data: they can be stored in an answer sheet and run on the
student's machine. Each one carries the points it is worth; a check worth nothing gives advice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

import numpy as np

from helpers.checking.comparison import agrees, difference, form_difference
from helpers.checking.outcomes import Arguments, Outcome


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


@dataclass(frozen=True)
class Problem:
    """What is wrong, in words that give no expected value away, and in which case."""

    message: str
    case: int = 0


class WrongForm(ValueError):
    """A value lacks the part that is looked for."""


def part_of(value: Any, part: str, returns: tuple[str, ...]) -> Any:
    """Take the part of a result that a check is about.

    Parameters
    ----------
    value : object
        What the function returned.
    part : str
        "" for all of it; else names joined by dots: the first may be one of `returns`, the
        rest are dictionary keys. "W*" takes all entries whose names begin with W.
    returns : tuple of str
        The names of the values in the tuple that the function returns; empty when it returns
        a single value. A value that is a tuple itself may name its own values in brackets:
        ``("A", "cache(Z, W)")`` has the part "cache.Z".

    Raises
    ------
    WrongForm
        If there is no such part.

    Examples
    --------
    >>> part_of(({"dw": 1}, 0.5), "grads.dw", ("grads", "cost"))
    1
    >>> part_of({"W1": 1, "b1": 0, "W2": 2}, "W*", ())
    {'W1': 1, 'W2': 2}
    """
    keys = part.split(".") if part else []
    while keys and returns:
        names, key = [name.partition("(")[0] for name in returns], keys.pop(0)
        if key.endswith("*"):
            elements = {n: _element(value, i, returns) for i, n in enumerate(names)}
            return _entry(elements, key)
        index = names.index(key)
        value, returns = _element(value, index, returns), _inner_names(returns[index])
    for key in keys:
        value = _entry(value, key)
    return value


def _inner_names(name: str) -> tuple[str, ...]:
    """Read the names in brackets: "cache(Z, W)" holds Z and W."""
    _, _, inside = name.rstrip(")").partition("(")
    return tuple(inside.split(", ")) if inside else ()


def _element(value: Any, index: int, returns: tuple[str, ...]) -> Any:
    if isinstance(value, np.ndarray) and value.shape == (len(returns),):
        return value[index]
    if isinstance(value, tuple | list) and len(value) >= len(returns):
        return value[index]
    got = f"{len(value)} values" if isinstance(value, tuple | list) else type(value).__name__
    raise WrongForm(f"The function should return ({', '.join(returns)}); yours returned {got}.")


def _entry(value: Any, key: str) -> Any:
    if not isinstance(value, dict):
        raise WrongForm(f'There should be a dictionary with the key "{key}".')
    if key.endswith("*"):
        return {name: entry for name, entry in value.items() if str(name).startswith(key[:-1])}
    if key not in value:
        raise WrongForm(f'The dictionary has no key "{key}".')
    return value[key]


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
    """

    part: str = ""
    points: float = 0
    label: str = ""
    hint: str = ""
    kind: ClassVar[str] = ""

    @property
    def title(self) -> str:
        """The label, or one made from the part."""
        return self.label or (f"`{self.part}`" if self.part else "the result")

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the trial and say what is wrong."""
        for index, (case, outcome) in enumerate(zip(trial.cases, trial.outcomes, strict=True)):
            if outcome.error:
                return Problem(describe_error(outcome), index)
            message = self._message(case, outcome, trial)
            if message:
                return Problem(message, index)
        return None

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        try:
            actual = part_of(outcome.value, self.part, trial.returns)
        except WrongForm as error:
            return str(error)
        return self._compare(actual, part_of(case.expected.value, self.part, trial.returns))

    def _compare(self, actual: Any, expected: Any) -> str | None:
        raise NotImplementedError

    @property
    def _name(self) -> str:
        name = self.part.split(".")[-1]
        return "The result" if not name or name.endswith("*") else name


@dataclass(frozen=True)
class Matches(Check):
    """A part of the result agrees with the reference's, in every case."""

    kind: ClassVar[str] = "matches"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        message = super()._message(case, outcome, trial)
        if message is None or case.slack is None:
            return message
        try:
            parts = [
                part_of(value, self.part, trial.returns)
                for value in (outcome.value, case.expected.value, case.slack)
            ]
        except WrongForm:
            return message
        return difference(parts[0], parts[1], self._name, parts[2])

    def _compare(self, actual: Any, expected: Any) -> str | None:
        return difference(actual, expected, self._name)


@dataclass(frozen=True)
class Drawn(Check):
    """A part of the result is drawn from a normal distribution of mean zero.

    No particular random stream is asked for. Arrays of a thousand entries and more are tested
    for mean and standard deviation at six standard errors, and for the share of entries within
    one standard deviation, which tells normal from uniform. Of a dictionary, such as "W*",
    every entry is looked at.

    Attributes
    ----------
    std : float
        The wanted standard deviation; 0 takes that of the reference's draw.
    """

    std: float = 0
    kind: ClassVar[str] = "drawn"

    def _compare(self, actual: Any, expected: Any) -> str | None:
        if not isinstance(expected, dict):
            return self._drawn_problem(actual, np.asarray(expected), self._name)
        missing = [key for key in expected if key not in actual]
        if missing:
            return f'{self._name} has no key "{missing[0]}".'
        problems = (self._drawn_problem(actual[k], np.asarray(expected[k]), k) for k in expected)
        return next(filter(None, problems), None)

    def _drawn_problem(self, actual: Any, expected: np.ndarray, name: str) -> str | None:
        problem = form_difference(actual, expected, name)
        if problem:
            return problem
        # The standard deviation of a draw is uncertain itself: two draws differ by more.
        std, spread = (self.std, 6.0) if self.std else (float(np.std(expected)), 6 * np.sqrt(2))
        return _normal_problem(np.asarray(actual, float).ravel(), std, name, spread)


def _normal_problem(draw: np.ndarray, std: float, name: str, spread: float) -> str | None:
    if not np.isfinite(draw).all():
        return f"{name} contains NaN or infinity."
    if draw.size > 1 and np.ptp(draw) == 0:
        return f"Every entry of {name} is the same: units that start equal stay equal."
    if draw.size < 1000:
        return None
    error = max(std, float(draw.std())) / np.sqrt(draw.size)
    if abs(draw.mean()) > 6 * error:
        return f"The mean of {name} is {draw.mean():.2g}; it should be 0. Draw from a normal."
    if abs(draw.std() - std) > spread * std / np.sqrt(2 * draw.size):
        return f"The standard deviation of {name} is {draw.std():.2g}; it should be {std:.2g}."
    within = np.mean(np.abs(draw) < std)
    if abs(within - 0.6827) > spread * np.sqrt(0.6827 * 0.3173 / draw.size):
        return f"{name} is not drawn from a normal distribution (a uniform one, perhaps?)."
    return None


@dataclass(frozen=True)
class Mask(Check):
    """A part of the result is a random mask: 0 and 1, with the share of ones that is wanted.

    No particular random stream is asked for. The share may differ from the reference's by six
    standard errors; where the reference keeps everything, everything must be kept.
    """

    kind: ClassVar[str] = "mask"

    def _compare(self, actual: Any, expected: Any) -> str | None:
        expected = np.asarray(expected)
        problem = form_difference(actual, expected, self._name)
        if problem:
            return problem
        mask, share = np.asarray(actual, float), float(expected.mean())
        if not np.isin(mask, (0, 1)).all():
            return f"{self._name} should hold 0 and 1 only (or False and True)."
        if abs(mask.mean() - share) > 6 * np.sqrt(2 * share * (1 - share) / mask.size):
            return f"{self._name} keeps {mask.mean():.0%} of its entries: not the share asked for."
        return None


@dataclass(frozen=True)
class MatchesUnderMasks(Check):
    """A part of a random result agrees in every example in which chance fell alike.

    Examples are columns. Where the function's own masks are those of the reference, all units
    of an example together, the part must be the reference's; whatever random stream was used.

    Attributes
    ----------
    masks : tuple of str
        The parts of the result that are masks, each (units, examples).
    """

    masks: tuple[str, ...] = ()
    kind: ClassVar[str] = "matches_under_masks"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        try:
            mine, *own = self._parts(outcome.value, trial.returns)
        except WrongForm as error:
            return str(error)
        theirs, *masks = self._parts(case.expected.value, trial.returns)
        names = (self._name, *(mask.split(".")[-1] for mask in self.masks))
        for name, array, expected in zip(names, (mine, *own), (theirs, *masks), strict=True):
            problem = form_difference(array, expected, name)
            if problem:
                return problem
        alike = np.logical_and.reduce([(a == b).all(0) for a, b in zip(own, masks, strict=True)])
        slack = None if case.slack is None else part_of(case.slack, self.part, trial.returns)
        return difference(mine[..., alike], theirs[..., alike], self._name, slack)

    def _parts(self, value: Any, returns: tuple[str, ...]) -> list[Any]:
        return [part_of(value, part, returns) for part in (self.part, *self.masks)]


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


KINDS: dict[str, type[Check]] = {
    kind.kind: kind
    for kind in (Matches, Drawn, Mask, MatchesUnderMasks, LeavesInputsAlone, Vectorised)
}


def to_data(check: Check) -> dict[str, Any]:
    """Write a check as a plain dictionary."""
    return {"kind": check.kind, **asdict(check)}


def from_data(data: dict[str, Any]) -> Check:
    """Read what `to_data` wrote.

    Examples
    --------
    >>> from_data(to_data(Matches("dw", points=4)))
    Matches(part='dw', points=4, label='', hint='')
    """
    fields = dict(data)
    kind = KINDS[fields.pop("kind")]
    for name in {"small", "large"} & fields.keys():
        fields[name] = Arguments(**fields[name])
    return kind(**fields)


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
        return agrees(part_of(one, part, returns), wanted)
    except WrongForm:
        return False
