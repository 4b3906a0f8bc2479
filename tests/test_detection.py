"""Boxes, anchors, grids and average precision: properties, and by hand; what hidden cases hold."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import autograder
from autograder.exercises import load
from autograder.questions import HIDDEN_CASES, draw, make_question
from helpers import anchors, boxes, detection_metrics, yolo
from helpers.checking.judging import Verdict, judge_function
from helpers.checking.outcomes import Arguments

NOTEBOOK = "w10_detection"
NO_BOX = np.zeros((0, 4))
sides = st.floats(0.1, 10)
places = st.floats(-20, 20)


@st.composite
def one_box(draw: st.DrawFn) -> tuple[float, float, float, float]:
    """Draw a box with an area."""
    x, y = draw(places), draw(places)
    return x, y, x + draw(sides), y + draw(sides)


@st.composite
def many_boxes(draw: st.DrawFn, least: int = 0, most: int = 6) -> np.ndarray:
    """Draw a list of boxes."""
    found = draw(st.lists(one_box(), min_size=least, max_size=most))
    return np.array(found).reshape(-1, 4)


@st.composite
def scored_boxes(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw boxes of which many overlap, with scores of which some are equal, and classes."""
    k = draw(st.integers(0, 9))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    corners = rng.integers(0, 5, (k, 2))
    found = np.hstack([corners, corners + rng.integers(1, 7, (k, 2))]).astype(float)
    return rng.integers(1, 6, k) / 5, found, rng.integers(0, 2, k)


@given(one_box(), one_box())
def test_iou_is_symmetric_and_between_0_and_1(a: Any, b: Any) -> None:
    assert boxes.iou(a, b) == pytest.approx(boxes.iou(b, a))
    assert 0 <= boxes.iou(a, b) <= 1 + 1e-12
    assert boxes.iou(a, a) == pytest.approx(1)


@given(one_box(), one_box(), st.floats(0.1, 10), places, places)
def test_iou_does_not_change_when_both_are_moved_and_scaled(
    a: Any, b: Any, scale: float, right: float, down: float
) -> None:
    by = np.array([right, down, right, down])
    moved = [scale * (np.array(box) + by) for box in (a, b)]
    assert boxes.iou(*moved) == pytest.approx(boxes.iou(a, b), abs=1e-9)


@pytest.mark.parametrize(
    "a, b, expected",
    [
        ((2, 1, 4, 3), (1, 2, 3, 4), 1 / 7),
        ((1, 2, 3, 4), (5, 6, 7, 8), 0),  # apart along the diagonal
        ((1, 1, 2, 2), (2, 2, 3, 3), 0),  # corners touch
        ((1, 1, 3, 3), (2, 3, 3, 4), 0),  # edges touch
        ((0, 0, 10, 10), (4, 4, 6, 6), 0.04),  # nested
        ((0, 0, 4, 4), (1, 1, 1, 3), 0),  # a line inside
    ],
)
def test_iou_of_classic_pairs(a: Any, b: Any, expected: float) -> None:
    assert boxes.iou(a, b) == pytest.approx(expected)


@given(many_boxes(), many_boxes())
def test_the_matrix_holds_the_iou_of_each_pair(first: np.ndarray, second: np.ndarray) -> None:
    matrix = boxes.iou_matrix(first, second)
    assert matrix.shape == (len(first), len(second))
    for i, j in np.ndindex(matrix.shape):
        assert matrix[i, j] == pytest.approx(boxes.iou(first[i], second[j]), abs=1e-12)


def test_two_boxes_without_area_share_nothing() -> None:
    point = np.array([[1.0, 2.0, 1.0, 2.0]])
    with np.errstate(all="raise"):
        assert boxes.iou_matrix(point, point).tolist() == [[0.0]]


@given(many_boxes())
def test_midpoints_and_corners_are_each_others_inverse(found: np.ndarray) -> None:
    midpoints = boxes.corners_to_midpoints(found)
    back = yolo.yolo_boxes_to_corners(midpoints[:, :2], midpoints[:, 2:])
    np.testing.assert_allclose(back[:, [1, 0, 3, 2]], found, atol=1e-9)


@given(arrays(float, (3, 2), elements=sides), arrays(float, (2, 2), elements=sides))
def test_the_iou_of_shapes_is_that_of_centred_boxes(a: np.ndarray, b: np.ndarray) -> None:
    centred = boxes.iou_matrix(np.hstack([-a, a]) / 2, np.hstack([-b, b]) / 2)
    np.testing.assert_allclose(anchors.shape_iou(a, b), centred)


def test_kmeans_finds_clusters_that_lie_apart() -> None:
    rng = np.random.default_rng(0)
    true = np.array([[1.0, 4.0], [5.0, 5.0], [40.0, 10.0]])
    shapes = np.repeat(true, 20, axis=0) * rng.uniform(0.9, 1.1, (60, 2))
    found = anchors.kmeans_anchors(shapes, shapes[[0, 20, 40]], 20)
    np.testing.assert_allclose(found, true, rtol=0.05)
    assert np.max(anchors.shape_iou(shapes, found), axis=1).min() > 0.75


def test_kmeans_leaves_an_anchor_that_nobody_chooses() -> None:
    start = np.array([[1.0, 1.0], [100.0, 0.01]])
    found = anchors.kmeans_anchors(np.array([[2.0, 2.0], [1.0, 1.0]]), start, 3)
    assert found.tolist() == [[1.5, 1.5], [100.0, 0.01]]


@st.composite
def apart(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, tuple[int, int], np.ndarray]:
    """Draw objects in different cells of a grid, and anchors."""
    grid_H, grid_W = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    cells = rng.permutation(grid_H * grid_W)[: draw(st.integers(0, grid_H * grid_W))]
    rows, columns = np.divmod(cells, grid_W)
    xy = (np.stack([columns, rows], axis=1) + rng.uniform(0, 0.99, (len(cells), 2))) / [
        grid_W,
        grid_H,
    ]
    wh = rng.uniform(0.05, 0.9, (len(cells), 2))
    shapes = rng.uniform(0.05, 0.9, (draw(st.integers(1, 3)), 2))
    return np.hstack([xy, wh]), rng.integers(0, 3, len(cells)), (grid_H, grid_W), shapes


@given(apart())
@settings(deadline=None)
def test_what_is_encoded_is_decoded_exactly(scene: Any) -> None:
    found, classes, grid_shape, shapes = scene
    Y = yolo.encode_boxes(found, classes, shapes, grid_shape, 3)
    box_xy, box_wh, box_confidence, box_class_probs = yolo.decode_boxes(Y, shapes)
    there = box_confidence[..., 0] == 1
    assert np.sum(there) == len(found) and np.sum(Y[~there]) == 0
    back = np.hstack([box_xy[there], box_wh[there]])
    order, wanted = np.lexsort(back.T), np.lexsort(found.T)
    np.testing.assert_allclose(back[order], found[wanted], rtol=1e-12, atol=1e-15)
    labels = np.argmax(box_class_probs[there], axis=-1)
    assert labels[order].tolist() == classes[wanted].tolist()


@given(apart())
@settings(deadline=None)
def test_evaluating_a_target_gives_the_objects_back(scene: Any) -> None:
    found, classes, grid_shape, shapes = scene
    outputs = yolo.decode_boxes(yolo.encode_boxes(found, classes, shapes, grid_shape, 3), shapes)
    scores, corners, labels = yolo.yolo_eval(outputs, (30.0, 50.0), max_boxes=99, iou_threshold=1.0)
    assert scores.tolist() == [1.0] * len(found)
    assert sorted(labels) == sorted(classes)
    pixels = yolo.yolo_boxes_to_corners(found[:, :2], found[:, 2:]) * [30, 50, 30, 50]
    np.testing.assert_allclose(
        corners[np.lexsort(corners.T)], pixels[np.lexsort(pixels.T)], atol=1e-9
    )


def test_the_later_of_two_objects_has_the_place() -> None:
    twice = np.array([[0.5, 0.5, 0.2, 0.2], [0.6, 0.6, 0.2, 0.2]])
    Y = yolo.encode_boxes(twice, np.array([0, 1]), np.array([[0.2, 0.2]]), (1, 1), 2)
    np.testing.assert_allclose(Y.ravel(), [1, 0.6, 0.6, 0, 0, 0, 1], atol=1e-15)


@given(scored_boxes(), st.integers(1, 5), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
@settings(deadline=None)
def test_suppression_keeps_what_it_should(found: Any, most: int, threshold: float) -> None:
    scores, corners, classes = found
    kept = yolo.yolo_non_max_suppression(scores, corners, classes, len(scores) + 1, threshold)
    assert kept[0].tolist() == sorted(kept[0], reverse=True)
    overlaps = boxes.iou_matrix(corners, kept[1]) * (classes[:, np.newaxis] == kept[2])
    between = boxes.iou_matrix(kept[1], kept[1]) * (kept[2][:, np.newaxis] == kept[2])
    assert np.all((between - np.eye(len(between)))[np.triu_indices(len(between), 1)] <= threshold)
    for i in range(len(scores)):
        rows = [row.tolist() for row in np.column_stack(kept)[:, :5]]
        stays = [scores[i], *corners[i]] in rows
        assert stays or np.any((overlaps[i] > threshold) & (kept[0] >= scores[i]))
    few = yolo.yolo_non_max_suppression(scores, corners, classes, most, threshold)
    for short, long in zip(few, kept, strict=True):
        assert short.tolist() == long[:most].tolist()


def test_of_equal_scores_the_first_one_stays() -> None:
    corners = np.array([[0.0, 0.0, 4.0, 4.0], [0.0, 0.0, 4.0, 5.0], [9.0, 9.0, 10.0, 12.0]])
    kept = yolo.yolo_non_max_suppression(np.full(3, 0.8), corners, np.zeros(3, dtype=int))
    assert kept[1].tolist() == corners[[0, 2]].tolist()


def test_either_order_of_boxes_and_confidence_is_understood() -> None:
    rng = np.random.default_rng(1)
    found, sure, probs = (
        rng.random((2, 3, 2, 4)),
        rng.random((2, 3, 2, 1)),
        rng.random((2, 3, 2, 5)),
    )
    one = yolo.yolo_filter_boxes(found, sure, probs, 0.3)
    other = yolo.yolo_filter_boxes(sure, found, probs, 0.3)
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 20))
def test_region_anchors_have_their_size_ratio_and_place(
    grid_H: int, grid_W: int, stride: int
) -> None:
    sizes, ratios = [3.0, 11.0], [0.5, 1.0, 3.0]
    laid = anchors.region_anchors((grid_H, grid_W), stride, sizes, ratios)
    x, y, w, h = boxes.corners_to_midpoints(laid).T.reshape(4, grid_H, grid_W, 2, 3)
    np.testing.assert_allclose(w * h, np.broadcast_to(np.square([sizes]).T, w.shape))
    np.testing.assert_allclose(h / w, np.broadcast_to(ratios, w.shape))
    np.testing.assert_allclose(x[1:], x[:-1])
    np.testing.assert_allclose(np.diff(x, axis=1), stride)
    np.testing.assert_allclose(np.diff(y, axis=0), stride)
    assert x.min() == pytest.approx(stride / 2) == y.min()


@given(many_boxes(least=1), many_boxes(least=1))
def test_every_object_that_meets_an_anchor_has_a_positive_one(
    laid: np.ndarray, objects: np.ndarray
) -> None:
    labels = anchors.label_anchors(laid, objects)
    overlaps = boxes.iou_matrix(laid, objects)
    for column in overlaps.T[overlaps.max(axis=0) > 0]:
        assert np.all(labels[column == column.max()] == 1)
    largest = overlaps.max(axis=1)
    assert np.all(labels[largest >= 0.7] == 1)
    assert set(labels[largest < 0.3]) <= {0, 1}
    assert np.all(labels[labels == 0] == 0) and np.all(largest[labels == 0] < 0.3)


def test_without_objects_all_anchors_are_background() -> None:
    laid = np.array([[0.0, 0.0, 1.0, 2.0]])
    assert anchors.label_anchors(laid, NO_BOX).tolist() == [0]
    assert anchors.label_anchors(NO_BOX, laid).tolist() == []


@given(scored_boxes(), many_boxes(most=3))
@settings(deadline=None)
def test_each_object_is_found_once_at_most(found: Any, truth: np.ndarray) -> None:
    scores, corners, _ = found
    truth = np.concatenate([truth, corners[:2]])
    correct = detection_metrics.match_detections(scores, corners, truth)
    assert correct.shape == scores.shape and np.sum(correct) <= len(truth)
    best = np.max(boxes.iou_matrix(corners, truth), axis=1, initial=0)
    assert np.all(best[correct] >= 0.5)


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=8), st.integers(0, 3))
def test_average_precision_is_the_area_under_the_filled_curve(
    listed: list[tuple[int, bool]], missed: int
) -> None:
    scores = np.array([score / 20 for score, _ in listed])
    correct = np.array([right for _, right in listed], dtype=bool)
    n_truth = int(correct.sum()) + missed + (not correct.any() and not missed)
    hits = correct[np.argsort(-scores, kind="stable")]
    recalls = np.cumsum(hits) / n_truth
    precisions = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    grid = (np.arange(5040) + 0.5) / 5040
    heights = [np.max(precisions[recalls >= r - 1e-12], initial=0) for r in grid]
    area = detection_metrics.average_precision(scores, correct, n_truth)
    assert area == pytest.approx(np.mean(heights), abs=1e-3)
    assert area == detection_metrics.average_precision(np.exp(scores), correct, n_truth)


def test_perfect_detections_have_an_average_precision_of_1() -> None:
    rng = np.random.default_rng(2)
    corners = np.array([[0.0, 0.0, 4.0, 4.0], [9.0, 1.0, 12.0, 5.0], [20.0, 3.0, 24.0, 9.0]])
    truths = [(corners[:k], np.arange(k) % 2) for k in (3, 0, 2)]
    detections = [(rng.random(len(b)), b, c) for b, c in truths]
    assert detection_metrics.mean_average_precision(detections, truths, 5) == 1.0


# --- what students' functions meet ----------------------------------------------------------


def relation(a: Any, b: Any) -> str:
    """Name how two boxes lie."""
    if any((box[2] - box[0]) * (box[3] - box[1]) == 0 for box in (a, b)):
        return "degenerate"
    if tuple(a) == tuple(b):
        return "identical"
    gaps = [max(a[i], b[i]) - min(a[i + 2], b[i + 2]) for i in (0, 1)]
    if max(gaps) > 0:
        return "disjoint along both axes" if min(gaps) > 0 else "disjoint"
    if max(gaps) == 0:
        return "touching"
    inner = [
        all(p[i] >= q[i] and p[i + 2] <= q[i + 2] for i in (0, 1)) for p, q in ((a, b), (b, a))
    ]
    return "nested" if any(inner) else "overlapping"


ALL = {
    *("degenerate", "identical", "disjoint", "disjoint along both axes", "touching", "nested"),
    "overlapping",
}


def hidden(name: str) -> list[Arguments]:
    """Draw the hidden cases of an exercise under some seed."""
    return draw(load(NOTEBOOK)[name], "any", HIDDEN_CASES)


def test_hidden_pairs_of_iou_are_of_all_kinds() -> None:
    assert {relation(*case.positional) for case in hidden("iou")} == ALL


def test_hidden_lists_of_the_matrix_are_of_all_kinds() -> None:
    cases = [case.positional for case in hidden("iou_matrix")]
    found = {relation(a, b) for first, second in cases for a in first for b in second}
    assert found == ALL
    assert {(len(first) > 0, len(second) > 0) for first, second in cases} >= {
        (False, True),
        (True, False),
    }


def test_hidden_suppressions_meet_ties_crowds_and_nothing() -> None:
    cases = hidden("yolo_non_max_suppression")
    found, ties, exact, fewer = set(), False, False, False
    for case in cases:
        scores, corners, classes = case.positional
        pairs = [(a, b) for i, a in enumerate(corners) for b in corners[:i]]
        found |= {relation(a, b) for a, b in pairs}
        ties |= len(set(scores)) < len(scores)
        threshold = case.named.get("iou_threshold", 0.5)
        exact |= any(boxes.iou(a, b) == threshold for a, b in pairs)
        kept = yolo.yolo_non_max_suppression(scores, corners, classes, len(scores) + 1, threshold)
        fewer |= len(kept[0]) > case.named.get("max_boxes", 10)
    assert found == ALL and ties and exact and fewer
    assert any(len(case.positional[0]) == 0 for case in cases)


@pytest.mark.parametrize(
    "name",
    [
        *("corners_to_midpoints", "shape_iou", "encode_boxes", "yolo_boxes_to_corners"),
        *("scale_boxes", "label_anchors", "match_detections", "average_precision"),
    ],
)
def test_hidden_cases_hold_an_empty_list(name: str) -> None:
    assert any(len(case.positional[0]) == 0 for case in hidden(name))


def test_hidden_predictions_are_kept_all_in_part_and_not_at_all() -> None:
    shares = set()
    for case in hidden("yolo_filter_boxes"):
        kept = yolo.yolo_filter_boxes(**case.named)[0]
        total = case.named["box_confidence"].size
        shares.add("none" if not len(kept) else "all" if len(kept) == total else "some")
        assert set(case.named) >= {"boxes", "box_confidence", "box_class_probs"}
    assert shares == {"none", "some", "all"}


def of_stranger(name: str, function: str) -> Verdict:
    """Judge a stranger's function by hidden cases."""
    path = Path(autograder.__file__).parent / "strangers" / NOTEBOOK / f"{name}.py"
    names: dict[str, Any] = {"np": np}
    exec(compile(path.read_text("utf-8"), path.name, "exec"), names)
    return judge_function(
        make_question(load(NOTEBOOK)[function], "strangers", HIDDEN_CASES), names[function]
    )


def test_suppressing_across_classes_gets_advice_and_full_marks() -> None:
    verdict = of_stranger("classic", "yolo_non_max_suppression")
    assert verdict.passed
    advice = [finding for finding in verdict.findings if not finding.ok]
    assert [(f.points, "person" in f.hint) for f in advice] == [(0, True)]


@pytest.mark.parametrize("edition", ["classic", "later_edition"])
@pytest.mark.parametrize("function", ["yolo_filter_boxes", "yolo_eval"])
def test_both_editions_earn_full_marks(edition: str, function: str) -> None:
    assert of_stranger(edition, function).passed
