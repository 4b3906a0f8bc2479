import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import computation_graph as cg
from helpers import softmax_regression

sizes, seeds = st.integers(1, 4), st.integers(0, 1000)


def numerical_gradient(function, array, step=1e-6):
    gradient = np.zeros(np.shape(array))
    for index in np.ndindex(gradient.shape):
        change = np.zeros(gradient.shape)
        change[index] = step
        gradient[index] = (function(array + change) - function(array - change)) / (2 * step)
    return gradient


def assert_backward_is_right(forward, backward, *inputs, seed=0):
    """Compare with nudging, for the cost sum(C * output)."""
    out, cache = forward(*inputs)
    C = np.random.default_rng(seed).normal(size=np.shape(out))
    for place, gradient in enumerate(backward(C, cache)):

        def cost(value, place=place):
            changed = [*inputs[:place], value, *inputs[place + 1 :]]
            return np.sum(C * forward(*changed)[0])

        assert np.shape(gradient) == np.shape(inputs[place])
        wanted = numerical_gradient(cost, inputs[place])
        np.testing.assert_allclose(gradient, wanted, rtol=1e-5, atol=1e-7)


def test_docstring_examples():
    assert doctest.testmod(cg).failed == 0


@given(st.lists(sizes, max_size=3), st.data(), seeds)
def test_unbroadcast_is_the_transpose_of_broadcasting(full, choose, seed):
    shape = [choose.draw(st.sampled_from([1, n])) for n in full][choose.draw(st.integers(0, 3)) :]
    rng = np.random.default_rng(seed)
    small, grad = rng.normal(size=shape), rng.normal(size=full)
    total = cg.unbroadcast(grad, tuple(shape))
    assert np.shape(total) == tuple(shape)
    assert np.sum(total * small) == pytest.approx(np.sum(grad * np.broadcast_to(small, full)))


@pytest.mark.parametrize("kind", ["add", "multiply"])
@pytest.mark.parametrize(
    "first, second",
    [((2, 3), (2, 3)), ((2, 3), (2, 1)), ((3,), (2, 3)), ((2, 1), (1, 3)), ((), (2, 3)), ((), ())],
)
def test_operations_by_elements(kind, first, second):
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=first), rng.normal(size=second)
    assert_backward_is_right(cg.forward_of(kind), cg.backward_of(kind), *inputs)


@given(sizes, sizes, sizes, seeds)
@settings(max_examples=20, deadline=None)
def test_matmul(n, k, m, seed):
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(n, k)), rng.normal(size=(k, m))
    assert_backward_is_right(cg.matmul_forward, cg.matmul_backward, *inputs)


def test_relu():
    assert_backward_is_right(cg.relu_forward, cg.relu_backward, np.array([[-1.0, 2.0, 0.3]]))


@given(st.integers(2, 4), sizes, seeds)
@settings(max_examples=20, deadline=None)
def test_softmax_cross_entropy(n_y, m, seed):
    rng = np.random.default_rng(seed)
    Z, Y = rng.normal(size=(n_y, m)), softmax_regression.softmax(rng.normal(size=(n_y, m)))
    pair = cg.softmax_cross_entropy_forward, cg.softmax_cross_entropy_backward
    assert_backward_is_right(*pair, Z, Y)


def test_softmax_cross_entropy_of_far_scores_is_finite():
    Z, Y = np.array([[0.0, -1e4], [1e4, 1e4]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    with np.errstate(all="raise", under="ignore"):
        cost, cache = cg.softmax_cross_entropy_forward(Z, Y)
    assert cost == 5000
    assert np.isfinite(cache[0]).all()


@st.composite
def graphs(draw):
    """Any graph without circles: each node takes its inputs from those before it."""
    graph = {"n0": ("variable",)}
    for number in range(1, draw(st.integers(1, 12))):
        before = st.sampled_from(sorted(graph))
        kind = draw(st.sampled_from(["add", "multiply", "variable"]))
        inputs = () if kind == "variable" else (draw(before), draw(before))
        graph[f"n{number}"] = (kind, *inputs)
    return graph, draw(st.sampled_from(sorted(graph)))


@given(graphs())
def test_an_order_has_each_needed_node_once_and_after_its_inputs(drawn):
    graph, target = drawn
    order = cg.topological_order(graph, target)
    assert order[-1] == target
    assert len(order) == len(set(order))
    for place, name in enumerate(order):
        assert set(graph[name][1:]) <= set(order[:place])
    used = {target}.union(*(graph[name][1:] for name in order))
    assert used == set(order)


@given(graphs(), seeds)
@settings(max_examples=40, deadline=None)
def test_gradients_of_any_graph_agree_with_the_numerical_ones(drawn, seed):
    graph, target = drawn
    order = cg.topological_order(graph, target)
    rng = np.random.default_rng(seed)
    leaves = {n: rng.uniform(-1.1, 1.1) for n in graph if graph[n] == ("variable",)}
    _, caches = cg.forward_pass(graph, order, leaves)
    grads = cg.backward_pass(graph, order, caches)
    for name in set(leaves) & set(order):

        def cost(value, name=name):
            return cg.forward_pass(graph, order, leaves | {name: value})[0][target]

        slope = (cost(leaves[name] + 1e-6) - cost(leaves[name] - 1e-6)) / 2e-6
        assert grads[name] == pytest.approx(slope, rel=1e-4, abs=1e-4 * (1 + abs(slope)))


def test_forward_pass_leaves_the_leaves_alone():
    leaves = {"x": 2.0}
    cg.forward_pass({"x": ("variable",), "y": ("add", "x", "x")}, ["x", "y"], leaves)
    assert leaves == {"x": 2.0}


def test_the_first_step_of_adam_has_the_length_of_the_learning_rate():
    grads = {"w": np.array([[1e-3, -50.0]])}
    state = {"t": 0, "v": {"w": np.zeros((1, 2))}, "s": {"w": np.zeros((1, 2))}}
    new, after = cg.adam_step({"w": np.zeros((1, 2))}, grads, state, learning_rate=0.1)
    np.testing.assert_allclose(new["w"], [[-0.1, 0.1]], rtol=1e-4)
    assert after["t"] == 1 and state["t"] == 0


@pytest.mark.parametrize(
    "optimizer", [cg.GradientDescentOptimizer(0.1), cg.AdamOptimizer(0.1)], ids=["gd", "adam"]
)
def test_optimizers_find_the_bottom_of_a_bowl(optimizer):
    w = cg.Variable(np.array([4.0, -2.0]))
    to = cg.Constant(np.array([1.0, 2.0]))
    off = w + to * (-1.0)
    # The seed gradient 1.0 is that of the sum of the entries.
    step, session = optimizer.minimize(off * off), cg.Session()
    for _ in range(300):
        assert session.run(step) is None
    np.testing.assert_allclose(w.value, to.value, atol=1e-2)
    np.testing.assert_array_equal(to.value, [1.0, 2.0])


def test_only_what_is_needed_has_to_be_fed():
    x, y, w = cg.Placeholder(), cg.Placeholder(), cg.Variable(3.0)
    scores = w * x
    loss = scores + y
    assert cg.Session().run(scores, {x: 2.0}) == 6
    with pytest.raises(ValueError, match="placeholder has no value"):
        cg.Session().run(loss, {x: 2.0})
    assert repr(x) == f"<{x.name}>"


@given(st.integers(1, 4), st.integers(2, 4), sizes, seeds)
@settings(max_examples=20, deadline=None)
def test_training_by_the_graph_gives_the_numbers_of_training_by_hand(n_x, n_y, m, seed):
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(n_x, m)), np.eye(n_y)[:, rng.integers(0, n_y, m)]
    by_graph, costs = cg.train_softmax(X, Y, 0.4, 12)
    by_hand, wanted = softmax_regression.softmax_model(X, Y, 0.4, 12)
    np.testing.assert_allclose(costs, wanted, rtol=1e-12)
    for name in ("W", "b"):
        np.testing.assert_allclose(by_graph[name], by_hand[name], rtol=1e-9, atol=1e-13)


def test_the_step_of_an_optimizer_must_be_written():
    with pytest.raises(NotImplementedError):
        cg.Optimizer().step({}, {})


def test_gradients_agree_with_pytorch():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    values = rng.normal(size=(3, 4)), rng.normal(size=(4, 5))
    labels = np.eye(3)[:, [0, 1, 2, 1, 0]]
    W, x = cg.Variable(values[0]), cg.Constant(values[1])
    cost = cg.softmax_cross_entropy(cg.relu(W @ x), cg.Constant(labels))
    theirs = torch.tensor(values[0], requires_grad=True)
    scores = torch.relu(theirs @ torch.tensor(values[1])).T
    torch.nn.functional.cross_entropy(scores, torch.tensor(labels.argmax(0))).backward()
    np.testing.assert_allclose(cg.Session().gradients(cost)[W.name], theirs.grad.numpy())


def test_arrays_in_a_graph_are_constants():
    w = cg.Variable(np.array([[1.0, 2.0]]))
    scores = w @ np.array([[3.0], [4.0]])
    cost = cg.softmax_cross_entropy(scores, np.ones((1, 1)))
    session = cg.Session()
    assert session.run(scores) == 11
    assert session.run(cost) == 0
