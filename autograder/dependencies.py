"""Which cells of a notebook the graded functions depend on.

A graded function depends on the cells that define it, on those that define what these read, and
so on. The others need not run to grade. This is read off the code, and only where it is plain:
all that the functions need must be functions, classes, imports and constants, defined in the
open, and no cell may reach them by another way. Otherwise the answer is `Unsure`, and the whole
notebook runs. So scores are the same whether all cells run or only those that are needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set

from autograder.bindings import CellCode, Kind

# Modules whose functions do the same whatever was called before, but for those in `bindings`.
_STEADY_MODULES = frozenset(
    {
        *("PIL", "abc", "cmath", "collections", "copy", "datetime", "functools", "h5py", "helpers"),
        *("itertools", "math", "matplotlib", "numbers", "numpy", "operator", "pprint", "re"),
        *("scipy", "statistics", "string", "textwrap", "time", "typing"),
    }
)
# Modules with a state that the others do not look at.
_APART = frozenset({"random", "warnings"})
# Tells what has passed, which no name shows.
_READY = "ready"


class Unsure(Exception):
    """The code does not say plainly what depends on what; the message says where."""


def needed_cells(sources: Sequence[str], graded: Collection[str]) -> list[bool]:
    """Tell which cells must run for functions to do what they do when all cells run.

    Parameters
    ----------
    sources : sequence of str
        The ordinary code cells, in order.
    graded : collection of str
        The names of the functions.

    Returns
    -------
    list of bool
        For each cell, whether it is needed.

    Raises
    ------
    Unsure
        If the whole notebook must run.

    Examples
    --------
    >>> cells = ["import numpy as np", "x = np.ones(9)", "def f(x): return np.sum(x)", "f(x)"]
    >>> needed_cells(cells, ["f"])
    [True, False, True, False]
    >>> needed_cells([*cells, "np.sum = max"], ["f"])
    Traceback (most recent call last):
    autograder.dependencies.Unsure: code cell 5 changes “np”
    """
    cells = [CellCode(source) for source in sources]
    _require_none(cell.opaque for cell in cells)
    names, needed = _closure(cells, graded)
    notebook = _Notebook(cells, names)
    _require_none(map(notebook.doubt, cells, needed))
    if any(cell.stores for cell in cells):
        _require_none(map(notebook.doubt_of_aliases, cells))
    return needed


def _require_none(doubts: Iterable[str]) -> None:
    for number, doubt in enumerate(doubts, start=1):
        if doubt:
            raise Unsure(f"code cell {number} {doubt}")


def _closure(cells: Sequence[CellCode], graded: Collection[str]) -> tuple[Set[str], list[bool]]:
    """Follow names to all cells that bind them, and these cells to what they read."""
    names, needed = set(graded), [False] * len(cells)
    while True:
        new = [i for i, cell in enumerate(cells) if not needed[i] and cell.bound & names]
        if not new:
            return names, needed
        for place in new:
            needed[place] = True
            names |= cells[place].read


class _Notebook:
    """What all cells say together.

    Parameters
    ----------
    cells : sequence of CellCode
    names : set of str
        The names that the graded functions depend on.
    """

    def __init__(self, cells: Sequence[CellCode], names: Set[str]) -> None:
        self._names = names
        definitions = [pair for cell in cells for pair in cell.definitions.items()]
        self._defined = {name for name, _ in definitions}
        self._functions = {name for name, kind in definitions if kind is Kind.FUNCTION}
        self._things = {name for name, kind in definitions if kind is Kind.THING}

    def doubt(self, cell: CellCode, is_needed: bool) -> str:
        """Say why a cell leaves open what the graded functions do; "" if it does not."""
        known = _STEADY_MODULES if is_needed else _STEADY_MODULES | _APART
        return _first(
            ("imports", cell.modules - known),
            ("uses", cell.telling),
            ("binds", cell.shaky & self._names),
            ("waits for what passed:", {_READY} & cell.read & self._names),
            ("changes", cell.stores & {*self._defined, ""}),
            ("looks into the function", cell.looked_into & self._functions),
        )

    def doubt_of_aliases(self, cell: CellCode) -> str:
        """Say what a cell gives to code that might store something on it; "" if nothing."""
        return _first(("hands on", cell.bare & self._things))


def _first(*doubts: tuple[str, Collection[str]]) -> str:
    return next((f"{verb} “{min(names)}”" for verb, names in doubts if names), "")
