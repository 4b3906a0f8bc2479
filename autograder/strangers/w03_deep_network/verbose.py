# As written for the later edition: copies first, every step under a name, dA0 up to dA(L-1) in the
# gradients, and the cost noted after the last step as well.
from copy import deepcopy


def sigmoid(Z):
    activation = 1.0 / (1.0 + np.exp(np.negative(Z)))
    return activation, Z.copy()


def relu(Z):
    activation = np.where(Z > 0, Z, 0.0)
    return activation, Z.copy()


def sigmoid_backward(dA, cache):
    activation = sigmoid(cache)[0]
    slope = np.multiply(activation, np.subtract(1.0, activation))
    return np.multiply(dA, slope)


def relu_backward(dA, cache):
    slope = np.zeros_like(cache)
    slope[cache > 0] = 1.0
    return np.multiply(dA, slope)


def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(1)
    weights_of_hidden_layer = rng.normal(loc=0.0, scale=0.01, size=(n_h, n_x))
    biases_of_hidden_layer = np.zeros(shape=(n_h, 1))
    weights_of_output_layer = rng.normal(loc=0.0, scale=0.01, size=(n_y, n_h))
    biases_of_output_layer = np.zeros(shape=(n_y, 1))
    return {
        "W1": weights_of_hidden_layer,
        "b1": biases_of_hidden_layer,
        "W2": weights_of_output_layer,
        "b2": biases_of_output_layer,
    }


def initialize_parameters_deep(layer_dims):
    rng = np.random.default_rng(3)
    parameters = {}
    number_of_layers = len(layer_dims) - 1
    for layer in range(number_of_layers):
        number_of_inputs = layer_dims[layer]
        number_of_units = layer_dims[layer + 1]
        shape_of_weights = (number_of_units, number_of_inputs)
        parameters[f"W{layer + 1}"] = 0.01 * rng.standard_normal(size=shape_of_weights)
        parameters[f"b{layer + 1}"] = np.zeros(shape=(number_of_units, 1))
    return parameters


def linear_forward(A, W, b):
    product = np.matmul(W, A)
    Z = np.add(product, b)
    cache = (A, W, b)
    return Z, cache


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        A, activation_cache = relu(Z)
    else:
        raise ValueError(f"unknown activation {activation}")
    cache = (linear_cache, activation_cache)
    return A, cache


def L_model_forward(X, parameters):
    number_of_layers = len(parameters) // 2
    caches = []
    A = X
    for layer in range(1, number_of_layers):
        A_prev = A
        W = parameters[f"W{layer}"]
        b = parameters[f"b{layer}"]
        A, cache = linear_activation_forward(A_prev, W, b, "relu")
        caches.append(cache)
    W = parameters[f"W{number_of_layers}"]
    b = parameters[f"b{number_of_layers}"]
    AL, cache = linear_activation_forward(A, W, b, "sigmoid")
    caches.append(cache)
    return AL, caches


def compute_cost(AL, Y):
    m = Y.shape[1]
    log_of_one = np.log(AL)
    log_of_zero = np.log(1.0 - AL)
    sum_for_ones = np.sum(np.multiply(Y, log_of_one))
    sum_for_zeros = np.sum(np.multiply(1 - Y, log_of_zero))
    cost = -(sum_for_ones + sum_for_zeros) / m
    return cost


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.matmul(dZ, np.transpose(A_prev)) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.matmul(np.transpose(W), dZ)
    return dA_prev, dW, db


def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


def L_model_backward(AL, Y, caches):
    grads = {}
    number_of_layers = len(caches)
    Y = Y.reshape(AL.shape)
    gradient_for_ones = np.divide(Y, AL)
    gradient_for_zeros = np.divide(1 - Y, 1 - AL)
    dA = gradient_for_zeros - gradient_for_ones
    dA, dW, db = linear_activation_backward(dA, caches[-1], "sigmoid")
    grads[f"dA{number_of_layers - 1}"] = dA
    grads[f"dW{number_of_layers}"] = dW
    grads[f"db{number_of_layers}"] = db
    for layer in reversed(range(number_of_layers - 1)):
        dA, dW, db = linear_activation_backward(dA, caches[layer], "relu")
        grads[f"dA{layer}"] = dA
        grads[f"dW{layer + 1}"] = dW
        grads[f"db{layer + 1}"] = db
    return grads


def update_parameters(params, grads, learning_rate):
    parameters = deepcopy(params)
    number_of_layers = len(parameters) // 2
    for layer in range(1, number_of_layers + 1):
        parameters[f"W{layer}"] -= learning_rate * grads[f"dW{layer}"]
        parameters[f"b{layer}"] -= learning_rate * grads[f"db{layer}"]
    return parameters


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    costs = []
    n_x, n_h, n_y = layers_dims
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        W1, b1 = parameters["W1"], parameters["b1"]
        W2, b2 = parameters["W2"], parameters["b2"]
        A1, cache1 = linear_activation_forward(X, W1, b1, activation="relu")
        A2, cache2 = linear_activation_forward(A1, W2, b2, activation="sigmoid")
        cost = compute_cost(A2, Y)
        dA2 = np.divide(1 - Y, 1 - A2) - np.divide(Y, A2)
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, activation="sigmoid")
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, activation="relu")
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and (i % 100 == 0 or i == num_iterations - 1):
            print(f"Cost after iteration {i}: {np.squeeze(cost)}")
        if i % 100 == 0 or i == num_iterations:
            costs.append(cost)
    return parameters, costs


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    costs = []
    parameters = initialize_parameters_scaled(layers_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and (i % 100 == 0 or i == num_iterations - 1):
            print(f"Cost after iteration {i}: {np.squeeze(cost)}")
        if i % 100 == 0 or i == num_iterations - 1:
            costs.append(np.squeeze(cost))
    return parameters, costs
