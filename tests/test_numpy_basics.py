import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers import numpy_basics
from helpers.numpy_basics import (
    L1,
    L2,
    basic_sigmoid,
    image2vector,
    normalize_rows,
    sigmoid,
    sigmoid_derivative,
    softmax,
)

pytestmark = pytest.mark.filterwarnings("error")

numbers = st.floats(-30, 30)
any_shape = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=numbers)
matrices = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=numbers)
images = arrays(np.uint8, array_shapes(min_dims=3, max_dims=3, max_side=5))
EXTREME = np.array([[-1000, -1, 0], [1, 3, 1000]])


def test_docstring_examples():
    assert doctest.testmod(numpy_basics).failed == 0


@given(numbers)
def test_basic_sigmoid_is_the_formula(x):
    assert basic_sigmoid(x) == pytest.approx(1 / (1 + math.exp(-x)), rel=1e-12)


@given(any_shape)
def test_sigmoid_is_basic_sigmoid_of_each_element(x):
    one_by_one = np.array([basic_sigmoid(value) for value in x.ravel()]).reshape(x.shape)
    np.testing.assert_allclose(sigmoid(x), one_by_one, rtol=1e-14)


@given(any_shape)
def test_sigmoid_is_symmetric_about_one_half(x):
    np.testing.assert_allclose(sigmoid(-x), 1 - sigmoid(x), atol=1e-15)


@given(numbers)
def test_sigmoid_derivative_is_the_slope(x):
    step = 1e-5
    numerical = (sigmoid(x + step) - sigmoid(x - step)) / (2 * step)
    assert float(sigmoid_derivative(x)) == pytest.approx(float(numerical), abs=1e-9)


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative, normalize_rows, softmax])
@given(x=matrices)
def test_shape_stays_and_input_is_left_alone(function, x):
    before = x.copy()
    assert function(x).shape == x.shape
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative])
def test_a_number_gives_a_number(function):
    assert np.shape(function(2)) == ()
    assert function(2) == function(np.array([2.0]))[0]


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative, normalize_rows, softmax])
@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.uint8])
def test_integers_are_treated_as_numbers(function, dtype):
    x = np.array([[1, 2, 3], [7, 0, 100]], dtype=dtype)
    np.testing.assert_allclose(function(x), function(x.astype(float)))


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative, normalize_rows, softmax])
def test_extreme_values_stay_numbers(function):
    assert np.isfinite(function(EXTREME)).all()


def test_sigmoids_at_both_ends():
    assert (basic_sigmoid(-1000), basic_sigmoid(1000)) == (0.0, 1.0)
    assert (sigmoid(-1000), sigmoid(1000)) == (0.0, 1.0)
    assert sigmoid_derivative(np.array([-1000, 1000])).tolist() == [0.0, 0.0]


@given(images)
def test_image2vector_is_a_column_with_the_depth_running_fastest(image):
    height, width, depth = image.shape
    column = image2vector(image)
    assert column.shape == (height * width * depth, 1)
    assert column.dtype == image.dtype
    looped = [image[i, j, k] for i in range(height) for j in range(width) for k in range(depth)]
    assert column[:, 0].tolist() == looped


@given(matrices)
def test_normalized_rows_have_length_one_and_keep_their_direction(x):
    x = np.where(np.abs(x) < 1e-3, 0, x)  # squares of smaller numbers may vanish
    rows = normalize_rows(x)
    length = np.linalg.norm(x, axis=1)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), (length > 0).astype(float))
    np.testing.assert_allclose(rows * length[:, None], x, atol=1e-12)


@given(matrices)
def test_softmax_rows_are_probabilities(x):
    p = softmax(x)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=1), 1)


@given(x=matrices, shift=st.floats(-900, 900))
def test_softmax_does_not_notice_a_shift_of_a_row(x, shift):
    shifted = x.copy()
    shifted[0] += shift
    np.testing.assert_allclose(softmax(shifted), softmax(x), rtol=1e-9, atol=1e-12)


@given(x=numbers)
def test_softmax_of_two_scores_is_the_sigmoid_of_their_difference(x):
    assert softmax(np.array([[x, 0.0]]))[0, 0] == pytest.approx(float(sigmoid(x)))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=8))
def test_losses_are_sums_over_the_examples(examples):
    yhat, y = (np.array(values) for values in zip(*examples, strict=True))
    assert L1(yhat, y) == pytest.approx(sum(abs(t - p) for p, t in examples))
    assert L2(yhat, y) == pytest.approx(sum((t - p) ** 2 for p, t in examples))
    assert isinstance(L1(yhat, y), float)
    assert isinstance(L2(yhat, y), float)
