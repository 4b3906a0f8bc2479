"""Week 9, second notebook: transfer learning and data augmentation."""

from __future__ import annotations

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import batch_augmentation, transfer
from helpers.checking.checks import LeavesInputsAlone, Matches, Vectorised
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator


# --- augmentation ---------------------------------------------------------------------------


def _images(rng: Generator, m: int = 0, n_C: int = 3) -> np.ndarray:
    """Draw images that are never square."""
    n_H, n_W = (int(n) for n in rng.permutation([3, 4, 5, 6])[:2])
    return rng.random((m or int(rng.integers(3, 6)), n_H, n_W, n_C))


def _mirror(rng: Generator) -> Arguments:
    images = _images(rng)
    chosen = rng.random(len(images)) < 0.5
    chosen[:2] = rng.permutation([True, False])
    return arguments(images, chosen)


def _mirror_edges(rng: Generator) -> list[Arguments]:
    """Mirror none, all, and a single grey image."""
    images = _images(rng, 3)
    return [
        arguments(images, np.zeros(3, bool)),
        arguments(images, np.ones(3, bool)),
        arguments(_images(rng, 1, n_C=1), np.array([True])),
    ]


MIRROR_IMAGES = Exercise(
    function="mirror_images",
    reference=batch_augmentation.mirror_images,
    inputs=_mirror,
    edge_inputs=_mirror_edges,
    checks=[Matches(points=4, label="the images"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "upside down",
            {"images[:, :, ::-1]": "images[:, ::-1]"},
            "Axis 1 holds the rows: turning it round puts the image upside down. Left and right are axis 2.",
        ),
        Mistake(
            "all of them mirrored",
            "def mirror_images(images, chosen):\n    return images[:, :, ::-1]",
            "Only the images for which `chosen` is True.",
        ),
        Mistake(
            "the others mirrored",
            {"images[:, :, ::-1], images)": "images, images[:, :, ::-1])"},
            "np.where takes what to use where the condition is true first.",
        ),
        Mistake(
            "colours turned round",
            {"images[:, :, ::-1]": "images[:, :, :, ::-1]"},
            "The last axis holds the colours: red and blue have changed places, not left and right.",
        ),
        Mistake(
            "order of the images turned round",
            {"images[:, :, ::-1]": "images[::-1]"},
            "The first axis holds the examples. Each image stays at its place in the batch, or it gets another's label.",
        ),
        Mistake(
            "turned by half a circle",
            {"images[:, :, ::-1]": "images[:, ::-1, ::-1]"},
            "Turning both axes is a rotation by 180 degrees. Mirror the columns only.",
        ),
        Mistake(
            "only the chosen ones returned",
            "def mirror_images(images, chosen):\n    return images[chosen][:, :, ::-1]",
            "Return the whole batch: the images that were not chosen stay in it as they are.",
        ),
        Mistake(
            "chosen ones in reverse order",
            "def mirror_images(images, chosen):\n    new = images.copy()\n    new[chosen] = images[chosen][::-1]\n    return new",
            "images[chosen][::-1] turns the *order* of the chosen images round. Their columns are the third axis: [:, :, ::-1].",
        ),
        Mistake(
            "the others black",
            {"images[:, :, ::-1], images)": "images[:, :, ::-1], 0 * images)"},
            "The images that were not chosen stay as they are: begin with a copy of all images.",
        ),
        Mistake(
            "nothing mirrored",
            {"images[:, :, ::-1], images)": "images, images)"},
            "The images come out as they went in. If you assign to a part of a copy, see that the copy is what you return.",
        ),
        Mistake(
            "first chosen one only",
            "def mirror_images(images, chosen):\n    new = images.copy()\n    if np.any(chosen):\n        first = np.argmax(chosen)\n        new[first] = images[first][:, ::-1]\n    return new",
            "Only the first of the chosen images is mirrored. Mirror all for which `chosen` is True.",
        ),
        Mistake(
            "numbers 0 and 1 for True and False",
            "def mirror_images(images, chosen):\n    new, rows = (images.copy(), chosen.astype(int))\n    new[rows] = images[rows][:, :, ::-1]\n    return new",
            "With whole numbers, images[chosen] takes the images number 0 and 1. Only an array of bool chooses by True and False.",
        ),
        Mistake(
            "every axis turned round",
            "def mirror_images(images, chosen):\n    new = images.copy()\n    new[chosen] = np.flip(images[chosen])\n    return new",
            "np.flip turns all axes round unless you say which one: axis=2.",
        ),
    ],
)


def _crops(rng: Generator, m: int = 0) -> Arguments:
    images = _images(rng, m)
    m, n_H, n_W, _ = images.shape
    height, width = int(rng.integers(1, n_H)), int(rng.integers(1, n_W))
    tops = rng.integers(0, n_H - height + 1, m)
    lefts = rng.integers(0, n_W - width + 1, m)
    return arguments(images, tops, lefts, height, width)


def _crops_edges(rng: Generator) -> list[Arguments]:
    """Cut out of a wide and of a high batch; a single image; nothing cut off."""
    wide, high = rng.random((4, 4, 7, 3)), rng.random((4, 7, 4, 1))
    long, short = np.array([3, 0, 2, 4]), np.array([0, 2, 1, 1])
    whole = _images(rng, 2)
    none = np.zeros(2, int)
    return [
        arguments(wide, short, long, 2, 3),
        arguments(high, long, short, 3, 2),
        _crops(rng, 1),
        arguments(whole, none, none, *whole.shape[1:3]),
    ]


_CROP = "crop(image, top, left, height, width)"

CROP_IMAGES = Exercise(
    function="crop_images",
    reference=batch_augmentation.crop_images,
    inputs=_crops,
    edge_inputs=_crops_edges,
    checks=[Matches(points=4, label="the cut-outs"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "one place for all",
            {_CROP: "crop(image, tops[0], lefts[0], height, width)"},
            "Every image has its own place: tops[i] and lefts[i] belong to image i.",
        ),
        Mistake(
            "top and left swapped",
            {_CROP: "crop(image, left, top, height, width)"},
            "Rows come first: `top` is a row, `left` a column.",
        ),
        Mistake(
            "height and width swapped",
            {_CROP: "crop(image, top, left, width, height)"},
            "The height counts rows, the first axis of an image; the width counts columns.",
        ),
        Mistake(
            "bounds for sizes",
            {_CROP: "image[top:height, left:width]"},
            "A slice ends *before* a position: the rows are top to top + height, not to height.",
        ),
        Mistake(
            "always from the corner",
            {_CROP: "crop(image, 0, 0, height, width)"},
            "Begin at `top` and `left`; yours always begins at the corner.",
        ),
        Mistake(
            "everything else black",
            {
                _CROP: "np.where(np.pad(np.ones((height, width, 1)), ((top, image.shape[0] - height - top), (left, image.shape[1] - width - left), (0, 0))) > 0, image, 0)"
            },
            "Cut the rectangle out; do not leave it in a black frame.",
        ),
        Mistake(
            "one row and one column too many or too few",
            {_CROP: "image[top:top + height - 1, left:left + width - 1]"},
            "The end of a slice is left out: top : top + height already are `height` rows.",
        ),
        Mistake(
            "the first image for all",
            {_CROP: "crop(images[0], top, left, height, width)"},
            "Every cut-out comes from the first image. The i-th comes from image i.",
        ),
        Mistake(
            "the row for row and column",
            {
                _CROP: "crop(image, min(top, image.shape[0] - height), min(top, image.shape[1] - width), height, width)"
            },
            "`tops[i]` is the row, `lefts[i]` the column: you take the row for both.",
        ),
        Mistake(
            "from the centre",
            {
                _CROP: "crop(image, (image.shape[0] - height) // 2, (image.shape[1] - width) // 2, height, width)"
            },
            "Where each rectangle lies, `tops` and `lefts` say: do not take the centre.",
        ),
        Mistake(
            "joined along the rows",
            {"np.stack(": "np.concatenate("},
            "np.concatenate makes one tall image of all. np.stack gives the batch its own axis.",
        ),
    ],
)


def _shifts(rng: Generator) -> Arguments:
    images = _images(rng)
    return arguments(images, 0.4 * rng.normal(size=(len(images), 3)))


def _shifts_edges(rng: Generator) -> list[Arguments]:
    """Shift one image, by little, by much, and three images, as many as there are colours."""
    return [
        arguments(_images(rng, 1), np.array([[0.1, -0.05, 0.2]])),
        arguments(_images(rng, 2), np.array([[2.0, -2.0, 0.0], [-0.7, 0.8, 0.9]])),
        arguments(_images(rng, 3), rng.normal(size=(3, 3))),
    ]


def _many(m: int) -> Arguments:
    rng = np.random.default_rng(0)
    return arguments(_images(rng, m), rng.normal(size=(m, 3)))


COLOR_SHIFT = Exercise(
    function="color_shift",
    reference=batch_augmentation.color_shift,
    inputs=_shifts,
    edge_inputs=_shifts_edges,
    checks=[
        Matches(points=4, label="the images"),
        Vectorised(small=_many(2), large=_many(100)),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "not clipped",
            {
                "np.clip(images + shifts[:, None, None, :], 0.0, 1.0)": "images + shifts[:, None, None, :]"
            },
            "Nothing is lighter than 1 or darker than 0: clip the values.",
        ),
        Mistake(
            "clipped above only",
            {
                "np.clip(images + shifts[:, None, None, :], 0.0, 1.0)": "np.minimum(images + shifts[:, None, None, :], 1.0)"
            },
            "Values below 0 must be clipped, too.",
        ),
        Mistake(
            "the same shift for all images",
            {"shifts[:, None, None, :]": "shifts[0]"},
            "Each image has a shift of its own: row i of `shifts` belongs to image i.",
        ),
        Mistake(
            "one number for all colours",
            {"shifts[:, None, None, :]": "shifts[:, None, None, :1]"},
            "Red, green and blue are shifted by different amounts: that is what changes the colour.",
        ),
        Mistake(
            "multiplied instead of added",
            {"images + shifts": "images * shifts"},
            "A shift is added.",
        ),
        Mistake(
            "shift taken away",
            {"images + shifts": "images - shifts"},
            "Add the shift: a positive number makes a colour stronger.",
        ),
        Mistake(
            "wrapped round instead of clipped",
            {
                "np.clip(images + shifts[:, None, None, :], 0.0, 1.0)": "(images + shifts[:, None, None, :]) % 1.0"
            },
            "What is too light becomes 1, and what is too dark 0. The remainder of a division turns white to black.",
        ),
        Mistake(
            "range for bytes",
            {"0.0, 1.0": "0, 255"},
            "Values above 1 must be clipped, too. (Those of these images run from 0 to 1, not to 255.)",
        ),
        Mistake(
            "shifts clipped instead of the sums",
            {
                "np.clip(images + shifts[:, None, None, :], 0.0, 1.0)": "images + np.clip(shifts[:, None, None, :], 0.0, 1.0)"
            },
            "Add first, then clip the sum: a shift may be negative.",
        ),
        Mistake(
            "brightened by a factor",
            {"images + shifts[:, None, None, :]": "images * (1 + shifts[:, None, None, :])"},
            "A shift is added to every pixel, to dark ones as much as to light ones.",
        ),
        Mistake(
            "the mean shift for all",
            {"shifts[:, None, None, :]": "np.mean(shifts, axis=0)"},
            "Each image has a shift of its own: do not average over the images.",
        ),
        Mistake(
            "colours in the wrong order",
            {"shifts[:, None, None, :]": "shifts[:, None, None, ::-1]"},
            "The first column of `shifts` is red, the last one blue, as in the images.",
        ),
    ],
)


def _covariance(rng: Generator) -> Arguments:
    """Draw images whose colours differ in mean and spread, and depend on each other."""
    mixed = _images(rng) @ rng.uniform(0.05, 0.3, (3, 3))
    return arguments(mixed + rng.uniform(0, 0.1, 3))


def _covariance_edges(rng: Generator) -> list[Arguments]:
    return [
        arguments(_images(rng, 1)),
        arguments(rng.random((1, 1, 2, 3))),
        arguments(rng.random((2, 2, 3, 3)) * [1.0, 0.5, 0.0]),
    ]


COLOR_COVARIANCE = Exercise(
    function="color_covariance",
    reference=batch_augmentation.color_covariance,
    inputs=_covariance,
    edge_inputs=_covariance_edges,
    checks=[Matches(points=5, label="the covariance matrix"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "mean not taken away",
            {"pixels - np.mean(pixels, axis=0)": "pixels"},
            "A covariance is about deviations from the mean: take the mean colour away first.",
        ),
        Mistake(
            "one mean for all colours",
            {"np.mean(pixels, axis=0)": "np.mean(pixels)"},
            "Each colour has its own mean: average over the pixels only, along axis 0.",
        ),
        Mistake(
            "summed instead of averaged",
            {"centred.T @ centred / len(pixels)": "centred.T @ centred"},
            "Divide by the number of pixels.",
        ),
        Mistake(
            "divided by one pixel less",
            {"/ len(pixels)": "/ (len(pixels) - 1)"},
            "Here the average is the plain one, over all pixels: np.cov divides by one less unless you ask for bias=True.",
        ),
        Mistake(
            "divided by the number of images",
            {"/ len(pixels)": "/ len(images)"},
            "The average runs over all pixels of all images.",
        ),
        Mistake(
            "standard deviations divided out",
            {
                "return covariance": "return np.nan_to_num(covariance / np.sqrt(np.outer(np.diag(covariance), np.diag(covariance))))"
            },
            "These are correlations. The covariance keeps the spread of each colour.",
        ),
        Mistake(
            "variances only",
            {"return covariance": "return np.diag(np.diag(covariance))"},
            "Off the diagonal stands how two colours vary together: that is what we are after.",
        ),
        Mistake(
            "pixels torn apart",
            {"images.reshape(-1, 3)": "images.reshape(3, -1).T"},
            "The colours are the *last* axis, so reshape to (-1, 3). Reshaping to (3, -1) cuts the row of numbers in three pieces and mixes colours.",
        ),
        Mistake(
            "product the wrong way round",
            {"centred.T @ centred": "centred @ centred.T"},
            "D @ D.T compares pixels with pixels. Colours with colours is D.T @ D, a 3×3 matrix.",
        ),
        Mistake(
            "variances only, as a row",
            {"centred.T @ centred / len(pixels)": "np.mean(centred ** 2, axis=0)"},
            "These are the three variances, the diagonal. The matrix also says how two colours vary together.",
        ),
        Mistake(
            "divided by all numbers",
            {"/ len(pixels)": "/ pixels.size"},
            "Divide by the number of pixels. Each pixel has three numbers, so `size` is three times as large.",
        ),
        Mistake(
            "divided by the number of colours",
            {"/ len(pixels)": "/ pixels.shape[1]"},
            "The average runs over the pixels, of which there are len(pixels), not over the 3 colours.",
        ),
        Mistake(
            "brightness of each pixel taken away",
            {"np.mean(pixels, axis=0)": "np.mean(pixels, axis=1, keepdims=True)"},
            "Take the mean *colour* away, over all pixels (axis 0), not the mean over the three colours of each pixel.",
        ),
        Mistake(
            "mean of each image taken away",
            {
                "pixels - np.mean(pixels, axis=0)": "(images - np.mean(images, axis=(1, 2), keepdims=True)).reshape(-1, 3)"
            },
            "There is one mean colour for the whole training set. How images differ in colour must not be taken away.",
        ),
    ],
)


def _pca(rng: Generator) -> Arguments:
    """Draw three directions at right angles, in no order, on images that rarely clip."""
    images = 0.2 + 0.6 * _images(rng)
    vectors = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    return arguments(images, rng.uniform(0.05, 0.3, 3), vectors, rng.normal(size=(len(images), 3)))


def _pca_edges(rng: Generator) -> list[Arguments]:
    """One image; three images; strong light, which is clipped."""
    _, values, vectors, _ = _pca(rng).positional
    return [
        arguments(_images(rng, 1), values, vectors, rng.normal(size=(1, 3))),
        arguments(_images(rng, 3), values, vectors, rng.normal(size=(3, 3))),
        arguments(_images(rng, 2), values, vectors, 8 * rng.normal(size=(2, 3))),
    ]


PCA_COLOR_SHIFT = Exercise(
    function="pca_color_shift",
    reference=batch_augmentation.pca_color_shift,
    inputs=_pca,
    edge_inputs=_pca_edges,
    checks=[Matches(points=5, label="the images"), LeavesInputsAlone()],
    uses=("color_shift",),
    mistakes=[
        Mistake(
            "eigenvectors as rows",
            {"eigenvectors.T": "eigenvectors"},
            "The eigenvectors are the *columns* of the matrix. For shifts in rows, multiply by its transpose.",
        ),
        Mistake(
            "eigenvalues forgotten",
            {"alphas * eigenvalues": "alphas"},
            "Each direction is weighted with its eigenvalue: the colours vary more along some than along others.",
        ),
        Mistake(
            "roots of the eigenvalues",
            {"alphas * eigenvalues": "alphas * np.sqrt(eigenvalues)"},
            "The paper's formula has the eigenvalue itself, not its root.",
        ),
        Mistake(
            "random numbers forgotten",
            {"alphas * eigenvalues": "np.ones(alphas.shape) * eigenvalues"},
            "The alphas say how far to go along each direction, this time.",
        ),
        Mistake(
            "without directions",
            {"alphas * eigenvalues @ eigenvectors.T": "alphas * eigenvalues"},
            "α·λ is how far to go along each *direction*. Multiply by the eigenvectors to get amounts of red, green and blue.",
        ),
        Mistake(
            "the first image's numbers for all",
            {"alphas * eigenvalues": "alphas[:1].repeat(len(alphas), axis=0) * eigenvalues"},
            "Each image has its own alphas: one row of them.",
        ),
        Mistake(
            "not clipped",
            {
                "color_shift(images, alphas * eigenvalues @ eigenvectors.T)": "images + (alphas * eigenvalues @ eigenvectors.T)[:, None, None]"
            },
            "The values must stay between 0 and 1. Your `color_shift` sees to that.",
        ),
        Mistake(
            "first direction only",
            {
                "alphas * eigenvalues @ eigenvectors.T": "(alphas * eigenvalues)[:, :1] @ eigenvectors.T[:1]"
            },
            "Three directions, three random numbers: add up all of them.",
        ),
        Mistake(
            "eigenvalues after the directions",
            {"alphas * eigenvalues @ eigenvectors.T": "alphas @ eigenvectors.T * eigenvalues"},
            "α and λ belong together, one pair for each direction: multiply them first, then by the eigenvectors.",
        ),
        Mistake(
            "shifts left transposed",
            {"alphas * eigenvalues @ eigenvectors.T": "eigenvectors @ (alphas * eigenvalues).T"},
            "P @ V.T has an image in each *column*. The shifts must stand in rows, one for each image: V @ P.T.",
        ),
        Mistake(
            "eigenvalues squared",
            {"alphas * eigenvalues": "alphas * eigenvalues ** 2"},
            "Each α is multiplied by λ itself, once.",
        ),
        Mistake(
            "the paper's 0.1 put in",
            {"alphas * eigenvalues": "0.1 * alphas * eigenvalues"},
            "The 0.1 belongs to how the alphas are *drawn*. Here they are given: use them as they are.",
        ),
        Mistake(
            "one amount for all colours",
            {
                "alphas * eigenvalues @ eigenvectors.T": "np.sum(alphas * eigenvalues, axis=1, keepdims=True) * np.ones(3)"
            },
            "α·λ is how far to go along each *direction*, and each direction is a colour of its own: multiply by the eigenvectors.",
        ),
        Mistake(
            "eigenvectors entry by entry",
            {
                "alphas * eigenvalues @ eigenvectors.T": "alphas * eigenvalues * np.sum(eigenvectors, axis=0)"
            },
            "Use a product of matrices, `@`: each shift is a sum of three directions.",
        ),
        Mistake(
            "last direction only",
            {
                "alphas * eigenvalues @ eigenvectors.T": "(alphas * eigenvalues)[:, 2:] @ eigenvectors.T[2:]"
            },
            "All three directions count, not only the last one.",
        ),
    ],
)


def _ten(rng: Generator) -> Arguments:
    image = rng.random((*(int(n) for n in rng.permutation([6, 7, 8, 9])[:2]), 3))
    height, width = (int(n) for n in rng.permutation([2, 3, 4, 5])[:2])
    return arguments(image, height, width)


def _ten_edges(rng: Generator) -> list[Arguments]:
    """Cut nothing off, rows only, columns only; odd remainders; a grey image."""
    image = rng.random((5, 4, 3))
    return [
        arguments(image, 5, 4),
        arguments(image, 3, 4),
        arguments(image, 5, 1),
        arguments(rng.random((8, 7, 1)), 3, 4),
    ]


TEN_CROPS = Exercise(
    function="ten_crops",
    reference=batch_augmentation.ten_crops,
    inputs=_ten,
    edge_inputs=_ten_edges,
    checks=[Matches(points=5, label="the ten views"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "no mirror images",
            {"five + [flip_horizontal(view) for view in five]": "five + five"},
            "The last five are the first five, each mirrored.",
        ),
        Mistake(
            "only five",
            {"five + [flip_horizontal(view) for view in five]": "five"},
            "There should be ten: each of the five also mirrored.",
        ),
        Mistake(
            "mirror images in between",
            {
                "five + [flip_horizontal(view) for view in five]": "[view for one in five for view in (one, flip_horizontal(one))]"
            },
            "First the five, then their mirror images.",
        ),
        Mistake(
            "upside down",
            {"flip_horizontal(view)": "view[::-1]"},
            "The views are mirrored: left and right change places, not top and bottom.",
        ),
        Mistake(
            "centre from the image's middle",
            {
                "(down // 2, right // 2)": "(min(image.shape[0] // 2, down), min(image.shape[1] // 2, right))"
            },
            "A cut-out in the centre does not *begin* in the middle: equally much is left over on both sides.",
        ),
        Mistake(
            "corners in another order",
            {"(0, right), (down, 0)": "(down, 0), (0, right)"},
            "The order is top left, top right, bottom left, bottom right.",
        ),
        Mistake(
            "one row and column short of the corner",
            {
                "image.shape[0] - height, image.shape[1] - width": "max(image.shape[0] - height - 1, 0), max(image.shape[1] - width - 1, 0)"
            },
            "The last place at which a rectangle of this height fits begins at H − height; yours stops one before it.",
        ),
        Mistake(
            "rows and columns swapped",
            {
                "(0, right), (down, 0), (down, right)": "(0, min(down, right)), (min(down, right), 0), (min(down, right), min(down, right))"
            },
            "The image need not be square: there are H − height rows left over, and W − width columns.",
        ),
        Mistake(
            "mirrored before cutting",
            {
                "flip_horizontal(view) for view in five": "crop(flip_horizontal(image), top, left, height, width) for top, left in places"
            },
            "Mirror the five views, not the image: the sixth view is the mirror image of the first, top *left*.",
        ),
        Mistake(
            "centre first",
            {"[*corners, (down // 2, right // 2)]": "[(down // 2, right // 2), *corners]"},
            "The four corners come first, then the centre.",
        ),
        Mistake(
            "centre rounded up",
            {"(down // 2, right // 2)": "((down + 1) // 2, (right + 1) // 2)"},
            "Where the remainder is odd, the centre begins at the half rounded down.",
        ),
        Mistake(
            "corners clockwise",
            {"(down, 0), (down, right)": "(down, right), (down, 0)"},
            "Below, left comes first again: bottom left, then bottom right.",
        ),
        Mistake(
            "mirror images first",
            {
                "five + [flip_horizontal(view) for view in five]": "[flip_horizontal(view) for view in five] + five"
            },
            "First the five views as they are, then their mirror images.",
        ),
        Mistake(
            "turned by half a circle",
            {"flip_horizontal(view)": "view[::-1, ::-1]"},
            "Mirror left and right only; top stays top.",
        ),
        Mistake(
            "height and width swapped",
            {"crop(image, top, left, height, width)": "crop(image, top, left, width, height)"},
            "The height counts rows and comes first.",
        ),
    ],
)


# --- transfer -------------------------------------------------------------------------------


def _network(rng: Generator, depth: int, f: int = 3) -> dict[str, np.ndarray]:
    """Draw `depth` layers of filters and a softmax layer, all of different widths."""
    channels = [1, *(int(n) for n in rng.permutation([2, 3, 4, 5])[:depth])]
    parameters = {}
    for layer in range(1, depth + 1):
        before, after = channels[layer - 1], channels[layer]
        parameters[f"W{layer}"] = rng.normal(size=(f, f, before, after))
        parameters[f"b{layer}"] = rng.normal(size=(1, 1, 1, after))
    n_y, n_x = int(rng.integers(6, 9)), channels[-1] * int(rng.choice([1, 2, 4]))
    parameters[f"W{depth + 1}"] = rng.normal(size=(n_y, n_x))
    parameters[f"b{depth + 1}"] = rng.normal(size=(n_y, 1))
    return parameters


def _run(rng: Generator, depth: int = 3, first: int = 1, last: int = 0, f: int = 3) -> Arguments:
    parameters = _network(rng, depth, f)
    last = last or int(rng.integers(first, depth + 1))
    n_C = parameters[f"W{first}"].shape[2]
    n_H, n_W = (int(n) for n in rng.permutation([4, 5, 6, 7])[:2])
    return arguments(rng.normal(size=(2, n_H, n_W, n_C)), parameters, first=first, last=last)


def _run_any(rng: Generator) -> Arguments:
    return _run(rng, first=int(rng.integers(1, 4)))


def _run_edges(rng: Generator) -> list[Arguments]:
    """Run all layers, one in the middle, none, and layers with larger filters."""
    none = _run(rng, first=2)
    return [
        _run(rng, last=3),
        _run(rng, first=2, last=2),
        arguments(*none.positional, first=2, last=1),
        _run(rng, depth=2, last=2, f=5),
    ]


_HALVING = "_halving(A, W, b)"

RUN_LAYERS = Exercise(
    function="run_layers",
    reference=transfer.run_layers,
    returns=("A", "caches"),
    inputs=_run_any,
    edge_inputs=_run_edges,
    checks=[Matches("A", points=4), Matches("caches", points=2), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "last layer left out",
            {"range(first, last + 1)": "range(first, last)"},
            "range stops before its end: to run layer `last` too, it must end at last + 1.",
        ),
        Mistake(
            "always from the first layer",
            {
                "range(first, last + 1)": "range(first, first + last)",
                "parameters[f'W{layer}'], parameters[f'b{layer}']": "parameters[f'W{layer - first + 1}'], parameters[f'b{layer - first + 1}']",
            },
            "The input may be stored activations: begin at layer `first`.",
        ),
        Mistake(
            "no ReLU",
            {"A = relu(Z)": "A = Z"},
            "Each convolution is followed by ReLU.",
        ),
        Mistake(
            "stride 1",
            {_HALVING: "conv_forward(A, W, b, {'stride': 1, 'pad': W.shape[0] // 2})"},
            "These layers move by 2: each makes the image half as high and half as wide.",
        ),
        Mistake(
            "without padding",
            {_HALVING: "conv_forward(A, W, b, {'stride': 2, 'pad': 0})"},
            "The padding is half of the filter's size, rounded down: 1 for 3 × 3.",
        ),
        Mistake(
            "padding written in",
            {_HALVING: "conv_forward(A, W, b, {'stride': 2, 'pad': 1})"},
            "A padding of 1 fits 3 × 3 filters only: take f // 2, with f from the filters' shape.",
        ),
        Mistake(
            "activation stored instead of the sum",
            {"caches.append((cache, Z))": "caches.append((cache, relu(Z)))"},
            "The cache keeps Z, the output of the convolution before ReLU.",
        ),
        Mistake(
            "caches in the wrong order",
            {"caches.append((cache, Z))": "caches.insert(0, (cache, Z))"},
            "The caches stand in the order of the layers: append them.",
        ),
        Mistake(
            "every layer on the first input",
            {
                "A = relu(Z)": "out = relu(Z)",
                "return (A, caches)": "return (out, caches)",
                "caches = []": "caches, out = ([], A)",
            },
            "A layer works on what the layer before it puts out: its result must become the next layer's input.",
        ),
        Mistake(
            "only the last cache",
            {"caches.append((cache, Z))": "caches = [(cache, Z)]"},
            "The way back needs a cache for every layer: collect them in the list.",
        ),
        Mistake(
            "ReLU forgotten at the end",
            {"return (A, caches)": "return (Z if caches else A, caches)"},
            "The last layer is followed by ReLU as well: return A, not Z.",
        ),
        Mistake(
            "padding of a whole filter",
            {_HALVING: "conv_forward(A, W, b, {'stride': 2, 'pad': W.shape[0]})"},
            "The padding is half of the filter's size, rounded down: f // 2.",
        ),
        Mistake(
            "only the convolutions' caches",
            {"caches.append((cache, Z))": "caches.append(cache)"},
            "Collect pairs: the cache of the convolution, and Z, which says where ReLU was open.",
        ),
        Mistake(
            "pairs the wrong way round",
            {"caches.append((cache, Z))": "caches.append((Z, cache))"},
            "In each pair the cache comes first, then Z.",
        ),
        Mistake(
            "pairs taken apart",
            {"caches.append((cache, Z))": "caches.extend((cache, Z))"},
            "One entry for each layer, a tuple of two: append((cache, Z)), with two pairs of brackets.",
        ),
        Mistake(
            "layer's input stored for its sum",
            {"caches.append((cache, Z))": "caches.append((cache, A))"},
            "Store Z, what the convolution puts out. Its input is in its cache already.",
        ),
        Mistake(
            "all layers",
            {"range(first, last + 1)": "range(first, len(parameters) // 2)"},
            "Stop after layer `last`.",
        ),
        Mistake(
            "stops after one layer",
            {
                "caches.append((cache, Z))\n        A = relu(Z)": "caches.append((cache, Z))\n        A = relu(Z)\n        return (A, caches)"
            },
            "The `return` stands inside of the loop, so that only one layer runs. Move it to the left.",
        ),
    ],
)


def _new_task(rng: Generator) -> Arguments:
    return arguments(_network(rng, int(rng.integers(1, 4))), int(rng.integers(2, 6)))


def _new_task_edges(rng: Generator) -> list[Arguments]:
    """Ask for as many classes as before, for one, and for more."""
    parameters = _network(rng, 2)
    return [
        arguments(parameters, len(parameters["b3"])),
        arguments(_network(rng, 1), 1),
        arguments(_network(rng, 3), 12),
    ]


REPLACE_SOFTMAX = Exercise(
    function="replace_softmax",
    reference=transfer.replace_softmax,
    inputs=_new_task,
    edge_inputs=_new_task_edges,
    checks=[Matches(points=5, label="the parameters"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "old number of classes",
            {
                "np.zeros((n_classes, parameters[f'W{last}'].shape[1]))": "np.zeros(parameters[f'W{last}'].shape)",
                "np.zeros((n_classes, 1))": "np.zeros(parameters[f'b{last}'].shape)",
            },
            "The new task has `n_classes` classes: that many rows.",
        ),
        Mistake(
            "weights transposed",
            {
                "(n_classes, parameters[f'W{last}'].shape[1])": "(parameters[f'W{last}'].shape[1], n_classes)"
            },
            "The weights of a dense layer are (n_y, n_x): a row for each class.",
        ),
        Mistake(
            "bias kept",
            {"new[f'b{last}'] = np.zeros((n_classes, 1))": "pass"},
            "The old biases say how frequent the old classes were. Replace them as well.",
        ),
        Mistake(
            "rank-1 bias",
            {"np.zeros((n_classes, 1))": "np.zeros(n_classes)"},
            "The bias is a column: (n_classes, 1).",
        ),
        Mistake(
            "everything started anew",
            {"name: value.copy() for": "name: 0 * value for"},
            "Only the last layer is new. The layers before it keep what they have learnt: that is the point.",
        ),
        Mistake(
            "a layer added",
            {
                "last = len(parameters) // 2": "last = len(parameters) // 2 + 1",
                "parameters[f'W{last}'].shape[1]": "parameters[f'W{last - 1}'].shape[1]",
            },
            "L is half the number of parameters, W and b. The old softmax layer goes: put the new one in its place.",
        ),
        Mistake(
            "the last layer only",
            {"return new": "return {name: new[name] for name in (f'W{last}', f'b{last}')}"},
            "Return all parameters of the network, not just the new ones.",
        ),
        Mistake(
            "begins with ones",
            {
                "np.zeros((n_classes, parameters[f'W{last}'].shape[1]))": "np.ones((n_classes, parameters[f'W{last}'].shape[1]))",
                "np.zeros((n_classes, 1))": "np.ones((n_classes, 1))",
            },
            "The new layer starts from zeros.",
        ),
        Mistake(
            "random weights",
            {
                "np.zeros((n_classes, parameters[f'W{last}'].shape[1]))": "0.01 * np.random.randn(n_classes, parameters[f'W{last}'].shape[1])"
            },
            "Here the new layer starts from zeros. Behind the softmax layer nothing is hidden, so this does no harm.",
        ),
        Mistake(
            "weights kept",
            {"new[f'W{last}'] = np.zeros((n_classes, parameters[f'W{last}'].shape[1]))": "pass"},
            "The old weights know the old classes. Replace them, not only the biases.",
        ),
        Mistake(
            "as many rows for columns",
            {"parameters[f'W{last}'].shape[1]": "parameters[f'W{last}'].shape[0]"},
            "The number of rows changes, that of columns stays: shape[1] of the old weights is n_x.",
        ),
        Mistake(
            "bias as a row",
            {"np.zeros((n_classes, 1))": "np.zeros((1, n_classes))"},
            "The bias is a column, (n_classes, 1): examples are columns.",
        ),
        Mistake(
            "last layer counted twice",
            {"last = len(parameters) // 2": "last = len(parameters)"},
            "A layer has two parameters, W and b: L is *half* the length of the dictionary.",
        ),
        Mistake(
            "layer before the last replaced",
            {"last = len(parameters) // 2": "last = max(len(parameters) // 2 - 1, 1)"},
            "The softmax layer is the last one, number L. You replace the one before it.",
        ),
    ],
)


def _frozen(rng: Generator) -> Arguments:
    depth = int(rng.integers(2, 5))
    return arguments(_network(rng, depth), int(rng.integers(1, depth + 1)))


def _frozen_edges(rng: Generator) -> list[Arguments]:
    """Freeze nothing, everything, and all but the softmax layer."""
    parameters = _network(rng, 3)
    return [arguments(parameters, frozen) for frozen in (0, 4, 3)]


_SIZES = "parameters[f'W{layer}'].size + parameters[f'b{layer}'].size"

TRAINABLE_COUNT = Exercise(
    function="trainable_count",
    reference=transfer.trainable_count,
    inputs=_frozen,
    edge_inputs=_frozen_edges,
    checks=[Matches(points=4, label="the count")],
    mistakes=[
        Mistake(
            "the frozen ones counted",
            {"range(frozen + 1, len(parameters) // 2 + 1)": "range(1, frozen + 1)"},
            "These are the numbers that stay. Count the layers after the frozen ones.",
        ),
        Mistake(
            "everything counted",
            {"range(frozen + 1,": "range(1,"},
            "The first `frozen` layers are not trained: leave them out.",
        ),
        Mistake(
            "one layer too many",
            {"range(frozen + 1,": "range(max(frozen, 1),"},
            "Layers count from 1: the first layer that is trained is frozen + 1.",
        ),
        Mistake(
            "softmax layer left out",
            {"len(parameters) // 2 + 1)": "len(parameters) // 2)"},
            "The last layer is trained too; range stops before its end.",
        ),
        Mistake(
            "biases forgotten",
            {_SIZES: "parameters[f'W{layer}'].size"},
            "Biases are trained as well.",
        ),
        Mistake(
            "arrays counted",
            {_SIZES: "2"},
            "That is the number of arrays. Count the numbers in them: array.size.",
        ),
        Mistake(
            "rows counted",
            {_SIZES: "len(parameters[f'W{layer}']) + len(parameters[f'b{layer}'])"},
            "len gives the length of the first axis only. All entries are array.size.",
        ),
        Mistake(
            "first and last layer shifted by one",
            {
                "range(frozen + 1, len(parameters) // 2 + 1)": "range(max(frozen, 1), len(parameters) // 2)"
            },
            "Layers count from 1, and range stops before its end: from frozen + 1 up to L is range(frozen + 1, L + 1).",
        ),
        Mistake(
            "softmax layer only",
            {
                "range(frozen + 1, len(parameters) // 2 + 1)": "range(max(frozen + 1, len(parameters) // 2), len(parameters) // 2 + 1)"
            },
            "All layers after the frozen ones are trained, not just the last: *add* each layer's number, += instead of =.",
        ),
        Mistake(
            "one bias for each layer",
            {_SIZES: "parameters[f'W{layer}'].size + 1"},
            "A layer has as many biases as filters or units: count the entries of b, too.",
        ),
        Mistake(
            "the first layers trained",
            {
                "range(frozen + 1, len(parameters) // 2 + 1)": "range(1, len(parameters) // 2 - frozen + 1)"
            },
            "It is the *first* layers that are frozen: begin to count behind them.",
        ),
        Mistake(
            "first trained layer's number only",
            "def trainable_count(parameters, frozen):\n    count = 0\n    for layer in range(frozen + 1, len(parameters) // 2 + 1):\n        count += parameters[f'W{layer}'].size + parameters[f'b{layer}'].size\n        return count\n    return count",
            "The `return` stands inside of the loop, so that one layer counts. Move it to the left.",
        ),
    ],
)


def _step(rng: Generator, frozen: int = -1, all_grads: bool = False) -> Arguments:
    depth = int(rng.integers(2, 4))
    parameters = _network(rng, depth)
    frozen = int(rng.integers(1, depth + 1)) if frozen < 0 else frozen
    trained = range(1 if all_grads else frozen + 1, depth + 2)
    names = [f"{letter}{layer}" for layer in trained for letter in "Wb"]
    grads = {f"d{name}": rng.normal(size=parameters[name].shape) for name in names}
    return arguments(parameters, grads, learning_rate=float(rng.uniform(0.1, 2)), frozen=frozen)


def _step_any(rng: Generator) -> Arguments:
    return _step(rng, all_grads=bool(rng.random() < 0.7))


def _step_edges(rng: Generator) -> list[Arguments]:
    """Freeze nothing, one layer or two, with all gradients there or without, and everything."""
    return [
        _step(rng, frozen=0),
        _step(rng, frozen=1, all_grads=True),
        _step(rng, frozen=2),
        _step(rng, frozen=2, all_grads=True),
        arguments(_network(rng, 2), {}, learning_rate=0.5, frozen=3),
    ]


_W_STEP = "new[f'W{layer}'] = new[f'W{layer}'] - learning_rate * grads[f'dW{layer}']"
_B_STEP = "new[f'b{layer}'] = new[f'b{layer}'] - learning_rate * grads[f'db{layer}']"

FINE_TUNE_STEP = Exercise(
    function="fine_tune_step",
    reference=transfer.fine_tune_step,
    inputs=_step_any,
    edge_inputs=_step_edges,
    checks=[
        Matches("W*", points=3, label="the weights"),
        Matches("b*", points=2, label="the biases"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "nothing frozen",
            {"range(frozen + 1,": "range(1,"},
            "The first `frozen` layers keep their parameters, whether there is a gradient for them or not.",
        ),
        Mistake(
            "one frozen layer moves",
            {"range(frozen + 1,": "range(max(frozen, 1),"},
            "Layers count from 1: the first layer that moves is frozen + 1.",
        ),
        Mistake(
            "softmax layer forgotten",
            {"len(parameters) // 2 + 1)": "len(parameters) // 2)"},
            "The last layer must move too; range stops before its end.",
        ),
        Mistake(
            "only the softmax layer moves",
            {"range(frozen + 1, len": "range(max(frozen + 1, len(parameters) // 2), len"},
            "All layers after the frozen ones move, not just the last.",
        ),
        Mistake(
            "uphill",
            {_W_STEP: _W_STEP.replace(" - ", " + "), _B_STEP: _B_STEP.replace(" - ", " + ")},
            "Against the gradient goes downhill: subtract.",
        ),
        Mistake(
            "learning rate ignored",
            {
                _W_STEP: _W_STEP.replace("learning_rate * ", ""),
                _B_STEP: _B_STEP.replace("learning_rate * ", ""),
            },
            "The gradient is multiplied by the learning rate.",
        ),
        Mistake(
            "biases stay",
            {_B_STEP: "pass"},
            "The biases of the layers that are trained move as well.",
        ),
        Mistake(
            "frozen layers left out of the result",
            {"in parameters.items()}": "in parameters.items() if int(name[1:]) > frozen}"},
            "The network still needs its frozen layers: return them unchanged.",
        ),
        Mistake(
            "whatever has a gradient moves",
            {
                "new[f'W{layer}'] = new[f'W{layer}'] - learning_rate * grads[f'dW{layer}']": "new[f'W{layer}'] = new[f'W{layer}'] - learning_rate * grads.get(f'dW{layer}', 0)",
                "new[f'b{layer}'] = new[f'b{layer}'] - learning_rate * grads[f'db{layer}']": "new[f'b{layer}'] = new[f'b{layer}'] - learning_rate * grads.get(f'db{layer}', 0)",
                "range(frozen + 1,": "range(1,",
            },
            "A frozen layer does not move, even if `grads` holds a gradient for it: begin at layer frozen + 1.",
        ),
        Mistake(
            "keys without the d",
            {
                "grads[f'dW{layer}']": "grads[f'W{layer}']",
                "grads[f'db{layer}']": "grads[f'b{layer}']",
            },
            'There is no such key. The gradients\' names begin with a d: grads[f"dW{layer}"]. And layers count from 1: the first that moves is frozen + 1.',
        ),
        Mistake(
            "steps for parameters",
            {
                _W_STEP: _W_STEP.replace("= new[f'W{layer}'] -", "= -"),
                _B_STEP: _B_STEP.replace("= new[f'b{layer}'] -", "= -"),
            },
            "Take the step *away from the parameters*; these are the steps alone.",
        ),
        Mistake(
            "frozen layers set to zero",
            {"value.copy() for": "(0 if int(name[1:]) <= frozen else 1) * value for"},
            "The frozen layers keep their values: they are what the network has learnt.",
        ),
        Mistake(
            "one layer only",
            {_B_STEP: _B_STEP + "\n        break"},
            "Only the first of the layers moves. Does the `return` stand inside of the loop?",
        ),
    ],
)

EXERCISES = [
    MIRROR_IMAGES,
    CROP_IMAGES,
    COLOR_SHIFT,
    COLOR_COVARIANCE,
    PCA_COLOR_SHIFT,
    TEN_CROPS,
    RUN_LAYERS,
    REPLACE_SOFTMAX,
    TRAINABLE_COUNT,
    FINE_TUNE_STEP,
]
