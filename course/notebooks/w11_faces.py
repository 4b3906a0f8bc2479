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
# # Face verification
#
# A door has a camera. You stand in front of it and say your name. Should it open?
#
# You could train a classifier with one output for each person who may enter. But there is only **one
# photograph** of each of them, which is too few to train on. And when a new colleague comes, you would
# have to train it all again. So this notebook learns something else: **how alike two faces are**. The
# network sees many people, learns what tells people apart and what does not, and is then used on people
# it has never seen.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. tell detection, verification and recognition apart, and compute how errors grow with the number of
#    people;
# 2. measure false accepts and false rejects, draw the curve of both, and choose a threshold on a dev
#    set;
# 3. explain one-shot learning and the Siamese network;
# 4. write the triplet loss, derive its gradient, and carry it back through the normalisation of
#    encodings;
# 5. choose hard and semi-hard triplets, and say what each choice does to training;
# 6. write `verify`, `who_is_it`, and a version that refuses strangers;
# 7. treat verification as binary classification on $|f(x_1) - f(x_2)|$;
# 8. measure for whom a system errs, and say why a single number is not enough.
#
# ## Before you start
#
# You need logistic regression (week 1), Adam (week 5), and convolutional layers (weeks 8 and 9).
# From NumPy you need broadcasting, boolean masks, and `argmin` along an axis.
#
# **Time:** about 200 minutes. There are 17 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up and faces

# %%
import time

import numpy as np
import matplotlib.pyplot as plt

from helpers import datasets, plotting
from helpers.checking import checks_for, ready
from helpers.convolution import conv_backward
from helpers.logistic import optimize, predict
from helpers.numpy_basics import normalize_rows
from helpers.optimization import initialize_adam, update_parameters_with_adam
from helpers.transfer import run_layers

check = checks_for("w11_faces")
plt.rcParams["figure.dpi"] = 80

# %%
faces = datasets.load_faces()
print("training:", faces.train_x.shape, len(np.unique(faces.train_person)), "people")
print("dev:     ", faces.dev_x.shape, len(np.unique(faces.dev_person)), "people")
print("test:    ", faces.test_x.shape, len(np.unique(faces.test_person)), "people")

# %% [markdown]
# These people do not exist. A program drew them, eight pictures of each. What makes a *person* is the
# shape of the face, the places and sizes of eyes, brows, nose and mouth, the hair, the colours. What
# makes a *picture* has nothing to do with the person: where the face is, how it is turned, the light, the
# expression, glasses, the background, noise. And note: the people of the three parts are **different
# people**. Nobody of the test set was seen in training.

# %% tags=["nbval-ignore-output"]
shown = np.concatenate([faces.test_x[8 * k : 8 * k + 6] for k in (0, 1, 2)])
titles = [f"person {200 + k}" for k in (0, 1, 2) for _ in range(6)]
plotting.show(
    plotting.show_images(shown, titles, columns=6),
    alt="Three rows of six small drawn faces, one person a row. Within a row the face stays the same, "
    "while light, background, glasses, position and expression change. In the second row the person has "
    "short dark hair.",
)

# %% [markdown]
# Drawn faces have two advantages. We know what makes a person and what makes a picture. And nobody's
# privacy is touched: a real face, once in a data set, cannot be changed like a password. More on that at
# the end.
#
# For comparison, here is what **detection** asks of real photographs: is there a face in this window? The
# package scikit-image brings a hundred small windows with faces and a hundred without, a small part of the
# data set *Labeled Faces in the Wild*. The people in them were not asked, so you see only their *average*,
# which is nobody. Without the package, the cell says so, and you go on.

# %% tags=["nbval-ignore-output"]
windows = datasets.load_photograph_windows()
if windows is None:
    print("scikit-image is not installed here. You can do all of the notebook without it.")
else:
    mean_face, mean_other = windows[:50].mean(axis=0), windows[100:150].mean(axis=0)
    figure, axes = plt.subplots(1, 3, figsize=(10, 3.2), layout="constrained")
    for ax, image, title in zip(axes, (mean_face, mean_other), ("faces", "others"), strict=False):
        ax.imshow(image, cmap="gray", vmin=0.1, vmax=0.8)
        ax.set_title(f"average of 50 {title}")
        ax.axis("off")
    likeness = [np.corrcoef(mean_face.ravel(), window.ravel())[0, 1] for window in windows]
    bins = np.linspace(-1, 1, 21)
    axes[2].hist(likeness[150:], bins, color="0.75", label="50 other windows")
    axes[2].hist(likeness[50:100], bins, histtype="step", lw=2, label="50 other faces")
    axes[2].set(xlabel="correlation with the average face", ylabel="windows", ylim=(0, 21))
    axes[2].legend(loc="upper left")
    plotting.show(
        figure,
        alt="Left: the average of 50 windows with faces is a blurred face. Middle: the average of 50 "
        "other windows is nearly even grey. Right: histograms of the correlation with the average "
        "face. Other faces lie mostly above 0.4, other windows mostly below 0.2.",
    )

# %% [markdown]
# A single average face already tells most faces from what is none. To tell faces from *each other* is
# another matter.

# %% [markdown]
# ## 2. Three different questions
#
# - **Detection:** is there a face, and where? That was week 10.
# - **Verification, 1 : 1:** is this the person whose name was given? One comparison.
# - **Recognition, 1 : K:** which of $K$ known people is it, if any? $K$ comparisons.
#
# Recognition is much harder. Say one comparison goes wrong with probability $\varepsilon$. A search is
# right only if all $K$ comparisons are. If they are independent, that happens with probability
# $(1 - \varepsilon)^K$.
#
# ### Exercise 1: `recognition_error`
#
# **Difficulty** ●○○ · **4 minutes**
#
# $$ P(\text{at least one of } K \text{ is wrong}) = 1 - (1 - \varepsilon)^K. $$
#
# **By hand:** with $\varepsilon = 0.5$ and $K = 2$: both are right with probability
# $0.5 \cdot 0.5 = 0.25$, so the search fails with probability $0.75$.


# %%
def recognition_error(error, K):
    """Say how often at least one of K independent comparisons goes wrong.

    Parameters
    ----------
    error : float
        How often one comparison goes wrong, from 0 to 1.
    K : int
        How many people there are to compare with.

    Returns
    -------
    float
    """
    ### START CODE HERE ### (≈ 1 line)
    wrong = 1 - (1 - error) ** K
    ### END CODE HERE ###
    return wrong


# %%
check(recognition_error)

# %%
if ready(recognition_error):
    print("by hand:", recognition_error(0.5, 2))
    for K in (1, 10, 100, 1000):
        rates = [f"{recognition_error(error, K):7.2%}" for error in (0.01, 0.001, 0.0001)]
        print(f"K = {K:4}  errors of 1 %, 0.1 % and 0.01 % become {' '.join(rates)}")

# %% [markdown]
# **Expected output**
#
# ```
# by hand: 0.75
# K =    1  errors of 1 %, 0.1 % and 0.01 % become   1.00%   0.10%   0.01%
# K =   10  errors of 1 %, 0.1 % and 0.01 % become   9.56%   1.00%   0.10%
# K =  100  errors of 1 %, 0.1 % and 0.01 % become  63.40%   9.52%   1.00%
# K = 1000  errors of 1 %, 0.1 % and 0.01 % become 100.00%  63.23%   9.52%
# ```
#
# <details><summary>Hint</summary>
#
# `x**K` multiplies `x` with itself `K` times.
#
# </details>
#
# A verification that is right 99 times in 100 sounds good. With a hundred people to search, it fails two
# times out of three. So verification has to be very good before anybody builds recognition on it. (Real
# comparisons are not independent. You will measure it in section 8.)

# %% [markdown]
# ## 3. How often does it err?
#
# Before you build a verification, build the measure. Take the simplest one there is: two pictures show the
# same person if their **pixels** are near to each other.
#
# ### Exercise 2: `squared_distances`
#
# **Difficulty** ●●○ · **8 minutes**
#
# You will often need the distances of *all* rows of one array from *all* rows of another. Each row
# stands for one picture: now it holds the picture's pixels, later its **encoding**, a few numbers that a
# network makes of it. $A$ is $(m, n)$, $B$ is $(k, n)$, and the result $D$ is $(m, k)$ with
#
# $$ D_{ij} = \lVert a_i - b_j \rVert^2 = \sum_{t=1}^{n} (A_{it} - B_{jt})^2. $$
#
# **By hand:** $a_1 = (0, 0)$, $a_2 = (3, 0)$, $b_1 = (3, 4)$:
# $D_{11} = 9 + 16 = 25$ and $D_{21} = 0 + 16 = 16$.
#
# **The NumPy you need:** `A[:, np.newaxis]` has the shape $(m, 1, n)$. Subtract $B$, $(k, n)$, and
# broadcasting makes all pairs: $(m, k, n)$.


# %%
def squared_distances(A, B):
    """Measure the squared distance of every row of one array from every row of another.

    Parameters
    ----------
    A : ndarray of float, shape (m, n)
        Encodings, one a row.
    B : ndarray of float, shape (k, n)
        Other encodings, as long.

    Returns
    -------
    ndarray of float, shape (m, k)
        Row i, column j: the squared distance of row i of A from row j of B.
    """
    ### START CODE HERE ### (≈ 2 lines)
    differences = A[:, np.newaxis] - B
    D = np.sum(differences**2, axis=2)
    ### END CODE HERE ###
    return D


# %%
check(squared_distances)

# %%
if ready(squared_distances):
    print(squared_distances(np.array([[0.0, 0.0], [3.0, 0.0]]), np.array([[3.0, 4.0]])))

# %% [markdown]
# **Expected output**
#
# ```
# [[25.]
#  [16.]]
# ```
#
# <details><summary>Hint</summary>
#
# After the subtraction the last axis counts the entries of an encoding: square, and sum over axis 2.
# Two loops are right as well, but training will then take a few times as long.
#
# </details>

# %% [markdown]
# To measure a verification you need **trials**: pairs of pictures, of which some show one person and the
# others two. The next cell makes a list of them: all pairs of pictures of one person, and three times as
# many of two people.


# %%
def make_trials(person, seed):
    """Pair pictures: all pairs of one person, and three times as many of two people."""
    first, second = np.triu_indices(len(person), 1)
    same = person[first] == person[second]
    ours, others = np.flatnonzero(same), np.flatnonzero(~same)
    others = np.random.default_rng(seed).permutation(others)[: 3 * len(ours)]
    chosen = np.concatenate([ours, others])
    return first[chosen], second[chosen], same[chosen]


def trial_distances(E, trials):
    """Measure the distance of the two pictures of each trial; one picture a row."""
    return np.linalg.norm(E[trials[0]] - E[trials[1]], axis=1)


def as_pixels(images):
    """Lay each picture out as a row, with mean 0 and length 1, whether it is dark or bright."""
    rows = images.reshape(len(images), -1).astype(np.float32)
    return normalize_rows(rows - np.mean(rows, axis=1, keepdims=True))


# %%
dev_trials = make_trials(faces.dev_person, seed=1)
test_trials = make_trials(faces.test_person, seed=2)
pixel_distances = trial_distances(as_pixels(faces.test_x), test_trials)
print("test trials:", len(pixel_distances), " of one person:", np.sum(test_trials[2]))

# %% [markdown]
# ### Exercise 3: `error_rates`
#
# **Difficulty** ●○○ · **8 minutes**
#
# A trial is **accepted** when its distance is *less than* a threshold $\tau$. There are two ways to err,
# and they cost differently. Opening the door to a stranger is a **false accept**. Leaving you in the rain
# is a **false reject**. So there are two rates, each a share of *its own kind* of trials:
#
# $$ \mathrm{FAR} = \frac{\#\{\text{two people, accepted}\}}{\#\{\text{two people}\}}, \qquad
#    \mathrm{FRR} = \frac{\#\{\text{one person, rejected}\}}{\#\{\text{one person}\}}. $$
#
# Neither depends on how many trials of each kind you happen to have.
#
# **By hand:** distances 0.2 and 0.9 of one person, 0.6 and 1.2 of two people, $\tau = 0.7$. Accepted are
# 0.2 and 0.6. So one of two strangers gets in, FAR = 0.5, and one of two friends does not, FRR = 0.5.
#
# **The NumPy you need:** `same` is an array of `True` and `False`. `x[same]` takes the entries where it
# is `True`, and `~same` is its opposite.


# %%
def error_rates(distances, same, threshold):
    """Measure how often strangers are accepted, and how often people are turned away.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures.
    same : ndarray of bool, shape (m,)
        Whether the two show one person. There are pairs of both kinds.
    threshold : float
        Pairs nearer than this are accepted.

    Returns
    -------
    far : float
        The false-accept rate.
    frr : float
        The false-reject rate.
    """
    ### START CODE HERE ### (≈ 3 lines)
    accepted = distances < threshold
    far = np.mean(accepted[~same])
    frr = np.mean(~accepted[same])
    ### END CODE HERE ###
    return far, frr


# %%
check(error_rates)

# %%
if ready(error_rates):
    few, same_few = np.array([0.2, 0.9, 0.6, 1.2]), np.array([True, True, False, False])
    for threshold in (0.5, 0.7, 0.9, 1.5):
        far, frr = error_rates(few, same_few, threshold)
        print(f"threshold {threshold}: FAR {far:.2f}, FRR {frr:.2f}")

# %% [markdown]
# **Expected output**
#
# ```
# threshold 0.5: FAR 0.00, FRR 0.50
# threshold 0.7: FAR 0.50, FRR 0.50
# threshold 0.9: FAR 0.50, FRR 0.50
# threshold 1.5: FAR 1.00, FRR 0.00
# ```
#
# <details><summary>Hint</summary>
#
# The mean of an array of `True` and `False` is the share of `True`. At a threshold of 0.9, the distance
# 0.9 is not less.
#
# </details>

# %% [markdown]
# ### Exercise 4: `roc_curve`
#
# **Difficulty** ●○○ · **5 minutes**
#
# A larger threshold lets more people in, friends and strangers alike: FAR rises, FRR falls. Compute both
# at many thresholds. The share of friends let in, $1 - \mathrm{FRR}$, drawn against FAR is the **receiver
# operating characteristic**, ROC for short: what you can have, and what it costs. (FRR itself against FAR
# holds the same, and is called the detection error trade-off.)
#
# **By hand:** with the four distances of exercise 3 and $\tau$ = 0, 0.7 and 2: at 0 nobody gets in, at 2
# everybody, and between them half of each kind. So FAR $= (0, 0.5, 1)$ and FRR $= (1, 0.5, 0)$.


# %%
def roc_curve(distances, same, thresholds):
    """Measure both error rates at each of several thresholds.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures.
    same : ndarray of bool, shape (m,)
        Whether the two show one person.
    thresholds : ndarray of float, shape (k,)
        The thresholds, in any order.

    Returns
    -------
    far, frr : ndarray of float, shape (k,)
        The rates at each threshold, in the order of the thresholds.
    """
    ### START CODE HERE ### (≈ 4 lines)
    far, frr = np.zeros(len(thresholds)), np.zeros(len(thresholds))
    for k, threshold in enumerate(thresholds):
        far[k], frr[k] = error_rates(distances, same, threshold)
    ### END CODE HERE ###
    return far, frr


# %%
check(roc_curve)

# %%
if ready(error_rates, roc_curve):
    far, frr = roc_curve(few, same_few, np.array([0.0, 0.7, 2.0]))
    print("FAR", far, " FRR", frr)

# %% [markdown]
# **Expected output**
#
# ```
# FAR [0.  0.5 1. ]  FRR [1.  0.5 0. ]
# ```
#
# <details><summary>Hint</summary>
#
# One loop over the thresholds. In it, one call of `error_rates`, which returns two numbers.
#
# </details>

# %% [markdown]
# ### Exercise 5: `equal_error_rate`
#
# **Difficulty** ●○○ · **5 minutes**
#
# To compare two systems with one number, take the place where both rates are equal: the **equal error
# rate**, EER. On a grid of thresholds they are hardly ever quite equal. So take the threshold at which
# they are nearest to each other, the first one if there are several, and the mean of both rates there:
#
# $$ k^* = \arg\min_k \lvert \mathrm{FAR}_k - \mathrm{FRR}_k \rvert, \qquad
#    \mathrm{EER} = \tfrac{1}{2}\left(\mathrm{FAR}_{k^*} + \mathrm{FRR}_{k^*}\right). $$
#
# **By hand:** FAR $= (0, 0.1, 0.5)$ and FRR $= (0.9, 0.2, 0.1)$ differ by 0.9, 0.1 and 0.4. So
# $k^*$ is the second place, and the EER is $(0.1 + 0.2)/2 = 0.15$.


# %%
def equal_error_rate(far, frr):
    """Find where the two error rates are nearest to each other, and take their mean there.

    Parameters
    ----------
    far, frr : ndarray of float, shape (k,)
        The two rates at each threshold.

    Returns
    -------
    float
        The mean of both at the first threshold where they differ least.
    """
    ### START CODE HERE ### (≈ 2 lines)
    k = np.argmin(np.abs(far - frr))
    eer = (far[k] + frr[k]) / 2
    ### END CODE HERE ###
    return eer


# %%
check(equal_error_rate)

# %%
THRESHOLDS = np.linspace(0, 2, 401)
if ready(error_rates, roc_curve, equal_error_rate):
    eer = equal_error_rate(np.array([0.0, 0.1, 0.5]), np.array([0.9, 0.2, 0.1]))
    print("by hand:", round(float(eer), 4))
    pixel_eer = equal_error_rate(*roc_curve(pixel_distances, test_trials[2], THRESHOLDS))
    print(f"distance of pixels, test: EER {pixel_eer:.1%}")

# %% [markdown]
# **Expected output**
#
# ```
# by hand: 0.15
# distance of pixels, test: EER 34.4%
# ```
#
# <details><summary>Hint</summary>
#
# `np.argmin` gives the place of the smallest number, and of several equal ones the first.
#
# </details>
#
# Guessing would have an EER of 50 %. Pixels are better than that, but not by much: the background, the side
# from which the light comes, and a face that is turned change them more than the person does. That is the
# number to beat.

# %% [markdown]
# ### Exercise 6: `choose_threshold`
#
# **Difficulty** ●●○ · **7 minutes**
#
# At a door, the two errors are not equally bad. You decide how many strangers you can bear, and take the
# **largest threshold whose FAR is not above that**. It turns away the fewest friends. You choose it on a
# dev set, never on the test set: whatever is chosen looks better than it is on the data it was chosen on.
#
# **By hand:** with the four distances above and the thresholds 0, 0.3, 0.6 and 0.9, the FAR is 0, 0, 0
# and 0.5. At most 0.25 is allowed: the answer is 0.6.


# %%
def choose_threshold(distances, same, thresholds, max_far):
    """Choose the largest threshold that lets few enough strangers in.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures of a dev set.
    same : ndarray of bool, shape (m,)
        Whether the two show one person.
    thresholds : ndarray of float, shape (k,)
        The thresholds to choose from, in any order. At least one is small enough.
    max_far : float
        The largest false-accept rate allowed.

    Returns
    -------
    float
        The largest of the thresholds whose false-accept rate is not above `max_far`.
    """
    ### START CODE HERE ### (≈ 2 lines)
    far, _ = roc_curve(distances, same, thresholds)
    threshold = np.max(thresholds[far <= max_far])
    ### END CODE HERE ###
    return threshold


# %%
check(choose_threshold)

# %%
if ready(error_rates, roc_curve, choose_threshold):
    print(choose_threshold(few, same_few, np.array([0.0, 0.3, 0.6, 0.9]), max_far=0.25))

# %% [markdown]
# **Expected output**
#
# ```
# 0.6
# ```
#
# <details><summary>Hint</summary>
#
# `thresholds[far <= max_far]` are those that are allowed.
#
# </details>

# %% [markdown]
# ## 4. One network, two inputs
#
# Nobody wants to compare pixels. A network $f$ turns a picture into an **encoding**, a short row of
# numbers, such that pictures of one person have encodings near to each other, and pictures of two people
# do not. To compare two pictures, run **the same network on both** and measure the distance:
#
# $$ d(x_1, x_2) = \lVert f(x_1) - f(x_2) \rVert. $$
#
# That is the **Siamese network**: it looks like two networks, but there is one set of parameters. This
# makes the distance symmetrical. It also makes **one-shot learning** possible: to add a new person, you
# store *one* encoding. Nothing is trained.
#
# Each encoding is divided by its length, so all lie on a sphere of radius 1. Otherwise the network could
# make all distances larger by making all numbers larger. On the sphere
#
# $$ \lVert e_1 - e_2 \rVert^2 = 1 + 1 - 2\, e_1 \cdot e_2 = 2 - 2\cos\theta, $$
#
# so distances lie between 0 (same direction) and 2 (opposite). `normalize_rows` of week 1 does it.
#
# The network is given. Three convolutions with stride 2 halve the picture three times, from 28 × 24 to
# 4 × 3, as in week 9. A last, linear layer makes 16 numbers of what is left. Read the cell: there
# is nothing in it that you have not built yourself.


# %%
def initialize_network(filters=(8, 16, 24), n=16, seed=1, f=5):
    """Draw filters (f, f, n_C_prev, n_C) and a last layer (n, n_x), with He's factor."""
    rng, (n_H, n_W, n_C_prev) = np.random.default_rng(seed), (28, 24, 3)
    parameters = {}
    for layer, n_C in enumerate(filters, start=1):
        scale = np.sqrt(2 / (f * f * n_C_prev))
        parameters[f"W{layer}"] = scale * rng.normal(size=(f, f, n_C_prev, n_C))
        parameters[f"b{layer}"] = np.zeros((1, 1, 1, n_C))
        n_H, n_W, n_C_prev = (n_H + 1) // 2, (n_W + 1) // 2, n_C
    n_x, last = n_H * n_W * n_C_prev, len(filters) + 1
    parameters[f"W{last}"] = np.sqrt(1 / n_x) * rng.normal(size=(n, n_x))
    parameters[f"b{last}"] = np.zeros((n, 1))
    return parameters


def network_forward(images, parameters):
    """Run the network on pictures (m, 28, 24, 3): output F (m, n), not normalised, and a cache."""
    last, axes = len(parameters) // 2, (1, 2, 3)
    centred = images - np.mean(images, axis=axes, keepdims=True)
    X = centred / (np.std(images, axis=axes, keepdims=True) + 1e-8)
    A, layers = run_layers(X, parameters, 1, last - 1)
    flat = A.reshape(len(A), -1)
    return flat @ parameters[f"W{last}"].T + parameters[f"b{last}"].T, (layers, flat)


def network_backward(dF, cache, parameters):
    """Carry the gradient of the loss with respect to F back to all parameters."""
    layers, flat = cache
    last = len(parameters) // 2
    grads = {f"dW{last}": dF.T @ flat, f"db{last}": np.sum(dF, axis=0)[:, np.newaxis]}
    dA = (dF @ parameters[f"W{last}"]).reshape(layers[-1][1].shape)
    for layer in range(last - 1, 0, -1):
        conv_cache, Z = layers[layer - 1]
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = conv_backward(dA * (Z > 0), conv_cache)
    return grads


def encode(images, parameters):
    """Turn pictures (m, 28, 24, 3) into encodings (m, n), each of length 1."""
    return normalize_rows(network_forward(images, parameters)[0])


# %%
start = initialize_network()
print("parameters:", sum(w.size for w in start.values()))
E = encode(faces.test_x[:5], start)
print("encodings:", E.shape, " lengths:", np.linalg.norm(E, axis=1).round(6))

# %% [markdown]
# ## 5. The triplet loss
#
# How do you train it? Not with labels "1, 2, 3": people of the future have no label. Take **three**
# pictures instead: an **anchor** $A$, a **positive** $P$ of the same person, a **negative** $N$ of
# another. The anchor should be nearer to the positive than to the negative:
#
# $$ \lVert f(A) - f(P) \rVert^2 \;\le\; \lVert f(A) - f(N) \rVert^2. $$
#
# But there is a cheap way to satisfy this: $f(x) = 0$ for all pictures, or any other constant. Therefore
# ask for more, by a **margin** $\alpha > 0$:
#
# $$ \lVert f(A) - f(P) \rVert^2 + \alpha \;\le\; \lVert f(A) - f(N) \rVert^2. $$
#
# What a triplet misses is its loss, and one that misses nothing costs nothing:
#
# $$ \mathcal{L}(A, P, N) = \max\!\big(\lVert f(A) - f(P) \rVert^2 - \lVert f(A) - f(N) \rVert^2 + \alpha,\; 0\big),
#    \qquad J = \sum_{i=1}^{m} \mathcal{L}\big(A^{(i)}, P^{(i)}, N^{(i)}\big). $$
#
# The margin stands *beside* the norms, never in them.
#
# ### Exercise 7: `triplet_loss`
#
# **Difficulty** ●●○ · **10 minutes**
#
# The arguments are those of a loss function in a well-known framework: `y_true`, which is not used, and
# `y_pred`, a list of three arrays (m, n). In four steps: the squared distance of anchor and positive, a
# sum over the entries of an encoding, which is the **last axis**; the same for the negative; their
# difference plus $\alpha$; and the sum of the maxima.
#
# **By hand:** $\alpha = 0.2$, both anchors $(0, 0)$. First triplet: $p = (0, 1)$ and $n = (1, 1)$, so
# $1 - 2 + 0.2 = -0.8$, loss 0. Second triplet: $p = (1, 1)$ and $n = (0, 1)$, so $2 - 1 + 0.2 = 1.2$.
# Together 1.2. Had you summed over the whole batch *before* the maximum, the easy triplet would have
# hidden the hard one: $3 - 3 + 0.2 = 0.2$.


# %%
def triplet_loss(y_true, y_pred, alpha=0.2):
    """Add up by how much each triplet misses its margin.

    Parameters
    ----------
    y_true : object
        Not used.
    y_pred : list of ndarray of float, each of shape (m, n)
        Encodings of the anchors, the positives and the negatives, one triplet a row.
    alpha : float
        The margin.

    Returns
    -------
    float
        The loss, summed over the triplets.
    """
    anchor, positive, negative = y_pred[0], y_pred[1], y_pred[2]
    ### START CODE HERE ### (≈ 4 lines)
    pos_dist = np.sum((anchor - positive) ** 2, axis=-1)
    neg_dist = np.sum((anchor - negative) ** 2, axis=-1)
    basic_loss = pos_dist - neg_dist + alpha
    loss = np.sum(np.maximum(basic_loss, 0.0))
    ### END CODE HERE ###
    return loss


# %%
check(triplet_loss)

# %%
if ready(triplet_loss):
    anchor = np.zeros((2, 2))
    positive, negative = np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[1.0, 1.0], [0.0, 1.0]])
    print("by hand:", triplet_loss(None, [anchor, positive, negative]))
    print("margin 1.5:", triplet_loss(None, [anchor, positive, negative], alpha=1.5))
    same_point = np.ones((3, 4))
    print("all encodings equal:", round(float(triplet_loss(None, [same_point] * 3)), 4))

# %% [markdown]
# **Expected output**
#
# ```
# by hand: 1.2
# margin 1.5: 3.0
# all encodings equal: 0.6
# ```
#
# <details><summary>Hint</summary>
#
# `np.sum(..., axis=-1)` leaves one number for each triplet, shape (m,). `np.maximum(x, 0.0)` compares
# entry by entry; `np.max` would look for one largest number.
#
# </details>
#
# Remember the last line: when all encodings are equal, each triplet costs exactly $\alpha$. You will meet
# that number again.

# %% [markdown]
# ### Exercise 8: `triplet_gradients`
#
# **Difficulty** ●●○ · **12 minutes**
#
# To train, you need the slope of the loss with respect to the three encodings. A triplet that keeps its
# margin has loss 0 and slope 0. For the others, write the squares out and differentiate. With $a, p, n$
# for the three encodings, $\mathcal{L} = \sum_t (a_t - p_t)^2 - \sum_t (a_t - n_t)^2 + \alpha$, so
#
# $$ \frac{\partial \mathcal{L}}{\partial p} = -2(a - p), \qquad
#    \frac{\partial \mathcal{L}}{\partial n} = 2(a - n), \qquad
#    \frac{\partial \mathcal{L}}{\partial a} = 2(a - p) - 2(a - n) = 2(n - p). $$
#
# A step against the gradient moves the positive towards the anchor, the negative away from it, and the
# anchor from the negative towards the positive. The three gradients add up to zero: moving all three
# together changes nothing.
#
# **By hand:** the second triplet from above, $a = (0,0)$, $p = (1,1)$, $n = (0,1)$:
# $\partial a = 2(n - p) = (-2, 0)$, $\partial p = (2, 2)$, $\partial n = (0, -2)$.


# %%
def triplet_gradients(anchor, positive, negative, alpha=0.2):
    """Differentiate the triplet loss.

    Parameters
    ----------
    anchor, positive, negative : ndarray of float, shape (m, n)
        Encodings, one triplet a row.
    alpha : float
        The margin.

    Returns
    -------
    d_anchor, d_positive, d_negative : ndarray of float, shape (m, n)
        The gradient of the loss with respect to each; zero where a triplet keeps its margin.
    """
    ### START CODE HERE ### (≈ 6 lines)
    pos_dist = np.sum((anchor - positive) ** 2, axis=1, keepdims=True)
    neg_dist = np.sum((anchor - negative) ** 2, axis=1, keepdims=True)
    active = pos_dist - neg_dist + alpha > 0
    d_anchor = 2 * (negative - positive) * active
    d_positive = -2 * (anchor - positive) * active
    d_negative = 2 * (anchor - negative) * active
    ### END CODE HERE ###
    return d_anchor, d_positive, d_negative


# %%
check(triplet_gradients)

# %%
if ready(triplet_loss, triplet_gradients):
    for name, d in zip("apn", triplet_gradients(anchor, positive, negative), strict=True):
        print(f"d{name}:", (d + 0).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# da: [[0.0, 0.0], [-2.0, 0.0]]
# dp: [[0.0, 0.0], [2.0, 2.0]]
# dn: [[0.0, 0.0], [0.0, -2.0]]
# ```
#
# <details><summary>Hint</summary>
#
# Make a switch for each triplet: a column of `True` and `False`, shape (m, 1), which you multiply with.
# `keepdims=True` gives the column.
#
# </details>

# %% [markdown]
# ### Exercise 9: `normalize_backward`
#
# **Difficulty** ●●● · **15 minutes**
#
# The network gives $f$, and the encoding is $e = f / \lVert f \rVert$. Given the gradient $\partial e$ with
# respect to the encoding, what is the one with respect to $f$? Write $r = \lVert f \rVert$. Since
# $r^2 = \sum_t f_t^2$, we have $\partial r / \partial f_s = f_s / r = e_s$. Then
#
# $$ \frac{\partial e_t}{\partial f_s}
#    = \frac{1}{r}\,[t = s] - \frac{f_t}{r^2}\,\frac{\partial r}{\partial f_s}
#    = \frac{1}{r}\big([t = s] - e_t\, e_s\big), $$
#
# and with the chain rule, summed over $t$,
#
# $$ \partial f_s = \sum_t \partial e_t\, \frac{\partial e_t}{\partial f_s}
#    = \frac{1}{r}\Big(\partial e_s - \big(\textstyle\sum_t \partial e_t\, e_t\big)\, e_s\Big),
#    \qquad
#    \partial f = \frac{\partial e - (\partial e \cdot e)\, e}{\lVert f \rVert}. $$
#
# In words: take away the part of the gradient that points along $e$, since making $f$ longer does not
# change the encoding; and the longer $f$ is, the less a step turns it.
#
# **By hand:** $f = (0, 2)$, so $e = (0, 1)$. For $\partial e = (1, 0)$ nothing points along $e$:
# $\partial f = (0.5, 0)$. For $\partial e = (0, 1)$ everything does: $\partial f = (0, 0)$.


# %%
def normalize_backward(dE, F):
    """Carry a gradient back through the division of each row by its length.

    Parameters
    ----------
    dE : ndarray of float, shape (m, n)
        The gradient with respect to the normalised rows.
    F : ndarray of float, shape (m, n)
        The rows before they were normalised; none is zero.

    Returns
    -------
    ndarray of float, shape (m, n)
        The gradient with respect to F.
    """
    ### START CODE HERE ### (≈ 4 lines)
    length = np.linalg.norm(F, axis=1, keepdims=True)
    E = F / length
    along = np.sum(dE * E, axis=1, keepdims=True)
    dF = (dE - along * E) / length
    ### END CODE HERE ###
    return dF


# %%
check(normalize_backward)

# %%
if ready(normalize_backward):
    F_two = np.array([[0.0, 2.0], [0.0, 2.0]])
    print(normalize_backward(np.array([[1.0, 0.0], [0.0, 1.0]]), F_two).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[0.5, 0.0], [0.0, 0.0]]
# ```
#
# <details><summary>Hint</summary>
#
# Three things with one number for each row: the lengths, the products $\partial e \cdot e$, and nothing
# else. `axis=1, keepdims=True` makes columns (m, 1) of them.
#
# </details>

# %% [markdown]
# ## 6. Which triplets?
#
# A batch of 64 pictures, 4 of each of 16 people, holds $64 \cdot 3 \cdot 60 = 11{,}520$ triplets. Soon
# most of them keep their margin by far and teach nothing. Which ones should the network learn from?
#
# ### Exercise 10: `all_triplets`
#
# **Difficulty** ●●○ · **8 minutes**
#
# First list them all. A triplet consists of the **numbers of three pictures**: anchor and positive are two
# different pictures of one person, the negative shows somebody else. Both $(a, p, n)$ and $(p, a, n)$
# count. List them in ascending order: by anchor, then by positive, then by negative. If there is none,
# the result still has three columns: shape (0, 3).
#
# **By hand:** people $(7, 4, 7)$. Pictures 0 and 2 show the same person, picture 1 another. The triplets
# are $(0, 2, 1)$ and $(2, 0, 1)$.
#
# **The NumPy you need:** `np.array(rows, dtype=int).reshape(-1, 3)` makes an array with three columns of a
# list of rows, also of an empty one.


# %%
def all_triplets(people):
    """List all triplets: anchor and positive show one person, the negative shows another.

    Parameters
    ----------
    people : ndarray of int, shape (m,)
        Who is in each picture.

    Returns
    -------
    ndarray of int, shape (t, 3)
        The numbers of anchor, positive and negative, in ascending order.
    """
    m = len(people)
    ### START CODE HERE ### (≈ 6 lines)
    rows = []
    for a in range(m):
        for p in range(m):
            if a != p and people[a] == people[p]:
                rows.extend((a, p, n) for n in range(m) if people[n] != people[a])
    triplets = np.array(rows, dtype=int).reshape(-1, 3)
    ### END CODE HERE ###
    return triplets


# %%
check(all_triplets)

# %%
if ready(all_triplets):
    print(all_triplets(np.array([7, 4, 7])).tolist())
    print("one person only:", all_triplets(np.array([1, 1])).shape)
    print("64 pictures:", all_triplets(np.repeat(np.arange(16), 4)).shape)

# %% [markdown]
# **Expected output**
#
# ```
# [[0, 2, 1], [2, 0, 1]]
# one person only: (0, 3)
# 64 pictures: (11520, 3)
# ```
#
# <details><summary>Hint</summary>
#
# Three loops over the pictures, one `if`, one list. Loops in this order list the triplets in ascending
# order by themselves.
#
# </details>

# %% [markdown]
# ### Exercise 11: `hard_triplets`
#
# **Difficulty** ●●○ · **12 minutes**
#
# The first idea: learn from the worst. For each anchor take the **farthest positive** and the **nearest
# negative** in the batch. That gives one triplet for each picture that can be an anchor: its person has
# another picture in the batch, and there is somebody else.
#
# You get the distances: $D$ is (m, m), with the squared distance of every picture from every picture.
#
# **By hand:** four pictures on a line, at 0, 1, 2 and 3; the first three show person 5, the last person 8.
# For anchor 0 the farthest positive is picture 2; the only negative is picture 3: $(0, 2, 3)$. Anchor 1
# has two positives, equally far; the first one counts: $(1, 0, 3)$. Anchor 2: $(2, 0, 3)$. Picture 3 has no
# positive, so it is no anchor.
#
# **The NumPy you need:** `np.where(mask, D, -np.inf)` keeps the distances where the mask is true;
# `np.argmax` will not choose any of the others. `np.argmax(..., axis=1)` gives the place of the largest
# number of each row, the first one of several.


# %%
def hard_triplets(D, people):
    """Choose for each anchor the farthest positive and the nearest negative.

    Parameters
    ----------
    D : ndarray of float, shape (m, m)
        The squared distance of every picture from every picture.
    people : ndarray of int, shape (m,)
        Who is in each picture.

    Returns
    -------
    ndarray of int, shape (t, 3)
        One row for each picture that can be an anchor, in ascending order; (0, 3) if there is
        none. Of equal distances, the first one counts.
    """
    same = people[:, np.newaxis] == people
    ### START CODE HERE ### (≈ 6 lines)
    positives = same & ~np.eye(len(people), dtype=bool)
    farthest = np.argmax(np.where(positives, D, -np.inf), axis=1)
    nearest = np.argmin(np.where(same, np.inf, D), axis=1)
    possible = positives.any(axis=1) & ~same.all(axis=1)
    anchors = np.flatnonzero(possible)
    triplets = np.column_stack([anchors, farthest[anchors], nearest[anchors]])
    ### END CODE HERE ###
    return triplets


# %%
check(hard_triplets)

# %%
if ready(hard_triplets):
    line = np.arange(4.0)
    D_line = (line[:, np.newaxis] - line) ** 2
    print(hard_triplets(D_line, np.array([5, 5, 5, 8])).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[0, 2, 3], [1, 0, 3], [2, 0, 3]]
# ```
#
# <details><summary>Hint</summary>
#
# `same` marks the pictures of one person, each picture itself included. For the positives, take the
# diagonal out: `np.eye(m, dtype=bool)` marks it. For the negatives, `same` is just what must not be
# chosen. Or write a loop over the anchors, and look at one row of `D` at a time.
#
# </details>

# %% [markdown]
# ### Exercise 12: `semi_hard_triplets`
#
# **Difficulty** ●●● · **15 minutes**
#
# The worst triplets are often freaks: a picture in the dark, or two people who look alike. And at the
# start, when the network knows nothing, they pull all encodings together, as you will see. The second
# idea: for each anchor **and each** of its positives, take a negative that is **farther away than the
# positive, but within the margin**,
#
# $$ D_{ap} < D_{an} < D_{ap} + \alpha. $$
#
# Such triplets are called **semi-hard**: in the right order already, but not by enough. The authors of
# FaceNet (2015) proposed them, for the reason above. Of several such negatives take the nearest. A pair
# without any is left out. On both sides of the condition, *equal* does not count.
#
# **By hand:** people $(5, 5, 8, 8)$, $\alpha = 0.2$, and
#
# $$ D = \begin{pmatrix} 0 & 0.3 & 0.2 & 0.4 \\ 0.3 & 0 & 0.6 & 0.3 \\ 0.2 & 0.6 & 0 & 0 \\ 0.4 & 0.3 & 0 & 0
#    \end{pmatrix}. $$
#
# Anchor 0, positive 1, distance 0.3: the negatives are at 0.2 (too near) and 0.4 (within 0.5): $(0, 1, 3)$.
# Anchor 1, positive 0: the negatives are at 0.6 (too far) and 0.3 (equal): none. Pictures 2 and 3 have
# distance 0, so a semi-hard negative would be nearer than 0.2: none.


# %%
def semi_hard_triplets(D, people, alpha=0.2):
    """Choose for each anchor and positive the nearest negative that is farther than the positive.

    Parameters
    ----------
    D : ndarray of float, shape (m, m)
        The squared distance of every picture from every picture.
    people : ndarray of int, shape (m,)
        Who is in each picture.
    alpha : float
        The margin: a negative that keeps it is not chosen.

    Returns
    -------
    ndarray of int, shape (t, 3)
        One row for each pair of anchor and positive that has such a negative, in ascending order;
        (0, 3) if there is none. Of equal distances, the first one counts.
    """
    m = len(people)
    ### START CODE HERE ### (≈ 10 lines)
    rows = []
    for a in range(m):
        negatives = people != people[a]
        for p in range(m):
            if a == p or negatives[p]:
                continue
            semi_hard = negatives & (D[a] > D[a, p]) & (D[a] < D[a, p] + alpha)
            if semi_hard.any():
                rows.append((a, p, np.argmin(np.where(semi_hard, D[a], np.inf))))
    triplets = np.array(rows, dtype=int).reshape(-1, 3)
    ### END CODE HERE ###
    return triplets


# %%
check(semi_hard_triplets)

# %%
if ready(semi_hard_triplets):
    D_four = np.array([[0, 0.3, 0.2, 0.4], [0.3, 0, 0.6, 0.3], [0.2, 0.6, 0, 0], [0.4, 0.3, 0, 0]])
    print(semi_hard_triplets(D_four, np.array([5, 5, 8, 8])).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[0, 1, 3]]
# ```
#
# <details><summary>Hint</summary>
#
# Two loops, over anchors and positives. In the middle, a mask over all pictures with three conditions,
# joined with `&`, each in parentheses. If any entry is true, the nearest is `np.argmin` of the row, with
# `np.inf` where the mask is false.
#
# </details>

# %% [markdown]
# ## 7. Training
#
# Everything is there. The next cell puts your functions together: from the output of the network for a
# batch to the mean loss of the chosen triplets, and back. A picture can be in many triplets. Its gradients
# add up, which is what `np.add.at` does.


# %%
def batch_gradient(F, people, choose, alpha=0.2):
    """Compute the mean loss of the chosen triplets, and its gradient with respect to F."""
    E, dE = normalize_rows(F), np.zeros(F.shape)
    chosen = choose(squared_distances(E, E), people)
    if len(chosen) == 0:
        return 0.0, dE
    anchor, positive, negative = (E[column] for column in chosen.T)
    gradients = triplet_gradients(anchor, positive, negative, alpha)
    for column, gradient in zip(chosen.T, gradients, strict=True):
        np.add.at(dE, column, gradient / len(chosen))
    loss = triplet_loss(None, [anchor, positive, negative], alpha) / len(chosen)
    return loss, normalize_backward(dE, F)


def deal_batches(person, rng):
    """Deal out pictures: each batch has 4 pictures of each of 16 people."""
    order = rng.permutation(np.unique(person))
    for some in order[: len(order) // 16 * 16].reshape(-1, 16):
        yield np.concatenate([rng.permutation(np.flatnonzero(person == p))[:4] for p in some])


def train(images, person, choose, epochs=20, learning_rate=0.003, seed=1):
    """Train a network with Adam; return it, the losses, and the dev EER every second epoch."""
    parameters, rng = initialize_network(seed=seed), np.random.default_rng(seed)
    v, s = initialize_adam(parameters)
    losses, eers = [], []
    for epoch in range(epochs):
        rate = learning_rate if epoch < 0.7 * epochs else learning_rate / 3
        for batch in deal_batches(person, rng):
            F, cache = network_forward(images[batch], parameters)
            loss, dF = batch_gradient(F, person[batch], choose)
            losses.append(float(loss))
            grads = network_backward(dF, cache, parameters)
            parameters, v, s = update_parameters_with_adam(
                parameters, grads, v, s, len(losses), rate
            )[:3]
        if epoch % 2 == 1:
            eers.append(eer_of(parameters, faces.dev_x, dev_trials))
            print(f"{eers[-1]:.0%}", end=" ", flush=True)  # so that you see that it goes on
    print("dev EER every second epoch")
    return parameters, losses, eers


def eer_of(parameters, images, trials):
    """Measure the equal error rate of a network on trials."""
    distances = trial_distances(encode(images, parameters), trials)
    thresholds = np.quantile(
        distances, np.linspace(0, 1, 401)
    )  # fine enough, however small they are
    return float(equal_error_rate(*roc_curve(distances, trials[2], thresholds)))


# %% [markdown]
# First the gradients of the whole, against numerical slopes, on nine pictures of three people. Of each
# array some numbers are enough.

# %%
LOSS = (squared_distances, triplet_loss, triplet_gradients, normalize_backward)
if ready(*LOSS, all_triplets):
    p, nine = initialize_network((4, 6), n=5, seed=3), np.r_[0:3, 8:11, 16:19]
    X_nine, who_nine = faces.train_x[nine], faces.train_person[nine]

    def choose_all(D, people):
        return all_triplets(people)

    F, cache = network_forward(X_nine, p)
    grads = network_backward(batch_gradient(F, who_nine, choose_all)[1], cache, p)
    rng = np.random.default_rng(5)
    for name, w in p.items():
        errors = []
        for number in rng.integers(0, w.size, 5):
            place = np.unravel_index(number, w.shape)
            ends = []
            for step in (1e-6, -1e-6):
                changed = w.copy()
                changed[place] += step
                F, _ = network_forward(X_nine, {**p, name: changed})
                ends.append(batch_gradient(F, who_nine, choose_all)[0])
            errors.append(abs((ends[0] - ends[1]) / 2e-6 - grads["d" + name][place]))
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
# ### Three ways to choose
#
# The same network, the same batches, the same 200 steps. Only the triplets differ: **random** ones (192 of
# all, as many as there are pairs), the **hard** ones, the **semi-hard** ones. Before you run it: which do
# you expect to be best?

# %% tags=["nbval-ignore-output"]
MEASURE = (error_rates, roc_curve, equal_error_rate)
results = {}
if ready(*LOSS, *MEASURE, all_triplets):
    every_triplet = all_triplets(np.repeat(np.arange(16), 4))  # all batches are built alike
    rng_triplets = np.random.default_rng(0)

    def choose_random(D, people):
        return rng_triplets.choice(every_triplet, 192, replace=False)

    begin = time.perf_counter()
    results["random"] = train(faces.train_x, faces.train_person, choose_random)
    print(f"random: {time.perf_counter() - begin:.0f} s")

# %% tags=["nbval-ignore-output"]
if ready(*LOSS, *MEASURE, hard_triplets):
    results["hard"] = train(faces.train_x, faces.train_person, hard_triplets)

# %% tags=["nbval-ignore-output"]
if ready(*LOSS, *MEASURE, semi_hard_triplets):
    results["semi-hard"] = train(faces.train_x, faces.train_person, semi_hard_triplets)

# %% tags=["nbval-ignore-output"]
if len(results) == 3:
    figure, axes = plt.subplots(1, 2, figsize=(11, 3.8), layout="constrained")
    for (name, (_, losses, eers)), style in zip(results.items(), ("--", ":", "-"), strict=True):
        smooth = np.convolve(losses, np.ones(10) / 10, mode="valid")
        axes[0].plot(np.arange(10, len(losses) + 1), smooth, style, label=name)
        axes[1].plot(np.arange(2, 21, 2), 100 * np.array(eers), style, marker="o", label=name)
    axes[0].axhline(0.2, color="black", lw=1, label="α: all encodings equal")
    axes[0].set(xlabel="steps", ylabel="loss per chosen triplet", ylim=(0, 0.38))
    axes[1].set(xlabel="epochs", ylabel="dev EER, %", ylim=(0, 50), xticks=range(2, 21, 2))
    for ax in axes:
        ax.grid(alpha=0.3)
        ax.legend(loc="upper right")
    plotting.show(
        figure,
        alt="Left: the loss per chosen triplet against steps. For random triplets it falls from "
        "0.1 to less than 0.02; for semi-hard ones from 0.17 to 0.1; for hard ones it begins above "
        "0.25 and settles on the line 0.2. Right: the dev EER against epochs. Semi-hard triplets end "
        "lowest, below 10 %, random ones a little above 10 %, hard ones stay near 30 %.",
    )

# %% tags=["nbval-ignore-output"]
if len(results) == 3:
    for name, (parameters, losses, _) in results.items():
        E = encode(faces.dev_x, parameters)
        distances = trial_distances(E, dev_trials)
        apart = [np.mean(distances[dev_trials[2] == kind]) for kind in (True, False)]
        print(f"{name:9} last losses {np.mean(losses[-10:]):.3f}, dev EER", end=" ")
        print(f"{eer_of(parameters, faces.dev_x, dev_trials):.1%};", end=" ")
        print(f"mean distance: same person {apart[0]:.3f}, two people {apart[1]:.3f}")

# %% [markdown]
# The loss does not say who is best. It is measured on other triplets each time!
#
# - **Random** triplets are soon nearly all easy. The loss is small, and so are the gradients: the network
#   has stopped learning from most of what it sees.
# - **Hard** triplets fall into a trap. At the start, the nearest negative is nearer than the farthest
#   positive. The quickest way to lower such a loss is to shrink *all* distances: then each triplet costs
#   $\alpha = 0.2$ instead of more. Look at the mean distances: all encodings have **collapsed** to nearly
#   one point. Some networks climb out of this with time; this one has hardly begun to.
# - **Semi-hard** triplets are in the right order, so shrinking everything does not help them: the
#   positive has to come nearer, or the negative has to go. They are chosen anew in each step, so what has
#   become easy makes room for what has not. Their loss falls slowly, and the network learns all the time.
#
# That was one seed. With five seeds, the EER on the test people was each time less than a third of that of
# pixels, and hard triplets collapsed each time.
#
# **Question.** The loss per semi-hard triplet lies between 0 and 0.2, always. Why?
#
# <details><summary>Answer</summary>
#
# For a semi-hard triplet $D_{ap} < D_{an} < D_{ap} + \alpha$. So $D_{ap} - D_{an} + \alpha$ lies between 0
# and $\alpha$, whatever the network does.
#
# </details>

# %% [markdown]
# ### On people it has never seen
#
# Now the test set: sixty other people. The threshold is chosen on the dev set, such that at most 5 % of
# the strangers get in.

# %% tags=["nbval-ignore-output"]
model, tau = None, 0.7
if len(results) == 3 and ready(*MEASURE, choose_threshold):
    model = results["semi-hard"][0]
    dev_distances = trial_distances(encode(faces.dev_x, model), dev_trials)
    tau = float(choose_threshold(dev_distances, dev_trials[2], THRESHOLDS, max_far=0.05))
    test_distances = trial_distances(encode(faces.test_x, model), test_trials)
    print(f"EER on the test set: pixels {pixel_eer:.1%},", end=" ")
    print(f"network {eer_of(model, faces.test_x, test_trials):.1%}")
    for name, threshold in [("chosen on the dev set", tau), ("the classic 0.7", 0.7)]:
        rates = error_rates(test_distances, test_trials[2], threshold)
        print(f"{name}: threshold {threshold:.3f}, FAR {rates[0]:.1%}, FRR {rates[1]:.1%}")

# %% tags=["nbval-ignore-output"]
if model is not None:
    figure, axes = plt.subplots(1, 3, figsize=(11.4, 3.6), layout="constrained")
    same_test = test_trials[2]
    bins = np.linspace(0, 2, 41)
    for ax, name, d in zip(
        axes, ("pixels", "network"), (pixel_distances, test_distances), strict=False
    ):
        ax.hist(d[~same_test], bins, density=True, color="0.75", label="two people")
        ax.hist(d[same_test], bins, density=True, histtype="step", lw=2, label="one person")
        ax.set(title=name, xlabel="distance", ylabel="share of trials, per unit", xlim=(0, 2))
    axes[1].axvline(tau, color="black", ls="--", label="chosen threshold")
    for name, d, style in [("pixels", pixel_distances, "--"), ("network", test_distances, "-")]:
        far, frr = roc_curve(d, same_test, THRESHOLDS)
        axes[2].plot(100 * far, 100 * (1 - frr), style, label=name)
    axes[2].plot([0, 100], [100, 0], ":", color="black", label="FAR = FRR")
    axes[2].set(title="ROC", xlabel="FAR, %", ylabel="friends let in, 100 − FRR, %")
    for ax, place in zip(axes, ("upper right", "upper right", "center right"), strict=True):
        ax.legend(fontsize=8, loc=place)
    plotting.show(
        figure,
        alt="Two histograms and a curve. For pixels the distances of one person and of two people "
        "overlap almost wholly. For the network those of one person lie mostly below those of two "
        "people, with the threshold between them. In the ROC the network's curve runs near the upper "
        "left corner, the one of pixels not far above the diagonal.",
    )

# %% [markdown]
# A threshold belongs to its network and to its purpose. The 0.7 that you find in many programs was chosen
# for another network. For ours it is one of many possible choices.
#
# **How far does this go?** FaceNet was trained with the same loss, the same margin and semi-hard triplets,
# but on 100 to 200 million pictures of about eight million people, and its encodings have 128 numbers.
# Of the pairs of *Labeled Faces in the Wild* it judges 99.63 % rightly. The idea carries far; a few hundred
# small drawings carry it as far as you see.

# %% [markdown]
# ## 8. At the door
#
# A picture is known by its **path**: `"test/203/0"` is picture 0 of person 203 of the test set. The path
# of a picture file of your own works as well. The model is the dictionary of its parameters.


# %%
def img_to_encoding(image_path, model):
    """Encode one picture.

    Parameters
    ----------
    image_path : str
        ``"test/203/0"`` for a drawn face, or the path of a picture file.
    model : dict of str to ndarray
        The parameters of the network.

    Returns
    -------
    ndarray of float, shape (1, n)
        The encoding, of length 1.
    """
    return encode(datasets.read_face(image_path), model)


# %%
database = {}
if model is not None:
    for name, person in [("Ada", 200), ("Bo", 204), ("Chen", 206), ("Dita", 208), ("Edo", 201)]:
        database[name] = img_to_encoding(f"test/{person}/0", model)
print("one picture each:", list(database))

# %% [markdown]
# ### Exercise 13: `verify`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Somebody stands at the door and says a name. Encode the picture, and measure its distance from the
# encoding that the database has for this name: the distance itself, with its root, not its square. The
# door opens if it is **less than 0.7**. Return the distance, and whether the door opens.
#
# What if the database does not hold the name at all? The classic version of this exercise stops with a
# `KeyError`. A real door should stay closed and go on working. If yours does, very good; if not, the check
# gives advice, and no points are lost.
#
# **The NumPy you need:** `np.linalg.norm(x)` is the length of `x`.


# %%
def verify(image_path, identity, database, model):
    """Check that a picture shows the person it is said to show.

    Parameters
    ----------
    image_path : str
        The picture.
    identity : str
        The name of the person.
    database : dict of str to ndarray of float, shape (1, n)
        One encoding for each name.
    model : dict of str to ndarray
        The network, for `img_to_encoding`.

    Returns
    -------
    dist : float
        The distance of the picture's encoding from that in the database.
    door_open : bool
        Whether it is less than 0.7.
    """
    ### START CODE HERE ### (≈ 3 lines)
    encoding = img_to_encoding(image_path, model)
    dist = float(np.linalg.norm(encoding - database.get(identity, np.inf)))
    door_open = dist < 0.7
    ### END CODE HERE ###
    return dist, door_open


# %%
check(verify)

# %% tags=["nbval-ignore-output"]
if database and ready(verify):
    for path, name in [("test/200/1", "Ada"), ("test/200/3", "Ada"), ("test/204/2", "Ada")]:
        dist, door_open = verify(path, name, database, model)
        print(f"{path} says: I am {name}. Distance {dist:.3f}, door open: {bool(door_open)}")

# %% [markdown]
# <details><summary>Hint</summary>
#
# One call of `img_to_encoding`, one `np.linalg.norm` of a difference, one comparison.
#
# </details>

# %% [markdown]
# ### Exercise 14: `who_is_it`
#
# **Difficulty** ●○○ · **8 minutes**
#
# Now nobody says a name. Compare the picture with everybody in the database, and return the smallest
# distance and the name that it belongs to. Return them in any case, even if nobody is near. (You may
# *print* that nobody is.)
#
# **The Python you need:** `for name, encoding in database.items():`


# %%
def who_is_it(image_path, database, model):
    """Find the person of a database who is nearest to a picture.

    Parameters
    ----------
    image_path : str
        The picture.
    database : dict of str to ndarray of float, shape (1, n)
        One encoding for each name, at least one.
    model : dict of str to ndarray
        The network, for `img_to_encoding`.

    Returns
    -------
    min_dist : float
        The smallest distance.
    identity : str
        The name it belongs to.
    """
    ### START CODE HERE ### (≈ 6 lines)
    encoding = img_to_encoding(image_path, model)
    min_dist, identity = np.inf, None
    for name, known in database.items():
        dist = float(np.linalg.norm(encoding - known))
        if dist < min_dist:
            min_dist, identity = dist, name
    ### END CODE HERE ###
    return min_dist, identity


# %%
check(who_is_it)

# %% tags=["nbval-ignore-output"]
if database and ready(who_is_it):
    for path in ("test/200/1", "test/204/2", "test/201/5", "test/230/0"):
        min_dist, identity = who_is_it(path, database, model)
        print(f"{path}: nearest is {identity}, at {min_dist:.3f}")

# %% [markdown]
# The last one is not in the database at all, and is given a name all the same.
#
# <details><summary>Hint</summary>
#
# Begin with a distance larger than any, and no name. In the loop, when somebody is nearer, keep both the
# distance and the name.
#
# </details>

# %% [markdown]
# ### Exercise 15: `identify`
#
# **Difficulty** ●●○ · **10 minutes**
#
# A better version. It is given an encoding. It knows **several pictures** of each person, a different
# number of each: the distance from a person is the *smallest* of the distances from their pictures. And it
# **refuses**: if the smallest distance of all is not below the threshold, the name is `None`.
#
# **By hand:** Ada has the encodings $(1, 0)$ and $(0, 1)$, Max has $(-1, 0)$. The picture has
# $(-0.6, 0.8)$. Ada: $\sqrt{2.56 + 0.64} \approx 1.789$ and $\sqrt{0.36 + 0.04} \approx 0.632$. Max:
# $\sqrt{0.16 + 0.64} \approx 0.894$. The smallest is 0.632, below 0.7: it is Ada.
#
# **The NumPy you need:** `np.linalg.norm(x, axis=1)` gives the length of each row.


# %%
def identify(encoding, gallery, threshold=0.7):
    """Find the person of a gallery whom an encoding belongs to, or refuse.

    Parameters
    ----------
    encoding : ndarray of float, shape (1, n)
        The encoding of a picture.
    gallery : dict of str to ndarray of float, shape (k, n)
        The encodings of each person's pictures; k may differ from person to person.
    threshold : float
        From this distance on, nobody is recognised.

    Returns
    -------
    min_dist : float
        The smallest distance from any encoding.
    identity : str or None
        Whose encoding it is; None if the distance is not below the threshold.
    """
    ### START CODE HERE ### (≈ 7 lines)
    min_dist, identity = np.inf, None
    for name, encodings in gallery.items():
        dist = np.min(np.linalg.norm(encodings - encoding, axis=1))
        if dist < min_dist:
            min_dist, identity = dist, name
    if min_dist >= threshold:
        identity = None
    ### END CODE HERE ###
    return min_dist, identity


# %%
check(identify)

# %%
if ready(identify):
    small_gallery = {"Ada": np.eye(2), "Max": np.array([[-1.0, 0.0]])}
    for row in ([[-0.6, 0.8]], [[0.0, -1.0]]):
        min_dist, identity = identify(np.array(row), small_gallery)
        print(f"{min_dist:.3f}", identity)

# %% [markdown]
# **Expected output**
#
# ```
# 0.632 Ada
# 1.414 None
# ```
#
# <details><summary>Hint</summary>
#
# As before, with one more minimum inside. The refusal comes last, after the loop.
#
# </details>

# %% [markdown]
# ### More people, more errors
#
# Now you can measure what section 2 computed. A gallery of $K$ people of the test set, everybody's other
# pictures at the door: how often is the nearest person the wrong one? Once with one picture of each
# person in the gallery, once with four. The dotted line is what `recognition_error` says: each of the
# $K - 1$ others is nearer than the right person with the same probability $\varepsilon$, measured over all
# pairs, and independently.

# %% tags=["nbval-ignore-output"]
if model is not None and ready(squared_distances, recognition_error, identify):
    E_test, who = encode(faces.test_x, model), faces.test_person
    names, sizes = np.unique(who), (2, 5, 10, 20, 40, 60)
    wrong = {1: [], 4: []}
    for pictures, shares in wrong.items():
        for K in sizes:
            failures, rng = [], np.random.default_rng(K)
            for _ in range(max(1, 200 // K)):
                some = rng.choice(names, K, replace=False)
                gallery = {str(p): E_test[who == p][:pictures] for p in some}
                guests = [(p, e) for p in some for e in E_test[who == p][4:, np.newaxis]]
                failures += [identify(e, gallery, threshold=np.inf)[1] != str(p) for p, e in guests]
            shares.append(100 * np.mean(failures))
    D = squared_distances(E_test[np.arange(480) % 8 >= 4], E_test[::8])  # 4 guests each, 60 people
    own = D[np.arange(240), np.arange(240) // 4][:, np.newaxis]
    epsilon = np.sum(own > D) / (240 * 59)
    print(f"somebody else is nearer: {epsilon:.2%} of all pairs")
    figure, ax = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
    for (pictures, shares), style in zip(wrong.items(), ("o-", "s--"), strict=True):
        ax.plot(sizes, shares, style, label=f"{pictures} picture{'s' * (pictures > 1)} of each")
        print(f"{pictures} of each:", " ".join(f"{share:5.1f}" for share in shares), "% wrong")
    independent = [100 * recognition_error(epsilon, K - 1) for K in range(2, 61)]
    ax.plot(range(2, 61), independent, ":", color="black", label="1 picture, if independent")
    ax.set(xlabel="people in the gallery, K", ylabel="wrong person, %", ylim=(0, None))
    ax.grid(alpha=0.3)
    ax.legend(loc="upper left")
    plotting.show(
        figure,
        alt="Share of visitors for whom the nearest person is the wrong one, against the number of "
        "people. It rises from nearly 0 to about a third with one picture of each, and to about a "
        "quarter with four. The line for independent comparisons lies above both.",
    )

# %% [markdown]
# The error grows with $K$, but not as fast as for independent comparisons. A picture in bad light is near
# to many wrong people at once: such errors come together, in few searches, and spare the others. And three
# more pictures of each person help a good deal. It is the cheapest improvement there is.

# %% [markdown]
# ### Strangers and a list
#
# That gallery held everybody who came. Now **strangers** come, whom nobody knows, and `identify` may refuse
# them. Half of the test people make the gallery, the others are the strangers. The threshold is the one from
# section 7, chosen for *one* comparison: about 5 % of the strangers may get in. Before you run it: how many
# strangers will be given somebody's name when the gallery holds 30 people?

# %% tags=["nbval-ignore-output"]
if model is not None and ready(recognition_error, identify):
    known, strangers = names[:30], E_test[np.isin(who, names[30:])][:, np.newaxis]
    draw, far_of_one = np.random.default_rng(0), 0.0

    def share_named(K, threshold):
        """Measure how many strangers are given a name from galleries of K people."""
        named = []
        for _ in range(60 // K):
            gallery = {str(p): E_test[who == p][:1] for p in draw.choice(known, K, replace=False)}
            named += [identify(e, gallery, threshold)[1] is not None for e in strangers]
        return np.mean(named)

    for K in (1, 2, 5, 10, 20, 30):
        named = share_named(K, tau)
        far_of_one = named if K == 1 else far_of_one
        print(f"K = {K:2}: {named:5.1%} of the strangers are given a name,", end=" ")
        print(f"{recognition_error(far_of_one, K):5.1%} if independent")
    strict = choose_threshold(dev_distances, dev_trials[2], THRESHOLDS, max_far=0.05 / 30)
    print(
        f"K = 30 at the threshold {strict:.3f}: {share_named(30, strict):.1%} are given a name,",
        end=" ",
    )
    print(
        f"and {error_rates(test_distances, test_trials[2], strict)[1]:.0%} of friends are rejected"
    )

# %% [markdown]
# This is where errors multiply: a door that lets in one stranger in thirty finds a name for every second one
# when it searches a list of thirty people. A search of $K$ people needs a threshold for a search: the last line
# allows each comparison a thirtieth of the false accepts. You see the price. **A threshold chosen for 1 : 1
# says nothing about 1 : K**, and the list of the police is longer than thirty.

# %% [markdown]
# ## 9. Verification as classification
#
# There is another way to train a Siamese network. Give the two encodings to a **logistic regression** that
# answers: one person, or two?
#
# $$ \hat{y} = \sigma\!\Big(\sum_{t=1}^{n} w_t\, \lvert f(x_1)_t - f(x_2)_t \rvert + b\Big). $$
#
# Each entry of the encoding gets a weight: what differs between pictures of one person anyway should count
# less. The absolute value makes the answer independent of which picture comes first. In DeepFace
# (2014) the gradient of this loss goes on into the topmost layers of the network, on both sides, and trains
# them as well. Here the network stays as the triplet loss has left it, and only $w$ and $b$ are learnt.
#
# ### Exercise 16: `pair_features`
#
# **Difficulty** ●○○ · **4 minutes**
#
# Make the input of the logistic regression of week 1: one **column** for each pair.
#
# **By hand:** the encodings $(0.5, 0.1)$ and $(0.1, 0.6)$ give the column $(0.4,\; 0.5)^T$.


# %%
def pair_features(E1, E2):
    """Make a column of features of each pair of encodings: how far apart they are, by entry.

    Parameters
    ----------
    E1, E2 : ndarray of float, shape (m, n)
        The encodings of the two pictures of each pair, one a row.

    Returns
    -------
    ndarray of float, shape (n, m)
        The absolute differences, one pair a column.
    """
    ### START CODE HERE ### (≈ 1 line)
    X = np.abs(E1 - E2).T
    ### END CODE HERE ###
    return X


# %%
check(pair_features)

# %%
if ready(pair_features):
    print(pair_features(np.array([[0.5, 0.1]]), np.array([[0.1, 0.6]])).tolist())

# %% [markdown]
# **Expected output**
#
# ```
# [[0.4], [0.5]]
# ```
#
# <details><summary>Hint</summary>
#
# Subtract, take the absolute value, transpose.
#
# </details>
#
# Now train it on the *dev* people, since the training people are too well known to the network, and
# compare it with a plain threshold on the distance. Both are judged by their EER on the test people, so
# that neither gains from a lucky threshold.

# %% tags=["nbval-ignore-output"]
if model is not None and ready(pair_features):

    def features_of(images, trials):
        E = encode(images, model)
        return pair_features(E[trials[0]], E[trials[1]])

    X_dev, Y_dev = features_of(faces.dev_x, dev_trials), dev_trials[2][np.newaxis].astype(int)
    params, _, costs = optimize(np.zeros((16, 1)), 0.0, X_dev, Y_dev, 1500, learning_rate=3.0)
    X_pairs = features_of(faces.test_x, test_trials)
    right = np.mean(predict(params["w"], params["b"], X_pairs)[0] == test_trials[2])
    scores = (params["w"].T @ X_pairs + params["b"])[0]
    grid = np.linspace(-scores.max(), -scores.min() + 1e-6, 401)
    eer_logistic = equal_error_rate(*roc_curve(-scores, test_trials[2], grid))
    print(f"cost {costs[0]:.3f} → {costs[-1]:.3f}, right on the test trials {right:.1%}")
    print("weights:", params["w"].ravel().round(1))
    print(f"EER: distance {eer_of(model, faces.test_x, test_trials):.1%},", end=" ")
    print(f"logistic regression {eer_logistic:.1%}")

# %% [markdown]
# Nearly all weights are negative, as they should be: a larger difference speaks against the same person.
# The two are about equally good here: the triplet loss has already made the plain distance meaningful.
#
# **Question.** Three quarters of the trials show two people. What share of right answers would you get by
# always saying "two people"? What does that say about "right on the test trials"?
#
# <details><summary>Answer</summary>
#
# 75 %. A share of right answers depends on how many trials of each kind there are. FAR and FRR do not.
#
# </details>

# %% [markdown]
# ## 10. For whom does it err?
#
# In our data, half of the people come from the **coast** and half from the **valley**. On the coast, hair
# and colours of skin and eyes vary widely. In the valley all have short dark hair, and much the same
# colours; people there tell each other apart by brows, nose, mouth and the places of the features. To us
# they may "all look alike". To each other, they do not.
#
# Now imagine that the pictures were collected on the coast: 80 people from there, and **8** from the
# valley. Whom will the network serve?
#
# ### Exercise 17: `rates_by_group`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Measure both error rates for each group by itself, at **one** threshold for all. `groups` says for each
# trial which group its people belong to. Return a dictionary: for each group, a pair of FAR and FRR.
#
# **By hand:** group 0 has distances 0.2 (one person) and 0.9 (two people), group 1 has 0.6 (one) and 0.5
# (two). At 0.7, group 0 has no errors, (0, 0). In group 1 the strangers get in: (1, 0).
#
# **The NumPy you need:** `np.unique(groups)` lists each group once. `groups == g` marks the trials of one.


# %%
def rates_by_group(distances, same, groups, threshold):
    """Measure the two error rates for each group of people by itself.

    Parameters
    ----------
    distances : ndarray of float, shape (m,)
        The distance of each pair of pictures.
    same : ndarray of bool, shape (m,)
        Whether the two show one person.
    groups : ndarray of int, shape (m,)
        The group of the people of each pair. Each group has pairs of both kinds.
    threshold : float
        Pairs nearer than this are accepted: the same for all groups.

    Returns
    -------
    dict of int to tuple of float
        For each group: the false-accept rate and the false-reject rate.
    """
    ### START CODE HERE ### (≈ 4 lines)
    rates = {}
    for group in np.unique(groups):
        mine = groups == group
        rates[int(group)] = error_rates(distances[mine], same[mine], threshold)
    ### END CODE HERE ###
    return rates


# %%
check(rates_by_group)

# %%
if ready(error_rates, rates_by_group):
    four, same_four = np.array([0.2, 0.9, 0.6, 0.5]), np.array([True, False, True, False])
    rates = rates_by_group(four, same_four, np.array([0, 0, 1, 1]), threshold=0.7)
    print({group: tuple(float(rate) for rate in pair) for group, pair in rates.items()})

# %% [markdown]
# **Expected output**
#
# ```
# {0: (0.0, 0.0), 1: (1.0, 0.0)}
# ```
#
# <details><summary>Hint</summary>
#
# One loop over the groups. A mask takes the group's distances, and the same mask its entries of `same`.
# Then `error_rates`.
#
# </details>
#
# The next cell trains a network on this collection. To see what the *mix* does, it trains another one on as
# many people, **44** from each place, in the same number of steps. The network of section 7, which has seen 80
# from each, makes the third. All are measured on trials *within* each group. The threshold of each network is
# chosen on the dev set, such that **10 % of the strangers get in, both groups taken together**. It is the same
# for both groups.


# %%
def trials_within(person, place, seed):
    """Make trials in which both pictures come from the same place; and say from which."""
    found = []
    for each in (0, 1):
        members = np.flatnonzero(place == each)
        first, second, same = make_trials(person[members], seed)
        found.append((members[first], members[second], same, np.full(len(same), each)))
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))


def train_on(coast, valley):
    """Train a network on so many people of either place."""
    people = [
        np.unique(faces.train_person[faces.train_place == place])[:count]
        for place, count in ((0, coast), (1, valley))
    ]
    chosen = np.isin(faces.train_person, np.concatenate(people))
    images, person = faces.train_x[chosen], faces.train_person[chosen]
    return train(images, person, semi_hard_triplets, epochs=40)[0]  # 200 steps of 80 people


def threshold_of(parameters, max_far):
    """Choose a threshold on trials within the two places of the dev set."""
    trials = trials_within(faces.dev_person, faces.dev_place, seed=4)
    distances = trial_distances(encode(faces.dev_x, parameters), trials)
    return choose_threshold(distances, trials[2], THRESHOLDS, max_far)


# %% tags=["nbval-ignore-output"]
by_place = {}
if model is not None and ready(semi_hard_triplets, choose_threshold, rates_by_group):
    trials = trials_within(faces.test_person, faces.test_place, seed=3)
    for coast, valley in ((80, 8), (44, 44), (80, 80)):
        parameters = model if valley == 80 else train_on(coast, valley)
        distances = trial_distances(encode(faces.test_x, parameters), trials)
        threshold = threshold_of(parameters, max_far=0.1)
        rates = rates_by_group(distances, trials[2], trials[3], threshold)
        by_place[f"{coast} from the coast, {valley} from the valley"] = rates
        for place, group in (("coast", 0), ("valley", 1)):
            far, frr = rates[group]
            print(
                f"trained with {coast} + {valley:2}: on the {place:6} FAR {far:5.1%}, FRR {frr:5.1%}"
            )

# %% tags=["nbval-ignore-output"]
if by_place:
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.4), layout="constrained", sharey=True)
    for ax, (name, rates) in zip(axes, by_place.items(), strict=True):
        for shift, kind, hatch in ((-0.2, 0, ""), (0.2, 1, "//")):
            heights = [100 * rates[group][kind] for group in (0, 1)]
            label = ("false accepts", "false rejects")[kind]
            bars = ax.bar(np.arange(2) + shift, heights, 0.38, hatch=hatch, ec="black", label=label)
            ax.bar_label(bars, fmt="%.0f")
        ax.set(title=name, xticks=(0, 1), ylabel="%")
        ax.set_xticklabels(["coast", "valley"])
        ax.margins(y=0.25)
        ax.legend(loc="upper left", ncols=2)
    plotting.show(
        figure,
        alt="Bars of both error rates for people from the coast and from the valley, for three "
        "networks. Trained with 80 from the coast and 8 from the valley, 1 % of strangers on the coast "
        "and nearly 20 % in the valley are accepted. With 44 from each, it is 5 % and 11 %. With 80 from "
        "each, 3 % and 9 %, and fewer friends are rejected than by the other two.",
    )

# %% [markdown]
# With 8 people from the valley in training, a stranger from the valley is let in more than ten times as often
# as one from the coast. "10 % of the strangers get in" was true on average, and for nobody in particular.
# The network has learnt what tells people of the *coast* apart, hair and colours, and that is of little use in
# the valley. Nobody intended this; it was in the data.
#
# The second network saw no more people than the first, only others. The gap shrinks to a factor between one
# and three: the **mix** decides how unequally the errors fall. The third saw nearly twice as many people as
# the second, in the same mix, and the gap is about as it was. In this run it errs less in both places; with
# other seeds it was sometimes no better. So here a better mix buys much, and more of the same buys little.
# Part of the gap stays, since people of the valley *are* more alike. Whether that is acceptable is a decision
# for people, not a property of the method.
#
# **This is not a made-up problem.** Tests of commercial systems by the American standards institute NIST
# in 2019 found false-accept rates for people of some origins ten to a hundred times those of others, and
# people have been arrested because of a wrong match. In 2018, the study *Gender Shades* measured three
# programs that tell women from men by their faces: on average all were right about nine times in ten, but
# they erred for less than 1 % of men with light skin and for up to 35 % of women with dark skin. So before
# a system is used:
#
# - **Measure by group**, both rates, at the threshold that will be used. An average hides those who are few.
# - **Ask who bears the error.** A false reject at a telephone is a nuisance. A false accept in a search of
#   suspects can take somebody's freedom. Remember that errors multiply with the number of people searched.
# - **Ask for consent.** A face is not a password: it can be taken from a distance, without your knowing,
#   and you cannot change it. Many data sets of faces were gathered from the web without asking anybody,
#   and several were withdrawn for that. In the European Union such data are specially protected.
# - **Ask whether to build it at all.** A key does not look at faces, either.
#
# **Question.** A colleague proposes a threshold of its own for each group, so that all have the same
# false-accept rate. What speaks for it, and what against?
#
# <details><summary>Answer</summary>
#
# It makes the rate of false accepts equal without new training, so nobody is less protected. But the
# false rejects then become unequal: the people of the valley stand in the rain more often, since the
# network still cannot tell them apart. It also has to know everybody's group, which is one more sensitive
# fact to collect and to get wrong. It treats the symptom. Better data treat the cause.
#
# </details>

# %% [markdown]
# ## Recap
#
# You can now
#
# 1. **tell 1 : 1 from 1 : K**: a search fails with probability $1 - (1 - \varepsilon)^K$, if comparisons
#    are independent;
# 2. **measure**: FAR and FRR, each a share of its own kind; the ROC; the EER; a threshold chosen on a dev
#    set;
# 3. **explain the Siamese network**: one network, two inputs, a distance; a new person costs one encoding;
# 4. **write the triplet loss and its gradient**, through the normalisation too;
# 5. **choose triplets**: random ones become easy, hard ones can collapse, semi-hard ones keep teaching;
# 6. **open a door, find a name, and refuse strangers**;
# 7. **classify pairs** by the absolute difference of their encodings;
# 8. **ask for whom it errs**, measure it, and tell the mix of the data from their amount.
#
# ## What to remember
#
# - Sum over the entries, maximum for each triplet, then sum over the triplets. The margin stands beside
#   the norms.
# - A loss on chosen triplets does not tell how good the network is. Measure on trials.
# - Evaluate on people who were not in training.
# - Thresholds belong to a network and a purpose. Choose them on a dev set. A search of $K$ people needs a
#   stricter one than a door.
# - One average can hide that a system fails for a whole group.
#
# **What comes next.** The second notebook of this week uses what is *inside* a network: to paint a photograph in the
# style of another picture.
#
# ## Stretch exercises
#
# 1. **The margin.** Train with $\alpha$ = 0.05, 0.2 and 1. What happens to the number of semi-hard
#    triplets, and to the EER?
# 2. **Out of the trap.** Train with hard triplets that begin after 50 steps of semi-hard ones. Do they
#    still collapse?
# 3. **χ² similarity.** Use $(f_1 - f_2)^2 / (\lvert f_1\rvert + \lvert f_2\rvert)$, as DeepFace did, for
#    the features of exercise 16. Is it better?
# 4. **Fewer pictures, more people.** Train on 40 people with 8 pictures, and on 80 people with 4. Which is
#    better for new people, and why?
# 5. **How sure are you?** The test set has 60 people. Draw 60 of them with replacement, many times, and
#    compute the EER each time. How far does it vary?
#
# ## References
#
# - J. Bromley, I. Guyon, Y. LeCun, E. Säckinger, R. Shah: *Signature verification using a "Siamese" time
#   delay neural network*. NIPS, 1993.
# - Y. Taigman, M. Yang, M. Ranzato, L. Wolf: *DeepFace: closing the gap to human-level performance in
#   face verification*. CVPR, 2014.
# - F. Schroff, D. Kalenichenko, J. Philbin: *FaceNet: a unified embedding for face recognition and
#   clustering*. CVPR, 2015.
# - A. Hermans, L. Beyer, B. Leibe: *In defense of the triplet loss for person re-identification*.
#   arXiv:1703.07737, 2017.
# - J. Buolamwini, T. Gebru: *Gender shades: intersectional accuracy disparities in commercial gender
#   classification*. FAT*, 2018.
# - P. Grother, M. Ngan, K. Hanaoka: *Face recognition vendor test, part 3: demographic effects*. NISTIR
#   8280, 2019.
# - G. B. Huang, M. Ramesh, T. Berg, E. Learned-Miller: *Labeled faces in the wild*. Technical report
#   07-49, University of Massachusetts, Amherst, 2007.
