# A programmer who trusts loops: every number is touched by hand.


def dot(u, v):
    total = 0.0
    for i in range(len(u)):
        total += float(u[i]) * float(v[i])
    return total


def words_to_one_hot(words, word_to_index):
    result = np.zeros((len(word_to_index), len(words)))
    for j in range(len(words)):
        try:
            row = word_to_index[words[j]]
        except KeyError:
            row = word_to_index["<unk>"]
        for i in range(len(word_to_index)):
            result[i][j] = 1 if i == row else 0
    return result


def embed(E, indices):
    result = np.empty((len(E), len(indices)), dtype=E.dtype)
    for j in range(len(indices)):
        for i in range(len(E)):
            result[i, j] = E[i, indices[j]]
    return result


def embed_backward(dX, indices, n_words):
    dE = np.zeros((len(dX), n_words))
    for word in range(n_words):
        for j in range(len(indices)):
            if indices[j] == word:
                for i in range(len(dX)):
                    dE[i, word] += dX[i, j]
    return dE


def cosine_similarity(u, v):
    if dot(u, u) == 0 or dot(v, v) == 0:
        return 0.0
    return dot(u, v) / math.sqrt(dot(u, u)) / math.sqrt(dot(v, v))


def nearest_neighbours(word, word_to_vec_map, k=5):
    word = word.lower()
    ranking = []
    for other in word_to_vec_map:
        if other == word:
            continue
        similarity = cosine_similarity(word_to_vec_map[word], word_to_vec_map[other])
        place = 0
        while place < len(ranking) and ranking[place][0] > similarity:
            place += 1
        ranking.insert(place, (similarity, other))
    result = []
    for i in range(min(k, len(ranking))):
        result.append(ranking[i][1])
    return result


def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    word_a = word_a.lower()
    word_b = word_b.lower()
    word_c = word_c.lower()
    n = len(word_to_vec_map[word_a])
    step = np.zeros(n)
    for i in range(n):
        step[i] = word_to_vec_map[word_b][i] - word_to_vec_map[word_a][i]
    best = None
    for w in word_to_vec_map:
        if w == word_a or w == word_b or w == word_c:
            continue
        other = np.zeros(n)
        for i in range(n):
            other[i] = word_to_vec_map[w][i] - word_to_vec_map[word_c][i]
        similarity = cosine_similarity(step, other)
        if best is None or similarity > best[0]:
            best = (similarity, w)
    return best[1]


def principal_components(X, k):
    n, m = X.shape
    C = np.zeros((n, m))
    for i in range(n):
        mean = sum(X[i]) / m
        for j in range(m):
            C[i, j] = X[i, j] - mean
    U, S, Vt = np.linalg.svd(C)
    components = np.zeros((n, k))
    shares = np.zeros(k)
    for c in range(k):
        largest = 0
        for i in range(n):
            if abs(U[i, c]) > abs(U[largest, c]):
                largest = i
        sign = 1 if U[largest, c] > 0 else -1
        for i in range(n):
            components[i, c] = sign * U[i, c]
        shares[c] = S[c] ** 2 / sum(s**2 for s in S)
    return components, shares


def bias_direction(pairs, word_to_vec_map):
    n = len(word_to_vec_map[pairs[0][0]])
    g = np.zeros(n)
    for i in range(n):
        for a, b in pairs:
            g[i] += word_to_vec_map[b][i] / len(pairs) - word_to_vec_map[a][i] / len(pairs)
    return g


def project(v, axis):
    factor = dot(v, axis) / dot(axis, axis)
    result = np.zeros(len(v))
    for i in range(len(v)):
        result[i] = factor * axis[i]
    return result


def neutralize(word, g, word_to_vec_map):
    e = word_to_vec_map[word]
    bias = project(e, g)
    result = np.zeros(len(e))
    for i in range(len(e)):
        result[i] = e[i] - bias[i]
    return result


def equalize(pair, bias_axis, word_to_vec_map):
    e_w1 = word_to_vec_map[pair[0]]
    e_w2 = word_to_vec_map[pair[1]]
    mu = (e_w1 + e_w2) / 2.0
    mu_B = project(mu, bias_axis)
    mu_orth = mu - mu_B
    result = []
    for e_w in (e_w1, e_w2):
        e_wB = project(e_w, bias_axis)
        corrected = np.sqrt(abs(1 - dot(mu_orth, mu_orth))) * (e_wB - mu_B)
        corrected = corrected / np.linalg.norm((e_w - mu_orth) - mu_B)  # as in the first edition
        result.append(corrected + mu_orth)
    return result[0], result[1]


def sentence_to_avg(sentence, word_to_vec_map):
    words = []
    for word in sentence.split():
        words.append(word.lower())
    avg = None
    for word in words:
        if avg is None:
            avg = word_to_vec_map[word] / len(words)
        else:
            avg = avg + word_to_vec_map[word] / len(words)
    return avg


def bag_of_words(sentences, word_to_index):
    counts = np.zeros((len(word_to_index), len(sentences)))
    for j in range(len(sentences)):
        words = sentences[j].lower().split()
        for word, i in word_to_index.items():
            for other in words:
                if other == word:
                    counts[i, j] += 1
    return counts


def model(X, Y, word_to_vec_map, learning_rate=0.5, num_iterations=400):
    vectors = []
    for sentence in X:
        vectors.append(sentence_to_avg(sentence, word_to_vec_map))
    n_y, m, n = len(Y), len(X), len(vectors[0])
    W = np.zeros((n_y, n))
    b = np.zeros((n_y, 1))
    costs = []
    for step in range(num_iterations):
        dW, db, cost = np.zeros((n_y, n)), np.zeros((n_y, 1)), 0.0
        for i in range(m):
            scores = [dot(W[c], vectors[i]) + b[c, 0] for c in range(n_y)]
            exponentials = [math.exp(score - max(scores)) for score in scores]
            for c in range(n_y):
                a = exponentials[c] / sum(exponentials)
                if Y[c, i] == 1:
                    cost -= math.log(a) / m
                dW[c] += (a - Y[c, i]) * vectors[i] / m
                db[c] += (a - Y[c, i]) / m
        costs.append(cost)
        W = W - learning_rate * dW
        b = b - learning_rate * db
    return {"W": W, "b": b}, costs


def predict(X, parameters, word_to_vec_map):
    classes = np.zeros((1, len(X)), dtype=int)
    for i in range(len(X)):
        v = sentence_to_avg(X[i], word_to_vec_map)
        best = 0
        scores = []
        for c in range(len(parameters["b"])):
            scores.append(dot(parameters["W"][c], v) + parameters["b"][c, 0])
            if scores[c] > scores[best]:
                best = c
        classes[0, i] = best
    return classes
