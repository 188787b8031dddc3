"""Histograms of distances 距离直方图: all pairs of an industry, of two, or around single places."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.pair_loops import (
    Positions,
    count_around,
    count_within,
    count_within_samples,
    weigh_between,
    weigh_within,
)
from jiqun.numerics.point_pattern.placement import Placement
from jiqun.numerics.point_pattern.workers import in_order

ROWS_TOGETHER = 4096  # below this a pattern is one block of work
BLOCKS = 64
SINGLE_PRECISION_REACH = 2**15  # bins across the whole pattern: leaves 1/512 of a bin for rounding
FINEST = 2.0**-30  # of the extent: bins are numbered in 32 bits

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """Equal bins of straight distance from 0.

    Attributes
    ----------
    width
        Of one bin, m.
    count
        Number of bins; longer distances are not counted.
    """

    width: float
    count: int

    @property
    def centres(self) -> Floats:
        """Straight distance at the middle of each bin, m."""
        return np.asarray((np.arange(self.count) + 0.5) * self.width, dtype=np.float64)


def bins_up_to(reach: float, width: float, extent: float) -> Bins:
    """Return bins of about ``width`` that cover ``reach``, none beyond ``extent``."""
    covered = min(reach, extent * (1.0 + FINEST))
    width = max(width, extent * FINEST)
    return Bins(width=width, count=max(1, int(np.ceil(covered / width)) + 1))


def in_bin_units(placement: Placement, bins: Bins) -> Positions:
    """Scale positions so that a distance of 1 is one bin, in the shortest float that serves."""
    position = placement.position
    middle = (position.min(axis=1) + position.max(axis=1)) / 2.0
    scaled: Floats = (position - middle[:, None]) / bins.width
    if placement.extent / bins.width <= SINGLE_PRECISION_REACH:
        return np.asarray(scaled, dtype=np.float32)
    return scaled


def _row_blocks(rows: int) -> list[tuple[int, int]]:
    """Cut rows into blocks with about as many pairs i < j each."""
    if rows < ROWS_TOGETHER:
        return [(0, rows)]
    share = 1.0 - np.sqrt(1.0 - np.arange(BLOCKS + 1) / BLOCKS)
    edges = np.unique((rows * share).astype(np.int64))
    return [(int(a), int(b)) for a, b in pairwise(edges)]


def within(
    points: Positions, bins: Bins, weights: Floats | None = None, workers: int | None = None
) -> Floats:
    """Count (or add up the weight products of) unordered pairs by bin, shape (bins,)."""

    def block(rows: tuple[int, int]) -> Floats:
        if weights is None:
            counts = np.zeros(bins.count, np.int64)
            count_within(points, *rows, bins.count, counts)
            return counts.astype(np.float64)
        sums = np.zeros(bins.count)
        weigh_within(points, weights, *rows, bins.count, sums)
        return sums

    blocks = in_order(block, _row_blocks(points.shape[1]), workers)
    return np.asarray(np.sum(blocks, axis=0), dtype=np.float64)


def between(
    points: Positions,
    point_weights: Floats,
    others: Positions,
    other_weights: Floats,
    bins: Bins,
) -> Floats:
    """Add up the weight products over all pairs of one point and one other, shape (bins,)."""
    sums = np.zeros(bins.count)
    weigh_between(
        points, point_weights, others, other_weights, 0, points.shape[1], bins.count, sums
    )
    return sums


def within_samples(points: Positions, chosen: NDArray[np.int32], bins: Bins) -> Floats:
    """Count pairs by bin within each sample, shape (samples, bins); rows of chosen ascend."""
    counts = np.zeros((chosen.shape[0], bins.count), np.int64)
    count_within_samples(points, chosen, counts)
    return counts.astype(np.float64)


def around(
    centres: Positions, others: Positions, rows: tuple[int, int], bins: Bins
) -> NDArray[np.int32]:
    """Count the others around each centre of the rows by bin, shape (rows, bins)."""
    counts = np.zeros((rows[1] - rows[0], bins.count + 1), np.int32)
    count_around(centres, others, *rows, counts)
    return counts[:, : bins.count]
