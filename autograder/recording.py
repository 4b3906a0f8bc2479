"""Recording results in nbgrader's gradebook: one writer, one submission at a time."""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from autograder.records import NotebookRecord, SubmissionRecord


def record_submission(
    gradebook: Gradebook, record: SubmissionRecord, timestamp: datetime | None = None
) -> None:
    """Record a graded submission. Grades and comments entered by hand stay.

    Parameters
    ----------
    gradebook : Gradebook
    record : SubmissionRecord
    timestamp : datetime, optional
        When it was submitted.
    """
    gradebook.update_or_create_student(record.student)
    when = {"timestamp": timestamp} if timestamp else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader adds a submission in small steps
        gradebook.update_or_create_submission(record.week, record.student, **when)
    for notebook in record.notebooks:
        record_notebook(gradebook, notebook, record.week, record.student)


def record_notebook(gradebook: Gradebook, record: NotebookRecord, week: str, student: str) -> None:
    """Record the scores and automatic comments of one notebook.

    A score comes from the referee's record and from nothing else: a cell that has none earned
    nothing.
    """
    submitted = gradebook.find_submission_notebook(record.notebook, week, student)
    earned = {cell.grade_id: None if cell.by_hand else cell.earned for cell in record.cells}
    for grade in submitted.grades:
        _record_score(grade, earned, record)
    for comment in submitted.comments:
        blank = record.problem or comment.name in record.blank
        comment.auto_comment = "No response." if blank else None
    gradebook.db.commit()


def _record_score(grade: Any, earned: dict[str, float | None], record: NotebookRecord) -> None:
    """Set what the tests gave; a written answer waits for a person unless it is blank."""
    if grade.name in earned:
        score = earned[grade.name]
        grade.auto_score = None if score is None else min(max(score, 0.0), grade.max_score)
    elif _is_written(grade) and not record.problem and grade.name not in record.blank:
        grade.auto_score = None
    else:
        grade.auto_score = 0
    grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None


def _is_written(grade: Any) -> bool:
    """Tell a cell graded by hand: it is a solution too, or a task."""
    names = {cell.name for cell in grade.notebook.notebook.solution_cells}
    tasks = {cell.name for cell in grade.notebook.notebook.task_cells}
    return grade.name in names | tasks
