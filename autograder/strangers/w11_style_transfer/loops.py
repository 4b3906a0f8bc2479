# Loops over everything, index by index.

from helpers.convolution import conv_backward, pool_backward


def receptive_field(layers):
    first = last = 0
    for f, stride in layers[::-1]:
        first = first * stride
        last = last * stride + f - 1
    return last - first + 1


def compute_content_cost(a_C, a_G):
    _, n_H, n_W, n_C = a_C.shape
    total = 0.0
    for h in range(n_H):
        for w in range(n_W):
            for c in range(n_C):
                total += (a_C[0, h, w, c] - a_G[0, h, w, c]) ** 2
    return total / (4 * n_H * n_W * n_C)


def content_cost_gradient(a_C, a_G):
    _, n_H, n_W, n_C = a_C.shape
    gradient = np.zeros(a_G.shape)
    for h in range(n_H):
        for w in range(n_W):
            for c in range(n_C):
                difference = a_G[0, h, w, c] - a_C[0, h, w, c]
                gradient[0, h, w, c] = 2 * difference / (4 * n_H * n_W * n_C)
    return gradient


def gram_matrix(A):
    n_C, positions = A.shape
    G = np.zeros((n_C, n_C))
    for i in range(n_C):
        for j in range(n_C):
            for k in range(positions):
                G[i, j] += A[i, k] * A[j, k]
    return G


def compute_layer_style_cost(a_S, a_G):
    _, n_H, n_W, n_C = a_S.shape
    A_S, A_G = np.zeros((n_C, n_H * n_W)), np.zeros((n_C, n_H * n_W))
    for h in range(n_H):
        for w in range(n_W):
            A_S[:, h * n_W + w] = a_S[0, h, w]
            A_G[:, h * n_W + w] = a_G[0, h, w]
    G_S, G_G = gram_matrix(A_S), gram_matrix(A_G)
    total = 0.0
    for i in range(n_C):
        for j in range(n_C):
            total += (G_S[i, j] - G_G[i, j]) ** 2
    return total / (4 * n_C**2 * (n_H * n_W) ** 2)


def layer_style_cost_gradient(a_S, a_G):
    _, n_H, n_W, n_C = a_S.shape
    G_S, G_G = np.zeros((n_C, n_C)), np.zeros((n_C, n_C))
    for h in range(n_H):
        for w in range(n_W):
            G_S += np.outer(a_S[0, h, w], a_S[0, h, w])
            G_G += np.outer(a_G[0, h, w], a_G[0, h, w])
    gradient = np.zeros(a_G.shape)
    for h in range(n_H):
        for w in range(n_W):
            for i in range(n_C):
                for j in range(n_C):
                    gradient[0, h, w, i] += (G_G[i, j] - G_S[i, j]) * a_G[0, h, w, j]
    return gradient / (n_C**2 * (n_H * n_W) ** 2)


def compute_style_cost(style_image_output, generated_image_output, STYLE_LAYERS):
    J = 0
    for l in range(len(STYLE_LAYERS)):
        name, weight = STYLE_LAYERS[l]
        J = J + weight * compute_layer_style_cost(style_image_output[l], generated_image_output[l])
    return J


def total_cost(J_content, J_style, alpha=10, beta=40):
    J = 0
    J += alpha * J_content
    J += beta * J_style
    return J


def image_gradient(gradients, caches):
    dA = np.zeros(gradients[-1].shape)
    for l in range(len(caches) - 1, -1, -1):
        pool_cache, conv_cache, Z = caches[l]
        dZ = dA + gradients[l]
        dZ[Z <= 0] = 0
        dA, _, _ = conv_backward(dZ, conv_cache)
        if l != 0:
            dA = pool_backward(dA, pool_cache, "average")
    return dA
