"""Grading all that a class handed in: many marking processes, one recorder, resumable."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Container, Iterator
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from pebble import ProcessExpired, ProcessPool
from sqlalchemy.exc import OperationalError

from autograder.building import nbgrader_config
from autograder.bundling import students_edition
from autograder.feedback import FeedbackError, write_feedback
from autograder.keys import Key, read_keys
from autograder.marking import (
    HandedIn,
    Marked,
    Marker,
    Submission,
    ignore_interrupts,
    is_result_of,
    mark_in_process,
    start_process,
)
from autograder.questions import hidden_seed
from autograder.reading import Unreadable, read_bytes
from autograder.recording import record_submission
from autograder.records import (
    SubmissionRecord,
    load_record,
    load_records,
    record_path,
    save_record,
    write_whole,
)
from autograder.referee import Limits
from autograder.sandbox import Sandbox, SandboxSpec
from autograder.syllabus import Week, load_syllabus

SUBMITTED, AUTOGRADED = "submitted", "autograded"
_TRIES = 6
# Seconds for one submission: a net under all other limits, which end it long before.
_LONGEST = 1800.0
_MOST_OF_A_TIMESTAMP = 200  # bytes
# nbgrader reports a gradebook that it may not write to as an invalid entry.
_BUSY = (OperationalError, InvalidEntry)

Results = Iterator[tuple[Submission, Marked | BaseException]]
# Where marking happens: gives out each submission as soon as it is marked, in any order.
MarkAll = Callable[[list[Submission], Marker], Results]


@dataclass(frozen=True)
class ClassResult:
    """What grading a class came to.

    Attributes
    ----------
    records : list of SubmissionRecord
        All submissions that are graded now, by student.
    graded : list of str
        The students graded in this run.
    failures : dict of str to str
        Students whose submission could not be graded through no fault of theirs, and why.
    """

    records: list[SubmissionRecord]
    graded: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


def database_url(root: Path) -> str:
    """Give the gradebook's address: the one that `nbgrader_config.py` names, else SQLite's."""
    return str(CourseDirectory(config=nbgrader_config(root), root=str(root)).db_url)


def find_submissions(root: Path, week: str) -> list[Submission]:
    """List the submissions of a week, by student; also what is no folder, so that it is told."""
    folders = sorted((root / SUBMITTED).glob(f"*/{week}"))
    return [
        Submission(folder.parent.name, folder)
        for folder in folders
        if not folder.parent.name.startswith(".")
    ]


@contextmanager
def marker_for(
    root: Path, week: Week, keys: dict[str, Key], protect: bool = True
) -> Iterator[Marker]:
    """Prepare what marking depends on; the students' edition lives as long as the context.

    Parameters
    ----------
    root : Path
    week : Week
    keys : dict of str to Key
    protect : bool
        False runs students' code without a sandbox.
    """
    with tempfile.TemporaryDirectory(prefix="dlcourse-edition-") as folder:
        edition = Path(folder)
        edition.chmod(0o755)
        students_edition(root, week, edition)
        limits = {notebook.id: Limits(cell=notebook.cell_seconds) for notebook in week.notebooks}
        spec = SandboxSpec(edition, root / "data", bubblewrap=protect)
        yield Marker(week.id, keys, hidden_seed(root), spec, limits)


def grade_class(
    root: Path,
    week_id: str,
    *,
    jobs: int | None = None,
    force: bool = False,
    quick: bool = False,
    protect: bool = True,
    mark_all: MarkAll | None = None,
    started: Callable[[int], None] = lambda total: None,
    progressed: Callable[[SubmissionRecord | None], None] = lambda record: None,
) -> ClassResult:
    """Grade a week's submissions and record the results.

    Each submission is recorded as soon as it is marked. After an interruption a second run
    grades what is left; unchanged submissions are not graded again.

    Parameters
    ----------
    root : Path
        The course.
    week_id : str
    jobs : int, optional
        How many processes; by default one a core.
    force : bool
        Grade unchanged submissions, too.
    quick : bool
        Run only the cells that graded functions depend on, where that is sure.
    protect : bool
        False runs students' code without a sandbox.
    mark_all : callable, optional
        Where marking happens; by default in `jobs` processes of this machine.
    started, progressed : callable
        Told the number of submissions to grade, and each one's record (None for a failure).

    Returns
    -------
    ClassResult

    Raises
    ------
    NotReleased
        If the week is not in the gradebook.
    SandboxError
        If there is no sandbox to be had.
    """
    week = load_syllabus(root).find_week(week_id)
    with Gradebook(database_url(root)) as gradebook:
        keys = read_keys(gradebook, week)
        with marker_for(root, week, keys, protect) as whole:
            marker = replace(whole, quick=quick)
            submissions = find_submissions(root, week.id)
            known = {s.student.id for s in gradebook.assignment_submissions(marker.week)}
            due = [s for s in submissions if force or not _is_done(root, s, marker, known)]
            started(len(due))
            recorder = _Recorder(root, gradebook)
            for submission, marked in (mark_all or partial(mark_here, jobs=jobs))(due, marker):
                record = recorder.take(submission, marked)
                progressed(record)
    records = [load_record(root, week.id, s.student) for s in submissions]
    kept = [record for record in records if record is not None]
    return ClassResult(kept, recorder.graded, recorder.failures)


def _is_done(root: Path, submission: Submission, marker: Marker, known: Container[str]) -> bool:
    """Tell whether record and gradebook have what the submission would come to."""
    if submission.student not in known:
        return False
    record = load_record(root, marker.week, submission.student)
    return record is not None and is_result_of(record, submission, marker)


def mark_here(submissions: list[Submission], marker: Marker, jobs: int | None = None) -> Results:
    """Mark submissions in processes of this machine, by default one a core."""
    if submissions:
        Sandbox(marker.sandbox).close()  # if it does not start, better say so once
    return _marked(submissions, marker, jobs or os.cpu_count() or 1)


def _marked(submissions: list[Submission], marker: Marker, jobs: int) -> Results:
    """Mark submissions in parallel, each given out as soon as it is ready."""
    with open_pool(min(jobs, len(submissions)), start_process, marker) as pool:
        futures = {schedule_marking(pool, s): s for s in submissions}
        for future in as_completed(list(futures)):
            error = future.exception()
            # Forgotten at once: the notebooks of a whole class do not fit into memory.
            yield futures.pop(future), error if error is not None else future.result()


def schedule_marking(pool: ProcessPool, submission: HandedIn) -> Future[Marked]:
    """Have a pool whose processes `start_process` prepared mark a submission."""
    future: Future[Marked] = pool.schedule(mark_in_process, args=(submission,), timeout=_LONGEST)
    return future


@contextmanager
def open_pool(jobs: int, prepare: Callable[..., None], *args: object) -> Iterator[ProcessPool]:
    """Open a pool of processes, and end them all on the way out, however that is taken.

    Parameters
    ----------
    jobs : int
        How many processes.
    prepare : callable
        Called at the start of each process with `args`.
    """
    # Each process is a fork of one that has imported everything, and holds nothing else.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "nbgrader.converters"])
    pool = ProcessPool(max(jobs, 1), initializer=prepare, initargs=args, context=context)
    try:
        yield pool
        pool.close()
        pool.join()
    finally:
        pool.stop()
        pool.join()


@dataclass(frozen=True)
class FeedbackResult:
    """Who has feedback pages now, and why others have none."""

    written: list[str]
    failures: dict[str, str]


def write_class_feedback(
    root: Path,
    week: Week,
    *,
    started: Callable[[int], None] = lambda total: None,
    progressed: Callable[[object], None] = lambda done: None,
) -> FeedbackResult:
    """Write the feedback pages of all graded submissions of a week.

    A page that cannot be written stops no other.
    """
    students = [record.student for record in load_records(root, week.id)]
    started(len(students))
    with open_pool(min(os.cpu_count() or 1, len(students)), ignore_interrupts) as pool:
        config = nbgrader_config(root)
        futures = {
            pool.schedule(write_feedback, args=(root, week.id, student, config)): student
            for student in students
        }
        failures = {}
        for future in as_completed(futures):
            error = future.exception()
            if error is not None:
                failures[futures[future]] = _reason(error)
            progressed(future)
    return FeedbackResult([s for s in students if s not in failures], failures)


class _Recorder:
    """The single writer: autograded notebooks, then the gradebook, then the record."""

    def __init__(self, root: Path, gradebook: Gradebook) -> None:
        self._root, self._gradebook = root, gradebook
        self.graded: list[str] = []
        self.failures: dict[str, str] = {}

    def take(
        self, submission: Submission, marked: Marked | BaseException
    ) -> SubmissionRecord | None:
        """Record what became of a submission."""
        if isinstance(marked, BaseException):
            self.failures[submission.student] = _reason(marked)
            return None
        try:
            self._write(submission, marked)
        except UnicodeEncodeError:
            self.failures[submission.student] = "the folder's name is not text: rename it"
            return None
        except (OSError, ValueError, *_BUSY) as error:
            self.failures[submission.student] = f"could not be recorded: {error}"
            return None
        self.graded.append(submission.student)
        return marked.record

    def _write(self, submission: Submission, marked: Marked) -> None:
        record = marked.record
        # The record is the mark that all is written: without it a second run does it again.
        record_path(self._root, record.week, record.student).unlink(missing_ok=True)
        folder = self._root / AUTOGRADED / record.student / record.week
        if folder.exists():
            shutil.rmtree(folder)
        for name, text in marked.notebooks.items():
            write_whole(folder / f"{name}.ipynb", text)
        when = time_stamp(submission.folder)
        if when:
            write_whole(folder / "timestamp.txt", when)
        self._record(record, moment(when))
        save_record(self._root, record)

    def _record(self, record: SubmissionRecord, timestamp: datetime | None) -> None:
        """Record in the gradebook; another program that holds it is waited for."""
        for attempt in range(_TRIES):
            try:
                record_submission(self._gradebook, record, timestamp)
                return
            except _BUSY:
                self._gradebook.db.rollback()
                if attempt == _TRIES - 1:
                    raise
                time.sleep(0.2 * 2**attempt)


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


def _reason(error: BaseException) -> str:
    if isinstance(error, ProcessExpired):
        return "its process died (out of memory?)"
    if isinstance(error, TimeoutError):
        return f"it took longer than {_LONGEST / 60:g} minutes"
    if isinstance(error, FeedbackError):
        return str(error)
    return f"{type(error).__name__}: {error}"
