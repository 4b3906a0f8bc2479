"""A course by somebody who has never heard of us, through nbgrader's own commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder.plain_course import grade_safely
from autograder.records import load_records
from tests.conftest import ROOT

COURSE = ROOT / "tests" / "plain_course"
NOTEBOOKS = {"a1": "functions", "a2": "classes"}
FULL = {
    "a1": {
        **{"test-mean": 2, "test-standardize": 4, "test-rotate": 1, "test-dice": 1, "capture": 0},
        **{"test-variables": 3, "test-greet": 1, "test-capture": 1, "test-source": 1},
    },
    "a2": {
        **{"test-class": 3, "test-error": 2, "test-generator": 2, "test-operators": 2},
        "test-closure": 2,
    },
}
BY_HAND = {"a1": {"test-globals", "why", "style"}, "a2": set()}

WRONG = {
    "mean": "def mean(values):\n    return sum(values) / max(len(values), 1)",
    "standardize": "def standardize(X):\n    X -= X.mean(axis=0)\n    return X",
    "shuffle": "def rotate(items):\n    items = items[1:] + items[:1]\n\ndef dice(n):\n    return np.random.default_rng().integers(1, 7, n)",
    "variables": "rate = '0.01'\nweekend = {'saturday', 'sunday'}\nidentity = np.eye(3)",
    "greet": "def greet(name):\n    return f'Hello, {name}!'",
    "why": "Because.",
    "style": "greeting = 'hello'",
    "savings": "class TooPoor(Exception):\n    pass\n\nclass Savings(Account):\n    rate = 0.02\n    def __add__(self, other):\n        return self\n",
    "closure": "count = 0\ndef make_counter():\n    def counted():\n        global count\n        count += 1\n        return count\n    return counted\n\ndef twice(function):\n    return function",
}
EARNED_WRONG = {"a1": {"test-standardize": 2}, "a2": {"test-class": 3}}

LIAR = "class Liar:\n    __class__ = property(lambda self: float)\n    def __eq__(self, other): return True\n    __hash__ = None\n    __lt__ = __le__ = __eq__\n    def __sub__(self, other): return 0.0\n    __getattr__ = lambda self, name: Liar()\n"
HOSTILE = {
    "mean": LIAR + "def mean(values):\n    return Liar()",
    "standardize": "np.allclose = np.array_equal = np.testing.assert_array_equal = lambda *a, **k: True\nsame = nearly = lambda *a: True\nimport inspect\ninspect.getsource = lambda f: ''\ndef standardize(X):\n    for x in X: pass\n    return 'no'",
    "shuffle": "class Text(str):\n    __eq__ = lambda self, other: True\n    __hash__ = str.__hash__\ndef rotate(items):\n    items[:] = [Text('x')] * 3\n\ndef dice(n):\n    import os\n    os._exit(0)",
    "variables": LIAR + "rate = Liar()\nweekend = Liar()\nidentity = Liar()",
    "greet": "def greet(name):\n    import sys\n    f = sys._getframe()\n    while f:\n        if 'out' in f.f_locals and hasattr(f.f_locals['out'], 'getvalue'):\n            f.f_locals['out'].write('Hello, Ada!\\n')\n        f = f.f_back",
    "savings": "import builtins\nbuiltins.isinstance = builtins.issubclass = lambda *a: True\nclass Savings:\n    def __getattr__(self, name):\n        return Savings()\n    def __call__(self, *a, **k):\n        return Savings()\n    def __init__(self, *a, **k): pass\n    def __eq__(self, other): return True\n    def __iter__(self): return iter([])\nclass TooPoor: pass",
    "closure": "import os\ndef make_counter():\n    os.abort()\n\ntwice = None",
}


def run(course: Path, *words: str) -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    env.pop("DLCOURSE_ROOT", None)
    return subprocess.run(words, cwd=course, env=env, capture_output=True, text=True, timeout=500)


def hand_in(course: Path, student: str, answers: dict[str, str] | None) -> None:
    """Hand in answers in the released notebooks; None takes the instructor's own."""
    for assignment, name in NOTEBOOKS.items():
        notebook = nbformat.read(course / "release" / assignment / f"{name}.ipynb", as_version=4)
        source = nbformat.read(course / "source" / assignment / f"{name}.ipynb", as_version=4)
        solved = {c.metadata.get("nbgrader", {}).get("grade_id"): c.source for c in source.cells}
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if answers is None and cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = solved[grade_id] + "\n\n# mine" * (cell.cell_type == "code")
            elif answers and grade_id in answers:
                cell.source = answers[grade_id]
        if answers is None:
            notebook.cells[-1].source += "\n\nBecause it is not defined."
        folder = course / "submitted" / student / assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = tmp_path_factory.mktemp("plain") / "course"
    shutil.copytree(COURSE, course)
    for assignment in NOTEBOOKS:
        done = run(course, "nbgrader", "generate_assignment", assignment)
        assert done.returncode == 0, done.stderr[-3000:]
    released = (course / "release" / "a1" / "functions.ipynb").read_text()
    assert "HIDDEN" not in released and "axis=0)) / X.std" not in released
    hand_in(course, "right", None)
    hand_in(course, "wrong", WRONG)
    hand_in(course, "blank", {})
    hand_in(course, "hostile", HOSTILE)
    (course / "submitted" / "hostile" / "a1" / "checks.py").write_text("nearly = lambda a, b: True")
    done = {a: run(course, "nbgrader", "autograde", a) for a in NOTEBOOKS}
    for assignment in NOTEBOOKS:
        assert done[assignment].returncode == 0, done[assignment].stderr[-3000:]
        assert run(course, "nbgrader", "generate_feedback", assignment).returncode == 0
    return course, done


def grades(course: Path, assignment: str, student: str):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        (notebook,) = gradebook.find_submission(assignment, student).notebooks
        return {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}


@pytest.mark.parametrize("assignment", NOTEBOOKS)
def test_a_right_submission_earns_all_that_tests_can_give(graded, assignment):
    found = grades(graded[0], assignment, "right")
    expected = {name: (points, False) for name, points in FULL[assignment].items()}
    waiting = dict.fromkeys(BY_HAND[assignment], (None, True))
    assert found == {**expected, **waiting}


@pytest.mark.parametrize("assignment", NOTEBOOKS)
def test_a_wrong_submission_earns_what_is_right_in_it(graded, assignment):
    found = grades(graded[0], assignment, "wrong")
    expected = {n: (EARNED_WRONG[assignment].get(n, 0), False) for n in FULL[assignment]}
    waiting = dict.fromkeys(BY_HAND[assignment], (None, True))
    assert found == {**expected, **waiting}


@pytest.mark.parametrize("assignment", NOTEBOOKS)
def test_a_blank_submission_earns_nothing(graded, assignment):
    found = grades(graded[0], assignment, "blank")
    assert not any(score for score, _ in found.values())
    assert {name for name, (_, waits) in found.items() if waits} <= {"test-globals"}


@pytest.mark.parametrize("assignment", NOTEBOOKS)
def test_a_hostile_submission_earns_nothing(graded, assignment):
    found = grades(graded[0], assignment, "hostile")
    assert {name: score for name, (score, _) in found.items() if score} == {}


def test_what_waits_for_a_person_is_reported(graded):
    course, done = graded
    assert "“test-globals” needs you: it looks at the table of all names" in done["a1"].stderr
    (record,) = [r for r in load_records(course, "a1") if r.student == "right"]
    assert [c.grade_id for c in record.cells if c.by_hand] == ["test-globals"]
    page = (course / "autograded" / "right" / "a1" / "functions.ipynb").read_text()
    assert "To be graded by hand" in page


def test_feedback_says_what_failed_and_no_hidden_test(graded):
    course, _ = graded
    page = (course / "feedback" / "wrong" / "a1" / "functions.html").read_text()
    assert "AssertionError" in page
    assert "A hidden test did not pass (AssertionError)." in page
    assert "ten times a tenth" not in page


def test_two_lines_are_all_that_is_added(graded):
    lines = [line for line in (COURSE / "nbgrader_config.py").read_text().splitlines() if line]
    assert lines[-2:] == ["from autograder.plain_course import grade_safely", "grade_safely(c)"]
    config = Config()
    grade_safely(config)
    assert "Execute" not in str(config.Autograde.autograde_preprocessors)
