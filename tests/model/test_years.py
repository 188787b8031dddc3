"""Years: the quick way counts what the record of the same run says.

Paper: K1c (an ensemble compares the same runs).
"""

import polars as pl
import pytest

from jiqun.model.recording import MODE_CODES
from jiqun.model.scenario_schema import OwnerLeaves
from jiqun.model.simulate import simulate
from jiqun.model.simulation import Simulation
from jiqun.model.years import simulate_years
from tests.model.small import assert_same, small

MILLION = 1e6


def test_years_are_those_of_the_record() -> None:
    scenario = small(events=(OwnerLeaves(kind="owner_leaves", start=22),))
    years, record = simulate_years(scenario, seed=5), simulate(scenario, seed=5)
    assert years.size == 10
    innovations = record["innovations"].group_by(pl.col("date").dt.year() - 2000, "mode").len()
    for year, mode, count in innovations.iter_rows():
        assert years.innovations[year, MODE_CODES.index(mode)] == count
    assert years.innovations.sum() == record["innovations"].height
    begun = record["alliances"]["start"].dt.year() - 2000
    assert years.alliances.tolist() == [int((begun == y).sum()) for y in range(10)]
    outcomes = record["alliances"]["outcome"].value_counts()
    counted = dict(outcomes.iter_rows())
    assert years.succeeded.sum() == counted["succeeded"]
    assert years.entered.sum() == (record["firms"]["founded"].is_not_null()).sum()
    assert years.left.sum() == (record["firms"]["closed"].is_not_null()).sum()
    going = record["ties"].filter(pl.col("end").is_null())["kind"].value_counts()
    assert dict(going.iter_rows()) == {
        "supply": years.supply_ties[-1],
        "data_flow": years.data_links[-1],
    }
    # The books close with a firm; a firm that leaves in a quarter has no row for it.
    books = record["accounts"].group_by(pl.col("start").dt.year()).agg(pl.sum("revenue"))
    for year, revenue in books.iter_rows():
        assert years.sales[year - 2000] == pytest.approx(revenue / MILLION)


def test_the_quick_way_is_the_same_run() -> None:
    scenario = small(periods=22)
    run = Simulation.begin(scenario, seed=5)
    run.run(20, recording=False)
    whole = simulate_years(scenario, seed=5)
    assert whole.size == 5
    assert whole.firms[-1] == run.world.tally[0]
    again = Simulation.begin(scenario, seed=5)
    again.run(20)
    assert_same(run.world, again.world)
