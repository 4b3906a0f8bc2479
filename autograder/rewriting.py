"""Correct answers made from the reference by machine: each in another manner of writing.

Whoever computes the same must get the same points. Known styles are collected by hand; here
come those that can be had from the reference's syntax tree: other spellings of its lines, and
other things than a plain function behind its name.
"""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from autograder import spelling
from autograder.observing import Seen, observe
from autograder.specification import Exercise
from autograder.surroundings import notebook_functions, whole_cell

Change = Callable[[ast.Module, Seen], ast.Module]

_SPELLINGS: dict[str, Change] = {
    "variables renamed": spelling.rename_variables,
    "operands commuted": spelling.commute,
    "products with @": spelling.products_with_sign,
    "products with np.dot": spelling.products_with_dot,
    "products with np.einsum": spelling.products_with_einsum,
    "comparisons turned round": spelling.turn_comparisons,
    "augmented assignments spelled out": spelling.spell_assignments_out,
    "augmented assignments": spelling.augment_assignments,
    "results named first": spelling.name_results,
    "lists for tuples": spelling.list_results,
    "dict() for braces": spelling.call_dict,
    "numpy by its full name": spelling.spell_numpy_out,
    "type hints": spelling.add_type_hints,
    "lambda": spelling.as_lambda,
}

# Of a function: {name}, {signature} with its defaults, {passed} as arguments handed on, and the
# {body}, indented once or twice.
_WRAPPINGS = {
    "extra prints": """
def {name}({signature}):
    print("{name} was called with", {passed})
{body}
""",
    "decorator": """
import functools

def {name}_noting_calls(function):
    @functools.wraps(function)
    def call(*positional, **named):
        return function(*positional, **named)
    return call

@{name}_noting_calls
def {name}({signature}):
{body}
""",
    "instance of a class": """
class {name}_class:
    def __call__(self, {signature}):
{deep_body}

{name} = {name}_class()
""",
    "method of a class": """
class {name}_class:
    def compute(self, {signature}):
{deep_body}

def {name}({signature}):
    return {name}_class().compute({passed})
""",
    "functools.partial": """
import functools

def {name}_with_option(option, {signature}):
{body}

{name} = functools.partial({name}_with_option, None)
""",
    "inner function": """
def {name}({signature}):
    def compute({signature}):
{deep_body}
    return compute({passed})
""",
    "float32": """
def {name}({signature}):
    def single(value):
        if isinstance(value, dict):
            return {{key: single(part) for key, part in value.items()}}
        if isinstance(value, (list, tuple)):
            return type(value)(map(single, value))
        is_floating = isinstance(value, float) or getattr(value, "dtype", np.bool_) == np.float64
        return np.float32(value) if is_floating else value
    def compute({signature}):
{deep_body}
    return compute(*map(single, [{passed}]))
""",
    "numbers as arrays": """
def {name}({signature}):
    def boxed(value):
        if isinstance(value, dict):
            return {{key: boxed(part) for key, part in value.items()}}
        if isinstance(value, (list, tuple)):
            return type(value)(map(boxed, value))
        return np.array([[value]]) if isinstance(value, float) else value
    def compute({signature}):
{deep_body}
    return boxed(compute({passed}))
""",
}


@dataclass(frozen=True)
class Rewrite:
    """The reference in another manner of writing.

    Attributes
    ----------
    name : str
        The manner.
    source : str
        The source of a whole notebook cell.
    """

    name: str
    source: str


def rewrites(exercise: Exercise) -> list[Rewrite]:
    """Write an exercise's reference in all manners that change it, and that suit the exercise.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    list of Rewrite
        Each defines the exercise's function in a notebook that has `np`, `math`, `copy` and the
        earlier exercises, and computes what the reference does.

    Examples
    --------
    >>> from autograder.exercises import load
    >>> made = {r.name: r.source for r in rewrites(load("w01_numpy_basics")["L2"])}
    >>> print(made["results named first"])
    def L2(yhat, y):
        result = float(np.sum((y - yhat) ** 2))
        return result
    <BLANKLINE>
    """
    made = dict.fromkeys(["", exercise.source])
    kept = []
    for name, source in _all_manners(exercise):
        if source not in made and name not in exercise.unsuited:
            kept.append(Rewrite(name, whole_cell(source, exercise)))
    return kept


def _all_manners(exercise: Exercise) -> Iterator[tuple[str, str]]:
    tree, seen = ast.parse(exercise.source), observe(exercise)
    by_name = partial(spelling.name_arguments, functions=_earlier_functions(exercise))
    changes: dict[str, Change] = {**_SPELLINGS, "keyword arguments": by_name}
    for name, change in changes.items():
        changed = ast.fix_missing_locations(change(copy.deepcopy(tree), seen))
        yield name, ast.unparse(changed) + "\n"
    for name, template in _WRAPPINGS.items():
        yield name, _wrapped(tree, template)


def _earlier_functions(exercise: Exercise) -> dict[str, Callable[..., Any]]:
    names = inspect.unwrap(exercise.reference).__globals__
    return {name: names[name] for name in notebook_functions(exercise) if name in names}


def _wrapped(tree: ast.Module, template: str) -> str:
    """Fill a template in with the parts of a function."""
    function = tree.body[0]
    if not isinstance(function, ast.FunctionDef) or function.decorator_list:
        return ""
    body = "\n".join(map(ast.unparse, function.body))
    filled = template.format(
        name=function.name,
        signature=ast.unparse(function.args),
        passed=", ".join(argument.arg for argument in function.args.args),
        body=textwrap.indent(body, 4 * " "),
        deep_body=textwrap.indent(body, 8 * " "),
    )
    return ast.unparse(ast.parse(filled)) + "\n"
