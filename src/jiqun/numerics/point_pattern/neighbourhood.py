"""Weights around each site 邻域权重: up to each radius, or smoothed by a kernel at each radius."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.histogram import bins_up_to, in_bin_units
from jiqun.numerics.point_pattern.neighbour_loops import (
    mean_share_of_samples,
    weigh_around,
    weigh_up_to,
)
from jiqun.numerics.point_pattern.pair_loops import Positions
from jiqun.numerics.point_pattern.placement import Placement
from jiqun.numerics.point_pattern.products import product
from jiqun.numerics.point_pattern.smoothing import REACH, kernel, narrowed
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]

STRETCHES = 8192  # of distance, each of which knows its first edge
ROWS = 256
BINS_A_BANDWIDTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Sums up to each radius; a distance of exactly r is within.

    Attributes
    ----------
    points
        Positions, m, shape (2 or 3, N).
    edges
        Straight distances, ascending and ending in infinity.
    first, scale
        The first edge that each stretch of distance can belong to, and stretches a metre.
    """

    points: Floats
    edges: Floats
    first: Indices
    scale: float

    def sums(
        self, centres: Indices, others: Indices, sizes: Floats, workers: int | None = 1
    ) -> Floats:
        """Sum up the sizes of the others around each centre, without itself, shape (centres, R).

        ``centres`` and ``others`` are places, ascending; ``sizes`` has one value a place.
        """
        around, points = self.points.take(centres, axis=1), self.points.take(others, axis=1)
        own, weights = _own_places(centres, others), sizes.take(others)

        def block(begin: int) -> Floats:
            end = min(begin + ROWS, centres.size)
            sums = np.zeros((end - begin, self.edges.size - 1))
            weigh_up_to(
                around, own, points, weights, begin, end, self.edges, self.first, self.scale, sums
            )
            return sums

        return np.vstack(in_order(block, range(0, centres.size, ROWS), workers))

    def mean_shares(self, sizes: Floats, inverse: Floats, chosen: NDArray[np.int32]) -> Floats:
        """Return M of each sample of sites that keep their sizes, shape (samples, R)."""
        shares = np.empty((chosen.shape[0], self.edges.size - 1))
        mean_share_of_samples(
            self.points, sizes, inverse, chosen, self.edges, self.first, self.scale, shares
        )
        return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothed:
    """Sums by a kernel at each radius.

    Attributes
    ----------
    points
        Positions in units of one bin, shape (2 or 3, N).
    weight
        Of each bin at each radius, 1/m, shape (bins, R).
    """

    points: Positions
    weight: Floats

    def sums(
        self, centres: Indices, others: Indices, sizes: Floats, workers: int | None = 1
    ) -> Floats:
        """Sum up the sizes of the others around each centre, without itself, shape (centres, R).

        ``centres`` and ``others`` are places, ascending; ``sizes`` has one value a place.
        """
        around, points = self.points.take(centres, axis=1), self.points.take(others, axis=1)
        own, weights = _own_places(centres, others), sizes.take(others)

        def block(begin: int) -> Floats:
            end = min(begin + ROWS, centres.size)
            binned = np.zeros((end - begin, self.weight.shape[0] + 1))
            weigh_around(around, own, points, weights, begin, end, binned)
            return product(binned[:, :-1], self.weight)

        return np.vstack(in_order(block, range(0, centres.size, ROWS), workers))


def _own_places(centres: Indices, others: Indices) -> Indices:
    """Place of each centre among the others, -1 where it is not among them."""
    at = np.searchsorted(others, centres)
    found = others.take(at, mode="clip") == centres
    return np.asarray(np.where(found, at, -1), dtype=np.int32)


def counted(placement: Placement, radii: Floats) -> Counted:
    """Count within each radius."""
    straight = placement.straight(radii)
    edges = np.append(straight, np.inf)
    stretch = np.arange(STRETCHES + 2) * (straight[-1] / STRETCHES)
    first = np.searchsorted(edges, stretch * (1.0 - 1e-9), side="left").astype(np.int32)
    # Distances farther than 2^31 stretches would not fit a number: none is longer than the extent.
    finest = 2.0**30 / max(placement.extent, straight[-1], 1e-300)
    scale = min(STRETCHES / straight[-1], finest) if straight[-1] > 0.0 else 0.0
    return Counted(points=placement.position, edges=edges, first=first, scale=scale)


def smoothed(placement: Placement, radii: Floats, bandwidth: float) -> Smoothed:
    """Smooth by a Gaussian kernel that is not reflected: only shares of it matter."""
    reach = float(placement.straight(radii[-1:] + REACH * bandwidth)[0])
    bins = bins_up_to(reach, bandwidth / BINS_A_BANDWIDTH, placement.extent)
    narrow = narrowed(bandwidth, bins.width**2 / 12.0)
    weight = kernel(radii, placement.ground(bins.centres), narrow, reflected=False)
    return Smoothed(points=in_bin_units(placement, bins), weight=np.ascontiguousarray(weight.T))
