# Long names, prints, classes, lists for tuples, work in place on own arrays.
from helpers import convolution


class OneLayer:
    def __init__(self, description, incoming_shape):
        self.description = description
        self.incoming_shape = list(incoming_shape)

    def outgoing_shape(self):
        kind_of_layer = self.description["kind"]
        if kind_of_layer == "dense":
            return [self.description["units"]]
        if kind_of_layer == "lrn":
            return self.incoming_shape
        outgoing = []
        for size in self.incoming_shape[0:2]:
            room = size + 2 * self.description["pad"] - self.description["f"]
            number_of_places = 0
            while room >= 0:
                number_of_places += 1
                room -= self.description["stride"]
            outgoing.append(number_of_places)
        if kind_of_layer == "conv":
            outgoing.append(self.description["filters"])
        else:
            outgoing.append(self.incoming_shape[2])
        return outgoing

    def number_of_parameters(self):
        if self.description["kind"] == "conv":
            size = self.description["f"]
            weights_of_one_filter = size * size * self.incoming_shape[-1]
            return sum(weights_of_one_filter + 1 for _ in range(self.description["filters"]))
        if self.description["kind"] == "dense":
            inputs = int(np.array(self.incoming_shape).prod())
            return sum(inputs + 1 for _ in range(self.description["units"]))
        return 0


def layer_shapes(input_shape, layers):
    list_of_shapes = []
    shape_so_far = input_shape
    for number, description in enumerate(layers):
        shape_so_far = OneLayer(description, shape_so_far).outgoing_shape()
        print("layer", number, "puts out", shape_so_far)
        list_of_shapes.append(shape_so_far)
    return list_of_shapes


def parameter_count(input_shape, layers):
    list_of_counts = []
    shape_so_far = input_shape
    for description in layers:
        layer = OneLayer(description, shape_so_far)
        list_of_counts.append(layer.number_of_parameters())
        shape_so_far = layer.outgoing_shape()
    return list_of_counts


def local_response_normalization(A, k=2.0, alpha=1e-4, beta=0.75, n=5):
    squared_activations = A**2
    sum_of_neighbours = squared_activations.copy()
    for distance in range(1, n // 2 + 1):
        if distance < A.shape[3]:
            sum_of_neighbours[:, :, :, distance:] += squared_activations[:, :, :, :-distance]
            sum_of_neighbours[:, :, :, :-distance] += squared_activations[:, :, :, distance:]
    denominator = k + alpha * sum_of_neighbours
    denominator **= beta
    return A / denominator


def rectified(array):
    result = np.zeros_like(array)
    positive = array > 0
    result[positive] = array[positive]
    return result


def convolution_of_same_size(activations, parameters, name, stride=1):
    filters = parameters["W" + name]
    biases = parameters["b" + name]
    hparameters = {"stride": stride, "pad": (filters.shape[1] - 1) // 2}
    return convolution.conv_forward(activations, filters, biases, hparameters)


def identity_block_forward(A_prev, parameters):
    first_sum, first_cache = convolution_of_same_size(A_prev, parameters, "1")
    second_sum, second_cache = convolution_of_same_size(rectified(first_sum), parameters, "2")
    second_sum += A_prev
    cache = {}
    cache["conv1"] = list(first_cache)
    cache["conv2"] = list(second_cache)
    cache["Z1"] = first_sum
    cache["S"] = second_sum
    return [rectified(second_sum), cache]


def identity_block_backward(dA, cache):
    gradient_of_sum = dA.copy()
    gradient_of_sum[np.logical_not(cache["S"] > 0)] = 0.0
    inner, dW2, db2 = convolution.conv_backward(gradient_of_sum, tuple(cache["conv2"]))
    inner[np.logical_not(cache["Z1"] > 0)] = 0.0
    outer, dW1, db1 = convolution.conv_backward(inner, tuple(cache["conv1"]))
    gradient_of_input = np.zeros_like(gradient_of_sum)
    gradient_of_input += outer
    gradient_of_input += gradient_of_sum
    return [gradient_of_input, {"dW1": dW1, "dW2": dW2, "db1": db1, "db2": db2}]


def projection_block_forward(A_prev, parameters, stride):
    first_sum, first_cache = convolution_of_same_size(A_prev, parameters, "1", stride)
    second_sum, second_cache = convolution_of_same_size(rectified(first_sum), parameters, "2")
    side_road, side_cache = convolution_of_same_size(A_prev, parameters, "s", stride)
    meeting_point = second_sum + side_road
    cache = {
        "conv1": first_cache,
        "conv2": second_cache,
        "shortcut": side_cache,
        "Z1": first_sum,
        "S": meeting_point,
    }
    return [rectified(meeting_point), cache]


def projection_block_backward(dA, cache):
    gradient_of_sum = dA.copy()
    gradient_of_sum[np.logical_not(cache["S"] > 0)] = 0.0
    inner, dW2, db2 = convolution.conv_backward(gradient_of_sum, cache["conv2"])
    inner[np.logical_not(cache["Z1"] > 0)] = 0.0
    main_road, dW1, db1 = convolution.conv_backward(inner, cache["conv1"])
    side_road, dWs, dbs = convolution.conv_backward(gradient_of_sum, cache["shortcut"])
    grads = {"dW1": dW1, "dW2": dW2, "dWs": dWs, "db1": db1, "db2": db2, "dbs": dbs}
    return [main_road + side_road, grads]


def conv_1x1(A_prev, W, b):
    number_of_examples, height, width, channels = A_prev.shape
    pixels = A_prev.reshape(number_of_examples * height * width, channels)
    filters = W.reshape(channels, W.shape[3])
    mixed = np.dot(pixels, filters)
    mixed += b.ravel()
    return mixed.reshape(number_of_examples, height, width, W.shape[3])


def convolution_cost(input_shape, f, filters, stride, pad):
    layer = {"kind": "conv", "f": f, "stride": stride, "pad": pad, "filters": filters}
    rows, columns, channels_out = layer_shapes(input_shape, [layer])[0]
    multiplications_per_number = f * f * input_shape[2]
    return rows * columns * channels_out * multiplications_per_number


def bottleneck_cost(input_shape, f, filters, bottleneck):
    cost_of_squeezing = convolution_cost(input_shape, 1, bottleneck, 1, 0)
    squeezed_shape = [input_shape[0], input_shape[1], bottleneck]
    cost_of_filtering = convolution_cost(squeezed_shape, f, filters, 1, (f - 1) // 2)
    print("squeezing", cost_of_squeezing, "filtering", cost_of_filtering)
    return cost_of_squeezing + cost_of_filtering


def inception_forward(A_prev, parameters):
    number_of_examples, height, width, _ = A_prev.shape
    largest = A_prev.copy()
    for row in range(height):
        for column in range(width):
            top, left = max(row - 1, 0), max(column - 1, 0)
            window = A_prev[:, top : row + 2, left : column + 2, :]
            largest[:, row, column, :] = window.max(axis=(1, 2))
    roads = {
        "one": (A_prev, ["1"]),
        "three": (A_prev, ["3_reduce", "3"]),
        "five": (A_prev, ["5_reduce", "5"]),
        "pooling": (largest, ["_pool"]),
    }
    ends = []
    for activations, names in roads.values():
        for name in names:
            activations = rectified(convolution_of_same_size(activations, parameters, name)[0])
        ends.append(activations)
    total_channels = sum(end.shape[3] for end in ends)
    stacked = np.empty((number_of_examples, height, width, total_channels))
    position = 0
    for end in ends:
        stacked[..., position : position + end.shape[3]] = end
        position += end.shape[3]
    return stacked
