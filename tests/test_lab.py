"""Every released notebook in JupyterLab, as a student sees it: empty, and solved.

The pictures of all pages go to the folder that the variable `LAB_PICTURES` names.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.assembling import KERNELSPEC
from autograder.bundling import unpacked
from autograder.pupils import grade_id
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT
from tests.jupyterlab import Page, browser, lab_server

pytestmark = pytest.mark.slow

RELEASED = sorted((ROOT / "release").glob("*/*.ipynb"))
MOST_ERROR_LINES = 3
PAGES_OF_A_BLANK_ONE = 4
HIGHEST_ITEM = 30
_NO_FORMULA = re.compile(r"\$|\\[a-zA-Z([]|\*\*")
_BAR = re.compile(r"([\d.]+) of ([\d.]+) points in this notebook")

Cells = list[dict[str, Any]]
Aspect = Callable[[dict[str, Any], Path], list[str]]


@dataclass(frozen=True)
class Seen:
    """What there is to see in a notebook after its cells ran, and the folder it lies in."""

    cells: Cells
    rendering: Cells
    folder: Path


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = os.environ.get("LAB_PICTURES")
    return Path(folder).resolve() if folder else tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module", params=RELEASED, ids=lambda path: path.stem)
def lab(request: pytest.FixtureRequest) -> Iterator[SimpleNamespace]:
    """A student's folder with JupyterLab running in it."""
    path = request.param
    with student(path.parent.name) as (folder, open_page):
        yield SimpleNamespace(
            folder=folder,
            notebook=path.stem,
            source=ROOT / "source" / path.parent.name / path.name,
            open=open_page,
        )


@contextmanager
def student(week: str) -> Iterator[tuple[Path, Callable[[str], Page]]]:
    """Unpack a week's bundle and start JupyterLab in it; give the folder, and how to open."""
    with ExitStack() as stack:
        names = [stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(3)]
        folder, home, profile = map(Path, names)
        unpacked(ROOT, load_syllabus(ROOT).find_week(week), folder)
        address = stack.enter_context(lab_server(folder, home))
        driver = stack.enter_context(browser(profile))
        yield folder, lambda name: Page(driver, address.format(name))


@pytest.fixture(scope="module")
def blank(lab: SimpleNamespace, pictures: Path) -> SimpleNamespace:
    """The notebook as given out: after Run All, and after all its cells one by one."""
    page = lab.open(f"{lab.notebook}.ipynb")
    page.run_all()
    at_once = page.cells()
    page.run_one_by_one()
    seen = look(page, lab.folder)
    page.photograph(pictures, f"{lab.notebook}_blank", PAGES_OF_A_BLANK_ONE)
    page.close()
    return SimpleNamespace(at_once=at_once, seen=seen)


@pytest.fixture(scope="module")
def solved(lab: SimpleNamespace, pictures: Path, blank: SimpleNamespace) -> Seen:
    """The notebook filled in, after Run All."""
    solve(lab.folder / f"{lab.notebook}.ipynb", lab.source)
    page = lab.open(f"{lab.notebook}.ipynb")
    page.run_all()
    seen = look(page, lab.folder)
    page.photograph(pictures, f"{lab.notebook}_solved")
    page.close()
    return seen


def look(page: Page, folder: Path) -> Seen:
    return Seen(page.cells(), page.rendering(), folder)


def solve(path: Path, source: Path) -> None:
    """Put the course's own solutions into a released notebook."""
    notebook, right = (nbformat.read(each, as_version=4) for each in (path, source))
    solutions = {grade_id(cell): cell.source for cell in right.cells if is_solution(cell)}
    for cell in notebook.cells:
        if is_solution(cell):
            cell.source = solutions[grade_id(cell)]
    nbformat.write(notebook, path)


def is_solution(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def outputs(cells: Cells, kind: str) -> list[tuple[int, dict[str, Any]]]:
    """List the outputs of a kind, each with its cell's place in the notebook."""
    return [
        (place, output)
        for place, cell in enumerate(cells)
        for output in cell.get("outputs", [])
        if output["output_type"] == kind
    ]


def exercises(cells: Cells) -> dict[int, str]:
    """Give the name in each `check(...)` of an exercise, by its cell's place."""
    found = {}
    for place, cell in enumerate(cells):
        if cell["metadata"].get("nbgrader", {}).get("grade") and cell["cell_type"] == "code":
            found[place] = re.findall(r"check\((\w+)\)", "".join(cell["source"]))[0]
    return found


def errors(cells: Cells) -> dict[int, str]:
    return {place: f"{o['ename']}: {o['evalue']}" for place, o in outputs(cells, "error")}


def on_stderr(cells: Cells) -> list[str]:
    return [str(o["text"]) for _, o in outputs(cells, "stream") if o["name"] == "stderr"]


def shown(cells: Cells) -> str:
    """Give all that the cells print or display as plain text."""
    texts = [o["data"].get("text/plain", "") for _, o in outputs(cells, "display_data")]
    texts += [o["text"] for _, o in outputs(cells, "stream")]
    return "\n".join("".join(text) for text in texts)


def points(cells: Cells) -> tuple[float, float]:
    """Read the last progress bar: points earned, of how many."""
    earned, most = _BAR.findall(shown(cells))[-1]
    return float(earned), float(most)


def long_errors(rendering: Cells) -> list[int]:
    return [cell["index"] for cell in rendering if cell["errorLines"] > MOST_ERROR_LINES]


def no_formulas(cell: dict[str, Any], folder: Path) -> list[str]:
    return [*cell["mathErrors"], *_NO_FORMULA.findall(cell["text"])]


def poor_pictures(cell: dict[str, Any], folder: Path) -> list[str]:
    """List pictures that are not there, or have no description but JupyterLab's own word."""
    described = [p["alt"].strip() not in ("", "Image") for p in cell["images"]]
    pictures = zip(cell["images"], described, strict=True)
    return [str(picture) for picture, has_alt in pictures if not (picture["loaded"] and has_alt)]


def dead_links(cell: dict[str, Any], folder: Path) -> list[str]:
    """List links to headings that are not there, and to files that students do not have."""
    local = [link for link in map(urlsplit, cell["links"]) if link.hostname == "127.0.0.1"]
    paths = [unquote(link.path).removeprefix("/files/") for link in local]
    return [*cell["lost"], *(path for path in paths if not (folder / path).exists())]


ASPECTS: dict[str, Aspect] = {
    "formulas": no_formulas,
    "pictures": poor_pictures,
    "folded": lambda cell, folder: list(cell["shut"]),
    "width": lambda cell, folder: list(cell["wide"]),
    "links": dead_links,
    # A year that begins a line of the master: Markdown takes it for the number of an item.
    "lists": lambda cell, folder: [str(n) for n in cell["numbers"] if n > HIGHEST_ITEM],
}


def found(seen: Seen, aspect: str) -> dict[int, list[str]]:
    """List what is poor in one aspect, by the place of the cell."""
    faults = {cell["index"]: ASPECTS[aspect](cell, seen.folder) for cell in seen.rendering}
    return {place: fault for place, fault in faults.items() if fault}


def test_run_all_stops_at_the_first_exercise(blank: SimpleNamespace) -> None:
    cells = blank.at_once
    first, name = next(iter(exercises(cells).items()))
    assert errors(cells) == {first: f"CheckFailed: {name} is not started yet."}
    assert not [cell for cell in cells[first + 1 :] if cell.get("execution_count")]


def test_each_unfinished_exercise_says_so_in_one_sentence(blank: SimpleNamespace) -> None:
    cells = blank.seen.cells
    said = {n: f"CheckFailed: {name} is not started yet." for n, name in exercises(cells).items()}
    assert errors(cells) == said
    for place, name in exercises(cells).items():
        assert f"`{name}`: " in shown([cells[place]])
        assert shown([cells[place]]).count("Fill in the lines between START and END.") == 1


def test_no_wall_of_errors_in_a_blank_notebook(blank: SimpleNamespace) -> None:
    assert not long_errors(blank.seen.rendering)
    assert not on_stderr(blank.seen.cells)


def test_the_title_comes_first(blank: SimpleNamespace) -> None:
    first = blank.seen.cells[0]
    assert first["cell_type"] == "markdown"
    assert first["source"].startswith("# ")


def test_solved_all_runs_and_the_bar_is_full(solved: Seen) -> None:
    assert not errors(solved.cells)
    assert not on_stderr(solved.cells)
    assert "This cell waits for" not in shown(solved.cells)
    earned, most = points(solved.cells)
    assert earned == most > 0


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("state", ["blank", "solved"])
def test_rendering(blank: SimpleNamespace, solved: Seen, state: str, aspect: str) -> None:
    assert not found(blank.seen if state == "blank" else solved, aspect)


DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
DEFECTS: dict[str, list[str]] = {
    "formulas": [r"$\frac{1}$", "a lone $x", r"a bare \\frac", r"a ** b ** c"],
    "pictures": ["![A cat](missing.png)", f"![]({DOT})"],
    "folded": ["<details><summary>Hint</summary></details>"],
    "width": [f"$${'+'.join(['xyz'] * 90)}$$", "word" * 90],
    "lists": ["- A book, published in\n  1999."],
    "links": ["[nowhere](#Nowhere)", "[none](missing.ipynb)"],
}
FLAWLESS = [
    f"## A heading\n\n![A dot]({DOT}) $x$ and `$x$` and [up](#A-heading) and [data](data/README.md)",
    "<details><summary>Hint</summary>\n\nThink.\n\n</details>",
]
FAILING = [
    "def fail(n):\n    return fail(n - 1) if n else 1 / 0\n\n\nfail(3)",
    "import sys\n\nprint('a warning', file=sys.stderr)",
    f"x = '{'long ' * 60}'",
    "import matplotlib.pyplot as plt\n\nplt.plot([0, 1])",
]


@pytest.fixture(scope="module")
def planted(pictures: Path) -> Iterator[Seen]:
    """A notebook with every defect that the tests look for."""
    texts = [*FLAWLESS, *(text for defects in DEFECTS.values() for text in defects)]
    cells = [*map(new_markdown_cell, texts), *map(new_code_cell, FAILING)]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})
    with student("1") as (folder, open_page):
        nbformat.write(notebook, folder / "defects.ipynb")
        page = open_page("defects.ipynb")
        page.run_one_by_one()
        page.photograph(pictures, "defects")
        yield look(page, folder)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_planted_defects_are_found(planted: Seen, aspect: str) -> None:
    sources = ["".join(cell["source"]) for cell in planted.cells]
    inside = {"width": [FAILING[2]], "pictures": [FAILING[3]]}.get(aspect, [])
    wanted = {sources.index(text) for text in [*DEFECTS[aspect], *inside]}
    assert set(found(planted, aspect)) == wanted


def test_planted_errors_are_found(planted: Seen) -> None:
    first = [cell["source"] for cell in planted.cells].index(FAILING[0])
    assert long_errors(planted.rendering) == [first]
    assert errors(planted.cells) == {first: "ZeroDivisionError: division by zero"}
    assert on_stderr(planted.cells) == ["a warning\n"]
