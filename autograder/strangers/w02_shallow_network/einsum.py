# np.einsum and np.where, small functions put together, and classes behind plain functions.
import math
from functools import reduce, wraps

NAMES = ("W1", "b1", "W2", "b2")


def on_arrays(rule):
    @wraps(rule)
    def applied(z, **options):
        return rule(np.asarray(z, dtype=np.float64), **options)

    return applied


def over_examples(formula, *factors):
    return np.einsum(formula, *factors) / factors[0].shape[-1]


class Layer:
    def __init__(self, weights, bias, activation):
        self.weights, self.bias, self.activation = weights, bias, activation

    def __call__(self, inputs):
        sums = np.einsum("ji,im->jm", self.weights, inputs) + self.bias
        return sums, self.activation(sums)


class Network:
    def __init__(self, parameters):
        W1, b1, W2, b2 = (parameters[name] for name in NAMES)
        self.hidden, self.output = Layer(W1, b1, tanh), Layer(W2, b2, sigmoid)

    def run(self, X):
        Z1, A1 = self.hidden(X)
        Z2, A2 = self.output(A1)
        return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


@on_arrays
def sigmoid(z):
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1) / (1 + np.exp(-np.abs(z)))


@on_arrays
def sigmoid_derivative(z):
    return 0.25 / np.cosh(z / 2) ** 2


@on_arrays
def tanh(z):
    return np.sign(z) * -np.expm1(-2 * np.abs(z)) / (1 + np.exp(-2 * np.abs(z)))


tanh_derivative = lambda z: (1 + np.tanh(z)) * (1 - np.tanh(z))


@on_arrays
def relu(z):
    return (z + np.abs(z)) / 2


relu_derivative = lambda z: np.heaviside(z, 0)


def leaky_relu(z, slope=0.01):
    return np.where(np.sign(z) > 0, 1, slope) * z


def leaky_relu_derivative(z, slope=0.01):
    return np.where(np.signbit(z), slope, 1.0)


layer_sizes = lambda X, Y: (np.shape(X)[0], 4, np.shape(Y)[0])


def initialize_parameters(n_x, n_h, n_y):
    generator = np.random.default_rng()
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    draw = lambda name: generator.normal(scale=1e-2 if name[0] == "W" else 0, size=shapes[name])
    return {name: draw(name) for name in NAMES}


def forward_propagation(X, parameters):
    cache = Network(parameters).run(X)
    return cache["A2"], cache


def compute_cost(A2, Y):
    surprise = -np.log(np.where(Y, A2, 1 - A2))
    return over_examples("om->o", surprise)


def backward_propagation(parameters, cache, X, Y):
    error = cache["A2"] - Y
    slopes = 1 - np.einsum("jm,jm->jm", cache["A1"], cache["A1"])
    blame = np.einsum("oj,om,jm->jm", parameters["W2"], error, slopes)
    m = X.shape[1]
    columns = range(m)
    return {
        "dW1": sum(np.outer(blame[:, k], X[:, k]) for k in columns) / m,
        "db1": over_examples("jm->j", blame)[:, np.newaxis],
        "dW2": over_examples("om,jm->oj", error, cache["A1"]),
        "db2": over_examples("om->o", error)[:, np.newaxis],
    }


def update_parameters(parameters, grads, learning_rate=1.2):
    step = lambda name: parameters[name] - np.multiply(learning_rate, grads[f"d{name}"])
    return dict(zip(NAMES, map(step, NAMES)))


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    def turn(parameters, i):
        A2, cache = forward_propagation(X, parameters)
        if print_cost and math.fmod(i, 250) == 0:
            print(f"{i}: {compute_cost(A2, Y).item():.4f}")
        return update_parameters(parameters, backward_propagation(parameters, cache, X, Y))

    n_x, _, n_y = layer_sizes(X, Y)
    return reduce(turn, range(num_iterations), initialize_parameters(n_x, n_h, n_y))


def predict(parameters, X):
    return np.where(forward_propagation(X, parameters)[0] > 0.5, 1, 0)
