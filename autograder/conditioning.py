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

_SINGLE = 2.0**-24
# Shaken far less than that, and multiplied up: the slope is the same, and a jump stands out.
_SHAKE = 2.0**-40
_TIMES = 3
# Steps whose roundings may add up; what moves further has jumped.
_MANY = 1000


def slack(reference: Callable[..., Any], args: Arguments, expected: Outcome) -> Any:
    """Measure how far each value of a result moves when inputs are rounded to single precision.

    To be called where prints and warnings are silenced: see `outcomes.quiet`.

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
        reference raises. It is never less than what rounding the result itself does, and no
        more than that where a result jumps instead of moving.

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
    changes: list[Change] = [*[partial(_shaken, rng=rng)] * _TIMES, _single]
    moved = [invoke(reference, _changed(args, f), isolated=False).value for f in changes]
    return _slack(expected.value, moved)


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


def _slack(value: Any, moved: Sequence[Any]) -> Any:
    """Compare a value with what became of it: shaken a few times, and in single precision."""
    if isinstance(value, Mapping):
        return {key: _slack(part, _parts(moved, key)) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_slack(part, _parts(moved, index)) for index, part in enumerate(value)]
    *shaken, in_single = (_distance(value, other) for other in moved)
    scale = _size(value)
    slope = max(shaken) * _SINGLE / _SHAKE
    least = max(_SINGLE * scale, slope if slope <= scale else 0.0)
    return max(least, in_single if in_single <= _MANY * least else 0.0)


def _parts(moved: Sequence[Any], key: Any) -> list[Any]:
    """Take one part of each result; None where there is none."""
    found: list[Any] = [None] * len(moved)
    for number, other in enumerate(moved):
        with contextlib.suppress(LookupError, TypeError):
            found[number] = other[key]
    return found


def _size(value: Any) -> float:
    array = np.asarray(value)
    if array.dtype.kind != "f":
        return 0.0
    return float(np.max(np.abs(array[np.isfinite(array)]), initial=0.0))


def _distance(value: Any, other: Any) -> float:
    before, after = np.asarray(value), np.asarray(other)
    comparable = before.dtype.kind == after.dtype.kind == "f" and before.shape == after.shape
    with np.errstate(invalid="ignore"):
        return _size(before - after) if comparable else 0.0
