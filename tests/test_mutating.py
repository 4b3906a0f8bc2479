"""Mutants: each operator on a small example, and what holds for all of them."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from autograder.exercises import load
from autograder.mutating import local_kinds, mutants
from autograder.specification import Exercise
from helpers.checking.checks import Matches
from helpers.checking.outcomes import arguments
from tests.test_specifications import PLACES


def average(X, Y, scale=2.0, verbose=False):
    m = X.shape[1]
    costs = []
    Z = X.T @ Y
    for i in range(m):  # noqa: B007
        costs.append(np.log(np.sum(Z, axis=1, keepdims=True)) / m)
        if verbose:
            print("cost", costs[-1])
    grads = {"dX": X * scale, "dY": Y}
    return grads, costs if m > 1 else grads["dX"]


def exercise(reference):
    def inputs(rng):
        return arguments(rng.uniform(1, 2, (3, 4)), rng.uniform(1, 2, (3, 4)))

    return Exercise(reference.__name__, reference, inputs, [Matches(points=1)])


@pytest.fixture(scope="module")
def changes():
    made = mutants(exercise(average))
    return {line[1:].strip(): m for m in made for line in m.change.split("\n") if line[:1] == "+"}


@pytest.mark.parametrize(
    "line",
    [
        "costs.append(np.log(np.sum(Z, axis=0, keepdims=True)) / m)",
        "costs.append(np.log(np.sum(Z, axis=1)) / m)",
        "costs.append(np.log(np.mean(Z, axis=1, keepdims=True)) / m)",
        "costs.append(np.log(np.sum(Z, axis=1, keepdims=True)))",
        "costs.append(np.log(np.sum(Z, axis=1, keepdims=True)) / m / m)",
        "costs.append(np.sum(Z, axis=1, keepdims=True) / m)",
        "costs.append(np.log10(np.sum(Z, axis=1, keepdims=True)) / m)",
        "costs.append(np.log(-np.sum(Z, axis=1, keepdims=True)) / m)",
        "costs.append(np.log(np.sum(Z, axis=1, keepdims=True)) * m)",
        "Z = X @ Y",
        "Z = X.T * Y",
        "Z = Y @ X.T",
        "Z = X.T @ Y.T",
        "Z = X.T @ X",
        "Z = X[:, :1].T @ Y",
        "m = X.shape[0]",
        "for i in range(0, 0 + 1):",
        "for i in range(0, m - 1):",
        "grads = {'dX': Y, 'dY': X * scale}",
        "grads = {'dY': Y}",
        "grads = {'dX': X, 'dY': Y}",
        "return (grads, costs)",
        "return (grads, costs if m >= 1 else grads['dX'])",
        "return (costs if m > 1 else grads['dX'], grads)",
        "costs = _kept",
        "return _first[0]",
    ],
)
def test_each_operator_makes_its_mutant(changes, line):
    assert line in changes


def test_what_only_prints_is_left_alone(changes):
    assert not [line for line in changes if "print" in line]


@pytest.mark.parametrize("notebook, name", PLACES[:30:3])
def test_mutants_are_programs_unlike_the_reference_and_each_other(notebook, name):
    specified = load(notebook)[name]
    made = mutants(specified)
    assert len({mutant.source for mutant in made} - {specified.source}) == len(made) > 5
    for mutant in made:
        names = [n.name for n in ast.parse(mutant.source).body if isinstance(n, ast.FunctionDef)]
        assert set(names) == {specified.function}
        assert mutant.operator
        assert mutant.change


def test_local_names_are_known_by_what_they_hold():
    kinds = local_kinds(exercise(average))
    assert (kinds["m"].type_name, kinds["scale"].type_name) == ("number", "number")
    assert (kinds["X"].ndim, kinds["X"].examples) == (2, 4)
    assert kinds["X"] == kinds["Z"] != kinds["grads"]


def two_steps(W1, W2, dA2, dZ2):
    dA1 = W2 + 1
    return W1 @ dA1 + dA2 + dZ2


def test_names_that_are_alike_are_mixed_up_and_others_are_not():
    def inputs(rng):
        return arguments(*(rng.uniform(1, 2, (3, 3)) for _ in range(4)))

    made = mutants(Exercise("two_steps", two_steps, inputs, [Matches(points=1)]))
    changed = [m.change for m in made if m.operator == "wrong variable"]
    assert any("+    dA1 = W1 + 1" in change for change in changed)
    assert any("+    return W1 @ dA1 + dZ2 + dZ2" in change for change in changed)
    assert not any("+    return dZ2 @" in change for change in changed)
