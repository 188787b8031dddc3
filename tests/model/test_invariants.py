"""Invariants: they hold for whatever a scenario may say, and each is noticed when it is broken.

Paper: Q17 (runs that stall, decline or break up are runs too).
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.model.invariants import BrokenInvariantError, before, verify
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import ENTERED, LIVING
from jiqun.model.world import World
from tests.model.drawn import scenarios
from tests.model.small import small


@settings(max_examples=25, deadline=None, derandomize=True)
@given(scenario=scenarios(events=True), seed=st.integers(0, 2**40))
def test_every_invariant_holds_in_every_period(scenario: Scenario, seed: int) -> None:
    run = Simulation.begin(scenario, seed=seed)
    run.run(14, recording=False, check=True)
    assert run.period == 14


def first(w: World) -> int:
    return int(w.lists.roster[0])


def spend(w: World) -> None:
    w.firms.cash[first(w)] += 1.0


def kill_supplier(w: World) -> None:
    here = w.lists.roster[: int(w.tally[LIVING])]
    row = next(i for i in here.tolist() if w.relations.supplier[i, 0] >= 0)
    w.firms.alive[w.relations.supplier[row, 0]] = 0


def supply_itself(w: World) -> None:
    w.relations.supplier[first(w), 0] = first(w)


def link_twice(w: World) -> None:
    w.relations.link[first(w), :2] = w.lists.roster[1]


def join_closed(w: World) -> None:
    w.relations.home[first(w), 0] = int((w.platforms.owner < 0).nonzero()[0][0])


def overflow(w: World) -> None:
    w.firms.digital[first(w)] = 1.5


def miscount(w: World) -> None:
    w.tally[ENTERED] += 1


def crowd_alliance(w: World) -> None:
    w.alliances.headcount[first(w)] = 1


def go_infinite(w: World) -> None:
    w.firms.price[first(w)] = float("inf")


@pytest.mark.parametrize(
    "fault",
    [
        spend,
        kill_supplier,
        supply_itself,
        link_twice,
        join_closed,
        overflow,
        miscount,
        crowd_alliance,
        go_infinite,
    ],
)
def test_each_fault_is_noticed(fault: Callable[[World], None]) -> None:
    run = Simulation.begin(small(), seed=1)
    run.run(20, recording=False)
    was = before(run.world)
    run.run(21, recording=False)
    verify(run.world, was, 20)
    fault(run.world)
    with pytest.raises(BrokenInvariantError, match="period 20"):
        verify(run.world, was, 20)
