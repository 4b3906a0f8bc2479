# As short as it goes.
from itertools import product

recognition_error = lambda error, K: 1 - (1 - error) ** K
squared_distances = lambda A, B: ((A[:, None] - B[None]) ** 2).sum(-1)
error_rates = lambda d, same, t: ((d[~same] < t).mean(), (d[same] >= t).mean())
roc_curve = lambda d, same, ts: tuple(np.array([error_rates(d, same, t) for t in ts]).T)
equal_error_rate = lambda far, frr: (far + frr)[abs(far - frr).argmin()] / 2
choose_threshold = lambda d, same, ts, max_far: max(
    t for t in ts if error_rates(d, same, t)[0] <= max_far
)


def triplet_loss(y_true, y_pred, alpha=0.2):
    a, p, n = y_pred
    return ((a - p) ** 2 - (a - n) ** 2).sum(-1).__add__(alpha).clip(0).sum()


def triplet_gradients(a, p, n, alpha=0.2):
    on = 2.0 * (((a - p) ** 2 - (a - n) ** 2).sum(1) + alpha > 0)[:, None]
    return on * (n - p), on * (p - a), on * (a - n)


def normalize_backward(dE, F):
    r2 = (F**2).sum(1)[:, None]
    return dE / r2**0.5 - (dE * F).sum(1)[:, None] * F / r2**1.5


all_triplets = lambda q: np.array(
    [t for t in product(range(len(q)), repeat=3)
     if t[0] != t[1] and q[t[0]] == q[t[1]] != q[t[2]]], int
).reshape(-1, 3)  # fmt: skip


def hard_triplets(D, q):
    T = all_triplets(q)
    best = [
        min(T[T[:, 0] == a].tolist(), key=lambda t: (-D[a, t[1]], D[a, t[2]]))
        for a in np.unique(T[:, 0])
    ]
    return np.array(best, int).reshape(-1, 3)


def semi_hard_triplets(D, q, alpha=0.2):
    best = {}
    for a, p, n in all_triplets(q):
        if D[a, p] < D[a, n] < D[a, p] + alpha:
            best[a, p] = min(best.get((a, p), (9e9, n)), (D[a, n], n))
    return np.array([(*k, v[1]) for k, v in best.items()], int).reshape(-1, 3)


def verify(image_path, identity, database, model):
    d = np.linalg.norm(img_to_encoding(image_path, model) - database[identity])
    return d, d < 0.7


def who_is_it(image_path, database, model):
    e = img_to_encoding(image_path, model)
    return min((np.linalg.norm(e - v), k) for k, v in database.items())


def identify(e, gallery, threshold=0.7):
    d, name = min((np.linalg.norm(v - e, axis=1).min(), k) for k, v in gallery.items())
    return d, name if d < threshold else None


pair_features = lambda E1, E2: abs(E1 - E2).T
rates_by_group = lambda d, same, g, t: {k: error_rates(d[g == k], same[g == k], t) for k in {*g}}
