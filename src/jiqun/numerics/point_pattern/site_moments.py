"""Sums of kernel weights over all sites 场所矩: what null moments of any industry are made of.

The pairs of all sites are counted, or come from a grid; what is around single sites is counted for
all of them or a sample; the third-order means come from all pairs and triples of a smaller sample.
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
from jiqun.numerics.point_pattern.placement import Placement
from jiqun.numerics.point_pattern.products import (
    covariance,
    product,
    product_of_singles,
    weighted,
)
from jiqun.numerics.point_pattern.smoothing import (
    BINS_A_BANDWIDTH,
    REACH,
    binned_kernel,
    kernel,
    kernel_slope,
)
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]

EVERY_SITE = 20_000  # up to here the spread is exact
SAMPLED_SITES = 8192  # beyond, from so many sites: 0.8 % in the standard deviation
TRIPLES_FROM = 512  # sites whose triples give the third moment
SKEWED_RADII = 33  # radii at which it is worked out; between them it is interpolated
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
    pairs, squares, cubes = _pair_sums(placement, radii, bandwidth, gridded, workers)
    sampled = _sampled_sites(sites, seed)
    own = _weights_around(placement, sampled, radii, bandwidth, workers)
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
        squares=squares,
        spread=covariance(own, sampled.size - float(sampled.size < sites)),
        sampled=sampled.size,
        excess_cubed=(excess**3).mean(axis=0),
        **third,
    )


def _pair_sums(
    placement: Placement, radii: Floats, bandwidth: float, gridded: bool, workers: int | None
) -> tuple[Floats, Floats, Floats]:
    """Return P, Q and the mean of K_ij^3, shapes (R,), (R, R) and (R,)."""
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
    cubes = weighted(pair_weight**3, counts) / (sites * (sites - 1.0) / 2.0)
    return pairs, squares, cubes


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
        float((excess * weighted(rest, excess)).sum() / ordered_pairs),
        float((excess * (rest**2).sum(axis=1)).sum() / ordered_pairs),
        float((rest * rest * rest - weight * weight * weight).sum() / ordered_pairs + cube),
        float(np.sum(product_of_singles(half, half) * half, dtype=np.float64) / triples),
    )
