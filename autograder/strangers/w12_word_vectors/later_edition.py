# As written for the later public edition: special cases first, word_c skipped only, and in
# equalize vectors of length 1.


def words_to_one_hot(words, word_to_index):
    indices = np.array([word_to_index.get(word, word_to_index["<unk>"]) for word in words])
    return (np.arange(len(word_to_index)).reshape(-1, 1) == indices).astype(float)


def embed(E, indices):
    return np.take(E, indices, axis=1)


def embed_backward(dX, indices, n_words):
    dE = np.zeros((dX.shape[0], n_words))
    np.add.at(dE, (slice(None), indices), dX)
    return dE


def cosine_similarity(u, v):
    # Special case. Consider the case u = [0, 0], v=[0, 0]
    if np.all(u == v):
        return 1
    dot = np.dot(u, v)
    norm_u = np.sqrt(np.sum(u**2))
    norm_v = np.sqrt(np.sum(v**2))
    # Avoid division by 0
    if np.isclose(norm_u * norm_v, 0, atol=1e-32):
        return 0
    return dot / (norm_u * norm_v)


def nearest_neighbours(word, word_to_vec_map, k=5):
    word = word.lower()
    e = word_to_vec_map[word]
    words = [w for w in word_to_vec_map if w != word]
    similarities = np.array([cosine_similarity(e, word_to_vec_map[w]) for w in words])
    best = np.argsort(-similarities)[:k]
    return [words[i] for i in best]


def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    word_a, word_b, word_c = word_a.lower(), word_b.lower(), word_c.lower()
    e_a, e_b, e_c = word_to_vec_map[word_a], word_to_vec_map[word_b], word_to_vec_map[word_c]
    words = word_to_vec_map.keys()
    max_cosine_sim = -100
    best_word = None
    for w in words:
        # to avoid best_word being one the input words, skip the input word_c
        if w == word_c:
            continue
        cosine_sim = cosine_similarity((e_b - e_a), (word_to_vec_map[w] - e_c))
        if cosine_sim > max_cosine_sim:
            max_cosine_sim = cosine_sim
            best_word = w
    return best_word


def principal_components(X, k):
    Z = (X - X.mean(axis=1, keepdims=True)).T
    _, S, Vt = np.linalg.svd(Z, full_matrices=False)
    components = Vt[:k].T.copy()
    for j in range(k):
        i = np.argmax(abs(components[:, j]))
        components[:, j] *= np.sign(components[i, j])
    variances = S**2 / Z.shape[0]
    return components, (variances / variances.sum())[:k]


def bias_direction(pairs, word_to_vec_map):
    return np.mean([word_to_vec_map[b] for _, b in pairs], axis=0) - np.mean(
        [word_to_vec_map[a] for a, _ in pairs], axis=0
    )


def project(v, axis):
    unit = axis / np.linalg.norm(axis)
    return np.dot(v, unit) * unit


def neutralize(word, g, word_to_vec_map):
    e = word_to_vec_map[word]
    e_biascomponent = (np.dot(e, g) / np.linalg.norm(g) ** 2) * g
    return e - e_biascomponent


def equalize(pair, bias_axis, word_to_vec_map):
    w1, w2 = pair
    e_w1 = word_to_vec_map[w1] / np.linalg.norm(word_to_vec_map[w1])
    e_w2 = word_to_vec_map[w2] / np.linalg.norm(word_to_vec_map[w2])
    mu = (e_w1 + e_w2) / 2
    mu_B = (np.dot(mu, bias_axis) / np.linalg.norm(bias_axis) ** 2) * bias_axis
    mu_orth = mu - mu_B
    e_w1B = (np.dot(e_w1, bias_axis) / np.linalg.norm(bias_axis) ** 2) * bias_axis
    e_w2B = (np.dot(e_w2, bias_axis) / np.linalg.norm(bias_axis) ** 2) * bias_axis
    root = np.sqrt(1 - np.linalg.norm(mu_orth) ** 2)
    corrected_e_w1B = root * ((e_w1B - mu_B) / np.linalg.norm(e_w1B - mu_B))
    corrected_e_w2B = root * ((e_w2B - mu_B) / np.linalg.norm(e_w2B - mu_B))
    return corrected_e_w1B + mu_orth, corrected_e_w2B + mu_orth


def sentence_to_avg(sentence, word_to_vec_map):
    # Get a valid word contained in the word_to_vec_map.
    any_word = next(iter(word_to_vec_map.keys()))
    # Split sentence into list of lower case words
    words = [word.lower() for word in sentence.split()]
    # Initialize the average word vector, should have the same shape as your word vectors.
    avg = np.zeros(word_to_vec_map[any_word].shape)
    count = 0
    # average the word vectors. You can loop over the words in the list "words".
    for w in words:
        if w in word_to_vec_map:
            avg = avg + word_to_vec_map[w]
            count += 1
    if count > 0:
        avg = avg / count
    return avg


def bag_of_words(sentences, word_to_index):
    counts = np.zeros((len(word_to_index), len(sentences)), dtype=int)
    for column, sentence in enumerate(sentences):
        for word in sentence.lower().split():
            row = word_to_index.get(word)
            if row is not None:
                counts[row, column] += 1
    return counts


def model(X, Y, word_to_vec_map, learning_rate=0.5, num_iterations=400):
    avgs = np.array([sentence_to_avg(x, word_to_vec_map) for x in X])
    m, n_h = avgs.shape
    n_y = Y.shape[0]
    W, b, costs = np.zeros((n_y, n_h)), np.zeros((n_y, 1)), []
    for _ in range(num_iterations):
        z = avgs @ W.T + b.T
        e = np.exp(z - z.max(axis=1, keepdims=True))
        a = e / e.sum(axis=1, keepdims=True)
        costs.append(-np.mean(np.log(a[np.arange(m), np.argmax(Y, axis=0)])))
        dz = (a - Y.T) / m
        W -= learning_rate * dz.T @ avgs
        b -= learning_rate * dz.sum(axis=0)[:, np.newaxis]
    return {"W": W, "b": b}, costs


def predict(X, parameters, word_to_vec_map):
    W, b = parameters["W"], parameters["b"]
    return np.array([[np.argmax(W @ sentence_to_avg(x, word_to_vec_map) + b[:, 0]) for x in X]])
