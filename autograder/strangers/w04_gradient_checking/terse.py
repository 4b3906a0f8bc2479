# One-liners; all parameters nudged in one go with a comprehension over unit vectors.
K = "W1 b1 W2 b2 W3 b3".split()
S = (5, 4), (5, 1), (3, 5), (3, 1), (1, 3), (1, 1)
E = [0, *np.cumsum([a * b for a, b in S])]
n = np.linalg.norm
rel = lambda g, a: n(g - a) / (n(g) + n(a))

forward_propagation = np.multiply
backward_propagation = lambda x, theta: x
gradient_check = lambda x, theta, epsilon=1e-7, print_msg=False: rel(
    x, x * (theta + epsilon - (theta - epsilon)) / 2 / epsilon
)
dictionary_to_vector = lambda p: (
    np.vstack([p[k].reshape(-1, 1) for k in K]),
    np.repeat(K, np.diff(E)).tolist(),
)
vector_to_dictionary = lambda t: {k: t[a:b].reshape(s) for k, s, a, b in zip(K, S, E, E[1:])}


def J(t, X, Y):
    p, A = vector_to_dictionary(t), X
    for i in "12":
        A = np.fmax(p["W" + i] @ A + p["b" + i], 0)
    z = p["W3"] @ A + p["b3"]
    return np.mean(np.logaddexp(0, z) - Y * z)


def numerical_gradient(p, X, Y, epsilon=1e-7):
    t, I = dictionary_to_vector(p)[0], np.eye(47)[..., None] * epsilon
    return np.array([[J(t + e, X, Y) - J(t - e, X, Y)] for e in I]) / (2 * epsilon)


def gradient_check_n(p, g, X, Y, epsilon=1e-7, print_msg=False):
    return rel(
        dictionary_to_vector({k: g["d" + k] for k in K})[0], numerical_gradient(p, X, Y, epsilon)
    )


wrong_gradients = lambda g, s, threshold=1e-5: [
    "d" + k for k in K if rel(g["d" + k], s[k]) > threshold
]


def backward_propagation_n(X, Y, cache):
    (_, A1, _, _, _, A2, W2, _, _, A3, W3, _), m, g = cache, Y.size, {}
    g["dZ2"] = (g.setdefault("dA2", W3.T @ g.setdefault("dZ3", A3 - Y))) * (A2 > 0)
    g["dZ1"] = (g.setdefault("dA1", W2.T @ g["dZ2"])) * (A1 > 0)
    g |= {"dW" + i: g["dZ" + i] @ a.T / m for i, a in zip("123", (X, A1, A2))}
    return g | {"db" + i: g["dZ" + i].mean(1, keepdims=True) for i in "123"}
