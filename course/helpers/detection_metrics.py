"""How good a detector is: which boxes are right, average precision, and its mean over classes.

References
----------
M. Everingham, L. Van Gool, C. K. I. Williams, J. Winn, A. Zisserman: The PASCAL Visual Object
Classes (VOC) Challenge, International Journal of Computer Vision 88, 2010, section 4.2; the area
under the whole curve, as measured since VOC 2010.
"""

from collections.abc import Sequence

import numpy as np

from helpers.boxes import iou_matrix

Detections = tuple[np.ndarray, np.ndarray, np.ndarray]
Truth = tuple[np.ndarray, np.ndarray]


def match_detections(
    scores: np.ndarray, boxes: np.ndarray, truth: np.ndarray, iou_threshold: float = 0.5
) -> np.ndarray:
    """Say which boxes, predicted in one image for one class, are right.

    Parameters
    ----------
    scores : ndarray of float, shape (k,)
        How sure the detector is of each box.
    boxes : ndarray of float, shape (k, 4)
        Corners of the boxes predicted.
    truth : ndarray of float, shape (n, 4)
        Corners of the objects.
    iou_threshold : float
        The least IoU of a right box with its object.

    Returns
    -------
    ndarray of bool, shape (k,)
        In the order of `boxes`. Each box goes with the object of the largest IoU. Of several
        boxes for one object, only the one of the highest score is right.

    Examples
    --------
    >>> boxes = np.array([[0.0, 0.0, 4.0, 4.0], [0.0, 0.0, 4.0, 5.0], [8.0, 8.0, 9.0, 9.0]])
    >>> match_detections(np.array([0.7, 0.8, 0.9]), boxes, boxes[:1]).tolist()
    [False, True, False]
    """
    correct = np.zeros(len(scores), dtype=bool)
    overlaps = iou_matrix(boxes, truth)
    found: set[int] = set()
    for i in np.argsort(-scores, kind="stable") if len(truth) else ():
        j = int(np.argmax(overlaps[i]))
        correct[i] = overlaps[i, j] >= iou_threshold and j not in found
        if correct[i]:
            found.add(j)
    return correct


def average_precision(scores: np.ndarray, correct: np.ndarray, n_truth: int) -> float:
    """Sum up precision and recall of one class in one number.

    Parameters
    ----------
    scores : ndarray of float, shape (k,)
        How sure the detector is of each box, in all images together.
    correct : ndarray of bool, shape (k,)
        Whether each box is right.
    n_truth : int
        How many objects there are, at least 1.

    Returns
    -------
    float
        The area under the curve of precision against recall, where each precision is replaced
        by the largest one at the same or a higher recall.

    Examples
    --------
    >>> average_precision(np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, False, False, True]), 2)
    0.75
    """
    in_order = correct[np.argsort(-scores, kind="stable")]
    precisions = np.cumsum(in_order) / np.arange(1, len(in_order) + 1)
    best_from_here = np.maximum.accumulate(precisions[::-1])[::-1]
    return float(np.sum(best_from_here[in_order]) / n_truth)


def mean_average_precision(
    detections: Sequence[Detections],
    truths: Sequence[Truth],
    n_classes: int,
    iou_threshold: float = 0.5,
) -> float:
    """Average the average precision over the classes.

    Parameters
    ----------
    detections : list of tuple, length m
        ``(scores, boxes, classes)`` of each image.
    truths : list of tuple, length m
        ``(boxes, classes)`` of the objects in each image.
    n_classes : int
        How many classes there are. One without an object in any image does not count.
    iou_threshold : float
        The least IoU of a right box with its object.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> boxes, classes = np.array([[0.0, 0.0, 4.0, 4.0], [5.0, 0.0, 9.0, 4.0]]), np.array([0, 1])
    >>> found = (np.array([0.9]), boxes[:1], classes[:1])
    >>> mean_average_precision([found], [(boxes, classes)], n_classes=3)
    0.5
    """
    values = []
    for c in range(n_classes):
        all_scores, all_correct, n_truth = [], [], 0
        for (scores, boxes, classes), (true_boxes, true_classes) in zip(
            detections, truths, strict=True
        ):
            own, wanted = classes == c, true_boxes[true_classes == c]
            all_scores.append(scores[own])
            all_correct.append(match_detections(scores[own], boxes[own], wanted, iou_threshold))
            n_truth += len(wanted)
        if n_truth:
            together = np.concatenate(all_scores), np.concatenate(all_correct)
            values.append(average_precision(*together, n_truth))
    return float(np.mean(values))
