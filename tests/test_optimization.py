import doctest
import math

import jupytext
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import lfilter

from helpers import optimization as opt
from tests.conftest import ROOT

SHAPES = {"W1": (3, 2), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)}
numbers = st.floats(-100, 100)
betas = st.floats(0.0, 0.999)
fewer = settings(max_examples=40, deadline=None)
series = arrays(np.float64, st.integers(1, 30), elements=numbers)


def draw(seed, prefix="", positive=False):
    rng = np.random.default_rng(seed)
    values = {prefix + name: rng.standard_normal(shape) for name, shape in SHAPES.items()}
    return {name: np.abs(value) for name, value in values.items()} if positive else values


def assert_same(one, other, rtol=1e-12):
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_allclose(one[name], other[name], rtol=rtol, err_msg=name)


def copies(*dictionaries):
    return [{name: value.copy() for name, value in d.items()} for d in dictionaries]


def test_docstring_examples():
    assert doctest.testmod(opt).failed == 0


# --- mini-batches ---------------------------------------------------------------------------


@fewer
@given(
    m=st.integers(1, 60), size=st.integers(1, 80), n_x=st.integers(1, 4), seed=st.integers(0, 99)
)
def test_mini_batches_hold_each_example_once_with_its_label(m, size, n_x, seed):
    X = np.arange(float(n_x * m)).reshape(n_x, m)
    Y = X[:1] * 10
    batches = opt.random_mini_batches(X, Y, size, seed)
    assert [x.shape[1] for x, _ in batches[:-1]] == [size] * (len(batches) - 1)
    assert len(batches) == math.ceil(m / size)
    dealt_x, dealt_y = (np.hstack(part) for part in zip(*batches, strict=True))
    np.testing.assert_array_equal(dealt_y, dealt_x[:1] * 10)
    np.testing.assert_array_equal(dealt_x[:, np.argsort(dealt_x[0])], X)


def test_mini_batches_follow_their_seed_and_nothing_else():
    X = np.arange(50.0).reshape(1, 50)
    first, again, other = (opt.random_mini_batches(X, X, 50, seed)[0][0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    state = np.random.get_state()[1].copy()
    opt.random_mini_batches(X, X)
    np.testing.assert_array_equal(np.random.get_state()[1], state)


# --- averages -------------------------------------------------------------------------------


@fewer
@given(series, betas)
def test_averages_are_the_filter_of_signal_processing(values, beta):
    expected = lfilter([1 - beta], [1, -beta], values)
    np.testing.assert_allclose(opt.exponential_average(values, beta), expected, atol=1e-9)


@fewer
@given(series, st.floats(0.0, 0.99))
def test_a_corrected_average_is_a_true_weighted_average(values, beta):
    corrected = opt.correct_bias(opt.exponential_average(values, beta), beta)
    for t in range(len(values)):
        weights = beta ** np.arange(t, -1, -1.0)
        expected = np.average(values[: t + 1], weights=weights)
        assert corrected[t] == pytest.approx(expected, abs=1e-9)


@fewer
@given(numbers, betas)
def test_a_constant_series_is_its_own_corrected_average(value, beta):
    averages = opt.exponential_average(np.full(10, value), beta)
    np.testing.assert_allclose(opt.correct_bias(averages, beta), value, rtol=1e-9, atol=1e-9)


@fewer
@given(st.floats(0.01, 0.9999))
def test_windows(beta):
    rule, exact = opt.averaging_window(beta)
    assert beta**exact == pytest.approx(1 / math.e)
    assert exact < rule < exact + 1


# --- the steps ------------------------------------------------------------------------------


def test_gradient_descent_is_momentum_without_memory():
    parameters, grads, v = draw(1), draw(2, "d"), draw(3, "d")
    new, velocity = opt.update_parameters_with_momentum(parameters, grads, v, 0.0, 0.1)
    assert_same(new, opt.update_parameters_with_gd(parameters, grads, 0.1))
    assert_same(velocity, grads)


def test_momentum_reaches_the_speed_of_gradient_descent_under_a_constant_gradient():
    parameters, grads = draw(1), draw(2, "d")
    v = opt.initialize_velocity(parameters)
    for t in range(1, 200):
        _, v = opt.update_parameters_with_momentum(parameters, grads, v, 0.9, 0.1)
        assert_same(v, {name: (1 - 0.9**t) * g for name, g in grads.items()}, rtol=1e-9)


@fewer
@given(st.floats(1e-3, 1e3))
def test_rmsprop_and_adam_do_not_mind_the_scale_of_the_gradients(scale):
    parameters, grads = draw(1), draw(2, "d")
    larger = {name: scale * g for name, g in grads.items()}
    zeros = opt.initialize_velocity(parameters)
    steps = [
        opt.update_parameters_with_rmsprop(parameters, g, zeros, 0.9, 0.1, 0.0)[0]
        for g in (grads, larger)
    ]
    assert_same(*steps, rtol=1e-9)
    steps = [
        opt.update_parameters_with_adam(parameters, g, zeros, zeros, 1, epsilon=0.0)[0]
        for g in (grads, larger)
    ]
    assert_same(*steps, rtol=1e-9)


def test_the_first_step_of_adam_is_as_long_as_its_rate():
    parameters, grads = draw(1), draw(2, "d")
    v, s = opt.initialize_adam(parameters)
    new, _, _ = opt.update_parameters_with_adam(parameters, grads, v, s, 1, 0.1)
    expected = {name: parameters[name] - 0.1 * np.sign(grads["d" + name]) for name in SHAPES}
    assert_same(new, expected, rtol=1e-6)


@fewer
@given(st.integers(0, 1000))
def test_adam_is_corrected_averages_of_the_whole_history(seed):
    history = np.random.default_rng(seed).standard_normal(12)
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    v, s = opt.initialize_adam(parameters)
    means = opt.correct_bias(opt.exponential_average(history, 0.8), 0.8)
    squares = opt.correct_bias(opt.exponential_average(history**2, 0.95), 0.95)
    for t, g in enumerate(history, 1):
        grads = {"dW1": np.array([[g]]), "db1": np.array([[-g]])}
        parameters, v, s = opt.update_parameters_with_adam(
            parameters, grads, v, s, t, 0.1, 0.8, 0.95, 1e-3
        )
    walked = np.sum(0.1 * means / (np.sqrt(squares) + 1e-3))
    assert parameters["W1"].item() == pytest.approx(1 - walked)
    assert parameters["b1"].item() == pytest.approx(walked)


def test_no_gradient_no_step_and_no_warning():
    parameters = draw(1)
    zeros = opt.initialize_velocity(parameters)
    with np.errstate(all="raise"):
        moved = [
            opt.update_parameters_with_rmsprop(parameters, zeros, zeros, 0.9, 0.1)[0],
            opt.update_parameters_with_adam(parameters, zeros, zeros, zeros, 1)[0],
        ]
    for new in moved:
        assert_same(new, parameters)


def test_nothing_changes_its_arguments():
    kept = [draw(1), draw(2, "d"), draw(3, "d"), draw(4, "d", positive=True)]
    parameters, grads, v, s = copies(*kept)
    opt.update_parameters_with_gd(parameters, grads, 0.1)
    opt.update_parameters_with_momentum(parameters, grads, v, 0.9, 0.1)
    opt.update_parameters_with_rmsprop(parameters, grads, s, 0.9, 0.1)
    opt.update_parameters_with_adam(parameters, grads, v, s, 3)
    for before, after in zip(kept, (parameters, grads, v, s), strict=True):
        assert_same(before, after, rtol=0)


def test_averages_start_as_separate_zeros():
    v, s = opt.initialize_adam(draw(1))
    assert v is not s
    assert {name: value.shape for name, value in v.items()} == {
        "d" + name: shape for name, shape in SHAPES.items()
    }
    assert not any(array.any() for array in (*v.values(), *s.values()))
    assert not any(v[name] is s[name] for name in v)


# --- learning rates -------------------------------------------------------------------------


@fewer
@given(st.floats(0.01, 1), st.integers(0, 500), st.floats(0, 2), st.integers(1, 100))
def test_schedules_agree_where_they_must(rate, epoch, decay, interval):
    assert opt.schedule_lr_decay(rate, epoch, decay, 1) == opt.update_lr(rate, epoch, decay)
    passed = math.floor(epoch / interval)
    assert opt.schedule_lr_decay(rate, epoch, decay, interval) == opt.update_lr(rate, passed, decay)
    stairs = opt.staircase_decay(rate, epoch, 0.5, interval)
    assert stairs == opt.exponential_decay(rate, passed, 0.5)
    assert opt.root_decay(rate, (epoch + 1) ** 2) == pytest.approx(rate / (epoch + 1))


def test_all_schedules_start_at_the_first_rate():
    starts = [opt.update_lr(0.3, 0, 1), opt.schedule_lr_decay(0.3, 0, 1)]
    starts += [opt.exponential_decay(0.3, 0), opt.root_decay(0.3, 1), opt.staircase_decay(0.3, 0)]
    assert starts == [0.3] * 5


# --- saddle points --------------------------------------------------------------------------


@fewer
@given(arrays(np.float64, st.integers(1, 6), elements=st.sampled_from([-2.0, -1.0, 0.0, 1.0, 3.0])))
def test_kinds_of_points(curvatures):
    up, down, mirrored = (
        (curvatures > 0).sum(),
        (curvatures < 0).sum(),
        opt.kind_of_point(-curvatures),
    )
    kind = opt.kind_of_point(curvatures)
    swapped = {"minimum": "maximum", "maximum": "minimum"}
    assert mirrored == swapped.get(kind, kind)
    assert (kind == "saddle") == (up > 0 and down > 0)
    assert (kind == "undecided") == ((curvatures == 0).any() and not (up and down))


# --- what the notebook gives ----------------------------------------------------------------


@pytest.fixture(scope="module")
def given_names():
    """The functions of the notebook's given cells: a network, and three surfaces."""
    cells = jupytext.read(ROOT / "course/notebooks/w05_optimization.py", fmt="py:percent").cells
    code = [c.source for c in cells if c.cell_type == "code"]
    network = next(source for source in code if "def cost_and_gradients" in source)
    surfaces = next(source for source in code if "def ravine" in source).partition("\nfigure = ")[0]
    names = {"np": np}
    exec("from helpers.activations import relu, relu_derivative, sigmoid", names)
    exec(network, names)
    exec(surfaces, names)
    return names


def test_the_given_gradients_agree_with_the_numerical_ones(given_names):
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((4, 9)), rng.integers(0, 2, (1, 9))
    parameters = given_names["start_network"]([4, 6, 3, 1])
    cost, grads = given_names["cost_and_gradients"](parameters, X, Y)
    A = 1 / (1 + np.exp(-given_names["forward"](parameters, X)[2]))
    assert cost == pytest.approx(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))
    for name, value in parameters.items():
        for index in np.ndindex(value.shape):
            change = np.zeros_like(value)
            change[index] = 1e-6
            above, below = (
                given_names["cost_and_gradients"](parameters | {name: moved}, X, Y)[0]
                for moved in (value + change, value - change)
            )
            assert grads["d" + name][index] == pytest.approx((above - below) / 2e-6, abs=1e-8)


@pytest.mark.parametrize("name", ["ravine", "saddle", "plateau"])
def test_the_given_slopes_agree_with_the_numerical_ones(given_names, name):
    surface, slope, step = given_names["SURFACES"][name], given_names["SLOPES"][name], 1e-6
    for w, b in np.random.default_rng(0).uniform(-2, 2, (20, 2)):
        across = (surface(w + step, b) - surface(w - step, b)) / (2 * step)
        along = (surface(w, b + step) - surface(w, b - step)) / (2 * step)
        np.testing.assert_allclose(slope(w, b), (across, along), atol=1e-8)
