"""The syllabus page and what else lies beside the notebooks of a bundle."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from autograder.building import master_path, read_master
from autograder.bundling import unpacked
from autograder.overview import OVERVIEW, PROJECT, objectives, student_pages, syllabus_page
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT
from tests.tiny_course import make_course

SYLLABUS = load_syllabus(ROOT)
PAGE = syllabus_page(ROOT)


class Anchors(HTMLParser):
    """Collects where a page leads to, and the places in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if named.get("id"):
            self.places.add(named["id"])
        if tag == "a" and named.get("href"):
            self.links.append(named["href"])


def test_the_page_is_what_syllabus_and_masters_make():
    """If this fails, run `dlcourse syllabus`."""
    assert (ROOT / OVERVIEW).read_text(encoding="utf-8") == PAGE


@pytest.mark.parametrize("notebook", SYLLABUS.notebook_ids)
def test_every_notebook_promises_something_and_the_page_says_it(notebook):
    promised = objectives(read_master(ROOT, notebook))
    assert len(promised) >= 4
    assert all(len(item) > 10 and "\n" not in item for item in promised)
    assert all(f"- {item}\n" in PAGE for item in promised)


@pytest.mark.parametrize("notebook", SYLLABUS.notebook_ids)
def test_every_notebook_ends_with_what_comes_next(notebook):
    """The last lines of a notebook lead to the next one, before the stretch exercises."""
    _, _, ending = read_master(ROOT, notebook).rpartition("# You can now\n")
    assert re.search(r"^# (?:\*\*|## )What comes next", ending, re.MULTILINE | re.IGNORECASE)


def test_the_project_is_reached_from_the_syllabus():
    assert f"]({PROJECT.name})" in PAGE


def test_the_projects_rows_add_up():
    text = (ROOT / PROJECT).read_text(encoding="utf-8")
    *rows, total = (int(n) for n in re.findall(r"\| \**(\d+)\** \|$", text, re.MULTILINE))
    assert sum(rows) == total == 100


def test_the_project_names_modules_and_loaders_that_are_there():
    text = (ROOT / PROJECT).read_text(encoding="utf-8")
    helpers = ROOT / "course" / "helpers"
    modules = re.findall(r"`helpers\.(\w+)`", text)
    assert modules and all((helpers / f"{module}.py").is_file() for module in modules)
    loaders = re.findall(r"`datasets\.(\w+)`", text)
    data = (helpers / "datasets.py").read_text(encoding="utf-8")
    assert loaders and all(f"def {loader}(" in data for loader in loaders)


@pytest.mark.parametrize("week", [SYLLABUS.weeks[0], SYLLABUS.weeks[-1]], ids=lambda week: week.id)
def test_links_of_the_pages_in_a_bundle_lead_somewhere(week, tmp_path):
    folder = unpacked(ROOT, week, tmp_path)
    for name in student_pages(ROOT):
        page = Anchors((folder / name).read_text(encoding="utf-8"))
        for link in page.links:
            file, _, place = link.partition("#")
            assert not file or (folder / file).is_file(), link
            assert not place or place in page.places, link
        assert name in (folder / "README.txt").read_text(encoding="utf-8")


def test_a_notebook_without_a_master_is_in_preparation(tmp_path):
    root = make_course(tmp_path)
    master_path(root, "w02_extra").unlink()
    page = syllabus_page(root)
    assert "`w02_extra.ipynb`, about 1 minutes. In preparation." in page
    assert page.count("In preparation.") == 1


def test_a_course_without_these_pages(tmp_path):
    assert student_pages(make_course(tmp_path)) == {}


def test_objectives_of_a_master_without_any():
    assert objectives("# %% [markdown]\n# # Title\n") == []
