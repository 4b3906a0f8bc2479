"""Word vectors: looking them up, comparing them, and drawing them in fewer dimensions.

An embedding matrix E is (n, n_words): one word a column. A map from words to vectors is a
dictionary from lower-case words to arrays of shape (n,), all of one length.

References
----------
.. [1] T. Mikolov, W. Yih, G. Zweig: Linguistic Regularities in Continuous Space Word
   Representations, NAACL-HLT, 2013 (analogies).
.. [2] O. Levy, Y. Goldberg: Linguistic Regularities in Sparse and Explicit Word
   Representations, CoNLL, 2014 (what an analogy's formula compares).
"""

from collections.abc import Mapping, Sequence

import numpy as np

WordMap = Mapping[str, np.ndarray]


def words_to_one_hot(words: Sequence[str], word_to_index: Mapping[str, int]) -> np.ndarray:
    """Write each word as a column with a single 1.

    Parameters
    ----------
    words : sequence of str
        The words, m of them.
    word_to_index : dict of str to int
        The place of each word of the vocabulary, from 0 to ``n_words - 1``. One of them is
        "<unk>", which stands for all words that the vocabulary lacks.

    Returns
    -------
    ndarray of float, shape (n_words, m)
        1 in row k of column i where word i has place k, and 0 elsewhere.

    Examples
    --------
    >>> words_to_one_hot(["tea", "gin"], {"milk": 0, "tea": 1, "<unk>": 2}).tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
    """
    one_hot = np.zeros((len(word_to_index), len(words)))
    for column, word in enumerate(words):
        one_hot[word_to_index.get(word, word_to_index["<unk>"]), column] = 1
    return one_hot


def embed(E: np.ndarray, indices: Sequence[int]) -> np.ndarray:
    """Look the vectors of words up: what E times their one-hot columns is.

    Parameters
    ----------
    E : ndarray, shape (n, n_words)
        The embedding matrix.
    indices : sequence of int
        The places of m words.

    Returns
    -------
    ndarray, shape (n, m)
        The columns of E at these places, in their order.

    Examples
    --------
    >>> embed(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), [2, 0]).tolist()
    [[3.0, 1.0], [6.0, 4.0]]
    """
    return E[:, indices]


def embed_backward(dX: np.ndarray, indices: Sequence[int], n_words: int) -> np.ndarray:
    """Carry the gradient of the cost back through `embed`.

    Parameters
    ----------
    dX : ndarray of float, shape (n, m)
        The gradient with respect to what `embed` returned.
    indices : sequence of int
        The places of the m words.
    n_words : int
        The number of words in the vocabulary.

    Returns
    -------
    ndarray of float, shape (n, n_words)
        The gradient with respect to E. Where a word was looked up several times, its
        gradients add up.

    Examples
    --------
    >>> embed_backward(np.array([[1.0, 10.0, 100.0]]), [2, 0, 2], 4).tolist()
    [[10.0, 0.0, 101.0, 0.0]]
    """
    dE = np.zeros((dX.shape[0], n_words))
    for column, index in enumerate(indices):
        dE[:, index] += dX[:, column]
    return dE


def cosine_similarity(u: np.ndarray, v: np.ndarray) -> float:
    """Compute the cosine of the angle between two vectors.

    Parameters
    ----------
    u, v : ndarray, shape (n,)
        The vectors.

    Returns
    -------
    float
        From -1 (opposite) through 0 (at right angles) to 1 (the same direction); 0 where one
        of them is zero and has no direction.

    Examples
    --------
    >>> cosine_similarity(np.array([3, 4]), np.array([0, 2]))
    0.8
    """
    lengths = np.linalg.norm(u) * np.linalg.norm(v)
    return float(np.dot(u, v) / lengths) if lengths else 0.0


def nearest_neighbours(word: str, word_to_vec_map: WordMap, k: int = 5) -> list[str]:
    """List the words whose vectors point most nearly in the direction of a word's vector.

    Parameters
    ----------
    word : str
        The word, in upper or lower case.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.
    k : int
        How many words to list.

    Returns
    -------
    list of str
        The k words of largest cosine similarity, the most similar first, without the word
        itself.

    Examples
    --------
    >>> vectors = {"red": [1, 0], "green": [1, 1], "blue": [-1, 1], "pink": [5, 1]}
    >>> vectors = {word: np.array(vector) for word, vector in vectors.items()}
    >>> nearest_neighbours("Red", vectors, k=2)
    ['pink', 'green']
    """
    word = word.lower()
    similarity = {
        other: cosine_similarity(word_to_vec_map[word], vector)
        for other, vector in word_to_vec_map.items()
        if other != word
    }
    return sorted(similarity, key=similarity.__getitem__, reverse=True)[:k]


def complete_analogy(word_a: str, word_b: str, word_c: str, word_to_vec_map: WordMap) -> str:
    """Find the word that is to c as b is to a.

    Parameters
    ----------
    word_a, word_b, word_c : str
        Three words, in upper or lower case.
    word_to_vec_map : dict of str to ndarray of shape (n,)
        The vectors.

    Returns
    -------
    str
        The word w for which ``e_w - e_c`` points most nearly in the direction of
        ``e_b - e_a``; none of the three.

    Examples
    --------
    >>> vectors = {"man": [1, 0], "woman": [1, 2], "king": [5, 1], "queen": [5, 2], "tea": [-3, 0]}
    >>> vectors = {word: np.array(vector) for word, vector in vectors.items()}
    >>> complete_analogy("man", "woman", "king", vectors)
    'queen'
    """
    word_a, word_b, word_c = word_a.lower(), word_b.lower(), word_c.lower()
    direction = word_to_vec_map[word_b] - word_to_vec_map[word_a]
    best_word, best = "", -np.inf
    for word, vector in word_to_vec_map.items():
        if word in (word_a, word_b, word_c):
            continue
        similarity = cosine_similarity(direction, vector - word_to_vec_map[word_c])
        if similarity > best:
            best_word, best = word, similarity
    return best_word


def principal_components(X: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
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
        One direction per column: of length 1, at right angles to each other, the one of largest
        variance first. Of each, the number that is largest without its sign is positive.
    shares : ndarray of float, shape (k,)
        Their shares of the whole variance.

    Examples
    --------
    >>> X = np.array([[1.0, 5.0, 3.0, 3.0], [2.0, 2.0, 1.0, 3.0]])
    >>> components, shares = principal_components(X, 1)
    >>> components.round(3).tolist(), shares.round(3).tolist()
    ([[1.0], [0.0]], [0.8])
    """
    U, S, _ = np.linalg.svd(X - np.mean(X, axis=1, keepdims=True), full_matrices=False)
    components = U[:, :k]
    largest = np.argmax(np.abs(components), axis=0)
    signs = np.sign(components[largest, np.arange(k)])
    return components * signs, S[:k] ** 2 / np.sum(S**2)
