"""Core-firm cultivation 核心企业培育: money for k firms chosen by a rule.

Unit: money per firm and period. It can harm: what the chosen grow by, others lose in the same finite
markets, and a choice by size keeps up those that fall behind.

Paper: P2 (core firms), Z13 (targeting rule and k).
"""

from dataclasses import dataclass
from typing import Literal

from jiqun.model.compiled import inside
from jiqun.model.levers.schedule import Levers
from jiqun.model.state import GRANTED, LIVING, NOBODY
from jiqun.model.world import FOUND, World
from jiqun.numerics.addressed import address, uniform

RULES = ("sales", "digital_capability", "chance")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreCultivation:
    """Grants to ``firms`` firms, chosen anew in each period by ``rule``."""

    budget: float
    firms: int
    rule: Literal["sales", "digital_capability", "chance"] = "digital_capability"

    def apply(self, levers: Levers, start: int, stop: int) -> None:
        """Write the grants of the periods from ``start`` up to ``stop`` into the schedule."""
        levers.grant[start:stop] += self.budget / self.firms
        levers.chosen[start:stop] = self.firms
        levers.rule[start:stop] = RULES.index(self.rule)


@inside
def standing(w: World, period: int, i: int) -> float:
    """Return what a firm is chosen by."""
    rule = w.levers.rule[period]
    if rule == 0:
        return float(w.firms.revenue[i] + w.firms.digital_revenue[i])
    if rule == 1:
        return float(w.firms.digital[i])
    return uniform(address(w.seed, 0, FOUND), w.firms.key[i], 99)


@inside
def grant(w: World, period: int) -> None:
    """Pay this period's grants, to the highest first; of equals, to the oldest."""
    below, given = 1e300, 0
    last = NOBODY
    amount = w.levers.grant[period]
    while amount > 0.0 and given < w.levers.chosen[period]:
        best, most, at = NOBODY, -1.0, 0
        for r in range(w.tally[LIVING]):
            i = w.lists.roster[r]
            value = standing(w, period, i)
            later = value < below or (value == below and r > last)
            if later and value > most:
                best, most, at = i, value, r
        if best == NOBODY:
            return
        w.firms.transfer[best] += amount
        w.total[GRANTED] += amount
        below, last = most, at
        given += 1
