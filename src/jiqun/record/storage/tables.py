"""One table as the bytes of a Parquet file, and back."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.schema import EXTENSION_PREFIX, TABLES
from jiqun.record.storage.geometry import GEOMETRY, geo_metadata, with_points
from jiqun.record.storage.rules import COLUMN_KNOWN, COLUMN_PRESENT, COLUMN_TYPE
from jiqun.vocabulary.text import Text

SUFFIX = ".parquet"
PLACED_TABLE = "sites"
ROW_GROUP = 2**18
ZSTD_LEVEL = 3
NAN = float("nan")


def file_name(table: str) -> str:
    """Return the name of the file that holds a table."""
    return table + SUFFIX


def to_parquet(name: str, frame: pl.DataFrame) -> bytes:
    """Write a table that conforms; the same rows give the same bytes, in whatever order they come."""
    ordered = in_order(name, one_zero(frame)).rechunk()
    metadata = None
    if name == PLACED_TABLE:
        metadata = geo_metadata(ordered)
        ordered = with_points(ordered)
    buffer = io.BytesIO()
    ordered.write_parquet(
        buffer,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=ROW_GROUP,
        statistics=True,
        metadata=metadata,
    )
    return buffer.getvalue()


def one_zero(frame: pl.DataFrame) -> pl.DataFrame:
    """Write -0 as 0 and every NaN alike: they compare as equal and must not differ in bytes."""
    value = pl.col(pl.Float64)
    return frame.with_columns(
        pl.when(value == 0.0).then(0.0).otherwise(value.fill_nan(NAN)).name.keep()
    )


def in_order(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Sort by the key, and by the other columns where the key leaves rows tied."""
    key = list(TABLES[name].key)
    if increases(frame, key):
        return frame
    by_key = frame.sort(key)
    if increases(by_key, key):
        return by_key
    return frame.sort([*key, *(column for column in frame.columns if column not in key)])


def increases(frame: pl.DataFrame, key: list[str]) -> bool:
    """Say whether each row's key is greater than that of the row before, missing values first."""
    greater = pl.lit(value=False)
    for name in reversed(key):
        value, before = pl.col(name), pl.col(name).shift(1)
        beyond = (before < value).fill_null(before.is_null() & value.is_not_null())
        greater = beyond | (before.eq_missing(value) & greater)
    return bool(frame.select(greater.slice(1).all()).item())


def from_parquet(raw: bytes, columns: list[str]) -> pl.DataFrame:
    """Read some columns of a Parquet file."""
    return pl.read_parquet(raw, columns=columns)


def stored_columns(name: str, schema: Mapping[str, pl.DataType]) -> list[str]:
    """Return the columns of a file that belong to the record, leaving out the geometry."""
    return [c for c in schema if not (name == PLACED_TABLE and c == GEOMETRY)]


def column_problems(
    name: str, schema: Mapping[str, pl.DataType], source: Path
) -> Iterator[Problem]:
    """Find columns that the table does not have, that lack, or that hold another type."""
    table = TABLES[name]
    for column in stored_columns(name, schema):
        declared = table.polars_schema.get(column)
        if declared is None and not column.startswith(EXTENSION_PREFIX):
            text = Text("Table {table} has no column {column}.", "表 {table} 没有 {column} 列。")
            yield column_problem(COLUMN_KNOWN, text, name, column, source)
        elif schema[column] != (declared or pl.String()):
            text = Text(
                "Column {column} of table {table} holds {found}, not {expected}.",
                "表 {table} 的 {column} 列存储类型为 {found},应为 {expected}。",
            )
            fields = {"found": schema[column], "expected": declared or pl.String()}
            yield column_problem(COLUMN_TYPE, text, name, column, source, **fields)
    for absent in (c for c in table.columns if c.required and c.name not in schema):
        text = Text("Table {table} lacks the column {column}.", "表 {table} 缺少 {column} 列。")
        yield column_problem(COLUMN_PRESENT, text, name, absent.name, source)


def column_problem(
    rule: Rule, text: Text, table: str, column: str, source: Path, **fields: object
) -> Problem:
    """Report a column."""
    return rule.problem(
        table=table,
        column=column,
        message=text.fill(table=table, column=column, **fields),
        source=source.name,
    )
