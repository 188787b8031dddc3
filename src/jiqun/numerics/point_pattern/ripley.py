r"""K and L: how many sites of an industry are within r of one, over what an even spread would give?

.. math::

    K(r) = \frac{|A|}{n (n - 1)} \sum_{i \ne j} e_{ij}\, 1(d_{ij} \le r), \qquad
    L(r) = \sqrt{K(r) / \pi}

for n cases in a rectangle of area |A|; for cases around neighbours the sum runs over both and n(n-1)
becomes the product of their numbers. A completely random pattern has K = pi r^2, L = r. Of the pairs
of a site near the edge some are out of sight; e_ij makes up for them:

``none``
    e = 1: too low near the edge.
``translation``
    the area of the rectangle over its overlap with itself moved by the vector from i to j.
``isotropic``
    one over the part of the circle around i through j that lies in the rectangle, at most 100.
``border``
    only sites i at least r from the edge are centres.

K is absolute: it tells an industry from an even spread over the rectangle, which no industry has.
The bands therefore come from relocating the industry to the sites of all others, and only the
comparison with the band is about concentration.

References
----------
Ripley, B. D. (1976). The second-order analysis of stationary point processes. Journal of Applied
Probability 13(2), 255-266, doi:10.2307/3212829.
Ohser, J. (1983). On estimators for the reduced second moment measure of point processes.
Mathematische Operationsforschung und Statistik, series Statistics 14(1), 63-71 (translation).
"""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jiqun.numerics.point_pattern.band import simulated_band
from jiqun.numerics.point_pattern.curve import Curve, curve_of
from jiqun.numerics.point_pattern.pattern import Pattern, pattern_of
from jiqun.numerics.point_pattern.relocation import (
    Batch,
    Null,
    Relocated,
    null_test,
    observed_draw,
    relocations,
)
from jiqun.numerics.point_pattern.ripley_loops import add_corrected_pairs
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Correction = Literal["none", "translation", "isotropic", "border"]
Window = tuple[float, float, float, float]


def ripley_k(
    points: ArrayLike,
    cases: ArrayLike,
    radii: ArrayLike,
    *,
    statistic: Literal["K", "L"] = "K",
    neighbours: ArrayLike | None = None,
    window: Window | None = None,
    correction: Correction = "translation",
    null: Null = "random_location",
    simulations: int = 1000,
    level: float = 0.95,
    seed: int,
    workers: int | None = None,
) -> Curve:
    """Estimate K or L of one industry, or of one around another, with its bands.

    Parameters
    ----------
    points
        All sites, shape (N, 2), metres.
    cases
        Which sites are the industry, shape (N,), true or false.
    radii
        Distances, m, ascending, shape (R,).
    statistic
        ``"K"`` or ``"L"``.
    neighbours
        Which sites are looked for around the cases, shape (N,); None for the cases themselves.
    window
        Rectangle (least x, greatest x, least y, greatest y), m; None for the box of all sites.
    correction
        Of the edge.
    null
        Null hypothesis of the bands, see :mod:`jiqun.numerics.point_pattern.relocation`.
    simulations
        Null curves of the band; 0 for a curve without bands.
    level
        Share of null curves inside the bands.
    seed
        Of the simulations.
    workers
        Threads; None for all cores. The result does not depend on it.

    Returns
    -------
    Curve
        K in m^2 or L in m; NaN at radii where the border correction leaves no centre.

    Raises
    ------
    ValueError
        For an argument that does not fit, a point outside the window, a window without area.
    """
    pattern = pattern_of(
        points, cases, radii, neighbours=neighbours, weights=None, coordinates="projected"
    )
    test = null_test(pattern, null, simulations, level=level, seed=seed, workers=workers)
    if correction not in get_args(Correction):
        msg = f"correction: expected one of {', '.join(get_args(Correction))}, got {correction!r}"
        raise ValueError(msg)
    box = _window(pattern, window)

    def curve(draw: Relocated) -> Floats:
        k = _reduced_second_moment(pattern, draw, box, correction)
        return k if statistic == "K" else np.sqrt(k / np.pi)

    def curves(batch: Batch) -> Floats:
        return np.array([curve(draw) for draw in relocations(pattern, null, batch)])

    observed = curve(observed_draw(pattern))
    band = None
    if simulations:
        null_curves = np.vstack(in_order(curves, test.batches(), workers))
        band = simulated_band(observed, null_curves, level)
    return curve_of(statistic, pattern, observed, band, null)


def _window(pattern: Pattern, window: Window | None) -> Floats:
    x, y = pattern.placement.position
    box = np.array([x.min(), x.max(), y.min(), y.max()] if window is None else window, dtype=float)
    if box.shape != (4,) or not (box[1] > box[0] and box[3] > box[2]):
        msg = f"window: expected (least x, greatest x, least y, greatest y) with an area, got {box.tolist()}"
        raise ValueError(msg)
    outside = (x < box[0]) | (x > box[1]) | (y < box[2]) | (y > box[3])
    if outside.any():
        row = int(pattern.placement.order[outside].min())
        msg = f"window: {int(outside.sum())} points are outside, the first in row {row}"
        raise ValueError(msg)
    return box


def _reduced_second_moment(
    pattern: Pattern, draw: Relocated, box: Floats, correction: Correction
) -> Floats:
    """Return K of one arrangement of the industry, shape (R,)."""
    position = pattern.placement.position
    centres, others = position.take(draw.cases, axis=1), position.take(draw.neighbours, axis=1)
    same = pattern.neighbours is None
    sums = np.zeros(pattern.radii.size)
    add_corrected_pairs(
        centres, others, same, box, get_args(Correction).index(correction), pattern.radii, sums
    )
    area = (box[1] - box[0]) * (box[3] - box[2])
    partners = others.shape[1] - same
    within = np.full(pattern.radii.size, centres.shape[1])
    if correction == "border":
        to_edge = np.minimum(
            np.minimum(centres[0] - box[0], box[1] - centres[0]),
            np.minimum(centres[1] - box[2], box[3] - centres[1]),
        )
        within = (to_edge[:, None] >= pattern.radii).sum(axis=0)
        partners = others.shape[1]
    expected = within * partners / area
    return np.asarray(
        np.divide(sums, expected, out=np.full(sums.size, np.nan), where=expected > 0.0)
    )
