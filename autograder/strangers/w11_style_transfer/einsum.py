# Everything with einsum.


def receptive_field(layers):
    if not layers:
        return 1
    windows, strides = np.array(layers).T
    jumps = np.concatenate([[1], np.cumprod(strides)[:-1]])
    return int(1 + np.einsum("i,i->", windows - 1, jumps))


def compute_content_cost(a_C, a_G):
    d = a_C - a_G
    return np.einsum("mhwc,mhwc->", d, d) / 4 / d.size


def content_cost_gradient(a_C, a_G):
    return np.einsum("mhwc,->mhwc", a_G - a_C, 0.5 / a_G.size)


def gram_matrix(A):
    return np.einsum("ip,jp->ij", A, A)


def compute_layer_style_cost(a_S, a_G):
    G_S = np.einsum("mhwi,mhwj->ij", a_S, a_S)
    G_G = np.einsum("mhwi,mhwj->ij", a_G, a_G)
    return np.einsum("ij,ij->", G_S - G_G, G_S - G_G) / (2 * a_G.size) ** 2


def layer_style_cost_gradient(a_S, a_G):
    dG = np.einsum("mhwi,mhwj->ij", a_G, a_G) - np.einsum("mhwi,mhwj->ij", a_S, a_S)
    return np.einsum("ij,mhwj->mhwi", dG, a_G) / a_G.size**2


def compute_style_cost(style_image_output, generated_image_output, STYLE_LAYERS):
    costs = [
        compute_layer_style_cost(a_S, a_G)
        for a_S, a_G in zip(style_image_output, generated_image_output)
    ][:-1]
    weights = [weight for _, weight in STYLE_LAYERS]
    return np.einsum("i,i->", weights, costs)


def total_cost(J_content, J_style, alpha=10, beta=40):
    return np.einsum("i,i->", [alpha, beta], [J_content, J_style])


def image_gradient(gradients, caches):
    dA = np.zeros(gradients[-1].shape)
    for gradient, (pool_cache, (A_prev, W, b, hp), Z) in list(zip(gradients, caches))[::-1]:
        dZ = np.pad(
            np.einsum("mhwc,mhwc->mhwc", dA + gradient, Z > 0), ((0, 0), (1, 1), (1, 1), (0, 0))
        )
        windows = np.lib.stride_tricks.sliding_window_view(dZ, (3, 3), axis=(1, 2))
        dA = np.einsum("mhwkij,ijck->mhwc", windows, W[::-1, ::-1])
        if pool_cache is not None:
            before, _ = pool_cache
            wide = np.repeat(np.repeat(dA, 2, axis=1), 2, axis=2) / 4
            dA = np.zeros(before.shape)
            dA[:, : wide.shape[1], : wide.shape[2]] = wide
    return dA
