# One line each, with an operator or a method rather than a function's name.


def basic_sigmoid(x):
    return (1 + math.exp(-x)) ** -1


def sigmoid(x):
    return (1 + np.tanh(np.multiply(x, 0.5))) / 2


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)


def image2vector(image):
    return image.ravel()[:, None]


def normalize_rows(x):
    return (x.T / np.linalg.norm(x, axis=1)).T


def softmax(x):
    return (lambda e: e / e.sum(1)[:, np.newaxis])(np.exp(x - x.max()))


def L1(yhat, y):
    return np.linalg.norm(yhat - y, 1)


def L2(yhat, y):
    return (yhat - y) @ (yhat - y)
