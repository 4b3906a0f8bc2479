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
# # A shallow neural network
#
# Logistic regression draws a straight line between two classes. Many classes in this world are
# not on two sides of a straight line. This week you put one **hidden layer** in between, and the
# line learns to bend.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. name four activation functions, write them and their derivatives, and say what each is good
#    for;
# 2. say which shape every array of a network with one hidden layer has, and why;
# 3. explain why weights must not start at zero, and show what happens if they do;
# 4. derive forward and backward propagation with the chain rule, and write both without a loop
#    over the examples;
# 5. train a network by gradient descent and compare it with logistic regression;
# 6. choose the size of the hidden layer by looking at data that the network was not trained on.
#
# ## Before you start
#
# You need week 1: `numpy` arrays and broadcasting, the sigmoid, the cross-entropy cost and
# gradient descent for logistic regression. From school you need the derivative and the chain
# rule.
#
# **Time:** about 150 minutes. There are 16 exercises. Each one says how hard it is (●○○ to ●●●)
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
from functools import partial

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, logistic, plotting
from helpers.checking import checks_for, ready

check = checks_for("w02_shallow_network")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# The first data set is a flower. Each point of the plane is one example with two features, its
# coordinates. Its label is the kind of petal on which it lies: 0 or 1. As always in this course,
# **examples are columns**.

# %%
X, Y = datasets.load_planar("flower")
print("X:", X.shape, " Y:", Y.shape, " examples:", X.shape[1])


def accuracy(predictions, Y):
    """Count how many predictions are right, in per cent."""
    return round(100 * float(np.mean(predictions == Y)), 1)


# %% [markdown]
# How far does a straight line get? Here is last week's logistic regression, trained on the two
# coordinates.

# %% tags=["nbval-ignore-output"]
line = logistic.model(X, Y, X, Y, num_iterations=500, learning_rate=0.1)


def predict_by_line(points):
    """Predict with the logistic regression from above."""
    return logistic.predict(line["w"], line["b"], points)


line_accuracy = accuracy(predict_by_line(X), Y)
figure, ax = plt.subplots(figsize=(4.2, 3.8))
plotting.plot_decision_boundary(predict_by_line, X, Y, ax)
ax.set(title=f"Logistic regression: {line_accuracy} % right", xlabel="$x_1$", ylabel="$x_2$")
plotting.show(
    figure,
    alt="Eight petals of two alternating classes around the origin, cut by one straight line "
    "that leaves about as many points of each class on either side.",
)

# %% [markdown]
# Tossing a coin gets 50 % right. A straight line is hardly better, and no other straight line
# does much better. Longer training would not either: the *kind* of function is too simple.
#
# The plan: compute a few new features from $x_1$ and $x_2$, and give *these* to the logistic
# regression. A **hidden layer** is exactly that, and it learns by itself which features to
# compute.

# %% [markdown]
# ## 2. Activation functions
#
# A unit of a network first computes a weighted sum, the **pre-activation** $z = w^T x + b$, and
# then bends it with an **activation function**: $a = g(z)$. Without the bend, layers on top of
# layers would be useless: a weighted sum of weighted sums is again just a weighted sum.
#
# Training needs the slope $g'(z)$ as well: it says how much the output moves when $z$ moves a
# little.
#
# You now write four activation functions with their derivatives. Each takes $z$: one number, or
# an array of any shape. Each returns the same shape, because `numpy` applies `+`, `*`, `np.exp`
# and their like to **every element** on its own. So none of these eight functions needs a loop.

# %% [markdown]
# ### Exercise 1: `sigmoid`
#
# **Difficulty** ●○○ · **2 minutes**
#
# You know it from week 1. It turns any number into a number between 0 and 1, so its value can be
# read as a probability. That makes it right for the **output** unit of a yes-or-no question.
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# **By hand:** for $z = \ln 3$ we have $e^{-z} = \tfrac13$, so
# $\sigma(z) = 1 / (1 + \tfrac13) = 0.75$. And $\sigma(0) = \tfrac12$.


# %%
def sigmoid(z):
    """Compute the sigmoid.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape.

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
# ### Exercise 2: `sigmoid_derivative`
#
# **Difficulty** ●○○ · **3 minutes**
#
# The slope of the sigmoid can be written with the sigmoid itself:
#
# $$\sigma'(z) = \sigma(z)\,\bigl(1 - \sigma(z)\bigr)$$
#
# It is largest at $z = 0$, where it is $\tfrac14$, and it fades away on both sides. A unit with a
# large $|z|$ is **saturated**: its slope is almost 0, so it hardly learns.
#
# **By hand:** for $z = \ln 3$, $\sigma(z) = 0.75$, so the slope is $0.75 \cdot 0.25 = 0.1875$.
#
# The function takes $z$, not $\sigma(z)$. Use your `sigmoid`.


# %%
def sigmoid_derivative(z):
    """Compute the slope of the sigmoid at `z`.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape.

    Returns
    -------
    float or ndarray
        The slopes, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 2 lines)
    a = sigmoid(z)
    slope = a * (1 - a)
    ### END CODE HERE ###
    return slope


# %%
check(sigmoid_derivative)

# %%
if ready(sigmoid_derivative):
    print(np.round(sigmoid_derivative(np.array([-2.0, 0.0, np.log(3)])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [0.105  0.25   0.1875]
# ```
#
# <details><summary>Hint</summary>
#
# Two steps: first store $\sigma(z)$ under a name, then multiply it with one minus itself. If your
# answer at $z = 0$ is 0, you wrote $z(1 - z)$.
#
# </details>

# %% [markdown]
# ### Exercise 3: `tanh`
#
# **Difficulty** ●○○ · **3 minutes**
#
# The hyperbolic tangent has the same S-shape, but runs from −1 to 1 and is 0 at 0:
#
# $$\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}} = 2\,\sigma(2z) - 1$$
#
# In hidden layers this is better than the sigmoid: the activations are centred on 0, so the next
# layer gets numbers of both signs.
#
# **By hand:** for $z = \ln 2$, $e^z = 2$ and $e^{-z} = 0.5$, so
# $\tanh(z) = (2 - 0.5) / (2 + 0.5) = 0.6$.
#
# Write it in any way you like: from exponentials, from your `sigmoid`, or with the function that
# `numpy` has for it.


# %%
def tanh(z):
    """Compute the hyperbolic tangent.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape.

    Returns
    -------
    float or ndarray
        Values between -1 and 1, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 1 line)
    a = np.tanh(z)
    ### END CODE HERE ###
    return a


# %%
check(tanh)

# %%
if ready(tanh):
    print(np.round(tanh(np.array([-1.0, 0.0, np.log(2)])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [-0.7616  0.      0.6   ]
# ```
#
# <details><summary>Hint</summary>
#
# `numpy` names its mathematical functions as mathematicians do: `np.exp`, `np.log`, `np.sin`, …
#
# </details>

# %% [markdown]
# **Question.** Someone types the quotient of exponentials, and tries it with $z = 1000$. The
# right answer is 1. What does the computer say?
#
# <details><summary>Answer</summary>
#
# `nan`, "not a number". $e^{1000}$ is too large for a floating-point number and becomes `inf`,
# and `inf / inf` has no value. Formulas that are equal on paper need not be equal in a computer.
# $2\,\sigma(2z) - 1$ does not have this trouble here, nor has `numpy`'s own function.
#
# </details>

# %% [markdown]
# ### Exercise 4: `tanh_derivative`
#
# **Difficulty** ●○○ · **3 minutes**
#
# $$\tanh'(z) = 1 - \tanh^2(z)$$
#
# At 0 the slope is 1, four times that of the sigmoid. Far from 0 it fades as well.
#
# **By hand:** for $z = \ln 2$, the slope is $1 - 0.6^2 = 0.64$.


# %%
def tanh_derivative(z):
    """Compute the slope of the hyperbolic tangent at `z`.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape.

    Returns
    -------
    float or ndarray
        The slopes, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 1 line)
    slope = 1 - tanh(z) ** 2
    ### END CODE HERE ###
    return slope


# %%
check(tanh_derivative)

# %%
if ready(tanh_derivative):
    print(np.round(tanh_derivative(np.array([-1.0, 0.0, np.log(2)])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [0.42 1.   0.64]
# ```
#
# <details><summary>Hint</summary>
#
# `**` is "to the power of", and it works element by element. Square the *value of* tanh, not `z`.
#
# </details>

# %% [markdown]
# ### Exercise 5: `relu`
#
# **Difficulty** ●○○ · **3 minutes**
#
# The rectified linear unit is the simplest bend there is: it keeps what is positive and replaces
# the rest by 0.
#
# $$\mathrm{relu}(z) = \max(0, z)$$
#
# For positive $z$ its slope is always 1, however large $z$ is: it never saturates there. It is
# also cheap. That made it the usual choice in the hidden layers of deep networks.
#
# **By hand:** $(-2,\ 0,\ 3)$ becomes $(0,\ 0,\ 3)$.


# %%
def relu(z):
    """Compute the rectified linear unit.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape. It must not be changed.

    Returns
    -------
    float or ndarray
        `z` where it is positive and 0 elsewhere, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 1 line)
    a = np.maximum(0, z)
    ### END CODE HERE ###
    return a


# %%
check(relu)

# %%
if ready(relu):
    print(relu(np.array([[-2.0, 0.0], [3.0, -0.5]])))

# %% [markdown]
# **Expected output**
#
# ```
# [[0. 0.]
#  [3. 0.]]
# ```
#
# <details><summary>Hint</summary>
#
# `np.max` looks for the largest element *of one array*. You want the larger of *two* things,
# element by element: that is `np.maximum(first, second)`. One of the two may be a plain number.
#
# </details>

# %% [markdown]
# ### Exercise 6: `relu_derivative`
#
# **Difficulty** ●○○ · **3 minutes**
#
# $$\mathrm{relu}'(z) = \begin{cases} 1 & z > 0 \\ 0 & z < 0 \end{cases}$$
#
# At exactly $z = 0$ there is a kink, and no slope. A computer must say something all the same: we
# say 0. It matters little, since $z$ is hardly ever exactly 0.
#
# **By hand:** $(-2,\ 0,\ 3)$ becomes $(0,\ 0,\ 1)$.
#
# **The NumPy you need:** a comparison such as `z > 0` gives an array of `True` and `False`.
# `np.where(condition, this, that)` takes `this` where the condition holds and `that` elsewhere.


# %%
def relu_derivative(z):
    """Compute the slope of the rectified linear unit at `z`.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape. It must not be changed.

    Returns
    -------
    float or ndarray
        1.0 where `z` is positive and 0.0 elsewhere, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 1 line)
    slope = np.where(z > 0, 1.0, 0.0)
    ### END CODE HERE ###
    return slope


# %%
check(relu_derivative)

# %%
if ready(relu_derivative):
    print(relu_derivative(np.array([-2.0, 0.0, 3.0])))

# %% [markdown]
# **Expected output**
#
# ```
# [0. 0. 1.]
# ```
#
# <details><summary>Hint</summary>
#
# Which condition tells the two cases apart? What is the slope in the one case, what in the other?
# These are the three arguments of `np.where`.
#
# </details>

# %% [markdown]
# ### Exercise 7: `leaky_relu`
#
# **Difficulty** ●○○ · **3 minutes**
#
# A ReLU unit whose $z$ is negative for all examples has slope 0 everywhere: it is dead, and
# gradient descent cannot wake it. The leaky ReLU lets a little through:
#
# $$\mathrm{leaky}(z) = \begin{cases} z & z > 0 \\ s\,z & z \le 0 \end{cases}$$
#
# with a small slope $s$, usually $0.01$.
#
# **By hand:** with $s = 0.1$, $(-2,\ 0,\ 3)$ becomes $(-0.2,\ 0,\ 3)$.


# %%
def leaky_relu(z, slope=0.01):
    """Compute the leaky rectified linear unit.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape. It must not be changed.
    slope : float
        The factor for negative `z`.

    Returns
    -------
    float or ndarray
        `z` where it is positive and ``slope`` times `z` elsewhere, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 1 line)
    a = np.where(z > 0, z, slope * z)
    ### END CODE HERE ###
    return a


# %%
check(leaky_relu)

# %%
if ready(leaky_relu):
    print(np.round(leaky_relu(np.array([-2.0, 0.0, 3.0])), 4))
    print(np.round(leaky_relu(np.array([-2.0, 0.0, 3.0]), slope=0.1), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [-0.02  0.    3.  ]
# [-0.2  0.   3. ]
# ```
#
# <details><summary>Hint</summary>
#
# `np.where` again. Its second and third argument may be whole arrays: it picks element by
# element. If both lines of your output are equal, you wrote 0.01 where the argument belongs.
#
# </details>

# %% [markdown]
# ### Exercise 8: `leaky_relu_derivative`
#
# **Difficulty** ●○○ · **3 minutes**
#
# $$\mathrm{leaky}'(z) = \begin{cases} 1 & z > 0 \\ s & z < 0 \end{cases}$$
#
# At exactly 0 there is a kink again. Here we let the slope be $s$; others choose 1. Both are
# accepted, for both are only conventions.
#
# **By hand:** with $s = 0.1$, $(-2,\ 3)$ becomes $(0.1,\ 1)$.


# %%
def leaky_relu_derivative(z, slope=0.01):
    """Compute the slope of the leaky rectified linear unit at `z`.

    Parameters
    ----------
    z : float or ndarray
        Pre-activations, any shape. It must not be changed.
    slope : float
        The factor for negative `z`.

    Returns
    -------
    float or ndarray
        1.0 where `z` is positive and ``slope`` where it is negative, the same shape as `z`.
    """
    ### START CODE HERE ### (≈ 1 line)
    derivative = np.where(z > 0, 1.0, slope)
    ### END CODE HERE ###
    return derivative


# %%
check(leaky_relu_derivative)

# %%
if ready(leaky_relu_derivative):
    print(leaky_relu_derivative(np.array([-2.0, 3.0])))
    print(leaky_relu_derivative(np.array([-2.0, 3.0]), slope=0.1))

# %% [markdown]
# **Expected output**
#
# ```
# [0.01 1.  ]
# [0.1 1. ]
# ```
#
# <details><summary>Hint</summary>
#
# Take your `relu_derivative` and ask which of the two values has to change.
#
# </details>

# %% [markdown]
# ### The four side by side

# %% tags=["nbval-ignore-output"]
if ready(
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
    relu,
    relu_derivative,
    leaky_relu,
    leaky_relu_derivative,
):
    pairs = [
        ("sigmoid", sigmoid, sigmoid_derivative),
        ("tanh", tanh, tanh_derivative),
        ("ReLU", relu, relu_derivative),
        ("leaky ReLU (slope 0.01)", leaky_relu, leaky_relu_derivative),
    ]
    z = np.linspace(-4, 4, 401)
    figure, axes = plt.subplots(1, 4, figsize=(11.5, 2.6), sharey=True, layout="constrained")
    for ax, (name, activation, derivative) in zip(axes, pairs, strict=True):
        ax.plot(z, activation(z), "-", label="$g(z)$")
        ax.plot(z, derivative(z), "--", label="$g'(z)$")
        ax.set(title=name, xlabel="$z$", ylim=(-1.3, 2.3))
        ax.grid(alpha=0.3)
    axes[0].legend(loc="upper left")
    plotting.show(
        figure,
        alt="Four panels with an activation function as a solid line and its derivative dashed. "
        "Sigmoid rises from 0 to 1, its slope is at most a quarter. Tanh rises from -1 to 1, "
        "its slope is 1 at 0. ReLU is 0, then rises with slope 1. Leaky ReLU nearly the same.",
    )

# %% [markdown]
# **Question.** A network has a hidden layer with the "activation" $g(z) = z$ and a sigmoid
# output. Which boundaries can it draw?
#
# <details><summary>Answer</summary>
#
# Only straight lines. $W^{[2]}(W^{[1]} x + b^{[1]}) + b^{[2]}$ is one weighted sum of the
# features with other weights, so the network is a logistic regression in disguise.
#
# </details>

# %% [markdown]
# ## 3. A network with one hidden layer
#
# Our network has $n_x$ inputs, $n_h$ hidden units with tanh, and $n_y = 1$ output unit with the
# sigmoid. Square brackets count layers, round brackets count examples. For one example $x^{(i)}$:
#
# $$z^{[1] (i)} = W^{[1]} x^{(i)} + b^{[1]} \qquad a^{[1] (i)} = \tanh\bigl(z^{[1] (i)}\bigr)$$
# $$z^{[2] (i)} = W^{[2]} a^{[1] (i)} + b^{[2]} \qquad a^{[2] (i)} = \sigma\bigl(z^{[2] (i)}\bigr)$$
#
# $a^{[2] (i)}$ is the probability that the label is 1. In code, `W1` stands for $W^{[1]}$, `Z1`
# for the matrix whose columns are all the $z^{[1] (i)}$, and so on. Row $j$ of `W1` holds the
# weights of hidden unit $j$: one unit, one row.

# %% [markdown]
# ### Exercise 9: `layer_sizes`
#
# **Difficulty** ●○○ · **3 minutes**
#
# The data decide the size of the outer layers: one input per feature, one output per row of
# labels. The size of the hidden layer is *your* choice. This function always says 4, to begin
# with.
#
# **By hand:** `X` of shape (5, 3) and `Y` of shape (2, 3) are 3 examples with 5 features and 2
# labels each. The answer is (5, 4, 2).
#
# **The NumPy you need:** `X.shape` is a tuple: number of rows, number of columns. `X.shape[0]` is
# its first entry.


# %%
def layer_sizes(X, Y):
    """Read the sizes of the layers off the data.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        One label per column.

    Returns
    -------
    tuple of int
        ``(n_x, n_h, n_y)``, where ``n_h`` is 4.
    """
    ### START CODE HERE ### (1 to 3 lines)
    n_x, n_h, n_y = X.shape[0], 4, Y.shape[0]
    ### END CODE HERE ###
    return (n_x, n_h, n_y)


# %%
check(layer_sizes)

# %%
if ready(layer_sizes):
    print("one example, five features:", layer_sizes(np.zeros((5, 1)), np.zeros((1, 1))))
    print("the flower:", layer_sizes(X, Y))

# %% [markdown]
# **Expected output**
#
# ```
# one example, five features: (5, 4, 1)
# the flower: (2, 4, 1)
# ```
#
# <details><summary>Hint</summary>
#
# Examples are columns, so features are rows. The number of examples $m$ is not part of the
# answer.
#
# </details>

# %% [markdown]
# ### Exercise 10: `initialize_parameters`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Logistic regression may start with all weights at zero. A network may not. Suppose all hidden
# units start with the *same* weights. Then they compute the same activation for every example, so
# they get the same gradient, so they make the same step, so they have the same weights again.
# However long you train, $n_h$ units do the work of one. This is called **symmetry**.
#
# **By hand:** let $W^{[1]} = \begin{pmatrix} 0 & 0 \\ 0 & 0 \end{pmatrix}$,
# $W^{[2]} = (0 \;\; 0)$, biases 0. For every $x$: $a^{[1]} = (0, 0)^T$ and
# $a^{[2]} = \sigma(0) = 0.5$. Nudge one entry of $W^{[1]}$: the output still is 0.5, since
# $W^{[2]} = 0$ blocks the way. Nudge $W^{[2]}$: still 0.5, since $a^{[1]} = 0$. All these
# gradients are zero. Nothing will ever move but $b^{[2]}$.
#
# The cure is to draw the weights **at random**. Then no two units are alike, and each can go its
# own way: the symmetry is broken. The weights should be **small**, so that tanh starts near 0,
# where it is steep. Biases may be zero: different weights are enough.
#
# | array | shape | start |
# |---|---|---|
# | `W1` | $(n_h, n_x)$ | normal random numbers times 0.01 |
# | `b1` | $(n_h, 1)$ | zeros |
# | `W2` | $(n_y, n_h)$ | normal random numbers times 0.01 |
# | `b2` | $(n_y, 1)$ | zeros |
#
# **The NumPy you need:** `np.random.randn(rows, columns)` draws normal random numbers.
# `np.zeros((rows, columns))` makes zeros; it wants the shape as *one* argument, hence the double
# brackets. Draw `W1` before `W2`, and set no seed inside of the function: who calls it decides
# whether the numbers shall come again.


# %%
def initialize_parameters(n_x, n_h, n_y):
    """Draw small random weights, and set the biases to zero.

    Parameters
    ----------
    n_x, n_h, n_y : int
        The number of inputs, of hidden units and of outputs.

    Returns
    -------
    dict
        ``"W1"`` (n_h, n_x), ``"b1"`` (n_h, 1), ``"W2"`` (n_y, n_h), ``"b2"`` (n_y, 1).
    """
    ### START CODE HERE ### (≈ 4 lines)
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    ### END CODE HERE ###
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


# %%
check(initialize_parameters)

# %%
if ready(initialize_parameters):
    np.random.seed(2)
    for name, value in initialize_parameters(n_x=50, n_h=100, n_y=1).items():
        print(name, value.shape, "standard deviation", round(float(value.std()), 2))

# %% [markdown]
# **Expected output**
#
# ```
# W1 (100, 50) standard deviation 0.01
# b1 (100, 1) standard deviation 0.0
# W2 (1, 100) standard deviation 0.01
# b2 (1, 1) standard deviation 0.0
# ```
#
# <details><summary>Hint</summary>
#
# One unit, one row: `W1` has as many rows as there are hidden units, and as many columns as each
# unit has inputs. `W2` follows the same rule one layer later. `randn` (normal, both signs) is not
# `rand` (uniform, never negative).
#
# </details>

# %% [markdown]
# ### Exercise 11: `forward_propagation`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Now compute the output for **all examples at once**. Put the examples side by side as columns,
# and the four formulas from above keep their form:
#
# $$Z^{[1]} = W^{[1]} X + b^{[1]} \qquad A^{[1]} = \tanh\bigl(Z^{[1]}\bigr)$$
# $$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]} \qquad A^{[2]} = \sigma\bigl(Z^{[2]}\bigr)$$
#
# The shapes must fit: $(n_h, n_x) \cdot (n_x, m)$ gives $(n_h, m)$. The bias $(n_h, 1)$ is added
# to every column; that is broadcasting.
#
# **By hand:** two inputs, two hidden units, one example:
#
# $$x = \begin{pmatrix} 1 \\ 2 \end{pmatrix},\quad
# W^{[1]} = \begin{pmatrix} 1 & -0.5 \\ 0 & 0.5 \end{pmatrix},\quad
# b^{[1]} = \begin{pmatrix} 0 \\ 0 \end{pmatrix},\quad
# W^{[2]} = \begin{pmatrix} 2 & 1 \end{pmatrix},\quad b^{[2]} = 0$$
#
# $z^{[1]} = (1 - 1,\ 0 + 1)^T = (0, 1)^T$, so $a^{[1]} = (0,\ 0.7616)^T$. Then
# $z^{[2]} = 2 \cdot 0 + 1 \cdot 0.7616 = 0.7616$, and $a^{[2]} = \sigma(0.7616) = 0.6817$.
#
# The function returns two things: `A2`, and a dictionary with the values in between. This
# **cache** is what backward propagation will need.
#
# **The NumPy you need:** `A @ B` is the matrix product. `A * B` is not: it multiplies element by
# element. For the activations, call your own `tanh` and `sigmoid`.


# %%
def forward_propagation(X, parameters):
    """Compute the network's output for all examples.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    parameters : dict
        ``"W1"`` (n_h, n_x), ``"b1"`` (n_h, 1), ``"W2"`` (n_y, n_h), ``"b2"`` (n_y, 1).

    Returns
    -------
    A2 : ndarray, shape (n_y, m)
        The probability of label 1, for each example.
    cache : dict
        ``"Z1"`` and ``"A1"`` (n_h, m), ``"Z2"`` and ``"A2"`` (n_y, m).
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    ### START CODE HERE ### (≈ 4 lines)
    Z1 = W1 @ X + b1
    A1 = tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    ### END CODE HERE ###
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


# %%
check(forward_propagation)

# %%
if ready(forward_propagation):
    by_hand = {
        "W1": np.array([[1.0, -0.5], [0.0, 0.5]]),
        "b1": np.zeros((2, 1)),
        "W2": np.array([[2.0, 1.0]]),
        "b2": np.zeros((1, 1)),
    }
    A2, cache = forward_propagation(np.array([[1.0], [2.0]]), by_hand)
    for name, value in cache.items():
        print(name, np.round(value, 4).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# Z1 [[0.0], [1.0]]
# A1 [[0.0], [0.7616]]
# Z2 [[0.7616]]
# A2 [[0.6817]]
# ```
#
# <details><summary>Hint</summary>
#
# Four lines, one for each of the four formulas, in their order. The second layer does not see
# `X`: its input is the output of the first.
#
# </details>

# %% [markdown]
# ### Exercise 12: `compute_cost`
#
# **Difficulty** ●●○ · **8 minutes**
#
# The cost is the same as in week 1, the average cross-entropy:
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \Bigl[\, y^{(i)} \log a^{[2] (i)} +
# \bigl(1 - y^{(i)}\bigr) \log\bigl(1 - a^{[2] (i)}\bigr) \Bigr]$$
#
# Look at one example. If $y = 1$, only $\log a^{[2]}$ is left; if $y = 0$, only
# $\log(1 - a^{[2]})$. Both times it is the logarithm of **the probability that the network gave
# to the truth**. So there is a second way to the same number: first
# $p^{(i)} = y^{(i)} a^{[2] (i)} + (1 - y^{(i)})(1 - a^{[2] (i)})$, then
# $J = -\frac1m \sum_i \log p^{(i)}$. Take whichever you like better.
#
# **By hand:** $A^{[2]} = (0.8,\ 0.4)$ and $Y = (1,\ 0)$. The truth got the probabilities $0.8$
# and $1 - 0.4 = 0.6$. The losses are $-\ln 0.8 = 0.2231$ and $-\ln 0.6 = 0.5108$, so
# $J = 0.7340 / 2 = 0.3670$.
#
# **The NumPy you need:** `np.log` is the natural logarithm. `np.sum(array)` adds up all elements.
# Return a plain number: `float(...)` turns a `numpy` number into one.


# %%
def compute_cost(A2, Y):
    """Compute the average cross-entropy.

    Parameters
    ----------
    A2 : ndarray, shape (1, m)
        The probability of label 1, for each example.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.

    Returns
    -------
    float
        The cost.
    """
    m = Y.shape[1]
    ### START CODE HERE ### (≈ 2 lines)
    probability_of_truth = Y * A2 + (1 - Y) * (1 - A2)
    cost = float(-np.sum(np.log(probability_of_truth)) / m)
    ### END CODE HERE ###
    return cost


# %%
check(compute_cost)

# %%
if ready(compute_cost):
    print(round(compute_cost(np.array([[0.8, 0.4]]), np.array([[1, 0]])), 4))
    print(round(compute_cost(np.full((1, 6), 0.5), np.array([[0, 1, 1, 0, 1, 0]])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 0.367
# 0.6931
# ```
#
# <details><summary>Hint</summary>
#
# Here `*` between two arrays is right: each example's label meets its own probability. Compute
# the $m$ losses as one array, then add them up, divide by $m$, and mind the minus sign.
#
# </details>

# %% [markdown]
# **Question.** The second number, $0.6931$, will be the first cost of every training below. Why?
#
# <details><summary>Answer</summary>
#
# It is $\ln 2$. With small random weights every output is near $\sigma(0) = 0.5$, so the truth
# gets probability one half, whatever it is. A first cost far from that is a sign of a mistake.
#
# </details>

# %% [markdown]
# ### Exercise 13: `backward_propagation`
#
# **Difficulty** ●●● · **25 minutes**
#
# This is the heart of the week. Take a pencil.
#
# Forward propagation goes through the graph below from left to right. Backward propagation goes
# from right to left and asks at each stop: *if this value moves a little, how does the cost
# move?* The chain rule says that the answer is the answer one stop later, times the slope in
# between.

# %% tags=["nbval-ignore-output"]
# Nothing to do here: this cell draws the graph.
stops = ["$X$", "$Z^{[1]}$", "$A^{[1]}$", "$Z^{[2]}$", "$A^{[2]}$", "$J$"]
sources = {1: "$W^{[1]}, b^{[1]}$", 3: "$W^{[2]}, b^{[2]}$", 5: "$Y$"}
going_back = {1: "$dZ^{[1]}$", 2: "$dA^{[1]}$", 3: "$dZ^{[2]}$", 4: "$dA^{[2]}$"}
box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": "black"}
forward, backward = {"arrowstyle": "->", "lw": 1.5}, {"arrowstyle": "->", "ls": "--", "lw": 1.5}

figure, ax = plt.subplots(figsize=(9, 2.8), layout="constrained")
for i, name in enumerate(stops):
    ax.text(i, 0, name, ha="center", va="center", size=13, bbox=box)
for i in range(5):
    ax.annotate("", xy=(i + 0.72, 0.12), xytext=(i + 0.28, 0.12), arrowprops=forward)
for i in range(1, 5):
    ax.annotate("", xy=(i + 0.28, -0.12), xytext=(i + 0.72, -0.12), arrowprops=backward)
for i, name in sources.items():
    ax.text(i, 1, name, ha="center", va="center", size=13, bbox=box)
    ax.annotate("", xy=(i, 0.28), xytext=(i, 0.74), arrowprops=forward)
for i, name in going_back.items():
    ax.text(i, -0.5, name, ha="center", va="center", size=13)
for i, name in {1: "$dW^{[1]}, db^{[1]}$", 3: "$dW^{[2]}, db^{[2]}$"}.items():
    ax.annotate("", xy=(i + 0.12, 0.74), xytext=(i + 0.12, 0.28), arrowprops=backward)
    ax.text(i + 0.2, 0.5, name, ha="left", va="center", size=13)
ax.set(xlim=(-0.5, 5.5), ylim=(-0.8, 1.3), title="solid: forward     dashed: backward")
ax.axis("off")
plotting.show(
    figure,
    alt="Computation graph. Forward, solid arrows: X with W1 and b1 gives Z1, then A1; with W2 "
    "and b2 it gives Z2, then A2; with Y it gives the cost J. Backward, dashed arrows: from J to "
    "dA2 and dZ2, which gives dW2 and db2 and leads on to dA1 and dZ1, which gives dW1 and db1.",
)

# %% [markdown]
# Write $dv$ for the derivative of the loss with respect to $v$. Begin with **one example** and
# drop its index. The loss is
# $\mathcal{L} = -y \log a^{[2]} - (1 - y) \log\bigl(1 - a^{[2]}\bigr)$.
#
# **Step 1, the loss.** Differentiate both logarithms and bring them on one denominator:
#
# $$da^{[2]} = -\frac{y}{a^{[2]}} + \frac{1 - y}{1 - a^{[2]}} =
# \frac{a^{[2]} - y}{a^{[2]}\,(1 - a^{[2]})}$$
#
# **Step 2, the sigmoid.** Its slope is $a^{[2]}(1 - a^{[2]})$ (exercise 2), which is just that
# denominator. Multiply, and almost everything cancels:
#
# $$dz^{[2]} = da^{[2]} \cdot a^{[2]}(1 - a^{[2]}) = a^{[2]} - y$$
#
# Prediction minus truth. It is the same as in logistic regression.
#
# **Step 3, the second weighted sum.** $z^{[2]} = \sum_j W^{[2]}_{j}\, a^{[1]}_j + b^{[2]}$. The
# slope with respect to $W^{[2]}_j$ is $a^{[1]}_j$; with respect to $b^{[2]}$ it is 1; with
# respect to $a^{[1]}_j$ it is $W^{[2]}_j$. So
#
# $$dW^{[2]} = dz^{[2]}\, a^{[1]T} \qquad db^{[2]} = dz^{[2]} \qquad da^{[1]} = W^{[2]T} dz^{[2]}$$
#
# **Step 4, tanh.** Its slope is $1 - \tanh^2(z^{[1]})$, and $\tanh(z^{[1]})$ is $a^{[1]}$, which
# the cache already has. Every hidden unit has its own slope, so the product is element by element
# ($\odot$):
#
# $$dz^{[1]} = da^{[1]} \odot \bigl(1 - (a^{[1]})^2\bigr)$$
#
# **Step 5, the first weighted sum.** As in step 3, with $x$ as the input:
# $dW^{[1]} = dz^{[1]}\, x^T$ and $db^{[1]} = dz^{[1]}$.
#
# **All examples.** The cost is the *average* of the losses, so the gradients of the parameters
# are averages too. Put the columns side by side: the matrix product $dZ^{[2]} A^{[1]T}$ already
# adds up over the examples. For the biases, add up each row. All in all:
#
# $$dZ^{[2]} = A^{[2]} - Y$$
# $$dW^{[2]} = \tfrac1m\, dZ^{[2]} A^{[1]T} \qquad
# db^{[2]} = \tfrac1m \textstyle\sum_i dZ^{[2] (i)}$$
# $$dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot \bigl(1 - (A^{[1]})^2\bigr)$$
# $$dW^{[1]} = \tfrac1m\, dZ^{[1]} X^{T} \qquad
# db^{[1]} = \tfrac1m \textstyle\sum_i dZ^{[1] (i)}$$
#
# The factor $\frac1m$ stands at the parameters only, never at $dZ$.
#
# **All shapes in one table.** A gradient has the shape of the thing it belongs to.
#
# | value | its gradient | shape | for the flower, $n_h = 4$ |
# |---|---|---|---|
# | `X` | not needed | $(n_x, m)$ | (2, 400) |
# | `W1` | `dW1` | $(n_h, n_x)$ | (4, 2) |
# | `b1` | `db1` | $(n_h, 1)$ | (4, 1) |
# | `Z1`, `A1` | `dZ1`, `dA1` | $(n_h, m)$ | (4, 400) |
# | `W2` | `dW2` | $(n_y, n_h)$ | (1, 4) |
# | `b2` | `db2` | $(n_y, 1)$ | (1, 1) |
# | `Z2`, `A2` | `dZ2` | $(n_y, m)$ | (1, 400) |
# | `Y` | not needed | $(n_y, m)$ | (1, 400) |
#
# **By hand:** one input, one hidden unit, one example, $m = 1$. Given $x = 1$, $y = 1$,
# $W^{[2]} = 2$, and from the forward pass $a^{[1]} = 0.5$, $a^{[2]} = 0.75$:
#
# - $dz^{[2]} = 0.75 - 1 = -0.25$, so $dW^{[2]} = -0.25 \cdot 0.5 = -0.125$ and
#   $db^{[2]} = -0.25$;
# - $dz^{[1]} = 2 \cdot (-0.25) \cdot (1 - 0.5^2) = -0.375$, so $dW^{[1]} = db^{[1]} = -0.375$.
#
# **The NumPy you need:** `A.T` is the transpose. `np.sum(A, axis=1)` adds up each row, but
# returns a flat array of shape $(n_h,)$. With `keepdims=True` it stays a column of shape
# $(n_h, 1)$, as a gradient of `b1` must be.


# %%
def backward_propagation(parameters, cache, X, Y):
    """Compute the gradient of the cost with respect to each parameter.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``; only W2 (n_y, n_h) is needed.
    cache : dict
        ``"A1"`` (n_h, m) and ``"A2"`` (n_y, m), from `forward_propagation`.
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        The labels, 0 or 1.

    Returns
    -------
    dict
        ``"dW1"`` (n_h, n_x), ``"db1"`` (n_h, 1), ``"dW2"`` (n_y, n_h), ``"db2"`` (n_y, 1).
    """
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    ### START CODE HERE ### (≈ 6 lines)
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    ### END CODE HERE ###
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %%
check(backward_propagation)

# %%
if ready(backward_propagation):
    grads = backward_propagation(
        parameters={"W2": np.array([[2.0]])},
        cache={"A1": np.array([[0.5]]), "A2": np.array([[0.75]])},
        X=np.array([[1.0]]),
        Y=np.array([[1]]),
    )
    for name, value in grads.items():
        print(name, value.shape, np.round(value, 4).item())

# %% [markdown]
# **Expected output**
#
# ```
# dW1 (1, 1) -0.375
# db1 (1, 1) -0.375
# dW2 (1, 1) -0.125
# db2 (1, 1) -0.25
# ```
#
# <details><summary>Hint 1: the order</summary>
#
# Six lines, one for each formula of the summary, from top to bottom. You need `dZ2` before
# anything else, and `dZ1` before `dW1` and `db1`.
#
# </details>
#
# <details><summary>Hint 2: which product?</summary>
#
# $\odot$ is `*`; two matrices written side by side are `@`. If you are not sure, do the shapes:
# only one of the two gives the shape that the table asks for.
#
# </details>
#
# <details><summary>Hint 3: the numbers are too large</summary>
#
# Are they exactly $m$ times too large? Then the average is missing. Is `dW1` too *small*? Then
# $\frac1m$ stands at `dZ2` as well, and is counted twice.
#
# </details>

# %% [markdown]
# **Do you trust your gradient?** Here is a test that needs no theory. Move one weight a little to
# both sides, and see how much the cost changes. The two numbers must agree in many digits.

# %%
if ready(forward_propagation, compute_cost, backward_propagation):
    rng = np.random.default_rng(1)
    shapes = {"W1": (4, 2), "b1": (4, 1), "W2": (1, 4), "b2": (1, 1)}
    trial = {name: rng.standard_normal(shape) for name, shape in shapes.items()}

    def cost_if(name, index, step):
        """Compute the cost with one entry of one parameter moved by a step."""
        moved = {key: value.copy() for key, value in trial.items()}
        moved[name][index] += step
        return compute_cost(forward_propagation(X, moved)[0], Y)

    grads = backward_propagation(trial, forward_propagation(X, trial)[1], X, Y)
    for name, index in [("W1", (2, 1)), ("b1", (3, 0)), ("W2", (0, 1)), ("b2", (0, 0))]:
        slope = (cost_if(name, index, 1e-5) - cost_if(name, index, -1e-5)) / 2e-5
        print(f"{name}: by nudging {slope:.4f}, by your formula {grads['d' + name][index]:.4f}")

# %% [markdown]
# ### Exercise 14: `update_parameters`
#
# **Difficulty** ●○○ · **5 minutes**
#
# The gradient points uphill, so take a step the other way. For each of the four parameters:
#
# $$\theta \leftarrow \theta - \alpha \, d\theta$$
#
# The learning rate $\alpha$ decides the length of the step.
#
# **By hand:** $\theta = 0.5$, $d\theta = -0.25$, $\alpha = 1.2$ gives
# $0.5 - 1.2 \cdot (-0.25) = 0.8$.
#
# Make **new** arrays. `W1 = W1 - …` does that, while `W1 -= …` would write into the array of the
# caller, who may still need it.


# %%
def update_parameters(parameters, grads, learning_rate=1.2):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``. It must not be changed.
    grads : dict
        ``"dW1"``, ``"db1"``, ``"dW2"``, ``"db2"``, each of the shape of its parameter.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict
        The new ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``.
    """
    ### START CODE HERE ### (≈ 4 lines)
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    ### END CODE HERE ###
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


# %%
check(update_parameters)

# %%
if ready(update_parameters):
    old = {name: np.full((1, 1), 0.5) for name in ("W1", "b1", "W2", "b2")}
    grads = {"d" + name: np.full((1, 1), -0.25) for name in old}
    new = update_parameters(old, grads)
    print("old:", {name: value.item() for name, value in old.items()})
    print("new:", {name: round(value.item(), 4) for name, value in new.items()})

# %% [markdown]
# **Expected output**
#
# ```
# old: {'W1': 0.5, 'b1': 0.5, 'W2': 0.5, 'b2': 0.5}
# new: {'W1': 0.8, 'b1': 0.8, 'W2': 0.8, 'b2': 0.8}
# ```
#
# <details><summary>Hint</summary>
#
# Four lines that look alike. When you copy a line, look twice that all its names have been
# changed. If "old" has changed in your output, the function wrote into its argument.
#
# </details>

# %% [markdown]
# ### Exercise 15: `nn_model`
#
# **Difficulty** ●●○ · **10 minutes**
#
# All parts are there. Training goes:
#
# 1. start with small random parameters;
# 2. again and again: **forward** (what does the network say?), **cost** (how bad is it?),
#    **backward** (which way is downhill?), **update** (take a step).
#
# **By hand**, the first turn for the flower with $n_h = 4$: the random weights give probabilities
# near 0.5, the cost is about 0.6931, the gradients come in the four shapes of the table, and the
# parameters leave the place where they started. The second turn uses the *new* parameters. 1000
# turns later you have a classifier.
#
# The hidden layer has `n_h` units, as the argument says, not 4. Call your own functions, and let
# `update_parameters` use its default learning rate.
#
# There are **two places** to complete: step 1 stands before the loop, step 2 inside of it. The
# function works only when both are done.


# %%
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    """Train a network with one hidden layer by gradient descent.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (1, m)
        The labels, 0 or 1.
    n_h : int
        The number of hidden units.
    num_iterations : int
        The number of steps.
    print_cost : bool
        Whether to print the cost every 250 steps.

    Returns
    -------
    dict
        The learnt ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``.
    """
    n_x, _, n_y = layer_sizes(X, Y)
    ### START CODE HERE ### (≈ 1 line: step 1)
    parameters = initialize_parameters(n_x, n_h, n_y)
    ### END CODE HERE ###
    for i in range(num_iterations):
        ### START CODE HERE ### (≈ 4 lines: step 2)
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        ### END CODE HERE ###
        if print_cost and i % 250 == 0:
            print(f"Cost after {i} iterations: {cost:.4f}")
    return parameters


# %%
check(nn_model)

# %% tags=["nbval-ignore-output"]
if ready(nn_model):
    np.random.seed(1)
    parameters = nn_model(X, Y, n_h=4, num_iterations=1500, print_cost=True)

# %% [markdown]
# **Expected output:** the first cost is 0.6931, and the last is below 0.3. The numbers between
# depend on how you draw the first weights.
#
# <details><summary>Hint</summary>
#
# Look up what each of your functions takes and what it returns; `forward_propagation` returns two
# things. If the cost stays the same for ever, the result of `update_parameters` gets lost: it
# must become the `parameters` of the next turn.
#
# </details>

# %% [markdown]
# ### Exercise 16: `predict`
#
# **Difficulty** ●○○ · **4 minutes**
#
# Predict 1 where the network's probability is greater than one half:
#
# $$\hat y^{(i)} = \begin{cases} 1 & a^{[2] (i)} > 0.5 \\ 0 & \text{otherwise} \end{cases}$$
#
# **By hand:** $A^{[2]} = (0.2,\ 0.9,\ 0.5)$ becomes $(0,\ 1,\ 0)$.
#
# **The NumPy you need:** a comparison gives `True` and `False`; `array.astype(int)` turns these
# into 1 and 0.


# %%
def predict(parameters, X):
    """Predict the label of each example.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``.
    X : ndarray, shape (n_x, m)
        One example per column.

    Returns
    -------
    ndarray, shape (1, m)
        The predictions, 0 or 1 (`False` and `True` will do).
    """
    ### START CODE HERE ### (≈ 2 lines)
    A2, _ = forward_propagation(X, parameters)
    predictions = (A2 > 0.5).astype(int)
    ### END CODE HERE ###
    return predictions


# %%
check(predict)

# %%
if ready(predict):
    one_unit = {
        "W1": np.array([[1.0]]),
        "b1": np.array([[0.0]]),
        "W2": np.array([[5.0]]),
        "b2": np.array([[0.0]]),
    }
    print(predict(one_unit, np.array([[-2.0, 3.0, 0.0]])).astype(int))

# %% [markdown]
# **Expected output**
#
# ```
# [[0 1 0]]
# ```
#
# <details><summary>Hint</summary>
#
# You need only one of the two things that `forward_propagation` returns.
#
# </details>

# %% [markdown]
# ## 4. See it work
#
# ### Symmetry, unbroken
#
# Exercise 10 claimed that equal units stay equal. Now see for yourself: train three networks,
# alike but for their first weights. Each row below is one hidden unit.

# %%
if ready(
    initialize_parameters,
    forward_propagation,
    compute_cost,
    backward_propagation,
    update_parameters,
):

    def one_step(weights):
        """Take one step of gradient descent on the flower."""
        _, values = forward_propagation(X, weights)
        return update_parameters(weights, backward_propagation(weights, values, X, Y))

    np.random.seed(1)
    first = initialize_parameters(2, 4, 1)
    starts = {
        "all zero": {name: np.zeros_like(value) for name, value in first.items()},
        "all 0.3": {name: np.full_like(value, 0.3) for name, value in first.items()},
        "small and random": first,
    }
    for start, weights in starts.items():
        for _ in range(500):
            weights = one_step(weights)
        final_cost = compute_cost(forward_propagation(X, weights)[0], Y)
        print(f"start {start}: cost {final_cost:.2f} after 500 steps, W1 =")
        print(np.round(weights["W1"], 2) + 0.0)

# %% [markdown]
# From zero, `W1` has not moved at all, and the cost is that of a coin. From 0.3 all four units
# have moved, in step: four rows, one unit. Only the random start has four units to work with.
#
# ### A bent boundary

# %% tags=["nbval-ignore-output"]
if ready(nn_model, predict):
    np.random.seed(1)
    flower_network = nn_model(X, Y, n_h=4, num_iterations=1500)
    contestants = {
        "Logistic regression": predict_by_line,
        "Four hidden units": partial(predict, flower_network),
    }
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.8), layout="constrained")
    for ax, (name, model) in zip(axes, contestants.items(), strict=True):
        plotting.plot_decision_boundary(model, X, Y, ax)
        ax.set(title=f"{name}: {accuracy(model(X), Y)} % right", xlabel="$x_1$", ylabel="$x_2$")
    plotting.show(
        figure,
        alt="The flower twice. Left: one straight line of logistic regression cuts through all "
        "petals. Right: the boundary of the network bends around the petals of each class.",
    )

# %% [markdown]
# Four hidden units are four soft lines in the plane, and the output unit combines them. That is
# enough for a flower.
#
# ### How many hidden units?
#
# More units can draw more complicated boundaries. Is more always better? To find out, train on 80
# points only and **hold out** the other 320. The held-out points tell what the network would do
# with new examples.

# %% tags=["nbval-ignore-output"]
if ready(nn_model, predict):
    order = np.random.default_rng(0).permutation(X.shape[1])
    train, held_out = order[:80], order[80:]
    sizes = [1, 2, 5, 20]
    scores = []
    figure, axes = plt.subplots(1, 5, figsize=(11.5, 2.9), layout="constrained")
    for ax, n_h in zip(axes[:4], sizes, strict=True):
        np.random.seed(1)
        learnt = nn_model(X[:, train], Y[:, train], n_h, num_iterations=4000)
        hits = predict(learnt, X) == Y
        scores.append([100 * hits[:, part].mean() for part in (train, held_out)])
        plotting.plot_decision_boundary(partial(predict, learnt), X[:, train], Y[:, train], ax)
        ax.set(title=f"{n_h} hidden unit{'s' * (n_h > 1)}", xlabel="$x_1$")
    axes[0].set_ylabel("$x_2$")
    on_train, on_held_out = np.transpose(scores)
    axes[4].plot(range(4), on_train, "o-", label="training")
    axes[4].plot(range(4), on_held_out, "s--", label="held out")
    axes[4].set(xlabel="hidden units", title="accuracy in per cent", ylim=(50, 101))
    axes[4].set_xticks(range(4), sizes)
    axes[4].legend(loc="lower right")
    plotting.show(
        figure,
        alt="Boundaries of networks with 1, 2, 5 and 20 hidden units on 80 training points, more "
        "and more complicated, and a chart of accuracies: on the training points it rises with "
        "every size, on the held-out points it jumps up at 5 units and does not gain from 20.",
    )
    for n_h, (learnt_well, works_well) in zip(sizes, scores, strict=True):
        print(f"hidden units: {n_h:2d}, training {learnt_well:.1f} %, held out {works_well:.1f} %")

# %% [markdown]
# One or two units are too few for eight petals, and both accuracies are low: the network
# **underfits**. Five units do well on both. With 20 units the network gets (almost) every training
# point right, but on the held-out points it is no better than with five: its boundary now follows
# accidents of these 80 points. It begins to **overfit**. (On 320 held-out points, a difference
# of two percentage points is no more than chance, so do not say that it got worse.) Choose the
# size by the held-out accuracy, and when two sizes are about equal, take the smaller network.
#
# **Question.** Why not choose the size by the training accuracy?
#
# <details><summary>Answer</summary>
#
# It hardly ever goes down when units are added, so it would always vote for the largest network. In
# the end that network knows the training points by heart, and nobody asks it about those again.
#
# </details>

# %% [markdown]
# ### Four other data sets

# %% tags=["nbval-ignore-output"]
if ready(nn_model, predict):
    figure, axes = plt.subplots(1, 4, figsize=(11.5, 3.1), layout="constrained")
    for ax, name in zip(axes, ["circles", "moons", "blobs", "spirals"], strict=True):
        points, labels = datasets.load_planar(name)
        np.random.seed(1)
        learnt = nn_model(points, labels, n_h=8, num_iterations=2500)
        straight = logistic.model(points, labels, points, labels, 500, 0.5)
        percent = accuracy(predict(learnt, points), labels)
        percent_line = accuracy(straight["Y_prediction_train"], labels)
        plotting.plot_decision_boundary(partial(predict, learnt), points, labels, ax)
        ax.set(title=f"{name}: line {percent_line} %,\nnetwork {percent} %", xlabel="$x_1$")
    axes[0].set_ylabel("$x_2$")
    plotting.show(
        figure,
        alt="Boundaries of a network with eight hidden units on circles, moons, blobs and spirals. "
        "It encloses the inner circle, winds between the moons and between the spirals, and is "
        "almost straight between the blobs.",
    )

# %% [markdown]
# The network wins where the boundary must bend. The two blobs are the exception: a straight line
# is right for them, and the network has nothing to add. Try the simple model first.

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **name and write four activations with their derivatives**: sigmoid for a yes-or-no output,
#    tanh or ReLU in hidden layers, leaky ReLU against dead units;
# 2. **say which shape every array has**: one unit, one row of `W`; examples are columns; a
#    gradient has the shape of the thing it belongs to;
# 3. **explain why weights must not start at zero**: equal units get equal gradients and stay
#    equal;
# 4. **derive and write forward and backward propagation**: the chain rule from right to left,
#    with a matrix product adding up over the examples;
# 5. **train a network and compare it with logistic regression**: forward, cost, backward, update,
#    and repeat;
# 6. **choose the hidden size by held-out data**: too few units underfit, too many may overfit.
#
# ## What to remember
#
# - Without an activation that bends, layers add nothing.
# - $dZ^{[2]} = A^{[2]} - Y$: prediction minus truth. The factor $\frac1m$ comes in once, at the
#   parameters.
# - Random weights break the symmetry; biases may start at zero.
# - The first cost of a yes-or-no network with small weights is $\ln 2 \approx 0.6931$.
# - `@` multiplies matrices, `*` multiplies elements, `keepdims=True` keeps a column a column.
#
# **What comes next.** One hidden layer, written out by hand. Week 3 writes one layer as a pair of
# functions, forward and backward, and then stacks as many of them as you like.
#
# ## Stretch exercises
#
# 1. **ReLU inside.** Replace tanh by `relu` in a copy of your network. Which line of the backward
#    pass changes, and why is the cache's `Z1` useful now? How do the boundaries look different?
# 2. **Learning rates.** Train on the flower with learning rates 0.01, 0.1, 1.2 and 10 and plot
#    the four cost curves. Which is too small, which too large?
# 3. **Larger first weights.** Multiply by 1 instead of 0.01, then by 10. What happens to the
#    first costs, and to the slopes of tanh?
# 4. **Luck.** Train the network with three hidden units on the flower with ten different seeds.
#    How much do the accuracies differ? What does that say about comparing two models by one run
#    each?
# 5. **All gradients.** Turn the nudging test into a function that checks *every* entry of all
#    four parameters, and reports the largest difference. You will meet it again in week 4.
#
# ## References
#
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams: *Learning representations by back-propagating
#   errors*. Nature 323, 533–536, 1986.
# - G. Cybenko: *Approximation by superpositions of a sigmoidal function*. Mathematics of Control,
#   Signals, and Systems 2, 303–314, 1989.
# - Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller: *Efficient BackProp*. In: Neural Networks:
#   Tricks of the Trade, Springer, 1998.
# - V. Nair, G. E. Hinton: *Rectified linear units improve restricted Boltzmann machines*.
#   ICML, 2010.
# - A. L. Maas, A. Y. Hannun, A. Y. Ng: *Rectifier nonlinearities improve neural network acoustic
#   models*. ICML, 2013.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, chapter 6. MIT Press, 2016.
