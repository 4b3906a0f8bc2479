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
# # Optimization: better ways downhill
#
# So far you have always gone downhill in the same way: look at all the examples, compute the
# gradient, take one step against it. It works, and it is slow. This week you make it fast, with
# three ideas: look at a few examples at a time, remember where you came from, and give each
# weight a step size of its own. Together they make **Adam**, with which most networks are trained
# today.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. say how batch, stochastic and mini-batch gradient descent differ, and cut data into shuffled
#    mini-batches;
# 2. smooth a noisy series with an exponentially weighted average, correct its bias, and say how
#    far it looks back;
# 3. tell a minimum from a saddle point, and explain why saddle points and plateaus slow gradient
#    descent down;
# 4. write momentum, RMSprop and Adam, and say what each of them remembers, and what for;
# 5. shrink the learning rate on five different schedules;
# 6. compare optimizers fairly, on real data.
#
# ## Before you start
#
# You need weeks 2 and 3: the forward and backward pass of a network, and parameters in a
# dictionary `{"W1": …, "b1": …, "W2": …}`. You need the derivative and the second derivative from
# school.
#
# **Time:** about 150 minutes. There are 16 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up, data and a network

# %%
import copy
import math
import time

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.activations import relu, relu_derivative, sigmoid
from helpers.checking import checks_for, ready

check = checks_for("w05_optimization")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# The data are 1797 small pictures of handwritten digits. The question to the network is a yes-or-no
# question: **is the digit odd?** That is not easy, since a 3 looks much more like an 8 than like a
# 7. Each picture has 8 by 8 pixels, so each example is a column of 64 numbers. We subtract the
# mean picture of the training set from all of them: around zero, training goes more smoothly.

# %%
digits = datasets.load_digits()
X = digits.train_x.reshape(-1, 64).T / 16
X_test = digits.test_x.reshape(-1, 64).T / 16
mean_picture = X.mean(axis=1, keepdims=True)
X, X_test = X - mean_picture, X_test - mean_picture
Y, Y_test = digits.train_y % 2, digits.test_y % 2
print("X:", X.shape, " Y:", Y.shape, f" odd: {100 * Y.mean():.1f} %")
print("X_test:", X_test.shape, f" odd: {100 * Y_test.mean():.1f} %")

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(1, 12, figsize=(10, 1.3), layout="constrained")
for i, ax in enumerate(axes):
    ax.imshow(digits.train_x[i], cmap="Greys")
    ax.set_title("odd" if Y[0, i] else "even", fontsize=10)
    ax.axis("off")
plotting.show(figure, alt="Twelve small handwritten digits, each with its label, odd or even.")

# %% [markdown]
# Here is a network to train. It has two hidden layers with ReLU and a sigmoid output. You know
# all of it from the last weeks, so there is nothing to do here but to read it. Two details:
#
# - The parameters are a dictionary with `"W1"`, `"b1"`, `"W2"`, …, and the gradients one with
#   `"dW1"`, `"db1"`, `"dW2"`, …. This week all your functions take such dictionaries.
# - The cost is computed from $z^{[3]}$ and not from $a^{[3]}$. The loss
#   $-y \log a - (1 - y) \log(1 - a)$ is equal to $\log(1 + e^{z}) - y z$, and `np.logaddexp(0, z)`
#   computes $\log(1 + e^{z})$ without overflow.


# %%
def start_network(sizes, seed=1):
    """Draw the first weights, with the variance of He; biases are zero."""
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer in range(1, len(sizes)):
        shape = (sizes[layer], sizes[layer - 1])
        parameters[f"W{layer}"] = rng.standard_normal(shape) * np.sqrt(2 / sizes[layer - 1])
        parameters[f"b{layer}"] = np.zeros((sizes[layer], 1))
    return parameters


def forward(parameters, X):
    """Compute the pre-activations of the three layers."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    Z2 = parameters["W2"] @ relu(Z1) + parameters["b2"]
    Z3 = parameters["W3"] @ relu(Z2) + parameters["b3"]
    return Z1, Z2, Z3


def cost_of(Z3, Y):
    """Compute the cost from the last pre-activations."""
    return float(np.mean(np.logaddexp(0, Z3) - Y * Z3))


def cost_and_gradients(parameters, X, Y):
    """Compute the cost, and its gradient with respect to each parameter."""
    Z1, Z2, Z3 = forward(parameters, X)
    dZ3 = (sigmoid(Z3) - Y) / X.shape[1]
    dZ2 = (parameters["W3"].T @ dZ3) * relu_derivative(Z2)
    dZ1 = (parameters["W2"].T @ dZ2) * relu_derivative(Z1)
    grads = {}
    for layer, (dZ, inputs) in enumerate([(dZ1, X), (dZ2, relu(Z1)), (dZ3, relu(Z2))], start=1):
        grads[f"dW{layer}"] = dZ @ inputs.T
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True)
    return cost_of(Z3, Y), grads


def accuracy(parameters, X, Y):
    """Count how many examples are classified rightly, in per cent."""
    return 100 * float(np.mean((forward(parameters, X)[2] > 0) == Y))


# %%
for name, value in start_network([64, 32, 16, 1]).items():
    print(name, value.shape)
cost, grads = cost_and_gradients(start_network([64, 32, 16, 1]), X, Y)
print("cost", round(cost, 4), " gradients:", ", ".join(grads))

# %% [markdown]
# ## 2. A few examples at a time
#
# ### Exercise 1: `update_parameters_with_gd`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Start with what you know: one step of plain gradient descent. For every layer $l$:
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha \, dW^{[l]} \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha \, db^{[l]}$$
#
# The network may have any number of layers: the dictionary says how many.
#
# **By hand:** $W = 1$, $dW = 0.5$, $\alpha = 0.1$ gives $1 - 0.1 \cdot 0.5 = 0.95$.
#
# **The Python you need:** a network with $L$ layers has $2L$ parameters, so
# `len(parameters) // 2` is $L$. `range(1, L + 1)` counts from 1 to $L$. With `l = 2`, the text
# `f"W{l}"` is `"W2"`. Or use the names themselves: `for name in parameters` goes through `"W1"`,
# `"b1"`, …, and the gradient of `name` is called `"d" + name`. Make a **new** dictionary and leave
# the old one as it is. There may be other things in `grads`; do not mind them.


# %%
def update_parameters_with_gd(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, … for any number of layers. It must not be changed.
    grads : dict
        ``"dW1"``, ``"db1"``, …, each of the shape of its parameter.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict
        The new parameters, under the same names.
    """
    ### START CODE HERE ### (≈ 3 lines)
    new_parameters = {}
    for name in parameters:
        new_parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    ### END CODE HERE ###
    return new_parameters


# %%
check(update_parameters_with_gd)

# %%
if ready(update_parameters_with_gd):
    old = {"W1": np.array([[1.0, -1.0]]), "b1": np.array([[2.0]])}
    slopes = {"dW1": np.array([[0.5, 0.0]]), "db1": np.array([[-0.5]])}
    for name, value in update_parameters_with_gd(old, slopes, learning_rate=0.1).items():
        print(name, value.tolist())

# %% [markdown]
# **Expected output**
#
# ```
# W1 [[0.95, -1.0]]
# b1 [[2.05]]
# ```
#
# <details><summary>Hint</summary>
#
# Begin with an empty dictionary. In the loop, fill in one parameter at a time: its old value,
# minus the learning rate times its gradient.
#
# </details>

# %% [markdown]
# ### Exercise 2: `random_mini_batches`
#
# **Difficulty** ●●○ · **15 minutes**
#
# The gradient is an average over the examples. To know *roughly* where downhill is, you need not
# ask all of them. How many should you ask before each step?
#
# - **Batch gradient descent** asks all $m$. Every step is right, and every step is expensive.
# - **Stochastic gradient descent** asks one. Steps are cheap and erratic, and `numpy` has hardly
#   anything to do at a time, so most of the time goes into Python itself.
# - **Mini-batch gradient descent** asks a few, say 64. The error of an average over 64 examples is
#   8 times smaller than that of one example ($\sqrt{64} = 8$), and `numpy` works on 64 columns in
#   far less than 64 times the time of one.
#
# One pass through all the examples is called an **epoch**. Batch gradient descent takes one step
# in an epoch, stochastic gradient descent $m$ of them, mini-batches of size $k$ give
# $\lceil m / k \rceil$.
#
# The mini-batches must be random, or the network would see the examples in the order in which
# somebody once sorted them. So in each epoch:
#
# 1. **Shuffle** the columns of $X$ and of $Y$, both in the *same* random order: every example
#    keeps its label.
# 2. **Cut** the shuffled columns into pieces of size $k$. If $k$ does not divide $m$, the last
#    piece is shorter.
#
# **By hand:** five examples, $k = 2$, and the random order $(3, 0, 4, 1, 2)$. The mini-batches are
# the columns $(3, 0)$, then $(4, 1)$, then $(2)$.
#
# The argument `seed` decides on the order: the same seed gives the same order, another seed
# another one. So `train` below can shuffle anew in each epoch, and still everything can be
# repeated.
#
# **The NumPy you need:** `rng = np.random.default_rng(seed)` makes a generator of random numbers,
# and `rng.permutation(m)` draws the numbers $0, \dots, m - 1$ in random order.
# (`np.random.seed(seed)` and `np.random.permutation(m)` do as well.) `X[:, order]` takes columns
# in the order that you give. `X[:, 4:6]` takes the columns 4 and 5, and if there is no column 5,
# it takes what is there. `range(0, m, k)` counts $0, k, 2k, \dots$ and stops before $m$.


# %%
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    """Shuffle the examples and cut them into mini-batches.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (1, m)
        One label per column.
    mini_batch_size : int
        How many examples a mini-batch holds; the last one holds what is left.
    seed : int
        Decides on the order.

    Returns
    -------
    list of tuple
        Pairs ``(X_batch, Y_batch)`` of shapes (n_x, size) and (1, size).
    """
    m = X.shape[1]
    ### START CODE HERE ### (5 to 8 lines)
    order = np.random.default_rng(seed).permutation(m)
    mini_batches = []
    for start in range(0, m, mini_batch_size):
        part = order[start : start + mini_batch_size]
        mini_batches.append((X[:, part], Y[:, part]))
    ### END CODE HERE ###
    return mini_batches


# %%
check(random_mini_batches)

# %%
if ready(random_mini_batches):
    numbers = np.arange(10).reshape(1, 10)
    batches = random_mini_batches(numbers, 100 * numbers, mini_batch_size=4, seed=1)
    print("sizes:", [x.shape[1] for x, _ in batches])
    print("labels right:", all((y == 100 * x).all() for x, y in batches))
    print("all there:", sorted(np.hstack([x for x, _ in batches]).ravel().tolist()))
    print("mini-batches of digits:", len(random_mini_batches(X, Y)))

# %% [markdown]
# **Expected output**
#
# ```
# sizes: [4, 4, 2]
# labels right: True
# all there: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
# mini-batches of digits: 22
# ```
#
# <details><summary>Hint 1: shuffle</summary>
#
# Draw one permutation, give it a name, and use it twice, for the columns of `X` and for those of
# `Y`. If labels get lost, you have drawn two.
#
# </details>
#
# <details><summary>Hint 2: cut</summary>
#
# A loop over the starting points $0, k, 2k, \dots$ makes one mini-batch per turn: the columns
# from `start` to `start + mini_batch_size`. Slices stop at the end of an array by themselves, so
# the short last mini-batch needs no `if`.
#
# </details>

# %% [markdown]
# Now train with it. The function below is given. It takes a `step`, which you can choose: here it
# is your `update_parameters_with_gd`, and later it will be Adam. The learning rate may be a number,
# or a function of the epoch.


# %%
def train(step, X, Y, sizes, learning_rate, mini_batch_size=64, epochs=10, seed=1):
    """Train a network on mini-batches.

    Parameters
    ----------
    step : callable
        ``step(parameters, grads, t, learning_rate)`` returns the parameters after step t.
    learning_rate : float or callable
        A number, or a function that gives the rate for each epoch.

    Returns
    -------
    parameters : dict
    batch_costs : ndarray
        The cost of each mini-batch, before the step that it led to.
    epoch_costs : ndarray
        The cost of all examples, at the start and after each epoch.
    """
    parameters, t = start_network(sizes, seed), 0
    batch_costs, epoch_costs = [], [cost_of(forward(parameters, X)[2], Y)]
    for epoch in range(epochs):
        rate = learning_rate(epoch) if callable(learning_rate) else learning_rate
        for X_batch, Y_batch in random_mini_batches(X, Y, mini_batch_size, seed=epoch):
            t += 1
            cost, grads = cost_and_gradients(parameters, X_batch, Y_batch)
            parameters = step(parameters, grads, t, rate)
            batch_costs.append(cost)
        epoch_costs.append(cost_of(forward(parameters, X)[2], Y))
    return parameters, np.array(batch_costs), np.array(epoch_costs)


def plain_step(parameters, grads, t, learning_rate):
    """Take a step of gradient descent."""
    return update_parameters_with_gd(parameters, grads, learning_rate)


# %% tags=["nbval-ignore-output"]
if ready(update_parameters_with_gd, random_mini_batches):
    figure, axes = plt.subplots(1, 2, figsize=(11, 3.2), sharey=True, layout="constrained")
    for size, epochs, style in [(X.shape[1], 100, "-"), (64, 30, "--"), (1, 2, ":")]:
        print(f"mini-batches of {size:4d}: ", end="", flush=True)
        began = time.perf_counter()
        learnt, batch_costs, epoch_costs = train(
            plain_step, X, Y, [64, 32, 16, 1], 0.05, size, epochs
        )
        seconds = time.perf_counter() - began
        print(
            f"{epochs:3d} epochs, {len(batch_costs):4d} steps in {seconds:.1f} s, "
            f"cost {epoch_costs[-1]:.3f}, test accuracy {accuracy(learnt, X_test, Y_test):.1f} %"
        )
        axes[0].plot(epoch_costs[:21], style, marker="o", ms=3, label=f"size {size}")
        axes[1].plot(np.linspace(0, seconds, epochs + 1), epoch_costs, style, label=f"size {size}")
    axes[0].set(xlabel="epochs", ylabel="cost of all examples", title="by epochs", xlim=(-0.5, 20))
    axes[1].set(xlabel="seconds", title="by the clock")
    axes[0].legend()
    plotting.show(
        figure,
        alt="The cost of the digits for three sizes of mini-batches. By epochs, size 1 falls "
        "fastest and the whole batch hardly moves. By the clock, size 64 and size 1 are close "
        "together, and the whole batch is far behind.",
    )

# %% [markdown]
# By epochs, stochastic gradient descent wins: it has taken 1347 steps where batch gradient descent
# has taken one. By the clock it is another race. Batch gradient descent is far behind, and the
# other two are about level. This network is tiny. With a larger one, on a processor that is good at
# large matrices, the single examples fall behind too, and mini-batches of 32 to 512 are what is
# used. Powers of two are customary, for they suit the memory.
#
# **Question.** In batch gradient descent, the cost goes down in every step, if the learning rate
# is small enough. Is that so with mini-batches?
#
# <details><summary>Answer</summary>
#
# No. Each step goes downhill for its own 64 examples, and may go uphill for the others. And the
# cost that you see in each step is that of other examples than before: some mini-batches are
# harder than others. The cost goes down *on average*.
#
# </details>

# %% [markdown]
# ## 3. Averages that forget
#
# The cost of each mini-batch is a noisy number. How would you see whether it still goes down? You
# would take an average over the recent past. The same idea, applied to gradients, is the heart of
# everything that follows. So look at it closely.

# %% [markdown]
# ### Exercise 3: `exponential_average`
#
# **Difficulty** ●○○ · **8 minutes**
#
# An **exponentially weighted average** needs to remember one number only, $v$. It starts at
# $v_0 = 0$. Whenever a new value $\theta_t$ comes in, keep the share $\beta$ of the old average
# and add the share $1 - \beta$ of the new value:
#
# $$v_t = \beta \, v_{t-1} + (1 - \beta)\, \theta_t$$
#
# Put the formula into itself a few times, and you see why it is called so:
#
# $$v_t = (1 - \beta)\bigl(\theta_t + \beta\, \theta_{t-1} + \beta^2 \theta_{t-2} + \beta^3
# \theta_{t-3} + \dots + \beta^{t-1} \theta_1\bigr)$$
#
# The weights shrink by the factor $\beta$ with every step into the past.
#
# **By hand:** $\beta = 0.5$, $\theta = (10,\ 20)$. Then $v_1 = 0.5 \cdot 0 + 0.5 \cdot 10 = 5$ and
# $v_2 = 0.5 \cdot 5 + 0.5 \cdot 20 = 12.5$.
#
# **The NumPy you need:** `np.zeros(n)` makes an array of `n` zeros, to be filled.
# `for t, value in enumerate(values)` counts along: `t` is 0, 1, 2, …. Each $v_t$ needs the one
# before it, so here a loop is right.


# %%
def exponential_average(values, beta):
    """Average a series with weights that fade into the past.

    Parameters
    ----------
    values : ndarray, shape (T,)
        The series, oldest first.
    beta : float
        How much of the old average stays, from 0 to less than 1.

    Returns
    -------
    ndarray, shape (T,)
        The average after each value.
    """
    ### START CODE HERE ### (≈ 5 lines)
    averages = np.zeros(len(values))
    v = 0
    for t, value in enumerate(values):
        v = beta * v + (1 - beta) * value
        averages[t] = v
    ### END CODE HERE ###
    return averages


# %%
check(exponential_average)

# %%
if ready(exponential_average):
    print(exponential_average(np.array([10.0, 20.0]), beta=0.5))
    print(np.round(exponential_average(np.full(5, 10.0), beta=0.9), 3))

# %% [markdown]
# **Expected output**
#
# ```
# [ 5.  12.5]
# [1.    1.9   2.71  3.439 4.095]
# ```
#
# <details><summary>Hint</summary>
#
# Before the loop: an array of zeros for the answers, and `v = 0`. In the loop: first update `v`,
# then write it into its place in the array.
#
# </details>

# %% [markdown]
# ### Exercise 4: `correct_bias`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Look at the second line of the output above. Every value of the series was 10, and the averages
# are far below 10. The start at $v_0 = 0$ pulls them down. The weights of the first $t$ values add
# up to
#
# $$(1 - \beta)\bigl(1 + \beta + \beta^2 + \dots + \beta^{t-1}\bigr) = 1 - \beta^t$$
#
# and not to 1. An average whose weights do not add up to 1 is **biased**. The cure: divide by what
# they do add up to.
#
# $$\hat v_t = \frac{v_t}{1 - \beta^t}$$
#
# The power grows with $t$, so the correction fades: for $\beta = 0.9$ and $t = 50$, the
# denominator is $0.995$.
#
# **By hand:** above, with $\beta = 0.5$: $\hat v_1 = 5 / (1 - 0.5) = 10$, and
# $\hat v_2 = 12.5 / (1 - 0.25) = 16.667$. Check it: the weights of 10 and 20 were $0.25$ and
# $0.5$, so the true weighted average is
# $(0.25 \cdot 10 + 0.5 \cdot 20) / 0.75 = 16.667$.
#
# **The NumPy you need:** `np.arange(1, T + 1)` is the array $(1, 2, \dots, T)$. `beta ** t` with an
# array `t` gives an array of powers. No loop is needed.


# %%
def correct_bias(averages, beta):
    """Correct exponentially weighted averages for their start at zero.

    Parameters
    ----------
    averages : ndarray, shape (T,)
        The averages after t = 1, …, T values.
    beta : float
        The beta that they were made with.

    Returns
    -------
    ndarray, shape (T,)
        The corrected averages.
    """
    ### START CODE HERE ### (≈ 2 lines)
    t = np.arange(1, len(averages) + 1)
    corrected = averages / (1 - beta**t)
    ### END CODE HERE ###
    return corrected


# %%
check(correct_bias)

# %%
if ready(correct_bias):
    print(np.round(correct_bias(np.array([5.0, 12.5]), beta=0.5), 3))
    print(correct_bias(np.array([1.0, 1.9, 2.71, 3.439]), beta=0.9).round(3))

# %% [markdown]
# **Expected output**
#
# ```
# [10.    16.667]
# [10. 10. 10. 10.]
# ```
#
# <details><summary>Hint</summary>
#
# `t` counts the values seen so far, so it begins with 1. Mind the difference between
# `1 - beta**t`, which changes along the series, and `1 - beta`, which does not.
#
# </details>

# %% [markdown]
# ### Exercise 5: `averaging_window`
#
# **Difficulty** ●○○ · **6 minutes**
#
# How far does such an average look back? The weights never become zero, but they become small.
# Let us ask: after how many steps $n$ has the weight of a value fallen to $1/e \approx 0.368$ of
# what it was? Each step multiplies the weight by $\beta$, so
#
# $$\beta^{n} = \frac1e \quad\Longrightarrow\quad n \ln \beta = -1 \quad\Longrightarrow\quad
# n = -\frac{1}{\ln \beta}$$
#
# Near 1 the logarithm is almost a straight line, $\ln \beta \approx \beta - 1$. This gives the
# famous rule of thumb: the average looks back over about
#
# $$\frac{1}{1 - \beta}$$
#
# values. Return both: first the rule of thumb, then the exact $n$.
#
# **By hand:** $\beta = 0.9$. The rule says $1 / 0.1 = 10$. Exactly, $\ln 0.9 = -0.10536$, so
# $n = 9.49$. Indeed $0.9^{9.49} = 0.368$, and $0.9^{10} = 0.349$, a little less than $1/e$.
#
# **The NumPy you need:** `np.log` is the natural logarithm, $\ln$.


# %%
def averaging_window(beta):
    """Say over how many values an exponentially weighted average looks back.

    Parameters
    ----------
    beta : float
        Between 0 and 1, both excluded.

    Returns
    -------
    rule : float
        The rule of thumb, ``1 / (1 - beta)``.
    exact : float
        The n for which ``beta ** n`` is 1/e.
    """
    ### START CODE HERE ### (≈ 2 lines)
    rule = 1 / (1 - beta)
    exact = -1 / np.log(beta)
    ### END CODE HERE ###
    return rule, exact


# %%
check(averaging_window)

# %%
if ready(averaging_window):
    for beta in (0.5, 0.9, 0.98, 0.999):
        rule, exact = averaging_window(beta)
        print(f"beta {beta}: about {rule:.0f} values, exactly {exact:.2f}")

# %% [markdown]
# **Expected output**
#
# ```
# beta 0.5: about 2 values, exactly 1.44
# beta 0.9: about 10 values, exactly 9.49
# beta 0.98: about 50 values, exactly 49.50
# beta 0.999: about 1000 values, exactly 999.50
# ```
#
# <details><summary>Hint</summary>
#
# Two formulas, two lines. If the second number is negative, a minus sign is missing: the logarithm
# of a number below 1 is negative.
#
# </details>

# %% [markdown]
# Now a real series: the costs of the mini-batches while the network learns to tell odd from even.
# Short mini-batches make them noisy.

# %% tags=["nbval-ignore-output"]
if ready(update_parameters_with_gd, random_mini_batches, exponential_average, correct_bias):
    _, series, _ = train(plain_step, X, Y, [64, 32, 16, 1], 0.03, mini_batch_size=16, epochs=4)
    figure, axes = plt.subplots(1, 2, figsize=(11.5, 3.4), layout="constrained")
    for ax, last in zip(axes, (len(series), 60), strict=True):
        steps = np.arange(1, last + 1)
        ax.plot(steps, series[:last], color="0.8", lw=0.8, label="costs")
        for beta, style in {0.5: ":", 0.9: "--", 0.98: "-"}.items():
            if ax is axes[1] and beta < 0.9:
                continue
            averages = exponential_average(series, beta)
            ax.plot(steps, correct_bias(averages, beta)[:last], style, label=f"β = {beta}")
            if ax is axes[1]:
                label = f"β = {beta}, not corrected"
                ax.plot(steps, averages[:last], style, color="black", lw=1, label=label)
        ax.set(xlabel="step", ylabel="cost of a mini-batch", ylim=(0, 1.1))
        ax.legend(ncols=2)
    axes[0].set_title("the whole series")
    axes[1].set_title("its beginning: with and without correction")
    plotting.show(
        figure,
        alt="Left: a noisy falling series of costs with three averages. For beta 0.5 the average "
        "is nearly as noisy as the series, for 0.9 smoother, for 0.98 smooth, and a little "
        "late. Right: the first 60 steps. Without correction the averages start near zero and "
        "climb, for beta 0.98 over the whole picture; with correction they follow the series "
        "from the start.",
    )

# %% [markdown]
# A large $\beta$ makes a smooth curve that reacts late: on a slope it is about $1 / (1 - \beta)$ steps
# behind. A small $\beta$ reacts at once and is noisy. On the right you see the bias. For
# $\beta = 0.98$ the uncorrected average needs more than 60 steps to recover from its start at zero.
#
# **Question.** You watch the cost with $\beta = 0.98$, corrected. The averaged cost still falls.
# May you conclude that the network still learns?
#
# <details><summary>Answer</summary>
#
# Not at once. The average looks about 50 steps back. It keeps falling for a while after the costs
# have become flat, because the old, higher costs only fade from it. Wait some 50 steps, or
# look at a smaller $\beta$ too.
#
# </details>

# %% [markdown]
# ## 4. Saddle points and plateaus
#
# What makes the way downhill long? People used to fear **local minima**: hollows in which gradient
# descent gets stuck, far above the deepest point. In networks with many parameters something else
# is far more common.

# %% [markdown]
# ### Exercise 6: `kind_of_point`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Suppose the gradient is zero. Gradient descent stops there. Is it a minimum? That depends on how
# the cost **curves**. Look along one direction at a time:
#
# - if the second derivative is **positive**, the cost rises to both sides, as in a valley;
# - if it is **negative**, the cost falls to both sides, as on a ridge;
# - if it is **zero**, the second derivative does not say.
#
# Which directions? The axes need not be enough: $J(w, b) = w^2 + b^2 - 3wb$ rises along $w$ and
# along $b$, and falls in between, where $w = b$. But among all directions there are always $n$, at
# right angles to each other, whose curvatures tell everything. (Linear algebra calls these
# curvatures the *eigenvalues* of the matrix of all second derivatives. You need not compute them.)
# So, with the curvatures of these $n$ directions:
#
# | curvatures | the point is a | return |
# |---|---|---|
# | all positive | minimum: every way out goes up | `"minimum"` |
# | all negative | maximum: every way out goes down | `"maximum"` |
# | some positive *and* some negative | saddle: up in some directions, down in others | `"saddle"` |
# | anything else | cannot be decided: some are zero, and the others agree | `"undecided"` |
#
# A saddle stays one, whatever the zeros among the others are: one way up and one way down are
# enough.
#
# **By hand:** $J(w, b) = \frac12 w^2 - \frac12 b^2$ has gradient $(w, -b)$, which is zero at
# $(0, 0)$. There is no product of $w$ and $b$ in it, so here the axes are the directions that we
# need. The second derivatives are $1$ along $w$ and $-1$ along $b$: a saddle. It looks like
# the saddle of a horse, which rises to the front and back and falls off to the sides.
#
# **The NumPy you need:** `np.all(a > 0)` is `True` if all entries are positive, `np.any(a > 0)` if
# at least one is.


# %%
def kind_of_point(curvatures):
    """Name a place where the gradient is zero by its curvatures.

    Parameters
    ----------
    curvatures : ndarray, shape (n,)
        The second derivative in each of the n directions that tell everything.

    Returns
    -------
    str
        ``"minimum"``, ``"maximum"``, ``"saddle"`` or ``"undecided"``.
    """
    ### START CODE HERE ### (≈ 8 lines)
    if np.all(curvatures > 0):
        kind = "minimum"
    elif np.all(curvatures < 0):
        kind = "maximum"
    elif np.any(curvatures > 0) and np.any(curvatures < 0):
        kind = "saddle"
    else:
        kind = "undecided"
    ### END CODE HERE ###
    return kind


# %%
check(kind_of_point)

# %%
if ready(kind_of_point):
    for curvatures in ([2.0, 0.1], [-1.0, -3.0], [1.0, -1.0], [4.0, 0.0, -0.1], [2.0, 0.0]):
        print(curvatures, kind_of_point(np.array(curvatures)))

# %% [markdown]
# **Expected output**
#
# ```
# [2.0, 0.1] minimum
# [-1.0, -3.0] maximum
# [1.0, -1.0] saddle
# [4.0, 0.0, -0.1] saddle
# [2.0, 0.0] undecided
# ```
#
# <details><summary>Hint</summary>
#
# A chain of `if`, `elif`, `elif`, `else`, one for each row of the table, in its order. "Some
# positive and some negative" are two conditions, joined by `and`.
#
# </details>

# %% [markdown]
# Now count. The matrix of all second derivatives, the *Hessian*, is symmetric, and the curvatures
# are its eigenvalues. Below, such matrices are drawn at random, `np.linalg.eigvalsh` computes their
# eigenvalues, and your function names each of them.

# %% tags=["nbval-ignore-output"]
if ready(kind_of_point):
    rng = np.random.default_rng(0)
    print("directions   minimum   maximum   saddle")
    for n in (1, 2, 3, 4, 6, 8):
        A = rng.standard_normal((2000, n, n))
        eigenvalues = np.linalg.eigvalsh(A + A.transpose(0, 2, 1))
        kinds = [kind_of_point(curvatures) for curvatures in eigenvalues]
        shares = [100 * kinds.count(kind) / 2000 for kind in ("minimum", "maximum", "saddle")]
        print(f"{n:10d} " + "".join(f"{share:8.1f} %" for share in shares))

# %% [markdown]
# With eight directions, minima have all but disappeared. It is like tossing a coin for each
# direction: all eight must show heads. (For these matrices it is harder still, because eigenvalues
# push each other apart.) A network has thousands of directions. Its Hessians are not random, so
# do not take this for a proof. But it has been found in experiments too: points where the gradient
# is small and the cost is *high* are mostly saddles.
#
# Gradient descent does leave a saddle, but slowly. On $J = \frac12 w^2 - \frac12 b^2$ one step
# turns $b$ into $b + \alpha b = (1 + \alpha)\, b$. Starting at a tiny $b_0$, it takes
# $\ln(1 / b_0) / \ln(1 + \alpha)$ steps until $b$ is about 1. For $\alpha = 0.1$ and
# $b_0 = 10^{-6}$ that is 145 steps, and in nearly all of them the cost hardly changes.
#
# A **plateau** is worse: a wide region that is almost flat. You met one in week 2, the saturated
# sigmoid. The gradient is tiny, so the steps are tiny, however long the way is.
#
# Gradient descent has a third enemy, the **ravine**: steep walls, and a floor that hardly slopes.
# A learning rate that is right for the floor makes it jump from wall to wall, and one that is
# right for the walls takes for ever along the floor. Here are all three.


# %% tags=["nbval-ignore-output"]
def ravine(w, b):
    """Rise steeply along b, and hardly along w."""
    return 0.01 * w**2 + b**2


def saddle(w, b):
    """Have a saddle at (0, 0), and a minimum of height 0 on either side of it."""
    return w**2 / 2 - b**2 / 2 + b**4 / 4 + 1 / 4


def plateau(w, b):
    """Be flat far from the hollow in the middle."""
    return 1 - np.exp(-(w**2 + b**2) / 2)


SURFACES = {"ravine": ravine, "saddle": saddle, "plateau": plateau}
SLOPES = {
    "ravine": lambda w, b: (0.02 * w, 2 * b),
    "saddle": lambda w, b: (w, b**3 - b),
    "plateau": lambda w, b: (w * (1 - plateau(w, b)), b * (1 - plateau(w, b))),
}
STARTS = {"ravine": (-4.0, 1.2), "saddle": (-1.5, 0.001), "plateau": (-3.0, 1.2)}
LIMITS = {"ravine": (-4.5, 1.5), "saddle": (-1.9, 1.2), "plateau": (-3.4, 1.2)}

figure = plt.figure(figsize=(11, 3.4), layout="constrained")
for place, (name, surface) in enumerate(SURFACES.items(), start=1):
    ax = figure.add_subplot(1, 3, place, projection="3d")
    w, b = np.meshgrid(np.linspace(*LIMITS[name], 60), np.linspace(-1.6, 1.6, 60))
    ax.plot_surface(w, b, surface(w, b), cmap="cividis")
    ax.view_init(elev=35, azim=-35)
    ax.locator_params(nbins=4)
    ax.set(title=name, xlabel="$w$", ylabel="$b$", zticks=[])
plotting.show(
    figure,
    alt="Three surfaces over a plane. The ravine: a long gutter with steep walls and a floor that "
    "is nearly level. The saddle: two hollows with a pass between them. The plateau: level ground "
    "with one round hollow in it.",
)

# %% [markdown]
# ## 5. Momentum, RMSprop, Adam
#
# ### Exercise 7: `initialize_velocity`
#
# **Difficulty** ●○○ · **5 minutes**
#
# The next three methods keep **averages of gradients**, one for each parameter. At the start they
# are zero. So you need a dictionary with the names of the *gradients*, `"dW1"`, `"db1"`, …, and
# an array of zeros for each, with the shape of its parameter.
#
# **By hand:** for `W1` of shape (2, 3) and `b1` of shape (2, 1), `v["dW1"]` is a (2, 3) array of
# zeros and `v["db1"]` a (2, 1) array of zeros.
#
# **The NumPy you need:** `np.zeros(shape)` takes the whole shape, a tuple; an array knows its own,
# `array.shape`. `"d" + "W1"` is `"dW1"`.


# %%
def initialize_velocity(parameters):
    """Start the averages of the gradients at zero.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, …

    Returns
    -------
    dict
        ``"dW1"``, ``"db1"``, …, zeros of the shapes of the parameters.
    """
    ### START CODE HERE ### (≈ 3 lines)
    v = {}
    for name in parameters:
        v["d" + name] = np.zeros(parameters[name].shape)
    ### END CODE HERE ###
    return v


# %%
check(initialize_velocity)

# %%
if ready(initialize_velocity):
    for name, value in initialize_velocity(start_network([3, 2, 1])).items():
        print(name, value.tolist())

# %% [markdown]
# **Expected output**
#
# ```
# dW1 [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
# db1 [[0.0], [0.0]]
# dW2 [[0.0, 0.0]]
# db2 [[0.0]]
# ```
#
# <details><summary>Hint</summary>
#
# The same loop as in exercise 1. Only the name gets a `"d"` in front, and the value is
# `np.zeros(...)`.
#
# </details>

# %% [markdown]
# ### Exercise 8: `update_parameters_with_momentum`
#
# **Difficulty** ●●○ · **10 minutes**
#
# In the ravine, the gradients point to and fro across the floor, and always a little *along* it.
# Average them: to and fro cancel, and what they have in common stays. So keep an exponentially
# weighted average of the gradients, the **velocity**, and step along *it*:
#
# $$v_{dW} \leftarrow \beta\, v_{dW} + (1 - \beta)\, dW \qquad
# W \leftarrow W - \alpha\, v_{dW}$$
#
# and the same for each $b$. It is like a ball that rolls: the gradient pushes it, and $\beta$ says
# how much of its velocity it keeps. $\beta = 0$ is plain gradient descent. A usual value is
# $\beta = 0.9$, an average over about ten steps.
#
# Because to and fro cancel, you can afford a larger learning rate than plain gradient descent, and
# this is what makes it faster. Bias correction is usually left out here: after ten steps it hardly
# matters.
#
# **By hand:** $W = 1$, $v = 0$, $dW = 1$, $\beta = 0.9$, $\alpha = 0.5$. First
# $v = 0.9 \cdot 0 + 0.1 \cdot 1 = 0.1$, then $W = 1 - 0.5 \cdot 0.1 = 0.95$.
#
# Return both dictionaries, the new parameters and the new velocities: the next step needs both.


# %%
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """Take one step of gradient descent with momentum.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, … It must not be changed.
    grads : dict
        ``"dW1"``, ``"db1"``, …
    v : dict
        The velocities so far: ``"dW1"``, ``"db1"``, … It must not be changed.
    beta : float
        How much of the old velocity stays.
    learning_rate : float
        The length of the step.

    Returns
    -------
    parameters : dict
        The new parameters.
    v : dict
        The new velocities.
    """
    ### START CODE HERE ### (≈ 5 lines)
    new_parameters, new_v = {}, {}
    for name in parameters:
        key = "d" + name
        new_v[key] = beta * v[key] + (1 - beta) * grads[key]
        new_parameters[name] = parameters[name] - learning_rate * new_v[key]
    ### END CODE HERE ###
    return new_parameters, new_v


# %%
check(update_parameters_with_momentum)

# %%
if ready(update_parameters_with_momentum):
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    slopes = {"dW1": np.array([[1.0]]), "db1": np.array([[-2.0]])}
    v = {"dW1": np.zeros((1, 1)), "db1": np.zeros((1, 1))}
    for _ in range(3):
        parameters, v = update_parameters_with_momentum(parameters, slopes, v, 0.9, 0.5)
        print(f"v {v['dW1'].item():.3f} {v['db1'].item():.3f}", end="   ")
        print(f"W1 {parameters['W1'].item():.4f}, b1 {parameters['b1'].item():.4f}")

# %% [markdown]
# **Expected output**
#
# ```
# v 0.100 -0.200   W1 0.9500, b1 0.1000
# v 0.190 -0.380   W1 0.8550, b1 0.2900
# v 0.271 -0.542   W1 0.7195, b1 0.5610
# ```
#
# The gradient is the same three times, and the steps become longer: the ball gathers speed.
#
# <details><summary>Hint</summary>
#
# Two lines for each parameter, in this order: first the new velocity, then the step along it. If
# your first step is zero, you stepped along the *old* velocity.
#
# </details>

# %% [markdown]
# ### Exercise 9: `update_parameters_with_rmsprop`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Another way out of the ravine: give each parameter a step size of its own. Where gradients are
# large (across the ravine) take small steps, where they are small (along its floor, or on a
# plateau) take large ones. **RMSprop** keeps an average of the *squares* of the gradients, and
# divides by its root, the *root mean square*:
#
# $$s_{dW} \leftarrow \beta\, s_{dW} + (1 - \beta)\, (dW)^2 \qquad
# W \leftarrow W - \alpha\, \frac{dW}{\sqrt{s_{dW}} + \varepsilon}$$
#
# and the same for each $b$; square, root and quotient are element by element. The quotient is
# around 1 in size, whether the gradients are large or small. So here $\alpha$ is roughly the
# length of the step itself, and it is usually much smaller than in gradient descent.
#
# The tiny $\varepsilon$, by default $10^{-8}$, keeps you from dividing by zero where all
# gradients have been zero. It stands **after** the root. Inside of it, it would become
# $\sqrt{10^{-8}} = 10^{-4}$, which is not so tiny any more.
#
# **By hand:** $W = 1$, $s = 0$, $dW = 2$, $\beta = 0.75$, $\alpha = 0.5$. First
# $s = 0.75 \cdot 0 + 0.25 \cdot 2^2 = 1$, then $W = 1 - 0.5 \cdot 2 / \sqrt 1 = 0$.
#
# **The NumPy you need:** `np.sqrt` and `** 2` work element by element. `initialize_velocity` from
# exercise 7 makes the first $s$ as well: zeros of the right shapes.


# %%
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    """Take one step of RMSprop.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, … It must not be changed.
    grads : dict
        ``"dW1"``, ``"db1"``, …
    s : dict
        The averages of the squared gradients so far: ``"dW1"``, ``"db1"``, … It must not be
        changed.
    beta : float
        How much of the old average stays.
    learning_rate : float
        The length of the step.
    epsilon : float
        Added to the root, against a division by zero.

    Returns
    -------
    parameters : dict
        The new parameters.
    s : dict
        The new averages.
    """
    ### START CODE HERE ### (≈ 6 lines)
    new_parameters, new_s = {}, {}
    for name in parameters:
        key = "d" + name
        new_s[key] = beta * s[key] + (1 - beta) * grads[key] ** 2
        step = grads[key] / (np.sqrt(new_s[key]) + epsilon)
        new_parameters[name] = parameters[name] - learning_rate * step
    ### END CODE HERE ###
    return new_parameters, new_s


# %%
check(update_parameters_with_rmsprop)

# %%
if ready(update_parameters_with_rmsprop):
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[1.0]])}
    slopes = {"dW1": np.array([[2.0]]), "db1": np.array([[0.0002]])}
    s = {"dW1": np.zeros((1, 1)), "db1": np.zeros((1, 1))}
    parameters, s = update_parameters_with_rmsprop(parameters, slopes, s, 0.75, 0.5)
    for name, value in parameters.items():
        print(f"{name}: {value.item():.4f}")

# %% [markdown]
# **Expected output**
#
# ```
# W1: 0.0000
# b1: 0.0001
# ```
#
# One gradient is ten thousand times the other, and both steps have almost the same length. (The
# last digit is the work of $\varepsilon$.)
#
# <details><summary>Hint</summary>
#
# First the new `s`, then the step. The step uses the gradient itself above and the root of the
# *new* `s` below. Mind the brackets around the denominator.
#
# </details>

# %% [markdown]
# ### Exercise 10: `initialize_adam`
#
# **Difficulty** ●○○ · **3 minutes**
#
# **Adam** does both: it keeps an average $v$ of the gradients, as momentum does, and an average
# $s$ of their squares, as RMSprop does. Both start at zero, with the shapes of the parameters.
# Return two dictionaries. They must be two, and not one under two names, or each would overwrite
# the other. (The check sees only what is in them. The cell below it sees whether they are two.)
#
# **By hand:** for `W1` of shape (2, 3), both `v["dW1"]` and `s["dW1"]` are (2, 3) arrays of zeros.


# %%
def initialize_adam(parameters):
    """Start both averages of Adam at zero.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, …

    Returns
    -------
    v, s : dict
        ``"dW1"``, ``"db1"``, …, zeros of the shapes of the parameters.
    """
    ### START CODE HERE ### (2 to 5 lines)
    v = initialize_velocity(parameters)
    s = initialize_velocity(parameters)
    ### END CODE HERE ###
    return v, s


# %%
check(initialize_adam)

# %%
if ready(initialize_adam):
    v, s = initialize_adam(start_network([3, 2, 1]))
    print("v:", {name: value.shape for name, value in v.items()})
    print("s:", {name: value.shape for name, value in s.items()})
    print("two dictionaries:", v is not s)

# %% [markdown]
# **Expected output**
#
# ```
# v: {'dW1': (2, 3), 'db1': (2, 1), 'dW2': (1, 2), 'db2': (1, 1)}
# s: {'dW1': (2, 3), 'db1': (2, 1), 'dW2': (1, 2), 'db2': (1, 1)}
# two dictionaries: True
# ```
#
# <details><summary>Hint</summary>
#
# You have a function already that makes such a dictionary. Call it twice.
#
# </details>

# %% [markdown]
# ### Exercise 11: `update_parameters_with_adam`
#
# **Difficulty** ●●● · **20 minutes**
#
# All pieces are there: put them together. In step number $t$ (the first is $t = 1$), for each $W$
# and in the same way for each $b$:
#
# 1. update both averages,
# $$v_{dW} \leftarrow \beta_1 v_{dW} + (1 - \beta_1)\, dW \qquad
# s_{dW} \leftarrow \beta_2 s_{dW} + (1 - \beta_2)\, (dW)^2$$
# 2. correct the bias of both, each with its own $\beta$ (exercise 4),
# $$\hat v_{dW} = \frac{v_{dW}}{1 - \beta_1^{\,t}} \qquad
# \hat s_{dW} = \frac{s_{dW}}{1 - \beta_2^{\,t}}$$
# 3. take the step with the *corrected* averages,
# $$W \leftarrow W - \alpha\, \frac{\hat v_{dW}}{\sqrt{\hat s_{dW}} + \varepsilon}$$
#
# Usual values are $\beta_1 = 0.9$ and $\beta_2 = 0.999$. The second average looks back over a
# thousand steps, so without the correction it would be wrong for most of a short training.
#
# Return the new parameters and the new $v$ and $s$, **not corrected**: the next step goes on from
# these, and corrects with its own $t$. (Later editions of this classic exercise return $\hat v$
# and $\hat s$ as well, five values in all. You may do so, too.)
#
# **By hand:** $W = 1$, $v = s = 0$, $dW = 5$, $t = 1$, $\alpha = 0.1$. Then $v = 0.5$ and
# $s = 0.001 \cdot 25 = 0.025$. Corrected: $\hat v = 0.5 / 0.1 = 5$ and
# $\hat s = 0.025 / 0.001 = 25$. The step is $0.1 \cdot 5 / \sqrt{25} = 0.1$, so $W = 0.9$. In
# the first step of Adam every weight moves by $\alpha$, however large or small its gradient is. (Except
# where it is zero, or about as tiny as $\varepsilon$.)
#
# **The Python you need:** `beta1**t` is the power $\beta_1^{\,t}$; here `t` is one number.


# %%
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Take one step of Adam.

    Parameters
    ----------
    parameters : dict
        ``"W1"``, ``"b1"``, ``"W2"``, … It must not be changed.
    grads : dict
        ``"dW1"``, ``"db1"``, …
    v, s : dict
        The averages so far, of the gradients and of their squares: ``"dW1"``, ``"db1"``, …
        They must not be changed.
    t : int
        The number of this step, from 1.
    learning_rate : float
        The length of the step.
    beta1, beta2 : float
        How much stays of the old averages, of v and of s.
    epsilon : float
        Added to the root, against a division by zero.

    Returns
    -------
    parameters : dict
        The new parameters.
    v, s : dict
        The new averages, not corrected.
    """
    ### START CODE HERE ### (≈ 9 lines)
    new_parameters, new_v, new_s = {}, {}, {}
    for name in parameters:
        key = "d" + name
        new_v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        new_s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        v_corrected = new_v[key] / (1 - beta1**t)
        s_corrected = new_s[key] / (1 - beta2**t)
        step = v_corrected / (np.sqrt(s_corrected) + epsilon)
        new_parameters[name] = parameters[name] - learning_rate * step
    ### END CODE HERE ###
    return new_parameters, new_v, new_s


# %%
check(update_parameters_with_adam)

# %%
if ready(update_parameters_with_adam):
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[1.0]])}
    v = {"dW1": np.zeros((1, 1)), "db1": np.zeros((1, 1))}
    s = {"dW1": np.zeros((1, 1)), "db1": np.zeros((1, 1))}
    for t, along_b in enumerate([0.5, -0.5, 0.5], start=1):
        slopes = {"dW1": np.array([[5.0]]), "db1": np.array([[along_b]])}
        parameters, v, s, *_ = update_parameters_with_adam(parameters, slopes, v, s, t, 0.1)
        print(f"W1 {parameters['W1'].item():.4f}, b1 {parameters['b1'].item():.4f}")

# %% [markdown]
# **Expected output**
#
# ```
# W1 0.9000, b1 0.9000
# W1 0.8000, b1 0.9053
# W1 0.7000, b1 0.8717
# ```
#
# `W1` always gets the same gradient and marches on, $0.1$ a step. The gradient of `b1` goes to
# and fro, and so its steps become short.
#
# <details><summary>Hint 1: the order</summary>
#
# Six formulas, and for each parameter six lines, from top to bottom. `v_corrected` and
# `s_corrected` are only needed within the step.
#
# </details>
#
# <details><summary>Hint 2: the first step is wrong</summary>
#
# It must be exactly $\alpha$ long. Is it about 3.16 times $\alpha$? Then the averages are not
# corrected, or the corrected ones are not used. Is it right, but later ones are not? Then look for
# `1 - beta` where `1 - beta**t` belongs, or at what you return.
#
# </details>

# %% [markdown]
# ### All four on three surfaces
#
# Let them race. The parameters are one weight $w$ and one bias $b$. The function `make_step` wraps
# your four update functions, so that all are called in the same way, and remembers the averages
# from step to step. The learning rates are chosen by trial for each surface and method.


# %%
METHODS = ("gradient descent", "momentum", "RMSprop", "Adam")


def make_step(method, beta=0.9):
    """Give a function that takes steps by one of the methods, and remembers its averages."""
    memory = {}

    def step(parameters, grads, t, learning_rate):
        if not memory:
            memory["v"], memory["s"] = initialize_adam(parameters)
        v, s = memory["v"], memory["s"]
        if method == "momentum":
            parameters, v = update_parameters_with_momentum(
                parameters, grads, v, beta, learning_rate
            )
        elif method == "RMSprop":
            parameters, s = update_parameters_with_rmsprop(
                parameters, grads, s, beta, learning_rate
            )
        elif method == "Adam":
            parameters, v, s, *_ = update_parameters_with_adam(
                parameters, grads, v, s, t, learning_rate
            )
        else:
            parameters = update_parameters_with_gd(parameters, grads, learning_rate)
        memory["v"], memory["s"] = v, s
        return parameters

    return step


def walk(surface, method, learning_rate, steps=80):
    """Go downhill on one of the surfaces, and return all the points on the way."""
    parameters = {"W1": np.array([[STARTS[surface][0]]]), "b1": np.array([[STARTS[surface][1]]])}
    step, points = make_step(method), [STARTS[surface]]
    for t in range(1, steps + 1):
        dw, db = SLOPES[surface](parameters["W1"], parameters["b1"])
        parameters = step(parameters, {"dW1": dw, "db1": db}, t, learning_rate)
        points.append((parameters["W1"].item(), parameters["b1"].item()))
    return np.array(points)


RATES = {
    "ravine": {"gradient descent": 0.9, "momentum": 2, "RMSprop": 0.1, "Adam": 0.2},
    "saddle": {"gradient descent": 0.3, "momentum": 0.3, "RMSprop": 0.1, "Adam": 0.1},
    "plateau": {"gradient descent": 0.8, "momentum": 0.8, "RMSprop": 0.1, "Adam": 0.1},
}


# %% tags=["nbval-ignore-output"]
if ready(
    update_parameters_with_gd,
    update_parameters_with_momentum,
    update_parameters_with_rmsprop,
    initialize_adam,
    update_parameters_with_adam,
):
    ways = {
        surface: {method: walk(surface, method, rate) for method, rate in rates.items()}
        for surface, rates in RATES.items()
    }
    figure, axes = plt.subplots(2, 3, figsize=(11.5, 7), height_ratios=(3, 2), layout="constrained")
    for (surface, paths), (above, below) in zip(ways.items(), axes.T, strict=True):
        above.set(xlim=LIMITS[surface], ylim=(-1.6, 1.6), title=surface, xlabel="$w$")
        plotting.plot_paths(SURFACES[surface], paths, above)
        for (method, path), style in zip(paths.items(), ("-", "--", "-.", ":"), strict=True):
            below.semilogy(SURFACES[surface](*path.T), style, lw=1.8, label=method)
        below.set(xlabel="step", ylim=(1e-4, 3))
    axes[0, 0].set_ylabel("$b$")
    axes[1, 0].set_ylabel("cost (logarithmic)")
    axes[0, 0].legend(loc="lower right", fontsize=9)
    plotting.show(
        figure,
        alt="Above, the ways of the four methods on three surfaces; below, their costs. Ravine: "
        "gradient descent zigzags across the floor and then creeps along it; momentum swings and "
        "gets along; RMSprop and Adam go almost straight to the minimum. Saddle: gradient descent "
        "and momentum run to the saddle point, wait there, and turn off at a right angle; RMSprop "
        "and Adam leave it to the side at once. Plateau: gradient descent and momentum stand "
        "nearly still for 25 steps and more, RMSprop and Adam walk off at once.",
    )

# %% [markdown]
# All ways start at the left. Below each surface you see the cost after each step.
#
# - **Ravine.** Gradient descent zigzags at first, then creeps along the floor: its cost falls
#   slowest of all. Momentum swings too, but the common part of its gradients adds up. RMSprop and
#   Adam take equally long steps in both directions.
# - **Saddle.** All start very near the ridge, at $b = 0.001$. Gradient descent runs straight to the
#   saddle point and waits there for about 20 steps before it falls off sideways. Momentum needs
#   even longer: it has to build up a velocity in the new direction first. RMSprop and Adam hardly
#   notice the saddle. The gradient along $b$ is tiny, and they divide by its size.
# - **Plateau.** The same reason: tiny gradients, divided by their size, give steps of normal
#   length. Gradient descent stands nearly still.
#
# Then look at the ends of the curves. Once gradient descent has found the hollow, it is the first
# to settle: near a minimum the gradient shrinks, and the steps with it. RMSprop comes down fast, but
# on two of the surfaces it does not come to rest: its steps keep their length, however small the
# gradient is. That is what the next section is for.
#
# The same again, as a film. It plays twice; run the cell once more to see it again.

# %% tags=["nbval-ignore-output"]
if ready(
    update_parameters_with_gd,
    update_parameters_with_momentum,
    update_parameters_with_rmsprop,
    initialize_adam,
    update_parameters_with_adam,
):
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    lines = []
    for (surface, paths), ax in zip(ways.items(), axes, strict=True):
        ax.set(xlim=LIMITS[surface], ylim=(-1.6, 1.6), title=surface, xlabel="$w$")
        lines += plotting.plot_paths(SURFACES[surface], paths, ax)
    axes[0].set_ylabel("$b$")
    axes[0].legend(loc="lower right", fontsize=9)
    plotting.show_film(
        figure,
        lines,
        alt="A film of the figure above: the ways of the four methods grow step by step.",
    )

# %% [markdown]
# **Try it.** Change numbers in `RATES` and run the last three cells again. How large a learning
# rate does gradient descent bear in the ravine? (Theory says: less than 1, because the curvature
# across it is 2.) How large a one does momentum bear?

# %% [markdown]
# ## 6. Shrinking the learning rate
#
# Far from the minimum, long steps are good. Near it they are not: the steps of mini-batches never
# become zero, since every mini-batch pulls in another direction, and the parameters keep jumping
# around the minimum. So begin with a large learning rate and let it shrink. There are several
# schedules in use.

# %% [markdown]
# ### Exercise 12: `update_lr`
#
# **Difficulty** ●○○ · **3 minutes**
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay rate} \cdot \text{epoch}}$$
#
# In epoch 0 the learning rate is $\alpha_0$.
#
# **By hand:** $\alpha_0 = 0.5$, decay rate 1. In epoch 0 it is $0.5$, in epoch 1 it is
# $0.5 / 2 = 0.25$, in epoch 4 it is $0.5 / 5 = 0.1$.


# %%
def update_lr(learning_rate0, epoch_num, decay_rate):
    """Shrink the learning rate with every epoch.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    decay_rate : float
        How fast it shrinks.

    Returns
    -------
    float
        The learning rate of this epoch.
    """
    ### START CODE HERE ### (≈ 1 line)
    learning_rate = learning_rate0 / (1 + decay_rate * epoch_num)
    ### END CODE HERE ###
    return learning_rate


# %%
check(update_lr)

# %%
if ready(update_lr):
    print([round(update_lr(0.5, epoch, decay_rate=1), 4) for epoch in range(5)])

# %% [markdown]
# **Expected output**
#
# ```
# [0.5, 0.25, 0.1667, 0.125, 0.1]
# ```
#
# <details><summary>Hint</summary>
#
# Put brackets around the whole denominator.
#
# </details>

# %% [markdown]
# ### Exercise 13: `schedule_lr_decay`
#
# **Difficulty** ●○○ · **4 minutes**
#
# With thousands of epochs, `update_lr` makes the learning rate tiny long before the end. Let it
# shrink only once in every `time_interval` epochs, and stay the same in between:
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay rate} \cdot
# \left\lfloor \dfrac{\text{epoch}}{\text{time interval}} \right\rfloor}$$
#
# The brackets $\lfloor\;\rfloor$ mean: round down.
#
# **By hand:** $\alpha_0 = 0.5$, decay rate 1, interval 100. In the epochs 0 to 99 the quotient
# rounds down to 0, so $\alpha = 0.5$. From epoch 100 on it is $0.25$, from 200 on $0.1667$.
#
# **The Python you need:** `a // b` divides and rounds down. `math.floor(a / b)` does the same.


# %%
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """Shrink the learning rate once every so many epochs.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    decay_rate : float
        How much it shrinks each time.
    time_interval : int
        For how many epochs it stays as it is.

    Returns
    -------
    float
        The learning rate of this epoch.
    """
    ### START CODE HERE ### (≈ 1 line)
    learning_rate = learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))
    ### END CODE HERE ###
    return learning_rate


# %%
check(schedule_lr_decay)

# %%
if ready(schedule_lr_decay):
    for epoch in (0, 99, 100, 199, 200):
        print(epoch, round(schedule_lr_decay(0.5, epoch, decay_rate=1, time_interval=100), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 0 0.5
# 99 0.5
# 100 0.25
# 199 0.25
# 200 0.1667
# ```
#
# <details><summary>Hint</summary>
#
# The formula of `update_lr`, with one thing in place of the epoch: the number of whole intervals
# that have passed.
#
# </details>

# %% [markdown]
# ### Exercise 14: `exponential_decay`
#
# **Difficulty** ●○○ · **3 minutes**
#
# Multiply by the same factor in every epoch, a little below 1:
#
# $$\alpha = \alpha_0 \cdot \text{base}^{\,\text{epoch}}$$
#
# **By hand:** $\alpha_0 = 0.8$, base $0.5$. In the epochs 0 to 3: $0.8,\ 0.4,\ 0.2,\ 0.1$.


# %%
def exponential_decay(learning_rate0, epoch_num, base=0.95):
    """Multiply the learning rate by the same factor in every epoch.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    base : float
        The factor, less than 1.

    Returns
    -------
    float
        The learning rate of this epoch.
    """
    ### START CODE HERE ### (≈ 1 line)
    learning_rate = learning_rate0 * base**epoch_num
    ### END CODE HERE ###
    return learning_rate


# %%
check(exponential_decay)

# %%
if ready(exponential_decay):
    print([round(exponential_decay(0.8, epoch, base=0.5), 4) for epoch in range(4)])
    print(round(exponential_decay(0.8, 14), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [0.8, 0.4, 0.2, 0.1]
# 0.3901
# ```
#
# <details><summary>Hint</summary>
#
# A power, `**`, and not a product. It is worked out before the multiplication, as in mathematics.
#
# </details>

# %% [markdown]
# **Question.** With the base $0.95$, after how many epochs has the learning rate fallen to half?
#
# <details><summary>Answer</summary>
#
# $0.95^n = 0.5$ gives $n = \ln 0.5 / \ln 0.95 = 13.5$. This is the second line of the output: after
# 14 epochs it is a little below half. You have done this calculation before, in exercise 5.
#
# </details>

# %% [markdown]
# ### Exercise 15: `root_decay`
#
# **Difficulty** ●○○ · **3 minutes**
#
# Divide by the root of the time $t$, which counts epochs or mini-batches, **from 1**:
#
# $$\alpha = \alpha_0 \cdot \frac{k}{\sqrt{t}}$$
#
# This one shrinks fast at first and slowly later on. The theory of stochastic gradient descent
# likes it: it can be shown to work for *convex* costs, those that are one single bowl.
#
# **By hand:** $\alpha_0 = 0.6$, $k = 1$. At $t = 1$ it is $0.6$, at $t = 4$ half of it, $0.3$, at
# $t = 100$ a tenth, $0.06$.


# %%
def root_decay(learning_rate0, t, k=1.0):
    """Divide the learning rate by the root of the time.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    t : int
        The number of the epoch or of the mini-batch, from 1.
    k : float
        A factor.

    Returns
    -------
    float
        The learning rate at this time.
    """
    ### START CODE HERE ### (≈ 1 line)
    learning_rate = learning_rate0 * k / np.sqrt(t)
    ### END CODE HERE ###
    return learning_rate


# %%
check(root_decay)

# %%
if ready(root_decay):
    print([round(float(root_decay(0.6, t)), 4) for t in (1, 4, 100)])

# %% [markdown]
# **Expected output**
#
# ```
# [0.6, 0.3, 0.06]
# ```
#
# <details><summary>Hint</summary>
#
# `np.sqrt(t)`, or `t ** 0.5`. Only `t` stands under the root.
#
# </details>

# %% [markdown]
# ### Exercise 16: `staircase_decay`
#
# **Difficulty** ●○○ · **4 minutes**
#
# Keep the learning rate for a number of epochs, then multiply it by a factor, and so on:
#
# $$\alpha = \alpha_0 \cdot \text{factor}^{\,\lfloor \text{epoch} / \text{time interval} \rfloor}$$
#
# **By hand:** $\alpha_0 = 0.8$, factor $0.5$, interval 10. In the epochs 0 to 9 it is $0.8$, from
# 10 to 19 it is $0.4$, from 20 on $0.2$.


# %%
def staircase_decay(learning_rate0, epoch_num, factor=0.5, time_interval=10):
    """Multiply the learning rate by a factor once every so many epochs.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at the start.
    epoch_num : int
        The number of the epoch, from 0.
    factor : float
        The factor, less than 1.
    time_interval : int
        For how many epochs a step of the staircase goes on.

    Returns
    -------
    float
        The learning rate of this epoch.
    """
    ### START CODE HERE ### (≈ 1 line)
    learning_rate = learning_rate0 * factor ** (epoch_num // time_interval)
    ### END CODE HERE ###
    return learning_rate


# %%
check(staircase_decay)

# %%
if ready(staircase_decay):
    print([round(staircase_decay(0.8, epoch), 4) for epoch in (0, 9, 10, 19, 20, 30)])

# %% [markdown]
# **Expected output**
#
# ```
# [0.8, 0.8, 0.4, 0.4, 0.2, 0.1]
# ```
#
# <details><summary>Hint</summary>
#
# Put `exponential_decay` and the whole intervals of `schedule_lr_decay` together.
#
# </details>

# %% [markdown]
# ### The schedules at work
#
# Left: the five schedules, and a constant learning rate. Right: what they do on the flower of
# week 2, with plain gradient descent on small, noisy mini-batches. All begin with the same rate,
# $0.3$.

# %% tags=["nbval-ignore-output"]
if ready(
    update_parameters_with_gd,
    random_mini_batches,
    update_lr,
    schedule_lr_decay,
    exponential_decay,
    root_decay,
    staircase_decay,
):
    schedules = {
        "constant": lambda epoch: 0.3,
        "update_lr, 0.3": lambda epoch: update_lr(0.3, epoch, 0.3),
        "schedule_lr_decay, 1, 8": lambda epoch: schedule_lr_decay(0.3, epoch, 1, 8),
        "exponential, 0.85": lambda epoch: exponential_decay(0.3, epoch, 0.85),
        "root": lambda epoch: root_decay(0.3, epoch + 1),
        "staircase, 0.2, 8": lambda epoch: staircase_decay(0.3, epoch, 0.2, 8),
    }
    flower, petal = datasets.load_planar("flower")
    styles = ["-", "--", "-.", ":", "-o", "--s"]
    figure, axes = plt.subplots(1, 2, figsize=(11.5, 3.6), layout="constrained")
    for (name, schedule), style in zip(schedules.items(), styles, strict=True):
        rates = [schedule(epoch) for epoch in range(24)]
        _, _, epoch_costs = train(plain_step, flower, petal, [2, 16, 8, 1], schedule, 8, 24)
        axes[0].plot(rates, style, ms=3, label=name)
        axes[1].plot(epoch_costs, style, ms=3, label=name)
        mean, spread = epoch_costs[-6:].mean(), epoch_costs[-6:].std()
        print(f"{name:23s} cost of the last six epochs: mean {mean:.4f}, spread {spread:.4f}")
    axes[0].set(xlabel="epoch", ylabel="learning rate", title="five schedules")
    axes[1].set(xlabel="epochs", ylabel="cost", title="what they do on the flower", ylim=(0.1, 0.5))
    axes[1].legend(fontsize=9)
    plotting.show(
        figure,
        alt="Left: learning rates over 24 epochs: constant, falling smoothly, or in steps. Right: "
        "the costs. With the constant rate the curve jumps up and down to the end; with the "
        "schedules it becomes smooth as the rate shrinks.",
    )

# %% [markdown]
# With the constant rate the cost jumps about to the very end. The petals of the flower overlap, so
# the gradients of the mini-batches never agree, and long steps never come to rest. With a shrinking
# rate the curves become calm, and end lower.
#
# There is a sixth way, by hand: watch the cost, and lower the rate whenever it stops falling. This
# is done where one large network trains for days.
#
# **Question.** We also tried the digits: mini-batches of 16, 24 epochs, first rate 0.1. There the
# *constant* rate ended lowest of all six. How can that be?
#
# <details><summary>Answer</summary>
#
# The network can get every one of the 1347 training digits right. Near such a minimum *all*
# gradients are small, each mini-batch's own, so there is no noise to calm down. Then a shrinking
# rate only makes the way longer. A schedule is a setting like any other: try it.
#
# </details>

# %% [markdown]
# ## 7. Which one is best?
#
# ### With one learning rate for all
#
# First on the moons, two half rings of points, with a small network. All four methods get the same
# learning rate and the same number of epochs.

# %% tags=["nbval-ignore-output"]
if ready(
    update_parameters_with_gd,
    random_mini_batches,
    update_parameters_with_momentum,
    update_parameters_with_rmsprop,
    initialize_adam,
    update_parameters_with_adam,
):
    moons, crescent = datasets.load_planar("moons")
    figure, axes = plt.subplots(1, 5, figsize=(11.5, 3.1), layout="constrained")
    for method, style, ax in zip(METHODS, ("-", "--", "-.", ":"), axes[1:], strict=True):
        learnt, _, epoch_costs = train(
            make_step(method), moons, crescent, [2, 5, 2, 1], 0.005, epochs=120
        )
        axes[0].plot(epoch_costs, style, label=method)
        plotting.plot_decision_boundary(
            lambda points, learnt=learnt: forward(learnt, points)[2] > 0, moons, crescent, ax
        )
        percent = accuracy(learnt, moons, crescent)
        ax.set(title=f"{method}: {percent:.1f} %", xlabel="$x_1$")
        print(f"{method:17s} cost {epoch_costs[-1]:.3f}, {percent:.1f} % right")
    axes[0].set(xlabel="epochs", ylabel="cost", title="learning rate 0.005")
    axes[0].legend(fontsize=9)
    plotting.show(
        figure,
        alt="Left: the costs of four methods on the moons, all with learning rate 0.005. Those of "
        "gradient descent and momentum hardly fall, those of RMSprop and Adam do. Right: the "
        "boundaries that they have found.",
    )

# %% [markdown]
# Gradient descent and momentum have not even begun. Is Adam so much better? Careful. The rate
# $0.005$ means different things: to RMSprop and Adam it is the *length* of a step, to gradient
# descent it is a *factor* before a gradient that is small here. The same rate for all looks fair and
# is not.
#
# ### With the best learning rate for each
#
# A fair race lets each method choose. On the digits, try six learning rates with each method, five
# epochs each, from three different starts, and take the middle one of the three costs. The learning
# rate is chosen by the training cost; the test set is looked at once, at the end.

# %% tags=["nbval-ignore-output"]
if ready(
    update_parameters_with_gd,
    random_mini_batches,
    update_parameters_with_momentum,
    update_parameters_with_rmsprop,
    initialize_adam,
    update_parameters_with_adam,
):
    candidates = [0.002, 0.01, 0.05, 0.2, 1, 5]
    sizes, starts = [64, 32, 16, 1], (1, 2, 3)
    figure, axes = plt.subplots(1, 2, figsize=(11.5, 3.6), layout="constrained")
    for method, style in zip(METHODS, ("-o", "--s", "-.^", ":D"), strict=True):
        print(f"{method:17s}", end="", flush=True)
        runs = [
            [train(make_step(method), X, Y, sizes, rate, epochs=5, seed=seed) for seed in starts]
            for rate in candidates
        ]
        costs = np.median([[epochs for _, _, epochs in three] for three in runs], axis=1)
        best = int(np.argmin(costs[:, -1]))
        percents = [accuracy(learnt, X_test, Y_test) for learnt, _, _ in runs[best]]
        axes[0].loglog(candidates, costs[:, -1], style, label=method)
        axes[1].semilogy(costs[best], style, label=f"{method}, {candidates[best]}")
        print(
            f"best rate {candidates[best]}: cost {costs[best, -1]:.4f}, "
            f"test accuracy {min(percents):.1f} to {max(percents):.1f} %"
        )
    axes[0].set(xlabel="learning rate", ylabel="cost after five epochs", ylim=(2e-3, 3))
    axes[0].set_title("any learning rate")
    axes[1].set(xlabel="epochs", ylabel="cost", title="the best learning rate of each")
    axes[0].legend(loc="lower center", ncols=2, fontsize=9)
    axes[1].legend(loc="lower left", fontsize=9)
    plotting.show(
        figure,
        alt="Left: the cost after five epochs against the learning rate, four valleys. Those of RMSprop "
        "and Adam are lowest at 0.01, those of gradient descent and momentum at 1, a hundred times "
        "further right. Right: the costs of the best runs fall to between 0.01 and 0.04.",
    )

# %% [markdown]
# With a learning rate that suits it, every method solves this task, and the ranges of the test
# accuracies overlap. (With 450 test images, one standard error is about 0.7 percentage points.) So
# why does everybody use Adam? Look at the left figure.
#
# - RMSprop and Adam do well around 0.01, and so they do in many other tasks, because their rate is a
#   step length and does not depend on the size of the gradients. The best rate of gradient descent
#   may be 0.01 in one task and 1 in the next.
# - This task is friendly. When we left out the subtraction of the mean picture, which makes a ravine
#   of it, gradient descent ended at a cost of 0.40, and the other three between 0.06 and 0.13, each
#   again with its own best rate.
# - And there is one rate less to search for when you have ten other settings to choose. That is
#   next week's subject.

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **say how batch, stochastic and mini-batch gradient descent differ**, and cut data into
#    shuffled mini-batches: one permutation for X and Y, and a last one that may be shorter;
# 2. **smooth a noisy series**: $v \leftarrow \beta v + (1 - \beta)\theta$, corrected by
#    $1 - \beta^t$, looking back over about $1 / (1 - \beta)$ values;
# 3. **tell a minimum from a saddle**: with many directions, a point where the gradient is zero is
#    rarely curved upwards in all of them; near saddles and on plateaus gradients are tiny, and so
#    are the steps;
# 4. **write momentum, RMSprop and Adam**: an average of gradients against zigzag, an average of
#    squares against steps of wrong length, and both, corrected;
# 5. **shrink the learning rate**: by $1 + \text{decay} \cdot \text{epoch}$, in intervals, by a
#    power, by a root, by a staircase;
# 6. **compare optimizers fairly**: each with its own best learning rate, and from several starts.
#
# ## What to remember
#
# - Shuffle in every epoch, and let every label travel with its example.
# - The corrections of Adam are $1 - \beta_1^t$ and $1 - \beta_2^t$; what is stored stays uncorrected.
# - $\varepsilon$ comes after the root.
# - In the first step of Adam every weight moves by the learning rate, whatever its gradient is.
# - Adam with $\alpha$ between 0.001 and 0.01, $\beta_1 = 0.9$, $\beta_2 = 0.999$ is a good first try.
# - If the cost jumps about and does not fall any more, let the learning rate shrink.
#
# **What comes next.** Learning rate, decay, size of the mini-batch: the list of what you must
# choose grows. Week 6 searches for good choices, makes networks less touchy about them with batch
# normalisation, and answers questions with more than two answers.
#
# ## Stretch exercises
#
# 1. **Without the mean.** Leave out the line that subtracts the mean picture, and run the last
#    comparison again. Which method suffers most, and why? (Think of the ravine.)
# 2. **Corrected momentum.** Add the bias correction to momentum. Compare the ways in the ravine. For
#    how many steps do they differ?
# 3. **Nesterov's idea.** Compute the gradient not where you are but where the velocity will carry
#    you, at $W - \alpha \beta v$. Write it for the surfaces. Does it swing less?
# 4. **Noise helps.** Start gradient descent *exactly* on the ridge of the saddle, at $b = 0$. What
#    happens? Add a little random noise to each gradient, as mini-batches do, and try again.
# 5. **Mini-batches of all sizes.** Train the digits with sizes 1, 4, 16, 64, 256 and 1347, each for
#    the same number of *seconds*. Which size is best on your machine?
# 6. **Warm-up.** Write a schedule that rises from 0 to $\alpha_0$ in the first few epochs and
#    shrinks after that. Such schedules are used for very large networks.
#
# ## References
#
# - H. Robbins, S. Monro: *A stochastic approximation method*. Annals of Mathematical Statistics 22,
#   400–407, 1951.
# - B. T. Polyak: *Some methods of speeding up the convergence of iteration methods*. USSR
#   Computational Mathematics and Mathematical Physics 4 (5), 1–17, 1964.
# - T. Tieleman, G. Hinton: *Lecture 6.5, RMSprop*. Neural Networks for Machine Learning, 2012.
# - D. P. Kingma, J. Ba: *Adam: a method for stochastic optimization*. ICLR, 2015.
# - Y. N. Dauphin, R. Pascanu, C. Gulcehre, K. Cho, S. Ganguli, Y. Bengio: *Identifying and attacking
#   the saddle point problem in high-dimensional non-convex optimization*. NeurIPS, 2014.
# - L. Bottou, F. E. Curtis, J. Nocedal: *Optimization methods for large-scale machine learning*. SIAM
#   Review 60, 223–311, 2018.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, chapter 8. MIT Press, 2016.
