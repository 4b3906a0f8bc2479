# As short as it goes.
from collections import Counter

from scipy.special import expit, log_expit, log_softmax
from scipy.special import softmax as sm


def build_vocabulary(sentences, min_count=1):
    c = Counter(" ".join(sentences).split())
    ws = sorted((w for w in c if c[w] >= min_count), key=lambda w: (-c[w], w))
    return dict(zip(ws, range(len(ws)))), np.array([c[w] for w in ws], int)


sentence_to_ids = lambda sentence, word_to_index: np.array(
    [word_to_index[w] for w in sentence.split() if w in word_to_index], int
)


def context_target_pairs(ids, window):
    ids = np.asarray(ids)
    far = np.abs(np.subtract.outer(np.arange(len(ids)), np.arange(len(ids))))
    i, j = np.nonzero((far > 0) & (far <= window))
    return ids[i], ids[j]


keep_probabilities = lambda counts, threshold=1e-3: (
    (threshold / counts * counts.sum()) ** 0.5
).clip(max=1)
skipgram_softmax = lambda contexts, E, Theta: sm(Theta @ E[contexts].T, 0)
skipgram_cost = lambda P, targets: -np.log(P[targets, range(len(targets))]).mean()


def skipgram_gradients(contexts, targets, E, Theta):
    C, T = (np.eye(len(E))[i] for i in (contexts, targets))
    d = (sm(Theta @ E[contexts].T, 0) - T.T) / len(C)
    return dict(dE=C.T @ d.T @ Theta, dTheta=d @ E[contexts])


noise_distribution = lambda counts, power=0.75: counts**power / (counts**power).sum()
draw_negatives = lambda noise, m, k, seed=0: np.random.RandomState(seed).choice(
    len(noise), (m, k), True, noise
)


def _scores(contexts, targets, negatives, E, Theta):
    ids = np.c_[targets, negatives]
    return np.matmul(Theta[ids], E[contexts][..., None])[..., 0] * ([1] + [-1] * (ids.shape[1] - 1))


def negative_sampling_cost(contexts, targets, negatives, E, Theta):
    return -log_expit(_scores(contexts, targets, negatives, E, Theta)).sum(1).mean()


def negative_sampling_gradients(contexts, targets, negatives, E, Theta):
    s = _scores(contexts, targets, negatives, E, Theta)
    d = expit(-s) * ([-1] + [1] * (s.shape[1] - 1)) / len(s)
    g = d[..., None] * E[contexts][:, None]
    up = np.matmul(d[:, None], Theta[np.c_[targets, negatives]])[:, 0]
    return dict(d_contexts=up, d_targets=g[:, 0], d_negatives=g[:, 1:])


def update_rows(W, ids, dW_rows, learning_rate):
    hot = np.eye(len(W))[ids.ravel()]
    return W - learning_rate * hot.T @ dW_rows.reshape(-1, W.shape[1])


co_occurrences = lambda contexts, targets, n_words: np.bincount(
    targets * n_words + contexts, minlength=n_words**2
).reshape(n_words, n_words)
glove_weights = lambda X, x_max=100, alpha=0.75: (X / x_max).clip(0, 1) ** alpha


def glove_differences(parameters, X):
    s = parameters["Theta"] @ parameters["E"].T + parameters["b_Theta"] + parameters["b_E"].ravel()
    return (X > 0) * (s - np.log(X + (X == 0)))


def glove_cost(parameters, X, x_max=100, alpha=0.75):
    return np.vdot(glove_weights(X, x_max, alpha), glove_differences(parameters, X) ** 2)


def glove_gradients(parameters, X, x_max=100, alpha=0.75):
    d = 2 * glove_weights(X, x_max, alpha) * glove_differences(parameters, X)
    return {
        "dE": d.T @ parameters["Theta"],
        "dTheta": d @ parameters["E"],
        "db_E": d.sum(0)[:, None],
        "db_Theta": d.sum(1)[:, None],
    }
