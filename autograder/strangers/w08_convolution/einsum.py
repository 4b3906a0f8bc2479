# Index notation, as_strided, everything at once.
from numpy.lib.stride_tricks import as_strided


def cross_correlate(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    image = np.ascontiguousarray(image)
    s0, s1 = image.strides
    windows = as_strided(image, (h, w, kh, kw), (s0, s1, s0, s1), writeable=False)
    return np.einsum("hwij,ij", windows, kernel)


def convolve(image, kernel):
    return cross_correlate(image, np.rot90(kernel, 2))


def zero_pad(X, pad):
    m, h, w, c = X.shape
    padded = np.zeros((m, h + 2 * pad, w + 2 * pad, c), dtype=X.dtype)
    padded[:, pad : pad + h, pad : pad + w] = X
    return padded


def output_size(n, f, pad, stride):
    return np.floor((n + 2 * pad - f) / stride) + 1


def conv_single_step(a_slice_prev, W, b):
    return np.einsum("ijc,ijc->", a_slice_prev, W) + np.squeeze(b)


def _window_view(X, f, stride):
    X = np.ascontiguousarray(X)
    m, h, w, c = X.shape
    sm, sh, sw, sc = X.strides
    shape = (m, (h - f) // stride + 1, (w - f) // stride + 1, f, f, c)
    strides = (sm, sh * stride, sw * stride, sh, sw, sc)
    return as_strided(X, shape, strides, writeable=False)


def _convolve_windows(windows, W, b):
    return np.einsum("mhwijc,ijck->mhwk", windows, W) + b


def _window_gradients(dZ, windows, W):
    dwindows = np.einsum("mhwk,ijck->mhwijc", dZ, W)
    dW = np.einsum("mhwk,mhwijc->ijck", dZ, windows)
    return dwindows, dW, np.einsum("mhwk->k", dZ)[None, None, None, :]


def _add_windows(dwindows, shape, stride):
    _, n_H, n_W, f, _, _ = dwindows.shape
    rows = stride * np.arange(n_H)[:, None] + np.arange(f)
    columns = stride * np.arange(n_W)[:, None] + np.arange(f)
    down = (np.arange(shape[1]) == rows[..., None]).astype(dwindows.dtype)
    right = (np.arange(shape[2]) == columns[..., None]).astype(dwindows.dtype)
    return np.einsum("mhwijc,hiy,wjx->myxc", dwindows, down, right, optimize=True)


def conv_forward(A_prev, W, b, hparameters):
    windows = _window_view(zero_pad(A_prev, hparameters["pad"]), W.shape[0], hparameters["stride"])
    return _convolve_windows(windows, W, b), (A_prev, W, b, hparameters)


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    pad, stride = hparameters["pad"], hparameters["stride"]
    padded = zero_pad(A_prev, pad)
    dwindows, dW, db = _window_gradients(dZ, _window_view(padded, W.shape[0], stride), W)
    dpadded = _add_windows(dwindows, padded.shape, stride)
    return dpadded[:, pad : padded.shape[1] - pad, pad : padded.shape[2] - pad], dW, db


def pool_forward(A_prev, hparameters, mode="max"):
    windows = _window_view(A_prev, hparameters["f"], hparameters["stride"])
    A = windows.max((3, 4)) if mode == "max" else windows.mean((3, 4))
    return A, (A_prev, hparameters)


def create_mask_from_window(x):
    return np.equal(x, np.amax(x))


def distribute_value(dz, shape):
    return np.full(shape, dz) / np.prod(shape)


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    windows = _window_view(A_prev, f, stride)
    if mode == "max":
        share = windows == windows.max((3, 4), keepdims=True)
    else:
        share = np.full(windows.shape, 1 / f**2)
    return _add_windows(share * dA[:, :, :, None, None, :], A_prev.shape, stride)


def layer_counts(input_shape, f, n_C, stride):
    shape = np.array(input_shape)
    n_H, n_W = (shape[:2] - f) // stride + 1
    weights = f**2 * shape[2] + 1
    return {
        "outputs": n_H * n_W * n_C,
        "parameters": weights * n_C,
        "connections": weights * n_C * n_H * n_W,
        "dense": (shape.prod() + 1) * n_H * n_W * n_C,
    }


def window_view(X, f, stride):
    return _window_view(X, f, stride)


def convolve_windows(windows, W, b):
    return _convolve_windows(windows, W, b)


def window_gradients(dZ, windows, W):
    return _window_gradients(dZ, windows, W)


def add_windows(dwindows, shape, stride):
    return _add_windows(dwindows, shape, stride)
