# Index by index: np.einsum for every product.
from collections import defaultdict

from helpers.numpy_basics import sigmoid


def build_vocabulary(sentences, min_count=1):
    seen = defaultdict(int)
    for sentence in sentences:
        for word in sentence.split(" "):
            if word:
                seen[word] += 1
    by_count = sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    by_count = [item for item in by_count if item[1] >= min_count]
    word_to_index = {item[0]: n for n, item in enumerate(by_count)}
    counts = [item[1] for item in by_count]
    return word_to_index, counts


def sentence_to_ids(sentence, word_to_index):
    known = [word for word in sentence.split() if word in word_to_index.keys()]
    return tuple(word_to_index[word] for word in known)


def context_target_pairs(ids, window):
    pairs = [
        (ids[i], ids[j])
        for i in range(len(ids))
        for j in range(len(ids))
        if i != j and abs(i - j) <= window
    ]
    contexts = [pair[0] for pair in pairs]
    targets = [pair[1] for pair in pairs]
    return contexts, targets


def keep_probabilities(counts, threshold=1e-3):
    shares = np.einsum("w,->w", counts, 1 / np.sum(counts))
    return np.minimum(np.sqrt(threshold) / np.sqrt(shares), 1.0)


def skipgram_softmax(contexts, E, Theta):
    scores = np.einsum("wn,mn->wm", Theta, E[contexts])
    powers = np.exp(scores - scores.max(axis=0))
    return powers / np.einsum("wm->m", powers)


def skipgram_cost(P, targets):
    logs = np.log(np.take_along_axis(P, np.asarray(targets)[np.newaxis], axis=0))
    return -logs.mean()


def skipgram_gradients(contexts, targets, E, Theta):
    errors = skipgram_softmax(contexts, E, Theta)
    np.subtract.at(errors, (targets, np.arange(len(targets))), 1)
    errors /= len(targets)
    dTheta = np.einsum("wm,mn->wn", errors, E[contexts])
    dE = np.zeros_like(E, dtype=float)
    np.add.at(dE, contexts, np.einsum("wm,wn->mn", errors, Theta))
    return {"dE": dE, "dTheta": dTheta}


def noise_distribution(counts, power=0.75):
    raised = np.exp(power * np.log(counts))
    return raised / np.einsum("w->", raised)


def draw_negatives(noise, m, k, seed=0):
    rng = np.random.default_rng(seed)
    drawn = np.array([rng.choice(len(noise), size=k, p=noise) for _ in range(m)])
    return drawn.reshape(m, k)


def negative_sampling_cost(contexts, targets, negatives, E, Theta):
    z = np.einsum("mn,mn->m", Theta[targets], E[contexts])
    z_n = np.einsum("mkn,mn->mk", Theta[negatives], E[contexts])
    total = np.einsum("m->", np.log1p(np.exp(-z))) + np.einsum("mk->", np.log1p(np.exp(z_n)))
    return total / len(contexts)


def negative_sampling_gradients(contexts, targets, negatives, E, Theta):
    m = len(contexts)
    z = np.einsum("mn,mn->m", Theta[targets], E[contexts])
    z_n = np.einsum("mkn,mn->mk", Theta[negatives], E[contexts])
    p, p_n = (sigmoid(z) - 1) / m, sigmoid(z_n) / m
    down = np.einsum("m,mn->mn", p, Theta[targets])
    down += np.einsum("mk,mkn->mn", p_n, Theta[negatives])
    return {
        "d_contexts": down,
        "d_targets": np.einsum("m,mn->mn", p, E[contexts]),
        "d_negatives": np.einsum("mk,mn->mkn", p_n, E[contexts]),
    }


def update_rows(W, ids, dW_rows, learning_rate):
    step = np.zeros(W.shape)
    np.add.at(step, ids, dW_rows)
    return W - learning_rate * step


def co_occurrences(contexts, targets, n_words):
    t = np.equal.outer(np.arange(n_words), targets).astype(float)
    c = np.equal.outer(np.arange(n_words), contexts).astype(float)
    return np.einsum("ip,jp->ij", t, c)


def glove_weights(X, x_max=100, alpha=0.75):
    capped = np.minimum(X, x_max)
    return (capped / x_max) ** alpha


def glove_differences(parameters, X):
    D = np.einsum("in,jn->ij", parameters["Theta"], parameters["E"])
    D = D + parameters["b_Theta"] + np.einsum("jo->oj", parameters["b_E"])
    there = X > 0
    D[there] -= np.log(X[there])
    D[~there] = 0
    return D


def glove_cost(parameters, X, x_max=100, alpha=0.75):
    D = glove_differences(parameters, X)
    return np.einsum("ij,ij,ij->", glove_weights(X, x_max, alpha), D, D)


def glove_gradients(parameters, X, x_max=100, alpha=0.75):
    D, f = glove_differences(parameters, X), glove_weights(X, x_max, alpha)
    return {
        "dTheta": 2 * np.einsum("ij,ij,jn->in", f, D, parameters["E"]),
        "dE": 2 * np.einsum("ij,ij,in->jn", f, D, parameters["Theta"]),
        "db_Theta": 2 * np.einsum("ij,ij->i", f, D)[:, np.newaxis],
        "db_E": 2 * np.einsum("ij,ij->j", f, D)[:, np.newaxis],
    }
