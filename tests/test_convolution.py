"""Convolution and pooling: against loops, against scipy, and against numerical slopes."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d, correlate2d

import autograder
from autograder.exercises import load
from autograder.questions import make_question
from helpers import convolution
from helpers.checking.judging import judge_function

Drawn = tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, int]]


@st.composite
def layers(draw: st.DrawFn) -> Drawn:
    """Draw a layer's input, filters, biases and hyperparameters; f fits by construction."""
    f, stride = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    pad = draw(st.integers(0, 2))
    m, n_C_prev, n_C = (draw(st.integers(1, 3)) for _ in range(3))
    n_H, n_W = (draw(st.integers(max(1, f - 2 * pad), 6)) for _ in range(2))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    A_prev = rng.normal(size=(m, n_H, n_W, n_C_prev))
    W, b = rng.normal(size=(f, f, n_C_prev, n_C)), rng.normal(size=(1, 1, 1, n_C))
    return A_prev, W, b, {"stride": stride, "pad": pad}


def by_loops(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """Convolve one output number at a time."""
    f = W.shape[0]
    padded = convolution.zero_pad(A_prev, pad)
    n_H, n_W = (convolution.output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    Z = np.zeros((len(A_prev), n_H, n_W, W.shape[3]))
    for i, h, w, c in np.ndindex(Z.shape):
        top, left = h * stride, w * stride
        window = padded[i, top : top + f, left : left + f]
        Z[i, h, w, c] = convolution.conv_single_step(window, W[..., c], b[..., c])
    return Z


def slope(f, x: np.ndarray) -> np.ndarray:
    """Central differences of a function of an array."""
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = 1e-6
        grad[index] = (f(x + step) - f(x - step)) / 2e-6
    return grad


@given(layers())
@settings(max_examples=40, deadline=None)
def test_conv_forward_agrees_with_loops(layer: Drawn) -> None:
    A_prev, W, b, hparameters = layer
    Z, cache = convolution.conv_forward(A_prev, W, b, hparameters)
    np.testing.assert_allclose(Z, by_loops(A_prev, W, b, **hparameters), atol=1e-12)
    assert cache[0] is A_prev and cache[1] is W and cache[3] == hparameters


@given(layers())
@settings(max_examples=25, deadline=None)
def test_conv_backward_is_the_slope(layer: Drawn) -> None:
    A_prev, W, b, hparameters = layer
    Z, cache = convolution.conv_forward(A_prev, W, b, hparameters)
    dZ = np.random.default_rng(0).normal(size=Z.shape)
    dA_prev, dW, db = convolution.conv_backward(dZ, cache)

    def cost(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
        return float(np.sum(dZ * convolution.conv_forward(A_prev, W, b, hparameters)[0]))

    np.testing.assert_allclose(dA_prev, slope(lambda x: cost(x, W, b), A_prev), atol=1e-6)
    np.testing.assert_allclose(dW, slope(lambda x: cost(A_prev, x, b), W), atol=1e-6)
    np.testing.assert_allclose(db, slope(lambda x: cost(A_prev, W, x), b), atol=1e-6)


@given(layers(), st.sampled_from(["max", "average"]))
@settings(max_examples=40, deadline=None)
def test_pooling_agrees_with_loops_and_slopes(layer: Drawn, mode: str) -> None:
    A_prev, W, _, hparameters = layer
    f, stride = min(W.shape[0], *A_prev.shape[1:3]), hparameters["stride"]
    A, cache = convolution.pool_forward(A_prev, {"f": f, "stride": stride}, mode)
    expected = np.zeros(A.shape)
    for i, h, w, c in np.ndindex(A.shape):
        window = A_prev[i, h * stride : h * stride + f, w * stride : w * stride + f, c]
        expected[i, h, w, c] = window.max() if mode == "max" else window.mean()
    np.testing.assert_allclose(A, expected, atol=1e-12)
    dA = np.random.default_rng(0).normal(size=A.shape)
    numerical = slope(
        lambda x: float(np.sum(dA * convolution.pool_forward(x, cache[1], mode)[0])), A_prev
    )
    np.testing.assert_allclose(convolution.pool_backward(dA, cache, mode), numerical, atol=1e-6)


@given(layers())
@settings(max_examples=25, deadline=None)
def test_backward_is_the_transpose_of_forward(layer: Drawn) -> None:
    A_prev, W, b, hparameters = layer
    Z, cache = convolution.conv_forward(A_prev, W, 0 * b, hparameters)
    dZ = np.random.default_rng(1).normal(size=Z.shape)
    dA_prev, dW, _ = convolution.conv_backward(dZ, cache)
    assert np.sum(dZ * Z) == pytest.approx(np.sum(dA_prev * A_prev))
    assert np.sum(dZ * Z) == pytest.approx(np.sum(dW * W))


@pytest.mark.parametrize("shape", [(4, 6), (5, 3)])
def test_two_dimensional_filters_agree_with_scipy(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(3)
    image, kernel = rng.normal(size=shape), rng.normal(size=(3, 2))
    for ours, theirs in (
        (convolution.cross_correlate, correlate2d),
        (convolution.convolve, convolve2d),
    ):
        np.testing.assert_allclose(ours(image, kernel), theirs(image, kernel, "valid"), atol=1e-12)


def test_full_padding_and_flipped_filters_undo_the_direction() -> None:
    """At stride 1, dA_prev is dZ padded by f - 1 and convolved, as mathematics has it."""
    rng = np.random.default_rng(4)
    A_prev, W = rng.normal(size=(1, 5, 6, 1)), rng.normal(size=(3, 3, 1, 1))
    Z, cache = convolution.conv_forward(A_prev, W, np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0})
    dZ = rng.normal(size=Z.shape)
    expected = convolve2d(dZ[0, :, :, 0], W[:, :, 0, 0], "full")
    np.testing.assert_allclose(convolution.conv_backward(dZ, cache)[0][0, :, :, 0], expected)


def test_output_size_counts_the_windows() -> None:
    for n, f, pad, stride in product(range(1, 7), range(1, 4), range(3), range(1, 4)):
        if n + 2 * pad >= f:
            starts = range(0, n + 2 * pad - f + 1, stride)
            assert convolution.output_size(n, f, pad, stride) == len(starts)


def test_equal_largest_numbers_are_all_marked() -> None:
    x = np.array([[2.0, 1.0], [2.0, 0.0]])
    assert convolution.create_mask_from_window(x).tolist() == [[True, False], [True, False]]
    A_prev = x.reshape(1, 2, 2, 1)
    _, cache = convolution.pool_forward(A_prev, {"f": 2, "stride": 1})
    dA_prev = convolution.pool_backward(np.full((1, 1, 1, 1), 3.0), cache)
    assert dA_prev.ravel().tolist() == [3.0, 0.0, 3.0, 0.0]


def test_single_precision_stays_single() -> None:
    rng = np.random.default_rng(5)
    A_prev, W = rng.normal(size=(2, 5, 4, 3)), rng.normal(size=(3, 3, 3, 2))
    arrays = [a.astype(np.float32) for a in (A_prev, W, np.zeros((1, 1, 1, 2)))]
    Z, cache = convolution.conv_forward(*arrays, {"stride": 2, "pad": 1})
    A, pool_cache = convolution.pool_forward(Z, {"f": 2, "stride": 1}, "average")
    results = [Z, A, *convolution.conv_backward(Z, cache), convolution.pool_backward(A, pool_cache)]
    assert {a.dtype for a in results} == {np.dtype(np.float32)}


def test_pooling_does_not_hand_back_its_input() -> None:
    A_prev = np.ones((1, 2, 3, 1))
    for mode in ("max", "average"):
        A, _ = convolution.pool_forward(A_prev, {"f": 1, "stride": 1}, mode)
        assert not np.shares_memory(A, A_prev)


def test_lenet_counts_as_published() -> None:
    """LeCun et al. 1998, section II.B: C1 has 156 parameters, 122,304 connections."""
    counts = convolution.layer_counts((32, 32, 1), f=5, n_C=6, stride=1)
    assert (counts["parameters"], counts["connections"]) == (156, 122304)


def test_counts_are_those_of_real_layers() -> None:
    counts = convolution.layer_counts((7, 5, 3), f=3, n_C=4, stride=2)
    A_prev, W = np.ones((1, 7, 5, 3)), np.ones((3, 3, 3, 4))
    Z, _ = convolution.conv_forward(A_prev, W, np.ones((1, 1, 1, 4)), {"stride": 2, "pad": 0})
    # With ones everywhere, every connection adds one.
    assert counts["outputs"] == Z.size and counts["connections"] == Z.sum()
    assert counts["parameters"] == W.size + 4
    assert counts["dense"] == (A_prev.size + 1) * Z.size


def test_the_classic_slice_that_fails_without_padding_gets_advice_and_full_marks() -> None:
    source = Path(autograder.__file__).parent / "strangers" / "w08_convolution" / "classic.py"
    names: dict[str, Any] = {"np": np}
    exec(compile(source.read_text("utf-8"), source.name, "exec"), names)
    exercise = load("w08_convolution")["conv_backward"]
    verdict = judge_function(make_question(exercise, "padding", 12), names["conv_backward"])
    assert verdict.passed and verdict.earned == exercise.points
    advice = [finding for finding in verdict.findings if not finding.ok]
    assert [(f.points, "pad:-pad" in f.hint) for f in advice] == [(0, True)]
