"""Measure how often firms are called core firms in records with and without a core.

Usage: python verification/core_firms_calls.py [records]
"""

import sys
import time

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.core_firms import called
from jiqun.numerics.core_test import core_test
from jiqun.numerics.hypergraph.structure import hypergraph

FIRMS, CORE = 300, 10
FRESH = 8
"""Part of the seed: other records than those that the method was made on."""
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
    """Return how often any firm is called, and how many of the core and of the others are."""
    generator = np.random.default_rng([teams, FRESH])
    any_called, found_core, right, wrong, seconds = 0, 0, 0.0, 0.0, 0.0
    for record in range(records):
        members = (planted if name == "planted" else unequal)(generator, teams)
        relation = np.repeat(np.arange(teams), [len(team) for team in members])
        graph = hypergraph(relation, np.concatenate(members), nodes=FIRMS, edges=teams)
        began = time.process_time()
        test = core_test(graph, np.random.default_rng(record))
        seconds += time.process_time() - began
        if test is None:
            continue
        firms = test.candidate[called(test)]
        found_core += bool(test.core.any())
        any_called += firms.size > 0
        right += float((firms < CORE).sum()) / records
        wrong += float((firms >= CORE).sum()) / records
    planted_core = right if name == "planted" else 0.0
    falsely = wrong if name == "planted" else right + wrong
    return (
        f"{name:8} {teams:5} collaborations: a core in {found_core / records:.3f}, a firm called in "
        f"{any_called / records:.3f}, core firms called {planted_core:.2f} of {CORE}, others {falsely:.2f}; "
        f"{1000 * seconds / records:.0f} ms of processor time"
    )


if __name__ == "__main__":
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for number in (50, 100, 300, 1000):
        print(calls("unequal", number, repeats), flush=True)
        print(calls("planted", number, repeats // 4), flush=True)
