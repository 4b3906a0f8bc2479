"""The key of a notebook: its graded cells as the gradebook knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from autograder.syllabus import Week

_HIDDEN_BEGIN, _HIDDEN_END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


class NotReleased(Exception):
    """The gradebook does not know the assignment."""


@dataclass(frozen=True)
class KeyCell:
    """A cell that nbgrader looks after.

    Attributes
    ----------
    grade_id : str
    source : str
        Its text in the release, hidden tests included.
    points : float or None
        None for a cell that is not graded by itself.
    grade, solution, task, locked : bool
        nbgrader's flags. A test cell is `grade` and not `solution`; a written answer is both.
    """

    grade_id: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    points: float | None
    grade: bool
    solution: bool
    task: bool

    @property
    def is_test(self) -> bool:
        """Whether the cell is run to grade."""
        return self.grade and not self.solution and self.cell_type == "code"

    def metadata(self) -> dict[str, Any]:
        """Give the nbgrader metadata of the cell."""
        points = {} if self.points is None else {"points": self.points}
        return {
            "grade_id": self.grade_id,
            "grade": self.grade,
            "solution": self.solution,
            "task": self.task,
            "locked": self.locked,
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "schema_version": 3,
            **points,
        }


@dataclass(frozen=True)
class Key:
    """The graded cells of a notebook, in order."""

    notebook: str
    cells: tuple[KeyCell, ...]

    @property
    def tests(self) -> list[KeyCell]:
        """The cells that are run to grade."""
        return [cell for cell in self.cells if cell.is_test]


def without_hidden_tests(source: str) -> str:
    r"""Take the hidden tests out of a test cell.

    Examples
    --------
    >>> without_hidden_tests("check(f)\n### BEGIN HIDDEN TESTS\ngrade(f)\n### END HIDDEN TESTS")
    'check(f)'
    """
    kept, hidden = [], False
    for line in source.split("\n"):
        hidden = hidden or _HIDDEN_BEGIN in line
        if not hidden:
            kept.append(line)
        hidden = hidden and _HIDDEN_END not in line
    return "\n".join(kept).rstrip()


def read_keys(gradebook: Gradebook, week: Week) -> dict[str, Key]:
    """Read the keys of a week's notebooks, in the syllabus's order.

    Raises
    ------
    NotReleased
        If the week has not been built into this gradebook.
    """
    try:
        known = {
            notebook.name: notebook for notebook in gradebook.find_assignment(week.id).notebooks
        }
        return {notebook.id: _key(known[notebook.id]) for notebook in week.notebooks}
    except (MissingEntry, KeyError):
        raise NotReleased(
            f"The gradebook does not know {week.id} as it is now. Build it first:  dlcourse build"
        ) from None


def read_all_keys(gradebook: Gradebook, assignment: str) -> dict[str, Key]:
    """Read the keys of all notebooks of an assignment."""
    notebooks = gradebook.find_assignment(assignment).notebooks
    return {notebook.name: _key(notebook) for notebook in notebooks}


def _key(notebook: Any) -> Key:
    graded = {cell.name: cell for cell in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    cells = []
    for cell in notebook.source_cells:
        cells.append(
            KeyCell(
                grade_id=cell.name,
                cell_type=cell.cell_type,
                source=cell.source,
                checksum=cell.checksum,
                locked=cell.locked,
                points=graded[cell.name].max_score if cell.name in graded else None,
                grade=cell.name in graded and cell.name not in tasks,
                solution=cell.name in solutions,
                task=cell.name in tasks,
            )
        )
    return Key(notebook.name, tuple(cells))
