"""Does a value agree with the expected one? Tolerant of form, strict in substance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checking.plain import Opaque

# What is tolerated, relative to the largest expected entry. A right formula in whatever order of
# operations is off by at most (condition of the function) × (number of operations) × (unit
# roundoff of the dtype: 1.1e-16 or 6.0e-8). The audit measures that right solutions use up at most
# half of the tolerance, and that wrong ones are off by more than twice the tolerance.
RTOL_DOUBLE = 1e-7
RTOL_SINGLE = 2e-4
# For entries that should be zero, and come out as the difference of numbers near one.
ATOL = 1e-12
# Work in single precision may come back as doubles. Where it is known how far rounding moves a
# result, its slack, so many times that is allowed: a computation rounds at every step, and the
# slack is measured with a few roundings only. One in the last place of a single is 6e-8, so
# 16 of them are a millionth; no known mistake is as near as that.
STEPS = 16


def difference(
    actual: Any, expected: Any, name: str = "the result", slack: Any = None
) -> str | None:
    """Say how `actual` differs from `expected`, or return None when they agree.

    A scalar may come as a Python number, a numpy number or an array of size 1. A list or an
    array may stand for a tuple, float32 for float64, a dictionary may hold more keys than
    expected. The
    shape of an array must be exact: a rank-1 array does not stand for a column.

    Parameters
    ----------
    actual : object
        What the student's function returned.
    expected : object
        What the reference returned: numbers, arrays, strings, tuples, dictionaries.
    name : str
        How to call the value in the message.
    slack : object, optional
        How far rounded inputs move the result: built as `expected` is, with a number for each
        number or array in it.

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
        return _mapping_difference(actual, expected, name, slack)
    if isinstance(expected, tuple | list):
        return _sequence_difference(actual, expected, name, slack)
    if isinstance(expected, str | bytes) or expected is None:
        kind = next(kind for kind in (str, bytes, type(None)) if isinstance(expected, kind))
        right = isinstance(actual, kind) and actual == expected
        return None if right else f"{name} is wrong."
    return _array_difference(actual, np.asarray(expected), name, slack)


def agrees(actual: Any, expected: Any) -> bool:
    """Tell whether `difference` finds nothing.

    Examples
    --------
    >>> agrees([1, 2.0], (1, 2))
    True
    """
    return difference(actual, expected) is None


def deviation(actual: Any, expected: Any, slack: Any = None) -> float:
    """Measure how far `actual` is from `expected`, in units of what is tolerated.

    Parameters
    ----------
    actual, expected, slack : object
        As for `difference`.

    Returns
    -------
    float
        At most 1 where the two agree; infinite where form, signs of infinity or NaNs differ.

    Examples
    --------
    >>> deviation(1 + 3e-7, 1.0) > 1 > deviation(1 + 3e-8, 1.0)
    True
    """
    if isinstance(expected, Mapping | tuple | list):
        return max((deviation(*parts) for parts in _parts(actual, expected, slack)), default=0.0)
    if isinstance(expected, str | bytes) or expected is None:
        return 0.0 if agrees(actual, expected) else np.inf
    expected = np.asarray(expected)
    if form_difference(actual, expected, ""):
        return np.inf
    array = np.asarray(actual).reshape(expected.shape)
    return float(np.max(_errors(array, expected, slack or 0.0), initial=0))


def _parts(actual: Any, expected: Any, slack: Any) -> list[tuple[Any, Any, Any]]:
    """Pair the parts of two dictionaries or sequences; a missing part is None."""
    keys = expected.keys() if isinstance(expected, Mapping) else range(len(expected))
    if isinstance(actual, np.ndarray) and actual.ndim:
        actual = list(actual)
    same = isinstance(actual, Mapping | tuple | list) and len(actual) >= len(expected)
    mine = [actual[k] if same and _has(actual, k) else None for k in keys]
    return [(m, expected[k], _part(slack, k)) for m, k in zip(mine, keys, strict=True)]


def _has(value: Any, key: Any) -> bool:
    return key in value if isinstance(value, Mapping) else isinstance(key, int)


def _mapping_difference(
    actual: Any, expected: Mapping[Any, Any], name: str, slack: Any
) -> str | None:
    if not isinstance(actual, Mapping):
        return f"{name} should be a dictionary; yours is {_kind(actual)}."
    for key, value in expected.items():
        if key not in actual:
            return f'{name} has no key "{key}".'
        problem = difference(actual[key], value, f'{name}["{key}"]', _part(slack, key))
        if problem:
            return problem
    return None


def _part(slack: Any, key: Any) -> Any:
    return None if slack is None else slack[key]


def _sequence_difference(actual: Any, expected: Sequence[Any], name: str, slack: Any) -> str | None:
    if isinstance(actual, np.ndarray) and actual.ndim:
        actual = list(actual)
    if not isinstance(actual, tuple | list):
        kind = type(expected).__name__
        return f"{name} should be a {kind} of {len(expected)} values; yours is {_kind(actual)}."
    if len(actual) != len(expected):
        return f"{name} should hold {len(expected)} values; yours holds {len(actual)}."
    for index, (mine, theirs) in enumerate(zip(actual, expected, strict=True)):
        problem = difference(mine, theirs, f"{name}[{index}]", _part(slack, index))
        if problem:
            return problem
    return None


def _array_difference(
    actual: Any, expected: np.ndarray, name: str, slack: float | None
) -> str | None:
    problem = form_difference(actual, expected, name)
    if problem:
        return problem
    array = np.asarray(actual).reshape(expected.shape)
    return _value_difference(array, expected, name, slack or 0.0)


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
    if array.dtype == np.float16:
        return f"{name} is of dtype float16, which keeps three digits only: use float64."
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


def _value_difference(
    array: np.ndarray, expected: np.ndarray, name: str, slack: float
) -> str | None:
    if (_errors(array, expected, slack) <= 1).all():
        return None
    mine, theirs = _as_numbers(array), _as_numbers(expected)
    if not np.array_equal(np.isnan(mine), np.isnan(theirs)):
        return f"{name} contains NaN (not a number)."
    finite = np.isfinite(theirs)
    if not np.array_equal(mine[~finite], theirs[~finite], equal_nan=True):
        return f"{name} has the right shape, but wrong values."
    return _describe(mine[finite], theirs[finite], name)


def _errors(array: np.ndarray, expected: np.ndarray, slack: float) -> np.ndarray:
    """Measure each entry's error in units of what is tolerated; NaN and infinity must match."""
    errors = _measured(array, expected, RTOL_DOUBLE, slack)
    if (errors <= 1).all() or not _is_single(array):
        return errors
    return _measured(array, expected, RTOL_SINGLE, slack)


def _measured(array: np.ndarray, expected: np.ndarray, rtol: float, slack: float) -> np.ndarray:
    mine, theirs = _as_numbers(array), _as_numbers(expected)
    floor = STEPS * slack + ATOL
    with np.errstate(invalid="ignore"):
        errors: np.ndarray = np.abs(mine - theirs)
        if np.isfinite(errors).all():
            errors /= rtol * np.max(np.abs(theirs), initial=0.0) + floor
            return errors
        finite = np.isfinite(theirs)
        errors /= rtol * np.max(np.abs(theirs[finite]), initial=0.0) + floor
    same = (mine == theirs) | (np.isnan(mine) & np.isnan(theirs))
    return np.where(same, 0.0, np.where(np.isfinite(errors) & finite, errors, np.inf))


def _is_single(array: np.ndarray) -> bool:
    """Tell whether numbers come from single precision, also when made doubles since.

    ``float(cost)`` keeps the value: a double chosen at random is a single number once in 2²⁹
    times. Whole numbers are both, and are compared as doubles.
    """
    if array.dtype.kind != "f" or array.dtype.itemsize < 8:
        return array.dtype.kind == "f"
    with np.errstate(over="ignore"):
        kept = np.array_equal(array.astype(np.float32), array)
    return kept and bool(np.any(array != np.round(array)))


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
