# As written for the first public editions: confidence first, all classes in one suppression.


def corners_to_midpoints(boxes):
    midpoints = np.zeros(boxes.shape)
    midpoints[:, 0] = (boxes[:, 0] + boxes[:, 2]) / 2.0
    midpoints[:, 1] = (boxes[:, 1] + boxes[:, 3]) / 2.0
    midpoints[:, 2] = boxes[:, 2] - boxes[:, 0]
    midpoints[:, 3] = boxes[:, 3] - boxes[:, 1]
    return midpoints


def iou(box1, box2):
    # Calculate the (xi1, yi1, xi2, yi2) coordinates of the intersection of box1 and box2.
    xi1 = np.maximum(box1[0], box2[0])
    yi1 = np.maximum(box1[1], box2[1])
    xi2 = np.minimum(box1[2], box2[2])
    yi2 = np.minimum(box1[3], box2[3])
    inter_area = max(xi2 - xi1, 0) * max(yi2 - yi1, 0)
    # Calculate the Union area by using Formula: Union(A,B) = A + B - Inter(A,B)
    box1_area = (box1[3] - box1[1]) * (box1[2] - box1[0])
    box2_area = (box2[3] - box2[1]) * (box2[2] - box2[0])
    union_area = box1_area + box2_area - inter_area
    # compute the IoU
    iou = inter_area / union_area
    return iou


def _area(box):
    return (box[3] - box[1]) * (box[2] - box[0])


def iou_matrix(boxes1, boxes2):
    result = np.zeros((boxes1.shape[0], boxes2.shape[0]))
    for i in range(boxes1.shape[0]):
        for j in range(boxes2.shape[0]):
            if _area(boxes1[i]) > 0 or _area(boxes2[j]) > 0:
                result[i, j] = iou(boxes1[i], boxes2[j])
    return result


def shape_iou(shapes1, shapes2):
    result = np.zeros((shapes1.shape[0], shapes2.shape[0]))
    for i in range(shapes1.shape[0]):
        for j in range(shapes2.shape[0]):
            (w1, h1) = shapes1[i]
            (w2, h2) = shapes2[j]
            box1 = (-w1 / 2, -h1 / 2, w1 / 2, h1 / 2)
            box2 = (-w2 / 2, -h2 / 2, w2 / 2, h2 / 2)
            result[i, j] = iou(box1, box2)
    return result


def kmeans_anchors(shapes, anchors, num_iterations=10):
    anchors = np.copy(anchors)
    for iteration in range(num_iterations):
        distances = 1 - shape_iou(shapes, anchors)
        idx = np.argmin(distances, axis=1)
        for k in range(anchors.shape[0]):
            if np.sum(idx == k) > 0:
                anchors[k, :] = np.mean(shapes[idx == k, :], axis=0)
    return anchors


def encode_boxes(boxes, classes, anchors, grid_shape, n_classes):
    (grid_H, grid_W) = grid_shape
    Y = np.zeros((grid_H, grid_W, anchors.shape[0], 5 + n_classes))
    for i in range(boxes.shape[0]):
        (b_x, b_y, b_w, b_h) = boxes[i]
        column = int(np.floor(b_x * grid_W))
        row = int(np.floor(b_y * grid_H))
        best_iou = -1
        for k in range(anchors.shape[0]):
            overlap = shape_iou(boxes[i : i + 1, 2:4], anchors[k : k + 1, :])[0, 0]
            if overlap > best_iou:
                best_iou = overlap
                best_k = k
        Y[row, column, best_k, :] = 0
        Y[row, column, best_k, 0] = 1
        Y[row, column, best_k, 1] = b_x * grid_W - column
        Y[row, column, best_k, 2] = b_y * grid_H - row
        Y[row, column, best_k, 3] = np.log(b_w / anchors[best_k, 0])
        Y[row, column, best_k, 4] = np.log(b_h / anchors[best_k, 1])
        Y[row, column, best_k, 5 + classes[i]] = 1
    return Y


def decode_boxes(Y, anchors):
    (grid_H, grid_W, n_anchors, depth) = Y.shape
    box_confidence = Y[:, :, :, 0:1]
    box_class_probs = Y[:, :, :, 5:]
    box_xy = np.zeros((grid_H, grid_W, n_anchors, 2))
    box_wh = np.zeros((grid_H, grid_W, n_anchors, 2))
    for row in range(grid_H):
        for column in range(grid_W):
            for k in range(n_anchors):
                box_xy[row, column, k, 0] = (column + Y[row, column, k, 1]) / grid_W
                box_xy[row, column, k, 1] = (row + Y[row, column, k, 2]) / grid_H
                box_wh[row, column, k, 0] = anchors[k, 0] * np.exp(Y[row, column, k, 3])
                box_wh[row, column, k, 1] = anchors[k, 1] * np.exp(Y[row, column, k, 4])
    return box_xy, box_wh, box_confidence, box_class_probs


def yolo_boxes_to_corners(box_xy, box_wh):
    box_mins = box_xy - (box_wh / 2.0)
    box_maxes = box_xy + (box_wh / 2.0)
    return np.concatenate(
        [
            box_mins[..., 1:2],  # y_min
            box_mins[..., 0:1],  # x_min
            box_maxes[..., 1:2],  # y_max
            box_maxes[..., 0:1],  # x_max
        ],
        axis=-1,
    )


def yolo_filter_boxes(box_confidence, boxes, box_class_probs, threshold=0.6):
    # Step 1: Compute box scores
    box_scores = np.multiply(box_confidence, box_class_probs)
    # Step 2: Find the box_classes using the max box_scores, keep track of the corresponding score
    box_classes = np.argmax(box_scores, axis=-1)
    box_class_scores = np.max(box_scores, axis=-1)
    # Step 3: Create a filtering mask based on "box_class_scores" by using "threshold".
    filtering_mask = box_class_scores >= threshold
    # Step 4: Apply the mask to box_class_scores, boxes and box_classes
    scores = box_class_scores[filtering_mask]
    boxes = boxes[filtering_mask]
    classes = box_classes[filtering_mask]
    return scores, boxes, classes


def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    nms_indices = []
    order = np.argsort(-scores, kind="mergesort")
    while order.size > 0 and len(nms_indices) < max_boxes:
        i = order[0]
        nms_indices.append(i)
        rest = order[1:]
        overlaps = np.array([iou(boxes[i], boxes[j]) for j in rest])
        order = rest[overlaps <= iou_threshold]
    nms_indices = np.array(nms_indices, dtype=np.int64)
    scores = np.take(scores, nms_indices, axis=0)
    boxes = np.take(boxes, nms_indices, axis=0)
    classes = np.take(classes, nms_indices, axis=0)
    return scores, boxes, classes


def scale_boxes(boxes, image_shape):
    """Scales the predicted boxes in order to be drawable on the image"""
    height = image_shape[0]
    width = image_shape[1]
    image_dims = np.stack([height, width, height, width])
    image_dims = np.reshape(image_dims, [1, 4])
    boxes = boxes * image_dims
    return boxes


def yolo_eval(
    yolo_outputs,
    image_shape=(720.0, 1280.0),
    max_boxes=10,
    score_threshold=0.6,
    iou_threshold=0.5,
):
    # Retrieve outputs of the YOLO model
    box_confidence, box_xy, box_wh, box_class_probs = yolo_outputs
    # Convert boxes to be ready for filtering functions
    boxes = yolo_boxes_to_corners(box_xy, box_wh)
    # Use one of the functions you've implemented to perform Score-filtering
    scores, boxes, classes = yolo_filter_boxes(
        box_confidence, boxes, box_class_probs, threshold=score_threshold
    )
    # Scale boxes back to original image shape.
    boxes = scale_boxes(boxes, image_shape)
    # Use one of the functions you've implemented to perform Non-max suppression
    scores, boxes, classes = yolo_non_max_suppression(
        scores, boxes, classes, max_boxes=max_boxes, iou_threshold=iou_threshold
    )
    return scores, boxes, classes


def region_anchors(grid_shape, stride, sizes, ratios):
    result = np.zeros((grid_shape[0] * grid_shape[1] * len(sizes) * len(ratios), 4))
    n = 0
    for row in range(grid_shape[0]):
        for column in range(grid_shape[1]):
            for s in range(len(sizes)):
                for r in range(len(ratios)):
                    x_center = column * stride + stride / 2
                    y_center = row * stride + stride / 2
                    h = sizes[s] * np.sqrt(ratios[r])
                    w = sizes[s] * np.sqrt(1.0 / ratios[r])
                    result[n, 0] = x_center - w / 2
                    result[n, 1] = y_center - h / 2
                    result[n, 2] = x_center + w / 2
                    result[n, 3] = y_center + h / 2
                    n = n + 1
    return result


def label_anchors(anchors, boxes, positive=0.7, negative=0.3):
    labels = np.empty((len(anchors),), dtype=np.int32)
    labels.fill(-1)
    overlaps = iou_matrix(anchors, boxes)
    if overlaps.size == 0:
        labels.fill(0)
        return labels
    max_overlaps = overlaps.max(axis=1)
    gt_max_overlaps = overlaps.max(axis=0)
    # assign bg labels first so that positive labels can clobber them
    labels[max_overlaps < negative] = 0
    # fg label: for each gt, anchor with highest overlap
    for j in range(len(boxes)):
        if gt_max_overlaps[j] > 0:
            labels[np.where(overlaps[:, j] == gt_max_overlaps[j])[0]] = 1
    # fg label: above threshold IOU
    labels[max_overlaps >= positive] = 1
    return labels


def match_detections(scores, boxes, truth, iou_threshold=0.5):
    nd = len(scores)
    sorted_ind = np.argsort(-scores, kind="mergesort")
    det = [False] * len(truth)
    tp = np.zeros(nd)
    for d in range(nd):
        ovmax = -np.inf
        for j in range(len(truth)):
            overlap = iou(boxes[sorted_ind[d]], truth[j])
            if overlap > ovmax:
                ovmax = overlap
                jmax = j
        if ovmax >= iou_threshold:
            if not det[jmax]:
                tp[sorted_ind[d]] = 1.0
                det[jmax] = True
    return tp == 1.0


def average_precision(scores, correct, n_truth):
    tp = correct[np.argsort(-scores, kind="mergesort")]
    fp = np.cumsum(~tp)
    tp = np.cumsum(tp)
    rec = tp / float(n_truth)
    prec = tp / np.maximum(tp + fp, np.finfo(np.float64).eps)
    # correct AP calculation: first append sentinel values at the end
    mrec = np.concatenate(([0.0], rec, [1.0]))
    mpre = np.concatenate(([0.0], prec, [0.0]))
    # compute the precision envelope
    for i in range(mpre.size - 1, 0, -1):
        mpre[i - 1] = np.maximum(mpre[i - 1], mpre[i])
    # look for points where X axis (recall) changes value, and sum (delta recall) * prec
    i = np.where(mrec[1:] != mrec[:-1])[0]
    ap = np.sum((mrec[i + 1] - mrec[i]) * mpre[i + 1])
    return ap


def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
    aps = []
    for c in range(n_classes):
        scores_c = []
        correct_c = []
        n_truth = 0
        for i in range(len(truths)):
            (scores, boxes, classes) = detections[i]
            (true_boxes, true_classes) = truths[i]
            mine = np.where(classes == c)[0]
            theirs = np.where(true_classes == c)[0]
            n_truth += len(theirs)
            tp = match_detections(scores[mine], boxes[mine], true_boxes[theirs], iou_threshold)
            for k in range(len(mine)):
                scores_c.append(scores[mine[k]])
                correct_c.append(tp[k])
        if n_truth > 0:
            aps.append(
                average_precision(np.array(scores_c), np.array(correct_c, dtype=bool), n_truth)
            )
    return sum(aps) / len(aps)
