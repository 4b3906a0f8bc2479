"""Week 5: better ways downhill, from mini-batches to Adam, and learning rates that shrink."""

from __future__ import annotations

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import optimization
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.mini_batches import MiniBatches
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator
Arrays = dict[str, np.ndarray]


_WHOLE_SHAPE = "np.zeros wants the whole shape, both numbers of it: a bias is a column (n, 1)."
_V_POINTS_UPHILL = "v points uphill as the gradients do. Take the step away from the parameters."
_NOT_SQUARED = "s is an average of the squares of the gradients: the square is missing."
_ZERO_BY_ZERO = "Where all gradients have been zero you divide zero by zero. Add ε to the root, with brackets around the two."
_POWER_OF_BETA = "Only β is raised to the power t, and not the whole bracket: 1 − βᵗ."


def _layers(rng: Generator, count: int) -> list[tuple[str, tuple[int, int]]]:
    """Names and shapes of the parameters of a network; no weight matrix is square."""
    sizes = [int(n) for n in rng.permutation(np.arange(2, 8))[: count + 1]]
    pairs = list(zip(sizes[1:], sizes[:-1], strict=True))
    weights = [(f"W{layer}", pair) for layer, pair in enumerate(pairs, 1)]
    biases = [(f"b{layer}", (rows, 1)) for layer, (rows, _) in enumerate(pairs, 1)]
    return [name for both in zip(weights, biases, strict=True) for name in both]


def _parameters(rng: Generator, count: int) -> Arrays:
    return {name: rng.normal(size=shape) for name, shape in _layers(rng, count)}


def _gradients(rng: Generator, parameters: Arrays, others: bool = False) -> Arrays:
    """Gradients of both signs, none near zero; with others, those of activations come along."""
    grads = {
        "d" + name: rng.choice([-1, 1], value.shape) * rng.uniform(0.5, 2, value.shape)
        for name, value in parameters.items()
    }
    return {"dA1": rng.normal(size=(3, 4)), **grads} if others else grads


def _squares(rng: Generator, parameters: Arrays) -> Arrays:
    return {"d" + name: rng.uniform(0.3, 3, value.shape) for name, value in parameters.items()}


def _velocity(rng: Generator, parameters: Arrays) -> Arrays:
    return {"d" + name: rng.normal(size=value.shape) for name, value in parameters.items()}


def _zeros(parameters: Arrays) -> Arrays:
    return {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}


def _some_rate(rng: Generator) -> float:
    return float(rng.uniform(0.05, 0.8))


def _gd(rng: Generator) -> Arguments:
    parameters = _parameters(rng, int(rng.integers(2, 4)))
    grads = _gradients(rng, parameters, others=bool(rng.integers(2)))
    return arguments(parameters, grads, _some_rate(rng))


def _gd_edges(rng: Generator) -> list[Arguments]:
    """One layer, as in logistic regression, and four."""
    networks = [_parameters(rng, 1), _parameters(rng, 4)]
    return [arguments(net, _gradients(rng, net), _some_rate(rng)) for net in networks]


GRADIENT_DESCENT = Exercise(
    function="update_parameters_with_gd",
    reference=optimization.update_parameters_with_gd,
    inputs=_gd,
    edge_inputs=_gd_edges,
    checks=[
        Matches("W1", points=1),
        Matches("b1", points=1),
        Matches(points=2, label="all layers"),
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
            {"learning_rate * grads": "0.01 * grads"},
            "How long the step is, the caller decides: use the argument `learning_rate`.",
        ),
        Mistake(
            "last layer forgotten",
            """
            def update_parameters_with_gd(parameters, grads, learning_rate):
                new = dict(parameters)
                for l in range(1, len(parameters) // 2):
                    for name in (f"W{l}", f"b{l}"):
                        new[name] = parameters[name] - learning_rate * grads["d" + name]
                return new
            """,
            "The last layer stays where it was: range stops one before its end, so count to L + 1.",
        ),
        Mistake(
            "biases not updated",
            """
            def update_parameters_with_gd(parameters, grads, learning_rate):
                new = dict(parameters)
                for l in range(1, len(parameters) // 2 + 1):
                    new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
                return new
            """,
            "The biases are learnt too: update them as you do the weights.",
        ),
        Mistake(
            "arrays counted, not layers",
            """
            def update_parameters_with_gd(parameters, grads, learning_rate):
                new = {}
                for l in range(1, len(parameters) + 1):
                    for name in (f"W{l}", f"b{l}"):
                        new[name] = parameters[name] - learning_rate * grads["d" + name]
                return new
            """,
            "You ask for a layer that is not there. len(parameters) counts arrays, two for each layer, so there are L = len(parameters) // 2 layers, and their numbers are 1 to L.",
        ),
        Mistake(
            "written for two layers",
            """
            def update_parameters_with_gd(parameters, grads, learning_rate):
                new = dict(parameters)
                for name in ("W1", "b1", "W2", "b2"):
                    new[name] = parameters[name] - learning_rate * grads["d" + name]
                return new
            """,
            "A network may have any number of layers: go through all the parameters there are.",
        ),
    ],
)


def _examples(rng: Generator, m: int, rows: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Examples that can be told apart, each with a label of its own."""
    X = rng.permutation(np.arange(rows * m, dtype=float)).reshape(rows, m)
    return X, rng.permutation(np.arange(m)).reshape(1, m)


def _dealing(rng: Generator) -> Arguments:
    """Seldom a whole number of mini-batches, now and then one."""
    m, size = int(rng.integers(60, 120)), int(rng.integers(5, 40))
    rows = int(rng.integers(1, 5))
    return arguments(*_examples(rng, m, rows), size, int(rng.integers(1, 1000)))


def _dealing_edges(rng: Generator) -> list[Arguments]:
    return [
        arguments(*_examples(rng, 1), 4, 3),
        arguments(*_examples(rng, 7), 32, 1),
        arguments(*_examples(rng, 60), 20, 5),
        arguments(*_examples(rng, 5), 1, 2),
        arguments(*_examples(rng, 130)),
        arguments(rng.normal(size=(9, 4)), np.array([[1, 0, 0, 1]]), 3, 2),
    ]


def _dealt(body: str) -> str:
    """Make a whole wrong function from the lines that differ."""
    lines = "\n    ".join(body.splitlines())
    return (
        "def random_mini_batches(X, Y, mini_batch_size=64, seed=0):\n"
        "    m = X.shape[1]\n"
        f"    rng = np.random.default_rng(seed)\n    {lines}\n"
    )


RANDOM_MINI_BATCHES = Exercise(
    function="random_mini_batches",
    reference=optimization.random_mini_batches,
    inputs=_dealing,
    edge_inputs=_dealing_edges,
    checks=[
        MiniBatches(
            aspect="sizes",
            points=2,
            label="number and sizes of the mini-batches",
            hint="Cut at 0, at the batch size, at twice the batch size, … until m is reached. The last piece is what is left.",
        ),
        MiniBatches(
            aspect="examples",
            points=2,
            label="each example comes exactly once",
            hint="A permutation holds each of the numbers 0, …, m − 1 once. Cut it into pieces that do not overlap.",
        ),
        MiniBatches(
            aspect="labels",
            points=2,
            label="each example keeps its label",
            hint="Draw one permutation and use it for the columns of both X and Y.",
        ),
        MiniBatches(
            aspect="order",
            points=1,
            label="the order is shuffled",
            hint="Draw a permutation of all m examples, and use it before you cut.",
        ),
        MiniBatches(
            aspect="seed",
            points=1,
            label="the seed decides on the order",
            hint="Give the argument `seed` to the generator that you draw the permutation from.",
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "X and Y shuffled apart",
            _dealt(
                "X, Y = X[:, rng.permutation(m)], Y[:, rng.permutation(m)]\n"
                "cuts = range(0, m, mini_batch_size)\n"
                "return [(X[:, k:k + mini_batch_size], Y[:, k:k + mini_batch_size]) for k in cuts]"
            ),
            "You draw two permutations, one for X and one for Y, so examples lose their labels. Draw one and use it twice.",
        ),
        Mistake(
            "only X shuffled",
            _dealt(
                "X = X[:, rng.permutation(m)]\n"
                "cuts = range(0, m, mini_batch_size)\n"
                "return [(X[:, k:k + mini_batch_size], Y[:, k:k + mini_batch_size]) for k in cuts]"
            ),
            "X is shuffled and Y is not. Every label must travel with its example.",
        ),
        Mistake(
            "not shuffled",
            {"np.random.default_rng(seed).permutation(m)": "np.arange(m)"},
            "The examples come in their old order. Shuffle them before you cut.",
        ),
        Mistake(
            "shuffled within the mini-batches only",
            _dealt(
                "cuts = range(0, m, mini_batch_size)\n"
                "parts = [rng.permutation(np.arange(m)[k:k + mini_batch_size]) for k in cuts]\n"
                "return [(X[:, part], Y[:, part]) for part in parts]"
            ),
            "You cut first and shuffle each piece. Then the same examples always meet in one mini-batch: shuffle all of them first.",
        ),
        Mistake(
            "short last mini-batch dropped",
            _dealt(
                "order = rng.permutation(m)\n"
                "parts = [order[k * mini_batch_size:(k + 1) * mini_batch_size] for k in range(m // mini_batch_size)]\n"
                "return [(X[:, part], Y[:, part]) for part in parts]"
            ),
            "m // mini_batch_size counts the full mini-batches only. The examples that are left make one more, a shorter one.",
        ),
        Mistake(
            "an empty mini-batch at the end",
            _dealt(
                "order = rng.permutation(m)\n"
                "parts = [order[k * mini_batch_size:(k + 1) * mini_batch_size] for k in range(m // mini_batch_size + 1)]\n"
                "return [(X[:, part], Y[:, part]) for part in parts]"
            ),
            "When the batch size divides m, nothing is left over, and your last mini-batch is empty. Make it only if there are examples for it.",
        ),
        Mistake(
            "last mini-batch cut from the wrong end",
            _dealt(
                "order = rng.permutation(m)\n"
                "full = m // mini_batch_size * mini_batch_size\n"
                "parts = [order[k:k + mini_batch_size] for k in range(0, full, mini_batch_size)]\n"
                "parts += [order[:m - full]] if full < m else []\n"
                "return [(X[:, part], Y[:, part]) for part in parts]"
            ),
            "Your last mini-batch starts at the first example again. It should start where the full ones end.",
        ),
        Mistake(
            "batch size written in",
            {
                "start + mini_batch_size]": "start + 64]",
                "range(0, m, mini_batch_size)": "range(0, m, 64)",
            },
            "64 is only the default: use the argument `mini_batch_size`.",
        ),
        Mistake(
            "seed ignored",
            {"default_rng(seed)": "default_rng(0)"},
            "Every call gives the same order. Use the argument `seed`, so that each epoch can have an order of its own.",
        ),
        Mistake(
            "drawn with replacement",
            _dealt(
                "order = rng.integers(m, size=m)\n"
                "parts = [order[k:k + mini_batch_size] for k in range(0, m, mini_batch_size)]\n"
                "return [(X[:, part], Y[:, part]) for part in parts]"
            ),
            "You draw m numbers that may repeat, so some examples come twice and others never. A permutation has each number once.",
        ),
        Mistake(
            "rows dealt out",
            {"m = X.shape[1]": "m = X.shape[0]"},
            "shape[0] counts the features. The examples are columns: m is X.shape[1].",
        ),
    ],
)


def _series(rng: Generator) -> Arguments:
    return arguments(rng.normal(5, 2, size=int(rng.integers(4, 12))), float(rng.uniform(0.2, 0.95)))


def _short_series(rng: Generator) -> list[Arguments]:
    return [arguments(np.array([4.0]), 0.9), arguments(np.array([1.0, -2.0, 3.0]), 0.0)]


EXPONENTIAL_AVERAGE = Exercise(
    function="exponential_average",
    reference=optimization.exponential_average,
    inputs=_series,
    edge_inputs=_short_series,
    checks=[Matches(points=4, label="the averages"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "weights swapped",
            {"beta * v + (1 - beta) * value": "(1 - beta) * v + beta * value"},
            "The weights are swapped: the old average gets β, the new value 1 − β.",
        ),
        Mistake(
            "new value with full weight",
            {"(1 - beta) * value": "value"},
            "The new value counts 1 − β only. With full weight the sum grows beyond any average.",
        ),
        Mistake(
            "begun at the first value",
            {"v = 0.0": "v = values[0]"},
            "Here v starts at 0, not at the first value. What that does to the first averages is the next exercise.",
        ),
        Mistake(
            "old average forgotten",
            {"beta * v + (1 - beta) * value": "(1 - beta) * value"},
            "Each average builds on the one before it: the term β v is missing.",
        ),
        Mistake(
            "corrected at once",
            {"averages[t] = v": "averages[t] = v / (1 - beta ** (t + 1))"},
            "You correct the bias already. That is the next exercise: here return v as it is.",
        ),
        Mistake(
            "plain mean of all values so far",
            {"averages[t] = v": "averages[t] = np.mean(values[:t + 1])"},
            "This is the plain mean of all values so far. Here old values fade: v ← β v + (1 − β) θ.",
        ),
        Mistake(
            "only the last average returned",
            {"return averages": "return v"},
            "Return the average after every value, one for each, and not only the last one.",
        ),
        Mistake(
            "stored before it is updated",
            {
                "    v = beta * v + (1 - beta) * value\n        averages[t] = v": "    averages[t] = v\n        v = beta * v + (1 - beta) * value"
            },
            "Your series is one step late and begins with 0: update v first, then store it.",
        ),
    ],
)


def _averages_sized(count: int) -> Arguments:
    return arguments(np.linspace(1.0, 2.0, count), 0.9)


CORRECT_BIAS = Exercise(
    function="correct_bias",
    reference=optimization.correct_bias,
    inputs=_series,
    edge_inputs=_short_series,
    checks=[
        Matches(points=3, label="the corrected averages"),
        Vectorised(small=_averages_sized(3), large=_averages_sized(300), label="no loop needed"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "1 − β for 1 − βᵗ",
            {"1 - beta ** t": "1 - beta"},
            "Divide by 1 − βᵗ: the power t grows along the series, and the correction fades.",
        ),
        Mistake(
            "t counted from 0",
            {"np.arange(1, len(averages) + 1)": "np.arange(len(averages))"},
            "t counts the values seen so far: it is 1 for the first one. With 0 you divide by zero.",
        ),
        Mistake(
            "multiplied instead of divided",
            {"averages / (1 - beta ** t)": "averages * (1 - beta ** t)"},
            "The first averages are too small. Divide by 1 − βᵗ to make them larger.",
        ),
        Mistake(
            "divided by βᵗ",
            {"1 - beta ** t": "beta ** t"},
            "βᵗ is the weight that is missing. Divide by what is there, 1 − βᵗ.",
        ),
        Mistake(
            "β times t",
            {"beta ** t": "beta * t"},
            "βᵗ is a power, written beta ** t, and not a product.",
        ),
        Mistake(
            "bracket to the power",
            {"1 - beta ** t": "(1 - beta) ** t"},
            _POWER_OF_BETA,
        ),
        Mistake(
            "one power for all",
            {"beta ** t": "beta ** len(averages)"},
            "Each average has a t of its own: 1 for the first, 2 for the second, and so on.",
        ),
    ],
)


def _beta(rng: Generator) -> Arguments:
    return arguments(float(rng.uniform(0.3, 0.99)))


AVERAGING_WINDOW = Exercise(
    function="averaging_window",
    reference=optimization.averaging_window,
    returns=("rule", "exact"),
    inputs=_beta,
    edge_inputs=lambda rng: [arguments(0.9), arguments(0.5), arguments(0.999)],
    checks=[Matches("rule", points=1), Matches("exact", points=2)],
    mistakes=[
        Mistake(
            "1/e taken for 0.35",
            {"-1 / np.log(beta)": "np.log(0.35) / np.log(beta)"},
            "Your 1/e is 0.35. It is 0.3679, and its logarithm is exactly −1.",
        ),
        Mistake(
            "rule of thumb twice",
            {"float(-1 / np.log(beta))": "1 / (1 - beta)"},
            "The second number comes from βⁿ = 1/e. The rule of thumb is near it, but not equal.",
        ),
        Mistake(
            "half-life",
            {"-1 / np.log(beta)": "np.log(0.5) / np.log(beta)"},
            "After this many steps half of the weight is left. Asked for is the time until 1/e of it is left.",
        ),
        Mistake(
            "sign of the logarithm",
            {"-1 / np.log(beta)": "1 / np.log(beta)"},
            "The logarithm of a number below 1 is negative, and so is ln(1/e) = −1: two signs cancel.",
        ),
        Mistake(
            "logarithm to base 10",
            {"np.log(beta)": "np.log10(beta)"},
            "With e on the other side you need the natural logarithm: np.log.",
        ),
        Mistake(
            "1/β",
            {"1 / (1 - beta)": "1 / beta"},
            "The rule of thumb is 1 over 1 − β: the closer β is to 1, the longer the window.",
        ),
        Mistake(
            "brackets left out",
            {"1 / (1 - beta)": "1 / 1 - beta"},
            "A division comes before a subtraction: put brackets around 1 − β.",
        ),
        Mistake(
            "logarithm not in the denominator",
            {"-1 / np.log(beta)": "-np.log(beta)"},
            "n is multiplied by ln β, so divide by the logarithm to be left with n.",
        ),
        Mistake(
            "the two numbers swapped",
            {
                "1 / (1 - beta), float(-1 / np.log(beta))": "float(-1 / np.log(beta)), 1 / (1 - beta)"
            },
            "The rule of thumb comes first, the exact number second.",
        ),
    ],
)


def _network(rng: Generator) -> Arguments:
    return arguments(_parameters(rng, int(rng.integers(2, 4))))


def _network_edges(rng: Generator) -> list[Arguments]:
    return [arguments(_parameters(rng, 1)), arguments(_parameters(rng, 4))]


_ZEROS = "'d' + name: np.zeros(value.shape) for name, value in parameters.items()"
_LAST_FORGOTTEN = "'d' + name: np.zeros(parameters[name].shape) for name in list(parameters)[:-2]"

INITIALIZE_VELOCITY = Exercise(
    function="initialize_velocity",
    reference=optimization.initialize_velocity,
    inputs=_network,
    edge_inputs=_network_edges,
    checks=[
        Matches("dW1", points=1),
        Matches("db1", points=1),
        Matches(points=1, label="all layers"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "names without the d",
            {"'d' + name": "name"},
            'v is an average of gradients, so its names are theirs: "dW1", "db1", …',
        ),
        Mistake(
            "copies of the parameters",
            {"np.zeros(value.shape)": "value.copy()"},
            "The velocity starts at zero. Take only the shapes from the parameters.",
        ),
        Mistake(
            "ones for zeros",
            {"np.zeros(value.shape)": "np.ones(value.shape)"},
            "Nothing moves at the start: zeros, not ones.",
        ),
        Mistake(
            "shapes transposed",
            {"value.shape": "value.shape[::-1]"},
            "An average of gradients has the shape of its parameter, rows first.",
        ),
        Mistake(
            "plain numbers for arrays",
            {"np.zeros(value.shape)": "0.0"},
            "Each entry is an array of zeros with the shape of its parameter, not one number.",
        ),
        Mistake(
            "rank-1 arrays",
            {"np.zeros(value.shape)": "np.zeros(value.shape[0])"},
            _WHOLE_SHAPE,
        ),
        Mistake(
            "last layer forgotten",
            {_ZEROS: _LAST_FORGOTTEN},
            "The last layer needs a velocity too: range stops one before its end.",
        ),
    ],
)


def _momentum(rng: Generator) -> Arguments:
    parameters = _parameters(rng, int(rng.integers(2, 4)))
    grads = _gradients(rng, parameters, others=bool(rng.integers(2)))
    beta = float(rng.uniform(0.3, 0.95))
    return arguments(parameters, grads, _velocity(rng, parameters), beta, _some_rate(rng))


def _momentum_edges(rng: Generator) -> list[Arguments]:
    """Take the first step of all, from rest; and no momentum, which is gradient descent."""
    one, four = _parameters(rng, 1), _parameters(rng, 4)
    return [
        arguments(one, _gradients(rng, one), _zeros(one), 0.9, 0.1),
        arguments(four, _gradients(rng, four), _velocity(rng, four), 0.0, 0.2),
    ]


MOMENTUM = Exercise(
    function="update_parameters_with_momentum",
    reference=optimization.update_parameters_with_momentum,
    returns=("parameters", "v"),
    inputs=_momentum,
    edge_inputs=_momentum_edges,
    checks=[Matches("parameters", points=3), Matches("v", points=3), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "gradient with full weight",
            {"(1 - beta) * grads[key]": "grads[key]"},
            "The new gradient counts 1 − β only, so that v is an average.",
        ),
        Mistake(
            "weights swapped",
            {"beta * old + (1 - beta) * grads[key]": "(1 - beta) * old + beta * grads[key]"},
            "The weights are swapped: the old velocity gets β, the new gradient 1 − β.",
        ),
        Mistake(
            "step along the gradient",
            {"v['d' + name]": "grads['d' + name]"},
            "v is right, but the step does not use it: go along v, not along the gradient.",
        ),
        Mistake(
            "step along the old velocity",
            """
            def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
                new = {n: parameters[n] - learning_rate * v["d" + n] for n in parameters}
                v = {k: beta * v[k] + (1 - beta) * grads[k] for k in v}
                return new, v
            """,
            "You step first and update v afterwards, so each gradient comes one step late. Update v first.",
        ),
        Mistake(
            "uphill",
            {"value - learning_rate": "value + learning_rate"},
            _V_POINTS_UPHILL,
        ),
        Mistake(
            "beta written in",
            {"beta * old + (1 - beta)": "0.9 * old + 0.1"},
            "0.9 is a usual value, but the caller decides: use the argument `beta`.",
        ),
        Mistake(
            "old velocity forgotten",
            {"beta * old + (1 - beta) * grads[key]": "(1 - beta) * grads[key]"},
            "Without the old velocity there is no momentum: the term β v is missing.",
        ),
        Mistake(
            "learning rate left out",
            {"learning_rate * v": "v"},
            "The step is the velocity times the learning rate.",
        ),
        Mistake(
            "biases without momentum",
            """
            def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
                v = {k: beta * v[k] + (1 - beta) * grads[k] if "W" in k else v[k] for k in v}
                new = {n: parameters[n] - learning_rate * v["d" + n] for n in parameters}
                return new, v
            """,
            "The velocities of the biases stay as they were: update db as you do dW.",
        ),
    ],
)


def _rmsprop(rng: Generator) -> Arguments:
    parameters = _parameters(rng, int(rng.integers(2, 4)))
    grads = _gradients(rng, parameters, others=bool(rng.integers(2)))
    beta, epsilon = float(rng.uniform(0.3, 0.95)), float(rng.uniform(0.05, 0.5))
    s = _squares(rng, parameters)
    return arguments(parameters, grads, s, beta, _some_rate(rng), epsilon=epsilon)


def _rmsprop_edges(rng: Generator) -> list[Arguments]:
    """Take a first step in which some gradients are exactly zero; and ε by default."""
    one, two = _parameters(rng, 1), _parameters(rng, 2)
    grads = _gradients(rng, one)
    grads["dW1"][0, 0] = grads["db1"][0, 0] = 0
    return [
        arguments(one, grads, _zeros(one), 0.9, 0.1),
        arguments(two, _gradients(rng, two), _squares(rng, two), 0.99, 0.01),
    ]


_MEAN_SQUARE = "beta * old + (1 - beta) * grads[key] ** 2"

RMSPROP = Exercise(
    function="update_parameters_with_rmsprop",
    reference=optimization.update_parameters_with_rmsprop,
    returns=("parameters", "s"),
    inputs=_rmsprop,
    edge_inputs=_rmsprop_edges,
    checks=[Matches("parameters", points=3), Matches("s", points=3), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "epsilon inside the root",
            {"np.sqrt(s['d' + name]) + epsilon": "np.sqrt(s['d' + name] + epsilon)"},
            "Here ε is added after the root has been taken: inside of it, 10⁻⁸ would become 10⁻⁴.",
        ),
        Mistake(
            "gradient not squared",
            {"grads[key] ** 2": "grads[key]"},
            _NOT_SQUARED,
        ),
        Mistake(
            "root left out",
            {"np.sqrt(s['d' + name]) + epsilon": "s['d' + name] + epsilon"},
            "Divide by the root of s: s has the size of a squared gradient.",
        ),
        Mistake(
            "epsilon left out",
            {"np.sqrt(s['d' + name]) + epsilon": "np.sqrt(s['d' + name])"},
            _ZERO_BY_ZERO,
        ),
        Mistake(
            "brackets left out",
            {"(np.sqrt(s['d' + name]) + epsilon)": "np.sqrt(s['d' + name]) + epsilon"},
            "A division comes before a sum, so your ε is not in the denominator: put brackets around the root plus ε.",
        ),
        Mistake(
            "epsilon written in",
            {"np.sqrt(s['d' + name]) + epsilon": "np.sqrt(s['d' + name]) + 1e-8"},
            "1e-8 is only the default: use the argument `epsilon`.",
        ),
        Mistake(
            "square with full weight",
            {"(1 - beta) * grads[key] ** 2": "grads[key] ** 2"},
            "The new square counts 1 − β only, so that s is an average.",
        ),
        Mistake(
            "weights swapped",
            {_MEAN_SQUARE: "(1 - beta) * old + beta * grads[key] ** 2"},
            "The weights are swapped: the old average gets β, the new square 1 − β.",
        ),
        Mistake(
            "the average squared",
            {_MEAN_SQUARE: "(beta * old + (1 - beta) * grads[key]) ** 2"},
            "Square each gradient, then average: you average first and square the result.",
        ),
        Mistake(
            "the old average in the step",
            """
            def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
                new = {}
                for n in parameters:
                    g, old = grads["d" + n], s["d" + n]
                    new[n] = parameters[n] - learning_rate * g / (np.sqrt(old) + epsilon)
                return new, {k: beta * s[k] + (1 - beta) * grads[k] ** 2 for k in s}
            """,
            "You step first and update s afterwards. Update s first: at the start it is zero.",
        ),
        Mistake(
            "uphill",
            {"value - learning_rate": "value + learning_rate"},
            "The gradient points uphill. Take the step away from the parameters.",
        ),
    ],
)


INITIALIZE_ADAM = Exercise(
    function="initialize_adam",
    reference=optimization.initialize_adam,
    returns=("v", "s"),
    inputs=_network,
    edge_inputs=_network_edges,
    checks=[Matches("v", points=2), Matches("s", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "only one dictionary",
            {"return (v, s)": "return v"},
            "Adam keeps two averages: return v and s.",
        ),
        Mistake(
            "s starts at one",
            {f"s = {{{_ZEROS}}}": f"s = {{{_ZEROS.replace('zeros', 'ones')}}}"},
            "s starts at zero too. Division by zero is what ε is for.",
        ),
        Mistake(
            "names without the d",
            {
                f"v = {{{_ZEROS}}}": f"v = {{{_ZEROS.replace(chr(39) + 'd' + chr(39) + ' + ', '')}}}",
                f"s = {{{_ZEROS}}}": f"s = {{{_ZEROS.replace(chr(39) + 'd' + chr(39) + ' + ', '')}}}",
            },
            'v and s are averages of gradients and of their squares: the names are "dW1", "db1", …',
        ),
        Mistake(
            "last layer forgotten",
            {
                f"v = {{{_ZEROS}}}": f"v = {{{_LAST_FORGOTTEN}}}",
                f"s = {{{_ZEROS}}}": f"s = {{{_LAST_FORGOTTEN}}}",
            },
            "The last layer needs its averages too: range stops one before its end.",
        ),
        Mistake(
            "s from the parameters",
            {
                f"s = {{{_ZEROS}}}": "s = {'d' + name: value ** 2 for name, value in parameters.items()}"
            },
            "s will average squared gradients, and there have been none yet: start at zero.",
        ),
        Mistake(
            "rank-1 arrays",
            {
                f"v = {{{_ZEROS}}}": f"v = {{{_ZEROS.replace('shape', 'shape[0]')}}}",
                f"s = {{{_ZEROS}}}": f"s = {{{_ZEROS.replace('shape', 'shape[0]')}}}",
            },
            _WHOLE_SHAPE,
        ),
    ],
)


def _adam(rng: Generator, epsilon: float = 1e-8, about: str = "") -> Arguments:
    parameters = _parameters(rng, int(rng.integers(2, 4)))
    grads = _gradients(rng, parameters, others=bool(rng.integers(2)))
    averages = _velocity(rng, parameters), _squares(rng, parameters)
    named = {
        "learning_rate": _some_rate(rng),
        "beta1": float(rng.uniform(0.5, 0.95)),
        "beta2": float(rng.uniform(0.5, 0.99)),
        "epsilon": epsilon,
    }
    t = int(rng.integers(2, 9))
    return Arguments((parameters, grads, *averages, t), named, about=about)


def _adam_edges(rng: Generator) -> list[Arguments]:
    """Take the first step, with some gradients exactly zero; all by default; and a large ε.

    With ε = 1 and no gradients at all the root plus ε is 1, and so is the root of a sum with ε.
    Both are common, so this is where ε counts; other large ones get advice.
    """
    one, two = _parameters(rng, 1), _parameters(rng, 2)
    grads = _gradients(rng, one)
    grads["dW1"][0, 0] = grads["db1"][0, 0] = 0
    later = _gradients(rng, two), _velocity(rng, two), _squares(rng, two)
    return [
        arguments(one, grads, _zeros(one), _zeros(one), 1, learning_rate=0.1),
        arguments(two, *later, 3),
        arguments(two, _zeros(two), _velocity(rng, two), _zeros(two), 2, 0.3, epsilon=1.0),
        _adam(rng, 0.1, LARGE_EPSILON),
    ]


LARGE_EPSILON = "a large ε"


_ROOT = "np.sqrt(s_corrected['d' + name]) + epsilon"
_S = "beta2 * old + (1 - beta2) * grads[key] ** 2"

ADAM = Exercise(
    function="update_parameters_with_adam",
    reference=optimization.update_parameters_with_adam,
    returns=("parameters", "v", "s"),
    inputs=_adam,
    edge_inputs=_adam_edges,
    checks=[
        Matches("v", points=2),
        Matches("s", points=2),
        Matches("parameters", points=5),
        Matches(
            "parameters",
            about=LARGE_EPSILON,
            label="`epsilon` comes after the root",
            hint="The formula adds ε after the root. Inside of it, as many write it, a small ε makes hardly a difference, and a large one does.",
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "no bias correction",
            {"value / (1 - beta1 ** t)": "value", "value / (1 - beta2 ** t)": "value"},
            "The step must use the corrected averages. Do you correct v and s, and then use the corrected ones?",
        ),
        Mistake(
            "1 − β for 1 − βᵗ",
            {"1 - beta1 ** t": "1 - beta1", "1 - beta2 ** t": "1 - beta2"},
            "The correction is 1 − βᵗ: it fades as t grows. You always divide by 1 − β.",
        ),
        Mistake(
            "bracket to the power",
            {"1 - beta1 ** t": "(1 - beta1) ** t", "1 - beta2 ** t": "(1 - beta2) ** t"},
            _POWER_OF_BETA,
        ),
        Mistake(
            "s not corrected",
            {"value / (1 - beta2 ** t)": "value"},
            "v is corrected and s is not: both start at zero, so both need it.",
        ),
        Mistake(
            "v not corrected",
            {"value / (1 - beta1 ** t)": "value"},
            "s is corrected and v is not: both start at zero, so both need it.",
        ),
        Mistake(
            "s built on v",
            {f"{_S} for key, old in s.items()": f"{_S} for key, old in v.items()"},
            "The two averages are separate: the new s comes from the old s, not from v.",
        ),
        Mistake(
            "gradient not squared",
            {"grads[key] ** 2": "grads[key]"},
            _NOT_SQUARED,
        ),
        Mistake(
            "root left out",
            {_ROOT: "s_corrected['d' + name] + epsilon"},
            "Divide by the root of the corrected s: s has the size of a squared gradient.",
        ),
        Mistake(
            "β₁ for both averages",
            {_S: "beta1 * old + (1 - beta1) * grads[key] ** 2", "1 - beta2 ** t": "1 - beta1 ** t"},
            "s has a β of its own: use beta2 for it, in the average and in the correction.",
        ),
        Mistake(
            "corrected averages returned",
            {"return (new, v, s)": "return (new, v_corrected, s_corrected)"},
            "Return v and s as they were before the correction: the next step goes on from them and corrects anew.",
        ),
        Mistake(
            "gradient in place of its average",
            {"learning_rate * v_corrected['d' + name]": "learning_rate * grads['d' + name]"},
            "This is RMSprop with correction. In Adam the step goes along the corrected v.",
        ),
        Mistake(
            "t one too large",
            {"beta1 ** t": "beta1 ** (t + 1)", "beta2 ** t": "beta2 ** (t + 1)"},
            "t is 1 in the first step already: do not add 1 to it.",
        ),
        Mistake(
            "epsilon left out",
            {_ROOT: "np.sqrt(s_corrected['d' + name])"},
            _ZERO_BY_ZERO,
        ),
        Mistake(
            "uphill",
            {"value - learning_rate": "value + learning_rate"},
            _V_POINTS_UPHILL,
        ),
    ],
)


def _decay(rng: Generator) -> Arguments:
    return arguments(_some_rate(rng), int(rng.integers(1, 30)), float(rng.uniform(0.05, 2)))


UPDATE_LR = Exercise(
    function="update_lr",
    reference=optimization.update_lr,
    inputs=_decay,
    edge_inputs=lambda rng: [arguments(0.5, 0, 1.5), arguments(0.5, 2, 1), arguments(0.3, 9, 0.0)],
    checks=[Matches(points=2, label="the learning rate")],
    mistakes=[
        Mistake(
            "the 1 left out",
            {"1 + decay_rate * epoch_num": "decay_rate * epoch_num"},
            "The denominator is 1 + decay · epoch: without the 1 you divide by zero in epoch 0.",
        ),
        Mistake(
            "multiplied instead of divided",
            {"learning_rate0 / (1": "learning_rate0 * (1"},
            "Your learning rate grows. Divide by 1 + decay · epoch.",
        ),
        Mistake(
            "brackets in the wrong place",
            {"1 + decay_rate * epoch_num": "(1 + decay_rate) * epoch_num"},
            "Only decay is multiplied by the epoch; the 1 stands outside of that product.",
        ),
        Mistake(
            "brackets left out",
            {
                "learning_rate0 / (1 + decay_rate * epoch_num)": "learning_rate0 / 1 + decay_rate * epoch_num"
            },
            "A division comes before a sum: put brackets around the whole denominator.",
        ),
        Mistake(
            "epoch ignored",
            {"decay_rate * epoch_num": "decay_rate"},
            "The learning rate must shrink from epoch to epoch: multiply decay by epoch_num.",
        ),
        Mistake(
            "decayed by a power",
            {"1 + decay_rate * epoch_num": "(1 + decay_rate) ** epoch_num"},
            "This is an exponential decay. Here decay is multiplied by the epoch, not raised to its power.",
        ),
        Mistake(
            "epochs counted from 1",
            {"decay_rate * epoch_num": "decay_rate * (epoch_num + 1)"},
            "In epoch 0 the learning rate is still α₀: do not add 1 to the epoch.",
        ),
    ],
)


def _schedule(rng: Generator) -> Arguments:
    """Never at a jump by accident, often just before or on it."""
    interval = int(rng.integers(3, 40))
    epoch = interval * int(rng.integers(1, 6)) + int(rng.integers(0, interval))
    return arguments(_some_rate(rng), epoch, float(rng.uniform(0.05, 2)), interval)


def _schedule_edges(rng: Generator) -> list[Arguments]:
    by_name = arguments(0.4, 29, 0.5, time_interval=10)
    on_a_jump = arguments(0.4, 30, 0.5, 10)
    by_default = [arguments(0.5, epoch, 0.3) for epoch in (0, 999, 1000, 2600)]
    return [by_name, on_a_jump, *by_default]


_STEPS = "epoch_num // time_interval"

SCHEDULE_LR_DECAY = Exercise(
    function="schedule_lr_decay",
    reference=optimization.schedule_lr_decay,
    inputs=_schedule,
    edge_inputs=_schedule_edges,
    checks=[Matches(points=3, label="the learning rate")],
    mistakes=[
        Mistake(
            "not rounded down",
            {_STEPS: "epoch_num / time_interval"},
            "Between two decays the learning rate stays as it is: round the quotient down.",
        ),
        Mistake(
            "rounded up",
            {_STEPS: "np.ceil(epoch_num / time_interval)"},
            "You round up, so the first decay comes at once. Round down.",
        ),
        Mistake(
            "rounded to the nearest",
            {_STEPS: "round(epoch_num / time_interval)"},
            "You round to the nearest whole number, so each decay comes half an interval too early. Round down.",
        ),
        Mistake(
            "interval written in",
            {_STEPS: "epoch_num // 1000"},
            "1000 is only the default: use the argument `time_interval`.",
        ),
        Mistake(
            "interval ignored",
            {_STEPS: "epoch_num"},
            "This decays in every epoch. Here it happens once in `time_interval` epochs.",
        ),
        Mistake(
            "rounded too late",
            {f"decay_rate * ({_STEPS})": "np.floor(decay_rate * epoch_num / time_interval)"},
            "Round the number of intervals down, epoch / interval, before you multiply by the decay rate.",
        ),
        Mistake(
            "multiplied instead of divided",
            {"learning_rate0 / (1": "learning_rate0 * (1"},
            "Your learning rate grows. Divide by the bracket.",
        ),
        Mistake(
            "remainder for quotient",
            {_STEPS: "epoch_num % time_interval"},
            "% gives the remainder of the division. You need the whole number of intervals that have passed: //.",
        ),
    ],
)


def _exponential(rng: Generator) -> Arguments:
    return arguments(_some_rate(rng), int(rng.integers(2, 20)), float(rng.uniform(0.5, 0.99)))


EXPONENTIAL_DECAY = Exercise(
    function="exponential_decay",
    reference=optimization.exponential_decay,
    inputs=_exponential,
    edge_inputs=lambda rng: [arguments(0.3, 0), arguments(0.3, 7), arguments(0.3, 1, 0.5)],
    checks=[Matches(points=2, label="the learning rate")],
    mistakes=[
        Mistake(
            "times the epoch",
            {"base ** epoch_num": "base * epoch_num"},
            "One factor for each epoch: base to the power of the epoch, not times it.",
        ),
        Mistake(
            "power turned round",
            {"base ** epoch_num": "epoch_num ** base"},
            "The base is `base`, and the epoch is the exponent.",
        ),
        Mistake(
            "base written in",
            {"base ** epoch_num": "0.95 ** epoch_num"},
            "0.95 is only the default: use the argument `base`.",
        ),
        Mistake(
            "divided",
            {"learning_rate0 * base": "learning_rate0 / base"},
            "Your learning rate grows: multiply by the power of a number below 1.",
        ),
        Mistake(
            "e to the power",
            {"base ** epoch_num": "np.exp(-base * epoch_num)"},
            "The base of the power is `base`, not e.",
        ),
        Mistake(
            "all of it to the power",
            {"learning_rate0 * base ** epoch_num": "(learning_rate0 * base) ** epoch_num"},
            "Only the base is raised to a power; α₀ stands in front of it.",
        ),
    ],
)


def _root(rng: Generator) -> Arguments:
    return arguments(_some_rate(rng), int(rng.integers(2, 50)), float(rng.uniform(0.3, 3)))


ROOT_DECAY = Exercise(
    function="root_decay",
    reference=optimization.root_decay,
    inputs=_root,
    edge_inputs=lambda rng: [arguments(0.3, 1), arguments(0.3, 16), arguments(0.3, 1, 2.0)],
    checks=[Matches(points=2, label="the learning rate")],
    mistakes=[
        Mistake(
            "root left out",
            {"np.sqrt(t)": "t"},
            "Divide by the root of t: with t itself the steps shrink much faster.",
        ),
        Mistake(
            "half of t for its root",
            {"np.sqrt(t)": "t ** 1 / 2"},
            "A power comes before a division: t ** 1/2 is half of t. Write t ** 0.5.",
        ),
        Mistake(
            "multiplied instead of divided",
            {"k / np.sqrt(t)": "k * np.sqrt(t)"},
            "Your learning rate grows. The root of t stands in the denominator.",
        ),
        Mistake(
            "k ignored",
            {"learning_rate0 * k / np": "learning_rate0 / np"},
            "The factor k is missing.",
        ),
        Mistake(
            "k under the root",
            {"k / np.sqrt(t)": "np.sqrt(k / t)"},
            "Only t stands under the root; k stands in front of it.",
        ),
        Mistake(
            "one added to t",
            {"np.sqrt(t)": "np.sqrt(t + 1)"},
            "Here t counts from 1, so there is no division by zero: do not add 1.",
        ),
        Mistake(
            "t squared",
            {"np.sqrt(t)": "t ** 2"},
            "The root, not the square: t ** 0.5 or np.sqrt(t).",
        ),
    ],
)


def _stairs(rng: Generator) -> Arguments:
    interval = int(rng.integers(3, 40))
    epoch = interval * int(rng.integers(2, 6)) + int(rng.integers(0, interval))
    return arguments(_some_rate(rng), epoch, float(rng.uniform(0.2, 0.8)), interval)


def _stairs_edges(rng: Generator) -> list[Arguments]:
    by_name = arguments(0.4, 29, factor=0.5, time_interval=12)
    return [by_name, *(arguments(0.4, epoch) for epoch in (0, 9, 10, 29, 30))]


STAIRCASE_DECAY = Exercise(
    function="staircase_decay",
    reference=optimization.staircase_decay,
    inputs=_stairs,
    edge_inputs=_stairs_edges,
    checks=[Matches(points=2, label="the learning rate")],
    mistakes=[
        Mistake(
            "not rounded down",
            {_STEPS: "epoch_num / time_interval"},
            "A staircase has flat steps: round the quotient of epoch and interval down.",
        ),
        Mistake(
            "rounded up",
            {_STEPS: "np.ceil(epoch_num / time_interval)"},
            "You round up, so the first step down comes at once. Round down.",
        ),
        Mistake(
            "interval ignored",
            {f"({_STEPS})": "epoch_num"},
            "This goes down in every epoch. Here it happens once in `time_interval` epochs.",
        ),
        Mistake(
            "times the number of steps",
            {"factor **": "factor *"},
            "Each step multiplies by the factor once more: that is a power.",
        ),
        Mistake(
            "only one step",
            """
            def staircase_decay(learning_rate0, epoch_num, factor=0.5, time_interval=10):
                return learning_rate0 * factor if epoch_num >= time_interval else learning_rate0
            """,
            "You go down once only. There is another step down after each further interval.",
        ),
        Mistake(
            "factor written in",
            {"factor **": "0.5 **"},
            "0.5 is only the default: use the argument `factor`.",
        ),
        Mistake(
            "down on every multiple only",
            """
            def staircase_decay(learning_rate0, epoch_num, factor=0.5, time_interval=10):
                return learning_rate0 * factor if epoch_num % time_interval == 0 else learning_rate0
            """,
            "The learning rate goes down at each multiple of the interval and stays down: count the intervals with //.",
        ),
    ],
)


def _curvatures(rng: Generator) -> Arguments:
    """All kinds of mixtures of signs are equally likely, whatever the number of directions."""
    n = int(rng.integers(2, 7))
    kinds = [(1,), (-1,), (1, -1), (1, -1, 0), (1, 0), (-1, 0)]
    signs = np.resize(kinds[int(rng.integers(len(kinds)))], max(n, 3))
    return arguments(rng.permutation(signs) * rng.uniform(0.1, 5, signs.size))


def _curvature_edges(rng: Generator) -> list[Arguments]:
    """Few directions, and mixtures whose sum or product misleads."""
    telling = [[2.0], [-1.0], [0.0], [3.0, 1.0], [-3.0, -1.0], [5.0, -1.0], [1.0, -5.0], [2.0, 0.0]]
    telling += [[0.0, -2.0], [1.0, 0.0, -1.0], [-1.0, -2.0, 4.0], [0.0, 0.0], [-2.0, -1.0, -1.0]]
    telling += [[2.0, -1.0, 3.0], [-1.0, 2.0, -3.0]]
    return [arguments(np.array(values)) for values in telling]


KIND_OF_POINT = Exercise(
    function="kind_of_point",
    reference=optimization.kind_of_point,
    inputs=_curvatures,
    edge_inputs=_curvature_edges,
    checks=[Matches(points=3, label="the kind of point"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "any for all",
            {"np.all(curvatures > 0)": "np.any(curvatures > 0)"},
            "One direction that curves up is not enough: at a minimum all of them do.",
        ),
        Mistake(
            "minimum and maximum swapped",
            {
                "> 0):\n        return 'minimum'\n    if np.all(curvatures < 0)": "< 0):\n        return 'minimum'\n    if np.all(curvatures > 0)"
            },
            "Where the cost curves up in every direction, as a bowl does, there is a minimum.",
        ),
        Mistake(
            "flat directions counted as up",
            {"np.all(curvatures > 0)": "np.all(curvatures >= 0)"},
            "A curvature of zero does not say whether the cost rises there: only positive ones count.",
        ),
        Mistake(
            "judged by the sum",
            """
            def kind_of_point(curvatures):
                total = np.sum(curvatures)
                if np.any(curvatures > 0) and np.any(curvatures < 0) and total == 0:
                    return "saddle"
                return "minimum" if total > 0 else "maximum" if total < 0 else "undecided"
            """,
            "The sum mixes up directions: a steep rise in one hides a fall in another. Look at each sign.",
        ),
        Mistake(
            "judged by the product",
            """
            def kind_of_point(curvatures):
                product = np.prod(curvatures)
                return "minimum" if product > 0 else "saddle" if product < 0 else "undecided"
            """,
            "The product of two negative numbers is positive: look at the signs one by one.",
        ),
        Mistake(
            "everything else a saddle",
            {"np.any(curvatures > 0) and np.any(curvatures < 0)": "True"},
            "A saddle needs both signs. Without that, and with a zero among them, the point is undecided.",
        ),
        Mistake(
            "undecided as soon as there is a zero",
            {
                "if np.all(curvatures > 0)": "if np.any(curvatures == 0):\n        return 'undecided'\n    if np.all(curvatures > 0)"
            },
            "One direction up and one down make a saddle, whatever the other directions do.",
        ),
        Mistake(
            "maximum forgotten",
            {
                "if np.all(curvatures < 0):\n        return 'maximum'": "if np.any(curvatures < 0):\n        return 'saddle'"
            },
            "If it falls in every direction it is a maximum: a saddle needs both signs.",
        ),
    ],
)

EXERCISES = [
    *(GRADIENT_DESCENT, RANDOM_MINI_BATCHES),
    *(EXPONENTIAL_AVERAGE, CORRECT_BIAS, AVERAGING_WINDOW),
    *(KIND_OF_POINT, INITIALIZE_VELOCITY, MOMENTUM, RMSPROP, INITIALIZE_ADAM, ADAM),
    *(UPDATE_LR, SCHEDULE_LR_DECAY, EXPONENTIAL_DECAY, ROOT_DECAY, STAIRCASE_DECAY),
]
