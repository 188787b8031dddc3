"""What a scenario file may say, as types with bounds."""

from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, MaxLen, MinLen
from pydantic import BaseModel, ConfigDict, Field

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.rules import Rules
from jiqun.model.state import INDUSTRIES
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


class Group(Strict):
    """Firms founded alike, before the noise of their own; units as in the state.

    ``supplied`` is the share of their places for suppliers that are filled at the start.
    """

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
    supplied: Share = 0.6


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


class DemandChange(Strict):
    """Demand for some industries, or for all, is multiplied by a factor from ``start`` on.

    With ``stop`` it returns to where it would have been.
    """

    kind: Literal["demand"]
    start: Annotated[int, Ge(0)]
    stop: Annotated[int, Gt(0)] | None = None
    industries: tuple[str, ...] = ()
    factor: NonNegative


class OutsideRise(Strict):
    """What the cluster competes with becomes more, or less, appealing by a factor from then on."""

    kind: Literal["outside"]
    start: Annotated[int, Ge(0)]
    industries: tuple[str, ...] = ()
    factor: Positive


class OwnerLeaves(Strict):
    """The owner of a platform closes at the end of period ``start``, and its platform with it.

    ``rank`` 1 is the open platform with most participants, of equals the oldest. Where there are
    fewer platforms, nothing happens.
    """

    kind: Literal["owner_leaves"]
    start: Annotated[int, Ge(0)]
    rank: Annotated[int, Ge(1)] = 1


class TiesCut(Strict):
    """Relations between firms of different regions end, in each period from ``start`` to ``stop``.

    New ones can form in every period and are cut at the beginning of the next, up to ``stop``.
    """

    kind: Literal["ties_cut"]
    start: Annotated[int, Ge(0)]
    stop: Annotated[int, Gt(0)] | None = None
    relations: Annotated[tuple[Literal["supply", "data"], ...], MinLen(1)] = ("supply", "data")


Event = Annotated[DemandChange | OutsideRise | OwnerLeaves | TiesCut, Field(discriminator="kind")]
"""What happens from outside at a date; it names firms by what they do, never by a kind of cluster."""


class Scenario(Strict):
    """A scenario: who is there at the start, where, under which rules and policy, and what happens."""

    name: Annotated[str, Field(pattern=r"^[\w.\-]+$", max_length=80)]
    title: Title
    periods: Annotated[int, Ge(1), Le(4000)] = 120
    start_year: Annotated[int, Ge(1), Le(8000)] = 2000
    longitude: Annotated[float, Ge(-170), Le(170)] = 120.0
    latitude: Annotated[float, Ge(-70), Le(70)] = 30.0
    room: Annotated[float, Ge(1), Le(20)] = 3.0
    regions: Annotated[tuple[Region, ...], MinLen(1)]
    industries: Annotated[tuple[Industry, ...], MinLen(2), MaxLen(INDUSTRIES)]
    groups: Annotated[tuple[Group, ...], MinLen(1)]
    core: Core | None = None
    rules: Rules = Rules()
    switches: Switches = Switches()
    policy: tuple[Policy, ...] = ()
    events: tuple[Event, ...] = ()
