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
# # Convolution, step by step
#
# So far an image was a long column of numbers. Shuffle the pixels of all images in the same way, and
# a dense network learns just as well: it does not know which pixels are neighbours. Move a digit three
# pixels to the right, and to a dense network it is something new.
#
# This week's layers know two things about images. What belongs together **lies close together**, and
# what is worth finding in one place is worth finding **in every place**. You build these layers from
# nothing, way there and way back. You then make them fast, and train a network that reads digits
# wherever they stand.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. find edges with filters, and say how cross-correlation and convolution differ;
# 2. say how padding and stride change the size of an output, and compute it;
# 3. write a convolutional layer and a pooling layer, for images of any shape;
# 4. count parameters and connections, and say what sharing and sparsity save;
# 5. derive the way back through both layers, index by index, and write it;
# 6. replace the loops by windows as a view and one matrix product, and say why that is fast;
# 7. assemble and train a convolutional network, and show what it can do that a dense one cannot.
#
# ## Before you start
#
# You need forward and backward propagation (week 3), Adam (week 5), and softmax with its gradient
# (week 6). From NumPy you need slices, broadcasting, and sums over several axes.
#
# **Time:** about 200 minutes. There are 16 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up and a photograph

# %%
import time

import numpy as np
import matplotlib.pyplot as plt
from numpy.lib.stride_tricks import sliding_window_view

from helpers import datasets, plotting
from helpers.checking import checks_for, ready
from helpers.optimization import initialize_adam, update_parameters_with_adam
from helpers.softmax_regression import cross_entropy, one_hot, softmax

check = checks_for("w08_convolution")
plt.rcParams["figure.dpi"] = 80

# %%
photo = datasets.load_photograph()
print("photo:", photo.shape, " from", photo.min().round(2), "(black) to", photo.max(), "(white)")

# %% [markdown]
# The photograph shows a man with a camera, and behind him a tower. It is not square: 240 rows and 320
# columns. Nothing in this notebook may rely on square images, and the checks never do.

# %% tags=["nbval-ignore-output"]
figure, ax = plt.subplots(figsize=(5, 3.8), layout="constrained")
ax.imshow(photo, cmap="gray")
ax.set(xlabel="column", ylabel="row")
plotting.show(
    figure,
    alt="A grey photograph: a man in a dark coat looks through a camera on a tripod. Behind him a "
    "meadow, a tower and low buildings on the horizon.",
)

# %% [markdown]
# ## 2. Filters that find edges
#
# An edge is a place where dark meets bright. To find it, compare each pixel with its neighbours.
# Lay a small grid of numbers, a **kernel** or **filter**, over a part of the image. Multiply each
# number with the pixel below it, and add up. Then move the kernel on by one pixel, and do it again:
#
# $$ (A \star K)_{h,w} = \sum_{i}\sum_{j} A_{h+i,\;w+j}\, K_{i,j}. $$
#
# That is the **cross-correlation** of image $A$ and kernel $K$. Here is a kernel for vertical edges:
#
# $$ K = \begin{pmatrix} 1 & 0 & -1 \\ 1 & 0 & -1 \\ 1 & 0 & -1 \end{pmatrix} $$
#
# It takes what is on the left, less what is on the right. On an even surface both are equal, and the
# result is 0. Where it is bright on the left and dark on the right, the result is large.
#
# ### Exercise 1: `cross_correlate`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Write the formula. The kernel must lie wholly inside the image. An image with $n_H$ rows has
# $n_H - k_H + 1$ places for a kernel with $k_H$ rows: the first one at row 0, the last one at row
# $n_H - k_H$.
#
# **By hand:** an image of one row and a kernel of one row,
#
# $$ (1\;\; 2\;\; 4\;\; 4) \star (-1\;\; 1) = (2-1,\;\; 4-2,\;\; 4-4) = (1\;\; 2\;\; 0). $$
#
# **The NumPy you need:** `image[h : h + 3, w : w + 3]` is the window of 3 rows and 3 columns that
# begins at row `h` and column `w`. `window * kernel` multiplies number by number.


# %%
def cross_correlate(image, kernel):
    """Slide a kernel over an image, and sum the products at each place.

    Parameters
    ----------
    image : ndarray of float, shape (n_H, n_W)
        A grey image.
    kernel : ndarray of float, shape (k_H, k_W)
        The kernel, at most as large as the image. It need not be square.

    Returns
    -------
    ndarray of float, shape (n_H - k_H + 1, n_W - k_W + 1)
        One sum for each place of the kernel.
    """
    ### START CODE HERE ### (≈ 6 lines)
    k_H, k_W = kernel.shape
    n_H, n_W = image.shape[0] - k_H + 1, image.shape[1] - k_W + 1
    output = np.zeros((n_H, n_W))
    for h in range(n_H):
        for w in range(n_W):
            output[h, w] = np.sum(image[h : h + k_H, w : w + k_W] * kernel)
    ### END CODE HERE ###
    return output


# %%
check(cross_correlate)

# %%
if ready(cross_correlate):
    print(cross_correlate(np.array([[1.0, 2.0, 4.0, 4.0]]), np.array([[-1.0, 1.0]])))
    half = np.repeat([[10.0, 10.0, 10.0, 0.0, 0.0, 0.0]], 4, axis=0)
    vertical = np.array([[1.0, 0.0, -1.0]] * 3)
    print(cross_correlate(half, vertical))
    print(cross_correlate(half[:, ::-1], vertical))

# %% [markdown]
# **Expected output**
#
# ```
# [[1. 2. 0.]]
# [[ 0. 30. 30.  0.]
#  [ 0. 30. 30.  0.]]
# [[  0. -30. -30.   0.]
#  [  0. -30. -30.   0.]]
# ```
#
# <details><summary>Hint</summary>
#
# First make an array of zeros for the result, of shape $(n_H - k_H + 1,\; n_W - k_W + 1)$. Then two
# loops, over its rows and its columns. In the middle, one line: window times kernel, summed.
#
# </details>

# %% [markdown]
# The second image is dark on the left and bright on the right, and the result is negative: the sign
# tells which way the edge goes. Turn the kernel, and it finds horizontal edges. All three rows of the
# kernel look at the same edge, and adding them up averages some of the noise away. Other weights count
# the middle row more, and measure slanting edges more evenly: the **Sobel** and the **Scharr** filter.

# %% tags=["nbval-ignore-output"]
if ready(cross_correlate):
    weights = {"plain": [1.0, 1.0, 1.0], "Sobel": [1.0, 2.0, 1.0], "Scharr": [3.0, 10.0, 3.0]}
    kernels = {name: np.outer(w, [1.0, 0.0, -1.0]) / np.sum(w) for name, w in weights.items()}
    figure, axes = plt.subplots(2, 3, figsize=(11, 5.8), layout="constrained")
    for column, (name, kernel) in zip(axes.T, kernels.items(), strict=True):
        for ax, k, way in zip(column, (kernel, kernel.T), ("vertical", "horizontal"), strict=True):
            picture = ax.imshow(cross_correlate(photo, k), cmap="gray", vmin=-0.5, vmax=0.5)
            ax.set_title(f"{name}, {way} edges")
            ax.axis("off")
    figure.colorbar(picture, ax=axes, shrink=0.8, label="grey: 0, no edge")
    plotting.show(
        figure,
        alt="Six edge pictures of the photograph. In the upper row, for vertical edges, the sides "
        "of the tower and the tripod's central column stand out in white and black. In the lower "
        "row, for horizontal edges, these are gone, and the tower's top, the roofs and the man's "
        "shoulders stand out. The three kinds of filters look nearly alike.",
    )

# %% [markdown]
# Look at the tower: in the upper row you see its sides, one white and one black; in the lower row its
# top. The three filters differ little. Somebody chose their numbers by hand. The idea of this week is
# to let them be **learned**: nine weights like all others.
#
# ### Exercise 2: `convolve`
#
# **Difficulty** ●○○ · **5 minutes**
#
# In mathematics, a **convolution** flips the kernel first, upside down and from left to right:
#
# $$ (A * K)_{h,w} = \sum_{i}\sum_{j} A_{h+i,\;w+j}\, K_{k_H-1-i,\;k_W-1-j}. $$
#
# Deep learning says convolution and means cross-correlation. When the kernel is learned, it does not
# matter: a network that flips learns the flipped numbers. What the flip is good for, you will see on
# the way back.
#
# **By hand:** $(-1\;\; 1)$ flipped is $(1\;\; -1)$, so
# $(1\;\; 2\;\; 4\;\; 4) * (-1\;\; 1) = (-1\;\; -2\;\;\;\; 0)$.
#
# **The NumPy you need:** `x[::-1]` is `x` with its rows in reverse order. A comma goes on to the next
# axis.


# %%
def convolve(image, kernel):
    """Convolve as mathematics has it: the kernel is flipped, then slid over the image.

    Parameters
    ----------
    image : ndarray of float, shape (n_H, n_W)
        A grey image.
    kernel : ndarray of float, shape (k_H, k_W)
        The kernel, at most as large as the image.

    Returns
    -------
    ndarray of float, shape (n_H - k_H + 1, n_W - k_W + 1)
        The part of the convolution for which the kernel lies wholly inside the image.
    """
    ### START CODE HERE ### (≈ 1 line)
    output = cross_correlate(image, kernel[::-1, ::-1])
    ### END CODE HERE ###
    return output


# %%
check(convolve)

# %%
if ready(cross_correlate, convolve):
    print(convolve(np.array([[1.0, 2.0, 4.0, 4.0]]), np.array([[-1.0, 1.0]])))
    dot = np.zeros((5, 5))
    dot[2, 2] = 1
    kernel = np.arange(1.0, 10.0).reshape(3, 3)
    print("cross-correlation:", cross_correlate(dot, kernel).tolist())
    print("convolution:      ", convolve(dot, kernel).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[-1. -2.  0.]]
# cross-correlation: [[9.0, 8.0, 7.0], [6.0, 5.0, 4.0], [3.0, 2.0, 1.0]]
# convolution:       [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
# ```
#
# <details><summary>Hint</summary>
#
# `kernel[::-1, ::-1]` reverses both axes. You have written the function that does the rest.
#
# </details>

# %% [markdown]
# A single bright dot shows the difference: convolution paints the kernel around the dot, and
# cross-correlation paints it upside down and mirrored.
#
# **Question.** What does flipping do to the kernel for vertical edges?
#
# <details><summary>Answer</summary>
#
# It changes the sign of every number. So the edges are the same, but white and black are exchanged.
#
# </details>

# %% [markdown]
# ## 3. The pieces of a layer
#
# From here on an image has **channels**, such as red, green and blue, and there are several images at
# once. Their shape is
#
# $$ (m,\; n_H,\; n_W,\; n_C): \quad \text{example, row, column, channel}. $$
#
# In the weeks before, examples were columns. Images are the exception: examples come first.
#
# ### Exercise 3: `zero_pad`
#
# **Difficulty** ●○○ · **5 minutes**
#
# The kernel has fewer places than the image has pixels. So the output shrinks with every layer. Also,
# a pixel in a corner lies under one place of the kernel only, one in the middle under many. **Padding**
# mends both: put `pad` rows and columns of zeros around every image.
#
# **By hand:** the image $(5\;\; 7)$ with `pad` 1 becomes
#
# $$ \begin{pmatrix} 0 & 0 & 0 & 0 \\ 0 & 5 & 7 & 0 \\ 0 & 0 & 0 & 0 \end{pmatrix}. $$
#
# **The NumPy you need:** `np.pad(X, widths)`. `widths` has a pair for each axis: how much to add
# before and after. For two axes, `((0, 0), (2, 1))` leaves the rows alone, and adds two columns on the
# left and one on the right. It adds zeros unless you say otherwise.


# %%
def zero_pad(X, pad):
    """Surround every image with zeros.

    Parameters
    ----------
    X : ndarray of float, shape (m, n_H, n_W, n_C)
        A batch of images.
    pad : int
        How many rows and columns of zeros to add on each side.

    Returns
    -------
    ndarray of float, shape (m, n_H + 2 * pad, n_W + 2 * pad, n_C)
        The padded images.
    """
    ### START CODE HERE ### (≈ 1 line)
    X_pad = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    ### END CODE HERE ###
    return X_pad


# %%
check(zero_pad)

# %%
if ready(zero_pad):
    print(zero_pad(np.array([5.0, 7.0]).reshape(1, 1, 2, 1), 1)[0, :, :, 0])
    print(zero_pad(np.ones((4, 5, 3, 2)), 2).shape)

# %% [markdown]
# **Expected output**
#
# ```
# [[0. 0. 0. 0.]
#  [0. 5. 7. 0.]
#  [0. 0. 0. 0.]]
# (4, 9, 7, 2)
# ```
#
# <details><summary>Hint</summary>
#
# Four axes, so four pairs. Examples and channels get `(0, 0)`.
#
# </details>

# %% [markdown]
# ### Exercise 4: `output_size`
#
# **Difficulty** ●○○ · **6 minutes**
#
# The window need not move on by one pixel. With a **stride** $s$ it jumps $s$ pixels at a time, to the
# right and down. How many places are there along one axis?
#
# The padded axis has $n + 2p$ pixels. The first window begins at pixel 0, and the last one may begin
# at pixel $n + 2p - f$ at most. From 0 to there you can take
# $\left\lfloor \frac{n + 2p - f}{s} \right\rfloor$ steps of length $s$; the brackets mean *rounded
# down*. Places are one more than steps:
#
# $$ n_{out} = \left\lfloor \frac{n + 2p - f}{s} \right\rfloor + 1. $$
#
# **By hand:** 8 pixels, a window of 3, no padding, stride 2: windows begin at 0, 2 and 4; one that
# began at 6 would stick out. So 3, and the formula says $\lfloor 5/2 \rfloor + 1 = 3$.
#
# **The Python you need:** `a // b` divides and rounds down.


# %%
def output_size(n, f, pad, stride):
    """Count the places at which a window fits, along one axis.

    Parameters
    ----------
    n : int
        The size of the input along this axis.
    f : int
        The size of the window, at most ``n + 2 * pad``.
    pad : int
        How many zeros are added at each end.
    stride : int
        How far the window moves from one place to the next.

    Returns
    -------
    int
        The size of the output along this axis.
    """
    ### START CODE HERE ### (≈ 1 line)
    size = (n + 2 * pad - f) // stride + 1
    ### END CODE HERE ###
    return size


# %%
check(output_size)

# %%
if ready(output_size):
    print("8 pixels, window 3, stride 2:          ", output_size(8, 3, pad=0, stride=2))
    print("32 pixels, window 5, stride 1:         ", output_size(32, 5, pad=0, stride=1))
    print("32 pixels, window 5, padding 2:        ", output_size(32, 5, pad=2, stride=1))
    print("224 pixels, window 7, padding 3, str. 2:", output_size(224, 7, pad=3, stride=2))

# %% [markdown]
# **Expected output**
#
# ```
# 8 pixels, window 3, stride 2:           3
# 32 pixels, window 5, stride 1:          28
# 32 pixels, window 5, padding 2:         32
# 224 pixels, window 7, padding 3, str. 2: 112
# ```
#
# <details><summary>Hint</summary>
#
# Mind the order: first divide and round down, then add 1. The whole numerator stands in brackets.
#
# </details>
#
# **Question.** With stride 1, how much padding keeps the size as it is?
#
# <details><summary>Answer</summary>
#
# $n + 2p - f + 1 = n$ gives $p = \frac{f - 1}{2}$. That is a whole number if $f$ is odd, one of the
# reasons why filters are mostly 3 by 3, 5 by 5 or 7 by 7. This is called a *same* convolution; one
# without padding is called *valid*.
#
# </details>

# %% [markdown]
# ### Exercise 5: `conv_single_step`
#
# **Difficulty** ●○○ · **5 minutes**
#
# A filter has **as many channels as its input**. At one place, it multiplies all its
# $f \cdot f \cdot n_{C,prev}$ numbers with the window below, adds up *everything*, and adds one bias:
#
# $$ z = \sum_{p,q,k} a_{p,q,k} W_{p,q,k} + b. $$
#
# **By hand:** a window of twelve ones (2 by 2, 3 channels), a filter of twelve times $0.5$, and the
# bias 1: $z = 12 \cdot 0.5 + 1 = 7$. Not $12 \cdot (0.5 + 1) = 18$: the bias comes once.
#
# **The NumPy you need:** `b` has shape (1, 1, 1). `b.item()` is the number in it. (You may know
# `float(b)`. NumPy is about to forbid it for arrays with axes.)


# %%
def conv_single_step(a_slice_prev, W, b):
    """Apply one filter at one place.

    Parameters
    ----------
    a_slice_prev : ndarray of float, shape (f, f, n_C_prev)
        The window of the input that the filter sees.
    W : ndarray of float, shape (f, f, n_C_prev)
        The filter.
    b : ndarray of float, shape (1, 1, 1)
        Its bias.

    Returns
    -------
    float
        The sum of the products, plus the bias.
    """
    ### START CODE HERE ### (≈ 1 line)
    z = np.sum(a_slice_prev * W) + b.item()
    ### END CODE HERE ###
    return z


# %%
check(conv_single_step)

# %%
if ready(conv_single_step):
    window = np.ones((2, 2, 3))
    print(round(float(conv_single_step(window, 0.5 * window, np.ones((1, 1, 1)))), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 7.0
# ```
#
# <details><summary>Hint</summary>
#
# `np.sum` without an axis adds up everything.
#
# </details>

# %% [markdown]
# ## 4. The convolutional layer
#
# ### Exercise 6: `conv_forward`
#
# **Difficulty** ●●● · **25 minutes**
#
# A layer has several filters, $n_C$ of them, each with its own bias. Each makes one channel of the
# output. With the padded input $A^{pad}$, stride $s$ and filters $W$ of shape
# $(f, f, n_{C,prev}, n_C)$:
#
# $$ Z_{i,h,w,c} = \sum_{p=0}^{f-1}\sum_{q=0}^{f-1}\sum_{k} A^{pad}_{i,\;sh+p,\;sw+q,\;k}\;
# W_{p,q,k,c} + b_c. $$
#
# Look at the indices: $h$ and $w$ count places of the **output**. In the **input** the window of place
# $(h, w)$ begins at row $sh$ and column $sw$, and ends before row $sh + f$ and column $sw + f$.
#
# **By hand:** one example, one channel, one filter, stride 1, no padding:
#
# $$ A = \begin{pmatrix} 1 & 2 & 0 \\ 3 & 1 & 4 \end{pmatrix}, \quad
# W = \begin{pmatrix} 1 & 0 \\ 2 & -1 \end{pmatrix}, \quad b = 1. $$
#
# There are two windows, $\begin{pmatrix} 1 & 2 \\ 3 & 1 \end{pmatrix}$ and
# $\begin{pmatrix} 2 & 0 \\ 1 & 4 \end{pmatrix}$. So $Z = (1 + 6 - 1 + 1,\;\; 2 + 2 - 4 + 1) =
# (7\;\; 1)$.
#
# **What to do:** read the sizes off the shapes; pad; make an array of zeros for $Z$; then loop over
# examples, rows, columns and filters. The cache holds what went in, as it went in.


# %%
def conv_forward(A_prev, W, b, hparameters):
    """Convolve a batch of images with each filter of a layer.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The layer's input.
    W : ndarray of float, shape (f, f, n_C_prev, n_C)
        The filters, one for each channel of the output.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.
    hparameters : dict of str to int
        "stride" and "pad".

    Returns
    -------
    Z : ndarray of float, shape (m, n_H, n_W, n_C)
        The layer's output, before any activation.
    cache : tuple
        ``(A_prev, W, b, hparameters)``, for the way back.
    """
    ### START CODE HERE ### (≈ 15 lines)
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H = output_size(n_H_prev, f, pad, stride)
    n_W = output_size(n_W_prev, f, pad, stride)
    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                window = A_prev_pad[i, top : top + f, left : left + f, :]
                for c in range(n_C):
                    Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    cache = (A_prev, W, b, hparameters)
    ### END CODE HERE ###
    return Z, cache


# %%
check(conv_forward)

# %%
if ready(conv_forward):
    A_prev = np.array([[1.0, 2.0, 0.0], [3.0, 1.0, 4.0]]).reshape(1, 2, 3, 1)
    W = np.array([[1.0, 0.0], [2.0, -1.0]]).reshape(2, 2, 1, 1)
    b = np.ones((1, 1, 1, 1))
    Z, cache = conv_forward(A_prev, W, b, {"stride": 1, "pad": 0})
    print("by hand:", Z[0, :, :, 0])
    Z, _ = conv_forward(A_prev, W, b, {"stride": 2, "pad": 1})
    print("stride 2, padding 1:", Z[0, :, :, 0].tolist())
    Z, _ = conv_forward(
        np.ones((2, 5, 7, 3)),
        np.ones((3, 3, 3, 4)),
        np.zeros((1, 1, 1, 4)),
        {"stride": 2, "pad": 1},
    )
    print("a larger layer:", Z.shape)

# %% [markdown]
# **Expected output**
#
# ```
# by hand: [[7. 1.]]
# stride 2, padding 1: [[0.0, 5.0], [1.0, 2.0]]
# a larger layer: (2, 3, 4, 4)
# ```
#
# <details><summary>Hint</summary>
#
# For place $(h, w)$, work out first where the window begins, in rows and in columns: $sh$ and $sw$. Then
# slice the padded input, with all its channels. Filter number `c` is `W[..., c]`, where the three
# dots stand for all other axes, and its bias is `b[..., c]`: these go into `conv_single_step`.
#
# </details>

# %% [markdown]
# ### Exercise 7: `pool_forward`
#
# **Difficulty** ●●○ · **12 minutes**
#
# A **pooling layer** makes images smaller. It slides a window over each channel **for itself**, and
# keeps one number of each: the largest (*max pooling*), or the average. It has no weights, and no
# padding here.
#
# Max pooling asks: was the feature found anywhere in this window? If the feature moves by a pixel, the
# answer is often the same. Average pooling asks how much of it there was.
#
# **By hand:** a window of 2 by 2, stride 1:
#
# $$ \begin{pmatrix} 1 & 5 & 2 \\ 3 & 4 & 0 \end{pmatrix} \;\to\; \text{max: } (5\;\; 5), \quad
# \text{average: } (3.25\;\; 2.75). $$


# %%
def pool_forward(A_prev, hparameters, mode="max"):
    """Summarise each window of each channel by its largest number, or by its average.

    Parameters
    ----------
    A_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C)
        The layer's input.
    hparameters : dict of str to int
        "f", the height and width of a window, and "stride".
    mode : {"max", "average"}
        Which summary to take.

    Returns
    -------
    A : ndarray of float, shape (m, n_H, n_W, n_C)
        The layer's output.
    cache : tuple
        ``(A_prev, hparameters)``, for the way back.
    """
    ### START CODE HERE ### (≈ 12 lines)
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H = output_size(n_H_prev, f, 0, stride)
    n_W = output_size(n_W_prev, f, 0, stride)
    summary = np.max if mode == "max" else np.mean
    A = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                window = A_prev[i, top : top + f, left : left + f, :]
                A[i, h, w, :] = summary(window, axis=(0, 1))
    cache = (A_prev, hparameters)
    ### END CODE HERE ###
    return A, cache


# %%
check(pool_forward)

# %%
if ready(pool_forward):
    A_prev = np.array([[1.0, 5.0, 2.0], [3.0, 4.0, 0.0]]).reshape(1, 2, 3, 1)
    for mode in ("max", "average"):
        print(mode, pool_forward(A_prev, {"f": 2, "stride": 1}, mode)[0].ravel())

# %% [markdown]
# **Expected output**
#
# ```
# max [5. 5.]
# average [3.25 2.75]
# ```
#
# <details><summary>Hint</summary>
#
# The loops are those of `conv_forward`, without the padding. `np.max` and `np.mean` of a window of one
# channel give one number. Or take all channels of a window at once, with `axis=(0, 1)`.
#
# </details>

# %% [markdown]
# Here is a layer at work on the photograph: filters for edges, ReLU, then pooling.

# %% tags=["nbval-ignore-output"]
if ready(conv_forward, pool_forward):
    sobel = np.outer([1.0, 2.0, 1.0], [1.0, 0.0, -1.0]) / 4
    W_edges = np.stack([sobel, sobel.T], axis=-1).reshape(3, 3, 1, 2)
    small = photo[::2, ::2].reshape(1, 120, 160, 1)
    Z, _ = conv_forward(small, W_edges, np.zeros((1, 1, 1, 2)), {"stride": 1, "pad": 1})
    edges = np.maximum(0, Z)
    figure, axes = plt.subplots(2, 3, figsize=(11, 5.8), layout="constrained")
    for row, name in enumerate(("left bright, right dark", "top bright, bottom dark")):
        pictures = {
            f"{name}, ReLU": edges,
            "max pooling, 4 by 4": pool_forward(edges, {"f": 4, "stride": 4})[0],
            "average pooling": pool_forward(edges, {"f": 4, "stride": 4}, "average")[0],
        }
        for ax, (title, picture) in zip(axes[row], pictures.items(), strict=True):
            ax.imshow(picture[0, :, :, row], cmap="gray", vmin=0, vmax=1)
            ax.set_title(f"{title}\n{picture.shape[1]} by {picture.shape[2]}")
            ax.axis("off")
    plotting.show(
        figure,
        alt="Two rows of three pictures: edges found by a filter, then pooled to a quarter of the "
        "height and width. After max pooling, thin edges stay bright though coarse; after average "
        "pooling they are much fainter. In the upper row a bright bar runs along the right border, in "
        "the lower row one along the bottom.",
    )

# %% [markdown]
# Max pooling keeps a thin edge as strong as it was; averaging waters it down. That is one reason why
# max pooling is the more usual of the two.
#
# **Question.** The photograph has no edge at its right border. What is the bright bar there?
#
# <details><summary>Answer</summary>
#
# The padding. Its zeros are black, the sky and the meadow are bright: to the filter that is an edge,
# bright on the left and dark on the right. Padding is not free. A network can learn to live with it, or
# even to tell by it where the border is.
#
# </details>

# %% [markdown]
# ## 5. What sharing and sparsity save
#
# Why not a dense layer? In a dense layer every output is connected with every input, and each
# connection has a weight of its own. A convolutional layer differs twice:
#
# - **Sparsity.** An output is connected with the $f \cdot f \cdot n_{C,prev}$ inputs of its window,
#   and with its bias. Not with the rest.
# - **Sharing.** The filter is the same at every place: its weights are used again and again.
#
# ### Exercise 8: `layer_counts`
#
# **Difficulty** ●○○ · **10 minutes**
#
# Count, for one example, without padding:
#
# - `outputs`: the numbers that the layer computes, $n_H \cdot n_W \cdot n_C$;
# - `parameters`: weights and biases of all filters;
# - `connections`: each output has as many connections as one filter has parameters, the bias among
#   them;
# - `dense`: the parameters of a fully connected layer with as many inputs and outputs, with a bias
#   for each output.
#
# **By hand:** an image of 3 by 4 pixels with 2 channels, filters of 2 by 2, five of them, stride 1.
# Places: $2 \cdot 3$, so $30$ outputs. One filter: $2 \cdot 2 \cdot 2 + 1 = 9$ parameters; five:
# $45$. Connections: $9 \cdot 30 = 270$. Dense: $24$ inputs, so $25 \cdot 30 = 750$ parameters.


# %%
def layer_counts(input_shape, f, n_C, stride):
    """Count what a convolutional layer without padding has, and a dense one in its place.

    Parameters
    ----------
    input_shape : tuple of int
        ``(n_H_prev, n_W_prev, n_C_prev)``, the shape of one example.
    f : int
        The height and width of the filters.
    n_C : int
        How many filters there are.
    stride : int
        How far they move.

    Returns
    -------
    dict of str to int
        "outputs", "parameters", "connections" and "dense".
    """
    ### START CODE HERE ### (≈ 10 lines)
    n_H_prev, n_W_prev, n_C_prev = input_shape
    n_H = output_size(n_H_prev, f, 0, stride)
    n_W = output_size(n_W_prev, f, 0, stride)
    outputs = n_H * n_W * n_C
    per_filter = f * f * n_C_prev + 1
    counts = {
        "outputs": outputs,
        "parameters": per_filter * n_C,
        "connections": per_filter * outputs,
        "dense": (n_H_prev * n_W_prev * n_C_prev + 1) * outputs,
    }
    ### END CODE HERE ###
    return counts


# %%
check(layer_counts)

# %%
if ready(layer_counts):
    print("by hand:            ", layer_counts((3, 4, 2), f=2, n_C=5, stride=1))
    print("LeNet-5, first layer:", layer_counts((32, 32, 1), f=5, n_C=6, stride=1))

# %% [markdown]
# **Expected output**
#
# ```
# by hand:             {'outputs': 30, 'parameters': 45, 'connections': 270, 'dense': 750}
# LeNet-5, first layer: {'outputs': 4704, 'parameters': 156, 'connections': 122304, 'dense': 4821600}
# ```
#
# (The order of the four does not matter.)
#
# <details><summary>Hint</summary>
#
# `output_size` gives the places along each axis. A filter has `f * f * n_C_prev + 1` parameters.
#
# </details>

# %% [markdown]
# LeNet-5 is a network of 1998 that you will meet next week. Its authors report the same numbers for
# its first layer: 156 parameters and 122,304 connections. A dense layer would need 4.8 million
# parameters, thirty thousand times as many.

# %% tags=["nbval-ignore-output"]
if ready(layer_counts):
    sides = np.array([12, 16, 24, 32, 64, 128, 224])
    counts = [layer_counts((int(n), int(n), 3), f=5, n_C=8, stride=1) for n in sides]
    figure, ax = plt.subplots(figsize=(7, 3.8), layout="constrained")
    lines = {
        "dense": ("dense layer: parameters = connections", "s-"),
        "connections": ("convolution: connections (sparsity)", "o--"),
        "parameters": ("convolution: parameters (sharing)", "^:"),
    }
    for key, (label, style) in lines.items():
        ax.loglog(sides, [c[key] for c in counts], style, label=label)
    ax.set(xlabel="height and width of the image, 3 channels", ylabel="how many")
    ax.set_xticks(sides, [str(n) for n in sides])
    ax.minorticks_off()
    ax.grid(alpha=0.3)
    ax.legend()
    plotting.show(
        figure,
        alt="Three lines against the size of the image, both axes logarithmic. The dense layer's "
        "parameters rise steeply, to more than ten to the tenth at 224 pixels. The convolution's "
        "connections rise half as steeply. Its parameters stay at 608.",
    )

# %% [markdown]
# The gap between the two upper lines is sparsity. The gap between the two lower ones is sharing, and
# the lowest line is flat: **the number of parameters does not depend on the size of the image**.

# %% [markdown]
# ## 6. The way back through a convolution
#
# You get `dZ`, the gradient of the cost with respect to the layer's output. If the cost is an average
# over the examples, its $\frac1m$ is in `dZ` already. Everything follows from the formula above:
#
# $$ Z_{i,h,w,c} = \sum_{p,q,k} A^{pad}_{i,\;sh+p,\;sw+q,\;k}\; W_{p,q,k,c} + b_c. $$
#
# Let $\theta$ be any number of the layer: a bias, a weight or a pixel. It acts on the cost through the
# outputs, and the chain rule adds up over all of them:
#
# $$ \frac{\partial J}{\partial \theta} = \sum_{i,h,w,c} dZ_{i,h,w,c}\;
# \frac{\partial Z_{i,h,w,c}}{\partial \theta}. $$
#
# So ask three times: **in which outputs does it stand, and with which slope?**
#
# **A bias.** $b_c$ stands in the outputs of channel $c$ and in no others: $\partial Z_{i,h,w,c'} /
# \partial b_c$ is 1 for $c' = c$, else 0. Of the sum over the channels one term is left:
#
# $$ \frac{\partial J}{\partial b_c} = \sum_{i,h,w} dZ_{i,h,w,c}. $$
#
# **A weight.** $W_{p,q,k,c}$ stands in the outputs of channel $c$ too, once in each. Its slope there is
# the number it is multiplied with: $\partial Z_{i,h,w,c} / \partial W_{p,q,k,c} =
# A^{pad}_{i,\;sh+p,\;sw+q,\;k}$. So
#
# $$ \frac{\partial J}{\partial W_{p,q,k,c}} = \sum_{i,h,w} A^{pad}_{i,\;sh+p,\;sw+q,\;k}\;
# dZ_{i,h,w,c}. $$
#
# Read it for all $p, q, k$ together: **window times number, added up over all windows**.
#
# **A pixel.** $A^{pad}_{i,y,x,k}$ stands in $Z_{i,h,w,c}$, for every channel $c$, if the window of place
# $(h, w)$ covers it: if $y = sh + p$ and $x = sw + q$ for some $p$ and $q$ from 0 to $f - 1$. Its slope
# is then $W_{p,q,k,c}$; in all other outputs it is 0. So
#
# $$ \frac{\partial J}{\partial A^{pad}_{i,y,x,k}} = \sum_{c} \;
# \sum_{\substack{h,\,p:\; sh+p = y}} \; \sum_{\substack{w,\,q:\; sw+q = x}} W_{p,q,k,c}\;
# dZ_{i,h,w,c}. $$
#
# That looks worse than it is. You need not search for the windows that cover a pixel. Each term of this
# sum belongs to one window and one place $(p, q)$ in it. So take the terms window by window: start with
# zeros, and for every $i$, $(h, w)$ and $c$ let
#
# $$ \frac{\partial J}{\partial A^{pad}_{i,\;sh+p,\;sw+q,\;k}} \mathrel{+}= W_{p,q,k,c}\;
# dZ_{i,h,w,c} \qquad \text{for all } p, q, k. $$
#
# Each window gives to the pixels that it covers: **filter times number, added to where the window lies**.
#
# At last the padding: its zeros are no input of the layer. Cut them off.
#
# ### Exercise 9: `conv_backward`
#
# **Difficulty** ●●● · **25 minutes**
#
# For each example, place and filter, with `window` as in `conv_forward`, three lines:
#
# $$ dA^{pad}_{window} \mathrel{+}= W_c \cdot dZ_{i,h,w,c}, \qquad
# dW_c \mathrel{+}= window \cdot dZ_{i,h,w,c}, \qquad db_c \mathrel{+}= dZ_{i,h,w,c}. $$
#
# **By hand:** the layer of exercise 6, with $dZ = (1\;\; 10)$. The bias: $1 + 10 = 11$. The filter:
#
# $$ dW = 1 \begin{pmatrix} 1 & 2 \\ 3 & 1 \end{pmatrix} + 10 \begin{pmatrix} 2 & 0 \\ 1 & 4
# \end{pmatrix} = \begin{pmatrix} 21 & 2 \\ 13 & 41 \end{pmatrix}. $$
#
# The input: the filter times 1 in the left window, and times 10 in the right one. They overlap in the
# middle column:
#
# $$ dA = \begin{pmatrix} 1 & 0 & 0 \\ 2 & -1 & 0 \end{pmatrix} + \begin{pmatrix} 0 & 10 & 0 \\ 0 & 20 &
# -10 \end{pmatrix} = \begin{pmatrix} 1 & 10 & 0 \\ 2 & 19 & -10 \end{pmatrix}. $$
#
# **Careful:** the slice `pad:-pad` cuts the padding off, but with `pad` 0 it is empty. The slice
# `pad : pad + n_H_prev` works always.


# %%
def conv_backward(dZ, cache):
    """Carry the gradient of the cost back through `conv_forward`.

    Parameters
    ----------
    dZ : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient with respect to the layer's output.
    cache : tuple
        ``(A_prev, W, b, hparameters)``, as `conv_forward` returned it.

    Returns
    -------
    dA_prev : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C_prev)
        The gradient with respect to the layer's input.
    dW : ndarray of float, shape (f, f, n_C_prev, n_C)
        The gradient with respect to the filters.
    db : ndarray of float, shape (1, 1, 1, n_C)
        The gradient with respect to the biases.
    """
    ### START CODE HERE ### (≈ 17 lines)
    A_prev, W, _, hparameters = cache
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    m, n_H, n_W, n_C = dZ.shape
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = np.zeros(A_prev_pad.shape)
    dW, db = np.zeros(W.shape), np.zeros((1, 1, 1, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                rows = slice(h * stride, h * stride + f)
                columns = slice(w * stride, w * stride + f)
                for c in range(n_C):
                    dA_prev_pad[i, rows, columns] += W[..., c] * dZ[i, h, w, c]
                    dW[..., c] += A_prev_pad[i, rows, columns] * dZ[i, h, w, c]
                    db[..., c] += dZ[i, h, w, c]
    n_H_prev, n_W_prev = A_prev.shape[1:3]
    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    ### END CODE HERE ###
    return dA_prev, dW, db


# %%
check(conv_backward)

# %%
if ready(conv_forward, conv_backward):
    A_prev = np.array([[1.0, 2.0, 0.0], [3.0, 1.0, 4.0]]).reshape(1, 2, 3, 1)
    W = np.array([[1.0, 0.0], [2.0, -1.0]]).reshape(2, 2, 1, 1)
    Z, cache = conv_forward(A_prev, W, np.ones((1, 1, 1, 1)), {"stride": 1, "pad": 0})
    try:
        dA_prev, dW, db = conv_backward(np.array([1.0, 10.0]).reshape(1, 1, 2, 1), cache)
        print("dA_prev:", dA_prev[0, :, :, 0].tolist())
        print("dW:     ", dW[:, :, 0, 0].tolist())
        print("db:     ", db.item())
    except ValueError:
        print("This layer has no padding, and yours needs some: see “Careful” above.")

# %% [markdown]
# **Expected output**
#
# ```
# dA_prev: [[1.0, 10.0, 0.0], [2.0, 19.0, -10.0]]
# dW:      [[21.0, 2.0], [13.0, 41.0]]
# db:      11.0
# ```
#
# <details><summary>Hint</summary>
#
# Begin with a copy of your `conv_forward`. Three arrays of zeros take the place of `Z`, and the line in
# the middle becomes three, each with `+=`.
#
# </details>

# %% [markdown]
# Trust is good. Week 4's numerical slopes are better: change each number by $\varepsilon$ up and down,
# and see what becomes of a cost. Here the cost is $J = \sum dZ \cdot Z$ with a fixed `dZ`, whose
# gradient with respect to $Z$ is just `dZ`.

# %%
if ready(conv_forward, conv_backward):

    def slopes(cost, x, epsilon=1e-5):
        """Differentiate a function of an array numerically."""
        result = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[index] = epsilon
            result[index] = (cost(x + step) - cost(x - step)) / (2 * epsilon)
        return result

    rng = np.random.default_rng(0)
    A_prev, W = rng.normal(size=(2, 5, 4, 2)), rng.normal(size=(3, 3, 2, 3))
    b, layer = rng.normal(size=(1, 1, 1, 3)), {"stride": 2, "pad": 1}
    Z, cache = conv_forward(A_prev, W, b, layer)
    dZ = rng.normal(size=Z.shape)
    dA_prev, dW, db = conv_backward(dZ, cache)

    def same(one, other):
        """Tell whether two arrays agree, rounding aside."""
        return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-7))

    by_slopes = {
        "dA_prev": slopes(lambda x: np.sum(dZ * conv_forward(x, W, b, layer)[0]), A_prev),
        "dW": slopes(lambda x: np.sum(dZ * conv_forward(A_prev, x, b, layer)[0]), W),
        "db": slopes(lambda x: np.sum(dZ * conv_forward(A_prev, W, x, layer)[0]), b),
    }
    for (name, numerical), ours in zip(by_slopes.items(), (dA_prev, dW, db), strict=True):
        print(name, "agrees with the numerical slopes:", same(ours, numerical))

# %% [markdown]
# **Expected output**
#
# ```
# dA_prev agrees with the numerical slopes: True
# dW agrees with the numerical slopes: True
# db agrees with the numerical slopes: True
# ```
#
# **Where the flip comes back.** Take stride 1. Then $sh + p = y$ means $p = y - h$, and the gradient of
# a pixel is
#
# $$ \frac{\partial J}{\partial A^{pad}_{i,y,x,k}} = \sum_c \sum_{h,w} dZ_{i,h,w,c}\;
# W_{y-h,\;x-w,\;k,\;c}, $$
#
# where $W$ counts as 0 outside its $f$ rows and columns. While $h$ runs forwards, the filter's index
# runs backwards: a true **convolution**. The way there correlates, and the way back convolves.

# %% [markdown]
# ## 7. The way back through pooling
#
# Pooling has no weights. The gradient only has to find its way to the inputs.
#
# ### Exercise 10: `create_mask_from_window`
#
# **Difficulty** ●○○ · **3 minutes**
#
# Move the largest number of a window a little, and the maximum moves with it: slope 1. Move any other
# one, and nothing happens: slope 0. So on the way back through max pooling, the largest number gets
# everything. The mask says where it is.
#
# **By hand:** $\begin{pmatrix} 1 & 3 \\ 2 & -4 \end{pmatrix}$ has the mask
# $\begin{pmatrix} \text{False} & \text{True} \\ \text{False} & \text{False} \end{pmatrix}$.
#
# Where several numbers are equal and largest, mark **all** of them. (There is no slope at such a point.
# Libraries mark one of them, most often the first. To mark all is the simplest in NumPy.)


# %%
def create_mask_from_window(x):
    """Mark the largest number of a window: all of them, where several are equal.

    Parameters
    ----------
    x : ndarray of float, shape (f, f)
        A window of one channel.

    Returns
    -------
    ndarray of bool, shape (f, f)
        True where the window has its largest number.
    """
    ### START CODE HERE ### (≈ 1 line)
    mask = x == np.max(x)
    ### END CODE HERE ###
    return mask


# %%
check(create_mask_from_window)

# %%
if ready(create_mask_from_window):
    print(create_mask_from_window(np.array([[1.0, 3.0], [2.0, -4.0]])))

# %% [markdown]
# **Expected output**
#
# ```
# [[False  True]
#  [False False]]
# ```
#
# <details><summary>Hint</summary>
#
# Comparing an array with a number, by `==`, gives an array of truth values.
#
# </details>

# %% [markdown]
# ### Exercise 11: `distribute_value`
#
# **Difficulty** ●○○ · **3 minutes**
#
# An average of $n_H \cdot n_W$ numbers has the slope $\frac{1}{n_H n_W}$ with respect to each of them.
# So each place gets an equal share of the gradient.
#
# **By hand:** 6, shared by 2 rows and 3 columns, is 1 for each of the six places.


# %%
def distribute_value(dz, shape):
    """Share a number equally among the places of a window.

    Parameters
    ----------
    dz : float
        The number.
    shape : tuple of int
        ``(n_H, n_W)``, the shape of the window.

    Returns
    -------
    ndarray of float, shape (n_H, n_W)
        Equal numbers, which add up to dz.
    """
    ### START CODE HERE ### (≈ 2 lines)
    n_H, n_W = shape
    shares = np.full(shape, dz / (n_H * n_W))
    ### END CODE HERE ###
    return shares


# %%
check(distribute_value)

# %%
if ready(distribute_value):
    print(distribute_value(6.0, (2, 3)))

# %% [markdown]
# **Expected output**
#
# ```
# [[1. 1. 1.]
#  [1. 1. 1.]]
# ```
#
# <details><summary>Hint</summary>
#
# `np.full(shape, value)` is an array full of one value; `np.ones(shape) * value` is another way.
#
# </details>

# %% [markdown]
# ### Exercise 12: `pool_backward`
#
# **Difficulty** ●●○ · **15 minutes**
#
# Go through the windows as in `pool_forward`. Each one gives to the numbers that it covers, and where
# windows overlap the gifts **add up**:
#
# - max: `dA[i, h, w, c]` times the mask of the window;
# - average: `dA[i, h, w, c]`, distributed over the window.
#
# **By hand:** the example of exercise 7 with $dA = (1\;\; 10)$. In both windows, the 5 was the
# largest:
#
# $$ \text{max: } \begin{pmatrix} 0 & 11 & 0 \\ 0 & 0 & 0 \end{pmatrix}, \qquad
# \text{average: } \begin{pmatrix} 0.25 & 2.75 & 2.5 \\ 0.25 & 2.75 & 2.5 \end{pmatrix}. $$


# %%
def pool_backward(dA, cache, mode="max"):
    """Carry the gradient of the cost back through `pool_forward`.

    Parameters
    ----------
    dA : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient with respect to the layer's output.
    cache : tuple
        ``(A_prev, hparameters)``, as `pool_forward` returned it.
    mode : {"max", "average"}
        Which summary was taken.

    Returns
    -------
    ndarray of float, shape (m, n_H_prev, n_W_prev, n_C)
        The gradient with respect to the layer's input.
    """
    ### START CODE HERE ### (≈ 15 lines)
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    m, n_H, n_W, n_C = dA.shape
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                rows = slice(h * stride, h * stride + f)
                columns = slice(w * stride, w * stride + f)
                for c in range(n_C):
                    if mode == "max":
                        mask = create_mask_from_window(A_prev[i, rows, columns, c])
                        dA_prev[i, rows, columns, c] += mask * dA[i, h, w, c]
                    else:
                        shares = distribute_value(dA[i, h, w, c], (f, f))
                        dA_prev[i, rows, columns, c] += shares
    ### END CODE HERE ###
    return dA_prev


# %%
check(pool_backward)

# %%
if ready(pool_forward, pool_backward):
    A_prev = np.array([[1.0, 5.0, 2.0], [3.0, 4.0, 0.0]]).reshape(1, 2, 3, 1)
    dA = np.array([1.0, 10.0]).reshape(1, 1, 2, 1)
    for mode in ("max", "average"):
        _, cache = pool_forward(A_prev, {"f": 2, "stride": 1}, mode)
        print(mode, pool_backward(dA, cache, mode)[0, :, :, 0].tolist())

# %% [markdown]
# **Expected output**
#
# ```
# max [[0.0, 11.0, 0.0], [0.0, 0.0, 0.0]]
# average [[0.25, 2.75, 2.5], [0.25, 2.75, 2.5]]
# ```
#
# <details><summary>Hint</summary>
#
# The mask is made from the window of `A_prev`: what counts is which number was the largest on the way
# there. Use `+=`.
#
# </details>

# %% [markdown]
# ## 8. Without the loops
#
# Your layers are right, and slow: every product goes through Python. Here is a small layer for a small
# batch. Each function is called three times, and the shortest time counts: nothing that runs beside it
# on the computer makes a function faster.


# %%
def quickest(function, *arguments):
    """Call a function three times; return its result, and the shortest time that it took."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        result = function(*arguments)
        times.append(time.perf_counter() - start)
    return result, min(times)


# %% tags=["nbval-ignore-output"]
if ready(conv_forward, conv_backward):
    rng = np.random.default_rng(1)
    images, W = rng.normal(size=(8, 16, 20, 6)), rng.normal(size=(4, 4, 6, 8))
    b, layer = rng.normal(size=(1, 1, 1, 8)), {"stride": 1, "pad": 1}
    (Z_loops, cache_loops), there = quickest(conv_forward, images, W, b, layer)
    dZ = rng.normal(size=Z_loops.shape)
    back_loops, back = quickest(conv_backward, dZ, cache_loops)
    print(f"8 images, with loops: {there:.2f} s there, {back:.2f} s back")

# %% [markdown]
# There is a way out. Write every window as a **row** of a matrix, and every filter as a **column** of
# another one. Then each entry of $Z$ is a row times a column, and the whole layer is **one matrix
# product**. NumPy hands it to a library that has been tuned for decades.
#
# $$ \underbrace{Z}_{(m\, n_H n_W)\, \times\, n_C} = \underbrace{\text{windows}}_{(m\, n_H n_W)\,
# \times\, (f f n_{C,prev})} \;\; \underbrace{\text{filters}}_{(f f n_{C,prev})\, \times\, n_C} $$
#
# You do it in four small functions: see the windows; multiply; go back through the product; put the
# windows back.
#
# ### Exercise 13: `window_view`
#
# **Difficulty** ●●○ · **12 minutes**
#
# An array is a row of numbers in memory, and a note of how to walk through it: how far it is to the
# next row, the next column, and so on. `sliding_window_view` writes another note for the same numbers.
# Overlapping windows are then **seen** many times and **stored** once.
#
# **The NumPy you need:** for `X` of shape (m, H, W, C),
#
# ```
# sliding_window_view(X, (f, f), axis=(1, 2))
# ```
#
# has shape (m, H − f + 1, W − f + 1, C, f, f): all windows with stride 1, and the axes of the window at
# the end. You want two things more:
#
# - only every `stride`-th window, down and across: `x[::3]` takes every third entry;
# - the order (m, n_H, n_W, f, f, C), so that the channels come last: `x.transpose(0, 2, 1)` puts axis 2
#   before axis 1.
#
# **By hand:** one image with the rows $(0, 1, 2, 3)$, $(4, 5, 6, 7)$ and $(8, 9, 10, 11)$, a window of
# 2 and stride 2: one row of two windows, $\begin{pmatrix} 0 & 1 \\ 4 & 5 \end{pmatrix}$ and
# $\begin{pmatrix} 2 & 3 \\ 6 & 7 \end{pmatrix}$.


# %%
def window_view(X, f, stride):
    """See every window of every image.

    Parameters
    ----------
    X : ndarray of float, shape (m, n_H_prev, n_W_prev, n_C)
        A batch of images, padded already where padding is wanted.
    f : int
        The height and width of a window.
    stride : int
        How far the window moves.

    Returns
    -------
    ndarray of float, shape (m, n_H, n_W, f, f, n_C)
        ``[i, h, w]`` is the window of example i at row h and column w of the output.
    """
    ### START CODE HERE ### (≈ 2 lines)
    windows = sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    windows = windows.transpose(0, 1, 2, 4, 5, 3)
    ### END CODE HERE ###
    return windows


# %%
check(window_view)

# %%
if ready(window_view):
    X = np.arange(12.0).reshape(1, 3, 4, 1)
    windows = window_view(X, 2, stride=2)
    print(windows.shape, windows[0, 0, 0, :, :, 0].tolist(), windows[0, 0, 1, :, :, 0].tolist())

# %% [markdown]
# **Expected output**
#
# ```
# (1, 1, 2, 2, 2, 1) [[0.0, 1.0], [4.0, 5.0]] [[2.0, 3.0], [6.0, 7.0]]
# ```
#
# <details><summary>Hint</summary>
#
# Thin out the second and third axis: `[:, ::stride, ::stride]`. Then move the axes. Axis 3 holds the
# channels and must go to the end. `reshape` would not do: it keeps the numbers in their order.
#
# </details>

# %% [markdown]
# ### Exercise 14: `convolve_windows`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Now the product. The axes of a window and those of a filter are in the same order, $(f, f,
# n_{C,prev})$. So both can be flattened in the same way:
#
# - windows $(m, n_H, n_W, f, f, n_{C,prev})$ become a matrix with $f f n_{C,prev}$ columns;
# - $W$, of shape $(f, f, n_{C,prev}, n_C)$, becomes one with $f f n_{C,prev}$ rows. Its last axis
#   stays, so each filter is a column.
#
# Multiply, give the result its shape back, and add the biases.
#
# **By hand:** in exercise 6, the windows are the rows $(1, 2, 3, 1)$ and $(2, 0, 1, 4)$, and the filter
# is the column $(1, 0, 2, -1)^T$. The product is $(6, 0)^T$, and with the bias $(7, 1)^T$.
#
# **The NumPy you need:** in `reshape(-1, n)`, NumPy works out the −1 by itself.


# %%
def convolve_windows(windows, W, b):
    """Apply every filter to every window, in one matrix product.

    Parameters
    ----------
    windows : ndarray of float, shape (m, n_H, n_W, f, f, n_C_prev)
        The windows, as `window_view` gives them.
    W : ndarray of float, shape (f, f, n_C_prev, n_C)
        The filters.
    b : ndarray of float, shape (1, 1, 1, n_C)
        Their biases.

    Returns
    -------
    ndarray of float, shape (m, n_H, n_W, n_C)
        The output of the layer.
    """
    m, n_H, n_W = windows.shape[:3]
    n_C = W.shape[3]
    ### START CODE HERE ### (≈ 3 lines)
    filters = W.reshape(-1, n_C)
    rows = windows.reshape(m * n_H * n_W, -1)
    Z = (rows @ filters).reshape(m, n_H, n_W, n_C) + b
    ### END CODE HERE ###
    return Z


# %%
check(convolve_windows)

# %%
if ready(window_view, convolve_windows):
    A_prev = np.array([[1.0, 2.0, 0.0], [3.0, 1.0, 4.0]]).reshape(1, 2, 3, 1)
    W = np.array([[1.0, 0.0], [2.0, -1.0]]).reshape(2, 2, 1, 1)
    print(convolve_windows(window_view(A_prev, 2, 1), W, np.ones((1, 1, 1, 1)))[0, :, :, 0])

# %% [markdown]
# **Expected output**
#
# ```
# [[7. 1.]]
# ```
#
# <details><summary>Hint</summary>
#
# `W.reshape(-1, n_C)` has one filter in each column. `windows.reshape(m * n_H * n_W, -1)` has one
# window in each row. Then `@`.
#
# </details>

# %% [markdown]
# ### Exercise 15: `window_gradients`
#
# **Difficulty** ●●○ · **12 minutes**
#
# The layer is a matrix product now. You have known its way back since week 3, with the roles as they
# are here: for $Z = R\,F + b$ with rows $R$ (the windows) and filters $F$,
#
# $$ dR = dZ\, F^T, \qquad dF = R^T\, dZ, \qquad db = \text{sum of the rows of } dZ. $$
#
# Flatten `dZ` to a matrix with $n_C$ columns, multiply, and give each result the shape of what it
# belongs to.
#
# **By hand:** in exercise 9, $R = \begin{pmatrix} 1 & 2 & 3 & 1 \\ 2 & 0 & 1 & 4 \end{pmatrix}$ and
# $dZ = \begin{pmatrix} 1 \\ 10 \end{pmatrix}$. So $dF = R^T dZ = (21, 2, 13, 41)^T$, as before.


# %%
def window_gradients(dZ, windows, W):
    """Carry the gradient of the cost back through `convolve_windows`.

    Parameters
    ----------
    dZ : ndarray of float, shape (m, n_H, n_W, n_C)
        The gradient with respect to the layer's output.
    windows : ndarray of float, shape (m, n_H, n_W, f, f, n_C_prev)
        The windows.
    W : ndarray of float, shape (f, f, n_C_prev, n_C)
        The filters.

    Returns
    -------
    dwindows : ndarray of float, shape (m, n_H, n_W, f, f, n_C_prev)
        The gradient with respect to the windows, each taken for itself.
    dW : ndarray of float, shape (f, f, n_C_prev, n_C)
        The gradient with respect to the filters.
    db : ndarray of float, shape (1, 1, 1, n_C)
        The gradient with respect to the biases.
    """
    m, n_H, n_W, n_C = dZ.shape
    ### START CODE HERE ### (≈ 6 lines)
    dZ_rows = dZ.reshape(-1, n_C)
    filters = W.reshape(-1, n_C)
    rows = windows.reshape(m * n_H * n_W, -1)
    dwindows = (dZ_rows @ filters.T).reshape(windows.shape)
    dW = (rows.T @ dZ_rows).reshape(W.shape)
    db = np.sum(dZ, axis=(0, 1, 2), keepdims=True)
    ### END CODE HERE ###
    return dwindows, dW, db


# %%
check(window_gradients)

# %%
if ready(window_view, window_gradients):
    A_prev = np.array([[1.0, 2.0, 0.0], [3.0, 1.0, 4.0]]).reshape(1, 2, 3, 1)
    W = np.array([[1.0, 0.0], [2.0, -1.0]]).reshape(2, 2, 1, 1)
    windows = window_view(A_prev, 2, 1)
    dwindows, dW, db = window_gradients(np.array([1.0, 10.0]).reshape(1, 1, 2, 1), windows, W)
    print("dW:", dW.ravel(), " db:", db.ravel())
    print("dwindows:", dwindows.reshape(2, 4).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# dW: [21.  2. 13. 41.]  db: [11.]
# dwindows: [[1.0, 0.0, 2.0, -1.0], [10.0, 0.0, 20.0, -10.0]]
# ```
#
# <details><summary>Hint</summary>
#
# `.T` transposes a matrix. To transpose, reshaping is not enough: it keeps the numbers in their order.
# For `db`, sum over the first three axes and keep them.
#
# </details>

# %% [markdown]
# ### Exercise 16: `add_windows`
#
# **Difficulty** ●●● · **15 minutes**
#
# The gradients of the windows have to go back to the image, and add up where windows overlap. A loop
# over the windows would do it: at each place, `+=` into a slice. But there are many windows, and they
# are small. Turn it round: loop over the **$f \cdot f$ places within a window**. Place $(i, j)$ of the
# window of place $(h, w)$ is the pixel in row $sh + i$ and column $sw + j$. So for a fixed $(i, j)$, all
# windows together give to the pixels
#
# $$ \text{rows } i,\; i + s,\; i + 2s,\; \dots \quad\text{and}\quad \text{columns } j,\; j + s,\;
# j + 2s,\; \dots $$
#
# as many of them as there are windows. These pixels are one slice, in which none stands twice. Nine
# additions of large arrays, for $f = 3$, instead of thousands of small ones.
#
# **The NumPy you need:** `x[i : i + s * n : s]` takes `n` entries from number `i` on, each `s` after
# the last.
#
# **By hand:** two windows of ones, 2 by 2, with stride 1 in an image of 2 rows and 4 columns: they
# overlap in one column, and reach none of the last one:
# $\begin{pmatrix} 1 & 2 & 1 & 0 \\ 1 & 2 & 1 & 0 \end{pmatrix}$.


# %%
def add_windows(dwindows, shape, stride):
    """Put windows back to where they lie in the image, and add up where they overlap.

    Parameters
    ----------
    dwindows : ndarray of float, shape (m, n_H, n_W, f, f, n_C)
        Numbers for every place of every window.
    shape : tuple of int
        ``(m, height, width, n_C)``, the shape of the images.
    stride : int
        How far the window moves.

    Returns
    -------
    ndarray of float, shape `shape`
        The sums; zero where no window lies.
    """
    m, n_H, n_W, f, _, n_C = dwindows.shape
    ### START CODE HERE ### (≈ 6 lines)
    total = np.zeros(shape)
    for i in range(f):
        for j in range(f):
            rows = slice(i, i + stride * n_H, stride)
            columns = slice(j, j + stride * n_W, stride)
            total[:, rows, columns, :] += dwindows[:, :, :, i, j, :]
    ### END CODE HERE ###
    return total


# %%
check(add_windows)

# %%
if ready(add_windows):
    print(add_windows(np.ones((1, 1, 2, 2, 2, 1)), (1, 2, 4, 1), stride=1)[0, :, :, 0])

# %% [markdown]
# **Expected output**
#
# ```
# [[1. 2. 1. 0.]
#  [1. 2. 1. 0.]]
# ```
#
# <details><summary>Hint</summary>
#
# `dwindows[:, :, :, i, j, :]` has the shape (m, n_H, n_W, n_C). The slice of the image must have the
# same: `n_H` rows from `i` on, each `stride` after the last.
#
# </details>

# %% [markdown]
# With windows of ones, `add_windows` counts **by how many windows each pixel is seen**. That shows what
# padding and stride do: without padding a corner counts for little, padding mends some of it, and with
# stride 2 the last row may be seen by no window at all.

# %% tags=["nbval-ignore-output"]
if ready(add_windows):
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    cases = [
        ("no padding, stride 1", 0, 1),
        ("padding 1, stride 1", 1, 1),
        ("no padding, stride 2", 0, 2),
    ]
    for ax, (title, pad, s) in zip(axes, cases, strict=True):
        n_H, n_W = (6 + 2 * pad - 3) // s + 1, (9 + 2 * pad - 3) // s + 1
        seen = add_windows(np.ones((1, n_H, n_W, 3, 3, 1)), (1, 6 + 2 * pad, 9 + 2 * pad, 1), s)
        seen = seen[0, pad : pad + 6, pad : pad + 9, 0]
        ax.imshow(seen, cmap="Blues", vmin=0, vmax=18)
        for (y, x), count in np.ndenumerate(seen):
            ax.text(x, y, int(count), ha="center", va="center")
        ax.set_title(title)
        ax.axis("off")
    plotting.show(
        figure,
        alt="Three grids of six by nine pixels with the number of 3 by 3 windows that see each. "
        "Without padding, 1 in the corners and 9 in the middle. With padding 1, 4 in the corners and "
        "9 in the middle. With stride 2, mostly 1, 2 and 4 in a chequered pattern, and 0 in the last row.",
    )

# %% [markdown]
# ### Equal, and how much faster?
#
# The four functions make a layer, and its way back. (For pooling, `window_view` and `add_windows` do
# as well: these two pairs are written for you.)


# %%
def conv_layer(A_prev, W, b, hparameters):
    """Do what `conv_forward` does, without loops over places."""
    padded = zero_pad(A_prev, hparameters["pad"])
    windows = window_view(padded, W.shape[0], hparameters["stride"])
    return convolve_windows(windows, W, b), (windows, padded.shape, W, hparameters)


def conv_layer_back(dZ, cache):
    """Do what `conv_backward` does."""
    windows, (m, height, width, n_C_prev), W, hparameters = cache
    dwindows, dW, db = window_gradients(dZ, windows, W)
    dpadded = add_windows(dwindows, (m, height, width, n_C_prev), hparameters["stride"])
    pad = hparameters["pad"]
    return dpadded[:, pad : height - pad, pad : width - pad], dW, db


def max_layer(A_prev, f, stride):
    """Do what `pool_forward` does."""
    windows = window_view(A_prev, f, stride)
    A = np.max(windows, axis=(3, 4), keepdims=True)
    return A[:, :, :, 0, 0], (windows == A, A_prev.shape, stride)


def max_layer_back(dA, cache):
    """Do what `pool_backward` does."""
    masks, shape, stride = cache
    return add_windows(masks * dA[:, :, :, None, None], shape, stride)


# %% tags=["nbval-ignore-output"]
if ready(
    conv_forward,
    conv_backward,
    zero_pad,
    window_view,
    convolve_windows,
    window_gradients,
    add_windows,
):
    rng = np.random.default_rng(1)
    images, W = rng.normal(size=(8, 16, 20, 6)), rng.normal(size=(4, 4, 6, 8))
    b, layer = rng.normal(size=(1, 1, 1, 8)), {"stride": 1, "pad": 1}
    (Z_fast, cache_fast), there_fast = quickest(conv_layer, images, W, b, layer)
    back_fast, back_time = quickest(conv_layer_back, dZ, cache_fast)
    print(f"without loops: {1000 * there_fast:.1f} ms there, {1000 * back_time:.1f} ms back")
    print(f"faster: {there / there_fast:.0f} times there, {back / back_time:.0f} times back")

# %%
if ready(
    conv_forward,
    conv_backward,
    zero_pad,
    window_view,
    convolve_windows,
    window_gradients,
    add_windows,
):
    print("Z is the same:", bool(np.allclose(Z_loops, Z_fast)))
    for name, one, other in zip(("dA_prev", "dW", "db"), back_loops, back_fast, strict=True):
        print(name, "is the same:", bool(np.allclose(one, other)))

# %% [markdown]
# The same numbers, dozens or hundreds of times as fast. What it costs is memory: the matrix product
# needs the windows as a true matrix, for stride 1 about $f \cdot f$ times as large as the images.
# (`reshape` makes it, since overlapping windows cannot be flattened as a view.)

# %% [markdown]
# ## 9. Digits anywhere
#
# Now a task for which these layers are made: the digits of earlier weeks, 8 by 8 pixels, each pasted at
# a random place of a canvas of 16 by 20 pixels, with noise all over it.

# %%
HEIGHT, WIDTH, NOISE = 16, 20, 0.12


def canvases(images, copies, rng):
    """Paste each image at random places of empty canvases, and add noise."""
    images = np.tile(images / 16, (copies, 1, 1))
    X = rng.normal(0, NOISE, (len(images), HEIGHT, WIDTH))
    tops, lefts = rng.integers(0, HEIGHT - 7, len(X)), rng.integers(0, WIDTH - 7, len(X))
    for canvas, image, top, left in zip(X, images, tops, lefts, strict=True):
        canvas[top : top + 8, left : left + 8] += image
    return X[..., np.newaxis]


digits = datasets.load_digits()
rng = np.random.default_rng(8)
X_train, X_test = canvases(digits.train_x, 2, rng), canvases(digits.test_x, 1, rng)
labels_train, labels_test = np.tile(digits.train_y, (1, 2)), digits.test_y
print("training:", X_train.shape, " test:", X_test.shape)

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(2, 5, figsize=(10, 3.6), layout="constrained")
for ax, image, label in zip(axes.flat, X_test, labels_test[0], strict=False):
    ax.imshow(image[:, :, 0], cmap="gray_r", vmin=-0.4, vmax=1)
    ax.set_title(f"a {label}")
    ax.set(xticks=[], yticks=[])
plotting.show(
    figure,
    alt="Ten grey canvases with noise; on each, a small handwritten digit stands at another place.",
)

# %% [markdown]
# Three models are trained in the same way, with Adam on mini-batches of 64, at the same learning rate:
# softmax regression (logistic regression for ten classes), a dense network with 128 hidden units, and a
# convolutional network. A model here is a pair of functions: `forward` from images to probabilities,
# `backward` to the gradients.


# %%
def train(forward, backward, parameters, epochs, learning_rate=0.005, seed=3):
    """Train a model; return its parameters, and its test accuracy after each epoch."""
    Y_train, rng = one_hot(labels_train, 10), np.random.default_rng(seed)
    v, s = initialize_adam(parameters)
    t, history = 0, []
    for _ in range(epochs):
        order = rng.permutation(len(X_train))
        for first in range(0, len(order), 64):
            batch = order[first : first + 64]
            A, cache = forward(X_train[batch], parameters)
            grads = backward(A, Y_train[:, batch], cache, parameters)
            t += 1
            updated = update_parameters_with_adam(parameters, grads, v, s, t, learning_rate)
            parameters, v, s = updated[:3]
        history.append(accuracy(forward, X_test, labels_test, parameters))
        print(f"{history[-1]:.0f} %", end=" ", flush=True)  # so that you see that it goes on
    print("on the test set after each epoch")
    return parameters, history


def accuracy(forward, X, labels, parameters):
    """Count how many digits are read rightly, in per cent."""
    A, _ = forward(X, parameters)
    return round(100 * float(np.mean(np.argmax(A, axis=0) == labels[0])), 1)


def regression_forward(X, p):
    """Softmax regression on the pixels."""
    columns = X.reshape(len(X), -1).T
    return softmax(p["W1"] @ columns + p["b1"]), columns


def regression_backward(A, Y, columns, p):
    """Its gradients, the factor 1/m included."""
    dZ = (A - Y) / Y.shape[1]
    return {"dW1": dZ @ columns.T, "db1": np.sum(dZ, axis=1, keepdims=True)}


def dense_forward(X, p):
    """One hidden layer of ReLU units on the pixels, then softmax."""
    columns = X.reshape(len(X), -1).T
    hidden = np.maximum(0, p["W1"] @ columns + p["b1"])
    return softmax(p["W2"] @ hidden + p["b2"]), (columns, hidden)


def dense_backward(A, Y, cache, p):
    """Its gradients."""
    columns, hidden = cache
    dZ2 = (A - Y) / Y.shape[1]
    dZ1 = (p["W2"].T @ dZ2) * (hidden > 0)
    return {
        "dW1": dZ1 @ columns.T,
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": dZ2 @ hidden.T,
        "db2": np.sum(dZ2, axis=1, keepdims=True),
    }


# %% tags=["nbval-ignore-output"]
rng, n_x = np.random.default_rng(1), HEIGHT * WIDTH
start_regression = {"W1": np.zeros((10, n_x)), "b1": np.zeros((10, 1))}
start_dense = {
    "W1": rng.normal(size=(128, n_x)) * np.sqrt(2 / n_x),
    "b1": np.zeros((128, 1)),
    "W2": rng.normal(size=(10, 128)) * np.sqrt(1 / 128),
    "b2": np.zeros((10, 1)),
}
histories = {}
p_regression, histories["softmax regression"] = train(
    regression_forward, regression_backward, start_regression, epochs=8
)
p_dense, histories["dense network"] = train(dense_forward, dense_backward, start_dense, epochs=8)
for name, forward, p in [
    ("softmax regression", regression_forward, p_regression),
    ("dense network", dense_forward, p_dense),
]:
    on_train = accuracy(forward, X_train, labels_train, p)
    print(f"{name:19} training {on_train} %, test {histories[name][-1]} %,", end=" ")
    print(sum(w.size for w in p.values()), "parameters")

# %% [markdown]
# Guessing gets about 10 %. Softmax regression is hardly better than that on the test set: averaged over
# all places, every digit looks like the same grey cloud. The dense network learns its training canvases
# by heart, digit *and place*, and of new ones it reads about a third. Each place would need examples of
# its own.
#
# ### The convolutional network
#
# It is assembled from your layers:
#
# | layer | output for one canvas | parameters |
# |---|---|---|
# | convolution, 6 filters of 3 by 3, padding 1, ReLU | 16 × 20 × 6 | 60 |
# | max pooling, 2 by 2, stride 2 | 8 × 10 × 6 | – |
# | convolution, 24 filters of 4 by 4, padding 1, ReLU | 7 × 9 × 24 | 2,328 |
# | largest number of each channel | 24 | – |
# | softmax | 10 | 250 |
#
# The last pooling has a window as large as the image: *was this feature found anywhere?* After it, no
# trace of the place is left. That is what this task wants.


# %%
def convnet_forward(X, p):
    """Two convolutions, each with ReLU and max pooling, then softmax."""
    Z1, conv1 = conv_layer(X, p["W1"], p["b1"], {"stride": 1, "pad": 1})
    P1, pool1 = max_layer(np.maximum(0, Z1), 2, 2)
    Z2, conv2 = conv_layer(P1, p["W2"], p["b2"], {"stride": 1, "pad": 1})
    A2 = np.maximum(0, Z2)
    found = np.max(A2, axis=(1, 2), keepdims=True)
    columns = found.reshape(len(X), -1).T
    A3 = softmax(p["W3"] @ columns + p["b3"])
    masks = np.equal(A2, found)
    return A3, (conv1, Z1, pool1, conv2, Z2, masks, columns)


def convnet_backward(A3, Y, cache, p):
    """Its gradients, the factor 1/m included."""
    conv1, Z1, pool1, conv2, Z2, masks, columns = cache
    dZ3 = (A3 - Y) / Y.shape[1]
    dfound = (p["W3"].T @ dZ3).T.reshape(len(Z2), 1, 1, -1)
    dP1, dW2, db2 = conv_layer_back(masks * dfound * (Z2 > 0), conv2)
    _, dW1, db1 = conv_layer_back(max_layer_back(dP1, pool1) * (Z1 > 0), conv1)
    dW3, db3 = dZ3 @ columns.T, np.sum(dZ3, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


def start_convnet(seed):
    """He initialisation: a filter's inputs are the numbers of its window."""
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(3, 3, 1, 6)) * np.sqrt(2 / 9),
        "b1": np.zeros((1, 1, 1, 6)),
        "W2": rng.normal(size=(4, 4, 6, 24)) * np.sqrt(2 / 96),
        "b2": np.zeros((1, 1, 1, 24)),
        "W3": rng.normal(size=(10, 24)) * np.sqrt(1 / 24),
        "b3": np.zeros((10, 1)),
    }


# %% [markdown]
# First the gradients of the whole, against numerical slopes, on three canvases. Of each array some
# numbers are enough.

# %%
if ready(zero_pad, window_view, convolve_windows, window_gradients, add_windows):
    p, rng = start_convnet(2), np.random.default_rng(5)
    X_few, Y_few = X_train[:3], one_hot(labels_train[:, :3], 10)
    A, cache = convnet_forward(X_few, p)
    grads = convnet_backward(A, Y_few, cache, p)
    for name, w in p.items():
        errors = []
        for number in rng.integers(0, w.size, 6):
            place = np.unravel_index(number, w.shape)
            costs = []
            for step in (1e-6, -1e-6):
                changed = w.copy()
                changed[place] += step
                costs.append(cross_entropy(convnet_forward(X_few, {**p, name: changed})[0], Y_few))
            errors.append(abs((costs[0] - costs[1]) / 2e-6 - grads["d" + name][place]))
        print(f"d{name} agrees with the numerical slopes:", max(errors) < 1e-6)

# %% [markdown]
# **Expected output**
#
# ```
# dW1 agrees with the numerical slopes: True
# db1 agrees with the numerical slopes: True
# dW2 agrees with the numerical slopes: True
# db2 agrees with the numerical slopes: True
# dW3 agrees with the numerical slopes: True
# db3 agrees with the numerical slopes: True
# ```
#
# Now train it. A step is tried first: if your functions loop over the places, training would take
# very long, and this cell says so instead.

# %% tags=["nbval-ignore-output"]
p_convnet = None
if ready(zero_pad, window_view, convolve_windows, window_gradients, add_windows):
    p = start_convnet(1)
    one_step = np.inf
    for _ in range(3):
        start = time.perf_counter()
        A, cache = convnet_forward(X_train[:64], p)
        convnet_backward(A, one_hot(labels_train[:, :64], 10), cache, p)
        one_step = min(one_step, time.perf_counter() - start)
        if one_step > 5:
            break
    if one_step > 0.4:
        print(
            f"One step takes {one_step:.1f} s: your functions loop. See the advice of their checks."
        )
    else:
        print(f"One step takes {1000 * one_step:.0f} ms, and there are {8 * 43} of them.")
        p_convnet, histories["convolutional network"] = train(
            convnet_forward, convnet_backward, p, epochs=8
        )
        on_train = accuracy(convnet_forward, X_train, labels_train, p_convnet)
        print(f"training {on_train} %, test {histories['convolutional network'][-1]} %,", end=" ")
        print(sum(w.size for w in p_convnet.values()), "parameters")

# %% tags=["nbval-ignore-output"]
figure, ax = plt.subplots(figsize=(7, 3.6), layout="constrained")
for (name, history), style in zip(histories.items(), ["s--", "^-.", "o-"], strict=False):
    ax.plot(np.arange(1, len(history) + 1), history, style, label=name)
ax.axhline(10, color="black", lw=1, ls=":", label="guessing")
ax.set(xlabel="epochs", ylabel="test canvases, % right", ylim=(0, 100))
ax.grid(alpha=0.3)
ax.legend(loc=(0.64, 0.44))
of_convnet = "The convolutional network rises to more than four fifths." if p_convnet else ""
plotting.show(
    figure,
    alt="Test accuracy against epochs. Softmax regression stays near the level of guessing, the "
    "dense network reaches about a third. " + of_convnet,
)

# %% [markdown]
# The convolutional network has the fewest parameters of the three, and is the only one that reads the
# digits. It was told the right thing about images.
#
# Is that luck? Other random numbers, for the canvases, the first weights and the order of training,
# give other figures. With five other sets of them, the convolutional network read from 86 to 91 % of the
# test canvases, the dense one from 32 to 36 %, softmax regression from 13 to 15 %. Each time the first was
# at least 50 points ahead of the second. The margin of one such figure, on 450 canvases, is 5 points at
# most (week 7). That is no luck.
#
# ### What did it learn?
#
# The six filters of the first layer, and what they make of one canvas:

# %% tags=["nbval-ignore-output"]
if p_convnet is not None:
    shown = 3
    Z1, _ = conv_layer(
        X_test[shown : shown + 1], p_convnet["W1"], p_convnet["b1"], {"stride": 1, "pad": 1}
    )
    maps = np.maximum(0, Z1)
    figure, axes = plt.subplots(2, 7, figsize=(11.4, 3.4), layout="constrained")
    axes[0, 0].axis("off")
    axes[1, 0].imshow(X_test[shown, :, :, 0], cmap="gray_r")
    axes[1, 0].set_title(f"a {labels_test[0, shown]}")
    largest = np.max(np.abs(p_convnet["W1"]))
    for k in range(6):
        axes[0, k + 1].imshow(p_convnet["W1"][:, :, 0, k], cmap="gray", vmin=-largest, vmax=largest)
        axes[0, k + 1].set_title(f"filter {k + 1}")
        axes[1, k + 1].imshow(maps[0, :, :, k], cmap="gray_r")
    for ax in axes.flat:
        ax.set(xticks=[], yticks=[])
    plotting.show(
        figure,
        alt="Upper row: six filters of 3 by 3 numbers, each a pattern of light and dark. Lower row: a "
        "canvas with a digit, and its six feature maps, in which different strokes of the digit "
        "stand out.",
    )

# %% [markdown]
# In the filters light is positive and dark is negative. In the feature maps below them, dark is a large
# number. Nobody told these filters to look for edges and strokes: they do so because it lowers the cost.
#
# The last figure asks *where* the networks can read. Forty test digits are pasted at each of the
# $9 \cdot 13$ places, one place after the other.

# %% tags=["nbval-ignore-output"]
if p_convnet is not None:
    forty, labels_forty = digits.test_x[:40] / 16, digits.test_y[:, :40]
    noise = np.random.default_rng(4).normal(0, NOISE, (40, HEIGHT, WIDTH))
    readers = [
        ("dense network", dense_forward, p_dense),
        ("convolutional network", convnet_forward, p_convnet),
    ]
    maps = {name: np.zeros((HEIGHT - 7, WIDTH - 7)) for name, _, _ in readers}
    for top, left in np.ndindex(HEIGHT - 7, WIDTH - 7):
        moved = noise.copy()
        moved[:, top : top + 8, left : left + 8] += forty
        for name, forward, p in readers:
            maps[name][top, left] = accuracy(forward, moved[..., np.newaxis], labels_forty, p)
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
    for ax, (name, by_place) in zip(axes, maps.items(), strict=True):
        picture = ax.imshow(by_place, cmap="viridis", vmin=0, vmax=100)
        ax.set(title=f"{name}: {np.min(by_place):.0f} to {np.max(by_place):.0f} %")
        ax.set(xlabel="columns to the right", ylabel="rows down")
    figure.colorbar(picture, ax=axes, label="read rightly, %")
    plotting.show(
        figure,
        alt="Two maps of nine by thirteen places: the share of digits read rightly that stand "
        "there. The dense network's map is dark nearly everywhere, with a few lighter patches. The "
        "convolutional network's map is bright everywhere, up to the edges.",
    )
    for name, by_place in maps.items():
        print(f"{name}: {np.mean(by_place):.1f} % on average")

# %% [markdown]
# **Question.** Is the convolutional network then blind to *where* something is? When would that be bad?
#
# <details><summary>Answer</summary>
#
# Its convolutions are not: move the input, and the feature maps move with it. Pooling over the whole
# map throws the place away. For *which digit?* that is right. For *where is the car?* it would be fatal:
# networks for detection keep the map (week 10).
#
# </details>

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **find edges with filters**: left less right, top less bottom; deep learning's convolution is a
#    cross-correlation, and the true one flips the kernel;
# 2. **compute sizes**: $\lfloor (n + 2p - f)/s \rfloor + 1$ along each axis;
# 3. **write both layers for any shape**: the window of place $(h, w)$ begins at $(sh, sw)$;
# 4. **count**: parameters do not depend on the size of the image; connections are local;
# 5. **go back through both**: each window gives to the numbers that it covers, and overlaps add up;
# 6. **do it fast**: windows as rows, filters as columns, one matrix product;
# 7. **train a convolutional network**, which reads a digit where it never saw one.
#
# ## What to remember
#
# - Filters have as many channels as their input, and there are as many filters as channels of the
#   output.
# - The bias is added once, after the sum.
# - Gradients of what is used many times are sums: over places, over examples, over windows.
# - The way back through max pooling needs to know which number was the largest.
# - With padding $(f-1)/2$ and stride 1 the size stays.
#
# **What comes next.** You have the layers. Week 9 builds with them: the networks that made history,
# blocks that can be stacked a hundred times, and how to start from a network that has learnt
# something already.
#
# ## Stretch exercises
#
# 1. **Average for max.** Replace the global maximum by the global average. What does the noise do to
#    the accuracy, and why?
# 2. **Stride for pooling.** Leave out the first pooling and use stride 2 in the first convolution.
#    What is lost, and what is gained?
# 3. **Backwards as a convolution.** Write `dA_prev` for stride 1 as a `conv_forward` of `dZ`, with
#    the filters flipped and the channels exchanged. How much padding does it need?
# 4. **How much data?** Give the dense network 4, 8 and 16 copies of each digit. How many does it need
#    to catch up?
# 5. **Two filters for one.** A filter of 5 by 5, and two of 3 by 3 one after the other, see windows of
#    the same size. Count the parameters of both.
#
# ## References
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: *Gradient-based learning applied to document
#   recognition*. Proceedings of the IEEE 86, 2278–2324, 1998.
# - K. Fukushima: *Neocognitron: a self-organizing neural network model for a mechanism of pattern
#   recognition unaffected by shift in position*. Biological Cybernetics 36, 193–202, 1980.
# - K. Chellapilla, S. Puri, P. Simard: *High performance convolutional neural networks for document
#   processing*. IWFHR, 2006.
# - V. Dumoulin, F. Visin: *A guide to convolution arithmetic for deep learning*, 2016.
#   arXiv:1603.07285.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, chapter 9. MIT Press, 2016.
