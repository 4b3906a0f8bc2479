# As short as it gets: `@`, one line each, comprehensions over the names of the parameters.
# fmt: off
def sigmoid(z): return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z): return sigmoid(z) * sigmoid(-z)


def tanh(z): return 2 * sigmoid(2 * z) - 1


def tanh_derivative(z): return np.cosh(z) ** -2.


def relu(z): return z * (z > 0)


def relu_derivative(z): return z > 0


def leaky_relu(z, slope=0.01): return z * (slope + (1 - slope) * (z > 0))


def leaky_relu_derivative(z, slope=0.01): return slope ** (1 - (z > 0))


def layer_sizes(X, Y): return len(X), 4, len(Y)


def initialize_parameters(n_x, n_h, n_y):
    n = [n_x, n_h, n_y]
    W = {f"W{l}": np.random.normal(0, .01, (n[l], n[l - 1])) for l in (1, 2)}
    return W | {f"b{l}": np.zeros((n[l], 1)) for l in (1, 2)}


def forward_propagation(X, p):
    A1 = np.tanh(Z1 := p["W1"] @ X + p["b1"])
    A2 = sigmoid(Z2 := p["W2"] @ A1 + p["b2"])
    return A2, dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2)


def compute_cost(A2, Y): return -np.log(np.abs(A2 - (1 - Y))).mean()


def backward_propagation(p, c, X, Y):
    m = Y.size
    d2 = (c["A2"] - Y) / m
    d1 = p["W2"].T @ d2 * (1 - c["A1"] ** 2)
    return {f"d{k}{l}": d @ a.T for l, d, A in ((1, d1, X), (2, d2, c["A1"]))
            for k, a in (("W", A), ("b", np.ones((1, m))))}


def update_parameters(parameters, grads, learning_rate=1.2):
    return {k: v - learning_rate * grads["d" + k] for k, v in parameters.items()}


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    p = initialize_parameters(len(X), n_h, len(Y))
    for i in range(num_iterations):
        A, c = forward_propagation(X, p)
        if print_cost and not i % 250: print(i, compute_cost(A, Y))
        p = update_parameters(p, backward_propagation(p, c, X, Y))
    return p


def predict(parameters, X): return 1 * (forward_propagation(X, parameters)[0] > .5)
