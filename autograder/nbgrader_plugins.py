"""Parts that put the sandbox into nbgrader's own commands and formgrader's button."""

from __future__ import annotations

import atexit
import contextlib
from functools import cache
from glob import glob
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.classroom import marker_for, moment, time_stamp
from autograder.grading import grade_notebook, ungraded
from autograder.keys import Key, read_keys
from autograder.marking import Marker
from autograder.reading import Unreadable, read_notebook
from autograder.recording import record_notebook
from autograder.records import (
    NotebookRecord,
    SubmissionRecord,
    load_record,
    save_record,
    write_whole,
)
from autograder.sandbox import Sandbox
from autograder.syllabus import course_root, load_syllabus

# Why notebooks could not be read, until they are graded: nbgrader reads each one twice.
_unread: dict[tuple[str, str], str] = {}
_open = contextlib.ExitStack()
atexit.register(_open.close)


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Reads submissions for nbgrader as for `dlcourse grade`."""

    def __init__(self, parent: Any = None, **more: Any) -> None:
        super().__init__(parent=parent, **more)
        if parent is not None:
            _keep_from_opening(parent)
            _record_missing(parent)

    def from_filename(
        self, filename: str, resources: ResourcesDict | None = None, **more: Any
    ) -> tuple[str, ResourcesDict]:
        """Read and convert a notebook that anybody may have made.

        One that cannot be read earns nothing, also where an earlier one had points, and a
        notebook that says why stands in for it.
        """
        path, resources = Path(filename), resources or ResourcesDict()
        self._keep_time_stamp(path.parent, resources)
        try:
            notebook = read_notebook(path)
        except Unreadable as error:
            self.log.error("%s: %s", resources["nbgrader"]["student"], error)
            _unread[_name(resources)] = str(error)
            notebook = new_notebook()
        resources["metadata"] = ResourcesDict(name=path.stem, path=str(path.parent))
        converted: tuple[str, ResourcesDict] = self.from_notebook_node(
            notebook, resources=resources, **more
        )
        return converted

    def _keep_time_stamp(self, folder: Path, resources: ResourcesDict) -> None:
        """Write the time stamp beside the graded notebook: nbgrader tells by it what is newer."""
        names, stamp = resources["nbgrader"], time_stamp(folder)
        graded = Path(self.parent._format_dest(names["assignment"], names["student"]))
        if stamp and graded.resolve() != folder.resolve():
            write_whole(graded / "timestamp.txt", stamp)


def _keep_from_opening(converter: Any) -> None:
    """Keep nbgrader from what lies beside the notebooks, which it copies and opens unseen.

    A link there may lead to the instructor's files or to no end of bytes, a pipe is waited for,
    a page with a script would come back among the feedback. Nothing there is needed.
    """
    course = converter.coursedir
    course.ignore = ["*"]
    course.get_existing_timestamp = lambda folder: moment(time_stamp(Path(folder)))
    for folder in [name for name in converter.assignments if "\n" in name]:
        converter.log.error("%r is not graded: rename the folder.", folder)
        del converter.assignments[folder]


def _record_missing(converter: Any) -> None:
    """Record notebooks that were not handed in: nbgrader passes over folders without any."""
    course = converter.coursedir
    pattern = converter._format_source(course.assignment_id, course.student_id)
    for name in glob(pattern):  # noqa: PTH207 (as nbgrader looks for them)
        folder = Path(name)
        names = {"assignment": folder.name, "student": folder.parent.name, "db_url": course.db_url}
        for notebook in _grader(folder.name, course.db_url)[0].keys:
            path = folder / f"{notebook}.ipynb"
            if path.is_symlink() or path.exists():
                continue
            resources = ResourcesDict(nbgrader={**names, "notebook": notebook})
            record, page = ungraded(_key(resources), f"{path.name} was not submitted.")
            _record(record, resources)
            if name not in converter.assignments:
                graded = Path(converter._format_dest(folder.name, folder.parent.name))
                write_whole(graded / path.name, nbformat.writes(page) + "\n")


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a submission in the sandbox in place of nbgrader's Execute."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Grade a notebook; the result goes on in the resources."""
        names = resources["nbgrader"]
        problem = _unread.pop(_name(resources), "")
        if problem:
            resources["dlcourse"], nb = ungraded(_key(resources), problem)
            return nb, resources
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


def _name(resources: ResourcesDict) -> tuple[str, str]:
    names = resources["nbgrader"]
    return names["student"], names["notebook"]


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
        gradebook.update_or_create_student(names["student"])
        gradebook.update_or_create_submission(names["assignment"], names["student"])
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
