# No loops and nothing assigned twice, as far as that goes.
from functools import reduce
from itertools import product


def corners_to_midpoints(boxes):
    pairs = boxes.reshape(-1, 2, 2)
    return np.concatenate((pairs.mean(axis=1), np.diff(pairs, axis=1)[:, 0]), axis=1)


def iou(box1, box2):
    def side(axis):
        return max(0.0, min(box1[axis + 2], box2[axis + 2]) - max(box1[axis], box2[axis]))

    def area(box):
        return (box[2] - box[0]) * (box[3] - box[1])

    shared = side(0) * side(1)
    return shared / (area(box1) + area(box2) - shared)


def iou_matrix(boxes1, boxes2):
    def entry(pair):
        a, b = pair
        has_area = any((box[2] - box[0]) * (box[3] - box[1]) > 0 for box in pair)
        return iou(a, b) if has_area else 0.0

    entries = list(map(entry, product(boxes1, boxes2)))
    return np.array(entries, dtype=float).reshape(len(boxes1), len(boxes2))


def shape_iou(shapes1, shapes2):
    smaller = np.where(shapes1[:, None] < shapes2, shapes1[:, None], shapes2)
    shared = np.multiply.reduce(smaller, axis=-1)
    return 1 / ((np.prod(shapes1, 1)[:, None] + np.prod(shapes2, 1)) / shared - 1)


def kmeans_anchors(shapes, anchors, num_iterations=10):
    def move(current, _):
        chosen = np.argmax(shape_iou(shapes, current), axis=1)
        member = chosen == np.arange(len(current))[:, None]
        counts = member.sum(axis=1, keepdims=True)
        return np.where(counts > 0, member @ shapes / np.maximum(counts, 1), current)

    return reduce(move, range(num_iterations), np.asarray(anchors, dtype=float))


def encode_boxes(boxes, classes, anchors, grid_shape, n_classes):
    def written(i):
        place = boxes[i, :2] * np.flip(grid_shape)
        k = int(shape_iou(boxes[i : i + 1, 2:], anchors).argmax())
        column, row = map(int, place)
        numbers = np.concatenate(
            [
                [1.0],
                place % 1,
                np.log(boxes[i, 2:] / anchors[k]),
                np.arange(n_classes) == classes[i],
            ]
        )
        return (row, column, k), numbers

    slots = dict(map(written, range(len(boxes))))
    nothing = np.zeros(5 + n_classes)
    places = product(*map(range, (*grid_shape, len(anchors))))
    flat = [slots.get(place, nothing) for place in places]
    return np.array(flat).reshape(*grid_shape, len(anchors), 5 + n_classes)


def decode_boxes(Y, anchors):
    confidence, offsets, logs, probs = np.split(Y, [1, 3, 5], axis=-1)
    rows, columns = np.ogrid[: Y.shape[0], : Y.shape[1]]
    x = (columns[..., None] + offsets[..., 0]) / Y.shape[1]
    y = (rows[..., None] + offsets[..., 1]) / Y.shape[0]
    return np.stack([x, y], -1), np.exp(logs + np.log(anchors)), confidence, probs


def yolo_boxes_to_corners(box_xy, box_wh):
    signs = np.array([-0.5, 0.5])
    corners = box_xy[..., None, ::-1] + signs[:, None] * box_wh[..., None, ::-1]
    return corners.reshape(*box_xy.shape[:-1], 4)


def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=0.6):
    scores = (box_confidence * box_class_probs).reshape(-1, box_class_probs.shape[-1])
    best = scores.max(axis=1)
    (kept,) = np.nonzero(best >= threshold)
    return best[kept], boxes.reshape(-1, 4)[kept], scores.argmax(axis=1)[kept]


def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    def add(kept, i):
        def suppresses(j):
            return classes[i] == classes[j] and iou(boxes[i], boxes[j]) > iou_threshold

        return kept if any(map(suppresses, kept)) else (*kept, i)

    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    kept = list(reduce(add, order, ()))[:max_boxes]
    return tuple(array[kept] for array in (scores, boxes, classes))


def scale_boxes(boxes, image_shape):
    return (boxes.reshape(-1, 2, 2) * np.array(image_shape)).reshape(-1, 4)


def yolo_eval(
    yolo_outputs, image_shape=(720, 1280), max_boxes=10, score_threshold=0.6, iou_threshold=0.5
):
    box_xy, box_wh, box_confidence, box_class_probs = yolo_outputs
    corners = yolo_boxes_to_corners(box_xy, box_wh)
    scores, boxes, classes = yolo_filter_boxes(
        boxes=corners,
        box_confidence=box_confidence,
        box_class_probs=box_class_probs,
        threshold=score_threshold,
    )
    return yolo_non_max_suppression(
        scores,
        scale_boxes(boxes, image_shape),
        classes,
        max_boxes=max_boxes,
        iou_threshold=iou_threshold,
    )


def region_anchors(grid_shape, stride, sizes, ratios):
    shapes = np.array([(s / r**0.5, s * r**0.5) for s, r in product(sizes, ratios)])
    middles = (np.indices(grid_shape)[::-1].reshape(2, -1).T + 0.5) * stride
    half = np.concatenate([-shapes, shapes], axis=1) / 2
    return (np.tile(middles, 2)[:, None] + half).reshape(-1, 4)


def label_anchors(anchors, boxes, positive=0.7, negative=0.3):
    overlaps = iou_matrix(anchors, boxes)
    largest = overlaps.max(axis=1, initial=0.0)
    champions = (overlaps > 0) & (overlaps == overlaps.max(axis=0, initial=0.0, keepdims=True))
    is_object = (largest >= positive) | champions.any(axis=1)
    return np.select([is_object, largest < negative], [1, 0], default=-1)


def match_detections(scores, boxes, truth, iou_threshold=0.5):
    overlaps = np.column_stack([np.full(len(boxes), -1.0), iou_matrix(boxes, truth)])
    wanted = np.argmax(overlaps, axis=1)
    enough = np.max(overlaps, axis=1) >= iou_threshold

    def first(i):
        rivals = [
            j
            for j in range(len(scores))
            if enough[j] and wanted[j] == wanted[i] and (-scores[j], j) < (-scores[i], i)
        ]
        return bool(enough[i]) and not rivals

    return np.array(list(map(first, range(len(scores)))), dtype=bool)


def average_precision(scores, correct, n_truth):
    hits = np.flatnonzero(correct[np.lexsort((np.arange(len(scores)), -scores))])
    at_hits = np.arange(1, len(hits) + 1) / (hits + 1)
    return sum(map(lambda k: at_hits[k:].max(), range(len(hits)))) / n_truth


def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
    def judged(c, pair):
        (scores, boxes, classes), (true_boxes, true_classes) = pair
        own = classes == c
        wanted = true_boxes[true_classes == c]
        return scores[own], match_detections(scores[own], boxes[own], wanted, iou_threshold)

    def value(c):
        columns = zip(*(judged(c, pair) for pair in zip(detections, truths)))
        return average_precision(*map(np.concatenate, columns), count(c))

    def count(c):
        return sum(np.count_nonzero(true_classes == c) for _, true_classes in truths)

    return float(np.mean([value(c) for c in filter(count, range(n_classes))]))
