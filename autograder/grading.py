"""Grading one notebook: a pure function of the submitted cells, the key and the secret seed."""

from __future__ import annotations

import time
from collections.abc import Callable

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from autograder.cleaning import blank_cells, clean
from autograder.keys import Key, KeyCell
from autograder.questions import variant_of, varied
from autograder.records import CellRecord, ExerciseRecord, FindingRecord, NotebookRecord
from autograder.referee import CellGrade, Limits, Referee, StudentNotebook
from autograder.sandbox import Sandbox
from autograder.sanitizing import sanitize
from helpers.checking.display import Card
from helpers.checking.judging import Finding, Verdict

# Makes what grades the test cells of a notebook.
Judge = Callable[[StudentNotebook], Callable[[KeyCell], CellGrade]]


def grade_notebook(
    notebook: NotebookNode,
    key: Key,
    sandbox: Sandbox,
    seed: str,
    limits: Limits,
    judge: Judge | None = None,
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
    judge : callable, optional
        Makes what grades the test cells; by default the referee with our exercises.

    Returns
    -------
    NotebookRecord
    """
    started = time.monotonic()
    remarks = clean(notebook, key)
    tests = {cell.grade_id: cell for cell in key.tests}
    variant = variant_of(seed, (cell.source for cell in notebook.cells))
    student = StudentNotebook(sandbox, limits)
    grade = judge(student) if judge else _referee(student, varied(seed, variant))
    cells = []
    for cell in notebook.cells:
        test = tests.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if test is not None:
            cells.append(_grade_cell(cell, test, grade(test)))
        elif cell.cell_type == "code":
            _run_cell(cell, student)
    sanitize(notebook)
    remarks += [f"“{cell.grade_id}” needs you: {cell.by_hand}." for cell in cells if cell.by_hand]
    return NotebookRecord(
        notebook=key.notebook,
        cells=tuple(cells),
        remarks=tuple(remarks),
        blank=tuple(blank_cells(notebook, key)),
        variant=variant,
        seconds=round(time.monotonic() - started, 3),
    )


def ungraded(key: Key, problem: str) -> NotebookRecord:
    """Make the record of a notebook that could not be read: no points, and why."""
    cells = tuple(
        CellRecord(grade_id=cell.grade_id, points=cell.points or 0, earned=0) for cell in key.tests
    )
    return NotebookRecord(notebook=key.notebook, cells=cells, problem=problem)


def _run_cell(cell: NotebookNode, student: StudentNotebook) -> None:
    if not cell.source.strip():
        return
    run = student.run(cell.source)
    cell.execution_count = run.count
    cell.outputs = [_output(output) for output in run.outputs]


def _output(data: dict[str, object]) -> NotebookNode:
    """Build an output from what the sandbox sent; a malformed one is replaced by a word on it."""
    try:
        return new_output(**data)
    except Exception:  # whatever nbformat finds wrong with hostile data
        return new_output("stream", name="stderr", text="An output of this cell was malformed.\n")


def _referee(student: StudentNotebook, seed: str) -> Callable[[KeyCell], CellGrade]:
    referee = Referee(student, seed)
    return lambda test: referee.test_cell(test.source, test.points or 0)


def _grade_cell(cell: NotebookNode, test: KeyCell, grade: CellGrade) -> CellRecord:
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
        by_hand=grade.by_hand,
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
