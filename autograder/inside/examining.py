"""Running one plain test cell, in a sandbox that is not the student's."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from .borrowing import Remote, Session, Unsupported, remote_isinstance, remote_issubclass, source_of
from .pipe import Pipe
from .shell import RecordingShell

# These say that something is missing around the test, or that it is no Python.
_SURROUNDINGS = (ImportError, OSError, MemoryError, SyntaxError, EOFError)
# The referee ends a test long before; this is for a test that he cannot reach.
_SECONDS = 600


def examine(pipe: Pipe, shell: RecordingShell, task: dict[str, Any]) -> None:
    """Run a test cell and tell what came of it.

    Parameters
    ----------
    pipe : Pipe
        To the referee, who passes on what the test asks the student's process.
    shell : RecordingShell
        A fresh one.
    task : dict
        The cell's ``source``, what runs before it (``imports``, ``stars``, ``steps``), the
        ``names`` to fetch from the student, and what `Session` needs.
    """
    session = Session(pipe, task["operators"], task["chance"])
    inspect.getsource = source_of(session, task["sources"])  # type: ignore[assignment]
    shell.user_ns.update(isinstance=remote_isinstance, issubclass=remote_issubclass)
    troubles = [_trouble(session, shell, source) for source in (*task["imports"], *task["stars"])]
    for name in task["names"]:
        if name not in shell.user_ns:
            _fetch(session, shell, name)
    troubles += [_trouble(session, shell, source) for source in task["steps"]]
    done: dict[str, Any] = {}
    if not session.unsupported:
        shell.run(task["source"], _SECONDS)
        done = {**_verdict(session, shell), "before": next(filter(None, troubles), "")}
    pipe.send({"done": {**done, "unsupported": session.unsupported}})


def _trouble(session: Session, shell: RecordingShell, source: str) -> str:
    """Run what the test builds on, and say what is missing around it.

    Anything else that stops it stops it in the student's notebook, too.
    """
    shell.run(source, _SECONDS)
    error = _error(shell)
    if error is session.raised or not isinstance(error, _SURROUNDINGS):
        return ""
    return f"{type(error).__name__}: {error}"[:300]


def _fetch(session: Session, shell: RecordingShell, name: str) -> None:
    try:
        for value in session.name(name):
            shell.user_ns[name] = value
    except Unsupported as error:
        session.refuse(f"{name}: {error}")


def _error(shell: RecordingShell) -> BaseException | None:
    """Give what the cell stopped with, also where a magic such as `%%capture` swallows it."""
    error: BaseException | None = shell.result.error_before_exec or shell.result.error_in_exec
    return error or shell.shown


def _verdict(session: Session, shell: RecordingShell) -> dict[str, Any]:
    error = _error(shell)
    if error is None:
        return {"error": "", **_credit(shell.result.result)}
    students = error is session.raised
    return {
        "error": type(error).__name__,
        "text": _text(error),
        "line": _line(error, shell),
        "students": students,
        "surroundings": isinstance(error, _SURROUNDINGS) and not students,
    }


def _credit(value: Any) -> dict[str, Any]:
    """Say what the value of the cell's last expression means: all points, or a number of them."""
    if isinstance(value, Remote) or (isinstance(value, bool | np.bool_) and not value):
        return {"unclear": f"The cell's last value, {type(value).__name__}, is no number of points"}
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        return {"credit": float(value)}
    return {"credit": None}


def _text(error: BaseException) -> str:
    if isinstance(error, Remote):
        return str(error.args[0])[:500] if error.args else ""
    return str(error)[:500].encode("utf-8", "replace").decode()


def _line(error: BaseException, shell: RecordingShell) -> int:
    """Find the line of the cell at which it stopped; 0 if that is not known."""
    traceback = error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_name == "<module>" and frame.f_globals is shell.user_global_ns:
            return traceback.tb_lineno
        traceback = traceback.tb_next
    return 0
