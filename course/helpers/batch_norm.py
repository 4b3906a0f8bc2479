"""Batch normalisation of a layer's sums, in training and afterwards.

Examples are columns: Z is (n, m), one row for each unit of the layer. Every gradient here is
that of the cost J, so no factor 1/m is left to be added later.

The formulas are those of S. Ioffe, C. Szegedy: Batch normalization: accelerating deep network
training by reducing internal covariate shift, ICML 2015, algorithms 1 and 2 and section 3.
"""

import numpy as np


def batchnorm_forward(
    Z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float = 1e-8
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Normalise each unit's sums over the batch, then scale and shift them.

    Parameters
    ----------
    Z : ndarray of float, shape (n, m)
        The sums of n units for the m examples of a batch.
    gamma, beta : ndarray of float, shape (n, 1)
        The standard deviation and the mean that each unit is given instead.
    epsilon : float
        Added to the variance, so that the root is never zero.

    Returns
    -------
    Z_tilde : ndarray of float, shape (n, m)
        ``gamma * Z_norm + beta``.
    cache : dict of str to ndarray of float
        mu, var, std and gamma, shape (n, 1), and Z_norm, shape (n, m).

    Examples
    --------
    >>> Z = np.array([[1.0, 3.0], [5.0, 5.0]])
    >>> Z_tilde, cache = batchnorm_forward(Z, np.full((2, 1), 2.0), np.full((2, 1), 0.5))
    >>> np.round(Z_tilde, 4).tolist(), cache["mu"].tolist(), cache["var"].tolist()
    ([[-1.5, 2.5], [0.5, 0.5]], [[2.0], [5.0]], [[1.0], [0.0]])
    """
    mu = np.mean(Z, axis=1, keepdims=True)
    var = np.mean((Z - mu) ** 2, axis=1, keepdims=True)
    std = np.sqrt(var + epsilon)
    Z_norm = (Z - mu) / std
    cache = {"mu": mu, "var": var, "std": std, "Z_norm": Z_norm, "gamma": gamma}
    return gamma * Z_norm + beta, cache


def batchnorm_backward(
    dZ_tilde: np.ndarray, cache: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lead the gradient back through batch normalisation.

    Parameters
    ----------
    dZ_tilde : ndarray of float, shape (n, m)
        The gradient of the cost with respect to the output.
    cache : dict of str to ndarray of float
        std and gamma, shape (n, 1), and Z_norm, shape (n, m), from `batchnorm_forward`.

    Returns
    -------
    dZ : ndarray of float, shape (n, m)
        The gradient with respect to the sums before normalisation.
    dgamma, dbeta : ndarray of float, shape (n, 1)
        The gradients with respect to scale and shift.

    Examples
    --------
    >>> cache = {"Z_norm": np.array([[-1.0, 1.0, 0.0, 0.0]]),
    ...          "std": np.array([[2.0]]), "gamma": np.array([[4.0]])}
    >>> dZ, dgamma, dbeta = batchnorm_backward(np.array([[1.0, 2.0, 0.0, 1.0]]), cache)
    >>> dZ.tolist(), dgamma.tolist(), dbeta.tolist()
    ([[0.5, 1.5, -2.0, 0.0]], [[1.0]], [[4.0]])
    """
    m = dZ_tilde.shape[1]
    Z_norm = cache["Z_norm"]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    own_share = dZ_tilde - dbeta / m - Z_norm * dgamma / m
    return cache["gamma"] / cache["std"] * own_share, dgamma, dbeta


def update_moving_averages(
    running: dict[str, np.ndarray], mu: np.ndarray, var: np.ndarray, momentum: float = 0.9
) -> dict[str, np.ndarray]:
    """Let a batch's mean and variance into the moving averages.

    Parameters
    ----------
    running : dict of str to ndarray of float
        The averages so far, mu and var, shape (n, 1). Neither dictionary nor arrays are changed.
    mu, var : ndarray of float, shape (n, 1)
        Mean and variance of the new batch.
    momentum : float
        The weight of the past, between 0 and 1.

    Returns
    -------
    dict of str to ndarray of float
        The new averages, mu and var, shape (n, 1).

    Examples
    --------
    >>> running = {"mu": np.array([[1.0]]), "var": np.array([[4.0]])}
    >>> new = update_moving_averages(running, np.array([[3.0]]), np.array([[2.0]]), momentum=0.5)
    >>> new["mu"].item(), new["var"].item()
    (2.0, 3.0)
    """
    return {
        "mu": momentum * running["mu"] + (1 - momentum) * mu,
        "var": momentum * running["var"] + (1 - momentum) * var,
    }


def batchnorm_inference(
    Z: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running: dict[str, np.ndarray],
    epsilon: float = 1e-8,
) -> np.ndarray:
    """Normalise with the averages from training, so that each example stands alone.

    Parameters
    ----------
    Z : ndarray of float, shape (n, m)
        The sums of n units; m may be 1.
    gamma, beta : ndarray of float, shape (n, 1)
        The learnt scale and shift.
    running : dict of str to ndarray of float
        mu and var, shape (n, 1), from `update_moving_averages`.
    epsilon : float
        Added to the variance.

    Returns
    -------
    ndarray of float, shape (n, m)
        The normalised, scaled and shifted sums.

    Examples
    --------
    >>> running = {"mu": np.array([[2.0]]), "var": np.array([[4.0]])}
    >>> Z, ten = np.array([[2.0, 4.0]]), np.array([[10.0]])
    >>> np.round(batchnorm_inference(Z, ten, ten, running), 4).tolist()
    [[10.0, 20.0]]
    """
    Z_norm = (Z - running["mu"]) / np.sqrt(running["var"] + epsilon)
    Z_tilde: np.ndarray = gamma * Z_norm + beta
    return Z_tilde
