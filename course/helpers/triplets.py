"""The triplet loss: what it is, its gradient, and which triplets to learn from.

Encodings are rows here: (m, n), one picture a row. The loss is that of FaceNet [1]_: squared
distances, and a margin alpha. Hard triplets are chosen as in [2]_, semi-hard ones as in [1]_.

References
----------
.. [1] F. Schroff, D. Kalenichenko, J. Philbin: FaceNet: a unified embedding for face
   recognition and clustering, CVPR 2015.
.. [2] A. Hermans, L. Beyer, B. Leibe: In defense of the triplet loss for person
   re-identification, arXiv:1703.07737.
"""

from collections.abc import Callable

import numpy as np

from helpers.numpy_basics import normalize_rows

Choose = Callable[[np.ndarray, np.ndarray], np.ndarray]


def squared_distances(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Measure the squared distance of every row of one array from every row of another.

    Parameters
    ----------
    A : ndarray of float, shape (m, n)
        Encodings, one a row.
    B : ndarray of float, shape (k, n)
        Other encodings, as long.

    Returns
    -------
    ndarray of float, shape (m, k)
        Row i, column j: the squared distance of row i of A from row j of B.

    Examples
    --------
    >>> squared_distances(np.array([[0.0, 0.0], [3.0, 0.0]]), np.array([[3.0, 4.0]])).tolist()
    [[25.0], [16.0]]
    """
    differences = A[:, np.newaxis] - B
    D: np.ndarray = np.sum(differences**2, axis=2)
    return D


def triplet_loss(y_true: object, y_pred: list[np.ndarray], alpha: float = 0.2) -> float:
    """Add up by how much each triplet misses its margin.

    Parameters
    ----------
    y_true : object
        Not used.
    y_pred : list of ndarray of float, each of shape (m, n)
        Encodings of the anchors, the positives and the negatives, one triplet a row.
    alpha : float
        The margin.

    Returns
    -------
    float
        The loss, summed over the triplets.

    Examples
    --------
    >>> anchor, positive, negative = np.zeros((1, 2)), np.array([[0.0, 1.0]]), np.ones((1, 2))
    >>> float(triplet_loss(None, [anchor, positive, negative]))
    0.0
    >>> float(triplet_loss(None, [anchor, negative, positive]))
    1.2
    """
    anchor, positive, negative = y_pred
    pos_dist = np.sum((anchor - positive) ** 2, axis=-1)
    neg_dist = np.sum((anchor - negative) ** 2, axis=-1)
    loss: float = np.sum(np.maximum(pos_dist - neg_dist + alpha, 0))
    return loss


def triplet_gradients(
    anchor: np.ndarray, positive: np.ndarray, negative: np.ndarray, alpha: float = 0.2
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Differentiate the triplet loss.

    Parameters
    ----------
    anchor, positive, negative : ndarray of float, shape (m, n)
        Encodings, one triplet a row.
    alpha : float
        The margin.

    Returns
    -------
    d_anchor, d_positive, d_negative : ndarray of float, shape (m, n)
        The gradient of the loss with respect to each; zero where a triplet keeps its margin.

    Examples
    --------
    >>> anchor, positive, negative = np.zeros((1, 2)), np.ones((1, 2)), np.array([[0.0, 1.0]])
    >>> [d.tolist() for d in triplet_gradients(anchor, positive, negative)]
    [[[-2.0, 0.0]], [[2.0, 2.0]], [[0.0, -2.0]]]
    """
    to_positive, to_negative = anchor - positive, anchor - negative
    basic = np.sum(to_positive**2 - to_negative**2, axis=1, keepdims=True) + alpha
    active = basic > 0
    d_positive, d_negative = -2 * active * to_positive, 2 * active * to_negative
    return -d_positive - d_negative, d_positive, d_negative


def normalize_backward(dE: np.ndarray, F: np.ndarray) -> np.ndarray:
    """Carry a gradient back through the division of each row by its length.

    Parameters
    ----------
    dE : ndarray of float, shape (m, n)
        The gradient with respect to the normalised rows.
    F : ndarray of float, shape (m, n)
        The rows before they were normalised; none is zero.

    Returns
    -------
    ndarray of float, shape (m, n)
        The gradient with respect to F.

    Examples
    --------
    >>> normalize_backward(np.array([[1.0, 0.0]]), np.array([[0.0, 2.0]])).tolist()
    [[0.5, 0.0]]
    >>> normalize_backward(np.array([[0.0, 1.0]]), np.array([[0.0, 2.0]])).tolist()
    [[0.0, 0.0]]
    """
    length = np.linalg.norm(F, axis=1, keepdims=True)
    E = F / length
    along = np.sum(dE * E, axis=1, keepdims=True)
    dF: np.ndarray = (dE - along * E) / length
    return dF


def all_triplets(people: np.ndarray) -> np.ndarray:
    """List all triplets: anchor and positive show one person, the negative shows another.

    Parameters
    ----------
    people : ndarray of int, shape (m,)
        Who is in each picture.

    Returns
    -------
    ndarray of int, shape (t, 3)
        The numbers of anchor, positive and negative, in ascending order.

    Examples
    --------
    >>> all_triplets(np.array([7, 4, 7])).tolist()
    [[0, 2, 1], [2, 0, 1]]
    >>> all_triplets(np.array([1, 1])).shape
    (0, 3)
    """
    same = people[:, np.newaxis] == people
    other_picture = ~np.eye(len(people), dtype=bool)
    valid = (same & other_picture)[:, :, np.newaxis] & ~same[:, np.newaxis]
    return np.argwhere(valid)


def hard_triplets(D: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Choose for each anchor the farthest positive and the nearest negative.

    Parameters
    ----------
    D : ndarray of float, shape (m, m)
        The squared distance of every picture from every picture.
    people : ndarray of int, shape (m,)
        Who is in each picture.

    Returns
    -------
    ndarray of int, shape (t, 3)
        One row for each picture that can be an anchor, in ascending order. Of equal distances,
        the first one counts.

    Examples
    --------
    >>> D = np.array([[0, 1, 4, 9], [1, 0, 1, 4], [4, 1, 0, 1], [9, 4, 1, 0]], dtype=float)
    >>> hard_triplets(D, np.array([5, 5, 5, 8])).tolist()
    [[0, 2, 3], [1, 0, 3], [2, 0, 3]]
    """
    same = people[:, np.newaxis] == people
    positives = same & ~np.eye(len(people), dtype=bool)
    farthest = np.argmax(np.where(positives, D, -np.inf), axis=1)
    nearest = np.argmin(np.where(same, np.inf, D), axis=1)
    anchors = np.flatnonzero(positives.any(axis=1) & ~same.all(axis=1))
    return np.column_stack([anchors, farthest[anchors], nearest[anchors]])


def semi_hard_triplets(D: np.ndarray, people: np.ndarray, alpha: float = 0.2) -> np.ndarray:
    """Choose for each anchor and positive the nearest negative that is farther than the positive.

    Parameters
    ----------
    D : ndarray of float, shape (m, m)
        The squared distance of every picture from every picture.
    people : ndarray of int, shape (m,)
        Who is in each picture.
    alpha : float
        The margin: a negative that keeps it is not chosen.

    Returns
    -------
    ndarray of int, shape (t, 3)
        One row for each pair of anchor and positive that has such a negative, in ascending
        order. Of equal distances, the first one counts.

    Examples
    --------
    >>> D = np.array([[0, 0.3, 0.2, 0.4], [0.3, 0, 0.6, 0.3], [0.2, 0.6, 0, 0], [0.4, 0.3, 0, 0]])
    >>> semi_hard_triplets(D, np.array([5, 5, 8, 8])).tolist()
    [[0, 1, 3]]
    """
    same = people[:, np.newaxis] == people
    positives = same & ~np.eye(len(people), dtype=bool)
    farther = D[:, np.newaxis] > D[:, :, np.newaxis]
    within = D[:, np.newaxis] < D[:, :, np.newaxis] + alpha
    semi_hard = positives[:, :, np.newaxis] & ~same[:, np.newaxis] & farther & within
    nearest = np.argmin(np.where(semi_hard, D[:, np.newaxis], np.inf), axis=2)
    anchor, positive = np.nonzero(semi_hard.any(axis=2))
    return np.column_stack([anchor, positive, nearest[anchor, positive]])


def triplet_step(
    F: np.ndarray, people: np.ndarray, choose: Choose, alpha: float = 0.2
) -> tuple[float, np.ndarray]:
    """Compute the mean triplet loss of a batch and its gradient, for the training of a network.

    Parameters
    ----------
    F : ndarray of float, shape (m, n)
        What the network gives for a batch, one picture a row.
    people : ndarray of int, shape (m,)
        Who is in each picture.
    choose : callable
        Takes squared distances (m, m) and people, and returns triplets (t, 3).
    alpha : float
        The margin.

    Returns
    -------
    loss : float
        The loss per triplet; 0 where there is none.
    dF : ndarray of float, shape (m, n)
        Its gradient with respect to F.

    Examples
    --------
    >>> F, people = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([0, 0, 1])
    >>> loss, dF = triplet_step(F, people, hard_triplets)
    >>> round(loss, 4), dF.shape
    (1.6142, (3, 2))
    """
    E, dE = normalize_rows(F), np.zeros(F.shape)
    triplets = choose(squared_distances(E, E), people)
    if len(triplets) == 0:
        return 0.0, dE
    anchor, positive, negative = (E[column] for column in triplets.T)
    gradients = triplet_gradients(anchor, positive, negative, alpha)
    for column, gradient in zip(triplets.T, gradients, strict=True):
        np.add.at(dE, column, gradient / len(triplets))
    loss = float(triplet_loss(None, [anchor, positive, negative], alpha))
    return loss / len(triplets), normalize_backward(dE, F)
