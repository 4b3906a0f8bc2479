# Writes into arrays step by step, single precision where nobody asked for it.


def basic_sigmoid(x):
    s = np.exp(-x)
    s += 1
    return np.float64(1) / s


def sigmoid(x):
    s = np.array(x, dtype=np.float32)
    np.negative(s, out=s)
    np.exp(s, out=s)
    s += 1
    return 1 / s


def sigmoid_derivative(x):
    ds = sigmoid(x)
    ds = ds - ds * ds
    return ds


def image2vector(image):
    v = image.flatten()
    v.shape = (v.size, 1)
    return v


def normalize_rows(x):
    x /= np.sqrt((x * x).sum(axis=1)).reshape(-1, 1)
    return x


def softmax(x):
    s = x.astype(float)
    s -= s.max(axis=1, keepdims=True)
    np.exp(s, out=s)
    for row in s:
        row /= row.sum()
    return s


def L1(yhat, y):
    errors = yhat.astype(float)
    errors -= y
    errors[errors < 0] *= -1
    return errors.sum()


def L2(yhat, y):
    errors = yhat.astype(float)
    errors -= y
    errors **= 2
    return errors.sum(keepdims=True)
