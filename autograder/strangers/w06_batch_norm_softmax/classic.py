# The manner of 2017: np.dot, asserts on shapes, results in named variables.


def log_uniform(u, low, high):
    a = np.log10(low)
    b = np.log10(high)
    r = a + u * (b - a)
    alpha = 10**r
    return alpha


def log_uniform_beta(u, low, high):
    r = np.log10(1 - low) + u * (np.log10(1 - high) - np.log10(1 - low))
    beta = 1 - 10**r
    return beta


def narrow_range(values, scores, keep):
    order = np.argsort(-scores)
    best = values[order[0:keep]]
    low = best.min()
    high = best.max()
    return low, high


def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    m = Z.shape[1]
    mu = 1 / m * np.sum(Z, axis=1, keepdims=True)
    var = 1 / m * np.sum(np.power(Z - mu, 2), axis=1, keepdims=True)
    std = np.sqrt(var + epsilon)
    Z_norm = np.divide(Z - mu, std)
    Z_tilde = np.multiply(gamma, Z_norm) + beta
    assert Z_tilde.shape == Z.shape
    cache = {"mu": mu, "var": var, "std": std, "Z_norm": Z_norm, "gamma": gamma, "Z": Z}
    return Z_tilde, cache


def batchnorm_backward(dZ_tilde, cache):
    # step by step, as in the paper
    m = dZ_tilde.shape[1]
    Z_norm, std, gamma = cache["Z_norm"], cache["std"], cache["gamma"]
    centred = Z_norm * std
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * centred, axis=1, keepdims=True) * (-1 / 2) * std ** (-3)
    dmu = (
        np.sum(-dZ_norm / std, axis=1, keepdims=True)
        + dvar * np.sum(-2 * centred, axis=1, keepdims=True) / m
    )
    dZ = dZ_norm / std + dvar * 2 * centred / m + dmu / m
    assert dZ.shape == dZ_tilde.shape
    return dZ, dgamma, dbeta


def update_moving_averages(running, mu, var, momentum=0.9):
    running_mu = momentum * running["mu"] + (1 - momentum) * mu
    running_var = momentum * running["var"] + (1 - momentum) * var
    averages = {"mu": running_mu, "var": running_var}
    return averages


def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):
    Z_norm = np.divide(Z - running["mu"], np.sqrt(running["var"] + epsilon))
    Z_tilde = np.multiply(gamma, Z_norm) + beta
    return Z_tilde


def softmax(Z):
    Z_exp = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    Z_sum = np.sum(Z_exp, axis=0, keepdims=True)
    s = Z_exp / Z_sum
    return s


def one_hot(labels, n_y):
    m = labels.shape[1]
    Y = np.zeros((n_y, m))
    for i in range(m):
        Y[labels[0, i], i] = 1
    return Y


def cross_entropy(A, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(np.multiply(Y, np.log(A)))
    cost = np.squeeze(cost)
    assert cost.shape == ()
    return cost


def softmax_gradients(X, A, Y):
    m = X.shape[1]
    dZ = A - Y
    dW = 1 / m * np.dot(dZ, X.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    grads = {"dW": dW, "db": db}
    return grads


def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):
    n_x = X.shape[0]
    n_y = Y.shape[0]
    W = np.zeros((n_y, n_x))
    b = np.zeros((n_y, 1))
    costs = []
    for i in range(0, num_iterations):
        A = softmax(np.dot(W, X) + b)
        cost = cross_entropy(A, Y)
        grads = softmax_gradients(X, A, Y)
        W = W - learning_rate * grads["dW"]
        b = b - learning_rate * grads["db"]
        costs.append(cost)
        if print_cost and i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
    parameters = {"W": W, "b": b}
    return parameters, costs


def predict(parameters, X):
    A = softmax(np.dot(parameters["W"], X) + parameters["b"])
    return np.argmax(A, axis=0)[np.newaxis, :]
