r"""Means over pairs, triples and cycles of sites 高阶均值: third and fourth moments are made of them.

A sum over the pairs of a random industry, :math:`\sum_{i<j} K_{ij} s_i s_j`, is for sites drawn
independently the sum of orthogonal parts: g_i, the excess of site i, and
:math:`h_{ij} = K_{ij} - \bar K - g_i - g_j`, what is left of a pair. Its moments are sums over the ways
in which factors g and h can share sites so that none of them stands alone.

References
----------
Hoeffding, W. (1948). A class of statistics with asymptotically normal distribution. Annals of
Mathematical Statistics 19(3), 293-325, for the parts; the sums follow by counting.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.placement import Placement
from jiqun.numerics.point_pattern.products import product_of_singles
from jiqun.numerics.point_pattern.smoothing import kernel

Floats = NDArray[np.float64]

SITES = 512  # whose pairs, triples and cycles give the means
RADII = 33  # at which they are worked out; between them they are interpolated


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMeans:
    """Means over ordered tuples of different sites, each of shape (R,).

    Attributes
    ----------
    g_g_h, g_hh, hhh
        Of pairs: g_i g_j h_ij, g_i h_ij^2, h_ij^3.
    triangle
        Of triples: h_ij h_jk h_ki.
    ggg_h, gg_hh, g_g_hh, g_hhh, hhhh
        Of pairs: g_i^2 g_j h_ij, g_i^2 h_ij^2, g_i g_j h_ij^2, g_i h_ij^3, h_ij^4.
    path, g_triangle, g_branch, doubled_triangle, doubled_path
        Of triples: g_i h_ij h_jk g_k, g_i h_ij h_jk h_ki, h_ij^2 h_jk g_k, h_ij^2 h_jk h_ki and
        h_ij^2 h_jk^2.
    square
        Of four sites: h_ij h_jk h_kl h_li.
    """

    g_g_h: Floats
    g_hh: Floats
    hhh: Floats
    triangle: Floats
    ggg_h: Floats
    gg_hh: Floats
    g_g_hh: Floats
    g_hhh: Floats
    hhhh: Floats
    path: Floats
    g_triangle: Floats
    g_branch: Floats
    doubled_triangle: Floats
    doubled_path: Floats
    square: Floats


NAMES = tuple(field.name for field in fields(PartMeans))


def part_means(
    placement: Placement,
    chosen: NDArray[np.int64],
    excess: Floats,
    *,
    radii: Floats,
    bandwidth: float,
    mean_powers: tuple[Floats, Floats, Floats],
) -> PartMeans:
    """Average over the tuples of some sites.

    Parameters
    ----------
    placement, chosen
        All sites, and the places of those to average over, shape (M,).
    excess
        g of these at each radius, shape (M, R).
    radii
        Shape (R,), m.
    bandwidth
        Of the kernel, m.
    mean_powers
        Means of K_ij, of K_ij^3 and of K_ij^4 over all pairs, shape (R,): with them only the differences
        from the means of h_ij^3 and h_ij^4 are from the sample.
    """
    position = placement.position.take(chosen, axis=1)
    apart = position[:, :, None] - position[:, None, :]
    distances = placement.ground(np.sqrt((apart**2).sum(axis=0)))
    at = np.unique(np.linspace(0, radii.size - 1, min(RADII, radii.size)).astype(np.int64))
    rows = [
        _means_at(
            kernel(radii[r : r + 1], distances.ravel(), bandwidth).reshape(distances.shape),
            excess[:, r],
            (mean_powers[0][r], mean_powers[1][r], mean_powers[2][r]),
        )
        for r in at
    ]
    return PartMeans(
        **{
            name: np.interp(radii, radii[at], [row[k] for row in rows])
            for k, name in enumerate(NAMES)
        }
    )


def _means_at(
    weight: Floats, g: Floats, mean_powers: tuple[float, float, float]
) -> tuple[float, ...]:
    """Return the means at one radius, in the order of :class:`PartMeans`."""
    m = g.size
    mean, cube, fourth = mean_powers
    h = weight - mean - g[:, None] - g[None, :]
    np.fill_diagonal(h, 0.0)
    np.fill_diagonal(weight, 0.0)
    pairs = m * (m - 1.0)
    triples = pairs * (m - 2.0)
    hh = h * h
    around, hg = hh.sum(axis=1), (h * g).sum(axis=1)
    single = h.astype(np.float32)
    by_way = product_of_singles(single, single).astype(np.float64)  # sum over j of h_ij h_jk
    np.fill_diagonal(by_way, 0.0)
    walks = h * by_way  # of three steps, from i by k and back
    quartic = float((hh * hh).sum())
    paths = float((around**2).sum()) - quartic
    return (
        float(g @ hg) / pairs,
        float(g @ around) / pairs,
        float((hh * h - weight**3).sum()) / pairs + cube,
        float(walks.sum()) / triples,
        float((g * g) @ hg) / pairs,
        float((g * g) @ around) / pairs,
        float(g @ (hh * g).sum(axis=1)) / pairs,
        float(g @ (hh * h).sum(axis=1)) / pairs,
        (quartic - float((weight**4).sum())) / pairs + fourth,
        float((hg**2).sum() - (g * g) @ around) / triples,
        float(g @ walks.sum(axis=1)) / triples,
        float(around @ hg - g @ (hh * h).sum(axis=1)) / triples,
        float((h * walks).sum()) / triples,
        paths / triples,
        (float((by_way**2).sum()) - paths) / (triples * (m - 3.0)) if m > 3 else 0.0,  # noqa: PLR2004
    )
