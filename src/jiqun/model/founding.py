"""Founding 初始化: the world of a scenario at period 0.

What a group shares gets noise of its own for every firm; the draws depend on seed, group and quantity
alone, so that two scenarios which differ in the logic of the core start otherwise equal.
"""

from typing import cast

import numpy as np

from jiqun.model.founding_ties import supply
from jiqun.model.laws import NEAR_COBB_DOUGLAS
from jiqun.model.levers.core_cultivation import CoreCultivation
from jiqun.model.levers.data_circulation import DataCirculation
from jiqun.model.levers.infrastructure import Infrastructure
from jiqun.model.levers.offline_virtual_coordination import OfflineVirtualCoordination
from jiqun.model.levers.scenario_opening import ScenarioOpening
from jiqun.model.levers.schedule import Levers, no_policy
from jiqun.model.levers.templates import Templates
from jiqun.model.rules import Rules
from jiqun.model.scenario_schema import Group, Policy, Scenario
from jiqun.model.start.real_start import RealStart
from jiqun.model.state import (
    BLOCK,
    BOUGHT,
    FREE,
    LIVING,
    NEXT_KEY,
    PLATFORMS,
    ROLES,
    Alliances,
    Firms,
    Floats,
    Index,
    Industries,
    Platforms,
    Regions,
    Relations,
    allocate,
    packed,
)
from jiqun.model.switches import Switches
from jiqun.model.world import World
from jiqun.numerics.random import stream

LARGEST_SHARE = 0.9
"""Of the demand of an industry that the cluster can have at the start."""
SMALLEST_MARKUP = 0.2
"""Markup of firms that are alike and buy at the usual freight, for the prices of the first period."""
SIZE_SPREAD = 0.5
"""Standard deviation of the logarithm of initial factors."""


def found(scenario: Scenario, *, seed: int, start: RealStart | None = None) -> World:
    """Return the world of a scenario before its first period.

    Parameters
    ----------
    scenario
        A checked scenario.
    seed
        Seed of the whole run, at least 0.
    start
        What a record says of the firms; what it does not say is drawn as for other firms.
    """
    firms_at_start = sum(group.firms for group in scenario.groups)
    slots = max(int(scenario.room * firms_at_start), firms_at_start + 10)
    firms = _firms(scenario, slots, seed, start)
    index = allocate(Index, slots)
    index.roster[:firms_at_start] = np.arange(firms_at_start)
    free = np.zeros(slots, dtype=np.int32)
    free[: slots - firms_at_start] = np.arange(slots - 1, firms_at_start - 1, -1)
    count = np.zeros(6, dtype=np.int64)
    count[[LIVING, NEXT_KEY]] = firms_at_start
    count[FREE] = slots - firms_at_start
    industries = _industries(scenario)
    industries.outside[:-1] = _outside(scenario, firms, firms_at_start)
    relations = allocate(Relations, slots)
    supply(relations, firms, industries, scenario, seed=seed)
    widest = max(PLATFORMS, len(scenario.regions) + 3 * len(scenario.industries))
    world = World(
        firms=firms,
        relations=relations,
        alliances=allocate(Alliances, slots),
        platforms=allocate(Platforms, PLATFORMS + 1),
        lists=index,
        regions=_regions(scenario),
        industries=industries,
        rules=cast("Rules", packed(scenario.rules)),
        switches=cast("Switches", packed(scenario.switches)),
        levers=schedule(scenario),
        block_sum=np.zeros((-(-slots // BLOCK), widest)),
        free=free,
        tally=count,
        total=np.zeros(5),
        seed=seed,
    )
    if start is not None:
        start.relate(world)
    return world


def _firms(scenario: Scenario, slots: int, seed: int, start: RealStart | None) -> Firms:
    """Return the firms of all groups, and over them what a record says."""
    firms = allocate(Firms, slots)
    first = 0
    for group in scenario.groups:
        _found_group(firms, scenario, group, np.arange(first, first + group.firms), seed)
        if scenario.core is not None and scenario.core.group == group.name:
            firms.logic[first : first + scenario.core.firms] = scenario.core.logic
        first += group.firms
    if start is not None:
        start.fill(firms)
    _begin(firms, first, scenario)
    if start is not None:
        start.fill(firms)  # a facility lies where the record says, not at the seat
    return firms


def _found_group(firms: Firms, scenario: Scenario, group: Group, at: np.ndarray, seed: int) -> None:
    """Fill the rows of one group."""
    codes = [industry.code for industry in scenario.industries]
    names = [region.name for region in scenario.regions]

    def normal(quantity: str, width: int | None = None) -> Floats:
        shape = at.size if width is None else (at.size, width)
        return stream(seed, "founding", group.name, quantity).standard_normal(shape)

    where = np.array([names.index(name) for name in group.regions], dtype=np.int32)
    what = np.array([codes.index(code) for code in group.industries], dtype=np.int32)
    order = np.arange(at.size)
    firms.industry[at] = what[order % what.size]
    pick = stream(seed, "founding", group.name, "region").integers(0, where.size, at.size)
    firms.region[at] = where[pick]
    spread = np.array([scenario.regions[r].spread for r in where])[pick]
    firms.x[at] = np.array([scenario.regions[r].x for r in where])[pick] + spread * normal("x")
    firms.y[at] = np.array([scenario.regions[r].y for r in where])[pick] + spread * normal("y")
    skill = stream(seed, "founding", group.name, "skill").beta(0.4, 1.0, (at.size, ROLES))
    firms.capability[at] = skill
    firms.factors[at] = group.factors * np.exp(SIZE_SPREAD * normal("factors"))
    firms.digital[at] = np.clip(group.digital * np.exp(0.3 * normal("digital")), 0.0, 1.0)
    size = firms.factors[at] / group.factors
    firms.stock[at] = group.data * size * np.exp(0.3 * normal("data"))
    firms.service[at] = group.service * np.exp(0.3 * normal("service"))
    firms.efficiency[at] = group.efficiency * np.exp(0.05 * normal("efficiency"))
    firms.quality[at] = group.quality * np.exp(0.05 * normal("quality"))
    firms.cash[at] = group.cash * firms.factors[at]
    firms.logic[at] = np.clip(group.logic + group.logic_spread * normal("logic"), 0.0, 1.0)


def _begin(firms: Firms, count: int, scenario: Scenario) -> None:
    """Set what every firm starts with."""
    supplied = np.concatenate([np.full(g.firms, g.supplied) for g in scenario.groups])
    rows = slice(0, count)
    firms.key[rows] = np.arange(count)
    firms.alive[rows] = 1
    firms.born[rows] = 0
    firms.facility_x[rows], firms.facility_y[rows] = firms.x[rows], firms.y[rows]
    firms.next_digital[rows], firms.next_logic[rows] = firms.digital[rows], firms.logic[rows]
    firms.share[rows] = scenario.rules.produce.share
    firms.exponent[rows] = scenario.rules.produce.exponent
    chained = 1.0 - scenario.rules.produce.chain * (1.0 - supplied)
    made = _made(firms.factors[rows], firms.stock[rows] + 1e-6, scenario)
    firms.output[rows] = firms.efficiency[rows] * made * chained
    firms.revenue[rows] = scenario.rules.market.wage * firms.factors[rows]


def _made(factors: Floats, data: Floats, scenario: Scenario) -> Floats:
    """Return the CES of factors and data with the technique that everybody knows."""
    share, exponent = scenario.rules.produce.share, scenario.rules.produce.exponent
    if abs(exponent) < NEAR_COBB_DOUGLAS:
        return factors ** (1.0 - share) * data**share
    inside = (1.0 - share) * factors**exponent + share * data**exponent
    return inside ** (1.0 / exponent)


def _regions(scenario: Scenario) -> Regions:
    """Return the regions at the start."""
    regions = allocate(Regions, len(scenario.regions) + 1)
    for g, region in enumerate(scenario.regions):
        regions.x[g], regions.y[g], regions.spread[g] = region.x, region.y, region.spread
        regions.capacity[g], regions.infrastructure[g] = region.capacity, region.infrastructure
        regions.wage[g] = scenario.rules.market.wage
    return regions


def _industries(scenario: Scenario) -> Industries:
    """Return the industries at the start; who buys from fewer than it can buys from them again."""
    industries = allocate(Industries, len(scenario.industries) + 1)
    codes = [industry.code for industry in scenario.industries]
    for k, industry in enumerate(scenario.industries):
        industries.physicality[k], industries.demand[k] = industry.physicality, industry.demand
        bought = [codes.index(code) for code in industry.buys]
        industries.buys[k] = [bought[n % len(bought)] for n in range(BOUGHT)]
    return industries


def _outside(scenario: Scenario, firms: Firms, count: int) -> Floats:
    """Return the appeal of the outside with which the cluster sells in all what it can make."""
    rules, size = scenario.rules, len(scenario.industries)
    industry, goods = firms.industry[:count], firms.output[:count]
    price = rules.market.wage * firms.factors[:count] / goods * (1.0 + SMALLEST_MARKUP)
    appeal = goods * firms.quality[:count] ** rules.produce.quality_power
    appeal = appeal * price ** (-rules.produce.price_power)
    inside = np.bincount(industry, weights=appeal, minlength=size)
    made = np.bincount(industry, weights=price * goods, minlength=size)
    demand = np.array([i.demand for i in scenario.industries])
    share = np.clip(made / np.maximum(demand, 1e-9), 0.0, LARGEST_SHARE)
    return np.where(share > 0.0, (1.0 - share) / np.maximum(share, 1e-9) * inside, 1.0) + 1e-9


def schedule(scenario: Scenario) -> Levers:
    """Return what the policy of a scenario does in each period."""
    levers = no_policy(scenario.periods)
    sales = sum(industry.demand for industry in scenario.industries)
    for policy in scenario.policy:
        if policy.budget <= 0.0:
            continue
        start, stop = policy.start, min(policy.stop, scenario.periods)
        _lever(policy).apply(levers, start, stop)
        if policy.levied:
            levers.levy[start:stop] += policy.budget / max(sales, 1e-9)
    return levers


def _lever(
    policy: Policy,
) -> (
    Infrastructure
    | CoreCultivation
    | Templates
    | ScenarioOpening
    | DataCirculation
    | OfflineVirtualCoordination
):
    """Return the lever that a policy names."""
    if policy.lever == "core_cultivation":
        return CoreCultivation(budget=policy.budget, firms=policy.firms, rule=policy.rule)
    if policy.lever == "infrastructure":
        return Infrastructure(budget=policy.budget)
    if policy.lever == "templates":
        return Templates(budget=policy.budget)
    if policy.lever == "scenario_opening":
        return ScenarioOpening(budget=policy.budget)
    if policy.lever == "data_circulation":
        return DataCirculation(budget=policy.budget)
    return OfflineVirtualCoordination(budget=policy.budget)
