"""Test cells of a plain nbgrader course: asserts, on names that the student defined.

A cell runs in a sandbox of its own, beside the student's. What it asks of the student's
functions the referee passes on, and passes back what they answer: plain values, and numbers for
objects that stay where they are. Neither side sees the gradebook, nor the other one's memory.
"""

from __future__ import annotations

import builtins
import math
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from autograder.inside.pipe import Pipe, PipeClosed, PipeTimeout
from autograder.instructor_cells import InstructorCell, Plan, definitions, plan_for
from autograder.keys import KeyCell
from autograder.referee import CellGrade, StudentNotebook
from autograder.sandbox import Sandbox, SandboxLost
from helpers.checking.plain import NotPlain

_MOST_MESSAGES = 50_000
_HIDDEN_TESTS = "BEGIN HIDDEN TESTS"
_BY_HAND = "To be graded by hand. The test could not be run apart from the student's code: "
_ERRORS = {n for n, e in vars(builtins).items() if isinstance(e, type)}
_LOST = (PipeClosed, PipeTimeout, NotPlain, SandboxLost)


class _TestLost(Exception):
    """The test's own process is gone or has no end."""


class _StudentLost(Exception):
    """The student's process is gone, has no end, or does not keep to the protocol."""


class PlainTests:
    """Grades the plain test cells of one submitted notebook.

    Parameters
    ----------
    notebook : StudentNotebook
    tester : Sandbox
        Where test cells run.
    cells : sequence of InstructorCell
        The instructor's notebook.
    """

    def __init__(
        self, notebook: StudentNotebook, tester: Sandbox, cells: Sequence[InstructorCell]
    ) -> None:
        self._notebook = notebook
        self._tester = tester
        self._cells = cells

    def grade(self, test: KeyCell) -> CellGrade:
        """Grade a test cell, whose source must come from the gradebook.

        A number as the value of the cell's last expression is the partial credit; otherwise a
        cell that raises nothing earns all. A cell that cannot be run so earns nothing yet and
        waits for a person.
        """
        started, points = time.monotonic(), test.points or 0
        plan = plan_for(test.grade_id, self._cells, self._notebook.sources)
        try:
            if plan.refused:
                grade = _by_hand(points, plan.refused)
            else:
                grade = _grade(self._run(test, plan), test)
        except _StudentLost as loss:
            grade = CellGrade(0, points, problem=str(loss))
        except _TestLost as loss:
            grade = _by_hand(points, str(loss))
        seconds = time.monotonic() - started
        return CellGrade(grade.earned, points, [], grade.problem, seconds, grade.by_hand)

    def _run(self, test: KeyCell, plan: Plan) -> dict[str, Any]:
        task = {
            **asdict(plan),
            "op": "examine",
            "source": test.source,
            "sources": definitions(self._notebook.sources) if "getsource" in test.source else {},
        }
        pipe = _fresh(self._tester)
        try:
            pipe.send(task)
            with self._notebook.test() as process:
                return _Relay(pipe, process.lend(), self._notebook.limits.test).run()
        finally:
            pipe.close()


class _Relay:
    """Passes messages between the test's process and the student's, within limits."""

    def __init__(self, test: Pipe, student: Pipe, seconds: float) -> None:
        self._test, self._student = test, student
        self._for_test, self._for_student = 3 * seconds, seconds
        self._seconds = seconds

    def run(self) -> dict[str, Any]:
        """Pass on until the test is done, and give what it says of itself."""
        for _ in range(_MOST_MESSAGES):
            message = self._from_test()
            if "done" in message:
                done: dict[str, Any] = message["done"]
                return done
            answer = self._from_student(message)
            try:
                self._test.send(answer, self._seconds)
            except _LOST as loss:
                raise _TestLost(f"the test's process was lost ({loss!r})") from None
        raise _StudentLost("The test called the code too often. Is there a loop without an end?")

    def _from_test(self) -> dict[str, Any]:
        started = time.monotonic()
        try:
            message: dict[str, Any] = self._test.receive(max(self._for_test, 0.001))
        except PipeTimeout:
            raise _TestLost(f"it took longer than {3 * self._seconds:g} seconds") from None
        except _LOST:
            raise _TestLost("its process ended (out of memory?)") from None
        self._for_test -= time.monotonic() - started
        return message

    def _from_student(self, message: dict[str, Any]) -> dict[str, Any]:
        started = time.monotonic()
        try:
            self._student.send(message, max(self._for_student, 0.001))
            answer = self._student.receive(max(self._for_student, 0.001))
        except PipeTimeout:
            text = f"The code took longer than {self._seconds:g} seconds in this test."
            raise _StudentLost(f"{text} Is there a loop without an end?") from None
        except PipeClosed:
            raise _StudentLost("The code ended the Python process.") from None
        except NotPlain:
            raise _StudentLost("The code sent something that is no answer.") from None
        self._for_student -= time.monotonic() - started
        if not isinstance(answer, dict):
            raise _StudentLost("The code sent something that is no answer.")
        return answer


def _fresh(tester: Sandbox) -> Pipe:
    try:
        return tester.new_notebook()
    except SandboxLost:
        tester.restart()
        return tester.new_notebook()


def _by_hand(points: float, why: str) -> CellGrade:
    return CellGrade(0, points, problem=f"{_BY_HAND}{why}.", by_hand=why)


def _grade(done: dict[str, Any], test: KeyCell) -> CellGrade:
    """Turn what a test says of itself into points, or into work for a person."""
    points = test.points or 0
    if done["unsupported"]:
        return _by_hand(points, done["unsupported"][0])
    if not done["error"]:
        if "unclear" in done:
            return _by_hand(points, done["unclear"])
        return CellGrade(_credit(done["credit"], points), points)
    if done["surroundings"]:
        return _by_hand(points, f"the test itself stopped with {done['error']}: {done['text']}")
    if done["before"]:
        return _by_hand(points, f"what comes before the test stopped with {done['before']}")
    return CellGrade(0, points, problem=_told(done, test.source))


def _credit(value: float | None, points: float) -> float:
    if value is None:
        return points
    return min(max(value, 0.0), points) if math.isfinite(value) else 0.0


def _told(done: dict[str, Any], source: str) -> str:
    """Say what failed, without what a hidden test asked: the student's code may repeat it."""
    name = done["error"] if done["error"] in _ERRORS else "Exception"
    lines = source.split("\n")
    hidden = next((n for n, line in enumerate(lines, 1) if _HIDDEN_TESTS in line), len(lines) + 1)
    if not 0 < done["line"] < hidden:
        return f"A hidden test did not pass ({name})."
    line = lines[done["line"] - 1].strip()
    whose = "The code stopped with " if done["students"] else ""
    return f"{whose}{name}: {done['text']}"[:500].rstrip(": ") + f"   in: {line[:200]}"
