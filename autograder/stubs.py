"""From a solved cell to the cell that a student completes.

Everything between ``### START CODE HERE ###`` and ``### END CODE HERE ###`` is a
*region*. Its stub is ``name = None`` for each name that the region binds and that
the code kept around it reads afterwards. Nothing else of the region survives.

"Afterwards" follows the flow of the kept code only. What stands in another region
vanishes too, so it neither needs a name nor supplies one. That also makes the stub
of a stub the stub itself.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, cycle

START = "### START CODE HERE ###"
END = "### END CODE HERE ###"
ANSWER_STUB = "*Write your answer here.*"
_SCHEME_BEGIN, _SCHEME_END = "BEGIN MARK SCHEME", "END MARK SCHEME"
_ALMOST_A_MARKER = re.compile(r"#.*\b(START|END) CODE HERE\b", re.IGNORECASE)

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Loop = ast.For | ast.AsyncFor | ast.While
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
_Body = list[ast.stmt]


class StubError(ValueError):
    """A cell's markers do not enclose whole statements; the message names the line."""


@dataclass(frozen=True)
class Region:
    """The lines of one region: ``start`` and ``end`` are its marker lines, counted from 1."""

    start: int
    end: int

    def holds(self, node: ast.stmt) -> bool:
        """Tell whether a statement lies between the two markers."""
        return self.start < _first_line(node) and (node.end_lineno or 0) < self.end


@dataclass
class _Hole:
    """A region taken out of its block: its statements, and the block around the gap."""

    region: Region
    block: _Body
    index: int
    statements: _Body = field(default_factory=list)


class _Fate(Enum):
    """What a piece of code does first with a name."""

    READ = "reads it"
    REBOUND = "binds it anew, so that the old value is lost"
    UNTOUCHED = "neither for certain"


def has_scheme(source: str) -> bool:
    """Tell whether a question holds a marking scheme, which is for those who grade."""
    return _SCHEME_BEGIN in source


def without_scheme(source: str) -> str:
    r"""Take the marking scheme out of a question, as nbgrader does for a release.

    Examples
    --------
    >>> without_scheme("Why?\n### BEGIN MARK SCHEME\n1 for the reason\n### END MARK SCHEME")
    'Why?'
    """
    kept, hidden = [], False
    for line in source.split("\n"):
        hidden = hidden or _SCHEME_BEGIN in line
        if not hidden:
            kept.append(line)
        hidden = hidden and _SCHEME_END not in line
    return "\n".join(kept)


def has_regions(source: str) -> bool:
    """Tell whether a cell has marker lines, or lines that look like them.

    Parameters
    ----------
    source : str
        The source of a code cell.

    Returns
    -------
    bool
        True if there is something for :func:`stub` to do or to complain about.

    Examples
    --------
    >>> has_regions("a = 1  # START here")
    False
    """
    return _ALMOST_A_MARKER.search(source) is not None


def find_regions(source: str) -> list[Region]:
    r"""Find the regions of a cell.

    Parameters
    ----------
    source : str
        The source of a code cell, valid Python.

    Returns
    -------
    list of Region
        In order; empty if the cell has no markers.

    Raises
    ------
    StubError
        If the cell does not parse, or its markers are misspelt, nested or unmatched.

    Examples
    --------
    >>> find_regions("### START CODE HERE ###\ns = 1\n### END CODE HERE ###")
    [Region(start=1, end=3)]
    """
    if not has_regions(source):
        return []
    parse_cell(source)
    markers = list(_markers(source))
    for (line, kind), expected in zip(markers, cycle([START, END]), strict=False):
        _require(kind == expected, line, f"{kind!r} where {expected!r} was expected")
    _require(len(markers) % 2 == 0, markers[-1][0] if markers else 0, f"{START!r} without an end")
    lines = [line for line, _ in markers]
    return [Region(start, end) for start, end in zip(lines[::2], lines[1::2], strict=True)]


def stub(source: str) -> str:
    """Replace each region of a cell by ``name = None`` lines.

    Parameters
    ----------
    source : str
        The source of a solved code cell.

    Returns
    -------
    str
        The same cell, to be completed. All lines outside of the regions, the marker
        lines included, are kept as they are.

    Raises
    ------
    StubError
        If the markers are wrong, or a region does not hold whole statements.

    Examples
    --------
    >>> print(stub('''def sigmoid(z):
    ...     ### START CODE HERE ### (≈ 1 line)
    ...     s = 1 / (1 + np.exp(-z))
    ...     ### END CODE HERE ###
    ...     return s'''))
    def sigmoid(z):
        ### START CODE HERE ### (≈ 1 line)
        s = None
        ### END CODE HERE ###
        return s
    """
    regions = find_regions(source)
    if not regions:
        return source
    tree = parse_cell(source)
    holes = [_cut(source, tree, region) for region in regions]
    flow = _Flow(tree, holes)
    contents = {hole.region: _content(flow, hole) for hole in holes}
    _keep_blocks_from_being_empty(holes, contents)
    stubbed = _replace(source, holes, contents)
    parse_cell(stubbed)
    return stubbed


def parse_cell(source: str) -> ast.Module:
    """Parse the source of a code cell.

    Parameters
    ----------
    source : str
        The source.

    Returns
    -------
    ast.Module
        Its syntax tree.

    Raises
    ------
    StubError
        If it is not Python; the message names the line.

    Examples
    --------
    >>> len(parse_cell("a = 1; b = 2").body)
    2
    """
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise StubError(f"line {error.lineno}: {error.msg}") from error


def _markers(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or not _ALMOST_A_MARKER.search(token.string):
            continue
        line = token.start[0]
        kind = next((mark for mark in (START, END) if token.string.startswith(mark)), None)
        alone = token.line.strip() == token.string.strip()
        _require(kind is not None and alone, line, f"not a marker line: {token.line.strip()!r}")
        yield line, str(kind)


def _cut(source: str, tree: ast.Module, region: Region) -> _Hole:
    """Take a region's statements out of the tree, and remember where they were."""
    wanted = _parse_region(source, region)
    for block in _blocks(tree):
        inside = [node for node in block if region.holds(node)]
        if inside:
            _require(_same(inside, wanted), region.start, "the region splits a statement")
            hole = _Hole(region, block, block.index(inside[0]), inside)
            del block[hole.index : hole.index + len(inside)]
            return hole
    _require(not wanted, region.start, "the region splits a statement")
    return _Hole(region, [], 0)


def _parse_region(source: str, region: Region) -> _Body:
    lines = source.split("\n")[region.start : region.end - 1]
    code = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    indented = bool(code) and code[0][0].isspace()
    opening = "if True:" if indented else ""
    try:
        body = ast.parse("\n".join([opening, *lines])).body
    except SyntaxError as error:
        raise StubError(
            f"line {region.start}: the region does not parse on its own: {error.msg}"
        ) from error
    wrapped = indented and len(body) == 1
    return body[0].body if wrapped and isinstance(body[0], ast.If) else body


def _same(nodes: _Body, others: _Body) -> bool:
    return [ast.dump(node) for node in nodes] == [ast.dump(node) for node in others]


def _blocks(tree: ast.AST) -> Iterator[_Body]:
    """Yield every list of statements, the outermost first."""
    for node in ast.walk(tree):
        yield from _blocks_of(node)


def _blocks_of(node: ast.AST) -> Iterator[_Body]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block


def _content(flow: "_Flow", hole: _Hole) -> list[str]:
    names = [name for name in _bound_names(hole.statements) if flow.reads_after(hole, name)]
    return [f"{name} = None" for name in names]


def _keep_blocks_from_being_empty(holes: list[_Hole], contents: dict[Region, list[str]]) -> None:
    for hole in holes:
        neighbours = [other.region for other in holes if other.block is hole.block]
        filled = hole.block or any(contents[region] for region in neighbours)
        if hole.statements and not filled:
            contents[hole.region].append("pass")


def _replace(source: str, holes: list[_Hole], contents: dict[Region, list[str]]) -> str:
    lines = source.split("\n")
    for hole in reversed(holes):
        region = hole.region
        indent = _indent(lines[_first_line(hole.statements[0]) - 1]) if hole.statements else ""
        lines[region.start : region.end - 1] = [indent + line for line in contents[region]]
    return "\n".join(lines)


class _Flow:
    """The kept code of a cell, and which of its parts run after a hole."""

    def __init__(self, tree: ast.Module, holes: Sequence[_Hole]) -> None:
        self._tree = tree
        self._owners = {id(block): node for node in ast.walk(tree) for block in _blocks_of(node)}
        self._parents = {
            id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
        }
        self._holes = holes

    def reads_after(self, hole: _Hole, name: str) -> bool:
        """Tell whether kept code reads ``name`` after the hole."""
        owners = list(self._around(hole))
        scope = owners[-1][0]
        if not isinstance(scope, _Function):
            return True  # other cells see the names of a module
        if any(name in _reads(inner) for inner in _inner_scopes(scope)):
            return True  # a closure may be called at any time
        for owner, block, index in owners:
            fate = _fate_of_block(block[index:], name)
            if fate is _Fate.UNTOUCHED and owner is not scope:
                fate = self._fate_around(owner, block, index, name)
            if fate is not _Fate.UNTOUCHED:
                return fate is _Fate.READ
        return False

    def _around(self, hole: _Hole) -> Iterator[tuple[ast.AST, _Body, int]]:
        """Yield the block of the hole and those around it up to its function."""
        block, index = hole.block, hole.index
        owner = self._owners[id(block)]
        yield owner, block, index
        while not isinstance(owner, _Scope | ast.Module):
            statement = self._statement(owner)
            block = next(found for found in _blocks(self._tree) if _holds(found, statement))
            index = next(at for at, node in enumerate(block) if node is statement) + 1
            owner = self._owners[id(block)]
            yield owner, block, index

    def _statement(self, node: ast.AST) -> ast.AST:
        """Climb from an exception handler or a match case to its statement."""
        return node if isinstance(node, ast.stmt) else self._parents[id(node)]

    def _fate_around(self, owner: ast.AST, block: _Body, index: int, name: str) -> _Fate:
        """Tell what the statement around the block does before it is left."""
        if isinstance(owner, _Loop) and block is owner.body:
            again = [*_headers(owner), *block[:index]]
            comes_round = _fate_of_block(again, name) is _Fate.READ
            if comes_round and not self._bound_before(owner, name):
                return _Fate.READ
            return _read_if(name in _reads(*owner.orelse))
        if isinstance(owner, ast.Try | ast.TryStar) and block is not owner.finalbody:
            return _read_if(name in _reads(*owner.handlers, *owner.orelse, *owner.finalbody))
        return _Fate.UNTOUCHED

    def _bound_before(self, loop: ast.AST, name: str) -> bool:
        scope: ast.AST = loop
        while not isinstance(scope, _Scope | ast.Module):
            scope = self._parents[id(scope)]
        line = getattr(loop, "lineno", 0)
        before = [node for node in _own_nodes(scope) if getattr(node, "lineno", line) < line]
        parameters = _parameters(scope) if isinstance(scope, _Function) else set()
        return name in parameters or name in chain.from_iterable(map(_binds, before))


def _fate_of_block(block: Iterable[ast.AST], name: str) -> _Fate:
    certain = True
    for node in block:
        fate = _fate(node, name)
        if fate is _Fate.READ or (fate is _Fate.REBOUND and certain):
            return fate
        certain = certain and not _jumps(node)
    return _Fate.UNTOUCHED


def _fate(node: ast.AST, name: str) -> _Fate:
    if isinstance(node, ast.Return | ast.Raise):
        return _Fate.READ if name in _reads(node) else _Fate.REBOUND
    if isinstance(node, ast.If):
        return _fate_of_branches(node, name)
    if isinstance(node, ast.With | ast.AsyncWith):
        return _fate_of_block([*node.items, *node.body], name)
    if isinstance(node, _Loop):
        return _read_if(
            _fate_of_block([*_headers(node), *node.body], name) is _Fate.READ
            or name in _reads(*node.orelse)
        )
    if isinstance(node, ast.Try | ast.TryStar | ast.Match):
        return _read_if(name in _reads(node))
    if name in _reads(node):
        return _Fate.READ
    return _Fate.REBOUND if name in _bound_names([node]) else _Fate.UNTOUCHED


def _fate_of_branches(node: ast.If, name: str) -> _Fate:
    fates = {_fate_of_block(branch, name) for branch in (node.body, node.orelse)}
    if name in _reads(node.test) or _Fate.READ in fates:
        return _Fate.READ
    return _Fate.REBOUND if fates == {_Fate.REBOUND} else _Fate.UNTOUCHED


def _read_if(read: bool) -> _Fate:
    return _Fate.READ if read else _Fate.UNTOUCHED


def _headers(loop: _Loop) -> list[ast.AST]:
    """List what a loop evaluates before each turn; a ``for`` binds its target."""
    return [loop.test] if isinstance(loop, ast.While) else [loop.iter, loop.target]


def _jumps(node: ast.AST) -> bool:
    return any(isinstance(inner, ast.Break | ast.Continue) for inner in ast.walk(node))


def _bound_names(nodes: Iterable[ast.AST]) -> list[str]:
    """List the names that statements bind in their own scope, in order of appearance."""
    found = [
        (_position(node), name)
        for statement in nodes
        for node in _same_scope(statement)
        for name in _binds(node)
    ]
    return list(dict.fromkeys(name for _, name in sorted(found)))


def _position(node: ast.AST) -> tuple[int, int]:
    """Tell where a node binds its name: ``**rest`` stands last in its pattern."""
    if isinstance(node, ast.MatchMapping):
        return node.end_lineno, node.end_col_offset
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _same_scope(statement: ast.AST) -> list[ast.AST]:
    return [statement] if isinstance(statement, _Scope) else [statement, *_own_nodes(statement)]


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Walk through the nodes below ``node`` that belong to the same scope."""
    hidden = _hidden(node)
    for child in ast.iter_child_nodes(node):
        if any(child is part for part in hidden):
            continue
        yield child
        if not isinstance(child, _Scope):
            yield from _own_nodes(child)


def _hidden(node: ast.AST) -> list[ast.AST]:
    """List the parts of a node whose names stay inside of it."""
    if isinstance(node, _Comprehension):
        return [generator.target for generator in node.generators]
    if isinstance(node, ast.comprehension):
        return [node.target]
    if isinstance(node, ast.AnnAssign) and node.value is None:
        return [node.target]
    return []


def _binds(node: ast.AST) -> list[str]:
    """List the names that this very node binds."""
    if isinstance(node, ast.Name):
        return [node.id] if isinstance(node.ctx, ast.Store) else []
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    if isinstance(node, ast.MatchAs | ast.MatchStar):
        return [node.name] if node.name else []
    if isinstance(node, ast.MatchMapping):
        return [node.rest] if node.rest else []
    return []


def _reads(*nodes: ast.AST) -> set[str]:
    """Collect the names that nodes read from the scope they stand in."""
    return set(chain.from_iterable(map(_reads_of_one, nodes)))


def _reads_of_one(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return set() if isinstance(node.ctx, ast.Store) else {node.id}
    below = _reads(*ast.iter_child_nodes(node))
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return below | {node.target.id}
    if isinstance(node, _Comprehension):
        return below - {name for part in _hidden(node) for name in _names(part)}
    if isinstance(node, _Function | ast.Lambda):
        return below - _parameters(node) - _locals(node)
    return below


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _parameters(node: _Function | ast.Lambda) -> set[str]:
    return {inner.arg for inner in ast.walk(node.args) if isinstance(inner, ast.arg)}


def _locals(node: _Function | ast.Lambda) -> set[str]:
    shared = {
        name
        for inner in _own_nodes(node)
        if isinstance(inner, ast.Global | ast.Nonlocal)
        for name in inner.names
    }
    return set(chain.from_iterable(map(_binds, _own_nodes(node)))) - shared


def _inner_scopes(scope: ast.AST) -> list[ast.AST]:
    return [node for node in _own_nodes(scope) if isinstance(node, _Scope)]


def _holds(block: _Body, statement: ast.AST) -> bool:
    return any(node is statement for node in block)


def _first_line(node: ast.stmt) -> int:
    parts: list[ast.stmt | ast.expr] = [node, *getattr(node, "decorator_list", [])]
    return min(part.lineno for part in parts)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _require(condition: bool, line: int, problem: str) -> None:
    if not condition:
        raise StubError(f"line {line}: {problem}")
