import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.assembling import BuildError, assemble
from autograder.building import (
    build_week,
    build_weeks,
    master_path,
    release_path,
    sheet_path,
    source_path,
    stale,
)
from tests.tiny_course import POINTS, TinyExercises, make_course, week

NOTEBOOK = "w01_tiny"


def built_files(root):
    folders = [root / name for name in ("source", "release", "course/helpers/answers")]
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*.*")}


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def build(root, **options):
    return build_week(root, week(root), exercises=TinyExercises(), **options)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("tiny"))
    build(root)
    return root


@pytest.fixture
def own_course(tmp_path):
    return make_course(tmp_path)


def read(path):
    return nbformat.read(path, as_version=4)


def cell(notebook, identity):
    return next(found for found in notebook.cells if found.id == identity)


def test_source_is_solved_executed_and_marked(course):
    source = read(source_path(course, week(course), NOTEBOOK))
    solution, test = cell(source, "double"), cell(source, "test-double")
    assert "np.sqrt" in solution.source
    assert solution.metadata["nbgrader"] == {
        "grade": False,
        "solution": True,
        "locked": False,
        "task": False,
        "schema_version": 3,
        "grade_id": "double",
    }
    assert test.source == (
        "check(double)\n### BEGIN HIDDEN TESTS\nfrom autograder import grade\n\n"
        'grade("w01_tiny", double)\n### END HIDDEN TESTS'
    )
    assert test.metadata["nbgrader"]["points"] == 3.0
    assert test.metadata["nbgrader"]["locked"] is True
    assert [output.output_type for output in test.outputs] == ["stream", "execute_result"]
    assert [found.execution_count for found in source.cells if found.cell_type == "code"] == [
        1, 2, 3, 4
    ]  # fmt: skip
    assert set(source.metadata) == {"dlcourse", "kernelspec", "language_info"}
    assert "version" not in source.metadata["language_info"]
    assert not any("execution" in found.metadata for found in source.cells)
    assert {"nbgrader"} == set(test.metadata)


def test_release_has_stubs_and_no_outputs(course):
    release = read(release_path(course, week(course), NOTEBOOK))
    assert cell(release, "double").source.split("\n")[2:] == [
        "    ### START CODE HERE ### (≈ 2 lines)",
        "    y = None",
        "    ### END CODE HERE ###",
        "    return y",
    ]
    assert cell(release, "test-double").source == "check(double)"
    assert cell(release, "why").source == "*Write your answer here.*"
    assert not any(found.get("outputs") for found in release.cells)


def test_the_marking_scheme_is_kept_for_those_who_grade(course):
    release = read(release_path(course, week(course), NOTEBOOK))
    question = cell(release, "why-question")
    assert question.source == "Why is it so?\n"
    assert question.metadata.nbgrader.locked
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        kept = gradebook.find_source_cell("why-question", NOTEBOOK, "w01_tiny").source
    assert "One point for two" in kept


@pytest.mark.parametrize("said", ["", ' nbgrader={"grade_id": "q", "points": 1, "locked": true}'])
def test_a_marking_scheme_that_students_would_see_is_refused(said):
    master = f"# %% [markdown]{said}\n# Why?\n# ### BEGIN MARK SCHEME\n# Two.\n"
    with pytest.raises(BuildError, match="marking scheme"):
        assemble("w01_tiny", master, {})


def test_gradebook_knows_the_points(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        notebook = gradebook.find_notebook(NOTEBOOK, "w01_tiny")
        assert {found.name: found.max_score for found in notebook.grade_cells} == {
            "test-double": 3.0,
            "why": 2.0,
        }
        assert "grade(" in gradebook.find_source_cell("test-double", NOTEBOOK, "w01_tiny").source


def test_building_again_changes_no_byte(course):
    before = built_files(course)
    assert build(course).fresh == (NOTEBOOK,)
    assert build(course, force=True).executed == (NOTEBOOK,)
    assert built_files(course) == before
    assert not list(course.glob(".release-*"))


def test_only_notebooks_are_released(course):
    (course / "source" / "w01_tiny" / "w01_tiny.py").write_text("solution = 1\n")
    (course / "release" / "w01_tiny" / "old.ipynb").write_text("{}")
    build(course)
    (course / "source" / "w01_tiny" / "w01_tiny.py").unlink()
    assert [path.name for path in (course / "release" / "w01_tiny").iterdir()] == ["w01_tiny.ipynb"]


def test_nbgraders_own_command_makes_the_same_release(course):
    before = built_files(course)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "w01_tiny", "--force"]
    subprocess.run(command, cwd=course, check=True, capture_output=True)
    assert built_files(course) == before


STALE = {
    "master": lambda root: edit(master_path(root, NOTEBOOK), "# # Tiny", "# # Tiny!"),
    "source": lambda root: edit(source_path(root, week(root), NOTEBOOK), "np.abs", "np.sin"),
    "release": lambda root: edit(release_path(root, week(root), NOTEBOOK), "y = None", "y = 0"),
    "sheet": lambda root: sheet_path(root, NOTEBOOK).unlink(),
    "damaged": lambda root: source_path(root, week(root), NOTEBOOK).write_text("{"),
}


@pytest.mark.parametrize("kind", STALE)
def test_stale_files_are_named_without_executing(course, kind):
    saved = {path: path.read_bytes() for path in [*built_files(course), *course.rglob("*.py")]}
    assert stale(course, week(course), exercises=TinyExercises()) == []
    STALE[kind](course)
    found = stale(course, week(course), exercises=TinyExercises())
    for path, content in saved.items():
        path.write_bytes(content)
    assert any(NOTEBOOK in line for line in found)


def test_new_points_make_a_notebook_stale(course):
    dearer = TinyExercises({**POINTS, NOTEBOOK: {"double": 4.0}})
    assert len(stale(course, week(course), exercises=dearer)) == 2


def test_a_failing_cell_is_named(own_course):
    edit(master_path(own_course, NOTEBOOK), "np.sqrt(4.0)", "np.sqrt(9.0)")
    with pytest.raises(BuildError, match=r"w01_tiny, cell 4 \(`check\(double\)`\): CheckFailed"):
        build(own_course)
    assert not (own_course / "source").exists()


def test_notebooks_of_a_week_run_side_by_side(own_course):
    report = build_week(own_course, week(own_course, "2"), exercises=TinyExercises())
    assert report.executed == ("w02_next", "w02_extra")
    assert [path.name for path in report.released] == ["w02_next.ipynb", "w02_extra.ipynb"]


def test_weeks_are_built_side_by_side_as_each_by_itself(course, own_course):
    weeks = [week(own_course), week(own_course, "2")]
    reports = list(build_weeks(own_course, weeks, jobs=2, exercises=TinyExercises()))
    assert [report.week for report in reports] == [each.id for each in weeks]
    assert reports[1].executed == ("w02_next", "w02_extra")
    alone, beside = (source_path(root, week(root), NOTEBOOK) for root in (course, own_course))
    assert beside.read_bytes() == alone.read_bytes()


def test_a_week_that_fails_ends_the_building_of_several(own_course):
    edit(master_path(own_course, "w02_next"), "0.25", "0.75")
    weeks = [week(own_course), week(own_course, "2")]
    building = build_weeks(own_course, weeks, jobs=2, exercises=TinyExercises())
    assert next(building).week == weeks[0].id
    with pytest.raises(BuildError, match="w02_next, cell 3"):
        next(building)


def test_every_failing_notebook_is_named(own_course):
    edit(master_path(own_course, "w02_next"), "0.25", "0.75")
    edit(master_path(own_course, "w02_extra"), 'print("more")', "1 / 0")
    with pytest.raises(BuildError) as caught:
        build_week(own_course, week(own_course, "2"), exercises=TinyExercises())
    first, second = str(caught.value).split("\n")
    assert first.startswith("w02_next, cell 3 (`check(halve)`): CheckFailed")
    assert second == "w02_extra, cell 1 (`1 / 0`): ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("import sys; print('oh', file=sys.stderr)", "error stream.*oh"),
        ("print(object())", "memory address"),
        ("import os; os._exit(1)", "cell 5: the kernel died"),
    ],
)
def test_outputs_that_differ_between_runs_are_refused(own_course, line, message):
    edit(master_path(own_course, NOTEBOOK), 'print("plotted")', line)
    with pytest.raises(BuildError, match=message):
        build(own_course)


def test_an_endless_cell_is_named(own_course):
    edit(own_course / "course" / "syllabus.toml", "cell_seconds = 20", "cell_seconds = 4")
    edit(master_path(own_course, NOTEBOOK), 'print("plotted")', "while True: pass")
    with pytest.raises(BuildError, match="cell 5: takes longer than 4 s"):
        build(own_course)


def test_a_busy_machine_takes_a_fraction_longer(own_course, monkeypatch):
    monkeypatch.setattr("autograder.executing.patience", lambda: 7.77)
    assert build(own_course).executed == (NOTEBOOK,)


def test_missing_master(own_course):
    master_path(own_course, NOTEBOOK).unlink()
    with pytest.raises(BuildError, match=r"there is no master course/notebooks/w01_tiny\.py"):
        build(own_course)


def test_missing_configuration(own_course):
    (own_course / "nbgrader_config.py").unlink()
    with pytest.raises(BuildError, match=r"no nbgrader_config\.py"):
        build(own_course)


def test_nbgrader_errors_are_passed_on(course):
    edit(course / "nbgrader_config.py", "autograder.stub_solutions", "autograder.no_such")
    try:
        with pytest.raises(Exception, match="no_such"):
            build(course)
    finally:
        edit(course / "nbgrader_config.py", "autograder.no_such", "autograder.stub_solutions")
    assert release_path(course, week(course), NOTEBOOK).exists()


def master(*cells):
    return "".join(f"# %%\n{text}\n\n" for text in cells)


SOLUTION = """def {0}(x):
    ### START CODE HERE ###
    y = x
    ### END CODE HERE ###
    return y"""
F, G = SOLUTION.format("f"), SOLUTION.format("g")

WRONG = {
    "check of nothing": ([F, "check(g)"], {"f": 1}, r"w01_a, cell 2: check\(g\) checks no ex"),
    "no cell": ([F, "check(f)"], {"f": 1, "g": 1}, "g has no cell to complete"),
    "no check": ([F, "check(f); 1"], {"f": 1}, r"f has no cell of just check\(f\)"),
    "no exercise": ([F, G, "check(f)"], {"f": 1}, "g is to be completed, but is no exercise"),
    "two cells": ([F, F, "check(f)"], {"f": 1}, "f stands in two cells"),
    "two checks": ([F, "check(f)", "check(f)"], {"f": 1}, "two cells check f"),
    "too early": (["check(f)", F], {"f": 1}, r"check\(f\) stands before f"),
    "two functions": ([F + "\n" + G, "check(f)"], {"f": 1}, r"cell 1: .* not 2 \(f, g\)"),
    "no function": (["### START CODE HERE ###\nx = 1\n### END CODE HERE ###"], {}, "not 0"),
    "wrong markers": ([F.replace("END", "START")], {"f": 1}, "w01_a, cell 1: line 4"),
}


@pytest.mark.parametrize(("cells", "points", "message"), WRONG.values(), ids=WRONG.keys())
def test_cells_and_exercises_that_do_not_fit(cells, points, message):
    with pytest.raises(BuildError, match=message):
        assemble("w01_a", master(*cells), points)


def test_assembling_is_deterministic():
    text = master(F, "check(f)")
    assert assemble("w01_a", text, {"f": 1}) == assemble("w01_a", text, {"f": 1.0})
