"""How a table and its columns are declared: once, for validators, descriptor, template and docs."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from jiqun.vocabulary.codes import CodeList
from jiqun.vocabulary.text import Text

ColumnType = Literal["string", "number", "integer", "date"]

POLARS_TYPE: dict[ColumnType, pl.DataType] = {
    "string": pl.String(),
    "number": pl.Float64(),
    "integer": pl.Int64(),
    "date": pl.Date(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name
        Name on disk, in code and in queries.
    label
        Heading that a person sees.
    meaning
        One sentence on what a value says.
    type
        ``string``, ``number``, ``integer`` or ``date`` (a calendar day).
    unit
        Unit of a number, as a symbol (``°``, ``m``, ``CNY`` where ``currency`` says so).
    required
        Whether a row without it is refused.
    references
        ``table.column`` that each value must be found in.
    codes
        Closed list that each value must come from.
    minimum, maximum
        Bounds that a number must keep, both inclusive.
    """

    name: str
    label: Text
    meaning: Text
    type: ColumnType = "string"
    unit: str = ""
    required: bool = False
    references: str | None = None
    codes: CodeList | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the record.

    Attributes
    ----------
    name, label, meaning
        Name on disk; heading and one sentence for people.
    columns
        In the order in which they are stored.
    key
        Columns whose values together name a row.
    interval
        The two date columns of a half-open interval ``[start, end)``, where a row has one.
    paper
        Rows of the paper that ask for this table.
    """

    name: str
    label: Text
    meaning: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    interval: tuple[str, str] | None = None
    paper: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in stored order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return one column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Column name → polars type."""
        return {column.name: POLARS_TYPE[column.type] for column in self.columns}


SOURCE_ID = Column(
    name="source_id",
    label=Text("source", "来源编号"),
    meaning=Text("Where the row comes from.", "该行数据的来源。"),
    references="sources.source_id",
)


def firm_column(name: str, label: Text, meaning: Text, *, required: bool = True) -> Column:
    """Declare a column that names a firm."""
    return Column(
        name=name, label=label, meaning=meaning, required=required, references="firms.firm_id"
    )


def day(name: str, label: Text, meaning: Text, *, required: bool = False) -> Column:
    """Declare a column that holds a calendar day."""
    return Column(name=name, label=label, meaning=meaning, type="date", required=required)


INDUSTRY_NOTE = Text(
    "Code as the scheme has it, without dots or blanks.", "按所选标准填写的行业代码,不含点和空格。"
)
