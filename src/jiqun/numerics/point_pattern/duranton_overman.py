r"""Kd: at which distances are the sites of an industry from each other?

.. math::

    K_d(r) = \frac{1}{\sum_{i<j} w_i w_j} \sum_{i<j} w_i w_j \, k_h(d_{ij}, r)

the density of the distances between all pairs of sites of one industry (or of a site of each of
two), smoothed by a Gaussian kernel of bandwidth h that is reflected at 0. w = 1 for the plain
function, the number of employees for the weighted one.

A pair at distance 0 (two firms at one address) counts like any other; a site makes no pair with
itself. h is Silverman's rule of thumb on the observed distances up to twice the largest radius,
and the null curves have the same h.

References
----------
Duranton, G. & Overman, H. G. (2005). Testing for localization using micro-geographic data. Review
of Economic Studies 72(4), 1077-1106, doi:10.1111/0034-6527.00362, section 3.
"""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jiqun.numerics.point_pattern.band import Band, simulated_band
from jiqun.numerics.point_pattern.curve import Curve, curve_of
from jiqun.numerics.point_pattern.gridded import gridded_density
from jiqun.numerics.point_pattern.histogram import (
    Bins,
    between,
    bins_up_to,
    in_bin_units,
    within,
    within_samples,
)
from jiqun.numerics.point_pattern.null_moments import analytic_band
from jiqun.numerics.point_pattern.pair_loops import Positions
from jiqun.numerics.point_pattern.pattern import Pattern, pattern_of
from jiqun.numerics.point_pattern.placement import Coordinates
from jiqun.numerics.point_pattern.products import product, weighted
from jiqun.numerics.point_pattern.relocation import (
    Batch,
    Null,
    NullTest,
    Relocated,
    null_test,
    observed_draw,
    relocations,
    samples,
)
from jiqun.numerics.point_pattern.smoothing import (
    BINS_A_BANDWIDTH,
    FINE_BINS_A_BANDWIDTH,
    REACH,
    binned_kernel,
    kernel_slope,
    rule_of_thumb,
)
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Method = Literal["auto", "monte_carlo", "analytic", "gridded"]

BANDWIDTH_BINS = 4096  # over twice the largest radius, to choose the bandwidth
PAIRS_TO_SIMULATE = 2e10  # about 15 s on one core; beyond, the analytic band
PAIRS_TO_COUNT = 2e9  # about 1.5 s; beyond, the gridded curve


class NoBandwidthError(ValueError):
    """The observed distances are all the same or too few: no rule of thumb applies."""


def kd(
    points: ArrayLike,
    cases: ArrayLike,
    radii: ArrayLike,
    *,
    neighbours: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    null: Null = "random_location",
    simulations: int = 1000,
    method: Method = "auto",
    coordinates: Coordinates = "projected",
    bandwidth: float | None = None,
    level: float = 0.95,
    seed: int,
    workers: int | None = None,
) -> Curve:
    """Estimate Kd of one industry, or of one around another, with its bands.

    Parameters
    ----------
    points
        All sites, shape (N, 2): metres, or degrees with ``coordinates="longitude_latitude"``.
    cases
        Which sites are the industry, shape (N,), true or false.
    radii
        Distances, m, ascending, shape (R,).
    neighbours
        Which sites to measure the distance to, shape (N,); None for the cases themselves.
    weights
        Size of each site, shape (N,); None where all count the same.
    null
        Null hypothesis of the bands, see :mod:`jiqun.numerics.point_pattern.relocation`.
    simulations
        Null curves of the Monte Carlo band; 0 for a curve without bands.
    method
        ``"monte_carlo"``: exact distances, simulated bands. ``"analytic"``: exact distances, bands
        from the moments of the null distribution. ``"gridded"``: the same from counts on a grid.
        ``"auto"``: simulated up to 2e10 pairs in all, else analytic; gridded beyond 2e9 pairs of
        one industry. Weights and two industries are always simulated.
    coordinates
        What the points are; distances are straight or great-circle accordingly.
    bandwidth
        Of the kernel, m; None for the rule of thumb.
    level
        Share of null curves inside the bands.
    seed
        Of the simulations.
    workers
        Threads; None for all cores. The result does not depend on it.

    Returns
    -------
    Curve
        Kd in 1/m, with the bands and the errors of the method.

    Raises
    ------
    ValueError
        For an argument that does not fit; as :class:`NoBandwidthError` where all distances are the
        same and no bandwidth is given.
    """
    pattern = pattern_of(
        points, cases, radii, neighbours=neighbours, weights=weights, coordinates=coordinates
    )
    test = null_test(pattern, null, simulations, level=level, seed=seed, workers=workers)
    way = _way(method, pattern, simulations)
    h = chosen_bandwidth(pattern, bandwidth, workers)
    if way == "gridded":
        observed, error = gridded_density(pattern, h)
    else:
        observed, error = density_of_distances(pattern, h, workers)
    band: Band | None = None
    if simulations and way == "gridded":
        band = analytic_band(pattern, observed, h, test, gridded=True)
    elif simulations:
        compared = as_simulated(pattern, h, workers)
        if way == "analytic":
            band = analytic_band(pattern, compared, h, test, gridded=False)
        else:
            band = simulated_band(compared, null_curves(pattern, h, test), level)
        band = band.around(compared, observed)
    share = relative_error(error, observed, band)
    return curve_of("Kd", pattern, observed, band, null, bandwidth=h, error=share)


def relative_error(error: Floats, observed: Floats, band: Band | None) -> float:
    """Largest error of the curve as a share of the band's width, or of the curve without one."""
    width = observed if band is None else band.high - band.low
    measured = width > 0.0
    return float(np.max(error[measured] / width[measured], initial=0.0))


def _way(
    method: Method, pattern: Pattern, simulations: int
) -> Literal["monte_carlo", "analytic", "gridded"]:
    """Choose how to compute, and refuse what a method can't do."""
    if method not in get_args(Method):
        msg = f"method: expected one of {', '.join(get_args(Method))}, got {method!r}"
        raise ValueError(msg)
    plain = pattern.weights is None and pattern.neighbours is None
    if method in {"analytic", "gridded"} and not plain:
        msg = f"method: {method} is for one industry without weights; use 'monte_carlo'"
        raise ValueError(msg)
    if method == "gridded" and pattern.placement.on_sphere:
        msg = "method: a grid needs a plane; project the points first (point_pattern.project)"
        raise ValueError(msg)
    if method != "auto":
        return method
    n = int(pattern.cases.sum())
    pairs = n * (n - 1) / 2
    if not plain or pairs * max(simulations, 1) <= PAIRS_TO_SIMULATE:
        return "monte_carlo"
    many = pairs > PAIRS_TO_COUNT and not pattern.placement.on_sphere
    return "gridded" if many else "analytic"


def chosen_bandwidth(pattern: Pattern, bandwidth: float | None, workers: int | None) -> float:
    """Return the bandwidth that was given, or the rule of thumb on the observed distances, m."""
    if bandwidth is None:
        return _rule_of_thumb(pattern, workers)
    if not (np.isfinite(bandwidth) and bandwidth > 0.0):
        msg = f"bandwidth: expected metres above 0, got {bandwidth}"
        raise ValueError(msg)
    return float(bandwidth)


def _rule_of_thumb(pattern: Pattern, workers: int | None) -> float:
    reach = float(pattern.placement.straight(2.0 * pattern.radii[-1:])[0])
    extent = pattern.placement.extent
    reach = min(reach, extent) if reach > 0.0 else extent
    bins = bins_up_to(reach, reach / BANDWIDTH_BINS, extent) if extent > 0.0 else None
    h = 0.0
    if bins is not None:
        points = in_bin_units(pattern.placement, bins)
        counts = _count(pattern, points, bins, None, workers)
        h = rule_of_thumb(counts, pattern.placement.ground(bins.centres))
    if h <= 0.0:
        msg = (
            f"cases: the distances between the {int(pattern.cases.sum())} sites up to "
            f"{2.0 * pattern.radii[-1]:g} m are all the same or too few; pass bandwidth="
        )
        raise NoBandwidthError(msg)
    return h


def _count(
    pattern: Pattern,
    points: Positions,
    bins: Bins,
    sizes: Floats | None,
    workers: int | None,
) -> Floats:
    """Count the observed pairs, or add up their weight products, by bin."""
    mine = points.compress(pattern.cases, axis=1)
    if pattern.neighbours is None:
        return within(mine, bins, None if sizes is None else sizes[pattern.cases], workers)
    own = np.ones(pattern.sites) if sizes is None else sizes
    theirs = points.compress(pattern.neighbours, axis=1)
    return between(mine, own[pattern.cases], theirs, own[pattern.neighbours], bins)


def _bins(pattern: Pattern, h: float, a_bandwidth: int) -> Bins:
    """Return the bins that a curve of bandwidth h needs, so many a bandwidth."""
    reach = float(pattern.placement.straight(pattern.radii[-1:] + REACH * h)[0])
    return bins_up_to(reach, h / a_bandwidth, pattern.placement.extent)


def _all_pairs(pattern: Pattern, draw: Relocated) -> float:
    """Sum of the weight products of all pairs, near and far."""
    own = draw.sizes[draw.cases]
    if pattern.neighbours is None:
        return float((own.sum() ** 2 - (own**2).sum()) / 2.0)
    return float(own.sum() * draw.sizes[draw.neighbours].sum())


def density_of_distances(pattern: Pattern, h: float, workers: int | None) -> tuple[Floats, Floats]:
    """Return the curve and three standard errors of what rounding distances to bins does to it."""
    bins = _bins(pattern, h, FINE_BINS_A_BANDWIDTH)
    points = in_bin_units(pattern.placement, bins)
    counts = _count(pattern, points, bins, pattern.weights, workers)
    squared = counts
    if pattern.weights is not None:
        squared = _count(pattern, points, bins, pattern.weights**2, workers)
    total = _all_pairs(pattern, observed_draw(pattern))
    centres = pattern.placement.ground(bins.centres)
    curve = weighted(binned_kernel(pattern.radii, bins, centres, h), counts) / total
    slope = kernel_slope(pattern.radii, centres, h)
    rounding = bins.width * np.sqrt(weighted(slope**2, squared) / 12.0) / total
    return curve, 3.0 * rounding


def as_simulated(pattern: Pattern, h: float, workers: int | None) -> Floats:
    """Return the curve as coarsely as a simulation's, so that like is compared with like.

    Where chance changes nothing (every site is of the industry, all are at one address) a finer curve
    would differ from all the null curves by their rounding alone.
    """
    bins = _bins(pattern, h, BINS_A_BANDWIDTH)
    points = in_bin_units(pattern.placement, bins)
    counts = _count(pattern, points, bins, pattern.weights, workers)
    weight = binned_kernel(pattern.radii, bins, pattern.placement.ground(bins.centres), h).T
    return np.asarray(
        product(counts[None, :], weight)[0] / _all_pairs(pattern, observed_draw(pattern))
    )


def null_curves(pattern: Pattern, h: float, test: NullTest) -> Floats:
    """Return Kd of each simulation, shape (simulations, R)."""
    bins = _bins(pattern, h, BINS_A_BANDWIDTH)
    points = in_bin_units(pattern.placement, bins)
    weight = binned_kernel(pattern.radii, bins, pattern.placement.ground(bins.centres), h).T
    n = int(pattern.cases.sum())

    def plain(batch: Batch) -> Floats:
        counts = within_samples(points, samples(pattern.sites, n, batch), bins)
        return product(counts, weight) / (n * (n - 1) / 2.0)

    def full(batch: Batch) -> Floats:
        curves = []
        for draw in relocations(pattern, test.null, batch):
            total = _all_pairs(pattern, draw)
            counts = _relocated_counts(pattern, points, bins, draw)
            curves.append(
                product(counts[None, :], weight)[0] / total
                if total > 0.0
                else np.full(pattern.radii.size, np.nan)
            )
        return np.array(curves)

    simple = pattern.weights is None and pattern.neighbours is None
    return np.vstack(in_order(plain if simple else full, test.batches(), test.workers))


def _relocated_counts(pattern: Pattern, points: Positions, bins: Bins, draw: Relocated) -> Floats:
    mine, own = points.take(draw.cases, axis=1), draw.sizes[draw.cases]
    if pattern.neighbours is None:
        return within(mine, bins, own, workers=1)
    theirs = points.take(draw.neighbours, axis=1)
    return between(mine, own, theirs, draw.sizes[draw.neighbours], bins)
