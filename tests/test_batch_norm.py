import doctest

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import batch_norm

units, examples, seeds = st.integers(1, 5), st.integers(2, 7), st.integers(0, 1000)


def batch(seed, n, m):
    rng = np.random.default_rng(seed)
    return 3 * rng.normal(size=(n, m)) + 1, rng.normal(size=(n, 1)), rng.normal(size=(n, 1))


def numerical_gradient(function, array, step=1e-6):
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        change = np.zeros_like(array)
        change[index] = step
        gradient[index] = (function(array + change) - function(array - change)) / (2 * step)
    return gradient


def test_docstring_examples():
    assert doctest.testmod(batch_norm).failed == 0


@given(units, examples, seeds)
def test_output_has_the_mean_and_the_spread_that_were_asked_for(n, m, seed):
    Z, gamma, beta = batch(seed, n, m)
    Z_tilde, cache = batch_norm.batchnorm_forward(Z, gamma, beta)
    np.testing.assert_allclose(Z_tilde.mean(axis=1, keepdims=True), beta, atol=1e-10)
    wanted = np.abs(gamma) * np.sqrt(cache["var"] / (cache["var"] + 1e-8))
    np.testing.assert_allclose(Z_tilde.std(axis=1, keepdims=True), wanted)
    np.testing.assert_allclose(cache["var"], Z.var(axis=1, keepdims=True))


@given(units, examples, seeds)
def test_a_bias_and_the_scale_of_the_weights_vanish(n, m, seed):
    Z, gamma, beta = batch(seed, n, m)
    plain, _ = batch_norm.batchnorm_forward(Z, gamma, beta, epsilon=0.0)
    moved, _ = batch_norm.batchnorm_forward(5 * Z + 7 * beta, gamma, beta, epsilon=0.0)
    np.testing.assert_allclose(moved, plain, atol=1e-7)


@given(units, examples, seeds)
@settings(max_examples=30, deadline=None)
def test_gradients_agree_with_the_numerical_ones(n, m, seed):
    Z, gamma, beta = batch(seed, n, m)
    C = np.random.default_rng(seed + 1).normal(size=(n, m))

    def cost(sums, scale, shift):
        return np.sum(C * batch_norm.batchnorm_forward(sums, scale, shift, 0.1)[0])

    cache = batch_norm.batchnorm_forward(Z, gamma, beta, 0.1)[1]
    got = batch_norm.batchnorm_backward(C, cache)
    wanted = (
        numerical_gradient(lambda z: cost(z, gamma, beta), Z),
        numerical_gradient(lambda g: cost(Z, g, beta), gamma),
        numerical_gradient(lambda b: cost(Z, gamma, b), beta),
    )
    for mine, theirs in zip(got, wanted, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-7)


@given(units, examples, seeds)
def test_the_gradient_has_no_slope_along_a_bias(n, m, seed):
    Z, gamma, beta = batch(seed, n, m)
    cache = batch_norm.batchnorm_forward(Z, gamma, beta)[1]
    dZ, _, _ = batch_norm.batchnorm_backward(np.random.default_rng(seed).normal(size=(n, m)), cache)
    np.testing.assert_allclose(dZ.sum(axis=1), 0, atol=1e-8)


def test_one_example_becomes_beta_and_gets_no_gradient():
    Z, gamma, beta = batch(0, 3, 1)
    Z_tilde, cache = batch_norm.batchnorm_forward(Z, gamma, beta)
    np.testing.assert_array_equal(Z_tilde, beta)
    assert not batch_norm.batchnorm_backward(np.ones((3, 1)), cache)[0].any()


def test_moving_averages_tend_to_what_stays_the_same():
    mu, var = np.array([[2.0]]), np.array([[5.0]])
    running = {"mu": np.zeros((1, 1)), "var": np.ones((1, 1))}
    for _ in range(300):
        running = batch_norm.update_moving_averages(running, mu, var)
    np.testing.assert_allclose([running["mu"], running["var"]], [mu, var])


@given(units, examples, seeds)
def test_inference_with_the_statistics_of_a_batch_is_the_forward_pass(n, m, seed):
    Z, gamma, beta = batch(seed, n, m)
    Z_tilde, cache = batch_norm.batchnorm_forward(Z, gamma, beta, 0.01)
    again = batch_norm.batchnorm_inference(Z, gamma, beta, cache, 0.01)
    np.testing.assert_allclose(again, Z_tilde)
    alone = batch_norm.batchnorm_inference(Z[:, :1], gamma, beta, cache, 0.01)
    np.testing.assert_allclose(alone, again[:, :1])
