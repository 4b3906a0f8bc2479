"""Which of Python's and numpy's own messages a student is shown."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.discretion import discreet
from helpers.checking.outcomes import arguments, invoke

SOURCE = "def f(x, y):\n    return x.shape + np.sum(y, keepdim=True) + z['W1']"
A = np.zeros((2, 3))

STUMBLES = {
    "matmul": lambda: A @ A,
    "dot": lambda: np.dot(A, A),
    "broadcast": lambda: np.zeros(3) + np.zeros(4),
    "None in a sum": lambda: None + 1,
    "None has no shape": lambda: None.shape,
    "None has no entries": lambda: (lambda nothing: nothing[0])(None),
    "None has no length": lambda: len(None),
    "None in a ufunc": lambda: np.exp(None),
    "reshape": lambda: np.zeros(3).reshape(2, 2),
    "key": lambda: {}["W1"],
    "division": lambda: 1 / 0,
    "list index": lambda: [][1],
    "array index": lambda: np.zeros(3)[5],
    "too many indices": lambda: A[1, 2, 3],
    "axis": lambda: A.sum(axis=2),
    "keyword": lambda: np.sum(1, keepdim=True),
    "concatenate": lambda: np.concatenate([A, A.T]),
    "truth": lambda: bool(A > 1),
    "an alias gone from numpy": lambda: np.float,
    "a name gone from numpy": lambda: np.float_,
    "singular": lambda: np.linalg.inv(np.zeros((2, 2))),
}


@pytest.mark.parametrize("stumble", STUMBLES)
def test_what_python_and_numpy_say_is_shown(stumble):
    outcome = invoke(STUMBLES[stumble], arguments())
    assert outcome.message
    shown = discreet(outcome, [SOURCE])
    assert (shown.error, shown.message) == (outcome.error, outcome.message)


def test_of_a_name_gone_from_numpy_it_is_said_what_to_write_instead():
    assert "use `int` by itself" in invoke(lambda: np.int, arguments()).message
    assert "Use `np.float64` instead" in invoke(lambda: np.float_, arguments()).message
    for forged in ("`np.float` was 0x1p3", "`np.` was", "`np.float_` was removed. 0.25"):
        assert discreet(invoke(_raise, arguments(forged)), [SOURCE]).message == ""


@pytest.mark.parametrize(
    "message", ["name 'secret_0x1p3' is not defined", "'secret'", "secret", "x = [0.25 0.5]"]
)
def test_words_that_the_student_did_not_write_are_not(message):
    assert discreet(invoke(_raise, arguments(message)), [SOURCE]).message == ""


def _raise(message):
    raise ValueError(message)
