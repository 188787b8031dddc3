"""Rows for one table of the record, with the place in the file that each is from."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from jiqun.importers.table.cells import Columns
from jiqun.record.schema import EXTENSION_PREFIX, TABLES

REGISTRATION = "_registration"
YEAR = "_year"
ADDRESS = EXTENSION_PREFIX + "address"
KEPT_REGISTRATION = EXTENSION_PREFIX + "registration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """What one sheet gives to one table.

    Attributes
    ----------
    table
        Table of the record.
    source
        File or ``file#sheet``.
    rows
        Row number in the file of each row.
    frame
        Declared, extension and pseudo columns that the sheet has.
    """

    table: str
    source: str
    rows: list[int]
    frame: pl.DataFrame

    def __post_init__(self) -> None:
        """Keep a place for each row."""
        if len(self.rows) != self.frame.height and self.frame.width:
            msg = f"{self.source}: {len(self.rows)} places for {self.frame.height} rows"
            raise ValueError(msg)

    def only(self, mask: pl.Series) -> "Fragment":
        """Return the rows where ``mask`` holds."""
        if mask.all():
            return self
        rows = [row for row, keep in zip(self.rows, mask.to_list(), strict=True) if keep]
        return Fragment(
            table=self.table, source=self.source, rows=rows, frame=self.frame.filter(mask)
        )


def fragments_of(columns: Columns) -> dict[str, Fragment]:
    """Part the columns of a sheet by table: its own first, then those that spill over."""
    by_table: dict[str, dict[str, pl.Series]] = {columns.layout.table: {}}
    for (table, column), values in columns.values.items():
        by_table.setdefault(table, {})[_stored(column)] = values
    return {
        table: Fragment(
            table=table,
            source=columns.layout.sheet.source,
            rows=columns.rows,
            frame=_frame(found),
        )
        for table, found in by_table.items()
    }


def _stored(column: str) -> str:
    return {"registration": REGISTRATION, "year": YEAR, "address": ADDRESS}.get(column, column)


def _frame(columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    return pl.DataFrame([values.alias(name) for name, values in columns.items()])


def conforming(fragment: Fragment) -> pl.DataFrame:
    """Return the frame with the declared columns and its extensions, pseudo columns left out."""
    declared = TABLES[fragment.table].polars_schema
    kept = [c for c in fragment.frame.columns if c in declared or c.startswith(EXTENSION_PREFIX)]
    return fragment.frame.select(kept)
