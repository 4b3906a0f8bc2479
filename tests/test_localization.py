import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import localization, region_pooling, sliding_windows
from helpers.convolution import conv_forward, output_size

NOTEBOOK = Path(__file__).parent.parent / "course" / "notebooks" / "w10_localization.py"
few = settings(max_examples=25, deadline=None)
sizes = st.integers(3, 12)


def _predictions(rng, m, n_classes):
    return localization.localization_activations(rng.normal(size=(5 + n_classes, m)))


def _labels(rng, m, n_classes):
    there = rng.integers(2, size=m)
    one_hot = np.eye(n_classes)[:, rng.integers(n_classes, size=m)]
    return np.vstack([np.ones((1, m)), rng.uniform(size=(4, m)), one_hot]) * there


@few
@given(st.integers(1, 90), st.integers(1, 90), st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_a_label_holds_its_box(n_H, n_W, shares):
    x1, x2 = sorted(shares[:2])
    y1, y2 = sorted(shares[2:])
    box = (x1 * n_W, y1 * n_H, x2 * n_W, y2 * n_H)
    y = localization.localization_label(box, 1, 3, n_H, n_W)
    np.testing.assert_allclose(localization.box_corners(y, n_H, n_W), [box], atol=1e-9)
    assert y[0, 0] == 1 and y[5:, 0].tolist() == [0, 1, 0]


@few
@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 4), st.floats(0.1, 20))
def test_the_gradient_agrees_with_numerical_slopes(seed, m, n_classes, weight):
    rng = np.random.default_rng(seed)
    Z, Y = rng.normal(size=(5 + n_classes, m)), _labels(rng, m, n_classes)

    def cost(Z):
        A = localization.localization_activations(Z)
        return localization.localization_cost(A, Y, weight)

    A = localization.localization_activations(Z)
    dZ = localization.localization_backward(A, Y, weight)
    for place in np.ndindex(Z.shape):
        step = np.zeros(Z.shape)
        step[place] = 1e-6
        assert dZ[place] == pytest.approx((cost(Z + step) - cost(Z - step)) / 2e-6, abs=1e-6)


@few
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_the_cost_does_not_look_at_the_box_of_nothing(seed, m):
    rng = np.random.default_rng(seed)
    A, other = _predictions(rng, m, 3), _predictions(rng, m, 3)
    other[0] = A[0]
    nothing = np.zeros(A.shape)
    first, second = (localization.localization_cost(one, nothing) for one in (A, other))
    assert first == pytest.approx(second)


@few
@given(st.integers(0, 10**6))
def test_the_order_of_the_images_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    A, Y, order = _predictions(rng, 5, 2), _labels(rng, 5, 2), rng.permutation(5)
    shuffled = localization.localization_cost(A[:, order], Y[:, order], 3.0)
    assert shuffled == pytest.approx(localization.localization_cost(A, Y, 3.0))


@few
@given(st.integers(0, 10**6), sizes, sizes)
def test_mirroring_twice_changes_nothing(seed, n_H, n_W):
    rng = np.random.default_rng(seed)
    images, landmarks = rng.random((2, n_H, n_W, 3)), rng.random((2, 5, 2))
    pairs = [(0, 3), (2, 4)]
    once = localization.mirror_landmarks(images, landmarks, pairs)
    again = localization.mirror_landmarks(*once, pairs)
    np.testing.assert_allclose(again[0], images)
    np.testing.assert_allclose(again[1], landmarks)
    assert not np.allclose(once[1], landmarks)


def test_a_mirrored_landmark_points_at_the_same_pixel():
    image = np.zeros((1, 4, 7, 1))
    image[0, 2, 1] = 1
    mirrored, landmarks = localization.mirror_landmarks(image, np.array([[[1.5, 2.5]]]), [])
    x, y = landmarks[0, 0].astype(int)
    assert mirrored[0, y, x, 0] == 1


@few
@given(sizes, sizes, st.integers(1, 3), st.integers(1, 3), st.integers(1, 5))
def test_windows_are_as_many_as_a_convolution_has_places(n_H, n_W, f_H, f_W, stride):
    boxes = sliding_windows.window_boxes(n_H, n_W, f_H, f_W, stride)
    rows, columns = output_size(n_H, f_H, 0, stride), output_size(n_W, f_W, 0, stride)
    assert boxes.shape == (rows * columns, 4)
    assert np.all(boxes[:, 2] - boxes[:, 0] == f_W) and np.all(boxes[:, 3] - boxes[:, 1] == f_H)
    assert boxes.min() >= 0 and boxes[:, 2].max() <= n_W and boxes[:, 3].max() <= n_H


@few
@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(1, 4))
def test_a_dense_layer_is_a_convolution(seed, f_H, f_W):
    rng = np.random.default_rng(seed)
    W, b = rng.normal(size=(4, f_H * f_W * 2)), rng.normal(size=(4, 1))
    image = rng.normal(size=(f_H + 3, f_W + 2, 2))
    filters, biases = sliding_windows.dense_to_convolution(W, b, f_H, f_W)
    at_once = sliding_windows.convolve_map(image[np.newaxis], filters, biases)
    boxes = sliding_windows.window_boxes(*image.shape[:2], f_H, f_W, 1)
    windows = sliding_windows.cut_windows(image, boxes)
    one_by_one = W @ windows.reshape(len(windows), -1).T + b
    np.testing.assert_allclose(at_once.reshape(-1, 4).T, one_by_one)


def test_square_filters_are_those_of_week_8():
    rng = np.random.default_rng(3)
    A, W, b = (
        rng.normal(size=(2, 6, 5, 3)),
        rng.normal(size=(2, 2, 3, 4)),
        rng.normal(size=(1, 1, 1, 4)),
    )
    expected, _ = conv_forward(A, W, b, {"stride": 1, "pad": 0})
    np.testing.assert_allclose(sliding_windows.convolve_map(A, W, b), expected)


def test_multiplications_are_counted_as_they_happen():
    layers = [
        {"f_H": 3, "f_W": 2, "stride": 2, "filters": 4},
        {"f_H": 2, "f_W": 3, "stride": 1, "filters": 5},
    ]
    # 9 x 12 x 2 becomes 4 x 6 x 4, then 3 x 4 x 5.
    wanted = 4 * 6 * 4 * (3 * 2 * 2) + 3 * 4 * 5 * (2 * 3 * 4)
    assert sliding_windows.count_multiplications((9, 12, 2), layers) == wanted


@few
@given(st.integers(0, 20), st.integers(1, 30), st.integers(1, 12))
def test_bins_cover_the_side_and_none_is_empty(start, length, n):
    bins = region_pooling.pooling_bins(start, start + length, n)
    assert len(bins) == n and bins[0][0] == start and bins[-1][1] == start + length
    assert all(low < high for low, high in bins)
    assert all(second[0] <= first[1] for first, second in itertools.pairwise(bins))
    longest = max(high - low for low, high in bins)
    assert longest <= length / n + 2


@few
@given(st.integers(0, 10**6))
def test_pooling_the_whole_map_in_its_own_size_changes_nothing(seed):
    A = np.random.default_rng(seed).normal(size=(4, 6, 2))
    np.testing.assert_array_equal(region_pooling.roi_max_pool(A, (0, 0, 6, 4), 4, 6), A)


@few
@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(1, 4))
def test_the_way_back_agrees_with_numerical_slopes(seed, out_H, out_W):
    rng = np.random.default_rng(seed)
    A, roi = rng.permutation(40).reshape(5, 4, 2).astype(float), (1, 0, 4, 5)
    dout = rng.normal(size=(out_H, out_W, 2))
    dA = region_pooling.roi_max_pool_backward(dout, A, roi)
    for place in np.ndindex(A.shape):
        step = np.zeros(A.shape)
        step[place] = 1e-3
        high, low = (
            np.sum(dout * region_pooling.roi_max_pool(A + s, roi, out_H, out_W))
            for s in (step, -step)
        )
        assert dA[place] == pytest.approx((high - low) / 2e-3, abs=1e-6)


@few
@given(st.integers(2, 3000), st.lists(st.floats(0.1, 9), min_size=5, max_size=5))
def test_each_generation_is_faster(n, times):
    image, region, head, search, proposals = times
    costs = region_pooling.region_costs(
        n, image, region + image / n, head, search + proposals, proposals
    )
    r_cnn, fast, faster = costs.values()
    assert r_cnn > fast > faster


def _notebook():
    """Run the definitions of the notebook's given cells, with the references in place."""
    source = NOTEBOOK.read_text("utf-8")
    cells = re.split(r"^# %%.*$", source, flags=re.MULTILINE)
    wanted = [
        c
        for c in cells
        if re.search(r"^def (make_set|train|edge_errors|slide|regions_of)", c, re.M)
    ]
    names = {}
    for module in (localization, sliding_windows, region_pooling):
        names |= vars(module)
    setup = next(c for c in cells if "from helpers import datasets" in c).split("check =")[0]
    exec(setup, names)
    exec("HEIGHT, WIDTH, N_CLASSES = 47, 63, len(CLASS_NAMES)", names)
    for cell in wanted:
        exec(cell, names)
    return names


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_the_margins_of_the_notebook_hold_under_other_seeds(seed):
    notebook = _notebook()
    X_train, Y_train = notebook["make_set"](3200, 10 * seed, "train")
    X_test, Y_test = notebook["make_set"](400, 10 * seed + 1, "test")
    p, _ = notebook["train"](X_train, Y_train, seed)
    results = notebook["evaluate"](p, X_test, Y_test, Y_train)
    print(seed, {name: [round(float(n), 1) for n in both] for name, both in results.items()})
    found, kinds, edges = results.values()
    assert found[0] > found[1] + 25
    assert kinds[0] > kinds[1] + 35
    assert edges[0] < 0.6 * edges[1]
    right, usual, _ = notebook["region_accuracy"](p)
    print(seed, "regions", right, usual)
    assert right > usual + 35
    scene = notebook["make_scenes"](1, seed, size=(111, 191), objects=(4, 4), scale=(0.18, 0.3))[0][
        0
    ]
    slow, fast = notebook["slide_slowly"](scene, p), notebook["slide_at_once"](scene, p)
    np.testing.assert_allclose(slow, fast, atol=1e-3)
