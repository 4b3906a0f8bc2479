"""Everything checked, everything named, every step on a line of its own."""

from typing import Dict, List, Tuple

import numpy as np

LABELS_AXIS = 0
EXAMPLES_AXIS = 1


class BatchStatistics:
    """Mean and variance of each row of an array."""

    def __init__(self, sums: np.ndarray) -> None:
        if sums.ndim != 2:
            raise ValueError("a batch has two axes: units and examples")
        number_of_examples = sums.shape[EXAMPLES_AXIS]
        total_of_each_unit = sums.sum(axis=EXAMPLES_AXIS)
        self.mean = (total_of_each_unit / number_of_examples).reshape(-1, 1)
        deviations = sums - self.mean
        squares = deviations * deviations
        self.variance = (squares.sum(axis=EXAMPLES_AXIS) / number_of_examples).reshape(-1, 1)


def log_uniform(u, low: float, high: float):
    smallest_exponent = np.log10(low)
    largest_exponent = np.log10(high)
    length_of_range = largest_exponent - smallest_exponent
    exponents = smallest_exponent + np.asarray(u, dtype=float) * length_of_range
    return np.float_power(10.0, exponents)


def log_uniform_beta(u, low: float, high: float):
    # the range of 1 - beta, from its value at beta = low to its value at beta = high
    forgetting_at_low = 1.0 - low
    forgetting_at_high = 1.0 - high
    forgetting = log_uniform(u, forgetting_at_low, forgetting_at_high)
    return 1.0 - forgetting


def narrow_range(values, scores, keep: int) -> Tuple[float, float]:
    threshold = np.sort(scores)[::-1][keep - 1]
    good_enough = scores >= threshold
    values_that_are_good_enough = values[good_enough]
    lower_end = float(values_that_are_good_enough.min())
    upper_end = float(values_that_are_good_enough.max())
    return lower_end, upper_end


def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    statistics = BatchStatistics(Z)
    standard_deviation = np.sqrt(statistics.variance + epsilon)
    normalised = (Z - statistics.mean) / standard_deviation
    output = gamma * normalised + beta
    cache = {}
    cache["mu"] = statistics.mean
    cache["var"] = statistics.variance
    cache["std"] = standard_deviation
    cache["Z_norm"] = normalised
    cache["gamma"] = gamma.copy()
    return output, cache


def batchnorm_backward(dZ_tilde, cache):
    normalised = cache["Z_norm"]
    number_of_examples = dZ_tilde.shape[EXAMPLES_AXIS]
    gradient_of_gamma = np.sum(dZ_tilde * normalised, axis=EXAMPLES_AXIS).reshape(-1, 1)
    gradient_of_beta = np.sum(dZ_tilde, axis=EXAMPLES_AXIS).reshape(-1, 1)
    direct_way = dZ_tilde * cache["gamma"] / cache["std"]
    way_through_the_mean = cache["gamma"] * gradient_of_beta / (number_of_examples * cache["std"])
    way_through_the_deviation = (
        cache["gamma"] * gradient_of_gamma * normalised / (number_of_examples * cache["std"])
    )
    gradient = direct_way - way_through_the_mean - way_through_the_deviation
    return [gradient, gradient_of_gamma, gradient_of_beta]


def update_moving_averages(running, mu, var, momentum=0.9):
    updated: Dict[str, np.ndarray] = {}
    for name, of_this_batch in [("mu", mu), ("var", var)]:
        weight_of_the_new = 1.0 - momentum
        updated[name] = running[name] * momentum + of_this_batch * weight_of_the_new
    return updated


def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):
    output = np.empty_like(Z, dtype=float)
    standard_deviation = np.sqrt(running["var"] + epsilon)
    for example in range(Z.shape[EXAMPLES_AXIS]):
        column = Z[:, example : example + 1]
        normalised = (column - running["mu"]) / standard_deviation
        output[:, example : example + 1] = gamma * normalised + beta
    return output


def softmax(Z):
    columns = []
    for scores in np.asarray(Z, dtype=float).T:
        exponentials = np.exp(scores - scores.max())
        columns.append(exponentials / exponentials.sum())
    return np.column_stack(columns)


def one_hot(labels, n_y):
    number_of_examples = labels.shape[EXAMPLES_AXIS]
    encoded = np.zeros(shape=(n_y, number_of_examples), dtype=np.float64)
    encoded[labels.flatten(), np.arange(number_of_examples)] = 1.0
    return encoded


def cross_entropy(A, Y):
    true_classes = np.argmax(Y, axis=LABELS_AXIS)
    examples = np.arange(Y.shape[EXAMPLES_AXIS])
    probabilities_of_the_truth = A[true_classes, examples]
    losses = -np.log(probabilities_of_the_truth)
    return np.array([[np.average(losses)]])


def softmax_gradients(X, A, Y):
    number_of_examples = X.shape[EXAMPLES_AXIS]
    errors = A - Y
    gradient_of_weights = np.matmul(errors, X.transpose()) / number_of_examples
    gradient_of_biases = errors.sum(axis=EXAMPLES_AXIS, keepdims=True) / number_of_examples
    return {"dW": gradient_of_weights, "db": gradient_of_biases, "dZ": errors}


def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):
    parameters = {
        "W": np.zeros((Y.shape[LABELS_AXIS], X.shape[0])),
        "b": np.zeros((Y.shape[LABELS_AXIS], 1)),
    }
    costs: List[float] = []
    for iteration in range(1, num_iterations + 1):
        scores = np.matmul(parameters["W"], X) + parameters["b"]
        probabilities = softmax(scores)
        costs.append(float(np.squeeze(cross_entropy(probabilities, Y))))
        gradients = softmax_gradients(X, probabilities, Y)
        parameters["W"] = parameters["W"] - learning_rate * gradients["dW"]
        parameters["b"] = parameters["b"] - learning_rate * gradients["db"]
        if print_cost and (iteration - 1) % 100 == 0:
            print("iteration", iteration - 1, "cost", costs[-1])
    return parameters, costs


def predict(parameters, X):
    scores = np.matmul(parameters["W"], X) + parameters["b"]
    probabilities = softmax(scores)
    most_probable = [int(np.argmax(column)) for column in probabilities.T]
    return np.array([most_probable])
