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
# # What to do next
#
# Your model is wrong on 12 % of the images. You could collect more data, train longer, try a larger
# network, a smaller one, dropout, clean the labels, … Each idea costs weeks, and most of them will
# not help. Good teams are not those that guess well. They **measure**, and the numbers tell them what
# to do next. This week you write the functions that decide, and then you use them on a project that
# went wrong.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. turn what a project wants into **one number**: precision, recall, F1, one optimising metric under
#    satisficing ones, a weighted error;
# 2. say how many examples to hold back, **how exact a measured error is**, and from where the dev
#    and test set must come;
# 3. mend one thing at a time, with **orthogonal knobs**;
# 4. tell avoidable bias, variance, data mismatch and overfitting to the dev set apart, and name the
#    action that fits;
# 5. do an **error analysis**: what each category could gain at most, and whether cleaning labels pays;
# 6. decide between transfer, multi-task, end-to-end learning and a pipeline by the amounts of data;
# 7. find, measure and mend **copies across splits, a shifted dev set and wrong labels** in real data.
#
# ## Before you start
#
# You need softmax regression and the framework of week 6, which trains the networks here. From Python
# you need dictionaries, lists and loops.
#
# **Time:** about 220 minutes. There are 21 exercises, most of them short, and one question that you
# answer in words. Each one says how hard it is (●○○ to ●●●) and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up

# %%
import math

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.checking import checks_for, ready
from helpers.computation_graph import (
    AdamOptimizer,
    Placeholder,
    Session,
    Variable,
    relu,
    softmax_cross_entropy,
)
from helpers.softmax_regression import one_hot, softmax, softmax_model

check = checks_for("w07_strategy")
plt.rcParams["figure.dpi"] = 80

# %% [markdown]
# ## 2. One number to aim at
#
# A detector looks for one thing: spam, a tumour, an image of an eight. An example is **positive** if
# it is that thing, label 1, and **negative** if not, label 0. Labels and predictions are rows of
# shape $(1, m)$.
#
# **Accuracy is not enough.** If 1 of 100 patients is ill, the model that says "healthy" to everybody
# is right 99 times out of 100, and of no use. So count what can happen, one by one:
#
# | | is positive | is negative |
# |---|---|---|
# | **called positive** | TP, true positive | FP, false positive: a false alarm |
# | **called negative** | FN, false negative: a miss | TN, true negative |
#
# The second word is what the model *said*. The first tells whether that was true.

# %% [markdown]
# ### Exercise 1: `confusion_counts`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Count the four.
#
# **By hand:** predictions $(1, 1, 1, 0, 0)$, truth $(1, 0, 0, 1, 0)$. The first is a true positive.
# The second and third are false alarms. The fourth is missed, and the last is rightly called negative:
# TP = 1, FP = 2, FN = 1, TN = 1.
#
# **The NumPy you need:** `predictions == 1` is an array of True and False. `&` means *and*, element by
# element; put each comparison in brackets: `(a == 1) & (b == 0)`. `np.sum` counts the Trues.


# %%
def confusion_counts(predictions, Y):
    """Count the four ways in which a prediction and the truth can meet.

    Parameters
    ----------
    predictions : ndarray of int or bool, shape (1, m)
        1 where the model says positive, else 0.
    Y : ndarray of int or bool, shape (1, m)
        The truth.

    Returns
    -------
    dict of str to int
        The numbers of examples under "TP", "FP", "FN" and "TN".
    """
    ### START CODE HERE ### (≈ 4 lines)
    TP = int(np.sum((predictions == 1) & (Y == 1)))
    FP = int(np.sum((predictions == 1) & (Y == 0)))
    FN = int(np.sum((predictions == 0) & (Y == 1)))
    TN = int(np.sum((predictions == 0) & (Y == 0)))
    ### END CODE HERE ###
    return {"TP": TP, "FP": FP, "FN": FN, "TN": TN}


# %%
check(confusion_counts)

# %%
if ready(confusion_counts):
    print(confusion_counts(np.array([[1, 1, 1, 0, 0]]), np.array([[1, 0, 0, 1, 0]])))

# %% [markdown]
# **Expected output**
#
# ```
# {'TP': 1, 'FP': 2, 'FN': 1, 'TN': 1}
# ```
#
# <details><summary>Hint</summary>
#
# Four lines of one form. Only the 0s and 1s in the two comparisons change.
#
# </details>

# %% [markdown]
# ### Exercise 2: `precision`
#
# **Difficulty** ●○○ · **4 minutes**
#
# **Precision**: of those that I *called* positive, how many are? It falls with every false alarm.
#
# $$\text{precision} = \frac{TP}{TP + FP}$$
#
# If nothing is called positive, the fraction is $\frac00$. We define the precision as **0** then.
#
# **By hand:** TP = 3, FP = 1: $\frac{3}{4} = 0.75$. The other two counts do not matter.


# %%
def precision(counts):
    """Tell which share of what is called positive is positive.

    Parameters
    ----------
    counts : dict
        "TP", "FP", "FN" and "TN", from `confusion_counts`.

    Returns
    -------
    float
        The precision; 0 where nothing is called positive.
    """
    ### START CODE HERE ### (≈ 2 lines)
    called = counts["TP"] + counts["FP"]
    share = counts["TP"] / called if called > 0 else 0.0
    ### END CODE HERE ###
    return share


# %%
check(precision)

# %%
if ready(precision):
    print(precision({"TP": 3, "FP": 1, "FN": 2, "TN": 9}))
    print(precision({"TP": 0, "FP": 0, "FN": 2, "TN": 9}))

# %% [markdown]
# **Expected output**
#
# ```
# 0.75
# 0.0
# ```
#
# <details><summary>Hint</summary>
#
# `a if condition else b` chooses between two values in one line. An ordinary `if` is fine too.
#
# </details>

# %% [markdown]
# ### Exercise 3: `recall`
#
# **Difficulty** ●○○ · **3 minutes**
#
# **Recall**: of those that *are* positive, how many did I find? It falls with every miss.
#
# $$\text{recall} = \frac{TP}{TP + FN}$$
#
# Again 0 where the fraction is $\frac00$, that is, where there is nothing to find.
#
# **By hand:** TP = 3, FN = 2: $\frac{3}{5} = 0.6$.


# %%
def recall(counts):
    """Tell which share of the positive examples is found.

    Parameters
    ----------
    counts : dict
        "TP", "FP", "FN" and "TN", from `confusion_counts`.

    Returns
    -------
    float
        The recall; 0 where there is nothing to find.
    """
    ### START CODE HERE ### (≈ 2 lines)
    positive = counts["TP"] + counts["FN"]
    share = counts["TP"] / positive if positive > 0 else 0.0
    ### END CODE HERE ###
    return share


# %%
check(recall)

# %%
if ready(recall):
    print(recall({"TP": 3, "FP": 1, "FN": 2, "TN": 9}))
    print(recall({"TP": 0, "FP": 1, "FN": 0, "TN": 9}))

# %% [markdown]
# **Expected output**
#
# ```
# 0.6
# 0.0
# ```
#
# <details><summary>Hint</summary>
#
# Like `precision`, with one other key.
#
# </details>

# %% [markdown]
# ### Exercise 4: `f1_score`
#
# **Difficulty** ●○○ · **5 minutes**
#
# With two numbers you cannot rank models: one is ahead in precision, the other in recall. The **F1
# score** makes one number of them, their **harmonic mean**: the inverse of the average of the
# inverses.
#
# $$F_1 = \frac{1}{\frac12\left(\frac1p + \frac1r\right)} = \frac{2pr}{p + r}$$
#
# It stays near the smaller of the two. That is the point: whoever calls *everything* positive has a
# recall of 1, and with one positive in a hundred a precision of 0.01. The ordinary mean would be a
# comfortable 0.505. The F1 score is 0.0198. Where $p = r = 0$ it is defined as 0.
#
# **By hand:** $p = 0.5$, $r = 1$: $\frac{2 \cdot 0.5}{1.5} = 0.6667$.


# %%
def f1_score(p, r):
    """Combine precision and recall in one number: their harmonic mean.

    Parameters
    ----------
    p, r : float
        Precision and recall, from 0 to 1.

    Returns
    -------
    float
        The F1 score; 0 where both are 0.
    """
    ### START CODE HERE ### (≈ 1 line)
    score = 2 * p * r / (p + r) if p + r > 0 else 0.0
    ### END CODE HERE ###
    return score


# %%
check(f1_score)

# %%
if ready(f1_score):
    print(round(f1_score(0.5, 1.0), 4), round(f1_score(0.01, 1.0), 4), f1_score(0.0, 0.0))

# %% [markdown]
# **Expected output**
#
# ```
# 0.6667 0.0198 0.0
# ```
#
# <details><summary>Hint</summary>
#
# Ask first whether p + r is 0. The first form of the formula would divide by 0 more often.
#
# </details>

# %% [markdown]
# ### Exercise 5: `precision_recall_curve`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Most models do not say yes or no. They give a **score**, and you choose the **threshold**: an example
# is called positive if its score is **at least** the threshold. A high threshold gives few alarms,
# and most of them right: high precision, low recall. A low one finds nearly all, among many false
# alarms. The curve shows what you can choose from.
#
# **By hand:** scores $(0.9, 0.6, 0.4)$, truth $(1, 0, 1)$. With threshold 0.8 only the first is
# called: precision 1, recall $\frac12$. With 0.6 the first two are called (0.6 is at least 0.6):
# precision $\frac12$, recall $\frac12$.


# %%
def precision_recall_curve(scores, Y, thresholds):
    """Compute precision and recall for a number of thresholds.

    Parameters
    ----------
    scores : ndarray of float, shape (1, m)
        How sure the model is that an example is positive.
    Y : ndarray of int, shape (1, m)
        The truth.
    thresholds : sequence of float, length k
        An example is called positive when its score is at least the threshold.

    Returns
    -------
    precisions, recalls : list of float, length k
        One for each threshold, in the order of the thresholds.
    """
    precisions, recalls = [], []
    ### START CODE HERE ### (≈ 4 lines)
    for threshold in thresholds:
        counts = confusion_counts((scores >= threshold).astype(int), Y)
        precisions.append(precision(counts))
        recalls.append(recall(counts))
    result = precisions, recalls
    ### END CODE HERE ###
    return result


# %%
check(precision_recall_curve)

# %%
if ready(precision_recall_curve):
    print(precision_recall_curve(np.array([[0.9, 0.6, 0.4]]), np.array([[1, 0, 1]]), [0.8, 0.6]))

# %% [markdown]
# **Expected output**
#
# ```
# ([1.0, 0.5], [0.5, 0.5])
# ```
#
# <details><summary>Hint</summary>
#
# A loop over the thresholds. In it: the predictions `(scores >= threshold).astype(int)`, their counts,
# and one more entry in each list. In the end, `result = precisions, recalls`.
#
# </details>

# %% [markdown]
# Now on real data: the handwritten digits of week 6, and the question *is this an 8?* A softmax
# regression gives each image a score, the probability of an 8. It is trained for a short time only,
# so that it makes mistakes worth looking at. The images that were held back serve as a **dev set**
# here, since a threshold is chosen with them. How good the choice is, only other images could tell.

# %%
if ready(precision_recall_curve, f1_score):
    digits = datasets.load_digits()
    pixels, dev_pixels = (x.reshape(len(x), -1).T / 16 for x in (digits.train_x, digits.test_x))
    weights, _ = softmax_model(pixels, one_hot(digits.train_y, 10), num_iterations=150)
    eight_scores = softmax(weights["W"] @ dev_pixels + weights["b"])[8:9]
    is_eight = (digits.test_y == 8).astype(int)
    thresholds = np.arange(1, 19) / 20
    precisions, recalls = precision_recall_curve(eight_scores, is_eight, thresholds)
    f1_scores = [f1_score(p, r) for p, r in zip(precisions, recalls, strict=True)]
    best = int(np.argmax(f1_scores))
    print(f"{is_eight.sum()} of {is_eight.size} dev images show an 8")
    print(f"threshold 0.50: precision {precisions[9]:.3f}, recall {recalls[9]:.3f}")
    print(f"the best F1, {f1_scores[best]:.3f}, is reached with threshold {thresholds[best]:.2f}")

# %% tags=["nbval-ignore-output"]
if ready(precision_recall_curve, f1_score):
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    left.plot(recalls, precisions, "o-", ms=4)
    left.annotate(
        "threshold 0.90", (recalls[-1], precisions[-1]), (-4, -18), textcoords="offset points"
    )
    left.annotate(
        "threshold 0.05", (recalls[0], precisions[0]), (-90, 4), textcoords="offset points"
    )
    left.set(xlabel="recall", ylabel="precision", ylim=(0, 1.05), title="what you can choose from")
    for values, style, name in [
        (precisions, "-", "precision"),
        (recalls, "--", "recall"),
        (f1_scores, ":", "F1"),
    ]:
        right.plot(thresholds, values, style, label=name, lw=2)
    right.set(xlabel="threshold", ylabel="precision, recall, F1", title="and by which threshold")
    right.legend()
    plotting.show(
        figure,
        alt="Left: precision against recall. Precision is 1 up to a recall of about 0.6 and then "
        "falls, steeply where everything has been found. Right: with a rising threshold precision "
        "rises and recall falls; the F1 score is largest in between, near a threshold of 0.25.",
    )

# %% [markdown]
# ### Exercise 6: `choose_model`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Often there are more wishes: accurate, *and* fast, *and* small. Adding them up ("accuracy minus half
# the time") mixes units and pleases nobody. Instead name **one optimising metric**, to be as good as
# possible. All others are **satisficing**: good enough is enough, and better than that is worth
# nothing.
#
# So: first drop every model that breaks a limit. Then take the best of the rest.
#
# **By hand:** at most 100 ms are allowed.
#
# | model | accuracy | ms |
# |---|---|---|
# | A | 0.90 | 80 |
# | B | 0.92 | 95 |
# | C | 0.95 | 1500 |
#
# C breaks the limit. Of A and B, B is more accurate. If *no* model keeps the limits, the answer is
# `None`. A model that just meets a limit keeps it.
#
# **The Python you need:** `for name, measured in models.items()` walks through a dictionary.
# `all(...)` tells whether all conditions of a loop hold: `all(x <= 3 for x in numbers)`.


# %%
def choose_model(models, optimizing, limits):
    """Choose the best of those models that are good enough in everything else.

    Parameters
    ----------
    models : dict of str to dict
        What was measured of each model, by its name: a dict from metric to number.
    optimizing : str
        The one metric to be as large as possible.
    limits : dict of str to float
        The satisficing metrics, each with the largest value that is acceptable.

    Returns
    -------
    str or None
        The name of the model; None if none is acceptable.
    """
    ### START CODE HERE ### (≈ 6 lines)
    best = None
    for name, measured in models.items():
        acceptable = all(measured[metric] <= limit for metric, limit in limits.items())
        if acceptable and (best is None or measured[optimizing] > models[best][optimizing]):
            best = name
    ### END CODE HERE ###
    return best


# %%
check(choose_model)

# %%
if ready(choose_model):
    models = {
        "A": {"accuracy": 0.90, "ms": 80},
        "B": {"accuracy": 0.92, "ms": 95},
        "C": {"accuracy": 0.95, "ms": 1500},
    }
    print([choose_model(models, "accuracy", {"ms": limit}) for limit in (10, 80, 100, 2000)])

# %% [markdown]
# **Expected output**
#
# ```
# [None, 'A', 'B', 'C']
# ```
#
# <details><summary>Hint</summary>
#
# Start with `best = None`. A model replaces it if it is acceptable **and** either there is no best yet
# or its optimising metric is larger than that of the best so far.
#
# </details>

# %% [markdown]
# A threshold can be chosen in the same way. Say that at most one eight in ten may be missed. Precision
# is then the optimising metric, and the share of misses the satisficing one:

# %%
if ready(precision_recall_curve, f1_score, choose_model):
    by_threshold = {
        f"{t:.2f}": {"precision": p, "missed": 1 - r}
        for t, p, r in zip(thresholds, precisions, recalls, strict=True)
    }
    chosen = choose_model(by_threshold, "precision", {"missed": 0.1})
    print("threshold", chosen, {name: round(x, 3) for name, x in by_threshold[chosen].items()})

# %% [markdown]
# ### Exercise 7: `weighted_error`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Sometimes the number itself aims at the wrong target. Of two cat finders, A has an error of 3 % and
# B of 5 %. But among the wrong images of A are some that no child should see. Everybody wants B, and
# the metric says A. Then **change the metric**: give the images that must not slip through a weight of
# 10, all others 1.
#
# $$\text{error} = \frac{\sum_i w^{(i)}\, \mathbb{1}\{\hat y^{(i)} \ne y^{(i)}\}}{\sum_i w^{(i)}}$$
#
# Below stands the sum of the weights, not $m$: then the error is still between 0 and 1.
#
# **By hand:** four examples, of which only the second is wrong, with weights $(1, 7, 1, 1)$:
# $\frac{7}{10} = 0.7$.


# %%
def weighted_error(predictions, Y, weights):
    """Compute the share of errors where some examples matter more than others.

    Parameters
    ----------
    predictions, Y : ndarray of int, shape (1, m)
        What the model says, and the truth.
    weights : ndarray of float, shape (1, m)
        How much each example matters; not all are 0.

    Returns
    -------
    float
        The weight of the wrongly classified examples, divided by the weight of all.
    """
    ### START CODE HERE ### (≈ 2 lines)
    wrong = predictions != Y
    error = np.sum(weights * wrong) / np.sum(weights)
    ### END CODE HERE ###
    return error


# %%
check(weighted_error)

# %%
if ready(weighted_error):
    predictions, Y = np.array([[1, 1, 0, 0]]), np.array([[1, 0, 0, 0]])
    for weights in ([[1, 1, 1, 1]], [[1, 7, 1, 1]]):
        print(weighted_error(predictions, Y, np.array(weights)))

# %% [markdown]
# **Expected output**
#
# ```
# 0.25
# 0.7
# ```
#
# <details><summary>Hint</summary>
#
# `predictions != Y` is True where the model is wrong. Times the weights, True counts as 1.
#
# </details>

# %% [markdown]
# **Question.** Does a larger weight in the *metric* change what the network learns?
#
# <details><summary>Answer</summary>
#
# No. Placing the target and aiming at it are two things. The metric says which model is better. To
# make training follow, put the same weights into the cost $J$ as well.
#
# </details>
#
# ## 3. How much to hold back
#
# An error measured on few examples is a rough number. You check $m$ examples and count the wrong ones.
# Each is wrong with probability $e$, like a coin. The variance of one such coin is $e(1 - e)$, that of
# the average of $m$ coins is $\frac{e(1-e)}{m}$. Its root is the **standard error**. The measured
# value lies within $z$ standard errors of the truth with this confidence:
#
# | confidence | 68 % | 90 % | 95 % | 99 % |
# |---|---|---|---|---|
# | $z$ | 1 | 1.645 | 1.96 | 2.576 |

# %% [markdown]
# ### Exercise 8: `margin_of_error`
#
# **Difficulty** ●○○ · **5 minutes**
#
# $$\text{margin} = z \sqrt{\frac{e (1 - e)}{m}}$$
#
# **By hand:** $e = 0.5$, $m = 100$, $z = 2$: $2 \sqrt{0.25 / 100} = 2 \cdot 0.05 = 0.1$. An error of
# 50 % on 100 examples means: something between 40 % and 60 %.
#
# The formula is an approximation. It is good when at least some ten examples are wrong, and ten
# right; for an error of exactly 0 it gives a margin of 0, which is too good to be true.


# %%
def margin_of_error(error, m, z=1.96):
    """Say by how much a measured error may be off, for chance alone.

    Parameters
    ----------
    error : float
        The share of errors among the examples measured, from 0 to 1.
    m : int
        How many examples were measured.
    z : float
        How many standard errors to allow: 1.96 for a confidence of 95 %.

    Returns
    -------
    float
        The margin of error.
    """
    ### START CODE HERE ### (≈ 1 line)
    margin = z * math.sqrt(error * (1 - error) / m)
    ### END CODE HERE ###
    return margin


# %%
check(margin_of_error)

# %%
if ready(margin_of_error):
    print(margin_of_error(0.5, 100, z=2))
    print([round(margin_of_error(0.1, m), 4) for m in (100, 400, 10_000)])

# %% [markdown]
# **Expected output**
#
# ```
# 0.1
# [0.0588, 0.0294, 0.0059]
# ```
#
# <details><summary>Hint</summary>
#
# Everything but z stands under the root: `math.sqrt(...)`. Mind where m stands: under it, too.
#
# </details>

# %% [markdown]
# ### Exercise 9: `dev_set_size`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Now the other way round: two models of which one is better by half a percentage point cannot be told
# apart with 100 examples. Say which margin $d$ you want, and solve for $m$:
#
# $$d = z \sqrt{\frac{e(1-e)}{m}} \quad\Longrightarrow\quad m = \frac{z^2\, e (1 - e)}{d^2}$$
#
# Round **up**: there are no parts of examples, and one too few misses the margin. A quotient that is
# a whole number already stays as it is.
#
# **By hand:** an error of about 10 %, to be known to 1 percentage point with 95 %:
# $m = \frac{1.96^2 \cdot 0.1 \cdot 0.9}{0.01^2} = 3457.44$, so 3458 examples.


# %%
def dev_set_size(error, margin, z=1.96):
    """Say how many examples it takes to measure an error as exactly as wanted.

    Parameters
    ----------
    error : float
        About which error is expected, from 0 to 1.
    margin : float
        The margin of error that is wanted.
    z : float
        How many standard errors to allow: 1.96 for a confidence of 95 %.

    Returns
    -------
    int
        The smallest number of examples whose margin of error is no larger than `margin`.
    """
    ### START CODE HERE ### (≈ 1 line)
    m = math.ceil(z**2 * error * (1 - error) / margin**2)
    ### END CODE HERE ###
    return m


# %%
check(dev_set_size)

# %%
if ready(dev_set_size):
    print([dev_set_size(0.1, margin) for margin in (0.1, 0.05, 0.01)])

# %% [markdown]
# **Expected output**
#
# ```
# [35, 139, 3458]
# ```
#
# <details><summary>Hint</summary>
#
# `math.ceil` rounds up, and leaves whole numbers alone. Square $z$ and $d$; $e(1 - e)$ is not squared.
#
# </details>

# %% [markdown]
# Ten times as exact takes about a hundred times as many examples. But it does not depend on how many examples
# you *have*. That is why the old rule, 60 % for training, 20 % each for dev and test set, is right for a
# thousand examples and a waste for a million.

# %% [markdown]
# ### Exercise 10: `split_sizes`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Hold back a fifth each for dev and test set, rounded down, **but never more than** `enough`, the
# number that measures well enough. Everything else is for training. Every example must be in exactly
# one set.
#
# **By hand:** of 1000 examples a fifth is 200: 600, 200, 200. Of 1 000 000 a fifth would be 200 000,
# but 10 000 are enough: 980 000, 10 000, 10 000.
#
# **The Python you need:** `m // 5` divides and rounds down. `min(a, b)` is the smaller of two numbers.


# %%
def split_sizes(m, enough=10_000):
    """Say how many examples to train with, and how many to hold back.

    Parameters
    ----------
    m : int
        How many examples there are, all of one kind.
    enough : int
        As many examples measure well enough.

    Returns
    -------
    train, dev, test : int
        The sizes of the three sets.
    """
    ### START CODE HERE ### (≈ 3 lines)
    dev = min(m // 5, enough)
    test = dev
    train = m - dev - test
    ### END CODE HERE ###
    return train, dev, test


# %%
check(split_sizes)

# %%
if ready(split_sizes):
    print(split_sizes(1000), split_sizes(1_000_000), split_sizes(99, enough=10))

# %% [markdown]
# **Expected output**
#
# ```
# (600, 200, 200) (980000, 10000, 10000) (79, 10, 10)
# ```
#
# <details><summary>Hint</summary>
#
# First dev, then test, and training gets what is left of m.
#
# </details>

# %% [markdown]
# ### Exercise 11: `split_two_sources`
#
# **Difficulty** ●●○ · **8 minutes**
#
# The dev set is a **target**: months of work aim at it. So dev and test set must come from **the same
# distribution**, and it must be the one that the finished system will meet.
#
# Say your app will get blurred photographs from phones. You have 10 000 of these, and 200 000 sharp
# images from the web. Shuffle everything together, and the dev set is 95 % web images: you aim at the
# wrong target. Instead:
#
# - dev and test set consist of **target** examples alone. Each gets a quarter of them, rounded down,
#   but never more than `enough`;
# - the training set gets all the rest: the remaining target examples and all the others.
#
# **By hand:** a quarter of 10 000 is 2500. Dev: 2500 target, 0 others. Test: the same. Training: 5000
# target and 200 000 others.


# %%
def split_two_sources(m_target, m_other, enough=10_000):
    """Say where to put few examples of what matters, and many of something like it.

    Parameters
    ----------
    m_target : int
        How many examples are of the kind that the finished system will meet.
    m_other : int
        How many are of another kind, good enough to learn from.
    enough : int
        As many examples measure well enough.

    Returns
    -------
    dict of str to tuple of int
        For "train", "dev" and "test": how many examples of the target, and how many others.
    """
    ### START CODE HERE ### (≈ 4 lines)
    held_back = min(m_target // 4, enough)
    train = (m_target - 2 * held_back, m_other)
    dev = (held_back, 0)
    test = (held_back, 0)
    ### END CODE HERE ###
    return {"train": train, "dev": dev, "test": test}


# %%
check(split_two_sources)

# %%
if ready(split_two_sources):
    print(split_two_sources(10_000, 200_000))

# %% [markdown]
# **Expected output**
#
# ```
# {'train': (5000, 200000), 'dev': (2500, 0), 'test': (2500, 0)}
# ```
#
# <details><summary>Hint</summary>
#
# Each entry is a pair: target examples first, then the others.
#
# </details>

# %% [markdown]
# ## 4. One knob at a time
#
# An old television had one knob for the height of the picture and one for its width. If each knob had
# changed height, width and angle at once, nobody could have tuned it. Knobs that act on one thing each
# are called **orthogonal**. A learning system is a chain of hopes, and each link has knobs of its own:
#
# | the model does well on … | if not, turn |
# |---|---|
# | the training set | a larger network, better optimisation |
# | the dev set | regularisation, more training data |
# | the test set | a larger dev set |
# | the real world | another dev set, or another metric |
#
# Early stopping is a knob that acts on two links at once: it fits the training set less to do better on
# the dev set. It works, but it makes it harder to think.

# %% [markdown]
# ### Exercise 12: `next_knob`
#
# **Difficulty** ●○○ · **7 minutes**
#
# The chain is mended **from its beginning**: a later link cannot hold while an earlier one does not.
# Go through the stages in the order of `knobs`. Return the knob of the first stage whose error is
# **above** its target, and `"done"` if there is none.
#
# **By hand:** targets 0.02, 0.05, 0.06 and errors 0.01, 0.09, 0.12 on training, dev and test set. The
# first link holds, the second does not: its knob. That the third is off by more does not matter yet.
#
# **The Python you need:** a dictionary keeps its order, so `for stage, knob in knobs.items()` goes from
# the first stage to the last. The other dictionaries may be in another order.


# %%
def next_knob(errors, targets, knobs):
    """Find the first link of the chain that does not hold, and the knob that acts on it.

    Parameters
    ----------
    errors : dict of str to float
        The error that was measured at each stage.
    targets : dict of str to float
        The largest error that will do at each stage.
    knobs : dict of str to str
        What acts on each stage and on no other; the stages in their order.

    Returns
    -------
    str
        The knob of the first stage whose error is above its target; "done" if there is none.
    """
    ### START CODE HERE ### (≈ 5 lines)
    choice = "done"
    for stage, knob in knobs.items():
        if errors[stage] > targets[stage]:
            choice = knob
            break
    ### END CODE HERE ###
    return choice


# %%
check(next_knob)

# %%
if ready(next_knob):
    knobs = {"train": "a larger network", "dev": "more data", "test": "a larger dev set"}
    targets = {"train": 0.02, "dev": 0.05, "test": 0.06}
    for errors in ([0.01, 0.09, 0.12], [0.08, 0.09, 0.12], [0.01, 0.05, 0.06]):
        print(next_knob(dict(zip(knobs, errors, strict=True)), targets, knobs))

# %% [markdown]
# **Expected output**
#
# ```
# more data
# a larger network
# done
# ```
#
# <details><summary>Hint</summary>
#
# Begin with `"done"`. At the first stage that fails, keep its knob and leave the loop with `break`.
#
# </details>

# %% [markdown]
# ## 5. Where the error comes from
#
# Is 8 % a bad training error? It depends on what is possible. If people err on 1 % of the images, then
# 7 points can be won. If the images are so poor that people err on 7.5 %, there is nothing left to gain.
# The human error stands in for the **Bayes error**, the lowest that is possible at all. It cannot be
# below that, and where people are good at a task it is not far above.
#
# Five numbers, each measured on something a little further away, and the four gaps between them:
#
# | from | to | gap | what changes |
# |---|---|---|---|
# | human | train | **avoidable bias** | the model instead of the best possible one |
# | train | train-dev | **variance** | examples it has not seen |
# | train-dev | dev | **data mismatch** | another kind of examples |
# | dev | test | **overfitting to dev** | a set that no decision was made with |
#
# The **train-dev set** is a part of the training data that is not trained on. Without it you could not
# tell variance from mismatch: from training to dev set, two things change at once.

# %% [markdown]
# ### Exercise 13: `error_gaps`
#
# **Difficulty** ●○○ · **6 minutes**
#
# Compute the four gaps: each error minus the one before it. A gap may be negative, if the later set is
# easier. Keep the sign. The dictionary `errors` may list them in any order.
#
# **By hand:** human 1 %, train 8 %, train-dev 9 %, dev 15 %, test 15.5 %. Avoidable bias
# $8 - 1 = 7$ points, variance $1$, data mismatch $6$, overfitting to the dev set $0.5$.


# %%
def error_gaps(errors):
    """Compute what is lost at each step from the best possible error to the error in use.

    Parameters
    ----------
    errors : dict of str to float
        The errors of "human", and of the model on the "train", "train-dev", "dev" and "test" set.

    Returns
    -------
    dict of str to float
        "avoidable bias", "variance", "data mismatch" and "overfitting to dev".
    """
    ### START CODE HERE ### (≈ 4 lines)
    bias = errors["train"] - errors["human"]
    variance = errors["train-dev"] - errors["train"]
    mismatch = errors["dev"] - errors["train-dev"]
    overfitting = errors["test"] - errors["dev"]
    ### END CODE HERE ###
    return {
        "avoidable bias": bias,
        "variance": variance,
        "data mismatch": mismatch,
        "overfitting to dev": overfitting,
    }


# %%
check(error_gaps)

# %%
if ready(error_gaps):
    errors = {"human": 0.01, "train": 0.08, "train-dev": 0.09, "dev": 0.15, "test": 0.155}
    print({name: round(gap, 4) for name, gap in error_gaps(errors).items()})

# %% [markdown]
# **Expected output**
#
# ```
# {'avoidable bias': 0.07, 'variance': 0.01, 'data mismatch': 0.06, 'overfitting to dev': 0.005}
# ```
#
# <details><summary>Hint</summary>
#
# Four differences. Go through the table above row by row: the set under “to” minus that under “from”.
#
# </details>

# %% [markdown]
# ### Exercise 14: `diagnose`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Work where most is to be gained: at the **largest gap**. But gaps no larger than the `tolerance` are
# noise, or not worth the effort. If even the largest gap is within the tolerance, the problem is
# `"none"`. Then look up the action that fits. It comes in a dictionary, such as this:
#
# | problem | what helps |
# |---|---|
# | avoidable bias | a larger network, longer or better optimisation, another architecture |
# | variance | more data, regularisation, augmentation |
# | data mismatch | training data more like the dev set |
# | overfitting to dev | a larger dev set |
# | none | a harder target |
#
# **By hand:** the gaps of the last exercise are 7, 1, 6 and 0.5 points. The largest is the avoidable
# bias. With a tolerance of 7 points or more it would be `"none"`.


# %%
def diagnose(errors, actions, tolerance):
    """Name the largest problem, and what helps against it.

    Parameters
    ----------
    errors : dict of str to float
        As for `error_gaps`.
    actions : dict of str to str
        What to do, by problem: the names of the four gaps, and "none".
    tolerance : float
        A gap up to this size is no problem.

    Returns
    -------
    problem : str
        The name of the largest gap; "none" if it is no larger than the tolerance.
    action : str
        What helps against it.
    """
    ### START CODE HERE ### (≈ 5 lines)
    gaps = error_gaps(errors)
    problem = max(gaps, key=gaps.get)
    if gaps[problem] <= tolerance:
        problem = "none"
    action = actions[problem]
    ### END CODE HERE ###
    return problem, action


# %%
check(diagnose)

# %%
ACTIONS = {
    "avoidable bias": "a larger network",
    "variance": "more data",
    "data mismatch": "training data more like the dev set",
    "overfitting to dev": "a larger dev set",
    "none": "a harder target",
}
if ready(error_gaps, diagnose):
    for train_error in (0.08, 0.02):
        print(diagnose({**errors, "train": train_error}, ACTIONS, 0.02))

# %% [markdown]
# **Expected output**
#
# ```
# ('avoidable bias', 'a larger network')
# ('variance', 'more data')
# ```
#
# <details><summary>Hint</summary>
#
# `max(gaps, key=gaps.get)` gives the *name* of the largest entry of a dictionary. Look the action up
# last, after you have decided about the tolerance.
#
# </details>

# %% [markdown]
# ## 6. Look at the errors
#
# The most useful hour of a project: take a hundred wrongly classified dev examples, **look at each**,
# and note in a table what is special about it. One may be blurred *and* show a dog, another nothing in
# particular.

# %% [markdown]
# ### Exercise 15: `error_analysis_table`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Each example carries a list of tags, none or one or several. For each of the `categories` compute
#
# - the **count**: how many examples carry this tag;
# - the **share**: the count divided by the number of **examples** looked at, those without a tag
#   included. Since an example may have several tags, the shares need not add up to 1;
# - the **ceiling**: by how much the dev error would fall if the category were solved completely.
#   That is the share of the errors times the error.
#
# **By hand:** the dev error is 10 %. Of 100 wrong images, 5 show dogs that look like cats. A perfect
# dog detector takes 5 % of 10 %, half a point: the error falls to 9.5 %. Months of work for that? If
# 50 of the 100 are blurred, the ceiling is 5 points: to 5 %.
#
# **The Python you need:** `tag in each` tells whether a list holds something.
# `{name: ... for name in categories}` makes a dictionary.


# %%
def error_analysis_table(tags, categories, error):
    """Count what is behind a model's errors, and what solving each category could gain.

    Parameters
    ----------
    tags : list of lists of str
        For each wrongly classified example that was looked at, its categories.
    categories : list of str
        The categories to count.
    error : float
        The error on the dev set from which the examples come.

    Returns
    -------
    counts : dict of str to int
        How many of the examples belong to each category.
    shares : dict of str to float
        These as shares of the examples looked at.
    ceilings : dict of str to float
        By how much the error would fall, at most, if the category were solved.
    """
    ### START CODE HERE ### (≈ 3 lines)
    counts = {name: sum(name in each for each in tags) for name in categories}
    shares = {name: counts[name] / len(tags) for name in categories}
    ceilings = {name: shares[name] * error for name in categories}
    ### END CODE HERE ###
    return counts, shares, ceilings


# %%
check(error_analysis_table)

# %%
if ready(error_analysis_table):
    tags = [["dog"], ["blurred", "dog"], ["blurred"], []]
    for table in error_analysis_table(tags, ["dog", "blurred", "lion"], 0.25):
        print(table)

# %% [markdown]
# **Expected output**
#
# ```
# {'dog': 2, 'blurred': 2, 'lion': 0}
# {'dog': 0.5, 'blurred': 0.5, 'lion': 0.0}
# {'dog': 0.125, 'blurred': 0.125, 'lion': 0.0}
# ```
#
# <details><summary>Hint</summary>
#
# `sum(name in each for each in tags)` counts the examples that carry a tag, since True counts as 1. A
# loop with `counts[name] += 1` is as good.
#
# </details>

# %% [markdown]
# ### Exercise 16: `cleaning_pays`
#
# **Difficulty** ●○○ · **7 minutes**
#
# Some of these errors are none: the model was right, and the **label** is wrong. Should you correct the
# labels of the dev set? The dev set's purpose is to tell which of two models is better. So compare
# the part of the error that comes from labels with the difference of the models.
#
# $$e_\text{labels} = e \cdot \text{share} \qquad e_\text{model} = e - e_\text{labels}$$
#
# If $e_\text{labels}$ is **at least** the difference, wrong labels could decide the choice: cleaning
# pays. (If you clean, clean dev *and* test set, so that they stay of one distribution.)
#
# **By hand:** an error of 10 %, of which 6 % are wrong labels: 0.6 points from labels, 9.4 from the
# model. Models that differ by 2 points can be told apart. Later the error is 2 %, and the same 0.6
# points are 30 % of it. Now two models at 2.1 % and 1.9 % cannot.


# %%
def cleaning_pays(error, mislabelled_share, difference):
    """Decide whether to correct the labels of the dev set before choosing a model with it.

    Parameters
    ----------
    error : float
        The error on the dev set.
    mislabelled_share : float
        Which share of these errors comes from a wrong label.
    difference : float
        By how much the two models to choose from differ in error.

    Returns
    -------
    from_labels : float
        The part of the error that comes from wrong labels.
    from_model : float
        The rest.
    pays : bool
        Whether the labels' part is at least the difference.
    """
    ### START CODE HERE ### (≈ 3 lines)
    from_labels = error * mislabelled_share
    from_model = error - from_labels
    pays = from_labels >= difference
    ### END CODE HERE ###
    return from_labels, from_model, pays


# %%
check(cleaning_pays)

# %%
if ready(cleaning_pays):
    for case in ((0.10, 0.06, 0.02), (0.02, 0.30, 0.002)):
        from_labels, from_model, pays = cleaning_pays(*case)
        print(round(from_labels, 4), round(from_model, 4), pays)

# %% [markdown]
# **Expected output**
#
# ```
# 0.006 0.094 False
# 0.006 0.014 True
# ```
#
# <details><summary>Hint</summary>
#
# A product, a difference, a comparison.
#
# </details>

# %% [markdown]
# ## 7. Learning from other tasks
#
# If your own examples are too few, others may help.
#
# - **Transfer learning**: a network trained on another task with the same kind of input, and many
#   examples, already knows edges and shapes. Keep its first layers and train new last ones.
# - **Multi-task learning**: one network answers several questions about each input. They share the
#   first layers, so the examples of all tasks help each other.
# - **End-to-end learning**: one network from the input straight to the answer. It needs the most
#   examples, and asks for no ideas of ours in between.
# - **A pipeline** cuts the task into steps, each learned by itself: first find the face, then say whose
#   it is. Often there are plenty of examples for each step, and few for the whole.

# %% [markdown]
# ### Exercise 17: `multi_task_cost`
#
# **Difficulty** ●●○ · **12 minutes**
#
# A car's camera: is there a pedestrian? A car? A stop sign? A green light? An image may show several of
# them, so this is **no softmax**: each question is a yes or no of its own. And nobody has labelled
# everything: some labels are missing, NaN. The cost adds up the known answers only:
#
# $$J = -\frac1m \sum_{i=1}^m \;\sum_{j:\; y_j^{(i)} \text{ known}}
# \left( y_j^{(i)} \log a_j^{(i)} + (1 - y_j^{(i)}) \log (1 - a_j^{(i)}) \right)$$
#
# **By hand:** two questions, two examples, $A = \begin{pmatrix} 0.5 & 0.5 \\ 0.5 & 0.9 \end{pmatrix}$,
# $Y = \begin{pmatrix} 1 & 0 \\ 0 & \text{NaN} \end{pmatrix}$. Three answers are known, each costs
# $\ln 2 = 0.6931$. So $J = \frac{3 \cdot 0.6931}{2} = 1.0397$: divided by $m = 2$ examples, not by 3
# answers.
#
# **The NumPy you need:** everything computed with NaN is NaN. `np.nansum` adds up what is not NaN.
# `np.isnan` finds the NaNs.


# %%
def multi_task_cost(A, Y):
    """Compute the cost of several yes-no questions about each example, not all answered.

    Parameters
    ----------
    A : ndarray of float, shape (n_y, m)
        The probability of yes, one row for each question, between 0 and 1.
    Y : ndarray of float, shape (n_y, m)
        1 for yes, 0 for no, NaN where nobody has labelled.

    Returns
    -------
    float
        The cross-entropy of all known answers, added up and divided by m.
    """
    ### START CODE HERE ### (≈ 2 lines)
    losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    cost = float(np.nansum(losses) / Y.shape[1])
    ### END CODE HERE ###
    return cost


# %%
check(multi_task_cost)

# %%
if ready(multi_task_cost):
    A = np.array([[0.5, 0.5], [0.5, 0.9]])
    print(round(multi_task_cost(A, np.array([[1.0, 0.0], [0.0, np.nan]])), 4))
    print(round(multi_task_cost(A, np.array([[1.0, 0.0], [0.0, 1.0]])), 4))

# %% [markdown]
# **Expected output**
#
# ```
# 1.0397
# 1.0924
# ```
#
# <details><summary>Hint</summary>
#
# First all losses as if nothing were missing: they are NaN where the label is. Then add up what is not
# NaN.
#
# </details>

# %% [markdown]
# ### Exercise 18: `choose_approach`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Which of them? Ask where there are **enough** examples, in this order, and take the first that
# applies:
#
# 1. enough examples of the task itself, from the input to the answer → `"end-to-end"`;
# 2. the task can be cut into steps, and there are enough examples of **every** step → `"pipeline"`;
# 3. a network was trained on the same kind of input with enough examples → `"transfer"`;
# 4. the task and its siblings on the same kind of input have enough **together** → `"multi-task"`;
# 5. none of these → `"collect data"`.
#
# "Enough" always means *at least* so many. This is a rule of thumb. Real projects weigh more than
# counts: whether the tasks are really akin, whether a network large enough can be trained, what a
# mistake costs. But it begins with the counts.
#
# **By hand:** 1000 examples would be enough, you have 60. There are 5000 pictures for the first step
# and 800 for the second: no pipeline, since 800 are too few. A network was trained on 90 000 images of
# the same kind: `"transfer"`.


# %%
def choose_approach(case):
    """Decide how to learn a task, by where there are enough examples.

    Parameters
    ----------
    case : dict
        "enough": so many examples a network needs for such a task; "examples": so many there are
        of the task itself; "steps": a list, for each step the number of its examples (empty if
        the task cannot be cut); "pretrained": with how many examples another network was trained
        (0 if there is none); "siblings": a list, for each sibling task the number of its examples
        (empty if there is none).

    Returns
    -------
    str
        "end-to-end", "pipeline", "transfer", "multi-task" or "collect data".
    """
    ### START CODE HERE ### (≈ 11 lines)
    enough, steps = case["enough"], case["steps"]
    if case["examples"] >= enough:
        approach = "end-to-end"
    elif len(steps) > 0 and min(steps) >= enough:
        approach = "pipeline"
    elif case["pretrained"] >= enough:
        approach = "transfer"
    elif case["examples"] + sum(case["siblings"]) >= enough:
        approach = "multi-task"
    else:
        approach = "collect data"
    ### END CODE HERE ###
    return approach


# %%
check(choose_approach)

# %%
if ready(choose_approach):
    few = {"enough": 1000, "examples": 60, "steps": [5000, 800], "pretrained": 0, "siblings": []}
    cases = {
        "X-rays of hands, network trained on photographs": {**few, "pretrained": 90_000},
        "who stands at the gate: find the face, compare it": {**few, "steps": [5000, 2000]},
        "four kinds of things on the road": {**few, "steps": [], "siblings": [400, 300, 240]},
        "speech with ten thousand hours of transcripts": {**few, "examples": 10_000},
        "a rare disease": few,
    }
    for story, case in cases.items():
        print(f"{choose_approach(case):13} {story}")

# %% [markdown]
# **Expected output**
#
# ```
# transfer      X-rays of hands, network trained on photographs
# pipeline      who stands at the gate: find the face, compare it
# multi-task    four kinds of things on the road
# end-to-end    speech with ten thousand hours of transcripts
# collect data  a rare disease
# ```
#
# <details><summary>Hint</summary>
#
# A chain of `if` and `elif`. Ask whether there are steps at all before you ask for the smallest: `min`
# of an empty list is an error.
#
# </details>

# %% [markdown]
# ## 8. A project that went wrong
#
# A firm reads digits on forms. A colleague has collected images, trained a network, and left for
# another job. All you have is the data and this note:
#
# > Training error near 0 %. Test error below 10 %, fine! Dev error terrible, no idea why. Looks like
# > variance, you should try dropout. And people in the field complain.
#
# Is it variance? Train the colleague's network first. It has one hidden layer of 64 units, and is built
# with the framework of week 6.


# %%
def columns(images):
    """Lay images (m, 8, 8) out as columns (64, m) of numbers from 0 to 1."""
    return images.reshape(len(images), -1).T / 16


def train(X, labels, steps=250):
    """Train a network with 64 hidden units; return a function from images to probabilities."""
    rng = np.random.default_rng(0)
    x, y = Placeholder(), Placeholder()
    W1, b1 = Variable(rng.normal(size=(64, 64)) * np.sqrt(2 / 64)), Variable(np.zeros((64, 1)))
    W2, b2 = Variable(rng.normal(size=(10, 64)) * np.sqrt(1 / 64)), Variable(np.zeros((10, 1)))
    scores = W2 @ relu(W1 @ x + b1) + b2
    cost = softmax_cross_entropy(scores, y)
    session, step = Session(), AdamOptimizer(0.01).minimize(cost)
    for _ in range(steps):
        session.run(step, {x: X, y: one_hot(labels, 10)})
    return lambda images: softmax(session.run(scores, {x: images}))


def error_of(model, X, labels):
    """Measure the share of examples for which the most probable digit is not the label."""
    return float(np.mean(np.argmax(model(X), axis=0) != labels[0]))


data = datasets.load_flawed_digits()
X_train, X_dev, X_test = columns(data.train_x), columns(data.dev_x), columns(data.test_x)
print("training, dev and test set:", X_train.shape, X_dev.shape, X_test.shape)
model = train(X_train, data.train_y)

# %%
if ready(margin_of_error):
    given = [
        ("train", X_train, data.train_y),
        ("dev", X_dev, data.dev_y),
        ("test", X_test, data.test_y),
    ]
    for name, X, labels in given:
        error = error_of(model, X, labels)
        print(f"{name:6} {100 * error:5.1f} % ± {100 * margin_of_error(error, X.shape[1]):.1f}")

# %% [markdown]
# Look at the margins. (That of the training error says nothing: the network has seen these images.)
# Dev and test set are said to be two random parts of the same data. Then their errors could differ by
# a few points. They differ by far more. **Chance cannot do that.** Something is wrong with the data,
# and no dropout will mend it. Three suspicions, one after the other.
#
# ### Suspicion 1: the test set is not new

# %% [markdown]
# ### Exercise 19: `find_duplicates`
#
# **Difficulty** ●●○ · **12 minutes**
#
# A test example that was also trained on measures nothing but memory. It happens easily: a photograph
# uploaded twice, a file copied before the split. Find the examples of one set that also stand in
# another, pixel by pixel. List each of them once, even if it stands in the other set several times.
#
# **By hand:** $X = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ and
# $X_\text{new} = \begin{pmatrix} 2 & 1 & 2 \\ 4 & 4 & 4 \end{pmatrix}$. The examples are the columns.
# The first new one, $(2, 4)$, is the second of $X$. The next, $(1, 4)$, is none. The last is $(2, 4)$
# again. The answer is `[0, 2]`.
#
# **The Python you need:** `tuple(X[:, j])` makes a column something that fits into a set, and
# `column in seen` then is quick, however many there are. Or compare a column with all of `X` at once:
# `X == X_new[:, [j]]`. `np.all(..., axis=0)` tells for each column whether all of it is true.


# %%
def find_duplicates(X, X_new):
    """Find the examples of one set that stand in another one too.

    Parameters
    ----------
    X : ndarray, shape (n, m)
        The one set, such as the training set, one example per column.
    X_new : ndarray, shape (n, m_new)
        The other set, such as the test set.

    Returns
    -------
    list of int
        The columns of `X_new` that equal any column of `X` in all features, in rising order.
    """
    ### START CODE HERE ### (≈ 5 lines)
    seen = {tuple(X[:, i]) for i in range(X.shape[1])}
    places = []
    for j in range(X_new.shape[1]):
        if tuple(X_new[:, j]) in seen:
            places.append(j)
    ### END CODE HERE ###
    return places


# %%
check(find_duplicates)

# %%
if ready(find_duplicates):
    print(find_duplicates(np.array([[1, 2], [3, 4]]), np.array([[2, 1, 2], [4, 4, 4]])))

# %% [markdown]
# **Expected output**
#
# ```
# [0, 2]
# ```
#
# <details><summary>Hint</summary>
#
# Make a set of all columns of `X` as tuples. Then go through the columns of `X_new` and keep the
# *numbers* of those that are in the set.
#
# </details>

# %%
if ready(margin_of_error, find_duplicates):
    copies = find_duplicates(X_train, X_test)
    print(f"{len(find_duplicates(X_train, X_dev))} of {X_dev.shape[1]} dev images are copies,")
    print(f"{len(copies)} of {X_test.shape[1]} test images are copies of training images")
    is_new = ~np.isin(np.arange(X_test.shape[1]), copies)
    X_new, new_labels = X_test[:, is_new], data.test_y[:, is_new]
    for name, X, labels in [
        ("copies", X_test[:, ~is_new], data.test_y[:, ~is_new]),
        ("others", X_new, new_labels),
    ]:
        error = error_of(model, X, labels)
        margin = margin_of_error(error, X.shape[1])
        print(f"error on the {name}: {100 * error:4.1f} % ± {100 * margin:.1f}")

# %% [markdown]
# A third of the test set had been trained on. The network knows these by heart. (Only three copies are
# read wrongly, too few for the margin's formula: take it as a rough one.) **Mended:** the copies leave
# the test set. The honest error is on the others, and it is higher than the note says.
#
# ### Suspicion 2: the dev set is of another kind

# %% [markdown]
# ### Exercise 20: `standardized_shift`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Do two sets come from the same distribution? A first look: compare the means, feature by feature. A
# difference of 0.1 is a lot for a pixel that hardly varies, and nothing for one that always does. So
# measure it in standard deviations:
#
# $$\text{shift}_j = \frac{\mu_j^\text{new} - \mu_j}{\sigma_j}$$
#
# $\mu_j$ and $\sigma_j$ are mean and standard deviation of feature $j$ in the set that you know, $X$.
# Some pixels in the corners are white in all images: $\sigma_j = 0$. Divide by 1 there. (For $\sigma$,
# use `np.std` as it is: the root of the mean of the squared deviations.)
#
# **By hand:** a feature with the values 0 and 4 in $X$ has $\mu = 2$ and $\sigma = 2$. If its new mean
# is 6, the shift is $\frac{6 - 2}{2} = 2$. A feature that is always 1 in $X$, and 4 in the new set, has
# $\sigma = 0$: the shift is $\frac{4 - 1}{1} = 3$.
#
# **The NumPy you need:** `np.std(X, axis=1, keepdims=True)`, and `np.where(condition, a, b)`, which
# takes from `a` where the condition holds and from `b` elsewhere.


# %%
def standardized_shift(X, X_new):
    """Measure by how many standard deviations the mean of each feature differs in two sets.

    Parameters
    ----------
    X : ndarray, shape (n, m)
        The one set, one example per column; its standard deviations count.
    X_new : ndarray, shape (n, m_new)
        The other set.

    Returns
    -------
    ndarray of float, shape (n, 1)
        The shift of each feature; not divided where the feature does not vary in `X`.
    """
    ### START CODE HERE ### (≈ 4 lines)
    mean = np.mean(X, axis=1, keepdims=True)
    spread = np.std(X, axis=1, keepdims=True)
    new_mean = np.mean(X_new, axis=1, keepdims=True)
    shift = (new_mean - mean) / np.where(spread > 0, spread, 1)
    ### END CODE HERE ###
    return shift


# %%
check(standardized_shift)

# %%
if ready(standardized_shift):
    print(standardized_shift(np.array([[0.0, 4.0], [1.0, 1.0]]), np.array([[6.0], [4.0]])).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[2.0], [3.0]]
# ```
#
# <details><summary>Hint</summary>
#
# Four lines: the mean of `X`, its standard deviation, the mean of `X_new`, and the quotient. All three
# with `axis=1, keepdims=True`. `np.where` chooses what to divide by.
#
# </details>

# %%
if ready(margin_of_error, find_duplicates, standardized_shift):
    shifts = {name: standardized_shift(X_train, X) for name, X in [("dev", X_dev), ("test", X_new)]}
    for name, shift in shifts.items():
        sizes = np.abs(shift)
        print(f"{name:4}: shifts of {np.mean(sizes):.2f} on average,", end=" ")
        print(f"{np.sum(sizes > 0.3):2} of 64 above 0.3")

# %% tags=["nbval-ignore-output"]
if ready(margin_of_error, find_duplicates, standardized_shift):
    figure, axes = plt.subplots(2, 6, figsize=(10, 3.6), layout="constrained")
    two_sets = [("dev", X_dev, data.dev_y), ("test", X_new, new_labels)]
    for row, (name, X, labels) in zip(axes, two_sets, strict=True):
        for place, ax in enumerate(row[:5]):
            ax.imshow(X[:, place].reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
            ax.set(xticks=[], yticks=[], title=f"{name}: {labels[0, place]}")
        shift = shifts[name].reshape(8, 8)
        bar = row[5].imshow(shift, cmap="PuOr", vmin=-2, vmax=2)
        for y, x in np.argwhere(np.abs(shift) > 0.3):
            sign, dark = "+" if shift[y, x] > 0 else "−", abs(shift[y, x]) > 1.2
            color = "white" if dark else "black"
            row[5].text(x, y, sign, ha="center", va="center", size=9, color=color)
        row[5].set(xticks=[], yticks=[], title="shift")
        figure.colorbar(bar, ax=row[5])
    plotting.show(
        figure,
        alt="Two rows. Above, five dev images: pale, and blurred to the right; the map of their "
        "shifts has minus signs in the middle columns and plus signs in those on the right. Below, "
        "five test images: dark and sharp; no shift of theirs is above 0.3.",
    )

# %% [markdown]
# You can see it: the dev images are paler, and blurred to the right. They come from another machine.
# The signs mark shifts above 0.3: less ink in the middle, more on the right. (And how large are the
# shifts between two random parts of the same data? For 1000 and 300 examples, chance alone makes about
# 0.05 on average. The test set is no further away than that.)
#
# Whoever aims at this dev set aims at the wrong target: the system will never see such images.
# **Mended:** the dev set is thrown out. The 300 test images that are left are split into a new dev and a
# new test set, which then come from one distribution.

# %%
if ready(margin_of_error, find_duplicates, standardized_shift):
    order = np.random.default_rng(1).permutation(X_new.shape[1])
    dev_half, test_half = order[:150], order[150:]
    sets = {
        "dev": (X_new[:, dev_half], new_labels[:, dev_half]),
        "test": (X_new[:, test_half], new_labels[:, test_half]),
    }
    for name, (X, labels) in sets.items():
        error = error_of(model, X, labels)
        margin = margin_of_error(error, X.shape[1])
        print(f"new {name:4} set: {100 * error:4.1f} % ± {100 * margin:.1f}")

# %% [markdown]
# Dev and test set now agree, within their margins. (The margins are wide: 150 examples are few. How
# many would `dev_set_size` want for 2 points?) Next, the train-dev set: train on 800 of the training
# images, and hold 200 back. Nobody has measured how well people read such digits. We take an error of
# 1 % for a guess.

# %%
if ready(margin_of_error, find_duplicates, standardized_shift, error_gaps, diagnose):
    part = train(X_train[:, :800], data.train_y[:, :800])
    errors = {
        "human": 0.01,
        "train": error_of(part, X_train[:, :800], data.train_y[:, :800]),
        "train-dev": error_of(part, X_train[:, 800:], data.train_y[:, 800:]),
        "dev": error_of(part, *sets["dev"]),
        "test": error_of(part, *sets["test"]),
    }
    print({name: round(error, 3) for name, error in errors.items()})
    print({name: round(gap, 3) for name, gap in error_gaps(errors).items()})
    print(diagnose(errors, ACTIONS, 0.02))

# %% [markdown]
# So it *is* variance, as the note said: hardly an error on the training set, and many on new images. (The
# gap between dev and test set is within their margins, and nobody has tuned anything on this dev set.)
# But look again. The train-dev error is **larger** than the dev error, by far more than the margins.
# Why should images taken from the training data be harder than the others?
#
# ### Suspicion 3: the labels are wrong
#
# A wrong label cannot be worked out from the image. A large network learns it by heart, and on new
# images that does not help: this is what variance looks like. And where such images are held back for
# measuring, even the right answer counts as an error.

# %% [markdown]
# ### Exercise 21: `suspicious_labels`
#
# **Difficulty** ●●○ · **12 minutes**
#
# To find wrong labels, let a model read the images, and see where it **does not believe the label**.
# The model must not have been trained on the image in question, or else it has learned the wrong label
# by heart. It gives each class a probability. Sort the examples by the probability of *their own
# label*: the smallest comes first.
#
# **By hand:** two classes, three examples, $A = \begin{pmatrix} 0.9 & 0.2 & 0.4 \\ 0.1 & 0.8 & 0.6
# \end{pmatrix}$, labels $(1, 1, 0)$. The beliefs in the labels are $0.1$, $0.8$ and $0.4$. The two
# most suspicious are the first and the last: `[0, 2]`.
#
# **The NumPy you need:** `A[rows, cols]` with two lists of numbers picks one entry for each pair. So
# `A[labels[0], np.arange(m)]` picks from each column the entry in the row of its label. `np.argsort`
# gives the places in the order of rising values.


# %%
def suspicious_labels(A, labels, count):
    """Find the examples whose labels a model believes least.

    Parameters
    ----------
    A : ndarray of float, shape (n_y, m)
        The probability of each class for each example, from a model that was not trained on it.
    labels : ndarray of int, shape (1, m)
        The labels that the examples have, from 0 to n_y - 1.
    count : int
        How many examples to find, at most m.

    Returns
    -------
    list of int
        Their columns: first the one whose own label has the smallest probability.
    """
    ### START CODE HERE ### (≈ 2 lines)
    belief = A[labels[0], np.arange(A.shape[1])]
    places = np.argsort(belief)[:count].tolist()
    ### END CODE HERE ###
    return places


# %%
check(suspicious_labels)

# %%
if ready(suspicious_labels):
    A = np.array([[0.9, 0.2, 0.4], [0.1, 0.8, 0.6]])
    print(suspicious_labels(A, np.array([[1, 1, 0]]), 2))

# %% [markdown]
# **Expected output**
#
# ```
# [0, 2]
# ```
#
# <details><summary>Hint</summary>
#
# First the belief in each label, then the order of the beliefs, then its first `count` entries.
#
# </details>

# %% [markdown]
# How do you get a model that was not trained on an image, for *all* images? By **cross-validation**: cut
# the training set into five parts. Train on four of them, read the fifth, and so on in turn. Training is
# short here, so that the networks cannot learn much by heart.


# %%
def cross_validated(X, labels, parts=5, steps=60):
    """Give the probabilities of each example from a network that has not seen it."""
    A, turn = np.zeros((10, X.shape[1])), np.arange(X.shape[1]) % parts
    for part in range(parts):
        kept = turn != part
        A[:, ~kept] = train(X[:, kept], labels[:, kept], steps)(X[:, ~kept])
    return A


beliefs = cross_validated(X_train, data.train_y)

# %% [markdown]
# Now somebody has to look. `read_again` stands for a careful person who looks at images and says which
# digits they show. That costs time, so we count the images. First a **random** sample, to *measure* how
# many labels are wrong. Then the suspicious ones, to *find* them.


# %%
def read_again(places):
    """Let a careful person look at training images; returns the digits they show, shape (1, k)."""
    return data.train_read[:, places]


if ready(margin_of_error, suspicious_labels):
    sample = np.random.default_rng(2).permutation(1000)[:150]
    noise = float(np.mean(read_again(sample) != data.train_y[:, sample]))
    margin = margin_of_error(noise, 150)
    print(f"random sample of 150: {100 * noise:.1f} % ± {100 * margin:.1f} of the labels are wrong")
    for count in (50, 100, 150):
        places = suspicious_labels(beliefs, data.train_y, count)
        found = int(np.sum(read_again(places) != data.train_y[:, places]))
        print(f"the {count:3} most suspicious: {found} wrong labels")

# %% tags=["nbval-ignore-output"]
if ready(margin_of_error, suspicious_labels):
    worst = suspicious_labels(beliefs, data.train_y, 12)
    shown = np.repeat(1 - data.train_x[worst][..., np.newaxis] / 16, 3, axis=3)
    titles = [
        f"label {data.train_y[0, place]}, read {data.train_read[0, place]}" for place in worst
    ]
    plotting.show(
        plotting.show_images(shown, titles, columns=6),
        alt="Twelve digits, each with its label and with what a careful reader sees. The labels are "
        "plainly wrong.",
    )

# %% [markdown]
# About one label in ten is wrong, so there should be about 90 of them, within a wide margin. Reading 150
# images at random has found 14. Reading the 150 that a model picked finds 98, and only 8 of these are
# among the last 50: few can be left. **Mended:** the labels of the suspicious images are replaced by
# what was read.
#
# Now train once more, with the mended labels, and measure on the 300 images that are really new. And
# since the system has been in use meanwhile, there are 197 images from the field: the truth that all
# these numbers try to predict.

# %%
if ready(margin_of_error, find_duplicates, standardized_shift, suspicious_labels):
    places = suspicious_labels(beliefs, data.train_y, 150)
    mended = data.train_y.copy()
    mended[:, places] = read_again(places)
    repaired = train(X_train, mended)
    X_field = columns(data.field_x)
    rows = [
        ("as the note says: old test set", model, X_test, data.test_y),
        ("without the copies", model, X_new, new_labels),
        ("in the field", model, X_field, data.field_y),
        ("labels mended: without the copies", repaired, X_new, new_labels),
        ("labels mended: in the field", repaired, X_field, data.field_y),
    ]
    results = []
    for name, network, X, labels in rows:
        error = error_of(network, X, labels)
        results.append((name, error, margin_of_error(error, X.shape[1])))
        print(f"{name:34} {100 * error:5.1f} % ± {100 * results[-1][2]:.1f}")

# %% tags=["nbval-ignore-output"]
if ready(margin_of_error, find_duplicates, standardized_shift, suspicious_labels):
    figure, ax = plt.subplots(figsize=(8.5, 2.8), layout="constrained")
    for height, (name, error, margin) in enumerate(reversed(results)):
        mark = "o" if "mended" in name else "s"
        bar = 100 * margin
        ax.errorbar(100 * error, height, xerr=bar, fmt=mark, color="black", capsize=4)
    ax.set(
        yticks=range(len(results)),
        yticklabels=[name for name, *_ in reversed(results)],
        xlabel="error in per cent, with its margin (95 %)",
    )
    ax.set_xlim(0)
    plotting.show(
        figure,
        alt="Five errors with margins. The old test set promised less than what the cleaned test set "
        "and the field show. After mending the labels both are less than half as large.",
    )

# %% [markdown]
# Three lessons.
#
# - The **note's number was wrong**. Without the copies the test error predicts the error in the field.
# - **No change of the network** was needed. The labels alone more than halved the error, at the price of
#   reading 150 images again.
# - `diagnose` said *variance, more data*. That was a correct reading of five numbers, and a week of
#   collecting images would have been wasted. Numbers say **where** the error arises. **Why**, you see
#   only when you look at examples.
#
# One question is left: is what these 300 images say still honest? You have looked at the errors on them
# several times, but chosen nothing by them: which labels to mend was found with the training data alone.
# So yes, as a measurement of this one network. Once you compare models with the dev half, only the test
# half is.

# %% [markdown] nbgrader={"grade_id": "memo-question"}
# ## 9. In your own words
#
# Write a memo of 150 to 250 words to the colleague's successor, who has read none of this. It should
# answer four questions. Use your numbers from section 8.
#
# 1. **What was wrong?** Name the three flaws, each with the measurement that proves it. (3 points)
# 2. **Why was the note misleading?** Explain why its test error was too low, and why its advice, dropout
#    against variance, would not have helped. (3 points)
# 3. **What can be said now?** Give the error to expect in the field, with its margin, and say on what it
#    rests. (2 points)
# 4. **What next?** One next step, chosen by a number: what it could gain at most, or how many examples
#    it takes. (2 points)
#
# A person will read and grade it: 10 points.
#
# ### BEGIN MARK SCHEME
#
# **1. Flaws, 3 points**, one each, and only together with a measurement: copies (150 of 450 test images,
# or the error on copies against the others); dev set of another kind (the largest or mean shift against
# that of the test set, or 36 % against 9 % with their margins); wrong labels (9 % ± 5 in the random
# sample, or 98 of the 150 most suspicious; any figures near these). Half a point for a flaw without a
# number.
#
# **2. The note, 3 points.** Two points: copies are answered from memory, their wrong labels included, so
# the test error measures memory (1 point for “they were trained on” alone). One point: the gap looks
# like variance because wrong labels were learned by heart; dropout leaves the wrong labels where they are,
# or the dev error comes from other images, which no regularisation changes.
#
# **3. What can be said, 2 points.** One for an error after mending, from the cleaned test set or from the
# field, one for its margin. No point for the error on the training or the old dev set. Half a point less
# if the number of examples is not mentioned.
#
# **4. What next, 2 points.** One for a step that follows from the text, one for the number behind it: a
# ceiling from an error analysis, `dev_set_size` for a wanted margin, labels left to read. “More data” or
# “tune the network” without a number: no point.
#
# Language and length are not graded. Wrong numbers that follow from the student's own run are right.
#
# ### END MARK SCHEME

# %% [markdown] nbgrader={"grade_id": "memo", "points": 10}
# The network itself was fine; the data had three flaws. (1) 150 of the 450 test images were copies of
# training images: the network was wrong on 2 % of them, and on 12 % of the others. (2) The dev images
# came from another machine: their pixels are shifted by 0.84 standard deviations on average, those of
# the test images by 0.05. Hence the error of 36 %. (3) In a random sample of 150 training labels,
# 9 % ± 5 were wrong.
#
# The note's 9 % was too good because a third of the test set was answered from memory, wrong labels
# included. What looked like variance was the network learning wrong labels by heart. Dropout would have
# left those labels where they are, and the dev images as strange as before.
#
# With 150 labels read again, and nothing else changed, the error on the 300 test images that are really
# new fell from 12 % to 2 % ± 1.6. In the field, on 197 images, it fell from 13 % to 4.6 % ± 2.9. Both
# together are 15 wrong out of 497: expect 3 % ± 1.5. The margin is wide because the images are few.
#
# Next: to know such an error to one point, `dev_set_size(0.03, 0.01)` asks for 1118 images, and we have
# 497 of them. So collect and label about 620 more from the field before comparing any models.

# %% [markdown]
# ## 10. What you have learned
#
# You can now
#
# 1. turn what a project wants into one number: precision, recall, F1, one optimising metric under
#    satisficing ones, a weighted error;
# 2. say how many examples to hold back, how exact a measured error is, and from where the dev and test
#    set must come;
# 3. mend one thing at a time, with orthogonal knobs;
# 4. tell avoidable bias, variance, data mismatch and overfitting to the dev set apart, and name the
#    action that fits;
# 5. do an error analysis: what each category could gain at most, and whether cleaning labels pays;
# 6. decide between transfer, multi-task, end-to-end learning and a pipeline by the amounts of data;
# 7. find, measure and mend copies across splits, a shifted dev set and wrong labels in real data.
#
# **What to remember**
#
# - One number to aim at. Everything else is good enough or not.
# - Dev and test set from one distribution, the one that counts. The margin of a measured error is
#   $z\sqrt{e(1-e)/m}$.
# - Compare with the human error, not with 0. The largest gap says where to work.
# - Look at a hundred errors before you work for a month. The ceiling of a category is its share times
#   the error.
# - If a number cannot be chance, suspect the data first.
#
# **What comes next.** Until now an image was a column of numbers. Week 8 takes it for what it is:
# neighbours belong together, and what is worth finding in one place is worth finding everywhere.
# That is convolution.
#
# ## 11. If you want more
#
# - **Nearly copies.** `find_duplicates` finds exact copies only. Find the pairs of training and test
#   images with the smallest distance. Are there near copies left?
# - **How much noise does it take?** Plant 0, 5, 10, 20 and 40 % wrong labels in the mended training set,
#   and draw the test error over the noise.
# - **Train on the other machine's images too.** Add 150 of the old dev images to the training set and
#   measure the error on the other 150. That is how data mismatch is mended if these images *do* count.
# - **A weighted cost.** Put the weights of `weighted_error` into the cost, and see whether eights are
#   missed less often.
#
# ## References
#
# - A. Ng: *Machine Learning Yearning*, 2018.
# - C. J. van Rijsbergen: *Information Retrieval*, 2nd edition, 1979: the F measure.
# - R. Caruana: *Multitask learning*, Machine Learning 28, 1997.
# - J. Yosinski, J. Clune, Y. Bengio, H. Lipson: *How transferable are features in deep neural
#   networks?*, NIPS 2014.
# - C. G. Northcutt, L. Jiang, I. L. Chuang: *Confident learning: estimating uncertainty in dataset
#   labels*, JAIR 70, 2021.
# - C. G. Northcutt, A. Athalye, J. Mueller: *Pervasive label errors in test sets destabilize machine
#   learning benchmarks*, NeurIPS 2021 Datasets and Benchmarks.
# - B. Barz, J. Denzler: *Do we train on test data? Purging CIFAR of near-duplicates*, Journal of Imaging
#   6, 2020.
