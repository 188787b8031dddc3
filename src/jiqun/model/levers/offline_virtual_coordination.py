"""Offline-virtual coordination 虚实协同: a part of the cost of data facilities is paid.

Unit: share of the cost; it grows with the budget towards 1. It can harm: facilities are built whose
flows alone would not have paid for them.

Paper: P3d (offline and virtual space coordinated).
"""

import math
from dataclasses import dataclass

from jiqun.model.levers.schedule import Levers

SCALE = 2.0
"""Money per period that pays 63 % of the cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineVirtualCoordination:
    """Support worth ``budget`` in each period."""

    budget: float

    def apply(self, levers: Levers, start: int, stop: int) -> None:
        """Write it into the schedule."""
        levers.coordination[start:stop] = 1.0 - math.exp(-self.budget / SCALE)
