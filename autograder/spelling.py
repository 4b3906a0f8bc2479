"""Other ways to spell the same computation: transformations of a function's syntax tree.

Each takes the tree of a function and what was seen while it ran, and gives the tree changed.
Where it has nothing to change the tree stays as it is. None of them changes a result, except
that a matrix product may add up in another order.
"""

from __future__ import annotations

import ast
import builtins
import inspect
from collections.abc import Callable, Iterator, Mapping, Set

from autograder.observing import Seen, product_of

Factors = Callable[[ast.expr, ast.expr], ast.expr]

_NUMBERS = frozenset({"number", *(f"array{axes}" for axes in range(9))})
_ONE_AXIS_OR_TWO = frozenset({"array1", "array2"})
_TWO_AXES = frozenset({"array2"})
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}


class _Spelling(ast.NodeTransformer):
    """A transformation that looks up what was seen."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen


def _changed(tree: ast.Module, transformer: ast.NodeTransformer) -> ast.Module:
    transformer.visit(tree)
    return tree


def rename_variables(tree: ast.Module, seen: Seen) -> ast.Module:
    """Give every local variable another name; arguments keep theirs."""
    names = _local_names(tree)
    return _changed(tree, _Renamed({name: fresh(f"my_{name}", tree) for name in names}))


def _local_names(tree: ast.AST) -> Set[str]:
    nodes = list(ast.walk(tree))
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    scopes = (node for node in nodes if isinstance(node, ast.Global | ast.Nonlocal))
    return stored - arguments - {name for scope in scopes for name in scope.names}


def fresh(name: str, tree: ast.AST) -> str:
    """Lengthen a name until the tree does not use it.

    Examples
    --------
    >>> fresh("result", ast.parse("result = 1"))
    'result_'
    """
    taken = {getattr(node, "id", getattr(node, "arg", "")) for node in ast.walk(tree)}
    while name in taken:
        name += "_"
    return name


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)


def commute(tree: ast.Module, seen: Seen) -> ast.Module:
    """Swap the operands of sums and of elementwise products."""
    return _changed(tree, _Commuted(seen))


class _Commuted(_Spelling):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        numbers = all(self.seen.only(operand, _NUMBERS) for operand in (node.left, node.right))
        free = not (_draws(node.left) and _draws(node.right))
        self.generic_visit(node)
        if isinstance(node.op, ast.Add | ast.Mult) and numbers and free:
            node.left, node.right = node.right, node.left
        return node


def _draws(node: ast.AST) -> bool:
    """Whether random numbers are drawn, so that the order of evaluation matters."""
    names = (getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(node))
    return any(name in ("random", "rng") for name in names)


def products_with_sign(tree: ast.Module, seen: Seen) -> ast.Module:
    """Write matrix products as ``a @ b``."""
    sign = ast.MatMult()
    return _changed(tree, _Products(seen, _ONE_AXIS_OR_TWO, lambda a, b: ast.BinOp(a, sign, b)))


def products_with_dot(tree: ast.Module, seen: Seen) -> ast.Module:
    """Write matrix products as ``np.dot(a, b)``."""
    return _changed(tree, _Products(seen, _ONE_AXIS_OR_TWO, lambda a, b: _numpy("dot", a, b)))


def products_with_einsum(tree: ast.Module, seen: Seen) -> ast.Module:
    """Write products of two matrices as ``np.einsum("ij,jk->ik", a, b)``."""
    indices = ast.Constant("ij,jk->ik")
    return _changed(tree, _Products(seen, _TWO_AXES, lambda a, b: _numpy("einsum", indices, a, b)))


class _Products(_Spelling):
    def __init__(self, seen: Seen, kinds: Set[str], spell: Factors) -> None:
        super().__init__(seen)
        self.kinds, self.spell = kinds, spell

    def generic_visit(self, node: ast.AST) -> ast.AST:
        factors = product_of(node)
        fits = factors and all(self.seen.only(factor, self.kinds) for factor in factors)
        super().generic_visit(node)
        changed = product_of(node)
        return self.spell(*changed) if fits and changed else node


def _numpy(name: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(ast.Name("np"), name), list(arguments), [])


def turn_comparisons(tree: ast.Module, seen: Seen) -> ast.Module:
    """Read comparisons from right to left."""
    return _changed(tree, _Turned())


class _Turned(ast.NodeTransformer):
    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if not all(type(operator) in _TURNED for operator in node.ops):
            return node
        first, *others = [node.left, *node.comparators][::-1]
        return ast.Compare(first, [_TURNED[type(op)]() for op in node.ops[::-1]], others)


def spell_assignments_out(tree: ast.Module, seen: Seen) -> ast.Module:
    """Write ``x += y`` as ``x = x + y``, wherever no other name sees the change."""
    return _changed(tree, _SpelledOut(seen))


class _SpelledOut(_Spelling):
    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        alone = isinstance(node.target, ast.Subscript) or self.seen.only(node.target, {"number"})
        if not alone:
            return node
        before = ast.parse(ast.unparse(node.target), mode="eval").body
        return ast.Assign([node.target], ast.BinOp(before, node.op, node.value))


def augment_assignments(tree: ast.Module, seen: Seen) -> ast.Module:
    """Write ``x = x + y`` as ``x += y``, where x is a number; an array would be written into."""
    return _changed(tree, _Augmented(seen))


class _Augmented(_Spelling):
    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        match node:
            case ast.Assign([ast.Name(name) as target], ast.BinOp(ast.Name(left), op, right)):
                number = self.seen.only(node.value.left, {"number"})  # type: ignore[attr-defined]
                if left == name and number:
                    return ast.AugAssign(target, op, right)
        return node


def name_results(tree: ast.Module, seen: Seen) -> ast.Module:
    """Give what is returned a name first."""
    return _changed(tree, _Named(fresh("result", tree)))


class _Named(ast.NodeTransformer):
    def __init__(self, name: str) -> None:
        self.name = name

    def visit_Return(self, node: ast.Return) -> ast.AST | list[ast.stmt]:
        if node.value is None or isinstance(node.value, ast.Name):
            return node
        assignment = ast.Assign([ast.Name(self.name, ast.Store())], node.value)
        return [assignment, ast.Return(ast.Name(self.name))]


def list_results(tree: ast.Module, seen: Seen) -> ast.Module:
    """Return a list where a tuple was returned."""
    return _changed(tree, _Listed())


class _Listed(ast.NodeTransformer):
    def visit_Return(self, node: ast.Return) -> ast.AST:
        if isinstance(node.value, ast.Tuple):
            node.value = ast.List(node.value.elts)
        return node


def call_dict(tree: ast.Module, seen: Seen) -> ast.Module:
    """Write ``{"a": 1}`` as ``dict(a=1)``."""
    return _changed(tree, _Called())


class _Called(ast.NodeTransformer):
    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        if not keys or not all(isinstance(key, str) and key.isidentifier() for key in keys):
            return node
        pairs = zip(keys, node.values, strict=True)
        return ast.Call(ast.Name("dict"), [], [ast.keyword(str(k), value) for k, value in pairs])


def spell_numpy_out(tree: ast.Module, seen: Seen) -> ast.Module:
    """Import numpy under its full name, inside of the function."""
    if _local_names(tree) & {"numpy"} or not _reads(tree, "np"):
        return tree
    function = _function(tree)
    imported: ast.stmt = ast.Import([ast.alias("numpy")])
    function.body = [imported, *(_Renamed({"np": "numpy"}).visit(line) for line in function.body)]
    return tree


def _reads(tree: ast.AST, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree))


def _function(tree: ast.Module) -> ast.FunctionDef:
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef))


def add_type_hints(tree: ast.Module, seen: Seen) -> ast.Module:
    """Say of arguments what types were seen, of variables and results that they are objects."""
    function = _function(tree)
    hints = _hints(function, seen)
    for argument in function.args.args:
        argument.annotation = hints.get(argument.arg)
    scoped = any(isinstance(node, ast.Global | ast.Nonlocal) for node in ast.walk(tree))
    return tree if scoped else _changed(tree, _Hinted())


def _hints(function: ast.FunctionDef, seen: Seen) -> dict[str, ast.expr]:
    names = [argument.arg for argument in function.args.args]
    types: dict[str, dict[str, None]] = {name: {} for name in names}
    for args in seen.inputs:
        pairs = (*zip(names, args.positional, strict=False), *args.named.items())
        for name, value in pairs:
            types[name][_type_name(value)] = None
    texts = {name: " | ".join(found) for name, found in types.items() if found}
    return {name: ast.parse(text, mode="eval").body for name, text in texts.items()}


def _type_name(value: object) -> str:
    name = type(value).__name__
    return "np.ndarray" if name == "ndarray" else name if hasattr(builtins, name) else "object"


class _Hinted(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.returns = ast.Name("object")
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        match node.targets:
            case [ast.Name() as target]:
                return ast.AnnAssign(target, ast.Name("object"), node.value, 1)
        return node


def name_arguments(
    tree: ast.Module, seen: Seen, functions: Mapping[str, Callable[..., object]]
) -> ast.Module:
    """Call other exercises with the names of their arguments."""
    return _changed(tree, _Keywords(functions))


class _Keywords(ast.NodeTransformer):
    def __init__(self, functions: Mapping[str, Callable[..., object]]) -> None:
        self.functions = functions

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node.func:
            case ast.Name(name) if name in self.functions and not _starred(node):
                names = [*inspect.signature(self.functions[name]).parameters]
                pairs = zip(names, node.args, strict=False)
                node.keywords = [*(ast.keyword(n, value) for n, value in pairs), *node.keywords]
                node.args = []
        return node


def _starred(node: ast.Call) -> bool:
    return any(isinstance(argument, ast.Starred) for argument in node.args)


def as_lambda(tree: ast.Module, seen: Seen) -> ast.Module:
    """Write a function of plain assignments and one return as a lambda, a line for a line."""
    function = _function(tree)
    steps = list(_as_expressions(function.body))
    if None in steps or function.decorator_list:
        return tree
    values = [step for step in steps if step is not None]
    body = values[0] if len(values) == 1 else ast.Subscript(ast.Tuple(values), ast.Constant(-1))
    target = ast.Name(function.name, ast.Store())
    return ast.Module([ast.Assign([target], ast.Lambda(function.args, body))], [])


def _as_expressions(body: list[ast.stmt]) -> Iterator[ast.expr | None]:
    for line in body[:-1]:
        match line:
            case ast.Assign([ast.Name(name)], value):
                yield ast.NamedExpr(ast.Name(name, ast.Store()), value)
            case _:
                yield None
    yield body[-1].value if isinstance(body[-1], ast.Return) else None
