"""Week 9, first notebook: deep convolutional networks."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import architectures, inception, residual
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator
Layer = dict[str, Any]


def _different(rng: Generator, low: int, high: int, count: int) -> list[int]:
    """Draw whole numbers below `high`, no two alike."""
    return [int(n) for n in rng.permutation(np.arange(low, high))[:count]]


# --- networks as tables ---------------------------------------------------------------------


def _conv(rng: Generator, filters: int) -> Layer:
    f, stride = int(rng.choice([2, 3, 5])), int(rng.integers(1, 4))
    layer = {"kind": "conv", "f": f, "stride": stride, "pad": int(rng.integers(0, 3))}
    return layer | {"filters": filters}


def _pool(rng: Generator) -> Layer:
    f, stride = (int(n) for n in rng.choice([[2, 2], [3, 2], [3, 1]]))
    return {"kind": "pool", "f": f, "stride": stride, "pad": int(rng.integers(0, 2))}


def _table(rng: Generator) -> Arguments:
    """Draw a network with every kind of layer, on an image that is not square."""
    n_H, n_W = _different(rng, 60, 90, 2)
    n_C, first, second, units, n_y = _different(rng, 2, 14, 5)
    layers = [_conv(rng, first), {"kind": "lrn"}, _pool(rng), _conv(rng, second)]
    dense = [{"kind": "dense", "units": units}, {"kind": "dense", "units": n_y}]
    return arguments((n_H, n_W, n_C), [*layers, *dense])


def _table_edges(rng: Generator) -> list[Arguments]:
    """Take the first layers of two famous networks, and layers by themselves."""
    c1 = {"kind": "conv", "f": 5, "stride": 1, "pad": 0, "filters": 6}
    pool = {"kind": "pool", "f": 2, "stride": 2, "pad": 0}
    eleven = {"kind": "conv", "f": 11, "stride": 4, "pad": 0, "filters": 96}
    dense = {"kind": "dense", "units": int(rng.integers(2, 9))}
    return [
        arguments((32, 32, 1), [c1, pool, {"kind": "dense", "units": 10}]),
        arguments((227, 227, 3), [eleven, {"kind": "pool", "f": 3, "stride": 2, "pad": 0}]),
        arguments((4, 7, 3), [dense]),
        arguments((4, 7, 3), [{"kind": "lrn"}, {"kind": "conv"} | eleven | {"f": 3, "stride": 1}]),
    ]


LAYER_SHAPES = Exercise(
    function="layer_shapes",
    reference=architectures.layer_shapes,
    inputs=_table,
    edge_inputs=_table_edges,
    checks=[Matches(points=6, label="the shapes"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "padding on one side only",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "(n_H + layer['pad'] - layer['f']) // layer['stride'] + 1",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "(n_W + layer['pad'] - layer['f']) // layer['stride'] + 1",
            },
            "Padding adds `pad` rows at the top and as many at the bottom: n grows by twice the padding.",
        ),
        Mistake(
            "one size for height and width",
            {"output_size(n_W, layer": "output_size(shape[0], layer"},
            "Images need not be square: compute the width from the width, n_W.",
        ),
        Mistake(
            "height and width swapped",
            {"shape = (n_H, n_W, layer.get": "shape = (n_W, n_H, layer.get"},
            "The height comes first: (n_H, n_W, n_C).",
        ),
        Mistake(
            "channels kept by a convolution",
            {"layer.get('filters', n_C)": "n_C"},
            "A convolution puts out one channel for each of its filters, however many channels come in.",
        ),
        Mistake(
            "one place too few",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "(n_H + 2 * layer['pad'] - layer['f']) // layer['stride']",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "(n_W + 2 * layer['pad'] - layer['f']) // layer['stride']",
            },
            "The window's first place counts as well: + 1 after the division.",
        ),
        Mistake(
            "rounded up",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "-(-(n_H + 2 * layer['pad'] - layer['f']) // layer['stride']) + 1",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "-(-(n_W + 2 * layer['pad'] - layer['f']) // layer['stride']) + 1",
            },
            "A window that would hang over the edge does not count: round down.",
        ),
        Mistake(
            "stride and padding swapped in the call",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "output_size(n_H, layer['f'], layer['stride'], layer['pad'])",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "output_size(n_W, layer['f'], layer['stride'], layer['pad'])",
            },
            "`output_size` takes n, f, pad, stride, in this order. Better name them: pad=..., stride=...",
        ),
        Mistake(
            "pooling forgotten",
            {"in ('conv', 'pool')": "in ('conv',)"},
            "Pooling makes the image smaller too, by the same formula; only the number of channels stays.",
        ),
        Mistake(
            "every layer on the input",
            {"n_H, n_W, n_C = shape\n": "n_H, n_W, n_C = input_shape\n"},
            "Each layer works on what the layer before it puts out, not on the input image again.",
        ),
        Mistake(
            "only the last shape",
            {"return shapes": "return shape"},
            "Return the whole list, one shape for each layer.",
        ),
        Mistake(
            "layers without parameters skipped",
            {"shapes.append(shape)": "shapes += [shape] * (layer['kind'] != 'lrn')"},
            "A normalisation layer belongs to the list as well; it puts out the shape that it gets.",
        ),
        Mistake(
            "padding ignored",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "output_size(n_H, layer['f'], 0, layer['stride'])",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "output_size(n_W, layer['f'], 0, layer['stride'])",
            },
            "Padding makes room for more places: n + 2 · pad − f. Hand `layer['pad']` on.",
        ),
        Mistake(
            "stride ignored",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "output_size(n_H, layer['f'], layer['pad'], 1)",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "output_size(n_W, layer['f'], layer['pad'], 1)",
            },
            "The window moves by `layer['stride']`: divide by it.",
        ),
        Mistake(
            "not rounded",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "(n_H + 2 * layer['pad'] - layer['f']) / layer['stride'] + 1",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "(n_W + 2 * layer['pad'] - layer['f']) / layer['stride'] + 1",
            },
            "There is no half place: round down. `//` does it, and so does `output_size`.",
        ),
        Mistake(
            "channels multiplied by the filters",
            {"layer.get('filters', n_C)": "n_C * layer.get('filters', 1)"},
            "A filter adds up over all channels that come in: one filter, one channel out.",
        ),
        Mistake(
            "a number for a tuple of one",
            {"(layer['units'],)": "layer['units']"},
            "The shape of a dense layer's output is a tuple with one number in it: (u,), with the comma. (u) is only u.",
        ),
        Mistake(
            "input among the outputs",
            {"shapes = []": "shapes = [input_shape]"},
            "The list holds what the layers put out. The input's shape does not belong to it.",
        ),
        Mistake(
            "pooling with a stride of its own size",
            {
                "output_size(n_H, layer['f'], layer['pad'], layer['stride'])": "output_size(n_H, layer['f'], layer['pad'], layer['f'] if layer['kind'] == 'pool' else layer['stride'])",
                "output_size(n_W, layer['f'], layer['pad'], layer['stride'])": "output_size(n_W, layer['f'], layer['pad'], layer['f'] if layer['kind'] == 'pool' else layer['stride'])",
            },
            "The stride need not be the size of the window: AlexNet pools 3×3 with stride 2. Read `layer['stride']`.",
        ),
    ],
)

PARAMETER_COUNT = Exercise(
    function="parameter_count",
    reference=architectures.parameter_count,
    inputs=_table,
    edge_inputs=_table_edges,
    checks=[Matches(points=6, label="the counts"), LeavesInputsAlone()],
    uses=("layer_shapes",),
    mistakes=[
        Mistake(
            "biases forgotten",
            {
                "(layer['f'] ** 2 * shape[2] + 1)": "layer['f'] ** 2 * shape[2]",
                "(math.prod(shape) + 1)": "math.prod(shape)",
            },
            "Each filter and each unit has a bias too: one more parameter.",
        ),
        Mistake(
            "one bias for the whole layer",
            {
                "(layer['f'] ** 2 * shape[2] + 1) * layer['filters']": "layer['f'] ** 2 * shape[2] * layer['filters'] + 1",
                "(math.prod(shape) + 1) * layer['units']": "math.prod(shape) * layer['units'] + 1",
            },
            "Every filter and every unit has a bias of its own: as many biases as filters or units.",
        ),
        Mistake(
            "a bias for each channel of the input",
            {"(layer['f'] ** 2 * shape[2] + 1)": "(layer['f'] ** 2 + 1) * shape[2]"},
            "A filter reaches through all channels of its input, and has one bias in all.",
        ),
        Mistake(
            "channels of the input forgotten",
            {"layer['f'] ** 2 * shape[2] + 1": "layer['f'] ** 2 + 1"},
            "A filter is f × f × n_C: it has weights for every channel of its input.",
        ),
        Mistake(
            "a filter of one row",
            {"layer['f'] ** 2": "layer['f']"},
            "A filter has f rows and f columns.",
        ),
        Mistake(
            "weights for every place",
            {"+ 1) * layer['filters']": "+ 1) * math.prod(layer_shapes(shape, [layer])[0])"},
            "The same filter is used at every place: its parameters are counted once. That is what parameter sharing means.",
        ),
        Mistake(
            "the layer's own output for its input",
            {"zip(layers, before, strict=False)": "zip(layers, before[1:])"},
            "How many weights a layer has depends on the shape that comes *in*: the output of the layer before, and the input image for the first.",
        ),
        Mistake(
            "dense layer on the channels only",
            {"math.prod(shape)": "shape[-1]"},
            "Before a dense layer the image is flattened: height times width times channels inputs.",
        ),
        Mistake(
            "the sum only",
            {"return counts": "return sum(counts)"},
            "Return a list with the count of each layer. The notebook adds them up.",
        ),
        Mistake(
            "layers without parameters left out",
            {"return counts": "return [count for count in counts if count]"},
            "A layer that learns nothing belongs to the list, with a 0.",
        ),
        Mistake(
            "biases of the filters forgotten",
            {"(layer['f'] ** 2 * shape[2] + 1)": "layer['f'] ** 2 * shape[2]"},
            "Your dense layers are right. Filters have biases as well, one for each filter.",
        ),
        Mistake(
            "biases of the dense layers forgotten",
            {"(math.prod(shape) + 1)": "math.prod(shape)"},
            "Your convolutions are right. The units of a dense layer have biases as well, one for each unit.",
        ),
        Mistake(
            "one filter only",
            {
                "(layer['f'] ** 2 * shape[2] + 1) * layer['filters']": "layer['f'] ** 2 * shape[2] + 1"
            },
            "These are the parameters of a single filter. The layer has `layer['filters']` of them.",
        ),
        Mistake(
            "height for channels",
            {"shape[2]": "shape[0]"},
            "A shape is (n_H, n_W, n_C): the channels are shape[2]. How high the image is does not matter to a filter.",
        ),
        Mistake(
            "the count of the layer before",
            {"        count = 0\n": "", "counts = []": "counts, count = ([], 0)"},
            "A layer that learns nothing counts 0. Without an `else`, it gets the count of the layer before it.",
        ),
    ],
)


# --- local response normalisation -----------------------------------------------------------


def _activations(rng: Generator, channels: int, m: int = 2) -> np.ndarray:
    return 2 * rng.normal(size=(m, 2, 3, channels))


def _lrn(rng: Generator) -> Arguments:
    A = _activations(rng, int(rng.integers(5, 8)), m=int(rng.integers(2, 4)))
    k, alpha, beta = rng.uniform([0.5, 0.1, 0.3], [3, 1, 0.9])
    return arguments(A, k=float(k), alpha=float(alpha), beta=float(beta), n=3)


def _lrn_edges(rng: Generator) -> list[Arguments]:
    """Take the paper's numbers, one channel, and a window wider than the channels."""
    return [
        arguments(30 * _activations(rng, 8)),
        arguments(_activations(rng, 7), k=1.0, alpha=0.5, beta=0.5, n=5),
        arguments(_activations(rng, 3), k=2.0, alpha=0.5, beta=0.75, n=9),
        arguments(_activations(rng, 4, m=1), k=1.5, alpha=0.7, beta=0.6, n=1),
    ]


_SUMS = "np.sum(sliding_window_view(squares, n, axis=3), axis=4)"

LOCAL_RESPONSE_NORMALIZATION = Exercise(
    function="local_response_normalization",
    reference=architectures.local_response_normalization,
    inputs=_lrn,
    edge_inputs=_lrn_edges,
    checks=[Matches(points=6, label="the activations"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "sum over all channels",
            {_SUMS: "np.sum(squares, axis=3, keepdims=True)"},
            "*Local*: only the n channels around each one count, (n − 1) / 2 on either side.",
        ),
        Mistake(
            "activations not squared",
            {"A ** 2": "A"},
            "The sum runs over the squares of the activations.",
        ),
        Mistake(
            "mean instead of sum",
            {_SUMS: _SUMS.replace("np.sum", "np.mean")},
            "The squares are added up, not averaged. (Some libraries divide by n here: then their alpha means something else.)",
        ),
        Mistake(
            "exponent forgotten",
            {"(k + alpha * sums) ** beta": "(k + alpha * sums)"},
            "The denominator is raised to the power beta.",
        ),
        Mistake(
            "exponent on the sum only",
            {"(k + alpha * sums) ** beta": "(k + alpha * sums ** beta)"},
            "beta is the exponent of the whole bracket, k included.",
        ),
        Mistake(
            "k left out",
            {"k + alpha * sums": "alpha * sums"},
            "Without k, a place where nothing happens is divided by almost nothing.",
        ),
        Mistake(
            "neighbours before the channel only",
            {"(half, half)": "(2 * half, 0)"},
            "The window lies around the channel: as many neighbours after it as before it.",
        ),
        Mistake(
            "channel itself left out",
            {_SUMS: _SUMS + " - A ** 2"},
            "The channel itself belongs to the sum.",
        ),
        Mistake(
            "last neighbour forgotten",
            "def local_response_normalization(A, k=2.0, alpha=0.0001, beta=0.75, n=5):\n"
            "    B, half = np.zeros(A.shape), n // 2\n"
            "    for i in range(A.shape[3]):\n"
            "        squares = A[:, :, :, max(0, i - half):i + half] ** 2\n"
            "        B[:, :, :, i] = A[:, :, :, i] / (k + alpha * np.sum(squares, axis=3)) ** beta\n"
            "    return B",
            "A slice stops before its end: the channels up to i + n // 2 are [... : i + n // 2 + 1].",
        ),
        Mistake(
            "channels in a ring",
            {_SUMS: "sum((np.roll(A, s, axis=3) ** 2 for s in range(-half, half + 1)))"},
            "The channels are no ring: the first has no neighbours before it, the last has none after it.",
        ),
        Mistake(
            "neighbouring places instead of channels",
            {_SUMS: "sum((np.roll(A, s, axis=2) ** 2 for s in range(-half, half + 1)))"},
            "The neighbours are other channels at the same place (the last axis), not other places.",
        ),
        Mistake(
            "the paper's numbers written in",
            {"(k + alpha * sums) ** beta": "(2.0 + 0.0001 * sums) ** 0.75"},
            "Use the arguments k, alpha and beta; 2, 0.0001 and 0.75 are only what they are by default.",
        ),
        Mistake(
            "begins before the first channel",
            "def local_response_normalization(A, k=2.0, alpha=0.0001, beta=0.75, n=5):\n"
            "    B, half = np.zeros(A.shape), n // 2\n"
            "    for i in range(A.shape[3]):\n"
            "        squares = A[:, :, :, i - half:i + half + 1] ** 2\n"
            "        B[:, :, :, i] = A[:, :, :, i] / (k + alpha * np.sum(squares, axis=3)) ** beta\n"
            "    return B",
            "A negative beginning counts from the end, so that the slice of the first channels is empty: begin at max(0, c − n // 2).",
        ),
        Mistake(
            "square of the sum",
            {"A ** 2": "A", _SUMS: _SUMS + " ** 2"},
            "First square each activation, then add up.",
        ),
        Mistake(
            "window twice as wide",
            {"half = n // 2": "half = n", "squares, n, axis": "squares, 2 * n + 1, axis"},
            "The window is n channels wide in all: n // 2 on either side of the channel.",
        ),
        Mistake(
            "width of the window written in",
            {"half = n // 2": "n, half = (5, 2)"},
            "How wide the window is, the argument n says; 5 is only what it is by default.",
        ),
        Mistake(
            "multiplied",
            {"A / (k": "A * (k"},
            "The activations are *divided* by the bracket's power: that is what damps them.",
        ),
        Mistake(
            "alpha forgotten",
            {"k + alpha * sums": "k + sums"},
            "The sum is multiplied by alpha before k is added.",
        ),
        Mistake(
            "alpha before the bracket",
            {"(k + alpha * sums)": "(alpha * (k + sums))"},
            "alpha belongs to the sum only, not to k.",
        ),
        Mistake(
            "reads what it has changed",
            "def local_response_normalization(A, k=2.0, alpha=0.0001, beta=0.75, n=5):\n"
            "    B, half = A.copy(), n // 2\n"
            "    for i in range(A.shape[3]):\n"
            "        squares = B[:, :, :, max(0, i - half):i + half + 1] ** 2\n"
            "        B[:, :, :, i] = A[:, :, :, i] / (k + alpha * np.sum(squares, axis=3)) ** beta\n"
            "    return B",
            "The sum is about the activations *before* the layer. Write the results into another array, and read from A.",
        ),
    ],
)


# --- residual blocks ------------------------------------------------------------------------


def _array(rng: Generator, shape: tuple[int, ...], whole: bool) -> np.ndarray:
    """Draw numbers; whole ones often add up to exactly 0, where ReLU has no slope."""
    return rng.integers(-1, 2, shape).astype(float) if whole else 0.7 * rng.normal(size=shape)


def _block(
    rng: Generator, f: int, g: int, projection: bool, whole: bool, m: int = 2
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Draw the input and the parameters of a block with filters f × f, then g × g."""
    n_H, n_W = (5, 4) if whole else _different(rng, 3, 6, 2)
    n_C, k, last = _different(rng, 2, 5, 3)
    last = last if projection else n_C
    shapes = {"W1": (f, f, n_C, k), "b1": (1, 1, 1, k), "W2": (g, g, k, last)}
    shapes["b2"] = (1, 1, 1, last)
    if projection:
        shapes |= {"Ws": (1, 1, n_C, last), "bs": (1, 1, 1, last)}
    parameters = {name: _array(rng, shape, whole) for name, shape in shapes.items()}
    A_prev = _array(rng, (m, n_H, n_W, n_C), whole)
    if whole:
        _make_zeros(A_prev, parameters)
    return A_prev, parameters


def _make_zeros(A_prev: np.ndarray, parameters: dict[str, np.ndarray]) -> None:
    """Make Z1 and S exactly 0 in their first channels, and positive in their second."""
    W2 = parameters["W2"]
    for name in ("W1", "b1", "W2", "b2"):
        parameters[name][..., :2] = 0
    parameters["b1"][..., 1], parameters["b2"][..., 1], W2[:, :, 0, 1] = 1, 2, 1
    if "Ws" not in parameters:
        A_prev[..., 0] = 0
        return
    A_prev[..., 1] = A_prev[..., 0]  # the weights 1 and -1 of the shortcut cancel out
    parameters["Ws"][..., :2], parameters["bs"][..., :2] = 0, 0
    parameters["Ws"][0, 0, :2, 0] = 1, -1


def _identity(rng: Generator, f: int = 3, g: int = 3, whole: bool = False, m: int = 2) -> Arguments:
    return arguments(*_block(rng, f, g, False, whole, m))


def _identity_edges(rng: Generator) -> list[Arguments]:
    """Take filters of several sizes, one example, and sums that are exactly 0."""
    whole = _identity(rng, whole=True)
    return [_identity(rng, 1, 5, m=1), _identity(rng, 3, 1), _identity(rng, 5, 3), whole]


_SAVED = [
    Matches("cache.Z1", points=1),
    Matches("cache.S", points=1),
    Matches("cache.conv1", points=1),
    Matches("cache.conv2", points=1),
]

IDENTITY_BLOCK_FORWARD = Exercise(
    function="identity_block_forward",
    reference=residual.identity_block_forward,
    returns=("A", "cache"),
    inputs=_identity,
    edge_inputs=_identity_edges,
    checks=[Matches("A", points=4), *_SAVED, LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "no shortcut",
            {"S = Z2 + A_prev": "S = Z2"},
            "This is the plain network. Add the block's input before the last ReLU.",
        ),
        Mistake(
            "shortcut after the ReLU",
            {"relu(S), {": "relu(Z2) + A_prev, {"},
            "The shortcut comes in before the last ReLU: first add, then bend.",
        ),
        Mistake(
            "shortcut from the middle",
            {"S = Z2 + A_prev": "S = Z2 + np.mean(relu(Z1), axis=3, keepdims=True)"},
            "The shortcut begins at the block's input, before both convolutions.",
        ),
        Mistake(
            "no ReLU between the convolutions",
            {"relu(Z1), W2": "Z1, W2"},
            "Without ReLU between them, the two convolutions are no more than one: bend Z1 first.",
        ),
        Mistake(
            "no ReLU at the end",
            {"relu(S), {": "S, {"},
            "After the sum comes the second ReLU.",
        ),
        Mistake(
            "ReLU before the sum as well",
            {"S = Z2 + A_prev": "S = relu(Z2) + A_prev"},
            "Then the main path could only ever add, never take away. Z2 goes into the sum as it is.",
        ),
        Mistake(
            "input taken away",
            {"S = Z2 + A_prev": "S = Z2 - A_prev"},
            "The shortcut is added.",
        ),
        Mistake(
            "padding written in",
            {
                "same_convolution(A_prev, W1, b1, 1)": "conv_forward(A_prev, W1, b1, {'stride': 1, 'pad': 1})",
                "same_convolution(relu(Z1), W2, b2, 1)": "conv_forward(relu(Z1), W2, b2, {'stride': 1, 'pad': 1})",
            },
            "A padding of 1 fits filters of 3 × 3 only. To keep height and width, pad by (f − 1) / 2, with f from the filters' shape.",
        ),
        Mistake(
            "sum stored after the ReLU",
            {"'S': S}": "'S': Z2}"},
            "The way back needs to know where the last ReLU was open: store the sum that it saw, shortcut included.",
        ),
        Mistake(
            "activation stored for the first sum",
            {"'Z1': Z1": "'Z1': relu(Z1)"},
            "`Z1` is the output of the first convolution before ReLU.",
        ),
        Mistake(
            "shapes that do not fit",
            {
                "same_convolution(A_prev, W1, b1, 1)": "conv_forward(A_prev, W1, b1, {'stride': 1, 'pad': W1.shape[0]})"
            },
            "The input cannot be added to what comes out of the convolutions. Both keep height and width: W1 with b1, then W2 with b2, each with stride 1 and with the padding (f − 1) / 2 of its own filters, a whole number: W1.shape[0] // 2.",
        ),
        Mistake(
            "sum stored after the last ReLU",
            {"'S': S}": "'S': relu(S)}"},
            "`S` is the sum that goes into the last ReLU. What comes out of it is A.",
        ),
        Mistake(
            "caches of the convolutions swapped",
            {"'conv1': conv1": "'conv1': conv2", "'conv2': conv2": "'conv2': conv1"},
            'The cache of the first convolution stands under "conv1", that of the second under "conv2".',
        ),
        Mistake(
            "one padding for both convolutions",
            {
                "same_convolution(relu(Z1), W2, b2, 1)": "conv_forward(relu(Z1), W2, b2, {'stride': 1, 'pad': W1.shape[0] // 2})"
            },
            "The filters of the two convolutions may differ in size: the second needs the padding of its own filters, W2.shape[0] // 2.",
        ),
        Mistake(
            "output halved",
            {"S = Z2 + A_prev": "S = (Z2 + A_prev) / 2"},
            "The two are added, not averaged.",
        ),
    ],
)


def _identity_back(
    rng: Generator, f: int = 3, g: int = 3, whole: bool = False, m: int = 2
) -> Arguments:
    A, cache = residual.identity_block_forward(*_block(rng, f, g, False, whole, m))
    return arguments(rng.normal(size=A.shape), cache)


def _identity_back_edges(rng: Generator) -> list[Arguments]:
    whole = _identity_back(rng, whole=True)
    return [
        _identity_back(rng, 1, 5, m=1),
        _identity_back(rng, 3, 1),
        _identity_back(rng, 5, 3),
        whole,
    ]


IDENTITY_BLOCK_BACKWARD = Exercise(
    function="identity_block_backward",
    reference=residual.identity_block_backward,
    returns=("dA_prev", "grads"),
    inputs=_identity_back,
    edge_inputs=_identity_back_edges,
    checks=[
        Matches("dA_prev", points=4),
        Matches("grads.dW2", points=1),
        Matches("grads.db2", points=1),
        Matches("grads.dW1", points=1),
        Matches("grads.db1", points=1),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "shortcut forgotten",
            {"(dX + dS, {": "(dX, {"},
            "The input went two ways, through the convolutions and along the shortcut. Gradients of both ways add up.",
        ),
        Mistake(
            "only the shortcut",
            {"(dX + dS, {": "(dS, {"},
            "The input also went through the two convolutions: add what comes back from there.",
        ),
        Mistake(
            "shortcut around the last ReLU",
            {"(dX + dS, {": "(dX + dA, {"},
            "The shortcut joined before the last ReLU, so its gradient must go through that ReLU too.",
        ),
        Mistake(
            "last ReLU forgotten",
            {"dA * (cache['S'] > 0)": "dA"},
            "On the way back the last ReLU comes first: where S was not positive, nothing gets through.",
        ),
        Mistake(
            "first ReLU forgotten",
            {"dA1 * (cache['Z1'] > 0)": "dA1"},
            "Between the convolutions there was a ReLU: where Z1 was not positive, nothing gets through.",
        ),
        Mistake(
            "last ReLU open where the output of the convolution was positive",
            {"(cache['S'] > 0)": "(cache['S'] - cache['conv1'][0] > 0)"},
            "The last ReLU saw the sum with the shortcut, S: that decides where it was open.",
        ),
        Mistake(
            "multiplied by the sums",
            {"(cache['S'] > 0)": "relu(cache['S'])", "(cache['Z1'] > 0)": "relu(cache['Z1'])"},
            "The slope of ReLU is 1 where the number was positive, not the number itself.",
        ),
        Mistake(
            "averaged over the examples",
            {
                "'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2": "'dW1': dW1 / len(dA), 'db1': db1 / len(dA), 'dW2': dW2 / len(dA), 'db2': db2 / len(dA)"
            },
            "Since week 6 the factor 1/m is in the gradient that comes in. Do not divide once more.",
        ),
        Mistake(
            "ReLU's slope at 0 taken as 1",
            {"cache['S'] > 0": "cache['S'] >= 0", "cache['Z1'] > 0": "cache['Z1'] >= 0"},
            "At exactly 0 the slope counts as 0, as in week 2: > instead of >=.",
        ),
        Mistake(
            "both ReLUs forgotten",
            {"dA * (cache['S'] > 0)": "dA", "dA1 * (cache['Z1'] > 0)": "dA1"},
            "There are two ReLUs in the block. On the way back nothing gets through where S, or Z1, was not positive.",
        ),
        Mistake(
            "ReLU of the gradient",
            {"dA * (cache['S'] > 0)": "relu(dA)", "dA1 * (cache['Z1'] > 0)": "relu(dA1)"},
            "Where the *sum* was positive, the gradient gets through, and it may be negative itself: dA · [S > 0], not ReLU(dA).",
        ),
        Mistake(
            "gradient of the output into the convolution",
            {"conv_backward(dS, cache['conv2'])": "conv_backward(dA, cache['conv2'])"},
            "What goes back through the second convolution has gone through the last ReLU first: dS, not dA.",
        ),
        Mistake(
            "gradients of both ways multiplied",
            {"(dX + dS, {": "(dX * dS, {"},
            "Two ways from one input to the cost: their gradients add up.",
        ),
        Mistake(
            "gradients of both ways averaged",
            {"(dX + dS, {": "((dX + dS) / 2, {"},
            "The chain rule adds up over all ways. It does not average them.",
        ),
        Mistake(
            "the plain block's cache",
            {"cache['S']": "cache['Z2']"},
            'There is no such entry. This block\'s cache holds "conv1", "Z1", "conv2" and "S": it is the sum S that went into the last ReLU.',
        ),
    ],
)


def _projection(
    rng: Generator, f: int = 3, g: int = 3, stride: int = 0, whole: bool = False, m: int = 2
) -> Arguments:
    return arguments(*_block(rng, f, g, True, whole, m), stride=stride or int(rng.integers(1, 4)))


def _projection_edges(rng: Generator) -> list[Arguments]:
    """Take filters of several sizes, every stride, one example, and sums that are exactly 0."""
    return [
        _projection(rng, 1, 5, 2, m=1),
        _projection(rng, 3, 1, 3),
        _projection(rng, 5, 3, 2),
        _projection(rng, 3, 3, 1),
        _projection(rng, 3, 3, 2, whole=True),
    ]


PROJECTION_BLOCK_FORWARD = Exercise(
    function="projection_block_forward",
    reference=residual.projection_block_forward,
    returns=("A", "cache"),
    inputs=_projection,
    edge_inputs=_projection_edges,
    checks=[
        Matches("A", points=4),
        *_SAVED,
        Matches("cache.shortcut", points=1),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "no shortcut",
            {"S = Z2 + Zs": "S = Z2"},
            "Add the shortcut's output before the last ReLU.",
        ),
        Mistake(
            "stride ignored",
            {"W1, b1, stride": "W1, b1, 1", "Ws, bs, stride": "Ws, bs, 1"},
            "The first convolution and the shortcut move by `stride`.",
        ),
        Mistake(
            "stride written in",
            {"W1, b1, stride": "W1, b1, 2", "Ws, bs, stride": "Ws, bs, 2"},
            "A stride of 2 is usual, but the argument says which one to take.",
        ),
        Mistake(
            "stride in the second convolution too",
            {"W2, b2, 1": "W2, b2, stride"},
            "Only the first convolution makes the image smaller; the second has stride 1.",
        ),
        Mistake(
            "shortcut without its stride",
            {"Ws, bs, stride": "Ws, bs, 1"},
            "The shortcut must come out as large as the main path: it needs the same stride.",
        ),
        Mistake(
            "shortcut through a ReLU",
            {"S = Z2 + Zs": "S = Z2 + relu(Zs)"},
            "The shortcut is linear: no ReLU before the sum.",
        ),
        Mistake(
            "ReLU before the sum as well",
            {"S = Z2 + Zs": "S = relu(Z2) + Zs"},
            "Z2 goes into the sum as it is; ReLU comes after the sum.",
        ),
        Mistake(
            "no ReLU at the end",
            {"relu(S), {": "S, {"},
            "After the sum comes the second ReLU.",
        ),
        Mistake(
            "no ReLU between the convolutions",
            {"relu(Z1), W2": "Z1, W2"},
            "Without ReLU between them, the two convolutions are no more than one: bend Z1 first.",
        ),
        Mistake(
            "padding written in",
            {
                "same_convolution(A_prev, W1, b1, stride)": "conv_forward(A_prev, W1, b1, {'stride': stride, 'pad': 1})",
                "same_convolution(relu(Z1), W2, b2, 1)": "conv_forward(relu(Z1), W2, b2, {'stride': 1, 'pad': 1})",
            },
            "A padding of 1 fits filters of 3 × 3 only. To keep the size at stride 1, pad by (f − 1) / 2, with f from the filters' shape.",
        ),
        Mistake(
            "shortcut's bias forgotten",
            {"Ws, bs, stride": "Ws, 0 * bs, stride"},
            "The shortcut is a convolution with a bias of its own, bs.",
        ),
        Mistake(
            "shapes that do not fit",
            {
                "same_convolution(A_prev, W1, b1, stride)": "conv_forward(A_prev, W1, b1, {'stride': stride, 'pad': W1.shape[0]})"
            },
            "The two paths cannot be added. The main path: W1 with b1, stride and padding (f − 1) / 2; then W2 with b2, stride 1 and padding (f − 1) / 2 for its own f. The shortcut begins at A_prev: Ws with bs, stride, and no padding.",
        ),
        Mistake(
            "padding on the shortcut",
            {
                "same_convolution(A_prev, Ws, bs, stride)": "conv_forward(A_prev, Ws, bs, {'stride': stride, 'pad': W1.shape[0] // 2})"
            },
            "Filters of 1×1 need no padding to keep the size.",
        ),
        Mistake(
            "stride in the second convolution instead",
            {"W1, b1, stride": "W1, b1, 1", "W2, b2, 1": "W2, b2, stride"},
            "It is the first convolution that moves by `stride`; the second has stride 1.",
        ),
        Mistake(
            "sum stored after the last ReLU",
            {"'S': S}": "'S': relu(S)}"},
            "`S` is the sum that goes into the last ReLU. What comes out of it is A.",
        ),
        Mistake(
            "activation stored for the first sum",
            {"'Z1': Z1": "'Z1': relu(Z1)"},
            "`Z1` is the output of the first convolution before ReLU.",
        ),
        Mistake(
            "shortcut left out of the stored sum",
            {"'S': S}": "'S': Z2}"},
            "The way back needs to know where the last ReLU was open: store the sum that it saw, shortcut included.",
        ),
        Mistake(
            "output stored for the shortcut's cache",
            {"'shortcut': shortcut": "'shortcut': Zs"},
            "`conv_forward` returns two things: the output, which goes into the sum, and its cache, which `conv_backward` will need.",
        ),
    ],
)


def _projection_back(
    rng: Generator, f: int = 3, g: int = 3, stride: int = 0, whole: bool = False, m: int = 2
) -> Arguments:
    drawn = _projection(rng, f, g, stride, whole, m)
    A, cache = residual.projection_block_forward(*drawn.positional, **drawn.named)
    return arguments(rng.normal(size=A.shape), cache)


def _projection_back_edges(rng: Generator) -> list[Arguments]:
    return [
        _projection_back(rng, 1, 5, 2, m=1),
        _projection_back(rng, 5, 3, 3),
        _projection_back(rng, 3, 1, 1),
        _projection_back(rng, 3, 3, 2, whole=True),
    ]


PROJECTION_BLOCK_BACKWARD = Exercise(
    function="projection_block_backward",
    reference=residual.projection_block_backward,
    returns=("dA_prev", "grads"),
    inputs=_projection_back,
    edge_inputs=_projection_back_edges,
    checks=[
        Matches("dA_prev", points=3),
        Matches("grads.dW2", points=1),
        Matches("grads.db2", points=1),
        Matches("grads.dW1", points=1),
        Matches("grads.db1", points=1),
        Matches("grads.dWs", points=2),
        Matches("grads.dbs", points=1),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "gradient of the shortcut forgotten",
            {"dX_main + dX_short": "dX_main"},
            "The input went two ways. What comes back along the shortcut belongs to its gradient too.",
        ),
        Mistake(
            "only the shortcut",
            {"dX_main + dX_short": "dX_short"},
            "The input also went through the two convolutions: add what comes back from there.",
        ),
        Mistake(
            "shortcut around the last ReLU",
            {"conv_backward(dS, cache['shortcut'])": "conv_backward(dA, cache['shortcut'])"},
            "The shortcut joined before the last ReLU: its gradient is dS, not dA.",
        ),
        Mistake(
            "last ReLU forgotten",
            {"dA * (cache['S'] > 0)": "dA"},
            "On the way back the last ReLU comes first: where S was not positive, nothing gets through.",
        ),
        Mistake(
            "first ReLU forgotten",
            {"dA1 * (cache['Z1'] > 0)": "dA1"},
            "Between the convolutions there was a ReLU: where Z1 was not positive, nothing gets through.",
        ),
        Mistake(
            "gradients of the paths multiplied",
            {"dX_main + dX_short": "dX_main * dX_short"},
            "Two ways from one input to the cost: their gradients add up.",
        ),
        Mistake(
            "averaged over the examples",
            {
                "'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2, 'dWs': dWs, 'dbs': dbs": "'dW1': dW1 / len(dA), 'db1': db1 / len(dA), 'dW2': dW2 / len(dA), 'db2': db2 / len(dA), 'dWs': dWs / len(dA), 'dbs': dbs / len(dA)"
            },
            "Since week 6 the factor 1/m is in the gradient that comes in. Do not divide once more.",
        ),
        Mistake(
            "ReLU's slope at 0 taken as 1",
            {"cache['S'] > 0": "cache['S'] >= 0", "cache['Z1'] > 0": "cache['Z1'] >= 0"},
            "At exactly 0 the slope counts as 0, as in week 2: > instead of >=.",
        ),
        Mistake(
            "shortcut's parameters left out",
            {", 'dWs': dWs, 'dbs': dbs": ""},
            "The shortcut learns as well: return dWs and dbs, too.",
        ),
        Mistake(
            "both ReLUs forgotten",
            {"dA * (cache['S'] > 0)": "dA", "dA1 * (cache['Z1'] > 0)": "dA1"},
            "There are two ReLUs in the block. On the way back nothing gets through where S, or Z1, was not positive.",
        ),
        Mistake(
            "ReLU of the gradient",
            {"dA * (cache['S'] > 0)": "relu(dA)", "dA1 * (cache['Z1'] > 0)": "relu(dA1)"},
            "Where the *sum* was positive, the gradient gets through, and it may be negative itself: dA · [S > 0], not ReLU(dA).",
        ),
        Mistake(
            "multiplied by the sums",
            {"(cache['S'] > 0)": "relu(cache['S'])", "(cache['Z1'] > 0)": "relu(cache['Z1'])"},
            "The slope of ReLU is 1 where the number was positive, not the number itself.",
        ),
        Mistake(
            "gradient of the output into the convolution",
            {"conv_backward(dS, cache['conv2'])": "conv_backward(dA, cache['conv2'])"},
            "What goes back through the second convolution has gone through the last ReLU first: dS, not dA.",
        ),
        Mistake(
            "the identity's shortcut",
            {"dX_main + dX_short": "dX_main + dS"},
            "That was the identity block. Here the shortcut is a convolution: what comes back along it is what `conv_backward` makes of dS.",
        ),
        Mistake(
            "gradients of the paths averaged",
            {"dX_main + dX_short": "(dX_main + dX_short) / 2"},
            "The chain rule adds up over all ways. It does not average them.",
        ),
    ],
)


# --- 1x1 convolution and Inception ----------------------------------------------------------


def _one_by_one(rng: Generator, m: int = 2) -> Arguments:
    n_H, n_W, n_C_prev, n_C = _different(rng, 2, 7, 4)
    A_prev, W = rng.normal(size=(m, n_H, n_W, n_C_prev)), rng.normal(size=(1, 1, n_C_prev, n_C))
    return arguments(A_prev, W, rng.normal(size=(1, 1, 1, n_C)))


def _one_by_one_edges(rng: Generator) -> list[Arguments]:
    """One example; as many channels out as in; one channel out."""
    A_prev = rng.normal(size=(2, 3, 4, 5))
    return [
        _one_by_one(rng, m=1),
        arguments(A_prev, rng.normal(size=(1, 1, 5, 5)), rng.normal(size=(1, 1, 1, 5))),
        arguments(A_prev, rng.normal(size=(1, 1, 5, 1)), rng.normal(size=(1, 1, 1, 1))),
    ]


CONV_1X1 = Exercise(
    function="conv_1x1",
    reference=inception.conv_1x1,
    inputs=_one_by_one,
    edge_inputs=_one_by_one_edges,
    checks=[
        Matches(points=4, label="the output"),
        Vectorised(
            small=_one_by_one(np.random.default_rng(0), m=2),
            large=_one_by_one(np.random.default_rng(0), m=60),
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "bias forgotten",
            {"A_prev @ W[0, 0] + b": "A_prev @ W[0, 0]"},
            "Each filter has a bias: add b.",
        ),
        Mistake(
            "ReLU included",
            {"return Z": "return np.maximum(Z, 0)"},
            "The convolution ends with the sum; ReLU comes afterwards.",
        ),
        Mistake(
            "bias inside of the product",
            {"A_prev @ W[0, 0] + b": "A_prev @ (W[0, 0] + b[0, 0])"},
            "The bias is added once to the finished sum, not to every weight.",
        ),
        Mistake(
            "one filter for all outputs",
            {"W[0, 0] + b": "W[0, 0, :, :1] + b"},
            "Every output channel has weights of its own: a column of W[0, 0].",
        ),
        Mistake(
            "averaged over the channels",
            {"A_prev @ W[0, 0] + b": "A_prev @ W[0, 0] / A_prev.shape[3] + b"},
            "The products are added up over the channels, not averaged.",
        ),
        Mistake(
            "only the first example",
            {"A_prev @ W[0, 0]": "A_prev[:1] @ W[0, 0]"},
            "All examples of the batch go through the layer.",
        ),
        Mistake(
            "only the first channel of the input",
            {"A_prev @ W[0, 0]": "A_prev[..., :1] * W[0, 0, 0]"},
            "A 1×1 filter reaches through all channels of its input: sum over them.",
        ),
        Mistake(
            "axes of W taken away, and its sides swapped",
            {"A_prev @ W[0, 0]": "A_prev @ W[0, 0].T.reshape(W.shape[2:])"},
            "W[0, 0] already is the matrix (n_C_prev, n_C): no transposing, no reshaping.",
        ),
        Mistake(
            "multiplied entry by entry",
            {"A_prev @ W[0, 0]": "A_prev * W[0, 0]"},
            "The shapes do not fit. `@` is the product of matrices, `*` multiplies entry by entry. W[0, 0] has the shape (n_C_prev, n_C): A_prev @ W[0, 0] works on the last axis.",
        ),
        Mistake(
            "images flattened",
            {"return Z": "return Z.reshape(-1, Z.shape[3])"},
            "The output is an image again: (m, n_H, n_W, n_C). `@` keeps the axes in front; there is no need to reshape.",
        ),
    ],
)


def _work(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 9, 30, 2)
    n_C, filters = _different(rng, 2, 20, 2)
    f, stride = int(rng.choice([1, 2, 3, 5])), int(rng.integers(1, 4))
    return arguments((n_H, n_W, n_C), f, filters, stride=stride, pad=int(rng.integers(0, 3)))


def _work_edges(rng: Generator) -> list[Arguments]:
    """Take the example of the text, and the first layer of AlexNet."""
    return [
        arguments((28, 28, 192), 5, 32, stride=1, pad=2),
        arguments((227, 227, 3), 11, 96, stride=4, pad=0),
        arguments((9, 14, 5), 1, 7, stride=3, pad=1),
    ]


CONVOLUTION_COST = Exercise(
    function="convolution_cost",
    reference=architectures.convolution_cost,
    inputs=_work,
    edge_inputs=_work_edges,
    checks=[Matches(points=4, label="the multiplications")],
    mistakes=[
        Mistake(
            "places of the input",
            {"output_size(n_H, f, pad, stride) * output_size(n_W, f, pad, stride)": "n_H * n_W"},
            "A filter is used once for each place of the *output*, which stride and padding decide.",
        ),
        Mistake(
            "channels of the input forgotten",
            {"filters * f * f * n_C": "filters * f * f"},
            "At each place a filter multiplies f × f numbers in each of the n_C channels.",
        ),
        Mistake(
            "filters forgotten",
            {"places * filters * f * f * n_C": "places * f * f * n_C"},
            "That is the work of one filter. There are `filters` of them.",
        ),
        Mistake(
            "f for f squared",
            {"f * f": "f"},
            "A filter has f rows and f columns.",
        ),
        Mistake(
            "parameters instead of multiplications",
            {"places * filters * f * f * n_C": "(f * f * n_C + 1) * filters"},
            "These are the parameters. Each weight is used again at every place of the output.",
        ),
        Mistake(
            "height used twice",
            {"output_size(n_W, f, pad, stride)": "output_size(n_H, f, pad, stride)"},
            "The image need not be square: height times width.",
        ),
        Mistake(
            "biases counted as multiplications",
            {"filters * f * f * n_C": "filters * (f * f * n_C + 1)"},
            "A bias is added, not multiplied.",
        ),
        Mistake(
            "padding ignored",
            {
                "output_size(n_H, f, pad, stride) * output_size(n_W, f, pad, stride)": "output_size(n_H, f, 0, stride) * output_size(n_W, f, 0, stride)"
            },
            "Padding makes room for more places: hand `pad` on.",
        ),
        Mistake(
            "width used twice",
            {"output_size(n_H, f, pad, stride)": "output_size(n_W, f, pad, stride)"},
            "The image need not be square, and the height comes first: (n_H, n_W, n_C).",
        ),
        Mistake(
            "stride ignored",
            {
                "output_size(n_H, f, pad, stride) * output_size(n_W, f, pad, stride)": "output_size(n_H, f, pad, 1) * output_size(n_W, f, pad, 1)"
            },
            "A larger stride leaves fewer places: hand `stride` on.",
        ),
        Mistake(
            "numbers put out only",
            {"places * filters * f * f * n_C": "places * filters"},
            "So many numbers does the layer put out. Each of them takes f × f × n_C multiplications.",
        ),
        Mistake(
            "additions counted too",
            {"return places": "return 2 * places"},
            "Count the multiplications only, not the additions.",
        ),
        Mistake(
            "stride and padding swapped in the call",
            {
                "output_size(n_H, f, pad, stride) * output_size(n_W, f, pad, stride)": "output_size(n_H, f, stride, pad) * output_size(n_W, f, stride, pad)"
            },
            "`output_size` takes n, f, pad, stride, in this order. Better name them: pad=..., stride=...",
        ),
    ],
)


def _squeezed(rng: Generator) -> Arguments:
    n_H, n_W = _different(rng, 7, 30, 2)
    n_C, filters, bottleneck = _different(rng, 2, 30, 3)
    return arguments((n_H, n_W, n_C), int(rng.choice([1, 3, 5, 7])), filters, bottleneck)


def _squeezed_edges(rng: Generator) -> list[Arguments]:
    return [
        arguments((28, 28, 192), 5, 32, 16),
        arguments((7, 9, 12), 3, 8, 1),
        arguments((7, 9, 4), 3, 8, 10),
    ]


BOTTLENECK_COST = Exercise(
    function="bottleneck_cost",
    reference=architectures.bottleneck_cost,
    inputs=_squeezed,
    edge_inputs=_squeezed_edges,
    checks=[Matches(points=4, label="the multiplications")],
    uses=("convolution_cost",),
    mistakes=[
        Mistake(
            "bottleneck's own work forgotten",
            {"sum((squeeze, wide))": "wide"},
            "The 1×1 convolution costs multiplications as well: add them.",
        ),
        Mistake(
            "only the bottleneck",
            {"sum((squeeze, wide))": "squeeze"},
            "After the bottleneck comes the convolution with the large filters: add its work.",
        ),
        Mistake(
            "second convolution on all channels",
            {"(n_H, n_W, bottleneck)": "input_shape"},
            "The second convolution sees what the first puts out: `bottleneck` channels. That is the point.",
        ),
        Mistake(
            "without padding",
            {"filters, 1, f // 2)": "filters, 1, 0)"},
            "Both convolutions keep height and width: the second needs a padding of (f − 1) / 2.",
        ),
        Mistake(
            "large filters in the bottleneck",
            {
                "convolution_cost(input_shape, 1, bottleneck, 1, 0)": "convolution_cost(input_shape, f, bottleneck, 1, f // 2)"
            },
            "The bottleneck has filters of 1 × 1.",
        ),
        Mistake(
            "works multiplied",
            {"sum((squeeze, wide))": "squeeze * wide"},
            "First one convolution, then the other: their multiplications add up.",
        ),
        Mistake(
            "bottleneck and filters swapped",
            {
                "(input_shape, 1, bottleneck, 1, 0)": "(input_shape, 1, filters, 1, 0)",
                "(n_H, n_W, bottleneck), f, filters,": "(n_H, n_W, filters), f, bottleneck,",
            },
            "The bottleneck comes first: it leaves `bottleneck` channels. The second convolution has `filters` filters.",
        ),
        Mistake(
            "padding written in",
            {"filters, 1, f // 2)": "filters, 1, 2)"},
            "A padding of 2 keeps the size for 5 × 5 filters only: (f − 1) / 2 fits every odd f.",
        ),
        Mistake(
            "no bottleneck",
            {
                "return sum((squeeze, wide))": "return convolution_cost(input_shape, f, filters, 1, f // 2)"
            },
            "That is the convolution without a bottleneck. Count the two that take its place.",
        ),
        Mistake(
            "padding around the 1×1 convolution",
            {"bottleneck, 1, 0)": "bottleneck, 1, f // 2)"},
            "Filters of 1×1 need no padding: it would make the image larger.",
        ),
        Mistake(
            "padding of a whole filter",
            {"filters, 1, f // 2)": "filters, 1, f)"},
            "To keep the size, pad by (f − 1) / 2, half of what a filter covers.",
        ),
        Mistake(
            "as many filters as the bottleneck",
            {"f, filters, 1, f // 2)": "f, bottleneck, 1, f // 2)"},
            "The second convolution has `filters` filters; `bottleneck` is how many channels come in to it.",
        ),
        Mistake(
            "1×1 filters in both",
            {"bottleneck), f, filters, 1, f // 2)": "bottleneck), 1, filters, 1, 0)"},
            "The second convolution has filters of f × f.",
        ),
    ],
)


def _module(rng: Generator, m: int = 2, n_H: int = 3, n_W: int = 4) -> Arguments:
    """Draw an input as ReLU leaves it, and branches of different widths."""
    n_C = int(rng.integers(2, 4))
    c1, c3, c5, c_pool, r3, r5 = (int(n) for n in rng.permutation([1, 2, 3, 4, 2, 3]))
    shapes = {"1": (1, n_C, c1), "3_reduce": (1, n_C, r3), "3": (3, r3, c3)}
    shapes |= {"5_reduce": (1, n_C, r5), "5": (5, r5, c5), "_pool": (1, n_C, c_pool)}
    parameters = {f"W{name}": rng.normal(size=(f, f, c, k)) for name, (f, c, k) in shapes.items()}
    parameters |= {f"b{n}": 0.5 * rng.normal(size=(1, 1, 1, k)) for n, (_, _, k) in shapes.items()}
    return arguments(np.maximum(rng.normal(size=(m, n_H, n_W, n_C)) + 0.5, 0), parameters)


def _module_edges(rng: Generator) -> list[Arguments]:
    return [_module(rng, m=1, n_H=5, n_W=2), _module(rng, n_H=2, n_W=6)]


_RELU = {
    "relu(conv_1x1(A_prev, parameters['W1'], parameters['b1']))": "conv_1x1(A_prev, parameters['W1'], parameters['b1'])",
    "relu(conv_1x1(pooled, parameters['W_pool'], parameters['b_pool']))": "conv_1x1(pooled, parameters['W_pool'], parameters['b_pool'])",
}

INCEPTION_FORWARD = Exercise(
    function="inception_forward",
    reference=inception.inception_forward,
    inputs=_module,
    edge_inputs=_module_edges,
    checks=[Matches(points=8, label="the output"), LeavesInputsAlone()],
    uses=("conv_1x1",),
    mistakes=[
        Mistake(
            "no ReLU behind the reductions",
            {
                "relu(conv_1x1(A_prev, parameters['W3_reduce'], parameters['b3_reduce']))": "conv_1x1(A_prev, parameters['W3_reduce'], parameters['b3_reduce'])",
                "relu(conv_1x1(A_prev, parameters['W5_reduce'], parameters['b5_reduce']))": "conv_1x1(A_prev, parameters['W5_reduce'], parameters['b5_reduce'])",
            },
            "*Every* convolution is followed by ReLU, the 1×1 reductions too: that makes them more than a product of matrices.",
        ),
        Mistake(
            "no ReLU behind the 1×1 branches",
            _RELU,
            "The first and the last branch end with ReLU, too.",
        ),
        Mistake(
            "no ReLU behind the large filters",
            {"relu(Z3)": "Z3", "relu(Z5)": "Z5"},
            "ReLU also comes after the 3×3 and the 5×5 convolution.",
        ),
        Mistake(
            "branches in another order",
            {"[one, relu(Z3), relu(Z5), pool]": "[pool, one, relu(Z3), relu(Z5)]"},
            "The order is 1×1, 3×3, 5×5, pooling.",
        ),
        Mistake(
            "average pooling",
            {"{'f': 3, 'stride': 1})": "{'f': 3, 'stride': 1}, 'average')"},
            "The branch takes the maximum of each window.",
        ),
        Mistake(
            "no pooling",
            {"conv_1x1(pooled,": "conv_1x1(A_prev,"},
            "Pool first, then the 1×1 convolution of the last branch.",
        ),
        Mistake(
            "pooling branch without its convolution",
            {"[one, relu(Z3), relu(Z5), pool]": "[one, relu(Z3), relu(Z5), pooled]"},
            "Pooling keeps all channels. The 1×1 convolution behind it makes them fewer.",
        ),
        Mistake(
            "a branch forgotten",
            {"[one, relu(Z3), relu(Z5), pool]": "[one, relu(Z3), relu(Z5)]"},
            "There are four branches: pooling belongs to them.",
        ),
        Mistake(
            "branches of different sizes",
            {"pool_forward(zero_pad(A_prev, 1), {": "pool_forward(A_prev, {"},
            "The branches do not fit together. Each must keep height and width: pad by 1 for the 3×3 filters and before the pooling, by 2 for the 5×5 filters, and not at all for 1×1. Then stack them along the last axis.",
        ),
        Mistake(
            "no ReLU at all",
            {
                "relu(conv_1x1(A_prev, parameters['W1'], parameters['b1']))": "conv_1x1(A_prev, parameters['W1'], parameters['b1'])",
                "relu(conv_1x1(A_prev, parameters['W3_reduce'], parameters['b3_reduce']))": "conv_1x1(A_prev, parameters['W3_reduce'], parameters['b3_reduce'])",
                "relu(conv_1x1(A_prev, parameters['W5_reduce'], parameters['b5_reduce']))": "conv_1x1(A_prev, parameters['W5_reduce'], parameters['b5_reduce'])",
                "relu(conv_1x1(pooled, parameters['W_pool'], parameters['b_pool']))": "conv_1x1(pooled, parameters['W_pool'], parameters['b_pool'])",
                "relu(Z3)": "Z3",
                "relu(Z5)": "Z5",
            },
            "Every convolution is followed by ReLU: all six of them.",
        ),
        Mistake(
            "no ReLU behind the pooling branch",
            {
                "relu(conv_1x1(pooled, parameters['W_pool'], parameters['b_pool']))": "conv_1x1(pooled, parameters['W_pool'], parameters['b_pool'])"
            },
            "The last branch ends with a convolution as well: ReLU follows it.",
        ),
        Mistake(
            "convolution before the pooling",
            {
                "pool_forward(zero_pad(A_prev, 1), {": "pool_forward(zero_pad(relu(conv_1x1(A_prev, parameters['W_pool'], parameters['b_pool'])), 1), {",
                "relu(conv_1x1(pooled, parameters['W_pool'], parameters['b_pool']))": "pooled",
            },
            "In the last branch the maximum comes first, and the 1×1 convolution after it.",
        ),
        Mistake(
            "5×5 before 3×3",
            {"[one, relu(Z3), relu(Z5), pool]": "[one, relu(Z5), relu(Z3), pool]"},
            "The order is 1×1, 3×3, 5×5, pooling: the 3×3 branch comes second.",
        ),
    ],
)

EXERCISES = [
    LAYER_SHAPES,
    PARAMETER_COUNT,
    LOCAL_RESPONSE_NORMALIZATION,
    IDENTITY_BLOCK_FORWARD,
    IDENTITY_BLOCK_BACKWARD,
    PROJECTION_BLOCK_FORWARD,
    PROJECTION_BLOCK_BACKWARD,
    CONV_1X1,
    CONVOLUTION_COST,
    BOTTLENECK_COST,
    INCEPTION_FORWARD,
]
