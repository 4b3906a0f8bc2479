# As written for the first public edition: vectors of 50 numbers, all three words skipped, and
# in equalize the absolute value element by element.


def words_to_one_hot(words, word_to_index):
    m = len(words)
    n_words = len(word_to_index)
    O = np.zeros((n_words, m))
    for i in range(m):
        w = words[i]
        if w in word_to_index.keys():
            idx = word_to_index[w]
        else:
            idx = word_to_index["<unk>"]
        O[idx, i] = 1.0
    return O


def embed(E, indices):
    m = len(indices)
    X = np.zeros((E.shape[0], m))
    for i in range(m):
        X[:, i] = E[:, indices[i]]
    return X


def embed_backward(dX, indices, n_words):
    (n, m) = dX.shape
    dE = np.zeros((n, n_words))
    for i in range(m):
        dE[:, indices[i]] = dE[:, indices[i]] + dX[:, i]
    return dE


def cosine_similarity(u, v):
    distance = 0.0
    # Compute the dot product between u and v (≈1 line)
    dot = np.dot(u.T, v)
    # Compute the L2 norm of u (≈1 line)
    norm_u = np.sqrt(np.sum(np.power(u, 2)))
    # Compute the L2 norm of v (≈1 line)
    norm_v = np.sqrt(np.sum(np.power(v, 2)))
    # Compute the cosine similarity defined by formula (1) (≈1 line)
    cosine_similarity = np.divide(dot, norm_u * norm_v)
    return cosine_similarity


def nearest_neighbours(word, word_to_vec_map, k=5):
    word = word.lower()
    e = word_to_vec_map[word]
    left = [w for w in word_to_vec_map.keys() if w != word]
    nearest = []
    while len(nearest) < k and len(left) > 0:
        max_cosine_sim = -100
        best_word = None
        for w in left:
            cosine_sim = cosine_similarity(e, word_to_vec_map[w])
            if cosine_sim > max_cosine_sim:
                max_cosine_sim = cosine_sim
                best_word = w
        nearest.append(best_word)
        left.remove(best_word)
    return nearest


def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    # convert words to lower case
    word_a, word_b, word_c = word_a.lower(), word_b.lower(), word_c.lower()
    # Get the word embeddings v_a, v_b and v_c (≈1-3 lines)
    e_a, e_b, e_c = word_to_vec_map[word_a], word_to_vec_map[word_b], word_to_vec_map[word_c]
    words = word_to_vec_map.keys()
    max_cosine_sim = -100  # Initialize max_cosine_sim to a large negative number
    best_word = None  # Initialize best_word with None
    # loop over the whole word vector set
    for w in words:
        # to avoid best_word being one of the input words, pass on them.
        if w in [word_a, word_b, word_c]:
            continue
        cosine_sim = cosine_similarity(np.subtract(e_b, e_a), np.subtract(word_to_vec_map[w], e_c))
        if cosine_sim > max_cosine_sim:
            max_cosine_sim = cosine_sim
            best_word = w
    return best_word


def principal_components(X, k):
    (n, m) = X.shape
    mean = np.sum(X, axis=1).reshape(n, 1) / m
    centred = X - mean
    Sigma = np.dot(centred, centred.T) / m
    values, vectors = np.linalg.eigh(Sigma)
    order = np.argsort(values)[::-1]
    values, vectors = values[order], vectors[:, order]
    components = np.zeros((n, k))
    for j in range(k):
        u = vectors[:, j]
        if u[np.argmax(np.abs(u))] < 0:
            u = -u
        components[:, j] = u
    shares = values[:k] / np.sum(values)
    return components, shares


def bias_direction(pairs, word_to_vec_map):
    g = 0
    for pair in pairs:
        g = g + (word_to_vec_map[pair[1]] - word_to_vec_map[pair[0]])
    return g / len(pairs)


def project(v, axis):
    return np.divide(np.dot(v, axis), np.linalg.norm(axis) ** 2) * axis


def neutralize(word, g, word_to_vec_map):
    # Select word vector representation of "word". Use word_to_vec_map. (≈ 1 line)
    e = word_to_vec_map[word]
    # Compute e_biascomponent using the formula give above. (≈ 1 line)
    e_biascomponent = np.divide(np.dot(e, g), np.linalg.norm(g) ** 2) * g
    # Neutralize e by substracting e_biascomponent from it
    e_debiased = e - e_biascomponent
    return e_debiased


def equalize(pair, bias_axis, word_to_vec_map):
    # Step 1: Select word vector representation of "word". Use word_to_vec_map. (≈ 2 lines)
    w1, w2 = pair
    e_w1, e_w2 = word_to_vec_map[w1], word_to_vec_map[w2]
    # Step 2: Compute the mean of e_w1 and e_w2 (≈ 1 line)
    mu = (e_w1 + e_w2) / 2
    # Step 3: Compute the projections of mu over the bias axis and the orthogonal axis (≈ 2 lines)
    mu_B = np.divide(np.dot(mu, bias_axis), np.linalg.norm(bias_axis) ** 2) * bias_axis
    mu_orth = mu - mu_B
    # Step 4: Use equations (7) and (8) to compute e_w1B and e_w2B (≈2 lines)
    e_w1B = np.divide(np.dot(e_w1, bias_axis), np.linalg.norm(bias_axis) ** 2) * bias_axis
    e_w2B = np.divide(np.dot(e_w2, bias_axis), np.linalg.norm(bias_axis) ** 2) * bias_axis
    # Step 5: Adjust the Bias part of e_w1B and e_w2B using the formulas (9) and (10) (≈2 lines)
    corrected_e_w1B = np.sqrt(np.abs(1 - np.sum(mu_orth**2))) * np.divide(
        e_w1B - mu_B, np.abs(e_w1 - mu_orth - mu_B)
    )
    corrected_e_w2B = np.sqrt(np.abs(1 - np.sum(mu_orth**2))) * np.divide(
        e_w2B - mu_B, np.abs(e_w2 - mu_orth - mu_B)
    )
    # Step 6: Debias by equalizing e1 and e2 to the sum of their corrected projections (≈2 lines)
    e1 = corrected_e_w1B + mu_orth
    e2 = corrected_e_w2B + mu_orth
    return e1, e2


def sentence_to_avg(sentence, word_to_vec_map):
    # Step 1: Split sentence into list of lower case words (≈ 1 line)
    words = sentence.lower().split()
    # Initialize the average word vector, should have the same shape as your word vectors.
    avg = np.zeros((50,))
    # Step 2: average the word vectors.
    for w in words:
        avg += word_to_vec_map[w]
    avg = avg / len(words)
    return avg


def bag_of_words(sentences, word_to_index):
    counts = np.zeros((len(word_to_index), len(sentences)))
    for i in range(len(sentences)):
        for w in sentences[i].lower().split():
            if w in word_to_index:
                counts[word_to_index[w], i] = counts[word_to_index[w], i] + 1
    return counts


def model(X, Y, word_to_vec_map, learning_rate=0.5, num_iterations=400):
    m = len(X)
    n_y = Y.shape[0]
    n_h = 50
    W = np.zeros((n_y, n_h))
    b = np.zeros((n_y, 1))
    costs = []
    for t in range(num_iterations):
        cost = 0
        dW = np.zeros((n_y, n_h))
        db = np.zeros((n_y, 1))
        for i in range(m):
            avg = sentence_to_avg(X[i], word_to_vec_map)
            z = np.dot(W, avg) + b[:, 0]
            e = np.exp(z - np.max(z))
            a = e / np.sum(e)
            cost = cost - np.sum(Y[:, i] * np.log(a))
            dz = a - Y[:, i]
            dW += np.dot(dz.reshape(n_y, 1), avg.reshape(1, n_h))
            db += dz.reshape(n_y, 1)
        costs.append(cost / m)
        W = W - learning_rate * dW / m
        b = b - learning_rate * db / m
    parameters = {"W": W, "b": b}
    return parameters, costs


def predict(X, parameters, word_to_vec_map):
    m = len(X)
    pred = np.zeros((1, m))
    for j in range(m):
        avg = sentence_to_avg(X[j], word_to_vec_map)
        Z = np.dot(parameters["W"], avg.reshape(50, 1)) + parameters["b"]
        pred[0, j] = np.argmax(Z)
    return pred
