"""Ways downhill: mini-batches, moving averages, momentum, RMSprop, Adam, and shrinking steps.

The parameters of a network are a dictionary of W1, b1, W2, b2, …; gradients and moving averages
are dictionaries of dW1, db1, … with the same shapes. Nothing here changes its arguments.
"""

import numpy as np

Arrays = dict[str, np.ndarray]


def update_parameters_with_gd(parameters: Arrays, grads: Arrays, learning_rate: float) -> Arrays:
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2, …, for any number of layers.
    grads : dict of str to ndarray of float
        dW1, db1, …, each of the shape of its parameter. There may be others; they are not used.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict of str to ndarray of float
        The new parameters.

    Examples
    --------
    >>> parameters = {"W1": np.array([[1.0]]), "b1": np.array([[2.0]])}
    >>> grads = {"dW1": np.array([[0.5]]), "db1": np.array([[-0.5]])}
    >>> new = update_parameters_with_gd(parameters, grads, learning_rate=0.1)
    >>> new["W1"].item(), new["b1"].item()
    (0.95, 2.05)
    """
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}


def random_mini_batches(
    X: np.ndarray, Y: np.ndarray, mini_batch_size: int = 64, seed: int = 0
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Shuffle the examples and deal them out into mini-batches.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        One label per column.
    mini_batch_size : int
        How many examples a mini-batch holds; the last one holds what is left.
    seed : int
        Decides on the order.

    Returns
    -------
    list of tuple of ndarray
        Pairs of X_batch (n_x, size) and Y_batch (n_y, size).

    Examples
    --------
    >>> X, Y = np.arange(5).reshape(1, 5), np.arange(5).reshape(1, 5) * 10
    >>> batches = random_mini_batches(X, Y, mini_batch_size=2)
    >>> [x.shape[1] for x, _ in batches]
    [2, 2, 1]
    >>> all((y == 10 * x).all() for x, y in batches)
    True
    """
    m = X.shape[1]
    order = np.random.default_rng(seed).permutation(m)
    parts = [order[start : start + mini_batch_size] for start in range(0, m, mini_batch_size)]
    return [(X[:, part], Y[:, part]) for part in parts]


def exponential_average(values: np.ndarray, beta: float) -> np.ndarray:
    """Average a series with weights that fade into the past: v ← βv + (1 − β)θ, from v = 0.

    Parameters
    ----------
    values : ndarray of float, shape (T,)
        The series θ, oldest first.
    beta : float
        How much of the old average stays, from 0 to less than 1.

    Returns
    -------
    ndarray of float, shape (T,)
        The average after each value, not corrected for its start at zero.

    Examples
    --------
    >>> exponential_average(np.array([10.0, 20.0]), beta=0.5).tolist()
    [5.0, 12.5]
    """
    averages = np.zeros(len(values))
    v = 0.0
    for t, value in enumerate(values):
        v = beta * v + (1 - beta) * value
        averages[t] = v
    return averages


def correct_bias(averages: np.ndarray, beta: float) -> np.ndarray:
    """Correct exponentially weighted averages for their start at zero.

    After t values the weights add up to 1 − βᵗ only. Dividing by that makes them a true average.

    Parameters
    ----------
    averages : ndarray of float, shape (T,)
        What `exponential_average` gives for t = 1, …, T.
    beta : float
        The β that they were made with.

    Returns
    -------
    ndarray of float, shape (T,)
        The corrected averages.

    Examples
    --------
    >>> correct_bias(np.array([5.0, 12.5]), beta=0.5).round(4).tolist()
    [10.0, 16.6667]
    """
    t = np.arange(1, len(averages) + 1)
    corrected: np.ndarray = averages / (1 - beta**t)
    return corrected


def averaging_window(beta: float) -> tuple[float, float]:
    """Say over how many values an exponentially weighted average looks back.

    Parameters
    ----------
    beta : float
        Between 0 and 1, both excluded.

    Returns
    -------
    rule : float
        The rule of thumb, 1 / (1 − β).
    exact : float
        The n with βⁿ = 1/e: so many values ago the weight was 1/e ≈ 0.368 of the newest one.

    Examples
    --------
    >>> [round(n, 2) for n in averaging_window(0.9)]
    [10.0, 9.49]
    """
    return 1 / (1 - beta), float(-1 / np.log(beta))


def initialize_velocity(parameters: Arrays) -> Arrays:
    """Start a moving average of the gradients at zero.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2, …

    Returns
    -------
    dict of str to ndarray of float
        dW1, db1, …, each a zero of the shape of its parameter.

    Examples
    --------
    >>> v = initialize_velocity({"W1": np.ones((2, 3)), "b1": np.ones((2, 1))})
    >>> {name: value.shape for name, value in v.items()}
    {'dW1': (2, 3), 'db1': (2, 1)}
    """
    return {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}


def update_parameters_with_momentum(
    parameters: Arrays, grads: Arrays, v: Arrays, beta: float, learning_rate: float
) -> tuple[Arrays, Arrays]:
    """Take one step of gradient descent with momentum.

    The average is that of Polyak's heavy ball, with the factor 1 − β: B. T. Polyak: Some methods
    of speeding up the convergence of iteration methods, 1964.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2, …
    grads : dict of str to ndarray of float
        dW1, db1, …
    v : dict of str to ndarray of float
        The moving average of the gradients so far: dW1, db1, …
    beta : float
        How much of the old average stays.
    learning_rate : float
        The length of the step.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The new parameters.
    v : dict of str to ndarray of float
        The new average.

    Examples
    --------
    >>> zero, one = np.zeros((1, 1)), np.ones((1, 1))
    >>> parameters, v = update_parameters_with_momentum(
    ...     {"W1": one}, {"dW1": one}, {"dW1": zero}, beta=0.9, learning_rate=0.5)
    >>> round(v["dW1"].item(), 4), round(parameters["W1"].item(), 4)
    (0.1, 0.95)
    """
    v = {key: beta * old + (1 - beta) * grads[key] for key, old in v.items()}
    new = {name: value - learning_rate * v["d" + name] for name, value in parameters.items()}
    return new, v


def update_parameters_with_rmsprop(
    parameters: Arrays,
    grads: Arrays,
    s: Arrays,
    beta: float,
    learning_rate: float,
    epsilon: float = 1e-8,
) -> tuple[Arrays, Arrays]:
    """Take one step of RMSprop.

    T. Tieleman, G. Hinton: Lecture 6.5, rmsprop, Neural Networks for Machine Learning, 2012.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2, …
    grads : dict of str to ndarray of float
        dW1, db1, …
    s : dict of str to ndarray of float
        The moving average of the squared gradients so far: dW1, db1, …
    beta : float
        How much of the old average stays.
    learning_rate : float
        The length of the step.
    epsilon : float
        Added to the root, against a division by zero.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The new parameters.
    s : dict of str to ndarray of float
        The new average.

    Examples
    --------
    >>> zero, one = np.zeros((1, 1)), np.ones((1, 1))
    >>> parameters, s = update_parameters_with_rmsprop(
    ...     {"W1": one}, {"dW1": 2 * one}, {"dW1": zero}, beta=0.75, learning_rate=0.5)
    >>> round(s["dW1"].item(), 4), round(parameters["W1"].item(), 4)
    (1.0, 0.0)
    """
    s = {key: beta * old + (1 - beta) * grads[key] ** 2 for key, old in s.items()}
    new = {
        name: value - learning_rate * grads["d" + name] / (np.sqrt(s["d" + name]) + epsilon)
        for name, value in parameters.items()
    }
    return new, s


def initialize_adam(parameters: Arrays) -> tuple[Arrays, Arrays]:
    """Start the two moving averages of Adam at zero.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2, …

    Returns
    -------
    v, s : dict of str to ndarray of float
        dW1, db1, …, each a zero of the shape of its parameter; two separate dictionaries.

    Examples
    --------
    >>> v, s = initialize_adam({"W1": np.ones((2, 3)), "b1": np.ones((2, 1))})
    >>> v["dW1"].shape, s["db1"].shape
    ((2, 3), (2, 1))
    """
    v = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    s = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    return v, s


def update_parameters_with_adam(
    parameters: Arrays,
    grads: Arrays,
    v: Arrays,
    s: Arrays,
    t: int,
    learning_rate: float = 0.01,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Arrays, Arrays, Arrays]:
    """Take one step of Adam.

    D. P. Kingma, J. Ba: Adam: a method for stochastic optimization, ICLR 2015, algorithm 1.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        W1, b1, W2, b2, …
    grads : dict of str to ndarray of float
        dW1, db1, …
    v, s : dict of str to ndarray of float
        The moving averages so far, of the gradients and of their squares: dW1, db1, …
    t : int
        The number of this step, from 1.
    learning_rate : float
        The length of the step.
    beta1, beta2 : float
        How much stays of the old averages, of v and of s.
    epsilon : float
        Added to the root, against a division by zero.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The new parameters.
    v, s : dict of str to ndarray of float
        The new averages, not corrected.

    Examples
    --------
    >>> zero, one = np.zeros((1, 1)), np.ones((1, 1))
    >>> parameters, v, s = update_parameters_with_adam(
    ...     {"W1": one}, {"dW1": 5 * one}, {"dW1": zero}, {"dW1": zero}, t=1, learning_rate=0.1)
    >>> round(parameters["W1"].item(), 4), round(v["dW1"].item(), 4), round(s["dW1"].item(), 4)
    (0.9, 0.5, 0.025)
    """
    v = {key: beta1 * old + (1 - beta1) * grads[key] for key, old in v.items()}
    s = {key: beta2 * old + (1 - beta2) * grads[key] ** 2 for key, old in s.items()}
    v_corrected = {key: value / (1 - beta1**t) for key, value in v.items()}
    s_corrected = {key: value / (1 - beta2**t) for key, value in s.items()}
    new = {
        name: value
        - learning_rate * v_corrected["d" + name] / (np.sqrt(s_corrected["d" + name]) + epsilon)
        for name, value in parameters.items()
    }
    return new, v, s


def update_lr(learning_rate0: float, epoch_num: int, decay_rate: float) -> float:
    """Shrink the learning rate with every epoch: α₀ / (1 + decay · epoch).

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    decay_rate : float
        How fast it shrinks.

    Returns
    -------
    float
        The learning rate of this epoch.

    Examples
    --------
    >>> update_lr(0.5, epoch_num=4, decay_rate=1)
    0.1
    """
    return learning_rate0 / (1 + decay_rate * epoch_num)


def schedule_lr_decay(
    learning_rate0: float, epoch_num: int, decay_rate: float, time_interval: int = 1000
) -> float:
    """Shrink the learning rate now and then: as `update_lr`, once every so many epochs.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    decay_rate : float
        How much it shrinks each time.
    time_interval : int
        For how many epochs it stays as it is.

    Returns
    -------
    float
        The learning rate of this epoch.

    Examples
    --------
    >>> [schedule_lr_decay(0.5, epoch, decay_rate=1, time_interval=100) for epoch in (99, 100)]
    [0.5, 0.25]
    """
    return learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))


def exponential_decay(learning_rate0: float, epoch_num: int, base: float = 0.95) -> float:
    """Multiply the learning rate by the same factor in every epoch: α₀ · baseᵉᵖᵒᶜʰ.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    base : float
        The factor, less than 1.

    Returns
    -------
    float
        The learning rate of this epoch.

    Examples
    --------
    >>> exponential_decay(0.8, epoch_num=3, base=0.5)
    0.1
    """
    return learning_rate0 * base**epoch_num


def root_decay(learning_rate0: float, t: int, k: float = 1.0) -> float:
    """Divide the learning rate by the root of the time: α₀ · k / √t.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    t : int
        The number of the epoch or of the mini-batch, from 1.
    k : float
        A factor.

    Returns
    -------
    float
        The learning rate at this time.

    Examples
    --------
    >>> root_decay(0.6, t=4)
    0.3
    """
    return float(learning_rate0 * k / np.sqrt(t))


def staircase_decay(
    learning_rate0: float, epoch_num: int, factor: float = 0.5, time_interval: int = 10
) -> float:
    """Multiply the learning rate by a factor once every so many epochs.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    factor : float
        The factor, less than 1.
    time_interval : int
        For how many epochs a step of the staircase goes on.

    Returns
    -------
    float
        The learning rate of this epoch.

    Examples
    --------
    >>> [staircase_decay(0.8, epoch) for epoch in (0, 9, 10, 29, 30)]
    [0.8, 0.8, 0.4, 0.2, 0.1]
    """
    return learning_rate0 * factor ** (epoch_num // time_interval)


def kind_of_point(curvatures: np.ndarray) -> str:
    """Name a place where the gradient is zero by how the cost curves in each direction.

    Parameters
    ----------
    curvatures : ndarray of float, shape (n,)
        The eigenvalues of the Hessian: the second derivative along each of its eigenvectors.
        Those along the axes do not suffice: w² + b² − 3wb curves up along both, and has a saddle.

    Returns
    -------
    str
        "minimum" if all are positive, "maximum" if all are negative, "saddle" if there are some
        of both signs, and "undecided" otherwise.

    Examples
    --------
    >>> [kind_of_point(np.array(c)) for c in ([2, 1], [-1, -3], [2, 0, -1], [2, 0])]
    ['minimum', 'maximum', 'saddle', 'undecided']
    """
    if np.all(curvatures > 0):
        return "minimum"
    if np.all(curvatures < 0):
        return "maximum"
    if np.any(curvatures > 0) and np.any(curvatures < 0):
        return "saddle"
    return "undecided"
