"""Week 8: convolution and pooling step by step, then without loops."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import convolution
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator
Layout = tuple[int, int, int, int, int, int, int, int]

# m, n_H_prev, n_W_prev, n_C_prev, f, n_C, stride, pad: never square, with rows and columns that
# no window covers, windows that overlap and windows with gaps between them.
LAYOUTS: list[Layout] = [
    (2, 5, 4, 3, 2, 2, 2, 1),
    (1, 4, 6, 2, 3, 3, 3, 2),
    (2, 3, 5, 1, 3, 2, 1, 1),
    (2, 6, 4, 2, 2, 3, 3, 1),
    (2, 3, 4, 2, 1, 1, 2, 2),
]
NO_PADDING = "no padding"
UNPADDED: list[Layout] = [
    (2, 4, 3, 2, 2, 3, 1, 0),
    (1, 7, 5, 3, 2, 2, 3, 0),
    (1, 3, 5, 1, 3, 2, 1, 0),
]


def _layout(rng: Generator, pads: tuple[int, ...] = (0, 1, 2)) -> Layout:
    """Draw the sizes of a layer: height and width differ, and so do the numbers of channels."""
    n_H, n_W = (int(n) for n in rng.permutation(np.arange(3, 6))[:2])
    n_C_prev, n_C = (int(n) for n in rng.permutation(np.arange(1, 4))[:2])
    m, f = int(rng.integers(1, 3)), int(rng.integers(2, 4))
    return m, n_H, n_W, n_C_prev, f, n_C, int(rng.integers(1, 4)), int(rng.choice(pads))


def _away_from_zero(rng: Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Draw biases of which none is so small as to be nothing."""
    return rng.choice([-1, 1], shape) * rng.uniform(0.5, 2, shape)


def _conv_arguments(rng: Generator, layout: Layout) -> Arguments:
    m, n_H, n_W, n_C_prev, f, n_C, stride, pad = layout
    return arguments(
        rng.normal(size=(m, n_H, n_W, n_C_prev)),
        rng.normal(size=(f, f, n_C_prev, n_C)),
        _away_from_zero(rng, (1, 1, 1, n_C)),
        {"stride": stride, "pad": pad},
    )


def _edited(source: str, edits: Mapping[str, str]) -> str:
    """Change a text in places that stand in it exactly once."""
    for old, new in edits.items():
        assert source.count(old) == 1, (old, source)
        source = source.replace(old, new)
    return source


# --- filters on one image -------------------------------------------------------------------


def _image(rng: Generator) -> Arguments:
    k_H, k_W = (int(k) for k in rng.permutation([1, 2, 3])[:2])
    n_H, n_W = (int(n) for n in rng.permutation(np.arange(3, 8))[:2])
    return arguments(rng.normal(size=(n_H, n_W)), rng.normal(size=(k_H, k_W)))


def _image_edges(rng: Generator) -> list[Arguments]:
    """Draw kernels: square, wide, of a row, of a single number, as large as the image."""
    shapes = [((5, 4), (3, 3)), ((4, 5), (2, 3)), ((2, 6), (1, 4)), ((3, 4), (1, 1)), ((3, 2),) * 2]
    return [arguments(rng.normal(size=image), rng.normal(size=k)) for image, k in shapes]


CROSS_LOOPS = """
def cross_correlate(image, kernel):
    k_H, k_W = kernel.shape
    n_H, n_W = image.shape[0] - k_H + 1, image.shape[1] - k_W + 1
    output = np.zeros((n_H, n_W))
    for h in range(n_H):
        for w in range(n_W):
            output[h, w] = np.sum(image[h : h + k_H, w : w + k_W] * kernel)
    return output
"""

CROSS_CORRELATE = Exercise(
    function="cross_correlate",
    reference=convolution.cross_correlate,
    inputs=_image,
    edge_inputs=_image_edges,
    checks=[Matches(points=4, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "kernel flipped",
            _edited(CROSS_LOOPS, {"* kernel)": "* kernel[::-1, ::-1])"}),
            "You have flipped the kernel: that is the convolution of mathematics, and the next exercise. Here the kernel stays as it is.",
        ),
        Mistake(
            "last row and column missing",
            _edited(CROSS_LOOPS, {"- k_H + 1": "- k_H", "- k_W + 1": "- k_W"}),
            "One row and one column are missing. With a kernel as large as the image there is still one place: n − k + 1.",
        ),
        Mistake(
            "output as large as the image",
            _edited(
                CROSS_LOOPS,
                {
                    "n_H, n_W = image.shape[0] - k_H + 1, image.shape[1] - k_W + 1\n": "n_H, n_W = image.shape\n    image = np.pad(image, ((0, k_H), (0, k_W)))\n"
                },
            ),
            "The kernel may not stick out of the image: there are only n − k + 1 places along an axis.",
        ),
        Mistake(
            "mean for sum",
            _edited(CROSS_LOOPS, {"np.sum(": "np.mean("}),
            "The products are added up, not averaged.",
        ),
        Mistake(
            "height and width of the kernel swapped",
            _edited(CROSS_LOOPS, {"k_H, k_W = kernel.shape": "k_W, k_H = kernel.shape"}),
            "The first number of a shape counts the rows: k_H, k_W = kernel.shape.",
        ),
        Mistake(
            "the window stays in the first column",
            _edited(CROSS_LOOPS, {"w : w + k_W": "0:k_W"}),
            "The window moves to the right too: its columns begin at w.",
        ),
        Mistake(
            "the window moves along the diagonal only",
            _edited(CROSS_LOOPS, {"w : w + k_W": "h : h + k_W"}),
            "Rows begin at h, columns at w: one of the two is used for both.",
        ),
        Mistake(
            "window of three by three",
            _edited(CROSS_LOOPS, {"h : h + k_H, w : w + k_W": "h : h + 3, w : w + 3"}),
            "Your window is always 3 by 3. It is as large as the kernel: k_H rows and k_W columns.",
        ),
        Mistake(
            "last places never visited",
            _edited(
                CROSS_LOOPS,
                {
                    "h in range(n_H)": "h in range(n_H - 1)",
                    "w in range(n_W)": "w in range(n_W - 1)",
                },
            ),
            "The last row and the last column of the output stay 0: the loops end one place too early.",
        ),
        Mistake(
            "as wide as high",
            _edited(CROSS_LOOPS, {"w in range(n_W)": "w in range(n_H)"}),
            "This is right for square images only: the loop over the columns runs to n_W.",
        ),
        Mistake(
            "square kernels only",
            _edited(CROSS_LOOPS, {"k_H, k_W = kernel.shape": "k_H = k_W = kernel.shape[0]"}),
            "This is right for square kernels only: the kernel has a width of its own.",
        ),
        Mistake(
            "first row only",
            _edited(CROSS_LOOPS, {"    return output": "        return output"}),
            "Only the first row is computed: `return` stands inside the loop. It belongs behind it.",
        ),
    ],
)

CONVOLVE = Exercise(
    function="convolve",
    reference=convolution.convolve,
    inputs=_image,
    edge_inputs=_image_edges,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    uses=("cross_correlate",),
    mistakes=[
        Mistake(
            "not flipped",
            {"kernel[::-1, ::-1]": "kernel"},
            "This is the cross-correlation still. A convolution flips the kernel first.",
        ),
        Mistake(
            "flipped upside down only",
            {"kernel[::-1, ::-1]": "kernel[::-1]"},
            "The kernel is flipped upside down, but not from left to right: both axes are reversed.",
        ),
        Mistake(
            "flipped from left to right only",
            {"kernel[::-1, ::-1]": "kernel[:, ::-1]"},
            "The kernel is flipped from left to right, but not upside down: both axes are reversed.",
        ),
        Mistake(
            "transposed for flipped",
            {"kernel[::-1, ::-1]": "kernel.T"},
            "Transposing turns rows into columns. Flipping reverses the order along both axes; the shape stays.",
        ),
        Mistake(
            "image flipped",
            "def convolve(image, kernel):\n    return cross_correlate(image[::-1, ::-1], kernel)",
            "You have flipped the image. Then the result is upside down and mirrored: flip the kernel instead.",
        ),
        Mistake(
            "turned by a quarter only",
            {"kernel[::-1, ::-1]": "np.rot90(kernel)"},
            "Flipping along both axes is a turn by 180 degrees; this one turns by 90.",
        ),
        Mistake(
            "sign for direction",
            {"kernel[::-1, ::-1]": "-kernel"},
            "Changing the sign helps with some kernels only. Flipping reverses the order of the numbers.",
        ),
        Mistake(
            "result flipped",
            {
                "cross_correlate(image, kernel[::-1, ::-1])": "cross_correlate(image, kernel)[::-1, ::-1]"
            },
            "You have flipped the result. Flip the kernel, before it slides.",
        ),
        Mistake(
            "shortened for flipped",
            {"kernel[::-1, ::-1]": "kernel[:-1, :-1]"},
            "`[:-1]` leaves the last row out. `[::-1]`, with two colons, reverses the order.",
        ),
    ],
)


# --- the pieces of a layer ------------------------------------------------------------------


def _to_pad(rng: Generator) -> Arguments:
    m, n_H, n_W, n_C, *_ = _layout(rng)
    return arguments(rng.normal(size=(m, n_H, n_W, n_C)), int(rng.integers(1, 4)))


def _to_pad_edges(rng: Generator) -> list[Arguments]:
    """No padding, one pixel, and more padding than there is image."""
    shapes = [((2, 4, 3, 2), 0), ((1, 1, 1, 1), 1), ((2, 2, 1, 3), 4)]
    return [arguments(_away_from_zero(rng, shape), pad) for shape, pad in shapes]


_PADS = "((0, 0), (pad, pad), (pad, pad), (0, 0))"

ZERO_PAD = Exercise(
    function="zero_pad",
    reference=convolution.zero_pad,
    inputs=_to_pad,
    edge_inputs=_to_pad_edges,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "every axis padded",
            {_PADS: "pad"},
            "Examples and channels must not be padded: only the second and third axis are.",
        ),
        Mistake(
            "channels padded",
            {_PADS: "((0, 0), (pad, pad), (pad, pad), (pad, pad))"},
            "The last axis holds the channels: it gets no padding.",
        ),
        Mistake(
            "one side only",
            {_PADS: "((0, 0), (0, pad), (0, pad), (0, 0))"},
            "There is padding below and on the right only. It belongs on all four sides.",
        ),
        Mistake(
            "height only",
            {_PADS: "((0, 0), (pad, pad), (0, 0), (0, 0))"},
            "The rows are padded, the columns are not.",
        ),
        Mistake(
            "edges repeated",
            {_PADS: _PADS + ", mode='edge'"},
            "The border repeats the numbers at the edge. Padding here is with zeros.",
        ),
        Mistake(
            "written-in padding",
            {_PADS: _PADS.replace("pad", "1")},
            "The padding is always 1: use the argument `pad`.",
        ),
        Mistake(
            "examples for rows",
            {_PADS: "((pad, pad), (pad, pad), (0, 0), (0, 0))"},
            "The first axis counts the examples. Height and width are the second and the third.",
        ),
        Mistake(
            "channels for rows",
            {_PADS: "((0, 0), (0, 0), (pad, pad), (pad, pad))"},
            "You pad the third and the fourth axis. Height and width are the second and the third.",
        ),
        Mistake(
            "above and on the left only",
            {_PADS: "((0, 0), (pad, 0), (pad, 0), (0, 0))"},
            "There is padding above and on the left only. It belongs on all four sides.",
        ),
        Mistake(
            "ones for zeros",
            {_PADS: _PADS + ", constant_values=1"},
            "The border is of ones. Padding here is with zeros.",
        ),
        Mistake(
            "an empty slice",
            """
            def zero_pad(X, pad):
                m, n_H, n_W, n_C = X.shape
                X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
                X_pad[:, pad:-pad, pad:-pad] = X
                return X_pad
            """,
            "With pad = 0 the slice pad:-pad is 0:-0, and that is empty. Write pad : pad + n_H, or use np.pad.",
        ),
    ],
)


def _axis(rng: Generator) -> Arguments:
    f, stride, pad = int(rng.integers(2, 6)), int(rng.integers(2, 5)), int(rng.integers(0, 4))
    return arguments(f + int(rng.integers(0, 40)), f, pad, stride)


def _axis_edges(rng: Generator) -> list[Arguments]:
    """Draw a window as large as the input; remainders; stride 1; only the padding lets it fit."""
    sizes = ((5, 5, 0, 2), (8, 3, 0, 2), (10, 3, 0, 2), (10, 3, 0, 4), (7, 4, 3, 1), (2, 4, 1, 3))
    return [arguments(*n) for n in sizes]


OUTPUT_SIZE = Exercise(
    function="output_size",
    reference=convolution.output_size,
    inputs=_axis,
    edge_inputs=_axis_edges,
    checks=[Matches(points=3, label="the number of places"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "one too few",
            {" + 1": ""},
            "You count the steps. There is one place more than there are steps: the first one.",
        ),
        Mistake(
            "padding on one side",
            {"2 * pad": "pad"},
            "The padding stands at both ends.",
        ),
        Mistake(
            "not rounded",
            {"//": "/"},
            "A window that would stick out does not count: round the quotient down.",
        ),
        Mistake(
            "rounded up",
            "def output_size(n, f, pad, stride):\n    return -(-(n + 2 * pad - f) // stride) + 1",
            "The last window would stick out of the image: round down.",
        ),
        Mistake(
            "one added before dividing",
            {"(n + 2 * pad - f) // stride + 1": "(n + 2 * pad - f + 1) // stride"},
            "The 1 is for the first place. Add it after dividing by the stride.",
        ),
        Mistake(
            "stride ignored",
            {" // stride": ""},
            "This counts the places for a stride of 1. The window moves on by `stride`.",
        ),
        Mistake(
            "padding left out",
            {" + 2 * pad": ""},
            "The padding makes the input larger, and so the output.",
        ),
        Mistake(
            "rounded to the nearest",
            {"(n + 2 * pad - f) // stride": "round((n + 2 * pad - f) / stride)"},
            "`round` sometimes rounds up, and then the last window sticks out. Always round down.",
        ),
        Mistake(
            "brackets forgotten",
            {"(n + 2 * pad - f) // stride": "n + 2 * pad - f // stride"},
            "Python divides first: only f is divided here. Put the whole numerator in brackets.",
        ),
        Mistake(
            "padding taken off",
            {"n + 2 * pad": "n - 2 * pad"},
            "Padding makes the input larger: it is added.",
        ),
        Mistake(
            "window left out",
            {" - f": ""},
            "The size of the window is missing: the last one begins at pixel n + 2p − f at most.",
        ),
    ],
)


def _step(rng: Generator) -> Arguments:
    f, n_C_prev = (int(n) for n in rng.permutation(np.arange(2, 5))[:2])
    shape = (f, f, n_C_prev)
    return arguments(
        rng.normal(size=shape), rng.normal(size=shape), _away_from_zero(rng, (1, 1, 1))
    )


def _step_edges(rng: Generator) -> list[Arguments]:
    """One channel, one number."""
    shapes = [(3, 3, 1), (1, 1, 1)]
    b = [_away_from_zero(rng, (1, 1, 1)) for _ in shapes]
    return [
        arguments(rng.normal(size=shape), rng.normal(size=shape), bias)
        for shape, bias in zip(shapes, b, strict=True)
    ]


_STEP = "np.sum(a_slice_prev * W) + b.item()"

CONV_SINGLE_STEP = Exercise(
    function="conv_single_step",
    reference=convolution.conv_single_step,
    inputs=_step,
    edge_inputs=_step_edges,
    checks=[Matches(points=3, label="the number"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "bias inside the sum",
            {_STEP: "np.sum(a_slice_prev * W + b)"},
            "The bias is added inside the sum, and so once for every number of the window. Add it once, after the sum.",
        ),
        Mistake(
            "bias forgotten",
            {_STEP: "np.sum(a_slice_prev * W)"},
            "The bias b is missing.",
        ),
        Mistake(
            "matrix product",
            {"a_slice_prev * W": "a_slice_prev @ W"},
            "The products are by elements, with *. The sign @ makes matrix products.",
        ),
        Mistake(
            "mean for sum",
            {"np.sum": "np.mean"},
            "The products are added up, not averaged.",
        ),
        Mistake(
            "channels kept apart",
            {_STEP: "np.sum(a_slice_prev * W, axis=(0, 1)) + b.item()"},
            "The sum goes over the channels too: one window and one filter give one number.",
        ),
        Mistake(
            "first channel only",
            {"a_slice_prev * W": "a_slice_prev[:, :, 0] * W[:, :, 0]"},
            "Only the first channel is used: a filter has as many channels as its input.",
        ),
        Mistake(
            "filter flipped",
            {"* W": "* W[::-1, ::-1]"},
            "The filter is not flipped: deep learning's convolution is a cross-correlation.",
        ),
        Mistake(
            "bias multiplied",
            {"+ b.item()": "* b.item()"},
            "The bias is added.",
        ),
        Mistake(
            "product of the sums",
            {"np.sum(a_slice_prev * W)": "np.sum(a_slice_prev) * np.sum(W)"},
            "You multiply two sums. First multiply number by number, then add up the products.",
        ),
        Mistake(
            "not summed",
            {_STEP: "a_slice_prev * W + b"},
            "The products are still apart. Add them all up: one place gives one number.",
        ),
        Mistake(
            "bias taken off",
            {"+ b.item()": "- b.item()"},
            "The bias is added, not subtracted.",
        ),
        Mistake(
            "ReLU already",
            {_STEP: "max(0.0, np.sum(a_slice_prev * W) + b.item())"},
            "The result may be negative. An activation comes later, not here.",
        ),
    ],
)


# --- the convolutional layer ----------------------------------------------------------------


def _conv(rng: Generator) -> Arguments:
    return _conv_arguments(rng, _layout(rng))


def _conv_edges(rng: Generator) -> list[Arguments]:
    return [_conv_arguments(rng, layout) for layout in LAYOUTS + UNPADDED]


CONV_LOOPS = """
def conv_forward(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f, f, n_C_prev, n_C = W.shape
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                window = A_prev_pad[i, top : top + f, left : left + f, :, None]
                Z[i, h, w] = np.sum(window * W, axis=(0, 1, 2)) + b[0, 0, 0]
    return Z, (A_prev, W, b, hparameters)
"""

CONV_FORWARD = Exercise(
    function="conv_forward",
    reference=convolution.conv_forward,
    returns=("Z", "cache"),
    inputs=_conv,
    edge_inputs=_conv_edges,
    checks=[Matches("Z", points=8), Matches("cache", points=2), LeavesInputsAlone()],
    uses=("zero_pad", "output_size", "conv_single_step"),
    mistakes=[
        Mistake(
            "windows without stride",
            _edited(CONV_LOOPS, {"h * stride, w * stride": "h, w"}),
            "The stride is missing where the windows begin. h and w count places of the output; in the input the window begins at h · stride and w · stride.",
        ),
        Mistake(
            "stride fixed at 1",
            _edited(
                CONV_LOOPS, {'hparameters["stride"], hparameters["pad"]': '1, hparameters["pad"]'}
            ),
            "The stride is always 1: take it from hparameters.",
        ),
        Mistake(
            "no padding",
            _edited(
                CONV_LOOPS,
                {'hparameters["stride"], hparameters["pad"]': 'hparameters["stride"], 0'},
            ),
            "The padding is not used: take it from hparameters, for the size of the output and for the input.",
        ),
        Mistake(
            "as wide as high",
            _edited(CONV_LOOPS, {"n_W = (n_W_prev": "n_W = (n_H_prev"}),
            "This is right for square images only: the width of the output comes from the width of the input.",
        ),
        Mistake(
            "row and column of the window exchanged",
            _edited(CONV_LOOPS, {"h * stride, w * stride": "w * stride, h * stride"}),
            "h counts rows, and rows come first: the window's top is at h · stride, its left edge at w · stride.",
        ),
        Mistake(
            "first example only",
            _edited(CONV_LOOPS, {"A_prev_pad[i,": "A_prev_pad[0,"}),
            "Every output is made from the first example: the window belongs to example i.",
        ),
        Mistake(
            "first filter only",
            _edited(
                CONV_LOOPS,
                {
                    "np.sum(window * W,": "np.sum(window * W[..., :1],",
                    "+ b[0, 0, 0]": "+ b[0, 0, 0, 0]",
                },
            ),
            "All channels of the output are alike: channel c has a filter and a bias of its own.",
        ),
        Mistake(
            "bias of the first filter",
            _edited(CONV_LOOPS, {"b[0, 0, 0]": "b[0, 0, 0, 0]"}),
            "Every filter has a bias of its own: that of filter c is b[:, :, :, c].",
        ),
        Mistake(
            "bias forgotten",
            _edited(CONV_LOOPS, {" + b[0, 0, 0]": ""}),
            "The biases b are missing.",
        ),
        Mistake(
            "bias inside the sum",
            _edited(
                CONV_LOOPS, {"window * W,": "window * W + b[0, 0, 0],", "2)) + b[0, 0, 0]": "2))"}
            ),
            "The bias is added once for every number of the window. Add it once, after the sum.",
        ),
        Mistake(
            "first channel of the input only",
            _edited(
                CONV_LOOPS,
                {
                    "left : left + f, :, None]": "left : left + f, :1, None]",
                    "* W,": "* W[:, :, :1],",
                },
            ),
            "A filter looks at all channels of its input; yours looks at the first one.",
        ),
        Mistake(
            "filters flipped",
            _edited(CONV_LOOPS, {"* W,": "* W[::-1, ::-1],"}),
            "The filters are not flipped: deep learning's convolution is a cross-correlation.",
        ),
        Mistake(
            "padded input in the cache",
            _edited(CONV_LOOPS, {"return Z, (A_prev,": "return Z, (A_prev_pad,"}),
            "The cache holds what went in: A_prev itself, without the padding. The way back pads it again.",
        ),
        Mistake(
            "cache in another order",
            _edited(CONV_LOOPS, {"return Z, (A_prev, W, b,": "return Z, (W, A_prev, b,"}),
            "The cache is (A_prev, W, b, hparameters), in this order: the way back unpacks it so.",
        ),
        Mistake(
            "columns counted as rows",
            _edited(CONV_LOOPS, {"w in range(n_W)": "w in range(n_H)"}),
            "This is right for square images only: the loop over the columns runs to n_W.",
        ),
        Mistake(
            "stride down only",
            _edited(CONV_LOOPS, {"h * stride, w * stride": "h * stride, w"}),
            "The stride is used for the rows, and forgotten for the columns: the left edge is at w · stride.",
        ),
        Mistake(
            "stride across only",
            _edited(CONV_LOOPS, {"h * stride, w * stride": "h, w * stride"}),
            "The stride is used for the columns, and forgotten for the rows: the top is at h · stride.",
        ),
        Mistake(
            "window without padding",
            _edited(CONV_LOOPS, {"window = A_prev_pad[": "window = A_prev["}),
            "The window is cut from the input as it came. Cut it from the padded one.",
        ),
        Mistake(
            "window as large as the stride",
            _edited(
                CONV_LOOPS,
                {"top : top + f, left : left + f": "top : top + stride, left : left + stride"},
            ),
            "The window ends f after its beginning. The stride says only where the next one begins.",
        ),
        Mistake(
            "shifted by the padding",
            _edited(CONV_LOOPS, {"h * stride, w * stride": "h * stride + pad, w * stride + pad"}),
            "The first window begins at row 0 and column 0 of the *padded* input, so with zeros.",
        ),
        Mistake(
            "one place too few",
            _edited(
                CONV_LOOPS,
                {
                    "(n_H_prev + 2 * pad - f) // stride + 1": "(n_H_prev + 2 * pad - f) // stride",
                    "(n_W_prev + 2 * pad - f) // stride + 1": "(n_W_prev + 2 * pad - f) // stride",
                },
            ),
            "One row and one column are missing: places are one more than steps.",
        ),
        Mistake(
            "padding counted once",
            _edited(
                CONV_LOOPS,
                {
                    "(n_H_prev + 2 * pad": "(n_H_prev + pad",
                    "(n_W_prev + 2 * pad": "(n_W_prev + pad",
                },
            ),
            "The output is too small: the padding stands at both ends of an axis.",
        ),
        Mistake(
            "ReLU already",
            _edited(CONV_LOOPS, {"return Z, (": "return np.maximum(0, Z), ("}),
            "Z is never negative: an activation comes after this layer, not in it.",
        ),
    ],
)


def _back_arguments(rng: Generator, layout: Layout, about: str = "") -> Arguments:
    """Draw a gradient for a layer's output, and the layer's cache."""
    Z, cache = convolution.conv_forward(*_conv_arguments(rng, layout).positional)
    return Arguments((rng.normal(size=Z.shape), cache), about=about)


def _back(rng: Generator) -> Arguments:
    return _back_arguments(rng, _layout(rng, pads=(1, 2)))


def _back_edges(rng: Generator) -> list[Arguments]:
    padded = [_back_arguments(rng, layout) for layout in LAYOUTS]
    return padded + [_back_arguments(rng, layout, NO_PADDING) for layout in UNPADDED]


BACK_LOOPS = """
def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    m, n_H, n_W, n_C = dZ.shape
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = np.zeros(A_prev_pad.shape)
    dW, db = np.zeros(W.shape), np.zeros((1, 1, 1, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                window = A_prev_pad[i, top : top + f, left : left + f, :, None]
                dA_prev_pad[i, top : top + f, left : left + f, :] += np.sum(W * dZ[i, h, w], axis=3)
                dW += window * dZ[i, h, w]
                db += dZ[i, h, w]
    n_H_prev, n_W_prev = A_prev.shape[1:3]
    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev, :]
    return dA_prev, dW, db
"""
_INTO = "+= np.sum(W * dZ[i, h, w], axis=3)"
_ADVICE = "With pad = 0 the slice pad:-pad is 0:-0, and that is empty. Nothing is lost here, but a function that works for every padding cuts from pad to pad + n_H_prev."

CONV_BACKWARD = Exercise(
    function="conv_backward",
    reference=convolution.conv_backward,
    returns=("dA_prev", "dW", "db"),
    inputs=_back,
    edge_inputs=_back_edges,
    checks=[
        Matches("dA_prev", points=5),
        Matches("dW", points=4),
        Matches("db", points=2),
        Matches(about=NO_PADDING, label="works without padding", hint=_ADVICE),
        LeavesInputsAlone(),
    ],
    uses=("output_size", "zero_pad"),
    mistakes=[
        Mistake(
            "windows without stride",
            _edited(BACK_LOOPS, {"h * stride, w * stride": "h, w"}),
            "The stride is missing where the windows begin: on the way back they lie where they lay on the way there, at h · stride and w · stride.",
        ),
        Mistake(
            "row and column of the window exchanged",
            _edited(BACK_LOOPS, {"h * stride, w * stride": "w * stride, h * stride"}),
            "h counts rows, and rows come first: the window's top is at h · stride, its left edge at w · stride.",
        ),
        Mistake(
            "overwritten in the input",
            _edited(BACK_LOOPS, {_INTO: "= W[..., -1] * dZ[i, h, w, -1]"}),
            "A number of the input acts through every window that covers it, and through every filter: its gradients are added up, with +=.",
        ),
        Mistake(
            "input for filter",
            _edited(BACK_LOOPS, {_INTO: "+= np.sum(window * dZ[i, h, w], axis=3)"}),
            "Z is window times filter. So the gradient of the window has the filter in it, and that of the filter has the window.",
        ),
        Mistake(
            "filters flipped",
            _edited(BACK_LOOPS, {_INTO: "+= np.sum(W[::-1, ::-1] * dZ[i, h, w], axis=3)"}),
            "Put the filter back as it lay on the way there, not flipped. (The flip appears when all windows are seen together. Here each window is taken for itself.)",
        ),
        Mistake(
            "first filter only",
            _edited(BACK_LOOPS, {_INTO: "+= np.sum(W[..., :1] * dZ[i, h, w], axis=3)"}),
            "The gradient dZ of channel c goes back through filter c, not through the first one.",
        ),
        Mistake(
            "corner cut out",
            _edited(
                BACK_LOOPS,
                {"pad : pad + n_H_prev, pad : pad + n_W_prev, :]": ":n_H_prev, :n_W_prev, :]"},
            ),
            "Take the padding off on all sides: the image begins at row pad and column pad.",
        ),
        Mistake(
            "padding kept",
            _edited(
                BACK_LOOPS,
                {"dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev, :]": "dA_prev_pad"},
            ),
            "dA_prev has the shape of A_prev: take the padding off again.",
        ),
        Mistake(
            "window without padding",
            _edited(BACK_LOOPS, {"window = A_prev_pad[": "window = A_prev["}),
            "Take the window from the padded input, as on the way there.",
        ),
        Mistake(
            "filters overwritten",
            _edited(BACK_LOOPS, {"dW += window": "dW = window"}),
            "A filter is used at every place and for every example: its gradients are added up, with +=.",
        ),
        Mistake(
            "first example only",
            _edited(BACK_LOOPS, {"window = A_prev_pad[i,": "window = A_prev_pad[0,"}),
            "Every window is taken from the first example: it belongs to example i.",
        ),
        Mistake(
            "biases overwritten",
            _edited(BACK_LOOPS, {"db += dZ[i, h, w]": "db[:] = dZ[i, h, w]"}),
            "A bias is used at every place and for every example: its gradients are added up.",
        ),
        Mistake(
            "biases collapsed to one",
            _edited(BACK_LOOPS, {"db += dZ[i, h, w]": "db += np.sum(dZ[i, h, w])"}),
            "Every filter has a bias of its own: the sum goes over examples and places, not over the filters.",
        ),
        Mistake(
            "averaged over the places",
            _edited(
                BACK_LOOPS,
                {"return dA_prev, dW, db": "return dA_prev, dW / (n_H * n_W), db / (n_H * n_W)"},
            ),
            "You divide by the number of places. The gradients of all uses of a filter are added up, not averaged.",
        ),
        Mistake(
            "columns counted as rows",
            _edited(BACK_LOOPS, {"w in range(n_W)": "w in range(n_H)"}),
            "This is right for square images only: the loop over the columns runs to n_W.",
        ),
        Mistake(
            "stride down only",
            _edited(BACK_LOOPS, {"h * stride, w * stride": "h * stride, w"}),
            "The stride is used for the rows, and forgotten for the columns: the left edge is at w · stride.",
        ),
        Mistake(
            "never cut out",
            _edited(
                BACK_LOOPS,
                {
                    "dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev, :]": "np.zeros(A_prev.shape)"
                },
            ),
            "dA_prev is all zeros: what you have added up in the padded array never gets into it.",
        ),
        Mistake(
            "last example only",
            _edited(
                BACK_LOOPS,
                {
                    "dA_prev = dA_prev_pad[": "dA_prev = (np.arange(m) == m - 1)[:, None, None, None] * dA_prev_pad["
                },
            ),
            "Only the last example has a gradient: the line that cuts the padding off belongs inside the loop over the examples.",
        ),
        Mistake(
            "filter for window",
            _edited(BACK_LOOPS, {"dW += window * dZ": "dW += W * dZ"}),
            "Z is window times filter. So the gradient of the filter has the window in it.",
        ),
        Mistake(
            "averaged over the examples",
            _edited(BACK_LOOPS, {"return dA_prev, dW, db": "return dA_prev, dW / m, db / m"}),
            "You divide by m. If the cost is an average, its 1/m is in dZ already.",
        ),
        Mistake(
            "cut for a padding of one",
            _edited(
                BACK_LOOPS,
                {
                    "pad : pad + n_H_prev, pad : pad + n_W_prev, :]": "1 : 1 + n_H_prev, 1 : 1 + n_W_prev, :]"
                },
            ),
            "You always cut off one row and one column. The image begins at row pad and column pad.",
        ),
        Mistake(
            "stride across only",
            _edited(BACK_LOOPS, {"h * stride, w * stride": "h, w * stride"}),
            "The stride is used for the columns, and forgotten for the rows: the top is at h · stride.",
        ),
    ],
)


# --- pooling --------------------------------------------------------------------------------


def _pool_arguments(rng: Generator, layout: Layout, mode: str) -> Arguments:
    """Draw numbers that are as often negative, and no two of them alike."""
    m, n_H, n_W, n_C, f, _, stride, _ = layout
    A_prev = rng.normal(size=(m, n_H, n_W, n_C)) - 0.5
    named = {"mode": mode} if mode else {}
    return Arguments((A_prev, {"f": f, "stride": stride}), named)


def _pool(rng: Generator) -> Arguments:
    return _pool_arguments(rng, _layout(rng), str(rng.choice(["max", "average"])))


# So high that a window in a wrong column has no number in it at all.
HIGH: Layout = (1, 9, 3, 2, 2, 1, 2, 0)


def _pool_edges(rng: Generator) -> list[Arguments]:
    """Each stride in each mode; the mode left out; windows of one number; a high image."""
    modes = ["max", "average", "", "max", "average"]
    given = [_pool_arguments(rng, lay, m) for lay, m in zip(LAYOUTS, modes, strict=True)]
    given.append(_pool_arguments(rng, HIGH, "max"))
    modes = ["average", "max", "average"]
    return given + [_pool_arguments(rng, lay, m) for lay, m in zip(UNPADDED, modes, strict=True)]


POOL_LOOPS = """
def pool_forward(A_prev, hparameters, mode="max"):
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = (n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1
    A = np.zeros((m, n_H, n_W, n_C))
    summary = np.max if mode == "max" else np.mean
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                for c in range(n_C):
                    A[i, h, w, c] = summary(A_prev[i, top : top + f, left : left + f, c])
    return A, (A_prev, hparameters)
"""

POOL_FORWARD = Exercise(
    function="pool_forward",
    reference=convolution.pool_forward,
    returns=("A", "cache"),
    inputs=_pool,
    edge_inputs=_pool_edges,
    checks=[Matches("A", points=6), Matches("cache", points=1), LeavesInputsAlone()],
    uses=("output_size",),
    mistakes=[
        Mistake(
            "windows without stride",
            _edited(POOL_LOOPS, {"h * stride, w * stride": "h, w"}),
            "The stride is missing where the windows begin: at h · stride and w · stride of the input.",
        ),
        Mistake(
            "stride as large as the window",
            _edited(
                POOL_LOOPS,
                {'hparameters["f"], hparameters["stride"]': 'hparameters["f"], hparameters["f"]'},
            ),
            "The windows move on by their own size. Often the stride is as large as f; here it is an argument.",
        ),
        Mistake(
            "window of two",
            _edited(
                POOL_LOOPS, {'hparameters["f"], hparameters["stride"]': '2, hparameters["stride"]'}
            ),
            "The window is always 2 by 2: take f from hparameters.",
        ),
        Mistake(
            "as wide as high",
            _edited(POOL_LOOPS, {"(n_W_prev - f)": "(n_H_prev - f)"}),
            "This is right for square images only: the width of the output comes from the width of the input.",
        ),
        Mistake(
            "row and column of the window exchanged",
            _edited(POOL_LOOPS, {"h * stride, w * stride": "w * stride, h * stride"}),
            "h counts rows, and rows come first: the window's top is at h · stride, its left edge at w · stride.",
        ),
        Mistake(
            "always the largest",
            _edited(POOL_LOOPS, {'np.max if mode == "max" else np.mean': "np.max"}),
            'mode may also be "average": then take the mean of the window.',
        ),
        Mistake(
            "modes exchanged",
            _edited(POOL_LOOPS, {"np.max if": "np.mean if", "else np.mean": "else np.max"}),
            "The two modes are exchanged.",
        ),
        Mistake(
            "sum for average",
            _edited(POOL_LOOPS, {"else np.mean": "else np.sum"}),
            "The average is the sum divided by the number of places in the window.",
        ),
        Mistake(
            "over all channels",
            _edited(POOL_LOOPS, {"left : left + f, c])": "left : left + f, :])"}),
            "Each channel is pooled for itself: the summary mixes the channels.",
        ),
        Mistake(
            "first example only",
            _edited(POOL_LOOPS, {"A_prev[i, top": "A_prev[0, top"}),
            "Every output is made from the first example: the window belongs to example i.",
        ),
        Mistake(
            "never below zero",
            _edited(
                POOL_LOOPS,
                {
                    "summary(A_prev[i, top : top + f, left : left + f, c])": "max(0, summary(A_prev[i, top : top + f, left : left + f, c]))"
                },
            ),
            "The result is never negative: does the search for the largest begin at 0? The largest of negative numbers is negative.",
        ),
        Mistake(
            "output in the cache",
            _edited(POOL_LOOPS, {"return A, (A_prev,": "return A, (A,"}),
            "The cache holds what went in: (A_prev, hparameters).",
        ),
        Mistake(
            "columns counted as rows",
            _edited(POOL_LOOPS, {"w in range(n_W)": "w in range(n_H)"}),
            "This is right for square images only: the loop over the columns runs to n_W.",
        ),
        Mistake(
            "stride down only",
            _edited(POOL_LOOPS, {"h * stride, w * stride": "h * stride, w"}),
            "The stride is used for the rows, and forgotten for the columns: the left edge is at w · stride.",
        ),
        Mistake(
            "stride fixed at 1",
            _edited(POOL_LOOPS, {'hparameters["f"], hparameters["stride"]': 'hparameters["f"], 1'}),
            "The stride is always 1: take it from hparameters.",
        ),
        Mistake(
            "stride fixed at 2",
            _edited(POOL_LOOPS, {'hparameters["f"], hparameters["stride"]': 'hparameters["f"], 2'}),
            "The stride is always 2: take it from hparameters.",
        ),
        Mistake(
            "window as large as the stride",
            _edited(
                POOL_LOOPS,
                {"top : top + f, left : left + f": "top : top + stride, left : left + stride"},
            ),
            "The window ends f after its beginning. The stride says only where the next one begins.",
        ),
        Mistake(
            "one place too few",
            _edited(
                POOL_LOOPS,
                {
                    "(n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1": "(n_H_prev - f) // stride, (n_W_prev - f) // stride"
                },
            ),
            "One row and one column are missing: places are one more than steps.",
        ),
        Mistake(
            "average never taken",
            _edited(
                POOL_LOOPS, {"else np.mean": 'else np.mean if mode == "avg" else lambda x: 0.0'}
            ),
            'For average pooling everything stays 0: the mode is called "average".',
        ),
        Mistake(
            "stride across only",
            _edited(POOL_LOOPS, {"h * stride, w * stride": "h, w * stride"}),
            "The stride is used for the columns, and forgotten for the rows: the top is at h · stride.",
        ),
    ],
)


def _window(rng: Generator) -> Arguments:
    """Draw numbers, often with one below zero that is farther from it than the largest."""
    shape = tuple(int(n) for n in rng.permutation(np.arange(2, 5))[:2])
    x = rng.permutation(np.arange(1.0, 1 + np.prod(shape))).reshape(shape)
    return arguments(x + rng.uniform(-0.2, 0.2) - np.prod(shape) * rng.uniform(0.2, 1.4))


def _window_edges(rng: Generator) -> list[Arguments]:
    """Two equal largest numbers in a row, in a column, apart; negative numbers; one number."""
    windows = [
        [[1.0, 3.0, 3.0], [-5.0, 2.0, 0.0]],
        [[4.0, 1.0], [4.0, -7.0], [0.0, 3.0]],
        [[2.5, -1.0, 0.0], [1.0, -2.0, 2.5]],
        [[-3.0, -1.0, -2.0], [-4.0, -6.0, -5.0]],
        [[-2.0]],
    ]
    return [arguments(np.array(window)) for window in windows]


CREATE_MASK = Exercise(
    function="create_mask_from_window",
    reference=convolution.create_mask_from_window,
    inputs=_window,
    edge_inputs=_window_edges,
    checks=[Matches(points=3, label="the mask"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "largest of each column",
            {"np.max(x)": "np.max(x, axis=0)"},
            "There is one largest number in the whole window, not one in each column: no axis.",
        ),
        Mistake(
            "largest of each row",
            {"np.max(x)": "np.max(x, axis=1, keepdims=True)"},
            "There is one largest number in the whole window, not one in each row: no axis.",
        ),
        Mistake(
            "smallest",
            {"np.max": "np.min"},
            "This marks the smallest number.",
        ),
        Mistake(
            "largest without sign",
            "def create_mask_from_window(x):\n    return np.abs(x) == np.max(np.abs(x))",
            "−7 is smaller than 4: compare the numbers themselves, not their absolute values.",
        ),
        Mistake(
            "first of equal ones",
            "def create_mask_from_window(x):\n    mask = np.zeros(x.shape, dtype=bool)\n    mask[np.unravel_index(np.argmax(x), x.shape)] = True\n    return mask",
            "Where several numbers are equal and largest, all of them are marked here: compare every number with the largest one.",
        ),
        Mistake(
            "values for truth values",
            "def create_mask_from_window(x):\n    return x * (x == np.max(x))",
            "The mask says True or False. It does not hold the numbers of the window.",
        ),
        Mistake(
            "all but the largest",
            {"==": "!="},
            "The mask is the wrong way round: True belongs to the largest number.",
        ),
        Mistake(
            "above the average",
            {"x == np.max(x)": "x > np.mean(x)"},
            "The mask marks the largest number only.",
        ),
        Mistake(
            "compared with the place",
            {"np.max(x)": "np.argmax(x)"},
            "`np.argmax` tells where the largest number stands. Compare with the number itself: `np.max`.",
        ),
    ],
)


def _share(rng: Generator) -> Arguments:
    shape = tuple(int(n) for n in rng.permutation(np.arange(2, 6))[:2])
    return arguments(float(_away_from_zero(rng, ())), shape)


def _share_edges(rng: Generator) -> list[Arguments]:
    """One row, one column, one place."""
    shapes = [(1, 4), (3, 1), (1, 1)]
    return [arguments(float(_away_from_zero(rng, ())), shape) for shape in shapes]


_SHARE = "np.full(shape, dz / (n_H * n_W))"

DISTRIBUTE_VALUE = Exercise(
    function="distribute_value",
    reference=convolution.distribute_value,
    inputs=_share,
    edge_inputs=_share_edges,
    checks=[Matches(points=3, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "not divided",
            {"dz / (n_H * n_W)": "dz"},
            "Every place gets the whole number. They share it: the shares add up to dz.",
        ),
        Mistake(
            "divided by the rows only",
            {"dz / (n_H * n_W)": "dz / n_H"},
            "There are n_H · n_W places, not n_H.",
        ),
        Mistake(
            "divided by the sum of the sides",
            {"n_H * n_W": "n_H + n_W"},
            "There are n_H · n_W places: a product, not a sum.",
        ),
        Mistake(
            "rows and columns exchanged",
            {"np.full(shape,": "np.full((n_W, n_H),"},
            "shape is (n_H, n_W), rows first.",
        ),
        Mistake(
            "only the share",
            {_SHARE: "dz / (n_H * n_W)"},
            "This is the share of one place. Return an array of the given shape, full of it.",
        ),
        Mistake(
            "first place only",
            "def distribute_value(dz, shape):\n    shares = np.zeros(shape)\n    shares[0, 0] = dz\n    return shares",
            "The first place gets everything. In an average all places count alike.",
        ),
        Mistake(
            "divided twice",
            {"/ (n_H * n_W)": "/ (n_H * n_W) ** 2"},
            "You divide by the number of places twice.",
        ),
        Mistake(
            "number left out",
            {"dz / (n_H * n_W)": "1 / (n_H * n_W)"},
            "These are shares of 1. They are to add up to dz.",
        ),
        Mistake(
            "divided by the columns only",
            {"dz / (n_H * n_W)": "dz / n_W"},
            "There are n_H · n_W places, not n_W.",
        ),
    ],
)


def _pool_back_arguments(rng: Generator, layout: Layout, mode: str) -> Arguments:
    """Draw a gradient for a pooling layer's output, and the layer's cache."""
    forward = _pool_arguments(rng, layout, mode)
    A, cache = convolution.pool_forward(*forward.positional)
    return Arguments((rng.normal(size=A.shape), cache), forward.named)


def _pool_back(rng: Generator) -> Arguments:
    return _pool_back_arguments(rng, _layout(rng), str(rng.choice(["max", "average"])))


def _pool_back_edges(rng: Generator) -> list[Arguments]:
    """Each stride in each mode; the mode left out."""
    modes = ["max", "average", "", "max", "average"]
    given = [_pool_back_arguments(rng, lay, m) for lay, m in zip(LAYOUTS, modes, strict=True)]
    others = zip(UNPADDED, ["average", "max", "average"], strict=True)
    return given + [_pool_back_arguments(rng, lay, mode) for lay, mode in others]


POOL_BACK_LOOPS = """
def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    for i in range(dA.shape[0]):
        for h in range(dA.shape[1]):
            for w in range(dA.shape[2]):
                top, left = h * stride, w * stride
                for c in range(dA.shape[3]):
                    part = dA_prev[i, top : top + f, left : left + f, c]
                    if mode == "max":
                        mask = create_mask_from_window(A_prev[i, top : top + f, left : left + f, c])
                        part += mask * dA[i, h, w, c]
                    else:
                        part += distribute_value(dA[i, h, w, c], (f, f))
    return dA_prev
"""

POOL_BACKWARD = Exercise(
    function="pool_backward",
    reference=convolution.pool_backward,
    inputs=_pool_back,
    edge_inputs=_pool_back_edges,
    checks=[Matches(points=7, label="`dA_prev`"), LeavesInputsAlone()],
    uses=("output_size", "pool_forward", "create_mask_from_window", "distribute_value"),
    mistakes=[
        Mistake(
            "windows without stride",
            _edited(POOL_BACK_LOOPS, {"h * stride, w * stride": "h, w"}),
            "The stride is missing where the windows begin: on the way back they lie where they lay on the way there, at h · stride and w · stride.",
        ),
        Mistake(
            "row and column of the window exchanged",
            _edited(POOL_BACK_LOOPS, {"h * stride, w * stride": "w * stride, h * stride"}),
            "h counts rows, and rows come first: the window's top is at h · stride, its left edge at w · stride.",
        ),
        Mistake(
            "overwritten where windows overlap",
            _edited(
                POOL_BACK_LOOPS,
                {
                    "part += mask * dA": "part[:] = mask * dA",
                    "part += distribute_value": "part[:] = distribute_value",
                },
            ),
            "Where windows overlap, a number gets gradients from each of them: add them up, with +=.",
        ),
        Mistake(
            "no mask",
            _edited(POOL_BACK_LOOPS, {"part += mask * dA": "part += dA"}),
            "For max pooling, only the largest number of a window made it to the output. The others get nothing: that is what the mask is for.",
        ),
        Mistake(
            "mask from the gradient",
            _edited(
                POOL_BACK_LOOPS,
                {
                    "create_mask_from_window(A_prev[i, top : top + f, left : left + f, c])": "create_mask_from_window(dA[i, :, :, c])[:f, :f]\n                        mask = np.pad(mask, ((0, f - mask.shape[0]), (0, f - mask.shape[1])))"
                },
            ),
            "The mask is made from the wrong array. Which number was the largest is to be seen in the input, A_prev.",
        ),
        Mistake(
            "mask of the first channel",
            _edited(
                POOL_BACK_LOOPS,
                {
                    "create_mask_from_window(A_prev[i, top : top + f, left : left + f, c])": "create_mask_from_window(A_prev[i, top : top + f, left : left + f, 0])"
                },
            ),
            "Each channel has a mask of its own: take the window from channel c.",
        ),
        Mistake(
            "average not shared",
            _edited(
                POOL_BACK_LOOPS, {"distribute_value(dA[i, h, w, c], (f, f))": "dA[i, h, w, c]"}
            ),
            "Average pooling divides by the number of places, so each place gets only its share of the gradient.",
        ),
        Mistake(
            "always the largest",
            _edited(POOL_BACK_LOOPS, {'if mode == "max":': "if True:"}),
            'mode may also be "average": then the gradient is shared by all places of the window.',
        ),
        Mistake(
            "modes exchanged",
            _edited(POOL_BACK_LOOPS, {'mode == "max"': 'mode == "average"'}),
            "The two modes are exchanged.",
        ),
        Mistake(
            "largest number for the gradient",
            _edited(
                POOL_BACK_LOOPS,
                {"mask * dA[i, h, w, c]": "mask * A_prev[i, top : top + f, left : left + f, c]"},
            ),
            "The place of the largest number gets the gradient from behind, dA, not the number itself.",
        ),
        Mistake(
            "columns counted as rows",
            _edited(POOL_BACK_LOOPS, {"range(dA.shape[2])": "range(dA.shape[1])"}),
            "This is right for square images only: the loop over the columns runs to n_W.",
        ),
        Mistake(
            "stride down only",
            _edited(POOL_BACK_LOOPS, {"h * stride, w * stride": "h * stride, w"}),
            "The stride is used for the rows, and forgotten for the columns: the left edge is at w · stride.",
        ),
        Mistake(
            "maxima overwritten where windows overlap",
            _edited(POOL_BACK_LOOPS, {"part += mask * dA": "part[:] = mask * dA"}),
            "For max pooling you overwrite what another window has given: add it up there too, with +=.",
        ),
        Mistake(
            "shared by the whole map",
            _edited(
                POOL_BACK_LOOPS,
                {
                    "distribute_value(dA[i, h, w, c], (f, f))": "dA[i, h, w, c] / (dA.shape[1] * dA.shape[2])"
                },
            ),
            "The gradient is shared by the f · f places of its window, not by as many as the output has.",
        ),
        Mistake(
            "mask of the first example",
            _edited(
                POOL_BACK_LOOPS,
                {
                    "create_mask_from_window(A_prev[i, top : top + f, left : left + f, c])": "create_mask_from_window(A_prev[0, top : top + f, left : left + f, c])"
                },
            ),
            "Every mask is made from the first example: the window belongs to example i.",
        ),
        Mistake(
            "mask of the whole map",
            _edited(
                POOL_BACK_LOOPS,
                {
                    "create_mask_from_window(A_prev[i, top : top + f, left : left + f, c])": "create_mask_from_window(A_prev[i, :, :, c])[top : top + f, left : left + f]"
                },
            ),
            "You mark the largest number of the whole map. Each window has a largest number of its own.",
        ),
        Mistake(
            "stride across only",
            _edited(POOL_BACK_LOOPS, {"h * stride, w * stride": "h, w * stride"}),
            "The stride is used for the columns, and forgotten for the rows: the top is at h · stride.",
        ),
        Mistake(
            "averaged over the examples",
            _edited(POOL_BACK_LOOPS, {"return dA_prev": "return dA_prev / len(dA)"}),
            "You divide by m. If the cost is an average, its 1/m is in dA already.",
        ),
    ],
)


# --- counting -------------------------------------------------------------------------------


def _counted(rng: Generator) -> Arguments:
    n_H, n_W = (int(n) for n in rng.permutation(np.arange(6, 16))[:2])
    n_C_prev, n_C = (int(n) for n in rng.permutation(np.arange(2, 7))[:2])
    f, stride = int(rng.integers(2, 5)), int(rng.integers(1, 4))
    return arguments((n_H, n_W, n_C_prev), f, n_C, stride)


def _counted_edges(rng: Generator) -> list[Arguments]:
    """Count the first layer of LeNet-5; a stride; a filter as large as the image; 1 by 1 filters."""
    return [
        arguments((32, 32, 1), f=5, n_C=6, stride=1),
        arguments((9, 14, 3), 4, 5, 3),
        arguments((3, 8, 2), 3, 4, 2),
        arguments((5, 7, 4), 1, 3, 1),
    ]


LAYER_COUNTS = Exercise(
    function="layer_counts",
    reference=convolution.layer_counts,
    inputs=_counted,
    edge_inputs=_counted_edges,
    checks=[
        *(Matches(key, points=2) for key in ("outputs", "parameters", "connections", "dense")),
        LeavesInputsAlone(),
    ],
    uses=("output_size",),
    mistakes=[
        Mistake(
            "filters without bias",
            {"f * f * n_C_prev + 1": "f * f * n_C_prev"},
            "Each filter has a bias, too: it counts, as a parameter, and as a connection of every output.",
        ),
        Mistake(
            "input channels forgotten",
            {"f * f * n_C_prev + 1": "f * f + 1"},
            "A filter has f · f weights for each channel of its input.",
        ),
        Mistake(
            "a filter at every place",
            {"per_filter * n_C": "per_filter * outputs"},
            "The filter is the same at every place: that is what parameter sharing means. Count its parameters once.",
        ),
        Mistake(
            "connections of one filter place",
            {"per_filter * outputs": "per_filter * n_C"},
            "Every output has connections of its own, though it shares their weights: count them at every place.",
        ),
        Mistake(
            "dense without biases",
            {
                "(n_H_prev * n_W_prev * n_C_prev + 1) * outputs": "n_H_prev * n_W_prev * n_C_prev * outputs"
            },
            "A dense layer has a bias for each of its outputs.",
        ),
        Mistake(
            "dense to one output per filter",
            {"n_C_prev + 1) * outputs": "n_C_prev + 1) * n_C"},
            "The dense layer is to compute as many outputs as the convolutional one.",
        ),
        Mistake(
            "as wide as high",
            {"output_size(n_W_prev,": "output_size(n_H_prev,"},
            "The width of the output comes from the width of the input: images need not be square.",
        ),
        Mistake(
            "stride ignored",
            {
                "n_H = output_size(n_H_prev, f, 0, stride)": "n_H = output_size(n_H_prev, f, 0, 1)",
                "n_W = output_size(n_W_prev, f, 0, stride)": "n_W = output_size(n_W_prev, f, 0, 1)",
            },
            "The stride is not used: it makes the output smaller.",
        ),
        Mistake(
            "one output per place",
            {"n_H * n_W * n_C": "n_H * n_W"},
            "Each filter makes an output at every place: the number of filters is a factor, too.",
        ),
        Mistake(
            "one bias for all filters",
            {"per_filter * n_C": "(per_filter - 1) * n_C + 1"},
            "Every filter has a bias of its own: n_C of them, not one.",
        ),
        Mistake(
            "one bias for the dense layer",
            {
                "(n_H_prev * n_W_prev * n_C_prev + 1) * outputs": "n_H_prev * n_W_prev * n_C_prev * outputs + 1"
            },
            "A dense layer has a bias for each of its outputs, not one for all.",
        ),
        Mistake(
            "channels of the dense layer's input forgotten",
            {"n_H_prev * n_W_prev * n_C_prev + 1": "n_H_prev * n_W_prev + 1"},
            "The dense layer's inputs are all numbers of the image: each pixel has n_C_prev of them.",
        ),
    ],
)


# --- without loops --------------------------------------------------------------------------


def _viewed(rng: Generator) -> Arguments:
    m, n_H, n_W, n_C, f, _, stride, _ = _layout(rng)
    return arguments(rng.normal(size=(m, n_H, n_W, n_C)), f, stride)


def _viewed_edges(rng: Generator) -> list[Arguments]:
    layouts = [layout for layout in LAYOUTS + UNPADDED if layout[4] <= min(layout[1:3])]
    return [
        arguments(rng.normal(size=(m, n_H, n_W, n_C)), f, stride)
        for m, n_H, n_W, n_C, f, _, stride, _ in layouts
    ]


def _many_places(width: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(2, 4, width, 2))


def _many_windows(width: int) -> np.ndarray:
    return convolution.window_view(_many_places(width), 2, 1)


VIEW_LOOPS = """
def window_view(X, f, stride):
    m, n_H_prev, n_W_prev, n_C = X.shape
    n_H, n_W = (n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1
    windows = np.zeros((m, n_H, n_W, f, f, n_C))
    for h in range(n_H):
        for w in range(n_W):
            top, left = h * stride, w * stride
            windows[:, h, w] = X[:, top : top + f, left : left + f, :]
    return windows
"""
_STRIDES = "[:, ::stride, ::stride]"
_AXES = ".transpose(0, 1, 2, 4, 5, 3)"

WINDOW_VIEW = Exercise(
    function="window_view",
    reference=convolution.window_view,
    inputs=_viewed,
    edge_inputs=_viewed_edges,
    checks=[
        Matches(points=5, label="values and shape"),
        Vectorised(
            small=arguments(_many_places(4), 2, 1),
            large=arguments(_many_places(200), 2, 1),
            label="works on all places at once",
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "channels before the window",
            {_AXES: ""},
            "sliding_window_view puts the axes of the window last, behind the channels. Here the channels come last: (m, n_H, n_W, f, f, n_C).",
        ),
        Mistake(
            "channels reshaped, not moved",
            """
            def window_view(X, f, stride):
                windows = sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
                return windows.reshape(*windows.shape[:3], f, f, -1)
            """,
            "reshape makes the shape, but mixes the numbers: axes change places with transpose or np.moveaxis.",
        ),
        Mistake(
            "stride ignored",
            {_STRIDES: ""},
            "All windows are there, as for a stride of 1: keep every stride-th row and column of windows.",
        ),
        Mistake(
            "stride for the rows only",
            {_STRIDES: "[:, ::stride]"},
            "The stride holds for rows and for columns.",
        ),
        Mistake(
            "every other window",
            {_STRIDES: "[:, ::2, ::2]"},
            "This is right for a stride of 2 only.",
        ),
        Mistake(
            "windows transposed",
            {"(0, 1, 2, 4, 5, 3)": "(0, 1, 2, 5, 4, 3)"},
            "Rows and columns within the window are exchanged.",
        ),
        Mistake(
            "image thinned out before the windows",
            "def window_view(X, f, stride):\n    windows = sliding_window_view(X[:, ::stride, ::stride], (f, f), axis=(1, 2))\n    return windows.transpose(0, 1, 2, 4, 5, 3)",
            "The stride thins out the windows, not the image: first all windows, then every stride-th of them.",
        ),
        Mistake(
            "row and column of the window exchanged",
            _edited(VIEW_LOOPS, {"h * stride, w * stride": "w * stride, h * stride"}),
            "h counts rows, and rows come first.",
        ),
        Mistake(
            "as far apart as they are large",
            {_STRIDES: "[:, ::f, ::f]"},
            "The windows move on by their own size. Keep every `stride`-th of them.",
        ),
        Mistake(
            "stride on the examples",
            {_STRIDES: "[::stride, ::stride]"},
            "The first axis counts the examples: leave it as it is, `[:, ::stride, ::stride]`.",
        ),
        Mistake(
            "begun late for thinned out",
            {_STRIDES: "[:, stride:, stride:]"},
            "`x[3:]` begins at number 3. Every third entry is `x[::3]`, with two colons.",
        ),
    ],
)


def _windows(rng: Generator, layout: Layout) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw the windows, filters and biases of a layer."""
    A_prev, W, b, hparameters = _conv_arguments(rng, layout).positional
    padded = convolution.zero_pad(A_prev, hparameters["pad"])
    return convolution.window_view(padded, W.shape[0], hparameters["stride"]).copy(), W, b


def _windowed(rng: Generator) -> Arguments:
    return arguments(*_windows(rng, _layout(rng)))


def _windowed_edges(rng: Generator) -> list[Arguments]:
    return [arguments(*_windows(rng, layout)) for layout in LAYOUTS + UNPADDED]


def _products_at(width: int) -> Arguments:
    rng = np.random.default_rng(0)
    return arguments(
        _many_windows(width), rng.normal(size=(2, 2, 2, 3)), rng.normal(size=(1, 1, 1, 3))
    )


_FLAT = "W.reshape(-1, n_C)"
_CONV_FLAT = """
def convolve_windows(windows, W, b):
    n_C = W.shape[3]
    Z = np.einsum("mhwijc,ijck->mhwk", windows, W)
    return Z + b
"""

CONVOLVE_WINDOWS = Exercise(
    function="convolve_windows",
    reference=convolution.convolve_windows,
    inputs=_windowed,
    edge_inputs=_windowed_edges,
    checks=[
        Matches(points=5, label="`Z`"),
        Vectorised(
            small=_products_at(4), large=_products_at(200), label="works on all places at once"
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "bias forgotten",
            _edited(_CONV_FLAT, {"Z + b": "Z"}),
            "The biases b are missing.",
        ),
        Mistake(
            "filters as rows by reshaping",
            {_FLAT: "W.reshape(n_C, -1).T"},
            "reshape keeps the numbers in their order. The channel of the output is the last axis of W, so it must stay last: one filter a column.",
        ),
        Mistake(
            "output reshaped with the channels in front",
            {
                "reshape(*windows.shape[:3], n_C)": "reshape(n_C, *windows.shape[:3]).transpose(1, 2, 3, 0)"
            },
            "Each row of the product belongs to one place. So the channels are its last axis already: reshape to (m, n_H, n_W, n_C).",
        ),
        Mistake(
            "windows transposed",
            _edited(_CONV_FLAT, {"mhwijc,ijck": "mhwjic,ijck"}),
            "Rows and columns within the window are exchanged: windows and filters are flattened in the same order.",
        ),
        Mistake(
            "bias for every weight",
            _edited(_CONV_FLAT, {"Z + b": "Z + W[..., 0].size * b"}),
            "The bias is added once, not once for every number of the window.",
        ),
        Mistake(
            "first filter only",
            _edited(_CONV_FLAT, {"Z + b": "Z[..., :1] + b"}),
            "All channels have the same filter: each channel of the output has its own column in the product.",
        ),
        Mistake(
            "filters flipped",
            _edited(_CONV_FLAT, {"windows, W)": "windows, W[::-1, ::-1])"}),
            "The filters are not flipped.",
        ),
        Mistake(
            "mean for sum",
            _edited(_CONV_FLAT, {"Z + b": "Z / W[..., 0].size + b"}),
            "The products are added up, not averaged.",
        ),
        Mistake(
            "bias of the first filter",
            _edited(_CONV_FLAT, {"Z + b": "Z + b[0, 0, 0, 0]"}),
            "Every filter has a bias of its own: add the whole of b, it is broadcast along the last axis.",
        ),
        Mistake(
            "still a matrix",
            _edited(_CONV_FLAT, {"Z + b": "(Z + b).reshape(-1, n_C)"}),
            "The result is still a matrix: give it its shape back, (m, n_H, n_W, n_C).",
        ),
        Mistake(
            "filters transposed before flattening",
            _edited(_CONV_FLAT, {"windows, W)": "windows, W.T.reshape(W.shape))"}),
            "`W.T` reverses all four axes. W has its filters last already: only flatten the first three axes.",
        ),
    ],
)


def _gradient(rng: Generator, layout: Layout) -> Arguments:
    windows, W, b = _windows(rng, layout)
    return arguments(rng.normal(size=(*windows.shape[:3], b.size)), windows, W)


def _gradient_edges(rng: Generator) -> list[Arguments]:
    return [_gradient(rng, layout) for layout in LAYOUTS + UNPADDED]


def _gradients_at(width: int) -> Arguments:
    windows = _many_windows(width)
    rng = np.random.default_rng(0)
    return arguments(
        rng.normal(size=(*windows.shape[:3], 3)), windows, rng.normal(size=(2, 2, 2, 3))
    )


_GRADIENTS = """
def window_gradients(dZ, windows, W):
    dwindows = np.einsum("mhwk,ijck->mhwijc", dZ, W)
    dW = np.einsum("mhwijc,mhwk->ijck", windows, dZ)
    db = np.sum(dZ, axis=(0, 1, 2), keepdims=True)
    return dwindows, dW, db
"""

WINDOW_GRADIENTS = Exercise(
    function="window_gradients",
    reference=convolution.window_gradients,
    returns=("dwindows", "dW", "db"),
    inputs=lambda rng: _gradient(rng, _layout(rng)),
    edge_inputs=_gradient_edges,
    checks=[
        Matches("dwindows", points=3),
        Matches("dW", points=3),
        Matches("db", points=1),
        Vectorised(
            small=_gradients_at(4), large=_gradients_at(200), label="works on all places at once"
        ),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "biases without their axes",
            _edited(_GRADIENTS, {", keepdims=True": ""}),
            "db has the shape of b, (1, 1, 1, n_C): sum with keepdims=True.",
        ),
        Mistake(
            "biases collapsed to one",
            _edited(_GRADIENTS, {"axis=(0, 1, 2), ": ""}),
            "Every filter has a bias of its own: sum over examples, rows and columns, not over the filters.",
        ),
        Mistake(
            "biases of the first example",
            _edited(
                _GRADIENTS,
                {
                    "np.sum(dZ, axis=(0, 1, 2), keepdims=True)": "np.sum(dZ[:1], axis=(0, 1, 2), keepdims=True)"
                },
            ),
            "Only the first example is summed: the bias is the same for all of them.",
        ),
        Mistake(
            "filter gradients averaged",
            _edited(
                _GRADIENTS,
                {
                    'np.einsum("mhwijc,mhwk->ijck", windows, dZ)': 'np.einsum("mhwijc,mhwk->ijck", windows, dZ) / dZ[..., 0].size'
                },
            ),
            "The gradients of all uses of a filter are added up. If the cost is an average, its 1/m is in dZ already.",
        ),
        Mistake(
            "filter gradient reshaped from its transpose",
            _edited(
                _GRADIENTS,
                {
                    'np.einsum("mhwijc,mhwk->ijck", windows, dZ)': 'np.einsum("mhwijc,mhwk->kijc", windows, dZ).reshape(W.shape)'
                },
            ),
            "The numbers of dW are right, but in the wrong places: the channel of the output must be the last axis before you reshape.",
        ),
        Mistake(
            "filters by reshaping for transposing",
            _edited(
                _GRADIENTS,
                {
                    'np.einsum("mhwk,ijck->mhwijc", dZ, W)': "(dZ.reshape(-1, W.shape[3]) @ W.reshape(W.shape[3], -1)).reshape(windows.shape)"
                },
            ),
            "dwindows has the transpose of the matrix of filters in it. Reshaping to (n_C, −1) has the same shape as the transpose, and other contents.",
        ),
        Mistake(
            "windows for filters",
            _edited(
                _GRADIENTS,
                {
                    'np.einsum("mhwk,ijck->mhwijc", dZ, W)': "windows * np.sum(dZ, axis=3)[..., None, None, None]"
                },
            ),
            "Z is window times filter: the gradient of the windows has the filters in it.",
        ),
        Mistake(
            "filters flipped",
            _edited(_GRADIENTS, {"dZ, W)": "dZ, W[::-1, ::-1])"}),
            "Nothing is flipped here: each window is taken for itself, as on the way there.",
        ),
        Mistake(
            "averaged over the examples",
            _edited(
                _GRADIENTS,
                {"return dwindows, dW, db": "return dwindows, dW / len(dZ), db / len(dZ)"},
            ),
            "You divide by m. If the cost is an average, its 1/m is in dZ already.",
        ),
        Mistake(
            "still a matrix",
            _edited(
                _GRADIENTS,
                {
                    "return dwindows, dW, db": "return dwindows.reshape(dZ[..., 0].size, -1), dW.reshape(-1, W.shape[3]), db"
                },
            ),
            "The products are still matrices: give each gradient the shape of what it belongs to.",
        ),
    ],
)


def _to_add(rng: Generator, layout: Layout) -> Arguments:
    """Draw windows, and the shape of the images; here the images are as if padded already."""
    m, n_H, n_W, n_C, f, _, stride, pad = layout
    shape = (m, n_H + 2 * pad, n_W + 2 * pad, n_C)
    sizes = [convolution.output_size(n, f, 0, stride) for n in shape[1:3]]
    return arguments(rng.normal(size=(m, *sizes, f, f, n_C)), shape, stride)


def _to_add_edges(rng: Generator) -> list[Arguments]:
    return [_to_add(rng, layout) for layout in LAYOUTS + UNPADDED]


def _added_at(width: int) -> Arguments:
    windows = _many_windows(width)
    return arguments(windows, (2, 4, width, 2), 1)


ADD_LOOPS = """
def add_windows(dwindows, shape, stride):
    m, n_H, n_W, f, f, n_C = dwindows.shape
    total = np.zeros(shape)
    for h in range(n_H):
        for w in range(n_W):
            top, left = h * stride, w * stride
            total[:, top : top + f, left : left + f, :] += dwindows[:, h, w]
    return total
"""

ADD_WINDOWS = Exercise(
    function="add_windows",
    reference=convolution.add_windows,
    inputs=lambda rng: _to_add(rng, _layout(rng)),
    edge_inputs=_to_add_edges,
    checks=[
        Matches(points=5, label="values and shape"),
        Vectorised(small=_added_at(4), large=_added_at(200), label="works on all places at once"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "overwritten where windows overlap",
            _edited(ADD_LOOPS, {"+= dwindows": "= dwindows"}),
            "Where windows overlap, their numbers are added up, with +=.",
        ),
        Mistake(
            "stride ignored",
            _edited(ADD_LOOPS, {"h * stride, w * stride": "h, w"}),
            "The windows lie `stride` apart: number h begins at row h · stride.",
        ),
        Mistake(
            "row and column of the window exchanged",
            _edited(ADD_LOOPS, {"h * stride, w * stride": "w * stride, h * stride"}),
            "h counts rows, and rows come first.",
        ),
        Mistake(
            "averaged where windows overlap",
            _edited(
                ADD_LOOPS,
                {
                    "    return total": "    count = add_ones(dwindows, shape, stride)\n    return total / np.maximum(count, 1)"
                },
            )
            + """

def add_ones(dwindows, shape, stride):
    m, n_H, n_W, f, f, n_C = dwindows.shape
    count = np.zeros(shape)
    for h in range(n_H):
        for w in range(n_W):
            count[:, h * stride : h * stride + f, w * stride : w * stride + f, :] += 1
    return count
""",
            "The numbers of overlapping windows are added up, not averaged.",
        ),
        Mistake(
            "windows transposed",
            _edited(ADD_LOOPS, {"dwindows[:, h, w]": "dwindows[:, h, w].transpose(0, 2, 1, 3)"}),
            "Rows and columns within the window are exchanged.",
        ),
        Mistake(
            "last row of windows missing",
            _edited(ADD_LOOPS, {"range(n_H)": "range(n_H - 1)"}),
            "The last row of windows is missing: check where your slices end.",
        ),
        Mistake(
            "first place of each window only",
            _edited(
                ADD_LOOPS,
                {
                    "total[:, top : top + f, left : left + f, :] += dwindows[:, h, w]": "total[:, top, left, :] += dwindows[:, h, w, 0, 0]"
                },
            ),
            "Only the upper left corner of each window arrives: all f · f places of it do.",
        ),
        Mistake(
            "overwritten, place after place",
            """
            def add_windows(dwindows, shape, stride):
                m, n_H, n_W, f, f, n_C = dwindows.shape
                total = np.zeros(shape)
                for i in range(f):
                    for j in range(f):
                        rows = slice(i, i + stride * n_H, stride)
                        columns = slice(j, j + stride * n_W, stride)
                        total[:, rows, columns, :] = dwindows[:, :, :, i, j, :]
                return total
            """,
            "What a later place of the window gives replaces what stood there: add it up, with +=.",
        ),
        Mistake(
            "slices without end",
            """
            def add_windows(dwindows, shape, stride):
                m, n_H, n_W, f, f, n_C = dwindows.shape
                total = np.zeros(shape)
                for i in range(f):
                    for j in range(f):
                        total[:, i::stride, j::stride, :] += dwindows[:, :, :, i, j, :]
                return total
            """,
            "Your slices run to the edge of the image, and may hold more pixels than there are windows: end them at i + stride · n_H and j + stride · n_W.",
        ),
        Mistake(
            "slices too short",
            """
            def add_windows(dwindows, shape, stride):
                m, n_H, n_W, f, f, n_C = dwindows.shape
                total = np.zeros(shape)
                for i in range(f):
                    for j in range(f):
                        total[:, i : i + n_H : stride, j : j + n_W : stride, :] += dwindows[:, :, :, i, j, :]
                return total
            """,
            "n_H pixels that lie `stride` apart span stride · n_H rows: end the slices at i + stride · n_H and j + stride · n_W.",
        ),
    ],
)


EXERCISES = [
    CROSS_CORRELATE,
    CONVOLVE,
    ZERO_PAD,
    OUTPUT_SIZE,
    CONV_SINGLE_STEP,
    CONV_FORWARD,
    POOL_FORWARD,
    LAYER_COUNTS,
    CONV_BACKWARD,
    CREATE_MASK,
    DISTRIBUTE_VALUE,
    POOL_BACKWARD,
    WINDOW_VIEW,
    CONVOLVE_WINDOWS,
    WINDOW_GRADIENTS,
    ADD_WINDOWS,
]
