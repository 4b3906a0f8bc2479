# As written for the public editions: loops over everything, one number at a time.


def localization_label(box, c, n_classes, n_H, n_W):
    y = np.zeros((5 + n_classes, 1))
    if box is None:
        return y
    (x1, y1, x2, y2) = box
    b_w = (x2 - x1) / float(n_W)
    b_h = (y2 - y1) / float(n_H)
    b_x = x1 / float(n_W) + b_w / 2
    b_y = y1 / float(n_H) + b_h / 2
    y[0][0] = 1
    y[1][0] = b_x
    y[2][0] = b_y
    y[3][0] = b_h
    y[4][0] = b_w
    for i in range(n_classes):
        if i == c:
            y[5 + i][0] = 1
    return y


def box_corners(Y, n_H, n_W):
    m = Y.shape[1]
    corners = np.zeros((m, 4))
    for i in range(m):
        corners[i, 0] = (Y[1, i] - Y[4, i] / 2) * n_W
        corners[i, 1] = (Y[2, i] - Y[3, i] / 2) * n_H
        corners[i, 2] = (Y[1, i] + Y[4, i] / 2) * n_W
        corners[i, 3] = (Y[2, i] + Y[3, i] / 2) * n_H
    return corners


def localization_activations(Z):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[1]):
        A[0, i] = 1 / (1 + np.exp(-Z[0, i]))
        A[1:5, i] = Z[1:5, i]
        t = np.exp(Z[5:, i])
        A[5:, i] = t / np.sum(t)
    return A


def localization_cost(A, Y, box_weight=1.0):
    m = Y.shape[1]
    cost = 0
    for i in range(m):
        if Y[0, i] == 1:
            cost += -np.log(A[0, i])
            for k in range(1, 5):
                cost += box_weight * (A[k, i] - Y[k, i]) ** 2
            for k in range(5, Y.shape[0]):
                cost += -Y[k, i] * np.log(A[k, i])
        else:
            cost += -np.log(1 - A[0, i])
    cost = cost / m
    return cost


def localization_backward(A, Y, box_weight=1.0):
    (n, m) = Y.shape
    dZ = np.zeros((n, m))
    for i in range(m):
        dZ[0, i] = (A[0, i] - Y[0, i]) / m
        if Y[0, i] == 1:
            for k in range(1, 5):
                dZ[k, i] = 2 * box_weight * (A[k, i] - Y[k, i]) / m
            for k in range(5, n):
                dZ[k, i] = (A[k, i] - Y[k, i]) / m
    assert dZ.shape == Y.shape
    return dZ


def mirror_landmarks(images, landmarks, pairs):
    (m, n_H, n_W, n_C) = images.shape
    new_images = np.zeros(images.shape, dtype=images.dtype)
    new_landmarks = np.zeros(landmarks.shape)
    for i in range(m):
        for w in range(n_W):
            new_images[i, :, w, :] = images[i, :, n_W - 1 - w, :]
        for k in range(landmarks.shape[1]):
            new_landmarks[i, k, 0] = n_W - landmarks[i, k, 0]
            new_landmarks[i, k, 1] = landmarks[i, k, 1]
        for pair in pairs:
            temp = new_landmarks[i, pair[0]].copy()
            new_landmarks[i, pair[0]] = new_landmarks[i, pair[1]]
            new_landmarks[i, pair[1]] = temp
    return new_images, new_landmarks


def window_boxes(n_H, n_W, f_H, f_W, stride):
    boxes = []
    top = 0
    while top + f_H <= n_H:
        left = 0
        while left + f_W <= n_W:
            boxes.append([left, top, left + f_W, top + f_H])
            left = left + stride
        top = top + stride
    return np.array(boxes)


def cut_windows(image, boxes):
    f_H = boxes[0, 3] - boxes[0, 1]
    f_W = boxes[0, 2] - boxes[0, 0]
    windows = np.zeros((boxes.shape[0], f_H, f_W, image.shape[2]))
    for i in range(boxes.shape[0]):
        windows[i, :, :, :] = image[boxes[i, 1] : boxes[i, 3], boxes[i, 0] : boxes[i, 2], :]
    return windows


def dense_to_convolution(W, b, n_H, n_W):
    n = W.shape[0]
    n_C = W.shape[1] // (n_H * n_W)
    filters = np.zeros((n_H, n_W, n_C, n))
    biases = np.zeros((1, 1, 1, n))
    for k in range(n):
        filters[:, :, :, k] = W[k, :].reshape(n_H, n_W, n_C)
        biases[0, 0, 0, k] = b[k, 0]
    return filters, biases


def convolve_map(A_prev, W, b):
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    (f_H, f_W, n_C_prev, n_C) = W.shape
    n_H = n_H_prev - f_H + 1
    n_W = n_W_prev - f_W + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    a_slice = A_prev[i, h : h + f_H, w : w + f_W, :]
                    Z[i, h, w, c] = np.sum(np.multiply(a_slice, W[:, :, :, c])) + b[0, 0, 0, c]
    return Z


def count_multiplications(input_shape, layers):
    (n_H, n_W, n_C) = input_shape
    total = 0
    for layer in layers:
        f_H = layer["f_H"]
        f_W = layer["f_W"]
        n_H = int((n_H - f_H) / layer["stride"]) + 1
        n_W = int((n_W - f_W) / layer["stride"]) + 1
        per_place = f_H * f_W * n_C
        total = total + per_place * n_H * n_W * layer["filters"]
        n_C = layer["filters"]
    return total


def pooling_bins(start, stop, n):
    bins = []
    length = stop - start
    for i in range(n):
        low = start + int(np.floor(i * length / n))
        high = start + int(np.ceil((i + 1) * length / n))
        bins.append((low, high))
    return bins


def roi_max_pool(A, roi, out_H, out_W):
    (x1, y1, x2, y2) = roi
    n_C = A.shape[2]
    rows = pooling_bins(y1, y2, out_H)
    columns = pooling_bins(x1, x2, out_W)
    out = np.zeros((out_H, out_W, n_C))
    for i in range(out_H):
        for j in range(out_W):
            for c in range(n_C):
                part = A[rows[i][0] : rows[i][1], columns[j][0] : columns[j][1], c]
                out[i, j, c] = np.max(part)
    return out


def roi_max_pool_backward(dout, A, roi):
    (x1, y1, x2, y2) = roi
    (out_H, out_W, n_C) = dout.shape
    rows = pooling_bins(y1, y2, out_H)
    columns = pooling_bins(x1, x2, out_W)
    dA = np.zeros(A.shape)
    for i in range(out_H):
        for j in range(out_W):
            for c in range(n_C):
                part = A[rows[i][0] : rows[i][1], columns[j][0] : columns[j][1], c]
                (h, w) = np.unravel_index(np.argmax(part), part.shape)
                dA[rows[i][0] + h, columns[j][0] + w, c] += dout[i, j, c]
    return dA


def region_costs(n_regions, conv_image, conv_region, head, search, proposals):
    costs = {}
    r_cnn = search
    for i in range(n_regions):
        r_cnn = r_cnn + conv_region + head
    costs["R-CNN"] = r_cnn
    costs["Fast R-CNN"] = search + conv_image + n_regions * head
    costs["Faster R-CNN"] = conv_image + proposals + n_regions * head
    return costs
