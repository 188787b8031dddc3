"""Dated sites and dated ties in steps of time, for the test of which follows which.

Paper: K2c, K2g, K2h (order of place and tie), Q7 (no mirror yet)
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.collaborations import industry_groups
from jiqun.measures.readings.located_sites import OFF_GLOBE, ON_GLOBE
from jiqun.measures.readings.tie_layers import LAYERS, Layer, ties_by_layer, told_of_alliances
from jiqun.numerics.mirror import mobility_blocks
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

Ints = NDArray[np.int64]
Unit = Literal["month", "quarter", "year"]

UNITS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
"""Months in a step."""
UNIT_NAMES: dict[Unit, Text] = {
    "month": Text("month", "月"),
    "quarter": Text("quarter", "季度"),
    "year": Text("year", "年"),
}
MOST_STEPS = 120
HEAPED = 0.5
"""Share of dates on the first of January from which only the year is taken as known."""
EARLIEST = 0.01
"""Share of ties that may lie before the first step."""
INDUSTRIES = 12
"""Largest industries that are groups of their own; the others are one group together."""
FEWEST_IN_INDUSTRY = 10
BEFORE = -1
PHYSICAL_ONLY = Text(
    "the record has physical ties only, and so no virtual layer that could mirror places or be "
    "mirrored by them",
    "记录中只有线下关系,尚无可与实体空间互为镜像的虚拟层",
)
"""Why there is nothing to test on a path that has not built its mirror yet."""


@dataclass(frozen=True, slots=True)
class DatedLayers:
    """Arguments of ``jiqun.numerics.mirror.mirror_order``, and how they were read.

    Attributes
    ----------
    firm, points, opened, closed, source, target, onset, group, block, steps
        As there; points are longitude and latitude.
    unit
        Length of a step.
    start
        First day of the first step.
    layer
        Which ties they are.
    groups
        What the groups of firms are.
    warnings
        What was left out or taken for granted.
    """

    firm: Ints
    points: NDArray[np.float64]
    opened: Ints
    closed: Ints
    source: Ints
    target: Ints
    onset: Ints
    group: Ints
    block: Ints
    steps: int
    unit: Unit
    start: date
    layer: Layer
    groups: Text
    warnings: tuple[Text, ...]


def dated_layers(record: Record) -> DatedLayers | Text:
    """Read the two layers, or say why there are none to compare.

    Virtual ties are taken; where there are none, those whose channel is not told. Steps are months,
    quarters or years, the shortest of which there are at most 120 from the first tie (the earliest
    hundredth apart) to the last date. A site without an opening date is taken to be there since its
    firm was founded, else from before the record.
    """
    ties = ties_by_layer(record)
    layer = _layer(ties)
    if isinstance(layer, Text):
        return layer
    mine = ties.filter(pl.col("layer") == layer)
    dated = mine.drop_nulls("start")
    if dated.is_empty():
        return Text("none of the {l} has a date", "{l}均无日期").fill(l=LAYERS[layer])
    sites = _sites(record)
    if sites.is_empty():
        given = record["sites"].drop_nulls(["longitude", "latitude"])
        return (
            Text("no site has coordinates", "没有场所具备坐标") if given.is_empty() else OFF_GLOBE
        )
    told = _warnings(sites, mine.height - dated.height, layer)
    if layer == "virtual":
        told = (*told, *told_of_alliances(record, mine))
    return _numbered(record, dated, sites, layer, told)


def _numbered(
    record: Record, dated: pl.DataFrame, sites: pl.DataFrame, layer: Layer, told: tuple[Text, ...]
) -> DatedLayers:
    """Turn identifiers and dates into numbers of firms and steps."""
    firms = record["firms"].select("firm_id").unique().sort("firm_id").with_row_index("firm")
    firms = firms.with_columns(pl.col("firm").cast(pl.Int64))
    unit, first, steps = _steps(dated["start"], pl.concat([sites["opened"], sites["closed"]]))
    sites = sites.join(firms, on="firm_id").sort("site_id")
    opened = _step(sites["opened"], first, unit, BEFORE)
    owner = sites["firm"].to_numpy()
    group, groups = _groups(record, firms, owner, opened, steps)
    ends = (
        dated.join(firms.rename({"firm_id": "source", "firm": "from"}), on="source")
        .join(firms.rename({"firm_id": "target", "firm": "to"}), on="target")
        .sort("tie_id")
    )
    return DatedLayers(
        firm=owner,
        points=sites.select("longitude", "latitude").to_numpy(),
        opened=opened,
        closed=_step(sites["closed"], first, unit, steps),
        source=ends["from"].to_numpy(),
        target=ends["to"].to_numpy(),
        onset=_step(ends["start"], first, unit, BEFORE),
        group=group,
        block=mobility_blocks(group, _moves(owner, opened, firms.height, steps)),
        steps=steps,
        unit=unit,
        start=date(first // 12, first % 12 + 1, 1),
        layer=layer,
        groups=groups,
        warnings=told,
    )


def _moves(owner: Ints, opened: Ints, firms: int, steps: int) -> Ints:
    """Count the sites that each firm opened after its first."""
    earliest = np.full(firms, steps, np.int64)
    np.minimum.at(earliest, owner, opened)
    return np.bincount(owner, opened > earliest[owner], firms).astype(np.int64)


def _layer(ties: pl.DataFrame) -> Layer | Text:
    """Choose the ties to test, or say that there is nothing yet that could be a mirror."""
    present = set(ties["layer"].unique())
    if "virtual" in present:
        return "virtual"
    if "untold" in present:
        return "untold"
    if "physical" in present:
        return PHYSICAL_ONLY
    return Text("the record has no ties between its firms", "记录中没有企业间的双边关系")


def _sites(record: Record) -> pl.DataFrame:
    """Return located sites with the dates that they and their firm have."""
    firms = record["firms"].select("firm_id", "founded", ended="closed").unique("firm_id")
    return (
        record["sites"]
        .filter(ON_GLOBE)
        .join(firms, on="firm_id")
        .with_columns(
            is_dated=pl.col("opened").is_not_null(),
            opened=pl.coalesce("opened", "founded"),
            closed=pl.min_horizontal("closed", "ended"),
        )
        .select("site_id", "firm_id", "longitude", "latitude", "opened", "closed", "is_dated")
    )


def _months(days: pl.Series) -> Ints:
    """Count months since year 0; dates must not be missing."""
    months = days.dt.year().cast(pl.Int64) * 12 + days.dt.month().cast(pl.Int64) - 1
    return months.to_numpy().astype(np.int64)


def _steps(ties: pl.Series, sites: pl.Series) -> tuple[Unit, int, int]:
    """Return the unit, the month in which the first step begins, and the number of steps."""
    months = np.sort(_months(ties))
    first = int(months[int(EARLIEST * months.size)])
    known = sites.drop_nulls()
    last = max(int(months[-1]), int(_months(known).max()) if known.len() else 0)
    january = ((ties.dt.month() == 1) & (ties.dt.day() == 1)).mean()
    coarse = isinstance(january, float) and january >= HEAPED
    fine = [u for u, k in UNITS.items() if (last - first // k * k) // k < MOST_STEPS and not coarse]
    unit = fine[0] if fine else "year"
    begin = first // UNITS[unit] * UNITS[unit]
    return unit, begin, (last - begin) // UNITS[unit] + 1


def _step(days: pl.Series, first: int, unit: Unit, missing: int) -> Ints:
    """Return the step of each day: -1 before the first; ``missing`` where there is no day."""
    known = days.is_not_null().to_numpy()
    step = np.full(days.len(), missing, np.int64)
    step[known] = np.maximum((_months(days.drop_nulls()) - first) // UNITS[unit], BEFORE)
    return step


def _groups(
    record: Record, firms: pl.DataFrame, owner: Ints, opened: Ints, steps: int
) -> tuple[Ints, Text]:
    """Group firms by industry and by when they came: from the start, in the first or second half."""
    industry = industry_groups(record, firms)
    counts = np.bincount(industry.group + 1)
    counts[0] = 0
    large = np.argsort(-counts, kind="stable")[:INDUSTRIES]
    large = large[counts[large] >= FEWEST_IN_INDUSTRY]
    own = np.where(np.isin(industry.group + 1, large), industry.group + 1, 0)
    entry = np.full(firms.height, steps, np.int64)
    np.minimum.at(entry, owner, opened)
    cohort = np.where(entry < 0, 0, np.where(entry < steps / 2, 1, 2))
    _, group = np.unique(own * 3 + cohort, return_inverse=True)
    name = Text(
        "industry ({level}, the {k} largest) and time of entry",
        "行业({level},最大的 {k} 个)与进入时间",
    ).fill(level=industry.level, k=large.size)
    return group.astype(np.int64), name


def _warnings(sites: pl.DataFrame, undated: int, layer: Layer) -> tuple[Text, ...]:
    found = []
    if layer == "untold":
        found.append(
            Text(
                "The record has no virtual ties. These are ties whose channel it does not tell: the "
                "result says whether relations follow places, not whether there is a digital mirror.",
                "记录中没有线上关系,此处使用渠道不详的关系:结果说明关系与地点孰先,并不表明存在数字镜像。",
            )
        )
    without = int((~sites["is_dated"]).sum())
    if without:
        found.append(
            Text(
                "{n} of {all} sites have no opening date and are taken to be there since their firm was "
                "founded, else throughout.",
                "{all} 个场所中有 {n} 个无启用日期,按自企业成立起(不详则始终)在用处理。",
            ).fill(n=without, all=sites.height)
        )
    if undated:
        found.append(
            Text(
                "{n} of the {l} have no date and are left out.",
                "{l}中有 {n} 条无日期,未计入。",
            ).fill(n=undated, l=LAYERS[layer])
        )
    return tuple(found)
