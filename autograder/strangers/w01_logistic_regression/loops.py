# Nothing but loops and single numbers.


def sigmoid(z):
    if not isinstance(z, np.ndarray):
        return 1.0 / (1.0 + math.exp(-z))
    result = np.zeros(z.shape)
    for place in np.ndindex(z.shape):
        result[place] = 1.0 / (1.0 + math.exp(-z[place]))
    return result


def propagate_loop(w, b, X, Y):
    n = len(w)
    m = len(Y[0])
    J = 0
    dw = np.zeros((n, 1))
    db = 0
    for i in range(m):
        z = 0
        for j in range(n):
            z += w[j][0] * X[j][i]
        z += b
        a = sigmoid(z)
        y = Y[0][i]
        J += -(y * math.log(a) + (1 - y) * math.log(1 - a))
        for j in range(n):
            dw[j][0] += X[j][i] * (a - y) / m
        db += (a - y) / m
    return {"dw": dw, "db": db}, J / m


def initialize_with_zeros(dim):
    w = np.empty((dim, 1))
    for k in range(dim):
        w[k, 0] = 0
    return w, 0


def propagate(w, b, X, Y):
    return propagate_loop(w, b, X, Y)


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    new_w = [value for value in w[:, 0]]
    new_b = b
    step = 0
    while step < num_iterations:
        column = np.array(new_w).reshape(len(new_w), 1)
        grads, cost = propagate(column, new_b, X, Y)
        for j in range(len(new_w)):
            new_w[j] = new_w[j] - learning_rate * grads["dw"][j, 0]
        new_b = new_b - learning_rate * grads["db"]
        if step % 100 == 0:
            costs.append(cost)
            if print_cost:
                print("Cost", step, cost)
        step += 1
    params = {}
    params["b"] = new_b
    params["w"] = np.array(new_w).reshape(len(new_w), 1)
    return params, grads, costs


def predict(w, b, X):
    m = X.shape[1]
    answer = np.zeros((1, m))
    for i in range(m):
        z = b
        for j in range(X.shape[0]):
            z = z + w[j, 0] * X[j, i]
        if sigmoid(z) > 0.5:
            answer[0, i] = 1
        else:
            answer[0, i] = 0
    return answer


def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    w, b = initialize_with_zeros(len(X_train))
    params, grads, costs = optimize(
        w, b, X_train, Y_train, num_iterations, learning_rate, print_cost
    )
    train = predict(params["w"], params["b"], X_train)
    test = predict(params["w"], params["b"], X_test)
    right = 0
    for i in range(len(Y_test[0])):
        if test[0, i] == Y_test[0, i]:
            right += 1
    print("right on the test set:", right, "of", len(Y_test[0]))
    d = {}
    d["num_iterations"] = num_iterations
    d["learning_rate"] = learning_rate
    d["b"] = params["b"]
    d["w"] = params["w"]
    d["Y_prediction_train"] = train
    d["Y_prediction_test"] = test
    d["costs"] = costs
    return d
