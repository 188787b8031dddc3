"""Platforms: their life, and their operator among their owners."""

import pytest

from jiqun.record.requirements import check
from tests.record.sound_records import Cell, append, day, found, plant, sound_record


@pytest.mark.parametrize(
    ("table", "row", "cells", "column"),
    [
        ("functions", 1, {"opened": day(2003)}, "opened"),
        ("functions", 1, {"closed": day(2019)}, "closed"),
        ("functions", 1, {"opened": day(2018), "closed": None}, "opened"),
        ("participations", 3, {"joined": day(2008)}, "joined"),
        ("participations", 2, {"left": day(2019)}, "left"),
        ("participations", 2, {"joined": day(2018), "left": None}, "joined"),
    ],
)
def test_outside_the_life_of_the_platform(
    table: str, row: int, cells: dict[str, Cell], column: str
) -> None:
    assert found(plant(sound_record(), table, row, **cells)) == [
        ("platforms.outside_life", table, row, column)
    ]


def test_an_operator_who_is_not_among_the_owners() -> None:
    (problem,) = check(plant(sound_record(), "platforms", 1, operator="a"))
    assert (problem.rule, problem.row, problem.severity) == (
        "platforms.operator_not_owner",
        1,
        "warning",
    )
    assert problem.message.en == "a runs p, whose owners are b."


def test_owners_that_are_not_listed_are_not_held_against_the_operator() -> None:
    assert check(plant(sound_record(), "platforms", 2, operator="a")) == ()
    record = plant(sound_record(), "platforms", 1, operator="a")
    both = append(record, "participations", platform_id="p", firm_id="a", role="owner")
    assert check(both) == ()


def test_an_application_after_joining() -> None:
    row = sound_record()["participations"].row(2, named=True)
    (problem,) = check(plant(sound_record(), "participations", 3, applied=day(2100)))
    assert (problem.rule, problem.column) == ("platforms.applied_after_joining", "applied")
    assert check(plant(sound_record(), "participations", 3, applied=row["joined"])) == ()
