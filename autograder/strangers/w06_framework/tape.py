"""Closures on a tape, as in small automatic-differentiation engines; everything named."""

import numpy as np


class Value:
    """A value that remembers how to send its gradient back."""

    def __init__(self, data, parents=(), send_back=None):
        self.data = data
        self.parents = parents
        self.send_back = send_back or (lambda grad: ())
        self.grad = 0.0

    def add(self, other):
        return Value(
            self.data + other.data,
            (self, other),
            lambda grad: add_backward(grad, (self.data, other.data)),
        )

    def matmul(self, other):
        return Value(
            self.data @ other.data,
            (self, other),
            lambda grad: matmul_backward(grad, (self.data, other.data)),
        )

    def loss(self, labels):
        cost, cache = softmax_cross_entropy_forward(self.data, labels.data)
        return Value(cost, (self, labels), lambda grad: softmax_cross_entropy_backward(grad, cache))

    def backward(self):
        tape, seen = [], set()

        def record(value):
            if id(value) not in seen:
                seen.add(id(value))
                for parent in value.parents:
                    record(parent)
                tape.append(value)

        record(self)
        self.grad = 1.0
        for value in reversed(tape):
            for parent, share in zip(value.parents, value.send_back(value.grad)):
                parent.grad = parent.grad + share


def unbroadcast(grad, shape):
    if np.shape(grad) == tuple(shape):
        return grad
    grad = np.asarray(grad)
    number_of_new_axes = grad.ndim - len(shape)
    for _ in range(number_of_new_axes):
        grad = grad.sum(axis=0)
    for axis, (have, want) in enumerate(zip(grad.shape, shape)):
        if want == 1 and have != 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


def add_backward(dout, cache):
    first, second = cache
    gradient_of_first = unbroadcast(dout, np.shape(first))
    gradient_of_second = unbroadcast(dout, np.shape(second))
    return (gradient_of_first, gradient_of_second)


def multiply_backward(dout, cache):
    first, second = cache
    slope_of_first = second
    slope_of_second = first
    gradient_of_first = unbroadcast(np.asarray(dout) * slope_of_first, np.shape(first))
    gradient_of_second = unbroadcast(np.asarray(dout) * slope_of_second, np.shape(second))
    return (gradient_of_first, gradient_of_second)


def matmul_backward(dout, cache):
    left, right = cache
    gradient_of_left = np.matmul(dout, np.transpose(right))
    gradient_of_right = np.matmul(np.transpose(left), dout)
    assert gradient_of_left.shape == left.shape
    assert gradient_of_right.shape == right.shape
    return (gradient_of_left, gradient_of_right)


def softmax_cross_entropy_forward(Z, Y):
    largest = np.amax(Z, axis=0, keepdims=True)
    log_of_sum = largest + np.log(np.exp(Z - largest).sum(axis=0, keepdims=True))
    log_A = Z - log_of_sum
    losses = -(Y * log_A).sum(axis=0)
    return np.array([[losses.mean()]]), [log_A, Y]


def softmax_cross_entropy_backward(dout, cache):
    log_A, Y = cache
    number_of_examples = Y.shape[1]
    probabilities = np.exp(log_A)
    gradient_of_scores = np.squeeze(dout) * (probabilities - Y) / number_of_examples
    gradient_of_labels = -np.squeeze(dout) * log_A / number_of_examples
    return (gradient_of_scores, gradient_of_labels)


def topological_order(graph, target):
    depth = {}

    def depth_of(name):
        if name not in depth:
            sources = graph[name][1:]
            depth[name] = 1 + max(map(depth_of, sources), default=0)
        return depth[name]

    depth_of(target)
    return sorted(depth, key=depth.get)


def run_operation(kind, inputs):
    if kind == "softmax_cross_entropy":
        return softmax_cross_entropy_forward(inputs[0], inputs[1])
    numpy_function = {"add": np.add, "multiply": np.multiply, "matmul": np.matmul}.get(kind)
    if numpy_function is not None:
        return numpy_function(*inputs), tuple(inputs)
    assert kind == "relu"
    return np.where(inputs[0] > 0, inputs[0], 0.0), tuple(inputs)


def reverse_operation(kind, grad, cache):
    if kind == "relu":
        return (np.where(cache[0] > 0, grad, 0.0),)
    functions = {
        "add": add_backward,
        "multiply": multiply_backward,
        "matmul": matmul_backward,
        "softmax_cross_entropy": softmax_cross_entropy_backward,
    }
    return functions[kind](grad, cache)


def forward_pass(graph, order, leaves):
    values = {name: value for name, value in leaves.items()}
    caches = dict()
    operations = [name for name in order if len(graph[name]) > 1]
    for name in operations:
        kind = graph[name][0]
        inputs = [values[source] for source in graph[name][1:]]
        output, cache = run_operation(kind, inputs)
        values[name] = output
        caches[name] = cache
    return values, caches


def backward_pass(graph, order, caches):
    grads = dict()
    cost_name = order[len(order) - 1]
    grads[cost_name] = np.ones(())
    for name in list(order)[::-1]:
        is_leaf = len(graph[name]) == 1
        if is_leaf:
            continue
        shares = reverse_operation(graph[name][0], grads[name], caches[name])
        for source, share in zip(graph[name][1:], shares):
            grads.setdefault(source, np.zeros(np.shape(share)))
            grads[source] = grads[source] + share
    return grads


def gradient_descent_step(parameters, grads, learning_rate):
    improved = {}
    for name, value in parameters.items():
        step = np.multiply(learning_rate, grads[name])
        improved[name] = np.subtract(value, step)
    return improved


def adam_step(parameters, grads, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    step_number = state["t"] + 1
    first_moments = {}
    second_moments = {}
    improved = {}
    for name in parameters:
        gradient = grads[name]
        first = beta1 * state["v"][name] + (1.0 - beta1) * gradient
        second = beta2 * state["s"][name] + (1.0 - beta2) * gradient * gradient
        first_corrected = first / (1.0 - beta1**step_number)
        second_corrected = second / (1.0 - beta2**step_number)
        change = learning_rate * first_corrected / (np.sqrt(second_corrected) + epsilon)
        first_moments[name] = first
        second_moments[name] = second
        improved[name] = parameters[name] - change
    return improved, {"t": step_number, "v": first_moments, "s": second_moments}


def train_softmax(X, Y, learning_rate, num_iterations):
    weights = np.zeros((Y.shape[0], X.shape[0]))
    biases = np.zeros((Y.shape[0], 1))
    costs = []
    for _ in range(num_iterations):
        W, b = Value(weights), Value(biases)
        cost = W.matmul(Value(X)).add(b).loss(Value(Y))
        costs.append(float(np.squeeze(cost.data)))
        cost.backward()
        weights = weights - learning_rate * W.grad
        biases = biases - learning_rate * b.grad
    return {"W": weights, "b": biases}, costs
