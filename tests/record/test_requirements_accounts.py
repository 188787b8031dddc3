"""Accounts: what follows from the definitions, currencies, and periods that overlap.

Paper: K4a, K4c (accounts from which a production function is estimated).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.record.record import Record
from jiqun.record.requirements import check
from tests.record.sound_records import Cell, append, day, found, frame, plant, sound_record


def test_digital_revenue_above_revenue() -> None:
    assert found(plant(sound_record(), "accounts", 3, digital_revenue=9.5)) == [
        ("accounts.digital_revenue", "accounts", 3, "digital_revenue")
    ]


def test_value_added_above_revenue_is_a_warning() -> None:
    (problem,) = check(plant(sound_record(), "accounts", 2, value_added=99.0))
    assert (problem.rule, problem.row, problem.severity) == ("accounts.value_added", 2, "warning")


def test_two_currencies_of_one_firm() -> None:
    (problem,) = check(plant(sound_record(), "accounts", 2, currency="EUR"))
    assert (problem.rule, problem.row, problem.value) == ("accounts.currencies", 2, "EUR")
    assert "CNY in row 1" in problem.message.en


def test_overlapping_periods() -> None:
    (problem,) = check(plant(sound_record(), "accounts", 2, start=day(2004, 7, 1)))
    assert (problem.rule, problem.row, problem.column) == ("accounts.overlap", 2, "start")
    assert problem.message.en == (
        "a: the period from 2004-07-01 overlaps 2004-01-01 to 2005-01-01 of row 1."
    )


def test_a_part_of_a_year_that_exceeds_the_year() -> None:
    quarter: dict[str, Cell] = {
        "start": day(2004, 4, 1),
        "end": day(2004, 7, 1),
        "price_basis": "current",
    }
    record = append(
        sound_record(), "accounts", firm_id="a", currency="CNY", revenue=91.0, **quarter
    )
    assert found(record) == [
        ("accounts.overlap", "accounts", 5, "start"),
        ("accounts.part_above_whole", "accounts", 5, "revenue"),
    ]
    assert len(check(plant(record, "accounts", 5, revenue=90.0))) == 1


PERIODS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(1, 28), st.integers(1, 12)),
    max_size=8,
    unique=True,
)


@settings(max_examples=40, deadline=None)
@given(PERIODS)
def test_overlaps_are_those_of_every_pair(periods: list[tuple[str, int, int]]) -> None:
    """A period is reported where any other of its firm that starts no later runs into it."""
    rows = [(firm, day(2000, 1, first), day(2000, 2, until)) for firm, first, until in periods]
    rows += [
        (firm, day(2000, 3, first), day(2000, 3, first + 1))
        for firm, first, _ in periods[:2]
        if first < 28
    ]
    firms = frame("firm_id", ("a",), ("b",))
    problems = check(
        Record.of(firms=firms, accounts=frame("firm_id start end", *dict.fromkeys(rows)))
    )
    ordered = sorted(dict.fromkeys(rows), key=lambda r: (r[0], r[1], -r[2].toordinal()))
    expected = sum(
        any(other[0] == row[0] and other[2] > row[1] for other in ordered[:i])
        for i, row in enumerate(ordered)
    )
    assert len([p for p in problems if p.rule == "accounts.overlap"]) == expected


@pytest.mark.parametrize("rows", [2, 3])
def test_rows_without_dates_or_firm_do_not_overlap(rows: int) -> None:
    accounts = frame(
        "firm_id start end revenue", *[(None, None, day(2000, 1, i + 1), 1.0) for i in range(rows)]
    )
    record = Record.of(firms=frame("firm_id", ("a",)), accounts=accounts)
    assert not [p for p in check(record) if p.rule == "accounts.overlap"]


def test_wages_above_all_costs_are_a_warning() -> None:
    (problem,) = check(plant(sound_record(), "accounts", 2, costs=3.0, wages=4.0))
    assert (problem.rule, problem.row, problem.severity) == ("accounts.wages", 2, "warning")
    assert check(plant(sound_record(), "accounts", 2, costs=4.0, wages=4.0)) == ()
