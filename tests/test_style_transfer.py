"""Style transfer: costs, gradients, and the way back to the image."""

from itertools import pairwise

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import style_transfer
from helpers.checking.outcomes import Arguments, invoke
from helpers.convolution import conv_forward, pool_forward
from helpers.datasets import DataError, load_style_images, load_style_network
from tests.conftest import ROOT

DATA = ROOT / "data"

sizes = st.integers(1, 4)
seeds = st.integers(0, 2**32 - 1)


def activations(seed, *shape):
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 2, (2, 1, *shape))


def slopes(cost, a, step=1e-6):
    found = np.zeros(a.shape)
    for place in np.ndindex(*a.shape):
        up, down = a.copy(), a.copy()
        up[place] += step
        down[place] -= step
        found[place] = (cost(up) - cost(down)) / (2 * step)
    return found


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), max_size=4))
def test_the_receptive_field_is_what_changes_a_number(layers):
    """Count the pixels of a row that one number of the last layer depends on."""
    window = {0}
    for f, stride in reversed(layers):
        window = {place * stride + i for place in window for i in range(f)}
    span = max(window) - min(window) + 1
    assert style_transfer.receptive_field(layers) == span


@given(seeds, sizes, sizes, sizes)
def test_gradients_of_both_costs_agree_with_the_slopes(seed, n_H, n_W, n_C):
    a_S, a_G = activations(seed, n_H, n_W, n_C)
    for cost, gradient in (
        (style_transfer.compute_content_cost, style_transfer.content_cost_gradient),
        (style_transfer.compute_layer_style_cost, style_transfer.layer_style_cost_gradient),
    ):
        measured = slopes(lambda a, cost=cost: cost(a_S, a), a_G)
        np.testing.assert_allclose(gradient(a_S, a_G), measured, rtol=1e-5, atol=1e-7)


@given(seeds, sizes, sizes, sizes)
def test_style_forgets_places_and_content_does_not(seed, n_H, n_W, n_C):
    a_S, a_G = activations(seed, n_H, n_W, n_C)
    order = np.random.default_rng(seed).permutation(n_H * n_W)
    moved = a_G.reshape(1, -1, n_C)[:, order].reshape(a_G.shape)
    before = style_transfer.compute_layer_style_cost(a_S, a_G)
    assert style_transfer.compute_layer_style_cost(a_S, moved) == pytest.approx(before)
    assert style_transfer.compute_layer_style_cost(a_G, moved) == pytest.approx(0, abs=1e-12)
    assert style_transfer.compute_content_cost(a_G, a_G) == 0


@given(seeds, sizes, st.integers(1, 6))
def test_a_gram_matrix_is_symmetric_and_never_negative(seed, n_C, positions):
    G = style_transfer.gram_matrix(np.random.default_rng(seed).normal(size=(n_C, positions)))
    np.testing.assert_allclose(G, G.T)
    assert np.linalg.eigvalsh(G).min() > -1e-9


def run(image, filters):
    """Run an image through layers, as the notebook does."""
    A, outputs, caches = image, [], []
    for layer, (W, b) in enumerate(filters):
        pool_cache = None
        if layer:
            A, pool_cache = pool_forward(A, {"f": 2, "stride": 2}, mode="average")
        Z, conv_cache = conv_forward(A, W, b, {"stride": 1, "pad": 1})
        A = np.maximum(Z, 0)
        outputs.append(A)
        caches.append((pool_cache, conv_cache, Z))
    return outputs, caches


@settings(max_examples=10)
@given(seeds, st.integers(4, 6), st.integers(4, 7))
def test_the_way_back_to_the_image_agrees_with_the_slopes(seed, n_H, n_W):
    rng = np.random.default_rng(seed)
    channels = [2, 3, 2, 1]
    filters = [
        (rng.normal(size=(3, 3, before, after)), rng.normal(size=(1, 1, 1, after)))
        for before, after in pairwise(channels)
    ]
    image = rng.normal(size=(1, n_H, n_W, 2))
    outputs, caches = run(image, filters)
    weights = [rng.normal(size=a.shape) for a in outputs]

    def cost(changed):
        pairs = zip(run(changed, filters)[0], weights, strict=True)
        return sum(np.sum(a * weight) for a, weight in pairs)

    got = style_transfer.image_gradient(weights, caches)
    step = 1e-7
    nearest = min(np.abs(Z).min() for _, _, Z in caches)
    if nearest > 1e-5:  # no kink of ReLU within a step
        np.testing.assert_allclose(got, slopes(cost, image, step), rtol=1e-4, atol=1e-5)


def test_arguments_follow_the_name_of_the_first_parameter():
    args = Arguments((3, 4), editions={"others": ([1], [2])})
    assert invoke(lambda a, b: a + b, args).value == 7
    assert invoke(lambda others, b: others + b, args).value == [1, 2]


def test_the_pictures_have_the_layout_described():
    images = load_style_images(DATA)
    assert {image.shape for image in images.values()} == {(1, 72, 96, 3)}
    assert all(image.min() >= 0 and image.max() <= 1 for image in images.values())
    with h5py.File(DATA / "style_images.h5") as file:
        assert all(picture.attrs["licence"].startswith("CC0") for picture in file.values())


def test_the_network_has_the_layout_described():
    parameters = load_style_network(DATA)
    assert [parameters[f"W{layer}"].shape[3] for layer in range(1, 5)] == [16, 32, 48, 64]
    outputs, _ = run(
        np.concatenate(list(load_style_images(DATA).values())) - 0.5,
        [(parameters[f"W{layer}"], parameters[f"b{layer}"]) for layer in range(1, 5)],
    )
    for a in outputs:
        means = a.mean(axis=(0, 1, 2))
        assert means.max() == pytest.approx(1, abs=1e-3)
        assert np.mean(means > 0.99) > 0.7


@pytest.mark.parametrize(
    "name, broken, message",
    [
        ("style_images", {"cat": np.zeros((4, 5), np.uint8)}, "cat should have shape"),
        ("style_images", {"cat": np.zeros((4, 5, 3))}, "cat should be uint8"),
        ("style_network", {"W2": np.zeros((3, 3, 1, 2))}, "W2 .* do not fit"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, name, broken, message):
    path = tmp_path / f"{name}.h5"
    path.write_bytes((DATA / path.name).read_bytes())
    with h5py.File(path, "r+") as file:
        for key, value in broken.items():
            del file[key]
            file[key] = value
    with pytest.raises(DataError, match=message):
        load_style_images(tmp_path) if name == "style_images" else load_style_network(tmp_path)
