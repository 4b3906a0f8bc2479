# Small functions put together: map, reduce, accumulate, generators, zip; nothing is assigned twice.
from functools import partial, reduce
from itertools import accumulate, chain, starmap
from operator import itemgetter


def over_names(rule, parameters, *others):
    return {
        name: rule(value, *(other["d" + name] for other in others))
        for name, value in parameters.items()
    }


def blend(beta, power, old, new):
    return {key: beta * old[key] + (1 - beta) * new[key] ** power for key in old}


def unbiased(averages, beta, t):
    return dict(zip(averages, map(lambda a: a / -np.expm1(t * np.log(beta)), averages.values())))


update_parameters_with_gd = lambda parameters, grads, learning_rate: over_names(
    lambda value, gradient: value - learning_rate * gradient, parameters, grads
)


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    order = np.random.Generator(np.random.PCG64(seed)).permutation(X.shape[1])
    cuts = np.arange(mini_batch_size, X.shape[1], mini_batch_size)
    take = lambda places: (np.take(X, places, axis=1), np.take(Y, places, axis=1))
    return list(map(take, np.split(order, cuts)))


def exponential_average(values, beta):
    step = lambda v, theta: beta * v + (1 - beta) * theta
    return np.fromiter(accumulate(values, step, initial=0.0), float)[1:]


def correct_bias(averages, beta):
    return np.fromiter((v / (1 - beta**t) for t, v in enumerate(averages, start=1)), float)


averaging_window = lambda beta: ((1 - beta) ** -1, -(np.log(beta) ** -1))


def kind_of_point(curvatures):
    signs = frozenset(np.sign(curvatures).astype(int).tolist())
    if {1, -1} <= signs:
        return "saddle"
    return {frozenset({1}): "minimum", frozenset({-1}): "maximum"}.get(signs, "undecided")


def initialize_velocity(parameters):
    return dict(
        zip(("d" + name for name in parameters), map(np.zeros, map(np.shape, parameters.values())))
    )


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    moving = blend(beta, 1, v, grads)
    return update_parameters_with_gd(parameters, moving, learning_rate), moving


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    squares = blend(beta, 2, s, grads)
    step = lambda value, gradient, square: (
        value - learning_rate * gradient / (square**0.5 + epsilon)
    )
    return over_names(step, parameters, grads, squares), squares


def initialize_adam(parameters):
    return tuple(initialize_velocity(parameters) for _ in "vs")


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    means, squares = blend(beta1, 1, v, grads), blend(beta2, 2, s, grads)
    step = lambda value, mean, square: value - learning_rate * mean / (np.sqrt(square) + epsilon)
    corrected = unbiased(means, beta1, t), unbiased(squares, beta2, t)
    return over_names(step, parameters, *corrected), means, squares


update_lr = lambda learning_rate0, epoch_num, decay_rate: (
    learning_rate0 * (1 + decay_rate * epoch_num) ** -1
)


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return update_lr(learning_rate0, divmod(epoch_num, time_interval)[0], decay_rate)


def exponential_decay(learning_rate0, epoch_num, base=0.95):
    return reduce(lambda rate, _: rate * base, range(epoch_num), learning_rate0)


root_decay = lambda learning_rate0, t, k=1.0: learning_rate0 * k * t**-0.5


def staircase_decay(learning_rate0, epoch_num, factor=0.5, time_interval=10):
    return exponential_decay(learning_rate0, epoch_num // time_interval, factor)
