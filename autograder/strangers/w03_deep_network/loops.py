# One number at a time: loops over layers, units, inputs and examples, with the functions of math.
import math


def sigmoid(Z):
    A = np.zeros(Z.shape)
    for place in np.ndindex(Z.shape):
        A[place] = 1.0 / (1.0 + math.exp(-Z[place]))
    return A, Z


def relu(Z):
    A = np.zeros(Z.shape)
    for place in np.ndindex(Z.shape):
        if Z[place] > 0:
            A[place] = Z[place]
    return A, Z


def sigmoid_backward(dA, cache):
    dZ = np.zeros(cache.shape)
    for place in np.ndindex(cache.shape):
        e = math.exp(-cache[place])
        dZ[place] = dA[place] * e / ((1.0 + e) * (1.0 + e))
    return dZ


def relu_backward(dA, cache):
    dZ = np.zeros(cache.shape)
    for place in np.ndindex(cache.shape):
        if cache[place] > 0:
            dZ[place] = dA[place]
    return dZ


def initialize_parameters(n_x, n_h, n_y):
    layer_dims = [n_x, n_h, n_y]
    parameters = {}
    layer = 0
    while layer + 1 < len(layer_dims):
        inputs = layer_dims[layer]
        units = layer_dims[layer + 1]
        layer += 1
        W = np.empty((units, inputs))
        b = np.empty((units, 1))
        for j in range(units):
            b[j, 0] = 0
            for i in range(inputs):
                W[j, i] = 0.01 * np.random.randn()
        parameters["b%d" % layer] = b
        parameters["W%d" % layer] = W
    return parameters


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for layer in range(1, len(layer_dims)):
        units = layer_dims[layer]
        W = np.empty((units, layer_dims[layer - 1]))
        for place in np.ndindex(W.shape):
            W[place] = 0.01 * np.random.randn()
        parameters["W" + str(layer)] = W
        parameters["b" + str(layer)] = np.zeros((units, 1))
    return parameters


def linear_forward(A, W, b):
    n, n_prev = W.shape
    m = A.shape[1]
    Z = np.zeros((n, m))
    for k in range(m):
        for j in range(n):
            z = b[j, 0]
            for i in range(n_prev):
                z = z + W[j, i] * A[i, k]
            Z[j, k] = z
    return [Z, [A, W, b]]


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = relu(Z)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    return [A, [linear_cache, activation_cache]]


def L_model_forward(X, parameters):
    layers = 0
    while "W%d" % (layers + 1) in parameters:
        layers += 1
    caches = []
    A = X
    for layer in range(1, layers + 1):
        kind = "relu"
        if layer == layers:
            kind = "sigmoid"
        A, cache = linear_activation_forward(
            A, parameters["W%d" % layer], parameters["b%d" % layer], kind
        )
        caches.append(cache)
    return [A, caches]


def compute_cost(AL, Y):
    total = 0.0
    m = Y.shape[1]
    for k in range(m):
        if Y[0, k] == 1:
            total -= math.log(AL[0, k])
        else:
            total -= math.log(1.0 - AL[0, k])
    return total / m


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    n, n_prev = W.shape
    m = A_prev.shape[1]
    dA_prev = np.zeros((n_prev, m))
    dW = np.zeros((n, n_prev))
    db = np.zeros((n, 1))
    for k in range(m):
        for j in range(n):
            db[j, 0] += dZ[j, k] / m
            for i in range(n_prev):
                dW[j, i] += dZ[j, k] * A_prev[i, k] / m
                dA_prev[i, k] += W[j, i] * dZ[j, k]
    return [dA_prev, dW, db]


def linear_activation_backward(dA, cache, activation):
    if activation == "relu":
        dZ = relu_backward(dA, cache[1])
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, cache[1])
    return linear_backward(dZ, cache[0])


def L_model_backward(AL, Y, caches):
    m = AL.shape[1]
    dA = np.zeros((1, m))
    for k in range(m):
        if Y[0, k] == 1:
            dA[0, k] = -1.0 / AL[0, k]
        else:
            dA[0, k] = 1.0 / (1.0 - AL[0, k])
    grads = {}
    layer = len(caches)
    kind = "sigmoid"
    while layer > 0:
        dA, dW, db = linear_activation_backward(dA, caches[layer - 1], kind)
        grads["dW%d" % layer] = dW
        grads["db%d" % layer] = db
        kind = "relu"
        layer -= 1
    return grads


def update_parameters(parameters, grads, learning_rate):
    new = {}
    for name in parameters:
        rows, columns = parameters[name].shape
        value = np.zeros((rows, columns))
        for r in range(rows):
            for c in range(columns):
                value[r, c] = parameters[name][r, c] - learning_rate * grads["d" + name][r, c]
        new[name] = value
    return new


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    parameters = initialize_parameters(layers_dims[0], layers_dims[1], layers_dims[2])
    costs = []
    done = 0
    while done < num_iterations:
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        if done % 100 == 0:
            costs.append(compute_cost(A2, Y))
            if print_cost:
                print("cost", done, costs[-1])
        dA2 = np.zeros(A2.shape)
        for k in range(A2.shape[1]):
            if Y[0, k] == 1:
                dA2[0, k] = -1.0 / A2[0, k]
            else:
                dA2[0, k] = 1.0 / (1.0 - A2[0, k])
        grads = {}
        dA1, grads["dW2"], grads["db2"] = linear_activation_backward(dA2, cache2, "sigmoid")
        dA0, grads["dW1"], grads["db1"] = linear_activation_backward(dA1, cache1, "relu")
        parameters = update_parameters(parameters, grads, learning_rate)
        done += 1
    return [parameters, costs]


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    parameters = initialize_parameters_scaled(layers_dims)
    costs = []
    done = 0
    while done < num_iterations:
        AL, caches = L_model_forward(X, parameters)
        if done % 100 == 0:
            costs.append(compute_cost(AL, Y))
            if print_cost:
                print("cost", done, costs[-1])
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        done += 1
    return [parameters, costs]
