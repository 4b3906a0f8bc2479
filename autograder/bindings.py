"""What can be read off the code of one cell: what it binds, reads, and stores something on."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from IPython.core.inputtransformer2 import TransformerManager

_MOST_CHARACTERS = 50_000  # of a cell: a longer one is not looked at
# Names by which code reaches other names, files or the interpreter unseen.
_BACK_DOORS = frozenset(
    {
        *("__builtins__", "__import__", "breakpoint", "compile", "delattr", "eval", "exec", "exit"),
        *("get_ipython", "getattr", "globals", "input", "locals", "open", "quit", "setattr"),
        *("vars", "In", "Out"),
    }
)
_HISTORY = re.compile(r"_{1,3}|_i{1,3}|_i?\d+|_[dio]h")
# Attributes by which library code does the same, or changes how the rest of it works.
_TELLING = frozenset(
    {
        *("File", "attrgetter", "ctypes", "ctypeslib", "delitem", "f2py", "fromfile", "genfromtxt"),
        *("load", "loadtxt", "memmap", "methodcaller", "printoptions", "register", "save"),
        *("savetxt", "savez", "savez_compressed", "set_printoptions", "set_string_function"),
        *("setbufsize", "seterr", "seterrcall", "setitem", "singledispatch", "tofile"),
        *("update_wrapper",),
    }
)
_INNOCENT = frozenset({"__init__", "__call__", "__name__", "__doc__", "__version__"})
_SETTINGS = "rcParams"  # matplotlib's: they change drawings and no numbers
_METHOD_DECORATORS = frozenset({"property", "staticmethod", "classmethod"})
_TYPE_TESTS = frozenset({"isinstance", "issubclass"})
_NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Import = ast.Import | ast.ImportFrom
_Part = ast.Attribute | ast.Subscript
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


class Kind(Enum):
    """What a name is bound to, where the code says so in the open."""

    FUNCTION = "function"
    CONSTANT = "constant"
    THING = "thing"  # a class, a module, or what a module holds


@dataclass(frozen=True)
class CellCode:
    r"""The code of a cell.

    Attributes
    ----------
    source : str
        As a person wrote it.

    Examples
    --------
    >>> code = CellCode("import numpy as np\ny = f(np.ones(3))\ny[0] = 2")
    >>> code.opaque, sorted(code.bound), sorted(code.read), sorted(code.shaky)
    ('', ['np', 'y'], ['f', 'np', 'y'], ['y'])
    """

    source: str

    @cached_property
    def opaque(self) -> str:
        """Why nothing can be read off it; "" if it can. Ask this first."""
        if len(self.source) > _MOST_CHARACTERS:
            return "is too long"
        try:
            _, inner = self._nodes, [symbol for symbol, _ in _inner_symbols(self._table)]
            transformed = TransformerManager().transform_cell(self.source)
        except _NOT_PYTHON:
            return "is not plain Python"
        if transformed.rstrip("\n") != self.source.rstrip("\n"):
            return "has a syntax of IPython's own"
        reaching = {s.get_name() for s in inner if s.is_global() and s.is_assigned()}
        return f"binds “{min(reaching)}” from inside a function" if reaching else ""

    @cached_property
    def _tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def _table(self) -> symtable.SymbolTable:
        return symtable.symtable(self.source, "cell", "exec")

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        return list(ast.walk(self._tree))

    @cached_property
    def _outer(self) -> list[ast.AST]:
        """The parts that run with the cell: branches and loops, but no functions."""
        found: list[ast.AST] = list(self._tree.body)
        for node in found:  # which grows
            if not isinstance(node, _Scope):
                found += ast.iter_child_nodes(node)
        return found

    @cached_property
    def bound(self) -> frozenset[str]:
        """The global names that the cell binds or deletes."""
        symbols = self._table.get_symbols()
        return frozenset(s.get_name() for s in symbols if s.is_assigned() or s.is_imported())

    @cached_property
    def read(self) -> frozenset[str]:
        """The global names that the cell reads, at once or when its functions are called."""
        outer = {s.get_name() for s in self._table.get_symbols() if s.is_referenced()}
        inner = {
            symbol.get_name()
            for symbol, in_class in _inner_symbols(self._table)
            if symbol.is_referenced() and (symbol.is_global() or in_class)
        }
        return frozenset(outer | inner)

    @cached_property
    def definitions(self) -> Mapping[str, Kind]:
        """The names that the cell binds in the open, to what nothing changes by itself."""
        return {name: kind for node in self._outer for name, kind in _definitions(node)}

    @cached_property
    def shaky(self) -> frozenset[str]:
        """The names that the cell binds in any other way, or takes away."""
        plain = [node for node in self._outer if any(_definitions(node))]
        inside = {id(part) for node in plain for part in ast.walk(node)}
        other = [node for node in self._outer if id(node) not in inside]
        names = {n.id for n in other if isinstance(n, ast.Name) and not _is_read(n)}
        names |= {n.name for n in other if isinstance(n, _Function | ast.ClassDef)}
        return frozenset(names | (self.bound - self.definitions.keys()))

    @cached_property
    def modules(self) -> frozenset[str]:
        """The modules that the cell imports from; ``*`` where it takes all there is."""
        imports = [node for node in self._nodes if isinstance(node, _Import)]
        return frozenset(name for node in imports for name in _imported(node))

    @cached_property
    def telling(self) -> frozenset[str]:
        """The names and attributes that may reach past what the code says."""
        history = {name for name in self.read if _HISTORY.fullmatch(name)}
        imports = (n for n in self._nodes if isinstance(n, _Import))
        words = {part for n in imports for a in n.names for part in a.name.split(".")}
        words |= {n.attr for n in self._nodes if isinstance(n, ast.Attribute)}
        return frozenset(history | (self.read & _BACK_DOORS) | (words & _TELLING) | self._private)

    @property
    def _private(self) -> set[str]:
        """The attributes that are nobody's business but the object's own."""
        found = (n for n in self._nodes if isinstance(n, ast.Attribute) and n.attr.startswith("_"))
        return {n.attr for n in found if n.attr not in _INNOCENT and not _is_own(n)}

    @cached_property
    def stores(self) -> frozenset[str]:
        """The names on whose attributes the cell stores something; "" for what has no name."""
        parts = [node for node in self._nodes if isinstance(node, _Part) and not _is_read(node)]
        return frozenset(_root(node) for node in parts if _reaches_attribute(node))

    @cached_property
    def looked_into(self) -> frozenset[str]:
        """The names of whose attributes the cell makes use."""
        found = (n for n in self._nodes if isinstance(n, ast.Attribute) and n.attr not in _INNOCENT)
        return frozenset(_root(node) for node in found)

    @cached_property
    def bare(self) -> frozenset[str]:
        """The names that the cell neither calls nor looks into, but hands on as they are."""
        used = {id(part) for node in self._nodes for part in _openly_used(node)}
        names = (n for n in self._nodes if isinstance(n, ast.Name) and id(n) not in used)
        return frozenset(node.id for node in names if _is_read(node))


def _inner_symbols(table: symtable.SymbolTable) -> Iterator[tuple[symtable.Symbol, bool]]:
    """Go through the names of all functions and classes, and say whether a class holds them."""
    for child in table.get_children():
        for symbol in child.get_symbols():
            yield symbol, child.get_type() == "class"
        yield from _inner_symbols(child)


def _definitions(node: ast.AST) -> Iterator[tuple[str, Kind]]:
    """Name what a statement defines in the open."""
    if isinstance(node, _Function) and not node.decorator_list and _has_plain_defaults(node):
        yield node.name, Kind.FUNCTION
    elif isinstance(node, ast.ClassDef) and _is_plain_class(node):
        yield node.name, Kind.THING
    elif isinstance(node, _Import):
        for alias in node.names:
            yield alias.asname or alias.name.split(".")[0], Kind.THING
    elif isinstance(node, ast.Assign) and _is_plain(node.value):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if len(names) == len(node.targets):
            yield from ((name, _kind(node.value)) for name in names)


def _has_plain_defaults(node: _Function | ast.Lambda) -> bool:
    """Tell whether no call can find what an earlier one left in a default value."""
    defaults = (*node.args.defaults, *node.args.kw_defaults)
    return all(default is None or _is_plain(default) for default in defaults)


def _is_plain(value: ast.expr) -> bool:
    """Tell a value that is what it says for good: a number, a text, a function, a name."""
    match value:
        case ast.Constant() | ast.Name():
            return True
        case ast.Attribute(value=inner) | ast.UnaryOp(operand=inner):
            return _is_plain(inner)
        case ast.BinOp(left=left, right=right):
            return _is_plain(left) and _is_plain(right)
        case ast.Tuple(elts=elements):
            return all(map(_is_plain, elements))
        case ast.Lambda():
            return _has_plain_defaults(value)
    return False


def _kind(value: ast.expr) -> Kind:
    if isinstance(value, ast.Lambda | ast.Name):
        return Kind.FUNCTION  # or, under a second name, a constant or a thing handed on
    return Kind.THING if isinstance(value, ast.Attribute) else Kind.CONSTANT


def _is_plain_class(node: ast.ClassDef) -> bool:
    """Tell a class of methods and constants, without decorators and metaclass."""
    head = not node.decorator_list and not node.keywords and all(map(_is_plain, node.bases))
    return head and all(map(_is_plain_member, node.body))


def _is_plain_member(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef():
            known = (getattr(d, "id", "") in _METHOD_DECORATORS for d in node.decorator_list)
            return all(known) and _has_plain_defaults(node)
        case ast.Assign(value=value) | ast.Expr(value=value):
            return _is_plain(value)
        case ast.AnnAssign(value=annotated):
            return annotated is None or _is_plain(annotated)
    return isinstance(node, ast.Pass)


def _imported(node: _Import) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".")[0] for alias in node.names)
        return
    yield "." if node.level else (node.module or "").split(".")[0]
    if any(alias.name == "*" for alias in node.names):
        yield "*"


def _is_read(node: ast.Name | _Part) -> bool:
    return isinstance(node.ctx, ast.Load)


def _is_own(node: ast.Attribute) -> bool:
    """Tell a method's use of what its own object keeps."""
    is_self = isinstance(node.value, ast.Name) and node.value.id == "self"
    return is_self and not node.attr.startswith("__")


def _root(node: ast.AST) -> str:
    """Give the name that a chain such as ``a.b[0].c`` starts from, or ""."""
    while isinstance(node, _Part):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _reaches_attribute(node: ast.AST) -> bool:
    """Tell whether a chain goes through an attribute, other than matplotlib's settings."""
    while isinstance(node, _Part):
        if isinstance(node, ast.Attribute):
            return node.attr != _SETTINGS
        node = node.value
    return False


def _openly_used(node: ast.AST) -> Iterator[ast.AST]:
    """Give the parts of which one can see what becomes of them here."""
    match node:
        case ast.Attribute(value=part) | ast.ExceptHandler(type=part) | ast.Raise(exc=part):
            yield from [part] if part is not None else []
        case ast.Call(func=ast.Name(id=name) as function, args=args):
            yield function
            yield from args[1:] if name in _TYPE_TESTS else []
        case ast.ClassDef(bases=bases):
            yield from bases
        case ast.arg(annotation=part) | ast.AnnAssign(annotation=part):
            yield from ast.walk(part) if part is not None else []
