"""A class of a course so small that grading it takes seconds: for trying what goes wrong."""

import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from autograder.classroom import database_url
from autograder.keys import KeyCell
from tests import tiny_course

WEEK = NOTEBOOK = "w01_tiny"
BLANK = "def double(x):\n    y = None\n    return y"
# What a student may write, and what the test and the hand-written answer below give for it.
ANSWERS = {
    "def double(x):\n    return 2 * x": 3.0,
    "def double(x):\n    return x + 2": 1.0,
    "def double(x):\n    return 7 * x": 0.0,
    "import os\n\ndef double(x):\n    os._exit(0)": 0.0,
    "def double(x)": 0.0,
}
# The first line takes 16 MiB where it runs, which is not in the sandbox.
TEST = """\
assert len(bytes(16 << 20)) == 16 << 20
assert double(2.0) == 4.0
1.0 + 2.0 * (double(5.0) == 10.0)"""


def _cell(grade_id: str, source: str, **flags) -> KeyCell:
    ordinary = {"cell_type": "code", "checksum": "", "locked": False, "points": None}
    kinds = {"grade": False, "solution": False, "task": False}
    return KeyCell(grade_id, source=source, **{**ordinary, **kinds, **flags})


CELLS = (
    _cell("double", BLANK, solution=True),
    _cell("test-double", TEST, grade=True, points=3.0, locked=True),
    _cell("why", "", grade=True, solution=True, points=2.0, cell_type="markdown"),
)


def make_course(root: Path, db_url: str = "") -> Path:
    """Make a course whose first week stands in its gradebook, SQLite's if no other is named."""
    tiny_course.make_course(root)
    if db_url:
        with (root / "nbgrader_config.py").open("a") as config:
            config.write(f"\nc.CourseDirectory.db_url = {db_url!r}\n")
    shutil.rmtree(root / "course" / "helpers")  # the sandbox needs the real ones
    shutil.copytree(tiny_course.CHECKOUT / "course" / "helpers", root / "course" / "helpers")
    with Gradebook(database_url(root)) as gradebook:
        gradebook.add_assignment(WEEK)
        gradebook.add_notebook(NOTEBOOK, WEEK)
        for cell in CELLS:
            _enter(gradebook, cell)
    return root


def _enter(gradebook: Gradebook, cell: KeyCell) -> None:
    place = (cell.grade_id, NOTEBOOK, WEEK)
    text = {"source": cell.source, "checksum": cell.checksum, "locked": cell.locked}
    gradebook.add_source_cell(*place, cell_type=cell.cell_type, **text)
    if cell.grade:
        gradebook.add_grade_cell(*place, max_score=cell.points, cell_type=cell.cell_type)
    if cell.solution:
        gradebook.add_solution_cell(*place)


def hand_in(root: Path, student: str, answer: str, why: str = "Twice as much.") -> None:
    """Hand a notebook in, in place of the one before."""
    sources = {"double": answer, "test-double": TEST, "why": why}
    new = {"code": new_code_cell, "markdown": new_markdown_cell}
    cells = [
        new[cell.cell_type](
            sources[cell.grade_id], id=cell.grade_id, metadata={"nbgrader": cell.metadata()}
        )
        for cell in CELLS
    ]
    folder = root / "submitted" / student / WEEK
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells), folder / f"{NOTEBOOK}.ipynb")
    (folder / "timestamp.txt").write_text("2026-09-13 21:40:00 UTC")


def hand_in_class(root: Path, size: int) -> dict[str, float]:
    """Hand a class in; give what the test of each is worth."""
    answers = list(ANSWERS)
    chosen = {f"student{n:02}": answers[n % len(answers)] for n in range(size)}
    for student, answer in chosen.items():
        hand_in(root, student, answer)
    return {student: ANSWERS[answer] for student, answer in chosen.items()}
