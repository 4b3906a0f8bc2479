"""Networks as tables: the shape, the parameters and the work of every layer.

A layer is a dictionary. Its "kind" says what else it holds:

- "conv" has "f", "stride", "pad" and "filters", the number of filters;
- "pool" has "f", "stride" and "pad";
- "lrn", local response normalisation, has nothing else;
- "dense" has "units". What comes before it is flattened.

References
----------
.. [1] Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-Based Learning Applied to Document
   Recognition, Proceedings of the IEEE 86, 1998 (LeNet-5).
.. [2] A. Krizhevsky, I. Sutskever, G. Hinton: ImageNet Classification with Deep Convolutional
   Neural Networks, NIPS 2012, sections 3.3 (local response normalisation) and 3.5.
.. [3] K. Simonyan, A. Zisserman: Very Deep Convolutional Networks for Large-Scale Image
   Recognition, ICLR 2015, table 1, column D (VGG-16).
.. [4] C. Szegedy et al.: Going Deeper with Convolutions, CVPR 2015, section 4.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.convolution import output_size

Layer = dict[str, Any]
Shape = tuple[int, ...]


def layer_shapes(input_shape: Shape, layers: Sequence[Layer]) -> list[Shape]:
    """Follow the shape of one example through a network.

    Parameters
    ----------
    input_shape : tuple of int
        (n_H, n_W, n_C) of an image.
    layers : list of dict
        The layers in their order, as the module describes them.

    Returns
    -------
    list of tuple of int
        The shape that each layer puts out: (n_H, n_W, n_C), and (units,) of a dense layer.

    Examples
    --------
    >>> conv = {"kind": "conv", "f": 5, "stride": 1, "pad": 0, "filters": 6}
    >>> pool = {"kind": "pool", "f": 2, "stride": 2, "pad": 0}
    >>> layer_shapes((32, 32, 1), [conv, pool, {"kind": "dense", "units": 10}])
    [(28, 28, 6), (14, 14, 6), (10,)]
    """
    shape = input_shape
    shapes = []
    for layer in layers:
        if layer["kind"] == "dense":
            shape = (layer["units"],)
        elif layer["kind"] in ("conv", "pool"):
            n_H, n_W, n_C = shape
            n_H = output_size(n_H, layer["f"], layer["pad"], layer["stride"])
            n_W = output_size(n_W, layer["f"], layer["pad"], layer["stride"])
            shape = (n_H, n_W, layer.get("filters", n_C))
        shapes.append(shape)
    return shapes


def parameter_count(input_shape: Shape, layers: Sequence[Layer]) -> list[int]:
    """Count the weights and biases of each layer of a network.

    Parameters
    ----------
    input_shape : tuple of int
        (n_H, n_W, n_C) of an image.
    layers : list of dict
        The layers in their order, as the module describes them.

    Returns
    -------
    list of int
        The number of parameters of each layer; 0 of a layer that learns nothing.

    Examples
    --------
    >>> conv = {"kind": "conv", "f": 5, "stride": 1, "pad": 0, "filters": 6}
    >>> pool = {"kind": "pool", "f": 2, "stride": 2, "pad": 0}
    >>> parameter_count((32, 32, 1), [conv, pool, {"kind": "dense", "units": 10}])
    [156, 0, 11770]
    """
    before = [input_shape, *layer_shapes(input_shape, layers)]
    counts = []
    for layer, shape in zip(layers, before, strict=False):
        count = 0
        if layer["kind"] == "conv":
            count = (layer["f"] ** 2 * shape[2] + 1) * layer["filters"]
        if layer["kind"] == "dense":
            count = (math.prod(shape) + 1) * layer["units"]
        counts.append(count)
    return counts


def local_response_normalization(
    A: np.ndarray, k: float = 2.0, alpha: float = 1e-4, beta: float = 0.75, n: int = 5
) -> np.ndarray:
    """Divide each activation by a power of what neighbouring channels show at the same place.

    Parameters
    ----------
    A : ndarray of float, shape (m, n_H, n_W, n_C)
        Activations.
    k, alpha, beta : float
        ``b = a / (k + alpha * (sum of squares)) ** beta``.
    n : int
        How many channels, an odd number, the sum runs over: the channel itself in the middle.
        At both ends there are fewer.

    Returns
    -------
    ndarray of float, shape (m, n_H, n_W, n_C)

    Examples
    --------
    >>> A = np.array([[[[3.0, 4.0, 0.0]]]])
    >>> local_response_normalization(A, k=0.0, alpha=1.0, beta=0.5, n=3).ravel().tolist()
    [0.6, 0.8, 0.0]
    """
    half = n // 2
    squares = np.pad(A**2, ((0, 0), (0, 0), (0, 0), (half, half)))
    sums = np.sum(sliding_window_view(squares, n, axis=3), axis=4)
    B: np.ndarray = A / (k + alpha * sums) ** beta
    return B


def convolution_cost(input_shape: Shape, f: int, filters: int, stride: int, pad: int) -> int:
    """Count the multiplications of a convolution of one example.

    Parameters
    ----------
    input_shape : tuple of int
        (n_H, n_W, n_C) of the layer's input.
    f : int
        The height and width of a filter.
    filters : int
        How many filters there are.
    stride, pad : int
        How far the window moves, and how many zeros surround the input.

    Returns
    -------
    int

    Examples
    --------
    >>> convolution_cost((28, 28, 192), f=5, filters=32, stride=1, pad=2)
    120422400
    """
    n_H, n_W, n_C = input_shape
    places = output_size(n_H, f, pad, stride) * output_size(n_W, f, pad, stride)
    return places * filters * f * f * n_C


def bottleneck_cost(input_shape: Shape, f: int, filters: int, bottleneck: int) -> int:
    """Count the multiplications of a convolution behind a bottleneck, both of the same size.

    Parameters
    ----------
    input_shape : tuple of int
        (n_H, n_W, n_C) of the input.
    f : int
        The height and width of a filter of the second convolution, odd.
    filters : int
        How many filters it has.
    bottleneck : int
        How many channels the 1x1 convolution in front of it leaves.

    Returns
    -------
    int
        The multiplications of both.

    Examples
    --------
    >>> bottleneck_cost((28, 28, 192), f=5, filters=32, bottleneck=16)
    12443648
    """
    n_H, n_W, _ = input_shape
    squeeze = convolution_cost(input_shape, 1, bottleneck, 1, 0)
    wide = convolution_cost((n_H, n_W, bottleneck), f, filters, 1, f // 2)
    return sum((squeeze, wide))
