# Every step spelled out, with lists, prints and assertions.


def corners_to_midpoints(boxes):
    rows = []
    for box in boxes:
        x1 = box[0]
        y1 = box[1]
        x2 = box[2]
        y2 = box[3]
        width = x2 - x1
        height = y2 - y1
        middle_x = x1 + width / 2
        middle_y = y1 + height / 2
        rows.append([middle_x, middle_y, width, height])
    return np.array(rows).reshape(len(boxes), 4)


def iou(box1, box2):
    left = box1[0] if box1[0] > box2[0] else box2[0]
    top = box1[1] if box1[1] > box2[1] else box2[1]
    right = box1[2] if box1[2] < box2[2] else box2[2]
    bottom = box1[3] if box1[3] < box2[3] else box2[3]
    if right <= left or bottom <= top:
        return 0.0
    intersection = (right - left) * (bottom - top)
    area1 = abs((box1[2] - box1[0]) * (box1[3] - box1[1]))
    area2 = abs((box2[2] - box2[0]) * (box2[3] - box2[1]))
    return float(intersection) / float(area1 + area2 - intersection)


def iou_matrix(boxes1, boxes2):
    table = np.zeros([len(boxes1), len(boxes2)])
    for i in range(len(boxes1)):
        for j in range(len(boxes2)):
            table[i][j] = iou(list(boxes1[i]), list(boxes2[j]))
    print("compared", len(boxes1), "boxes with", len(boxes2))
    return table


def shape_iou(shapes1, shapes2):
    zeros1 = np.zeros((len(shapes1), 2))
    zeros2 = np.zeros((len(shapes2), 2))
    return iou_matrix(np.hstack((zeros1, shapes1)), np.hstack((zeros2, shapes2)))


def kmeans_anchors(shapes, anchors, num_iterations=10):
    current = []
    for anchor in anchors:
        current.append([float(anchor[0]), float(anchor[1])])
    current = np.array(current)
    for iteration in range(num_iterations):
        overlap = shape_iou(shapes, current)
        groups = []
        for k in range(len(current)):
            groups.append([])
        for i in range(len(shapes)):
            winner = 0
            for k in range(1, len(current)):
                if overlap[i, k] > overlap[i, winner]:
                    winner = k
            groups[winner].append(shapes[i])
        for k in range(len(current)):
            if groups[k] != []:
                current[k] = sum(groups[k]) / len(groups[k])
        print("round", iteration, "sizes of the groups", [len(group) for group in groups])
    return current


def encode_boxes(boxes, classes, anchors, grid_shape, n_classes):
    rows_of_grid = grid_shape[0]
    columns_of_grid = grid_shape[1]
    Y = np.zeros((rows_of_grid, columns_of_grid, len(anchors), 5 + n_classes))
    for i in range(len(boxes)):
        x = boxes[i][0] * columns_of_grid
        y = boxes[i][1] * rows_of_grid
        column = int(x // 1)
        row = int(y // 1)
        overlap = shape_iou(np.array([boxes[i][2:]]), anchors)[0]
        k = list(overlap).index(max(overlap))
        Y[row][column][k][0] = 1
        Y[row][column][k][1] = x - column
        Y[row][column][k][2] = y - row
        Y[row][column][k][3] = math.log(boxes[i][2] / anchors[k][0])
        Y[row][column][k][4] = math.log(boxes[i][3] / anchors[k][1])
        for c in range(n_classes):
            Y[row][column][k][5 + c] = 1 if c == classes[i] else 0
    return Y


def decode_boxes(Y, anchors):
    grid_H = Y.shape[0]
    grid_W = Y.shape[1]
    box_xy = Y[..., 1:3].copy()
    box_wh = Y[..., 3:5].copy()
    for row in range(grid_H):
        box_xy[row, :, :, 1] += row
    for column in range(grid_W):
        box_xy[:, column, :, 0] += column
    box_xy[..., 0] /= grid_W
    box_xy[..., 1] /= grid_H
    for k in range(len(anchors)):
        box_wh[:, :, k, 0] = anchors[k][0] * np.exp(box_wh[:, :, k, 0])
        box_wh[:, :, k, 1] = anchors[k][1] * np.exp(box_wh[:, :, k, 1])
    box_confidence = Y[..., 0:1].copy()
    box_class_probs = Y[..., 5:].copy()
    assert box_confidence.shape[:-1] == box_class_probs.shape[:-1]
    return box_xy, box_wh, box_confidence, box_class_probs


def yolo_boxes_to_corners(box_xy, box_wh):
    x = box_xy[..., 0]
    y = box_xy[..., 1]
    half_width = box_wh[..., 0] / 2
    half_height = box_wh[..., 1] / 2
    corners = np.zeros(x.shape + (4,))
    corners[..., 0] = y - half_height
    corners[..., 1] = x - half_width
    corners[..., 2] = y + half_height
    corners[..., 3] = x + half_width
    return corners


def yolo_filter_boxes(boxes, box_confidence, box_class_probs, threshold=0.6):
    kept_scores = []
    kept_boxes = []
    kept_classes = []
    for row in range(boxes.shape[0]):
        for column in range(boxes.shape[1]):
            for k in range(boxes.shape[2]):
                best_class = 0
                best_score = -1
                for c in range(box_class_probs.shape[3]):
                    score = box_confidence[row, column, k, 0] * box_class_probs[row, column, k, c]
                    if score > best_score:
                        best_score = score
                        best_class = c
                if best_score >= threshold:
                    kept_scores.append(best_score)
                    kept_boxes.append(boxes[row, column, k])
                    kept_classes.append(best_class)
    kept_boxes = np.array(kept_boxes).reshape(len(kept_boxes), 4)
    return np.array(kept_scores), kept_boxes, np.array(kept_classes, dtype=int)


def yolo_non_max_suppression(scores, boxes, classes, max_boxes=10, iou_threshold=0.5):
    remaining = list(range(len(scores)))
    chosen = []
    while len(remaining) > 0 and len(chosen) < max_boxes:
        best = remaining[0]
        for i in remaining:
            if scores[i] > scores[best]:
                best = i
        chosen.append(best)
        remaining.remove(best)
        survivors = []
        for i in remaining:
            if classes[i] == classes[best] and iou(boxes[i], boxes[best]) > iou_threshold:
                print("box", i, "gives way to box", best)
            else:
                survivors.append(i)
        remaining = survivors
    out_scores = np.array([scores[i] for i in chosen])
    out_boxes = np.array([boxes[i] for i in chosen]).reshape(len(chosen), 4)
    out_classes = np.array([classes[i] for i in chosen], dtype=int)
    return out_scores, out_boxes, out_classes


def scale_boxes(boxes, image_shape):
    scaled = np.zeros(boxes.shape)
    for i in range(len(boxes)):
        scaled[i, 0] = boxes[i, 0] * image_shape[0]
        scaled[i, 1] = boxes[i, 1] * image_shape[1]
        scaled[i, 2] = boxes[i, 2] * image_shape[0]
        scaled[i, 3] = boxes[i, 3] * image_shape[1]
    return scaled


def yolo_eval(
    yolo_outputs,
    image_shape=(720.0, 1280.0),
    max_boxes=10,
    score_threshold=0.6,
    iou_threshold=0.5,
):
    box_xy = yolo_outputs[0]
    box_wh = yolo_outputs[1]
    box_confidence = yolo_outputs[2]
    box_class_probs = yolo_outputs[3]
    boxes = yolo_boxes_to_corners(box_xy, box_wh)
    scores, boxes, classes = yolo_filter_boxes(
        boxes, box_confidence, box_class_probs, threshold=score_threshold
    )
    print(len(scores), "boxes are sure enough")
    scores, boxes, classes = yolo_non_max_suppression(
        scores, boxes, classes, max_boxes=max_boxes, iou_threshold=iou_threshold
    )
    boxes = scale_boxes(boxes, image_shape)
    return scores, boxes, classes


def region_anchors(grid_shape, stride, sizes, ratios):
    rows, columns = grid_shape
    anchors = np.zeros((rows, columns, len(sizes), len(ratios), 4))
    for row in range(rows):
        for column in range(columns):
            for i, size in enumerate(sizes):
                for j, ratio in enumerate(ratios):
                    height = size * math.sqrt(ratio)
                    width = size / math.sqrt(ratio)
                    left = column * stride + stride / 2 - width / 2
                    top = row * stride + stride / 2 - height / 2
                    anchors[row, column, i, j] = [left, top, left + width, top + height]
    return anchors.reshape(rows * columns * len(sizes) * len(ratios), 4)


def label_anchors(anchors, boxes, positive=0.7, negative=0.3):
    overlap = iou_matrix(anchors, boxes)
    labels = []
    for i in range(len(anchors)):
        label = 0
        for j in range(len(boxes)):
            if overlap[i, j] >= negative and label == 0:
                label = -1
            if overlap[i, j] >= positive:
                label = 1
        for j in range(len(boxes)):
            if overlap[i, j] > 0 and overlap[i, j] == max(overlap[:, j]):
                label = 1
        labels.append(label)
    return np.array(labels, dtype=int)


def match_detections(scores, boxes, truth, iou_threshold=0.5):
    correct = [False] * len(scores)
    found = [False] * len(truth)
    order = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)
    for i in order:
        best_overlap = 0.0
        best_object = None
        for j in range(len(truth)):
            overlap = iou(boxes[i], truth[j])
            if overlap > best_overlap:
                best_overlap = overlap
                best_object = j
        if best_object is None or best_overlap < iou_threshold:
            continue
        if not found[best_object]:
            found[best_object] = True
            correct[i] = True
    return np.array(correct, dtype=bool)


def average_precision(scores, correct, n_truth):
    order = np.argsort(-scores, kind="stable")
    precisions = []
    recalls = []
    true_positives = 0
    false_positives = 0
    for i in order:
        if correct[i]:
            true_positives += 1
        else:
            false_positives += 1
        precisions.append(true_positives / (true_positives + false_positives))
        recalls.append(true_positives / n_truth)
    area = 0.0
    previous_recall = 0.0
    for k in range(len(precisions)):
        best = max(precisions[k:])
        area += (recalls[k] - previous_recall) * best
        previous_recall = recalls[k]
    return area


def mean_average_precision(detections, truths, n_classes, iou_threshold=0.5):
    total = 0.0
    counted = 0
    for c in range(n_classes):
        class_scores = []
        class_correct = []
        n_truth = 0
        for detection, truth in zip(detections, truths):
            scores, boxes, classes = detection
            true_boxes, true_classes = truth
            own_scores = np.array([s for s, k in zip(scores, classes) if k == c])
            own_boxes = [b for b, k in zip(boxes, classes) if k == c]
            wanted = [b for b, k in zip(true_boxes, true_classes) if k == c]
            own_boxes = np.array(own_boxes).reshape(len(own_boxes), 4)
            wanted = np.array(wanted).reshape(len(wanted), 4)
            n_truth += len(wanted)
            correct = match_detections(own_scores, own_boxes, wanted, iou_threshold)
            class_scores.extend(list(own_scores))
            class_correct.extend(list(correct))
        if n_truth == 0:
            continue
        total += average_precision(
            np.array(class_scores), np.array(class_correct, dtype=bool), n_truth
        )
        counted += 1
    return total / counted
