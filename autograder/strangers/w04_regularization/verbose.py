# Careful and long, with checks of its own, prints and classes.


def sigmoid(z):
    positive = z >= 0
    result = np.empty_like(z, dtype=np.float64)
    result[positive] = 1.0 / (1.0 + np.exp(-z[positive]))
    exponential = np.exp(z[~positive])
    result[~positive] = exponential / (1.0 + exponential)
    return result


class DataSplit:
    def __init__(self, number_for_dev, number_for_test):
        self.number_for_dev = number_for_dev
        self.number_for_test = number_for_test

    def boundaries(self, number_of_examples):
        end_of_train = number_of_examples - self.number_for_dev - self.number_for_test
        end_of_dev = end_of_train + self.number_for_dev
        return end_of_train, end_of_dev


def split_examples(X, Y, order, num_dev, num_test):
    assert X.shape[1] == Y.shape[1] == len(order)
    end_of_train, end_of_dev = DataSplit(num_dev, num_test).boundaries(X.shape[1])
    together = np.vstack([X, Y])[:, order]
    number_of_features = X.shape[0]
    pieces = []
    for piece in np.hsplit(together, [end_of_train, end_of_dev]):
        pieces.append(piece[:number_of_features])
        pieces.append(piece[number_of_features:])
    print("sizes:", [piece.shape for piece in pieces])
    return tuple(pieces)


def diagnose(train_error, dev_error, best_error=0.0, tolerance=0.02):
    avoidable_bias = train_error - best_error
    variance = dev_error - train_error
    high_bias = not (avoidable_bias <= tolerance)
    high_variance = not (variance <= tolerance)
    return high_bias, high_variance


class Normalizer:
    def fit(self, X):
        self.mean = np.mean(X, axis=1).reshape(-1, 1)
        self.variance = np.mean(np.square(X - self.mean), axis=1).reshape(-1, 1)
        return self

    def transform(self, X):
        return np.divide(np.subtract(X, self.mean), np.sqrt(self.variance))


def normalize_inputs(X_train, X_other):
    normalizer = Normalizer().fit(X_train)
    return normalizer.transform(X_train), normalizer.transform(X_other)


class Initializer:
    def __init__(self, layers_dims):
        self.layers_dims = list(layers_dims)
        self.number_of_layers = len(self.layers_dims) - 1

    def parameters(self, standard_deviation):
        result = {}
        for layer in range(1, self.number_of_layers + 1):
            rows, columns = self.layers_dims[layer], self.layers_dims[layer - 1]
            if standard_deviation is None:
                weights = np.zeros(shape=(rows, columns))
            else:
                weights = np.random.normal(
                    loc=0.0, scale=standard_deviation(columns), size=(rows, columns)
                )
            biases = np.zeros(shape=(rows, 1))
            assert weights.shape == (rows, columns)
            result["W{}".format(layer)] = weights
            result["b{}".format(layer)] = biases
        return result


def initialize_parameters_zeros(layers_dims):
    return Initializer(layers_dims).parameters(None)


def initialize_parameters_random(layers_dims):
    return Initializer(layers_dims).parameters(lambda fan_in: 10.0)


def initialize_parameters_he(layers_dims):
    return Initializer(layers_dims).parameters(lambda fan_in: np.sqrt(2.0 / fan_in))


def initialize_parameters_xavier(layers_dims):
    return Initializer(layers_dims).parameters(lambda fan_in: np.sqrt(1.0 / fan_in))


def cross_entropy(A3, Y):
    number_of_examples = Y.shape[1]
    losses_of_ones = Y * np.log(A3)
    losses_of_zeros = (1 - Y) * np.log1p(-A3)
    return -(losses_of_ones + losses_of_zeros).sum() / number_of_examples


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    number_of_examples = Y.shape[1]
    sum_of_squares = 0.0
    for key in parameters:
        if key.startswith("W"):
            sum_of_squares = sum_of_squares + np.power(parameters[key], 2).sum()
    penalty = (lambd / (2 * number_of_examples)) * sum_of_squares
    total = cross_entropy(A3, Y) + penalty
    return float(total)


def compute_cost_with_l1(A3, Y, parameters, lambd):
    number_of_examples = Y.shape[1]
    sum_of_sizes = 0.0
    for key in parameters:
        if key.startswith("W"):
            sum_of_sizes = sum_of_sizes + np.sqrt(np.square(parameters[key])).sum()
    return float(cross_entropy(A3, Y) + (lambd / number_of_examples) * sum_of_sizes)


def backward_propagation_with_regularization(X, Y, cache, lambd):
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    number_of_examples = X.shape[1]
    one_over_m = 1.0 / number_of_examples

    derivative_of_penalty = {
        1: lambd * one_over_m * W1,
        2: lambd * one_over_m * W2,
        3: lambd * one_over_m * W3,
    }

    dZ3 = A3 - Y
    dW3 = one_over_m * (dZ3 @ np.transpose(A2)) + derivative_of_penalty[3]
    db3 = one_over_m * dZ3.sum(axis=1).reshape(b3.shape)

    dA2 = np.transpose(W3) @ dZ3
    dZ2 = dA2 * np.where(Z2 > 0, 1.0, 0.0)
    dW2 = one_over_m * (dZ2 @ np.transpose(A1)) + derivative_of_penalty[2]
    db2 = one_over_m * dZ2.sum(axis=1).reshape(b2.shape)

    dA1 = np.transpose(W2) @ dZ2
    dZ1 = dA1 * np.where(Z1 > 0, 1.0, 0.0)
    dW1 = one_over_m * (dZ1 @ np.transpose(X)) + derivative_of_penalty[1]
    db1 = one_over_m * dZ1.sum(axis=1).reshape(b1.shape)

    for gradient, parameter in ((dW1, W1), (db1, b1), (dW2, W2), (db2, b2), (dW3, W3), (db3, b3)):
        assert gradient.shape == parameter.shape
    return {
        "dW1": dW1,
        "db1": db1,
        "dW2": dW2,
        "db2": db2,
        "dW3": dW3,
        "db3": db3,
        "dZ1": dZ1,
        "dZ2": dZ2,
        "dZ3": dZ3,
        "dA1": dA1,
        "dA2": dA2,
    }


def update_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    updated = copy.deepcopy(parameters)
    shrinking_factor = 1 - (learning_rate * lambd) / m
    for key in list(updated.keys()):
        is_weight = key.startswith("W")
        if is_weight:
            updated[key] *= shrinking_factor
        updated[key] -= learning_rate * grads["d" + key]
    return updated


def soft_threshold(W, threshold):
    result = W.copy()
    large_positive = W > threshold
    large_negative = W < -threshold
    small = np.logical_not(np.logical_or(large_positive, large_negative))
    result[large_positive] -= threshold
    result[large_negative] += threshold
    result[small] = 0.0
    return result


class Dropout:
    def __init__(self, keep_prob, seed):
        self.keep_prob = keep_prob
        self.state = np.random.RandomState(seed)

    def mask(self, shape):
        return self.state.uniform(low=0.0, high=1.0, size=shape) <= self.keep_prob

    def apply(self, activations):
        mask = self.mask(activations.shape)
        kept = np.multiply(activations, mask)
        return mask, np.divide(kept, self.keep_prob)


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    dropout = Dropout(keep_prob, seed=1234)
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    Z1 = W1.dot(X) + b1
    D1, A1 = dropout.apply(np.where(Z1 > 0, Z1, 0.0))
    Z2 = W2.dot(A1) + b2
    D2, A2 = dropout.apply(np.where(Z2 > 0, Z2, 0.0))
    Z3 = W3.dot(A2) + b3
    A3 = sigmoid(Z3)

    print("kept in the first layer:", D1.mean())
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    number_of_examples = X.shape[1]
    dZ3 = A3 - Y
    dW3 = dZ3.dot(A2.T) / number_of_examples
    db3 = dZ3.sum(axis=1, keepdims=True) / number_of_examples
    dA2 = np.where(D2, W3.T.dot(dZ3) / keep_prob, 0.0)
    dZ2 = np.where(A2 > 0, dA2, 0.0)
    dW2 = dZ2.dot(A1.T) / number_of_examples
    db2 = dZ2.sum(axis=1, keepdims=True) / number_of_examples
    dA1 = np.where(D1, W2.T.dot(dZ2) / keep_prob, 0.0)
    dZ1 = np.where(A1 > 0, dA1, 0.0)
    dW1 = dZ1.dot(X.T) / number_of_examples
    db1 = dZ1.sum(axis=1, keepdims=True) / number_of_examples
    return {
        "dW1": dW1,
        "db1": db1,
        "dW2": dW2,
        "db2": db2,
        "dW3": dW3,
        "db3": db3,
        "dZ1": dZ1,
        "dZ2": dZ2,
        "dZ3": dZ3,
        "dA1": dA1,
        "dA2": dA2,
    }


class EpochWatcher:
    def __init__(self, patience):
        self.patience = patience
        self.best_cost = None
        self.best_epoch = None
        self.bad_epochs_in_a_row = 0

    def should_stop_after(self, epoch, cost):
        if self.best_cost is None or cost < self.best_cost:
            self.best_cost = cost
            self.best_epoch = epoch
            self.bad_epochs_in_a_row = 0
        else:
            self.bad_epochs_in_a_row += 1
        return self.bad_epochs_in_a_row == self.patience


def early_stopping(dev_costs, patience):
    watcher = EpochWatcher(patience)
    last_epoch = None
    for epoch in range(len(dev_costs)):
        last_epoch = epoch
        if watcher.should_stop_after(epoch, dev_costs[epoch]):
            break
    return watcher.best_epoch, last_epoch


def flip_horizontal(image):
    width = image.shape[1]
    columns_from_right_to_left = np.arange(width - 1, -1, -1)
    return image[:, columns_from_right_to_left, :]


def crop(image, top, left, height, width):
    rows = slice(top, top + height)
    columns = slice(left, left + width)
    cut = image[rows, columns].copy()
    assert cut.shape[:2] == (height, width)
    return cut


def shift(image, down, right):
    height, width = image.shape[0], image.shape[1]
    result = np.zeros_like(image)
    first_row, last_row = max(0, down), min(height, height + down)
    first_column, last_column = max(0, right), min(width, width + right)
    result[first_row:last_row, first_column:last_column] = image[
        first_row - down : last_row - down, first_column - right : last_column - right
    ]
    return result


def rotate(image, degrees):
    height, width = image.shape[0], image.shape[1]
    radians = np.deg2rad(degrees)
    centre_row, centre_column = (height - 1) / 2, (width - 1) / 2
    row_numbers, column_numbers = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    rows_from_centre = row_numbers - centre_row
    columns_from_centre = column_numbers - centre_column
    distance = np.hypot(rows_from_centre, columns_from_centre)
    direction = np.arctan2(-rows_from_centre, columns_from_centre) - radians
    source_rows = np.rint(centre_row - distance * np.sin(direction)).astype(np.int64)
    source_columns = np.rint(centre_column + distance * np.cos(direction)).astype(np.int64)
    rows_are_inside = np.logical_and(source_rows >= 0, source_rows < height)
    columns_are_inside = np.logical_and(source_columns >= 0, source_columns < width)
    inside = np.logical_and(rows_are_inside, columns_are_inside)
    result = np.zeros_like(image)
    result[inside, :] = image[source_rows[inside], source_columns[inside], :]
    return result


def adjust_brightness(image, factor):
    brighter = image.astype(np.float64) * factor
    brighter[brighter > 1.0] = 1.0
    return brighter


def blur(image, radius):
    height, width, channels = image.shape
    size = 2 * radius + 1
    result = np.zeros((height, width, channels), dtype=np.float64)
    for row_offset in range(-radius, radius + 1):
        for column_offset in range(-radius, radius + 1):
            rows = np.clip(np.arange(height) + row_offset, 0, height - 1)
            columns = np.clip(np.arange(width) + column_offset, 0, width - 1)
            result += image[rows][:, columns]
    return result / (size * size)
