"""Week 2: a network with one hidden layer, and the activations it may use."""

from __future__ import annotations

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import activations, shallow
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments
from helpers.checking.random_results import Drawn

Generator = np.random.Generator


def _z(rng: Generator) -> Arguments:
    """Any shape, both signs, nothing at zero, where derivatives are a matter of taste."""
    shape = tuple(rng.integers(1, 6, size=rng.integers(1, 3)))
    return arguments(rng.choice([-1, 1], shape) * rng.uniform(0.05, 4, shape))


def _special_z(rng: Generator) -> list[Arguments]:
    """Plain numbers and integers, for functions that numpy applies to anything."""
    return [arguments(0.7), arguments(-1.3), arguments(np.array([[-2], [3]])), _far_out(rng)]


def _far_out(rng: Generator) -> Arguments:
    """Far out and close to the bend, on either side."""
    return arguments(np.array([[-30.0, 30.0, 0.5, -0.5]]))


def _leaky_z(rng: Generator) -> Arguments:
    return arguments(*_z(rng).positional, slope=float(rng.choice([0.01, 0.1, 0.3])))


def _activation(
    function: str,
    *mistakes: Mistake,
    points: float = 1,
    leaky: bool = False,
    smooth: bool = False,
    uses: tuple[str, ...] = (),
) -> Exercise:
    """All eight exercises on activations are put in the same way."""
    return Exercise(
        function=function,
        reference=getattr(activations, function),
        inputs=_leaky_z if leaky else _z,
        edge_inputs=_special_z if smooth else lambda rng: [_far_out(rng)],
        checks=[Matches(points=points, label="values and shape"), LeavesInputsAlone()],
        mistakes=mistakes,
        uses=uses,
    )


SIGMOID = _activation(
    "sigmoid",
    Mistake(
        "exponent without the minus",
        "def sigmoid(z):\n    return 1 / (1 + np.exp(z))",
        "Your curve falls where it should rise: look at the sign of the exponent.",
    ),
    Mistake(
        "1 taken away in the denominator",
        "def sigmoid(z):\n    return 1 / (1 - np.exp(-z))",
        "The denominator is a sum, 1 + e^(−z): with a minus it is zero at z = 0.",
    ),
    Mistake(
        "hyperbolic tangent for sigmoid",
        "def sigmoid(z):\n    return np.tanh(z)",
        "These are the values of tanh, between −1 and 1. The sigmoid runs from 0 to 1.",
    ),
    Mistake(
        "denominator without brackets",
        "def sigmoid(z):\n    return 1 / 1 + np.exp(-z)",
        "1 / 1 + e^(−z) divides first and adds afterwards: put brackets around the denominator.",
    ),
    Mistake(
        "math.exp on an array",
        "def sigmoid(z):\n    return 1 / (1 + math.exp(-z))",
        "math.exp takes one number only. np.exp takes an array and works on each element.",
    ),
    smooth=True,
)

SIGMOID_DERIVATIVE = _activation(
    "sigmoid_derivative",
    Mistake(
        "z(1 − z) on z itself",
        "def sigmoid_derivative(z):\n    return z * (1 - z)",
        "a(1 − a) needs a = σ(z): apply the sigmoid first, then the formula.",
    ),
    Mistake(
        "the sigmoid itself",
        "def sigmoid_derivative(z):\n    return 1 / (1 + np.exp(-z))",
        "This is σ(z). Its slope is σ(z) times (1 − σ(z)).",
    ),
    Mistake(
        "derivative of tanh",
        "def sigmoid_derivative(z):\n    return 1 - np.tanh(z) ** 2",
        "1 − a² is the derivative of tanh. That of the sigmoid is a(1 − a).",
    ),
    Mistake(
        "1 − a², tanh's rule, on the sigmoid",
        {"s * (1 - s)": "1 - s ** 2"},
        "1 − a² is the rule for tanh. For the sigmoid it is a(1 − a).",
    ),
    Mistake(
        "one factor is z",
        {"s * (1 - s)": "s * (1 - x)"},
        "Both factors are made from a = σ(z): the second one is 1 − a, not 1 − z.",
    ),
    Mistake(
        "sigmoid applied twice",
        {"s = sigmoid(x)": "s = sigmoid(sigmoid(x))"},
        "You apply the sigmoid to a value that is a sigmoid already. Once is enough.",
    ),
    smooth=True,
    uses=("sigmoid",),
)

TANH = _activation(
    "tanh",
    Mistake(
        "sigmoid for tanh",
        "def tanh(z):\n    return 1 / (1 + np.exp(-z))",
        "These are sigmoid's values, all positive. tanh runs from −1 to 1 and is 0 at 0.",
    ),
    Mistake(
        "sign turned round",
        "def tanh(z):\n    return (np.exp(-z) - np.exp(z)) / (np.exp(z) + np.exp(-z))",
        "Your curve falls. In the numerator, e^z comes first and e^(−z) is taken away.",
    ),
    Mistake(
        "sigmoid stretched, but not steeper",
        "def tanh(z):\n    return 2 / (1 + np.exp(-z)) - 1",
        "2σ(z) − 1 is tanh(z/2). For tanh(z) the sigmoid's argument is 2z.",
    ),
    Mistake(
        "numerator and denominator swapped",
        "def tanh(z):\n    return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))",
        "The difference stands above and the sum below: as you have it, z = 0 would divide by zero.",
    ),
    Mistake(
        "brackets left out",
        "def tanh(z):\n    return np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)",
        "A division comes before sums and differences: put brackets around numerator and denominator.",
    ),
    Mistake(
        "not divided",
        "def tanh(z):\n    return np.exp(z) - np.exp(-z)",
        "This is only the numerator, and it grows without bounds. Divide it by e^z + e^(−z).",
    ),
    smooth=True,
)

TANH_DERIVATIVE = _activation(
    "tanh_derivative",
    Mistake(
        "z squared before tanh",
        "def tanh_derivative(z):\n    return 1 - np.tanh(z ** 2)",
        "The square belongs to tanh(z), not to z: 1 − (tanh z)².",
    ),
    Mistake(
        "square left out",
        "def tanh_derivative(z):\n    return 1 - np.tanh(z)",
        "The derivative is 1 − tanh(z)²: the square is missing.",
    ),
    Mistake(
        "1 − z² on z itself",
        "def tanh_derivative(z):\n    return 1 - z ** 2",
        "1 − a² needs a = tanh(z): apply tanh first, then the formula.",
    ),
    Mistake(
        "a(1 − a), sigmoid's rule",
        "def tanh_derivative(z):\n    return np.tanh(z) * (1 - np.tanh(z))",
        "a(1 − a) is sigmoid's rule. For tanh it is 1 − a².",
    ),
    Mistake(
        "tanh itself",
        {"1 - np.tanh(z) ** 2": "np.tanh(z)"},
        "This is tanh itself. Its slope is 1 minus its square.",
    ),
    Mistake(
        "all of it squared",
        {"1 - np.tanh(z) ** 2": "(1 - np.tanh(z)) ** 2"},
        "Only tanh(z) is squared, not the whole difference: mind the brackets.",
    ),
    smooth=True,
    uses=("tanh",),
)

RELU = _activation(
    "relu",
    Mistake(
        "max for maximum",
        "def relu(z):\n    return np.max(0, z)",
        "np.max finds the largest entry of one array. np.maximum compares two, entry by entry.",
    ),
    Mistake(
        "the smaller one",
        "def relu(z):\n    return np.minimum(0, z)",
        "You keep the negative part. ReLU keeps the positive part: the larger of 0 and z.",
    ),
    Mistake(
        "absolute value",
        "def relu(z):\n    return np.abs(z)",
        "Negative values become 0, not positive.",
    ),
    Mistake(
        "the indicator",
        "def relu(z):\n    return (np.asarray(z) > 0).astype(float)",
        "This is 1 where z is positive, which is ReLU's derivative. ReLU itself gives z there.",
    ),
    Mistake(
        "if on an array",
        "def relu(z):\n    return z if z > 0 else 0",
        "An `if` decides once, and an array has many entries: use a function that decides for each entry.",
    ),
    Mistake(
        "sign turned round",
        {"np.maximum(0.0, z)": "np.maximum(0.0, -z)"},
        "You let the negative side through, with its sign turned round. ReLU keeps positive values as they are.",
    ),
    Mistake(
        "leaky ReLU",
        "def relu(z):\n    return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))",
        "This is the leaky ReLU. The plain one lets nothing through on the negative side.",
    ),
)

RELU_DERIVATIVE = _activation(
    "relu_derivative",
    Mistake(
        "ReLU itself",
        "def relu_derivative(z):\n    return np.maximum(0, z)",
        "This is ReLU. Its slope is 1 where z is positive and 0 elsewhere.",
    ),
    Mistake(
        "comparison inverted",
        "def relu_derivative(z):\n    return (np.asarray(z) < 0).astype(float)",
        "The slope is 1 on the positive side; your comparison points the other way.",
    ),
    Mistake(
        "sign of z",
        "def relu_derivative(z):\n    return np.sign(z)",
        "On the negative side the slope is 0, not −1: ReLU is flat there.",
    ),
    Mistake(
        "if on an array",
        "def relu_derivative(z):\n    return 1.0 if z > 0 else 0.0",
        "An `if` decides once, and an array has many entries: compare the whole array at once.",
    ),
    Mistake(
        "slope 1 everywhere",
        {"1.0, 0.0": "1.0, 1.0"},
        "On the negative side ReLU is flat: its slope there is 0.",
    ),
    Mistake(
        "slope of leaky ReLU",
        {"1.0, 0.0": "1.0, 0.01"},
        "This is the slope of the leaky ReLU. The plain one is flat on the negative side.",
    ),
)

LEAKY_RELU = _activation(
    "leaky_relu",
    Mistake(
        "slope written in",
        "def leaky_relu(z, slope=0.01):\n    return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))",
        "The slope is an argument: use `slope`, not the number 0.01.",
    ),
    Mistake(
        "plain ReLU",
        "def leaky_relu(z, slope=0.01):\n    return np.maximum(0, z)",
        "On the negative side a little must leak through: slope times z, not 0.",
    ),
    Mistake(
        "slope on the positive side",
        "def leaky_relu(z, slope=0.01):\n    return np.where(np.asarray(z) > 0, slope * np.asarray(z), z)",
        "The sides are swapped: positive values pass unchanged, negative ones are scaled.",
    ),
    Mistake(
        "if on an array",
        "def leaky_relu(z, slope=0.01):\n    return z if z > 0 else slope * z",
        "An `if` decides once, and an array has many entries: use a function that decides for each entry.",
    ),
    Mistake(
        "slope not multiplied by z",
        {"np.multiply(slope, z)": "slope"},
        "On the negative side the values are slope times z, a straight line, not one and the same number.",
    ),
    Mistake(
        "negative side turned up",
        {"np.multiply(slope, z)": "np.multiply(-slope, z)"},
        "A negative z leaks through as a small negative number: its sign stays.",
    ),
    leaky=True,
)

LEAKY_RELU_DERIVATIVE = _activation(
    "leaky_relu_derivative",
    Mistake(
        "slope written in",
        "def leaky_relu_derivative(z, slope=0.01):\n    return np.where(np.asarray(z) > 0, 1.0, 0.01)",
        "The slope is an argument: use `slope`, not the number 0.01.",
    ),
    Mistake(
        "derivative of plain ReLU",
        "def leaky_relu_derivative(z, slope=0.01):\n    return np.where(np.asarray(z) > 0, 1.0, 0.0)",
        "On the negative side the slope is `slope`, not 0: that is what leaks.",
    ),
    Mistake(
        "the function itself",
        "def leaky_relu_derivative(z, slope=0.01):\n    return np.where(np.asarray(z) > 0, z, slope * np.asarray(z))",
        "This is leaky ReLU itself. Its slope is 1 on the positive side and `slope` on the other.",
    ),
    Mistake(
        "if on an array",
        "def leaky_relu_derivative(z, slope=0.01):\n    return 1.0 if z > 0 else slope",
        "An `if` decides once, and an array has many entries: compare the whole array at once.",
    ),
    Mistake(
        "sides swapped",
        {"1.0, slope": "slope, 1.0"},
        "The sides are swapped: the slope is 1 where z is positive.",
    ),
    Mistake(
        "slope times z",
        {"1.0, slope": "1.0, np.multiply(slope, z)"},
        "slope · z is the function. A straight line rises by the same amount everywhere: its derivative has no z.",
    ),
    leaky=True,
)


def _sizes(rng: Generator) -> tuple[int, int, int]:
    """Numbers of features, hidden units and examples, never all alike."""
    n_x, n_h, m = (int(n) for n in rng.permutation(np.arange(2, 9))[:3])
    return n_x, n_h, m


def _parameters(rng: Generator, n_x: int, n_h: int, n_y: int = 1) -> dict[str, np.ndarray]:
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    return {name: rng.normal(size=shape) * 0.7 for name, shape in shapes.items()}


def _labels(rng: Generator, m: int) -> np.ndarray:
    """Both labels occur, wherever there are two examples."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def _data(rng: Generator) -> Arguments:
    n_x, n_y, m = _sizes(rng)
    return arguments(rng.normal(size=(n_x, m)), rng.normal(size=(n_y, m)))


LAYER_SIZES = Exercise(
    function="layer_sizes",
    reference=shallow.layer_sizes,
    returns=("n_x", "n_h", "n_y"),
    inputs=_data,
    checks=[Matches(name, points=1) for name in ("n_x", "n_h", "n_y")],
    mistakes=[
        Mistake(
            "number of examples for number of features",
            {"X.shape[0]": "X.shape[1]", "Y.shape[0]": "Y.shape[1]"},
            "shape[1] counts the examples. Features are the rows: shape[0].",
        ),
        Mistake(
            "hidden size taken from the data",
            {"4": "X.shape[0]"},
            "The hidden layer has 4 units here, whatever the data are: that is your choice, not theirs.",
        ),
        Mistake(
            "one output, whatever Y is",
            {"Y.shape[0]": "1"},
            "The output size is the number of rows of Y; it need not be 1.",
        ),
        Mistake(
            "output size read from X",
            {"Y.shape[0]": "X.shape[0]"},
            "The output layer is as large as an example's label: read n_y off Y, not X.",
        ),
        Mistake(
            "outer layers swapped",
            {"X.shape[0], 4, Y.shape[0]": "Y.shape[0], 4, X.shape[0]"},
            "The order is input, hidden, output: X belongs to the first layer, Y to the last.",
        ),
        Mistake(
            "entries counted",
            {"X.shape[0]": "X.size", "Y.shape[0]": "Y.size"},
            "size counts all entries of an array, over all examples. The features of one example are the rows.",
        ),
    ],
)


def _layer_counts(rng: Generator) -> Arguments:
    return arguments(*(int(n) for n in rng.permutation(np.arange(2, 7))[:3]))


def _large_layers(rng: Generator) -> list[Arguments]:
    return [arguments(60, 50, 40), arguments(1, 3, 1)]


INITIALIZE_PARAMETERS = Exercise(
    function="initialize_parameters",
    reference=shallow.initialize_parameters,
    inputs=_layer_counts,
    edge_inputs=_large_layers,
    checks=[
        Drawn(
            "W1",
            points=2,
            std=0.01,
            hint="Small random numbers: np.random.randn(rows, columns) * 0.01.",
        ),
        Matches("b1", points=1),
        Drawn(
            "W2",
            points=2,
            std=0.01,
            hint="Small random numbers: np.random.randn(rows, columns) * 0.01.",
        ),
        Matches("b2", points=1),
    ],
    equivalent={"* -0.01": "A normal distribution around zero is the same on both sides."},
    mistakes=[
        Mistake(
            "weights all zero",
            {
                "np.random.randn(n_h, n_x) * 0.01": "np.zeros((n_h, n_x))",
                "np.random.randn(n_y, n_h) * 0.01": "np.zeros((n_y, n_h))",
            },
            "With zero weights all hidden units stay alike for ever. Draw the weights at random; zeros are fine for the biases.",
        ),
        Mistake(
            "weights not scaled down",
            {
                "np.random.randn(n_h, n_x) * 0.01": "np.random.randn(n_h, n_x)",
                "np.random.randn(n_y, n_h) * 0.01": "np.random.randn(n_y, n_h)",
            },
            "Multiply the random weights by 0.01: large ones push tanh into its flat ends.",
        ),
        Mistake(
            "uniform numbers for normal ones",
            {
                "np.random.randn(n_h, n_x) * 0.01": "np.random.rand(n_h, n_x) * 0.01",
                "np.random.randn(n_y, n_h) * 0.01": "np.random.rand(n_y, n_h) * 0.01",
            },
            "rand draws from 0 to 1, all positive. randn draws from the normal distribution around 0.",
        ),
        Mistake(
            "weights transposed",
            {
                "np.random.randn(n_h, n_x) * 0.01": "np.random.randn(n_x, n_h) * 0.01",
                "np.random.randn(n_y, n_h) * 0.01": "np.random.randn(n_h, n_y) * 0.01",
            },
            "A weight matrix has a row for each unit of its own layer and a column for each input: W1 is (n_h, n_x), W2 is (n_y, n_h).",
        ),
        Mistake(
            "rank-1 biases",
            {"np.zeros((n_h, 1))": "np.zeros(n_h)", "np.zeros((n_y, 1))": "np.zeros(n_y)"},
            "Biases are columns: np.zeros((n_h, 1)), with a tuple of two numbers.",
        ),
        Mistake(
            "biases random",
            {
                "np.zeros((n_h, 1))": "np.random.randn(n_h, 1)",
                "np.zeros((n_y, 1))": "np.random.randn(n_y, 1)",
            },
            "Biases may start at zero: random weights have told the units apart already.",
        ),
    ],
)


def _forward(rng: Generator) -> Arguments:
    n_x, n_h, m = _sizes(rng)
    return arguments(rng.normal(size=(n_x, m)), _parameters(rng, n_x, n_h))


def _forward_edges(rng: Generator) -> list[Arguments]:
    one_example = arguments(rng.normal(size=(3, 1)), _parameters(rng, 3, 4))
    one_unit = arguments(rng.normal(size=(1, 5)), _parameters(rng, 1, 1))
    return [one_example, one_unit]


def _forward_sized(m: int) -> Arguments:
    rng = np.random.default_rng(0)
    return arguments(rng.normal(size=(3, m)), _parameters(rng, 3, 4))


FORWARD_PROPAGATION = Exercise(
    function="forward_propagation",
    reference=shallow.forward_propagation,
    returns=("A2", "cache"),
    inputs=_forward,
    edge_inputs=_forward_edges,
    checks=[
        Matches("A2", points=2),
        Matches("cache.Z1", points=1),
        Matches("cache.A1", points=1),
        Matches("cache.Z2", points=1),
        Matches("cache.A2", points=1),
        Vectorised(small=_forward_sized(2), large=_forward_sized(200)),
        LeavesInputsAlone(),
    ],
    uses=("sigmoid", "tanh"),
    mistakes=[
        Mistake(
            "sigmoid in the hidden layer",
            {"tanh(Z1)": "sigmoid(Z1)"},
            "The hidden layer uses tanh; the sigmoid is for the output.",
        ),
        Mistake(
            "hidden bias forgotten",
            {"parameters['W1'] @ X + parameters['b1']": "parameters['W1'] @ X"},
            "Z1 = W1 X + b1: the bias b1 is missing.",
        ),
        Mistake(
            "tanh at the output",
            {"sigmoid(Z2)": "tanh(Z2)"},
            "A2 is a probability, between 0 and 1: the output layer uses the sigmoid.",
        ),
        Mistake(
            "elementwise product for the matrix product",
            {"parameters['W1'] @ X": "parameters['W1'] * X"},
            "W1 X is a matrix product: rows of W1 times columns of X, written with @ or np.dot. The star multiplies entry by entry.",
        ),
        Mistake(
            "second layer reads Z1",
            {"parameters['W2'] @ A1": "parameters['W2'] @ Z1"},
            "The second layer gets the activations A1, not the sums Z1.",
        ),
        Mistake(
            "output bias forgotten",
            {"@ A1 + parameters['b2']": "@ A1"},
            "Z2 = W2 A1 + b2: the bias b2 is missing.",
        ),
    ],
)


def _cost(rng: Generator) -> Arguments:
    """Earlier editions pass the parameters as a third argument."""
    n_x, n_h, m = _sizes(rng)
    A2 = rng.uniform(0.02, 0.98, size=(1, m))
    return Arguments((A2, _labels(rng, m), _parameters(rng, n_x, n_h)), optional=1)


def _cost_edges(rng: Generator) -> list[Arguments]:
    parameters = _parameters(rng, 2, 3)
    return [
        Arguments((np.array([[0.3]]), np.array([[1]]), parameters), optional=1),
        Arguments((rng.uniform(0.1, 0.9, (1, 5)), _labels(rng, 5), parameters), optional=1),
    ]


COMPUTE_COST = Exercise(
    function="compute_cost",
    reference=shallow.compute_cost,
    inputs=_cost,
    edge_inputs=_cost_edges,
    checks=[Matches(points=4, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "summed, not averaged",
            {" / Y.shape[1]": ""},
            "The cost is the average over the m examples: divide the sum by m, the number of columns of Y.",
        ),
        Mistake(
            "minus sign forgotten",
            {"float(-np.sum": "float(np.sum"},
            "Logarithms of probabilities are negative; the cost has a minus in front.",
        ),
        Mistake(
            "averaged twice",
            {"Y.shape[1]": "Y.shape[1] ** 2"},
            "You divide by m twice: either np.mean or a division by m, not both.",
        ),
        Mistake(
            "only the term of label 1",
            "def compute_cost(A2, Y):\n    return float(-np.sum(Y * np.log(A2)) / Y.shape[1])",
            "Examples of label 0 count too: add (1 − Y) log(1 − A2).",
        ),
        Mistake(
            "squared error",
            "def compute_cost(A2, Y):\n    return float(np.sum((A2 - Y) ** 2) / Y.shape[1])",
            "This is the mean squared error. The cost here is the cross-entropy, with logarithms.",
        ),
    ],
)


def _backward(rng: Generator) -> Arguments:
    n_x, n_h, m = _sizes(rng)
    return _backward_sized(rng, n_x, n_h, m)


def _backward_sized(rng: Generator, n_x: int, n_h: int, m: int) -> Arguments:
    """Take the cache from a real forward pass."""
    X, parameters = rng.normal(size=(n_x, m)), _parameters(rng, n_x, n_h)
    cache = shallow.forward_propagation(X, parameters)[1]
    return arguments(parameters, cache, X, _labels(rng, m))


def _backward_edges(rng: Generator) -> list[Arguments]:
    return [_backward_sized(rng, 3, 4, 1), _backward_sized(rng, 1, 2, 5)]


BACKWARD_PROPAGATION = Exercise(
    function="backward_propagation",
    reference=shallow.backward_propagation,
    inputs=_backward,
    edge_inputs=_backward_edges,
    checks=[
        Matches("dW2", points=2),
        Matches("db2", points=2),
        Matches("dW1", points=3),
        Matches("db1", points=3),
        Vectorised(
            small=_backward_sized(np.random.default_rng(0), 3, 4, 2),
            large=_backward_sized(np.random.default_rng(0), 3, 4, 200),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "gradients summed, not averaged",
            {
                "dZ1 @ X.T / m": "dZ1 @ X.T",
                "np.sum(dZ1, axis=1, keepdims=True) / m": "np.sum(dZ1, axis=1, keepdims=True)",
                "cache['A1'].T / m": "cache['A1'].T",
                "np.sum(dZ2, axis=1, keepdims=True) / m": "np.sum(dZ2, axis=1, keepdims=True)",
            },
            "The cost averages over the m examples, so every gradient does too: divide by m.",
        ),
        Mistake(
            "sigmoid's derivative in the hidden layer",
            {"1 - cache['A1'] ** 2": "cache['A1'] * (1 - cache['A1'])"},
            "The hidden layer is tanh: its derivative is 1 − A1², not A1(1 − A1).",
        ),
        Mistake(
            "keepdims forgotten",
            {
                "np.sum(dZ1, axis=1, keepdims=True)": "np.sum(dZ1, axis=1)",
                "np.sum(dZ2, axis=1, keepdims=True)": "np.sum(dZ2, axis=1)",
            },
            "db1 and db2 are columns, like the biases: sum with keepdims=True.",
        ),
        Mistake(
            "bias gradient summed to one number",
            {"np.sum(dZ1, axis=1, keepdims=True)": "np.sum(dZ1)"},
            "Each hidden unit has its own bias: sum over the examples (axis=1), not over the units.",
        ),
        Mistake(
            "square left out of tanh's derivative",
            {"1 - cache['A1'] ** 2": "1 - cache['A1']"},
            "The derivative of tanh is 1 − A1², entry by entry: the square is missing.",
        ),
        Mistake(
            "activation's derivative left out",
            {" * (1 - cache['A1'] ** 2)": ""},
            "On the way back through tanh the gradient is multiplied by its derivative, 1 − A1².",
        ),
        Mistake(
            "averaged twice",
            {"cache['A2'] - Y": "(cache['A2'] - Y) / m"},
            "You divide by m twice: leave it out of dZ2, and average once, in dW and db.",
        ),
        Mistake(
            "m counted along the wrong axis",
            {"X.shape[1]": "X.shape[0]"},
            "m is the number of examples, and examples are columns: X.shape[1].",
        ),
        Mistake(
            "difference turned round",
            {"cache['A2'] - Y": "Y - cache['A2']"},
            "dZ2 is A2 − Y: with the sign turned round you would climb the cost.",
        ),
    ],
)


def _update(rng: Generator) -> Arguments:
    n_x, n_h, _ = _sizes(rng)
    parameters = _parameters(rng, n_x, n_h)
    grads = {"d" + name: rng.normal(size=value.shape) for name, value in parameters.items()}
    return arguments(parameters, grads, learning_rate=float(rng.uniform(0.01, 2)))


def _update_by_default(rng: Generator) -> list[Arguments]:
    return [arguments(*_update(rng).positional)]


UPDATE_PARAMETERS = Exercise(
    function="update_parameters",
    reference=shallow.update_parameters,
    inputs=_update,
    edge_inputs=_update_by_default,
    checks=[*(Matches(name, points=1) for name in ("W1", "b1", "W2", "b2")), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "uphill",
            {"parameters[name] - learning_rate": "parameters[name] + learning_rate"},
            "The gradient points uphill. To go down, take it away.",
        ),
        Mistake(
            "learning rate left out",
            {"learning_rate * grads": "grads"},
            "The step is the gradient times the learning rate.",
        ),
        Mistake(
            "learning rate written in",
            {"learning_rate * grads": "1.2 * grads"},
            "1.2 is only the default: use the argument `learning_rate`.",
        ),
        Mistake(
            "one bias updated with the other's gradient",
            "def update_parameters(parameters, grads, learning_rate=1.2):\n    new = {n: parameters[n] - learning_rate * grads['d' + n] for n in parameters}\n    new['b1'] = parameters['b1'] - learning_rate * grads['db2']\n    return new",
            "b1 is updated with db1. A copied line has kept the other subscript.",
        ),
        Mistake(
            "biases not updated",
            "def update_parameters(parameters, grads, learning_rate=1.2):\n    new = dict(parameters)\n    for name in ('W1', 'W2'):\n        new[name] = parameters[name] - learning_rate * grads['d' + name]\n    return new",
            "b1 and b2 are learnt too: update them as you do the weights.",
        ),
    ],
)


def _training(rng: Generator) -> Arguments:
    """Give the starting point, so that the whole run can be compared."""
    n_x, n_h, m = _sizes(rng)
    given = {"initialize_parameters": ([n_x, n_h, 1], _parameters(rng, n_x, n_h))}
    X = rng.normal(size=(n_x, m))
    named = {"num_iterations": int(rng.integers(1, 12)), "print_cost": bool(rng.integers(2))}
    return Arguments((X, _labels(rng, m), n_h), named, given=given)


NN_MODEL = Exercise(
    function="nn_model",
    reference=shallow.nn_model,
    inputs=_training,
    checks=[Matches(name, points=2) for name in ("W1", "b1", "W2", "b2")],
    mistakes=[
        Mistake(
            "one iteration, whatever is asked",
            {"range(num_iterations)": "range(1)"},
            "Draw the parameters once, before the loop; then repeat the four steps num_iterations times.",
        ),
        Mistake(
            "one iteration too few",
            {"range(num_iterations)": "range(num_iterations - 1)"},
            "You stop one step early: range(num_iterations) already counts from 0.",
        ),
        Mistake(
            "never updated",
            {
                "parameters = update_parameters(parameters, grads)": "update_parameters(parameters, grads)"
            },
            "update_parameters returns the new parameters: keep what it returns.",
        ),
        Mistake(
            "argument n_h ignored",
            {"n_x, _, n_y = layer_sizes(X, Y)": "n_x, n_h, n_y = layer_sizes(X, Y)"},
            "The hidden layer has n_h units, as the argument says. layer_sizes gives only n_x and n_y here.",
        ),
        Mistake(
            "a learning rate of its own",
            {"update_parameters(parameters, grads)": "update_parameters(parameters, grads, 0.01)"},
            "Use the default learning rate of update_parameters.",
        ),
    ],
    uses=(
        "layer_sizes",
        "forward_propagation",
        "compute_cost",
        "backward_propagation",
        "update_parameters",
    ),
)


def _prediction(rng: Generator) -> Arguments:
    n_x, n_h, m = _sizes(rng)
    return arguments(_parameters(rng, n_x, n_h), rng.normal(size=(n_x, m + 6)))


PREDICT = Exercise(
    function="predict",
    reference=shallow.predict,
    inputs=_prediction,
    checks=[Matches(points=3, label="the predicted labels"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "probabilities returned",
            {"(A2 > 0.5).astype(int)": "A2"},
            "These are the probabilities. A prediction is 0 or 1: compare them with 0.5.",
        ),
        Mistake(
            "comparison inverted",
            {"A2 > 0.5": "A2 < 0.5"},
            "Label 1 is predicted where the probability is greater than 0.5.",
        ),
        Mistake(
            "threshold zero",
            {"A2 > 0.5": "A2 > 0"},
            "A sigmoid is always greater than 0. The threshold is 0.5.",
        ),
        Mistake(
            "truncated to whole numbers",
            {"(A2 > 0.5).astype(int)": "A2.astype(int)"},
            "astype(int) cuts the decimals off, so everything becomes 0. Compare with 0.5, or round.",
        ),
        Mistake(
            "rank-1 predictions",
            {".astype(int)": ".astype(int).ravel()"},
            "The predictions are a row of shape (1, m), like the labels: keep both axes.",
        ),
        Mistake(
            "hidden units for the output",
            {
                "A2, _ = forward_propagation(X, parameters)": "A2 = forward_propagation(X, parameters)[1]['A1']"
            },
            "You compare the hidden units, A1. The probability is the output, A2: the first thing that forward_propagation returns.",
        ),
    ],
    uses=("forward_propagation",),
)

EXERCISES = [
    *(SIGMOID, SIGMOID_DERIVATIVE, TANH, TANH_DERIVATIVE),
    *(RELU, RELU_DERIVATIVE, LEAKY_RELU, LEAKY_RELU_DERIVATIVE),
    *(LAYER_SIZES, INITIALIZE_PARAMETERS, FORWARD_PROPAGATION, COMPUTE_COST),
    *(BACKWARD_PROPAGATION, UPDATE_PARAMETERS, NN_MODEL, PREDICT),
]
