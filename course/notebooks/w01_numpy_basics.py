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
# # NumPy for deep learning
#
# A network is a handful of short formulas, applied to a great many numbers. NumPy lets you write
# such a formula once, for all the numbers together. It is quick to write, quick to read, and quick
# to run. This notebook teaches the part of NumPy that the rest of the course stands on.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. apply a formula to every element of an array, without a loop;
# 2. read and change the **shape** of an array, and tell a rank-1 array from a column;
# 3. tell `reshape` from a transpose;
# 4. sum along an **axis**, keep that axis with `keepdims`, and predict what **broadcasting** does;
# 5. replace a loop by array operations, and measure what you gain;
# 6. write the sigmoid and its slope, the softmax, and two losses.
#
# ## Before you start
#
# You need Python's functions, lists and loops. From school you need the exponential function and
# what a derivative is. You need not have seen NumPy before.
#
# **Time:** about 60 minutes. There are 8 exercises. Each one says how hard it is (●○○ to ●●●) and
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
from time import perf_counter

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.checking import checks_for, ready

check = checks_for("w01_numpy_basics")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# ## 2. One number
#
# We begin without NumPy, with a function of one number.
#
# ### Exercise 1: `basic_sigmoid`
#
# **Difficulty** ●○○ · **3 minutes**
#
# The **sigmoid** turns any number into a number between 0 and 1. Large numbers come close to 1,
# very negative ones close to 0, and 0 becomes one half. So the result can be read as a
# probability. You will use it in the next notebook to say how likely it is that a picture shows a
# cat.
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# **By hand:** for $x = \ln 3$ we have $e^{-x} = \tfrac13$, so
# $\sigma(x) = 1 / (1 + \tfrac13) = 0.75$.
#
# **The Python you need:** `math.exp(t)` computes $e^t$ of one number.


# %%
def basic_sigmoid(x):
    """Compute the sigmoid of one number.

    Parameters
    ----------
    x : float
        Any number.

    Returns
    -------
    float
        The sigmoid of `x`, between 0 and 1.
    """
    ### START CODE HERE ### (≈ 1 line)
    s = 1 / (1 + math.exp(-x))
    ### END CODE HERE ###
    return s


# %%
check(basic_sigmoid)

# %%
if ready(basic_sigmoid):
    for x in [-2, 0, math.log(3)]:
        print(f"x = {x:7.4f}   sigmoid = {basic_sigmoid(x):.4f}")

# %% [markdown]
# **Expected output**
#
# ```
# x = -2.0000   sigmoid = 0.1192
# x =  0.0000   sigmoid = 0.5000
# x =  1.0986   sigmoid = 0.7500
# ```
#
# <details><summary>Hint</summary>
#
# A fraction bar puts brackets around everything below it. Python does not know that: it divides
# before it adds. Write the brackets.
#
# </details>

# %% [markdown]
# ## 3. Many numbers: arrays
#
# Deep learning never has *one* number. What if we hand `math.exp` a whole list?

# %%
scores = [-2.0, 0.0, 1.0]
try:
    math.exp(scores)
except TypeError as error:
    print("math.exp says:", error)

# %% [markdown]
# It takes a number and nothing else. NumPy's functions take an **array**: a block of numbers of
# one type with a **shape**. They work on **every element**, and the result has the same shape.
# So do `+`, `-`, `*`, `/` and `**`.

# %%
v = np.array([-2.0, 0.0, 1.0])
print("v       =", v, "  shape", v.shape)
print("v ** 2  =", v**2)
print("2 * v   =", 2 * v)
print("exp(v)  =", np.round(np.exp(v), 4))

A = np.array([[1, 2, 3], [4, 5, 6]])
print("A has shape", A.shape, "and holds numbers of type", A.dtype)
print(A + 10)

# %% [markdown]
# The **shape** is a tuple with one entry per axis. `A` has shape `(2, 3)`: 2 rows, 3 columns.
# `A.shape[0]` is the first entry, the number of rows.
#
# The number 10 was added to each element, as if it had been copied six times. Hold on to that
# thought: we come back to it in section 6.

# %% [markdown]
# ### Exercise 2: `sigmoid`
#
# **Difficulty** ●○○ · **3 minutes**
#
# The same formula once more. This time it must work for a number *and* for an array of any shape,
# element by element:
#
# $$\sigma\begin{pmatrix} x_1 \\ x_2 \\ \vdots \\ x_n \end{pmatrix} =
# \begin{pmatrix} 1 / (1 + e^{-x_1}) \\ 1 / (1 + e^{-x_2}) \\ \vdots \\ 1 / (1 + e^{-x_n})
# \end{pmatrix}$$
#
# **By hand:** $(0,\ \ln 3)$ becomes $(0.5,\ 0.75)$.


# %%
def sigmoid(x):
    """Compute the sigmoid of each element.

    Parameters
    ----------
    x : float or ndarray
        Any shape.

    Returns
    -------
    float or ndarray
        Values between 0 and 1, the same shape as `x`.
    """
    ### START CODE HERE ### (≈ 1 line)
    s = 1 / (1 + np.exp(-x))
    ### END CODE HERE ###
    return s


# %%
check(sigmoid)

# %%
if ready(sigmoid):
    print(np.round(sigmoid(np.array([-2.0, 0.0, np.log(3)])), 4))
    print(np.round(sigmoid(np.array([[1, 2], [3, 4]])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [0.1192 0.5    0.75  ]
# [[0.7311 0.8808]
#  [0.9526 0.982 ]]
# ```
#
# <details><summary>Hint</summary>
#
# Take your line from exercise 1. Which function in it takes one number only, and what is its
# NumPy sibling called? No loop is needed.
#
# </details>

# %% [markdown]
# ### Exercise 3: `sigmoid_derivative`
#
# **Difficulty** ●○○ · **4 minutes**
#
# To train a network we need slopes: how much does the output move when the input moves a little?
# The slope of the sigmoid can be written with the sigmoid itself. The chain rule gives
#
# $$\sigma'(x) = \frac{e^{-x}}{(1 + e^{-x})^2}
# = \frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}}
# = \sigma(x)\,\bigl(1 - \sigma(x)\bigr)$$
#
# **By hand:** for $x = \ln 3$, $\sigma(x) = 0.75$, so the slope is $0.75 \cdot 0.25 = 0.1875$.
#
# The function takes $x$, not $\sigma(x)$. Use your `sigmoid`.


# %%
def sigmoid_derivative(x):
    """Compute the slope of the sigmoid at each element.

    Parameters
    ----------
    x : float or ndarray
        Any shape.

    Returns
    -------
    float or ndarray
        The slopes, the same shape as `x`.
    """
    ### START CODE HERE ### (≈ 2 lines)
    s = sigmoid(x)
    slope = s * (1 - s)
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
# Two steps: store $\sigma(x)$ under a name, then multiply it with one minus itself. If your answer
# at $x = 0$ is 0, you wrote $x(1 - x)$.
#
# </details>

# %% [markdown]
# Both functions take arrays, so two calls are enough for a whole curve of 201 points each.

# %% tags=["nbval-ignore-output"]
if ready(sigmoid, sigmoid_derivative):
    x = np.linspace(-6, 6, 201)
    figure, ax = plt.subplots(figsize=(5, 2.6))
    ax.plot(x, sigmoid(x), "-", label=r"$\sigma(x)$")
    ax.plot(x, sigmoid_derivative(x), "--", label=r"its slope $\sigma'(x)$")
    ax.set(xlabel="$x$", title="The sigmoid and its slope")
    ax.grid(alpha=0.3)
    ax.legend()
    plotting.show(
        figure,
        alt="The sigmoid as a solid line, S-shaped, rising from 0 to 1 and one half at 0. Its "
        "slope as a dashed line, a bump with its top, one quarter, at 0.",
    )

# %% [markdown]
# **Question.** Where does the output hardly react to the input any more? What would that mean for
# a unit that learns by following its slope?
#
# <details><summary>Answer</summary>
#
# Far from 0, on both sides: beyond about ±5 the slope is below 0.01. There the unit is
# **saturated**. It gets almost no signal about how to change, and learns very slowly.
#
# </details>

# %% [markdown]
# ## 4. What a loop costs
#
# You now own two ways to compute 1000 sigmoids: your `basic_sigmoid` in a loop, or your `sigmoid`
# on an array. **Make a guess before you run the cell:** how many times faster is the array?
#
# The first call of a function is often slow, and such short times vary. So each function runs five
# times, and the shortest time counts.


# %% tags=["nbval-ignore-output"]
def milliseconds(function, *inputs):
    """Call a function five times, and take the shortest time."""
    times = []
    for _ in range(5):
        start = perf_counter()
        function(*inputs)
        times.append(perf_counter() - start)
    return 1000 * min(times)


def one_by_one(values):
    """Compute the sigmoids in a loop."""
    return [basic_sigmoid(value) for value in values]


if ready(basic_sigmoid, sigmoid):
    values = np.linspace(-5, 5, 1000)
    loop_ms, array_ms = milliseconds(one_by_one, values), milliseconds(sigmoid, values)
    print("the same values:", np.allclose(one_by_one(values), sigmoid(values)))
    print(f"loop {loop_ms:.3f} ms, array {array_ms:.3f} ms: {loop_ms / array_ms:.0f} times faster")

# %% [markdown]
# Next, the calculation that a network does most often: a **weighted sum**, the dot product
# $w \cdot x = \sum_j w_j x_j$. Here it is as a loop, and with NumPy's operator `@`.


# %% tags=["nbval-ignore-output"]
def dot_loop(w, x):
    """Add up the products, one after the other."""
    total = 0.0
    for j in range(len(w)):
        total += w[j] * x[j]
    return total


def dot_array(w, x):
    """Let NumPy add up the products."""
    return w @ x


rng = np.random.default_rng(0)
print("numbers     loop in ms   array in ms   factor")
for n in [10, 1_000, 100_000]:
    w, x = rng.normal(size=n), rng.normal(size=n)
    loop_ms, array_ms = milliseconds(dot_loop, w, x), milliseconds(dot_array, w, x)
    print(f"{n:7d} {loop_ms:14.4f} {array_ms:13.4f} {loop_ms / array_ms:8.1f}")

# %% [markdown]
# Replacing a loop by an operation on whole arrays is called **vectorisation**. Python looks up
# the type of every single number before it multiplies. An array knows its type once and for all,
# so NumPy hands the whole block to fast compiled code.
#
# **Question.** For ten numbers the gain is small, or there is none. Why?
#
# <details><summary>Answer</summary>
#
# Every call of NumPy has a fixed price: looking at types and shapes, making the result. For ten
# numbers that price is most of the time. For a hundred thousand it is nothing.
#
# </details>

# %% [markdown]
# ## 5. Shapes
#
# ### Rank-1 arrays, rows and columns
#
# In mathematics a vector is a column or a row. NumPy has a third kind: an array with **one** axis,
# which is neither. It is called a **rank-1 array**. Watch what it does.

# %%
a = np.array([1, 2, 3])
column = np.array([[1], [2], [3]])
print("a:", a.shape, "          a.T:", a.T.shape)
print("column:", column.shape, "  column.T:", column.T.shape)
print("column + column:", (column + column).shape)
print("a + column:", (a + column).shape)

# %% [markdown]
# Transposing the rank-1 array changed nothing, and nothing warned you. The last line is worse:
# we wanted a sum of two vectors, and got a table of 3 × 3 numbers. (Section 6 says why.)
#
# That is why in this course vectors are columns, of shape `(n, 1)`, wherever they meet matrices.
# When a result looks strange, print the shapes first.
#
# ### Reshape and transpose
#
# `A.reshape(3, 2)` and `A.T` both turn shape `(2, 3)` into `(3, 2)`. They are not the same.

# %%
print("A =")
print(A)
print("A.reshape(3, 2) =")
print(A.reshape(3, 2))
print("A.T =")
print(A.T)

# %% [markdown]
# - `reshape` keeps the **reading order**, row after row, like text in a narrower column: 1, 2, 3,
#   and so on to 6. Only the line breaks move.
# - The transpose `.T` swaps the **axes**: row 0 becomes column 0. The reading order changes.
#
# One entry of the new shape may be `-1`. NumPy then works it out from the number of elements:
# `A.reshape(3, -1)` also has shape `(3, 2)`.

# %% [markdown]
# ### Exercise 4: `image2vector`
#
# **Difficulty** ●●○ · **5 minutes**
#
# A colour image is an array of shape `(height, width, 3)`: for each pixel its red, green and blue.
# Logistic regression wants one column of numbers instead. Write a function that stretches an image
# into a column of shape `(height * width * depth, 1)`. Keep the reading order: the last axis runs
# fastest, so the three colours of a pixel stay together.
#
# **By hand:** an image of one row and two pixels, $(1, 2, 3)$ and $(4, 5, 6)$, has shape
# `(1, 2, 3)`. Its column has shape `(6, 1)` and holds 1, 2, 3, 4, 5, 6 from top to bottom.
#
# Do not write sizes in: images come in all sizes, and not all of them have 3 colours.


# %%
def image2vector(image):
    """Stretch an image into one column.

    Parameters
    ----------
    image : ndarray, shape (height, width, depth)
        Any height, width and depth.

    Returns
    -------
    ndarray, shape (height * width * depth, 1)
        The same values in reading order.
    """
    ### START CODE HERE ### (1 or 2 lines)
    v = image.reshape(-1, 1)
    ### END CODE HERE ###
    return v


# %%
check(image2vector)

# %%
if ready(image2vector):
    tiny_image = np.arange(1, 13).reshape(2, 2, 3)
    vector = image2vector(tiny_image)
    print(tiny_image.shape, "becomes", vector.shape)
    print("from top to bottom:", *vector[:, 0])

# %% [markdown]
# **Expected output**
#
# ```
# (2, 2, 3) becomes (12, 1)
# from top to bottom: 1 2 3 4 5 6 7 8 9 10 11 12
# ```
#
# <details><summary>Hint</summary>
#
# The new shape has two entries. The second one is 1. For the first one, multiply the three entries
# of `image.shape`, or let NumPy work it out.
#
# </details>

# %% [markdown]
# **Question.** Both `image.reshape(12)` and your function hold the same twelve numbers. What is
# the difference, and why does it matter?
#
# <details><summary>Answer</summary>
#
# The shapes are `(12,)` and `(12, 1)`. The first is a rank-1 array: it is no column, its transpose
# is itself, and together with real columns it gives surprises like the table above.
#
# </details>

# %% [markdown]
# ## 6. Axes and broadcasting
#
# ### Summing along an axis
#
# `np.sum(A)` adds up everything. With `axis=0` it adds *down* the columns, with `axis=1` *along*
# the rows. **The axis you name is the one that goes away.**

# %%
print(A)
print("sum:               ", np.sum(A))
print("axis=0:            ", np.sum(A, axis=0), "        shape", np.sum(A, axis=0).shape)
print("axis=1:            ", np.sum(A, axis=1), "        shape", np.sum(A, axis=1).shape)
kept = np.sum(A, axis=1, keepdims=True)
print("axis=1 and keepdims:", kept.tolist(), "   shape", kept.shape)

# %% [markdown]
# The two row sums, 6 and 15, came as a rank-1 array. With `keepdims=True` the summed axis stays,
# with length 1, and the sums are a **column**: each stands beside its row. `np.max`, `np.mean` and
# `np.linalg.norm` have `axis` and `keepdims` too.
#
# ### Broadcasting
#
# What is the sum of a column and a row? NumPy compares the shapes **from the right**, axis by
# axis. Two lengths fit if they are **equal, or one of them is 1**. What has length 1 is used again
# and again, as if it had been copied. An axis that is missing on the left counts as 1.

# %% tags=["nbval-ignore-output"]
# Nothing to do here: this cell draws the picture.
steps, units = np.array([[10], [20], [30]]), np.array([[1, 2, 3, 4]])
parts = [("(3, 1)", steps, np.s_[:, :1]), ("(1, 4)", units, np.s_[:1, :])]
parts.append(("(3, 4)", steps + units, np.s_[:, :]))

figure, ax = plt.subplots(figsize=(8, 2.4))
for place, (name, values, given) in enumerate(parts):
    own = np.zeros((3, 4), dtype=bool)
    own[given] = True
    for (i, j), value in np.ndenumerate(np.broadcast_to(values, (3, 4))):
        left, bottom = 5.5 * place + j, -i
        style = {"fc": "white", "ec": "0.4"} if own[i, j] else {"fc": "0.93", "ec": "0.8"}
        hatch, weight = ("", "bold") if own[i, j] else ("///", "normal")
        ax.add_patch(plt.Rectangle((left, bottom), 1, 1, hatch=hatch, **style))
        ax.text(left + 0.5, bottom + 0.5, value, ha="center", va="center", weight=weight)
    ax.text(5.5 * place + 2, 1.25, name, ha="center")
for place, sign in [(4.75, "+"), (10.25, "=")]:
    ax.text(place, -0.5, sign, ha="center", va="center", size=16)
ax.text(7.5, -2.6, "plain: what you have     hatched: copies that NumPy imagines", ha="center")
ax.set(xlim=(-0.2, 15.2), ylim=(-2.8, 1.8))
ax.axis("off")
plotting.show(
    figure,
    alt="A column 10, 20, 30 of shape (3, 1), copied in thought three times to the right, plus a "
    "row 1, 2, 3, 4 of shape (1, 4), copied in thought two times downwards, equals a table of "
    "shape (3, 4): 11, 12, 13, 14 in the first row, 21 to 24 and 31 to 34 below.",
)

# %% [markdown]
# Now `a + column` from section 5 is no riddle any more: `(3,)` counts as `(1, 3)`, a row, and a
# row plus a column is a table.
#
# When lengths are different and none is 1, NumPy refuses:

# %%
row_sums = np.sum(A, axis=1)
try:
    print(A / row_sums)
except ValueError as error:
    print(error)
print("with keepdims, each row adds up to", np.sum(A / kept, axis=1))

# %% [markdown]
# `(2, 3)` and `(2,)`: from the right, 3 meets 2. With the column of shape `(2, 1)`, 3 meets 1 and 2
# meets 2, and every row is divided by its own sum. That is the pattern of the next two exercises.
#
# **Question.** For a *square* matrix, `A / np.sum(A, axis=1)` gives no error. Is it right?
#
# <details><summary>Answer</summary>
#
# No. The sums are taken as a row, so column $j$ is divided by the sum of row $j$. The shapes fit by
# accident and the numbers are wrong. Such mistakes hide in tests with square matrices.
#
# </details>

# %% [markdown]
# ### Exercise 5: `normalize_rows`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Learning works better when all examples are of about the same size. One way is to scale every row
# $x_i$ of a matrix to length 1:
#
# $$x_i \leftarrow \frac{x_i}{\lVert x_i \rVert} \qquad
# \lVert x_i \rVert = \sqrt{x_{i1}^2 + x_{i2}^2 + \dots + x_{im}^2}$$
#
# **By hand:** the row $(0, 3, 4)$ has length $\sqrt{0 + 9 + 16} = 5$ and becomes $(0, 0.6, 0.8)$.
#
# **The NumPy you need:** `np.linalg.norm` computes this length. Without an axis it takes the whole
# array as one long vector. With `axis` and `keepdims` it works as `np.sum` does above. You may also
# build the length yourself, with squares, `np.sum` and `np.sqrt`.
#
# You may take it that no row is all zeros.


# %%
def normalize_rows(x):
    """Scale each row to length 1.

    Parameters
    ----------
    x : ndarray, shape (n, m)
        One vector per row, none of them zero.

    Returns
    -------
    ndarray of float, shape (n, m)
        Each row divided by its length.
    """
    ### START CODE HERE ### (≈ 2 lines)
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    rows = x / lengths
    ### END CODE HERE ###
    return rows


# %%
check(normalize_rows)

# %%
if ready(normalize_rows):
    print(np.round(normalize_rows(np.array([[0.0, 3.0, 4.0], [1.0, 6.0, 4.0]])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [[0.     0.6    0.8   ]
#  [0.1374 0.8242 0.5494]]
# ```
#
# <details><summary>Hint</summary>
#
# First compute all lengths. There is one per row, so which axis goes away? For a matrix of shape
# `(n, m)` the lengths should have shape `(n, 1)`: print it. Then one division is enough.
#
# </details>

# %% [markdown]
# **Question.** What happens to a row of zeros?
#
# <details><summary>Answer</summary>
#
# Its length is 0, and NumPy answers `0 / 0` with `nan`, "not a number", and a warning. A vector
# without length has no direction, so there is no right answer. A careful program decides: it could
# leave such rows as they are.
#
# </details>

# %% [markdown]
# ### Exercise 6: `softmax`
#
# **Difficulty** ●●○ · **8 minutes**
#
# The sigmoid answers a yes-or-no question. With more than two answers, a network gives each answer
# a **score**, and **softmax** turns the scores into probabilities. Every row is one example:
#
# $$\mathrm{softmax}(x)_{ij} = \frac{e^{x_{ij}}}{\sum_k e^{x_{ik}}}$$
#
# The exponential makes everything positive, the division makes each row add up to 1. The largest
# score gets the largest probability.
#
# **By hand:** the row $(\ln 1, \ln 2, \ln 5)$ has the powers $(1, 2, 5)$ with sum 8, so the result
# is $(0.125, 0.25, 0.625)$.
#
# **A good habit:** $e^{1000}$ is too large for a computer. But a shift of a whole row changes
# nothing, for the factor cancels:
#
# $$\frac{e^{x_{ij} - c}}{\sum_k e^{x_{ik} - c}}
# = \frac{e^{-c}\, e^{x_{ij}}}{e^{-c} \sum_k e^{x_{ik}}} = \mathrm{softmax}(x)_{ij}$$
#
# So take the largest score of each row as $c$. Then the largest exponent is 0, and nothing can
# overflow. The points do not depend on it, but good programs do it.


# %%
def softmax(x):
    """Turn each row of scores into probabilities.

    Parameters
    ----------
    x : ndarray, shape (n, m)
        One row of scores per example.

    Returns
    -------
    ndarray of float, shape (n, m)
        Positive numbers; each row adds up to 1.
    """
    ### START CODE HERE ### (2 to 4 lines)
    largest = np.max(x, axis=1, keepdims=True)
    powers = np.exp(x - largest)
    sums = np.sum(powers, axis=1, keepdims=True)
    probabilities = powers / sums
    ### END CODE HERE ###
    return probabilities


# %%
check(softmax)

# %%
if ready(softmax):
    p = softmax(np.array([[2, 1, 0, -1], [3, 3, 3, 3], [1, 5, 1, 1]]))
    print(np.round(p, 4))
    print("sums of the rows:", np.round(np.sum(p, axis=1), 4))

# %% [markdown]
# **Expected output**
#
# ```
# [[0.6439 0.2369 0.0871 0.0321]
#  [0.25   0.25   0.25   0.25  ]
#  [0.0174 0.9479 0.0174 0.0174]]
# sums of the rows: [1. 1. 1.]
# ```
#
# <details><summary>Hint</summary>
#
# It is the pattern of exercise 5: something for each element, something for each row as a column,
# then divide. Give the powers a name, for you need them twice. If you see an error about
# broadcasting, print the shape of the sums.
#
# </details>

# %% [markdown]
# **Question.** What is the softmax of two scores, $x$ and 0?
#
# <details><summary>Answer</summary>
#
# The first probability is $e^x / (e^x + e^0)$. Divide top and bottom by $e^x$: it is
# $1 / (1 + e^{-x}) = \sigma(x)$. The sigmoid is the softmax for two answers.
#
# </details>

# %% [markdown]
# ## 7. How wrong are we? Two losses
#
# A **loss** is one number that says how far predictions $\hat y$ are from the truth $y$. It is 0
# when all predictions are right. Training means to make it small.
#
# Here `yhat` and `y` are rank-1 arrays of the same length $m$, one entry per example. No matrix is
# around, so nothing can go wrong with their shape.
#
# ### Exercise 7: `L1`
#
# **Difficulty** ●○○ · **3 minutes**
#
# Add up the sizes of the errors:
#
# $$L_1(\hat y, y) = \sum_{i=1}^{m} \lvert y^{(i)} - \hat y^{(i)} \rvert$$
#
# **By hand:** $\hat y = (0.9, 0.2, 0.4)$ and $y = (1, 0, 0)$ have the errors $0.1$, $-0.2$ and
# $-0.4$. Their sizes add up to $0.7$.
#
# **The NumPy you need:** `np.abs` takes the absolute value of each element.


# %%
def L1(yhat, y):
    """Add up the absolute errors.

    Parameters
    ----------
    yhat : ndarray, shape (m,)
        The predictions.
    y : ndarray, shape (m,)
        The true values.

    Returns
    -------
    float
        The loss, one number.
    """
    ### START CODE HERE ### (≈ 1 line)
    loss = np.sum(np.abs(y - yhat))
    ### END CODE HERE ###
    return loss


# %%
check(L1)

# %%
predicted, truth = np.array([0.9, 0.2, 0.1, 0.4, 0.9]), np.array([1, 0, 0, 1, 1])
if ready(L1):
    print("L1 =", np.round(L1(predicted, truth), 4))

# %% [markdown]
# **Expected output**
#
# ```
# L1 = 1.1
# ```
#
# <details><summary>Hint</summary>
#
# Work from the inside out: first the errors, then their absolute values, then the sum. In which
# order you subtract makes no difference here. Why?
#
# </details>

# %% [markdown]
# ### Exercise 8: `L2`
#
# **Difficulty** ●○○ · **4 minutes**
#
# Add up the squares of the errors:
#
# $$L_2(\hat y, y) = \sum_{i=1}^{m} \bigl(y^{(i)} - \hat y^{(i)}\bigr)^2$$
#
# **By hand:** the errors $0.1$, $-0.2$ and $-0.4$ have the squares $0.01$, $0.04$ and $0.16$. Their
# sum is $0.21$. There is no root and no division.


# %%
def L2(yhat, y):
    """Add up the squared errors.

    Parameters
    ----------
    yhat : ndarray, shape (m,)
        The predictions.
    y : ndarray, shape (m,)
        The true values.

    Returns
    -------
    float
        The loss, one number.
    """
    ### START CODE HERE ### (1 or 2 lines)
    loss = np.sum((y - yhat) ** 2)
    ### END CODE HERE ###
    return loss


# %%
check(L2)

# %%
if ready(L2):
    print("L2 =", np.round(L2(predicted, truth), 4))

# %% [markdown]
# **Expected output**
#
# ```
# L2 = 0.43
# ```
#
# <details><summary>Hint</summary>
#
# Square each error, then sum. There is a second way: a sum of products is a dot product, and `@`
# computes it for two rank-1 arrays. Which two arrays have the squared errors as their products?
#
# </details>

# %% [markdown]
# **Question.** Predictions A are wrong by 0.1 for ten examples. Predictions B are wrong by 1 for
# one example, and right for the other nine. Which are better by `L1`, which by `L2`?
#
# <details><summary>Answer</summary>
#
# By `L1` they are equal: both 1. By `L2`, A has $10 \cdot 0.01 = 0.1$ and B has 1. Squares punish
# one large error much more than many small ones.
#
# </details>

# %% [markdown]
# ## 8. All together: cats without learning
#
# With what you wrote you can already recognise cats, to some degree. The data are small colour
# pictures, some of a cat and some of other things; in the course's own data it is half and half.
# The plan for a new picture: compare it with all the pictures
# whose answer is known, and let these **vote**. Similar pictures get more say.
#
# 1. **Shrink** each picture to 8 × 8 pixels: `picture[::8, ::8]` takes every eighth row and column.
# 2. **Stretch** it with `image2vector`. Side by side, transposed, the pictures are the rows of a
#    matrix.
# 3. Take the mean of each row away, and **scale** the row to length 1 with `normalize_rows`. What
#    is left is the pattern, whatever the brightness and the contrast were.
# 4. The dot product of two such rows is 1 for equal patterns, and about 0 for patterns that have
#    nothing to do with each other. One matrix product compares *all* new pictures with *all* known
#    ones.
# 5. `softmax` turns the similarities of a picture into **shares of the vote** that add up to 1.
# 6. The share of the votes for "cat" is the prediction.


# %%
def patterns(pictures):
    """Make one row of length 1 out of each picture."""
    columns = [image2vector(picture[::8, ::8] / 255) for picture in pictures]
    rows = np.hstack(columns).T
    return normalize_rows(rows - np.mean(rows, axis=1, keepdims=True))


if ready(image2vector, normalize_rows, softmax):
    images = datasets.load_images()
    known, new = patterns(images.train_set_x_orig), patterns(images.test_set_x_orig)
    similarity = new @ known.T
    votes = softmax(20 * similarity)
    cat_share = votes @ images.train_set_y[0]
    print("known:", known.shape, " new:", new.shape, " similarity:", similarity.shape)
    print("shares of the first picture add up to", round(float(np.sum(votes[0])), 4))

# %%
if ready(image2vector, normalize_rows, softmax, L1, L2):
    answers = images.test_set_y[0]
    right = np.mean((cat_share > 0.5) == answers)
    always_half = np.full(len(answers), 0.5)
    print(f"right: {100 * right:.1f} %")
    for name, yhat in [("by vote", cat_share), ("always 0.5", always_half)]:
        losses = np.round(L1(yhat, answers), 2), np.round(L2(yhat, answers), 2)
        print(f"{name:10s}  L1 = {losses[0]}, L2 = {losses[1]}")

# %% tags=["nbval-ignore-output"]
if ready(image2vector, normalize_rows, softmax):
    some = [0, 1, 2, 3, 4, 5]
    names = [images.classes[answer].decode() for answer in images.test_set_y[0, some]]
    titles = [f"{name}: {cat_share[i]:.2f}" for i, name in zip(some, names, strict=True)]
    plotting.show(
        plotting.show_images(images.test_set_x_orig[some], titles, columns=6),
        alt="Six pictures of the test set. Above each stand what it is, and the share of the vote "
        "for cat, a number between 0 and 1.",
    )

# %% [markdown]
# Not bad for a program that has learnt nothing. But look at what it costs: it must carry all known
# pictures about for ever, and compare each new one with all of them. In the next notebook,
# **logistic regression** learns from the known pictures, and then needs them no more: it keeps only
# one weight for each colour of each pixel. Do not expect it to be right more often. With the
# course's own data the vote gets 73.8 % of the test pictures right, and logistic regression 71.2 %.
# With so few test pictures, both numbers are uncertain by about five points either way, so they do
# not tell which of the two is better.
#
# There is not one loop over pixels in this section, and not one over pairs of pictures. How many
# pairs are there? Look at the shape of `similarity`.

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **apply a formula to every element**: `np.exp`, `+`, `*`, `**` work on arrays of any shape;
# 2. **read and change shapes**, and you know why `(n,)` is not `(n, 1)`;
# 3. **tell `reshape` from a transpose**: one keeps the reading order, the other swaps the axes;
# 4. **sum along an axis**: the axis you name goes away, unless `keepdims=True` keeps it with
#    length 1; and **predict broadcasting**: from the right, equal or 1;
# 5. **vectorise**, and you have measured what it gains on your own computer;
# 6. **write the sigmoid and its slope, the softmax, `L1` and `L2`**, the small change of deep
#    learning.
#
# ## What to remember
#
# - Print the shapes first.
# - A vector that meets matrices should be a column, of shape `(n, 1)`.
# - `keepdims=True` keeps a column a column.
# - Never test with square matrices only: wrong axes go unnoticed.
# - $\sigma' = \sigma(1 - \sigma)$, at most $\tfrac14$.
# - Take the largest score away before the exponential.
#
# **What comes next.** In the other notebook of this week, these few operations become a model that
# learns: logistic regression, which tells cats from other things.
#
# ## Stretch exercises
#
# 1. **A sigmoid for all numbers.** `sigmoid(np.array([-1000.0]))` gives the right answer, but maybe
#    with a warning. Find a form of the formula for negative $x$ in which no exponent is positive,
#    and choose between the two forms with `np.where`.
# 2. **Distances.** For `P` of shape `(n, d)` and `Q` of shape `(k, d)`, compute the `(n, k)` table
#    of distances between their rows without a loop. Start with `P[:, np.newaxis, :]`.
# 3. **A better vote.** Change the factor 20 in section 8, and the size of the shrunken pictures.
#    What do factors near 0 and very large factors do? Which settings are best, and why should you
#    not trust a choice made on the very pictures that measure the success?
# 4. **Where is the break-even?** At how many numbers does the array overtake the loop on your
#    computer? Measure each size many times and take the shortest time.
# 5. **Colour after colour.** Write `image2vector` so that all reds come first, then all greens,
#    then all blues. What do you need besides `reshape`?
#
# ## References
#
# - C. R. Harris et al.: *Array programming with NumPy*. Nature 585, 357–362, 2020.
# - S. van der Walt, S. C. Colbert, G. Varoquaux: *The NumPy array: a structure for efficient
#   numerical computation*. Computing in Science & Engineering 13(2), 22–30, 2011.
# - I. Goodfellow, Y. Bengio, A. Courville: *Deep Learning*, chapters 2 and 4. MIT Press, 2016.
