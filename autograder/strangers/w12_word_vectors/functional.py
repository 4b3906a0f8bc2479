# Nothing is ever changed: maps, reductions, dictionaries made in one go.
from collections import Counter
from functools import reduce


def words_to_one_hot(words, word_to_index):
    def column(word):
        index = word_to_index[word] if word in word_to_index else word_to_index["<unk>"]
        return [float(k == index) for k in range(len(word_to_index))]

    return np.column_stack([column(word) for word in words])


def embed(E, indices):
    return np.stack([E[:, i] for i in indices], axis=-1)


def embed_backward(dX, indices, n_words):
    places = np.asarray(indices)
    return np.stack([dX[:, places == k].sum(axis=1) for k in range(n_words)], axis=1)


def cosine_similarity(u, v):
    return float(np.inner(u / np.linalg.norm(u), v / np.linalg.norm(v)))


def nearest_neighbours(word, word_to_vec_map, k=5):
    this = word.lower()
    ranked = sorted(
        ((cosine_similarity(word_to_vec_map[this], e), w) for w, e in word_to_vec_map.items()),
        reverse=True,
    )
    return [w for _, w in ranked if w != this][:k]


def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    a, b, c = (w.lower() for w in (word_a, word_b, word_c))
    step = word_to_vec_map[b] - word_to_vec_map[a]
    similarity = {
        w: cosine_similarity(step, e - word_to_vec_map[c])
        for w, e in word_to_vec_map.items()
        if w not in {a, b, c}
    }
    return max(similarity, key=similarity.get)


def principal_components(X, k):
    centred = X - np.mean(X, axis=1)[:, None]
    values, vectors = np.linalg.eigh(centred @ centred.T)
    ordered = [(values[j], vectors[:, j]) for j in reversed(range(len(values)))][:k]
    turned = [u if u[np.argmax(u**2)] > 0 else -u for _, u in ordered]
    return np.column_stack(turned), np.array([v for v, _ in ordered]) / np.sum(centred**2)


def bias_direction(pairs, word_to_vec_map):
    steps = [np.subtract(word_to_vec_map[b], word_to_vec_map[a]) for a, b in pairs]
    return reduce(np.add, steps) / len(steps)


def project(v, axis):
    return np.outer(axis, axis) @ v / np.sum(axis**2)


def neutralize(word, g, word_to_vec_map):
    remover = np.eye(len(g)) - np.outer(g, g) / np.inner(g, g)
    return remover @ word_to_vec_map[word]


def equalize(pair, bias_axis, word_to_vec_map):
    vectors = [word_to_vec_map[w] for w in pair]
    mu = sum(vectors) / 2
    mu_B = project(mu, bias_axis)
    mu_orth = mu - mu_B
    size = np.sqrt(1 - np.linalg.norm(mu_orth) ** 2)

    def equalized(e):
        part = project(e, bias_axis) - mu_B
        return mu_orth + size * part / np.linalg.norm(part)

    return tuple(map(equalized, vectors))


def sentence_to_avg(sentence, word_to_vec_map):
    found = [word_to_vec_map[w] for w in map(str.lower, sentence.split()) if w in word_to_vec_map]
    zero = 0 * next(iter(word_to_vec_map.values()))
    return reduce(np.add, found, zero) / max(len(found), 1)


def bag_of_words(sentences, word_to_index):
    counters = [Counter(sentence.lower().split()) for sentence in sentences]
    words = {index: word for word, index in word_to_index.items()}
    rows = [[float(counter[words[k]]) for counter in counters] for k in range(len(words))]
    return np.array(rows)


def model(X, Y, word_to_vec_map, learning_rate=0.5, num_iterations=400):
    V = np.column_stack([sentence_to_avg(sentence, word_to_vec_map) for sentence in X])
    m = V.shape[1]

    def probabilities(W, b):
        E = np.exp(W @ V + b)
        return E / np.sum(E, axis=0)

    def step(state, _):
        W, b, costs = state
        A = probabilities(W, b)
        J = -np.sum(np.log(np.sum(A * Y, axis=0))) / m
        dW, db = (A - Y) @ V.T / m, np.mean(A - Y, axis=1, keepdims=True)
        return W - learning_rate * dW, b - learning_rate * db, [*costs, J]

    start = (np.zeros((Y.shape[0], V.shape[0])), np.zeros((Y.shape[0], 1)), [])
    W, b, costs = reduce(step, range(num_iterations), start)
    return dict(W=W, b=b), costs


def predict(X, parameters, word_to_vec_map):
    def best(sentence):
        v = sentence_to_avg(sentence, word_to_vec_map)
        return int(np.argmax(parameters["W"] @ v[:, None] + parameters["b"]))

    return np.array([[best(sentence) for sentence in X]])
