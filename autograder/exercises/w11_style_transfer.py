"""Week 11: neural style transfer."""

from __future__ import annotations

import itertools

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import style_transfer
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments
from helpers.convolution import conv_forward, pool_forward

Generator = np.random.Generator
Shape = tuple[int, int, int]

# n_H, n_W, n_C: one position, one channel, more channels than positions, fewer.
SHAPES: list[Shape] = [(1, 1, 3), (2, 3, 1), (1, 3, 4), (4, 2, 3)]


def _shape(rng: Generator) -> Shape:
    """Draw height, width and number of channels, all different."""
    n_H, n_W, n_C = (int(n) for n in rng.permutation([2, 3, 4])[:3])
    return n_H, n_W, n_C


def _activation(rng: Generator, shape: Shape) -> np.ndarray:
    """Draw what a layer gives: positive numbers, with some zeros as ReLU makes them."""
    return np.maximum(rng.normal(0.4, 1, (1, *shape)), 0)


def _pair(rng: Generator, shape: Shape) -> tuple[np.ndarray, np.ndarray]:
    """Draw two activations that are never the same."""
    return _activation(rng, shape), _activation(rng, shape) + rng.uniform(0.1, 0.5)


def _two(rng: Generator) -> Arguments:
    return arguments(*_pair(rng, _shape(rng)))


def _two_edges(rng: Generator) -> list[Arguments]:
    return [arguments(*_pair(rng, shape)) for shape in SHAPES]


def _of_positions(count: int) -> Arguments:
    """Give two activations with many positions, or few, to count lines on."""
    return arguments(*_pair(np.random.default_rng(0), (2, count, 3)))


# --- what a layer sees ----------------------------------------------------------------------


def _layers(rng: Generator) -> Arguments:
    """Draw layers of which none has a window of one pixel; the strides differ."""
    count = int(rng.integers(3, 6))
    strides = [*rng.permutation([2, 3, 1]), *rng.integers(1, 4, 2)][:count]
    return arguments([(int(rng.integers(2, 6)), int(stride)) for stride in strides])


def _layers_edges(rng: Generator) -> list[Arguments]:
    """No layer at all; one; a stride without a window; the last stride does not count."""
    lists = [[], [(5, 3)], [(1, 2), (3, 1)], [(3, 1), (2, 2), (3, 4)]]
    return [arguments(layers) for layers in lists]


RECEPTIVE_FIELD = Exercise(
    function="receptive_field",
    reference=style_transfer.receptive_field,
    inputs=_layers,
    edge_inputs=_layers_edges,
    checks=[Matches(points=4, label="the number of pixels"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "strides ignored",
            {"(f - 1) * jump": "f - 1"},
            "After a layer with stride 2, neighbouring numbers are two pixels apart: what a window adds grows with the strides before it.",
        ),
        Mistake(
            "a layer's own stride counts for itself",
            {
                "        size += (f - 1) * jump\n        jump *= stride": "        jump *= stride\n        size += (f - 1) * jump"
            },
            "A layer's window lies on the output of the layers before it: only their strides count. Add first, then multiply.",
        ),
        Mistake(
            "whole windows added",
            {"(f - 1) * jump": "f * jump"},
            "The first number of a window is counted already: a window of f adds f − 1 steps.",
        ),
        Mistake(
            "strides added up",
            {"jump *= stride": "jump += stride"},
            "Strides multiply: two layers with stride 2 put neighbours four pixels apart.",
        ),
        Mistake(
            "windows multiplied",
            {"size += (f - 1) * jump": "size *= f"},
            "Windows overlap, so their sizes do not multiply: each one adds (f − 1) steps.",
        ),
        Mistake(
            "begins with nothing",
            {"size, jump = (1, 1)": "size, jump = 0, 1"},
            "A pixel sees itself: begin with a window of 1.",
        ),
        Mistake(
            "only the last stride counts",
            {"jump *= stride": "jump = stride"},
            "The distance of neighbours is the product of all strides before, not only the last one.",
        ),
        Mistake(
            "layers read backwards",
            {"in layers": "in layers[::-1]"},
            "The layers come in order, the first one lies on the image: read them from the front.",
        ),
    ],
)


# --- content --------------------------------------------------------------------------------


def _contents(rng: Generator, shape: Shape) -> Arguments:
    """Two arrays; for the edition that takes lists of all layers' outputs, such lists."""
    a_C, a_G = _pair(rng, shape)
    others = [_pair(rng, _shape(rng)) for _ in range(2)]
    lists = ([*(one for one, _ in others), a_C], [*(two for _, two in others), a_G])
    return Arguments((a_C, a_G), editions={"content_output": lists})


_CONTENT = "np.sum((a_C - a_G) ** 2) / (4 * n_H * n_W * n_C)"

CONTENT_COST = Exercise(
    function="compute_content_cost",
    reference=style_transfer.compute_content_cost,
    inputs=lambda rng: _contents(rng, _shape(rng)),
    edge_inputs=lambda rng: [_contents(rng, shape) for shape in SHAPES],
    checks=[
        Matches(points=5, label="the cost"),
        Vectorised(small=_of_positions(3), large=_of_positions(99), label="works without a loop"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "not divided",
            {" / (4 * n_H * n_W * n_C)": ""},
            "The sum is right, but it is not divided by 4 n_H n_W n_C.",
        ),
        Mistake(
            "mean for the agreed factor",
            {"(4 * n_H": "(n_H"},
            "Your cost is exactly 4 times too large: the factor is 1 / (4 n_H n_W n_C), not the mean.",
        ),
        Mistake(
            "half for a quarter",
            {"(4 * n_H": "(2 * n_H"},
            "Your cost is exactly twice too large: the 2 stands in the gradient, the 4 in the cost.",
        ),
        Mistake(
            "product outside of the fraction",
            {_CONTENT: "1 / 4 * n_H * n_W * n_C * np.sum((a_C - a_G) ** 2)"},
            "Python reads 1 / 4 * n_H as (1/4) · n_H: put parentheses around the whole denominator.",
        ),
        Mistake(
            "sum squared",
            {"np.sum((a_C - a_G) ** 2)": "np.sum(a_C - a_G) ** 2"},
            "You square the sum. Each difference is squared, then they are summed: otherwise opposite differences cancel.",
        ),
        Mistake(
            "absolute values",
            {"(a_C - a_G) ** 2": "np.abs(a_C - a_G)"},
            "The differences are squared, not taken without their sign.",
        ),
        Mistake(
            "root taken",
            {_CONTENT: "np.linalg.norm(a_C - a_G) / (4 * n_H * n_W * n_C)"},
            "np.linalg.norm takes the root of the sum of squares. The cost has no root.",
        ),
        Mistake(
            "channels left out",
            {" * n_C)": ")"},
            "The denominator lacks the number of channels n_C.",
        ),
        Mistake(
            "half of the sum",
            {_CONTENT: "np.sum((a_C - a_G) ** 2) / 2"},
            "Half of the sum is how the paper of Gatys and his colleagues has it. Here the factor is 1 / (4 n_H n_W n_C), so that the size of the layer does not count.",
        ),
    ],
)

CONTENT_GRADIENT = Exercise(
    function="content_cost_gradient",
    reference=style_transfer.content_cost_gradient,
    inputs=_two,
    edge_inputs=_two_edges,
    checks=[
        Matches(points=4, label="values and shape"),
        Vectorised(small=_of_positions(3), large=_of_positions(99), label="works without a loop"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "content less generated",
            {"a_G - a_C": "a_C - a_G"},
            "The sign is wrong: where a_G is larger than a_C, making it still larger raises the cost.",
        ),
        Mistake(
            "four for two",
            {"(2 * n_H": "(4 * n_H"},
            "This is half of the gradient: the square gives a factor 2, so 2/4 = 1/2 remains.",
        ),
        Mistake(
            "factor gone",
            {"(2 * n_H": "(n_H"},
            "This is twice the gradient: of the cost's 1/4, a 1/2 remains.",
        ),
        Mistake(
            "not divided",
            {" / (2 * n_H * n_W * n_C)": ""},
            "The cost is divided by 4 n_H n_W n_C, so its gradient keeps n_H n_W n_C in the denominator.",
        ),
        Mistake(
            "channels left out",
            {" * n_C)": ")"},
            "The denominator lacks the number of channels n_C.",
        ),
        Mistake(
            "sign only",
            {"(a_G - a_C)": "np.sign(a_G - a_C)"},
            "The slope of a square grows with the difference: it is not only its sign.",
        ),
        Mistake(
            "summed up",
            {"(a_G - a_C)": "np.sum(a_G - a_C)"},
            "Every number of a_G has a slope of its own: the gradient has the shape of a_G, nothing is summed.",
        ),
    ],
)


# --- style ----------------------------------------------------------------------------------


def _rows(rng: Generator, n_C: int, positions: int) -> Arguments:
    return arguments(rng.normal(0.5, 1, (n_C, positions)))


def _gram_inputs(rng: Generator) -> Arguments:
    n_C, positions = (int(n) for n in rng.permutation([2, 3, 4, 5])[:2])
    return _rows(rng, n_C, positions)


def _gram_edges(rng: Generator) -> list[Arguments]:
    """Draw a single position, a single channel, and as many channels as positions."""
    return [_rows(rng, *shape) for shape in ((3, 1), (1, 4), (3, 3))]


GRAM_MATRIX = Exercise(
    function="gram_matrix",
    reference=style_transfer.gram_matrix,
    inputs=_gram_inputs,
    edge_inputs=_gram_edges,
    checks=[Matches(points=4, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "positions with positions",
            {"A @ A.T": "A.T @ A"},
            "This compares positions with positions, (n_H n_W, n_H n_W). Channels are the rows of A: A A^T is (n_C, n_C).",
        ),
        Mistake(
            "elementwise",
            {"A @ A.T": "A * A"},
            "This squares every number. A matrix product, with @, also meets channel i with channel j.",
        ),
        Mistake(
            "averaged",
            {"A @ A.T": "A @ A.T / A.shape[1]"},
            "The Gram matrix sums over the positions. The cost divides, later.",
        ),
        Mistake(
            "centred",
            {
                "A @ A.T": "(A - A.mean(axis=1, keepdims=True)) @ (A - A.mean(axis=1, keepdims=True)).T"
            },
            "Taking the mean away first gives a covariance. The Gram matrix takes the activations as they are.",
        ),
        Mistake(
            "cosines",
            {
                "A @ A.T": "(A / np.linalg.norm(A, axis=1, keepdims=True)) @ (A / np.linalg.norm(A, axis=1, keepdims=True)).T"
            },
            "The rows are scaled to length 1. Here the strength of a channel counts too: leave them as they are.",
        ),
        Mistake(
            "diagonal only",
            {"A @ A.T": "np.diag(np.sum(A**2, axis=1))"},
            "Only the diagonal is right: off it stand the products of two different channels, and these say what occurs together.",
        ),
        Mistake(
            "sums first",
            {"A @ A.T": "np.outer(A.sum(axis=1), A.sum(axis=1))"},
            "Multiply at each position, then sum. You sum first: then it is lost whether two channels answer at the same place.",
        ),
    ],
)

_IN_S, _IN_G = "a_S.reshape(n_H * n_W, n_C).T", "a_G.reshape(n_H * n_W, n_C).T"
_PLAIN_S, _PLAIN_G = "a_S.reshape(n_C, n_H * n_W)", "a_G.reshape(n_C, n_H * n_W)"
_LAYER = "np.sum((G_S - G_G) ** 2) / (4 * n_C ** 2 * (n_H * n_W) ** 2)"

LAYER_STYLE_COST = Exercise(
    function="compute_layer_style_cost",
    reference=style_transfer.compute_layer_style_cost,
    inputs=_two,
    edge_inputs=_two_edges,
    checks=[
        Matches(points=6, label="the cost"),
        Vectorised(small=_of_positions(3), large=_of_positions(99), label="works without a loop"),
        LeavesInputsAlone(),
    ],
    uses=("gram_matrix",),
    mistakes=[
        Mistake(
            "reshaped for transposed",
            {_IN_S: _PLAIN_S, _IN_G: _PLAIN_G},
            "reshape(n_C, n_H · n_W) has the right shape and the wrong rows: the channels are the last axis, so each row mixes them all. Reshape to (n_H · n_W, n_C), then transpose.",
        ),
        Mistake(
            "not transposed",
            {_IN_S: "a_S.reshape(n_H * n_W, n_C)", _IN_G: "a_G.reshape(n_H * n_W, n_C)"},
            "The rows are positions here, so the Gram matrix compares positions. gram_matrix takes channels in its rows: transpose.",
        ),
        Mistake(
            "positions not squared",
            {"(n_H * n_W) ** 2": "(n_H * n_W)"},
            "A Gram matrix sums over n_H n_W positions, and is squared: (n_H n_W) stands in the denominator squared.",
        ),
        Mistake(
            "channels not squared",
            {"n_C ** 2": "n_C"},
            "The Gram matrix has n_C² entries: n_C stands in the denominator squared.",
        ),
        Mistake(
            "four forgotten",
            {"(4 * n_C": "(n_C"},
            "Your cost is exactly 4 times too large: the denominator begins with 4.",
        ),
        Mistake(
            "product outside of the fraction",
            {_LAYER: "1 / 4 * n_C**2 * (n_H * n_W) ** 2 * np.sum((G_S - G_G) ** 2)"},
            "Python reads 1 / 4 * n_C as (1/4) · n_C: put parentheses around the whole denominator.",
        ),
        Mistake(
            "Gram matrix of the difference",
            {
                _LAYER: f"np.sum(gram_matrix({_IN_S} - {_IN_G}) ** 2) / (4 * n_C**2 * (n_H * n_W) ** 2)"
            },
            "You take the Gram matrix of the difference: that compares the images place by place. Take one of each, then their difference.",
        ),
        Mistake(
            "not squared",
            {"(G_S - G_G) ** 2": "np.abs(G_S - G_G)"},
            "The differences of the Gram matrices are squared.",
        ),
        Mistake(
            "activations compared",
            {"G_S - G_G": "a_S - a_G"},
            "You compare the activations themselves, as the content cost does. Style compares Gram matrices.",
        ),
        Mistake(
            "only one transposed",
            {_IN_G: _PLAIN_G},
            "The two activations are treated differently: reshape both to (n_H · n_W, n_C), and transpose both.",
        ),
        Mistake(
            "sum squared",
            {"np.sum((G_S - G_G) ** 2)": "np.sum(G_S - G_G) ** 2"},
            "You square the sum. Each difference is squared, then they are summed: otherwise opposite differences cancel.",
        ),
        Mistake(
            "root taken",
            {"np.sum((G_S - G_G) ** 2)": "np.linalg.norm(G_S - G_G)"},
            "np.linalg.norm takes the root of the sum of squares. The cost has no root.",
        ),
    ],
)

_DA = "(gram_matrix(A_G) - gram_matrix(A_S)) @ A_G / (n_C ** 2 * (n_H * n_W) ** 2)"

LAYER_STYLE_GRADIENT = Exercise(
    function="layer_style_cost_gradient",
    reference=style_transfer.layer_style_cost_gradient,
    inputs=_two,
    edge_inputs=_two_edges,
    checks=[
        Matches(points=7, label="values and shape"),
        Vectorised(small=_of_positions(3), large=_of_positions(99), label="works without a loop"),
        LeavesInputsAlone(),
    ],
    uses=("gram_matrix",),
    mistakes=[
        Mistake(
            "reshaped back without transposing",
            {"dA.T.reshape": "dA.reshape"},
            "dA has channels in its rows, a_G has them last: transpose before you reshape, as on the way in.",
        ),
        Mistake(
            "reshaped for transposed",
            {_IN_S: _PLAIN_S, _IN_G: _PLAIN_G},
            "reshape(n_C, n_H · n_W) mixes the channels in every row: reshape to (n_H · n_W, n_C), then transpose.",
        ),
        Mistake(
            "reshaped for transposed, both ways",
            {_IN_S: _PLAIN_S, _IN_G: _PLAIN_G, "dA.T.reshape": "dA.reshape"},
            "In and out, reshape stands for transpose: every row of A mixes the channels, so this is the gradient of another cost.",
        ),
        Mistake(
            "style less generated",
            {_DA: "(gram_matrix(A_S) - gram_matrix(A_G)) @ A_G / (n_C**2 * (n_H * n_W) ** 2)"},
            "The sign is wrong: it is G_G − G_S, since A_G makes G_G larger.",
        ),
        Mistake(
            "A occurs twice in A A^T",
            {"(n_C ** 2 * (n_H": "(2 * n_C ** 2 * (n_H"},
            "This is half of the gradient: A stands twice in A A^T, and each of the two gives its share.",
        ),
        Mistake(
            "four kept",
            {"(n_C ** 2 * (n_H": "(4 * n_C ** 2 * (n_H"},
            "A quarter of the gradient: the square gives a 2, the two A in A A^T another 2, and the 4 is gone.",
        ),
        Mistake(
            "times the style's activation",
            {"@ A_G": "@ A_S"},
            "The Gram matrix that changes is that of A_G: so its derivative has A_G in it.",
        ),
        Mistake(
            "positions not squared",
            {"(n_H * n_W) ** 2": "(n_H * n_W)"},
            "The denominator of the cost stays: n_H n_W is squared in it.",
        ),
        Mistake(
            "not divided",
            {" / (n_C ** 2 * (n_H * n_W) ** 2)": ""},
            "The cost is divided by 4 n_C² (n_H n_W)²: of this, n_C² (n_H n_W)² stays in the gradient.",
        ),
    ],
)


def _outputs(rng: Generator, count: int) -> Arguments:
    """Draw the activations of some style layers and, last, of a content layer; and weights."""
    shapes = [_shape(rng) for _ in range(count + 1)]
    pairs = [_pair(rng, shape) for shape in shapes]
    weights = rng.permutation([0.3, 0.8, 1.7, 2.5])[:count]
    layers = [(f"layer {i}", float(weight)) for i, weight in enumerate(weights, 1)]
    return arguments([one for one, _ in pairs], [two for _, two in pairs], layers)


STYLE_COST = Exercise(
    function="compute_style_cost",
    reference=style_transfer.compute_style_cost,
    inputs=lambda rng: _outputs(rng, int(rng.integers(2, 5))),
    edge_inputs=lambda rng: [_outputs(rng, 1)],
    checks=[Matches(points=5, label="the cost"), LeavesInputsAlone()],
    uses=("compute_layer_style_cost",),
    mistakes=[
        Mistake(
            "weights forgotten",
            {"weight * compute": "compute"},
            "The layers are summed without their weights.",
        ),
        Mistake(
            "averaged",
            {"in pairs))": "in pairs)) / len(STYLE_LAYERS)"},
            "The weighted costs are added up, not averaged: the weights say already how much each layer counts.",
        ),
        Mistake(
            "only the last layer remains",
            {"sum((": "list((", "in pairs))": "in pairs))[-1]"},
            "Only the last style layer is left: add to the sum, with +=, instead of writing over it.",
        ),
        Mistake(
            "one weight for all",
            {"weight * compute": "STYLE_LAYERS[0][1] * compute"},
            "The first layer's weight is used for all: take each layer's own.",
        ),
        Mistake(
            "weights in reverse",
            {"STYLE_LAYERS, strict": "STYLE_LAYERS[::-1], strict"},
            "The weights are read from the back: the first weight belongs to the first layer.",
        ),
        Mistake(
            "first layer left out for the last",
            {
                "style_image_output[:-1]": "style_image_output[1:]",
                "generated_image_output[:-1]": "generated_image_output[1:]",
            },
            "The last output of each list is the content layer's: leave out that one, not the first.",
        ),
        Mistake(
            "divided by the weights' sum",
            {"in pairs))": "in pairs)) / sum(layer[1] for layer in STYLE_LAYERS)"},
            "The sum of the weights need not be 1, and nothing is divided by it.",
        ),
        Mistake(
            "first layer only",
            {"sum((": "list((", "in pairs))": "in pairs))[0]"},
            "Only the first layer counts here: does a return stand inside of the loop?",
        ),
    ],
)


# --- both together --------------------------------------------------------------------------


def _costs(rng: Generator) -> Arguments:
    J_content, J_style = rng.uniform(0.5, 5, 2)
    alpha, beta = rng.permutation([0.5, 2.0, 3.0, 7.0])[:2]
    return arguments(float(J_content), float(J_style), alpha=float(alpha), beta=float(beta))


def _costs_edges(rng: Generator) -> list[Arguments]:
    """Draw the usual weights, one of them given, and each cost alone."""
    J_content, J_style = (float(J) for J in rng.uniform(0.5, 5, 2))
    return [
        arguments(J_content, J_style),
        arguments(J_content, J_style, beta=3.0),
        arguments(J_content, J_style, alpha=0.0, beta=2.0),
        arguments(J_content, J_style, alpha=2.0, beta=0.0),
    ]


TOTAL_COST = Exercise(
    function="total_cost",
    reference=style_transfer.total_cost,
    inputs=_costs,
    edge_inputs=_costs_edges,
    checks=[Matches(points=3, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "weights exchanged",
            {"alpha * J_content + beta * J_style": "beta * J_content + alpha * J_style"},
            "alpha is the weight of the content, beta that of the style: here they are exchanged.",
        ),
        Mistake(
            "written-in weights",
            {"alpha * J_content + beta * J_style": "10 * J_content + 40 * J_style"},
            "The weights are always 10 and 40: use the arguments alpha and beta.",
        ),
        Mistake(
            "weights forgotten",
            {"alpha * J_content + beta * J_style": "J_content + J_style"},
            "The costs are added without their weights.",
        ),
        Mistake(
            "averaged",
            {
                "alpha * J_content + beta * J_style": "(alpha * J_content + beta * J_style) / (alpha + beta)"
            },
            "The weighted costs are added up; nothing is divided by the sum of the weights.",
        ),
        Mistake(
            "one weight for both",
            {"alpha * J_content + beta * J_style": "alpha * (J_content + J_style)"},
            "alpha weighs both: the style has its own weight, beta.",
        ),
        Mistake(
            "multiplied",
            {"alpha * J_content + beta * J_style": "alpha * J_content * beta * J_style"},
            "The two parts are added, not multiplied.",
        ),
        Mistake(
            "mixed as shares",
            {"alpha * J_content + beta * J_style": "alpha * J_content + (1 - alpha) * J_style"},
            "The style's weight is beta. It need not be 1 − alpha.",
        ),
    ],
)


def _network(rng: Generator, channels: tuple[int, ...], n_H: int, n_W: int) -> Arguments:
    """Run an image through layers of 3 by 3 filters, and draw gradients for each of them."""
    A = rng.normal(size=(1, n_H, n_W, channels[0]))
    gradients, caches = [], []
    for layer, (before, after) in enumerate(itertools.pairwise(channels)):
        pool_cache = None
        if layer:
            A, pool_cache = pool_forward(A, {"f": 2, "stride": 2}, mode="average")
        W, b = rng.normal(size=(3, 3, before, after)), rng.normal(size=(1, 1, 1, after))
        Z, conv_cache = conv_forward(A, W, b, {"stride": 1, "pad": 1})
        A = np.maximum(Z, 0)
        caches.append((pool_cache, conv_cache, Z))
        gradients.append(rng.normal(size=Z.shape))
    return arguments(gradients, caches)


def _network_inputs(rng: Generator) -> Arguments:
    channels = tuple(int(n) for n in rng.permutation([1, 2, 3]))
    n_H, n_W = (int(n) for n in rng.permutation([2, 3, 4, 5])[:2])
    return _network(rng, channels, n_H, n_W)


def _network_edges(rng: Generator) -> list[Arguments]:
    """One layer; three layers, with sizes that pooling does not divide evenly."""
    return [_network(rng, (2, 3), 3, 2), _network(rng, (2, 1, 3, 2), 5, 7)]


_STEP = "(dA + gradient) * (Z > 0)"

IMAGE_GRADIENT = Exercise(
    function="image_gradient",
    reference=style_transfer.image_gradient,
    inputs=_network_inputs,
    edge_inputs=_network_edges,
    checks=[Matches(points=8, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "inner layers forgotten",
            {
                "dA = np.zeros_like(gradients[-1])": "dA = gradients[-1]",
                _STEP: "dA * (Z > 0)",
            },
            "Only the last layer's gradient goes back: at every layer, the gradient that enters there is added.",
        ),
        Mistake(
            "deeper layers forgotten",
            {_STEP: "gradient * (Z > 0)"},
            "What comes from the deeper layers is overwritten: add the layer's own gradient to it.",
        ),
        Mistake(
            "ReLU forgotten",
            {_STEP: "dA + gradient"},
            "The way back through ReLU is missing: where Z was not positive, nothing goes through.",
        ),
        Mistake(
            "own gradient past the ReLU",
            {_STEP: "dA * (Z > 0) + gradient"},
            "The gradients are with respect to activations, after ReLU: both parts pass the ReLU. Add first, then multiply with Z > 0.",
        ),
        Mistake(
            "own gradient only through the ReLU",
            {_STEP: "dA + gradient * (Z > 0)"},
            "What comes from the deeper layers passes this layer's ReLU too: add first, then multiply with Z > 0.",
        ),
        Mistake(
            "times Z",
            {"(Z > 0)": "Z"},
            "The slope of ReLU is 1 where Z is positive and 0 elsewhere: multiply with Z > 0, not with Z.",
        ),
        Mistake(
            "max pooling on the way back",
            {", mode='average'": ""},
            'Without mode="average", pool_backward goes back through max pooling; this network takes averages.',
        ),
        Mistake(
            "where Z is negative",
            {"Z > 0": "Z < 0"},
            "The mask is the wrong way round: gradients pass where Z was positive.",
        ),
        Mistake(
            "last gradient entered twice",
            {"dA = np.zeros_like(gradients[-1])": "dA = gradients[-1]"},
            "The last layer's gradient is counted twice: if you begin with it, do not add it again in the loop.",
        ),
    ],
)


EXERCISES = [
    RECEPTIVE_FIELD,
    CONTENT_COST,
    CONTENT_GRADIENT,
    GRAM_MATRIX,
    LAYER_STYLE_COST,
    LAYER_STYLE_GRADIENT,
    STYLE_COST,
    TOTAL_COST,
    IMAGE_GRADIENT,
]
