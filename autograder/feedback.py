"""Feedback pages: nbgrader's own, with the verdicts on top and nothing hidden in them."""

from __future__ import annotations

import glob
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import Config

from autograder.glossary import LINK
from autograder.grading import NOT_RUN
from autograder.keys import without_hidden_tests
from autograder.records import CellRecord, FindingRecord
from autograder.sanitizing import clean_html, sanitize
from autograder.stubs import without_scheme

_SIGNS = {"passed": "✓", "blank": "–"}


class FeedbackError(Exception):
    """Feedback could not be written; the message says why."""


class ShowVerdicts(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts a table of the verdicts on top, takes out what is hidden, makes the page safe."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Change the notebook before it becomes a page."""
        sanitize(nb)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.source = without_hidden_tests(cell.source)
                continue
            if cell.metadata.get("nbgrader", {}).get("locked"):
                cell.source = without_scheme(cell.source)
            # The glossary does not lie beside a feedback page.
            cell.source = cell.source.replace(LINK, "")
        nb.cells.insert(0, new_markdown_cell(verdict_table(nb)))
        return nb, resources


def clean_markdown(source: str) -> str:
    r"""Turn Markdown that anybody may have written into HTML in which nothing runs.

    Examples
    --------
    >>> clean_markdown("**bold** <script>steal()</script>")
    '<p><strong>bold</strong> </p>\n'
    """
    return clean_html(markdown2html_mistune(source))


def verdict_table(notebook: NotebookNode) -> str:
    """Write what each exercise came to as a Markdown table."""
    rows = [row for cell in notebook.cells for row in _rows_of(cell)]
    head = ["| Exercise | Points | |", "| --- | --- | --- |"]
    return "\n".join(
        ["## How it went, exercise by exercise", "", *head, *rows, *_word_on_left_out(notebook)]
    )


def _word_on_left_out(notebook: NotebookNode) -> list[str]:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    count = sum(NOT_RUN in cell.metadata for cell in code)
    text = (
        f"This was a quick run. {count} of {len(code)} code cells were not run, since no graded "
        "function depends on them. Each says so. The points do not depend on it."
    )
    return ["", text] if count else []


def _rows_of(cell: NotebookNode) -> list[str]:
    if "dlcourse" in cell.metadata:
        return _rows(CellRecord.model_validate(cell.metadata["dlcourse"]))
    nbgrader = cell.metadata.get("nbgrader", {})
    is_written = nbgrader.get("grade") and nbgrader.get("solution")
    return [_written_row(nbgrader)] if is_written else []


def _written_row(nbgrader: Mapping[str, Any]) -> str:
    """Say what an answer in words came to, with the score that nbgrader has put there."""
    name, points, score = nbgrader["grade_id"], nbgrader["points"], nbgrader.get("score") or 0
    return f"| ✎ `{name}` | {score:g} of {points:g} | Graded by hand: see the comment there. |"


def _rows(cell: CellRecord) -> list[str]:
    if cell.by_hand:
        return [f"| – `{cell.grade_id}` | of {cell.points:g} | Graded by hand. |"]
    if not cell.exercises:
        return [_row(cell.grade_id, "", cell.earned, cell.points, cell.problem)]
    return [
        _row(e.function, e.state, e.earned, e.points, e.note or _first_reason(e.findings))
        for e in cell.exercises
    ]


def _row(name: str, state: str, earned: float, points: float, reason: str) -> str:
    sign = _SIGNS.get(state, "✓" if earned == points else "✗")
    text = reason.replace("|", "\\|").replace("\n", " ")
    return f"| {sign} `{name}` | {earned:g} of {points:g} | {text} |"


def _first_reason(findings: Iterable[FindingRecord]) -> str:
    """Give the first thing that is wrong, and what to do about it."""
    for finding in findings:
        if finding.message and finding.points:
            return " ".join(part for part in (finding.message, finding.hint) if part)
    return ""


def write_feedback(root: Path, week: str, student: str, config: Config) -> None:
    """Write the feedback pages of a student with nbgrader's converter.

    Parameters
    ----------
    root : Path
    week : str
    student : str
        One with a graded submission.
    config : Config
        The course's nbgrader configuration.

    Raises
    ------
    FeedbackError
        If nbgrader refuses.
    """
    course = CourseDirectory(
        config=config, root=str(root), assignment_id=week, student_id=glob.escape(student)
    )
    converter = GenerateFeedback(coursedir=course, config=config, force=True)
    converter.log.setLevel(logging.CRITICAL)
    try:
        converter.start()
    except NbGraderException as error:
        raise FeedbackError(f"nbgrader could not write {student}'s feedback: {error}") from None
