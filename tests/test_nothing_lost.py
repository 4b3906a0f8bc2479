"""Whatever interrupts the recording of grades: a second run completes, nothing is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import questions, recording
from autograder.classroom import _read_gradebook, database_url, find_submissions, marker_for
from autograder.exercises import load
from autograder.marking import mark
from autograder.recording import NotRecorded, Recorder
from autograder.records import load_record, load_records, record_path
from autograder.sandbox import Sandbox, SandboxError, SandboxLost
from tests import tiny_class
from tests.tiny_class import NOTEBOOK, WEEK
from tests.tiny_course import week

FORK = multiprocessing.get_context("fork")
SIZE = 5


def run_apart(work, *args, seconds=300):
    """Run in a process of its own, which may be limited or killed; give its exit status."""
    process = FORK.Process(target=work, args=args)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode


def integrity(course):
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as database:
        return database.execute("PRAGMA integrity_check").fetchone()[0]


def scores(course):
    """Give what the gradebook says the tests gave, by student."""
    with Gradebook(database_url(course)) as gradebook:
        return {
            submission.student.id: grade.auto_score
            for submission in gradebook.assignment_submissions(WEEK)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.name == "test-double"
        }


def assert_records_say_what_is_there(course):
    """Whatever has a record is in the gradebook, and its graded notebook is there."""
    known = scores(course)
    for record in load_records(course, WEEK):
        assert known[record.student] == record.earned
        assert (course / "autograded" / record.student / WEEK / f"{NOTEBOOK}.ipynb").exists()


def record_all(course, results, waiting=lambda reason: None):
    """Record results, and give what `take` said of each."""
    with Gradebook(database_url(course)) as gradebook:
        recorder = Recorder(course, gradebook, waiting)
        return [recorder.take(submission, marked) for submission, marked in results]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A tiny class handed in, and what marking each submission came to."""
    course = tmp_path_factory.mktemp("prepared") / "course"
    course.mkdir()
    tiny_class.make_course(course)
    want = tiny_class.hand_in_class(course, SIZE)
    keys, _ = _read_gradebook(course, week(course))
    with marker_for(course, week(course), keys) as marker, Sandbox(marker.sandbox) as sandbox:
        marked = [mark(s, marker, sandbox) for s in find_submissions(course, WEEK)]
    assert {m.record.student: m.record.earned for m in marked} == want
    return course, want, marked


@pytest.fixture
def course(prepared, tmp_path):
    return shutil.copytree(prepared[0], tmp_path / "course")


@pytest.fixture
def results(course, prepared):
    return list(zip(find_submissions(course, WEEK), prepared[2], strict=True))


LOCK = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
"""


@contextlib.contextmanager
def locked(course, seconds):
    """Let another program hold the gradebook."""
    words = [sys.executable, "-c", LOCK, str(course / "gradebook.db"), str(seconds)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"locked\n"
        yield
        other.kill()


def test_a_gradebook_that_another_program_holds_is_waited_for(course, results, prepared):
    told = []
    opened = Gradebook(database_url(course))  # before it is locked
    with opened as gradebook, locked(course, 8):
        recorder = Recorder(course, gradebook, told.append)
        assert recorder.take(*results[0])[1] == ""
        assert told == ["database is locked"] * len(told) != []
    assert scores(course)["student00"] == prepared[1]["student00"]


def test_a_gradebook_that_is_never_free_ends_the_run(course, results, prepared, monkeypatch):
    record_all(course, results[:2])
    monkeypatch.setattr(recording, "PATIENCE", 3.0)
    opened = Gradebook(database_url(course))
    with opened as gradebook, locked(course, 600):
        with pytest.raises(NotRecorded, match="database is locked"):
            Recorder(course, gradebook).take(*results[2])
        with pytest.raises(NotRecorded, match="database is locked"):
            recording.patiently(lambda: _read_gradebook(course, week(course)))
    assert {r.student for r in load_records(course, WEEK)} == {"student00", "student01"}
    assert_records_say_what_is_there(course)
    record_all(course, results[2:])
    assert scores(course) == prepared[1]
    assert integrity(course) == "ok"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 8 MiB."""
    if os.getuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if subprocess.run(words, capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk, spare):
    """Fill a disk but for some bytes."""
    (disk / "filling").unlink(missing_ok=True)
    state = os.statvfs(disk)
    with (disk / "filling").open("wb") as filling:
        filling.write(bytes(state.f_bavail * state.f_frsize - spare))


@pytest.mark.parametrize("spare", [0, 4096, 8192, 12288, 16384, 32768, 65536])
def test_a_full_disk_ends_the_run_and_costs_nothing(
    prepared, small_disk, results, monkeypatch, spare
):
    monkeypatch.setattr(recording, "PATIENCE", 1.0)
    course = shutil.copytree(
        prepared[0], small_disk / "course", ignore=shutil.ignore_patterns("course", "data")
    )
    record_all(course, results[:1])
    fill(small_disk, spare)
    with contextlib.suppress(NotRecorded):  # there may be room for some
        record_all(course, results)
        assert spare
    assert integrity(course) == "ok"
    assert_records_say_what_is_there(course)
    assert (course / "autograded" / "student00" / WEEK / f"{NOTEBOOK}.ipynb").exists()
    (small_disk / "filling").unlink()
    record_all(course, results)
    assert scores(course) == prepared[1]
    assert integrity(course) == "ok"


def test_a_disk_that_gets_room_again_is_waited_for(prepared, small_disk, results):
    course = shutil.copytree(
        prepared[0], small_disk / "course", ignore=shutil.ignore_patterns("course", "data")
    )
    fill(small_disk, 0)

    def make_room(reason):
        assert "No space left" in reason
        (small_disk / "filling").unlink()

    assert all(not problem for _, problem in record_all(course, results, make_room))
    assert scores(course) == prepared[1]


def grade_by_hand(course):
    """Enter grades and comments as a person does in formgrader."""
    with Gradebook(database_url(course)) as gradebook:
        for student, points in (("student00", 0.5), ("student04", 2.0)):
            for name in ("test-double", "why"):
                gradebook.find_grade(name, NOTEBOOK, WEEK, student).manual_score = points
            gradebook.find_grade("why", NOTEBOOK, WEEK, student).extra_credit = 0.25
            comment = gradebook.find_comment("double", NOTEBOOK, WEEK, student)
            comment.manual_comment = f"Well tried, {student}."
        gradebook.db.commit()
    return by_hand(course)


def by_hand(course):
    """Give all that people entered."""
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as database:
        grades = "SELECT id, manual_score, extra_credit FROM grade ORDER BY id"
        comments = "SELECT id, manual_comment FROM comment ORDER BY id"
        rows = [*database.execute(grades), *database.execute(comments)]
    return [row for row in rows if any(value is not None for value in row[1:])]


def test_what_people_entered_stays_whatever_is_recorded(course, results):
    record_all(course, results)
    entered = grade_by_hand(course)
    assert len(entered) == 6
    unread = replace(results[0][1], notebooks={}, record=_unread(results[0][1].record))
    for again in (results, [(results[0][0], unread)], results):
        record_all(course, again)
        assert by_hand(course) == entered


def _unread(record):
    notebooks = tuple(n.model_copy(update={"problem": "not UTF-8"}) for n in record.notebooks)
    return record.model_copy(update={"notebooks": notebooks})


def _record_again_and_again(course, results):
    for _ in range(5):
        problems = [problem for _, problem in record_all(course, results) if problem]
        assert not problems, problems


def test_two_recorders_at_the_same_time_lose_nothing(course, results, prepared):
    work = {"target": _record_again_and_again, "args": (course, results)}
    others = [FORK.Process(**work) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(120)
    assert [other.exitcode for other in others] == [0, 0]
    assert scores(course) == prepared[1]
    assert set(load_records(course, WEEK)) == {marked.record for _, marked in results}
    assert integrity(course) == "ok"


def _worth(marked, points):
    """Make a result of so many points."""
    notebook = marked.record.notebooks[0]
    cells = tuple(cell.model_copy(update={"earned": points}) for cell in notebook.cells)
    notebooks = (notebook.model_copy(update={"cells": cells}),)
    return replace(marked, record=marked.record.model_copy(update={"notebooks": notebooks}))


def test_recording_killed_at_any_moment_is_completed_by_a_second_run(course, results, prepared):
    started = time.monotonic()
    assert run_apart(record_all, course, results) == 0
    duration = time.monotonic() - started
    entered = grade_by_hand(course)
    for number in range(30):
        # Other results than those before, so that old and new can be told apart.
        changed = [(submission, _worth(marked, number % 4)) for submission, marked in results]
        run_apart(record_all, course, changed, seconds=duration * number / 30)
        assert integrity(course) == "ok"
        assert by_hand(course) == entered
        assert_records_say_what_is_there(course)
    record_all(course, results)
    assert scores(course) == prepared[1]
    assert len(load_records(course, WEEK)) == SIZE


def _mark_with_little_memory(course, marker, sandbox, more):
    """Mark all with so many bytes more than are in use; end with 3 if that is said not to do."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    try:
        resource.setrlimit(resource.RLIMIT_AS, (used + more, -1))
        marked = [mark(s, marker, sandbox) for s in find_submissions(course, WEEK)]
    except (MemoryError, OSError, SandboxError, SandboxLost):
        os._exit(3)
    resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
    want = {student: tiny_class.ANSWERS[a] for student, a in _answers(course)}
    os._exit(0 if {m.record.student: m.record.earned for m in marked} == want else 4)


def _answers(course):
    chosen = list(tiny_class.ANSWERS)
    return [(f"student{n:02}", chosen[n % len(chosen)]) for n in range(SIZE)]


def test_without_enough_memory_there_is_no_grade_rather_than_a_wrong_one(course):
    keys, _ = _read_gradebook(course, week(course))
    came_to = {}
    with marker_for(course, week(course), keys) as marker:
        for more in (0, 1 << 14, 1 << 16, 1 << 18, 1 << 19, 1 << 20, 1 << 21, 1 << 22, 1 << 28):
            with Sandbox(marker.sandbox) as sandbox:
                work = (_mark_with_little_memory, course, marker, sandbox, more)
                came_to[more] = run_apart(*work)
    assert set(came_to.values()) <= {0, 3}, came_to  # how little is too little, machines decide
    assert came_to[1 << 28] == 0


def test_a_reference_out_of_memory_expects_nothing_of_students():
    exercise = next(iter(load("w01_numpy_basics").values()))

    def greedy(*args, **named):
        raise MemoryError

    with pytest.raises(MemoryError):
        questions.make_question(replace(exercise, reference=greedy), "seed", 1)


def test_a_lost_record_is_made_again(course, results):
    record_all(course, results)
    record_path(course, WEEK, "student01").unlink()
    assert load_record(course, WEEK, "student01") is None
    record_all(course, results[1:2])
    assert load_record(course, WEEK, "student01") == results[1][1].record
