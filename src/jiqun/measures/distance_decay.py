r"""Distance decay of ties 关系的距离衰减: how far do they reach, against exchanged partners?

A share of ties within 50 km says little: firms of a sector sit together anyway, and so would partners
drawn at random. Here the partners of all ties are exchanged within sector and period. Then

.. math:: \log \text{odds of a tie} = a + b \log(1 + d / 1\,\text{km})

has b = 0 where distance does not matter; b = -1 halves the odds with each doubling of distance. b is
estimated for physical and virtual ties apart, with its change over the years and its difference
between pairs that are both on a platform and others.

Paper: E5 (weaker dependence on proximity), E6 (not a necessary condition), T5, K2f (proximity still
matters), K2i (none for the digital-native), I1c and Q8 (three separate tests of proximity)

References
----------
Sorenson, O. & Stuart, T. E. (2001). Syndication networks and the spatial distribution of venture
capital investments. American Journal of Sociology 106(6), 1546-1588. doi:10.1086/321301
Fafchamps, M. & Gubert, F. (2007). The formation of risk sharing networks. Journal of Development
Economics 83(2), 326-350. doi:10.1016/j.jdeveco.2006.05.005
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.placed_ties import NEVER, PlacedTies, period_name, placed_ties
from jiqun.measures.readings.tie_layers import LAYERS, Layer
from jiqun.numerics.random import stream
from jiqun.numerics.tie_decay import Slope, exchanged_partners, great_circle_km, odds_slopes
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "distance_decay"
LEVEL = 0.95
COPIES, MOST_CONTROLS = 199, 4_000_000
"""Exchanges of partners, fewer where ties are many."""
FEWEST = 30
NEAR = (10.0, 50.0, 200.0, 1000.0)
"""Distances up to which ties are counted, km."""
YEAR = 365.25
SHARED = 0.2
REFERENCES = ("doi:10.1086/321301", "doi:10.1016/j.jdeveco.2006.05.005")
NEEDS = ("sites.longitude", "sites.latitude", "ties.source", "ties.target")
TIES = Text("ties", "双边关系")

CHANCE = Text(
    "Not an interval around the value: the middle 95% of it under exchanged partners; outside it, the "
    "sectors and periods of the firms do not explain it.",
    "并非估计值的区间:互换伙伴下该值中间 95% 的范围;落在区间之外即不能由企业的行业与时期解释。",
)
SAMPLING = Text(
    "Student's t interval; ties that share a firm are not independent (clustered on both firms).",
    "t 区间;共享同一企业的关系并不独立(按双方企业聚类)。",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Ties of a layer beside the same with exchanged partners; C exchanges of E ties."""

    layer: Layer
    ties: PlacedTies
    distance: NDArray[np.float64]
    exchanged: NDArray[np.int64]
    by_chance: NDArray[np.float64]
    weight: NDArray[np.float64]


def distance_decay(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Measure how the odds of a tie fall with distance, by layer.

    Parameters
    ----------
    record
        Reads ``sites`` (coordinates), ``ties``, ``firms`` (industry) and ``participations``.
    seed
        Addresses the exchanges of partners.

    Returns
    -------
    tuple of Estimate
        For each layer: ties within 10, 50, 200 and 1,000 km over those with exchanged partners; the
        slope b; its change in a year; its difference on platforms.
    """
    layers = placed_ties(record)
    label = Text("Distance decay of ties", "关系的距离衰减")
    if not layers:
        reason = Text(
            "no tie has a longitude and a latitude in degrees at both ends",
            "没有双边关系的两端企业均具备以度为单位的经纬度",
        )
        return (not_measured(NAME, label, reason, needs=NEEDS),)
    return tuple(e for layer, ties in layers.items() for e in _layer(layer, ties, seed))


def _layer(layer: Layer, ties: PlacedTies, seed: int) -> list[Estimate]:
    label = Text("Distance decay of {l}", "{l}的距离衰减").fill(l=LAYERS[layer])
    of = (("layer", layer),)
    count = ties.source.size
    if count < FEWEST:
        reason = Text(
            "only {n} ties with coordinates at both ends and at least five of their sector and period",
            "两端均有坐标且同行业同时期至少五条的关系仅 {n} 条",
        ).fill(n=count)
        return [not_measured(NAME, label, reason, needs=NEEDS, of=of, n=count)]
    compared = _compare(layer, ties, seed)
    if np.ptp(compared.distance) == 0.0 and np.ptp(compared.by_chance) == 0.0:
        reason = Text(
            "all firms with ties are equally far from each other", "有关系的企业彼此距离完全相同"
        )
        return [not_measured(NAME, label, reason, needs=NEEDS, of=of, n=count)]
    return [
        *(_within(compared, r) for r in NEAR if _chance_of(compared, r).any()),
        *_slope(compared),
        *_over_time(compared),
        *_on_platforms(compared),
    ]


def _compare(layer: Layer, ties: PlacedTies, seed: int) -> Compared:
    copies = int(np.clip(MOST_CONTROLS // ties.source.size, 19, COPIES))
    exchanged = exchanged_partners(
        ties.target, ties.stratum, copies, stream(seed, NAME, layer, "partners")
    )
    at = ties.points[ties.source]
    weight = (exchanged != ties.source).astype(np.float64) / copies
    return Compared(
        layer=layer,
        ties=ties,
        distance=great_circle_km(at, ties.points[ties.target]),
        exchanged=exchanged,
        by_chance=great_circle_km(at, ties.points[exchanged]),
        weight=weight,
    )


def _chance_of(found: Compared, radius: float) -> NDArray[np.float64]:
    """Return the share of ties up to a distance in each exchange, a firm with itself left out."""
    allowed = found.weight > 0.0
    near = ((found.by_chance <= radius) & allowed).sum(axis=1)
    return np.asarray(near / np.maximum(allowed.sum(axis=1), 1))


def _within(found: Compared, radius: float) -> Estimate:
    """Compare the number of ties up to a distance with that under exchanged partners."""
    near = float((found.distance <= radius).mean())
    null = _chance_of(found, radius)
    chance = float(null.mean())
    low, high = np.quantile(null, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2]) / chance
    plain = Text(
        "{o:.1%} of the ties are within {r:g} km, {c:.1%} with exchanged partners.",
        "{o:.1%} 的关系在 {r:g} 公里以内,互换伙伴后为 {c:.1%}。",
    ).fill(o=near, r=radius, c=chance)
    label = Text(
        "{l} within {r:g} km, over those with exchanged partners",
        "{r:g} 公里以内的{l}与互换伙伴后之比",
    ).fill(l=LAYERS[found.layer], r=radius)
    ends = (float(low), float(high))
    return _estimate(
        found,
        f"within {radius:g} km",
        label,
        near / chance,
        ends=ends,
        interval=CHANCE,
        told=(plain,),
    )


def _slope(found: Compared) -> list[Estimate]:
    label = Text("Slope of the odds of {l} on log distance", "{l}发生比对距离对数的斜率")
    x, z = np.log1p(found.distance), np.log1p(found.by_chance)
    slopes = _fit(found, x[:, None], z[:, :, None])
    return [_of_slope(found, "slope", label, slopes, 0)]


def _over_time(found: Compared) -> list[Estimate]:
    """Let the slope change with the date of the tie."""
    label = Text("Change of the slope of {l} in a year", "{l}斜率的年变化")
    ties = found.ties
    known = ties.day != NEVER
    years = np.where(known, ties.day, 0) / YEAR
    if known.sum() < FEWEST or np.ptp(years[known]) < 1.0:
        reason = Text(
            "fewer than 30 ties, or less than a year, are dated", "有日期的关系不足 30 条或不足一年"
        )
        return [_missing(found, "change in a year", label, reason, ("ties.start",))]
    t = np.where(known, years - years[known].mean(), 0.0)
    x, z = np.log1p(found.distance), np.log1p(found.by_chance)
    again = np.broadcast_to(t, z.shape)
    cases = np.stack([x, t, x * t], axis=1)
    controls = np.stack([z, again, z * again], axis=2)
    slopes = _fit(found, cases, controls)
    return [_of_slope(found, "change in a year", label, slopes, 2)]


def _on_platforms(found: Compared) -> list[Estimate]:
    """Let the slope differ where both firms had joined a platform when the tie began."""
    label = Text(
        "Slope of {l} where both firms are on a platform, less that elsewhere",
        "双方均已加入平台的{l}斜率与其他之差",
    )
    ties, statistic = found.ties, "on platforms"
    joined = ties.joined
    both = np.maximum(joined[ties.source], joined[ties.target]) <= ties.day
    both &= ties.day != NEVER
    if min(int(both.sum()), int((~both).sum())) < FEWEST:
        reason = Text(
            "{n} dated ties are between firms that had both joined a platform; 30 of either kind are needed",
            "双方在建立关系时均已加入平台的关系有 {n} 条;两类各需至少 30 条",
        ).fill(n=int(both.sum()))
        needs = ("participations.joined", "ties.start")
        return [_missing(found, statistic, label, reason, needs)]
    later = np.maximum(joined[ties.source], joined[found.exchanged])
    again = ((later <= ties.day) & (ties.day != NEVER)).astype(np.float64)
    x, z, on = np.log1p(found.distance), np.log1p(found.by_chance), both.astype(np.float64)
    cases = np.stack([x, on, x * on], axis=1)
    slopes = _fit(found, cases, np.stack([z, again, z * again], axis=2))
    return [_of_slope(found, statistic, label, slopes, 2)]


def _fit(
    found: Compared, cases: NDArray[np.float64], controls: NDArray[np.float64]
) -> tuple[Slope, ...] | None:
    ties = found.ties
    return odds_slopes(cases, controls, found.weight, ties.source, ties.target, len(ties.points))


def _of_slope(
    found: Compared, statistic: str, label: Text, slopes: tuple[Slope, ...] | None, position: int
) -> Estimate:
    """Write up one coefficient."""
    if slopes is None or not np.isfinite(slopes[position].error):
        reason = Text(
            "the ties do not tell it: near and far ones are not both there, or one firm is in all",
            "数据无法确定:缺少近距离或远距离的关系,或某一企业出现在全部关系中",
        )
        return _missing(found, statistic, label, reason, NEEDS)
    slope = slopes[position]
    half = float(stats.t.isf(0.5 - LEVEL / 2, slope.freedom)) * slope.error
    ends = (slope.value - half, slope.value + half)
    named = label.fill(l=LAYERS[found.layer])
    return _estimate(found, statistic, named, slope.value, ends=ends, interval=SAMPLING)


def _missing(
    found: Compared, statistic: str, label: Text, reason: Text, needs: tuple[str, ...]
) -> Estimate:
    of = (("layer", found.layer), ("statistic", statistic))
    named = label.fill(l=LAYERS[found.layer])
    return not_measured(NAME, named, reason, needs=needs, of=of, n=found.ties.source.size)


def _estimate(
    found: Compared,
    statistic: str,
    label: Text,
    value: float,
    *,
    ends: tuple[float, float],
    interval: Text,
    told: tuple[Text, ...] = (),
) -> Estimate:
    method = Text(
        "Great-circle distance between one place a firm; partners exchanged {c} times within the sector "
        "of the target ({s}) and {p}; distance 0 counts as 0.",
        "以每家企业一处地点计算大圆距离;在目标企业行业({s})与{p}内互换伙伴 {c} 次;零距离按 0 计。",
    ).fill(c=found.weight.shape[0], s=found.ties.sectors, p=period_name(found.ties))
    return Estimate(
        measure=NAME,
        of=(("layer", found.layer), ("statistic", statistic)),
        label=label,
        value=value,
        low=ends[0],
        high=ends[1],
        level=LEVEL,
        interval=interval,
        n=found.ties.source.size,
        n_of=TIES,
        method=method,
        references=REFERENCES,
        warnings=(*told, *_warnings(found)),
    )


def _warnings(found: Compared) -> tuple[Text, ...]:
    told = list(found.ties.told)
    without, small = found.ties.left_out
    if without or small:
        told.append(
            Text(
                "Left out: {a} ties without coordinates in degrees at both ends, {b} with fewer than "
                "five of their sector and period.",
                "未计入:{a} 条两端坐标不全的关系,{b} 条同行业同时期不足五条的关系。",
            ).fill(a=without, b=small)
        )
    if found.layer == "untold":
        told.append(
            Text(
                "Whether these ties run online or offline is not known.",
                "这些关系通过线上还是线下渠道,记录未注明。",
            )
        )
    zero = float((found.distance == 0.0).mean())
    if zero > SHARED:
        told.append(
            Text(
                "{z:.0%} of the ties are at distance 0: coordinates may be those of towns, and then short "
                "distances are not known.",
                "{z:.0%} 的关系距离为 0:坐标可能为城镇坐标,短距离因此不可知。",
            ).fill(z=zero)
        )
    return tuple(told)
