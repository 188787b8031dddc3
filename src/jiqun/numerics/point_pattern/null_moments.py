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

The third and fourth moments are sums over the orthogonal parts of T
(:mod:`~jiqun.numerics.point_pattern.part_means`), also for sites drawn without replacement. Quantiles are those of a Pearson III distribution with
the first three, to which the Cornish-Fisher term of the fourth is added as far as it exceeds theirs; the
curve as a whole is a Gaussian copula with these margins.

References
----------
Cornish, E. A. & Fisher, R. A. (1938). Moments and cumulants in the specification of distributions.
Revue de l'Institut International de Statistique 5(4), 307-320. doi:10.2307/1400905
Hoeffding, W. (1948). A class of statistics with asymptotically normal distribution. Annals of
Mathematical Statistics 19(3), 293-325, for the parts; the covariance follows by counting which
pairs share a site.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.numerics.point_pattern.band import (
    ROUNDING,
    Band,
    deviation,
    rank_against,
    settled,
    widened,
)
from jiqun.numerics.point_pattern.pattern import Pattern
from jiqun.numerics.point_pattern.products import product, root_of
from jiqun.numerics.point_pattern.relocation import NullTest
from jiqun.numerics.point_pattern.site_moments import SiteMoments, site_moments

Floats = NDArray[np.float64]

DRAWS = 20_000
CENTRED = {2: (0.0, 1.0, -1.0), 3: (0.0, 1.0, -3.0, 2.0), 4: (0.0, 1.0, -4.0, 6.0, -3.0)}
"""Moments of an indicator about its probability p, as coefficients of 1, p, p^2, …"""
RESOLVED = 1e-3
"""Of the sums that a variance is the small rest of: binned distances tell no less."""
MOST_SKEW = 2.0
LEAST_EXCESS, MOST_EXCESS = -0.5, 2.0
NORMAL_GRID = np.linspace(-7.0, 7.0, 281)


def drawn_together(cases: int, sites: int, together: int) -> float:
    """Probability p_k that k given sites are all among the cases."""
    if together > cases:
        return 0.0
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


def _summed_variance(moments: SiteMoments, cases: int) -> Floats:
    """Positive part of the variance of T, from which the square of its mean is then taken, shape (R,)."""
    p2, p3, p4 = (drawn_together(cases, moments.sites, k) for k in (2, 3, 4))
    of_pairs = (p2 - 2.0 * p3 + p4) * np.diag(moments.squares)
    return np.asarray(of_pairs + (p3 - p4) * moments.sites * np.diag(moments.spread))


def drawn_moment(cases: int, sites: int, *degrees: int) -> float:
    """Return the expected product of centred indicators of different sites, each to its own degree.

    For sites drawn independently with probability p it is a polynomial in p; what a sum over sites with
    orthogonal parts takes in its place, drawn without replacement, has p_k for p^k.
    """
    polynomial = np.ones(1)
    for degree in degrees:
        polynomial = np.convolve(polynomial, CENTRED[degree])
    return float(
        sum(c * drawn_together(cases, sites, k) for k, c in enumerate(polynomial) if c != 0.0)
    )


def null_third_moment(moments: SiteMoments, cases: int) -> Floats:
    """Third central moment of T for n cases, shape (R,)."""
    sites, parts = moments.sites, moments.parts
    pairs = sites * (sites - 1.0)
    rest = cases - 1.0
    e = partial(drawn_moment, cases, sites)
    return np.asarray(
        e(3) * rest**3 * sites * moments.excess_cubed
        + 3.0 * e(2, 2) * rest**2 * pairs * parts.g_g_h
        + 3.0 * e(3, 2) * rest * pairs * parts.g_hh
        + e(3, 3) / 2.0 * pairs * parts.hhh
        + e(2, 2, 2) * pairs * (sites - 2.0) * parts.triangle
    )


def null_fourth_moment(moments: SiteMoments, cases: int) -> Floats:
    """Fourth central moment of T for n cases, shape (R,).

    Sums of squares that stand apart from each other are taken from the variance of T, of which a factor
    of three times its square would otherwise not cancel.
    """
    sites, parts = moments.sites, moments.parts
    pairs, rest = sites * (sites - 1.0), cases - 1.0
    triples = pairs * (sites - 2.0)
    e = partial(drawn_moment, cases, sites)
    variance = np.diag(null_mean_and_covariance(moments, cases)[1])
    gg = rest**2 * sites * moments.excess_squared
    hh = np.maximum(variance - e(2) * gg, 0.0) / e(2, 2) if e(2, 2) > 0.0 else np.zeros_like(gg)
    gggg = rest**4 * sites * moments.excess_fourth
    gg_hh, hhhh, paths = (
        rest**2 * pairs * parts.gg_hh,
        pairs * parts.hhhh,
        triples * parts.doubled_path,
    )
    apart = (
        3.0 * e(2, 2) * (gg**2 - gggg)
        + 6.0 * e(2, 2, 2) * (gg * hh - gg_hh)
        + 3.0 * e(2, 2, 2, 2) * (hh**2 - hhhh / 2.0 - paths)
    )
    of_pairs = (
        12.0 * e(3, 2) * rest**3 * parts.ggg_h
        + 6.0 * e(3, 3) * rest**2 * parts.g_g_hh
        + 4.0 * e(4, 3) * rest * parts.g_hhh
    )
    of_triples = (
        12.0 * e(2, 2, 2) * rest**2 * parts.path
        + 12.0 * e(3, 2, 2) * rest * (parts.g_triangle + parts.g_branch)
        + 6.0 * e(3, 3, 2) * parts.doubled_triangle
    )
    return np.asarray(
        apart
        + e(4) * gggg
        + 6.0 * e(4, 2) * gg_hh
        + e(4, 4) / 2.0 * hhhh
        + 3.0 * e(4, 2, 2) * paths
        + pairs * of_pairs
        + triples * of_triples
        + 3.0 * e(2, 2, 2, 2) * triples * (sites - 3.0) * parts.square
    )


@dataclass(frozen=True, slots=True)
class Shape:
    """How the null distribution differs from a normal one at each radius, shape (R,).

    Attributes
    ----------
    skew
        Skewness, cut at 2 on either side.
    excess
        Kurtosis beyond that of a Pearson III distribution with this skewness, cut at 2.
    """

    skew: Floats
    excess: Floats

    def quantile(self, z: Floats | float) -> Floats:
        """Turn a quantile of the normal distribution into those of this one, mean 0, variance 1."""
        return pearson_quantile(z, self.skew) + self.excess / 24.0 * (z**3 - 3.0 * z)

    def at(self, r: int) -> "Shape":
        """Return the shape at one radius."""
        return Shape(self.skew[r : r + 1], self.excess[r : r + 1])


def null_shape(moments: SiteMoments, cases: int, spread: Floats) -> Shape:
    """Return the shape of the distribution of T, whose standard deviations are ``spread``."""
    third = (
        null_third_moment(moments, cases) / spread / spread / spread
    )  # a cube may be below all numbers
    fourth = null_fourth_moment(moments, cases) / spread / spread / spread / spread
    skew, kurtosis = np.clip(third, -MOST_SKEW, MOST_SKEW), fourth - 3.0
    return Shape(skew, np.clip(kurtosis - 1.5 * skew**2, LEAST_EXCESS, MOST_EXCESS))


def moment_band(
    observed: Floats, moments: SiteMoments, cases: int, level: float, seed: int, *, gridded: bool
) -> Band:
    """Return the bands of Kd of so many cases from the moments of the null distribution."""
    pairs = cases * (cases - 1.0) / 2.0
    mean, covariance = null_mean_and_covariance(moments, cases)
    mean, covariance = settled(mean / pairs, observed), covariance / pairs**2
    least = RESOLVED * _summed_variance(moments, cases) / pairs**2
    least = np.maximum(least, (ROUNDING * mean.max(initial=0.0)) ** 2)
    deviates = np.sqrt(np.maximum(np.diag(covariance), least))
    spread = np.where(deviates > 0.0, deviates, 1.0)
    shape = null_shape(moments, cases, spread * pairs)
    tail = (1.0 - level) / 2.0
    low_z, high_z = (shape.quantile(float(stats.norm.ppf(q))) for q in (tail, 1.0 - tail))
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(3,)))
    null = _drawn_deviations(covariance / np.outer(spread, spread), shape, low_z, high_z, rng)
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
        error=_error_of_edges(moments, shape.skew, tail),
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
    correlation: Floats, shape: Shape, low: Floats, high: Floats, rng: np.random.Generator
) -> Floats:
    """How far out each of many curves drawn from the null distribution is, shape (DRAWS,)."""
    root = root_of(correlation)
    normal = product(rng.standard_normal((DRAWS, root.shape[1])), root.T)
    out = np.zeros(DRAWS)
    for r in range(low.size):
        margin = shape.at(r).quantile(NORMAL_GRID)
        far = np.abs(margin / np.where(margin > 0.0, high[r], low[r]))
        np.maximum(out, np.interp(normal[:, r], NORMAL_GRID, far), out=out)
    return out


def _error_of_edges(moments: SiteMoments, skew: Floats, tail: float) -> float:
    """Share of the band's width: sampling of sites, and what moments beyond the fourth might change.

    The latter is taken to be as much as the Pearson III quantile differs from its first-order expansion.
    """
    sampling = 0.0 if moments.sampled == moments.sites else 0.5 / np.sqrt(2.0 * moments.sampled)
    z = float(stats.norm.ppf(1.0 - tail))
    shape = pearson_quantile(z, skew) - (z + skew * (z**2 - 1.0) / 6.0)
    return float(np.median(np.hypot(sampling, shape / (2.0 * z))))
