# Long names, guards first, one thought a line, types written out.
from typing import Any


def confusion_counts(predictions: np.ndarray, Y: np.ndarray) -> dict[str, int]:
    said_yes = predictions.reshape(-1).astype(bool)
    is_yes = Y.reshape(-1).astype(bool)
    true_positives = int(np.count_nonzero(np.logical_and(said_yes, is_yes)))
    false_positives = int(np.count_nonzero(said_yes)) - true_positives
    false_negatives = int(np.count_nonzero(is_yes)) - true_positives
    true_negatives = is_yes.size - true_positives - false_positives - false_negatives
    return {
        "TN": true_negatives,
        "FN": false_negatives,
        "FP": false_positives,
        "TP": true_positives,
    }


def precision(counts: dict[str, int]) -> float:
    try:
        return counts["TP"] / (counts["TP"] + counts["FP"])
    except ZeroDivisionError:
        return 0.0


def recall(counts: dict[str, int]) -> float:
    try:
        return counts["TP"] / (counts["TP"] + counts["FN"])
    except ZeroDivisionError:
        return 0.0


def f1_score(p: float, r: float) -> float:
    try:
        return 2 * (p * r) / (p + r)
    except ZeroDivisionError:
        return 0.0


def precision_recall_curve(scores, Y, thresholds):
    precisions = np.empty(len(thresholds))
    recalls = np.empty(len(thresholds))
    for place, threshold in enumerate(thresholds):
        predictions = np.where(scores < threshold, 0, 1)
        counts = confusion_counts(predictions, Y)
        precisions[place] = precision(counts)
        recalls[place] = recall(counts)
    print("precision and recall at", len(thresholds), "thresholds")
    return [precisions, recalls]


def choose_model(models: dict[str, dict[str, float]], optimizing: str, limits: dict[str, float]):
    candidates = dict(models)
    for metric, limit in limits.items():
        candidates = {
            n: measured for n, measured in candidates.items() if measured[metric] <= limit
        }
    if not candidates:
        return None
    ranking = sorted(candidates, key=lambda name: candidates[name][optimizing], reverse=True)
    return ranking[0]


def weighted_error(predictions, Y, weights):
    is_wrong = np.not_equal(predictions, Y)
    return weights[is_wrong].sum() / weights.sum()


def split_sizes(m: int, enough: int = 10_000) -> tuple[int, int, int]:
    is_huge = m // 5 > enough
    if is_huge:
        return m - 2 * enough, enough, enough
    fifth, _ = divmod(m, 5)
    return m - 2 * fifth, fifth, fifth


def split_two_sources(m_target: int, m_other: int, enough: int = 10_000) -> dict[str, Any]:
    quarter, _ = divmod(m_target, 4)
    if quarter > enough:
        quarter = enough
    left = m_target - quarter - quarter
    return {"dev": (quarter, 0), "test": (quarter, 0), "train": (left, m_other)}


def margin_of_error(error: float, m: int, z: float = 1.96) -> float:
    variance_of_one = error - error**2
    variance_of_mean = variance_of_one / m
    return z * math.sqrt(variance_of_mean)


def dev_set_size(error: float, margin: float, z: float = 1.96) -> int:
    standard_error_wanted = margin / z
    exact = error * (1 - error) / standard_error_wanted**2
    whole = int(exact)
    if whole < exact:
        whole += 1
    return whole


def error_gaps(errors):
    human, train, train_dev, dev, test = (
        errors["human"],
        errors["train"],
        errors["train-dev"],
        errors["dev"],
        errors["test"],
    )
    return {
        "overfitting to dev": test - dev,
        "data mismatch": dev - train_dev,
        "variance": train_dev - train,
        "avoidable bias": train - human,
    }


def diagnose(errors, actions, tolerance):
    ranking = sorted(error_gaps(errors).items(), key=lambda item: -item[1])
    problem, gap = ranking[0]
    if gap <= tolerance:
        return "none", actions["none"]
    return problem, actions[problem]


def next_knob(errors, targets, knobs):
    failing = [stage for stage in list(knobs) if errors[stage] > targets[stage]]
    if failing == []:
        return "done"
    return knobs[failing[0]]


def error_analysis_table(tags, categories, error):
    counts = dict.fromkeys(categories, 0)
    for each in tags:
        for tag in each:
            if tag in counts:
                counts[tag] += 1
    shares = {name: number / len(tags) for name, number in counts.items()}
    ceilings = {name: error * share for name, share in shares.items()}
    return [counts, shares, ceilings]


def cleaning_pays(error, mislabelled_share, difference):
    from_labels = mislabelled_share * error
    from_model = error - from_labels
    return (from_labels, from_model, bool(difference <= from_labels))


def multi_task_cost(A, Y):
    total = 0.0
    for probabilities, labels in zip(A, Y):
        known = np.logical_not(np.isnan(labels))
        a = probabilities[known]
        y = labels[known]
        total += np.sum(-y * np.log(a) - (1 - y) * np.log1p(-a))
    number_of_examples = A.shape[1]
    return total / number_of_examples


def choose_approach(case):
    needed = case["enough"]
    if not case["examples"] < needed:
        return "end-to-end"
    too_poor = [step for step in case["steps"] if step < needed]
    if case["steps"] and not too_poor:
        return "pipeline"
    if not case["pretrained"] < needed:
        return "transfer"
    shared = case["examples"] + np.sum(np.array(case["siblings"], dtype=int))
    if not shared < needed:
        return "multi-task"
    return "collect data"


def find_duplicates(X, X_new):
    is_copy = np.zeros(X_new.shape[1], dtype=bool)
    for example in X.T:
        is_copy |= np.all(X_new == example[:, np.newaxis], axis=0)
    (places,) = np.nonzero(is_copy)
    return [int(place) for place in places]


def standardized_shift(X, X_new):
    mean, new_mean = X.mean(axis=1, keepdims=True), X_new.mean(axis=1, keepdims=True)
    spread = X.std(axis=1, keepdims=True)
    result = new_mean - mean
    varies = spread > 0
    result[varies] = result[varies] / spread[varies]
    return result


def suspicious_labels(A, labels, count):
    own = np.array([A[label, place] for place, label in enumerate(labels.ravel())])
    found = []
    for _ in range(count):
        worst = int(np.argmin(own))
        found.append(worst)
        own[worst] = np.inf
    return found
