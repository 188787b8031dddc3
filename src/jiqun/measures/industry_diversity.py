"""Diversity of industries 行业多样性: of how many industries, in effect, are those who work together?

Hill numbers of the industries of the firms in ties and in alliances, their ratio to the mix of all firms
on record, and the share of alliances that join three and more industries. How often relations cross a
boundary, against random partners, and how many kinds of tie there are is in ``collaboration_modes``.

Paper: N2e, S4, S13 (industries), S6 (many dimensions), N3d, S15 (three industries)

References
----------
Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology 54(2),
427-432. doi:10.2307/1934352
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.collaborations import Groups, industry_groups
from jiqun.measures.readings.marker import Marker, numbered, subset
from jiqun.measures.readings.windows import Floats, Window, days, windows
from jiqun.numerics.clustered import Incidence
from jiqun.numerics.diversity import hill_number
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "industry_diversity"
REFERENCES = ("doi:10.2307/1934352",)
UNIT = Text("industries", "个行业")
RELATIONS = {"ties": Text("ties", "双边关系"), "alliances": Text("alliances", "联盟")}
NEEDS = {
    "ties": ("firms.industry_code", "ties.source"),
    "alliances": ("firms.industry_code", "memberships.firm_id"),
}
UNEVEN = Text(
    "The plain number of industries grows with the number of relations; compare orders 1 and 2 instead.",
    "行业个数随关系数量增加;比较时宜用一阶与二阶。",
)
THREE = 3


@dataclass(frozen=True, slots=True)
class Seats:
    """Firms of known industry in relations: one entry a seat.

    Attributes
    ----------
    kind, incidence
        Industry of each seat, and who is in which relation.
    day
        First day of each relation, shape (relations,).
    """

    kind: NDArray[np.int64]
    incidence: Incidence
    day: Floats


def industry_diversity(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure of how many industries those who work together are, in effect.

    Parameters
    ----------
    record
        Reads ``ties``, ``alliances``, ``memberships`` and the industries of ``firms``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window, for ties and for alliances: Hill numbers of orders 0, 1 and 2, the ratio of order 1
        to that of all firms; for alliances the share with three and more industries.
    """
    firms = record["firms"].select("firm_id").unique().sort("firm_id")
    firms = firms.with_columns(firm=pl.int_range(pl.len(), dtype=pl.Int64))
    groups = industry_groups(record, firms)
    read = {"ties": _tie_seats(record, firms, groups), "alliances": _seats(record, firms, groups)}
    known = groups.group[groups.group >= 0]
    mix = hill_number(known, np.zeros(known.size, np.int64), 1, 1).value if known.size else 1.0
    return tuple(
        estimate
        for window in windows(record, years)
        for relation, seats in read.items()
        for estimate in _measured(window, relation, seats, groups, mix)
    )


def _numbered(parts: pl.DataFrame, firms: pl.DataFrame, groups: Groups, day: Floats) -> Seats:
    """Take ``event`` and ``firm_id`` for seats, without firms whose industry is not known."""
    seats = parts.join(firms, on="firm_id").sort("event", "firm")
    firm = seats["firm"].to_numpy()
    known = groups.group[firm] >= 0
    incidence = Incidence(
        seats["event"].to_numpy()[known], firm[known], day.size, max(firms.height, 1)
    )
    seated = np.zeros(day.size, dtype=bool)
    seated[incidence.relation] = True
    return Seats(groups.group[firm[known]], subset(incidence, seated), day[seated])


def _tie_seats(record: Record, firms: pl.DataFrame, groups: Groups) -> Seats:
    ties = record["ties"].filter(pl.col("source") != pl.col("target"))
    event = pl.int_range(pl.len(), dtype=pl.Int64)
    ends = pl.concat([ties.select(event=event, firm_id=side) for side in ("source", "target")])
    return _numbered(ends, firms, groups, days(ties["start"]))


def _seats(record: Record, firms: pl.DataFrame, groups: Groups) -> Seats:
    members = record["memberships"].group_by("alliance_id", "firm_id").agg(pl.col("joined").min())
    members = members.filter(pl.len().over("alliance_id") > 1)
    began = record["alliances"].select("alliance_id", "start").unique("alliance_id")
    members = members.join(began, on="alliance_id", how="left").sort("alliance_id")
    members = members.with_columns(event=pl.Series(numbered(members["alliance_id"])))
    first = members.group_by("event").agg(
        pl.coalesce(pl.col("start").first(), pl.col("joined").min()).alias("start")
    )
    return _numbered(
        members.select("event", "firm_id"), firms, groups, days(first.sort("event")["start"])
    )


def _measured(
    window: Window, relation: str, seats: Seats, groups: Groups, mix: float
) -> Iterator[Estimate]:
    within = window.begun(seats.day)
    kept = within[seats.incidence.relation]
    incidence, kind = subset(seats.incidence, within), seats.kind[kept]
    orders = {order: _hill_marker(relation, groups.level, order) for order in (0, 1, 2)}
    ratio = _ratio_marker(relation, groups.level)
    if kind.size == 0:
        yield from (marker.missing(window) for marker in (*orders.values(), ratio))
    else:
        for order, marker in orders.items():
            found = hill_number(kind, incidence.relation, incidence.relations, order)
            yield marker.function_of_means(
                window,
                found.value,
                found.influence,
                incidence,
                bounds=(1.0, np.inf),
                warnings=(UNEVEN,) if order == 0 else (),
            )
        found = hill_number(kind, incidence.relation, incidence.relations, 1)
        yield ratio.function_of_means(
            window, found.value / mix, found.influence / mix, incidence, bounds=(1.0 / mix, np.inf)
        )
    if relation == "alliances":
        several = kinds_of_each(kind, incidence) >= THREE
        yield _three_marker(groups.level).share(window, several, incidence)


def kinds_of_each(kind: NDArray[np.int64], incidence: Incidence) -> NDArray[np.int64]:
    """Count the different industries in each relation, shape (relations,)."""
    order = np.lexsort((kind, incidence.relation))
    relation, kind = incidence.relation[order], kind[order]
    fresh = np.ones(kind.size, dtype=bool)
    fresh[1:] = (relation[1:] != relation[:-1]) | (kind[1:] != kind[:-1])
    return np.bincount(relation[fresh], minlength=incidence.relations).astype(np.int64)


def _hill_marker(relation: str, level: Text, order: int) -> Marker:
    return Marker(
        measure=NAME,
        statistic=f"effective industries, order {order}",
        label=Text(
            "Effective number of industries in {what} (order {order})",
            "{what}中的有效行业数({order} 阶)",
        ).fill(what=RELATIONS[relation], order=order),
        method=Text(
            "Hill number of order {order} over firms in {what}; industries: {level}.",
            "{what}所涉企业行业的 {order} 阶 Hill 数;行业按{level}。",
        ).fill(order=order, what=RELATIONS[relation], level=level),
        n_of=RELATIONS[relation],
        needs=NEEDS[relation],
        unit=UNIT,
        references=REFERENCES,
        of=(("relation", relation),),
    )


def _ratio_marker(relation: str, level: Text) -> Marker:
    return Marker(
        measure=NAME,
        statistic="ratio to all firms",
        label=Text(
            "Effective number of industries in {what}, times that of all firms",
            "{what}有效行业数与全部企业之比",
        ).fill(what=RELATIONS[relation]),
        method=Text(
            "Order 1, over that of all firms on record, each counted once; 1 is the mix that random "
            "firms would bring; industries: {level}.",
            "一阶 Hill 数与记录中全部企业(每家计一次)之比;1 为随机企业的行业构成;行业按{level}。",
        ).fill(level=level),
        n_of=RELATIONS[relation],
        needs=NEEDS[relation],
        references=REFERENCES,
        of=(("relation", relation),),
    )


def _three_marker(level: Text) -> Marker:
    return Marker(
        measure=NAME,
        statistic="three industries and more",
        label=Text(
            "Share of alliances that join three and more industries", "跨三个及以上行业的联盟份额"
        ),
        method=Text(
            "Members whose industry is not known do not count; industries: {level}.",
            "行业不详的成员不计;行业按{level}。",
        ).fill(level=level),
        n_of=RELATIONS["alliances"],
        needs=NEEDS["alliances"],
        of=(("relation", "alliances"),),
    )
