# Explicit loops, plain Python arithmetic, arrays filled entry by entry.


def basic_sigmoid(x):
    return 1.0 / (1.0 + math.exp(-x))


def sigmoid(x):
    if np.ndim(x) == 0:
        return 1.0 / (1.0 + math.exp(-x))
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        result[index] = 1.0 / (1.0 + math.exp(-x[index]))
    return result


def sigmoid_derivative(x):
    if np.ndim(x) == 0:
        value = sigmoid(x)
        return value - value**2
    result = np.zeros(np.shape(x))
    for index in np.ndindex(x.shape):
        value = sigmoid(float(x[index]))
        result[index] = value - value**2
    return result


def image2vector(image):
    height, width, depth = image.shape
    column = np.empty((height * width * depth, 1))
    position = 0
    for i in range(height):
        for j in range(width):
            for k in range(depth):
                column[position, 0] = image[i, j, k]
                position += 1
    return column


def normalize_rows(x):
    n, m = x.shape
    result = np.zeros((n, m))
    for i in range(n):
        total = 0.0
        for j in range(m):
            total += float(x[i, j]) ** 2
        for j in range(m):
            result[i, j] = x[i, j] / math.sqrt(total)
    return result


def softmax(x):
    n, m = x.shape
    result = np.zeros((n, m))
    for i in range(n):
        top = max(x[i])
        powers = []
        for j in range(m):
            powers.append(math.exp(x[i, j] - top))
        total = sum(powers)
        for j in range(m):
            result[i, j] = powers[j] / total
    return result


def L1(yhat, y):
    loss = 0
    for i in range(len(y)):
        if y[i] > yhat[i]:
            loss += y[i] - yhat[i]
        else:
            loss += yhat[i] - y[i]
    return loss


def L2(yhat, y):
    loss = 0
    for prediction, truth in zip(yhat, y):
        error = prediction - truth
        loss = loss + error * error
    return loss
