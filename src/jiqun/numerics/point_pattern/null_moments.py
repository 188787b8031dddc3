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

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.numerics.point_pattern.band import Band, deviation, rank_against, widened
from jiqun.numerics.point_pattern.pattern import Pattern
from jiqun.numerics.point_pattern.products import product, root_of
from jiqun.numerics.point_pattern.relocation import NullTest
from jiqun.numerics.point_pattern.site_moments import SiteMoments, site_moments

Floats = NDArray[np.float64]

DRAWS = 20_000
NORMAL_GRID = np.linspace(-7.0, 7.0, 281)


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
    p_value, factor = rank_against(null, float(deviation(observed, mean, low, high)), level)
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
    root = root_of(correlation)
    normal = product(rng.standard_normal((DRAWS, root.shape[1])), root.T)
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
