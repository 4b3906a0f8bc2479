# As short as it goes.
from itertools import product

from numpy.lib.stride_tricks import sliding_window_view as swv

cross_correlate = lambda image, kernel: np.tensordot(swv(image, kernel.shape), kernel, 2)
convolve = lambda image, kernel: cross_correlate(image, kernel[::-1, ::-1])
zero_pad = lambda X, pad: np.pad(X, [(0, 0), (pad,) * 2, (pad,) * 2, (0, 0)])
output_size = lambda n, f, pad, stride: len(range(0, n + 2 * pad - f + 1, stride))
conv_single_step = lambda a_slice_prev, W, b: (a_slice_prev * W).sum() + b
create_mask_from_window = lambda x: x == x.max()
distribute_value = lambda dz, shape: np.ones(shape) * dz / shape[0] / shape[1]
_window_view = lambda X, f, stride: np.moveaxis(swv(X, (f, f), (1, 2))[:, ::stride, ::stride], 3, 5)
_convolve_windows = lambda windows, W, b: np.tensordot(windows, W, 3) + b


def _window_gradients(dZ, windows, W):
    return (
        np.tensordot(dZ, W, (3, 3)),
        np.tensordot(windows, dZ, ([0, 1, 2],) * 2),
        dZ.sum((0, 1, 2), keepdims=True),
    )


def _add_windows(dwindows, shape, stride):
    total, (_, h, w, f, _, _) = np.zeros(shape), dwindows.shape
    for i, j in product(range(f), repeat=2):
        total[:, i:][:, :, j:][:, ::stride, ::stride][:, :h, :w] += dwindows[:, :, :, i, j]
    return total


def conv_forward(A_prev, W, b, hparameters):
    p, s = hparameters["pad"], hparameters["stride"]
    return _convolve_windows(_window_view(zero_pad(A_prev, p), len(W), s), W, b), (
        A_prev,
        W,
        b,
        hparameters,
    )


def conv_backward(dZ, cache):
    A_prev, W, b, hp = cache
    p, s = hp["pad"], hp["stride"]
    X = zero_pad(A_prev, p)
    d, dW, db = _window_gradients(dZ, _window_view(X, len(W), s), W)
    return _add_windows(d, X.shape, s)[:, p : p + A_prev.shape[1], p : p + A_prev.shape[2]], dW, db


def pool_forward(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    return getattr(_window_view(A_prev, f, s), {"max": "max", "average": "mean"}[mode])((3, 4)), (
        A_prev,
        hparameters,
    )


def pool_backward(dA, cache, mode="max"):
    A_prev, hp = cache
    v = _window_view(A_prev, hp["f"], hp["stride"])
    share = v == v.max((3, 4), keepdims=True) if mode == "max" else np.ones(v.shape) / hp["f"] ** 2
    return _add_windows(share * dA[:, :, :, None, None], A_prev.shape, hp["stride"])


def layer_counts(input_shape, f, n_C, stride):
    h, w, c = input_shape
    out, k = output_size(h, f, 0, stride) * output_size(w, f, 0, stride) * n_C, f * f * c + 1
    return dict(outputs=out, parameters=k * n_C, connections=k * out, dense=(h * w * c + 1) * out)


window_view = lambda X, f, stride: _window_view(X, f, stride)
convolve_windows = lambda windows, W, b: _convolve_windows(windows, W, b)
window_gradients = lambda dZ, windows, W: _window_gradients(dZ, windows, W)
add_windows = lambda dwindows, shape, stride: _add_windows(dwindows, shape, stride)
