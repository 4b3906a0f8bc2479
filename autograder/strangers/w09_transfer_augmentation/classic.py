# The manner of 2017: loops over the examples, results in named variables, asserts on shapes.
from helpers.convolution import conv_forward


def mirror_images(images, chosen):
    m, n_H, n_W, n_C = images.shape
    result = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for w in range(n_W):
            if chosen[i]:
                result[i, :, w, :] = images[i, :, n_W - 1 - w, :]
            else:
                result[i, :, w, :] = images[i, :, w, :]
    return result


def crop_images(images, tops, lefts, height, width):
    m = images.shape[0]
    result = np.zeros((m, height, width, images.shape[3]))
    for i in range(m):
        vert_start = tops[i]
        vert_end = vert_start + height
        horiz_start = lefts[i]
        horiz_end = horiz_start + width
        result[i] = images[i, vert_start:vert_end, horiz_start:horiz_end, :]
    assert result.shape == (m, height, width, images.shape[3])
    return result


def color_shift(images, shifts):
    result = np.zeros(images.shape)
    for i in range(images.shape[0]):
        for c in range(3):
            result[i, :, :, c] = images[i, :, :, c] + shifts[i, c]
    result = np.maximum(0, np.minimum(1, result))
    return result


def color_covariance(images):
    N = images.shape[0] * images.shape[1] * images.shape[2]
    X = images.reshape(N, 3).T
    mu = 1 / N * np.sum(X, axis=1, keepdims=True)
    sigma = 1 / N * np.dot(X - mu, (X - mu).T)
    assert sigma.shape == (3, 3)
    return sigma


def pca_color_shift(images, eigenvalues, eigenvectors, alphas):
    result = np.zeros(images.shape)
    for i in range(images.shape[0]):
        delta = np.dot(eigenvectors, (alphas[i] * eigenvalues).reshape(3, 1))
        result[i] = images[i] + delta.reshape(1, 1, 3)
    result = np.maximum(0, np.minimum(1, result))
    return result


def ten_crops(image, height, width):
    H, W, C = image.shape
    result = np.zeros((10, height, width, C))
    starts = [
        (0, 0),
        (0, W - width),
        (H - height, 0),
        (H - height, W - width),
        (int((H - height) / 2), int((W - width) / 2)),
    ]
    for i in range(5):
        h, w = starts[i]
        result[i] = image[h : h + height, w : w + width, :]
        result[i + 5] = result[i][:, ::-1, :]
    return result


def run_layers(A, parameters, first, last):
    caches = []
    l = first
    while l <= last:
        A_prev = A
        W = parameters["W" + str(l)]
        b = parameters["b" + str(l)]
        pad = int((W.shape[0] - 1) / 2)
        Z, cache = conv_forward(A_prev, W, b, {"stride": 2, "pad": pad})
        A = np.maximum(0, Z)
        caches.append((cache, Z))
        l = l + 1
    return A, caches


def replace_softmax(parameters, n_classes):
    L = len(parameters) // 2
    new_parameters = {}
    for l in range(1, L):
        new_parameters["W" + str(l)] = np.copy(parameters["W" + str(l)])
        new_parameters["b" + str(l)] = np.copy(parameters["b" + str(l)])
    n_x = parameters["W" + str(L)].shape[1]
    new_parameters["W" + str(L)] = np.zeros((n_classes, n_x))
    new_parameters["b" + str(L)] = np.zeros((n_classes, 1))
    return new_parameters


def trainable_count(parameters, frozen):
    L = len(parameters) // 2
    count = 0
    for l in range(frozen + 1, L + 1):
        count = count + np.prod(parameters["W" + str(l)].shape)
        count = count + np.prod(parameters["b" + str(l)].shape)
    return count


def fine_tune_step(parameters, grads, learning_rate, frozen):
    parameters = copy.deepcopy(parameters)
    L = len(parameters) // 2
    for l in range(L):
        if l + 1 > frozen:
            i = str(l + 1)
            parameters["W" + i] = parameters["W" + i] - learning_rate * grads["dW" + i]
            parameters["b" + i] = parameters["b" + i] - learning_rate * grads["db" + i]
    return parameters
