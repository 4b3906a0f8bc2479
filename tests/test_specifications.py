"""Tests of the tests: references, known mistakes and strangers put to every question.

A notebook takes part as soon as its exercises, its master and its references exist.
"""

from __future__ import annotations

import ast
import copy
import math
import pkgutil
from functools import cache
from pathlib import Path

import jupytext
import numpy as np
import pytest

import autograder
from autograder import answers, exercises
from autograder.assembling import exercise_name
from autograder.bindings import CellCode
from autograder.dependencies import Unsure, needed_cells
from autograder.exercises import load
from autograder.given import given_code
from autograder.questions import HIDDEN_CASES, make_question
from autograder.specification import Exercise, Holds, SpecificationError
from autograder.stubs import has_regions, stub
from helpers.checking.judging import judge_function
from helpers.checking.outcomes import arguments
from helpers.checking.sheets import read_sheet
from tests.conftest import RUN_WHOLE

PACKAGE = Path(autograder.__file__).parent
MASTERS = PACKAGE.parent / "course" / "notebooks"
HIDDEN = ("spring",)  # the audit goes through two hundred of them
VISIBLE = "visible"


def is_complete(notebook):
    """Tell whether the notebook's master and references exist yet."""
    if not (MASTERS / f"{notebook}.py").exists():
        return False
    try:
        load(notebook)
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "helpers":
            return False
        raise
    return True


SPECIFIED = sorted(module.name for module in pkgutil.iter_modules(exercises.__path__))
NOTEBOOKS = [notebook for notebook in SPECIFIED if is_complete(notebook)]
PLACES = [(notebook, name) for notebook in NOTEBOOKS for name in load(notebook)]
STRANGERS = {
    notebook: sorted(path.stem for path in (PACKAGE / "strangers" / notebook).glob("*.py"))
    for notebook in NOTEBOOKS
}

each_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS)
each_exercise = pytest.mark.parametrize("notebook, name", PLACES)
each_mistake = pytest.mark.parametrize(
    "notebook, name, number",
    [
        pytest.param(notebook, name, number, id=f"{notebook}-{name}-{mistake.name}")
        for notebook, name in PLACES
        for number, mistake in enumerate(load(notebook)[name].mistakes)
    ],
)
each_solution = pytest.mark.parametrize(
    "notebook, name, stranger",
    [(notebook, name, who) for notebook, name in PLACES for who in STRANGERS[notebook]],
)


@cache
def question(notebook, name, seed):
    exercise = load(notebook)[name]
    if seed == VISIBLE:
        return answers.visible_question(exercise)
    return make_question(exercise, seed, HIDDEN_CASES)


@cache
def namespace(notebook, stranger):
    """Run a stranger's solutions below what the notebook gives to everybody."""
    path = PACKAGE / "strangers" / notebook / f"{stranger}.py"
    names = {"__name__": "__main__", "math": math, "copy": copy}
    exec(given_code(PACKAGE.parent, notebook), names)
    exec(compile(path.read_text("utf-8"), str(path), "exec"), names)
    return names


def solution(notebook, name, stranger):
    """Give a stranger's function, whichever of its names it has."""
    names = namespace(notebook, stranger)
    allowed = (name, *load(notebook)[name].aliases)
    found = [names[allowed_name] for allowed_name in allowed if allowed_name in names]
    assert found, f"{notebook}/{stranger}.py does not define {name}"
    return found[0]


@cache
def stubs(notebook):
    """Give the solution cells of the master as students get them, by function."""
    cells = jupytext.read(MASTERS / f"{notebook}.py", fmt="py:percent").cells
    solved = [c.source for c in cells if c.cell_type == "code" and has_regions(c.source)]
    return {exercise_name(source): stub(source) for source in solved}


def judged(asked, function):
    verdict = judge_function(asked, function)
    return verdict.state, list(verdict.findings)


def test_a_property_that_students_never_see_carries_no_points():
    with pytest.raises(SpecificationError, match="double: “is positive” is a Holds and must carry"):
        Exercise(
            function="double",
            reference=lambda x: 2 * x,
            inputs=lambda rng: arguments(rng.uniform(1, 2)),
            checks=[Holds(points=1, label="is positive")],
        )


def test_discovery():
    assert "w02_shallow_network" in NOTEBOOKS


@each_notebook
def test_strangers_use_only_what_stands_above(notebook):
    """In a notebook that is run from the top, what comes later is not there yet."""
    places = {}
    for place, (name, exercise) in enumerate(load(notebook).items()):
        places |= dict.fromkeys((name, *exercise.aliases), place)
    late = []
    for stranger in STRANGERS[notebook]:
        source = (PACKAGE / "strangers" / notebook / f"{stranger}.py").read_text("utf-8")
        for statement in ast.parse(source).body:
            words = [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
            bound = getattr(statement, "name", words[0] if words else "")  # or of an assignment
            place = places.get(bound, len(places))
            late += [(stranger, bound, word) for word in words if places.get(word, 0) > place]
    assert not late


@each_notebook
def test_given_cells_hide_no_function_of_a_stranger(notebook):
    """A variable of the notebook that is called as a stranger's helper would take its place."""
    cells = jupytext.read(MASTERS / f"{notebook}.py", fmt="py:percent").cells
    sources = [c.source for c in cells if c.cell_type == "code" and not has_regions(c.source)]
    bound = {name for cell in map(CellCode, sources) if not cell.opaque for name in cell.bound}
    statements = ast.parse(given_code(PACKAGE.parent, notebook)).body
    given = {s.name for s in statements if hasattr(s, "name")}
    given |= {a.name for s in statements if isinstance(s, ast.ImportFrom) for a in s.names}
    exercises = {n for name, e in load(notebook).items() for n in (name, *e.aliases)}
    hidden = []
    for stranger in STRANGERS[notebook]:
        source = (PACKAGE / "strangers" / notebook / f"{stranger}.py").read_text("utf-8")
        own = {getattr(statement, "name", "") for statement in ast.parse(source).body}
        hidden += [(stranger, name) for name in (own - exercises - given) & bound]
    assert not hidden


@each_notebook
def test_a_quick_run_leaves_half_of_the_cells_out(notebook):
    """If this fails, add cells that use the functions, or enter the notebook in RUN_WHOLE."""
    cells = jupytext.read(MASTERS / f"{notebook}.py", fmt="py:percent").cells
    code = [c.source for c in cells if c.cell_type == "code" and not c.source.startswith("check(")]
    if notebook in RUN_WHOLE:
        with pytest.raises(Unsure):
            needed_cells(code, list(load(notebook)))
    else:
        assert sum(needed_cells(code, list(load(notebook)))) < 0.6 * len(code)


@each_notebook
def test_there_are_enough_strangers_and_mistakes(notebook):
    assert len(STRANGERS[notebook]) >= 5
    few = [name for name, exercise in load(notebook).items() if len(exercise.mistakes) < 5]
    assert not few


@pytest.mark.parametrize("seed", [*HIDDEN, VISIBLE])
@each_exercise
def test_the_reference_leaves_nothing_to_say(notebook, name, seed):
    exercise = load(notebook)[name]
    verdict = judge_function(question(notebook, name, seed), exercise.reference)
    assert [finding for finding in verdict.findings if not finding.ok] == []
    assert verdict.passed
    assert verdict.earned == verdict.points == exercise.points > 0


@pytest.mark.parametrize("seed", [*HIDDEN, VISIBLE])
@each_mistake
def test_a_mistake_loses_points_and_is_named(notebook, name, number, seed):
    exercise = load(notebook)[name]
    mistake = exercise.mistakes[number]
    verdict = judge_function(question(notebook, name, seed), mistake.function(exercise))
    failed = [finding for finding in verdict.findings if finding.points and not finding.ok]
    assert verdict.state == "failed"
    assert verdict.earned < verdict.points
    assert {(f.mistake, f.hint) for f in failed} == {(mistake.name, mistake.hint)}


@pytest.mark.parametrize("seed", [*HIDDEN, VISIBLE])
@each_solution
def test_a_strangers_solution_earns_all(notebook, name, stranger, seed):
    verdict = judge_function(question(notebook, name, seed), solution(notebook, name, stranger))
    assert [f for f in verdict.findings if f.points and not f.ok] == []
    assert verdict.passed
    assert verdict.earned == verdict.points


@pytest.mark.parametrize("others", ["blank", "solved"])
@each_exercise
def test_an_unfilled_template_is_blank(notebook, name, others):
    solved = {n: e.reference for n, e in load(notebook).items()}
    names = {"np": np, "math": math, "copy": copy} | (solved if others == "solved" else {})
    for source in [*stubs(notebook).values()] if others == "blank" else [stubs(notebook)[name]]:
        exec(source, names)
    for seed in (*HIDDEN, VISIBLE):
        verdict = judge_function(question(notebook, name, seed), names[name])
        assert (verdict.state, verdict.earned) == ("blank", 0)


@pytest.fixture(scope="module")
def sheet_of(tmp_path_factory):
    """Gives the answer sheet of a notebook, written and read back when it is first asked for."""
    folder = tmp_path_factory.mktemp("sheets")

    @cache
    def written_and_read(notebook):
        answers.write_sheet(notebook, folder / f"{notebook}.h5")
        return read_sheet(folder / f"{notebook}.h5")

    return written_and_read


@each_notebook
def test_a_sheet_holds_every_exercise_in_order(notebook, sheet_of):
    points = {name: asked.points for name, asked in sheet_of(notebook).items()}
    assert list(points.items()) == [(n, e.points) for n, e in load(notebook).items()]


@each_exercise
def test_a_sheet_judges_as_its_question_does(notebook, name, sheet_of):
    asked, exercise = question(notebook, name, VISIBLE), load(notebook)[name]
    functions = {
        "the reference": exercise.reference,
        **{mistake.name: mistake.function(exercise) for mistake in exercise.mistakes},
        **{who: solution(notebook, name, who) for who in STRANGERS[notebook]},
    }
    for whose, function in functions.items():
        read_back = judged(sheet_of(notebook)[name], function)
        assert read_back == judged(asked, function), whose
