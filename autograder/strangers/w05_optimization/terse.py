# As short as it gets: one line each, comprehensions, scipy where it has the thing already.
# fmt: off
from scipy.signal import lfilter


def update_parameters_with_gd(parameters, grads, learning_rate): return {k: p - learning_rate * grads["d" + k] for k, p in parameters.items()}


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    p = np.random.RandomState(seed).permutation(n := X.shape[1])
    return [(X[:, i], Y[:, i]) for i in (p[k:k + mini_batch_size] for k in range(0, n, mini_batch_size))]


def exponential_average(values, beta): return lfilter([1 - beta], [1, -beta], values)


def correct_bias(averages, beta): return averages / (1 - beta ** (1. + np.arange(averages.size)))


def averaging_window(beta): return 1 / (1 - beta), -1 / np.log(beta)


def kind_of_point(c): return "minimum" if (c > 0).all() else "maximum" if (c < 0).all() else "saddle" if c.min() * c.max() < 0 else "undecided"


def initialize_velocity(parameters): return {"d" + k: 0 * p for k, p in parameters.items()}


def update_parameters_with_momentum(p, g, v, beta, lr):
    v = {k: g[k] + beta * (v[k] - g[k]) for k in v}
    return {k: p[k] - lr * v["d" + k] for k in p}, v


def update_parameters_with_rmsprop(p, g, s, beta, lr, epsilon=1e-8):
    s = {k: g[k]**2 + beta * (s[k] - g[k]**2) for k in s}
    return {k: p[k] - lr * g["d" + k] / (s["d" + k]**.5 + epsilon) for k in p}, s


def initialize_adam(parameters): return initialize_velocity(parameters), initialize_velocity(parameters)


def update_parameters_with_adam(p, g, v, s, t, learning_rate=.01, beta1=.9, beta2=.999, epsilon=1e-8):
    v = {k: beta1 * v[k] + (1 - beta1) * g[k] for k in v}
    s = {k: beta2 * s[k] + (1 - beta2) * g[k]**2 for k in s}
    V, S = {k: v[k] / (1 - beta1**t) for k in v}, {k: s[k] / (1 - beta2**t) for k in s}
    return {k: p[k] - learning_rate * V["d" + k] / (S["d" + k]**.5 + epsilon) for k in p}, v, s, V, S


def update_lr(a, n, d): return a / (1 + d * n)


def schedule_lr_decay(a, n, d, time_interval=1000): return a / (1 + n // time_interval * d)


def exponential_decay(a, n, base=.95): return a * base**n


def root_decay(a, t, k=1.): return a * k / t**.5


def staircase_decay(a, n, factor=.5, time_interval=10): return a * factor**(n // time_interval)
