"""What a reference needs around it when it goes into a student's notebook.

A reference leans on its own module: on private functions, constants and imports that no notebook
has. They go in front of it, into the same cell.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import pkgutil
import sys
from collections.abc import Iterator, Mapping, Set
from typing import Any

from autograder import exercises
from autograder.specification import Exercise, SpecificationError, bare_source

Names = Mapping[str, Any]

# Left to whoever runs a cell.
IMPORTED = frozenset({"np", "math", "copy"})


def whole_cell(source: str, exercise: Exercise, above: Set[str] | None = None) -> str:
    """Put in front of a source what it uses of the reference's module and a notebook lacks.

    Parameters
    ----------
    source : str
        The source of the exercise's function: the reference's, a mistake's or a rewrite's.
    exercise : Exercise
        Where it comes from.
    above : set of str, optional
        The exercises that stand above it; by default, all others of its notebook.

    Returns
    -------
    str
        The source of a cell. What stands above is left to the notebook, as are `np`, `math`
        and `copy`.

    Examples
    --------
    >>> from autograder.exercises import load
    >>> loss = load("w01_numpy_basics")["L1"]
    >>> whole_cell(loss.source, loss) == loss.source
    True
    """
    names = inspect.unwrap(exercise.reference).__globals__
    above = notebook_functions(exercise) if above is None else above
    known = IMPORTED | above | {exercise.function}
    return "\n\n".join([*_definitions(source, names, set(known)), source])


def with_imports(cell: str) -> str:
    r"""Import what a cell uses of `math` and `copy`, which not every notebook imports.

    Examples
    --------
    >>> print(with_imports("def half_turn():\n    return math.pi"))
    import math
    <BLANKLINE>
    def half_turn():
        return math.pi
    """
    read = _read_names(cell)
    imports = [f"import {name}" for name in sorted(IMPORTED - {"np"}) if name in read]
    return "\n".join([*imports, "", cell]) if imports else cell


def notebook_functions(exercise: Exercise) -> Set[str]:
    """Name all exercises of the notebook that this one stands in.

    An exercise that stands in none knows only those that it uses.
    """
    for module in pkgutil.iter_modules(exercises.__path__):
        loaded = sys.modules.get(f"{exercises.__name__}.{module.name}")
        if loaded and any(exercise is other for other in loaded.EXERCISES):
            return {other.function for other in loaded.EXERCISES}
    return set(exercise.uses)


def _definitions(source: str, names: Names, known: set[str]) -> Iterator[str]:
    """Define what a source needs, and first what that needs in turn; each name once."""
    for name in _read_names(source):
        if name in known or name not in names:
            continue
        known.add(name)
        text, home = _definition(name, names)
        yield from _definitions(_run_at_once(text), home, known)
        yield text
        yield from _definitions(text, home, known)


def _run_at_once(source: str) -> str:
    """Leave out the methods of a class: what they read may be defined after the class.

    Classes often need each other, each in the methods of the other.
    """
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            node.body = [n for n in node.body if not isinstance(n, ast.FunctionDef)] or [ast.Pass()]
    return ast.unparse(tree)


def _read_names(source: str) -> list[str]:
    """List the names that a source reads, in order, and does not take from Python itself."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
    read = [node.id for node in nodes if isinstance(node.ctx, ast.Load)]
    return [name for name in dict.fromkeys(read) if not hasattr(builtins, name)]


def _definition(name: str, names: Names) -> tuple[str, Names]:
    """Give the source that defines a name, and the names which that source sees."""
    for node in ast.parse(inspect.getsource(sys.modules[names["__name__"]])).body:
        if name in _defined(node):
            return _as_definition(node, name, names)
    raise SpecificationError(f"{names['__name__']} does not say at its top level what {name} is.")


def _defined(node: ast.stmt) -> Set[str]:
    """Name what a statement at the top level of a module defines."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_stored(n)}
    return set()


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _as_definition(node: ast.stmt, name: str, names: Names) -> tuple[str, Names]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return bare_source(names[name]).strip(), names
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
        # A course's own module may not be among the helpers that students have yet.
        return _definition(name, vars(sys.modules[str(node.module)]))
    if isinstance(node, ast.Import | ast.ImportFrom):
        node.names = [alias for alias in node.names if name in (alias.asname, alias.name)]
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return f"{name} = {ast.unparse(node.value)}", names
    return ast.unparse(node), names
