"""Checking whether somebody is who they say they are, and finding out who it is.

A database holds one encoding (1, n) for each name, a gallery several, (k, n). Encodings have
length 1, so distances lie between 0 and 2.

References
----------
.. [1] Y. Taigman, M. Yang, M. Ranzato, L. Wolf: DeepFace: closing the gap to human-level
   performance in face verification, CVPR 2014.
"""

import numpy as np

from helpers.face_network import img_to_encoding

Arrays = dict[str, np.ndarray]


def recognition_error(error: float, K: int) -> float:
    """Say how often at least one of K independent comparisons goes wrong.

    Parameters
    ----------
    error : float
        How often one comparison goes wrong, from 0 to 1.
    K : int
        How many people there are to compare with.

    Returns
    -------
    float

    Examples
    --------
    >>> round(recognition_error(0.01, K=1), 4), round(recognition_error(0.01, K=100), 4)
    (0.01, 0.634)
    """
    return 1 - (1 - error) ** K


def verify(image_path: str, identity: str, database: Arrays, model: Arrays) -> tuple[float, bool]:
    """Check that a picture shows the person it is said to show.

    Parameters
    ----------
    image_path : str
        The picture.
    identity : str
        The name of the person. Nobody knows a name that is not in the database: the distance is
        infinite then.
    database : dict of str to ndarray of float, shape (1, n)
        One encoding for each name.
    model : dict of str to ndarray
        The network.

    Returns
    -------
    dist : float
        The distance of the picture's encoding from that in the database.
    door_open : bool
        Whether it is less than 0.7.

    Examples
    --------
    >>> from helpers.face_network import initialize_network
    >>> model = initialize_network((4,), n=5, seed=1)
    >>> database = {"Ada": img_to_encoding("test/200/3", model)}
    >>> dist, door_open = verify("test/200/3", "Ada", database, model)
    >>> float(dist), bool(door_open)
    (0.0, True)
    """
    encoding = img_to_encoding(image_path, model)
    dist = float(np.linalg.norm(encoding - database.get(identity, np.inf)))
    return dist, dist < 0.7


def who_is_it(image_path: str, database: Arrays, model: Arrays) -> tuple[float, str]:
    """Find the person of a database who is nearest to a picture.

    Parameters
    ----------
    image_path : str
        The picture.
    database : dict of str to ndarray of float, shape (1, n)
        One encoding for each name, at least one.
    model : dict of str to ndarray
        The network.

    Returns
    -------
    min_dist : float
        The smallest distance.
    identity : str
        Whose encoding it belongs to; if there are several, the first of them.

    Examples
    --------
    >>> from helpers.face_network import initialize_network
    >>> model = initialize_network((4,), n=5, seed=1)
    >>> database = {name: img_to_encoding(f"test/{name}/0", model) for name in ("200", "203")}
    >>> min_dist, identity = who_is_it("test/203/0", database, model)
    >>> float(min_dist), identity
    (0.0, '203')
    """
    encoding = img_to_encoding(image_path, model)
    distances = {name: float(np.linalg.norm(encoding - db)) for name, db in database.items()}
    identity = min(distances, key=lambda name: distances[name])
    return distances[identity], identity


def identify(
    encoding: np.ndarray, gallery: Arrays, threshold: float = 0.7
) -> tuple[float, str | None]:
    """Find the person of a gallery whom an encoding belongs to, or refuse.

    Parameters
    ----------
    encoding : ndarray of float, shape (1, n)
        The encoding of a picture.
    gallery : dict of str to ndarray of float, shape (k, n)
        The encodings of each person's pictures; k may differ from person to person.
    threshold : float
        From this distance on, nobody is recognised.

    Returns
    -------
    min_dist : float
        The smallest distance from any encoding.
    identity : str or None
        Whose encoding it is; None if the distance is not below the threshold.

    Examples
    --------
    >>> gallery = {"Ada": np.eye(2), "Max": np.array([[-1.0, 0.0]])}
    >>> min_dist, identity = identify(np.array([[-0.6, 0.8]]), gallery)
    >>> round(float(min_dist), 4), identity
    (0.6325, 'Ada')
    >>> identify(np.array([[0.0, -1.0]]), gallery)[1] is None
    True
    """
    distances = {
        name: np.min(np.linalg.norm(known - encoding, axis=1)) for name, known in gallery.items()
    }
    nearest = min(distances, key=lambda name: distances[name])
    min_dist = distances[nearest]
    return min_dist, nearest if min_dist < threshold else None


def pair_features(E1: np.ndarray, E2: np.ndarray) -> np.ndarray:
    """Make a column of features of each pair of encodings: how far apart they are, by entry.

    Parameters
    ----------
    E1, E2 : ndarray of float, shape (m, n)
        The encodings of the two pictures of each pair, one a row.

    Returns
    -------
    ndarray of float, shape (n, m)
        The absolute differences, one pair a column.

    Examples
    --------
    >>> pair_features(np.array([[0.5, 0.1]]), np.array([[0.1, 0.6]])).tolist()
    [[0.4], [0.5]]
    """
    features: np.ndarray = np.abs(E1 - E2).T
    return features
