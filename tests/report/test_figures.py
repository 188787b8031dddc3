"""Figures: axes, hexagons, the coast and its cut, text that fits, and what is active in a year."""

import itertools
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jiqun.record.record import Record
from jiqun.report.figures.coastline import Window, land, rings
from jiqun.report.figures.intervals import interval_plot, told_once
from jiqun.report.figures.scale import ticks
from jiqun.report.figures.site_map import (
    HEXAGON,
    MOST_POINTS,
    RAMP,
    Points,
    hexagons,
    site_map,
    window_around,
)
from jiqun.report.figures.svg import coordinate, element, shorten, width_of, wrapped
from jiqun.report.sections.map import densest, distances_km
from jiqun.report.sections.timeline import active_by_year
from jiqun.vocabulary.text import same
from tests.report.study_samples import Page, an_estimate

FINITE = st.floats(-1e9, 1e9)
PLACES = arrays(float, st.tuples(st.integers(1, 30), st.just(2)), elements=st.floats(-80, 80))


@given(low=FINITE, high=FINITE, most=st.integers(1, 10), whole=st.booleans())
def test_ticks_are_few_round_and_inside(low: float, high: float, most: int, whole: bool) -> None:
    found = ticks(low, high, most, whole=whole)
    assert 1 <= len(found) <= most + 1
    assert list(found) == sorted(set(found))
    if len(found) > 1:
        room = (high - low) * 1e-6
        assert low - room <= found[0]
        assert found[-1] <= high + room
        assert not whole or all(tick == int(tick) for tick in found)


def test_ticks_of_a_year_axis() -> None:
    assert ticks(2004, 2023, 9, whole=True) == (2005, 2010, 2015, 2020)
    assert ticks(3, 3, 5) == (3,)


@given(words=st.text(alphabet="abc 集群", max_size=60), width=st.floats(30, 300))
def test_a_shortened_line_fits(words: str, width: float) -> None:
    shown = shorten(words, width)
    assert width_of(shown) <= width or len(shown) <= 2
    assert shown == words or "…" in shown


def test_a_shortened_line_keeps_both_ends() -> None:
    shown = shorten("location quotient of industry 6513 in region 330110", 200)
    assert shown.startswith("location")
    assert shown.endswith("330110")


def test_attributes_and_text_are_escaped() -> None:
    drawn = element("text", "<b>&", fill='"red"', font_size=3, missing=None)
    assert drawn == '<text fill="&#34;red&#34;" font-size="3">&lt;b&gt;&amp;</text>'
    assert coordinate(-0.01) == "0"
    assert coordinate(2.25) == "2.2"


def on_land(longitude: float, latitude: float) -> bool:
    """Count the crossings of a ray to the east: odd on land."""
    crossings = 0
    for ring in rings():
        x, y = ring[:, 0], ring[:, 1]
        x2, y2 = np.roll(x, -1), np.roll(y, -1)
        spans = (y > latitude) != (y2 > latitude)
        at = x[spans] + (latitude - y[spans]) / (y2[spans] - y[spans]) * (x2[spans] - x[spans])
        crossings += int((at > longitude).sum())
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "expected"),
    [
        ("Hangzhou", 120.15, 30.27, True),
        ("Taichung", 120.68, 24.15, True),
        ("Haikou", 110.3, 19.9, True),
        ("Detroit", -83.1, 42.4, True),
        ("Sydney", 150.9, -33.8, True),
        ("East China Sea", 124.0, 29.0, False),
        ("South China Sea", 114.0, 15.0, False),
        ("Antarctica", 0.0, -80.0, True),
        ("Chukotka", 179.0, 67.5, True),
        ("Chukotka beyond 180", -176.0, 67.0, True),
        ("Pacific on the way of Fiji", -100.0, -16.5, False),
        ("Atlantic", -40.0, 35.0, False),
        ("Caspian Sea", 51.0, 41.5, False),
    ],
)
def test_the_coast_is_where_it_is(
    place: str, longitude: float, latitude: float, expected: bool
) -> None:
    assert on_land(longitude, latitude) is expected, place


def test_the_coastline_names_its_origin_and_is_small() -> None:
    import jiqun.report.figures.coastline as module

    path = Path(module.__file__).with_name("coastline.npz")
    assert path.stat().st_size < 150_000
    with np.load(path) as stored:
        assert "public domain" in str(stored["origin"])


def area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def test_a_cut_keeps_to_its_window_and_pieces_add_up() -> None:
    """Land of four quarters of a window has the area of the land of the whole."""
    whole = Window(100.0, 20.0, 124.0, 40.0)
    quarters = [Window(x, y, x + 12.0, y + 10.0) for x in (100.0, 112.0) for y in (20.0, 30.0)]
    total = sum(area(ring) for ring in land(whole))
    assert total == pytest.approx(sum(area(r) for q in quarters for r in land(q)), rel=1e-9)
    assert 200 < total < 24 * 20
    for ring in land(whole):
        assert ring.min(axis=0) == pytest.approx(np.clip(ring.min(axis=0), [100, 20], None))
        assert ring.max(axis=0) == pytest.approx(np.clip(ring.max(axis=0), None, [124, 40]))


def test_a_window_of_land_alone_is_filled_and_one_of_sea_alone_is_empty() -> None:
    (ring,) = land(Window(104.0, 34.0, 105.0, 35.0))
    assert area(ring) == pytest.approx(1.0)
    assert land(Window(-41.0, 34.0, -40.0, 35.0)) == ()


@given(at=arrays(float, (40, 2), elements=st.floats(0, 300)))
def test_hexagons_hold_each_point_once_and_near(at: Points) -> None:
    centres, counts = hexagons(at, HEXAGON)
    assert counts.sum() == len(at)
    nearest = np.sqrt(((at[:, None] - centres[None]) ** 2).sum(axis=2)).min(axis=1)
    assert nearest.max() <= HEXAGON + 1e-2


@given(points=PLACES)
def test_a_window_shows_all_points(points: Points) -> None:
    window = window_around(points)
    assert window.west <= points[:, 0].min() <= points[:, 0].max() <= window.east
    assert window.south <= points[:, 1].min() <= points[:, 1].max() <= window.north
    assert -180 <= window.west < window.east <= 180


def test_few_sites_are_points_and_many_are_hexagons() -> None:
    rng = np.random.default_rng(0)
    few, many = (rng.uniform(100, 110, (n, 2)) * [1, 0.3] for n in (9, MOST_POINTS + 1))
    assert (
        len(Page(site_map(few, window_around(few), "", "en", synthetic=False)).all("circle")) == 9
    )
    drawn = Page(site_map(many, window_around(many), "", "en", synthetic=False))
    assert drawn.all("circle") == []
    assert len(drawn.tags) < 100


def test_colours_of_the_ramp_darken() -> None:
    """Without hue, the classes are still told apart: relative luminance (WCAG) falls by a third."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light = [luminance(colour) for colour in RAMP]
    assert all(darker < 0.67 * lighter for lighter, darker in itertools.pairwise(light))


def test_distances_are_on_the_globe() -> None:
    """A degree along the equator and along a meridian: 111.19 km on a sphere of 6371.0088 km."""
    points = np.array([[1.0, 0.0], [0.0, 1.0], [180.0, 0.0]])
    found = distances_km(points, np.array([0.0, 0.0]))
    assert found == pytest.approx([111.195, 111.195, np.pi * 6371.0088], rel=1e-5)


def test_the_densest_half_leaves_the_far_ones_out() -> None:
    points = np.array([[120.0, 30.0]] * 6 + [[0.0, 0.0], [10.0, 50.0]])
    assert densest(points).tolist() == [[120.0, 30.0]] * 6


def test_an_endless_interval_is_cut_at_the_edge() -> None:
    endless = an_estimate("1", 2.0)
    import dataclasses

    endless = dataclasses.replace(endless, high=float("inf"))
    drawn = interval_plot([endless, an_estimate("2", 3.0)], "alt", "en", synthetic=False)
    assert "inf" not in drawn
    assert "nan" not in drawn


def test_active_in_a_year_is_half_open() -> None:
    """[2001-01-01, 2003-01-01) holds in 2001 and 2002; an open end holds until the last year."""
    ties = pl.DataFrame(
        {
            "tie_id": ["a", "b", "c", "d"],
            "source": ["x"] * 4,
            "target": ["y"] * 4,
            "start": [date(2001, 1, 1), date(2002, 12, 31), None, date(2004, 1, 1)],
            "end": [date(2003, 1, 1), None, None, date(2003, 1, 1)],
        }
    )
    (series,) = active_by_year(Record.of(ties=ties))
    assert (series.first, series.active, series.left_out) == (2001, (1, 2), 2)


def test_years_long_gone_are_not_drawn() -> None:
    founded = [date(1700, 1, 1)] + [date(1990 + i % 30, 1, 1) for i in range(300)]
    firms = pl.DataFrame({"firm_id": [str(i) for i in range(301)], "founded": founded})
    (series,) = active_by_year(Record.of(firms=firms))
    assert (series.first, series.last, series.active[0], series.active[-1]) == (1990, 2019, 11, 301)


def test_words_that_all_labels_begin_with_are_told_once_where_there_is_no_room() -> None:
    long = [
        f"a quotient that has a name of more than fifty characters of industry {i}" for i in (1, 2)
    ]
    start = "a quotient that has a name of more than fifty characters of industry "
    assert told_once(long) == start
    assert told_once(["short 1", "short 2"]) == ""
    assert told_once(long[:1]) == ""
    estimates = [an_estimate(str(i), 1.0, label=same(label)) for i, label in enumerate(long)]
    drawn = Page(interval_plot(estimates, "", "en", synthetic=False)).words("text")
    assert drawn[0] == f"{start}…"
    assert {"1", "2"} <= set(drawn)


def test_a_label_breaks_into_lines_before_it_loses_its_middle() -> None:
    words = "Share of industry 2599 (Manufacture of other fabricated metal products) within 10 km"
    lines = wrapped(words, 384.0, 3)
    assert " ".join(lines) == words
    assert len(wrapped("长" * 400, 384.0, 3)) == 3
    assert all(width_of(line) <= 384.0 for line in wrapped("长" * 400, 384.0, 3))
    assert wrapped("short", 384.0, 3) == ("short",)
