# Everything as an explicit sum over indices.
from helpers.convolution import conv_backward, conv_forward, output_size


def layer_shapes(input_shape, layers):
    volume = np.array(input_shape)
    out = []
    for layer in layers:
        kind = layer["kind"]
        if kind == "dense":
            volume = np.array([layer["units"]])
        elif kind != "lrn":
            volume = volume.copy()
            volume[:2] = (volume[:2] + 2 * layer["pad"] - layer["f"]) // layer["stride"] + 1
            if kind == "conv":
                volume[2] = layer["filters"]
        out.append(tuple(int(n) for n in volume))
    return out


def parameter_count(input_shape, layers):
    def count(layer, shape):
        if layer["kind"] == "conv":
            weights = np.empty((layer["f"], layer["f"], shape[-1], layer["filters"]))
            return weights.size + weights.shape[-1]
        if layer["kind"] == "dense":
            return int(np.prod(shape)) * layer["units"] + layer["units"]
        return 0

    shapes = [tuple(input_shape), *layer_shapes(input_shape, layers)]
    return [count(layer, shapes[i]) for i, layer in enumerate(layers)]


def local_response_normalization(A, k=2.0, alpha=1e-4, beta=0.75, n=5):
    channel = np.arange(A.shape[-1])
    near = np.abs(channel[:, None] - channel) <= n // 2
    total = np.einsum("mhwj,ij->mhwi", np.square(A), near.astype(float))
    return A * np.power(k + alpha * total, -beta)


def half(W):
    return len(W) // 2


def identity_block_forward(A_prev, parameters):
    p = parameters
    Z1, one = conv_forward(A_prev, p["W1"], p["b1"], dict(stride=1, pad=half(p["W1"])))
    Z2, two = conv_forward(Z1 * (Z1 > 0), p["W2"], p["b2"], dict(stride=1, pad=half(p["W2"])))
    S = A_prev + Z2
    return S * (S > 0), dict(conv1=one, conv2=two, Z1=Z1, S=S)


def identity_block_backward(dA, cache):
    through = np.einsum("mhwc,mhwc->mhwc", dA, np.sign(np.maximum(cache["S"], 0)))
    dA1, dW2, db2 = conv_backward(through, cache["conv2"])
    gated = np.einsum("mhwc,mhwc->mhwc", dA1, np.sign(np.maximum(cache["Z1"], 0)))
    dX, dW1, db1 = conv_backward(gated, cache["conv1"])
    return through + dX, dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2)


def projection_block_forward(A_prev, parameters, stride):
    p = parameters
    Z1, one = conv_forward(A_prev, p["W1"], p["b1"], dict(stride=stride, pad=half(p["W1"])))
    Z2, two = conv_forward(Z1 * (Z1 > 0), p["W2"], p["b2"], dict(stride=1, pad=half(p["W2"])))
    _, short = conv_forward(A_prev, p["Ws"], p["bs"], dict(stride=stride, pad=0))
    picked = A_prev[:, ::stride, ::stride]
    S = Z2 + np.einsum("mhwi,io->mhwo", picked, p["Ws"][0, 0]) + p["bs"]
    return S * (S > 0), dict(conv1=one, conv2=two, shortcut=short, Z1=Z1, S=S)


def projection_block_backward(dA, cache):
    X, Ws, bs, hparameters = cache["shortcut"]
    s = hparameters["stride"]
    through = dA * np.sign(np.maximum(cache["S"], 0))
    dA1, dW2, db2 = conv_backward(through, cache["conv2"])
    dX, dW1, db1 = conv_backward(dA1 * np.sign(np.maximum(cache["Z1"], 0)), cache["conv1"])
    dX = dX + 0
    dX[:, ::s, ::s] += np.einsum("mhwo,io->mhwi", through, Ws[0, 0])
    dWs = np.einsum("mhwi,mhwo->io", X[:, ::s, ::s], through)[None, None]
    dbs = np.einsum("mhwo->o", through).reshape(bs.shape)
    return dX, dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2, dWs=dWs, dbs=dbs)


def conv_1x1(A_prev, W, b):
    return np.einsum("mhwi,io->mhwo", A_prev, W[0, 0]) + b


def convolution_cost(input_shape, f, filters, stride, pad):
    *image, channels = input_shape
    out = [output_size(n, f, pad, stride) for n in image]
    return int(np.prod([*out, filters, f, f, channels]))


def bottleneck_cost(input_shape, f, filters, bottleneck):
    h, w, c = input_shape
    return h * w * bottleneck * (c + filters * f * f)


def inception_forward(A_prev, parameters):
    p = parameters
    bend = lambda Z: Z * (Z > 0)
    _, h, w, _ = A_prev.shape
    three = bend(conv_1x1(A_prev, p["W3_reduce"], p["b3_reduce"]))
    five = bend(conv_1x1(A_prev, p["W5_reduce"], p["b5_reduce"]))
    padded = np.pad(A_prev, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    pooled = np.max([padded[:, i : i + h, j : j + w] for i in range(3) for j in range(3)], axis=0)
    branches = [
        conv_1x1(A_prev, p["W1"], p["b1"]),
        conv_forward(three, p["W3"], p["b3"], dict(stride=1, pad=1))[0],
        conv_forward(five, p["W5"], p["b5"], dict(stride=1, pad=2))[0],
        conv_1x1(pooled, p["W_pool"], p["b_pool"]),
    ]
    return bend(np.concatenate(branches, axis=3))
