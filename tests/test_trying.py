"""`dlcourse try`: plain functions from a text file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.given import given_code
from autograder.pupils import STRANGERS
from autograder.syllabus import load_syllabus
from autograder.trying import TryError, defined_functions, notebooks_meant, try_source
from tests.conftest import ROOT, SEED

WEEK1 = load_syllabus(ROOT).weeks[0]


def dlcourse(*words):
    script = str(Path(sys.executable).parent / "dlcourse")
    env = {**os.environ, "DLCOURSE_ROOT": str(ROOT), "DLCOURSE_SEED": SEED, "COLUMNS": "160"}
    return subprocess.run([script, *words], env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    "stranger", sorted(STRANGERS.glob("*/*.py")), ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_every_stranger_gets_full_marks_in_the_sandbox(stranger, sandbox):
    notebook, given = stranger.parent.name, given_code(ROOT, stranger.parent.name)
    verdicts = try_source(notebook, stranger.read_text("utf-8"), sandbox, SEED, given=given)
    assert [v.function for v in verdicts if not v.passed] == []


def test_a_broken_earlier_function_costs_only_itself(sandbox):
    source = (STRANGERS / "w01_logistic_regression" / "verbose.py").read_text("utf-8")
    source += "\ndef sigmoid(z):\n    return np.tanh(z)\n"
    verdicts = try_source("w01_logistic_regression", source, sandbox, SEED)
    assert [v.function for v in verdicts if not v.passed] == ["sigmoid"]
    carried = {v.function: v.note for v in verdicts if v.note}
    assert set(carried) >= {"propagate", "optimize", "predict", "model"}
    assert "`sigmoid`" in carried["propagate"]


def test_the_better_of_two_tries_counts(sandbox):
    """Standing in must not cost anything where the student's own helper has other arguments."""
    source = (STRANGERS / "w01_logistic_regression" / "verbose.py").read_text("utf-8")
    source = source.replace("sigmoid(", "my_sigmoid(").replace(
        "def my_sigmoid(", "def my_sigmoid(", 1
    )
    source += "\ndef sigmoid(z, unused):\n    return z\n"
    verdicts = try_source("w01_logistic_regression", source, sandbox, SEED)
    assert [v.function for v in verdicts if not v.passed] == ["sigmoid"]


def test_a_reference_stands_in_under_the_students_own_argument_names(sandbox):
    source = (STRANGERS / "w01_logistic_regression" / "verbose.py").read_text("utf-8")
    source = source.replace("sigmoid(Z)", "sigmoid(unusual=Z)")
    source += "\ndef sigmoid(unusual):\n    return np.tanh(unusual)\n"
    assert "sigmoid(unusual=Z)" in source
    verdicts = try_source("w01_logistic_regression", source, sandbox, SEED)
    assert [v.function for v in verdicts if not v.passed] == ["sigmoid"]


def test_arguments_may_be_named_in_any_order_also_of_a_stand_in(sandbox):
    source = (STRANGERS / "w02_shallow_network" / "verbose.py").read_text("utf-8")
    call = "parameters = initialize_parameters(n_x, n_h, n_y)"
    assert call in source
    source = source.replace(call, "parameters = initialize_parameters(n_y=n_y, n_h=n_h, n_x=n_x)")
    verdicts = try_source("w02_shallow_network", source, sandbox, SEED)
    assert [v.function for v in verdicts if not v.passed] == []
    source += "\ndef initialize_parameters(n_x, n_h, n_y):\n    return {}\n"
    verdicts = try_source("w02_shallow_network", source, sandbox, SEED)
    assert [v.function for v in verdicts if not v.passed] == ["initialize_parameters"]


def test_the_notebook_meant_is_found_by_what_is_defined():
    for notebook in ("w01_numpy_basics", "w01_logistic_regression"):
        source = (STRANGERS / notebook / "terse.py").read_text("utf-8")
        assert notebooks_meant(WEEK1, source) == [notebook]
    assert notebooks_meant(WEEK1, "def softmax(x): ...") == ["w01_numpy_basics"]


def test_functions_may_be_assigned():
    assert defined_functions("f = lambda x: x\ndef g(): ...\nclass H: ...") == {"f", "g", "H"}
    with pytest.raises(TryError, match="Line 1"):
        defined_functions("def f(:")


def test_the_command_prints_a_score_card_and_json(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("def L1(yhat, y):\n    return np.mean(np.abs(yhat - y))\n")
    done = dlcourse("try", "1", str(path))
    assert done.returncode == 1
    assert "L1" in done.stdout
    found = json.loads(dlcourse("try", "w01", str(path), "--json").stdout)
    card = next(e for e in found["w01_numpy_basics"] if e["function"] == "L1")
    assert card["findings"][0]["mistake"] == "averaged, not summed"
    perfect = dlcourse("try", "1", str(STRANGERS / "w01_numpy_basics" / "terse.py"))
    assert perfect.returncode == 0, perfect.stdout


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"def f(:", "no Python"),
        (b"1 / 0", "ZeroDivision"),
    ],
)
def test_a_file_that_cannot_be_tried_says_why(tmp_path, text, word):
    path = tmp_path / "mine.py"
    if text is not None:
        path.write_bytes(text)
    done = dlcourse("try", "1", str(path))
    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr
