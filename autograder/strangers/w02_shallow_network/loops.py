# Explicit loops over units and examples, one number at a time, with the functions of math.
import math


def for_each(rule, z):
    if np.ndim(z) == 0:
        return rule(z)
    result = np.empty(np.shape(z), dtype=float)
    for position in np.ndindex(result.shape):
        result[position] = rule(z[position])
    return result


def sigmoid(z):
    def rule(t):
        return 1.0 / (1.0 + math.exp(-t))

    return for_each(rule, z)


def sigmoid_derivative(z):
    def rule(t):
        e = math.exp(-t)
        return e / ((1.0 + e) * (1.0 + e))

    return for_each(rule, z)


def tanh(z):
    def rule(t):
        up = math.exp(t)
        down = math.exp(-t)
        return (up - down) / (up + down)

    return for_each(rule, z)


def tanh_derivative(z):
    def rule(t):
        a = math.tanh(t)
        return 1.0 - a * a

    return for_each(rule, z)


def relu(z):
    def rule(t):
        if t > 0:
            return t
        return 0

    return for_each(rule, z)


def relu_derivative(z):
    def rule(t):
        if t > 0:
            return 1
        else:
            return 0

    return for_each(rule, z)


def leaky_relu(z, slope=0.01):
    def rule(t):
        if t < 0:
            return slope * t
        return t

    return for_each(rule, z)


def leaky_relu_derivative(z, slope=0.01):
    def rule(t):
        if t < 0:
            return slope
        return 1.0

    return for_each(rule, z)


def layer_sizes(X, Y):
    n_x = 0
    for row in X:
        n_x += 1
    n_y = 0
    for row in Y:
        n_y += 1
    n_h = 4
    return [n_x, n_h, n_y]


def initialize_parameters(n_x, n_h, n_y):
    W1 = np.empty((n_h, n_x))
    b1 = np.empty((n_h, 1))
    W2 = np.empty((n_y, n_h))
    b2 = np.empty((n_y, 1))
    for unit in range(n_h):
        b1[unit, 0] = 0
        for i in range(n_x):
            W1[unit, i] = 0.01 * np.random.randn()
    for unit in range(n_y):
        b2[unit, 0] = 0
        for i in range(n_h):
            W2[unit, i] = 0.01 * np.random.randn()
    parameters = {}
    parameters["b2"] = b2
    parameters["W2"] = W2
    parameters["b1"] = b1
    parameters["W1"] = W1
    return parameters


def forward_propagation(X, parameters):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    n_h, n_x = W1.shape
    n_y = W2.shape[0]
    m = X.shape[1]
    Z1 = np.zeros((n_h, m))
    A1 = np.zeros((n_h, m))
    Z2 = np.zeros((n_y, m))
    A2 = np.zeros((n_y, m))
    for k in range(m):
        for j in range(n_h):
            z = b1[j, 0]
            for i in range(n_x):
                z = z + W1[j, i] * X[i, k]
            Z1[j, k] = z
            A1[j, k] = math.tanh(z)
        for o in range(n_y):
            z = b2[o, 0]
            for j in range(n_h):
                z = z + W2[o, j] * A1[j, k]
            Z2[o, k] = z
            A2[o, k] = 1.0 / (1.0 + math.exp(-z))
    return A2, {"A2": A2, "Z2": Z2, "A1": A1, "Z1": Z1}


def compute_cost(A2, Y):
    total = 0.0
    m = Y.shape[1]
    for k in range(m):
        if Y[0, k] == 1:
            total -= math.log(A2[0, k])
        else:
            total -= math.log(1.0 - A2[0, k])
    return total / m


def backward_propagation(parameters, cache, X, Y):
    W2 = parameters["W2"]
    A1 = cache["A1"]
    A2 = cache["A2"]
    n_x, m = X.shape
    n_h = A1.shape[0]
    n_y = Y.shape[0]
    dW1 = np.zeros((n_h, n_x))
    db1 = np.zeros((n_h, 1))
    dW2 = np.zeros((n_y, n_h))
    db2 = np.zeros((n_y, 1))
    for k in range(m):
        dz2 = []
        for o in range(n_y):
            dz2.append(A2[o, k] - Y[o, k])
        for o in range(n_y):
            db2[o, 0] += dz2[o] / m
            for j in range(n_h):
                dW2[o, j] += dz2[o] * A1[j, k] / m
        for j in range(n_h):
            da = 0.0
            for o in range(n_y):
                da += W2[o, j] * dz2[o]
            dz = da * (1.0 - A1[j, k] ** 2)
            db1[j, 0] += dz / m
            for i in range(n_x):
                dW1[j, i] += dz * X[i, k] / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update_parameters(parameters, grads, learning_rate=1.2):
    new = {}
    for name in parameters:
        rows, columns = parameters[name].shape
        value = np.zeros((rows, columns))
        for r in range(rows):
            for c in range(columns):
                value[r, c] = parameters[name][r, c] - learning_rate * grads["d" + name][r, c]
        new[name] = value
    return new


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    sizes = layer_sizes(X, Y)
    parameters = initialize_parameters(sizes[0], n_h, sizes[2])
    done = 0
    while done < num_iterations:
        A2, cache = forward_propagation(X, parameters)
        if print_cost and done % 250 == 0:
            print("cost", done, compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        done += 1
    return parameters


def predict(parameters, X):
    A2, cache = forward_propagation(X, parameters)
    labels = np.zeros(A2.shape)
    for k in range(A2.shape[1]):
        if A2[0, k] > 0.5:
            labels[0, k] = 1
    return labels
