# As short as it gets: `@`, one line each, the cross-entropy's two cases in one fraction.
# fmt: off
def sigmoid(Z): return 1 / (1 + np.exp(-Z)), Z


def relu(Z): return Z * (Z > 0), Z


def sigmoid_backward(dA, Z): return dA * sigmoid(Z)[0] * sigmoid(-Z)[0]


def relu_backward(dA, Z): return dA * (Z > 0)


def initialize_parameters(*n):
    W = {f"W{l}": np.random.normal(0, .01, (n[l], n[l - 1])) for l in range(1, len(n))}
    return W | {f"b{l}": np.zeros((n[l], 1)) for l in range(1, len(n))}


def initialize_parameters_deep(n): return initialize_parameters(*n)


def linear_forward(*c): return c[1] @ c[0] + c[2], c


def linear_activation_forward(A, W, b, activation):
    Z, c = linear_forward(A, W, b)
    return eval(activation)(Z)[0], (c, Z)


def L_model_forward(X, p):
    A, cs, L = X, [], len(p) // 2
    for l in range(1, L + 1):
        A, c = linear_activation_forward(A, p[f"W{l}"], p[f"b{l}"], "sigmoid" if l == L else "relu")
        cs.append(c)
    return A, cs


def compute_cost(AL, Y): return -np.log(abs(1 - Y - AL)).mean()


def linear_backward(dZ, c):
    A, W, b = c
    return W.T @ dZ, dZ @ A.T / A.shape[1], dZ @ np.full((A.shape[1], 1), 1 / A.shape[1])


def linear_activation_backward(dA, c, activation): return linear_backward(eval(activation + "_backward")(dA, c[1]), c[0])


def L_model_backward(AL, Y, cs):
    g, dA = {}, 1 / (1 - Y - AL)
    for l in range(len(cs))[::-1]:
        dA, g[f"dW{l + 1}"], g[f"db{l + 1}"] = linear_activation_backward(dA, cs[l], "relu" if l < len(cs) - 1 else "sigmoid")
    return g


def update_parameters(p, g, a): return {k: p[k] - a * g["d" + k] for k in p}


def train(X, Y, p, learning_rate=.0075, num_iterations=3000, print_cost=False):
    costs = []
    for i in range(num_iterations):
        AL, cs = L_model_forward(X, p)
        p = update_parameters(p, L_model_backward(AL, Y, cs), learning_rate)
        if i % 100 == 0: costs.append(compute_cost(AL, Y))
    print_cost and print(costs)
    return p, costs


def two_layer_model(X, Y, layers_dims, *a, **k): return train(X, Y, initialize_parameters(*layers_dims), *a, **k)


def L_layer_model(X, Y, layers_dims, *a, **k): return train(X, Y, initialize_parameters_scaled(layers_dims), *a, **k)
