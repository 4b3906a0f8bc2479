# One step a line, every intermediate result named, prints left in.
from helpers.numpy_basics import sigmoid


def build_vocabulary(sentences, min_count=1):
    all_words = []
    for sentence in sentences:
        words_of_sentence = sentence.split()
        all_words.extend(words_of_sentence)
    distinct = sorted(set(all_words))
    frequent = []
    for word in distinct:
        how_often = all_words.count(word)
        if not how_often < min_count:
            frequent.append((word, how_often))
    frequent = sorted(frequent, key=lambda entry: entry[1], reverse=True)
    word_to_index = {}
    counts = []
    for word, how_often in frequent:
        word_to_index[word] = len(counts)
        counts.append(how_often)
    print("vocabulary of", len(counts), "words")
    return word_to_index, counts


def sentence_to_ids(sentence, word_to_index):
    ids = []
    for word in sentence.split():
        try:
            ids.append(word_to_index[word])
        except KeyError:
            continue
    return ids


def context_target_pairs(ids, window):
    contexts, targets = [], []
    for position, context in enumerate(ids):
        first = position - window
        if first < 0:
            first = 0
        last = position + window
        if last > len(ids) - 1:
            last = len(ids) - 1
        other = first
        while other <= last:
            if other != position:
                contexts.append(context)
                targets.append(ids[other])
            other += 1
    return np.array(contexts), np.array(targets)


def keep_probabilities(counts, threshold=1e-3):
    number_of_words = counts.sum()
    kept = np.ones(len(counts))
    for w in range(len(counts)):
        share = counts[w] / number_of_words
        if share > threshold:
            kept[w] = np.sqrt(threshold / share)
    return kept


def skipgram_softmax(contexts, E, Theta):
    m = len(contexts)
    n_words = len(Theta)
    P = np.zeros((n_words, m))
    for i in range(m):
        scores = np.zeros(n_words)
        for w in range(n_words):
            scores[w] = np.dot(Theta[w], E[contexts[i]])
        scores = scores - scores.max()
        exponentials = np.exp(scores)
        P[:, i] = exponentials / exponentials.sum()
    return P


def skipgram_cost(P, targets):
    total = 0
    number_of_pairs = len(targets)
    for pair in range(number_of_pairs):
        probability = P[targets[pair], pair]
        total = total - np.log(probability)
    average = total / number_of_pairs
    print("cost:", average)
    return average


def skipgram_gradients(contexts, targets, E, Theta):
    m = len(contexts)
    P = skipgram_softmax(contexts, E, Theta)
    dE = np.zeros(E.shape)
    dTheta = np.zeros(Theta.shape)
    for i in range(m):
        error = P[:, i].copy()
        error[targets[i]] = error[targets[i]] - 1
        context = contexts[i]
        for w in range(len(Theta)):
            dTheta[w] = dTheta[w] + error[w] * E[context] / m
            dE[context] = dE[context] + error[w] * Theta[w] / m
    grads = {}
    grads["dE"] = dE
    grads["dTheta"] = dTheta
    return grads


def noise_distribution(counts, power=0.75):
    weights = np.zeros(len(counts))
    for w in range(len(counts)):
        weights[w] = counts[w] ** power
    total = weights.sum()
    noise = weights / total
    return noise


def draw_negatives(noise, m, k, seed=0):
    np.random.seed(seed)
    negatives = np.zeros((m, k), dtype=int)
    n_words = len(noise)
    for i in range(m):
        row = np.random.choice(np.arange(n_words), size=k, replace=True, p=noise)
        negatives[i, :] = row
    return negatives


def negative_sampling_cost(contexts, targets, negatives, E, Theta):
    m = len(contexts)
    vectors = E[contexts]
    target_scores = (Theta[targets] * vectors).sum(axis=1)
    target_losses = np.log(1 + np.exp(-target_scores))
    negative_scores = (Theta[negatives] * vectors[:, np.newaxis, :]).sum(axis=2)
    negative_losses = np.log(1 + np.exp(negative_scores))
    losses = target_losses + negative_losses.sum(axis=1)
    cost = losses.sum() / m
    return cost


def negative_sampling_gradients(contexts, targets, negatives, E, Theta):
    m = len(contexts)
    k = negatives.shape[1]
    vectors = E[contexts]
    target_scores = (Theta[targets] * vectors).sum(axis=1)
    target_errors = sigmoid(target_scores) - 1
    d_targets = target_errors.reshape(m, 1) * vectors / m
    d_contexts = target_errors.reshape(m, 1) * Theta[targets] / m
    d_negatives = np.zeros((m, k, E.shape[1]))
    for j in range(k):
        these = negatives[:, j]
        scores = (Theta[these] * vectors).sum(axis=1)
        errors = sigmoid(scores).reshape(m, 1)
        d_negatives[:, j, :] = errors * vectors / m
        d_contexts = d_contexts + errors * Theta[these] / m
    return {"d_contexts": d_contexts, "d_targets": d_targets, "d_negatives": d_negatives}


def update_rows(W, ids, dW_rows, learning_rate):
    new_W = np.array(W)
    for place in np.ndindex(ids.shape):
        row = ids[place]
        step = learning_rate * dW_rows[place]
        new_W[row] = new_W[row] - step
    return new_W


def co_occurrences(contexts, targets, n_words):
    X = np.zeros((n_words, n_words))
    for number in range(len(contexts)):
        row = targets[number]
        column = contexts[number]
        X[row][column] += 1
    return X


def glove_weights(X, x_max=100, alpha=0.75):
    weights = np.ones(X.shape)
    for place in np.ndindex(X.shape):
        if X[place] < x_max:
            weights[place] = (X[place] / x_max) ** alpha
    return weights


def glove_differences(parameters, X):
    scores = np.dot(parameters["Theta"], parameters["E"].T)
    scores = scores + parameters["b_Theta"]
    scores = scores + parameters["b_E"].reshape(1, -1)
    with np.errstate(divide="ignore"):
        logarithms = np.log(X)
    differences = scores - logarithms
    differences[X == 0] = 0
    return differences


def glove_cost(parameters, X, x_max=100, alpha=0.75):
    weights = glove_weights(X, x_max, alpha)
    differences = glove_differences(parameters, X)
    total = 0
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            total += weights[i, j] * differences[i, j] ** 2
    print("cost:", total)
    return total


def glove_gradients(parameters, X, x_max=100, alpha=0.75):
    weights = glove_weights(X, x_max, alpha)
    differences = glove_differences(parameters, X)
    slopes = 2 * weights * differences
    dE = np.zeros(parameters["E"].shape)
    dTheta = np.zeros(parameters["Theta"].shape)
    db_E = np.zeros(parameters["b_E"].shape)
    db_Theta = np.zeros(parameters["b_Theta"].shape)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            dTheta[i] += slopes[i, j] * parameters["E"][j]
            dE[j] += slopes[i, j] * parameters["Theta"][i]
            db_Theta[i, 0] += slopes[i, j]
            db_E[j, 0] += slopes[i, j]
    return {"dE": dE, "dTheta": dTheta, "db_E": db_E, "db_Theta": db_Theta}
