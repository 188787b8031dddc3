"""From when to when a record tells: the first and last day that its own tables name."""

from datetime import date

import polars as pl

from jiqun.record.schema import TABLES
from jiqun.report.summary import BOOKKEEPING
from jiqun.studio.library import OpenRecord


def span_of(record: OpenRecord) -> tuple[date | None, date | None]:
    """Return first and last day, bookkeeping aside; None where no day is named."""
    ends = []
    for table, frame in record.tables.items():
        days = [c.name for c in TABLES[table].columns if c.type == "date"]
        if table not in BOOKKEEPING and days:
            ends.append(
                frame.select(
                    pl.min_horizontal(pl.col(days).min()).alias("first"),
                    pl.max_horizontal(pl.col(days).max()).alias("last"),
                )
            )
    if not ends:
        return None, None
    found = pl.concat(pl.collect_all(ends))
    first, last = found["first"].min(), found["last"].max()
    return (first if isinstance(first, date) else None, last if isinstance(last, date) else None)
