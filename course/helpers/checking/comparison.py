"""Does a value agree with the expected one? Tolerant of form, strict in substance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checking.plain import Opaque

# Relative to the largest expected entry. A correct formula in float64, written in any order of
# operations, stays below 1e-9 on the sizes the exercises use; one in float32 below 1e-4.
RTOL_DOUBLE = 1e-7
RTOL_SINGLE = 2e-4


def difference(actual: Any, expected: Any, name: str = "the result") -> str | None:
    """Say how `actual` differs from `expected`, or return None when they agree.

    A scalar may come as a Python number, a numpy number or an array of size 1. A list may
    stand for a tuple, float32 for float64, a dictionary may hold more keys than expected. The
    shape of an array must be exact: a rank-1 array does not stand for a column.

    Parameters
    ----------
    actual : object
        What the student's function returned.
    expected : object
        What the reference returned: numbers, arrays, strings, tuples, dictionaries.
    name : str
        How to call the value in the message.

    Returns
    -------
    str or None
        One sentence, without any value of `expected`.

    Examples
    --------
    >>> difference(np.ones((3, 1)), np.ones((3, 1)))
    >>> difference(np.ones(3), np.ones((3, 1)), "dw")
    'dw has shape (3,), but it should be (3, 1). It is a rank-1 array: keep the second axis.'
    """
    if isinstance(expected, Mapping):
        return _mapping_difference(actual, expected, name)
    if isinstance(expected, tuple | list):
        return _sequence_difference(actual, expected, name)
    if isinstance(expected, str | bytes) or expected is None:
        kind = next(kind for kind in (str, bytes, type(None)) if isinstance(expected, kind))
        right = isinstance(actual, kind) and actual == expected
        return None if right else f"{name} is wrong."
    return _array_difference(actual, np.asarray(expected), name)


def agrees(actual: Any, expected: Any) -> bool:
    """Tell whether `difference` finds nothing.

    Examples
    --------
    >>> agrees([1, 2.0], (1, 2))
    True
    """
    return difference(actual, expected) is None


def _mapping_difference(actual: Any, expected: Mapping[Any, Any], name: str) -> str | None:
    if not isinstance(actual, Mapping):
        return f"{name} should be a dictionary; yours is {_kind(actual)}."
    for key, value in expected.items():
        if key not in actual:
            return f'{name} has no key "{key}".'
        problem = difference(actual[key], value, f'{name}["{key}"]')
        if problem:
            return problem
    return None


def _sequence_difference(actual: Any, expected: Sequence[Any], name: str) -> str | None:
    if not isinstance(actual, tuple | list):
        return f"{name} should be a tuple of {len(expected)} values; yours is {_kind(actual)}."
    if len(actual) != len(expected):
        return f"{name} should hold {len(expected)} values; yours holds {len(actual)}."
    for index, (mine, theirs) in enumerate(zip(actual, expected, strict=True)):
        problem = difference(mine, theirs, f"{name}[{index}]")
        if problem:
            return problem
    return None


def _array_difference(actual: Any, expected: np.ndarray, name: str) -> str | None:
    problem = form_difference(actual, expected, name)
    if problem:
        return problem
    return _value_difference(np.asarray(actual).reshape(expected.shape), expected, name)


def form_difference(actual: Any, expected: np.ndarray, name: str) -> str | None:
    """Say how type or shape of `actual` differ from those of `expected`, values aside.

    Examples
    --------
    >>> form_difference([1, 2], np.zeros(2), "b")
    'b should be a numpy array; yours is of type list.'
    """
    if not isinstance(actual, np.ndarray | np.generic | float | int | complex):
        return f"{name} should be {_wanted(expected)}; yours is {_kind(actual)}."
    array = np.asarray(actual)
    if array.dtype.kind not in "biufc":
        return f"{name} should hold numbers; yours has dtype {array.dtype}."
    if array.shape == expected.shape or (expected.ndim == 0 and array.size == 1):
        return None
    return _shape_difference(array, expected, name)


def _shape_difference(array: np.ndarray, expected: np.ndarray, name: str) -> str:
    wanted = "a single number" if expected.ndim == 0 else str(expected.shape)
    message = f"{name} has shape {array.shape}, but it should be {wanted}."
    if array.ndim == 1 and expected.ndim == 2:
        return message + " It is a rank-1 array: keep the second axis."
    if array.shape == expected.shape[::-1]:
        return message + " It looks transposed."
    return message


def _value_difference(array: np.ndarray, expected: np.ndarray, name: str) -> str | None:
    rtol = RTOL_SINGLE if array.dtype in (np.float32, np.float16) else RTOL_DOUBLE
    mine, theirs = _as_numbers(array), _as_numbers(expected)
    if not np.array_equal(np.isnan(mine), np.isnan(theirs)):
        return f"{name} contains NaN (not a number)."
    finite = np.isfinite(theirs)
    if not np.array_equal(mine[~finite], theirs[~finite], equal_nan=True):
        return f"{name} has the right shape, but wrong values."
    scale = np.max(np.abs(theirs[finite]), initial=0.0)
    close = np.abs(mine[finite] - theirs[finite]) <= rtol * scale + 1e-12
    if close.all():
        return None
    return _describe(mine[finite], theirs[finite], name)


def _as_numbers(array: np.ndarray) -> np.ndarray:
    return array.astype(complex if array.dtype.kind == "c" else float)


def _describe(mine: np.ndarray, theirs: np.ndarray, name: str) -> str:
    """Name a constant factor or a constant offset, which often is the whole mistake."""
    used = np.abs(theirs) > 1e-12
    with np.errstate(all="ignore"):
        ratio = mine[used] / theirs[used]
    if used.any() and np.allclose(ratio, ratio[0], rtol=1e-6) and np.isfinite(ratio[0]):
        if np.isclose(ratio[0], -1):
            return f"{name} has the wrong sign."
        if (
            theirs.size > 1
            and _is_telling(float(np.real(ratio[0])))
            and np.allclose(mine[~used], 0)
        ):
            return f"{name} is {np.real(ratio[0]):.4g} times what it should be, in every entry."
    return (
        f"{name} has the right shape, but wrong values." if mine.size > 1 else f"{name} is wrong."
    )


def _is_telling(ratio: float) -> bool:
    """Tell factors with a meaning, such as 2, m or 1/m, from those that came by chance."""
    whole = max(abs(ratio), 1 / abs(ratio)) if abs(ratio) > 1e-6 else 0.5
    return whole > 1.5 and abs(whole - round(whole)) < 1e-6 * whole


def _wanted(expected: np.ndarray) -> str:
    return "a number" if expected.ndim == 0 else "a numpy array"


def _kind(value: Any) -> str:
    if value is None:
        return "None"
    name = value.type_name if isinstance(value, Opaque) else type(value).__name__
    return f"of type {name}"
