"""What goes into a cell beside the function that leans on it."""

from __future__ import annotations

import copy
import math
import re
from fractions import Fraction as Share
from itertools import chain
from typing import Any

import numpy as np
import pytest

from autograder.exercises import load
from autograder.pupils import reference_answers
from autograder.questions import hidden_question
from autograder.specification import Exercise, SpecificationError
from autograder.surroundings import notebook_functions, whole_cell
from autograder.syllabus import load_syllabus
from helpers.checking.judging import judge_function
from helpers.checking.outcomes import arguments
from helpers.numpy_basics import L1
from tests.conftest import ROOT


class _Parent:
    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    def with_one_more(self) -> _Child:
        return _Child(*self.parts, 1)


class _Child(_Parent):
    def total(self) -> int:
        return sum(self.parts) + len(_Parent(1, 2).parts)


def by_classes(x):
    return _Child(x).with_one_more().total()


_HALF: float = 0.5
_SHARES = [Share(1, 3), Share(2, 3)]

for _SOMEWHERE in ("a loop",):
    pass


def _doubled(x: float) -> float:
    """Lean on a constant."""
    return x / _HALF


def private_parts(x):
    return [_doubled(x), _HALF, np.sum(x)]


def imports(x):
    return list(chain([math.pi], [Share(x)], _SHARES, [copy.copy(x)]))


def recursive(x):
    return recursive(x - 1) if x > 0 else L1(np.zeros(1), np.ones(1))


def out_of_sight(x):
    return _SOMEWHERE


def exercise(reference, uses=()):
    return Exercise(reference.__name__, reference, lambda rng: arguments(3), checks=[], uses=uses)


def cell(reference, uses=()):
    asked = exercise(reference, uses)
    return whole_cell(asked.source, asked)


def run(source):
    names = {"np": np, "math": math, "copy": copy}
    exec(source, names)
    return names


def test_private_functions_and_constants_go_in_front():
    source = cell(private_parts)
    assert source.startswith("_HALF = 0.5\n\ndef _doubled(x):\n    return x / _HALF\n\ndef private")
    assert run(source)["private_parts"](3) == [6, 0.5, 3]


def test_classes_that_need_each_other_stand_in_an_order_that_runs():
    source = cell(by_classes)
    assert "Any" not in source and "->" not in source
    assert run(source)["by_classes"](3) == 6


def test_imports_that_no_notebook_has_go_in_front():
    source = cell(imports)
    assert "from fractions import Fraction as Share" in source
    assert "import math" not in source
    assert run(source)["imports"](3) == imports(3)


def test_what_stands_in_another_module_of_the_course_is_written_out():
    source = cell(recursive)
    assert "helpers" not in source
    assert run(source)["recursive"](2) == 1


def test_earlier_exercises_are_left_to_the_notebook():
    assert "def L1" not in cell(recursive, uses=("L1",))


def test_a_name_that_cannot_be_found_is_told():
    with pytest.raises(SpecificationError, match="_SOMEWHERE"):
        cell(out_of_sight)


def test_an_exercise_knows_its_notebook():
    optimize = load("w01_logistic_regression")["optimize"]
    assert notebook_functions(optimize) == set(load("w01_logistic_regression"))


@pytest.mark.parametrize("week", load_syllabus(ROOT).weeks, ids=lambda week: week.id)
def test_a_notebook_of_references_needs_nothing_but_its_imports(week):
    hidden = "|".join(load_syllabus(ROOT).untaught_modules(week))
    for notebook in week.notebooks:
        names = {"np": np, "math": math, "copy": copy}
        for (where, _), source in reference_answers(week).items():
            if where == notebook.id:
                assert not re.search(rf"import .*\b({hidden})\b", source)  # students lack these
                exec(source, names)
        for name in load(notebook.id):
            assert judge_function(hidden_question(notebook.id, name, "s1"), names[name]).passed
