r"""How the odds of a tie fall with distance, against partners exchanged within strata.

Ties are cases; the same ties with their targets shuffled inside a stratum (sector and period) are
controls, which keep how many ties each firm has, in which sectors and when. The logistic regression

.. math:: \log \text{odds} = a + b \, x, \qquad x = \log(1 + d / 1\,\text{km})

of cases against controls then has b = 0 where distance does not matter, however firms are spread.

References
----------
Fafchamps, M. & Gubert, F. (2007). The formation of risk sharing networks. Journal of Development
Economics 83(2), 326-350. doi:10.1016/j.jdeveco.2006.05.005
Sorenson, O. & Stuart, T. E. (2001). Syndication networks and the spatial distribution of venture
capital investments. American Journal of Sociology 106(6), 1546-1588. doi:10.1086/321301
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.clustered import Incidence, clustered_error

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EARTH_RADIUS_KM = 6371.0088
ROUNDS = 50
CONVERGED = 1e-10
LARGEST_STEP = 5.0
SINGULAR = 1e12
"""Condition number from which covariates are taken to be one."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A coefficient of the regression with its standard error, clustered on firms.

    Attributes
    ----------
    value, error
        Coefficient and standard error.
    freedom
        Degrees of freedom for Student's t.
    """

    value: float
    error: float
    freedom: float


def great_circle_km(one: Floats, other: Floats) -> Floats:
    """Return great-circle distances, km, between rows of longitude and latitude, shape (..., 2)."""
    lon, lat = np.radians(one[..., 0]), np.radians(one[..., 1])
    lon2, lat2 = np.radians(other[..., 0]), np.radians(other[..., 1])
    half = np.sin((lat2 - lat) / 2.0) ** 2
    half = half + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2.0) ** 2
    return np.asarray(2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def exchanged_partners(target: Ints, stratum: Ints, copies: int, rng: np.random.Generator) -> Ints:
    """Shuffle targets within strata.

    Parameters
    ----------
    target, stratum
        Of each tie, shape (E,).
    copies
        Shuffles.
    rng
        Source of the shuffles.

    Returns
    -------
    numpy.ndarray
        Shape (copies, E).
    """
    order = np.argsort(stratum, kind="stable")
    drawn = np.empty((copies, target.size), np.int64)
    for copy in range(copies):
        shuffled = np.lexsort((rng.random(target.size), stratum))
        drawn[copy, order] = target[shuffled]
    return drawn


def odds_slopes(
    cases: Floats, controls: Floats, weight: Floats, source: Ints, target: Ints, firms: int
) -> tuple[Slope, ...] | None:
    """Regress being a tie on covariates, with errors clustered on both firms of a tie.

    Parameters
    ----------
    cases
        Covariates of the ties, shape (E, K), without the constant.
    controls
        Covariates of the ties with exchanged partners, shape (C, E, K).
    weight
        Weight of each control, shape (C, E); 0 leaves one out.
    source, target
        Firms of the ties, shape (E,).
    firms
        Number of firms.

    Returns
    -------
    tuple of Slope or None
        One per covariate; None where the regression has no finite solution.
    """
    x = np.concatenate([np.ones((cases.shape[0], 1)), cases], axis=1)
    ones = np.ones((*controls.shape[:2], 1))
    z = np.concatenate([ones, controls], axis=2)
    beta = _fit(x, z, weight)
    if beta is None:
        return None
    residual, other = 1.0 - _share(x @ beta), weight * _share(z @ beta)
    score = residual[:, None] * x - np.einsum("ce,cek->ek", other, z)
    curvature = _curvature(x, z, weight, beta)
    influence = np.linalg.solve(curvature, score.T)
    ends = np.concatenate([np.arange(source.size)] * 2)
    incidence = Incidence(ends, np.concatenate([source, target]), source.size, firms)
    found = (
        (float(b), clustered_error(row, incidence)) for b, row in zip(beta, influence, strict=True)
    )
    return tuple(Slope(b, e.error, e.freedom) for b, e in found)[1:]


def _share(eta: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(eta, -500.0, 500.0))))


def _curvature(x: Floats, z: Floats, weight: Floats, beta: Floats) -> Floats:
    p, q = _share(x @ beta), _share(z @ beta)
    of_cases = (x * (p * (1.0 - p))[:, None]).T @ x
    flat = z.reshape(-1, z.shape[2])
    of_controls = (flat * (weight * q * (1.0 - q)).reshape(-1, 1)).T @ flat
    return np.asarray(of_cases + of_controls)


def _fit(x: Floats, z: Floats, weight: Floats) -> Floats | None:
    """Maximise the weighted log-likelihood by Newton's method."""
    beta = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        curvature = _curvature(x, z, weight, beta)
        if not np.linalg.cond(curvature) < SINGULAR:
            return None
        gradient = (1.0 - _share(x @ beta)) @ x
        gradient = gradient - np.einsum("ce,cek->k", weight * _share(z @ beta), z)
        step = np.linalg.solve(curvature, gradient)
        beta = beta + np.clip(step, -LARGEST_STEP, LARGEST_STEP)
        if float(np.abs(step).max()) < CONVERGED:
            return np.asarray(beta)
    return None
