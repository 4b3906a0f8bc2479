"""What is committed is what the masters and specifications make; and nbval would notice."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import nbformat
import numpy as np
import pytest

from autograder.answers import visible_question
from autograder.building import build_week, sheet_path, stale
from autograder.exercises import load
from autograder.leaks import scan
from autograder.pupils import make_course
from autograder.syllabus import load_syllabus
from helpers.checking.plain import pack
from helpers.checking.sheets import read_sheet
from tests.conftest import ROOT

SYLLABUS = load_syllabus(ROOT)


def same_but_for_rounding(a, b):
    """Compare plain values; another processor rounds inputs that were computed otherwise."""
    if isinstance(a, np.ndarray) and a.dtype.kind in "fc" and isinstance(b, np.ndarray):
        alike = (a.shape, a.dtype) == (b.shape, b.dtype)
        return alike and np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True)
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same_but_for_rounding(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same_but_for_rounding, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return bool(np.isclose(a, b, rtol=1e-9, equal_nan=True))
    return pack(a) == pack(b)


def test_rounding_is_told_from_other_differences():
    value = [np.array([[1.0, 2.0]]), {"W": 0.1}, (3, "relu")]
    rounded = [np.array([[1.0, 2.0 + 1e-12]]), {"W": 0.1 + 1e-17}, (3, "relu")]
    assert same_but_for_rounding(value, rounded)
    others = (
        [np.ones((1, 2)), *value[1:]],
        [value[0], {"b": 0.1}, value[2]],
        [*value[:2], (4, "relu")],
    )
    assert not any(same_but_for_rounding(value, other) for other in others)
    assert not same_but_for_rounding([np.ones((1, 2))], [np.ones((2, 1))])


@pytest.mark.parametrize("week", SYLLABUS.weeks, ids=lambda week: week.id)
def test_source_and_release_are_what_the_masters_make(week):
    assert stale(ROOT, week) == []


@pytest.mark.parametrize("notebook", SYLLABUS.notebook_ids)
def test_answer_sheets_are_what_the_specifications_make(notebook):
    shipped = read_sheet(sheet_path(ROOT, notebook))
    assert list(shipped) == list(load(notebook))
    for name, exercise in load(notebook).items():
        made = visible_question(exercise)
        assert shipped[name].hints == made.hints
        given = [[list(case.args.positional) for case in q.cases] for q in (shipped[name], made)]
        assert same_but_for_rounding(*given), name
        assert [c.kind for c in shipped[name].checks] == [c.kind for c in made.checks]


@pytest.mark.parametrize("week", SYLLABUS.weeks, ids=lambda week: week.id)
def test_nothing_released_leaks(week):
    assert scan(ROOT, week) == []


def told(sheet):
    """Give what a sheet asks and expects."""
    questions = {name: question.cases for name, question in sheet.items()}
    return {
        name: [[list(case.args.positional), case.expected.value] for case in cases]
        for name, cases in questions.items()
    }


def test_building_again_from_nothing_changes_nothing(tmp_path):
    week, course = SYLLABUS.weeks[0], tmp_path / "course"
    make_course(ROOT, course)
    for name in ("course", "source"):
        (course / name).unlink()
    shutil.copytree(ROOT / "course", course / "course")
    (course / "source").mkdir()
    build_week(course, week)
    for notebook in week.notebooks:
        for part in (f"source/{week.id}", f"release/{week.id}"):
            path = f"{part}/{notebook.id}.ipynb"
            assert without_timings(course / path) == without_timings(ROOT / path)
        sheet = sheet_path(ROOT, notebook.id).relative_to(ROOT)
        assert same_but_for_rounding(
            told(read_sheet(course / sheet)), told(read_sheet(ROOT / sheet))
        )


def without_timings(path):
    """Read a notebook, the outputs aside that nbval is told not to compare."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if "nbval-ignore-output" in cell.metadata.get("tags", []):
            cell.outputs = []
    return notebook


def test_nbval_notices_one_changed_digit(tmp_path):
    path = tmp_path / "w01_numpy_basics.ipynb"
    notebook = nbformat.read(ROOT / "source" / SYLLABUS.weeks[0].id / path.name, as_version=4)
    nbformat.write(notebook, path)
    assert nbval(path) == 0
    printed = [
        o
        for c in notebook.cells
        for o in c.get("outputs", [])
        if re.search(r"\d", o.get("text", ""))
    ]
    printed[0].text = re.sub(r"\d", lambda d: str((int(d[0]) + 1) % 10), printed[0].text, count=1)
    nbformat.write(notebook, path)
    assert nbval(path) == 1


def nbval(path):
    words = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", str(path)]
    return subprocess.run(words, capture_output=True, cwd=path.parent).returncode


@pytest.mark.parametrize("notebook", SYLLABUS.notebook_ids)
def test_every_figure_has_alternative_text(notebook):
    week, _ = SYLLABUS.find_notebook(notebook)
    solved = nbformat.read(ROOT / "source" / week.id / f"{notebook}.ipynb", as_version=4)
    described = [description(output) for cell in solved.cells for output in cell.get("outputs", [])]
    figures = [words for words in described if words is not None]
    assert figures
    assert all(len(words) > 20 for words in figures)


def description(output):
    """Give a picture's alternative text, "" if it has none; None for all that is no picture."""
    data = output.get("data", {})
    shown = re.match(r'<img src="data:image/[^"]*"(?: alt="([^"]*)")?', data.get("text/html", ""))
    if shown:
        return shown[1] or ""
    return output.metadata.get("image/png", {}).get("alt", "") if "image/png" in data else None
