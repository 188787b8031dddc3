"""The record: what it takes, what it refuses, and that it is never changed."""

import polars as pl
import pytest

from jiqun.record.record import Record, conform, empty_table
from jiqun.record.schema import TABLES


def test_a_frame_gets_the_declared_columns_in_their_order() -> None:
    firms = conform("firms", pl.DataFrame({"x_phone": [1], "founded": [None], "firm_id": [7]}))
    assert firms.columns == [*TABLES["firms"].names, "x_phone"]
    assert firms["firm_id"].to_list() == ["7"]
    assert firms["x_phone"].to_list() == ["1"]


@pytest.mark.parametrize("frame", [pl.DataFrame(), pl.DataFrame([])])
def test_a_frame_without_columns_has_no_rows(frame: pl.DataFrame) -> None:
    assert conform("ties", frame).equals(empty_table("ties"))


def test_an_unknown_column_or_table_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="table firms has no column colour; its columns: firm_id"):
        Record.of(firms=pl.DataFrame({"firm_id": ["a"], "colour": ["red"]}))
    with pytest.raises(ValueError, match="no such table: companies; tables: firms"):
        Record.of(companies=pl.DataFrame({"firm_id": ["a"]}))
    with pytest.raises(KeyError, match="no such table: companies"):
        _ = Record()["companies"]


def test_a_value_that_cannot_take_its_type_is_refused() -> None:
    with pytest.raises(ValueError, match="table firms"):
        Record.of(firms=pl.DataFrame({"firm_id": ["a"], "digital_native": ["very"]}))


def test_unobserved_is_not_the_same_as_empty() -> None:
    record = Record.of(firms=pl.DataFrame({"firm_id": ["a"]}), ties=empty_table("ties"))
    assert "ties" in record
    assert "alliances" not in record
    assert record["alliances"].height == record["ties"].height == 0
    assert list(record) == ["firms", "ties"]


def test_replacing_a_table_leaves_the_record_as_it_was() -> None:
    record = Record.of(firms=pl.DataFrame({"firm_id": ["a"]}))
    longer = record.replace(firms=pl.DataFrame({"firm_id": ["a", "b"]}))
    assert (record["firms"].height, longer["firms"].height) == (1, 2)
