"""Rewrites of references compute the same, look different, and get full marks."""

from __future__ import annotations

import ast
import copy
import linecache
import math
import textwrap
from dataclasses import replace
from functools import cache
from types import FunctionType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exercises import load
from autograder.questions import make_question
from autograder.rewriting import rewrites
from autograder.specification import Exercise
from autograder.syllabus import load_syllabus
from autograder.trying import try_source
from helpers import gradient_checking
from helpers.checking.comparison import agrees
from helpers.checking.judging import judge_function
from helpers.checking.outcomes import Arguments, invoke
from tests.conftest import ROOT

# The audit hands the rewrites of all weeks in.
NOTEBOOKS = load_syllabus(ROOT).notebook_ids[:3]
A, B, V = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4), np.arange(3.0)


def exercise_of(source, *positional, **named):
    """Make an exercise whose reference has this source, called with these arguments."""
    file = f"<{source}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np, "__name__": __name__, "earlier": earlier}
    exec(compile(source, file, "exec"), names)
    made = next(v for v in reversed(names.values()) if isinstance(v, FunctionType))
    return Exercise(
        made.__name__, made, lambda rng: Arguments(positional, named), [], uses=("earlier",)
    )


def earlier(x, scale=1):
    return x * scale


def rewritten(manner, source, *positional, **named):
    """Rewrite a function in one manner; None where that changes nothing."""
    exercise = exercise_of(textwrap.dedent(source).lstrip(), *positional, **named)
    return {rewrite.name: rewrite.source for rewrite in rewrites(exercise)}.get(manner)


SPELLINGS = [
    ("variables renamed", "y = x\n    y += 1\n    return y", "my_y = x\n    my_y += 1\n    return my_y"),
    (
        "variables renamed",
        "return [i + my_i for i in x for my_i in x]",
        "return [my_i_ + my_my_i for my_i_ in x for my_my_i in x]",
    ),
    ("operands commuted", "return 1 + x * 2", "return 2 * x + 1"),
    ("operands commuted", "return x - x / 2 + 1", "return 1 + (x - x / 2)"),
    ("products with @", "return np.dot(A, B)", "return A @ B"),
    ("products with @", "return np.matmul(A, np.dot(B, B.T))", "return A @ (B @ B.T)"),
    ("products with @", "return A.T.dot(A)", "return A.T @ A"),
    ("products with np.dot", "return A @ B + 1", "return np.dot(A, B) + 1"),
    ("products with np.dot", "return A @ V", "return np.dot(A, V)"),
    ("products with np.einsum", "return A @ B @ B.T", EINSUM := (
        "return np.einsum('ij,jk->ik', np.einsum('ij,jk->ik', A, B), B.T)"
    )),
    ("comparisons turned round", "return 0 < x", "return x > 0"),
    ("comparisons turned round", "return 0 < x <= 5 != 6", "return 6 != 5 >= x > 0"),
    ("augmented assignments spelled out", "x += 1\n    return x", "x = x + 1\n    return x"),
    (
        "augmented assignments spelled out",
        "d = {}\n    d[0] = x\n    d[0] *= x\n    return d",
        "d = {}\n    d[0] = x\n    d[0] = d[0] * x\n    return d",
    ),
    ("augmented assignments", "x = x - 1\n    return x", "x -= 1\n    return x"),
    ("results named first", "return x + 1", "result = x + 1\n    return result"),
    ("lists for tuples", "return (x, 1)", "return [x, 1]"),
    ("dict() for braces", "return {'w': {'b': x}}", "return dict(w=dict(b=x))"),
    ("numpy by its full name", "return np.exp(x)", "import numpy\n    return numpy.exp(x)"),
    ("keyword arguments", "return earlier(x, 2)", "return earlier(x=x, scale=2)"),
    ("keyword arguments", "return earlier(x, scale=2)", "return earlier(x=x, scale=2)"),
]  # fmt: skip


@pytest.mark.parametrize(("manner", "body", "wanted"), SPELLINGS)
def test_a_spelling(manner, body, wanted):
    head = "def f(x, A, B, V):\n    "
    assert rewritten(manner, head + body, 3, A, B, V) == head + wanted + "\n"


UNCHANGED = [
    ("variables renamed", "return x"),
    ("operands commuted", "return 'd' + str(x)"),
    ("operands commuted", "return [x] + [1]"),
    ("operands commuted", "return (1,) + (x,) if x > 0 else x + 1"),
    ("operands commuted", "return np.random.randn(x) + np.random.rand(x)"),
    ("products with @", "return np.dot(x, x)"),
    ("products with @", "return np.dot(2, A)"),
    ("products with np.dot", "return np.ones((2, 2, 2)) @ np.ones((2, 2, 2))"),
    ("products with np.einsum", "return A @ V"),
    ("comparisons turned round", "return x in [1]"),
    ("augmented assignments spelled out", "A += 1\n    return A"),
    ("augmented assignments", "A = A + 1\n    return A"),
    ("augmented assignments", "x = 1 - x\n    return x"),
    ("results named first", "return x"),
    ("dict() for braces", "return {1: x, 'a b': x}"),
    ("numpy by its full name", "return x"),
    ("keyword arguments", "return earlier(*[x])"),
    ("lambda", "for i in range(x):\n        pass\n    return x"),
]


@pytest.mark.parametrize(("manner", "body"), UNCHANGED)
def test_what_would_change_the_result_stays(manner, body):
    assert rewritten(manner, "def f(x, A, V):\n    " + body, 3, A, V) is None


def test_a_lambda_takes_a_line_for_a_line():
    source = "def f(x, y=1):\n    z = x + y\n    return z * 2"
    assert rewritten("lambda", source, 3) == "f = lambda x, y=1: ((z := (x + y)), z * 2)[-1]\n"
    assert rewritten("lambda", "def f(x):\n    return x", 3) == "f = lambda x: x\n"


def test_type_hints_are_those_of_the_values_seen():
    source = "def f(x, A, p, n=1):\n    y = x\n    return y"
    hinted = "def f(x: float, A: np.ndarray, p: dict, n: int=1) -> object:\n    y: object = x\n"
    assert rewritten("type hints", source, 0.5, A, {}, n=2) == hinted + "    return y\n"


def test_a_wrapping_keeps_the_defaults():
    source = "def f(x, y=2):\n    return x + y"
    made = rewritten("inner function", source, 3)
    assert made == (
        "def f(x, y=2):\n\n    def compute(x, y=2):\n        return x + y\n    return compute(x, y)\n"
    )
    assert rewritten("method of a class", source, 3).startswith("class f_class:\n")
    assert rewritten("extra prints", source, 3).splitlines()[1] == (
        "    print('f was called with', x, y)"
    )


def test_single_precision_reaches_into_dictionaries():
    made = rewritten("float32", "def f(p, n):\n    return [p['w'].dtype, n]", {"w": A}, 3)
    names = {"np": np}
    exec(made, names)
    assert names["f"]({"w": A}, 3) == [np.float32, 3]


NUMBERS = st.sampled_from(["A", "B", "x", "2", "(x + 1)", "(x < 2)", "len('ab')"])
EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/<@"), inner).map(lambda t: f"({' '.join(t)})"),
        st.tuples(inner, inner).map(lambda t: f"np.dot({t[0]}, {t[1]})"),
        inner.map(lambda text: f"earlier({text}, 3)"),
        inner.map(lambda text: f"[{text}, 1][0]"),
    ),
    max_leaves=8,
)


@given(st.lists(EXPRESSIONS, min_size=1, max_size=3))
@settings(max_examples=60)
def test_rewrites_of_any_arithmetic_agree(expressions):
    """Whatever the function does, also where it raises."""
    lines = [f"    y{n} = {text}\n" for n, text in enumerate(expressions)]
    total = " + ".join(f"y{n}" for n in range(len(lines)))
    source = "def f(A, B, x=1.5):\n" + "".join(lines) + f"    return {total}, x\n"
    square = np.array([[1.5, 0.25], [-2.0, 3.0]])
    exercise = exercise_of(source, square, square.T + 1)
    args = exercise.inputs(None)
    expected = invoke(exercise.reference, args)
    for rewrite in rewrites(exercise):
        names = {"np": np, "earlier": earlier}
        exec(rewrite.source, names)
        outcome = invoke(names["f"], args)
        if rewrite.name in ("float32", "numbers as arrays"):
            continue  # other numbers, on purpose
        assert outcome.error == expected.error, rewrite
        assert expected.error or agrees(outcome.value, expected.value), rewrite


PLACES = [(notebook, name) for notebook in NOTEBOOKS for name in load(notebook)]


@cache
def references(notebook):
    names = {"np": np, "math": math, "copy": copy}
    for exercise in load(notebook).values():
        exec(exercise.source, names)
    return names


@pytest.mark.parametrize(("notebook", "name"), PLACES)
def test_every_rewrite_earns_full_marks(notebook, name):
    exercise = load(notebook)[name]
    question = make_question(exercise, "s1", 12)
    made = rewrites(exercise)
    assert len(made) >= 10
    for rewrite in made:
        assert ast.dump(ast.parse(rewrite.source)) != ast.dump(ast.parse(exercise.source))
        names = dict(references(notebook))
        exec(rewrite.source, names)
        verdict = judge_function(question, names[name])
        lost = [finding for finding in verdict.findings if not finding.ok]
        assert not lost, (rewrite.name, lost)
        assert verdict.passed


def test_what_is_called_unsuited_does_lose_points():
    notebook = "w04_gradient_checking"
    for name, exercise in load(notebook).items():
        suiting = {rewrite.name for rewrite in rewrites(exercise)}
        for rewrite in rewrites(replace(exercise, unsuited={})):
            if rewrite.name not in suiting:
                names = dict(references(notebook), **vars(gradient_checking))
                exec(rewrite.source, names)
                assert not judge_function(make_question(exercise, "s1", 12), names[name]).passed
        assert not suiting & set(exercise.unsuited)


# Where another thing than a plain function stands behind the name, and where stand-ins are called.
FORMS = ["lambda", "decorator", "instance of a class", "functools.partial", "keyword arguments"]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize("manner", [*FORMS, "method of a class", "float32", "extra prints"])
def test_a_whole_notebook_in_one_manner_earns_full_marks_in_the_sandbox(notebook, manner, sandbox):
    cells = []
    for exercise in load(notebook).values():
        made = {rewrite.name: rewrite.source for rewrite in rewrites(exercise)}
        cells.append(made.get(manner, exercise.source))
    verdicts = try_source(notebook, "\n\n".join(cells), sandbox, "s1")
    assert [(v.function, v.note) for v in verdicts if not v.passed or v.note] == []
