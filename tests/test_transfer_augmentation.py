import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from helpers import batch_augmentation, transfer
from helpers.activations import relu
from helpers.convolution import conv_forward

seeds, sizes = st.integers(0, 1000), st.integers(1, 6)


def images(seed, m=3, n_H=4, n_W=5, n_C=3):
    return np.random.default_rng(seed).random((m, n_H, n_W, n_C))


@given(seeds, sizes, sizes)
def test_mirroring_twice_changes_nothing(seed, m, n_W):
    X, chosen = images(seed, m, n_W=n_W), np.random.default_rng(seed).random(m) < 0.5
    once = batch_augmentation.mirror_images(X, chosen)
    np.testing.assert_array_equal(once[~chosen], X[~chosen])
    np.testing.assert_array_equal(once[chosen], np.flip(X[chosen], axis=2))
    np.testing.assert_array_equal(batch_augmentation.mirror_images(once, chosen), X)


@given(seeds, st.integers(1, 4), st.integers(1, 5))
def test_a_crop_is_a_part_of_its_image(seed, height, width):
    X, rng = images(seed), np.random.default_rng(seed)
    tops, lefts = rng.integers(0, 5 - height, 3), rng.integers(0, 6 - width, 3)
    got = batch_augmentation.crop_images(X, tops, lefts, height, width)
    for image, part, top, left in zip(X, got, tops, lefts, strict=True):
        np.testing.assert_array_equal(image[top : top + height, left : left + width], part)


@given(seeds)
def test_colours_stay_between_0_and_1_and_small_shifts_come_back(seed):
    X, shifts = images(seed), np.random.default_rng(seed).normal(size=(3, 3))
    shifted = batch_augmentation.color_shift(X, shifts)
    assert shifted.min() >= 0
    assert shifted.max() <= 1
    middle, small = 0.3 + 0.4 * X, np.clip(shifts, -0.2, 0.2)
    there = batch_augmentation.color_shift(middle, small)
    np.testing.assert_allclose(batch_augmentation.color_shift(there, -small), middle)


@given(seeds, st.integers(1, 4))
def test_the_covariance_is_numpys(seed, m):
    X = images(seed, m)
    wanted = np.cov(X.reshape(-1, 3).T, bias=True)
    np.testing.assert_allclose(batch_augmentation.color_covariance(X), wanted, atol=1e-12)


@given(seeds)
def test_shifts_along_components_vary_as_the_colours_do(seed):
    """With random numbers of variance 1 / eigenvalue the shifts have the colours' covariance."""
    X, rng = images(seed, m=6), np.random.default_rng(seed)
    covariance = batch_augmentation.color_covariance(X)
    values, vectors = np.linalg.eigh(covariance)
    alphas = np.linalg.qr(rng.normal(size=(9, 3)))[0] / np.sqrt(values)
    small = 1e-3 * alphas
    grey = np.full((9, 2, 3, 3), 0.5)
    shifts = batch_augmentation.pca_color_shift(grey, values, vectors, small)[:, 0, 0] - 0.5
    np.testing.assert_allclose(shifts.T @ shifts * 1e6, covariance, atol=1e-9)


@given(seeds, st.integers(1, 4), st.integers(1, 5))
def test_ten_crops_are_five_and_their_mirror_images(seed, height, width):
    image = images(seed)[0]
    views = batch_augmentation.ten_crops(image, height, width)
    assert views.shape == (10, height, width, 3)
    np.testing.assert_array_equal(views[5:], views[:5, :, ::-1])
    corners = [image[:height, :width], image[:height, -width:]]
    corners += [image[-height:, :width], image[-height:, -width:]]
    np.testing.assert_array_equal(views[:4], corners)
    top, left = (4 - height) // 2, (5 - width) // 2
    np.testing.assert_array_equal(views[4], image[top : top + height, left : left + width])


def network(seed):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (3, 3, 3, 2), "b1": (1, 1, 1, 2), "W2": (1, 1, 2, 4), "b2": (1, 1, 1, 4)}
    shapes |= {"W3": (3, 3, 4, 3), "b3": (1, 1, 1, 3), "W4": (5, 3), "b4": (5, 1)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


@given(seeds, st.integers(0, 3))
def test_stored_activations_lead_to_the_same_end(seed, stored):
    X, parameters = images(seed), network(seed)
    wanted, caches = transfer.run_layers(X, parameters, 1, 3)
    halfway, before = transfer.run_layers(X, parameters, 1, stored)
    got, after = transfer.run_layers(halfway, parameters, stored + 1, 3)
    np.testing.assert_array_equal(got, wanted)
    assert len(before) + len(after) == len(caches) == 3
    Z, _ = conv_forward(X, parameters["W1"], parameters["b1"], {"stride": 2, "pad": 1})
    np.testing.assert_array_equal(caches[0][1], Z)
    np.testing.assert_array_equal(caches[1][0][0], relu(Z))


@given(seeds, sizes)
def test_only_the_softmax_layer_is_new(seed, n_classes):
    old = network(seed)
    new = transfer.replace_softmax(old, n_classes)
    assert new["W4"].shape == (n_classes, 3)
    assert not new["W4"].any()
    assert new["b4"].shape == (n_classes, 1)
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        np.testing.assert_array_equal(new[name], old[name])
        assert new[name] is not old[name]


@given(seeds, st.integers(0, 4))
def test_a_step_moves_as_many_numbers_as_are_trainable(seed, frozen):
    parameters = network(seed)
    grads = {"d" + name: np.ones_like(value) for name, value in parameters.items()}
    new = transfer.fine_tune_step(parameters, grads, 0.5, frozen)
    moved = sum(int(np.sum(new[name] != parameters[name])) for name in parameters)
    assert moved == transfer.trainable_count(parameters, frozen)
