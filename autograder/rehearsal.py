"""Hidden tests put to a function of this process: for solved notebooks, never for students'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.questions import hidden_question
from helpers.checking.judging import judge_function

_SEED = "rehearsal"


def rehearse(notebook: str, function: Callable[..., Any]) -> float:
    """Put the hidden tests to a trusted function.

    The seed is fixed and not the secret one, so that the outcome is the same on every machine.

    Returns
    -------
    float
        The points earned.
    """
    return float(
        judge_function(hidden_question(notebook, function.__name__, _SEED), function).earned
    )
