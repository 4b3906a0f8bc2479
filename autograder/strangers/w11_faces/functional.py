# Small functions and no statements that change anything.
from functools import reduce


def recognition_error(error, K):
    return 1 - reduce(lambda right, _: right * (1 - error), range(K), 1.0)


def squared_distances(A, B):
    return np.array([[float(np.dot(a - b, a - b)) for b in B] for a in A])


def share(flags):
    flags = list(flags)
    return sum(map(bool, flags)) / len(flags)


def error_rates(distances, same, threshold):
    pairs = list(zip(distances, same))
    return (
        share(d < threshold for d, s in pairs if not s),
        share(not d < threshold for d, s in pairs if s),
    )


def roc_curve(distances, same, thresholds):
    rates = [error_rates(distances, same, t) for t in thresholds]
    return np.array([far for far, _ in rates]), np.array([frr for _, frr in rates])


def equal_error_rate(far, frr):
    return sum(min(zip(far, frr), key=lambda pair: abs(pair[0] - pair[1]))) / 2


def choose_threshold(distances, same, thresholds, max_far):
    allowed = filter(lambda t: error_rates(distances, same, t)[0] <= max_far, thresholds)
    return reduce(max, allowed)


def squared(x):
    return np.sum(x * x, axis=-1)


def triplet_loss(y_true, y_pred, alpha=0.2):
    return float(sum(max(squared(a - p) - squared(a - n) + alpha, 0) for a, p, n in zip(*y_pred)))


def triplet_gradients(anchor, positive, negative, alpha=0.2):
    missed = squared(anchor - positive) - squared(anchor - negative) + alpha
    keep = lambda gradient: np.where((missed > 0)[:, None], gradient, 0.0)
    return (
        keep(2 * negative - 2 * positive),
        keep(2 * positive - 2 * anchor),
        keep(2 * anchor - 2 * negative),
    )


def normalize_backward(dE, F):
    return np.stack([
        (d - f * (d @ f) / (f @ f)) / np.linalg.norm(f) for d, f in zip(dE, F)
    ])  # fmt: skip


def all_triplets(people):
    numbers = range(len(people))
    found = [
        (a, p, n)
        for a in numbers
        for p in numbers
        if p != a and people[p] == people[a]
        for n in numbers
        if people[n] != people[a]
    ]
    return np.array(found) if found else np.empty((0, 3), dtype=int)


def hard_triplets(D, people):
    def of(a):
        positives = [p for p in range(len(people)) if p != a and people[p] == people[a]]
        negatives = [n for n in range(len(people)) if people[n] != people[a]]
        if not positives or not negatives:
            return []
        return [(a, max(positives, key=D[a].__getitem__), min(negatives, key=D[a].__getitem__))]

    return np.array(sum(map(of, range(len(people))), []), dtype=int).reshape(-1, 3)


def semi_hard_triplets(D, people, alpha=0.2):
    pairs = dict.fromkeys((a, p) for a, p, _ in all_triplets(people).tolist())

    def inside(a, p):
        return [
            n
            for n in range(len(people))
            if people[n] != people[a] and D[a, p] < D[a, n] < D[a, p] + alpha
        ]

    found = [(a, p, min(inside(a, p), key=D[a].__getitem__)) for a, p in pairs if inside(a, p)]
    return np.array(found, dtype=int).reshape(-1, 3)


def distance(one, other):
    return np.linalg.norm(np.ravel(one) - np.ravel(other))


def verify(image_path, identity, database, model):
    dist = distance(img_to_encoding(image_path, model), database[identity])
    return dist, True if dist < 0.7 else False


def who_is_it(image_path, database, model):
    encoding = img_to_encoding(image_path, model)
    nearest = min(database, key=lambda name: distance(database[name], encoding))
    return distance(database[nearest], encoding), nearest


def identify(encoding, gallery, threshold=0.7):
    distances = {
        name: min(distance(row, encoding) for row in rows) for name, rows in gallery.items()
    }
    nearest = min(distances, key=distances.get)
    known = distances[nearest] < threshold
    return [distances[nearest], nearest if known else None]


def pair_features(E1, E2):
    return np.array([np.abs(one - other) for one, other in zip(E1, E2)]).T


def rates_by_group(distances, same, groups, threshold):
    def of(group):
        mine = [i for i, g in enumerate(groups) if g == group]
        return error_rates(distances[mine], same[mine], threshold)

    return {group: of(group) for group in sorted(set(groups.tolist()))}
