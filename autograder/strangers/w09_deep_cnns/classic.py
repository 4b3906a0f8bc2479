# The manner of 2017: results in named variables, asserts on shapes, loops over positions.
from helpers.convolution import conv_backward, conv_forward, pool_forward, zero_pad


def layer_shapes(input_shape, layers):
    shapes = []
    n_H, n_W, n_C = input_shape
    for l in range(len(layers)):
        layer = layers[l]
        kind = layer["kind"]
        if kind == "conv" or kind == "pool":
            f = layer["f"]
            stride = layer["stride"]
            pad = layer["pad"]
            n_H = int((n_H - f + 2 * pad) / stride) + 1
            n_W = int((n_W - f + 2 * pad) / stride) + 1
            if kind == "conv":
                n_C = layer["filters"]
            shapes.append((n_H, n_W, n_C))
        elif kind == "dense":
            shapes.append((layer["units"],))
        else:
            shapes.append((n_H, n_W, n_C))
    return shapes


def parameter_count(input_shape, layers):
    shapes = [input_shape] + layer_shapes(input_shape, layers)
    counts = []
    for l in range(len(layers)):
        layer = layers[l]
        if layer["kind"] == "conv":
            weights = layer["f"] * layer["f"] * shapes[l][2] * layer["filters"]
            counts.append(weights + layer["filters"])
        elif layer["kind"] == "dense":
            n_x = 1
            for size in shapes[l]:
                n_x = n_x * size
            counts.append(n_x * layer["units"] + layer["units"])
        else:
            counts.append(0)
    return counts


def local_response_normalization(A, k=2.0, alpha=1e-4, beta=0.75, n=5):
    N = A.shape[3]
    B = np.zeros(A.shape)
    for i in range(N):
        total = 0
        for j in range(max(0, i - n // 2), min(N - 1, i + n // 2) + 1):
            total = total + A[:, :, :, j] ** 2
        B[:, :, :, i] = A[:, :, :, i] / (k + alpha * total) ** beta
    assert B.shape == A.shape
    return B


def identity_block_forward(A_prev, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1, cache1 = conv_forward(A_prev, W1, b1, {"stride": 1, "pad": int((W1.shape[0] - 1) / 2)})
    A1 = np.maximum(0, Z1)
    Z2, cache2 = conv_forward(A1, W2, b2, {"stride": 1, "pad": int((W2.shape[0] - 1) / 2)})
    assert Z2.shape == A_prev.shape
    S = np.add(Z2, A_prev)
    A = np.maximum(0, S)
    cache = {"conv1": cache1, "Z1": Z1, "conv2": cache2, "S": S, "A1": A1}
    return A, cache


def identity_block_backward(dA, cache):
    dS = np.array(dA, copy=True)
    dS[cache["S"] <= 0] = 0
    dA1, dW2, db2 = conv_backward(dS, cache["conv2"])
    dZ1 = np.array(dA1, copy=True)
    dZ1[cache["Z1"] <= 0] = 0
    dA_prev, dW1, db1 = conv_backward(dZ1, cache["conv1"])
    dA_prev = dA_prev + dS
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return dA_prev, grads


def projection_block_forward(A_prev, parameters, stride):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Ws, bs = parameters["Ws"], parameters["bs"]
    Z1, cache1 = conv_forward(A_prev, W1, b1, {"stride": stride, "pad": int((W1.shape[0] - 1) / 2)})
    A1 = np.maximum(0, Z1)
    Z2, cache2 = conv_forward(A1, W2, b2, {"stride": 1, "pad": int((W2.shape[0] - 1) / 2)})
    shortcut, cache_s = conv_forward(A_prev, Ws, bs, {"stride": stride, "pad": 0})
    S = np.add(Z2, shortcut)
    A = np.maximum(0, S)
    cache = {"conv1": cache1, "Z1": Z1, "conv2": cache2, "shortcut": cache_s, "S": S}
    return A, cache


def projection_block_backward(dA, cache):
    dS = np.array(dA, copy=True)
    dS[cache["S"] <= 0] = 0
    dA1, dW2, db2 = conv_backward(dS, cache["conv2"])
    dZ1 = np.array(dA1, copy=True)
    dZ1[cache["Z1"] <= 0] = 0
    dA_prev, dW1, db1 = conv_backward(dZ1, cache["conv1"])
    dshort, dWs, dbs = conv_backward(dS, cache["shortcut"])
    dA_prev = dA_prev + dshort
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dWs": dWs, "dbs": dbs}
    return dA_prev, grads


def conv_1x1(A_prev, W, b):
    m, n_H, n_W, n_C_prev = A_prev.shape
    n_C = W.shape[3]
    Z = np.zeros((m, n_H, n_W, n_C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    Z[i, h, w, c] = np.sum(A_prev[i, h, w, :] * W[0, 0, :, c]) + b[0, 0, 0, c]
    return Z


def convolution_cost(input_shape, f, filters, stride, pad):
    (n_H_prev, n_W_prev, n_C_prev) = input_shape
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - f + 2 * pad) / stride) + 1
    outputs = n_H * n_W * filters
    return outputs * f * f * n_C_prev


def bottleneck_cost(input_shape, f, filters, bottleneck):
    (n_H, n_W, n_C) = input_shape
    first = n_H * n_W * bottleneck * n_C
    second = n_H * n_W * filters * f * f * bottleneck
    return first + second


def inception_forward(A_prev, parameters):
    A1 = np.maximum(0, conv_1x1(A_prev, parameters["W1"], parameters["b1"]))
    R3 = np.maximum(0, conv_1x1(A_prev, parameters["W3_reduce"], parameters["b3_reduce"]))
    Z3, _ = conv_forward(R3, parameters["W3"], parameters["b3"], {"stride": 1, "pad": 1})
    A3 = np.maximum(0, Z3)
    R5 = np.maximum(0, conv_1x1(A_prev, parameters["W5_reduce"], parameters["b5_reduce"]))
    Z5, _ = conv_forward(R5, parameters["W5"], parameters["b5"], {"stride": 1, "pad": 2})
    A5 = np.maximum(0, Z5)
    P, _ = pool_forward(zero_pad(A_prev, 1), {"f": 3, "stride": 1}, mode="max")
    AP = np.maximum(0, conv_1x1(P, parameters["W_pool"], parameters["b_pool"]))
    return np.concatenate((A1, A3, A5, AP), axis=-1)
