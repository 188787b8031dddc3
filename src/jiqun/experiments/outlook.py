"""Outlook 展望: what a record's own past leads one to expect, and how a forecast did once the years came.

Two naive methods read each series alone. They know nothing of clusters, cost nothing, and are what a
forecast of the model has to beat; how they would have done on this record stands beside them.

A forecast is scored by what came *since* its last known year, as today's record knows it: what was only
measured anew in between is not counted as an error of the forecast.

Paper: P3 (dynamic policy needs an outlook), Q22
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from jiqun.experiments.forecasting import (
    Backtest,
    Forecast,
    ForecastRow,
    forecast_rows,
    score_rounds,
    series_paths,
)
from jiqun.experiments.observed import FEWEST_YEARS, Observed
from jiqun.numerics.forecast_scores import interval_score

YEARS = 5
LONGEST_ROUND, MOST_ROUNDS = 3, 5
SAME = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the past of a record leads one to expect.

    Attributes
    ----------
    observed
        The series so far.
    naive
        Method → its rows for the years to come.
    scores
        How the same methods would have done on the last years; None where too few are known.
    """

    observed: Observed
    naive: Mapping[str, tuple[ForecastRow, ...]]
    scores: Backtest | None


def outlook(observed: Observed, *, years: int = YEARS, seed: int = 0) -> Outlook | None:
    """Look ahead from the end of a record; None where it has no series over years.

    Parameters
    ----------
    observed
        The record so far.
    years
        Years to come.
    seed
        Seed of the resampling.
    """
    if not observed.series:
        return None
    paths = series_paths(observed, years, seed=seed)
    return Outlook(
        observed=observed,
        naive={method: forecast_rows(found, observed) for method, found in paths.items()},
        scores=_scores(observed, seed),
    )


def _scores(observed: Observed, seed: int) -> Backtest | None:
    """Hide the last years, as many as leave a series to forecast from, and score."""
    spare = observed.years - FEWEST_YEARS
    if spare < 1:
        return None
    years = max(1, min(LONGEST_ROUND, spare // 2))
    return score_rounds(
        lambda known: series_paths(known, years, seed=seed),
        observed,
        years=years,
        origins=min(spare - years + 1, MOST_ROUNDS),
        scenario="",
    )


def is_of(found: Forecast, observed: Observed) -> bool:
    """Say whether a forecast was made from this record, as it stands."""
    own = observed.history
    return found.history.keys() == own.keys() and all(
        [year for year, _ in found.history[name]] == [year for year, _ in own[name]]
        and all(
            math.isclose(a, b, rel_tol=SAME, abs_tol=SAME)
            for (_, a), (_, b) in zip(found.history[name], own[name], strict=True)
        )
        for name in own
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was forecast for one year of one series, and what came.

    Attributes
    ----------
    method, row
        What was forecast by which method.
    last
        Last value known when it was forecast.
    came
        That value and what was added to it since.
    score
        Weighted interval score; less is better.
    """

    method: str
    row: ForecastRow
    last: float
    came: float
    score: float

    @property
    def within(self) -> bool:
        """Whether the middle 80 per cent hold what came."""
        return self.row.low80 <= self.came <= self.row.high80


def outcomes(
    forecasts: Mapping[str, tuple[ForecastRow, ...]], then: Observed, now: Observed
) -> tuple[Outcome, ...]:
    """Hold forecasts to what came; years and series that today's record does not have are left out.

    Parameters
    ----------
    forecasts
        Method → rows, forecast from ``then``.
    then, now
        Series as last year's record and as today's has them.
    """
    last_year = then.first_year + then.years - 1
    known = {name: dict(points) for name, points in now.history.items()}
    found = []
    for method, rows in forecasts.items():
        for row in rows:
            after = known.get(row.pattern, {})
            if row.pattern not in then.series or not {row.year, last_year} <= after.keys():
                continue
            last = float(then.series[row.pattern][-1])
            came = last + after[row.year] - after[last_year]
            score = interval_score(row.median, _intervals(row), came)
            found.append(Outcome(method=method, row=row, last=last, came=came, score=score))
    return tuple(found)


def _intervals(row: ForecastRow) -> tuple[tuple[float, float, float], ...]:
    return (
        (0.5, row.low50, row.high50),
        (0.8, row.low80, row.high80),
        (0.95, row.low95, row.high95),
    )
