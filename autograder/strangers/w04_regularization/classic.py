# As written for the first public edition: seeds inside, np.dot, np.multiply, squeezed costs,
# masks as integers, dictionaries updated in place.


def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s


def relu(x):
    s = np.maximum(0, x)
    return s


def compute_cost(a3, Y):
    m = Y.shape[1]
    logprobs = np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y)
    cost = 1.0 / m * np.nansum(logprobs)
    return cost


def split_examples(X, Y, order, num_dev, num_test):
    m = X.shape[1]
    num_train = m - num_dev - num_test
    X_shuffled = X[:, list(order)]
    Y_shuffled = Y[:, list(order)]
    X_train = X_shuffled[:, :num_train]
    Y_train = Y_shuffled[:, :num_train]
    X_dev = X_shuffled[:, num_train : num_train + num_dev]
    Y_dev = Y_shuffled[:, num_train : num_train + num_dev]
    X_test = X_shuffled[:, num_train + num_dev : m]
    Y_test = Y_shuffled[:, num_train + num_dev : m]
    return X_train, Y_train, X_dev, Y_dev, X_test, Y_test


def diagnose(train_error, dev_error, best_error=0.0, tolerance=0.02):
    if train_error - best_error > tolerance:
        high_bias = True
    else:
        high_bias = False
    if dev_error - train_error > tolerance:
        high_variance = True
    else:
        high_variance = False
    return high_bias, high_variance


def normalize_inputs(X_train, X_other):
    m = X_train.shape[1]
    mu = 1 / m * np.sum(X_train, axis=1, keepdims=True)
    X_train = X_train - mu
    sigma2 = 1 / m * np.sum(X_train**2, axis=1, keepdims=True)
    X_train = X_train / np.sqrt(sigma2)
    X_other = (X_other - mu) / np.sqrt(sigma2)
    return X_train, X_other


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def initialize_parameters_random(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims) - 1
    for l in range(1, L + 1):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(
            2.0 / layers_dims[l - 1]
        )
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def initialize_parameters_xavier(layers_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layers_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) / np.sqrt(
            layers_dims[l - 1]
        )
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_regularization_cost = (
        1.0
        / m
        * lambd
        / 2
        * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    )
    cost = cross_entropy_cost + L2_regularization_cost
    return cost


def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T) + (lambd * W3) / m
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T) + (lambd * W2) / m
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T) + (lambd * W1) / m
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {
        "dZ3": dZ3,
        "dW3": dW3,
        "db3": db3,
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }
    return gradients


def update_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    L = len(parameters) // 2
    for l in range(L):
        W = parameters["W" + str(l + 1)]
        dW = grads["dW" + str(l + 1)] + lambd / m * W
        parameters["W" + str(l + 1)] = W - learning_rate * dW
        parameters["b" + str(l + 1)] = (
            parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
        )
    return parameters


def compute_cost_with_l1(A3, Y, parameters, lambd):
    m = Y.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    W3 = parameters["W3"]
    L1_cost = lambd / m * (np.sum(np.abs(W1)) + np.sum(np.abs(W2)) + np.sum(np.abs(W3)))
    return np.squeeze(compute_cost(A3, Y) + L1_cost)


def soft_threshold(W, threshold):
    return np.where(W > threshold, W - threshold, np.where(W < -threshold, W + threshold, 0))


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    W3 = parameters["W3"]
    b3 = parameters["b3"]
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = (D1 < keep_prob).astype(int)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = (D2 < keep_prob).astype(int)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {
        "dZ3": dZ3,
        "dW3": dW3,
        "db3": db3,
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }
    return gradients


def early_stopping(dev_costs, patience):
    best_cost = float("inf")
    best_epoch = 0
    waited = 0
    for i in range(len(dev_costs)):
        if dev_costs[i] < best_cost:
            best_cost = dev_costs[i]
            best_epoch = i
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, i
    return best_epoch, len(dev_costs) - 1


def flip_horizontal(image):
    return np.fliplr(image)


def crop(image, top, left, height, width):
    bottom = top + height
    right = left + width
    return image[top:bottom, left:right, :]


def shift(image, down, right):
    h, w, c = image.shape
    result = np.roll(image, (down, right), axis=(0, 1))
    if down > 0:
        result[:down] = 0
    elif down < 0:
        result[down:] = 0
    if right > 0:
        result[:, :right] = 0
    elif right < 0:
        result[:, right:] = 0
    return result


def rotate(image, degrees):
    h, w, c = image.shape
    theta = degrees * np.pi / 180
    result = np.zeros(image.shape)
    cy, cx = (h - 1) / 2.0, (w - 1) / 2.0
    for i in range(h):
        for j in range(w):
            y, x = i - cy, j - cx
            si = int(np.round(np.cos(theta) * y + np.sin(theta) * x + cy))
            sj = int(np.round(-np.sin(theta) * y + np.cos(theta) * x + cx))
            if si >= 0 and si < h and sj >= 0 and sj < w:
                result[i, j] = image[si, sj]
    return result


def adjust_brightness(image, factor):
    return np.clip(image * factor, 0, 1)


def blur(image, radius):
    h, w, c = image.shape
    padded = np.pad(image, ((radius, radius), (radius, radius), (0, 0)), "edge")
    out = np.zeros((h, w, c))
    f = 2 * radius + 1
    for i in range(h):
        for j in range(w):
            for k in range(c):
                out[i, j, k] = np.mean(padded[i : i + f, j : j + f, k])
    return out
