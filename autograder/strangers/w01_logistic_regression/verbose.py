def sigmoid(z):
    """
    z -- number or array
    """
    minus_z = np.multiply(-1.0, z)
    exponential = np.exp(minus_z)
    denominator = np.add(1.0, exponential)
    s = np.divide(1.0, denominator)
    return s


def propagate_loop(w, b, X, Y):
    # number of features and examples
    number_of_features = X.shape[0]
    number_of_examples = X.shape[1]

    # accumulators
    cost = 0.0
    db = 0.0
    dw = np.zeros(shape=(number_of_features, 1), dtype=np.float64)

    for example in range(0, number_of_examples, 1):
        # forward
        weighted_sum = 0.0
        for feature in range(0, number_of_features, 1):
            weighted_sum = weighted_sum + w[feature, 0] * X[feature, example]
        z = weighted_sum + b
        a = sigmoid(z)
        y = Y[0, example]
        first_term = y * np.log(a)
        second_term = (1 - y) * np.log(1 - a)
        loss = -(first_term + second_term)
        cost = cost + loss

        # backward
        dz = a - y
        for feature in range(0, number_of_features, 1):
            dw[feature, 0] = dw[feature, 0] + X[feature, example] * dz
        db = db + dz

    cost = np.squeeze(cost / number_of_examples)
    dw = np.divide(dw, number_of_examples)
    db = np.divide(db, number_of_examples)

    assert dw.shape == w.shape
    assert cost.shape == ()

    grads = {"dw": dw, "db": db}
    print("dw = " + str(dw))
    return grads, cost


def initialize_with_zeros(dim):
    w = np.zeros(shape=(dim, 1), dtype=np.float64)
    b = float(0)

    assert w.shape == (dim, 1)
    assert isinstance(b, float) or isinstance(b, int)

    return w, b


def propagate(w, b, X, Y):
    m = X.shape[1]

    # forward, from X to the cost
    w_transposed = np.transpose(w)
    Z = np.add(np.dot(w_transposed, X), b)
    A = sigmoid(Z)
    log_A = np.log(A)
    log_one_minus_A = np.log(np.subtract(1.0, A))
    losses = np.add(np.multiply(Y, log_A), np.multiply(np.subtract(1, Y), log_one_minus_A))
    cost = np.multiply(-1.0 / m, np.sum(losses, axis=1, keepdims=True))

    # backward, to find the gradient
    dZ = np.subtract(A, Y)
    dw = np.multiply(1.0 / m, np.dot(X, np.transpose(dZ)))
    db = np.multiply(1.0 / m, np.sum(dZ))

    assert dw.shape == w.shape
    assert db.dtype == float
    cost = np.squeeze(cost)
    assert cost.shape == ()

    grads = {"dw": dw, "db": db}

    return grads, cost


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    w = copy.deepcopy(w)
    b = copy.deepcopy(b)

    costs = []

    for iteration in range(num_iterations):
        # cost and gradient
        grads, cost = propagate(w, b, X, Y)

        # take the derivatives out of the dictionary
        dw = grads["dw"]
        db = grads["db"]

        # update
        step_for_w = np.multiply(learning_rate, dw)
        step_for_b = np.multiply(learning_rate, db)
        w = np.subtract(w, step_for_w)
        b = np.subtract(b, step_for_b)

        # record
        if iteration % 100 == 0:
            costs.append(cost)
            print("iteration %i, cost %f" % (iteration, cost))

    params = {"w": w, "b": b}

    grads = {"dw": dw, "db": db}

    return params, grads, costs


def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))
    w = w.reshape(X.shape[0], 1)

    # probabilities
    A = sigmoid(np.dot(w.T, X) + b)

    for i in range(A.shape[1]):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
        else:
            Y_prediction[0, i] = 0

    assert Y_prediction.shape == (1, m)

    return Y_prediction


def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    # start
    number_of_features = X_train.shape[0]
    w, b = initialize_with_zeros(number_of_features)

    # learn
    parameters, grads, costs = optimize(
        w=w,
        b=b,
        X=X_train,
        Y=Y_train,
        num_iterations=num_iterations,
        learning_rate=learning_rate,
        print_cost=print_cost,
    )

    # take the parameters out of the dictionary
    w = parameters["w"]
    b = parameters["b"]

    # predict
    Y_prediction_test = predict(w, b, X_test)
    Y_prediction_train = predict(w, b, X_train)

    train_error = np.mean(np.abs(Y_prediction_train - Y_train)) * 100
    test_error = np.mean(np.abs(Y_prediction_test - Y_test)) * 100
    print("training accuracy: {} %".format(100 - train_error))
    print("test accuracy: {} %".format(100 - test_error))

    result = {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }

    return result
