# In the manner of the first edition of the classic exercise: required arguments, an int for b,
# updates in place.
import numpy as np


def sigmoid(z):
    s = 1.0 / (1.0 + np.exp(-1.0 * np.array(z)))
    return s


def propagate_loop(w, b, X, Y):
    m = X.shape[1]
    dw, db, J = w * 0.0, 0.0, 0.0
    for i in range(m):
        x_i = X[:, i].reshape(-1, 1)
        z_i = b
        for k in range(x_i.shape[0]):
            z_i = z_i + float(w[k, 0] * x_i[k, 0])
        a_i = sigmoid(z_i)
        J += -(Y[0, i] * np.log(a_i) + (1 - Y[0, i]) * np.log(1 - a_i))
        dz_i = a_i - Y[0, i]
        for k in range(x_i.shape[0]):
            dw[k] += x_i[k, 0] * dz_i
        db += dz_i
    dw /= m
    db /= m
    J /= m
    return {"dw": dw, "db": float(db)}, float(J)


def initialize_with_zeros(dim):
    w = np.zeros([dim, 1])
    b = 0
    return w, b


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = (-1.0 / m) * (np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T))
    dw = (1.0 / m) * np.dot(X, (A - Y).T)
    db = (1.0 / m) * np.sum(A - Y, axis=1)
    grads = {"dw": dw, "db": db}
    return grads, cost.squeeze()


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        dw = grads["dw"]
        db = grads["db"]
        w -= learning_rate * dw
        b -= learning_rate * db
        if i % 100 == 0:
            costs.append(cost)
        if print_cost and i % 100 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
    return {"w": w, "b": b}, {"dw": dw, "db": db}, costs


def predict(w, b, X):
    w = w.reshape(X.shape[0], 1)
    A = sigmoid(np.dot(w.T, X) + b)
    return np.round(A)


def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    w, b = initialize_with_zeros(X_train.shape[0])
    parameters, grads, costs = optimize(
        w, b, X_train, Y_train, num_iterations, learning_rate, print_cost
    )
    w, b = parameters["w"], parameters["b"]
    d = {
        "costs": costs,
        "Y_prediction_test": predict(w, b, X_test),
        "Y_prediction_train": predict(w, b, X_train),
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }
    return d
