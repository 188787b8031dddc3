"""References 外键: what a row names is in the record.

Paper: K3f, K3g (ties and alliances of firms of the record).
"""

from functools import partial

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View
from jiqun.record.schema import TABLES, Column
from jiqun.vocabulary.text import Text

UNKNOWN = Rule(
    id="references.unknown",
    title=Text(
        "What a row refers to is a row of the table referred to.",
        "各行所引用的对象均在被引用表中。",
    ),
    remedy=Text(
        "Add the missing row to the table referred to, or correct the identifier.",
        "请在被引用表中补充该行,或更正编号。",
    ),
)
NOT_THERE = Text(
    "{{column}} is “{{value}}”, which the table {parent} ({label}) does not have.",
    "“{{column}}”为“{{value}}”,而{label}表({parent})中没有。",
)


def _unmatched(tables: Tables, table: str, column: str, parent: str, key: str) -> pl.LazyFrame:
    named = tables.named[parent].select(pl.col(key).alias(column))
    asked = tables.rows[table].select(ROW, column).filter(pl.col(column).is_not_null())
    return asked.join(named, on=column, how="anti")


def _check(table: str, column: Column, reference: str) -> Check:
    parent, key = reference.split(".")
    frame = partial(_unmatched, table=table, column=column.name, parent=parent, key=key)
    return Check(
        rule=UNKNOWN,
        view=View(table=table, needs=(table, parent), frame=frame),
        column=column.name,
        message=NOT_THERE.fill(parent=parent, label=TABLES[parent].label),
    )


RULES = (UNKNOWN,)
CHECKS = tuple(
    _check(table.name, column, column.references)
    for table in TABLES.values()
    for column in table.columns
    if column.references is not None
)
