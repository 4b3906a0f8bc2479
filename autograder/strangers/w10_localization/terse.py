from numpy.lib.stride_tricks import sliding_window_view


localization_label = lambda box, c, n_classes, n_H, n_W: (
    np.zeros((5 + n_classes, 1))
    if box is None
    else np.r_[
        1,
        (box[0] + box[2]) / (2 * n_W),
        (box[1] + box[3]) / (2 * n_H),
        (box[3] - box[1]) / n_H,
        (box[2] - box[0]) / n_W,
        np.eye(n_classes)[c],
    ][:, None]
)


def box_corners(Y, n_H, n_W):
    mid, half = Y[1:3].T * [n_W, n_H], Y[4:2:-1].T * [n_W, n_H] / 2
    return np.hstack([mid - half, mid + half])


def localization_activations(Z):
    E = np.exp(Z[5:] - Z[5:].max(0))
    return np.vstack([1 / (1 + np.exp(-Z[:1])), Z[1:5], E / E.sum(0)])


def localization_cost(A, Y, box_weight=1.0):
    p, t = A[0], Y[0] == 1
    loss = -np.log(np.where(t, p, 1 - p))
    extra = box_weight * ((A - Y)[1:5] ** 2).sum(0) - (Y[5:] * np.log(A[5:])).sum(0)
    return float((loss + np.where(t, extra, 0)).mean())


def localization_backward(A, Y, box_weight=1.0):
    n, m = Y.shape
    w = np.r_[1, [2 * box_weight] * 4, [1] * (n - 5)][:, None] * np.vstack(
        [np.ones(m)] + [Y[0]] * (n - 1)
    )
    return w * (A - Y) / m


def mirror_landmarks(images, landmarks, pairs):
    order = np.arange(landmarks.shape[1])
    for i, j in pairs:
        order[[i, j]] = order[[j, i]]
    return np.flip(images, 2), (landmarks * [-1, 1] + [images.shape[2], 0])[:, order]


def window_boxes(n_H, n_W, f_H, f_W, stride):
    y, x = np.mgrid[0 : n_H - f_H + 1 : stride, 0 : n_W - f_W + 1 : stride].reshape(2, -1)
    return np.c_[x, y, x + f_W, y + f_H]


cut_windows = lambda image, boxes: np.array([image[b:d, a:c] for a, b, c, d in boxes])

dense_to_convolution = lambda W, b, n_H, n_W: (
    np.moveaxis(W.reshape(len(W), n_H, n_W, -1), 0, -1),
    b.T[None, None],
)


def convolve_map(A_prev, W, b):
    V = sliding_window_view(A_prev, W.shape[:2], (1, 2))
    return np.einsum("mhwcij,ijck->mhwk", V, W) + b


def count_multiplications(input_shape, layers):
    h, w, c = input_shape
    n = 0
    for l in layers:
        h, w = (h - l["f_H"]) // l["stride"] + 1, (w - l["f_W"]) // l["stride"] + 1
        n, c = n + h * w * l["f_H"] * l["f_W"] * c * l["filters"], l["filters"]
    return n


def pooling_bins(start, stop, n):
    L = stop - start
    return [(start + i * L // n, start + ((i + 1) * L + n - 1) // n) for i in range(n)]


def roi_max_pool(A, roi, out_H, out_W):
    R, C = pooling_bins(roi[1], roi[3], out_H), pooling_bins(roi[0], roi[2], out_W)
    return np.array([[A[a:b, c:d].max((0, 1)) for c, d in C] for a, b in R])


def roi_max_pool_backward(dout, A, roi):
    dA = np.zeros_like(A)
    for i, (a, b) in enumerate(pooling_bins(roi[1], roi[3], len(dout))):
        for j, (c, d) in enumerate(pooling_bins(roi[0], roi[2], dout.shape[1])):
            part = A[a:b, c:d]
            dA[a:b, c:d] += np.where(part == part.max((0, 1), keepdims=True), dout[i, j], 0)
    return dA


def region_costs(n_regions, conv_image, conv_region, head, search, proposals):
    return {
        "Faster R-CNN": conv_image + proposals + n_regions * head,
        "Fast R-CNN": search + conv_image + n_regions * head,
        "R-CNN": search + n_regions * (conv_region + head),
    }
