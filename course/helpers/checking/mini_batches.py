"""The check of data dealt out in mini-batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from helpers.checking.checks import Case, Check, Problem, Trial
from helpers.checking.comparison import agrees
from helpers.checking.outcomes import Outcome


@dataclass(frozen=True)
class MiniBatches(Check):
    """The columns of X and Y, the first two arguments, are dealt out as a list of pairs.

    Any correct shuffle will do; no particular random stream is asked for.

    Attributes
    ----------
    aspect : str
        What to look at. "sizes": number and shapes of the batches, compared with the
        reference's. "examples": each column of X comes exactly once. "labels": each comes with
        its own column of Y. "order": it is a shuffle, in cases with 50 examples and more.
        "seed": the argument `seed`, the last one, and nothing else decides on the order.
    """

    aspect: str = "sizes"
    kind: ClassVar[str] = "mini_batches"

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the batches, or try other seeds."""
        return super().problem(trial) or (
            self._seed_problem(trial) if self.aspect == "seed" else None
        )

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        X, Y = (np.asarray(array) for array in case.args.positional[:2])
        dealt = _dealt(outcome.value, X, Y)
        if isinstance(dealt, str):
            return dealt
        if self.aspect == "sizes":
            return _sizes_problem(dealt[0], case.expected.value)
        return _DEALING[self.aspect](np.hstack(dealt[0]), np.hstack(dealt[1]), X, Y)

    def _seed_problem(self, trial: Trial) -> Problem | None:
        """Call again with the same seed and with another one, numpy's own seed changed too."""
        index = max(range(len(trial.cases)), key=lambda i: _examples(trial.cases[i]))
        args = trial.cases[index].args
        *others, seed = args.positional
        again, other = (
            trial.call(replace(args, positional=(*others, s), seed=args.seed + 1), False).value
            for s in (seed, seed + 1)
        )
        mine = trial.outcomes[index].value
        if not agrees(again, mine):
            return Problem("The same seed gave another order the second time.", index)
        if agrees(other, mine):
            return Problem("Another seed gives the same order: use the argument `seed`.", index)
        return None


Batches = list[np.ndarray]


def _examples(case: Case) -> int:
    """Count the examples of a call with a seed; other calls count less than any."""
    with_seed = len(case.args.positional) == 4
    return int(np.shape(case.args.positional[0])[1]) if with_seed else -1


def _dealt(value: Any, X: np.ndarray, Y: np.ndarray) -> tuple[Batches, Batches] | str:
    """Take the batches apart into those of X and those of Y, or say why it cannot be done."""
    if not isinstance(value, list | tuple) or not value:
        return "The result should be a list of mini-batches, with at least one in it."
    for number, pair in enumerate(value):
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            return f"Mini-batch {number} should be a pair (X_batch, Y_batch)."
        shapes = [np.shape(part) for part in pair]
        if any(len(shape) != 2 for shape in shapes):
            return f"Mini-batch {number} has the shapes {shapes}; both parts need two axes."
        if shapes[0][0] != len(X) or shapes[1][0] != len(Y) or shapes[0][1] != shapes[1][1]:
            return (
                f"Mini-batch {number} has the shapes {shapes[0]} and {shapes[1]}: it should have "
                f"the {len(X)} rows of X, the {len(Y)} of Y, and as many columns in both."
            )
    columns = sum(np.shape(x)[1] for x, _ in value)
    if columns > 2 * X.shape[1]:
        return f"The mini-batches hold {columns} columns; X has only {X.shape[1]}."
    return [np.asarray(x) for x, _ in value], [np.asarray(y) for _, y in value]


def _sizes_problem(batches: Batches, expected: Sequence[Any]) -> str | None:
    sizes, wanted = [x.shape[1] for x in batches], [x.shape[1] for x, _ in expected]
    if sizes == wanted:
        return None
    if len(sizes) != len(wanted):
        return (
            f"There are {len(sizes)} mini-batches of sizes {_short(sizes)}: not the right number."
        )
    return f"The mini-batches have the sizes {_short(sizes)}."


def _short(sizes: Sequence[int]) -> str:
    shown = ", ".join(map(str, sizes[:6]))
    return f"{shown}, …" if len(sizes) > 6 else shown


def _places(batches: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Find for each column of the batches the column of X that it is; -1 if it is none."""
    distances = np.abs(batches[:, :, np.newaxis] - X[:, np.newaxis, :]).max(axis=0)
    found = distances.argmin(axis=1)
    is_there = distances.min(axis=1) <= 1e-6 * np.abs(X).max()
    return np.where(is_there, found, -1)


def _examples_problem(x: np.ndarray, y: np.ndarray, X: np.ndarray, Y: np.ndarray) -> str | None:
    places = _places(x, X)
    if (places < 0).any():
        return "The mini-batches hold columns that are not examples of X."
    counts = np.bincount(places, minlength=X.shape[1])
    if (counts > 1).any():
        return "An example comes more than once: each must come exactly once."
    return "Some examples are in no mini-batch." if (counts == 0).any() else None


def _labels_problem(x: np.ndarray, y: np.ndarray, X: np.ndarray, Y: np.ndarray) -> str | None:
    places = _places(x, X)
    if np.allclose(y, np.where(places < 0, np.nan, Y[:, places])):
        return None
    return "Examples have got the labels of others: X and Y must be shuffled in the same way."


def _shuffle_problem(x: np.ndarray, y: np.ndarray, X: np.ndarray, Y: np.ndarray) -> str | None:
    """Tell a shuffle from an order that still shows: by neighbours, and by correlation.

    In a random order of 50 and more about two pairs of neighbours are still side by side, and
    a correlation beyond six standard errors does not happen.
    """
    places = _places(x, X)
    if len(places) < 50 or np.ptp(places) == 0:
        return None
    still_together = np.mean(np.abs(np.diff(places)) == 1)
    correlation = np.corrcoef(places, np.arange(len(places)))[0, 1]
    if still_together < 1 / 3 and abs(correlation) < 6 / np.sqrt(len(places)):
        return None
    return "The examples still come in their old order, or nearly so."


_DEALING: dict[str, Callable[..., str | None]] = {
    "examples": _examples_problem,
    "labels": _labels_problem,
    "order": _shuffle_problem,
    "seed": lambda *columns: None,
}
