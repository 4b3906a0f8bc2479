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
# # Transfer learning and data augmentation
#
# Deep networks are hungry for data, and you rarely have enough. There are two ways out. **Augment**
# the images that you have: show each of them mirrored, cropped, in another light. Or **transfer**:
# start from a network that has learnt something else, and teach it your task. You write the tools for
# both, and then measure what they buy, and what they do not.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. mirror and crop a batch of images, each image in its own way;
# 2. shift colours, at random and along the directions in which colours vary (PCA);
# 3. classify an image by ten views of it;
# 4. freeze the first layers of a network, replace its softmax layer, and train the rest;
# 5. say from measurements which augmentation helps, and which one harms;
# 6. decide how many layers to train, from how much data there is and how near the two tasks are.
#
# ## Before you start
#
# You need the convolutional layers of week 8, softmax and Adam (weeks 5 and 6), and the single-image
# changes of week 4 (`flip_horizontal`, `crop`). You should have met the covariance of two numbers and
# the eigenvectors of a matrix.
#
# **Time:** about 120 minutes. There are 10 exercises. Each one says how hard it is (●○○ to ●●●)
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
from itertools import pairwise

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.activations import relu
from helpers.augmentation import crop, flip_horizontal, rotate
from helpers.checking import checks_for, ready
from helpers.convolution import conv_backward, conv_forward
from helpers.softmax_regression import softmax

check = checks_for("w09_transfer_augmentation")
plt.rcParams["figure.dpi"] = 80

# %%
photos = datasets.load_images()
images = photos.train_set_x_orig / 255
cats = images[photos.train_set_y[0] == 1][:4]
print("training images", images.shape, "from", images.min(), "to", images.max())

# %% [markdown]
# ## 2. Augmentation
#
# In week 4 you changed single images. In training, a whole **batch** is changed at once, each image
# in its own random way, and anew in every step: the network hardly ever sees the same picture twice.
# As in week 6, the functions draw nothing themselves. They are handed what chance has decided, so
# that they can be tested.
#
# Only one thing must never change: **the label must stay right**. A mirrored cat is a cat.
#
# ### Exercise 1: `mirror_images`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Mirror the images for which `chosen` is True (left and right change places), and leave the others as
# they are. All stay at their places in the batch.
#
# **By hand:** two images of one row and three columns, $(1, 2, 3)$ and $(4, 5, 6)$, with `chosen`
# = (False, True), become $(1, 2, 3)$ and $(6, 5, 4)$.
#
# **The NumPy you need:** `A[:, :, ::-1]` turns the third axis round. `A.copy()` is a copy to write
# into, and `A[chosen]` stands for the images at which `chosen` is True, on both sides of an `=`.


# %%
def mirror_images(images, chosen):
    """Mirror the chosen images of a batch: left and right change places.

    Parameters
    ----------
    images : ndarray, shape (m, height, width, channels)
        The images.
    chosen : ndarray of bool, shape (m,)
        True for each image to mirror.

    Returns
    -------
    ndarray, shape (m, height, width, channels)
        All images in their order, the chosen ones mirrored.
    """
    ### START CODE HERE ### (≈ 2 lines)
    mirrored = images.copy()
    mirrored[chosen] = images[chosen][:, :, ::-1]
    ### END CODE HERE ###
    return mirrored


# %%
check(mirror_images)

# %% tags=["nbval-ignore-output"]
if ready(mirror_images):
    chosen = np.array([True, False, True, False])
    after = mirror_images(cats, chosen)
    titles = ["before"] * 4 + ["mirrored" if c else "kept" for c in chosen]
    figure = plotting.show_images(np.concatenate([cats, after]), titles, columns=4)
    plotting.show(figure, alt="Four images of a cat; below, the first and the third are mirrored.")

# %% [markdown]
# <details><summary>Hint</summary>
#
# In `images[chosen]` the axes are still (images, rows, columns, colours). Columns are the third axis:
# two colons come before `::-1`.
#
# </details>

# %% [markdown]
# ### Exercise 2: `crop_images`
#
# **Difficulty** ●●○ · **6 minutes**
#
# Cut a rectangle of the same size out of each image, **each at its own place**: of image $i$ the
# rows from `tops[i]` on, and the columns from `lefts[i]` on.
#
# **By hand:** images of one row, $(0, 1, 2)$ and $(3, 4, 5)$, with `lefts` = (0, 1), height 1 and
# width 2, give $(0, 1)$ and $(4, 5)$.
#
# **What you need:** `crop(image, top, left, height, width)` of week 4 cuts one image.
# `np.stack([...])` makes one array of a list of arrays. A loop over the batch is fine here.


# %%
def crop_images(images, tops, lefts, height, width):
    """Cut a rectangle out of each image, each at its own place.

    Parameters
    ----------
    images : ndarray, shape (m, H, W, channels)
        The images.
    tops, lefts : ndarray of int, shape (m,)
        Row and column of the first pixel of each rectangle.
    height, width : int
        The size of all rectangles, which lie inside of the images.

    Returns
    -------
    ndarray, shape (m, height, width, channels)
    """
    ### START CODE HERE ### (≈ 3 lines)
    parts = []
    for i in range(len(images)):
        parts.append(crop(images[i], tops[i], lefts[i], height, width))
    ### END CODE HERE ###
    return np.stack([*parts])


# %%
check(crop_images)

# %% tags=["nbval-ignore-output"]
if ready(crop_images):
    rng = np.random.default_rng(0)
    tops, lefts = rng.integers(0, 17, 4), rng.integers(0, 17, 4)
    after = crop_images(cats, tops, lefts, 48, 48)
    framed = np.pad(after, ((0, 0), (8, 8), (8, 8), (0, 0)), constant_values=1.0)
    titles = ["before"] * 4 + [
        f"row {row}, column {column}" for row, column in zip(tops, lefts, strict=True)
    ]
    figure = plotting.show_images(np.concatenate([cats, framed]), titles, columns=4)
    plotting.show(figure, alt="Four images of a cat; below, a different part of 48 by 48 of each.")

# %% [markdown]
# <details><summary>Hint</summary>
#
# One call of `crop` per image, with `tops[i]` and `lefts[i]`, collected in a list.
#
# </details>

# %% [markdown]
# ### Exercise 3: `color_shift`
#
# **Difficulty** ●●○ · **6 minutes**
#
# Sunlight is yellower in the evening, lamps are blue or green. Add to each image $i$ an amount of
# red, green and blue, row $i$ of `shifts`, the same at all of its pixels. No value may leave the
# range from 0 to 1:
#
# $$x'_{ihwc} = \min\bigl(1,\ \max(0,\ x_{ihwc} + \text{shift}_{ic})\bigr)$$
#
# **By hand:** a grey pixel $(0.5, 0.5, 0.5)$ with the shift $(0.25, 0, -0.75)$ becomes
# $(0.75, 0.5, 0)$: the blue would be $-0.25$, and is cut off at 0.
#
# **The NumPy you need:** `shifts[:, None, None, :]` has the shape (m, 1, 1, 3), so broadcasting adds
# it to images (m, height, width, 3). `np.clip(A, 0, 1)` cuts off at both ends.


# %%
def color_shift(images, shifts):
    """Add an amount to each colour of each image; values stay between 0 and 1.

    Parameters
    ----------
    images : ndarray, shape (m, height, width, 3)
        The images, with values from 0 to 1.
    shifts : ndarray, shape (m, 3)
        How much red, green and blue each image gets; less, where negative.

    Returns
    -------
    ndarray, shape (m, height, width, 3)
    """
    ### START CODE HERE ### (≈ 1 line)
    shifted = np.clip(images + shifts[:, None, None, :], 0, 1)
    ### END CODE HERE ###
    return shifted


# %%
check(color_shift)

# %% tags=["nbval-ignore-output"]
if ready(color_shift):
    shifts = np.array([[0.2, 0.05, -0.2], [-0.2, 0, 0.2], [-0.1, 0.2, -0.1], [0.2, 0.2, 0.2]])
    after = color_shift(cats, shifts)
    titles = ["before"] * 4 + ["towards orange", "towards blue", "towards green", "lighter"]
    figure = plotting.show_images(np.concatenate([cats, after]), titles, columns=4)
    plotting.show(
        figure, alt="Four images of a cat; below, they look orange, blue, green and pale."
    )

# %% [markdown]
# <details><summary>Hint</summary>
#
# Without the `None`s, numpy would line up the last two axes of both arrays, and pixels would get the
# shifts of images.
#
# </details>

# %% [markdown]
# ### PCA colour augmentation
#
# Green shifts look odd, because in photographs the colours do not vary like that. Mostly they get
# lighter and darker together. AlexNet's authors shifted colours **along the directions in which they
# vary**, and further along those where they vary more. Two steps lead there.
#
# ### Exercise 4: `color_covariance`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Take all pixels of all images as points $x^{(1)}, \dots, x^{(N)}$ with three coordinates: red,
# green, blue. Compute their covariance matrix:
#
# $$\mu = \frac1N \sum_p x^{(p)} \qquad
# C = \frac1N \sum_p \bigl(x^{(p)} - \mu\bigr)\bigl(x^{(p)} - \mu\bigr)^T$$
#
# $C$ is 3×3. On its diagonal stand the variances of the three colours.
#
# **By hand:** two pixels, $(0.25, 0.5, 0)$ and $(0.75, 0.5, 1)$. The mean is $(0.5, 0.5, 0.5)$, and
# the deviations are $\mp(0.25, 0, 0.5)$. So $C_{11} = 0.25^2 = 0.0625$,
# $C_{13} = 0.25 \cdot 0.5 = 0.125$, $C_{33} = 0.25$, and everything with green is 0.
#
# **The NumPy you need:** `images.reshape(-1, 3)` lists the pixels, one in each row. With the
# deviations in rows, too, the sum over the pixels is one matrix product: `D.T @ D`.


# %%
def color_covariance(images):
    """Compute how the three colours of the pixels of a training set vary together.

    Parameters
    ----------
    images : ndarray, shape (m, height, width, 3)
        The images.

    Returns
    -------
    ndarray, shape (3, 3)
        The covariance matrix of (red, green, blue), over all pixels of all images.
    """
    ### START CODE HERE ### (≈ 3 lines)
    pixels = images.reshape(-1, 3)
    deviations = pixels - np.mean(pixels, axis=0)
    covariance = deviations.T @ deviations / len(pixels)
    ### END CODE HERE ###
    return covariance


# %%
check(color_covariance)

# %%
if ready(color_covariance):
    two_pixels = np.array([[0.25, 0.5, 0.0], [0.75, 0.5, 1.0]]).reshape(1, 1, 2, 3)
    print(color_covariance(two_pixels))

# %% [markdown]
# **Expected output**
#
# ```
# [[0.0625 0.     0.125 ]
#  [0.     0.     0.    ]
#  [0.125  0.     0.25  ]]
# ```
#
# <details><summary>Hint</summary>
#
# `np.mean(pixels, axis=0)` has one number for each colour. Divide by the number of pixels,
# `len(pixels)`, not by the number of images.
#
# </details>

# %% [markdown]
# The **eigenvectors** of $C$ are three directions at right angles along which the colours vary
# independently, and the **eigenvalues** are the variances along them. `np.linalg.eigh` computes both;
# the eigenvectors are the *columns* of the matrix that it returns.

# %% tags=["nbval-ignore-output"]
if ready(color_covariance):
    eigenvalues, eigenvectors = np.linalg.eigh(color_covariance(images))
    for value, vector in zip(eigenvalues, eigenvectors.T, strict=True):
        direction = np.sign(vector.sum()) * vector
        print(f"variance {value:.4f} along (red, green, blue) = {np.round(direction, 2)}")
    dots = np.random.default_rng(0).permutation(images.reshape(-1, 3))[:1500]
    figure, ax = plt.subplots(figsize=(4.6, 4.2), layout="constrained")
    ax.plot(dots[:, 0], dots[:, 2], ".", color="0.6", markersize=3)
    middle, longest = dots.mean(axis=0), eigenvectors[:, 2] * np.sqrt(eigenvalues[2])
    ends = np.stack([middle - 2 * longest, middle + 2 * longest])
    ax.plot(ends[:, 0], ends[:, 2], "k-", lw=3, label="first component")
    ax.set(xlabel="red", ylabel="blue", title="1500 pixels", xlim=(0, 1), ylim=(0, 1))
    ax.legend(loc="upper left")
    plotting.show(
        figure,
        alt="Red and blue of 1500 pixels: a cloud stretched along the diagonal, and a line along "
        "it, the first principal component.",
    )

# %% [markdown]
# As expected: by far the largest variance is along a direction with about the same amount of all
# three colours. That is light and dark.
#
# ### Exercise 5: `pca_color_shift`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Let $p_1, p_2, p_3$ be the eigenvectors and $\lambda_1, \lambda_2, \lambda_3$ the eigenvalues. Each
# image gets three random numbers $\alpha_1, \alpha_2, \alpha_3$, and all of its pixels are shifted by
#
# $$\bigl[\,p_1\ p_2\ p_3\,\bigr]
# \begin{bmatrix} \alpha_1 \lambda_1 \\ \alpha_2 \lambda_2 \\ \alpha_3 \lambda_3 \end{bmatrix}
# = \alpha_1 \lambda_1\, p_1 + \alpha_2 \lambda_2\, p_2 + \alpha_3 \lambda_3\, p_3$$
#
# Then your `color_shift` adds the shifts and clips.
#
# **By hand:** let $p_1 = (0, 1, 0)$, $p_2 = (1, 0, 0)$, $p_3 = (0, 0, 1)$,
# $\lambda = (0.125, 0.25, 0.5)$ and $\alpha = (2, -1, 0)$. Then $\alpha\lambda = (0.25, -0.25, 0)$,
# and the shift is $0.25\, p_1 - 0.25\, p_2 = (-0.25, 0.25, 0)$: less red, more green.
#
# **The NumPy you need:** the matrix $P = [p_1\ p_2\ p_3]$ is given, one eigenvector a column. For one
# image, the shift is $P\,v$ with $v$ a column. Your $v$ are **rows**, one for each image, and for
# rows it is `V @ P.T`.


# %%
def pca_color_shift(images, eigenvalues, eigenvectors, alphas):
    """Shift the colours of each image along the directions in which colours vary.

    Parameters
    ----------
    images : ndarray, shape (m, height, width, 3)
        The images, with values from 0 to 1.
    eigenvalues : ndarray, shape (3,)
        The eigenvalues of the colours' covariance matrix.
    eigenvectors : ndarray, shape (3, 3)
        Its eigenvectors, one a column, in the same order.
    alphas : ndarray, shape (m, 3)
        The random numbers of each image, one for each direction.

    Returns
    -------
    ndarray, shape (m, height, width, 3)
        The images, with values from 0 to 1.
    """
    ### START CODE HERE ### (≈ 2 lines)
    shifts = (alphas * eigenvalues) @ eigenvectors.T
    shifted = color_shift(images, shifts)
    ### END CODE HERE ###
    return shifted


# %%
check(pca_color_shift)

# %% tags=["nbval-ignore-output"]
if ready(color_covariance, color_shift, pca_color_shift):
    alphas = np.zeros((4, 3))
    alphas[:, 2] = [-4, -2, 2, 4]
    alphas[:, 1] = [4, -4, 4, -4]
    after = pca_color_shift(cats, eigenvalues, eigenvectors, alphas)
    titles = ["before"] * 4 + [f"α = ({a:.0f}, {b:.0f}, {c:.0f})" for a, b, c in alphas]
    figure = plotting.show_images(np.concatenate([cats, after]), titles, columns=4)
    plotting.show(
        figure,
        alt="Four images of a cat; below, two are darker and two lighter, with slight tints, as "
        "in different natural light.",
    )

# %% [markdown]
# <details><summary>Hint</summary>
#
# `alphas * eigenvalues` multiplies each column of `alphas` by its eigenvalue. If the check says that
# the values are wrong, try the example by hand, with its three eigenvectors as *columns*.
#
# </details>
#
# The paper draws its α from a normal distribution with standard deviation 0.1. What counts is
# $\alpha\lambda$, and that depends on the scale of the pixels: for values from 0 to 1 the eigenvalues
# are small, and we take larger α.

# %% [markdown]
# ### Exercise 6: `ten_crops`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Augmentation also works **after** training. Show the network ten views of a test image, and average
# its ten answers. AlexNet's ten views are cut-outs of one size: the four corners and the centre, and
# the mirror images of these five.
#
# The order: top left, top right, bottom left, bottom right, centre; then the same five, mirrored.
# The centre begins at row $\lfloor (H - h)/2 \rfloor$ and column $\lfloor (W - w)/2 \rfloor$.
#
# **By hand:** an image of one row, $(0, 1, 2)$, with $h = 1$ and $w = 2$. The corners give $(0, 1)$,
# $(1, 2)$, $(0, 1)$, $(1, 2)$; the centre begins at column $\lfloor 1/2 \rfloor = 0$: $(0, 1)$.
# Then $(1, 0)$, $(2, 1)$, and so on.
#
# **What you need:** `crop` and `flip_horizontal` of week 4 work on one image. For lists, `a + b` puts
# one after the other.


# %%
def ten_crops(image, height, width):
    """Cut out the four corners and the centre of an image, and mirror each.

    Parameters
    ----------
    image : ndarray, shape (H, W, channels)
        The image.
    height, width : int
        The size of the cut-outs, at most that of the image.

    Returns
    -------
    ndarray, shape (10, height, width, channels)
        Top left, top right, bottom left, bottom right, centre; then the same five, mirrored.
    """
    ### START CODE HERE ### (≈ 5 lines)
    down, right = image.shape[0] - height, image.shape[1] - width
    places = [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]
    five = [crop(image, top, left, height, width) for top, left in places]
    mirrored = [flip_horizontal(view) for view in five]
    views = five + mirrored
    ### END CODE HERE ###
    return np.stack([*views])


# %%
check(ten_crops)

# %% tags=["nbval-ignore-output"]
if ready(ten_crops):
    views = ten_crops(cats[0], 44, 44)
    titles = ["top left", "top right", "bottom left", "bottom right", "centre"]
    titles += ["mirrored"] * 5
    figure = plotting.show_images(views, titles, columns=5)
    plotting.show(figure, alt="Ten views of a cat: four corners and the centre, and their mirrors.")

# %% [markdown]
# <details><summary>Hint</summary>
#
# The last row at which a cut-out of `height` rows can begin is `image.shape[0] - height`. Write down
# the five places (top, left) as a list of pairs first.
#
# </details>

# %% [markdown]
# ## 3. Transfer learning
#
# The first layers of a network find edges and strokes. These are useful for more than the task that
# they were learnt for. So take a trained network, give it a new softmax layer for the new classes,
# **freeze** the first layers, and train the rest.
#
# Our networks are simple. Layers 1 to $L-1$ are convolutions with stride 2, each followed by ReLU;
# each of them halves the image. Layer $L$ is softmax on the flattened rest. The parameters are `"W1"`,
# `"b1"`, …, `"WL"`, `"bL"`:
#
# | layer | weights | bias |
# |---|---|---|
# | convolution $l < L$ | (f, f, channels in, channels out) | (1, 1, 1, channels out) |
# | softmax $L$ | ($n_y$, $n_x$): a row for each class | ($n_y$, 1) |
#
# ### Exercise 7: `run_layers`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Run the convolutional layers from `first` to `last`, both included. For each layer $l$:
#
# $$Z^{[l]} = W^{[l]} * A^{[l-1]} + b^{[l]} \quad (\text{stride } 2,\ \text{padding } \lfloor f/2
# \rfloor) \qquad A^{[l]} = \text{ReLU}\bigl(Z^{[l]}\bigr)$$
#
# **Why not always from layer 1?** If layers 1 to 3 are frozen, they give the same output for an image
# every time. Run them **once**, store the result, and begin each step of training at layer 4. If
# `last` is less than `first`, no layer runs, and the result is the input.
#
# For the way back, collect for each layer the tuple `(cache, Z)`: the cache of its convolution, and
# its output before ReLU.
#
# **By hand:** an image of height 7 with 3×3 filters. Layer 1: $\lfloor (7 + 2 - 3)/2 \rfloor + 1 = 4$;
# layer 2: $\lfloor (4 + 2 - 3)/2 \rfloor + 1 = 2$.
#
# **The Python you need:** `f"W{layer}"` is the text `"W3"` if `layer` is 3. `range(1, 4)` is 1, 2, 3.


# %%
def run_layers(A, parameters, first, last):
    """Run some of a network's convolutional layers, one after the other.

    Parameters
    ----------
    A : ndarray, shape (m, n_H, n_W, n_C)
        The input of layer `first`: images if that is 1, stored activations otherwise.
    parameters : dict
        The parameters of the network.
    first, last : int
        The first and the last layer to run. If `last` is less than `first`, there is none.

    Returns
    -------
    A : ndarray
        The output of layer `last`, after ReLU.
    caches : list of tuple
        For each layer that ran, in order: the cache of its convolution, and its output before
        ReLU.
    """
    ### START CODE HERE ### (≈ 6 lines)
    caches = []
    for layer in range(first, last + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z, cache = conv_forward(A, W, b, {"stride": 2, "pad": W.shape[0] // 2})
        caches.append((cache, Z))
        A = relu(Z)
    ### END CODE HERE ###
    return A, caches


# %%
check(run_layers)

# %%
if ready(run_layers):
    two = {"W1": np.ones((3, 3, 1, 4)), "b1": np.zeros((1, 1, 1, 4))}
    two |= {"W2": np.ones((3, 3, 4, 5)), "b2": np.zeros((1, 1, 1, 5))}
    A, caches = run_layers(np.ones((2, 7, 8, 1)), two, 1, 2)
    print("output", A.shape, "first layer", caches[0][1].shape)

# %% [markdown]
# **Expected output**
#
# ```
# output (2, 2, 2, 5) first layer (2, 4, 4, 4)
# ```
#
# <details><summary>Hint</summary>
#
# A loop over `range(first, last + 1)`. The output of one layer is the input of the next: call both
# `A`. Append the cache before or after, but with `Z`, not with `relu(Z)`.
#
# </details>

# %% [markdown]
# ### Exercise 8: `replace_softmax`
#
# **Difficulty** ●●○ · **8 minutes**
#
# The old softmax layer knows the old classes. Put a new one for `n_classes` classes in its place. It
# starts from **zeros**. May it? Week 2 warned against zeros, because *hidden* units that start equal
# stay equal. Behind the softmax layer nothing is hidden: each of its units has its own label, and so
# its own gradient.
#
# All other parameters are **copied**, so that training the new network does not change the old one.
#
# **By hand:** a network with `W1`, `b1` and a softmax layer `W2` (10, 16), `b2` (10, 1). For 3 classes,
# `W2` becomes zeros (3, 16), `b2` zeros (3, 1), and `W1`, `b1` are as before.
#
# **The Python you need:** a network with $L$ layers has $2L$ parameters. `dict.items()` gives names
# and values.


# %%
def replace_softmax(parameters, n_classes):
    """Give a network a new softmax layer, which has not learnt anything.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"`` to ``"WL"``, ``"bL"`` of a trained network. They stay as they are.
    n_classes : int
        How many classes the new task has.

    Returns
    -------
    dict
        Copies of all parameters, but for the last layer, which is all zeros and has
        `n_classes` units.
    """
    ### START CODE HERE ### (≈ 4 lines)
    new = {name: value.copy() for name, value in parameters.items()}
    L = len(parameters) // 2
    new[f"W{L}"] = np.zeros((n_classes, parameters[f"W{L}"].shape[1]))
    new[f"b{L}"] = np.zeros((n_classes, 1))
    ### END CODE HERE ###
    return new


# %%
check(replace_softmax)

# %%
if ready(replace_softmax):
    old = {"W1": np.ones((3, 3, 1, 4)), "b1": np.ones((1, 1, 1, 4))}
    new = replace_softmax(old | {"W2": np.ones((10, 16)), "b2": np.ones((10, 1))}, 3)
    print({name: (value.shape, value.sum().item()) for name, value in new.items()})

# %% [markdown]
# **Expected output**
#
# ```
# {'W1': ((3, 3, 1, 4), 36.0), 'b1': ((1, 1, 1, 4), 4.0), 'W2': ((3, 16), 0.0), 'b2': ((3, 1), 0.0)}
# ```
#
# <details><summary>Hint</summary>
#
# The new weights have as many columns as the old ones: `parameters[f"W{L}"].shape[1]`. Only the
# number of rows changes.
#
# </details>

# %% [markdown]
# ### Exercise 9: `trainable_count`
#
# **Difficulty** ●○○ · **5 minutes**
#
# How many numbers are left to train when the first `frozen` layers are frozen? Count all entries of
# the weights **and** biases of the layers `frozen + 1` to $L$.
#
# **By hand:** `W1` (3, 3, 1, 4), `b1` (1, 1, 1, 4), `W2` (10, 16), `b2` (10, 1). With nothing frozen
# it is $36 + 4 + 160 + 10 = 210$. With one frozen layer it is $160 + 10 = 170$.
#
# **The NumPy you need:** `array.size` is the number of all entries.


# %%
def trainable_count(parameters, frozen):
    """Count the numbers that are trained when the first layers are frozen.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"`` to ``"WL"``, ``"bL"``.
    frozen : int
        How many of the first layers stay as they are, from 0 to L.

    Returns
    -------
    int
    """
    L = len(parameters) // 2
    ### START CODE HERE ### (≈ 3 lines)
    count = 0
    for layer in range(frozen + 1, L + 1):
        count += parameters[f"W{layer}"].size + parameters[f"b{layer}"].size
    ### END CODE HERE ###
    return count


# %%
check(trainable_count)

# %%
if ready(trainable_count):
    shapes = {"W1": (3, 3, 1, 4), "b1": (1, 1, 1, 4), "W2": (10, 16), "b2": (10, 1)}
    example = {name: np.ones(shape) for name, shape in shapes.items()}
    print([trainable_count(example, frozen) for frozen in (0, 1, 2)])

# %% [markdown]
# **Expected output**
#
# ```
# [210, 170, 0]
# ```
#
# <details><summary>Hint</summary>
#
# The first layer that is trained is `frozen + 1`, the last one is `L`. What must `range` end with?
#
# </details>

# %% [markdown]
# ### Exercise 10: `fine_tune_step`
#
# **Difficulty** ●●○ · **8 minutes**
#
# A step of gradient descent for the layers that are not frozen:
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha\, dW^{[l]} \qquad b^{[l]} \leftarrow b^{[l]} - \alpha\,
# db^{[l]} \qquad \text{for } l > \text{frozen}$$
#
# All others are returned as they were. `grads` may lack the gradients of frozen layers, because
# nobody needs to compute them: the way back can stop at the last frozen layer. If they are there,
# they must **not** be used.
#
# **By hand:** all parameters 1, one frozen layer, $dW_2 = 1$, $db_2 = 2$, $\alpha = 0.25$. Then `W1`
# and `b1` stay 1, `W2` becomes 0.75, and `b2` becomes 0.5.


# %%
def fine_tune_step(parameters, grads, learning_rate, frozen):
    """Take a step of gradient descent that leaves the first layers alone.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"`` to ``"WL"``, ``"bL"``. They stay as they are.
    grads : dict
        ``"dW…"`` and ``"db…"`` of the layers that are not frozen, perhaps of others too.
    learning_rate : float
        The length of the step.
    frozen : int
        How many of the first layers are frozen.

    Returns
    -------
    dict
        All parameters after the step.
    """
    L = len(parameters) // 2
    ### START CODE HERE ### (≈ 4 lines)
    new = dict(parameters)
    for layer in range(frozen + 1, L + 1):
        new[f"W{layer}"] = parameters[f"W{layer}"] - learning_rate * grads[f"dW{layer}"]
        new[f"b{layer}"] = parameters[f"b{layer}"] - learning_rate * grads[f"db{layer}"]
    ### END CODE HERE ###
    return new


# %%
check(fine_tune_step)

# %%
if ready(fine_tune_step):
    ones = {name: np.ones((1, 1)) for name in ("W1", "b1", "W2", "b2")}
    step = {"dW2": np.ones((1, 1)), "db2": np.full((1, 1), 2.0)}
    moved = fine_tune_step(ones, step, learning_rate=0.25, frozen=1)
    print({name: value.item() for name, value in moved.items()})

# %% [markdown]
# **Expected output**
#
# ```
# {'W1': 1.0, 'b1': 1.0, 'W2': 0.75, 'b2': 0.5}
# ```
#
# <details><summary>Hint</summary>
#
# Begin with `new = dict(parameters)`, a new dictionary with the same arrays, and replace the entries
# of the trained layers. `new[name] = new[name] - …` makes a new array; `new[name] -= …` would change
# the caller's.
#
# </details>

# %% [markdown]
# ## 4. Measure it
#
# Now both tools go to work. The training below is given, and short, because your functions do most of
# it. `gradients` runs the layers that are not frozen, and goes back just as far. The steps are those
# of Adam (week 5): its directions take the place of the gradients in your `fine_tune_step`.

# %%
TOOLS = [run_layers, fine_tune_step]


def new_network(rng, channels, n_classes, side):
    """Draw a network for square images with `side` rows; its softmax layer starts from zeros."""
    parameters = {}
    for layer, (before, after) in enumerate(pairwise(channels), start=1):
        W = rng.normal(size=(3, 3, before, after)) * np.sqrt(2 / (9 * before))
        parameters[f"W{layer}"] = W.astype(np.float32)
        parameters[f"b{layer}"] = np.zeros((1, 1, 1, after), np.float32)
        side = (side + 1) // 2
    L = len(channels)
    parameters[f"W{L}"] = np.zeros((n_classes, side * side * channels[-1]), np.float32)
    parameters[f"b{L}"] = np.zeros((n_classes, 1), np.float32)
    return parameters


def probabilities(parameters, A, frozen=0):
    """Run the layers behind the frozen ones, and softmax; give also what the way back needs."""
    L = len(parameters) // 2
    A, caches = run_layers(A, parameters, frozen + 1, L - 1)
    flat = A.reshape(len(A), -1).T
    return softmax(parameters[f"W{L}"] @ flat + parameters[f"b{L}"]), (flat, caches, A.shape)


def gradients(parameters, A, labels, frozen):
    """Compute the gradients of the cost for the layers that are not frozen."""
    L = len(parameters) // 2
    P, (flat, caches, shape) = probabilities(parameters, A, frozen)
    dZ = (P - np.eye(len(P), dtype=P.dtype)[:, labels]) / len(labels)
    grads = {f"dW{L}": dZ @ flat.T, f"db{L}": dZ.sum(axis=1, keepdims=True)}
    dA = (parameters[f"W{L}"].T @ dZ).T.reshape(shape)
    for layer in range(L - 1, frozen, -1):
        cache, Z = caches.pop()
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = conv_backward(dA * (Z > 0), cache)
    return grads


def adam_directions(grads, memory, t, beta1=0.9, beta2=0.99):
    """Turn gradients into Adam's directions; `memory` keeps the moving averages."""
    directions = {}
    for name, g in grads.items():
        v, s = memory.get(name, (0, 0))
        memory[name] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
        directions[name] = v / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + 1e-8)
    return directions


def fit(parameters, X, labels, rng, frozen=0, augment=None, steps=150):
    """Train the layers behind the frozen ones on batches of 32, changed by `augment`."""
    stored = X if augment else run_layers(X, parameters, 1, frozen)[0]
    memory = {}
    for t in range(1, steps + 1):
        batch = rng.choice(len(X), min(32, len(X)), replace=False)
        A = augment(stored[batch], rng) if augment else stored[batch]
        directions = adam_directions(gradients(parameters, A, labels[batch], frozen), memory, t)
        parameters = fine_tune_step(parameters, directions, 0.003, frozen)
    return parameters


def accuracy(parameters, X, labels):
    """Count how many images are classified right, in per cent."""
    return 100 * float(np.mean(probabilities(parameters, X)[0].argmax(axis=0) == labels))


# %% [markdown]
# ### What augmentation buys
#
# The task: read digits in blue ink on yellowish paper, **somewhere** on a sheet of 12×12 pixels. There
# are only 30 training images of each digit. There are two test sets: one in the same light, and one in
# another light for each image (each colour is dimmed by up to a half).

# %% tags=["nbval-ignore-output"]
digits = datasets.load_digits()
INK, PAPER = np.array([0.15, 0.2, 0.5]), np.array([0.9, 0.85, 0.7])


def on_paper(digit_images, seed):
    """Put each digit at a random place of a sheet."""
    rng = np.random.default_rng(seed)
    sheets = np.zeros((len(digit_images), 12, 12, 1))
    for sheet, image in zip(sheets, digit_images, strict=True):
        top, left = rng.integers(0, 5, 2)
        sheet[top : top + 8, left : left + 8, 0] = image / 16
    return (PAPER * (1 - sheets) + INK * sheets).astype(np.float32)


sheets, sheet_labels = on_paper(digits.train_x, 1), digits.train_y[0]
test_sheets, test_labels = on_paper(digits.test_x, 2), digits.test_y[0]
light = np.random.default_rng(3).uniform(0.5, 1.1, (len(test_sheets), 1, 1, 3))
dim_sheets = np.clip(test_sheets * light, 0, 1).astype(np.float32)
figure = plotting.show_images(
    np.concatenate([test_sheets[:6], dim_sheets[:6]]),
    [str(label) for label in test_labels[:6]] + ["other light"] * 6,
    columns=6,
)
plotting.show(
    figure, alt="Six sheets with a blue digit somewhere on yellowish paper; below, tinted."
)

# %% tags=["nbval-ignore-output"]
AUGMENTING = [mirror_images, crop_images, color_shift, color_covariance, pca_color_shift]
if ready(*TOOLS, *AUGMENTING):

    def mirror(batch, rng):
        """Mirror half of the images."""
        return mirror_images(batch, rng.random(len(batch)) < 0.5)

    def random_crop(batch, rng):
        """Add two pixels of paper on each side, and cut 12×12 out again: the digit moves."""
        wide = np.pad(batch, ((0, 0), (2, 2), (2, 2), (0, 0)), mode="edge")
        tops, lefts = rng.integers(0, 5, len(batch)), rng.integers(0, 5, len(batch))
        return crop_images(wide, tops, lefts, 12, 12)

    def colours(batch, rng):
        """Shift red, green and blue independently."""
        return color_shift(batch, rng.uniform(-0.2, 0.2, (len(batch), 3)))

    def pca(batch, rng):
        """Shift the colours along the directions in which they vary on all sheets."""
        return pca_color_shift(batch, *components, 3 * rng.normal(size=(len(batch), 3)))

    components = np.linalg.eigh(color_covariance(sheets))
    recipes = {
        "none": [],
        "mirror": [mirror],
        "crop": [random_crop],
        "colour shift": [colours],
        "PCA colours": [pca],
        "crop, colour shift": [random_crop, colours],
        "crop, PCA colours": [random_crop, pca],
    }

    def learn_sheets(changes, seed):
        """Train on 30 sheets of each digit; give the accuracies on training and test sets."""
        rng = np.random.default_rng(seed)
        few = np.concatenate(
            [rng.permutation(np.flatnonzero(sheet_labels == digit))[:30] for digit in range(10)]
        )

        def augment(batch, rng):
            for change in changes:
                batch = change(batch, rng)
            return batch.astype(np.float32) - 0.5

        start = new_network(rng, [3, 12, 24, 48], 10, 12)
        learnt = fit(start, sheets[few], sheet_labels[few], rng, augment=augment, steps=400)
        parts = [(sheets[few], sheet_labels[few]), (test_sheets, test_labels)]
        parts.append((dim_sheets, test_labels))
        return [accuracy(learnt, X - np.float32(0.5), labels) for X, labels in parts]

    bought = {}
    print("accuracy in % (mean of three seeds)   training   test   test, other light")
    for recipe, changes in recipes.items():
        bought[recipe] = np.array([learn_sheets(changes, seed) for seed in range(3)])
        on_train, on_test, on_dim = bought[recipe].mean(axis=0)
        print(f"{recipe:36}{on_train:10.1f}{on_test:7.1f}{on_dim:12.1f}")

# %% tags=["nbval-ignore-output"]
if ready(*TOOLS, *AUGMENTING):
    figure, ax = plt.subplots(figsize=(9, 3.4), layout="constrained")
    places = np.arange(len(bought))
    for column, name, side, look in [
        (1, "test", -0.2, {"color": "0.8"}),
        (2, "test, other light", 0.2, {"color": "0.4", "hatch": "//"}),
    ]:
        scores = np.array([result[:, column] for result in bought.values()])
        ax.bar(places + side, scores.mean(axis=1), 0.4, edgecolor="black", label=name, **look)
        ax.plot(np.repeat(places + side, 3), scores.ravel(), "k_")
    ax.set_xticks(places, [name.replace(", ", ",\n") for name in bought])
    ax.set(ylabel="accuracy (%)", title="300 training images; each dash is one seed")
    ax.legend(ncols=2, loc="upper left")
    ax.set_ylim(0, 85)
    plotting.show(
        figure,
        alt="Bars for seven recipes. Cropping raises the test accuracy most. Colour shifts hardly "
        "change it, but raise the accuracy in other light. Crop with colour shift is the best in "
        "other light.",
    )

# %% [markdown]
# Read the table line by line:
#
# - **Without augmentation** the network knows its 300 images by heart, and gets less than half of the
#   test images right.
# - **Cropping** is the winner: in the test, digits stand at places where training never showed them,
#   and the crops move them there. The training accuracy falls, because the task has become harder.
# - **Colour shifts** buy next to nothing in the same light. In another light they buy 10 points: the
#   network has learnt not to rely on the colour. Crop and colour shift together are best there.
# - **PCA colours** buy a little less here. They vary along the line from ink to paper, and our other
#   light does not keep to that line. Choose what resembles the light that you expect.
# - **Mirroring** makes no difference worth mentioning. A mirrored 3 is no digit, and nobody will write
#   it in the test.
# - A few points between two recipes mean little: look at how far the seeds lie apart.
#
# **Augmentation buys what it shows.** Choose changes that occur in the images that your network will
# meet, and that leave the label right.
#
# **And where mirroring is right?** Back to the photographs of week 1, made smaller. We also use your
# ten views of each test image.

# %% tags=["nbval-ignore-output"]
if ready(*TOOLS, mirror_images, ten_crops):

    def made_small(photographs):
        """Average over squares of 4×4 pixels."""
        squares = photographs.reshape(len(photographs), 16, 4, 16, 4, 3)
        return (squares.mean(axis=(2, 4)) / 255 - 0.5).astype(np.float32)

    small, small_test = (
        made_small(photos.train_set_x_orig),
        made_small(photos.test_set_x_orig),
    )
    is_cat, is_cat_test = photos.train_set_y[0], photos.test_set_y[0]
    ten_views = np.concatenate([ten_crops(image, 14, 14) for image in small_test])

    def learn_cats(mirrored, seed):
        """Train on the centres; test the centre alone, and the mean of ten views."""
        rng = np.random.default_rng(seed)
        start = new_network(rng, [3, 12, 24, 48], 2, 14)
        centres = small[:, 1:15, 1:15]
        learnt = fit(start, centres, is_cat, rng, augment=mirror if mirrored else None, steps=200)
        P, _ = probabilities(learnt, ten_views)
        by_ten = P.reshape(2, -1, 10).mean(axis=2).argmax(axis=0)
        right = 100 * float(np.mean(by_ten == is_cat_test))
        return [accuracy(learnt, small_test[:, 1:15, 1:15], is_cat_test), right]

    for mirrored in [False, True]:
        scores = np.array([learn_cats(mirrored, seed) for seed in range(8)])
        one, ten = scores.mean(axis=0)
        name = "with mirroring" if mirrored else "without"
        print(f"{name:15} test {one:.1f} %, by ten views {ten:.1f} %   (mean of eight seeds)")

# %% [markdown]
# The ten views help by one or two points, with mirroring and without. Mirroring itself makes no
# difference beyond luck: with 80 test images, one accuracy has a standard error of about 3 percentage
# points. That a change leaves the label right does not mean that it pays. Here there is a plain reason
# why not. When these data were made, half of the images were mirrored already: see the data folder's
# README.

# %% [markdown]
# ### How many layers to train?
#
# The network to start from reads digits: three convolutions and softmax, trained on 700 clean images.
# There are two new tasks, each with few labelled images:
#
# - **near**: the same digits from a bad scanner, with much noise;
# - **far**: the digits turned by 30 degrees, so that all strokes lie in other directions.
#
# We freeze 3 layers (only softmax is trained), 2, 1 or none, and compare with a network that starts
# from scratch.

# %% tags=["nbval-ignore-output"]
clean = (digits.train_x[:, :, :, None] / 16).astype(np.float32)
clean_test = (digits.test_x[:, :, :, None] / 16).astype(np.float32)


def noisy(batch, seed):
    """Add noise, as a bad scanner does."""
    noise = 0.4 * np.random.default_rng(seed).normal(size=batch.shape)
    return np.clip(batch + noise, 0, 1).astype(np.float32)


def turned(batch):
    """Turn each image by 30 degrees."""
    return np.stack([rotate(image, 30) for image in batch])


tasks = {
    "near (noise)": (noisy(clean[700:], 4), noisy(clean_test, 5)),
    "far (turned)": (turned(clean[700:]), turned(clean_test)),
}
examples = [clean_test[:5], *[test[:5] for _, test in tasks.values()]]
figure = plotting.show_images(
    np.repeat(1 - np.concatenate(examples), 3, axis=3),
    ["clean"] * 5 + ["near"] * 5 + ["far"] * 5,
    columns=5,
)
plotting.show(figure, alt="Five digits: clean, with noise, and turned by 30 degrees.")

# %% tags=["nbval-ignore-output"]
if ready(*TOOLS, replace_softmax, trainable_count):
    CHANNELS, SIZES, STARTS = [1, 16, 32, 64], [1, 3, 10, 40], [3, 2, 1, 0, "scratch"]
    rng = np.random.default_rng(0)
    source = new_network(rng, CHANNELS, 10, 8)
    source = fit(source, clean[:700], digits.train_y[0, :700], rng, steps=400)
    print(f"on clean test images: {accuracy(source, clean_test, test_labels):.1f} %")

    def transfer(X, labels, frozen, rng):
        """Start from the source network, or from scratch, and train on few images."""
        if frozen == "scratch":
            return fit(new_network(rng, CHANNELS, 10, 8), X, labels, rng)
        start = replace_softmax(source, 10)
        start = {name: value.astype(np.float32) for name, value in start.items()}
        return fit(start, X, labels, rng, frozen)

    def transfer_scores(X, X_test, size, seed):
        """Train on `size` images of each digit from every start; give the test accuracies."""
        labels = digits.train_y[0, 700:]
        order = np.random.default_rng(seed).permutation(len(X))
        few = np.concatenate([order[labels[order] == digit][:size] for digit in range(10)])
        learnt = [
            transfer(X[few], labels[few], frozen, np.random.default_rng(seed)) for frozen in STARTS
        ]
        return [accuracy(parameters, X_test, test_labels) for parameters in learnt]

    transferred = {}
    for task, (X, X_test) in tasks.items():
        unchanged = accuracy(source, X_test, test_labels)
        print(f"\n{task}: the source network as it is {unchanged:.1f} %")
        print(
            "images per digit   "
            + "".join(f"{f'frozen: {s}':>12}" for s in STARTS[:-1])
            + "  scratch"
        )
        for size in SIZES:
            scores = np.array([transfer_scores(X, X_test, size, seed) for seed in range(3)])
            transferred[task, size] = scores
            print(f"{size:10}         " + "".join(f"{mean:12.1f}" for mean in scores.mean(axis=0)))
    counts = [trainable_count(source, frozen) for frozen in STARTS[:-1]]
    print("\nnumbers to train   " + "".join(f"{count:12,}" for count in [*counts, counts[-1]]))

# %% tags=["nbval-ignore-output"]
if ready(*TOOLS, replace_softmax, trainable_count):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.8), sharey=True, layout="constrained")
    looks = ["o-", "s--", "^-.", "D:", "x-"]
    for ax, task in zip(axes, tasks, strict=True):
        means = np.array([transferred[task, size].mean(axis=0) for size in SIZES])
        for curve, frozen, look in zip(means.T, STARTS, looks, strict=True):
            name = "from scratch" if frozen == "scratch" else f"{frozen} layers frozen"
            ax.semilogx(SIZES, curve, look, color="0.5" if "scr" in name else "black", label=name)
        ax.set(xlabel="labelled images per digit", title=task)
        ax.set_xticks(SIZES, SIZES)
        ax.minorticks_off()
    axes[0].set_ylabel("test accuracy (%)")
    axes[1].legend(loc="lower right")
    plotting.show(
        figure,
        alt="Test accuracy against the number of labelled images, for five starts. Near task: "
        "all transfers lie close together, far above training from scratch where images are few. "
        "Far task: with three frozen layers the curve stays below the others, which reach about "
        "90 per cent.",
    )

# %% [markdown]
# - **Few images:** transfer beats training from scratch, on the near task by far. A network that has
#   seen clean digits knows most of what it takes to read noisy ones.
# - **Near task:** with one image per digit, the more is frozen, the better. There is too little to
#   learn 20,000 numbers from; 650 are enough. With more images the curves meet.
# - **Far task:** training softmax alone is the worst transfer from the beginning, and falls further
#   behind with more images: the frozen filters look for strokes in the wrong directions. Free one layer
#   more, and nearly all is won.
# - **Many images:** scratch catches up. On the far task ten images per digit are enough for that.
# - Differences of one or two points are of the size of the luck with seeds.
#
# **Look at the first line of each task, too.** The source network *as it is* reads the noisy digits
# better than any of ours does with one or three images per digit! It knew the classes, and we threw
# its softmax layer away, as if they were new. Where the classes stay the same, keep it and go on
# training. Replace it where you must.
#
# As a rule of thumb: **little data and a near task, freeze much; more data or a far task, free more
# layers, from the last one towards the first.** And measure: a development set (week 7) tells.
#
# **Question.** Why free the *last* layers first, and not the first ones?
#
# <details><summary>Answer</summary>
#
# The first layers find edges and strokes, which most tasks need. The later a layer, the more it is
# about the old classes. Freeing the first layers while the later ones are frozen would make them
# serve filters that fit the old task.
#
# </details>

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **mirror and crop a batch**, each image in its own way;
# 2. **shift colours**, at random, and along the principal components of the pixels;
# 3. **classify by ten views**: four corners, the centre, and their mirror images;
# 4. **freeze, replace and train**: run the frozen layers once, give the network a softmax layer of
#    zeros, and move only what is not frozen;
# 5. **say which augmentation helps**: the one that shows what the test will show;
# 6. **decide how many layers to train**: fewer with little data and near tasks.
#
# ## What to remember
#
# - The label must stay right: a mirrored cat is a cat, a mirrored 3 is no 3.
# - Augment the training set only. Views at test time are averaged.
# - Shift colours along $\sum_i \alpha_i \lambda_i\, p_i$: as they vary in photographs.
# - A new softmax layer may start from zeros; a hidden layer may not.
# - What frozen layers put out can be stored: training gets faster, too.
#
# **What comes next.** So far the question was *what* is in the image. Week 10 asks *where* it is:
# boxes, how well two of them agree, and how a network finds all objects in a single look.
#
# ## Stretch exercises
#
# 1. **Mixed images.** *Mixup* trains on $\lambda x + (1 - \lambda) x'$ with the label
#    $\lambda y + (1 - \lambda) y'$. Write it for a batch, and measure it on the sheets.
# 2. **Smaller steps in front.** Instead of freezing layers, give them a smaller learning rate. Extend
#    `fine_tune_step` by a rate for each layer. What changes on the far task?
# 3. **Another source.** Train the source network on half of the digits only (0 to 4), and transfer to
#    the other half. How much worse are its features?
# 4. **Ten views of a sheet.** Use `ten_crops` on the sheets without the mirror images. Does it help
#    there, and why (not)?
# 5. **How much of a good thing?** Let the random crop move the digits by up to 1, 2, 4 pixels. Which
#    is best, and how does that depend on the number of training images?
#
# ## References
#
# - A. Krizhevsky, I. Sutskever, G. E. Hinton: *ImageNet classification with deep convolutional neural
#   networks*, section 4.1. NIPS, 2012.
# - J. Yosinski, J. Clune, Y. Bengio, H. Lipson: *How transferable are features in deep neural
#   networks?* NIPS, 2014.
# - S. J. Pan, Q. Yang: *A survey on transfer learning*. IEEE Transactions on Knowledge and Data
#   Engineering 22, 2010.
# - H. Zhang, M. Cisse, Y. N. Dauphin, D. Lopez-Paz: *mixup: beyond empirical risk minimization*.
#   ICLR, 2018.
# - C. Shorten, T. M. Khoshgoftaar: *A survey on image data augmentation for deep learning*. Journal of
#   Big Data 6, 2019.
