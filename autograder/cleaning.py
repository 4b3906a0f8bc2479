"""Making a submitted notebook fit to be graded: what students own is kept, the rest restored.

Sources of students' cells are theirs. Everything that decides about grades is not: test cells,
their metadata and points are put back as the gradebook knows them, wherever they went.
"""

from __future__ import annotations

from collections.abc import Iterable

from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum

from autograder.keys import Key, KeyCell, without_hidden_tests
from autograder.stubs import without_scheme

_TELLING_TAGS = ("skip-execution", "raises-exception")
_DECIDING = ("points", "grade", "solution", "locked", "task")
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def clean(notebook: NotebookNode, key: Key) -> list[str]:
    """Clean a submitted notebook in place.

    Parameters
    ----------
    notebook : NotebookNode
        Format 4.5.
    key : Key

    Returns
    -------
    list of str
        What was mended, for the instructor.
    """
    remarks: list[str] = []
    known = {cell.grade_id: cell for cell in key.cells}
    seen: set[str] = set()
    notebook.metadata = from_dict({"kernelspec": _KERNEL, "language_info": {"name": "python"}})
    for cell in notebook.cells:
        name = grade_id(cell)
        remarks += _tampering(cell, known.get(name))
        _strip(cell)
        if name in seen:
            remarks.append(f"A second cell “{name}” counts as an ordinary cell.")
        elif name in known:
            seen.add(name)
            remarks += _restore(cell, known[name])
        elif name:
            remarks.append(f"A cell claims an unknown id “{name[:60]}”.")
    remarks += _insert_missing(notebook, key, seen)
    _number(notebook)
    return remarks


def blank_cells(notebook: NotebookNode, key: Key) -> list[str]:
    """Name the solution cells that are as they were released."""
    checksums = {cell.grade_id: cell.checksum for cell in key.cells if cell.solution}
    cells = [cell for cell in notebook.cells if grade_id(cell) in checksums]
    return [grade_id(c) for c in cells if compute_checksum(c) == checksums[grade_id(c)]]


def grade_id(cell: NotebookNode) -> str:
    """Give the id under which nbgrader looks after a cell, or "", whatever the metadata say."""
    nbgrader = cell.metadata.get("nbgrader")
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def _tampering(cell: NotebookNode, wanted: KeyCell | None) -> list[str]:
    """Say what was done to a cell that a student has no reason to do."""
    remarks = []
    tags = cell.metadata.get("tags")
    found = [tag for tag in _TELLING_TAGS if isinstance(tags, list) and tag in tags]
    if found:
        remarks.append(f"A cell with the tag {', '.join(found)} was run like any other.")
    if wanted is None:
        return remarks
    if (wanted.locked or wanted.is_test) and cell.source.strip() not in (
        wanted.source.strip(),
        without_hidden_tests(wanted.source).strip(),
        without_scheme(wanted.source).strip(),
    ):
        remarks.append(f"The cell “{wanted.grade_id}” had been edited.")
    claimed, ours = cell.metadata["nbgrader"], wanted.metadata()
    if any(claimed.get(name) != ours.get(name) for name in _DECIDING):
        remarks.append(f"The points or the kind of “{wanted.grade_id}” had been changed.")
    return remarks


def _strip(cell: NotebookNode) -> None:
    """Drop outputs, tags and metadata, whatever they say."""
    cell.metadata = NotebookNode()
    if cell.cell_type == "code":
        cell.outputs = []
        cell.execution_count = None


def _restore(cell: NotebookNode, wanted: KeyCell) -> list[str]:
    """Give a cell back what is not the student's to change."""
    remarks = []
    cell.metadata = from_dict({"nbgrader": wanted.metadata()})
    if cell.cell_type != wanted.cell_type:
        remarks.append(f"The cell “{wanted.grade_id}” had become a {cell.cell_type} cell.")
        _retype(cell, wanted.cell_type)
    ours = wanted.locked or wanted.is_test
    if ours and cell.source != wanted.source:
        cell.source = wanted.source
    return remarks


def _retype(cell: NotebookNode, cell_type: str) -> None:
    cell.cell_type = cell_type
    if cell_type == "code":
        cell.outputs, cell.execution_count = [], None
        return
    for name in ("outputs", "execution_count"):
        cell.pop(name, None)


def _insert_missing(notebook: NotebookNode, key: Key, seen: set[str]) -> list[str]:
    """Put cells back that are not there, as late as their order allows.

    A test that lost its metadata together with its solution then still follows the code.
    """
    remarks = []
    for position, wanted in reversed(list(enumerate(key.cells))):
        if wanted.grade_id not in seen:
            later = [cell.grade_id for cell in key.cells[position + 1 :]]
            notebook.cells.insert(_place_before(notebook, later), _new_cell(wanted))
            remarks.append(f"The cell “{wanted.grade_id}” was missing and was put back.")
    return remarks[::-1]


def _place_before(notebook: NotebookNode, later: Iterable[str]) -> int:
    """Find the place of the first of these cells that is there; the end when none is."""
    places = {grade_id(cell): place for place, cell in enumerate(notebook.cells)}
    return next((places[name] for name in later if name in places), len(notebook.cells))


def _new_cell(wanted: KeyCell) -> NotebookNode:
    metadata = from_dict({"nbgrader": wanted.metadata()})
    source = wanted.source if wanted.is_test or wanted.locked or wanted.task else ""
    new = new_code_cell if wanted.cell_type == "code" else new_markdown_cell
    return new(source=source, metadata=metadata)


def _number(notebook: NotebookNode) -> None:
    """Give every cell an id of its own."""
    for position, cell in enumerate(notebook.cells):
        cell.id = f"cell-{position}"
