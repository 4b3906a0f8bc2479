"""The glossary is right about what notebooks use, and every notebook leads to it."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict

import nbformat
import pytest

from autograder.assembling import assemble
from autograder.building import build_week
from autograder.bundling import unpacked
from autograder.exercises import load
from autograder.glossary import (
    LINK,
    PAGE,
    Glossary,
    GlossaryError,
    glossary_page,
    has_glossary,
    load_glossary,
)
from autograder.leaks import scan
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT
from tests.tiny_course import TinyExercises, make_course, week

SYLLABUS = load_syllabus(ROOT)
GLOSSARY = load_glossary(ROOT)
SYMBOLS = [symbol for group in GLOSSARY.groups for symbol in group.symbols]


def arguments_used() -> dict[str, dict[str, set[str]]]:
    """Collect the exercises' arguments: name → notebook → shapes that docstrings give it."""
    used: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for notebook in SYLLABUS.notebook_ids:
        for exercise in load(notebook).values():
            text = inspect.getdoc(exercise.reference) or ""
            for name in inspect.signature(exercise.reference).parameters:
                used[name][notebook] |= shapes_of(name, text)
    return used


def shapes_of(name: str, docstring: str) -> set[str]:
    """Read the shape that a numpydoc text gives an argument, if it does."""
    described = re.search(rf"^(?:\w+, )*{name}(?:, \w+)* : .*?shape (\([^)]*\))", docstring, re.M)
    return {described[1]} if described else set()


USED = arguments_used()
SHARED = sorted(
    name for name, notebooks in USED.items() if len({notebook[:3] for notebook in notebooks}) > 1
)


def test_shapes_are_read_from_docstrings():
    text = "Parameters\n----------\nX, Y : ndarray of float, shape (n_x, m)\n    …\nn : int\n"
    assert shapes_of("X", text) == shapes_of("Y", text) == {"(n_x, m)"}
    assert shapes_of("n", text) == set()


@pytest.mark.parametrize("name", SHARED)
def test_an_argument_of_several_weeks_has_one_meaning_in_each_notebook(name):
    """If this fails, enter the name in course/glossary.toml, or say where it means what."""
    found = {notebook: len(GLOSSARY.senses(name, notebook)) for notebook in USED[name]}
    assert found == dict.fromkeys(found, 1)


@pytest.mark.parametrize("name", SHARED)
def test_an_argument_has_the_shape_that_the_glossary_says(name):
    for notebook, shapes in USED[name].items():
        for sense in GLOSSARY.senses(name, notebook):
            assert not sense.shapes or shapes <= set(sense.shapes), notebook


def test_a_shape_in_the_glossary_is_used():
    """Shapes that no exercise has would only puzzle: of names that exercises use."""
    for symbol in SYMBOLS:
        uses = [
            (notebook, shapes)
            for name in symbol.names
            for notebook, shapes in USED.get(name, {}).items()
            if symbol in GLOSSARY.senses(name, notebook)
        ]
        known = set().union(*(shapes for _, shapes in uses))
        if known:
            assert known & set(symbol.shapes) or not symbol.shapes, symbol.name


def test_no_two_entries_claim_a_notebook_for_one_name():
    for name in {name for symbol in SYMBOLS for name in symbol.names}:
        for notebook in SYLLABUS.notebook_ids:
            assert len(GLOSSARY.senses(name, notebook)) <= 1, (name, notebook)


def test_entries_are_whole_sentences_and_words_stand_once():
    words = [word.term for word in GLOSSARY.words]
    assert len(words) == len(set(words))
    for entry in (*SYMBOLS, *GLOSSARY.words):
        assert entry.meaning.rstrip(')"').endswith((".", "…")), entry
    assert all(re.fullmatch(r"w\d\d\w*", id_) for symbol in SYMBOLS for id_ in symbol.where)


@pytest.mark.parametrize("notebook", SYLLABUS.notebook_ids)
def test_every_notebook_links_to_the_glossary(notebook):
    released, _ = SYLLABUS.find_notebook(notebook)
    for folder in ("source", "release"):
        path = ROOT / folder / released.id / f"{notebook}.ipynb"
        title = nbformat.read(path, as_version=4).cells[0].source
        assert title.startswith("# ") and f"]({PAGE})" in title
        assert path.with_name(PAGE).read_text(encoding="utf-8") == glossary_page(ROOT)


def test_the_page_lies_beside_the_notebooks_of_a_bundle(tmp_path):
    folder = unpacked(ROOT, SYLLABUS.weeks[0], tmp_path)
    assert (folder / PAGE).read_text(encoding="utf-8") == glossary_page(ROOT)
    assert PAGE in (folder / "README.txt").read_text(encoding="utf-8")


def test_the_page_needs_no_network_and_has_all_entries():
    page = glossary_page(ROOT)
    assert not re.search(r"https?://|src=|@import|url\(", page)
    assert page.count("<tr>") == len(SYMBOLS) + len(GLOSSARY.words) + len(GLOSSARY.groups) + 1
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets == set(re.findall(r'<h2 id="([^"]+)"', page))


def test_a_sense_is_chosen_by_the_notebook():
    glossary = Glossary.model_validate(
        {
            "groups": [
                {
                    "title": "T",
                    "symbols": [
                        {"name": "a", "also": ["b"], "meaning": "All."},
                        {"name": "a", "where": ["w02"], "meaning": "Second."},
                    ],
                }
            ],
            "words": [],
        }
    )
    assert [s.meaning for s in glossary.senses("a", "w01_x")] == ["All."]
    assert [s.meaning for s in glossary.senses("a", "w02_x")] == ["Second."]
    assert [s.meaning for s in glossary.senses("b", "w02_x")] == ["All."]
    assert glossary.senses("c", "w02_x") == []


def test_a_course_without_a_glossary(tmp_path):
    root = make_course(tmp_path)
    assert not has_glossary(root)
    with pytest.raises(GlossaryError, match="glossary"):
        load_glossary(root)


def test_the_line_stands_in_the_first_cell():
    master = "# %% [markdown]\n# # Title\n\n# %%\nx = 1\n"
    assert assemble("w01_a", master, {}, link=LINK).cells[0].source == f"# Title\n\n{LINK}"
    assert assemble("w01_a", master, {}).cells[0].source == "# Title"


def test_only_the_true_page_may_lie_beside_the_notebooks(tmp_path):
    root = make_course(tmp_path)
    (root / "course" / "glossary.toml").write_text(
        '[[groups]]\ntitle = "T"\nsymbols = []\n[[words]]\nterm = "a"\nweek = 1\nmeaning = "b."\n'
    )
    build_week(root, week(root), exercises=TinyExercises())
    build_week(root, week(root, "2"), exercises=TinyExercises())
    beside = root / "source" / "w01_tiny" / PAGE

    def told() -> list[str]:
        leaks = scan(root, week(root), exercises=TinyExercises())
        return [leak.file for leak in leaks if PAGE in leak.file]

    assert beside.read_text(encoding="utf-8") == glossary_page(root) and told() == []
    beside.write_text(glossary_page(root) + "secret", encoding="utf-8")
    assert told() == [f"source/w01_tiny/{PAGE}"]
