"""Leaving cells out changes no result, whatever the notebook looks like."""

from __future__ import annotations

import contextlib
import copy
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.dependencies import Unsure, needed_cells

NUMPY = "import numpy as np"
USES_NUMPY = "def f(x):\n    return np.abs(x)"


def needed(*cells: str, graded: tuple[str, ...] = ("f",)) -> list[int]:
    """Number the needed cells from 0."""
    return [i for i, is_needed in enumerate(needed_cells(cells, graded)) if is_needed]


def test_a_function_needs_what_it_reads_and_what_that_reads():
    cells = [
        NUMPY, "X = np.ones(9)", "EPSILON = 1e-8", "def g(x):\n    return x + EPSILON",
        "print(g(X))", "def f(x):\n    return g(np.abs(x))", "f(X)", "class Unused:\n    pass",
    ]  # fmt: skip
    assert needed(*cells) == [0, 2, 3, 5]


def test_what_is_local_is_not_needed():
    cells = ["y = print('slow')", "def f(x):\n    y = x\n    return [y for y in range(3)]"]
    assert needed(*cells) == [1]


def test_all_cells_that_bind_a_name_count_also_in_branches_and_later():
    cells = [
        "def g(x):\n    return x", "def f(x):\n    return g(x)", "3 + 3",
        "if 1 > 0:\n    def g(x):\n        return -x", "for i in range(3):\n    g = abs",
    ]  # fmt: skip
    assert needed(*cells) == [0, 1, 3, 4]


def test_names_of_a_class_body_are_followed():
    cells = ["k = 3", "x = 4", "class f:\n    x = x\n    def g(self):\n        return k"]
    assert needed(*cells) == [0, 1, 2]


UNSURE = {
    "a star import": [NUMPY, "from math import *", USES_NUMPY],
    "exec": ["def f(x):\n    return x", "exec('f = abs')"],
    "eval in a function": ["def f(x):\n    return eval('x')"],
    "globals": ["def f(x):\n    return x", "globals()['f'] = abs"],
    "a line magic": ["%timeit 1", "def f(x):\n    return x"],
    "a cell magic": ["%%time\ndef f(x):\n    return x"],
    "a program": ["!ls", "def f(x):\n    return x"],
    "a prompt that IPython takes away": ["In [1]: f = abs", "def f(x):\n    return x"],
    "get_ipython": ["get_ipython().run_cell('f = abs')", "def f(x):\n    return x"],
    "an entry of the history": ["def f(x):\n    return _1"],
    "a syntax error": ["def f(x:", "def f(x):\n    return x"],
    "an indented cell, which IPython mends": ["    def f(x):\n        return x"],
    "a patched module": [NUMPY, USES_NUMPY, "np.abs = max"],
    "a patched module in a loop": [NUMPY, USES_NUMPY, "for np.abs in [max]:\n    pass"],
    "a patch in a function": [NUMPY, USES_NUMPY, "def g():\n    np.abs = max\ng()"],
    "a patch under another name": [NUMPY, USES_NUMPY, "m = np", "m.abs = max"],
    "a patch of an argument": [NUMPY, USES_NUMPY, "def g(m):\n    m.abs = max\ng(np)"],
    "a patch of an element": [NUMPY, USES_NUMPY, "for m in [np]:\n    m.abs = max"],
    "setattr": [NUMPY, USES_NUMPY, "setattr(np, 'abs', max)"],
    "a setting of numpy's": [NUMPY, "np.seterr(all='raise')", USES_NUMPY],
    "a setting by name": ["from numpy import seterr", NUMPY, USES_NUMPY, "seterr(all='raise')"],
    "a dictionary of a module": [NUMPY, USES_NUMPY, "np.__dict__['abs'] = max"],
    "a private attribute": [NUMPY, USES_NUMPY, "np.random._x.append(1)"],
    "an unknown module": ["import antigravity", "def f(x):\n    return x"],
    "the system": ["import os\nos._exit(1)", "def f(x):\n    return x"],
    "the future": ["from __future__ import annotations", "def f(x):\n    return x"],
    "random, where it is needed": ["import random", "def f(x):\n    return random.random()"],
    "a file": ["import numpy as np\nnp.save('x', 3)", "def f(x):\n    return x"],
    "data": ["data = [1]", "def f(x):\n    return data"],
    "a number counted up": ["n = 1", "n += 1", "def f(x):\n    return n"],
    "a deleted name": ["n = 1", "def f(x):\n    return n", "del n"],
    "a global statement": ["n = 1", "def f(x):\n    global n\n    n = 2\n    return n", "f(1)"],
    "a walrus in a comprehension": ["n = 1", "def f(x):\n    return n", "[n := 2 for i in 'ab']"],
    "a decorated function": ["from functools import cache", "@cache\ndef f(x):\n    return x"],
    "a default value that is kept": ["def f(x, kept=[]):\n    kept.append(x)\n    return kept"],
    "an attribute of a function": ["def f(x):\n    f.n = x\n    return x"],
    "a container of a function": ["def f(x):\n    f.n.append(x)\n    return f.n"],
    "an alias of a function": ["def f(x):\n    return x", "g = f", "g.n = 3"],
    "a counter of a class": ["class f:\n    n = 0\n    def g(self):\n        f.n += 1"],
    "a list of a class": ["class f:\n    n = []"],
    "a metaclass": ["class f(metaclass=type):\n    pass"],
    "a caught error's name": ["e = 3", "def f(x):\n    return e", "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    pass"],
    "a pattern's name": ["e = 3", "def f(x):\n    return e", "match 4:\n    case e:\n        pass"],
    "ready": ["from helpers.checking import ready", "if ready(g):\n    def f(x):\n        return x"],
    "a very long cell": ["def f(x):\n    return x", "x = 1\n" * 9000],
    "a cell nested without end": ["def f(x):\n    return x", "(" * 9000 + ")" * 9000],
    "a null byte": ["def f(x):\n    return x", "x = '\0'"],
    "half a character": ["def f(x):\n    return x", "x = '\ud800'"],
}  # fmt: skip


@pytest.mark.parametrize("name", UNSURE)
def test_where_it_is_not_sure_the_whole_notebook_runs(name):
    with pytest.raises(Unsure, match="code cell"):
        needed_cells(UNSURE[name], ["f"])


HARMLESS = {
    "settings of a drawing": "import matplotlib.pyplot as plt\nplt.rcParams['figure.dpi'] = 80",
    "entries of arrays": f"{NUMPY}\nx = np.ones(3)\nx[0] = 2\nx += 1",
    "methods of objects": "x = [1]\nx.append(2)",
    "seeds, which the tests set anew": "import numpy as np\nnp.random.seed(1)",
    "parts of an object of one's own": "class C:\n    pass\nc = C()\nc.x = 1",
    "functions given on": f"{NUMPY}\nx = list(map(f, [1]))",
    "loops that last": "while True:\n    pass",
    "comments with signs": "# 100 % right?\nx = 5 % 3  # !",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_ordinary_things_leave_it_sure(name):
    assert needed("def f(x):\n    return x", HARMLESS[name]) == [0]


# Cells as people and their enemies write them, over few names, so that they get in each
# other's way. `f` and `g` are graded.
_NAMES = st.sampled_from(["f", "g", "h", "k", "n", "np", "math"])
_VALUES = st.sampled_from(
    [
        *("1", "'a'", "2.5", "(1, 2)", "[1]", "{}", "lambda x: x + 1", "lambda x, y=[]: y", "abs"),
        *("f", "g", "h", "k", "n", "np.abs", "math.fabs", "f(2)", "g(3)", "n + 1", "k(n)"),
    ]
)
_BODIES = st.sampled_from(
    [
        *("return x", "return n", "return h(x)", "return np.abs(x) + 1", "return k", "return g(x)"),
        *("n = 3\n    return n + x", "global n\n    n = 4\n    return n", "g.n = x\n    return 5"),
        *("k.append(x)\n    return len(k)", "return [h for h in range(2)]", "np.abs = max"),
        *("x.abs = max", "kept.append(x)\n    return len(kept)", "k['n'] = x\n    return k"),
        *("def h(y):\n        return y + n\n    return h(x)", "return math.fabs(x)"),
    ]
)
_CELLS = st.one_of(
    st.builds("def {}(x=2):\n    {}".format, _NAMES, _BODIES),
    st.builds("def {}(x=2, kept=[]):\n    {}".format, _NAMES, _BODIES),
    st.builds("{} = {}".format, _NAMES, _VALUES),
    st.builds("{0}.abs = {1}".format, _NAMES, _VALUES),
    st.builds("{}({})".format, _NAMES, _VALUES),
    st.builds("for {} in range(3):\n    pass".format, _NAMES),
    st.builds("if {} is not None:\n    {} = {}".format, _NAMES, _NAMES, _VALUES),
    st.builds("{}, {} = {}, 3".format, _NAMES, _NAMES, _VALUES),
    st.builds("{} += 1".format, _NAMES),
    st.builds("del {}".format, _NAMES),
    st.builds("class {}:\n    k = {}\n    def __call__(self, x=1):\n        return self.k".format, _NAMES, _VALUES),
    st.builds("@{}\ndef {}(x):\n    {}".format, _NAMES, _NAMES, _BODIES),
    st.builds("try:\n    {}({})\nexcept Exception as {}:\n    pass".format, _NAMES, _VALUES, _NAMES),
    st.sampled_from(["import helpers_of_numpy as np", "import math", "1 / 0", "globals()['f'] = abs"]),
)  # fmt: skip


class _Module:
    """Stands in for a module, fresh for every notebook, so that patching it does no harm."""

    def __init__(self) -> None:
        self.abs = self.fabs = abs


def _import(name, *ignored):
    return _MODULES[name]


_MODULES: dict[str, _Module] = {}


def outcome(cells: list[str], graded: tuple[str, ...]) -> list[str]:
    """Run cells as a notebook would, each for itself, then call the graded functions."""
    _MODULES.update(numpy=_Module(), math=_Module())
    names = {"__builtins__": {**vars(__import__("builtins")), "__import__": _import}}
    for cell in cells:
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            exec(cell, names)
    return [_shown(names, name) for name in graded for _ in range(2)]


def _shown(names: dict, name: str) -> str:
    try:
        value = names[name](2)
    except Exception as error:
        return type(error).__name__
    try:
        return repr(copy.deepcopy(value)) if not callable(value) else "a function"
    except Exception as error:
        return type(error).__name__


SHORT = ["def f(x):\n    return n", "n = 1"]


@settings(max_examples=1500)
@given(st.lists(_CELLS, min_size=3, max_size=9))
@example([*SHORT, "n += 1"])
@example(["def f(x):\n    return np.abs(x)", "np.abs = 3"])
@example(["def g(m):\n    m.abs = 3", "def f(x):\n    return np.abs(x)", "k = g(np)"])
@example(["def f(x, kept=[]):\n    kept.append(x)\n    return len(kept)", "f(2)"])
def test_left_out_cells_change_no_result(cells):
    cells = [cell.replace("helpers_of_numpy", "numpy") for cell in ["import numpy as np", *cells]]
    graded = ("f", "g")
    try:
        wanted = needed_cells(cells, graded)
    except Unsure:
        return
    kept = [cell for cell, is_needed in zip(cells, wanted, strict=True) if is_needed]
    if _all_run_well(kept):
        assert outcome(kept, graded) == outcome(cells, graded)


def _all_run_well(cells: list[str]) -> bool:
    """Tell whether no needed cell fails: where one does, grading runs the whole notebook."""
    _MODULES.update(numpy=_Module(), math=_Module())
    names = {"__builtins__": {**vars(__import__("builtins")), "__import__": _import}}
    try:
        for cell in cells:
            exec(cell, names)
    except Exception:
        return False
    return True
