"""Intervals 期间: ``[start, end)`` runs forward and lies within the life of its firm.

Paper: K3f, K3g (dated relations: who was tied to whom, when).
"""

from functools import partial

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View, plain
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

ORDER = Rule(
    id="intervals.order",
    title=Text("An interval ends after it starts.", "期间的结束日期晚于开始日期。"),
    remedy=Text(
        "Correct a date. The end is the first day after: what lasts one day ends the day after.",
        "请更正日期。结束日期为其后的首日:仅持续一日的,结束日期为次日。",
    ),
)
BACKWARD = Text(
    "{column} is {value}, not after the start {start}.",
    "“{column}”为 {value},不晚于开始日期 {start}。",
)
OUTSIDE_LIFE = Rule(
    id="intervals.outside_life",
    title=Text(
        "A row of a firm lies between the firm's founding and its closing.",
        "企业的各行记录均在其成立与注销之间。",
    ),
    remedy=Text(
        "Check both dates: the firm may be a successor, or its founding may be a later registration.",
        "请核对两个日期:该企业可能为承继主体,或其成立日期为后来的登记日期。",
    ),
    severity="warning",
)
OUTSIDE = {
    "founded": Text(
        "{column} is {value}; the firm {firm} was founded only on {founded}.",
        "“{column}”为 {value},而企业 {firm} 成立于 {founded}。",
    ),
    "closed": Text(
        "{column} is {value}; the firm {firm} had closed on {closed}.",
        "“{column}”为 {value},而企业 {firm} 已于 {closed} 注销。",
    ),
}
FIRM_OF = {
    "sites": ("firm_id",),
    "ties": ("source", "target"),
    "memberships": ("firm_id",),
    "participations": ("firm_id",),
    "accounts": ("firm_id",),
    "data_assets": ("owner",),
}
"""Columns that name the firm to whose life an interval is held; a platform may change operator.

Accounts of a year begin before a firm founded in that year, so only a period wholly outside counts.
"""


def _ordered(table: str, start: str, end: str) -> Check:
    return Check(
        rule=ORDER,
        view=plain(table),
        column=end,
        message=BACKWARD,
        broken=pl.col(end) <= pl.col(start),
        evidence={"start": pl.col(start)},
    )


def _beside_life(tables: Tables, table: str, firm: str, start: str, end: str) -> pl.LazyFrame:
    life = (
        tables.named["firms"]
        .filter(pl.col("founded").is_not_null() | pl.col("closed").is_not_null())
        .select(pl.col("firm_id").alias(firm), firm_founded="founded", firm_closed="closed")
    )
    dated = pl.col(start).is_not_null() | pl.col(end).is_not_null()
    return tables.rows[table].filter(dated).select(ROW, firm, start, end).join(life, on=firm)


def _cases(start: str, end: str, *, whole: bool) -> tuple[tuple[str, str, pl.Expr], ...]:
    """List column, field of the message and condition; ``whole``: only what lies wholly outside."""
    founded, closed = pl.col("firm_founded"), pl.col("firm_closed")
    ends_before, starts_after = pl.col(end) <= founded, pl.col(start) >= closed
    if whole:
        return (start, "founded", ends_before), (start, "closed", starts_after)
    open_start = pl.col(start).is_null()
    return (
        (start, "founded", pl.col(start) < founded),
        (start, "closed", starts_after),
        (end, "founded", open_start & ends_before),
        (end, "closed", (pl.col(end) > closed) & ~starts_after.fill_null(value=False)),
    )


def _within_life(table: str, firm: str, start: str, end: str) -> tuple[Check, ...]:
    frame = partial(_beside_life, table=table, firm=firm, start=start, end=end)
    view = View(table=table, needs=(table, "firms"), frame=frame)
    return tuple(
        Check(
            rule=OUTSIDE_LIFE,
            view=view,
            column=column,
            message=OUTSIDE[bound],
            broken=broken,
            evidence={"firm": pl.col(firm), bound: pl.col(f"firm_{bound}")},
        )
        for column, bound, broken in _cases(start, end, whole=table == "accounts")
    )


INTERVALS = {table.name: table.interval for table in TABLES.values() if table.interval is not None}

RULES = (ORDER, OUTSIDE_LIFE)
CHECKS = (
    *(_ordered(table, *interval) for table, interval in INTERVALS.items()),
    *(
        check
        for table, columns in FIRM_OF.items()
        for firm in columns
        for check in _within_life(table, firm, *INTERVALS[table])
    ),
)
