# As short as it gets.
from helpers.convolution import conv_backward, pool_backward

receptive_field = lambda layers: (
    1 + sum((f - 1) * int(np.prod([s for _, s in layers[:i]])) for i, (f, _) in enumerate(layers))
)
compute_content_cost = lambda a_C, a_G: ((a_C - a_G) ** 2).mean() / 4
content_cost_gradient = lambda a_C, a_G: (a_G - a_C) / a_G.size / 2
gram_matrix = lambda A: A.dot(A.T)


def compute_layer_style_cost(a_S, a_G):
    S, G = (gram_matrix(np.moveaxis(a[0], -1, 0).reshape(a.shape[-1], -1)) for a in (a_S, a_G))
    return np.linalg.norm(S - G) ** 2 / 4 / a_G.size**2


def layer_style_cost_gradient(a_S, a_G):
    S, G = (gram_matrix(np.moveaxis(a[0], -1, 0).reshape(a.shape[-1], -1)) for a in (a_S, a_G))
    return a_G @ (G - S) / a_G.size**2


compute_style_cost = lambda s, g, layers: sum(
    w * compute_layer_style_cost(*p) for p, (_, w) in zip(zip(s, g), layers)
)
total_cost = lambda J_content, J_style, alpha=10, beta=40: np.dot(
    [alpha, beta], [J_content, J_style]
)


def image_gradient(gradients, caches):
    *rest, (pool_cache, conv_cache, Z) = caches
    dA = conv_backward(gradients[-1] * (Z > 0), conv_cache)[0]
    if not rest:
        return dA
    *others, last = gradients[:-1]
    return image_gradient([*others, last + pool_backward(dA, pool_cache, "average")], rest)
