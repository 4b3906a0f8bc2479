"""Every way back of weeks 3 to 6 and 8 against PyTorch's automatic differentiation, in float64.

PyTorch is not among the course's packages. Where it is installed, `make slow` runs these tests.
Each one writes the way forward in PyTorch's own words, and compares what comes back with ours. In
the tables of most weeks dZ and dA are those of each example's own loss, while PyTorch
differentiates the cost, their average: there, m times PyTorch's gradient is ours.
"""

import numpy as np
import pytest

from helpers import batch_norm, convolution, deep, gradient_checking, optimization, regularization
from helpers import computation_graph as cg
from helpers import softmax_regression as sr

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow

THREE_LAYERS = ("W1", "b1", "W2", "b2", "W3", "b3")
SEEDS = range(5)
M = 12

each_seed = pytest.mark.parametrize("seed", SEEDS)


def leaf(value):
    """Make a tensor that PyTorch differentiates with respect to."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def fixed(value):
    return torch.tensor(np.asarray(value), dtype=torch.float64)


def agree(ours, theirs):
    ours, theirs = np.asarray(ours), theirs.detach().numpy()
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-13)


def network(rng, dims):
    parameters = {}
    for layer in range(1, len(dims)):
        inputs, units = dims[layer - 1], dims[layer]
        parameters[f"W{layer}"] = rng.normal(size=(units, inputs)) / np.sqrt(inputs)
        parameters[f"b{layer}"] = rng.normal(size=(units, 1))
    return parameters


def data(rng, n_x):
    return rng.normal(size=(n_x, M)), rng.integers(0, 2, (1, M))


def leaves(arrays):
    return {name: leaf(value) for name, value in arrays.items()}


def forward(X, tensors, masks=None, keep_prob=1.0):
    """Compute the scores of a network of any depth, and every Z and A on the way."""
    A, on_the_way = fixed(X), {}
    depth = len(tensors) // 2
    for layer in range(1, depth + 1):
        Z = tensors[f"W{layer}"] @ A + tensors[f"b{layer}"]
        A = torch.sigmoid(Z) if layer == depth else torch.relu(Z)
        on_the_way |= {f"Z{layer}": Z, f"A{layer}": A}
        if masks is not None and layer < depth:
            A = A * fixed(masks[layer - 1]) / keep_prob
    for tensor in on_the_way.values():
        tensor.retain_grad()
    return Z, on_the_way


def cross_entropy(scores, Y):
    return torch.nn.functional.binary_cross_entropy_with_logits(scores, fixed(Y))


def agree_on_all(grads, tensors, on_the_way):
    """Compare a dictionary that holds the dZ and dA of hidden layers, too."""
    for name, value in grads.items():
        if name[1] in "ZA":
            agree(value, M * on_the_way[name[1:]].grad)
        else:
            agree(value, tensors[name[1:]].grad)


# Week 3: a network of any depth


@pytest.mark.parametrize("dims", [[3, 1], [4, 5, 1], [2, 6, 4, 1], [5, 4, 6, 3, 4, 2, 1]])
@each_seed
def test_a_network_of_any_depth(seed, dims):
    rng = np.random.default_rng(seed)
    X, Y = data(rng, dims[0])
    parameters = network(rng, dims)
    tensors = leaves(parameters)
    scores, _ = forward(X, tensors)
    cost = cross_entropy(scores, Y)
    cost.backward()
    AL, caches = deep.L_model_forward(X, parameters)
    agree(deep.compute_cost(AL, Y), cost)
    grads = deep.L_model_backward(AL, Y, caches)
    assert grads.keys() == {f"d{name}" for name in parameters}
    for name in parameters:
        agree(grads[f"d{name}"], tensors[name].grad)


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
@each_seed
def test_one_layer_and_its_inputs(seed, activation):
    """Whatever comes after the layer: here a weighted sum of its activations, for each example."""
    rng = np.random.default_rng(seed)
    A_prev, W, b = rng.normal(size=(3, M)), rng.normal(size=(4, 3)), rng.normal(size=(4, 1))
    dA = rng.normal(size=(4, M))
    tensors = [leaf(value) for value in (A_prev, W, b)]
    Z = tensors[1] @ tensors[0] + tensors[2]
    Z.retain_grad()
    A = torch.sigmoid(Z) if activation == "sigmoid" else torch.relu(Z)
    torch.sum(fixed(dA) * A).backward()  # the sum over the examples, not the average
    back = deep.sigmoid_backward if activation == "sigmoid" else deep.relu_backward
    _, cache = deep.linear_activation_forward(A_prev, W, b, activation)
    dZ = back(dA, cache[1])
    agree(dZ, Z.grad)
    for result in (
        deep.linear_backward(dZ, cache[0]),
        deep.linear_activation_backward(dA, cache, activation),
    ):
        agree(result[0], tensors[0].grad)
        agree(result[1], tensors[1].grad / M)
        agree(result[2], tensors[2].grad / M)


@pytest.mark.parametrize("train", [deep.two_layer_model, deep.L_layer_model])
def test_training_two_layers_follows_pytorchs_gradient_descent(train, monkeypatch):
    rng = np.random.default_rng(7)
    X, Y = data(rng, 3)
    start = network(rng, [3, 4, 1])
    for name in ("initialize_parameters", "initialize_parameters_scaled"):
        monkeypatch.setattr(deep, name, lambda *sizes: dict(start))
    learnt, _ = train(X, Y, (3, 4, 1), learning_rate=0.2, num_iterations=25)
    tensors = leaves(start)
    optimizer = torch.optim.SGD(tensors.values(), lr=0.2)
    for _ in range(25):
        optimizer.zero_grad()
        cross_entropy(forward(X, tensors)[0], Y).backward()
        optimizer.step()
    for name in start:
        agree(learnt[name], tensors[name])


# Week 4: regularisation and gradient checking


@pytest.mark.parametrize("lambd", [0, 0.7])
@each_seed
def test_l2(seed, lambd):
    rng = np.random.default_rng(seed)
    X, Y = data(rng, 4)
    parameters = network(rng, [4, 5, 3, 1])
    tensors = leaves(parameters)
    scores, on_the_way = forward(X, tensors)
    squares = sum(torch.sum(tensors[name] ** 2) for name in ("W1", "W2", "W3"))
    cost = cross_entropy(scores, Y) + lambd / (2 * M) * squares
    cost.backward()
    A3, cache = regularization.forward_propagation(X, parameters)
    ours = regularization.compute_cost_with_regularization(A3, Y, parameters, lambd)
    agree(ours, cost)
    grads = regularization.backward_propagation_with_regularization(X, Y, cache, lambd)
    agree_on_all(grads, tensors, on_the_way)
    if lambd == 0:
        agree_on_all(regularization.backward_propagation(X, Y, cache), tensors, on_the_way)


@each_seed
def test_weight_decay_is_that_of_pytorch_on_the_weights_alone(seed):
    rng = np.random.default_rng(seed)
    X, Y = data(rng, 4)
    parameters = network(rng, [4, 5, 3, 1])
    tensors = leaves(parameters)
    groups = [
        {"params": [tensors[n] for n in THREE_LAYERS if n[0] == kind], "weight_decay": decay}
        for kind, decay in (("W", 0.7 / M), ("b", 0))
    ]
    cross_entropy(forward(X, tensors)[0], Y).backward()
    torch.optim.SGD(groups, lr=0.3).step()
    _, cache = regularization.forward_propagation(X, parameters)
    grads = regularization.backward_propagation(X, Y, cache)
    updated = regularization.update_with_weight_decay(parameters, grads, 0.3, 0.7, M)
    for name in parameters:
        agree(updated[name], tensors[name])


@each_seed
def test_l1(seed):
    """Where no weight comes to zero, shrinking is a step along the gradient of the L1 penalty."""
    rng = np.random.default_rng(seed)
    X, Y = data(rng, 4)
    parameters = network(rng, [4, 5, 3, 1])
    lambd, rate = 0.4, 1e-3
    tensors = leaves(parameters)
    scores, _ = forward(X, tensors)
    total = sum(torch.sum(torch.abs(tensors[name])) for name in ("W1", "W2", "W3"))
    cost = cross_entropy(scores, Y) + lambd / M * total
    cost.backward()
    A3, cache = regularization.forward_propagation(X, parameters)
    agree(regularization.compute_cost_with_l1(A3, Y, parameters, lambd), cost)
    grads = regularization.backward_propagation(X, Y, cache)
    for name in ("W1", "W2", "W3"):
        stepped = parameters[name] - rate * grads[f"d{name}"]
        shrunk = regularization.soft_threshold(stepped, rate * lambd / M)
        stays = (np.sign(stepped) == np.sign(parameters[name])) & (shrunk != 0)
        assert np.mean(stays) > 0.8
        theirs = (tensors[name] - rate * tensors[name].grad).detach().numpy()
        np.testing.assert_allclose(shrunk[stays], theirs[stays], rtol=1e-12)


@each_seed
def test_soft_threshold_is_that_of_pytorch(seed):
    W = np.random.default_rng(seed).normal(size=(4, 5))
    agree(regularization.soft_threshold(W, 0.5), torch.nn.functional.softshrink(fixed(W), 0.5))


@pytest.mark.parametrize("keep_prob", [1.0, 0.6])
@each_seed
def test_dropout_with_the_masks_that_were_drawn(seed, keep_prob):
    rng = np.random.default_rng(seed)
    X, Y = data(rng, 4)
    parameters = network(rng, [4, 7, 5, 1])
    np.random.seed(seed)
    A3, cache = regularization.forward_propagation_with_dropout(X, parameters, keep_prob)
    masks = cache[1], cache[6]
    tensors = leaves(parameters)
    scores, on_the_way = forward(X, tensors, masks, keep_prob)
    cross_entropy(scores, Y).backward()
    agree(A3, on_the_way["A3"])
    grads = regularization.backward_propagation_with_dropout(X, Y, cache, keep_prob)
    agree_on_all(grads, tensors, on_the_way)


@each_seed
def test_the_network_of_the_gradient_check(seed):
    rng = np.random.default_rng(seed)
    X, Y = data(rng, 4)
    parameters = {name: rng.normal(size=shape) for name, shape in gradient_checking.SHAPES.items()}
    tensors = leaves(parameters)
    scores, on_the_way = forward(X, tensors)
    cost = cross_entropy(scores, Y)
    cost.backward()
    ours, cache = gradient_checking.forward_propagation_n(X, Y, parameters)
    agree(ours, cost)
    grads = gradient_checking.backward_propagation_n(X, Y, cache)
    agree_on_all(grads, tensors, on_the_way)


def test_the_one_dimensional_gradient_check():
    theta = leaf(4.0)
    (2 * theta).backward()
    agree(gradient_checking.backward_propagation(2.0, 4.0), theta.grad)


# Week 5: optimization. Each test takes several steps, with another gradient at each.


def steps(rng, parameters, count=6):
    return [
        {f"d{name}": rng.normal(size=value.shape) for name, value in parameters.items()}
        for _ in range(count)
    ]


def take(optimizer, tensors, grads):
    for name, tensor in tensors.items():
        tensor.grad = fixed(grads[f"d{name}"])
    optimizer.step()


@pytest.fixture
def walk():
    """Give parameters, the gradients of some steps, and tensors to walk with."""
    rng = np.random.default_rng(11)
    parameters = network(rng, [3, 4, 2])
    return parameters, steps(rng, parameters), leaves(parameters)


def test_gradient_descent(walk):
    parameters, gradients, tensors = walk
    optimizer = torch.optim.SGD(tensors.values(), lr=0.03)
    for grads in gradients:
        parameters = optimization.update_parameters_with_gd(parameters, grads, 0.03)
        take(optimizer, tensors, grads)
        for name in parameters:
            agree(parameters[name], tensors[name])


def test_momentum(walk):
    """PyTorch's buffer lacks the factor 1 − β: the same steps need a learning rate of (1 − β)α."""
    parameters, gradients, tensors = walk
    optimizer = torch.optim.SGD(tensors.values(), lr=0.03 * (1 - 0.9), momentum=0.9)
    v = optimization.initialize_velocity(parameters)
    for grads in gradients:
        parameters, v = optimization.update_parameters_with_momentum(
            parameters, grads, v, 0.9, 0.03
        )
        take(optimizer, tensors, grads)
        for name in parameters:
            agree(parameters[name], tensors[name])
            buffer = optimizer.state[tensors[name]]["momentum_buffer"]
            agree(v[f"d{name}"], (1 - 0.9) * buffer)


def test_momentum_with_dampening_differs_at_the_start(walk):
    """Dampening β looks like our 1 − β, but PyTorch's buffer starts as the whole first gradient."""
    parameters, gradients, tensors = walk
    optimizer = torch.optim.SGD(tensors.values(), lr=0.03, momentum=0.9, dampening=0.9)
    v = optimization.initialize_velocity(parameters)
    start = {name: value.copy() for name, value in parameters.items()}
    parameters, v = optimization.update_parameters_with_momentum(
        parameters, gradients[0], v, 0.9, 0.03
    )
    take(optimizer, tensors, gradients[0])
    for name in parameters:
        agree(10 * (parameters[name] - start[name]), tensors[name] - fixed(start[name]))
    for name, tensor in tensors.items():  # from a buffer of zeros, it is ours
        tensor.data = fixed(start[name])
        optimizer.state[tensor]["momentum_buffer"] = torch.zeros_like(tensor)
    parameters, v = start, optimization.initialize_velocity(start)
    for grads in gradients:
        parameters, v = optimization.update_parameters_with_momentum(
            parameters, grads, v, 0.9, 0.03
        )
        take(optimizer, tensors, grads)
        for name in parameters:
            agree(parameters[name], tensors[name])


@pytest.mark.parametrize("epsilon", [1e-8, 1e-2])
def test_rmsprop(walk, epsilon):
    """Here β is called alpha; ε stands outside of the root in both."""
    parameters, gradients, tensors = walk
    optimizer = torch.optim.RMSprop(tensors.values(), lr=0.03, alpha=0.8, eps=epsilon)
    s = optimization.initialize_velocity(parameters)
    for grads in gradients:
        parameters, s = optimization.update_parameters_with_rmsprop(
            parameters, grads, s, 0.8, 0.03, epsilon
        )
        take(optimizer, tensors, grads)
        for name in parameters:
            agree(parameters[name], tensors[name])
            agree(s[f"d{name}"], optimizer.state[tensors[name]]["square_avg"])


@pytest.mark.parametrize("epsilon", [1e-8, 1e-2])
def test_adam(walk, epsilon):
    """With a large ε, too: it is added to the corrected root in both."""
    parameters, gradients, tensors = walk
    optimizer = torch.optim.Adam(tensors.values(), lr=0.03, betas=(0.8, 0.9), eps=epsilon)
    v, s = optimization.initialize_adam(parameters)
    for t, grads in enumerate(gradients, start=1):
        parameters, v, s = optimization.update_parameters_with_adam(
            parameters, grads, v, s, t, 0.03, 0.8, 0.9, epsilon
        )
        take(optimizer, tensors, grads)
        for name in parameters:
            agree(parameters[name], tensors[name])
            agree(v[f"d{name}"], optimizer.state[tensors[name]]["exp_avg"])
            agree(s[f"d{name}"], optimizer.state[tensors[name]]["exp_avg_sq"])


# Week 6: batch norm, softmax regression, the framework


@pytest.mark.parametrize("epsilon", [1e-8, 0.1])
@each_seed
def test_batch_norm(seed, epsilon):
    """PyTorch has examples in rows; its running variance divides by m − 1, ours by m."""
    rng = np.random.default_rng(seed)
    Z = 3 * rng.normal(size=(4, M)) + 2
    gamma, beta = rng.normal(size=(4, 1)), rng.normal(size=(4, 1))
    dZ_tilde = rng.normal(size=(4, M))
    tensors = [leaf(value) for value in (Z, gamma, beta)]
    mean, var = torch.zeros(4, dtype=torch.float64), torch.ones(4, dtype=torch.float64)
    scale, shift = tensors[1].ravel(), tensors[2].ravel()
    theirs = torch.nn.functional.batch_norm(
        tensors[0].T, mean, var, scale, shift, training=True, momentum=0.1, eps=epsilon
    ).T
    torch.sum(fixed(dZ_tilde) * theirs).backward()
    Z_tilde, cache = batch_norm.batchnorm_forward(Z, gamma, beta, epsilon)
    agree(Z_tilde, theirs)
    for ours, tensor in zip(batch_norm.batchnorm_backward(dZ_tilde, cache), tensors, strict=True):
        agree(ours, tensor.grad)
    running = {"mu": np.zeros((4, 1)), "var": np.ones((4, 1))}
    # The momentum of PyTorch is the weight of the new batch, ours that of the past.
    unbiased = cache["var"] * M / (M - 1)
    running = batch_norm.update_moving_averages(running, cache["mu"], unbiased, momentum=0.9)
    agree(running["mu"].ravel(), mean)
    agree(running["var"].ravel(), var)
    later = torch.nn.functional.batch_norm(fixed(Z).T, mean, var, scale, shift, eps=epsilon).T
    agree(batch_norm.batchnorm_inference(Z, gamma, beta, running, epsilon), later)


@each_seed
def test_softmax_regression(seed):
    rng = np.random.default_rng(seed)
    X, labels = rng.normal(size=(3, M)), rng.integers(0, 4, (1, M))
    W, b = rng.normal(size=(4, 3)), rng.normal(size=(4, 1))
    tensors = {"W": leaf(W), "b": leaf(b)}
    scores = (tensors["W"] @ fixed(X) + tensors["b"]).T
    cost = torch.nn.functional.cross_entropy(scores, torch.tensor(labels.ravel()))
    cost.backward()
    A, Y = sr.softmax(W @ X + b), sr.one_hot(labels, 4)
    agree(sr.cross_entropy(A, Y), cost)
    grads = sr.softmax_gradients(X, A, Y)
    for name, tensor in tensors.items():
        agree(grads[f"d{name}"], tensor.grad)


KINDS = {
    "add": ([(3, 4), (3, 1)], torch.add),
    "add, one number": ([(3, 4), ()], torch.add),
    "add, one axis less": ([(4,), (3, 4)], torch.add),
    "multiply": ([(3, 4), (3, 4)], torch.multiply),
    "multiply, stretched both ways": ([(3, 1), (1, 4)], torch.multiply),
    "multiply, one axis less": ([(2, 3, 4), (3, 1)], torch.multiply),
    "matmul": ([(3, 4), (4, 2)], torch.matmul),
    "relu": ([(3, 4)], torch.relu),
}


@pytest.mark.parametrize("kind", KINDS)
@each_seed
def test_operations_of_the_graph(seed, kind):
    rng = np.random.default_rng(seed)
    shapes, theirs = KINDS[kind]
    inputs = [rng.normal(size=shape) for shape in shapes]
    tensors = [leaf(value) for value in inputs]
    output, cache = cg.forward_of(kind.partition(",")[0])(*inputs)
    dout = rng.normal(size=np.shape(output))
    result = theirs(*tensors)
    agree(output, result)
    torch.sum(fixed(dout) * result).backward()
    back = cg.backward_of(kind.partition(",")[0])(dout, cache)
    for ours, tensor in zip(back, tensors, strict=True):
        agree(ours, tensor.grad)


@each_seed
def test_softmax_and_cross_entropy_in_one_operation(seed):
    """With labels that are not one-hot, and the gradient with respect to these."""
    rng = np.random.default_rng(seed)
    Z, Y = rng.normal(size=(4, M)), rng.dirichlet(np.ones(4), M).T
    tensors = [leaf(value) for value in (Z, Y)]
    cost = torch.nn.functional.cross_entropy(tensors[0].T, tensors[1].T)
    (3 * cost).backward()
    ours, cache = cg.softmax_cross_entropy_forward(Z, Y)
    agree(ours, cost)
    for grad, tensor in zip(cg.softmax_cross_entropy_backward(3.0, cache), tensors, strict=True):
        agree(grad, tensor.grad)


@each_seed
def test_a_graph_in_which_values_are_used_more_than_once(seed):
    rng = np.random.default_rng(seed)
    values = [rng.normal(size=shape) for shape in ((4, 3), (4, 1), (4, 4), (1, 1))]
    X, Y = rng.normal(size=(3, M)), sr.one_hot(rng.integers(0, 4, (1, M)), 4)
    variables, tensors = [cg.Variable(v) for v in values], [leaf(v) for v in values]

    def cost_of(W, b, V, c, x, y, relu, loss):
        hidden = relu(W @ x + b)
        scores = V @ hidden + b * hidden + c
        return loss(scores * scores + scores, y)

    x, y = cg.Placeholder(), cg.Placeholder()
    cost = cost_of(*variables, x, y, cg.relu, cg.softmax_cross_entropy)
    theirs = cost_of(
        *(*tensors, fixed(X), fixed(Y)),
        torch.relu,
        lambda scores, truth: torch.nn.functional.cross_entropy(scores.T, truth.T),
    )
    theirs.backward()
    agree(cg.Session().run(cost, {x: X, y: Y}), theirs)
    grads = cg.Session().gradients(cost, {x: X, y: Y})
    for variable, tensor in zip(variables, tensors, strict=True):
        agree(grads[variable.name], tensor.grad)


@pytest.mark.parametrize(
    "ours, theirs",
    [
        (cg.GradientDescentOptimizer(0.1), lambda tensors: torch.optim.SGD(tensors, lr=0.1)),
        (cg.AdamOptimizer(0.1), lambda tensors: torch.optim.Adam(tensors, lr=0.1)),
    ],
    ids=["gradient descent", "Adam"],
)
def test_optimizers_of_the_framework(ours, theirs):
    rng = np.random.default_rng(5)
    values = [rng.normal(size=shape) for shape in ((4, 3), (4, 1))]
    X, Y = rng.normal(size=(3, M)), sr.one_hot(rng.integers(0, 4, (1, M)), 4)
    W, b = (cg.Variable(value) for value in values)
    step = ours.minimize(cg.softmax_cross_entropy(W @ cg.Constant(X) + b, cg.Constant(Y)))
    tensors = [leaf(value) for value in values]
    optimizer = theirs(tensors)
    for _ in range(20):
        cg.Session().run(step)
        optimizer.zero_grad()
        scores = tensors[0] @ fixed(X) + tensors[1]
        torch.nn.functional.cross_entropy(scores.T, fixed(Y).T).backward()
        optimizer.step()
        agree(W.value, tensors[0])
        agree(b.value, tensors[1])


def channels_last(tensor):
    """Move the channels, second in PyTorch, to where the course has them."""
    return tensor.movedim(1, -1)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("pad", [0, 1, 2])
@each_seed
def test_convolution(seed, pad, stride):
    rng = np.random.default_rng(seed)
    f = int(rng.integers(1, 4))
    values = [rng.normal(size=s) for s in ((2, 6, 5, 3), (f, f, 3, 4), (1, 1, 1, 4))]
    A_prev, W, b = (leaf(value) for value in values)
    theirs = torch.nn.functional.conv2d(
        A_prev.movedim(-1, 1), W.permute(3, 2, 0, 1), b.ravel(), stride, pad
    )
    Z, cache = convolution.conv_forward(*values, {"stride": stride, "pad": pad})
    agree(Z, channels_last(theirs))
    dZ = rng.normal(size=Z.shape)
    torch.sum(fixed(dZ) * channels_last(theirs)).backward()
    for ours, tensor in zip(convolution.conv_backward(dZ, cache), (A_prev, W, b), strict=True):
        agree(ours, tensor.grad)


@pytest.mark.parametrize("mode", ["max", "average"])
@pytest.mark.parametrize("stride", [1, 2, 3])
@each_seed
def test_pooling(seed, stride, mode):
    rng = np.random.default_rng(seed)
    f, A_prev = int(rng.integers(1, 4)), rng.normal(size=(2, 6, 5, 3))
    pools = {"max": torch.nn.functional.max_pool2d, "average": torch.nn.functional.avg_pool2d}
    tensor = leaf(A_prev)
    theirs = channels_last(pools[mode](tensor.movedim(-1, 1), f, stride))
    A, cache = convolution.pool_forward(A_prev, {"f": f, "stride": stride}, mode)
    agree(A, theirs)
    dA = rng.normal(size=A.shape)
    torch.sum(fixed(dA) * theirs).backward()
    agree(convolution.pool_backward(dA, cache, mode), tensor.grad)
