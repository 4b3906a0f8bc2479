# The manner of 2017: loops, counters, named intermediate results.


def confusion_counts(predictions, Y):
    m = Y.shape[1]
    TP = FP = FN = TN = 0
    for i in range(m):
        if predictions[0, i] == 1 and Y[0, i] == 1:
            TP += 1
        elif predictions[0, i] == 1:
            FP += 1
        elif Y[0, i] == 1:
            FN += 1
        else:
            TN += 1
    return {"TP": TP, "FP": FP, "FN": FN, "TN": TN}


def precision(counts):
    if counts["TP"] + counts["FP"] == 0:
        return 0
    return float(counts["TP"]) / (counts["TP"] + counts["FP"])


def recall(counts):
    if counts["TP"] + counts["FN"] == 0:
        return 0
    return float(counts["TP"]) / (counts["TP"] + counts["FN"])


def f1_score(p, r):
    if p == 0 or r == 0:
        return 0
    return 2.0 / (1.0 / p + 1.0 / r)


def precision_recall_curve(scores, Y, thresholds):
    precisions = []
    recalls = []
    for t in thresholds:
        predictions = np.zeros(scores.shape)
        predictions[scores >= t] = 1
        counts = confusion_counts(predictions, Y)
        precisions.append(precision(counts))
        recalls.append(recall(counts))
    return precisions, recalls


def choose_model(models, optimizing, limits):
    best = None
    for name in models:
        ok = True
        for metric in limits:
            if models[name][metric] > limits[metric]:
                ok = False
        if ok:
            if best is None or models[name][optimizing] > models[best][optimizing]:
                best = name
    return best


def weighted_error(predictions, Y, weights):
    wrong = 0.0
    total = 0.0
    for i in range(Y.shape[1]):
        total = total + weights[0, i]
        if predictions[0, i] != Y[0, i]:
            wrong = wrong + weights[0, i]
    return wrong / total


def split_sizes(m, enough=10000):
    dev = int(m / 5)
    if dev > enough:
        dev = enough
    test = dev
    train = m - dev - test
    return train, dev, test


def split_two_sources(m_target, m_other, enough=10000):
    dev = int(np.floor(m_target / 4))
    if dev > enough:
        dev = enough
    sizes = {}
    sizes["train"] = (m_target - dev - dev, m_other)
    sizes["dev"] = (dev, 0)
    sizes["test"] = (dev, 0)
    return sizes


def margin_of_error(error, m, z=1.96):
    variance = error * (1 - error)
    standard_error = np.sqrt(variance) / np.sqrt(m)
    return z * standard_error


def dev_set_size(error, margin, z=1.96):
    m = error * (1 - error) * (z / margin) ** 2
    return int(np.ceil(m))


def error_gaps(errors):
    gaps = {}
    gaps["avoidable bias"] = errors["train"] - errors["human"]
    gaps["variance"] = errors["train-dev"] - errors["train"]
    gaps["data mismatch"] = errors["dev"] - errors["train-dev"]
    gaps["overfitting to dev"] = errors["test"] - errors["dev"]
    return gaps


def diagnose(errors, actions, tolerance):
    gaps = error_gaps(errors)
    problem = "none"
    largest = tolerance
    for name in gaps:
        if gaps[name] > largest:
            largest = gaps[name]
            problem = name
    action = actions[problem]
    return problem, action


def next_knob(errors, targets, knobs):
    result = None
    for stage in knobs:
        if result is None and errors[stage] > targets[stage]:
            result = knobs[stage]
    if result is None:
        result = "done"
    return result


def error_analysis_table(tags, categories, error):
    m = len(tags)
    counts = {}
    shares = {}
    ceilings = {}
    for c in categories:
        counts[c] = 0
        for i in range(m):
            if c in tags[i]:
                counts[c] += 1
        shares[c] = counts[c] / m
        ceilings[c] = counts[c] / m * error
    return counts, shares, ceilings


def cleaning_pays(error, mislabelled_share, difference):
    from_labels = error * mislabelled_share
    from_model = error * (1 - mislabelled_share)
    if from_labels >= difference:
        pays = True
    else:
        pays = False
    return from_labels, from_model, pays


def multi_task_cost(A, Y):
    n_y, m = Y.shape
    cost = 0.0
    for i in range(m):
        for j in range(n_y):
            if Y[j, i] == 1:
                cost -= np.log(A[j, i])
            if Y[j, i] == 0:
                cost -= np.log(1 - A[j, i])
    return cost / m


def choose_approach(case):
    enough = case["enough"]
    if case["examples"] >= enough:
        return "end-to-end"
    if len(case["steps"]) > 0:
        all_enough = True
        for s in case["steps"]:
            if s < enough:
                all_enough = False
        if all_enough:
            return "pipeline"
    if case["pretrained"] >= enough:
        return "transfer"
    total = case["examples"]
    for s in case["siblings"]:
        total += s
    if total >= enough:
        return "multi-task"
    return "collect data"


def find_duplicates(X, X_new):
    found = []
    for j in range(X_new.shape[1]):
        for i in range(X.shape[1]):
            if np.array_equal(X[:, i], X_new[:, j]):
                found.append(j)
                break
    return found


def standardized_shift(X, X_new):
    n = X.shape[0]
    shift = np.zeros((n, 1))
    for j in range(n):
        sigma = np.std(X[j, :])
        if sigma == 0:
            sigma = 1
        shift[j, 0] = (np.mean(X_new[j, :]) - np.mean(X[j, :])) / sigma
    return shift


def suspicious_labels(A, labels, count):
    beliefs = []
    for i in range(labels.shape[1]):
        beliefs.append((A[labels[0, i], i], i))
    beliefs.sort()
    return [i for belief, i in beliefs[:count]]
