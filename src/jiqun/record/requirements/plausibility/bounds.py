"""Confidence bounds that the screens decide by."""

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import chndtrinc, ndtri

CONFIDENCE = 0.95
Z = float(ndtri((1 + CONFIDENCE) / 2))
FIELLER = 1.06
"""Variance of Fisher's z of a rank correlation is 1.06 / (n - 3): Fieller, Hartley & Pearson
(1957), Biometrika 44, 470-481, doi:10.1093/biomet/44.3-4.470."""


def spearman(x: pl.Series, y: pl.Series) -> float | None:
    """Return Spearman's ρ of two equally long columns; None where one of them does not vary."""
    ranks = pl.DataFrame({"x": x.rank(), "y": y.rank()})
    rho = ranks.select(pl.corr("x", "y")).item()
    return None if rho is None or math.isnan(rho) else float(rho)


def pooled_spearman(pairs: list[tuple[float, int]]) -> tuple[float, float]:
    """Pool rank correlations of independent groups, each with its n: estimate and upper bound."""
    weights = np.array([n - 3 for _, n in pairs], dtype=float)
    z = np.arctanh(np.clip([rho for rho, _ in pairs], -0.999999, 0.999999))
    mean = float(np.average(z, weights=weights))
    return math.tanh(mean), math.tanh(mean + Z * math.sqrt(FIELLER / weights.sum()))


def share_bounds(hits: int, n: int) -> tuple[float, float]:
    """Return the Wilson score interval of a share; E. B. Wilson (1927), doi:10.2307/2276774."""
    centre = (hits + Z**2 / 2) / (n + Z**2)
    half = Z / (n + Z**2) * math.sqrt(hits * (n - hits) / n + Z**2 / 4)
    return centre - half, centre + half


def rank_explained(rank: NDArray[np.float64], group: NDArray[np.int64]) -> tuple[float, float]:
    """Share of the variance of ranks between groups (η²): less what chance gives, and upper bound.

    H = (n - 1) η² is the Kruskal-Wallis statistic, χ² with k - 1 degrees of freedom where groups do
    not differ and noncentral χ² where they do a little; the bound is the η² of the largest
    noncentrality that still makes so small an H probable.
    """
    n, counts = rank.size, np.bincount(group)
    means = np.bincount(group, weights=rank) / counts
    between = float(counts @ (means - rank.mean()) ** 2)
    eta2 = between / float(np.sum((rank - rank.mean()) ** 2))
    shift = float(chndtrinc((n - 1) * eta2, counts.size - 1, (1 - CONFIDENCE) / 2))
    shift = 0.0 if math.isnan(shift) else shift
    by_chance = (counts.size - 1) / (n - 1)
    return max(0.0, (eta2 - by_chance) / (1 - by_chance)), shift / (shift + n)
