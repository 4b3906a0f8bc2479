"""Grading all that a class handed in: many marking processes, one recorder, resumable."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Container, Generator, Iterator
from concurrent.futures import Future, as_completed
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from pebble import ProcessExpired, ProcessPool

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
from autograder.recording import Recorder, patiently
from autograder.records import (
    SubmissionRecord,
    load_record,
    load_records,
)
from autograder.referee import Limits
from autograder.sandbox import Sandbox, SandboxSpec
from autograder.syllabus import Week, load_syllabus
from autograder.temporary import temporary_folder

SUBMITTED = "submitted"
# Seconds for one submission: a net under all other limits, which end it long before.
_LONGEST = 1800.0

Results = Generator[tuple[Submission, Marked | BaseException], None, None]
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
    with temporary_folder("dlcourse-edition-") as edition:
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
    waiting: Callable[[str], None] = lambda reason: None,
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
    waiting : callable
        Told why gradebook or disk refuse, each time before it is tried again.

    Returns
    -------
    ClassResult

    Raises
    ------
    NotReleased
        If the week is not in the gradebook.
    SandboxError
        If there is no sandbox to be had.
    NotRecorded
        If gradebook or disk refuse for too long. What was recorded before stays.
    """
    week = load_syllabus(root).find_week(week_id)
    keys, known = patiently(lambda: _read_gradebook(root, week), waiting)
    with marker_for(root, week, keys, protect) as whole:
        marker = replace(whole, quick=quick)
        submissions = find_submissions(root, week.id)
        due = [s for s in submissions if force or not _is_done(root, s, marker, known)]
        started(len(due))
        results = (mark_all or partial(mark_here, jobs=jobs))(due, marker)
        graded, failures = _record(root, results, progressed, waiting)
    records = [load_record(root, week.id, s.student) for s in submissions]
    kept = [record for record in records if record is not None]
    return ClassResult(kept, graded, failures)


def _read_gradebook(root: Path, week: Week) -> tuple[dict[str, Key], set[str]]:
    """Read the keys of a week, and which students it knows."""
    with Gradebook(database_url(root)) as gradebook:
        keys = read_keys(gradebook, week)
        return keys, {s.student.id for s in gradebook.assignment_submissions(week.id)}


def _record(
    root: Path,
    results: Results,
    progressed: Callable[[SubmissionRecord | None], None],
    waiting: Callable[[str], None],
) -> tuple[list[str], dict[str, str]]:
    """Record results one by one as they come: who is graded, who is not, why."""
    graded: list[str] = []
    failures: dict[str, str] = {}
    opened = patiently(lambda: Gradebook(database_url(root)), waiting)
    # Closed at once when recording fails: nobody waits for processes whose results are lost.
    with closing(results), opened as gradebook:
        recorder = Recorder(root, gradebook, waiting)
        for submission, marked in results:
            if isinstance(marked, BaseException):
                record, problem = None, _reason(marked)
            else:
                record, problem = recorder.take(submission, marked)
            if record is None:
                failures[submission.student] = problem
            else:
                graded.append(submission.student)
            progressed(record)
    return graded, failures


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


def _reason(error: BaseException) -> str:
    if isinstance(error, ProcessExpired):
        return "its process died (out of memory?)"
    if isinstance(error, TimeoutError):
        return f"it took longer than {_LONGEST / 60:g} minutes"
    if isinstance(error, FeedbackError):
        return str(error)
    return f"{type(error).__name__}: {error}"
