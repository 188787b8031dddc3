r"""Co-location 共址: do the sites of an industry lie closer together than those of all firms?

Two questions to every industry, against sites drawn at random from all sites of the record:

- :math:`K_d`: is the density of the distances between its sites above what chance gives, at any
  distance up to the median distance between all sites? (localised, dispersed, neither)
- M: by which factor is its share larger within r of its own sites than overall?

An industry that follows all other firms into their towns is not localised, however dense the towns.

Paper: E1 (concentration within a region), E4 (agglomeration in geographical space; the same question
on the network is another measure), T5 (proximity in product-making industries)

References
----------
Duranton, G. & Overman, H. G. (2005). Testing for localization using micro-geographic data. Review of
Economic Studies 72(4), 1077-1106. doi:10.1111/0034-6527.00362
Marcon, E. & Puech, F. (2010). Measures of the geographic concentration of industries: improving
distance-based methods. Journal of Economic Geography 10(5), 745-762. doi:10.1093/jeg/lbp056
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.located_sites import LocatedSites, located_sites
from jiqun.numerics.point_pattern import Curve, kd
from jiqun.numerics.point_pattern.false_discovery import adjusted
from jiqun.numerics.point_pattern.marcon_puech import m_of_industries
from jiqun.numerics.point_pattern.placement import EARTH_RADIUS
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "colocation"
LEVEL = 0.95
SIMULATIONS = 999
FEWEST = 10
"""Sites of an industry below which no band would ever be left."""
RADII = 33
SAMPLED = 2000
"""Sites from which the median distance is taken."""
NEAR = (1.0, 3.0, 10.0, 30.0, 100.0)
"""Distances for M, km."""
REFERENCES = ("doi:10.1111/0034-6527.00362", "doi:10.1093/jeg/lbp056", "doi:10.1111/rssb.12172")
NEEDS = ("sites.longitude", "sites.latitude", "firms.industry_code")
SITES = Text("sites", "场所")

CHANCE = Text(
    "Not an interval around the value: the middle 95 % of it if the industry's sites were drawn at "
    "random from all sites of the record.",
    "并非估计值的区间:若该行业的场所从记录的全部场所中随机抽取,该值中间 95 % 的范围。",
)
NO_INTERVAL = Text(
    "No interval: 0 unless the curve leaves its global band, which chance does in 5 % of industries.",
    "无区间:除非曲线越出全局置信带(偶然情况下 5 % 的行业会越出),否则为 0。",
)
VERDICTS = {
    "localised": Text(
        "localised at distances of {a:g} to {b:g} km", "在 {a:g} 至 {b:g} 公里距离上集聚"
    ),
    "dispersed": Text(
        "dispersed at distances of {a:g} to {b:g} km", "在 {a:g} 至 {b:g} 公里距离上分散"
    ),
    "neither": Text("not told from chance", "与偶然无法区分"),
}
DISCOVERY = Text(
    "p = {p:.3g}; over the {k} industries tested, the false-discovery rate at which it counts is {q:.3g}.",
    "p = {p:.3g};在所检验的 {k} 个行业中,将其认定为发现的错误发现率为 {q:.3g}。",
)


def colocation(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Measure how close together the sites of every industry lie.

    Parameters
    ----------
    record
        Reads ``sites`` (coordinates) and ``firms`` (industry).
    seed
        Addresses the random sites of the null hypothesis.

    Returns
    -------
    tuple of Estimate
        For each industry with ten sites or more: the share of its pairs of sites that are closer
        than chance explains (Kd), and M at the distances of 1, 3, 10, 30 and 100 km that fit.
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
    median = _median_distance(sites.points, seed)
    if median <= 0.0:
        reason = Text("most located sites are at the same coordinates", "多数有坐标的场所坐标相同")
        return (not_measured(NAME, label, reason, needs=NEEDS, n=len(sites.points)),)
    return _industries(sites, median, seed)


def _industries(sites: LocatedSites, median: float, seed: int) -> tuple[Estimate, ...]:
    """Measure every industry, and judge the tests together."""
    counts = np.bincount(sites.industry, minlength=len(sites.industries))
    tested = [k for k in range(len(sites.industries)) if counts[k] >= FEWEST]
    curves = {k: _density(sites, k, median, seed) for k in tested}
    known = {k: curve for k, curve in curves.items() if curve is not None}
    rates = adjusted([_p_value(curve) for curve in known.values()])
    rate_of = dict(zip(known, rates.tolist(), strict=True))
    shares = _relative_shares(sites, list(known), median, seed)
    found: list[Estimate] = []
    for k, code in enumerate(sites.industries):
        if k in known:
            found.append(_kd_estimate(sites, code, known[k], rate_of[k], len(known)))
            found += _m_estimates(sites, code, shares[code])
        else:
            found.append(_too_few(code, int(counts[k])))
    return tuple(found)


def _median_distance(points: NDArray[np.float64], seed: int) -> float:
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


def _density(sites: LocatedSites, industry: int, median: float, seed: int) -> Curve | None:
    """Return Kd of one industry; None where its sites are all at one place."""
    cases = sites.industry == industry
    if len(np.unique(sites.points[cases], axis=0)) == 1:
        return None
    draw = stream(seed, NAME, "Kd", sites.industries[industry])
    return kd(
        sites.points,
        cases,
        np.linspace(0.0, median, RADII),
        coordinates="longitude_latitude",
        simulations=SIMULATIONS,
        level=LEVEL,
        seed=int(draw.integers(2**31)),
    )


def _p_value(curve: Curve) -> float:
    return 1.0 if curve.band is None else curve.band.p_value


def _kd_estimate(sites: LocatedSites, code: str, curve: Curve, rate: float, tests: int) -> Estimate:
    """Write up Kd: the share of pairs above the global band, and where."""
    step = float(curve.radii[1] - curve.radii[0])
    band = curve.band
    excess = (
        0.0 if band is None else float(np.maximum(curve.observed - band.global_high, 0.0).sum())
    )
    out = curve.localised if curve.verdict == "localised" else curve.dispersed
    at = curve.radii[out] / 1000.0
    span = {"a": round(float(at[0]), 3), "b": round(float(at[-1]), 3)} if at.size else {}
    return Estimate(
        measure=NAME,
        of=(("industry", code), ("statistic", "Kd")),
        label=Text(
            "Pairs of sites of industry {i} closer than chance explains: {v}",
            "行业 {i} 的场所对中超出偶然的邻近份额:{v}",
        ).fill(i=code, v=VERDICTS[curve.verdict].fill(**span)),
        value=excess * step,
        level=LEVEL,
        interval=NO_INTERVAL,
        n=curve.cases,
        n_of=SITES,
        method=_method(sites, curve),
        references=REFERENCES,
        warnings=(DISCOVERY.fill(p=_p_value(curve), q=rate, k=tests), *sites.warnings),
    )


def _method(sites: LocatedSites, curve: Curve) -> Text:
    return Text(
        "{stat} of {n} of {all} sites, great-circle distances, against sites drawn at random from all "
        "(random location, {s} null curves); {c}.",
        "对全部 {all} 个场所中的 {n} 个计算 {stat},采用大圆距离,与从全部场所随机抽取的场所比较"
        "(随机布局,{s} 条零假设曲线);{c}。",
    ).fill(
        stat=curve.statistic,
        n=curve.cases,
        all=curve.sites,
        s=0 if curve.band is None else curve.band.curves,
        c=sites.choices,
    )


def _relative_shares(
    sites: LocatedSites, tested: Sequence[int], median: float, seed: int
) -> dict[str, Curve]:
    """Return M of each industry at the distances below the median."""
    codes = [sites.industries[k] for k in tested]
    radii = np.array([r for r in NEAR if r * 1000.0 < median] or [median / 1000.0]) * 1000.0
    return m_of_industries(
        sites.points,
        {code: sites.industry == k for code, k in zip(codes, tested, strict=True)},
        radii,
        coordinates="longitude_latitude",
        level=LEVEL,
        seeds={code: int(stream(seed, NAME, "M", code).integers(2**31)) for code in codes},
    )


def _m_estimates(sites: LocatedSites, code: str, curve: Curve) -> tuple[Estimate, ...]:
    """Write up M at each distance at which it is defined."""
    if curve.band is None:
        return ()
    rows = zip(curve.radii, curve.observed, curve.band.low, curve.band.high, strict=True)
    return tuple(
        Estimate(
            measure=NAME,
            of=(("industry", code), ("statistic", "M"), ("within", f"{r / 1000.0:g} km")),
            label=Text(
                "Share of industry {i} within {r:g} km of its sites, over its share of all",
                "行业 {i} 在其场所 {r:g} 公里范围内的占比与其总体占比之比",
            ).fill(i=code, r=r / 1000.0),
            value=float(value),
            low=float(low),
            high=float(high),
            level=LEVEL,
            interval=CHANCE,
            n=curve.cases,
            n_of=SITES,
            method=_method(sites, curve),
            references=REFERENCES,
            warnings=sites.warnings,
        )
        for r, value, low, high in rows
        if np.isfinite([value, low, high]).all()
    )


def _too_few(code: str, count: int) -> Estimate:
    reason = (
        Text("its {n} located sites are all at one place", "其 {n} 个有坐标的场所均在同一地点")
        if count >= FEWEST
        else Text(
            "{n} located sites; fewer than {fewest} never leave the band of chance",
            "仅 {n} 个有坐标的场所;少于 {fewest} 个时无法越出偶然的置信带",
        )
    )
    return not_measured(
        NAME,
        Text("Co-location of industry {i}", "行业 {i} 的共址").fill(i=code),
        reason.fill(n=count, fewest=FEWEST),
        of=(("industry", code),),
        needs=("sites.longitude", "sites.latitude"),
        n=count,
    )
