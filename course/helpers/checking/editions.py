"""A check for functions of which editions differ in the order of what they are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from helpers.checking.checks import Case, Matches, Problem, Trial
from helpers.checking.outcomes import Arguments


@dataclass(frozen=True)
class MatchesInEitherOrder(Matches):
    """The result agrees with the reference's for one of two orders of the first argument.

    Attributes
    ----------
    order : sequence of int
        Another edition of the exercise has the items ``[first[i] for i in order]``. The
        function is called with these where it is wrong with the order taught, and then must be
        right in every case.
    """

    order: Sequence[int] = ()
    kind: ClassVar[str] = "matches_in_either_order"

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the outcomes; if they are wrong, call again in the other order."""
        problem = super().problem(trial)
        if problem and all(self._right_reordered(case, trial) for case in trial.cases):
            return None
        return problem

    def _right_reordered(self, case: Case, trial: Trial) -> bool:
        outcome = trial.call(self._reordered(case.args), False)
        return super().problem(replace(trial, cases=[case], outcomes=[outcome])) is None

    def _reordered(self, args: Arguments) -> Arguments:
        first, *others = args.positional
        items: tuple[Any, ...] = tuple(first[i] for i in self.order)
        return replace(args, positional=(items, *others))
