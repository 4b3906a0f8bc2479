def log_uniform(u, low, high):
    return low * (high / low) ** u


def log_uniform_beta(u, low, high):
    return 1 - (1 - low) * ((1 - high) / (1 - low)) ** u


def narrow_range(values, scores, keep):
    b = values[scores.argsort()[::-1][:keep]]
    return b.min(), b.max()


def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    mu, var = Z.mean(1, keepdims=True), Z.var(1, keepdims=True)
    std = (var + epsilon) ** 0.5
    N = (Z - mu) / std
    return gamma * N + beta, dict(mu=mu, var=var, std=std, Z_norm=N, gamma=gamma)


def batchnorm_backward(d, cache):
    N, m = cache["Z_norm"], d.shape[1]
    g, b = (d * N).sum(1, keepdims=True), d.sum(1, keepdims=True)
    return cache["gamma"] / cache["std"] / m * (m * d - b - N * g), g, b


def update_moving_averages(running, mu, var, momentum=0.9):
    return {
        k: running[k] + (1 - momentum) * (v - running[k]) for k, v in (("mu", mu), ("var", var))
    }


def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):
    return gamma * (Z - running["mu"]) / (running["var"] + epsilon) ** 0.5 + beta


def softmax(Z):
    E = np.exp(Z - Z.max(0))
    return E / E.sum(0)


def one_hot(labels, n_y):
    return (labels == np.arange(n_y)[:, None]) * 1


def cross_entropy(A, Y):
    return -(Y * np.log(A)).sum(0).mean()


def softmax_gradients(X, A, Y):
    E = A - Y
    return {"dW": E @ X.T / X.shape[1], "db": E.mean(1, keepdims=True)}


def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):
    W, b, costs = np.zeros((len(Y), len(X))), np.zeros((len(Y), 1)), []
    for _ in range(num_iterations):
        A = softmax(W @ X + b)
        costs.append(cross_entropy(A, Y))
        g = softmax_gradients(X, A, Y)
        W, b = W - learning_rate * g["dW"], b - learning_rate * g["db"]
    return {"W": W, "b": b}, costs


def predict(parameters, X):
    return (parameters["W"] @ X + parameters["b"]).argmax(0)[None]
