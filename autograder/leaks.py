"""Prove that nothing a student gets gives an exercise away.

Looked through are the release notebooks, the bundle (as it would be packed now, and as it
lies in ``bundles/``) and the folder ``source/``, from which nbgrader copies. Secret are

- the statements between the markers of the masters,
- hidden tests and everything of ``autograder``,
- the reference implementations of this and later weeks,
- the wrong implementations among the known mistakes.

Comments and docstrings do not count, nor does what the masters show outside of the
markers or what earlier weeks have taught.
"""

import ast
import io
import re
import tempfile
import tokenize
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import h5py
import jupytext
import nbformat
import numpy as np

from autograder.assembling import Cell
from autograder.building import Exercises, SpecifiedExercises, read_master, release_path
from autograder.bundling import missing_modules, placeholder, unpacked
from autograder.glossary import PAGE, glossary_page, has_glossary
from autograder.stubs import find_regions, has_scheme, without_scheme
from autograder.syllabus import Syllabus, Week, load_syllabus

_TRIVIAL = re.compile(r"pass|break|continue|return|else :|try :|finally :|\w+ = None|[\W_]*")
_HIDDEN_MARK = re.compile(r"(BEGIN|END) HIDDEN TESTS")
_HIDDEN_CODE = re.compile(r"(?<!\. )\bgrade \(|^(from|import) autograder\b")
_OPERATIONS = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.comprehension,
)  # fmt: skip
_HEADERS = (ast.For, ast.While, ast.With, ast.FunctionDef, ast.Raise, ast.Assert)
_LAYOUT = (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT, tokenize.ENDMARKER)

_RECOGNISABLE = 20

Secrets = Mapping[str, str]
"""What a normalised statement gives away, by the statement."""


@dataclass(frozen=True, order=True)
class Leak:
    """Something a student must not see: where it stands, what it is, and its text.

    ``line`` counts from 1, within ``cell`` for notebooks; both are 0 where they do not apply.
    """

    file: str
    cell: int
    line: int
    what: str
    text: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        place = [self.file]
        place += [f"cell {self.cell}"] if self.cell else []
        place += [f"line {self.line}"] if self.line else []
        shown = f": {self.text}" if self.text else ""
        return f"{', '.join(place)}: {self.what}{shown}"


@dataclass(frozen=True)
class _Known:
    """What is secret in a week: the solutions, and all statements that are unmistakable."""

    solutions: Secrets
    telling: Secrets


def scan(root: Path, week: Week | None = None, *, exercises: Exercises | None = None) -> list[Leak]:
    """Look for leaks in what students get.

    Parameters
    ----------
    root : Path
        The course, with its releases built.
    week : Week, optional
        The week to look at; all weeks if left out.
    exercises : Exercises, optional
        The specifications; those in ``autograder/exercises`` if left out.

    Returns
    -------
    list of Leak
        In order of file and line; empty if nothing leaks.

    Raises
    ------
    BundleError
        If a week is not built yet.
    """
    specified = exercises or SpecifiedExercises()
    syllabus = load_syllabus(root)
    weeks = [week] if week else list(syllabus.weeks)
    return sorted({leak for each in weeks for leak in _scan_week(root, each, syllabus, specified)})


def render(leaks: Iterable[Leak]) -> str:
    """Write leaks as text.

    Parameters
    ----------
    leaks : iterable of Leak
        What a scan found.

    Returns
    -------
    str
        One line for each, or a line that says that there is none.

    Examples
    --------
    >>> print(render([]))
    No leaks found.
    >>> print(render([Leak("helpers/datasets.py", 0, 3, "the solution of f", "s = 1 + x")]))
    helpers/datasets.py, line 3: the solution of f: s = 1 + x
    1 leak found.
    """
    lines = [str(leak) for leak in leaks]
    count = {0: "No leaks", 1: "1 leak"}.get(len(lines), f"{len(lines)} leaks")
    return "\n".join([*lines, f"{count} found."])


def statements(source: str) -> list[tuple[int, str]]:
    r"""List the simple statements and headers of Python code, independent of its layout.

    Parameters
    ----------
    source : str
        Code; parts that are not Python are taken line by line.

    Returns
    -------
    list of tuple of int and str
        Line number, counted from 1, and the statement with one space between its
        tokens. Comments and docstrings are left out.

    Examples
    --------
    >>> statements("s = 1/(1+  x)  # why\n'text'\nif s: pass")
    [(1, 's = 1 / ( 1 + x )'), (3, 'if s : pass')]
    """
    try:
        return list(_statements(source))
    except (tokenize.TokenError, SyntaxError):
        return [found for n, line in _numbered(source) for found in _one_line(n, line)]


def _scan_week(root: Path, week: Week, syllabus: Syllabus, exercises: Exercises) -> Iterator[Leak]:
    known = _secrets(root, week, syllabus, exercises)
    yield from _scan_folders(root, week)
    for notebook in week.notebooks:
        path = release_path(root, week, notebook.id)
        if path.is_file():
            yield from _scan_notebook(_name(root, path), path.read_bytes(), known)
    with tempfile.TemporaryDirectory() as scratch:
        expected = _files(unpacked(root, week, Path(scratch)))
    packed = _packed(root / "bundles" / f"{week.id}.zip")
    archive = f"bundles/{week.id}.zip"
    for name in packed.keys() - expected.keys():
        yield Leak(f"{archive}/{name}", 0, 0, "a file that does not belong into the bundle")
    for name, content in expected.items():
        if packed.get(name) != content and not name.endswith(".ipynb"):
            label = f"the bundle of {week.id}: {name}"
            yield from _scan_bundled(label, name, content, known, syllabus, root, week)
    for name, content in packed.items():
        yield from _scan_bundled(f"{archive}/{name}", name, content, known, syllabus, root, week)


def _scan_folders(root: Path, week: Week) -> Iterator[Leak]:
    """Look for files that are no notebooks of the week where students or nbgrader see them."""
    names = {f"{notebook.id}.ipynb" for notebook in week.notebooks}
    for folder in ("source", "release"):
        for path in sorted((root / folder / week.id).rglob("*")):
            checkpoint = folder == "source" and ".ipynb_checkpoints" in path.parts
            if _is_glossary(root, path):
                continue
            if path.is_file() and path.name not in names and not checkpoint:
                yield Leak(_name(root, path), 0, 0, _why_not(path, folder))
            elif path.name in names:
                yield from _scan_metadata(_name(root, path), path.read_bytes())


def _is_glossary(root: Path, path: Path) -> bool:
    """Tell whether a file is the glossary's page, which holds what everybody may read."""
    if path.name != PAGE or not has_glossary(root):
        return False
    return path.read_text(encoding="utf-8", errors="replace") == glossary_page(root)


def _why_not(path: Path, folder: str) -> str:
    kind = "a text version of a notebook" if path.suffix in (".py", ".md") else "not a notebook"
    copied = "nbgrader copies it to students" if folder == "source" else "students get it"
    return f"{kind} of this week, and {copied}"


def _scan_metadata(file: str, content: bytes) -> Iterator[Leak]:
    notebook = nbformat.reads(content.decode(), as_version=4)
    if "jupytext" in notebook.metadata:
        yield Leak(file, 0, 0, "jupytext metadata, which pair the notebook with its master")


def _scan_bundled(
    label: str, name: str, content: bytes, known: _Known, syllabus: Syllabus, root: Path, week: Week
) -> Iterator[Leak]:
    module = Path(name).stem if Path(name).parent == Path("helpers") else ""
    if "autograder" in Path(name).parts:
        yield Leak(label, 0, 0, "a file of autograder")
    elif module in missing_modules(root, week):
        if content.decode(errors="replace") != placeholder(syllabus, module):
            yield Leak(label, 0, 1, "a reference module that is not taught yet")
    elif name.endswith(".py"):
        yield from _scan_code(label, 0, content.decode(errors="replace"), known.telling)
    elif name.endswith(".ipynb"):
        yield from _scan_notebook(label, content, known)
    elif name.startswith("helpers/answers/"):
        yield from _scan_sheet(label, content, known.telling)
    elif not name.startswith("data/"):
        yield from _scan_text(label, 0, content.decode(errors="replace"), known.telling)


def _scan_notebook(file: str, content: bytes, known: _Known) -> Iterator[Leak]:
    notebook = nbformat.reads(content.decode(), as_version=4)
    yield from _scan_metadata(file, content)
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            yield from _scan_text(file, number, cell.source, known.telling)
            continue
        yield from _scan_code(file, number, cell.source, {**known.telling, **known.solutions})
        if cell.outputs or cell.execution_count:
            yield Leak(file, number, 0, "a stored output")


def _scan_code(file: str, cell: int, source: str, secrets: Secrets) -> Iterator[Leak]:
    lines = source.split("\n")
    for number, line in enumerate(lines, 1):
        if _HIDDEN_MARK.search(line):
            yield Leak(file, cell, number, "a hidden test", line.strip())
    for number, statement in statements(source):
        what = "a hidden test" if _HIDDEN_CODE.search(statement) else secrets.get(statement)
        if what:
            yield Leak(file, cell, number, what, lines[number - 1].strip())


def _scan_text(file: str, cell: int, text: str, secrets: Secrets) -> Iterator[Leak]:
    for number, line in _numbered(text):
        if _HIDDEN_MARK.search(line):
            yield Leak(file, cell, number, "a hidden test", line.strip())
        for what in _inside(line, secrets):
            yield Leak(file, cell, number, what, line.strip())


def _scan_sheet(file: str, content: bytes, secrets: Secrets) -> Iterator[Leak]:
    """Look into an answer sheet: plain bytes throughout, no objects, no code."""
    with h5py.File(io.BytesIO(content), "r") as sheet:
        items: dict[str, h5py.Dataset | h5py.Group] = {"/": sheet}
        sheet.visititems(items.__setitem__)
        for name, item in items.items():
            plain = not isinstance(item, h5py.Dataset) or item.dtype == np.uint8
            if not plain:
                yield Leak(file, 0, 0, f"{name} holds {item.dtype}, not plain bytes")
            text = item[()].tobytes().decode(errors="replace") if _has_bytes(item) else ""
            attributes = "\n".join(str(value) for value in item.attrs.values())
            for what in _inside(f"{text}\n{attributes}", secrets):
                yield Leak(file, 0, 0, what, f"in {name}")


def _has_bytes(item: h5py.Dataset | h5py.Group) -> bool:
    return isinstance(item, h5py.Dataset) and item.dtype.kind in "uiS"


def _inside(text: str, secrets: Secrets) -> list[str]:
    squeezed = _squeezed(text)
    return [what for secret, what in secrets.items() if _squeezed(secret) in squeezed]


def _secrets(root: Path, week: Week, syllabus: Syllabus, exercises: Exercises) -> _Known:
    names = [notebook.id for notebook in week.notebooks]
    upto = syllabus.weeks[: syllabus.weeks.index(week) + 1]
    shown = _shown_statements(root, upto) | _taught_statements(root, syllabus, week)
    solutions = _without(shown, _merged(_solutions(root, name) for name in names))
    mistakes = _merged(_mistakes(exercises, name) for name in names)
    code = _without(shown, {**mistakes, **_references(root, syllabus, week), **solutions})
    telling = {statement: what for statement, what in code.items() if _is_telling(statement)}
    answers = _merged(_written_answers(root, name) for name in names)
    return _Known(solutions, {**telling, **answers})


def _merged(parts: Iterable[Secrets]) -> dict[str, str]:
    return {secret: what for part in parts for secret, what in part.items()}


def _without(shown: set[str], secrets: Secrets) -> dict[str, str]:
    return {
        statement: what
        for statement, what in secrets.items()
        if statement not in shown and not _TRIVIAL.fullmatch(statement)
    }


def _mistakes(exercises: Exercises, notebook_id: str) -> dict[str, str]:
    return {
        statement: f"a known mistake ({name})"
        for name, source in exercises.mistakes(notebook_id).items()
        for _, statement in statements(source)
    }


def _shown_statements(root: Path, weeks: Iterable[Week]) -> set[str]:
    """Collect what the masters show outside of their regions."""
    return {
        statement
        for week in weeks
        for notebook in week.notebooks
        for source in _code_cells(root, notebook.id)
        for line, statement in statements(source)
        if not any(region.start <= line <= region.end for region in find_regions(source))
    }


def _taught_statements(root: Path, syllabus: Syllabus, week: Week) -> set[str]:
    paths = [_module(root, name) for name in syllabus.taught_modules(week)]
    return {
        statement
        for path in paths
        if path.is_file()
        for _, statement in statements(path.read_text(encoding="utf-8"))
    }


def _solutions(root: Path, notebook_id: str) -> dict[str, str]:
    return {
        statement: f"a solution of {notebook_id}"
        for source in _code_cells(root, notebook_id)
        for region in find_regions(source)
        for line, statement in statements(source)
        if region.start < line < region.end
    }


def _references(root: Path, syllabus: Syllabus, week: Week) -> dict[str, str]:
    # What a later week gives nobody has to write.
    given = {name for each in syllabus.weeks for name in each.gives}
    return {
        statement: f"from helpers.{name}, which is not taught yet"
        for name in missing_modules(root, week)
        if name not in given and _module(root, name).is_file()
        for _, statement in statements(_module(root, name).read_text(encoding="utf-8"))
    }


def _code_cells(root: Path, notebook_id: str) -> list[str]:
    return [cell.source for cell in _cells(root, notebook_id) if cell.cell_type == "code"]


def _written_answers(root: Path, notebook_id: str) -> dict[str, str]:
    """Collect lines of answers in words, and of marking schemes, long enough to be recognised."""
    cells = [
        cell
        for cell in _cells(root, notebook_id)
        if cell.cell_type == "markdown" and "nbgrader" in cell.metadata
    ]
    questions = [without_scheme(cell.source) for cell in cells if has_scheme(cell.source)]
    shown = {line.strip() for question in questions for line in question.split("\n")}
    lines = {line.strip() for cell in cells for line in cell.source.split("\n")} - shown
    what = f"a written answer of {notebook_id}"
    return {line: what for line in lines if len(line) >= _RECOGNISABLE}


def _cells(root: Path, notebook_id: str) -> list[Cell]:
    return list(jupytext.reads(read_master(root, notebook_id), fmt="py:percent").cells)


def _is_telling(statement: str) -> bool:
    """Tell whether a statement is too particular to stand somewhere else by chance."""
    try:
        nodes = list(ast.walk(ast.parse(statement)))
    except SyntaxError:
        return False
    operations = sum(isinstance(node, _OPERATIONS) for node in nodes)
    calls = sum(isinstance(node, ast.Call) for node in nodes)
    header = any(isinstance(node, _HEADERS) for node in nodes)
    return not header and operations >= 1 and operations + calls >= 2


def _statements(source: str) -> Iterator[tuple[int, str]]:
    tokens: list[tokenize.TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NEWLINE or token.string == ";":
            if any(each.type != tokenize.STRING for each in tokens):
                yield tokens[0].start[0], " ".join(each.string for each in tokens)
            tokens = []
        elif token.type not in _LAYOUT:
            tokens.append(token)


def _one_line(number: int, line: str) -> list[tuple[int, str]]:
    try:
        return [(number, statement) for _, statement in _statements(line.strip())]
    except (tokenize.TokenError, SyntaxError):
        return [(number, " ".join(line.split()))] if line.strip() else []


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.split("\n"), 1)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _module(root: Path, name: str) -> Path:
    return root / "course" / "helpers" / f"{name}.py"


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _packed(archive: Path) -> dict[str, bytes]:
    if not archive.is_file():
        return {}
    with zipfile.ZipFile(archive) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
