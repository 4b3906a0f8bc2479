# Long names, a class for the network, input checks, and a report.
class ThreeLayerNetwork:
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}

    def __init__(self, parameters):
        for name, shape in self.shapes.items():
            assert parameters[name].shape == shape, name
        self.parameters = parameters

    def cost(self, X, Y):
        first_hidden = np.clip(self.parameters["W1"].dot(X) + self.parameters["b1"], 0, None)
        second_hidden = np.clip(
            self.parameters["W2"].dot(first_hidden) + self.parameters["b2"], 0, None
        )
        log_odds = self.parameters["W3"].dot(second_hidden) + self.parameters["b3"]
        losses_of_ones = np.log1p(np.exp(-np.abs(log_odds))) + np.maximum(-log_odds, 0)
        losses_of_zeros = losses_of_ones + log_odds
        losses = np.where(Y == 1, losses_of_ones, losses_of_zeros)
        return losses.sum() / Y.shape[1]


def relative_difference(gradient, approximation):
    gradient = np.asarray(gradient, dtype=float)
    approximation = np.asarray(approximation, dtype=float)
    numerator = np.sqrt(((gradient - approximation) ** 2).sum())
    denominator = np.sqrt((gradient**2).sum()) + np.sqrt((approximation**2).sum())
    if denominator == 0:
        return 0.0
    return float(numerator / denominator)


def forward_propagation(x, theta):
    J = np.dot(theta, x)
    return J


def backward_propagation(x, theta):
    derivative_with_respect_to_theta = 1 * x
    return derivative_with_respect_to_theta


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    theta_plus = theta + epsilon
    theta_minus = theta - epsilon
    cost_plus = forward_propagation(x, theta_plus)
    cost_minus = forward_propagation(x, theta_minus)
    slope_from_two_points = (cost_plus - cost_minus) / (2.0 * epsilon)
    slope_from_formula = backward_propagation(x, theta)
    difference = relative_difference(slope_from_formula, slope_from_two_points)
    if print_msg:
        if difference > 2e-7:
            print("There is a mistake in the backward propagation: " + str(difference))
        else:
            print("Your backward propagation works: " + str(difference))
    return difference


def dictionary_to_vector(parameters):
    number_of_entries = sum(array.size for array in parameters.values())
    theta = np.empty((number_of_entries, 1))
    keys = []
    position = 0
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        flat = parameters[name].flatten()
        theta[position : position + flat.size, 0] = flat
        keys.extend([name] * flat.size)
        position += flat.size
    assert position == number_of_entries == len(keys)
    return theta, keys


def vector_to_dictionary(theta):
    parameters = dict()
    position = 0
    for name in ThreeLayerNetwork.shapes:
        shape = ThreeLayerNetwork.shapes[name]
        array = np.empty(shape, dtype=theta.dtype)
        for row in range(shape[0]):
            for column in range(shape[1]):
                array[row, column] = theta[position, 0]
                position += 1
        parameters[name] = array
    return parameters


def numerical_gradient(parameters, X, Y, epsilon=1e-7):
    theta, keys = dictionary_to_vector(parameters)
    approximation = np.zeros_like(theta)
    for position in range(len(keys)):
        step = np.zeros_like(theta)
        step[position, 0] = epsilon
        cost_plus = ThreeLayerNetwork(vector_to_dictionary(theta + step)).cost(X, Y)
        cost_minus = ThreeLayerNetwork(vector_to_dictionary(theta - step)).cost(X, Y)
        approximation[position, 0] = (cost_plus - cost_minus) / (2 * epsilon)
    return approximation


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    gradient, _ = dictionary_to_vector(
        {name: gradients["d" + name] for name in ThreeLayerNetwork.shapes}
    )
    approximation = numerical_gradient(parameters, X, Y, epsilon=epsilon)
    difference = relative_difference(gradient, approximation)
    if print_msg:
        print("difference =", difference)
    return difference


def wrong_gradients(gradients, slopes, threshold=1e-5):
    names_of_wrong_gradients = []
    for name in ThreeLayerNetwork.shapes:
        difference = relative_difference(gradients["d" + name], slopes[name])
        gradient_is_wrong = difference > threshold
        if gradient_is_wrong:
            names_of_wrong_gradients.append("d" + name)
    return names_of_wrong_gradients


def backward_propagation_n(X, Y, cache):
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    number_of_examples = X.shape[1]

    dZ3 = np.subtract(A3, Y)
    dW3 = np.matmul(dZ3, A2.transpose()) / number_of_examples
    db3 = np.mean(dZ3, axis=1, keepdims=True)

    dA2 = np.matmul(W3.transpose(), dZ3)
    dZ2 = np.where(Z2 > 0, dA2, np.zeros_like(dA2))
    dW2 = np.matmul(dZ2, A1.transpose()) / number_of_examples
    db2 = np.mean(dZ2, axis=1, keepdims=True)

    dA1 = np.matmul(W2.transpose(), dZ2)
    dZ1 = np.where(Z1 > 0, dA1, np.zeros_like(dA1))
    dW1 = np.matmul(dZ1, X.transpose()) / number_of_examples
    db1 = np.mean(dZ1, axis=1, keepdims=True)

    return dict(
        dZ3=dZ3,
        dW3=dW3,
        db3=db3,
        dA2=dA2,
        dZ2=dZ2,
        dW2=dW2,
        db2=db2,
        dA1=dA1,
        dZ1=dZ1,
        dW1=dW1,
        db1=db1,
    )
