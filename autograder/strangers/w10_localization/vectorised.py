from numpy.lib.stride_tricks import sliding_window_view


def localization_label(box, c, n_classes, n_H, n_W):
    y = np.zeros((5 + n_classes, 1))
    if box is not None:
        x1, y1, x2, y2 = np.asarray(box, dtype=float) / np.array([n_W, n_H, n_W, n_H])
        y[:5] = np.array([[1, np.mean([x1, x2]), np.mean([y1, y2]), y2 - y1, x2 - x1]]).T
        y[5:] = np.arange(n_classes)[:, np.newaxis] == c
    return y


def box_corners(Y, n_H, n_W):
    to_corners = np.array(
        [[1, 0, 0, -0.5], [0, 1, -0.5, 0], [1, 0, 0, 0.5], [0, 1, 0.5, 0]]
    ) * np.array([[n_W], [n_H], [n_W], [n_H]])
    return (to_corners @ Y[1:5]).T


def localization_activations(Z):
    logits = Z[5:] - Z[5:].max(axis=0, keepdims=True)
    log_sum = np.log(np.exp(logits).sum(axis=0, keepdims=True))
    p = np.where(Z[:1] >= 0, 1 / (1 + np.exp(-np.abs(Z[:1]))), 1 - 1 / (1 + np.exp(-np.abs(Z[:1]))))
    return np.concatenate([p, Z[1:5], np.exp(logits - log_sum)])


def localization_cost(A, Y, box_weight=1.0):
    mask = np.broadcast_to(Y[:1], Y[1:].shape)
    logistic = Y[:1] * np.log(A[:1]) + (1 - Y[:1]) * np.log1p(-A[:1])
    squares = box_weight * mask[:4] * (A[1:5] - Y[1:5]) ** 2
    entropy = mask[4:] * Y[5:] * np.log(A[5:])
    return (squares.sum() - logistic.sum() - entropy.sum()) / Y.shape[-1]


def localization_backward(A, Y, box_weight=1.0):
    scale = np.ones_like(A)
    scale[1:5] = 2 * box_weight
    scale[1:, Y[0] == 0] = 0
    return scale * (A - Y) / Y.shape[-1]


def mirror_landmarks(images, landmarks, pairs):
    permutation = list(range(landmarks.shape[1]))
    for i, j in pairs:
        permutation[i], permutation[j] = permutation[j], permutation[i]
    flipped = landmarks[:, permutation]
    flipped[..., 0] *= -1
    flipped[..., 0] += images.shape[2]
    return images[:, :, ::-1, :].copy(), flipped


def window_boxes(n_H, n_W, f_H, f_W, stride):
    tops = np.arange(0, n_H - f_H + 1, stride)
    lefts = np.arange(0, n_W - f_W + 1, stride)
    y1, x1 = np.repeat(tops, len(lefts)), np.tile(lefts, len(tops))
    return np.stack([x1, y1, x1 + f_W, y1 + f_H], axis=-1)


def cut_windows(image, boxes):
    x1, y1, x2, y2 = boxes.T
    rows = y1[:, np.newaxis] + np.arange(y2[0] - y1[0])
    columns = x1[:, np.newaxis] + np.arange(x2[0] - x1[0])
    return image[rows[:, :, np.newaxis], columns[:, np.newaxis, :]]


def dense_to_convolution(W, b, n_H, n_W):
    return np.einsum("khwc->hwck", W.reshape(-1, n_H, n_W, W.shape[1] // (n_H * n_W))), b[
        None, None
    ].swapaxes(2, 3)


def convolve_map(A_prev, W, b):
    windows = sliding_window_view(A_prev, W.shape[:2], axis=(1, 2)).transpose(0, 1, 2, 4, 5, 3)
    rows = windows.reshape(-1, W[..., 0].size)
    return (rows @ W.reshape(-1, W.shape[-1])).reshape(*windows.shape[:3], -1) + b


def count_multiplications(input_shape, layers):
    size, channels, total = np.array(input_shape[:2]), input_shape[2], 0
    for layer in layers:
        window = np.array([layer["f_H"], layer["f_W"]])
        size = (size - window) // layer["stride"] + 1
        total += int(size.prod() * window.prod()) * channels * layer["filters"]
        channels = layer["filters"]
    return total


def pooling_bins(start, stop, n):
    i = np.arange(n)
    low = i * (stop - start) // n
    high = -(-(i + 1) * (stop - start) // n)
    return [(int(a), int(b)) for a, b in zip(start + low, start + high)]


def roi_max_pool(A, roi, out_H, out_W):
    x1, y1, x2, y2 = roi
    rows = [A[a:b].max(axis=0) for a, b in pooling_bins(y1, y2, out_H)]
    return np.stack(
        [[row[a:b].max(axis=0) for a, b in pooling_bins(x1, x2, out_W)] for row in rows]
    )


def roi_max_pool_backward(dout, A, roi):
    x1, y1, x2, y2 = roi
    dA = np.zeros(A.shape)
    channels = np.arange(A.shape[2])
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, dout.shape[0])):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, dout.shape[1])):
            flat = A[top:bottom, left:right].reshape(-1, A.shape[2]).argmax(axis=0)
            h, w = np.divmod(flat, right - left)
            np.add.at(dA, (top + h, left + w, channels), dout[i, j])
    return dA


def region_costs(n_regions, conv_image, conv_region, head, search, proposals):
    work = np.array(
        [[1, 0, n_regions, n_regions, 0], [1, 1, 0, n_regions, 0], [0, 1, 0, n_regions, 1]]
    )
    totals = work @ np.array([search, conv_image, conv_region, head, proposals])
    return dict(zip(["R-CNN", "Fast R-CNN", "Faster R-CNN"], totals.tolist()))
