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
# # Detection: boxes, anchors, YOLO
#
# *Is there a cat in the picture?* was the question of week 1. A self-driving car asks more: *what* is
# out there, *where* is it, and *how many* are there? The answer is a list of boxes, and the list may
# be empty or long. That is **object detection**.
#
# A network returns arrays of a fixed shape. So how can it return a list? In the last notebook a window
# slid over the scene, and left dozens of boxes around two objects. This notebook builds the answer that
# YOLO ("you only look once") gave: a grid of cells, each with a few boxes to offer, and a clean-up at
# the end. You write everything around the network: overlap, anchors, targets, clean-up, and the measure
# of success. Then a small network is trained on your targets, and you look at what it finds, what it
# misses, and what it makes up.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. write a box by its corners or by its midpoint and size, and measure how much two boxes overlap;
# 2. choose anchors for a data set by k-means, and say why the distance is 1 − IoU;
# 3. encode the objects of an image into a grid with anchors, and decode them without loss;
# 4. go from a network's output to a few boxes: filter by score, suppress what overlaps, scale;
# 5. label the anchors of a region-proposal network as object, background, or neither;
# 6. compute average precision and mAP, and say what they punish and what they forgive;
# 7. train a one-shot detector, compare it with simple opponents, and sort its mistakes.
#
# ## Before you start
#
# You need convolutional networks (weeks 8 and 9), sigmoid and softmax, and precision and recall
# (week 7). From NumPy you need broadcasting, masks, `argsort` and `argmax`.
#
# **Time:** about 220 minutes. There are 17 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up, and scenes to find things in

# %%
import time

import numpy as np
import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle
from numpy.lib.stride_tricks import sliding_window_view

from helpers import detector, plotting, scenes
from helpers.checking import checks_for, ready
from helpers.numpy_basics import sigmoid, softmax

check = checks_for("w10_detection")
plt.rcParams["figure.dpi"] = 80

# %%
X_train, boxes_train, classes_train = scenes.make_scenes(800, seed=1)
X_test, boxes_test, classes_test = scenes.make_scenes(200, seed=2, split="test")
HEIGHT, WIDTH = X_train.shape[1:3]
GRID = (HEIGHT // detector.STRIDE, WIDTH // detector.STRIDE)
N_CLASSES = len(scenes.CLASS_NAMES)
print("training scenes", X_train.shape, "test scenes", X_test.shape)
print("classes:", ", ".join(scenes.CLASS_NAMES))
print("the first scene:", boxes_train[0].tolist(), "are of the classes", classes_train[0].tolist())

# %% [markdown]
# Each scene shows one to three objects, cut out of photographs, turned and stretched a little, larger
# or smaller, lit from one side, and pasted on a real texture. They may hide a part of each other.
# Since we have pasted them, we know every box exactly. The test scenes have other textures and other
# coins. Cat, cup and shuttle come from one photograph each, in both sets. So this is an easy world, and
# what you measure here holds in it.
#
# Two small functions draw boxes. They are given.


# %%
def draw_boxes(ax, boxes, labels=None, style="-"):
    """Draw boxes (x1, y1, x2, y2), white on black so that they show on every ground."""
    for number, (x1, y1, x2, y2) in enumerate(boxes):
        for color, width in (("black", 3.5), ("white", 1.5)):
            line = "-" if color == "black" else style
            place = (x1 - 0.5, y1 - 0.5)  # imshow puts the middle of a pixel at whole numbers
            shape = (x2 - x1, y2 - y1)
            ax.add_patch(Rectangle(place, *shape, fill=False, ec=color, lw=width, ls=line))
        if labels is not None:
            ax.text(
                x1,
                y1 - 1,
                labels[number],
                size=8,
                color="white",
                va="bottom",
                bbox={"facecolor": "black", "pad": 1, "lw": 0},
            )


def show_scene(ax, image, title=""):
    """Show a scene without ticks, with a rim on which labels have room."""
    ax.imshow(image)
    ax.set(title=title, xlim=(-3, WIDTH + 2), ylim=(HEIGHT + 2, -7))
    ax.axis("off")


# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(1, 4, figsize=(11.4, 2.6), layout="constrained")
for ax, i in zip(axes, (0, 14, 8, 3), strict=True):
    show_scene(ax, X_train[i])
    draw_boxes(ax, boxes_train[i], [scenes.CLASS_NAMES[c] for c in classes_train[i]])
plotting.show(
    figure,
    alt="Four small scenes: a coin; a cat, a shuttle and a cup; a cat and a coin; a shuttle and two "
    "coins, of which one hides a part of the other. Each object has a box around it and its name.",
)

# %% [markdown]
# ## 2. Boxes
#
# A box can be written in two ways. By its **corners**, upper left and lower right:
# $(x_1, y_1, x_2, y_2)$. Or by its **midpoint and size**: $(b_x, b_y, b_w, b_h)$. As in every image,
# $x$ runs to the right and $y$ runs *down*.
#
# Corners are good for computing overlaps. Midpoint and size are good for a network: the four numbers
# are about different things, and the midpoint says which part of the image should answer for the
# object.
#
# ### Exercise 1: `corners_to_midpoints`
#
# **Difficulty** ●○○ · **5 minutes**
#
# $$ b_x = \frac{x_1 + x_2}{2}, \qquad b_y = \frac{y_1 + y_2}{2}, \qquad
# b_w = x_2 - x_1, \qquad b_h = y_2 - y_1. $$
#
# **By hand:** $(2, 1, 8, 5)$ has its midpoint at $(5, 3)$, and is 6 wide and 4 high.
#
# **The NumPy you need:** `boxes[:, :2]` are the first two columns, of all rows. `np.hstack([A, B])`
# puts arrays side by side. There may be no box at all: then `boxes` has the shape (0, 4), and so has
# the result.


# %%
def corners_to_midpoints(boxes):
    """Write boxes by their midpoints and sizes.

    Parameters
    ----------
    boxes : ndarray of float, shape (k, 4)
        Corners (x1, y1, x2, y2) of each box; k may be 0.

    Returns
    -------
    ndarray of float, shape (k, 4)
        (b_x, b_y, b_w, b_h) of each box.
    """
    ### START CODE HERE ### (≈ 2 lines)
    upper_left, lower_right = boxes[:, :2], boxes[:, 2:]
    midpoints = np.hstack([(upper_left + lower_right) / 2, lower_right - upper_left])
    ### END CODE HERE ###
    return midpoints


# %%
check(corners_to_midpoints)

# %%
if ready(corners_to_midpoints):
    print(corners_to_midpoints(np.array([[2.0, 1.0, 8.0, 5.0], [0.0, 0.0, 1.0, 3.0]])))
    print(corners_to_midpoints(np.zeros((0, 4))).shape)

# %% [markdown]
# **Expected output**
#
# ```
# [[5.  3.  6.  4. ]
#  [0.5 1.5 1.  3. ]]
# (0, 4)
# ```
#
# <details><summary>Hint</summary>
#
# With `upper_left = boxes[:, :2]` and `lower_right = boxes[:, 2:]`, the midpoints are half of their
# sum, and the sizes are their difference.
#
# </details>

# %% [markdown]
# ### Exercise 2: `iou`
#
# **Difficulty** ●●○ · **12 minutes**
#
# How well does a box fit an object? Divide the area that both share by the area that at least one of
# them covers: **intersection over union**,
#
# $$ \mathrm{IoU}(A, B) = \frac{|A \cap B|}{|A \cup B|}. $$
#
# It is 1 only if both are the same, and 0 if they share nothing. It does not matter which box comes
# first, and its value does not change when the image is scaled.
#
# The intersection is a box as well. It begins where the later of both begins, and ends where the
# earlier of both ends:
#
# $$ x_1^i = \max(x_1^A, x_1^B), \quad x_2^i = \min(x_2^A, x_2^B), \quad
# y_1^i = \max(y_1^A, y_1^B), \quad y_2^i = \min(y_2^A, y_2^B). $$
#
# If the boxes do not meet, then $x_2^i < x_1^i$, or $y_2^i < y_1^i$. A side that would be negative is
# 0. Mind that **each side** is clamped: two negative sides would have a positive product.
#
# $$ |A \cap B| = \max(x_2^i - x_1^i,\, 0) \cdot \max(y_2^i - y_1^i,\, 0) $$
#
# In the sum of both areas the intersection is counted twice. So
#
# $$ |A \cup B| = |A| + |B| - |A \cap B|. $$
#
# **By hand:** $A = (2, 1, 4, 3)$ and $B = (1, 2, 3, 4)$. The intersection is $(2, 2, 3, 3)$, with area
# 1. Both areas are 4, so the union has $4 + 4 - 1 = 7$, and the IoU is $1/7$.
#
# **The Python you need:** `max(a, b)` and `min(a, b)`. A box is a tuple, a list or a row of an array:
# `box1[0]` works for all. At least one of the boxes has an area; the other may be flat, a line or a
# point.


# %%
def iou(box1, box2):
    """Divide the intersection of two boxes by their union.

    Parameters
    ----------
    box1, box2 : sequence of float, length 4
        Corners (x1, y1, x2, y2). At least one of the boxes has an area.

    Returns
    -------
    float
        From 0 (they share no area) to 1 (they are the same).
    """
    ### START CODE HERE ### (≈ 6 lines)
    width = max(min(box1[2], box2[2]) - max(box1[0], box2[0]), 0)
    height = max(min(box1[3], box2[3]) - max(box1[1], box2[1]), 0)
    intersection = width * height
    area1 = (box1[2] - box1[0]) * (box1[3] - box1[1])
    area2 = (box2[2] - box2[0]) * (box2[3] - box2[1])
    quotient = intersection / (area1 + area2 - intersection)
    ### END CODE HERE ###
    return quotient


# %%
check(iou)

# %%
if ready(iou):
    print("overlapping:  ", round(float(iou((2, 1, 4, 3), (1, 2, 3, 4))), 4))
    print("identical:    ", round(float(iou((1, 2, 3, 4), (1, 2, 3, 4))), 4))
    print("nested:       ", round(float(iou((0, 0, 10, 10), (4, 4, 6, 6))), 4))
    print("edges touch:  ", round(float(iou((1, 1, 2, 2), (2, 1, 3, 2))), 4))
    print("corners touch:", round(float(iou((1, 1, 2, 2), (2, 2, 3, 3))), 4))
    print("far apart:    ", round(float(iou((1, 2, 3, 4), (5, 6, 7, 8))), 4))

# %% [markdown]
# **Expected output**
#
# ```
# overlapping:   0.1429
# identical:     1.0
# nested:        0.04
# edges touch:   0.0
# corners touch: 0.0
# far apart:     0.0
# ```
#
# <details><summary>Hint</summary>
#
# Six lines: the width of the intersection, its height, its area, the two areas, the quotient. The
# width is `max(min(box1[2], box2[2]) - max(box1[0], box2[0]), 0)`.
#
# </details>
#
# **Question.** The nested boxes have the same midpoint, and one lies wholly inside the other. Why is
# their IoU so small, and is that what we want?
#
# <details><summary>Answer</summary>
#
# The small box covers 4 % of the large one, and the union is the large one. A detector that draws a
# box around the whole image has found nothing, although the object is inside. So yes.
#
# </details>

# %% [markdown]
# ### Exercise 3: `iou_matrix`
#
# **Difficulty** ●●○ · **12 minutes**
#
# From here on there will be lists of boxes: all predictions, all objects, thousands of anchors. So
# compute the IoU of *each* box of one list with *each* box of another, in a matrix.
#
# Two details. A list may be empty: then so is the matrix, of shape $(0, k_2)$ or $(k_1, 0)$. And where
# neither box has an area the union is 0; put 0 there, and never divide 0 by 0.
#
# **By hand:** $(0, 0, 4, 2)$ with $(0, 0, 4, 2)$ and with $(2, 0, 4, 2)$ gives the row
# $(1 \;\; \tfrac12)$.
#
# **The NumPy you need:** `A[:, np.newaxis]` turns the shape $(k_1, 4)$ into $(k_1, 1, 4)$. With
# `np.maximum` and an array of shape $(k_2, 4)$, broadcasting then pairs each with each: the result has
# the shape $(k_1, k_2, 4)$. `np.prod(A, axis=2)` multiplies along the last axis.


# %%
def iou_matrix(boxes1, boxes2):
    """Compute the IoU of each box of one list with each box of another.

    Parameters
    ----------
    boxes1 : ndarray of float, shape (k1, 4)
        Corners (x1, y1, x2, y2); k1 may be 0.
    boxes2 : ndarray of float, shape (k2, 4)
        Corners too; k2 may be 0.

    Returns
    -------
    ndarray of float, shape (k1, k2)
        Entry (i, j) is the IoU of boxes1[i] and boxes2[j]; 0 where neither of them has an area.
    """
    ### START CODE HERE ### (≈ 8 lines)
    first = boxes1[:, np.newaxis]
    upper_left = np.maximum(first[..., :2], boxes2[:, :2])
    lower_right = np.minimum(first[..., 2:], boxes2[:, 2:])
    intersection = np.prod(np.maximum(lower_right - upper_left, 0), axis=2)
    areas1 = np.prod(boxes1[:, 2:] - boxes1[:, :2], axis=1)
    areas2 = np.prod(boxes2[:, 2:] - boxes2[:, :2], axis=1)
    union = areas1[:, np.newaxis] + areas2 - intersection
    overlaps = intersection / np.where(union > 0, union, 1)
    ### END CODE HERE ###
    return overlaps


# %%
check(iou_matrix)

# %%
if ready(iou_matrix):
    some = np.array([[0.0, 0.0, 4.0, 2.0], [2.0, 0.0, 4.0, 2.0], [6.0, 6.0, 6.0, 6.0]])
    print(iou_matrix(some, some))

# %% [markdown]
# **Expected output**
#
# ```
# [[1.  0.5 0. ]
#  [0.5 1.  0. ]
#  [0.  0.  0. ]]
# ```
#
# <details><summary>Hint</summary>
#
# The corners of all intersections at once: `np.maximum(first[..., :2], boxes2[:, :2])` and
# `np.minimum(first[..., 2:], boxes2[:, 2:])`, with `first = boxes1[:, np.newaxis]`. The areas are a
# column of shape $(k_1, 1)$ and a row of shape $(k_2,)$. Where the union is 0, so is the intersection:
# divide it by 1 there.
#
# </details>

# %% [markdown]
# ## 3. Anchors
#
# How is a list of boxes to come out of a network? Lay a **grid** over the image, here of 6 rows and 8
# columns. An object belongs to the cell that holds its midpoint, and this cell has to report it. So
# the output has a fixed shape, and still there may be any number of objects, up to one a cell.
#
# What if two midpoints lie in one cell? And must one cell know how to draw tall boxes as well as wide
# ones? Give each cell several slots, each for boxes of a certain shape. The typical shape of a slot is
# its **anchor**. An object goes to the anchor that resembles it most. The network then only has to say
# how the box *differs* from its anchor.
#
# ### Exercise 4: `shape_iou`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Only shapes are compared here, so put both boxes on the same midpoint. Then the intersection is as
# wide as the narrower box, and as high as the lower one:
#
# $$ |A \cap B| = \min(w_A, w_B) \cdot \min(h_A, h_B), \qquad
# |A \cup B| = w_A h_A + w_B h_B - |A \cap B|. $$
#
# **By hand:** 4 wide and 2 high against 2 wide and 4 high: they cross, and share $2 \cdot 2 = 4$. The
# union is $8 + 8 - 4 = 12$, the IoU $1/3$.
#
# **The NumPy you need:** as in exercise 3.


# %%
def shape_iou(shapes1, shapes2):
    """Compute the IoU of boxes that all have the same midpoint.

    Parameters
    ----------
    shapes1 : ndarray of float, shape (k1, 2)
        Width and height of each box; k1 may be 0.
    shapes2 : ndarray of float, shape (k2, 2)
        The same of others.

    Returns
    -------
    ndarray of float, shape (k1, k2)
        Entry (i, j) is the IoU of shapes1[i] and shapes2[j].
    """
    ### START CODE HERE ### (≈ 4 lines)
    intersection = np.prod(np.minimum(shapes1[:, np.newaxis], shapes2), axis=2)
    areas1, areas2 = np.prod(shapes1, axis=1), np.prod(shapes2, axis=1)
    overlaps = intersection / (areas1[:, np.newaxis] + areas2 - intersection)
    ### END CODE HERE ###
    return overlaps


# %%
check(shape_iou)

# %%
if ready(shape_iou):
    print(shape_iou(np.array([[4.0, 2.0], [1.0, 1.0]]), np.array([[2.0, 4.0], [4.0, 2.0]])))

# %% [markdown]
# **Expected output**
#
# ```
# [[0.33333333 1.        ]
#  [0.125      0.125     ]]
# ```
#
# <details><summary>Hint</summary>
#
# `np.minimum(shapes1[:, np.newaxis], shapes2)` has the shape $(k_1, k_2, 2)$: the smaller width and
# the smaller height of each pair.
#
# </details>

# %% [markdown]
# ### Exercise 5: `kmeans_anchors`
#
# **Difficulty** ●●○ · **12 minutes**
#
# The first detectors had anchors that somebody had thought up. YOLO's second version **learns** them:
# it clusters the shapes of all training boxes by k-means. Each round has two steps.
#
# 1. Each shape chooses the nearest anchor.
# 2. Each anchor moves to the mean of the shapes that chose it. One that nobody chose stays.
#
# What does *nearest* mean? With the Euclidean distance $(w - w')^2 + (h - h')^2$, large boxes count
# much more than small ones: 40 against 44 is as far as 4 against 8. But for detection the latter is a
# much worse fit. So the distance is
#
# $$ d(\text{shape}, \text{anchor}) = 1 - \mathrm{IoU}(\text{shape}, \text{anchor}). $$
#
# The smallest distance is the largest IoU.
#
# **By hand:** the shapes $(2,1)$, $(4,1)$, $(1,3)$, $(1,5)$ and the anchors $(2,1)$, $(1,2)$. The first
# two overlap more with the first anchor, the other two with the second one. The anchors move to
# $(3,1)$ and $(1,4)$. In the next round nothing changes.
#
# **The NumPy you need:** `np.argmax(A, axis=1)` gives for each row the column of its largest entry,
# and of equal entries the first. `shapes[nearest == k]` are the shapes that chose anchor k. Make a
# copy of the anchors first, so that the caller's stay as they are.


# %%
def kmeans_anchors(shapes, anchors, num_iterations=10):
    """Choose anchors by k-means, with 1 - IoU for the distance.

    Parameters
    ----------
    shapes : ndarray of float, shape (k, 2)
        Width and height of each box of the training set.
    anchors : ndarray of float, shape (n_anchors, 2)
        The anchors to start from.
    num_iterations : int
        How many rounds: all shapes choose, then all anchors move.

    Returns
    -------
    ndarray of float, shape (n_anchors, 2)
        The anchors, in the order of those one started from.
    """
    ### START CODE HERE ### (≈ 7 lines)
    anchors = anchors.copy()
    for _ in range(num_iterations):
        nearest = np.argmax(shape_iou(shapes, anchors), axis=1)
        for k in range(len(anchors)):
            members = shapes[nearest == k]
            if len(members) > 0:
                anchors[k] = np.mean(members, axis=0)
    ### END CODE HERE ###
    return anchors


# %%
check(kmeans_anchors)

# %%
if ready(shape_iou, kmeans_anchors):
    few = np.array([[2.0, 1.0], [4.0, 1.0], [1.0, 3.0], [1.0, 5.0]])
    print(kmeans_anchors(few, np.array([[2.0, 1.0], [1.0, 2.0]])))

# %% [markdown]
# **Expected output**
#
# ```
# [[3. 1.]
#  [1. 4.]]
# ```
#
# <details><summary>Hint</summary>
#
# `nearest = np.argmax(shape_iou(shapes, anchors), axis=1)`, once a round, before any anchor moves. An
# empty group has no mean: ask `len(members) > 0` first.
#
# </details>

# %% [markdown]
# Now the shapes of all training boxes, in pixels. How many anchors are worth having? The measure is the
# IoU of each box with its best anchor, on average.

# %% tags=["nbval-ignore-output"]
if ready(corners_to_midpoints, shape_iou, kmeans_anchors):
    shapes = np.concatenate([corners_to_midpoints(boxes)[:, 2:] for boxes in boxes_train])
    anchor_sets, fits = {}, {}
    for n_anchors in (1, 2, 3, 4, 6):
        start = shapes[np.linspace(0, len(shapes) - 1, n_anchors).astype(int)]
        anchor_sets[n_anchors] = kmeans_anchors(shapes, start, 30)
        fits[n_anchors] = np.max(shape_iou(shapes, anchor_sets[n_anchors]), axis=1).mean()
        print(f"{n_anchors} anchors: IoU {fits[n_anchors]:.3f} on average with the best one")
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    axes[0].plot(shapes[:, 0], shapes[:, 1], ".", color="0.6", ms=3, label="boxes")
    for n_anchors, marker, name in (
        (1, "o", "1 anchor"),
        (2, "s", "2 anchors"),
        (4, "^", "4 anchors"),
    ):
        width, height = anchor_sets[n_anchors].T
        axes[0].plot(width, height, "k" + marker, ms=8, mfc="white", label=name)
    axes[0].set(xlabel="width, pixels", ylabel="height, pixels", title="Shapes of the boxes")
    axes[0].legend(loc="lower right")
    axes[1].plot(list(fits), list(fits.values()), "ko-")
    axes[1].set(xlabel="number of anchors", ylabel="average IoU with the best", ylim=(0.5, 1))
    axes[1].grid(alpha=0.3)
    plotting.show(
        figure,
        alt="Left: heights against widths of all boxes, a tall narrow group and a wide one; a single "
        "anchor lies at the rim of the wide group, towards the other; two anchors lie in the middle of "
        "these groups, four divide the wide group in three. Right: the average "
        "IoU with the best anchor rises with the number of anchors, quickly at first.",
    )

# %% [markdown]
# One anchor lies between two groups, and fits neither. With two, the tall shuttles have one of their
# own. More anchors fit better still, but each slot then sees fewer objects to learn from. We take two.
#
# ## 4. The grid: written and read
#
# ### Exercise 6: `encode_boxes`
#
# **Difficulty** ●●● · **20 minutes**
#
# The network is to learn to fill an array of shape (grid_H, grid_W, n_anchors, 5 + n_classes). In each
# slot stand
#
# $$ (p_c,\; b_x,\; b_y,\; b_w,\; b_h,\; c_0, \dots, c_{n-1}): $$
#
# is there an object, where in the cell is its midpoint, how large is it compared with the anchor, and
# which class is it (one-hot). Slots without an object are 0 everywhere.
#
# Boxes and anchors come in fractions of the image: a midpoint at $(0.5, 0.5)$ is the middle, and a
# width of 1 is the whole width. Let $(x, y, w, h)$ be a box. Counted in cells, its midpoint is
# $(x \cdot grid_W,\; y \cdot grid_H)$. Rounded down, that is the cell; what is left is the place within
# it:
#
# $$ \text{column} = \lfloor x \cdot grid_W \rfloor, \quad b_x = x \cdot grid_W - \text{column}, \qquad
# \text{row} = \lfloor y \cdot grid_H \rfloor, \quad b_y = y \cdot grid_H - \text{row}. $$
#
# Both $b_x$ and $b_y$ lie between 0 and 1: just what a sigmoid returns. Of all anchors $(a_w, a_h)$,
# the one of the largest `shape_iou` gets the box, and the size is written as
#
# $$ b_w = \ln \frac{w}{a_w}, \qquad b_h = \ln \frac{h}{a_h}. $$
#
# Why the logarithm? Read backwards, $w = a_w e^{b_w}$ is positive whatever number the network returns.
# And twice too large is then as bad as half as large: $\ln 2$ and $-\ln 2$.
#
# If two objects claim the same slot, the later one of the list has it, and nothing of the former is
# left there.
#
# **By hand:** a grid of 2 rows and 3 columns, and a box with midpoint $(0.75, 0.25)$ and size
# $(0.5, 0.2)$. In cells, the midpoint is $(2.25, 0.5)$: column 2, row 0, $b_x = 0.25$, $b_y = 0.5$. Of
# the anchors $(0.2, 0.5)$ and $(0.5, 0.2)$ the second fits exactly, so $b_w = b_h = 0$.
#
# **The NumPy you need:** `int(z)` rounds a positive number down. `np.log` is the natural logarithm.
# A loop over the boxes is fine.


# %%
def encode_boxes(boxes, classes, anchors, grid_shape, n_classes):
    """Write the objects of one image into a grid, as the network shall predict them.

    Parameters
    ----------
    boxes : ndarray of float, shape (k, 4)
        Midpoints and sizes, in fractions of the image's width and height; k may be 0.
        Midpoints are at least 0 and below 1.
    classes : ndarray of int, shape (k,)
        The class of each box.
    anchors : ndarray of float, shape (n_anchors, 2)
        Width and height of each anchor, in fractions of the image's.
    grid_shape : tuple of int
        (grid_H, grid_W)
    n_classes : int
        How many classes there are.

    Returns
    -------
    ndarray of float, shape (grid_H, grid_W, n_anchors, 5 + n_classes)
        In each slot p_c, b_x, b_y, b_w, b_h and a one-hot class; zeros where no object is.
    """
    grid_H, grid_W = grid_shape
    ### START CODE HERE ### (≈ 11 lines)
    Y = np.zeros((grid_H, grid_W, len(anchors), 5 + n_classes))
    overlaps = shape_iou(boxes[:, 2:], anchors)
    for i in range(len(boxes)):
        x, y = boxes[i, 0] * grid_W, boxes[i, 1] * grid_H
        column, row = int(x), int(y)
        k = np.argmax(overlaps[i])
        Y[row, column, k] = 0
        Y[row, column, k, 0] = 1
        Y[row, column, k, 1:3] = x - column, y - row
        Y[row, column, k, 3:5] = np.log(boxes[i, 2:] / anchors[k])
        Y[row, column, k, 5 + classes[i]] = 1
    ### END CODE HERE ###
    return Y


# %%
check(encode_boxes)

# %%
if ready(shape_iou, encode_boxes):
    one_box, two_anchors = np.array([[0.75, 0.25, 0.5, 0.2]]), np.array([[0.2, 0.5], [0.5, 0.2]])
    Y = encode_boxes(one_box, np.array([1]), two_anchors, (2, 3), n_classes=2)
    print(Y.shape, "with", int(Y[..., 0].sum()), "object")
    print("row 0, column 2, anchor 1:", Y[0, 2, 1])

# %% [markdown]
# **Expected output**
#
# ```
# (2, 3, 2, 7) with 1 object
# row 0, column 2, anchor 1: [1.   0.25 0.5  0.   0.   0.   1.  ]
# ```
#
# <details><summary>Hint</summary>
#
# The first axis of the grid is the row, and the row comes from $y$. Fill the slot with 0 before you
# write into it: another object may have been there. Class c stands at place 5 + c.
#
# </details>

# %% [markdown]
# ### Exercise 7: `decode_boxes`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Now the way back, for all slots at once. It is the same for targets and for what a network predicts:
#
# $$ x = \frac{\text{column} + b_x}{grid_W}, \qquad y = \frac{\text{row} + b_y}{grid_H}, \qquad
# w = a_w\, e^{b_w}, \qquad h = a_h\, e^{b_h}. $$
#
# Return four arrays: the midpoints `box_xy`, the sizes `box_wh`, the confidence $p_c$ with a last axis
# of length 1, and the rest, the probabilities of the classes.
#
# **By hand:** a grid of 2 rows and 4 columns. Row 1, column 3, $b_x = b_y = 0.5$:
# $x = 3.5 / 4 = 0.875$, and $y = 1.5 / 2 = 0.75$. With the anchor $(0.2, 0.3)$, $b_w = 0$ and
# $b_h = \ln 2$, the box is $0.2$ wide and $0.6$ high.
#
# **The NumPy you need:** `np.arange(grid_W)` numbers the columns, and
# `np.arange(grid_H)[:, np.newaxis]` the rows, in a column. `Y[..., :1]` keeps the last axis, `Y[..., 0]`
# drops it. Loops over rows, columns and anchors are fine, too.


# %%
def decode_boxes(Y, anchors):
    """Read a grid of predictions, or of targets: say where in the image each box lies.

    Parameters
    ----------
    Y : ndarray of float, shape (grid_H, grid_W, n_anchors, 5 + n_classes)
        The grid of one image.
    anchors : ndarray of float, shape (n_anchors, 2)
        Width and height of each anchor, in fractions of the image's.

    Returns
    -------
    box_xy : ndarray of float, shape (grid_H, grid_W, n_anchors, 2)
        Midpoints (x, y), in fractions of the image's width and height.
    box_wh : ndarray of float, shape (grid_H, grid_W, n_anchors, 2)
        Widths and heights, in fractions too.
    box_confidence : ndarray of float, shape (grid_H, grid_W, n_anchors, 1)
        p_c
    box_class_probs : ndarray of float, shape (grid_H, grid_W, n_anchors, n_classes)
        The probability of each class.
    """
    grid_H, grid_W = Y.shape[:2]
    ### START CODE HERE ### (≈ 6 lines)
    columns, rows = np.meshgrid(np.arange(grid_W), np.arange(grid_H))
    cells = np.stack([columns, rows], axis=-1)[:, :, np.newaxis]
    box_xy = (cells + Y[..., 1:3]) / [grid_W, grid_H]
    box_wh = anchors * np.exp(Y[..., 3:5])
    box_confidence = Y[..., :1]
    box_class_probs = Y[..., 5:]
    ### END CODE HERE ###
    return box_xy, box_wh, box_confidence, box_class_probs


# %%
check(decode_boxes)

# %%
if ready(decode_boxes):
    Y = np.zeros((2, 4, 1, 7))
    Y[1, 3, 0] = [1.0, 0.5, 0.5, 0.0, np.log(2), 0.0, 1.0]
    box_xy, box_wh, box_confidence, box_class_probs = decode_boxes(Y, np.array([[0.2, 0.3]]))
    print("midpoint", box_xy[1, 3, 0], "size", box_wh[1, 3, 0].round(3))
    print(box_xy.shape, box_wh.shape, box_confidence.shape, box_class_probs.shape)

# %% [markdown]
# **Expected output**
#
# ```
# midpoint [0.875 0.75 ] size [0.2 0.6]
# (2, 4, 1, 2) (2, 4, 1, 2) (2, 4, 1, 1) (2, 4, 1, 2)
# ```
#
# <details><summary>Hint</summary>
#
# `columns, rows = np.meshgrid(np.arange(grid_W), np.arange(grid_H))` gives two arrays of shape (grid_H,
# grid_W). Stack them along a new last axis, and put in an axis for the anchors. Then all is one line:
# `(cells + Y[..., 1:3]) / [grid_W, grid_H]`.
#
# </details>

# %% [markdown]
# Writing and then reading must give back what was there. Here are the boxes of all training scenes,
# written into grids and read again.


# %%
SIDES = np.array([WIDTH, HEIGHT, WIDTH, HEIGHT])


def encode_scene(boxes, classes, anchors):
    """Encode the boxes of a scene, given by their corners in pixels."""
    fractions = corners_to_midpoints(boxes / SIDES)
    return encode_boxes(fractions, classes, anchors, GRID, N_CLASSES)


# %%
if ready(corners_to_midpoints, shape_iou, kmeans_anchors, encode_boxes, decode_boxes):
    first_anchors = np.array([[0.2, 0.5], [0.4, 0.4]])
    largest_error, n_lost = 0.0, 0
    for boxes, classes in zip(boxes_train, classes_train, strict=True):
        Y = encode_scene(boxes, classes, first_anchors)
        box_xy, box_wh, box_confidence, _ = decode_boxes(Y, first_anchors)
        there = box_confidence[..., 0] == 1
        found = np.hstack([box_xy[there], box_wh[there]])
        wanted = corners_to_midpoints(boxes / SIDES)
        nearest = np.abs(found[:, np.newaxis] - wanted).max(axis=2).min(axis=1)
        largest_error = max(largest_error, nearest.max(initial=0.0))
        n_lost += len(boxes) - len(found)
    print("what is read is what was written:", largest_error < 1e-12)
    print(n_lost, "of", sum(map(len, boxes_train)), "objects lost their slot to another one")

# %% [markdown]
# **Expected output**
#
# ```
# what is read is what was written: True
# 0 of 1611 objects lost their slot to another one
# ```
#
# ## 5. From the grid to a few boxes
#
# The other half of detection comes after the network. It returns $6 \cdot 8 \cdot 2 = 96$ boxes for
# each image, wherever there is something or nothing. Five functions make the few that are shown.
#
# They are those of the classic YOLO exercise, and they keep its custom: TensorFlow puts the **row
# first**. So corners are now $(y_1, x_1, y_2, x_2)$. An IoU does not care, as long as both boxes are
# written in the same way. Scaling does.
#
# ### Exercise 8: `yolo_boxes_to_corners`
#
# **Difficulty** ●○○ · **5 minutes**
#
# $$ y_1 = b_y - \frac{b_h}{2}, \quad x_1 = b_x - \frac{b_w}{2}, \quad
# y_2 = b_y + \frac{b_h}{2}, \quad x_2 = b_x + \frac{b_w}{2}. $$
#
# **By hand:** midpoint $(5, 3)$, 6 wide and 4 high: $(y_1, x_1, y_2, x_2) = (1, 2, 5, 8)$.
#
# **The NumPy you need:** the arrays have any number of axes, and the last one holds $x$ and $y$.
# `A[..., ::-1]` turns the last axis round: $y$ and $x$. `np.concatenate([A, B], axis=-1)` joins along
# the last axis.


# %%
def yolo_boxes_to_corners(box_xy, box_wh):
    """Write boxes by their corners, with the row first.

    Parameters
    ----------
    box_xy : ndarray of float, shape (..., 2)
        Midpoints (x, y).
    box_wh : ndarray of float, shape (..., 2)
        Widths and heights.

    Returns
    -------
    ndarray of float, shape (..., 4)
        (y1, x1, y2, x2)
    """
    ### START CODE HERE ### (≈ 3 lines)
    upper_left = box_xy - box_wh / 2
    lower_right = box_xy + box_wh / 2
    boxes = np.concatenate([upper_left[..., ::-1], lower_right[..., ::-1]], axis=-1)
    ### END CODE HERE ###
    return boxes


# %%
check(yolo_boxes_to_corners)

# %%
if ready(yolo_boxes_to_corners):
    print(yolo_boxes_to_corners(np.array([[5.0, 3.0]]), np.array([[6.0, 4.0]])))

# %% [markdown]
# **Expected output**
#
# ```
# [[1. 2. 5. 8.]]
# ```
#
# <details><summary>Hint</summary>
#
# The upper left corner is midpoint less half of the size, as $(x, y)$; the lower right one is their
# sum. Turn both round and join them.
#
# </details>

# %% [markdown]
# ### Exercise 9: `yolo_filter_boxes`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Each slot says how probable it is that there is an object, $p_c$, and if there is one, how probable
# each class is. The probability that there is an object *of class c* is the product. It is the
# **score** of the box for this class:
#
# $$ \text{score}_c = p_c \cdot P(c \mid \text{object}). $$
#
# A box takes its best class (of equal ones the first, as `np.argmax` does), and stays if that score is
# **at least** the threshold. The boxes that stay keep their order: row by row, in a row cell by cell, in
# a cell anchor by anchor. Perhaps none stays. Then there are no scores and no classes, and the boxes have
# the shape (0, 4): a list of no boxes is still a list of boxes. A mask sees to all that by itself.
#
# **By hand:** $p_c = 1$ and probabilities $(0.3, 0.7)$: class 1, score $0.7$. With $p_c = 0.5$ and
# $(0.9, 0.1)$: class 0, score $0.45$. A threshold of $0.6$ keeps the first one only.
#
# **The NumPy you need:** `np.max` and `np.argmax` with `axis=-1`. A mask of shape (grid_H, grid_W,
# n_anchors) picks from an array of that shape, and from one that has a further axis: the result has
# the shape (k,) or (k, 4).
#
# *If you bring your own solution:* the first edition of this exercise had `box_confidence` before
# `boxes`. Both orders pass, as long as the parameters have these names.


# %%
def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=0.6):
    """Keep the boxes that are sure enough of an object and its class.

    Parameters
    ----------
    boxes : ndarray of float, shape (grid_H, grid_W, n_anchors, 4)
        Four numbers for each box.
    box_confidence : ndarray of float, shape (grid_H, grid_W, n_anchors, 1)
        The probability that there is an object.
    box_class_probs : ndarray of float, shape (grid_H, grid_W, n_anchors, n_classes)
        If there is one, the probability of each class.
    threshold : float
        A box stays if the score of its best class is at least this.

    Returns
    -------
    scores : ndarray of float, shape (k,)
        The best score of each box that stays; k may be 0.
    boxes : ndarray of float, shape (k, 4)
        The boxes that stay.
    classes : ndarray of int, shape (k,)
        Their classes.
    """
    ### START CODE HERE ### (≈ 7 lines)
    box_scores = box_confidence * box_class_probs
    best_classes = np.argmax(box_scores, axis=-1)
    best_scores = np.max(box_scores, axis=-1)
    mask = best_scores >= threshold
    scores = best_scores[mask]
    boxes = boxes[mask]
    classes = best_classes[mask]
    ### END CODE HERE ###
    return scores, boxes, classes


# %%
check(yolo_filter_boxes)

# %%
if ready(yolo_filter_boxes):
    two = np.arange(8.0).reshape(1, 2, 1, 4)
    sure = np.array([0.5, 1.0]).reshape(1, 2, 1, 1)
    probs = np.array([[0.9, 0.1], [0.3, 0.7]]).reshape(1, 2, 1, 2)
    for result in yolo_filter_boxes(boxes=two, box_confidence=sure, box_class_probs=probs):
        print(result)

# %% [markdown]
# **Expected output**
#
# ```
# [0.7]
# [[4. 5. 6. 7.]]
# [1]
# ```
#
# <details><summary>Hint</summary>
#
# `box_confidence * box_class_probs`: the last axis of length 1 is stretched over the classes. Then the
# best class, its score, a mask, and the mask three times.
#
# </details>

# %% [markdown]
# ### Exercise 10: `yolo_non_max_suppression`
#
# **Difficulty** ●●● · **20 minutes**
#
# Around an object, several slots say: here! Their boxes overlap, and only the best one should stay.
# **Non-max suppression** is greedy:
#
# 1. Take the box of the highest score that is left. It stays.
# 2. Throw away all boxes **of its class** whose IoU with it is **more than** `iou_threshold`.
# 3. Repeat until no box is left, or `max_boxes` stay.
#
# Why only of its class? A person in front of a car is two objects, however much they overlap. (The
# classic exercise lets all boxes compete. That loses no points; the check tells you.)
#
# Four details that a detector meets every day. There may be no box at all; then the result has none
# either, and its boxes have the shape (0, 4). The boxes that stay come in decreasing order of their
# scores; equal scores come in the order in which they were given. A box that has been thrown away throws
# away no others. And `max_boxes` counts the boxes of all classes together.
#
# **By hand:** three boxes of one class in a row, $A$ with score 0.9, $B$ with 0.8, $C$ with 0.7. $A$
# and $B$ overlap, $B$ and $C$ overlap, $A$ and $C$ do not. $A$ stays, $B$ goes, and so $C$ stays: $B$
# is not there any more.
#
# **The NumPy you need:** `np.argsort(-scores, kind="stable")` numbers the boxes by decreasing score;
# *stable* means that equals keep their order. `scores[[2, 0]]` picks by a list of indices, and so does
# an empty list.


# %%
def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    """Of boxes of one class that overlap too much, keep the one of the highest score.

    Parameters
    ----------
    scores : ndarray of float, shape (k,)
        k may be 0.
    boxes : ndarray of float, shape (k, 4)
        Corners.
    classes : ndarray of int, shape (k,)
    max_boxes : int
        How many boxes to keep at most.
    iou_threshold : float
        A box goes if its IoU with a better one of its class, which stays, is more than this.

    Returns
    -------
    scores : ndarray of float, shape (n,)
        Of the boxes that stay, in decreasing order.
    boxes : ndarray of float, shape (n, 4)
    classes : ndarray of int, shape (n,)
    """
    ### START CODE HERE ### (≈ 9 lines)
    kept = []
    for i in np.argsort(-scores, kind="stable"):
        better = [j for j in kept if classes[j] == classes[i]]
        if all(iou(boxes[i], boxes[j]) <= iou_threshold for j in better):
            kept.append(i)
    kept = kept[:max_boxes]
    scores = scores[kept]
    boxes = boxes[kept]
    classes = classes[kept]
    ### END CODE HERE ###
    return scores, boxes, classes


# %%
check(yolo_non_max_suppression)

# %%
if ready(iou, yolo_non_max_suppression):
    row = np.array([[0.0, 0.0, 3.0, 6.0], [0.0, 2.0, 3.0, 8.0], [0.0, 4.0, 3.0, 10.0]])
    scores, classes = np.array([0.9, 0.8, 0.7]), np.array([0, 0, 0])
    print(yolo_non_max_suppression(scores, row, classes, iou_threshold=0.4)[0])
    print(yolo_non_max_suppression(scores, row, classes, iou_threshold=0.6)[0])
    print(yolo_non_max_suppression(scores, row, classes, max_boxes=2, iou_threshold=0.6)[0])

# %% [markdown]
# **Expected output**
#
# ```
# [0.9 0.7]
# [0.9 0.8 0.7]
# [0.9 0.8]
# ```
#
# <details><summary>Hint</summary>
#
# Keep a list of the indices that stay. Go through the boxes by decreasing score. A box joins the list
# if its IoU with *every* box of its class in the list is at most the threshold. At the end, cut the
# list to `max_boxes`, and pick from all three arrays.
#
# </details>

# %% [markdown]
# Here it is at work. A made-up detector reports each object of a scene several times, a little beside,
# with different scores.

# %% tags=["nbval-ignore-output"]
if ready(iou, yolo_non_max_suppression):
    rng, shown = np.random.default_rng(3), 1
    reported = np.repeat(boxes_train[shown], 4, axis=0)
    reported = reported + rng.normal(0, 1.3, reported.shape)
    scores = rng.uniform(0.5, 1, len(reported))
    classes = np.repeat(classes_train[shown], 4)
    kept = yolo_non_max_suppression(scores, reported, classes, iou_threshold=0.4)
    figure, axes = plt.subplots(1, 2, figsize=(8.4, 3.4), layout="constrained")
    show_scene(axes[0], X_train[shown], f"before: {len(reported)} boxes")
    draw_boxes(axes[0], reported)
    show_scene(axes[1], X_train[shown], f"after: {len(kept[0])} boxes")
    names = [
        f"{scenes.CLASS_NAMES[c]} {score:.2f}" for score, c in zip(kept[0], kept[2], strict=True)
    ]
    draw_boxes(axes[1], kept[1], names)
    plotting.show(
        figure,
        alt="Left: a scene in which each object has four boxes, one over the other. Right: the same "
        "scene after non-max suppression, with one box left for each object.",
    )

# %% [markdown]
# The cup keeps a box that fits worse than some of the others: suppression sees scores and boxes, and
# knows nothing of the truth. If the scores are bad, it keeps the wrong box.
#
# ### Exercise 11: `scale_boxes`
#
# **Difficulty** ●○○ · **4 minutes**
#
# The boxes are in fractions of the image. To draw them, multiply rows by the height in pixels, and
# columns by the width.
#
# **By hand:** $(0.25, 0.5, 0.75, 1)$ in an image of 40 rows and 60 columns: $(10, 30, 30, 60)$.
#
# **The NumPy you need:** an array of shape (k, 4) times one of shape (4,).


# %%
def scale_boxes(boxes, image_shape):
    """Turn fractions of the image into pixels.

    Parameters
    ----------
    boxes : ndarray of float, shape (k, 4)
        (y1, x1, y2, x2) in fractions of the image's height and width; k may be 0.
    image_shape : tuple of float
        (height, width) in pixels.

    Returns
    -------
    ndarray of float, shape (k, 4)
        (y1, x1, y2, x2) in pixels.
    """
    height, width = image_shape
    ### START CODE HERE ### (≈ 1 line)
    scaled = boxes * np.array([height, width, height, width])
    ### END CODE HERE ###
    return scaled


# %%
check(scale_boxes)

# %%
if ready(scale_boxes):
    print(scale_boxes(np.array([[0.25, 0.5, 0.75, 1.0]]), (40.0, 60.0)))

# %% [markdown]
# **Expected output**
#
# ```
# [[10. 30. 30. 60.]]
# ```
#
# <details><summary>Hint</summary>
#
# Height, width, height, width: the order of the four numbers of a box.
#
# </details>

# %% [markdown]
# ### Exercise 12: `yolo_eval`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Put the four together: corners, filter, scale, suppress. Hand each threshold on to the function that
# it is meant for.
#
# **By hand:** one slot with midpoint $(0.5, 0.5)$, size $(0.2, 0.4)$, confidence 0.9 and probabilities
# $(0, 1)$, in an image of 100 rows and 200 columns: score 0.9, class 1, and the box
# $(0.3 \cdot 100,\; 0.4 \cdot 200,\; 0.7 \cdot 100,\; 0.6 \cdot 200) = (30, 80, 70, 120)$.
#
# *If you bring your own solution:* in the first edition, `yolo_outputs` began with the confidence. Both
# orders pass.


# %%
def yolo_eval(
    yolo_outputs,
    image_shape=(720.0, 1280.0),
    max_boxes=10,
    score_threshold=0.6,
    iou_threshold=0.5,
):
    """Go from what `decode_boxes` gives to the boxes to draw.

    Parameters
    ----------
    yolo_outputs : tuple of ndarray
        (box_xy, box_wh, box_confidence, box_class_probs), in fractions of the image.
    image_shape : tuple of float
        (height, width) in pixels.
    max_boxes : int
        How many boxes to keep at most.
    score_threshold : float
        The least score of a box that stays.
    iou_threshold : float
        The largest IoU of two boxes of one class that both stay.

    Returns
    -------
    scores : ndarray of float, shape (n,)
        In decreasing order.
    boxes : ndarray of float, shape (n, 4)
        Corners (y1, x1, y2, x2) in pixels.
    classes : ndarray of int, shape (n,)
    """
    ### START CODE HERE ### (≈ 9 lines)
    box_xy, box_wh, box_confidence, box_class_probs = yolo_outputs
    boxes = yolo_boxes_to_corners(box_xy, box_wh)
    scores, boxes, classes = yolo_filter_boxes(
        boxes, box_confidence, box_class_probs, score_threshold
    )
    boxes = scale_boxes(boxes, image_shape)
    scores, boxes, classes = yolo_non_max_suppression(
        scores, boxes, classes, max_boxes, iou_threshold
    )
    ### END CODE HERE ###
    return scores, boxes, classes


# %%
check(yolo_eval)

# %%
afterwards = [yolo_boxes_to_corners, yolo_filter_boxes, yolo_non_max_suppression, scale_boxes]
if ready(iou, *afterwards, yolo_eval):
    box_xy, box_wh = np.array([[[[0.5, 0.5]]]]), np.array([[[[0.2, 0.4]]]])
    box_confidence, box_class_probs = np.array([[[[0.9]]]]), np.array([[[[0.0, 1.0]]]])
    # If your yolo_eval takes the confidence first, put it first here as well.
    for result in yolo_eval((box_xy, box_wh, box_confidence, box_class_probs), (100.0, 200.0)):
        print(result)

# %% [markdown]
# **Expected output**
#
# ```
# [0.9]
# [[ 30.  80.  70. 120.]]
# [1]
# ```
#
# <details><summary>Hint</summary>
#
# Four calls, in the order of the exercises: `yolo_boxes_to_corners`, `yolo_filter_boxes` with
# `score_threshold`, `scale_boxes`, `yolo_non_max_suppression` with `max_boxes` and `iou_threshold`.
#
# </details>
#
# A test on the real scenes: write a scene's objects into the grid, read them, and make boxes of it. The
# list must be the one we started from. `boxes_of` takes the same four steps as your `yolo_eval`, and turns
# the boxes into $x_1, y_1, x_2, y_2$ on the way, for that is how the truth is written.


# %%
def boxes_of(Y, anchors, score_threshold=0.6, iou_threshold=0.5):
    """Turn a grid into scores, boxes (x1, y1, x2, y2) in pixels, and classes."""
    box_xy, box_wh, box_confidence, box_class_probs = decode_boxes(Y, anchors)
    corners = yolo_boxes_to_corners(box_xy, box_wh)
    scores, corners, classes = yolo_filter_boxes(
        boxes=corners,
        box_confidence=box_confidence,
        box_class_probs=box_class_probs,
        threshold=score_threshold,
    )
    boxes = scale_boxes(corners, (HEIGHT, WIDTH))[:, [1, 0, 3, 2]]
    return yolo_non_max_suppression(scores, boxes, classes, 20, iou_threshold)


# %%
if ready(corners_to_midpoints, iou, shape_iou, encode_boxes, decode_boxes, *afterwards):
    shown = int(np.argmax([len(boxes) for boxes in boxes_train]))
    Y = encode_scene(boxes_train[shown], classes_train[shown], first_anchors)
    scores, boxes, classes = boxes_of(Y, first_anchors)
    print("slots:", Y[..., 0].size, " boxes:", len(boxes), " objects:", len(boxes_train[shown]))
    order = np.lexsort(boxes.T)
    wanted = boxes_train[shown][np.lexsort(boxes_train[shown].T)]
    print("the same boxes:", bool(np.allclose(boxes[order], wanted)))

# %% [markdown]
# **Expected output**
#
# ```
# slots: 96  boxes: 3  objects: 3
# the same boxes: True
# ```
#
# ## 6. Anchors everywhere: region proposals
#
# There is another family of detectors. They work in **two steps**: first propose regions in which
# there may be something, then look at each of them closely. In Faster R-CNN, a small network proposes
# the regions. At each place of a feature map it looks at anchors of several sizes and shapes, and says
# for each of them: object or not, and how to shift it. The change of its size is written as in exercise 6,
# as a logarithm; the shift of its midpoint is counted in widths and heights of the anchor.
#
# ### Exercise 13: `region_anchors`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Lay the anchors. A cell is `stride` pixels wide and high. All anchors of a cell have their midpoint in
# the middle of the cell. An anchor of **size** $s$ has the area $s^2$, whatever its **ratio** $r$ of
# height to width. From $h / w = r$ and $h \cdot w = s^2$ it follows that $h^2 = r s^2$, so
#
# $$ h = s \sqrt r, \qquad w = \frac{s}{\sqrt r}. $$
#
# The list goes row by row; in a row, cell by cell; in a cell, size by size; for a size, ratio by ratio.
# Anchors may stick out of the image. (Faster R-CNN leaves those out of its training. We keep them.)
#
# **By hand:** row 0, column 1, stride 8: the middle is $(12, 4)$. Size 6 and ratio 4: $h = 12$,
# $w = 3$, so the corners are $(10.5, -2, 13.5, 10)$.
#
# **What you need:** four loops and a list will do. Without loops: `np.meshgrid(..., indexing="ij")`
# of rows, columns, sizes and ratios gives four arrays of one shape.


# %%
def region_anchors(grid_shape, stride, sizes, ratios):
    """Lay anchors of several sizes and shapes around the middle of each cell of a grid.

    Parameters
    ----------
    grid_shape : tuple of int
        (grid_H, grid_W): how many rows and columns of cells.
    stride : int
        The side of a cell, in pixels.
    sizes : list of float, length n_s
        The square root of an anchor's area, in pixels.
    ratios : list of float, length n_r
        Height divided by width.

    Returns
    -------
    ndarray of float, shape (grid_H * grid_W * n_s * n_r, 4)
        Corners (x1, y1, x2, y2) in pixels.
    """
    ### START CODE HERE ### (≈ 8 lines)
    corners = []
    for row in range(grid_shape[0]):
        for column in range(grid_shape[1]):
            x, y = (column + 0.5) * stride, (row + 0.5) * stride
            for size in sizes:
                for ratio in ratios:
                    w, h = size / np.sqrt(ratio), size * np.sqrt(ratio)
                    corners.append([x - w / 2, y - h / 2, x + w / 2, y + h / 2])
    ### END CODE HERE ###
    return np.array([*corners])


# %%
check(region_anchors)

# %%
if ready(region_anchors):
    print(region_anchors((1, 2), 8, sizes=[6.0], ratios=[1.0, 4.0]))
    laid = region_anchors(GRID, detector.STRIDE, sizes=[14.0, 20.0], ratios=[0.7, 1.0, 2.2])
    print(laid.shape)

# %% [markdown]
# **Expected output**
#
# ```
# [[ 1.   1.   7.   7. ]
#  [ 2.5 -2.   5.5 10. ]
#  [ 9.   1.  15.   7. ]
#  [10.5 -2.  13.5 10. ]]
# (288, 4)
# ```
#
# <details><summary>Hint</summary>
#
# The middle of a cell is half a cell to the right of its left edge: `(column + 0.5) * stride`. The
# four loops stand inside each other in the order in which the list is to go.
#
# </details>

# %% [markdown]
# ### Exercise 14: `label_anchors`
#
# **Difficulty** ●●● · **15 minutes**
#
# To train the proposals, each anchor needs a label.
#
# - **Positive (1):** its IoU with some object is at least `positive`.
# - **Negative (0):** its IoU with every object is below `negative`.
# - **Neither (−1):** all others. They are half right, and the cost leaves them out.
# - And one rule above these: for each object, the anchor of the largest IoU is **positive** in any
#   case, even if it is bad, for else the network would never hear of this object. If several share the
#   largest IoU, all are. But if the largest IoU is 0, the object meets no anchor, and none is.
#
# **By hand:** an object $(0, 0, 4, 4)$, and anchors with IoU $0.5$ and $0.1$. Neither reaches 0.7. The
# first is the best one: positive. The second is below 0.3: negative.
#
# **The NumPy you need:** `np.max(A, axis=1, initial=0)` is the largest entry of each row, and 0 for
# rows without entries. `labels[mask] = 1` writes at all places where the mask is True.


# %%
def label_anchors(anchors, boxes, positive=0.7, negative=0.3):
    """Say which anchors count as objects, which as background, and which not at all.

    Parameters
    ----------
    anchors : ndarray of float, shape (k1, 4)
        Corners (x1, y1, x2, y2); k1 may be 0.
    boxes : ndarray of float, shape (k2, 4)
        Corners of the objects; k2 may be 0.
    positive : float
        At least this IoU with some object makes an anchor positive.
    negative : float
        Less than this with every object makes it negative.

    Returns
    -------
    ndarray of int, shape (k1,)
        1 for positive, 0 for negative, -1 for neither.
    """
    ### START CODE HERE ### (≈ 7 lines)
    overlaps = iou_matrix(anchors, boxes)
    largest = np.max(overlaps, axis=1, initial=0)
    labels = np.where(largest < negative, 0, -1)
    labels[largest >= positive] = 1
    best = np.max(overlaps, axis=0, initial=0)
    is_best = (overlaps == best) & (best > 0)
    labels[np.any(is_best, axis=1)] = 1
    ### END CODE HERE ###
    return labels


# %%
check(label_anchors)

# %%
if ready(iou_matrix, label_anchors):
    few = np.array([[0.0, 0.0, 4.0, 2.0], [0.0, 3.0, 4.0, 7.0], [0.0, 0.0, 4.0, 2.5]])
    thing = np.array([[0.0, 0.0, 4.0, 4.0]])
    print("IoU:   ", iou_matrix(few, thing).ravel().round(3))
    print("labels:", label_anchors(few, thing))
    print("no objects:", label_anchors(few, np.zeros((0, 4))))

# %% [markdown]
# **Expected output**
#
# ```
# IoU:    [0.5   0.143 0.625]
# labels: [-1  0  1]
# no objects: [0 0 0]
# ```
#
# <details><summary>Hint</summary>
#
# First all negative and neither, then the positive ones, last the best ones: what comes last wins. The
# largest IoU of each *object* is the maximum along axis 0.
#
# </details>

# %% tags=["nbval-ignore-output"]
if ready(iou_matrix, region_anchors, label_anchors):
    counts, best_fits = np.zeros(3, dtype=int), []
    for boxes in boxes_train[:200]:
        labels = label_anchors(laid, boxes)
        counts += [np.sum(labels == wanted) for wanted in (1, 0, -1)]
        best_fits.extend(np.max(iou_matrix(laid, boxes), axis=0))
    print(f"of {counts.sum()} anchors in 200 scenes", end=" ")
    print("{} are positive, {} negative, {} neither".format(*counts))
    print(
        f"{np.mean(np.array(best_fits) >= 0.7):.0%} of the objects have an anchor of IoU 0.7 or more"
    )
    shown = 8
    labels = label_anchors(laid, boxes_train[shown])
    figure, axes = plt.subplots(1, 3, figsize=(11.4, 3), layout="constrained")
    show_scene(axes[0], X_train[shown], "the objects")
    draw_boxes(axes[0], boxes_train[shown])
    for ax, wanted, name in ((axes[1], 1, "positive"), (axes[2], -1, "neither")):
        chosen = laid[labels == wanted]
        show_scene(ax, X_train[shown], f"{len(chosen)} of {len(laid)} anchors: {name}")
        draw_boxes(ax, chosen, style="--")
    plotting.show(
        figure,
        alt="A scene with a cat and a coin three times: with the true boxes; with the two positive "
        "anchors, one near each object; with the 30 anchors that are neither, which overlap the "
        "objects in part.",
    )

# %% [markdown]
# So most objects owe their positive anchor to the last rule. In this scene the coin has an anchor that
# fits it well; the one of the cat is not good, but the best there is.
#
# **Question.** Nearly all anchors are negative. What happens if you train on all of them, each with the
# same weight? What can be done?
#
# <details><summary>Answer</summary>
#
# "No object" everywhere is then nearly always right, and the gradient of the many easy negatives
# drowns that of the few positives. Faster R-CNN draws 256 anchors an image: up to 128 positive ones,
# and negative ones for the rest. Others give the negatives a smaller weight, take only the
# hardest ones, or weigh each anchor by how wrong it still is (the focal loss). The network below gives
# empty slots half the weight, and starts with a bias that says "empty".
#
# </details>
#
# ## 7. How good is a detector?
#
# Accuracy will not do: what would be the right answers among the wrong boxes that *nobody* predicted?
# Precision and recall will. First decide which predicted boxes are right.
#
# ### Exercise 15: `match_detections`
#
# **Difficulty** ●●○ · **12 minutes**
#
# For one image and one class: go through the predicted boxes by decreasing score, those of equal scores
# in the order given. Each goes with the object of the **largest** IoU. It is right if this IoU is **at
# least** the threshold, and if no box before it has found this object. A second box for the same object
# is wrong: someone who counts the boxes would count the object twice.
#
# Return the answers in the order in which the boxes were given.
#
# **By hand:** two boxes for one object, with scores 0.7 and 0.8 and IoUs 1 and 0.8, and a third box far
# away, with score 0.9. The third is wrong. Then comes the one with 0.8: right. Then the one with 0.7:
# the object is found already, so it is wrong, although it fits better.
#
# **The NumPy you need:** `np.argsort(-scores, kind="stable")`, `np.argmax`, and an array of bool. There
# may be no boxes. If there are no objects, `np.argmax` has nothing to choose from: then no box is right.


# %%
def match_detections(scores, boxes, truth, iou_threshold=0.5):
    """Say which boxes, predicted in one image for one class, are right.

    Parameters
    ----------
    scores : ndarray of float, shape (k,)
        How sure the detector is of each box; k may be 0.
    boxes : ndarray of float, shape (k, 4)
        Corners of the boxes predicted.
    truth : ndarray of float, shape (n, 4)
        Corners of the objects; n may be 0.
    iou_threshold : float
        The least IoU of a right box with its object.

    Returns
    -------
    ndarray of bool, shape (k,)
        In the order of `boxes`: is it right?
    """
    ### START CODE HERE ### (≈ 9 lines)
    correct = np.zeros(len(scores), dtype=bool)
    found = np.zeros(len(truth), dtype=bool)
    overlaps = iou_matrix(boxes, truth)
    order = np.argsort(-scores, kind="stable") if len(truth) > 0 else []
    for i in order:
        j = np.argmax(overlaps[i])
        if overlaps[i, j] >= iou_threshold and not found[j]:
            correct[i] = True
            found[j] = True
    ### END CODE HERE ###
    return correct


# %%
check(match_detections)

# %%
if ready(iou_matrix, match_detections):
    three = np.array([[0.0, 0.0, 4.0, 4.0], [0.0, 0.0, 4.0, 5.0], [8.0, 8.0, 9.0, 9.0]])
    print(match_detections(np.array([0.7, 0.8, 0.9]), three, three[:1]))

# %% [markdown]
# **Expected output**
#
# ```
# [False  True False]
# ```
#
# <details><summary>Hint</summary>
#
# Begin with `correct` and `found` all False: `np.zeros(n, dtype=bool)`. In the loop: the best object of
# this box, a question with `and`, and two assignments.
#
# </details>

# %% [markdown]
# ### Exercise 16: `average_precision`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Collect the boxes of one class from **all** images, and sort them by score. If only the best $k$ of
# them were shown, how many of these are right, and how many of the $n$ objects are found?
#
# $$ \text{precision}_k = \frac{\text{right ones among the first } k}{k}, \qquad
# \text{recall}_k = \frac{\text{right ones among the first } k}{n}. $$
#
# From $k$ to $k + 1$, recall stays where it is, or grows by $1/n$ at a right box. **Average precision**
# is the area under the curve of precision against recall. The curve has teeth: at a wrong box
# precision falls, at the next right one it rises again. As is the custom, the teeth are filled: each
# precision is replaced by the largest one at the same or a higher recall,
#
# $$ \bar p_k = \max_{j \ge k}\, \text{precision}_j, \qquad
# \mathrm{AP} = \frac1n \sum_{k \text{ is right}} \bar p_k. $$
#
# **By hand:** four boxes, right, wrong, wrong, right, and $n = 2$ objects. The precisions are $1, \tfrac12,
# \tfrac13, \tfrac24$. At the first box, the largest from there on is 1; at the last one, it is
# $\tfrac12$. So $\mathrm{AP} = (1 + \tfrac12) / 2 = 0.75$.
#
# Others read the same curve at fixed recalls and average what they find: the VOC challenge at 11 of them
# until 2009, COCO at 101. Their numbers differ a little from this area, so say which one you report.
#
# **The NumPy you need:** `np.cumsum` of an array of bool counts the True ones so far.
# `np.maximum.accumulate(A)` is the largest entry so far; with `A[::-1]` before and `[::-1]` after, it is
# the largest from there on. Equal scores stay in the order given: `kind="stable"`.


# %%
def average_precision(scores, correct, n_truth):
    """Sum up precision and recall of one class in one number.

    Parameters
    ----------
    scores : ndarray of float, shape (k,)
        How sure the detector is of each box, in all images together; k may be 0.
    correct : ndarray of bool, shape (k,)
        Whether each box is right.
    n_truth : int
        How many objects there are, at least 1.

    Returns
    -------
    float
        The area under precision against recall, with its teeth filled.
    """
    ### START CODE HERE ### (≈ 4 lines)
    in_order = correct[np.argsort(-scores, kind="stable")]
    precisions = np.cumsum(in_order) / np.arange(1, len(in_order) + 1)
    filled = np.maximum.accumulate(precisions[::-1])[::-1]
    area = np.sum(filled[in_order]) / n_truth
    ### END CODE HERE ###
    return area


# %%
check(average_precision)

# %%
if ready(average_precision):
    right = np.array([True, False, False, True])
    print("two objects:  ", float(average_precision(np.array([0.9, 0.8, 0.7, 0.6]), right, 2)))
    print("four objects: ", float(average_precision(np.array([0.9, 0.8, 0.7, 0.6]), right, 4)))
    print("wrong ones first:", float(average_precision(np.array([0.6, 0.9, 0.8, 0.7]), right, 2)))

# %% [markdown]
# **Expected output**
#
# ```
# two objects:   0.75
# four objects:  0.375
# wrong ones first: 0.5
# ```
#
# <details><summary>Hint</summary>
#
# Sort `correct` by decreasing score. Its `np.cumsum`, divided by 1, 2, 3, …, are the precisions. Fill
# the teeth. Sum over the right boxes, and divide by `n_truth`.
#
# </details>

# %% [markdown]
# ### Exercise 17: `mean_average_precision`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Every class has an average precision of its own. Their mean is **mAP**, the number by which detectors
# are compared. A rare class counts as much as a common one. A class without any object in the images
# does not count.
#
# For each class: pick from each image the boxes and the objects of this class, match them *within the
# image*, collect scores and answers of all images, count the objects, and compute the average
# precision.
#
# **By hand:** one image with a cat and a dog. Only the cat is found. The cats' AP is 1, that of the
# dogs 0, and mAP is $0.5$.
#
# **The NumPy you need:** `classes == c` is a mask for the boxes of class c. `np.concatenate(list)` joins
# arrays.


# %%
def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
    """Average the average precision over the classes.

    Parameters
    ----------
    detections : list of tuple, length m
        (scores, boxes, classes) of each image.
    truths : list of tuple, length m
        (boxes, classes) of the objects in each image.
    n_classes : int
        How many classes there are.
    iou_threshold : float
        The least IoU of a right box with its object.

    Returns
    -------
    float
        The mean over the classes of which there is an object.
    """
    ### START CODE HERE ### (≈ 13 lines)
    values = []
    for c in range(n_classes):
        all_scores, all_correct, n_truth = [], [], 0
        for i in range(len(truths)):
            scores, boxes, classes = detections[i]
            true_boxes, true_classes = truths[i]
            own, wanted = classes == c, true_boxes[true_classes == c]
            all_scores.append(scores[own])
            all_correct.append(match_detections(scores[own], boxes[own], wanted, iou_threshold))
            n_truth += len(wanted)
        if n_truth > 0:
            scores_c, correct_c = np.concatenate(all_scores), np.concatenate(all_correct)
            values.append(average_precision(scores_c, correct_c, n_truth))
    ### END CODE HERE ###
    return float(np.mean([*values]))


# %%
check(mean_average_precision)

# %%
if ready(match_detections, average_precision, mean_average_precision):
    pair = np.array([[0.0, 0.0, 4.0, 4.0], [5.0, 0.0, 9.0, 4.0]])
    both = np.array([0, 1])
    found = (np.array([0.9]), pair[:1], both[:1])
    print(mean_average_precision([found], [(pair, both)], n_classes=3))

# %% [markdown]
# **Expected output**
#
# ```
# 0.5
# ```
#
# <details><summary>Hint</summary>
#
# Two loops: over the classes, and inside it over the images. The lists of scores and answers begin
# empty for each class. Images without objects of the class matter too: a box there is wrong.
#
# </details>
#
# ## 8. A detector
#
# Everything is there but the network. It is given, in `helpers.detector`: five convolutions of 3 by 3
# with ReLU, three of which halve the image, and a last one of 1 by 1, which returns for each cell
# `n_anchors * (5 + n_classes)` numbers. It uses the layers of week 8 and Adam. It is trained on **your**
# targets, with the cost
#
# $$ J = \underbrace{\sum_{\text{slots}} v\; \mathrm{CE}(\sigma(t_p), p_c)}_{\text{is something there?}}
# + \sum_{\text{slots with } p_c = 1} \Bigl[\,
# \underbrace{2\,\mathrm{CE}(\sigma(t_x), b_x) + 2\,\mathrm{CE}(\sigma(t_y), b_y)}_{\text{where?}}
# + \underbrace{(t_w - b_w)^2 + (t_h - b_h)^2}_{\text{how large?}}
# + \underbrace{\mathrm{CE}(\mathrm{softmax}, c)}_{\text{what?}} \Bigr] $$
#
# with $v = 1$ for slots with an object and $\tfrac12$ for empty ones, averaged over the scenes. CE is
# the cross-entropy. Where there is no object, only $t_p$ matters: an empty slot has no place, no size
# and no class.
#
# The papers differ here, and so do we. The first YOLO took squares for everything. There, and in the
# second one, $p_c$ learns how well the box fits, its IoU with the object, rather than just 1. Ours is simpler.
#
# First your anchors and your targets.

# %% tags=["nbval-ignore-output"]
targets = None
if ready(corners_to_midpoints, shape_iou, kmeans_anchors, encode_boxes):
    start = np.array([[10.0, 24.0], [24.0, 20.0]])
    shapes = np.concatenate([corners_to_midpoints(boxes)[:, 2:] for boxes in boxes_train])
    anchors = kmeans_anchors(shapes, start, 30) / [WIDTH, HEIGHT]
    print("anchors in pixels:", (anchors * [WIDTH, HEIGHT]).round(1).tolist())
    pairs = zip(boxes_train, classes_train, strict=True)
    targets = np.stack([encode_scene(boxes, classes, anchors) for boxes, classes in pairs])
    print("targets:", targets.shape, f"of which {targets[..., 0].mean():.1%} of the slots are used")

# %% [markdown]
# Training takes about ten seconds, more if the computer is busy.

# %% tags=["nbval-ignore-output"]
parameters = None
if targets is not None:
    start = time.perf_counter()
    parameters, costs = detector.train_detector(X_train, targets, epochs=10, seed=1)
    print(
        f"{time.perf_counter() - start:.0f} s; cost {costs[0]:.2f} at first, {costs[-1]:.2f} at last"
    )
    figure, ax = plt.subplots(figsize=(5.4, 2.8), layout="constrained")
    ax.plot(np.arange(1, len(costs) + 1), costs, "ko-")
    ax.set(xlabel="epoch", ylabel="cost per scene", ylim=(0, None))
    ax.grid(alpha=0.3)
    plotting.show(figure, alt="The cost of training falls over ten epochs, quickly at first.")

# %% [markdown]
# What the network returns still needs its activations: a sigmoid for $p_c$, $b_x$ and $b_y$, none for
# the logarithms $b_w$ and $b_h$, softmax for the classes. Then it has the layout of your targets, and
# your functions read it. For mAP even boxes with low scores are kept: whoever asks for high recall
# gets them, and they are at the end of the list.


# %%
def activate(raw):
    """Turn raw outputs of the network into the layout of the targets."""
    n_classes = raw.shape[-1] - 5
    probs = softmax(raw[..., 5:].reshape(-1, n_classes)).reshape(raw[..., 5:].shape)
    return np.concatenate([sigmoid(raw[..., :3]), raw[..., 3:5], probs], axis=-1)


def detect(parameters, X, anchors, score_threshold=0.05, iou_threshold=0.4):
    """Find the boxes of all scenes: a list of (scores, boxes, classes)."""
    grids = activate(detector.predict(parameters, X).astype(float))
    return [boxes_of(Y, anchors, score_threshold, iou_threshold) for Y in grids]


# %% tags=["nbval-ignore-output"]
metrics = [iou_matrix, match_detections, average_precision, mean_average_precision]
truths = list(zip(boxes_test, classes_test, strict=True))
found_test = None
if parameters is not None and ready(iou, decode_boxes, *afterwards, *metrics):
    found_test = detect(parameters, X_test, anchors)
    print(
        f"mAP on {len(X_test)} test scenes: {mean_average_precision(found_test, truths, N_CLASSES):.3f}"
    )

# %% [markdown]
# ### Is that good?
#
# A number needs an opponent. Two that do not learn by gradient descent:
#
# - **The mean.** It does not look. For each slot it predicts the average of all training targets: how
#   often there is something, where in the cell, how large, and of which class.
# - **Templates.** It looks, but does not learn features. For each class and three sizes it keeps a few
#   pictures from the training scenes, slides them over the image, and takes the correlation as the
#   score. Non-max suppression cleans up.


# %%
def mean_grid(targets):
    """Average the targets: of each slot, the mean of the objects that were in it."""
    often = targets[..., :1].mean(axis=0)
    rest = targets[..., 1:].mean(axis=0) / np.maximum(often, 1e-9)
    return np.concatenate([often, rest], axis=-1)


def rescaled(picture, height, width):
    """Scale a picture by taking the nearest pixels."""
    rows = (np.arange(height) + 0.5) * picture.shape[0] / height
    columns = (np.arange(width) + 0.5) * picture.shape[1] / width
    return picture[rows.astype(int)][:, columns.astype(int)]


def cut_templates(sizes, n_examples, rng):
    """Cut pictures of each class out of the training scenes, and scale each to each size."""
    templates = []
    for c in range(N_CLASSES):
        scenes_with = [i for i in range(len(X_train)) if c in classes_train[i]]
        for i in rng.choice(scenes_with, n_examples, replace=False):
            number = int(np.flatnonzero(classes_train[i] == c)[0])
            x1, y1, x2, y2 = boxes_train[i][number].astype(int)
            longest = max(x2 - x1, y2 - y1)
            for size in sizes:
                height, width = (max(2, round(size * n / longest)) for n in (y2 - y1, x2 - x1))
                templates.append((c, rescaled(X_train[i][y1:y2, x1:x2], height, width)))
    return templates


def normalized(vectors):
    """Subtract the mean of each row and divide by its length."""
    centred = vectors - vectors.mean(axis=1, keepdims=True)
    return centred / (np.linalg.norm(centred, axis=1, keepdims=True) + 1e-6)


def match_templates(templates, image, step=2):
    """Slide all templates over an image: scores, boxes and classes of the best places."""
    scores, boxes, classes = [], [], []
    for c, template in templates:
        height, width = template.shape[:2]
        windows = sliding_window_view(image, (height, width), axis=(0, 1))[::step, ::step]
        rows = windows.transpose(0, 1, 3, 4, 2).reshape(windows.shape[0] * windows.shape[1], -1)
        scores.append(normalized(rows) @ normalized(template.reshape(1, -1))[0])
        top, left = (step * n for n in np.indices(windows.shape[:2]).reshape(2, -1))
        boxes.append(np.stack([left, top, left + width, top + height], axis=1).astype(float))
        classes.append(np.full(len(rows), c))
    scores, boxes, classes = map(np.concatenate, (scores, boxes, classes))
    best = np.argsort(-scores)[:60]
    return yolo_non_max_suppression(scores[best], boxes[best], classes[best], 20, 0.3)


# %% tags=["nbval-ignore-output"]
if found_test is not None:
    half = 60  # templates take long: so many scenes are enough
    found_mean = [boxes_of(mean_grid(targets), anchors, 0.0, 0.4)] * len(X_test)
    templates = cut_templates((17, 24, 30), 4, np.random.default_rng(0))
    found_templates = [match_templates(templates, image) for image in X_test[:half]]
    for name, found in (
        ("the mean", found_mean[:half]),
        ("templates", found_templates),
        ("the detector", found_test[:half]),
    ):
        value = mean_average_precision(found, truths[:half], N_CLASSES)
        print(f"{name:13} mAP {value:.3f} on {half} test scenes")

# %% [markdown]
# Who does not look gets next to nothing. Templates do well, for every cup here *is* a picture of the
# same cup. Still the network is ahead of them: an object that is turned, stretched, of another size or
# half hidden is not much like any template. One run proves little, so we repeated it with five seeds,
# each with other scenes and another network: the network reached a mAP of 0.82 to 0.87, the templates
# were 0.10 to 0.26 behind, and the mean never had more than 0.02.
#
# ### Class by class

# %% tags=["nbval-ignore-output"]
if found_test is not None:
    figure, axes = plt.subplots(
        1, N_CLASSES, figsize=(11.4, 2.9), layout="constrained", sharey=True
    )
    for c, ax in enumerate(axes):
        own = [(s[k == c], b[k == c]) for s, b, k in found_test]
        wanted = [b[k == c] for b, k in truths]
        scores = np.concatenate([s for s, _ in own])
        correct = np.concatenate(
            [match_detections(s, b, t) for (s, b), t in zip(own, wanted, strict=True)]
        )
        n_truth = sum(map(len, wanted))
        hits = np.cumsum(correct[np.argsort(-scores, kind="stable")])
        ax.plot(hits / n_truth, hits / np.arange(1, len(hits) + 1), "k-")
        value = average_precision(scores, correct, n_truth)
        ax.set(title=f"{scenes.CLASS_NAMES[c]}: AP {value:.2f}", xlabel="recall", xlim=(0, 1.02))
        ax.grid(alpha=0.3)
    axes[0].set(ylabel="precision", ylim=(0, 1.05))
    plotting.show(
        figure,
        alt="Four curves of precision against recall, one a class: precision stays near 1 until "
        "most objects are found, then it falls.",
    )
    for threshold in (0.3, 0.5, 0.7, 0.8):
        value = mean_average_precision(found_test, truths, N_CLASSES, threshold)
        print(f"mAP, if a right box must have an IoU of {threshold}: {value:.3f}")

# %% [markdown]
# The last lines are telling. Most objects are *found*, but few boxes fit to within a pixel: at 0.8 not
# much is left. For a small network and an image of 48 rows that is no wonder: a box of 20 by 20 that
# is off by two pixels in both directions has an IoU of $18^2 / (800 - 18^2) = 0.68$. So always ask at
# which IoU an mAP was measured.

# %% tags=["nbval-ignore-output"]
if found_test is not None:
    figure, axes = plt.subplots(2, 4, figsize=(11.4, 5), layout="constrained")
    for ax, i in zip(axes.flat, range(8), strict=True):
        show_scene(ax, X_test[i])
        draw_boxes(ax, boxes_test[i], style=":")
        scores, boxes, classes = (part[found_test[i][0] >= 0.4] for part in found_test[i])
        names = [f"{scenes.CLASS_NAMES[c]} {s:.2f}" for s, c in zip(scores, classes, strict=True)]
        draw_boxes(ax, boxes, names)
    plotting.show(
        figure,
        alt="Eight test scenes. Dotted boxes show the truth, solid boxes with names and scores what "
        "the detector found. Most fit, some are a little too large or too small.",
    )

# %% [markdown]
# Dotted lines are the truth, solid lines the predictions with a score of at least 0.4.
#
# ## 9. What goes wrong
#
# A single number hides *how* a detector fails. So sort its wrong boxes, as Hoiem and colleagues
# proposed. A wrong box
#
# - is a **duplicate**, if its object has been found before;
# - has the **wrong class**, if it fits an object of another class;
# - is **badly placed**, if it overlaps an object of its class, but too little;
# - or shows **background**.


# %%
def sort_errors(scores, boxes, classes, true_boxes, true_classes):
    """Name what each box of a scene is: right, or which kind of error."""
    kinds = np.full(len(scores), "background", dtype=object)
    overlaps = iou_matrix(boxes, true_boxes)
    same = classes[:, np.newaxis] == true_classes
    own = np.max(overlaps * same, axis=1, initial=0)
    other = np.max(overlaps * ~same, axis=1, initial=0)
    kinds[own >= 0.1] = "badly placed"
    kinds[other >= 0.5] = "wrong class"
    kinds[own >= 0.5] = "duplicate"
    for c in np.unique(classes):
        mine = np.flatnonzero(classes == c)
        right = match_detections(scores[mine], boxes[mine], true_boxes[true_classes == c])
        kinds[mine[right]] = "right"
    return kinds


# %% tags=["nbval-ignore-output"]
if found_test is not None:
    sorted_kinds = []
    for (scores, boxes, classes), truth in zip(found_test, truths, strict=True):
        sure = scores >= 0.3
        sorted_kinds.append(sort_errors(scores[sure], boxes[sure], classes[sure], *truth))
    together = np.concatenate(sorted_kinds)
    n_objects = sum(map(len, boxes_test))
    print(f"{len(together)} boxes with a score of at least 0.3, for {n_objects} objects")
    for kind in ("right", "badly placed", "wrong class", "duplicate", "background"):
        print(f"{kind:13}{np.sum(together == kind):5}")

# %% [markdown]
# And which objects are **missed**? Here is the share that was found, by how much of an object's box
# others overlap, and by its size.

# %% tags=["nbval-ignore-output"]
if found_test is not None:
    sizes, crowded, hit = [], [], []
    for (scores, boxes, classes), (true_boxes, true_classes) in zip(
        found_test, truths, strict=True
    ):
        sure = scores >= 0.3
        overlaps = iou_matrix(true_boxes, boxes[sure]) * (true_classes[:, None] == classes[sure])
        hit.extend(np.max(overlaps, axis=1, initial=0) >= 0.5)
        others = iou_matrix(true_boxes, true_boxes) - np.eye(len(true_boxes))
        crowded.extend(np.max(others, axis=1, initial=0) > 0.05)
        sizes.extend(np.sqrt(np.prod(true_boxes[:, 2:] - true_boxes[:, :2], axis=1)))
    sizes, crowded, hit = np.array(sizes), np.array(crowded), np.array(hit)
    small = sizes < np.median(sizes)
    for name, group in (
        ("small objects", small),
        ("large objects", ~small),
        ("objects that overlap others", crowded),
        ("objects on their own", ~crowded),
    ):
        print(f"{name:28} {np.mean(hit[group]):.0%} of {np.sum(group)} found")

# %% [markdown]
# ### Hard negatives
#
# What does the detector see where there is nothing? Here are its worst false alarms, on 300 scenes
# without any object.

# %% tags=["nbval-ignore-output"]
if found_test is not None:
    X_empty = scenes.make_scenes(300, seed=3, objects=(0, 0), split="test")[0]
    found_empty = detect(parameters, X_empty, anchors)
    alarms = np.array([np.max(scores, initial=0) for scores, _, _ in found_empty])
    print(f"{np.sum(alarms >= 0.3)} of 300 empty scenes raise an alarm with a score of 0.3 or more")
    figure, axes = plt.subplots(1, 4, figsize=(11.4, 2.6), layout="constrained")
    for ax, i in zip(axes, np.argsort(-alarms)[:4], strict=True):
        scores, boxes, classes = found_empty[i]
        show_scene(ax, X_empty[i])
        draw_boxes(ax, boxes[:1], [f"{scenes.CLASS_NAMES[classes[0]]} {scores[0]:.2f}"])
    plotting.show(
        figure,
        alt="Four empty textures, each with a box in which the detector believes to see an object.",
    )

# %% [markdown]
# There is at least one object in every training scene, so the network has never seen a scene without.
# Such examples, on which a detector is sure and wrong, are **hard negatives**. The remedy is as
# old as it is simple: find them, add them to the training set with the label "nothing here", and train
# again. Most empty scenes would teach little, since they are recognised already; so take the worst.
# Take them from *training* textures: the test set must stay unseen. This trains a second network, and
# takes as long as the first one did.

# %% tags=["nbval-ignore-output"]
if found_test is not None:
    candidates = scenes.make_scenes(1000, seed=4, objects=(0, 0))[0]
    found_candidates = detect(parameters, candidates, anchors, score_threshold=0.01)
    worst = np.argsort([-np.max(scores, initial=0) for scores, _, _ in found_candidates])[:200]
    more_X = np.concatenate([X_train, candidates[worst]])
    more_targets = np.concatenate([targets, np.zeros((200, *targets.shape[1:]))])
    parameters_2, _ = detector.train_detector(more_X, more_targets, epochs=10, seed=1)
    for name, p in (("before", parameters), ("with 200 hard negatives", parameters_2)):
        value = mean_average_precision(detect(p, X_test, anchors), truths, N_CLASSES)
        empty = [np.max(s, initial=0) for s, _, _ in detect(p, X_empty, anchors)]
        n_alarms = np.sum(np.array(empty) >= 0.3)
        print(f"{name:24} mAP {value:.3f}, alarms in {n_alarms} of 300 empty scenes")

# %% [markdown]
# The alarms are down to less than half. The mAP moves by a few hundredths at most, and that is chance: we
# found it higher after this step with one seed, and lower with another.
#
# **Question.** Why does mAP not notice that there are fewer false alarms?
#
# <details><summary>Answer</summary>
#
# Every test scene has objects, so mAP is never measured on empty ones. A test set must resemble the
# world in which the detector will work: there, most images may be empty.
#
# </details>
#
# ## Recap
#
# You can now
#
# 1. **write boxes in two ways and compare them**: intersection over union, each side clamped at 0;
# 2. **choose anchors** by k-means with the distance $1 - \mathrm{IoU}$, for which small boxes count as
#    much as large ones;
# 3. **encode and decode**: the cell of the midpoint, the place within it, the logarithm of the size in
#    anchors; what is read is what was written;
# 4. **clean up**: score = confidence times probability, threshold, non-max suppression class by class,
#    scale;
# 5. **label region anchors**: object, background, or neither, and the best one of each object;
# 6. **measure**: right boxes, average precision, mAP, always at a stated IoU;
# 7. **train, compare, and sort mistakes**: against opponents that do not look or do not learn, and
#    with hard negatives for the false alarms.
#
# ## What to remember
#
# - A detector returns an array of fixed shape. Cells and anchors make a list of boxes of it.
# - Clamp each side of the intersection: two negative sides have a positive product.
# - In an empty slot only $p_c$ counts.
# - Suppress within each class, and compare only with boxes that stay.
# - mAP looks at the order of the scores, not at their values, and at nothing that is not in the test
#   set.
#
# **What comes next:** boxes say where a face is. Week 11 asks *whose* it is.
#
# ## Stretch exercises
#
# 1. **The threshold of suppression.** Plot mAP against `iou_threshold` from 0.1 to 0.9. Why does it fall
#    at both ends?
# 2. **One anchor, four anchors.** Train with 1 and with 4 anchors. What happens to the shuttles?
# 3. **Soft suppression.** Do not throw a box away: multiply its score by $1 - \mathrm{IoU}$ (Bodla et
#    al., 2017). What does that do for objects that hide each other?
# 4. **A finer measure.** COCO averages mAP over the IoUs 0.5, 0.55, …, 0.95. Compute it.
# 5. **Hard, or just empty?** Take 200 empty scenes at random in place of the 200 worst. How much of the
#    effect is left?
# 6. **Generalised IoU.** For boxes that do not meet, IoU is 0 however far apart they are, and so has no
#    gradient. Read Rezatofighi et al. (2019), and write `giou`.
#
# ## References
#
# - J. Redmon, S. Divvala, R. Girshick, A. Farhadi: *You only look once: unified, real-time object
#   detection*. CVPR, 2016.
# - J. Redmon, A. Farhadi: *YOLO9000: better, faster, stronger*. CVPR, 2017.
# - S. Ren, K. He, R. Girshick, J. Sun: *Faster R-CNN: towards real-time object detection with region
#   proposal networks*. NIPS, 2015.
# - M. Everingham, L. Van Gool, C. K. I. Williams, J. Winn, A. Zisserman: *The PASCAL visual object
#   classes (VOC) challenge*. International Journal of Computer Vision 88, 303–338, 2010.
# - D. Hoiem, Y. Chodpathumwan, Q. Dai: *Diagnosing error in object detectors*. ECCV, 2012.
# - A. Shrivastava, A. Gupta, R. Girshick: *Training region-based object detectors with online hard
#   example mining*. CVPR, 2016.
# - T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár: *Focal loss for dense object detection*.
#   ICCV, 2017.
# - N. Bodla, B. Singh, R. Chellappa, L. S. Davis: *Soft-NMS: improving object detection with one line of
#   code*. ICCV, 2017.
# - H. Rezatofighi et al.: *Generalized intersection over union: a metric and a loss for bounding box
#   regression*. CVPR, 2019.
