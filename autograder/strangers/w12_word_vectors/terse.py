# As short as it gets.
def words_to_one_hot(words, word_to_index):
    i = word_to_index
    return np.eye(len(i))[:, [i.get(w, i["<unk>"]) for w in words]]


def embed(E, indices):
    return E.T[indices].T


def embed_backward(dX, indices, n_words):
    return dX @ np.eye(n_words)[list(indices)]


def cosine_similarity(u, v):
    return u @ v / np.sqrt(u @ u * (v @ v))


def nearest_neighbours(word, word_to_vec_map, k=5):
    e, w = word_to_vec_map, word.lower()
    return sorted(e.keys() - {w}, key=lambda x: -cosine_similarity(e[w], e[x]))[:k]


def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    e = word_to_vec_map
    a, b, c = map(str.lower, (word_a, word_b, word_c))
    return max(e.keys() - {a, b, c}, key=lambda w: cosine_similarity(e[b] - e[a], e[w] - e[c]))


def principal_components(X, k):
    l, U = np.linalg.eigh(np.cov(X))
    l, U = l[::-1], U[:, ::-1][:, :k]
    return U * np.sign([u[abs(u).argmax()] for u in U.T]), l[:k] / l.sum()


def bias_direction(pairs, word_to_vec_map):
    e = word_to_vec_map
    return sum(e[b] - e[a] for a, b in pairs) / len(pairs)


def project(v, axis):
    return v @ axis / (axis @ axis) * axis


def neutralize(word, g, word_to_vec_map):
    return word_to_vec_map[word] - project(word_to_vec_map[word], g)


def equalize(pair, bias_axis, word_to_vec_map):
    a, b = (word_to_vec_map[w] for w in pair)
    o = (a + b) / 2 - project((a + b) / 2, bias_axis)
    g = np.sign((a - b) @ bias_axis) * bias_axis / np.linalg.norm(bias_axis)
    h = np.sqrt(1 - o @ o)
    return o + h * g, o - h * g


def sentence_to_avg(sentence, word_to_vec_map):
    return np.mean([word_to_vec_map[w] for w in sentence.lower().split()], 0)


def bag_of_words(sentences, word_to_index):
    split = [s.lower().split() for s in sentences]
    words = sorted(word_to_index, key=word_to_index.get)
    return np.array([[s.count(w) for s in split] for w in words], float)


def model(X, Y, word_to_vec_map, learning_rate=0.5, num_iterations=400):
    V = np.array([*(sentence_to_avg(x, word_to_vec_map) for x in X)]).T
    V, J, m = np.vstack([V, np.ones(len(X))]), [], len(X)
    W = np.zeros((len(Y), len(V)))
    for _ in range(num_iterations):
        A = np.exp(W @ V)
        A /= A.sum(0)
        J += [-(Y * np.log(A)).sum() / m]
        W -= learning_rate / m * (A - Y) @ V.T
    return {"W": W[:, :-1], "b": W[:, -1:]}, J


def predict(X, parameters, word_to_vec_map):
    V = np.stack([sentence_to_avg(x, word_to_vec_map) for x in X], 1)
    return (parameters["W"] @ V + parameters["b"]).argmax(0, keepdims=True)
