"""What a student sees of `check`, in plain Python and in IPython."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from helpers import checking
from helpers.checking import CheckFailed, SheetError, checks_for, ready
from helpers.numpy_basics import L1, image2vector, sigmoid


@pytest.fixture(autouse=True)
def nothing_passed_yet(monkeypatch):
    monkeypatch.setattr(checking, "_passed", set())


@pytest.fixture
def check():
    return checks_for("w01_numpy_basics")


def test_a_right_function_gets_its_points_and_moves_the_bar(check, capsys):
    check(sigmoid)
    said = capsys.readouterr().out
    assert "`sigmoid`: all correct, 3 of 3 points." in said
    assert "3 of 26 points in this notebook" in said
    check(image2vector)
    assert "6 of 26 points in this notebook" in capsys.readouterr().out


def test_a_known_mistake_is_named_with_its_hint(check, capsys):
    def L1(yhat, y):  # noqa: N802
        return np.mean(np.abs(y - yhat))

    with pytest.raises(CheckFailed):
        check(L1)
    said = capsys.readouterr().out
    assert "✗" in said
    assert "Hint:" in said


def test_an_exercise_not_started_says_so_in_one_line(check, capsys):
    def softmax(x):
        return None

    with pytest.raises(CheckFailed) as failed:
        check(softmax)
    first, bar = capsys.readouterr().out.strip().split("\n")
    assert first == "`softmax`: not started yet. Fill in the lines between START and END."
    assert "points in this notebook" in bar
    assert failed.value._render_traceback_() == ["CheckFailed: softmax is not started yet."]


def test_a_lambda_goes_by_its_name_in_the_notebook():
    namespace = {"check": checks_for("w01_numpy_basics"), "np": np, "ready": ready}
    exec("basic_sigmoid = lambda x: 1 / (1 + np.exp(-x))\ncheck(basic_sigmoid)", namespace)
    exec("assert ready(basic_sigmoid)", namespace)


def test_an_unknown_function_gets_the_list(check):
    with pytest.raises(CheckFailed, match="softmax"):
        check(print)


def test_what_is_no_function_is_refused(check):
    with pytest.raises(CheckFailed):
        check(None)


def test_cells_wait_until_their_functions_passed(check, capsys):
    assert not ready(sigmoid, L1)
    assert capsys.readouterr().out == "This cell waits for: sigmoid, L1\n"
    check(sigmoid)
    check(L1)
    assert ready(sigmoid, L1)


def test_a_missing_sheet_says_what_to_do():
    with pytest.raises(SheetError, match="unpack the bundle"):
        checks_for("w99_nothing")


def test_a_damaged_sheet_says_what_to_do(tmp_path, monkeypatch):
    from helpers.checking import sheets

    whole = (sheets.SHEETS / "w01_numpy_basics.h5").read_bytes()
    (tmp_path / "w01_numpy_basics.h5").write_bytes(whole[: len(whole) // 2])
    monkeypatch.setattr(sheets, "SHEETS", tmp_path)
    with pytest.raises(SheetError, match="damaged"):
        checks_for("w01_numpy_basics")


def test_in_ipython_the_card_is_rich_and_the_error_one_line():
    cell = (
        "from helpers.checking import checks_for\n"
        "check = checks_for('w01_numpy_basics')\n"
        "def L2(yhat, y): return None\n"
        "check(L2)\n"
    )
    script = (
        "from IPython.core.interactiveshell import InteractiveShell as S\n"
        "from IPython.utils.capture import capture_output\n"
        "s = S.instance()\n"
        f"with capture_output() as said: s.run_cell({cell!r})\n"
        "print(sorted(said.outputs[0].data))\n"
        "print(said.stdout)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "['text/html', 'text/plain']" in done.stdout
    assert "L2 is not started yet." in done.stdout
    assert "Traceback" not in done.stdout
