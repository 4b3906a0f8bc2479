# Generators, partial functions and closures; einsum on the way back; results as arrays of size 1.
from functools import partial, reduce
from itertools import accumulate

LAYERS = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
NAMES = tuple(LAYERS)


def forward_propagation(x, theta):
    return np.array([[theta]]) @ np.array([[x]])


def backward_propagation(x, theta):
    return np.array([x])


def both_sides(function, epsilon):
    return (function(epsilon) - function(-epsilon)) / (2 * epsilon)


def relative(one, other):
    length = lambda array: np.sqrt(np.sum(np.square(array)))
    return np.atleast_2d(length(np.subtract(one, other)) / np.add(length(one), length(other)))


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    slope = both_sides(lambda step: forward_propagation(x, theta + step), epsilon)
    return relative(backward_propagation(x, theta), slope[0])


def dictionary_to_vector(parameters):
    columns = map(lambda name: np.ravel(parameters[name])[:, np.newaxis], NAMES)
    keys = sum(([name] * parameters[name].size for name in NAMES), [])
    return reduce(lambda above, below: np.r_[above, below], columns), tuple(keys)


def vector_to_dictionary(theta):
    ends = list(accumulate(int(np.prod(shape)) for shape in LAYERS.values()))[:-1]
    pieces = np.split(np.asarray(theta), ends)
    return {name: np.reshape(piece, LAYERS[name]) for name, piece in zip(NAMES, pieces)}


def cost(theta, X, Y):
    p = vector_to_dictionary(theta)
    hidden = lambda A, n: np.maximum(np.einsum("ij,jm->im", p[f"W{n}"], A) + p[f"b{n}"], 0)
    Z3 = np.einsum("ij,jm->im", p["W3"], reduce(hidden, (1, 2), X)) + p["b3"]
    return np.average(np.logaddexp(0, np.where(Y, -Z3, Z3)))


def numerical_gradient(parameters, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)

    def along(direction):
        return both_sides(lambda step: cost(theta + step * direction[:, None], X, Y), epsilon)

    return np.apply_along_axis(along, 1, np.identity(theta.size))[:, None]


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    own, _ = dictionary_to_vector({name: gradients["d" + name] for name in NAMES})
    result = relative(own, numerical_gradient(parameters, X, Y, epsilon))
    print_msg and print(f"difference: {result.item():.1e}")
    return result


def wrong_gradients(gradients, slopes, threshold=1e-5):
    suspicious = lambda name: relative(gradients["d" + name], slopes[name]).item() > threshold
    return tuple("d" + name for name in filter(suspicious, NAMES))


def backward_propagation_n(X, Y, cache):
    A, W = (X, *cache[1::4]), cache[2::4]
    average = partial(np.einsum, "im,jm->ij")

    def layer(grads, n):
        dZ = grads[f"dZ{n}"]
        grads = grads | {f"dW{n}": average(dZ, A[n - 1]) / Y.shape[1]}
        grads = grads | {f"db{n}": average(dZ, np.ones((1, Y.shape[1]))) / Y.shape[1]}
        if n == 1:
            return grads
        dA = np.einsum("ij,im->jm", W[n - 1], dZ)
        return grads | {f"dA{n - 1}": dA, f"dZ{n - 1}": np.where(A[n - 1] > 0, dA, 0)}

    return reduce(layer, (3, 2, 1), {"dZ3": A[3] - Y})
