"""How much longer one piece of code takes than another, on a machine with other work to do."""

from __future__ import annotations

import statistics
import timeit
from collections.abc import Callable
from dataclasses import dataclass

_ROUNDS = 15
_SECONDS = 0.05


@dataclass(frozen=True)
class Race:
    """Two pieces of code that take turns.

    Attributes
    ----------
    what, against : str
        What is measured, and what it is measured by.
    ours, theirs : callable
        The code, without arguments.
    """

    what: str
    against: str
    ours: Callable[[], object]
    theirs: Callable[[], object]


def ratio(race: Race) -> float:
    """Tell how many times as long ours takes as theirs: the median of rounds side by side."""
    ours, theirs = timeit.Timer(race.ours), timeit.Timer(race.theirs)
    times = [_often_enough(timer) for timer in (ours, theirs)]  # also warms up
    return statistics.median(
        (ours.timeit(times[0]) / times[0]) / (theirs.timeit(times[1]) / times[1])
        for _ in range(_ROUNDS)
    )


def _often_enough(timer: timeit.Timer) -> int:
    once = min(timer.repeat(3, 1))
    return max(1, round(_SECONDS / once))
