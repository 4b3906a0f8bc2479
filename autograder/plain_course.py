"""Grading any nbgrader course: two lines in its `nbgrader_config.py`.

::

    from autograder.plain_course import grade_safely
    grade_safely(get_config())

From then on `nbgrader autograde`, and formgrader's button, run what students hand in in a
sandbox, and the test cells in another one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets.config import Config

import helpers
from autograder.grading import grade_notebook
from autograder.instructor_cells import LOCKED, OPEN, SOLUTION, TEST, InstructorCell
from autograder.keys import Key, KeyCell, read_all_keys
from autograder.nbgrader_plugins import (
    GradeInSandbox,
    OurCourse,
    RecordScores,
    SubmissionExporter,
    keep_open,
)
from autograder.plain_tests import PlainTests
from autograder.reading import Unreadable, read_bytes
from autograder.records import NotebookRecord
from autograder.referee import CellGrade, Limits, StudentNotebook
from autograder.sandbox import Sandbox, SandboxSpec, require_bubblewrap
from autograder.temporary import temporary_folder

_MODULE = "autograder.plain_course"
_NOT_BESIDE = ("*.ipynb", ".ipynb_checkpoints", "__pycache__", ".*")
_MOST_FILES, _MOST_BYTES = 100, 8 << 20
_FIRST_TESTER = 62_000


def grade_safely(config: Config, cell_seconds: float = 60, test_seconds: float = 30) -> None:
    """Have a course's submissions graded in the sandbox.

    Parameters
    ----------
    config : Config
        The course's nbgrader configuration: what `get_config()` gives.
    cell_seconds, test_seconds : float
        How long an ordinary cell may take, and the student's code in one test cell.
    """
    config.Autograde.exporter_class = f"{_MODULE}.PlainExporter"
    config.Autograde.sanitize_preprocessors = []
    config.Autograde.autograde_preprocessors = [
        f"{_MODULE}.GradePlainNotebook",
        "nbgrader.preprocessors.IgnorePattern",
        "nbgrader.preprocessors.LimitOutput",
        f"{_MODULE}.RecordPlainScores",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "autograder.feedback.ShowVerdicts",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    config.HTMLExporter.sanitize_html = True
    config.HTMLExporter.filters = {"clean_html": "autograder.sanitizing.clean_html"}
    PlainCourse.limits = Limits(cell=cell_seconds, test=test_seconds)


@dataclass(frozen=True)
class _Assignment:
    """What the submissions of an assignment are graded with."""

    keys: dict[str, Key]
    cells: dict[str, list[InstructorCell]]
    student: Sandbox
    tester: Sandbox
    given: frozenset[str]


class PlainCourse(OurCourse):
    """A course that knows nothing of ours. nbgrader works in its folder."""

    limits = Limits(cell=60, test=30)

    def keys(self, resources: ResourcesDict) -> dict[str, Key]:
        """Give the keys of an assignment's notebooks."""
        return _assignment_of(resources).keys

    def grade(self, notebook: NotebookNode, resources: ResourcesDict) -> NotebookRecord:
        """Grade a notebook, in place."""
        assignment, key = _assignment_of(resources), self.key(resources)
        files, left_out = _other_files(Path(resources["metadata"]["path"]), assignment.given)

        def judge(student: StudentNotebook) -> Callable[[KeyCell], CellGrade]:
            student.add_files(files)
            return PlainTests(student, assignment.tester, assignment.cells[key.notebook]).grade

        record = grade_notebook(notebook, key, assignment.student, "", self.limits, judge=judge)
        remarks = [
            f"“{name}”, handed in too, was not there: too large or a link." for name in left_out
        ]
        return record.model_copy(update={"remarks": (*record.remarks, *remarks)})

    def root(self) -> Path:
        """Give the course's folder."""
        return Path.cwd()


class PlainExporter(SubmissionExporter):
    """Reads submissions of a plain course."""

    course = PlainCourse()


class GradePlainNotebook(GradeInSandbox):
    """Grades submissions of a plain course."""

    course = PlainCourse()


class RecordPlainScores(RecordScores):
    """Records scores of a plain course."""

    course = PlainCourse()


def _assignment_of(resources: ResourcesDict) -> _Assignment:
    names = resources["nbgrader"]
    return _prepared(Path.cwd(), names["assignment"], names["db_url"])


@cache
def _prepared(root: Path, name: str, db_url: str) -> _Assignment:
    """Read an assignment and start its two sandboxes, once a process."""
    require_bubblewrap()
    with Gradebook(db_url) as gradebook:
        keys = read_all_keys(gradebook, name)
    source, release = root / "source" / name, root / "release" / name
    cells = {notebook: _instructor_cells(source, key) for notebook, key in keys.items()}
    folder = keep_open(temporary_folder("dlcourse-plain-"))
    folder.chmod(0o755)
    edition, data = _edition(folder / "edition"), folder / "data"
    data.mkdir()
    theirs = _beside(release if release.is_dir() else source, folder / "students")
    ours = _beside(source, folder / "tests")
    student = SandboxSpec(edition, data, beside=theirs)
    tester = SandboxSpec(edition, data, beside=ours, first_user=_FIRST_TESTER)
    given = frozenset(str(p.relative_to(ours)) for p in ours.rglob("*"))
    return _Assignment(keys, cells, keep_open(Sandbox(student)), keep_open(Sandbox(tester)), given)


def _instructor_cells(source: Path, key: Key) -> list[InstructorCell]:
    """Read the instructor's notebook; what the gradebook knows of a cell counts."""
    known = {cell.grade_id: cell for cell in key.cells if cell.cell_type == "code"}
    fixed = {i: c.source for i, c in known.items() if c.is_test or c.locked}
    path, found = source / f"{key.notebook}.ipynb", []
    if path.is_file():
        notebook = nbformat.read(path, as_version=4)
        codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
        found = [_instructor_cell(cell, fixed) for cell in codes]
    if {cell.grade_id for cell in found} >= {cell.grade_id for cell in key.tests}:
        return found
    kinds = {c: TEST if c.is_test else LOCKED if c.locked else SOLUTION for c in known.values()}
    return [InstructorCell(kind, cell.grade_id, cell.source) for cell, kind in kinds.items()]


def _instructor_cell(cell: NotebookNode, fixed: dict[str, str]) -> InstructorCell:
    grade_id = str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
    kind = LOCKED if is_locked(cell) else OPEN
    if is_solution(cell):
        kind = SOLUTION
    elif is_grade(cell):
        kind = TEST
    return InstructorCell(kind, grade_id, fixed.get(grade_id, cell.source))


def _edition(folder: Path) -> Path:
    """Give the sandbox those of our helpers that it needs itself, and no other."""
    ours = Path(helpers.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ours / "checking", folder / "helpers" / "checking", ignore=ignored)
    for name in ("__init__.py", "plotting.py"):
        shutil.copy(ours / name, folder / "helpers")
    return folder


def _beside(folder: Path, copy: Path) -> Path:
    """Copy what stands beside the notebooks, and no notebook."""
    copy.mkdir()
    if folder.is_dir():
        ignored = shutil.ignore_patterns(*_NOT_BESIDE)
        shutil.copytree(folder, copy, ignore=ignored, dirs_exist_ok=True)
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)  # the sandbox is another user's
    return copy


def _other_files(folder: Path, given: Collection[str]) -> tuple[dict[str, bytes], list[str]]:
    """Read what a student handed in beside the notebook, as far as it is small.

    Returns
    -------
    dict
        The files' contents, by name.
    list
        The names of those that are left out.
    """
    files: dict[str, bytes] = {}
    left_out = []
    for path in sorted(p for p in folder.rglob("*") if not p.is_dir() and p.suffix != ".ipynb"):
        name = str(path.relative_to(folder))
        if name in given:
            continue
        left = _MOST_BYTES - sum(map(len, files.values()))
        try:
            files[name] = read_bytes(path, left if len(files) < _MOST_FILES else 0)
        except Unreadable:
            left_out.append(name)
    return files, left_out
