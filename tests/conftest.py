from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from autograder.building import release_week
from autograder.bundling import students_edition
from autograder.pupils import make_course
from autograder.sandbox import Sandbox, SandboxSpec, require_bubblewrap
from autograder.syllabus import load_syllabus

settings.register_profile("course", deadline=None)  # the machine may be busy
settings.load_profile("course")

ROOT = Path(__file__).resolve().parent.parent
SEED = "a seed of the tests"
# Of these the quick run is not sure: the nodes of the framework are counted as they are made.
RUN_WHOLE = frozenset({"w06_framework"})


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def released(tmp_path_factory) -> Path:
    """A course of its own with all weeks released, to be copied."""
    course = tmp_path_factory.mktemp("released") / "course"
    make_course(ROOT, course)
    for week in load_syllabus(ROOT).weeks:
        release_week(course, week)
    return course


def new_course(released: Path, folder: Path) -> Path:
    """Copy the released course: a fresh one with nothing handed in."""
    shutil.copytree(released, folder, symlinks=True)
    return folder


@pytest.fixture
def course(released, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("DLCOURSE_ROOT", str(tmp_path / "course"))
    monkeypatch.setenv("DLCOURSE_SEED", SEED)
    return new_course(released, tmp_path / "course")


@pytest.fixture(scope="session")
def spec(tmp_path_factory) -> SandboxSpec:
    require_bubblewrap()
    edition = tmp_path_factory.mktemp("edition")
    for folder in (edition, *edition.parents):
        if folder.is_relative_to(tmp_path_factory.getbasetemp().parent):
            folder.chmod(0o755)
    students_edition(ROOT, load_syllabus(ROOT).weeks[-1], edition)
    return SandboxSpec(edition, ROOT / "data")


@pytest.fixture(scope="session")
def sandbox(spec):
    with Sandbox(spec) as sandbox:
        yield sandbox
