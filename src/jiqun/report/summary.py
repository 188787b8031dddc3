"""What is in a record and what is not: rows, period, kinds of organisation, empty columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from jiqun.record.record import Record
from jiqun.record.schema import TABLES

BOOKKEEPING = ("sources", "provenance")
"""Tables that say where the rest is from; their days are not days of the cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The record in a few numbers.

    Attributes
    ----------
    rows
        Observed table → number of rows.
    absent
        Tables that were not observed, bookkeeping aside.
    empty_columns
        Observed table → its declared columns that hold no value at all.
    kinds
        Kind of organisation → number of firms; the empty string where it is not given.
    first, last
        First and last day named in any table, bookkeeping aside; None where no day is named.
    """

    rows: Mapping[str, int]
    absent: tuple[str, ...]
    empty_columns: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, int]
    first: date | None
    last: date | None

    @property
    def firms(self) -> int:
        """Number of firms and related institutions."""
        return self.rows.get("firms", 0)


def _days(record: Record) -> pl.Series:
    columns = [
        record[table].get_column(column.name)
        for table in record
        if table not in BOOKKEEPING
        for column in TABLES[table].columns
        if column.type == "date"
    ]
    return pl.concat([pl.Series("day", [], pl.Date()), *(c.alias("day") for c in columns)])


def _empty(record: Record, table: str) -> tuple[str, ...]:
    frame = record[table]
    return tuple(
        name
        for name in TABLES[table].names
        if frame.height and frame.get_column(name).null_count() == frame.height
    )


def summarise(record: Record) -> Summary:
    """Count what a record holds and list what it lacks."""
    days = _days(record).drop_nulls()
    kinds = record["firms"].group_by(pl.col("kind").fill_null("")).len().sort("kind")
    first, last = days.min(), days.max()
    return Summary(
        rows={table: record[table].height for table in record},
        absent=tuple(t for t in TABLES if t not in record and t not in BOOKKEEPING),
        empty_columns={table: empty for table in record if (empty := _empty(record, table))},
        kinds=dict(kinds.iter_rows()),
        first=first if isinstance(first, date) else None,
        last=last if isinstance(last, date) else None,
    )
