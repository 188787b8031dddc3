"""The parameters of all processes, as one tuple; their defaults are those of every scenario."""

from typing import NamedTuple

from jiqun.model.bounds import NonNegative
from jiqun.model.processes.accumulate_data import Accumulating
from jiqun.model.processes.adopt import Adopting
from jiqun.model.processes.ally import Allying
from jiqun.model.processes.enter_exit_relocate import Turnover
from jiqun.model.processes.innovate import Innovating
from jiqun.model.processes.market import Trading
from jiqun.model.processes.mirror import Mirroring
from jiqun.model.processes.perceive import Perceiving
from jiqun.model.processes.platform import Hosting
from jiqun.model.processes.produce import Producing
from jiqun.model.processes.tie import Tying


class Rules(NamedTuple):
    """Parameters, process by process.

    Attributes
    ----------
    worth
        ν, money that a firm of purely digital logic sees in a unit of data.
    perceive, adopt, accumulate_data, produce, market, innovate, ally, tie, mirror, platform, turnover
        See the process of that name.
    """

    worth: NonNegative = 1.0
    perceive: Perceiving = Perceiving()
    adopt: Adopting = Adopting()
    accumulate_data: Accumulating = Accumulating()
    produce: Producing = Producing()
    market: Trading = Trading()
    innovate: Innovating = Innovating()
    ally: Allying = Allying()
    tie: Tying = Tying()
    mirror: Mirroring = Mirroring()
    platform: Hosting = Hosting()
    turnover: Turnover = Turnover()
