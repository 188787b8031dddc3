"""Events: each does what it says at its date and nothing before; demand returns where it was.

Paper: Q17 (an owner leaves, decline), T6 (ties across regions).
"""

import numpy as np
import pytest

from jiqun.model.scenario_schema import DemandChange, OutsideRise, OwnerLeaves, Scenario, TiesCut
from jiqun.model.simulation import Simulation
from jiqun.model.state import LIVING, NOBODY, PLATFORMS
from tests.model.small import assert_same, small

DATE = 20


def run(*events: DemandChange | OutsideRise | OwnerLeaves | TiesCut, until: int) -> Simulation:
    scenario: Scenario = small(events=events)
    simulation = Simulation.begin(scenario, seed=7)
    simulation.run(until, recording=False)
    return simulation


def across(simulation: Simulation) -> int:
    """Count the relations between regions."""
    w = simulation.world
    here = w.lists.roster[: int(w.tally[LIVING])]
    region = w.firms.region
    count = 0
    for column in (w.relations.supplier, w.relations.link):
        partners = column[here]
        count += int(((partners != NOBODY) & (region[partners] != region[here][:, None])).sum())
    return count


@pytest.mark.parametrize(
    "event",
    [
        DemandChange(kind="demand", start=DATE, factor=0.5),
        OutsideRise(kind="outside", start=DATE, factor=2.0),
        OwnerLeaves(kind="owner_leaves", start=DATE),
        TiesCut(kind="ties_cut", start=DATE),
    ],
)
def test_nothing_happens_before_the_date_and_something_after(
    event: DemandChange | OutsideRise | OwnerLeaves | TiesCut,
) -> None:
    assert_same(run(event, until=DATE).world, run(until=DATE).world)
    after, without = run(event, until=DATE + 1).world, run(until=DATE + 1).world
    with pytest.raises(AssertionError):
        assert_same(after, without)


def test_demand_is_changed_and_returns() -> None:
    start = run(until=1).world.industries.demand
    dip = DemandChange(kind="demand", start=4, stop=8, industries=("2822",), factor=0.25)
    rise = DemandChange(kind="demand", start=6, factor=3.0)
    for until, factor in ((4, 1.0), (5, 0.25), (7, 0.75), (9, 3.0)):
        now = run(dip, rise, until=until).world.industries.demand
        assert now[2] == pytest.approx(start[2] * factor)
    assert run(dip, until=12).world.industries.demand.tolist() == start.tolist()


def test_the_owner_of_the_largest_platform_is_gone_and_its_platform_with_it() -> None:
    before = run(until=DATE).world
    p = int(np.argmax(np.where(before.platforms.owner != NOBODY, before.platforms.members, -1)))
    owner = int(before.firms.key[before.platforms.owner[p]])
    serial = int(before.platforms.serial[p])
    after = run(OwnerLeaves(kind="owner_leaves", start=DATE), until=DATE + 1).world
    living = after.lists.roster[: int(after.tally[LIVING])]
    assert owner not in after.firms.key[living]
    running = after.platforms.owner[:PLATFORMS] != NOBODY
    assert serial not in after.platforms.serial[:PLATFORMS][running]


def test_an_owner_that_is_not_there_cannot_leave() -> None:
    event = OwnerLeaves(kind="owner_leaves", start=0)
    assert_same(run(event, until=3).world, run(until=3).world)


def test_ties_between_regions_are_cut_as_long_as_it_lasts() -> None:
    cut = TiesCut(kind="ties_cut", start=DATE, stop=DATE + 6)
    full, lasting, after = run(until=DATE + 6), run(cut, until=DATE + 6), run(cut, until=DATE + 12)
    assert 0 < across(lasting) < 0.5 * across(full)  # of one period, not of twenty-six
    assert across(after) > across(lasting)
    supply_only = TiesCut(kind="ties_cut", start=DATE, relations=("supply",))
    assert across(run(supply_only, until=DATE + 1)) > across(
        run(TiesCut(kind="ties_cut", start=DATE), until=DATE + 1)
    )
