"""Test cells as a plain nbgrader course has them: asserts on what the student defined."""

from __future__ import annotations

import pytest

from autograder.inside.pipe import PipeClosed, PipeTimeout
from autograder.referee import Limits, Referee, StudentNotebook
from autograder.sandbox import SandboxLost
from tests.conftest import SEED

STUDENT = "def double(x):\n    return 2 * x\n\nempty = []\n"


@pytest.fixture(scope="module")
def referee(sandbox):
    notebook = StudentNotebook(sandbox, Limits(call=1, test=3))
    notebook.run(STUDENT)
    return Referee(notebook, SEED)


@pytest.mark.parametrize(
    "source",
    [
        "assert double(2) == 4",
        "assert all(double(x) == 2 * x for x in range(3))",
        "assert list(map(lambda x: double(x), [1, 2])) == [2, 4]",
        "def holds(x):\n    return double(x) == x + x\nassert [holds(x) for x in (1, 2)] == [True] * 2",
        "import math\nassert double(math.pi) == max(math.tau, 0) and not False",
    ],
)
def test_asserts_that_hold_earn_the_cells_points(referee, source):
    grade = referee.test_cell(source, 3)
    assert (grade.earned, grade.problem) == (3, "")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("assert double(2) == 5", "AssertionError"),
        ("assert triple", "'triple' is not defined"),
        ("assert triple is not None", "'triple' is not defined"),
        ("assert any(triple for _ in range(1))", "'triple' is not defined"),
        ("double('x' * 3, 4)", "TypeError"),
        ("1 / 0", "test cell itself"),
    ],
)
def test_what_does_not_hold_earns_nothing_and_says_why(referee, source, word):
    grade = referee.test_cell(source, 3)
    assert grade.earned == 0
    assert word in grade.problem


def test_an_exercise_without_its_function_is_told_apart(referee):
    source = "from autograder import grade\ncheck(sigmoid)\ngrade('w01_numpy_basics', sigmoid)"
    (verdict,) = referee.test_cell(source, 3).verdicts
    assert verdict.state == "missing"


def test_a_test_that_cannot_be_started_is_tried_again_and_never_a_silent_zero(sandbox, monkeypatch):
    notebook = StudentNotebook(sandbox, Limits(call=1, test=3))
    notebook.run(STUDENT)
    start, losses = notebook._fork, [PipeClosed(), PipeTimeout()]

    def lose():
        if losses:
            raise losses.pop()
        return start()

    monkeypatch.setattr(notebook, "_fork", lose)
    assert Referee(notebook, SEED).test_cell("assert double(2) == 4", 3).earned == 3
    losses += [PipeClosed()] * 9
    with pytest.raises(SandboxLost, match="whenever a test was about to start"):
        Referee(notebook, SEED).test_cell("assert double(2) == 4", 3)


@pytest.mark.parametrize("load, factor", [(0.0, 1), (4.0, 1), (12.0, 3), (1000.0, 8)])
def test_a_busy_machine_gives_everybody_more_time(monkeypatch, load, factor):
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    monkeypatch.setattr("os.getloadavg", lambda: (load, 0.0, 0.0))
    given = Limits(cell=30, impatient=5, call=4, test=20, notebook=900).stretched()
    expected = (factor * seconds for seconds in (30, 5, 4, 20, 900))
    assert given == Limits(*expected)


def test_a_test_that_ran_out_of_time_is_tried_once_more(sandbox):
    """On a busy machine, right work once lost its points to the clock."""
    source = (
        "import os, time\nimport numpy as np\n"
        "def L1(yhat, y):\n"
        "    if not os.path.exists('/tmp/late'):\n"
        "        open('/tmp/late', 'w').close()\n"
        "        time.sleep(9)\n"
        "    return np.sum(np.abs(yhat - y))\n"
    )
    notebook = StudentNotebook(sandbox, Limits(call=2, test=9))
    notebook.run(source)
    assert Referee(notebook, SEED).verdict("w01_numpy_basics", "L1").passed


def test_a_function_that_calls_no_broken_one_stands_by_itself(sandbox):
    """No note on a reference that was not asked, and no second try that cannot differ."""
    notebook = StudentNotebook(sandbox, Limits())
    notebook.run(
        "import numpy as np\n"
        "def sigmoid(x):\n    return np.tanh(x)\n"
        "def sigmoid_derivative(x):\n    s = 1 / (1 + np.exp(-x))\n    return s * (1 - s)\n"
    )
    referee = Referee(notebook, SEED)
    assert not referee.verdict("w01_numpy_basics", "sigmoid").passed
    verdict = referee.verdict("w01_numpy_basics", "sigmoid_derivative")
    assert verdict.passed
    assert verdict.note == ""
