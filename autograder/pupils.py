"""Made-up students whose work is known: what they hand in, and what it is worth.

The demo grades a class of them, and the tests compare each one's grade with what its
construction implies.
"""

from __future__ import annotations

import ast
import copy
import math
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat.notebooknode import NotebookNode

from autograder.building import release_path
from autograder.cleaning import grade_id
from autograder.exercises import load
from autograder.questions import hidden_question
from autograder.records import write_whole
from autograder.specification import Mistake
from autograder.surroundings import whole_cell, with_imports
from autograder.syllabus import Week
from helpers.checking.judging import judge_function

STRANGERS = Path(__file__).parent / "strangers"

_NAMES = (
    *("ada", "barbara", "carl", "dorothy", "emmy", "fei-fei", "grace", "hedy", "ivan", "joan"),
    *("kurt", "lotfi", "maryam", "noether", "olga", "pafnuty", "radia", "sofia", "tim", "ulla"),
    *("vera", "wangari", "xiaoyun", "yann", "zuse", "alan", "blaise", "claude", "donald", "evelyn"),
    *("Zoë Ødegård", "王小明", "o'brien", "Łukasz", "a.b-c_d", "renée", "Дмитрий", "jürgen"),
)

Change = Callable[[NotebookNode], None]
Place = tuple[str, str]


@dataclass(frozen=True)
class Pupil:
    """One made-up student.

    Attributes
    ----------
    name : str
    story : str
        How the work was made, in a few words.
    answers : dict
        The source written into the cell of each exercise, by (notebook, function).
    preludes : dict
        Source put in front of the exercises, by notebook.
    wrong : dict
        The known mistake made in an exercise.
    lost : frozenset
        Exercises that earn nothing.
    changes : dict
        What else is done to a notebook, by its name.
    raw : dict
        A text that stands in place of a notebook; None leaves the notebook out.
    """

    name: str
    story: str
    answers: dict[Place, str]
    preludes: dict[str, str] = field(default_factory=dict)
    wrong: dict[Place, Mistake] = field(default_factory=dict)
    lost: frozenset[Place] = frozenset()
    changes: dict[str, Change] = field(default_factory=dict)
    raw: dict[str, str | None] = field(default_factory=dict)

    def expected(self, place: Place, seed: str) -> float:
        """Say what an exercise is worth to this pupil, from how the work was made.

        A mistaken function is judged among references, and among the pupil's other functions:
        now and then two mistakes make up for each other. The better result counts.
        """
        if place in self.lost or place[0] in self.raw:
            return 0
        if place in self.wrong:
            return max(self.among_references(place, seed), self._among_own(place, seed))
        return load(place[0])[place[1]].points if place in self.answers else 0

    def among_references(self, place: Place, seed: str) -> float:
        """Say what a mistaken function is worth when all that it uses is right."""
        notebook, function = place
        wrong = self.wrong[place].function(load(notebook)[function])
        return judge_function(hidden_question(notebook, function, seed), wrong).earned

    def _among_own(self, place: Place, seed: str) -> float:
        notebook, function = place
        names: dict[str, Any] = {"np": np, "math": math, "copy": copy}
        for (where, _), source in self.answers.items():
            if where == notebook:
                exec(source, names)  # made from our own specifications
        return judge_function(hidden_question(notebook, function, seed), names[function]).earned

    def hand_in(self, root: Path, week: Week) -> None:
        """Write the pupil's notebooks under ``submitted/``."""
        folder = root / "submitted" / self.name / week.id
        folder.mkdir(parents=True, exist_ok=True)
        for notebook in week.notebooks:
            text = self.raw.get(notebook.id, "")
            if notebook.id not in self.raw:
                text = self.filled_in(root, week, notebook.id)
            if text is not None:
                write_whole(folder / f"{notebook.id}.ipynb", text)

    def filled_in(self, root: Path, week: Week, notebook_id: str) -> str:
        """Fill the released notebook in, and give its text."""
        notebook = nbformat.read(release_path(root, week, notebook_id), as_version=4)
        for cell in notebook.cells:
            place = (notebook_id, grade_id(cell))
            if place in self.answers:
                cell.source = self.answers[place]
        if notebook_id in self.preludes:
            insert_before_exercises(notebook, self.preludes[notebook_id])
        if notebook_id in self.changes:
            self.changes[notebook_id](notebook)
        return str(nbformat.writes(notebook)) + "\n"


def insert_before_exercises(notebook: NotebookNode, source: str) -> None:
    """Put a code cell in front of the first exercise."""
    first = next(place for place, cell in enumerate(notebook.cells) if grade_id(cell))
    notebook.cells.insert(first, nbformat.v4.new_code_cell(source))


def make_class(week: Week, size: int) -> list[Pupil]:
    """Make a class: every style, every known mistake, and every kind of accident.

    Parameters
    ----------
    week : Week
    size : int
        At least so many; more when the week's mistakes need more.

    Returns
    -------
    list of Pupil
    """
    makers = [*_perfect(week), *_accidents(week)]
    mistaken = _mistaken(week, size - len(makers))
    more = islice(cycle(mistaken), max(0, size - len(makers) - len(mistaken)))
    names = (name if turn == 0 else f"{name}{turn + 1}" for turn in range(999) for name in _NAMES)
    pupils = [*makers, *mistaken, *more]
    return [replace(pupil, name=name) for pupil, name in zip(pupils, names, strict=False)]


def make_course(root: Path, folder: Path) -> None:
    """Make a course beside the real one, with its own gradebook and submissions.

    Parameters
    ----------
    root : Path
        The real course, whose masters, sources and data it shares.
    folder : Path
        Where to; emptied first.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("course", "data", "source"):
        (folder / name).symlink_to(root / name)
    shutil.copy(root / "nbgrader_config.py", folder)


def hand_in(root: Path, week: Week, size: int) -> list[Pupil]:
    """Let a made-up class hand in its work."""
    pupils = make_class(week, size)
    for pupil in pupils:
        pupil.hand_in(root, week)
    return pupils


def reference_answers(week: Week) -> dict[Place, str]:
    """Write the reference into every exercise."""
    return {
        (notebook.id, name): _cell((notebook.id, name), exercise.source)
        for notebook in week.notebooks
        for name, exercise in load(notebook.id).items()
    }


def _cell(place: Place, source: str) -> str:
    """Make a cell that needs no more than what stands above it."""
    notebook, function = place
    names = list(load(notebook))
    above = frozenset(names[: names.index(function)])
    return with_imports(whole_cell(source, load(notebook)[function], above))


def stranger_names(notebook: str) -> list[str]:
    """List the strangers who solved a notebook."""
    return sorted(path.stem for path in (STRANGERS / notebook).glob("*.py"))


def stranger_source(notebook: str, stranger: str) -> str:
    """Read a stranger's solutions."""
    return (STRANGERS / notebook / f"{stranger}.py").read_text("utf-8")


def stranger_answers(notebook: str, stranger: str) -> tuple[dict[Place, str], str]:
    """Cut a stranger's file into the exercises' functions and what stands around them.

    Returns
    -------
    dict
        The source of each exercise's function, by (notebook, function).
    str
        All the rest.
    """
    text = stranger_source(notebook, stranger)
    meant = {a: e.function for e in load(notebook).values() for a in (e.function, *e.aliases)}
    answers: dict[Place, str] = {}
    rest = []
    for node in ast.parse(text).body:
        name = _defined_name(node)
        if name in meant:
            known = answers.get((notebook, meant[name]), "")
            answers[notebook, meant[name]] = known + _segment(text, node) + "\n\n"
        else:
            rest.append(_segment(text, node))
    return answers, "\n".join(rest)


def _defined_name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""


def _segment(text: str, node: ast.stmt) -> str:
    """Cut out a statement with its decorators."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])


def _perfect(week: Week) -> Iterator[Pupil]:
    yield Pupil("", "solved as the course does", reference_answers(week))
    most = max(len(stranger_names(notebook.id)) for notebook in week.notebooks)
    for turn in range(most):
        yield _stranger(week, turn)


def _stranger(week: Week, turn: int) -> Pupil:
    """Solve each notebook in the manner of one stranger."""
    answers, preludes, told = {}, {}, []
    for notebook in week.notebooks:
        names = stranger_names(notebook.id)
        name = names[turn % len(names)]
        mine, preludes[notebook.id] = stranger_answers(notebook.id, name)
        answers.update({place: with_imports(source) for place, source in mine.items()})
        told.append(name)
    return Pupil("", f"all correct, in the style “{', '.join(told)}”", answers, preludes)


def _mistaken(week: Week, room: int) -> list[Pupil]:
    """Deal every known mistake out, among as many pupils as there is room for."""
    right = reference_answers(week)
    for limit in range(1, len(right) + 1):
        dealt = _dealt(right, limit)
        if len(dealt) <= room:
            break
    return [_with_mistakes(right, wrong) for wrong in dealt]


def _dealt(right: dict[Place, str], limit: int) -> list[dict[Place, Mistake]]:
    pupils: list[dict[Place, Mistake]] = []
    for place in right:
        for mistake in load(place[0])[place[1]].mistakes:
            _deal(pupils, place, mistake, limit)
    return pupils


def _deal(pupils: list[dict[Place, Mistake]], place: Place, mistake: Mistake, limit: int) -> None:
    free = [wrong for wrong in pupils if place not in wrong and len(wrong) < limit]
    if not free:
        pupils.append({})
        free = pupils[-1:]
    free[0][place] = mistake


def _with_mistakes(right: dict[Place, str], wrong: dict[Place, Mistake]) -> Pupil:
    answers = dict(right)
    for place, mistake in wrong.items():
        answers[place] = _cell(place, mistake.source(load(place[0])[place[1]]))
    story = "; ".join(f"{function}: {wrong[n, function].name}" for n, function in wrong)
    return Pupil("", story, answers, wrong=wrong)


def _accidents(week: Week) -> Iterator[Pupil]:
    """All that can go wrong without a wrong formula."""
    right = reference_answers(week)
    places = list(right)
    notebook, middle = week.notebooks[-1].id, places[len(places) // 2]
    half = {place: right[place] for place in places[: len(places) // 2]}
    yield Pupil("", "blank", {})
    yield Pupil("", "only the first half done", half)
    for story, broken in _broken_functions(middle[1]).items():
        yield Pupil("", story, {**right, middle: broken}, lost=frozenset([middle]))
    test = next(place[1] for place in places if place[0] == notebook)
    for story, change in _notebook_accidents(test).items():
        yield Pupil("", story, right, changes={notebook: change})
    yield Pupil("", "a notebook that is not JSON", right, raw={notebook: "this is not a notebook"})
    whole = '{"cells": [{"cell_type": "code", "source": ["x = 1'
    yield Pupil("", "a notebook cut off half-way", right, raw={notebook: whole})
    yield Pupil("", "a notebook left out", right, raw={notebook: None})


def _broken_functions(name: str) -> dict[str, str]:
    head = f"def {name}(*args, **kwargs):\n"
    return {
        "a syntax error in one exercise": f"def {name}(x:\n    return x +",
        "an endless loop in one exercise": head + "    while True:\n        pass",
        "os._exit in one exercise": "import os\n\n\n" + head + "    os._exit(0)",
        "an exercise that raises": head + '    raise ValueError("no idea")',
    }


def _notebook_accidents(function: str) -> dict[str, Change]:
    def delete_test(notebook: NotebookNode) -> None:
        notebook.cells = [c for c in notebook.cells if grade_id(c) != f"test-{function}"]

    def copy_test(notebook: NotebookNode) -> None:
        place = [grade_id(c) for c in notebook.cells].index(f"test-{function}")
        notebook.cells.insert(place, NotebookNode({**notebook.cells[place], "id": "a-copy"}))

    def lose_metadata(notebook: NotebookNode) -> None:
        for cell in notebook.cells:
            cell.metadata = NotebookNode()

    def exit_in_scratch(notebook: NotebookNode) -> None:
        insert_before_exercises(notebook, "import os\nos._exit(1)")

    return {
        "a test cell deleted": delete_test,
        "a test cell copied": copy_test,
        "all cell metadata lost": lose_metadata,
        "os._exit in a scratch cell": exit_in_scratch,
    }
