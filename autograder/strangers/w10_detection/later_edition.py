# For the later editions: boxes first, one suppression for each class, then all sorted.


def corners_to_midpoints(boxes):
    x1, y1, x2, y2 = np.split(boxes, 4, axis=1)
    return np.concatenate((0.5 * (x1 + x2), 0.5 * (y1 + y2), x2 - x1, y2 - y1), axis=1)


def iou(box1, box2):
    (box1_x1, box1_y1, box1_x2, box1_y2) = box1
    (box2_x1, box2_y1, box2_x2, box2_y2) = box2
    xi1 = max(box1_x1, box2_x1)
    yi1 = max(box1_y1, box2_y1)
    xi2 = min(box1_x2, box2_x2)
    yi2 = min(box1_y2, box2_y2)
    inter_width = xi2 - xi1
    inter_height = yi2 - yi1
    inter_area = max(inter_width, 0) * max(inter_height, 0)
    box1_area = (box1_x2 - box1_x1) * (box1_y2 - box1_y1)
    box2_area = (box2_x2 - box2_x1) * (box2_y2 - box2_y1)
    union_area = (box1_area + box2_area) - inter_area
    return inter_area / union_area


def iou_matrix(boxes1, boxes2):
    x1 = np.maximum.outer(boxes1[:, 0], boxes2[:, 0])
    y1 = np.maximum.outer(boxes1[:, 1], boxes2[:, 1])
    x2 = np.minimum.outer(boxes1[:, 2], boxes2[:, 2])
    y2 = np.minimum.outer(boxes1[:, 3], boxes2[:, 3])
    inter = np.clip(x2 - x1, 0, None) * np.clip(y2 - y1, 0, None)
    area1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    area2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    union = np.add.outer(area1, area2) - inter
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(union > 0, inter / union, 0.0)


def shape_iou(shapes1, shapes2):
    inter = np.minimum.outer(shapes1[:, 0], shapes2[:, 0])
    inter = inter * np.minimum.outer(shapes1[:, 1], shapes2[:, 1])
    union = np.add.outer(shapes1[:, 0] * shapes1[:, 1], shapes2[:, 0] * shapes2[:, 1]) - inter
    return inter / union


def kmeans_anchors(shapes, anchors, num_iterations=10):
    centroids = anchors.astype(np.float64)
    for _ in range(num_iterations):
        assignment = (1 - shape_iou(shapes, centroids)).argmin(axis=1)
        centroids = np.stack(
            [
                shapes[assignment == k].mean(axis=0) if k in assignment else centroids[k]
                for k in range(len(centroids))
            ]
        )
    return centroids


def encode_boxes(boxes, classes, anchors, grid_shape, n_classes):
    grid_H, grid_W = grid_shape
    targets = np.zeros((grid_H, grid_W, len(anchors), 5 + n_classes))
    best_anchor = shape_iou(boxes[:, 2:4], anchors).argmax(axis=1)
    scaled = boxes[:, 0:2] * np.array([grid_W, grid_H])
    cells = scaled.astype(int)
    for i in range(len(boxes)):
        col, row = cells[i]
        a = best_anchor[i]
        one_hot = np.eye(n_classes)[classes[i]]
        targets[row, col, a] = np.concatenate(
            ([1.0], scaled[i] - cells[i], np.log(boxes[i, 2:4]) - np.log(anchors[a]), one_hot)
        )
    return targets


def decode_boxes(Y, anchors):
    grid_H, grid_W = Y.shape[0:2]
    conv_index = np.zeros((grid_H, grid_W, 1, 2))
    conv_index[..., 0] = np.arange(grid_W).reshape(1, grid_W, 1)
    conv_index[..., 1] = np.arange(grid_H).reshape(grid_H, 1, 1)
    conv_dims = np.array([grid_W, grid_H], dtype=float)
    box_xy = (Y[..., 1:3] + conv_index) / conv_dims
    box_wh = np.exp(Y[..., 3:5]) * anchors.reshape(1, 1, -1, 2)
    return box_xy, box_wh, Y[..., 0][..., None], Y[..., 5:]


def yolo_boxes_to_corners(box_xy, box_wh):
    box_mins = box_xy - (box_wh / 2.0)
    box_maxes = box_xy + (box_wh / 2.0)
    return np.stack(
        [box_mins[..., 1], box_mins[..., 0], box_maxes[..., 1], box_maxes[..., 0]], axis=-1
    )


def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=0.6):
    box_scores = box_class_probs * box_confidence
    box_classes = np.argmax(box_scores, axis=-1)
    box_class_scores = np.max(box_scores, axis=-1, keepdims=False)
    filtering_mask = box_class_scores >= threshold
    scores = box_class_scores[filtering_mask]
    boxes = boxes[filtering_mask]
    classes = box_classes[filtering_mask]
    return scores, boxes, classes


def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    selected = []
    for classid in np.unique(classes):
        ids = np.where(classes == classid)[0]
        ids = ids[np.argsort(-scores[ids], kind="stable")]
        while len(ids):
            best, ids = ids[0], ids[1:]
            selected.append(best)
            ids = np.array([i for i in ids if not iou(boxes[best], boxes[i]) > iou_threshold], int)
    selected = sorted(selected)
    selected = sorted(selected, key=lambda i: scores[i], reverse=True)[:max_boxes]
    return scores[selected], boxes[selected], classes[selected]


def scale_boxes(boxes, image_shape):
    height = float(image_shape[0])
    width = float(image_shape[1])
    return boxes * np.array([[height, width, height, width]])


def yolo_eval(
    yolo_outputs, image_shape=(720, 1280), max_boxes=10, score_threshold=0.6, iou_threshold=0.5
):
    box_xy, box_wh, box_confidence, box_class_probs = yolo_outputs
    boxes = yolo_boxes_to_corners(box_xy, box_wh)
    scores, boxes, classes = yolo_filter_boxes(
        boxes, box_confidence, box_class_probs, score_threshold
    )
    boxes = scale_boxes(boxes, image_shape)
    scores, boxes, classes = yolo_non_max_suppression(
        scores, boxes, classes, max_boxes, iou_threshold
    )
    return scores, boxes, classes


def region_anchors(grid_shape, stride, sizes, ratios):
    base = []
    for size in sizes:
        for ratio in ratios:
            w = np.sqrt(size**2 / ratio)
            h = w * ratio
            base.append([-w / 2, -h / 2, w / 2, h / 2])
    base = np.array(base)
    shift_x, shift_y = np.meshgrid(
        (np.arange(grid_shape[1]) + 0.5) * stride, (np.arange(grid_shape[0]) + 0.5) * stride
    )
    shifts = np.stack((shift_x.ravel(), shift_y.ravel(), shift_x.ravel(), shift_y.ravel()), axis=1)
    return (shifts[:, None, :] + base[None, :, :]).reshape(-1, 4)


def label_anchors(anchors, boxes, positive=0.7, negative=0.3):
    if len(boxes) == 0 or len(anchors) == 0:
        return np.zeros(len(anchors), dtype=np.int64)
    match_quality = iou_matrix(boxes, anchors)
    matched_vals = match_quality.max(axis=0)
    labels = np.full(len(anchors), -1)
    labels[matched_vals < negative] = 0
    labels[matched_vals >= positive] = 1
    highest = match_quality.max(axis=1, keepdims=True)
    low_quality = (match_quality == highest) & (highest > 0)
    labels[low_quality.any(axis=0)] = 1
    return labels


def match_detections(scores, boxes, truth, iou_threshold=0.5):
    correct = np.zeros(len(scores), dtype=bool)
    if len(truth) == 0 or len(scores) == 0:
        return correct
    overlaps = iou_matrix(boxes, truth)
    best = overlaps.argmax(axis=1)
    enough = overlaps.max(axis=1) >= iou_threshold
    for j in range(len(truth)):
        candidates = np.where(enough & (best == j))[0]
        if len(candidates):
            correct[candidates[np.argmax(scores[candidates])]] = True
    return correct


def average_precision(scores, correct, n_truth):
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    true_positives, area, points = 0, 0.0, []
    for rank, i in enumerate(order, start=1):
        if correct[i]:
            true_positives += 1
            points.append(true_positives / rank)
    for p in range(len(points)):
        area += max(points[p:])
    return area / n_truth


def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
    result = {}
    for c in range(n_classes):
        matches = [
            (s[k == c], match_detections(s[k == c], b[k == c], t[tk == c], iou_threshold))
            for (s, b, k), (t, tk) in zip(detections, truths)
        ]
        n_truth = sum(int(np.sum(tk == c)) for _, tk in truths)
        if n_truth:
            scores = np.concatenate([m[0] for m in matches])
            correct = np.concatenate([m[1] for m in matches])
            result[c] = average_precision(scores, correct, n_truth)
    return np.mean(list(result.values()))
