# No matrix products, no broadcasting: loops over examples, units and pixels.
import math


def _logistic(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def _product(A, B):
    C = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] += A[i, k] * B[k, j]
    return C


def _cross_entropy(A, Y):
    total = 0.0
    for i in range(Y.shape[1]):
        total -= math.log(A[0, i]) if Y[0, i] == 1 else math.log(1 - A[0, i])
    return total / Y.shape[1]


def split_examples(X, Y, order, num_dev, num_test):
    num_train = len(order) - num_dev - num_test
    sets = {"train": [], "dev": [], "test": []}
    for position, number in enumerate(order):
        if position < num_train:
            sets["train"].append(number)
        elif position < num_train + num_dev:
            sets["dev"].append(number)
        else:
            sets["test"].append(number)
    answer = []
    for name in ("train", "dev", "test"):
        for array in (X, Y):
            part = np.zeros((array.shape[0], len(sets[name])), dtype=array.dtype)
            for column, number in enumerate(sets[name]):
                part[:, column] = array[:, number]
            answer.append(part)
    return answer


def diagnose(train_error, dev_error, best_error=0.0, tolerance=0.02):
    return [int(gap > tolerance) for gap in (train_error - best_error, dev_error - train_error)]


def normalize_inputs(X_train, X_other):
    train = np.zeros(X_train.shape)
    other = np.zeros(X_other.shape)
    for row in range(X_train.shape[0]):
        values = [float(v) for v in X_train[row]]
        mean = sum(values) / len(values)
        std = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values))
        for column in range(X_train.shape[1]):
            train[row, column] = (X_train[row, column] - mean) / std
        for column in range(X_other.shape[1]):
            other[row, column] = (X_other[row, column] - mean) / std
    return train, other


def _fill(layers_dims, scale_of):
    parameters = {}
    for layer in range(1, len(layers_dims)):
        W = np.zeros((layers_dims[layer], layers_dims[layer - 1]))
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                W[i, j] = np.random.normal() * scale_of(layers_dims[layer - 1])
        parameters[f"W{layer}"] = W
        parameters[f"b{layer}"] = np.array([[0.0]] * layers_dims[layer])
    return parameters


def initialize_parameters_zeros(layers_dims):
    return _fill(layers_dims, lambda n: 0)


def initialize_parameters_random(layers_dims):
    return _fill(layers_dims, lambda n: 10)


def initialize_parameters_he(layers_dims):
    return _fill(layers_dims, lambda n: math.sqrt(2 / n))


def initialize_parameters_xavier(layers_dims):
    return _fill(layers_dims, lambda n: 1 / math.sqrt(n))


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    penalty = 0.0
    for name in ["W1", "W2", "W3"]:
        for row in parameters[name]:
            for weight in row:
                penalty += weight * weight
    return _cross_entropy(A3, Y) + lambd * penalty / 2 / Y.shape[1]


def compute_cost_with_l1(A3, Y, parameters, lambd):
    penalty = 0.0
    for name in ["W1", "W2", "W3"]:
        for row in parameters[name]:
            for weight in row:
                penalty += weight if weight > 0 else -weight
    return _cross_entropy(A3, Y) + lambd * penalty / Y.shape[1]


def _add_up(dZ):
    sums = np.zeros((dZ.shape[0], 1))
    for i in range(dZ.shape[0]):
        for j in range(dZ.shape[1]):
            sums[i, 0] += dZ[i, j]
    return sums


def _slope_of_relu(dA, A):
    dZ = np.array(dA)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            if A[i, j] <= 0:
                dZ[i, j] = 0
    return dZ


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    g = {"dZ3": A3 - Y}
    g["dA2"] = _product(W3.T, g["dZ3"])
    g["dZ2"] = _slope_of_relu(g["dA2"], A2)
    g["dA1"] = _product(W2.T, g["dZ2"])
    g["dZ1"] = _slope_of_relu(g["dA1"], A1)
    for i, (before, W) in enumerate([(X, W1), (A1, W2), (A2, W3)], start=1):
        g[f"dW{i}"] = (_product(g[f"dZ{i}"], before.T) + lambd * W) / m
        g[f"db{i}"] = _add_up(g[f"dZ{i}"]) / m
    return g


def update_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    new = {}
    for name, value in parameters.items():
        array = np.array(value)
        for index in np.ndindex(array.shape):
            array[index] -= learning_rate * grads["d" + name][index]
            if name[0] == "W":
                array[index] -= learning_rate * lambd * value[index] / m
        new[name] = array
    return new


def soft_threshold(W, threshold):
    shrunk = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        if W[index] > threshold:
            shrunk[index] = W[index] - threshold
        elif W[index] < -threshold:
            shrunk[index] = W[index] + threshold
    return shrunk


def _drop(Z, keep_prob):
    D, A = np.zeros(Z.shape), np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            if np.random.uniform() < keep_prob:
                D[i, j] = 1
                A[i, j] = max(Z[i, j], 0) / keep_prob
    return D, A


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    p = parameters
    Z1 = _product(p["W1"], X) + p["b1"]
    D1, A1 = _drop(Z1, keep_prob)
    Z2 = _product(p["W2"], A1) + p["b2"]
    D2, A2 = _drop(Z2, keep_prob)
    Z3 = _product(p["W3"], A2) + p["b3"]
    A3 = np.array([[_logistic(z) for z in Z3[0]]])
    return A3, [
        Z1,
        D1,
        A1,
        p["W1"],
        p["b1"],
        Z2,
        D2,
        A2,
        p["W2"],
        p["b2"],
        Z3,
        A3,
        p["W3"],
        p["b3"],
    ]


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    g = {"dZ3": A3 - Y}
    g["dA2"] = _product(W3.T, g["dZ3"])
    g["dA2"][D2 == 0] = 0
    g["dA2"] /= keep_prob
    g["dZ2"] = _slope_of_relu(g["dA2"], A2)
    g["dA1"] = _product(W2.T, g["dZ2"])
    g["dA1"][D1 == 0] = 0
    g["dA1"] /= keep_prob
    g["dZ1"] = _slope_of_relu(g["dA1"], A1)
    for i, before in enumerate([X, A1, A2], start=1):
        g[f"dW{i}"] = _product(g[f"dZ{i}"], before.T) / m
        g[f"db{i}"] = _add_up(g[f"dZ{i}"]) / m
    return g


def early_stopping(dev_costs, patience):
    best, epoch = 0, 0
    while epoch + 1 < len(dev_costs) and epoch - best < patience:
        epoch += 1
        if dev_costs[epoch] < dev_costs[best]:
            best = epoch
    return best, epoch


def flip_horizontal(image):
    height, width = image.shape[0], image.shape[1]
    mirrored = np.zeros(image.shape, dtype=image.dtype)
    for j in range(width):
        mirrored[:, width - 1 - j] = image[:, j]
    return mirrored


def crop(image, top, left, height, width):
    rows = [image[i] for i in range(top, top + height)]
    return np.array([[row[j] for j in range(left, left + width)] for row in rows])


def shift(image, down, right):
    moved = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            if 0 <= i + down < image.shape[0] and 0 <= j + right < image.shape[1]:
                moved[i + down, j + right] = image[i, j]
    return moved


def rotate(image, degrees):
    height, width = image.shape[:2]
    turned = np.zeros(image.shape)
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    for i in range(height):
        for j in range(width):
            y, x = i - (height - 1) / 2, j - (width - 1) / 2
            from_i = round(c * y + s * x + (height - 1) / 2)
            from_j = round(c * x - s * y + (width - 1) / 2)
            if 0 <= from_i <= height - 1 and 0 <= from_j <= width - 1:
                turned[i, j] = image[from_i, from_j]
    return turned


def adjust_brightness(image, factor):
    brighter = np.zeros(image.shape)
    for index in np.ndindex(image.shape):
        brighter[index] = min(1, image[index] * factor)
    return brighter


def blur(image, radius):
    height, width, channels = image.shape
    blurred = np.zeros(image.shape)
    for i in range(height):
        for j in range(width):
            total, count = np.zeros(channels), 0
            for k in range(i - radius, i + radius + 1):
                for l in range(j - radius, j + radius + 1):
                    total += image[min(max(k, 0), height - 1), min(max(l, 0), width - 1)]
                    count += 1
            blurred[i, j] = total / count
    return blurred
