"""Marking one submission in a process of its own, beside others."""

from __future__ import annotations

import hashlib
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

import helpers
from autograder.grading import grade_notebook, ungraded
from autograder.keys import Key
from autograder.reading import Unreadable, notebook_text, parse_notebook, read_bytes
from autograder.records import NotebookRecord, SubmissionRecord
from autograder.referee import Limits
from autograder.sandbox import Sandbox, SandboxSpec

ROOT = Path(__file__).parent
_DECIDING = (
    "bindings",
    "cleaning",
    "conditioning",
    "dependencies",
    "discretion",
    "grading",
    "keys",
    "questions",
    "reading",
    "referee",
    "sandbox",
    "sanitizing",
    "specification",
    "standing_in",
    "stubs",
)


# Ends the key of a result whose notebooks were not run as a whole.
_QUICK = "-quick"


@dataclass(frozen=True)
class Marker:
    """All that marking a week's submissions depends on, but the submissions.

    Attributes
    ----------
    week : str
    keys : dict of str to Key
        By notebook.
    seed : str
        The secret seed.
    sandbox : SandboxSpec
    limits : dict of str to Limits
        By notebook.
    quick : bool
        Whether cells that no graded function depends on are left out.
    """

    week: str
    keys: dict[str, Key] = field(repr=False)
    seed: str = field(repr=False)  # whatever writes a log, it has no place there
    sandbox: SandboxSpec
    limits: dict[str, Limits]
    quick: bool = False

    @cached_property
    def digest(self) -> str:
        """A digest of key, seed, specifications, data and the students' helpers.

        That a run is quick is not in it, since scores do not depend on it.
        """
        folders = [_folder_digest(path) for path in (self.sandbox.data, self.sandbox.edition)]
        text = f"{self.keys}{self.seed}{self.limits}{specification_digest()}{folders}"
        return hashlib.sha256(text.encode()).hexdigest()


class HandedIn(Protocol):
    """What a student handed in."""

    @property
    def student(self) -> str:
        """Who."""

    def read(self, name: str) -> bytes:
        """Read a file.

        Raises
        ------
        Unreadable
            If it is none that can be graded.
        """


@dataclass(frozen=True)
class Submission:
    """A folder that a student handed in."""

    student: str
    folder: Path

    def read(self, name: str) -> bytes:
        """Read a file of the folder."""
        return read_bytes(self.folder / name)


@dataclass(frozen=True)
class Parcel:
    """A copy of what a student handed in, to be marked where the folder is not.

    Attributes
    ----------
    student : str
    files : dict of str to bytes or Unreadable
        By name: what is in it, or why it cannot be graded.
    """

    student: str
    files: dict[str, bytes | Unreadable] = field(repr=False)

    def read(self, name: str) -> bytes:
        """Give the content of a file."""
        content = self.files[name]
        if isinstance(content, Unreadable):
            raise content
        return content


def parcel(submission: Submission, notebooks: Iterable[str]) -> Parcel:
    """Copy the notebooks of a submission."""
    files: dict[str, bytes | Unreadable] = {}
    for name in map(file_name, notebooks):
        try:
            files[name] = submission.read(name)
        except Unreadable as error:
            files[name] = error
    return Parcel(submission.student, files)


def file_name(notebook: str) -> str:
    """Name the file of a notebook."""
    return f"{notebook}.ipynb"


@dataclass(frozen=True)
class Marked:
    """A marked submission: its record, and its notebooks with outputs and verdicts, as text."""

    record: SubmissionRecord
    notebooks: dict[str, str]


@cache
def specification_digest() -> str:
    """Give a digest of the code that results depend on: exercises, references and grading."""
    helpers_folder = Path(helpers.__file__).parent
    folders = (ROOT / "exercises", ROOT / "inside", helpers_folder, helpers_folder / "checking")
    paths = [path for folder in folders for path in sorted(folder.glob("*.py"))]
    digest = hashlib.sha256()
    for path in [*paths, *(ROOT / f"{name}.py" for name in _DECIDING)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _folder_digest(folder: Path) -> str:
    """Give a digest of all files under a folder of the course."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_result_of(record: SubmissionRecord, submission: HandedIn, marker: Marker) -> bool:
    """Tell whether a record is what marking the submission would come to.

    A run of the whole notebook serves for a quick one too, but not the reverse: it lacks outputs.
    """
    key = content_key(submission, marker)
    return record.key == key or (marker.quick and record.key == key + _QUICK)


def content_key(submission: HandedIn, marker: Marker) -> str:
    """Give a digest of all that the submission's result depends on.

    Parameters
    ----------
    submission : HandedIn
    marker : Marker

    Returns
    -------
    str
    """
    digest = hashlib.sha256(marker.digest.encode())
    for notebook in sorted(marker.keys):
        digest.update(b"\0" + notebook.encode() + b"\0")
        digest.update(_content(submission, notebook))
    return digest.hexdigest()


def _content(submission: HandedIn, notebook: str) -> bytes:
    """Give a digest of a file, or why there is none."""
    try:
        return hashlib.sha256(submission.read(file_name(notebook))).digest()
    except Unreadable as error:
        return str(error).encode()


def mark(submission: HandedIn, marker: Marker, sandbox: Sandbox) -> Marked:
    """Mark a submission.

    Parameters
    ----------
    submission : HandedIn
    marker : Marker
    sandbox : Sandbox

    Returns
    -------
    Marked
    """
    started = time.monotonic()
    key = content_key(submission, marker)
    marked = {
        name: _mark_notebook(submission, notebook_key, marker, sandbox)
        for name, notebook_key in marker.keys.items()
    }
    records = tuple(record for record, _ in marked.values())
    record = SubmissionRecord(
        student=submission.student,
        week=marker.week,
        key=key + _QUICK if any(record.not_run for record in records) else key,
        notebooks=records,
        seconds=round(time.monotonic() - started, 3),
    )
    return Marked(record, {name: text for name, (_, text) in marked.items()})


def _mark_notebook(
    submission: HandedIn, key: Key, marker: Marker, sandbox: Sandbox
) -> tuple[NotebookRecord, str]:
    name = file_name(key.notebook)
    try:
        notebook = parse_notebook(submission.read(name), name)
    except Unreadable as error:
        record, notebook = ungraded(key, str(error))
        return record, notebook_text(notebook)
    limits = marker.limits[key.notebook]
    record = grade_notebook(notebook, key, sandbox, marker.seed, limits, marker.quick)
    return record, notebook_text(notebook)


class _Process:
    """What a marking process keeps between submissions."""

    marker: Marker
    sandbox: Sandbox | None = None


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the main process, which ends this one in good order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def start_process(marker: Marker) -> None:
    """Prepare a process of the pool; the pool gives up on all if this fails."""
    ignore_interrupts()
    _Process.marker = marker


def mark_in_process(submission: HandedIn) -> Marked:
    """Mark a submission in a process that `start_process` prepared."""
    if _Process.sandbox is None:
        _Process.sandbox = Sandbox(_Process.marker.sandbox)  # it lives as long as the process
    return mark(submission, _Process.marker, _Process.sandbox)
