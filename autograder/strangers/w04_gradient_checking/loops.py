# Plain Python lists and loops; distances written out; entries nudged inside the dictionary.
import math

SHAPES = [("W1", 5, 4), ("b1", 5, 1), ("W2", 3, 5), ("b2", 3, 1), ("W3", 1, 3), ("b3", 1, 1)]


def forward_propagation(x, theta):
    return x * theta


def backward_propagation(x, theta):
    return x


def _length(numbers):
    return math.sqrt(sum(number**2 for number in numbers))


def _difference(one, other):
    apart = _length(a - b for a, b in zip(one, other))
    return apart / (_length(one) + _length(other))


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    costs = [forward_propagation(x, theta + sign * epsilon) for sign in (1, -1)]
    slope = (costs[0] - costs[1]) / epsilon / 2
    result = _difference([backward_propagation(x, theta)], [slope])
    if print_msg:
        print("right" if result < 1e-6 else "wrong")
    return result


def dictionary_to_vector(parameters):
    column, keys = [], []
    for name, rows, columns in SHAPES:
        for i in range(rows):
            for j in range(columns):
                column.append([parameters[name][i][j]])
                keys.append(name)
    return np.array(column), keys


def vector_to_dictionary(theta):
    numbers = iter(theta[:, 0])
    parameters = {}
    for name, rows, columns in SHAPES:
        parameters[name] = np.array([[next(numbers) for j in range(columns)] for i in range(rows)])
    return parameters


def _cost(parameters, X, Y):
    total = 0.0
    for example in range(X.shape[1]):
        a = [X[i, example] for i in range(X.shape[0])]
        for layer in (1, 2, 3):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            z = [b[i, 0] + sum(W[i, j] * a[j] for j in range(len(a))) for i in range(len(W))]
            a = [max(0.0, value) for value in z]
        signed = z[0] if Y[0, example] == 1 else -z[0]
        total += math.log1p(math.exp(-abs(signed))) + max(-signed, 0.0)
    return total / X.shape[1]


def numerical_gradient(parameters, X, Y, epsilon=1e-7):
    slopes = []
    for name, rows, columns in SHAPES:
        for i in range(rows):
            for j in range(columns):
                kept = parameters[name][i, j]
                parameters[name][i, j] = kept + epsilon
                above = _cost(parameters, X, Y)
                parameters[name][i, j] = kept - epsilon
                below = _cost(parameters, X, Y)
                parameters[name][i, j] = kept
                slopes.append([(above - below) / (2 * epsilon)])
    return np.array(slopes)


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    slopes = [row[0] for row in numerical_gradient(parameters, X, Y, epsilon)]
    own = [number for name, _, _ in SHAPES for row in gradients["d" + name] for number in row]
    return _difference(own, slopes)


def wrong_gradients(gradients, slopes, threshold=1e-5):
    wrong = []
    for name, rows, columns in SHAPES:
        own, other = list(gradients["d" + name].flat), list(slopes[name].flat)
        if any(own) or any(other):
            if _difference(own, other) > threshold:
                wrong.append(f"d{name}")
    return wrong


def backward_propagation_n(X, Y, cache):
    _, A1, W1, b1, _, A2, W2, b2, _, A3, W3, b3 = cache
    m = X.shape[1]
    grads = {"dZ3": A3 - Y, "dZ2": np.zeros(A2.shape), "dZ1": np.zeros(A1.shape)}
    grads.update({"dA2": np.zeros(A2.shape), "dA1": np.zeros(A1.shape)})
    for n, W, b in ((1, W1, b1), (2, W2, b2), (3, W3, b3)):
        grads[f"dW{n}"], grads[f"db{n}"] = np.zeros(W.shape), np.zeros(b.shape)
    for k in range(m):
        for n, W, A_prev in ((3, W3, A2), (2, W2, A1), (1, W1, X)):
            for i in range(W.shape[0]):
                grads[f"db{n}"][i, 0] += grads[f"dZ{n}"][i, k] / m
                for j in range(W.shape[1]):
                    grads[f"dW{n}"][i, j] += grads[f"dZ{n}"][i, k] * A_prev[j, k] / m
                    if n > 1:
                        grads[f"dA{n - 1}"][j, k] += W[i, j] * grads[f"dZ{n}"][i, k]
            if n > 1:
                for j in range(W.shape[1]):
                    if A_prev[j, k] > 0:
                        grads[f"dZ{n - 1}"][j, k] = grads[f"dA{n - 1}"][j, k]
    return grads
