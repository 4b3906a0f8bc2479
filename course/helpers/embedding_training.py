"""The loop that trains word vectors: it calls the functions that it is given.

What a step does is for those functions to know. Here is only what surrounds them: the epochs,
the order of the pairs, the batches, and a learning rate that falls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np


class WordSteps(Protocol):
    """The functions that training is made of: skip-gram with negative sampling."""

    context_target_pairs: Callable[[np.ndarray, int], tuple[np.ndarray, np.ndarray]]
    keep_probabilities: Callable[[np.ndarray, float], np.ndarray]
    noise_distribution: Callable[[np.ndarray], np.ndarray]
    draw_negatives: Callable[[np.ndarray, int, int, int], np.ndarray]
    negative_sampling_cost: Callable[..., float]
    negative_sampling_gradients: Callable[..., dict[str, np.ndarray]]
    update_rows: Callable[[np.ndarray, np.ndarray, np.ndarray, float], np.ndarray]


def train_word_vectors(
    steps: Any,
    sentences: Sequence[np.ndarray],
    counts: np.ndarray,
    *,
    n_e: int = 50,
    window: int = 5,
    k: int = 5,
    epochs: int = 4,
    batch: int = 512,
    learning_rate: float = 25.0,
    threshold: float = 1e-3,
    seed: int = 0,
    after_epoch: Callable[[int, float, np.ndarray], None] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Train word vectors with skip-gram and negative sampling.

    Parameters
    ----------
    steps : WordSteps
        A module or another object whose attributes are the functions of a step.
    sentences : list of ndarray of int
        The text, as ids.
    counts : ndarray of int, shape (n_words,)
        How often each word occurs.
    n_e, window, k, epochs, batch : int
        Numbers of a vector, words to each side, negatives for each pair, passes through the
        text, pairs of a batch.
    learning_rate : float
        At the start; it falls to a tenth. Costs are averages over a batch, so this is the rate
        of a single pair, times the pairs of a batch.
    threshold : float
        Words with a larger share of the text are thinned out, anew in each epoch.
    seed : int
        Starts the random numbers.
    after_epoch : callable, optional
        Called with the number of epochs done, the cost of the last batch, and E.

    Returns
    -------
    E, Theta : ndarray of float, shape (n_words, n_e)
        The vectors of contexts and of targets.
    """
    rng = np.random.default_rng(seed)
    E, Theta = rng.normal(size=(len(counts), n_e)) * 0.1, np.zeros((len(counts), n_e))
    keep = np.asarray(steps.keep_probabilities(counts, threshold))
    noise = steps.noise_distribution(counts)
    for epoch in range(epochs):
        contexts, targets = _pairs(steps, sentences, keep, window, rng)
        negatives = np.asarray(steps.draw_negatives(noise, len(contexts), k, seed + epoch))
        rate = learning_rate * max(0.1, 1 - epoch / epochs)
        cost = np.nan
        for first in range(0, len(contexts) - batch + 1, batch):
            part = slice(first, first + batch)
            given = contexts[part], targets[part], negatives[part]
            if after_epoch and first + 2 * batch > len(contexts):
                cost = float(steps.negative_sampling_cost(*given, E, Theta))
            E, Theta = _step(steps, given, E, Theta, rate)
        if after_epoch:
            after_epoch(epoch + 1, cost, E)
    return E, Theta


def _pairs(
    steps: Any,
    sentences: Sequence[np.ndarray],
    keep: np.ndarray,
    window: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Thin the text out, and list the pairs of all sentences in random order."""
    thinned = [ids[rng.random(len(ids)) < keep[ids]] for ids in sentences]
    made = [steps.context_target_pairs(ids, window) for ids in thinned]
    contexts, targets = (np.concatenate(side).astype(int) for side in zip(*made, strict=True))
    order = rng.permutation(len(contexts))
    return contexts[order], targets[order]


def _step(
    steps: Any,
    given: tuple[np.ndarray, np.ndarray, np.ndarray],
    E: np.ndarray,
    Theta: np.ndarray,
    rate: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Update the rows that a batch touches; both gradients are taken before either step."""
    contexts, targets, negatives = given
    grads = steps.negative_sampling_gradients(contexts, targets, negatives, E, Theta)
    E = steps.update_rows(E, contexts, grads["d_contexts"], rate)
    Theta = steps.update_rows(Theta, targets, grads["d_targets"], rate)
    return E, steps.update_rows(Theta, negatives, grads["d_negatives"], rate)
