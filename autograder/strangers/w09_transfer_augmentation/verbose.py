# Long names, prints, work in place on own arrays, lists for tuples.
from helpers.convolution import conv_forward


def mirror_images(images, chosen):
    all_images = images.copy()
    positions = np.flatnonzero(chosen)
    print("mirroring", len(positions), "of", len(images))
    all_images[positions] = np.flip(all_images[positions], axis=2)
    return all_images


def crop_images(images, tops, lefts, height, width):
    list_of_parts = []
    for number in range(len(images)):
        rows = range(tops[number], tops[number] + height)
        columns = range(lefts[number], lefts[number] + width)
        part = images[number].take(rows, axis=0).take(columns, axis=1)
        list_of_parts.append(part)
    return np.asarray(list_of_parts)


def color_shift(images, shifts):
    brighter = images.copy()
    for channel in range(3):
        amount = shifts[:, channel]
        brighter[:, :, :, channel] += amount[:, np.newaxis, np.newaxis]
    brighter[brighter > 1] = 1
    brighter[brighter < 0] = 0
    return brighter


def color_covariance(images):
    red, green, blue = (images[:, :, :, channel].ravel() for channel in range(3))
    colours = [red - red.mean(), green - green.mean(), blue - blue.mean()]
    covariance = np.zeros((3, 3))
    for row in range(3):
        for column in range(3):
            covariance[row, column] = (colours[row] * colours[column]).mean()
    print(covariance)
    return covariance


def pca_color_shift(images, eigenvalues, eigenvectors, alphas):
    changed_images = images.copy()
    for number in range(len(images)):
        change = np.zeros(3)
        for direction in range(3):
            how_far = alphas[number, direction] * eigenvalues[direction]
            change += how_far * eigenvectors[:, direction]
        changed_images[number] += change
    changed_images[changed_images > 1] = 1
    changed_images[changed_images < 0] = 0
    return changed_images


def ten_crops(image, height, width):
    bottom = image[image.shape[0] - height :]
    top = image[:height]
    rest = image.shape[1] - width
    margin_above = (image.shape[0] - height) // 2
    middle = image[margin_above : margin_above + height]
    views = [top[:, :width], top[:, rest:], bottom[:, :width], bottom[:, rest:]]
    views.append(middle[:, rest // 2 : rest // 2 + width])
    for view in list(views):
        views.append(np.fliplr(view))
    return np.array(views)


def run_layers(A, parameters, first, last):
    activations = A
    everything_kept = []
    for number_of_layer in range(first, last + 1):
        filters = parameters["W%d" % number_of_layer]
        biases = parameters["b%d" % number_of_layer]
        hparameters = {"pad": (filters.shape[0] - 1) // 2, "stride": 2}
        sums, kept = conv_forward(activations, filters, biases, hparameters)
        everything_kept.append([kept, sums])
        activations = sums.copy()
        activations[activations < 0] = 0
    return [activations, everything_kept]


def replace_softmax(parameters, n_classes):
    new_parameters = copy.deepcopy(parameters)
    number_of_layers = len(new_parameters) // 2
    name_of_weights = "W%d" % number_of_layers
    name_of_biases = "b%d" % number_of_layers
    number_of_inputs = new_parameters.pop(name_of_weights).shape[-1]
    del new_parameters[name_of_biases]
    new_parameters[name_of_weights] = np.full((n_classes, number_of_inputs), 0.0)
    new_parameters[name_of_biases] = np.full((n_classes, 1), 0.0)
    return new_parameters


def trainable_count(parameters, frozen):
    everything = sum(array.size for array in parameters.values())
    for number_of_layer in range(1, frozen + 1):
        everything -= parameters["W%d" % number_of_layer].size
        everything -= parameters["b%d" % number_of_layer].size
    return everything


def fine_tune_step(parameters, grads, learning_rate, frozen):
    new_parameters = copy.deepcopy(parameters)
    number_of_layer = frozen + 1
    while "W%d" % number_of_layer in new_parameters:
        new_parameters["W%d" % number_of_layer] -= learning_rate * grads["dW%d" % number_of_layer]
        new_parameters["b%d" % number_of_layer] -= learning_rate * grads["db%d" % number_of_layer]
        number_of_layer += 1
    return new_parameters
