"""Neural style transfer: costs of content and style, and the way back to the image.

An image (1, n_H, n_W, 3) runs through a network. What a layer makes of it, (1, n_H, n_W, n_C), is
its activation there: a_C for the content image, a_S for the style image, a_G for the generated
one.

A network has layers of three parts: average pooling (not in the first layer), a convolution, and
ReLU. Running it keeps, for each layer, ``(pool_cache, conv_cache, Z)``: the caches of pooling
(None in the first layer) and of the convolution, and the convolution's output.

References
----------
.. [1] L. A. Gatys, A. S. Ecker, M. Bethge: Image style transfer using convolutional neural
   networks, CVPR 2016.
"""

from collections.abc import Sequence

import numpy as np

from helpers.convolution import ConvCache, PoolCache, conv_backward, pool_backward

LayerCache = tuple[PoolCache | None, ConvCache, np.ndarray]


def receptive_field(layers: Sequence[tuple[int, int]]) -> int:
    """Tell how many pixels of the image, along one axis, a number of the last layer sees.

    Parameters
    ----------
    layers : sequence of tuple of int
        ``(f, stride)`` of each layer in order: convolutions and poolings alike.

    Returns
    -------
    int
        The size of its window in the image; 1 if there is no layer.

    Examples
    --------
    >>> receptive_field([(3, 1), (2, 2), (3, 1)])
    8
    """
    size, jump = 1, 1
    for f, stride in layers:
        size += (f - 1) * jump
        jump *= stride
    return size


def compute_content_cost(a_C: np.ndarray, a_G: np.ndarray) -> float:
    """Measure how far two images are apart, as a layer sees them.

    Parameters
    ----------
    a_C : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the content image.
    a_G : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the generated image.

    Returns
    -------
    float
        The sum of the squared differences, divided by 4 n_H n_W n_C.

    Examples
    --------
    >>> a_C, a_G = np.array([1.0, 3.0, 0.0]), np.array([2.0, 1.0, 0.0])
    >>> round(float(compute_content_cost(a_C.reshape(1, 1, 3, 1), a_G.reshape(1, 1, 3, 1))), 4)
    0.4167
    """
    _, n_H, n_W, n_C = a_G.shape
    cost: float = np.sum((a_C - a_G) ** 2) / (4 * n_H * n_W * n_C)
    return cost


def content_cost_gradient(a_C: np.ndarray, a_G: np.ndarray) -> np.ndarray:
    """Give the gradient of `compute_content_cost` with respect to a_G.

    Parameters
    ----------
    a_C : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the content image.
    a_G : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the generated image.

    Returns
    -------
    ndarray of float, shape (1, n_H, n_W, n_C)
        The gradient.

    Examples
    --------
    >>> a_C, a_G = np.array([1.0, 3.0]), np.array([2.0, 1.0])
    >>> content_cost_gradient(a_C.reshape(1, 1, 2, 1), a_G.reshape(1, 1, 2, 1)).ravel().tolist()
    [0.25, -0.5]
    """
    _, n_H, n_W, n_C = a_G.shape
    gradient: np.ndarray = (a_G - a_C) / (2 * n_H * n_W * n_C)
    return gradient


def gram_matrix(A: np.ndarray) -> np.ndarray:
    """Multiply every channel with every channel, and sum over the positions.

    Parameters
    ----------
    A : ndarray of float, shape (n_C, n_H * n_W)
        A layer's activation, a channel in each row.

    Returns
    -------
    ndarray of float, shape (n_C, n_C)
        A A^T.

    Examples
    --------
    >>> gram_matrix(np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]])).tolist()
    [[5.0, 2.0], [2.0, 10.0]]
    """
    G: np.ndarray = A @ A.T
    return G


def compute_layer_style_cost(a_S: np.ndarray, a_G: np.ndarray) -> float:
    """Measure how far the styles of two images are apart, as a layer sees them.

    Parameters
    ----------
    a_S : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the style image.
    a_G : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the generated image.

    Returns
    -------
    float
        The sum of the squared differences of the Gram matrices, divided by
        4 n_C^2 (n_H n_W)^2.

    Examples
    --------
    >>> a_S, a_G = np.array([1.0, 2.0]), np.array([2.0, 1.0])
    >>> compute_layer_style_cost(a_S.reshape(1, 2, 1, 1), a_G.reshape(1, 2, 1, 1)).item()
    0.0
    >>> compute_layer_style_cost(a_S.reshape(1, 1, 1, 2), a_G.reshape(1, 1, 1, 2)).item()
    1.125
    """
    _, n_H, n_W, n_C = a_G.shape
    G_S = gram_matrix(a_S.reshape(n_H * n_W, n_C).T)
    G_G = gram_matrix(a_G.reshape(n_H * n_W, n_C).T)
    cost: float = np.sum((G_S - G_G) ** 2) / (4 * n_C**2 * (n_H * n_W) ** 2)
    return cost


def layer_style_cost_gradient(a_S: np.ndarray, a_G: np.ndarray) -> np.ndarray:
    """Give the gradient of `compute_layer_style_cost` with respect to a_G.

    Parameters
    ----------
    a_S : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the style image.
    a_G : ndarray of float, shape (1, n_H, n_W, n_C)
        The layer's activation for the generated image.

    Returns
    -------
    ndarray of float, shape (1, n_H, n_W, n_C)
        The gradient.

    Examples
    --------
    >>> a_S, a_G = np.array([1.0, 2.0]), np.array([2.0, 1.0])
    >>> layer_style_cost_gradient(a_S.reshape(1, 1, 1, 2), a_G.reshape(1, 1, 1, 2)).ravel().tolist()
    [1.5, -0.75]
    """
    _, n_H, n_W, n_C = a_G.shape
    A_S, A_G = a_S.reshape(n_H * n_W, n_C).T, a_G.reshape(n_H * n_W, n_C).T
    dA = (gram_matrix(A_G) - gram_matrix(A_S)) @ A_G / (n_C**2 * (n_H * n_W) ** 2)
    gradient: np.ndarray = dA.T.reshape(a_G.shape)
    return gradient


def compute_style_cost(
    style_image_output: Sequence[np.ndarray],
    generated_image_output: Sequence[np.ndarray],
    STYLE_LAYERS: Sequence[tuple[str, float]],
) -> float:
    """Add up the style costs of several layers, each with its weight.

    Parameters
    ----------
    style_image_output : list of ndarray of float
        The style image's activations in the style layers, in order; after them one more, which
        is that of the content layer and does not count.
    generated_image_output : list of ndarray of float
        The generated image's activations in the same layers.
    STYLE_LAYERS : list of tuple
        ``(name, weight)`` of each style layer.

    Returns
    -------
    float
        The weighted sum.

    Examples
    --------
    >>> one, two = np.ones((1, 1, 1, 1)), np.full((1, 1, 1, 1), 2.0)
    >>> layers = [("first", 0.5), ("second", 2.0)]
    >>> compute_style_cost([one, one, one], [two, one, two], layers).item()
    1.125
    """
    pairs = zip(style_image_output[:-1], generated_image_output[:-1], STYLE_LAYERS, strict=True)
    return sum(weight * compute_layer_style_cost(a_S, a_G) for a_S, a_G, (_, weight) in pairs)


def total_cost(J_content: float, J_style: float, alpha: float = 10, beta: float = 40) -> float:
    """Weigh content against style.

    Parameters
    ----------
    J_content : float
        The content cost.
    J_style : float
        The style cost.
    alpha : float
        The weight of the content.
    beta : float
        The weight of the style.

    Returns
    -------
    float
        The cost that the image shall make small.

    Examples
    --------
    >>> total_cost(0.5, 0.25), total_cost(0.5, 0.25, alpha=2, beta=4)
    (15.0, 2.0)
    """
    return alpha * J_content + beta * J_style


def image_gradient(gradients: Sequence[np.ndarray], caches: Sequence[LayerCache]) -> np.ndarray:
    """Carry gradients that enter at every layer back to the image.

    Parameters
    ----------
    gradients : list of ndarray of float
        For each layer, the gradient of the cost with respect to its activation, as far as the
        cost looks at this activation itself; zeros where it does not.
    caches : list of tuple
        For each layer ``(pool_cache, conv_cache, Z)``; pool_cache is None in the first one.

    Returns
    -------
    ndarray of float, shape (1, n_H, n_W, 3)
        The gradient with respect to the image, by all ways.

    Examples
    --------
    >>> image = np.array([1.0, -1.0]).reshape(1, 1, 2, 1)
    >>> conv_cache = (image, np.full((1, 1, 1, 1), 3.0), np.zeros((1, 1, 1, 1)),
    ...               {"stride": 1, "pad": 0})
    >>> image_gradient([np.ones((1, 1, 2, 1))], [(None, conv_cache, 3 * image)]).ravel().tolist()
    [3.0, 0.0]
    """
    dA = np.zeros_like(gradients[-1])
    for gradient, (pool_cache, conv_cache, Z) in zip(gradients[::-1], caches[::-1], strict=True):
        dA, _, _ = conv_backward((dA + gradient) * (Z > 0), conv_cache)
        if pool_cache is not None:
            dA = pool_backward(dA, pool_cache, mode="average")
    return dA
