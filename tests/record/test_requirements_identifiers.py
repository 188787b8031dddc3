"""Identifiers: check digits against known numbers, and the two implementations against each other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.vocabulary.identifiers import (
    CREDIT_CODE_ALPHABET,
    LEI_ALPHABET,
    credit_code_ok,
    identity_number_ok,
    lei_ok,
)
from tests.record.sound_records import found, frame

# The example of the standard's annex, and LEIs published by the GLEIF and by Deutsche Bank.
CREDIT_CODE = "91350100M000100Y43"
LEIS = ["529900T8BM49AURSDO55", "7LTWFZYICNSX8D621K86", "506700GE1G29325QX363"]


def firm(identifier: str) -> Record:
    """Make a record of one firm."""
    return Record.of(firms=frame("firm_id", (identifier,)))


def test_right_numbers_pass() -> None:
    assert credit_code_ok(CREDIT_CODE)
    assert all(lei_ok(lei) for lei in LEIS)
    for identifier in (CREDIT_CODE, *LEIS):
        assert check(firm(identifier)) == ()


@pytest.mark.parametrize(
    "wrong", ["91350100M000100Y44", "91350100M000100Y34", "91350100N000100Y43"]
)
def test_a_wrong_credit_code(wrong: str) -> None:
    assert not credit_code_ok(wrong)
    assert found(firm(wrong)) == [("identifiers.credit_code", "firms", 1, "firm_id")]


@pytest.mark.parametrize("wrong", ["529900T8BM49AURSDO56", "529900T8MB49AURSDO55"])
def test_a_wrong_lei(wrong: str) -> None:
    assert not lei_ok(wrong)
    assert found(firm(wrong)) == [("identifiers.lei", "firms", 1, "firm_id")]


@pytest.mark.parametrize(
    "other", ["a", "", "91350100M000100Y4", "91350100I000100Y43", "５29900T8BM49AURSDO55"]
)
def test_what_has_not_the_shape_is_no_such_number(other: str) -> None:
    assert not credit_code_ok(other)
    assert not lei_ok(other)
    assert not [p for p in found(firm(other)) if p[0].startswith("identifiers.")]


def test_identity_numbers() -> None:
    assert identity_number_ok("11010519491231002X")
    assert identity_number_ok("440524188001010014")
    assert not identity_number_ok("110105194912310021")
    assert not identity_number_ok("11010519491331002X")


@settings(max_examples=60, deadline=None)
@given(
    body=st.text(CREDIT_CODE_ALPHABET, min_size=10, max_size=10),
    last=st.sampled_from("0123456789ABCDX"),
)
def test_the_query_and_the_function_agree_on_credit_codes(body: str, last: str) -> None:
    code = f"9133010{body}"
    code = code[:17] + last
    wrong = [p for p in found(firm(code)) if p[0] == "identifiers.credit_code"]
    shaped = code[2:8].isdigit()
    assert bool(wrong) == (shaped and not credit_code_ok(code))


@settings(max_examples=40, deadline=None)
@given(body=st.text(LEI_ALPHABET, min_size=18, max_size=18), last=st.integers(0, 99))
def test_the_query_and_the_function_agree_on_leis(body: str, last: int) -> None:
    digits = 98 - int("".join(str(LEI_ALPHABET.index(c)) for c in body) + "00") % 97
    assert lei_ok(f"{body}{digits:02d}")
    code = f"{body}{last:02d}"
    assert bool([p for p in found(firm(code)) if p[0] == "identifiers.lei"]) == (not lei_ok(code))
