def localization_label(box, c, n_classes, n_H, n_W):
    number_of_rows = 5 + n_classes
    label = np.zeros(number_of_rows)
    there_is_an_object = box is not None
    if there_is_an_object:
        left, top, right, bottom = box[0], box[1], box[2], box[3]
        width_in_pixels = right - left
        height_in_pixels = bottom - top
        middle_x = left + width_in_pixels / 2
        middle_y = top + height_in_pixels / 2
        label[0] = 1.0
        label[1] = middle_x / n_W
        label[2] = middle_y / n_H
        label[3] = height_in_pixels / n_H
        label[4] = width_in_pixels / n_W
        class_row = 5 + c
        label[class_row] = 1.0
    column = label.reshape(number_of_rows, 1)
    return column


def box_corners(Y, n_H, n_W):
    middle_x = Y[1, :] * n_W
    middle_y = Y[2, :] * n_H
    height = Y[3, :] * n_H
    width = Y[4, :] * n_W
    left = middle_x - 0.5 * width
    top = middle_y - 0.5 * height
    right = left + width
    bottom = top + height
    corners = np.column_stack((left, top, right, bottom))
    return corners


def localization_activations(Z):
    predictions = np.array(Z, dtype=float, copy=True)
    predictions[0, :] = np.reciprocal(1.0 + np.exp(np.negative(Z[0, :])))
    class_sums = Z[5:, :]
    exponentials = np.exp(class_sums)
    totals = np.sum(exponentials, axis=0, keepdims=True)
    predictions[5:, :] = np.divide(exponentials, totals)
    return predictions


def localization_cost(A, Y, box_weight=1.0):
    m = Y.shape[1]
    with_object = np.where(Y[0, :] == 1)[0]
    p_c = A[0, :]
    logistic_losses = -(Y[0, :] * np.log(p_c) + (1 - Y[0, :]) * np.log(1 - p_c))
    errors = A[1:5, with_object] - Y[1:5, with_object]
    sum_of_squares = np.sum(np.square(errors))
    log_probabilities = np.log(A[5:, with_object])
    cross_entropy = -np.sum(np.multiply(Y[5:, with_object], log_probabilities))
    total = np.sum(logistic_losses) + box_weight * sum_of_squares + cross_entropy
    cost = total / m
    return cost


def localization_backward(A, Y, box_weight=1.0):
    m = Y.shape[1]
    there = Y[0:1, :]
    gradient_of_p = A[0:1, :] - Y[0:1, :]
    gradient_of_box = 2.0 * box_weight * there * (A[1:5, :] - Y[1:5, :])
    gradient_of_classes = there * (A[5:, :] - Y[5:, :])
    dZ = np.concatenate((gradient_of_p, gradient_of_box, gradient_of_classes), axis=0)
    dZ = dZ * (1.0 / m)
    return dZ


def mirror_landmarks(images, landmarks, pairs):
    width = images.shape[2]
    columns_from_right_to_left = np.arange(width - 1, -1, -1)
    mirrored_images = images[:, :, columns_from_right_to_left, :]
    x = landmarks[:, :, 0]
    y = landmarks[:, :, 1]
    mirrored_landmarks = np.stack((width - x, y), axis=2)
    result = np.copy(mirrored_landmarks)
    for first, second in pairs:
        result[:, first, :] = mirrored_landmarks[:, second, :]
        result[:, second, :] = mirrored_landmarks[:, first, :]
    return mirrored_images, result


def window_boxes(n_H, n_W, f_H, f_W, stride):
    windows_down = (n_H - f_H) // stride + 1
    windows_right = (n_W - f_W) // stride + 1
    boxes = np.zeros((windows_down * windows_right, 4), dtype=int)
    number = 0
    for row in range(windows_down):
        for column in range(windows_right):
            top = row * stride
            left = column * stride
            boxes[number, 0] = left
            boxes[number, 1] = top
            boxes[number, 2] = left + f_W
            boxes[number, 3] = top + f_H
            number += 1
    return boxes


def cut_windows(image, boxes):
    windows = []
    for box in boxes:
        left, top, right, bottom = int(box[0]), int(box[1]), int(box[2]), int(box[3])
        window = image[top:bottom, :, :][:, left:right, :]
        windows.append(window.copy())
    return np.stack(windows, axis=0)


def dense_to_convolution(W, b, n_H, n_W):
    n_units, n_inputs = W.shape
    n_channels = n_inputs // n_H // n_W
    as_maps = np.reshape(W, (n_units, n_H, n_W, n_channels))
    filters = np.transpose(as_maps, (1, 2, 3, 0))
    biases = np.reshape(b, (1, 1, 1, n_units))
    return filters, biases


def convolve_map(A_prev, W, b):
    m, height, width, _ = A_prev.shape
    f_H, f_W, _, n_C = W.shape
    out_height = height - f_H + 1
    out_width = width - f_W + 1
    Z = np.zeros((m, out_height, out_width, n_C))
    Z += b
    for row in range(out_height):
        for column in range(out_width):
            window = A_prev[:, row : row + f_H, column : column + f_W, :]
            Z[:, row, column, :] += window.reshape(m, -1) @ W.reshape(-1, n_C)
    return Z


def count_multiplications(input_shape, layers):
    height = input_shape[0]
    width = input_shape[1]
    channels = input_shape[2]
    counts = []
    for layer in layers:
        height = len(range(0, height - layer["f_H"] + 1, layer["stride"]))
        width = len(range(0, width - layer["f_W"] + 1, layer["stride"]))
        numbers_in_output = height * width * layer["filters"]
        numbers_in_filter = layer["f_H"] * layer["f_W"] * channels
        counts.append(numbers_in_output * numbers_in_filter)
        channels = layer["filters"]
    return sum(counts)


def pooling_bins(start, stop, n):
    length = stop - start
    bins = []
    for number in range(n):
        begin = start + (number * length) // n
        end_above = (number + 1) * length
        end = start + end_above // n
        if end_above % n != 0:
            end = end + 1
        bins.append([begin, end])
    return bins


def roi_max_pool(A, roi, out_H, out_W):
    x1, y1, x2, y2 = roi
    pooled = np.full((out_H, out_W, A.shape[2]), -np.inf)
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, out_H)):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, out_W)):
            for row in range(top, bottom):
                for column in range(left, right):
                    pooled[i, j, :] = np.maximum(pooled[i, j, :], A[row, column, :])
    return pooled


def roi_max_pool_backward(dout, A, roi):
    x1, y1, x2, y2 = roi
    out_H, out_W, n_C = dout.shape
    dA = np.zeros_like(A)
    for i, (top, bottom) in enumerate(pooling_bins(y1, y2, out_H)):
        for j, (left, right) in enumerate(pooling_bins(x1, x2, out_W)):
            for channel in range(n_C):
                best_row, best_column = top, left
                for row in range(top, bottom):
                    for column in range(left, right):
                        if A[row, column, channel] > A[best_row, best_column, channel]:
                            best_row, best_column = row, column
                dA[best_row, best_column, channel] += dout[i, j, channel]
    return dA


def region_costs(n_regions, conv_image, conv_region, head, search, proposals):
    time_of_all_heads = n_regions * head
    time_of_all_convolutions = n_regions * conv_region
    r_cnn = search + time_of_all_convolutions + time_of_all_heads
    fast_r_cnn = search + conv_image + time_of_all_heads
    faster_r_cnn = fast_r_cnn - search + proposals
    return {"R-CNN": r_cnn, "Fast R-CNN": fast_r_cnn, "Faster R-CNN": faster_r_cnn}
