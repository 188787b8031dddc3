"""Duplicates: one firm in two spellings, proposed with both rows."""

import polars as pl
import pytest

from jiqun.record.record import Record
from jiqun.record.requirements import check
from tests.record.sound_records import frame, places, sound_record


def two(first: tuple[str, str, str | None], second: tuple[str, str, str | None]) -> Record:
    """Make two firms by identifier, name and region."""
    firms = frame("firm_id name region_code", first, second)
    return Record.of(firms=firms.with_columns(region_scheme=pl.lit("other")))


@pytest.mark.parametrize(
    "spelt", ["杭州 示例有限公司", "杭州示例有限公司。", "杭州示例（有限公司）"]
)
def test_one_name_in_two_spellings(spelt: str) -> None:
    (problem,) = check(two(("a", "杭州示例有限公司", "330100"), ("b", spelt, "330100")))
    assert places((problem,)) == [("duplicates.name", "firms", 2, "name")]
    assert "row 1 (a)" in problem.message.en
    assert problem.severity == "warning"


def test_width_and_case_do_not_tell_names_apart() -> None:
    assert len(check(two(("a", "ABC Co., Ltd.", None), ("b", "ａｂｃ co ltd", None)))) == 1


def test_namesakes_of_two_regions_and_firms_without_a_name_pass() -> None:
    assert check(two(("a", "示例", "330100"), ("b", "示例", "110100"))) == ()
    assert check(two(("a", "-", None), ("b", "—", None))) == ()


def test_one_identifier_in_two_spellings() -> None:
    (problem,) = check(two(("HRB 12-345", "a", None), ("hrb12345", "b", None)))
    assert places((problem,)) == [("duplicates.registration", "firms", 2, "firm_id")]


def test_a_repeated_key_is_not_also_a_duplicate() -> None:
    record = sound_record()
    firms = record["firms"]
    rules = {p.rule for p in check(record.replace(firms=firms.vstack(firms.head(1))))}
    assert rules == {"keys.duplicate"}
