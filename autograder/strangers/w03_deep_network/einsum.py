# Products as sums over named axes, and the cost from the logarithms of the two probabilities.


def sigmoid(Z):
    return np.exp(-np.logaddexp(0, -Z)), Z


def relu(Z):
    return np.clip(Z, 0, None), Z


def sigmoid_backward(dA, cache):
    return np.einsum("jk,jk->jk", dA, 0.25 / np.cosh(cache / 2) ** 2)


def relu_backward(dA, cache):
    return np.einsum("jk,jk->jk", dA, np.heaviside(cache, 0))


def initialize_parameters(n_x, n_h, n_y):
    draw = np.random.Generator(np.random.PCG64(7)).normal
    W1, W2 = draw(0, 0.01, (n_h, n_x)), draw(0, 0.01, (n_y, n_h))
    b1, b2 = np.zeros((n_h, 1)), np.zeros((n_y, 1))
    return dict(W1=W1, b1=b1, W2=W2, b2=b2)


def initialize_parameters_deep(layer_dims):
    draw = np.random.Generator(np.random.PCG64(7)).normal
    parameters = dict()
    for number, shape in enumerate(zip(layer_dims[1:], layer_dims[:-1]), 1):
        parameters["W{}".format(number)] = draw(0, 0.01, shape)
        parameters["b{}".format(number)] = np.zeros_like(parameters["W{}".format(number)][:, :1])
    return parameters


def linear_forward(A, W, b):
    return np.einsum("ji,ik->jk", W, A) + b, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, Z = dict(relu=relu, sigmoid=sigmoid)[activation](Z)
    return A, (linear_cache, Z)


def L_model_forward(X, parameters):
    count, A, caches = len(parameters) // 2, X, []
    kinds = ["relu"] * (count - 1) + ["sigmoid"]
    for number, kind in enumerate(kinds, 1):
        A, cache = linear_activation_forward(
            A, parameters["W{}".format(number)], parameters["b{}".format(number)], kind
        )
        caches += [cache]
    return A, caches


def compute_cost(AL, Y):
    logarithms = np.stack([np.log1p(-AL), np.log(AL)])
    truth = np.stack([1 - Y, Y]).astype(float)
    return -np.einsum("cjk,cjk->", truth, logarithms) / Y.size


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[-1]
    dA_prev = np.einsum("ji,jk->ik", W, dZ)
    dW = np.einsum("jk,ik->ji", dZ, A_prev) / m
    db = np.einsum("jk->j", dZ)[:, np.newaxis] / m
    return dA_prev, dW, db


def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    dZ = dict(relu=relu_backward, sigmoid=sigmoid_backward)[activation](dA, Z)
    return linear_backward(dZ, linear_cache)


def L_model_backward(AL, Y, caches):
    count, grads = len(caches), dict()
    dA = (AL - Y) / (AL * (1 - AL))
    kinds = ["relu"] * (count - 1) + ["sigmoid"]
    for number, kind, cache in reversed(list(zip(range(1, count + 1), kinds, caches))):
        dA, dW, db = linear_activation_backward(dA, cache, kind)
        grads.update({"dW{}".format(number): dW, "db{}".format(number): db})
    return grads


def update_parameters(parameters, grads, learning_rate):
    for name, value in parameters.items():
        value -= learning_rate * grads["d" + name]
    return parameters


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    p, costs = initialize_parameters(*layers_dims), []
    for i in range(num_iterations):
        A1, cache1 = linear_activation_forward(X, p["W1"], p["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, p["W2"], p["b2"], "sigmoid")
        costs += [compute_cost(A2, Y)] * (i % 100 == 0)
        dA2 = (A2 - Y) / (A2 * (1 - A2))
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        p = update_parameters(p, dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2), learning_rate)
    if print_cost:
        print(costs)
    return p, np.array(costs)


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    p, costs = initialize_parameters_deep(layers_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, p)
        costs += [compute_cost(AL, Y)] * (i % 100 == 0)
        p = update_parameters(p, L_model_backward(AL, Y, caches), learning_rate)
    if print_cost:
        print(costs)
    return p, np.array(costs)
