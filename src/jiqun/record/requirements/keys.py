"""Keys 主键: what names a row names only one.

Millions of keys are compared by their hashes first, 8 bytes a row; only rows whose hash occurs
twice are compared in full, so the answer is exact and the memory is that of the hashes.
"""

from collections.abc import Iterable, Mapping
from functools import partial

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View
from jiqun.record.schema import TABLES, Table
from jiqun.vocabulary.text import Text

DUPLICATE = Rule(
    id="keys.duplicate",
    title=Text("No two rows of a table have the same key.", "同一表中任意两行的主键不相同。"),
    remedy=Text(
        "Remove the repetition, or give the row a key of its own.",
        "请删除重复行,或赋予其独立的主键。",
    ),
)
REPEATED = Text(
    "Row {first} already has the key {key} ({columns}); {times} rows share it.",
    "第 {first} 行已使用主键 {key}({columns});共 {times} 行相同。",
)
SEPARATOR = " | "
HASH = "hash"


def rows_with_shared_key(table: Table, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return ``ROW``, the key, ``first`` (row that had it first) and ``times`` of shared keys."""
    key = list(table.key)
    hashed = pl.struct(key).hash() if len(key) > 1 else pl.col(key[0]).hash()
    shared = (
        rows.select(hashed.alias(HASH))
        .sort(HASH)
        .filter(pl.col(HASH) == pl.col(HASH).shift(1))
        .unique()
    )
    candidates = rows.select(ROW, *key, hashed.alias(HASH)).join(shared, on=HASH, how="semi")
    groups = candidates.group_by(key).agg(first=pl.col(ROW).min(), times=pl.len())
    return candidates.join(groups.filter(pl.col("times") > 1), on=key, nulls_equal=True)


def _later_rows(tables: Tables, table: Table) -> pl.LazyFrame:
    found = rows_with_shared_key(table, tables.rows[table.name])
    complete = [pl.col(name).is_not_null() for name in table.key if table.column(name).required]
    return found.filter(pl.col(ROW) > pl.col("first"), *complete)


def _check(table: Table) -> Check:
    view = View(table=table.name, needs=(table.name,), frame=partial(_later_rows, table=table))
    shown = pl.concat_str(
        (pl.col(name).cast(pl.String).fill_null("") for name in table.key), separator=SEPARATOR
    )
    return Check(
        rule=DUPLICATE,
        view=view,
        column=table.key[0],
        message=REPEATED,
        value=shown,
        evidence={
            "first": pl.col("first"),
            "key": shown,
            "columns": pl.lit(", ".join(table.key)),
            "times": pl.col("times"),
        },
    )


RULES = (DUPLICATE,)
CHECKS = tuple(_check(table) for table in TABLES.values())


def first_of_each(
    rows: Mapping[str, pl.LazyFrame], problems: Iterable[Problem]
) -> dict[str, pl.LazyFrame]:
    """Keep the first row of each key, in the tables where keys are known to be shared."""
    shared = {problem.table for problem in problems if problem.rule == DUPLICATE.id}
    return {
        name: frame.unique(TABLES[name].key, keep="first", maintain_order=True)
        if name in shared
        else frame
        for name, frame in rows.items()
    }
