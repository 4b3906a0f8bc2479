"""Anchors: shapes that boxes are measured against, chosen from data or laid out in a grid.

Shapes are rows ``(width, height)``, in any unit, as long as it is the same for all.

References
----------
J. Redmon, A. Farhadi: YOLO9000: Better, Faster, Stronger, CVPR 2017, section 2 (k-means with
1 - IoU as distance; box sizes as factors of an anchor).
S. Ren, K. He, R. Girshick, J. Sun: Faster R-CNN, NIPS 2015, sections 3.1.1 and 3.1.2 (anchors at
each place, and which of them count as positive, negative or neither).
"""

from collections.abc import Sequence

import numpy as np

from helpers.boxes import iou_matrix


def shape_iou(shapes1: np.ndarray, shapes2: np.ndarray) -> np.ndarray:
    """Compute the IoU of boxes that all have the same midpoint.

    Parameters
    ----------
    shapes1 : ndarray of float, shape (k1, 2)
        Width and height of each box.
    shapes2 : ndarray of float, shape (k2, 2)
        The same of others.

    Returns
    -------
    ndarray of float, shape (k1, k2)
        Entry (i, j) is the IoU of shape i of the first list and shape j of the second.

    Examples
    --------
    >>> shape_iou(np.array([[4.0, 2.0]]), np.array([[2.0, 2.0], [2.0, 4.0]])).round(4)
    array([[0.5   , 0.3333]])
    """
    intersection = np.prod(np.minimum(shapes1[:, np.newaxis], shapes2), axis=2)
    areas1, areas2 = np.prod(shapes1, axis=1), np.prod(shapes2, axis=1)
    quotient: np.ndarray = intersection / (areas1[:, np.newaxis] + areas2 - intersection)
    return quotient


def kmeans_anchors(shapes: np.ndarray, anchors: np.ndarray, num_iterations: int = 10) -> np.ndarray:
    """Choose anchors by k-means, with 1 - IoU for the distance.

    Parameters
    ----------
    shapes : ndarray of float, shape (k, 2)
        Width and height of each box of the training set.
    anchors : ndarray of float, shape (n_anchors, 2)
        The anchors to start from.
    num_iterations : int
        How often to assign all shapes, and then move all anchors.

    Returns
    -------
    ndarray of float, shape (n_anchors, 2)
        The anchors, in the order of those one started from. One to which no shape belongs has
        stayed where it was.

    Examples
    --------
    >>> shapes = np.array([[2.0, 1.0], [4.0, 1.0], [1.0, 3.0], [1.0, 5.0]])
    >>> kmeans_anchors(shapes, np.array([[2.0, 1.0], [1.0, 2.0]]))
    array([[3., 1.],
           [1., 4.]])
    """
    anchors = np.array(anchors, dtype=float)
    for _ in range(num_iterations):
        nearest = np.argmax(shape_iou(shapes, anchors), axis=1)
        for number in range(len(anchors)):
            own = shapes[nearest == number]
            if len(own):
                anchors[number] = np.mean(own, axis=0)
    return anchors


def region_anchors(
    grid_shape: tuple[int, int], stride: int, sizes: Sequence[float], ratios: Sequence[float]
) -> np.ndarray:
    """Lay anchors of several sizes and shapes around the middle of each cell of a grid.

    Parameters
    ----------
    grid_shape : tuple of int
        ``(grid_H, grid_W)``: how many rows and columns of cells.
    stride : int
        The side of a cell, in pixels.
    sizes : sequence of float, length n_s
        The square root of an anchor's area, in pixels.
    ratios : sequence of float, length n_r
        Height divided by width.

    Returns
    -------
    ndarray of float, shape (grid_H * grid_W * n_s * n_r, 4)
        Corners ``(x1, y1, x2, y2)`` in pixels: row by row, in a row cell by cell, in a cell size
        by size, for a size ratio by ratio.

    Examples
    --------
    >>> region_anchors((1, 2), 8, sizes=[6.0], ratios=[1.0, 4.0])[2:]
    array([[ 9. ,  1. , 15. ,  7. ],
           [10.5, -2. , 13.5, 10. ]])
    """
    rows, columns, size, ratio = np.meshgrid(
        np.arange(grid_shape[0]), np.arange(grid_shape[1]), sizes, ratios, indexing="ij"
    )
    midpoints = stride * (np.stack([columns, rows], axis=-1) + 0.5)
    half = np.stack([size / np.sqrt(ratio), size * np.sqrt(ratio)], axis=-1) / 2
    return np.concatenate([midpoints - half, midpoints + half], axis=-1).reshape(-1, 4)


def label_anchors(
    anchors: np.ndarray, boxes: np.ndarray, positive: float = 0.7, negative: float = 0.3
) -> np.ndarray:
    """Say which anchors count as objects, which as background, and which not at all.

    Parameters
    ----------
    anchors : ndarray of float, shape (k1, 4)
        Corners ``(x1, y1, x2, y2)`` of the anchors.
    boxes : ndarray of float, shape (k2, 4)
        Corners of the objects.
    positive : float
        An anchor whose IoU with some object is at least this is positive.
    negative : float
        One whose IoU with every object is below this is negative.

    Returns
    -------
    ndarray of int, shape (k1,)
        1 for positive, 0 for negative, -1 for neither. For each object, the anchor of the
        largest IoU is positive in any case, unless that IoU is 0; if there are several, all are.

    Examples
    --------
    >>> boxes = np.array([[0.0, 0.0, 4.0, 4.0]])
    >>> label_anchors(np.array([[0.0, 0.0, 4.0, 2.0], [0.0, 3.0, 4.0, 7.0]]), boxes).tolist()
    [1, 0]
    """
    overlaps = iou_matrix(anchors, boxes)
    largest = np.max(overlaps, axis=1, initial=0)
    labels = np.where(largest < negative, 0, -1)
    labels[largest >= positive] = 1
    best = np.max(overlaps, axis=0, initial=0)
    labels[np.any((overlaps == best) & (best > 0), axis=1)] = 1
    return labels
