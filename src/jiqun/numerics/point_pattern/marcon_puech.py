r"""M and m: is an industry a larger share of what is around its sites than of everything?

.. math::

    M(r) = \sum_{i \in s} \frac{\sum_{j \in t, j \ne i} w_j\, 1(d_{ij} \le r)}
                               {\sum_{j \ne i} w_j\, 1(d_{ij} \le r)}
           \Big/ \sum_{i \in s} \frac{W_t - w_i 1(s = t)}{W - w_i}

for the neighbours t around the cases s (t = s for one industry), with sizes w, their sum W_t over
the neighbours and W over all sites. M = 1: the industry follows all others; M = 2: within r of its
sites its share is twice its share of everything. m replaces 1(d <= r) by a Gaussian kernel around
r: at the distance r, not up to it.

A neighbour at d = r is within r; firms at one address are at distance 0; a site is no neighbour of
itself. A case without any neighbour within r is left out of both sums at that r; where that is
every case the function is undefined (NaN).

References
----------
Marcon, E. & Puech, F. (2010). Measures of the geographic concentration of industries: improving
distance-based methods. Journal of Economic Geography 10(5), 745-762, doi:10.1093/jeg/lbp056.
Lang, G., Marcon, E. & Puech, F. (2020). Distance-based measures of spatial concentration:
introducing a relative density function. The Annals of Regional Science 64, 243-265,
doi:10.1007/s00168-019-00946-7.
"""

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jiqun.numerics.point_pattern.band import simulated_band
from jiqun.numerics.point_pattern.curve import Curve, curve_of
from jiqun.numerics.point_pattern.duranton_overman import chosen_bandwidth
from jiqun.numerics.point_pattern.neighbourhood import Counted, Smoothed, counted, smoothed
from jiqun.numerics.point_pattern.pattern import Pattern, pattern_of
from jiqun.numerics.point_pattern.placement import Coordinates
from jiqun.numerics.point_pattern.relocation import (
    Batch,
    Null,
    NullTest,
    Relocated,
    null_test,
    observed_draw,
    relocations,
    samples,
)
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Relative = Literal["M", "m"]

PAIRS_TO_SIMULATE = 4e9  # of sites of one industry, about 10 s on one core


def m_function(
    points: ArrayLike,
    cases: ArrayLike,
    radii: ArrayLike,
    *,
    statistic: Relative = "M",
    neighbours: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    null: Null = "random_location",
    simulations: int = 1000,
    coordinates: Coordinates = "projected",
    bandwidth: float | None = None,
    level: float = 0.95,
    seed: int,
    workers: int | None = None,
) -> Curve:
    """Estimate M or m of one industry, or of one around another, with its bands.

    Parameters
    ----------
    points
        All sites, shape (N, 2): metres, or degrees with ``coordinates="longitude_latitude"``.
    cases
        Which sites are the industry, shape (N,), true or false.
    radii
        Distances, m, ascending, shape (R,).
    statistic
        ``"M"``: up to each radius; ``"m"``: at each radius.
    neighbours
        Which sites are looked for around the cases, shape (N,); None for the cases themselves.
    weights
        Size of each site, shape (N,); None where all count the same.
    null
        Null hypothesis of the bands, see :mod:`jiqun.numerics.point_pattern.relocation`.
    simulations
        Null curves of the band; 0 for a curve without bands.
    coordinates
        What the points are; distances are straight or great-circle accordingly.
    bandwidth
        Of the kernel of m, m; None for the rule of thumb on the observed distances.
    level
        Share of null curves inside the bands.
    seed
        Of the simulations.
    workers
        Threads; None for all cores. The result does not depend on it.

    Returns
    -------
    Curve
        M or m, a ratio, with the bands.

    Raises
    ------
    ValueError
        For an argument that does not fit.
    """
    pattern = pattern_of(
        points, cases, radii, neighbours=neighbours, weights=weights, coordinates=coordinates
    )
    test = null_test(pattern, null, simulations, level=level, seed=seed, workers=workers)
    if statistic not in get_args(Relative):
        msg = f"statistic: expected 'M' or 'm', got {statistic!r}"
        raise ValueError(msg)
    h = chosen_bandwidth(pattern, bandwidth, workers) if statistic == "m" else None
    around = (
        counted(pattern.placement, pattern.radii)
        if h is None
        else smoothed(pattern.placement, pattern.radii, h)
    )
    observed = relative_share(pattern, around, observed_draw(pattern), workers)
    band = None
    if simulations:
        band = simulated_band(observed, _null_curves(pattern, around, test), level)
    return curve_of(statistic, pattern, observed, band, null, bandwidth=h)


def m_of_industries(
    points: ArrayLike,
    industries: Mapping[str, NDArray[np.bool_]],
    radii: ArrayLike,
    *,
    coordinates: Coordinates = "projected",
    level: float = 0.95,
    seeds: Mapping[str, int],
    workers: int | None = None,
) -> dict[str, Curve]:
    """Estimate M of several industries, with what is around each site worked out once for all.

    Parameters
    ----------
    points
        All sites, shape (N, 2): metres, or degrees.
    industries
        Name → which sites are the industry, shape (N,).
    radii
        Distances, m, ascending, shape (R,).
    coordinates
        What the points are.
    level
        Share of null curves inside the bands.
    seeds
        Name → seed of its simulations.
    workers
        Threads; None for all cores. The result does not depend on it.

    Returns
    -------
    dict
        Name → M with its bands from 999 simulations, fewer (down to 99) for an industry so large
        that they would look at more than 4e9 pairs.
    """
    patterns = {
        name: pattern_of(
            points, cases, radii, neighbours=None, weights=None, coordinates=coordinates
        )
        for name, cases in industries.items()
    }
    found: dict[str, Curve] = {}
    inverse: Floats | None = None
    for name, pattern in patterns.items():
        around = counted(pattern.placement, pattern.radii)
        everywhere = np.arange(pattern.sites, dtype=np.int32)
        if inverse is None:
            inverse = _one_over(around.sums(everywhere, everywhere, pattern.sizes, workers))
        mine = np.flatnonzero(pattern.cases).astype(np.int32)
        simulations = int(np.clip(PAIRS_TO_SIMULATE / mine.size**2, 99, 999))
        test = null_test(
            pattern, "random_location", simulations, level=level, seed=seeds[name], workers=workers
        )
        observed = around.mean_shares(pattern.sizes, inverse, mine[None, :])[0]
        band = simulated_band(observed, _relabelled(pattern, around, inverse, test), level)
        found[name] = curve_of("M", pattern, observed, band, "random_location")
    return found


def relative_share(
    pattern: Pattern, around: Counted | Smoothed, draw: Relocated, workers: int | None = 1
) -> Floats:
    """Return M or m of one arrangement of the firms on the sites, shape (R,)."""
    everywhere = np.arange(pattern.sites, dtype=np.int32)
    own = around.sums(draw.cases, draw.neighbours, draw.sizes, workers)
    everything = around.sums(draw.cases, everywhere, draw.sizes, workers)
    return _ratio(own, _one_over(everything), _overall_shares(pattern, draw))


def _overall_shares(pattern: Pattern, draw: Relocated) -> Floats:
    """Share of the neighbours in everything but the case itself, shape (cases,)."""
    size = draw.sizes[draw.cases]
    theirs = draw.sizes[draw.neighbours].sum() - (size if pattern.neighbours is None else 0.0)
    rest = draw.sizes.sum() - size
    return np.asarray(np.divide(theirs, rest, out=np.zeros_like(size), where=rest > 0.0))


def _one_over(sums: Floats) -> Floats:
    return np.asarray(np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0.0))


def _ratio(own: Floats, inverse: Floats, overall: Floats) -> Floats:
    """Sum of local shares over the sum of overall shares, where a site has a neighbour at all."""
    expected = (overall[:, None] * (inverse > 0.0)).sum(axis=0)
    local = (own * inverse).sum(axis=0)
    return np.asarray(
        np.divide(local, expected, out=np.full_like(local, np.nan), where=expected > 0.0)
    )


def _null_curves(pattern: Pattern, around: Counted | Smoothed, test: NullTest) -> Floats:
    """Return the statistic of each simulation, shape (simulations, R).

    Where sites keep their sizes, what is around each site is the same in every simulation and is
    worked out once.
    """
    sizes_stay = pattern.weights is None or test.null == "random_labelling"
    if pattern.neighbours is not None or not sizes_stay:

        def full(batch: Batch) -> Floats:
            draws = relocations(pattern, test.null, batch)
            return np.array([relative_share(pattern, around, draw) for draw in draws])

        return np.vstack(in_order(full, test.batches(), test.workers))
    everywhere = np.arange(pattern.sites, dtype=np.int32)
    inverse = _one_over(around.sums(everywhere, everywhere, pattern.sizes, test.workers))
    return _relabelled(pattern, around, inverse, test)


def _relabelled(
    pattern: Pattern, around: Counted | Smoothed, inverse: Floats, test: NullTest
) -> Floats:
    """Return the statistic of sites drawn at random that keep their sizes."""
    n = int(pattern.cases.sum())
    sizes = pattern.sizes

    def relabelled(batch: Batch) -> Floats:
        chosen = samples(pattern.sites, n, batch)
        if isinstance(around, Counted):
            return around.mean_shares(sizes, inverse, chosen)
        curves = []
        for places in chosen:
            draw = Relocated(cases=places, neighbours=places, sizes=sizes)
            own = around.sums(places, places, sizes)
            curves.append(_ratio(own, inverse[places], _overall_shares(pattern, draw)))
        return np.array(curves)

    return np.vstack(in_order(relabelled, test.batches(), test.workers))
