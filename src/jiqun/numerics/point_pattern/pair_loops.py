"""Compiled loops over pairs of points: straight distance, bin, count.

Positions come in units of one bin, so that the whole part of a distance is its bin; the last bin
takes what lies beyond. Four copies of a histogram are filled in turn, since two increments of the
same number in a row would wait for each other. Points are in the order of their first coordinate,
which ends a row of pairs as soon as that coordinate alone is out of reach.
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled

STRIP = 512  # distances worked out at a time: fits the first-level cache
COPIES = 4
SPREAD_OUT = (
    8192  # bins from which one copy does: repeats are rare, and four would not fit the cache
)
IN_PLANE = 2

Positions = NDArray[np.float32] | NDArray[np.float64]


@compiled
def window(line: Positions, x: float, reach: float, start: int, stop: int) -> tuple[int, int]:
    """Move the ends of the stretch of ``line`` (ascending) within ``reach`` of x onwards."""
    while start < line.size and x - line[start] > reach:
        start += 1
    stop = max(stop, start)
    while stop < line.size and line[stop] - x <= reach:
        stop += 1
    return start, stop


@compiled
def bins_of_strip(
    centres: Positions,
    i: int,
    others: Positions,
    start: int,
    count: int,
    last: np.int32,
    bins: NDArray[np.int32],
) -> None:
    """Write the bins of the distances from centre i to ``count`` others from ``start`` on."""
    x = centres[0, i]
    y = centres[1, i]
    xs = others[0, start : start + count]
    ys = others[1, start : start + count]
    if others.shape[0] == IN_PLANE:
        for k in range(count):
            dx = xs[k] - x
            dy = ys[k] - y
            bins[k] = min(np.int32(np.sqrt(dx * dx + dy * dy)), last)
    else:
        z = centres[2, i]
        zs = others[2, start : start + count]
        for k in range(count):
            dx = xs[k] - x
            dy = ys[k] - y
            dz = zs[k] - z
            bins[k] = min(np.int32(np.sqrt(dx * dx + dy * dy + dz * dz)), last)


@compiled
def add_counts(bins: NDArray[np.int32], count: int, tally: NDArray[np.int64]) -> None:
    """Count each bin of a strip; ``tally`` has one row a copy, and four rows or one."""
    rows = len(tally)
    first, second, third, fourth = tally[0], tally[1 % rows], tally[2 % rows], tally[3 % rows]
    whole = count - count % COPIES
    for k in range(0, whole, COPIES):
        first[np.uint32(bins[k])] += 1
        second[np.uint32(bins[k + 1])] += 1
        third[np.uint32(bins[k + 2])] += 1
        fourth[np.uint32(bins[k + 3])] += 1
    for k in range(whole, count):
        first[np.uint32(bins[k])] += 1


@compiled
def add_weights(
    bins: NDArray[np.int32],
    count: int,
    own: float,
    weights: NDArray[np.float64],
    tally: NDArray[np.float64],
) -> None:
    """Add the product of both weights to each bin of a strip."""
    first, second, third, fourth = tally[0], tally[1], tally[2], tally[3]
    whole = count - count % COPIES
    for k in range(0, whole, COPIES):
        first[np.uint32(bins[k])] += own * weights[k]
        second[np.uint32(bins[k + 1])] += own * weights[k + 1]
        third[np.uint32(bins[k + 2])] += own * weights[k + 2]
        fourth[np.uint32(bins[k + 3])] += own * weights[k + 3]
    for k in range(whole, count):
        first[np.uint32(bins[k])] += own * weights[k]


@compiled
def count_within(
    points: Positions, begin: int, end: int, last: int, histogram: NDArray[np.int64]
) -> None:
    """Count the pairs (i, j), i < j, with i in [begin, end), by bin below ``last``."""
    bins = np.empty(STRIP, np.int32)
    tally = np.zeros((COPIES if last < SPREAD_OUT else 1, last + 1), np.int64)
    limit = np.int32(last)
    n = points.shape[1]
    stop = begin + 1
    for i in range(begin, end):
        while stop < n and points[0, stop] - points[0, i] <= last:
            stop += 1
        j = i + 1
        while j < stop:
            count = min(STRIP, stop - j)
            bins_of_strip(points, i, points, j, count, limit, bins)
            add_counts(bins, count, tally)
            j += count
    for b in range(last):
        for row in tally:
            histogram[b] += row[b]


@compiled
def weigh_within(
    points: Positions,
    weights: NDArray[np.float64],
    begin: int,
    end: int,
    last: int,
    histogram: NDArray[np.float64],
) -> None:
    """Add up w_i w_j over the pairs (i, j), i < j, with i in [begin, end), by bin."""
    bins = np.empty(STRIP, np.int32)
    tally = np.zeros((COPIES, last + 1), np.float64)
    limit = np.int32(last)
    n = points.shape[1]
    stop = begin + 1
    for i in range(begin, end):
        while stop < n and points[0, stop] - points[0, i] <= last:
            stop += 1
        j = i + 1
        while j < stop:
            count = min(STRIP, stop - j)
            bins_of_strip(points, i, points, j, count, limit, bins)
            add_weights(bins, count, weights[i], weights[j : j + count], tally)
            j += count
    for b in range(last):
        histogram[b] += tally[0, b] + tally[1, b] + tally[2, b] + tally[3, b]


@compiled
def weigh_between(
    centres: Positions,
    centre_weights: NDArray[np.float64],
    others: Positions,
    other_weights: NDArray[np.float64],
    begin: int,
    end: int,
    last: int,
    histogram: NDArray[np.float64],
) -> None:
    """Add up w_i w_j over centres i in [begin, end) and all others j, by bin."""
    bins = np.empty(STRIP, np.int32)
    tally = np.zeros((COPIES, last + 1), np.float64)
    limit = np.int32(last)
    start = 0
    stop = 0
    for i in range(begin, end):
        start, stop = window(others[0], centres[0, i], last, start, stop)
        j = start
        while j < stop:
            count = min(STRIP, stop - j)
            bins_of_strip(centres, i, others, j, count, limit, bins)
            add_weights(bins, count, centre_weights[i], other_weights[j : j + count], tally)
            j += count
    for b in range(last):
        histogram[b] += tally[0, b] + tally[1, b] + tally[2, b] + tally[3, b]


@compiled
def count_around(
    centres: Positions, others: Positions, begin: int, end: int, counts: NDArray[np.int32]
) -> None:
    """Count the others around each centre i in [begin, end) into row i - begin, by bin.

    A centre that is itself among the others is counted there, in bin 0.
    """
    bins = np.empty(STRIP, np.int32)
    last = counts.shape[1] - 1
    limit = np.int32(last)
    start = 0
    stop = 0
    for i in range(begin, end):
        start, stop = window(others[0], centres[0, i], last, start, stop)
        row = counts[i - begin]
        j = start
        while j < stop:
            count = min(STRIP, stop - j)
            bins_of_strip(centres, i, others, j, count, limit, bins)
            for k in range(count):
                row[np.uint32(bins[k])] += 1
            j += count


@compiled
def count_within_samples(
    points: Positions, chosen: NDArray[np.int32], histograms: NDArray[np.int64]
) -> None:
    """Count the pairs within each sample (a row of ``chosen``, ascending) by bin."""
    samples, n = chosen.shape
    last = histograms.shape[1]
    places = np.empty((points.shape[0], n), points.dtype)
    for s in range(samples):
        for axis in range(points.shape[0]):
            for k in range(n):
                places[axis, k] = points[axis, chosen[s, k]]
        count_within(places, 0, n, last, histograms[s])
