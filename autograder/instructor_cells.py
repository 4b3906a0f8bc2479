"""Who answers for a name in a test cell: the instructor or the student.

The instructor's own notebook decides, never the submission. What stands in cells that students
may not change, and what is imported anywhere, is the instructor's, and runs where the tests do.
What a solution cell defines is the student's, and stays in the student's process.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

TEST, LOCKED, SOLUTION, OPEN = "test", "locked", "solution", "open"

# What looks into a process, or changes it: none of it reaches the student's.
_REFUSED = {
    "globals": "looks at the table of all names",
    "eval": "evaluates text",
    "exec": "executes text",
    "get_ipython": "uses IPython's own object",
    "monkeypatch": "replaces names of the student's notebook",
    "builtins": "replaces names of Python's own",
    "mock": "replaces names of the student's notebook",
    "unittest.mock": "replaces names of the student's notebook",
    "inspect.stack": "looks at frames",
    "inspect.currentframe": "looks at frames",
    "inspect.getsourcelines": "looks at the lines of a file (inspect.getsource works)",
    "inspect.getclosurevars": "looks into a function",
    "sys._getframe": "looks at frames",
    "sys.modules": "looks at the table of modules",
    "sys.settrace": "traces the student's code",
    "sys.setprofile": "traces the student's code",
    "sys.stdin": "answers questions that the student's code would ask elsewhere",
    "os.path.exists": "looks for files that the student's code would write elsewhere",
    "os.path.isfile": "looks for files that the student's code would write elsewhere",
    "os.listdir": "looks for files that the student's code would write elsewhere",
    "glob": "looks for files that the student's code would write elsewhere",
    "os.environ": "shares its environment with the student's code",
    "os.chdir": "shares its folder with the student's code",
    "asyncio": "waits for the student's coroutines",
    "doctest": "looks at the table of all names",
    **dict.fromkeys(("gc", "weakref", "tracemalloc", "ctypes"), "looks at objects in memory"),
    **dict.fromkeys(("dis", "pickle", "marshal", "cProfile"), "looks into functions"),
    **dict.fromkeys(("threading", "multiprocessing", "concurrent"), "runs code side by side"),
}
_METHODS_ON_FILES = {"exists", "is_file", "is_dir", "iterdir"}


@dataclass(frozen=True)
class InstructorCell:
    """A code cell of the instructor's notebook, and what it does with names.

    Attributes
    ----------
    kind : str
        `TEST`, `LOCKED`, `SOLUTION`, or `OPEN` for a cell that nbgrader does not look after.
    grade_id : str
        "" for an open cell.
    source : str
    """

    kind: str
    grade_id: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """The cell as Python; nothing if it is none."""
        body, magic = _without_cell_magic(self.source)
        try:
            tree: ast.Module = ast.parse(str(TransformerManager().transform_cell(body)))
        except SyntaxError:
            return ast.parse("")
        words = magic.split()
        if words[:1] == ["%%capture"] and len(words) > 1 and words[-1].isidentifier():
            tree.body.append(ast.parse(f"{words[-1]} = None").body[0])
        return tree

    @cached_property
    def binds(self) -> dict[str, ast.stmt]:
        """The names that the cell defines at its top level, each with the last statement."""
        return {name: node for node in self.tree.body for name in _bound(node)}

    @cached_property
    def imports(self) -> dict[str, str]:
        """The names that it imports, each with a statement that imports it alone."""
        return {name: line for node in ast.walk(self.tree) for name, line in _imported(node)}

    @cached_property
    def needs(self) -> list[str]:
        """The names that it uses before it has defined them itself."""
        return _needed(self.tree.body)

    @cached_property
    def stars(self) -> list[str]:
        """Its imports of all that a module has."""
        nodes = [n for n in ast.walk(self.tree) if isinstance(n, ast.ImportFrom)]
        return [ast.unparse(n) for n in nodes if n.names[0].name == "*"]

    @cached_property
    def refused(self) -> str:
        """Why the cell cannot run apart from the student's process, or ""."""
        if "get_ipython" in self.source:
            return f"it {_REFUSED['get_ipython']} (get_ipython)"
        for name in _dotted_names(self.tree):
            for part in _beginnings(name):
                if part in _REFUSED and not name.startswith("get_ipython"):
                    return f"it {_REFUSED[part]} ({part})"
            if "." in name and name.rpartition(".")[2] in _METHODS_ON_FILES:
                return f"it {_REFUSED['os.listdir']} ({name})"
        return ""


@dataclass(frozen=True)
class Plan:
    """What has to be there for a test cell to run.

    Attributes
    ----------
    imports, stars, steps : list of str
        Statements and cells of the instructor's to run before it.
    names : list of str
        What to fetch from the student.
    operators : list of str
        The operators that the instructor's own classes define.
    chance : bool
        Whether random numbers play a part.
    refused : str
        Why the cell cannot be run at all, or "".
    """

    imports: list[str] = field(default_factory=list)
    stars: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)
    chance: bool = False
    refused: str = ""


def plan_for(grade_id: str, cells: Sequence[InstructorCell], handed_in: Collection[str]) -> Plan:
    """Find out what a test cell builds on.

    Parameters
    ----------
    grade_id : str
    cells : sequence of InstructorCell
        The instructor's notebook, in order.
    handed_in : collection of str
        The sources of the submission's cells.
    """
    place = next(n for n, cell in enumerate(cells) if cell.grade_id == grade_id)
    search = _Search(cells, handed_in)
    search.visit(place)
    steps = [search.steps[step] for step in sorted(search.steps)]
    used = [cells[n] for n in (*search.visited, place)]
    return Plan(
        imports=list(dict.fromkeys(search.imports)),
        stars=[star for cell in cells[: place + 1] for star in cell.stars],
        steps=steps,
        names=list(dict.fromkeys(search.names)),
        operators=sorted(_operators(cells)),
        chance=any("random" in cell.source or "shuffle" in cell.source for cell in used),
        refused=next(filter(None, [search.refused, *_refusals(cells, used, place)]), ""),
    )


class _Search:
    """Follows the names that a cell needs to where the instructor's notebook defines them."""

    def __init__(self, cells: Sequence[InstructorCell], handed_in: Collection[str]) -> None:
        self._cells = cells
        self._handed_in = {source.strip() for source in handed_in}
        self._taught = {
            name for cell in cells if cell.kind in (SOLUTION, OPEN) for name in cell.needs
        }
        self.steps: dict[tuple[int, int], str] = {}
        self.visited: list[int] = []
        self.imports: list[str] = []
        self.names: list[str] = []
        self.refused = ""

    def visit(self, place: int) -> None:
        """Look after all that the cell at a place needs."""
        for name in self._cells[place].needs:
            self._look_up(name, place)

    def _look_up(self, name: str, place: int) -> None:
        owner = next((n for n in range(place - 1, -1, -1) if name in self._cells[n].binds), None)
        if owner is None:
            self.names.append(name)
            return
        cell = self._cells[owner]
        node = cell.binds[name]
        if name in cell.imports and isinstance(node, ast.Import | ast.ImportFrom):
            self.imports.append(cell.imports[name])
        elif cell.kind == SOLUTION or (isinstance(node, ast.ClassDef) and name in self._taught):
            self.names.append(name)
        elif cell.kind in (TEST, LOCKED):
            self._take_cell(owner)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            self._take_definition(name, owner, node)
        else:
            self.names.append(name)

    def _take_cell(self, owner: int) -> None:
        if owner not in self.visited:
            self.visited.append(owner)
            self.steps[owner, 0] = self._cells[owner].source
            self.visit(owner)

    def _take_definition(self, name: str, owner: int, node: ast.stmt) -> None:
        """Take one definition out of a cell that students may change, if this one did not."""
        if self._cells[owner].source.strip() not in self._handed_in:
            self.refused = (
                f"it uses {name}, from a cell that the student may change and has changed: mark "
                "that cell as read-only, or as an autograded answer if students write it"
            )
        if (owner, node.lineno) not in self.steps:
            self.steps[owner, node.lineno] = ast.unparse(node)
            for needed in _needed([node]):
                self._look_up(needed, owner + 1)


def _refusals(
    cells: Sequence[InstructorCell], used: Sequence[InstructorCell], place: int
) -> Iterator[str]:
    """Tell why cells cannot run apart from the student's process."""
    modules = {name for cell in cells for name in cell.imports}
    read = {
        name
        for cell in cells[:place]
        if cell.kind == SOLUTION
        for name in _read_in_functions(cell.tree)
    }
    for cell in used:
        yield cell.refused
        for name in _set_attributes(cell.tree):
            if name in modules:
                yield f"it changes the module {name}, of which the student's code has its own"
        if cell.kind == TEST:
            changed = sorted((read & set(cell.binds)) - set(cell.imports))
            if changed:
                yield f"it sets {', '.join(changed)}, which the solution reads from the notebook"


def _operators(cells: Sequence[InstructorCell]) -> set[str]:
    """Name the special methods that classes in the notebook define."""
    classes = [n for cell in cells for n in ast.walk(cell.tree) if isinstance(n, ast.ClassDef)]
    return {
        name
        for node in classes
        for part in node.body
        for name in _bound(part)
        if name.startswith("__")
    }


def definitions(sources: Sequence[str]) -> dict[str, str]:
    """Find the text that defines each name, and each method as ``Class.method``.

    Parameters
    ----------
    sources : sequence of str
        Cells, in the order in which they ran.
    """
    found: dict[str, str] = {}
    for source in sources:
        cell = InstructorCell(OPEN, "", source)
        text = TransformerManager().transform_cell(_without_cell_magic(source)[0])
        for name, node in cell.binds.items():
            found[name] = _segment(text, node)
            if isinstance(node, ast.ClassDef):
                parts = [(n, part) for part in node.body for n in _bound(part)]
                found.update({f"{name}.{n}": _segment(text, part) for n, part in parts})
    return found


def _segment(text: str, node: ast.stmt) -> str:
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno]) + "\n"


def _without_cell_magic(source: str) -> tuple[str, str]:
    """Take the first line off if it is a cell magic that runs the rest as Python."""
    first, _, rest = source.lstrip().partition("\n")
    known = first.split()[:1] in ([["%%capture"], ["%%time"]])
    return (rest, first) if known else (source, "")


def _bound(node: ast.stmt) -> list[str]:
    """Name what a statement defines where it stands."""
    table = symtable.symtable(ast.unparse(node), "cell", "exec")
    return [s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()]


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            one: Any = type(node)(**{**vars(node), "names": [alias]})
            yield name, ast.unparse(one)


def _needed(body: Sequence[ast.stmt]) -> list[str]:
    needed: dict[str, None] = {}
    known: set[str] = set()
    for node in body:
        bound = set(_bound(node))
        own = known if isinstance(node, ast.Assign | ast.AugAssign) else known | bound
        read = [name for name in _read(node) if name not in own]
        needed.update(dict.fromkeys(name for name in read if not hasattr(builtins, name)))
        known |= bound
    return list(needed)


def _read(node: ast.stmt) -> list[str]:
    """Name what a statement reads from the notebook, also in its functions."""
    top = symtable.symtable(ast.unparse(node), "cell", "exec")
    here = [s.get_name() for s in top.get_symbols() if s.is_referenced()]
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        here.append(node.target.id)
    return [*here, *_read_below(top)]


def _read_below(table: symtable.SymbolTable) -> Iterator[str]:
    for child in table.get_children():
        yield from (s.get_name() for s in child.get_symbols() if s.is_global())
        yield from _read_below(child)


def _read_in_functions(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        yield from _read_below(symtable.symtable(ast.unparse(node), "cell", "exec"))


def _dotted_names(tree: ast.Module) -> Iterator[str]:
    """Name all names, attributes and modules, as they are written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield ast.unparse(node) if _is_dotted(node) else f"?.{getattr(node, 'attr', '')}"
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_dotted(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Attribute) and _is_dotted(node.value)
    )


def _beginnings(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def _set_attributes(tree: ast.Module) -> Iterator[str]:
    """Name the objects of which a cell sets an attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            root: ast.expr = node
            while isinstance(root, ast.Attribute):
                root = root.value
            if isinstance(root, ast.Name):
                yield root.id
