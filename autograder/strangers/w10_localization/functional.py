import itertools
from functools import reduce


def localization_label(box, c, n_classes, n_H, n_W):
    size = np.array([n_W, n_H])
    if box is None:
        return np.zeros((5 + n_classes, 1))
    low, high = np.array(box[:2]) / size, np.array(box[2:]) / size
    share = high - low
    one_hot = [float(k == c) for k in range(n_classes)]
    return np.array([1.0, *((low + high) / 2), *share[::-1], *one_hot]).reshape(-1, 1)


def box_corners(Y, n_H, n_W):
    def corners(column):
        _, x, y, h, w = column[:5]
        return (x - w / 2) * n_W, (y - h / 2) * n_H, (x + w / 2) * n_W, (y + h / 2) * n_H

    return np.array([corners(column) for column in Y.T])


def localization_activations(Z):
    def one(z):
        shares = np.exp(z[5:])
        return np.concatenate([[1 / (1 + np.exp(-z[0]))], z[1:5], shares / sum(shares)])

    return np.array(list(map(one, Z.T))).T


def localization_cost(A, Y, box_weight=1.0):
    def loss(a, y):
        if not y[0]:
            return -np.log(1 - a[0])
        return (
            -np.log(a[0])
            + box_weight * np.dot(a[1:5] - y[1:5], a[1:5] - y[1:5])
            - np.log(a[5:][np.argmax(y[5:])])
        )

    return sum(loss(a, y) for a, y in zip(A.T, Y.T)) / len(A.T)


def localization_backward(A, Y, box_weight=1.0):
    def slope(a, y):
        error = a - y
        return np.concatenate([error[:1], y[0] * 2 * box_weight * error[1:5], y[0] * error[5:]])

    return np.stack([slope(a, y) for a, y in zip(A.T, Y.T)], axis=1) / A.shape[1]


def mirror_landmarks(images, landmarks, pairs):
    partner = {k: k for k in range(landmarks.shape[1])}
    for i, j in pairs:
        partner[i], partner[j] = j, i
    n_W = images.shape[2]
    moved = [
        [(n_W - face[partner[k]][0], face[partner[k]][1]) for k in partner] for face in landmarks
    ]
    return np.array([np.fliplr(image) for image in images]), np.array(moved)


def window_boxes(n_H, n_W, f_H, f_W, stride):
    tops, lefts = range(0, n_H - f_H + 1, stride), range(0, n_W - f_W + 1, stride)
    return np.array([(x, y, x + f_W, y + f_H) for y, x in itertools.product(tops, lefts)])


def cut_windows(image, boxes):
    return np.stack(list(map(lambda box: image[box[1] : box[3], box[0] : box[2]], boxes)), 0)


def dense_to_convolution(W, b, n_H, n_W):
    filters = np.stack([unit.reshape(n_H, n_W, -1) for unit in W], axis=-1)
    return filters, np.array([[[[float(number[0]) for number in b]]]])


def convolve_map(A_prev, W, b):
    f_H, f_W = W.shape[:2]
    n_H, n_W = A_prev.shape[1] - f_H + 1, A_prev.shape[2] - f_W + 1
    parts = (
        A_prev[:, i : i + n_H, j : j + n_W] @ W[i, j]
        for i, j in itertools.product(range(f_H), range(f_W))
    )
    return reduce(np.add, parts) + b


def count_multiplications(input_shape, layers):
    def step(state, layer):
        (n_H, n_W, n_C), total = state
        size = (
            (n_H - layer["f_H"] + layer["stride"]) // layer["stride"],
            (n_W - layer["f_W"] + layer["stride"]) // layer["stride"],
            layer["filters"],
        )
        return size, total + int(np.prod(size)) * layer["f_H"] * layer["f_W"] * n_C

    return reduce(step, layers, (tuple(input_shape), 0))[1]


def pooling_bins(start, stop, n):
    import math

    side = stop - start
    edges = [(math.floor(i * side / n), math.ceil((i + 1) * side / n)) for i in range(n)]
    return [(start + low, start + high) for low, high in edges]


def roi_max_pool(A, roi, out_H, out_W):
    x1, y1, x2, y2 = roi
    bins = itertools.product(pooling_bins(y1, y2, out_H), pooling_bins(x1, x2, out_W))
    pooled = [np.amax(np.amax(A[a:b, c:d], axis=0), axis=0) for (a, b), (c, d) in bins]
    return np.reshape(pooled, (out_H, out_W, A.shape[2]))


def roi_max_pool_backward(dout, A, roi):
    x1, y1, x2, y2 = roi
    out_H, out_W, _ = dout.shape

    def one(i, j):
        (a, b), (c, d) = pooling_bins(y1, y2, out_H)[i], pooling_bins(x1, x2, out_W)[j]
        part = np.zeros(A.shape)
        largest = A[a:b, c:d].max(axis=(0, 1))
        part[a:b, c:d] = (A[a:b, c:d] >= largest) * dout[i, j]
        return part

    return sum(one(i, j) for i, j in itertools.product(range(out_H), range(out_W)))


def region_costs(n_regions, conv_image, conv_region, head, search, proposals):
    one_pass = conv_image + n_regions * head
    return dict(
        zip(
            ("R-CNN", "Fast R-CNN", "Faster R-CNN"),
            (
                search + n_regions * conv_region + n_regions * head,
                search + one_pass,
                proposals + one_pass,
            ),
        )
    )
