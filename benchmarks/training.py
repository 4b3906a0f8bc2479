"""What the loops of weeks 3 to 6 cost, beside the least that any code could do there.

A step of training is measured by its bare matrix products, an optimizer by gradient descent, the
framework by the same model written by hand; and vectorised code by a loop over the examples.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from alternating import Race, ratio
from rich.console import Console
from rich.table import Table

from autograder.records import write_whole
from helpers import batch_norm, computation_graph, deep, optimization, regularization
from helpers.softmax_regression import cross_entropy, one_hot, softmax, softmax_gradients

RESULT = Path(__file__).parent / "results" / "training.json"
LAYER_DIMS = [12288, 20, 7, 5, 1]  # week 3's network on week 1's images
EXAMPLES = 200
RNG = np.random.default_rng(0)


def _step(X: np.ndarray, Y: np.ndarray, parameters: dict) -> dict:
    AL, caches = deep.L_model_forward(X, parameters)
    deep.compute_cost(AL, Y)
    grads = deep.L_model_backward(AL, Y, caches)
    return deep.update_parameters(parameters, grads, 0.0075)


def _products(X: np.ndarray, parameters: dict) -> Callable[[], None]:
    """Give the matrix products of one step, and nothing else of it."""
    weights = [W for name, W in parameters.items() if name[0] == "W"]
    values = [X, *(RNG.standard_normal((W.shape[0], X.shape[1])) for W in weights)]

    def multiply() -> None:
        for W, A_prev, dZ in zip(weights, values, values[1:], strict=False):
            W @ A_prev, dZ @ A_prev.T, W.T @ dZ

    return multiply


def _by_example(X: np.ndarray, Y: np.ndarray, parameters: dict) -> Callable[[], None]:
    """Give the same step as a loop over the examples."""
    columns = [slice(i, i + 1) for i in range(X.shape[1])]

    def loop() -> None:
        for i in columns:
            AL, caches = deep.L_model_forward(X[:, i], parameters)
            deep.L_model_backward(AL, Y[:, i], caches)

    return loop


def deep_network() -> list[Race]:
    """Race week 3's step."""
    X = RNG.random((LAYER_DIMS[0], EXAMPLES))
    Y = RNG.integers(0, 2, (1, EXAMPLES))
    parameters = deep.initialize_parameters_scaled(LAYER_DIMS)
    step = lambda: _step(X, Y, parameters)  # noqa: E731
    products = _products(X, parameters)
    return [
        Race("a step of week 3's network", "its matrix products", step, products),
        Race("a loop over its examples", "the step", _by_example(X, Y, parameters), step),
    ]


def dropout() -> list[Race]:
    """Race week 4's dropout against the network without it."""
    X, Y = RNG.standard_normal((2, 211)), RNG.integers(0, 2, (1, 211))
    parameters = deep.initialize_parameters_scaled([2, 20, 3, 1])

    def without() -> None:
        _, cache = regularization.forward_propagation(X, parameters)
        regularization.backward_propagation(X, Y, cache)

    def with_dropout() -> None:
        _, cache = regularization.forward_propagation_with_dropout(X, parameters, 0.8)
        regularization.backward_propagation_with_dropout(X, Y, cache, 0.8)

    return [Race("week 4's network with dropout", "without", with_dropout, without)]


def optimizers() -> list[Race]:
    """Race week 5's optimizers against gradient descent, and dealing against training."""
    parameters = {"W1": RNG.standard_normal((100, 784)), "b1": np.zeros((100, 1))}
    grads = {f"d{name}": RNG.standard_normal(value.shape) for name, value in parameters.items()}
    velocity, (v, s) = (
        optimization.initialize_velocity(parameters),
        optimization.initialize_adam(parameters),
    )
    descend = lambda: optimization.update_parameters_with_gd(parameters, grads, 0.1)  # noqa: E731
    momentum = lambda: optimization.update_parameters_with_momentum(  # noqa: E731
        parameters, grads, velocity, 0.9, 0.1
    )
    adam = lambda: optimization.update_parameters_with_adam(parameters, grads, v, s, 2)  # noqa: E731
    X, Y = RNG.standard_normal((784, 2048)), RNG.integers(0, 2, (1, 2048))
    deal = lambda: optimization.random_mini_batches(X, Y, 64)  # noqa: E731
    return [
        Race("momentum", "gradient descent", momentum, descend),
        Race("Adam", "gradient descent", adam, descend),
        Race("dealing out mini-batches", "one copy of the examples", deal, X.copy),
    ]


def normalization() -> list[Race]:
    """Race week 6's batch norm against the layer it follows."""
    W, A = RNG.standard_normal((128, 256)), RNG.standard_normal((256, 256))
    gamma, beta = np.ones((128, 1)), np.zeros((128, 1))
    Z = W @ A

    def normalize() -> None:
        out, cache = batch_norm.batchnorm_forward(Z, gamma, beta)[:2]
        batch_norm.batchnorm_backward(out, cache)

    def layer() -> None:
        W @ A, Z @ A.T, W.T @ Z

    return [Race("batch norm, forward and backward", "the layer's products", normalize, layer)]


def framework() -> list[Race]:
    """Race week 6's framework against the same softmax regression by hand."""
    X, Y = RNG.random((64, 1000)), one_hot(RNG.integers(0, 10, 1000), 10)
    graph = computation_graph
    W, b = graph.Variable(np.zeros((10, 64))), graph.Variable(np.zeros((10, 1)))
    cost = graph.softmax_cross_entropy(W @ graph.Constant(X) + b, Y)
    train, session = graph.GradientDescentOptimizer(0.1).minimize(cost), graph.Session()
    parameters = {"W": np.zeros((10, 64)), "b": np.zeros((10, 1))}

    def by_hand() -> None:
        A = softmax(parameters["W"] @ X + parameters["b"])
        cross_entropy(A, Y)
        grads = softmax_gradients(X, A, Y)
        for name in parameters:
            parameters[name] = parameters[name] - 0.1 * grads[f"d{name}"]

    by_graph = lambda: session.run(train)  # noqa: E731
    return [Race("softmax regression as a graph", "by hand", by_graph, by_hand)]


def main() -> None:
    """Run all races, print and keep what came of them."""
    table = Table("what", "against", "times as long")
    results = []
    for races in (deep_network, dropout, optimizers, normalization, framework):
        for race in races():
            took = round(ratio(race), 2)
            results.append({"what": race.what, "against": race.against, "ratio": took})
            table.add_row(race.what, race.against, f"{took:.2f}")
    Console().print(table)
    write_whole(RESULT, json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
