"""Networks that look at proposed regions: pooling them, and what they cost.

References
----------
.. [1] R. Girshick: Fast R-CNN, ICCV 2015, section 2.1.
"""

from collections.abc import Sequence

import numpy as np


def pooling_bins(start: int, stop: int, n: int) -> list[tuple[int, int]]:
    """Cut one side of a region into bins.

    Parameters
    ----------
    start, stop : int
        Where the side begins and ends; stop is not included, and larger than start.
    n : int
        How many bins there are, perhaps more than places.

    Returns
    -------
    list of n pairs of int
        Where each bin begins and ends. Of a side of length L, bin i reaches from
        ``floor(i * L / n)`` to ``ceil((i + 1) * L / n)``, counted from start.

    Examples
    --------
    >>> pooling_bins(10, 17, 2), pooling_bins(10, 12, 3)
    ([(10, 14), (13, 17)], [(10, 11), (10, 12), (11, 12)])
    """
    length = stop - start
    return [(start + i * length // n, start - (-(i + 1) * length // n)) for i in range(n)]


def roi_max_pool(A: np.ndarray, roi: Sequence[int], out_H: int, out_W: int) -> np.ndarray:
    """Pool a region of a feature map, of any size, to a fixed size.

    The region is cut into ``out_H`` by ``out_W`` bins, as `pooling_bins` cuts its sides.

    Parameters
    ----------
    A : ndarray of float, shape (n_H, n_W, n_C)
        The feature map of one image.
    roi : sequence of 4 ints
        The region's corners (x1, y1, x2, y2) in places of the map, x2 and y2 not included.
    out_H, out_W : int
        How many bins there are.

    Returns
    -------
    ndarray of float, shape (out_H, out_W, n_C)
        The largest number of each bin, for each channel.

    Examples
    --------
    >>> A = np.arange(20.0).reshape(4, 5, 1)
    >>> roi_max_pool(A, (1, 0, 4, 4), 2, 2)[:, :, 0].tolist()
    [[7.0, 8.0], [17.0, 18.0]]
    """
    x1, y1, x2, y2 = roi
    out = np.zeros((out_H, out_W, A.shape[2]))
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, out_H)):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, out_W)):
            out[i, j] = np.max(A[top:bottom, left:right], axis=(0, 1))
    return out


def roi_max_pool_backward(dout: np.ndarray, A: np.ndarray, roi: Sequence[int]) -> np.ndarray:
    """Carry the gradient of the cost back through `roi_max_pool`.

    Parameters
    ----------
    dout : ndarray of float, shape (out_H, out_W, n_C)
        The gradient with respect to the pooled region.
    A : ndarray of float, shape (n_H, n_W, n_C)
        The feature map. No two numbers of a channel are equal.
    roi : sequence of 4 ints
        The region's corners (x1, y1, x2, y2).

    Returns
    -------
    ndarray of float, shape (n_H, n_W, n_C)
        The gradient with respect to the feature map.

    Examples
    --------
    >>> A = np.arange(20.0).reshape(4, 5, 1)
    >>> dA = roi_max_pool_backward(np.array([[[5.0], [7.0]]]), A, (1, 0, 4, 1))
    >>> dA[0, :, 0].tolist()
    [0.0, 0.0, 5.0, 7.0, 0.0]
    """
    x1, y1, x2, y2 = roi
    dA = np.zeros(A.shape)
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, dout.shape[0])):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, dout.shape[1])):
            part = A[top:bottom, left:right]
            mask = part == np.max(part, axis=(0, 1))
            dA[top:bottom, left:right] += mask * dout[i, j]
    return dA


def region_costs(
    n_regions: int,
    conv_image: float,
    conv_region: float,
    head: float,
    search: float,
    proposals: float,
) -> dict[str, float]:
    """Add up the time that three generations of region networks take for one image.

    Parameters
    ----------
    n_regions : int
        How many regions are looked at.
    conv_image : float
        The time for the convolutional layers on the whole image.
    conv_region : float
        The time for the convolutional layers on one region, cut out and scaled.
    head : float
        The time for the dense layers on one region.
    search : float
        The time to find the regions without a network.
    proposals : float
        The time of a small network that proposes regions from the feature map.

    Returns
    -------
    dict of str to float
        "R-CNN", "Fast R-CNN" and "Faster R-CNN".

    Examples
    --------
    >>> costs = region_costs(10, 4.0, 3.0, head=2.0, search=100.0, proposals=1.0)
    >>> costs["R-CNN"], costs["Fast R-CNN"], costs["Faster R-CNN"]
    (150.0, 124.0, 25.0)
    """
    heads = n_regions * head
    return {
        "R-CNN": search + n_regions * conv_region + heads,
        "Fast R-CNN": search + conv_image + heads,
        "Faster R-CNN": conv_image + proposals + heads,
    }
