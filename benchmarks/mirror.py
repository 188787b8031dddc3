"""Time the test of the mirror's order: 10,000 firms, 100,000 dated ties, 999 permutations.

Usage: python benchmarks/mirror.py [firms] [ties] [permutations] [lag]

No other program tests both directions, so there is no peer to run beside it; the limit is 60 s on two
cores.
"""

import resource
import sys
import time

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.mirror import mirror_order, mobility_blocks

Ints = NDArray[np.int64]
STEPS, PLACES, INDUSTRIES = 60, 1500, 8


def drawn_ties(
    rng: np.random.Generator, sites: tuple[Ints, Ints, Ints, Ints], ties: int
) -> tuple[Ints, Ints, Ints]:
    """Draw ties at random, but a tenth of them between firms that share a place at the time."""
    owner, place, opened, closed = sites
    firms, led = int(owner.max()) + 1, ties // 10
    source, target = rng.integers(0, firms, (2, ties))
    onset = rng.integers(0, STEPS, ties)
    led = (
        ties // 10
    )  # a tenth of the ties are between firms that share a place, so that there is a verdict
    one = rng.integers(0, owner.size, led)
    by_place = np.argsort(place, kind="stable")
    start = np.searchsorted(place[by_place], np.arange(PLACES + 1))
    room = start[place[one] + 1] - start[place[one]]
    other = by_place[start[place[one]] + (rng.random(led) * room).astype(int)]
    since = np.maximum(opened[one], opened[other]) + 1
    until = np.minimum(closed[one], closed[other])
    at = since + (rng.random(led) * np.maximum(until - since, 0)).astype(int)
    meets = np.flatnonzero(since < until)
    source[meets], target[meets], onset[meets] = owner[one[meets]], owner[other[meets]], at[meets]
    return source, target, onset


def record(firms: int, ties: int, seed: int = 0) -> dict[str, object]:
    """Draw firms at places (a few of them large) that move three in a hundred steps, and ties."""
    rng = np.random.default_rng(seed)
    popular = 1.0 / np.arange(1, PLACES + 1) ** 0.7
    popular /= popular.sum()
    moved = np.flatnonzero(rng.random(firms * STEPS) < 0.01)
    owner = np.concatenate([np.arange(firms), moved // STEPS])
    opened = np.concatenate([np.full(firms, -1), moved % STEPS])
    order = np.lexsort((opened, owner))
    owner, opened = owner[order], opened[order]
    closed = np.append(np.where(owner[1:] == owner[:-1], opened[1:], STEPS), STEPS)
    town = rng.random((PLACES, 2)) * 500_000.0
    group = rng.integers(0, INDUSTRIES, firms)
    place = rng.choice(PLACES, owner.size, p=popular)
    source, target, onset = drawn_ties(rng, (owner, place, opened, closed), ties)
    apart = source != target
    return {
        "firm": owner,
        "points": town[place],
        "opened": opened,
        "closed": closed,
        "source": source[apart],
        "target": target[apart],
        "onset": onset[apart],
        "group": group,
        "block": mobility_blocks(group, np.bincount(owner, minlength=firms) - 1),
        "steps": STEPS,
        "radius": 5_000.0,
    }


def main() -> None:
    """Run once small to compile, then in full."""
    given = [int(x) for x in sys.argv[1:]]
    firms, ties, permutations, lag = (*given, *(10_000, 100_000, 999, 1)[len(given) :])
    mirror_order(**record(200, 400), permutations=19, seed=0)  # type: ignore[arg-type]
    arguments = record(firms, ties)
    start, cpu = time.perf_counter(), time.process_time()
    found = mirror_order(**arguments, permutations=permutations, lag=lag, seed=0)  # type: ignore[arg-type]
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{found.firms} firms, {found.ties} tied pairs, {found.tie_to_place.events} onsets of")
    print(f"co-location, {found.landings.moves} moves, {permutations} permutations, lag ±{lag}:")
    print(f"{wall:.1f} s wall, {cpu:.1f} s CPU, {memory:.0f} MB; verdict: {found.verdict}")
    print("limit 60 s:", "held" if wall < 60.0 else "NOT HELD")


if __name__ == "__main__":
    main()
