"""Templates 数字化模板: what worked elsewhere, packaged for small firms, cuts their cost of adoption.

Unit: share of the cost that is spared; the share grows with the budget towards 1. It can harm: what
is spared draws small firms into tools whose upkeep they then carry, at the cost of the levy.

Paper: P3a (templates for small firms).
"""

import math
from dataclasses import dataclass

from jiqun.model.levers.schedule import Levers

SCALE = 4.0
"""Money per period that spares 63 % of the cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Templates worth ``budget`` in each period."""

    budget: float

    def apply(self, levers: Levers, start: int, stop: int) -> None:
        """Write it into the schedule."""
        levers.template[start:stop] = 1.0 - math.exp(-self.budget / SCALE)
