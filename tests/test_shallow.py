import doctest
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import datasets, shallow

NAMES = ("W1", "b1", "W2", "b2")
sizes = st.integers(1, 5)


def network(seed, n_x=2, n_h=4, n_y=1, scale=1.0):
    rng = np.random.default_rng(seed)
    return {
        "W1": scale * rng.standard_normal((n_h, n_x)),
        "b1": scale * rng.standard_normal((n_h, 1)),
        "W2": scale * rng.standard_normal((n_y, n_h)),
        "b2": scale * rng.standard_normal((n_y, 1)),
    }


def data(seed, n_x=2, m=7):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n_x, m)), rng.integers(0, 2, (1, m))


def cost_of(parameters, X, Y):
    return shallow.compute_cost(shallow.forward_propagation(X, parameters)[0], Y)


def numerical_gradient(parameters, X, Y, name, step=1e-6):
    gradient = np.zeros_like(parameters[name])
    for index in np.ndindex(gradient.shape):
        change = np.zeros_like(gradient)
        change[index] = step
        above = cost_of(parameters | {name: parameters[name] + change}, X, Y)
        below = cost_of(parameters | {name: parameters[name] - change}, X, Y)
        gradient[index] = (above - below) / (2 * step)
    return gradient


def gradients(parameters, X, Y):
    _, cache = shallow.forward_propagation(X, parameters)
    return shallow.backward_propagation(parameters, cache, X, Y)


def train(parameters, X, Y, num_iterations):
    for _ in range(num_iterations):
        parameters = shallow.update_parameters(parameters, gradients(parameters, X, Y))
    return parameters


def test_docstring_examples():
    assert doctest.testmod(shallow).failed == 0


@given(sizes, sizes, sizes)
def test_layer_sizes(n_x, n_y, m):
    assert shallow.layer_sizes(np.zeros((n_x, m)), np.zeros((n_y, m))) == (n_x, 4, n_y)


def test_initial_weights_are_small_random_and_repeatable():
    np.random.seed(2)
    first = shallow.initialize_parameters(50, 40, 30)
    np.random.seed(2)
    again = shallow.initialize_parameters(50, 40, 30)
    for name in ("W1", "W2"):
        np.testing.assert_array_equal(first[name], again[name])
        assert first[name].std() == pytest.approx(0.01, rel=0.1)
        assert first[name].mean() == pytest.approx(0, abs=0.001)


def test_initial_biases_are_zero_columns():
    parameters = shallow.initialize_parameters(3, 5, 2)
    np.testing.assert_array_equal(parameters["b1"], np.zeros((5, 1)))
    np.testing.assert_array_equal(parameters["b2"], np.zeros((2, 1)))


@given(n_x=sizes, n_h=sizes, m=sizes)
def test_forward_propagation_shapes_and_range(n_x, n_h, m):
    X, _ = data(0, n_x, m)
    A2, cache = shallow.forward_propagation(X, network(1, n_x, n_h))
    assert A2.shape == cache["Z2"].shape == (1, m)
    assert cache["A1"].shape == cache["Z1"].shape == (n_h, m)
    assert cache["A2"] is A2
    assert np.all((A2 > 0) & (A2 < 1))


def test_forward_propagation_treats_each_example_alone():
    X, _ = data(0)
    whole, _ = shallow.forward_propagation(X, network(1))
    one_by_one = [shallow.forward_propagation(X[:, [i]], network(1))[0] for i in range(7)]
    np.testing.assert_allclose(whole, np.hstack(one_by_one))


def test_cost_of_a_coin_is_log_2():
    assert shallow.compute_cost(np.full((1, 6), 0.5), np.array([[0, 1, 1, 0, 1, 0]])) == (
        pytest.approx(np.log(2))
    )


def test_cost_is_a_float_for_boolean_labels_too():
    A2 = np.array([[0.9, 0.2, 0.6]])
    cost = shallow.compute_cost(A2, np.array([[True, False, True]]))
    assert type(cost) is float
    assert cost == pytest.approx(-np.log([0.9, 0.8, 0.6]).mean())


def test_cost_of_saturated_right_answers_is_zero_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert shallow.compute_cost(np.array([[1.0, 0.0]]), np.array([[1, 0]])) == 0


@given(n_x=sizes, n_h=sizes, m=sizes, seed=st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_gradients_agree_with_the_numerical_ones(n_x, n_h, m, seed):
    X, Y = data(seed, n_x, m)
    parameters = network(seed + 1, n_x, n_h)
    grads = gradients(parameters, X, Y)
    assert set(grads) == {"d" + name for name in NAMES}
    for name in NAMES:
        expected = numerical_gradient(parameters, X, Y, name)
        np.testing.assert_allclose(grads["d" + name], expected, rtol=1e-5, atol=1e-7)


def test_order_of_the_examples_does_not_matter():
    X, Y = data(4)
    order = np.random.default_rng(5).permutation(7)
    grads, shuffled = gradients(network(6), X, Y), gradients(network(6), X[:, order], Y[:, order])
    for name in grads:
        np.testing.assert_allclose(grads[name], shuffled[name])


def test_update_steps_against_the_gradient_and_leaves_its_arguments_alone():
    parameters, grads = network(1), {"d" + name: g for name, g in network(2).items()}
    kept = {name: value.copy() for name, value in parameters.items()}
    updated = shallow.update_parameters(parameters, grads, learning_rate=0.5)
    for name in NAMES:
        np.testing.assert_array_equal(parameters[name], kept[name])
        np.testing.assert_allclose(updated[name], kept[name] - 0.5 * grads["d" + name])


def test_update_uses_the_default_learning_rate():
    zeros = {name: np.zeros_like(value) for name, value in network(1).items()}
    ones = {"d" + name: np.ones_like(value) for name, value in zeros.items()}
    assert np.all(shallow.update_parameters(zeros, ones)["W1"] == -1.2)


@pytest.mark.parametrize("value", [0.0, 0.3])
def test_equal_hidden_units_stay_equal(value):
    X, Y = data(7, m=30)
    equal = {name: np.full_like(array, value) for name, array in network(8).items()}
    learnt = train(equal, X, Y, 50)
    for name in ("W1", "b1"):
        np.testing.assert_allclose(learnt[name], np.tile(learnt[name][:1], (4, 1)))


def test_zero_weights_never_move():
    X, Y = data(7, m=30)
    zeros = {name: np.zeros_like(array) for name, array in network(8).items()}
    learnt = train(zeros, X, Y, 50)
    assert not learnt["W1"].any()
    assert not learnt["W2"].any()


def test_small_random_weights_break_the_symmetry():
    X, Y = data(7, m=30)
    learnt = train(network(8, scale=0.01), X, Y, 200)
    assert np.linalg.matrix_rank(learnt["W1"], tol=1e-3) == 2


def test_nn_model_learns_the_moons():
    X, Y = datasets.load_planar("moons")
    np.random.seed(1)
    parameters = shallow.nn_model(X, Y, n_h=5, num_iterations=2000)
    assert np.mean(shallow.predict(parameters, X) == Y) > 0.95


def test_nn_model_prints_the_cost_only_if_asked(capsys):
    X, Y = data(3)
    shallow.nn_model(X, Y, n_h=2, num_iterations=2)
    assert capsys.readouterr().out == ""
    shallow.nn_model(X, Y, n_h=2, num_iterations=2, print_cost=True)
    assert capsys.readouterr().out == "Cost after 0 iterations: 0.6931\n"


def test_predict_draws_the_line_above_one_half():
    parameters = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}
    parameters |= {"W2": np.ones((1, 1)), "b2": np.zeros((1, 1))}
    labels = shallow.predict(parameters, np.array([[-1.0, 0.0, 1e-9]]))
    assert labels.tolist() == [[0, 0, 1]]
