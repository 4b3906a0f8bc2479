# Small functions put together; nothing is assigned twice.
from functools import reduce
from itertools import accumulate

from helpers.convolution import conv_backward, conv_forward, output_size, pool_forward, zero_pad


def relu(x):
    return np.where(x > 0, x, 0.0)


def gate(dA, Z):
    return np.where(Z > 0, dA, 0.0)


def after(shape, layer):
    def size(n):
        return output_size(n, layer["f"], layer["pad"], layer["stride"])

    kinds = {
        "conv": lambda: (size(shape[0]), size(shape[1]), layer["filters"]),
        "pool": lambda: (size(shape[0]), size(shape[1]), shape[2]),
        "dense": lambda: (layer["units"],),
        "lrn": lambda: shape,
    }
    return kinds[layer["kind"]]()


def layer_shapes(input_shape, layers):
    return list(accumulate(layers, after, initial=input_shape))[1:]


def learnt(shape, layer):
    kinds = {
        "conv": lambda: layer["filters"] * (1 + shape[2] * layer["f"] * layer["f"]),
        "dense": lambda: layer["units"] * (1 + reduce(lambda a, b: a * b, shape, 1)),
    }
    return kinds.get(layer["kind"], lambda: 0)()


def parameter_count(input_shape, layers):
    return list(map(learnt, accumulate(layers, after, initial=input_shape), layers))


def local_response_normalization(A, k=2.0, alpha=1e-4, beta=0.75, n=5):
    up_to = np.concatenate([np.zeros_like(A[..., :1]), np.cumsum(A * A, axis=-1)], axis=-1)
    channel = np.arange(A.shape[-1])
    high = np.minimum(channel + n // 2 + 1, A.shape[-1])
    low = np.maximum(channel - n // 2, 0)
    return A / np.exp(beta * np.log(k + alpha * (up_to[..., high] - up_to[..., low])))


def same(X, W, b, stride=1):
    return conv_forward(X, W, b, {"stride": stride, "pad": (W.shape[0] - 1) // 2})


def main_path(X, p, stride):
    Z1, conv1 = same(X, p["W1"], p["b1"], stride)
    Z2, conv2 = same(relu(Z1), p["W2"], p["b2"])
    return Z2, {"conv1": conv1, "Z1": Z1, "conv2": conv2}


def main_path_backward(dS, cache):
    dA1, dW2, db2 = conv_backward(dS, cache["conv2"])
    dX, dW1, db1 = conv_backward(gate(dA1, cache["Z1"]), cache["conv1"])
    return dX, {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def identity_block_forward(A_prev, parameters):
    Z2, cache = main_path(A_prev, parameters, 1)
    return relu(Z2 + A_prev), cache | {"S": Z2 + A_prev}


def identity_block_backward(dA, cache):
    dS = gate(dA, cache["S"])
    dX, grads = main_path_backward(dS, cache)
    return dX + dS, grads


def projection_block_forward(A_prev, parameters, stride):
    Z2, cache = main_path(A_prev, parameters, stride)
    Zs, shortcut = same(A_prev, parameters["Ws"], parameters["bs"], stride)
    return relu(Z2 + Zs), cache | {"shortcut": shortcut, "S": Z2 + Zs}


def projection_block_backward(dA, cache):
    dS = gate(dA, cache["S"])
    dX, grads = main_path_backward(dS, cache)
    dX_short, dWs, dbs = conv_backward(dS, cache["shortcut"])
    return dX + dX_short, grads | {"dWs": dWs, "dbs": dbs}


def conv_1x1(A_prev, W, b):
    return np.tensordot(A_prev, W[0, 0], axes=1) + b


def convolution_cost(input_shape, f, filters, stride, pad):
    layer = {"kind": "conv", "f": f, "stride": stride, "pad": pad, "filters": filters}
    return math.prod(after(input_shape, layer)) * f * f * input_shape[2]


def bottleneck_cost(input_shape, f, filters, bottleneck):
    steps = [(1, bottleneck), (f, filters)]
    depths = [input_shape[2], bottleneck]
    works = (
        convolution_cost((*input_shape[:2], depth), size, k, 1, size // 2)
        for depth, (size, k) in zip(depths, steps)
    )
    return sum(works)


def inception_forward(A_prev, parameters):
    def through(X, *names):
        return reduce(
            lambda A, name: relu(same(A, parameters["W" + name], parameters["b" + name])[0]),
            names,
            X,
        )

    pooled = pool_forward(zero_pad(A_prev, 1), {"f": 3, "stride": 1})[0]
    branches = (
        through(A_prev, "1"),
        through(A_prev, "3_reduce", "3"),
        through(A_prev, "5_reduce", "5"),
        through(pooled, "_pool"),
    )
    return np.concatenate(branches, axis=3)
