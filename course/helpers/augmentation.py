"""Changed copies of images, to train with: the label stays, the pixels move.

An image is an array of float, shape (height, width, channels), with values from 0 to 1.
"""

import numpy as np


def flip_horizontal(image: np.ndarray) -> np.ndarray:
    """Mirror an image: left and right change places.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)

    Returns
    -------
    ndarray, shape (height, width, channels)

    Examples
    --------
    >>> flip_horizontal(np.array([[[1], [2], [3]]])).ravel().tolist()
    [3, 2, 1]
    """
    return image[:, ::-1]


def crop(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    """Cut a rectangle out of an image.

    Parameters
    ----------
    image : ndarray, shape (H, W, channels)
    top, left : int
        The row and the column of the rectangle's first pixel.
    height, width : int
        Its size. It lies inside of the image.

    Returns
    -------
    ndarray, shape (height, width, channels)

    Examples
    --------
    >>> crop(np.zeros((64, 64, 3)), top=2, left=5, height=48, width=40).shape
    (48, 40, 3)
    """
    return image[top : top + height, left : left + width]


def shift(image: np.ndarray, down: int, right: int) -> np.ndarray:
    """Move an image inside of its frame; what becomes free is black.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)
    down, right : int
        By how many pixels; a negative number moves up or to the left. Smaller than the image.

    Returns
    -------
    ndarray, shape (height, width, channels)

    Examples
    --------
    >>> shift(np.array([[[1], [2], [3]]]), down=0, right=1).ravel().tolist()
    [0, 1, 2]
    >>> shift(np.array([[[1], [2], [3]]]), down=0, right=-2).ravel().tolist()
    [3, 0, 0]
    """
    height, width, _ = image.shape
    rows, columns = np.arange(height) - down, np.arange(width) - right
    inside_rows = (rows >= 0) & (rows < height)
    inside_columns = (columns >= 0) & (columns < width)
    shifted = np.zeros_like(image)
    target = np.ix_(inside_rows, inside_columns)
    shifted[target] = image[np.ix_(rows[inside_rows], columns[inside_columns])]
    return shifted


def rotate(image: np.ndarray, degrees: float) -> np.ndarray:
    """Turn an image about its centre, counter-clockwise; what comes from outside is black.

    Every pixel of the result looks up where it came from: the nearest pixel of the image.

    Parameters
    ----------
    image : ndarray, shape (height, width, channels)
    degrees : float
        The angle.

    Returns
    -------
    ndarray, shape (height, width, channels)

    Examples
    --------
    >>> rotate(np.array([[[1], [2]], [[3], [4]]]), 90)[:, :, 0].tolist()
    [[2, 4], [1, 3]]
    """
    height, width, _ = image.shape
    angle = np.deg2rad(degrees)
    rows, columns = np.indices((height, width))
    y, x = rows - (height - 1) / 2, columns - (width - 1) / 2
    source_y = np.rint(np.cos(angle) * y + np.sin(angle) * x + (height - 1) / 2).astype(int)
    source_x = np.rint(np.cos(angle) * x - np.sin(angle) * y + (width - 1) / 2).astype(int)
    inside = (source_y >= 0) & (source_y < height) & (source_x >= 0) & (source_x < width)
    rotated = np.zeros_like(image)
    rotated[inside] = image[source_y[inside], source_x[inside]]
    return rotated


def adjust_brightness(image: np.ndarray, factor: float) -> np.ndarray:
    """Make an image lighter or darker; nothing gets lighter than white.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
        Values from 0 to 1.
    factor : float
        What every value is multiplied with: above 1 lighter, below 1 darker.

    Returns
    -------
    ndarray of float, shape (height, width, channels)
        Values from 0 to 1.

    Examples
    --------
    >>> adjust_brightness(np.array([[[0.25], [0.75]]]), 2.0).ravel().tolist()
    [0.5, 1.0]
    """
    return np.minimum(image * factor, 1.0)


def blur(image: np.ndarray, radius: int) -> np.ndarray:
    """Replace every pixel by the mean of the square around it, in each channel.

    Beyond the border, the image goes on as it ends there.

    Parameters
    ----------
    image : ndarray of float, shape (height, width, channels)
    radius : int
        The square has 2 * radius + 1 rows and columns.

    Returns
    -------
    ndarray of float, shape (height, width, channels)

    Examples
    --------
    >>> blur(np.array([[[0.0], [9.0], [0.0], [0.0]]]), radius=1).round(2).ravel().tolist()
    [3.0, 3.0, 3.0, 0.0]
    """
    height, width, _ = image.shape
    padded = np.pad(image, ((radius, radius), (radius, radius), (0, 0)), mode="edge")
    size = 2 * radius + 1
    total = np.zeros(image.shape)
    for i in range(size):
        for j in range(size):
            total += padded[i : i + height, j : j + width]
    return total / size**2
