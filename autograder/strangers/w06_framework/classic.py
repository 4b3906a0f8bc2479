# The manner of 2017: np.dot, results in named variables.


def unbroadcast(grad, shape):
    while np.ndim(grad) > len(shape):
        grad = np.sum(grad, axis=0)
    for axis in range(len(shape)):
        if shape[axis] == 1:
            grad = np.sum(grad, axis=axis, keepdims=True)
    return grad


def add_backward(dout, cache):
    a, b = cache
    da = unbroadcast(dout, np.shape(a))
    db = unbroadcast(dout, np.shape(b))
    return da, db


def multiply_backward(dout, cache):
    a, b = cache
    da = unbroadcast(np.multiply(dout, b), np.shape(a))
    db = unbroadcast(np.multiply(dout, a), np.shape(b))
    return da, db


def matmul_backward(dout, cache):
    (a, b) = cache
    da = np.dot(dout, b.T)
    db = np.dot(a.T, dout)
    return (da, db)


def softmax_cross_entropy_forward(Z, Y):
    m = Z.shape[1]
    Z = Z - np.max(Z, axis=0)
    log_A = Z - np.log(np.sum(np.exp(Z), axis=0))
    cost = -1 / m * np.sum(np.multiply(Y, log_A))
    return np.squeeze(cost), (log_A, Y)


def softmax_cross_entropy_backward(dout, cache):
    log_A, Y = cache
    m = Y.shape[1]
    A = np.exp(log_A)
    dZ = 1 / m * (A - Y) * dout
    dY = -1 / m * log_A * dout
    return dZ, dY


def topological_order(graph, target):
    order = []
    visited = set()

    def dfs(node):
        if node in visited:
            return
        visited.add(node)
        for parent in graph[node][1:]:
            dfs(parent)
        order.append(node)

    dfs(target)
    return order


def _operation(kind, direction):
    def relu_f(a):
        return np.maximum(a, 0), (a,)

    def relu_b(dout, cache):
        return (np.where(cache[0] > 0, dout, 0),)

    table = {
        ("add", "f"): lambda a, b: (a + b, (a, b)),
        ("add", "b"): add_backward,
        ("multiply", "f"): lambda a, b: (a * b, (a, b)),
        ("multiply", "b"): multiply_backward,
        ("matmul", "f"): lambda a, b: (np.dot(a, b), (a, b)),
        ("matmul", "b"): matmul_backward,
        ("relu", "f"): relu_f,
        ("relu", "b"): relu_b,
        ("softmax_cross_entropy", "f"): softmax_cross_entropy_forward,
        ("softmax_cross_entropy", "b"): softmax_cross_entropy_backward,
    }
    return table[kind, direction]


def forward_pass(graph, order, leaves):
    values = {}
    caches = {}
    for name in leaves:
        values[name] = leaves[name]
    for name in order:
        kind = graph[name][0]
        inputs = graph[name][1:]
        if len(inputs) > 0:
            arguments = [values[i] for i in inputs]
            out, cache = _operation(kind, "f")(*arguments)
            values[name] = out
            caches[name] = cache
    return values, caches


def backward_pass(graph, order, caches):
    grads = {}
    grads[order[-1]] = 1.0
    for name in order[::-1]:
        kind = graph[name][0]
        inputs = graph[name][1:]
        if len(inputs) == 0:
            continue
        douts = _operation(kind, "b")(grads[name], caches[name])
        for i in range(len(inputs)):
            if inputs[i] in grads:
                grads[inputs[i]] = grads[inputs[i]] + douts[i]
            else:
                grads[inputs[i]] = douts[i]
    return grads


def gradient_descent_step(parameters, grads, learning_rate):
    new_parameters = {}
    for key in parameters:
        new_parameters[key] = parameters[key] - learning_rate * grads[key]
    return new_parameters


def adam_step(parameters, grads, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state["t"] + 1
    v, s, v_corrected, s_corrected = {}, {}, {}, {}
    new = {}
    for key in parameters:
        v[key] = beta1 * state["v"][key] + (1 - beta1) * grads[key]
        v_corrected[key] = v[key] / (1 - np.power(beta1, t))
        s[key] = beta2 * state["s"][key] + (1 - beta2) * np.power(grads[key], 2)
        s_corrected[key] = s[key] / (1 - np.power(beta2, t))
        new[key] = parameters[key] - learning_rate * np.divide(
            v_corrected[key], np.sqrt(s_corrected[key]) + epsilon
        )
    return new, {"t": t, "v": v, "s": s}


def train_softmax(X, Y, learning_rate, num_iterations):
    # its own little session, on the plain graph
    graph = {
        "W": ("variable",),
        "b": ("variable",),
        "x": ("placeholder",),
        "y": ("placeholder",),
        "p": ("matmul", "W", "x"),
        "z": ("add", "p", "b"),
        "J": ("softmax_cross_entropy", "z", "y"),
    }
    parameters = {"W": np.zeros((Y.shape[0], X.shape[0])), "b": np.zeros((Y.shape[0], 1))}
    order = topological_order(graph, "J")
    costs = []
    for i in range(num_iterations):
        values, caches = forward_pass(
            graph, order, {"x": X, "y": Y, "W": parameters["W"], "b": parameters["b"]}
        )
        costs.append(values["J"])
        grads = backward_pass(graph, order, caches)
        parameters = gradient_descent_step(parameters, grads, learning_rate)
    return parameters, costs
