"""Compiled loop over pairs with a correction for the edges of a rectangle."""

import math

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.pair_loops import window

Floats = NDArray[np.float64]

NONE, TRANSLATION, ISOTROPIC, BORDER = range(4)
LARGEST_WEIGHT = 100.0


@compiled
def part_of_circle(x: float, y: float, d: float, box: Floats) -> float:
    """Part of the circle of radius d around (x, y) that lies in the rectangle.

    Each side nearer than d cuts off an arc of half-angle acos(side / d); the arcs of neighbouring
    sides overlap where the corner between them is nearer than d.
    """
    west = math.acos(min((x - box[0]) / d, 1.0))
    east = math.acos(min((box[1] - x) / d, 1.0))
    south = math.acos(min((y - box[2]) / d, 1.0))
    north = math.acos(min((box[3] - y) / d, 1.0))
    right = math.pi / 2.0
    cut = 2.0 * (west + east + south + north)
    cut -= max(west + south - right, 0.0) + max(west + north - right, 0.0)
    cut -= max(east + south - right, 0.0) + max(east + north - right, 0.0)
    return 1.0 - cut / (2.0 * math.pi)


@compiled
def pair_weight(centre: Floats, other: Floats, d: float, box: Floats, correction: int) -> float:
    """Return what one pair counts for."""
    if correction == TRANSLATION:
        width = box[1] - box[0]
        height = box[3] - box[2]
        overlap = (width - abs(centre[0] - other[0])) * (height - abs(centre[1] - other[1]))
        return min(width * height / overlap, LARGEST_WEIGHT) if overlap > 0.0 else LARGEST_WEIGHT
    if correction == ISOTROPIC and d > 0.0:
        part = part_of_circle(centre[0], centre[1], d, box)
        return min(1.0 / part, LARGEST_WEIGHT) if part > 0.0 else LARGEST_WEIGHT
    return 1.0


@compiled
def add_corrected_pairs(
    centres: Floats,
    others: Floats,
    same: bool,
    box: Floats,
    correction: int,
    radii: Floats,
    sums: Floats,
) -> None:
    """Add the weights of all pairs of a centre and another within each radius to ``sums``.

    A distance of exactly r is within; with the border correction a centre counts only at radii up
    to its distance from the edge.
    """
    steps = np.zeros(radii.size + 1)
    start = 0
    stop = 0
    for i in range(centres.shape[1]):
        start, stop = window(others[0], centres[0, i], radii[-1], start, stop)
        deepest = radii.size
        if correction == BORDER:
            to_edge = min(
                centres[0, i] - box[0],
                box[1] - centres[0, i],
                centres[1, i] - box[2],
                box[3] - centres[1, i],
            )
            deepest = np.searchsorted(radii, to_edge, side="right")
        for j in range(start, stop):
            if same and i == j:
                continue
            dx = others[0, j] - centres[0, i]
            dy = others[1, j] - centres[1, i]
            d = math.sqrt(dx * dx + dy * dy)
            nearest = np.searchsorted(radii, d)
            if nearest < deepest:
                weight = pair_weight(centres[:, i], others[:, j], d, box, correction)
                steps[nearest] += weight
                steps[deepest] -= weight
    total = 0.0
    for k in range(radii.size):
        total += steps[k]
        sums[k] += total
