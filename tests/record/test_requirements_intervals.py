"""Intervals: order of the two ends, and the life of the firm as the frame around them."""

import datetime as dt

import pytest

from jiqun.record.requirements import check
from jiqun.record.requirements.intervals import INTERVALS
from tests.record.sound_records import Cell, day, found, plant, sound_record

Where = tuple[str, str, int, str]


@pytest.mark.parametrize("table", list(INTERVALS))
@pytest.mark.parametrize("later", [0, -1])
def test_an_end_on_or_before_the_start_is_refused(table: str, later: int) -> None:
    start, end = INTERVALS[table]
    on = day(2008)
    record = plant(sound_record(), table, 1, **{start: on, end: on + dt.timedelta(later)})
    places = [p for p in found(record) if p[0] == "intervals.order"]
    assert places == [("intervals.order", table, 1, end)]


def test_one_day_is_the_shortest_interval() -> None:
    record = plant(sound_record(), "ties", 1, start=day(2008), end=day(2008) + dt.timedelta(1))
    assert found(record) == []


LIVES: list[tuple[str, int, dict[str, Cell], str]] = [
    # d lived from 1980 to 2020, a was founded in 1990
    ("ties", 3, {"start": day(1985)}, "start"),
    ("ties", 3, {"start": day(2020), "end": None}, "start"),
    ("ties", 3, {"start": day(2001), "end": day(2021)}, "end"),
    ("ties", 3, {"start": None, "end": day(1990)}, "end"),
    ("sites", 4, {"opened": day(1979)}, "opened"),
    ("sites", 4, {"closed": day(2020, 6, 16)}, "closed"),
    ("memberships", 3, {"left": day(2009), "joined": day(1979)}, "joined"),
    ("participations", 2, {"joined": day(1989)}, "joined"),
    ("accounts", 1, {"start": day(1988, 1, 1), "end": day(1989, 1, 1)}, "start"),
    ("data_assets", 1, {"start": day(1994)}, "start"),
]


@pytest.mark.parametrize(("table", "row", "cells", "column"), LIVES)
def test_a_row_outside_the_life_of_its_firm(
    table: str, row: int, cells: dict[str, Cell], column: str
) -> None:
    problems = check(plant(sound_record(), table, row, **cells))
    lives = [(p.table, p.row, p.column) for p in problems if p.rule == "intervals.outside_life"]
    assert lives == [(table, row, column)]
    assert {p.severity for p in problems} == {"warning"}


def test_on_the_day_of_founding_and_up_to_closing_is_inside() -> None:
    record = plant(sound_record(), "sites", 4, opened=day(1980), closed=day(2020))
    assert found(record) == []


def test_the_accounts_of_the_year_of_founding_are_inside() -> None:
    record = plant(sound_record(), "accounts", 1, start=day(1990, 1, 1), end=day(1991, 1, 1))
    assert found(record) == []


def test_the_message_names_firm_and_date() -> None:
    (problem,) = check(plant(sound_record(), "ties", 3, start=day(1985)))
    assert problem.message.en == (
        "start (start) is 1985-06-15; the firm a was founded only on 1990-06-15."
    )
    assert "成立于 1990-06-15" in problem.message.zh
