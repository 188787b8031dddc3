r"""Elasticity to the installed base 用户基数弹性: do members draw further members?

The hazard of entry on the installed base before the quarter, with an effect of every platform (or
industry) and of every quarter. A curve of growth cannot show this: growth without any reinforcement bends
like growth with it. Two comparisons: between platforms, and, for one platform as well, between industries,
whose firms may be drawn by those of their own industry already there.

Paper: N2a, S13 (network effects), Q19 (of which kind is not said), C2

References
----------
Correia, S., Guimarães, P. & Zylkin, T. (2020). Fast Poisson estimation with high-dimensional fixed
effects. Stata Journal 20(1), 95-115. doi:10.1177/1536867X20909691
Gouriéroux, C., Phillips, P. C. B. & Yu, J. (2010). Indirect inference for dynamic panel models. Journal of
Econometrics 157(1), 68-77. doi:10.1016/j.jeconom.2009.10.024
Nickell, S. (1981). Biases in dynamic models with fixed effects. Econometrica 49(6), 1417-1426.
doi:10.2307/1911408
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.collaborations import industry_groups
from jiqun.measures.readings.marker import Marker
from jiqun.measures.readings.platform_events import NO_PLATFORM, Platforms, platforms
from jiqun.measures.readings.windows import YEAR, Floats, Window, days, windows
from jiqun.numerics.installed_base import Elasticity, elasticity
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "installed_base_elasticity"
QUARTER = YEAR / 4
LEAST = 20
"""Entries below which nothing is estimated."""
MOST_UNITS = 400
"""Platforms or industries with the most entries that are compared."""
REFERENCES = (
    "doi:10.1177/1536867X20909691",
    "doi:10.1016/j.jeconom.2009.10.024",
    "doi:10.2307/1911408",
)
ENTRIES = Text("entries", "加入事件")
INTERVAL = Text(
    "Elasticities under which an estimate like this one is drawn: its median there within Student's t "
    "(units less one as degrees of freedom) times its unit-clustered error, or the spread of what is drawn "
    "where that is wider. An interval above 0 that is also above the values of chance supports "
    "reinforcement; later entry that has causes in common with earlier entry of the same unit does too.",
    "能够抽得此估计值的弹性范围:所抽估计的中位数与其相差不超过 t 分位数(自由度为单元数减一)"
    "乘以按单元聚类的误差,或所抽估计的离散程度(取较大者)。"
    "区间高于 0 且高于偶然取值时支持自我强化;但同一单元前后加入有共同原因时亦会如此。",
)
BAND = Text(
    "Not an interval around the value: between these ends lie 95 of 100 values where units only differ "
    "in how attractive they are throughout and entries come in the same quarters.",
    "并非估计值的区间:若各单元仅吸引力不同、各季度加入总数不变,则 95% 的取值落在此两端之间。",
)
UNITS = {
    "platforms": (
        Text("platforms", "平台"),
        ("participations.joined", "platforms.platform_id"),
    ),
    "industries": (
        Text("industries", "行业"),
        ("participations.joined", "firms.industry_code"),
    ),
}
LABELS = {
    "platforms": Text(
        "Elasticity of entry to a platform's installed base", "平台加入率对其成员基数的弹性"
    ),
    "industries": Text(
        "Elasticity of entry to the installed base of one's own industry",
        "平台加入率对本行业成员基数的弹性",
    ),
}
METHOD = Text(
    "Poisson hazard by quarter: entrants among firms not yet in, on the logarithm of one plus members "
    "before the quarter, with effects of {units} and of quarters, corrected for what the same is off by where "
    "the elasticity is as estimated (up to 99 draws at each elasticity that is tried).",
    "按季度的 Poisson 风险模型:以尚未加入的企业为基数,对季度初成员数加一的对数回归,"
    "含{units}效应与季度效应,并扣除在该弹性下同一算法的偏差(每个所试弹性至多抽取 99 次)。",
)
FEW = Text("fewer than {n} dated entries", "注明日期的加入事件不足 {n} 次")
ONE_UNIT = Text(
    "all entries are of one unit, so that its base and time cannot be told apart: at least two {units} "
    "with entries are needed",
    "全部加入属于同一单元,其基数与时间无法区分:至少需要两个有加入事件的{units}",
)
IN_STEP = Text(
    "the installed bases of the {units} grow in step, or decide entry alone: the elasticity is not "
    "identified",
    "各{units}的成员基数同步变化或完全决定加入,弹性无法识别",
)
SHARED_CAUSES = Text(
    "An association in time: the record cannot tell being drawn by members from whatever else changes "
    "for a unit (its rules, its functions, its industry).",
    "此为时间上的关联:记录无法区分受成员吸引与该单元的其他变化(规则、功能、行业景气)。",
)


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries into units: which, when, until when; and firms that could enter.

    Attributes
    ----------
    unit
        Shape (entries,).
    joined, left
        Days, shape (entries,).
    founded, closed, of_firm
        Lives of firms and the unit that each could enter, −1 for any, shape (firms,).
    """

    unit: NDArray[np.int64]
    joined: Floats
    left: Floats
    founded: Floats
    closed: Floats
    of_firm: NDArray[np.int64]


def installed_base_elasticity(
    record: Record, *, seed: int = 0, years: int | None = None
) -> tuple[Estimate, ...]:
    """Measure how the hazard of entry goes with the installed base.

    Parameters
    ----------
    record
        Reads ``platforms``, ``participations`` and ``firms``.
    seed
        Addresses the draws of what chance gives.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window, between platforms and between industries: elasticity, and its band by chance.
    """
    found = platforms(record)
    read = _entries(record, found)
    return tuple(
        e
        for window in windows(record, years)
        for name in UNITS
        for e in _measured(window, name, None if found.table.is_empty() else read[name], seed)
    )


def _entries(record: Record, found: Platforms) -> dict[str, Entries]:
    firms = record["firms"].unique("firm_id").sort("firm_id")
    numbers = firms.select("firm_id").with_columns(firm=pl.int_range(pl.len(), dtype=pl.Int64))
    group = industry_groups(record, numbers).group
    lives = (days(firms["founded"]), days(firms["closed"]))
    dated = found.members.drop_nulls("joined")
    anywhere = np.full(firms.height, -1, dtype=np.int64)
    by_platform = Entries(
        dated["platform"].to_numpy().astype(np.int64),
        days(dated["joined"]),
        days(dated["left"]),
        *lives,
        anywhere,
    )
    first = dated.group_by("firm_id").agg(
        pl.col("joined").min(),
        left=pl.when(pl.col("left").is_not_null().all()).then(pl.col("left").max()),
    )
    first = first.join(numbers, on="firm_id").sort("firm")
    own = group[first["firm"].to_numpy()]
    known = own >= 0
    by_industry = Entries(
        own[known], days(first["joined"])[known], days(first["left"])[known], *lives, group
    )
    return {"platforms": by_platform, "industries": by_industry}


def _measured(window: Window, name: str, entries: Entries | None, seed: int) -> Iterator[Estimate]:
    units, needs = UNITS[name]
    value = Marker(
        measure=NAME,
        statistic="elasticity",
        label=LABELS[name],
        method=METHOD.fill(units=units),
        n_of=ENTRIES,
        needs=needs,
        references=REFERENCES,
        of=(("between", name),),
    )
    band = value.worded(
        statistic="by chance",
        label=Text("{label}, where there is no reinforcement", "{label}(无自我强化时)").fill(
            label=LABELS[name]
        ),
    )
    found = _estimated(window, name, entries, seed)
    if isinstance(found, tuple):
        elastic, n = found
        ends = (elastic.low, elastic.high)
        yield value.estimate(
            window, elastic.value, ends, meaning=INTERVAL, n=n, warnings=(SHARED_CAUSES,)
        )
        yield band.estimate(
            window, 0.0, (elastic.chance_low, elastic.chance_high), meaning=BAND, n=n
        )
        return
    yield value.missing(window, found)
    yield band.missing(window, found)


def _estimated(
    window: Window, name: str, entries: Entries | None, seed: int
) -> tuple[Elasticity, int] | Text:
    """Estimate, or say why not."""
    if entries is None:
        return NO_PLATFORM
    within = window.begun(entries.joined) & (entries.joined < window.end)
    if int(within.sum()) < LEAST:
        return FEW.fill(n=LEAST)
    count = np.bincount(entries.unit[within])
    most = np.argsort(-count, kind="stable")[:MOST_UNITS]
    kept = np.sort(most[count[most] > 0])
    if kept.size < 2:  # noqa: PLR2004 - nothing to compare
        return ONE_UNIT.fill(units=UNITS[name][0])
    generator = stream(seed, NAME, name, window.name)
    found = elasticity(*_panel(window, entries, kept), generator)
    if found is None:
        return IN_STEP.fill(units=UNITS[name][0])
    return found, int(count[kept].sum())


def _panel(
    window: Window, entries: Entries, units: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Count entrants, pool and leavers by unit and quarter, and members before the first quarter."""
    quarters = max(int(np.ceil((window.end - window.start) / QUARTER)), 1)
    row = np.full(int(max(entries.unit.max(), units.max())) + 1, -1, dtype=np.int64)
    row[units] = np.arange(units.size)
    unit = row[entries.unit]

    def counted(day: Floats) -> Floats:
        inside = (unit >= 0) & (day >= window.start) & (day < window.end)
        quarter = ((day[inside] - window.start) // QUARTER).astype(np.int64)
        cell = unit[inside] * quarters + quarter
        return (
            np.bincount(cell, minlength=units.size * quarters).reshape(-1, quarters).astype(float)
        )

    entrants, leavers = counted(entries.joined), counted(entries.left)
    before = (unit >= 0) & (entries.joined < window.start)
    joined = np.bincount(unit[before], minlength=units.size).astype(float)
    stayed = before & ~(entries.left < window.start)
    start = np.bincount(unit[stayed], minlength=units.size).astype(float)
    ever = joined[:, None] + np.cumsum(entrants, axis=1) - entrants
    pool = np.maximum(_existing(window, entries, units, quarters) - ever, 0.0)
    return entrants, pool, start, leavers


def _existing(window: Window, entries: Entries, units: NDArray[np.int64], quarters: int) -> Floats:
    """Count the firms that could enter each unit at the beginning of each quarter."""
    begin = window.start + QUARTER * np.arange(quarters)

    def at(founded: Floats, closed: Floats) -> Floats:
        born = np.searchsorted(np.sort(np.nan_to_num(founded, nan=-np.inf)), begin, side="right")
        gone = np.searchsorted(np.sort(closed[np.isfinite(closed)]), begin, side="right")
        return (born - gone).astype(float)

    if (entries.of_firm < 0).all():
        return np.tile(at(entries.founded, entries.closed), (units.size, 1))
    mine = (entries.of_firm == unit for unit in units)
    return np.stack([at(entries.founded[own], entries.closed[own]) for own in mine])
