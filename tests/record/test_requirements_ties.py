"""Ties and amounts: loops, and money without a currency."""

import pytest

from jiqun.record.requirements import check
from tests.record.sound_records import found, plant, sound_record


def test_a_tie_of_a_firm_with_itself() -> None:
    assert found(plant(sound_record(), "ties", 2, target="b")) == [
        ("ties.self", "ties", 2, "target")
    ]


@pytest.mark.parametrize("table", ["ties", "alliances", "accounts", "policies"])
def test_an_amount_without_a_currency(table: str) -> None:
    assert found(plant(sound_record(), table, 1, currency=None)) == [
        ("amounts.currency", table, 1, "currency")
    ]


def test_no_amount_needs_no_currency() -> None:
    assert check(plant(sound_record(), "ties", 1, currency=None, value=None)) == ()
    (problem,) = check(plant(sound_record(), "policies", 1, currency=None))
    assert problem.message.zh == "“币种(currency)”为空,而该行含金额(成本)。"
