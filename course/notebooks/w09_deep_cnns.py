# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Deep convolutional networks
#
# Last week you built the layers. This week you build with them. You work through the plans of three
# networks that made history, find out why simply adding layers stops helping, and write the idea
# that got around it: the **residual block**. Then you make a network cheaper without making it
# smaller, with **1×1 convolutions** and the **Inception module**.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. read the plan of a network as a table, and compute every shape and every number of parameters:
#    LeNet-5, AlexNet and VGG-16;
# 2. write AlexNet's local response normalisation;
# 3. show by training that plain networks get worse with depth, and say where it shows;
# 4. derive and write residual blocks, forward and backward, with and without a projection;
# 5. say what a 1×1 convolution does;
# 6. count what a convolution costs, and what a bottleneck saves;
# 7. write an Inception module.
#
# ## Before you start
#
# You need convolution and pooling, forward and backward (week 8), the chain rule (weeks 2 and 3),
# and softmax with its gradient (week 6). Images are arrays (m, height, width, channels), filters
# are (f, f, channels in, channels out), as last week.
#
# **Time:** about 180 minutes. There are 11 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up

# %%
import copy
import math
import time

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.activations import relu
from helpers.checking import checks_for, ready
from helpers.computation_graph import adam_step
from helpers.convolution import conv_backward, conv_forward, output_size, pool_forward, zero_pad

check = checks_for("w09_deep_cnns")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# You get last week's layers, in their fast version. In short:
#
# | call | returns |
# |---|---|
# | `output_size(n, f, pad, stride)` | $\lfloor (n + 2\,\text{pad} - f) / \text{stride} \rfloor + 1$ |
# | `conv_forward(A_prev, W, b, {"stride": s, "pad": p})` | `Z, cache` |
# | `conv_backward(dZ, cache)` | `dA_prev, dW, db` |
# | `pool_forward(A_prev, {"f": f, "stride": s})` | `A, cache` (the maximum of each window) |
# | `zero_pad(A_prev, pad)` | the images with zeros around them |
# | `relu(Z)` | $\max(0, Z)$ |
#
# ## 2. Three famous networks, as tables
#
# A network's plan fits on a page. We write it as a list of layers, and each layer as a dictionary.
# Its `"kind"` says which other keys there are:
#
# | kind | keys | what it does to (n_H, n_W, n_C) |
# |---|---|---|
# | `"conv"` | `"f"`, `"stride"`, `"pad"`, `"filters"` | new height and width; one channel per filter |
# | `"pool"` | `"f"`, `"stride"`, `"pad"` | new height and width; the same channels |
# | `"lrn"` | none | nothing: it only changes the numbers (section 3) |
# | `"dense"` | `"units"` | flattens what comes in; puts out (units,) |

# %%
LRN = {"kind": "lrn"}


def conv(f, filters, stride=1, pad=0):
    """Describe a convolution."""
    return {"kind": "conv", "f": f, "stride": stride, "pad": pad, "filters": filters}


def pool(f, stride):
    """Describe a pooling layer."""
    return {"kind": "pool", "f": f, "stride": stride, "pad": 0}


def dense(*units):
    """Describe fully connected layers, one after the other."""
    return [{"kind": "dense", "units": n} for n in units]


LENET_5 = [conv(5, 6), pool(2, 2), conv(5, 16), pool(2, 2), *dense(120, 84, 10)]

ALEXNET = [
    *[conv(11, 96, stride=4), LRN, pool(3, 2), conv(5, 256, pad=2), LRN, pool(3, 2)],
    *[conv(3, 384, pad=1), conv(3, 384, pad=1), conv(3, 256, pad=1), pool(3, 2)],
    *dense(4096, 4096, 1000),
]

VGG_16 = []
for times, filters in [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]:
    VGG_16 += [conv(3, filters, pad=1)] * times + [pool(2, 2)]
VGG_16 += dense(4096, 4096, 1000)

for name, plan in [("LeNet-5", LENET_5), ("AlexNet", ALEXNET), ("VGG-16", VGG_16)]:
    learning = sum(layer["kind"] in ("conv", "dense") for layer in plan)
    print(f"{name}: {len(plan)} entries, {learning} layers with weights")

# %% [markdown]
# - **LeNet-5** (1998) read the numbers on millions of cheques. Its last hidden layer has 84 units.
# - **AlexNet** (2012) won the ImageNet competition by a wide margin, and changed a whole field. (The
#   paper speaks of 224×224 images. With filters of 11×11 and stride 4, the 55×55 places of its first
#   layer need 227×227, and that is what everybody uses.)
# - **VGG-16** (2014) is as regular as a network can be: all filters 3×3 with padding 1, all pooling
#   2×2; whenever the image is halved, the channels double (up to 512).
#
# ### Exercise 1: `layer_shapes`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Follow the shape of one example through a network. For `"conv"` and `"pool"`, height and width
# follow last week's formula, each by itself:
#
# $$n^{[l]} = \left\lfloor \frac{n^{[l-1]} + 2p - f}{s} \right\rfloor + 1$$
#
# A convolution puts out as many channels as it has filters. A pooling layer keeps the channels, and
# `"lrn"` keeps everything. A dense layer with $u$ units puts out $(u,)$.
#
# **By hand**, for LeNet-5 with images (32, 32, 1): the first convolution has $f = 5$, $s = 1$,
# $p = 0$, so $32 - 5 + 1 = 28$, with 6 filters: (28, 28, 6). The pooling has $f = s = 2$, so
# $\lfloor 26 / 2 \rfloor + 1 = 14$: (14, 14, 6). Then (10, 10, 16), (5, 5, 16), and the dense layers
# (120,), (84,), (10,).
#
# The result is a list with one tuple for each entry of `layers`. Images need not be square. In the cell,
# `shape` is what comes in to the layer, and you find `after`, what it puts out.
#
# **The Python you need:** `shape = (3, 4, 5)` is a tuple, `n_H, n_W, n_C = shape` takes it apart,
# and `(10,)` is a tuple of one. `shapes.append(shape)` adds to a list.


# %%
def layer_shapes(input_shape, layers):
    """Follow the shape of one example through a network.

    Parameters
    ----------
    input_shape : tuple of int
        (n_H, n_W, n_C) of an image.
    layers : list of dict
        The layers in their order, as in the table above.

    Returns
    -------
    list of tuple of int
        The shape that each layer puts out: (n_H, n_W, n_C), and (units,) of a dense layer.
    """
    shapes = []
    shape = input_shape
    for layer in layers:
        ### START CODE HERE ### (≈ 9 lines: the shape behind the layer, for each kind)
        if layer["kind"] == "dense":
            after = (layer["units"],)
        elif layer["kind"] in ("conv", "pool"):
            n_H, n_W, n_C = shape
            n_H = output_size(n_H, layer["f"], layer["pad"], layer["stride"])
            n_W = output_size(n_W, layer["f"], layer["pad"], layer["stride"])
            after = (n_H, n_W, layer["filters"] if layer["kind"] == "conv" else n_C)
        else:
            after = shape
        ### END CODE HERE ###
        shapes.append(after)
        shape = after
    return shapes


# %%
check(layer_shapes)

# %%
if ready(layer_shapes):
    print(layer_shapes((32, 32, 1), LENET_5))

# %% [markdown]
# **Expected output**
#
# ```
# [(28, 28, 6), (14, 14, 6), (10, 10, 16), (5, 5, 16), (120,), (84,), (10,)]
# ```
#
# <details><summary>Hint</summary>
#
# `if layer["kind"] == "dense":` … `elif layer["kind"] in ("conv", "pool"):` … and in an `else` branch,
# for `"lrn"`, `after = shape`. Take `shape` apart, not `input_shape`: each layer works on what the one
# before it puts out.
#
# </details>

# %% [markdown]
# ### Exercise 2: `parameter_count`
#
# **Difficulty** ●●○ · **10 minutes**
#
# How many numbers does each layer learn? Let $n_H \times n_W \times n_C$ be what comes **in**.
#
# | layer | weights | biases | together |
# |---|---|---|---|
# | conv | $f \cdot f \cdot n_C$ for each filter | 1 for each filter | $(f^2 n_C + 1) \cdot \text{filters}$ |
# | dense | one per input for each unit | 1 for each unit | $(n_x + 1) \cdot \text{units}$ |
# | pool, lrn | | | 0 |
#
# The inputs of a dense layer are all numbers of what comes in: $n_x = n_H\, n_W\, n_C$ after an
# image, and $n_x = u$ after a dense layer of $u$ units.
#
# **By hand**, for LeNet-5: the first convolution has $(5 \cdot 5 \cdot 1 + 1) \cdot 6 = 156$
# parameters. The second sees 6 channels: $(5 \cdot 5 \cdot 6 + 1) \cdot 16 = 2416$. The first dense
# layer sees $5 \cdot 5 \cdot 16 = 400$ numbers: $(400 + 1) \cdot 120 = 48\,120$.
#
# The line that is given makes a list of what comes *in*: the image for the first layer, and then
# what the layer before puts out.
#
# **The Python you need:** `math.prod((5, 5, 16))` is 400, and `math.prod((84,))` is 84.


# %%
def parameter_count(input_shape, layers):
    """Count the weights and biases of each layer of a network.

    Parameters
    ----------
    input_shape : tuple of int
        (n_H, n_W, n_C) of an image.
    layers : list of dict
        The layers in their order, as in the table above.

    Returns
    -------
    list of int
        The number of parameters of each layer; 0 of a layer that learns nothing.
    """
    incoming = [input_shape, *layer_shapes(input_shape, layers)[:-1]]
    counts = []
    for layer, shape in zip(layers, incoming, strict=True):
        ### START CODE HERE ### (≈ 6 lines)
        if layer["kind"] == "conv":
            count = (layer["f"] ** 2 * shape[2] + 1) * layer["filters"]
        elif layer["kind"] == "dense":
            count = (math.prod(shape) + 1) * layer["units"]
        else:
            count = 0
        ### END CODE HERE ###
        counts.append(count)
    return counts


# %%
check(parameter_count)

# %%
if ready(layer_shapes, parameter_count):

    def show_table(name, input_shape, layers):
        """Print the table of a network."""
        shapes = layer_shapes(input_shape, layers)
        counts = parameter_count(input_shape, layers)
        print(f"{name}: {sum(counts):,} parameters")
        for layer, shape, count in zip(layers, shapes, counts, strict=True):
            size = f"{layer['f']}×{layer['f']}" if "f" in layer else ""
            print(f"  {layer['kind']:6}{size:6}{shape!s:16}{count:>12,}")

    show_table("LeNet-5", (32, 32, 1), LENET_5)
    show_table("AlexNet", (227, 227, 3), ALEXNET)
    show_table("VGG-16", (224, 224, 3), VGG_16)

# %% [markdown]
# **Expected output**, its beginning:
#
# ```
# LeNet-5: 61,706 parameters
#   conv  5×5   (28, 28, 6)              156
#   pool  2×2   (14, 14, 6)                0
# ```
#
# AlexNet has 62,378,344 parameters, and VGG-16 has 138,357,544.
#
# <details><summary>Hint</summary>
#
# `layer["f"] ** 2` is $f \cdot f$. The channels that come in are `shape[2]`; the channels that go
# out are `layer["filters"]`. In an `else` branch set the count to 0: otherwise a pooling layer gets
# the count of the layer before it.
#
# </details>

# %% tags=["nbval-ignore-output"]
if ready(layer_shapes, parameter_count):
    shapes = layer_shapes((224, 224, 3), VGG_16)
    counts = parameter_count((224, 224, 3), VGG_16)
    activations = [math.prod(shape) for shape in shapes]
    total = f"{sum(counts):,}"
    figure, axes = plt.subplots(2, 1, figsize=(10, 4.6), sharex=True, layout="constrained")
    bars = [("numbers put out\nfor one image", activations), ("parameters", counts)]
    for ax, (title, values) in zip(axes, bars, strict=True):
        ax.bar(range(len(values)), np.array(values) / 1e6, color="0.45", edgecolor="black")
        ax.set_ylabel(f"{title}\n(millions)")
    kinds = [layer["kind"] for layer in VGG_16]
    axes[1].set_xticks(range(len(kinds)), kinds, rotation=90)
    axes[0].set_title(f"VGG-16, layer by layer: {total} parameters")
    plotting.show(
        figure,
        alt="Two bar charts over the 21 layers of VGG-16. The first layers put out most numbers, "
        "3.2 million each, and the last ones few. The parameters are the other way round: hardly "
        "any in front, and 103 of 138 million in the first dense layer.",
    )
    print(f"first dense layer: {counts[18]:,} of {total}")

# %% [markdown]
# **Three totals to know: about 60 thousand, 60 million, 138 million.** (61,706, 62,378,344 and
# 138,357,544, as you have just computed.) And look where they are.
# Memory for activations is spent at the front, parameters at the back: one single dense layer holds
# three quarters of VGG-16. Later networks average over the last image instead, and have no such
# layer.
#
# **Question.** The paper on AlexNet says "60 million parameters", you found 62.4 million. AlexNet was
# spread over two graphics cards, and in convolutions 2, 4 and 5 each filter saw only the half of the
# channels that was on its own card. How many parameters is that?
#
# <details><summary>Answer</summary>
#
# The weights of these three layers are halved. They have $5^2 \cdot 96 \cdot 256 = 614\,400$,
# $3^2 \cdot 384 \cdot 384 = 1\,327\,104$ and $3^2 \cdot 384 \cdot 256 = 884\,736$ weights, together
# $2\,826\,240$. Half of that is $1\,413\,120$, so there are
# $62\,378\,344 - 1\,413\,120 = 60\,965\,224$ parameters.
#
# </details>
#
# **Question.** LeNet-5 has 61,706 parameters in our table, and exactly 60,000 in the paper. Where
# may the difference come from?
#
# <details><summary>Answer</summary>
#
# Each filter of the second convolution saw only some of the 6 channels (1516 parameters instead of
# 2416: 900 fewer); the two pooling layers had a factor and a bias for each channel (12 and 32 more);
# and the 84 × 10 weights and 10 biases of the output were not learnt but fixed (850 fewer).
# $61\,706 - 900 + 44 - 850 = 60\,000$.
#
# </details>

# %% [markdown]
# ## 3. Local response normalisation
#
# ### Exercise 3: `local_response_normalization`
#
# **Difficulty** ●●○ · **12 minutes**
#
# AlexNet has layers that let neighbouring channels compete: where one channel is very active, its
# neighbours **at the same place** are damped. For channel $c$ at some place of some image, with
# activation $a_c$:
#
# $$b_c = \frac{a_c}{\Bigl(k + \alpha \displaystyle\sum_{j = \max(0,\ c - \lfloor n/2 \rfloor)}
# ^{\min(N-1,\ c + \lfloor n/2 \rfloor)} a_j^2 \Bigr)^{\beta}}$$
#
# $N$ is the number of channels, and the window is $n$ channels wide ($n$ is odd), with channel $c$
# in its middle. At the first and the last channels a part of the window is missing. The paper took
# $k = 2$, $\alpha = 10^{-4}$, $\beta = 0.75$, $n = 5$.
#
# **By hand:** three channels $(3, 4, 0)$, with $k = 0$, $\alpha = 1$, $\beta = \frac12$ and $n = 3$.
# The first channel has only a right neighbour: $3 / \sqrt{9 + 16} = 0.6$. The second has both:
# $4 / \sqrt{9 + 16 + 0} = 0.8$. The third: $0 / \sqrt{16 + 0} = 0$.
#
# **The NumPy you need:** `A[:, :, :, low:high]` takes the channels from `low` up to, but without,
# `high`. A slice may end beyond the last channel, but must not begin before the first: `max(0, …)`.
# `np.sum(..., axis=3)` adds up over the channels.


# %%
def local_response_normalization(A, k=2.0, alpha=1e-4, beta=0.75, n=5):
    """Divide each activation by a power of what neighbouring channels show at the same place.

    Parameters
    ----------
    A : ndarray, shape (m, n_H, n_W, n_C)
        Activations.
    k, alpha, beta : float
        The numbers of the formula.
    n : int
        How many channels the sum runs over, an odd number.

    Returns
    -------
    ndarray, shape (m, n_H, n_W, n_C)
    """
    ### START CODE HERE ### (≈ 5 lines)
    B = np.zeros(A.shape)
    for c in range(A.shape[3]):
        low, high = max(0, c - n // 2), c + n // 2 + 1
        total = np.sum(A[:, :, :, low:high] ** 2, axis=3)
        B[:, :, :, c] = A[:, :, :, c] / (k + alpha * total) ** beta
    ### END CODE HERE ###
    return B


# %%
check(local_response_normalization)

# %% tags=["nbval-ignore-output"]
if ready(local_response_normalization):
    a = np.array([1.0, 2, 10, 2, 1, 1, 4, 4, 4, 1])
    b = local_response_normalization(a.reshape(1, 1, 1, -1), k=1.0, alpha=0.1, n=3).ravel()
    figure, ax = plt.subplots(figsize=(7, 2.6), layout="constrained")
    ax.bar(np.arange(10) - 0.2, a, 0.4, color="0.8", edgecolor="black", label="before")
    ax.bar(np.arange(10) + 0.2, b, 0.4, color="0.3", hatch="//", edgecolor="black", label="after")
    ax.set(xlabel="channel", ylabel="activation", title="one place: who is loudest is still heard")
    ax.set_xticks(range(10))
    ax.legend()
    plotting.show(
        figure,
        alt="Activations of ten channels before and after. The strong third channel is damped, and "
        "so are its two neighbours; of three equal neighbours the middle one is damped most.",
    )

# %% [markdown]
# <details><summary>Hint</summary>
#
# The window of channel `c` begins at `max(0, c - n // 2)` and ends with channel `c + n // 2`. A
# slice leaves its end out, so add 1. Square first, then sum.
#
# </details>
#
# **A footnote of history.** Two years later the authors of VGG measured that this layer did not help
# them, and left it out. Batch normalisation (week 6) has taken its place. You will still meet it in
# old networks, and different libraries mean different things by $\alpha$: some divide it by $n$.

# %% [markdown]
# ## 4. Deeper, and worse
#
# VGG-16 is deeper than AlexNet, and better. Why not 50 layers, or 100? **More layers can hardly
# hurt**, one would think: the additional ones could simply pass on what they get. Let us try. The
# network for it has 8×8 images of digits as input:
#
# | part | output |
# |---|---|
# | convolution 3×3, ReLU | 8×8, 8 channels |
# | first block: two convolutions 3×3, the first with stride 2 | 4×4, 16 channels |
# | any number of further blocks: two convolutions 3×3 each | 4×4, 16 channels |
# | average over the 16 places | 16 numbers |
# | softmax | 10 probabilities |
#
# First the **plain** blocks: convolution, ReLU, convolution, ReLU. They are nothing new to you, so
# they are given. Read them: the residual blocks will look much like them.


# %%
def plain_block_forward(A_prev, parameters, stride=1):
    """Apply two convolutions, each followed by ReLU."""
    Z1, conv1 = conv_forward(
        A_prev, parameters["W1"], parameters["b1"], {"stride": stride, "pad": 1}
    )
    Z2, conv2 = conv_forward(relu(Z1), parameters["W2"], parameters["b2"], {"stride": 1, "pad": 1})
    return relu(Z2), {"conv1": conv1, "Z1": Z1, "conv2": conv2, "Z2": Z2}


def plain_block_backward(dA, cache):
    """Go back through the block: its last step first."""
    dZ2 = dA * (cache["Z2"] > 0)
    dA1, dW2, db2 = conv_backward(dZ2, cache["conv2"])
    dZ1 = dA1 * (cache["Z1"] > 0)
    dA_prev, dW1, db1 = conv_backward(dZ1, cache["conv1"])
    return dA_prev, {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% [markdown]
# The rest of the network is given as well. A network is a list of dictionaries of parameters:
# first convolution, blocks, softmax. `blocks` holds the four functions that make its blocks, so that
# the same code will train the residual network later. `slopes` does one forward and backward pass:
# since week 6, $dZ = \frac1m (A - Y)$ at the output, and every gradient is that of the cost.


# %%
PLAIN = {
    "first_forward": plain_block_forward,
    "first_backward": plain_block_backward,
    "forward": plain_block_forward,
    "backward": plain_block_backward,
}


def he_filters(rng, f, n_C_prev, n_C):
    """Draw filters and make biases, in single precision, which is faster."""
    W = rng.normal(size=(f, f, n_C_prev, n_C)) * np.sqrt(2 / (f * f * n_C_prev))
    return W.astype(np.float32), np.zeros((1, 1, 1, n_C), np.float32)


def new_network(rng, n_blocks, residual):
    """Draw the parameters of a network: first convolution, first block, blocks, softmax."""
    network = [dict(zip(["W", "b"], he_filters(rng, 3, 1, 8), strict=True))]
    for n_C_prev in [8] + [16] * n_blocks:
        W1, b1 = he_filters(rng, 3, n_C_prev, 16)
        W2, b2 = he_filters(rng, 3, 16, 16)
        block = {"W1": W1, "b1": b1, "W2": 0 * W2 if residual else W2, "b2": b2}
        if residual and n_C_prev == 8:
            block["Ws"], block["bs"] = he_filters(rng, 1, 8, 16)
        network.append(block)
    return [*network, {"W": np.zeros((16, 10), np.float32), "b": np.zeros((1, 10), np.float32)}]


def run_network(network, X, blocks):
    """Go forward: give the probabilities, shape (m, 10), and what the way back needs."""
    first, block, *others, top = network
    Z, conv_cache = conv_forward(X, first["W"], first["b"], {"stride": 1, "pad": 1})
    A, cache = blocks["first_forward"](relu(Z), block, 2)
    caches = [cache]
    for block in others:
        A, cache = blocks["forward"](A, block)
        caches.append(cache)
    average = A.mean(axis=(1, 2))
    sums = average @ top["W"] + top["b"]
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    P = powers / powers.sum(axis=1, keepdims=True)
    return P, (Z, conv_cache, caches, A.shape, average)


def slopes(network, X, Y, blocks):
    """Give the cost, and the gradients of all parameters, in a list like the network."""
    P, (Z, conv_cache, caches, shape, average) = run_network(network, X, blocks)
    cost = -np.mean(np.log(np.sum(P * Y, axis=1) + 1e-12))
    dsums = (P - Y) / len(X)
    grads = [{"W": average.T @ dsums, "b": dsums.sum(axis=0, keepdims=True)}]
    daverage = dsums @ network[-1]["W"].T
    dA = np.broadcast_to(daverage[:, None, None] / (shape[1] * shape[2]), shape)
    for number in range(len(caches) - 1, -1, -1):
        back = blocks["backward" if number else "first_backward"]
        dA, g = back(dA, caches[number])
        grads.insert(0, {name[1:]: value for name, value in g.items()})
    _, dW, db = conv_backward(dA * (Z > 0), conv_cache)
    return cost, [{"W": dW, "b": db}, *grads]


# %%
digits = datasets.load_digits()
X_train = (digits.train_x[:1000, :, :, None] / 16).astype(np.float32)
labels_train = digits.train_y[0, :1000]
X_test = (digits.test_x[:, :, :, None] / 16).astype(np.float32)
labels_test = digits.test_y[0]
print("training", X_train.shape, "test", X_test.shape)


def accuracy(network, X, labels, blocks):
    """Count how many images are read right, in per cent."""
    P, _ = run_network(network, X, blocks)
    return 100 * float(np.mean(P.argmax(axis=1) == labels))


def train(n_blocks, blocks, residual, seed, steps=240, learning_rate=0.004):
    """Train with Adam, batches of 50 and a falling rate; give accuracies on training and test."""
    rng = np.random.default_rng(seed)
    network = new_network(rng, n_blocks, residual)
    zeros = [{name: 0 * value for name, value in part.items()} for part in network]
    states = [{"t": 0, "v": zero, "s": zero} for zero in zeros]
    Y = np.eye(10, dtype=np.float32)[labels_train]
    for step in range(steps):
        if step % 20 == 0:
            order = rng.permutation(1000)
        batch = order[50 * (step % 20) :][:50]
        rate = learning_rate * (1 - step / steps)
        _, grads = slopes(network, X_train[batch], Y[batch], blocks)
        for i, (part, g) in enumerate(zip(network, grads, strict=True)):
            network[i], states[i] = adam_step(part, g, states[i], rate)
    data = [(X_train, labels_train), (X_test, labels_test)]
    return [accuracy(network, X, labels, blocks) for X, labels in data]


DEPTHS, SEEDS = [1, 4, 10], [0, 1]


def train_all(name, blocks, residual):
    """Train a network of each depth with each seed, and print what comes out."""
    results = {}
    for n_blocks in DEPTHS:
        start = time.perf_counter()
        scores = [train(n_blocks, blocks, residual, seed) for seed in SEEDS]
        results[n_blocks] = np.array(scores)
        on_train, on_test = results[n_blocks].mean(axis=0)
        print(
            f"{name}, {2 * n_blocks + 4:2d} layers: training {on_train:5.1f} %, "
            f"test {on_test:5.1f} %   ({time.perf_counter() - start:.0f} s)"
        )
    return results


# %% tags=["nbval-ignore-output"]
plain_results = train_all("plain", PLAIN, residual=False)

# %% [markdown]
# The deepest network is the worst, and **not because it overfits: it is worse on the training set,
# too.** It cannot even learn what a network with a quarter of its layers learns. Yet it *could* do
# the same, if its additional layers did nothing. Gradient descent does not find these weights. Kaiming
# He and others, who met this in 2015, called it **degradation**.
#
# What goes wrong? Look at what the blocks make of 200 different digits **before the first step**, while
# the weights are random. Two images are alike if their activations point in the same direction: the
# cosine of the angle between them is 1.


# %%
def alikeness(n_blocks, blocks, residual):
    """Measure the mean cosine between the activations of two images, after each block."""
    network = new_network(np.random.default_rng(0), n_blocks, residual)
    _, (_, _, caches, _, _) = run_network(network, X_train[:200], blocks)
    cosines = []
    for cache in caches:
        A = relu(cache["S" if residual else "Z2"]).reshape(200, -1)
        A = A / np.linalg.norm(A, axis=1, keepdims=True)
        cosines.append(float((np.sum(A @ A.T) - 200) / (200 * 199)))
    return cosines


plain_alike = alikeness(10, PLAIN, residual=False)
print("after each block:", " ".join(f"{cosine:.3f}" for cosine in plain_alike))

# %% [markdown]
# Block by block, all digits come to look alike. What the last layers see depends less and less on the
# image. And what comes back? Measure how long the gradient of the **first** convolution's filters is,
# again before the first step, in networks of several depths. (The softmax layer gets random weights
# for it: with zeros, nothing would come back at all.)


# %% tags=["nbval-ignore-output"]
def front_gradient(n_blocks, blocks, residual):
    """Measure the length of the gradient of the first filters, before training."""
    rng = np.random.default_rng(0)
    network = new_network(rng, n_blocks, residual)
    network[-1]["W"] = (rng.normal(size=(16, 10)) / 4).astype(np.float32)
    _, grads = slopes(network, X_train[:200], np.eye(10)[labels_train[:200]], blocks)
    return float(np.linalg.norm(grads[0]["W"]))


for n_blocks in [1, 4, 10, 20]:
    length = front_gradient(n_blocks, PLAIN, residual=False)
    print(f"plain, {2 * n_blocks + 4:2d} layers: {length:.5f}")

# %% [markdown]
# The deeper the network, the less of the error arrives at its front: at 44 layers a few thousandths of
# what arrives at 6. The image is lost on the way forward, and the error on the way back. The first thing
# that such a network must learn is *not to lose* either of them.

# %% [markdown]
# ## 5. Residual blocks
#
# If additional layers should be able to do nothing, **make doing nothing easy**. A residual block
# adds its input to the output of its two convolutions:
#
# $$A^{[l+2]} = \text{ReLU}\bigl(\underbrace{F(A^{[l]})}_{\text{main path}} +
# \underbrace{A^{[l]}}_{\text{shortcut}}\bigr)$$
#
# With all weights zero, $F = 0$ and the block passes on its input ($A^{[l]}$ is not negative, as it
# comes out of a ReLU). The convolutions only have to learn what should be *different*: the
# **residual** $F(x) = H(x) - x$ of the wanted function $H$.
#
# ### Exercise 4: `identity_block_forward`
#
# **Difficulty** ●●○ · **12 minutes**
#
# In order:
#
# $$Z_1 = W_1 * A_{\text{prev}} + b_1 \qquad Z_2 = W_2 * \text{ReLU}(Z_1) + b_2 \qquad
# S = Z_2 + A_{\text{prev}} \qquad A = \text{ReLU}(S)$$
#
# The star is a convolution with stride 1. Its padding must keep height and width, or the sum could
# not be taken: $(f - 1) / 2$ for filters of size $f$, which is odd. The two convolutions may have
# filters of different sizes. There is **no** ReLU between $Z_2$ and the sum.
#
# **By hand**, with one pixel, one channel and filters 1×1: $A_{\text{prev}} = 2$, $W_1 = 3$,
# $b_1 = -1$, $W_2 = -0.2$, $b_2 = 0$. Then $Z_1 = 5$, $Z_2 = -0.2 \cdot 5 = -1$, $S = -1 + 2 = 1$,
# $A = 1$. With ReLU before the sum it would be $0 + 2 = 2$: a block that can never take anything
# away.
#
# The **cache** holds what the way back needs: the caches of the two convolutions under `"conv1"`
# and `"conv2"`, and `"Z1"` and `"S"`, which say where the two ReLUs were open.


# %%
def identity_block_forward(A_prev, parameters):
    """Apply a residual block whose shortcut is the input itself.

    Parameters
    ----------
    A_prev : ndarray, shape (m, n_H, n_W, n_C)
        The input.
    parameters : dict
        ``"W1"`` (f, f, n_C, k) and ``"b1"`` (1, 1, 1, k), ``"W2"`` (g, g, k, n_C) and ``"b2"``
        (1, 1, 1, n_C); f and g are odd.

    Returns
    -------
    A : ndarray, shape (m, n_H, n_W, n_C)
        ReLU of the main path's output plus the input.
    cache : dict
        ``"conv1"``, ``"Z1"``, ``"conv2"``, ``"S"``.
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    ### START CODE HERE ### (≈ 4 lines)
    Z1, conv1 = conv_forward(A_prev, W1, b1, {"stride": 1, "pad": W1.shape[0] // 2})
    Z2, conv2 = conv_forward(relu(Z1), W2, b2, {"stride": 1, "pad": W2.shape[0] // 2})
    S = Z2 + A_prev
    A = relu(S)
    ### END CODE HERE ###
    return A, {"conv1": conv1, "Z1": Z1, "conv2": conv2, "S": S}


# %%
check(identity_block_forward)

# %%
if ready(identity_block_forward):
    numbers = {"W1": 3.0, "b1": -1.0, "W2": -0.2, "b2": 0.0}
    one_pixel = {name: np.full((1, 1, 1, 1), value) for name, value in numbers.items()}
    A, cache = identity_block_forward(np.full((1, 1, 1, 1), 2.0), one_pixel)
    print("Z1 =", cache["Z1"].item(), " S =", cache["S"].item(), " A =", A.item())

# %% [markdown]
# **Expected output**
#
# ```
# Z1 = 5.0  S = 1.0  A = 1.0
# ```
#
# <details><summary>Hint</summary>
#
# The size of the filters is `W1.shape[0]`, and for odd $f$, `f // 2` is $(f-1)/2$. `conv_forward`
# returns two things: the output, and its cache.
#
# </details>

# %% [markdown]
# ### Exercise 5: `identity_block_backward`
#
# **Difficulty** ●●● · **15 minutes**
#
# Write $x$ for the block's input. It reaches the cost $J$ in **two ways**: through the convolutions
# and along the shortcut. The chain rule adds up over all ways.
#
# 1. The last ReLU is open where $S > 0$: $\ dS = dA \cdot [S > 0]$. (The bracket is 1 where its
#    condition holds, and 0 elsewhere. The slope at exactly 0 counts as 0, as in week 2.)
# 2. $S = Z_2 + x$. A sum hands its gradient on to both of its terms unchanged: $dZ_2 = dS$, and the
#    shortcut's share of $dx$ is $dS$ as well.
# 3. Back through the second convolution: `conv_backward` turns $dZ_2$ into $dA_1$, $dW_2$, $db_2$.
# 4. The first ReLU is open where $Z_1 > 0$: $\ dZ_1 = dA_1 \cdot [Z_1 > 0]$.
# 5. Back through the first convolution: $dZ_1$ gives the main path's share of $dx$, and $dW_1$,
#    $db_1$.
# 6. Both shares together:
#
# $$dA_{\text{prev}} = \underbrace{dS}_{\text{shortcut}} +
# \underbrace{dx_{\text{main}}}_{\text{convolutions}}$$
#
# **Where does the sum come from?** One number $x_i$ of the input may reach every number $S_j$ of the
# sum. It does so through $Z_2$, and, if $j = i$, along the shortcut:
#
# $$\frac{\partial J}{\partial x_i} = \sum_j \frac{\partial J}{\partial S_j}
# \frac{\partial S_j}{\partial x_i} = \sum_j dS_j \Bigl( \frac{\partial Z_{2,j}}{\partial x_i}
# + [i = j] \Bigr) = dx_{\text{main},i} + dS_i$$
#
# **This sum is the whole secret.** Through the convolutions the gradient is multiplied by weights, in
# block after block: it may shrink to nothing, as you have just measured, or grow beyond all bounds.
# Along the shortcut it passes **without any weight**: however deep the network, a part of the gradient
# arrives at the front. Two blocks, one behind the other, have four ways through them, $n$ blocks have
# $2^n$: one of these meets no weight at all.
#
# **By hand**, continuing the example with $dA = 1$: $S = 1 > 0$, so $dS = 1$. Then
# $dA_1 = W_2\, dS = -0.2$, and $Z_1 = 5 > 0$, so $dZ_1 = -0.2$. The main path gives
# $W_1\, dZ_1 = -0.6$, together $dA_{\text{prev}} = 1 - 0.6 = 0.4$. And $dW_2 = A_1\, dS = 5$,
# $dW_1 = x\, dZ_1 = -0.4$.
#
# **The NumPy you need:** `dA * (S > 0)` keeps `dA` where the condition holds and is 0 elsewhere.


# %%
def identity_block_backward(dA, cache):
    """Go back through a residual block whose shortcut is the input itself.

    Parameters
    ----------
    dA : ndarray, shape (m, n_H, n_W, n_C)
        The gradient of the cost with respect to the block's output.
    cache : dict
        As `identity_block_forward` returns it.

    Returns
    -------
    dA_prev : ndarray, shape (m, n_H, n_W, n_C)
        The gradient with respect to the block's input.
    grads : dict
        ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``.
    """
    ### START CODE HERE ### (≈ 5 lines)
    dS = dA * (cache["S"] > 0)
    dA1, dW2, db2 = conv_backward(dS, cache["conv2"])
    dZ1 = dA1 * (cache["Z1"] > 0)
    dx_main, dW1, db1 = conv_backward(dZ1, cache["conv1"])
    dA_prev = dS + dx_main
    ### END CODE HERE ###
    return dA_prev, {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %%
check(identity_block_backward)

# %%
if ready(identity_block_forward, identity_block_backward):
    dx, grads = identity_block_backward(np.ones((1, 1, 1, 1)), cache)
    print(f"dA_prev = {dx.item():.1f}, dW1 = {grads['dW1'].item():.1f}, ", end="")
    print(f"dW2 = {grads['dW2'].item():.1f}")

# %% [markdown]
# **Expected output**
#
# ```
# dA_prev = 0.4, dW1 = -0.4, dW2 = 5.0
# ```
#
# <details><summary>Hint</summary>
#
# Compare with `plain_block_backward`. Two things are new: the last ReLU is decided by `S`, and the
# last line has one term more. What goes along the shortcut has gone through the last ReLU already: it
# is `dS`, not `dA`.
#
# </details>

# %% [markdown]
# ### Exercise 6: `projection_block_forward`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Where a block halves the image or changes the number of channels, $F(x)$ and $x$ have different
# shapes and cannot be added. Then the shortcut gets a convolution of its own, 1×1, with the same
# stride. It is the matrix $W_s$ of the paper, applied at each place:
#
# $$S = Z_2 + (W_s * A_{\text{prev}} + b_s)$$
#
# The **first** convolution of the main path and the shortcut have stride `stride`; the second has
# stride 1. Main path: padding $(f-1)/2$, as before. Shortcut: padding 0. There is no ReLU on the
# shortcut.
#
# **By hand:** an image of height 5, with stride 2. Main path, $f = 3$, $p = 1$:
# $\lfloor (5 + 2 - 3)/2 \rfloor + 1 = 3$. Shortcut, $f = 1$, $p = 0$:
# $\lfloor (5 - 1)/2 \rfloor + 1 = 3$. They fit, for every size and every stride.


# %%
def projection_block_forward(A_prev, parameters, stride):
    """Apply a residual block that changes the shape; its shortcut is a 1x1 convolution.

    Parameters
    ----------
    A_prev : ndarray, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The input.
    parameters : dict
        ``"W1"`` (f, f, n_C_prev, k) and ``"b1"``, ``"W2"`` (g, g, k, n_C) and ``"b2"``, and of
        the shortcut ``"Ws"`` (1, 1, n_C_prev, n_C) and ``"bs"`` (1, 1, 1, n_C); f and g are odd.
    stride : int
        The stride of the first convolution and of the shortcut.

    Returns
    -------
    A : ndarray, shape (m, n_H, n_W, n_C)
        ReLU of the main path's output plus the shortcut's.
    cache : dict
        ``"conv1"``, ``"Z1"``, ``"conv2"``, ``"shortcut"``, ``"S"``.
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Ws, bs = parameters["Ws"], parameters["bs"]
    ### START CODE HERE ### (≈ 5 lines)
    Z1, conv1 = conv_forward(A_prev, W1, b1, {"stride": stride, "pad": W1.shape[0] // 2})
    Z2, conv2 = conv_forward(relu(Z1), W2, b2, {"stride": 1, "pad": W2.shape[0] // 2})
    Zs, shortcut = conv_forward(A_prev, Ws, bs, {"stride": stride, "pad": 0})
    S = Z2 + Zs
    A = relu(S)
    ### END CODE HERE ###
    return A, {"conv1": conv1, "Z1": Z1, "conv2": conv2, "shortcut": shortcut, "S": S}


# %%
check(projection_block_forward)

# %%
if ready(projection_block_forward):
    shapes = {"W1": (3, 3, 8, 16), "W2": (3, 3, 16, 16), "Ws": (1, 1, 8, 16)}
    small = {name: np.full(shape, 0.01) for name, shape in shapes.items()}
    small |= {name: np.zeros((1, 1, 1, 16)) for name in ("b1", "b2", "bs")}
    A, cache = projection_block_forward(np.ones((2, 5, 7, 8)), small, stride=2)
    print(A.shape, f"{A.mean():.4f}")

# %% [markdown]
# **Expected output**
#
# ```
# (2, 3, 4, 16) 0.5515
# ```
#
# <details><summary>Hint</summary>
#
# Begin with your identity block. The first convolution gets the stride, one `conv_forward` is added
# for the shortcut, and its output takes the place of `A_prev` in the sum.
#
# </details>

# %% [markdown]
# ### Exercise 7: `projection_block_backward`
#
# **Difficulty** ●●○ · **8 minutes**
#
# As in exercise 5, with one change. The shortcut is a convolution now, so its share of the gradient
# does go through one. The sum $S = Z_2 + Z_s$ hands $dS$ on to both of its terms, and of the shortcut's,
# `conv_backward` makes $dx_{\text{short}}$, $dW_s$ and $db_s$:
#
# $$dZ_2 = dS \qquad dZ_s = dS \qquad dA_{\text{prev}} = dx_{\text{main}} + dx_{\text{short}}$$
#
# **By hand:** if $W_s$ is 1 for one channel with stride 1, then $dx_{\text{short}} = dS$, and the
# block is an identity block again.


# %%
def projection_block_backward(dA, cache):
    """Go back through a residual block whose shortcut is a 1x1 convolution.

    Parameters
    ----------
    dA : ndarray, shape (m, n_H, n_W, n_C)
        The gradient of the cost with respect to the block's output.
    cache : dict
        As `projection_block_forward` returns it.

    Returns
    -------
    dA_prev : ndarray, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The gradient with respect to the block's input.
    grads : dict
        ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``, ``"dWs"``, ``"dbs"``.
    """
    ### START CODE HERE ### (≈ 6 lines)
    dS = dA * (cache["S"] > 0)
    dA1, dW2, db2 = conv_backward(dS, cache["conv2"])
    dZ1 = dA1 * (cache["Z1"] > 0)
    dx_main, dW1, db1 = conv_backward(dZ1, cache["conv1"])
    dx_short, dWs, dbs = conv_backward(dS, cache["shortcut"])
    dA_prev = dx_main + dx_short
    ### END CODE HERE ###
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dWs": dWs, "dbs": dbs}
    return dA_prev, grads


# %%
check(projection_block_backward)

# %%
if ready(projection_block_forward, projection_block_backward):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 5, 7, 8))
    random = {name: 0.2 * rng.normal(size=value.shape) for name, value in small.items()}
    A, cache = projection_block_forward(x, random, stride=2)
    weight = rng.normal(size=A.shape)
    dx, _ = projection_block_backward(weight, cache)
    nudge = np.zeros(x.shape)
    nudge[1, 2, 3, 4] = 1e-6
    up, _ = projection_block_forward(x + nudge, random, stride=2)
    down, _ = projection_block_forward(x - nudge, random, stride=2)
    print(f"by nudging {np.sum(weight * (up - down)) / 2e-6:.6f}, yours {dx[1, 2, 3, 4]:.6f}")

# %% [markdown]
# **Expected output:** twice the same number.
#
# <details><summary>Hint</summary>
#
# `conv_backward(dS, cache["shortcut"])` gives the three things that are new. `dS` goes into two
# convolutions: the second of the main path, and the shortcut's.
#
# </details>

# %% [markdown]
# ### A residual network against its plain twin
#
# The same network, the same data, the same training. Only the shortcuts are new, and with them a
# better start: `W2` begins at zero, so that each block begins by doing nothing. (The plain network
# could not start so: it would put out only zeros, and never learn.)

# %% tags=["nbval-ignore-output"]
BLOCKS = [identity_block_forward, identity_block_backward]
BLOCKS += [projection_block_forward, projection_block_backward]
if ready(*BLOCKS):
    RESIDUAL = {
        "first_forward": projection_block_forward,
        "first_backward": projection_block_backward,
        "forward": identity_block_forward,
        "backward": identity_block_backward,
    }
    residual_results = train_all("residual", RESIDUAL, residual=True)
    residual_alike = alikeness(10, RESIDUAL, residual=True)

# %% tags=["nbval-ignore-output"]
if ready(*BLOCKS):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    layers = [2 * n + 4 for n in DEPTHS]
    for name, results, style in [
        ("plain", plain_results, "s--"),
        ("residual", residual_results, "o-"),
    ]:
        scores = np.array([results[n] for n in DEPTHS])
        axes[0].plot(layers, scores[:, :, 0].mean(axis=1), style, color="black", label=name)
        axes[0].plot(np.repeat(layers, len(SEEDS)), scores[:, :, 0].ravel(), style[0], color="0.6")
    axes[0].set(xlabel="layers with weights", ylabel="training accuracy (%)", ylim=(0, 103))
    axes[0].set(title="after training", xticks=layers)
    axes[0].legend(loc="lower left")
    axes[1].plot(range(1, 12), plain_alike, "s--", color="black", label="plain")
    axes[1].plot(range(1, 12), residual_alike, "o-", color="black", label="residual")
    axes[1].set(xlabel="block", ylabel="mean cosine of two images", ylim=(0.5, 1.02))
    axes[1].set(title="24 layers, before the first step")
    axes[1].legend(loc="center right")
    plotting.show(
        figure,
        alt="Left: training accuracy against depth. The plain network falls far down at 24 "
        "layers, the residual network stays near the top. Right: how alike two images are after "
        "each of eleven blocks. In the plain network the cosine rises towards 1, in the residual "
        "network it stays where it is.",
    )
    for n_blocks in [1, 4, 10, 20]:
        lengths = [front_gradient(n_blocks, PLAIN, False), front_gradient(n_blocks, RESIDUAL, True)]
        print(
            f"gradient of the first filters, {2 * n_blocks + 4:2d} layers: "
            f"plain {lengths[0]:.5f}, residual {lengths[1]:.5f}"
        )

# %% [markdown]
# With shortcuts, more layers learn more; without them, less. The residual network of 24 layers is the
# best of all, and its plain twin is near chance. (Grey: each seed by itself.) The picture on the right
# and the lengths below it say why: blocks that begin by doing nothing lose nothing, neither of the
# image nor of the gradient. At 44 layers as much arrives at the front as at 6.
#
# **What these figures do not show.** The shortcuts and the start with zeros come together here: which
# of them does it? The third stretch exercise asks you to take them apart. This is a small experiment: 8×8 images, 240 steps, two seeds, and
# no batch normalisation. He and others had batch normalisation in all their networks, so that
# activations and gradients kept a healthy size. The deep plain ones still trained worse (on ImageNet,
# 34 layers worse than 18), and the residual ones did not. Nor do 8×8 digits need 24 layers: in 240
# steps the small ones are not trained to their end. With four times as many, both networks of 6 layers
# read more than 99 % of the training images right.
#
# **Question.** A network has 50 residual blocks. What does the chain rule say about the gradient at
# its front, if the weights of all main paths are tiny?
#
# <details><summary>Answer</summary>
#
# In each block $dA_{\text{prev}} = dS + dx_{\text{main}}$, and $dx_{\text{main}}$ is tiny. What
# arrives at the front is the gradient of the output, but for the places where a ReLU was closed. In
# a plain network it would be multiplied by tiny weights a hundred times.
#
# </details>

# %% [markdown]
# ## 6. The 1×1 convolution
#
# ### Exercise 8: `conv_1x1`
#
# **Difficulty** ●●○ · **8 minutes**
#
# A filter of one pixel seems pointless: it only multiplies. But an image has **channels**, and the
# filter reaches through all of them. At each place it takes the channels $a_1, \dots, a_{n_C}$ and
# puts out weighted sums of them:
#
# $$z_c = \sum_{j} a_j\, W_{jc} + b_c$$
#
# That is a dense layer, applied at each place by itself, with the same weights everywhere. It can
# make few channels of many, and with a ReLU behind it, it computes new features of the old ones.
#
# **By hand:** one place with the channels $(3, 5)$, and one filter with the weights $(1, 10)$ and
# the bias $0.5$: $z = 3 \cdot 1 + 5 \cdot 10 + 0.5 = 53.5$.
#
# Write it **without** `conv_forward` and without a loop: a single matrix product does it.
#
# **The NumPy you need:** `W[0, 0]` is the matrix (channels in, channels out). In `A @ M`, with an
# array `A` of four axes, each row along the *last* axis of `A` is multiplied by the matrix `M`.


# %%
def conv_1x1(A_prev, W, b):
    """Mix the channels at each place, the same way everywhere, and add a bias.

    Parameters
    ----------
    A_prev : ndarray, shape (m, n_H, n_W, n_C_prev)
        The input.
    W : ndarray, shape (1, 1, n_C_prev, n_C)
        The filters.
    b : ndarray, shape (1, 1, 1, n_C)
        Their biases.

    Returns
    -------
    ndarray, shape (m, n_H, n_W, n_C)
        The output, before any activation.
    """
    ### START CODE HERE ### (≈ 1 line)
    Z = A_prev @ W[0, 0] + b
    ### END CODE HERE ###
    return Z


# %%
check(conv_1x1)

# %%
if ready(conv_1x1):
    rng = np.random.default_rng(0)
    many = rng.normal(size=(2, 28, 28, 192))
    W, b = rng.normal(size=(1, 1, 192, 16)), rng.normal(size=(1, 1, 1, 16))
    few = conv_1x1(many, W, b)
    agree = np.allclose(few, conv_forward(many, W, b, {"stride": 1, "pad": 0})[0])
    print(f"{many.shape} → {few.shape}; the same as conv_forward: {agree}")

# %% [markdown]
# **Expected output**
#
# ```
# (2, 28, 28, 192) → (2, 28, 28, 16); the same as conv_forward: True
# ```
#
# <details><summary>Hint</summary>
#
# The shapes tell: (m, n_H, n_W, n_C_prev) times (n_C_prev, n_C) is (m, n_H, n_W, n_C). The bias has
# four axes already, so broadcasting adds it.
#
# </details>

# %% [markdown]
# ## 7. What a convolution costs
#
# ### Exercise 9: `convolution_cost`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Count the **multiplications** of a convolution, for one example. Every number of the output needs
# $f \cdot f \cdot n_C^{\text{prev}}$ of them:
#
# $$\text{multiplications} = \underbrace{n_H \cdot n_W \cdot \text{filters}}_{\text{numbers put out}}
# \cdot \underbrace{f \cdot f \cdot n_C^{\text{prev}}}_{\text{for each of them}}$$
#
# $n_H$ and $n_W$ are those of the **output**.
#
# **By hand:** images (28, 28, 192), 32 filters of 5×5, stride 1 and padding 2. The output is 28×28,
# so $28 \cdot 28 \cdot 32 \cdot 5 \cdot 5 \cdot 192 = 120\,422\,400$: 120 million, for one layer and
# one small image.


# %%
def convolution_cost(input_shape, f, filters, stride, pad):
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
    """
    n_H_prev, n_W_prev, n_C_prev = input_shape
    ### START CODE HERE ### (≈ 3 lines)
    n_H = output_size(n_H_prev, f, pad, stride)
    n_W = output_size(n_W_prev, f, pad, stride)
    cost = n_H * n_W * filters * f * f * n_C_prev
    ### END CODE HERE ###
    return cost


# %%
check(convolution_cost)

# %%
if ready(convolution_cost):
    print(f"{convolution_cost((28, 28, 192), f=5, filters=32, stride=1, pad=2):,}")

# %% [markdown]
# **Expected output**
#
# ```
# 120,422,400
# ```
#
# <details><summary>Hint</summary>
#
# First the height and the width of the output with `output_size(n, f, pad, stride)`, then a product
# of six numbers.
#
# </details>

# %% [markdown]
# ### Exercise 10: `bottleneck_cost`
#
# **Difficulty** ●●○ · **6 minutes**
#
# Now put a 1×1 convolution in front, which leaves only a few channels: a **bottleneck**. Then the
# large filters see few channels. Count the multiplications of both convolutions together. Both have
# stride 1 and keep height and width, so the second one, with filters of odd size $f$, has padding
# $(f-1)/2$.
#
# **By hand:** (28, 28, 192), a bottleneck of 16 channels, then 32 filters of 5×5.
#
# - 1×1: $28 \cdot 28 \cdot 16 \cdot 192 = 2\,408\,448$
# - 5×5 on 16 channels: $28 \cdot 28 \cdot 32 \cdot 25 \cdot 16 = 10\,035\,200$
#
# Together 12.4 million: a tenth of 120 million, for an output of the same shape.


# %%
def bottleneck_cost(input_shape, f, filters, bottleneck):
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
    """
    n_H, n_W, n_C = input_shape
    ### START CODE HERE ### (≈ 3 lines)
    squeeze = convolution_cost(input_shape, 1, bottleneck, 1, 0)
    wide = convolution_cost((n_H, n_W, bottleneck), f, filters, 1, f // 2)
    cost = squeeze + wide
    ### END CODE HERE ###
    return cost


# %%
check(bottleneck_cost)

# %%
if ready(convolution_cost, bottleneck_cost):
    direct = convolution_cost((28, 28, 192), 5, 32, 1, 2)
    squeezed = bottleneck_cost((28, 28, 192), 5, 32, bottleneck=16)
    print(f"{direct:,} without, {squeezed:,} with: {squeezed / direct:.1%}")

# %% [markdown]
# **Expected output**
#
# ```
# 120,422,400 without, 12,443,648 with: 10.3%
# ```
#
# <details><summary>Hint</summary>
#
# Two calls of your `convolution_cost`, and a sum. What comes in to the second convolution has
# `bottleneck` channels.
#
# </details>
#
# **Question.** A deep ResNet has blocks with 256 channels. Two convolutions 3×3 of 256 filters would
# have $2 \cdot 9 \cdot 256 \cdot 256 = 1\,179\,648$ weights. Its blocks are 1×1 to 64 channels, 3×3
# with 64, and 1×1 back to 256. How many weights is that?
#
# <details><summary>Answer</summary>
#
# $256 \cdot 64 + 9 \cdot 64 \cdot 64 + 64 \cdot 256 = 69\,632$: 17 times fewer. That is how ResNets
# of 50, 101 and 152 layers became affordable.
#
# </details>

# %% [markdown]
# ## 8. The Inception module
#
# Should a layer have filters of 1×1, 3×3 or 5×5, or should it pool? **Take all of them**, side by
# side, stack their channels, and let training decide. So that this does not cost too much, 1×1
# convolutions (the *reductions*) stand before the large filters.
#
# ### Exercise 11: `inception_forward`
#
# **Difficulty** ●●● · **15 minutes**
#
# | branch | first | then |
# |---|---|---|
# | 1 | 1×1 with `W1` | |
# | 2 | 1×1 with `W3_reduce` | 3×3 with `W3`, padding 1 |
# | 3 | 1×1 with `W5_reduce` | 5×5 with `W5`, padding 2 |
# | 4 | maximum over 3×3, stride 1 | 1×1 with `W_pool` |
#
# **Every** convolution is followed by ReLU, the reductions too. All strides are 1, and all branches
# keep height and width. The pooling needs a padding of 1 for that. (Zeros will do: the input comes
# out of a ReLU, so no maximum changes.) The output is the branches' channels one after the other, in
# the order of the table:
#
# $$A = \bigl[\,A_1 \,\big|\, A_2 \,\big|\, A_3 \,\big|\, A_4\,\bigr] \quad\text{along the channels}$$
#
# **By hand**, the first module of GoogLeNet: (28, 28, 192) comes in. The branches have 64, 128, 32
# and 32 filters at their ends, so (28, 28, 256) goes out.
#
# **The NumPy you need:** `np.concatenate([A, B], axis=3)` puts arrays one after the other along the
# last of four axes; all other axes must agree.


# %%
def inception_forward(A_prev, parameters):
    """Apply an Inception module: four branches side by side, their channels stacked.

    Parameters
    ----------
    A_prev : ndarray, shape (m, n_H, n_W, n_C)
        The input, not negative.
    parameters : dict
        Filters and biases: ``"W1"``, ``"b1"``, ``"W3_reduce"``, ``"b3_reduce"``, ``"W3"``,
        ``"b3"``, ``"W5_reduce"``, ``"b5_reduce"``, ``"W5"``, ``"b5"``, ``"W_pool"``, ``"b_pool"``.

    Returns
    -------
    ndarray, shape (m, n_H, n_W, c1 + c3 + c5 + c_pool)
        The channels of the branches, in this order.
    """
    p = parameters
    ### START CODE HERE ### (≈ 8 lines)
    one = relu(conv_1x1(A_prev, p["W1"], p["b1"]))
    reduced3 = relu(conv_1x1(A_prev, p["W3_reduce"], p["b3_reduce"]))
    three = relu(conv_forward(reduced3, p["W3"], p["b3"], {"stride": 1, "pad": 1})[0])
    reduced5 = relu(conv_1x1(A_prev, p["W5_reduce"], p["b5_reduce"]))
    five = relu(conv_forward(reduced5, p["W5"], p["b5"], {"stride": 1, "pad": 2})[0])
    pooled, _ = pool_forward(zero_pad(A_prev, 1), {"f": 3, "stride": 1})
    last = relu(conv_1x1(pooled, p["W_pool"], p["b_pool"]))
    A = np.concatenate([one, three, five, last], axis=3)
    ### END CODE HERE ###
    return A


# %%
check(inception_forward)

# %%
if ready(conv_1x1, inception_forward):
    rng = np.random.default_rng(0)
    sizes = {"1": (1, 192, 64), "3_reduce": (1, 192, 96), "3": (3, 96, 128)}
    sizes |= {"5_reduce": (1, 192, 16), "5": (5, 16, 32), "_pool": (1, 192, 32)}
    module = {}
    for name, (f, n_in, n_out) in sizes.items():
        module["W" + name], module["b" + name] = he_filters(rng, f, n_in, n_out)
    out = inception_forward(np.abs(rng.normal(size=(1, 28, 28, 192))), module)
    print("output", out.shape, "parameters", f"{sum(v.size for v in module.values()):,}")

# %% [markdown]
# **Expected output**
#
# ```
# output (1, 28, 28, 256) parameters 163,696
# ```
#
# <details><summary>Hint</summary>
#
# Write one branch after the other, and give each result a name of its own. `conv_forward(...)[0]` is
# the output without the cache; `pool_forward` returns two things as well. In the end stack the four
# results, in the order of the table, with `np.concatenate([...], axis=3)`.
#
# </details>

# %% tags=["nbval-ignore-output"]
if ready(convolution_cost, bottleneck_cost):
    image = (28, 28, 192)
    one = convolution_cost(image, 1, 64, 1, 0)
    pooling = convolution_cost(image, 1, 32, 1, 0)
    costs = {
        "without bottlenecks": [
            one,
            convolution_cost(image, 3, 128, 1, 1),
            convolution_cost(image, 5, 32, 1, 2),
            pooling,
        ],
        "with bottlenecks": [
            one,
            bottleneck_cost(image, 3, 128, 96),
            bottleneck_cost(image, 5, 32, 16),
            pooling,
        ],
    }
    figure, ax = plt.subplots(figsize=(8.5, 2.8), layout="constrained")
    names, shades = ["1×1", "3×3", "5×5", "pool"], ["0.9", "0.75", "0.6", "0.45"]
    for row, parts in enumerate(costs.values()):
        left = 0
        for part, name, shade in zip(parts, names, shades, strict=True):
            label = name if row == 0 else None
            ax.barh(row, part / 1e6, left=left, color=shade, edgecolor="black", label=label)
            if part > 2e7:
                ax.text(left + part / 2e6, row, name, ha="center", va="center")
            left += part / 1e6
        ax.text(left + 5, row, f"{left:.0f} million", va="center")
    ax.set_yticks(range(2), list(costs))
    ax.set(xlabel="multiplications (millions)", xlim=(0, 380), ylim=(1.5, -0.5))
    ax.set_title("what the branches of the first Inception module cost")
    ax.legend(title="from left to right", ncols=2, loc="lower right")
    plotting.show(
        figure,
        alt="Two stacked bars: the first Inception module costs 308 million multiplications "
        "without bottlenecks, and 128 million with them.",
    )

# %% [markdown]
# The bottlenecks save more than half of the module's work. The 5×5 branch saves nine tenths, the 3×3
# branch less than half: its bottleneck of 96 channels is wide. A bottleneck that is *too* narrow would lose information; within reason, it
# does little harm.

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **read a network's plan as a table**: about 60 thousand parameters in LeNet-5, 60 million in
#    AlexNet, 138 million in VGG-16, and most of them in the first dense layer;
# 2. **write local response normalisation**: divide by what neighbouring channels show;
# 3. **show that plain networks get worse with depth**, on the training set already, since image and
#    gradient are lost on the way;
# 4. **derive and write residual blocks**: add the input before the last ReLU; on the way back the
#    gradients of both ways add up; where shapes differ, the shortcut is a 1×1 convolution $W_s$;
# 5. **say what a 1×1 convolution does**: a dense layer at each place, over the channels;
# 6. **count what a convolution costs**, and that a bottleneck may save nine tenths of it;
# 7. **write an Inception module**: several kinds of filters side by side, their channels stacked.
#
# ## What to remember
#
# - Parameters do not depend on the size of the image; multiplications do.
# - A convolution has $(f^2 n_C + 1) \cdot \text{filters}$ parameters, whatever it slides over.
# - Going deeper: height and width shrink, channels grow.
# - $A = \text{ReLU}(F(x) + x)$. Doing nothing is easy, and the gradient has a way without weights.
# - Many channels and large filters together are dear: squeeze the channels first.
#
# ## What comes next
#
# The second notebook of this week, *Transfer learning and data augmentation*, is about what to do
# when you have a network like these, and too few images to train it. After that, networks do more than
# name what is in an image: they also say **where** it is.
#
# ## Stretch exercises
#
# 1. **Batch normalisation inside.** Put `batchnorm_forward` and `batchnorm_backward` of week 6 behind
#    each convolution of the plain block (flatten to (channels, m·n_H·n_W) first). How deep can the
#    plain network be now?
# 2. **Pre-activation.** In a later paper, He and others put ReLU *before* each convolution and nothing
#    behind the sum. Write this block forward and backward. What is $dA_{\text{prev}}$ now, if the main
#    path is tiny?
# 3. **Start from He, not from zero.** Let `W2` of the residual blocks start like all others. What
#    happens with 10 blocks, and why?
# 4. **Inception, backward.** The gradient of a concatenation is cut into pieces. Write
#    `inception_backward`, and test it by nudging.
# 5. **All of VGG.** Compute the multiplications of VGG-16 and AlexNet, layer by layer. Which layers
#    do most of the work, and which hold most of the parameters?
#
# ## References
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: *Gradient-based learning applied to document
#   recognition*. Proceedings of the IEEE 86, 1998.
# - A. Krizhevsky, I. Sutskever, G. E. Hinton: *ImageNet classification with deep convolutional neural
#   networks*. NIPS, 2012.
# - K. Simonyan, A. Zisserman: *Very deep convolutional networks for large-scale image recognition*.
#   ICLR, 2015.
# - K. He, X. Zhang, S. Ren, J. Sun: *Deep residual learning for image recognition*. CVPR, 2016.
# - K. He, X. Zhang, S. Ren, J. Sun: *Identity mappings in deep residual networks*. ECCV, 2016.
# - M. Lin, Q. Chen, S. Yan: *Network in network*. ICLR, 2014.
# - C. Szegedy and others: *Going deeper with convolutions*. CVPR, 2015.
