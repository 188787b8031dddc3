"""Years 年度结果: what a run led to, year by year, summed inside the loop and without a record.

The quick way for ensembles: the loop over periods and the sums of each are one compiled call, and a
run leaves one table of a few hundred numbers. Flows are sums over the year, stocks are as at its end.
For everything else, run with recording.
"""

from typing import Annotated

from jiqun.model.compiled import compiled, inside
from jiqun.model.events import happen, next_stop
from jiqun.model.period import advance
from jiqun.model.processes.ally import FAILED, SUCCEEDED
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import (
    ENTERED,
    HOMES,
    LEFT,
    LINKS,
    LIVING,
    MODES,
    NOBODY,
    PLATFORMS,
    SUPPLIERS,
    Field,
    Floats,
    Longs,
    Table,
    allocate,
)
from jiqun.model.world import World

YEAR = 4
"""Periods of a year."""


class Years(Table):
    """Outcomes, one row a year."""

    firms: Annotated[Longs, Field("firms at the end", "firms")]
    entered: Annotated[Longs, Field("entrants", "firms")]
    left: Annotated[Longs, Field("exits", "firms")]
    sales: Annotated[Floats, Field("sales of goods and services", "money")]
    digital_sales: Annotated[Floats, Field("of that, of digital services", "money")]
    profit: Annotated[Floats, Field("profit", "money")]
    factors: Annotated[Floats, Field("traditional factors at the end", "100 persons")]
    stock: Annotated[Floats, Field("own data at the end", "data")]
    pooled: Annotated[Floats, Field("pooled data at the end", "data")]
    digital: Annotated[Floats, Field("mean digital capability at the end")]
    logic: Annotated[Floats, Field("mean dominant logic at the end")]
    supply_ties: Annotated[Longs, Field("supply ties at the end", "ties")]
    data_links: Annotated[Longs, Field("data links at the end", "links")]
    platforms: Annotated[Longs, Field("open platforms at the end", "platforms")]
    participants: Annotated[Longs, Field("firms on a platform at the end", "firms")]
    users: Annotated[Floats, Field("users at the end", "users")]
    innovations: Annotated[
        Longs, Field("by mode: efficiency, convergence, digital value", width=MODES)
    ]
    alliances: Annotated[Longs, Field("alliances begun", "alliances")]
    succeeded: Annotated[Longs, Field("alliances that succeeded", "alliances")]
    failed: Annotated[Longs, Field("alliances that failed", "alliances")]


@inside
def add_flows(w: World, period: int, years: Years) -> None:
    """Add what flowed in a period to its year."""
    y = period // YEAR
    for r in range(w.tally[LIVING]):
        i = w.lists.roster[r]
        if w.firms.born[i] == period and period > 0:
            continue
        digital = w.firms.digital_revenue[i]
        years.sales[y] += w.firms.revenue[i] + digital
        years.digital_sales[y] += digital
        years.profit[y] += w.firms.profit[i]
        if w.firms.mode[i] != NOBODY:
            years.innovations[y, w.firms.mode[i]] += 1
        event = w.alliances.event[i]
        begun = w.alliances.headcount[i] > 0 and w.alliances.since[i] == period
        years.alliances[y] += begun  # also where a member was lost in the same period
        years.succeeded[y] += event == SUCCEEDED
        years.failed[y] += event == FAILED


@inside
def set_stocks(w: World, period: int, years: Years) -> None:
    """Note the state at the end of a period as that of its year."""
    y, living = period // YEAR, w.tally[LIVING]
    years.firms[y] = living
    for r in range(living):
        i = w.lists.roster[r]
        years.factors[y] += w.firms.factors[i]
        years.stock[y] += w.firms.stock[i]
        years.digital[y] += w.firms.digital[i] / living
        years.logic[y] += w.firms.logic[i] / living
        on_one = 0
        for s in range(SUPPLIERS):
            years.supply_ties[y] += w.relations.supplier[i, s] != NOBODY
        for s in range(LINKS):
            years.data_links[y] += w.relations.link[i, s] != NOBODY
        for h in range(HOMES):
            on_one = max(on_one, int(w.relations.home[i, h] != NOBODY))
        years.participants[y] += on_one
    for p in range(PLATFORMS):
        if w.platforms.owner[p] != NOBODY:
            years.platforms[y] += 1
            years.pooled[y] += w.platforms.pooled[p]
            years.users[y] += w.platforms.users[p]


@compiled
def advance_years(w: World, start: int, stop: int, years: Years) -> None:
    """Run periods and note the years that they make."""
    for period in range(start, stop):
        entered, left = w.tally[ENTERED], w.tally[LEFT]
        advance(w, period, period + 1)
        years.entered[period // YEAR] += w.tally[ENTERED] - entered
        years.left[period // YEAR] += w.tally[LEFT] - left
        add_flows(w, period, years)
        if period % YEAR == YEAR - 1:
            set_stocks(w, period, years)


def simulate_years(scenario: Scenario, *, seed: int = 0) -> Years:
    """Run a scenario on one thread without recording and return its years.

    Parameters
    ----------
    scenario
        From :func:`jiqun.model.scenario.load`; periods beyond its last whole year are not run.
    seed
        At least 0. The run is that of :func:`jiqun.model.simulate.simulate` with the same seed.

    Returns
    -------
    Years
        A structured array with a row for each whole year.
    """
    run = Simulation.begin(scenario, seed=seed, recording=False)
    whole = scenario.periods // YEAR * YEAR
    years = allocate(Years, whole // YEAR)
    while run.period < whole:
        happen(run.world, scenario, run.period)
        stop = next_stop(scenario, run.period, whole)
        advance_years(run.world, run.period, stop, years)
        run.period = stop
    return years
