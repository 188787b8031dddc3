"""What a scenario file may say, as types with bounds."""

from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, MinLen
from pydantic import BaseModel, ConfigDict

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.rules import Rules
from jiqun.model.switches import Switches

LARGEST = 20_000_000
"""Firms that a scenario may start with."""


class Strict(BaseModel):
    """A part of a scenario; a key that is not declared is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Title(Strict):
    """The name of a scenario in both languages."""

    en: str
    zh: str


class Region(Strict):
    """A place: centre (km), standard deviation of seats around it (km), workers, infrastructure."""

    name: str
    x: float
    y: float
    spread: NonNegative = 5.0
    capacity: Positive = 100.0
    infrastructure: NonNegative = 1.0


class Industry(Strict):
    """An industry: ISIC Rev. 4 code, physicality of its goods, demand, industries it buys from."""

    code: str
    physicality: Share
    demand: NonNegative
    buys: Annotated[tuple[str, ...], MinLen(1)]
    outside_share: Annotated[float, Ge(0), Le(0.99)] = 0.4


class Group(Strict):
    """Firms founded alike, before the noise of their own; units as in the state."""

    name: str
    firms: Annotated[int, Ge(0), Le(LARGEST)]
    industries: Annotated[tuple[str, ...], MinLen(1)]
    regions: Annotated[tuple[str, ...], MinLen(1)]
    factors: Positive = 1.0
    digital: Share = 0.05
    data: NonNegative = 0.2
    service: NonNegative = 0.0
    efficiency: Positive = 0.9
    quality: Positive = 1.0
    cash: NonNegative = 2.0
    logic: Share = 0.2
    logic_spread: NonNegative = 0.05


class Core(Strict):
    """The firms whose logic a twin experiment exchanges: the first ones of a group."""

    group: str
    firms: Annotated[int, Ge(1)]
    logic: Share


class Policy(Strict):
    """One lever, applied from one period up to another, with its budget per period."""

    lever: Literal[
        "infrastructure",
        "core_cultivation",
        "templates",
        "scenario_opening",
        "data_circulation",
        "offline_virtual_coordination",
    ]
    start: Annotated[int, Ge(0)]
    stop: Annotated[int, Gt(0)]
    budget: NonNegative
    firms: Annotated[int, Ge(1)] = 3
    rule: Literal["sales", "digital_capability", "chance"] = "digital_capability"
    levied: bool = True


class Scenario(Strict):
    """A scenario: who is there at the start, where, and under which rules and policy."""

    name: str
    title: Title
    periods: Annotated[int, Ge(1), Le(4000)] = 120
    start_year: Annotated[int, Ge(1), Le(8000)] = 2000
    longitude: Annotated[float, Ge(-170), Le(170)] = 120.0
    latitude: Annotated[float, Ge(-70), Le(70)] = 30.0
    room: Annotated[float, Ge(1), Le(20)] = 3.0
    regions: Annotated[tuple[Region, ...], MinLen(1)]
    industries: Annotated[tuple[Industry, ...], MinLen(2)]
    groups: Annotated[tuple[Group, ...], MinLen(1)]
    core: Core | None = None
    rules: Rules = Rules()
    switches: Switches = Switches()
    policy: tuple[Policy, ...] = ()
