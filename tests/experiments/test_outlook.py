"""Outlook: naive methods that are scored on the record itself, and forecasts held to what came.

Paper: P3 (dynamic policy needs an outlook), Q22
"""

from dataclasses import replace

import numpy as np
import pytest

from jiqun.experiments.forecasting import Forecast, ForecastRow
from jiqun.experiments.observed import Observed
from jiqun.experiments.outlook import is_of, outcomes, outlook


def straight(years: int, slope: float = 0.1, first: int = 2000) -> Observed:
    """A series on a straight line, of ten firms."""
    line = slope * np.arange(years, dtype=np.float64)
    return Observed(first, {"sales": line}, np.ones((10, years)))


def a_row(year: int, median: float, width: float) -> ForecastRow:
    return ForecastRow(
        pattern="sales",
        year=year,
        median=median,
        low50=median - width,
        high50=median + width,
        low80=median - 2 * width,
        high80=median + 2 * width,
        low95=median - 3 * width,
        high95=median + 3 * width,
    )


def test_a_straight_line_is_forecast_by_the_trend_and_missed_by_persistence() -> None:
    found = outlook(straight(8), years=3, seed=1)
    assert found is not None
    (first, *_) = found.naive["linear_trend"]
    assert first.year == 2008
    assert first.median == pytest.approx(0.8)
    assert found.naive["persistence"][0].median == pytest.approx(0.7)
    assert found.scores is not None
    by = {row.method: row.crps for row in found.scores.scores}
    assert by["linear_trend"] == pytest.approx(0.0, abs=1e-9)
    assert by["persistence"] == pytest.approx(0.15, abs=1e-9)  # 0.1 after a year, 0.2 after two
    assert (found.scores.years, len(found.scores.origins)) == (2, 3)


@pytest.mark.parametrize(("years", "rounds"), [(4, None), (5, 1), (6, 2), (30, 5)])
def test_as_many_years_are_hidden_as_leave_a_series(years: int, rounds: int | None) -> None:
    found = outlook(straight(years), seed=1)
    assert found is not None
    assert (found.scores and len(found.scores.origins)) == rounds


def test_without_a_series_there_is_no_outlook() -> None:
    assert outlook(Observed(2000, {}, np.ones((3, 2)))) is None


def test_what_came_is_what_was_added_since_and_not_what_was_measured_anew() -> None:
    """Today's record puts the whole past 0.5 higher; the year itself added 0.1."""
    then = straight(5)
    now = Observed(2000, {"sales": straight(6).series["sales"] + 0.5}, np.ones((10, 6)))
    (found,) = outcomes({"model": (a_row(2005, 0.45, 0.02), a_row(2006, 0.5, 0.1))}, then, now)
    assert found.last == pytest.approx(0.4)
    assert found.came == pytest.approx(0.5)
    assert not found.within
    # |0.5 - 0.45| / 2, then half, a fifth and a twentieth of half of each width, and what lies outside
    widths = 0.5 / 2 * 0.04 + 0.2 / 2 * 0.08 + 0.05 / 2 * 0.12
    outside = (0.5 - 0.47) + (0.5 - 0.49)
    assert found.score == pytest.approx((0.05 / 2 + widths + outside) / 3.5)


def test_a_forecast_is_of_the_record_whose_past_it_has() -> None:
    own = straight(5)
    found = Forecast(scenario="s", history=own.history, rows=(a_row(2005, 0.5, 0.1),), warnings=())
    assert is_of(found, own)
    assert not is_of(found, straight(6))
    assert not is_of(found, straight(5, slope=0.1001))
    assert not is_of(replace(found, history={}), own)
