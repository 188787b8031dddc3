r"""Moments of Kd when an industry's sites are drawn from all sites without replacement.

With K_ij(r) the kernel weight of the sites i and j, the sum over the pairs drawn,
:math:`T(r) = \sum_{i<j \in s} K_{ij}(r)`, has for n of N sites

.. math::

    E\,T = p_2 P, \qquad
    E\,T T' = p_2 Q + p_3 (W - 2 Q) + p_4 (P P' - W + Q),

:math:`P = \sum_{i<j} K_{ij}`, :math:`Q = \sum_{i<j} K_{ij} K'_{ij}`, :math:`W = \sum_i K_i K'_i`,
:math:`K_i = \sum_j K_{ij}`, :math:`p_k = n (n-1) \dots / N (N-1) \dots` with k factors each. P, Q
and W do not depend on n: one pass serves industries of every size. W enters only through the
covariance of K_i over sites, which a sample of sites gives.

The third moment is that of the orthogonal parts of T for sites drawn independently: sums of g_i
(the excess of site i) and of h_ij (what is left of a pair). Quantiles are those of a Pearson III
distribution with the three moments; the curve as a whole is a Gaussian copula with these margins.

References
----------
Hoeffding, W. (1948). A class of statistics with asymptotically normal distribution. Annals of
Mathematical Statistics 19(3), 293-325, for the parts; the covariance follows by counting which
pairs share a site.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.numerics.point_pattern.band import Band, deviation, test_against, widened
from jiqun.numerics.point_pattern.gridded import (
    CELLS_A_BANDWIDTH,
    SPREAD,
    grid_kernel,
    pairs_by_distance,
)
from jiqun.numerics.point_pattern.histogram import Bins, around, bins_up_to, in_bin_units, within
from jiqun.numerics.point_pattern.pattern import Pattern
from jiqun.numerics.point_pattern.placement import Placement
from jiqun.numerics.point_pattern.relocation import NullTest
from jiqun.numerics.point_pattern.smoothing import (
    BINS_A_BANDWIDTH,
    REACH,
    binned_kernel,
    kernel,
    kernel_slope,
)
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]

EVERY_SITE = 12_000  # up to here W is exact
SAMPLED_SITES = 4096  # beyond, from so many sites: 1.1 % in the standard deviation
TRIPLES_FROM = 512  # sites whose triples give the third moment
SKEWED_RADII = 33  # radii at which it is worked out; between them it is interpolated
ROWS = 256
DRAWS = 20_000
NORMAL_GRID = np.linspace(-7.0, 7.0, 281)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMoments:
    """Sums over all sites from which the null moments of any number of cases follow.

    Attributes
    ----------
    sites
        N.
    pairs
        P, shape (R,).
    squares
        Q, shape (R, R).
    spread
        Covariance of K_i over sites, shape (R, R).
    sampled
        Sites that ``spread`` is from.
    excess_cubed
        Mean of g_i^3, shape (R,).
    shared, mixed, residual_cubed, triangle
        Means over pairs of g_i g_j h_ij, of g_i h_ij^2 (ordered) and of h_ij^3, and over triples of
        h_ij h_jk h_ki, shape (R,).
    """

    sites: int
    pairs: Floats
    squares: Floats
    spread: Floats
    sampled: int
    excess_cubed: Floats
    shared: Floats
    mixed: Floats
    residual_cubed: Floats
    triangle: Floats


def drawn_together(cases: int, sites: int, together: int) -> float:
    """Probability p_k that k given sites are all among the cases."""
    return float(np.prod([(cases - k) / (sites - k) for k in range(together)]))


def null_mean_and_covariance(moments: SiteMoments, cases: int) -> tuple[Floats, Floats]:
    """Mean and covariance of T for n cases, shapes (R,) and (R, R)."""
    sites, p = moments.sites, moments.pairs
    p2, p3, p4 = (drawn_together(cases, sites, k) for k in (2, 3, 4))
    w = sites * moments.spread + 4.0 * np.outer(p, p) / sites
    covariance = (
        (p2 - 2.0 * p3 + p4) * moments.squares + (p3 - p4) * w + (p4 - p2**2) * np.outer(p, p)
    )
    return p2 * p, covariance


def null_third_moment(moments: SiteMoments, cases: int) -> Floats:
    """Third central moment of T for n cases, shape (R,)."""
    sites = float(moments.sites)
    share = cases / sites
    variance = share * (1.0 - share)
    third = variance * (1.0 - 2.0 * share)
    rest = cases - 1.0
    return np.asarray(
        rest**3 * third * sites * moments.excess_cubed
        + 3.0 * rest**2 * variance**2 * sites**2 * moments.shared
        + 3.0 * rest * variance * third * sites**2 * moments.mixed
        + third**2 * sites**2 / 2.0 * moments.residual_cubed
        + variance**3 * sites**3 * moments.triangle
    )


def site_moments(
    placement: Placement,
    radii: Floats,
    bandwidth: float,
    *,
    gridded: bool,
    seed: int,
    workers: int | None = None,
) -> SiteMoments:
    """Sum the kernel weights of all pairs of sites, and of a sample of sites.

    Parameters
    ----------
    placement
        All N sites, at least 4.
    radii
        Shape (R,), m.
    bandwidth
        Of the kernel, m.
    gridded
        Whether P and Q are from counts on a grid.
    seed
        Of the sample of sites.
    workers
        Threads; None for all cores.
    """
    sites = placement.order.size
    reach = float(placement.straight(radii[-1:] + REACH * bandwidth)[0])
    bins = bins_up_to(reach, bandwidth / BINS_A_BANDWIDTH, placement.extent)
    points = in_bin_units(placement, bins)
    weight = binned_kernel(radii, bins, placement.ground(bins.centres), bandwidth)
    if gridded:
        cell = bandwidth / CELLS_A_BANDWIDTH
        distances, counts = pairs_by_distance(placement.position, cell, reach)
        pair_weight = grid_kernel(radii, distances, cell, bandwidth)
        slope = kernel_slope(radii, distances, bandwidth) * cell * np.sqrt(SPREAD)
    else:
        counts, pair_weight = within(points, bins, None, workers), weight
        slope = np.zeros_like(weight)
    pairs = pair_weight @ counts
    cubes = pair_weight**3 @ counts / (sites * (sites - 1.0) / 2.0)
    sampled = _sampled_sites(sites, seed)
    own = _weights_around(points, sampled, bins, weight, workers)
    excess = (own - own.mean(axis=0)) / (sites - 2.0)
    third = _third_moments(
        placement,
        sampled=sampled,
        excess=excess,
        pairs=pairs,
        radii=radii,
        bandwidth=bandwidth,
        seed=seed,
        cubes=cubes,
    )
    return SiteMoments(
        sites=sites,
        pairs=pairs,
        squares=(pair_weight * counts) @ pair_weight.T - (slope * counts) @ slope.T,
        spread=np.atleast_2d(np.cov(own, rowvar=False, ddof=int(sampled.size < sites))),
        sampled=sampled.size,
        excess_cubed=(excess**3).mean(axis=0),
        **third,
    )


def _sampled_sites(sites: int, seed: int) -> NDArray[np.int64]:
    if sites <= EVERY_SITE:
        return np.arange(sites)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    return np.sort(rng.choice(sites, SAMPLED_SITES, replace=False))


def _weights_around(
    points: NDArray[np.float32] | NDArray[np.float64],
    sampled: NDArray[np.int64],
    bins: Bins,
    weight: Floats,
    workers: int | None,
) -> Floats:
    """Sum K_i(r) of the kernel weights around each sampled site, shape (sampled, R)."""
    centres = points.take(sampled, axis=1)

    def block(begin: int) -> Floats:
        counts = around(centres, points, (begin, min(begin + ROWS, sampled.size)), bins)
        counts[:, 0] -= 1  # the site itself
        return counts.astype(np.float64) @ weight.T

    return np.vstack(in_order(block, range(0, sampled.size, ROWS), workers))


def _third_moments(
    placement: Placement,
    *,
    sampled: NDArray[np.int64],
    excess: Floats,
    pairs: Floats,
    radii: Floats,
    bandwidth: float,
    seed: int,
    cubes: Floats,
) -> dict[str, Floats]:
    """Means over the pairs and triples of some sampled sites; see :class:`SiteMoments`.

    The mean of K_ij^3 is known from all pairs (``cubes``), so that only its difference from the
    mean of h_ij^3 is from the sample.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,)))
    chosen = np.sort(rng.choice(sampled.size, min(TRIPLES_FROM, sampled.size), replace=False))
    position = placement.position.take(sampled[chosen], axis=1)
    apart = position[:, :, None] - position[:, None, :]
    distances = placement.ground(np.sqrt((apart**2).sum(axis=0)))
    sites = placement.order.size
    mean_pair = pairs / (sites * (sites - 1.0) / 2.0)
    at = np.unique(np.linspace(0, radii.size - 1, min(SKEWED_RADII, radii.size)).astype(np.int64))
    rows = [
        _means_at(
            kernel(radii[r : r + 1], distances.ravel(), bandwidth).reshape(distances.shape),
            mean_pair[r],
            excess[chosen, r],
            cubes[r],
        )
        for r in at
    ]
    names = ("shared", "mixed", "residual_cubed", "triangle")
    return {
        name: np.interp(radii, radii[at], [row[k] for row in rows]) for k, name in enumerate(names)
    }


def _means_at(
    weight: Floats, mean_pair: float, excess: Floats, cube: float
) -> tuple[float, float, float, float]:
    """Means over pairs and triples at one radius, from the weights of all pairs of some sites."""
    m = weight.shape[0]
    rest = weight - mean_pair - excess[:, None] - excess[None, :]
    np.fill_diagonal(rest, 0.0)
    np.fill_diagonal(weight, 0.0)
    ordered_pairs = m * (m - 1.0)
    triples = ordered_pairs * (m - 2.0)
    half = rest.astype(np.float32)
    return (
        float(excess @ rest @ excess / ordered_pairs),
        float(excess @ (rest**2).sum(axis=1) / ordered_pairs),
        float((rest * rest * rest - weight * weight * weight).sum() / ordered_pairs + cube),
        float(np.sum((half @ half) * half, dtype=np.float64) / triples),
    )


def moment_band(
    observed: Floats, moments: SiteMoments, cases: int, level: float, seed: int, *, gridded: bool
) -> Band:
    """Return the bands of Kd of so many cases from the moments of the null distribution."""
    pairs = cases * (cases - 1.0) / 2.0
    mean, covariance = null_mean_and_covariance(moments, cases)
    mean, covariance = mean / pairs, covariance / pairs**2
    deviates = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    spread = np.where(deviates > 0.0, deviates, 1.0)
    skew = np.clip(null_third_moment(moments, cases) / pairs**3 / spread**3, -2.0, 2.0)
    tail = (1.0 - level) / 2.0
    low_z, high_z = (pearson_quantile(stats.norm.ppf(q), skew) for q in (tail, 1.0 - tail))
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(3,)))
    null = _drawn_deviations(covariance / np.outer(spread, spread), skew, low_z, high_z, rng)
    low, high = mean + low_z * deviates, mean + high_z * deviates
    p_value, factor = test_against(null, float(deviation(observed, mean, low, high)), level)
    return Band(
        expected=mean,
        low=low,
        high=high,
        global_low=widened(mean, low, factor),
        global_high=widened(mean, high, factor),
        p_value=p_value,
        level=level,
        method="gridded" if gridded else "analytic",
        curves=DRAWS,
        error=_error_of_edges(moments, skew, tail),
    )


def analytic_band(
    pattern: Pattern, observed: Floats, bandwidth: float, test: NullTest, *, gridded: bool
) -> Band:
    """Return the analytic bands of one industry of a pattern."""
    moments = site_moments(
        pattern.placement,
        pattern.radii,
        bandwidth,
        gridded=gridded,
        seed=test.seed,
        workers=test.workers,
    )
    return moment_band(
        observed, moments, int(pattern.cases.sum()), test.level, test.seed, gridded=gridded
    )


def pearson_quantile(z: Floats | float, skew: Floats) -> Floats:
    """Turn normal quantiles into those of a Pearson III distribution, mean 0 and variance 1."""
    return np.asarray(stats.pearson3.ppf(stats.norm.cdf(z), skew))


def _drawn_deviations(
    correlation: Floats, skew: Floats, low: Floats, high: Floats, rng: np.random.Generator
) -> Floats:
    """How far out each of many curves drawn from the null distribution is, shape (DRAWS,)."""
    values, vectors = np.linalg.eigh(correlation)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    normal = rng.standard_normal((DRAWS, skew.size)) @ root.T
    out = np.zeros(DRAWS)
    for r in range(skew.size):
        margin = pearson_quantile(NORMAL_GRID, np.full(NORMAL_GRID.size, skew[r]))
        far = np.abs(margin / np.where(margin > 0.0, high[r], low[r]))
        np.maximum(out, np.interp(normal[:, r], NORMAL_GRID, far), out=out)
    return out


def _error_of_edges(moments: SiteMoments, skew: Floats, tail: float) -> float:
    """Share of the band's width: sampling of sites, and what a fourth moment might change.

    The latter is the difference between the Pearson III quantile and its first-order expansion.
    """
    sampling = 0.0 if moments.sampled == moments.sites else 0.5 / np.sqrt(2.0 * moments.sampled)
    z = float(stats.norm.ppf(1.0 - tail))
    shape = pearson_quantile(z, skew) - (z + skew * (z**2 - 1.0) / 6.0)
    return float(np.median(np.hypot(sampling, shape / (2.0 * z))))
