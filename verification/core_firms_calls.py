"""Measure how often firms are called core firms in records with and without a core.

Usage: python verification/core_firms_calls.py [records]
"""

import sys

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.core_test import core_test

FIRMS, CORE = 300, 10
LIKELY = 0.5
Ints = NDArray[np.int64]


def unequal(generator: np.random.Generator, teams: int) -> list[Ints]:
    """Teams of two to six firms, some of which join far more often than others; no core."""
    chance = generator.pareto(1.3, FIRMS) + 0.1
    chance /= chance.sum()
    sizes = generator.integers(2, 7, teams)
    return [generator.choice(FIRMS, size, replace=False, p=chance) for size in sizes]


def planted(generator: np.random.Generator, teams: int) -> list[Ints]:
    """Teams of which three quarters have exactly one of ten core firms."""
    found = []
    for size in generator.integers(2, 7, teams):
        team = CORE + generator.choice(FIRMS - CORE, size, replace=False)
        if generator.random() < 0.75:
            team[0] = generator.integers(CORE)
        found.append(team)
    return found


def calls(name: str, teams: int, records: int) -> str:
    """Return the rates at which firms pass and are called."""
    generator = np.random.default_rng(teams)
    passed, called, true, false, inclusion = 0, 0, 0.0, 0.0, []
    for record in range(records):
        members = (planted if name == "planted" else unequal)(generator, teams)
        relation = np.repeat(np.arange(teams), [len(team) for team in members])
        kinds = np.zeros(teams, dtype=np.int64)
        found = core_test(
            relation, np.concatenate(members), kinds, FIRMS, np.random.default_rng(record)
        )
        if found is None:
            continue
        passes = found.excess > found.threshold
        core = found.candidate < CORE
        passed += bool(passes.any())
        called += bool((passes & (found.inclusion >= LIKELY)).any())
        true += (passes & core).sum() / records
        false += (passes & ~core).sum() / records
        inclusion += found.inclusion[core].tolist()
    return (
        f"{name}, {teams} collaborations: passes {passed / records:.3f}, called {called / records:.3f}, "
        f"core firms that pass {true:.2f}, others {false:.2f}, inclusion {np.mean(inclusion or [0]):.2f}"
    )


if __name__ == "__main__":
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for number in (50, 100, 300, 1000):
        print(calls("unequal", number, repeats), flush=True)
        print(calls("planted", number, repeats // 4), flush=True)
