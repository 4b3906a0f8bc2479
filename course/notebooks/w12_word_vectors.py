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
# # Word vectors: meaning as geometry
#
# A network computes with numbers, and a text is made of words. So each word has to become numbers.
# The first idea is to number the words and to write a 1 in the word's place. Then *cat* is as far from
# *kitten* as from *Tuesday*: such columns hold names, and no meaning.
#
# The better idea is to give each word some fifty numbers, and to *learn* them from texts. Words that
# keep the same company get similar numbers. Then meaning becomes geometry: similar words lie in similar
# directions, the step from *man* to *woman* is nearly that from *king* to *queen*, and a classifier
# understands words that it never saw in training. Prejudices of the text become geometry as well. You
# will measure them, and take out what can be taken out.
#
# The next notebook shows how such vectors are learnt. Here they are given.
#
# ## What you will learn
#
# After this notebook you can
#
# 1. write words as one-hot columns, say what these do not know, and look vectors up instead;
# 2. carry a gradient back through a look-up;
# 3. compare words by the angle of their vectors, find neighbours, and complete analogies;
# 4. draw vectors in the plane by principal components, and read a t-SNE map with care;
# 5. find a direction of bias, neutralise and equalise words, and measure what stays;
# 6. classify sentences by averaged vectors, and say what that buys and what it loses.
#
# ## Before you start
#
# You need softmax regression (week 6), and from week 1 dot products and lengths of vectors. From Python
# you need dictionaries, and `lower()` and `split()` of texts.
#
# **Time:** about 180 minutes. There are 15 exercises. Each one says how hard it is (●○○ to ●●●)
# and how many minutes it usually takes.
#
# **How it works:** write your code between the two marker lines, run the cell, then run the
# `check(...)` below it. Cells that use your functions wait until these have passed their checks.
# *Run All* stops at the first check that does not pass: that is where you go on. Hints and answers
# are folded away: think first, then click on the triangle.

# %% [markdown]
# ## 1. Set-up and the vectors

# %%
import numpy as np
import matplotlib.pyplot as plt

from helpers import corpora, plotting, softmax_regression, vector_files, word_data
from helpers.checking import checks_for, ready
from helpers.softmax_regression import cross_entropy, one_hot, softmax, softmax_gradients

check = checks_for("w12_word_vectors")
plt.rcParams["figure.dpi"] = 80

# %%
words, vectors = corpora.load_word_vectors()
corpus = corpora.load_corpus()
word_to_vec_map = dict(zip(words, vectors, strict=True))
print(len(words), "words,", vectors.shape[1], "numbers each")
for sentence in corpus.sentences[:4]:
    print("  ", sentence)

# %% [markdown]
# The vectors were learnt from a text of 202,000 words. That text was *generated*: nobody wrote it, and
# some of its sentences are odd. In return we know exactly what is in it. It speaks of kings and queens,
# countries and capitals, animals, food and feelings, and of 32 professions, some with *he* and some with
# *she*. So we can count what the vectors have understood, and what they have picked up by accident.
#
# `word_to_vec_map` is a dictionary: it gives each word's vector, an array of shape `(50,)`.

# %% [markdown]
# ## 2. Words as columns
#
# ### Exercise 1: `words_to_one_hot`
#
# **Difficulty** ●●○ · **8 minutes**
#
# A **vocabulary** gives each word a number, its place. The **one-hot** column of a word has a 1 in that
# place, and 0 elsewhere:
#
# $$ o_w \in \mathbb{R}^{n_{words}}, \qquad (o_w)_k = \begin{cases} 1 & k = \text{place of } w \\ 0 & \text{else.} \end{cases} $$
#
# No vocabulary has all words. The usual way out is one more entry, written `<unk>`, for every word that
# is *unknown*.
#
# **By hand:** the places are milk 0, tea 1, `<unk>` 2. The words *tea* and *gin* become
#
# $$ \begin{pmatrix} 0 & 0 \\ 1 & 0 \\ 0 & 1 \end{pmatrix}. $$
#
# **The Python you need:** `enumerate(words)` gives pairs of a number and a word. `places.get(word, k)` is
# `places[word]` if there is one, and else `k`.


# %%
def words_to_one_hot(words, word_to_index):
    """Write each word as a column with a single 1.

    Parameters
    ----------
    words : list of str
        The words, m of them.
    word_to_index : dict of str to int
        The place of each word of the vocabulary, from 0 to n_words - 1. One of its words is
        "<unk>", which stands for all words that the vocabulary lacks.

    Returns
    -------
    ndarray of float, shape (n_words, m)
        1 in row k of column i where word i has place k, and 0 elsewhere.
    """
    ### START CODE HERE ### (≈ 4 lines)
    one_hot_columns = np.zeros((len(word_to_index), len(words)))
    for i, word in enumerate(words):
        k = word_to_index.get(word, word_to_index["<unk>"])
        one_hot_columns[k, i] = 1
    ### END CODE HERE ###
    return one_hot_columns


# %%
check(words_to_one_hot)

# %%
if ready(words_to_one_hot):
    print(words_to_one_hot(["tea", "gin"], {"milk": 0, "tea": 1, "<unk>": 2}))

# %% [markdown]
# **Expected output**
#
# ```
# [[0. 0.]
#  [1. 0.]
#  [0. 1.]]
# ```
#
# <details><summary>Hint</summary>
#
# Begin with zeros of shape (number of places, number of words). Then go through the words: word number
# `i` sets the entry in its row, and in column `i`, to 1.
#
# </details>
#
# What do such columns know? Compare all pairs of words, once by their distance and once by their dot
# product:

# %%
if ready(words_to_one_hot):
    some = ["dog", "puppy", "cat", "paris", "happy"]
    columns = words_to_one_hot(some, {word: k for k, word in enumerate([*words, "<unk>"])})
    apart = columns[:, :, np.newaxis] - columns[:, np.newaxis, :]
    print("one-hot columns:", columns.shape)
    print("distances:\n", np.linalg.norm(apart, axis=0).round(3))
    print("dot products:\n", (columns.T @ columns).astype(int))

# %% [markdown]
# All words are equally far from each other: $\sqrt 2$. All are at right angles. What a network learns
# about *dog* tells it nothing about *puppy*.
#
# ### Exercise 2: `embed`
#
# **Difficulty** ●○○ · **5 minutes**
#
# Put the vectors of all words side by side, as the columns of an **embedding matrix** $E$ of shape
# $(n, n_{words})$. Then a one-hot column picks its word's vector:
#
# $$ E\, o_w = \sum_k E_{:,k}\, (o_w)_k = E_{:,\,\text{place of } w} = e_w. $$
#
# All terms of the sum but one are zero. So nobody multiplies: one looks the column up.
#
# **By hand:** with $E = \begin{pmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{pmatrix}$ and the places 2 and 0, the
# result is $\begin{pmatrix} 3 & 1 \\ 6 & 4 \end{pmatrix}$.
#
# **The NumPy you need:** a list in square brackets takes several rows at once, in its order:
# `A[[4, 0, 4]]` has rows 4, 0 and 4 of `A`. After a comma it does the same with columns.


# %%
def embed(E, indices):
    """Look the vectors of words up: what E times their one-hot columns is.

    Parameters
    ----------
    E : ndarray, shape (n, n_words)
        The embedding matrix, one word a column.
    indices : list or ndarray of int
        The places of m words. A word may come more than once.

    Returns
    -------
    ndarray, shape (n, m)
        The columns of E at these places, in their order.
    """
    ### START CODE HERE ### (≈ 1 line)
    X = E[:, indices]
    ### END CODE HERE ###
    return X


# %%
check(embed)

# %%
if ready(words_to_one_hot, embed):
    print(embed(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), [2, 0]))
    word_to_index = {word: k for k, word in enumerate([*words, "<unk>"])}
    E = np.column_stack([vectors.T, np.zeros(50)])  # the unknown word: no direction
    text = ["the", "king", "likes", "his", "tea"]
    looked_up = embed(E, [word_to_index.get(word, word_to_index["<unk>"]) for word in text])
    multiplied = E @ words_to_one_hot(text, word_to_index)
    print("equal:", np.allclose(looked_up, multiplied), looked_up.shape)
    print(f"{E.size * len(text)} products, or {looked_up.size} numbers copied")

# %% [markdown]
# **Expected output**
#
# ```
# [[3. 1.]
#  [6. 4.]]
# equal: True (50, 5)
# 194250 products, or 250 numbers copied
# ```
#
# <details><summary>Hint</summary>
#
# `E[:, indices]`: all rows, and the columns that the list names.
#
# </details>
#
# ### Exercise 3: `embed_backward`
#
# **Difficulty** ●●○ · **10 minutes**
#
# $E$ is learnt like any other weights, so the gradient has to come back through the look-up. Write it as
# the product that it is, $X = E\,O$, with the one-hot columns $O$. For a product we know the way back
# (week 3):
#
# $$ dE = dX\, O^T, \qquad dE_{:,k} = \sum_{i=1}^{m} dX_{:,i}\; O_{k,i} = \sum_{i\,:\; \text{place}_i = k} dX_{:,i}. $$
#
# In words: column $k$ of $dE$ collects the gradients of all places where word $k$ was used. A word that
# was not used gets zero. A word that was used three times gets the **sum** of three gradients. That is
# the rule from week 8: what is used many times adds its gradients up.
#
# **By hand:** $n = 1$, four words in the vocabulary, places $(2, 0, 2)$, and
# $dX = (1\;\; 10\;\; 100)$. Then $dE = (10\;\;\; 0\;\;\; 101\;\;\; 0)$.
#
# **The NumPy you need:** beware of `dE[:, indices] += dX`. Where a place comes twice, NumPy adds only
# once. A loop over the words is right; so is `np.add.at`.


# %%
def embed_backward(dX, indices, n_words):
    """Carry the gradient of the cost back through embed.

    Parameters
    ----------
    dX : ndarray of float, shape (n, m)
        The gradient with respect to what embed returned.
    indices : list of int
        The places of the m words. A word may come more than once.
    n_words : int
        The number of words in the vocabulary.

    Returns
    -------
    ndarray of float, shape (n, n_words)
        The gradient with respect to E.
    """
    ### START CODE HERE ### (≈ 3 lines)
    dE = np.zeros((dX.shape[0], n_words))
    for i, k in enumerate(indices):
        dE[:, k] += dX[:, i]
    ### END CODE HERE ###
    return dE


# %%
check(embed_backward)

# %%
if ready(embed_backward):
    print(embed_backward(np.array([[1.0, 10.0, 100.0]]), [2, 0, 2], 4))

# %% [markdown]
# **Expected output**
#
# ```
# [[ 10.   0. 101.   0.]]
# ```
#
# <details><summary>Hint</summary>
#
# Zeros of the shape of $E$. Then, for each word of the list, add its column of `dX` to the column of
# `dE` from which its vector came.
#
# </details>
#
# **Question.** A vocabulary of 100,000 words, a sentence of ten. How many columns of $dE$ are not zero?
# What does that mean for training?
#
# <details><summary>Answer</summary>
#
# At most ten. It would be a waste to write down all of $dE$ and to change all of $E$ in each step.
# Programs for word vectors update only the columns of the words that were used: you will do that in the
# next notebook.
#
# </details>

# %% [markdown]
# ## 3. Similar words
#
# ### Exercise 4: `cosine_similarity`
#
# **Difficulty** ●○○ · **6 minutes**
#
# How alike are two vectors? Their distance is one answer. But frequent words tend to have other lengths
# than rare ones, and the length says little about the meaning. So we compare **directions**, by the
# cosine of the angle between the two arrows:
#
# $$ \cos(u, v) = \frac{u \cdot v}{\lVert u \rVert\, \lVert v \rVert}
#    = \frac{\sum_i u_i v_i}{\sqrt{\sum_i u_i^2}\;\sqrt{\sum_i v_i^2}}. $$
#
# It is 1 for the same direction, 0 for right angles, and −1 for opposite directions. This formula is the
# law of cosines in disguise: $\lVert u - v \rVert^2 = \lVert u \rVert^2 + \lVert v \rVert^2 - 2\, u \cdot v$,
# and in a triangle the last term is $2 \lVert u \rVert \lVert v \rVert$ times the cosine of the angle.
#
# **By hand:** $u = (3, 4)$ has length 5, and $v = (0, 2)$ has length 2. Their dot product is 8. So the
# cosine is $8 / 10 = 0.8$.
#
# **The NumPy you need:** `np.dot(u, v)`, and `np.linalg.norm(u)` for the length.


# %%
def cosine_similarity(u, v):
    """Compute the cosine of the angle between two vectors.

    Parameters
    ----------
    u, v : ndarray, shape (n,)
        The vectors.

    Returns
    -------
    float
        From -1 (opposite directions) to 1 (the same direction).
    """
    ### START CODE HERE ### (≈ 2 lines)
    lengths = np.linalg.norm(u) * np.linalg.norm(v)
    similarity = np.dot(u, v) / lengths if lengths > 0 else 0.0
    ### END CODE HERE ###
    return similarity


# %%
check(cosine_similarity)

# %%
if ready(cosine_similarity):
    print(round(float(cosine_similarity(np.array([3.0, 4.0]), np.array([0.0, 2.0]))), 3))
    for a, b in [("dog", "puppy"), ("dog", "cat"), ("dog", "paris"), ("paris", "france")]:
        similarity = cosine_similarity(word_to_vec_map[a], word_to_vec_map[b])
        print(f"{a} and {b}: {similarity:.2f}")
    france_paris = word_to_vec_map["france"] - word_to_vec_map["paris"]
    rome_italy = word_to_vec_map["rome"] - word_to_vec_map["italy"]
    print(f"france - paris and rome - italy: {cosine_similarity(france_paris, rome_italy):.2f}")

# %% [markdown]
# **Expected output**
#
# ```
# 0.8
# dog and puppy: 0.66
# dog and cat: 0.62
# dog and paris: -0.04
# paris and france: 0.72
# france - paris and rome - italy: -0.69
# ```
#
# <details><summary>Hint</summary>
#
# One dot product, divided by the product of two lengths.
#
# </details>
#
# **Question.** Why is the last number negative?
#
# <details><summary>Answer</summary>
#
# One difference goes from the capital to the country, the other from the country to the capital. The two
# steps are nearly parallel, but point in opposite directions.
#
# </details>
#
# ### Exercise 5: `nearest_neighbours`
#
# **Difficulty** ●●○ · **10 minutes**
#
# Which words are most similar to a given one? Compute the similarity to every other word, and take the
# $k$ largest. The word itself would always win, with a cosine of 1: leave it out.
#
# **By hand:** *red* is $(1, 0)$, *green* $(1, 1)$, *blue* $(-1, 1)$ and *pink* $(5, 1)$. The cosines with
# *red* are $0.71$, $-0.71$ and $0.98$. So the two nearest neighbours of *red* are *pink* and *green*, though
# *green* is the closer point: the direction decides.
#
# **The Python you need:** `d.items()` gives the pairs of a dictionary. `sorted(names, key=f, reverse=True)`
# sorts by what the function `f` makes of each name, the largest first; for a dictionary of numbers,
# `key=d.get` will do.


# %%
def nearest_neighbours(word, word_to_vec_map, k=5):
    """List the words whose vectors point most nearly in the direction of a word's vector.

    Parameters
    ----------
    word : str
        The word, in upper or lower case.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors of lower-case words.
    k : int
        How many words to list.

    Returns
    -------
    list of str
        The k words of largest cosine similarity, the most similar first, without the word
        itself.
    """
    word = word.lower()
    ### START CODE HERE ### (≈ 5 lines)
    similarity = {}
    for other, vector in word_to_vec_map.items():
        if other != word:
            similarity[other] = cosine_similarity(word_to_vec_map[word], vector)
    neighbours = sorted(similarity, key=similarity.get, reverse=True)[:k]
    ### END CODE HERE ###
    return neighbours


# %%
check(nearest_neighbours)

# %%
if ready(cosine_similarity, nearest_neighbours):
    colours = {"red": [1, 0], "green": [1, 1], "blue": [-1, 1], "pink": [5, 1]}
    print(nearest_neighbours("Red", {w: np.array(v) for w, v in colours.items()}, k=2))
    for word in ["dog", "happy", "bigger", "football", "bread", "nurse"]:
        print(f"{word}:", ", ".join(nearest_neighbours(word, word_to_vec_map)))

# %% [markdown]
# **Expected output**
#
# ```
# ['pink', 'green']
# dog: cow, puppy, horse, pig, cat
# happy: merry, wonderful, great, joyful, delighted
# bigger: longer, biggest, louder, older, elephant
# football: ball, baseball, match, game, stadium
# bread: pizza, cheese, cake, food, dinner
# nurse: doctor, salon, hairdresser, barn, designer
# ```
#
# <details><summary>Hint</summary>
#
# Fill a dictionary with the similarity of each other word, sort its keys by their values, and keep the
# first `k`.
#
# </details>
#
# Nobody told the vectors what an animal or a dish is. They were learnt from which words stand near which.
#
# **Question.** *Happy* and *sad* are opposites. Would you expect their vectors to point in opposite
# directions?
#
# <details><summary>Answer</summary>
#
# No. They keep nearly the same company: *I am so …*, *you look … today*. Here their cosine is 0.56. What
# the vectors learn is which words can stand in the same places, and that is not the same as meaning the
# same.
#
# </details>
#
# ### Exercise 6: `complete_analogy`
#
# **Difficulty** ●●○ · **12 minutes**
#
# *Man is to woman as king is to …?* If meaning is geometry, the step from *king* to the answer $w$ should
# point as the step from *man* to *woman* does:
#
# $$ e_{woman} - e_{man} \;\approx\; e_w - e_{king}. $$
#
# So take the word for which the two steps are most alike:
#
# $$ w^* = \arg\max_{w \,\notin\, \{a, b, c\}} \; \cos(e_b - e_a,\; e_w - e_c). $$
#
# The three given words are skipped. Only the *directions* of the steps are compared: their lengths may
# differ.
#
# **By hand:** *man* $(1, 0)$, *woman* $(1, 2)$, *king* $(5, 1)$, *queen* $(5, 2)$, *tea* $(-3, 0)$. The first
# step is $(0, 2)$. From *king* it is $(0, 1)$ to *queen*, with cosine 1, and $(-8, -1)$ to *tea*, with cosine
# $-0.12$. The answer is *queen*.
#
# **The Python you need:** go through the words, and keep the best one so far together with its similarity.
# A cosine is never below −1: a good number to start from is −100, or `-np.inf`.


# %%
def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    """Find the word that is to c as b is to a.

    Parameters
    ----------
    word_a, word_b, word_c : str
        Three words, in upper or lower case.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors of lower-case words.

    Returns
    -------
    str
        The word w, none of the three, for which the step e_w - e_c points most nearly in the
        direction of the step e_b - e_a.
    """
    word_a, word_b, word_c = word_a.lower(), word_b.lower(), word_c.lower()
    ### START CODE HERE ### (≈ 9 lines)
    step = word_to_vec_map[word_b] - word_to_vec_map[word_a]
    best_word, best = None, -np.inf
    for word, vector in word_to_vec_map.items():
        if word in (word_a, word_b, word_c):
            continue
        similarity = cosine_similarity(step, vector - word_to_vec_map[word_c])
        if similarity > best:
            best_word, best = word, similarity
    ### END CODE HERE ###
    return best_word


# %%
check(complete_analogy)

# %%
if ready(cosine_similarity, complete_analogy):
    for a, b, c in [
        ("man", "woman", "king"),
        ("france", "paris", "japan"),
        ("big", "bigger", "cold"),
        ("dog", "puppy", "horse"),
        ("apple", "apples", "car"),
        ("paint", "painted", "sing"),
    ]:
        print(f"{a} : {b} = {c} : {complete_analogy(a, b, c, word_to_vec_map)}")

# %% [markdown]
# **Expected output**
#
# ```
# man : woman = king : queen
# france : paris = japan : tokyo
# big : bigger = cold : colder
# dog : puppy = horse : foal
# apple : apples = car : cars
# paint : painted = sing : sang
# ```
#
# <details><summary>Hint</summary>
#
# Compute $e_b - e_a$ once, before the loop. In the loop, skip the three given words with `continue`. If the
# similarity is larger than the best so far, remember both it and the word.
#
# </details>
#
# Does it always work? Nine relations are planted in the text. For each, take forty analogies at random,
# and count the right ones. There is another formula: many programs take the word that is nearest to the
# point $e_c + e_b - e_a$. It asks *where* the step ends, ours only *which way* it goes. Count that, too:


# %%
def nearest_to_the_sum(word_a, word_b, word_c):
    """Find the word whose vector has the largest cosine with e_c + e_b - e_a."""
    a, b, c = (word_to_vec_map[word] for word in (word_a, word_b, word_c))
    similarities = vectors @ (c + b - a) / np.linalg.norm(vectors, axis=1)
    for word in (word_a, word_b, word_c):
        similarities[words.index(word)] = -np.inf
    return words[int(np.argmax(similarities))]


# %%
if ready(cosine_similarity, complete_analogy):
    rng = np.random.default_rng(1)
    counts = np.zeros(2, dtype=int)
    for relation, pairs in corpus.relations.items():
        right = np.zeros(2, dtype=int)
        for _ in range(40):
            first, second = rng.choice(len(pairs), 2, replace=False)
            (a, b), (c, d) = pairs[first], pairs[second]
            right += [
                complete_analogy(a, b, c, word_to_vec_map) == d,
                nearest_to_the_sum(a, b, c) == d,
            ]
        print(f"{relation:13} which way: {right[0]} of 40   where: {right[1]} of 40")
        counts += right
    print(
        f"in all        which way: {counts[0] / 3.6:.0f} %         where: {counts[1] / 3.6:.0f} %"
    )

# %% [markdown]
# Nearly nine in ten by *which way*, and all but a few by *where*: this text was made for it. Vectors that were
# learnt from real texts are less obliging. Their first authors report almost 40 % for analogies of grammar,
# the authors of GloVe 75 % in all. Two things to keep in mind when you read of analogies:
#
# - **The given words are skipped.** Without that, in most real vectors the best word for *man : doctor =
#   woman : ?* is often *doctor* itself. A surprising answer may come from the rule that forbids the
#   unsurprising one.
# - **There are several formulas,** and they differ. The difference of two vectors that lie close together is
#   mostly noise, and so is its direction: *which way* fails where *where* still finds the word. Say which
#   one you used.

# %% [markdown]
# ## 4. Seeing fifty dimensions
#
# ### Exercise 7: `principal_components`
#
# **Difficulty** ●●● · **18 minutes**
#
# A screen has two dimensions. Which two of the infinitely many directions should we look along? Those in
# which the points differ most: the **principal components**.
#
# Let the points be the columns of $X$, and $\bar x$ their mean. Seen along a direction $u$ of length 1,
# point $i$ is at $u^T (x_i - \bar x)$. The variance of these numbers is
#
# $$ \frac1m \sum_i \left(u^T (x_i - \bar x)\right)^2 = u^T C u, \qquad C = \frac1m X_c X_c^T, $$
#
# with the centred points $X_c = X - \bar x$. To make it as large as possible while $u^T u = 1$, set the
# gradient of $u^T C u - \lambda\,(u^T u - 1)$ to zero:
#
# $$ 2 C u - 2 \lambda u = 0 \quad\Longrightarrow\quad C u = \lambda u. $$
#
# So $u$ is an eigenvector of $C$, and the variance along it is $u^T C u = \lambda$: the best direction
# belongs to the largest eigenvalue, the next one, at right angles to it, to the second largest.
#
# The **singular value decomposition** $X_c = U S V^T$ gives all of them at once. The columns of $U$ are at
# right angles and of length 1, and so are those of $V$; $S$ is diagonal, with the largest number first.
# Hence
#
# $$ C = \frac1m\, U S V^T V S U^T = U\, \frac{S^2}{m}\, U^T : $$
#
# the directions are the columns of $U$, and their variances $s_j^2 / m$. The **share** of direction $j$ in
# the whole variance is $s_j^2 / \sum_i s_i^2$.
#
# One thing is left open: with $u$, $-u$ is an eigenvector, too. A direction has no front and back. So that
# results can be compared, we agree on a sign: **of each direction, the number that is largest without its
# sign shall be positive.**
#
# **By hand:** the points $(1, 2)$, $(5, 2)$, $(3, 1)$, $(3, 3)$ have the mean $(3, 2)$. Centred, they are
# $(-2, 0)$, $(2, 0)$, $(0, -1)$, $(0, 1)$. The variance is $8/4 = 2$ to the right, and $2/4 = 0.5$ upwards.
# So the first component is $(1, 0)$, with a share of $2 / 2.5 = 0.8$.
#
# **The NumPy you need:** `U, S, Vt = np.linalg.svd(A, full_matrices=False)`; `S` is an array of the
# diagonal. `np.argmax(np.abs(U), axis=0)` finds the row of the largest entry in each column, and
# `U[rows, np.arange(k)]` takes one entry from each of `k` columns.


# %%
def principal_components(X, k):
    """Find the k directions in which points vary most.

    Parameters
    ----------
    X : ndarray of float, shape (n, m)
        One point per column.
    k : int
        How many directions.

    Returns
    -------
    components : ndarray of float, shape (n, k)
        One direction per column: of length 1, at right angles to each other, the one of
        largest variance first. Of each, the number that is largest without its sign is
        positive.
    shares : ndarray of float, shape (k,)
        Their shares of the whole variance.
    """
    ### START CODE HERE ### (≈ 6 lines)
    centred = X - np.mean(X, axis=1, keepdims=True)
    U, S, Vt = np.linalg.svd(centred, full_matrices=False)
    components = U[:, :k]
    largest = np.argmax(np.abs(components), axis=0)
    components = components * np.sign(components[largest, np.arange(k)])
    shares = S[:k] ** 2 / np.sum(S**2)
    ### END CODE HERE ###
    return components, shares


# %%
check(principal_components)

# %%
if ready(principal_components):
    points = np.array([[1.0, 5.0, 3.0, 3.0], [2.0, 2.0, 1.0, 3.0]])
    components, shares = principal_components(points, 1)
    print(np.abs(components.round(3)).tolist(), shares.round(3))

# %% [markdown]
# **Expected output**
#
# ```
# [[1.0], [0.0]] [0.8]
# ```
#
# <details><summary>Hint</summary>
#
# Subtract the mean point from each column (`axis=1, keepdims=True`). Decompose. Keep the first `k` columns
# of `U`, and multiply each with the sign of its entry that is largest without sign. The shares need the
# squares of *all* singular values.
#
# </details>
#
# Now look at countries and capitals. The picture shows each word at
# $\left(u_1^T (e - \bar e),\; u_2^T (e - \bar e)\right)$.


# %%
def flattened(X, k=2):
    """Project points (n, m) on their first k components; give the shares as well."""
    components, shares = principal_components(X, k)
    return components.T @ (X - np.mean(X, axis=1, keepdims=True)), shares


# %% tags=["nbval-ignore-output"]
if ready(principal_components):
    figure, axes = plt.subplots(1, 2, figsize=(11.4, 4.8), layout="constrained")
    shown = {"capital": (0, 5, 6, 7, 8, 12, 15, 16), "gender": (0, 1, 2, 3, 5, 6, 7, 9)}
    for ax, (relation, chosen) in zip(axes, shown.items(), strict=True):
        pairs = [corpus.relations[relation][k] for k in chosen]
        names = [word for pair in pairs for word in pair]
        Z, shares = flattened(np.column_stack([word_to_vec_map[word] for word in names]))
        for k in range(len(pairs)):
            ax.plot(*Z[:, 2 * k : 2 * k + 2], color="grey", lw=1, zorder=0)
        ax.scatter(*Z[:, 0::2], marker="o", color="tab:blue", label="first of the pair")
        ax.scatter(*Z[:, 1::2], marker="^", color="tab:orange", label="second of the pair")
        for word, (x, y) in zip(names, Z.T, strict=True):
            ax.annotate(word, (x, y), (3, 3), textcoords="offset points", size=8)
        ax.set(title=f"{relation}: {100 * np.sum(shares):.0f} % of the variance")
        ax.set(xlabel="first component", ylabel="second component")
        ax.margins(x=0.18)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    plotting.show(
        figure,
        alt="Two maps by principal components, with a line from each word to its partner. On the "
        "left eight countries and their capitals, on the right eight words for men and for women. In "
        "both, the lines run nearly parallel.",
    )

# %% [markdown]
# The lines are nearly parallel: these are the steps that `complete_analogy` compares. A plane shows only a
# part of the variance, so two words that overlap in the picture need not be near each other.
#
# ### The other map: t-SNE
#
# Principal components keep the large distances as well as a *flat* picture can. Often one would rather
# see who is **next to** whom. **t-SNE** gives up on straight lines. It turns the distances from each point
# to all others into probabilities of being neighbours, in the fifty dimensions and in the plane, and moves
# the points in the plane downhill until both are as alike as possible. A number called **perplexity** says
# roughly how many neighbours each point looks at.
#
# You need not write it: scikit-learn has it. With the points as the columns of `X`, a map is
#
#     from sklearn.manifold import TSNE
#     Z = TSNE(perplexity=30, init="random", random_state=0).fit_transform(X.T).T
#
# Its search takes a while, begins at random places and ends elsewhere on another machine. So we have stored
# some maps that it drew, and you need no scikit-learn here. These are words of nine groups, in both ways:

# %% tags=["nbval-ignore-output"]
drawn = word_data.load_word_maps()
groups = list(dict.fromkeys(drawn.groups))
MARKERS = "o^sDvPX*<"


def draw_groups(ax, Z):
    """Draw the words of each group with a marker of its own."""
    belongs = np.array(drawn.groups)
    for marker, group in zip(MARKERS, groups, strict=True):
        ax.scatter(*Z[:, belongs == group], marker=marker, s=26, label=group, alpha=0.8)
    ax.set(xticks=[], yticks=[])


# %% tags=["nbval-ignore-output"]
X_drawn = np.column_stack([word_to_vec_map[word] for word in drawn.words])
if ready(principal_components):
    Z, shares = flattened(X_drawn)
    figure, axes = plt.subplots(1, 2, figsize=(11.4, 5), layout="constrained")
    draw_groups(axes[0], Z)
    axes[0].set(title=f"principal components ({100 * np.sum(shares):.0f} % of the variance)")
    draw_groups(axes[1], drawn.maps["words 30"])
    axes[1].set(title="t-SNE, perplexity 30")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=9)
    plotting.show(
        figure,
        alt="The same words of nine groups in two maps. With principal components men and women, "
        "countries and capitals, and sports and sorrow overlap. With t-SNE, each group is a clump of "
        "its own, but men and women share one.",
    )

# %% [markdown]
# The map on the right looks much better. Is it? Count: for how many words is the nearest neighbour in fifty
# dimensions among the three nearest in the map? Of t-SNE we have three maps: two that began at other
# places, and one with a smaller perplexity.


# %%
def nearest_kept(X, Z, among=3):
    """Count how often a point's nearest neighbour in X is one of its nearest in Z, in per cent."""
    far, near = (np.linalg.norm(P[:, :, None] - P[:, None, :], axis=0) for P in (X, Z))
    far, near = (D + np.diag(np.full(len(D), np.inf)) for D in (far, near))
    nearest = np.argmin(far, axis=1)
    in_map = np.argsort(near, axis=1)[:, :among]
    return 100 * float(np.mean(np.any(in_map == nearest[:, None], axis=1)))


# %%
if ready(principal_components):
    print(f"principal components: {nearest_kept(X_drawn, flattened(X_drawn)[0]):.0f} %")
    for name in ["words 30", "words 5", "words 30, another start"]:
        print(f"t-SNE, {name}: {nearest_kept(X_drawn, drawn.maps[name]):.0f} %")

# %% [markdown]
# For neighbours, t-SNE is far more faithful. But look what it makes of points that mean nothing. The upper
# row is a single cloud of 150 random points in fifty dimensions: no groups at all. The lower row is two
# clouds, and the second one is **ten times as wide** as the first.

# %% tags=["nbval-ignore-output"]
if ready(principal_components):
    figure, axes = plt.subplots(2, 3, figsize=(11.4, 6.6), layout="constrained")
    for row, name, few in zip(axes, ["noise", "blobs"], [2, 5], strict=True):
        X_points = drawn.points[name]
        maps = {
            "principal components": flattened(X_points)[0],
            f"t-SNE, perplexity {few}": drawn.maps[f"{name} {few}"],
            "t-SNE, perplexity 30": drawn.maps[f"{name} 30"],
        }
        second = np.arange(X_points.shape[1]) >= (60 if name == "blobs" else 0)
        for ax, (title, Z) in zip(row, maps.items(), strict=True):
            ax.scatter(*Z[:, ~second], marker="^", s=16, color="tab:orange")
            ax.scatter(*Z[:, second], marker="o", s=16, color="tab:blue", facecolors="none")
            ax.set(title=f"{'one cloud' if name == 'noise' else 'two clouds'}: {title}")
            ax.set(xticks=[], yticks=[])
            ax.set_aspect("equal", adjustable="datalim")
    plotting.show(
        figure,
        alt="Six maps. Upper row, one cloud of random points: with principal components an even cloud, "
        "with t-SNE at perplexity 2 small clumps and strings with gaps between them, at perplexity 30 "
        "an even disc. Lower row, a narrow and a wide cloud: with principal components one is a dot "
        "beside the other; with t-SNE both clouds look about equally wide.",
    )

# %% [markdown]
# So, of a t-SNE map, **do not read**
#
# - the **size** of a group: narrow clouds are blown up, and wide ones are drawn together;
# - the **distance** between groups, or which group lies to the left of which;
# - the **axes**: they have no meaning, and a new point cannot be added by a formula;
# - **clumps** as such: at small perplexity, pure noise has clumps.
#
# What may be read: points that are close in the map are mostly neighbours indeed. Draw several maps, with
# other starts and other perplexities, and believe what all of them show. Measure the rest in the full
# space.

# %% [markdown]
# ## 5. Bias: what else the vectors have learnt
#
# In our text, *she* stands with nurses in nine sentences of ten, and with engineers in one of ten. Nobody
# wanted the vectors to learn that a nurse is a woman. They learn it all the same, since it is in the text.
# In vectors learnt from newspapers it is just so.
#
# ### Exercise 8: `bias_direction`
#
# **Difficulty** ●○○ · **6 minutes**
#
# To take a bias out, we must first say where it is. Take pairs of words that *should* differ in just this
# respect: *man* and *woman*, *brother* and *sister*. Each difference points the same way, plus something of
# its own: a *queen* is not exactly a female king. In the average, what they have in common stays, and the
# rest cancels in part:
#
# $$ g = \frac{1}{k} \sum_{j=1}^{k} \left( e_{b_j} - e_{a_j} \right). $$
#
# **By hand:** the pairs $(a, b)$ and $(a, c)$ with $e_a = (1, 0)$, $e_b = (1, 2)$, $e_c = (3, 2)$. The
# differences are $(0, 2)$ and $(2, 2)$, and so $g = (1, 2)$.
#
# **The NumPy you need:** `np.mean(rows, axis=0)` averages a list of arrays, number by number.


# %%
def bias_direction(pairs, word_to_vec_map):
    """Average the differences of pairs of words that differ in one respect.

    Parameters
    ----------
    pairs : list of tuple of str
        Pairs (a, b), such as ("man", "woman"), all the same way round.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.

    Returns
    -------
    ndarray of float, shape (n,)
        The average of e_b - e_a. It is not scaled.
    """
    ### START CODE HERE ### (≈ 2 lines)
    differences = [word_to_vec_map[b] - word_to_vec_map[a] for a, b in pairs]
    g = np.mean(differences, axis=0)
    ### END CODE HERE ###
    return g


# %%
check(bias_direction)

# %% [markdown]
# <details><summary>Hint</summary>
#
# Go through the pairs with `for a, b in pairs`, collect the differences in a list, and average it over
# `axis=0`.
#
# </details>
#
# Now hold the professions and some things against this direction. On the horizontal axis stands how often
# *she* stands with them in the text:

# %%
if ready(cosine_similarity, bias_direction):
    g = bias_direction(corpus.relations["gender"], word_to_vec_map)
    leaning = {word: float(cosine_similarity(word_to_vec_map[word], g)) for word in corpus.she}
    for word in ["receptionist", "nurse", "student", "engineer", "soldier", "lipstick", "guns"]:
        print(
            f"{word:13} she: {100 * corpus.she[word]:3.0f} %   cosine with g: {leaning[word]:+.2f}"
        )
    correlation = np.corrcoef(list(corpus.she.values()), list(leaning.values()))[0, 1]
    print(f"correlation over all {len(leaning)} words: {correlation:.2f}")

# %% tags=["nbval-ignore-output"]
if ready(cosine_similarity, bias_direction):
    figure, ax = plt.subplots(figsize=(8.4, 4.6), layout="constrained")
    for marker, label, chosen in [
        ("o", "professions", list(corpus.she)[:32]),
        ("^", "things", list(corpus.she)[32:]),
    ]:
        x, y = [100 * corpus.she[w] for w in chosen], [leaning[w] for w in chosen]
        ax.scatter(x, y, marker=marker, label=label)
    for word in ["nurse", "receptionist", "student", "doctor", "engineer", "soldier", "guns"]:
        place = (100 * corpus.she[word], leaning[word])
        ax.annotate(word, place, (6, -3), textcoords="offset points", size=9)
    ax.axhline(0, color="grey", lw=1)
    ax.set(xlabel='how often "she" stands with the word, %', ylabel="cosine with g", xlim=(0, 108))
    ax.legend(loc="upper left")
    plotting.show(
        figure,
        alt="Cosine with the bias direction against the share of sentences with she. The points rise "
        "along a line, from soldier at the lower left to receptionist and lipstick at the upper right.",
    )

# %% [markdown]
# **Expected output** (of the cell with numbers)
#
# ```
# receptionist  she:  95 %   cosine with g: +0.30
# nurse         she:  90 %   cosine with g: +0.29
# student       she:  50 %   cosine with g: -0.00
# engineer      she:  10 %   cosine with g: -0.16
# soldier       she:   5 %   cosine with g: -0.28
# lipstick      she:  95 %   cosine with g: +0.29
# guns          she:   5 %   cosine with g: -0.31
# correlation over all 45 words: 0.97
# ```
#
# The vectors reproduce the proportions of the text nearly on a line. Who uses them to sort applications
# would sort by this, too.
#
# ### Exercise 9: `project`
#
# **Difficulty** ●●○ · **8 minutes**
#
# How much of a vector lies along an axis? We look for the multiple $t\,g$ of the axis that is nearest to
# $v$. The squared distance is
#
# $$ \lVert v - t g \rVert^2 = v \cdot v - 2t\; v \cdot g + t^2\; g \cdot g. $$
#
# Its derivative $-2\, v \cdot g + 2t\; g \cdot g$ is zero at $t = \frac{v \cdot g}{g \cdot g}$. So
#
# $$ v_B = \frac{v \cdot g}{\lVert g \rVert^2}\; g . $$
#
# What is left, $v - v_B$, is at right angles to the axis: its dot product with $g$ is
# $v \cdot g - \frac{v \cdot g}{g \cdot g}\, g \cdot g = 0$.
#
# **By hand:** $v = (3, 4)$, $g = (2, 0)$: the dot product is 6, the squared length 4, and
# $v_B = 1.5 \cdot (2, 0) = (3, 0)$.


# %%
def project(v, axis):
    """Find the part of a vector that lies along an axis.

    Parameters
    ----------
    v : ndarray, shape (n,)
        The vector.
    axis : ndarray, shape (n,)
        The axis: not zero, and of any length.

    Returns
    -------
    ndarray of float, shape (n,)
        The multiple of the axis that is nearest to v.
    """
    ### START CODE HERE ### (≈ 1 line)
    along = np.dot(v, axis) / np.dot(axis, axis) * axis
    ### END CODE HERE ###
    return along


# %%
check(project)

# %% [markdown]
# <details><summary>Hint</summary>
#
# Two dot products make a number; the axis times that number is the answer. `np.dot(axis, axis)` is the
# squared length.
#
# </details>
#
# ### Exercise 10: `neutralize`
#
# **Difficulty** ●○○ · **5 minutes**
#
# A word that should have nothing to do with the bias can now be **neutralised**: subtract its part along
# the direction of bias.
#
# $$ e^{debiased} = e - \frac{e \cdot g}{\lVert g \rVert^2}\; g. $$
#
# **By hand:** $e = (3, 4)$ and $g = (2, 0)$ give $(3, 4) - (3, 0) = (0, 4)$.


# %%
def neutralize(word, g, word_to_vec_map):
    """Take the part along the bias direction out of a word's vector.

    Parameters
    ----------
    word : str
        The word.
    g : ndarray, shape (n,)
        The bias direction, of any length.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors. They stay as they are.

    Returns
    -------
    ndarray of float, shape (n,)
        What is left of the word's vector: it is at right angles to g.
    """
    ### START CODE HERE ### (≈ 2 lines)
    e = word_to_vec_map[word]
    e_debiased = e - project(e, g)
    ### END CODE HERE ###
    return e_debiased


# %%
check(neutralize)

# %%
if ready(cosine_similarity, bias_direction, project, neutralize):
    print(project(np.array([3.0, 4.0]), np.array([2.0, 0.0])))
    print(neutralize("nurse", np.array([2.0, 0.0]), {"nurse": np.array([3.0, 4.0])}))
    for word in ["nurse", "engineer"]:
        debiased = neutralize(word, g, word_to_vec_map)
        print(
            f"{word}: cosine with g was {cosine_similarity(word_to_vec_map[word], g):.2f}, "
            f"is {abs(cosine_similarity(debiased, g)):.2f}; "
            f"with its old vector {cosine_similarity(debiased, word_to_vec_map[word]):.2f}"
        )

# %% [markdown]
# **Expected output**
#
# ```
# [3. 0.]
# [0. 4.]
# nurse: cosine with g was 0.29, is 0.00; with its old vector 0.96
# engineer: cosine with g was -0.16, is 0.00; with its old vector 0.99
# ```
#
# <details><summary>Hint</summary>
#
# The word's vector, less what `project` finds in it along `g`.
#
# </details>
#
# ### What stays
#
# The cosine with $g$ is zero now. Of course: we have subtracted exactly that. It does not prove that the
# bias is gone. So measure it with a **ruler that had no part in making $g$**: the step from male to female
# first names (*mary*, *yasmin* … less *john*, *rahul* …). For three choices of $g$, we neutralise all
# professions, and look at how their leaning along this ruler goes with the text's proportions, and how
# far it spreads.

# %%
if ready(cosine_similarity, bias_direction, project, neutralize):
    female, male = (
        np.mean([word_to_vec_map[name] for name in corpus.names[key]], axis=0)
        for key in ("female", "male")
    )
    professions = list(corpus.she)[:32]
    shares_of_she = [corpus.she[word] for word in professions]

    def leanings(vectors_by_word):
        """Measure all professions with the ruler of first names."""
        return [float(cosine_similarity(vectors_by_word[w], female - male)) for w in professions]

    def report(name, values):
        correlation = np.corrcoef(values, shares_of_she)[0, 1]
        print(f"{name:28} correlation {correlation:+.2f}, spread {np.std(values):.3f}")

    report("before", leanings(word_to_vec_map))
    for name, pairs in {
        "after, g = hers - his": [("his", "hers")],
        "after, g = woman - man": [("man", "woman")],
        "after, g = mean of 16 pairs": corpus.relations["gender"],
    }.items():
        axis = bias_direction(pairs, word_to_vec_map)
        report(name, leanings({w: neutralize(w, axis, word_to_vec_map) for w in professions}))

# %% [markdown]
# **Expected output**
#
# ```
# before                       correlation +0.96, spread 0.183
# after, g = hers - his        correlation +0.94, spread 0.151
# after, g = woman - man       correlation +0.73, spread 0.130
# after, g = mean of 16 pairs  correlation +0.20, spread 0.055
# ```
#
# - With *hers − his*, nearly everything stays, though the cosine with *that* axis is zero. The two words
#   stand in different places of a sentence, and their difference is mostly grammar.
# - With the single pair *woman − man*, more than two thirds of the spread stay. What is left still knows
#   well which profession is whose.
# - With the mean of 16 pairs, less than a third is left, and it knows little.
#
# Do not take the last line for a general rule. In *our* text the bias was planted along one direction. In
# vectors from real texts it sits in many: Gonen and Goldberg found that neutralised words of "female"
# professions still had each other as neighbours, and that a classifier could still tell them from "male"
# ones. They called it *lipstick on a pig*. What was removed is what was measured. Measure with something
# else, too.
#
# **Question.** Should *grandmother* be neutralised? And *beard*, or *pregnant*?
#
# <details><summary>Answer</summary>
#
# *Grandmother* should not: its gender is part of its meaning. For words such as *beard* it is less clear,
# since the association is a fact of the world and not a prejudice. Somebody has to decide which words are to
# be neutral, and for which use. The formula does not.
#
# </details>
#
# ### Exercise 11: `equalize`
#
# **Difficulty** ●●● · **15 minutes**
#
# After *nurse* has been neutralised, *actor* and *actress* may still be unequally near to it, since they
# differ in more than gender. Words that **should** differ along the axis only are **equalised**: both get the
# same part at right angles to the axis, and equal and opposite parts along it. Then each neutral word is
# equally near to both.
#
# All vectors shall have **length 1** here, before and after. Let $\mu$ be the mean of the pair:
#
# $$ \mu = \frac{e_{w1} + e_{w2}}{2}, \qquad \mu_B = \frac{\mu \cdot g}{\lVert g \rVert^2}\, g, \qquad \mu_\perp = \mu - \mu_B. $$
#
# Both words get $\mu_\perp$, which is what they share. Along the axis, each one keeps its side of the middle:
#
# $$ e_{w1B} = \frac{e_{w1} \cdot g}{\lVert g \rVert^2}\, g, \qquad
#    e_{w2B} = \frac{e_{w2} \cdot g}{\lVert g \rVert^2}\, g. $$
#
# How long must the part along the axis be? It is at right angles to $\mu_\perp$, so by Pythagoras the
# squared lengths add up to $1 = \lVert \mu_\perp \rVert^2 + \ell^2$. Hence $\ell = \sqrt{1 - \lVert \mu_\perp \rVert^2}$, and
#
# $$ e_1 = \mu_\perp + \sqrt{1 - \lVert \mu_\perp \rVert^2}\; \frac{e_{w1B} - \mu_B}{\lVert e_{w1B} - \mu_B \rVert}, \qquad
#    e_2 = \mu_\perp + \sqrt{1 - \lVert \mu_\perp \rVert^2}\; \frac{e_{w2B} - \mu_B}{\lVert e_{w2B} - \mu_B \rVert}. $$
#
# **By hand:** $g = (1, 0)$, *actor* $(-0.6,\; 0.8)$ and *actress* $(0,\; 1)$. Their mean is
# $(-0.3,\; 0.9)$, so $\mu_B = (-0.3,\; 0)$ and $\mu_\perp = (0,\; 0.9)$. The parts along the axis are
# $(-0.6, 0)$ and $(0, 0)$; less $\mu_B$, they are $(-0.3, 0)$ and $(0.3, 0)$. The length is
# $\sqrt{1 - 0.81} = 0.436$. So *actor* becomes $(-0.436,\; 0.9)$, and *actress* $(0.436,\; 0.9)$.
#
# Older versions of this formula divide by $\lVert e_{w1} - \mu \rVert$ instead, or by absolute values element
# by element. If you bring such a solution with you, it counts. Only the formula above gives vectors of
# length 1.


# %%
def equalize(pair, bias_axis, word_to_vec_map):
    """Make two words differ along the bias axis only, each as far from its middle.

    Parameters
    ----------
    pair : tuple of str
        Two words, such as ("actor", "actress").
    bias_axis : ndarray, shape (n,)
        The axis, of any length.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors, each of length 1.

    Returns
    -------
    e1, e2 : ndarray of float, shape (n,)
        The new vectors of the first and of the second word.
    """
    ### START CODE HERE ### (≈ 9 lines)
    e_w1, e_w2 = word_to_vec_map[pair[0]], word_to_vec_map[pair[1]]
    mu = (e_w1 + e_w2) / 2
    mu_B = project(mu, bias_axis)
    mu_orth = mu - mu_B
    along_1 = project(e_w1, bias_axis) - mu_B
    along_2 = project(e_w2, bias_axis) - mu_B
    length = np.sqrt(1 - np.sum(mu_orth**2))
    e1 = mu_orth + length * along_1 / np.linalg.norm(along_1)
    e2 = mu_orth + length * along_2 / np.linalg.norm(along_2)
    ### END CODE HERE ###
    return e1, e2


# %%
check(equalize)

# %%
if ready(project, equalize):
    pair = {"actor": np.array([-0.6, 0.8]), "actress": np.array([0.0, 1.0])}
    e1, e2 = equalize(("actor", "actress"), np.array([1.0, 0.0]), pair)
    print(e1.round(3), e2.round(3))

# %% [markdown]
# **Expected output**
#
# ```
# [-0.436  0.9  ] [0.436 0.9  ]
# ```
#
# <details><summary>Hint</summary>
#
# Write the formulas one by one, with a name for each: `mu`, `mu_B`, `mu_orth`, then for each word its part
# along the axis less `mu_B`. `project` does every fraction with $\lVert g \rVert^2$.
#
# </details>

# %%
if ready(cosine_similarity, bias_direction, project, neutralize, equalize):
    unit_map = {word: v / np.linalg.norm(v) for word, v in word_to_vec_map.items()}
    e1, e2 = equalize(("actor", "actress"), g, unit_map)
    print("                       actor  actress")
    for word in ["engineer", "nurse", "theatre"]:
        neutral = neutralize(word, g, unit_map)
        for stage, vector, new in [
            ("as learnt", unit_map[word], (unit_map["actor"], unit_map["actress"])),
            ("neutralised", neutral, (unit_map["actor"], unit_map["actress"])),
            ("equalised, too", neutral, (e1, e2)),
        ]:
            similar = [float(cosine_similarity(vector, e)) for e in new]
            print(f"{word:9} {stage:14} {similar[0]:5.2f}  {similar[1]:5.2f}")

# %% [markdown]
# As learnt, *actor* is nearer to *engineer*, and *actress* to *nurse*. After both steps, the two columns are
# equal, and *theatre* is as near to both as before.

# %% [markdown]
# ## 6. Sentences
#
# Now put the vectors to use. A sentence is to be sorted by its kind: is it about **heart**, **ball**,
# **smile**, **sad** or **fork**? There are only sixty sentences to learn from:

# %%
data = word_data.load_feelings()
Y_train = one_hot(data.train_y, 5)
print(len(data.train_x), "to train,", len(data.dev_x), "dev,", len(data.test_x), "test")
for sentence, kind in zip(data.train_x[:8], data.train_y[0], strict=False):
    print(f"  {data.names[kind]:5}  {sentence}")

# %% [markdown]
# The frames of the sentences are the same for all kinds. Only one word tells the kind, such as *football* or
# *grief*. And here is the difficulty: **no such word of a test sentence stands in any training sentence.**
#
# ### Exercise 12: `sentence_to_avg`
#
# **Difficulty** ●●○ · **8 minutes**
#
# Sentences have different lengths, and softmax regression wants columns of one length. The simplest way:
# average the vectors of the words,
#
# $$ \bar e = \frac{1}{\text{number of words}} \sum_{w \,\in\, \text{sentence}} e_w . $$
#
# A word that comes twice counts twice. Capitals do not matter.
#
# A real sentence may contain words without a vector. It is kind to leave these out, and to return zeros
# where no word is left. The check tells you whether you do; no points depend on it.
#
# **By hand:** *good* is $(1, 0)$ and *tea* $(0, 1)$: "Good good good TEA" becomes $(0.75,\; 0.25)$.
#
# **The Python you need:** `"Good TEA".lower().split()` is `["good", "tea"]`.


# %%
def sentence_to_avg(sentence, word_to_vec_map):
    """Average the vectors of a sentence's words.

    Parameters
    ----------
    sentence : str
        The sentence, in upper or lower case, with at least one word.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors of lower-case words.

    Returns
    -------
    ndarray of float, shape (n,)
        The average of the words' vectors.
    """
    ### START CODE HERE ### (≈ 5 lines)
    found = []
    for word in sentence.lower().split():
        if word in word_to_vec_map:
            found.append(word_to_vec_map[word])
    n = len(next(iter(word_to_vec_map.values())))
    avg = np.mean(found, axis=0) if found else np.zeros(n)
    ### END CODE HERE ###
    return avg


# %%
check(sentence_to_avg)

# %%
if ready(sentence_to_avg):
    small = {"good": np.array([1.0, 0.0]), "tea": np.array([0.0, 1.0])}
    print(sentence_to_avg("Good good good TEA", small))
    print(sentence_to_avg(data.train_x[0], word_to_vec_map).shape)

# %% [markdown]
# **Expected output**
#
# ```
# [0.75 0.25]
# (50,)
# ```
#
# <details><summary>Hint</summary>
#
# Split the lower-case text into words, add their vectors up, and divide by the number of words.
#
# </details>
#
# ### Exercise 13: `bag_of_words`
#
# **Difficulty** ●●○ · **8 minutes**
#
# To know what the vectors are good for, we need a **baseline** that does without them: count how often each
# word of the training vocabulary stands in the sentence. That is the sum of its words' one-hot columns, and
# it is called a *bag of words*. Unknown words are not counted.
#
# **By hand:** the places are so 0, good 1, tea 2. "So so good" and "what tea" become
#
# $$ \begin{pmatrix} 2 & 0 \\ 1 & 0 \\ 0 & 1 \end{pmatrix}. $$


# %%
def bag_of_words(sentences, word_to_index):
    """Count how often each word of a vocabulary stands in each sentence.

    Parameters
    ----------
    sentences : list of str
        The sentences, m of them, in upper or lower case.
    word_to_index : dict of str to int
        The place of each word of the vocabulary, from 0 to n_words - 1.

    Returns
    -------
    ndarray, shape (n_words, m)
        The counts, one sentence a column. Words that the vocabulary lacks are not counted.
    """
    ### START CODE HERE ### (≈ 5 lines)
    counts = np.zeros((len(word_to_index), len(sentences)))
    for i, sentence in enumerate(sentences):
        for word in sentence.lower().split():
            if word in word_to_index:
                counts[word_to_index[word], i] += 1
    ### END CODE HERE ###
    return counts


# %%
check(bag_of_words)

# %% [markdown]
# <details><summary>Hint</summary>
#
# Two loops: over the sentences, and over the words of each. A known word adds 1 in its row, and in the
# sentence's column.
#
# </details>
#
# **Question.** How do the two exercises belong together? Write the average as a product with $E$.
#
# <details><summary>Answer</summary>
#
# With the bag of words $c$ of a sentence over the whole vocabulary, $\bar e = E\,c\,/\,\sum_k c_k$. So the
# classifier's scores are $W \bar e + b = (W E)\, c / \sum_k c_k + b$: softmax regression on counted words,
# with a matrix $W E$ in place of free weights. It has only $5 \times 50$ numbers to learn, and words with
# similar columns in $E$ get similar weights. That is how it can know about words that it never saw.
#
# </details>
#
# ### Exercise 14: `model`
#
# **Difficulty** ●●○ · **12 minutes**
#
# Softmax regression on the averages, as in week 6. The averages are the columns of $V$, of shape $(n, m)$:
#
# $$ A = \mathrm{softmax}(W V + b), \qquad
#    J = -\frac1m \sum_{i=1}^{m} \sum_{k} Y_{k,i} \log A_{k,i}, $$
#
# $$ dZ = \frac{1}{m} (A - Y), \qquad dW = dZ\, V^T, \qquad db = \text{the sum of } dZ \text{ over the examples.} $$
#
# $J$ has a single valley, so it may start from zeros. Averages do not change while you train: compute them
# once, before the loop.
#
# **By hand:** *good* $(1, 0)$ of class 0 and *bad* $(0, 1)$ of class 1. From zeros all probabilities are
# $\frac12$, and the cost is $\log 2 = 0.693$. $dZ = \frac12 \begin{pmatrix} -0.5 & 0.5 \\ 0.5 & -0.5 \end{pmatrix}$,
# and $V$ is the identity. So a step with learning rate 1 gives
# $W = \begin{pmatrix} 0.25 & -0.25 \\ -0.25 & 0.25 \end{pmatrix}$, $b = 0$.
#
# **The helpers you may use:** `softmax(Z)`, `cross_entropy(A, Y)` for the cost, and
# `softmax_gradients(V, A, Y)`, which returns a dictionary with `"dW"` and `"db"`, are imported.


# %%
def model(X, Y, word_to_vec_map, learning_rate=0.5, num_iterations=400):
    """Train softmax regression on the averages of sentences, from zero weights and biases.

    Parameters
    ----------
    X : list of str
        The sentences, m of them.
    Y : ndarray of float, shape (n_y, m)
        Their one-hot labels.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.
    learning_rate : float
        The length of the steps.
    num_iterations : int
        The number of steps, each with all sentences.

    Returns
    -------
    parameters : dict of str to ndarray of float
        The learnt W (n_y, n) and b (n_y, 1).
    costs : list of float
        The cost before each step.
    """
    ### START CODE HERE ### (≈ 10 lines)
    V = np.column_stack([sentence_to_avg(sentence, word_to_vec_map) for sentence in X])
    W = np.zeros((Y.shape[0], V.shape[0]))
    b = np.zeros((Y.shape[0], 1))
    costs = []
    for _ in range(num_iterations):
        A = softmax(W @ V + b)
        costs.append(cross_entropy(A, Y))
        grads = softmax_gradients(V, A, Y)
        W = W - learning_rate * grads["dW"]
        b = b - learning_rate * grads["db"]
    parameters = {"W": W, "b": b}
    ### END CODE HERE ###
    return parameters, costs


# %%
check(model)

# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.column_stack` makes a matrix of a list of averages. Then zeros for `W` and `b`, an empty list, and a
# loop of four things: probabilities, cost, gradients, a step.
#
# </details>
#
# ### Exercise 15: `predict`
#
# **Difficulty** ●○○ · **5 minutes**
#
# The most probable class has the largest score $W \bar e + b$: the exponential does not change which one is
# the largest.
#
# **By hand:** $W$ the $2 \times 2$ identity, $b = 0$: the averages $(0.67,\; 0.33)$ and $(0,\; 1)$ belong to
# the classes 0 and 1.


# %%
def predict(X, parameters, word_to_vec_map):
    """Choose the most probable class of each sentence.

    Parameters
    ----------
    X : list of str
        The sentences, m of them.
    parameters : dict of str to ndarray of float
        W (n_y, n) and b (n_y, 1).
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.

    Returns
    -------
    ndarray of int, shape (1, m)
        The classes, from 0 to n_y - 1.
    """
    ### START CODE HERE ### (≈ 3 lines)
    V = np.column_stack([sentence_to_avg(sentence, word_to_vec_map) for sentence in X])
    scores = parameters["W"] @ V + parameters["b"]
    classes = np.argmax(scores, axis=0).reshape(1, -1)
    ### END CODE HERE ###
    return classes


# %%
check(predict)

# %%
if ready(sentence_to_avg, model, predict):
    small = {"good": np.array([1.0, 0.0]), "bad": np.array([0.0, 1.0])}
    trained, costs = model(["good", "bad"], np.eye(2), small, learning_rate=1.0, num_iterations=1)
    print(trained["W"].tolist(), np.round(costs, 4))
    print(predict(["good good bad", "bad"], {"W": np.eye(2), "b": np.zeros((2, 1))}, small))

# %% [markdown]
# **Expected output**
#
# ```
# [[0.25, -0.25], [-0.25, 0.25]] [0.6931]
# [[0 1]]
# ```
#
# <details><summary>Hint</summary>
#
# The averages as columns, the scores of all classes, and in each column the place of the largest
# (`np.argmax(…, axis=0)`). `reshape(1, -1)` makes a row of it.
#
# </details>
#
# ### What vectors buy
#
# Both classifiers are trained on the same sixty sentences, the same number of steps:

# %%
if ready(sentence_to_avg, bag_of_words, model, predict):
    parameters, costs = model(
        data.train_x, Y_train, word_to_vec_map, learning_rate=1.0, num_iterations=500
    )
    seen = sorted({word for sentence in data.train_x for word in sentence.split()})
    place = {word: k for k, word in enumerate(seen)}
    baseline, baseline_costs = softmax_regression.softmax_model(
        bag_of_words(data.train_x, place), Y_train, learning_rate=1.0, num_iterations=500
    )
    print(f"cost after training: averages {costs[-1]:.3f}, counted words {baseline_costs[-1]:.3f}")
    print("right, %   averages  counted words")
    for part, X, Y in [
        ("training", data.train_x, data.train_y),
        ("dev", data.dev_x, data.dev_y),
        ("test", data.test_x, data.test_y),
    ]:
        ours = 100 * np.mean(predict(X, parameters, word_to_vec_map) == Y)
        counted = softmax_regression.predict(baseline, bag_of_words(X, place))
        print(f"{part:9} {ours:8.0f} {100 * np.mean(counted == Y):12.0f}")

# %% [markdown]
# **Expected output**
#
# ```
# cost after training: averages 0.045, counted words 0.038
# right, %   averages  counted words
# training       100          100
# dev             95           32
# test            91           28
# ```
#
# On the training sentences, both are perfect. On the test sentences, counting is hardly better than
# guessing: the one word that matters has no row. The averages get most of them right, from words that
# they never saw in a labelled sentence. They know these words from the *unlabelled* text from which the
# vectors were learnt. That is **transfer**: much cheap text teaches the words, and a few labelled sentences
# teach the task.

# %% tags=["nbval-ignore-output"]
if ready(sentence_to_avg, model, predict):
    guessed = predict(data.test_x, parameters, word_to_vec_map)
    confusion = np.zeros((5, 5), dtype=int)
    np.add.at(confusion, (data.test_y[0], guessed[0].astype(int)), 1)
    figure, ax = plt.subplots(figsize=(5.2, 4.4), layout="constrained")
    ax.imshow(confusion, cmap="Blues", vmin=0, vmax=30)
    for row, column in np.ndindex(5, 5):
        ax.text(column, row, confusion[row, column], ha="center", va="center")
    ax.set(xticks=range(5), yticks=range(5), xlabel="predicted", ylabel="true")
    ax.set_xticklabels(data.names)
    ax.set_yticklabels(data.names)
    plotting.show(
        figure,
        alt="Confusion matrix of the 100 test sentences, 20 of each kind. Most of the counts are on the "
        "diagonal: all 20 about a ball, 18 each of heart, sad and fork, and 17 of smile. Three about "
        "a smile are taken for sad.",
    )

# %%
if ready(sentence_to_avg, model, predict):
    wrong = [
        f"{sentence} ({data.names[true]}, taken for {data.names[kind]})"
        for sentence, true, kind in zip(
            data.test_x, data.test_y[0], guessed[0].astype(int), strict=True
        )
        if true != kind
    ]
    print(len(wrong), "are wrong, such as")
    for line in wrong[:5]:
        print("  ", line)

# %% [markdown]
# Look at the frames, not at the words that matter. By right they tell nothing. But among only sixty training
# sentences, *this is … and that is not* happened to stand with *sad* twice and with nothing else, and *i … you*
# with *heart*. In an average of seven words, six belong to the frame. So it pulls, and where a word lies near the
# border between two kinds, it decides.
#
# What does the classifier think of single words?

# %%
if ready(sentence_to_avg, model):
    probabilities = softmax(parameters["W"] @ vectors.T + parameters["b"])
    for kind, name in enumerate(data.names):
        order = np.argsort(-probabilities[kind])
        unseen = [words[k] for k in order if words[k] not in seen][:8]
        print(f"{name:5}:", ", ".join(unseen))

# %% [markdown]
# These are the words that it holds to be most typical of each kind, among those that no training sentence
# has. *Alas* and *hurray* are in no list of ours: the vectors have put them there.
#
# ### What averaging loses
#
# An average does not know the order of its words:

# %%
if ready(sentence_to_avg, model, predict):
    for sentence in [
        "i am happy",
        "i am not happy",
        "i am happy and not sad",
        "i am sad and not happy",
    ]:
        kind = int(predict([sentence], parameters, word_to_vec_map)[0, 0])
        print(f"{data.names[kind]:5}  {sentence}")
    swapped = ("the dog likes the man", "the man likes the dog")
    same = [sentence_to_avg(sentence, word_to_vec_map) for sentence in swapped]
    print("the same average:", np.allclose(*same))

# %% [markdown]
# The last two sentences have the same words, so they get the same answer, and for one of them it must be
# wrong. *Not* turns the second sentence around, and the classifier does not notice. For that, a network has
# to read the words one after the other, or to look at neighbouring words together.

# %% [markdown]
# ## 7. Vectors of your own
#
# Vectors that others have learnt from billions of words come as text files: a word a line, followed by its
# numbers. `vector_files` reads the formats of GloVe and of word2vec, which has a first line with two counts.
# `load_vectors` reads a file line by line, and keeps only the words that you want; `vectors_from_text` does
# the same with a text, to try it out. If a line is damaged, the message says which:

# %%
mine = "tea 0.5 -1.25\nmilk 0.75 2\nbread 1 O.5\n"
print(vector_files.vectors_from_text(mine, only={"tea", "milk"}))
for text in [mine, "3 2\ntea 0.5 -1.25\nmilk 0.75 2\n"]:
    try:
        vector_files.vectors_from_text(text)
    except vector_files.VectorFileError as error:
        print(error)

# %% [markdown]
# (In the first text somebody typed the letter O for a zero. The second one has word2vec's first line, and has
# lost a word.)
#
# No file has all words. `split_known` says which ones of a sentence have a vector. Here is one that *was*
# written by somebody, Jane Austen, and our vectors, which know 776 words:

# %%
sentence = corpora.load_novels()[35]
known, unknown = vector_files.split_known(sentence.split(), word_to_vec_map)
print(sentence)
print(f"{len(known)} words have a vector; unknown: {', '.join(unknown)}")

# %% [markdown]
# What is left out is often what a sentence is about. So look how much it is, before you trust an average.
#
# ## Recap
#
# You can now
#
# 1. **write words as one-hot columns**, all equally far from each other, and look vectors up instead of
#    multiplying: $E\,o_w = e_w$;
# 2. **go back through a look-up**: gradients of a word that was used several times add up;
# 3. **compare directions**: by the cosine; neighbours have the largest, and an analogy compares two steps;
# 4. **draw maps**: principal components are directions of largest variance; of t-SNE, believe neighbours,
#    and neither sizes nor distances;
# 5. **find and remove bias**: average differences of pairs, subtract the projection, equalise pairs, and
#    measure with a ruler that you have not used;
# 6. **classify sentences by averages**: similar words share what is learnt; the order of words is lost.
#
# ## What to remember
#
# - Vectors say which words keep the same company. That is most of meaning, and not all of it.
# - A projection on $g$ divides by $\lVert g \rVert^2$.
# - A bias of zero along the axis that you removed proves nothing.
# - Embeddings turn a task with few labels into one that a linear classifier can solve.
# - Always have a baseline without them.
#
# **What comes next:** the second notebook of this week learns such vectors from text, by word2vec.
#
# ## Stretch exercises
#
# 1. **GloVe of your own.** Get a file of GloVe vectors, such as `glove.6B.50d.txt`, and put it into `data/`.
#    Add these two lines to the cell that loads our vectors, and run the notebook again:
#
#        word_to_vec_map = vector_files.load_vectors("data/glove.6B.50d.txt", only=set(words))
#        words, vectors = list(word_to_vec_map), np.stack(list(word_to_vec_map.values()))
#
#    Which analogies fail? Which professions lean how? How much of the bias stays? How many of the test
#    sentences come out right? (The t-SNE maps stay those of our vectors. A word that your file lacks ends in a
#    `KeyError`: leave it out of its list.) With `only`, the words of this notebook compete with each other
#    alone. Ask some analogies again with `limit=50_000` in its place.
# 2. **Where to.** Replace the formula of `complete_analogy` by $\cos(e_w,\; e_c + e_b - e_a)$, and do not
#    skip the given words. How often do they win, with GloVe?
# 3. **Faster.** Scale all vectors to length 1, put them in a matrix, and find the neighbours of *all* words
#    with a single product.
# 4. **Bias in one component.** Apply `principal_components` to the differences of the 16 pairs (without
#    centring them). How much of their variance has the first component, and how near is it to $g$?
# 5. **A better average.** Words such as *the* stand everywhere and say little. Weight each word by
#    $a / (a + f_w)$, where $f_w$ is its share of the text and $a = 0.001$. Does the dev accuracy rise?
# 6. **Learn the vectors, too.** Use `embed_backward` to let the task change $E$. What happens on the
#    training sentences, and what on the test sentences?
# 7. **Maps of your own.** If you have scikit-learn, draw the nine groups by t-SNE with other starts and other
#    perplexities. Which of what you see is in all of them?
#
# ## References
#
# - T. Mikolov, W. Yih, G. Zweig: *Linguistic regularities in continuous space word representations*.
#   NAACL-HLT, 2013.
# - J. Pennington, R. Socher, C. Manning: *GloVe: global vectors for word representation*. EMNLP, 2014.
# - O. Levy, Y. Goldberg: *Linguistic regularities in sparse and explicit word representations*. CoNLL, 2014.
# - M. Nissim, R. van Noord, R. van der Goot: *Fair is better than sensational: man is to doctor as woman is to
#   doctor*. Computational Linguistics 46, 487–497, 2020.
# - T. Bolukbasi, K.-W. Chang, J. Zou, V. Saligrama, A. Kalai: *Man is to computer programmer as woman is to
#   homemaker? Debiasing word embeddings*. NIPS, 2016.
# - H. Gonen, Y. Goldberg: *Lipstick on a pig: debiasing methods cover up systematic gender biases in word
#   embeddings but do not remove them*. NAACL-HLT, 2019.
# - L. van der Maaten, G. Hinton: *Visualizing data using t-SNE*. Journal of Machine Learning Research 9,
#   2579–2605, 2008.
# - M. Wattenberg, F. Viégas, I. Johnson: *How to use t-SNE effectively*. Distill, 2016.
# - S. Arora, Y. Liang, T. Ma: *A simple but tough-to-beat baseline for sentence embeddings*. ICLR, 2017. (The
#   weights of stretch exercise 5.)
# - M. Iyyer, V. Manjunatha, J. Boyd-Graber, H. Daumé III: *Deep unordered composition rivals syntactic methods
#   for text classification*. ACL, 2015.
