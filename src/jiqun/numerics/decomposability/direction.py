r"""The index D as a direction: how much is bilateral (a), how much goes by the weakest pair (b).

.. math::
    D = \frac{\max(a, 0)}{\max(a, 0) + |b|}

The interval holds every direction that the data do not reject (Fieller), with the law of the statistic
from the bootstrap. It is right at both ends, where D = 1 or D = 0 and an interval around D itself is not.
D is only given where a signal was found; what is rejected is judged by the law given that (Fithian et al.),
so that a signal just found does not pass for a precise one.

Paper: K3f, K3g (decomposable into bilateral ties, or not)

References
----------
Fieller, E. C. (1954). Some problems in interval estimation. Journal of the Royal Statistical Society B
16(2), 175-185. doi:10.1111/j.2517-6161.1954.tb00159.x
Fithian, W., Sun, D. & Taylor, J. (2014). Optimal inference after model selection. arXiv:1410.2597.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri

Floats = NDArray[np.float64]
Verdict = Literal["decomposable", "irreducible", "undecided", "no signal", "reversed"]

LEVEL = 0.9
GATE = 0.05
"""Chance of a number where neither a nor b differs from zero."""
MIDDLE = 0.5
BATCH = 64
TURNS = 1801


@dataclass(frozen=True, slots=True)
class Index:
    """D with its interval.

    Attributes
    ----------
    value, low, high
        D and its interval; NaN where the gate is closed.
    bilateral, weakest
        a and b: change of the outcome for one standard deviation of the pair's own state, and of
        the weakest pair's.
    signal
        p-value of a = b = 0.
    verdict
        ``decomposable`` (interval above 0.5), ``irreducible`` (below), ``undecided``; ``no signal``
        where a = b = 0 is not rejected, ``reversed`` where coordinated pairs do worse.
    clusters
        Independent alliances.
    """

    value: float
    low: float
    high: float
    bilateral: float
    weakest: float
    signal: float
    verdict: Verdict
    clusters: int


def index(ab: Floats, influence: Floats, generator: np.random.Generator, draws: int = 999) -> Index:
    """Turn a and b with the clusters' influences on them into D.

    Parameters
    ----------
    ab
        a and b, shape (2,).
    influence
        Change of a and b that each cluster makes, shape (C, 2).
    generator
        Source of the bootstrap.
    draws
        Bootstrap draws of the clusters.
    """
    a, b = float(ab[0]), float(ab[1])
    clusters = influence.shape[0]
    covariance = _covariance(influence)
    across = np.array([-b, a]) / max(float(np.hypot(a, b)), 1e-300)
    wald, studentised = _bootstrap(influence, across, generator, draws)
    statistic = float(ab @ np.linalg.solve(covariance, ab)) if _regular(covariance) else 0.0
    signal = float((1 + (wald >= statistic).sum()) / (draws + 1))
    if signal > GATE or (a <= 0 and b <= 0):
        verdict: Verdict = "no signal" if signal > GATE else "reversed"
        return Index(np.nan, np.nan, np.nan, a, b, signal, verdict, clusters)
    gate = float(np.quantile(wald, 1 - GATE))
    critical = float(np.quantile(studentised, LEVEL))
    low, high = interval(ab, covariance, critical, gate)
    return Index(share(a, b), low, high, a, b, signal, decide(low, high), clusters)


def decide(low: float, high: float) -> Verdict:
    """Give the verdict that an interval allows."""
    return "decomposable" if low > MIDDLE else "irreducible" if high < MIDDLE else "undecided"


def share(a: float, b: float) -> float:
    """Return D for a and b of which one differs from zero."""
    own = max(a, 0.0)
    return own / (own + abs(b)) if own + abs(b) > 0 else 0.0


def interval(
    ab: Floats, covariance: Floats, critical: float, gate: float = 0.0
) -> tuple[float, float]:
    """Return the least and the largest D among the directions that are not rejected.

    Parameters
    ----------
    ab, covariance
        a and b, shape (2,), and their covariance, shape (2, 2), positive definite.
    critical
        Distance from the true direction, in standard errors, that is exceeded with a probability of
        0.1; its law is taken for normal with that scale.
    gate
        Wald statistic above which D is given at all.
    """
    root = np.linalg.cholesky(covariance)
    white = np.linalg.solve(root, ab)
    turns = _kept(float(white @ white), critical, gate)
    ends = [
        float(np.arctan2(*(root @ (_rotation(turn) @ white))[::-1])) for turn in (-turns, turns)
    ]
    middle = float(np.arctan2(ab[1], ab[0]))
    before, after = (middle - end for end in ends)
    first = middle - before % (2 * np.pi)
    last = middle + (-after) % (2 * np.pi)
    shares = [share(float(np.cos(end)), float(np.sin(end))) for end in (first, last)]
    low, high = min(shares), max(shares)
    right_angles = np.pi / 2 * np.arange(-6, 7)
    inside = right_angles[(first <= right_angles) & (right_angles <= last)]
    if (np.abs(np.sin(inside)) < MIDDLE).any() and (np.cos(inside) > MIDDLE).any():
        high = 1.0
    crosses = (np.abs(np.sin(inside)) > MIDDLE).any() or (np.cos(inside) < -MIDDLE).any()
    return (0.0 if crosses else low), high


def _kept(wald: float, critical: float, gate: float) -> float:
    """Return how far one can turn from the estimate, in units of its errors, before all is rejected."""
    turns = np.linspace(0.0, np.pi / 2, TURNS)
    scale = float(ndtri(1 - (1 - LEVEL) / 2)) / critical
    distance = np.sqrt(wald) * np.sin(turns)
    least = np.sqrt(np.maximum(gate - wald * np.cos(turns) ** 2, 0.0))
    kept = log_ndtr(-scale * distance) >= np.log(1 - LEVEL) + log_ndtr(-scale * least)
    return float(turns[np.flatnonzero(kept)[-1]])


def _rotation(turn: float) -> Floats:
    return np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])


def _covariance(influence: Floats) -> Floats:
    """Return the jackknife's covariance, shape (2, 2)."""
    centred = influence - influence.mean(axis=0)
    clusters = influence.shape[0]
    return np.asarray(np.einsum("ij,ik->jk", centred, centred) * (clusters - 1) / clusters)


def _regular(covariance: Floats) -> bool:
    return bool(np.linalg.det(covariance) > 1e-12 * np.prod(np.diag(covariance)) > 0)


def _bootstrap(
    influence: Floats, across: Floats, generator: np.random.Generator, draws: int
) -> tuple[Floats, Floats]:
    """Draw clusters anew: Wald statistics of both coefficients, |t| of the one across, (draws,)."""
    centred = influence - influence.mean(axis=0)
    products = centred[:, [0, 0, 1]] * centred[:, [0, 1, 1]]
    wald, studentised = np.empty(draws), np.empty(draws)
    for first in range(0, draws, BATCH):
        part = slice(first, min(first + BATCH, draws))
        weight = generator.poisson(1.0, (part.stop - first, centred.shape[0])).astype(float)
        shift = np.einsum("ij,jk->ik", weight - 1.0, centred)
        mean = (
            np.einsum("ij,jk->ik", weight, centred) / np.maximum(weight.sum(axis=1), 1.0)[:, None]
        )
        spread = (
            np.einsum("ij,jk->ik", weight, products)
            - weight.sum(axis=1)[:, None] * mean[:, [0, 0, 1]] * (mean[:, [0, 1, 1]])
        )
        aa, ab, bb = (
            np.maximum(spread[:, 0], 1e-300),
            spread[:, 1],
            np.maximum(spread[:, 2], 1e-300),
        )
        determinant = np.maximum(aa * bb - ab**2, 1e-12 * aa * bb)
        x, y = shift.T
        wald[part] = (bb * x**2 - 2 * ab * x * y + aa * y**2) / determinant
        variance = across[0] ** 2 * aa + 2 * across[0] * across[1] * ab + across[1] ** 2 * bb
        studentised[part] = np.abs(shift @ across) / np.sqrt(np.maximum(variance, 1e-300))
    return wald, studentised
