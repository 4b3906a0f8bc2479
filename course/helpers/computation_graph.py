"""A small framework: graphs of operations, run forward and differentiated backward.

A graph is plain data: a dictionary from each node's name to a tuple of its kind and the names of
its inputs, as in ``{"x": ("placeholder",), "W": ("variable",), "z": ("matmul", "W", "x")}``.
What has no inputs is a leaf. The functions of this module work on such graphs. The classes at
the end (`Placeholder`, `Variable`, `Session`, ...) are a comfortable way to build and use them.

Each kind of operation has two functions. ``<kind>_forward(*inputs)`` returns the output and a
cache; ``<kind>_backward(dout, cache)`` takes the gradient of the cost with respect to the output
and returns a tuple with the gradient with respect to each input.

Reverse-mode differentiation is surveyed in A. G. Baydin, B. A. Pearlmutter, A. A. Radul,
J. M. Siskind: Automatic differentiation in machine learning: a survey, JMLR 18, 2018, section 3.2.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

Array = np.ndarray
Graph = Mapping[str, tuple[str, ...]]
Values = Mapping[str, Any]


def unbroadcast(grad: Array, shape: tuple[int, ...]) -> Array:
    """Add up a gradient over all axes along which its array was broadcast.

    Parameters
    ----------
    grad : ndarray of float
        The gradient with respect to an array after broadcasting.
    shape : tuple of int
        The array's shape before broadcasting.

    Returns
    -------
    ndarray of float, shape `shape`
        The gradient with respect to the array itself.

    Examples
    --------
    >>> unbroadcast(np.ones((2, 3)), (2, 1)).tolist()
    [[3.0], [3.0]]
    >>> unbroadcast(np.ones((2, 3)), (3,)).tolist()
    [2.0, 2.0, 2.0]
    """
    extra = tuple(range(np.ndim(grad) - len(shape)))
    grad = np.sum(grad, axis=extra)
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    total: Array = np.sum(grad, axis=stretched, keepdims=True)
    return total


def add_forward(a: Array, b: Array) -> tuple[Array, tuple[Array, Array]]:
    """Add two arrays, with broadcasting.

    Examples
    --------
    >>> add_forward(1.0, 2.0)
    (3.0, (1.0, 2.0))
    """
    return a + b, (a, b)


def add_backward(dout: Array, cache: tuple[Array, Array]) -> tuple[Array, Array]:
    """Lead a gradient back through a sum.

    Parameters
    ----------
    dout : ndarray of float
        The gradient with respect to ``a + b``.
    cache : tuple of ndarray
        ``(a, b)``.

    Returns
    -------
    tuple of ndarray of float
        The gradients with respect to a and b, of their shapes.

    Examples
    --------
    >>> da, db = add_backward(np.ones((2, 3)), (np.zeros((2, 3)), np.zeros((2, 1))))
    >>> da.shape, db.tolist()
    ((2, 3), [[3.0], [3.0]])
    """
    a, b = cache
    return unbroadcast(dout, np.shape(a)), unbroadcast(dout, np.shape(b))


def multiply_forward(a: Array, b: Array) -> tuple[Array, tuple[Array, Array]]:
    """Multiply two arrays element by element, with broadcasting.

    Examples
    --------
    >>> multiply_forward(3.0, 2.0)
    (6.0, (3.0, 2.0))
    """
    return a * b, (a, b)


def multiply_backward(dout: Array, cache: tuple[Array, Array]) -> tuple[Array, Array]:
    """Lead a gradient back through a product of elements.

    Parameters
    ----------
    dout : ndarray of float
        The gradient with respect to ``a * b``.
    cache : tuple of ndarray
        ``(a, b)``.

    Returns
    -------
    tuple of ndarray of float
        The gradients with respect to a and b, of their shapes.

    Examples
    --------
    >>> da, db = multiply_backward(np.ones(3), (np.array([1.0, 2.0, 4.0]), np.array([10.0])))
    >>> da.tolist(), db.tolist()
    ([10.0, 10.0, 10.0], [7.0])
    """
    a, b = cache
    return unbroadcast(dout * b, np.shape(a)), unbroadcast(dout * a, np.shape(b))


def matmul_forward(a: Array, b: Array) -> tuple[Array, tuple[Array, Array]]:
    """Multiply two matrices.

    Examples
    --------
    >>> matmul_forward(np.ones((2, 3)), np.ones((3, 1)))[0].tolist()
    [[3.0], [3.0]]
    """
    return a @ b, (a, b)


def matmul_backward(dout: Array, cache: tuple[Array, Array]) -> tuple[Array, Array]:
    """Lead a gradient back through a matrix product.

    Parameters
    ----------
    dout : ndarray of float, shape (n, m)
        The gradient with respect to ``a @ b``.
    cache : tuple of ndarray
        ``(a, b)``, of shapes (n, k) and (k, m).

    Returns
    -------
    tuple of ndarray of float
        The gradients with respect to a, shape (n, k), and b, shape (k, m).

    Examples
    --------
    >>> a, b = np.array([[2.0, 3.0]]), np.array([[4.0], [5.0]])
    >>> da, db = matmul_backward(np.ones((1, 1)), (a, b))
    >>> da.tolist(), db.tolist()
    ([[4.0, 5.0]], [[2.0], [3.0]])
    """
    a, b = cache
    return dout @ b.T, a.T @ dout


def relu_forward(a: Array) -> tuple[Array, tuple[Array]]:
    """Replace what is negative by 0.

    Examples
    --------
    >>> relu_forward(np.array([-1.0, 2.0]))[0].tolist()
    [0.0, 2.0]
    """
    return np.maximum(0.0, a), (a,)


def relu_backward(dout: Array, cache: tuple[Array]) -> tuple[Array]:
    """Lead a gradient back through `relu_forward`: it passes where the input was positive.

    Examples
    --------
    >>> relu_backward(np.array([5.0, 5.0]), (np.array([-1.0, 2.0]),))[0].tolist()
    [0.0, 5.0]
    """
    (a,) = cache
    return (dout * (a > 0),)


def softmax_cross_entropy_forward(Z: Array, Y: Array) -> tuple[float, tuple[Array, Array]]:
    """Compute the average cross-entropy of scores, without overflow and without log(0).

    Parameters
    ----------
    Z : ndarray of float, shape (n_y, m)
        One column of scores per example.
    Y : ndarray of float, shape (n_y, m)
        The labels, one-hot or any columns that add up to 1.

    Returns
    -------
    cost : float
        The average over the examples.
    cache : tuple of ndarray
        ``(log_A, Y)``, where log_A (n_y, m) holds the logarithms of softmax's probabilities.

    Examples
    --------
    >>> cost, cache = softmax_cross_entropy_forward(np.zeros((2, 1)), np.array([[1.0], [0.0]]))
    >>> round(cost, 4), np.round(cache[0], 4).tolist()
    (0.6931, [[-0.6931], [-0.6931]])
    """
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    log_A = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    return float(-np.sum(Y * log_A) / Y.shape[1]), (log_A, Y)


def softmax_cross_entropy_backward(
    dout: Array | float, cache: tuple[Array, Array]
) -> tuple[Array, Array]:
    """Lead a gradient back through softmax and cross-entropy.

    Parameters
    ----------
    dout : float
        The gradient with respect to the cost of this operation.
    cache : tuple of ndarray
        ``(log_A, Y)`` from `softmax_cross_entropy_forward`.

    Returns
    -------
    tuple of ndarray of float
        The gradients with respect to Z and Y, both of shape (n_y, m).

    Examples
    --------
    >>> cache = (np.log([[0.25], [0.75]]), np.array([[1.0], [0.0]]))
    >>> np.round(softmax_cross_entropy_backward(1.0, cache)[0], 4).tolist()
    [[-0.75], [0.75]]
    """
    log_A, Y = cache
    share = dout / Y.shape[1]
    return share * (np.exp(log_A) - Y), -share * log_A


def forward_of(kind: str) -> Callable[..., Any]:
    """Find the function that computes an operation.

    Examples
    --------
    >>> forward_of("add")(1, 2)[0]
    3
    """
    functions: dict[str, Callable[..., Any]] = {
        "add": add_forward,
        "multiply": multiply_forward,
        "matmul": matmul_forward,
        "relu": relu_forward,
        "softmax_cross_entropy": softmax_cross_entropy_forward,
    }
    return functions[kind]


def backward_of(kind: str) -> Callable[..., tuple[Any, ...]]:
    """Find the function that leads a gradient back through an operation.

    Examples
    --------
    >>> backward_of("relu")(np.float64(2.0), (np.float64(1.0),))[0].item()
    2.0
    """
    functions: dict[str, Callable[..., Any]] = {
        "add": add_backward,
        "multiply": multiply_backward,
        "matmul": matmul_backward,
        "relu": relu_backward,
        "softmax_cross_entropy": softmax_cross_entropy_backward,
    }
    return functions[kind]


def topological_order(graph: Graph, target: str) -> list[str]:
    """Put all nodes that a node depends on in an order in which they can be computed.

    Parameters
    ----------
    graph : dict of str to tuple of str
        Each node's kind, followed by the names of its inputs. There are no circles.
    target : str
        The node that is wanted.

    Returns
    -------
    list of str
        The target's name and the names of all nodes it depends on, each once, and each after
        its inputs; so the target comes last. (Here it is the depth-first order.)

    Examples
    --------
    >>> graph = {"y": ("add", "x", "x"), "x": ("variable",), "not needed": ("variable",)}
    >>> topological_order(graph, "y")
    ['x', 'y']
    """
    order: list[str] = []

    def visit(name: str) -> None:
        if name not in order:
            for source in graph[name][1:]:
                visit(source)
            order.append(name)

    visit(target)
    return order


def forward_pass(
    graph: Graph, order: Sequence[str], leaves: Values
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Compute the value of every node in an order.

    Parameters
    ----------
    graph : dict of str to tuple of str
        Each node's kind, followed by the names of its inputs.
    order : list of str
        The nodes to compute, each after its inputs.
    leaves : dict of str to ndarray or float
        The values of the nodes without inputs. It is not changed.

    Returns
    -------
    values : dict of str to ndarray or float
        The leaves, and the value of every operation in `order`.
    caches : dict of str to tuple
        The cache of every operation in `order`.

    Examples
    --------
    >>> graph = {"x": ("variable",), "y": ("multiply", "x", "x")}
    >>> forward_pass(graph, ["x", "y"], {"x": 3.0})
    ({'x': 3.0, 'y': 9.0}, {'y': (3.0, 3.0)})
    """
    values, caches = dict(leaves), {}
    for name in order:
        kind, *inputs = graph[name]
        if inputs:
            values[name], caches[name] = forward_of(kind)(*(values[source] for source in inputs))
    return values, caches


def backward_pass(graph: Graph, order: Sequence[str], caches: Values) -> dict[str, Any]:
    """Compute the gradient of the last node of an order with respect to every node.

    Parameters
    ----------
    graph : dict of str to tuple of str
        Each node's kind, followed by the names of its inputs.
    order : list of str
        The nodes in the order of the forward pass. The last one is the cost, a number.
    caches : dict of str to tuple
        From `forward_pass`.

    Returns
    -------
    dict of str to ndarray or float
        For every node in `order` the gradient of the cost. The cost's own is 1.

    Examples
    --------
    >>> graph = {"x": ("variable",), "y": ("multiply", "x", "x")}
    >>> float(backward_pass(graph, ["x", "y"], {"y": (3.0, 3.0)})["x"])
    6.0
    """
    grads: dict[str, Any] = {order[-1]: 1.0}
    for name in reversed(order):
        kind, *inputs = graph[name]
        if inputs:
            shares = backward_of(kind)(grads[name], caches[name])
            for source, share in zip(inputs, shares, strict=True):
                grads[source] = grads.get(source, 0.0) + share
    return grads


def gradient_descent_step(
    parameters: Mapping[str, Array], grads: Mapping[str, Array], learning_rate: float
) -> dict[str, Array]:
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        The values to improve, by name. Neither dictionary nor arrays are changed.
    grads : dict of str to ndarray of float
        Their gradients, by the same names; there may be others.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict of str to ndarray of float
        The new values, by the same names.

    Examples
    --------
    >>> gradient_descent_step({"w": 1.0}, {"w": 0.5, "x": 7.0}, learning_rate=0.2)
    {'w': 0.9}
    """
    return {name: value - learning_rate * grads[name] for name, value in parameters.items()}


def adam_step(
    parameters: Mapping[str, Array],
    grads: Mapping[str, Array],
    state: Mapping[str, Any],
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Take one step of Adam.

    Parameters
    ----------
    parameters : dict of str to ndarray of float
        The values to improve, by name.
    grads : dict of str to ndarray of float
        Their gradients, by the same names; there may be others.
    state : dict
        What is remembered between steps: t, the number of steps taken so far, and v and s,
        dictionaries with a moving average for each name. None of the arguments is changed.
    learning_rate, beta1, beta2, epsilon : float
        The method's settings.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The new values.
    state : dict
        The new t, v and s.

    References
    ----------
    D. P. Kingma, J. Ba: Adam: a method for stochastic optimization, ICLR 2015, algorithm 1.

    Examples
    --------
    >>> state = {"t": 0, "v": {"w": 0.0}, "s": {"w": 0.0}}
    >>> new, state = adam_step({"w": 1.0}, {"w": -5.0}, state, learning_rate=0.1)
    >>> round(float(new["w"]), 4), state["t"]
    (1.1, 1)
    """
    t = state["t"] + 1
    v = {n: beta1 * state["v"][n] + (1 - beta1) * grads[n] for n in parameters}
    s = {n: beta2 * state["s"][n] + (1 - beta2) * grads[n] ** 2 for n in parameters}
    new = {}
    for n in parameters:
        v_corrected = v[n] / (1 - beta1**t)
        s_corrected = s[n] / (1 - beta2**t)
        new[n] = parameters[n] - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return new, {"t": t, "v": v, "s": s}


class Node:
    """A node of a graph: it knows its kind, its inputs, and a name that no other node has."""

    _numbers: ClassVar[itertools.count[int]] = itertools.count(1)

    def __init__(self, kind: str, *inputs: Node) -> None:
        self.kind = kind
        self.inputs = inputs
        self.name = f"{kind}_{next(Node._numbers)}"

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __add__(self, other: Node | Array | float) -> Operation:
        return Operation("add", self, as_node(other))

    def __mul__(self, other: Node | Array | float) -> Operation:
        return Operation("multiply", self, as_node(other))

    def __matmul__(self, other: Node | Array) -> Operation:
        return Operation("matmul", self, as_node(other))


class Placeholder(Node):
    """A leaf without a value: data that are handed in when the graph is run."""

    def __init__(self) -> None:
        super().__init__("placeholder")


class Variable(Node):
    """A leaf with a value that training may change."""

    def __init__(self, value: Array | float) -> None:
        super().__init__("variable")
        self.value: Any = value


class Constant(Node):
    """A leaf with a value that stays."""

    def __init__(self, value: Array | float) -> None:
        super().__init__("constant")
        self.value = value


class Operation(Node):
    """A node that is computed from others; its kind says how."""


def as_node(value: Node | Array | float) -> Node:
    """Make a constant of a number or an array; leave a node as it is."""
    return value if isinstance(value, Node) else Constant(value)


def relu(a: Node) -> Operation:
    """Make a node that is `a` where it is positive, and 0 elsewhere."""
    return Operation("relu", a)


def softmax_cross_entropy(Z: Node, Y: Node | Array) -> Operation:
    """Make a node for the average cross-entropy of scores `Z` and labels `Y`."""
    return Operation("softmax_cross_entropy", Z, as_node(Y))


def nodes_behind(node: Node) -> dict[str, Node]:
    """Collect a node and all that it depends on, by name.

    Examples
    --------
    >>> x = Variable(2.0)
    >>> sorted(n.kind for n in nodes_behind(x * x + 1.0).values())
    ['add', 'constant', 'multiply', 'variable']
    """
    found: dict[str, Node] = {}
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.name not in found:
            found[one.name] = one
            waiting.extend(one.inputs)
    return found


def plain_graph(node: Node) -> dict[str, tuple[str, ...]]:
    """Write the graph behind a node as plain data, as the functions above want it.

    Examples
    --------
    >>> list(plain_graph(Variable(2.0)).values())
    [('variable',)]
    """
    return {
        name: (one.kind, *(source.name for source in one.inputs))
        for name, one in nodes_behind(node).items()
    }


class Session:
    """Runs graphs.

    Examples
    --------
    >>> x, w = Placeholder(), Variable(3.0)
    >>> Session().run(w * x + 1.0, {x: 2.0})
    7.0
    """

    def run(self, fetch: Node | TrainingStep, feed_dict: Mapping[Node, Any] | None = None) -> Any:
        """Compute a node's value, or take a training step.

        Parameters
        ----------
        fetch : Node or TrainingStep
        feed_dict : dict of Placeholder to ndarray
            The values of the placeholders that `fetch` depends on.

        Returns
        -------
        ndarray or float
            The node's value; None for a training step.
        """
        if isinstance(fetch, TrainingStep):
            grads = self.gradients(fetch.cost, feed_dict)
            return fetch.optimizer.apply(fetch.cost, grads)
        _, _, values, _ = self._forward(fetch, feed_dict)
        return values[fetch.name]

    def gradients(self, cost: Node, feed_dict: Mapping[Node, Any] | None = None) -> dict[str, Any]:
        """Compute the gradient of a cost with respect to every node behind it, by name."""
        graph, order, _, caches = self._forward(cost, feed_dict)
        return backward_pass(graph, order, caches)

    def _forward(
        self, fetch: Node, feed_dict: Mapping[Node, Any] | None
    ) -> tuple[Graph, list[str], dict[str, Any], dict[str, Any]]:
        graph = plain_graph(fetch)
        order = topological_order(graph, fetch.name)
        leaves = {node.name: value for node, value in (feed_dict or {}).items()}
        for node in nodes_behind(fetch).values():
            if isinstance(node, Variable | Constant):
                leaves[node.name] = node.value
            elif isinstance(node, Placeholder) and node.name not in leaves:
                raise ValueError("A placeholder has no value: run(..., {placeholder: value}).")
        return graph, order, *forward_pass(graph, order, leaves)


class TrainingStep:
    """What `minimize` returns: running it in a session improves the variables once."""

    def __init__(self, optimizer: Optimizer, cost: Node) -> None:
        self.optimizer = optimizer
        self.cost = cost


class Optimizer:
    """What all optimizers share."""

    def minimize(self, cost: Node) -> TrainingStep:
        """Make a step that changes the variables behind a cost so that it gets smaller."""
        return TrainingStep(self, cost)

    def apply(self, cost: Node, grads: Mapping[str, Any]) -> None:
        """Change every variable behind a cost, given the gradients."""
        behind = nodes_behind(cost)
        variables = {name: node for name, node in behind.items() if isinstance(node, Variable)}
        new = self.step({name: node.value for name, node in variables.items()}, grads)
        for name, node in variables.items():
            node.value = new[name]

    def step(self, parameters: Mapping[str, Any], grads: Mapping[str, Any]) -> dict[str, Any]:
        """Compute the new values of the variables."""
        raise NotImplementedError


class GradientDescentOptimizer(Optimizer):
    """Gradient descent.

    Examples
    --------
    >>> x = Variable(1.0)
    >>> step = GradientDescentOptimizer(0.1).minimize(x * x)
    >>> Session().run(step)
    >>> round(float(x.value), 4)
    0.8
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate

    def step(self, parameters: Mapping[str, Any], grads: Mapping[str, Any]) -> dict[str, Any]:
        """Take one step of gradient descent."""
        return gradient_descent_step(parameters, grads, self.learning_rate)


class AdamOptimizer(Optimizer):
    """Adam, with its memory.

    Examples
    --------
    >>> x = Variable(1.0)
    >>> step = AdamOptimizer(0.1).minimize(x * x)
    >>> Session().run(step)
    >>> round(float(x.value), 4)
    0.9
    """

    def __init__(self, learning_rate: float = 0.001) -> None:
        self.learning_rate = learning_rate
        self.state: dict[str, Any] = {}

    def step(self, parameters: Mapping[str, Any], grads: Mapping[str, Any]) -> dict[str, Any]:
        """Take one step of Adam, and remember its averages for the next."""
        if not self.state:
            v, s = ({n: np.zeros_like(p) for n, p in parameters.items()} for _ in range(2))
            self.state = {"t": 0, "v": v, "s": s}
        new, self.state = adam_step(parameters, grads, self.state, self.learning_rate)
        return new


def train_softmax(
    X: Array, Y: Array, learning_rate: float, num_iterations: int
) -> tuple[dict[str, Array], list[float]]:
    """Train softmax regression as a graph, from zero weights and biases.

    Parameters
    ----------
    X : ndarray of float, shape (n_x, m)
        One example per column.
    Y : ndarray of float, shape (n_y, m)
        The one-hot labels.
    learning_rate : float
        The length of the steps of gradient descent.
    num_iterations : int
        The number of steps.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The learnt W (n_y, n_x) and b (n_y, 1).
    costs : list of float
        The cost before each step.

    Examples
    --------
    >>> parameters, costs = train_softmax(np.ones((1, 2)), np.eye(2), 0.5, num_iterations=3)
    >>> parameters["b"].shape, round(costs[0], 4)
    ((2, 1), 0.6931)
    """
    x, y = Placeholder(), Placeholder()
    W, b = Variable(np.zeros((Y.shape[0], X.shape[0]))), Variable(np.zeros((Y.shape[0], 1)))
    cost = softmax_cross_entropy(W @ x + b, y)
    step = GradientDescentOptimizer(learning_rate).minimize(cost)
    data: dict[Node, Array] = {x: X, y: Y}
    session, costs = Session(), []
    for _ in range(num_iterations):
        costs.append(session.run(cost, data))
        session.run(step, data)
    return {"W": W.value, "b": b.value}, costs
