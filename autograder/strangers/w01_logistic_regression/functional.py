# einsum, small inner functions, and one function standing on another.


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z, dtype=float)))


def propagate_loop(w, b, X, Y):
    def example(x, y):
        z = b
        for weight, feature in zip(w.flat, x):
            z = z + weight * feature
        a = sigmoid(z)
        return -np.log(np.where(y == 1, a, 1 - a)), a - y

    losses, errors = [], []
    for x, y in zip(X.T, Y.flat):
        loss, error = example(x, y)
        losses.append(loss)
        errors.append(error)
    gradient = []
    for feature in X:
        total = 0.0
        for value, error in zip(feature, errors):
            total += value * error
        gradient.append(total / len(errors))
    grads = {"dw": np.vstack(gradient), "db": np.mean(errors)}
    return grads, np.mean(losses)


def initialize_with_zeros(dim):
    return [np.full((dim, 1), 0.0), np.float64(0)]


def propagate(w, b, X, Y):
    A = sigmoid(np.einsum("fo,fm->om", w, X) + b)
    error = A - Y
    truth = np.where(Y == 1, A, 1 - A)
    average = lambda values: np.einsum("om->", values) / Y.size
    return {
        "db": np.array([[average(error)]]),
        "dw": np.einsum("fm,om->fo", X, error) / Y.size,
    }, -average(np.log(truth))


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    def descend(theta, grads):
        return theta[0] - learning_rate * grads["dw"], theta[1] - learning_rate * grads["db"]

    theta, history = (w, b), []
    for _ in range(num_iterations):
        grads, cost = propagate(*theta, X, Y)
        history.append(cost)
        theta = descend(theta, grads)
    return dict(zip("wb", theta)), grads, history[::100]


def predict(w, b, X):
    return np.greater(sigmoid(np.tensordot(w, X, axes=(0, 0)) + b), 0.5)


def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    start = initialize_with_zeros(X_train.shape[0])
    settings = {"num_iterations": num_iterations, "learning_rate": learning_rate}
    learnt, _, costs = optimize(*start, X_train, Y_train, **settings)
    sets = {"train": X_train, "test": X_test}
    predictions = {
        f"Y_prediction_{k}": predict(learnt["w"], learnt["b"], X) for k, X in sets.items()
    }
    return {**settings, **learnt, **predictions, "costs": costs}
