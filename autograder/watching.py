"""Watching a reference run, line by line."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

from autograder.specification import Exercise
from helpers.checking.outcomes import Arguments, invoke


def watch(
    exercise: Exercise, cases: Iterable[Arguments], look: Callable[[FrameType, str], None]
) -> None:
    """Call an exercise's reference on some cases, and look at it on each of its lines.

    Parameters
    ----------
    exercise : Exercise
    cases : iterable of Arguments
    look : callable
        Told the reference's frame and the event, as by `sys.settrace`; nothing of what it calls.
    """
    code = inspect.unwrap(exercise.reference).__code__

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code is not code:
            return None
        look(frame, event)
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        for args in cases:
            invoke(exercise.reference, args)
    finally:
        sys.settrace(previous)
