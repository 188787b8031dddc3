"""Compiled loops over the neighbours of single points, each neighbour counted up to a radius.

Unlike the density of distances, these statistics ask whether d <= r, so distances are worked out in
double precision from the coordinates as given, and a tie d = r counts as within. Points are in the
order of their first coordinate; ``own[i]`` is the place of centre i among the others, -1 if none.
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.pair_loops import (
    IN_PLANE,
    STRIP,
    Positions,
    bins_of_strip,
    window,
)

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]


@compiled
def distances_of_strip(
    centres: Floats,
    i: int,
    others: Floats,
    start: int,
    scale: float,
    last: np.int32,
    distances: Floats,
    stretches: Indices,
) -> None:
    """Write the distances from centre i to the others from ``start`` on, and their stretches."""
    x = centres[0, i]
    y = centres[1, i]
    count = distances.size
    xs = others[0, start : start + count]
    ys = others[1, start : start + count]
    if others.shape[0] == IN_PLANE:
        for k in range(count):
            dx = xs[k] - x
            dy = ys[k] - y
            d = np.sqrt(dx * dx + dy * dy)
            distances[k] = d
            stretches[k] = min(np.int32(d * scale), last)
    else:
        z = centres[2, i]
        zs = others[2, start : start + count]
        for k in range(count):
            dx = xs[k] - x
            dy = ys[k] - y
            dz = zs[k] - z
            d = np.sqrt(dx * dx + dy * dy + dz * dz)
            distances[k] = d
            stretches[k] = min(np.int32(d * scale), last)


@compiled
def add_row(
    centres: Floats,
    i: int,
    others: Floats,
    weights: Floats,
    start: int,
    stop: int,
    edges: Floats,
    first: Indices,
    scale: float,
    distances: Floats,
    stretches: Indices,
    row: Floats,
) -> None:
    """Add the weight of each other in [start, stop) to the first edge at or beyond its distance.

    ``edges`` ends in infinity; ``first`` holds the first edge that each of equal stretches of
    distance, ``scale`` of them a metre, can belong to; the last stretch is all that is beyond.
    ``distances`` and ``stretches`` are room to work in.
    """
    last = np.int32(first.size - 1)
    j = start
    while j < stop:
        count = min(STRIP, stop - j)
        near = distances[:count]
        distances_of_strip(centres, i, others, j, scale, last, near, stretches)
        sizes = weights[j : j + count]
        for k in range(count):
            edge = first[np.uint32(stretches[k])]
            while near[k] > edges[edge]:
                edge += 1
            row[edge] += sizes[k]
        j += count


@compiled
def weigh_up_to(
    centres: Floats,
    own: Indices,
    others: Floats,
    weights: Floats,
    begin: int,
    end: int,
    edges: Floats,
    first: Indices,
    scale: float,
    sums: Floats,
) -> None:
    """Add up the weights of the others within each edge of each centre in [begin, end).

    Row i - begin of ``sums`` belongs to centre i; the centre itself is left out.
    """
    row = np.zeros(edges.size)
    distances = np.empty(STRIP)
    stretches = np.empty(STRIP, np.int32)
    sizes = weights.copy()
    longest = edges[edges.size - 2]
    start = 0
    stop = 0
    for i in range(begin, end):
        start, stop = window(others[0], centres[0, i], longest, start, stop)
        row[:] = 0.0
        if own[i] >= 0:
            sizes[own[i]] = 0.0
        add_row(
            centres, i, others, sizes, start, stop, edges, first, scale, distances, stretches, row
        )
        if own[i] >= 0:
            sizes[own[i]] = weights[own[i]]
        total = 0.0
        for k in range(edges.size - 1):
            total += row[k]
            sums[i - begin, k] = total


@compiled
def weigh_around(
    centres: Positions,
    own: Indices,
    others: Positions,
    weights: Floats,
    begin: int,
    end: int,
    sums: Floats,
) -> None:
    """Add up the weights of the others around each centre in [begin, end) by bin of distance.

    Positions are in units of one bin; row i - begin of ``sums`` belongs to centre i, its last
    column takes what is beyond; the centre itself is left out.
    """
    bins = np.empty(STRIP, np.int32)
    last = sums.shape[1] - 1
    limit = np.int32(last)
    start = 0
    stop = 0
    for i in range(begin, end):
        start, stop = window(others[0], centres[0, i], last, start, stop)
        row = sums[i - begin]
        j = start
        while j < stop:
            count = min(STRIP, stop - j)
            bins_of_strip(centres, i, others, j, count, limit, bins)
            for k in range(count):
                if j + k != own[i]:
                    row[np.uint32(bins[k])] += weights[j + k]
            j += count


@compiled
def share_of_sample(
    places: Floats,
    sizes: Floats,
    chosen: Indices,
    inverse: Floats,
    everything: float,
    edges: Floats,
    first: Indices,
    scale: float,
    shares: Floats,
) -> None:
    """Write M of one sample, whose sites stand at ``places``, to ``shares``, shape (radii,)."""
    radii = edges.size - 1
    row = np.zeros(edges.size)
    distances = np.empty(STRIP)
    stretches = np.empty(STRIP, np.int32)
    overall = np.zeros(radii)
    industry = sizes.sum()
    start = 0
    stop = 0
    shares[:] = 0.0
    for i in range(sizes.size):
        start, stop = window(places[0], places[0, i], edges[radii - 1], start, stop)
        row[:] = 0.0
        size = sizes[i]
        sizes[i] = 0.0
        add_row(
            places, i, places, sizes, start, stop, edges, first, scale, distances, stretches, row
        )
        sizes[i] = size
        others = everything - size
        share = (industry - size) / others if others > 0.0 else 0.0
        total = 0.0
        for k in range(radii):
            total += row[k]
            one_over = inverse[chosen[i], k]
            if one_over > 0.0:
                shares[k] += total * one_over
                overall[k] += share
    for k in range(radii):
        shares[k] = shares[k] / overall[k] if overall[k] > 0.0 else np.nan


@compiled
def mean_share_of_samples(
    points: Floats,
    weights: Floats,
    inverse: Floats,
    chosen: NDArray[np.int32],
    edges: Floats,
    first: Indices,
    scale: float,
    shares: Floats,
) -> None:
    """M of each sample (a row of ``chosen``, ascending), shape (samples, radii).

    ``inverse`` holds one over the weight of all sites within each radius of each site, 0 where
    there is none: such a site does not count at that radius.
    """
    samples, n = chosen.shape
    places = np.empty((points.shape[0], n))
    sizes = np.empty(n)
    everything = weights.sum()
    for s in range(samples):
        for k in range(n):
            for axis in range(points.shape[0]):
                places[axis, k] = points[axis, chosen[s, k]]
            sizes[k] = weights[chosen[s, k]]
        share_of_sample(
            places, sizes, chosen[s], inverse, everything, edges, first, scale, shares[s]
        )
