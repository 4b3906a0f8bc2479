# Comprehensions, itertools, small pure helpers.
from collections import Counter
from functools import reduce
from itertools import chain

from helpers.numpy_basics import sigmoid
from helpers.softmax_regression import softmax


def build_vocabulary(sentences, min_count=1):
    occurrences = Counter(chain.from_iterable(map(str.split, sentences)))
    frequent = filter(lambda pair: pair[1] >= min_count, occurrences.items())
    ordered = sorted(sorted(frequent), key=lambda pair: pair[1], reverse=True)
    return {word: i for i, (word, _) in enumerate(ordered)}, [count for _, count in ordered]


def sentence_to_ids(sentence, word_to_index):
    return [i for i in map(word_to_index.get, sentence.split()) if i is not None]


def context_target_pairs(ids, window):
    ids = list(ids)
    around = [ids[max(0, i - window) : i] + ids[i + 1 : i + 1 + window] for i in range(len(ids))]
    contexts = [c for c, near in zip(ids, around) for _ in near]
    return contexts, list(chain(*around))


def keep_probabilities(counts, threshold=1e-3):
    total = sum(counts)
    return np.array([min(1.0, (threshold * total / count) ** 0.5) for count in counts])


def skipgram_softmax(contexts, E, Theta):
    return np.column_stack([softmax((Theta @ E[c]).reshape(-1, 1)) for c in contexts])


def skipgram_cost(P, targets):
    return float(np.mean([-np.log(column[t]) for column, t in zip(P.T, targets)]))


def skipgram_gradients(contexts, targets, E, Theta):
    P, m = skipgram_softmax(contexts, E, Theta), len(contexts)
    truth = (np.arange(len(E))[:, None] == targets).astype(float)
    dZ = (P - truth) / m
    here = (np.arange(len(E))[:, None] == contexts).astype(float)
    return {"dE": here @ (dZ.T @ Theta), "dTheta": dZ @ E[contexts]}


def noise_distribution(counts, power=0.75):
    powers = [float(count) ** power for count in counts]
    return np.array(powers) / sum(powers)


def draw_negatives(noise, m, k, seed=0):
    uniform = np.random.default_rng(seed).random((m, k))
    edges = np.cumsum(noise)
    return np.searchsorted(edges / edges[-1], uniform, side="right")


def negative_sampling_cost(contexts, targets, negatives, E, Theta):
    def loss(c, t, drawn):
        return np.logaddexp(0, -Theta[t] @ E[c]) + np.logaddexp(0, Theta[drawn] @ E[c]).sum()

    return np.mean([loss(*pair) for pair in zip(contexts, targets, negatives)])


def negative_sampling_gradients(contexts, targets, negatives, E, Theta):
    m = len(contexts)

    def one(c, t, drawn):
        pull, push = sigmoid(Theta[t] @ E[c]) - 1, sigmoid(Theta[drawn] @ E[c])
        return pull * Theta[t] + push @ Theta[drawn], pull * E[c], np.outer(push, E[c])

    parts = [np.array(part) / m for part in zip(*map(one, contexts, targets, negatives))]
    return dict(zip(("d_contexts", "d_targets", "d_negatives"), parts))


def update_rows(W, ids, dW_rows, learning_rate):
    steps = zip(np.ravel(ids), np.reshape(dW_rows, (np.size(ids), W.shape[1])))

    def move(matrix, step):
        i, gradient = step
        return np.vstack(
            [matrix[:i], matrix[i : i + 1] - learning_rate * gradient, matrix[i + 1 :]]
        )

    return reduce(move, steps, W.copy())


def co_occurrences(contexts, targets, n_words):
    seen = Counter(zip(np.asarray(targets).tolist(), np.asarray(contexts).tolist()))
    return np.array([[seen[i, j] for j in range(n_words)] for i in range(n_words)], float)


def glove_weights(X, x_max=100, alpha=0.75):
    return np.where(X < x_max, (X / x_max) ** alpha, 1.0)


def glove_differences(parameters, X):
    score = parameters["Theta"] @ parameters["E"].T
    score = score + parameters["b_Theta"] + parameters["b_E"].T
    return np.where(X > 0, score - np.log(np.where(X > 0, X, 1)), 0)


def glove_cost(parameters, X, x_max=100, alpha=0.75):
    squares = glove_differences(parameters, X) ** 2
    return float(sum(map(float, (glove_weights(X, x_max, alpha) * squares).ravel())))


def glove_gradients(parameters, X, x_max=100, alpha=0.75):
    slope = 2 * glove_weights(X, x_max, alpha) * glove_differences(parameters, X)
    ones = np.ones((len(X), 1))
    return {
        "dE": slope.T @ parameters["Theta"],
        "dTheta": slope @ parameters["E"],
        "db_E": slope.T @ ones,
        "db_Theta": slope @ ones,
    }
