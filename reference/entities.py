"""Firms, platforms, regions and industries as objects that know each other."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from jiqun.model.levers.schedule import Levers
from jiqun.model.rules import Rules
from jiqun.model.scenario_schema import Scenario
from jiqun.model.state import (
    HOMES,
    LINKS,
    LIVING,
    NEXT_KEY,
    NEXT_PLATFORM,
    NOBODY,
    PLATFORMS,
    SUPPLIERS,
)
from jiqun.model.switches import Switches
from jiqun.model.world import World
from reference.draws import Draws

NUMBERS = [
    "born",
    "x",
    "y",
    "facility",
    "facility_x",
    "facility_y",
    "digital",
    "next_digital",
    "stock",
    "reachable",
    "contributed",
    "factors",
    "efficiency",
    "quality",
    "service",
    "logic",
    "next_logic",
    "share",
    "exponent",
    "cash",
    "output",
    "price",
    "revenue",
    "digital_revenue",
    "wages",
    "spending",
    "spent",
    "data_spending",
    "research",
    "fees_paid",
    "fees_received",
    "transfer",
    "joint_data",
    "profit",
    "growth",
    "followers",
    "mode",
    "parent",
    "parent_time",
    "innovated",
    "moving",
    "to_x",
    "to_y",
]
"""Columns of the state that are plain numbers of a firm, by the same names."""


@dataclass(eq=False)
class Region:
    """A region; ``firms`` are listed anew in each period."""

    number: int
    x: float
    y: float
    spread: float
    capacity: float
    infrastructure: float
    wage: float
    firms: list[Firm] = field(default_factory=list)


@dataclass(eq=False)
class Industry:
    """An industry; ``firms`` are listed anew in each period."""

    number: int
    physicality: float
    demand: float
    outside: float
    attracted: float
    mean_quality: float
    buys: list[Industry] = field(default_factory=list)
    firms: list[Firm] = field(default_factory=list)


@dataclass(eq=False)
class Platform:
    """A place for a platform; it is open while it has an owner."""

    number: int
    owner: Firm | None = None
    serial: int = NOBODY
    since: int = 0
    openness: float = 0.0
    modularity: float = 0.0
    admission: float = 0.0
    fee: float = 0.0
    infrastructure: float = 0.0
    pooled: float = 0.0
    users: float = 0.0
    members: int = 0
    services: float = 0.0
    due: float = 0.0
    offers: set[int] = field(default_factory=set)
    participants: list[Firm] = field(default_factory=list)


@dataclass(eq=False)
class Alliance:
    """An alliance that goes on."""

    members: list[Firm]
    since: int
    technology: int


@dataclass(eq=False)
class Firm:
    """A firm; the names of its numbers are those of the columns."""

    key: int
    industry: Industry
    region: Region
    capability: list[float]
    attraction: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    alive: bool = True
    suppliers: list[Firm | None] = field(default_factory=lambda: [None] * SUPPLIERS)
    supplier_since: list[int] = field(default_factory=lambda: [0] * SUPPLIERS)
    links: list[Firm | None] = field(default_factory=lambda: [None] * LINKS)
    link_since: list[int] = field(default_factory=lambda: [0] * LINKS)
    homes: list[Platform | None] = field(default_factory=lambda: [None] * HOMES)
    candidates: list[Firm | None] = field(default_factory=list)
    customer: Firm | None = None
    alliance: Alliance | None = None
    event: int = 0
    joining: Platform | None = None
    leaving: int | None = None
    opening: float = -1.0
    to_region: Region | None = None
    born: int = 0
    x: float = 0.0
    y: float = 0.0
    facility: int = 0
    facility_x: float = 0.0
    facility_y: float = 0.0
    digital: float = 0.0
    next_digital: float = 0.0
    stock: float = 0.0
    reachable: float = 0.0
    contributed: float = 0.0
    factors: float = 0.0
    efficiency: float = 0.0
    quality: float = 0.0
    service: float = 0.0
    logic: float = 0.0
    next_logic: float = 0.0
    share: float = 0.0
    exponent: float = 0.0
    cash: float = 0.0
    output: float = 0.0
    price: float = 0.0
    revenue: float = 0.0
    digital_revenue: float = 0.0
    wages: float = 0.0
    spending: float = 0.0
    spent: float = 0.0
    data_spending: float = 0.0
    research: float = 0.0
    fees_paid: float = 0.0
    fees_received: float = 0.0
    transfer: float = 0.0
    joint_data: float = 0.0
    profit: float = 0.0
    growth: float = 0.0
    reach: float = 0.0
    followers: int = 0
    mode: int = NOBODY
    parent: int = NOBODY
    parent_time: int = NOBODY
    innovated: int = NOBODY
    moving: int = 0
    to_x: float = 0.0
    to_y: float = 0.0

    def related(self) -> list[Firm | None]:
        """Return suppliers, data partners and the main customer."""
        return [*self.suppliers, *self.links, self.customer]

    def on(self) -> list[Platform]:
        """Return the platforms that it takes part in."""
        return [p for p in self.homes if p is not None]

    def value(self, money: float, data: float, worth: float) -> float:
        """Value an outcome in the firm's own objective."""
        return (1.0 - self.logic) * money + self.logic * worth * data

    def affords(self, cost: float) -> bool:
        """Say whether its cash covers one more spending."""
        return self.cash - self.spending >= cost

    def seat_distance(self, other: Firm) -> float:
        """Return the distance of two seats, km."""
        return distance(self.x, self.y, other.x, other.y)


def distance(x: float, y: float, other_x: float, other_y: float) -> float:
    """Return the distance of two places."""
    return math.sqrt((x - other_x) * (x - other_x) + (y - other_y) * (y - other_y))


def strength(data: float) -> float:
    """Return D/(1+D)."""
    return data / (1.0 + data)


def cognitive_distance(one: Firm, other: Firm) -> float:
    """Return the root of the mean squared gap in skills."""
    total = 0.0
    for a, b in zip(one.capability, other.capability, strict=True):
        total += (a - b) * (a - b)
    return math.sqrt(total / len(one.capability))


def shared_platform(one: Firm, other: Firm) -> Platform | None:
    """Return the first platform of one firm that the other takes part in too."""
    return next((p for p in one.on() if p in other.on()), None)


@dataclass(eq=False)
class State:
    """The whole world."""

    seed: int
    rules: Rules
    switches: Switches
    levers: Levers
    firms: list[Firm]
    regions: list[Region]
    industries: list[Industry]
    platforms: list[Platform]
    room: int
    next_key: int
    next_platform: int
    all_service: float = 0.0

    def draws(self, period: int, process: int) -> Draws:
        """Return the random numbers of a process in a period."""
        return Draws(self.seed, period, process)

    @classmethod
    def of(cls, w: World, scenario: Scenario) -> State:
        """Take the world of a scenario before its first period."""
        regions = [_region(w, g) for g in range(w.regions.size - 1)]
        industries = [_industry(w, k) for k in range(w.industries.size - 1)]
        for k, industry in enumerate(industries):
            industry.buys = [industries[n] for n in w.industries.buys[k].tolist()]
        roster = w.lists.roster[: int(w.tally[LIVING])].tolist()
        firms = {i: _firm(w, i, industries, regions) for i in roster}
        for i, firm in firms.items():
            firm.suppliers = [firms.get(j) for j in w.relations.supplier[i].tolist()]
            firm.supplier_since = w.relations.supplier_since[i].tolist()
            firm.links = [firms.get(j) for j in w.relations.link[i].tolist()]
            firm.link_since = w.relations.link_since[i].tolist()
        return cls(
            seed=w.seed,
            rules=scenario.rules,
            switches=scenario.switches,
            levers=w.levers,
            firms=list(firms.values()),
            regions=regions,
            industries=industries,
            platforms=[Platform(p) for p in range(PLATFORMS)],
            room=w.firms.size,
            next_key=int(w.tally[NEXT_KEY]),
            next_platform=int(w.tally[NEXT_PLATFORM]),
        )


def _region(w: World, g: int) -> Region:
    """Take one region."""
    x, y, spread, capacity, infrastructure, wage = (
        float(w.regions[name][g])
        for name in ("x", "y", "spread", "capacity", "infrastructure", "wage")
    )
    return Region(g, x, y, spread, capacity, infrastructure, wage)


def _industry(w: World, k: int) -> Industry:
    """Take one industry."""
    physicality, demand, outside, attracted, quality = (
        float(w.industries[name][k])
        for name in ("physicality", "demand", "outside", "attracted", "mean_quality")
    )
    return Industry(k, physicality, demand, outside, attracted, quality)


def _firm(w: World, i: int, industries: list[Industry], regions: list[Region]) -> Firm:
    """Take one firm, without its relations."""
    firm = Firm(
        key=int(w.firms.key[i]),
        industry=industries[int(w.firms.industry[i])],
        region=regions[int(w.firms.region[i])],
        capability=w.firms.capability[i].tolist(),
        attraction=w.firms.attraction[i].tolist(),
    )
    for name in NUMBERS:
        setattr(firm, name, np.asarray(w.firms[name])[i].item())
    return firm
