"""Counting inside the loop gives what NumPy gives of the state at the end of each year, bit for bit."""

import math

import numpy as np
import pytest

from jiqun.experiments.census import NAMES, YEAR, Floats, Groups, groups_of
from jiqun.experiments.counting import no_halves, pairwise
from jiqun.experiments.run import Run, perform, years_of
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import ENTERED, LEFT, LIVING, NOBODY
from jiqun.model.world import World
from tests.model.small import small


def ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else math.nan


def mean(values: Floats) -> float:
    return float(values.mean()) if values.size else math.nan


def census(w: World, groups: Groups, period: int) -> list[float]:
    f, living = w.firms, w.lists.roster[: int(w.tally[LIVING])]
    goods, services = f.revenue[living], f.digital_revenue[living]
    income, factors, digital = goods + services, f.factors[living], f.digital[living]
    sales, few = float(income.sum()), factors < groups.small
    spent = groups.spent[0] * (1.0 + groups.spent[1]) ** period
    selling = income[income > 0.0]
    leading = living[np.argsort(-income, kind="stable")[:3]]
    return [
        sales,
        ratio(float(services.sum()), sales),
        float(income[np.isin(f.key[living], groups.core)].sum()),
        float(income[few].sum()),
        max(spent - float(goods.sum()), 0.0),
        float(f.profit[living].sum()),
        float(living.size),
        float(w.tally[ENTERED]),
        float(w.tally[LEFT]),
        float(factors.sum()),
        mean(digital),
        mean(digital[few]),
        float(f.stock[living].sum()) + float(w.platforms.pooled.sum()),
        float(w.platforms.users.sum()),
        mean(1.0 / (1.0 - f.exponent[leading])),
        float(np.log(selling).std()) if selling.size > 1 else math.nan,
        ratio(float(np.sort(income)[-4:].sum()), sales),
        ratio(float((w.relations.supplier[living] != NOBODY).sum()), float(living.size)),
        float(w.alliances.headcount[living].sum()),
    ]


def year_by_year(scenario: Scenario, seed: int) -> Floats:
    run = Simulation.begin(scenario, seed=seed, recording=False)
    groups = groups_of(scenario, run.world)
    rows = np.empty((years_of(scenario), len(NAMES)))
    for year in range(len(rows)):
        run.run((year + 1) * YEAR, recording=False)
        rows[year] = census(run.world, groups, run.period - 1)
    return rows


@pytest.mark.parametrize("name", ["native_core", "owner_leaves", "ties_cut"])
def test_a_run_counts_what_its_state_says(name: str) -> None:
    scenario = small(name).model_copy(update={"periods": 46})
    assert np.array_equal(perform(Run(scenario, 3)), year_by_year(scenario, 3), equal_nan=True)


def test_years_are_the_same_where_few_are_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = small().model_copy(update={"periods": 27})
    whole = perform(Run(scenario, 3))
    monkeypatch.setattr("jiqun.experiments.counting.AT_ONCE", 500)
    assert np.array_equal(perform(Run(scenario, 3)), whole, equal_nan=True)


def test_a_cluster_that_dies_out_has_amounts_of_nothing_and_no_means() -> None:
    scenario = small().model_copy(update={"periods": 8})
    turnover = scenario.rules.turnover._replace(exit=1.0)
    ended = scenario.model_copy(update={"rules": scenario.rules._replace(turnover=turnover)})
    last = dict(zip(NAMES, perform(Run(ended, 3))[-1], strict=True))
    assert last["firms"] == last["sales"] == last["profit"] == 0.0
    assert all(math.isnan(last[n]) for n in ("digital", "sigma", "size_spread", "top_share"))


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 128, 129, 1000, 4097])
def test_numbers_are_added_as_numpy_adds_them(count: int) -> None:
    values = np.exp(3.0 * np.random.default_rng(1).standard_normal(count))
    assert pairwise(values, count, no_halves()) == values.sum()
