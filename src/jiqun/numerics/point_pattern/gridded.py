"""Distances from counts on a grid 网格: time that hardly grows with the number of points.

The counts of a square grid are correlated with themselves by a fast Fourier transform, which gives
the number of pairs of points for every lag between two cells. Moving both points of a pair to the
middles of their cells shifts their difference by a random vector with variance s = cell^2 / 6 along
each axis, which adds (s / 2) times its Laplacian to whatever is averaged; that is taken out of the
kernel again (Sheppard's correction in the plane). What is left is small while a cell is a third of
the bandwidth or less.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.pattern import Pattern
from jiqun.numerics.point_pattern.products import weighted
from jiqun.numerics.point_pattern.smoothing import REACH, kernel, kernel_slope

Floats = NDArray[np.float64]

CELLS_A_BANDWIDTH = 3.0
MOST_CELLS = 2**24  # with padding: 64 MB for the counts, as much for each transform
BINS_A_CELL = 8
SPREAD = 1.0 / 6.0  # variance along one axis of the difference of two uniform numbers


@compiled
def deposit(
    points: Floats, low_x: float, low_y: float, cell: float, grid: NDArray[np.float32]
) -> None:
    """Count points by cell of the grid."""
    for k in range(points.shape[1]):
        column = min(int((points[0, k] - low_x) / cell), grid.shape[0] - 1)
        row = min(int((points[1, k] - low_y) / cell), grid.shape[1] - 1)
        grid[column, row] += np.float32(1.0)


@compiled
def add_lags(
    correlation: NDArray[np.float32], lags_x: int, lags_y: int, points: int, bins: Floats
) -> None:
    """Add the unordered pairs of each lag to its bin of distance; bin 0 is the same cell."""
    bins[0] += (correlation[0, 0] - points) / 2.0
    rows = correlation.shape[0]
    last = bins.size - 1
    for a in range(-lags_x, lags_x + 1):
        line = correlation[a % rows]
        for b in range(lags_y + 1):
            if b > 0 or a > 0:
                place = int(np.sqrt(float(a * a + b * b)) * BINS_A_CELL + 0.5)
                bins[min(place, last)] += line[b]


def pairs_by_distance(points: Floats, cell: float, reach: float) -> tuple[Floats, Floats]:
    """Count the unordered pairs of points by distance up to ``reach``.

    Parameters
    ----------
    points
        Metres, shape (2, n).
    cell
        Side of a cell, m.
    reach
        Longest distance of interest, m; the last bin holds some of what is beyond.

    Returns
    -------
    distances
        Between the middles of the cells, m, shape (B,).
    pairs
        Number of pairs, shape (B,).

    Raises
    ------
    ValueError
        Where the grid would have more than 2^24 cells.
    """
    low = points.min(axis=1)
    cells = (np.ptp(points, axis=1) / cell).astype(np.int64) + 1
    lags = np.minimum(np.int64(np.ceil(reach / cell)), cells - 1)
    padded = [fft.next_fast_len(int(c + g), real=True) for c, g in zip(cells, lags, strict=True)]
    if padded[0] * padded[1] > MOST_CELLS:
        msg = (
            f"method: cells of {cell:g} m make a grid of {padded[0]} by {padded[1]}, more than 2^24; "
            "use method='analytic' or a larger bandwidth"
        )
        raise ValueError(msg)
    grid = np.zeros(padded, np.float32)
    deposit(points, low[0], low[1], cell, grid[: cells[0], : cells[1]])
    spectrum = fft.rfft2(grid, overwrite_x=True)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.complex64)
    correlation = fft.irfft2(power, s=padded, overwrite_x=True)
    last = int(np.ceil(np.hypot(*lags) * BINS_A_CELL)) + 1
    bins = np.zeros(last + 1)
    add_lags(correlation, int(lags[0]), int(lags[1]), points.shape[1], bins)
    distances = np.arange(last + 1, dtype=np.float64) * (cell / BINS_A_CELL)
    return distances, np.maximum(bins, 0.0)


def grid_kernel(radii: Floats, distances: Floats, cell: float, bandwidth: float) -> Floats:
    """Kernel weights with the shift to the middles of cells taken out, shape (radii, distances)."""
    far = np.maximum(distances, 1e-6 * cell)
    weight = kernel(radii, far, bandwidth)
    slope = kernel_slope(radii, far, bandwidth)
    nearer = kernel(radii, far, bandwidth, reflected=False)
    mirrored = weight - nearer
    square = ((far - radii[:, None]) / bandwidth) ** 2
    mirrored_square = ((far + radii[:, None]) / bandwidth) ** 2
    bend = (nearer * (square - 1.0) + mirrored * (mirrored_square - 1.0)) / bandwidth**2
    return np.asarray(weight - cell**2 * SPREAD / 2.0 * (bend + slope / far))


def gridded_density(pattern: Pattern, bandwidth: float) -> tuple[Floats, Floats]:
    """Return the density of the distances between the cases at each radius, and its error.

    The error is a third of what cells twice as wide change: it falls with the square of the cell
    at least.
    """
    points = pattern.placement.position.compress(pattern.cases, axis=1)
    total = points.shape[1] * (points.shape[1] - 1) / 2.0
    reach = float(pattern.radii[-1]) + REACH * bandwidth
    curves = []
    for cell in (bandwidth / CELLS_A_BANDWIDTH, 2.0 * bandwidth / CELLS_A_BANDWIDTH):
        distances, pairs = pairs_by_distance(points, cell, reach)
        weight = grid_kernel(pattern.radii, distances, cell, bandwidth)
        curves.append(weighted(weight, pairs) / total)
    return curves[0], np.abs(curves[1] - curves[0]) / 3.0
