# As written for the later public edition: lists of all layers' outputs for the content cost, and
# the style layers as a default.

from helpers.convolution import conv_backward, pool_backward

STYLE_LAYERS = [("block1", 0.2), ("block2", 0.2), ("block3", 0.6)]


def receptive_field(layers):
    """Go back from one number of the last layer to the image."""
    field = 1
    for f, stride in reversed(layers):
        field = (field - 1) * stride + f
    return field


def compute_content_cost(content_output, generated_output):
    a_C = content_output[-1]
    a_G = generated_output[-1]
    _, n_H, n_W, n_C = a_G.shape
    a_C_unrolled = a_C.reshape(_, n_H * n_W, n_C)
    a_G_unrolled = a_G.reshape(_, n_H * n_W, n_C)
    J_content = np.sum(np.square(a_C_unrolled - a_G_unrolled)) / (4.0 * n_H * n_W * n_C)
    return J_content


def content_cost_gradient(a_C, a_G):
    return (a_G - a_C) / (2.0 * a_G.size)


def gram_matrix(A):
    GA = np.dot(A, A.T)
    return GA


def compute_layer_style_cost(a_S, a_G):
    _, n_H, n_W, n_C = a_G.shape
    a_S = a_S.reshape(-1, n_C).transpose()
    a_G = a_G.reshape(-1, n_C).transpose()
    GS = gram_matrix(a_S)
    GG = gram_matrix(a_G)
    return np.sum(np.square(GS - GG)) / (4.0 * ((n_H * n_W * n_C) ** 2))


def layer_style_cost_gradient(a_S, a_G):
    _, n_H, n_W, n_C = a_G.shape
    flat_S = a_S.reshape(-1, n_C)
    flat_G = a_G.reshape(-1, n_C)
    GS = gram_matrix(flat_S.T)
    GG = gram_matrix(flat_G.T)
    return (flat_G @ (GG - GS)).reshape(a_G.shape) / (n_H * n_W * n_C) ** 2


def compute_style_cost(style_image_output, generated_image_output, STYLE_LAYERS=STYLE_LAYERS):
    J_style = 0
    a_S = style_image_output[:-1]
    a_G = generated_image_output[:-1]
    for i, weight in zip(range(len(a_S)), STYLE_LAYERS, strict=False):
        J_style_layer = compute_layer_style_cost(a_S[i], a_G[i])
        J_style += weight[1] * J_style_layer
    return J_style


def total_cost(J_content, J_style, alpha=10, beta=40):
    J = (alpha * J_content) + (beta * J_style)
    return J


def image_gradient(gradients, caches):
    below = 0
    for own, cache in zip(reversed(gradients), reversed(caches), strict=True):
        pool_cache, conv_cache, Z = cache
        dZ = np.where(Z > 0, own + below, 0.0)
        below = conv_backward(dZ, conv_cache)[0]
        below = below if pool_cache is None else pool_backward(below, pool_cache, mode="average")
    return below
