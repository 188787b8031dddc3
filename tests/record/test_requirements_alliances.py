"""Alliances: members, dates and interfaces that contradict each other.

Paper: K3g, K3h, K3i, K3j (alliances, their members, the interfaces of their pairs).
"""

import pytest

from jiqun.record.requirements import check
from tests.record.sound_records import Cell, append, day, found, plant, sound_record


def test_an_alliance_of_one_or_none() -> None:
    lone = append(sound_record(), "alliances", alliance_id="l3")
    assert found(lone) == [("alliances.few_members", "alliances", 3, "alliance_id")]
    (problem,) = check(append(lone, "memberships", alliance_id="l3", firm_id="a"))
    assert problem.message.en == "Members of the alliance l3: 1."
    twice = append(lone, "memberships", alliance_id="l3", firm_id="a", role="lead")
    twice = append(twice, "memberships", alliance_id="l3", firm_id="a", role="member")
    assert found(twice) == [("alliances.few_members", "alliances", 3, "alliance_id")]


@pytest.mark.parametrize(
    ("row", "cells", "column"),
    [
        (4, {"joined": day(2005)}, "joined"),
        (3, {"joined": day(2010)}, "joined"),
        (1, {"left": day(2011)}, "left"),
    ],
)
def test_a_member_outside_the_life_of_its_alliance(
    row: int, cells: dict[str, Cell], column: str
) -> None:
    places = found(plant(sound_record(), "memberships", row, **cells))
    assert places == [("alliances.membership_dates", "memberships", row, column)]


def test_a_cause_without_a_date() -> None:
    assert found(plant(sound_record(), "memberships", 2, left=None)) == [
        ("alliances.cause_without_date", "memberships", 2, "left")
    ]


@pytest.mark.parametrize("outcome", ["succeeded", "failed"])
def test_an_outcome_without_an_end(outcome: str) -> None:
    assert found(plant(sound_record(), "alliances", 2, outcome=outcome)) == [
        ("alliances.outcome_without_end", "alliances", 2, "end")
    ]


def test_dissolved_but_ongoing() -> None:
    cells: dict[str, Cell] = {"left": day(2010), "withdrawal_cause": "dissolved"}
    assert found(plant(sound_record(), "memberships", 4, **cells)) == [
        ("alliances.ongoing_with_member_causes", "memberships", 4, "withdrawal_cause")
    ]


def test_a_pair_of_a_firm_with_itself() -> None:
    assert found(plant(sound_record(), "interfaces", 3, firm_b="c")) == [
        ("alliances.interface_self", "interfaces", 3, "firm_b")
    ]


@pytest.mark.parametrize(
    ("row", "cells", "column"),
    [
        (3, {"firm_a": "b"}, "firm_a"),  # never a member of l2
        (2, {"date": day(2009)}, "firm_b"),  # b left in 2008
        (3, {"date": day(2006, 12)}, "firm_a"),  # c joined in 2007
    ],
)
def test_an_interface_of_who_is_no_member_then(
    row: int, cells: dict[str, Cell], column: str
) -> None:
    assert found(plant(sound_record(), "interfaces", row, **cells)) == [
        ("alliances.interface_members", "interfaces", row, column)
    ]


def test_an_interface_without_a_date_asks_for_members_at_any_time() -> None:
    assert found(plant(sound_record(), "interfaces", 2, date=None)) == []
    assert found(plant(sound_record(), "interfaces", 2, date=None, firm_b="c")) == [
        ("alliances.interface_members", "interfaces", 2, "firm_b")
    ]


@pytest.mark.parametrize("on", [day(2006), None])
def test_two_states_of_one_pair_on_one_day_whoever_is_named_first(on: Cell) -> None:
    record = plant(sound_record(), "interfaces", 1, date=on)
    pair: dict[str, Cell] = {"alliance_id": "l1", "firm_a": "b", "firm_b": "a", "date": on}
    agreeing = append(record, "interfaces", **pair, state="coordinated")
    assert found(agreeing) == []
    (problem,) = check(append(record, "interfaces", **pair, state="failed"))
    assert (problem.rule, problem.row) == ("alliances.interface_contradiction", 4)
    assert "a and b are failed here but coordinated in row 1" in problem.message.en
