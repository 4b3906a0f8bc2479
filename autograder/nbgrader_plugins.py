"""Parts that put the sandbox into nbgrader's own commands and formgrader's button."""

from __future__ import annotations

import atexit
import contextlib
from functools import cache
from pathlib import Path
from typing import Any

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


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Reads submissions for nbgrader as for `dlcourse grade`, or refuses them."""

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
            _record(ungraded(_key(resources), str(error)), resources)
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

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Grade a notebook; the result goes on in the resources."""
        names = resources["nbgrader"]
        marker, sandbox = _grader(names["assignment"], names["db_url"])
        limits = marker.limits[names["notebook"]]
        record = grade_notebook(nb, _key(resources), sandbox, marker.seed, limits)
        for remark in record.remarks:
            self.log.warning(remark)
        resources["dlcourse"] = record
        return nb, resources


class RecordScores(NbGraderPreprocessor):  # type: ignore[misc]
    """Records the referee's scores in place of nbgrader's SaveAutoGrades."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Record what `GradeInSandbox` found."""
        _record(resources["dlcourse"], resources)
        return nb, resources


def _key(resources: ResourcesDict) -> Key:
    names = resources["nbgrader"]
    return _grader(names["assignment"], names["db_url"])[0].keys[names["notebook"]]


@cache
def _grader(assignment: str, db_url: str) -> tuple[Marker, Sandbox]:
    """Start the sandbox for an assignment, once a process."""
    root = course_root()
    week = load_syllabus(root).find_week(assignment)
    with Gradebook(db_url) as gradebook:
        keys = read_keys(gradebook, week)
    marker = _open.enter_context(marker_for(root, week, keys))
    return marker, _open.enter_context(Sandbox(marker.sandbox))


def _record(record: NotebookRecord, resources: ResourcesDict) -> None:
    names = resources["nbgrader"]
    with Gradebook(names["db_url"]) as gradebook:
        record_notebook(gradebook, record, names["assignment"], names["student"])
    _keep(record, names["assignment"], names["student"])


def _keep(record: NotebookRecord, week: str, student: str) -> None:
    """Keep the record beside those of the notebooks graded before it.

    The key is left empty: `dlcourse grade`, which knows more, grades the submission again.
    """
    root: Path = course_root()
    known = load_record(root, week, student)
    others = [n for n in known.notebooks if n.notebook != record.notebook] if known else []
    notebooks = tuple(sorted([*others, record], key=lambda n: n.notebook))
    save_record(root, SubmissionRecord(student=student, week=week, key="", notebooks=notebooks))
