"""The record 记录: dated tables of firms, sites, ties, alliances, platforms, accounts, innovations.

A record may hold one cluster or a whole register; observed and simulated records are the same type.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from jiqun.record.schema import EXTENSION_PREFIX, TABLES


def empty_table(name: str) -> pl.DataFrame:
    """Return the table without rows, with the declared columns."""
    return pl.DataFrame(schema=TABLES[name].polars_schema)


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame the declared columns, order and types of one table.

    Columns that are absent are added as missing; extension columns (``x_…``) are kept as text,
    after the declared ones, in alphabetical order.

    Raises
    ------
    ValueError
        Where a column is neither declared nor an extension, or a value can't take its type.
    """
    table = TABLES[name]
    extensions = sorted(c for c in frame.columns if c.startswith(EXTENSION_PREFIX))
    unknown = sorted(set(frame.columns) - set(table.names) - set(extensions))
    if unknown:
        msg = f"table {name} has no column {', '.join(unknown)}; its columns: {', '.join(table.names)}"
        raise ValueError(msg)
    if not frame.columns:
        return empty_table(name)
    try:
        return frame.select(
            *(
                pl.col(c).cast(dtype) if c in frame.columns else pl.lit(None, dtype).alias(c)
                for c, dtype in table.polars_schema.items()
            ),
            *(pl.col(c).cast(pl.String) for c in extensions),
        )
    except pl.exceptions.InvalidOperationError as error:
        msg = f"table {name}: {error}"
        raise ValueError(msg) from error


@dataclass(frozen=True, slots=True)
class Record:
    """Tables of one record; never changed in place.

    Attributes
    ----------
    tables
        Table name → frame with the declared columns. A table that was not observed is absent,
        which is not the same as observed and empty.
    """

    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(cls, **tables: pl.DataFrame) -> "Record":
        """Build a record from frames, each brought to its declared columns and types.

        Raises
        ------
        ValueError
            For an unknown table or column, or a value that can't take its column's type.
        """
        unknown = sorted(set(tables) - set(TABLES))
        if unknown:
            msg = f"no such table: {', '.join(unknown)}; tables: {', '.join(TABLES)}"
            raise ValueError(msg)
        return cls({name: conform(name, tables[name]) for name in TABLES if name in tables})

    def __contains__(self, name: str) -> bool:
        """Say whether the table was observed."""
        return name in self.tables

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the observed tables."""
        return iter(self.tables)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table; an unobserved one comes back without rows."""
        if name not in TABLES:
            msg = f"no such table: {name}; tables: {', '.join(TABLES)}"
            raise KeyError(msg)
        return self.tables[name] if name in self.tables else empty_table(name)

    def replace(self, **tables: pl.DataFrame) -> "Record":
        """Return a record with some tables exchanged or added."""
        new = Record.of(**tables).tables  # those that stay have their columns and types already
        both = {**self.tables, **new}
        return Record({name: both[name] for name in TABLES if name in both})
