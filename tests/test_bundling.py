import asyncio
import os
import subprocess
import sys
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.building import build_week
from autograder.bundling import BundleError, bundle, missing_modules, students_edition
from autograder.syllabus import load_syllabus
from tests.tiny_course import CHECKOUT, TinyExercises, make_course, week

# An editable installation makes the whole checkout importable; a student has no such thing.
NO_CHECKOUT = """
import sys
sys.meta_path[:] = [
    finder for finder in sys.meta_path
    if not getattr(finder, "__module__", "").startswith("__editable__")
]
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("bundled"))
    for number in "12":
        build_week(root, week(root, number), exercises=TinyExercises())
    return root


def unzip(archive, folder):
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder


def student_surroundings(folder):
    (folder / "sitecustomize.py").write_text(NO_CHECKOUT)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DLCOURSE")}
    return {**kept, "PYTHONPATH": str(folder), "OPENBLAS_NUM_THREADS": "1"}


def run_as_student(folder, surroundings, *code):
    command = [sys.executable, "-c", "\n".join(code)]
    return subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )


def test_contents(course, tmp_path):
    with zipfile.ZipFile(bundle(course, week(course), tmp_path)) as packed:
        assert packed.namelist() == sorted(packed.namelist())
        assert set(packed.namelist()) == {
            "README.txt",
            "environment.yml",
            "requirements.txt",
            "w01_tiny.ipynb",
            "data/README.md",
            "data/numbers.h5",
            "helpers/__init__.py",
            "helpers/answers/w01_tiny.h5",
            "helpers/checking/__init__.py",
            "helpers/datasets.py",
            "helpers/plotting.py",
            "helpers/doubling.py",
            "helpers/halving.py",
        }
        assert '"h5py"' in packed.read("environment.yml").decode()
        assert "w01_tiny.ipynb" in packed.read("README.txt").decode()


def test_the_same_files_give_the_same_archive(course, tmp_path):
    first, second = (bundle(course, week(course), tmp_path / name) for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["w01_tiny.zip"]


def test_default_folder(course):
    assert bundle(course, week(course)) == course / "bundles" / "w01_tiny.zip"


def test_modules_come_with_the_week_after_they_are_taught(course, tmp_path):
    first = students_edition(course, week(course, "1"), tmp_path / "1")
    second = students_edition(course, week(course, "2"), tmp_path / "2")
    assert "week 1. You will have it from week 2 on" in (first / "doubling.py").read_text()
    assert "np.add" in (second / "doubling.py").read_text()
    assert "ImportError" in (second / "halving.py").read_text()
    assert not (first / "answers" / "w02_next.h5").exists()
    assert (second / "answers" / "w01_tiny.h5").exists()


def test_what_nobody_decided_to_show_is_not_shown(course, tmp_path):
    extra = course / "course" / "helpers" / "later.py"
    extra.write_text("secret = 1\n")
    try:
        assert missing_modules(course, week(course, "2")) == ("halving", "later")
        package = students_edition(course, week(course, "2"), tmp_path)
        assert "not part of your edition" in (package / "later.py").read_text()
    finally:
        extra.unlink()


def test_importing_a_missing_module_says_why(course, tmp_path):
    folder = unzip(bundle(course, week(course), tmp_path / "zip"), tmp_path / "here")
    ran = run_as_student(folder, student_surroundings(folder), "import helpers.doubling")
    assert "ImportError: helpers.doubling holds the reference solutions of week 1" in ran.stderr


def test_a_student_has_no_autograder(course, tmp_path):
    folder = unzip(bundle(course, week(course), tmp_path / "zip"), tmp_path / "here")
    ran = run_as_student(
        folder, student_surroundings(folder), "import helpers; print(helpers.__file__)",
        "import autograder",
    )  # fmt: skip
    assert str(folder) in ran.stdout
    assert "No module named 'autograder'" in ran.stderr


def run_blank(folder, name):
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3")
    asyncio.run(client.async_execute(cwd=str(folder), env=student_surroundings(folder)))
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def assert_friendly(outputs):
    errors = [output for output in outputs if output.output_type == "error"]
    assert all(len(output.traceback) <= 1 for output in errors)
    assert "Traceback" not in str(outputs)


def test_a_blank_notebook_runs_without_a_traceback(course, tmp_path):
    folder = unzip(bundle(course, week(course), tmp_path / "zip"), tmp_path / "here")
    outputs = run_blank(folder, "w01_tiny")
    assert_friendly(outputs)
    assert "double is not started yet." in str(outputs)


REAL = [
    (each, notebook.id)
    for each in load_syllabus(CHECKOUT).weeks
    for notebook in each.notebooks
    if (CHECKOUT / "release" / each.id / f"{notebook.id}.ipynb").is_file()
]


@pytest.mark.parametrize(("real_week", "notebook"), REAL, ids=[name for _, name in REAL])
def test_the_blank_notebooks_of_this_course(real_week, notebook, tmp_path):
    folder = unzip(bundle(CHECKOUT, real_week, tmp_path / "zip"), tmp_path / "here")
    outputs = run_blank(folder, notebook)
    assert_friendly(outputs)
    assert "is not started yet" in str(outputs)


def test_a_week_that_is_not_built(course, tmp_path):
    built = course / "release" / "w02_next" / "w02_next.ipynb"
    content = built.read_bytes()
    built.unlink()
    try:
        with pytest.raises(BundleError, match=r"w02_next\.ipynb is missing: build week 2 first"):
            bundle(course, week(course, "2"), tmp_path)
    finally:
        built.write_bytes(content)
