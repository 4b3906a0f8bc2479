"""Grading one notebook: a pure function of the submitted cells, the key and the secret seed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Set
from html import escape

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_output

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

# Makes what grades the test cells of a notebook.
Judge = Callable[[StudentNotebook], Callable[[KeyCell], CellGrade]]

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
    quick : bool
        Run the cells that the graded functions depend on, and leave the others out.
    judge : callable, optional
        Makes what grades the test cells; by default the referee with our exercises.

    Returns
    -------
    NotebookRecord
    """
    started = time.monotonic()
    remarks = clean(notebook, key)
    variant = variant_of(seed, (cell.source for cell in notebook.cells))

    def run(left_out: Set[int]) -> tuple[list[CellRecord], list[str]]:
        student = StudentNotebook(sandbox, limits)
        grade = judge(student) if judge else _referee(student, varied(seed, variant))
        return _grade_cells(notebook, key, student, grade, left_out)

    left_out = _not_needed(notebook, key) if quick else set()
    try:
        cells, trouble = run(left_out)
    except _NeedsAll:
        left_out = set()
        cells, trouble = run(left_out)
    for place in left_out:
        _say_not_run(notebook.cells[place])
    sanitize(notebook)
    remarks += [f"“{cell.grade_id}” needs you: {cell.by_hand}." for cell in cells if cell.by_hand]
    return NotebookRecord(
        notebook=key.notebook,
        cells=tuple(cells),
        remarks=tuple(_counted([*remarks, *trouble])),
        blank=tuple(blank_cells(notebook, key)),
        variant=variant,
        not_run=tuple(sorted(left_out)),
        seconds=round(time.monotonic() - started, 3),
    )


def ungraded(key: Key, problem: str) -> tuple[NotebookRecord, NotebookNode]:
    """Make what stands in for a notebook that could not be read: no points, and why.

    Returns
    -------
    NotebookRecord
    NotebookNode
        The graded cells, empty, so that feedback and formgrader have something to show.
    """
    cells = tuple(
        CellRecord(grade_id=cell.grade_id, points=cell.points or 0, earned=0) for cell in key.tests
    )
    notebook = new_notebook(cells=[new_markdown_cell(f"## Not graded\n\n{escape(problem)}")])
    clean(notebook, key)
    records = {record.grade_id: record for record in cells}
    for cell in notebook.cells:
        record = records.get(grade_id(cell))
        if record is not None:
            cell.metadata["dlcourse"] = record.model_dump(exclude={"seconds"})
    return NotebookRecord(notebook=key.notebook, cells=cells, problem=problem), notebook


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
    student: StudentNotebook,
    grade: Callable[[KeyCell], CellGrade],
    left_out: Set[int],
) -> tuple[list[CellRecord], list[str]]:
    """Run the cells in order, and grade at the tests; also say what went wrong elsewhere."""
    tests = {cell.grade_id: cell for cell in key.tests}
    records, trouble = [], []
    for place, cell in enumerate(notebook.cells):
        test = tests.get(grade_id(cell))
        if test is not None:
            records.append(_grade_cell(cell, test, grade(test)))
        elif place in left_out:
            student.leave_out(cell.source)
        elif cell.cell_type == "code":
            went_well, said = _run_cell(cell, student)
            if left_out and not went_well:
                raise _NeedsAll
            trouble.append(said)
    return records, trouble


def _say_not_run(cell: NotebookNode) -> None:
    cell.metadata[NOT_RUN] = True
    cell.outputs = [new_output("stream", name="stdout", text=_NOT_RUN_TEXT)]


def _run_cell(cell: NotebookNode, student: StudentNotebook) -> tuple[bool, str]:
    """Run a cell and keep its outputs.

    Tell whether it ran without an error, in little time, and what the instructor should hear of
    it, or "".
    """
    if not cell.source.strip():
        return True, ""
    started = time.monotonic()
    run = student.run(cell.source)
    cell.execution_count = run.count
    cell.outputs = [_output(output) for output in run.outputs]
    return run.ok and time.monotonic() - started < student.limits.impatient, run.trouble


def _output(data: dict[str, object]) -> NotebookNode:
    """Build an output from what the sandbox sent; a malformed one is replaced by a word on it."""
    try:
        return new_output(**data)
    except MemoryError:
        raise
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


def _counted(remarks: list[str]) -> list[str]:
    """Say each thing once, and how often it happened."""
    counts = Counter(text for text in remarks if text)
    return [text if n == 1 else f"{text} ({n} times)" for text, n in counts.items()]


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
