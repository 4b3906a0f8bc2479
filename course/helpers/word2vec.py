"""Learning word vectors: skip-gram with softmax and with negative sampling, and GloVe.

A *context* word is given, and a *target* near it is guessed. Words are numbers, their ids, and
each has two vectors: its row of ``E`` where it is the context, its row of ``Theta`` where it is
the target. Both matrices are (n_words, n_e). Costs are averages over the pairs of a batch, and
so are gradients. Nothing here changes its arguments.

References
----------
.. [1] T. Mikolov, I. Sutskever, K. Chen, G. Corrado, J. Dean: Distributed Representations of
   Words and Phrases and their Compositionality, NeurIPS 2013.
.. [2] J. Pennington, R. Socher, C. Manning: GloVe: Global Vectors for Word Representation,
   EMNLP 2014.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from helpers.numpy_basics import sigmoid
from helpers.softmax_regression import softmax


def build_vocabulary(
    sentences: Sequence[str], min_count: int = 1
) -> tuple[dict[str, int], list[int]]:
    """Give each word of a text a number, the most frequent first.

    Parameters
    ----------
    sentences : list of str
        Words are what stands between blanks.
    min_count : int
        Words that occur less often are left out.

    Returns
    -------
    word_to_index : dict of str to int
        Ids from 0. Words that occur equally often are in alphabetical order.
    counts : list of int
        How often each word occurs, in the order of the ids.

    Examples
    --------
    >>> build_vocabulary(["the cat saw the dog", "the dog slept"], min_count=2)
    ({'the': 0, 'dog': 1}, [3, 2])
    """
    found = Counter(word for sentence in sentences for word in sentence.split())
    kept = sorted((-n, word) for word, n in found.items() if n >= min_count)
    word_to_index = {word: index for index, (_, word) in enumerate(kept)}
    return word_to_index, [-n for n, _ in kept]


def sentence_to_ids(sentence: str, word_to_index: dict[str, int]) -> list[int]:
    """Turn a sentence into the ids of its words; unknown words are left out.

    Parameters
    ----------
    sentence : str
        Words are what stands between blanks.
    word_to_index : dict of str to int
        The ids.

    Returns
    -------
    list of int
        The ids, in the order of the words.

    Examples
    --------
    >>> sentence_to_ids("the red dog", {"the": 0, "dog": 1})
    [0, 1]
    """
    return [word_to_index[word] for word in sentence.split() if word in word_to_index]


def context_target_pairs(ids: Sequence[int], window: int) -> tuple[list[int], list[int]]:
    """Pair each word of a sentence with its neighbours.

    Parameters
    ----------
    ids : sequence of int
        One sentence.
    window : int
        How far a target may be from its context, to the left and to the right.

    Returns
    -------
    contexts, targets : list of int
        The pairs: contexts from left to right, and the targets of each from left to right.

    Examples
    --------
    >>> context_target_pairs([5, 3, 8], window=1)
    ([5, 3, 3, 8], [3, 5, 8, 3])
    """
    contexts, targets = [], []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if i != j:
                contexts.append(ids[i])
                targets.append(ids[j])
    return contexts, targets


def keep_probabilities(counts: np.ndarray, threshold: float = 1e-3) -> np.ndarray:
    """Say with which probability an occurrence of each word is kept.

    Parameters
    ----------
    counts : ndarray of int, shape (n_words,)
        How often each word occurs.
    threshold : float
        Words with a larger share of the text are thinned out.

    Returns
    -------
    ndarray of float, shape (n_words,)
        The root of threshold / share, and at most 1.

    Examples
    --------
    >>> keep_probabilities(np.array([90, 8, 2]), 0.04).round(2).tolist()
    [0.21, 0.71, 1.0]
    """
    shares = counts / np.sum(counts)
    kept: np.ndarray = np.minimum(1, np.sqrt(threshold / shares))
    return kept


def skipgram_softmax(contexts: np.ndarray, E: np.ndarray, Theta: np.ndarray) -> np.ndarray:
    """Give the probability of every word of the vocabulary as the target of each context.

    Parameters
    ----------
    contexts : ndarray of int, shape (m,)
        The ids of the given words.
    E, Theta : ndarray of float, shape (n_words, n_e)
        The vectors of contexts and of targets.

    Returns
    -------
    ndarray of float, shape (n_words, m)
        One column for each context.

    Examples
    --------
    >>> skipgram_softmax(np.array([0]), np.eye(2), np.log([[3, 1], [1, 1]])).tolist()
    [[0.75], [0.25]]
    """
    return softmax(Theta @ E[contexts].T)


def skipgram_cost(P: np.ndarray, targets: np.ndarray) -> float:
    """Average the surprise at the targets.

    Parameters
    ----------
    P : ndarray of float, shape (n_words, m)
        Probabilities, one column for each pair.
    targets : ndarray of int, shape (m,)
        The ids of the words that stood there.

    Returns
    -------
    float
        The mean of -log of the targets' probabilities.

    Examples
    --------
    >>> round(skipgram_cost(np.array([[0.75, 0.5], [0.25, 0.5]]), np.array([1, 0])), 3)
    1.04
    """
    chosen = P[targets, np.arange(len(targets))]
    return float(-np.mean(np.log(chosen)))


def skipgram_gradients(
    contexts: np.ndarray, targets: np.ndarray, E: np.ndarray, Theta: np.ndarray
) -> dict[str, np.ndarray]:
    """Derive the cost of skip-gram with softmax.

    Parameters
    ----------
    contexts, targets : ndarray of int, shape (m,)
        The pairs.
    E, Theta : ndarray of float, shape (n_words, n_e)
        The vectors of contexts and of targets.

    Returns
    -------
    dict
        ``dE`` and ``dTheta``, each of shape (n_words, n_e).

    Examples
    --------
    >>> grads = skipgram_gradients(np.array([0]), np.array([1]), np.eye(2), np.zeros((2, 2)))
    >>> grads["dTheta"].tolist()
    [[0.5, 0.0], [-0.5, 0.0]]
    """
    m = len(contexts)
    dZ = skipgram_softmax(contexts, E, Theta)
    dZ[targets, np.arange(m)] -= 1
    dZ = dZ / m
    dE = np.zeros(E.shape)
    np.add.at(dE, contexts, dZ.T @ Theta)
    return {"dE": dE, "dTheta": dZ @ E[contexts]}


def noise_distribution(counts: np.ndarray, power: float = 0.75) -> np.ndarray:
    """Give the probability with which each word is drawn as a negative.

    Parameters
    ----------
    counts : ndarray of int, shape (n_words,)
        How often each word occurs.
    power : float
        1 draws words as often as they occur, 0 draws all alike.

    Returns
    -------
    ndarray of float, shape (n_words,)
        Proportional to counts ** power; they sum to 1.

    Examples
    --------
    >>> noise_distribution(np.array([16, 1])).round(3).tolist()
    [0.889, 0.111]
    """
    weights = counts**power
    noise: np.ndarray = weights / np.sum(weights)
    return noise


def draw_negatives(noise: np.ndarray, m: int, k: int, seed: int = 0) -> np.ndarray:
    """Draw k negatives for each of m pairs.

    Parameters
    ----------
    noise : ndarray of float, shape (n_words,)
        The probability of each word.
    m, k : int
        How many pairs there are, and how many negatives each one gets.
    seed : int
        Starts the random numbers.

    Returns
    -------
    ndarray of int, shape (m, k)
        Ids, drawn independently.

    Examples
    --------
    >>> draw_negatives(np.array([0.0, 1.0]), 2, 3).tolist()
    [[1, 1, 1], [1, 1, 1]]
    """
    rng = np.random.default_rng(seed)
    return rng.choice(len(noise), size=(m, k), p=noise)


def negative_sampling_cost(
    contexts: np.ndarray,
    targets: np.ndarray,
    negatives: np.ndarray,
    E: np.ndarray,
    Theta: np.ndarray,
) -> float:
    """Average the cost of telling each target from its negatives.

    Parameters
    ----------
    contexts, targets : ndarray of int, shape (m,)
        The pairs.
    negatives : ndarray of int, shape (m, k)
        The words drawn for each pair.
    E, Theta : ndarray of float, shape (n_words, n_e)
        The vectors of contexts and of targets.

    Returns
    -------
    float
        The mean over the pairs.

    Examples
    --------
    >>> c, t, n = np.array([0]), np.array([1]), np.array([[0, 0]])
    >>> round(negative_sampling_cost(c, t, n, np.eye(2), np.zeros((2, 2))), 4)
    2.0794
    """
    e = E[contexts]
    positive = np.sum(Theta[targets] * e, axis=1)
    negative = np.einsum("mkn,mn->mk", Theta[negatives], e)
    losses = np.logaddexp(0, -positive) + np.sum(np.logaddexp(0, negative), axis=1)
    return float(np.mean(losses))


def negative_sampling_gradients(
    contexts: np.ndarray,
    targets: np.ndarray,
    negatives: np.ndarray,
    E: np.ndarray,
    Theta: np.ndarray,
) -> dict[str, np.ndarray]:
    """Derive the cost of negative sampling, for the rows that it touches.

    Parameters
    ----------
    contexts, targets : ndarray of int, shape (m,)
        The pairs.
    negatives : ndarray of int, shape (m, k)
        The words drawn for each pair.
    E, Theta : ndarray of float, shape (n_words, n_e)
        The vectors of contexts and of targets.

    Returns
    -------
    dict
        ``d_contexts`` and ``d_targets``, shape (m, n_e), and ``d_negatives``, shape (m, k, n_e):
        what each pair adds to the gradient of the rows that it names.

    Examples
    --------
    >>> c, t, n = np.array([0]), np.array([1]), np.array([[0, 0]])
    >>> grads = negative_sampling_gradients(c, t, n, np.eye(2), np.zeros((2, 2)))
    >>> grads["d_negatives"].tolist()
    [[[0.5, 0.0], [0.5, 0.0]]]
    """
    e, theta, theta_n = E[contexts], Theta[targets], Theta[negatives]
    positive = np.sum(theta * e, axis=1, keepdims=True)
    dz = (sigmoid(positive) - 1) / len(contexts)
    dz_n = sigmoid(np.einsum("mkn,mn->mk", theta_n, e)) / len(contexts)
    return {
        "d_contexts": dz * theta + np.einsum("mk,mkn->mn", dz_n, theta_n),
        "d_targets": dz * e,
        "d_negatives": dz_n[:, :, np.newaxis] * e[:, np.newaxis, :],
    }


def update_rows(
    W: np.ndarray, ids: np.ndarray, dW_rows: np.ndarray, learning_rate: float
) -> np.ndarray:
    """Take a gradient step in the rows named, and in no others.

    Parameters
    ----------
    W : ndarray of float, shape (n_words, n_e)
        One row for each word.
    ids : ndarray of int, any shape
        The rows touched. One row may be named often: its gradients add up.
    dW_rows : ndarray of float, shape (*ids.shape, n_e)
        The gradients.
    learning_rate : float
        The length of the step.

    Returns
    -------
    ndarray of float, shape (n_words, n_e)
        The updated matrix; W stays as it is.

    Examples
    --------
    >>> W, gradients = np.ones((3, 1)), np.array([[1.0], [2.0]])
    >>> update_rows(W, np.array([2, 2]), gradients, learning_rate=0.1).round(2).tolist()
    [[1.0], [1.0], [0.7]]
    """
    updated = W.copy()
    np.add.at(updated, ids, -learning_rate * dW_rows)
    return updated


def co_occurrences(contexts: np.ndarray, targets: np.ndarray, n_words: int) -> np.ndarray:
    """Count how often each word is the target of each context.

    Parameters
    ----------
    contexts, targets : ndarray of int, shape (n_pairs,)
        The pairs of a text.
    n_words : int
        The size of the vocabulary.

    Returns
    -------
    ndarray of float, shape (n_words, n_words)
        Row i, column j: how often word i was the target of context j.

    Examples
    --------
    >>> co_occurrences(np.array([1, 1]), np.array([0, 0]), 2).tolist()
    [[0.0, 2.0], [0.0, 0.0]]
    """
    X = np.zeros((n_words, n_words))
    np.add.at(X, (targets, contexts), 1)
    return X


def glove_weights(X: np.ndarray, x_max: float = 100, alpha: float = 0.75) -> np.ndarray:
    """Weight each pair of words by how often it occurs.

    Parameters
    ----------
    X : ndarray of float, any shape
        How often each pair occurs.
    x_max : float
        From here on, the weight is 1.
    alpha : float
        How the weight falls below.

    Returns
    -------
    ndarray of float, the shape of X
        (X / x_max) ** alpha, at most 1, and 0 where X is 0.

    Examples
    --------
    >>> glove_weights(np.array([0, 16, 81, 500]), x_max=81).round(3).tolist()
    [0.0, 0.296, 1.0, 1.0]
    """
    weights: np.ndarray = np.minimum(1, (X / x_max) ** alpha)
    return weights


def glove_differences(parameters: dict[str, np.ndarray], X: np.ndarray) -> np.ndarray:
    """Compare the score of each pair of words with the logarithm of its count.

    Parameters
    ----------
    parameters : dict
        ``E`` and ``Theta``, shape (n_words, n_e), and ``b_E`` and ``b_Theta``, (n_words, 1).
    X : ndarray of float, shape (n_words, n_words)
        Row i, column j: how often word i was the target of context j.

    Returns
    -------
    ndarray of float, shape (n_words, n_words)
        Score less log X; 0 where X is 0.

    Examples
    --------
    >>> p = {"E": np.eye(2), "Theta": np.eye(2), "b_E": np.zeros((2, 1))}
    >>> glove_differences({**p, "b_Theta": np.ones((2, 1))}, np.array([[1, 0], [1, 1]])).tolist()
    [[2.0, 0.0], [1.0, 2.0]]
    """
    Z = parameters["Theta"] @ parameters["E"].T + parameters["b_Theta"] + parameters["b_E"].T
    return np.where(X > 0, Z - np.log(np.maximum(X, 1e-300)), 0.0)


def glove_cost(
    parameters: dict[str, np.ndarray], X: np.ndarray, x_max: float = 100, alpha: float = 0.75
) -> float:
    """Sum the weighted squares of GloVe's differences.

    Parameters
    ----------
    parameters : dict
        ``E`` and ``Theta``, shape (n_words, n_e), and ``b_E`` and ``b_Theta``, (n_words, 1).
    X : ndarray of float, shape (n_words, n_words)
        Row i, column j: how often word i was the target of context j.
    x_max, alpha : float
        See `glove_weights`.

    Returns
    -------
    float
        The cost.

    Examples
    --------
    >>> p = {"E": np.eye(2), "Theta": np.eye(2), "b_E": np.zeros((2, 1))}
    >>> p["b_Theta"] = np.ones((2, 1))
    >>> glove_cost(p, np.array([[1, 0], [1, 1]]), x_max=1)
    9.0
    """
    return float(np.sum(glove_weights(X, x_max, alpha) * glove_differences(parameters, X) ** 2))


def glove_gradients(
    parameters: dict[str, np.ndarray], X: np.ndarray, x_max: float = 100, alpha: float = 0.75
) -> dict[str, np.ndarray]:
    """Derive GloVe's cost.

    Parameters
    ----------
    parameters : dict
        ``E`` and ``Theta``, shape (n_words, n_e), and ``b_E`` and ``b_Theta``, (n_words, 1).
    X : ndarray of float, shape (n_words, n_words)
        Row i, column j: how often word i was the target of context j.
    x_max, alpha : float
        See `glove_weights`.

    Returns
    -------
    dict
        ``dE``, ``dTheta``, ``db_E`` and ``db_Theta``, each shaped as what it belongs to.

    Examples
    --------
    >>> p = {"E": np.eye(2), "Theta": np.eye(2), "b_E": np.zeros((2, 1))}
    >>> p["b_Theta"] = np.ones((2, 1))
    >>> glove_gradients(p, np.array([[1, 0], [1, 1]]), x_max=1)["db_E"].tolist()
    [[6.0], [4.0]]
    """
    dZ = 2 * glove_weights(X, x_max, alpha) * glove_differences(parameters, X)
    return {
        "dE": dZ.T @ parameters["Theta"],
        "dTheta": dZ @ parameters["E"],
        "db_E": np.sum(dZ, axis=0).reshape(-1, 1),
        "db_Theta": np.sum(dZ, axis=1, keepdims=True),
    }
