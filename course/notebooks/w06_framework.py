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
# # A framework of one's own
#
# Since week 1 you have derived every gradient with a pencil. Frameworks do that by themselves: you
# write down the cost, and they differentiate it. There is no magic in it. This week you **build
# such a framework**, in NumPy, and nothing in it is hidden. Then you hand it the softmax regression
# from the first notebook, and get the same numbers, without having derived anything.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. write a computation as a **graph** of placeholders, variables, constants and operations;
# 2. write operations as pairs, forward and backward, and undo broadcasting on the way back;
# 3. put a graph into an order in which it can be computed, and run it;
# 4. differentiate any graph by walking that order backwards, and say why gradients are added where
#    ways meet;
# 5. write gradient descent and Adam for any set of variables;
# 6. train a model with `minimize(cost)`, and say what each part of that call does.
#
# ## Before you start
#
# You need the first notebook of this week: softmax, cross-entropy, and the word on the factor
# $\frac1m$. Adam is from week 5. From Python you need dictionaries, and functions that call
# themselves; what we use of classes is explained.
#
# **Time:** about 150 minutes. There are 12 exercises. Each one says how hard it is (●○○ to ●●●)
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
import itertools
import math

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.checking import checks_for, ready

check = checks_for("w06_framework")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# ## 2. A computation is a graph
#
# Take the cost of softmax regression, with scores $Z = Wx + b$. Draw each value as a node, and an
# arrow from each value to those that are computed from it.

# %% tags=["nbval-ignore-output"]
# Nothing to do here: this cell draws the graph.
places = {
    "W": (0, 1, "variable"),
    "x": (0, 0, "placeholder"),
    "p": (1.3, 0.5, "matmul"),
    "b": (1.3, 1.5, "variable"),
    "z": (2.6, 1, "add"),
    "y": (2.6, 0, "placeholder"),
    "J": (4.2, 0.5, "softmax_cross_entropy"),
}
arrows = [("W", "p"), ("x", "p"), ("p", "z"), ("b", "z"), ("z", "J"), ("y", "J")]
figure, ax = plt.subplots(figsize=(9, 3.2), layout="constrained")
for start, end in arrows:
    ax.annotate(
        "",
        xy=places[end][:2],
        xytext=places[start][:2],
        arrowprops={"arrowstyle": "->", "lw": 1.5, "shrinkA": 17, "shrinkB": 17},
    )
for name, (right, up, kind) in places.items():
    shape = {"matmul": "circle", "add": "circle", "softmax_cross_entropy": "circle"}
    box = {"boxstyle": shape.get(kind, "square") + ",pad=0.4", "facecolor": "white"}
    ax.text(right, up, name, ha="center", va="center", size=14, bbox=box)
    ax.text(right, up - 0.33, kind, ha="center", va="top", size=11)
ax.set(xlim=(-0.6, 5.1), ylim=(-0.65, 1.85), title="squares: leaves     circles: operations")
ax.axis("off")
plotting.show(
    figure,
    alt="A graph from left to right. W, a variable, and x, a placeholder, lead to p, a matmul. p "
    "and b, a variable, lead to z, an add. z and y, a placeholder, lead to J, a "
    "softmax_cross_entropy.",
)

# %% [markdown]
# There are four kinds of nodes:
#
# - a **placeholder** has no value until you run the graph: data are put there;
# - a **variable** has a value that training changes;
# - a **constant** has a value that stays;
# - an **operation** is computed from other nodes, its **inputs**.
#
# The first three have no inputs. They are the **leaves**.
#
# To a computer, a graph is a dictionary: from each node's name to a tuple of its kind, followed by
# the names of its inputs. No more than that.

# %%
softmax_graph = {
    "J": ("softmax_cross_entropy", "z", "y"),
    "z": ("add", "p", "b"),
    "p": ("matmul", "W", "x"),
    "W": ("variable",),
    "b": ("variable",),
    "x": ("placeholder",),
    "y": ("placeholder",),
}
kind, *inputs = softmax_graph["z"]
print("z is of kind", kind, "and has the inputs", inputs)
kind, *inputs = softmax_graph["W"]
print("W is of kind", kind, "and has the inputs", inputs)

# %% [markdown]
# The line `kind, *inputs = ...` takes the first entry and then all the rest as a list. You will need
# it again.

# %% [markdown]
# ## 3. Operations: one step forward, one step back
#
# Each kind of operation is a **pair of functions**. `<kind>_forward` takes the values of the inputs.
# It returns the output, and a **cache**: what it will want to know on the way back.
# `<kind>_backward` takes `dout`, the gradient of the cost with respect to the *output*, and the
# cache. It returns a **tuple with the gradient with respect to each input**.
#
# That is the chain rule, one operation at a time: *what comes from behind, times my own slope*. An
# operation need not know what comes before it or after it.
#
# Here is the whole pair for the ReLU, and the forward half of three others.


# %%
def relu_forward(a):
    """Replace what is negative by 0."""
    return np.maximum(0.0, a), (a,)


def relu_backward(dout, cache):
    """Let the gradient pass where the input was positive."""
    (a,) = cache
    return (dout * (a > 0),)


def add_forward(a, b):
    """Add two arrays."""
    return a + b, (a, b)


def multiply_forward(a, b):
    """Multiply two arrays element by element."""
    return a * b, (a, b)


def matmul_forward(a, b):
    """Multiply two matrices."""
    return a @ b, (a, b)


out, cache = relu_forward(np.array([-1.0, 2.0]))
print("forward:", out, "  backward:", relu_backward(np.array([5.0, 5.0]), cache)[0])

# %% [markdown]
# ### Exercise 1: `unbroadcast`
#
# **Difficulty** ●●○ · **12 minutes**
#
# In `p + b` a column `b` of shape (10, 1) meets a matrix of shape (10, 300). NumPy copies the column
# 300 times: broadcasting. Each copy acts on the cost. So the gradient of the *one* number is the
# **sum** of the gradients of its copies.
#
# NumPy broadcasts in two ways, and both must be undone:
#
# 1. It **adds axes in front**, if an array has fewer of them: (3,) becomes (1, 3). Sum these axes
#    away.
# 2. It **stretches axes of size 1**: (2, 1) becomes (2, 3). Sum along these axes, but keep them,
#    with size 1.
#
# **By hand:** a gradient of shape (2, 3), all ones. For an array of shape (2, 1), each entry was
# copied 3 times: $\begin{pmatrix} 3 \\ 3 \end{pmatrix}$. For one of shape (3,), each entry was
# copied twice: $(2, 2, 2)$. For a plain number, of shape (), there were 6 copies: $6$.
#
# **The NumPy you need:** `np.ndim(grad)` counts the axes, also of a plain number. `np.sum` takes a
# tuple of axes, `axis=(0, 2)`; with the empty tuple `axis=()` it does nothing. A loop over the axes
# is fine too.


# %%
def unbroadcast(grad, shape):
    """Add up a gradient over all axes along which its array was broadcast.

    Parameters
    ----------
    grad : ndarray or float
        The gradient with respect to an array after broadcasting.
    shape : tuple of int
        The array's shape before broadcasting.

    Returns
    -------
    ndarray or float, shape `shape`
        The gradient with respect to the array itself.
    """
    ### START CODE HERE ### (≈ 4 lines)
    extra = tuple(range(np.ndim(grad) - len(shape)))
    grad = np.sum(grad, axis=extra)
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    total = np.sum(grad, axis=stretched, keepdims=True)
    ### END CODE HERE ###
    return total


# %%
check(unbroadcast)

# %%
if ready(unbroadcast):
    for shape in [(2, 3), (2, 1), (3,), ()]:
        print(shape, np.asarray(unbroadcast(np.ones((2, 3)), shape)).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# (2, 3) [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
# (2, 1) [[3.0], [3.0]]
# (3,) [2.0, 2.0, 2.0]
# () 6.0
# ```
#
# <details><summary>Hint</summary>
#
# First step: how many axes does `grad` have more than `shape`? Sum over so many axes in front.
# Second step: at which positions does `shape` have a 1? Sum along these, with `keepdims=True`. (If
# the gradient's axis has size 1 there as well, summing along it does no harm.)
#
# </details>

# %% [markdown]
# ### Exercise 2: `add_backward`
#
# **Difficulty** ●○○ · **4 minutes**
#
# The slope of $a + b$ is 1 with respect to both. So both get `dout` itself, brought back to their
# own shapes.
#
# **By hand:** $a$ of shape (2, 3), $b$ of shape (2, 1), `dout` all ones: $a$ gets all ones, and $b$
# gets $(3, 3)^T$.


# %%
def add_backward(dout, cache):
    """Lead a gradient back through a sum.

    Parameters
    ----------
    dout : ndarray or float
        The gradient with respect to ``a + b``.
    cache : tuple
        ``(a, b)``.

    Returns
    -------
    tuple
        The gradients with respect to a and b, of their shapes.
    """
    a, b = cache
    ### START CODE HERE ### (≈ 2 lines)
    da = unbroadcast(dout, np.shape(a))
    db = unbroadcast(dout, np.shape(b))
    ### END CODE HERE ###
    return da, db


# %%
check(add_backward)

# %%
if ready(add_backward):
    matrix, column = np.zeros((2, 3)), np.zeros((2, 1))
    for gradient in add_backward(np.ones((2, 3)), (matrix, column)):
        print(gradient.tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
# [[3.0], [3.0]]
# ```
#
# <details><summary>Hint</summary>
#
# `np.shape(a)` is the shape of an array, and `()` for a plain number. You have written the function
# that does the rest.
#
# </details>

# %% [markdown]
# ### Exercise 3: `multiply_backward`
#
# **Difficulty** ●○○ · **5 minutes**
#
# The slope of $a \cdot b$ with respect to $a$ is $b$, and the other way round. (Product by elements:
# each entry for itself.) Multiply with `dout`, then bring back the shapes.
#
# **By hand:** $a = (1, 2, 4)$, $b = 10$ of shape (1,), `dout` all ones: $a$ gets $(10, 10, 10)$,
# and $b$ gets $1 + 2 + 4 = 7$.


# %%
def multiply_backward(dout, cache):
    """Lead a gradient back through a product of elements.

    Parameters
    ----------
    dout : ndarray or float
        The gradient with respect to ``a * b``.
    cache : tuple
        ``(a, b)``.

    Returns
    -------
    tuple
        The gradients with respect to a and b, of their shapes.
    """
    a, b = cache
    ### START CODE HERE ### (≈ 2 lines)
    da = unbroadcast(dout * b, np.shape(a))
    db = unbroadcast(dout * a, np.shape(b))
    ### END CODE HERE ###
    return da, db


# %%
check(multiply_backward)

# %%
if ready(multiply_backward):
    factors = np.array([1.0, 2.0, 4.0]), np.array([10.0])
    for gradient in multiply_backward(np.ones(3), factors):
        print(gradient.tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [10.0, 10.0, 10.0]
# [7.0]
# ```
#
# <details><summary>Hint</summary>
#
# First multiply, then sum: the copies of $b$ have met different entries of $a$, and the sum must be
# of the products.
#
# </details>

# %% [markdown]
# ### Exercise 4: `matmul_backward`
#
# **Difficulty** ●●○ · **8 minutes**
#
# $C = AB$, with $A$ of shape $(n, k)$ and $B$ of shape $(k, m)$. One entry is
# $c_{ij} = \sum_l a_{il}\, b_{lj}$. Nudge $a_{il}$: it acts on all $c_{ij}$ of row $i$, each time
# with slope $b_{lj}$. So $da_{il} = \sum_j dc_{ij}\, b_{lj}$, which is a matrix product with a
# transpose:
#
# $$dA = dC\, B^T \qquad dB = A^T dC$$
#
# You know the first one: it is the $dW = dZ\, X^T$ of the first notebook. No $\frac1m$ here: a
# product does not know what an example is. The cost puts that factor in, and it arrives with $dC$.
#
# **By hand:** $A = (2 \;\; 3)$, $B = \begin{pmatrix} 4 \\ 5 \end{pmatrix}$, $dC = (1)$:
# $dA = (4 \;\; 5)$ and $dB = \begin{pmatrix} 2 \\ 3 \end{pmatrix}$.


# %%
def matmul_backward(dout, cache):
    """Lead a gradient back through a matrix product.

    Parameters
    ----------
    dout : ndarray, shape (n, m)
        The gradient with respect to ``a @ b``.
    cache : tuple of ndarray
        ``(a, b)``, of shapes (n, k) and (k, m).

    Returns
    -------
    tuple of ndarray
        The gradients with respect to a, shape (n, k), and b, shape (k, m).
    """
    a, b = cache
    ### START CODE HERE ### (≈ 2 lines)
    da = dout @ b.T
    db = a.T @ dout
    ### END CODE HERE ###
    return da, db


# %%
check(matmul_backward)

# %%
if ready(matmul_backward):
    matrices = np.array([[2.0, 3.0]]), np.array([[4.0], [5.0]])
    for gradient in matmul_backward(np.array([[1.0]]), matrices):
        print(gradient.tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[4.0, 5.0]]
# [[2.0], [3.0]]
# ```
#
# <details><summary>Hint</summary>
#
# The shapes leave no choice. `da` must be $(n, k)$, made of $(n, m)$ and $(k, m)$: transpose the
# second.
#
# </details>

# %% [markdown]
# ### Exercise 5: `softmax_cross_entropy_forward`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Softmax and cross-entropy become **one** operation. The reason: softmax may round a tiny
# probability to 0, and then the logarithm is $-\infty$. Together, the logarithm and the exponential
# cancel before they can do harm:
#
# $$\log a_k = \log \frac{e^{z_k}}{\sum_j e^{z_j}} = z_k - \log \sum_j e^{z_j}$$
#
# Shift each column by its largest score first, as in the first notebook, so that nothing overflows.
# Then the cost is
#
# $$J = -\frac1m \sum_{i=1}^m \sum_k y_k^{(i)} \log a_k^{(i)}$$
#
# **By hand:** $z = (0, 0)^T$, $y = (1, 0)^T$: $\log a_k = 0 - \ln 2 = -0.6931$ for both, and
# $J = 0.6931$. With $z = (0, 1000)^T$: the shifted scores are $(-1000, 0)$, the sum of their
# exponentials is $1$, and $\log a = (-1000, 0)$. So $J = 1000$. A softmax followed by a logarithm
# would have said infinity.


# %%
def softmax_cross_entropy_forward(Z, Y):
    """Compute the average cross-entropy of scores, without overflow and without log(0).

    Parameters
    ----------
    Z : ndarray, shape (n_y, m)
        One column of scores per example.
    Y : ndarray, shape (n_y, m)
        The labels; each column adds up to 1.

    Returns
    -------
    cost : float
        The average over the examples.
    cache : tuple of ndarray
        ``(log_A, Y)``, where log_A (n_y, m) holds the logarithms of the probabilities.
    """
    ### START CODE HERE ### (≈ 3 lines)
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    log_A = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    cost = float(-np.sum(Y * log_A) / Y.shape[1])
    cache = (log_A, Y)
    ### END CODE HERE ###
    return cost, cache


# %%
check(softmax_cross_entropy_forward)

# %%
if ready(softmax_cross_entropy_forward):
    for scores in [[[0.0], [0.0]], [[0.0], [1000.0]]]:
        cost, cache = softmax_cross_entropy_forward(np.array(scores), np.array([[1.0], [0.0]]))
        print(round(cost, 4), np.round(cache[0], 4).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# 0.6931 [[-0.6931], [-0.6931]]
# 1000.0 [[-1000.0], [0.0]]
# ```
#
# <details><summary>Hint</summary>
#
# Three lines: the shift, the logarithms, the cost. Never compute a probability: the logarithm of the
# *sum* is harmless, for the sum is at least 1.
#
# </details>

# %% [markdown]
# ### Exercise 6: `softmax_cross_entropy_backward`
#
# **Difficulty** ●●○ · **6 minutes**
#
# With respect to the scores you know the gradient: prediction minus truth. With respect to the
# labels it can be read off the formula of the cost. Nobody will ask for it, as labels are data, but
# an operation has a gradient for each of its inputs:
#
# $$dZ = \frac{\text{dout}}{m} (A - Y) \qquad dY = -\frac{\text{dout}}{m} \log A$$
#
# `dout` is a number, usually 1, since the cost usually comes last. But something may come after it:
# a penalty may be added, or the cost may be multiplied by 2.
#
# **By hand:** one example, $a = (0.25,\ 0.75)^T$, $y = (1, 0)^T$, `dout` $= 2$:
# $dz = (-1.5,\ 1.5)^T$, and $dy = -2\,(\ln 0.25,\ \ln 0.75)^T = (2.7726,\ 0.5754)^T$.


# %%
def softmax_cross_entropy_backward(dout, cache):
    """Lead a gradient back through softmax and cross-entropy.

    Parameters
    ----------
    dout : float
        The gradient with respect to the output of this operation.
    cache : tuple of ndarray
        ``(log_A, Y)`` from `softmax_cross_entropy_forward`.

    Returns
    -------
    tuple of ndarray
        The gradients with respect to Z and Y, both of shape (n_y, m).
    """
    log_A, Y = cache
    ### START CODE HERE ### (≈ 3 lines)
    share = dout / Y.shape[1]
    dZ = share * (np.exp(log_A) - Y)
    dY = -share * log_A
    ### END CODE HERE ###
    return dZ, dY


# %%
check(softmax_cross_entropy_backward)

# %%
if ready(softmax_cross_entropy_backward):
    cache = np.log([[0.25], [0.75]]), np.array([[1.0], [0.0]])
    for gradient in softmax_cross_entropy_backward(2.0, cache):
        print(np.round(gradient, 4).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[-1.5], [1.5]]
# [[2.7726], [0.5754]]
# ```
#
# <details><summary>Hint</summary>
#
# The cache holds logarithms of probabilities. Which function takes a logarithm back?
#
# </details>

# %% [markdown]
# ## 4. Running a graph
#
# All operations of the framework are there. Two small functions find them by their kind. They look
# the names up when they are called, so they always find *your* latest version.


# %%
def forward_of(kind):
    """Find the function that computes an operation."""
    functions = {
        "add": add_forward,
        "multiply": multiply_forward,
        "matmul": matmul_forward,
        "relu": relu_forward,
        "softmax_cross_entropy": softmax_cross_entropy_forward,
    }
    return functions[kind]


def backward_of(kind):
    """Find the function that leads a gradient back through an operation."""
    functions = {
        "add": add_backward,
        "multiply": multiply_backward,
        "matmul": matmul_backward,
        "relu": relu_backward,
        "softmax_cross_entropy": softmax_cross_entropy_backward,
    }
    return functions[kind]


# %% [markdown]
# ### Exercise 7: `topological_order`
#
# **Difficulty** ●●● · **20 minutes**
#
# To compute a node you need its inputs first, and theirs before. The dictionary does not list the
# nodes in such an order, so we have to find one. It should hold all nodes that the target needs,
# **each once**, and **each after its inputs**. That is called a topological order.
#
# One way is **depth first**. To *visit* a node means: if it stands in the list already, do nothing.
# Otherwise visit its inputs, one after the other, and **then** write the node itself down. Visit the
# target, and you are done.
#
# **By hand:** for `y = a * b` with `b = a + 1`, the graph is
# `y: (multiply, a, b)`, `b: (add, a, one)`. Visit `y`: first its inputs. Visit `a`: no inputs, write
# it down. Visit `b`: its input `a` is there already; visit `one`, write it down; write `b` down. Now
# write `y` down. The list is `a, one, b, y`. (`one, a, b, y` would be right as well. Every correct
# order passes.)
#
# **The Python you need:** a function may be defined inside of another one. It may call itself, and
# it sees the outer one's variables, such as a list to append to. `name not in order` tells whether a list lacks a name. `graph[name][1:]` are the inputs: all
# entries but the first.


# %%
def topological_order(graph, target):
    """Put all nodes that a node depends on in an order in which they can be computed.

    Parameters
    ----------
    graph : dict
        From each node's name to a tuple of its kind and the names of its inputs. There are no
        circles.
    target : str
        The node that is wanted.

    Returns
    -------
    list of str
        The target's name and the names of all nodes it depends on, each once, and each after
        its inputs.
    """
    ### START CODE HERE ### (≈ 9 lines)
    order = []

    def visit(name):
        """Write a node down after everything it depends on."""
        if name not in order:
            for source in graph[name][1:]:
                visit(source)
            order.append(name)

    visit(target)
    ### END CODE HERE ###
    return order


# %%
check(topological_order)

# %%
if ready(topological_order):
    small = {
        "y": ("multiply", "a", "b"),
        "b": ("add", "a", "one"),
        "a": ("variable",),
        "one": ("constant",),
        "idle": ("relu", "y"),
    }
    order = topological_order(small, "y")
    print("the target comes last:", order[-1] == "y")
    print("needed are:", ", ".join(sorted(order)))

# %% [markdown]
# **Expected output**
#
# ```
# the target comes last: True
# needed are: a, b, one, y
# ```
#
# <details><summary>Hint 1: the form</summary>
#
# Begin with `order = []`. Define `visit(name)` inside of the function. After the definition, call
# `visit(target)`.
#
# </details>
#
# <details><summary>Hint 2: what stands in visit</summary>
#
# An `if` that asks whether the name is still missing in `order`. In it, a loop over the inputs that
# visits each of them. After the loop, the name is appended. If you append it before the loop, nodes
# come before their inputs.
#
# </details>

# %% [markdown]
# **Question.** What would `visit` do with a graph in which `a` depends on `b`, and `b` on `a`?
#
# <details><summary>Answer</summary>
#
# It would never come back: `a` visits `b`, which visits `a`, which is not written down yet. Python
# stops it with a `RecursionError`. Such a graph cannot be computed, and so it has no topological
# order.
#
# </details>

# %% [markdown]
# ### Exercise 8: `forward_pass`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Now run it. Go through the order. Leaves have their values already. For each operation, look up the
# **values** of its inputs, call its forward function, and keep the output and the cache, both under
# the node's name.
#
# **By hand:** with $a = 3$ and `one` $= 1$, the order `a, one, b, y` gives $b = 3 + 1 = 4$, with the
# cache $(3, 1)$, and $y = 3 \cdot 4 = 12$, with the cache $(3, 4)$.
#
# **The Python you need:** `dict(leaves)` is a copy, to which you may add. `f(*values)` calls `f`
# with the entries of a list as its arguments. An empty list counts as false: `if inputs:` is true
# for operations only.


# %%
def forward_pass(graph, order, leaves):
    """Compute the value of every node in an order.

    Parameters
    ----------
    graph : dict
        From each node's name to a tuple of its kind and the names of its inputs.
    order : list of str
        The nodes to compute, each after its inputs.
    leaves : dict
        The values of the nodes without inputs, by name. It must not be changed.

    Returns
    -------
    values : dict
        The leaves, and the value of every operation in `order`.
    caches : dict
        The cache of every operation in `order`.
    """
    ### START CODE HERE ### (≈ 7 lines)
    values, caches = dict(leaves), {}
    for name in order:
        kind, *inputs = graph[name]
        if inputs:
            arguments = [values[source] for source in inputs]
            values[name], caches[name] = forward_of(kind)(*arguments)
    ### END CODE HERE ###
    return values, caches


# %%
check(forward_pass)

# %%
if ready(forward_pass):
    values, caches = forward_pass(small, ["a", "one", "b", "y"], {"a": 3.0, "one": 1.0})
    print("values", values)
    print("caches", caches)

# %% [markdown]
# **Expected output**
#
# ```
# values {'a': 3.0, 'one': 1.0, 'b': 4.0, 'y': 12.0}
# caches {'b': (3.0, 1.0), 'y': (3.0, 4.0)}
# ```
#
# <details><summary>Hint</summary>
#
# `forward_of(kind)` is a function; call it with the inputs' values. It returns two things, which two
# dictionaries take: `values[name], caches[name] = ...`.
#
# </details>

# %% [markdown]
# ## 5. Reverse-mode differentiation

# %% [markdown]
# ### Exercise 9: `backward_pass`
#
# **Difficulty** ●●● · **20 minutes**
#
# This is the heart of every framework, and it is short. We want the gradient of the last node, the
# cost, with respect to **every** node.
#
# - The cost's gradient with respect to itself is **1**.
# - Walk through the order **backwards**. When you come to a node, everything that uses it has been
#   handled, so its gradient is complete.
# - If it is an operation, its backward function turns its gradient into a share for each of its
#   inputs. **Add** each share to what that input has already.
#
# Why add? An input that is used in several places acts on the cost along several ways. Nudge it, and
# the effects of all ways add up. Overwriting instead of adding is the classic mistake.
#
# **By hand:** $y = a \cdot b$, $b = a + 1$, $a = 3$, so $y = a^2 + a$, whose slope is $2a + 1 = 7$.
# Backwards: $dy = 1$. The product gives $a$ the share $1 \cdot b = 4$, and $b$ the share
# $1 \cdot a = 3$. The sum hands $db = 3$ on to $a$ and to `one`. So $da = 4 + 3 = 7$. Right.
#
# **The Python you need:** `reversed(order)` walks backwards. `grads.get(name, 0.0)` looks a name up,
# and gives 0.0 if it is not there yet. `zip(inputs, shares)` pairs the entries of two lists.


# %%
def backward_pass(graph, order, caches):
    """Compute the gradient of the last node of an order with respect to every node.

    Parameters
    ----------
    graph : dict
        From each node's name to a tuple of its kind and the names of its inputs.
    order : list of str
        The nodes in the order of the forward pass. The last one is the cost, a number.
    caches : dict
        From `forward_pass`.

    Returns
    -------
    dict
        For every node in `order` the gradient of the cost. The cost's own is 1.
    """
    grads = {order[-1]: 1.0}
    ### START CODE HERE ### (≈ 6 lines)
    for name in reversed(order):
        kind, *inputs = graph[name]
        if inputs:
            shares = backward_of(kind)(grads[name], caches[name])
            for source, share in zip(inputs, shares, strict=True):
                grads[source] = grads.get(source, 0.0) + share
    result = grads
    ### END CODE HERE ###
    return result


# %%
check(backward_pass)

# %%
if ready(backward_pass):
    grads = backward_pass(small, ["a", "one", "b", "y"], {"b": (3.0, 1.0), "y": (3.0, 4.0)})
    print({name: float(grads[name]) for name in sorted(grads)})

# %% [markdown]
# **Expected output**
#
# ```
# {'a': 7.0, 'b': 3.0, 'one': 3.0, 'y': 1.0}
# ```
#
# <details><summary>Hint</summary>
#
# The loop looks like that of `forward_pass`, backwards. `backward_of(kind)` is a function; it wants
# the gradient and the cache of the node. Then a small loop deals out the shares. In the end,
# `result` is the dictionary `grads`.
#
# </details>

# %% [markdown]
# **Question.** A graph has 10 000 weights and one cost. How many backward passes does it take to get
# all 10 000 slopes? And how many forward passes would nudging take?
#
# <details><summary>Answer</summary>
#
# One backward pass, which costs about as much as a few forward passes. Nudging takes
# 10 000 forward passes, or 20 000 if you nudge to both sides. This is why networks can be trained
# at all.
#
# </details>

# %% [markdown]
# ## 6. Classes to work with
#
# Nobody likes to type dictionaries of names. The classes below let you write `W @ x + b` instead.
# They are given, and short. Read them: **they contain no mathematics**. All of that is in your
# functions.
#
# A class is a kind of object. `__init__` is called when an object is made, and notes its properties.
# A method named `__add__` is what Python calls for `+`, `__mul__` for `*`, and `__matmul__` for `@`.
# `class Variable(Node)` means: a variable is a node, and can do all that nodes can.


# %%
class Node:
    """A node of a graph: it knows its kind, its inputs, and a name that no other node has."""

    numbers = itertools.count(1)

    def __init__(self, kind, *inputs):
        self.kind = kind
        self.inputs = inputs
        self.name = f"{kind}_{next(Node.numbers)}"

    def __add__(self, other):
        return Operation("add", self, as_node(other))

    def __mul__(self, other):
        return Operation("multiply", self, as_node(other))

    def __matmul__(self, other):
        return Operation("matmul", self, as_node(other))


class Placeholder(Node):
    """A leaf without a value: data that are handed in when the graph is run."""

    def __init__(self):
        super().__init__("placeholder")


class Variable(Node):
    """A leaf with a value that training may change."""

    def __init__(self, value):
        super().__init__("variable")
        self.value = value


class Constant(Node):
    """A leaf with a value that stays."""

    def __init__(self, value):
        super().__init__("constant")
        self.value = value


class Operation(Node):
    """A node that is computed from others; its kind says how."""


def as_node(value):
    """Make a constant of a number or an array; leave a node as it is."""
    return value if isinstance(value, Node) else Constant(value)


def relu(a):
    """Make a node that is `a` where it is positive, and 0 elsewhere."""
    return Operation("relu", a)


def softmax_cross_entropy(Z, Y):
    """Make a node for the average cross-entropy of scores `Z` and labels `Y`."""
    return Operation("softmax_cross_entropy", Z, as_node(Y))


# %% [markdown]
# Nodes know their inputs, so a node knows everything behind it. `plain_graph` writes that down as a
# dictionary. The **session** runs a graph: it collects the leaves' values, and calls your
# `topological_order`, `forward_pass` and `backward_pass`.


# %%
def nodes_behind(node):
    """Collect a node and all that it depends on, by name."""
    found, waiting = {}, [node]
    while waiting:
        one = waiting.pop()
        if one.name not in found:
            found[one.name] = one
            waiting.extend(one.inputs)
    return found


def plain_graph(node):
    """Write the graph behind a node as a dictionary of names."""
    graph = {}
    for name, one in nodes_behind(node).items():
        graph[name] = (one.kind, *(each.name for each in one.inputs))
    return graph


class TrainingStep:
    """A node of another sort, for section 7: running it in a session improves the variables once."""

    def __init__(self, optimizer, cost):
        self.optimizer = optimizer
        self.cost = cost


class Session:
    """Runs graphs."""

    def run(self, fetch, feed_dict=None):
        """Compute a node's value, or take a training step (see below)."""
        if isinstance(fetch, TrainingStep):
            return fetch.optimizer.apply(fetch.cost, self.gradients(fetch.cost, feed_dict))
        return self.run_forward(fetch, feed_dict)[2][fetch.name]

    def gradients(self, cost, feed_dict=None):
        """Compute the gradient of a cost with respect to every node behind it, by name."""
        graph, order, _, caches = self.run_forward(cost, feed_dict)
        return backward_pass(graph, order, caches)

    def run_forward(self, fetch, feed_dict):
        """Collect the leaves, and compute everything up to a node."""
        graph = plain_graph(fetch)
        order = topological_order(graph, fetch.name)
        leaves = {node.name: value for node, value in (feed_dict or {}).items()}
        for node in nodes_behind(fetch).values():
            if isinstance(node, (Variable, Constant)):
                leaves[node.name] = node.value
            elif isinstance(node, Placeholder) and node.name not in leaves:
                raise ValueError("A placeholder has no value: run(..., {placeholder: value}).")
        return graph, order, *forward_pass(graph, order, leaves)


# %%
if ready(topological_order, forward_pass, backward_pass):
    a = Variable(3.0)
    y = a * (a + 1.0)
    print("the graph's kinds:", sorted(one[0] for one in plain_graph(y).values()))
    print("y =", Session().run(y))
    print("slope with respect to a:", float(Session().gradients(y)[a.name]))

# %% [markdown]
# $a^2 + a$ at 3, and its slope, 7. Nobody has differentiated $a^2 + a$ by hand.
#
# Here is a larger test: a network with a hidden layer, its ReLU output used twice, and every
# gradient compared with nudging.

# %%
if ready(topological_order, forward_pass, backward_pass):
    rng = np.random.default_rng(4)
    x, y = Placeholder(), Placeholder()
    U, c = Variable(rng.normal(size=(3, 4))), Variable(rng.normal(size=(3, 1)))
    W = Variable(rng.normal(size=(3, 3)))
    h = relu(U @ x + c)
    cost = softmax_cross_entropy(W @ h + h * 0.5, y) * 2.0
    data = {x: rng.normal(size=(4, 6)), y: np.eye(3)[:, [0, 2, 1, 1, 0, 2]]}
    session = Session()
    grads = session.gradients(cost, data)
    for letter, variable in [("U", U), ("c", c), ("W", W)]:
        by_nudging = np.zeros(variable.value.shape)
        start = variable.value
        for place in np.ndindex(start.shape):
            nudge = np.zeros(start.shape)
            nudge[place] = 1e-6
            variable.value = start + nudge
            above = session.run(cost, data)
            variable.value = start - nudge
            by_nudging[place] = (above - session.run(cost, data)) / 2e-6
        variable.value = start
        worst = np.max(np.abs(by_nudging - grads[variable.name]))
        print(f"{letter}: largest difference below 1e-7:", bool(worst < 1e-7))

# %% [markdown]
# **The same with PyTorch, where there is one.** PyTorch is a framework for real work. Its gradients
# come from the same idea, so they must be the same numbers. You need not have it: without it the
# cell says so, and nothing below depends on it.

# %% tags=["nbval-ignore-output"]
try:
    import torch
except (ImportError, OSError):  # not installed, or installed but broken
    torch = None

if torch is None:
    print("PyTorch is not installed, so this comparison is left out.")
elif ready(topological_order, forward_pass, backward_pass):
    leaf = {
        k: torch.tensor(v.value, requires_grad=True) for k, v in {"U": U, "c": c, "W": W}.items()
    }
    hidden = torch.relu(leaf["U"] @ torch.tensor(data[x]) + leaf["c"])
    scores = (leaf["W"] @ hidden + 0.5 * hidden).T
    truth = torch.tensor(np.argmax(data[y], axis=0))
    (2 * torch.nn.functional.cross_entropy(scores, truth)).backward()
    for letter, variable in [("U", U), ("c", c), ("W", W)]:
        worst = np.max(np.abs(leaf[letter].grad.numpy() - grads[variable.name]))
        print(f"{letter}: largest difference to PyTorch below 1e-12:", bool(worst < 1e-12))

# %% [markdown]
# ## 7. Optimizers
#
# ### Exercise 10: `gradient_descent_step`
#
# **Difficulty** ●○○ · **4 minutes**
#
# You have written this step five times, for `w` and `b`, for `W1` to `W2`. Here it is once and for
# all, for variables of any names:
#
# $$\theta \leftarrow \theta - \alpha\, d\theta$$
#
# **By hand:** $\theta = 1$, $d\theta = 0.5$, $\alpha = 0.2$ gives $0.9$.
#
# `grads` comes from `backward_pass`, so it also holds gradients of nodes that are no variables. Go
# through the *parameters*.


# %%
def gradient_descent_step(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict
        The values to improve, by name. It must not be changed.
    grads : dict
        Their gradients, by the same names; there may be others.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict
        The new values, by the same names.
    """
    ### START CODE HERE ### (≈ 3 lines)
    new = {}
    for name, value in parameters.items():
        new[name] = value - learning_rate * grads[name]
    ### END CODE HERE ###
    return new


# %%
check(gradient_descent_step)

# %%
if ready(gradient_descent_step):
    print(gradient_descent_step({"w": 1.0}, {"w": 0.5, "other": 7.0}, learning_rate=0.2))

# %% [markdown]
# **Expected output**
#
# ```
# {'w': 0.9}
# ```
#
# <details><summary>Hint</summary>
#
# Begin with an empty dictionary, and put one new value per parameter into it. Return after the loop.
#
# </details>

# %% [markdown]
# ### Exercise 11: `adam_step`
#
# **Difficulty** ●●● · **15 minutes**
#
# Adam remembers two moving averages for each parameter: $v$ of the gradients, and $s$ of their
# squares. In step $t$ (the first step has $t = 1$):
#
# $$v \leftarrow \beta_1 v + (1 - \beta_1)\, g \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$$
#
# Both start at zero, and are too small at first. So the step uses corrected copies:
#
# $$\hat v = \frac{v}{1 - \beta_1^t} \qquad \hat s = \frac{s}{1 - \beta_2^t} \qquad
# \theta \leftarrow \theta - \alpha\, \frac{\hat v}{\sqrt{\hat s} + \varepsilon}$$
#
# The `state` holds `t`, the number of steps taken **so far**, and the plain `v` and `s`, without the
# correction.
#
# **By hand:** the first step, $g = -5$, $\theta = 1$, $\alpha = 0.1$: $v = 0.1 \cdot (-5) = -0.5$ and
# $\hat v = -0.5 / 0.1 = -5$. $s = 0.001 \cdot 25 = 0.025$ and $\hat s = 0.025 / 0.001 = 25$. The step
# is $-0.1 \cdot (-5) / 5 = 0.1$, so $\theta = 1.1$. The first step always has the length $\alpha$,
# however large the gradient is.
#
# **New** dictionaries, please: the caller may still need the old ones.


# %%
def adam_step(parameters, grads, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Take one step of Adam.

    Parameters
    ----------
    parameters : dict
        The values to improve, by name.
    grads : dict
        Their gradients, by the same names; there may be others.
    state : dict
        ``"t"``, the number of steps taken so far, and ``"v"`` and ``"s"``, dictionaries with a
        moving average for each name. None of the arguments may be changed.
    learning_rate, beta1, beta2, epsilon : float
        The method's settings.

    Returns
    -------
    parameters : dict
        The new values.
    state : dict
        The new ``"t"``, ``"v"`` and ``"s"``.
    """
    ### START CODE HERE ### (≈ 8 lines)
    t, v, s, new = state["t"] + 1, {}, {}, {}
    for name in parameters:
        v[name] = beta1 * state["v"][name] + (1 - beta1) * grads[name]
        s[name] = beta2 * state["s"][name] + (1 - beta2) * grads[name] ** 2
        v_corrected = v[name] / (1 - beta1**t)
        s_corrected = s[name] / (1 - beta2**t)
        step = learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
        new[name] = parameters[name] - step
    new_state = {"t": t, "v": v, "s": s}
    ### END CODE HERE ###
    return new, new_state


# %%
check(adam_step)

# %%
if ready(adam_step):
    state = {"t": 0, "v": {"w": 0.0}, "s": {"w": 0.0}}
    new, state = adam_step({"w": 1.0}, {"w": -5.0}, state, learning_rate=0.1)
    print(
        "w", round(float(new["w"]), 4), " t", state["t"], " v", round(state["v"]["w"], 4), end=" "
    )
    print(" s", round(state["s"]["w"], 4))

# %% [markdown]
# **Expected output**
#
# ```
# w 1.1  t 1  v -0.5  s 0.025
# ```
#
# <details><summary>Hint</summary>
#
# Count the step first: `t = state["t"] + 1`. Then a loop over the parameters, with one line for each
# of the five formulas. The corrected values are needed for the step only; what you remember are the
# plain ones. Mind that $\varepsilon$ stands outside of the root.
#
# </details>

# %% [markdown]
# ### `minimize`
#
# `GradientDescentOptimizer(0.5).minimize(cost)` returns a `TrainingStep`. Running it in a session
# does three things: it computes the gradients, hands them to one of your two functions, and puts
# the new values into the variables. That is all that `minimize` means.


# %%
class Optimizer:
    """What all optimizers share."""

    def minimize(self, cost):
        """Make a step that changes the variables behind a cost so that it gets smaller."""
        return TrainingStep(self, cost)

    def apply(self, cost, grads):
        """Change every variable behind a cost, given the gradients."""
        variables = [node for node in nodes_behind(cost).values() if isinstance(node, Variable)]
        new = self.step({node.name: node.value for node in variables}, grads)
        for node in variables:
            node.value = new[node.name]


class GradientDescentOptimizer(Optimizer):
    """Gradient descent."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, grads):
        """Compute the new values of the variables."""
        return gradient_descent_step(parameters, grads, self.learning_rate)


class AdamOptimizer(Optimizer):
    """Adam, with its memory."""

    def __init__(self, learning_rate=0.001):
        self.learning_rate = learning_rate
        self.state = None

    def step(self, parameters, grads):
        """Compute the new values of the variables, and remember the averages."""
        if self.state is None:
            v = {name: np.zeros_like(value) for name, value in parameters.items()}
            self.state = {"t": 0, "v": v, "s": copy.deepcopy(v)}
        new, self.state = adam_step(parameters, grads, self.state, self.learning_rate)
        return new


# %%
if ready(topological_order, forward_pass, backward_pass, gradient_descent_step, adam_step):
    for optimizer in [GradientDescentOptimizer(0.1), AdamOptimizer(0.1)]:
        w = Variable(4.0)
        off = w + (-1.0)
        step = optimizer.minimize(off * off)
        for _ in range(200):
            Session().run(step)
        print(f"{type(optimizer).__name__}: (w - 1)² is smallest at w = {w.value:.2f}")

# %% [markdown]
# ## 8. Softmax regression, without a pencil
#
# ### Exercise 12: `train_softmax`
#
# **Difficulty** ●●○ · **15 minutes**
#
# Now use what you have built. Train softmax regression as a graph:
#
# 1. placeholders for the examples and the labels;
# 2. variables for $W$, of shape $(n_y, n_x)$, and $b$, of shape $(n_y, 1)$, both zeros;
# 3. the cost: softmax and cross-entropy of the scores $Wx + b$ and the labels;
# 4. a training step, from `GradientDescentOptimizer(...).minimize(...)`;
# 5. a session, and in each iteration: run the cost and append it to `costs`, then run the step.
#
# **By hand**, the whole pattern with a single variable. The cost is $w^2 x$, and the data are the
# number $x = 2$. At $w = 3$ the cost is 18 and its slope $2wx = 12$, so one step with
# $\alpha = 0.1$ leads to $w = 3 - 1.2 = 1.8$.

# %%
if ready(topological_order, forward_pass, backward_pass, gradient_descent_step):
    x, w = Placeholder(), Variable(3.0)
    cost = w * w * x
    step = GradientDescentOptimizer(0.1).minimize(cost)
    session = Session()
    print("before:", session.run(cost, {x: 2.0}))
    session.run(step, {x: 2.0})
    print("w is now", round(float(w.value), 4))


# %%
def train_softmax(X, Y, learning_rate, num_iterations):
    """Train softmax regression as a graph, from zero weights and biases.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        One example per column.
    Y : ndarray, shape (n_y, m)
        The one-hot labels.
    learning_rate : float
        The length of the steps of gradient descent.
    num_iterations : int
        The number of steps.

    Returns
    -------
    parameters : dict
        The learnt ``"W"`` (n_y, n_x) and ``"b"`` (n_y, 1), as arrays.
    costs : list of float
        The cost before each step.
    """
    ### START CODE HERE ### (≈ 11 lines)
    x, y = Placeholder(), Placeholder()
    W = Variable(np.zeros((Y.shape[0], X.shape[0])))
    b = Variable(np.zeros((Y.shape[0], 1)))
    cost = softmax_cross_entropy(W @ x + b, y)
    step = GradientDescentOptimizer(learning_rate).minimize(cost)
    session, data, costs = Session(), {x: X, y: Y}, []
    for _ in range(num_iterations):
        costs.append(session.run(cost, data))
        session.run(step, data)
    parameters = {"W": W.value, "b": b.value}
    ### END CODE HERE ###
    return parameters, costs


# %%
check(train_softmax)

# %% [markdown]
# The digits of the first notebook, once more: 1000 training images, learning rate 0.5, 300 steps.
# Below are the four costs that training by hand printed there.

# %%
digits = datasets.load_digits()
flat = digits.train_x.reshape(len(digits.train_x), 64).T / 16
X_train, X_dev = flat[:, :1000], flat[:, 1000:]
Y_train = np.eye(10)[:, digits.train_y[0, :1000]]
labels_dev = digits.train_y[:, 1000:]
by_hand = {0: 2.3026, 100: 0.4221, 200: 0.2852, 299: 0.2304}

if ready(train_softmax):
    parameters, costs = train_softmax(X_train, Y_train, learning_rate=0.5, num_iterations=300)
    for iteration, wanted in by_hand.items():
        print(
            f"iteration {iteration:3d}: by hand {wanted:.4f}, by the graph {costs[iteration]:.4f}"
        )

# %% [markdown]
# **Expected output**
#
# ```
# iteration   0: by hand 2.3026, by the graph 2.3026
# iteration 100: by hand 0.4221, by the graph 0.4221
# iteration 200: by hand 0.2852, by the graph 0.2852
# iteration 299: by hand 0.2304, by the graph 0.2304
# ```
#
# <details><summary>Hint</summary>
#
# Take the small example above as a pattern. Multiplication by a matrix is `@`. Feed both
# placeholders each time: `{x: X, y: Y}`. After the loop the learnt arrays are in `W.value` and
# `b.value`.
#
# </details>

# %% [markdown]
# ### Where a framework pays
#
# The same numbers as by hand: so far that was much ado about one gradient. But now let us change the
# model. A hidden layer of 40 ReLU units takes its weights and **one more line**, and nobody derives
# anything. And another optimizer is another word.

# %% tags=["nbval-ignore-output"]
if ready(train_softmax, adam_step):
    curves = {}
    optimizers = {
        "gradient descent, rate 0.5": GradientDescentOptimizer(0.5),
        "Adam, rate 0.005": AdamOptimizer(0.005),
    }
    for name, optimizer in optimizers.items():
        rng = np.random.default_rng(0)
        x, y = Placeholder(), Placeholder()
        W1 = Variable(rng.normal(size=(40, 64)) * np.sqrt(2 / 64))
        W2 = Variable(rng.normal(size=(10, 40)) * np.sqrt(2 / 40))
        b1, b2 = Variable(np.zeros((40, 1))), Variable(np.zeros((10, 1)))
        hidden = relu(W1 @ x + b1)
        scores = W2 @ hidden + b2
        cost = softmax_cross_entropy(scores, y)
        step = optimizer.minimize(cost)
        session, curves[name] = Session(), []
        for _ in range(120):
            curves[name].append(session.run(cost, {x: X_train, y: Y_train}))
            session.run(step, {x: X_train, y: Y_train})
        guesses = np.argmax(session.run(scores, {x: X_dev}), axis=0)
        right = 100 * np.mean(guesses == labels_dev[0])
        print(f"{name}: cost {curves[name][-1]:.4f}, development set {right:.1f} % right")
    figure, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
    plotting.plot_costs(curves, every=1, ax=ax)
    ax.set(title="One hidden layer, by the framework", yscale="log")
    plotting.show(
        figure,
        alt="The cost of 120 steps on a log scale, for two optimizers. Adam starts more slowly, "
        "overtakes gradient descent after about 60 steps, and ends lower.",
    )

# %% [markdown]
# Which optimizer wins depends on the learning rates, and these were not tuned: the curves compare
# two settings, not two methods. Look at the line `session.run(scores, {x: X_dev})` instead. It needs
# no labels: only what `scores` depends on has to be fed. That is the topological order at work.
#
# ## Recap
#
# You can now
#
# 1. **write a computation as a graph**: leaves with values, operations with inputs, a dictionary of
#    names;
# 2. **write operations as pairs**: what comes from behind, times the own slope; copies are summed;
# 3. **order a graph and run it**: each node once, after its inputs;
# 4. **differentiate any graph**: backwards through the order, adding where ways meet;
# 5. **write optimizers for any variables**: names in, new values out; Adam remembers its averages;
# 6. **train with `minimize(cost)`**, and say what it does: gradients, step, new values.
#
# ## What to remember
#
# - A framework is a graph, an order, and a pair of functions for each operation.
# - The gradient of the cost with respect to itself is 1. Everything else follows from it.
# - Where an array was copied, or a node used twice, gradients are **added**.
# - One backward pass gives all gradients.
# - Softmax and cross-entropy belong together: logarithm and exponential cancel.
#
# **What comes next.** You can now train nearly anything. Which thing should you do next, when the
# result is not good enough? Week 7 is about that: measuring, finding where the error comes from,
# and data that are not what they seem.
#
# ## Stretch exercises
#
# 1. **Another operation.** Write `tanh_forward` and `tanh_backward`, enter them in `forward_of` and
#    `backward_of`, and train a network with tanh. Test the gradient by nudging.
# 2. **Weight decay.** Add a penalty to the cost: a small constant times the sum of the squares of
#    `W`. Which operation is missing for that? Write it.
# 3. **Batch normalisation** as an operation with three inputs, from the first notebook. What should
#    happen with the moving averages?
# 4. **What is computed twice?** `session.run(cost)` and `session.run(step)` each run forward. Let a
#    session fetch both in one go, and measure what you gain.
# 5. **Gradients of gradients.** Our backward functions compute with arrays. What would you have to
#    change so that they build a graph instead, which can be differentiated again?
#
# ## References
#
# - S. Linnainmaa: *Taylor expansion of the accumulated rounding error*. BIT 16, 146–160, 1976.
# - A. Griewank, A. Walther: *Evaluating Derivatives: Principles and Techniques of Algorithmic
#   Differentiation*, 2nd edition. SIAM, 2008.
# - M. Abadi et al.: *TensorFlow: a system for large-scale machine learning*. OSDI, 2016.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind: *Automatic differentiation in machine
#   learning: a survey*. Journal of Machine Learning Research 18, 2018.
# - D. P. Kingma, J. Ba: *Adam: a method for stochastic optimization*. ICLR, 2015.
# - A. Paszke et al.: *PyTorch: an imperative style, high-performance deep learning library*.
#   NeurIPS, 2019.
