# The manner of 2017: np.dot, dictionaries, loops where they are the shortest way.
from helpers.numpy_basics import sigmoid


def build_vocabulary(sentences, min_count=1):
    counts = {}
    for sentence in sentences:
        for w in sentence.split():
            counts[w] = counts.get(w, 0) + 1
    kept = [w for w in counts if counts[w] >= min_count]
    kept.sort(key=lambda w: (-counts[w], w))
    word_to_index = {}
    for i in range(len(kept)):
        word_to_index[kept[i]] = i
    return word_to_index, [counts[w] for w in kept]


def sentence_to_ids(sentence, word_to_index):
    ids = []
    for w in sentence.split():
        if w in word_to_index:
            ids.append(word_to_index[w])
    return ids


def context_target_pairs(ids, window):
    contexts = []
    targets = []
    n = len(ids)
    for i in range(n):
        for offset in range(-window, window + 1):
            if offset != 0 and 0 <= i + offset < n:
                contexts.append(ids[i])
                targets.append(ids[i + offset])
    return contexts, targets


def keep_probabilities(counts, threshold=1e-3):
    f = counts / np.sum(counts)
    p = np.sqrt(threshold / f)
    p[p > 1] = 1
    return p


def skipgram_softmax(contexts, E, Theta):
    Z = np.dot(Theta, E[contexts].T)
    t = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    P = t / np.sum(t, axis=0, keepdims=True)
    return P


def skipgram_cost(P, targets):
    m = P.shape[1]
    Y = np.zeros(P.shape)
    for i in range(m):
        Y[targets[i], i] = 1
    cost = -1 / m * np.sum(Y * np.log(P))
    return cost


def skipgram_gradients(contexts, targets, E, Theta):
    m = contexts.shape[0]
    P = skipgram_softmax(contexts, E, Theta)
    Y = np.zeros(P.shape)
    Y[targets, np.arange(m)] = 1
    dZ = P - Y
    dTheta = 1 / m * np.dot(dZ, E[contexts])
    dE = np.zeros(E.shape)
    d_rows = 1 / m * np.dot(dZ.T, Theta)
    for i in range(m):
        dE[contexts[i]] += d_rows[i]
    grads = {"dE": dE, "dTheta": dTheta}
    return grads


def noise_distribution(counts, power=0.75):
    weights = np.power(counts, power)
    return weights / np.sum(weights)


def draw_negatives(noise, m, k, seed=0):
    np.random.seed(seed)
    negatives = np.random.choice(noise.shape[0], size=(m, k), p=noise)
    return negatives


def negative_sampling_cost(contexts, targets, negatives, E, Theta):
    m, k = negatives.shape
    cost = 0
    for i in range(m):
        e = E[contexts[i]]
        cost += np.logaddexp(0, -np.dot(Theta[targets[i]], e))
        for j in range(k):
            cost += np.logaddexp(0, np.dot(Theta[negatives[i, j]], e))
    return cost / m


def negative_sampling_gradients(contexts, targets, negatives, E, Theta):
    m, k = negatives.shape
    n_e = E.shape[1]
    d_contexts = np.zeros((m, n_e))
    d_targets = np.zeros((m, n_e))
    d_negatives = np.zeros((m, k, n_e))
    for i in range(m):
        e = E[contexts[i]]
        theta = Theta[targets[i]]
        dz = (sigmoid(np.dot(theta, e)) - 1) / m
        d_targets[i] = dz * e
        d_contexts[i] = dz * theta
        for j in range(k):
            theta = Theta[negatives[i, j]]
            dz = sigmoid(np.dot(theta, e)) / m
            d_negatives[i, j] = dz * e
            d_contexts[i] += dz * theta
    grads = {"d_contexts": d_contexts, "d_targets": d_targets, "d_negatives": d_negatives}
    return grads


def update_rows(W, ids, dW_rows, learning_rate):
    W = np.copy(W)
    flat = ids.reshape(-1)
    rows = dW_rows.reshape(flat.shape[0], W.shape[1])
    for i in range(flat.shape[0]):
        W[flat[i]] = W[flat[i]] - learning_rate * rows[i]
    return W


def co_occurrences(contexts, targets, n_words):
    X = np.zeros((n_words, n_words))
    for c, t in zip(contexts, targets):
        X[t, c] = X[t, c] + 1
    return X


def glove_weights(X, x_max=100, alpha=0.75):
    f = np.power(X / x_max, alpha)
    f[X >= x_max] = 1
    return f


def glove_differences(parameters, X):
    E, Theta = parameters["E"], parameters["Theta"]
    b, b_prime = parameters["b_Theta"], parameters["b_E"]
    n = X.shape[0]
    D = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if X[i, j] > 0:
                D[i, j] = np.dot(Theta[i], E[j]) + b[i, 0] + b_prime[j, 0] - np.log(X[i, j])
    return D


def glove_cost(parameters, X, x_max=100, alpha=0.75):
    D = glove_differences(parameters, X)
    f = glove_weights(X, x_max, alpha)
    cost = np.sum(np.multiply(f, np.square(D)))
    return np.squeeze(cost)


def glove_gradients(parameters, X, x_max=100, alpha=0.75):
    D = glove_differences(parameters, X)
    f = glove_weights(X, x_max, alpha)
    dZ = 2 * np.multiply(f, D)
    grads = {}
    grads["dTheta"] = np.dot(dZ, parameters["E"])
    grads["dE"] = np.dot(dZ.T, parameters["Theta"])
    grads["db_Theta"] = np.sum(dZ, axis=1, keepdims=True)
    grads["db_E"] = np.sum(dZ.T, axis=1, keepdims=True)
    return grads
