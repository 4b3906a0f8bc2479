"""Checks of results that are drawn at random: no particular random stream is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from helpers.checking.checks import Case, Check, Trial
from helpers.checking.comparison import difference, form_difference
from helpers.checking.outcomes import Outcome
from helpers.checking.parts import WrongForm, part_of


@dataclass(frozen=True)
class Drawn(Check):
    """A part of the result is drawn from a normal distribution of mean zero.

    No particular random stream is asked for. Arrays of a thousand entries and more are tested
    for mean and standard deviation at six standard errors, and for the share of entries within
    one standard deviation, which tells normal from uniform.

    Attributes
    ----------
    std : float
        The wanted standard deviation; 0 takes that of the reference's draw.
    """

    std: float = 0
    kind: ClassVar[str] = "drawn"

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        expected = np.asarray(expected)
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

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        expected = np.asarray(expected)
        problem = form_difference(actual, expected, name)
        if problem:
            return problem
        mask, share = np.asarray(actual, float), float(expected.mean())
        if not np.isin(mask, (0, 1)).all():
            return f"{name} should hold 0 and 1 only (or False and True)."
        if abs(mask.mean() - share) > 6 * np.sqrt(2 * share * (1 - share) / mask.size):
            return f"{name} keeps {mask.mean():.0%} of its entries: not the share asked for."
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
        names = [part.split(".")[-1] for part in (self.part, *self.masks)]
        for name, array, expected in zip(names, (mine, *own), (theirs, *masks), strict=True):
            problem = form_difference(array, expected, name)
            if problem:
                return problem
        alike = np.logical_and.reduce([(a == b).all(0) for a, b in zip(own, masks, strict=True)])
        slack = None if case.slack is None else part_of(case.slack, self.part, trial.returns)
        return difference(mine[..., alike], theirs[..., alike], names[0], slack)

    def _parts(self, value: Any, returns: tuple[str, ...]) -> list[Any]:
        return [part_of(value, part, returns) for part in (self.part, *self.masks)]
