"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import statistics
import subprocess

import pytest

import autograder
import helpers
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT

SYLLABUS = load_syllabus(ROOT)
ALWAYS = set(SYLLABUS.always)
MODULES = [
    module.name
    for package in (helpers, autograder)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not module.name.startswith("autograder.strangers")
]
FILES = [
    path
    for folder in (ROOT / "autograder", ROOT / "course" / "helpers")
    for path in sorted(folder.rglob("*.py"))
    if "strangers" not in path.parts
]


def functions():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def code_lines(node):
    """Count a function's lines, its docstring aside."""
    total = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        total -= first.end_lineno - first.lineno + 1
    return total


def test_functions_are_short():
    lengths = [code_lines(node) for _, node in functions()]
    assert statistics.median(lengths) <= 12
    assert max(lengths) <= 60


def test_no_module_has_a_name_that_says_nothing():
    assert not {path.stem for path in FILES} & {"utils", "misc", "common", "manager"}


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_helpers_know_nothing_of_the_autograder():
    for path in (ROOT / "course" / "helpers").rglob("*.py"):
        assert not [name for name in imported(path) if name.split(".")[0] == "autograder"], path


def test_a_module_uses_only_what_is_taught_by_its_week():
    week_of = {name: number for number, week in enumerate(SYLLABUS.weeks) for name in week.teaches}
    given = {name: number for number, week in enumerate(SYLLABUS.weeks) for name in week.gives}
    # What is given stands beside the exercises of its week, and has no use of their solutions.
    first_use = {name: number + 1 for name, number in week_of.items()} | given
    for path in (ROOT / "course" / "helpers").glob("*.py"):
        own = given.get(path.stem, week_of.get(path.stem, -1) + 1)
        used = {name.split(".")[1] for name in imported(path) if name.startswith("helpers.")}
        for name in used - ALWAYS:
            assert first_use[name] <= own, f"{path.name} uses {name}"


def test_every_helpers_module_is_taught_or_given_some_week():
    named = {name for week in SYLLABUS.weeks for name in (*week.teaches, *week.gives)}
    found = {path.stem for path in (ROOT / "course" / "helpers").glob("*.py")} - {"__init__"}
    assert found - ALWAYS == named


def test_the_lock_file_holds_names_and_versions_only():
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+", line)


def test_no_committed_text_names_this_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    home = str(ROOT) + "/"
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".yml", ".ipynb", ".lock", ""):
            assert home not in path.read_text("utf-8", "replace"), name
