"""Columns: what is declared is required, one planted defect and one finding at a time."""

import datetime as dt
import math
from functools import cache

import dataframely as dy
import polars as pl
import pytest

from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.schema import TABLES, Column
from jiqun.record.validators import SCHEMAS
from tests.record.sound_records import Cell, found, plant, sound_record

ALL = [(table.name, column) for table in TABLES.values() for column in table.columns]


def chosen(condition: object) -> list[object]:
    """Return the declared columns that meet a condition, as parameters with readable names."""
    assert callable(condition)
    return [pytest.param(t, c, id=f"{t}.{c.name}") for t, c in ALL if condition(c)]


def planted(
    table: str, column: Column, value: Cell
) -> list[tuple[str, str, int | None, str | None]]:
    """Plant a value in the first row and return what is found of that column there."""
    places = found(plant(alone(table), table, 1, **{column.name: value}))
    return [p for p in places if p[0].startswith("columns.")]


@cache
def alone(table: str) -> Record:
    """Return one table beside the firms, which is quicker to check than the whole record."""
    record = sound_record()
    return Record.of(**{name: record[name] for name in {"firms", table}})


def test_every_column_has_a_validator() -> None:
    for name, table in TABLES.items():
        assert issubclass(SCHEMAS[name], dy.Schema)
        assert tuple(SCHEMAS[name].column_names()) == table.names
        assert dict(pl.Schema(SCHEMAS[name])) == table.polars_schema


def test_the_schemas_hold_frames_to_the_same_declaration() -> None:
    record = sound_record()
    for name, schema in SCHEMAS.items():
        assert schema.is_valid(record[name])
    assert not SCHEMAS["firms"].is_valid(plant(record, "firms", 1, kind="shop")["firms"])


@pytest.mark.parametrize(("table", "column"), chosen(lambda c: c.required))
def test_a_required_value_that_is_missing(table: str, column: Column) -> None:
    assert planted(table, column, None) == [("columns.required", table, 1, column.name)]


@pytest.mark.parametrize(
    ("table", "column"), chosen(lambda c: c.required and c.type == "string" and c.codes is None)
)
def test_a_required_text_of_blanks(table: str, column: Column) -> None:
    assert planted(table, column, " \u3000\t") == [("columns.required", table, 1, column.name)]


@pytest.mark.parametrize(("table", "column"), chosen(lambda c: c.codes is not None))
def test_a_code_that_is_not_listed(table: str, column: Column) -> None:
    assert planted(table, column, "Firm ") == [("columns.code", table, 1, column.name)]
    assert column.codes is not None
    rows = [{**alone(table)[table].row(0, named=True), column.name: c} for c in column.codes.codes]
    listed = alone(table).replace(**{table: pl.DataFrame(rows, schema=alone(table)[table].schema)})
    assert [p for p in found(listed) if p[0] == "columns.code"] == []


@pytest.mark.parametrize(("table", "column"), chosen(lambda c: c.minimum is not None))
def test_a_number_below_its_minimum(table: str, column: Column) -> None:
    assert column.minimum is not None
    below = int(column.minimum) - 1 if column.type == "integer" else column.minimum - 0.001
    assert planted(table, column, below) == [("columns.range", table, 1, column.name)]


@pytest.mark.parametrize(("table", "column"), chosen(lambda c: c.maximum is not None))
def test_a_number_above_its_maximum(table: str, column: Column) -> None:
    assert column.maximum is not None
    above = column.maximum + 0.001
    assert planted(table, column, above) == [("columns.range", table, 1, column.name)]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(("table", "column"), chosen(lambda c: c.type == "number"))
def test_what_is_no_number(table: str, column: Column, value: float) -> None:
    assert planted(table, column, value) == [("columns.finite", table, 1, column.name)]


@pytest.mark.parametrize("value", [dt.date(999, 12, 31), dt.date(2201, 1, 1)])
@pytest.mark.parametrize(("table", "column"), chosen(lambda c: c.type == "date"))
def test_an_impossible_date(table: str, column: Column, value: dt.date) -> None:
    assert planted(table, column, value) == [("columns.impossible_date", table, 1, column.name)]


@pytest.mark.parametrize(("table", "column"), chosen(lambda c: c.name in {"country", "currency"}))
@pytest.mark.parametrize("value", ["cn", "中国", "C", "CNYY", "C1"])
def test_a_country_or_currency_that_is_no_code(table: str, column: Column, value: str) -> None:
    assert planted(table, column, value) == [("columns.format", table, 1, column.name)]


def test_the_message_shows_value_and_bounds() -> None:
    (problem,) = check(plant(sound_record(), "platforms", 1, fee=1.5))
    assert problem.value == "1.5"
    assert problem.message.en == "fee (fee) is 1.5, above 1."
    assert problem.message.zh == "“费率(fee)”为 1.5,大于上限 1。"
    (problem,) = check(plant(sound_record(), "firms", 3, kind="school"))
    assert problem.message.en.endswith("government, association, financier, community.")


def test_a_frame_of_one_table_can_be_validated_alone() -> None:
    frame = pl.DataFrame(schema=TABLES["ties"].polars_schema)
    assert SCHEMAS["ties"].is_valid(frame)
