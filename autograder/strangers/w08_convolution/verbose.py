# Plain Python wherever possible: no slices of windows, every number for itself.


def cross_correlate(image, kernel):
    kernel_height = len(kernel)
    kernel_width = len(kernel[0])
    result_height = len(image) - kernel_height + 1
    result_width = len(image[0]) - kernel_width + 1
    result = []
    for row in range(result_height):
        result_row = []
        for column in range(result_width):
            total = 0.0
            for i in range(kernel_height):
                for j in range(kernel_width):
                    total = total + image[row + i][column + j] * kernel[i][j]
            result_row.append(total)
        result.append(result_row)
    return np.array(result)


def convolve(image, kernel):
    height, width = kernel.shape
    flipped = np.empty(kernel.shape)
    for i in range(height):
        for j in range(width):
            flipped[i, j] = kernel[height - 1 - i, width - 1 - j]
    return cross_correlate(image, flipped)


def zero_pad(X, pad):
    examples, height, width, channels = X.shape
    rows = np.zeros((examples, pad, width, channels))
    taller = np.concatenate([rows, X, rows], axis=1)
    columns = np.zeros((examples, height + 2 * pad, pad, channels))
    return np.concatenate([columns, taller, columns], axis=2)


def output_size(n, f, pad, stride):
    count = 0
    start = -pad
    while start + f <= n + pad:
        count = count + 1
        start = start + stride
    return count


def conv_single_step(a_slice_prev, W, b):
    total = b[0][0][0]
    rows, columns, channels = W.shape
    for i in range(rows):
        for j in range(columns):
            for c in range(channels):
                total = total + a_slice_prev[i, j, c] * W[i, j, c]
    return total


def conv_forward(A_prev, W, b, hparameters):
    examples, height, width, channels = A_prev.shape
    size = W.shape[0]
    filters = W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    out_height = output_size(height, size, pad, stride)
    out_width = output_size(width, size, pad, stride)
    Z = np.zeros((examples, out_height, out_width, filters))
    for example in range(examples):
        for row in range(out_height):
            for column in range(out_width):
                for number in range(filters):
                    total = b[0, 0, 0, number]
                    for i in range(size):
                        for j in range(size):
                            y = row * stride + i - pad
                            x = column * stride + j - pad
                            # What lies outside of the image is zero: nothing to add.
                            if 0 <= y < height and 0 <= x < width:
                                total = total + np.dot(A_prev[example, y, x], W[i, j, :, number])
                    Z[example, row, column, number] = total
    return Z, (A_prev, W, b, hparameters)


def pool_forward(A_prev, hparameters, mode="max"):
    examples, height, width, channels = A_prev.shape
    size, stride = hparameters["f"], hparameters["stride"]
    out_height = output_size(height, size, 0, stride)
    out_width = output_size(width, size, 0, stride)
    A = np.zeros((examples, out_height, out_width, channels))
    for example in range(examples):
        for row in range(out_height):
            for column in range(out_width):
                for channel in range(channels):
                    numbers = []
                    for i in range(size):
                        for j in range(size):
                            y, x = row * stride + i, column * stride + j
                            numbers.append(A_prev[example, y, x, channel])
                    if mode == "max":
                        A[example, row, column, channel] = max(numbers)
                    else:
                        A[example, row, column, channel] = sum(numbers) / len(numbers)
    return A, (A_prev, hparameters)


def layer_counts(input_shape, f, n_C, stride):
    height, width, channels = input_shape
    places = output_size(height, f, 0, stride) * output_size(width, f, 0, stride)
    weights_of_one_filter = f * f * channels
    parameters = weights_of_one_filter * n_C + n_C
    inputs = height * width * channels
    outputs = places * n_C
    return {
        "dense": inputs * outputs + outputs,
        "connections": parameters * places,
        "parameters": parameters,
        "outputs": outputs,
    }


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    examples, height, width, channels = A_prev.shape
    size = W.shape[0]
    stride, pad = hparameters["stride"], hparameters["pad"]
    dA_prev = np.zeros(A_prev.shape)
    dW = np.zeros(W.shape)
    db = np.zeros(b.shape)
    for example in range(dZ.shape[0]):
        for row in range(dZ.shape[1]):
            for column in range(dZ.shape[2]):
                for number in range(dZ.shape[3]):
                    gradient = dZ[example, row, column, number]
                    db[0, 0, 0, number] += gradient
                    for i in range(size):
                        for j in range(size):
                            y = row * stride + i - pad
                            x = column * stride + j - pad
                            if 0 <= y < height and 0 <= x < width:
                                dW[i, j, :, number] += gradient * A_prev[example, y, x]
                                dA_prev[example, y, x] += gradient * W[i, j, :, number]
    return dA_prev, dW, db


def create_mask_from_window(x):
    largest = max(max(row) for row in x)
    mask = np.zeros(x.shape, dtype=int)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] == largest:
                mask[i, j] = 1
    return mask


def distribute_value(dz, shape):
    rows, columns = shape
    share = dz / (rows * columns)
    return np.array([[share for column in range(columns)] for row in range(rows)])


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    size, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    for example in range(dA.shape[0]):
        for row in range(dA.shape[1]):
            for column in range(dA.shape[2]):
                for channel in range(dA.shape[3]):
                    gradient = dA[example, row, column, channel]
                    places = [
                        (example, row * stride + i, column * stride + j, channel)
                        for i in range(size)
                        for j in range(size)
                    ]
                    if mode == "max":
                        largest = max(A_prev[place] for place in places)
                        places = [place for place in places if A_prev[place] == largest]
                        share = gradient
                    else:
                        share = gradient / len(places)
                    for place in places:
                        dA_prev[place] += share
    return dA_prev


def window_view(X, f, stride):
    examples, height, width, channels = X.shape
    by_row = []
    for top in range(0, height - f + 1, stride):
        by_column = []
        for left in range(0, width - f + 1, stride):
            by_column.append(X[:, top : top + f, left : left + f, :])
        by_row.append(np.stack(by_column, axis=1))
    return np.stack(by_row, axis=1)


def convolve_windows(windows, W, b):
    maps = []
    for number in range(W.shape[3]):
        products = windows * W[:, :, :, number]
        maps.append(products.sum(axis=5).sum(axis=4).sum(axis=3) + b[0, 0, 0, number])
    return np.stack(maps, axis=3)


def window_gradients(dZ, windows, W):
    dwindows = np.zeros(windows.shape)
    dW = np.zeros(W.shape)
    db = np.zeros((1, 1, 1, W.shape[3]))
    for number in range(W.shape[3]):
        gradient = dZ[:, :, :, number][:, :, :, np.newaxis, np.newaxis, np.newaxis]
        dwindows = dwindows + gradient * W[:, :, :, number]
        dW[:, :, :, number] = (gradient * windows).sum(axis=(0, 1, 2))
        db[0, 0, 0, number] = gradient.sum()
    return dwindows, dW, db


def add_windows(dwindows, shape, stride):
    total = np.zeros(shape)
    rows, columns = dwindows.shape[1], dwindows.shape[2]
    size = dwindows.shape[3]
    for row in range(rows):
        for column in range(columns):
            for i in range(size):
                for j in range(size):
                    y, x = row * stride + i, column * stride + j
                    total[:, y, x, :] = total[:, y, x, :] + dwindows[:, row, column, i, j, :]
    return total
