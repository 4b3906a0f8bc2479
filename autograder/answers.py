"""Answer sheets: what the visible checks compare with, made from the specifications.

The visible check uses a public seed and few cases; the hidden tests a secret seed and many.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autograder import questions
from autograder.exercises import load
from autograder.specification import Exercise
from helpers.checking import sheets
from helpers.checking.judging import Question

SEED = "visible"
CASES = 4


def visible_question(exercise: Exercise) -> Question:
    """Make the question whose answers are shipped: only the checks that are data."""
    question = questions.make_question(exercise, SEED, CASES)
    return replace(question, checks=[c for c in exercise.checks if c.kind != "holds"])


def write_sheet(notebook: str, path: Path) -> None:
    """Write the answer sheet of a notebook."""
    sheets.write_sheet([visible_question(e) for e in load(notebook).values()], path)
