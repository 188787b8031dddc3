"""The whole running model: its tables, parameters, switches and levers, as one tuple of arrays."""

from typing import TYPE_CHECKING, NamedTuple

from jiqun.model.levers.schedule import Levers
from jiqun.model.state import (
    Alliances,
    Firms,
    Floats,
    Index,
    Industries,
    Ints,
    Longs,
    Platforms,
    Regions,
    Relations,
)
from jiqun.model.switches import Switches

if TYPE_CHECKING:  # the rules are the parameters of the processes, which read the world
    from jiqun.model.rules import Rules

(
    PERCEIVE,
    ADOPT,
    INNOVATE,
    ALLY,
    TIE,
    MIRROR,
    SITE,
    PLATFORM,
    GOVERN,
    RELOCATE,
    EXIT,
    ENTER,
    FOUND,
) = range(13)
"""Which process a random draw is for."""


class World(NamedTuple):
    """Everything that a process may read; each writes only what its docstring says."""

    firms: Firms
    relations: Relations
    alliances: Alliances
    platforms: Platforms
    lists: Index
    regions: Regions
    industries: Industries
    rules: "Rules"
    switches: Switches
    levers: Levers
    block_sum: Floats
    free: Ints
    tally: Longs
    total: Floats
    seed: int
