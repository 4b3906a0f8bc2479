"""How the course is built and graded: what only instructors have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["grade"]


def grade(notebook: str, function: Callable[..., Any]) -> float:
    """Put the hidden tests of an exercise to a function; test cells end with this call.

    While a submission is graded, `function` is the referee's stand-in for the student's
    function, which lives in the sandbox. Anywhere else, as when the solved notebooks are
    rehearsed, it is an ordinary function and is called in this process.

    Parameters
    ----------
    notebook : str
        The notebook's name.
    function : callable
        The function, named as the exercise asks.

    Returns
    -------
    float
        The points earned.
    """
    from autograder.referee import Proxy
    from autograder.rehearsal import rehearse

    if isinstance(function, Proxy):
        return function.graded(notebook)
    return rehearse(notebook, function)
