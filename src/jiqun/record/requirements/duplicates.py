"""Duplicates 疑似重复: two rows that may be one firm. Proposed, never merged unasked."""

from functools import partial

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View
from jiqun.vocabulary.text import Text

REGISTRATION = Rule(
    id="duplicates.registration",
    title=Text(
        "No two firms have one identifier in different spelling.",
        "没有两家企业的编号仅书写形式不同。",
    ),
    remedy=Text(
        "Write the identifier in one way, and merge the rows if they are one firm.",
        "请统一编号写法;如为同一企业请合并。",
    ),
    severity="warning",
)
NAME = Rule(
    id="duplicates.name",
    title=Text("No two firms of one region have the same name.", "同一区域内没有两家同名企业。"),
    remedy=Text(
        "Merge the rows if they are one firm; namesakes may stay.",
        "如为同一企业请合并;确系重名可保留。",
    ),
    severity="warning",
)
SAME_AS = Text(
    "{column} “{value}” is also that of row {first} ({other}): “{first_value}”.",
    "“{column}”“{value}”与第 {first} 行({other})相同:“{first_value}”。",
)


def plainly(text: pl.Expr) -> pl.Expr:
    """Reduce a name to what is left without width, case, blanks and punctuation."""
    return text.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")


def _alike(tables: Tables, column: str, within: tuple[str, ...]) -> pl.LazyFrame:
    asked = dict.fromkeys([ROW, "firm_id", column, *within])
    rows = (
        tables.named["firms"]
        .select(*asked, plain=plainly(pl.col(column)))
        .filter(pl.col("plain").str.len_bytes() > 0)
    )
    group = ["plain", *within]
    alike = rows.group_by(group).agg(times=pl.len(), first=pl.col(ROW).min())
    alike = alike.filter(pl.col("times") > 1)
    firsts = rows.select(first=ROW, other="firm_id", first_value=column)
    return (
        rows.join(alike, on=group, nulls_equal=True)
        .filter(pl.col(ROW) > pl.col("first"))
        .join(firsts, on="first")
    )


def _check(rule: Rule, column: str, within: tuple[str, ...] = ()) -> Check:
    return Check(
        rule=rule,
        view=View(
            table="firms", needs=("firms",), frame=partial(_alike, column=column, within=within)
        ),
        column=column,
        message=SAME_AS,
        evidence={name: pl.col(name) for name in ("first", "other", "first_value")},
    )


RULES = (REGISTRATION, NAME)
CHECKS = (
    _check(REGISTRATION, "firm_id"),
    _check(NAME, "name", ("region_scheme", "region_code", "country")),
)
