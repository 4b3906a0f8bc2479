import ast
import textwrap

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from autograder.stubs import END, START, StubError, find_regions, has_regions, stub


def cell(text: str) -> str:
    return textwrap.dedent(text).strip("\n").replace("<<<", START).replace(">>>", END)


CASES = {
    "one name": (
        """
        def sigmoid(z):
            <<< (≈ 1 line)
            s = 1 / (1 + np.exp(-z))
            >>>
            return s
        """,
        ["s = None"],
    ),
    "helper names vanish": (
        """
        def f(x):
            <<<
            t = x + 1
            y = t * 2
            >>>
            return y
        """,
        ["y = None"],
    ),
    "order of first assignment, tuples, chains": (
        """
        def f(x):
            <<<
            b, (a, *rest) = x
            c = d = 1
            b = 2
            >>>
            return a, b, c, d, rest
        """,
        ["b = None", "a = None", "rest = None", "c = None", "d = None"],
    ),
    "loop targets, with, walrus, imports, augmented, definitions": (
        """
        def f(x):
            <<<
            for i in x:
                pass
            with open(x) as handle:
                pass
            if (n := len(x)):
                total += n
            import numpy.linalg
            from os import path as p
            def inner(hidden):
                secret = hidden
            >>>
            return i, handle, n, total, numpy, p, inner
        """,
        [f"{name} = None" for name in ("i", "handle", "n", "total", "numpy", "p", "inner")],
    ),
    "match captures": (
        """
        def f(x):
            <<<
            match x:
                case {"a": a, **others}:
                    pass
                case [b, *c]:
                    pass
            >>>
            return a, others, b, c
        """,
        ["a = None", "others = None", "b = None", "c = None"],
    ),
    "writing into something that exists needs nothing": (
        """
        def f(grads):
            <<<
            grads["dw"] = 1
            grads.db = 2
            >>>
            return grads
        """,
        [],
    ),
    "writing into something made in the region": (
        """
        def f():
            <<<
            grads = {}
            grads["dw"] = 1
            >>>
            return grads
        """,
        ["grads = None"],
    ),
    "a declaration without a value binds nothing": (
        """
        def f(x):
            <<<
            y: int
            z: int = 1
            >>>
            return z, y
        """,
        ["z = None"],
    ),
    "names of comprehensions and inner functions stay inside": (
        """
        def f(x):
            <<<
            y = [i for i in x]
            g = lambda k: k
            >>>
            return y, [i for i in x], (lambda k: k)(1)
        """,
        ["y = None"],
    ),
    "bound anew before it is read": (
        """
        def f(x):
            <<<
            for i in range(3):
                y = i
            >>>
            for i in range(y):
                print(i)
        """,
        ["y = None"],
    ),
    "bound anew in one branch only": (
        """
        def f(x):
            <<<
            a = b = 1
            >>>
            if x:
                a = b = 2
            else:
                b = 3
            return a, b
        """,
        ["a = None"],
    ),
    "a jump leaves before the name is bound anew": (
        """
        def f(x):
            while x:
                <<<
                a = 1
                >>>
                if x > 3:
                    break
                a = 2
            return a
        """,
        ["a = None"],
    ),
    "read by the next turn of the loop": (
        """
        def f(xs):
            for x in xs:
                if x:
                    print(previous)
                <<<
                previous = x
                >>>
        """,
        ["previous = None"],
    ),
    "read by the next turn, but bound before the loop": (
        """
        def f(xs):
            previous = 0
            for x in xs:
                print(previous)
                <<<
                previous = x
                >>>
        """,
        [],
    ),
    "read by the condition of the loop": (
        """
        def f(x):
            while x and not done:
                <<<
                done = True
                >>>
        """,
        ["done = None"],
    ),
    "read after the loop, out of two blocks": (
        """
        def f(xs):
            for x in xs:
                if x:
                    <<<
                    best = x
                    >>>
            return best
        """,
        ["best = None"],
    ),
    "read in the handler": (
        """
        def f(x):
            try:
                <<<
                y = g(x)
                >>>
            except ValueError:
                print(y)
        """,
        ["y = None"],
    ),
    "read by a function defined before": (
        """
        def f(x):
            def cost():
                return scale * x
            <<<
            scale = 2
            >>>
            return cost()
        """,
        ["scale = None"],
    ),
    "a block that would be empty": (
        """
        def f(x):
            if x:
                <<<
                print(x)
                >>>
            return 0
        """,
        ["pass"],
    ),
    "a function that keeps its docstring only": (
        '''
        def f(x):
            """Double."""
            <<<
            return 2 * x
            >>>
        ''',
        [],
    ),
    "one branch inside, the other outside": (
        """
        def f(x):
            if x:
                y = 1
            else:
                <<<
                y = 2
                >>>
            return y
        """,
        ["y = None"],
    ),
    "outside of functions other cells may read everything": (
        """
        <<<
        answer = "b"
        >>>
        """,
        ["answer = None"],
    ),
    "a method": (
        """
        class Gate:
            def forward(self, x):
                <<<
                self.x = x
                out = 2 * x
                >>>
                return out
        """,
        ["out = None"],
    ),
    "an empty region": (
        """
        def f(x):
            <<<
            # nothing here
            >>>
            return x
        """,
        [],
    ),
}


def between_markers(source: str) -> list[str]:
    lines = source.split("\n")
    return [
        line.strip()
        for region in find_regions(source)
        for line in lines[region.start : region.end - 1]
    ]


def outside_markers(source: str) -> list[str]:
    lines = source.split("\n")
    for region in reversed(find_regions(source)):
        del lines[region.start : region.end - 1]
    return lines


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES.keys())
def test_the_stub_is(source, expected):
    solved = cell(source)
    stubbed = stub(solved)
    assert between_markers(stubbed) == expected
    assert outside_markers(stubbed) == outside_markers(solved)
    assert stub(stubbed) == stubbed
    ast.parse(stubbed)


def test_several_regions_each_keep_their_names():
    solved = cell("""
        def propagate(w, X):
            <<< (≈ 2 lines)
            Z = w.T @ X
            A = sigmoid(Z)
            >>>
            m = X.shape[1]
            <<<
            dZ = A - m
            grads = {}
            >>>
            for name in ("dw", "db"):
                <<<
                grads[name] = dZ
                >>>
            return A, grads
        """)
    assert between_markers(stub(solved)) == ["A = None", "grads = None", "pass"]


def test_a_cell_without_markers_is_left_alone():
    source = "%matplotlib inline\nx = 1  # START here"
    assert stub(source) == source
    assert not has_regions(source)


def test_markers_in_a_string_are_text():
    source = f'text = """\n{START}\nx = 1\n{END}\n"""'
    assert stub(source) == source


WRONG = {
    "no end": ("<<<\nx = 1", "line 1: .* without an end"),
    "no start": ("x = 1\n>>>", "line 2: "),
    "nested": ("<<<\nx = 1\n<<<\n>>>\n>>>", "line 3: "),
    "misspelt": ("### START CODE HERE\nx = 1\n>>>", "line 1: not a marker line"),
    "small letters": ("### start code here ###\nx = 1\n>>>", "line 1: not a marker line"),
    "after code": ("x = 1  ### START CODE HERE ###\ny = 1\n>>>", "line 1: not a marker line"),
    "not Python": ("<<<\nx = = 1\n>>>", "line 2: "),
    "half a loop": ("<<<\nfor i in x:\n    a = i\n    >>>\n    b = i", "splits a statement"),
    "beyond the loop": (
        "for i in x:\n    <<<\n    a = i\nb = i\n>>>",
        "line 2: the region splits a statement",
    ),
    "only else": ("if x:\n    a = 1\n<<<\nelse:\n    a = 2\n>>>", "does not parse on its own"),
    "inside brackets": ("x = [\n<<<\n1,\n>>>\n]", "splits a statement"),
    "body needed by an else": (
        "<<<\nif x:\n    a = 1\n>>>\nelse:\n    a = 2",
        "splits a statement",
    ),
}


@pytest.mark.parametrize(("source", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_markers_are_refused_with_their_line(source, message):
    with pytest.raises(StubError, match=message):
        stub(cell(source))


NAMES = st.sampled_from(["a", "b", "c", "x"])
SIMPLE = st.one_of(
    st.builds("{} = {} + 1000".format, NAMES, NAMES),
    st.builds("{} += {} * 2000".format, NAMES, NAMES),
    st.builds("{}, {} = f(3000), g".format, NAMES, NAMES),
    st.builds("print({}, 4000)".format, NAMES),
    st.builds("{}['k'] = 5000".format, NAMES),
)


FRAMES = (
    "{start}\n{body}\n{end}",
    "if {name}:\n{indented}",
    "for {name} in x:\n{indented}",
    "while {name}:\n{indented}",
    "try:\n{indented}\nfinally:\n{indented}",
)


@st.composite
def statements(draw, depth=3):
    if depth == 0 or draw(st.booleans()):
        return draw(SIMPLE)
    body = "\n".join(draw(st.lists(statements(depth - 1), min_size=1, max_size=3)))
    indented = textwrap.indent(body, "    ")
    frame = draw(st.sampled_from(FRAMES))
    return frame.format(start=START, end=END, name=draw(NAMES), body=body, indented=indented)


def parses(source: str) -> bool:
    try:
        find_regions(source)
        ast.parse(source)
    except (StubError, SyntaxError):
        return False
    return True


@st.composite
def programs(draw):
    body = textwrap.indent("\n".join(draw(st.lists(statements(), min_size=1, max_size=5))), "    ")
    source = f"def run(x):\n{body}\n    return a"
    assume(parses(source) and has_regions(source))
    return source


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs())
def test_any_program(source):
    stubbed = stub(source)
    compile(stubbed, "cell", "exec")
    assert stub(stubbed) == stubbed
    assert outside_markers(stubbed) == outside_markers(source)
    assert {"pass", *(f"{name} = None" for name in "abcx")} >= set(between_markers(stubbed))
