"""Sums of kernel weights over all sites 场所矩: what null moments of any industry are made of.

The pairs of all sites are counted, or come from a grid; what is around single sites is counted for
all of them or a sample; the means of higher order come from the tuples of a smaller sample.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.gridded import (
    CELLS_A_BANDWIDTH,
    SPREAD,
    grid_kernel,
    pairs_by_distance,
)
from jiqun.numerics.point_pattern.histogram import around, bins_up_to, in_bin_units, within
from jiqun.numerics.point_pattern.part_means import SITES, PartMeans, part_means
from jiqun.numerics.point_pattern.placement import Placement
from jiqun.numerics.point_pattern.products import covariance, product, weighted
from jiqun.numerics.point_pattern.smoothing import (
    BINS_A_BANDWIDTH,
    REACH,
    binned_kernel,
    kernel_slope,
)
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]

EVERY_SITE = 20_000  # up to here the spread is exact
SAMPLED_SITES = 8192  # beyond, from so many sites: 0.8 % in the standard deviation
ROWS = 256
BINS_AROUND = 8  # a bandwidth, for sums over many neighbours


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
    excess_squared, excess_cubed, excess_fourth
        Means of g_i^2, g_i^3 and g_i^4, shape (R,).
    parts
        Means over pairs, triples and four sites.
    """

    sites: int
    pairs: Floats
    squares: Floats
    spread: Floats
    sampled: int
    excess_squared: Floats
    excess_cubed: Floats
    excess_fourth: Floats
    parts: PartMeans


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
    pairs, squares, powers = _pair_sums(placement, radii, bandwidth, gridded, workers)
    sampled = _sampled_sites(sites, seed)
    own = _weights_around(placement, sampled, radii, bandwidth, workers)
    excess = (own - own.mean(axis=0)) / (sites - 2.0)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,)))
    few = np.sort(rng.choice(sampled.size, min(SITES, sampled.size), replace=False))
    parts = part_means(
        placement,
        sampled[few],
        excess[few],
        radii=radii,
        bandwidth=bandwidth,
        mean_powers=powers,
    )
    return SiteMoments(
        sites=sites,
        pairs=pairs,
        squares=squares,
        spread=covariance(own, sampled.size - float(sampled.size < sites)),
        sampled=sampled.size,
        excess_squared=(excess**2).mean(axis=0),
        excess_cubed=(excess**3).mean(axis=0),
        excess_fourth=(excess**4).mean(axis=0),
        parts=parts,
    )


def _pair_sums(
    placement: Placement, radii: Floats, bandwidth: float, gridded: bool, workers: int | None
) -> tuple[Floats, Floats, tuple[Floats, Floats, Floats]]:
    """Return P, Q and the means of K_ij, K_ij^3 and K_ij^4, shapes (R,), (R, R) and (R,)."""
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
    pairs = weighted(pair_weight, counts)
    squares = product(pair_weight * counts, pair_weight.T) - product(slope * counts, slope.T)
    sites = placement.order.size
    all_pairs = sites * (sites - 1.0) / 2.0
    cubes, fourths = (weighted(pair_weight**k, counts) / all_pairs for k in (3, 4))
    return pairs, squares, (pairs / all_pairs, cubes, fourths)


def _sampled_sites(sites: int, seed: int) -> NDArray[np.int64]:
    if sites <= EVERY_SITE:
        return np.arange(sites)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    return np.sort(rng.choice(sites, SAMPLED_SITES, replace=False))


def _weights_around(
    placement: Placement,
    sampled: NDArray[np.int64],
    radii: Floats,
    bandwidth: float,
    workers: int | None,
) -> Floats:
    """Sum K_i(r) of the kernel weights around each sampled site, shape (sampled, R)."""
    reach = float(placement.straight(radii[-1:] + REACH * bandwidth)[0])
    bins = bins_up_to(reach, bandwidth / BINS_AROUND, placement.extent)
    points = in_bin_units(placement, bins)
    across = binned_kernel(radii, bins, placement.ground(bins.centres), bandwidth).T
    centres = points.take(sampled, axis=1)

    def block(begin: int) -> Floats:
        counts = around(centres, points, (begin, min(begin + ROWS, sampled.size)), bins)
        counts[:, 0] -= 1  # the site itself
        return product(counts.astype(np.float64), across)

    return np.vstack(in_order(block, range(0, sampled.size, ROWS), workers))
