# One number at a time, with the functions of math.
import math


def log_uniform(u, low, high):
    values = np.zeros(np.shape(u))
    for place in np.ndindex(values.shape):
        values[place] = low * (high / low) ** u[place]
    return values


def log_uniform_beta(u, low, high):
    values = np.zeros(np.shape(u))
    for place in np.ndindex(values.shape):
        values[place] = 1 - math.exp(
            math.log(1 - low) * (1 - u[place]) + math.log(1 - high) * u[place]
        )
    return values


def narrow_range(values, scores, keep):
    left = [(scores[i], values[i]) for i in range(len(values))]
    kept = []
    for _ in range(keep):
        best = left[0]
        for trial in left:
            if trial[0] > best[0]:
                best = trial
        left.remove(best)
        kept.append(best[1])
    return [min(kept), max(kept)]


def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    n, m = Z.shape
    mu, var, std = np.zeros((n, 1)), np.zeros((n, 1)), np.zeros((n, 1))
    Z_norm, Z_tilde = np.zeros((n, m)), np.zeros((n, m))
    for j in range(n):
        for i in range(m):
            mu[j, 0] += Z[j, i] / m
        for i in range(m):
            var[j, 0] += (Z[j, i] - mu[j, 0]) ** 2 / m
        std[j, 0] = math.sqrt(var[j, 0] + epsilon)
        for i in range(m):
            Z_norm[j, i] = (Z[j, i] - mu[j, 0]) / std[j, 0]
            Z_tilde[j, i] = gamma[j, 0] * Z_norm[j, i] + beta[j, 0]
    return Z_tilde, {"mu": mu, "var": var, "std": std, "Z_norm": Z_norm, "gamma": gamma}


def batchnorm_backward(dZ_tilde, cache):
    n, m = dZ_tilde.shape
    dZ, dgamma, dbeta = np.zeros((n, m)), np.zeros((n, 1)), np.zeros((n, 1))
    for j in range(n):
        normal = cache["Z_norm"][j]
        for i in range(m):
            dgamma[j, 0] += dZ_tilde[j, i] * normal[i]
            dbeta[j, 0] += dZ_tilde[j, i]
        for i in range(m):
            share = m * dZ_tilde[j, i] - dbeta[j, 0] - normal[i] * dgamma[j, 0]
            dZ[j, i] = cache["gamma"][j, 0] * share / (m * cache["std"][j, 0])
    return dZ, dgamma, dbeta


def update_moving_averages(running, mu, var, momentum=0.9):
    new = {"mu": np.zeros(mu.shape), "var": np.zeros(var.shape)}
    for j in range(len(mu)):
        new["mu"][j, 0] = momentum * running["mu"][j, 0] + (1 - momentum) * mu[j, 0]
        new["var"][j, 0] = momentum * running["var"][j, 0] + (1 - momentum) * var[j, 0]
    return new


def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):
    result = np.zeros(Z.shape)
    for j in range(Z.shape[0]):
        for i in range(Z.shape[1]):
            normal = (Z[j, i] - running["mu"][j, 0]) / math.sqrt(running["var"][j, 0] + epsilon)
            result[j, i] = gamma[j, 0] * normal + beta[j, 0]
    return result


def softmax(Z):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[1]):
        largest = max(Z[k, i] for k in range(Z.shape[0]))
        total = 0.0
        for k in range(Z.shape[0]):
            A[k, i] = math.exp(Z[k, i] - largest)
            total += A[k, i]
        for k in range(Z.shape[0]):
            A[k, i] /= total
    return A


def one_hot(labels, n_y):
    Y = np.zeros((n_y, labels.shape[1]), dtype=int)
    for k in range(n_y):
        for i in range(labels.shape[1]):
            if labels[0][i] == k:
                Y[k][i] = 1
    return Y


def cross_entropy(A, Y):
    total = 0.0
    for i in range(Y.shape[1]):
        for k in range(Y.shape[0]):
            if Y[k, i] == 1:
                total -= math.log(A[k, i])
    return total / Y.shape[1]


def softmax_gradients(X, A, Y):
    (n_x, m), n_y = X.shape, Y.shape[0]
    dW, db = np.zeros((n_y, n_x)), np.zeros((n_y, 1))
    for i in range(m):
        for k in range(n_y):
            error = (A[k, i] - Y[k, i]) / m
            db[k, 0] += error
            for j in range(n_x):
                dW[k, j] += error * X[j, i]
    return {"dW": dW, "db": db}


def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):
    parameters = {"W": np.zeros((len(Y), len(X))), "b": np.zeros((len(Y), 1))}
    costs = []
    step = 0
    while step < num_iterations:
        A = softmax(parameters["W"] @ X + parameters["b"])
        costs += [cross_entropy(A, Y)]
        grads = softmax_gradients(X, A, Y)
        for name in parameters:
            parameters[name] -= learning_rate * grads["d" + name]
        if print_cost:
            if step % 100 == 0:
                print(step, costs[-1])
        step += 1
    return parameters, costs


def predict(parameters, X):
    scores = parameters["W"] @ X + parameters["b"]
    labels = np.zeros((1, X.shape[1]), dtype=int)
    for i in range(X.shape[1]):
        for k in range(scores.shape[0]):
            if scores[k, i] > scores[labels[0, i], i]:
                labels[0, i] = k
    return labels
