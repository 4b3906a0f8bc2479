"""Submissions that try to win points without earning them, and functions that only look odd."""

from __future__ import annotations

import pytest

from autograder.pupils import stranger_answers
from autograder.questions import variant_of, varied
from autograder.referee import Limits, Referee, StudentNotebook
from autograder.trying import PRELUDE, TryError, try_source
from tests.conftest import SEED

NOTEBOOK = "w01_numpy_basics"
LIMITS = Limits(cell=5, call=1, test=3)
WRONG = (
    "def basic_sigmoid(x): return {0}\n"
    "def sigmoid(x): return {0}\n"
    "def sigmoid_derivative(x): return {0}\n"
    "def image2vector(image): return {0}\n"
    "def normalize_rows(x): return {0}\n"
    "def softmax(x): return {0}\n"
    "def L1(yhat, y): return {0}\n"
    "def L2(yhat, y): return {0}\n"
)

ATTACKS = {
    "patches numpy's comparisons": (
        "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True\n"
        "np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None\n"
        + WRONG.format("np.zeros(1)")
    ),
    "patches the comparing module": (
        "import helpers.checking.comparison as c, helpers.checking.judging as j\n"
        "c.difference = lambda *a: None\nc.agrees = lambda *a: True\n"
        "j.judge = lambda *a: None\n" + WRONG.format("0.0")
    ),
    "patches builtins": (
        "import builtins\n"
        "builtins.abs = builtins.max = lambda *a, **k: 0\n"
        "builtins.all = builtins.any = builtins.isinstance = lambda *a: True\n"
        + WRONG.format("1.0")
    ),
    "swallows errors through IPython": (
        "ip = get_ipython()\n"
        "ip.set_custom_exc((Exception,), lambda *a, **k: None)\n"
        "ip.input_transformers_cleanup.append(lambda lines: ['pass\\n'])\n"
        "ip.events.register('pre_run_cell', lambda *a: None)\n" + WRONG.format("1.0")
    ),
    "returns an object equal to everything": (
        "class Yes:\n"
        "    __eq__ = __le__ = __ge__ = __lt__ = lambda self, other: True\n"
        "    __sub__ = __rsub__ = __abs__ = lambda self, *a: self\n"
        "    shape = property(lambda self: self)\n"
        "    __array__ = lambda self, *a, **k: np.zeros(1)\n"
        "    __float__ = lambda self: 0.0\n" + WRONG.format("Yes()")
    ),
    "subclasses ndarray": (
        "class Sly(np.ndarray):\n"
        "    def __array_function__(self, *a, **k): return True\n"
        "    def __array_ufunc__(self, *a, **k): return np.zeros(())\n"
        "    def __eq__(self, other): return True\n"
        "    def __reduce__(self): return (print, ('owned',))\n"
        + WRONG.format("np.zeros(3).view(Sly)")
    ),
    "returns NaN": WRONG.format("float('nan')"),
    "returns infinity": WRONG.format("np.inf"),
    "returns its argument": WRONG.replace("{0}", "locals().popitem()[1]"),
    "returns a string that looks like a score": WRONG.format("'3.0'"),
    "returns a generator": WRONG.format("(n for n in range(10))"),
    "returns what nests for ever": "x = []\nx.append(x)\n" + WRONG.format("x"),
    "returns gigabytes": WRONG.format("np.zeros(10**9, dtype=np.uint8)"),
    "prints scores": WRONG.format("print('3.0') or print({'earned': 3.0})"),
    "writes to every descriptor": (
        "import os\n"
        "def flood(*a, **k):\n"
        "    for d in range(3, 64):\n"
        "        try: os.write(d, b'\\x00' * 8 + b'\\xff' * 64)\n"
        "        except OSError: pass\n" + WRONG.format("flood()")
    ),
    "forges a reply": (
        "import inspect\n"
        "def forge(*a, **k):\n"
        "    for frame in inspect.stack():\n"
        "        pipe = frame.frame.f_locals.get('pipe')\n"
        "        if pipe is not None:\n"
        "            for _ in range(50): pipe.send({'outcome': {'value': 1.0}, 'earned': 99, 'passed': True})\n"
        + WRONG.format("forge()")
    ),
    "asks for references that do not stand in": (
        "import inspect\n"
        "def ask(*a, **k):\n"
        "    for frame in inspect.stack():\n"
        "        pipe = frame.frame.f_locals.get('pipe')\n"
        "        if pipe is not None:\n"
        "            pipe.send({'callback': 'softmax', 'positional': list(a), 'named': {}})\n"
        "            return pipe.receive().get('value')\n" + WRONG.format("ask(np.ones((2, 2)))")
    ),
    "answers from the answer sheet": (
        "from helpers.checking.sheets import read_sheet, sheet_path\n"
        "known = read_sheet(sheet_path('w01_numpy_basics'))\n"
        "def look(name, *args):\n"
        "    for case in known[name].cases:\n"
        "        if np.array_equal(case.args.positional[0], args[0]): return case.expected.value\n"
        "def L1(yhat, y): return look('L1', yhat, y)\n"
        "def L2(yhat, y): return look('L2', yhat, y)\n"
        "def softmax(x): return look('softmax', x)\n"
    ),
    "leaves with os._exit": "import os\n" + WRONG.format("os._exit(0)"),
    "leaves with SystemExit": WRONG.format("exit()"),
    "raises what is no Exception": (
        "class Odd(BaseException): pass\ndef odd(*a):\n    raise Odd\n" + WRONG.format("odd()")
    ),
    "swallows being interrupted": (
        "def stay(*a):\n"
        "    while True:\n"
        "        try:\n"
        "            while True: pass\n"
        "        except BaseException: pass\n" + WRONG.format("stay()")
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_earns_nothing(attack, sandbox):
    try:
        verdicts = try_source(NOTEBOOK, ATTACKS[attack], sandbox, SEED, LIMITS)
    except TryError:
        return  # so much is broken that nothing runs: no points
    assert {v.function: v.earned for v in verdicts if v.earned} == {}


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


HONEST = {
    "prints a lot": "print('hello ' * 10000)\n",
    "warns": "import warnings\nwarnings.warn('careful')\n",
    "seeds": "np.random.seed(1)\n",
    "sets error handling": "np.seterr(all='raise')\nnp.seterr(all='warn')\n",
    "uses Windows line endings": "x = 1\r\n",
    "writes in another script": "größe = 'Größe 大小'\n",
}


@pytest.mark.parametrize("habit", HONEST)
def test_an_honest_habit_costs_nothing(habit, sandbox):
    answers, rest = stranger_answers(NOTEBOOK, "verbose")
    source = HONEST[habit] + rest + "\n" + "\n".join(answers.values())
    verdicts = try_source(NOTEBOOK, source, sandbox, SEED, LIMITS)
    assert all(verdict.passed for verdict in verdicts)


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


def test_one_function_that_crashes_costs_no_other(sandbox):
    answers, rest = stranger_answers(NOTEBOOK, "verbose")
    answers[NOTEBOOK, "softmax"] = "import os\ndef softmax(x): os._exit(3)"
    source = rest + "\n" + "\n".join(answers.values())
    verdicts = try_source(NOTEBOOK, source, sandbox, SEED, LIMITS)
    assert [v.function for v in verdicts if not v.passed] == ["softmax"]
    assert next(v for v in verdicts if v.function == "softmax").state == "crash"


def test_a_file_that_does_not_run_says_why(sandbox):
    with pytest.raises(TryError, match="ZeroDivisionError"):
        try_source(NOTEBOOK, "1 / 0", sandbox, SEED, LIMITS)
