import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest

from helpers.datasets import DataError, load_scene_parts
from helpers.scenes import CLASS_NAMES, make_scenes

DATA = Path(__file__).resolve().parent.parent / "data"


def test_scenes_have_the_layout_described():
    images, boxes, classes = make_scenes(20, seed=3, size=(40, 72), objects=(0, 4))
    assert images.shape == (20, 40, 72, 3) and images.dtype == np.float32
    assert images.min() >= 0 and images.max() <= 1
    assert {len(scene) for scene in boxes} >= {0, 1, 2, 3}
    assert all(scene.shape == (len(names), 4) for scene, names in zip(boxes, classes, strict=True))
    assert set(np.concatenate(classes)) == set(range(len(CLASS_NAMES)))


def test_boxes_lie_inside_and_have_the_sizes_asked_for():
    _, boxes, _ = make_scenes(30, seed=1, size=(50, 40), scale=(0.3, 0.8))
    corners = np.concatenate(boxes)
    width, height = corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]
    assert corners.min() >= 0 and corners[:, 2].max() <= 40 and corners[:, 3].max() <= 50
    longer = np.maximum(width, height)
    assert longer.min() >= 0.3 * 40 - 3 and longer.max() <= 0.8 * 40
    assert np.any(height > 2 * width) and np.any(width > 1.1 * height)


def test_a_box_holds_the_object():
    """Two scenes that differ in one object differ inside of its box."""
    for seed in range(8):
        empty = make_scenes(1, seed, objects=(0, 0))[0][0]
        image, boxes, _ = make_scenes(1, seed, objects=(1, 1))
        assert empty.shape == image[0].shape
        x1, y1, x2, y2 = boxes[0][0].astype(int)
        inside = image[0, y1:y2, x1:x2]
        assert inside.size and inside.std() > 0


def test_the_same_seed_gives_the_same_scenes():
    first, second = make_scenes(3, seed=5), make_scenes(3, seed=5)
    assert np.array_equal(first[0], second[0])
    assert all(map(np.array_equal, first[1], second[1]))
    assert not np.array_equal(first[0], make_scenes(3, seed=6)[0])


def test_without_overlap_boxes_may_touch_but_objects_do_not_hide_each_other():
    _, apart, _ = make_scenes(30, seed=2, objects=(3, 3), overlap=0)
    _, over, _ = make_scenes(30, seed=2, objects=(3, 3), overlap=0.5)
    assert _shared(apart) < _shared(over)


def _shared(boxes):
    """Average the area that boxes have in common."""
    total = 0.0
    for scene in boxes:
        for i in range(len(scene)):
            for other in scene[:i]:
                low, high = np.maximum(scene[i, :2], other[:2]), np.minimum(scene[i, 2:], other[2:])
                total += np.prod(np.clip(high - low, 0, None))
    return total / len(boxes)


def test_training_and_test_share_neither_coins_nor_textures():
    train, test = load_scene_parts("train", DATA), load_scene_parts("test", DATA)
    coins = {pixels.tobytes() for pixels in train.cutouts[train.labels == 1]}
    assert len(coins) == 14 and np.sum(test.labels == 1) == 8
    assert not [p for p in test.cutouts[test.labels == 1] if p.tobytes() in coins]
    assert not np.array_equal(train.textures, test.textures)


def test_there_is_no_third_part():
    with pytest.raises(ValueError, match="choose train or test"):
        load_scene_parts("dev", DATA)


@pytest.mark.parametrize(
    "key, value, message",
    [
        ("train_cutouts", None, "has no array 'train_cutouts'"),
        ("train_cutouts", np.zeros((4, 5, 3), np.uint8), "4 axes, not 3"),
        ("train_textures", np.zeros((3, 4, 5)), "uint8, not float64"),
        ("train_labels", np.zeros(2, int), "should hold 17 labels"),
    ],
)
def test_wrong_file(tmp_path, key, value, message):
    shutil.copy(DATA / "scene_parts.h5", tmp_path)
    with h5py.File(tmp_path / "scene_parts.h5", "r+") as file:
        del file[key]
        if value is not None:
            file[key] = value
    with pytest.raises(DataError, match=message):
        load_scene_parts("train", tmp_path)
