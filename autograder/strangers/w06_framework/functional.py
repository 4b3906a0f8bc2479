# Comprehensions and reductions.
from functools import reduce
from itertools import chain


def unbroadcast(grad, shape):
    full = (1,) * (np.ndim(grad) - len(shape)) + tuple(shape)
    axes = tuple(i for i, (have, want) in enumerate(zip(np.shape(grad), full)) if have != want)
    return np.reshape(np.sum(grad, axis=axes), shape)


def add_backward(dout, cache):
    return tuple(map(lambda part: unbroadcast(dout, np.shape(part)), cache))


def multiply_backward(dout, cache):
    others = zip(cache, reversed(cache))
    return tuple(unbroadcast(dout * other, np.shape(own)) for own, other in others)


def matmul_backward(dout, cache):
    a, b = cache
    return np.einsum("ij,kj->ik", dout, b), np.einsum("ik,ij->kj", a, dout)


def softmax_cross_entropy_forward(Z, Y):
    log_A = Z - np.logaddexp.reduce(Z, axis=0, keepdims=True)
    return -np.mean(np.sum(Y * log_A, axis=0)), (log_A, Y)


def softmax_cross_entropy_backward(dout, cache):
    log_A, Y = cache
    scaled = lambda G: np.multiply(dout / np.shape(Y)[1], G)
    return scaled(np.exp(log_A) - Y), scaled(-log_A)


def topological_order(graph, target):
    merged = chain.from_iterable(topological_order(graph, source) for source in graph[target][1:])
    return [*dict.fromkeys(merged), target]


_PAIRS = {
    "add": (lambda a, b: (a + b, (a, b)), lambda d, c: add_backward(d, c)),
    "multiply": (lambda a, b: (a * b, (a, b)), lambda d, c: multiply_backward(d, c)),
    "matmul": (lambda a, b: (a @ b, (a, b)), lambda d, c: matmul_backward(d, c)),
    "relu": (lambda a: (np.maximum(a, 0), (a,)), lambda d, c: (d * np.greater(c[0], 0),)),
    "softmax_cross_entropy": (
        lambda Z, Y: softmax_cross_entropy_forward(Z, Y),
        lambda d, c: softmax_cross_entropy_backward(d, c),
    ),
}


def forward_pass(graph, order, leaves):
    def step(state, name):
        values, caches = state
        kind, *inputs = graph[name]
        if not inputs:
            return state
        out, cache = _PAIRS[kind][0](*map(values.get, inputs))
        return {**values, name: out}, {**caches, name: cache}

    return reduce(step, order, (dict(leaves), {}))


def backward_pass(graph, order, caches):
    # each node collects from those that use it
    grads, shares = {}, {}
    for name in reversed(order):
        arrived = [
            shares[user][place]
            for user in shares
            for place, source in enumerate(graph[user][1:])
            if source == name
        ]
        grads[name] = sum(arrived) if arrived else 1.0
        if graph[name][1:]:
            shares[name] = _PAIRS[graph[name][0]][1](grads[name], caches[name])
    return grads


def gradient_descent_step(parameters, grads, learning_rate):
    return dict((name, value - learning_rate * grads[name]) for name, value in parameters.items())


def adam_step(parameters, grads, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mix = lambda beta, old, new: {n: beta * old[n] + (1 - beta) * new(grads[n]) for n in parameters}
    t, v, s = state["t"] + 1, mix(beta1, state["v"], lambda g: g), mix(beta2, state["s"], np.square)
    rate = lambda n: (v[n] / (1 - beta1**t)) / (np.sqrt(s[n] / (1 - beta2**t)) + epsilon)
    return {n: p - learning_rate * rate(n) for n, p in parameters.items()}, dict(t=t, v=v, s=s)


def train_softmax(X, Y, learning_rate, num_iterations):
    def step(state, _):
        W, b, costs = state
        cost, cache = softmax_cross_entropy_forward(W @ X + b, Y)
        dZ = softmax_cross_entropy_backward(1.0, cache)[0]
        dW, dX = matmul_backward(dZ, (W, X))
        _, db = add_backward(dZ, (dZ, b))
        return W - learning_rate * dW, b - learning_rate * db, [*costs, cost]

    start = np.zeros((Y.shape[0], X.shape[0])), np.zeros((Y.shape[0], 1)), []
    W, b, costs = reduce(step, range(num_iterations), start)
    return {"W": W, "b": b}, costs
