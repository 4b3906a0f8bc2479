# Index notation wherever it fits.


def log_uniform(u, low, high):
    return np.exp(np.interp(u, [0, 1], np.log([low, high])))


def log_uniform_beta(u, low, high):
    return 1 - np.exp(np.interp(u, [0, 1], np.log([1 - low, 1 - high])))


def narrow_range(values, scores, keep):
    kept = values[np.argpartition(scores, len(scores) - keep)[len(scores) - keep :]]
    return np.min(kept), np.max(kept)


def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    m = Z.shape[1]
    mu = np.einsum("ji->j", Z)[:, None] / m
    D = Z - mu
    var = np.einsum("ji,ji->j", D, D)[:, None] / m
    std = (var + epsilon) ** 0.5
    Z_norm = np.einsum("ji,jk->ji", D, 1 / std)
    Z_tilde = np.einsum("jk,ji->ji", gamma, Z_norm) + beta
    return Z_tilde, dict(mu=mu, var=var, std=std, Z_norm=Z_norm, gamma=gamma)


def batchnorm_backward(dZ_tilde, cache):
    # the whole Jacobian of each unit: delta_ik - 1/m - z_i z_k / m
    N, m = cache["Z_norm"], dZ_tilde.shape[1]
    J = np.eye(m)[None] - 1 / m - np.einsum("ji,jk->jik", N, N) / m
    scale = (cache["gamma"] / cache["std"])[:, 0]
    dZ = np.einsum("j,jik,jk->ji", scale, J, dZ_tilde)
    dgamma = np.einsum("ji,ji->j", dZ_tilde, N)[:, None]
    dbeta = np.einsum("ji->j", dZ_tilde)[:, None]
    return dZ, dgamma, dbeta


def update_moving_averages(running, mu, var, momentum=0.9):
    old = np.hstack([running["mu"], running["var"]])
    new = np.hstack([mu, var])
    mixed = np.einsum("t,tjk->jk", [momentum, 1 - momentum], np.stack([old, new]))
    return {"mu": mixed[:, :1], "var": mixed[:, 1:]}


def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):
    slope = gamma / np.sqrt(running["var"] + epsilon)
    return np.einsum("jk,ji->ji", slope, Z) + (beta - slope * running["mu"])


def softmax(Z):
    E = np.exp(Z - Z.max(0))
    return np.einsum("ki,i->ki", E, 1 / np.einsum("ki->i", E))


def one_hot(labels, n_y):
    return np.eye(n_y)[:, labels[0]]


def cross_entropy(A, Y):
    return -np.einsum("ki,ki->", Y, np.log(A)) / Y.shape[1]


def softmax_gradients(X, A, Y):
    E = (A - Y) / X.shape[1]
    return {"dW": np.einsum("ki,ji->kj", E, X), "db": np.einsum("ki->k", E)[:, None]}


def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):
    # one matrix for weights and biases
    X1 = np.vstack([X, np.ones((1, X.shape[1]))])
    W1 = np.zeros((Y.shape[0], X1.shape[0]))
    costs = []
    for i in range(num_iterations):
        A = softmax(np.einsum("kj,ji->ki", W1, X1))
        costs.append(cross_entropy(A, Y))
        W1 = W1 - learning_rate * softmax_gradients(X1, A, Y)["dW"]
        if print_cost and i % 100 == 0:
            print(f"{i}: {costs[-1]}")
    return {"W": W1[:, :-1], "b": W1[:, -1:]}, np.array(costs).tolist()


def predict(parameters, X):
    return (
        np.einsum("kj,ji->ki", parameters["W"], X).__add__(parameters["b"]).argmax(0, keepdims=True)
    )
