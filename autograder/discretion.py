"""Taking from a call's outcome what could carry hidden inputs out to the student.

Names, messages and lines come from the student's process, which can put its arguments there.
Those that Python and numpy themselves would say help, and stay; the rest goes.
"""

from __future__ import annotations

import builtins
import re
import warnings
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np

from helpers.checking.outcomes import Outcome, told
from helpers.checking.plain import Opaque

_MOST_LINES = 1_000_000
_WORD = r"'?[A-Za-z_][\w.]{0,40}(?:\(\))?'?"
_NUMBERS = r"[\d\s,()]{1,60}"
_NOT_NONE = r"(?:'?NoneType'?)"
_PATTERNS = (
    rf"operands could not be broadcast together with (?:remapped )?shapes {_NUMBERS}",
    rf"shapes {_NUMBERS}(?:and {_NUMBERS})?not aligned: "
    r"\d{1,6} \(dim \d\) != \d{1,6} \(dim \d\)",
    r"matmul: Input operand \d has a mismatch in its core dimension \d, with gufunc signature "
    r"[()?nmkp,>\s-]{1,40} \(size \d{1,8} is different from \d{1,8}\)",
    r"all the input array dimensions except for the concatenation axis must match exactly, but "
    r"along dimension \d, the array at index \d has size \d{1,6} and "
    r"the array at index \d has size \d{1,6}",
    r"too many indices for array: array is \d-dimensional, but \d were indexed",
    r"axis -?\d is out of bounds for array of dimension \d",
    r"The truth value of an array with more than one element is ambiguous\. "
    r"Use a\.any\(\) or a\.all\(\)",
    rf"loop of ufunc does not support argument \d of type {_WORD} "
    rf"which has no callable {_WORD} method",
    r"Singular matrix",
    rf"cannot reshape array of size \d{{1,8}} into shape {_NUMBERS}",
    rf"{_NOT_NONE} object is not {_WORD}( {_WORD})?",
    rf"{_NOT_NONE} object does not support item assignment",
    rf"cannot unpack non-iterable {_NOT_NONE} object",
    rf"object of type {_NOT_NONE} has no len\(\)",
    rf"unsupported operand type\(s\) for .{{1,3}}: {_WORD} and {_WORD}",
    rf"bad operand type for unary .: {_WORD}",
    rf"{_WORD} object (?:is not|has no attribute) {_WORD}",
    rf"module {_WORD} has no attribute {_WORD}",
    rf"name {_WORD} is not defined",
    rf"cannot access local variable {_WORD} where it is not associated with a value",
    rf"{_WORD} takes (?:from \d to )?\d positional arguments? but \d (?:was|were) given",
    rf"{_WORD} missing \d required (?:positional|keyword-only) arguments?: "
    rf"{_WORD}(?: and {_WORD})?",
    rf"{_WORD} got an unexpected keyword argument {_WORD}",
    rf"{_WORD} got multiple values for argument {_WORD}",
    r"(?:list|tuple|string) index out of range",
    r"index -?\d{1,6} is out of bounds for axis \d with size \d{1,6}",
    r"(?:not enough|too many) values to unpack \(expected \d{1,2}(?:, got \d{1,2})?\)",
    r"(?:integer |float )?division by zero|math domain error|math range error",
    r"only (?:length-1|0-dimensional|integer scalar) arrays can be converted to "
    r"(?:Python scalars|a scalar index)",
    rf"'{_WORD}'",
    r"\w{1,40} was called with [\[\]\d,\s]{1,40}, but it should be with [\[\]\d,\s]{1,40}",
    r"the value takes \d{1,12} bytes, more than \d{1,12}",
    r"the value is nested more than \d{1,4} levels deep",
)
_HARMLESS = re.compile("|".join(_PATTERNS))
_GONE = re.compile(r"`np\.([A-Za-z]\w{0,20})` was ")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_TYPES = {"generator", "function", "method", "module", "ndarray", "NoneType", "matrix"}
_ABILITIES = {"callable", "hashable", "iterable", "reversible", "subscriptable", "iterator"}
_AXES = {"n", "m", "k", "p"}
_SAID = {word for pattern in _PATTERNS for word in _IDENTIFIER.findall(pattern)}
_VOCABULARY = frozenset(
    {*vars(builtins), *dir(np), *dir(np.ndarray), *_TYPES, *_ABILITIES, *_AXES, *_SAID}
)
_ERRORS = frozenset(
    {
        *(n for n, e in vars(builtins).items() if isinstance(e, type) and issubclass(e, Exception)),
        *(n for n, e in vars(np.exceptions).items() if isinstance(e, type)),
        *("LinAlgError", "UFuncTypeError", "_ArrayMemoryError"),
        *("_UFuncNoLoopError", "_UFuncBinaryResolutionError"),
        *("_UFuncInputCastingError", "_UFuncOutputCastingError"),
        "NotPlain",  # the sandbox's word for a value that it cannot send
    }
)


def discreet(outcome: Outcome, sources: Collection[str]) -> Outcome:
    """Make what the sandbox says about a call fit to be shown.

    Parameters
    ----------
    outcome : Outcome
    sources : collection of str
        What the student wrote: its lines and words tell nothing new.

    Returns
    -------
    Outcome
        The value unchanged, but for the names of types that are not plain. An error's name is
        one of Python's or numpy's; its message, if it is not one of theirs, keeps no more than
        that a None was to blame.

    Examples
    --------
    >>> discreet(Outcome(error="Sly", message="x = 0.25", line="0.25"), ["f = 1"])
    Outcome(value=None, error='Exception', message='', line='', changed=False, lines=0)
    """
    error = outcome.error if outcome.error in {"", *_ERRORS} else "Exception"
    return replace(
        outcome,
        value=_tame(outcome.value),
        error=error,
        message=_discreet_message(outcome.message, sources) if error else "",
        line=outcome.line if _is_own(outcome.line.strip(), sources) else "",
        lines=min(max(outcome.lines, 0), _MOST_LINES),
    )


def _is_own(line: str, sources: Collection[str]) -> bool:
    """Tell whether the student handed this line in; a process can forge its own source."""
    lines = (own.strip() for source in sources for own in source.split("\n"))
    return bool(line) and line in lines


def _discreet_message(message: str, sources: Collection[str]) -> str:
    if _is_numpys_advice(message):
        return message
    if _HARMLESS.fullmatch(message) and _says_nothing_new(message, sources):
        return message
    return "NoneType" if "NoneType" in message else ""


def _is_numpys_advice(message: str) -> bool:
    """Tell whether our own numpy says the same of the name: one that it no longer has."""
    found = _GONE.match(message)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            getattr(np, found[1] if found else "")
    except AttributeError as error:
        return told(error)[:300] == message
    return False


def _says_nothing_new(message: str, sources: Collection[str]) -> bool:
    """Tell whether each word is one that Python, numpy or the student's own text has."""
    known = {word for source in sources for word in _IDENTIFIER.findall(source)}
    return _VOCABULARY.union(known).issuperset(_IDENTIFIER.findall(message))


def _tame(value: Any) -> Any:
    """Take the names that a student gave to types out of a value."""
    if isinstance(value, Opaque):
        return value if value.type_name in _VOCABULARY else Opaque("object")
    if isinstance(value, list | tuple):
        return type(value)(map(_tame, value))
    if isinstance(value, dict):
        return {key: _tame(entry) for key, entry in value.items()}
    return value
