# As written for the first public edition: layers counted with `// 2`, str(l + 1) in the keys,
# np.random.seed inside, updates that write into the caller's dictionaries.
import math


def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = (
            parameters["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        )
        parameters["b" + str(l + 1)] = (
            parameters["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
        )
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []

    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))

    num_complete_minibatches = math.floor(m / mini_batch_size)
    for k in range(0, num_complete_minibatches):
        mini_batch_X = shuffled_X[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        mini_batch_Y = shuffled_Y[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        mini_batch = (mini_batch_X, mini_batch_Y)
        mini_batches.append(mini_batch)

    if m % mini_batch_size != 0:
        mini_batch_X = shuffled_X[:, num_complete_minibatches * mini_batch_size : m]
        mini_batch_Y = shuffled_Y[:, num_complete_minibatches * mini_batch_size : m]
        mini_batch = (mini_batch_X, mini_batch_Y)
        mini_batches.append(mini_batch)

    return mini_batches


def exponential_average(values, beta):
    averages = []
    v = 0
    for theta in values:
        v = beta * v + (1 - beta) * theta
        averages.append(v)
    return np.array(averages)


def correct_bias(averages, beta):
    corrected = np.zeros(averages.shape)
    for t in range(1, len(averages) + 1):
        corrected[t - 1] = averages[t - 1] / (1 - np.power(beta, t))
    return corrected


def averaging_window(beta):
    rule = 1 / (1 - beta)
    exact = math.log(1 / math.e) / math.log(beta)
    return rule, exact


def kind_of_point(curvatures):
    positive = 0
    negative = 0
    for c in curvatures:
        if c > 0:
            positive = positive + 1
        elif c < 0:
            negative = negative + 1
    if positive == len(curvatures):
        return "minimum"
    elif negative == len(curvatures):
        return "maximum"
    elif positive > 0 and negative > 0:
        return "saddle"
    else:
        return "undecided"


def initialize_velocity(parameters):
    L = len(parameters) // 2
    v = {}
    for l in range(L):
        v["dW" + str(l + 1)] = np.zeros(
            (parameters["W" + str(l + 1)].shape[0], parameters["W" + str(l + 1)].shape[1])
        )
        v["db" + str(l + 1)] = np.zeros(
            (parameters["b" + str(l + 1)].shape[0], parameters["b" + str(l + 1)].shape[1])
        )
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        v["dW" + str(l + 1)] = beta * v["dW" + str(l + 1)] + (1 - beta) * grads["dW" + str(l + 1)]
        v["db" + str(l + 1)] = beta * v["db" + str(l + 1)] + (1 - beta) * grads["db" + str(l + 1)]
        parameters["W" + str(l + 1)] = (
            parameters["W" + str(l + 1)] - learning_rate * v["dW" + str(l + 1)]
        )
        parameters["b" + str(l + 1)] = (
            parameters["b" + str(l + 1)] - learning_rate * v["db" + str(l + 1)]
        )
    return parameters, v


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    L = len(parameters) // 2
    for l in range(L):
        for letter in ["W", "b"]:
            key = letter + str(l + 1)
            s["d" + key] = beta * s["d" + key] + (1 - beta) * np.power(grads["d" + key], 2)
            parameters[key] = parameters[key] - learning_rate * grads["d" + key] / (
                np.sqrt(s["d" + key]) + epsilon
            )
    return parameters, s


def initialize_adam(parameters):
    L = len(parameters) // 2
    v = {}
    s = {}
    for l in range(L):
        v["dW" + str(l + 1)] = np.zeros(parameters["W" + str(l + 1)].shape)
        v["db" + str(l + 1)] = np.zeros(parameters["b" + str(l + 1)].shape)
        s["dW" + str(l + 1)] = np.zeros(parameters["W" + str(l + 1)].shape)
        s["db" + str(l + 1)] = np.zeros(parameters["b" + str(l + 1)].shape)
    return v, s


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(L):
        v["dW" + str(l + 1)] = beta1 * v["dW" + str(l + 1)] + (1 - beta1) * grads["dW" + str(l + 1)]
        v["db" + str(l + 1)] = beta1 * v["db" + str(l + 1)] + (1 - beta1) * grads["db" + str(l + 1)]
        v_corrected["dW" + str(l + 1)] = v["dW" + str(l + 1)] / (1 - np.power(beta1, t))
        v_corrected["db" + str(l + 1)] = v["db" + str(l + 1)] / (1 - np.power(beta1, t))
        s["dW" + str(l + 1)] = beta2 * s["dW" + str(l + 1)] + (1 - beta2) * np.power(
            grads["dW" + str(l + 1)], 2
        )
        s["db" + str(l + 1)] = beta2 * s["db" + str(l + 1)] + (1 - beta2) * np.power(
            grads["db" + str(l + 1)], 2
        )
        s_corrected["dW" + str(l + 1)] = s["dW" + str(l + 1)] / (1 - np.power(beta2, t))
        s_corrected["db" + str(l + 1)] = s["db" + str(l + 1)] / (1 - np.power(beta2, t))
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * v_corrected[
            "dW" + str(l + 1)
        ] / np.sqrt(s_corrected["dW" + str(l + 1)] + epsilon)
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * v_corrected[
            "db" + str(l + 1)
        ] / np.sqrt(s_corrected["db" + str(l + 1)] + epsilon)
    return parameters, v, s


def update_lr(learning_rate, epoch_num, decay_rate):
    learning_rate = 1 / (1 + decay_rate * epoch_num) * learning_rate
    return learning_rate


def schedule_lr_decay(learning_rate, epoch_num, decay_rate, time_interval=1000):
    learning_rate = 1 / (1 + decay_rate * np.floor(epoch_num / time_interval)) * learning_rate
    return learning_rate


def exponential_decay(learning_rate, epoch_num, base=0.95):
    return np.power(base, epoch_num) * learning_rate


def root_decay(learning_rate, t, k=1.0):
    return k / np.sqrt(t) * learning_rate


def staircase_decay(learning_rate, epoch_num, factor=0.5, time_interval=10):
    return learning_rate * np.power(factor, np.floor(epoch_num / time_interval))
