import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import datasets, deep, logistic, shallow

sizes = st.integers(1, 5)
hidden = st.lists(sizes, min_size=0, max_size=4)
seeds = st.integers(0, 1000)


def network(seed, dims):
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(dims), start=1):
        parameters[f"W{layer}"] = rng.standard_normal((n, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = rng.standard_normal((n, 1))
    return parameters


def data(seed, n_x=2, m=7):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n_x, m)), rng.integers(0, 2, (1, m))


def cost_of(parameters, X, Y):
    return deep.compute_cost(deep.L_model_forward(X, parameters)[0], Y)


def gradients(parameters, X, Y):
    AL, caches = deep.L_model_forward(X, parameters)
    return deep.L_model_backward(AL, Y, caches)


def numerical_gradient(parameters, X, Y, name, step=1e-6):
    gradient = np.zeros_like(parameters[name])
    for index in np.ndindex(gradient.shape):
        change = np.zeros_like(gradient)
        change[index] = step
        above = cost_of(parameters | {name: parameters[name] + change}, X, Y)
        below = cost_of(parameters | {name: parameters[name] - change}, X, Y)
        gradient[index] = (above - below) / (2 * step)
    return gradient


def is_near_a_kink(parameters, X):
    _, caches = deep.L_model_forward(X, parameters)
    return any(np.abs(Z).min() < 1e-4 for _, Z in caches[:-1])


def start_from(monkeypatch, parameters):
    """Let both trainings start from these parameters."""
    for name in ("initialize_parameters", "initialize_parameters_scaled"):
        monkeypatch.setattr(deep, name, lambda *sizes: dict(parameters))


@given(hidden, sizes)
def test_parameters_have_the_shapes_of_the_table(middle, n_x):
    dims = [n_x, *middle, 1]
    parameters = deep.initialize_parameters_deep(dims)
    assert len(parameters) == 2 * (len(dims) - 1)
    for layer in range(1, len(dims)):
        assert parameters[f"W{layer}"].shape == (dims[layer], dims[layer - 1])
        np.testing.assert_array_equal(parameters[f"b{layer}"], np.zeros((dims[layer], 1)))


def test_first_weights_are_small_random_and_repeatable():
    dims = [60, 50, 40]
    np.random.seed(3)
    first = deep.initialize_parameters_deep(dims)
    np.random.seed(3)
    again = deep.initialize_parameters_deep(dims)
    for name in ("W1", "W2"):
        np.testing.assert_array_equal(first[name], again[name])
        assert first[name].std() == pytest.approx(0.01, rel=0.1)
        assert first[name].mean() == pytest.approx(0, abs=0.001)


def test_scaled_weights_have_the_size_that_fits_their_inputs():
    parameters = deep.initialize_parameters_scaled([400, 100, 50])
    assert parameters["W1"].std() == pytest.approx(1 / np.sqrt(400), rel=0.05)
    assert parameters["W2"].std() == pytest.approx(1 / np.sqrt(100), rel=0.05)
    assert not parameters["b1"].any()
    assert not parameters["b2"].any()


def test_scaled_weights_keep_the_signal_where_small_ones_lose_it():
    X, _ = data(0, n_x=50, m=100)
    dims = [50, 40, 30, 20, 10, 1]
    np.random.seed(1)
    spread = {
        make: np.std(deep.L_model_forward(X, make(dims))[1][-1][1])
        for make in (deep.initialize_parameters_deep, deep.initialize_parameters_scaled)
    }
    assert spread[deep.initialize_parameters_deep] < 1e-6
    assert spread[deep.initialize_parameters_scaled] > 1e-2


@given(n_prev=sizes, n=sizes, m=sizes, seed=seeds)
def test_linear_forward_agrees_with_one_unit_and_one_example_at_a_time(n_prev, n, m, seed):
    rng = np.random.default_rng(seed)
    A, W, b = (rng.standard_normal(shape) for shape in ((n_prev, m), (n, n_prev), (n, 1)))
    Z, cache = deep.linear_forward(A, W, b)
    assert all(kept is given for kept, given in zip(cache, (A, W, b), strict=True))
    one_by_one = [[W[j] @ A[:, k] + b[j, 0] for k in range(m)] for j in range(n)]
    np.testing.assert_allclose(Z, one_by_one)


@given(middle=hidden, n_x=sizes, m=sizes, seed=seeds)
def test_forward_shapes_range_and_caches(middle, n_x, m, seed):
    dims = [n_x, *middle, 1]
    X, _ = data(seed, n_x, m)
    AL, caches = deep.L_model_forward(X, network(seed, dims))
    assert AL.shape == (1, m)
    assert np.all((AL >= 0) & (AL <= 1))
    assert len(caches) == len(dims) - 1
    for layer, ((A_prev, W, b), Z) in enumerate(caches, start=1):
        assert A_prev.shape == (dims[layer - 1], m)
        assert W.shape == (dims[layer], dims[layer - 1])
        assert b.shape == (dims[layer], 1)
        assert Z.shape == (dims[layer], m)
    for (_, Z), ((A, _, _), _) in pairwise(caches):
        np.testing.assert_array_equal(A, np.maximum(0, Z))


def test_one_layer_is_logistic_regression():
    X, Y = data(1, n_x=3, m=9)
    parameters = network(2, [3, 1])
    expected, cost = logistic.propagate(parameters["W1"].T, parameters["b1"].item(), X, Y)
    grads = gradients(parameters, X, Y)
    assert cost_of(parameters, X, Y) == pytest.approx(cost)
    np.testing.assert_allclose(grads["dW1"], expected["dw"].T)
    np.testing.assert_allclose(grads["db1"], [[expected["db"]]])


def test_cost_is_that_of_the_shallow_network():
    AL, Y = np.array([[0.9, 0.2, 0.6]]), np.array([[True, False, True]])
    assert deep.compute_cost(AL, Y) == shallow.compute_cost(AL, Y)
    assert type(deep.compute_cost(AL, Y)) is float


@given(middle=hidden, n_x=sizes, m=sizes, seed=seeds)
@settings(max_examples=30, deadline=None)
def test_gradients_agree_with_the_numerical_ones_at_any_depth(middle, n_x, m, seed):
    parameters = network(seed, [n_x, *middle, 1])
    X, Y = data(seed + 1, n_x, m)
    if is_near_a_kink(parameters, X):
        return
    grads = gradients(parameters, X, Y)
    assert set(grads) == {"d" + name for name in parameters}
    for name in parameters:
        expected = numerical_gradient(parameters, X, Y, name)
        np.testing.assert_allclose(grads["d" + name], expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_one_layer_back_agrees_with_the_numerical_slope_of_its_input(activation):
    rng = np.random.default_rng(5)
    A_prev, W, b = (rng.standard_normal(shape) for shape in ((3, 4), (2, 3), (2, 1)))
    weights = rng.standard_normal((2, 4))
    _, cache = deep.linear_activation_forward(A_prev, W, b, activation)
    dA_prev, _, _ = deep.linear_activation_backward(weights, cache, activation)
    for index in np.ndindex(A_prev.shape):
        change = np.zeros_like(A_prev)
        change[index] = 1e-6
        sums = [
            np.sum(weights * deep.linear_activation_forward(moved, W, b, activation)[0])
            for moved in (A_prev + change, A_prev - change)
        ]
        assert dA_prev[index] == pytest.approx((sums[0] - sums[1]) / 2e-6, abs=1e-6)


@given(n_prev=sizes, n=sizes, seed=seeds)
def test_parameters_get_averages_and_inputs_do_not(n_prev, n, seed):
    rng = np.random.default_rng(seed)
    dZ, A, W = (rng.standard_normal(shape) for shape in ((n, 3), (n_prev, 3), (n, n_prev)))
    once = deep.linear_backward(dZ, (A, W, np.zeros((n, 1))))
    cache = np.hstack([A, A]), W, np.zeros((n, 1))
    twice = deep.linear_backward(np.hstack([dZ, dZ]), cache)
    np.testing.assert_allclose(twice[0], np.hstack([once[0], once[0]]))
    np.testing.assert_allclose(twice[1], once[1])
    np.testing.assert_allclose(twice[2], once[2])


def test_order_of_the_examples_does_not_matter():
    X, Y = data(4)
    order = np.random.default_rng(5).permutation(7)
    parameters = network(6, [2, 4, 3, 1])
    grads = gradients(parameters, X, Y)
    for name, shuffled in gradients(parameters, X[:, order], Y[:, order]).items():
        np.testing.assert_allclose(grads[name], shuffled)


def test_a_network_that_is_certain_and_right_has_no_gradient_and_no_warning():
    parameters = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1))}
    X, Y = np.array([[-800.0, 800.0]]), np.array([[0, 1]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        grads = gradients(parameters, X, Y)
    assert grads["dW1"].item() == grads["db1"].item() == 0
    assert cost_of(parameters, X, Y) == 0


def test_update_steps_against_the_gradient_and_leaves_its_arguments_alone():
    dims = [3, 4, 2, 1]
    parameters, grads = network(1, dims), {f"d{k}": v for k, v in network(2, dims).items()}
    kept = {name: value.copy() for name, value in parameters.items()}
    updated = deep.update_parameters(parameters, grads | {"dA1": np.ones((4, 7))}, 0.5)
    assert updated.keys() == parameters.keys()
    for name in parameters:
        np.testing.assert_array_equal(parameters[name], kept[name])
        np.testing.assert_allclose(updated[name], kept[name] - 0.5 * grads["d" + name])


@pytest.mark.parametrize("num_iterations", [1, 5, 130])
def test_both_trainings_agree_on_two_layers(monkeypatch, num_iterations):
    start_from(monkeypatch, network(3, [3, 4, 1]))
    X, Y = data(4, n_x=3, m=12)
    two, costs_of_two = deep.two_layer_model(X, Y, (3, 4, 1), 0.1, num_iterations)
    many, costs_of_many = deep.L_layer_model(X, Y, [3, 4, 1], 0.1, num_iterations)
    np.testing.assert_allclose(costs_of_two, costs_of_many)
    assert len(costs_of_two) == 1 + (num_iterations - 1) // 100
    for name in two:
        np.testing.assert_allclose(two[name], many[name])


def test_training_is_gradient_descent_step_by_step(monkeypatch):
    start = network(3, [3, 4, 2, 1])
    start_from(monkeypatch, start)
    X, Y = data(4, n_x=3, m=12)
    expected = start
    for _ in range(7):
        expected = deep.update_parameters(expected, gradients(expected, X, Y), 0.2)
    learnt, costs = deep.L_layer_model(X, Y, [3, 4, 2, 1], 0.2, num_iterations=7)
    assert costs == [cost_of(start, X, Y)]
    for name in expected:
        np.testing.assert_allclose(learnt[name], expected[name])


@pytest.mark.parametrize("model", [deep.two_layer_model, deep.L_layer_model])
def test_the_cost_is_printed_only_if_asked(model, capsys):
    X, Y = data(3)
    model(X, Y, (2, 3, 1), num_iterations=2)
    assert capsys.readouterr().out == ""
    _, costs = model(X, Y, (2, 3, 1), num_iterations=101, print_cost=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"Cost after {100 * i} iterations: {c:.4f}" for i, c in enumerate(costs)]


def test_three_layers_learn_the_circles():
    X, Y = datasets.load_planar("circles")
    np.random.seed(1)
    parameters, costs = deep.L_layer_model(X, Y, [2, 8, 4, 1], 0.3, num_iterations=1000)
    assert costs[-1] < costs[0]
    assert np.mean(deep.predict(X, parameters) == Y) > 0.95


@given(st.integers(1, 6))
def test_tents_on_tents_double(depth):
    """The notebook's construction: k layers of two units make 2 ** k straight pieces."""
    A, W, b = np.linspace(0, 1, 1025)[np.newaxis], np.ones((2, 1)), np.array([[0.0], [-0.5]])
    for _ in range(depth):
        A, _ = deep.linear_activation_forward(A, W, b, "relu")
        W = np.array([[2.0, -4.0], [2.0, -4.0]])
    y = (np.array([[2.0, -4.0]]) @ A).ravel()
    assert 1 + np.count_nonzero(np.abs(np.diff(y, 2)) > 1e-9) == 2**depth
    assert (y.min(), y.max()) == (0, 1)


def test_the_deep_network_beats_logistic_regression_on_the_images():
    train_x, train_y, test_x, test_y, _ = datasets.load_dataset()
    X, X_test = (x.reshape(len(x), -1).T / 255 for x in (train_x, test_x))
    line = logistic.model(X, train_y, X_test, test_y, 150, 0.005)
    np.random.seed(1)
    parameters, _ = deep.L_layer_model(X, train_y, [12288, 20, 7, 5, 1], num_iterations=300)
    by_depth = np.mean(deep.predict(X_test, parameters) == test_y)
    assert by_depth >= np.mean(line["Y_prediction_test"] == test_y) + 0.05
