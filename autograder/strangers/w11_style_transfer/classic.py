# As written for the first public edition, with numpy in TensorFlow's place.

from helpers.convolution import conv_backward, pool_backward


def receptive_field(layers):
    r = 1
    jump = 1
    for l in range(len(layers)):
        (f, stride) = layers[l]
        r = r + (f - 1) * jump
        jump = jump * stride
    return r


def compute_content_cost(a_C, a_G):
    # Retrieve dimensions from a_G
    m, n_H, n_W, n_C = a_G.shape
    # Reshape a_C and a_G
    a_C_unrolled = np.transpose(np.reshape(a_C, (n_H * n_W, n_C)))
    a_G_unrolled = np.transpose(np.reshape(a_G, (n_H * n_W, n_C)))
    # compute the cost
    J_content = (1 / (4 * n_H * n_W * n_C)) * np.sum(
        np.square(np.subtract(a_C_unrolled, a_G_unrolled))
    )
    return J_content


def content_cost_gradient(a_C, a_G):
    m, n_H, n_W, n_C = a_G.shape
    return (1 / (2 * n_H * n_W * n_C)) * np.subtract(a_G, a_C)


def gram_matrix(A):
    GA = np.matmul(A, np.transpose(A))
    return GA


def compute_layer_style_cost(a_S, a_G):
    m, n_H, n_W, n_C = a_G.shape
    # Reshape the images to have them of shape (n_C, n_H*n_W)
    a_S = np.transpose(np.reshape(a_S, [n_H * n_W, n_C]))
    a_G = np.transpose(np.reshape(a_G, [n_H * n_W, n_C]))
    # Computing gram_matrices for both images S and G
    GS = gram_matrix(a_S)
    GG = gram_matrix(a_G)
    # Computing the loss
    J_style_layer = (1 / (4 * (n_C**2) * ((n_H * n_W) ** 2))) * np.sum(
        np.square(np.subtract(GS, GG))
    )
    return J_style_layer


def layer_style_cost_gradient(a_S, a_G):
    m, n_H, n_W, n_C = a_G.shape
    A_S = np.transpose(np.reshape(a_S, [n_H * n_W, n_C]))
    A_G = np.transpose(np.reshape(a_G, [n_H * n_W, n_C]))
    GS = gram_matrix(A_S)
    GG = gram_matrix(A_G)
    dA = (1 / ((n_C**2) * ((n_H * n_W) ** 2))) * np.matmul(np.subtract(GG, GS), A_G)
    return np.reshape(np.transpose(dA), [1, n_H, n_W, n_C])


def compute_style_cost(style_image_output, generated_image_output, STYLE_LAYERS):
    # initialize the overall style cost
    J_style = 0
    # The last element of the array contains the content layer, which must not be used.
    a_S = style_image_output[:-1]
    a_G = generated_image_output[:-1]
    for i, weight in zip(range(len(a_S)), STYLE_LAYERS):
        J_style_layer = compute_layer_style_cost(a_S[i], a_G[i])
        # Add weight * J_style_layer of this layer to overall style cost
        J_style += weight[1] * J_style_layer
    return J_style


def total_cost(J_content, J_style, alpha=10, beta=40):
    J = alpha * J_content + beta * J_style
    return J


def image_gradient(gradients, caches):
    L = len(caches)
    dA = gradients[L - 1]
    for l in reversed(range(L)):
        (pool_cache, conv_cache, Z) = caches[l]
        dZ = np.multiply(dA, np.int64(Z > 0))
        dA_prev, dW, db = conv_backward(dZ, conv_cache)
        if l > 0:
            dA_prev = pool_backward(dA_prev, pool_cache, "average")
            dA = gradients[l - 1] + dA_prev
    return dA_prev
