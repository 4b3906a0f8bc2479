"""Classifying sentences: by the average of their words' vectors, and by counting words.

A sentence is a text with blanks between its words. Sentences as columns are (n, m); labels are
one-hot, (n_y, m), as in softmax regression.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from helpers.softmax_regression import cross_entropy, softmax, softmax_gradients
from helpers.word_vectors import WordMap


def sentence_to_avg(sentence: str, word_to_vec_map: WordMap) -> np.ndarray:
    """Average the vectors of a sentence's words.

    Parameters
    ----------
    sentence : str
        The sentence, in upper or lower case, at least one word.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors of lower-case words.

    Returns
    -------
    ndarray of float, shape (n,)
        The average; of the words that have a vector. Zero if none has.

    Examples
    --------
    >>> vectors = {"good": np.array([1.0, 0.0]), "tea": np.array([0.0, 1.0])}
    >>> sentence_to_avg("Good good TEA tea", vectors).tolist()
    [0.5, 0.5]
    """
    words = sentence.lower().split()
    vectors = [word_to_vec_map[word] for word in words if word in word_to_vec_map]
    avg: np.ndarray = np.mean(
        vectors or [np.zeros(len(next(iter(word_to_vec_map.values()))))], axis=0
    )
    return avg


def bag_of_words(sentences: Sequence[str], word_to_index: Mapping[str, int]) -> np.ndarray:
    """Count how often each word of a vocabulary stands in each sentence.

    Parameters
    ----------
    sentences : sequence of str
        The sentences, m of them, in upper or lower case.
    word_to_index : dict of str to int
        The place of each word of the vocabulary, from 0 to ``n_words - 1``.

    Returns
    -------
    ndarray of float, shape (n_words, m)
        The counts. Words that the vocabulary lacks are not counted.

    Examples
    --------
    >>> bag_of_words(["So so good", "what tea"], {"so": 0, "good": 1, "tea": 2}).tolist()
    [[2.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
    """
    counts = np.zeros((len(word_to_index), len(sentences)))
    for column, sentence in enumerate(sentences):
        for word in sentence.lower().split():
            if word in word_to_index:
                counts[word_to_index[word], column] += 1
    return counts


def model(
    X: Sequence[str],
    Y: np.ndarray,
    word_to_vec_map: WordMap,
    learning_rate: float = 0.5,
    num_iterations: int = 400,
) -> tuple[dict[str, np.ndarray], list[float]]:
    """Train softmax regression on the averages of sentences, from zero weights and biases.

    Parameters
    ----------
    X : sequence of str
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

    Examples
    --------
    >>> vectors = {"good": np.array([1.0, 0.0]), "bad": np.array([0.0, 1.0])}
    >>> parameters, costs = model(["good", "bad"], np.eye(2), vectors, 1.0, 1)
    >>> parameters["W"].tolist(), round(costs[0], 4)
    ([[0.25, -0.25], [-0.25, 0.25]], 0.6931)
    """
    averages = np.stack([sentence_to_avg(sentence, word_to_vec_map) for sentence in X], axis=1)
    W, b = np.zeros((len(Y), len(averages))), np.zeros((len(Y), 1))
    costs = []
    for _ in range(num_iterations):
        A = softmax(W @ averages + b)
        costs.append(cross_entropy(A, Y))
        grads = softmax_gradients(averages, A, Y)
        W = W - learning_rate * grads["dW"]
        b = b - learning_rate * grads["db"]
    return {"W": W, "b": b}, costs


def predict(
    X: Sequence[str], parameters: Mapping[str, np.ndarray], word_to_vec_map: WordMap
) -> np.ndarray:
    """Choose the most probable class of each sentence.

    Parameters
    ----------
    X : sequence of str
        The sentences, m of them.
    parameters : dict of str to ndarray of float
        W (n_y, n) and b (n_y, 1).
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.

    Returns
    -------
    ndarray of int, shape (1, m)
        The classes, from 0 to ``n_y - 1``.

    Examples
    --------
    >>> vectors = {"good": np.array([1.0, 0.0]), "bad": np.array([0.0, 1.0])}
    >>> parameters = {"W": np.eye(2), "b": np.zeros((2, 1))}
    >>> predict(["good good bad", "bad"], parameters, vectors).tolist()
    [[0, 1]]
    """
    averages = np.stack([sentence_to_avg(sentence, word_to_vec_map) for sentence in X], axis=1)
    scores = parameters["W"] @ averages + parameters["b"]
    classes: np.ndarray = np.argmax(scores, axis=0).reshape(1, -1)
    return classes
