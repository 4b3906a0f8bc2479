"""What grading a submission comes to, as data: kept as one small JSON file a submission."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict

GRADES = "grades"


class Record(BaseModel):
    """What all records share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FindingRecord(Record):
    """What one check found; texts are safe to show to the student."""

    title: str
    points: float
    earned: float
    message: str = ""
    hint: str = ""
    mistake: str = ""


class ExerciseRecord(Record):
    """What one exercise came to. For the states see `helpers.checking.judging.Verdict`."""

    function: str
    state: str
    points: float
    earned: float
    note: str = ""
    findings: tuple[FindingRecord, ...] = ()


class CellRecord(Record):
    """What one test cell came to. `by_hand` says why a person has to grade it, or is ""."""

    grade_id: str
    points: float
    earned: float
    seconds: float = 0
    problem: str = ""
    by_hand: str = ""
    exercises: tuple[ExerciseRecord, ...] = ()


class NotebookRecord(Record):
    """What one notebook came to.

    Attributes
    ----------
    problem : str
        Why it could not be read, or "".
    remarks : tuple of str
        What had to be mended before grading; for the instructor.
    blank : tuple of str
        The ids of the solution cells left as they were released.
    variant : int
        Which variant of the hidden cases it was put.
    not_run : tuple of int
        The places of the cells that a quick run left out, counted from 0.
    """

    notebook: str
    cells: tuple[CellRecord, ...] = ()
    problem: str = ""
    remarks: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    variant: int = 0
    not_run: tuple[int, ...] = ()
    seconds: float = 0


class SubmissionRecord(Record):
    """What one student's submission came to.

    Attributes
    ----------
    key : str
        A digest of all that the result depends on: the same key, the same result.
    """

    student: str
    week: str
    key: str
    notebooks: tuple[NotebookRecord, ...]
    seconds: float = 0

    @property
    def cells(self) -> list[CellRecord]:
        """All test cells."""
        return [cell for notebook in self.notebooks for cell in notebook.cells]

    @property
    def exercises(self) -> list[ExerciseRecord]:
        """All exercises."""
        return [exercise for cell in self.cells for exercise in cell.exercises]

    @property
    def earned(self) -> float:
        """Points earned by the tests."""
        return sum(cell.earned for cell in self.cells)

    @property
    def points(self) -> float:
        """Points that the tests give."""
        return sum(cell.points for cell in self.cells)

    @property
    def problems(self) -> list[str]:
        """What kept notebooks from being graded."""
        return [f"{n.notebook}: {n.problem}" for n in self.notebooks if n.problem]


def record_path(root: Path, week: str, student: str) -> Path:
    """Say where the record of a submission lies."""
    return root / GRADES / week / f"{student}.json"


def save_record(root: Path, record: SubmissionRecord) -> None:
    """Write a record in one step."""
    write_whole(record_path(root, record.week, record.student), record.model_dump_json(indent=1))


def load_record(root: Path, week: str, student: str) -> SubmissionRecord | None:
    """Read a record; None when there is none, or none that can be read."""
    path = record_path(root, week, student)
    try:
        return SubmissionRecord.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def load_records(root: Path, week: str) -> list[SubmissionRecord]:
    """Read all records of a week, by student."""
    paths = sorted((root / GRADES / week).glob("*.json"))
    records = [load_record(root, week, path.stem) for path in paths]
    return [record for record in records if record is not None]


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
