"""Bias in word vectors: a direction for it, and two ways of taking it out.

A map from words to vectors is a dictionary from words to arrays of shape (n,).

References
----------
.. [1] T. Bolukbasi, K.-W. Chang, J. Zou, V. Saligrama, A. Kalai: Man is to Computer Programmer
   as Woman is to Homemaker? Debiasing Word Embeddings, NIPS, 2016 (section 6).
.. [2] H. Gonen, Y. Goldberg: Lipstick on a Pig, NAACL-HLT, 2019 (what stays).
"""

from collections.abc import Sequence

import numpy as np

from helpers.word_vectors import WordMap


def bias_direction(pairs: Sequence[tuple[str, str]], word_to_vec_map: WordMap) -> np.ndarray:
    """Average the differences of pairs of words that differ in one respect.

    Parameters
    ----------
    pairs : sequence of tuple of str
        Pairs (a, b), such as ("man", "woman"), all the same way round.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.

    Returns
    -------
    ndarray of float, shape (n,)
        The average of ``e_b - e_a``.

    Examples
    --------
    >>> vectors = {"a": np.array([1.0, 0.0]), "b": np.array([1.0, 2.0]), "c": np.array([3.0, 2.0])}
    >>> bias_direction([("a", "b"), ("a", "c")], vectors).tolist()
    [1.0, 2.0]
    """
    differences = [word_to_vec_map[b] - word_to_vec_map[a] for a, b in pairs]
    g: np.ndarray = np.mean(differences, axis=0)
    return g


def project(v: np.ndarray, axis: np.ndarray) -> np.ndarray:
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
        The multiple of `axis` that is nearest to v.

    Examples
    --------
    >>> project(np.array([3.0, 4.0]), np.array([2.0, 0.0])).tolist()
    [3.0, 0.0]
    """
    along: np.ndarray = np.dot(v, axis) / np.dot(axis, axis) * axis
    return along


def neutralize(word: str, g: np.ndarray, word_to_vec_map: WordMap) -> np.ndarray:
    """Take the part along the bias direction out of a word's vector.

    Parameters
    ----------
    word : str
        The word.
    g : ndarray, shape (n,)
        The bias direction, of any length.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.

    Returns
    -------
    ndarray of float, shape (n,)
        What is left of the word's vector: it is at right angles to g.

    Examples
    --------
    >>> neutralize("nurse", np.array([2.0, 0.0]), {"nurse": np.array([3.0, 4.0])}).tolist()
    [0.0, 4.0]
    """
    e = word_to_vec_map[word]
    debiased: np.ndarray = e - project(e, g)
    return debiased


def equalize(
    pair: tuple[str, str], bias_axis: np.ndarray, word_to_vec_map: WordMap
) -> tuple[np.ndarray, np.ndarray]:
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
        The new vectors, of length 1: what both have in common, and equal and opposite parts
        along the axis.

    Examples
    --------
    >>> vectors = {"actor": np.array([-0.6, 0.8]), "actress": np.array([0.0, 1.0])}
    >>> e1, e2 = equalize(("actor", "actress"), np.array([1.0, 0.0]), vectors)
    >>> e1.round(3).tolist(), e2.round(3).tolist()
    ([-0.436, 0.9], [0.436, 0.9])
    """
    e_w1, e_w2 = (word_to_vec_map[word] for word in pair)
    mu = (e_w1 + e_w2) / 2
    mu_B = project(mu, bias_axis)
    mu_orth = mu - mu_B
    along_1, along_2 = project(e_w1, bias_axis) - mu_B, project(e_w2, bias_axis) - mu_B
    length = np.sqrt(1 - np.dot(mu_orth, mu_orth))
    e1 = mu_orth + length * along_1 / np.linalg.norm(along_1)
    e2 = mu_orth + length * along_2 / np.linalg.norm(along_2)
    return e1, e2
