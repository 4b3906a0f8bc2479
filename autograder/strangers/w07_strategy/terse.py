# As short as it gets: arithmetic on zeros and ones.
def confusion_counts(P, Y):
    P, Y = np.asarray(P, int), np.asarray(Y, int)
    return dict(zip(("TN", "FP", "FN", "TP"), np.bincount((2 * Y + P).ravel(), minlength=4)))


def precision(c):
    return c["TP"] / max(c["TP"] + c["FP"], 1)


def recall(c):
    return c["TP"] / max(c["TP"] + c["FN"], 1)


def f1_score(p, r):
    return 2 * p * r / (p + r or 1)


def precision_recall_curve(scores, Y, thresholds):
    c = [confusion_counts(scores >= t, Y) for t in thresholds]
    return np.array([precision(x) for x in c]), np.array([recall(x) for x in c])


def choose_model(models, o, limits):
    ok = {n: v[o] for n, v in models.items() if not any(v[k] > x for k, x in limits.items())}
    return max(ok, key=ok.get) if ok else None


def weighted_error(P, Y, w):
    return np.average(P != Y, weights=w)


def split_sizes(m, enough=10_000):
    k = min(enough, m // 5)
    return np.array([m - k - k, k, k])


def split_two_sources(t, o, enough=10_000):
    k = min(enough, t // 4)
    return dict(train=[t - 2 * k, o], dev=[k, 0], test=[k, 0])


def margin_of_error(e, m, z=1.96):
    return z * (e * (1 - e) / m) ** 0.5


def dev_set_size(e, d, z=1.96):
    return -int(-e * (1 - e) * z * z // d**2)


def error_gaps(e):
    s = np.diff([e[k] for k in ("human", "train", "train-dev", "dev", "test")])
    return dict(zip(("avoidable bias", "variance", "data mismatch", "overfitting to dev"), s))


def diagnose(errors, actions, tolerance):
    gap, name = max((g, n) for n, g in error_gaps(errors).items())
    name = name if gap > tolerance else "none"
    return name, actions[name]


def next_knob(e, t, knobs):
    return next((k for s, k in knobs.items() if e[s] > t[s]), "done")


def error_analysis_table(tags, cats, e):
    n = {c: [c in t for t in tags].count(True) for c in cats}
    return n, {c: k / len(tags) for c, k in n.items()}, {c: e * k / len(tags) for c, k in n.items()}


def cleaning_pays(e, s, d):
    return e * s, e - e * s, not e * s < d


def multi_task_cost(A, Y):
    return -np.nansum(np.log(np.where(Y == 1, A, 1 - A)) + 0 * Y) / len(Y.T)


def choose_approach(c):
    n = c["enough"]
    return (
        "end-to-end"
        if c["examples"] >= n
        else "pipeline"
        if min(c["steps"], default=-1) >= n
        else "transfer"
        if c["pretrained"] >= n
        else "multi-task"
        if sum(c["siblings"], c["examples"]) >= n
        else "collect data"
    )


def find_duplicates(X, X_new):
    return np.where((X[:, :, None] == X_new[:, None]).all(0).any(0))[0]


def standardized_shift(X, X_new):
    s = X.std(1)
    s[s == 0] = 1
    return ((X_new.mean(1) - X.mean(1)) / s)[:, None]


def suspicious_labels(A, labels, count):
    return np.take_along_axis(A, labels, 0)[0].argsort()[:count]
