"""The floor: the same cells as plain Python in one warm process, without any protection.

Run as a program with the folder of a course and a week; prints the costs as JSON. Only for
submissions of our own making.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
import time
import warnings
from pathlib import Path

import h5py  # noqa: F401  (warm)
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from nbgrader.api import Gradebook

from autograder.classroom import database_url, find_submissions
from autograder.cleaning import clean, grade_id
from autograder.keys import read_keys
from autograder.questions import hidden_question, hidden_seed, variant_of, varied
from autograder.reading import read_notebook
from autograder.referee import _graded_names as graded_names
from autograder.syllabus import load_syllabus
from helpers import checking, plotting
from helpers.checking.judging import judge_function


def main(root: Path, week_id: str) -> None:
    """Run the first submission to be warm, then all of them to measure."""
    plotting.show = _draw
    work = _work(root, week_id)
    for part in (work[:1], work):
        cpu, wall = time.process_time(), time.monotonic()
        for cells in part:
            _run(cells)
        cost = {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}
    print(json.dumps({name: value / len(work) for name, value in cost.items()}))


def _draw(figure, alt: str) -> None:
    """Draw a figure as a notebook would."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close(figure)


def _work(root: Path, week_id: str) -> list[list]:
    """Read all notebooks: for each, its cells, and the questions in place of the test cells."""
    week = load_syllabus(root).find_week(week_id)
    with Gradebook(database_url(root)) as gradebook:
        keys = read_keys(gradebook, week)
    return [
        [
            cell
            for key in keys.values()
            for cell in _cells(submission.folder, key, hidden_seed(root))
        ]
        for submission in find_submissions(root, week.id)
    ]


def _cells(folder: Path, key, seed: str) -> list:
    notebook = read_notebook(folder / f"{key.notebook}.ipynb")
    clean(notebook, key)
    seed = varied(seed, variant_of(seed, (cell.source for cell in notebook.cells)))
    tests = {test.grade_id for test in key.tests}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [(_questions if grade_id(c) in tests else _source)(c.source, key, seed) for c in code]
    return [None, *found]  # None begins a notebook


def _source(source: str, key, seed: str) -> str:
    return source


def _questions(source: str, key, seed: str) -> list:
    return [hidden_question(key.notebook, name, seed) for name in graded_names(ast.parse(source))]


def _run(cells: list) -> None:
    names: dict = {}
    for cell in cells:
        with contextlib.redirect_stdout(io.StringIO()):
            if cell is None:
                checking._passed.clear()
                names = {"__name__": "__main__"}
            elif isinstance(cell, str):
                _run_cell(cell, names)
            else:
                _judge(cell, names)


def _run_cell(source: str, names: dict) -> None:
    with contextlib.suppress(Exception):
        exec(compile(source, "<cell>", "exec"), names)
    for number in plt.get_fignums():
        _draw(plt.figure(number), "")


def _judge(questions: list, names: dict) -> None:
    for question in questions:
        function = next(
            (names[n] for n in (question.function, *question.aliases) if n in names), None
        )
        if function is not None and judge_function(question, function).passed:
            checking.mark_passed(question.function)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
