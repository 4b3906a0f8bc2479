# Explicit loops over entries, one number at a time, with the functions of math and random.
import math
import random


def changed_by(rule, *arrays):
    result = np.zeros(arrays[0].shape)
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = rule(*[float(array[i, j]) for array in arrays])
    return result


def names_of(parameters):
    names = []
    l = 1
    while "W" + str(l) in parameters:
        names.append("W" + str(l))
        names.append("b" + str(l))
        l += 1
    return names


def update_parameters_with_gd(parameters, grads, learning_rate):
    def rule(value, gradient):
        return value - learning_rate * gradient

    new = {}
    for name in names_of(parameters):
        new[name] = changed_by(rule, parameters[name], grads["d" + name])
    return new


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    order = [i for i in range(X.shape[1])]
    random.Random(seed).shuffle(order)
    mini_batches = []
    columns_x = []
    columns_y = []
    for i in order:
        columns_x.append(X[:, i])
        columns_y.append(Y[:, i])
        if len(columns_x) == mini_batch_size:
            mini_batches.append((np.stack(columns_x, axis=1), np.stack(columns_y, axis=1)))
            columns_x = []
            columns_y = []
    if columns_x:
        mini_batches.append((np.stack(columns_x, axis=1), np.stack(columns_y, axis=1)))
    return mini_batches


def exponential_average(values, beta):
    averages = np.zeros(len(values))
    for t in range(len(values)):
        for age in range(t + 1):
            averages[t] += (1 - beta) * beta**age * values[t - age]
    return averages


def correct_bias(averages, beta):
    corrected = averages.copy()
    power = 1.0
    for t in range(len(averages)):
        power = power * beta
        corrected[t] /= 1 - power
    return corrected


def averaging_window(beta):
    return 1 / (1 - beta), -1 / math.log(beta)


def kind_of_point(curvatures):
    up = False
    down = False
    flat = False
    for c in curvatures:
        if c > 0:
            up = True
        if c < 0:
            down = True
        if c == 0:
            flat = True
    if up and down:
        return "saddle"
    if flat:
        return "undecided"
    if up:
        return "minimum"
    return "maximum"


def initialize_velocity(parameters):
    v = {}
    for name in names_of(parameters):
        rows, columns = parameters[name].shape
        v["d" + name] = np.array([[0.0 for _ in range(columns)] for _ in range(rows)])
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    new = {}
    new_v = {}
    for name in names_of(parameters):
        d = "d" + name
        new_v[d] = changed_by(lambda old, g: beta * old + (1 - beta) * g, v[d], grads[d])
        new[name] = changed_by(
            lambda value, step: value - learning_rate * step, parameters[name], new_v[d]
        )
    return new, new_v


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    new = {}
    new_s = {}
    for name in names_of(parameters):
        d = "d" + name
        new_s[d] = changed_by(lambda old, g: beta * old + (1 - beta) * g * g, s[d], grads[d])

        def rule(value, g, square):
            return value - learning_rate * g / (math.sqrt(square) + epsilon)

        new[name] = changed_by(rule, parameters[name], grads[d], new_s[d])
    return new, new_s


def initialize_adam(parameters):
    v = initialize_velocity(parameters)
    s = initialize_velocity(parameters)
    return (v, s)


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    new = {}
    new_v = {}
    new_s = {}
    for name in names_of(parameters):
        d = "d" + name
        new_v[d] = changed_by(lambda old, g: beta1 * old + (1 - beta1) * g, v[d], grads[d])
        new_s[d] = changed_by(lambda old, g: beta2 * old + (1 - beta2) * g * g, s[d], grads[d])

        def rule(value, mean, square):
            mean_hat = mean / (1 - math.pow(beta1, t))
            square_hat = square / (1 - math.pow(beta2, t))
            return value - learning_rate * mean_hat / (math.sqrt(square_hat) + epsilon)

        new[name] = changed_by(rule, parameters[name], new_v[d], new_s[d])
    return new, new_v, new_s


def update_lr(learning_rate, epoch_num, decay_rate):
    denominator = 1
    for _ in range(epoch_num):
        denominator = denominator + decay_rate
    return learning_rate / denominator


def schedule_lr_decay(learning_rate, epoch_num, decay_rate, time_interval=1000):
    denominator = 1
    while epoch_num >= time_interval:
        epoch_num = epoch_num - time_interval
        denominator = denominator + decay_rate
    return learning_rate / denominator


def exponential_decay(learning_rate, epoch_num, base=0.95):
    return learning_rate * math.exp(epoch_num * math.log(base))


def root_decay(learning_rate, t, k=1.0):
    return learning_rate * k / math.sqrt(t)


def staircase_decay(learning_rate, epoch_num, factor=0.5, time_interval=10):
    while epoch_num >= time_interval:
        learning_rate = learning_rate * factor
        epoch_num = epoch_num - time_interval
    return learning_rate
