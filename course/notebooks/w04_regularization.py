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
# # Initialisation and regularisation
#
# You can build and train a network. This week is about the decisions around it. How do I split my
# data? Where do the weights start? My network knows the training set by heart and fails on new
# data: what now? Most of the difference between a network that trains and one that *works* lies
# here.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. split data into training, development and test set, and say from where each of them may come;
# 2. read bias and variance off two errors or two curves, and say what helps against which;
# 3. normalise inputs without looking at the held-out sets;
# 4. choose the first weights such that activations neither vanish nor explode, and derive how
#    large they must be;
# 5. regularise with L2 and L1, show that L2 is weight decay, and that L1 makes weights exactly
#    zero;
# 6. write inverted dropout, forward and backward;
# 7. stop training early, and make new images from old ones;
# 8. compare all of these on real images.
#
# ## Before you start
#
# You need weeks 2 and 3: forward and backward propagation, and networks with more than one hidden
# layer. Everything else is explained here.
#
# **Time:** about 220 minutes. There are 21 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes. Sections 2 to 10 can be done on different days.
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

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.activations import relu, sigmoid
from helpers.checking import checks_for, ready

check = checks_for("w04_regularization")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# All of this week's experiments use one kind of network: two hidden layers with ReLU and a sigmoid
# output. You know all of its parts from weeks 2 and 3, so here they are, ready to use. Read them:
# you will change some of them below.
#
# $$\begin{aligned}
# Z^{[1]} &= W^{[1]} X + b^{[1]}, & A^{[1]} &= \mathrm{relu}(Z^{[1]}) \\
# Z^{[2]} &= W^{[2]} A^{[1]} + b^{[2]}, & A^{[2]} &= \mathrm{relu}(Z^{[2]}) \\
# Z^{[3]} &= W^{[3]} A^{[2]} + b^{[3]}, & A^{[3]} &= \sigma(Z^{[3]})
# \end{aligned}$$


# %%
# Nothing to do here: the network, ready to use.
def forward_propagation(X, parameters):
    """Compute the output A3, and a cache of all that the way back needs."""
    W1, b1, W2, b2, W3, b3 = (parameters[n] for n in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A3, Y):
    """Compute the average cross-entropy; log(0) is kept out."""
    probability_of_truth = Y * A3 + (1 - Y) * (1 - A3)
    return float(-np.mean(np.log(np.maximum(probability_of_truth, np.finfo(float).tiny))))


def backward_propagation(X, Y, cache):
    """Compute the gradients of the cost with respect to everything on the way."""
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {
        **{"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2},
        **{"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1},
    }


def plain_gradients(X, Y, parameters):
    """Go forward and backward once."""
    _, cache = forward_propagation(X, parameters)
    return backward_propagation(X, Y, cache)


# %% [markdown]
# `train` repeats: gradients, then a step. *Which* gradients is an argument, so that we can put
# L2 or dropout in later. It also watches the cost on several sets while it trains.


# %%
# Nothing to do here: training, ready to use.
def cost_on(data, parameters):
    """Compute the cost on a pair (X, Y)."""
    X, Y = data
    return compute_cost(forward_propagation(X, parameters)[0], Y)


def error_on(data, parameters):
    """Compute the share of wrong predictions on a pair (X, Y)."""
    X, Y = data
    return float(np.mean((forward_propagation(X, parameters)[0] > 0.5) != Y))


def train(data, parameters, gradients=plain_gradients, rate=0.3, steps=1000, watch=(), every=20):
    """Train by gradient descent; return the parameters, and the costs on the watched sets."""
    X, Y = data
    costs = []
    for i in range(steps):
        if i % every == 0:
            costs.append([cost_on(watched, parameters) for watched in watch])
        grads = gradients(X, Y, parameters)
        parameters = {name: parameters[name] - rate * grads["d" + name] for name in parameters}
    return parameters, np.array(costs)


def half_sized_start(layers_dims, seed=1):
    """Draw weights with standard deviation 0.5. Section 5 asks whether that is a good number."""
    rng = np.random.default_rng(seed)
    pairs = list(zip(layers_dims[1:], layers_dims[:-1], strict=True))
    weights = {f"W{i}": 0.5 * rng.normal(size=pair) for i, pair in enumerate(pairs, 1)}
    return weights | {f"b{i}": np.zeros((n, 1)) for i, (n, _) in enumerate(pairs, 1)}


# %% [markdown]
# ## 2. Three sets
#
# The **training set** is what gradient descent sees. The **development set** (dev set) is what
# *you* see: you try ten learning rates, three sizes and four kinds of regularisation, and keep what
# does best on it. By doing so you have adapted to the dev set, too. So there is a third, the
# **test set**, that nobody looks at until the very end. It tells honestly how good the result is.
#
# **How large?** A dev set must be large enough to tell two models apart, and a test set large
# enough to trust the final number. That is a *number* of examples, not a share. An accuracy $p$
# measured on $m$ examples has a standard error of $\sqrt{p(1-p)/m}$. At $p = 0.9$ that is 3
# percentage points for 100 examples and 0.3 for 10 000.
#
# | examples in all | training / dev / test | why |
# |---|---|---|
# | 1 000 | 60 % / 20 % / 20 % | 200 examples to decide on is little, but training needs the rest |
# | 100 000 | 80 % / 10 % / 10 % | 10 000 tell 90 % from 91 % easily |
# | 10 000 000 | 99.8 % / 0.1 % / 0.1 % | 10 000 are still enough: all else is for training |
#
# **From where?** All three from the same source, well shuffled, if you can. Files often come sorted,
# by label or by day, and the last tenth of a sorted file is not like the rest. If you have to train
# on data from elsewhere, then at least dev and test must be alike, and like the data that you will
# meet.

# %% [markdown]
# ### Exercise 1: `split_examples`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Split $m$ examples into the three sets. So that the result can be repeated, the caller hands in
# the shuffled `order`: the numbers $0$ to $m-1$, as `rng.permutation(m)` gives them. The first ones
# name the training examples, the next `num_dev` the development set, the last `num_test` the test
# set. Both numbers may be 0.
#
# **By hand:** five examples, `order` = (3, 0, 4, 1, 2), one for dev, two for test. Training gets
# $5 - 1 - 2 = 2$ examples, number 3 and number 0, in this order. Dev gets number 4, and test gets
# numbers 1 and 2.
#
# **The NumPy you need:** examples are columns, and a list of numbers in an index picks columns:
# `X[:, order]` has them all in the new order, and `order[2:5]` is a piece of the list.


# %%
def split_examples(X, Y, order, num_dev, num_test):
    """Split examples into a training set, a development set and a test set.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        Their labels.
    order : ndarray of int, shape (m,)
        The numbers 0 to m - 1, shuffled.
    num_dev, num_test : int
        How many examples go to the development and to the test set; 0 is allowed.

    Returns
    -------
    X_train, Y_train, X_dev, Y_dev, X_test, Y_test : ndarray
        The three sets, in the order given.
    """
    ### START CODE HERE ### (4 to 9 lines)
    end_of_train = X.shape[1] - num_dev - num_test
    end_of_dev = end_of_train + num_dev
    train, dev, test = order[:end_of_train], order[end_of_train:end_of_dev], order[end_of_dev:]
    X_train, Y_train = X[:, train], Y[:, train]
    X_dev, Y_dev = X[:, dev], Y[:, dev]
    X_test, Y_test = X[:, test], Y[:, test]
    ### END CODE HERE ###
    return X_train, Y_train, X_dev, Y_dev, X_test, Y_test


# %%
check(split_examples)

# %%
if ready(split_examples):
    five = np.array([[10, 11, 12, 13, 14]])
    parts = split_examples(five, five % 2, np.array([3, 0, 4, 1, 2]), num_dev=1, num_test=2)
    names = ["train X", "train Y", "dev X", "dev Y", "test X", "test Y"]
    for name, part in zip(names, parts, strict=True):
        print(name, part)

# %% [markdown]
# **Expected output**
#
# ```
# train X [[13 10]]
# train Y [[1 0]]
# dev X [[14]]
# dev Y [[0]]
# test X [[11 12]]
# test Y [[1 0]]
# ```
#
# <details><summary>Hint</summary>
#
# First compute how many examples are left for training. Then cut `order` into three pieces with
# slices. Count from the front: `order[-num_test:]` looks tempting, but for `num_test = 0` it is
# *everything*. Each piece picks from `X` and from `Y`.
#
# </details>

# %% [markdown]
# **Question.** You have 50 000 photographs from the web and 500 from the phone app for which the
# classifier is meant. Where do the 500 go?
#
# <details><summary>Answer</summary>
#
# Into dev and test, most of them: these two say what you want to be good at, so they must look
# like the app. Training may be on anything that helps. A dev set from the web would lead you to
# the best classifier for the web.
#
# </details>

# %% [markdown]
# ## 3. Bias and variance
#
# Two numbers tell most of what you need to know.
#
# | training error | dev error | diagnosis | what helps |
# |---|---|---|---|
# | 15 % | 16 % | high **bias**: it does not even fit what it has seen | a larger network, longer training |
# | 1 % | 11 % | high **variance**: it does not carry over to new data | more data, regularisation |
# | 15 % | 30 % | both | first the bias, then the variance |
# | 0.5 % | 1 % | neither | go home |
#
# All of this is relative to the **best possible error**. If a careful person is wrong in 14 % of
# blurred photographs, then 15 % on the training set is no high bias.

# %% [markdown]
# ### Exercise 2: `diagnose`
#
# **Difficulty** ●○○ · **5 minutes**
#
# $$\text{bias is high} \iff e_\text{train} - e_\text{best} > \text{tolerance} \qquad
# \text{variance is high} \iff e_\text{dev} - e_\text{train} > \text{tolerance}$$
#
# **By hand:** $e_\text{train} = 0.15$, $e_\text{dev} = 0.30$, $e_\text{best} = 0$, tolerance
# $0.02$: both gaps are $0.15$, so both are high. With $e_\text{dev} = 0.16$ and
# $e_\text{best} = 0.14$, both gaps are $0.01$, and neither is.


# %%
def diagnose(train_error, dev_error, best_error=0.0, tolerance=0.02):
    """Tell bias and variance from the errors on two sets.

    Parameters
    ----------
    train_error, dev_error : float
        The share of wrong answers on the training set and on the development set.
    best_error : float
        The error that cannot be avoided.
    tolerance : float
        A gap is high if it is larger than this.

    Returns
    -------
    high_bias, high_variance : bool
    """
    ### START CODE HERE ### (≈ 2 lines)
    high_bias = train_error - best_error > tolerance
    high_variance = dev_error - train_error > tolerance
    ### END CODE HERE ###
    return high_bias, high_variance


# %%
check(diagnose)

# %%
if ready(diagnose):
    print(diagnose(0.15, 0.16), diagnose(0.01, 0.11), diagnose(0.15, 0.3), diagnose(0.005, 0.01))
    print(diagnose(0.15, 0.16, best_error=0.14))

# %% [markdown]
# **Expected output**
#
# ```
# (True, False) (False, True) (True, True) (False, False)
# (False, False)
# ```
#
# <details><summary>Hint</summary>
#
# A comparison such as `gap > tolerance` already is `True` or `False`: no `if` is needed. If the
# last line of your output differs, you compare with zero instead of with the best error.
#
# </details>

# %% [markdown]
# ### Three trainings, three diagnoses
#
# The flower of week 2 again. The first network is tiny and has 280 training points. The second one
# is large, but has only 80 points. The third is large and has 280. Look at the curves first, and
# make your own diagnosis before you read the titles.

# %% tags=["nbval-ignore-output"]
if ready(split_examples, diagnose):
    points, labels = datasets.load_planar("flower")
    order = np.random.default_rng(0).permutation(400)
    X_many, Y_many, X_dev, Y_dev, _, _ = split_examples(points / 2, labels, order, 120, 0)
    dev = (X_dev, Y_dev)
    few, many = (X_many[:, :80], Y_many[:, :80]), (X_many, Y_many)
    trials = {
        "2 + 2 units, 280 points": ([2, 2, 2, 1], many),
        "40 + 20 units, 80 points": ([2, 40, 20, 1], few),
        "40 + 20 units, 280 points": ([2, 40, 20, 1], many),
    }
    figure, axes = plt.subplots(1, 3, figsize=(11, 3), sharey=True, layout="constrained")
    for ax, (name, (layers_dims, data)) in zip(axes, trials.items(), strict=True):
        start = half_sized_start(layers_dims)
        learnt, costs = train(data, start, rate=0.2, steps=3000, watch=[data, dev])
        errors = error_on(data, learnt), error_on(dev, learnt)
        high = diagnose(*errors, best_error=0.05, tolerance=0.08)
        plotting.plot_costs({"training": costs[:, 0], "development": costs[:, 1]}, 20, ax)
        verdict = [
            word for word, is_high in zip(["bias", "variance"], high, strict=True) if is_high
        ]
        ax.set(title=f"{name}\nhigh: {' and '.join(verdict) or 'neither'}", ylim=(0, 1))
        print(f"{name}: error {errors[0]:.1%} in training, {errors[1]:.1%} in development")
    plotting.show(
        figure,
        alt="Costs while training, three panels. The tiny network: both curves stay high and close "
        "together. The large network with few points: the training curve falls to almost zero, the "
        "development curve turns and rises. The large one with more points: the gap is smaller.",
    )

# %% [markdown]
# Two curves that lie high and close together: bias. Two curves that part: variance. More data pulls
# them together again. But more data is expensive, and the rest of this notebook is about what to
# do with the data you have.

# %% [markdown]
# ## 4. Normalising inputs
#
# Suppose one feature is a temperature in kelvin, around 300, and another a probability. The cost
# is then a long narrow valley: very steep along one weight and almost flat along the other. The
# learning rate must be small enough for the steep direction, and that is far too small for the flat
# one. Give all features the same scale, and the valley becomes round.

# %% [markdown]
# ### Exercise 3: `normalize_inputs`
#
# **Difficulty** ●●○ · **8 minutes**
#
# For each feature, take mean and standard deviation over the **training** examples:
#
# $$\mu = \frac1m \sum_i x^{(i)} \qquad \sigma^2 = \frac1m \sum_i \bigl(x^{(i)} - \mu\bigr)^2 \qquad
# x \leftarrow \frac{x - \mu}{\sigma}$$
#
# Divide by $\sigma$, the square root, not by $\sigma^2$. And treat all other examples with the
# **same** $\mu$ and $\sigma$: a network that was trained on kelvin minus 300 must be asked in kelvin
# minus 300. Their own mean would also let you peek into the test set.
#
# **By hand:** one feature, training values $(1, 3, 5, 7)$. $\mu = 4$,
# $\sigma^2 = (9 + 1 + 1 + 9) / 4 = 5$, $\sigma = 2.2361$. The training value 7 becomes
# $3 / 2.2361 = 1.3416$. A new example with the value 4 becomes 0, and one with 9 becomes $2.2361$.
#
# **The NumPy you need:** `np.mean(X, axis=1, keepdims=True)` is the mean of each row, as a column.
# `np.std` works alike. You may assume that no feature is constant.


# %%
def normalize_inputs(X_train, X_other):
    """Give every feature mean 0 and standard deviation 1, measured on the training set.

    Parameters
    ----------
    X_train : ndarray, shape (n_x, m)
        The training set, one example per column.
    X_other : ndarray, shape (n_x, k)
        Other examples, which get the very same treatment.

    Returns
    -------
    X_train_norm : ndarray, shape (n_x, m)
    X_other_norm : ndarray, shape (n_x, k)
    """
    ### START CODE HERE ### (≈ 4 lines)
    mean = np.mean(X_train, axis=1, keepdims=True)
    std = np.std(X_train, axis=1, keepdims=True)
    X_train_norm = (X_train - mean) / std
    X_other_norm = (X_other - mean) / std
    ### END CODE HERE ###
    return X_train_norm, X_other_norm


# %%
check(normalize_inputs)

# %%
if ready(normalize_inputs):
    for values in normalize_inputs(np.array([[1.0, 3.0, 5.0, 7.0]]), np.array([[4.0, 9.0]])):
        print(np.round(values, 4))

# %% [markdown]
# **Expected output**
#
# ```
# [[-1.3416 -0.4472  0.4472  1.3416]]
# [[0.     2.2361]]
# ```
#
# <details><summary>Hint</summary>
#
# Compute mean and standard deviation once, from `X_train`, and use them twice. If the second line
# of your output is `[[-1. 1.]]`, you have measured the other examples by themselves.
#
# </details>

# %% [markdown]
# ### What it is good for
#
# The moons, with the first coordinate in other units: ten times larger, and shifted by 30.

# %% tags=["nbval-ignore-output"]
if ready(normalize_inputs):
    points, labels = datasets.load_planar("moons")
    stretched = points * np.array([[10.0], [1.0]]) + np.array([[30.0], [0.0]])
    normalised, _ = normalize_inputs(stretched, stretched)
    curves = {}
    for name, inputs, rate in [
        ("as they come, rate 0.0005", stretched, 0.0005),
        ("as they come, rate 0.003", stretched, 0.003),
        ("normalised, rate 0.3", normalised, 0.3),
    ]:
        data = (inputs, labels)
        _, costs = train(data, half_sized_start([2, 20, 5, 1]), rate=rate, watch=[data])
        curves[name] = np.minimum(costs[:, 0], 2)
    figure, ax = plt.subplots(figsize=(6, 3.2))
    plotting.plot_costs(curves, 20, ax)
    ax.set(title="The moons, first coordinate in other units", ylim=(0, 1.2))
    plotting.show(
        figure,
        alt="Three cost curves. On normalised inputs with rate 0.3 the cost falls towards zero. "
        "On the inputs as they come both small rates leave it near 0.7, where it began.",
    )

# %% [markdown]
# On the inputs as they come, both rates get almost nowhere in 1000 steps. Larger ones are no way
# out: try 0.005, 0.01 and 0.1. The first is still too small. With the others, the cost jumps to and
# fro and ends near $\ln 2 = 0.69$, the cost of a coin.

# %% [markdown]
# ### A development set that lies
#
# Now to real images: cat or not, as in week 1. To keep the experiments short, each image is
# shrunk to 16 × 16 pixels by averaging blocks of 4 × 4. That leaves $16 \cdot 16 \cdot 3 = 768$
# features.

# %%
images = datasets.load_images()


def shrink(pictures):
    """Average blocks of 4 by 4 pixels, and scale to values from 0 to 1."""
    return pictures.reshape(len(pictures), 16, 4, 16, 4, 3).mean(axis=(2, 4)) / 255


def as_columns(pictures):
    """Make every image a column."""
    return pictures.reshape(len(pictures), -1).T


small_train, small_test = shrink(images.train_set_x_orig), shrink(images.test_set_x_orig)
Y_train, Y_test = images.train_set_y, images.test_set_y
print("training:", small_train.shape, " test:", small_test.shape)

# %% [markdown]
# These images are crops of a dozen photographs. Training and test crops come from *different parts*
# of each photograph: of the cat, one half of the face is for training and the other for the test.
# (With your own data in place, the numbers differ.) Suppose you do not know that, and hold out 60
# of the training crops as a dev set:

# %% tags=["nbval-ignore-output"]
if ready(split_examples, normalize_inputs):
    print("accuracy         training   dev   test")
    for seed in (0, 1, 2):
        order = np.random.default_rng(seed).permutation(small_train.shape[0])
        sets = split_examples(as_columns(small_train), Y_train, order, 60, 0)
        X, Y, X_dev, Y_dev, _, _ = sets
        X_norm, others = normalize_inputs(X, np.hstack([X_dev, as_columns(small_test)]))
        start = {name: value * 0.1 for name, value in half_sized_start([768, 20, 5, 1]).items()}
        learnt, _ = train((X_norm, Y), start | {"W3": start["W3"] * 10}, rate=0.1, steps=400)
        dev, test = (others[:, :60], Y_dev), (others[:, 60:], Y_test)
        percents = [100 * (1 - error_on(data, learnt)) for data in ((X_norm, Y), dev, test)]
        print(f"split number {seed}  " + "".join(f"{percent:7.0f} %" for percent in percents))

# %% [markdown]
# The dev set promises well over 90 %, and the test set says otherwise. Nothing is wrong with the
# network. Crops of one region overlap, so each dev image has near-twins among the training images:
# the dev set measures how well it remembers. Whoever tunes on such a dev set tunes for memory.
#
# **The lesson:** dev and test must be alike, and both must be like the data that you will meet. In
# section 11 we therefore take dev *and* test from the held-out parts of the photographs.

# %% [markdown]
# ## 5. The first weights
#
# In week 2 the weights started small and random. How small? For a deep network this matters so
# much that for many years nobody could train one. Follow one signal through the layers. A unit
# adds up $n$ inputs, each times a weight. If weights and inputs are independent with mean 0, the
# variances add up:
#
# $$\operatorname{Var}(z) = n \cdot \operatorname{Var}(w) \cdot \operatorname{E}[a^2]$$
#
# If $n \operatorname{Var}(w)$ is 0.9 in each of 50 layers, the variance shrinks to
# $0.9^{50} = 0.005$ of what it was; if it is 1.1, it grows 117-fold. The signal **vanishes** or
# **explodes**, and so do the gradients on the way back.
#
# You now write four starts: two bad ones, to see what happens, and two good ones. All four take
# the sizes of the layers, inputs first: `[2, 10, 5, 1]` is a network with 2 inputs, hidden layers
# of 10 and 5 units, and 1 output. $W^{[l]}$ has shape $(n^{[l]}, n^{[l-1]})$, and $b^{[l]}$ has
# shape $(n^{[l]}, 1)$.

# %% [markdown]
# ### Exercise 4: `initialize_parameters_zeros`
#
# **Difficulty** ●○○ · **5 minutes**
#
# All weights and biases are 0. You know from week 2 that this cannot work. Here is the proof for
# any network: all units of a layer are alike, get the same gradient, and stay alike.
#
# **By hand:** `[3, 2, 1]` has two layers of weights: `W1` is $2 \times 3$, `b1` is $2 \times 1$,
# `W2` is $1 \times 2$ and `b2` is $1 \times 1$.
#
# The loop over the layers stands there already; `layer` runs through 1, 2, …, $L$.


# %%
def initialize_parameters_zeros(layers_dims):
    """Set all weights and biases to zero.

    Parameters
    ----------
    layers_dims : list of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict
        ``"W1"``, ``"b1"``, …, each of its layer's shape.
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        ### START CODE HERE ### (≈ 2 lines)
        W = np.zeros((layers_dims[layer], layers_dims[layer - 1]))
        b = np.zeros((layers_dims[layer], 1))
        ### END CODE HERE ###
        parameters[f"W{layer}"] = W
        parameters[f"b{layer}"] = b
    return parameters


# %%
check(initialize_parameters_zeros)

# %%
if ready(initialize_parameters_zeros):
    for name, value in initialize_parameters_zeros([3, 2, 1]).items():
        print(name, value.shape, value.tolist())

# %% [markdown]
# **Expected output**
#
# ```
# W1 (2, 3) [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
# b1 (2, 1) [[0.0], [0.0]]
# W2 (1, 2) [[0.0, 0.0]]
# b2 (1, 1) [[0.0]]
# ```
#
# <details><summary>Hint</summary>
#
# The layer's own size is `layers_dims[layer]`; the one before has `layers_dims[layer - 1]` units.
# One unit, one row. `np.zeros` wants the shape as one argument, in brackets of its own.
#
# </details>

# %% [markdown]
# ### Exercise 5: `initialize_parameters_random`
#
# **Difficulty** ●○○ · **4 minutes**
#
# The other extreme: normal random weights **times 10**. Biases are zero. The symmetry is broken,
# but the first outputs will be very certain and, half of the time, very wrong.
#
# **By hand:** a unit with 4 inputs of size 1 adds up four weights of size 10. Its $z$ has a
# standard deviation of $\sqrt4 \cdot 10 = 20$, and $\sigma(20) = 0.999999998$.


# %%
def initialize_parameters_random(layers_dims):
    """Draw weights that are much too large: normal, times 10. Biases are zero.

    Parameters
    ----------
    layers_dims : list of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict
        ``"W1"``, ``"b1"``, …, each of its layer's shape.
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        ### START CODE HERE ### (≈ 2 lines)
        W = np.random.randn(layers_dims[layer], layers_dims[layer - 1]) * 10
        b = np.zeros((layers_dims[layer], 1))
        ### END CODE HERE ###
        parameters[f"W{layer}"] = W
        parameters[f"b{layer}"] = b
    return parameters


# %%
check(initialize_parameters_random)

# %%
if ready(initialize_parameters_random):
    np.random.seed(3)
    for name, value in initialize_parameters_random([100, 200, 1]).items():
        print(name, value.shape, "standard deviation about", round(float(value.std())))

# %% [markdown]
# **Expected output**
#
# ```
# W1 (200, 100) standard deviation about 10
# b1 (200, 1) standard deviation about 0
# W2 (1, 200) standard deviation about 10
# b2 (1, 1) standard deviation about 0
# ```
#
# (With another generator, `W2` may say 9 or 11: it has 200 entries only.)
#
# <details><summary>Hint</summary>
#
# `np.random.randn(rows, columns)` draws normal numbers. It takes the two sizes as two arguments,
# unlike `np.zeros`. Set no seed inside of the function.
#
# </details>

# %% [markdown]
# ### Exercise 6: `initialize_parameters_he`
#
# **Difficulty** ●●○ · **6 minutes**
#
# Now properly. A ReLU unit throws away the negative half of its input. If $z$ is symmetric around
# 0, then $\operatorname{E}[a^2] = \operatorname{E}[\mathrm{relu}(z)^2] = \frac12
# \operatorname{Var}(z)$. Put that into the formula above:
#
# $$\operatorname{Var}(z^{[l]}) = n^{[l-1]} \cdot \operatorname{Var}(w) \cdot
# \tfrac12 \operatorname{Var}(z^{[l-1]})$$
#
# The variance stays the same from layer to layer if $\operatorname{Var}(w) = 2 / n^{[l-1]}$. So
# draw normal numbers, and multiply by the standard deviation
#
# $$\sqrt{\frac{2}{n^{[l-1]}}}$$
#
# This is **He initialisation**. What counts is $n^{[l-1]}$, the number of inputs of a unit, and not
# the number of units.
#
# **By hand:** a layer after one with 50 units: $\sqrt{2 / 50} = 0.2$.


# %%
def initialize_parameters_he(layers_dims):
    """Draw weights that keep the size of activations in layers of ReLU units.

    Parameters
    ----------
    layers_dims : list of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict
        ``"W1"``, ``"b1"``, …: normal weights, scaled by He's rule; biases zero.
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        ### START CODE HERE ### (≈ 2 lines)
        n_before = layers_dims[layer - 1]
        W = np.random.randn(layers_dims[layer], n_before) * np.sqrt(2 / n_before)
        b = np.zeros((layers_dims[layer], 1))
        ### END CODE HERE ###
        parameters[f"W{layer}"] = W
        parameters[f"b{layer}"] = b
    return parameters


# %%
check(initialize_parameters_he)

# %%
if ready(initialize_parameters_he):
    np.random.seed(3)
    for name, value in initialize_parameters_he([50, 400, 800]).items():
        print(name, value.shape, "standard deviation", round(float(value.std()), 2))

# %% [markdown]
# **Expected output**
#
# ```
# W1 (400, 50) standard deviation 0.2
# b1 (400, 1) standard deviation 0.0
# W2 (800, 400) standard deviation 0.07
# b2 (800, 1) standard deviation 0.0
# ```
#
# <details><summary>Hint</summary>
#
# `np.sqrt(...)` is the square root. $2/n$ under the root is the variance; the root itself is what
# multiplies. If your first line says 0.07, you have taken the size of the wrong layer.
#
# </details>

# %% [markdown]
# ### Exercise 7: `initialize_parameters_xavier`
#
# **Difficulty** ●○○ · **4 minutes**
#
# tanh is almost a straight line with slope 1 around 0. It throws nothing away, so
# $\operatorname{E}[a^2] \approx \operatorname{Var}(z)$, and the factor 2 is not needed:
#
# $$\sqrt{\frac{1}{n^{[l-1]}}}$$
#
# This is known as **Xavier initialisation**, after Xavier Glorot. (In their paper, Glorot and Bengio
# finally use $2 / (n^{[l-1]} + n^{[l]})$, a compromise with what is best for the way back. Here we
# take the simple form.)
#
# **By hand:** a layer after one with 25 units: $\sqrt{1 / 25} = 0.2$.


# %%
def initialize_parameters_xavier(layers_dims):
    """Draw weights that keep the size of activations in layers of tanh units.

    Parameters
    ----------
    layers_dims : list of int
        The sizes of the layers, inputs first.

    Returns
    -------
    dict
        ``"W1"``, ``"b1"``, …: normal weights, scaled by Xavier's rule; biases zero.
    """
    parameters = {}
    for layer in range(1, len(layers_dims)):
        ### START CODE HERE ### (≈ 2 lines)
        n_before = layers_dims[layer - 1]
        W = np.random.randn(layers_dims[layer], n_before) / np.sqrt(n_before)
        b = np.zeros((layers_dims[layer], 1))
        ### END CODE HERE ###
        parameters[f"W{layer}"] = W
        parameters[f"b{layer}"] = b
    return parameters


# %%
check(initialize_parameters_xavier)

# %%
if ready(initialize_parameters_xavier):
    np.random.seed(3)
    for name, value in initialize_parameters_xavier([25, 400, 800]).items():
        print(name, value.shape, "standard deviation", round(float(value.std()), 2))

# %% [markdown]
# **Expected output**
#
# ```
# W1 (400, 25) standard deviation 0.2
# b1 (400, 1) standard deviation 0.0
# W2 (800, 400) standard deviation 0.05
# b2 (800, 1) standard deviation 0.0
# ```
#
# <details><summary>Hint</summary>
#
# It is your function from the last exercise with one number changed.
#
# </details>

# %% [markdown]
# ### Vanishing and exploding, over 30 layers
#
# Send random inputs through 30 layers of 100 units, and look at the size of the activations in
# each layer. No training, just the first forward pass.

# %% tags=["nbval-ignore-output"]
if ready(initialize_parameters_he, initialize_parameters_xavier):

    def signal_over_depth(parameters, activation):
        """Measure the activations' root mean square, layer by layer; return the last ones, too."""
        A = np.random.default_rng(0).normal(size=(100, 500))
        sizes = []
        for layer in range(1, len(parameters) // 2 + 1):
            A = activation(parameters[f"W{layer}"] @ A)
            sizes.append(max(float(np.sqrt(np.mean(A**2))), 1e-30))
        return sizes, A

    np.random.seed(0)
    deep = [100] * 31
    he, xavier = initialize_parameters_he(deep), initialize_parameters_xavier(deep)
    scaled = {s: {n: v * s for n, v in xavier.items()} for s in (0.1, 2.0)}
    figure, axes = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    for ax, name, activation in zip(axes, ["ReLU", "tanh"], [relu, np.tanh], strict=True):
        for label, start, style in [
            ("normal × 0.01", scaled[0.1], ":"),
            ("normal × 0.2", scaled[2.0], "--"),
            ("Xavier", xavier, "-."),
            ("He", he, "-"),
        ]:
            sizes, last = signal_over_depth(start, activation)
            ax.plot(range(1, 31), sizes, style, label=label)
            if activation is np.tanh:
                flat = np.mean(1 - last**2 < 0.1)
                print(
                    f"tanh, {label:13s}: in layer 30 the slope is below 0.1 in {flat:3.0%} of all cases"
                )
        ax.set(yscale="log", xlabel="layer", ylabel="size of the activations", title=name)
        ax.set_ylim(*((1e-6, 1e6) if activation is relu else (1e-3, 2)))
        ax.legend()
    plotting.show(
        figure,
        alt="Size of activations over 30 layers, on a logarithmic axis. With ReLU, weights times "
        "0.01 vanish within a few layers, times 0.2 explode, Xavier sinks slowly and He stays level. "
        "With tanh, 0.01 vanishes, Xavier sinks only slowly, He and 0.2 stay large.",
    )

# %% [markdown]
# With ReLU, only He's line stays level: it neither sinks nor rises. Xavier loses a factor
# $\sqrt2$ in every layer. With tanh nothing can explode, since tanh is at most 1. Yet the line of
# *normal × 0.2* is less good than it looks. Many of its units are **saturated**: they sit where tanh
# is flat, its slope is close to 0, and they hardly learn. The larger the weights, the more of them
# there are. Xavier sinks a little, because tanh is not quite a straight line, but all its units can
# learn.
#
# ### Three starts, one network

# %% tags=["nbval-ignore-output"]
if ready(initialize_parameters_zeros, initialize_parameters_random, initialize_parameters_he):
    points, labels = datasets.load_planar("circles")
    data, layers_dims = (points, labels), [2, 10, 5, 1]
    curves = {}
    for name, initialize in [
        ("zeros", initialize_parameters_zeros),
        ("random × 10", initialize_parameters_random),
        ("He", initialize_parameters_he),
    ]:
        np.random.seed(3)
        learnt, costs = train(data, initialize(layers_dims), rate=0.05, steps=3000, watch=[data])
        curves[name] = costs[:, 0]
        print(
            f"{name}: first cost {costs[0, 0]:.3g}, last cost {costs[-1, 0]:.3g}, "
            f"accuracy {1 - error_on(data, learnt):.1%}"
        )
    figure, ax = plt.subplots(figsize=(6, 3.2))
    plotting.plot_costs(curves, 20, ax)
    ax.set(title="Circles, three first weights", yscale="log")
    plotting.show(
        figure,
        alt="Costs of three trainings on a logarithmic axis. Zeros: a level line at 0.69. Random "
        "times 10: begins far above a hundred, drops at once, and then hardly moves. He: keeps falling.",
    )

# %% [markdown]
# Zeros: nothing moves, and the answer is that of a coin. Random × 10: the first costs are enormous,
# since the network is certain and wrong. Training spends its time on repairing the start. He:
# begins below 1 and goes down.

# %% [markdown]
# ## 6. L2 regularisation
#
# Section 3 left us with a network that fits almost all of its 80 points and does much worse on new
# ones. Its weights are large: a boundary with sharp bends needs them. So make large weights *cost*
# something.

# %% [markdown]
# ### Exercise 8: `compute_cost_with_regularization`
#
# **Difficulty** ●●○ · **8 minutes**
#
# $$J_\text{reg} = \underbrace{J}_\text{cross-entropy} + \frac{\lambda}{2m} \sum_{l=1}^{3}
# \bigl\lVert W^{[l]} \bigr\rVert^2 \qquad
# \lVert W \rVert^2 = \sum_i \sum_j W_{ij}^2$$
#
# The penalty sums the squares of **all weights** of all three layers. Biases are left out: they
# are few and shift the boundary without bending it. $\lambda$ says how much the penalty counts. In
# Python, `lambda` means something else, so the argument is called `lambd`.
#
# **By hand:** the weights are 3, 2 and 1, there are $m = 2$ examples, $\lambda = 0.1$ and
# $A^{[3]} = (0.5,\ 0.5)$. The cross-entropy is $\ln 2 = 0.6931$. The penalty is
# $\frac{0.1}{4} (9 + 4 + 1) = 0.35$. Together: $1.0431$.
#
# Use `compute_cost(A3, Y)` from section 1 for the first part.


# %%
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Compute the cross-entropy plus the L2 penalty.

    Parameters
    ----------
    A3 : ndarray, shape (1, m)
        The probability of label 1, for each example.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``, ``"W3"``, ``"b3"``.
    lambd : float
        How much the penalty counts.

    Returns
    -------
    float
        The cost.
    """
    ### START CODE HERE ### (3 to 6 lines)
    m = Y.shape[1]
    squares = sum(np.sum(parameters[name] ** 2) for name in ("W1", "W2", "W3"))
    cost = compute_cost(A3, Y) + lambd / (2 * m) * squares
    ### END CODE HERE ###
    return cost


# %%
check(compute_cost_with_regularization)

# %%
if ready(compute_cost_with_regularization):
    weights = {"W1": np.array([[3.0]]), "W2": np.array([[2.0]]), "W3": np.array([[1.0]])}
    biases = {name: np.array([[5.0]]) for name in ("b1", "b2", "b3")}
    half, Y_two = np.array([[0.5, 0.5]]), np.array([[1, 0]])
    print(round(float(compute_cost_with_regularization(half, Y_two, weights | biases, 0.1)), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 1.0431
# ```
#
# <details><summary>Hint</summary>
#
# `np.sum(W ** 2)` sums the squares of one matrix. Add those of the three matrices, multiply by
# `lambd`, divide by `2 * m`, with brackets. If you get 2.9181, the biases are in your sum.
#
# </details>

# %% [markdown]
# ### Exercise 9: `backward_propagation_with_regularization`
#
# **Difficulty** ●●○ · **12 minutes**
#
# The cost has a new term, so the gradient has one, too. The penalty depends on the weights
# directly, and
#
# $$\frac{\partial}{\partial W_{ij}} \Bigl( \frac{\lambda}{2m} \sum W^2 \Bigr) =
# \frac{\lambda}{m} W_{ij}$$
#
# The 2 of the square cancels the 2 of the denominator: that is why it is there. Hence for each
# layer
#
# $$dW^{[l]} = \frac1m\, dZ^{[l]} A^{[l-1]T} + \frac{\lambda}{m} W^{[l]}$$
#
# Nothing else changes, because neither $Z$ nor $b$ appears in the penalty.
#
# **By hand:** the old gradient is $-0.125$, the weight is $2$, $\lambda = 0.5$ and $m = 4$. The new
# gradient is $-0.125 + \frac{0.5}{4} \cdot 2 = 0.125$.
#
# Copy the eleven lines of `backward_propagation` from section 1, and change three of them.


# %%
def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Compute the gradients of the cost with its L2 penalty.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    cache : tuple
        The 12 arrays of `forward_propagation`.
    lambd : float
        How much the penalty counts.

    Returns
    -------
    dict
        ``"dZ3"``, ``"dW3"``, ``"db3"``, ``"dA2"``, …, as in `backward_propagation`.
    """
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    ### START CODE HERE ### (≈ 11 lines)
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m + lambd / m * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    ### END CODE HERE ###
    return {
        **{"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2},
        **{"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1},
    }


# %%
check(backward_propagation_with_regularization)

# %%
if ready(backward_propagation_with_regularization):
    four = (np.array([[1.0, 2.0, 0.5, 1.5]]), np.array([[1, 0, 0, 1]]))
    start = half_sized_start([1, 2, 3, 1])
    _, cache = forward_propagation(four[0], start)
    with_penalty = backward_propagation_with_regularization(*four, cache, lambd=0.5)
    without = backward_propagation(*four, cache)
    for name in ("W3", "b3"):
        extra = with_penalty["d" + name] - without["d" + name]
        print(
            f"extra in d{name}:", np.round(extra, 4), f"  {name} / 8:", np.round(start[name] / 8, 4)
        )

# %% [markdown]
# **Expected output:** the extra part of `dW3` is $\frac{0.5}{4} W^{[3]} = W^{[3]} / 8$, entry by
# entry, and that of `db3` is 0.
#
# <details><summary>Hint</summary>
#
# In each of the three lines that begin with `dW`, add `lambd / m` times the weight matrix of the
# *same* layer. The names W1, W2 and W3 come out of the cache.
#
# </details>

# %% [markdown]
# ### Exercise 10: `update_with_weight_decay`
#
# **Difficulty** ●●○ · **6 minutes**
#
# Put this gradient into a step of gradient descent, and sort:
#
# $$W \leftarrow W - \alpha \Bigl( dW + \frac{\lambda}{m} W \Bigr) =
# \Bigl( 1 - \frac{\alpha \lambda}{m} \Bigr) W - \alpha\, dW$$
#
# where $dW$ is now the gradient **without** the penalty. So the same thing can be said in another
# way: in each step the weights first shrink by a factor a little below 1, then comes the ordinary
# step. That is **weight decay**. For gradient descent, L2 and weight decay are one and the same.
#
# **By hand:** $W = 1$, $dW = 0$, $\alpha = 0.5$, $\lambda = 2$, $m = 10$. The factor is
# $1 - 0.1 = 0.9$, so the new $W$ is 0.9. A bias of 1 with $db = 0$ stays 1.
#
# **The Python you need:** `name.startswith("W")` tells weights from biases.


# %%
def update_with_weight_decay(parameters, grads, learning_rate, lambd, m):
    """Shrink the weights a little, then take a step of plain gradient descent.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, … for any number of layers. It must not be changed.
    grads : dict
        ``"dW1"``, ``"db1"``, …: the gradients of the cost *without* the penalty.
    learning_rate : float
    lambd : float
        How much the penalty counts.
    m : int
        The number of examples.

    Returns
    -------
    dict
        The new parameters. Biases take the step, but do not shrink.
    """
    updated = {}
    for name in parameters:
        ### START CODE HERE ### (2 to 5 lines)
        factor = 1 - learning_rate * lambd / m if name.startswith("W") else 1
        new = factor * parameters[name] - learning_rate * grads["d" + name]
        ### END CODE HERE ###
        updated[name] = new
    return updated


# %%
check(update_with_weight_decay)

# %%
if ready(update_with_weight_decay, backward_propagation_with_regularization):
    by_decay = update_with_weight_decay(start, without, learning_rate=0.3, lambd=0.5, m=4)
    by_penalty = {name: start[name] - 0.3 * with_penalty["d" + name] for name in start}
    largest = max(np.max(np.abs(by_decay[name] - by_penalty[name])) for name in start)
    print("weight decay and L2 take the same step:", bool(largest < 1e-12))

# %% [markdown]
# **Expected output**
#
# ```
# weight decay and L2 take the same step: True
# ```
#
# <details><summary>Hint</summary>
#
# The factor is $1 - \alpha\lambda/m$ for a weight and 1 for a bias. Only the old parameter is
# multiplied by it, not the step. If you like, write `if … else …` on two branches.
#
# </details>

# %% [markdown]
# ### L2 at work
#
# The large network on 80 points of the flower, with more and more L2.

# %% tags=["nbval-ignore-output"]
if ready(split_examples, backward_propagation_with_regularization, initialize_parameters_he):

    def l2_gradients(lambd):
        """Make a function that `train` can use."""

        def gradients(X, Y, parameters):
            _, cache = forward_propagation(X, parameters)
            return backward_propagation_with_regularization(X, Y, cache, lambd)

        return gradients

    points, labels = datasets.load_planar("flower")
    order = np.random.default_rng(0).permutation(400)
    X_few, Y_few, X_rest, Y_rest, _, _ = split_examples(points / 2, labels, order, 320, 0)
    few, rest = (X_few, Y_few), (X_rest, Y_rest)
    figure, axes = plt.subplots(1, 4, figsize=(11.5, 3.3), layout="constrained")
    for ax, lambd in zip(axes, [0, 0.3, 1, 3], strict=True):
        np.random.seed(1)
        start = initialize_parameters_he([2, 40, 20, 1])
        learnt, _ = train(few, start, l2_gradients(lambd), rate=0.2, steps=3000)

        def predict(X, learnt=learnt):
            return forward_propagation(X, learnt)[0] > 0.5

        plotting.plot_decision_boundary(predict, *few, ax)
        right = [100 * (1 - error_on(data, learnt)) for data in (few, rest)]
        ax.set(title=f"λ = {lambd}\ntraining {right[0]:.0f} %, held out {right[1]:.0f} %")
        ax.set(xticks=[], yticks=[])
        size = np.sqrt(sum(np.sum(learnt[f"W{i}"] ** 2) for i in (1, 2, 3)))
        print(
            f"λ = {lambd}: held-out cost {cost_on(rest, learnt):.2f}, length of all weights {size:.1f}"
        )
    plotting.show(
        figure,
        alt="Boundaries on 80 points of the flower for λ = 0, 0.3, 1 and 3. From left to right "
        "they get smoother; the last one misses several petals.",
    )

# %% [markdown]
# With more $\lambda$ the weights get shorter and the boundary smoother. The training accuracy goes
# down: that is the price. The held-out *accuracy* hardly moves up to $\lambda = 1$, but look at the
# held-out *cost*: without L2 the network is certain even where it is wrong. With too much, it
# underfits. $\lambda$ is chosen on the dev set.

# %% [markdown]
# ## 7. L1 regularisation
#
# Instead of squares one can penalise absolute values. The difference looks small. It is not.

# %% [markdown]
# ### Exercise 11: `compute_cost_with_l1`
#
# **Difficulty** ●○○ · **6 minutes**
#
# $$J_{L1} = J + \frac{\lambda}{m} \sum_{l=1}^{3} \sum_i \sum_j \bigl| W^{[l]}_{ij} \bigr|$$
#
# There is no square whose 2 could cancel, so we leave the 2 out of the denominator.
#
# **By hand:** the weights are −3, 2 and 1, $m = 2$, $\lambda = 0.1$, and the cross-entropy is
# $0.6931$. The penalty is $\frac{0.1}{2} (3 + 2 + 1) = 0.3$. Together: $0.9931$.
#
# **The NumPy you need:** `np.abs` takes the absolute value of each entry.


# %%
def compute_cost_with_l1(A3, Y, parameters, lambd):
    """Compute the cross-entropy plus the L1 penalty.

    Parameters
    ----------
    A3 : ndarray, shape (1, m)
        The probability of label 1, for each example.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``, ``"W3"``, ``"b3"``.
    lambd : float
        How much the penalty counts.

    Returns
    -------
    float
        The cost.
    """
    ### START CODE HERE ### (3 to 6 lines)
    m = Y.shape[1]
    total = sum(np.sum(np.abs(parameters[name])) for name in ("W1", "W2", "W3"))
    cost = compute_cost(A3, Y) + lambd / m * total
    ### END CODE HERE ###
    return cost


# %%
check(compute_cost_with_l1)

# %%
if ready(compute_cost_with_l1):
    weights = {"W1": np.array([[-3.0]]), "W2": np.array([[2.0]]), "W3": np.array([[1.0]])}
    half, Y_two = np.array([[0.5, 0.5]]), np.array([[1, 0]])
    print(round(float(compute_cost_with_l1(half, Y_two, weights, 0.1)), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 0.9931
# ```
#
# <details><summary>Hint</summary>
#
# First the absolute value of every entry, then the sum. The other way round, positive and negative
# weights cancel.
#
# </details>

# %% [markdown]
# ### Exercise 12: `soft_threshold`
#
# **Difficulty** ●●○ · **8 minutes**
#
# The slope of $|w|$ is $+1$ for positive and $-1$ for negative $w$. So L1 pulls every weight
# towards zero **with the same force**, however small the weight already is. L2 pulls in proportion
# to the weight, and lets go when it gets small. That is why L1 drives weights all the way to zero,
# and L2 does not.
#
# At exactly 0, though, $|w|$ has a kink. Ordinary gradient steps jump to and fro across it and
# never hit 0. The exact step for L1 moves each weight towards zero by a fixed amount $t$, and
# **stops at zero**:
#
# $$S_t(w) = \operatorname{sign}(w) \cdot \max\bigl( |w| - t,\ 0 \bigr)$$
#
# It is called the **soft threshold**. After each ordinary step one applies it with
# $t = \alpha\lambda/m$.
#
# **By hand:** $t = 0.5$. $(-2,\ -0.5,\ 0.3,\ 1.5)$ becomes $(-1.5,\ 0,\ 0,\ 1)$.
#
# **The NumPy you need:** `np.sign` gives −1, 0 or 1; `np.maximum(a, 0)` replaces negative entries
# by 0.


# %%
def soft_threshold(W, threshold):
    """Move every entry towards zero by a fixed amount, and stop there.

    Parameters
    ----------
    W : ndarray
        Weights, any shape.
    threshold : float
        The amount, not negative.

    Returns
    -------
    ndarray
        The same shape as `W`.
    """
    ### START CODE HERE ### (≈ 1 line)
    shrunk = np.sign(W) * np.maximum(np.abs(W) - threshold, 0)
    ### END CODE HERE ###
    return shrunk


# %%
check(soft_threshold)

# %%
if ready(soft_threshold):
    print(soft_threshold(np.array([-2.0, -0.5, 0.3, 1.5]), 0.5) + 0.0)

# %% [markdown]
# **Expected output**
#
# ```
# [-1.5  0.   0.   1. ]
# ```
#
# <details><summary>Hint</summary>
#
# Work on the sizes `np.abs(W)`: take the threshold away, but do not go below 0. Then give every
# entry its old sign back.
#
# </details>

# %% [markdown]
# ### Sparse or small
#
# One sigmoid unit, that is, a logistic regression, on the 768 features of the small cat images.
# How many of its weights are *exactly* zero after 1500 steps?

# %% tags=["nbval-ignore-output"]
if ready(normalize_inputs, soft_threshold):
    X_cats, X_cats_test = normalize_inputs(as_columns(small_train), as_columns(small_test))
    m, rate, lambd = X_cats.shape[1], 0.02, 1.0

    def fit(shrinking):
        """Train one unit; `shrinking` is applied to the weights in every step."""
        w, b = np.zeros((1, X_cats.shape[0])), 0.0
        for _ in range(1500):
            dz = sigmoid(w @ X_cats + b) - Y_train
            w = shrinking(w) - rate * dz @ X_cats.T / m
            if shrinking is exact_l1:
                w = soft_threshold(w, rate * lambd / m)
            b -= rate * float(np.mean(dz))
        return w, b

    def nothing(w):
        return w

    def l2(w):
        return (1 - rate * lambd / m) * w

    def l1_by_its_slope(w):
        return w - rate * lambd / m * np.sign(w)

    def exact_l1(w):
        return w

    fitted = {}
    for name, shrinking in [
        ("none", nothing),
        ("L2", l2),
        ("L1 by its slope", l1_by_its_slope),
        ("L1 by soft threshold", exact_l1),
    ]:
        w, b = fit(shrinking)
        fitted[name] = w
        right = np.mean((w @ X_cats_test + b > 0) == Y_test)
        tiny = np.sum(np.abs(w) < 0.001)
        print(
            f"{name:21s} exactly 0: {np.sum(w == 0):3d} of {w.size}, "
            f"below 0.001: {tiny:3d}, test accuracy {right:.0%}"
        )
    figure, axes = plt.subplots(1, 3, figsize=(10, 2.8), layout="constrained")
    for ax, name in zip(axes, ["none", "L2", "L1 by soft threshold"], strict=True):
        heat = np.abs(fitted[name]).reshape(16, 16, 3).sum(axis=2)
        ax.imshow(heat, cmap="gray_r")
        ax.set(title=f"{name}:\nsize of the weights per pixel", xticks=[], yticks=[])
    plotting.show(
        figure,
        alt="Maps of the sizes of weights over the 16 by 16 pixels. Without penalty and with L2 "
        "almost all pixels carry some weight. With L1 large parts of the map are white: zero.",
    )

# %% [markdown]
# L2 with this $\lambda$ leaves every single weight in place, only smaller. L1 sets more than half of
# them to exactly zero: the result is **sparse**, which saves memory, and tells which features
# count. By its slope alone, L1 makes the same weights *tiny*, but none of them zero. The test
# accuracy is the same in all four cases: sparse is not the same as better.
#
# **Question.** Someone writes: "L2 makes the weights sparse, L1 keeps them all small." What is
# wrong?
#
# <details><summary>Answer</summary>
#
# The two are swapped. L1 pulls with constant force and reaches zero. L2 pulls in proportion, so
# weights only get smaller and smaller.
#
# </details>

# %% [markdown]
# ## 8. Dropout
#
# A different idea: in every training step, switch off each hidden unit with a certain probability.
# The network cannot rely on any single unit, so it must spread what it knows over many. For a
# *prediction*, all units are there again.
#
# **Inverted dropout** is the usual way to do it. Let $p$ be `keep_prob`, the probability of being
# **kept**.
#
# 1. Draw a mask $D$ of the shape of $A$: each entry is 1 with probability $p$ and 0 otherwise,
#    anew for each unit and each example.
# 2. Multiply: $A \leftarrow A \odot D$.
# 3. Divide: $A \leftarrow A / p$. Each unit is kept with probability $p$ only, so on average the sum
#    that reaches the next layer would shrink by the factor $p$. Dividing makes up for it at once:
#    $\operatorname{E}[A \odot D / p] = A$. So nothing needs to be changed for predictions.

# %% [markdown]
# ### Exercise 13: `forward_propagation_with_dropout`
#
# **Difficulty** ●●● · **15 minutes**
#
# Put dropout into both hidden layers. The output layer is never dropped.
#
# **By hand:** $A = (2, 4, 6, 8)$, $D = (1, 0, 1, 1)$, $p = 0.8$. Masked: $(2, 0, 6, 8)$. Divided:
# $(2.5,\ 0,\ 7.5,\ 10)$.
#
# **The NumPy you need:** `np.random.rand(rows, columns)` draws **uniform** numbers from 0 to 1, and
# a uniform number is below $p$ with probability exactly $p$. So the mask is a comparison. (`randn`
# draws *normal* numbers, which are below 0.8 in 79 % of all cases, but below 0.5 in 69 %: it looks
# right only by chance.) `Z.shape` is the tuple of sizes, and `np.random.rand(*Z.shape)` unpacks it.
#
# Draw `D1` before `D2`, and set no seed inside of the function.


# %%
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """Compute the network's output while hidden units are dropped at random.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``, ``"W3"``, ``"b3"``.
    keep_prob : float
        The probability that a hidden unit is kept, above 0 and at most 1.

    Returns
    -------
    A3 : ndarray, shape (1, m)
    cache : tuple
        14 arrays: those of `forward_propagation`, with the masks ``D1`` and ``D2`` before
        ``A1`` and ``A2``. ``A1`` and ``A2`` are what came out after dropping and dividing.
    """
    W1, b1, W2, b2, W3, b3 = (parameters[n] for n in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    ### START CODE HERE ### (6 to 10 lines)
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = np.random.rand(*Z2.shape) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    ### END CODE HERE ###
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


# %%
check(forward_propagation_with_dropout)

# %%
if ready(forward_propagation_with_dropout):
    np.random.seed(1)
    wide = half_sized_start([3, 200, 100, 1])
    X_wide = np.random.default_rng(2).normal(size=(3, 500))
    _, cache = forward_propagation_with_dropout(X_wide, wide, keep_prob=0.8)
    _, D1, A1, *_ = cache
    whole = relu(wide["W1"] @ X_wide)
    print(f"kept: {D1.mean():.1%}")
    print(f"mean activation without dropout: {whole.mean():.2f}, with dropout: {A1.mean():.2f}")

# %% [markdown]
# **Expected output:** about 80 % of the units are kept, and the two mean activations agree: about
# 0.31 both times. Without the division the second one would be about 0.25.
#
# <details><summary>Hint</summary>
#
# Three lines for each hidden layer: the mask, the masked and divided ReLU, and the next layer's
# sum. The second layer must see the `A1` that is left after dropping. A mask of `True` and `False`
# can be multiplied with numbers: `True` counts as 1.
#
# </details>

# %% [markdown]
# ### Exercise 14: `backward_propagation_with_dropout`
#
# **Difficulty** ●●○ · **12 minutes**
#
# A unit that was dropped had no influence on the cost, so its gradient is 0. A unit that was kept
# was divided by $p$, and the chain rule passes this factor on. So on the way back the same two
# things happen to $dA$ as to $A$ on the way there, **with the same mask**:
#
# $$dA^{[2]} \leftarrow dA^{[2]} \odot D^{[2]} / p \qquad dA^{[1]} \leftarrow dA^{[1]} \odot D^{[1]} / p$$
#
# **By hand:** $dA = (1, 1, -2, 3)$ with the mask $(1, 0, 1, 1)$ and $p = 0.8$ becomes
# $(1.25,\ 0,\ -2.5,\ 3.75)$.
#
# Most of the function stands there already. There are **two places** to complete: `dA2` and `dA1`,
# each with its mask and its division.


# %%
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """Compute the gradients of the very network whose units were dropped.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    cache : tuple
        The 14 arrays of `forward_propagation_with_dropout`.
    keep_prob : float
        The probability that was used there.

    Returns
    -------
    dict
        ``"dZ3"``, ``"dW3"``, ``"db3"``, ``"dA2"``, …; ``"dA2"`` and ``"dA1"`` are taken after
        the mask and the division.
    """
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    ### START CODE HERE ### (1 to 3 lines: dA2)
    dA2 = (W3.T @ dZ3) * D2 / keep_prob
    ### END CODE HERE ###
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    ### START CODE HERE ### (1 to 3 lines: dA1)
    dA1 = (W2.T @ dZ2) * D1 / keep_prob
    ### END CODE HERE ###
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {
        **{"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2},
        **{"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1},
    }


# %%
check(backward_propagation_with_dropout)

# %%
if ready(forward_propagation_with_dropout, backward_propagation_with_dropout):
    np.random.seed(1)
    start = half_sized_start([3, 40, 20, 1])
    Y_wide = np.random.default_rng(3).integers(0, 2, (1, 500))
    _, cache = forward_propagation_with_dropout(X_wide, start, keep_prob=0.8)
    grads = backward_propagation_with_dropout(X_wide, Y_wide, cache, keep_prob=0.8)
    D1 = cache[1].astype(bool)
    print("gradient of dropped units, largest:", float(np.abs(grads["dA1"][~D1]).max()))
    print("kept units get a gradient:", bool(np.mean(grads["dA1"][D1] != 0) > 0.9))

# %% [markdown]
# **Expected output**
#
# ```
# gradient of dropped units, largest: 0.0
# kept units get a gradient: True
# ```
#
# <details><summary>Hint</summary>
#
# `dA2` is first what it was without dropout: `W3.T @ dZ3`. Then comes the mask of the *same* layer,
# then the division. `@` and `*` have the same rank in Python and go from left to right; brackets
# make it clear to the reader.
#
# </details>

# %% [markdown]
# **Question.** A classmate drops units when predicting, too, "so that training and test are the
# same". What happens?
#
# <details><summary>Answer</summary>
#
# The same image gets a different answer each time, and on average a worse one. Dropout is for
# training. Thanks to the division by $p$, the full network has the right scale without further
# ado.
#
# </details>

# %% [markdown]
# ## 9. Early stopping
#
# In section 3 the dev cost of the large network went down, turned, and went up again. Why not stop
# at the turn? The trouble is that curves are noisy: one rise may be chance. So one waits a while,
# with **patience**, and in the end goes back to the best parameters so far.

# %% [markdown]
# ### Exercise 15: `early_stopping`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Given the dev costs of epochs 0, 1, 2, …, find
#
# - `best_epoch`: the epoch with the lowest cost *until the stop*, the first one if several are equal;
# - `last_epoch`: where training stops. That is the first epoch that is `patience` epochs after the
#   best one so far, or the very last epoch if that never happens.
#
# The costs after the stop do not count: nobody would ever have computed them.
#
# **By hand:** costs $(0.9,\ 0.6,\ 0.5,\ 0.7,\ 0.55,\ 0.4)$, patience 2. Epoch 2 is the best so far.
# Epochs 3 and 4 bring nothing better, so training stops after epoch 4, and the answer is $(2, 4)$.
# The 0.4 is never seen.
#
# **The Python you need:** `for epoch, cost in enumerate(costs):` counts along from 0, and `break`
# leaves a loop.


# %%
def early_stopping(dev_costs, patience):
    """Find the epoch whose parameters to keep, and the one after which to stop.

    Parameters
    ----------
    dev_costs : list of float
        The cost on the development set after each epoch; at least one.
    patience : int
        Stop after this many epochs in a row without a new lowest cost; at least 1.

    Returns
    -------
    best_epoch, last_epoch : int
        Counted from 0.
    """
    ### START CODE HERE ### (6 to 9 lines)
    best_epoch, last_epoch = 0, 0
    for epoch, cost in enumerate(dev_costs):
        last_epoch = epoch
        if cost < dev_costs[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch >= patience:
            break
    ### END CODE HERE ###
    return best_epoch, last_epoch


# %%
check(early_stopping)

# %%
if ready(early_stopping):
    costs = [0.9, 0.6, 0.5, 0.7, 0.55, 0.4]
    print(early_stopping(costs, patience=2), early_stopping(costs, patience=3))

# %% [markdown]
# **Expected output**
#
# ```
# (2, 4) (5, 5)
# ```
#
# <details><summary>Hint</summary>
#
# Remember the number of the best epoch so far; its cost is `dev_costs[best_epoch]`. In each turn,
# first see whether the new cost is lower, then how many epochs have passed since the best one. If
# that is `patience`, leave the loop.
#
# </details>

# %% tags=["nbval-ignore-output"]
if ready(split_examples, early_stopping, initialize_parameters_he):
    points, labels = datasets.load_planar("flower")
    order = np.random.default_rng(0).permutation(400)
    X_few, Y_few, X_rest, Y_rest, _, _ = split_examples(points / 2, labels, order, 320, 0)
    few, rest = (X_few, Y_few), (X_rest, Y_rest)
    np.random.seed(1)
    start = initialize_parameters_he([2, 40, 20, 1])
    _, costs = train(few, start, rate=0.2, steps=2000, watch=[few, rest])
    best, last = early_stopping(list(costs[:, 1]), patience=10)
    figure, ax = plt.subplots(figsize=(6.5, 3.2))
    plotting.plot_costs({"training": costs[:, 0], "development": costs[:, 1]}, 20, ax)
    for epoch, style, word in [(best, "-", "best"), (last, ":", "stop")]:
        ax.axvline(20 * epoch, color="black", linestyle=style, linewidth=1)
        ax.annotate(word, (20 * epoch + 15, 0.85))
    ax.set(ylim=(0, 1), title="Flower, 80 points, patience 10")
    plotting.show(
        figure,
        alt="Training cost falling towards zero and development cost with a minimum early on. One "
        "upright line marks the minimum, a dotted one a little later marks where training stops.",
    )
    print(f"best dev cost {costs[best, 1]:.2f} at step {20 * best}; at the end {costs[-1, 1]:.2f}")

# %% [markdown]
# Early stopping is cheap: one training tries all stopping times at once. Its drawback: it mixes two
# tasks, to get the cost down and not to overfit. With L2 you can turn these two knobs one at a
# time.

# %% [markdown]
# ## 10. More images from the ones you have
#
# More data is the best cure for variance, and there is a cheap way to get some: a mirrored cat is
# a cat. **Augmentation** changes images in ways that leave the label right. Each of the following
# functions takes one image as an array of shape (height, width, channels) with values from 0 to 1,
# and returns a new one.

# %% [markdown]
# ### Exercise 16: `flip_horizontal`
#
# **Difficulty** ●○○ · **2 minutes**
#
# Mirror the image: left and right change places. **By hand:** one row with the values $(1, 2, 3)$
# becomes $(3, 2, 1)$.
#
# **The NumPy you need:** `a[::-1]` turns the first axis round; a colon in front, `a[:, …]`, leaves
# the first axis alone.


# %%
def flip_horizontal(image):
    """Mirror an image: left and right change places.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)

    Returns
    -------
    ndarray, shape (height, width, channels)
    """
    ### START CODE HERE ### (≈ 1 line)
    flipped = image[:, ::-1]
    ### END CODE HERE ###
    return flipped


# %%
check(flip_horizontal)

# %% [markdown]
# <details><summary>Hint</summary>
#
# The first axis counts rows, the second columns. Left and right are about columns.
#
# </details>

# %% [markdown]
# ### Exercise 17: `crop`
#
# **Difficulty** ●○○ · **3 minutes**
#
# Cut out the rectangle whose first pixel is in row `top` and column `left`. **By hand:** `top` 2
# and `height` 3 are the rows 2, 3 and 4, that is, the slice `2:5`.


# %%
def crop(image, top, left, height, width):
    """Cut a rectangle out of an image.

    Parameters
    ----------
    image : ndarray, shape (H, W, channels)
    top, left : int
        The row and the column of the rectangle's first pixel.
    height, width : int
        Its size. It lies inside of the image.

    Returns
    -------
    ndarray, shape (height, width, channels)
    """
    ### START CODE HERE ### (≈ 1 line)
    cut = image[top : top + height, left : left + width]
    ### END CODE HERE ###
    return cut


# %%
check(crop)

# %% [markdown]
# <details><summary>Hint</summary>
#
# A slice `a:b` begins at `a` and ends *before* `b`. So `b` is the start plus the size.
#
# </details>

# %% [markdown]
# ### Exercise 18: `shift`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Move the image inside of its frame, `down` rows down and `right` columns to the right. Negative
# numbers move up and to the left. What is pushed out of the frame is lost, and what becomes free is
# black: 0.
#
# **By hand:** one row $(1, 2, 3)$ with `right` 1 becomes $(0, 1, 2)$, and with `right` −2 it
# becomes $(3, 0, 0)$.
#
# There are many ways. You may start from zeros and copy a part of the image into a part of the
# result, or from `np.roll(image, (down, right), axis=(0, 1))`, which moves and wraps around, and
# then blacken what came round.


# %%
def shift(image, down, right):
    """Move an image inside of its frame; what becomes free is black.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)
    down, right : int
        By how many pixels; negative numbers move up or to the left. Always less than the image's
        own size.

    Returns
    -------
    ndarray, shape (height, width, channels)
    """
    ### START CODE HERE ### (4 to 10 lines)
    height, width, _ = image.shape
    first_row, first_column = max(down, 0), max(right, 0)
    last_row, last_column = height + min(down, 0), width + min(right, 0)
    shifted = np.zeros_like(image)
    shifted[first_row:last_row, first_column:last_column] = image[
        first_row - down : last_row - down, first_column - right : last_column - right
    ]
    ### END CODE HERE ###
    return shifted


# %%
check(shift)

# %%
if ready(shift):
    row = np.array([[[1], [2], [3]]])
    print(shift(row, 0, 1).ravel(), shift(row, 0, -2).ravel(), shift(row, 0, 0).ravel())

# %% [markdown]
# **Expected output**
#
# ```
# [0 1 2] [3 0 0] [1 2 3]
# ```
#
# <details><summary>Hint</summary>
#
# With `np.roll`: if `down` is positive, the rows `:down` came round; if it is negative, the rows
# `down:` did. The same for the columns. Mind the case 0: nothing came round.
#
# </details>

# %% [markdown]
# ### Exercise 19: `rotate`
#
# **Difficulty** ●●● · **15 minutes**
#
# Turn the image about its centre by an angle $\alpha$, counter-clockwise as you look at it. The
# trick is to go through the pixels of the **result** and ask for each: where do I come *from*?
# (Whoever pushes each pixel of the image to its new place leaves holes.)
#
# Measure from the centre, which lies at row $\frac{h-1}{2}$ and column $\frac{w-1}{2}$: let
# $y = \text{row} - \frac{h-1}{2}$ and $x = \text{column} - \frac{w-1}{2}$. Then the source is at
#
# $$y_s = \cos\alpha \cdot y + \sin\alpha \cdot x \qquad x_s = \cos\alpha \cdot x - \sin\alpha \cdot y$$
#
# Go back to rows and columns by adding the centre again, **round** to the nearest whole numbers,
# and take 0 where the source lies outside of the image.
#
# **By hand:** $\alpha = 90°$, so $\cos\alpha = 0$ and $\sin\alpha = 1$, in an image of 3 × 3. The
# centre is (1, 1). The result's upper right corner has $y = -1$, $x = 1$. Its source is at
# $y_s = 1$, $x_s = 1$: the lower right corner. So the lower right corner moves up to the upper
# right. Counter-clockwise.
#
# **The NumPy you need:** `rows, columns = np.indices((h, w))` gives the row and column numbers of
# all pixels as two arrays. `np.deg2rad` turns degrees into radians, which `np.cos` and `np.sin`
# want. `np.rint(a).astype(int)` rounds. Conditions on arrays are joined by `&`, each in brackets.


# %%
def rotate(image, degrees):
    """Turn an image about its centre, counter-clockwise.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)
    degrees : float
        The angle.

    Returns
    -------
    ndarray, shape (height, width, channels)
        The nearest source pixel everywhere, and 0 where the source lies outside.
    """
    height, width, _ = image.shape
    rows, columns = np.indices((height, width))
    ### START CODE HERE ### (≈ 6 lines: the sources, and which of them lie inside)
    angle = np.deg2rad(degrees)
    y, x = rows - (height - 1) / 2, columns - (width - 1) / 2
    source_row = np.rint(np.cos(angle) * y + np.sin(angle) * x + (height - 1) / 2).astype(int)
    source_column = np.rint(np.cos(angle) * x - np.sin(angle) * y + (width - 1) / 2).astype(int)
    inside_rows = (source_row >= 0) & (source_row < height)
    inside = inside_rows & (source_column >= 0) & (source_column < width)
    ### END CODE HERE ###
    rotated = np.zeros_like(image)
    rotated[inside] = image[source_row[inside], source_column[inside]]
    return rotated


# %%
check(rotate)

# %%
if ready(rotate):
    nine = np.arange(1, 10).reshape(3, 3, 1)
    print(rotate(nine, 90)[:, :, 0])
    print(rotate(nine, 45)[:, :, 0])

# %% [markdown]
# **Expected output**
#
# ```
# [[3 6 9]
#  [2 5 8]
#  [1 4 7]]
# [[2 3 6]
#  [1 5 9]
#  [4 7 8]]
# ```
#
# <details><summary>Hint</summary>
#
# Five steps: the angle in radians; `y` and `x`, measured from the centre; the two formulas; add the
# centre, round, `.astype(int)`; and `inside`, which is true where the source row is at least 0 and
# below `height`, *and* the source column at least 0 and below `width`.
#
# </details>

# %% [markdown]
# ### Exercise 20: `adjust_brightness`
#
# **Difficulty** ●○○ · **3 minutes**
#
# Multiply every value by the factor. Nothing can be lighter than white, so cut off at 1.
#
# **By hand:** $(0.25,\ 0.75)$ with the factor 2 becomes $(0.5,\ 1)$, not $(0.5,\ 1.5)$.


# %%
def adjust_brightness(image, factor):
    """Make an image lighter or darker; nothing gets lighter than white.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)
        Values from 0 to 1.
    factor : float
        Above 1 for lighter, below 1 for darker; not negative.

    Returns
    -------
    ndarray, shape (height, width, channels)
    """
    ### START CODE HERE ### (≈ 1 line)
    adjusted = np.clip(image * factor, 0, 1)
    ### END CODE HERE ###
    return adjusted


# %%
check(adjust_brightness)

# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.minimum(a, 1)` takes the smaller of two numbers, entry by entry. `np.clip(a, 0, 1)` cuts off on
# both sides.
#
# </details>

# %% [markdown]
# ### Exercise 21: `blur`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Replace every pixel by the **mean** of the square around it, from `radius` rows above to `radius`
# rows below, and as many columns to both sides. Each channel by itself. Beyond its border the image
# goes on as it ends there, so that borders do not get dark.
#
# **By hand:** one row $(0, 9, 0, 0)$, radius 1. Beyond the ends we put $0$ and $0$; and above and
# below the row there are copies of it. The first pixel: the mean of $0, 0, 9$ is 3. The others: 3,
# 3, 0.
#
# **The NumPy you need:** `np.pad(image, ((r, r), (r, r), (0, 0)), mode="edge")` adds `r` rows and
# columns on each side, copies of the border, and nothing to the channels. In the padded image the
# square around pixel (i, j) is `padded[i : i + 2r + 1, j : j + 2r + 1]`.
#
# You may loop over the pixels. Or, faster, loop over the places of the square: sum up
# $(2r + 1)^2$ shifted copies of the whole image, and divide.


# %%
def blur(image, radius):
    """Replace every pixel by the mean of the square around it, in each channel.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)
    radius : int
        The square has 2 * radius + 1 rows and columns; 0 changes nothing.

    Returns
    -------
    ndarray, shape (height, width, channels)
    """
    height, width, _ = image.shape
    ### START CODE HERE ### (5 to 8 lines)
    padded = np.pad(image, ((radius, radius), (radius, radius), (0, 0)), mode="edge")
    size = 2 * radius + 1
    blurred = np.zeros(image.shape)
    for i in range(size):
        for j in range(size):
            blurred += padded[i : i + height, j : j + width] / size**2
    ### END CODE HERE ###
    return blurred


# %%
check(blur)

# %%
if ready(blur):
    print(np.round(blur(np.array([[[0.0], [9.0], [0.0], [0.0]]]), radius=1).ravel(), 2))

# %% [markdown]
# **Expected output**
#
# ```
# [3. 3. 3. 0.]
# ```
#
# <details><summary>Hint</summary>
#
# `padded[i : i + height, j : j + width]` has the size of the image again: it is the image, shifted
# by one place of the square. If the borders are too dark, `mode="edge"` is missing.
#
# </details>

# %% tags=["nbval-ignore-output"]
if ready(flip_horizontal, crop, shift, rotate, adjust_brightness, blur):
    cat = images.train_set_x_orig[int(np.argmax(Y_train))] / 255
    cut = crop(cat, 8, 8, 48, 48)
    versions = {
        "original": cat,
        "flipped": flip_horizontal(cat),
        "cropped": np.kron(cut, np.ones((4, 4, 1)))[::3, ::3],
        "shifted": shift(cat, 8, -6),
        "rotated": rotate(cat, 20),
        "brighter": adjust_brightness(cat, 1.5),
        "darker": adjust_brightness(cat, 0.6),
        "blurred": blur(cat, 2),
    }
    figure = plotting.show_images(np.stack(list(versions.values())), list(versions), columns=4)
    plotting.show(
        figure,
        alt="One image of the training set in eight versions: original, flipped, cropped and "
        "enlarged, shifted, rotated, brighter, darker, blurred.",
    )

# %% [markdown]
# **Question.** Which of these would you *not* use to read handwritten digits?
#
# <details><summary>Answer</summary>
#
# Flipping: a mirrored 2 is no 2. Strong rotation: a 6 turned by 180° is a 9. The change must leave
# the label right, and it should resemble what really happens: cameras do tilt and pens do slip a
# little.
#
# </details>

# %% [markdown]
# ## 11. All together, on real images
#
# The small cat images: 220 for training. The 80 others come from the held-out parts of the
# photographs; 40 of them are our dev set and 40 the test set. A network with 20 and 5 hidden units
# has more than 15 000 weights. It will know 220 images by heart. What helps?
#
# Every method is trained three times from different first weights, and the accuracies are averaged.

# %%
if ready(flip_horizontal, shift, rotate, adjust_brightness):

    def augmented(pictures, rng):
        """Change each image a little, at random."""
        changed = []
        for picture in pictures:
            if rng.random() < 0.5:
                picture = flip_horizontal(picture)
            picture = rotate(picture, rng.uniform(-15, 15))
            picture = shift(picture, int(rng.integers(-2, 3)), int(rng.integers(-2, 3)))
            changed.append(adjust_brightness(picture, rng.uniform(0.6, 1.4)))
        return np.array(changed)


# %% tags=["nbval-ignore-output"]
if ready(
    split_examples,
    normalize_inputs,
    initialize_parameters_he,
    backward_propagation_with_regularization,
    forward_propagation_with_dropout,
    backward_propagation_with_dropout,
    early_stopping,
    flip_horizontal,
    shift,
    rotate,
    adjust_brightness,
):

    def dropout_gradients(keep_prob):
        """Make a function that `train` can use."""

        def gradients(X, Y, parameters):
            _, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
            return backward_propagation_with_dropout(X, Y, cache, keep_prob)

        return gradients

    def compare(pictures, labels, gradients, stop=False):
        """Train three times; return the mean accuracies on training, dev and test set."""
        X, others = normalize_inputs(as_columns(pictures), as_columns(small_test))
        order = np.random.default_rng(1).permutation(80)
        _, _, *held_out = split_examples(others, Y_test, order, 40, 40)
        dev, test = tuple(held_out[:2]), tuple(held_out[2:])
        rows = []
        for seed in (0, 1, 2):
            np.random.seed(seed)
            start = initialize_parameters_he([768, 20, 5, 1])
            steps = 400
            if stop:
                _, costs = train((X, labels), start, gradients, 0.05, steps, [dev])
                steps = 20 * early_stopping(list(costs[:, 0]), patience=5)[0]
            learnt, _ = train((X, labels), start, gradients, 0.05, steps)
            rows.append([100 * (1 - error_on(data, learnt)) for data in ((X, labels), dev, test)])
        return np.mean(rows, axis=0)

    more = np.concatenate(
        [small_train, *(augmented(small_train, np.random.default_rng(i)) for i in (1, 2))]
    )
    Y_more = np.hstack([Y_train] * 3)
    methods = {
        "nothing": (small_train, Y_train, plain_gradients),
        "early stopping": (small_train, Y_train, plain_gradients, True),
        "dropout, keep 0.8": (small_train, Y_train, dropout_gradients(0.8)),
        "L2, λ = 30": (small_train, Y_train, l2_gradients(30)),
        "augmentation, 3 ×": (more, Y_more, plain_gradients),
        "augmentation and L2": (more, Y_more, l2_gradients(60)),
    }
    table = {}
    print(f"{'method':22s}training   dev    test")
    for name, method in methods.items():
        table[name] = compare(*method)
        print(f"{name:22s}" + "".join(f"{percent:5.0f} % " for percent in table[name]), flush=True)

    figure, ax = plt.subplots(figsize=(8, 3.2), layout="constrained")
    place = np.arange(len(table))
    for column, (part, hatch) in enumerate([("training", ""), ("dev", "//"), ("test", "..")]):
        heights = [row[column] for row in table.values()]
        ax.bar(place + 0.27 * column, heights, 0.27, label=part, hatch=hatch, edgecolor="white")
    ax.set(ylim=(50, 105), ylabel="accuracy in per cent")
    ax.set_xticks(
        place + 0.27, [name.replace(", ", ",\n").replace(" and", "\nand") for name in table]
    )
    ax.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.2))
    plotting.show(
        figure,
        alt="Accuracies of six methods on training, dev and test images. All reach almost 100 per "
        "cent in training but early stopping, which is lowest everywhere. On dev and test, L2 "
        "and augmentation are clearly higher than nothing, dropout hardly.",
    )

# %% [markdown]
# Without regularisation the network is perfect on its training set and clearly worse on new
# images: high variance. On *this* task L2 and augmentation help a lot, and dropout changes little.
# With other data it can be the other way round, which is why one tries, on the dev set. Be careful
# with small differences: 40 images give an accuracy with a standard error of about 6 percentage
# points, and crops of one photograph resemble each other.
#
# **What happened to early stopping?** It does what it is told: it takes the parameters with the
# lowest dev *cost*. Here that is after 0, 20 or 40 of the 400 steps, when the network knows little
# and is sure of nothing. Later it gets more images right, but it is very certain of those that it
# gets wrong, and the cost punishes that. Stop by the number that you care about.
#
# **Question.** For most methods, dev and test accuracies differ by several points. Is one of the sets
# wrong?
#
# <details><summary>Answer</summary>
#
# No. They were drawn from the same 80 images, at random. With 40 images each, the two halves differ
# by chance. The *order* of the methods is what to look at, and even that only roughly.
#
# </details>

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **split data in three**: shuffled, dev and test large enough in numbers, and always from the
#    source that counts;
# 2. **read bias and variance off errors and curves**: high and together is bias, apart is variance;
# 3. **normalise inputs** with mean and standard deviation of the training set, everywhere;
# 4. **choose first weights**: $\sqrt{2/n}$ for ReLU, $\sqrt{1/n}$ for tanh, with $n$ of the layer
#    before, so that signals neither vanish nor explode;
# 5. **regularise with L2 and L1**: L2 is weight decay and makes weights small, L1 makes them
#    exactly zero;
# 6. **write inverted dropout**: a uniform mask, divided by `keep_prob`, the same mask on the way
#    back, none for predictions;
# 7. **stop early and augment**: with patience, and with changes that leave the label right;
# 8. **compare methods on real images**: on a dev set that resembles the test set, and with an eye
#    on chance.
#
# ## What to remember
#
# - Look at training and dev error before you do anything else.
# - The test set is for the end. Whatever you choose by it, it can no longer judge.
# - Divide by $\sigma$, not by $\sigma^2$; He's $n$ is the number of *inputs*; a dropout mask is
#   *uniform* numbers below `keep_prob`.
# - Regularisation trades some bias for less variance.
#
# **What comes next.** Everything here stands on gradients that you derived by hand. The other
# notebook of this week shows how to check them. In week 5 it is about going downhill faster.
#
# ## Stretch exercises
#
# 1. **Gradients over depth.** Plot the size of the *gradients* over 30 layers, for He and for
#    weights × 0.01. Do they vanish in the same direction?
# 2. **Search λ.** Try λ = 1, 3, 10, 30, 100, 300 on the cat images, three seeds each, and plot dev
#    accuracy over λ on a logarithmic axis.
# 3. **L1 in the network.** Train the three-layer network with soft thresholds. How many of the 768
#    pixels' columns in `W1` become zero altogether?
# 4. **Dropout as an average.** Predict 100 times *with* dropout, and average. Compare with the
#    prediction of the whole network.
# 5. **Your own augmentation.** Write one that changes the colours a little. Does it help?
#
# ## References
#
# - Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller: *Efficient BackProp*. In: Neural Networks: Tricks
#   of the Trade, Springer, 1998.
# - X. Glorot, Y. Bengio: *Understanding the difficulty of training deep feedforward neural
#   networks*. AISTATS, 2010.
# - K. He, X. Zhang, S. Ren, J. Sun: *Delving deep into rectifiers*. ICCV, 2015.
# - A. Krogh, J. A. Hertz: *A simple weight decay can improve generalization*. NIPS, 1991.
# - R. Tibshirani: *Regression shrinkage and selection via the lasso*. Journal of the Royal
#   Statistical Society B 58, 267–288, 1996.
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov: *Dropout: a simple way to
#   prevent neural networks from overfitting*. JMLR 15, 1929–1958, 2014.
# - L. Prechelt: *Early stopping, but when?* In: Neural Networks: Tricks of the Trade, Springer, 1998.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, chapters 7, 8 and 11. MIT Press, 2016.
