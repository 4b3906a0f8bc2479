"""From the text of a master to the solved notebook with nbgrader's metadata.

A master needs no metadata of its own. A code cell with a region to complete is an
exercise; a code cell that is just ``check(function)`` is its test.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import jupytext
import nbformat

from autograder.audit_cards import Figures
from autograder.stubs import (
    ANSWER_STUB,
    StubError,
    has_regions,
    has_scheme,
    parse_cell,
    stub,
    without_scheme,
)

Cell = Any
"""A notebook cell: nbformat's NotebookNode, which has no types."""

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
_TEST_CELL = re.compile(r"check\((\w+)\)")


class BuildError(Exception):
    """A notebook cannot be built; the message names notebook and cell."""


def assemble(
    notebook_id: str,
    master: str,
    points: Mapping[str, float],
    figures: Mapping[str, Figures] = MappingProxyType({}),
    link: str = "",
) -> Any:
    """Make the solved notebook, with nbgrader's metadata, from a master.

    Parameters
    ----------
    notebook_id : str
        The notebook's name.
    master : str
        The text of the master, in jupytext's percent format.
    points : mapping of str to float
        Each exercise's points by function name: exactly the exercises of the master.
    figures : mapping of str to Figures
        What the audit measured, by function name; told under the exercise's test cell.
    link : str
        A line to put at the end of the first text, such as the way to the glossary.

    Returns
    -------
    NotebookNode
        The notebook, not executed.

    Raises
    ------
    BuildError
        If cells and exercises do not fit together.
    """
    cells = jupytext.reads(master, fmt="py:percent").cells
    made = [_cell(notebook_id, cell, number, points) for number, cell in enumerate(cells, 1)]
    _check_exercises(notebook_id, made, points)
    texts = [cell for cell in made if cell.cell_type == "markdown"]
    if link and texts:
        texts[0].source += f"\n\n{link}"
    made = [part for cell in made for part in (cell, *_audit_note(cell, figures))]
    built_from = source_digest(notebook_id, master, points)
    metadata = {
        "dlcourse": {"built_from": built_from},
        "kernelspec": KERNELSPEC,
        "language_info": LANGUAGE,
    }
    return nbformat.from_dict(
        {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    )


def _audit_note(cell: Cell, figures: Mapping[str, Figures]) -> list[Cell]:
    """Say under a test cell how far it can be trusted."""
    name = cell["id"].removeprefix("test-")
    if cell["id"] == name or name not in figures:
        return []
    note = nbformat.v4.new_markdown_cell(audit_note(name, figures[name]), id=f"audit-{name}")
    return [note]


def audit_note(name: str, measured: Figures) -> str:
    """Say what the audit found about the tests of an exercise.

    Examples
    --------
    >>> audit_note("relu", Figures(wrong=9, caught=9, visible=8, right=20, accepted=20))[-39:]
    'Of 20 right ones it accepts 20.</small>'
    """
    return (
        f"<small>How far can you trust this check? Of {measured.wrong} wrong versions of `{name}` "
        f"it catches {measured.visible}, the hidden tests {measured.caught}. "
        f"Of {measured.right} right ones it accepts {measured.accepted}.</small>"
    )


def graded_check(notebook_id: str, name: str) -> str:
    """Write the test cell of an exercise, with the lines that nbgrader hides from students.

    Parameters
    ----------
    notebook_id : str
        The notebook's name.
    name : str
        The function to check and grade.

    Returns
    -------
    str
        The source of the cell.

    Examples
    --------
    >>> print(graded_check("w01_numpy_basics", "sigmoid"))
    check(sigmoid)
    ### BEGIN HIDDEN TESTS
    from autograder import grade
    <BLANKLINE>
    grade("w01_numpy_basics", sigmoid)
    ### END HIDDEN TESTS
    """
    return (
        f"check({name})\n"
        "### BEGIN HIDDEN TESTS\n"
        "from autograder import grade\n\n"
        f'grade("{notebook_id}", {name})\n'
        "### END HIDDEN TESTS"
    )


def exercise_name(source: str) -> str:
    """Find the function that a solution cell asks students to complete.

    Parameters
    ----------
    source : str
        The source of a cell with regions.

    Returns
    -------
    str
        The name of the one function (or class) that the cell defines.

    Raises
    ------
    StubError
        If the regions are wrong.
    BuildError
        If the cell, as released, does not define exactly one function or class.
    """
    body = parse_cell(stub(source)).body
    names = [str(name) for node in body if (name := getattr(node, "name", None))]
    if len(names) != 1:
        listed = f" ({', '.join(names)})" if names else ""
        raise BuildError(
            f"a cell to complete defines exactly one function, not {len(names)}{listed}"
        )
    return names[0]


def released_source(cell: Cell) -> str:
    """Tell how a solved cell is released.

    Parameters
    ----------
    cell : NotebookNode
        A cell of an assembled notebook.

    Returns
    -------
    str
        Its source with stubs for solutions, and without hidden tests and marking schemes.
    """
    grading = cell.metadata.get("nbgrader", {})
    if cell.cell_type != "code":
        return ANSWER_STUB if grading.get("solution") else without_scheme(cell.source)
    return str(cell.source.partition("\n")[0]) if grading.get("grade") else stub(cell.source)


def source_digest(notebook_id: str, master: str, points: Mapping[str, float]) -> str:
    """Sum up everything that a source notebook is made from.

    Parameters
    ----------
    notebook_id : str
        The notebook's name.
    master : str
        The text of the master.
    points : mapping of str to float
        Each exercise's points.

    Returns
    -------
    str
        A SHA-256 in hexadecimal.

    Examples
    --------
    >>> source_digest("w01_a", "", {"f": 2})[:8] == source_digest("w01_a", "", {"f": 2.0})[:8]
    True
    """
    plain = {name: float(value) for name, value in points.items()}
    parts = json.dumps([notebook_id, master, plain], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()


def _cell(notebook_id: str, cell: Cell, number: int, points: Mapping[str, float]) -> Cell:
    """Make a notebook cell of a master's cell."""
    try:
        cell = _with_metadata(notebook_id, cell, points)
    except (StubError, BuildError) as error:
        raise BuildError(f"{notebook_id}, cell {number}: {error}") from error
    for left_by_jupytext in ("lines_to_next_cell", "lines_to_end_of_cell_marker"):
        cell.metadata.pop(left_by_jupytext, None)
    grading = cell.metadata.get("nbgrader", {})
    cell["id"] = grading.get("grade_id", f"cell-{number:03d}")
    return cell


def _with_metadata(notebook_id: str, cell: Cell, points: Mapping[str, float]) -> Cell:
    if cell.cell_type != "code":
        return _written_answer(cell)
    test = _TEST_CELL.fullmatch(cell.source.strip())
    if has_regions(cell.source):
        cell.metadata["nbgrader"] = _grading(exercise_name(cell.source), solution=True)
    elif test:
        name = test[1]
        if name not in points:
            raise BuildError(f"check({name}) checks no exercise; there are: {', '.join(points)}")
        worth = float(points[name])
        cell.source = graded_check(notebook_id, name)
        cell.metadata["nbgrader"] = _grading(f"test-{name}", grade=True, locked=True, points=worth)
    return cell


def _written_answer(cell: Cell) -> Cell:
    """Complete what a master says of an answer in words, which is graded by hand.

    The question before it may hold a marking scheme: whoever grades sees it, students do not.
    """
    said = cell.metadata.get("nbgrader")
    if has_scheme(cell.source):
        if said is None or said.keys() != {"grade_id"}:
            raise BuildError(
                "a question with a marking scheme has a grade_id, and no points, in its metadata"
            )
        cell.metadata["nbgrader"] = _grading(said["grade_id"], locked=True)
    if said is None or has_scheme(cell.source):
        return cell
    if not {"grade_id", "points"} <= said.keys():
        raise BuildError("a written answer needs a grade_id and points in its nbgrader metadata")
    grading = _grading(said["grade_id"], grade=True, solution=True, points=float(said["points"]))
    cell.metadata["nbgrader"] = grading
    return cell


def _grading(grade_id: str, **rules: bool | float) -> dict[str, Any]:
    none = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"schema_version": 3, "grade_id": grade_id, **none, **rules}


def _check_exercises(notebook_id: str, cells: Sequence[Cell], points: Mapping[str, float]) -> None:
    order = [cell.metadata["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell.metadata]
    tested = [name.removeprefix("test-") for name in order if name.startswith("test-")]
    defined = [name for name in order if not name.startswith("test-")]
    problems = [
        *(f"{name} stands in two cells" for name in _twice(defined)),
        *(f"two cells check {name}" for name in _twice(tested)),
        *(f"{name} has no cell to complete" for name in points if name not in defined),
        *(f"{name} has no cell of just check({name})" for name in points if name not in tested),
        *(f"{name} is to be completed, but is no exercise" for name in _code_only(cells, points)),
        *(
            f"check({name}) stands before {name}"
            for name in set(tested) & set(defined)
            if order.index(f"test-{name}") < order.index(name)
        ),
    ]
    if problems:
        raise BuildError(f"{notebook_id}: " + "; ".join(problems))


def _code_only(cells: Sequence[Cell], points: Mapping[str, float]) -> list[str]:
    """List the solution cells that no exercise specifies; written answers need none."""
    solutions = [
        cell.metadata["nbgrader"]
        for cell in cells
        if cell.cell_type == "code" and "nbgrader" in cell.metadata
    ]
    names = [grading["grade_id"] for grading in solutions if grading["solution"]]
    return [name for name in names if name not in points]


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
