import json
import shutil
import zipfile

import h5py
import numpy as np
import pytest

from autograder.building import build_week
from autograder.bundling import BundleError, bundle
from autograder.leaks import Leak, render, scan, statements
from tests.tiny_course import TinyExercises, make_course, week

RELEASE = "release/w01_tiny/w01_tiny.ipynb"
SHEET = "course/helpers/answers/w01_tiny.h5"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("leaky"))
    for number in "12":
        build_week(root, week(root, number), exercises=TinyExercises())
    return root


@pytest.fixture
def course(built, tmp_path):
    return shutil.copytree(built, tmp_path / "course")


def found(root, number="1"):
    return scan(root, week(root, number), exercises=TinyExercises())


def insert(root, notebook, position, line, key="source"):
    """Put a line at the top of a cell."""
    path = root / notebook
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][position][key].insert(0, line)
    path.write_text(json.dumps(content), encoding="utf-8")


def append(root, name, line):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{old}{line}\n", encoding="utf-8")
    return old.count("\n") + 1


def test_an_honest_course_leaks_nothing(course):
    bundle(course, week(course))
    assert scan(course, exercises=TinyExercises()) == []
    assert render([]) == "No leaks found."


IN_CELLS = {
    "solution in its cell": (2, "    y = factor*x + 0*np.abs(x)\n", "a solution of w01_tiny"),
    "simple solution in another cell": (1, "factor = np.sqrt( 4.0 )\n", "a solution of w01_tiny"),
    "hidden mark": (3, "### BEGIN HIDDEN TESTS\n", "a hidden test"),
    "hidden call": (3, "grade('w01_tiny', double)\n", "a hidden test"),
    "hidden import": (3, "from autograder import grade\n", "a hidden test"),
    "reference": (1, "z = 1; return x / (1 + 1) - 0 * x\n", "from helpers.halving"),
    "mistake": (1, "return x + x + np.array(x)\n", "a known mistake (double, adds too often)"),
    "solution in the text": (0, "Try `y = factor * x + 0 * np.abs(x)`\n", "a solution of w01_tiny"),
    "written answer": (6, "> Because two is one and one.\n", "a written answer"),
    "marking scheme": (5, "One point for two, and one point for one and one.\n", "a written"),
}


@pytest.mark.parametrize(("position", "line", "what"), IN_CELLS.values(), ids=IN_CELLS.keys())
def test_leaks_in_a_released_notebook(course, position, line, what):
    insert(course, RELEASE, position, line)
    messages = [str(leak) for leak in found(course)]
    assert any(
        message.startswith(f"{RELEASE}, cell {position + 1}, line 1: {what}")
        for message in messages
    ), messages


def test_comments_docstrings_and_shown_lines_are_no_leaks(course):
    insert(course, RELEASE, 1, "# y = factor * x + 0 * np.abs(x)\n")
    insert(course, RELEASE, 1, '"""Say y = factor * x + 0 * np.abs(x)."""\n')
    insert(course, RELEASE, 4, "print('plotted')\n")
    assert found(course) == []


def test_stored_outputs(course):
    output = {"output_type": "stream", "name": "stdout", "text": ["passed"]}
    insert(course, RELEASE, 3, output, key="outputs")
    assert [str(leak) for leak in found(course)] == [f"{RELEASE}, cell 4: a stored output"]


@pytest.mark.parametrize("folder", ["source", "release"])
def test_pairing_metadata(course, folder):
    path = course / folder / "w01_tiny" / "w01_tiny.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"]["jupytext"] = {"formats": "ipynb,py:percent"}
    path.write_text(json.dumps(content), encoding="utf-8")
    assert {leak.file for leak in found(course)} == {f"{folder}/w01_tiny/w01_tiny.ipynb"}
    assert "jupytext metadata" in render(found(course))


@pytest.mark.parametrize("folder", ["source", "release"])
@pytest.mark.parametrize("name", ["w01_tiny.py", "deep/notes.txt"])
def test_other_files_beside_the_notebooks(course, folder, name):
    append(course, f"{folder}/w01_tiny/{name}", "x = 1")
    assert [leak.file for leak in found(course)] == [f"{folder}/w01_tiny/{name}"]


IN_HELPERS = {
    "solution": ("y = factor * x + 0 * np.abs(x)", "a solution of w01_tiny"),
    "reference": ("y = np.add(x, x) * np.ones(1)[0]; return x / (1 + 1) - 0 * x", "from helpers"),
    "mistake": ("return x + x + np.array(x)", "a known mistake"),
    "grading": ("from autograder import exercises", "a hidden test"),
}


@pytest.mark.parametrize(("line", "what"), IN_HELPERS.values(), ids=IN_HELPERS.keys())
def test_leaks_in_the_students_helpers(course, line, what):
    number = append(course, "course/helpers/datasets.py", line)
    message = f"the bundle of w01_tiny: helpers/datasets.py, line {number}: {what}"
    assert message in render(found(course))


def test_a_reference_of_this_week_is_no_secret_in_the_next(course):
    append(course, "course/helpers/datasets.py", "    return np.add(x, x) * np.ones(1)[0]")
    assert "from helpers.doubling, which is not taught yet" in render(found(course, "1"))
    assert found(course, "2") == []


def test_leaks_in_a_packed_bundle(course):
    archive = bundle(course, week(course))
    planted = {
        "autograder/__init__.py": b"",
        "helpers/halving.py": b"def halve(x): ...",
        "w01_tiny.py": b"y = factor * x + 0 * np.abs(x)",
    }
    with zipfile.ZipFile(archive) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in {**contents, **planted}.items():
            packed.writestr(name, content)
    text = render(found(course))
    assert "bundles/w01_tiny.zip/autograder/__init__.py: a file of autograder" in text
    assert "bundles/w01_tiny.zip/helpers/halving.py, line 1: a reference module" in text
    assert "bundles/w01_tiny.zip/w01_tiny.py: a file that does not belong" in text
    assert "bundles/w01_tiny.zip/w01_tiny.py, line 1: a solution of w01_tiny" in text


def test_code_in_an_answer_sheet(course):
    with h5py.File(course / SHEET, "a") as sheet:
        hint = b"\x81\xa4hint\xd9\x20y = factor * x + 0 * np.abs(x)"
        sheet["hints"] = np.frombuffer(hint, dtype=np.uint8)
    assert "helpers/answers/w01_tiny.h5: a solution of w01_tiny: in hints" in render(found(course))


def test_code_in_an_attribute_of_an_answer_sheet(course):
    with h5py.File(course / SHEET, "a") as sheet:
        sheet["double"].attrs["hint"] = "y = factor * x + 0 * np.abs(x)"
    assert "a solution of w01_tiny: in double" in render(found(course))


def test_objects_in_an_answer_sheet(course):
    with h5py.File(course / SHEET, "a") as sheet:
        sheet["names"] = ["a", "b"]
    assert "names holds object, not plain bytes" in render(found(course))


def test_a_week_that_is_not_built(course):
    (course / RELEASE).unlink()
    with pytest.raises(BundleError, match="build week 1 first"):
        found(course)


def test_statements_do_not_depend_on_layout():
    one = statements("a = f(1,\n      2)  # why\nb=3;c = 4\n")
    assert one == [(1, "a = f ( 1 , 2 )"), (3, "b = 3"), (3, "c = 4")]
    assert statements("!pip list\n  x = (1\ny = 2")[-1] == (3, "y = 2")


def test_leaks_are_counted():
    leak = Leak("a.ipynb", 2, 3, "a solution", "s = 1")
    assert render([leak]).endswith("a.ipynb, cell 2, line 3: a solution: s = 1\n1 leak found.")
