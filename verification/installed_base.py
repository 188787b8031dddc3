"""Coverage of the installed-base elasticity, as its page states.

Usage: python verification/installed_base.py [worlds]

Units with log-normal attraction draw firms from pools that empty; seasons are in common; in the last
kind of world the hazard of each unit also varies from period to period, which lasts by way of the base.
"""

import sys
from dataclasses import dataclass

import numpy as np

from jiqun.numerics.installed_base import Elasticity, elasticity

LEVEL = 0.95
FIRMS = 20_000
ELASTICITIES = (0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Units, periods, entrants a period in a unit at first, and the spread of hazards."""

    units: int = 10
    periods: int = 16
    rate: float = 1.0
    uneven: float = 0.0

    def draw(self, beta: float, generator: np.random.Generator) -> Elasticity | None:
        """Draw entries and estimate from them."""
        attraction = generator.normal(0.0, 0.5, self.units)
        start = generator.integers(1, 6, self.units).astype(float)
        base, entrants, pools = start.copy(), [], []
        for t in range(self.periods):
            shock = generator.normal(0.0, self.uneven, self.units)
            log = attraction + beta * np.log1p(base) - beta * np.log(5) + 0.4 * np.sin(t)
            hazard = self.rate * np.exp(log + shock) / FIRMS
            pool = FIRMS - base
            pools.append(pool)
            entrants.append(generator.binomial(pool.astype(int), -np.expm1(-hazard)).astype(float))
            base = base + entrants[-1]
        seen = np.stack(entrants, axis=1)
        nobody = np.zeros(seen.shape)
        return elasticity(seen, np.stack(pools, axis=1), start, nobody, generator, level=LEVEL)


WORLDS = {
    "10 units, 16 quarters": World(),
    "4 units, 16 quarters": World(units=4),
    "20 units, 12 quarters, few entries": World(units=20, periods=12, rate=0.5),
    "10 units, uneven hazards": World(uneven=0.3),
}


def main() -> None:
    """Print a row for each world and elasticity."""
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print("world, elasticity | found | median | covers | called")
    for name, world in WORLDS.items():
        for beta in ELASTICITIES:
            generator = np.random.default_rng(5)
            drawn = [world.draw(beta, generator) for _ in range(worlds)]
            found = [e for e in drawn if e is not None]
            median = np.median([e.value for e in found])
            covers = np.mean([e.low <= beta <= e.high for e in found])
            called = np.mean([e.low > 0.0 and e.value > e.chance_high for e in found])
            print(
                f"{name:36s} {beta:3.1f} | {len(found):3d} | {median:5.2f} | {covers:.2f} | {called:.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
