"""Recording results, in files and in nbgrader's gradebook: one writer, one submission at a time.

Whatever interrupts it, a second run completes what is there: the record of a submission goes
first and comes last, each file is written whole or not at all, and writing the same result
twice is writing it once.
"""

from __future__ import annotations

import errno
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.utils import parse_utc
from sqlalchemy.exc import IntegrityError, OperationalError, SAWarning, SQLAlchemyError
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_delay,
    wait_random_exponential,
)
from tornado.log import app_log

from autograder.marking import Marked, Submission
from autograder.reading import Unreadable, read_bytes
from autograder.records import (
    NotebookRecord,
    SubmissionRecord,
    record_path,
    save_record,
    write_whole,
)

AUTOGRADED = "autograded"
PATIENCE = 60.0  # seconds that a gradebook or a disk may refuse
_LONGEST_WAIT = 5.0  # seconds between two attempts
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_MOST_OF_A_TIMESTAMP = 200  # bytes
_T = TypeVar("_T")


class NotRecorded(Exception):
    """Gradebook or disk refuse, whatever the submission; the message says why."""


def patiently(work: Callable[[], _T], waiting: Callable[[str], None] = lambda reason: None) -> _T:
    """Do something with gradebook or disk; where they refuse, wait longer and longer for them.

    Parameters
    ----------
    work : callable
        What may be done twice.
    waiting : callable
        Told why, before each further attempt.

    Raises
    ------
    NotRecorded
        If they refuse for longer than `PATIENCE`.
    """

    def before(state: RetryCallState) -> None:
        waiting(_words(state.outcome.exception() if state.outcome else None))

    attempts = Retrying(
        retry=retry_if_exception(_may_pass),
        wait=wait_random_exponential(0.2, _LONGEST_WAIT),
        stop=stop_after_delay(PATIENCE),
        before_sleep=before,
        reraise=True,
    )
    try:
        with _quiet_nbgrader():
            return attempts(work)
    except Exception as error:
        if not _is_refusal(error):
            raise
        raise NotRecorded(
            f"Gradebook or disk refuse: {_words(error)}. What was recorded before is kept. "
            "Set that right and run the command again."
        ) from error


@contextmanager
def _quiet_nbgrader() -> Iterator[None]:
    """Keep nbgrader from showing a traceback for each refusal, before it raises it."""
    app_log.disabled, before = True, app_log.disabled
    try:
        yield
    finally:
        app_log.disabled = before


def _may_pass(error: BaseException) -> bool:
    """Tell whether the same may succeed later: also where another writer got in between."""
    return _is_refusal(error) or isinstance(_cause(error), IntegrityError | FileNotFoundError)


def _is_refusal(error: BaseException) -> bool:
    """Tell an error that no submission is to blame for."""
    if isinstance(error, OSError):
        return error.errno in _NO_SPACE
    return isinstance(_cause(error), OperationalError)


def _cause(error: BaseException) -> BaseException:
    """Give what the database said; nbgrader reports any error while writing as its own."""
    wrapped = isinstance(error, InvalidEntry) and error.__context__ is not None
    return error.__context__ if wrapped else error  # type: ignore[return-value]


def _words(error: BaseException | None) -> str:
    """Say in a line what is wrong, without the statement that the database was given."""
    cause = _cause(error) if error else None
    return str(getattr(cause, "orig", cause)).strip()


class Recorder:
    """The single writer: graded notebooks, then the gradebook, then the record.

    Parameters
    ----------
    root : Path
        The course.
    gradebook : Gradebook
    waiting : callable
        Told why gradebook or disk refuse, each time before they are tried again.
    """

    def __init__(
        self, root: Path, gradebook: Gradebook, waiting: Callable[[str], None] = lambda reason: None
    ) -> None:
        self._root, self._gradebook, self._waiting = root, gradebook, waiting

    def take(self, submission: Submission, marked: Marked) -> tuple[SubmissionRecord | None, str]:
        """Record a result; give its record, or None and why there is none.

        Raises
        ------
        NotRecorded
            If nothing can be recorded any more.
        """
        try:
            patiently(lambda: self._write(submission, marked), self._wait)
        except UnicodeEncodeError:
            return None, "the folder's name is not text: rename it"
        except (OSError, ValueError, SQLAlchemyError, InvalidEntry) as error:
            self._gradebook.db.rollback()
            return None, f"could not be recorded: {_words(error)}"
        return marked.record, ""

    def _wait(self, reason: str) -> None:
        self._gradebook.db.rollback()
        self._waiting(reason)

    def _write(self, submission: Submission, marked: Marked) -> None:
        record = marked.record
        # The record is the mark that all is written: without it a second run does it again.
        record_path(self._root, record.week, record.student).unlink(missing_ok=True)
        when = time_stamp(submission.folder)
        files = {f"{name}.ipynb": text for name, text in marked.notebooks.items()}
        if when and files:
            files["timestamp.txt"] = when
        _write_folder(self._root / AUTOGRADED / record.student / record.week, files)
        record_submission(self._gradebook, record, moment(when))
        save_record(self._root, record)


def _write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder hold these files and no others; what is replaced stays until then."""
    for name, text in files.items():
        write_whole(folder / name, text)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in files:
            path.unlink(missing_ok=True)
    if not files and folder.is_dir():
        folder.rmdir()


def time_stamp(folder: Path) -> str:
    """Read what a submission says about when it was handed in."""
    try:
        text = read_bytes(folder / "timestamp.txt", _MOST_OF_A_TIMESTAMP)
    except Unreadable:
        return ""
    return text.decode("utf-8", "replace").strip()


def moment(text: str) -> datetime | None:
    """Turn a time stamp into a moment; one that says nothing sensible says nothing."""
    try:
        parsed: datetime = parse_utc(text)
    except (ValueError, OverflowError):
        return None
    return parsed


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
