# Careful: copies, lists made first, names written out, unknown names kept out.


def recognition_error(error, K):
    probability_that_one_is_right = 1.0 - float(error)
    probability_that_all_are_right = probability_that_one_is_right ** int(K)
    return 1.0 - probability_that_all_are_right


def squared_distances(A, B):
    number_of_rows, number_of_columns = len(A), len(B)
    result = np.empty((number_of_rows, number_of_columns))
    for row in range(number_of_rows):
        difference = B - A[row]
        result[row, :] = np.linalg.norm(difference, axis=1) ** 2
    return result


def error_rates(distances, same, threshold):
    is_accepted = np.less(distances, threshold)
    is_same = np.asarray(same, dtype=bool)
    number_of_false_accepts = np.count_nonzero(np.logical_and(is_accepted, np.logical_not(is_same)))
    number_of_false_rejects = np.count_nonzero(np.logical_and(np.logical_not(is_accepted), is_same))
    number_of_same = np.count_nonzero(is_same)
    number_of_different = len(is_same) - number_of_same
    return (
        number_of_false_accepts / number_of_different,
        number_of_false_rejects / number_of_same,
    )


def roc_curve(distances, same, thresholds):
    number_of_thresholds = len(thresholds)
    false_accept_rates = np.zeros(number_of_thresholds)
    false_reject_rates = np.zeros(number_of_thresholds)
    for index in range(number_of_thresholds):
        rates = error_rates(distances, same, thresholds[index])
        false_accept_rates[index] = rates[0]
        false_reject_rates[index] = rates[1]
    return [false_accept_rates, false_reject_rates]


def equal_error_rate(far, frr):
    gaps = np.abs(np.subtract(far, frr))
    place = int(np.where(gaps == gaps.min())[0][0])
    return float(np.mean([far[place], frr[place]]))


def choose_threshold(distances, same, thresholds, max_far):
    false_accept_rates, _ = roc_curve(distances, same, thresholds)
    largest = -1.0
    for threshold, rate in zip(thresholds, false_accept_rates):
        if not rate > max_far:
            largest = max(largest, threshold)
    return largest


def triplet_loss(y_true, y_pred, alpha=0.2):
    anchor, positive, negative = (np.array(part, dtype=float) for part in y_pred)
    total = 0.0
    for index in range(anchor.shape[0]):
        to_positive = np.linalg.norm(anchor[index] - positive[index]) ** 2
        to_negative = np.linalg.norm(anchor[index] - negative[index]) ** 2
        missed = to_positive - to_negative + alpha
        if missed > 0:
            total += missed
    return total


def triplet_gradients(anchor, positive, negative, alpha=0.2):
    to_positive = ((anchor - positive) ** 2).sum(axis=1)
    to_negative = ((anchor - negative) ** 2).sum(axis=1)
    costs_nothing = to_positive + alpha <= to_negative
    d_positive = 2.0 * (positive - anchor)
    d_negative = 2.0 * (anchor - negative)
    d_positive[costs_nothing] = 0.0
    d_negative[costs_nothing] = 0.0
    d_anchor = -(d_positive + d_negative)
    return d_anchor, d_positive, d_negative


def normalize_backward(dE, F):
    squared_length = np.sum(np.square(F), axis=1, keepdims=True)
    length = np.sqrt(squared_length)
    product = np.sum(np.multiply(dE, F), axis=1, keepdims=True)
    return np.divide(dE * squared_length - product * F, squared_length * length)


def all_triplets(people):
    rows = []
    for anchor, person in enumerate(people):
        positives = np.setdiff1d(np.where(people == person)[0], [anchor])
        negatives = np.where(people != person)[0]
        for positive in positives:
            for negative in negatives:
                rows.append(np.array([anchor, positive, negative]))
    return np.vstack(rows) if rows else np.zeros((0, 3), dtype=np.int64)


def hard_triplets(D, people):
    rows = []
    for anchor in range(len(people)):
        same = people == people[anchor]
        candidates = same.copy()
        candidates[anchor] = False
        if not candidates.any() or same.all():
            continue
        positives, negatives = np.where(candidates)[0], np.where(~same)[0]
        positive = positives[np.argmax(D[anchor, positives])]
        negative = negatives[np.argmin(D[anchor, negatives])]
        rows.append([anchor, positive, negative])
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def semi_hard_triplets(D, people, alpha=0.2):
    rows = []
    for anchor in range(len(people)):
        for positive in np.where(people == people[anchor])[0]:
            if positive == anchor:
                continue
            lower, upper = D[anchor, positive], D[anchor, positive] + alpha
            candidates = np.where((people != people[anchor]) & (D[anchor] > lower))[0]
            candidates = candidates[D[anchor, candidates] < upper]
            if candidates.size:
                rows.append([anchor, positive, candidates[np.argmin(D[anchor, candidates])]])
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def verify(image_path, identity, database, model):
    if identity not in database:
        return np.inf, False
    wanted = np.array(database[identity], dtype=float)
    found = np.array(img_to_encoding(image_path, model), dtype=float)
    dist = float(np.sqrt(np.sum((wanted - found) ** 2)))
    return dist, not dist >= 0.7


def who_is_it(image_path, database, model):
    found = img_to_encoding(image_path, model)
    names = sorted(database)
    distances = [float(np.sqrt(np.sum((database[name] - found) ** 2))) for name in names]
    place = int(np.argmin(distances))
    return distances[place], names[place]


def identify(encoding, gallery, threshold=0.7):
    results = []
    for name, encodings in gallery.items():
        squared = np.sum((encodings - encoding) ** 2, axis=1)
        results.append((float(np.sqrt(squared.min())), name))
    results.sort()
    min_dist, identity = results[0]
    if min_dist < threshold:
        return min_dist, identity
    return min_dist, None


def pair_features(E1, E2):
    difference = np.subtract(E1, E2)
    negative = difference < 0
    difference[negative] = -difference[negative]
    return np.transpose(difference)


def rates_by_group(distances, same, groups, threshold):
    rates = {}
    for group in np.unique(groups):
        places = np.where(groups == group)[0]
        far, frr = error_rates(distances[places], same[places], threshold)
        rates[group] = (far, frr)
    return rates
