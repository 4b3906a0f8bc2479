"""Grading a class when things go wrong around it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import weakref
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from autograder import classroom
from autograder.classroom import database_url, grade_class, write_class_feedback
from autograder.keys import NotReleased
from autograder.pupils import Pupil, make_class, reference_answers
from autograder.records import load_record, load_records
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT

WEEK = load_syllabus(ROOT).weeks[1]
NOTEBOOK = WEEK.notebooks[0].id
BLANK = Pupil("blank", "", {})
SOLVED = Pupil("王 小明 & co", "", reference_answers(WEEK))


def _listen_to_ctrl_c() -> None:
    """Undo what a shell does to programs in the background: they would ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def dlcourse(course: Path, *words: str) -> subprocess.Popen[str]:
    script = str(Path(sys.executable).parent / "dlcourse")
    env = {**os.environ, "DLCOURSE_ROOT": str(course), "COLUMNS": "200"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [script, *words], cwd=course, env=env, stdout=pipe, stderr=pipe, text=True,
        start_new_session=True, preexec_fn=_listen_to_ctrl_c,
    )  # fmt: skip


def score(course, student):
    with Gradebook(database_url(course)) as gradebook:
        return gradebook.find_submission(WEEK.id, student).score


def test_only_changed_submissions_are_graded_again(course):
    for pupil in (BLANK, SOLVED):
        pupil.hand_in(course, WEEK)
    assert len(grade_class(course, WEEK.id).graded) == 2
    assert grade_class(course, WEEK.id).graded == []
    Pupil("blank", "", reference_answers(WEEK)).hand_in(course, WEEK)
    assert grade_class(course, WEEK.id).graded == ["blank"]
    assert score(course, "blank") == score(course, SOLVED.name) == 52
    assert sorted(grade_class(course, WEEK.id, force=True).graded) == sorted(["blank", SOLVED.name])


def test_a_change_of_the_data_has_all_graded_again(course):
    BLANK.hand_in(course, WEEK)
    assert grade_class(course, WEEK.id).graded == ["blank"]
    (course / "data").unlink()
    shutil.copytree(ROOT / "data", course / "data")
    assert grade_class(course, WEEK.id).graded == []
    (course / "data" / "planar.h5").unlink()
    assert grade_class(course, WEEK.id).graded == ["blank"]


def scores_and_words(course):
    """Give all that a class is told, but for seconds and the cells not run."""
    records = load_records(course, WEEK.id)
    told = {"seconds": True, "not_run": True, "cells": {"__all__": {"seconds"}}}
    return {r.student: [n.model_dump(exclude=told) for n in r.notebooks] for r in records}


def test_a_quick_run_gives_the_same_scores_and_says_what_it_left_out(course):
    pupils = [SOLVED, BLANK, *(pupil for pupil in make_class(WEEK, 30) if pupil.wrong)][:4]
    for pupil in pupils:
        pupil.hand_in(course, WEEK)
    assert len(grade_class(course, WEEK.id, quick=True).graded) == len(pupils)
    quick = scores_and_words(course)
    assert all(r.notebooks[0].not_run for r in load_records(course, WEEK.id))
    assert not write_class_feedback(course, WEEK).failures
    page = (course / "feedback" / SOLVED.name / WEEK.id / f"{NOTEBOOK}.html").read_text("utf-8")
    left_out = page.count("Not run: no graded function depends on this cell.")
    assert f"This was a quick run. {left_out} of" in page
    # A quick result is no substitute for a whole one, but the reverse.
    assert grade_class(course, WEEK.id, quick=True).graded == []
    assert len(grade_class(course, WEEK.id).graded) == len(pupils)
    assert scores_and_words(course) == quick
    assert grade_class(course, WEEK.id, quick=True).graded == []


def test_a_quick_run_goes_back_where_a_needed_cell_fails(course):
    SOLVED.hand_in(course, WEEK)
    path = course / "submitted" / SOLVED.name / WEEK.id / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if "def predict(" in cell.source)
    cell.source += "\n\nprint(1 / 0)"
    nbformat.write(notebook, path)
    (record,) = grade_class(course, WEEK.id, quick=True).records
    assert record.notebooks[0].not_run == ()
    assert record.earned == 52


def test_a_submission_that_never_ends_is_reported_and_stops_nobody_else(course, monkeypatch):
    monkeypatch.setattr(classroom, "_LONGEST", 30.0)
    BLANK.hand_in(course, WEEK)
    Pupil("endless", "", {}).hand_in(course, WEEK)
    path = course / "submitted" / "endless" / WEEK.id / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    # Each crash has all that went before it run again.
    slow, crash = "import time\ntime.sleep(9)", "import os\nos._exit(0)"
    notebook.cells[:0] = [new_code_cell(source) for source in (slow, crash, crash, crash, crash)]
    nbformat.write(notebook, path)
    result = grade_class(course, WEEK.id)
    assert result.graded == ["blank"]
    assert result.failures == {"endless": "it took longer than 0.5 minutes"}


def test_results_of_a_class_are_not_kept_in_memory(monkeypatch):
    class Result:
        """Stands for a large result."""

    @contextmanager
    def at_once(*ignored):
        yield SimpleNamespace(schedule=schedule)

    def schedule(*ignored, **options):
        future = Future()
        future.set_result(Result())
        return future

    monkeypatch.setattr(classroom, "open_pool", at_once)
    kept = []
    for _, marked in classroom._marked(list(range(9)), None, 1):
        kept.append(weakref.ref(marked))
        del marked
        assert sum(ref() is not None for ref in kept) <= 2


def test_a_lost_gradebook_entry_is_made_again(course):
    BLANK.hand_in(course, WEEK)
    grade_class(course, WEEK.id)
    with Gradebook(database_url(course)) as gradebook:
        gradebook.remove_student("blank")
    assert grade_class(course, WEEK.id).graded == ["blank"]


def test_grades_entered_by_hand_stay(course):
    BLANK.hand_in(course, WEEK)
    grade_class(course, WEEK.id)
    with Gradebook(database_url(course)) as gradebook:
        grade = gradebook.find_grade("test-predict", NOTEBOOK, WEEK.id, "blank")
        grade.manual_score = 2.5
        gradebook.db.commit()
    grade_class(course, WEEK.id, force=True)
    assert score(course, "blank") == 2.5


def test_a_folder_whose_name_is_no_text_stops_nobody_else(course):
    BLANK.hand_in(course, WEEK)
    odd = os.fsdecode(b"caf\xe9")
    (course / "submitted" / odd / WEEK.id).mkdir(parents=True)
    result = grade_class(course, WEEK.id)
    assert result.graded == ["blank"]
    assert result.failures == {odd: "the folder's name is not text: rename it"}


def test_the_command_says_who_could_not_be_read_and_exits_with_1(course):
    BLANK.hand_in(course, WEEK)
    (course / "submitted" / "absent-minded" / WEEK.id).mkdir(parents=True)
    done = dlcourse(course, "grade", "2")
    out, err = done.communicate(timeout=120)
    assert done.returncode == 1, err
    assert f"absent-minded: {NOTEBOOK}: {NOTEBOOK}.ipynb was not submitted." in err
    assert "2 graded, 0 unchanged." in out


def test_a_page_that_cannot_be_written_stops_no_other(course):
    for name in ("blank", "gone"):
        Pupil(name, "", {}).hand_in(course, WEEK)
    grade_class(course, WEEK.id)
    shutil.rmtree(course / "autograded" / "gone")
    done = dlcourse(course, "feedback", "2")
    out, err = done.communicate(timeout=120)
    assert done.returncode == 1
    assert "wrote feedback for 1 students" in out
    assert "gone: no feedback: nbgrader could not write" in err
    assert (course / "feedback" / "blank" / WEEK.id / f"{NOTEBOOK}.html").exists()


def test_nothing_handed_in_is_said(course):
    done = dlcourse(course, "grade", "2")
    assert "nothing under submitted/" in done.communicate(timeout=60)[1]
    assert done.returncode == 0


def test_an_unknown_week_gets_the_list(course):
    done = dlcourse(course, "grade", "99")
    assert WEEK.id in done.communicate(timeout=60)[1]
    assert done.returncode == 2


def test_an_unreleased_week_says_what_to_run(course):
    (course / "gradebook.db").unlink()
    with pytest.raises(NotReleased, match="dlcourse build"):
        grade_class(course, WEEK.id)


def test_a_missing_data_file_is_told_and_costs_only_what_needs_it(course):
    (course / "data").unlink()
    shutil.copytree(ROOT / "data", course / "data")
    (course / "data" / "planar.h5").unlink()
    Pupil("ada", "", reference_answers(WEEK)).hand_in(course, WEEK)
    grade_class(course, WEEK.id)
    assert score(course, "ada") == 52
    text = (course / "autograded" / "ada" / WEEK.id / f"{NOTEBOOK}.ipynb").read_text("utf-8")
    assert "planar.h5" in text
    assert "DataError" in text


def test_ctrl_c_stops_at_once_and_a_second_run_completes(course):
    pupils = [pupil for pupil in make_class(WEEK, 30) if pupil.wrong][:10]
    for pupil in pupils:
        pupil.hand_in(course, WEEK)
    grades = course / "grades" / WEEK.id
    running = dlcourse(course, "grade", "2")
    while len(list(grades.glob("*.json"))) < 2:
        assert running.poll() is None
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    assert "run the command again" in err
    done_before = {path: path.stat().st_mtime_ns for path in grades.glob("*.json")}
    assert 2 <= len(done_before) < len(pupils)
    grade_class(course, WEEK.id)
    assert {p.stem for p in grades.glob("*.json")} == {pupil.name for pupil in pupils}
    assert all(path.stat().st_mtime_ns == when for path, when in done_before.items())


def test_a_locked_gradebook_is_waited_for(course):
    import sqlite3
    import threading

    BLANK.hand_in(course, WEEK)
    other = sqlite3.connect(course / "gradebook.db", check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # readers may read, nobody else may write
    release = threading.Timer(12, other.rollback)
    release.start()
    result = grade_class(course, WEEK.id)
    release.join()
    assert result.graded == ["blank"]
    assert not result.failures


def test_records_damaged_on_disk_are_made_again(course):
    BLANK.hand_in(course, WEEK)
    grade_class(course, WEEK.id)
    path = course / "grades" / WEEK.id / "blank.json"
    path.write_text(path.read_text()[:50])
    assert load_record(course, WEEK.id, "blank") is None
    assert grade_class(course, WEEK.id).graded == ["blank"]
