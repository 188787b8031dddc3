"""Calibration, forecasts, sensitivity and twins on small simulated records with a known truth.

Paper: K1c (twins), Q22
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from jiqun.experiments.calibration import as_text as calibration_text
from jiqun.experiments.calibration import calibrate
from jiqun.experiments.dotted import changed
from jiqun.experiments.fitting import Table, run_table, statistics_of
from jiqun.experiments.forecast_text import backtest_text, forecast_text
from jiqun.experiments.forecasting import NAIVE, backtest, demand_years, forecast
from jiqun.experiments.observed import Observed, observe
from jiqun.experiments.sensitivity import Design, sensitivity
from jiqun.experiments.sensitivity import as_text as sensitivity_text
from jiqun.experiments.store import RunStore
from jiqun.experiments.twins import as_text as twins_text
from jiqun.experiments.twins import crossed, twins
from jiqun.experiments.uncertainty import Uncertain, load_uncertainty
from jiqun.experiments.widening import Forecaster, past_years
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulate import simulate
from jiqun.numerics.forecast_scores import covers, crps
from jiqun.record.problem import InputError
from jiqun.record.record import Record
from tests.experiments.small_experiment import Here

YEARS = 6
DEMAND, NOTHING = "rules.market.demand_growth", "rules.market.support"
HIGHEST, TRUTH = 0.1, 0.05


def scenario() -> Scenario:
    return bundled("native_core").model_copy(update={"periods": 4 * YEARS})


def prior() -> tuple[Uncertain, ...]:
    return load_uncertainty({DEMAND: [0.0, HIGHEST], "longitude": [100.0, 130.0]}, scenario())


@pytest.fixture(scope="module")
def observed() -> Observed:
    return observe(simulate(changed(scenario(), {DEMAND: TRUTH}), seed=77))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs") / "store"


@pytest.fixture(scope="module")
def table(store: Path) -> Table:
    return run_table(
        scenario(), prior(), RunStore(store), Here(), runs=150, years=YEARS, seed=1, workers=2
    )


def test_the_series_of_a_record_are_those_of_its_run() -> None:
    """What a record shows of a run at the end of each year is what the census counted."""
    from jiqun.experiments.census import NAMES
    from jiqun.experiments.run import Run, perform

    rows = perform(Run(scenario(), 5))
    seen = observe(simulate(scenario(), seed=5))
    firms = rows[:, NAMES.index("firms")]
    np.testing.assert_allclose(seen.series["firms"], np.log(firms / firms[0]), atol=0.03)
    share = rows[:, NAMES.index("digital_share")]
    np.testing.assert_allclose(seen.series["digital_share"][1:], share[1:], atol=0.05)
    assert np.corrcoef(seen.series["sales"], np.log(rows[:, NAMES.index("sales")]))[0, 1] > 0.95


def test_what_left_a_trace_is_found_and_what_did_not_is_not_identified(
    observed: Observed, store: Path
) -> None:
    found = calibrate(
        observed, scenario(), prior(), RunStore(store), Here(), runs=150, seed=1, workers=2
    )
    demand, place = found.parameters
    assert demand.identified
    assert demand.low is not None
    assert demand.high is not None
    assert demand.low < TRUTH < demand.high
    assert demand.high - demand.low < 0.8 * HIGHEST
    assert not place.identified
    assert place.median is None
    assert {check.held_out for check in found.checks} == {True, False}
    assert len(found.draws) == 1000
    assert all(0.0 <= draw[DEMAND] <= HIGHEST for draw in found.draws)
    assert "not identified" in calibration_text(found, "en")
    assert "不可识别" in calibration_text(found, "zh")
    assert found.to_dict("zh")["years"] == YEARS


def test_a_forecast_goes_on_from_the_last_value(table: Table, observed: Observed) -> None:
    known = observed.until(YEARS - 2)
    found = forecast(table, known, years=2, seed=1)
    assert {row.year for row in found.rows} == {
        observed.first_year + YEARS - 2,
        observed.first_year + YEARS - 1,
    }
    for row in found.rows:
        ends = [row.low95, row.low80, row.low50, row.median, row.high50, row.high80, row.high95]
        assert ends == sorted(ends)
    sales = next(r for r in found.rows if r.pattern == "sales")
    assert sales.median > known.series["sales"][-1]
    assert forecast_text(found, "en").count("\n|") == forecast_text(found, "zh").count("\n|")


def test_what_a_model_gets_wrong_year_after_year_moves_and_widens_its_forecast(
    table: Table, observed: Observed
) -> None:
    """The record grows by 0.5 a year more than any run of the model can."""
    off = {"sales": observed.series["sales"] + 0.5 * np.arange(YEARS)}
    strange = Observed(observed.first_year, off, observed.sizes)
    known = strange.until(YEARS - 1)
    model = Forecaster(table, seed=1)
    alone, widened = (paths(known, 1)["sales"][:, 0] for paths in (model.alone, model.widened))
    came = float(strange.series["sales"][-1])
    assert not covers(alone, came, level=0.95)
    assert covers(widened, came, level=0.95)
    assert crps(widened, came) < 0.5 * crps(alone, came)
    found = forecast(table, known, years=1, seed=1)
    rows = {row.pattern: row for row in found.rows}
    assert rows["sales"].low95 < came < rows["sales"].high95
    assert found.alone[0].high95 < came
    assert any("3 past years" in warning.en for warning in found.warnings)
    assert any("So few past errors" in warning.en for warning in found.warnings)


def test_past_years_are_forecast_from_what_was_known_before(
    observed: Observed,
) -> None:
    assert list(past_years(observed)) == [2, 3, 4, 5]
    long = Observed(1900, {}, np.ones((1, 90)))
    assert list(past_years(long)) == list(range(70, 90))


def test_a_backtest_scores_all_methods_on_the_same_values(table: Table, observed: Observed) -> None:
    found = backtest(table, observed, years=1, origins=2, seed=1)
    assert found.origins == (observed.first_year + YEARS - 3, observed.first_year + YEARS - 2)
    assert {row.values for row in found.scores} == {2}
    methods = {row.method for row in found.scores if row.pattern == "sales"}
    assert methods == {"model", "model_alone", "persistence", "linear_trend", "independent_firms"}
    assert set(found.energy) == methods
    by = {(r.method, r.pattern): r.crps for r in found.scores}
    for name, better in found.lost_to.items():
        assert set(better) == {m for m in NAIVE if by.get((m, name), 9.0) < by["model", name]}
    text = backtest_text(found, "en")
    assert all(("loses to" in text) == bool(any(found.lost_to.values())) for _ in "a")
    assert "CRPS" in backtest_text(found, "zh")


def test_totals_alone_are_scored_without_independent_firms(
    table: Table, observed: Observed
) -> None:
    totals = Observed(observed.first_year, observed.series, np.empty((0, observed.years)))
    found = backtest(table, totals, years=1, origins=2, seed=1)
    methods = {"model", "model_alone", "persistence", "linear_trend"}
    assert {row.method for row in found.scores} == methods
    assert set(found.energy) == methods
    whole = backtest(table, observed, years=1, origins=2, seed=1)
    assert [r for r in whole.scores if r.method != "independent_firms"] == list(found.scores)


def test_hidden_years_do_not_reach_the_forecast(table: Table, observed: Observed) -> None:
    """Whatever comes later, what is forecast from the same past is the same."""
    spoilt = Observed(
        observed.first_year,
        {name: np.append(v[:4], v[4:] * 50.0) for name, v in observed.series.items()},
        np.hstack([observed.sizes[:, :4], observed.sizes[:, 4:] * 9.0]),
    )
    one, other = (forecast(table, o.until(4), years=2, seed=1) for o in (observed, spoilt))
    assert one.rows == other.rows


def test_too_much_hidden_or_nothing_to_see_is_said(observed: Observed) -> None:
    with pytest.raises(InputError) as caught:
        demand_years(observed, years=2, origins=2)
    assert [p.rule for p in caught.value.problems] == ["experiment.series"]
    empty = observe(Record({"firms": pl.DataFrame({"firm_id": ["a"], "name": ["A"]})}))
    with pytest.raises(InputError) as caught:
        calibrate(empty, scenario(), prior(), RunStore("none"), Here(), runs=100, seed=1, workers=1)
    assert [p.rule for p in caught.value.problems] == ["experiment.series"]
    assert not Path("none").exists()


def test_a_record_of_dates_alone_gives_the_number_of_firms() -> None:
    firms = {
        "firm_id": list("abcde"),
        "name": list("ABCDE"),
        "founded": ["2000-01-01", "2001-05-01", "2002-01-01", "2003-01-01", "2004-01-01"],
        "closed": [None, "2003-02-01", None, None, None],
    }
    frame = pl.DataFrame(firms).with_columns(pl.col("founded", "closed").str.to_date())
    found = observe(Record({"firms": frame}))
    assert found.first_year == 2000
    np.testing.assert_allclose(np.exp(found.series["firms"]), [1, 2, 3, 3, 4])
    assert set(found.series) == {"firms"}


def test_statistics_are_means_of_thirds() -> None:
    np.testing.assert_allclose(statistics_of(np.arange(6.0)), [0.5, 2.5, 4.5])
    np.testing.assert_allclose(statistics_of(np.arange(2.0)), [0.0, 1.0])


def test_sensitivity_tells_what_does_something_from_what_does_nothing(store: Path) -> None:
    found = sensitivity(
        scenario(),
        prior(),
        RunStore(store),
        Here(),
        outcome="sales",
        design=Design(trajectories=4, sobol=8, seeds=1, strongest=2),
        seed=0,
        workers=2,
    )
    assert [row.path for row in found.morris] == [DEMAND, "longitude"]
    assert found.morris[0].mu > 0.0
    assert found.morris[1].mu_star == 0.0
    assert {row.path: row.total for row in found.sobol}["longitude"] == pytest.approx(0.0, abs=1e-9)
    assert found.runs == 4 * 3 + 8 * 4
    assert sensitivity_text(found, "en").count("|") == sensitivity_text(found, "zh").count("|")


def test_twins_that_differ_in_one_part_give_it_all(store: Path) -> None:
    one = bundled("incumbent_core").model_copy(update={"periods": 8})
    assert one.core is not None
    other = one.model_copy(update={"core": one.core.model_copy(update={"logic": 0.95})})
    assert crossed(one, other, logic=1, firms=0, places=0) == other
    found = twins(
        one, other, RunStore(store), Here(), outcomes=("data", "ties"), seeds=3, seed=0, workers=1
    )
    shares = {row.factor: row.share or 0.0 for row in found.of("data")}
    assert shares["firms"] == pytest.approx(0.0, abs=1e-9)
    assert shares["places"] == pytest.approx(0.0, abs=1e-9)
    assert shares["logic"] > 0.0
    assert sum(shares.values()) == pytest.approx(1.0)
    assert found.standing["data"] == "largest"
    assert found.runs == 8 * 3
    assert twins_text(found, "en").count("|") == twins_text(found, "zh").count("|")


def test_twins_that_are_the_same_differ_by_chance_alone(store: Path) -> None:
    one = bundled("incumbent_core").model_copy(update={"periods": 8})
    parts = {"outcomes": ("data",), "seed": 0, "workers": 1}
    found = twins(one, one, RunStore(store), Here(), seeds=3, **parts)  # type: ignore[arg-type]  # parts go by name
    assert {row.factor: row.share for row in found.shares} == pytest.approx(
        {"logic": 0.0, "firms": 0.0, "places": 0.0, "chance": 1.0}
    )
    assert found.standing["data"] == "undetermined"
    still = twins(one, one, RunStore(store), Here(), seeds=1, **parts)  # type: ignore[arg-type]  # as above
    assert {row.share for row in still.shares} == {None}
    assert still.standing["data"] == "no_spread"
    assert "–" in twins_text(still, "zh")


def test_twins_need_a_core_each() -> None:
    with pytest.raises(InputError) as caught:
        crossed(bundled("incumbent_core"), bundled("traditional"), logic=1, firms=0, places=0)
    assert [(p.rule, p.table) for p in caught.value.problems] == [
        ("experiment.twins", bundled("traditional").name)
    ]
