from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from helpers.checking.comparison import agrees, deviation, difference
from helpers.checking.plain import Opaque

finite = st.floats(-1e6, 1e6, allow_nan=False)
arrays = hnp.arrays(float, hnp.array_shapes(min_dims=1, max_dims=3), elements=finite)


@given(arrays)
def test_an_array_agrees_with_itself_and_with_its_single_precision(array):
    assert agrees(array.copy(), array)
    assert agrees(array.astype(np.float32), array)


@given(arrays, st.floats(5e-4, 10))
def test_a_visible_change_is_seen(array, change):
    other = array.copy()
    other.flat[0] += change * max(1.0, np.abs(array).max())
    assert not agrees(other, array)


@pytest.mark.parametrize(
    "form", [3.0, 3, np.float64(3), np.float32(3), np.array(3.0), np.array([[3.0]]), np.int64(3)]
)
def test_a_scalar_comes_in_many_forms(form):
    assert agrees(form, 3.0)
    assert agrees(form, np.float64(3))


@pytest.mark.parametrize("wrong", [None, "3", [3.0], np.array([3.0, 3.0]), Opaque("X"), np.nan, {}])
def test_what_is_no_such_scalar(wrong):
    assert not agrees(wrong, 3.0)


def test_lists_stand_for_tuples_and_dictionaries_may_hold_more():
    assert agrees([1, 2], (1, 2))
    assert agrees({"w": 1.0, "extra": None}, {"w": 1.0})
    assert not agrees((1, 2, 3), (1, 2))
    assert "no key" in difference({"W": 1.0}, {"w": 1.0})


@pytest.mark.parametrize(
    ("actual", "word"),
    [
        (np.ones(3), "rank-1"),
        (np.ones((1, 3)), "transposed"),
        (np.ones((4, 1)), "shape"),
        (-np.ones((3, 1)), "wrong sign"),
        (4 * np.ones((3, 1)), "4 times"),
        (np.full((3, 1), np.nan), "NaN"),
        (None, "None"),
        ([[1], [1], [1]], "list"),
        (np.array([["a"], ["b"], ["c"]]), "dtype"),
    ],
)
def test_messages_name_the_cause(actual, word):
    assert word in difference(actual, np.ones((3, 1)), "dw")


def test_numpys_strings_are_strings():
    assert agrees(np.str_("tanh"), "tanh")
    assert agrees("tanh", np.str_("tanh"))
    assert not agrees(b"tanh", "tanh")
    assert not agrees(0, None)


def test_booleans_stand_for_zero_and_one():
    assert agrees(np.array([[True, False]]), np.array([[1, 0]]))


def test_an_array_stands_for_a_list_of_numbers():
    assert agrees(np.array([0.5, 0.25]), [0.5, 0.25])
    assert agrees(np.array([[0.5], [0.25]]), [0.5, 0.25])
    assert not agrees(np.array([0.5, 0.25, 0.1]), [0.5, 0.25])
    assert "a list of 2" in difference(np.array(0.5), [0.5, 0.25])


def test_a_double_that_was_a_single_is_compared_as_one():
    exact = 1 / 3
    assert agrees(float(np.float32(exact * (1 + 1e-4))), exact)
    assert not agrees(exact * (1 + 1e-4), exact)
    assert not agrees(10001.0, 10000.0)


def test_slack_widens_the_tolerance_where_it_is_given():
    expected = {"db": 1e-5, "costs": [0.5, 0.25]}
    actual = {"db": 1e-5 + 1e-7, "costs": [0.5, 0.25]}
    assert not agrees(actual, expected)
    assert difference(actual, expected, slack={"db": 1e-8, "costs": [0.0, 0.0]}) is None
    assert difference(actual, expected, slack={"db": 1e-9, "costs": [0.0, 0.0]})


def test_infinities_must_agree():
    assert agrees(np.array([np.inf, 1]), np.array([np.inf, 1]))
    assert not agrees(np.array([1e308, 1]), np.array([np.inf, 1]))
    assert not agrees(np.array([np.inf, 1]), np.array([2.0, 1]))


def test_an_array_that_stands_for_a_list_is_measured_like_one():
    assert deviation(np.array([1.0, 2.0]), [1.0, 2.0]) == 0
    assert deviation(np.array([1.0, 2.0 + 4e-8]), [1.0, 2.0]) < 1
    assert deviation(np.array([1.0]), [1.0, 2.0]) == np.inf
