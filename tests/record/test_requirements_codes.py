"""Codes: of industries and regions that their lists do not have, and codes without a list."""

import pytest

from jiqun.record.requirements import check
from jiqun.vocabulary.codes import INDUSTRY_SCHEME
from tests.record.sound_records import found, plant, sound_record


@pytest.mark.parametrize("table", ["firms", "functions"])
@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [("ISIC4", "6201", "62011"), ("GBT4754-2017", "3911", "9999"), ("NAICS2022", "311", "31-33")],
)
def test_an_industry_code_that_its_list_does_not_have(
    table: str, scheme: str, right: str, wrong: str
) -> None:
    cells = {"industry_scheme": scheme}
    assert found(plant(sound_record(), table, 1, **cells, industry_code=right)) == []
    (problem,) = check(plant(sound_record(), table, 1, **cells, industry_code=wrong))
    assert (problem.rule, problem.table, problem.row, problem.column) == (
        "codes.unlisted",
        table,
        1,
        "industry_code",
    )
    assert f"is not in {INDUSTRY_SCHEME.terms[scheme].en}." in problem.message.en


def test_a_division_that_never_was() -> None:
    assert found(plant(sound_record(), "firms", 1, region_code="339900")) == [
        ("codes.unlisted", "firms", 1, "region_code")
    ]
    assert found(plant(sound_record(), "firms", 1, region_scheme="NUTS", region_code="DE11")) == []


def test_a_list_that_is_not_at_hand_is_not_held_against_a_code() -> None:
    other = plant(sound_record(), "firms", 1, industry_scheme="other", industry_code="软件")
    assert check(other) == ()


@pytest.mark.parametrize("kind", ["industry", "region"])
def test_a_code_without_a_list(kind: str) -> None:
    assert found(plant(sound_record(), "firms", 1, **{f"{kind}_scheme": None})) == [
        ("codes.scheme", "firms", 1, f"{kind}_scheme")
    ]


def test_an_unknown_list_is_a_wrong_code_of_its_own_only() -> None:
    assert found(plant(sound_record(), "firms", 1, industry_scheme="SIC")) == [
        ("columns.code", "firms", 1, "industry_scheme")
    ]
