# Index arrays instead of loops, numpy's ready-made routines.
from numpy.lib.stride_tricks import sliding_window_view

from helpers.convolution import conv_forward


def mirror_images(images, chosen):
    n_W = images.shape[2]
    columns = np.where(chosen[:, None], np.arange(n_W)[::-1], np.arange(n_W))
    return np.take_along_axis(images, columns[:, None, :, None], axis=2)


def crop_images(images, tops, lefts, height, width):
    example = np.arange(len(images))[:, None, None]
    rows = (tops[:, None] + np.arange(height))[:, :, None]
    columns = (lefts[:, None] + np.arange(width))[:, None, :]
    return images[example, rows, columns]


def color_shift(images, shifts):
    return np.median(
        np.stack(np.broadcast_arrays(0.0, images + shifts.reshape(-1, 1, 1, 3), 1.0)), axis=0
    )


def color_covariance(images):
    return np.cov(images.reshape(-1, 3), rowvar=False, bias=True)


def pca_color_shift(images, eigenvalues, eigenvectors, alphas):
    amounts = np.einsum("cd,d,md->mc", eigenvectors, eigenvalues, alphas)
    return np.clip(images + np.expand_dims(amounts, (1, 2)), 0, 1)


def ten_crops(image, height, width):
    windows = sliding_window_view(image, (height, width), axis=(0, 1)).transpose(0, 1, 3, 4, 2)
    down, right = np.array(windows.shape[:2]) - 1
    tops = np.array([0, 0, down, down, down // 2])
    lefts = np.array([0, right, 0, right, right // 2])
    five = windows[tops, lefts]
    return np.concatenate([five, np.flip(five, axis=2)])


def run_layers(A, parameters, first, last):
    layers = np.arange(first, last + 1)
    caches = [None] * len(layers)
    for place, layer in enumerate(layers):
        f = parameters[f"W{layer}"].shape[0]
        Z, cache = conv_forward(
            A, parameters[f"W{layer}"], parameters[f"b{layer}"], {"stride": 2, "pad": f // 2}
        )
        caches[place] = (cache, Z)
        A = Z * np.heaviside(Z, 0.0)
    return A, caches


def replace_softmax(parameters, n_classes):
    L = max(int(name[1:]) for name in parameters)
    fresh = {
        f"W{L}": np.zeros_like(
            parameters[f"W{L}"], shape=(n_classes, parameters[f"W{L}"].shape[1])
        ),
        f"b{L}": np.zeros_like(parameters[f"b{L}"], shape=(n_classes, 1)),
    }
    return {**copy.deepcopy(parameters), **fresh}


def trainable_count(parameters, frozen):
    layer = np.array([int(name[1:]) for name in parameters])
    size = np.array([value.size for value in parameters.values()])
    return size[layer > frozen].sum()


def fine_tune_step(parameters, grads, learning_rate, frozen):
    factor = {name: learning_rate * (int(name[1:]) > frozen) for name in parameters}
    return {
        name: value - factor[name] * grads.get("d" + name, 0.0)
        for name, value in parameters.items()
    }
