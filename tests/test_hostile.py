"""What hidden tests let out, and what references let in: attacks on the referee itself.

Whole submissions are attacked in `tests/attacks/`.
"""

from __future__ import annotations

import pytest

from autograder.questions import variant_of, varied
from autograder.referee import Limits, Referee, StudentNotebook
from autograder.trying import PRELUDE, TryError, try_source
from tests.conftest import SEED

NOTEBOOK = "w01_numpy_basics"
LIMITS = Limits(cell=5, call=1, test=3)
TABLE = (
    "import pickle, pathlib\n"
    "path = pathlib.Path('/tmp/seen')\n"
    "def L1(yhat, y):\n"
    "    with path.open('ab') as seen: pickle.dump((yhat, y), seen)\n"
    "    return 0.0\n"
)
ASK_EARLY = (
    "def sigmoid(x): return 0 * x\n"
    "def sigmoid_derivative(x):\n"
    "    s = sigmoid(x)\n"
    "    return s * (1 - s)\n"
)


def test_a_reference_stands_in_only_after_its_exercise_was_judged(sandbox):
    """It once answered the hidden cases of exercises still to come."""
    notebook = StudentNotebook(sandbox, LIMITS)
    notebook.run(PRELUDE)
    notebook.run(ASK_EARLY)
    referee = Referee(notebook, SEED)
    assert referee.verdict(NOTEBOOK, "sigmoid_derivative").state == "failed"
    assert referee.verdict(NOTEBOOK, "sigmoid").state == "failed"
    assert referee.verdict(NOTEBOOK, "sigmoid_derivative").passed


def inputs_seen(source, sandbox):
    """Give the hidden inputs of L1 that a file can carry out."""
    notebook = StudentNotebook(sandbox, LIMITS)
    notebook.run(PRELUDE)
    notebook.run(source)
    Referee(notebook, varied(SEED, variant_of(SEED, [source]))).verdict(NOTEBOOK, "L1")
    return str(notebook.run("print(path.read_bytes())").outputs[0]["text"])


def test_who_writes_something_else_is_asked_something_else(sandbox):
    """A table of hidden answers was once worth full marks to a whole class."""
    others = [TABLE + f"# {number}\n" for number in range(20)]
    variant = variant_of(SEED, [TABLE])
    same = next(other for other in others if variant_of(SEED, [other]) == variant)
    different = next(other for other in others if variant_of(SEED, [other]) != variant)
    seen = inputs_seen(TABLE, sandbox)
    assert seen == inputs_seen(TABLE, sandbox) == inputs_seen(same, sandbox)
    assert seen != inputs_seen(different, sandbox)


GREEDY = {
    "time": ("optimize(w, b, X, Y, 10**9, 0.1)", "timeout"),
    "memory": (
        "propagate(np.ones((1, 1)), 0, np.ones((1, 80_000)), np.ones((80_000, 1)))",
        "failed",
    ),
}


@pytest.mark.parametrize("want", GREEDY)
def test_a_reference_is_not_at_the_students_command(want, sandbox):
    """Called with what a student chose, it once ran in the grader's process without a limit."""
    call, state = GREEDY[want]
    source = (
        "def propagate(w, b, X, Y): return None, 1.0\n"
        "def optimize(w, b, X, Y, *more, **named): return {}, 1.0, []\n"
        f"def model(X, Y, *more, **named):\n    w, b = np.zeros((len(X), 1)), 0.0\n    return {call}\n"
    )
    verdicts = try_source("w01_logistic_regression", source, sandbox, SEED, LIMITS)
    assert next(v for v in verdicts if v.function == "model").state == state


def test_hidden_inputs_do_not_come_back_in_messages(sandbox):
    source = (
        "def L1(yhat, y): raise ValueError('in' 'put: ' + repr(yhat.tolist()))\n"
        "def L2(yhat, y): raise KeyError(repr(yhat.tolist()))\n"
    )
    for verdict in try_source(NOTEBOOK, source, sandbox, SEED, LIMITS):
        for finding in verdict.findings:
            assert "[" not in finding.message
            assert "input" not in finding.message


MARK = "mark = 'se' + 'en_'\n"
CARRIERS = {
    "an error named as the grader's own words": (
        "class NotPlain(Exception): pass\n"
        "class Timeout(Exception): pass\n"
        "def L1(yhat, y): raise NotPlain(mark + repr(yhat.tolist()))\n"
        "def L2(yhat, y): raise Timeout(mark + repr(yhat.tolist()))\n"
    ),
    "a message that imitates a description": (
        "def L1(yhat, y): raise ValueError('a` with Timeout: ' + mark + repr(yhat.tolist()))\n"
    ),
    "a forged line": (
        "import linecache\n"
        "def L1(yhat, y):\n"
        "    name = L1.__code__.co_filename\n"
        "    forged = mark + repr(yhat.tolist())\n"
        "    linecache.cache[name] = (9, None, [forged] * 99, name)\n"
        "    linecache.checkcache = lambda *a: None\n"
        "    raise ZeroDivisionError('division by zero')\n"
    ),
    "the name of an error": (
        "def L1(yhat, y): raise type(mark + yhat.tobytes().hex()[:40], (Exception,), {})()\n"
    ),
    "the name of a type": (
        "def L1(yhat, y): return type(mark + yhat.tobytes().hex()[:40], (), {})()\n"
    ),
    "a name that is not defined": (
        "def L1(yhat, y): raise NameError(f\"name '{mark}{yhat.tobytes().hex()[:30]}' is not defined\")\n"
    ),
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_nothing_that_a_function_says_carries_its_inputs_out(carrier, sandbox):
    for verdict in try_source(NOTEBOOK, MARK + CARRIERS[carrier], sandbox, SEED, LIMITS):
        assert "seen" not in str(verdict.findings)
        assert verdict.state in ("failed", "missing")


def test_pythons_own_messages_do_come_back(sandbox):
    source = "def L1(yhat, y): return np.sum(np.abs(yhat - z))\n"
    verdicts = {v.function: v for v in try_source(NOTEBOOK, source, sandbox, SEED, LIMITS)}
    assert "name 'z' is not defined" in verdicts["L1"].findings[0].message


def test_a_file_that_does_not_run_says_why(sandbox):
    with pytest.raises(TryError, match="ZeroDivisionError"):
        try_source(NOTEBOOK, "1 / 0", sandbox, SEED, LIMITS)
