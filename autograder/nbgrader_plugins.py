"""Parts that put the sandbox into nbgrader's own commands and formgrader's button."""

from __future__ import annotations

import atexit
import contextlib
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.classroom import marker_for
from autograder.grading import grade_notebook, ungraded
from autograder.keys import Key, read_keys
from autograder.marking import Marker
from autograder.reading import Unreadable, read_notebook
from autograder.recording import record_notebook
from autograder.records import NotebookRecord, SubmissionRecord, load_record, save_record
from autograder.sandbox import Sandbox
from autograder.syllabus import course_root, load_syllabus

_open = contextlib.ExitStack()
atexit.register(_open.close)
_T = TypeVar("_T")


def keep_open(resource: AbstractContextManager[_T]) -> _T:
    """Enter a context that is left when the process ends."""
    return _open.enter_context(resource)


class OurCourse:
    """Our course: what its submissions are graded with."""

    def key(self, resources: ResourcesDict) -> Key:
        """Give the key of a notebook."""
        return _names_grader(resources)[0].keys[resources["nbgrader"]["notebook"]]

    def grade(self, notebook: NotebookNode, resources: ResourcesDict) -> NotebookRecord:
        """Grade a notebook, in place."""
        marker, sandbox = _names_grader(resources)
        limits = marker.limits[resources["nbgrader"]["notebook"]]
        return grade_notebook(notebook, self.key(resources), sandbox, marker.seed, limits)

    def root(self) -> Path:
        """Give the course's folder."""
        return course_root()

    def record(self, record: NotebookRecord, resources: ResourcesDict) -> None:
        """Record a result in the gradebook, and keep it as a file."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            record_notebook(gradebook, record, names["assignment"], names["student"])
        _keep(self.root(), record, names["assignment"], names["student"])


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Reads submissions for nbgrader as for `dlcourse grade`, or refuses them."""

    course = OurCourse()

    def from_filename(
        self, filename: str, resources: ResourcesDict | None = None, **more: Any
    ) -> tuple[str, ResourcesDict]:
        """Read and convert a notebook that anybody may have made.

        A refused notebook earns nothing, also where an earlier one had points. The error ends
        the submission, and with it nbgrader's copies of what its links led to.
        """
        path, resources = Path(filename), resources or ResourcesDict()
        try:
            _refuse_links(path.parent)
            notebook = read_notebook(path)
        except Unreadable as error:
            self.course.record(ungraded(self.course.key(resources), str(error)), resources)
            raise
        resources["metadata"] = ResourcesDict(name=path.stem, path=str(path.parent))
        converted: tuple[str, ResourcesDict] = self.from_notebook_node(
            notebook, resources=resources, **more
        )
        return converted


def _refuse_links(folder: Path) -> None:
    """Refuse a folder with links in it: nbgrader follows them into the feedback."""
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise Unreadable(f"{path.name} is a link: submissions may hold ordinary files only.")


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a submission in the sandbox in place of nbgrader's Execute."""

    course = OurCourse()

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Grade a notebook; the result goes on in the resources."""
        record = self.course.grade(nb, resources)
        for remark in record.remarks:
            self.log.warning(remark)
        resources["dlcourse"] = record
        return nb, resources


class RecordScores(NbGraderPreprocessor):  # type: ignore[misc]
    """Records the referee's scores in place of nbgrader's SaveAutoGrades."""

    course = OurCourse()

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Record what `GradeInSandbox` found."""
        self.course.record(resources["dlcourse"], resources)
        return nb, resources


def _names_grader(resources: ResourcesDict) -> tuple[Marker, Sandbox]:
    names = resources["nbgrader"]
    return _grader(names["assignment"], names["db_url"])


@cache
def _grader(assignment: str, db_url: str) -> tuple[Marker, Sandbox]:
    """Start the sandbox for an assignment, once a process."""
    root = course_root()
    week = load_syllabus(root).find_week(assignment)
    with Gradebook(db_url) as gradebook:
        keys = read_keys(gradebook, week)
    marker = keep_open(marker_for(root, week, keys))
    return marker, keep_open(Sandbox(marker.sandbox))


def _keep(root: Path, record: NotebookRecord, week: str, student: str) -> None:
    """Keep the record beside those of the notebooks graded before it.

    The key is left empty: `dlcourse grade`, which knows more, grades the submission again.
    """
    known = load_record(root, week, student)
    others = [n for n in known.notebooks if n.notebook != record.notebook] if known else []
    notebooks = tuple(sorted([*others, record], key=lambda n: n.notebook))
    save_record(root, SubmissionRecord(student=student, week=week, key="", notebooks=notebooks))
