# As few characters as possible; einsum, walrus, ufuncs; the new random generators.
sg = lambda z: 0.5 * (1 + np.tanh(z / 2))
rng = np.random.default_rng(7)
ce = lambda A, Y: -np.log(np.where(Y, A, 1 - A)).mean(keepdims=True)
Ws = "W1", "W2", "W3"


def split_examples(X, Y, order, num_dev, num_test):
    a = (b := len(order) - num_test) - num_dev
    return tuple(
        np.take(M, order[s], 1) for s in map(slice, (0, a, b), (a, b, None)) for M in (X, Y)
    )


diagnose = lambda t, d, best_error=0.0, tolerance=0.02: (
    t - best_error > tolerance,
    d - t > tolerance,
)


def normalize_inputs(X_train, X_other):
    u, s = X_train.mean(1)[:, None], X_train.std(1)[:, None]
    return (X_train - u) / s, (X_other - u) / s


def init(f):
    def go(layers_dims):
        p = {}
        for i, (a, b) in enumerate(zip(layers_dims, layers_dims[1:]), 1):
            p |= {f"W{i}": rng.normal(0, f(a), (b, a)), f"b{i}": np.zeros((b, 1))}
        return p

    return go


initialize_parameters_zeros = init(lambda n: 0)
initialize_parameters_random = init(lambda n: 10)
initialize_parameters_he = init(lambda n: (2 / n) ** 0.5)
initialize_parameters_xavier = init(lambda n: n**-0.5)


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    return ce(A3, Y) + lambd / 2 / Y.size * sum(np.vdot(parameters[w], parameters[w]) for w in Ws)


def compute_cost_with_l1(A3, Y, parameters, lambd):
    return ce(A3, Y) + lambd / Y.size * sum(np.linalg.norm(parameters[w].ravel(), 1) for w in Ws)


def back(X, Y, A1, W1, A2, W2, A3, W3, l=0, M1=1, M2=1):
    e = lambda d, a, W: np.einsum("im,jm->ij", d, a) / Y.size + l * W / Y.size
    dZ2 = (dA2 := np.einsum("oi,om->im", W3, dZ3 := A3 - Y) * M2) * np.sign(A2)
    dZ1 = (dA1 := np.einsum("oi,om->im", W2, dZ2) * M1) * np.sign(A1)
    g = dict(dZ3=dZ3, dZ2=dZ2, dZ1=dZ1, dA2=dA2, dA1=dA1)
    g |= dict(dW3=e(dZ3, A2, W3), dW2=e(dZ2, A1, W2), dW1=e(dZ1, X, W1))
    return g | {f"db{i}": g[f"dZ{i}"].mean(1, keepdims=True) for i in (1, 2, 3)}


def backward_propagation_with_regularization(X, Y, cache, lambd):
    _, A1, W1, _, _, A2, W2, _, _, A3, W3, _ = cache
    return back(X, Y, A1, W1, A2, W2, A3, W3, lambd)


def update_with_weight_decay(p, g, learning_rate, lambd, m):
    return {
        k: v * (1 - learning_rate * lambd / m * (k < "X" and k[0] == "W"))
        - learning_rate * g["d" + k]
        for k, v in p.items()
    }


soft_threshold = lambda W, t: W - np.clip(W, -t, t)


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    p, A, c = parameters, X, ()
    for i in "12":
        Z = p["W" + i] @ A + p["b" + i]
        D = rng.binomial(1, keep_prob, Z.shape)
        A = Z * (Z > 0) * D / keep_prob
        c += Z, D, A, p["W" + i], p["b" + i]
    Z = p["W3"] @ A + p["b3"]
    return (A := sg(Z)), (*c, Z, A, p["W3"], p["b3"])


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    _, D1, A1, W1, _, _, D2, A2, W2, _, _, A3, W3, _ = cache
    return back(X, Y, A1, W1, A2, W2, A3, W3, 0, D1 / keep_prob, D2 / keep_prob)


def early_stopping(c, patience):
    low = np.minimum.accumulate(c)
    best = np.array([list(c).index(v) for v in low])
    stop = np.flatnonzero(np.arange(len(c)) - best >= patience)
    e = stop[0] if stop.size else len(c) - 1
    return best[e], e


flip_horizontal = lambda im: np.flip(im, 1)
crop = lambda im, t, l, h, w: im[t:, l:][:h, :w]


def shift(im, d, r):
    h, w, _ = im.shape
    P = np.pad(im, ((abs(d),) * 2, (abs(r),) * 2, (0, 0)))
    return P[abs(d) - d :, abs(r) - r :][:h, :w]


def rotate(im, deg):
    h, w, _ = im.shape
    z = np.arange(w)[None] - (w - 1) / 2 - 1j * (np.arange(h)[:, None] - (h - 1) / 2)
    z = z * np.exp(-1j * np.radians(deg))
    x, y = np.round(z.real + (w - 1) / 2).astype(int), np.round((h - 1) / 2 - z.imag).astype(int)
    P = np.pad(im, ((1, 1), (1, 1), (0, 0)))
    return P[np.clip(y, -1, h) + 1, np.clip(x, -1, w) + 1]


adjust_brightness = lambda im, f: np.fmin(f * im, 1)


def blur(im, r):
    P = np.pad(im, ((r, r), (r, r), (0, 0)), "edge")
    return np.lib.stride_tricks.sliding_window_view(P, (2 * r + 1,) * 2, (0, 1)).mean((-1, -2))
