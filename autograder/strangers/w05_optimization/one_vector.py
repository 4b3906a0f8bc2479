# All parameters in one long vector, one matrix product for all averages, masks, np.array_split;
# a class that takes the steps, behind plain functions.
class Flat:
    """A dictionary of arrays as one vector, and the way back."""

    def __init__(self, names, shapes):
        self.names, self.shapes = names, shapes
        self.cuts = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]

    @classmethod
    def like(cls, parameters):
        return cls(list(parameters), [value.shape for value in parameters.values()])

    def join(self, arrays, prefix=""):
        return np.concatenate([arrays[prefix + name].ravel() for name in self.names])

    def cut(self, vector, prefix=""):
        pieces = np.split(vector, self.cuts)
        return {prefix + n: p.reshape(s) for n, p, s in zip(self.names, pieces, self.shapes)}


def update_parameters_with_gd(parameters, grads, learning_rate):
    flat = Flat.like(parameters)
    return flat.cut(flat.join(parameters) - learning_rate * flat.join(grads, "d"))


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    both = np.vstack([X, Y]).T.copy()
    np.random.default_rng(seed).shuffle(both, axis=0)
    result = []
    while len(both):
        now, both = both[:mini_batch_size], both[mini_batch_size:]
        result.append([now[:, : X.shape[0]].T, now[:, X.shape[0] :].T.astype(Y.dtype)])
    return result


def exponential_average(values, beta):
    T = len(values)
    age = np.subtract.outer(np.arange(T), np.arange(T))
    weights = np.where(age >= 0, (1 - beta) * np.power(float(beta), np.maximum(age, 0)), 0)
    return weights @ values


def correct_bias(averages, beta):
    weights_in_all = (1 - beta) * np.cumsum(beta ** np.arange(averages.size))
    return averages / weights_in_all


def averaging_window(beta):
    rule = np.reciprocal(1.0 - beta)
    exact = np.log(np.exp(-1)) / np.log(beta)
    return [rule, exact]


def kind_of_point(curvatures):
    up, down = np.count_nonzero(curvatures > 0), np.count_nonzero(curvatures < 0)
    n = np.size(curvatures)
    table = [
        (up == n, "minimum"),
        (down == n, "maximum"),
        (up * down > 0, "saddle"),
        (True, "undecided"),
    ]
    return next(name for holds, name in table if holds)


def initialize_velocity(parameters):
    flat = Flat.like(parameters)
    return flat.cut(np.zeros_like(flat.join(parameters)), "d")


class Optimizer:
    def __init__(self, parameters, grads):
        self.flat = Flat.like(parameters)
        self.theta = self.flat.join(parameters)
        self.gradient = self.flat.join(grads, "d")

    def average(self, old, new, beta):
        return beta * self.flat.join(old, "d") + (1 - beta) * new

    def step(self, direction):
        return self.flat.cut(self.theta - direction)

    def as_grads(self, vector):
        return self.flat.cut(vector, "d")


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    it = Optimizer(parameters, grads)
    velocity = it.average(v, it.gradient, beta)
    return it.step(learning_rate * velocity), it.as_grads(velocity)


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    it = Optimizer(parameters, grads)
    square = it.average(s, np.square(it.gradient), beta)
    return it.step(learning_rate * it.gradient / (np.sqrt(square) + epsilon)), it.as_grads(square)


def initialize_adam(parameters):
    return [initialize_velocity(parameters), initialize_velocity(parameters)]


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    it = Optimizer(parameters, grads)
    mean, square = it.average(v, it.gradient, beta1), it.average(s, it.gradient**2, beta2)
    # The paper's second form: both corrections in the learning rate.
    rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    scaled_epsilon = epsilon * np.sqrt(1 - beta2**t)
    new = it.step(rate * mean / (np.sqrt(square) + scaled_epsilon))
    return new, it.as_grads(mean), it.as_grads(square)


def update_lr(learning_rate0, epoch_num, decay_rate):
    return np.array(learning_rate0) / np.polyval([decay_rate, 1], epoch_num)


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    passed = np.floor_divide(epoch_num, time_interval)
    return np.divide(learning_rate0, np.add(1, np.multiply(decay_rate, passed)))


def exponential_decay(learning_rate0, epoch_num, base=0.95):
    return np.prod(np.r_[learning_rate0, np.full(epoch_num, base)])


def root_decay(learning_rate0, t, k=1.0):
    return np.array([[learning_rate0 * k / np.sqrt(t)]])


def staircase_decay(learning_rate0, epoch_num, factor=0.5, time_interval=10):
    return learning_rate0 * np.exp(np.log(factor) * np.trunc(epoch_num / time_interval))
