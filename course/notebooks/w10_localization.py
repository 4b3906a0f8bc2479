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
# # From classifying to localising
#
# Your networks can say *what* is in an image. Now they learn to say *where*. This notebook takes the
# steps that led there. First there is one object at most, and the network puts out four more numbers:
# the box around it. Then a network is moved over a large image like a magnifying glass, first slowly,
# then in a single pass. At the end come the networks that look at promising regions only.
#
# Everything runs on scenes that are pasted together from photographs: a cat, coins, a cup of coffee and a
# model of the space shuttle, on brick, grass and gravel. We know exactly where each object lies,
# because we put it there.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. write the label of an image with one object: is it there, its box, its class;
# 2. derive the cost that belongs to it, and its gradient, for images with and without an object;
# 3. mirror an image together with its landmarks, and say why left and right must change places;
# 4. slide a window over an image, and count the windows and the work;
# 5. turn dense layers into convolutions, and run all windows in one pass;
# 6. pool a region of any size to a fixed size, forward and backward;
# 7. say what R-CNN, Fast R-CNN and Faster R-CNN compute, and why each is faster than the one before.
#
# ## Before you start
#
# You need softmax with its gradient (week 6) and convolutional layers (week 8). Backward propagation
# through a whole network should not frighten you; most of it is given.
#
# **Time:** about 180 minutes. There are 15 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up and some scenes

# %%
import time

import numpy as np
import matplotlib.pyplot as plt
from numpy.lib.stride_tricks import sliding_window_view

from helpers import datasets, plotting
from helpers.checking import checks_for, ready
from helpers.convolution import conv_backward, conv_forward
from helpers.optimization import initialize_adam, update_parameters_with_adam
from helpers.scenes import CLASS_NAMES, make_scenes
from helpers.softmax_regression import one_hot, predict, softmax_model

check = checks_for("w10_localization")
plt.rcParams["figure.dpi"] = 80

# %%
HEIGHT, WIDTH, N_CLASSES = 47, 63, len(CLASS_NAMES)
images, boxes, classes = make_scenes(
    6, seed=231, size=(HEIGHT, WIDTH), objects=(0, 1), scale=(0.35, 0.7)
)
print("images:", images.shape)
for number in range(6):
    what = [CLASS_NAMES[c] for c in classes[number]]
    print(number, what or "nothing", boxes[number].tolist())


# %% [markdown]
# A box is written as two corners, $(x_1, y_1, x_2, y_2)$, in pixels. $x$ grows to the right and $y$
# **downwards**; both are measured from the upper left corner of the image. The pixel in row $h$ and
# column $w$ covers the square from $(w, h)$ to $(w + 1, h + 1)$. So $x_2 - x_1$ is the width of the box
# and $y_2 - y_1$ its height, and the pixels in it are `image[y1:y2, x1:x2]`: rows first.


# %%
def draw_box(ax, box, style="-", label=None, width=1.5):
    """Draw a box: black on white, so that it is seen on every ground."""
    x1, y1, x2, y2 = box
    corners = [x1, x2, x2, x1, x1], [y1, y1, y2, y2, y1]
    ax.plot(*corners, "-", color="white", lw=2 * width)
    ax.plot(*corners, style, color="black", lw=width)
    if label:
        ax.text(
            x1 + 1, y1 + 1, label, va="top", size=8, bbox={"fc": "white", "ec": "none", "pad": 1}
        )


def show_scene(ax, image):
    """Show an image with pixel edges at whole numbers."""
    n_H, n_W = image.shape[:2]
    ax.imshow(np.clip(image, 0, 1), extent=(0, n_W, n_H, 0))
    ax.set(xticks=[], yticks=[], xlim=(0, n_W), ylim=(n_H, 0))


# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(2, 3, figsize=(10, 5.3), layout="constrained")
for ax, image, box, c in zip(axes.flat, images, boxes, classes, strict=True):
    show_scene(ax, image)
    for one, name in zip(box, c, strict=True):
        draw_box(ax, one, label=CLASS_NAMES[name])
plotting.show(
    figure,
    alt="Six small scenes on brick, grass or gravel. Those with an object show it inside a black box "
    "with its name: cat, coin, cup or shuttle. The others are empty.",
)

# %% [markdown]
# ## 2. One object: its label
#
# ### Exercise 1: `localization_label`
#
# **Difficulty** ●○○ · **10 minutes**
#
# What should a network put out for an image with one object? The label is a column:
#
# $$ y = (p_c,\; b_x,\; b_y,\; b_h,\; b_w,\; c_1, \ldots, c_n)^T. $$
#
# - $p_c$ is 1 if there is an object, and 0 if there is none.
# - $(b_x, b_y)$ is the **midpoint** of its box, $b_h$ and $b_w$ are its height and width. All four are
#   shares of the image: along $x$ of its width $n_W$, along $y$ of its height $n_H$. So a network for
#   small images and one for large images have targets of the same size.
# - $c_1$ to $c_n$ are the class, one-hot.
#
# Without an object there is no box and no class. What do we write then? Anything: the cost will not
# look at it. We write 0.
#
# **By hand:** an image of 50 rows and 80 columns, an object with the corners $(10, 20, 30, 30)$, the
# second of two classes. Its midpoint is $(20, 25)$, that is $(20/80,\; 25/50) = (0.25,\; 0.5)$. It is 10
# pixels high and 20 wide: $b_h = 10/50 = 0.2$ and $b_w = 20/80 = 0.25$.
#
# $$ y = (1,\; 0.25,\; 0.5,\; 0.2,\; 0.25,\; 0,\; 1)^T $$
#
# Mind the order: $x$ before $y$, but height before width.


# %%
def localization_label(box, c, n_classes, n_H, n_W):
    """Make the label of one image.

    Parameters
    ----------
    box : sequence of 4 floats, or None
        The corners (x1, y1, x2, y2) of the object in pixels; None where there is none.
    c : int
        The object's class, from 0 to ``n_classes - 1``; means nothing if box is None.
    n_classes : int
        How many classes there are.
    n_H, n_W : int
        Height and width of the image in pixels.

    Returns
    -------
    ndarray of float, shape (5 + n_classes, 1)
        ``[p_c, b_x, b_y, b_h, b_w, c_1, ..., c_n]``.
    """
    ### START CODE HERE ### (≈ 6 lines)
    y = np.zeros((5 + n_classes, 1))
    if box is not None:
        x1, y1, x2, y2 = box
        y[:5, 0] = 1, (x1 + x2) / 2 / n_W, (y1 + y2) / 2 / n_H, (y2 - y1) / n_H, (x2 - x1) / n_W
        y[5 + c, 0] = 1
    ### END CODE HERE ###
    return y


# %%
check(localization_label)

# %%
if ready(localization_label):
    print(localization_label((10, 20, 30, 30), 1, 2, n_H=50, n_W=80).T)
    print(localization_label(None, 0, 2, n_H=50, n_W=80).T)

# %% [markdown]
# **Expected output**
#
# ```
# [[1.   0.25 0.5  0.2  0.25 0.   1.  ]]
# [[0. 0. 0. 0. 0. 0. 0.]]
# ```
#
# <details><summary>Hint</summary>
#
# Begin with a column of zeros. If `box is not None`, take it apart with `x1, y1, x2, y2 = box`, and
# fill the rows one by one. Class `c` has row `5 + c`.
#
# </details>

# %% [markdown]
# ### Exercise 2: `box_corners`
#
# **Difficulty** ●○○ · **8 minutes**
#
# And back: a network puts out shares, and we want to draw boxes in pixels. This time for $m$ images at
# once, one a column. From the midpoint it is half a side to each corner:
#
# $$ x_{1,2} = n_W\, b_x \mp \tfrac{1}{2}\, n_W\, b_w, \qquad y_{1,2} = n_H\, b_y \mp \tfrac{1}{2}\, n_H\, b_h. $$
#
# **By hand:** $b_x = 0.25$ of 80 columns is 20, and $b_w = 0.25$ is 20 pixels, 10 to each side: $x_1 = 10$
# and $x_2 = 30$.
#
# **The NumPy you need:** `Y[1]` is row 1 of `Y`, one number for each image. `np.stack([a, b], axis=1)`
# makes two columns of two rows.


# %%
def box_corners(Y, n_H, n_W):
    """Give the corners, in pixels, of the boxes in labels or outputs.

    Parameters
    ----------
    Y : ndarray of float, shape (5 + n_classes, m)
        Labels or outputs, one image a column.
    n_H, n_W : int
        Height and width of the images in pixels.

    Returns
    -------
    ndarray of float, shape (m, 4)
        The corners (x1, y1, x2, y2), one image a row.
    """
    ### START CODE HERE ### (≈ 2 lines)
    x, y, h, w = Y[1] * n_W, Y[2] * n_H, Y[3] * n_H, Y[4] * n_W
    corners = np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], axis=1)
    ### END CODE HERE ###
    return corners


# %%
check(box_corners)

# %%
if ready(localization_label, box_corners):
    y = localization_label((10, 20, 30, 30), 1, 2, n_H=50, n_W=80)
    print("there and back:", box_corners(y, n_H=50, n_W=80))
    print("three images:  ", box_corners(np.tile(y, (1, 3)), n_H=50, n_W=80).shape)

# %% [markdown]
# **Expected output**
#
# ```
# there and back: [[10. 20. 30. 30.]]
# three images:   (3, 4)
# ```
#
# <details><summary>Hint</summary>
#
# First all four in pixels: `x, y, h, w = Y[1] * n_W, ...`. Then stack `x - w / 2` and so on.
#
# </details>

# %% [markdown]
# ## 3. The cost, and the way back
#
# ### Exercise 3: `localization_activations`
#
# **Difficulty** ●○○ · **7 minutes**
#
# The output layer computes $5 + n$ sums $z$ for each image. They become predictions in three ways:
#
# $$ a_0 = \sigma(z_0), \qquad a_k = z_k \;\; (k = 1, \ldots, 4), \qquad a_{5+j} = \frac{e^{z_{5+j}}}{\sum_{i=1}^{n} e^{z_{4+i}}} \;\; (j = 0, \ldots, n-1). $$
#
# $p_c$ is a probability of its own: sigmoid. The box is four plain numbers: no activation. The classes
# exclude each other: softmax, over the classes only.
#
# **By hand:** $z = (0,\; 0.3,\; 0.4,\; 0.5,\; 0.6,\; 2,\; 2)^T$ gives
# $a = (0.5,\; 0.3,\; 0.4,\; 0.5,\; 0.6,\; 0.5,\; 0.5)^T$.


# %%
def localization_activations(Z):
    """Turn the last layer's sums into predictions.

    Parameters
    ----------
    Z : ndarray of float, shape (5 + n_classes, m)
        The sums of the output layer, one image a column.

    Returns
    -------
    ndarray of float, shape (5 + n_classes, m)
        p_c by a sigmoid, the box as it is, the classes by softmax.
    """
    ### START CODE HERE ### (≈ 4 lines)
    A = np.array(Z)
    A[0] = 1 / (1 + np.exp(-Z[0]))
    scores = np.exp(Z[5:] - np.max(Z[5:], axis=0))
    A[5:] = scores / np.sum(scores, axis=0)
    ### END CODE HERE ###
    return A


# %%
check(localization_activations)

# %%
if ready(localization_activations):
    Z = np.array([[0.0, 0.3, 0.4, 0.5, 0.6, 2.0, 2.0], [-3.0, 0.3, 0.4, 0.5, 0.6, 0.0, 2.0]]).T
    print(localization_activations(Z).round(3).T)

# %% [markdown]
# **Expected output**
#
# ```
# [[0.5   0.3   0.4   0.5   0.6   0.5   0.5  ]
#  [0.047 0.3   0.4   0.5   0.6   0.119 0.881]]
# ```
#
# <details><summary>Hint</summary>
#
# Begin with a copy of `Z`. Then replace row 0, and the rows from 5 on. `np.sum(..., axis=0)` adds up
# each column for itself.
#
# </details>

# %% [markdown]
# ### Exercise 4: `localization_cost`
#
# **Difficulty** ●●○ · **15 minutes**
#
# How wrong is a prediction $a$ for an image with label $y$? That depends on whether there is an object.
#
# **With an object** ($y_0 = 1$) all of it matters. $p_c$ should be 1, the box should be right, and the
# class as well:
#
# $$ L(a, y) = -\log a_0 \;+\; \lambda_{box} \sum_{k=1}^{4} (a_k - y_k)^2 \;-\; \sum_{k \ge 5} y_k \log a_k. $$
#
# **Without an object** ($y_0 = 0$) only $p_c$ matters. Whatever box and class the network puts out then,
# nobody looks at them, and they cost nothing. That also holds for a label which has something left in
# these rows: do not rely on the zeros that *we* have written.
#
# $$ L(a, y) = -\log (1 - a_0). $$
#
# The first terms of both are the logistic loss that you know from week 1. So one line says it all, and the
# cost is the average over the $m$ images, with and without an object:
#
# $$ J = \frac{1}{m} \sum_{i=1}^{m} \Big[ -y_0 \log a_0 - (1 - y_0) \log (1 - a_0) + y_0 \Big( \lambda_{box} \sum_{k=1}^{4} (a_k - y_k)^2 - \sum_{k \ge 5} y_k \log a_k \Big) \Big]^{(i)} $$
#
# $\lambda_{box}$, `box_weight` in the code, is there because the parts are not of one size. A box that is off
# by a tenth of the image, which is a lot, has a square of 0.01. A class that is guessed costs more than
# 1. Without a weight the network would hardly care about the box.
#
# **By hand:** $a = (0.5,\; 0.3,\; 0.4,\; 0.5,\; 0.6,\; 0.5,\; 0.5)^T$. With the label
# $(1,\; 0.3,\; 0.4,\; 0.5,\; 0.8,\; 1,\; 0)^T$ and $\lambda_{box} = 1$ the loss is
# $-\log 0.5 + 0.2^2 - \log 0.5 = 0.693 + 0.04 + 0.693 = 1.426$. Without an object it is
# $-\log 0.5 = 0.693$.


# %%
def localization_cost(A, Y, box_weight=1.0):
    """Compare predictions with labels; where there is no object, by p_c alone.

    Parameters
    ----------
    A : ndarray of float, shape (5 + n_classes, m)
        The predictions, one image a column.
    Y : ndarray of float, shape (5 + n_classes, m)
        The labels. Where there is no object, only row 0 means something.
    box_weight : float, optional
        How much the squares of the box count.

    Returns
    -------
    float
        The average of the losses over the m images.
    """
    ### START CODE HERE ### (≈ 5 lines)
    there = Y[0]
    logistic = -there * np.log(A[0]) - (1 - there) * np.log(1 - A[0])
    squares = np.sum((A[1:5] - Y[1:5]) ** 2, axis=0)
    entropy = -np.sum(Y[5:] * np.log(A[5:]), axis=0)
    cost = np.mean(logistic + there * (box_weight * squares + entropy))
    ### END CODE HERE ###
    return cost


# %%
check(localization_cost)

# %%
if ready(localization_cost):
    A = np.array([[0.5, 0.3, 0.4, 0.5, 0.6, 0.5, 0.5]]).T
    Y_there = np.array([[1.0, 0.3, 0.4, 0.5, 0.8, 1.0, 0.0]]).T
    Y_empty = np.zeros((7, 1))
    print(f"with an object:      {localization_cost(A, Y_there):.3f}")
    print(f"without:             {localization_cost(A, Y_empty):.3f}")
    both = localization_cost(np.hstack([A, A]), np.hstack([Y_there, Y_empty]))
    print(f"both, on average:    {both:.3f}")
    print(f"the box ten times:   {localization_cost(A, Y_there, box_weight=10):.3f}")

# %% [markdown]
# **Expected output**
#
# ```
# with an object:      1.426
# without:             0.693
# both, on average:    1.060
# the box ten times:   1.786
# ```
#
# <details><summary>Hint</summary>
#
# Compute three rows of $m$ numbers: the logistic loss of row 0, the sum of the four squares, the
# cross-entropy. The last two are multiplied by `Y[0]`, which is 0 where there is no object.
#
# </details>

# %% [markdown]
# ### Exercise 5: `localization_backward`
#
# **Difficulty** ●●○ · **15 minutes**
#
# For gradient descent we need $\partial J / \partial z$, for every sum $z$ of the output layer. Take one image,
# and the three kinds of rows one after the other.
#
# **Row 0.** Sigmoid and logistic loss together give the gradient of week 1, whether or not there is an
# object:
#
# $$ \frac{\partial L}{\partial z_0} = \left(-\frac{y_0}{a_0} + \frac{1 - y_0}{1 - a_0}\right) a_0 (1 - a_0) = -y_0 (1 - a_0) + (1 - y_0)\, a_0 = a_0 - y_0. $$
#
# **Rows 1 to 4.** The box has no activation, $a_k = z_k$. Its squares count with an object only:
#
# $$ \frac{\partial L}{\partial z_k} = y_0 \cdot 2 \lambda_{box} (a_k - y_k). $$
#
# **Rows 5 and on.** Softmax and cross-entropy together give the gradient of week 6, with an object only:
#
# $$ \frac{\partial L}{\partial z_k} = y_0\, (a_k - y_k). $$
#
# The cost is the average of the $m$ losses, so everything is divided by $m$.
#
# **By hand:** $m = 1$, $\lambda_{box} = 1$, $a = (0.75,\; 0.5,\; 0.5,\; 0.5,\; 0.5,\; 0.25,\; 0.75)^T$. Without an
# object the gradient is $(0.75,\; 0,\; 0,\; 0,\; 0,\; 0,\; 0)^T$. For the label
# $(1,\; 0.5,\; 0.25,\; 0.5,\; 0.5,\; 1,\; 0)^T$ it is $(-0.25,\; 0,\; 0.5,\; 0,\; 0,\; -0.75,\; 0.75)^T$.


# %%
def localization_backward(A, Y, box_weight=1.0):
    """Give the gradient of the cost with respect to the output layer's sums.

    Parameters
    ----------
    A : ndarray of float, shape (5 + n_classes, m)
        The predictions, as `localization_activations` gives them.
    Y : ndarray of float, shape (5 + n_classes, m)
        The labels. Where there is no object, only row 0 means something.
    box_weight : float, optional
        How much the squares of the box count.

    Returns
    -------
    ndarray of float, shape (5 + n_classes, m)
        dZ, with the factor 1/m of the average in it.
    """
    ### START CODE HERE ### (≈ 3 lines)
    dZ = (A - Y) / Y.shape[1]
    dZ[1:5] = 2 * box_weight * dZ[1:5]
    dZ[1:] = Y[0] * dZ[1:]
    ### END CODE HERE ###
    return dZ


# %%
check(localization_backward)

# %%
if ready(localization_backward):
    A = np.array([[0.75, 0.5, 0.5, 0.5, 0.5, 0.25, 0.75]]).T
    Y = np.array([[1.0, 0.5, 0.25, 0.5, 0.5, 1.0, 0.0]]).T
    print("without:       ", localization_backward(A, np.zeros((7, 1))).ravel())
    print("with an object:", localization_backward(A, Y).ravel())

# %% [markdown]
# **Expected output**
#
# ```
# without:        [0.75 0.   0.   0.   0.   0.   0.  ]
# with an object: [-0.25  0.    0.5   0.    0.   -0.75  0.75]
# ```
#
# <details><summary>Hint</summary>
#
# Start with `A - Y`, divided by $m$. Then multiply rows 1 to 4, in Python `1:5`, by their factor. Last,
# multiply all rows but the first by `Y[0]`: broadcasting does it column by column.
#
# </details>
#
# Trust, but verify: a derivation is worth a numerical check (week 4). The next cell moves each sum a
# little up and down, for three images of which one is empty, and looks at how the cost moves.

# %%
if ready(localization_activations, localization_cost, localization_backward):
    rng = np.random.default_rng(0)
    Z, Y = rng.normal(size=(8, 3)), rng.uniform(size=(8, 3))
    Y[0], Y[5:] = [1, 0, 1], one_hot(np.array([[2, 0, 1]]), 3)
    dZ, slopes = localization_backward(localization_activations(Z), Y, 5.0), np.zeros(Z.shape)
    for place in np.ndindex(Z.shape):
        step = np.zeros(Z.shape)
        step[place] = 1e-6
        up, down = (
            localization_cost(localization_activations(Z + s), Y, 5.0) for s in (step, -step)
        )
        slopes[place] = (up - down) / 2e-6
    print("agrees with the numerical slopes:", np.allclose(dZ, slopes, atol=1e-7))
    print("gradient of the empty image:     ", (np.abs(dZ[:, 1]) > 0).astype(int))

# %% [markdown]
# **Expected output**
#
# ```
# agrees with the numerical slopes: True
# gradient of the empty image:      [1 0 0 0 0 0 0 0]
# ```
#
# **Question.** The label of an empty image holds zeros for the box. What would the network learn if the
# squares counted there, too?
#
# <details><summary>Answer</summary>
#
# To put out a box of no size in the upper left corner whenever it doubts that there is an object. With
# an object that it is not sure of, its box would be a compromise between the true box and $(0, 0, 0, 0)$:
# pulled to the corner, and too small.
#
# </details>

# %% [markdown]
# ## 4. A network that points
#
# Time to train. The network is small: three convolutions with stride 2 and **no padding**, then two
# dense layers. You will see soon what the missing padding is good for.
#
# | layer | output for one image | parameters |
# |---|---|---|
# | the image | 47 × 63 × 3 | – |
# | convolution, 12 filters of 3 by 3, stride 2, ReLU | 23 × 31 × 12 | 336 |
# | convolution, 24 filters of 3 by 3, stride 2, ReLU | 11 × 15 × 24 | 2,616 |
# | convolution, 32 filters of 3 by 3, stride 2, ReLU | 5 × 7 × 32 | 6,944 |
# | dense, 48 units, ReLU | 48 | 53,808 |
# | dense, 9 units | $p_c$, box, 4 classes | 441 |
#
# It is built from the convolutional layers of week 8, with Adam from week 5. Half of the batches are mirrored, to make
# more of the images. In a label, mirroring turns $b_x$ into $1 - b_x$, where there is an object.


# %%
def make_set(m, seed, split):
    """Make scenes with one object or none, and their labels, one a column."""
    X, boxes, classes = make_scenes(
        m, seed, size=(HEIGHT, WIDTH), objects=(0, 1), scale=(0.35, 0.7), split=split
    )
    columns = [
        localization_label(box[0], c[0], N_CLASSES, HEIGHT, WIDTH)
        if len(box)
        else localization_label(None, 0, N_CLASSES, HEIGHT, WIDTH)
        for box, c in zip(boxes, classes, strict=True)
    ]
    return X, np.hstack(columns)


def start_network(seed):
    """Draw the parameters: He initialisation, in single precision."""
    rng, p, n_C_prev = np.random.default_rng(seed), {}, 3
    for number, n_C in ((1, 12), (2, 24), (3, 32)):
        p[f"W{number}"] = rng.normal(size=(3, 3, n_C_prev, n_C)) * np.sqrt(2 / (9 * n_C_prev))
        p[f"b{number}"] = np.zeros((1, 1, 1, n_C))
        n_C_prev = n_C
    p["W4"], p["b4"] = rng.normal(size=(48, 5 * 7 * 32)) * np.sqrt(2 / 1120), np.zeros((48, 1))
    p["W5"], p["b5"] = rng.normal(size=(9, 48)) * np.sqrt(1 / 48), np.zeros((9, 1))
    p["b5"][1:5] = 0.5  # the first guess: a box in the middle
    return {name: w.astype(np.float32) for name, w in p.items()}


def features(X, p):
    """Run the three convolutions; return their output, and what the way back needs."""
    A, caches = X - np.float32(0.4), []
    for number in (1, 2, 3):
        Z, cache = conv_forward(A, p[f"W{number}"], p[f"b{number}"], {"stride": 2, "pad": 0})
        A = np.maximum(Z, 0)
        caches.append((cache, A))
    return A, caches


def forward(X, p):
    """Run the whole network: the sums of the output layer, one image a column."""
    A, caches = features(X, p)
    flat = A.reshape(len(X), -1).T
    hidden = np.maximum(p["W4"] @ flat + p["b4"], 0)
    return p["W5"] @ hidden + p["b5"], (caches, flat, hidden)


def backward(dZ, cache, p):
    """Carry dZ back through the network."""
    caches, flat, hidden = cache
    dhidden = (p["W5"].T @ dZ) * (hidden > 0)
    grads = {"dW5": dZ @ hidden.T, "db5": np.sum(dZ, axis=1, keepdims=True)}
    grads |= {"dW4": dhidden @ flat.T, "db4": np.sum(dhidden, axis=1, keepdims=True)}
    dA = (p["W4"].T @ dhidden).T.reshape(caches[2][1].shape)
    for number in (3, 2, 1):
        cache, A = caches[number - 1]
        dA, grads[f"dW{number}"], grads[f"db{number}"] = conv_backward(dA * (A > 0), cache)
    return grads


# %%
BOX_WEIGHT = 20.0


def mirrored(X, Y):
    """Mirror images, and their labels with them."""
    turned = Y.copy()
    turned[1] = Y[0] - Y[1]
    return X[:, :, ::-1], turned


def train(X, Y, seed, epochs=6, learning_rate=0.004, batch=32):
    """Train with Adam; the learning rate falls to 0 along a straight line."""
    rng, p, costs, t = np.random.default_rng(seed), start_network(seed), [], 0
    averages = initialize_adam(p)
    v, s = ({name: w.astype(np.float32) for name, w in part.items()} for part in averages)
    steps = epochs * -(-len(X) // batch)
    for _ in range(epochs):
        order, losses = rng.permutation(len(X)), []
        for few in (order[i : i + batch] for i in range(0, len(X), batch)):
            X_few, Y_few = X[few], Y[:, few]
            if rng.random() < 0.5:
                X_few, Y_few = mirrored(X_few, Y_few)
            Z, cache = forward(X_few, p)
            # Within ±30 no probability is rounded to 0 or 1, so each logarithm is finite.
            A = localization_activations(np.clip(Z.astype(float), -30, 30))
            losses.append(localization_cost(A, Y_few, BOX_WEIGHT))
            dZ = localization_backward(A, Y_few, BOX_WEIGHT).astype(np.float32)
            rate, t = learning_rate * (1 - t / steps), t + 1
            p, v, s = update_parameters_with_adam(p, backward(dZ, cache, p), v, s, t, rate)[:3]
        costs.append(float(np.mean(losses)))
        print(f"{costs[-1]:.2f}", end=" ", flush=True)  # so that you see that it goes on
    print("cost of each epoch")
    return p, costs


# %% tags=["nbval-ignore-output"]
if ready(localization_label):
    X_train, Y_train = make_set(3200, seed=1, split="train")
    X_test, Y_test = make_set(400, seed=2, split="test")
    print("training:", X_train.shape, Y_train.shape, " test:", X_test.shape, Y_test.shape)
    print(f"{100 * np.mean(Y_train[0]):.0f} % of the training scenes have an object")

# %% [markdown]
# Now train. It takes about ten seconds on an idle processor. The cost of each epoch appears as
# it goes.

# %% tags=["nbval-ignore-output"]
p_network = None
if ready(localization_label, localization_activations, localization_cost, localization_backward):
    start = time.perf_counter()
    p_network, costs = train(X_train, Y_train, seed=1)
    print(f"trained in {time.perf_counter() - start:.0f} s")


# %% [markdown]
# The test scenes show other coins than the training scenes, and other parts of the textures. But there is
# one photograph of the cat, one of the cup and one of the shuttle, and both sets use it.
#
# ### How good is it?
#
# A number means little without something to compare it with. The simplest thing that one could do is
# to put out the **mean box** of the training set for every image, and the most frequent class. A network that
# does not beat that has learnt nothing about places.


# %%
def edge_errors(boxes, truth):
    """By how many pixels a box is off, as the mean over its four edges."""
    return np.mean(np.abs(boxes - truth), axis=1)


def evaluate(p, X_test, Y_test, Y_train):
    """Compare the network with the mean box and the most frequent class."""
    A = localization_activations(forward(X_test, p)[0].astype(float))
    there, known = Y_test[0] == 1, Y_train[:, Y_train[0] == 1]
    truth = box_corners(Y_test, HEIGHT, WIDTH)[there]
    mean_box = box_corners(np.mean(known, axis=1, keepdims=True), HEIGHT, WIDTH)
    kinds = np.argmax(Y_test[5:, there], axis=0)
    return {
        "object or not, % right": (
            100 * np.mean((A[0] > 0.5) == there),
            100 * np.mean(there == (np.mean(Y_train[0]) > 0.5)),
        ),
        "class, % right": (
            100 * np.mean(np.argmax(A[5:, there], axis=0) == kinds),
            100 * np.mean(kinds == np.argmax(np.sum(known[5:], axis=1))),
        ),
        "edges off by, pixels": (
            np.mean(edge_errors(box_corners(A, HEIGHT, WIDTH)[there], truth)),
            np.mean(edge_errors(mean_box, truth)),
        ),
    }


# %% tags=["nbval-ignore-output"]
if p_network is not None and ready(box_corners):
    print(f"{'':24}{'network':>9}{'naive':>9}{'margin':>9}")
    for name, (ours, naive) in evaluate(p_network, X_test, Y_test, Y_train).items():
        print(f"{name:24}{ours:9.1f}{naive:9.1f}{abs(ours - naive):9.1f}")

# %% tags=["nbval-ignore-output"]
if p_network is not None and ready(box_corners):
    A = localization_activations(forward(X_test, p_network)[0].astype(float))
    predicted, truth = (box_corners(values, HEIGHT, WIDTH) for values in (A, Y_test))
    kinds = np.where(Y_test[0] == 1, np.argmax(Y_test[5:], axis=0), -1)
    two_of_each = [k for c in range(N_CLASSES) for k in np.flatnonzero(kinds == c)[:2]]
    figure, axes = plt.subplots(2, 4, figsize=(11, 4.7), layout="constrained")
    for ax, k in zip(axes.flat, two_of_each, strict=True):
        show_scene(ax, X_test[k])
        draw_box(ax, truth[k], "-")
        if A[0, k] > 0.5:
            draw_box(ax, predicted[k], ":", label=CLASS_NAMES[np.argmax(A[5:, k])])
        ax.set_title(f"a {CLASS_NAMES[kinds[k]]}; $p_c$ = {A[0, k]:.2f}", size=9)
    plotting.show(
        figure,
        alt="Eight test scenes, two of each class, with the class in the title. The true box has a "
        "solid line. Where p_c is above 0.5, the network's box has a dotted line and the name of a "
        "class. Most dotted boxes lie close to the solid ones.",
    )

# %% [markdown]
# Solid lines and titles are the truth, dotted lines and their names are what the network says. Where its
# $p_c$ is below 0.5, it sees nothing, and draws no box. Its boxes are off by a few pixels, the mean box by
# about 9. It is not perfect: it was trained for seconds, on a few thousand scenes. On our computer six trainings, this one and five with other seeds and other scenes, had
# margins of 37 to 49 points for $p_c$, 58 to 69 points for the class, and 5.1 to 6.1 pixels for the edges.
#
# **Question.** Why is $p_c$ needed at all? The network could have a class "nothing" in the softmax.
#
# <details><summary>Answer</summary>
#
# It could, and some detectors do just that. $p_c$ by itself is handy: the cost needs to know whether box
# and class count, and later you will rank boxes by $p_c$, whatever their class.
#
# </details>

# %% [markdown]
# ## 5. Landmarks
#
# A network can put out the place of anything, not only of boxes: the corners of the eyes, the tip of
# the nose, the joints of a body. For $L$ **landmarks** the label has $2L$ numbers, $(l_{1x}, l_{1y}, \ldots, l_{Lx}, l_{Ly})$.
# They cost what the box costs: squares, and only where there is an object. The one thing to keep in mind:
# landmark 1 must mean the same in every image. If it is the cat's left eye here, it is the cat's left
# eye everywhere.
#
# ### Exercise 6: `mirror_landmarks`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Mirrored images are free training data (weeks 4 and 9). With landmarks, three things happen:
#
# 1. the image is mirrored: column $w$ becomes column $n_W - 1 - w$;
# 2. each landmark moves: a point at distance $x$ from the left edge is then at distance $x$ from the
#    right edge, so $x$ becomes $n_W - x$, and $y$ stays. There is no $-1$ here: columns are *counted*
#    from 0 to $n_W - 1$, but $x$ is *measured*, from 0 to $n_W$;
# 3. **left and right change places.** The left eye of the mirrored cat is where its right eye was. So the two
#    landmarks of each pair are exchanged in the list. If you forget this, the network is told
#    half of the time that a left eye is a right one.
#
# **By hand:** an image 10 pixels wide, with a left eye at $(1, 2)$, a right eye at $(7, 3)$ and a nose at
# $(4, 5)$. The places move to $(9, 2)$, $(3, 3)$ and $(6, 5)$. The eyes change places, the nose has no
# partner: the new list is $(3, 3)$, $(9, 2)$, $(6, 5)$.
#
# **The NumPy you need:** `a[:, ::-1]` runs through axis 1 backwards. `a[[0, 1]] = a[[1, 0]]` exchanges two
# rows in one go.


# %%
def mirror_landmarks(images, landmarks, pairs):
    """Exchange left and right in images, and in the landmarks that belong to them.

    Parameters
    ----------
    images : ndarray, shape (m, n_H, n_W, n_C)
        The images.
    landmarks : ndarray of float, shape (m, n_landmarks, 2)
        For each image its landmarks (x, y), in pixels.
    pairs : list of pairs of int
        Landmarks that change places, such as the left and the right eye.

    Returns
    -------
    mirrored_images : ndarray, shape (m, n_H, n_W, n_C)
        The mirrored images.
    mirrored : ndarray of float, shape (m, n_landmarks, 2)
        Their landmarks, in the same order: the left eye where the left eye is now.
    """
    ### START CODE HERE ### (≈ 5 lines)
    mirrored_images = images[:, :, ::-1]
    mirrored = np.array(landmarks)
    mirrored[..., 0] = images.shape[2] - landmarks[..., 0]
    for left, right in pairs:
        mirrored[:, [left, right]] = mirrored[:, [right, left]]
    ### END CODE HERE ###
    return mirrored_images, mirrored


# %%
check(mirror_landmarks)

# %%
if ready(mirror_landmarks):
    points = np.array([[[1.0, 2.0], [7.0, 3.0], [4.0, 5.0]]])
    print(mirror_landmarks(np.zeros((1, 6, 10, 3)), points, [(0, 1)])[1].tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[[3.0, 3.0], [9.0, 2.0], [6.0, 5.0]]]
# ```
#
# <details><summary>Hint</summary>
#
# The landmarks first: copy them, replace all x, then loop over the pairs. Take care that the first
# assignment of an exchange does not destroy what the second one needs.
#
# </details>

# %% tags=["nbval-ignore-output"]
if ready(mirror_landmarks):
    cat = datasets.load_scene_parts("train").cutouts[:1] / 255
    cat = cat[..., 3:] * cat[..., :3] + 1 - cat[..., 3:]
    points = np.array([[[49.4, 30.9], [25.1, 27.4], [39.5, 49.6]]])
    names = ["0 left eye", "1 right eye", "2 nose"]
    figure, axes = plt.subplots(1, 2, figsize=(8.5, 4.2), layout="constrained")
    pictures = [(cat, points), mirror_landmarks(cat, points, [(0, 1)])]
    for ax, (picture, marks), title in zip(axes, pictures, ["as it is", "mirrored"], strict=True):
        show_scene(ax, picture[0])
        ax.set_title(title)
        for (x, y), name in zip(marks[0], names, strict=True):
            ax.plot(x, y, "o", ms=9, mfc="white", mec="black")
            ax.text(x, y + 3, name, ha="center", va="top", bbox={"fc": "white", "ec": "black"})
    plotting.show(
        figure,
        alt="A cat's face and its mirror image, with three marked points: 0 left eye, 1 right eye, 2 "
        "nose. The cat looks at us: its left eye is on the right in the picture, and on the left in "
        "the mirror image.",
    )

# %% [markdown]
# The cat looks at us, so its left eye is on *our* right. In the mirror it is on our left, and the landmark
# with number 0 is there.

# %% [markdown]
# ## 6. Sliding windows
#
# Many objects in one large image? The oldest idea: take a classifier for small images, and slide its
# **window** over the large one. In each place it says whether there is something in the window.
#
# ### Exercise 7: `window_boxes`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Which windows are there? A window of $f_H$ by $f_W$ pixels starts in the upper left corner. It moves by
# `stride` pixels to the right, as long as it fits; then it starts again at the left, `stride` pixels further down. Windows
# that would stick out are left out, even if a strip at the edge is then never seen. Along an axis
# with $n$ pixels there are
#
# $$ \left\lfloor \frac{n - f}{s} \right\rfloor + 1 $$
#
# windows: the formula of week 8, and no accident.
#
# **By hand:** an image of 4 by 5, windows of 3 by 2, stride 2. Downwards $\lfloor 1/2 \rfloor + 1 = 1$ window fits,
# to the right $\lfloor 3/2 \rfloor + 1 = 2$. Their corners are $(0, 0, 2, 3)$ and $(2, 0, 4, 3)$. The last row and
# the last column of the image lie in no window.
#
# **The Python you need:** `range(start, stop, step)` leaves `stop` out.


# %%
def window_boxes(n_H, n_W, f_H, f_W, stride):
    """List all windows that fit into an image, row by row.

    Parameters
    ----------
    n_H, n_W : int
        Height and width of the image.
    f_H, f_W : int
        Height and width of a window, at most those of the image.
    stride : int
        How far the window moves, to the right and down.

    Returns
    -------
    ndarray of int, shape (k, 4)
        The corners (x1, y1, x2, y2) of each window.
    """
    ### START CODE HERE ### (≈ 5 lines)
    boxes = np.array(
        [
            (left, top, left + f_W, top + f_H)
            for top in range(0, n_H - f_H + 1, stride)
            for left in range(0, n_W - f_W + 1, stride)
        ]
    )
    ### END CODE HERE ###
    return boxes


# %%
check(window_boxes)

# %%
if ready(window_boxes):
    print(window_boxes(4, 5, 3, 2, stride=2).tolist())
    for stride in (16, 8, 4, 1):
        print("stride", stride, "gives", len(window_boxes(111, 191, 47, 63, stride)), "windows")

# %% [markdown]
# **Expected output**
#
# ```
# [[0, 0, 2, 3], [2, 0, 4, 3]]
# stride 16 gives 45 windows
# stride 8 gives 153 windows
# stride 4 gives 561 windows
# stride 1 gives 8385 windows
# ```
#
# <details><summary>Hint</summary>
#
# Two loops: `top` runs through `range(0, n_H - f_H + 1, stride)`, `left` likewise. Collect the four corners in
# a list, and make an array of it at the end.
#
# </details>
#
# A small stride finds objects more exactly, and costs dearly. And objects come in many sizes: one would
# have to do this again with larger and smaller windows.

# %% [markdown]
# ### Exercise 8: `cut_windows`
#
# **Difficulty** ●○○ · **4 minutes**
#
# Cut the windows out, and stack them, so that a network takes them for a batch of images.
#
# **By hand:** of the image $\begin{pmatrix} 0 & 1 & 2 & 3 \\ 4 & 5 & 6 & 7 \end{pmatrix}$ the box $(1, 0, 4, 2)$ is
# $\begin{pmatrix} 1 & 2 & 3 \\ 5 & 6 & 7 \end{pmatrix}$.


# %%
def cut_windows(image, boxes):
    """Cut windows of one size out of an image.

    Parameters
    ----------
    image : ndarray, shape (n_H, n_W, n_C)
        The image.
    boxes : ndarray of int, shape (k, 4)
        The corners (x1, y1, x2, y2) of each window.

    Returns
    -------
    ndarray, shape (k, f_H, f_W, n_C)
        The windows, as a batch of images.
    """
    ### START CODE HERE ### (≈ 1 line)
    windows = np.stack([image[y1:y2, x1:x2] for x1, y1, x2, y2 in boxes])
    ### END CODE HERE ###
    return windows


# %%
check(cut_windows)

# %%
if ready(cut_windows):
    print(cut_windows(np.arange(8).reshape(2, 4, 1), np.array([[1, 0, 4, 2]]))[0, :, :, 0])

# %% [markdown]
# **Expected output**
#
# ```
# [[1 2 3]
#  [5 6 7]]
# ```
#
# <details><summary>Hint</summary>
#
# `for x1, y1, x2, y2 in boxes` takes each row apart. Rows of an image are cut by y, columns by x.
#
# </details>

# %% [markdown]
# ## 7. All windows in one pass
#
# Neighbouring windows share most of their pixels. The network computes the same edges again and
# again, once for each window that they lie in. Convolutions need not: run over the *large* image, they compute
# each feature once, and the map for a window is simply a part of the large map. That holds as long as nothing
# in the network knows where the window ends. Padding would: it puts zeros around the window, and not
# around the same pixels in the large image. Hence no padding.
#
# What about the dense layers? They expect a map of 5 by 7 by 32 numbers, no more and no less.
#
# ### Exercise 9: `dense_to_convolution`
#
# **Difficulty** ●●○ · **12 minutes**
#
# A unit of a dense layer multiplies *all* numbers of the map with its weights, and adds up. A filter that
# is *as large as the map* does exactly that, in the one place where it fits:
#
# $$ z_k = \sum_{h, w, c} W^{[dense]}_{k,\;(h\, n_W + w)\, n_C + c}\; A_{h, w, c} + b_k = \sum_{h, w, c} W^{[conv]}_{h, w, c, k}\; A_{h, w, c} + b_k. $$
#
# The left side counts the numbers as `reshape` does: row by row, in a row column by column, and in a
# place channel by channel. So both layers have the very same numbers, and only their arrangement
# differs:
#
# $$ W^{[conv]}_{h, w, c, k} = W^{[dense]}_{k,\;(h\, n_W + w)\, n_C + c}. $$
#
# **By hand:** a map of 1 by 2 with 2 channels, and one unit with the weights $(1\;\;2\;\;3\;\;4)$. The first place has
# the weights 1 and 2, one for each channel, and the second place 3 and 4.
#
# **The NumPy you need:** `reshape` keeps the order of the numbers, and never moves an axis. So the axis
# that is to be last must *be* last before you reshape. `W.T` exchanges the two axes of a matrix, and
# `-1` lets `reshape` compute a size.


# %%
def dense_to_convolution(W, b, n_H, n_W):
    """Write a dense layer as a convolution whose filters are as large as its input.

    Parameters
    ----------
    W : ndarray of float, shape (n, n_H * n_W * n_C)
        The weights of a dense layer on feature maps that were flattened in the order of
        ``reshape``: row, column, channel.
    b : ndarray of float, shape (n, 1)
        Its biases.
    n_H, n_W : int
        Height and width of the feature maps.

    Returns
    -------
    filters : ndarray of float, shape (n_H, n_W, n_C, n)
        One filter for each unit.
    biases : ndarray of float, shape (1, 1, 1, n)
        Their biases.
    """
    ### START CODE HERE ### (≈ 2 lines)
    filters = W.T.reshape(n_H, n_W, -1, len(W))
    biases = b.reshape(1, 1, 1, -1)
    ### END CODE HERE ###
    return filters, biases


# %%
check(dense_to_convolution)

# %%
if ready(dense_to_convolution):
    filters, biases = dense_to_convolution(np.array([[1.0, 2.0, 3.0, 4.0]]), np.zeros((1, 1)), 1, 2)
    print(filters[0, :, :, 0], filters.shape, biases.shape)
    rng = np.random.default_rng(1)
    W, b, maps = rng.normal(size=(4, 30)), rng.normal(size=(4, 1)), rng.normal(size=(6, 2, 3, 5))
    dense = W @ maps.reshape(6, -1).T + b
    filters, biases = dense_to_convolution(W, b, 2, 3)
    convolved = np.einsum("mhwc,hwck->km", maps, filters) + biases.reshape(-1, 1)
    print("the same numbers:", np.allclose(dense, convolved))

# %% [markdown]
# **Expected output**
#
# ```
# [[1. 2.]
#  [3. 4.]] (1, 2, 2, 1) (1, 1, 1, 1)
# the same numbers: True
# ```
#
# <details><summary>Hint</summary>
#
# A unit's weights are a *row* of `W`. After `W.T` they are a column, and the units are the last axis.
# Now `reshape` may split the first axis into rows, columns and channels.
#
# </details>

# %% [markdown]
# ### Exercise 10: `convolve_map`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Our maps are not square, so neither are these filters. The layers of week 8 want square ones.
# Write a convolution with stride 1 and no padding for filters of $f_H$ by $f_W$:
#
# $$ Z_{i, h, w, k} = \sum_{r=0}^{f_H - 1} \sum_{s=0}^{f_W - 1} \sum_{c} A_{i,\; h + r,\; w + s,\; c}\, W_{r, s, c, k} + b_k. $$
#
# On a map of the size of the filter there is one place, and you get the dense layer. On a larger
# map there are $n_H - f_H + 1$ by $n_W - f_W + 1$ places: one for every window.
#
# **By hand:** one channel, the map $(1\;\;2\;\;4)$ and the filter $(10\;\;1)$ with bias 0 give
# $(10 + 2,\;\; 20 + 4) = (12\;\;24)$.
#
# **The NumPy you need:** two loops over the places are fine. Without them:
# `sliding_window_view(A_prev, (f_H, f_W), axis=(1, 2))` has the shape $(m, n_H, n_W, n_C, f_H, f_W)$, with the
# axes of the window last. `np.tensordot(a, b, axes=([...], [...]))` multiplies and sums over pairs of axes.


# %%
def convolve_map(A_prev, W, b):
    """Convolve with filters that need not be square; stride 1, no padding.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The layer's input.
    W : ndarray of float, shape (f_H, f_W, n_C_prev, n_C)
        The filters, at most as large as the input.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.

    Returns
    -------
    ndarray of float, shape (m, n_H_prev - f_H + 1, n_W_prev - f_W + 1, n_C)
        The layer's output, before any activation.
    """
    ### START CODE HERE ### (≈ 2 lines)
    windows = sliding_window_view(A_prev, W.shape[:2], axis=(1, 2))
    Z = np.tensordot(windows, W, axes=([4, 5, 3], [0, 1, 2])) + b
    ### END CODE HERE ###
    return Z


# %%
check(convolve_map)

# %%
if ready(convolve_map):
    row, kernel = np.array([1.0, 2.0, 4.0]), np.array([10.0, 1.0])
    print(
        convolve_map(
            row.reshape(1, 1, 3, 1), kernel.reshape(1, 2, 1, 1), np.zeros((1, 1, 1, 1))
        ).ravel()
    )
    print(convolve_map(np.ones((1, 4, 7, 2)), np.ones((2, 3, 2, 5)), np.ones((1, 1, 1, 5))).shape)

# %% [markdown]
# **Expected output**
#
# ```
# [12. 24.]
# (1, 3, 5, 5)
# ```
#
# <details><summary>Hint</summary>
#
# With loops: an array of zeros of the output's shape. In place $(h, w)$ the window of all examples is
# `A_prev[:, h : h + f_H, w : w + f_W]`. Multiply with each filter and sum over three axes, or reshape both to
# matrices and use `@`.
#
# </details>

# %% [markdown]
# Now slide the network that you trained over a scene of 111 by 191 pixels, in both ways. The three
# convolutions have stride 2 each, so one step on their last map is $2 \cdot 2 \cdot 2 = 8$ pixels in
# the image: the one pass gives the windows with **stride 8**, and no others.


# %%
def slide_slowly(scene, p):
    """Cut every window out, and run the network on each: (n_windows, 9)."""
    n_H, n_W = scene.shape[:2]
    windows = cut_windows(scene, window_boxes(n_H, n_W, HEIGHT, WIDTH, 8))
    return forward(windows, p)[0].T


def slide_at_once(scene, p):
    """Run the network over the whole scene in one pass: (n_windows, 9)."""
    A, _ = features(scene[np.newaxis], p)
    hidden = np.maximum(convolve_map(A, *dense_to_convolution(p["W4"], p["b4"], 5, 7)), 0)
    Z = convolve_map(hidden, *dense_to_convolution(p["W5"], p["b5"], 1, 1))
    return Z.reshape(-1, Z.shape[3])


def seconds(function, *arguments):
    """Measure the quickest of three calls."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - start)
    return min(times)


# %% tags=["nbval-ignore-output"]
both_ways = None
if p_network is not None and ready(window_boxes, cut_windows, dense_to_convolution, convolve_map):
    large, large_boxes, _ = make_scenes(
        1, seed=68, size=(111, 191), objects=(2, 2), scale=(0.2, 0.3), overlap=0, split="test"
    )
    slow, fast = slide_slowly(large[0], p_network), slide_at_once(large[0], p_network)
    both_ways = slow.shape == fast.shape and np.allclose(slow, fast, atol=1e-4)
    print("shapes:", slow.shape, fast.shape, " the same numbers:", both_ways)
    print(f"largest difference: {np.max(np.abs(slow - fast)):.1e}")
    t_slow, t_fast = (seconds(way, large[0], p_network) for way in (slide_slowly, slide_at_once))
    print(f"window by window {1000 * t_slow:.0f} ms, in one pass {1000 * t_fast:.1f} ms")

# %% [markdown]
# The same numbers, up to rounding in single precision, in a small part of the time.
#
# ### Exercise 11: `count_multiplications`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Times depend on the machine. Count the work instead. A convolutional layer computes
# $n_H \cdot n_W \cdot n_C$ numbers, and each one takes $f_H \cdot f_W \cdot n_{C,prev}$ multiplications. Here $n_H$ and $n_W$ are the
# sizes of its **output**, $\lfloor (n - f)/s \rfloor + 1$ without padding. The output of one layer is the input of
# the next. The dense layers count as convolutions: filters of 5 by 7, then of 1 by 1.
#
# **By hand:** an image of 5 by 9 with 2 channels, and 4 filters of 3 by 3 with stride 2. The output has
# $2 \cdot 4$ places and 4 channels, and each number takes $3 \cdot 3 \cdot 2 = 18$ multiplications:
# $2 \cdot 4 \cdot 4 \cdot 18 = 576$.


# %%
def count_multiplications(input_shape, layers):
    """Count the multiplications of convolutions without padding, one after the other.

    Parameters
    ----------
    input_shape : tuple of int
        ``(n_H, n_W, n_C)``, the shape of the image.
    layers : list of dict
        "f_H", "f_W", "stride" and "filters" of each layer.

    Returns
    -------
    int
        How often a number of an input meets a weight. Biases cost none.
    """
    ### START CODE HERE ### (≈ 7 lines)
    n_H, n_W, n_C = input_shape
    total = 0
    for layer in layers:
        n_H = (n_H - layer["f_H"]) // layer["stride"] + 1
        n_W = (n_W - layer["f_W"]) // layer["stride"] + 1
        total += n_H * n_W * layer["filters"] * layer["f_H"] * layer["f_W"] * n_C
        n_C = layer["filters"]
    ### END CODE HERE ###
    return total


# %%
check(count_multiplications)

# %%
if ready(count_multiplications, window_boxes):
    print(count_multiplications((5, 9, 2), [{"f_H": 3, "f_W": 3, "stride": 2, "filters": 4}]))
    convs = [{"f_H": 3, "f_W": 3, "stride": 2, "filters": n} for n in (12, 24, 32)]
    dense_layers = [
        {"f_H": 5, "f_W": 7, "stride": 1, "filters": 48},
        {"f_H": 1, "f_W": 1, "stride": 1, "filters": 9},
    ]
    one_window = count_multiplications((HEIGHT, WIDTH, 3), convs + dense_layers)
    one_pass = count_multiplications((111, 191, 3), convs + dense_layers)
    n_windows = len(window_boxes(111, 191, HEIGHT, WIDTH, 8))
    print(f"one window:       {one_window:>12,}")
    print(f"{n_windows} windows:      {n_windows * one_window:>12,}")
    print(f"all in one pass:  {one_pass:>12,}")
    print(f"saving: {n_windows * one_window / one_pass:.1f} times fewer")

# %% [markdown]
# **Expected output**
#
# ```
# 576
# one window:            954,804
# 153 windows:       146,085,012
# all in one pass:    15,340,212
# saving: 9.5 times fewer
# ```
#
# <details><summary>Hint</summary>
#
# In the loop, first compute the new `n_H` and `n_W`. Then add, with the *old* `n_C`. Only then replace `n_C`
# by the number of filters.
#
# </details>
#
# **Question.** What limits the saving? Why is it not 153? And why did the clock show an even larger one?
#
# <details><summary>Answer</summary>
#
# The convolutions on the large image still have more to do than those on one window, because the image is
# larger; and the dense layers share nothing: each window has a map of its own, so they cost the same as
# before. The smaller the stride, the more the windows overlap, and the more is saved.
#
# Not every multiplication takes the same time. The dense layers are a single product of two matrices, which
# is quick, although they have more than half of the multiplications of the one pass. The convolutions
# copy their patches together first, and take most of the time. There the saving is larger: 19.5 times fewer
# multiplications. And the arrays of 153 windows are so large that fetching them from memory takes time, too.
#
# </details>
#
# What did the windows see? For each of them the map shows $p_c$. The boxes on the right belong to all windows
# with a $p_c$ above 0.95.

# %% tags=["nbval-ignore-output"]
if both_ways and ready(localization_activations, box_corners):
    A = localization_activations(fast.T.astype(float))
    chosen = np.flatnonzero(A[0] > 0.95)
    corners = window_boxes(111, 191, HEIGHT, WIDTH, 8)
    found = box_corners(A, HEIGHT, WIDTH) + np.tile(corners[:, :2], 2)
    figure, axes = plt.subplots(1, 2, figsize=(11.5, 3.7), layout="constrained")
    middle = corners[[0, -1], :2] + [WIDTH / 2, HEIGHT / 2]
    (left, top), (right, bottom) = middle - [[4, 4], [-4, -4]]
    show_scene(axes[0], large[0])
    picture = axes[0].imshow(
        A[0].reshape(9, 17),
        extent=(left, right, bottom, top),
        cmap="gray",
        vmin=0,
        vmax=1,
        alpha=0.7,
    )
    axes[0].set(xlim=(0, 191), ylim=(111, 0), title="$p_c$, drawn at the middle of each window")
    figure.colorbar(picture, ax=axes[0], label="$p_c$")
    show_scene(axes[1], large[0])
    for k in chosen:
        draw_box(axes[1], found[k], width=0.6)
    axes[1].set(
        xlim=(0, 191), ylim=(111, 0), title=f"{len(chosen)} boxes for {len(large_boxes[0])} objects"
    )
    plotting.show(
        figure,
        alt="Two pictures of a large scene with a cat and a cup. On the left, a map of p_c lies over its "
        "middle, bright where a window holds an object. On the right, many overlapping boxes are drawn, "
        "crowded around the two.",
    )

# %% [markdown]
# Two things to take along. First, **one object is found by many windows**, and each has its own box for it: somebody has to
# sort them out. Second, the network was trained with whole objects in its window, one at most. Here
# many windows cut an object in half, and its answers are then of little worth. Both will be
# mended in the next notebook: a grid in place of windows, trained as a whole, and one box for each object.

# %% [markdown]
# ## 8. Regions
#
# Most windows show nothing. **R-CNN** therefore looks only where something might be. A search
# without any network proposes some 2000 regions, of all sizes. Each one is cut out, scaled to the size that the network
# wants, and classified. It found far more than the detectors before it, and it was slow. **Fast R-CNN** does
# what you have just done: it runs the convolutions once, over the whole image, and takes the part of the
# *map* that belongs to the region. But the regions have many sizes, and the dense layers want one. So the
# part is pooled: however large it is, it becomes, say, 7 by 7 numbers for each channel. (Pooling regions of a
# shared map was the idea of SPP-net, between the two.)
#
# ### Exercise 12: `pooling_bins`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Cut a side of the region into $n$ bins. If the side is $L$ places long, bin $i$ should reach from $iL/n$
# to $(i+1)L/n$. These are not whole numbers, so the beginning is rounded **down** and the end **up**: no place
# is lost, and no bin is empty. Neighbours may then share a place. Counted from the beginning of the
# region:
#
# $$ \text{start} + \left\lfloor \frac{i L}{n} \right\rfloor \quad \text{to} \quad \text{start} + \left\lceil \frac{(i + 1) L}{n} \right\rceil, \qquad i = 0, \ldots, n - 1, $$
#
# with the end not included, as in a slice.
#
# **By hand:** places 10 to 16, so start 10, stop 17, $L = 7$, in 2 bins. Bin 0: from 0 to
# $\lceil 3.5 \rceil = 4$, so $(10, 14)$. Bin 1: from $\lfloor 3.5 \rfloor = 3$ to 7, so $(13, 17)$. Place 13 is in both.
#
# **The Python you need:** `a // b` rounds down. There are two common ways to round up: `-(-a // b)`, and
# `int(np.ceil(a / b))`.


# %%
def pooling_bins(start, stop, n):
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
        Where each bin begins and ends, the end not included.
    """
    ### START CODE HERE ### (≈ 2 lines)
    length = stop - start
    bins = [(start + i * length // n, start - (-(i + 1) * length // n)) for i in range(n)]
    ### END CODE HERE ###
    return bins


# %%
check(pooling_bins)

# %%
if ready(pooling_bins):
    print(pooling_bins(10, 17, 2))
    print(pooling_bins(0, 9, 3))
    print(pooling_bins(10, 12, 3))

# %% [markdown]
# **Expected output**
#
# ```
# [(10, 14), (13, 17)]
# [(0, 3), (3, 6), (6, 9)]
# [(10, 11), (10, 12), (11, 12)]
# ```
#
# <details><summary>Hint</summary>
#
# Let `length = stop - start`. Round `i * length / n` down and `(i + 1) * length / n` up, and add `start`
# to both.
#
# </details>
#
# The last line has more bins than places. Even so, each bin has something in it.

# %% [markdown]
# ### Exercise 13: `roi_max_pool`
#
# **Difficulty** ●●○ · **12 minutes**
#
# **RoI** means *region of interest*. Its rows are cut into `out_H` bins and its columns into `out_W` bins. Of
# each bin, keep the largest number, for every channel by itself:
#
# $$ \text{out}_{i, j, c} = \max_{h \in \text{bin } i,\; w \in \text{bin } j} A_{h, w, c}. $$
#
# **By hand:** the map has the numbers $0, 1, \ldots, 19$ in 4 rows of 5. The region $(1, 0, 4, 4)$ is columns 1 to 3
# of all rows. In 2 by 2 bins: the columns are $(1, 3)$ and $(2, 4)$, the rows $(0, 2)$ and $(2, 4)$. The
# largest numbers are 7, 8, 17 and 18.


# %%
def roi_max_pool(A, roi, out_H, out_W):
    """Pool a region of a feature map, of any size, to a fixed size.

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
    """
    x1, y1, x2, y2 = roi
    ### START CODE HERE ### (≈ 4 lines)
    out = np.zeros((out_H, out_W, A.shape[2]))
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, out_H)):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, out_W)):
            out[i, j] = np.max(A[top:bottom, left:right], axis=(0, 1))
    ### END CODE HERE ###
    return out


# %%
check(roi_max_pool)

# %%
if ready(pooling_bins, roi_max_pool):
    A = np.arange(20.0).reshape(4, 5, 1)
    print(roi_max_pool(A, (1, 0, 4, 4), 2, 2)[:, :, 0])
    print(roi_max_pool(A, (0, 1, 2, 2), 2, 3)[:, :, 0])

# %% [markdown]
# **Expected output**
#
# ```
# [[ 7.  8.]
#  [17. 18.]]
# [[5. 6. 6.]
#  [5. 6. 6.]]
# ```
#
# <details><summary>Hint</summary>
#
# `for i, (top, bottom) in enumerate(pooling_bins(y1, y2, out_H))`, and the same for the columns. Take
# `np.max` of the slice over rows and columns, `axis=(0, 1)`, so that the channels stay.
#
# </details>

# %% [markdown]
# ### Exercise 14: `roi_max_pool_backward`
#
# **Difficulty** ●●● · **12 minutes**
#
# Fast R-CNN trains its convolutions *through* the pooling. The way back is that of max pooling (week 8). A
# number of the map that was the largest of a bin gets this bin's gradient. All other numbers get
# none. Bins overlap, so one number may be the largest of several bins; then what it gets is added up:
#
# $$ \frac{\partial J}{\partial A_{h, w, c}} = \sum_{i, j \;:\; A_{h, w, c} \text{ is the largest of bin } (i, j)} \frac{\partial J}{\partial \text{out}_{i, j, c}}. $$
#
# In a training with many regions of one image, the gradients of the regions add up in the same way.
#
# **By hand:** the same map. The region $(1, 0, 4, 1)$ is the numbers 1, 2, 3 of row 0. In one row of two bins, $(1, 3)$ and $(2, 4)$,
# the largest are 2 and 3. With the gradients 5 and 7, row 0 of the result is $(0, 0, 5, 7, 0)$.


# %%
def roi_max_pool_backward(dout, A, roi):
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
    """
    x1, y1, x2, y2 = roi
    ### START CODE HERE ### (≈ 6 lines)
    dA = np.zeros(A.shape)
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, dout.shape[0])):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, dout.shape[1])):
            part = A[top:bottom, left:right]
            mask = part == np.max(part, axis=(0, 1))
            dA[top:bottom, left:right] += mask * dout[i, j]
    ### END CODE HERE ###
    return dA


# %%
check(roi_max_pool_backward)

# %%
if ready(pooling_bins, roi_max_pool, roi_max_pool_backward):
    A = np.arange(20.0).reshape(4, 5, 1)
    print(roi_max_pool_backward(np.array([[[5.0], [7.0]]]), A, (1, 0, 4, 1))[0, :, 0])
    rng = np.random.default_rng(2)
    A, roi, dout = rng.normal(size=(6, 5, 2)), (1, 0, 5, 5), rng.normal(size=(2, 3, 2))
    slopes = np.zeros(A.shape)
    for place in np.ndindex(A.shape):
        step = np.zeros(A.shape)
        step[place] = 1e-6
        up, down = (np.sum(dout * roi_max_pool(A + s, roi, 2, 3)) for s in (step, -step))
        slopes[place] = (up - down) / 2e-6
    dA = roi_max_pool_backward(dout, A, roi)
    print("agrees with the numerical slopes:", np.allclose(dA, slopes, atol=1e-7))

# %% [markdown]
# **Expected output**
#
# ```
# [0. 0. 5. 7. 0.]
# agrees with the numerical slopes: True
# ```
#
# <details><summary>Hint</summary>
#
# The same loops as on the way there. In each bin, `part == np.max(part, axis=(0, 1))` is True where a channel
# has its largest number. Multiplied by `dout[i, j]`, that is what the bin gives back. Add it with `+=`.
#
# </details>

# %% [markdown]
# ### A small Fast R-CNN
#
# Does the pooled map of a region know what is in it? Take new scenes with two objects. Run your trained
# convolutions **once** on each scene. Pool the region of each object to 3 by 3, and train softmax regression (week 6) on
# these $3 \cdot 3 \cdot 32 = 288$ numbers. The convolutions stay as they are: they were trained on scenes with one
# object. One step on the map is 8 pixels, so a box in pixels is divided by 8, rounded down and up.


# %%
def regions_of(p, m, seed, split):
    """Pool the regions of all objects: their features as columns, their classes as a row."""
    X, boxes, classes = make_scenes(
        m, seed, size=(63, 95), objects=(2, 2), scale=(0.3, 0.55), split=split
    )
    maps, _ = features(X, p)
    n_H, n_W = maps.shape[1:3]
    columns = []
    for A, corners in zip(maps, boxes, strict=True):
        for x1, y1, x2, y2 in corners / 8:
            x1, y1 = min(int(x1), n_W - 1), min(int(y1), n_H - 1)
            x2, y2 = min(int(np.ceil(x2)), n_W), min(int(np.ceil(y2)), n_H)
            columns.append(roi_max_pool(A, (x1, y1, x2, y2), 3, 3).ravel())
    return np.array(columns).T, np.concatenate(classes)[np.newaxis]


def region_accuracy(p, m_train=400, m_test=150):
    """Train a softmax layer on pooled regions; return its accuracy and that of the naive guess."""
    F_train, c_train = regions_of(p, m_train, 21, "train")
    F_test, c_test = regions_of(p, m_test, 22, "test")
    mean, scale = np.mean(F_train, axis=1, keepdims=True), np.std(F_train, axis=1, keepdims=True)
    layer, _ = softmax_model(
        (F_train - mean) / (scale + 1e-3), one_hot(c_train, N_CLASSES), 0.1, num_iterations=300
    )
    right = np.mean(predict(layer, (F_test - mean) / (scale + 1e-3)) == c_test)
    usual = np.argmax(np.bincount(c_train[0]))
    return 100 * float(right), 100 * float(np.mean(c_test == usual)), c_test.size


# %% tags=["nbval-ignore-output"]
if p_network is not None and ready(pooling_bins, roi_max_pool):
    right, usual, count = region_accuracy(p_network)
    print(
        f"{count} regions of the test: {right:.0f} % named rightly; the most frequent class: {usual:.0f} %"
    )

# %% [markdown]
# Regions of all sizes, one small layer, and convolutions that ran once for each scene: that is the heart
# of Fast R-CNN. Ours is told where the regions are. The real one has them proposed, and also learns to move each box
# a little, with four numbers as in section 4.
#
# ### Exercise 15: `region_costs`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Where does the time go? Add it up for one image with $R$ regions.
#
# - **R-CNN** searches for regions without a network. Then *each region* is cut out and runs through the whole
#   network, convolutions and dense layers: $t_{search} + R\,(t_{region} + t_{head})$.
# - **Fast R-CNN** searches as well. The convolutions run *once*, on the whole image. Only the
#   dense layers run for each region: $t_{search} + t_{image} + R\, t_{head}$.
# - **Faster R-CNN** does not search. A small network reads the proposals off the same feature map, all in one
#   go: $t_{image} + t_{proposals} + R\, t_{head}$.
#
# **By hand:** $R = 10$, $t_{image} = 4$, $t_{region} = 3$, $t_{head} = 2$, $t_{search} = 100$,
# $t_{proposals} = 1$: R-CNN takes $100 + 10 \cdot 5 = 150$, Fast R-CNN $100 + 4 + 20 = 124$, Faster R-CNN
# $4 + 1 + 20 = 25$.


# %%
def region_costs(n_regions, conv_image, conv_region, head, search, proposals):
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
    """
    ### START CODE HERE ### (≈ 6 lines)
    heads = n_regions * head
    costs = {
        "R-CNN": search + n_regions * conv_region + heads,
        "Fast R-CNN": search + conv_image + heads,
        "Faster R-CNN": conv_image + proposals + heads,
    }
    ### END CODE HERE ###
    return costs


# %%
check(region_costs)

# %%
if ready(region_costs):
    print(region_costs(10, 4, 3, head=2, search=100, proposals=1))
    many = region_costs(2000, 146, 23.4, head=0.087, search=1510, proposals=10)
    few = region_costs(300, 146, 23.4, head=0.087, search=1510, proposals=10)
    milliseconds = {"R-CNN": many["R-CNN"], "Fast R-CNN": many["Fast R-CNN"]}
    milliseconds["Faster R-CNN"] = few["Faster R-CNN"]
    for name, time_taken in milliseconds.items():
        print(f"{name:13} {time_taken / 1000:6.2f} s")

# %% [markdown]
# **Expected output**
#
# ```
# {'R-CNN': 150, 'Fast R-CNN': 124, 'Faster R-CNN': 25}
# R-CNN          48.48 s
# Fast R-CNN      1.83 s
# Faster R-CNN    0.18 s
# ```
#
# <details><summary>Hint</summary>
#
# Three sums, straight from the text above. Ask for each part: once for each image, or once for each region?
#
# </details>
#
# The last three lines are put together from numbers in the papers, rounded, for a large network on a graphics
# processor of those years: 2000 regions from a search, which ran on an ordinary processor, and 300 from the
# network of Faster R-CNN, whose proposals are better. In Fast R-CNN, the search had become the slow part:
# four fifths of the time.

# %% tags=["nbval-ignore-output"]
if ready(region_costs):
    figure, ax = plt.subplots(figsize=(7, 2.4), layout="constrained")
    names = list(milliseconds)[::-1]
    bars = ax.barh(names, [milliseconds[name] / 1000 for name in names], color="0.75", ec="black")
    ax.bar_label(bars, fmt="%.2f s", padding=3)
    ax.set(xscale="log", xlim=(0.1, 200), xlabel="seconds for one image, logarithmic")
    plotting.show(
        figure,
        alt="Three bars on a logarithmic scale: R-CNN takes 48 seconds for an image, Fast R-CNN "
        "1.8 seconds, Faster R-CNN 0.18 seconds.",
    )

# %% [markdown]
# **Question.** What does Faster R-CNN still do once for each region, and what would you do to be faster
# yet?
#
# <details><summary>Answer</summary>
#
# The dense layers after the pooling. One can drop them: let the convolutional network say directly, for
# every cell of its map, whether there is an object, where, and of which class. Then there is one pass, and
# nothing is done region by region. That is the idea of YOLO, in the next notebook.
#
# </details>

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **write the label**: $p_c$, the midpoint, height and width as shares of the image, the class one-hot;
# 2. **derive cost and gradient**: logistic loss always, squares and cross-entropy only with an object, and
#    so for the gradient;
# 3. **mirror landmarks**: $x$ becomes $n_W - x$, and left and right change places;
# 4. **slide a window**: $\lfloor (n - f)/s \rfloor + 1$ of them along each axis, and each one costs a whole run;
# 5. **run all windows at once**: a dense layer is a convolution with filters as large as its map;
# 6. **pool regions**: bins rounded outwards, the largest number of each; on the way back overlaps add up;
# 7. **compare the region networks**: each generation runs once for each image what the one before ran once
#    for each region, or without a network.
#
# ## What to remember
#
# - A cost may be piecewise: what does not exist must not be punished.
# - Weigh the parts of a cost. Squares of shares are small.
# - Naive baselines are cheap. Print the margin over one.
# - Without padding, a network does not know where its window ends, so all windows can share the work.
# - In one pass, windows lie as far apart as the product of the strides: 8 pixels here.
#
# ## What comes next
#
# One object is found by many windows, and boxes overlap. The next notebook measures overlap (intersection
# over union), keeps one box for each object (non-max suppression), and replaces windows and regions by a grid:
# YOLO. There each box is written with its width before its height, as that paper does.
#
# ## Stretch exercises
#
# 1. **No weight.** Train with `BOX_WEIGHT = 1`. What happens to the edges, and what to the class?
# 2. **Squares for everything.** Use squares for $p_c$ and the class too, as the first YOLO did. Derive the gradient, and check it.
# 3. **Landmarks from scenes.** Take the two corners of the box as landmarks, and train a network with four
#    outputs. Which of them change places in the mirror?
# 4. **Half objects.** Cut training scenes from larger ones, so that objects stick out. Say what $p_c$ should be then, and
#    look at the map of section 7 again.
# 5. **Average for max.** Write RoI pooling with the average, and its way back.
# 6. **Finer windows.** To slide with stride 4, run the network four times, on the scene shifted by 0 or 4
#    pixels each way. How are the results put together?
#
# ## References
#
# - P. Sermanet, D. Eigen, X. Zhang, M. Mathieu, R. Fergus, Y. LeCun: *OverFeat: integrated recognition,
#   localization and detection using convolutional networks*. ICLR, 2014.
# - R. Girshick, J. Donahue, T. Darrell, J. Malik: *Rich feature hierarchies for accurate object detection
#   and semantic segmentation*. CVPR, 2014. (R-CNN)
# - K. He, X. Zhang, S. Ren, J. Sun: *Spatial pyramid pooling in deep convolutional networks for visual
#   recognition*. ECCV, 2014. (SPP-net)
# - R. Girshick: *Fast R-CNN*. ICCV, 2015.
# - S. Ren, K. He, R. Girshick, J. Sun: *Faster R-CNN: towards real-time object detection with region
#   proposal networks*. NIPS, 2015.
# - J. R. R. Uijlings, K. E. A. van de Sande, T. Gevers, A. W. M. Smeulders: *Selective search for object
#   recognition*. International Journal of Computer Vision 104, 154–171, 2013.
