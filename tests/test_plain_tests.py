"""Test cells of a plain nbgrader course, one by one: asserts in every common form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.instructor_cells import LOCKED, OPEN, SOLUTION, TEST, InstructorCell
from autograder.keys import KeyCell
from autograder.plain_tests import PlainTests
from autograder.referee import Limits, StudentNotebook
from autograder.sandbox import Sandbox

LIMITS = Limits(cell=10, test=4)

# What the instructor's notebook has; the students below hand in the same, or something else.
SOLUTION_CELL = '''
import math
from collections import namedtuple

def double(x):
    return 2 * x

def shout(text):
    print(text.upper())

def squares(n):
    for i in range(n):
        yield i ** 2

def apply(function, x):
    return function(x)

def total(numbers):
    return sum(numbers)

def sort_in_place(numbers):
    numbers.sort()

def scale(array, factor):
    array *= factor
    return array

def copied(numbers):
    return list(numbers)

def root(x):
    """Give the square root."""
    if x < 0:
        raise ValueError("negative: no root")
    return math.sqrt(x)

def counter(start=0):
    count = start
    def increase():
        nonlocal count
        count += 1
        return count
    return increase

def draw():
    return np.random.normal(size=3)

class TooHot(ValueError):
    def __init__(self, degrees):
        super().__init__(f"{degrees} is too hot")
        self.degrees = degrees

class Animal:
    legs = 4
    def __init__(self, name):
        self.name = name
        self.friends = []
    def meet(self, other):
        self.friends.append(other)
    def speak(self):
        return "..."

class Dog(Animal):
    def speak(self):
        return "Woof"
    def __repr__(self):
        return f"Dog({self.name!r})"

class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, k):
        return Vector(k * self.x, k * self.y)
    __rmul__ = __mul__
    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)
    def __len__(self):
        return 2
    def __getitem__(self, i):
        return (self.x, self.y)[i]
    def __abs__(self):
        return math.hypot(self.x, self.y)
    def __bool__(self):
        return self.x != 0 or self.y != 0
    def __call__(self, t):
        return Vector(t * self.x, t * self.y)
    def __contains__(self, value):
        return value in (self.x, self.y)

class Stack(list):
    def push(self, item):
        self.append(item)

def heat(degrees):
    raise TooHot(degrees)

Point = namedtuple("Point", "x y")
def origin():
    return Point(0, 0)

def factorial(n):
    return math.factorial(n)

def endless():
    n = 0
    while True:
        yield n
        n += 1

def remember(item, seen=[]):
    seen.append(item)
    return seen

add = lambda a, b: a + b
alpha = 0.5
name = "Ada"
grid = np.arange(6.0).reshape(2, 3)
primes = [2, 3, 5]
ages = {"ada": 36}
letters = {"a", "b"}
log = []

def note(text):
    log.append(text)
'''
OPEN_CELL = "import numpy as np\n\ndef close(a, b):\n    return abs(a - b) < 1e-9\n"
LOCKED_CELL = (
    "import pytest\nTOLERANCE = 1e-6\n\ndef agrees(a, b):\n    return abs(a - b) < TOLERANCE\n"
)


@pytest.fixture(scope="module")
def tester(spec):
    with Sandbox(replace(spec, first_user=62_000)) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def grade(sandbox, tester):
    """Grade test cells, the last of which counts, on what a student handed in."""

    def graded(
        *tests, solution=SOLUTION_CELL, locked=LOCKED_CELL, opened=OPEN_CELL, own=SOLUTION_CELL
    ):
        notebook = StudentNotebook(sandbox, LIMITS)
        for source in (opened, locked, solution):
            notebook.run(source)
        cells = [
            InstructorCell(OPEN, "", OPEN_CELL),
            InstructorCell(LOCKED, "given", locked),
            InstructorCell(SOLUTION, "solution", own),
            *(InstructorCell(TEST, f"test{n}", source) for n, source in enumerate(tests)),
        ]
        key = KeyCell(cells[-1].grade_id, "code", tests[-1], "", True, 4, True, False, False)
        return PlainTests(notebook, tester, cells).grade(key)

    return graded


FORMS = {
    "a plain assert": "assert double(2) == 4",
    "a message": "assert double(2) == 4, 'twice two is four'",
    "arrays": "np.testing.assert_allclose(double(np.ones(3)), [2, 2, 2])",
    "array_equal": "assert np.array_equal(double(np.eye(2)), 2 * np.eye(2))",
    "a helper of a read-only cell": "assert agrees(double(0.1), 0.2)",
    "a helper of an open cell": "assert close(double(0.1), 0.2)",
    "pytest.raises": "with pytest.raises(ValueError, match='no root'):\n    root(-1)",
    "try": "try:\n    root(-1)\n    assert False\nexcept ValueError as error:\n    assert 'negative' in str(error)",
    "an exception class": "with pytest.raises(TooHot) as caught:\n    heat(50)\nassert caught.value.degrees == 50\nassert issubclass(TooHot, ValueError) and str(caught.value) == '50 is too hot'",
    "isinstance of a value": "assert isinstance(double(2), int) and not isinstance(double(2), str)",
    "isinstance of an object": "d = Dog('Rex')\nassert isinstance(d, Dog) and isinstance(d, Animal) and not isinstance(d, Vector)",
    "issubclass": "assert issubclass(Dog, Animal) and not issubclass(Animal, Dog)\nassert Dog.__bases__ == (Animal,)",
    "type": "assert type(Dog('Rex')) is Dog and type(double(2)) == int and type(Dog('R')).__name__ == 'Dog'",
    "attributes": "d = Dog('Rex')\nassert d.name == 'Rex' and d.legs == 4 and Dog.legs == 4\nd.name = 'Fido'\nassert d.name == 'Fido'",
    "hasattr": "d = Dog('Rex')\nassert hasattr(d, 'name') and not hasattr(d, 'wings') and getattr(d, 'wings', 0) == 0",
    "methods": "assert Dog('Rex').speak() == 'Woof' and Animal('x').speak() == '...'",
    "callable": "assert callable(double) and callable(Dog.speak) and callable(Dog) and not callable(Dog('x')) and Dog('x').speak() == 'Woof'",
    "repr": "assert repr(Dog('Rex')) == \"Dog('Rex')\" and f\"{Dog('Rex')}\" == \"Dog('Rex')\"",
    "objects in objects": "a, b = Dog('A'), Dog('B')\na.meet(b)\nassert a.friends[0] is b and a.friends == [b] and b in a.friends",
    "a live attribute": "a = Dog('A')\nfriends = a.friends\na.meet(3)\nassert friends == [3] and friends is a.friends",
    "operators": "assert Vector(1, 2) + Vector(3, 4) == Vector(4, 6)\nassert 2 * Vector(1, 2) == Vector(2, 4) == Vector(1, 2) * 2\nassert Vector(1, 2) != Vector(2, 1)",
    "len and items": "v = Vector(3, 4)\nassert len(v) == 2 and v[0] == 3 and abs(v) == 5 and list(v) == [3, 4] and v(2) == Vector(6, 8)\nassert 4 in v and bool(v) and not Vector(0, 0)",
    "printed output": "import io, contextlib\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    shout('hi')\nassert out.getvalue() == 'HI\\n'",
    "captured output of IPython": "from IPython.utils.capture import capture_output\nwith capture_output() as out:\n    shout('hi')\nassert out.stdout == 'HI\\n'",
    "source": "import inspect\nassert 'for' in inspect.getsource(squares) and 'yield' in inspect.getsource(squares)\nassert 'Woof' in inspect.getsource(Dog) and 'Woof' in inspect.getsource(Dog.speak)",
    "signature": "import inspect\nassert list(inspect.signature(counter).parameters) == ['start']\nassert inspect.signature(counter).parameters['start'].default == 0\nassert inspect.isfunction(double)",
    "docstring": "assert 'square root' in root.__doc__ and root.__name__ == 'root'",
    "generators": "import types\ng = squares(4)\nassert isinstance(g, types.GeneratorType) and next(g) == 0 and list(g) == [1, 4, 9]\nassert iter(g) is g",
    "endless generators": "import itertools\nassert list(itertools.islice(endless(), 3)) == [0, 1, 2]",
    "StopIteration": "g = squares(0)\nwith pytest.raises(StopIteration):\n    next(g)",
    "lambdas": "assert add(1, 2) == 3 and apply(lambda x: x + 1, 3) == 4 and apply(np.sin, 0.0) == 0 and apply(len, [1]) == 1",
    "students' functions as arguments": "assert apply(double, 4) == 8 and list(map(double, [1, 2])) == [2, 4]",
    "generators as arguments": "assert total(x for x in range(4)) == 6 and total(iter([1, 2])) == 3 and total(range(3)) == 3",
    "closures": "first, second = counter(), counter(10)\nassert [first(), first(), second()] == [1, 2, 11]",
    "sets and dicts": "assert letters == {'a', 'b'} and ages == {'ada': 36} and 'ada' in ages",
    "variables": "assert alpha == 0.5 and name == 'Ada' and primes[-1] == 5 and len(primes) == 3\nassert isinstance(alpha, float)",
    "arrays of the notebook": "np.testing.assert_array_equal(grid, [[0, 1, 2], [3, 4, 5]])\nassert grid.shape == (2, 3) and grid.dtype == float and grid.sum() == 15",
    "a list changed in place": "numbers = [3, 1, 2]\nassert sort_in_place(numbers) is None\nassert numbers == [1, 2, 3]",
    "an array changed in place": "a = np.ones(3)\nb = a\nassert scale(a, 3) is a\nassert b.tolist() == [3, 3, 3]",
    "a copy": "numbers = [1, 2]\nassert copied(numbers) == numbers and copied(numbers) is not numbers",
    "a shared default": "remember(1)\nassert remember(2) == [1, 2] and remember(3) is remember(4)",
    "a list of the notebook that changes": "note('a')\nassert log == ['a']\nlog.append('b')\nnote('c')\nassert log == ['a', 'b', 'c']",
    "a namedtuple": "assert origin() == (0, 0) and origin().x == 0 and isinstance(origin(), tuple)\nx, y = origin()",
    "a class derived from list": "s = Stack()\ns.push(1)\nassert isinstance(s, list) and len(s) == 1 and s[0] == 1 and issubclass(Stack, list)",
    "large numbers": "import math\nassert factorial(1000) == math.factorial(1000)",
    "random numbers": "np.random.seed(1)\na = draw()\nnp.random.seed(1)\nassert np.allclose(a, draw()) and np.allclose(a, np.random.RandomState(1).normal(size=3))",
    "a loop": "for n in range(200):\n    assert double(n) == n + n",
    "unittest": "import unittest\nunittest.TestCase().assertEqual(double(2), 4)",
    "nested functions of the test": "def holds(f):\n    return all(f(n) == 2 * n for n in range(3))\nassert holds(double)",
    "%%capture": "%%capture out\nshout('hi')\nassert double(1) == 2",
    "warnings": "import warnings\nwith warnings.catch_warnings():\n    warnings.simplefilter('error')\n    assert double(1) == 2",
    "hidden tests": "assert double(1) == 2\n### BEGIN HIDDEN TESTS\nassert double(7) == 14\n### END HIDDEN TESTS",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_common_form_works_on_a_right_solution(grade, form):
    result = grade(FORMS[form])
    assert (result.earned, result.problem) == (4, "")


WRONG = {
    "2 * x": "3.0 * x",
    "text.upper()": "text",
    "in range(n)": "in [1, *range(n)]",
    "function(x)": "function(x) + 1",
    "sum(numbers)": "sum(numbers) + 1",
    "numbers.sort()": "sorted(numbers)",
    "array *= factor": "array = array * factor",
    "list(numbers)": "numbers",
    "if x < 0:": "if x > 99:",
    '"""Give the square root."""': "pass",
    "count += 1": "count += 2",
    "start=0": "begin=1",
    "np.random.normal(size=3)": "np.random.uniform(size=3)",
    "degrees = degrees": "degrees = 0",
    "legs = 4": "legs = 3",
    "self.name = name": "self.nom = name",
    "self.friends.append(other)": "self.friends = [*self.friends, None]",
    "class Dog(Animal)": "class Dog",
    '"Woof"': '"Meow"',
    'f"Dog({self.name!r})"': '"a dog"',
    "self.x + other.x": "self.x - other.x",
    "return (self.x, self.y)[i]": "return 0",
    "class Stack(list)": "class Stack",
    "Point(0, 0)": "Point(0, 1)",
    "math.factorial(n)": "math.factorial(n) + 1",
    "    n = 0\n": "    n = 1\n",
    "seen.append(item)": "seen = [item]",
    "a + b": "a - b",
    "alpha = 0.5": "alpha = 1",
    '{"ada": 36}': '{"ada": 37}',
    "np.arange(6.0)": "np.ones(6)",
    "log.append(text)": "pass",
}


def wrong_cell():
    source = SOLUTION_CELL
    for right, wrong in WRONG.items():
        assert right in source
        source = source.replace(right, wrong)
    return source


@pytest.mark.parametrize("form", FORMS)
def test_every_common_form_fails_on_a_wrong_solution(grade, form):
    result = grade(FORMS[form], solution=wrong_cell())
    assert (result.earned, result.by_hand) == (0, "")
    assert result.problem


@pytest.mark.parametrize("form", [*FORMS][::6])
def test_a_blank_solution_earns_nothing_and_is_told_why(grade, form):
    result = grade(FORMS[form], solution="def double(x):\n    raise NotImplementedError()")
    assert (result.earned, result.by_hand) == (0, "")
    assert "not defined" in result.problem or "NotImplementedError" in result.problem


LIAR = """
class Liar({base}):
    __array_priority__ = 1e9
    __class__ = property(lambda self: int)
    __hash__ = None
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    def __sub__(self, other): return 0.0
    __rsub__ = __add__ = __mul__ = __truediv__ = __sub__
    def __array_ufunc__(self, *a, **k): return np.bool_(True)
    def __array_function__(self, *a, **k): return np.bool_(True)

def double(x):
    return Liar({value})
"""
CLAIMS = [
    "assert double(2) == 4",
    "assert 4 == double(2)",
    "assert not double(2) != 4",
    "assert double(2) in (4, 5)",
    "assert double(2) in {4: 'four'}",
    "assert abs(double(2) - 4) < 1e-9",
    "assert 4 - 1e-9 < double(2) < 4 + 1e-9",
    "assert [double(2)] == [4]",
    "assert np.allclose(double(2), 4)",
    "assert np.isclose(double(2), 4).all()",
    "np.testing.assert_allclose(double(2), 4)",
    "np.testing.assert_array_equal(double(2), 4)",
    "np.testing.assert_almost_equal(double(2), 4)",
    "assert (double(2) == np.array([4, 4])).all()",
    "assert double(2) == pytest.approx(4)",
    "assert close(double(2), 4) and agrees(double(2), 4)",
    "assert isinstance(double(2), bool)",
    "assert type(double(2)) is int",
    "import math\nassert math.isclose(double(2), 4)",
]


DERIVED = {"str": "'5'", "float": "5.5", "list": "[5]", "np.generic": ""}


@pytest.mark.parametrize(
    ("claim", "base", "value"),
    [
        *((claim, "object", "") for claim in CLAIMS),
        *((c, b, v) for n, (b, v) in enumerate(DERIVED.items()) for c in CLAIMS[n::4]),
    ],
)
def test_objects_that_agree_to_everything_earn_nothing(grade, claim, base, value):
    result = grade(claim, solution=LIAR.format(base=base, value=value))
    assert result.earned == 0


def test_a_test_that_swallows_everything_does_not_swallow_what_cannot_work(grade):
    test = "try:\n    right = double(2) == 4\nexcept BaseException:\n    right = True\nassert right"
    result = grade(test, solution=LIAR.format(base="object", value=""))
    assert (result.earned, bool(result.by_hand)) == (0, True)


def test_objects_of_a_class_that_claims_to_be_another_are_told_apart(grade):
    result = grade(
        "assert isinstance(double(2), int)", solution=LIAR.format(base="object", value="")
    )
    assert (result.earned, result.by_hand) == (0, "")


HOSTILE = {
    "patched numpy": "np.testing.assert_allclose = np.allclose = np.array_equal = lambda *a, **k: True\nnp.testing.assert_array_equal = lambda *a, **k: None",
    "patched builtins": "import builtins\nbuiltins.abs = builtins.sum = lambda *a: 0\nbuiltins.isinstance = lambda *a: True",
    "another helper": "def agrees(a, b):\n    return True\nTOLERANCE = 1e9",
    "a patched helper": "agrees.__code__ = (lambda a, b: True).__code__",
    "looks for its test": "def double(x):\n    import gc, sys\n    needle = ''.join(['ssert', ' double'])\n    frame = sys._getframe().f_back\n    while frame:\n        if needle in str(frame.f_code.co_consts) + str(frame.f_locals):\n            return 4\n        frame = frame.f_back\n    return 4 if any(needle in str(o) for o in gc.get_objects() if type(o) is str) else 5",
    "looks for files": "def double(x):\n    import pathlib\n    found = [p for p in pathlib.Path('/').glob('*/*.db')] + [p for p in pathlib.Path('/beside').glob('*')]\n    return 4 if found else 5",
    "patches what lends": "def double(x):\n    import sys\n    m = sys.modules['inside.lending']\n    m.Lender._answer = lambda self, message: {'raised': False, 'values': [4], 'nodes': [], 'done': {'error': '', 'credit': None, 'unsupported': []}}\n    return 5",
    "writes into all pipes": "def double(x):\n    import os\n    for fd in range(3, 256):\n        try:\n            os.write(fd, b'\\0' * 7 + b'\\x06' + bytes([0x81, 0xa4]) + b'done')\n        except OSError:\n            pass\n    return 5",
    "announces a lot": "def double(x):\n    import os\n    for fd in range(3, 256):\n        try:\n            os.write(fd, b'\\xff' * 64)\n        except OSError:\n            pass\n    return 5",
    "ends Python": "def double(x):\n    import os\n    os._exit(0)",
    "exits": "def double(x):\n    raise SystemExit(0)",
    "interrupts": "def double(x):\n    raise KeyboardInterrupt",
    "asserts": "def double(x):\n    raise AssertionError('never')",
    "never ends": "def double(x):\n    while True:\n        pass",
    "yields for ever": "def double(x):\n    while True:\n        yield 4",
    "a class as a result": "class double:\n    def __init__(self, x):\n        pass\n    def __eq__(self, other):\n        return True",
    "an instance as a function": "class D:\n    def __call__(self, x):\n        return 5\n    def __eq__(self, other):\n        return True\ndouble = D()",
    "a nested list": "def double(x):\n    deep = []\n    for _ in range(100000):\n        deep = [deep]\n    return deep",
    "a list that holds itself": "def double(x):\n    a = []\n    a.append(a)\n    return a",
    "a huge array": "def double(x):\n    return np.zeros(10 ** 7)",
}
PLAIN_TEST = "assert double(2) == 4\nnp.testing.assert_allclose(double(2), 4)\nassert agrees(double(2), 4)\nassert np.array_equal(list(double(x) for x in [2]), [4])"
BY_HAND = {"a class as a result", "a huge array", "a nested list"}


@pytest.mark.parametrize("attack", HOSTILE)
def test_attacks_earn_nothing(grade, attack):
    wrong = "def double(x):\n    return 5\n"
    result = grade(PLAIN_TEST, solution=f"{wrong}\n{HOSTILE[attack]}")
    assert result.earned == 0
    assert bool(result.by_hand) == (attack in BY_HAND)


def test_what_is_changed_by_the_student_does_not_reach_the_test(grade):
    """Forged changes reach only what the test itself handed over."""
    test = "expected = [1, 2]\nhanded = [2, 1]\ndouble(handed)\nassert expected == [1, 2]\nassert handed == [2, 1, 3]"
    assert grade(test, solution="def double(x):\n    x.append(3)").earned == 4


def test_a_student_cannot_say_what_a_module_is(grade):
    result = grade("assert tools.verdict(1)", solution="import os as tools")
    assert (result.earned, bool(result.by_hand)) == (0, True)


CANNOT = {
    "frames": "import inspect\ninspect.currentframe()\nassert double(2) == 4",
    "globals": "assert globals()['double'](2) == 4",
    "monkeypatching": "from unittest import mock\nwith mock.patch('builtins.print'):\n    assert double(2) == 4",
    "a name that the solution reads": "alpha = 3\nassert scaled(1) == 3",
    "a patched module": "np.sum = None\nassert double(2) == 4",
    "standard input": "import io, sys\nsys.stdin = io.StringIO('3')\nassert double(2) == 4",
    "evaluated text": "assert eval('double(2)') == 4",
    "pickles": "import pickle\nassert pickle.loads(pickle.dumps(double(2))) == 4",
    "threads": "import threading\nassert double(2) == 4",
    "byte code": "assert double.__code__.co_argcount == 1",
    "copies of objects": "import copy\nassert copy.deepcopy(Dog('x')).name == 'x'",
    "derived classes": "class Puppy(Dog):\n    pass\nassert Puppy('x').speak() == 'Woof'",
    "objects of the test's": "class Own:\n    pass\nassert apply(lambda x: 1, Own()) == 1",
    "an object against a value": "assert Vector(1, 2) != (1, 2)",
    "a file that is not there": "assert open('result.txt').read() == '4'",
    "looking for a file": "import os\nassert os.path.exists('result.txt')",
    "a module that is not there": "import tensorfloww\nassert double(2) == 4",
    "no Python": "assert double(2 == 4",
    "IPython itself": "get_ipython().user_ns['double'](2)",
    "False at the end": "double(2) == 5",
    "arrays of objects": "assert apply(lambda x: x, objects)[0] is None",
    "a slow test": "while True:\n    pass",
}


@pytest.mark.parametrize("case", CANNOT)
def test_what_cannot_work_waits_for_a_person(grade, case):
    more = "def scaled(x):\n    return alpha * x\nobjects = np.array([None, 'x'])\n"
    solution = SOLUTION_CELL + more
    result = grade(CANNOT[case], solution=solution, own=solution)
    assert result.earned == 0
    assert result.by_hand
    assert "by hand" in result.problem


def test_a_helper_that_the_student_changed_is_not_trusted_and_not_missed(grade):
    changed = OPEN_CELL + "# mine\n"
    result = grade("assert close(double(2), 4)", opened=changed)
    assert "read-only" in result.by_hand
    assert grade("assert double(2) == 4", opened=changed).earned == 4


def test_cells_build_on_earlier_test_cells(grade):
    first = "import string\ncases = [1, 2]\ndef good(f):\n    return all(f(c) == 2 * c for c in cases)\nassert good(double)"
    assert grade(first, "assert good(double) and string.digits").earned == 4
    assert grade(first, "assert good(double)", solution=wrong_cell()).earned == 0


def test_what_cannot_work_in_an_earlier_cell_counts_where_it_is_needed(grade):
    result = grade("value = eval('double(2)')", "assert value == 4")
    assert "evaluates" in result.by_hand


@pytest.mark.parametrize(
    ("cell", "earned"),
    [
        ("points = 0\nif double(2) == 4:\n    points += 1.5\npoints", 1.5),
        ("np.float64(0.0)", 0),
        ("np.int64(3)", 3),
        ("float('nan')", 0),
        ("-2", 0),
        ("100", 4),
        ("'done'", 4),
        ("double(2) == 4", 4),
        ("0;", 4),
    ],
)
def test_the_value_of_a_cell_is_its_partial_credit(grade, cell, earned):
    result = grade(cell)
    assert (result.earned, result.by_hand) == (earned, "")


def test_a_hidden_test_tells_nothing_of_what_it_asks(grade):
    sly = "def double(x):\n    raise ValueError(f'asked for {x}')"
    test = (
        "assert 1\n### BEGIN HIDDEN TESTS\nassert double(77) == 154, 'secret'\n### END HIDDEN TESTS"
    )
    result = grade(test, solution=sly)
    assert result.problem == "A hidden test did not pass (ValueError)."
    visible = grade("assert double(77) == 154", solution=sly).problem
    assert "asked for 77" in visible


@pytest.mark.parametrize("attack", ["patched numpy", "another helper", "a patched helper"])
@pytest.mark.parametrize(
    "claim",
    ["np.testing.assert_allclose(double(2), 4)", "assert agrees(double(2), 4)"],
)
def test_what_compares_is_the_instructors(grade, attack, claim):
    wrong = f"def double(x):\n    return 5\n{HOSTILE[attack]}"
    result = grade(claim, solution=wrong)
    assert (result.earned, result.by_hand) == (0, "")
