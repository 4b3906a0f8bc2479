import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers import activations
from helpers.activations import (
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)

PAIRS = [
    (sigmoid, sigmoid_derivative),
    (tanh, tanh_derivative),
    (relu, relu_derivative),
    (leaky_relu, leaky_relu_derivative),
]
FUNCTIONS = [function for pair in PAIRS for function in pair]

numbers = st.floats(-20, 20)
any_shape = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=numbers)
away_from_zero = numbers.filter(lambda z: abs(z) > 1e-3)


def test_docstring_examples():
    assert doctest.testmod(activations).failed == 0


def test_public_names_are_the_exercises():
    assert set(activations.__all__) == {function.__name__ for function in FUNCTIONS}


@pytest.mark.parametrize("function", FUNCTIONS)
@given(z=any_shape)
def test_shape_stays_and_input_is_left_alone(function, z):
    before = z.copy()
    assert np.shape(function(z)) == z.shape
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_number_gives_a_number(function):
    assert np.shape(function(0.5)) == ()
    assert float(function(-2)) == pytest.approx(function(np.array([-2.0]))[0])


@pytest.mark.parametrize(("function", "derivative"), PAIRS)
@given(z=away_from_zero)
def test_derivative_is_the_slope(function, derivative, z):
    step = 1e-6
    numerical = (function(z + step) - function(z - step)) / (2 * step)
    assert float(derivative(z)) == pytest.approx(float(numerical), abs=1e-8)


@given(any_shape)
def test_tanh_is_odd(z):
    np.testing.assert_allclose(tanh(-z), -tanh(z))


@given(any_shape)
def test_tanh_is_a_stretched_sigmoid(z):
    np.testing.assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-12)


@given(any_shape)
def test_relu_parts_put_together_give_z_and_its_absolute_value(z):
    np.testing.assert_array_equal(relu(z) - relu(-z), z)
    np.testing.assert_array_equal(relu(z) + relu(-z), np.abs(z))


@given(z=any_shape, slope=st.floats(0, 3))
def test_leaky_relu_is_relu_less_the_leak(z, slope):
    np.testing.assert_allclose(leaky_relu(z, slope), relu(z) - slope * relu(-z))


@given(any_shape)
def test_slope_zero_is_relu_and_slope_one_is_z(z):
    np.testing.assert_array_equal(leaky_relu(z, 0.0), relu(z))
    np.testing.assert_array_equal(leaky_relu(z, 1.0), z)


def test_derivatives_at_zero_follow_the_convention():
    assert relu_derivative(0.0) == 0
    assert leaky_relu_derivative(0.0, 0.2) == 0.2


@pytest.mark.parametrize("function", [tanh, relu, leaky_relu, leaky_relu_derivative])
def test_integers_are_not_rounded(function):
    np.testing.assert_allclose(function(np.array([-3, 2])), function(np.array([-3.0, 2.0])))
