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
# # Neural style transfer
#
# Until now the image was given, and the weights were learnt. This notebook turns that round. The
# weights stay as they are, and **the image is learnt**: it shall show what one picture shows, in the
# manner of another.
#
# For this, two words need numbers. How far is this image from that one in **content**? How far in
# **style**? The answer of Gatys, Ecker and Bethge is to ask the layers of a trained network. You write
# their costs, derive the gradients, and carry these all the way back to the pixels.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. say what a number of a layer sees of the image, and compute how much;
# 2. measure content by activations, and style by Gram matrices;
# 3. say why a Gram matrix forgets places, and what it keeps;
# 4. derive the gradients of both costs with respect to an activation, and check them;
# 5. carry gradients that enter at several layers back to the image;
# 6. optimise an image with Adam, and steer it by the weights of content, style and layers.
#
# ## Before you start
#
# You need convolution and pooling with their way back (week 8) and Adam (week 5). From NumPy you need
# `reshape`, and what it does not do.
#
# **Time:** about 120 minutes. There are 9 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up, two photographs and two paintings

# %%
import time

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.checking import checks_for, ready
from helpers.convolution import conv_backward, conv_forward, pool_backward, pool_forward
from helpers.optimization import initialize_adam, update_parameters_with_adam

check = checks_for("w11_style_transfer")
plt.rcParams["figure.dpi"] = 80

# %%
images = datasets.load_style_images()
for name, image in images.items():
    print(f"{name:8} {image.shape} {image.dtype}")

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(1, 4, figsize=(12, 2.6), layout="constrained")
for ax, (name, image) in zip(axes, images.items(), strict=True):
    ax.imshow(image[0], interpolation="nearest")
    ax.set_title(name)
    ax.axis("off")
plotting.show(
    figure,
    alt="Four pictures. Two photographs: the face of a cat, and a white cup of coffee on a red "
    "saucer. Two paintings: curved strokes of dark and light blue that flow around three bright "
    "yellow whirls, and a mosaic of many-coloured tiles with dark joints.",
)

# %% [markdown]
# The photographs give the **content**, the paintings the **style**. Both paintings were made by a
# program, so nobody's rights are touched. Each array holds one image: its first axis has length 1,
# as convolutions want it.
#
# ## 2. A network, and what its layers see
#
# The network has four layers. Each one convolves with filters of 3 by 3, padding 1 and stride 1, and
# then takes ReLU. Before every layer but the first, an average pooling of 2 by 2 with stride 2 halves
# the height and the width:
#
# | layer | output for an image of 72 by 96 | parameters |
# |---|---|---|
# | 1 | 72 × 96 × 16 | 448 |
# | 2 | 36 × 48 × 32 | 4,640 |
# | 3 | 18 × 24 × 48 | 13,872 |
# | 4 | 9 × 12 × 64 | 27,712 |
#
# It was trained to answer a simple question: *what kind of surface is on this patch?* Bricks, grass, a
# starry sky, the cat's fur and eight other photographs; painted strokes, along one of four
# directions; small tiles and large ones. Of new patches it names three quarters rightly. Its softmax
# layer is gone: we only want to know what the layers in between have learnt. Our two paintings were
# not among its examples. The channels are scaled so that each is 1 on average over the four pictures.
#
# Gatys and his colleagues took VGG-19, which knows a thousand kinds of things and has four hundred times
# as many weights in its convolutions. So do not expect their paintings; all that they did, you will do.
#
# The activations of layer $l$ are called $a^{[l]}$. `run_network` gives those of all layers, and what
# the way back will need.


# %%
def run_network(image, parameters):
    """Run an image through the four layers.

    Parameters
    ----------
    image : ndarray of float, shape (1, n_H, n_W, 3)
        From 0 to 1.
    parameters : dict
        "W1", "b1" to "W4", "b4".

    Returns
    -------
    outputs : list of ndarray
        The activations of the layers, each (1, n_H, n_W, n_C) with sizes of its own.
    caches : list of tuple
        For each layer (pool_cache, conv_cache, Z): the caches of pooling (None in the first
        layer) and of the convolution, and the convolution's output before ReLU.
    """
    A, outputs, caches = image - 0.5, [], []
    for layer in range(1, 5):
        pool_cache = None
        if layer > 1:
            A, pool_cache = pool_forward(A, {"f": 2, "stride": 2}, mode="average")
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z, conv_cache = conv_forward(A, W, b, {"stride": 1, "pad": 1})
        A = np.maximum(Z, 0)
        outputs.append(A)
        caches.append((pool_cache, conv_cache, Z))
    return outputs, caches


# %%
network = datasets.load_style_network()
outputs, _ = run_network(images["cat"], network)
for layer, a in enumerate(outputs, 1):
    print(f"layer {layer}: {a.shape}")

# %% [markdown]
# ### Exercise 1: `receptive_field`
#
# **Difficulty** ●●○ · **10 minutes**
#
# One number of layer 1 sees a window of 3 by 3 pixels. One number of layer 4 sees much more: its 3 by 3
# window lies on numbers that have windows themselves. How many pixels is that along one axis? This size
# is called the **receptive field**.
#
# Go from the image upwards, and keep two numbers:
#
# - the **size** $r$: how many pixels one number sees. A pixel sees itself, so $r = 1$ at the start.
# - the **jump** $j$: how many pixels lie between two neighbours. At the start $j = 1$.
#
# A window of $f$ neighbours reaches from the first one to the last, which is $f - 1$ jumps further. And
# with a stride $s$, only every $s$-th number is kept, so that neighbours move apart:
#
# $$ r \leftarrow r + (f - 1)\, j, \qquad \text{then} \qquad j \leftarrow j\, s. $$
#
# Pooling is a layer like the others here: it has a window and a stride.
#
# **By hand:** a convolution of 3, a pooling of 2 with stride 2, and a convolution of 3 again:
#
# | | $f$ | $s$ | $r$ | $j$ afterwards |
# |---|---|---|---|---|
# | convolution | 3 | 1 | $1 + 2 \cdot 1 = 3$ | 1 |
# | pooling | 2 | 2 | $3 + 1 \cdot 1 = 4$ | 2 |
# | convolution | 3 | 1 | $4 + 2 \cdot 2 = 8$ | 2 |


# %%
def receptive_field(layers):
    """Tell how many pixels of the image, along one axis, a number of the last layer sees.

    Parameters
    ----------
    layers : list of tuple of int
        (f, stride) of each layer in order, convolutions and poolings alike.

    Returns
    -------
    int
        The size of its window in the image; 1 if there is no layer.
    """
    ### START CODE HERE ### (≈ 4 lines)
    size, jump = 1, 1
    for f, stride in layers:
        size = size + (f - 1) * jump
        jump = jump * stride
    ### END CODE HERE ###
    return size


# %%
check(receptive_field)

# %%
if ready(receptive_field):
    print("by hand:", receptive_field([(3, 1), (2, 2), (3, 1)]))
    layers = [(3, 1)]
    for layer in range(1, 5):
        print(f"layer {layer}: {receptive_field(layers)} pixels")
        layers += [(2, 2), (3, 1)]

# %% [markdown]
# **Expected output**
#
# ```
# by hand: 8
# layer 1: 3 pixels
# layer 2: 8 pixels
# layer 3: 18 pixels
# layer 4: 38 pixels
# ```
#
# <details><summary>Hint</summary>
#
# `for f, stride in layers:` takes the pairs apart. The order of the two steps matters: a layer's own
# stride moves the neighbours of the *next* layer apart, not its own.
#
# </details>

# %% [markdown]
# Now look what they see. For some channels of each layer, the next cell searches all four pictures for
# the places where the channel answers most, and cuts out what it sees there.


# %%
receptive_field_of = {1: 3, 2: 8, 3: 18, 4: 38}
seen = {name: run_network(image, network)[0] for name, image in images.items()}


# %%
def strongest_windows(layer, channel, count=3):
    """Cut out what a channel sees where it answers most; edges of pictures are continued."""
    size, jump = receptive_field_of[layer], 2 ** (layer - 1)
    found = []
    for name, image in images.items():
        answers = seen[name][layer - 1][0, :, :, channel].copy()
        padded = np.pad(image[0], ((size, size), (size, size), (0, 0)), mode="edge")
        for _ in range(count):
            h, w = np.unravel_index(np.argmax(answers), answers.shape)
            top, left = (int((n + 0.5) * jump - size / 2 + size) for n in (h, w))
            found.append((answers[h, w], name, padded[top : top + size, left : left + size]))
            answers[max(h - 2, 0) : h + 3, max(w - 2, 0) : w + 3] = -1
    return [window for _, _, window in sorted(found, key=lambda entry: -entry[0])[:count]]


def tile(window, side=40):
    """Enlarge a window by a whole number, and put it in the middle of a white square."""
    times = side // len(window)
    large = np.repeat(np.repeat(window, times, axis=0), times, axis=1)
    square = np.ones((side + 4, side + 4, 3))
    first = (len(square) - len(large)) // 2
    square[first : first + len(large), first : first + len(large)] = large
    return square


# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(4, 1, figsize=(12, 3.2), layout="constrained")
for layer, ax in enumerate(axes, 1):
    answers = np.concatenate([outputs[layer - 1] for outputs in seen.values()])
    most_varied = np.argsort(-answers.std(axis=(0, 1, 2)))[:6]
    tiles = [
        tile(window) for channel in most_varied for window in strongest_windows(layer, channel)
    ]
    for gap in (3, 7, 11, 15, 19):
        tiles.insert(gap, np.ones((44, 20, 3)))
    ax.imshow(np.concatenate(tiles, axis=1), interpolation="nearest")
    ax.set(xticks=[], yticks=[], ylabel=f"layer {layer}")
    ax.spines[:].set_visible(False)
plotting.show(
    figure,
    alt="Four rows, one for each layer, with three windows for each of six channels. Layer 1: "
    "three by three pixels, with edges between two colours. Layer 2: edges, corners and small tiles. "
    "Layer 3: rims of the cup, pieces of strokes, even surfaces. Layer 4: large pieces of the cup, "
    "the mosaic, the cat's fur, and the whirls.",
)

# %% [markdown]
# Low layers see colours and edges, higher layers larger pieces. Three windows of one channel stand side
# by side: compare what they have in common. Where a window reaches over the edge of a picture, its
# last pixels are repeated.
#
# **Question.** Why is the receptive field of layer 4 so much larger than that of layer 1, although all
# filters are 3 by 3?
#
# <details><summary>Answer</summary>
#
# Three poolings stand in between. Neighbours in layer 4 are $2 \cdot 2 \cdot 2 = 8$ pixels apart, so
# its window alone adds $2 \cdot 8 = 16$ pixels. Without the poolings, four convolutions would see
# $1 + 4 \cdot 2 = 9$ pixels.
#
# </details>

# %% [markdown]
# ## 3. Content
#
# ### Exercise 2: `compute_content_cost`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Two images show the same if a layer *sees* the same, at each place. Let $a^{(C)}$ be a layer's
# activation for the content image, and $a^{(G)}$ that for the generated one. Then
#
# $$ J_{content}(C, G) = \frac{1}{4\, n_H n_W n_C} \sum_{h,w,c}
#    \left(a^{(C)}_{h,w,c} - a^{(G)}_{h,w,c}\right)^2. $$
#
# A higher layer forgives more: a blade of grass may move by a pixel there. The factor is a convention.
# It keeps the cost from growing with the size of the layer.
#
# **By hand:** one row of three positions, one channel, $a^{(C)} = (1, 3, 0)$ and $a^{(G)} = (2, 1, 0)$:
#
# $$ J = \frac{1 + 4 + 0}{4 \cdot 1 \cdot 3 \cdot 1} = \frac{5}{12} \approx 0.4167. $$


# %%
def compute_content_cost(a_C, a_G):
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
    """
    ### START CODE HERE ### (≈ 2 lines)
    _, n_H, n_W, n_C = a_G.shape
    J_content = np.sum((a_C - a_G) ** 2) / (4 * n_H * n_W * n_C)
    ### END CODE HERE ###
    return J_content


# %%
check(compute_content_cost)

# %%
if ready(compute_content_cost):
    a_C, a_G = (np.array(a).reshape(1, 1, 3, 1) for a in ([1.0, 3.0, 0.0], [2.0, 1.0, 0.0]))
    print(round(float(compute_content_cost(a_C, a_G)), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 0.4167
# ```
#
# <details><summary>Hint</summary>
#
# Mind the parentheses: Python reads `1 / 4 * n_H` as a quarter of `n_H`.
#
# </details>

# %% [markdown]
# ### Exercise 3: `content_cost_gradient`
#
# **Difficulty** ●○○ · **6 minutes**
#
# To lower the cost, the image must know which way to go. The first step: how does $J_{content}$ change
# with one number $a^{(G)}_{h,w,c}$? This number stands in one term of the sum only. Write
# $N = n_H n_W n_C$; then
#
# $$ \frac{\partial J_{content}}{\partial a^{(G)}_{h,w,c}}
#    = \frac{1}{4N} \cdot 2 \left(a^{(C)}_{h,w,c} - a^{(G)}_{h,w,c}\right) \cdot (-1)
#    = \frac{a^{(G)}_{h,w,c} - a^{(C)}_{h,w,c}}{2N}. $$
#
# **By hand:** as above, $(2 - 1,\; 1 - 3,\; 0) / (2 \cdot 3) = (0.1667,\; -0.3333,\; 0)$. The first number
# is too large, the second too small.


# %%
def content_cost_gradient(a_C, a_G):
    """Give the gradient of the content cost with respect to a_G.

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
    """
    ### START CODE HERE ### (≈ 2 lines)
    _, n_H, n_W, n_C = a_G.shape
    gradient = (a_G - a_C) / (2 * n_H * n_W * n_C)
    ### END CODE HERE ###
    return gradient


# %%
check(content_cost_gradient)


# %%
def numerical_gradient(cost, a, step=1e-6):
    """Change each number of an array up and down, and see what the cost does."""
    slopes = np.zeros(a.shape)
    for place in np.ndindex(*a.shape):
        up, down = a.copy(), a.copy()
        up[place] += step
        down[place] -= step
        slopes[place] = (cost(up) - cost(down)) / (2 * step)
    return slopes


# %%
if ready(compute_content_cost, content_cost_gradient):
    print(content_cost_gradient(a_C, a_G).ravel().round(4))
    rng = np.random.default_rng(0)
    a_C, a_G = rng.uniform(0, 2, (2, 1, 3, 4, 5))
    slopes = numerical_gradient(lambda a: compute_content_cost(a_C, a), a_G)
    print(
        "agrees with the slopes:", np.allclose(slopes, content_cost_gradient(a_C, a_G), atol=1e-8)
    )

# %% [markdown]
# **Expected output**
#
# ```
# [ 0.1667 -0.3333  0.    ]
# agrees with the slopes: True
# ```
#
# <details><summary>Hint</summary>
#
# It is the formula, for all numbers at once. Generated less content, not the other way round.
#
# </details>

# %% [markdown]
# ## 4. Style
#
# What is style? Strokes, tiles, which colours go together, how fine it is all woven: everything that is
# the same *all over* a painting, wherever it stands. So the cost of style must forget places.
#
# ### Exercise 4: `gram_matrix`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Write a layer's activation as a matrix $A$ with one row for each channel and one column for each
# position. Row $i$ says where channel $i$ answers. Multiply two rows position by position, and sum:
#
# $$ G_{ij} = \sum_{k=1}^{n_H n_W} A_{ik}\, A_{jk}, \qquad \text{that is} \qquad G = A A^T. $$
#
# $G_{ii}$ says how strongly channel $i$ answers in all. $G_{ij}$ is large if channels $i$ and $j$
# answer **at the same places**: "yellow" with "curved", say. *Where* that is, the sum has forgotten.
# $G$ is called the **Gram matrix** of the rows. For the style image it is $G^{(S)}$, for the generated
# one $G^{(G)}$.
#
# **By hand:** two channels, three positions:
#
# $$ A = \begin{pmatrix} 1 & 2 & 0 \\ 0 & 1 & 3 \end{pmatrix}, \qquad
#    A A^T = \begin{pmatrix} 1+4+0 & 0+2+0 \\ 0+2+0 & 0+1+9 \end{pmatrix}
#    = \begin{pmatrix} 5 & 2 \\ 2 & 10 \end{pmatrix}. $$


# %%
def gram_matrix(A):
    """Multiply every channel with every channel, and sum over the positions.

    Parameters
    ----------
    A : ndarray of float, shape (n_C, n_H * n_W)
        A layer's activation, a channel in each row.

    Returns
    -------
    ndarray of float, shape (n_C, n_C)
        The Gram matrix.
    """
    ### START CODE HERE ### (≈ 1 line)
    G = A @ A.T
    ### END CODE HERE ###
    return G


# %%
check(gram_matrix)

# %%
if ready(gram_matrix):
    A = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]])
    print(gram_matrix(A))
    print(
        "positions in another order:", np.array_equal(gram_matrix(A), gram_matrix(A[:, [2, 0, 1]]))
    )

# %% [markdown]
# **Expected output**
#
# ```
# [[ 5.  2.]
#  [ 2. 10.]]
# positions in another order: True
# ```
#
# **Question.** If the Gram matrix forgets all places, why does the painted image not become a heap of
# loose pixels in the right colours?
#
# <details><summary>Answer</summary>
#
# The *positions of the layer* are forgotten. But each of them saw a whole window of the image: 38 by 38
# pixels in layer 4. What lies within a window is not forgotten: a stroke must be a stroke.
#
# </details>
#
# <details><summary>Hint</summary>
#
# `A.T` is the transpose, `@` the matrix product.
#
# </details>

# %% [markdown]
# ### Exercise 5: `compute_layer_style_cost`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Compare the two Gram matrices of a layer:
#
# $$ J^{[l]}_{style}(S, G) = \frac{1}{4\, n_C^2\, (n_H n_W)^2} \sum_{i=1}^{n_C} \sum_{j=1}^{n_C}
#    \left(G^{(S)}_{ij} - G^{(G)}_{ij}\right)^2. $$
#
# First the activation $(1, n_H, n_W, n_C)$ must become the matrix $A$, $(n_C,\; n_H n_W)$. **This is the
# place where nearly everybody falls once.** `reshape` never moves a number: it reads them in their
# order and breaks them into new rows. In memory the channels of one position stand side by side. So
# `a.reshape(n_C, n_H * n_W)` has the right shape, and in each row all channels mixed up. Two steps are
# needed:
#
# 1. reshape to $(n_H n_W,\; n_C)$: now each row is a position, and each column a channel;
# 2. transpose.
#
# **By hand:** one row of three positions, two channels. The style image has $(1, 2)$, $(0, 1)$, $(1, 0)$
# at the three positions, the generated one $(1, 0)$, $(1, 1)$, $(0, 2)$:
#
# $$ A^{(S)} = \begin{pmatrix} 1 & 0 & 1 \\ 2 & 1 & 0 \end{pmatrix}, \;\;
#    G^{(S)} = \begin{pmatrix} 2 & 2 \\ 2 & 5 \end{pmatrix}, \qquad
#    A^{(G)} = \begin{pmatrix} 1 & 1 & 0 \\ 0 & 1 & 2 \end{pmatrix}, \;\;
#    G^{(G)} = \begin{pmatrix} 2 & 1 \\ 1 & 5 \end{pmatrix}. $$
#
# The differences are $0, 1, 1, 0$, so $J = \frac{0 + 1 + 1 + 0}{4 \cdot 2^2 \cdot 3^2} = \frac{2}{144}
# \approx 0.0139$. With `reshape` alone, the first row of $A^{(S)}$ would be $(1, 2, 0)$, and the cost
# $\frac{18}{144}$.


# %%
def compute_layer_style_cost(a_S, a_G):
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
        The cost.
    """
    ### START CODE HERE ### (≈ 4 lines)
    _, n_H, n_W, n_C = a_G.shape
    G_S = gram_matrix(a_S.reshape(n_H * n_W, n_C).T)
    G_G = gram_matrix(a_G.reshape(n_H * n_W, n_C).T)
    J_style_layer = np.sum((G_S - G_G) ** 2) / (4 * n_C**2 * (n_H * n_W) ** 2)
    ### END CODE HERE ###
    return J_style_layer


# %%
check(compute_layer_style_cost)

# %%
a_S = np.array([[1.0, 2.0], [0.0, 1.0], [1.0, 0.0]]).reshape(1, 1, 3, 2)
a_G = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 2.0]]).reshape(1, 1, 3, 2)
if ready(gram_matrix, compute_layer_style_cost):
    print(round(float(compute_layer_style_cost(a_S, a_G)), 4))
    mirrored = run_network(images["strokes"][:, :, ::-1], network)[0]
    for layer, (a, b) in enumerate(
        zip(run_network(images["strokes"], network)[0], mirrored, strict=True), 1
    ):
        print(
            f"layer {layer}: a mirror image differs by {compute_layer_style_cost(a, b):.3f},",
            end=" ",
        )
        other = run_network(images["mosaic"], network)[0][layer - 1]
        print(f"the mosaic by {compute_layer_style_cost(a, other):.3f}")

# %% [markdown]
# **Expected output** begins with
#
# ```
# 0.0139
# ```
#
# <details><summary>Hint</summary>
#
# `a_S.reshape(n_H * n_W, n_C).T`, the same with `a_G`, then `gram_matrix` of both. Mind the parentheses
# around the denominator.
#
# </details>

# %% [markdown]
# The mirror image of the painting has nearly the same style, whichever layer is asked; the mosaic has
# another one. That is what we wanted.
#
# ### Exercise 6: `layer_style_cost_gradient`
#
# **Difficulty** ●●● · **20 minutes**
#
# How does the style cost change with one number $A_{ik}$ of the generated image's matrix? (We write
# $A$ for $A^{(G)}$, $G$ for $G^{(G)}$, and $M = n_C^2 (n_H n_W)^2$.) Go in two steps.
#
# **From the cost to $G$.** $G_{pq}$ stands in one term of the sum:
#
# $$ \frac{\partial J}{\partial G_{pq}} = \frac{1}{4M} \cdot 2 \left(G_{pq} - G^{(S)}_{pq}\right)
#    = \frac{D_{pq}}{2M}, \qquad D = G - G^{(S)}. $$
#
# **From $G$ to $A$.** In $G_{pq} = \sum_k A_{pk} A_{qk}$ the number $A_{ik}$ occurs where $p = i$, and
# where $q = i$:
#
# $$ \frac{\partial G_{pq}}{\partial A_{ik}} = [p = i]\, A_{qk} + [q = i]\, A_{pk}, $$
#
# where $[\,\cdot\,]$ is 1 if what stands in it is true, and 0 otherwise. For $p = q = i$ both are 1, and
# that is right: the slope of $A_{ik}^2$ is $2 A_{ik}$.
#
# **Together**, summed over all entries of $G$:
#
# $$ \frac{\partial J}{\partial A_{ik}} = \sum_{p,q} \frac{D_{pq}}{2M}
#    \left([p = i]\, A_{qk} + [q = i]\, A_{pk}\right)
#    = \frac{1}{2M} \left(\sum_q D_{iq} A_{qk} + \sum_p D_{pi} A_{pk}\right). $$
#
# $D$ is symmetric, so the two sums are equal:
#
# $$ \frac{\partial J}{\partial A} = \frac{D A}{M}
#    = \frac{\left(G^{(G)} - G^{(S)}\right) A^{(G)}}{n_C^2\, (n_H n_W)^2}. $$
#
# At last, $A$ came from $a^{(G)}$ by reshaping and transposing. Undo it in reverse: transpose, then
# reshape to $(1, n_H, n_W, n_C)$.
#
# **By hand:** in the example, $D = \begin{pmatrix} 0 & -1 \\ -1 & 0 \end{pmatrix}$ and $M = 36$. So
#
# $$ D A = \begin{pmatrix} 0 & -1 & -2 \\ -1 & -1 & 0 \end{pmatrix}, $$
#
# and the gradient at the three positions is $(0, -1)$, $(-1, -1)$, $(-2, 0)$, all divided by 36.


# %%
def layer_style_cost_gradient(a_S, a_G):
    """Give the gradient of a layer's style cost with respect to a_G.

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
    """
    _, n_H, n_W, n_C = a_G.shape
    ### START CODE HERE ### (≈ 4 lines)
    A_S = a_S.reshape(n_H * n_W, n_C).T
    A_G = a_G.reshape(n_H * n_W, n_C).T
    dA = (gram_matrix(A_G) - gram_matrix(A_S)) @ A_G / (n_C**2 * (n_H * n_W) ** 2)
    gradient = dA.T.reshape(1, n_H, n_W, n_C)
    ### END CODE HERE ###
    return gradient


# %%
check(layer_style_cost_gradient)

# %%
if ready(gram_matrix, compute_layer_style_cost, layer_style_cost_gradient):
    print((36 * layer_style_cost_gradient(a_S, a_G)[0, 0]).round(4) + 0)
    one, two = np.random.default_rng(0).uniform(0, 2, (2, 1, 3, 4, 5))
    slopes = numerical_gradient(lambda a: compute_layer_style_cost(one, a), two)
    agrees = np.allclose(slopes, layer_style_cost_gradient(one, two), atol=1e-8)
    print("agrees with the slopes:", agrees)

# %% [markdown]
# **Expected output**
#
# ```
# [[ 0. -1.]
#  [-1. -1.]
#  [-2.  0.]]
# agrees with the slopes: True
# ```
#
# <details><summary>Hint</summary>
#
# Begin as in exercise 5, up to the two Gram matrices. Then one matrix product, one division, and
# `.T.reshape(1, n_H, n_W, n_C)`.
#
# </details>

# %% [markdown]
# ### Exercise 7: `compute_style_cost`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Strokes are small and whirls are large, so ask several layers, each with a weight $\lambda^{[l]}$:
#
# $$ J_{style}(S, G) = \sum_{l} \lambda^{[l]}\, J^{[l]}_{style}(S, G). $$
#
# The names and the weights stand in a list of pairs, `STYLE_LAYERS`. The activations come in two lists
# in the same order. **At the end of each list stands one activation more**: that of the content layer.
# It has no weight, and does not count here.
#
# **By hand:** if two layers have the costs 0.4 and 0.1 and the weights 0.25 and 2, then
# $J_{style} = 0.25 \cdot 0.4 + 2 \cdot 0.1 = 0.3$.
#
# **The Python you need:** `x[:-1]` is a list without its last entry. `zip` walks along several lists at
# once.

# %%
STYLE_LAYERS = [("layer 1", 0.25), ("layer 2", 0.25), ("layer 3", 0.25), ("layer 4", 0.25)]


# %%
def compute_style_cost(style_image_output, generated_image_output, STYLE_LAYERS):
    """Add up the style costs of several layers, each with its weight.

    Parameters
    ----------
    style_image_output : list of ndarray of float
        The style image's activations in the style layers, in order, and after them one more,
        that of the content layer.
    generated_image_output : list of ndarray of float
        The generated image's activations in the same layers.
    STYLE_LAYERS : list of tuple
        (name, weight) of each style layer.

    Returns
    -------
    float
        The weighted sum.
    """
    ### START CODE HERE ### (≈ 4 lines)
    J_style = 0
    pairs = zip(style_image_output[:-1], generated_image_output[:-1], STYLE_LAYERS, strict=True)
    for a_S, a_G, (_, weight) in pairs:
        J_style = J_style + weight * compute_layer_style_cost(a_S, a_G)
    ### END CODE HERE ###
    return J_style


# %%
check(compute_style_cost)

# %%
if ready(gram_matrix, compute_layer_style_cost, compute_style_cost):
    one, two = np.ones((1, 1, 1, 1)), np.full((1, 1, 1, 1), 2.0)
    print(float(compute_style_cost([one, one, one], [two, one, two], [("a", 0.5), ("b", 2.0)])))

# %% [markdown]
# **Expected output**
#
# ```
# 1.125
# ```
#
# That is $0.5 \cdot \frac{(1 - 4)^2}{4} + 2 \cdot 0$. The third pair, the content layer's, does not count.
#
# <details><summary>Hint</summary>
#
# Begin with 0, and add `weight * compute_layer_style_cost(a_S, a_G)` in a loop.
#
# </details>

# %% [markdown]
# ### Exercise 8: `total_cost`
#
# **Difficulty** ●○○ · **3 minutes**
#
# The image shall be near to one picture in content and near to the other in style. Both at once cannot
# be had wholly, so weigh them:
#
# $$ J(G) = \alpha\, J_{content}(C, G) + \beta\, J_{style}(S, G). $$
#
# **By hand:** with $\alpha = 10$, $\beta = 40$, $J_{content} = 0.5$ and $J_{style} = 0.25$ it is
# $5 + 10 = 15$.


# %%
def total_cost(J_content, J_style, alpha=10, beta=40):
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
    """
    ### START CODE HERE ### (≈ 1 line)
    J = alpha * J_content + beta * J_style
    ### END CODE HERE ###
    return J


# %%
check(total_cost)

# %%
if ready(total_cost):
    print(total_cost(0.5, 0.25), total_cost(0.5, 0.25, alpha=2, beta=4))

# %% [markdown]
# **Expected output**
#
# ```
# 15.0 2.0
# ```
#
# <details><summary>Hint</summary>
#
# Two products and a sum.
#
# </details>

# %% [markdown]
# ## 5. All the way back to the image
#
# ### Exercise 9: `image_gradient`
#
# **Difficulty** ●●● · **20 minutes**
#
# In the weeks before, the cost stood behind the last layer, and the gradient entered there. Now the cost
# looks at **every** layer. So at each layer two gradients meet:
#
# - what comes from the deeper layers: if $a^{[l]}$ changes, so does all that is computed from it;
# - what enters here: the cost looks at $a^{[l]}$ itself.
#
# A change of $a^{[l]}$ reaches the cost on both ways, so **they add up**. Let $g^{[l]}$ be the gradient
# that enters at layer $l$, and $L$ the last layer. Then
#
# $$ \begin{aligned}
#    da^{[L]} &= g^{[L]}, \\
#    dz^{[l]} &= da^{[l]} \cdot [z^{[l]} > 0], \\
#    da^{[l-1]} &= g^{[l-1]} + \text{pooling and convolution of layer } l \text{, backwards, of } dz^{[l]}.
#    \end{aligned} $$
#
# Behind layer 1 stands the image. Nothing enters there, and there is no pooling: what `conv_backward`
# gives for layer 1 is the answer.
#
# Of each layer, `caches` holds `(pool_cache, conv_cache, Z)`. You need two functions of week 8:
#
# - `conv_backward(dZ, conv_cache)` returns `dA_prev, dW, db`. The weights stay, so only the first counts.
# - `pool_backward(dA, pool_cache, mode="average")` returns `dA_prev`.
#
# On the way there it was pooling, convolution, ReLU. On the way back: ReLU, convolution, pooling.
#
# **By hand:** an image of 2 by 2 pixels, all 1. Layer 1 multiplies by 3, so $a^{[1]}$ is 3 everywhere.
# Pooling leaves a single 3. Layer 2 multiplies by 2: $a^{[2]} = 6$. Let $g^{[1]}$ be 5 everywhere and
# $g^{[2]} = 7$. Back: $7 \cdot 2 = 14$; average pooling shares it among four, $3.5$; here $g^{[1]}$
# enters: $8.5$; and through layer 1: $8.5 \cdot 3 = 25.5$ for each pixel.


# %%
def image_gradient(gradients, caches):
    """Carry gradients that enter at every layer back to the image.

    Parameters
    ----------
    gradients : list of ndarray of float
        For each layer, the gradient of the cost with respect to its activation, as far as the
        cost looks at this activation itself; zeros where it does not.
    caches : list of tuple
        For each layer (pool_cache, conv_cache, Z); pool_cache is None in the first one.

    Returns
    -------
    ndarray of float, shape (1, n_H, n_W, 3)
        The gradient with respect to the image, by all ways.
    """
    dA = np.zeros_like(gradients[-1])
    ### START CODE HERE ### (≈ 6 lines)
    for layer in reversed(range(len(caches))):
        pool_cache, conv_cache, Z = caches[layer]
        dZ = (dA + gradients[layer]) * (Z > 0)
        dA, _, _ = conv_backward(dZ, conv_cache)
        if pool_cache is not None:
            dA = pool_backward(dA, pool_cache, mode="average")
    ### END CODE HERE ###
    return dA


# %%
check(image_gradient)

# %%
if ready(image_gradient):
    one_by_one, no_bias = {"stride": 1, "pad": 0}, np.zeros((1, 1, 1, 1))
    pixels, three = np.ones((1, 2, 2, 1)), np.full((1, 1, 1, 1), 3.0)
    Z1, conv1 = conv_forward(pixels, three, no_bias, one_by_one)
    P, pool2 = pool_forward(Z1, {"f": 2, "stride": 2}, mode="average")
    Z2, conv2 = conv_forward(P, np.full((1, 1, 1, 1), 2.0), no_bias, one_by_one)
    entering = [np.full((1, 2, 2, 1), 5.0), np.full((1, 1, 1, 1), 7.0)]
    print(image_gradient(entering, [(None, conv1, Z1), (pool2, conv2, Z2)])[0, :, :, 0])

# %% [markdown]
# **Expected output**
#
# ```
# [[25.5 25.5]
#  [25.5 25.5]]
# ```
#
# <details><summary>Hint</summary>
#
# Walk through the layers from the last to the first. In each: add the gradient that enters to what
# came from above, multiply with `Z > 0`, go back through the convolution and, if there is a
# `pool_cache`, through the pooling.
#
# </details>

# %% [markdown]
# ## 6. An image is painted
#
# The pieces come together: one way there, two costs, their gradients, one way back.

# %%
CONTENT_LAYER = 3


# %%
def costs_and_gradient(image, content, style, style_layers, alpha, beta, parameters):
    """Run an image through the network; give its costs, and the gradient for each pixel.

    `content` and `style` are the lists of the outputs of the content and of the style image.
    """
    outputs, caches = run_network(image, parameters)
    k = CONTENT_LAYER - 1
    J_content = compute_content_cost(content[k], outputs[k])
    J_style = compute_style_cost([*style, style[k]], [*outputs, outputs[k]], style_layers)
    J = total_cost(J_content, J_style, alpha, beta)
    gradients = [
        beta * weight * layer_style_cost_gradient(a_S, a_G)
        for a_S, a_G, (_, weight) in zip(style, outputs, style_layers, strict=True)
    ]
    gradients[k] = gradients[k] + alpha * content_cost_gradient(content[k], outputs[k])
    return (J, J_content, J_style), image_gradient(gradients, caches)


# %% [markdown]
# First the test: does the gradient for a pixel agree with the slope of the whole cost? A small piece of
# the cat and of the strokes, in double precision, and ten pixels of it drawn at random.

# %%
mine = (
    compute_content_cost,
    content_cost_gradient,
    gram_matrix,
    compute_layer_style_cost,
    layer_style_cost_gradient,
    compute_style_cost,
    total_cost,
    image_gradient,
)
if ready(*mine):
    double = {name: w.astype(float) for name, w in network.items()}
    cat, strokes = (images[name][:, 20:36, 30:50].astype(float) for name in ("cat", "strokes"))
    targets = run_network(cat, double)[0], run_network(strokes, double)[0]
    rng = np.random.default_rng(1)
    start = rng.uniform(0, 1, cat.shape)
    _, gradient = costs_and_gradient(start, *targets, STYLE_LAYERS, 10, 40, double)
    errors = []
    for place in zip(*(rng.integers(0, n, 10) for n in start.shape), strict=True):
        costs = []
        for step in (1e-6, -1e-6):
            changed = start.copy()
            changed[place] += step
            costs.append(costs_and_gradient(changed, *targets, STYLE_LAYERS, 10, 40, double)[0][0])
        errors.append(abs((costs[0] - costs[1]) / 2e-6 - gradient[place]))
    print("the gradient agrees with the slopes:", max(errors) < 1e-6 * np.abs(gradient).max())

# %% [markdown]
# **Expected output**
#
# ```
# the gradient agrees with the slopes: True
# ```
#
# Now paint. The image starts as the photograph. Adam changes it, as it changed weights in week 5: to
# Adam, an image is one more array of parameters. After each step the pixels are brought back into the
# range from 0 to 1.


# %%
def paint(content_image, style_image, steps, style_layers, alpha=10, beta=40):
    """Optimise an image; return the image after each step, and the costs before each."""
    content, style = (run_network(i, network)[0] for i in (content_image, style_image))
    image = {"W1": content_image}
    v, s = initialize_adam(image)
    history, costs = [content_image], []
    for t in range(1, steps + 1):
        now, gradient = costs_and_gradient(
            image["W1"], content, style, style_layers, alpha, beta, network
        )
        costs.append([float(J) for J in now])
        updated = update_parameters_with_adam(image, {"dW1": gradient}, v, s, t, LEARNING_RATE)
        image, v, s = updated[:3]
        image = {"W1": np.clip(image["W1"], 0, 1).astype(np.float32)}
        history.append(image["W1"])
    return history, np.array(costs)


# %%
LEARNING_RATE = 0.03


# %% [markdown]
# A step is tried first: if your functions loop over the positions, painting would take very long, and
# this cell says so instead.

# %% tags=["nbval-ignore-output"]
fast = False
if ready(*mine):
    one_step = np.inf
    for _ in range(3):
        began = time.process_time()
        paint(images["cat"], images["strokes"], 1, STYLE_LAYERS)
        one_step = min(one_step, time.process_time() - began)
    fast = one_step < 0.6
    print(f"One step takes {1000 * one_step:.0f} ms of computing.")
    if not fast:
        print("Your functions loop: see the advice of their checks.")

# %% tags=["nbval-ignore-output"]
if fast:
    history, costs = paint(images["cat"], images["strokes"], 80, STYLE_LAYERS)
    for t in (0, 10, 40, 79):
        print(f"after {t:2} steps: J = {costs[t, 0]:7.3f},", end=" ")
        print(f"J_content = {costs[t, 1]:.3f}, J_style = {costs[t, 2]:.4f}")
    k, cat = CONTENT_LAYER - 1, images["cat"]
    grey = np.broadcast_to(cat.mean(axis=(1, 2), keepdims=True), cat.shape)
    others = {"an even surface": grey, "the cup": images["cup"], "the strokes": images["strokes"]}
    print("J_content of", end=" ")
    for name, image in others.items():
        J = compute_content_cost(seen["cat"][k], run_network(image, network)[0][k])
        print(f"{name}: {J:.3f}", end="; ")

# %% tags=["nbval-ignore-output"]
if fast:
    figure, axes = plt.subplots(2, 3, figsize=(11, 6), layout="constrained")
    for ax, t in zip(axes.flat, (0, 3, 10, 20, 40, 80), strict=True):
        ax.imshow(history[t][0])
        ax.set_title(f"after {t} steps")
        ax.axis("off")
    plotting.show(
        figure,
        alt="The image after 0, 3, 10, 20, 40 and 80 steps. At first it is the photograph of the "
        "cat. Its colours and contours become stronger, a fine many-coloured grain grows over it, "
        "and then blue spreads, in the eyes and behind the head first. The face stays.",
    )

# %% tags=["nbval-ignore-output"]
if fast:
    figure, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
    ax.plot(costs[:, 0], "-", color="black", label="$J$")
    ax.plot(np.arange(1, len(costs)), 10 * costs[1:, 1], "--", label=r"$\alpha J_{content}$")
    ax.plot(40 * costs[:, 2], "-.", label=r"$\beta J_{style}$")
    ax.set(yscale="log", xlabel="steps", ylabel="cost (logarithmic)")
    ax.grid(alpha=0.3)
    ax.legend()
    plotting.show(
        figure,
        alt="Three curves against the steps, on a logarithmic axis. The weighted style cost falls "
        "to less than a hundredth. The weighted content cost rises within a few steps and then stays "
        "nearly level; in the end it is the larger of the two. Their sum falls.",
    )

# %% [markdown]
# The content cost begins at 0, for the image begins as the photograph. It rises at once: that is the
# price of style. The style cost falls to about a hundredth: to the network, the last image is nearly in
# the manner of the painting.
#
# Is a content cost of about 0.6 much or little? The last line gives a measure: what other images would have.
# For the network, an even surface of the cat's mean colour is nearer to the cat than the painted image is,
# and the painting itself is not much farther. You still see a cat, because its contours are where they were.
# So what the costs say and what you see are two things: **the cost knows only what the network sees.** With
# these weights, style has won. More weight for the content comes below.
#
# ### Low layers or high layers?
#
# The weights $\lambda^{[l]}$ decide which layers are asked about style.

# %% tags=["nbval-ignore-output"]
if fast:
    painted = {}
    for number in (1, 2, 4):
        layers = [(f"layer {k}", float(k == number)) for k in range(1, 5)]
        steps, _ = paint(images["cat"], images["strokes"], 36, layers, alpha=0.5)
        painted[f"layer {number}, windows of {receptive_field_of[number]} pixels"] = steps[-1]
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.4), layout="constrained")
    for ax, (name, image) in zip(axes, painted.items(), strict=True):
        ax.imshow(image[0])
        ax.set_title(f"style from {name}")
        ax.axis("off")
    plotting.show(
        figure,
        alt="The cat painted three times. With the style of layer 1, all of it has turned to the "
        "painting's blue. With layer 2, there are short bars of strong blue and white. With layer 4, "
        "a texture of lines has grown over it, and most colours are still the cat's.",
    )

# %% [markdown]
# Layer 1 cares for colours, and for which colours are neighbours. Layer 4 leaves the colours more or less
# alone, and changes the texture. That is why several layers are asked together.
#
# ### Content or style?
#
# Only the ratio of $\beta$ to $\alpha$ counts: if you double both, all gradients double, and Adam, which
# divides by their size, takes the same steps. So $\beta$ stays 40 here, and only $\alpha$ changes. Before you
# run it: which of the two costs will be the smallest in which picture?

# %% tags=["nbval-ignore-output"]
if fast:
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.4), layout="constrained")
    for ax, alpha in zip(axes, (1000, 100, 10), strict=True):
        steps, spent = paint(images["cup"], images["mosaic"], 60, STYLE_LAYERS, alpha)
        J_content, J_style = spent[-1, 1:]
        print(f"alpha = {alpha:4}: J_content = {J_content:.3f}, J_style = {J_style:.3f}")
        ax.imshow(steps[-1][0])
        ax.set_title(rf"$\alpha$ = {alpha}, $\beta$ = 40")
        ax.axis("off")
    plotting.show(
        figure,
        alt="The cup in the style of the mosaic, three times. With alpha 1000 it is nearly the "
        "photograph. With 100 it is darker, with hard contours. With 10, dark lines like joints and "
        "bright grain cover everything.",
    )

# %% [markdown]
# What one cost gains, the other loses. The formula of $J$ has no term that says *beautiful*: choosing
# $\alpha$, $\beta$ and the layers is where your taste comes in.
#
# **Question.** All paintings here begin as the photograph. Why is that a help, if only the costs count?
#
# <details><summary>Answer</summary>
#
# The cost has many valleys, and Adam ends in one near its start. From the photograph, that is one where
# the content is right already. From noise, the same costs lead to another image, and take longer.
#
# </details>

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **say what a layer sees**: $r \leftarrow r + (f - 1) j$, then $j \leftarrow j s$;
# 2. **measure content and style**: by activations, and by $G = A A^T$;
# 3. **say what a Gram matrix forgets**: places, and what it keeps: which channels answer together;
# 4. **derive both gradients**: $(a^{(G)} - a^{(C)}) / 2N$, and $(G^{(G)} - G^{(S)}) A^{(G)} / M$;
# 5. **carry gradients back to the image**, adding at each layer what enters there;
# 6. **optimise an image**, and steer it by $\alpha$, $\beta$ and the layers' weights.
#
# ## What to remember
#
# - The weights stay, the pixels are learnt. Nothing but the cost says what is wanted.
# - `reshape` moves no number. From $(1, n_H, n_W, n_C)$ to $(n_C, n_H n_W)$: reshape, *then transpose*.
# - Where several ways lead from a number to the cost, their gradients add up.
# - Low layers know colours and edges, higher layers larger pieces.
#
# **What comes next.** Images are behind you. Week 12 turns to words: each becomes a vector, and the
# angle between two vectors says how near two words are.
#
# ## Stretch exercises
#
# 1. **Total variation.** Neighbouring pixels of a painted image often differ wildly. Add the sum of
#    squared differences between neighbours, horizontally and vertically, to the cost, with its
#    gradient. How large must its weight be?
# 2. **Start from noise.** Let `paint` begin with random pixels. What changes? What if $\alpha = 0$?
# 3. **Content from another layer.** Set `CONTENT_LAYER` to 1 and to 4. What stays of the photograph?
# 4. **Filters that learnt nothing.** Replace the weights of `network` by random ones. Does style
#    transfer need a trained network?
# 5. **Two styles.** Add the style costs of both paintings, half and half.
# 6. **Your own picture.** `datasets.load_own_image` reads one. It gives a square of 64 by 64 pixels;
#    the style image must be cut to the same size. Why, by the formula of $J^{[l]}_{style}$?
#
# ## References
#
# - L. A. Gatys, A. S. Ecker, M. Bethge: *Image style transfer using convolutional neural networks*.
#   CVPR, 2016.
# - L. A. Gatys, A. S. Ecker, M. Bethge: *Texture synthesis using convolutional neural networks*.
#   NIPS, 2015.
# - M. D. Zeiler, R. Fergus: *Visualizing and understanding convolutional networks*. ECCV, 2014.
# - A. Mahendran, A. Vedaldi: *Understanding deep image representations by inverting them*. CVPR, 2015.
# - I. Ustyuzhaninov, W. Brendel, L. A. Gatys, M. Bethge: *What does it take to generate natural
#   textures?* ICLR, 2017.
# - Y. Li, N. Wang, J. Liu, X. Hou: *Demystifying neural style transfer*. IJCAI, 2017.
