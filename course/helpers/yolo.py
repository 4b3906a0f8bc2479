"""One look, all boxes: a grid of predictions, written, read and cleaned up.

For each cell of a grid and each anchor there are 5 + n_classes numbers:
``p_c, b_x, b_y, b_w, b_h`` and one for each class. ``b_x, b_y`` say where in the cell the midpoint
lies, from 0 to 1; ``b_w, b_h`` are logarithms of width and height in units of the anchor's.

Boxes before `yolo_boxes_to_corners` are midpoints and sizes, x first. After it they are corners
with the row first, ``(y1, x1, y2, x2)``, as TensorFlow and the classic exercises have it.

References
----------
J. Redmon, S. Divvala, R. Girshick, A. Farhadi: You Only Look Once, CVPR 2016.
J. Redmon, A. Farhadi: YOLO9000: Better, Faster, Stronger, CVPR 2017.
"""

import numpy as np

from helpers.anchors import shape_iou
from helpers.boxes import iou

Outputs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Detections = tuple[np.ndarray, np.ndarray, np.ndarray]


def encode_boxes(
    boxes: np.ndarray,
    classes: np.ndarray,
    anchors: np.ndarray,
    grid_shape: tuple[int, int],
    n_classes: int,
) -> np.ndarray:
    """Write the objects of one image into a grid, as the network shall predict them.

    Parameters
    ----------
    boxes : ndarray of float, shape (k, 4)
        Midpoints and sizes ``(b_x, b_y, b_w, b_h)`` in fractions of the image's width and
        height. Midpoints are from 0 up to, but not including, 1.
    classes : ndarray of int, shape (k,)
        The class of each box.
    anchors : ndarray of float, shape (n_anchors, 2)
        Width and height of each anchor, in fractions of the image's.
    grid_shape : tuple of int
        ``(grid_H, grid_W)``.
    n_classes : int
        How many classes there are.

    Returns
    -------
    ndarray of float, shape (grid_H, grid_W, n_anchors, 5 + n_classes)
        Zeros where no object is. An object stands in the cell that holds its midpoint, with the
        anchor whose shape has the largest IoU with it. Of two that claim one place, the later
        one has it.

    Examples
    --------
    >>> boxes, anchors = np.array([[0.75, 0.25, 0.5, 0.2]]), np.array([[0.2, 0.5], [0.5, 0.2]])
    >>> Y = encode_boxes(boxes, np.array([1]), anchors, (2, 3), n_classes=2)
    >>> Y.shape, Y[0, 2, 1].tolist()
    ((2, 3, 2, 7), [1.0, 0.25, 0.5, 0.0, 0.0, 0.0, 1.0])
    """
    Y = np.zeros((*grid_shape, len(anchors), 5 + n_classes))
    best = np.argmax(shape_iou(boxes[:, 2:], anchors), axis=1)
    places = boxes[:, :2] * grid_shape[::-1]
    for place, shape, c, k in zip(places, boxes[:, 2:], classes, best, strict=True):
        column, row = np.floor(place).astype(int)
        offset, factor = place - (column, row), np.log(shape / anchors[k])
        Y[row, column, k] = [1, *offset, *factor, *(np.arange(n_classes) == c)]
    return Y


def decode_boxes(Y: np.ndarray, anchors: np.ndarray) -> Outputs:
    """Read a grid of predictions, or of targets: say where in the image each box lies.

    Parameters
    ----------
    Y : ndarray of float, shape (grid_H, grid_W, n_anchors, 5 + n_classes)
        The grid of one image.
    anchors : ndarray of float, shape (n_anchors, 2)
        Width and height of each anchor, in fractions of the image's.

    Returns
    -------
    box_xy : ndarray of float, shape (grid_H, grid_W, n_anchors, 2)
        Midpoints in fractions of the image's width and height.
    box_wh : ndarray of float, shape (grid_H, grid_W, n_anchors, 2)
        Width and height in the same unit.
    box_confidence : ndarray of float, shape (grid_H, grid_W, n_anchors, 1)
        ``p_c``.
    box_class_probs : ndarray of float, shape (grid_H, grid_W, n_anchors, n_classes)
        The rest.

    Examples
    --------
    >>> Y = np.zeros((2, 4, 1, 6))
    >>> Y[1, 3, 0] = [1.0, 0.5, 0.5, 0.0, np.log(2), 1.0]
    >>> box_xy, box_wh, *_ = decode_boxes(Y, np.array([[0.2, 0.3]]))
    >>> box_xy[1, 3, 0].tolist(), box_wh[1, 3, 0].round(3).tolist()
    ([0.875, 0.75], [0.2, 0.6])
    """
    grid_H, grid_W = Y.shape[:2]
    columns, rows = np.meshgrid(np.arange(grid_W), np.arange(grid_H))
    cells = np.stack([columns, rows], axis=-1)[:, :, np.newaxis]
    box_xy = (cells + Y[..., 1:3]) / [grid_W, grid_H]
    box_wh = anchors * np.exp(Y[..., 3:5])
    return box_xy, box_wh, Y[..., :1], Y[..., 5:]


def yolo_boxes_to_corners(box_xy: np.ndarray, box_wh: np.ndarray) -> np.ndarray:
    """Write boxes by their corners, with the row first.

    Parameters
    ----------
    box_xy : ndarray of float, shape (..., 2)
        Midpoints, x first.
    box_wh : ndarray of float, shape (..., 2)
        Width and height.

    Returns
    -------
    ndarray of float, shape (..., 4)
        ``(y1, x1, y2, x2)``.

    Examples
    --------
    >>> yolo_boxes_to_corners(np.array([[5.0, 3.0]]), np.array([[6.0, 4.0]]))
    array([[1., 2., 5., 8.]])
    """
    upper_left, lower_right = box_xy - box_wh / 2, box_xy + box_wh / 2
    return np.concatenate([upper_left[..., ::-1], lower_right[..., ::-1]], axis=-1)


def yolo_filter_boxes(
    boxes: np.ndarray,
    box_confidence: np.ndarray,
    box_class_probs: np.ndarray,
    threshold: float = 0.6,
) -> Detections:
    """Keep the boxes that are sure enough of an object and its class.

    Parameters
    ----------
    boxes : ndarray of float, shape (grid_H, grid_W, n_anchors, 4)
        Four numbers for each box. The first edition of the exercise had `box_confidence`
        first: both orders are understood.
    box_confidence : ndarray of float, shape (grid_H, grid_W, n_anchors, 1)
        The probability that there is an object.
    box_class_probs : ndarray of float, shape (grid_H, grid_W, n_anchors, n_classes)
        If there is one, the probability of each class.
    threshold : float
        A box stays if the score of its best class is at least this.

    Returns
    -------
    scores : ndarray of float, shape (k,)
        The scores of the boxes that stay: confidence times probability of the best class.
    boxes : ndarray of float, shape (k, 4)
    classes : ndarray of int, shape (k,)

    Examples
    --------
    >>> boxes = np.arange(8.0).reshape(1, 2, 1, 4)
    >>> confidence = np.array([0.5, 1.0]).reshape(1, 2, 1, 1)
    >>> probs = np.array([[0.9, 0.1], [0.3, 0.7]]).reshape(1, 2, 1, 2)
    >>> yolo_filter_boxes(boxes, confidence, probs)
    (array([0.7]), array([[4., 5., 6., 7.]]), array([1]))
    """
    box_confidence, boxes = sorted((box_confidence, boxes), key=lambda array: array.shape[-1])
    box_scores = box_confidence * box_class_probs
    scores = np.max(box_scores, axis=-1)
    kept = scores >= threshold
    return scores[kept], boxes[kept], np.argmax(box_scores, axis=-1)[kept]


def yolo_non_max_suppression(
    scores: np.ndarray,
    boxes: np.ndarray,
    classes: np.ndarray,
    max_boxes: int = 10,
    iou_threshold: float = 0.5,
) -> Detections:
    """Of boxes of one class that overlap too much, keep the one of the highest score.

    Parameters
    ----------
    scores : ndarray of float, shape (k,)
    boxes : ndarray of float, shape (k, 4)
        Corners, rows or columns first.
    classes : ndarray of int, shape (k,)
    max_boxes : int
        How many boxes to keep at most.
    iou_threshold : float
        A box goes if its IoU with a better one of its class, which stays, is more than this.

    Returns
    -------
    scores : ndarray of float, shape (n,)
        Of the boxes that stay, in decreasing order; equal scores stay in the order given.
    boxes : ndarray of float, shape (n, 4)
    classes : ndarray of int, shape (n,)

    Examples
    --------
    >>> scores, classes = np.array([0.7, 0.9, 0.8]), np.array([0, 0, 1])
    >>> boxes = np.array([[0.0, 0.0, 4.0, 4.0], [0.0, 0.0, 4.0, 5.0], [0.0, 0.0, 4.0, 4.0]])
    >>> yolo_non_max_suppression(scores, boxes, classes)[0]
    array([0.9, 0.8])
    """
    kept: list[int] = []
    for i in np.argsort(-scores, kind="stable"):
        better = [j for j in kept if classes[j] == classes[i]]
        if all(iou(boxes[i], boxes[j]) <= iou_threshold for j in better):
            kept.append(i)
    chosen = np.array(kept[:max_boxes], dtype=int)
    return scores[chosen], boxes[chosen], classes[chosen]


def scale_boxes(boxes: np.ndarray, image_shape: tuple[float, float]) -> np.ndarray:
    """Turn fractions of the image into pixels.

    Parameters
    ----------
    boxes : ndarray of float, shape (k, 4)
        ``(y1, x1, y2, x2)`` in fractions of the image's height and width.
    image_shape : tuple of float
        ``(height, width)`` in pixels.

    Returns
    -------
    ndarray of float, shape (k, 4)
        ``(y1, x1, y2, x2)`` in pixels.

    Examples
    --------
    >>> scale_boxes(np.array([[0.25, 0.5, 0.75, 1.0]]), (40.0, 60.0))
    array([[10., 30., 30., 60.]])
    """
    height, width = image_shape
    scaled: np.ndarray = boxes * np.array([height, width, height, width])
    return scaled


def yolo_eval(
    yolo_outputs: Outputs,
    image_shape: tuple[float, float] = (720.0, 1280.0),
    max_boxes: int = 10,
    score_threshold: float = 0.6,
    iou_threshold: float = 0.5,
) -> Detections:
    """Go from what `decode_boxes` gives to the boxes to draw.

    Parameters
    ----------
    yolo_outputs : tuple of ndarray
        ``(box_xy, box_wh, box_confidence, box_class_probs)``, in fractions of the image.
    image_shape : tuple of float
        ``(height, width)`` in pixels.
    max_boxes : int
        How many boxes to keep at most.
    score_threshold : float
        See `yolo_filter_boxes`.
    iou_threshold : float
        See `yolo_non_max_suppression`.

    Returns
    -------
    scores : ndarray of float, shape (n,)
        In decreasing order.
    boxes : ndarray of float, shape (n, 4)
        Corners ``(y1, x1, y2, x2)`` in pixels.
    classes : ndarray of int, shape (n,)

    Examples
    --------
    >>> xy, wh = np.array([[[[0.5, 0.5]]]]), np.array([[[[0.2, 0.4]]]])
    >>> confidence, probs = np.array([[[[0.9]]]]), np.array([[[[0.0, 1.0]]]])
    >>> yolo_eval((xy, wh, confidence, probs), image_shape=(100.0, 200.0))
    (array([0.9]), array([[ 30.,  80.,  70., 120.]]), array([1]))
    """
    box_xy, box_wh, box_confidence, box_class_probs = yolo_outputs
    boxes = yolo_boxes_to_corners(box_xy, box_wh)
    scores, boxes, classes = yolo_filter_boxes(
        boxes, box_confidence, box_class_probs, score_threshold
    )
    boxes = scale_boxes(boxes, image_shape)
    return yolo_non_max_suppression(scores, boxes, classes, max_boxes, iou_threshold)
