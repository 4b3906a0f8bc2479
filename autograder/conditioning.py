"""How exact a correct answer can be: what rounding the inputs does to a reference's result.

A student may work in single precision, and nothing in the answer need show it: ``float(cost)``
is a double. Single precision rounds each input by up to 2⁻²⁴ of itself. How far the result moves
then is a property of the function and of the case. Where large terms cancel it is far, compared
with the result. In a loop the roundings of each step add up. So both are measured, the slope by
shaking the inputs and the steps by letting the reference work in single precision, and comparing
allows for the larger one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from helpers.checking.outcomes import Arguments, Outcome, invoke

Change = Callable[[Any], Any]
# Results, each with the factor by which its distance counts.
Moved = Sequence[tuple[Any, float]]

_SINGLE = 2.0**-24
# Shaken far less than that, and multiplied up: the slope is the same, and a jump stands out.
_SHAKE = 2.0**-40
_TIMES = 3


def slack(reference: Callable[..., Any], args: Arguments, expected: Outcome) -> Any:
    """Measure how far each value of a result moves when inputs are rounded to single precision.

    Parameters
    ----------
    reference : callable
    args : Arguments
    expected : Outcome
        What the reference makes of them.

    Returns
    -------
    object
        Built as the result is, with one number in place of each number or array; None if the
        reference raises. Where a result jumps instead of moving, the number is 0.

    Examples
    --------
    >>> from helpers.checking.outcomes import arguments
    >>> call = arguments(1.5)
    >>> slack(lambda x: 100 * x, call, invoke(lambda x: 100 * x, call)) / 2.0**-24
    150.0
    """
    if expected.error:
        return None
    rng = np.random.default_rng(0)
    changes = [(partial(_shaken, rng=rng), _SINGLE / _SHAKE)] * _TIMES + [(_single, 1.0)]
    moved = [(invoke(reference, _changed(args, f)).value, factor) for f, factor in changes]
    return _distances(expected.value, moved)


def _changed(args: Arguments, change: Change) -> Arguments:
    """Change each floating number, and each array of them, in a call's arguments."""
    given = {name: (wanted, _inside(value, change)) for name, (wanted, value) in args.given.items()}
    positional, named = (_inside(part, change) for part in (args.positional, args.named))
    return replace(args, positional=positional, named=named, given=given)


def _inside(value: Any, change: Change) -> Any:
    if isinstance(value, Mapping):
        return {key: _inside(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_inside(part, change) for part in value)
    return change(value) if np.asarray(value).dtype.kind == "f" else value


def _shaken(value: Any, rng: np.random.Generator) -> Any:
    return value * (1 + _SHAKE * rng.choice([-1.0, 1.0], np.shape(value)))


def _single(value: Any) -> Any:
    return np.float32(value)


def _distances(value: Any, moved: Moved) -> Any:
    if isinstance(value, Mapping):
        return {key: _distances(part, _parts(moved, key)) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_distances(part, _parts(moved, index)) for index, part in enumerate(value)]
    return max((_distance(value, other, factor) for other, factor in moved), default=0.0)


def _parts(moved: Moved, key: Any) -> Moved:
    """Take one part of each result that has it."""
    found = []
    for other, factor in moved:
        with contextlib.suppress(LookupError, TypeError):
            found.append((other[key], factor))
    return found


def _distance(value: Any, other: Any, factor: float) -> float:
    before, after = np.asarray(value), np.asarray(other)
    if before.dtype.kind != "f" or after.dtype.kind != "f" or before.shape != after.shape:
        return 0.0
    finite = np.isfinite(before) & np.isfinite(after)
    change = np.max(np.abs(before[finite] - after[finite]), initial=0.0) * factor
    return float(change) if change <= np.max(np.abs(before[finite]), initial=0.0) else 0.0
