# Distances from products, sums by einsum, sorting instead of searching.


def recognition_error(error, K):
    return -np.expm1(K * np.log1p(-error)) if error < 1 else 1.0


def squared_distances(A, B):
    return np.einsum("ij,ij->i", A, A)[:, None] + np.einsum("ij,ij->i", B, B) - 2 * A @ B.T


def error_rates(distances, same, threshold):
    strangers, friends = np.sort(distances[~same]), np.sort(distances[same])
    far = np.searchsorted(strangers, threshold, side="left") / strangers.size
    frr = 1 - np.searchsorted(friends, threshold, side="left") / friends.size
    return far, frr


def roc_curve(distances, same, thresholds):
    accepted = distances[:, None] < np.asarray(thresholds)
    return accepted[~same].mean(axis=0), 1 - accepted[same].mean(axis=0)


def equal_error_rate(far, frr):
    order = np.argsort(np.abs(far - frr), kind="stable")
    return 0.5 * (far[order[0]] + frr[order[0]])


def choose_threshold(distances, same, thresholds, max_far):
    far, _ = roc_curve(distances, same, thresholds)
    return np.where(far <= max_far, thresholds, -np.inf).max()


def triplet_loss(y_true, y_pred, alpha=0.2):
    stacked = np.stack(y_pred)
    gaps = stacked[0] - stacked[1:]
    near, far = np.einsum("kmn,kmn->km", gaps, gaps)
    missed = near - far + alpha
    return missed[missed > 0].sum()


def triplet_gradients(anchor, positive, negative, alpha=0.2):
    near = np.einsum("mn,mn->m", anchor - positive, anchor - positive)
    far = np.einsum("mn,mn->m", anchor - negative, anchor - negative)
    switch = np.diag(2.0 * (near - far + alpha > 0))
    return (
        switch @ (negative - positive),
        switch @ (positive - anchor),
        switch @ (anchor - negative),
    )


def normalize_backward(dE, F):
    r = np.sqrt(np.einsum("mn,mn->m", F, F))
    E = F / r[:, None]
    jacobians = (np.eye(F.shape[1]) - np.einsum("ms,mt->mst", E, E)) / r[:, None, None]
    return np.einsum("mst,mt->ms", jacobians, dE)


def all_triplets(people):
    a, p, n = np.indices((len(people),) * 3).reshape(3, -1)
    keep = (people[a] == people[p]) & (people[a] != people[n]) & (a != p)
    return np.stack([a, p, n], axis=1)[keep]


def hard_triplets(D, people):
    triplets = all_triplets(people)
    a, p, n = triplets.T
    order = np.lexsort((n, p, D[a, n], -D[a, p], a))
    anchors, first = np.unique(a[order], return_index=True)
    return triplets[order][first]


def semi_hard_triplets(D, people, alpha=0.2):
    triplets = all_triplets(people)
    a, p, n = triplets.T
    triplets = triplets[(D[a, n] > D[a, p]) & (D[a, n] < D[a, p] + alpha)]
    a, p, n = triplets.T
    triplets = triplets[np.lexsort((n, D[a, n], p, a))]
    new = np.ones(len(triplets), dtype=bool)
    new[1:] = np.any(triplets[1:, :2] != triplets[:-1, :2], axis=1)
    return triplets[new]


def verify(image_path, identity, database, model):
    difference = (img_to_encoding(image_path, model) - database[identity]).ravel()
    dist = np.sqrt(difference @ difference)
    return dist, bool(dist < 0.7)


def who_is_it(image_path, database, model):
    names = list(database)
    known = np.concatenate([database[name] for name in names])
    distances = np.linalg.norm(known - img_to_encoding(image_path, model), axis=1)
    return distances.min(), names[distances.argmin()]


def identify(encoding, gallery, threshold=0.7):
    names = [name for name, rows in gallery.items() for _ in rows]
    distances = np.linalg.norm(np.vstack(list(gallery.values())) - encoding, axis=1)
    best = distances.argmin()
    return distances[best], names[best] if distances[best] < threshold else None


def pair_features(E1, E2):
    return np.maximum(E1.T, E2.T) - np.minimum(E1.T, E2.T)


def rates_by_group(distances, same, groups, threshold):
    names, places = np.unique(groups, return_inverse=True)
    accepted = (distances < threshold).astype(float)
    strangers, friends = np.bincount(places, ~same), np.bincount(places, same)
    far = np.bincount(places, accepted * ~same) / strangers
    frr = np.bincount(places, (1 - accepted) * same) / friends
    return dict(zip(names.tolist(), zip(far.tolist(), frr.tolist())))
