"""Grading on a Dask cluster: a real scheduler and two real workers on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from distributed import Client
from typer.testing import CliRunner

from autograder import cluster as clusters
from autograder.building import release_week
from autograder.classroom import grade_class
from autograder.cli import app
from autograder.cluster import mark_on_cluster
from autograder.marking import Parcel
from autograder.pupils import Pupil, make_class, make_course, reference_answers
from autograder.records import load_records
from autograder.sandbox import SandboxError
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT, SEED

WEEK = load_syllabus(ROOT).weeks[1]
NOTEBOOK = WEEK.notebooks[0].id
DASK = str(Path(sys.executable).parent / "dask")
LOCAL = ("--host", "127.0.0.1", "--no-dashboard")


@contextmanager
def dask(folder: Path, hidden: Path, name: str, *words: str):
    """Run a program of Dask's that sees neither courses, solved notebooks nor data; end it."""
    blind = [("--tmpfs", str(path)) for path in (hidden, ROOT / "source", ROOT / "data")]
    words_of_blind = [word for three in blind for word in three]
    bubble = ["bwrap", "--dev-bind", "/", "/", *words_of_blind, "--die-with-parent", "--"]
    env = {key: value for key, value in os.environ.items() if not key.startswith("DLCOURSE")}
    env |= {"DASK_LOGGING__DISTRIBUTED": "debug", "DASK_TEMPORARY_DIRECTORY": str(folder)}
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            [*bubble, DASK, *words], env=env, cwd=folder, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(60)


def wait_for(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course with just the week that is graded here."""
    course = tmp_path_factory.mktemp("released") / "course"
    make_course(ROOT, course)
    release_week(course, WEEK)
    return course


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    hidden = tmp_path_factory.getbasetemp()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dlcourse-dask-")))
        meeting = folder / "scheduler.json"
        where = ("--scheduler-file", str(meeting))
        start = partial(dask, folder, hidden)
        stack.enter_context(start("scheduler", "scheduler", *LOCAL, "--port", "0", *where))
        wait_for(meeting.exists)
        words = ("worker", *LOCAL, "--no-nanny", "--nthreads", "1", *where)
        workers = [stack.enter_context(start(f"worker-{n}", *words)) for n in "ab"]
        address = json.loads(meeting.read_text())["address"]
        with Client(address, set_as_default=False, timeout=120) as client:
            client.wait_for_workers(2, timeout=120)
        yield SimpleNamespace(folder=folder, address=address, workers=workers)


@pytest.fixture
def apart(course, tmp_path_factory, monkeypatch):
    """Give a course whose grader keeps its temporary files, too, where no worker sees them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.getbasetemp()))
    return course


def logs(cluster):
    return {path.stem: path.read_text() for path in cluster.folder.glob("*.log")}


def told(course):
    """Give all that the records of a class say, but for seconds."""
    seconds = {"cells": {"__all__": {"seconds"}}, "seconds": True}
    without = {"seconds": True, "notebooks": {"__all__": seconds}}
    return {r.student: r.model_dump(exclude=without) for r in load_records(course, WEEK.id)}


def sandboxes_of(process):
    children = psutil.Process(process.pid).children(recursive=True)
    return [child for child in children if "inside.serving" in child.cmdline()]


def hand_in_a_class(course):
    pupils = [
        Pupil("solved 王", "", reference_answers(WEEK)),
        Pupil("odd", "", {}, raw={NOTEBOOK: "[1, 2]"}),
        *[pupil for pupil in make_class(WEEK, 30) if pupil.wrong][:3],
    ]
    for pupil in pupils:
        pupil.hand_in(course, WEEK)
    (course / "submitted" / "nothing" / WEEK.id).mkdir(parents=True)
    return sorted(["nothing", *(pupil.name for pupil in pupils)])


@pytest.mark.slow
def test_a_worker_killed_half_way_loses_nothing(apart, cluster):
    students = hand_in_a_class(apart)
    grade_class(apart, WEEK.id, quick=True)
    locally, victim, told_of, orphans = told(apart), cluster.workers[0], [], []

    def kill_after_the_third(record):
        told_of.append(record and record.student)  # None for a failure
        if len(told_of) == 3:
            wait_for(lambda: sandboxes_of(victim))  # at work, or ready for it
            orphans.extend(psutil.Process(victim.pid).children(recursive=True))
            victim.kill()

    result = grade_class(
        apart,
        WEEK.id,
        force=True,
        quick=True,
        mark_all=partial(mark_on_cluster, scheduler=cluster.address),
        progressed=kill_after_the_third,
    )
    assert victim.wait(10) == -9
    assert not result.failures
    assert sorted(result.graded) == sorted(told_of) == students
    assert told(apart) == locally
    assert grade_class(apart, WEEK.id, quick=True).graded == []
    assert not psutil.wait_procs(orphans, timeout=60)[1]
    assert not [name for name, text in logs(cluster).items() if SEED in text]


@pytest.mark.slow
def test_what_fails_on_a_worker_is_reported_and_no_log_has_the_seed(apart, cluster, monkeypatch):
    Pupil("blank", "", {}).hand_in(apart, WEEK)
    monkeypatch.setattr(clusters, "parcel", lambda submission, keys: Parcel("blank", {}))
    done = CliRunner().invoke(app, ["grade", "2", "--scheduler", cluster.address])
    assert done.exit_code == 1, done.output
    assert "blank: not graded: KeyError" in done.output
    said = logs(cluster)
    assert any("Compute Failed" in said[name] for name in said)
    assert not [name for name, text in said.items() if SEED in text]
    # Nothing is left on the worker that belongs to a run.
    wait_for(lambda: not any(sandboxes_of(w) for w in cluster.workers if w.poll() is None))
    with Client(cluster.address, set_as_default=False, timeout=120) as client:
        living = client.scheduler_info()["workers"].values()
    folders = [Path(worker["local_directory"]) for worker in living]
    assert folders
    assert not [path for folder in folders for path in folder.rglob("edition")]


@pytest.mark.slow
def test_a_worker_that_grades_by_other_code_is_refused(apart, cluster, monkeypatch):
    Pupil("blank", "", {}).hand_in(apart, WEEK)
    monkeypatch.setattr(clusters, "specification_digest", lambda: "of another version")
    elsewhere = partial(mark_on_cluster, scheduler=cluster.address)
    with pytest.raises(SandboxError, match=r"tcp://.*same version"):
        grade_class(apart, WEEK.id, mark_all=elsewhere)
    assert not load_records(apart, WEEK.id)


@pytest.mark.slow
def test_a_worker_under_a_nanny_is_refused(apart, cluster, tmp_path_factory):
    Pupil("blank", "", {}).hand_in(apart, WEEK)
    words = ("worker", cluster.address, *LOCAL, "--nthreads", "1")
    elsewhere = partial(mark_on_cluster, scheduler=cluster.address)
    with Client(cluster.address, set_as_default=False, timeout=120) as client:
        before = len(client.nthreads())
        with dask(cluster.folder, tmp_path_factory.getbasetemp(), "nanny", *words):
            wait_for(lambda: len(client.nthreads()) > before)
            with pytest.raises(SandboxError, match="--no-nanny"):
                grade_class(apart, WEEK.id, mark_all=elsewhere)


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_said(course, monkeypatch):
    Pupil("blank", "", {}).hand_in(course, WEEK)
    monkeypatch.setattr(clusters, "_WAIT_SECONDS", 1)
    done = CliRunner().invoke(app, ["grade", "2", "--scheduler", "tcp://127.0.0.1:9"])
    assert done.exit_code == 2
    assert "tcp://127.0.0.1:9" in done.output


def test_a_cluster_does_without_no_sandbox():
    words = ["grade", "2", "--scheduler", "tcp://127.0.0.1:9", "--no-sandbox"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "always use a sandbox" in done.output
