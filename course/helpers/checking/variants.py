"""The check of a result on which editions of an exercise differ, and all are right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from helpers.checking.checks import Case, Matches, Trial
from helpers.checking.outcomes import Outcome


@dataclass(frozen=True)
class MatchesVariant(Matches):
    """A part of the result agrees, in every case, with the reference's or with a variant's.

    Attributes
    ----------
    variants : tuple of str
        The names of the variants that are accepted. What each of them makes of a case stands
        among the case's known outcomes.
    """

    variants: tuple[str, ...] = ()
    kind: ClassVar[str] = "matches_variant"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        message = super()._message(case, outcome, trial)
        for variant in self.variants if message else ():
            other = replace(case, expected=case.mistakes[variant])
            if super()._message(other, outcome, trial) is None:
                return None
        return message
