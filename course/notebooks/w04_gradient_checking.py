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
# # Gradient checking
#
# A wrong gradient seldom crashes. The network trains, only worse than it could, and you blame the
# data. This notebook gives you a test that finds such mistakes. You build it first for one number,
# then for a whole network, and then you hunt two bugs that somebody has hidden.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. approximate a derivative by nudging, and say why you nudge to *both* sides;
# 2. choose the size of the nudge, and say what goes wrong when it is too large or too small;
# 3. compare two gradients by one number, and judge that number;
# 4. turn all parameters of a network into one long column and back;
# 5. check the gradient of a whole network, find out *which* part of it is wrong, and mend it;
# 6. say what gradient checking cannot be used with, and why.
#
# ## Before you start
#
# You need backward propagation through a network with two hidden layers, as in the notebook
# *Initialisation and regularisation* of this week.
#
# **Time:** about 90 minutes. There are 9 exercises. Each one says how hard it is (●○○ to ●●●) and
# how many minutes it usually takes.
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

from helpers import plotting
from helpers.activations import relu, sigmoid
from helpers.checking import checks_for, ready

check = checks_for("w04_gradient_checking")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# ## 2. One dimension
#
# The derivative of a function $J$ is a limit:
#
# $$J'(\theta) = \lim_{\varepsilon \to 0} \frac{J(\theta + \varepsilon) - J(\theta)}{\varepsilon}$$
#
# A computer cannot take a limit, but it can take a small $\varepsilon$. That gives an
# **approximation** for which you need to know nothing about derivatives. If a formula for $J'$
# disagrees with it, the formula is wrong.
#
# **To both sides is better.** Write $J$ as a Taylor series around $\theta$:
#
# $$J(\theta \pm \varepsilon) = J(\theta) \pm \varepsilon J'(\theta) +
# \tfrac{\varepsilon^2}{2} J''(\theta) \pm \tfrac{\varepsilon^3}{6} J'''(\theta) + \dots$$
#
# On one side, the error is about $\frac{\varepsilon}{2} J''$. Take the difference of *both* sides,
# and the term with $J''$ cancels:
#
# $$\frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2 \varepsilon} = J'(\theta) +
# \tfrac{\varepsilon^2}{6} J'''(\theta) + \dots$$
#
# The error is now of the order $\varepsilon^2$. **By hand:** $J(\theta) = \theta^3$ at
# $\theta = 1$, where $J' = 3$. With $\varepsilon = 0.01$, one side gives
# $(1.030301 - 1) / 0.01 = 3.0301$. Both sides give
# $(1.030301 - 0.970299) / 0.02 = 3.0001$. Three hundred times better, for one more evaluation.

# %% [markdown]
# ### Exercise 1: `forward_propagation`
#
# **Difficulty** ●○○ · **2 minutes**
#
# The smallest "network" there is: one parameter $\theta$, one input $x$, and the cost
#
# $$J(\theta) = \theta x$$
#
# **By hand:** $x = 2$, $\theta = 4$ gives 8.


# %%
def forward_propagation(x, theta):
    """Compute J(theta) = theta * x.

    Parameters
    ----------
    x, theta : float

    Returns
    -------
    float
    """
    ### START CODE HERE ### (≈ 1 line)
    J = theta * x
    ### END CODE HERE ###
    return J


# %%
check(forward_propagation)

# %% [markdown]
# ### Exercise 2: `backward_propagation`
#
# **Difficulty** ●○○ · **2 minutes**
#
# The derivative of $J(\theta) = \theta x$ with respect to $\theta$. It tells how much $J$ grows when
# $\theta$ grows by 1. **By hand:** from $x = 2$, $\theta = 4$ to $\theta = 5$, $J$ grows
# from 8 to 10.


# %%
def backward_propagation(x, theta):
    """Compute the derivative of J(theta) = theta * x with respect to theta.

    Parameters
    ----------
    x, theta : float

    Returns
    -------
    float
    """
    ### START CODE HERE ### (≈ 1 line)
    dtheta = x
    ### END CODE HERE ###
    return dtheta


# %%
check(backward_propagation)

# %% [markdown]
# <details><summary>Hint for both</summary>
#
# No trick here: both are shorter than their description. $x$ is a fixed number, like the 3 in
# $3\theta$.
#
# </details>

# %% [markdown]
# ### Exercise 3: `gradient_check`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Compute the approximation from two calls of `forward_propagation`,
#
# $$g_\text{approx} = \frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2 \varepsilon}$$
#
# and the gradient $g$ from `backward_propagation`. How different are they? A plain difference says
# little: 0.001 is much for a gradient of 0.01, and nothing for one of 1000. So compare relative to
# their sizes:
#
# $$\text{difference} = \frac{\lVert g - g_\text{approx} \rVert}{\lVert g \rVert + \lVert
# g_\text{approx} \rVert}$$
#
# This is 0 when both are equal, and never above 1. $\lVert \cdot \rVert$ is the length of a vector.
# For a single number it is the absolute value.
#
# **By hand:** $g = 2$ and $g_\text{approx} = 3$: $1 / 5 = 0.2$. And $g = -2$, $g_\text{approx} = 2$:
# $4 / 4 = 1$, the worst there is.
#
# **The NumPy you need:** `np.linalg.norm(g)` is $\lVert g \rVert$, for numbers and for arrays.


# %%
def gradient_check(x, theta, epsilon=1e-7):
    """Compare `backward_propagation` with the slope between two near points.

    Parameters
    ----------
    x, theta : float
    epsilon : float
        How far the two points lie from `theta`.

    Returns
    -------
    float
        The relative difference.
    """
    ### START CODE HERE ### (5 to 8 lines)
    above = forward_propagation(x, theta + epsilon)
    below = forward_propagation(x, theta - epsilon)
    approximation = (above - below) / (2 * epsilon)
    gradient = backward_propagation(x, theta)
    size = np.linalg.norm(gradient) + np.linalg.norm(approximation)
    difference = np.linalg.norm(gradient - approximation) / size
    ### END CODE HERE ###
    return difference


# %%
check(gradient_check)

# %%
if ready(gradient_check):
    print("ε = 1e-7: below 1e-7:", bool(gradient_check(2.0, 4.0) < 1e-7))
    print("ε = 1e-17:", gradient_check(2.0, 4.0, epsilon=1e-17))

# %% [markdown]
# **Expected output**
#
# ```
# ε = 1e-7: below 1e-7: True
# ε = 1e-17: 1.0
# ```
#
# <details><summary>Hint</summary>
#
# Call `forward_propagation` twice, with `theta + epsilon` and with `theta - epsilon`. Put brackets
# around `2 * epsilon`: without them Python divides by 2 and *multiplies* by ε.
#
# </details>

# %% [markdown]
# **Question.** The gradient is right. Why does the second line report the worst possible
# difference?
#
# <details><summary>Answer</summary>
#
# A computer's number has about 16 digits. $4 + 10^{-17}$ needs 18, so the computer rounds it to 4.
# Both points fall together, and the approximated slope is 0. The nudge was too small to be noticed.
#
# </details>

# %% [markdown]
# ### How small is small enough?
#
# Two errors fight each other. The **truncation error** of the Taylor series shrinks with
# $\varepsilon$. The **rounding error** grows: the difference of two nearly equal costs keeps only
# few digits, and it is divided by a small number. Here is the fight for $J(\theta) = e^\theta$ at
# $\theta = 1$.

# %% tags=["nbval-ignore-output"]
# Nothing to do here: this cell draws the two errors.
epsilons = 10.0 ** np.arange(-15, 0.25, 0.25)
both = (np.exp(1 + epsilons) - np.exp(1 - epsilons)) / (2 * epsilons)
one = (np.exp(1 + epsilons) - np.exp(1)) / epsilons

figure, ax = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
ax.loglog(epsilons, np.abs(one - np.e), "s--", markersize=4, label="one side")
ax.loglog(epsilons, np.abs(both - np.e), "o-", markersize=4, label="both sides")
ax.set(
    xlabel="ε", ylabel="error of the slope", title="Rounding on the left, truncation on the right"
)
ax.legend()
plotting.show(
    figure,
    alt="Error of the slope over ε, both on logarithmic axes. Each curve is a valley: to the right "
    "the error grows with ε for one side and with ε squared for both sides; to the left rounding "
    "makes it grow again. The valley for both sides is deeper and lies further right, near 1e-6.",
)

# %% [markdown]
# Both curves are valleys. For one side, the lowest point lies near $10^{-8}$; for both sides it lies
# between $10^{-6}$ and $10^{-5}$ and is more than a hundred times deeper. The usual choice
# $\varepsilon = 10^{-7}$ is on the safe side against truncation, and leaves an error of about
# $10^{-9}$ or less.
#
# So what difference is good? That depends on $\varepsilon$. **For $\varepsilon = 10^{-7}$**, in
# double precision and for costs of ordinary size:
#
# | difference | verdict |
# |---|---|
# | about $10^{-7}$ or less | good |
# | about $10^{-5}$ | look again: perhaps a small mistake, perhaps only small gradients or a kink |
# | $10^{-3}$ or more | most likely wrong |

# %% [markdown]
# ## 3. A whole network
#
# A network has many parameters, in matrices and columns of all kinds. The trick is to forget about
# that for a moment: put **all of them below each other in one long column** $\theta$. Then $J$ is a
# function of one vector, and you nudge its entries one after the other.
#
# Our network has 4 inputs and layers of 5, 3 and 1 units: ReLU, ReLU, sigmoid. Its sizes are fixed in
# this notebook.
#
# | parameter | shape | entries | place in $\theta$ |
# |---|---|---|---|
# | `W1` | (5, 4) | 20 | 0 to 19 |
# | `b1` | (5, 1) | 5 | 20 to 24 |
# | `W2` | (3, 5) | 15 | 25 to 39 |
# | `b2` | (3, 1) | 3 | 40 to 42 |
# | `W3` | (1, 3) | 3 | 43 to 45 |
# | `b3` | (1, 1) | 1 | 46 |


# %%
# Nothing to do here: the forward pass, ready to use.
def forward_propagation_n(X, Y, parameters):
    """Compute the cost of the network, and a cache of all that the way back needs."""
    W1, b1, W2, b2, W3, b3 = (parameters[n] for n in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    probability_of_truth = Y * A3 + (1 - Y) * (1 - A3)
    cost = float(-np.mean(np.log(probability_of_truth)))
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def random_case(seed):
    """Draw parameters, and five examples with labels."""
    rng = np.random.default_rng(seed)
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return parameters, rng.normal(size=(4, 5)), np.array([[1, 1, 0, 1, 0]])


# %%
parameters, X, Y = random_case(1)
print("cost:", round(forward_propagation_n(X, Y, parameters)[0], 4))

# %% [markdown]
# ### Exercise 4: `dictionary_to_vector`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Make one column of all parameters, in the order of the table: `W1`, `b1`, `W2`, `b2`, `W3`, `b3`,
# each matrix **row by row**. Do not rely on the order in which the dictionary happens to be
# filled. Also return a list `keys` with one name for **each entry**, so that later one can look up
# where entry number 31 came from.
#
# **By hand**, for a smaller case: `W1` = [[1, 2], [3, 4]] and `b1` = [[5], [6]] give the column
# 1, 2, 3, 4, 5, 6 and the keys W1, W1, W1, W1, b1, b1.
#
# **The NumPy you need:** `W.reshape(-1, 1)` makes one column of a matrix, row by row; −1 means "as
# many as it takes". `np.concatenate([a, b, c])` puts columns below each other. `W.size` is the
# number of entries. In Python, `["W1"] * 3` is `["W1", "W1", "W1"]`, and lists are joined with `+`.


# %%
def dictionary_to_vector(parameters):
    """Put all parameters of the network below each other in one column.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``, ``"W3"``, ``"b3"``, in any order.

    Returns
    -------
    theta : ndarray, shape (47, 1)
    keys : list of str
        For each entry of theta the name of the parameter that it comes from.
    """
    ### START CODE HERE ### (4 to 8 lines)
    columns, keys = [], []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        columns.append(parameters[name].reshape(-1, 1))
        keys = keys + [name] * parameters[name].size
    theta = np.concatenate(columns)
    ### END CODE HERE ###
    return theta, keys


# %%
check(dictionary_to_vector)

# %%
if ready(dictionary_to_vector):
    theta, keys = dictionary_to_vector(parameters)
    print("shape:", theta.shape, " keys 19, 20, 45, 46:", keys[19], keys[20], keys[45], keys[46])

# %% [markdown]
# **Expected output**
#
# ```
# shape: (47, 1)  keys 19, 20, 45, 46: W1 b1 W3 b3
# ```
#
# <details><summary>Hint</summary>
#
# Loop over the six names in their order. In each turn, append the reshaped array to one list, and
# extend the list of keys. After the loop, concatenate.
#
# </details>

# %% [markdown]
# ### Exercise 5: `vector_to_dictionary`
#
# **Difficulty** ●●○ · **8 minutes**
#
# The way back: cut the column into six pieces, and give each its shape. The table above says where
# each piece begins and ends.
#
# **By hand:** `b2` is `theta[40:43].reshape(3, 1)`. A slice leaves its end out, so this takes the
# entries 40, 41 and 42.


# %%
def vector_to_dictionary(theta):
    """Cut a column into the parameters of the network.

    Parameters
    ----------
    theta : ndarray, shape (47, 1)
        As `dictionary_to_vector` makes it.

    Returns
    -------
    dict
        ``"W1"`` (5, 4), ``"b1"`` (5, 1), ``"W2"`` (3, 5), ``"b2"`` (3, 1), ``"W3"`` (1, 3),
        ``"b3"`` (1, 1).
    """
    ### START CODE HERE ### (≈ 6 lines)
    W1, b1 = theta[:20].reshape(5, 4), theta[20:25].reshape(5, 1)
    W2, b2 = theta[25:40].reshape(3, 5), theta[40:43].reshape(3, 1)
    W3, b3 = theta[43:46].reshape(1, 3), theta[46:].reshape(1, 1)
    ### END CODE HERE ###
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


# %%
check(vector_to_dictionary)

# %%
if ready(dictionary_to_vector, vector_to_dictionary):
    there_and_back = vector_to_dictionary(dictionary_to_vector(parameters)[0])
    for name, value in there_and_back.items():
        print(name, value.shape, "came back unchanged:", bool(np.all(value == parameters[name])))

# %% [markdown]
# **Expected output**
#
# ```
# W1 (5, 4) came back unchanged: True
# b1 (5, 1) came back unchanged: True
# W2 (3, 5) came back unchanged: True
# b2 (3, 1) came back unchanged: True
# W3 (1, 3) came back unchanged: True
# b3 (1, 1) came back unchanged: True
# ```
#
# <details><summary>Hint</summary>
#
# Six lines of the same kind, one for each row of the table.
#
# </details>

# %% [markdown]
# ### Exercise 6: `numerical_gradient`
#
# **Difficulty** ●●● · **15 minutes**
#
# For each of the 47 entries: move **only this one** up by $\varepsilon$ and compute the cost, move it
# down by $\varepsilon$ and compute the cost, and take the slope:
#
# $$\frac{J(\dots, \theta_i + \varepsilon, \dots) - J(\dots, \theta_i - \varepsilon, \dots)}
# {2 \varepsilon}$$
#
# The cost of a column $\theta$ comes from `forward_propagation_n(X, Y, vector_to_dictionary(theta))`,
# which returns two things, the cost and a cache.
#
# **By hand**, for two parameters: $J = \theta_0^2 + 3\theta_1$ at $(1, 5)$ with
# $\varepsilon = 0.1$. Entry 0: $(1.21 + 15 - 0.81 - 15) / 0.2 = 2$. Entry 1:
# $(1 + 15.3 - 1 - 14.7) / 0.2 = 3$.
#
# **The NumPy you need:** `theta.copy()` makes a second array. Without it, `above = theta` is only
# another name for the same numbers, and nudging the one nudges the other.


# %%
def numerical_gradient(parameters, X, Y, epsilon=1e-7):
    """Find the slope of the cost in every parameter by nudging one after the other.

    Parameters
    ----------
    parameters : dict
        The six parameters. They must not be changed.
    X : ndarray, shape (4, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    epsilon : float
        How far each parameter is moved, up and down.

    Returns
    -------
    ndarray, shape (47, 1)
        The slopes, in the order of `dictionary_to_vector`.
    """
    theta, _ = dictionary_to_vector(parameters)
    slopes = np.zeros_like(theta)
    for i in range(len(theta)):
        ### START CODE HERE ### (5 to 8 lines)
        above, below = theta.copy(), theta.copy()
        above[i] = above[i] + epsilon
        below[i] = below[i] - epsilon
        cost_above, _ = forward_propagation_n(X, Y, vector_to_dictionary(above))
        cost_below, _ = forward_propagation_n(X, Y, vector_to_dictionary(below))
        slope = (cost_above - cost_below) / (2 * epsilon)
        ### END CODE HERE ###
        slopes[i] = float(slope)
    return slopes


# %%
check(numerical_gradient)

# %%
if ready(numerical_gradient):
    slopes = numerical_gradient(parameters, X, Y)
    _, cache = forward_propagation_n(X, Y, parameters)
    print("shape:", slopes.shape)
    print("slope in b3, by nudging:", round(slopes[46].item(), 4))
    print("slope in b3, by its formula:", round(float(np.mean(cache[9] - Y)), 4))

# %% [markdown]
# **Expected output:** the shape is (47, 1), and the two slopes in `b3` are equal. Its formula is
# $\frac1m \sum_i (a^{[3] (i)} - y^{(i)})$.
#
# <details><summary>Hint</summary>
#
# Make two fresh copies in each turn, one to move up and one to move down. If your slopes come out
# at half their size, the lower point was made from the upper one.
#
# </details>

# %% [markdown]
# ### Exercise 7: `gradient_check_n`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Compare the gradients that somebody claims with the slopes that you find: the same formula as in
# one dimension, with the lengths of vectors of 47 entries.
#
# $$\text{difference} = \frac{\lVert g - g_\text{approx} \rVert}{\lVert g \rVert + \lVert
# g_\text{approx} \rVert}$$
#
# The function below makes a column of a dictionary of gradients. It is ready to use. Hand
# `epsilon` on to your `numerical_gradient`.
#
# **By hand:** $g = (3, 4)$ and $g_\text{approx} = (3, 0)$. The difference vector is $(0, 4)$, of
# length 4. The two lengths are 5 and 3. The answer is $4 / 8 = 0.5$.


# %%
# Nothing to do here: gradients as one column.
def gradients_to_vector(gradients):
    """Put dW1, db1, dW2, db2, dW3, db3 below each other."""
    names = ("dW1", "db1", "dW2", "db2", "dW3", "db3")
    return np.concatenate([gradients[name].reshape(-1, 1) for name in names])


# %%
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    """Compare all gradients of the network with slopes found by nudging.

    Parameters
    ----------
    parameters : dict
        The six parameters.
    gradients : dict
        ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``, ``"dW3"``, ``"db3"``: the ones to check.
    X : ndarray, shape (4, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    epsilon : float
        How far each parameter is moved, up and down.

    Returns
    -------
    float
        The relative difference.
    """
    ### START CODE HERE ### (≈ 4 lines)
    gradient = gradients_to_vector(gradients)
    slopes = numerical_gradient(parameters, X, Y, epsilon)
    size = np.linalg.norm(gradient) + np.linalg.norm(slopes)
    difference = float(np.linalg.norm(gradient - slopes) / size)
    ### END CODE HERE ###
    return difference


# %%
check(gradient_check_n)

# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.linalg.norm` of a column is the length of the whole vector. You need three of them: of the
# difference, of the gradient, and of the slopes.
#
# </details>

# %% [markdown]
# ## 4. A bug hunt
#
# Here is a backward pass for our network. Somebody has hidden **two mistakes** in it. Do not look for
# them yet: let the test find them.


# %%
# Nothing to do here, yet.
def faulty_backward_propagation_n(X, Y, cache):
    """Compute the gradients of the cost; two of them are wrong."""
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m * 2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = 4 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {
        **{"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2},
        **{"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1},
    }


# %%
if ready(gradient_check_n):
    _, cache = forward_propagation_n(X, Y, parameters)
    claimed = faulty_backward_propagation_n(X, Y, cache)
    difference = gradient_check_n(parameters, claimed, X, Y)
    print(f"difference: {difference:.2f}")

# %% [markdown]
# A difference of this size, with $\varepsilon = 10^{-7}$, is far beyond doubt: something is wrong.
# But what? Compare the six gradients **one by one**.

# %% [markdown]
# ### Exercise 8: `wrong_gradients`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Given the claimed gradients and the slopes, both as dictionaries, return the names of those
# gradients whose **own** relative difference is above the threshold.
#
# The loop and the decision stand there already: compute the relative difference of one gradient.
#
# **By hand:** `dW3` $= (3, 4, 0)$ and the slopes of `W3` are $(3, 4, 0)$: the difference is 0, which
# is fine. `db3` $= 2$ and the slope of `b3` is 1: $1/3$ is above $10^{-5}$, so `"db3"` is in the
# list.


# %%
def wrong_gradients(gradients, slopes, threshold=1e-5):
    """Name the gradients that differ from the slopes found by nudging.

    Parameters
    ----------
    gradients : dict
        ``"dW1"``, ``"db1"``, …: the ones to check.
    slopes : dict
        The numerical gradient, cut into ``"W1"``, ``"b1"``, ….
    threshold : float
        A gradient is wrong if its relative difference is above this.

    Returns
    -------
    list of str
        Some of ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``, ``"dW3"``, ``"db3"``, in this order.
    """
    wrong = []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        ### START CODE HERE ### (2 to 4 lines)
        gradient, slope = gradients["d" + name], slopes[name]
        size = np.linalg.norm(gradient) + np.linalg.norm(slope)
        difference = np.linalg.norm(gradient - slope) / size if size > 0 else 0.0
        ### END CODE HERE ###
        if difference > threshold:
            wrong.append("d" + name)
    return wrong


# %%
check(wrong_gradients)

# %%
if ready(numerical_gradient, vector_to_dictionary, gradient_check_n, wrong_gradients):
    slopes = vector_to_dictionary(numerical_gradient(parameters, X, Y))
    suspects = wrong_gradients(claimed, slopes)
    print("look at:", suspects)
    for name in suspects:
        factors = claimed[name] / np.where(slopes[name[1:]] == 0, np.nan, slopes[name[1:]])
        print(f"{name} is {np.nanmedian(factors):.2f} times the slope found by nudging")

# %% [markdown]
# **Expected output:** two names, and two factors that are almost whole numbers.
#
# <details><summary>Hint</summary>
#
# It is the formula of exercise 7 once more, for one pair of arrays: `gradients["d" + name]` and
# `slopes[name]`. If a layer is dead, both are all zero, and 0/0 gives a warning and `nan`; `nan` is
# not above any threshold, so that does no harm.
#
# </details>

# %% [markdown]
# ### Exercise 9: `backward_propagation_n`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Now mend it. Copy the eleven lines of `faulty_backward_propagation_n`, look at the two lines that
# your test has named, and write them as they should be:
#
# $$dW^{[l]} = \frac1m\, dZ^{[l]} A^{[l-1]T} \qquad db^{[l]} = \frac1m \sum_i dZ^{[l] (i)}$$
#
# **By hand:** with $m = 5$, a sum of $dZ$ of $-0.4$ and the slope by nudging $-0.08$, the line must
# give $-0.4 / 5 = -0.08$. The faulty one gives $-0.32$.


# %%
def backward_propagation_n(X, Y, cache):
    """Compute the gradients of the cost of `forward_propagation_n`.

    Parameters
    ----------
    X : ndarray, shape (4, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    cache : tuple
        The 12 arrays of `forward_propagation_n`.

    Returns
    -------
    dict
        ``"dZ3"``, ``"dW3"``, ``"db3"``, ``"dA2"``, ``"dZ2"``, ``"dW2"``, ``"db2"``, ``"dA1"``,
        ``"dZ1"``, ``"dW1"``, ``"db1"``.
    """
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    ### START CODE HERE ### (≈ 11 lines)
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
    ### END CODE HERE ###
    return {
        **{"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2},
        **{"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1},
    }


# %%
check(backward_propagation_n)

# %%
if ready(
    vector_to_dictionary,
    numerical_gradient,
    gradient_check_n,
    wrong_gradients,
    backward_propagation_n,
):
    for seed in (1, 2, 3):
        parameters, X, Y = random_case(seed)
        mended = backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1])
        difference = gradient_check_n(parameters, mended, X, Y)
        slopes = vector_to_dictionary(numerical_gradient(parameters, X, Y))
        verdict = "good" if difference < 1e-6 else "wrong"
        print(f"network {seed}: {verdict}, wrong gradients: {wrong_gradients(mended, slopes)}")

# %% [markdown]
# **Expected output**
#
# ```
# network 1: good, wrong gradients: []
# network 2: good, wrong gradients: []
# network 3: good, wrong gradients: []
# ```
#
# <details><summary>Hint</summary>
#
# Everything but two lines can stay. Compare the suspicious lines with their sisters: that of `dW2`
# with those of `dW3` and `dW1`, that of `db1` with those of `db3` and `db2`.
#
# </details>

# %% [markdown]
# **Question.** The factor 4 of `db1` was easy to see in the numbers. Would you have noticed it by
# looking at a training curve?
#
# <details><summary>Answer</summary>
#
# Hardly. The biases of the first layer learn four times as fast as they should, and the cost still
# goes down. That is what makes wrong gradients so nasty, and this test so useful.
#
# </details>

# %% [markdown]
# ## 5. What it cannot be used with
#
# The test compares a formula with the slope of the cost. So it needs a cost that is **one and the
# same function** at both points, **smooth** between them, computed **exactly enough**, and cheap
# enough to be computed twice for each parameter. Let us break the first three.

# %% tags=["nbval-ignore-output"]
if ready(backward_propagation_n, dictionary_to_vector, vector_to_dictionary):
    parameters, X, Y = random_case(1)
    theta, _ = dictionary_to_vector(parameters)

    def check_cost(cost_of, gradient, epsilon=1e-7, at=theta):
        """Check any gradient against any cost of a column of parameters."""
        slopes = np.zeros_like(at)
        for i in range(at.size):
            step = np.zeros_like(at)
            step[i] = epsilon
            slopes[i] = (cost_of(at + step) - cost_of(at - step)) / (2 * epsilon)
        size = np.linalg.norm(gradient) + np.linalg.norm(slopes)
        return np.linalg.norm(gradient - slopes) / size

    def forward_with_masks(theta, D1, D2, keep_prob=0.8):
        """Go forward with dropout masks that are handed in."""
        p = vector_to_dictionary(theta)
        A1 = relu(p["W1"] @ X + p["b1"]) * D1 / keep_prob
        A2 = relu(p["W2"] @ A1 + p["b2"]) * D2 / keep_prob
        A3 = sigmoid(p["W3"] @ A2 + p["b3"])
        cost = -np.mean(np.log(Y * A3 + (1 - Y) * (1 - A3)))
        return cost, (A1, A2, A3)

    def gradient_with_masks(D1, D2, keep_prob=0.8):
        """Go back with the same masks."""
        A1, A2, A3 = forward_with_masks(theta, D1, D2)[1]
        dZ3 = (A3 - Y) / Y.shape[1]
        dZ2 = parameters["W3"].T @ dZ3 * D2 / keep_prob * (A2 > 0)
        dZ1 = parameters["W2"].T @ dZ2 * D1 / keep_prob * (A1 > 0)
        grads = {"dW1": dZ1 @ X.T, "dW2": dZ2 @ A1.T, "dW3": dZ3 @ A2.T}
        sums = {f"db{i}": dZ.sum(axis=1, keepdims=True) for i, dZ in enumerate((dZ1, dZ2, dZ3), 1)}
        return gradients_to_vector(grads | sums)

    rng = np.random.default_rng(4)

    def new_masks():
        return rng.random((5, 5)) < 0.8, rng.random((3, 5)) < 0.8

    masks = new_masks()

    def gradient_at(parameters):
        _, cache = forward_propagation_n(X, Y, parameters)
        return gradients_to_vector(backward_propagation_n(X, Y, cache))

    plain = gradient_at(parameters)
    Z2 = forward_propagation_n(X, Y, parameters)[1][4]
    on_kink = parameters | {"b2": parameters["b2"] - Z2[:, :1]}  # Z2 of the first example is 0
    penalty = {"W1": 1.0, "b1": 0.0, "W2": 1.0, "b2": 0.0, "W3": 1.0, "b3": 0.0}
    is_weight = np.array([[penalty[key]] for key in dictionary_to_vector(parameters)[1]])

    def plain_cost(theta):
        return forward_propagation_n(X, Y, vector_to_dictionary(theta))[0]

    def l2_cost(theta):
        return plain_cost(theta) + 0.7 / (2 * Y.shape[1]) * np.sum((is_weight * theta) ** 2)

    def single(theta):
        rounded = forward_propagation_n(
            X.astype(np.float32), Y, vector_to_dictionary(theta.astype(np.float32))
        )
        return np.float32(rounded[0])

    trials = {
        "all as it should be": check_cost(plain_cost, plain),
        "dropout, new masks at each call": check_cost(
            lambda t: forward_with_masks(t, *new_masks())[0], gradient_with_masks(*masks)
        ),
        "dropout, masks held fixed": check_cost(
            lambda t: forward_with_masks(t, *masks)[0], gradient_with_masks(*masks)
        ),
        "L2 in the cost, not in the gradient": check_cost(l2_cost, plain),
        "L2 in both": check_cost(l2_cost, plain + 0.7 / Y.shape[1] * is_weight * theta),
        "three units on the kink of ReLU": check_cost(
            plain_cost, gradient_at(on_kink), at=dictionary_to_vector(on_kink)[0]
        ),
        "single precision, ε = 1e-7": check_cost(single, plain),
        "single precision, ε = 1e-3": check_cost(single, plain, epsilon=1e-3),
    }
    for name, difference in trials.items():
        print(f"{name:37s} {difference:.1e}")

# %% [markdown]
# - **Dropout.** With new masks at each call, the two costs belong to two different networks, and
#   their difference has nothing to do with $\varepsilon$. Check with `keep_prob = 1`, or hold the
#   masks fixed.
# - **L2 and its like.** A penalty must be in the cost *and* in the gradient, or in neither.
# - **Single precision.** It has 7 digits, and $\varepsilon = 10^{-7}$ drowns in rounding. Check in
#   double precision.
# - **Kinks.** If a nudge carries some unit over the kink of ReLU, the slope is that of neither side.
#   Above, three units were put there on purpose. By chance, and with a small $\varepsilon$, this is
#   rare, and it hits only what acts through that unit. If that is off, try another random start.
# - **In every training step.** Each check costs two forward passes *per parameter*. A network with a
#   million parameters would take two million of them. Check once, on a small network, and then
#   switch it off.
# - **Only at the start.** Some mistakes hide while the weights are small. Check at random
#   parameters, and again after some training.

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **approximate a derivative by nudging to both sides**: the error falls with $\varepsilon^2$;
# 2. **choose the size of the nudge**: too large truncates, too small drowns in rounding;
#    $10^{-7}$ is a usual choice;
# 3. **compare gradients by one number**, the relative difference, and judge it *for that
#    $\varepsilon$*;
# 4. **turn parameters into one column and back**, in a fixed order;
# 5. **check a network, name the wrong part, and mend it**;
# 6. **say where it fails**: random masks, forgotten penalties, single precision, kinks, cost.
#
# ## What to remember
#
# - Write `backward_propagation` by formula, and test it by nudging.
# - Move one parameter at a time, and start from a fresh copy each time.
# - A difference near $10^{-7}$ is good, near $10^{-5}$ suspicious, and $10^{-3}$ wrong, all of that for
#   $\varepsilon = 10^{-7}$.
# - Never check while units are dropped at random.
#
# **What comes next.** Now you can trust your gradients, and the question is what to do with them.
# In week 5 you stop stepping with the whole data set straight downhill, and learn what mini-
# batches, momentum and Adam do instead.
#
# ## Stretch exercises
#
# 1. **Check your week.** Check your `backward_propagation_with_regularization` and your
#    `backward_propagation_with_dropout` of the other notebook.
# 2. **A complex nudge.** $\operatorname{Im} J(\theta + i\varepsilon) / \varepsilon$ is a slope with no
#    subtraction in it. Try it for $e^\theta$ with $\varepsilon = 10^{-30}$. Why does it not drown?
# 3. **A sample.** For a large network, check 20 entries chosen at random instead of all. How likely
#    is it to miss a mistake that affects one layer out of three?
# 4. **Kinks.** Replace ReLU by a smooth function, and compare the differences for
#    $\varepsilon = 10^{-3}$.
#
# ## References
#
# - J. Nocedal, S. J. Wright: *Numerical Optimization*, chapter 8. Springer, 2006.
# - Y. Bengio: *Practical recommendations for gradient-based training of deep architectures*. In:
#   Neural Networks: Tricks of the Trade, Springer, 2012.
# - W. Squire, G. Trapp: *Using complex variables to estimate derivatives of real functions*. SIAM
#   Review 40, 110–112, 1998.
