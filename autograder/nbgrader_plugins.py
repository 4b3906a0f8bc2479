"""Parts that put the sandbox into nbgrader's own commands and formgrader's button."""

from __future__ import annotations

import atexit
import contextlib
from contextlib import AbstractContextManager
from functools import cache
from glob import glob
from pathlib import Path
from typing import Any, TypeVar

from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.classroom import marker_for
from autograder.grading import grade_notebook, ungraded
from autograder.keys import Key, read_keys
from autograder.marking import Marker
from autograder.reading import Unreadable, notebook_text, read_notebook
from autograder.recording import moment, record_submission, time_stamp
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
_T = TypeVar("_T")


def keep_open(resource: AbstractContextManager[_T]) -> _T:
    """Enter a context that is left when the process ends."""
    return _open.enter_context(resource)


class OurCourse:
    """Our course: what its submissions are graded with."""

    def keys(self, resources: ResourcesDict) -> dict[str, Key]:
        """Give the keys of an assignment's notebooks."""
        return _names_grader(resources)[0].keys

    def key(self, resources: ResourcesDict) -> Key:
        """Give the key of a notebook."""
        return self.keys(resources)[resources["nbgrader"]["notebook"]]

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
        student, week = names["student"], names["assignment"]
        with Gradebook(names["db_url"]) as gradebook:
            record_submission(gradebook, _submission(student, week, [record]))
        _keep(self.root(), record, week, student)


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Reads submissions for nbgrader as for `dlcourse grade`."""

    course = OurCourse()

    def __init__(self, parent: Any = None, **more: Any) -> None:
        super().__init__(parent=parent, **more)
        if parent is not None:
            _keep_from_opening(parent)
            _record_missing(parent, self.course)

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


def _record_missing(converter: Any, ours: OurCourse) -> None:
    """Record notebooks that were not handed in: nbgrader passes over folders without any."""
    course = converter.coursedir
    pattern = converter._format_source(course.assignment_id, course.student_id)
    for name in glob(pattern):  # noqa: PTH207 (as nbgrader looks for them)
        folder = Path(name)
        names = {"assignment": folder.name, "student": folder.parent.name, "db_url": course.db_url}
        for notebook, key in ours.keys(ResourcesDict(nbgrader=names)).items():
            path = folder / f"{notebook}.ipynb"
            if path.is_symlink() or path.exists():
                continue
            record, page = ungraded(key, f"{path.name} was not submitted.")
            ours.record(record, ResourcesDict(nbgrader={**names, "notebook": notebook}))
            if name not in converter.assignments:
                graded = Path(converter._format_dest(folder.name, folder.parent.name))
                write_whole(graded / path.name, notebook_text(page))


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a submission in the sandbox in place of nbgrader's Execute."""

    course = OurCourse()

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Grade a notebook; the result goes on in the resources."""
        problem = _unread.pop(_name(resources), "")
        if problem:
            resources["dlcourse"], nb = ungraded(self.course.key(resources), problem)
            return nb, resources
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


def _name(resources: ResourcesDict) -> tuple[str, str]:
    names = resources["nbgrader"]
    return names["student"], names["notebook"]


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
    """Keep the record beside those of the notebooks graded before it."""
    known = load_record(root, week, student)
    others = [n for n in known.notebooks if n.notebook != record.notebook] if known else []
    notebooks = sorted([*others, record], key=lambda n: n.notebook)
    save_record(root, _submission(student, week, notebooks))


def _submission(student: str, week: str, notebooks: list[NotebookRecord]) -> SubmissionRecord:
    """Make a record with an empty key: `dlcourse grade`, which knows more, grades it again."""
    return SubmissionRecord(student=student, week=week, key="", notebooks=tuple(notebooks))
