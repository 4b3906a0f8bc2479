"""The given detector: its gradients, its mirror, and that it learns."""

import numpy as np
import pytest

from helpers import detector
from helpers.scenes import make_scenes


def _targets(rng, shape=(2, 2, 3, 2, 7)):
    """Draw targets of which about half of the slots hold an object."""
    targets = rng.uniform(0.1, 0.9, shape)
    targets[..., 5:] = np.eye(shape[-1] - 5)[rng.integers(shape[-1] - 5, size=shape[:-1])]
    targets[..., 0] = 1
    return targets * rng.integers(2, size=(*shape[:-1], 1))


def test_the_gradient_of_the_cost_agrees_with_numerical_slopes():
    rng = np.random.default_rng(0)
    targets = _targets(rng)
    T = rng.normal(size=targets.shape)
    _, dT = detector.detection_cost(T, targets)
    for place in rng.integers(0, targets.shape, size=(40, 5)):
        step = np.zeros(T.shape)
        step[tuple(place)] = 1e-5
        high, low = (detector.detection_cost(T + s, targets)[0] for s in (step, -step))
        assert dT[tuple(place)] == pytest.approx((high - low) / 2e-5, abs=1e-8)


def test_the_gradients_of_the_network_agree_with_numerical_slopes(monkeypatch):
    monkeypatch.setattr(detector, "LAYERS", ((3, 4, 2, 1), (3, 5, 2, 1), (3, 6, 2, 1)))
    rng = np.random.default_rng(1)
    X, targets = rng.random((2, 16, 24, 3)), _targets(rng)
    parameters = detector.initialize_detector(14, seed=2)
    parameters = {name: w.astype(float) for name, w in parameters.items()}

    def cost(parameters):
        Z, _ = detector.forward(parameters, X)
        return detector.detection_cost(Z.reshape(targets.shape), targets)[0]

    Z, caches = detector.forward(parameters, X)
    _, dT = detector.detection_cost(Z.reshape(targets.shape), targets)
    grads = detector.backward(dT.reshape(Z.shape), caches)
    for name, w in parameters.items():
        place = tuple(rng.integers(0, w.shape))
        step = np.zeros(w.shape)
        step[place] = 1e-5
        high, low = (cost(parameters | {name: w + s}) for s in (step, -step))
        assert grads["d" + name][place] == pytest.approx((high - low) / 2e-5, rel=1e-4, abs=1e-7)


def test_empty_slots_cost_by_their_probability_alone():
    rng = np.random.default_rng(3)
    T, empty = rng.normal(size=(1, 2, 3, 2, 7)), np.zeros((1, 2, 3, 2, 7))
    cost, dT = detector.detection_cost(T, empty)
    T[..., 1:] = rng.normal(size=(1, 2, 3, 2, 6))
    assert detector.detection_cost(T, empty)[0] == pytest.approx(cost)
    assert not np.any(dT[..., 1:])


def test_mirroring_twice_changes_nothing():
    rng = np.random.default_rng(4)
    X, targets = rng.random((2, 16, 24, 3)), _targets(rng)
    again = detector.mirrored(*detector.mirrored(X, targets))
    np.testing.assert_allclose(again[0], X)
    np.testing.assert_allclose(again[1], targets)


def test_it_works_in_single_precision_and_learns():
    X, _, _ = make_scenes(16, seed=0)
    rng = np.random.default_rng(5)
    targets = _targets(rng, (16, 6, 8, 2, 9))
    parameters, costs = detector.train_detector(X, targets, epochs=3)
    assert costs[-1] < costs[0]
    assert parameters["W1"].dtype == np.float32
    raw = detector.predict(parameters, X[:3])
    assert raw.shape == (3, 6, 8, 2, 9) and raw.dtype == np.float32
