"""What the curves of an industry say, as estimates.

Paper: E4 (agglomeration in geographical space)
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.colocation.densities import (
    FALSE_DISCOVERIES,
    FEWEST,
    LEVEL,
    NAME,
    SITES_ON_GLOBE,
    Density,
)
from jiqun.measures.curve_points import CurvePoints, runs
from jiqun.measures.estimate import Estimate, not_measured, p_words, rate_words
from jiqun.measures.readings.located_sites import LocatedSites
from jiqun.numerics.point_pattern import Curve
from jiqun.vocabulary.text import Text, joined

REFERENCES = (
    "doi:10.1111/0034-6527.00362",
    "doi:10.1093/jeg/lbp056",
    "doi:10.1111/rssb.12172",
    "doi:10.1111/j.2517-6161.1995.tb02031.x",
)
NEEDS = ("sites.longitude", "sites.latitude", "firms.industry_code")
SITES = Text("sites", "场所")
CHANCE = Text(
    "Not an interval around the value: the middle 95% of it if the industry's sites were drawn at "
    "random from all sites of the record.",
    "并非估计值的区间:若该行业的场所从记录的全部场所中随机抽取,该值中间 95% 的范围。",
)
NO_INTERVAL = Text(
    "No interval: 0 unless the curve leaves its global band, which chance does in 5% of industries.",
    "无区间:除非曲线越出全局置信带(偶然情况下 5% 的行业会越出),否则为 0。",
)
VERDICTS = {
    "localised": Text("localised at distances of {at} km", "在 {at} 公里距离上集聚"),
    "dispersed": Text("dispersed at distances of {at} km", "在 {at} 公里距离上分散"),
    "neither": Text("not told from chance", "与偶然无法区分"),
}
SPAN, POINT = Text("{a} to {b}", "{a} 至 {b}"), Text("{a}", "{a}")
ALONE = Text(
    "not told from chance among {k} industries (looked at by itself: {v})",
    "在 {k} 个行业中与偶然无法区分(单独看:{v})",
)
DISCOVERY = Text(
    "{p}; over the {k} industries tested, it counts at a false-discovery rate q {q}.",
    "{p};在所检验的 {k} 个行业中,将其认定为发现的错误发现率 q {q}。",
)
PAIRS = {
    False: Text(
        "Pairs of sites of industry {i} closer than chance explains: {v}",
        "行业 {i} 的场所对中超出偶然的邻近份额:{v}",
    ),
    True: Text(
        "Pairs of sites of industry {i}, weighted by their employees, closer than chance explains: {v}",
        "行业 {i} 的场所对(按从业人数加权)中超出偶然的邻近份额:{v}",
    ),
}
AGAINST = Text(
    "{stat} of {n} of {all} sites, {distances}, against sites drawn at random from all (random "
    "location, {null}); {c}.",
    "对全部 {all} 个场所中的 {n} 个计算 {stat},{distances},与从全部场所随机抽取的场所比较"
    "(随机布局,{null});{c}。",
)
GLOBE = Text("great-circle distances", "采用大圆距离")
PLANE = Text("distances in an equal-area projection", "采用等积投影下的距离")
SIMULATED = Text("{s} null curves", "{s} 条零假设曲线")
WORKED_OUT = Text(
    "band from the moments of the null distribution", "置信带由零假设分布的矩计算得出"
)
CONTROL = Text(
    "{m} False discoveries are controlled: of the industries called localised or dispersed, among {k} "
    "tested together, {q:.0%} at most are expected to be so by chance (Benjamini-Hochberg).",
    "{m}控制错误发现率:在一并检验的 {k} 个行业中,被判为集聚或分散者,预期至多 {q:.0%} 属偶然"
    "(Benjamini-Hochberg)。",
)
EMPLOYEES = Text(
    "{m} Each pair counts by the product of its employees; only sites whose number is known.",
    "{m}每对场所按从业人数之积计权,仅计从业人数已知的场所。",
)


def density_estimate(
    sites: LocatedSites, code: str, density: Density, *, weighted: bool = False
) -> Estimate:
    """Write up Kd: the share of pairs above the global band, where, and whether to believe it."""
    curve, band = density.curve, density.curve.band
    step = float(curve.radii[1] - curve.radii[0])
    above = 0.0 if band is None else float(np.maximum(curve.observed - band.global_high, 0.0).sum())
    verdict = _verdict(density)
    method = CONTROL.fill(m=_method(sites, curve), k=density.tests, q=FALSE_DISCOVERIES)
    p_value = 1.0 if band is None else band.p_value
    discovery = DISCOVERY.fill(p=p_words(p_value), q=rate_words(density.rate), k=density.tests)
    return Estimate(
        measure=NAME,
        of=(("industry", code), ("statistic", "Kd by employees" if weighted else "Kd")),
        label=PAIRS[weighted].fill(i=code, v=verdict),
        value=above * step,
        level=LEVEL,
        interval=NO_INTERVAL,
        n=curve.cases,
        n_of=SITES,
        method=EMPLOYEES.fill(m=method) if weighted else method,
        references=REFERENCES,
        warnings=(discovery, *sites.warnings),
        verdict=verdict,
        curve=_points(curve, departs=density.discovered),
    )


def _verdict(density: Density) -> Text:
    """Say what the curve shows, and take it back where as much is expected of chance."""
    curve = density.curve
    out = curve.localised if curve.verdict == "localised" else curve.dispersed
    told = VERDICTS[curve.verdict].fill(at=_distances(curve, out))
    if density.discovered or curve.verdict == "neither":
        return told
    return ALONE.fill(k=density.tests, v=told)


def _distances(curve: Curve, out: NDArray[np.bool_]) -> Text:
    """Say at which distances, km, a curve is out of its band."""
    found = runs((curve.radii / 1000.0).tolist(), out.tolist())
    parts = [(SPAN if a < b else POINT).fill(a=_km(a), b=_km(b)) for a, b in found]
    return joined(parts, " and ", "、")


def _km(distance: float) -> str:
    """Write a distance with three significant digits and no exponent."""
    return f"{float(f'{distance:.3g}'):g}"


def _points(curve: Curve, *, departs: bool) -> CurvePoints | None:
    """Hand over the curve in km; None without a band."""
    band = curve.band
    if band is None:
        return None
    columns = {
        "value": curve.observed,
        "expected": band.expected,
        "low": band.low,
        "high": band.high,
        "global_low": band.global_low,
        "global_high": band.global_high,
    }
    defined = np.isfinite(list(columns.values())).all(axis=0)
    return CurvePoints(
        axis=Text("distance between two sites, km", "两场所间的距离(公里)"),
        quantity=Text("density of distances, per km", "距离的密度(每公里)"),
        at=tuple((curve.radii[defined] / 1000.0).tolist()),
        **{name: tuple((c[defined] * 1000.0).tolist()) for name, c in columns.items()},
        departs=departs,
    )


def _method(sites: LocatedSites, curve: Curve) -> Text:
    band = curve.band
    simulated = band is None or band.method == "monte_carlo"
    null = SIMULATED.fill(s=0 if band is None else band.curves) if simulated else WORKED_OUT
    flat = not simulated and curve.sites > SITES_ON_GLOBE
    return AGAINST.fill(
        stat=curve.statistic,
        n=curve.cases,
        all=curve.sites,
        distances=PLANE if flat else GLOBE,
        null=null,
        c=sites.choices,
    )


def member_estimate(sites: LocatedSites, code: str, density: Density) -> tuple[Estimate, ...]:
    """Write up how many sites make up the clusters of an industry that a scan found localised."""
    if density.distance is None or density.members is None:
        return ()
    distance = _km(density.distance / 1000.0)
    told = Text(
        "Sites of industry {i} with more of their own within {d} km than chance explains",
        "行业 {i} 中,周围 {d} 公里内同行业场所多于偶然所能解释者",
    )
    none = Text(
        "No interval: a count of sites, of which {q:.0%} at most are expected to be there by chance.",
        "无区间:为场所计数,其中预期至多 {q:.0%} 属偶然。",
    )
    how = Text(
        "Number of own sites within the distance at which the industry departs most from chance, "
        "against the hypergeometric distribution given the number of all sites there; over all "
        "localised industries {q:.0%} of the sites named are expected to be false "
        "(Benjamini-Hochberg). The function scan_register names them.",
        "在该行业偏离偶然最明显的距离内,以全部场所数为条件,将同行业场所数与超几何分布比较;"
        "在全部集聚行业中,所列场所预期有 {q:.0%} 为误判(Benjamini-Hochberg)。"
        "函数 scan_register 可列出这些场所。",
    )
    return (
        Estimate(
            measure=NAME,
            of=(
                ("industry", code),
                ("statistic", "sites in clusters"),
                ("within", f"{distance} km"),
            ),
            label=told.fill(i=code, d=distance),
            value=float(density.members),
            interval=none.fill(q=FALSE_DISCOVERIES),
            unit=Text("sites", "个场所"),
            n=density.curve.cases,
            n_of=SITES,
            method=how.fill(q=FALSE_DISCOVERIES),
            references=REFERENCES,
            warnings=sites.warnings,
        ),
    )


def share_estimates(sites: LocatedSites, code: str, curve: Curve) -> tuple[Estimate, ...]:
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


def no_density(code: str, count: int) -> Estimate:
    """Say why an industry has no Kd."""
    reason = (
        Text(
            "the distances between its {n} located sites are all the same, or the sites are at one place",
            "其 {n} 个有坐标的场所均在同一地点,或彼此距离全部相同",
        )
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
