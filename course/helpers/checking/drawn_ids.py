"""The check of ids that are drawn from a given distribution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from helpers.checking.checks import Case, Check, Problem, Trial
from helpers.checking.comparison import agrees, form_difference
from helpers.checking.outcomes import Outcome

_ERRORS = 6  # standard errors by which a share may be off: chance never does it


@dataclass(frozen=True)
class DrawnIds(Check):
    """The result holds ids, drawn with the probabilities that are the first argument.

    No particular random stream is asked for.

    Attributes
    ----------
    aspect : str
        What to look at. "ids": shape as the reference's, whole numbers from 0 on that have a
        probability above 0. "shares": how often each id comes. "independent": an id says
        nothing about the next one, in its row and in its column. "seed": the argument `seed`,
        the last one, and nothing else decides.
    """

    aspect: str = "ids"
    kind: ClassVar[str] = "drawn_ids"

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the ids, or try other seeds."""
        return super().problem(trial) or (
            self._seed_problem(trial) if self.aspect == "seed" else None
        )

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        probabilities = np.asarray(case.args.positional[0])
        problem = _ids_problem(outcome.value, np.asarray(case.expected.value), probabilities)
        if problem or self.aspect in ("ids", "seed"):
            return problem
        ids = np.asarray(outcome.value).astype(int)
        # Of ids that hang together, the shares are a matter of luck: they pass neither.
        dependent = _independence_problem(ids, probabilities)
        if self.aspect == "shares":
            return _shares_problem(ids, probabilities) or dependent
        return dependent

    def _seed_problem(self, trial: Trial) -> Problem | None:
        """Call the largest case again with the same seed and another, numpy's own changed too."""
        index = int(np.argmax([np.size(case.expected.value) for case in trial.cases]))
        args = trial.cases[index].args
        *others, seed = args.positional
        again, other = (
            trial.call(replace(args, positional=(*others, s), seed=args.seed + 1), False).value
            for s in (seed, seed + 1)
        )
        mine = trial.outcomes[index].value
        if not agrees(again, mine):
            return Problem("The same seed gave other ids the second time.", index)
        if agrees(other, mine):
            return Problem("Another seed gives the same ids: use the argument `seed`.", index)
        return None


def _ids_problem(value: Any, expected: np.ndarray, probabilities: np.ndarray) -> str | None:
    problem = form_difference(value, expected, "The result")
    if problem:
        return problem
    ids = np.asarray(value)
    if not (np.isfinite(ids).all() and (ids == np.round(ids)).all()):
        return "The result should hold ids: whole numbers."
    if ids.size and (ids.min() < 0 or ids.max() >= len(probabilities)):
        return f"Ids go from 0 to {len(probabilities) - 1} here; yours do not."
    if (probabilities[ids.astype(int)] == 0).any():
        return "An id was drawn whose probability is 0."
    return None


def _shares_problem(ids: np.ndarray, probabilities: np.ndarray) -> str | None:
    found = np.bincount(ids.ravel(), minlength=len(probabilities)) / max(ids.size, 1)
    error = np.sqrt(probabilities * (1 - probabilities) / max(ids.size, 1))
    if (np.abs(found - probabilities) <= _ERRORS * error + 1 / max(ids.size, 1)).all():
        return None
    return "Some ids come more often, others less often, than their probability says."


def _independence_problem(ids: np.ndarray, probabilities: np.ndarray) -> str | None:
    """Compare how often neighbours are alike with how often independent ones would be."""
    alike = float(np.sum(probabilities**2))
    for axis in range(ids.ndim):
        same = np.diff(ids, axis=axis) == 0
        error = np.sqrt(3 * alike * (1 - alike) / max(same.size, 1))
        if same.size >= 100 and abs(same.mean() - alike) > _ERRORS * error:
            return "Ids depend on their neighbours: each should be drawn by itself."
    return None
