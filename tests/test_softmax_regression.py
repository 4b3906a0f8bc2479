import doctest
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import datasets
from helpers import softmax_regression as sr
from helpers.logistic import sigmoid

sizes, seeds = st.integers(1, 6), st.integers(0, 1000)


def data(seed, n_x=3, n_y=4, m=5):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_x, m)), sr.one_hot(rng.integers(0, n_y, (1, m)), n_y)


def test_docstring_examples():
    assert doctest.testmod(sr).failed == 0


@given(sizes, sizes, seeds, st.floats(-1e3, 1e3))
def test_softmax_is_a_distribution_that_a_shift_does_not_change(n_y, m, seed, shift):
    Z = np.random.default_rng(seed).normal(size=(n_y, m))
    A = sr.softmax(Z)
    assert np.all(A > 0)
    np.testing.assert_allclose(A.sum(axis=0), 1)
    np.testing.assert_allclose(sr.softmax(Z + shift), A, rtol=1e-9)


def test_softmax_agrees_with_scipy_without_a_warning():
    special = pytest.importorskip("scipy.special")
    Z = np.array([[-1e4, 0.0, 1e4], [1e4, 1.0, -1e4], [0.0, -2.0, 1e4]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(sr.softmax(Z), special.softmax(Z, axis=0))


def test_two_classes_are_the_sigmoid():
    Z = np.random.default_rng(0).normal(size=(2, 6))
    np.testing.assert_allclose(sr.softmax(Z)[0], sigmoid(Z[0] - Z[1]))


@given(sizes, seeds)
def test_one_hot_and_argmax_are_inverse(m, seed):
    labels = np.random.default_rng(seed).integers(0, 5, (1, m))
    assert np.argmax(sr.one_hot(labels, 5), axis=0).tolist() == labels[0].tolist()


def test_who_knows_nothing_pays_the_logarithm_of_the_number_of_classes():
    _, Y = data(0)
    assert sr.cross_entropy(np.full(Y.shape, 0.25), Y) == pytest.approx(np.log(4))


@given(sizes, st.integers(2, 5), sizes, seeds)
@settings(max_examples=25, deadline=None)
def test_gradients_agree_with_the_numerical_ones(n_x, n_y, m, seed):
    X, Y = data(seed, n_x, n_y, m)
    rng = np.random.default_rng(seed + 1)
    values = {"W": rng.normal(size=(n_y, n_x)), "b": rng.normal(size=(n_y, 1))}

    def cost(W, b):
        return sr.cross_entropy(sr.softmax(W @ X + b), Y)

    grads = sr.softmax_gradients(X, sr.softmax(values["W"] @ X + values["b"]), Y)
    for name, value in values.items():
        for index in np.ndindex(value.shape):
            change = np.zeros_like(value)
            change[index] = 1e-6
            above = cost(**{**values, name: value + change})
            below = cost(**{**values, name: value - change})
            slope = (above - below) / 2e-6
            assert grads["d" + name][index] == pytest.approx(slope, rel=1e-5, abs=1e-8)


def test_training_lowers_the_cost_at_every_step():
    X, Y = data(2, m=30)
    _, costs = sr.softmax_model(X, Y, learning_rate=0.3, num_iterations=100)
    assert costs[0] == pytest.approx(np.log(4))
    assert np.all(np.diff(costs) < 0)


def test_the_cost_is_printed_only_if_asked(capsys):
    X, Y = data(2)
    sr.softmax_model(X, Y, num_iterations=2)
    assert capsys.readouterr().out == ""
    sr.softmax_model(X, Y, num_iterations=2, print_cost=True)
    assert capsys.readouterr().out == "Cost after 0 iterations: 1.3863\n"


def test_the_digits_are_read():
    digits = datasets.load_digits()
    X, X_test = (x.reshape(len(x), 64).T / 16 for x in (digits.train_x, digits.test_x))
    parameters, _ = sr.softmax_model(X, sr.one_hot(digits.train_y, 10))
    assert np.mean(sr.predict(parameters, X_test) == digits.test_y) > 0.93
