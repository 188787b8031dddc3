"""Platforms 数字平台: functions and participants within the life of the platform, and its owner.

Paper: K2a (platforms as carriers), N1b, N1c (roles on platforms).
"""

from functools import partial

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View, plain
from jiqun.vocabulary.text import Text

OUTSIDE = Rule(
    id="platforms.outside_life",
    title=Text(
        "Functions and participations lie within the life of their platform.",
        "平台的功能与参与均在平台存续期内。",
    ),
    remedy=Text("Correct the date of the row or of the platform.", "请更正该行或平台的日期。"),
    severity="warning",
)
OPERATOR = Rule(
    id="platforms.operator_not_owner",
    title=Text(
        "Where owners of a platform are listed, its operator is one of them.",
        "列有平台所有者时,运营方为其中之一。",
    ),
    remedy=Text(
        "Add the operator as an owner, unless somebody else does own the platform.",
        "请将运营方补为所有者;确由他方所有的除外。",
    ),
    severity="warning",
)
APPLIED = Rule(
    id="platforms.applied_after_joining",
    title=Text("Nobody joins before applying.", "加入日期不早于申请日期。"),
    remedy=Text("Correct one of the two dates.", "请更正两个日期之一。"),
    severity="warning",
)
BEFORE = Text(
    "{column} is {value}; the platform {platform} opened only on {bound}.",
    "“{column}”为 {value},而平台 {platform} 于 {bound} 上线。",
)
AFTER = Text(
    "{column} is {value}; the platform {platform} had closed on {bound}.",
    "“{column}”为 {value},而平台 {platform} 已于 {bound} 下线。",
)


def _beside_platform(tables: Tables, table: str, start: str, end: str) -> pl.LazyFrame:
    life = tables.named["platforms"].select(
        "platform_id", platform_opened="opened", platform_closed="closed"
    )
    return tables.rows[table].select(ROW, "platform_id", start, end).join(life, on="platform_id")


def _within_life(table: str, start: str, end: str) -> tuple[Check, ...]:
    view = View(
        table=table,
        needs=(table, "platforms"),
        frame=partial(_beside_platform, table=table, start=start, end=end),
    )
    opened, closed = pl.col("platform_opened"), pl.col("platform_closed")
    starts_after = pl.col(start) >= closed
    cases = (
        (start, BEFORE, opened, pl.col(start) < opened),
        (start, AFTER, closed, starts_after),
        (end, AFTER, closed, (pl.col(end) > closed) & ~starts_after.fill_null(value=False)),
    )
    return tuple(
        Check(
            rule=OUTSIDE,
            view=view,
            column=column,
            message=message,
            broken=broken,
            evidence={"platform": pl.col("platform_id"), "bound": bound},
        )
        for column, message, bound, broken in cases
    )


def _not_owned_by_operator(tables: Tables) -> pl.LazyFrame:
    owners = (
        tables.rows["participations"]
        .filter(pl.col("role") == "owner")
        .group_by("platform_id")
        .agg(owners=pl.col("firm_id").unique().sort())
    )
    return (
        tables.rows["platforms"]
        .select(ROW, "platform_id", "operator")
        .filter(pl.col("operator").is_not_null())
        .join(owners, on="platform_id")
        .filter(~pl.col("owners").list.contains(pl.col("operator")))
    )


RULES = (OUTSIDE, OPERATOR, APPLIED)
CHECKS = (
    *_within_life("functions", "opened", "closed"),
    *_within_life("participations", "joined", "left"),
    Check(
        rule=APPLIED,
        view=plain("participations"),
        column="applied",
        message=Text(
            "{column} is {value}, after joining on {joined}.",
            "“{column}”为 {value},晚于加入日期 {joined}。",
        ),
        broken=pl.col("applied") > pl.col("joined"),
        evidence={"joined": pl.col("joined")},
    ),
    Check(
        rule=OPERATOR,
        view=View(
            table="platforms", needs=("platforms", "participations"), frame=_not_owned_by_operator
        ),
        column="operator",
        message=Text(
            "{value} runs {platform}, whose owners are {owners}.",
            "{platform} 由 {value} 运营,而其所有者为 {owners}。",
        ),
        evidence={
            "platform": pl.col("platform_id"),
            "owners": pl.col("owners").list.head(5).list.join(", "),
        },
    ),
)
