"""nbgrader's own commands on this course, and the same scores as ours."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.building import release_path
from autograder.classroom import database_url, grade_class
from autograder.pupils import Pupil, make_class, reference_answers
from autograder.records import load_records
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT

WEEK = load_syllabus(ROOT).weeks[1]
KEPT = (
    "terse",
    "blank",
    "os._exit in one",
    "test cell deleted",
    "test cell copied",
    "metadata lost",
)


def run(course: Path, *words: str) -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(words, cwd=course, env=env, capture_output=True, text=True, timeout=300)


def scores(course: Path) -> dict[str, float]:
    with Gradebook(database_url(course)) as gradebook:
        found = gradebook.assignment_submissions(WEEK.id)
        return {submission.student.id: submission.score for submission in found}


@pytest.fixture
def handed_in(course):
    class_ = [p for p in make_class(WEEK, 30) if p.wrong or any(k in p.story for k in KEPT)]
    chosen = [p for p in class_ if not p.wrong] + [p for p in class_ if p.wrong][:2]
    for pupil in chosen:
        pupil.hand_in(course, WEEK)
    return course


def test_autograde_feedback_and_export_give_the_same_scores(handed_in):
    done = run(handed_in, "nbgrader", "autograde", WEEK.id)
    assert done.returncode == 0, done.stderr[-2000:]
    stock = scores(handed_in)
    assert {r.student: r.earned for r in load_records(handed_in, WEEK.id)} == pytest.approx(stock)

    variants = [n.variant for r in load_records(handed_in, WEEK.id) for n in r.notebooks]
    assert len(set(variants)) > 1

    done = run(handed_in, "nbgrader", "generate_feedback", WEEK.id)
    assert done.returncode == 0, done.stderr[-2000:]
    pages = list(handed_in.glob(f"feedback/*/{WEEK.id}/*.html"))
    assert len(pages) == len(stock)
    assert all("HIDDEN TESTS" not in page.read_text("utf-8") for page in pages)

    grade_class(handed_in, WEEK.id, force=True)
    assert scores(handed_in) == pytest.approx(stock)
    again = [n.variant for r in load_records(handed_in, WEEK.id) for n in r.notebooks]
    assert again == variants

    done = run(handed_in, "nbgrader", "export")
    assert done.returncode == 0, done.stderr[-2000:]
    rows = csv.DictReader((handed_in / "grades.csv").open(encoding="utf-8"))
    exported = {r["student_id"]: float(r["score"]) for r in rows if r["assignment"] == WEEK.id}
    assert exported == pytest.approx(stock)


def test_the_time_stamp_decides_what_is_graded_again(course):
    Pupil("ada", "", {}).hand_in(course, WEEK)
    stamp = course / "submitted" / "ada" / WEEK.id / "timestamp.txt"
    for when, answers in (
        ("2026-09-13 21:40:00 UTC", {}),
        ("2026-09-13 21:40:00 UTC", reference_answers(WEEK)),
        ("2026-09-13 21:50:00 UTC", reference_answers(WEEK)),
    ):
        Pupil("ada", "", answers).hand_in(course, WEEK)
        stamp.write_text(when)
        assert run(course, "nbgrader", "autograde", WEEK.id).returncode == 0
        expected = 52 if "50" in when else 0
        assert scores(course) == {"ada": expected}


def test_what_was_mended_is_kept_for_the_report(course):
    class_ = {pupil.story: pupil for pupil in make_class(WEEK, 30)}
    pupil = class_["a test cell deleted"]
    pupil.hand_in(course, WEEK)
    assert run(course, "nbgrader", "autograde", WEEK.id).returncode == 0
    (record,) = load_records(course, WEEK.id)
    assert "was put back" in record.notebooks[0].remarks[0]


def test_generate_assignment_gives_our_release(course):
    ours = release_path(course, WEEK, WEEK.notebooks[0].id).read_bytes()
    done = run(course, "nbgrader", "generate_assignment", WEEK.id, "--force")
    assert done.returncode == 0, done.stderr[-2000:]
    assert release_path(course, WEEK, WEEK.notebooks[0].id).read_bytes() == ours


def test_validate_says_what_fails_in_a_blank_and_in_a_solved_notebook(course):
    blank = release_path(course, WEEK, WEEK.notebooks[0].id)
    said = run(course, "nbgrader", "validate", str(blank)).stdout
    assert "FAILED" in said
    assert "not started yet" in said
    solved = course / "source" / WEEK.id / blank.name
    said = run(course, "nbgrader", "validate", str(solved)).stdout
    assert "Success" in said
