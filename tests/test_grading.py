"""What the sandbox says about a cell is untrusted, whatever form it has."""

from __future__ import annotations

import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading import _output
from autograder.sanitizing import clean_html, sanitize

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner, max_size=2)
    ),
    max_leaves=6,
)
names = (
    "output_type",
    "name",
    "text",
    "data",
    "metadata",
    "execution_count",
    "ename",
    "evalue",
    "traceback",
)
kinds = st.sampled_from(["stream", "display_data", "execute_result", "error"])
mimes = st.sampled_from(
    ["text/html", "image/png", "text/plain", "application/javascript", "image/svg+xml"]
)
outputs = st.dictionaries(
    st.sampled_from(names),
    anything | kinds | st.dictionaries(mimes, anything, max_size=3),
    max_size=6,
)


@settings(max_examples=500)
@given(outputs)
def test_any_output_ends_in_a_valid_notebook_or_a_word_on_it(output):
    notebook = new_notebook(cells=[new_code_cell("x")])
    notebook.cells[0].outputs = [_output(output)]
    sanitize(notebook)
    text = nbformat.writes(notebook)
    nbformat.validate(nbformat.reads(text, as_version=4))
    kept = json.loads(text)["cells"][0]["outputs"][0]
    assert "application/javascript" not in kept.get("data", {})
    assert "image/svg+xml" not in kept.get("data", {})


@given(st.text())
def test_cleaned_html_holds_no_script_and_no_handler(text):
    cleaned = clean_html(
        f"<p onclick='{text}'>{text}</p><script>{text}</script><img src='http://x/{text}'>"
    )
    assert "<script" not in cleaned.lower()
    assert "http://x/" not in cleaned.split("<img")[-1]


DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' onload='steal()'><script>steal()</script></svg>"


def shown(data):
    notebook = new_notebook(cells=[new_code_cell("x")])
    notebook.cells[0].outputs = [_output({"output_type": "display_data", "data": data})]
    sanitize(notebook)
    return notebook.cells[0].outputs[0].data


def test_a_drawing_is_shown_as_a_picture_in_which_nothing_runs():
    data = shown({"image/svg+xml": DRAWING, "text/plain": "<Figure>"})
    assert "image/svg+xml" not in data
    assert data["text/html"].startswith('<img alt="A figure" src="data:image/svg+xml;base64,')
    assert clean_html(data["text/html"]).startswith("<img")
    assert "base64," in clean_html(data["text/html"])


@pytest.mark.parametrize("address", ["data:text/html,x", "DATA:text/html,x", " da\tta:text/html,x"])
def test_links_bring_no_page_along(address):
    assert "href" not in clean_html(f'<a href="{address}">x</a>')
    assert "href" in clean_html('<a href="https://numpy.org">x</a>')


def test_formulas_are_no_links():
    tex = r"$\href{javascript:steal()}{x} \class{cell}{y} + \sigma$"
    for text in (clean_html(tex), shown({"text/latex": tex})["text/latex"]):
        assert "href" not in text
        assert "\\class" not in text
        assert r"\sigma" in text
