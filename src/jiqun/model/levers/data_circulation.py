"""Data circulation 数据流通: rules and exchanges that let data cross the boundaries of firms.

Unit: share of barriers removed; it grows with the budget towards 1. It raises what members pool and
the fit of interfaces. It can harm: an owner's platform gives away more than its owner chose to.

Paper: P1c (circulation of data), P2d (barriers to flows).
"""

import math
from dataclasses import dataclass

from jiqun.model.levers.schedule import Levers

SCALE = 4.0
"""Money per period that removes 63 % of the barriers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCirculation:
    """Circulation rules worth ``budget`` in each period."""

    budget: float

    def apply(self, levers: Levers, start: int, stop: int) -> None:
        """Write it into the schedule."""
        levers.circulation[start:stop] = 1.0 - math.exp(-self.budget / SCALE)
