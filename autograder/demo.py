"""The demonstration: a made-up class, graded from its notebooks to its report."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from autograder.building import build_week
from autograder.classroom import grade_class, write_class_feedback
from autograder.pupils import hand_in, make_course
from autograder.reporting import make_report, summary_table
from autograder.syllabus import Week

FOLDER = "demo"


def run_demo(root: Path, week: Week, size: int, console: Console, quick: bool = False) -> bool:
    """Make a class, grade it, write feedback and report, and say where to look.

    Parameters
    ----------
    root : Path
    week : Week
    size : int
        How large a class.
    console : Console
    quick : bool
        Grade as `dlcourse grade --quick` does.

    Returns
    -------
    bool
        Whether everything handed in was graded, or told why not.
    """
    course = root / FOLDER
    with _step(console, "making the course and its class"):
        make_course(root, course)
        build_week(course, week)
        pupils = hand_in(course, week, size)
    with _step(console, f"grading {len(pupils)} submissions"):
        result = grade_class(course, week.id, quick=quick)
    with _step(console, "writing feedback and report"):
        unwritten = write_class_feedback(course, week).failures
        report = make_report(course, week)
    for student, reason in {**unwritten, **result.failures}.items():
        console.print(f"{student}: {reason}", markup=False, highlight=False)
    console.print(summary_table(result.records))
    for record in result.records:
        for problem in record.problems:
            console.print(f"[yellow]{record.student}[/]: ", end="")
            console.print(problem, markup=False, highlight=False)
    console.print(f"\nThe report:     {os.path.relpath(report)}")
    console.print(f"Feedback pages: {os.path.relpath(course / 'feedback')}/STUDENT/{week.id}/")
    console.print("To look at it in formgrader:  cd demo && jupyter lab")
    return not (result.failures or unwritten)


@contextmanager
def _step(console: Console, text: str) -> Iterator[None]:
    started = time.monotonic()
    with console.status(text):
        yield
    console.print(f"{text}: {time.monotonic() - started:.1f} s")
