sigmoid = lambda t: 1 / (1 + np.exp(-t))


def propagate_loop(w, b, X, Y):
    m = X.shape[1]
    zs = [sum(wj * xj for wj, xj in zip(w[:, 0], x)) + b for x in X.T]
    es = [sigmoid(z) - y for z, y in zip(zs, Y[0])]
    J = sum(-np.log(sigmoid(z if y else -z)) for z, y in zip(zs, Y[0])) / m
    dw = [[sum(e * xj for e, xj in zip(es, row)) / m] for row in X]
    return dict(db=sum(es) / m, dw=np.array(dw)), J


def initialize_with_zeros(dim):
    return np.zeros((dim, 1)), 0.0


def propagate(w, b, X, Y):
    z = w.T @ X + b
    e = sigmoid(z) - Y
    return {"db": e.mean(), "dw": X @ e.T / e.size}, (np.logaddexp(0, z) - Y * z).mean()


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        g, J = propagate(w, b, X, Y)
        w, b = w - learning_rate * g["dw"], b - learning_rate * g["db"]
        if not i % 100:
            costs += [J]
    return dict(b=b, w=w), g, costs


predict = lambda w, b, X: (w.T @ X + b > 0) * 1


def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    p, _, costs = optimize(
        *initialize_with_zeros(X_train.shape[0]),
        X_train,
        Y_train,
        num_iterations=num_iterations,
        learning_rate=learning_rate,
    )
    return dict(
        p,
        costs=costs,
        Y_prediction_train=predict(**p, X=X_train),
        Y_prediction_test=predict(**p, X=X_test),
        num_iterations=num_iterations,
        learning_rate=learning_rate,
    )
