# As written for the later edition: copies first, range(1, L + 1), five values from Adam, hints
# of types, names of arguments as in the exercise.
import copy


def update_parameters_with_gd(parameters: dict, grads: dict, learning_rate: float) -> dict:
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = np.random.permutation(m)
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation]
    inc = mini_batch_size
    num_complete_minibatches = m // mini_batch_size
    for k in range(num_complete_minibatches):
        mini_batches.append(
            (shuffled_X[:, k * inc : (k + 1) * inc], shuffled_Y[:, k * inc : (k + 1) * inc])
        )
    if m % mini_batch_size:
        end = inc * num_complete_minibatches
        mini_batches.append((shuffled_X[:, end:], shuffled_Y[:, end:]))
    return mini_batches


def exponential_average(values: np.ndarray, beta: float) -> np.ndarray:
    averages = np.empty_like(values)
    averages[0] = (1 - beta) * values[0]
    for t in range(1, values.size):
        averages[t] = beta * averages[t - 1] + (1 - beta) * values[t]
    return averages


def correct_bias(averages: np.ndarray, beta: float) -> np.ndarray:
    powers = np.cumprod(np.full(averages.shape, beta))
    return averages / (1 - powers)


def averaging_window(beta: float) -> tuple:
    return 1 / (1 - beta), 1 / np.log(1 / beta)


def kind_of_point(curvatures: np.ndarray) -> str:
    lowest, highest = curvatures.min(), curvatures.max()
    if lowest > 0:
        return "minimum"
    if highest < 0:
        return "maximum"
    if lowest < 0 < highest:
        return "saddle"
    return "undecided"


def initialize_velocity(parameters: dict) -> dict:
    L = len(parameters) // 2
    v = {}
    for l in range(1, L + 1):
        v["dW" + str(l)] = np.zeros_like(parameters["W" + str(l)])
        v["db" + str(l)] = np.zeros_like(parameters["b" + str(l)])
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    parameters, v = copy.deepcopy(parameters), copy.deepcopy(v)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        v[f"dW{l}"] = beta * v[f"dW{l}"] + (1 - beta) * grads[f"dW{l}"]
        v[f"db{l}"] = beta * v[f"db{l}"] + (1 - beta) * grads[f"db{l}"]
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * v[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * v[f"db{l}"]
    return parameters, v


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    parameters, s = copy.deepcopy(parameters), copy.deepcopy(s)
    for l in range(1, len(parameters) // 2 + 1):
        for p in (f"W{l}", f"b{l}"):
            g = grads[f"d{p}"]
            s[f"d{p}"] = beta * s[f"d{p}"] + (1 - beta) * g**2
            parameters[p] = parameters[p] - learning_rate * (g / (np.sqrt(s[f"d{p}"]) + epsilon))
    return parameters, s


def initialize_adam(parameters: dict) -> tuple:
    L = len(parameters) // 2
    v, s = {}, {}
    for l in range(1, L + 1):
        v[f"dW{l}"] = np.zeros_like(parameters[f"W{l}"])
        v[f"db{l}"] = np.zeros_like(parameters[f"b{l}"])
        s[f"dW{l}"] = np.zeros_like(parameters[f"W{l}"])
        s[f"db{l}"] = np.zeros_like(parameters[f"b{l}"])
    return v, s


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    parameters, v, s = copy.deepcopy((parameters, v, s))
    L = len(parameters) // 2
    v_corrected, s_corrected = {}, {}
    for l in range(1, L + 1):
        for k in ("W", "b"):
            d = f"d{k}{l}"
            v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
            v_corrected[d] = v[d] / (1 - beta1**t)
            s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
            s_corrected[d] = s[d] / (1 - beta2**t)
            parameters[f"{k}{l}"] -= (
                learning_rate * v_corrected[d] / (np.sqrt(s_corrected[d]) + epsilon)
            )
    return parameters, v, s, v_corrected, s_corrected


def update_lr(learning_rate0: float, epoch_num: int, decay_rate: float) -> float:
    return (1 / (1 + decay_rate * epoch_num)) * learning_rate0


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return learning_rate0 / (1 + decay_rate * int(epoch_num / time_interval))


def exponential_decay(learning_rate0: float, epoch_num: int, base: float = 0.95) -> float:
    rate = learning_rate0
    for _ in range(epoch_num):
        rate *= base
    return rate


def root_decay(learning_rate0: float, t: int, k: float = 1.0) -> float:
    return (k / t**0.5) * learning_rate0


def staircase_decay(learning_rate0, epoch_num, factor=0.5, time_interval=10):
    rate = learning_rate0
    for epoch in range(1, epoch_num + 1):
        if epoch % time_interval == 0:
            rate = rate * factor
    return rate
