# The manner of 2017: small steps in named variables, loops over the database, prints.


def recognition_error(error, K):
    p_right = 1.0
    for k in range(K):
        p_right = p_right * (1 - error)
    return 1 - p_right


def squared_distances(A, B):
    m = A.shape[0]
    k = B.shape[0]
    D = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            D[i, j] = np.sum(np.square(A[i, :] - B[j, :]))
    return D


def error_rates(distances, same, threshold):
    false_accept = 0
    false_reject = 0
    n_diff = 0
    n_same = 0
    for i in range(distances.shape[0]):
        if same[i]:
            n_same = n_same + 1
            if distances[i] >= threshold:
                false_reject = false_reject + 1
        else:
            n_diff = n_diff + 1
            if distances[i] < threshold:
                false_accept = false_accept + 1
    return false_accept / n_diff, false_reject / n_same


def roc_curve(distances, same, thresholds):
    far = []
    frr = []
    for t in thresholds:
        a, r = error_rates(distances, same, t)
        far.append(a)
        frr.append(r)
    return np.array(far), np.array(frr)


def equal_error_rate(far, frr):
    best = 100
    eer = None
    for i in range(len(far)):
        if abs(far[i] - frr[i]) < best:
            best = abs(far[i] - frr[i])
            eer = (far[i] + frr[i]) / 2
    return eer


def choose_threshold(distances, same, thresholds, max_far):
    chosen = None
    for t in sorted(thresholds):
        far, frr = error_rates(distances, same, t)
        if far <= max_far:
            chosen = t
    return chosen


def triplet_loss(y_true, y_pred, alpha=0.2):
    anchor, positive, negative = y_pred[0], y_pred[1], y_pred[2]

    # Step 1: Compute the (encoding) distance between the anchor and the positive
    pos_dist = np.sum(np.square(np.subtract(anchor, positive)), axis=-1)
    # Step 2: Compute the (encoding) distance between the anchor and the negative
    neg_dist = np.sum(np.square(np.subtract(anchor, negative)), axis=-1)
    # Step 3: subtract the two previous distances and add alpha.
    basic_loss = np.add(np.subtract(pos_dist, neg_dist), alpha)
    # Step 4: Take the maximum of basic_loss and 0.0. Sum over the training examples.
    loss = np.sum(np.maximum(basic_loss, 0.0))

    return loss


def triplet_gradients(anchor, positive, negative, alpha=0.2):
    d_anchor = np.zeros(anchor.shape)
    d_positive = np.zeros(positive.shape)
    d_negative = np.zeros(negative.shape)
    for i in range(anchor.shape[0]):
        pos_dist = np.sum(np.square(anchor[i] - positive[i]))
        neg_dist = np.sum(np.square(anchor[i] - negative[i]))
        if pos_dist - neg_dist + alpha > 0:
            d_anchor[i] = 2 * (anchor[i] - positive[i]) - 2 * (anchor[i] - negative[i])
            d_positive[i] = -2 * (anchor[i] - positive[i])
            d_negative[i] = 2 * (anchor[i] - negative[i])
    return d_anchor, d_positive, d_negative


def normalize_backward(dE, F):
    dF = np.zeros(F.shape)
    for i in range(F.shape[0]):
        norm = np.sqrt(np.sum(F[i] ** 2))
        e = F[i] / norm
        dF[i] = (dE[i] - np.dot(dE[i], e) * e) / norm
    assert dF.shape == F.shape
    return dF


def all_triplets(people):
    m = people.shape[0]
    triplets = []
    for a in range(m):
        for p in range(m):
            for n in range(m):
                if a != p and people[a] == people[p] and people[a] != people[n]:
                    triplets.append([a, p, n])
    return np.array(triplets, dtype=int).reshape(-1, 3)


def hard_triplets(D, people):
    m = people.shape[0]
    triplets = []
    for a in range(m):
        max_dist = -1
        min_dist = 100
        hardest_p = None
        hardest_n = None
        for i in range(m):
            if people[i] == people[a]:
                if i != a and D[a, i] > max_dist:
                    max_dist = D[a, i]
                    hardest_p = i
            elif D[a, i] < min_dist:
                min_dist = D[a, i]
                hardest_n = i
        if hardest_p is not None and hardest_n is not None:
            triplets.append([a, hardest_p, hardest_n])
    if len(triplets) == 0:
        return np.zeros((0, 3), dtype=int)
    return np.array(triplets)


def semi_hard_triplets(D, people, alpha=0.2):
    m = people.shape[0]
    triplets = []
    for a in range(m):
        for p in range(m):
            if a == p or people[a] != people[p]:
                continue
            best_n = None
            best_dist = 100
            for n in range(m):
                if people[n] == people[a]:
                    continue
                if D[a, p] < D[a, n] < D[a, p] + alpha and D[a, n] < best_dist:
                    best_n = n
                    best_dist = D[a, n]
            if best_n is not None:
                triplets.append([a, p, best_n])
    if len(triplets) == 0:
        return np.zeros((0, 3), dtype=int)
    return np.array(triplets)


def verify(image_path, identity, database, model):
    # Step 1: Compute the encoding for the image.
    encoding = img_to_encoding(image_path, model)
    # Step 2: Compute distance with identity's image
    dist = np.linalg.norm(encoding - database[identity])
    # Step 3: Open the door if dist < 0.7, else don't open
    if dist < 0.7:
        print("It's " + str(identity) + ", welcome in!")
        door_open = True
    else:
        print("It's not " + str(identity) + ", please go away")
        door_open = False
    return dist, door_open


def who_is_it(image_path, database, model):
    encoding = img_to_encoding(image_path, model)
    # Initialize "min_dist" to a large value, say 100
    min_dist = 100
    for name, db_enc in database.items():
        dist = np.linalg.norm(encoding - db_enc)
        if dist < min_dist:
            min_dist = dist
            identity = name
    if min_dist > 0.7:
        print("Not in the database.")
    else:
        print("it's " + str(identity) + ", the distance is " + str(min_dist))
    return min_dist, identity


def identify(encoding, gallery, threshold=0.7):
    min_dist = 100
    identity = None
    for name in gallery:
        for i in range(gallery[name].shape[0]):
            dist = np.linalg.norm(encoding - gallery[name][i])
            if dist < min_dist:
                min_dist = dist
                identity = name
    if min_dist < threshold:
        return min_dist, identity
    else:
        return min_dist, None


def pair_features(E1, E2):
    m, n = E1.shape
    X = np.zeros((n, m))
    for i in range(m):
        for t in range(n):
            X[t, i] = abs(E1[i, t] - E2[i, t])
    return X


def rates_by_group(distances, same, groups, threshold):
    rates = {}
    for g in set(groups):
        index = [i for i in range(len(groups)) if groups[i] == g]
        rates[g] = error_rates(distances[index], same[index], threshold)
    return rates
