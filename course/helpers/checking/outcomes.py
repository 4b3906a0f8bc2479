"""Calling a function under test, and what came of it."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np

from helpers.checking.comparison import agrees
from helpers.checking.plain import NotPlain, pack

_GONE = re.compile(r"`np\.\w+` was a deprecated alias for .*? by itself\.")


@dataclass(frozen=True)
class Outcome:
    """What a call came to: a value, or an error.

    Attributes
    ----------
    value : object
        What the function returned; None after an error.
    error : str
        The exception's type, or "" when the call returned. "Timeout" and "Crash" are the
        grader's own words for a call that never came back.
    message : str
        The exception's text.
    line : str
        The line of the student's code that raised.
    changed : bool
        Whether the call changed its arguments in place.
    lines : int
        How many lines of Python the call executed, where that was asked for.
    """

    value: Any = None
    error: str = ""
    message: str = ""
    line: str = ""
    changed: bool = False
    lines: int = 0


@dataclass(frozen=True)
class Arguments:
    """The arguments of one call, with what else the call depends on.

    Attributes
    ----------
    positional, named
        The arguments.
    optional : int
        How many of the last positional arguments may be left out for a function that does
        not take them.
    seed : int
        numpy's global generator is set to it before the call.
    given : dict
        Names of the notebook that stand replaced during the call, each with the arguments it
        must be called with and the value it then returns: makes a function that starts from
        random numbers comparable. Names that the function never calls do no harm.
    about : str
        What is special about the call, where only some checks shall look at it: advice on what
        the exercise does not ask for, say.
    editions : dict
        Other positional arguments, for a function whose first parameter has this name: editions
        of an exercise may differ in what they are called with.
    """

    positional: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)
    optional: int = 0
    seed: int = 0
    given: dict[str, tuple[list[Any], Any]] = field(default_factory=dict)
    about: str = ""
    editions: dict[str, tuple[Any, ...]] = field(default_factory=dict)


def arguments(*positional: Any, **named: Any) -> Arguments:
    """Write a call's arguments as one would write the call.

    Examples
    --------
    >>> arguments(3, learning_rate=0.1).named
    {'learning_rate': 0.1}
    """
    return Arguments(positional, named)


def invoke(
    function: Callable[..., Any],
    args: Arguments,
    count_lines: bool = False,
    isolated: bool = True,
) -> Outcome:
    """Call a function on fresh copies of the arguments and catch whatever happens.

    Parameters
    ----------
    function : callable
    args : Arguments
    count_lines : bool
        Count the executed lines, to tell loops from vectorised code.
    isolated : bool
        Silence the call and leave numpy's global generator as it was. False is for callers that
        make thousands of calls inside one `quiet` block.

    Returns
    -------
    Outcome

    Examples
    --------
    >>> invoke(lambda x: x + 1, arguments(2)).value
    3
    >>> invoke(lambda x: x / 0, arguments(2)).error
    'ZeroDivisionError'
    """
    positional, named = copy.deepcopy((_of_edition(function, args), args.named))
    positional = positional[: _accepted(function, args)]
    before = _fingerprint(positional, named)
    counter = _LineCounter() if count_lines else contextlib.nullcontext()
    with quiet() if isolated else contextlib.nullcontext(), _given(function, args.given):
        np.random.seed(args.seed)
        try:
            with counter:
                value = function(*positional, **named)
        except Exception as error:
            return _raised(function, error)
    changed = _fingerprint(positional, named) != before
    return Outcome(value, changed=changed, lines=getattr(counter, "lines", 0))


def _accepted(function: Callable[..., Any], args: Arguments) -> int:
    """Count the positional arguments to pass: optional ones go to parameters that need one."""
    total = len(args.positional)
    if not args.optional:
        return total
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return total
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    needed = sum(p.kind in positional and p.default is p.empty for p in parameters)
    return max(min(total, needed), total - args.optional)


def _of_edition(function: Callable[..., Any], args: Arguments) -> tuple[Any, ...]:
    """Choose the positional arguments by the name of the function's first parameter."""
    if not args.editions:
        return args.positional
    try:
        first = next(iter(inspect.signature(function).parameters), "")
    except (TypeError, ValueError):
        first = ""
    return args.editions.get(first, args.positional)


def _fingerprint(positional: tuple[Any, ...], named: Mapping[str, Any]) -> bytes:
    try:
        return pack([list(positional), dict(named)])
    except NotPlain:
        return b""


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence prints and warnings, and leave numpy's global generator as it was."""
    state = np.random.get_state()
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(state)


@contextlib.contextmanager
def _given(
    function: Callable[..., Any], given: Mapping[str, tuple[list[Any], Any]]
) -> Iterator[None]:
    """Replace names in the function's module by functions that return fixed values."""
    namespace = _namespace(function)
    kept = {name: namespace[name] for name in given if name in namespace}
    for name, (wanted, value) in given.items():
        namespace[name] = _fixed(name, kept.get(name), wanted, value)
    try:
        yield
    finally:
        for name in given:
            namespace.pop(name, None)
        namespace.update(kept)


def _namespace(function: Callable[..., Any]) -> dict[str, Any]:
    """Find the global names of a function, also behind a decorator, a partial or an instance."""
    inner = inspect.unwrap(getattr(function, "func", function))
    method = inner if hasattr(inner, "__globals__") else type(inner).__call__
    names: dict[str, Any] = getattr(method, "__globals__", {})
    return names


def _fixed(name: str, replaced: object, wanted: list[Any], value: Any) -> Callable[..., Any]:
    """Make a function that returns a value, and complains about other arguments than wanted."""

    def answer(*positional: Any, **named: Any) -> Any:
        in_order, others = placed(replaced, positional, named)
        got = [*in_order, *others.values()]
        if not agrees(got, wanted):
            raise ValueError(f"{name} was called with {got}, but it should be with {wanted}")
        return copy.deepcopy(value)

    return answer


def placed(
    function: object, positional: Sequence[Any], named: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Turn arguments given by name into arguments given by place, as far as a function has them.

    Another function can then be called in its stead, whatever names that gives its parameters.

    Examples
    --------
    >>> placed(lambda n_x, n_h: None, (), {"n_h": 4, "n_x": 2})
    ([2, 4], {})
    """
    if callable(function):
        with contextlib.suppress(Exception):  # it may be anything that a student wrote
            bound = inspect.signature(function).bind(*positional, **named)
            return list(bound.args), dict(bound.kwargs)
    return list(positional), dict(named)


class _LineCounter:
    """Counts the lines executed outside of installed packages."""

    def __init__(self) -> None:
        self.lines = 0

    def __enter__(self) -> _LineCounter:
        self._previous = sys.gettrace()
        sys.settrace(self._trace)
        return self

    def __exit__(self, *exception: object) -> None:
        sys.settrace(self._previous)

    def _trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        if "site-packages" in frame.f_code.co_filename:
            return None
        self.lines += event == "line"
        return self._trace


def _raised(function: Callable[..., Any], error: Exception) -> Outcome:
    code = getattr(inspect.unwrap(function), "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if code is not None and f.filename == code.co_filename]
    line = (own[-1].line or "") if own else ""
    return Outcome(error=type(error).__name__, message=told(error)[:300], line=line)


def told(error: BaseException) -> str:
    """Give an error's text; of what numpy says about a name it no longer has, what to do.

    Examples
    --------
    >>> try:
    ...     np.float
    ... except AttributeError as error:
    ...     print(told(error)[-46:])
    error in existing code, use `float` by itself.
    """
    text = str(error)
    found = _GONE.search(text) if isinstance(error, AttributeError) else None
    return found[0] if found else text
