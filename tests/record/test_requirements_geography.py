"""Geography: halves, zeros, exchanged coordinates and headquarters abroad."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.requirements.country_boxes import COUNTRY_BOXES
from tests.record.sound_records import found, frame, plant, sound_record


def site(country: str | None, longitude: float | None, latitude: float | None, kind: str) -> Record:
    """Make one firm with one site."""
    return Record.of(
        firms=frame("firm_id country", ("a", country)),
        sites=frame(
            "site_id firm_id longitude latitude kind", ("s", "a", longitude, latitude, kind)
        ),
    )


def test_half_a_position_is_reported_at_the_missing_half() -> None:
    assert found(plant(sound_record(), "sites", 1, latitude=None)) == [
        ("geography.half", "sites", 1, "latitude")
    ]
    assert found(plant(sound_record(), "sites", 1, longitude=None)) == [
        ("geography.half", "sites", 1, "longitude")
    ]
    assert found(plant(sound_record(), "sites", 1, longitude=None, latitude=None)) == []


def test_zero_zero_is_a_missing_position() -> None:
    assert found(plant(sound_record(), "sites", 2, longitude=0.0, latitude=0.0)) == [
        ("geography.zero", "sites", 2, "longitude")
    ]
    assert check(site("GH", 0.0, 5.6, "plant")) == ()  # Tema lies on the meridian


def test_a_latitude_beyond_the_pole_is_exchanged_where_that_makes_a_place() -> None:
    assert found(plant(sound_record(), "sites", 1, longitude=30.2, latitude=120.1)) == [
        ("columns.range", "sites", 1, "latitude"),
        ("geography.swapped", "sites", 1, "latitude"),
    ]
    places = found(plant(sound_record(), "sites", 1, longitude=120.0, latitude=120.0))
    assert places == [("columns.range", "sites", 1, "latitude")]


def test_a_valid_pair_is_exchanged_where_only_so_it_lies_in_the_country() -> None:
    assert found(site("DE", 48.7, 9.1, "plant")) == [("geography.swapped", "sites", 1, "latitude")]
    assert check(site(None, 48.7, 9.1, "plant")) == ()
    assert check(site("SO", 48.7, 9.1, "plant")) == ()


def test_only_a_headquarters_abroad_is_remarkable() -> None:
    (problem,) = check(site("DE", 120.1, 30.2, "headquarters"))
    assert (problem.rule, problem.severity) == ("geography.abroad", "warning")
    assert check(site("DE", 120.1, 30.2, "plant")) == ()
    assert check(site("XX", 120.1, 30.2, "headquarters")) == ()


def test_the_boxes_are_boxes() -> None:
    assert len(COUNTRY_BOXES) > 230
    for west, south, east, north in COUNTRY_BOXES.values():
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


@pytest.mark.parametrize(
    ("country", "longitude", "latitude"),
    [
        ("CN", 87.6, 43.8),
        ("US", -157.9, 21.3),
        ("RU", 131.9, 43.1),
        ("NZ", 174.8, -36.9),
        ("SG", 103.8, 1.35),
    ],
)
def test_cities_lie_in_their_countries(country: str, longitude: float, latitude: float) -> None:
    assert check(site(country, longitude, latitude, "headquarters")) == ()


@settings(max_examples=25, deadline=None)
@given(longitude=st.floats(allow_nan=True), latitude=st.floats(allow_nan=True))
def test_any_pair_of_numbers_is_answered(longitude: float, latitude: float) -> None:
    rules = {p.rule for p in check(site("CN", longitude, latitude, "headquarters"))}
    on_earth = abs(longitude) <= 180 and abs(latitude) <= 90
    assert on_earth == rules.isdisjoint({"columns.range", "columns.finite"})
