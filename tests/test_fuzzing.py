"""What reads untrusted bytes, fed with damaged and random ones: notebooks, and the sandbox's words."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import nbformat
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.cleaning import blank_cells, clean
from autograder.grading import _output
from autograder.inside.pipe import Pipe, socket_pair
from autograder.questions import variant_of
from autograder.reading import Unreadable, read_notebook
from autograder.referee import Limits, TestProcess, _cell_run
from autograder.sanitizing import sanitize
from helpers.checking.outcomes import Outcome, arguments
from helpers.checking.plain import NotPlain, pack, unpack
from tests.test_cleaning import KEY, cell, ids

QUICK, MANY = 300, 10_000
LIMITS = Limits(call=5, test=5)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "utf-7")
# Words that mean something to nbformat, to nbgrader or to us.
WORDS = st.sampled_from(
    [
        "code",
        "markdown",
        "raw",
        "heading",
        "test-a",
        "nbgrader",
        "grade_id",
        "tags",
        "worksheets",
        "source",
        "input",
        "outputs",
        "stream",
        "display_data",
        "pyout",
        "data",
        "text/html",
        "id",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | WORDS, inner, max_size=3)
    ),
    max_leaves=8,
)


def good_notebook():
    shown = new_output("display_data", {"text/html": "<b>x</b>", "text/plain": "x"})
    ran = new_code_cell("x", execution_count=1, outputs=[shown, new_output("stream", text="y")])
    cells = [cell("a"), cell("test-a", points=2), new_markdown_cell("m"), ran, cell("b")]
    return json.loads(nbformat.writes(new_notebook(cells=cells, metadata={"tags": ["x"]})))


@st.composite
def mutated_notebooks(draw):
    """Change a good notebook in a few places of its tree, then in a few of its bytes."""
    tree = good_notebook()
    for _ in range(draw(st.integers(0, 3))):
        mutate(draw, tree)
    if draw(st.booleans()):
        tree["nbformat"] = draw(st.integers(-1, 6))
    data = json.dumps(tree).encode(draw(st.sampled_from(ENCODINGS)), "replace")
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        data = data[:place] + draw(st.binary(max_size=3)) + data[place + draw(st.integers(0, 3)) :]
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 0 else data


def mutate(draw, tree):
    """Put any value at, take away, or double any place of a tree."""
    node, way = tree, []
    while isinstance(node, dict | list) and node and (not way or draw(st.integers(0, 4))):
        choices = sorted(node, key=str) if isinstance(node, dict) else range(len(node))
        way.append((node, draw(st.sampled_from(list(choices)))))
        node = node[way[-1][1]]
    if not way:
        return
    parent, place = way[-1]
    kind = draw(st.sampled_from(["put", "put", "drop", "double"]))
    if kind == "put":
        parent[place] = draw(VALUES)
    elif kind == "drop":
        del parent[place]
    elif isinstance(parent, list):
        parent.append(parent[place])
    else:
        parent[draw(st.text(max_size=8) | WORDS)] = parent[place]


def is_read_and_cleaned_or_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "n.ipynb")
        path.write_bytes(data)
        try:
            notebook = read_notebook(path)
        except Unreadable as refusal:
            assert "n.ipynb" in str(refusal)
            return
    for remark in clean(notebook, KEY):
        remark.encode()
    blank_cells(notebook, KEY)
    variant_of("seed", [cell.source for cell in notebook.cells])
    sanitize(notebook)
    assert [name for name in ids(notebook) if name.startswith("test-")] == ["test-a", "test-b"]
    nbformat.validate(nbformat.reads(nbformat.writes(notebook), as_version=4))


def good_replies():
    value = {"dw": np.ones((2, 1)), "costs": [0.5, (1, "x")], "n": np.float64(1), "z": 2j}
    outcome = {"value": value, "error": "", "message": "", "line": "", "changed": False, "lines": 3}
    return [
        {"outcome": outcome},
        {"outcome": {"value": None, "error": "ValueError", "message": "name 'x' is not defined"}},
        {"callback": "sigmoid", "positional": [1.0], "named": {}},
        {"names": ["f"]},
        {"outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}], "ok": True},
    ]


@st.composite
def replies(draw):
    """Write what the sandbox could send: damaged messages, wrong lengths, or any bytes."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=60))
    data = b""
    for _ in range(draw(st.integers(1, 2))):
        reply = draw(st.sampled_from(good_replies()))
        for _ in range(draw(st.integers(0, 2))):
            mutate(draw, reply)
        body = draw(st.binary(max_size=2)) + pack(reply) if draw(st.booleans()) else pack(reply)
        place = draw(st.integers(0, len(body)))
        body = body[:place] + draw(st.binary(max_size=3)) + body[place + draw(st.integers(0, 2)) :]
        size = draw(st.sampled_from([len(body), len(body), len(body) - 1, 0, 1 << 22, 1 << 60]))
        data += max(size, 0).to_bytes(8, "big") + body
    return data


def is_an_outcome_whatever_is_sent(data):
    mine, theirs = socket_pair()
    with theirs:
        theirs.sendall(data)
    process = TestProcess(Pipe(mine), LIMITS, ["def f(x): ..."])
    assert isinstance(process.call("f", arguments(1), False), Outcome)
    assert set(process.defined(["f"])) <= {"f"}
    process.close()
    try:
        run = _cell_run(unpack(data[8:]))
    except NotPlain:
        return
    notebook = new_notebook(cells=[new_code_cell("x")])
    notebook.cells[0].outputs = [_output(output) for output in run.outputs]
    sanitize(notebook)
    nbformat.validate(notebook)


def often(times):
    return settings(max_examples=times, suppress_health_check=list(HealthCheck))


@often(QUICK)
@given(mutated_notebooks())
def test_mutated_notebooks_are_read_and_cleaned_or_refused(data):
    is_read_and_cleaned_or_refused(data)


@pytest.mark.slow
@often(MANY)
@given(mutated_notebooks())
def test_ten_thousand_mutated_notebooks_are_read_and_cleaned_or_refused(data):
    is_read_and_cleaned_or_refused(data)


@often(QUICK)
@given(replies())
def test_whatever_the_sandbox_sends_is_an_outcome(data):
    is_an_outcome_whatever_is_sent(data)


@pytest.mark.slow
@often(MANY)
@given(replies())
def test_ten_thousand_times_whatever_the_sandbox_sends_is_an_outcome(data):
    is_an_outcome_whatever_is_sent(data)
