"""The one place where a declared column turns into a validator: a dataframely schema a table.

The schemas hold what a column demands of its own value. What ties rows and tables together is in
:mod:`jiqun.record.requirements`, which reads the same schemas, so that a frame checked by
``SCHEMAS["firms"].validate(frame)`` and a record checked by ``check`` are held to one declaration.
"""

import datetime as dt
from collections.abc import Callable

import dataframely as dy
import polars as pl

from jiqun.record.schema import TABLES, Column, Table

EARLIEST_DAY = dt.date(1000, 1, 1)
LATEST_DAY = dt.date(2200, 12, 31)
"""Days outside cannot be meant: they come from a two-digit year or from a cell read as a number."""

PATTERNS = {"currency": r"^[A-Z]{3}$", "country": r"^[A-Z]{2}$"}
"""Written form of the columns that hold an ISO 4217 or ISO 3166-1 code."""


def _string(column: Column) -> dy.Column:
    checks: dict[str, Callable[[pl.Expr], pl.Expr]] = {}
    if column.required:
        checks["blank"] = lambda value: value.str.strip_chars().str.len_bytes() > 0
    if column.codes is not None:
        codes = list(column.codes.codes)
        checks["code"] = lambda value: value.is_in(codes)
    return dy.String(
        nullable=not column.required, regex=PATTERNS.get(column.name), check=checks or None
    )


def _number(column: Column) -> dy.Column:
    return dy.Float64(nullable=not column.required, min=column.minimum, max=column.maximum)


def _integer(column: Column) -> dy.Column:
    return dy.Int64(
        nullable=not column.required,
        min=None if column.minimum is None else int(column.minimum),
        max=None if column.maximum is None else int(column.maximum),
    )


def _date(column: Column) -> dy.Column:
    return dy.Date(nullable=not column.required, min=EARLIEST_DAY, max=LATEST_DAY)


VALIDATOR = {"string": _string, "number": _number, "integer": _integer, "date": _date}


def schema_of(table: Table) -> type[dy.Schema]:
    """Turn the declaration of a table into a dataframely schema of the same columns."""
    columns = {column.name: VALIDATOR[column.type](column) for column in table.columns}
    return type(table.name.title().replace("_", ""), (dy.Schema,), columns)


SCHEMAS: dict[str, type[dy.Schema]] = {name: schema_of(table) for name, table in TABLES.items()}
