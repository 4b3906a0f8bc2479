# Small pure functions, put together.
from functools import partial, reduce

_mean = partial(np.mean, axis=1, keepdims=True)
_sum = partial(np.sum, axis=1, keepdims=True)
_mix = lambda weight, old, new: weight * old + (1 - weight) * new
_scores = lambda p, X: p["W"] @ X + p["b"]


def log_uniform(u, low, high):
    return np.power(10.0, _mix(1 - u, np.log10(low), np.log10(high)))


def log_uniform_beta(u, low, high):
    return np.subtract(1, log_uniform(u, 1 - low, 1 - high))


def narrow_range(values, scores, keep):
    ranked = sorted(zip(scores, values), key=lambda trial: trial[0], reverse=True)
    kept = [value for _, value in ranked[:keep]]
    return (min(kept), max(kept))


def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    mu, var = _mean(Z), _mean(Z**2) - _mean(Z) ** 2
    std = np.sqrt(var + epsilon)
    Z_norm = (Z - mu) / std
    return gamma * Z_norm + beta, {
        "mu": mu,
        "var": var,
        "std": std,
        "Z_norm": Z_norm,
        "gamma": gamma,
        "beta": beta,
    }


def batchnorm_backward(dZ_tilde, cache):
    N = cache["Z_norm"]
    centred = lambda G: G - _mean(G)
    dN = dZ_tilde * cache["gamma"]
    dZ = (centred(dN) - N * _mean(dN * N)) / cache["std"]
    return dZ, _sum(dZ_tilde * N), _sum(dZ_tilde)


def update_moving_averages(running, mu, var, momentum=0.9):
    batch = {"mu": mu, "var": var}
    return {name: _mix(momentum, old, batch[name]) for name, old in running.items()}


def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):
    steps = (
        lambda T: T - running["mu"],
        lambda T: T / np.sqrt(running["var"] + epsilon),
        lambda T: gamma * T,
        lambda T: T + beta,
    )
    return reduce(lambda T, step: step(T), steps, Z)


def softmax(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=0, keepdims=True))


def one_hot(labels, n_y):
    return np.vstack([np.where(labels == k, 1.0, 0.0) for k in range(n_y)])


def cross_entropy(A, Y):
    return np.mean(-np.log(np.sum(np.where(Y == 1, A, 0), axis=0)))


def softmax_gradients(X, A, Y):
    error = np.subtract(A, Y) / np.shape(X)[1]
    return dict(dW=np.matmul(error, np.transpose(X)), db=_sum(error))


def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):
    def step(state, i):
        p, costs = state
        A = softmax(_scores(p, X))
        cost = cross_entropy(A, Y)
        if print_cost and not i % 100:
            print(cost)
        grads = softmax_gradients(X, A, Y)
        return {n: p[n] - learning_rate * grads["d" + n] for n in p}, [*costs, cost]

    start = {"W": np.zeros((Y.shape[0], X.shape[0])), "b": np.zeros((Y.shape[0], 1))}
    return reduce(step, range(num_iterations), (start, []))


def predict(parameters, X):
    return np.expand_dims(np.argmax(_scores(parameters, X), axis=0), 0)
