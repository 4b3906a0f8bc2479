"""Boxes around objects: two ways to write them, and how much two of them overlap.

A box is written by its corners ``(x1, y1, x2, y2)``, upper left and lower right, or by its
midpoint and size ``(b_x, b_y, b_w, b_h)``. x goes to the right and y goes down. Several boxes are
an array of shape (k, 4), one a row; a function that takes several takes none at all, too.
"""

from collections.abc import Sequence

import numpy as np

Box = Sequence[float] | np.ndarray


def corners_to_midpoints(boxes: np.ndarray) -> np.ndarray:
    """Write boxes by their midpoints and sizes.

    Parameters
    ----------
    boxes : ndarray of float, shape (k, 4)
        Corners ``(x1, y1, x2, y2)`` of each box.

    Returns
    -------
    ndarray of float, shape (k, 4)
        ``(b_x, b_y, b_w, b_h)`` of each box: its midpoint, its width and its height.

    Examples
    --------
    >>> corners_to_midpoints(np.array([[2.0, 1.0, 8.0, 5.0]]))
    array([[5., 3., 6., 4.]])
    """
    upper_left, lower_right = boxes[:, :2], boxes[:, 2:]
    return np.hstack([(upper_left + lower_right) / 2, lower_right - upper_left])


def iou(box1: Box, box2: Box) -> float:
    """Divide the intersection of two boxes by their union.

    Parameters
    ----------
    box1, box2 : sequence of float, length 4
        Corners ``(x1, y1, x2, y2)``. At least one of the boxes has an area.

    Returns
    -------
    float
        From 0 (they share no area) to 1 (they are the same).

    Examples
    --------
    >>> round(iou((2, 1, 4, 3), (1, 2, 3, 4)), 4)
    0.1429
    """
    width = max(min(box1[2], box2[2]) - max(box1[0], box2[0]), 0)
    height = max(min(box1[3], box2[3]) - max(box1[1], box2[1]), 0)
    intersection = width * height
    area1, area2 = ((box[2] - box[0]) * (box[3] - box[1]) for box in (box1, box2))
    quotient: float = intersection / (area1 + area2 - intersection)
    return quotient


def iou_matrix(boxes1: np.ndarray, boxes2: np.ndarray) -> np.ndarray:
    """Compute the IoU of each box of one list with each box of another.

    Parameters
    ----------
    boxes1 : ndarray of float, shape (k1, 4)
        Corners ``(x1, y1, x2, y2)``.
    boxes2 : ndarray of float, shape (k2, 4)
        Corners too.

    Returns
    -------
    ndarray of float, shape (k1, k2)
        Entry (i, j) is the IoU of box i of the first list and box j of the second; 0 where
        neither of the two has an area.

    Examples
    --------
    >>> boxes = np.array([[0.0, 0.0, 4.0, 2.0], [2.0, 0.0, 4.0, 2.0], [6.0, 6.0, 6.0, 7.0]])
    >>> iou_matrix(boxes[:2], boxes)
    array([[1. , 0.5, 0. ],
           [0.5, 1. , 0. ]])
    """
    first, second = boxes1[:, np.newaxis], boxes2[np.newaxis]
    upper_left = np.maximum(first[..., :2], second[..., :2])
    lower_right = np.minimum(first[..., 2:], second[..., 2:])
    intersection = np.prod(np.maximum(lower_right - upper_left, 0), axis=2)
    union = _areas(first) + _areas(second) - intersection
    quotient: np.ndarray = intersection / np.where(union > 0, union, 1)
    return quotient


def _areas(boxes: np.ndarray) -> np.ndarray:
    areas: np.ndarray = np.prod(boxes[..., 2:] - boxes[..., :2], axis=-1)
    return areas
