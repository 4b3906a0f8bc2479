# Routines of scipy, Fourier transforms, matrices of indices, no loop over examples.
from functools import reduce

from scipy import ndimage, signal


def cross_correlate(image, kernel):
    return signal.correlate2d(image, kernel, mode="valid")


def convolve(image, kernel):
    return signal.convolve(image, kernel, mode="valid", method="direct")


def zero_pad(X, pad):
    inner = (slice(None), slice(pad, pad + X.shape[1]), slice(pad, pad + X.shape[2]))
    padded = np.zeros_like(
        X, shape=(len(X), X.shape[1] + 2 * pad, X.shape[2] + 2 * pad, X.shape[3])
    )
    padded[inner] = X
    return padded


def output_size(n, f, pad, stride):
    return math.floor((n + 2 * pad - f) / stride + 1)


def conv_single_step(a_slice_prev, W, b):
    return np.dot(a_slice_prev.ravel(), W.ravel()) + b.ravel()[0]


def _indices(n, f, stride):
    return stride * np.arange(output_size(n, f, 0, stride))[:, None] + np.arange(f)


def _window_view(X, f, stride):
    rows, columns = (_indices(n, f, stride) for n in X.shape[1:3])
    return X[:, rows[:, None, :, None], columns[None, :, None, :], :]


def convolve_windows(windows, W, b):
    filters = np.moveaxis(W, 3, 0).reshape(W.shape[3], -1)
    return windows.reshape(*windows.shape[:3], -1) @ filters.T + b


def window_gradients(dZ, windows, W):
    filters = np.moveaxis(W, 3, 0).reshape(W.shape[3], -1)
    dwindows = (dZ @ filters).reshape(windows.shape)
    columns = windows.reshape(-1, filters.shape[1])
    dW = columns.T.dot(dZ.reshape(-1, W.shape[3])).reshape(W.shape)
    return dwindows, dW, dZ.sum(axis=0, keepdims=True).sum(axis=(1, 2), keepdims=True)


def _add_windows(dwindows, shape, stride):
    total = np.zeros(shape)
    f = dwindows.shape[3]
    rows, columns = (_indices(f + stride * (n - 1), f, stride) for n in dwindows.shape[1:3])
    np.add.at(
        total,
        (slice(None), rows[:, None, :, None], columns[None, :, None, :], slice(None)),
        dwindows,
    )
    return total


def conv_forward(A_prev, W, b, hparameters):
    stride = hparameters["stride"]
    padded = zero_pad(A_prev, hparameters["pad"])
    maps = [
        [
            reduce(
                np.add,
                (
                    signal.correlate(image[:, :, k], W[:, :, k, c], mode="valid", method="direct")
                    for k in range(W.shape[2])
                ),
            )[::stride, ::stride]
            for c in range(W.shape[3])
        ]
        for image in padded
    ]
    return np.moveaxis(np.array(maps), 1, 3) + b, (A_prev, W, b, hparameters)


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    m, n_H, n_W, n_C = dZ.shape
    padded = zero_pad(A_prev, pad)
    # Stretch dZ by the stride: then everything is a convolution of stride 1.
    stretched = np.zeros((m, stride * (n_H - 1) + 1, stride * (n_W - 1) + 1, n_C))
    stretched[:, ::stride, ::stride] = dZ
    dpadded = np.zeros(padded.shape)
    dW = np.zeros(W.shape)
    height, width = (n + f - 1 for n in stretched.shape[1:3])
    for i, k, c in np.ndindex(m, W.shape[2], n_C):
        dpadded[i, :height, :width, k] += signal.convolve2d(stretched[i, :, :, c], W[:, :, k, c])
        seen = padded[i, :height, :width, k]
        dW[:, :, k, c] += signal.correlate2d(seen, stretched[i, :, :, c], mode="valid")
    crop = tuple(slice(pad, pad + n) for n in A_prev.shape[1:3])
    return dpadded[:, crop[0], crop[1]], dW, dZ.sum((0, 1, 2)).reshape(b.shape)


def pool_forward(A_prev, hparameters, mode="max"):
    f, stride = hparameters["f"], hparameters["stride"]
    size = (1, f, f, 1)
    origin = tuple(-(n // 2) for n in size)
    if mode == "max":
        everywhere = ndimage.maximum_filter(A_prev, size, origin=origin)
    else:
        everywhere = ndimage.correlate(A_prev, np.full(size, 1 / f**2), origin=origin)
    n_H, n_W = (n - f + 1 for n in A_prev.shape[1:3])
    return everywhere[:, :n_H:stride, :n_W:stride], (A_prev, hparameters)


def create_mask_from_window(x):
    return np.isin(np.arange(x.size), np.flatnonzero(x.ravel() >= x.max())).reshape(x.shape)


def distribute_value(dz, shape):
    return np.broadcast_to(dz / math.prod(shape), shape).copy()


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    windows = _window_view(A_prev, f, stride)
    shares = {
        "max": lambda: windows == np.max(windows, axis=(3, 4), keepdims=True),
        "average": lambda: np.full(windows.shape, 1 / (f * f)),
    }[mode]()
    return _add_windows(shares * np.expand_dims(dA, (3, 4)), A_prev.shape, stride)


def layer_counts(input_shape, f, n_C, stride):
    *sides, n_C_prev = input_shape
    places = math.prod(output_size(n, f, 0, stride) for n in sides)
    each = f * f * n_C_prev + 1
    numbers = (
        places * n_C,
        each * n_C,
        each * n_C * places,
        (math.prod(input_shape) + 1) * places * n_C,
    )
    return dict(zip(("outputs", "parameters", "connections", "dense"), numbers))


def window_view(X, f, stride):
    return _window_view(X, f, stride)


def add_windows(dwindows, shape, stride):
    return _add_windows(dwindows, shape, stride)
