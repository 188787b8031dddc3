"""Accounts 账目: amounts of a firm do not contradict each other.

Only what follows from the definitions is held against a row: digital revenue is part of revenue,
so it can't exceed it. Value added above revenue is unusual but possible (stocks that grow,
subsidies), and data capital may be counted inside or beside fixed assets, so it is not compared.

Paper: K4a, K4c (output and inputs of firms, from which a production function is estimated).
"""

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View, plain
from jiqun.vocabulary.text import Text

DIGITAL = Rule(
    id="accounts.digital_revenue",
    title=Text("Digital revenue is part of revenue.", "数字业务收入包含于营业收入。"),
    remedy=Text("Correct one of the two, or its unit.", "请更正其中之一或其单位。"),
)
VALUE_ADDED = Rule(
    id="accounts.value_added",
    title=Text("Value added does not exceed revenue.", "增加值不超过营业收入。"),
    remedy=Text(
        "Check the units of both; with growing stocks it may be right.",
        "请核对两者的单位;存货增加时亦可能无误。",
    ),
    severity="warning",
)
WAGES = Rule(
    id="accounts.wages",
    title=Text("Wages are part of operating costs.", "工资总额包含于营业总成本。"),
    remedy=Text(
        "Check both and their units; costs are all costs, not those of materials alone.",
        "请核对两者及其单位;营业总成本为全部成本,而非仅材料成本。",
    ),
    severity="warning",
)
CURRENCIES = Rule(
    id="accounts.currencies",
    title=Text("A firm keeps its accounts in one currency.", "同一企业的账目使用同一币种。"),
    remedy=Text(
        "Convert them at the rate of each period, or mark the change of currency in a source.",
        "请按各期汇率换算,或在来源中说明币种变更。",
    ),
    severity="warning",
)
OVERLAP = Rule(
    id="accounts.overlap",
    title=Text(
        "Periods of one firm and price basis do not overlap.",
        "同一企业、同一价格口径的期间互不重叠。",
    ),
    remedy=Text(
        "Keep either the year or its parts; both together are counted twice.",
        "请仅保留全年或分期数据;同时保留会重复计算。",
    ),
    severity="warning",
)
PART = Rule(
    id="accounts.part_above_whole",
    title=Text(
        "Revenue of a part of a period does not exceed that of the whole.",
        "分期营业收入不超过其所在整期的营业收入。",
    ),
    remedy=Text("Correct one of the two rows.", "请更正两行之一。"),
)
FAR = 10**7
"""More than the days of any date, so that the ends of one group never reach into the next."""


def _several_currencies(tables: Tables) -> pl.LazyFrame:
    rows = tables.rows["accounts"].select(ROW, "firm_id", "currency").drop_nulls()
    several = (
        rows.group_by("firm_id")
        .agg(
            several=pl.col("currency").n_unique(),
            first=pl.col(ROW).min(),
            first_currency=pl.col("currency").sort_by(ROW).first(),
        )
        .filter(pl.col("several") > 1)
    )
    joined = rows.join(several, on="firm_id")
    return joined.filter(pl.col("currency") != pl.col("first_currency"))


def _overlapping(tables: Tables) -> pl.LazyFrame:
    """Put beside each row the earlier period of its firm and price basis that it runs into."""
    firm, basis = pl.col("firm_id"), pl.col("price_basis")
    opens = (firm != firm.shift(1)) | basis.ne_missing(basis.shift(1))
    start, end = pl.col("start").to_physical(), pl.col("end").to_physical()
    until = pl.col("group") * FAR + end
    other = pl.struct(*(pl.col(name).alias(f"other_{name}") for name in (ROW, *COMPARED)))
    furthest = pl.when(until == until.cum_max()).then(other).forward_fill()
    return (
        tables.rows["accounts"]
        .select(ROW, "firm_id", "price_basis", *COMPARED)
        .filter(firm.is_not_null() & (pl.col("end") > pl.col("start")))
        .sort("firm_id", "price_basis", "start", -end, ROW)
        .with_columns(group=opens.fill_null(value=True).cum_sum().cast(pl.Int64))
        .with_columns(reach=until.cum_max().shift(1), furthest=furthest.shift(1))
        .filter(pl.col("reach") > pl.col("group") * FAR + start)
        .unnest("furthest")
    )


COMPARED = ("start", "end", "revenue", "currency")
OVERLAPPING = View(table="accounts", needs=("accounts",), frame=_overlapping)
OTHER = {name: pl.col(f"other_{name}") for name in (ROW, "start", "end")}

RULES = (DIGITAL, VALUE_ADDED, WAGES, CURRENCIES, OVERLAP, PART)
CHECKS = (
    Check(
        rule=DIGITAL,
        view=plain("accounts"),
        column="digital_revenue",
        message=Text(
            "{column} {value} exceeds the revenue {revenue}.",
            "“{column}”{value} 大于营业收入 {revenue}。",
        ),
        broken=pl.col("digital_revenue") > pl.col("revenue"),
        evidence={"revenue": pl.col("revenue")},
    ),
    Check(
        rule=VALUE_ADDED,
        view=plain("accounts"),
        column="value_added",
        message=Text(
            "{column} {value} exceeds the revenue {revenue}.",
            "“{column}”{value} 大于营业收入 {revenue}。",
        ),
        broken=pl.col("value_added") > pl.col("revenue"),
        evidence={"revenue": pl.col("revenue")},
    ),
    Check(
        rule=WAGES,
        view=plain("accounts"),
        column="wages",
        message=Text(
            "{column} {value} exceed the operating costs {costs}.",
            "“{column}”{value} 大于营业总成本 {costs}。",
        ),
        broken=pl.col("wages") > pl.col("costs"),
        evidence={"costs": pl.col("costs")},
    ),
    Check(
        rule=CURRENCIES,
        view=View(table="accounts", needs=("accounts",), frame=_several_currencies),
        column="currency",
        message=Text(
            "The firm {firm} is in {value} here and in {first_currency} in row {first}.",
            "企业 {firm} 此处币种为 {value},而第 {first} 行为 {first_currency}。",
        ),
        evidence={
            "firm": pl.col("firm_id"),
            "first": pl.col("first"),
            "first_currency": pl.col("first_currency"),
        },
    ),
    Check(
        rule=OVERLAP,
        view=OVERLAPPING,
        column="start",
        message=Text(
            "{firm}: the period from {value} overlaps {start} to {end} of row {row}.",
            "{firm}:自 {value} 起的期间与第 {row} 行的 {start} 至 {end} 重叠。",
        ),
        evidence={"firm": pl.col("firm_id"), **OTHER},
    ),
    Check(
        rule=PART,
        view=OVERLAPPING,
        column="revenue",
        message=Text(
            "{column} {value} exceeds {whole}, the revenue from {start} to {end} (row {row}), "
            "of which it is a part.",
            "“{column}”{value} 大于其所在期间 {start} 至 {end}(第 {row} 行)的营业收入 {whole}。",
        ),
        broken=(pl.col("end") <= pl.col("other_end"))
        & (pl.col("revenue") > pl.col("other_revenue"))
        & pl.col("currency").eq_missing(pl.col("other_currency")),
        evidence={"whole": pl.col("other_revenue"), **OTHER},
    ),
)
