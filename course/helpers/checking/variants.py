"""The check of a result of which editions of an exercise differ, and all are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from helpers.checking.checks import Matches, Problem, Trial, explains


@dataclass(frozen=True)
class MatchesVariant(Matches):
    """A part of the result agrees with the reference's in every case, or with one variant's.

    Attributes
    ----------
    variants : tuple of str
        The names of the variants that are accepted. What each of them makes of a case stands
        among the case's known outcomes.
    """

    variants: tuple[str, ...] = ()
    kind: ClassVar[str] = "matches_variant"

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the trial and say what is wrong, if it is no variant's either."""
        problem = super().problem(trial)
        ordinary = trial.on_cases(self.about)
        if problem and any(explains(self.part, variant, ordinary) for variant in self.variants):
            return None
        return problem
