"""Innovations: lineages that run backward or in circles, and innovations of nobody.

Paper: E11, T1 (outputs of innovation and who made them).
"""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.record.record import Record
from jiqun.record.requirements import check
from tests.record.sound_records import append, day, found, frame, plant, sound_record


def test_building_on_a_later_one() -> None:
    assert found(plant(sound_record(), "innovations", 2, date=day(2004))) == [
        ("innovations.builds_on_later", "innovations", 2, "builds_on")
    ]
    assert found(plant(sound_record(), "innovations", 2, date=day(2005))) == []


def test_building_on_itself() -> None:
    assert found(plant(sound_record(), "innovations", 1, builds_on="i1")) == [
        ("innovations.cycle", "innovations", 1, "builds_on")
    ]


def test_a_circle_is_reported_at_its_rows_alone() -> None:
    """i4 → i2 → i1 → i3 → i2: the circle is i1, i2, i3; i4 only leads into it."""
    record = plant(sound_record(), "innovations", 1, builds_on="i3", date=None)
    record = append(record, "innovations", innovation_id="i4", builds_on="i2", alliance_id="l1")
    assert found(record) == [
        ("innovations.cycle", "innovations", row, "builds_on") for row in (1, 2, 3)
    ]


def test_an_innovation_of_nobody() -> None:
    record = append(sound_record(), "innovations", innovation_id="i4")
    assert found(record) == [("innovations.no_innovator", "innovations", 4, "innovation_id")]
    assert check(plant(record, "innovations", 4, alliance_id="l2")) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=10))
def test_circles_are_those_found_by_walking(back: list[int]) -> None:
    """Compare with a walk from each row; a predecessor beyond the end is none."""
    n = len(back)
    on_circle = []
    for start in range(n):
        at, steps = back[start], 0
        while at < n and at != start and steps < n:
            at, steps = back[at], steps + 1
        if at == start:
            on_circle.append(start + 1)
    innovations = pl.DataFrame(
        {
            "innovation_id": [f"i{k}" for k in range(n)],
            "builds_on": [f"i{k}" if k < n else None for k in back],
        },
        schema={"innovation_id": pl.String, "builds_on": pl.String},
    )
    problems = check(Record.of(firms=frame("firm_id", ("a",)), innovations=innovations))
    assert [p.row for p in problems if p.rule == "innovations.cycle"] == on_circle
