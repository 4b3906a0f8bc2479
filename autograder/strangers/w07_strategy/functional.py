# Generators, reductions, itertools; nothing is assigned twice.
from bisect import bisect_left
from collections import Counter
from functools import reduce
from itertools import accumulate, compress, count, pairwise, takewhile
from operator import itemgetter, ne, sub

_NAMES = {(True, True): "TP", (True, False): "FP", (False, True): "FN", (False, False): "TN"}


def confusion_counts(predictions, Y):
    pairs = zip(map(bool, np.ravel(predictions)), map(bool, np.ravel(Y)))
    found = Counter(map(_NAMES.__getitem__, pairs))
    return {name: found[name] for name in _NAMES.values()}


def _share(part, whole):
    return part / whole if whole > 0 else 0.0


def precision(counts):
    return _share(counts["TP"], sum(itemgetter("TP", "FP")(counts)))


def recall(counts):
    return _share(counts["TP"], sum(itemgetter("TP", "FN")(counts)))


def f1_score(p, r):
    return _share(2 * p * r, p + r)


def precision_recall_curve(scores, Y, thresholds):
    at = lambda t: confusion_counts(np.greater_equal(scores, t), Y)
    return tuple(map(list, zip(*((precision(c), recall(c)) for c in map(at, thresholds)))))


def choose_model(models, optimizing, limits):
    keeps = lambda name: all(map(lambda metric: models[name][metric] <= limits[metric], limits))
    return max(filter(keeps, models), key=lambda name: models[name][optimizing], default=None)


def weighted_error(predictions, Y, weights):
    wrong = compress(weights.flat, map(ne, predictions.flat, Y.flat))
    return sum(wrong) / sum(weights.flat)


def split_sizes(m, enough=10000):
    held = sorted((m // 5, enough))[0]
    return reduce(sub, (held, held), m), held, held


def split_two_sources(m_target, m_other, enough=10000):
    held = sorted((m_target // 4, enough))[0]
    return {"test": (held, 0), "dev": (held, 0), "train": (m_target - held * 2, m_other)}


def margin_of_error(error, m, z=1.96):
    return z * math.pow(error * (1 - error) / m, 0.5)


def dev_set_size(error, margin, z=1.96):
    too_few = lambda m: margin_of_error(error, m, z) > margin
    return next(m for m in count(1) if not too_few(m))


def margin_of_error_of(pair):
    return margin_of_error(*pair)


def error_gaps(errors):
    order = map(errors.get, ("human", "train", "train-dev", "dev", "test"))
    names = ("avoidable bias", "variance", "data mismatch", "overfitting to dev")
    return {name: after - before for name, (before, after) in zip(names, pairwise(order))}


def diagnose(errors, actions, tolerance):
    gaps = {"none": tolerance, **error_gaps(errors)}
    problem = max(gaps, key=gaps.get)  # of equal ones the first: “none”
    return problem, actions[problem]


def next_knob(errors, targets, knobs):
    holding = takewhile(lambda stage: errors[stage] <= targets[stage], knobs)
    return [*knobs.values(), "done"][len(list(holding))]


def error_analysis_table(tags, categories, error):
    found = Counter(tag for each in tags for tag in set(each))
    share = lambda name: found[name] / len(tags)
    return (
        {name: found[name] for name in categories},
        {name: share(name) for name in categories},
        {name: share(name) * error for name in categories},
    )


def cleaning_pays(error, mislabelled_share, difference):
    parts = [error * share for share in (mislabelled_share, 1 - mislabelled_share)]
    return (*parts, parts[0] >= difference)


def multi_task_cost(A, Y):
    known = [(a, y) for a, y in zip(A.flat, Y.flat) if y == y]
    return -sum(math.log(a if y else 1 - a) for a, y in known) / np.size(Y, 1)


def choose_approach(case):
    enough = case["enough"]
    have = {
        "end-to-end": case["examples"],
        "pipeline": min(case["steps"], default=0),
        "transfer": case["pretrained"],
        "multi-task": list(accumulate([case["examples"], *case["siblings"]]))[-1],
        "collect data": enough,
    }
    return next(name for name, examples in have.items() if examples >= enough)


def find_duplicates(X, X_new):
    known = sorted(map(tuple, X.T.tolist()))
    at = lambda column: bisect_left(known, column)
    new = list(map(tuple, X_new.T.tolist()))
    return [j for j, c in enumerate(new) if at(c) < len(known) and known[at(c)] == c]


def standardized_shift(X, X_new):
    rows = zip(X, X_new)
    return np.array([[(new.mean() - old.mean()) / (old.std() or 1.0)] for old, new in rows])


def suspicious_labels(A, labels, count):
    return sorted(range(labels.size), key=lambda i: A[labels.item(i), i])[:count]
