"""The rows behind a number: of a table, those that concern an industry, a region, a firm and so on."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from jiqun.record.schema import TABLES
from jiqun.studio.library import OpenRecord
from jiqun.studio.wire import shortened

COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    "industry": ("industry_code",),
    "region": ("region_code",),
    "firm": ("firm_id", "source", "target", "owner", "operator"),
    "alliance": ("alliance_id",),
    "platform": ("platform_id",),
}
"""What an estimate is of → columns that name it; codes match from their beginning."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a table, as text."""

    columns: list[str]
    rows: list[list[str | None]]
    matching: int
    filtered: bool


def page_of(
    record: OpenRecord, table: str, *, of: Mapping[str, str], offset: int, count: int
) -> Page:
    """Return rows of a table from ``offset`` on, of those that concern what ``of`` names."""
    frame = record.tables[table]
    known = [name for name in TABLES[table].names if name in frame.collect_schema().names()]
    conditions = [
        condition
        for key, value in of.items()
        if (condition := _concerning(key, value, known)) is not None
    ]
    if conditions:
        frame = frame.filter(pl.all_horizontal(conditions))
    rows = frame.select(pl.col(known).cast(pl.String)).slice(offset, count).collect()
    return Page(
        columns=known,
        rows=[[None if cell is None else shortened(cell) for cell in row] for row in rows.rows()],
        matching=int(frame.select(pl.len()).collect().item()) if conditions else record.rows(table),
        filtered=bool(conditions),
    )


def _concerning(key: str, value: str, known: list[str]) -> pl.Expr | None:
    """Return the condition for one thing, where the table can tell."""
    named = [name for name in COLUMNS_OF.get(key, ()) if name in known]
    if not named:
        return None
    prefix = key in {"industry", "region"}
    return pl.any_horizontal(
        pl.col(name).str.starts_with(value) if prefix else pl.col(name) == value for name in named
    )
