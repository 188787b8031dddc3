"""Kd of every industry with its bands, judged together; with the employees of the sites as weights.

Paper: E4 (agglomeration in geographical space)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.readings.located_firms import COVERED
from jiqun.measures.readings.located_sites import LocatedSites
from jiqun.numerics.point_pattern import Curve, kd, project, scan_register
from jiqun.numerics.point_pattern.duranton_overman import NoBandwidthError
from jiqun.numerics.point_pattern.false_discovery import adjusted
from jiqun.numerics.point_pattern.placement import EARTH_RADIUS, Coordinates
from jiqun.numerics.random import stream

NAME = "colocation"
LEVEL = 0.95
FALSE_DISCOVERIES = 0.05
SIMULATIONS = 999
FEWEST = 10
"""Sites of an industry below which no band would ever be left."""
RADII = 33
SAMPLED = 2000
"""Sites from which the median distance is taken."""
MOST_SIMULATED = int(FALSE_DISCOVERIES * (SIMULATIONS + 1))
"""Industries beyond which a p-value of 1 in 1,000 is no discovery any more: they are scanned."""
SITES_ON_GLOBE = 40_000
"""Sites beyond which a scan projects them onto a plane, where pairs can be counted on a grid."""
MOST_DISTORTED = 0.03
"""Relative error of a distance up to which a projection will do."""
WEIGHTED_PAIRS = 4e9
"""Weighted pairs of one industry to simulate, some 15 s on one core; fewer null curves beyond."""
FEWEST_CURVES = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    """Kd of one industry and what it comes to among all industries tested.

    Attributes
    ----------
    curve
        Kd with its bands.
    rate
        Least false-discovery rate at which the industry departs from chance.
    tests
        Number of industries tested together.
    distance
        How far its clusters reach, m; None unless a scan found it localised.
    members
        Sites in its clusters; None unless a scan found it localised.
    """

    curve: Curve
    rate: float
    tests: int
    distance: float | None = None
    members: int | None = None

    @property
    def discovered(self) -> bool:
        """Whether the industry departs from chance at the rate allowed."""
        return self.rate <= FALSE_DISCOVERIES


def radii_up_to(median: float) -> NDArray[np.float64]:
    """Return the distances at which Kd is worked out, m."""
    return np.linspace(0.0, median, RADII)


def median_distance(points: NDArray[np.float64], seed: int) -> float:
    """Return the median distance between sites, m, from at most 2,000 of them."""
    rng = stream(seed, NAME, "median distance")
    few = points if len(points) <= SAMPLED else points[rng.choice(len(points), SAMPLED, False)]
    longitude, latitude = np.radians(few).T
    half = np.sin((latitude[:, None] - latitude) / 2.0) ** 2
    half += (
        np.cos(latitude[:, None])
        * np.cos(latitude)
        * np.sin((longitude[:, None] - longitude) / 2.0) ** 2
    )
    pairs = np.triu_indices(len(few), 1)
    if pairs[0].size == 0:
        return 0.0
    return float(2.0 * EARTH_RADIUS * np.median(np.arcsin(np.sqrt(np.minimum(half[pairs], 1.0)))))


def densities(
    sites: LocatedSites, tested: Sequence[int], median: float, seed: int
) -> dict[int, Density]:
    """Return Kd of each industry that has one: simulated one by one, or scanned where they are many.

    Parameters
    ----------
    sites
        All sites; the null hypothesis draws from them.
    tested
        Positions of the industries with sites enough.
    median
        Largest distance, m.
    seed
        Addresses the null distribution.
    """
    if len(tested) > MOST_SIMULATED:
        return _scanned(sites, median, seed)
    return _judged({k: _simulated(sites, k, median, seed) for k in tested})


def weighted_densities(
    sites: LocatedSites, tested: Sequence[int], median: float, seed: int
) -> dict[int, Density]:
    """Return Kd weighted by employees, among the sites where they are known; none where few are.

    Each firm moves with its employees under the null hypothesis. An industry whose weighted pairs
    are too many to simulate 99 times is left out.
    """
    known = np.isfinite(sites.employees)
    if known.mean() < COVERED:
        return {}
    counted = replace(
        sites,
        points=sites.points[known],
        industry=sites.industry[known],
        employees=sites.employees[known],
    )
    curves: dict[int, Curve | None] = {}
    for k in tested:
        n = int(((counted.industry == k) & (counted.employees > 0.0)).sum())
        simulations = int(min(WEIGHTED_PAIRS / max(n * (n - 1) / 2.0, 1.0), SIMULATIONS))
        if n >= FEWEST and simulations >= FEWEST_CURVES:
            curves[k] = _simulated(counted, k, median, seed, simulations=simulations, weighted=True)
    return _judged(curves)


def _judged(curves: Mapping[int, Curve | None]) -> dict[int, Density]:
    """Judge curves together by their false-discovery rate."""
    known = {k: curve for k, curve in curves.items() if curve is not None}
    rates = adjusted([1.0 if c.band is None else c.band.p_value for c in known.values()])
    return {
        k: Density(curve=curve, rate=float(rate), tests=len(known))
        for (k, curve), rate in zip(known.items(), rates, strict=True)
    }


def _simulated(
    sites: LocatedSites,
    industry: int,
    median: float,
    seed: int,
    *,
    simulations: int = SIMULATIONS,
    weighted: bool = False,
) -> Curve | None:
    """Return Kd of one industry; None where its distances are all the same."""
    name = "Kd by employees" if weighted else "Kd"
    draw = stream(seed, NAME, name, sites.industries[industry])
    try:
        return kd(
            sites.points,
            sites.industry == industry,
            radii_up_to(median),
            weights=sites.employees if weighted else None,
            coordinates="longitude_latitude",
            simulations=simulations,
            level=LEVEL,
            seed=int(draw.integers(2**31)),
        )
    except NoBandwidthError:
        return None


def _scanned(sites: LocatedSites, median: float, seed: int) -> dict[int, Density]:
    points, coordinates = _space(sites.points)
    found = scan_register(
        points,
        sites.industry,
        radii_up_to(median),
        fewest=FEWEST,
        false_discoveries=FALSE_DISCOVERIES,
        level=LEVEL,
        coordinates=coordinates,
        seed=int(stream(seed, NAME, "scan").integers(2**31)),
    )
    return {
        one.industry: Density(
            curve=one.curve,
            rate=one.rate,
            tests=len(found),
            distance=one.distance,
            members=None if one.distance is None else len(one.members),
        )
        for one in found
    }


def _space(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], Coordinates]:
    """Project many sites that are near enough to each other; leave others on the globe."""
    if len(points) > SITES_ON_GLOBE:
        flat, distortion = project(points)
        if distortion <= MOST_DISTORTED:
            return flat, "projected"
    return points, "longitude_latitude"
