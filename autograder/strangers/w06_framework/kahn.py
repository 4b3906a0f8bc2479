# Counting inputs instead of recursion, explicit loops for the numbers.
import math
from collections import deque


def unbroadcast(grad, shape):
    grad = np.asarray(grad, dtype=float)
    total = np.zeros(shape)
    for place in np.ndindex(grad.shape):
        mine = place[grad.ndim - len(shape) :]
        mine = tuple(0 if size == 1 else i for i, size in zip(mine, shape))
        total[mine] += grad[place]
    return total


def add_backward(dout, cache):
    return [unbroadcast(dout, np.shape(part)) for part in cache]


def multiply_backward(dout, cache):
    a, b = np.broadcast_arrays(*cache)
    products = np.empty(np.shape(dout) + (2,))
    for place in np.ndindex(np.shape(dout)):
        d = np.asarray(dout)[place]
        products[place] = d * b[place], d * a[place]
    return (
        unbroadcast(products[..., 0], np.shape(cache[0])),
        unbroadcast(products[..., 1], np.shape(cache[1])),
    )


def matmul_backward(dout, cache):
    a, b = cache
    da, db = np.zeros(a.shape), np.zeros(b.shape)
    n, k = a.shape
    for i in range(n):
        for j in range(b.shape[1]):
            for l in range(k):
                da[i, l] += dout[i, j] * b[l, j]
                db[l, j] += dout[i, j] * a[i, l]
    return da, db


def softmax_cross_entropy_forward(Z, Y):
    log_A = np.zeros(Z.shape)
    cost = 0.0
    for i in range(Z.shape[1]):
        top = max(Z[:, i])
        log_sum = top + math.log(sum(math.exp(z - top) for z in Z[:, i]))
        for k in range(Z.shape[0]):
            log_A[k, i] = Z[k, i] - log_sum
            cost -= Y[k, i] * log_A[k, i]
    return cost / Z.shape[1], (log_A, Y)


def softmax_cross_entropy_backward(dout, cache):
    log_A, Y = cache
    dZ, dY = np.zeros(Y.shape), np.zeros(Y.shape)
    for k, i in np.ndindex(Y.shape):
        dZ[k, i] = dout * (math.exp(log_A[k, i]) - Y[k, i]) / Y.shape[1]
        dY[k, i] = -dout * log_A[k, i] / Y.shape[1]
    return dZ, dY


def topological_order(graph, target):
    needed, queue = {target}, deque([target])
    while queue:
        for source in graph[queue.popleft()][1:]:
            if source not in needed:
                needed.add(source)
                queue.append(source)
    missing = {name: set(graph[name][1:]) for name in needed}
    order = []
    while missing:
        free = sorted(name for name, sources in missing.items() if not sources)
        for name in free:
            del missing[name]
            order.append(name)
        for sources in missing.values():
            sources.difference_update(free)
    return tuple(order)


def _forward(kind, inputs):
    if kind == "add":
        return inputs[0] + inputs[1], inputs
    if kind == "multiply":
        return inputs[0] * inputs[1], inputs
    if kind == "matmul":
        return inputs[0] @ inputs[1], inputs
    if kind == "relu":
        return inputs[0] * (inputs[0] > 0), inputs
    return softmax_cross_entropy_forward(*inputs)


def _backward(kind, dout, cache):
    if kind == "add":
        return add_backward(dout, cache)
    if kind == "multiply":
        return multiply_backward(dout, cache)
    if kind == "matmul":
        return matmul_backward(dout, cache)
    if kind == "relu":
        return [dout * (cache[0] > 0)]
    return softmax_cross_entropy_backward(dout, cache)


def forward_pass(graph, order, leaves):
    values, caches = copy.copy(leaves), {}
    for name in order:
        if name not in leaves:
            kind = graph[name][0]
            out, cache = _forward(kind, tuple(values[i] for i in graph[name][1:]))
            values[name] = out
            caches[name] = cache
    return values, caches


def backward_pass(graph, order, caches):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] += 1
    for position in range(len(order) - 1, -1, -1):
        name = order[position]
        if name in caches:
            shares = _backward(graph[name][0], grads[name], caches[name])
            for number, source in enumerate(graph[name][1:]):
                grads[source] = grads[source] + shares[number]
    return grads


def gradient_descent_step(parameters, grads, learning_rate):
    new = copy.deepcopy(parameters)
    for name in new:
        new[name] -= learning_rate * grads[name]
    return new


def adam_step(parameters, grads, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, state = copy.deepcopy(parameters), copy.deepcopy(state)
    state["t"] += 1
    for n in parameters:
        state["v"][n] = state["v"][n] * beta1 + grads[n] * (1 - beta1)
        state["s"][n] = state["s"][n] * beta2 + grads[n] * grads[n] * (1 - beta2)
        v_hat = state["v"][n] / (1 - beta1 ** state["t"])
        s_hat = state["s"][n] / (1 - beta2 ** state["t"])
        parameters[n] = parameters[n] - learning_rate * v_hat / (s_hat**0.5 + epsilon)
    return parameters, state


def train_softmax(X, Y, learning_rate, num_iterations):
    W, b, costs = np.zeros((len(Y), len(X))), np.zeros((len(Y), 1)), []
    for _ in range(num_iterations):
        cost, cache = softmax_cross_entropy_forward(W @ X + b, Y)
        costs.append(cost)
        dZ, _ = softmax_cross_entropy_backward(1.0, cache)
        W = W - learning_rate * dZ @ X.T
        b = b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return {"W": W, "b": b}, costs
