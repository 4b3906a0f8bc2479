# As short as it gets.
from helpers.convolution import conv_forward as cf

mirror_images = lambda X, c: np.array([x[:, :: 1 - 2 * int(d)] for x, d in zip(X, c)])
crop_images = lambda X, t, l, h, w: np.stack([x[a : a + h, b : b + w] for x, a, b in zip(X, t, l)])
color_shift = lambda X, s: (X + s[:, None, None]).clip(0, 1)


def color_covariance(X):
    P = X.reshape(-1, 3) - X.mean((0, 1, 2))
    return P.T @ P / (P.size / 3)


pca_color_shift = lambda X, v, U, a: color_shift(X, a @ (U * v).T)


def ten_crops(x, h, w):
    d, r = x.shape[0] - h, x.shape[1] - w
    v = np.stack(
        [x[i : i + h, j : j + w] for i, j in [(0, 0), (0, r), (d, 0), (d, r), (d // 2, r // 2)]]
    )
    return np.r_[v, v[:, :, ::-1]]


def run_layers(A, p, first, last):
    k = []
    for l in map(str, range(first, last + 1)):
        Z, c = cf(A, p["W" + l], p["b" + l], {"stride": 2, "pad": len(p["W" + l]) // 2})
        A, k = Z.clip(0), k + [(c, Z)]
    return A, k


def replace_softmax(p, n):
    l = str(len(p) // 2)
    return {**p, "W" + l: np.zeros((n, p["W" + l].shape[1])), "b" + l: np.zeros((n, 1))}


trainable_count = lambda p, f: sum(v.size for k, v in p.items() if int(k[1:]) > f)
fine_tune_step = lambda parameters, grads, learning_rate, frozen: {
    k: v - learning_rate * grads["d" + k] if int(k[1:]) > frozen else v
    for k, v in parameters.items()
}
