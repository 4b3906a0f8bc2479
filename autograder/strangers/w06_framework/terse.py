def unbroadcast(g, shape):
    g = np.sum(g, tuple(range(np.ndim(g) - len(shape))))
    return np.sum(g, tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)


def add_backward(d, c):
    return unbroadcast(d, np.shape(c[0])), unbroadcast(d, np.shape(c[1]))


def multiply_backward(d, c):
    return unbroadcast(d * c[1], np.shape(c[0])), unbroadcast(d * c[0], np.shape(c[1]))


def matmul_backward(d, c):
    return (c[1] @ d.T).T, (d.T @ c[0]).T


def softmax_cross_entropy_forward(Z, Y):
    L = Z - Z.max(0)
    L = L - np.log(np.exp(L).sum(0))
    return -(Y * L).sum() / len(Z.T), (L, Y)


def softmax_cross_entropy_backward(d, c):
    return d / len(c[1].T) * (np.exp(c[0]) - c[1]), -d / len(c[1].T) * c[0]


def topological_order(graph, target):
    todo, order = [target], []
    while todo:
        n = todo[-1]
        rest = [s for s in graph[n][1:] if s not in order]
        if rest:
            todo += rest
        else:
            order += [n] * (n not in order)
            todo.pop()
    return order


_F = {
    "add": lambda a, b: a + b,
    "multiply": lambda a, b: a * b,
    "matmul": lambda a, b: a @ b,
    "relu": lambda a: a.clip(0),
}
_B = {"relu": lambda d, c: (d * (c[0] > 0),)}


def forward_pass(graph, order, leaves):
    v, c = {**leaves}, {}
    for n in order:
        k, *i = graph[n]
        x = tuple(v[s] for s in i)
        if k in _F:
            v[n], c[n] = _F[k](*x), x
        elif x:
            v[n], c[n] = softmax_cross_entropy_forward(*x)
    return v, c


def backward_pass(graph, order, caches):
    g = {order[-1]: np.float64(1)}
    for n in order[::-1]:
        k, *i = graph[n]
        if i:
            b = _B[k] if k in _B else globals()[k + "_backward"]
            for s, d in zip(i, b(g[n], caches[n])):
                g[s] = g[s] + d if s in g else d
    return g


def gradient_descent_step(p, g, learning_rate):
    return {n: p[n] - learning_rate * g[n] for n in p}


def adam_step(p, g, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state["t"] + 1
    v = {n: state["v"][n] + (1 - beta1) * (g[n] - state["v"][n]) for n in p}
    s = {n: state["s"][n] + (1 - beta2) * (g[n] ** 2 - state["s"][n]) for n in p}
    return {
        n: p[n] - learning_rate / (1 - beta1**t) * v[n] / ((s[n] / (1 - beta2**t)) ** 0.5 + epsilon)
        for n in p
    }, {"t": t, "v": v, "s": s}


def train_softmax(X, Y, learning_rate, num_iterations):
    P, c = {"W": np.zeros((len(Y), len(X))), "b": np.zeros((len(Y), 1))}, []
    for _ in range(num_iterations):
        J, k = softmax_cross_entropy_forward(P["W"] @ X + P["b"], Y)
        c += [J]
        D = softmax_cross_entropy_backward(1, k)[0]
        P = gradient_descent_step(P, {"W": D @ X.T, "b": D.sum(1, keepdims=True)}, learning_rate)
    return P, c
