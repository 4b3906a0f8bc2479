# Small functions put together, with functools and itertools; matrices instead of slices.
import operator
from functools import partial, reduce
from itertools import accumulate, takewhile, pairwise


def tally(function, items):
    return reduce(operator.add, map(function, items))


def split_examples(X, Y, order, num_dev, num_test):
    edges = list(accumulate([0, X.shape[1] - num_dev - num_test, num_dev, num_test]))
    numbers = [np.asarray(order)[a:b] for a, b in pairwise(edges)]
    return tuple(
        np.compress(np.ones(len(n), bool), M.T[n], axis=0).T for n in numbers for M in (X, Y)
    )


def diagnose(train_error, dev_error, best_error=0.0, tolerance=0.02):
    ladder = np.array([best_error, train_error, dev_error])
    return tuple(np.diff(ladder) > tolerance)


def normalize_inputs(X_train, X_other):
    m = X_train.shape[1]
    mean = X_train @ np.full((m, 1), 1 / m)
    centred = X_train - mean
    scale = np.diag(1 / np.sqrt(np.diag(centred @ centred.T) / m))
    return scale @ centred, scale @ (X_other - mean)


def layers(weights, dims):
    names = range(1, len(dims))
    W = {f"W{n}": weights(after, before) for n, before, after in zip(names, dims, dims[1:])}
    return W | {f"b{n}": np.zeros([dims[n], 1]) for n in names}


def normal(std, after, before):
    draw = np.random.Generator(np.random.PCG64()).standard_normal
    return std(before) * draw([after, before])


initialize_parameters_zeros = partial(layers, lambda after, before: np.zeros([after, before]))
initialize_parameters_random = partial(layers, partial(normal, lambda n: 10.0))
initialize_parameters_he = partial(layers, partial(normal, lambda n: np.sqrt(2) / np.sqrt(n)))
initialize_parameters_xavier = partial(layers, partial(normal, lambda n: np.power(n, -0.5)))


def surprise(A3, Y):
    return np.average(-np.log(np.abs(A3 - (1 - Y))))


def penalised(norm, factor):
    def cost(A3, Y, parameters, lambd):
        total = tally(lambda n: norm(parameters[f"W{n}"]), (1, 2, 3))
        return np.array(surprise(A3, Y) + factor * lambd * total / Y.shape[1])

    return cost


compute_cost_with_regularization = penalised(lambda W: np.linalg.norm(W, "fro") ** 2, 0.5)
compute_cost_with_l1 = penalised(lambda W: np.abs(W).sum(), 1)


def gradients(X, Y, A, W, extra=lambda W: 0.0, masks=(1.0, 1.0)):
    m, grads = Y.shape[1], {}
    inputs = [X, *A[:2]]
    signal = A[2] - Y
    for layer in (3, 2, 1):
        grads[f"dZ{layer}"] = signal
        grads[f"dW{layer}"] = np.tensordot(signal, inputs[layer - 1], (1, 1)) / m + extra(
            W[layer - 1]
        )
        grads[f"db{layer}"] = signal @ np.ones((m, 1)) / m
        if layer > 1:
            grads[f"dA{layer - 1}"] = masks[layer - 2] * np.tensordot(W[layer - 1], signal, (0, 0))
            signal = np.where(A[layer - 2] > 0, grads[f"dA{layer - 1}"], 0)
    return grads


def backward_propagation_with_regularization(X, Y, cache, lambd):
    return gradients(X, Y, cache[1::4], cache[2::4], lambda W: lambd * W / Y.shape[1])


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    masks = [np.asarray(D, float) / keep_prob for D in (cache[1], cache[6])]
    return gradients(
        X, Y, (cache[2], cache[7], cache[11]), (cache[3], cache[8], cache[12]), masks=masks
    )


def update_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    def step(name, value):
        pull = lambd / m * value if "W" in name else 0
        return value - learning_rate * (grads["d" + name] + pull)

    return {name: step(name, value) for name, value in parameters.items()}


def soft_threshold(W, threshold):
    return np.maximum(W - threshold, 0) + np.minimum(W + threshold, 0)


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    generator = np.random.default_rng()

    def layer(state, n):
        A, cache = state
        W, b = parameters[f"W{n}"], parameters[f"b{n}"]
        Z = np.add(np.matmul(W, A), b)
        if n == 3:
            A = 1 / (1 + np.exp(-Z))
            return A, (*cache, Z, A, W, b)
        D = generator.choice([True, False], Z.shape, p=[keep_prob, 1 - keep_prob])
        A = np.where(D, np.maximum(Z, 0), 0) / keep_prob
        return A, (*cache, Z, D, A, W, b)

    return reduce(layer, (1, 2, 3), (X, ()))


def early_stopping(dev_costs, patience):
    def turn(state, item):
        best, lowest = state
        epoch, cost = item
        return (epoch, cost) if cost < lowest else (best, lowest)

    bests = list(accumulate(enumerate(dev_costs), turn, initial=(0, np.inf)))[1:]
    waits = [epoch - best for epoch, (best, _) in enumerate(bests)]
    patient = len(list(takewhile(lambda wait: wait < patience, waits)))
    last = min(patient, len(waits) - 1)
    return bests[last][0], last


def flip_horizontal(image):
    return np.einsum("hwc,wv->hvc", image, np.eye(image.shape[1])[::-1])


def crop(image, top, left, height, width):
    return np.take(np.take(image, range(top, top + height), 0), range(left, left + width), 1)


def shift(image, down, right):
    height, width, _ = image.shape
    return np.einsum("ih,hwc,wj->ijc", np.eye(height, k=-down), image, np.eye(width, k=right))


def rotate(image, degrees):
    height, width, _ = image.shape
    angle = np.radians(degrees)
    back = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    centre = (np.array(image.shape[:2]) - 1) / 2
    grid = np.stack(np.meshgrid(np.arange(height), np.arange(width), indexing="ij"), -1)
    source = np.floor((grid - centre) @ back.T + centre + 0.5).astype(int)
    inside = np.all((source >= 0) & (source < [height, width]), axis=-1)
    rows, columns = np.moveaxis(source * inside[..., None], -1, 0)
    return image[rows, columns] * inside[..., None]


def adjust_brightness(image, factor):
    return np.where(image * factor > 1, 1.0, image * factor)


def blur(image, radius):
    def smear(size):
        rows = np.arange(size)[:, None] + np.arange(-radius, radius + 1)
        return np.eye(size)[np.clip(rows, 0, size - 1)].mean(axis=1)

    height, width, _ = image.shape
    return np.einsum("ih,jw,hwc->ijc", smear(height), smear(width), image)
