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
# # Tuning, batch normalisation and softmax
#
# A network has parameters, which it learns, and settings that you choose: the learning rate, the
# momentum, the sizes of layers. This week you learn to **search** for good settings, to make a
# network **less sensitive** to them, and to give it **more than two answers**. At the end you put
# all three together, and read handwritten digits.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. say when random search beats a grid, and sample learning rates and momenta on the right scale;
# 2. narrow a search from coarse to fine;
# 3. write batch normalisation, forward and backward, and derive its gradient;
# 4. say what changes after training, and keep the moving averages that inference needs;
# 5. explain why a bias before batch normalisation is pointless;
# 6. write softmax regression with its cost and gradient, without overflow, and train it.
#
# ## Before you start
#
# You need arrays and broadcasting (week 1), the chain rule in a network with a hidden layer
# (week 2), and gradient descent with momentum and mini-batches (week 5). The logarithm to base 10
# is on your calculator: $\log_{10} 1000 = 3$.
#
# **Time:** about 150 minutes. There are 13 exercises. Each one says how hard it is (●○○ to ●●●)
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

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.checking import checks_for, ready

check = checks_for("w06_batch_norm_softmax")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# The data are handwritten digits, 8 by 8 pixels each, from 0 (paper) to 16 (ink). We flatten each
# image to a column of 64 features and scale them to the range from 0 to 1. We also set 347 training
# images aside as a **development set**: settings are chosen on these, never on the test set.

# %%
digits = datasets.load_digits()
flat = digits.train_x.reshape(len(digits.train_x), 64).T / 16
X_train, X_dev = flat[:, :1000], flat[:, 1000:]
labels_train, labels_dev = digits.train_y[:, :1000], digits.train_y[:, 1000:]
X_test, labels_test = digits.test_x.reshape(len(digits.test_x), 64).T / 16, digits.test_y
for part, examples, truth in [
    ("training", X_train, labels_train),
    ("development", X_dev, labels_dev),
    ("test", X_test, labels_test),
]:
    print(f"{part:12s} X {examples.shape}, labels {truth.shape}")


def accuracy(predictions, truth):
    """Count how many predictions are right, in per cent."""
    return round(100 * float(np.mean(predictions == truth)), 1)


# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(1, 12, figsize=(11, 1.3), layout="constrained")
for ax, image, digit in zip(axes, digits.train_x, digits.train_y[0], strict=False):
    ax.imshow(image, cmap="gray_r")
    ax.set_title(digit)
    ax.axis("off")
plotting.show(figure, alt="Twelve coarse images of handwritten digits, each under its label.")

# %% [markdown]
# ## 2. Where to look: tuning
#
# Suppose that you can afford 25 trials, and two settings matter: the learning rate $\alpha$ and
# some other one. A **grid** tries 5 values of each. **Random search** draws 25 points. Look at what
# each of them learns about $\alpha$ alone.

# %% tags=["nbval-ignore-output"]
rng = np.random.default_rng(2)
ticks = (np.arange(5) + 0.5) / 5
on_grid = np.array([(a, b) for a in ticks for b in ticks]).T
at_random = rng.random((2, 25))
figure, axes = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
for ax, points, name in zip(axes, [on_grid, at_random], ["grid", "random"], strict=True):
    ax.plot(points[0], points[1], "ko", markersize=5)
    ax.plot(points[0], np.full(25, -0.12), "k|", markersize=14)
    different = len(np.unique(np.round(points[0], 6)))
    ax.set(title=f"{name}: 25 trials, {different} values on the axis")
    ax.set(xlabel="a setting that matters", ylabel="one that hardly does", ylim=(-0.25, 1.05))
    ax.set_yticks([0, 0.5, 1])
plotting.show(
    figure,
    alt="Two squares with 25 points. On the grid the points stand in five columns, so only five "
    "marks appear on the axis of the first setting. At random there are 25 different marks.",
)

# %% [markdown]
# Nobody knows beforehand which setting matters. If one of them hardly does, the grid has spent 25
# trials to test 5 values. Random search has tested 25. This argument is from Bergstra and Bengio
# (2012).
#
# But random on which **scale**? Say that $\alpha$ may lie anywhere from 0.0001 to 1. Drawn evenly,
# 90 % of all trials fall between 0.1 and 1, and hardly one below 0.001. What counts for a learning
# rate is its **order of magnitude**. So draw the *exponent* evenly.

# %% [markdown]
# ### Exercise 1: `log_uniform`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Let $u$ be a random number, evenly distributed from 0 to 1. Spread the exponent $r$ evenly between
# those of the two bounds, and take 10 to that power:
#
# $$r = \log_{10}(\text{low}) + u\,\bigl(\log_{10}(\text{high}) - \log_{10}(\text{low})\bigr)
# \qquad \alpha = 10^{\,r}$$
#
# So $u = 0$ gives `low`, and $u = 1$ gives `high`.
#
# **By hand:** from $0.0001$ to $1$ the exponent runs from $-4$ to $0$. For $u = 0.25$ it is
# $r = -4 + 0.25 \cdot 4 = -3$, so $\alpha = 0.001$. For $u = 0.5$ it is $\alpha = 0.01$.
#
# The function gets the array `u` and draws nothing itself: so it can be tested, and the same
# numbers give the same values again.
#
# **The NumPy you need:** `np.log10` is the logarithm to base 10 (`np.log` is the natural one), and
# `10 ** r` works on arrays.


# %%
def log_uniform(u, low, high):
    """Spread numbers evenly over the orders of magnitude between two bounds.

    Parameters
    ----------
    u : ndarray, any shape
        Uniform random numbers between 0 and 1.
    low, high : float
        The bounds, ``0 < low < high``.

    Returns
    -------
    ndarray
        The values, the shape of `u`: `low` where `u` is 0, and `high` where it is 1.
    """
    ### START CODE HERE ### (≈ 2 lines)
    r = np.log10(low) + u * (np.log10(high) - np.log10(low))
    values = 10**r
    ### END CODE HERE ###
    return values


# %%
check(log_uniform)

# %%
if ready(log_uniform):
    print(np.round(log_uniform(np.array([0.0, 0.25, 0.5, 1.0]), 0.0001, 1.0), 4).tolist())
    drawn = log_uniform(np.random.default_rng(0).random(10000), 0.0001, 1.0)
    for low in [0.0001, 0.001, 0.01, 0.1]:
        share = np.mean((low <= drawn) & (drawn < 10 * low))
        print(f"from {low:6} to {10 * low:5}: {100 * share:.0f} % of the draws")

# %% [markdown]
# **Expected output**
#
# ```
# [0.0001, 0.001, 0.01, 1.0]
# from 0.0001 to 0.001: 25 % of the draws
# from  0.001 to  0.01: 25 % of the draws
# from   0.01 to   0.1: 25 % of the draws
# from    0.1 to   1.0: 25 % of the draws
# ```
#
# <details><summary>Hint</summary>
#
# "From a to b, u of the way" is `a + u * (b - a)`. Here a and b are exponents, not the bounds
# themselves. A formula such as `-4 * u` fits one pair of bounds only.
#
# </details>

# %% [markdown]
# ### Exercise 2: `log_uniform_beta`
#
# **Difficulty** ●●○ · **6 minutes**
#
# The momentum $\beta$ averages over about $1/(1-\beta)$ steps. From $\beta = 0.9$ to $0.9005$
# that number goes from 10 to 10.05: nothing happens. From $0.999$ to $0.9995$ it goes from 1000 to
# 2000. So it is $1 - \beta$ whose order of magnitude counts. Put $1 - \beta$ on the log scale:
#
# $$\beta = 1 - 10^{\,r}, \qquad r \text{ evenly from } \log_{10}(1 - \text{low})
# \text{ to } \log_{10}(1 - \text{high})$$
#
# **By hand:** for $\beta$ from $0.9$ to $0.999$, $1 - \beta$ runs from $0.1$ down to $0.001$. For
# $u = 0.5$ it is $10^{-2}$, so $\beta = 0.99$. Drawn evenly, the middle would have been 0.9495.
#
# Use your `log_uniform`: it also works from a larger number down to a smaller one.


# %%
def log_uniform_beta(u, low, high):
    """Spread the weights of moving averages such that 1 - beta is even on a log scale.

    Parameters
    ----------
    u : ndarray, any shape
        Uniform random numbers between 0 and 1.
    low, high : float
        The bounds of beta, ``low < high < 1``.

    Returns
    -------
    ndarray
        The betas, the shape of `u`: `low` where `u` is 0, and `high` where it is 1.
    """
    ### START CODE HERE ### (≈ 1 line)
    betas = 1 - log_uniform(u, 1 - low, 1 - high)
    ### END CODE HERE ###
    return betas


# %%
check(log_uniform_beta)

# %%
if ready(log_uniform_beta):
    print(np.round(log_uniform_beta(np.array([0.0, 0.5, 1.0]), 0.9, 0.999), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [0.9   0.99  0.999]
# ```
#
# <details><summary>Hint</summary>
#
# Where $\beta$ is `low`, what is $1 - \beta$? That is where the range of $1 - \beta$ begins, at
# $u = 0$. In the end turn $1 - \beta$ back into $\beta$.
#
# </details>

# %% [markdown]
# ### Exercise 3: `narrow_range`
#
# **Difficulty** ●●○ · **8 minutes**
#
# **Coarse to fine:** after a first round of trials, look where the best ones lie, and search that
# region again, more densely. This function finds the region for one setting: the smallest and the
# largest value among the `keep` best trials.
#
# **By hand:** the values $1,\ 0.01,\ 0.1,\ 0.001$ got the scores $0.2,\ 0.9,\ 0.8,\ 0.5$. The two
# best scores are $0.9$ and $0.8$; they belong to $0.01$ and $0.1$. The range is
# $(0.01,\ 0.1)$.
#
# **The NumPy you need:** `np.argsort(scores)` gives the *positions* that would sort the scores
# upwards, so the best stand at its end. `a[-2:]` takes the last two entries of `a`. An array of
# positions may stand in square brackets: `values[positions]`.


# %%
def narrow_range(values, scores, keep):
    """Find the range in which the best trials lie.

    Parameters
    ----------
    values : ndarray, shape (k,)
        The values of one setting that were tried.
    scores : ndarray, shape (k,)
        How good each trial was; larger is better.
    keep : int
        How many of the best trials the range must hold, from 1 to k.

    Returns
    -------
    tuple of float
        ``(low, high)``: the smallest and the largest value among the `keep` best trials.
    """
    ### START CODE HERE ### (≈ 3 lines)
    best = values[np.argsort(scores)[-keep:]]
    low = np.min(best)
    high = np.max(best)
    ### END CODE HERE ###
    return low, high


# %%
check(narrow_range)

# %%
if ready(narrow_range):
    tried, got = np.array([1.0, 0.01, 0.1, 0.001]), np.array([0.2, 0.9, 0.8, 0.5])
    low, high = narrow_range(tried, got, keep=2)
    print(f"from {low:g} to {high:g}")

# %% [markdown]
# **Expected output**
#
# ```
# from 0.01 to 0.1
# ```
#
# <details><summary>Hint</summary>
#
# Three steps: the positions of the best scores; the values at these positions; the smallest and
# the largest of these. The last step is needed because the best value need not be the smallest.
#
# </details>

# %% [markdown]
# **Question.** The best trial of a coarse search has $\alpha = 0.98$, and you searched from 0.001
# to 1. What should you do before you narrow the range?
#
# <details><summary>Answer</summary>
#
# Widen it. The best trial stands at the edge, so better ones may lie beyond it.
#
# </details>

# %% [markdown]
# ## 3. Batch normalisation
#
# In week 4 you normalised the inputs, and learning became faster. But to the second layer the first
# layer's output *is* the input, and it moves all the time while the first layer learns. **Batch
# normalisation** does to every hidden unit what you did to the inputs: it gives it a mean and a
# spread that are under control, whatever the layers before it do.
#
# **The factor $\frac1m$ moves.** Up to week 5, each column of $dZ$ was the derivative of one
# example's *loss*, and $\frac1m$ came in at the parameters. Here the examples of a batch are tied
# together, because they share a mean, and no example has a loss of its own any more. So from now on
# **every gradient, $dZ$ too, is that of the cost $J$**, the average over the batch:
#
# | | weeks 1 to 5 | from this week on |
# |---|---|---|
# | at the output | $dZ = A - Y$ | $dZ = \frac1m (A - Y)$ |
# | weights | $dW = \frac1m\, dZ\, A_{\text{prev}}^T$ | $dW = dZ\, A_{\text{prev}}^T$ |
# | bias | $db = \frac1m \sum_i dZ^{(i)}$ | $db = \sum_i dZ^{(i)}$ |
#
# Both ways give the same $dW$ and $db$. Only never mix them: your `linear_backward` of week 3,
# given this week's $dZ$, would divide by $m$ twice.

# %% [markdown]
# ### Exercise 4: `batchnorm_forward`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Take the sums $Z$ of a layer, $n$ units (rows) by $m$ examples (columns). For **each unit** by
# itself, over the examples of the batch:
#
# $$\mu = \frac1m \sum_i z^{(i)} \qquad \sigma^2 = \frac1m \sum_i \bigl(z^{(i)} - \mu\bigr)^2
# \qquad s = \sqrt{\sigma^2 + \varepsilon}$$
# $$z^{(i)}_{\text{norm}} = \frac{z^{(i)} - \mu}{s} \qquad
# \tilde z^{(i)} = \gamma\, z^{(i)}_{\text{norm}} + \beta$$
#
# $z_{\text{norm}}$ has mean 0 and variance 1 (a little less, because of $\varepsilon$, which only
# keeps the root away from 0). That may not be what the layer needs, so it may **learn** a standard
# deviation $\gamma$ and a mean $\beta$ of its own. (This $\beta$ has nothing to do with momentum.
# Letters are scarce.)
#
# **By hand:** $z = (1, 3)$ has $\mu = 2$ and $\sigma^2 = \frac12(1 + 1) = 1$. With a tiny
# $\varepsilon$, $z_{\text{norm}} = (-1, 1)$. With $\gamma = 2$ and $\beta = 0.5$,
# $\tilde z = (-1.5,\ 2.5)$.
#
# Return $\tilde Z$ and a dictionary, the **cache**, for the way back. Its keys are in the
# docstring.
#
# **The NumPy you need:** `np.mean(A, axis=1, keepdims=True)` averages each row and gives a column
# (n, 1), which broadcasting takes from every column of `Z`.


# %%
def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    """Normalise each unit's sums over the batch, then scale and shift them.

    Parameters
    ----------
    Z : ndarray, shape (n, m)
        The sums of n units for the m examples of a batch.
    gamma, beta : ndarray, shape (n, 1)
        The standard deviation and the mean that each unit is given instead.
    epsilon : float
        Added to the variance, before the root is taken.

    Returns
    -------
    Z_tilde : ndarray, shape (n, m)
        The normalised, scaled and shifted sums.
    cache : dict
        ``"mu"``, ``"var"``, ``"std"`` (with epsilon) and ``"gamma"``, all (n, 1), and
        ``"Z_norm"`` (n, m).
    """
    ### START CODE HERE ### (≈ 6 lines)
    mu = np.mean(Z, axis=1, keepdims=True)
    var = np.mean((Z - mu) ** 2, axis=1, keepdims=True)
    std = np.sqrt(var + epsilon)
    Z_norm = (Z - mu) / std
    Z_tilde = gamma * Z_norm + beta
    cache = {"mu": mu, "var": var, "std": std, "Z_norm": Z_norm, "gamma": gamma}
    ### END CODE HERE ###
    return Z_tilde, cache


# %%
check(batchnorm_forward)

# %%
if ready(batchnorm_forward):
    Z = np.array([[1.0, 3.0], [5.0, 5.0]])
    Z_tilde, cache = batchnorm_forward(Z, np.array([[2.0], [2.0]]), np.array([[0.5], [0.5]]))
    print(np.round(Z_tilde, 4))
    for name in ("mu", "var", "std"):
        print(name, np.round(cache[name], 4).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[-1.5  2.5]
#  [ 0.5  0.5]]
# mu [[2.0], [5.0]]
# var [[1.0], [0.0]]
# std [[1.0], [0.0001]]
# ```
#
# The second unit says 5 to everything. Without $\varepsilon$ it would be divided by zero.
#
# <details><summary>Hint</summary>
#
# One line for each of the five formulas, in their order, and one for the dictionary. The variance
# is an average of squares *after* the mean has been taken away. You divide by $s$, the root, not by
# the variance.
#
# </details>

# %% [markdown]
# **Why the bias is pointless.** A layer computes $Z = WX + b$. Watch what batch normalisation makes
# of $b$.

# %%
if ready(batchnorm_forward):
    rng = np.random.default_rng(1)
    sums, one, zero = rng.normal(size=(3, 5)), np.ones((3, 1)), np.zeros((3, 1))
    without, _ = batchnorm_forward(sums, one, zero)
    with_bias, _ = batchnorm_forward(sums + np.array([[100.0], [-7.0], [0.3]]), one, zero)
    print("largest difference below 1e-9:", bool(np.max(np.abs(without - with_bias)) < 1e-9))

# %% [markdown]
# **Question.** Why does it vanish? And what takes its place?
#
# <details><summary>Answer</summary>
#
# $b$ adds the same number to all examples of a unit. So it also adds that number to their mean, and
# the mean is taken away. The shift $\beta$, which comes after, does what $b$ was meant to do. Leave
# $b$ out of layers with batch normalisation: it would get a gradient of exactly zero.
#
# </details>

# %% [markdown]
# ### Exercise 5: `batchnorm_backward`
#
# **Difficulty** ●●● · **25 minutes**
#
# Take a pencil again. Given is $d\tilde Z$, the gradient of the cost with respect to the output.
# We look at one unit, and write $d_i$ for its entry of example $i$, and $n_i$ for
# $z^{(i)}_{\text{norm}}$.
#
# **Step 1, scale and shift.** $\tilde z^{(i)} = \gamma\, n_i + \beta$. All examples share $\gamma$
# and $\beta$, so their gradients add up:
#
# $$d\gamma = \sum_i d_i\, n_i \qquad d\beta = \sum_i d_i$$
#
# and $n_i$ itself gets $\gamma\, d_i$.
#
# **Step 2, what one sum moves.** Nudge $z^{(k)}$. It moves its own $n_k$. But it also moves the mean
# and the spread, and with them **all** the others:
#
# $$\frac{\partial \mu}{\partial z^{(k)}} = \frac1m \qquad\qquad
# \frac{\partial s}{\partial z^{(k)}} = \frac{1}{2s} \cdot \frac{2\,(z^{(k)} - \mu)}{m}
# = \frac{n_k}{m}$$
#
# (In the second one, the mean moves too; but $\sum_i (z^{(i)} - \mu) = 0$, so that has no effect.)
#
# **Step 3, the quotient.** $n_i = (z^{(i)} - \mu) / s$. With the quotient rule, and with
# $\delta_{ik} = 1$ if $i = k$ and 0 otherwise,
#
# $$\frac{\partial n_i}{\partial z^{(k)}} =
# \frac1s \Bigl( \delta_{ik} - \frac{\partial \mu}{\partial z^{(k)}} \Bigr)
# - \frac{z^{(i)} - \mu}{s^2} \cdot \frac{\partial s}{\partial z^{(k)}} =
# \frac{1}{s} \Bigl( \delta_{ik} - \frac1m - \frac{n_i\, n_k}{m} \Bigr)$$
#
# **Step 4, add up.** $z^{(k)}$ acts through all $n_i$, so
# $dz^{(k)} = \sum_i \gamma\, d_i \,\partial n_i / \partial z^{(k)}$:
#
# $$dz^{(k)} = \frac{\gamma}{s} \Bigl( d_k - \frac1m \underbrace{\sum_i d_i}_{d\beta}
# - \frac{n_k}{m} \underbrace{\sum_i d_i\, n_i}_{d\gamma} \Bigr)$$
#
# Three terms: the direct way, the way through the mean, and the way through the spread. The two
# sums are already there.
#
# **By hand:** $n = (-1, 1, -1, 1)$, $s = 2$, $\gamma = 4$, $d = (1, 2, 0, 1)$. Then
# $d\gamma = -1 + 2 - 0 + 1 = 2$ and $d\beta = 4$. With $m = 4$ the first entry is
# $dz^{(1)} = \frac42 \bigl(1 - \frac44 - \frac{-1}{4} \cdot 2\bigr) = 1$. All together:
# $dZ = (1,\ 1,\ -1,\ -1)$. They add up to 0, as they must: adding the same number to all
# examples changes nothing, so the cost has no slope in that direction.


# %%
def batchnorm_backward(dZ_tilde, cache):
    """Lead the gradient back through batch normalisation.

    Parameters
    ----------
    dZ_tilde : ndarray, shape (n, m)
        The gradient of the cost with respect to the output.
    cache : dict
        From `batchnorm_forward`; ``"std"`` and ``"gamma"`` (n, 1) and ``"Z_norm"`` (n, m) are
        needed.

    Returns
    -------
    dZ : ndarray, shape (n, m)
        The gradient with respect to the sums before normalisation.
    dgamma, dbeta : ndarray, shape (n, 1)
        The gradients with respect to scale and shift.
    """
    m = dZ_tilde.shape[1]
    Z_norm, std, gamma = cache["Z_norm"], cache["std"], cache["gamma"]
    ### START CODE HERE ### (≈ 3 lines)
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / std * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    ### END CODE HERE ###
    return dZ, dgamma, dbeta


# %%
check(batchnorm_backward)

# %%
if ready(batchnorm_backward):
    by_hand = {
        "Z_norm": np.array([[-1.0, 1.0, -1.0, 1.0]]),
        "std": np.array([[2.0]]),
        "gamma": np.array([[4.0]]),
    }
    back = batchnorm_backward(np.array([[1.0, 2.0, 0.0, 1.0]]), by_hand)
    for name, gradient in zip(("dZ", "dgamma", "dbeta"), back, strict=True):
        print(name, np.round(gradient, 4).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# dZ [[1.0, 1.0, -1.0, -1.0]]
# dgamma [[2.0]]
# dbeta [[4.0]]
# ```
#
# <details><summary>Hint 1: the order</summary>
#
# Compute `dgamma` and `dbeta` first. The formula of step 4 then is one line, for all units and
# examples at once: broadcasting turns the columns into what you need.
#
# </details>
#
# <details><summary>Hint 2: no averages?</summary>
#
# `dZ_tilde` is a gradient of the cost, which has its $\frac1m$ already. So `dgamma` and `dbeta` are
# plain sums. The two $\frac1m$ in `dZ` come from the mean and the variance of the batch.
#
# </details>

# %% [markdown]
# **Do you trust it?** Nudge one entry of $Z$, and see what a made-up cost, $\sum c_{ji}\,
# \tilde z_{ji}$, does. Its gradient with respect to $\tilde Z$ is just $C$.

# %%
if ready(batchnorm_forward, batchnorm_backward):
    rng = np.random.default_rng(3)
    Z, C = rng.normal(size=(2, 4)), rng.normal(size=(2, 4))
    gamma, beta = rng.normal(size=(2, 1)), rng.normal(size=(2, 1))

    def made_up_cost(sums):
        """Weigh the normalised sums with C, and add up."""
        return np.sum(C * batchnorm_forward(sums, gamma, beta)[0])

    by_formula = batchnorm_backward(C, batchnorm_forward(Z, gamma, beta)[1])[0]
    for place in [(0, 0), (0, 3), (1, 2)]:
        nudge = np.zeros((2, 4))
        nudge[place] = 1e-5
        slope = (made_up_cost(Z + nudge) - made_up_cost(Z - nudge)) / 2e-5
        print(f"entry {place}: by nudging {slope:.4f}, by your formula {by_formula[place]:.4f}")

# %% [markdown]
# ### Exercise 6: `update_moving_averages`
#
# **Difficulty** ●○○ · **5 minutes**
#
# After training, examples come one at a time, and a single example has no variance. What should
# replace $\mu$ and $\sigma^2$ then? **Averages over the batches** seen in training. We keep them as
# moving averages, as momentum does, so that the weights of long ago are forgotten:
#
# $$\bar\mu \leftarrow \rho\, \bar\mu + (1 - \rho)\, \mu \qquad
# \overline{\sigma^2} \leftarrow \rho\, \overline{\sigma^2} + (1 - \rho)\, \sigma^2$$
#
# $\rho$, called `momentum` in code, is the weight of the past. There is no bias correction as in
# week 5. The averages start anywhere, often at mean 0 and variance 1, and training has hundreds of
# batches: after 50 of them, with $\rho = 0.9$, the start counts $0.9^{50} \approx 0.005$.
#
# **By hand:** $\bar\mu = 1$, a batch with $\mu = 3$, and $\rho = 0.9$ give
# $0.9 \cdot 1 + 0.1 \cdot 3 = 1.2$.
#
# Make a **new** dictionary with new arrays.


# %%
def update_moving_averages(running, mu, var, momentum=0.9):
    """Let a batch's mean and variance into the moving averages.

    Parameters
    ----------
    running : dict
        The averages so far, ``"mu"`` and ``"var"``, (n, 1). It must not be changed.
    mu, var : ndarray, shape (n, 1)
        Mean and variance of the new batch.
    momentum : float
        The weight of the past.

    Returns
    -------
    dict
        The new ``"mu"`` and ``"var"``, (n, 1).
    """
    ### START CODE HERE ### (≈ 2 lines)
    new_mu = momentum * running["mu"] + (1 - momentum) * mu
    new_var = momentum * running["var"] + (1 - momentum) * var
    ### END CODE HERE ###
    return {"mu": new_mu, "var": new_var}


# %%
check(update_moving_averages)

# %%
if ready(update_moving_averages):
    averages = {"mu": np.array([[1.0]]), "var": np.array([[4.0]])}
    for _ in range(3):
        averages = update_moving_averages(averages, np.array([[3.0]]), np.array([[2.0]]))
        print("mu", round(averages["mu"].item(), 4), " var", round(averages["var"].item(), 4))

# %% [markdown]
# **Expected output**
#
# ```
# mu 1.2  var 3.8
# mu 1.38  var 3.62
# mu 1.542  var 3.458
# ```
#
# <details><summary>Hint</summary>
#
# Two lines that look alike; mind that each of them has the right names in both places. The weights
# of the old and the new value add up to 1.
#
# </details>

# %% [markdown]
# ### Exercise 7: `batchnorm_inference`
#
# **Difficulty** ●○○ · **5 minutes**
#
# The formula of exercise 4, with the moving averages in place of the batch's mean and variance:
#
# $$\tilde z = \gamma\, \frac{z - \bar\mu}{\sqrt{\overline{\sigma^2} + \varepsilon}} + \beta$$
#
# Now each example stands alone: its result no longer depends on who else is in the batch.
#
# **By hand:** $\bar\mu = 2$, $\overline{\sigma^2} = 4$, $\gamma = \beta = 10$: $z = 4$ gives
# $10 \cdot \frac{4 - 2}{2} + 10 = 20$.


# %%
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-8):
    """Normalise with the averages from training.

    Parameters
    ----------
    Z : ndarray, shape (n, m)
        The sums of n units; m may be 1.
    gamma, beta : ndarray, shape (n, 1)
        The learnt scale and shift.
    running : dict
        The moving averages ``"mu"`` and ``"var"``, (n, 1).
    epsilon : float
        Added to the variance, before the root is taken.

    Returns
    -------
    ndarray, shape (n, m)
        The normalised, scaled and shifted sums.
    """
    ### START CODE HERE ### (≈ 2 lines)
    Z_norm = (Z - running["mu"]) / np.sqrt(running["var"] + epsilon)
    Z_tilde = gamma * Z_norm + beta
    ### END CODE HERE ###
    return Z_tilde


# %%
check(batchnorm_inference)

# %%
if ready(batchnorm_inference):
    running, ten = {"mu": np.array([[2.0]]), "var": np.array([[4.0]])}, np.array([[10.0]])
    print(np.round(batchnorm_inference(np.array([[2.0, 4.0, -2.0]]), ten, ten, running), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [[ 10.  20. -10.]]
# ```
#
# <details><summary>Hint</summary>
#
# Nothing is averaged here: `np.mean` has no place in this function.
#
# </details>

# %% [markdown]
# **Question.** Somebody uses `batchnorm_forward` after training as well, and hands in one example
# at a time. What does the network say?
#
# <details><summary>Answer</summary>
#
# The same for every example. With $m = 1$ the mean is the example itself, so $z - \mu = 0$ and
# $\tilde z = \beta$, whatever $z$ was.
#
# </details>

# %% [markdown]
# ## 4. Softmax regression
#
# Logistic regression answers yes or no. For ten digits we need ten answers. Softmax regression has
# one row of weights for each **class**, and so one score: $Z = WX + b$, with $W$ of shape
# $(n_y, n_x)$. The softmax turns each column of scores into probabilities.

# %% [markdown]
# ### Exercise 8: `softmax`
#
# **Difficulty** ●●○ · **8 minutes**
#
# For one column of scores $z$:
#
# $$a_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# Exponentials make everything positive, and the division makes the sum 1. It is a *soft* maximum:
# the largest score gets the largest share, but not all.
#
# **Overflow.** $e^{1000}$ is too large for a floating-point number. The cure: subtract a number $c$
# from all scores of the column. It cancels,
#
# $$\frac{e^{z_k - c}}{\sum_j e^{z_j - c}} = \frac{e^{z_k} e^{-c}}{\sum_j e^{z_j} e^{-c}} = a_k$$
#
# and with $c = \max_j z_j$ no exponent is positive. **Each column has its own** largest score.
#
# **By hand:** $z = (0,\ \ln 3)$: the exponentials are 1 and 3, their sum is 4, so
# $a = (0.25,\ 0.75)$. And $z = (1000,\ 1000)$ becomes $(0, 0)$ after the shift, so
# $a = (0.5,\ 0.5)$.
#
# In week 1 each *row* was one set of scores. In a network examples are columns, so work along
# `axis=0`.


# %%
def softmax(Z):
    """Turn each column of scores into probabilities.

    Parameters
    ----------
    Z : ndarray, shape (n_y, m)
        One column of scores per example, of any size.

    Returns
    -------
    ndarray, shape (n_y, m)
        Probabilities; each column adds up to 1.
    """
    ### START CODE HERE ### (≈ 3 lines)
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    E = np.exp(shifted)
    A = E / np.sum(E, axis=0, keepdims=True)
    ### END CODE HERE ###
    return A


# %%
check(softmax)

# %%
if ready(softmax):
    scores = np.array([[0.0, 1000.0, 2.0], [np.log(3), 1000.0, -1.0]])
    print(np.round(softmax(scores), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [[0.25   0.5    0.9526]
#  [0.75   0.5    0.0474]]
# ```
#
# <details><summary>Hint</summary>
#
# Shift, exponentials, division. `np.max` and `np.sum` both work down the columns (`axis=0`), and
# both want `keepdims=True`. If you see `nan`, the shift is missing or is the same for all columns.
#
# </details>

# %% [markdown]
# **Question.** For two classes with scores $z_1$ and $z_2$, what is $a_1$ as a function of
# $z_1 - z_2$?
#
# <details><summary>Answer</summary>
#
# Take $c = z_1$: $a_1 = 1 / (1 + e^{-(z_1 - z_2)}) = \sigma(z_1 - z_2)$. With two classes softmax
# regression is logistic regression.
#
# </details>

# %% [markdown]
# ### Exercise 9: `one_hot`
#
# **Difficulty** ●○○ · **6 minutes**
#
# The truth has to be written as probabilities too: a column with a 1 at the right class, and 0
# elsewhere. It is called **one-hot**.
#
# **By hand:** the labels $(2,\ 0)$ and 3 classes give
#
# $$Y = \begin{pmatrix} 0 & 1 \\ 0 & 0 \\ 1 & 0 \end{pmatrix}$$
#
# **The NumPy you need:** `np.arange(3)` is `[0, 1, 2]`, and `.reshape(3, 1)` makes it a column.
# Comparing a column with a row, `column == row`, compares every pair: broadcasting.
# `np.where(condition, 1.0, 0.0)` turns the answers into numbers. There are other ways; a loop over
# the examples is fine as well.


# %%
def one_hot(labels, n_y):
    """Write labels as columns with a single 1.

    Parameters
    ----------
    labels : ndarray of int, shape (1, m)
        The classes, from 0 to ``n_y - 1``.
    n_y : int
        The number of classes.

    Returns
    -------
    ndarray, shape (n_y, m)
        1 in row k of column i where example i is of class k, and 0 elsewhere.
    """
    ### START CODE HERE ### (≈ 2 lines)
    classes = np.arange(n_y).reshape(n_y, 1)
    Y = np.where(classes == labels, 1.0, 0.0)
    ### END CODE HERE ###
    return Y


# %%
check(one_hot)

# %%
if ready(one_hot):
    print(one_hot(np.array([[2, 0]]), 3))

# %% [markdown]
# **Expected output**
#
# ```
# [[0. 1.]
#  [0. 0.]
#  [1. 0.]]
# ```
#
# <details><summary>Hint</summary>
#
# The number of rows is `n_y`, even if the last class does not occur. Row $k$ asks of every label:
# are you $k$?
#
# </details>

# %% [markdown]
# ### Exercise 10: `cross_entropy`
#
# **Difficulty** ●●○ · **6 minutes**
#
# As in week 2, the loss of an example is minus the logarithm of **the probability that the truth
# was given**. With one-hot labels, the sum over the classes picks it out:
#
# $$J = -\frac1m \sum_{i=1}^m \sum_k y_k^{(i)} \log a_k^{(i)}$$
#
# **By hand:** two classes (rows), two examples (columns):
# $A = \begin{pmatrix} 0.2 & 0.5 \\ 0.8 & 0.5 \end{pmatrix}$ and
# $Y = \begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}$. The truth got $0.8$ and $0.5$. The losses are
# $0.2231$ and $0.6931$, so $J = 0.4581$.


# %%
def cross_entropy(A, Y):
    """Compute the average cross-entropy.

    Parameters
    ----------
    A : ndarray, shape (n_y, m)
        The probabilities of the classes, all positive.
    Y : ndarray, shape (n_y, m)
        The one-hot labels.

    Returns
    -------
    float
        The cost.
    """
    m = Y.shape[1]
    ### START CODE HERE ### (≈ 2 lines)
    probability_of_truth = np.sum(Y * A, axis=0)
    cost = float(-np.sum(np.log(probability_of_truth)) / m)
    ### END CODE HERE ###
    return cost


# %%
check(cross_entropy)

# %%
if ready(cross_entropy):
    print(round(cross_entropy(np.array([[0.2, 0.5], [0.8, 0.5]]), np.array([[0, 1], [1, 0]])), 4))
    print(round(cross_entropy(np.full((10, 4), 0.1), np.eye(10)[:, :4]), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 0.4581
# 2.3026
# ```
#
# The second number is $\ln 10$: what it costs to know nothing about ten classes. It will be the
# first cost below.
#
# <details><summary>Hint</summary>
#
# `Y * A` keeps the probability of the true class in each column, and makes the others 0. Divide by
# the number of examples, not by the number of entries.
#
# </details>

# %% [markdown]
# ### Exercise 11: `softmax_gradients`
#
# **Difficulty** ●●● · **12 minutes**
#
# One example, whose true class is $c$. Its loss is
#
# $$\mathcal L = -\log a_c = -\log \frac{e^{z_c}}{\sum_j e^{z_j}} = -z_c + \log \sum_j e^{z_j}$$
#
# Differentiate with respect to $z_k$. The first term gives $-1$ if $k = c$ and 0 otherwise, which
# is $-y_k$. The second gives $e^{z_k} / \sum_j e^{z_j}$, which is $a_k$. So
#
# $$\frac{\partial \mathcal L}{\partial z_k} = a_k - y_k$$
#
# Prediction minus truth, once more. The cost is the average of the losses:
#
# $$dZ = \frac1m (A - Y) \qquad dW = dZ\, X^T \qquad db = \sum_i dZ^{(i)}$$
#
# **By hand:** $x = 2$, $a = (0.25,\ 0.75)^T$, $y = (1,\ 0)^T$, $m = 1$: $dz = (-0.75,\ 0.75)^T$,
# $dW = (-1.5,\ 1.5)^T$, $db = (-0.75,\ 0.75)^T$.


# %%
def softmax_gradients(X, A, Y):
    """Compute the gradient of the cost with respect to the weights and biases.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    A : ndarray, shape (n_y, m)
        The probabilities of the classes.
    Y : ndarray, shape (n_y, m)
        The one-hot labels.

    Returns
    -------
    dict
        ``"dW"`` (n_y, n_x) and ``"db"`` (n_y, 1).
    """
    m = X.shape[1]
    ### START CODE HERE ### (≈ 3 lines)
    dZ = (A - Y) / m
    dW = dZ @ X.T
    db = np.sum(dZ, axis=1, keepdims=True)
    ### END CODE HERE ###
    return {"dW": dW, "db": db}


# %%
check(softmax_gradients)

# %%
if ready(softmax_gradients):
    A, Y = np.array([[0.25], [0.75]]), np.array([[1.0], [0.0]])
    for name, gradient in softmax_gradients(np.array([[2.0]]), A, Y).items():
        print(name, gradient.tolist())

# %% [markdown]
# **Expected output**
#
# ```
# dW [[-1.5], [1.5]]
# db [[-0.75], [0.75]]
# ```
#
# <details><summary>Hint</summary>
#
# If you are not sure which product it is, do the shapes: `dZ` is $(n_y, m)$, and `dW` must be
# $(n_y, n_x)$. The bias is a column: `keepdims=True`.
#
# </details>

# %% [markdown]
# ### Exercise 12: `softmax_model`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Training is the loop that you know: scores, probabilities, cost, gradients, step. `W` and `b`
# start at **zero**. That is safe here: there is no hidden layer, so no symmetry has to be broken,
# and the cost has a single valley.
#
# **By hand**, the first turn: all scores are 0, so every class gets $\frac{1}{n_y}$, and the cost
# is $\ln n_y$, with ten classes $2.3026$. That is the first entry of `costs`: record the cost of
# **every** turn, before its step.
#
# There are **two places** to complete: the start stands before the loop, one turn inside of it.


# %%
def softmax_model(X, Y, learning_rate=0.5, num_iterations=300, print_cost=False):
    """Train softmax regression by gradient descent, from zero weights and biases.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        The one-hot labels.
    learning_rate : float
        The length of the steps.
    num_iterations : int
        The number of steps.
    print_cost : bool
        Whether to print the cost every 100 steps.

    Returns
    -------
    parameters : dict
        The learnt ``"W"`` (n_y, n_x) and ``"b"`` (n_y, 1).
    costs : list of float
        The cost before each step.
    """
    ### START CODE HERE ### (≈ 3 lines: the start)
    W = np.zeros((Y.shape[0], X.shape[0]))
    b = np.zeros((Y.shape[0], 1))
    costs = []
    ### END CODE HERE ###
    for i in range(num_iterations):
        ### START CODE HERE ### (≈ 6 lines: one turn)
        A = softmax(W @ X + b)
        cost = cross_entropy(A, Y)
        costs.append(cost)
        grads = softmax_gradients(X, A, Y)
        W = W - learning_rate * grads["dW"]
        b = b - learning_rate * grads["db"]
        ### END CODE HERE ###
        if print_cost and i % 100 == 0:
            print(f"Cost after {i} iterations: {cost:.4f}")
    return {"W": W, "b": b}, costs


# %%
check(softmax_model)

# %%
if ready(one_hot, softmax_model):
    Y_train = one_hot(labels_train, 10)
    parameters, costs = softmax_model(X_train, Y_train, print_cost=True)
    print(f"Last cost: {costs[-1]:.4f}")

# %% [markdown]
# **Expected output**
#
# ```
# Cost after 0 iterations: 2.3026
# Cost after 100 iterations: 0.4221
# Cost after 200 iterations: 0.2852
# Last cost: 0.2304
# ```
#
# Keep these four numbers. In the second notebook of this week a framework of your own will compute
# them again.
#
# <details><summary>Hint</summary>
#
# The start: zeros of the right shapes, and an empty list. One turn: probabilities, cost,
# `costs.append(cost)`, gradients, and the two updates. Subtract the gradient, times the learning
# rate.
#
# </details>

# %% [markdown]
# ### Exercise 13: `predict`
#
# **Difficulty** ●○○ · **4 minutes**
#
# Predict the class with the largest probability. Softmax keeps the order, so it is also the class
# with the largest *score*; you need not compute probabilities.
#
# **By hand:** the scores $(0.1,\ 2,\ -1)^T$ give the class 1 (we count from 0).
#
# **The NumPy you need:** `np.argmax(Z, axis=0)` tells for each column in which row the largest
# entry stands. It gives a flat array of shape $(m,)$; labels have shape $(1, m)$, so `reshape`.


# %%
def predict(parameters, X):
    """Predict the class of each example.

    Parameters
    ----------
    parameters : dict
        ``"W"`` (n_y, n_x) and ``"b"`` (n_y, 1).
    X : ndarray, shape (n_x, m)
        One example per column.

    Returns
    -------
    ndarray of int, shape (1, m)
        The classes, from 0 to ``n_y - 1``.
    """
    ### START CODE HERE ### (≈ 2 lines)
    Z = parameters["W"] @ X + parameters["b"]
    labels = np.argmax(Z, axis=0).reshape(1, -1)
    ### END CODE HERE ###
    return labels


# %%
check(predict)

# %%
if ready(predict):
    columns = {"W": np.eye(3), "b": np.array([[0.0], [0.5], [0.0]])}
    print(predict(columns, np.array([[0.1, 4.0], [2.0, 1.0], [-1.0, 3.0]])))

# %% [markdown]
# **Expected output**
#
# ```
# [[1 0]]
# ```
#
# <details><summary>Hint</summary>
#
# `np.max` says *how large*, `np.argmax` says *where*.
#
# </details>

# %% [markdown]
# ## 5. See it work
#
# ### Ten digits, one linear layer
#
# You trained this model in exercise 12. What has it learnt?

# %% tags=["nbval-ignore-output"]
if ready(one_hot, softmax_model, predict):
    guesses = predict(parameters, X_dev)
    print("training", accuracy(predict(parameters, X_train), labels_train), "% right")
    print("development", accuracy(guesses, labels_dev), "% right")
    limit = np.max(np.abs(parameters["W"]))
    figure, axes = plt.subplots(1, 10, figsize=(11, 1.5), layout="constrained")
    for k, ax in enumerate(axes):
        weights = parameters["W"][k].reshape(8, 8)
        ax.imshow(weights, cmap="gray_r", vmin=-limit, vmax=limit)
        ax.set_title(f"class {k}")
        ax.axis("off")
    plotting.show(
        figure,
        alt="The weights of the ten classes as images of 8 by 8 pixels. Class 0 shows a dark ring "
        "with a light centre; the others show dark strokes where their digit has ink.",
    )

# %% [markdown]
# Each row of $W$ is an image as well. Dark pixels speak for the class, light ones against it. Class
# 0 wants a ring of ink and an empty centre. Where does the model fail?

# %% tags=["nbval-ignore-output"]
if ready(one_hot, softmax_model, predict):
    wrong = np.flatnonzero(guesses != labels_dev)[:10]
    images = X_dev[:, wrong].T.reshape(-1, 8, 8)
    figure, axes = plt.subplots(1, 10, figsize=(11, 1.6), layout="constrained")
    for ax in axes:
        ax.axis("off")
    for ax, image, place in zip(axes, images, wrong, strict=False):
        ax.imshow(image, cmap="gray_r")
        ax.set_title(f"{labels_dev[0, place]}, said {guesses[0, place]}", fontsize=10)
    plotting.show(
        figure,
        alt="Ten digits that were read wrongly, each under its label and the model's answer. Most "
        "of them are hard to read for people too.",
    )

# %% [markdown]
# ### A hidden layer, with and without batch normalisation
#
# Here is a network with one hidden layer of 40 ReLU units, trained with mini-batches and momentum.
# The last layer *is* softmax regression, on the features that the hidden layer has found, so your
# functions do most of the work. Read it: there is nothing in it that you do not know.


# %%
def start_network(n_h, scale):
    """Draw weights, and set scale and shift of the hidden units to 1 and 0."""
    rng = np.random.default_rng(0)
    return {
        "W1": scale * np.sqrt(2 / 64) * rng.normal(size=(n_h, 64)),
        "gamma": np.ones((n_h, 1)),
        "beta": np.zeros((n_h, 1)),
        "W2": scale * np.sqrt(2 / n_h) * rng.normal(size=(10, n_h)),
        "b2": np.zeros((10, 1)),
    }


def network_gradients(p, x, y, with_norm):
    """Compute the gradients of one mini-batch, and the cache of batch normalisation."""
    sums, cache = p["W1"] @ x, None
    if with_norm:
        shifted, cache = batchnorm_forward(sums, p["gamma"], p["beta"])
    else:
        shifted = sums + p["beta"]
    hidden = np.maximum(0, shifted)
    answer = softmax(p["W2"] @ hidden + p["b2"])
    last = softmax_gradients(hidden, answer, y)
    back = p["W2"].T @ ((answer - y) / x.shape[1]) * (shifted > 0)
    if with_norm:
        back, g, s = batchnorm_backward(back, cache)
    else:
        g, s = np.zeros_like(p["gamma"]), np.sum(back, axis=1, keepdims=True)
    grads = {"W1": back @ x.T, "gamma": g, "beta": s, "W2": last["dW"], "b2": last["db"]}
    return grads, cache


def train_network(x, y, learning_rate, momentum=0.9, with_norm=True, epochs=6, scale=1.0):
    """Train with mini-batches of 50; return the parameters and the moving averages."""
    p, rng = start_network(40, scale), np.random.default_rng(1)
    velocity = {name: np.zeros_like(value) for name, value in p.items()}
    running = {"mu": np.zeros((40, 1)), "var": np.ones((40, 1))}
    for _ in range(epochs):
        for batch in np.split(rng.permutation(x.shape[1]), 20):
            grads, cache = network_gradients(p, x[:, batch], y[:, batch], with_norm)
            if with_norm:
                running = update_moving_averages(running, cache["mu"], cache["var"])
            for name, gradient in grads.items():
                velocity[name] = momentum * velocity[name] + (1 - momentum) * gradient
                p[name] = p[name] - learning_rate * velocity[name]
    return p, running


def read_digits(p, running, x, with_norm=True):
    """Predict with a trained network, one example independent of the others."""
    if with_norm:
        shifted = batchnorm_inference(p["W1"] @ x, p["gamma"], p["beta"], running)
    else:
        shifted = p["W1"] @ x + p["beta"]
    return np.argmax(p["W2"] @ np.maximum(0, shifted) + p["b2"], axis=0).reshape(1, x.shape[1])


# %% [markdown]
# Now train it with twelve learning rates, from 0.0003 to 100, and from two starts: one with
# well-chosen weights, and one whose weights are all ten times too small.

# %% tags=["nbval-ignore-output"]
if ready(
    batchnorm_forward,
    batchnorm_backward,
    update_moving_averages,
    batchnorm_inference,
    softmax,
    one_hot,
    softmax_gradients,
):
    rates = 10.0 ** np.arange(-3.5, 2.01, 0.5)
    Y_train = one_hot(labels_train, 10)
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.6), sharey=True, layout="constrained")
    for ax, scale in zip(axes, [1.0, 0.1], strict=True):
        for with_norm, style in [(True, "o-"), (False, "s--")]:
            scores = []
            for rate in rates:
                p, running = train_network(
                    X_train, Y_train, rate, with_norm=with_norm, epochs=3, scale=scale
                )
                scores.append(accuracy(read_digits(p, running, X_dev, with_norm), labels_dev))
            name = "with batch normalisation" if with_norm else "without"
            ax.semilogx(rates, scores, style, label=name)
            wide = sum(score >= 90 for score in scores)
            print(f"weights times {scale}, {name}: {wide} of {len(rates)} rates reach 90 %")
        ax.set(title=f"first weights times {scale}", xlabel="learning rate")
        ax.grid(alpha=0.3)
    axes[0].set_ylabel("development set, % right")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    plotting.show(
        figure,
        alt="Accuracy after three epochs against the learning rate, on a log scale. With well-"
        "chosen first weights both networks have a plateau, wider with batch normalisation. With "
        "weights ten times too small the network without it hardly learns at most rates, while "
        "the one with it has an even wider plateau.",
    )

# %% [markdown]
# From well-chosen weights, the best accuracies with and without batch normalisation are about
# equal. Its gain is **tolerance**: more learning rates work, and poor first weights are forgiven.
# Multiply `W1` by 0.1, and its sums become ten times smaller; normalisation divides that away, so
# the hidden layer says the same. (The gradient of `W1` is about as large as from well-chosen
# weights. So each step turns weights that are ten times smaller ten times as far. That is why the
# plateau reaches further to the left in the second panel.)
#
# **Question.** Is it the learning rate that batch normalisation makes unimportant, then?
#
# <details><summary>Answer</summary>
#
# No. Both curves fall off at their ends, with it and without. The plateau is wider, not endless.
#
# </details>

# %% [markdown]
# ### Training and inference
#
# What does one trained network say to the development images with the statistics of training? And
# with those of whatever batch it is given, all images at once or one by one?

# %% tags=["nbval-ignore-output"]
if ready(
    batchnorm_forward,
    batchnorm_backward,
    update_moving_averages,
    batchnorm_inference,
    softmax,
    one_hot,
    softmax_gradients,
):
    p, running = train_network(X_train, one_hot(labels_train, 10), 1.0)

    def by_batch_statistics(x):
        """Predict with the mean and variance of the examples at hand: not to be imitated."""
        shifted, _ = batchnorm_forward(p["W1"] @ x, p["gamma"], p["beta"])
        return np.argmax(p["W2"] @ np.maximum(0, shifted) + p["b2"], axis=0)

    alone = [by_batch_statistics(X_dev[:, [i]])[0] for i in range(X_dev.shape[1])]
    print("moving averages:             ", accuracy(read_digits(p, running, X_dev), labels_dev))
    print("statistics of all dev images:", accuracy(by_batch_statistics(X_dev), labels_dev))
    print("one image at a time:         ", accuracy(np.array([alone]), labels_dev))

# %% [markdown]
# With a large batch, both ways agree within about one percentage point. One image at a time, the
# statistics of the "batch" throw everything away, and the network says the same digit to all of
# them. That is why the moving averages are needed.
#
# ### Grid against random, coarse to fine
#
# Learning rate and momentum together, 25 trials each way. The numbers in the figure are development
# accuracies in per cent.

# %% tags=["nbval-ignore-output"]
if ready(
    log_uniform,
    log_uniform_beta,
    narrow_range,
    batchnorm_forward,
    batchnorm_backward,
    update_moving_averages,
    batchnorm_inference,
    softmax,
    one_hot,
    softmax_gradients,
):
    Y_train = one_hot(labels_train, 10)

    def trial(rate, momentum):
        """Train for two epochs only, and score on the development set."""
        p, running = train_network(X_train, Y_train, rate, momentum, epochs=2)
        return accuracy(read_digits(p, running, X_dev), labels_dev)

    rate_range, beta_range = (0.001, 10.0), (0.5, 0.999)
    even = np.linspace(0, 1, 5)
    u = np.random.default_rng(172).random((2, 25))
    searches = {
        "grid": np.array([(a, b) for a in even for b in even]).T,
        "random": u,
    }
    found = {}
    figure, axes = plt.subplots(1, 2, figsize=(11, 4.2), sharey=True, layout="constrained")
    for ax, (name, places) in zip(axes, searches.items(), strict=True):
        tried_rates = log_uniform(places[0], *rate_range)
        tried_betas = log_uniform_beta(places[1], *beta_range)
        scores = [trial(rate, beta) for rate, beta in zip(tried_rates, tried_betas, strict=True)]
        found[name] = tried_rates, tried_betas, np.array(scores)
        for rate, beta, score in zip(*found[name], strict=True):
            weight = "bold" if score == max(scores) else "normal"
            text = f"{score:.0f}"
            ax.text(rate, 1 - beta, text, ha="center", va="center", size=10, weight=weight)
        ax.set(xscale="log", yscale="log", xlim=(0.0006, 16), ylim=(0.8, 0.0007))
        ax.set(title=f"{name}: best {max(scores)} %", xlabel="learning rate")
    axes[0].set_ylabel("1 − momentum (small at the top)")
    plotting.show(
        figure,
        alt="Two maps of development accuracies over learning rate and one minus momentum, both on "
        "log scales: 25 numbers on a grid, and 25 at random places. Both show a ridge of good "
        "accuracies at learning rates around 1 and low ones at small rates.",
    )

    tried_rates, tried_betas, scores = found["random"]
    fine_rates = narrow_range(tried_rates, scores, keep=5)
    fine_betas = narrow_range(tried_betas, scores, keep=5)
    print(f"fine search: rates {fine_rates[0]:.2g} to {fine_rates[1]:.2g}", end=", ")
    print(f"momenta {fine_betas[0]:.3f} to {fine_betas[1]:.3f}")
    u = np.random.default_rng(8).random((2, 25))
    again = log_uniform(u[0], *fine_rates), log_uniform_beta(u[1], *fine_betas)
    fine_scores = [trial(rate, beta) for rate, beta in zip(*again, strict=True)]
    winner = int(np.argmax(fine_scores))
    best_rate, best_beta = float(again[0][winner]), float(again[1][winner])
    print(f"worst and median trial: coarse {np.min(scores)}, {np.median(scores)};", end=" ")
    print(f"fine {np.min(fine_scores)}, {np.median(fine_scores)}")
    print(f"best: rate {best_rate:.2g}, momentum {best_beta:.3f}, {max(fine_scores)} %")

    p, running = train_network(X_train, Y_train, best_rate, best_beta, epochs=20)
    on_test = accuracy(read_digits(p, running, X_test), labels_test)
    print(f"20 epochs with these settings, on the test set: {on_test} % right")

# %% [markdown]
# Hardly any trial of the fine search is a bad one: the coarse search has done its work. Do not read
# much into the last point, though. On 347 images one percentage point is three or four images. The
# best of 50 trials is also a *lucky* one, so its development accuracy is a little too good. That is
# why the test set comes last, and only once. (In this data set the same people wrote training and
# test digits. For a stranger's hand, expect less.)
#
# The grid did about as well here as random search. Both settings matter, and 5 values of each cover
# the ridge. Random search wins where some settings do not matter, and you never know which.

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **say when random search beats a grid, and choose the scale**: it tries as many values of each
#    setting as there are trials; exponents evenly for learning rates, and $1 - \beta$ for momenta;
# 2. **narrow a search from coarse to fine**: to the range of the best trials, unless they stand at
#    the edge;
# 3. **write and derive batch normalisation**: three ways back, the direct one, through the mean and
#    through the spread;
# 4. **say what changes after training**: moving averages take the place of the batch's statistics;
# 5. **explain why the bias is pointless**: what is added to all examples goes away with their mean;
# 6. **write softmax regression and train it**: shift, exponentials, sum; prediction minus truth.
#
# ## What to remember
#
# - Exponents evenly: $\alpha = 10^r$. The range of $r$ comes from the bounds.
# - Normalise by the root of the variance plus $\varepsilon$, and take the mean away *before* you
#   square.
# - Never use a batch's statistics at test time.
# - Softmax works down the columns, and each column has its own shift.
# - A classifier that knows nothing of $n$ classes has the cost $\ln n$.
#
# **What comes next.** You have now derived the way back by hand for one kind of layer after the
# other. In the other notebook of this week, a program does it for you: you write a small framework
# that finds the way back by itself.
#
# ## Stretch exercises
#
# 1. **Batch sizes.** Train with mini-batches of 2, 10, 50 and 500, with batch normalisation. What
#    happens to it when a batch is tiny, and why?
# 2. **Keep the bias.** Put a `b1` back before the normalisation, and look at its gradient.
# 3. **How long to try.** In the search each trial gets two epochs. Does the order of the trials
#    change with ten? What does that say about stopping bad trials early?
# 4. **Temperature.** Divide the scores by $T$ before the softmax, and draw the probabilities of one
#    digit for $T$ from 0.1 to 10. What are the two limits?
# 5. **Fold it in.** After training, $\gamma$, $\beta$ and the averages are fixed numbers. Find a
#    `W` and a `b` so that a plain layer gives the same result as `batchnorm_inference`.
#
# ## References
#
# - J. Bergstra, Y. Bengio: *Random search for hyper-parameter optimization*. Journal of Machine
#   Learning Research 13, 281–305, 2012.
# - S. Ioffe, C. Szegedy: *Batch normalization: accelerating deep network training by reducing
#   internal covariate shift*. ICML, 2015.
# - S. Santurkar, D. Tsipras, A. Ilyas, A. Madry: *How does batch normalization help
#   optimization?* NeurIPS, 2018.
# - J. S. Bridle: *Training stochastic model recognition algorithms as networks can lead to maximum
#   mutual information estimation of parameters*. NeurIPS, 1989.
# - C. M. Bishop: *Pattern Recognition and Machine Learning*, section 4.3. Springer, 2006.
