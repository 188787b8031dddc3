r"""Co-location 共址: do the sites of an industry lie closer together than those of all firms?

Two questions to every industry, against sites drawn at random from all sites of the record:

- :math:`K_d`: is the density of the distances between its sites above what chance gives, at any
  distance up to the median distance between all sites? (localised, dispersed, neither)
- M: by which factor is its share larger within r of its own sites than overall?

Where more than 50 industries have sites enough, they are scanned in one pass. Either way those called
localised or dispersed are chosen so that few of them are expected to be so by chance; where the
employees of most sites are known, Kd is told with these as weights as well.

An industry that follows all other firms into their towns is not localised, however dense the towns.

Paper: E1 (concentration within a region), E4 (agglomeration in geographical space; the same question
on the network is another measure), T5 (proximity in product-making industries)

References
----------
Duranton, G. & Overman, H. G. (2005). Testing for localization using micro-geographic data. Review of
Economic Studies 72(4), 1077-1106. doi:10.1111/0034-6527.00362
Marcon, E. & Puech, F. (2010). Measures of the geographic concentration of industries: improving
distance-based methods. Journal of Economic Geography 10(5), 745-762. doi:10.1093/jeg/lbp056
Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
Statistical Society B 57(1), 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x
"""

import numpy as np

from jiqun.measures.colocation.densities import (
    FEWEST,
    LEVEL,
    MOST_SIMULATED,
    NAME,
    densities,
    median_distance,
    weighted_densities,
)
from jiqun.measures.colocation.write_up import (
    NEEDS,
    density_estimate,
    member_estimate,
    no_density,
    share_estimates,
)
from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.located_sites import LocatedSites, located_sites
from jiqun.numerics.point_pattern import Curve
from jiqun.numerics.point_pattern.marcon_puech import m_of_industries
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NEAR = (1.0, 3.0, 10.0, 30.0, 100.0)
"""Distances for M, km."""


def colocation(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Measure how close together the sites of every industry lie.

    Parameters
    ----------
    record
        Reads ``sites`` (coordinates, employees) and ``firms`` (industry).
    seed
        Addresses the random sites of the null hypothesis.

    Returns
    -------
    tuple of Estimate
        For each industry with ten sites or more: the share of its pairs of sites that are closer
        than chance explains (Kd), with the curve; the same weighted by employees where these are
        known at 80 % of the sites; M at the distances of 1, 3, 10, 30 and 100 km that fit. Of more
        than 50 such industries, M and the weighted Kd are told of those that depart from chance,
        and of the localised ones how many sites make up their clusters.
    """
    sites = located_sites(record)
    label = Text("Co-location", "共址")
    if isinstance(sites, Text):
        return (not_measured(NAME, label, sites, needs=NEEDS),)
    if len(sites.industries) == 1:
        reason = Text(
            "all located sites are of one industry, {i}; there is nothing to compare them with",
            "所有有坐标的场所均属同一行业 {i},无可比较",
        )
        return (not_measured(NAME, label, reason.fill(i=sites.industries[0]), needs=NEEDS),)
    median = median_distance(sites.points, seed)
    if median <= 0.0:
        reason = Text("most located sites are at the same coordinates", "多数有坐标的场所坐标相同")
        return (not_measured(NAME, label, reason, needs=NEEDS, n=len(sites.points)),)
    return _industries(sites, median, seed)


def _industries(sites: LocatedSites, median: float, seed: int) -> tuple[Estimate, ...]:
    """Measure every industry, and judge the tests together."""
    counts = np.bincount(sites.industry, minlength=len(sites.industries))
    tested = [k for k in range(len(sites.industries)) if counts[k] >= FEWEST]
    plain = densities(sites, tested, median, seed)
    detailed = [k for k in plain if len(tested) <= MOST_SIMULATED or plain[k].discovered]
    weighted = weighted_densities(sites, detailed, median, seed)
    shares = _relative_shares(sites, detailed, median, seed)
    found: list[Estimate] = []
    for k, code in enumerate(sites.industries):
        if k not in plain:
            found.append(no_density(code, int(counts[k])))
            continue
        found.append(density_estimate(sites, code, plain[k]))
        if k in weighted:
            found.append(density_estimate(sites, code, weighted[k], weighted=True))
        found += member_estimate(sites, code, plain[k])
        if k in shares:
            found += share_estimates(sites, code, shares[k])
    return tuple(found)


def _relative_shares(
    sites: LocatedSites, wanted: list[int], median: float, seed: int
) -> dict[int, Curve]:
    """Return M of each industry at the distances below the median."""
    codes = {sites.industries[k]: k for k in wanted}
    radii = np.array([r for r in NEAR if r * 1000.0 < median] or [median / 1000.0]) * 1000.0
    curves = m_of_industries(
        sites.points,
        {code: sites.industry == k for code, k in codes.items()},
        radii,
        coordinates="longitude_latitude",
        level=LEVEL,
        seeds={code: int(stream(seed, NAME, "M", code).integers(2**31)) for code in codes},
    )
    return {codes[code]: curve for code, curve in curves.items()}
