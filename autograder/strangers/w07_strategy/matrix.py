# Linear algebra wherever it can be had.


def confusion_counts(predictions, Y):
    p, y = predictions.astype(float), Y.astype(float)
    table = np.vstack([p, 1 - p]) @ np.vstack([y, 1 - y]).T
    (tp, fp), (fn, tn) = table
    return {"TP": tp, "FP": fp, "FN": fn, "TN": tn}


def precision(counts):
    called = np.float64(counts["TP"] + counts["FP"])
    return np.divide(counts["TP"], called, out=np.zeros(()), where=called > 0)


def recall(counts):
    positive = np.float64(counts["TP"] + counts["FN"])
    return np.divide(counts["TP"], positive, out=np.zeros(()), where=positive > 0)


def f1_score(p, r):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(2 * np.float64(p) * r / (np.float64(p) + r))


def precision_recall_curve(scores, Y, thresholds):
    called = (scores >= np.reshape(thresholds, (-1, 1))).astype(float)
    hits = (called @ Y.T)[:, 0]
    return hits / np.maximum(called.sum(axis=1), 1), hits / max(Y.sum(), 1)


def choose_model(models, optimizing, limits):
    names = np.array(list(models))
    if not len(names):
        return None
    value = np.array([models[n][optimizing] for n in names], dtype=float)
    for metric, limit in limits.items():
        value[np.array([models[n][metric] for n in names]) > limit] = -np.inf
    return str(names[np.argmax(value)]) if np.isfinite(value).any() else None


def weighted_error(predictions, Y, weights):
    return np.dot(np.abs(predictions - Y), weights.T) / np.sum(weights)


def split_sizes(m, enough=10_000):
    held_back = np.minimum(m // 5, enough)
    return tuple(np.array([1, 0, 0]) * m + np.array([-2, 1, 1]) * held_back)


def split_two_sources(m_target, m_other, enough=10_000):
    k = np.clip(m_target // 4, None, enough)
    table = np.array([[m_target - 2 * k, m_other], [k, 0], [k, 0]])
    return dict(zip(["train", "dev", "test"], map(tuple, table)))


def margin_of_error(error, m, z=1.96):
    return z * np.sqrt(np.prod([error, 1 - error, 1 / m]))


def dev_set_size(error, margin, z=1.96):
    return np.ceil(np.square(z / margin) * (error - error**2))


def error_gaps(errors):
    e = np.array([errors[k] for k in ["human", "train", "train-dev", "dev", "test"]])
    gap = e[1:] - e[:-1]
    names = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    return {name: gap[i] for i, name in enumerate(names)}


def diagnose(errors, actions, tolerance):
    gaps = error_gaps(errors)
    names, values = list(gaps), np.array(list(gaps.values()))
    problem = names[values.argmax()] if (values > tolerance).any() else "none"
    return [problem, actions[problem]]


def next_knob(errors, targets, knobs):
    over = np.array([errors[s] - targets[s] for s in knobs] + [1.0]) > 0
    return [*knobs.values(), "done"][int(np.argmax(over))]


def error_analysis_table(tags, categories, error):
    marks = np.array([[c in t for c in categories] for t in tags], dtype=float)
    table = np.stack([marks.sum(0), marks.mean(0), marks.mean(0) * error])
    return tuple(dict(zip(categories, row)) for row in table)


def cleaning_pays(error, mislabelled_share, difference):
    from_labels, from_model = error * np.array([mislabelled_share, 1 - mislabelled_share])
    return from_labels, from_model, from_labels >= difference


def multi_task_cost(A, Y):
    mask = np.isfinite(Y)
    filled = np.where(mask, Y, 0)
    losses = -(filled * np.log(A) + (1 - filled) * np.log(1 - A)) * mask
    return np.mean(np.sum(losses, axis=0))


def choose_approach(case):
    steps = np.array(case["steps"])
    rules = [
        ("end-to-end", case["examples"]),
        ("pipeline", steps.min() if steps.size else -1),
        ("transfer", case["pretrained"]),
        ("multi-task", case["examples"] + np.sum(case["siblings"])),
    ]
    for name, available in rules:
        if available >= case["enough"]:
            return name
    return "collect data"


def find_duplicates(X, X_new):
    X, X_new = X.astype(float), X_new.astype(float)
    squared = (X**2).sum(0)[:, None] + (X_new**2).sum(0) - 2 * X.T @ X_new
    return np.flatnonzero((np.abs(squared) < 1e-9).any(axis=0)).tolist()


def standardized_shift(X, X_new):
    def average(data):
        return data @ np.full((data.shape[1], 1), 1 / data.shape[1])

    spread = np.sqrt(((X - X.mean(axis=1, keepdims=True)) ** 2).mean(axis=1, keepdims=True))
    return (average(X_new) - average(X)) / np.where(spread == 0, 1, spread)


def suspicious_labels(A, labels, count):
    one_hot = np.eye(A.shape[0])[:, labels[0]]
    return np.argsort(np.einsum("km,km->m", A, one_hot))[:count].tolist()
