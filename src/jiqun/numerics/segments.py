r"""How many stretches of constant make a series has, by exact marginal likelihood.

Every way of cutting T windows into k stretches is equally probable beforehand; within a stretch the
parameters are the same and integrated out, between stretches they are unrelated.

.. math::
    p(y \mid k) = \binom{T-1}{k-1}^{-1} \sum_{cuts} \prod_{j=1}^{k} m(y_{j})

References
----------
Barry, D. & Hartigan, J. A. (1992). Product partition models for change point problems. Annals of
Statistics 20(1), 260-279. doi:10.1214/aos/1176348521
Fearnhead, P. (2006). Exact and efficient Bayesian inference for multiple changepoint problems. Statistics
and Computing 16(2), 203-213. doi:10.1007/s11222-006-8450-8
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

Floats = NDArray[np.float64]


def log_marginal(segment: Floats, most: int) -> Floats:
    """Return log p(y | k) for k = 1 … most.

    Parameters
    ----------
    segment
        ``segment[i, j]``: log marginal likelihood of windows i … j as one stretch, shape (T, T).
    most
        Largest number of stretches.

    Returns
    -------
    NDArray
        Shape (most,); minus infinity where there are fewer windows than stretches.
    """
    times = len(segment)
    found = np.full(most, -np.inf)
    reached = segment[0].copy()  # one stretch from the first window to j
    for k in range(1, min(most, times) + 1):
        ways = gammaln(times) - gammaln(k) - gammaln(times - k + 1)
        found[k - 1] = reached[-1] - ways
        ahead = np.full(times, -np.inf)
        for j in range(k, times):
            ahead[j] = logsumexp(reached[k - 1 : j] + segment[k : j + 1, j])
        reached = ahead
    return found


def multinomial_segments(counts: Floats, concentration: Floats) -> Floats:
    """Log marginal likelihood of counts with one Dirichlet-distributed mix per stretch.

    Parameters
    ----------
    counts
        Events of each kind in each window, shape (T, K).
    concentration
        Of the Dirichlet prior, shape (K,).

    Returns
    -------
    NDArray
        Shape (T, T), upper triangle; without the multinomial coefficients, which cancel between
        numbers of stretches.
    """
    times = len(counts)
    sums = np.vstack([np.zeros(counts.shape[1]), np.cumsum(counts, axis=0)])
    found = np.zeros((times, times))
    total = concentration.sum()
    for i in range(times):
        within = sums[i + 1 :] - sums[i]
        n = within.sum(axis=1)
        found[i, i:] = (
            gammaln(total)
            - gammaln(total + n)
            + (gammaln(concentration + within) - gammaln(concentration)).sum(axis=1)
        )
    return found


def normal_segments(values: Floats, errors: Floats, spread: float) -> Floats:
    """Log marginal likelihood of values around one unknown level per stretch.

    Parameters
    ----------
    values
        One a window, NaN where missing, shape (T,).
    errors
        Standard deviation of each value around its level, shape (T,).
    spread
        Standard deviation of levels around the mean of all values, in the unit of the values.

    Returns
    -------
    NDArray
        Shape (T, T), upper triangle.
    """
    times = len(values)
    known = np.isfinite(values)
    precision = np.where(known, 1.0 / errors**2, 0.0)
    centred = np.where(known, values - np.average(values[known], weights=precision[known]), 0.0)
    norm = np.where(known, -np.log(errors) - 0.5 * np.log(2 * np.pi), 0.0)
    found = np.zeros((times, times))
    for i in range(times):
        p, y = precision[i:], centred[i:]
        weight, pull = np.cumsum(p), np.cumsum(p * y)
        square, constant = np.cumsum(p * y * y), np.cumsum(norm[i:])
        shrink = weight + 1.0 / spread**2
        found[i, i:] = (
            constant - 0.5 * (square - pull**2 / shrink) - 0.5 * np.log(shrink * spread**2)
        )
    return found
