"""Measure coverage and error rate of the third-party effect, each control beside one withdrawal or more.

Usage: python verification/decomposability_withdrawals.py [records]

300 alliances of a like size, from some of which a firm leaves. The others are dealt out among the
withdrawals, as the measure does, or all are beside 20 drawn at random, which shows why it does not. One
line a case: coverage of the 90 % interval, and the share of p-values below 0.05.
"""

import sys
from itertools import product

import numpy as np

from jiqun.numerics.decomposability.matched_change import Matched, matched_effect

ALLIANCES, CONTROLS, PAIRS = 300, 20, 3


def sets(events: int, effect: float, generator: np.random.Generator, *, shared: bool) -> Matched:
    """Draw the change of three pairs' states in each alliance, and match."""
    before = generator.random((ALLIANCES, PAIRS)) < 0.8
    lost = np.where(np.arange(ALLIANCES) < events, effect, 0.0)
    shock = generator.normal(0, 0.1, ALLIANCES)
    chance = np.clip(0.8 - lost + shock, 0, 1)
    after = generator.random((ALLIANCES, PAIRS)) < chance[:, None]
    change = after.mean(axis=1) - before.mean(axis=1)
    others = generator.permutation(np.arange(events, ALLIANCES))
    if shared:
        controls = [generator.choice(others, CONTROLS, replace=False) for _ in range(events)]
    else:
        controls = [others[k::events][:CONTROLS] for k in range(events)]
    sizes = np.array([c.size + 1 for c in controls])
    unit = np.concatenate([np.append(k, c) for k, c in enumerate(controls)])
    treated = np.zeros(unit.size, dtype=bool)
    treated[np.cumsum(sizes) - sizes] = True
    return Matched(np.repeat(np.arange(events), sizes), unit, treated, change[unit])


def main() -> None:
    """Print one line a case."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for shared, events, effect in product((False, True), (20, 60, 150), (0.0, 0.2)):
        hits, found = 0, []
        for record in range(records):
            generator = np.random.default_rng([events, round(100 * effect), record])
            drawn = sets(events, effect, generator, shared=shared)
            result = matched_effect(drawn, generator, draws=199)
            # Chances are cut off at 1, which takes a little off the effect's mean.
            hits += result.low <= -effect + OFFSET[effect] <= result.high
            found.append(result.p_value)
        print(
            f"controls {'beside many' if shared else 'beside one'}, {events} withdrawals, effect "
            f"{-effect:.1f}: coverage {hits / records:.3f}, p < 0.05 in "
            f"{np.mean(np.array(found) < 0.05):.3f}",
            flush=True,
        )


def _offset(effect: float) -> float:
    """Return by how much cutting chances off at 1 moves the difference."""
    shock = np.random.default_rng(0).normal(0, 0.1, 2_000_000)
    cut = np.clip(0.8 - effect + shock, 0, 1).mean() - np.clip(0.8 + shock, 0, 1).mean()
    return float(cut + effect)


OFFSET = {effect: _offset(effect) for effect in (0.0, 0.2)}

if __name__ == "__main__":
    main()
