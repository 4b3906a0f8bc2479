"""The gradebook on PostgreSQL, on a real server that the tests start."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.classroom import (
    _read_gradebook,
    database_url,
    find_submissions,
    grade_class,
    marker_for,
)
from autograder.marking import mark
from autograder.recording import Recorder
from autograder.records import load_records
from autograder.sandbox import Sandbox
from tests import tiny_class
from tests.test_nothing_lost import record_all, scores
from tests.tiny_class import WEEK
from tests.tiny_course import week

pytestmark = pytest.mark.slow
FORK = multiprocessing.get_context("fork")


@pytest.fixture(scope="module")
def server():
    """Start a server that listens to a socket in a folder of its own, and to nothing else."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        pytest.skip("PostgreSQL is not installed")
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    shutil.chown(folder, user)

    def run(program, *words):
        command = [found[-1] / program, "-D", folder / "data", *words]
        subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)

    run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync")
    run("pg_ctl", "-w", "-l", folder / "log", "-o", f"-k {folder} -h ''", "start")
    yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    run("pg_ctl", "-m", "fast", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def course(server, tmp_path):
    (tmp_path / "course").mkdir()
    course = tiny_class.make_course(tmp_path / "course", server)
    yield course
    with Gradebook(server) as gradebook:
        gradebook.remove_assignment(WEEK)


def _record(course, results):
    for _ in range(5):
        problems = [problem for _, problem in record_all(course, results) if problem]
        assert not problems, problems


def test_two_graders_that_record_at_the_same_time_lose_nothing(course, tmp_path):
    want = tiny_class.hand_in_class(course, 6)
    keys, _ = _read_gradebook(course, week(course))
    with marker_for(course, week(course), keys) as marker, Sandbox(marker.sandbox) as sandbox:
        results = [(s, mark(s, marker, sandbox)) for s in find_submissions(course, WEEK)]
    elsewhere = shutil.copytree(course, tmp_path / "elsewhere")
    # Each has students of its own, and two that both have.
    parts = ((course, results[:4]), (elsewhere, results[2:]))
    others = [FORK.Process(target=_record, args=part) for part in parts]
    for other in others:
        other.start()
    for other in others:
        other.join(120)
    assert [other.exitcode for other in others] == [0, 0]
    assert scores(course) == want


def test_a_server_that_goes_away_is_waited_for(course):
    want = tiny_class.hand_in_class(course, 1)
    keys, _ = _read_gradebook(course, week(course))
    with marker_for(course, week(course), keys) as marker, Sandbox(marker.sandbox) as sandbox:
        (submission,) = find_submissions(course, WEEK)
        marked = mark(submission, marker, sandbox)
    told = []
    with Gradebook(database_url(course)) as gradebook, Gradebook(database_url(course)) as other:
        recorder = Recorder(course, gradebook, told.append)
        assert recorder.take(submission, marked)[1] == ""
        gradebook.find_student("student00")  # there is a connection, which is then cut
        other.db.connection().exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        assert recorder.take(submission, marked)[1] == ""
    assert len(told) == 1
    assert scores(course) == want


def test_a_class_is_graded(course):
    want = tiny_class.hand_in_class(course, 3)
    assert not grade_class(course, WEEK).failures
    assert scores(course) == want
    assert {record.student: record.earned for record in load_records(course, WEEK)} == want
    assert not (course / "gradebook.db").exists()
