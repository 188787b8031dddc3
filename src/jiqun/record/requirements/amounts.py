"""Amounts 金额: money has a currency."""

from functools import reduce
from operator import or_

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import Check, plain
from jiqun.record.schema import TABLES, Table
from jiqun.vocabulary.text import Text

NO_CURRENCY = Rule(
    id="amounts.currency",
    title=Text("A row with an amount of money names its currency.", "含金额的行注明币种。"),
    remedy=Text(
        "Fill in the ISO 4217 code, such as CNY; without it the amount is not used.",
        "请填写 ISO 4217 代码,如 CNY;否则该金额不予使用。",
    ),
    severity="warning",
)
AMOUNT_WITHOUT = Text(
    "{{column}} is empty though the row holds an amount ({amounts}).",
    "“{{column}}”为空,而该行含金额({amounts})。",
)


def _check(table: Table) -> Check:
    amounts = [column for column in table.columns if column.unit == "currency"]
    labels = Text(
        " or ".join(column.label.en for column in amounts),
        "或".join(column.label.zh for column in amounts),
    )
    return Check(
        rule=NO_CURRENCY,
        view=plain(table.name),
        column="currency",
        message=AMOUNT_WITHOUT.fill(amounts=labels),
        broken=pl.col("currency").is_null()
        & reduce(or_, (pl.col(column.name).is_not_null() for column in amounts)),
    )


RULES = (NO_CURRENCY,)
CHECKS = tuple(_check(table) for table in TABLES.values() if "currency" in table.names)
