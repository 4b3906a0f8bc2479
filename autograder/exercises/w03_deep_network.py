"""Week 3: a network of any depth, step by step, and its application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.exercises import w02_shallow_network
from autograder.specification import Exercise, Holds, Mistake
from helpers import deep
from helpers.checking.checks import LeavesInputsAlone, Matches, Recorded, Vectorised
from helpers.checking.outcomes import Arguments, arguments
from helpers.checking.random_results import Drawn

Generator = np.random.Generator
Network = dict[str, np.ndarray]


def _sizes(rng: Generator) -> tuple[int, int, int]:
    """Numbers of inputs, units and examples, never two alike."""
    n_prev, n, m = (int(size) for size in rng.permutation(np.arange(2, 9))[:3])
    return n_prev, n, m


def _layers(rng: Generator, depth: int) -> list[int]:
    """Sizes of the layers of a network with one output; neighbours differ."""
    return [*(int(size) for size in rng.permutation(np.arange(2, 7))[:depth]), 1]


def _depth(rng: Generator) -> int:
    return int(rng.integers(1, 5))


def _network(rng: Generator, dims: list[int]) -> Network:
    """Weights that keep the signal about as large as it was, and biases that are not zero."""
    network = {}
    for layer, (inputs, units) in enumerate(pairwise(dims), start=1):
        network[f"W{layer}"] = rng.normal(size=(units, inputs)) * 1.2 / np.sqrt(inputs)
        network[f"b{layer}"] = rng.choice([-1, 1], (units, 1)) * rng.uniform(0.1, 0.6, (units, 1))
    return network


def _labels(rng: Generator, m: int) -> np.ndarray:
    """Both labels occur, wherever there are two examples."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def _alive(rng: Generator, dims: list[int], m: int) -> tuple[np.ndarray, Network]:
    """Draw data and a network in which every hidden layer lets something through, not all."""
    while True:
        X, network = rng.normal(size=(dims[0], m)), _network(rng, dims)
        caches = deep.L_model_forward(X, network)[1]
        hidden = [Z for _, Z in caches[:-1]]
        if all((Z > 0.05).any() and (Z < -0.05).any() for Z in hidden):
            return X, network


def _without_tanh(mistake: Mistake) -> Mistake:
    """Give week 2's mistake with a hint for this week, whose hidden units are ReLU."""
    if "tanh" not in mistake.hint:
        return mistake
    hint = "Multiply the random weights by 0.01: training is to start near a probability of one half for every example."
    return replace(mistake, hint=hint)


INITIALIZE_PARAMETERS = replace(
    w02_shallow_network.INITIALIZE_PARAMETERS,
    mistakes=[_without_tanh(each) for each in w02_shallow_network.INITIALIZE_PARAMETERS.mistakes],
)


def _layer_lists(rng: Generator) -> Arguments:
    return arguments([*_layers(rng, _depth(rng))[:-1], int(rng.integers(1, 4))])


def _special_layer_lists(rng: Generator) -> list[Arguments]:
    """Layers that are large enough to look at the draw, one layer only, and one input."""
    return [arguments([60, 50, 40, 30]), arguments([5, 1]), arguments([1, 3, 2, 4, 1])]


INITIALIZE_PARAMETERS_DEEP = Exercise(
    function="initialize_parameters_deep",
    reference=deep.initialize_parameters_deep,
    inputs=_layer_lists,
    edge_inputs=_special_layer_lists,
    checks=[
        Drawn(
            "W*",
            points=4,
            std=0.01,
            label="all weights",
            hint="Small random numbers: np.random.randn(rows, columns) * 0.01.",
        ),
        Matches("b*", points=2, label="all biases"),
        LeavesInputsAlone(),
    ],
    equivalent={"* -0.01": "A normal distribution around zero is the same on both sides."},
    mistakes=[
        Mistake(
            "last layer forgotten",
            {"range(1, len(layer_dims))": "range(1, len(layer_dims) - 1)"},
            "The last layer has no parameters: range stops before its second argument. The layers are 1 up to len(layer_dims) − 1.",
        ),
        Mistake(
            "one layer too many",
            {"range(1, len(layer_dims))": "range(1, len(layer_dims) + 1)"},
            "layer_dims counts the inputs too, as entry 0: a list of 4 numbers describes 3 layers.",
        ),
        Mistake(
            "layers counted from 0",
            {"f'W{layer}'": "f'W{layer - 1}'", "f'b{layer}'": "f'b{layer - 1}'"},
            "The first layer is layer 1: its weights are W1. Number 0 is the inputs, which have no weights.",
        ),
        Mistake(
            "weights transposed",
            {
                "randn(layer_dims[layer], layer_dims[layer - 1])": "randn(layer_dims[layer - 1], layer_dims[layer])"
            },
            "A weight matrix has a row for each unit of its own layer and a column for each unit of the layer before.",
        ),
        Mistake(
            "weights not scaled down",
            {" * 0.01": ""},
            "Multiply the random weights by 0.01, so that training starts near zero.",
        ),
        Mistake(
            "weights scaled by the number of inputs",
            {" * 0.01": " / np.sqrt(layer_dims[layer - 1])"},
            "This exercise asks for the factor 0.01. Dividing by the root of the number of inputs comes later in the notebook.",
        ),
        Mistake(
            "weights all zero",
            {
                "np.random.randn(layer_dims[layer], layer_dims[layer - 1]) * 0.01": "np.zeros((layer_dims[layer], layer_dims[layer - 1]))"
            },
            "With zero weights all units of a layer stay alike for ever. Draw the weights at random; zeros are for the biases.",
        ),
        Mistake(
            "uniform numbers for normal ones",
            {"np.random.randn": "np.random.rand"},
            "rand draws from 0 to 1, all positive. randn draws from the normal distribution around 0.",
        ),
        Mistake(
            "rank-1 biases",
            {"np.zeros((layer_dims[layer], 1))": "np.zeros(layer_dims[layer])"},
            "Biases are columns: np.zeros((n, 1)), with a tuple of two numbers.",
        ),
        Mistake(
            "biases of the layer before",
            {"np.zeros((layer_dims[layer], 1))": "np.zeros((layer_dims[layer - 1], 1))"},
            "Each unit of layer l has one bias: as many as the layer has units, not as the layer before.",
        ),
        Mistake(
            "biases random",
            {"np.zeros((layer_dims[layer], 1))": "np.random.randn(layer_dims[layer], 1) * 0.01"},
            "Biases start at zero: the random weights have told the units apart already.",
        ),
    ],
)


def _weights(rng: Generator, n_prev: int, n: int, m: int) -> tuple[np.ndarray, ...]:
    """Draw the inputs, weights and biases of one layer; no bias is so small as to be nothing."""
    b = rng.choice([-1, 1], (n, 1)) * rng.uniform(0.3, 1.5, (n, 1))
    return rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev)), b


def _linear(rng: Generator) -> Arguments:
    return arguments(*_weights(rng, *_sizes(rng)))


def _special_linear(rng: Generator) -> list[Arguments]:
    """One example, one input, as many units as inputs, one unit, whole numbers."""
    whole = np.array([[1, 2, 0], [3, -1, 4]]), np.array([[2, -3]]), np.array([[5]])
    sizes = [(3, 4, 1), (1, 4, 3), (3, 3, 5), (4, 1, 2)]
    return [*(arguments(*_weights(rng, *size)) for size in sizes), arguments(*whole)]


def _at_once(make: Callable[[Generator, int], Arguments]) -> Vectorised:
    """Compare the work for 2 examples with that for 200."""
    return Vectorised(
        small=make(np.random.default_rng(0), 2), large=make(np.random.default_rng(0), 200)
    )


LINEAR_FORWARD = Exercise(
    function="linear_forward",
    reference=deep.linear_forward,
    returns=("Z", "cache"),
    inputs=_linear,
    edge_inputs=_special_linear,
    checks=[
        Matches("Z", points=3),
        Matches("cache", points=1),
        _at_once(lambda rng, m: arguments(*_weights(rng, 3, 4, m))),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "bias forgotten",
            {"W @ A + b": "W @ A"},
            "Z = W A + b: the bias b is missing.",
        ),
        Mistake(
            "bias taken away",
            {"W @ A + b": "W @ A - b"},
            "The bias is added: Z = W A + b.",
        ),
        Mistake(
            "elementwise product for the matrix product",
            {"W @ A": "W * A"},
            "W A is a matrix product: rows of W times columns of A, written with @ or np.dot. The star multiplies entry by entry.",
        ),
        Mistake(
            "factors in the wrong order",
            {"W @ A": "A @ W"},
            "The weights stand on the left: (n, n_prev) times (n_prev, m) gives (n, m). Matrix products may not be turned round.",
        ),
        Mistake(
            "weights transposed",
            {"W @ A": "W.T @ A"},
            "In week 1 the weights were a column and had to be transposed. W has a row for each unit already: no transpose.",
        ),
        Mistake(
            "cache in another order",
            {"(A, W, b))": "(W, A, b))"},
            "The cache is (A, W, b), in this order: the backward pass unpacks it so.",
        ),
        Mistake(
            "result in the cache",
            {"(A, W, b))": "(W @ A + b, W, b))"},
            "The cache holds what went in, not what came out: (A, W, b).",
        ),
    ],
)


def _layer(rng: Generator, sizes: tuple[int, int, int], activation: str) -> Arguments:
    """Draw the arguments of one layer in which some units are active and some are not."""
    while True:
        A_prev, W, b = _weights(rng, *sizes)
        Z = W @ A_prev + b
        if Z.size < 3 or ((Z > 0.05).any() and (Z < -0.05).any()):
            return arguments(A_prev, W, b, activation)


def _activated(rng: Generator) -> Arguments:
    return _layer(rng, _sizes(rng), str(rng.choice(["relu", "sigmoid"])))


def _special_activated(rng: Generator) -> list[Arguments]:
    sizes = [
        ((3, 4, 1), "relu"),
        ((1, 4, 3), "sigmoid"),
        ((4, 3, 5), "relu"),
        ((4, 1, 6), "sigmoid"),
    ]
    far_out = arguments(
        np.array([[-15.0, 15.0, 0.5]]), np.array([[2.0]]), np.zeros((1, 1)), "sigmoid"
    )
    return [*(_layer(rng, *each) for each in sizes), far_out]


LINEAR_ACTIVATION_FORWARD = Exercise(
    function="linear_activation_forward",
    reference=deep.linear_activation_forward,
    returns=("A", "cache"),
    inputs=_activated,
    edge_inputs=_special_activated,
    checks=[
        Matches("A", points=3),
        Matches("cache", points=2),
        _at_once(lambda rng, m: _layer(rng, (3, 4, m), "relu")),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "activations swapped",
            {"activation == 'relu'": "activation == 'sigmoid'"},
            "Your layer uses the sigmoid when asked for relu, and relu when asked for the sigmoid.",
        ),
        Mistake(
            "always relu",
            {"relu(Z) if activation == 'relu' else sigmoid(Z)": "relu(Z)"},
            "The argument `activation` decides which function is used; yours always uses relu.",
        ),
        Mistake(
            "always sigmoid",
            {"relu(Z) if activation == 'relu' else sigmoid(Z)": "sigmoid(Z)"},
            "The argument `activation` decides which function is used; yours always uses the sigmoid.",
        ),
        Mistake(
            "activation left out",
            {"return (A, (": "return (Z, ("},
            "You return the sums Z. The layer's output is the activation of these: A.",
        ),
        Mistake(
            "caches swapped",
            {"(linear_cache, activation_cache))": "(activation_cache, linear_cache))"},
            "The cache is (linear_cache, activation_cache), in this order.",
        ),
        Mistake(
            "A kept where Z belongs",
            {"(linear_cache, activation_cache))": "(linear_cache, A))"},
            "The second part of the cache is Z, from before the activation: the backward pass needs its slope there.",
        ),
        Mistake(
            "linear cache only",
            {"(linear_cache, activation_cache))": "linear_cache)"},
            "The cache has two parts: what linear_forward keeps, and what the activation keeps.",
        ),
    ],
    uses=("linear_forward",),
)


def _through(rng: Generator, dims: list[int], m: int) -> Arguments:
    return arguments(*_alive(rng, dims, m))


def _forward(rng: Generator) -> Arguments:
    return _through(rng, _layers(rng, _depth(rng)), int(rng.integers(5, 13)))


def _special_forward(rng: Generator) -> list[Arguments]:
    """One example; one layer, which is logistic regression; two layers; one input, five layers."""
    kinds = [([4, 3, 2, 1], 1), ([3, 1], 4), ([5, 3, 1], 12), ([1, 4, 3, 5, 2, 1], 9)]
    return [_through(rng, dims, m) for dims, m in kinds]


L_MODEL_FORWARD = Exercise(
    function="L_model_forward",
    reference=deep.L_model_forward,
    returns=("AL", "caches"),
    inputs=_forward,
    edge_inputs=_special_forward,
    checks=[
        Matches("AL", points=4),
        Matches("caches", points=3),
        _at_once(lambda rng, m: _through(rng, [3, 4, 2, 1], m)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "sigmoid in all layers",
            {"'relu' if layer < L else 'sigmoid'": "'sigmoid'"},
            "The hidden layers use relu. Only the last layer uses the sigmoid.",
        ),
        Mistake(
            "relu at the output",
            {"'relu' if layer < L else 'sigmoid'": "'relu'"},
            "The output is a probability: the last layer uses the sigmoid.",
        ),
        Mistake(
            "sigmoid one layer early",
            {"layer < L else": "layer < L - 1 else"},
            "Your last hidden layer uses the sigmoid already. The layers are 1 up to L, and all of them below L use relu.",
        ),
        Mistake(
            "every layer reads X",
            {"linear_activation_forward(A,": "linear_activation_forward(X,"},
            "Layer l reads the activations of layer l − 1. Only the first layer reads X.",
        ),
        Mistake(
            "written for two layers",
            """
            def L_model_forward(X, parameters):
                A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
                A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
                return A2, [cache1, cache2]
            """,
            "Your function always computes two layers. How many there are is hidden in `parameters`: two entries each.",
        ),
        Mistake(
            "parameters counted as layers",
            {"len(parameters) // 2": "len(parameters)"},
            "Each layer has two entries in the dictionary, W and b: there are half as many layers as entries.",
        ),
        Mistake(
            "last cache missing",
            {"caches.append(cache)": "caches.append(cache) if layer < L else None"},
            "The caches are one short: the output layer has a cache too.",
        ),
        Mistake(
            "only the last cache kept",
            {"caches.append(cache)": "caches = [cache]"},
            "Your list holds one cache only. Make the list once, before the loop, and append each layer's cache to it.",
        ),
        Mistake(
            "caches from last to first",
            {"caches.append(cache)": "caches.insert(0, cache)"},
            "The caches stand in the order of the layers: append each one at the end.",
        ),
    ],
    uses=("linear_forward", "linear_activation_forward"),
)


def _cost(rng: Generator) -> Arguments:
    m = int(rng.integers(2, 9))
    return arguments(rng.uniform(0.02, 0.98, size=(1, m)), _labels(rng, m))


def _special_costs(rng: Generator) -> list[Arguments]:
    """One example of either label, true and false for 1 and 0, and a network that is certain."""
    booleans = rng.uniform(0.1, 0.9, (1, 5)), _labels(rng, 5) == 1
    certain = np.array([[1 - 1e-6, 1e-6, 1e-4]]), np.array([[1, 0, 1]])
    ones = [(np.array([[0.3]]), np.array([[label]])) for label in (0, 1)]
    return [arguments(*each) for each in (*ones, booleans, certain)]


COMPUTE_COST = Exercise(
    function="compute_cost",
    reference=deep.compute_cost,
    inputs=_cost,
    edge_inputs=_special_costs,
    checks=[
        Matches(points=3, label="the cost"),
        _at_once(lambda rng, m: arguments(rng.uniform(0.1, 0.9, (1, m)), _labels(rng, m))),
        LeavesInputsAlone(),
    ],
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
            "def compute_cost(AL, Y):\n    return -np.sum(Y * np.log(AL)) / Y.shape[1]",
            "Examples of label 0 count too: add (1 − Y) log(1 − AL).",
        ),
        Mistake(
            "labels the wrong way round",
            "def compute_cost(AL, Y):\n    return -np.mean(Y * np.log(1 - AL) + (1 - Y) * np.log(AL))",
            "Y goes with log(AL), and 1 − Y with log(1 − AL): a right and certain answer must cost next to nothing.",
        ),
        Mistake(
            "minus between the two terms",
            "def compute_cost(AL, Y):\n    return -np.mean(Y * np.log(AL) - (1 - Y) * np.log(1 - AL))",
            "Both terms stand inside the same brackets with a plus between them; the one minus stands in front.",
        ),
        Mistake(
            "one minus the logarithm",
            "def compute_cost(AL, Y):\n    return -np.mean(Y * np.log(AL) + (1 - Y) * (1 - np.log(AL)))",
            "The second term is log(1 − AL), the logarithm of a difference. Yours is 1 − log(AL).",
        ),
        Mistake(
            "squared error",
            "def compute_cost(AL, Y):\n    return np.mean((AL - Y) ** 2)",
            "This is the mean squared error. The cost here is the cross-entropy, with logarithms.",
        ),
    ],
)


def _linear_back(rng: Generator, n_prev: int, n: int, m: int) -> Arguments:
    return arguments(rng.normal(size=(n, m)), _weights(rng, n_prev, n, m))


def _going_back(rng: Generator) -> Arguments:
    return _linear_back(rng, *_sizes(rng))


def _special_going_back(rng: Generator) -> list[Arguments]:
    """One example, as many units as inputs, one unit and one input, one unit, whole numbers."""
    cache = np.array([[1, 2, 0], [3, -1, 4]]), np.array([[2, -3]]), np.array([[5]])
    whole = arguments(np.array([[1, -2, 4]]), cache)
    sizes = [(3, 4, 1), (3, 3, 5), (1, 1, 4), (4, 1, 6)]
    return [*(_linear_back(rng, *size) for size in sizes), whole]


LINEAR_BACKWARD = Exercise(
    function="linear_backward",
    reference=deep.linear_backward,
    returns=("dA_prev", "dW", "db"),
    inputs=_going_back,
    edge_inputs=_special_going_back,
    checks=[
        Matches("dA_prev", points=2),
        Matches("dW", points=2),
        Matches("db", points=2),
        _at_once(lambda rng, m: _linear_back(rng, 3, 4, m)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "gradients summed, not averaged",
            {
                "dZ @ A_prev.T / m": "dZ @ A_prev.T",
                "keepdims=True) / m": "keepdims=True)",
            },
            "The cost averages over the m examples, so dW and db do too: divide both by m.",
        ),
        Mistake(
            "bias gradient not averaged",
            {"keepdims=True) / m": "keepdims=True)"},
            "dW is averaged over the examples, and db must be as well: divide the sum by m.",
        ),
        Mistake(
            "dA_prev averaged too",
            {"W.T @ dZ": "W.T @ dZ / m"},
            "dA_prev keeps a column for each example: nothing is added up over the examples, so nothing is divided by m.",
        ),
        Mistake(
            "keepdims forgotten",
            {", keepdims=True": ""},
            "db is a column, like b: sum with keepdims=True.",
        ),
        Mistake(
            "bias gradient summed to one number",
            {"np.sum(dZ, axis=1, keepdims=True)": "np.sum(dZ)"},
            "Each unit has its own bias: sum over the examples (axis=1), not over the units.",
        ),
        Mistake(
            "bias gradient summed over the units",
            {"axis=1": "axis=0"},
            "Examples are columns. To add up over the examples, add along each row: axis=1.",
        ),
        Mistake(
            "elementwise product for dW",
            {"dZ @ A_prev.T": "dZ * A_prev.T"},
            "dW is a matrix product, (n, m) times (m, n_prev): it adds up over the examples. The star does not.",
        ),
        Mistake(
            "W not transposed on the way back",
            {"W.T @ dZ": "W @ dZ"},
            "On the way back the weights are transposed: (n_prev, n) times (n, m) gives (n_prev, m).",
        ),
        Mistake(
            "m counted along the wrong axis",
            {"A_prev.shape[1]": "A_prev.shape[0]"},
            "m is the number of examples, and examples are columns: A_prev.shape[1].",
        ),
        Mistake(
            "results in another order",
            {"return (dA_prev, dW, db)": "return (dW, db, dA_prev)"},
            "Return dA_prev first, then dW, then db.",
        ),
    ],
)


def _layer_back(rng: Generator, sizes: tuple[int, int, int], activation: str) -> Arguments:
    A_prev, W, b, _ = _layer(rng, sizes, activation).positional
    cache = (A_prev, W, b), W @ A_prev + b
    return arguments(rng.normal(size=cache[1].shape), cache, activation)


def _activated_back(rng: Generator) -> Arguments:
    return _layer_back(rng, _sizes(rng), str(rng.choice(["relu", "sigmoid"])))


def _special_activated_back(rng: Generator) -> list[Arguments]:
    sizes = [
        ((3, 4, 1), "relu"),
        ((1, 4, 3), "sigmoid"),
        ((4, 3, 5), "relu"),
        ((4, 1, 6), "sigmoid"),
    ]
    return [_layer_back(rng, *each) for each in sizes]


LINEAR_ACTIVATION_BACKWARD = Exercise(
    function="linear_activation_backward",
    reference=deep.linear_activation_backward,
    returns=("dA_prev", "dW", "db"),
    inputs=_activated_back,
    edge_inputs=_special_activated_back,
    checks=[
        Matches("dA_prev", points=2),
        Matches("dW", points=2),
        Matches("db", points=1),
        _at_once(lambda rng, m: _layer_back(rng, (3, 4, m), "relu")),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "activations swapped",
            {"activation == 'relu'": "activation == 'sigmoid'"},
            "You go back through the sigmoid when asked for relu, and through relu when asked for the sigmoid.",
        ),
        Mistake(
            "always relu",
            {"relu_backward if activation == 'relu' else sigmoid_backward": "relu_backward"},
            "The argument `activation` decides which function to go back through; yours is always relu.",
        ),
        Mistake(
            "always sigmoid",
            {"relu_backward if activation == 'relu' else sigmoid_backward": "sigmoid_backward"},
            "The argument `activation` decides which function to go back through; yours is always the sigmoid.",
        ),
        Mistake(
            "activation skipped",
            {
                "linear_backward(backward(dA, activation_cache), linear_cache)": "linear_backward(dA, linear_cache)"
            },
            "linear_backward wants dZ, not dA: go back through the activation first.",
        ),
        Mistake(
            "linear part skipped, its inputs taken for Z",
            {"backward(dA, activation_cache)": "backward(dA, linear_cache[1] @ linear_cache[0])"},
            "The slope is taken at Z = W A + b. That is the second part of the cache, ready for use.",
        ),
        Mistake(
            "cache taken apart the wrong way round",
            {"linear_cache, activation_cache = cache": "activation_cache, linear_cache = cache"},
            "The cache is (linear_cache, activation_cache): the first part belongs to linear_backward.",
        ),
        Mistake(
            "forward activation for its slope",
            """
            def linear_activation_backward(dA, cache, activation):
                linear_cache, Z = cache
                A, _ = relu(Z) if activation == "relu" else sigmoid(Z)
                return linear_backward(dA * A, linear_cache)
            """,
            "You multiply dA by the activation itself. It is multiplied by the activation's slope: use relu_backward and sigmoid_backward.",
        ),
        Mistake(
            "dA multiplied in twice",
            {"backward(dA, activation_cache)": "dA * backward(dA, activation_cache)"},
            "relu_backward and sigmoid_backward return dZ: dA is multiplied in there already. Do not multiply by it again.",
        ),
        Mistake(
            "dA left out",
            {"backward(dA, activation_cache)": "backward(np.ones_like(dA), activation_cache)"},
            "You hand on the slope alone. dZ is dA times the slope.",
        ),
    ],
    uses=("linear_backward",),
)


def _back(rng: Generator, dims: list[int], m: int) -> Arguments:
    """Take output and caches from a real forward pass."""
    AL, caches = deep.L_model_forward(*_alive(rng, dims, m))
    return arguments(AL, _labels(rng, m), caches)


def _backward(rng: Generator) -> Arguments:
    return _back(rng, _layers(rng, _depth(rng)), int(rng.integers(2, 8)))


def _special_backward(rng: Generator) -> list[Arguments]:
    kinds = [([4, 3, 2, 1], 1), ([3, 1], 4), ([5, 3, 1], 6), ([1, 4, 3, 5, 2, 1], 7)]
    return [_back(rng, dims, m) for dims, m in kinds]


def _is_the_slope(call: Callable[..., Any]) -> str | None:
    """Compare with the change of the cost when one weight moves, in networks of several depths."""
    rng = np.random.default_rng(3)
    for dims in ([3, 1], [2, 4, 1], [4, 3, 5, 2, 1]):
        X, network = _alive(rng, dims, 6)
        Y = _labels(rng, 6)
        grads = call(*_output(X, network, Y))
        for name in network:
            slope, yours = _slope(X, network, Y, name), _first_entry(grads, f"d{name}")
            if yours is not None and not np.isclose(yours, slope, rtol=1e-4, atol=1e-7):
                return f"In a network with {len(dims) - 1} layers, moving {name}[0, 0] a little changes the cost at another rate than d{name} says."
    return None


def _output(X: np.ndarray, network: Network, Y: np.ndarray) -> tuple[Any, ...]:
    AL, caches = deep.L_model_forward(X, network)
    return AL, Y, caches


def _slope(X: np.ndarray, network: Network, Y: np.ndarray, name: str) -> float:
    costs = []
    for step in (1e-6, -1e-6):
        moved = network[name].copy()
        moved[0, 0] += step
        costs.append(deep.compute_cost(deep.L_model_forward(X, {**network, name: moved})[0], Y))
    return (costs[0] - costs[1]) / 2e-6


def _first_entry(grads: Any, name: str) -> float | None:
    """Give one number of a gradient; None where its form is wrong, which another check says."""
    value = grads.get(name) if isinstance(grads, dict) else None
    return float(value[0, 0]) if isinstance(value, np.ndarray) and value.ndim == 2 else None


L_MODEL_BACKWARD = Exercise(
    function="L_model_backward",
    reference=deep.L_model_backward,
    inputs=_backward,
    edge_inputs=_special_backward,
    checks=[
        Matches("dW*", points=5, label="all `dW`"),
        Matches("db*", points=4, label="all `db`"),
        _at_once(lambda rng, m: _back(rng, [3, 4, 2, 1], m)),
        Holds(
            label="is the slope of the cost, at any depth",
            hint="Nudge a weight, as in the notebook's test, and see for which layer the numbers part ways.",
            test=_is_the_slope,
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "dA of the last layer with the wrong sign",
            {"(1 - 2 * Y)": "(2 * Y - 1)"},
            "The cost has a minus in front, and its derivative too: dAL = −(Y/AL − (1 − Y)/(1 − AL)).",
        ),
        Mistake(
            "dZ taken for dA at the output",
            {"(1 - 2 * Y) / (Y * AL + (1 - Y) * (1 - AL))": "AL - Y"},
            "AL − Y is dZ of the last layer, with the sigmoid's slope in it already. Start with dAL; linear_activation_backward does the rest.",
        ),
        Mistake(
            "only the term of label 1",
            {"(1 - 2 * Y) / (Y * AL + (1 - Y) * (1 - AL))": "-(Y / AL)"},
            "Examples of label 0 pull as well: dAL has a second term, (1 − Y)/(1 − AL).",
        ),
        Mistake(
            "both terms of dAL with the same sign",
            {"(1 - 2 * Y) / (Y * AL + (1 - Y) * (1 - AL))": "-(Y / AL + (1 - Y) / (1 - AL))"},
            "The derivative of log(1 − a) is −1/(1 − a): the two terms of dAL have opposite signs.",
        ),
        Mistake(
            "averaged twice",
            {"(1 - 2 * Y) /": "(1 - 2 * Y) / Y.shape[1] /"},
            "The average is taken in linear_backward, for dW and db. Leave m out of dAL.",
        ),
        Mistake(
            "sigmoid in all layers",
            {"'relu' if layer < L else 'sigmoid'": "'sigmoid'"},
            "The hidden layers are relu: go back through relu there. Only the last layer is a sigmoid.",
        ),
        Mistake(
            "relu at the output",
            {"'relu' if layer < L else 'sigmoid'": "'relu'"},
            "The last layer is a sigmoid: go back through that one first.",
        ),
        Mistake(
            "sigmoid at the first layer",
            {"'relu' if layer < L else 'sigmoid'": "'sigmoid' if layer == 1 else 'relu'"},
            "The sigmoid belongs to layer L, which comes first on the way back. You use it for layer 1.",
        ),
        Mistake(
            "every layer starts from dAL",
            """
            def L_model_backward(AL, Y, caches):
                grads, L = {}, len(caches)
                dAL = -(Y / AL - (1 - Y) / (1 - AL))
                for l in range(L, 0, -1):
                    kind = "relu" if l < L else "sigmoid"
                    _, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dAL, caches[l - 1], kind)
                return grads
            """,
            "Each layer hands a new dA to the layer before it. Yours starts from dAL again every time.",
        ),
        Mistake(
            "caches from first to last",
            {"caches[layer - 1]": "caches[L - layer]"},
            "caches[0] belongs to layer 1, and the way back begins with the last layer: caches[L − 1].",
        ),
        Mistake(
            "caches one off",
            {"caches[layer - 1]": "caches[layer]"},
            "Python counts from 0: the cache of layer l is caches[l − 1].",
        ),
        Mistake(
            "first layer forgotten",
            {"range(L, 0, -1)": "range(L, 1, -1)"},
            "Layer 1 has parameters too. A range stops before its end: to include layer 1, the last l must be 1.",
        ),
    ],
    uses=("linear_backward", "linear_activation_backward"),
)


def _step(rng: Generator, dims: list[int]) -> Arguments:
    """Draw parameters, and gradients among which dA of the layers stand as well."""
    network = _network(rng, dims)
    grads = {f"d{name}": rng.normal(size=value.shape) for name, value in network.items()}
    others = {f"dA{layer}": rng.normal(size=(size, 3)) for layer, size in enumerate(dims[:-1])}
    return arguments(network, {**others, **grads}, float(rng.uniform(0.01, 2)))


def _update(rng: Generator) -> Arguments:
    return _step(rng, _layers(rng, _depth(rng)))


def _special_updates(rng: Generator) -> list[Arguments]:
    return [_step(rng, dims) for dims in ([3, 1], [4, 2, 1], [2, 3, 4, 5, 6, 2])]


UPDATE_PARAMETERS = Exercise(
    function="update_parameters",
    reference=deep.update_parameters,
    inputs=_update,
    edge_inputs=_special_updates,
    checks=[
        Matches("W*", points=2, label="all `W`"),
        Matches("b*", points=2, label="all `b`"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "uphill",
            {"value - learning_rate": "value + learning_rate"},
            "The gradient points uphill. To go down, take it away.",
        ),
        Mistake(
            "learning rate left out",
            {"learning_rate * grads": "grads"},
            "The step is the gradient times the learning rate.",
        ),
        Mistake(
            "learning rate written in",
            {"learning_rate * grads": "0.0075 * grads"},
            "Use the argument `learning_rate`, not a number of your own.",
        ),
        Mistake(
            "last layer forgotten",
            """
            def update_parameters(parameters, grads, learning_rate):
                new, L = dict(parameters), len(parameters) // 2
                for l in range(1, L):
                    new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
                    new[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
                return new
            """,
            "The last layer stays as it was. A range stops before its end: range(1, L + 1), or range(L) with l + 1 in the keys.",
        ),
        Mistake(
            "parameters counted as layers",
            """
            def update_parameters(parameters, grads, learning_rate):
                new = {}
                for l in range(1, len(parameters) + 1):
                    new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
                    new[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
                return new
            """,
            "`parameters` has a W and a b for each layer. Half its length is the number of layers: len(parameters) // 2.",
        ),
        Mistake(
            "biases not updated",
            "def update_parameters(parameters, grads, learning_rate):\n    return {n: v - learning_rate * grads['d' + n] if n[0] == 'W' else v for n, v in parameters.items()}",
            "The biases are learnt too: update them as you do the weights.",
        ),
        Mistake(
            "weights not updated",
            "def update_parameters(parameters, grads, learning_rate):\n    return {n: v - learning_rate * grads['d' + n] if n[0] == 'b' else v for n, v in parameters.items()}",
            "Only the biases have moved: update the weights as well.",
        ),
        Mistake(
            "gradient multiplied with the parameter",
            {
                "value - learning_rate * grads[f'd{name}']": "value * (1 - learning_rate * grads[f'd{name}'])"
            },
            "The step is taken away from the parameter: θ − α dθ. The parameter itself is not a factor of the step.",
        ),
    ],
)


def _training(
    rng: Generator,
    layers_dims: Any,
    starts: dict[str, list[Any]],
    num_iterations: int,
    **named: Any,
) -> Arguments:
    """Give the starting point under the names it may be asked by, to compare the whole run."""
    m = int(rng.integers(5, 9))
    X, network = _alive(rng, list(layers_dims), m)
    given = {name: (wanted, network) for name, wanted in starts.items()}
    named = {"num_iterations": num_iterations, "print_cost": True, **named}
    return Arguments((X, _labels(rng, m), layers_dims), named, given=given)


def _long_training(draw: Callable[[Generator, float], Arguments], rng: Generator) -> Arguments:
    """Draw a training whose cost still falls in its last step, so that each step can be told."""
    while True:
        rate = _rate(rng)
        args = draw(rng, rate)
        (X, Y, _), ((_, network), *_) = args.positional, args.given.values()
        before, after = _last_costs(X, Y, network, rate, args.named["num_iterations"])
        if before > after + 1e-3:
            return args


def _last_costs(
    X: np.ndarray, Y: np.ndarray, network: Network, rate: float, steps: int
) -> tuple[float, float]:
    """Give the costs before the last step but one, and before the last."""
    costs = [np.inf, np.inf]
    for _ in range(steps):
        AL, caches = deep.L_model_forward(X, network)
        costs = [costs[1], deep.compute_cost(AL, Y)]
        network = deep.update_parameters(network, deep.L_model_backward(AL, Y, caches), rate)
    return costs[0], costs[1]


def _rate(rng: Generator) -> float:
    return float(rng.uniform(0.05, 0.4))


def _train_shallow(rng: Generator, n_x: int, n_h: int, steps: int, **named: Any) -> Arguments:
    starts = {"initialize_parameters": [n_x, n_h, 1]}
    return _training(rng, (n_x, n_h, 1), starts, steps, **named)


def _shallow_training(rng: Generator) -> Arguments:
    n_x, n_h, _ = _sizes(rng)
    return _train_shallow(rng, n_x, n_h, int(rng.integers(1, 9)), learning_rate=_rate(rng))


def _special_shallow_training(rng: Generator) -> list[Arguments]:
    """Take a hundred steps and one; the default learning rate; nothing printed."""
    return [
        _long_training(lambda r, rate: _train_shallow(r, 3, 4, 101, learning_rate=rate), rng),
        _train_shallow(rng, 2, 5, 3),
        _train_shallow(rng, 4, 2, 4, learning_rate=0.3, print_cost=False),
    ]


TWO_LAYER_MODEL = Exercise(
    function="two_layer_model",
    reference=deep.two_layer_model,
    returns=("parameters", "costs"),
    inputs=_shallow_training,
    edge_inputs=_special_shallow_training,
    checks=[
        *(
            Matches(f"parameters.{name}", points=2, label=f"`{name}`")
            for name in ("W1", "b1", "W2", "b2")
        ),
        Recorded("costs", points=2, asked="print_cost"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "one iteration, whatever is asked",
            {"range(num_iterations)": "range(1)"},
            "Draw the parameters once, before the loop; then repeat the steps num_iterations times.",
        ),
        Mistake(
            "one iteration too few",
            {"range(num_iterations)": "range(num_iterations - 1)"},
            "You stop one step early: range(num_iterations) already counts from 0.",
        ),
        Mistake(
            "never updated",
            {"parameters = update_parameters(": "update_parameters("},
            "update_parameters returns the new parameters: keep what it returns.",
        ),
        Mistake(
            "a learning rate of its own",
            {"grads, learning_rate)": "grads, 0.0075)"},
            "0.0075 is only the default: hand the argument `learning_rate` on to update_parameters.",
        ),
        Mistake(
            "sigmoid in the hidden layer",
            {
                "linear_activation_forward(X, parameters['W1'], parameters['b1'], 'relu')": "linear_activation_forward(X, parameters['W1'], parameters['b1'], 'sigmoid')",
                "linear_activation_backward(dA1, cache1, 'relu')": "linear_activation_backward(dA1, cache1, 'sigmoid')",
            },
            "The hidden layer uses relu; the sigmoid is for the output.",
        ),
        Mistake(
            "back through the wrong activation",
            {
                "linear_activation_backward(dA1, cache1, 'relu')": "linear_activation_backward(dA1, cache1, 'sigmoid')"
            },
            "The hidden layer is relu on the way forward, so go back through relu. A copied line may have kept the sigmoid.",
        ),
        Mistake(
            "dZ taken for dA at the output",
            {"(1 - 2 * Y) / (Y * A2 + (1 - Y) * (1 - A2))": "A2 - Y"},
            "A2 − Y is dZ2, with the sigmoid's slope in it already. dA2 is −(Y/A2 − (1 − Y)/(1 − A2)).",
        ),
        Mistake(
            "dA2 with the wrong sign",
            {"(1 - 2 * Y) /": "(2 * Y - 1) /"},
            "With this sign you climb the cost. dA2 is −(Y/A2 − (1 − Y)/(1 − A2)).",
        ),
        Mistake(
            "averaged twice",
            {"(1 - 2 * Y) /": "(1 - 2 * Y) / Y.shape[1] /"},
            "linear_activation_backward averages over the examples, for dW and db. Leave m out of dA2.",
        ),
        Mistake(
            "activations of the way back swapped",
            {
                "(dA2, cache2, 'sigmoid')": "(dA2, cache2, 'relu')",
                "(dA1, cache1, 'relu')": "(dA1, cache1, 'sigmoid')",
            },
            "On the way back the output layer comes first, and it is the sigmoid one. Then comes the hidden layer, which is relu.",
        ),
        Mistake(
            "hidden gradient not passed on",
            {"linear_activation_backward(dA1, cache1": "linear_activation_backward(dA2, cache1"},
            "The hidden layer's way back starts from dA1, which the output layer hands to it.",
        ),
        Mistake(
            "every cost kept",
            {"i % 100 == 0": "True"},
            "Keep the cost of every hundredth step only: the lines below the marker do it, inside the loop.",
        ),
    ],
    uses=(
        "linear_forward",
        "linear_activation_forward",
        "compute_cost",
        "linear_backward",
        "linear_activation_backward",
        "update_parameters",
    ),
)


def _train_deep(rng: Generator, dims: list[int], steps: int, **named: Any) -> Arguments:
    """Give the start by the classic name too: older solutions ask for it by that."""
    names = ("initialize_parameters_scaled", "initialize_parameters_deep")
    return _training(rng, dims, {name: [dims] for name in names}, steps, **named)


def _deep_training(rng: Generator) -> Arguments:
    steps = int(rng.integers(1, 9))
    return _train_deep(rng, _layers(rng, _depth(rng)), steps, learning_rate=_rate(rng))


def _special_deep_training(rng: Generator) -> list[Arguments]:
    """Take a hundred steps and one; the default learning rate; nothing printed; one layer."""
    return [
        _long_training(lambda r, rate: _train_deep(r, [3, 4, 2, 1], 101, learning_rate=rate), rng),
        _train_deep(rng, [2, 5, 3, 1], 3),
        _train_deep(rng, [4, 2, 1], 4, learning_rate=0.3, print_cost=False),
        _train_deep(rng, [3, 1], 5, learning_rate=0.2),
    ]


L_LAYER_MODEL = Exercise(
    function="L_layer_model",
    reference=deep.L_layer_model,
    returns=("parameters", "costs"),
    inputs=_deep_training,
    edge_inputs=_special_deep_training,
    checks=[
        Matches("parameters.W*", points=4, label="all `W`"),
        Matches("parameters.b*", points=4, label="all `b`"),
        Recorded("costs", points=2, asked="print_cost"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "one iteration, whatever is asked",
            {"range(num_iterations)": "range(1)"},
            "Draw the parameters once, before the loop; then repeat the four steps num_iterations times.",
        ),
        Mistake(
            "one iteration too few",
            {"range(num_iterations)": "range(num_iterations - 1)"},
            "The last step is missing: range(num_iterations) has num_iterations turns already, from 0 on.",
        ),
        Mistake(
            "never updated",
            {"parameters = update_parameters(": "update_parameters("},
            "Your parameters stay as they were drawn: give the name `parameters` to what update_parameters returns.",
        ),
        Mistake(
            "a learning rate of its own",
            {"grads, learning_rate)": "grads, 0.0075)"},
            "You step with 0.0075 whatever is asked. The third argument of update_parameters is `learning_rate`.",
        ),
        Mistake(
            "output and labels swapped",
            {"L_model_backward(AL, Y, caches)": "L_model_backward(Y, AL, caches)"},
            "L_model_backward takes AL first, then Y.",
        ),
        Mistake(
            "uphill",
            {"grads, learning_rate)": "grads, -learning_rate)"},
            "The cost rises. update_parameters takes the minus sign of the step into account already.",
        ),
        Mistake(
            "every cost kept",
            {"i % 100 == 0": "True"},
            "You keep too many costs. The lines below the marker keep one in a hundred; add none of your own.",
        ),
    ],
    uses=(
        "linear_forward",
        "linear_activation_forward",
        "L_model_forward",
        "compute_cost",
        "linear_backward",
        "linear_activation_backward",
        "L_model_backward",
        "update_parameters",
    ),
)

EXERCISES = [
    *(INITIALIZE_PARAMETERS, INITIALIZE_PARAMETERS_DEEP),
    *(LINEAR_FORWARD, LINEAR_ACTIVATION_FORWARD, L_MODEL_FORWARD, COMPUTE_COST),
    *(LINEAR_BACKWARD, LINEAR_ACTIVATION_BACKWARD, L_MODEL_BACKWARD, UPDATE_PARAMETERS),
    *(TWO_LAYER_MODEL, L_LAYER_MODEL),
]
