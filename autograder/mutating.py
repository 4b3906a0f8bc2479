"""Wrong versions of a function, made systematically from its syntax tree.

If the hidden tests are any good, every one of these mutants loses points. Operators that fit any
program (arithmetic, comparisons, numbers, truth values, loops) are those of Cosmic Ray; the ones
made for arrays, averages and dictionaries stand here.
"""

from __future__ import annotations

import ast
import copy
import difflib
import itertools
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from string import digits
from types import FrameType
from typing import Any

import numpy as np

from autograder.specification import Exercise
from autograder.watching import watch


@dataclass(frozen=True)
class Mutant:
    """A wrong version of a function.

    Attributes
    ----------
    operator : str
        What was done to it, in a few words.
    change : str
        The changed lines, before and after.
    source : str
        The whole of it, as it would stand in a notebook.
    """

    operator: str
    change: str
    source: str


@dataclass(frozen=True)
class Kind:
    """What a local name holds: its type, and its number of axes.

    `examples` is the length of the axis along which an array's examples lie: the second one of
    two, else the first.
    """

    type_name: str = ""
    ndim: int = 0
    examples: int = field(default=0, compare=False)


Kinds = Mapping[str, Kind]
Operator = Callable[[ast.AST, "Surroundings"], Iterator["ast.AST | list[ast.stmt]"]]


@dataclass(frozen=True)
class Surroundings:
    """What an operator may need to know of the function around a node."""

    kinds: Kinds
    first_line: Mapping[str, int]
    texts: tuple[str, ...]


def mutants(exercise: Exercise) -> list[Mutant]:
    """Make all mutants of an exercise's reference, no two of them alike.

    Left out are changes that only another output on the screen would show, and changes of the
    function's first line, which students are given.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    list of Mutant
    """
    source = exercise.source
    kinds = local_kinds(exercise)
    made = [*_generic(source), *_own(source, kinds), *_remembering(source, exercise.function)]
    seen = {_essence(source)}
    kept = []
    for operator, changed in made:
        essence = _essence(changed)
        if essence not in seen and _same_head(source, changed):
            seen.add(essence)
            kept.append(Mutant(operator, _change(source, changed), changed))
    return kept


def local_kinds(exercise: Exercise) -> Kinds:
    """Find out what the reference's local names hold, by running it once."""
    args = exercise.inputs(np.random.default_rng(0))
    found: dict[str, Kind] = {}

    def look(frame: FrameType, event: str) -> None:
        if event == "return" and not found:
            found.update({n: _kind(v) for n, v in frame.f_locals.items()})

    watch(exercise, [args], look)
    return found


def _kind(value: Any) -> Kind:
    if isinstance(value, bool | int | float | np.number):
        return Kind("number")
    if not isinstance(value, np.ndarray):
        return Kind(type(value).__name__)
    examples = value.shape[1 if value.ndim == 2 else 0] if value.ndim else 0
    return Kind("ndarray", value.ndim, examples)


# --- the operators of Cosmic Ray ------------------------------------------------------------

_ARITHMETIC = ("Add", "Sub", "Mul", "Div", "Pow")
_GENERIC = re.compile(
    rf"ReplaceBinaryOperator_({'|'.join(_ARITHMETIC)}|FloorDiv|Mod)_({'|'.join(_ARITHMETIC)})"
    r"|ReplaceComparisonOperator_(?!.*Is).*"
    r"|ReplaceUnaryOperator_(USub_UAdd|Delete_\w+)"
    r"|AddNot|Replace(True|False|And|Or|Break|Continue)With\w+|NumberReplacer|ZeroIterationForLoop"
)


def _generic(source: str) -> Iterator[tuple[str, str]]:
    from cosmic_ray.mutating import MutationVisitor
    from cosmic_ray.operators.provider import OperatorProvider

    provider = OperatorProvider()
    for name in filter(_GENERIC.fullmatch, provider):
        for occurrence in itertools.count():
            changed = MutationVisitor.mutate_code(source, provider[name](), occurrence)
            if changed is None:
                break
            if _compiles(changed):
                yield _in_words(name), ast.unparse(ast.parse(changed)) + "\n"


def _compiles(source: str) -> bool:
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def _in_words(name: str) -> str:
    """Turn an operator's class name into words.

    Examples
    --------
    >>> _in_words("ReplaceBinaryOperator_Add_Sub")
    'binary operator: Add → Sub'
    """
    kind, _, change = name.partition("_")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.removeprefix("Replace")).lower()
    return f"{words}: {' → '.join(change.split('_'))}" if change else words


# --- our own operators ----------------------------------------------------------------------


def _own(source: str, kinds: Kinds) -> Iterator[tuple[str, str]]:
    tree = ast.parse(source)
    around = _surroundings(tree, kinds)
    for name, operator in OPERATORS.items():
        for place, node in enumerate(ast.walk(tree)):
            for new in operator(copy.deepcopy(node), around):
                changed = _replaced(tree, place, new)
                if _compiles(changed):
                    yield name, changed


def _surroundings(tree: ast.Module, kinds: Kinds) -> Surroundings:
    first: dict[str, int] = {}
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            first[node.arg] = 0
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            first.setdefault(node.id, node.lineno)
        elif isinstance(node, ast.Subscript) and _text(node.slice):
            texts.append(_text(node.slice))
    return Surroundings(kinds, first, tuple(dict.fromkeys(texts)))


class _Swap(ast.NodeTransformer):
    """Puts something else in the place of one node."""

    def __init__(self, target: ast.AST, new: ast.AST | list[ast.stmt]) -> None:
        self._target = target
        self._new = new

    def visit(self, node: ast.AST) -> Any:
        return self._new if node is self._target else self.generic_visit(node)


def _replaced(tree: ast.Module, place: int, new: ast.AST | list[ast.stmt]) -> str:
    changed = copy.deepcopy(tree)
    target = list(ast.walk(changed))[place]
    return ast.unparse(ast.fix_missing_locations(_Swap(target, new).visit(changed))) + "\n"


def _expression(template: str, **parts: ast.expr) -> ast.expr:
    """Build an expression from a text with names in it that stand for parts.

    Examples
    --------
    >>> ast.unparse(_expression("a + 1", a=ast.Name("X")))
    'X + 1'
    """

    class Fill(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return parts.get(node.id, node)

    filled: ast.Expression = Fill().visit(ast.parse(template, mode="eval"))
    return filled.body


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _called(node: ast.AST) -> str:
    """Name the function of a call: "sum" for ``np.sum(x)`` and for ``x.sum()``."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _axis(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    if isinstance(node, ast.keyword) and node.arg == "axis":
        for value in ("0", "1", "None", "(0, 1)"):
            if ast.unparse(node.value) != value:
                yield ast.keyword("axis", _expression(value))


def _named_argument(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Leave an argument out that has a default: keepdims, axis, dtype, a learning rate, ..."""
    if isinstance(node, ast.Call):
        for index in range(len(node.keywords)):
            kept = [k for i, k in enumerate(node.keywords) if i != index]
            yield ast.Call(node.func, node.args, kept)
        if len(node.args) > 1:
            yield ast.Call(node.func, node.args[:-1], node.keywords)


def _transposed(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        yield from _transposed_operands(node.left, node.right)
    if _called(node) in ("dot", "matmul") and len(node.args) == 2:  # type: ignore[attr-defined]
        yield from _transposed_operands(*node.args)  # type: ignore[attr-defined]


def _transposed_operands(left: ast.expr, right: ast.expr) -> Iterator[ast.AST]:
    for template, side in (("a.T @ b", left), ("a @ b.T", right)):
        if not (isinstance(side, ast.Attribute) and side.attr == "T"):
            yield _expression(template, a=left, b=right)


def _product(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Confuse the matrix product with the one by elements, and its two sides."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult | ast.Mult):
        other = "a * b" if isinstance(node.op, ast.MatMult) else "a @ b"
        yield _expression(other, a=node.left, b=node.right)
        if isinstance(node.op, ast.MatMult):
            yield _expression("b @ a", a=node.left, b=node.right)
    elif _called(node) in ("dot", "matmul") and len(node.args) == 2:  # type: ignore[attr-defined]
        left, right = node.args  # type: ignore[attr-defined]
        yield _expression("a * b", a=left, b=right)
        yield _expression("b @ a", a=left, b=right)


_CONFUSED = {
    **{"sum": ("mean", "max"), "mean": ("sum", "median"), "max": ("min", "sum")},
    **{"min": ("max",), "argmax": ("argmin",), "argmin": ("argmax",), "norm": ("sum",)},
    **{"nansum": ("nanmean",), "prod": ("sum",), "cumsum": ("cumprod",), "std": ("var",)},
    **{"var": ("std",), "log": ("log10", "log1p"), "exp": ("expm1", "exp2"), "sqrt": ("square",)},
    **{"square": ("sqrt",), "zeros": ("ones",), "ones": ("zeros",), "zeros_like": ("ones_like",)},
    **{"ones_like": ("zeros_like",), "maximum": ("minimum", "add"), "minimum": ("maximum",)},
    **{"floor": ("ceil", "round"), "ceil": ("floor",), "tanh": ("arctan", "sin")},
    **{"randn": ("rand",), "rand": ("randn",), "normal": ("uniform",), "hstack": ("vstack",)},
    **{"standard_normal": ("random",), "argsort": ("sort",), "vstack": ("hstack",)},
    **{"greater": ("greater_equal", "less"), "less": ("less_equal", "greater")},
    **{"greater_equal": ("greater", "less"), "less_equal": ("less", "greater")},
    **{"multiply": ("add",), "add": ("subtract",), "subtract": ("add",), "divide": ("multiply",)},
    **{"logaddexp": ("add", "maximum"), "floor_divide": ("divide",), "append": ("extend",)},
}


def _confused(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Call a function that is taken for another: sum and mean, zeros and ones, log and log10."""
    if isinstance(node, ast.Attribute):
        for other in _CONFUSED.get(node.attr, ()):
            yield ast.Attribute(node.value, other, node.ctx)


def _call_left_out(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]


def _argument_of(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Change what a logarithm, an exponential or a root is taken of."""
    if _called(node) in ("log", "exp", "sqrt", "logaddexp"):
        assert isinstance(node, ast.Call)
        for template in ("-a", "1 - a", "2 * a", "a + 1"):
            changed = _expression(template, a=node.args[0])
            yield ast.Call(node.func, [changed, *node.args[1:]], node.keywords)


def _division(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield node.left
        yield _expression("a / b / b", a=node.left, b=node.right)


def _term_left_out(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Div):
        yield node.left
        yield node.right


def _number(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    was = node.value if isinstance(node, ast.Constant) else None
    if isinstance(was, int | float) and not isinstance(was, bool):
        for value in (0, 1, -was, 10 * was, was / 2):
            if value != was:
                yield _expression(repr(value))


def _swapped(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Swap neighbours: arguments of a call, entries of a dictionary, elements of a tuple."""
    lists = {ast.Call: "args", ast.Dict: "values", ast.Tuple: "elts", ast.List: "elts"}
    field = lists.get(type(node), "")
    for index in range(len(getattr(node, field, [])) - 1):
        changed = copy.deepcopy(node)
        items = getattr(changed, field)
        items[index], items[index + 1] = items[index + 1], items[index]
        yield changed


def _entry_left_out(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    if isinstance(node, ast.Dict):
        for index in range(len(node.keys)):
            changed = copy.deepcopy(node)
            del changed.keys[index], changed.values[index]
            yield changed
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for index in range(len(node.elts)):
            yield ast.Tuple(node.elts[:index] + node.elts[index + 1 :], node.ctx)


def _wrong_key(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    if isinstance(node, ast.Subscript) and _text(node.slice):
        for other in around.texts:
            if other != _text(node.slice):
                yield ast.Subscript(node.value, ast.Constant(other), node.ctx)


def _statement_left_out(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    kept = (ast.Return, ast.FunctionDef, ast.Pass, ast.Import, ast.ImportFrom)
    if isinstance(node, ast.stmt) and not isinstance(node, kept):
        yield ast.Pass()


def _branch(node: ast.AST, around: Surroundings) -> Iterator[ast.AST | list[ast.stmt]]:
    """Remove a branch: take the other one always."""
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.If):
        yield from (node.body, node.orelse or [ast.Pass()])
    elif _called(node) == "where" and len(node.args) == 3:  # type: ignore[attr-defined]
        yield from node.args[1:]  # type: ignore[attr-defined]


_COPIES = ("copy", "deepcopy", "array")


def _copy_removed(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Work on the caller's own arrays and dictionaries."""
    if _called(node) in _COPIES and isinstance(node, ast.Call):
        method = isinstance(node.func, ast.Attribute) and not node.args
        yield node.func.value if method else node.args[0]  # type: ignore[attr-defined]
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
        target, value = node.targets[0], node.value
        if ast.unparse(target) == ast.unparse(value.left):
            yield ast.AugAssign(target, value.op, value.right)  # type: ignore[arg-type]


def _added_up(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Overwrite where the reference adds up, and the other way round."""
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)


def _wrong_variable(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Take another variable of the same kind that is there already."""
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    kind = around.kinds.get(node.id)
    for other, other_kind in around.kinds.items():
        known = around.first_line.get(other, sys.maxsize) < node.lineno
        if other_kind == kind and other != node.id and known and _alike(node.id, other):
            yield ast.Name(other, node.ctx)


def _alike(name: str, other: str) -> bool:
    """Tell whether people mix two names up: `W1` and `W2`, or `dA2` and `dZ2`.

    In long functions any two names would be too many pairs, and those are told apart by any test.
    """
    letters, others = name.rstrip(digits), other.rstrip(digits)
    return letters == others or name[len(letters) :] == other[len(others) :]


def _first_example(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Look at the first example only, or at all but the last."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        kind = around.kinds.get(node.id, Kind())
        if kind.examples > 1:
            every = ":, " if kind.ndim == 2 else ""
            for part in (":1", ":-1"):
                yield _expression(f"a[{every}{part}]", a=node)
    if _called(node) == "range":
        assert isinstance(node, ast.Call)
        end = node.args[0] if len(node.args) == 1 else node.args[1]
        start = node.args[0] if len(node.args) > 1 else ast.Constant(0)
        for template in (
            "range(s, s + 1)",
            "range(s, e - 1)",
            "range(s + 1, e)",
            "range(s, e + 1)",
        ):
            yield _expression(template, s=start, e=end)


def _type(node: ast.AST, around: Surroundings) -> Iterator[ast.AST]:
    """Truncate numbers, lose an axis, or forget the type that was asked for."""
    if isinstance(node, ast.keyword) and node.arg == "dtype":
        yield ast.keyword("dtype", ast.Name("int"))
    elif isinstance(node, ast.Return) and node.value is not None:
        for place, part in enumerate(_parts(node.value)):
            losses = ["np.asarray(a).astype(int)"]
            if not _is_number(part, around.kinds):
                losses += ["np.squeeze(a)", "np.transpose(a)"]
            for template in losses:
                changed = copy.deepcopy(node)
                target = _parts(changed.value)[place]  # type: ignore[arg-type]
                yield _Swap(target, _expression(template, a=part)).visit(changed)


def _is_number(part: ast.expr, kinds: Kinds) -> bool:
    held = kinds.get(part.id) if isinstance(part, ast.Name) else None
    return held == Kind("number") or _called(part) in ("float", "int", "len")


def _parts(value: ast.expr) -> list[ast.expr]:
    """List the values that a return statement hands over, those in its dictionaries too."""
    if isinstance(value, ast.Tuple):
        return [part for element in value.elts for part in _parts(element)]
    if isinstance(value, ast.Dict):
        return [part for element in value.values for part in _parts(element)]
    return [value]


OPERATORS: dict[str, Operator] = {
    "another axis": _axis,
    "argument left out": _named_argument,
    "transpose added or dropped": _transposed,
    "matrix product or by elements": _product,
    "one function for another": _confused,
    "call left out": _call_left_out,
    "argument of log, exp or root": _argument_of,
    "division missing or doubled": _division,
    "term left out": _term_left_out,
    "number": _number,
    "neighbours swapped": _swapped,
    "entry left out": _entry_left_out,
    "wrong key": _wrong_key,
    "statement left out": _statement_left_out,
    "branch removed": _branch,
    "done in place": _copy_removed,
    "overwritten, not added up": _added_up,
    "wrong variable": _wrong_variable,
    "first example only": _first_example,
    "type or axis lost": _type,
}


# --- mutants of the function as a whole -----------------------------------------------------


def _remembering(source: str, name: str) -> Iterator[tuple[str, str]]:
    """Keep something between the calls."""
    yield (
        "state kept between calls",
        f"{source}\n_first, _fresh = [], {name}\n\ndef {name}(*args, **named):\n"
        "    _first.append(_fresh(*args, **named))\n    return _first[0]\n",
    )
    tree = ast.parse(source)
    for place, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Assign) and _is_empty(node.value):
            kept = f"_kept = {ast.unparse(node.value)}\n"
            use = ast.Assign(node.targets, ast.Name("_kept", ast.Load()))
            yield "state kept between calls", kept + _replaced(tree, place, use)


def _is_empty(value: ast.expr) -> bool:
    return ast.unparse(value) in ("[]", "{}")


# --- which mutants count --------------------------------------------------------------------


class _Silent(ast.NodeTransformer):
    """Removes what only prints, and what does nothing."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        idle = isinstance(node.value, ast.JoinedStr | ast.Constant | ast.Name)
        return None if idle or _called(node.value) == "print" else node

    def visit_Pass(self, node: ast.Pass) -> None:
        return None

    def visit_If(self, node: ast.If) -> ast.AST | None:
        self.generic_visit(node)
        return node if node.body or node.orelse else None


def _essence(source: str) -> str:
    """Sum a function up as far as its results depend on it."""
    tree = _Silent().visit(ast.parse(source))
    return ast.dump(tree)


def _same_head(source: str, changed: str) -> bool:
    """Tell whether the first line, which students are given, is as it was."""
    return _head(source) == _head(changed)


def _head(source: str) -> str:
    functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)]
    return ast.dump(functions[0].args)


def _change(before: str, after: str) -> str:
    """Show the lines that differ."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))
