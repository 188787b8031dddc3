"""Infrastructure 数字基础设施: public networks and data centres in every region.

Unit: public infrastructure; 1 costs ``PRICE`` in each period. It raises adoption everywhere and the
load that platforms can serve. It can harm: the levy that pays for it falls on firms that gain nothing.

Paper: P1 (infrastructure), K2j (capacity), Q23 (public beside private stock).
"""

from dataclasses import dataclass

from jiqun.model.levers.schedule import Levers

PRICE = 4.0
"""Money per unit and period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Infrastructure:
    """Public infrastructure worth ``budget`` in each period."""

    budget: float

    def apply(self, levers: Levers, start: int, stop: int) -> None:
        """Write it into the schedule."""
        levers.infrastructure[start:stop] += self.budget / PRICE
