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
LOCKED_CELL = "import pytest\nTOLERANCE = 1e-6\n\ndef agrees(a, b):\n    return abs(a - b) < TOLERANCE\n"


@pytest.fixture(scope="module")
def tester(spec):
    with Sandbox(replace(spec, first_user=62_000)) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def grade(sandbox, tester):
    """Grade test cells, the last of which counts, on what a student handed in."""

    def graded(*tests, solution=SOLUTION_CELL, locked=LOCKED_CELL, opened=OPEN_CELL, own=SOLUTION_CELL):
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
    "callable": "assert callable(double) and callable(Dog.speak) and callable(Dog)",
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
