import doctest
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import datasets, logistic

sizes = st.integers(1, 5)
seeds = st.integers(0, 1000)


def problem(seed, n_x=3, m=7):
    rng = np.random.default_rng(seed)
    w, b = rng.standard_normal((n_x, 1)), float(rng.standard_normal())
    return w, b, rng.standard_normal((n_x, m)), rng.integers(0, 2, (1, m))


def cost_of(w, b, X, Y):
    return logistic.propagate(w, b, X, Y)[1]


def slope_along(direction, w, b, X, Y, step=1e-6):
    dw, db = direction
    above = cost_of(w + step * dw, b + step * db, X, Y)
    below = cost_of(w - step * dw, b - step * db, X, Y)
    return (above - below) / (2 * step)


def test_docstring_examples():
    assert doctest.testmod(logistic).failed == 0


@given(sizes)
def test_initial_parameters_are_a_column_of_zeros_and_a_zero(dim):
    w, b = logistic.initialize_with_zeros(dim)
    assert w.shape == (dim, 1)
    assert not w.any()
    assert b == 0


@given(n_x=sizes, m=sizes, seed=seeds)
@settings(max_examples=25, deadline=None)
def test_gradient_agrees_with_the_numerical_one(n_x, m, seed):
    w, b, X, Y = problem(seed, n_x, m)
    grads, _ = logistic.propagate(w, b, X, Y)
    along_w = [slope_along((unit.reshape(-1, 1), 0), w, b, X, Y) for unit in np.eye(n_x)]
    along_b = slope_along((np.zeros((n_x, 1)), 1), w, b, X, Y)
    np.testing.assert_allclose(grads["dw"].ravel(), along_w, rtol=1e-5, atol=1e-7)
    assert grads["db"] == pytest.approx(along_b, rel=1e-5, abs=1e-7)


@given(n_x=sizes, m=sizes, seed=seeds)
@settings(max_examples=25, deadline=None)
def test_loops_agree_with_the_vectorised_version(n_x, m, seed):
    w, b, X, Y = problem(seed, n_x, m)
    grads, cost = logistic.propagate(w, b, X, Y)
    loop_grads, loop_cost = logistic.propagate_loop(w, b, X, Y)
    np.testing.assert_allclose(loop_grads["dw"], grads["dw"], atol=1e-14)
    assert loop_grads["db"] == pytest.approx(grads["db"], abs=1e-14)
    assert loop_cost == pytest.approx(cost)


@pytest.mark.parametrize("function", [logistic.propagate, logistic.propagate_loop])
def test_propagate_returns_a_column_and_numbers_and_leaves_its_arguments_alone(function):
    w, _, X, Y = problem(1)
    b = np.array(0.5)
    kept = [array.copy() for array in (w, b, X, Y)]
    grads, cost = function(w, b, X, Y)
    assert grads["dw"].shape == w.shape
    assert np.ndim(grads["db"]) == np.ndim(cost) == 0
    for array, before in zip((w, b, X, Y), kept, strict=True):
        np.testing.assert_array_equal(array, before)


@pytest.mark.parametrize("function", [logistic.propagate, logistic.propagate_loop])
def test_cost_of_zero_weights_is_log_2(function):
    _, _, X, Y = problem(2)
    assert function(np.zeros((3, 1)), 0.0, X, Y)[1] == pytest.approx(np.log(2))


@pytest.mark.parametrize("function", [logistic.propagate, logistic.propagate_loop])
def test_saturated_right_answers_cost_nothing_and_warn_of_nothing(function):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        X, Y = np.array([[1.0, -1.0]]), np.array([[1, 0]])
        grads, cost = function(np.array([[60.0]]), 0.0, X, Y)
    assert cost == pytest.approx(0, abs=1e-12)
    assert grads["dw"].item() == pytest.approx(0, abs=1e-12)


def test_order_of_the_examples_does_not_matter():
    w, b, X, Y = problem(4)
    order = np.random.default_rng(5).permutation(7)
    grads, cost = logistic.propagate(w, b, X, Y)
    shuffled, same_cost = logistic.propagate(w, b, X[:, order], Y[:, order])
    np.testing.assert_allclose(shuffled["dw"], grads["dw"])
    assert shuffled["db"] == pytest.approx(grads["db"])
    assert same_cost == pytest.approx(cost)


def test_optimize_takes_one_step_against_the_gradient():
    w, b, X, Y = problem(6)
    expected, cost = logistic.propagate(w, b, X, Y)
    params, grads, costs = logistic.optimize(w, b, X, Y, num_iterations=1, learning_rate=0.5)
    np.testing.assert_allclose(params["w"], w - 0.5 * expected["dw"])
    assert params["b"] == pytest.approx(b - 0.5 * expected["db"])
    np.testing.assert_array_equal(grads["dw"], expected["dw"])
    assert costs == [cost]


def test_optimize_leaves_its_arguments_alone():
    w, _, X, Y = problem(6)
    b = np.array([0.5])
    kept = w.copy(), b.copy()
    logistic.optimize(w, b, X, Y, num_iterations=3, learning_rate=0.5)
    np.testing.assert_array_equal(w, kept[0])
    np.testing.assert_array_equal(b, kept[1])


@pytest.mark.parametrize(("num_iterations", "count"), [(1, 1), (100, 1), (101, 2), (201, 3)])
def test_optimize_records_the_cost_every_100_steps(num_iterations, count):
    costs = logistic.optimize(*problem(7), num_iterations, learning_rate=0.1)[2]
    assert len(costs) == count
    assert sorted(costs, reverse=True) == costs


def test_two_short_runs_make_one_long_run():
    w, b, X, Y = problem(8)
    long, _, _ = logistic.optimize(w, b, X, Y, 20, 0.1)
    first, _, _ = logistic.optimize(w, b, X, Y, 12, 0.1)
    second, _, _ = logistic.optimize(first["w"], first["b"], X, Y, 8, 0.1)
    np.testing.assert_array_equal(second["w"], long["w"])
    assert second["b"] == long["b"]


def test_optimize_prints_the_cost_only_if_asked(capsys):
    _, _, X, Y = problem(3)
    logistic.optimize(np.zeros((3, 1)), 0.0, X, Y, 2)
    assert capsys.readouterr().out == ""
    logistic.optimize(np.zeros((3, 1)), 0.0, X, Y, 2, print_cost=True)
    assert capsys.readouterr().out == "Cost after 0 iterations: 0.6931\n"


def test_predict_draws_the_line_above_one_half():
    labels = logistic.predict(np.ones((1, 1)), 0.0, np.array([[-1.0, 0.0, 1e-9]]))
    assert labels.tolist() == [[0, 0, 1]]


def test_model_learns_a_line_and_reports_how_it_was_trained(capsys):
    rng = np.random.default_rng(9)
    X = rng.standard_normal((2, 60))
    Y = (X[:1] + X[1:] > 0).astype(int)
    learnt = logistic.model(X[:, :40], Y[:, :40], X[:, 40:], Y[:, 40:], 300, 0.5)
    assert capsys.readouterr().out == ""
    assert np.mean(learnt["Y_prediction_train"] == Y[:, :40]) > 0.95
    assert np.mean(learnt["Y_prediction_test"] == Y[:, 40:]) > 0.85
    assert (learnt["num_iterations"], learnt["learning_rate"]) == (300, 0.5)
    assert learnt["w"].shape == (2, 1)
    assert len(learnt["costs"]) == 3


def test_model_prints_its_accuracies_if_asked(capsys):
    X, Y = np.array([[-1.0, 1.0]]), np.array([[0, 1]])
    logistic.model(X, Y, X, 1 - Y, 1, 0.5, print_cost=True)
    assert capsys.readouterr().out.splitlines() == [
        "Cost after 0 iterations: 0.6931",
        "Training accuracy: 100.0 %",
        "Test accuracy: 0.0 %",
    ]


def test_cats_leave_something_to_win():
    train_x, train_y, test_x, test_y, _ = datasets.load_dataset()
    X, X_test = (images.reshape(len(images), -1).T / 255 for images in (train_x, test_x))
    learnt = logistic.model(X, train_y, X_test, test_y, num_iterations=150, learning_rate=0.005)
    assert 0.65 < np.mean(learnt["Y_prediction_test"] == test_y) < 0.85
