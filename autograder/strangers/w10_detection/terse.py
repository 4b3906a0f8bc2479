# As short as it gets.
r = np.r_
corners_to_midpoints = lambda B: (
    B @ np.array([[0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5], [-1, 0, 1, 0], [0, -1, 0, 1]]).T
)


def iou(a, b):
    i = np.prod(np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0))
    return i / (np.prod(np.subtract(a[2:], a[:2])) + np.prod(np.subtract(b[2:], b[:2])) - i)


def iou_matrix(p, q):
    p = p[:, None]
    s = lambda b: (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    d = (np.minimum(p, q)[..., 2:] - np.maximum(p, q)[..., :2]).clip(0)
    i = d[..., 0] * d[..., 1]
    u = s(p) + s(q) - i
    return i / (u + (u == 0))


def shape_iou(p, q):
    i = np.minimum(p[:, None], q).prod(2)
    return i / (p.prod(1)[:, None] + q.prod(1) - i)


def kmeans_anchors(shapes, anchors, num_iterations=10):
    if not num_iterations:
        return anchors + 0.0
    n = shape_iou(shapes, anchors).argmax(1)
    m = [shapes[n == k].mean(0) if k in n else a for k, a in enumerate(anchors)]
    return kmeans_anchors(shapes, np.array(m), num_iterations - 1)


def encode_boxes(boxes, classes, anchors, grid_shape, n_classes):
    Y = np.zeros(grid_shape + (len(anchors), 5 + n_classes))
    k = shape_iou(boxes[:, 2:], anchors).argmax(1)
    o, g = np.modf(boxes[:, :2] * grid_shape[::-1])
    for i, (x, y) in enumerate(g.astype(int)):
        c = np.zeros(n_classes)
        c[classes[i]] = 1
        Y[y, x, k[i]] = r[1, o[i], np.log(boxes[i, 2:] / anchors[k[i]]), c]
    return Y


def decode_boxes(Y, anchors):
    h, w = Y.shape[:2]
    c = np.mgrid[:h, :w][::-1].transpose(1, 2, 0)[:, :, None]
    return (c + Y[..., 1:3]) / (w, h), anchors * np.exp(Y[..., 3:5]), Y[..., :1], Y[..., 5:]


yolo_boxes_to_corners = lambda p, s: np.concatenate((p - s / 2, p + s / 2), -1)[..., [1, 0, 3, 2]]


def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=0.6):
    s = box_confidence * box_class_probs
    k = (s >= threshold).any(-1)
    return s[k].max(-1), boxes[k], s[k].argmax(-1)


def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    k = []
    for i in sorted(range(len(scores)), key=lambda i: -scores[i]):
        if not any(classes[i] == classes[j] and iou(boxes[i], boxes[j]) > iou_threshold for j in k):
            k += [i]
    k = k[:max_boxes]
    return scores[k], boxes[k], classes[k]


scale_boxes = lambda boxes, image_shape: boxes * (image_shape * 2)


def yolo_eval(
    yolo_outputs, image_shape=(720, 1280), max_boxes=10, score_threshold=0.6, iou_threshold=0.5
):
    p, s, c, k = yolo_outputs
    f = yolo_filter_boxes(yolo_boxes_to_corners(p, s), c, k, score_threshold)
    s, b, k = yolo_non_max_suppression(*f, max_boxes, iou_threshold)
    return s, scale_boxes(b, image_shape), k


def region_anchors(grid_shape, stride, sizes, ratios):
    return np.array(
        [
            [x - w / 2, y - h / 2, x + w / 2, y + h / 2]
            for y in stride * (np.arange(grid_shape[0]) + 0.5)
            for x in stride * (np.arange(grid_shape[1]) + 0.5)
            for s in sizes
            for q in ratios
            for w, h in [(s * q**-0.5, s * q**0.5)]
        ]
    )


def label_anchors(anchors, boxes, positive=0.7, negative=0.3):
    o = iou_matrix(anchors, np.vstack([boxes, [[0, 0, -0.0, 0]]]))
    m = o.max(1, initial=0)
    b = (o == o.max(0, initial=1e-300)).any(1) | (m >= positive)
    return np.where(b, 1, np.where(m < negative, 0, -1))


def match_detections(scores, boxes, truth, iou_threshold=0.5):
    o = iou_matrix(boxes, truth)
    f, c = set(), np.zeros(len(scores), bool)
    for i in (-scores).argsort(kind="stable"):
        for j in np.flatnonzero(o[i] >= iou_threshold)[:1]:
            j = o[i].argmax()
            c[i] = j not in f
            f.add(j)
    return c


def average_precision(scores, correct, n_truth):
    c = correct[(-scores).argsort(kind="stable")]
    p = c.cumsum() / (1 + np.arange(len(c)))
    return np.maximum.accumulate(p[::-1])[::-1] @ c / n_truth


def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
    v = []
    for c in {k for _, t in truths for k in t.tolist()}:
        g = [
            (s[k == c], match_detections(s[k == c], b[k == c], t[q == c], iou_threshold))
            for (s, b, k), (t, q) in zip(detections, truths)
        ]
        v += [
            average_precision(*map(np.concatenate, zip(*g)), sum((q == c).sum() for _, q in truths))
        ]
    return np.mean(v)
