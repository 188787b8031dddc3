"""Numbers, coordinates, codes and texts: each form by hand, and what must not be guessed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.importers.parsing.coded import SYNONYMS, country_terms, parse_codes, parse_terms
from jiqun.importers.parsing.coordinates import parse_coordinate, parse_coordinates
from jiqun.importers.parsing.numbers import parse_number, parse_numbers
from jiqun.importers.parsing.rules import (
    CODE_UNKNOWN,
    DIGITS_LOST,
    NUMBER_AMBIGUOUS,
    NUMBER_UNREADABLE,
    TOO_LONG,
    UNIT_TWICE,
    Failure,
)
from jiqun.importers.parsing.texts import parse_texts
from jiqun.record.schema import TABLES
from jiqun.vocabulary.codes import FIRM_KIND, INDUSTRY_SCHEME


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("1,234.5", 1234.5, None), ("１２３", 123.0, None), ("3.5万", 35_000.0, None),
        ("2亿", 2e8, None), ("12%", 0.12, None), ("(1,234)", -1234.0, None), ("¥1,000", 1000.0, "CNY"),
        ("US$ 3 million", 3e6, "USD"), ("3.5万元", 35_000.0, "CNY"), ("100人", 100.0, None),
        ("1 234 567", 1234567.0, None), ("-¥5", -5.0, "CNY"), ("1e5", 1e5, None), (".5", 0.5, None),
        ("−3", -3.0, None), (7.0, 7.0, None),
    ],
)  # fmt: skip
def test_forms_of_a_number(cell: object, value: float, currency: str | None) -> None:
    found = parse_number(cell)
    assert isinstance(found, tuple)
    assert found[0] == pytest.approx(value, rel=1e-15)
    assert found[1] == currency


@pytest.mark.parametrize("cell", ["1.234,5", "1,5", "1.234.567", "12,34,567"])
def test_two_ways_to_read_a_separator_are_refused(cell: str) -> None:
    found = parse_number(cell)
    assert isinstance(found, Failure)
    assert found.rule is NUMBER_AMBIGUOUS


@pytest.mark.parametrize("cell", ["约100", "10-20", ">50", "abc", True, math.inf, "1e999", "١٢x"])
def test_what_is_no_number_is_refused(cell: object) -> None:
    found = parse_number(cell)
    assert isinstance(found, Failure)
    assert found.rule is NUMBER_UNREADABLE


def test_the_unit_of_the_heading_is_applied_and_not_twice() -> None:
    parsed = parse_numbers(["12", "3万", ""], factor=1e4)
    assert parsed.values.to_list() == [120_000.0, None, None]
    assert parsed.failures[1].rule is UNIT_TWICE


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64)))
def test_numbers_are_kept_to_the_last_bit(numbers: list[float]) -> None:
    assert parse_numbers(numbers).values.to_list() == numbers
    assert parse_numbers([repr(n) for n in numbers]).values.to_list() == pytest.approx(numbers)


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        ("120.5", 120.5), ("120°30′", 120.5), ("120°30'00\"E", 120.5), ("东经120度30分", 120.5),
        ("E120.5", 120.5), ("W 3.5", -3.5), ("3°30′0″ S", -3.5), (-3.5, -3.5), ("31°N", 31.0),
    ],
)  # fmt: skip
def test_forms_of_a_coordinate(cell: object, degrees: float) -> None:
    assert parse_coordinate(cell) == pytest.approx(degrees, abs=1e-12)


def test_impossible_minutes_and_two_signs_are_refused() -> None:
    parsed = parse_coordinates(["120°61′", "-3.5W", "E3W", "north", "", "-"])
    assert sorted(parsed.failures) == [0, 1, 2, 3]
    assert parsed.values.null_count() == 6


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("firm", "firm"),
        ("企业", "firm"),
        ("Company", "firm"),
        ("高等院校", "university"),
        ("协会", "association"),
    ],
)
def test_codes_are_read_in_either_language(cell: str, code: str) -> None:
    assert parse_codes([cell], FIRM_KIND).values.to_list() == [code]


def test_a_legal_form_is_no_kind_of_organisation() -> None:
    parsed = parse_codes(["有限公司", "", None], FIRM_KIND)
    assert parsed.failures[0].rule is CODE_UNKNOWN
    assert "firm" in parsed.failures[0].message.zh
    assert list(parsed.failures) == [0]


def test_punctuation_of_a_code_does_not_matter() -> None:
    parsed = parse_codes(["GB/T 4754—2017", "gbt4754-2017", "NACE Rev. 2.1"], INDUSTRY_SCHEME)
    assert parsed.values.to_list() == ["GBT4754-2017", "GBT4754-2017", "NACE2.1"]


def test_every_code_and_name_of_every_list_reads_as_itself() -> None:
    lists = {c.codes.name: c.codes for t in TABLES.values() for c in t.columns if c.codes}
    assert set(lists) == set(SYNONYMS)
    for codes in lists.values():
        assert set(SYNONYMS[codes.name]) <= set(codes.terms)
        for code, text in codes.terms.items():
            forms = [code, text.en, text.zh, f"{text.zh} {text.en}"]
            assert parse_codes(forms, codes).values.to_list() == [code] * 4


def test_countries_are_read_by_name_and_others_kept() -> None:
    parsed = parse_terms(["中国", "Germany", "us", "Atlantis"], country_terms(), strict=False)
    assert parsed.values.to_list() == ["CN", "DE", "US", "Atlantis"]


def test_texts_are_trimmed_and_numbers_written_out() -> None:
    parsed = parse_texts(["\u3000甲 ", 12.0, 12.5, "", "N/A", None])
    assert parsed.values.to_list() == ["甲", "12", "12.5", None, None, None]
    assert parse_texts(["-"], words_are_missing=False).values.to_list() == ["-"]


def test_lost_digits_and_endless_cells_are_noticed() -> None:
    parsed = parse_texts([9.131011567125634e17, "x" * 40_000, "y"])
    assert parsed.failures[0].rule is DIGITS_LOST
    assert parsed.failures[1].rule is TOO_LONG
