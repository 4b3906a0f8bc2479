"""Notebooks as students send them, made fit to be graded."""

from __future__ import annotations

import json
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.cleaning import blank_cells, clean
from autograder.keys import Key, KeyCell
from autograder.reading import Unreadable, read_bytes, read_notebook


def key_cell(grade_id, **changes):
    test = grade_id.startswith("test-")
    fields = {
        "grade_id": grade_id,
        "cell_type": "code",
        "source": f"source of {grade_id}",
        "checksum": "0",
        "locked": test,
        "points": 2.0 if test else None,
        "grade": test,
        "solution": not test,
        "task": False,
    }
    return KeyCell(**{**fields, **changes})


KEY = Key("n", tuple(key_cell(name) for name in ("a", "test-a", "b", "test-b")))


def cell(grade_id, source="mine", **metadata):
    return new_code_cell(source, metadata={"nbgrader": {"grade_id": grade_id, **metadata}})


def ids(notebook):
    return [c.metadata.get("nbgrader", {}).get("grade_id", "-") for c in notebook.cells]


def test_students_sources_stay_and_tests_are_ours():
    notebook = new_notebook(
        cells=[cell("a"), cell("test-a", "pass", points=99), cell("b"), cell("test-b")]
    )
    clean(notebook, KEY)
    assert [c.source for c in notebook.cells] == [
        "mine",
        "source of test-a",
        "mine",
        "source of test-b",
    ]
    assert notebook.cells[1].metadata.nbgrader.points == 2


def test_a_question_gets_its_marking_scheme_back_and_nobody_is_blamed():
    whole = "Why?\n### BEGIN MARK SCHEME\nOne point.\n### END MARK SCHEME"
    flags = {"solution": False, "locked": True, "cell_type": "markdown"}
    key = Key("n", (key_cell("q", source=whole, **flags),))
    ours = key.cells[0].metadata()
    for said, blamed in (("Why?", False), (whole, False), ("Why not?", True)):
        asked = new_markdown_cell(said, metadata={"nbgrader": ours})
        notebook = new_notebook(cells=[asked])
        assert any("had been edited" in remark for remark in clean(notebook, key)) == blamed
        assert notebook.cells[0].source == whole


def test_outputs_tags_and_claims_are_dropped():
    forged = new_code_cell("x", outputs=[new_output("execute_result", data={"text/plain": "99"})])
    forged.metadata = {
        "tags": ["skip-execution"],
        "nbgrader": {"grade_id": "mine-too", "points": 50},
    }
    notebook = new_notebook(
        cells=[forged], metadata={"kernelspec": {"name": "evil", "display_name": "Evil"}}
    )
    remarks = clean(notebook, KEY)
    assert forged.outputs == []
    assert "tags" not in notebook.cells[0].metadata
    assert notebook.metadata.kernelspec.name == "python3"
    assert any("mine-too" in remark for remark in remarks)


def test_missing_cells_come_back_after_the_code_they_test():
    notebook = new_notebook(cells=[cell("a"), new_code_cell("def b(): ...")])
    clean(notebook, KEY)
    assert ids(notebook) == ["a", "-", "test-a", "b", "test-b"]


def test_a_notebook_without_any_metadata_is_tested_at_its_end():
    notebook = new_notebook(cells=[new_code_cell("def a(): ..."), new_code_cell("def b(): ...")])
    clean(notebook, KEY)
    assert ids(notebook) == ["-", "-", "a", "test-a", "b", "test-b"]


def test_a_copied_cell_counts_once():
    notebook = new_notebook(
        cells=[cell("a"), cell("test-a"), cell("test-a"), cell("b"), cell("test-b")]
    )
    remarks = clean(notebook, KEY)
    assert ids(notebook) == ["a", "test-a", "-", "b", "test-b"]
    assert any("second" in remark for remark in remarks)


def test_a_retyped_cell_becomes_what_it_was():
    retyped = new_markdown_cell("x", metadata={"nbgrader": {"grade_id": "test-a"}})
    notebook = new_notebook(cells=[cell("a"), retyped, cell("b"), cell("test-b")])
    clean(notebook, KEY)
    assert notebook.cells[1].cell_type == "code"
    nbformat.validate(notebook)


def test_cleaning_twice_changes_nothing():
    notebook = new_notebook(cells=[cell("test-b"), cell("a"), cell("a")])
    clean(notebook, KEY)
    once = nbformat.writes(notebook)
    clean(notebook, KEY)
    assert nbformat.writes(notebook) == once


def test_a_released_cell_is_blank_whatever_stands_elsewhere():
    from nbgrader.utils import compute_checksum

    notebook = new_notebook(cells=[cell("a", solution=True, grade=False), cell("b")])
    checksum = compute_checksum(notebook.cells[0])
    key = Key("n", (key_cell("a", checksum=checksum), key_cell("b")))
    clean(notebook, key)
    assert blank_cells(notebook, key) == ["a"]


def test_old_notebook_formats_are_brought_up_to_date(tmp_path):
    path = tmp_path / "old.ipynb"
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"metadata": {}, "cells": [
        {"cell_type": "code", "input": ["x = 1"], "language": "python", "outputs": [], "collapsed": False, "metadata": {}}
    ]}]}  # fmt: skip
    path.write_text(json.dumps(old))
    assert read_notebook(path).cells[0].source == "x = 1"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "1", '{"cells": 3}', '{"nbformat": 4}', "\x00"]
)
def test_what_is_no_notebook_is_refused_with_a_message(tmp_path, text):
    path = tmp_path / "n.ipynb"
    path.write_text(text)
    with pytest.raises(Unreadable, match=r"n\.ipynb"):
        read_notebook(path)


def test_only_ordinary_files_of_a_bounded_size_are_read(tmp_path):
    folder = tmp_path / "student" / "week"
    folder.mkdir(parents=True)
    (folder / "large").write_bytes(b"x" * 11)
    (folder / "link").symlink_to(folder / "large")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "student")
    assert read_bytes(folder / "large", 11) == b"x" * 11
    for name in ("large", "link", "folder", "pipe", "nothing"):
        with pytest.raises(Unreadable, match=name):
            read_bytes(folder / name, 10)
    with pytest.raises(Unreadable, match="behind a link"):
        read_bytes(tmp_path / "elsewhere" / "week" / "large")
