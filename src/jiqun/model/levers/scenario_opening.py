"""Scenario opening 场景开放: public bodies and firms put problems out to digital services.

Unit: money per period of demand; a unit of budget opens a unit of demand. It can harm: demand that
ends with the policy leaves services without buyers.

Paper: P3c (application scenarios), T9 (new scenarios).
"""

from dataclasses import dataclass

from jiqun.model.levers.schedule import Levers


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioOpening:
    """Scenarios worth ``budget`` in each period."""

    budget: float

    def apply(self, levers: Levers, start: int, stop: int) -> None:
        """Write it into the schedule."""
        levers.scenario[start:stop] += self.budget
