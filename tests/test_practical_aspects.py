import doctest
import itertools
import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import ndimage

from helpers import (
    augmentation,
    datasets,
    gradient_checking,
    initialization,
    preparation,
    regularization,
)

MODULES = (augmentation, gradient_checking, initialization, preparation, regularization)
NAMES = regularization.NAMES
sizes = st.integers(1, 5)
seeds = st.integers(0, 1000)


def network(seed, n_x=3, n_1=4, n_2=5):
    rng = np.random.default_rng(seed)
    shapes = [(n_1, n_x), (n_1, 1), (n_2, n_1), (n_2, 1), (1, n_2), (1, 1)]
    return {n: 0.4 * rng.standard_normal(shape) for n, shape in zip(NAMES, shapes, strict=True)}


def data(seed, n_x=3, m=7):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n_x, m)), rng.integers(0, 2, (1, m))


def numerical(cost, parameters, step=1e-6):
    gradients = {}
    for name, value in parameters.items():
        gradients["d" + name] = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            change = np.zeros_like(value)
            change[index] = step
            above = cost(parameters | {name: value + change})
            below = cost(parameters | {name: value - change})
            gradients["d" + name][index] = (above - below) / (2 * step)
    return gradients


def assume_no_kink_is_near(*pre_activations):
    """Leave out what a nudge could carry over the kink of ReLU."""
    assume(min(np.min(np.abs(Z)) for Z in pre_activations) > 1e-4)


def assert_gradients(actual, expected):
    for name, gradient in expected.items():
        np.testing.assert_allclose(actual[name], gradient, rtol=1e-5, atol=1e-7, err_msg=name)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_docstring_examples(module):
    assert doctest.testmod(module).failed == 0


@given(m=st.integers(1, 30), share=st.tuples(st.integers(0, 5), st.integers(0, 5)), seed=seeds)
def test_a_split_keeps_every_example_once_and_beside_its_label(m, share, seed):
    num_dev, num_test = (min(n, m // 2) for n in share)
    X = np.arange(m, dtype=float).reshape(1, m)
    order = np.random.default_rng(seed).permutation(m)
    parts = preparation.split_examples(X, 2 * X, order, num_dev, num_test)
    assert [part.shape[1] for part in parts[::2]] == [m - num_dev - num_test, num_dev, num_test]
    np.testing.assert_array_equal(np.hstack(parts[::2])[0], order)
    for X_part, Y_part in zip(parts[::2], parts[1::2], strict=True):
        np.testing.assert_array_equal(2 * X_part, Y_part)


@given(n_x=sizes, m=st.integers(2, 9), k=sizes, seed=seeds)
def test_the_training_set_is_normalised_and_others_are_moved_alike(n_x, m, k, seed):
    rng = np.random.default_rng(seed)
    X, other = 50 + 9 * rng.standard_normal((n_x, m)), rng.standard_normal((n_x, k))
    normal, moved = preparation.normalize_inputs(X, other)
    np.testing.assert_allclose(normal.mean(1), 0, atol=1e-10)
    np.testing.assert_allclose(normal.std(1), 1)
    np.testing.assert_allclose(preparation.normalize_inputs(X, X)[1], normal)
    np.testing.assert_allclose(moved * X.std(1)[:, None] + X.mean(1)[:, None], other, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "std"),
    [
        ("zeros", lambda n: 0),
        ("random", lambda n: 10),
        ("he", lambda n: np.sqrt(2 / n)),
        ("xavier", lambda n: np.sqrt(1 / n)),
    ],
)
def test_first_weights_have_their_shapes_and_standard_deviations(name, std):
    np.random.seed(0)
    layers = [80, 300, 20, 60]
    parameters = getattr(initialization, f"initialize_parameters_{name}")(layers)
    assert len(parameters) == 6
    for i, (before, own) in enumerate(itertools.pairwise(layers), start=1):
        assert parameters[f"W{i}"].shape == (own, before)
        np.testing.assert_array_equal(parameters[f"b{i}"], np.zeros((own, 1)))
        assert parameters[f"W{i}"].std() == pytest.approx(std(before), rel=0.1)


@pytest.mark.parametrize(
    ("name", "activation"),
    [("he", lambda z: np.maximum(z, 0)), ("xavier", lambda z: z)],
)
def test_signals_neither_vanish_nor_explode(name, activation):
    np.random.seed(1)
    parameters = getattr(initialization, f"initialize_parameters_{name}")([400] * 16)
    A = np.random.randn(400, 50)
    for i in range(1, 16):
        A = activation(parameters[f"W{i}"] @ A)
    assert 0.5 < np.sqrt(np.mean(A**2)) < 2


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ((0.01, 0.11), (False, True)),
        ((0.15, 0.16), (True, False)),
        ((0.15, 0.3), (True, True)),
        ((0.005, 0.01), (False, False)),
        ((0.15, 0.16, 0.14), (False, False)),
        ((0.25, 0.375, 0.125, 0.125), (False, False)),
    ],
)
def test_diagnoses(errors, expected):
    assert regularization.diagnose(*errors) == expected


@given(n_x=sizes, n_1=sizes, n_2=sizes, m=sizes, seed=seeds, lambd=st.floats(0, 3))
@settings(max_examples=25, deadline=None)
def test_gradients_with_l2_agree_with_the_numerical_ones(n_x, n_1, n_2, m, seed, lambd):
    X, Y = data(seed, n_x, m)
    parameters = network(seed + 1, n_x, n_1, n_2)

    def cost(p):
        A3, _ = regularization.forward_propagation(X, p)
        return regularization.compute_cost_with_regularization(A3, Y, p, lambd)

    _, cache = regularization.forward_propagation(X, parameters)
    assume_no_kink_is_near(cache[0], cache[4])
    actual = regularization.backward_propagation_with_regularization(X, Y, cache, lambd)
    assert_gradients(actual, numerical(cost, parameters))


def test_without_a_penalty_it_is_the_plain_gradient():
    X, Y = data(1)
    _, cache = regularization.forward_propagation(X, network(2))
    plain = regularization.backward_propagation(X, Y, cache)
    assert_gradients(
        regularization.backward_propagation_with_regularization(X, Y, cache, 0.0), plain
    )


def test_certain_answers_cost_nothing_or_much_but_never_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert regularization.compute_cost(np.array([[1.0, 0.0]]), np.array([[1, 0]])) == 0
        assert 700 < regularization.compute_cost(np.array([[0.0]]), np.array([[1]])) < 710


@given(seed=seeds, rate=st.floats(0.01, 1), lambd=st.floats(0, 5), m=st.integers(1, 50))
@settings(max_examples=25)
def test_weight_decay_is_a_gradient_step_on_the_penalised_cost(seed, rate, lambd, m):
    X, Y = data(seed, m=m)
    parameters = network(seed)
    _, cache = regularization.forward_propagation(X, parameters)
    plain = regularization.backward_propagation(X, Y, cache)
    penalised = regularization.backward_propagation_with_regularization(X, Y, cache, lambd)
    decayed = regularization.update_with_weight_decay(parameters, plain, rate, lambd, m)
    for name in NAMES:
        step = parameters[name] - rate * penalised["d" + name]
        np.testing.assert_allclose(decayed[name], step, atol=1e-12)


@given(w=st.floats(-3, 3), t=st.floats(0, 2))
def test_the_soft_threshold_is_the_minimum_it_stands_for(w, t):
    best = regularization.soft_threshold(np.array([w]), t).item()

    def penalised(v):
        return (v - w) ** 2 / 2 + t * abs(v)

    assert penalised(best) <= np.min(penalised(np.linspace(-3, 3, 601))) + 1e-12


def test_l1_makes_weights_zero_and_l2_does_not():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((30, 100))
    target = X[0] - X[1]
    l1 = l2 = np.zeros(30)
    for _ in range(500):
        l1 = regularization.soft_threshold(l1 - 0.1 * X @ (l1 @ X - target) / 100, 0.02)
        l2 = 0.98 * l2 - 0.1 * X @ (l2 @ X - target) / 100
    assert np.flatnonzero(l1).tolist() == [0, 1]
    assert np.all(l2 != 0)


def test_the_l1_cost_adds_absolute_values():
    parameters, (_, Y) = network(3), data(4)
    A3 = np.full(Y.shape, 0.5)
    total = sum(np.abs(parameters[name]).sum() for name in ("W1", "W2", "W3"))
    cost = regularization.compute_cost_with_l1(A3, Y, parameters, 0.7)
    assert cost == pytest.approx(np.log(2) + 0.7 * total / 7)


def test_keeping_everything_is_no_dropout():
    X, _ = data(5)
    A3, cache = regularization.forward_propagation_with_dropout(X, network(6), keep_prob=1.0)
    whole, plain = regularization.forward_propagation(X, network(6))
    np.testing.assert_allclose(A3, whole)
    kept = [array for place, array in enumerate(cache) if place not in (1, 6)]
    for mine, theirs in zip(kept, plain, strict=True):
        np.testing.assert_allclose(mine, theirs)


@pytest.mark.parametrize("keep_prob", [0.3, 0.5, 0.9])
def test_dropout_keeps_the_mean(keep_prob):
    np.random.seed(0)
    X, _ = data(7, m=2000)
    _, cache = regularization.forward_propagation_with_dropout(X, network(8, n_1=50), keep_prob)
    Z1, D1, A1 = cache[:3]
    assert D1.mean() == pytest.approx(keep_prob, abs=0.01)
    assert A1.mean() == pytest.approx(np.maximum(Z1, 0).mean(), rel=0.03)


@given(seed=seeds, keep_prob=st.floats(0.6, 1))
@settings(max_examples=25, deadline=None)
def test_gradients_with_dropout_agree_with_the_numerical_ones(seed, keep_prob):
    X, Y = data(seed)
    parameters = network(seed + 1)

    def forward(p):
        np.random.seed(seed)  # the same masks each time
        return regularization.forward_propagation_with_dropout(X, p, keep_prob)

    _, cache = forward(parameters)
    assume_no_kink_is_near(cache[0], cache[5])
    actual = regularization.backward_propagation_with_dropout(X, Y, cache, keep_prob)
    cost = numerical(lambda p: regularization.compute_cost(forward(p)[0], Y), parameters)
    assert_gradients(actual, cost)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(1, 6))
def test_early_stopping_by_its_definition(costs, patience):
    best, last = regularization.early_stopping(costs, patience)
    seen = costs[: last + 1]
    assert best == int(np.argmin(seen))
    assert last - best == patience or (last == len(costs) - 1 and last - best < patience)
    for stop in range(last):
        assert stop - int(np.argmin(costs[: stop + 1])) < patience


IMAGE = np.random.default_rng(0).random((6, 9, 3))


def test_flipping_and_shifting_back_gives_the_image_again():
    flipped = augmentation.flip_horizontal(IMAGE)
    assert not np.array_equal(flipped, IMAGE)
    np.testing.assert_array_equal(augmentation.flip_horizontal(flipped), IMAGE)
    there_and_back = augmentation.shift(augmentation.shift(IMAGE, 2, -3), -2, 3)
    np.testing.assert_array_equal(there_and_back[:4, 3:], IMAGE[:4, 3:])
    assert not there_and_back[4:].any() and not there_and_back[:, :3].any()


@given(st.integers(-5, 5), st.integers(-8, 8))
def test_shift_agrees_with_scipy(down, right):
    expected = ndimage.shift(IMAGE, (down, right, 0), order=0)
    np.testing.assert_array_equal(augmentation.shift(IMAGE, down, right), expected)


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 4])
def test_right_angles_agree_with_numpy(turns):
    square = IMAGE[:, :6]
    np.testing.assert_array_equal(augmentation.rotate(square, 90 * turns), np.rot90(square, turns))


def test_rotation_there_and_back_keeps_the_middle():
    large = np.kron(IMAGE[:5, :5], np.ones((9, 9, 1)))
    back = augmentation.rotate(augmentation.rotate(large, 10), -10)
    assert np.mean(back[12:33, 12:33] == large[12:33, 12:33]) > 0.9


def test_brightness_ends_at_white():
    brighter = augmentation.adjust_brightness(IMAGE, 2)
    assert brighter.max() == 1
    np.testing.assert_allclose(brighter[IMAGE < 0.5], 2 * IMAGE[IMAGE < 0.5])


@pytest.mark.parametrize("radius", [0, 1, 2, 5])
def test_blur_agrees_with_scipy(radius):
    size = 2 * radius + 1
    expected = ndimage.uniform_filter(IMAGE, (size, size, 1), mode="nearest")
    np.testing.assert_allclose(augmentation.blur(IMAGE, radius), expected)


@pytest.mark.parametrize("function", ["shift", "rotate"])
def test_images_of_integers_stay_integers(function):
    photograph = datasets.load_images().test_set_x_orig[0]
    changed = getattr(augmentation, function)(
        photograph, *([3, -4] if function == "shift" else [7])
    )
    assert changed.dtype == np.uint8 and changed.shape == photograph.shape


def fixed_network(seed):
    rng = np.random.default_rng(seed)
    shapes = gradient_checking.SHAPES.items()
    return {name: rng.standard_normal(shape) for name, shape in shapes}


@given(seeds)
def test_parameters_survive_the_way_to_a_column_and_back(seed):
    parameters = fixed_network(seed)
    theta, keys = gradient_checking.dictionary_to_vector(dict(sorted(parameters.items())))
    back = gradient_checking.vector_to_dictionary(theta)
    assert theta.shape == (47, 1) and len(keys) == 47
    for name, value in parameters.items():
        np.testing.assert_array_equal(back[name], value)
        assert np.all(theta[[key == name for key in keys], 0] == value.ravel())


@pytest.mark.parametrize("seed", range(5))
def test_a_right_network_passes_and_a_wrong_one_is_named(seed):
    parameters, (X, Y) = fixed_network(seed), data(seed, 4, 5)
    _, cache = gradient_checking.forward_propagation_n(X, Y, parameters)
    gradients = gradient_checking.backward_propagation_n(X, Y, cache)
    slopes = gradient_checking.vector_to_dictionary(
        gradient_checking.numerical_gradient(parameters, X, Y)
    )
    assert gradient_checking.gradient_check_n(parameters, gradients, X, Y) < 1e-6
    assert gradient_checking.wrong_gradients(gradients, slopes) == []
    gradients |= {"dW2": 2 * gradients["dW2"], "db3": -gradients["db3"]}
    assert gradient_checking.gradient_check_n(parameters, gradients, X, Y) > 1e-3
    assert gradient_checking.wrong_gradients(gradients, slopes) == ["dW2", "db3"]


def test_slopes_on_both_sides_are_exact_to_second_order():
    parameters, (X, Y) = fixed_network(1), data(1, 4, 5)
    exact = gradient_checking.numerical_gradient(parameters, X, Y, 1e-5)
    errors = [
        np.abs(gradient_checking.numerical_gradient(parameters, X, Y, step) - exact).max()
        for step in (1e-2, 1e-3)
    ]
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.2)


@given(st.floats(0.1, 50), st.floats(-50, 50))
def test_one_dimension(x, theta):
    assert gradient_checking.gradient_check(x, theta) < 1e-6
