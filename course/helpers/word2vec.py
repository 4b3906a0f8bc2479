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

from helpers.activations import sigmoid
from helpers.softmax_regression import softmax


def build_vocabulary(
    sentences: Sequence[str], min_count: int = 1
) -> tuple[dict[str, int], np.ndarray]:
    """Number the words of a text, the most frequent first.

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
    counts : ndarray of int, shape (n_words,)
        How often each word occurs, in the order of the ids.

    Examples
    --------
    >>> word_to_index, counts = build_vocabulary(["the cat saw the dog", "the dog slept"], 2)
    >>> word_to_index, counts.tolist()
    ({'the': 0, 'dog': 1}, [3, 2])
    """
    found = Counter(word for sentence in sentences for word in sentence.split())
    kept = sorted((-n, word) for word, n in found.items() if n >= min_count)
    word_to_index = {word: index for index, (_, word) in enumerate(kept)}
    return word_to_index, np.array([-n for n, _ in kept], dtype=int)


def sentence_to_ids(sentence: str, word_to_index: dict[str, int]) -> np.ndarray:
    """Turn a sentence into the ids of its words; unknown words are left out.

    Parameters
    ----------
    sentence : str
        Words are what stands between blanks.
    word_to_index : dict of str to int
        The ids.

    Returns
    -------
    ndarray of int, shape (n,)
        The ids, in the order of the words.

    Examples
    --------
    >>> sentence_to_ids("the red dog", {"the": 0, "dog": 1}).tolist()
    [0, 1]
    """
    ids = [word_to_index[word] for word in sentence.split() if word in word_to_index]
    return np.array(ids, dtype=int)


def context_target_pairs(ids: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Pair each word of a sentence with its neighbours.

    Parameters
    ----------
    ids : ndarray of int, shape (n,)
        One sentence.
    window : int
        How far a target may be from its context, to the left and to the right.

    Returns
    -------
    contexts, targets : ndarray of int, shape (n_pairs,)
        The pairs: contexts from left to right, and the targets of each from left to right.

    Examples
    --------
    >>> contexts, targets = context_target_pairs(np.array([5, 3, 8]), 1)
    >>> contexts.tolist(), targets.tolist()
    ([5, 3, 3, 8], [3, 5, 8, 3])
    """
    contexts, targets = [], []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if i != j:
                contexts.append(ids[i])
                targets.append(ids[j])
    return np.array(contexts, dtype=int), np.array(targets, dtype=int)


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
    >>> negative_sampling_gradients(c, t, n, np.eye(2), np.zeros((2, 2)))["d_targets"].tolist()
    [[-0.5, 0.0]]
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
    >>> update_rows(np.ones((3, 1)), np.array([2, 2]), np.array([[1.0], [2.0]]), 0.1).round(2).tolist()
    [[1.0], [1.0], [0.7]]
    """
    updated = W.copy()
    np.add.at(updated, ids, -learning_rate * dW_rows)
    return updated
