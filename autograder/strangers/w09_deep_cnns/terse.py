# As short as it gets.
from helpers.convolution import conv_backward as cb, conv_forward as cf, pool_forward as pf


def layer_shapes(s, L):
    r = []
    for l in L:
        k = l["kind"]
        if k[0] in "cp":
            z = lambda n: (n + 2 * l["pad"] - l["f"]) // l["stride"] + 1
            s = z(s[0]), z(s[1]), l["filters"] if k == "conv" else s[2]
        s = (l["units"],) if k == "dense" else s
        r += [s]
    return r


parameter_count = lambda s, L: [
    {
        "c": lambda: (l["f"] ** 2 * i[2] + 1) * l["filters"],
        "d": lambda: (math.prod(i) + 1) * l["units"],
    }.get(l["kind"][0], int)()
    for l, i in zip(L, [s] + layer_shapes(s, L))
]


def local_response_normalization(A, k=2.0, alpha=1e-4, beta=0.75, n=5):
    C, h = A.shape[3], n // 2
    q = [(A[..., max(0, i - h) : i + h + 1] ** 2).sum(-1) for i in range(C)]
    return A / (k + alpha * np.stack(q, -1)) ** beta


r = lambda x: x.clip(0)
c = lambda X, p, i, s=1: cf(X, p["W" + i], p["b" + i], {"stride": s, "pad": len(p["W" + i]) // 2})


def identity_block_forward(X, p):
    Z, a = c(X, p, "1")
    Y, b = c(r(Z), p, "2")
    return r(Y + X), {"conv1": a, "Z1": Z, "conv2": b, "S": Y + X}


def identity_block_backward(d, k):
    d = d * (k["S"] > 0)
    e, W2, b2 = cb(d, k["conv2"])
    x, W1, b1 = cb(e * (k["Z1"] > 0), k["conv1"])
    return x + d, dict(dW1=W1, db1=b1, dW2=W2, db2=b2)


def projection_block_forward(X, p, stride):
    Z, a = c(X, p, "1", stride)
    Y, b = c(r(Z), p, "2")
    H, h = c(X, p, "s", stride)
    return r(Y + H), {"conv1": a, "Z1": Z, "conv2": b, "shortcut": h, "S": Y + H}


def projection_block_backward(d, k):
    d = d * (k["S"] > 0)
    e, W2, b2 = cb(d, k["conv2"])
    x, W1, b1 = cb(e * (k["Z1"] > 0), k["conv1"])
    y, Ws, bs = cb(d, k["shortcut"])
    return x + y, dict(dW1=W1, db1=b1, dW2=W2, db2=b2, dWs=Ws, dbs=bs)


conv_1x1 = lambda X, W, b: X @ W[0, 0] + b
convolution_cost = lambda s, f, filters, stride, pad: (
    ((s[0] + 2 * pad - f) // stride + 1)
    * ((s[1] + 2 * pad - f) // stride + 1)
    * (filters * f * f * s[2])
)
bottleneck_cost = lambda s, f, k, q: s[0] * s[1] * q * (s[2] + k * f**2)


def inception_forward(X, p):
    v = lambda Y, i: r(c(Y, p, i)[0])
    P = pf(np.pad(X, ((0, 0), (1, 1), (1, 1), (0, 0))), {"f": 3, "stride": 1})[0]
    return np.dstack(
        [
            np.moveaxis(B, 0, 3).reshape(*X.shape[1:3], -1, len(X))
            for B in (
                v(X, "1"),
                v(v(X, "3_reduce"), "3"),
                v(v(X, "5_reduce"), "5"),
                v(P, "_pool"),
            )
        ]
    ).transpose(3, 0, 1, 2)
