"""Grading one notebook: a pure function of the submitted cells, the key and the secret seed."""

from __future__ import annotations

import time
from collections.abc import Set

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from autograder.bindings import CellCode
from autograder.cleaning import blank_cells, clean, grade_id
from autograder.dependencies import Unsure, needed_cells
from autograder.exercises import known_aliases
from autograder.keys import Key, KeyCell
from autograder.questions import variant_of, varied
from autograder.records import CellRecord, ExerciseRecord, FindingRecord, NotebookRecord
from autograder.referee import CellGrade, Limits, Referee, StudentNotebook
from autograder.sandbox import Sandbox
from autograder.sanitizing import sanitize
from helpers.checking.display import Card
from helpers.checking.judging import Finding, Verdict

NOT_RUN = "dlcourse_not_run"
_NOT_RUN_TEXT = "Not run: no graded function depends on this cell.\n"


class _NeedsAll(Exception):
    """A cell did not run well where others were left out: perhaps it is for want of them."""


def grade_notebook(
    notebook: NotebookNode,
    key: Key,
    sandbox: Sandbox,
    seed: str,
    limits: Limits,
    quick: bool = False,
) -> NotebookRecord:
    """Grade a submitted notebook, in place.

    Parameters
    ----------
    notebook : NotebookNode
        As `reading.read_notebook` gives it. Afterwards it holds the outputs of all cells, the
        students' safe to be shown in a browser, and the verdicts under the test cells.
    key : Key
        The graded cells as the gradebook knows them.
    sandbox : Sandbox
    seed : str
        The secret seed of the hidden tests.
    limits : Limits
    quick : bool
        Run the cells that the graded functions depend on, and leave the others out.

    Returns
    -------
    NotebookRecord
    """
    started = time.monotonic()
    remarks = clean(notebook, key)
    variant = variant_of(seed, (cell.source for cell in notebook.cells))
    left_out = _not_needed(notebook, key) if quick else set()
    try:
        cells = _grade_cells(notebook, key, sandbox, varied(seed, variant), limits, left_out)
    except _NeedsAll:
        left_out = set()
        cells = _grade_cells(notebook, key, sandbox, varied(seed, variant), limits, left_out)
    for place in left_out:
        _say_not_run(notebook.cells[place])
    sanitize(notebook)
    return NotebookRecord(
        notebook=key.notebook,
        cells=tuple(cells),
        remarks=tuple(remarks),
        blank=tuple(blank_cells(notebook, key)),
        variant=variant,
        not_run=tuple(sorted(left_out)),
        seconds=round(time.monotonic() - started, 3),
    )


def ungraded(key: Key, problem: str) -> NotebookRecord:
    """Make the record of a notebook that could not be read: no points, and why."""
    cells = tuple(
        CellRecord(grade_id=cell.grade_id, points=cell.points or 0, earned=0) for cell in key.tests
    )
    return NotebookRecord(notebook=key.notebook, cells=cells, problem=problem)


def _not_needed(notebook: NotebookNode, key: Key) -> Set[int]:
    """Give the places of the code cells that can be left out; none where that is not sure."""
    tests = {test.grade_id for test in key.tests}
    ordinary = {
        place: cell.source
        for place, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and grade_id(cell) not in tests and cell.source.strip()
    }
    try:
        needed = needed_cells(list(ordinary.values()), _graded_names(key))
    except Unsure:
        return set()
    return {place for place, is_needed in zip(ordinary, needed, strict=True) if not is_needed}


def _graded_names(key: Key) -> set[str]:
    """Name what the tests ask for: what their cells read, under all its names."""
    tests = [CellCode(test.source) for test in key.tests]
    if any(test.opaque for test in tests):
        raise Unsure("a test cell is not plain Python")
    names = {name for test in tests for name in test.read - test.bound}
    aliases = {alias for name in names for alias in known_aliases(key.notebook, name)}
    return (names | aliases) - {"check"}  # the tests have their own


def _grade_cells(
    notebook: NotebookNode,
    key: Key,
    sandbox: Sandbox,
    seed: str,
    limits: Limits,
    left_out: Set[int],
) -> list[CellRecord]:
    """Run the cells in order, and grade at the tests."""
    tests = {cell.grade_id: cell for cell in key.tests}
    student = StudentNotebook(sandbox, limits)
    referee = Referee(student, seed)
    records = []
    for place, cell in enumerate(notebook.cells):
        test = tests.get(grade_id(cell))
        if test is not None:
            records.append(_grade_cell(cell, test, referee))
        elif place in left_out:
            student.leave_out(cell.source)
        elif cell.cell_type == "code":
            went_well = _run_cell(cell, student)
            if left_out and not went_well:
                raise _NeedsAll
    return records


def _say_not_run(cell: NotebookNode) -> None:
    cell.metadata[NOT_RUN] = True
    cell.outputs = [new_output("stream", name="stdout", text=_NOT_RUN_TEXT)]


def _run_cell(cell: NotebookNode, student: StudentNotebook) -> bool:
    """Run a cell, and tell whether it did so without an error, in less than little time."""
    if not cell.source.strip():
        return True
    started = time.monotonic()
    run = student.run(cell.source)
    cell.execution_count = run.count
    cell.outputs = [_output(output) for output in run.outputs]
    return run.ok and time.monotonic() - started < student.limits.impatient


def _output(data: dict[str, object]) -> NotebookNode:
    """Build an output from what the sandbox sent; a malformed one is replaced by a word on it."""
    try:
        return new_output(**data)
    except MemoryError:
        raise
    except Exception:  # whatever nbformat finds wrong with hostile data
        return new_output("stream", name="stderr", text="An output of this cell was malformed.\n")


def _grade_cell(cell: NotebookNode, test: KeyCell, referee: Referee) -> CellRecord:
    grade = referee.test_cell(test.source, test.points or 0)
    cell.outputs = [_verdict_output(verdict) for verdict in grade.verdicts]
    if grade.problem:
        cell.outputs.append(new_output("stream", name="stderr", text=grade.problem + "\n"))
    record = _cell_record(test.grade_id, grade)
    cell.metadata["dlcourse"] = record.model_dump(exclude={"seconds"})
    return record


def _verdict_output(verdict: Verdict) -> NotebookNode:
    card = Card(verdict)
    return new_output("display_data", data=card._repr_mimebundle_())


def _cell_record(grade_id: str, grade: CellGrade) -> CellRecord:
    return CellRecord(
        grade_id=grade_id,
        points=grade.points,
        earned=grade.earned,
        seconds=round(grade.seconds, 3),
        problem=grade.problem,
        exercises=tuple(exercise_record(verdict) for verdict in grade.verdicts),
    )


def exercise_record(verdict: Verdict) -> ExerciseRecord:
    """Turn a verdict into the record that is kept of it."""
    return ExerciseRecord(
        function=verdict.function,
        state=verdict.state,
        points=verdict.points,
        earned=verdict.earned,
        note=verdict.note,
        findings=tuple(_finding_record(finding) for finding in verdict.findings),
    )


def _finding_record(finding: Finding) -> FindingRecord:
    names = FindingRecord.model_fields
    return FindingRecord(**{name: getattr(finding, name) for name in names})
