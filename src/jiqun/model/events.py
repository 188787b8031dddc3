"""Events 外部事件: what a scenario lets happen to the cluster at a date, from outside the model.

An event changes the state at the beginning of a period; no process knows of it. It picks firms and
relations by what they are (an owner, a tie across regions), and none reads a kind of cluster.

Paper: Q17 (owners leave, decline), T6 (ties across regions).
"""

from collections.abc import Sequence

import numpy as np

from jiqun.model.scenario_schema import (
    DemandChange,
    OutsideRise,
    OwnerLeaves,
    Scenario,
    TiesCut,
)
from jiqun.model.state import LIVING, NOBODY, PLATFORMS
from jiqun.model.world import World


def next_stop(scenario: Scenario, period: int, until: int) -> int:
    """Return the period, later than this one, before which the next event has to be carried out."""
    dates = {until}
    for event in scenario.events:
        dates.add(event.start)
        stop = getattr(event, "stop", None)
        if stop is not None:
            dates.add(stop)
        if isinstance(event, TiesCut) and event.start <= period < _end(event, until):
            dates.add(period + 1)
    return min(date for date in dates if date > period)


def happen(w: World, scenario: Scenario, period: int) -> None:
    """Carry out what the scenario sets for the beginning of a period."""
    codes = [industry.code for industry in scenario.industries]
    for event in scenario.events:
        if isinstance(event, DemandChange) and period in {event.start, event.stop}:
            w.industries.demand[:-1] = _demand(scenario, period)
        elif isinstance(event, OutsideRise) and period == event.start:
            w.industries.outside[_chosen(event.industries, codes)] *= event.factor
        elif isinstance(event, OwnerLeaves) and period == event.start:
            _close_owner(w, event.rank)
        elif isinstance(event, TiesCut) and event.start <= period < _end(event, scenario.periods):
            _cut(w, event)


def _end(event: TiesCut, until: int) -> int:
    """Return the first period without cuts; an open end is one cut alone."""
    return event.start + 1 if event.stop is None else min(event.stop, until)


def _chosen(named: Sequence[str], codes: list[str]) -> list[int]:
    """Return the industries of an event; none named means all."""
    return [codes.index(code) for code in named] or list(range(len(codes)))


def _demand(scenario: Scenario, period: int) -> np.ndarray:
    """Return the demand of each industry under the changes that hold in a period."""
    codes = [industry.code for industry in scenario.industries]
    demand = np.array([industry.demand for industry in scenario.industries])
    for event in scenario.events:
        if not isinstance(event, DemandChange) or event.start > period:
            continue
        if event.stop is None or period < event.stop:
            demand[_chosen(event.industries, codes)] *= event.factor
    return demand


def _close_owner(w: World, rank: int) -> None:
    """Let the owner of the platform with that rank by participants close."""
    platforms = w.platforms
    running = np.flatnonzero(platforms.owner[:PLATFORMS] != NOBODY)
    order = running[np.lexsort((platforms.serial[running], -platforms.members[running]))]
    if rank <= order.size:
        w.firms.alive[platforms.owner[order[rank - 1]]] = 0


def _cut(w: World, event: TiesCut) -> None:
    """End the relations between firms of different regions."""
    living = w.lists.roster[: int(w.tally[LIVING])]
    for name, column in (("supply", w.relations.supplier), ("data", w.relations.link)):
        if name not in event.relations:
            continue
        partners = column[living]
        region = w.firms.region
        across = (partners != NOBODY) & (region[partners] != region[living][:, None])
        column[living] = np.where(across, NOBODY, partners)
