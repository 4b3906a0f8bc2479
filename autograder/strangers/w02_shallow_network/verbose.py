# The style of a filled-in template: every step has a name, np.dot and np.multiply, asserts,
# and prints that were left in.
import copy


def sigmoid(z):
    """Compute the sigmoid of z."""
    minus_z = np.multiply(-1, z)
    exponential = np.exp(minus_z)
    denominator = np.add(1.0, exponential)
    s = np.divide(1.0, denominator)
    assert np.shape(s) == np.shape(z)
    return s


def sigmoid_derivative(z):
    """Compute the slope of the sigmoid at z."""
    s = sigmoid(z)
    one_minus_s = np.subtract(1, s)
    ds = np.multiply(s, one_minus_s)
    print("sigmoid:", s, "slope:", ds)
    return ds


def tanh(z):
    """Compute the hyperbolic tangent of z."""
    t = np.divide(np.sinh(z), np.cosh(z))
    assert np.all(np.abs(t) <= 1)
    return t


def tanh_derivative(z):
    """Compute the slope of tanh at z."""
    t = tanh(z)
    t_squared = np.square(t)
    dt = np.subtract(1, t_squared)
    return dt


def relu(z):
    """Compute the rectified linear unit of z."""
    zeros = np.zeros(np.shape(z))
    result = np.maximum(zeros, z)
    assert result.shape == np.shape(z)
    return result


def relu_derivative(z):
    """Compute the slope of ReLU at z."""
    z = np.array(z, copy=True)
    is_positive = np.greater(z, 0)
    slopes = is_positive.astype(np.float64)
    return slopes


def leaky_relu(z, slope=0.01):
    """Compute leaky ReLU of z."""
    result = np.array(z, dtype=float)
    is_negative = result < 0
    result[is_negative] = result[is_negative] * slope
    print("leaky_relu changed", np.sum(is_negative), "entries")
    return result


def leaky_relu_derivative(z, slope=0.01):
    """Compute the slope of leaky ReLU at z."""
    slopes = np.ones(np.shape(z))
    slopes[np.asarray(z) <= 0] = slope
    return slopes


def layer_sizes(X, Y):
    """Return the sizes of the three layers."""
    number_of_features, number_of_examples = X.shape
    number_of_outputs, number_of_labels = Y.shape
    assert number_of_examples == number_of_labels
    n_x = number_of_features  # size of input layer
    n_h = 4
    n_y = number_of_outputs  # size of output layer
    print("layers:", n_x, n_h, n_y)
    return (n_x, n_h, n_y)


def initialize_parameters(n_x, n_h, n_y):
    """Return a dictionary with small random weights and zero biases."""
    small = 0.01
    W1 = np.multiply(np.random.standard_normal(size=(n_h, n_x)), small)
    b1 = np.zeros(shape=(n_h, 1))
    W2 = np.multiply(np.random.standard_normal(size=(n_y, n_h)), small)
    b2 = np.zeros(shape=(n_y, 1))

    assert W1.shape == (n_h, n_x)
    assert b1.shape == (n_h, 1)
    assert W2.shape == (n_y, n_h)
    assert b2.shape == (n_y, 1)

    parameters = {
        "W1": W1,
        "b1": b1,
        "W2": W2,
        "b2": b2,
    }
    return parameters


def forward_propagation(X, parameters):
    """Return the output A2 and the cache."""
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]

    W1_times_X = np.dot(W1, X)
    Z1 = np.add(W1_times_X, b1)
    A1 = tanh(Z1)
    W2_times_A1 = np.dot(W2, A1)
    Z2 = np.add(W2_times_A1, b2)
    A2 = sigmoid(Z2)

    assert Z1.shape == (W1.shape[0], X.shape[1])
    assert A2.shape == (W2.shape[0], X.shape[1])
    print("mean activation:", np.mean(A1), "mean output:", np.mean(A2))

    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


def compute_cost(A2, Y):
    """Return the average cross-entropy."""
    m = A2.shape[1]
    log_of_A2 = np.log(A2)
    log_of_the_rest = np.log(np.subtract(1, A2))
    terms_of_label_1 = np.multiply(log_of_A2, Y)
    terms_of_label_0 = np.multiply(log_of_the_rest, np.subtract(1, Y))
    logprobs = np.add(terms_of_label_1, terms_of_label_0)
    cost = -np.sum(logprobs, axis=1, keepdims=True) / m
    print("cost before squeezing:", cost)
    cost = float(np.squeeze(cost))
    assert isinstance(cost, float)
    return cost


def backward_propagation(parameters, cache, X, Y):
    """Return the gradients."""
    m = X.shape[1]
    one_over_m = 1.0 / m

    W1 = parameters["W1"]
    W2 = parameters["W2"]
    A1 = cache["A1"]
    A2 = cache["A2"]

    dZ2 = np.subtract(A2, Y)
    dW2 = np.multiply(one_over_m, np.dot(dZ2, A1.T))
    db2 = np.multiply(one_over_m, np.sum(dZ2, axis=1, keepdims=True))
    dA1 = np.dot(W2.T, dZ2)
    tanh_slope = np.subtract(1, np.power(A1, 2))
    dZ1 = np.multiply(dA1, tanh_slope)
    dW1 = np.multiply(one_over_m, np.dot(dZ1, X.T))
    db1 = np.multiply(one_over_m, np.sum(dZ1, axis=1, keepdims=True))

    assert dW1.shape == W1.shape
    assert dW2.shape == W2.shape

    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return grads


def update_parameters(parameters, grads, learning_rate=1.2):
    """Return the parameters after one step."""
    W1 = copy.deepcopy(parameters["W1"])
    b1 = copy.deepcopy(parameters["b1"])
    W2 = copy.deepcopy(parameters["W2"])
    b2 = copy.deepcopy(parameters["b2"])

    dW1 = grads["dW1"]
    db1 = grads["db1"]
    dW2 = grads["dW2"]
    db2 = grads["db2"]

    W1 = np.subtract(W1, np.multiply(learning_rate, dW1))
    b1 = np.subtract(b1, np.multiply(learning_rate, db1))
    W2 = np.subtract(W2, np.multiply(learning_rate, dW2))
    b2 = np.subtract(b2, np.multiply(learning_rate, db2))

    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return parameters


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    """Return the parameters that the network has learnt."""
    (n_x, n_h_ignored, n_y) = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    print("training with", n_h, "hidden units")
    costs = []
    for i in range(0, num_iterations):
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y)
        costs.append(cost)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        if print_cost and i % 250 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
    return parameters


def predict(parameters, X):
    """Return the predicted labels."""
    A2, cache = forward_propagation(X, parameters)
    threshold = 0.5
    is_one = np.greater(A2, threshold)
    predictions = is_one.astype(int)
    print("predictions mean =", np.mean(predictions))
    return predictions
