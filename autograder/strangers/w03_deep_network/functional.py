# No statement changes anything: layers are folded together with reduce and accumulate, and the
# network's parameters are pairs until the last moment.
from functools import partial, reduce
from itertools import accumulate, chain, pairwise


def sigmoid(Z):
    return np.reciprocal(1 + np.exp(-Z)), Z


def relu(Z):
    return (Z + abs(Z)) / 2, Z


def sigmoid_backward(dA, cache):
    return dA * (lambda a: a - a**2)(sigmoid(cache)[0])


def relu_backward(dA, cache):
    return dA * np.sign(relu(cache)[0])


def named(pairs, prefix=""):
    numbered = enumerate(pairs, 1)
    both = (((f"{prefix}W{n}", W), (f"{prefix}b{n}", b)) for n, (W, b) in numbered)
    return dict(chain.from_iterable(both))


def pairs(parameters):
    numbers = range(1, len(parameters) // 2 + 1)
    return [(parameters[f"W{n}"], parameters[f"b{n}"]) for n in numbers]


def kinds(count):
    return ["relu" if left else "sigmoid" for left in reversed(range(count))]


def initialize_parameters(*sizes):
    draw = np.random.default_rng().standard_normal
    return named([(draw((n, k)) / 100, np.zeros((n, 1))) for k, n in pairwise(sizes)])


def initialize_parameters_deep(layer_dims):
    return initialize_parameters(*layer_dims)


def linear_forward(A, W, b):
    return (W.dot(A) + b, (A, W, b))


def linear_activation_forward(A_prev, W, b, activation):
    Z, kept = linear_forward(A_prev, W, b)
    return (relu if activation == "relu" else sigmoid)(Z)[0], (kept, Z)


def L_model_forward(X, parameters):
    layers = [(*pair, kind) for pair, kind in zip(pairs(parameters), kinds(len(parameters) // 2))]
    steps = list(
        accumulate(
            layers,
            lambda before, layer: linear_activation_forward(before[0], *layer),
            initial=(X, None),
        )
    )
    return steps[-1][0], [cache for _, cache in steps[1:]]


def compute_cost(AL, Y):
    return -np.mean(np.where(Y, np.log(AL), np.log(1 - AL)))


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    return W.T.dot(dZ), dZ.dot(A_prev.T) / dZ.shape[1], dZ.mean(axis=1, keepdims=True)


def linear_activation_backward(dA, cache, activation):
    kept, Z = cache
    back = {"relu": relu_backward, "sigmoid": sigmoid_backward}[activation]
    return linear_backward(back(dA, Z), kept)


def L_model_backward(AL, Y, caches):
    layers = list(zip(caches, kinds(len(caches))))
    steps = accumulate(
        reversed(layers),
        lambda after, layer: linear_activation_backward(after[0], *layer),
        initial=(np.where(Y, -1 / AL, 1 / (1 - AL)),),
    )
    return named([(dW, db) for _, dW, db in reversed(list(steps)[1:])], "d")


def update_parameters(parameters, grads, learning_rate):
    return {name: parameters[name] - learning_rate * grads[f"d{name}"] for name in parameters}


def descend(X, Y, rate, report, state, i):
    parameters, costs = state
    AL, caches = L_model_forward(X, parameters)
    told = [compute_cost(AL, Y)] if i % 100 == 0 else []
    report(*told)
    return update_parameters(parameters, L_model_backward(AL, Y, caches), rate), costs + told


def train(X, Y, start, rate, steps, aloud):
    report = print if aloud else lambda *_: None
    return reduce(partial(descend, X, Y, rate, report), range(steps), (start, []))


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    start = initialize_parameters(*layers_dims)
    return train(X, Y, start, learning_rate, num_iterations, print_cost)


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    start = initialize_parameters_scaled(layers_dims)
    return train(X, Y, start, learning_rate, num_iterations, print_cost)
