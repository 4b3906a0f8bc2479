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
# # Logistic regression
#
# Is there a cat in this picture? In this notebook you build a classifier that answers: one unit
# that weighs every pixel, adds up, and turns the sum into a probability. It is called **logistic
# regression**, and it is the smallest neural network there is. All that you build here comes back
# in larger networks: the forward pass, the cost, the gradient, the training loop.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. turn a set of images into a matrix with one example per column, and show what a careless
#    `reshape` does instead;
# 2. write down the model and its cost, and derive the gradient of the cost with the chain rule;
# 3. compute cost and gradient twice, with loops and with arrays, and measure the difference;
# 4. train the model by gradient descent, and choose a learning rate from learning curves;
# 5. look at what was learnt: the weights as an image, and the mistakes;
# 6. say how far an accuracy on a test set can be trusted, and what it does not tell.
#
# ## Before you start
#
# You need the notebook *NumPy for deep learning* of this week: shapes, broadcasting, `reshape`,
# sums along an axis. From school you need the derivative and the chain rule.
#
# **Time:** about 120 minutes. There are 7 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up and data

# %%
import copy
import math
import time

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.checking import checks_for, ready

check = checks_for("w01_logistic_regression")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# The data are small colour photographs with labels, in two parts. The **training set** is what the
# model learns from. The **test set** is kept aside: it tells how the model does on images that it
# has never seen.

# %%
train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = datasets.load_dataset()
m_train, m_test = len(train_set_x_orig), len(test_set_x_orig)
print("training images:", train_set_x_orig.shape, train_set_x_orig.dtype)
print("training labels:", train_set_y.shape)
print("test images:    ", test_set_x_orig.shape)
print("test labels:    ", test_set_y.shape)
print("label 0 is", classes[0].decode(), "and label 1 is", classes[1].decode())

# %% [markdown]
# Read the shape from left to right: so many images, 64 rows of pixels, 64 columns of pixels, and
# three numbers for each pixel: how much red, green and blue, from 0 to 255. The labels are a
# **row**, shape $(1, m)$, where $m$ is the number of examples.

# %% tags=["nbval-ignore-output"]
labels = train_set_y[0]
shown = [*np.flatnonzero(labels == 1)[:4], *np.flatnonzero(labels == 0)[:4]]
figure = plotting.show_images(
    train_set_x_orig[shown], [classes[labels[i]].decode() for i in shown], columns=8
)
plotting.show(
    figure,
    alt="Eight training images: four with label 1, in the course's own data close-ups of a cat's "
    "face, and four with label 0, other things.",
)

# %% [markdown]
# How well must a classifier do to be better than no classifier at all? Always say the label
# that is more frequent in training, without looking, and count how often that is right.


# %%
def accuracy(predictions, Y):
    """Count how many predictions are right, in per cent."""
    return round(100 * float(np.mean(np.asarray(predictions) == Y)), 1)


more_frequent = int(np.mean(train_set_y) > 0.5)
name = classes[more_frequent].decode()
print(f"always saying {name}: {accuracy(more_frequent, test_set_y)} % right")

# %% [markdown]
# ### From images to columns
#
# The model wants each example as one **column** of numbers. An image of shape $(64, 64, 3)$ holds
# $64 \cdot 64 \cdot 3 = 12288$ numbers: these are its **features**. So the whole set becomes a
# matrix $X$ of shape $(n_x, m)$ with $n_x = 12288$ rows, one for each feature, and $m$ columns,
# one for each image.
#
# Two steps lead there. `X.reshape(X.shape[0], -1)` keeps the first axis, the images, and lays out
# the rest of each image in one row; `-1` means "as many as it takes". Then `.T` turns the rows
# into columns.
#
# **By hand**, with two "images" of 2 × 3 numbers each. The first holds 0 to 5, the second 6 to 11:

# %%
tiny_images = np.arange(12).reshape(2, 2, 3)
print("right, one image per column:")
print(tiny_images.reshape(2, -1).T)
print("wrong, but of the same shape:")
print(tiny_images.reshape(-1, 2))

# %% [markdown]
# In the first matrix, the first column is the first image. In the second matrix, the first column
# is 0, 2, 4, 6, 8, 10: every other number of *both* images. `reshape` never moves a number. It
# reads all numbers in their order in memory and fills the new shape row by row. So
# `reshape(-1, m)` deals the numbers out like cards, one to each column in turn. No error tells you
# so, because the shape is the one you asked for.
#
# What does this do to a photograph? Flatten, take the first column, and fold it back to an image:

# %% tags=["nbval-ignore-output"]
right = train_set_x_orig.reshape(m_train, -1).T
wrong = train_set_x_orig.reshape(-1, m_train)
print("right:", right.shape, " wrong:", wrong.shape)
folded = [matrix[:, 0].reshape(64, 64, 3) for matrix in (right, wrong)]
figure = plotting.show_images(
    np.stack([train_set_x_orig[0], *folded]),
    ["the first image", "(m, -1) and .T", "(-1, m)"],
    columns=3,
)
plotting.show(
    figure,
    alt="Three pictures: the first training image; the same image, folded back from the first "
    "column of the right matrix; and coloured noise in stripes, from the first column of the "
    "wrong matrix.",
)

# %% [markdown]
# The third picture is a little of every image in the training set. A model trained on such
# columns learns next to nothing, and you would look for the error everywhere but here. When you
# have reshaped something, fold one example back and look at it.
#
# ### From 0…255 to 0…1
#
# The pixels are whole numbers up to 255. Sums of 12288 such numbers are huge, and the sigmoid of a
# huge number is almost exactly 0 or 1, where it is flat and nothing can be learnt. So bring the
# features to a common, small range first. For images this is simple, because all features are
# measured in the same unit: divide by 255.

# %%
X_train = right / 255
X_test = test_set_x_orig.reshape(m_test, -1).T / 255
Y_train, Y_test = train_set_y, test_set_y
print(f"X_train: {X_train.shape}, from {X_train.min():.2f} to {X_train.max():.2f}")
print(f"X_test:  {X_test.shape}, from {X_test.min():.2f} to {X_test.max():.2f}")

# %% [markdown]
# **Question.** Why must the *test* images be divided by 255 too? The model does not learn from
# them.
#
# <details><summary>Answer</summary>
#
# The weights are learnt for features between 0 and 1. They mean something else for features
# between 0 and 255. Whatever you do to the training examples, do exactly the same to every example
# that the model shall ever see.
#
# </details>

# %% [markdown]
# ## 2. The model
#
# ### One unit
#
# For one example $x$, a column of $n_x$ features, the model computes a weighted sum and turns it
# into a number between 0 and 1:
#
# $$z = w^T x + b = w_1 x_1 + w_2 x_2 + \dots + w_{n_x} x_{n_x} + b \qquad\qquad a = \sigma(z)$$
#
# The output $a$ is read as the probability that the label is 1. A **weight** $w_j$ says how much
# feature $j$ speaks for label 1 (positive) or against it (negative). The **bias** $b$ says where
# the sum starts when all features are 0. The weights form a column $w$ of shape $(n_x, 1)$; $b$ is
# one number.
#
# ### How wrong is it?
#
# The **loss** of one example compares the probability $a$ with the true label $y$:
#
# $$\mathcal{L}(a, y) = -\bigl( y \log a + (1 - y) \log (1 - a) \bigr)$$
#
# One of the two terms is always zero. What is left is minus the logarithm of the probability that
# the model gave to the *truth*: $-\log a$ if $y = 1$, and $-\log(1 - a)$ if $y = 0$. This is called
# the **cross-entropy**.
#
# | probability given to the truth | 0.99 | 0.9 | 0.5 | 0.1 | 0.01 |
# |---|---|---|---|---|---|
# | loss | 0.01 | 0.11 | 0.69 | 2.30 | 4.61 |
#
# To be right costs almost nothing. To be unsure costs $\log 2 \approx 0.69$. To be sure and wrong
# is expensive. ($\log$ is the natural logarithm, `np.log`.)
#
# The **cost** is the average loss of all $m$ examples. Learning means: find the $w$ and $b$ that
# make it small.
#
# $$J(w, b) = \frac1m \sum_{i=1}^{m} \mathcal{L}\bigl(a^{(i)}, y^{(i)}\bigr)$$
#
# ### Which way is downhill?
#
# We need to know how the cost moves when a weight moves. Follow the chain for **one** example,
# from the loss back to the weights. Each step is a derivative you know.
#
# 1. From the loss to $a$. The derivative of $\log a$ is $1/a$, that of $\log(1 - a)$ is
#    $-1/(1 - a)$:
#    $$\frac{\partial \mathcal{L}}{\partial a} = -\frac{y}{a} + \frac{1 - y}{1 - a}$$
# 2. From $a$ to $z$. The slope of the sigmoid is
#    $$\frac{\partial a}{\partial z} = a\,(1 - a)$$
# 3. Multiply both, and almost everything cancels:
#    $$dz = \frac{\partial \mathcal{L}}{\partial z} = -y\,(1 - a) + (1 - y)\,a = a - y$$
# 4. From $z$ to a weight. In $z = \dots + w_j x_j + \dots + b$ the weight $w_j$ is multiplied by
#    $x_j$, and $b$ by 1:
#    $$\frac{\partial \mathcal{L}}{\partial w_j} = x_j\,dz \qquad\qquad
#    \frac{\partial \mathcal{L}}{\partial b} = dz$$
#
# The cost is the average of the losses, so its gradient is the average of their gradients:
#
# $$dw_j = \frac{\partial J}{\partial w_j}
#    = \frac1m \sum_{i=1}^{m} x_j^{(i)} \bigl(a^{(i)} - y^{(i)}\bigr) \qquad\qquad
#    db = \frac{\partial J}{\partial b} = \frac1m \sum_{i=1}^{m} \bigl(a^{(i)} - y^{(i)}\bigr)$$
#
# In words: $dz$ is prediction minus truth. Each feature gets its share of it. In code, `dz`, `dw`
# and `db` are short names for these derivatives.
#
# ### The same by hand, with numbers
#
# Two features, two examples (columns), and weights chosen such that no calculator is needed:
#
# $$w = \begin{pmatrix} \ln 3 \\ -\ln 3 \end{pmatrix} \quad b = \ln 3 \quad
#   X = \begin{pmatrix} 1 & 3 \\ 2 & 3 \end{pmatrix} \quad
#   Y = \begin{pmatrix} 1 & 0 \end{pmatrix}$$
#
# | | first example, $y = 1$ | second example, $y = 0$ |
# |---|---|---|
# | $z = w_1 x_1 + w_2 x_2 + b$ | $(1 - 2 + 1) \ln 3 = 0$ | $(3 - 3 + 1) \ln 3 = \ln 3$ |
# | $a = \sigma(z)$ | 0.5 | 0.75 |
# | loss | $-\ln 0.5 = 0.6931$ | $-\ln 0.25 = 1.3863$ |
# | $dz = a - y$ | −0.5 | 0.75 |
#
# The averages over both examples are
#
# - $J = \tfrac12 (0.6931 + 1.3863) = 1.0397$
# - $dw_1 = \tfrac12 (1 \cdot (-0.5) + 3 \cdot 0.75) = 0.875$
# - $dw_2 = \tfrac12 (2 \cdot (-0.5) + 3 \cdot 0.75) = 0.625$
# - $db = \tfrac12 (-0.5 + 0.75) = 0.125$
#
# All three are positive: to make the cost smaller, make both weights and the bias a little
# *smaller*. Keep these numbers. Your functions will have to find them.

# %%
w_tiny = np.log(3) * np.array([[1.0], [-1.0]])
b_tiny = float(np.log(3))
X_tiny = np.array([[1.0, 3.0], [2.0, 3.0]])
Y_tiny = np.array([[1, 0]])
print("w:", w_tiny.shape, " X:", X_tiny.shape, " Y:", Y_tiny.shape)

# %% [markdown]
# ## 3. The parts
#
# ### Exercise 1: `sigmoid`
#
# **Difficulty** ●○○ · **2 minutes**
#
# You have written it in the NumPy notebook. Write it once more: this notebook needs its own.
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# **By hand:** $\sigma(0) = \tfrac12$. For $z = \ln 3$ we have $e^{-z} = \tfrac13$, so
# $\sigma(z) = 1 / (1 + \tfrac13) = 0.75$.


# %%
def sigmoid(z):
    """Compute the sigmoid.

    Parameters
    ----------
    z : float or ndarray
        A number, or an array of any shape.

    Returns
    -------
    float or ndarray
        Values between 0 and 1, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 1 line)
    a = 1 / (1 + np.exp(-z))
    ### END CODE HERE ###
    return a


# %%
check(sigmoid)

# %%
if ready(sigmoid):
    print(np.round(sigmoid(np.array([-2.0, 0.0, np.log(3)])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [0.1192 0.5    0.75  ]
# ```
#
# <details><summary>Hint</summary>
#
# `np.exp(t)` computes $e^t$ of each element of `t`. Mind the sign in the exponent, and put
# brackets around the whole denominator.
#
# </details>

# %% [markdown]
# ### Exercise 2: `propagate_loop`
#
# **Difficulty** ●●● · **20 minutes**
#
# Now cost and gradient, with nothing but loops. It is slow, but every number has its own line, so
# you see what happens. There is one loop over the **examples**, and inside of it there are two
# loops over the **features**. This is the plan:
#
# ```
# start cost, dw and db at zero
# for each example:
#     forward
#     cost
#     backward
# divide cost, dw and db by m
# ```
#
# For each example $i$, go along the chain:
#
# 1. **forward:** start $z$ at $b$ and add $w_j x_j^{(i)}$ for each feature $j$; then
#    $a = \sigma(z)$;
# 2. **cost:** add this example's loss to `cost`;
# 3. **backward:** $dz = a - y^{(i)}$; add $x_j^{(i)}\,dz$ to entry $j$ of `dw`, for each $j$, and
#    add $dz$ to `db`.
#
# When all examples are through, `cost`, `dw` and `db` hold **sums**. Divide each by $m$.
#
# **By hand**, the example from above: after the first example, `cost` is 0.6931, `dw` is
# $(-0.5, -1)^T$ and `db` is −0.5. After the second, `cost` is 2.0794, `dw` is $(1.75, 1.25)^T$ and
# `db` is 0.25. Divided by $m = 2$: 1.0397, $(0.875, 0.625)^T$ and 0.125.
#
# **The NumPy you need:** all arrays have two axes, so single numbers need two indices: `w[j, 0]`,
# `X[j, i]` (feature $j$ of example $i$), `Y[0, i]`. Indices start at 0. The line `total += 3` is
# short for `total = total + 3`.
#
# `np.zeros((n_x, 1))` is a column of $n_x$ zeros, and `range(m)` counts from 0 to $m - 1$.
#
# The lines `… = None` only hold the place. Make them the three lines that start at zero, and go on
# from there.


# %%
def propagate_loop(w, b, X, Y):
    """Compute the cost and its gradient with explicit loops.

    Parameters
    ----------
    w : ndarray, shape (n_x, 1)
        The weights.
    b : float
        The bias.
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.

    Returns
    -------
    grads : dict
        ``"dw"``, ndarray of shape (n_x, 1), and ``"db"``, a number.
    cost : float
        The cross-entropy, averaged over the examples.
    """
    n_x, m = X.shape
    ### START CODE HERE ### (≈ 16 lines: start at zero, the loops, the averages)
    dw = np.zeros((n_x, 1))
    db = 0.0
    cost = 0.0
    for i in range(m):
        z = b
        for j in range(n_x):
            z = z + w[j, 0] * X[j, i]
        a = sigmoid(z)
        cost = cost - (Y[0, i] * np.log(a) + (1 - Y[0, i]) * np.log(1 - a))
        dz = a - Y[0, i]
        for j in range(n_x):
            dw[j, 0] = dw[j, 0] + X[j, i] * dz
        db = db + dz
    dw = dw / m
    db = db / m
    cost = cost / m
    ### END CODE HERE ###
    return {"dw": dw, "db": db}, cost


# %%
check(propagate_loop)

# %%
if ready(propagate_loop):
    grads, cost = propagate_loop(w_tiny, b_tiny, X_tiny, Y_tiny)
    print("dw:", np.round(grads["dw"].ravel(), 4))
    print("db:", np.round(grads["db"], 4))
    print("cost:", np.round(cost, 4))

# %% [markdown]
# **Expected output**
#
# ```
# dw: [0.875 0.625]
# db: 0.125
# cost: 1.0397
# ```
#
# <details><summary>Hint</summary>
#
# Mind what belongs in which loop. $z$ starts anew at $b$ for **each** example; `dw`, `db` and
# `cost` are never reset, they collect. The loss has a minus in front of the whole bracket. If your
# results are exactly $m$ times too large, the division at the end is missing.
#
# </details>

# %% [markdown]
# ### Exercise 3: `initialize_with_zeros`
#
# **Difficulty** ●○○ · **3 minutes**
#
# Training needs a place to start from. For logistic regression, all zeros will do: every example
# then gets $a = \sigma(0) = 0.5$, "I don't know", and the first cost is $\log 2 \approx 0.6931$
# whatever the data are. The cost is shaped like a bowl, without side valleys, so going downhill
# leads towards the same lowest cost from everywhere. (In week 2 you will meet networks for which
# zeros are a trap.)
#
# **By hand:** `dim = 2` gives $w = \begin{pmatrix} 0 \\ 0 \end{pmatrix}$ and $b = 0$.
#
# **The NumPy you need:** `np.zeros(shape)` makes an array of zeros. The shape of a matrix is a
# tuple of two numbers, (rows, columns), in brackets of its own.


# %%
def initialize_with_zeros(dim):
    """Start from zero weights and a zero bias.

    Parameters
    ----------
    dim : int
        The number of features.

    Returns
    -------
    w : ndarray, shape (dim, 1)
        Zeros: a column.
    b : float
        Zero.
    """
    ### START CODE HERE ### (≈ 2 lines)
    w = np.zeros((dim, 1))
    b = 0.0
    ### END CODE HERE ###
    return w, b


# %%
check(initialize_with_zeros)

# %%
if ready(initialize_with_zeros):
    w, b = initialize_with_zeros(3)
    print("w has shape", w.shape, "and b is", float(b))

# %% [markdown]
# **Expected output**
#
# ```
# w has shape (3, 1) and b is 0.0
# ```
#
# <details><summary>Hint</summary>
#
# `np.zeros(5)` has shape `(5,)`. Such an array is neither a row nor a column, and it will cause
# odd results later. Say clearly that you want a column: `dim` rows, one column.
#
# </details>

# %% [markdown]
# ### Exercise 4: `propagate`
#
# **Difficulty** ●●○ · **15 minutes**
#
# The same result as from `propagate_loop`, but without a loop. Take the loops away one by one.
#
# | | for one example, in a loop | for all examples at once | shape |
# |---|---|---|---|
# | sums | $z = \sum_j w_j x_j^{(i)} + b$ | $Z = w^T X + b$ | $(1, m)$ |
# | outputs | $a = \sigma(z)$ | $A = \sigma(Z)$ | $(1, m)$ |
# | cost | add up all losses | $J = -\frac1m \sum \bigl( Y \log A + (1 - Y) \log (1 - A) \bigr)$ | a number |
# | errors | $dz = a - y^{(i)}$ | $dZ = A - Y$ | $(1, m)$ |
# | weights | add up $x_j^{(i)}\,dz$ | $dw = \frac1m\, X\, dZ^T$ | $(n_x, 1)$ |
# | bias | add up $dz$ | $db = \frac1m \sum dZ$ | a number |
#
# In the cost, $Y \log A$ multiplies element by element, then everything is added up. But $w^T X$
# and $X\, dZ^T$ are **matrix products**: they multiply *and* add up. The shapes tell which way
# round they go: $(1, n_x)$ times $(n_x, m)$ gives $(1, m)$, and $(n_x, m)$ times $(m, 1)$ gives
# $(n_x, 1)$. The axis in the middle is the one that is summed over: the features in the first
# product, the examples in the second.
#
# **By hand**, once more the example from above:
#
# $$Z = \begin{pmatrix} \ln 3 & -\ln 3 \end{pmatrix}
#   \begin{pmatrix} 1 & 3 \\ 2 & 3 \end{pmatrix} + \ln 3 = \begin{pmatrix} 0 & \ln 3 \end{pmatrix}
#   \qquad dZ = \begin{pmatrix} -0.5 & 0.75 \end{pmatrix}$$
# $$dw = \tfrac12 \begin{pmatrix} 1 & 3 \\ 2 & 3 \end{pmatrix}
#   \begin{pmatrix} -0.5 \\ 0.75 \end{pmatrix}
#   = \begin{pmatrix} 0.875 \\ 0.625 \end{pmatrix}$$
#
# **The NumPy you need:** `M @ N` (or `np.dot(M, N)`) multiplies matrices, `M * N` multiplies
# element by element, `M.T` swaps rows and columns, `np.sum(M)` adds up all elements. $b$ is one
# number; broadcasting adds it to every element.


# %%
def propagate(w, b, X, Y):
    """Compute the cost and its gradient, for all examples at once.

    Parameters
    ----------
    w : ndarray, shape (n_x, 1)
        The weights.
    b : float
        The bias.
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.

    Returns
    -------
    grads : dict
        ``"dw"``, ndarray of shape (n_x, 1), and ``"db"``, a number.
    cost : float
        The cross-entropy, averaged over the examples.
    """
    m = X.shape[1]
    ### START CODE HERE ### (≈ 5 lines)
    A = sigmoid(w.T @ X + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dZ = A - Y
    dw = X @ dZ.T / m
    db = np.sum(dZ) / m
    ### END CODE HERE ###
    return {"dw": dw, "db": db}, cost


# %%
check(propagate)

# %%
if ready(propagate):
    grads, cost = propagate(w_tiny, b_tiny, X_tiny, Y_tiny)
    print("dw:", np.round(grads["dw"].ravel(), 4), " shape", grads["dw"].shape)
    print("db:", np.round(grads["db"], 4))
    print("cost:", np.round(cost, 4))

# %% [markdown]
# **Expected output**
#
# ```
# dw: [0.875 0.625]  shape (2, 1)
# db: 0.125
# cost: 1.0397
# ```
#
# <details><summary>Hint</summary>
#
# Write the shape of every array beside its line, and compare with the table. If `numpy` says that
# operands could not be broadcast together, there is probably a `*` where a matrix product should
# be. If `dw` has shape `(n_x, m)`, the examples have not been added up.
#
# </details>

# %% [markdown]
# **Question.** Someone writes `X * dZ` for the product, and forgets the sum. With which number of
# examples does nobody notice?
#
# <details><summary>Answer</summary>
#
# With $m = 1$. There is nothing to add up then, and even the shape is right. A function that was
# tried on one case only was hardly tried.
#
# </details>

# %% [markdown]
# ### Is the gradient right?
#
# You can ask the cost itself. Nudge one weight up a little, then down a little, and see how much
# the cost changes: that is what the gradient claims to know.

# %%
if ready(propagate):
    step = 1e-5
    for j in range(2):
        nudge = np.zeros((2, 1))
        nudge[j, 0] = step
        _, above = propagate(w_tiny + nudge, b_tiny, X_tiny, Y_tiny)
        _, below = propagate(w_tiny - nudge, b_tiny, X_tiny, Y_tiny)
        print(f"weight {j + 1}: the cost moves {float((above - below) / (2 * step)):.4f} per unit")

# %% [markdown]
# Compare these two numbers with `dw`. This trick works for any model, and you will use it again
# whenever you write a backward pass.
#
# ### Loops against arrays
#
# Both functions return the same numbers. Do they take the same time? Try them on five images.

# %% tags=["nbval-ignore-output"]
if ready(propagate_loop, propagate):

    def milliseconds(function):
        """Measure one call on five images."""
        weights = np.zeros((X_train.shape[0], 1))
        start = time.perf_counter()
        function(weights, 0.0, X_train[:, :5], Y_train[:, :5])
        return 1000 * (time.perf_counter() - start)

    with_loops = milliseconds(propagate_loop)
    with_arrays = min(milliseconds(propagate) for _ in range(5))
    print(f"loops:  {with_loops:8.2f} ms for five images")
    print(f"arrays: {with_arrays:8.2f} ms for five images")
    print(f"That is {with_loops / with_arrays:.0f} times as fast.")
    minutes = with_loops / 5 * m_train * 150 / 60000
    print(f"150 steps on all {m_train} images would take the loops {minutes:.1f} minutes.")

# %% [markdown]
# Python's loop looks up names, types and methods anew in each of its many thousand turns. An array
# operation does this once, and then runs through the numbers in compiled code. That is why you
# **vectorise**: not to write less, but to be able to train at all. The loop has its use, too: it is
# easy to trust, and a slow version that you trust is the best test for a fast one.

# %% [markdown]
# ### Exercise 5: `optimize`
#
# **Difficulty** ●●○ · **12 minutes**
#
# The gradient points uphill. **Gradient descent** takes a step the other way, computes the gradient
# at the new place, takes the next step, and so on:
#
# $$w := w - \alpha\, dw \qquad\qquad b := b - \alpha\, db$$
#
# The **learning rate** $\alpha$ says how long the steps are. The sign $:=$ means that the new value
# replaces the old one.
#
# **By hand**, one step with $\alpha = 0.1$ in the example from above:
#
# - $w_1 := 1.0986 - 0.1 \cdot 0.875 = 1.0111$
# - $w_2 := -1.0986 - 0.1 \cdot 0.625 = -1.1611$
# - $b := 1.0986 - 0.1 \cdot 0.125 = 1.0861$
#
# The second step needs a *new* gradient, computed with these new values.
#
# Inside of the loop, use your `propagate`. It returns two things: the dictionary `grads`, with the
# keys `"dw"` and `"db"`, and the `cost`. The recording of the costs is there already.
#
# Write `w = w - …`, which makes a new array. `w -= …` would write into the array of the caller, who
# may still need it.


# %%
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    """Learn the parameters by gradient descent.

    Parameters
    ----------
    w : ndarray, shape (n_x, 1)
        The weights to start from.
    b : float
        The bias to start from.
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    num_iterations : int
        The number of steps.
    learning_rate : float
        The length of a step, in multiples of the gradient.
    print_cost : bool
        Whether to print the cost every 100 steps.

    Returns
    -------
    params : dict
        The learnt ``"w"`` (n_x, 1) and ``"b"``.
    grads : dict
        The gradients ``"dw"`` (n_x, 1) and ``"db"`` that the last step used.
    costs : list of float
        The cost before step 0, 100, 200, …
    """
    costs = []
    for i in range(num_iterations):
        ### START CODE HERE ### (≈ 3 lines)
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        ### END CODE HERE ###
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"Cost after {i} iterations: {cost:.4f}")
    return {"w": w, "b": b}, grads, costs


# %%
check(optimize)

# %%
if ready(optimize):
    for steps in (1, 201):
        params, grads, costs = optimize(
            w_tiny, b_tiny, X_tiny, Y_tiny, num_iterations=steps, learning_rate=0.1
        )
        print("steps:", steps)
        print("  w:", np.round(params["w"].ravel(), 4), " b:", np.round(params["b"], 4))
        print("  costs:", np.round(costs, 4))

# %% [markdown]
# **Expected output**
#
# ```
# steps: 1
#   w: [ 1.0111 -1.1611]  b: 1.0861
#   costs: [1.0397]
# steps: 201
#   w: [-1.6808  0.0778]  b: 2.8093
#   costs: [1.0397 0.3368 0.1866]
# ```
#
# <details><summary>Hint</summary>
#
# Three lines: get gradient and cost, move `w`, move `b`. The gradients are in the dictionary:
# `grads["dw"]`. If the costs *rise*, look at the sign. If they hardly move, look at whether you use
# the argument `learning_rate`.
#
# </details>

# %% [markdown]
# ### Exercise 6: `predict`
#
# **Difficulty** ●○○ · **5 minutes**
#
# The model gives probabilities. A prediction is a decision: 1 where the probability is greater than
# one half, otherwise 0.
#
# $$\hat y^{(i)} = \begin{cases} 1 & a^{(i)} > 0.5 \\ 0 & \text{otherwise} \end{cases}
#   \qquad\qquad a^{(i)} = \sigma\bigl(w^T x^{(i)} + b\bigr)$$
#
# **By hand**, with $w$ and $b$ from above and the two new examples $(2, 0)^T$ and $(0, 2)^T$:
# $z = (2 + 1) \ln 3$, so $a = 0.9643$ and the prediction is 1; and $z = (-2 + 1) \ln 3$, so
# $a = 0.25$ and the prediction is 0.
#
# **The NumPy you need:** a comparison of an array with a number gives an array of `True` and
# `False`; `array.astype(int)` turns these into 1 and 0.


# %%
def predict(w, b, X):
    """Predict the label of each example.

    Parameters
    ----------
    w : ndarray, shape (n_x, 1)
        The weights.
    b : float
        The bias.
    X : ndarray, shape (n_x, m)
        One example per column.

    Returns
    -------
    ndarray, shape (1, m)
        The predictions, 0 or 1.
    """
    ### START CODE HERE ### (≈ 2 lines)
    A = sigmoid(w.T @ X + b)
    Y_prediction = (A > 0.5).astype(int)
    ### END CODE HERE ###
    return Y_prediction


# %%
check(predict)

# %%
if ready(predict):
    print(predict(w_tiny, b_tiny, np.array([[2.0, 0.0], [0.0, 2.0]])).astype(int))

# %% [markdown]
# **Expected output**
#
# ```
# [[1 0]]
# ```
#
# <details><summary>Hint</summary>
#
# The first line is the forward pass from `propagate`. If all predictions are 0, you may have cut
# off the decimals without comparing with 0.5.
#
# </details>

# %% [markdown]
# **Question.** Could you do without the sigmoid here?
#
# <details><summary>Answer</summary>
#
# Yes: $\sigma(z) > 0.5$ exactly where $z > 0$. The boundary between the two answers is where
# $w^T x + b = 0$: with two features a straight line, with 12288 features a flat plane of 12287
# dimensions. Logistic regression can draw no other boundary.
#
# </details>

# %% [markdown]
# ### Exercise 7: `model`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Put the parts together: start at zero, train on the training set, predict both sets.
#
# Return all that is worth knowing about the run in a dictionary, under exactly these keys:
#
# | key | value |
# |---|---|
# | `"costs"` | the list of costs from `optimize` |
# | `"Y_prediction_test"`, `"Y_prediction_train"` | the predictions for the two sets |
# | `"w"`, `"b"` | the learnt parameters |
# | `"learning_rate"`, `"num_iterations"` | how it was trained: the two arguments |
#
# **By hand:** `X_train` of shape $(4, 7)$ and `X_test` of shape $(4, 3)$ give $w$ of shape
# $(4, 1)$, 7 training predictions and 3 test predictions. The test set must have no influence on
# $w$ and $b$: otherwise it could not tell how the model does on new images.
#
# Hand the arguments `num_iterations`, `learning_rate` and `print_cost` on to `optimize`. `Y_test` is
# there for those who want to print an accuracy.


# %%
def model(
    X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False
):
    """Train on one set of examples, and predict the labels of that set and of another.

    Parameters
    ----------
    X_train : ndarray, shape (n_x, m_train)
        One training example per column.
    Y_train : ndarray, shape (1, m_train)
        Their labels, 0 or 1.
    X_test : ndarray, shape (n_x, m_test)
        One test example per column.
    Y_test : ndarray, shape (1, m_test)
        Their labels, 0 or 1.
    num_iterations : int
        The number of steps.
    learning_rate : float
        The length of a step, in multiples of the gradient.
    print_cost : bool
        Whether to print the cost every 100 steps.

    Returns
    -------
    dict
        ``"costs"``, ``"Y_prediction_test"`` (1, m_test), ``"Y_prediction_train"`` (1, m_train),
        ``"w"`` (n_x, 1), ``"b"``, ``"learning_rate"`` and ``"num_iterations"``.
    """
    ### START CODE HERE ### (≈ 6 lines, and the dictionary)
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    w, b = params["w"], params["b"]
    Y_prediction_train = predict(w, b, X_train)
    Y_prediction_test = predict(w, b, X_test)
    learnt = {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }
    ### END CODE HERE ###
    return learnt


# %%
check(model)

# %% [markdown]
# <details><summary>Hint</summary>
#
# `initialize_with_zeros` wants the number of *features*, which are the rows of `X_train`. `optimize`
# returns three things; the learnt parameters are in the first. Predict with these, not with the
# zeros that you started from.
#
# </details>

# %% [markdown]
# ## 4. See it work
#
# All images, 150 steps:

# %%
if ready(model):
    cats = model(
        X_train, Y_train, X_test, Y_test, num_iterations=150, learning_rate=0.005, print_cost=True
    )
    print(f"training: {accuracy(cats['Y_prediction_train'], Y_train)} % right")
    print(f"test:     {accuracy(cats['Y_prediction_test'], Y_test)} % right")

# %% [markdown]
# **Expected output** with the course's own data: the first cost is 0.6931, the second 0.3951;
# about 92 % of the training images are right, and about 71 % of the test images.
#
# With these data the test accuracy is well above guessing, and well below the training accuracy. Such a gap is
# called **overfitting**: some of what the model learnt is true for these training images only.
# With 12288 weights and a few hundred images that is no wonder.
#
# ### How far can you trust that number?
#
# The test accuracy is a share of few images. Had other images ended up in the test set, it would
# have come out differently. For a share $p$ counted on $m$ independent examples, the usual size of
# such chance differences, the **standard error**, is $\sqrt{p\,(1 - p) / m}$.

# %%
if ready(model):
    share = float(np.mean(cats["Y_prediction_test"] == Y_test))
    error = np.sqrt(share * (1 - share) / m_test)
    print(f"test accuracy: {100 * share:.0f} % give or take {100 * error:.0f} points")

# %% [markdown]
# With the 80 test images of the course's own data that is about 5 percentage points. So when a
# change to the model wins two points on this test set, it has won nothing that you could tell from
# luck. The vote in the NumPy notebook, which learns nothing, got 73.8 %, and this model 71.2 %. That
# difference is no larger than chance. What learning has won here is not accuracy but size: the vote
# must keep all training images, the model keeps 12288 weights and a bias.
#
# Even ±5 points is optimistic: the course's own images are crops of a dozen photographs, and crops
# of one photograph are not independent.
#
# ### Learning curves
#
# How long should the steps be? Train with four learning rates and watch the cost. `optimize` records
# only every hundredth cost. To see more, train in short runs of 10 steps, each of which goes on
# where the last one stopped, and keep the first cost of each.

# %% tags=["nbval-ignore-output"]
if ready(initialize_with_zeros, optimize):

    def learning_curve(learning_rate, runs=15):
        """Record the cost every 10 steps."""
        w, b = initialize_with_zeros(X_train.shape[0])
        curve = []
        for _ in range(runs):
            params, _, costs = optimize(
                w, b, X_train, Y_train, num_iterations=10, learning_rate=learning_rate
            )
            w, b = params["w"], params["b"]
            curve.append(float(costs[0]))
        return curve

    curves = {f"rate {rate}": learning_curve(rate) for rate in (0.001, 0.005, 0.01, 0.02)}
    figure, ax = plt.subplots(figsize=(5.5, 3.4))
    plotting.plot_costs(curves, every=10, ax=ax)
    ax.set_title("Four learning rates")
    plotting.show(
        figure,
        alt="Cost against iterations for four learning rates. With the course's own data, 0.001 "
        "falls slowly and evenly, 0.005 falls faster and evenly, 0.01 first jumps up and then "
        "falls below both, 0.02 jumps up to about three times the first cost and goes on swinging "
        "up and down.",
    )
    for name, curve in curves.items():
        print(f"{name}: highest cost {max(curve):.2f}, last cost {curve[-1]:.2f}")

# %% [markdown]
# With the course's own data you see this:
#
# - **0.001** is safe but slow: after 150 steps it is about where 0.005 was after 30.
# - **0.005** goes down evenly and fast.
# - **0.01** jumps over the valley at first: the cost goes *up*. Then it finds its way.
# - **0.02** is too large: the cost swings up and down, and you are lucky if you stop in a good
#   moment.
#
# A sensible choice is the largest rate that still goes down evenly. But beware: a lower cost on the
# *training* set need not mean better predictions for new images. That is what the test set is for.
#
# **Question.** Why does a step against the gradient make the cost larger at all?
#
# <details><summary>Answer</summary>
#
# The gradient says what happens in the immediate neighbourhood. It promises that the cost falls for
# a step that is short enough. A long step may lead across the valley and up the other side, higher
# than where it began.
#
# </details>

# %% [markdown]
# ### What has it learnt?
#
# There is one weight for each colour of each pixel, so the weights can be folded back into an
# image. Mid-grey stands for a weight of 0, lighter for a positive weight (light here speaks for
# label 1), darker for a negative one.

# %% tags=["nbval-ignore-output"]
if ready(model):
    weights = cats["w"].reshape(64, 64, 3)
    weight_image = 0.5 + weights / (2 * np.abs(weights).max())
    all_colours = np.repeat(weight_image.mean(axis=2, keepdims=True), 3, axis=2)
    averages = [X_train[:, labels == label].mean(axis=1).reshape(64, 64, 3) for label in (1, 0)]
    figure = plotting.show_images(
        np.stack([weight_image, all_colours, *averages]),
        [
            "the weights",
            "mean of the colours",
            f"average {classes[1].decode()}",
            f"average {classes[0].decode()}",
        ],
        columns=4,
    )
    plotting.show(
        figure,
        alt="Four blurred pictures: the weights in colour, the weights averaged over the colours, "
        "the average training image of label 1, the average training image of label 0. In none of "
        "them a shape can be recognised.",
    )

# %% [markdown]
# No eyes, no whiskers. The model has no idea of a shape: it only knows that some colours in some
# places were more frequent in one class. Move a cat a few pixels to the side, and every weight
# meets another part of it. Later weeks cure this: hidden layers (week 2) and convolutions (week 8).
#
# ### Look at the mistakes
#
# Do this with every model. Here are test images that the model gets wrong: for each label the
# four of which it was most certain. Above each stands its true label, and the probability that the
# model gave to label 1.

# %% tags=["nbval-ignore-output"]
if ready(sigmoid, model):
    A_test = sigmoid(cats["w"].T @ X_test + cats["b"])
    is_wrong = cats["Y_prediction_test"] != Y_test

    def most_certain(label):
        """Find up to four wrong examples of a label, those with the most extreme output first."""
        found = np.flatnonzero(is_wrong & (Y_test == label))
        return found[np.argsort(-np.abs(A_test[0, found] - 0.5))][:4]

    shown = np.concatenate([most_certain(0), most_certain(1)])
    for label in (0, 1):
        count = np.sum(is_wrong & (Y_test == label))
        print(f"{count} of {np.sum(Y_test == label)} wrong with label {classes[label].decode()}")
    if len(shown) > 0:
        titles = [f"{classes[Y_test[0, i]].decode()}: {A_test[0, i]:.2f}" for i in shown]
        figure = plotting.show_images(test_set_x_orig[shown], titles, columns=8)
        plotting.show(
            figure,
            alt="Wrongly classified test images, up to four of each label, each with its true label "
            "and the probability that the model gave to label 1.",
        )

# %% [markdown]
# What do they have in common? Look at the light, the colours, the background. In the course's own
# data, a warm-coloured flower is, pixel by pixel, more like the cat than a piece of the cat with
# some grey background in it.
#
# ### Try your own image
#
# Put a picture next to this notebook, write its name into the first line, and run the cell. It is
# cut to a square, scaled to 64 × 64 pixels, flattened, and divided by 255: exactly what was done to
# the training images. Without a name, the cell takes an image of the test set.

# %% tags=["nbval-ignore-output"]
my_image = None  # for example "my_picture.jpg"

if ready(sigmoid, model):
    picture = test_set_x_orig[:1] if my_image is None else datasets.load_own_image(my_image)
    x = picture.reshape(1, -1).T / 255
    probability = sigmoid(cats["w"].T @ x + cats["b"]).item()
    answer = classes[int(probability > 0.5)].decode()
    figure = plotting.show_images(picture, [f"{answer} ({probability:.2f})"], columns=1)
    plotting.show(figure, alt=f"The picture you chose. The model says: {answer}.")

# %% [markdown]
# Do not be disappointed if it misses your cat. In the course's own data **there is one single
# cat**: every image of label 1 is a piece of one photograph of her. Whatever the model has learnt
# about "cat" is about this cat, her fur and her light. Training and test images are different
# pieces, but they share the photograph, so not even the test accuracy tells how the model does on
# *other* cats. It cannot: no other cat was ever asked.
#
# That is the lesson to take home. A model knows what its data know. A test set answers only for
# examples of the kind that it holds.

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **turn images into a matrix** with `X.reshape(X.shape[0], -1).T`, and tell what
#    `reshape(-1, m)` does instead: it deals the numbers out over all columns;
# 2. **write down the model and derive the gradient**: $a = \sigma(w^T x + b)$, the cross-entropy,
#    and $dz = a - y$;
# 3. **compute cost and gradient with loops and with arrays**: the same numbers, a hundred times as
#    fast or more;
# 4. **train by gradient descent and choose a learning rate**: as large as the cost still goes down
#    evenly;
# 5. **look at what was learnt**: the weights as an image, the mistakes with their probabilities;
# 6. **say how far an accuracy can be trusted**: give or take about five points with 80 images, and
#    only for images of the same kind.
#
# ## What to remember
#
# - Examples are columns: $X$ is $(n_x, m)$, $Y$ is $(1, m)$, $w$ is $(n_x, 1)$.
# - $dZ = A - Y$: prediction minus truth. The factor $\frac1m$ comes in once, at $dw$ and $db$.
# - A gradient has the shape of the thing it belongs to.
# - `@` multiplies matrices, `*` multiplies elements.
# - With zero weights the first cost is $\ln 2 \approx 0.6931$. If yours is not, look for the error
#   before you train.
# - Treat test images exactly as training images, and learn nothing from them.
#
# **What comes next.** The model draws one straight border through the space of pixels. Many
# questions have no straight border. Next week a hidden layer comes in between: the same sigmoid,
# the same gradient descent, and borders that bend.
#
# ## Stretch exercises
#
# 1. **Standardise.** Subtract from each feature its mean over the training set and divide by its
#    standard deviation (not by the variance). Use the *training* set's numbers for the test set
#    too. Train with learning rate 0.001. Does the test accuracy change by more than chance?
# 2. **Mirror.** Double the training set by adding each image mirrored left to right. What happens
#    to the gap between training and test?
# 3. **Stop early.** Print both accuracies every 10 steps for 500 steps. When does the test accuracy
#    stop getting better? Why may you not choose the number of steps this way and then report that
#    same accuracy?
# 4. **Another loss.** Train with the squared error $(a - y)^2$. Derive $dz$ first. What happens to
#    its gradient for an example that is certain and wrong?
# 5. **Saturation.** Try `propagate` with weights so large that $a$ is exactly 1. What does the cost
#    say, and why? Find a way to write it that needs no logarithm of zero when the answer is right.
#
# ## References
#
# - J. Berkson: *Application of the logistic function to bio-assay*. Journal of the American
#   Statistical Association 39, 357–365, 1944.
# - D. R. Cox: *The regression analysis of binary sequences*. Journal of the Royal Statistical
#   Society B 20, 215–242, 1958.
# - A. Torralba, A. A. Efros: *Unbiased look at dataset bias*. CVPR, 2011.
# - C. R. Harris et al.: *Array programming with NumPy*. Nature 585, 357–362, 2020.
# - C. M. Bishop: *Pattern Recognition and Machine Learning*, chapter 4. Springer, 2006.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, chapter 5. MIT Press, 2016.
