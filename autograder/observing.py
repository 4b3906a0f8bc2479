"""Watching a reference at work: what its operations are applied to.

Python does not say whether ``a + b`` adds numbers or joins lists. A rewrite that turns it round
must know. So the reference is run once on drawn inputs, with every operand reported.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.specification import Exercise, compiled
from helpers.checking.outcomes import Arguments, invoke

Place = tuple[int, int, int, int]
_CALLS = 5


@dataclass(frozen=True)
class Seen:
    """What was seen while a reference ran.

    Attributes
    ----------
    operands : mapping
        By place in the source, the kinds of values that stood there: "number", "array0",
        "array1", … for arrays of numbers with so many axes, and "other".
    inputs : sequence of Arguments
        What the reference was called with.
    """

    operands: Mapping[Place, Set[str]]
    inputs: Sequence[Arguments]

    def only(self, node: ast.expr, kinds: Set[str]) -> bool:
        """Tell whether a node was reached, and was never of another kind than these."""
        kinds_here = self.operands.get(place(node), frozenset())
        return bool(kinds_here) and kinds_here <= kinds


def place(node: ast.expr) -> Place:
    """Say where an expression stands in the source."""
    return node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0


def kind_of(value: Any) -> str:
    """Name the kind of a value.

    Examples
    --------
    >>> kind_of(np.float64(2)), kind_of(np.ones((2, 1))), kind_of([1, 2])
    ('number', 'array2', 'other')
    """
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        return f"array{value.ndim}"
    return "number" if isinstance(value, bool | int | float | complex | np.number) else "other"


def observe(exercise: Exercise) -> Seen:
    """Run an exercise's reference on a few inputs and watch its operands."""
    rng = np.random.default_rng(0)
    drawn = [*exercise.edge_inputs(rng), *(exercise.inputs(rng) for _ in range(_CALLS))]
    inputs = [replace(args, seed=0) for args in drawn]
    operands: defaultdict[Place, set[str]] = defaultdict(set)

    def observed(where: Place, value: Any) -> Any:
        operands[where].add(kind_of(value))
        return value

    function = compiled(ast.unparse(_Reporting().visit(ast.parse(exercise.source))), exercise)
    function.__globals__["_observed"] = observed
    for args in inputs:
        invoke(function, args)
    return Seen(dict(operands), inputs)


def product_of(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """Give the factors of a matrix product, however it is written.

    Examples
    --------
    >>> [ast.unparse(factor) for factor in product_of(ast.parse("np.dot(A, B.T)").body[0].value)]
    ['A', 'B.T']
    """
    match node:
        case ast.BinOp(left, ast.MatMult(), right):
            return left, right
        case ast.Call(ast.Attribute(ast.Name("np"), "dot" | "matmul"), [left, right], []):
            return left, right
        case ast.Call(ast.Attribute(left, "dot"), [right], []) if not isinstance(left, ast.Name):
            return left, right
    return None


class _Reporting(ast.NodeTransformer):
    """Lets the operands of sums, products and augmented assignments report what they are."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Wrap both operands."""
        left, right = place(node.left), place(node.right)
        self.generic_visit(node)
        node.left, node.right = _reporting(left, node.left), _reporting(right, node.right)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Wrap the factors of a matrix product."""
        factors = product_of(node)
        places = [place(factor) for factor in factors or ()]
        self.generic_visit(node)
        first = len(node.args) - len(places)
        if first < 0 and isinstance(node.func, ast.Attribute):
            node.func.value = _reporting(places.pop(0), node.func.value)
        if factors:
            pairs = zip(places, node.args, strict=True)
            node.args = [_reporting(where, argument) for where, argument in pairs]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """Look at the target before it changes."""
        where, before = place(node.target), ast.unparse(node.target)
        self.generic_visit(node)
        looked = _reporting(where, ast.parse(before, mode="eval").body)
        node.value = ast.Subscript(ast.Tuple([looked, node.value]), ast.Constant(1))
        return node


def _reporting(where: Place, value: ast.expr) -> ast.expr:
    place_of = ast.Tuple([ast.Constant(number) for number in where])
    return ast.Call(ast.Name("_observed"), [place_of, value], [])
