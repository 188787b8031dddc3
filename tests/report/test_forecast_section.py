"""The forecast in the report: past, bands, scores, and a plain word where a model is worth nothing.

Paper: P3 (dynamic policy needs an outlook), Q22
"""

import math
from dataclasses import replace
from datetime import date

import pytest

from jiqun.experiments.forecasting import Backtest, Forecast
from jiqun.experiments.outlook import outcomes, outlook
from jiqun.report.block import Block, Download, Figure, Grid, Items, Number, Paragraph
from jiqun.report.sections.forecast import FORECAST
from jiqun.report.sections.since import SINCE
from jiqun.report.sharing import shared
from jiqun.report.since import Since
from jiqun.report.study import Study
from tests.experiments.test_documents import BACKTEST
from tests.experiments.test_outlook import a_row, straight
from tests.report.study_samples import a_diagnosis, a_study


def a_study_with_years(years: int = 8) -> Study:
    return replace(a_study(), outlook=outlook(straight(years), seed=1))


def a_forecast(years: int = 8) -> Forecast:
    rows = tuple(a_row(2000 + years + n, 0.1 * (years + n), 0.01) for n in range(5))
    history = straight(years).history
    return Forecast(scenario="native_core", history=history, rows=rows, warnings=())


def notices(blocks: tuple[Block, ...]) -> list[str]:
    return [b.text.en for b in blocks if isinstance(b, Paragraph) and b.notice]


def test_an_index_is_told_as_per_cent_of_the_last_known_year() -> None:
    study = replace(a_study_with_years(), forecast=a_forecast())
    blocks = FORECAST.build(study)
    table = next(b for b in blocks if isinstance(b, Grid))
    assert [h.en for h in table.heads] == [
        "series", "method", "last known (2007)", "2008", "2010", "2012",
    ]  # fmt: skip
    label, method, last, first, *_ = table.rows[0]
    assert (label.en, method.en) == ("sales, % of 2007", "model")  # type: ignore[union-attr]
    assert isinstance(last, Number)
    assert last.value == 100.0
    assert first.value == pytest.approx(100 * math.exp(0.1))  # type: ignore[union-attr]
    assert first.low == pytest.approx(100 * math.exp(0.08))  # type: ignore[union-attr]
    (rows,) = [b for b in blocks if isinstance(b, Download)]
    assert rows.total == 15  # five years by three methods


def test_the_figure_draws_past_and_future_and_tells_both() -> None:
    (figure,) = [b for b in FORECAST.build(a_study_with_years()) if isinstance(b, Figure)]
    methods = [row[1].en for row in figure.data.rows]  # type: ignore[union-attr]
    assert methods == ["record"] * 8 + ["linear trend"] * 5  # it did best on this series
    assert [row[2] for row in figure.data.rows] == [str(y) for y in range(2000, 2013)]
    assert figure.data.rows[0][4] is None
    assert figure.data.rows[-1][4] is not None
    assert "for 2012 the median is" in figure.alt.en
    assert "sales, % of 2007 (linear trend)" in figure.draw("en")


def test_a_forecast_of_another_record_is_told_so() -> None:
    own = replace(a_study_with_years(), forecast=a_forecast())
    other = replace(a_study_with_years(), forecast=a_forecast(7))
    assert not any("another record" in n for n in notices(FORECAST.build(own)))
    assert any("another record" in n for n in notices(FORECAST.build(other)))


def test_losing_to_a_naive_method_is_told() -> None:
    study = replace(a_study_with_years(), forecast=a_forecast(), backtest=BACKTEST)
    (told,) = [b for b in FORECAST.build(study) if isinstance(b, Items)]
    assert "the model did worse than persistence" in str(told.items)
    better: Backtest = replace(BACKTEST, lost_to={"sales": ()})
    (told,) = [b for b in FORECAST.build(replace(study, backtest=better)) if isinstance(b, Items)]
    assert "no naive method did better" in str(told.items)


def test_without_series_it_says_what_would_give_one() -> None:
    (only,) = FORECAST.build(a_study())
    assert isinstance(only, Paragraph)
    assert "dates of founding" in only.text.en


def test_last_years_forecast_is_scored_and_a_worthless_model_called_so() -> None:
    then, now = straight(8), straight(10)
    naive = outlook(then, seed=1)
    assert naive is not None
    wrong = tuple(a_row(2008 + n, 5.0, 0.01) for n in range(2))
    found = outcomes({"model": wrong, **naive.naive}, then, now)
    since = Since(
        name="last",
        until=date(2007, 12, 31),
        stayed=1,
        entered=0,
        left=0,
        rows={},
        made_then=(),
        made_now=(),
        changes=(),
        gained=(),
        lost=(),
        then=a_diagnosis(),
        again=a_diagnosis(),
        outcomes=found,
        forecast="scored",
    )
    study = replace(a_study(diagnosis=a_diagnosis()), since=since)
    blocks = SINCE.build(study)
    grid = next(b for b in blocks if isinstance(b, Grid) and b.sheet == "forecast_outcomes")
    assert len(grid.rows) == 6  # two years by three methods
    assert any("worth no more than none" in n for n in notices(blocks))
    good = outcomes({"model": tuple(a_row(2008 + n, 0.8 + 0.1 * n, 0.001) for n in range(2)),
                     "persistence": naive.naive["persistence"]}, then, now)  # fmt: skip
    fine = SINCE.build(replace(study, since=replace(since, outcomes=good)))
    assert not any("worth no more" in n for n in notices(fine))


def test_a_shared_report_leaves_out_what_rests_on_four_firms() -> None:
    study = a_study_with_years()
    assert study.outlook is not None
    series = dict(study.outlook.observed.series) | {
        "top_share": study.outlook.observed.series["sales"]
    }
    observed = replace(study.outlook.observed, series=series)
    told = shared(replace(study, outlook=outlook(observed, seed=1)))
    assert told.outlook is not None
    assert set(told.outlook.observed.series) == {"sales"}
    assert {row.pattern for rows in told.outlook.naive.values() for row in rows} == {"sales"}
    few = replace(observed, sizes=observed.sizes[:4])
    assert shared(replace(study, outlook=outlook(few, seed=1))).outlook is None
