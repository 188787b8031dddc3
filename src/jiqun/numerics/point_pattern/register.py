"""All industries of a register at once 名录扫描: which localise, at which distance, with which firms.

Every industry is tested against sites drawn at random from the whole register. The sums over all
sites that the null moments are made of do not depend on the industry, only on the bandwidth; rules
of thumb are therefore rounded down to a ladder of bandwidths, and each rung is worked out once.
Tests are judged together by their false-discovery rate, and then the sites of the industries found
to be localised: does a site have more of its own industry around it than its number of neighbours
explains?
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from jiqun.numerics.point_pattern.curve import Curve, curve_of
from jiqun.numerics.point_pattern.duranton_overman import (
    PAIRS_TO_COUNT,
    NoBandwidthError,
    as_simulated,
    chosen_bandwidth,
    density_of_distances,
    relative_error,
)
from jiqun.numerics.point_pattern.false_discovery import adjusted
from jiqun.numerics.point_pattern.gridded import gridded_density
from jiqun.numerics.point_pattern.neighbourhood import counted
from jiqun.numerics.point_pattern.null_moments import moment_band
from jiqun.numerics.point_pattern.pattern import Pattern, pattern_of
from jiqun.numerics.point_pattern.placement import Coordinates, Placement
from jiqun.numerics.point_pattern.site_moments import SiteMoments, site_moments
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

RUNG = 1.25  # ratio of the bandwidths of a ladder
SITES_TO_COUNT = 40_000  # beyond, the pairs of all sites come from a grid where there is a plane


@dataclass(frozen=True, slots=True, kw_only=True)
class Localisation:
    """What the scan says about one industry.

    Attributes
    ----------
    industry
        Its label.
    curve
        Kd with its bands.
    rate
        Least false-discovery rate at which the industry departs from chance.
    discovered
        Whether that is within the rate asked for.
    distance
        Radius at which it is furthest above its global band, and one bandwidth, which is how far
        Kd looks beyond, m; None where it is not localised.
    members
        Rows of the points with more of their own industry within that distance than chance
        explains, at the same false-discovery rate; empty where it is not localised.
    """

    industry: int
    curve: Curve
    rate: float
    discovered: bool
    distance: float | None
    members: Labels


def scan_register(
    points: ArrayLike,
    industries: ArrayLike,
    radii: ArrayLike,
    *,
    fewest: int = 10,
    false_discoveries: float = 0.05,
    level: float = 0.95,
    coordinates: Coordinates = "projected",
    seed: int,
    workers: int | None = None,
) -> tuple[Localisation, ...]:
    """Test every industry of a register for localisation.

    Parameters
    ----------
    points
        All sites, shape (N, 2), N at least 4: metres, or degrees.
    industries
        Label of the industry of each site, whole numbers, shape (N,).
    radii
        Distances, m, ascending, shape (R,).
    fewest
        Sites that an industry must have to be tested, at least 3.
    false_discoveries
        Expected share of false ones among the industries, and among the sites, that are reported.
    level
        Share of null curves inside the bands.
    coordinates
        What the points are; project large registers, since a grid needs a plane.
    seed
        Of the draws.
    workers
        Threads; None for all cores. The result does not depend on it.

    Returns
    -------
    tuple of Localisation
        One for each industry tested, by label. An industry whose sites are all at one place, or
        equally far apart, has no density of distances and is left out.

    Raises
    ------
    ValueError
        For an argument that does not fit.
    """
    label = np.asarray(industries)
    pattern = pattern_of(
        points,
        np.ones(label.size, bool),
        radii,
        neighbours=None,
        weights=None,
        coordinates=coordinates,
    )
    if label.shape != (pattern.sites,) or not np.issubdtype(label.dtype, np.integer):
        msg = f"industries: expected {pattern.sites} whole numbers, got {label.dtype} of shape {label.shape}"
        raise ValueError(msg)
    own = _places_by_industry(label[pattern.placement.order], max(fewest, 3))
    curves = _curves(pattern, own, level, seed, workers)
    rates = adjusted([0.0 if c.band is None else c.band.p_value for c in curves.values()])
    found = dict(zip(curves, (rates <= false_discoveries).tolist(), strict=True))
    members = _members(pattern, own, curves, found, false_discoveries, workers)
    return tuple(
        Localisation(
            industry=k,
            curve=curve,
            rate=float(rate),
            discovered=found[k],
            distance=_distance(curve) if found[k] else None,
            members=members.get(k, np.empty(0, np.int64)),
        )
        for (k, curve), rate in zip(curves.items(), rates, strict=True)
    )


def _places_by_industry(label: NDArray[np.integer], fewest: int) -> dict[int, NDArray[np.int32]]:
    """Places of each industry with sites enough, ascending."""
    order = np.argsort(label, kind="stable")
    labels, start = np.unique(label[order], return_index=True)
    parts = np.split(order.astype(np.int32), start[1:])
    return {int(k): part for k, part in zip(labels, parts, strict=True) if part.size >= fewest}


def _alone(pattern: Pattern, places: NDArray[np.int32]) -> Pattern:
    """Return the pattern of some places by themselves, in their order."""
    position = np.ascontiguousarray(pattern.placement.position.take(places, axis=1))
    alone = Placement(position=position, order=np.arange(places.size))
    return Pattern(
        placement=alone,
        cases=np.ones(places.size, bool),
        neighbours=None,
        weights=None,
        radii=pattern.radii,
    )


def _curves(
    pattern: Pattern,
    own: Mapping[int, NDArray[np.int32]],
    level: float,
    seed: int,
    workers: int | None,
) -> dict[int, Curve]:
    """Return Kd of each industry that has one, with its bands."""

    def rung(k: int) -> float | None:
        try:
            h = chosen_bandwidth(_alone(pattern, own[k]), None, 1)
        except NoBandwidthError:
            return None
        return float(RUNG ** np.floor(np.log(h) / np.log(RUNG)))

    rungs = dict(zip(own, in_order(rung, own, workers), strict=True))
    gridded = pattern.sites > SITES_TO_COUNT and not pattern.placement.on_sphere
    curves: dict[int, Curve] = {}
    for h in sorted({h for h in rungs.values() if h is not None}):
        moments = site_moments(
            pattern.placement, pattern.radii, h, gridded=gridded, seed=seed, workers=workers
        )
        at_rung = [k for k in own if rungs[k] == h]

        def curve(k: int, h: float = h, moments: SiteMoments = moments) -> Curve:
            return _curve(pattern, own[k], h, moments, level, seed + k)

        curves.update(zip(at_rung, in_order(curve, at_rung, workers), strict=True))
    return {k: curves[k] for k in own if k in curves}


def _curve(
    pattern: Pattern,
    places: NDArray[np.int32],
    h: float,
    moments: SiteMoments,
    level: float,
    seed: int,
) -> Curve:
    alone = _alone(pattern, places)
    n = places.size
    on_grid = n * (n - 1) / 2 > PAIRS_TO_COUNT and not alone.placement.on_sphere
    observed, error = gridded_density(alone, h) if on_grid else density_of_distances(alone, h, 1)
    compared = observed if on_grid else as_simulated(alone, h, 1)
    band = moment_band(compared, moments, n, level, seed, gridded=on_grid).around(
        compared, observed
    )
    share = relative_error(error, observed, band)
    curve = curve_of("Kd", alone, observed, band, "random_location", bandwidth=h, error=share)
    return replace(curve, sites=pattern.sites)


def _distance(curve: Curve) -> float | None:
    """Radius at which the curve is furthest above its global band, and one bandwidth, m.

    Furthest in widths of the local band; Kd at a radius looks one bandwidth beyond it.
    """
    if curve.band is None or curve.bandwidth is None or not curve.localised.any():
        return None
    width = curve.band.high - curve.band.low
    above = np.where(curve.localised, curve.observed - curve.band.global_high, -np.inf)
    return (
        float(curve.radii[np.argmax(above / np.where(width > 0.0, width, 1.0))]) + curve.bandwidth
    )


def _members(
    pattern: Pattern,
    own: Mapping[int, NDArray[np.int32]],
    curves: Mapping[int, Curve],
    found: Mapping[int, bool],
    false_discoveries: float,
    workers: int | None,
) -> dict[int, Labels]:
    """Rows of the sites that make up the localised industries.

    Given how many neighbours a site has within the distance, the number of them in its own industry
    is hypergeometric if labels are random.
    """
    everywhere = np.arange(pattern.sites, dtype=np.int32)
    ones = np.ones(pattern.sites)
    localised = [k for k in curves if found[k] and _distance(curves[k]) is not None]
    p_values = []
    for k in localised:
        reach = _distance(curves[k])
        around = counted(pattern.placement, np.array([reach]))
        mine = around.sums(own[k], own[k], ones, workers)[:, 0]
        everyone = around.sums(own[k], everywhere, ones, workers)[:, 0]
        others = own[k].size - 1
        p_values.append(stats.hypergeom.sf(mine - 1.0, pattern.sites - 1, others, everyone))
    if not localised:
        return {}
    chosen = adjusted(np.concatenate(p_values)) <= false_discoveries
    ends = np.cumsum([p.size for p in p_values])[:-1]
    parts = np.split(chosen, ends)
    return {
        k: np.sort(pattern.placement.order[own[k][part]])
        for k, part in zip(localised, parts, strict=True)
    }
