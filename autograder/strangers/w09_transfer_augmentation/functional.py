# Small functions put together; nothing is assigned twice.
from functools import reduce

from helpers.augmentation import crop, flip_horizontal
from helpers.convolution import conv_forward


def mirror_images(images, chosen):
    return np.array([flip_horizontal(x) if c else x for x, c in zip(images, chosen)])


def crop_images(images, tops, lefts, height, width):
    return np.array(
        list(map(lambda x, t, l: crop(x, int(t), int(l), height, width), images, tops, lefts))
    )


def within(images):
    return np.fmax(np.fmin(images, 1.0), 0.0)


def color_shift(images, shifts):
    return within(np.stack([image + shift for image, shift in zip(images, shifts)]))


def color_covariance(images):
    pixels = images.reshape(-1, images.shape[-1])
    mean = pixels.mean(0)
    return pixels.T @ pixels / pixels.shape[0] - np.outer(mean, mean)


def pca_color_shift(images, eigenvalues, eigenvectors, alphas):
    turn = eigenvectors @ np.diag(eigenvalues)
    return color_shift(images, np.array([turn @ alpha for alpha in alphas]))


def ten_crops(image, height, width):
    down, right = image.shape[0] - height, image.shape[1] - width
    places = [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]
    five = [crop(image, top, left, height, width) for top, left in places]
    return np.array([*five, *map(flip_horizontal, five)])


def one_layer(state, layer, parameters):
    A, caches = state
    W = parameters[f"W{layer}"]
    Z, cache = conv_forward(A, W, parameters[f"b{layer}"], {"stride": 2, "pad": len(W) // 2})
    return np.where(Z > 0, Z, 0.0), (*caches, (cache, Z))


def run_layers(A, parameters, first, last):
    return reduce(
        lambda state, layer: one_layer(state, layer, parameters), range(first, last + 1), (A, ())
    )


def replace_softmax(parameters, n_classes):
    L = len(parameters) // 2
    shapes = {f"W{L}": (n_classes, parameters[f"W{L}"].shape[1]), f"b{L}": (n_classes, 1)}
    return {k: np.zeros(shapes[k]) if k in shapes else v + 0 for k, v in parameters.items()}


def trained(parameters, frozen):
    return filter(lambda name: int(name[1:]) > frozen, parameters)


def trainable_count(parameters, frozen):
    return sum(map(lambda name: parameters[name].size, trained(parameters, frozen)))


def fine_tune_step(parameters, grads, learning_rate, frozen):
    moved = {
        name: parameters[name] - learning_rate * grads["d" + name]
        for name in trained(parameters, frozen)
    }
    return parameters | moved
