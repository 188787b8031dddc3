"""Keys: shared keys are found exactly, in every table, and do not multiply other findings."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.schema import TABLES
from tests.record.sound_records import append, found, frame, sound_record


@pytest.mark.parametrize("table", list(TABLES))
def test_a_repeated_row_is_reported_at_the_repetition(table: str) -> None:
    record = sound_record()
    twice = pl.concat([record[table], record[table].head(1)])
    keys = [p for p in found(record.replace(**{table: twice})) if p[0] == "keys.duplicate"]
    assert keys == [("keys.duplicate", table, len(twice), TABLES[table].key[0])]


def test_the_message_names_the_first_row_and_how_often() -> None:
    firms = frame("firm_id", ("a",), ("b",), ("a",), ("a",))
    problems = check(Record.of(firms=firms))
    assert [(p.row, p.value) for p in problems] == [(3, "a"), (4, "a")]
    assert problems[0].message.en == "Row 1 already has the key a (firm_id); 3 rows share it."
    assert problems[0].message.zh == "第 1 行已使用主键 a(firm_id);共 3 行相同。"


def test_an_optional_part_of_a_key_that_is_missing_twice_is_the_same_key() -> None:
    record = sound_record()
    members = append(record, "memberships", alliance_id="l1", firm_id="d")
    assert found(members) == []
    twice = append(members, "memberships", alliance_id="l1", firm_id="d")
    assert found(twice) == [("keys.duplicate", "memberships", 7, "alliance_id")]


def test_a_required_key_that_is_missing_twice_is_only_missing() -> None:
    rules = [
        rule for rule, *_ in found(Record.of(firms=frame("firm_id", ("a",), (None,), (None,))))
    ]
    assert rules == ["columns.required"] * 2


def test_a_firm_listed_twice_does_not_double_the_findings_about_its_rows() -> None:
    record = sound_record()
    twice = record.replace(firms=pl.concat([record["firms"], record["firms"].tail(1)]))
    early = append(twice, "ties", tie_id="t9", source="d", target="a", end=None, kind="supply")
    start = early["ties"].with_columns(
        start=pl.when(pl.col("tie_id") == "t9").then(pl.date(1979, 5, 5)).otherwise("start")
    )
    lives = [p for p in found(early.replace(ties=start)) if p[0] == "intervals.outside_life"]
    assert lives == [("intervals.outside_life", "ties", 4, "start")] * 2  # before d, and before a


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=12))
def test_the_repetitions_are_those_of_a_plain_count(ids: list[str]) -> None:
    firms = pl.DataFrame({"firm_id": ids}, schema={"firm_id": pl.String})
    seen: set[str] = set()
    repeated = []
    for row, key in enumerate(ids, 1):
        if key in seen:
            repeated.append(row)
        seen.add(key)
    problems = check(Record.of(firms=firms))
    assert [p.row for p in problems if p.rule == "keys.duplicate"] == repeated
