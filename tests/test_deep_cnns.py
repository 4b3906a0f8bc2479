import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import architectures, inception, residual
from helpers.convolution import conv_forward, output_size, pool_forward

seeds, sizes, odd = st.integers(0, 1000), st.integers(3, 6), st.sampled_from([1, 3, 5])

CONV = {"kind": "conv"}
POOL = {"kind": "pool", "pad": 0}


def conv(f, filters, stride=1, pad=0):
    return {"kind": "conv", "f": f, "stride": stride, "pad": pad, "filters": filters}


def pool(f, stride):
    return {"kind": "pool", "f": f, "stride": stride, "pad": 0}


def dense(*units):
    return [{"kind": "dense", "units": n} for n in units]


LRN = {"kind": "lrn"}
LENET_5 = [conv(5, 6), pool(2, 2), conv(5, 16), pool(2, 2), *dense(120, 84, 10)]
ALEXNET = [
    *[conv(11, 96, stride=4), LRN, pool(3, 2), conv(5, 256, pad=2), LRN, pool(3, 2)],
    *[conv(3, 384, pad=1), conv(3, 384, pad=1), conv(3, 256, pad=1), pool(3, 2)],
    *dense(4096, 4096, 1000),
]
VGG_16 = [
    layer
    for times, filters in [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
    for layer in [*[conv(3, filters, pad=1)] * times, pool(2, 2)]
] + dense(4096, 4096, 1000)


@pytest.mark.parametrize(
    "shape, layers, total",
    [
        ((32, 32, 1), LENET_5, 61_706),
        ((227, 227, 3), ALEXNET, 62_378_344),
        ((224, 224, 3), VGG_16, 138_357_544),
    ],
)
def test_the_published_networks_have_the_known_number_of_parameters(shape, layers, total):
    assert sum(architectures.parameter_count(shape, layers)) == total


def test_alexnet_in_two_halves_is_the_published_one():
    """Convolutions 2, 4 and 5 saw only the channels on their own card: half of the weights."""
    counts = architectures.parameter_count((227, 227, 3), ALEXNET)
    shared = [counts[3] - 256, counts[7] - 384, counts[8] - 256]
    assert sum(counts) - sum(shared) // 2 == 60_965_224


def test_shapes_of_the_published_networks():
    assert architectures.layer_shapes((32, 32, 1), LENET_5)[3] == (5, 5, 16)
    assert architectures.layer_shapes((227, 227, 3), ALEXNET)[9] == (6, 6, 256)
    assert architectures.layer_shapes((224, 224, 3), VGG_16)[17] == (7, 7, 512)


@given(seeds, sizes, sizes, odd, st.integers(1, 3), st.integers(0, 2))
def test_shapes_and_counts_are_those_of_real_layers(seed, n_H, n_W, f, stride, pad):
    if min(n_H, n_W) + 2 * pad < f:
        return
    rng = np.random.default_rng(seed)
    W, b = rng.normal(size=(f, f, 2, 3)), rng.normal(size=(1, 1, 1, 3))
    Z, _ = conv_forward(rng.normal(size=(1, n_H, n_W, 2)), W, b, {"stride": stride, "pad": pad})
    layers = [LRN, conv(f, 3, stride, pad), *dense(4)]
    assert architectures.layer_shapes((n_H, n_W, 2), layers) == [(n_H, n_W, 2), Z.shape[1:], (4,)]
    counts = architectures.parameter_count((n_H, n_W, 2), layers)
    assert counts == [0, W.size + b.size, 4 * (Z.size + 1)]
    cost = architectures.convolution_cost((n_H, n_W, 2), f, 3, stride, pad)
    assert cost == Z.size * W[..., 0].size


def test_the_bottleneck_of_inception_saves_nine_tenths():
    full = architectures.convolution_cost((28, 28, 192), 5, 32, 1, 2)
    assert full == 120_422_400
    assert architectures.bottleneck_cost((28, 28, 192), 5, 32, 16) == 2_408_448 + 10_035_200


@given(seeds, st.integers(1, 7), st.sampled_from([1, 3, 5, 9]))
def test_local_response_normalization_is_what_the_paper_writes(seed, channels, n):
    A = np.random.default_rng(seed).normal(size=(2, 3, 2, channels))
    wanted = np.empty_like(A)
    for i in range(channels):
        low, high = max(0, i - n // 2), min(channels - 1, i + n // 2)
        total = sum(A[..., j] ** 2 for j in range(low, high + 1))
        wanted[..., i] = A[..., i] / (2 + 0.3 * total) ** 0.75
    got = architectures.local_response_normalization(A, alpha=0.3, n=n)
    np.testing.assert_allclose(got, wanted)


def block(seed, f, g, projection):
    rng = np.random.default_rng(seed)
    last = 4 if projection else 2
    shapes = {"W1": (f, f, 2, 3), "b1": (1, 1, 1, 3), "W2": (g, g, 3, last), "b2": (1, 1, 1, last)}
    if projection:
        shapes |= {"Ws": (1, 1, 2, last), "bs": (1, 1, 1, last)}
    return rng.normal(size=(2, 4, 3, 2)), {n: rng.normal(size=s) for n, s in shapes.items()}


def slope(function, array, step=1e-6):
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        change = np.zeros_like(array)
        change[index] = step
        gradient[index] = (function(array + change) - function(array - change)) / (2 * step)
    return gradient


@given(seeds, odd, odd, st.sampled_from([0, 1, 2]))
@settings(max_examples=15, deadline=None)
def test_the_gradients_of_blocks_are_the_slopes(seed, f, g, stride):
    """Stride 0 stands for the identity block."""
    A_prev, parameters = block(seed, f, g, projection=stride > 0)
    forward, backward, more = residual.identity_block_forward, residual.identity_block_backward, ()
    if stride:
        forward, backward = residual.projection_block_forward, residual.projection_block_backward
        more = (stride,)
    A, cache = forward(A_prev, parameters, *more)
    dA = np.random.default_rng(seed + 1).normal(size=A.shape)
    dA_prev, grads = backward(dA, cache)

    def cost(x, changed):
        return np.sum(dA * forward(x, parameters | changed, *more)[0])

    close = {"rtol": 1e-4, "atol": 1e-5}
    np.testing.assert_allclose(dA_prev, slope(lambda x: cost(x, {}), A_prev), **close)
    assert grads.keys() == {"d" + name for name in parameters}
    for name, value in parameters.items():
        wanted = slope(lambda v, name=name: cost(A_prev, {name: v}), value)
        np.testing.assert_allclose(grads["d" + name], wanted, **close)


@given(seeds)
def test_a_block_of_zeros_passes_what_is_positive_and_all_of_the_gradient(seed):
    A_prev, parameters = block(seed, 3, 3, projection=False)
    zeros = {name: np.zeros_like(value) for name, value in parameters.items()}
    A, cache = residual.identity_block_forward(np.abs(A_prev), zeros)
    np.testing.assert_array_equal(A, np.abs(A_prev))
    dA_prev, _ = residual.identity_block_backward(A_prev, cache)
    np.testing.assert_array_equal(dA_prev, A_prev)


@given(seeds, st.sampled_from([1, 2, 3]))
def test_a_projection_that_changes_nothing_is_an_identity_block(seed, stride):
    A_prev, parameters = block(seed, 3, 1, projection=False)
    eye = {"Ws": np.eye(2).reshape(1, 1, 2, 2), "bs": np.zeros((1, 1, 1, 2))}
    A, _ = residual.projection_block_forward(A_prev, parameters | eye, stride=1)
    np.testing.assert_allclose(A, residual.identity_block_forward(A_prev, parameters)[0])
    strided, _ = residual.projection_block_forward(A_prev, parameters | eye, stride)
    assert strided.shape[1] == output_size(4, 3, pad=1, stride=stride)


@given(seeds, sizes, sizes)
def test_a_1x1_convolution_is_a_convolution(seed, n_H, n_W):
    rng = np.random.default_rng(seed)
    A_prev, W = rng.normal(size=(2, n_H, n_W, 3)), rng.normal(size=(1, 1, 3, 4))
    b = rng.normal(size=(1, 1, 1, 4))
    wanted, _ = conv_forward(A_prev, W, b, {"stride": 1, "pad": 0})
    np.testing.assert_allclose(inception.conv_1x1(A_prev, W, b), wanted)


@given(seeds, sizes, sizes)
def test_inception_stacks_its_branches(seed, n_H, n_W):
    rng = np.random.default_rng(seed)
    A_prev = np.abs(rng.normal(size=(2, n_H, n_W, 3)))
    sizes = {"1": (1, 3, 2), "3_reduce": (1, 3, 1), "3": (3, 1, 4), "5_reduce": (1, 3, 2)}
    sizes |= {"5": (5, 2, 3), "_pool": (1, 3, 1)}
    p = {f"W{name}": rng.normal(size=(f, f, c, k)) for name, (f, c, k) in sizes.items()}
    p |= {f"b{name}": rng.normal(size=(1, 1, 1, k)) for name, (_, _, k) in sizes.items()}

    def layer(A, name):
        pad = p["W" + name].shape[0] // 2
        return np.maximum(
            conv_forward(A, p["W" + name], p["b" + name], {"stride": 1, "pad": pad})[0], 0
        )

    lowest = np.pad(A_prev, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    pooled, _ = pool_forward(lowest, {"f": 3, "stride": 1})
    branches = [layer(A_prev, "1"), layer(layer(A_prev, "3_reduce"), "3")]
    branches += [layer(layer(A_prev, "5_reduce"), "5"), layer(pooled, "_pool")]
    got = inception.inception_forward(A_prev, p)
    np.testing.assert_allclose(got, np.concatenate(branches, axis=3))
