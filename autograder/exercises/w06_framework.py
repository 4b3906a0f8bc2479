"""Week 6, second notebook: a framework of one's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import computation_graph
from helpers.checking.checks import LeavesInputsAlone, Matches
from helpers.checking.graph_order import InOrder
from helpers.checking.outcomes import Arguments, arguments
from helpers.softmax_regression import one_hot

Generator = np.random.Generator


def _sizes(rng: Generator) -> tuple[int, int, int]:
    """Three sizes from 2 to 7, never two alike."""
    first, second, third = (int(n) for n in rng.permutation(np.arange(2, 8))[:3])
    return first, second, third


# --- operations -----------------------------------------------------------------------------


def _broadcast(rng: Generator) -> Arguments:
    """Draw a gradient, and the shape of an array from which broadcasting can make its shape."""
    full = tuple(int(n) for n in rng.permutation(np.arange(2, 6))[: rng.integers(2, 4)])
    kept = full[int(rng.integers(0, 2)) :]
    shape = tuple(1 if rng.random() < 0.5 else n for n in kept)
    return arguments(rng.normal(size=full), shape)


def _broadcast_edges(rng: Generator) -> list[Arguments]:
    """Nothing stretched; a column, a row and a rank-1 array; numbers; several axes at once."""
    matrix = rng.normal(size=(2, 3))
    shapes: list[tuple[int, ...]] = [(2, 3), (2, 1), (1, 3), (3,), (1, 1), ()]
    return [
        *(arguments(matrix, shape) for shape in shapes),
        arguments(rng.normal(size=(4, 2, 3)), (2, 1)),
        arguments(rng.normal(size=(2, 1)), (2, 1)),
        arguments(1.5, ()),
    ]


UNBROADCAST = Exercise(
    function="unbroadcast",
    reference=computation_graph.unbroadcast,
    inputs=_broadcast,
    edge_inputs=_broadcast_edges,
    checks=[Matches(points=6, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "gradient left as it is",
            "def unbroadcast(grad, shape):\n    return grad",
            "A number that was copied to several places acts through all of them: its gradient is the sum over these places.",
        ),
        Mistake(
            "only the axes in front",
            {"np.sum(grad, axis=stretched, keepdims=True)": "grad"},
            "The axes that were added in front are summed. Axes of size 1 that were stretched must be summed too, and stay as axes of size 1.",
        ),
        Mistake(
            "only the stretched axes",
            "def unbroadcast(grad, shape):\n    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)\n    return np.sum(grad, axis=stretched, keepdims=True)",
            "Broadcasting may also add whole axes in front, when an array has fewer of them. Sum those away first.",
        ),
        Mistake(
            "mean for sum",
            "def unbroadcast(grad, shape):\n    extra = tuple(range(np.ndim(grad) - len(shape)))\n    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)\n    return np.mean(np.mean(grad, axis=extra), axis=stretched, keepdims=True)",
            "Each of the copies acts on the cost, so their gradients are added up, not averaged.",
        ),
        Mistake(
            "keepdims forgotten",
            {"np.sum(grad, axis=stretched, keepdims=True)": "np.sum(grad, axis=stretched)"},
            "A stretched axis must stay, with size 1: sum with keepdims=True.",
        ),
        Mistake(
            "first copy only",
            "def unbroadcast(grad, shape):\n    grad = np.asarray(grad)[(0,) * (np.ndim(grad) - len(shape))]\n    return grad[tuple(slice(0, 1) if n == 1 else slice(None) for n in shape)]",
            "You keep the gradient of the first copy and drop those of the others: add them all up.",
        ),
        Mistake(
            "everything summed",
            "def unbroadcast(grad, shape):\n    return np.full(shape, np.sum(grad))",
            "This adds up everything. Only the axes along which the array was copied are summed.",
        ),
    ],
)


def _pair(rng: Generator) -> Arguments:
    """Draw two arrays of which one may be stretched, and a gradient for what they make."""
    n, m, _ = _sizes(rng)
    other = [(n, m), (n, 1), (1, m), (m,), ()][int(rng.integers(0, 5))]
    arrays = [rng.normal(size=(n, m)), rng.normal(size=other)]
    return _gradient_of(rng, *(arrays if rng.random() < 0.5 else arrays[::-1]))


def _gradient_of(rng: Generator, a: np.ndarray, b: np.ndarray) -> Arguments:
    shape = np.broadcast_shapes(np.shape(a), np.shape(b))
    return arguments(rng.normal(size=shape), (a, b))


def _pair_edges(rng: Generator) -> list[Arguments]:
    """Draw a bias, the same to its left, both stretched at once, and plain numbers."""
    column, row, matrix = (rng.normal(size=shape) for shape in ((3, 1), (1, 4), (3, 4)))
    pairs = [(matrix, column), (column, matrix), (column, row), (row, column)]
    return [*(_gradient_of(rng, *pair) for pair in pairs), arguments(0.7, (2.0, -3.0))]


ADD_BACKWARD = Exercise(
    function="add_backward",
    reference=computation_graph.add_backward,
    returns=("da", "db"),
    inputs=_pair,
    edge_inputs=_pair_edges,
    checks=[Matches("da", points=2), Matches("db", points=2), LeavesInputsAlone()],
    uses=("unbroadcast",),
    mistakes=[
        Mistake(
            "shapes not restored",
            "def add_backward(dout, cache):\n    return dout, dout",
            "If an array was stretched by broadcasting, its gradient must be summed back to its own shape: that is what `unbroadcast` is for.",
        ),
        Mistake(
            "product rule for a sum",
            {
                "unbroadcast(dout, np.shape(a))": "unbroadcast(dout * b, np.shape(a))",
                "unbroadcast(dout, np.shape(b))": "unbroadcast(dout * a, np.shape(b))",
            },
            "The other factor belongs to a product. The slope of a + b with respect to each of the two is 1.",
        ),
        Mistake(
            "ones for the gradient",
            {
                "unbroadcast(dout, np.shape(a))": "unbroadcast(np.ones_like(dout), np.shape(a))",
                "unbroadcast(dout, np.shape(b))": "unbroadcast(np.ones_like(dout), np.shape(b))",
            },
            "1 is the slope of the sum itself. The chain rule multiplies it with what comes from behind, `dout`.",
        ),
        Mistake(
            "gradients exchanged",
            "def add_backward(dout, cache):\n    a, b = cache\n    return unbroadcast(dout, np.shape(b)), unbroadcast(dout, np.shape(a))",
            "The first gradient belongs to a and has the shape of a; the second belongs to b.",
        ),
        Mistake(
            "minus for the second",
            {"unbroadcast(dout, np.shape(b))": "-unbroadcast(dout, np.shape(b))"},
            "In a sum both parts count with a plus. The minus belongs to a difference.",
        ),
        Mistake(
            "second summed to one number",
            {"unbroadcast(dout, np.shape(b))": "np.sum(dout)"},
            "db has the shape of b: only the axes along which b was stretched are summed.",
        ),
    ],
)

MULTIPLY_BACKWARD = Exercise(
    function="multiply_backward",
    reference=computation_graph.multiply_backward,
    returns=("da", "db"),
    inputs=_pair,
    edge_inputs=_pair_edges,
    checks=[Matches("da", points=2), Matches("db", points=2), LeavesInputsAlone()],
    uses=("unbroadcast",),
    mistakes=[
        Mistake(
            "own factor for the other one",
            {"dout * b": "dout * a", "dout * a, np.shape(b)": "dout * b, np.shape(b)"},
            "The slope of a·b with respect to a is the other factor, b, and the other way round.",
        ),
        Mistake(
            "shapes not restored",
            {
                "unbroadcast(dout * b, np.shape(a))": "dout * b",
                "unbroadcast(dout * a, np.shape(b))": "dout * a",
            },
            "The products are right, but a stretched array wants a gradient of its own shape: sum its copies with `unbroadcast`.",
        ),
        Mistake(
            "dout left out",
            "def multiply_backward(dout, cache):\n    a, b = cache\n    ones = np.ones_like(dout)\n    return unbroadcast(ones * b, np.shape(a)), unbroadcast(ones * a, np.shape(b))",
            "These are the slopes of the product alone. The chain rule multiplies them with what comes from behind, `dout`.",
        ),
        Mistake(
            "rule of a sum",
            "def multiply_backward(dout, cache):\n    a, b = cache\n    return unbroadcast(dout, np.shape(a)), unbroadcast(dout, np.shape(b))",
            "This is the rule for a sum. In a product each gradient has the other factor in it.",
        ),
        Mistake(
            "both factors in both",
            "def multiply_backward(dout, cache):\n    a, b = cache\n    return unbroadcast(dout * a * b, np.shape(a)), unbroadcast(dout * a * b, np.shape(b))",
            "Differentiating a·b with respect to a leaves b alone: a itself drops out.",
        ),
        Mistake(
            "quotient rule",
            {"dout * b": "dout / b", "dout * a": "dout / a"},
            "The other factor multiplies the gradient; it does not divide it.",
        ),
    ],
)


def _matrices(rng: Generator) -> Arguments:
    n, k, m = _sizes(rng)
    return _matrices_sized(rng, n, k, m)


def _matrices_sized(rng: Generator, n: int, k: int, m: int) -> Arguments:
    pair = rng.normal(size=(n, k)), rng.normal(size=(k, m))
    return arguments(rng.normal(size=(n, m)), pair)


def _matrices_edges(rng: Generator) -> list[Arguments]:
    return [_matrices_sized(rng, 3, 2, 1), _matrices_sized(rng, 1, 4, 5)]


MATMUL_BACKWARD = Exercise(
    function="matmul_backward",
    reference=computation_graph.matmul_backward,
    returns=("da", "db"),
    inputs=_matrices,
    edge_inputs=_matrices_edges,
    checks=[Matches("da", points=3), Matches("db", points=3), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "transposes forgotten",
            {"dout @ b.T": "dout @ b", "a.T @ dout": "a @ dout"},
            "The shapes do not fit without transposes: (n, m) times (m, k) gives (n, k), and (k, n) times (n, m) gives (k, m).",
        ),
        Mistake(
            "averaged over the examples",
            {
                "dout @ b.T": "dout @ b.T / dout.shape[1]",
                "a.T @ dout": "a.T @ dout / dout.shape[1]",
            },
            "No average here: a matrix product knows nothing of examples. The factor 1/m comes in with the cost, at the end of the graph.",
        ),
        Mistake(
            "results transposed",
            {"dout @ b.T": "b @ dout.T", "a.T @ dout": "dout.T @ a"},
            "Your gradients are transposed: each must have the shape of the matrix it belongs to.",
        ),
        Mistake(
            "gradients exchanged",
            {"(dout @ b.T, a.T @ dout)": "(a.T @ dout, dout @ b.T)"},
            "The first gradient belongs to a, the second to b; yours come the other way round.",
        ),
        Mistake(
            "dout left out",
            {"dout @ b.T": "np.ones_like(dout) @ b.T", "a.T @ dout": "a.T @ np.ones_like(dout)"},
            "These are the gradients of the sum of all entries. The chain rule needs what comes from behind, `dout`.",
        ),
        Mistake(
            "minus for the second",
            {"a.T @ dout": "-(a.T @ dout)"},
            "There is no minus in the derivative of a product.",
        ),
    ],
)


def _scored(rng: Generator) -> Arguments:
    n_y, m, _ = _sizes(rng)
    labels = one_hot(rng.integers(0, n_y, (1, m)), n_y)
    return arguments(rng.normal(size=(n_y, m)) * rng.uniform(0.5, 4), labels)


def _scored_edges(rng: Generator) -> list[Arguments]:
    """One example; columns far apart, where a probability is too small for a number."""
    far = np.array([[-1000.0, 0.0, 999.0], [-1001.0, 1.0, 1000.0], [-1000.5, -2.0, -1000.0]])
    return [
        arguments(rng.normal(size=(4, 1)), one_hot(np.array([[2]]), 4)),
        arguments(far[:, :2], one_hot(np.array([[1, 0]]), 3)),
        arguments(far, one_hot(np.array([[0, 2, 1]]), 3)),
        arguments(far, one_hot(np.array([[1, 1, 2]]), 3)),
    ]


SOFTMAX_CROSS_ENTROPY_FORWARD = Exercise(
    function="softmax_cross_entropy_forward",
    reference=computation_graph.softmax_cross_entropy_forward,
    returns=("cost", "cache"),
    inputs=_scored,
    edge_inputs=_scored_edges,
    checks=[Matches("cost", points=4), Matches("cache", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "no shift, overflow",
            {"Z - np.max(Z, axis=0, keepdims=True)": "Z"},
            "e^1000 is too large for a computer. Take each column's largest score away first.",
        ),
        Mistake(
            "logarithm of a probability of 0",
            {
                "shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))": "np.log(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True))"
            },
            "A tiny probability is rounded to 0, and its logarithm is minus infinity. Do not go through the probability: its logarithm is the score minus the logarithm of the sum.",
        ),
        Mistake(
            "a small number added in the logarithm",
            {
                "shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))": "np.log(np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True) + 1e-08)"
            },
            "A small number in the logarithm hides the infinity, but puts a wrong value in its place. The logarithm of the probability is the score minus the logarithm of the sum: nothing needs to be added.",
        ),
        Mistake(
            "shift left out of the sum",
            {"np.exp(shifted)": "np.exp(Z)"},
            "The sum must be of the exponentials of the shifted scores too, or the shift does not cancel.",
        ),
        Mistake(
            "one shift for all columns",
            {"np.max(Z, axis=0, keepdims=True)": "np.max(Z)"},
            "Columns may be far apart, and then all exponentials of a column are 0. Each column needs its own largest score.",
        ),
        Mistake(
            "summed, not averaged",
            {" / Y.shape[1]": ""},
            "The cost is the average over the m examples: divide by the number of columns.",
        ),
        Mistake(
            "averaged over the entries",
            {"Y.shape[1]": "Y.size"},
            "Divide by the number of examples, not by the number of entries of Y.",
        ),
        Mistake(
            "minus sign forgotten",
            {"float(-np.sum": "float(np.sum"},
            "Logarithms of probabilities are negative; the cost has a minus in front.",
        ),
        Mistake(
            "over the examples, not the classes",
            "def softmax_cross_entropy_forward(Z, Y):\n    shifted = Z - np.max(Z, axis=1, keepdims=True)\n    log_A = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))\n    return float(-np.sum(Y * log_A) / Y.shape[1]), (log_A, Y)",
            "Examples are columns, and each column is a set of probabilities: work along axis=0.",
        ),
        Mistake(
            "probabilities in the cache",
            {"(log_A, Y))": "(np.exp(log_A), Y))"},
            "The cache holds the logarithms of the probabilities: log_A comes first, then Y.",
        ),
    ],
)


def _loss_behind(rng: Generator) -> Arguments:
    """Take the cache from a real forward pass, with soft labels now and then."""
    n_y, m, _ = _sizes(rng)
    return _loss_sized(rng, n_y, m)


def _loss_sized(rng: Generator, n_y: int, m: int) -> Arguments:
    Y = one_hot(rng.integers(0, n_y, (1, m)), n_y)
    soft = 0.9 * Y + 0.1 / n_y if rng.random() < 0.3 else Y
    cache = computation_graph.softmax_cross_entropy_forward(rng.normal(size=(n_y, m)) * 2, soft)[1]
    return arguments(float(rng.choice([-1, 1]) * rng.uniform(0.3, 3)), cache)


def _loss_edges(rng: Generator) -> list[Arguments]:
    return [_loss_sized(rng, 4, 1), _loss_sized(rng, 3, 5)]


SOFTMAX_CROSS_ENTROPY_BACKWARD = Exercise(
    function="softmax_cross_entropy_backward",
    reference=computation_graph.softmax_cross_entropy_backward,
    returns=("dZ", "dY"),
    inputs=_loss_behind,
    edge_inputs=_loss_edges,
    checks=[Matches("dZ", points=3), Matches("dY", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "dout left out",
            {"dout / Y.shape[1]": "1 / Y.shape[1]"},
            "Usually this is the last node, and dout is 1; but something may come after it. Multiply by `dout`.",
        ),
        Mistake(
            "summed, not averaged",
            {"dout / Y.shape[1]": "dout"},
            "The cost averages over the m examples, so its gradient does too: divide by m.",
        ),
        Mistake(
            "difference turned round",
            {"np.exp(log_A) - Y": "Y - np.exp(log_A)"},
            "dZ is A − Y: with the sign turned round you would climb the cost.",
        ),
        Mistake(
            "logarithms for probabilities",
            {"np.exp(log_A) - Y": "log_A - Y"},
            "The cache holds the logarithms of the probabilities: take np.exp to get A back.",
        ),
        Mistake(
            "minus sign of dY forgotten",
            {"-share * log_A": "share * log_A"},
            "The cost is −Σ Y log A / m, so its slope with respect to Y keeps the minus.",
        ),
        Mistake(
            "softmax's slope once more",
            {"np.exp(log_A) - Y": "(np.exp(log_A) - Y) * np.exp(log_A) * (1 - np.exp(log_A))"},
            "A − Y has been led back through softmax already: no further derivative is needed.",
        ),
        Mistake(
            "averaged over the entries",
            {"Y.shape[1]": "Y.size"},
            "Divide by the number of examples, the columns of Y, not by the number of its entries.",
        ),
    ],
)


# --- graphs ---------------------------------------------------------------------------------


def _regression(rng: Generator) -> tuple[dict[str, tuple[str, ...]], dict[str, Any]]:
    """Softmax regression, with a penalty on W, so that W is used twice."""
    n_x, n_y, m = _sizes(rng)
    graph: dict[str, tuple[str, ...]] = {
        "total": ("add", "loss", "penalty"),
        "loss": ("softmax_cross_entropy", "scores", "y"),
        "scores": ("add", "product", "b"),
        "product": ("matmul", "W", "x"),
        "penalty": ("multiply", "rate", "size"),
        "size": ("softmax_cross_entropy", "W", "V"),
        **dict.fromkeys(("W", "b"), ("variable",)),
        **dict.fromkeys(("x", "y"), ("placeholder",)),
        **dict.fromkeys(("rate", "V"), ("constant",)),
    }
    leaves = {
        "W": rng.normal(size=(n_y, n_x)),
        "b": rng.normal(size=(n_y, 1)),
        "x": rng.normal(size=(n_x, m)),
        "y": one_hot(rng.integers(0, n_y, (1, m)), n_y),
        "rate": float(rng.uniform(0.2, 2)),
        "V": np.full((n_y, n_x), 1 / n_y),
    }
    return graph, leaves


def _network(rng: Generator) -> tuple[dict[str, tuple[str, ...]], dict[str, Any]]:
    """Draw a hidden layer whose output is used twice, and labels smoothed by operations."""
    n_x, n_y, m = _sizes(rng)
    n_h = n_y
    graph: dict[str, tuple[str, ...]] = {
        "h": ("relu", "s"),
        "s": ("add", "b", "p"),
        "p": ("matmul", "U", "x"),
        "q": ("matmul", "W", "h"),
        "z": ("add", "q", "h"),
        "t": ("multiply", "y", "k"),
        "l": ("add", "t", "c"),
        "J": ("softmax_cross_entropy", "z", "l"),
        **dict.fromkeys(("U", "W", "b"), ("variable",)),
        **dict.fromkeys(("x", "y"), ("placeholder",)),
        **dict.fromkeys(("k", "c"), ("constant",)),
    }
    leaves = {
        "U": rng.normal(size=(n_h, n_x)),
        "W": rng.normal(size=(n_y, n_h)),
        "b": rng.normal(size=(n_h, 1)),
        "x": rng.normal(size=(n_x, m)),
        "y": one_hot(rng.integers(0, n_y, (1, m)), n_y),
        "k": 0.9,
        "c": 0.1 / n_y,
    }
    return graph, leaves


def _numbers(rng: Generator) -> tuple[dict[str, tuple[str, ...]], dict[str, Any]]:
    """Numbers only: x is used three times, and so is what is made of it."""
    graph: dict[str, tuple[str, ...]] = {
        "x": ("variable",),
        "w": ("variable",),
        "square": ("multiply", "x", "x"),
        "sum": ("add", "square", "w"),
        "cube": ("multiply", "sum", "x"),
        "end": ("multiply", "cube", "sum"),
    }
    x, w = rng.choice([-1, 1], 2) * rng.uniform(0.5, 2, 2)
    return graph, {"x": float(x), "w": float(w)}


_ENDS = {_regression: "total", _network: "J", _numbers: "end"}


def _drawn_graph(rng: Generator, make: Any = None) -> tuple[dict[str, tuple[str, ...]], str, Any]:
    """Draw a graph with new names in a random order, and a node that is not needed."""
    make = make or list(_ENDS)[int(rng.integers(0, len(_ENDS)))]
    graph, leaves = make(rng)
    graph["aside"] = ("add", *list(leaves)[:1], "unused")
    graph["unused"] = ("constant",)
    letters = [f"{letter}{number}" for letter in "abcdefghij" for number in (1, 2)]
    new = dict(zip(graph, rng.permutation(letters)[: len(graph)].tolist(), strict=True))
    order = [str(name) for name in rng.permutation(list(graph))]
    renamed = {new[n]: (graph[n][0], *(new[i] for i in graph[n][1:])) for n in order}
    values = {new[name]: value for name, value in leaves.items()} | {new["unused"]: 1.5}
    return renamed, new[_ENDS[make]], values


def _ordering(rng: Generator) -> Arguments:
    graph, target, _ = _drawn_graph(rng)
    return arguments(graph, target)


def _ordering_edges(rng: Generator) -> list[Arguments]:
    """Take a leaf alone, an input that is used twice, and one graph of each kind."""
    twice = {"y": ("multiply", "x", "x"), "x": ("variable",), "aside": ("relu", "y")}
    return [
        arguments({"x": ("variable",), "y": ("relu", "x")}, "x"),
        arguments(twice, "y"),
        *(arguments(*_drawn_graph(rng, make)[:2]) for make in _ENDS),
    ]


TOPOLOGICAL_ORDER = Exercise(
    function="topological_order",
    reference=computation_graph.topological_order,
    inputs=_ordering,
    edge_inputs=_ordering_edges,
    checks=[InOrder(points=6, label="the order"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "a node before its inputs",
            "def topological_order(graph, target):\n"
            "    order = []\n"
            "    def visit(name):\n"
            "        if name not in order:\n"
            "            order.append(name)\n"
            "            for source in graph[name][1:]:\n"
            "                visit(source)\n"
            "    visit(target)\n"
            "    return order",
            "You write a node down when you come to it. Write it down when you leave it, after all its inputs.",
        ),
        Mistake(
            "the other way round",
            {"return order": "return order[::-1]"},
            "The target comes last, for it needs everything else. Your list begins with it.",
        ),
        Mistake(
            "shared nodes listed twice",
            {"name not in order": "True"},
            "A node that is used in two places is computed once: do not visit what stands in the list already.",
        ),
        Mistake(
            "the whole graph as it comes",
            "def topological_order(graph, target):\n    return list(graph)",
            "The dictionary's order says nothing about who depends on whom, and not every node is needed.",
        ),
        Mistake(
            "direct inputs only",
            "def topological_order(graph, target):\n    return [*dict.fromkeys(graph[target][1:]), target]",
            "Inputs have inputs too: go on until there are no more.",
        ),
        Mistake(
            "leaves left out",
            {"order.append(name)": "order.extend([name] if graph[name][1:] else [])"},
            "Placeholders, variables and constants are nodes as well: they belong into the list.",
        ),
        Mistake(
            "kind taken for an input",
            {"graph[name][1:]": "graph[name]"},
            "The first entry of a node's tuple is its kind, not the name of a node: the inputs begin at index 1.",
        ),
        Mistake(
            "target forgotten",
            {"return order": "return order[:-1]"},
            "The target itself belongs to the list, at its end.",
        ),
    ],
)


def _running(rng: Generator, make: Any = None) -> Arguments:
    graph, target, leaves = _drawn_graph(rng, make)
    return arguments(graph, computation_graph.topological_order(graph, target), leaves)


def _running_edges(rng: Generator) -> list[Arguments]:
    graph = {"x": ("variable",), "y": ("relu", "x")}
    alone = arguments(graph, ["x"], {"x": np.array([[1.0, -2.0]])})
    return [alone, *(_running(rng, make) for make in _ENDS)]


FORWARD_PASS = Exercise(
    function="forward_pass",
    reference=computation_graph.forward_pass,
    returns=("values", "caches"),
    inputs=_running,
    edge_inputs=_running_edges,
    checks=[Matches("values", points=4), Matches("caches", points=3), LeavesInputsAlone()],
    uses=("softmax_cross_entropy_forward",),
    mistakes=[
        Mistake(
            "output and cache not taken apart",
            {"values[name], caches[name] = forward_of": "values[name] = caches[name] = forward_of"},
            "A forward function returns two things: the output, which is the node's value, and the cache.",
        ),
        Mistake(
            "values kept for caches",
            {
                "values[name], caches[name] = forward_of(kind)(*(values[source] for source in inputs))": "values[name] = caches[name] = forward_of(kind)(*(values[source] for source in inputs))[0]"
            },
            "caches should hold what the forward function returns second. You have put the outputs there.",
        ),
        Mistake(
            "one operation too few",
            {"for name in order": "for name in order[:-1]"},
            "You stop before the last node of the order; its value is usually the one that is wanted.",
        ),
        Mistake(
            "caches stored by kind",
            {"caches[name]": "caches[kind]"},
            "Two nodes may be of the same kind: store each cache under the node's name.",
        ),
        Mistake(
            "inputs in reverse",
            {"for source in inputs": "for source in inputs[::-1]"},
            "The inputs are handed over in the order in which the graph lists them: W @ x is not x @ W.",
        ),
        Mistake(
            "leaves left out of the values",
            {"return (values, caches)": "return ({n: values[n] for n in caches}, caches)"},
            "The values of the leaves belong to the result too: begin with a copy of `leaves`.",
        ),
        Mistake(
            "names handed over for values",
            {"values[source] for source in inputs": "source for source in inputs"},
            "You hand the names of the inputs to the operation. Look up their values.",
        ),
    ],
)


def _returning(rng: Generator, make: Any = None) -> Arguments:
    graph, order, leaves = _running(rng, make).positional
    return arguments(graph, order, computation_graph.forward_pass(graph, order, leaves)[1])


def _returning_edges(rng: Generator) -> list[Arguments]:
    twice = {"y": ("add", "x", "x"), "x": ("variable",)}
    return [
        arguments(twice, ["x", "y"], {"y": (2.0, 2.0)}),
        *(_returning(rng, make) for make in _ENDS),
    ]


BACKWARD_PASS = Exercise(
    function="backward_pass",
    reference=computation_graph.backward_pass,
    inputs=_returning,
    edge_inputs=_returning_edges,
    checks=[Matches(points=10, label="the gradients"), LeavesInputsAlone()],
    uses=(
        "add_backward",
        "multiply_backward",
        "matmul_backward",
        "softmax_cross_entropy_backward",
    ),
    mistakes=[
        Mistake(
            "overwritten, not added up",
            {"grads.get(source, 0.0) + share": "share"},
            "A node that is used in several places acts through all of them: add the new share to what it has already.",
        ),
        Mistake(
            "forward order",
            {"reversed(order)": "order"},
            "A node's gradient is complete only when everything after it has been handled: go from the last node to the first.",
        ),
        Mistake(
            "started from 0",
            {"{order[-1]: 1.0}": "{order[-1]: 0.0}"},
            "The gradient of the cost with respect to itself is 1. From 0, everything stays 0.",
        ),
        Mistake(
            "gradient from behind left out",
            {"grads[name], caches[name]": "np.ones_like(grads[name]), caches[name]"},
            "Each operation needs the gradient that arrives at its output: grads[name].",
        ),
        Mistake(
            "only the first input",
            {"zip(inputs, shares, strict=True)": "zip(inputs[:1], shares)"},
            "Each input gets its share, not only the first one.",
        ),
        Mistake(
            "shares multiplied",
            {"grads.get(source, 0.0) + share": "grads.get(source, 1.0) * share"},
            "Along one way slopes are multiplied, and the operations do that. Shares that arrive on different ways are added.",
        ),
        Mistake(
            "only the first share kept",
            {"grads.get(source, 0.0) + share": "grads.get(source, share)"},
            "The first share is kept and later ones are lost: add them.",
        ),
    ],
)


# --- optimizers -----------------------------------------------------------------------------


def _to_improve(rng: Generator) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Parameters under any names, and gradients for these and for one other node."""
    names = [f"variable_{number}" for number in rng.permutation(9)[: rng.integers(2, 4)]]
    shapes = {name: tuple(rng.integers(1, 5, 2)) for name in names}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    grads = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return parameters, {"matmul_3": rng.normal(size=(2, 3)), **grads}


def _descent(rng: Generator) -> Arguments:
    return arguments(*_to_improve(rng), learning_rate=float(rng.uniform(0.02, 2)))


def _descent_edges(rng: Generator) -> list[Arguments]:
    return [arguments({"w": 1.5}, {"w": -0.5}, learning_rate=0.3)]


GRADIENT_DESCENT_STEP = Exercise(
    function="gradient_descent_step",
    reference=computation_graph.gradient_descent_step,
    inputs=_descent,
    edge_inputs=_descent_edges,
    checks=[Matches(points=3, label="the new values"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "uphill",
            {"value - learning_rate": "value + learning_rate"},
            "The gradient points uphill. To go down, take it away.",
        ),
        Mistake(
            "learning rate left out",
            {"learning_rate * grads[name]": "grads[name]"},
            "The step is the gradient times the learning rate.",
        ),
        Mistake(
            "learning rate written in",
            {"learning_rate * grads[name]": "0.01 * grads[name]"},
            "Use the argument `learning_rate`, not a number of your own.",
        ),
        Mistake(
            "steps returned, not values",
            {"value - learning_rate * grads[name]": "-learning_rate * grads[name]"},
            "These are the steps. Add them to the old values.",
        ),
        Mistake(
            "one parameter only",
            "def gradient_descent_step(parameters, grads, learning_rate):\n    new = dict(parameters)\n    name = next(iter(parameters))\n    new[name] = parameters[name] - learning_rate * grads[name]\n    return new",
            "Only the first parameter moves. All of them must: return after the loop, not inside of it.",
        ),
        Mistake(
            "multiplied by the gradient",
            {"value - learning_rate * grads[name]": "value * (1 - learning_rate * grads[name])"},
            "The step is taken away from the value; the value itself is not a factor in it.",
        ),
    ],
)


def _adam(rng: Generator) -> Arguments:
    parameters, grads = _to_improve(rng)
    state = {
        "t": int(rng.integers(0, 6)),
        "v": {name: rng.normal(size=value.shape) for name, value in parameters.items()},
        "s": {name: rng.uniform(0.1, 2, value.shape) for name, value in parameters.items()},
    }
    return arguments(
        parameters,
        grads,
        state,
        learning_rate=float(rng.uniform(0.01, 0.5)),
        beta1=float(rng.uniform(0.5, 0.95)),
        beta2=float(rng.uniform(0.6, 0.98)),
        epsilon=float(10 ** rng.uniform(-3, -1)),
    )


def _adam_edges(rng: Generator) -> list[Arguments]:
    """Take the very first step, and a later one with all settings left to their defaults."""
    parameters, grads, later = _adam(rng).positional
    v, s = ({name: np.zeros_like(p) for name, p in parameters.items()} for _ in range(2))
    first = {"t": 0, "v": v, "s": s}
    return [
        arguments(parameters, grads, first, beta1=0.6, beta2=0.9, learning_rate=0.1),
        arguments(parameters, grads, {**later, "t": 2}),
    ]


ADAM_STEP = Exercise(
    function="adam_step",
    reference=computation_graph.adam_step,
    returns=("parameters", "state"),
    inputs=_adam,
    edge_inputs=_adam_edges,
    checks=[
        Matches("parameters", points=4),
        Matches("state.t", points=1),
        Matches("state.v", points=2),
        Matches("state.s", points=2),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "no bias correction",
            {"v[n] / (1 - beta1 ** t)": "v[n]", "s[n] / (1 - beta2 ** t)": "s[n]"},
            "The averages start at zero and are too small at first: divide v by 1 − β₁^t and s by 1 − β₂^t.",
        ),
        Mistake(
            "corrected by 1 − β",
            {"1 - beta1 ** t": "1 - beta1", "1 - beta2 ** t": "1 - beta2"},
            "The correction fades with time: β is raised to the power t, the number of this step.",
        ),
        Mistake(
            "squared gradients' average fed with v",
            {"beta2 * state['s'][n]": "beta2 * state['v'][n]"},
            "s continues its own average: β₂ times the old s. The notes' slip `S = β2·V + …` mixes the two.",
        ),
        Mistake(
            "gradient not squared in s",
            {"grads[n] ** 2": "grads[n]"},
            "s averages the squares of the gradients.",
        ),
        Mistake(
            "epsilon inside of the root",
            {"np.sqrt(s_corrected) + epsilon": "np.sqrt(s_corrected + epsilon)"},
            "Here epsilon is added to the root, not under it.",
        ),
        Mistake(
            "root left out",
            {"np.sqrt(s_corrected)": "s_corrected"},
            "The step is divided by the root of s: only so have both the unit of the gradient.",
        ),
        Mistake(
            "corrected averages remembered",
            "def adam_step(parameters, grads, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):\n"
            "    t = state['t'] + 1\n"
            "    v = {n: (beta1 * state['v'][n] + (1 - beta1) * grads[n]) / (1 - beta1 ** t) for n in parameters}\n"
            "    s = {n: (beta2 * state['s'][n] + (1 - beta2) * grads[n] ** 2) / (1 - beta2 ** t) for n in parameters}\n"
            "    new = {n: parameters[n] - learning_rate * v[n] / (np.sqrt(s[n]) + epsilon) for n in parameters}\n"
            "    return new, {'t': t, 'v': v, 's': s}",
            "The state keeps the plain averages. The corrected ones are for this step only, or they are corrected again in the next.",
        ),
        Mistake(
            "step not counted",
            {"{'t': t,": "{'t': state['t'],"},
            "The new state's t is one more: this step has been taken.",
        ),
        Mistake(
            "step counted after the correction",
            {"t = state['t'] + 1": "t = state['t']", "{'t': t,": "{'t': t + 1,"},
            "The correction takes the number of this step, so count it first. With t = 0 you would divide by zero.",
        ),
        Mistake(
            "uphill",
            {"parameters[n] - learning_rate": "parameters[n] + learning_rate"},
            "To go down, the step is taken away.",
        ),
        Mistake(
            "new gradient at full weight",
            {"(1 - beta1) * grads[n]": "grads[n]", "(1 - beta2) * grads[n] ** 2": "grads[n] ** 2"},
            "In an average the weights add up to 1: the new gradient counts 1 − β.",
        ),
    ],
)


def _training(rng: Generator) -> Arguments:
    n_x, n_y, m = _sizes(rng)
    return _training_sized(rng, n_x, n_y, m)


def _training_sized(rng: Generator, n_x: int, n_y: int, m: int) -> Arguments:
    Y = one_hot(rng.integers(0, n_y, (1, m)), n_y)
    rate, steps = float(rng.uniform(0.1, 1)), int(rng.integers(3, 7))
    return arguments(rng.normal(size=(n_x, m)), Y, learning_rate=rate, num_iterations=steps)


def _training_edges(rng: Generator) -> list[Arguments]:
    """One example; no step at all."""
    X, Y = _training_sized(rng, 2, 3, 4).positional
    none = arguments(X, Y, learning_rate=0.3, num_iterations=0)
    return [_training_sized(rng, 3, 4, 1), none]


TRAIN_SOFTMAX = Exercise(
    function="train_softmax",
    reference=computation_graph.train_softmax,
    returns=("parameters", "costs"),
    inputs=_training,
    edge_inputs=_training_edges,
    checks=[
        Matches("parameters.W", points=3),
        Matches("parameters.b", points=2),
        Matches("costs", points=3),
        LeavesInputsAlone(),
    ],
    uses=(
        "softmax_cross_entropy_forward",
        "topological_order",
        "forward_pass",
        "backward_pass",
        "gradient_descent_step",
    ),
    mistakes=[
        Mistake(
            "no training step",
            {"session.run(step, data)": "session.run(cost, data)"},
            "Computing the cost changes nothing. Run the step that `minimize` returned as well.",
        ),
        Mistake(
            "bias left out of the graph",
            {"W @ x + b": "W @ x"},
            "b never moves. Either the scores lack `+ b`, or b is a constant: what is to be learnt is a Variable.",
        ),
        Mistake(
            "learning rate written in",
            {"GradientDescentOptimizer(learning_rate)": "GradientDescentOptimizer(0.5)"},
            "Use the argument `learning_rate`.",
        ),
        Mistake(
            "Adam for gradient descent",
            {"GradientDescentOptimizer(learning_rate)": "AdamOptimizer(learning_rate)"},
            "These are Adam's numbers. To repeat the training by hand, take GradientDescentOptimizer.",
        ),
        Mistake(
            "cost after the step",
            {
                "costs.append(session.run(cost, data))": "pass",
                "session.run(step, data)": "(session.run(step, data), costs.append(session.run(cost, data)))",
            },
            "Record the cost before the step: the first one belongs to the zero weights, and is ln(n_y).",
        ),
        Mistake(
            "one step too few",
            {"range(num_iterations)": "range(num_iterations - 1)"},
            "You stop one step early: range(num_iterations) already counts from 0.",
        ),
        Mistake(
            "started from ones",
            {"np.zeros((Y.shape[0], X.shape[0]))": "np.eye(Y.shape[0], X.shape[0])"},
            "W starts from zeros, as in the training by hand.",
        ),
    ],
)

EXERCISES = [
    *(UNBROADCAST, ADD_BACKWARD, MULTIPLY_BACKWARD, MATMUL_BACKWARD),
    *(SOFTMAX_CROSS_ENTROPY_FORWARD, SOFTMAX_CROSS_ENTROPY_BACKWARD),
    *(TOPOLOGICAL_ORDER, FORWARD_PASS, BACKWARD_PASS),
    *(GRADIENT_DESCENT_STEP, ADAM_STEP, TRAIN_SOFTMAX),
]
