"""References: an identifier that no row has, in every column that refers to another table."""

import pytest

from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.schema import TABLES
from tests.record.sound_records import found, plant, sound_record

REFERENCES = [
    (table.name, column.name)
    for table in TABLES.values()
    for column in table.columns
    if column.references
]


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_an_unknown_identifier_is_reported_where_it_stands(table: str, column: str) -> None:
    places = found(plant(sound_record(), table, 1, **{column: "nobody"}))
    assert ("references.unknown", table, 1, column) in places
    assert [p for p in places if p[0] == "references.unknown" and p[1:3] == (table, 1)] == [
        ("references.unknown", table, 1, column)
    ]


def test_the_message_names_the_table_that_lacks_it() -> None:
    (problem,) = check(plant(sound_record(), "ties", 3, target="nobody"))
    assert problem.value == "nobody"
    assert "the table firms" in problem.message.en
    assert "企业表(firms)" in problem.message.zh


def test_case_and_blanks_make_another_identifier() -> None:
    for spelt in ("A", "a "):
        assert found(plant(sound_record(), "ties", 3, target=spelt)) == [
            ("references.unknown", "ties", 3, "target")
        ]


def test_a_missing_value_refers_to_nothing() -> None:
    assert found(plant(sound_record(), "platforms", 1, operator=None)) == []


def test_a_table_that_was_not_observed_is_not_referred_to() -> None:
    record = sound_record()
    kept = {name: record[name] for name in record if name != "sources"}
    assert check(Record.of(**kept)) == ()
