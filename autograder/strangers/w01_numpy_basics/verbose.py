# The style of a filled-in template: every step has a name, and prints were left in.


def basic_sigmoid(x):
    """Compute sigmoid of x."""
    # (approx. 1 line)
    exponential = math.exp(x * -1.0)
    denominator = 1.0 + exponential
    s = 1.0 / denominator
    print("basic_sigmoid of", x, "is", s)
    return s


def sigmoid(x):
    """Compute the sigmoid of x."""
    minus_x = np.negative(x)
    exponential = np.exp(minus_x)
    denominator = np.add(1, exponential)
    s = np.divide(1, denominator)
    print("shape of s:", np.shape(s))
    return s


def sigmoid_derivative(x):
    """Compute the gradient of the sigmoid function with respect to its input x."""
    s = sigmoid(x)
    one_minus_s = 1 - s
    ds = np.multiply(s, one_minus_s)
    print("ds =", ds)
    return ds


def image2vector(image):
    """Return a column vector."""
    length = image.shape[0]
    height = image.shape[1]
    depth = image.shape[2]
    number_of_values = length * height * depth
    v = np.reshape(image, (number_of_values, 1))
    assert v.shape == (number_of_values, 1)
    return v


def normalize_rows(x):
    """Normalise each row of the matrix x."""
    squares = np.square(x)
    sums_of_squares = np.sum(squares, axis=1, keepdims=True)
    x_norm = np.sqrt(sums_of_squares)
    print("norms:", x_norm.shape, "matrix:", x.shape)
    normalised = np.divide(x, x_norm)
    return normalised


def softmax(x):
    """Calculate the softmax for each row of the input x."""
    largest = np.amax(x, axis=1, keepdims=True)
    shifted = x - largest
    x_exp = np.exp(shifted)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    print("x_exp:", x_exp.shape, "x_sum:", x_sum.shape)
    s = np.divide(x_exp, x_sum)
    return s


def L1(yhat, y):
    """Return the value of the L1 loss function."""
    difference = np.subtract(y, yhat)
    absolute_difference = np.absolute(difference)
    loss = np.sum(absolute_difference, axis=0, keepdims=True)
    print("L1 =", loss)
    return loss


def L2(yhat, y):
    """Return the value of the L2 loss function."""
    difference = np.subtract(y, yhat)
    squared_difference = np.power(difference, 2)
    loss = np.sum(squared_difference)
    loss = np.array(loss)
    print("L2 =", loss)
    return loss
