"""Changed copies of whole batches of colour images; what chance decides is handed in.

Images are (m, height, width, channels), float, with values from 0 to 1; three channels where
colours are meant.

References
----------
.. [1] A. Krizhevsky, I. Sutskever, G. Hinton: ImageNet Classification with Deep Convolutional
   Neural Networks, NIPS 2012, section 4.1 (crops, mirrors, ten crops, colours along the
   principal components).
"""

import numpy as np

from helpers.augmentation import crop, flip_horizontal


def mirror_images(images: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Mirror the chosen images of a batch: left and right change places.

    Parameters
    ----------
    images : ndarray of float, shape (m, height, width, channels)
        The images.
    chosen : ndarray of bool, shape (m,)
        True for each image to mirror.

    Returns
    -------
    ndarray of float, shape (m, height, width, channels)
        All images in their order, the chosen ones mirrored.

    Examples
    --------
    >>> images = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).reshape(2, 1, 3, 1)
    >>> mirror_images(images, np.array([False, True]))[:, 0, :, 0].tolist()
    [[1.0, 2.0, 3.0], [6.0, 5.0, 4.0]]
    """
    return np.where(chosen[:, None, None, None], images[:, :, ::-1], images)


def crop_images(
    images: np.ndarray, tops: np.ndarray, lefts: np.ndarray, height: int, width: int
) -> np.ndarray:
    """Cut a rectangle out of each image, each at its own place.

    Parameters
    ----------
    images : ndarray of float, shape (m, H, W, channels)
        The images.
    tops, lefts : ndarray of int, shape (m,)
        Row and column of the first pixel of each rectangle.
    height, width : int
        The size of all rectangles, which lie inside of the images.

    Returns
    -------
    ndarray of float, shape (m, height, width, channels)

    Examples
    --------
    >>> images = np.arange(6.0).reshape(2, 1, 3, 1)
    >>> crop_images(images, np.array([0, 0]), np.array([0, 1]), 1, 2)[:, 0, :, 0].tolist()
    [[0.0, 1.0], [4.0, 5.0]]
    """
    places = zip(images, tops, lefts, strict=True)
    return np.stack([crop(image, top, left, height, width) for image, top, left in places])


def color_shift(images: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """Add an amount to each colour of each image; values stay between 0 and 1.

    Parameters
    ----------
    images : ndarray of float, shape (m, height, width, 3)
        The images.
    shifts : ndarray of float, shape (m, 3)
        How much red, green and blue each image gets; less, where negative.

    Returns
    -------
    ndarray of float, shape (m, height, width, 3)

    Examples
    --------
    >>> grey = np.full((1, 1, 1, 3), 0.5)
    >>> color_shift(grey, np.array([[0.25, 0.0, -0.75]])).ravel().tolist()
    [0.75, 0.5, 0.0]
    """
    shifted: np.ndarray = np.clip(images + shifts[:, None, None, :], 0.0, 1.0)
    return shifted


def color_covariance(images: np.ndarray) -> np.ndarray:
    """Compute how the three colours of the pixels of a training set vary together.

    Parameters
    ----------
    images : ndarray of float, shape (m, height, width, 3)
        The images.

    Returns
    -------
    ndarray of float, shape (3, 3)
        The covariance matrix of (red, green, blue), over all pixels of all images.

    Examples
    --------
    >>> two_pixels = np.array([[0.25, 0.5, 0.0], [0.75, 0.5, 1.0]]).reshape(1, 1, 2, 3)
    >>> color_covariance(two_pixels).tolist()
    [[0.0625, 0.0, 0.125], [0.0, 0.0, 0.0], [0.125, 0.0, 0.25]]
    """
    pixels = images.reshape(-1, 3)
    centred = pixels - np.mean(pixels, axis=0)
    covariance: np.ndarray = centred.T @ centred / len(pixels)
    return covariance


def pca_color_shift(
    images: np.ndarray, eigenvalues: np.ndarray, eigenvectors: np.ndarray, alphas: np.ndarray
) -> np.ndarray:
    """Shift the colours of each image along the directions in which colours vary.

    Parameters
    ----------
    images : ndarray of float, shape (m, height, width, 3)
        The images.
    eigenvalues : ndarray of float, shape (3,)
        The eigenvalues of the colours' covariance matrix.
    eigenvectors : ndarray of float, shape (3, 3)
        Its eigenvectors, one a column, in the same order.
    alphas : ndarray of float, shape (m, 3)
        The random numbers of each image, one for each direction.

    Returns
    -------
    ndarray of float, shape (m, height, width, 3)
        The images, with values from 0 to 1.

    Examples
    --------
    >>> swap = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    >>> grey, alphas = np.full((1, 1, 1, 3), 0.5), np.array([[2.0, -1.0, 0.0]])
    >>> pca_color_shift(grey, np.array([0.125, 0.25, 0.5]), swap, alphas).ravel().tolist()
    [0.25, 0.75, 0.5]
    """
    return color_shift(images, (alphas * eigenvalues) @ eigenvectors.T)


def ten_crops(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Cut out the four corners and the centre of an image, and mirror each.

    Parameters
    ----------
    image : ndarray of float, shape (H, W, channels)
        The image.
    height, width : int
        The size of the cut-outs, at most that of the image.

    Returns
    -------
    ndarray of float, shape (10, height, width, channels)
        Top left, top right, bottom left, bottom right, centre; then the same five, mirrored.

    Examples
    --------
    >>> ten_crops(np.arange(3.0).reshape(1, 3, 1), 1, 2)[:, 0, :, 0].astype(int).tolist()
    [[0, 1], [1, 2], [0, 1], [1, 2], [0, 1], [1, 0], [2, 1], [1, 0], [2, 1], [1, 0]]
    """
    down, right = image.shape[0] - height, image.shape[1] - width
    corners = [(0, 0), (0, right), (down, 0), (down, right)]
    places = [*corners, (down // 2, right // 2)]
    five = [crop(image, top, left, height, width) for top, left in places]
    return np.stack(five + [flip_horizontal(view) for view in five])
