"""The pairs inside alliances: their states before, their outcomes after, and the weakest other pair.

Paper: K3j (A-B may fail because A-C, which shares a firm, or C-D, which shares none, does not fit)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGE = 8
"""Members up to which each size has an effect of its own; larger sizes share one per doubling."""
MOST_PAIRS = LARGE * (LARGE - 1) // 2
"""Pairs of an alliance that count fully; a larger one weighs as much as one of eight members."""


@dataclass(frozen=True, slots=True)
class PairStates:
    """One row for each pair of an alliance whose state was observed.

    Attributes
    ----------
    alliance
        Number of the alliance, ascending, shape (P,).
    one, other
        Numbers of the two firms, different, shape (P,).
    before
        State of the pair before anything that is to be explained, 0 failed … 1 coordinated, shape (P,).
    after
        Outcome of the pair later on; NaN where it was not observed, shape (P,).
    cluster
        Number of the cluster of each row: alliances of the same members share one, shape (P,).
    """

    alliance: Ints
    one: Ints
    other: Ints
    before: Floats
    after: Floats
    cluster: Ints

    @property
    def offsets(self) -> Ints:
        """First row of each alliance, and the number of rows."""
        first = np.flatnonzero(np.diff(self.alliance, prepend=-1))
        return np.append(first, self.alliance.size).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What surrounds each pair in its alliance; every array has shape (P,).

    Attributes
    ----------
    weakest
        Lowest state of all pairs, its own included.
    adjacent
        Lowest state of the pairs that share one firm with it; NaN where there is none.
    disjoint
        Lowest state of the pairs that share no firm with it; NaN where there is none.
    members
        Firms that the observed pairs of the alliance have.
    pairs
        Observed pairs of the alliance.
    """

    weakest: Floats
    adjacent: Floats
    disjoint: Floats
    members: Ints
    pairs: Ints


def surroundings(states: PairStates) -> Surroundings:
    """Find the weakest of the other pairs of every pair's alliance, in O(pairs) for most."""
    offsets = states.offsets
    adjacent, disjoint = _weakest_others(offsets, states.one, states.other, states.before)
    pairs = np.diff(offsets)
    weakest = np.minimum.reduceat(states.before, offsets[:-1]) if pairs.size else states.before
    return Surroundings(
        weakest=np.repeat(weakest, pairs),
        adjacent=adjacent,
        disjoint=disjoint,
        members=np.repeat(_members(offsets, states.one, states.other), pairs),
        pairs=np.repeat(pairs, pairs),
    )


def size_classes(members: Ints) -> Ints:
    """Give numbers to classes of size: 3, 4, … 8 by themselves, then 9-16, 17-32 and so on."""
    larger = LARGE + np.ceil(np.log2(np.maximum(members, 1) / LARGE)).astype(np.int64)
    return np.unique(np.where(members <= LARGE, members, larger), return_inverse=True)[1]


@compiled
def _members(offsets: Ints, one: Ints, other: Ints) -> Ints:
    """Count the firms of each alliance."""
    count = np.zeros(offsets.size - 1, np.int64)
    for e in range(count.size):
        a, b = offsets[e], offsets[e + 1]
        count[e] = np.unique(np.concatenate((one[a:b], other[a:b]))).size
    return count


@compiled
def _weakest_others(offsets: Ints, one: Ints, other: Ints, before: Floats) -> tuple[Floats, Floats]:
    """Walk the pairs of each alliance from the weakest up until one of each relation is met."""
    adjacent = np.full(one.size, np.nan)
    disjoint = np.full(one.size, np.nan)
    for e in range(offsets.size - 1):
        a, b = offsets[e], offsets[e + 1]
        order = np.argsort(before[a:b], kind="mergesort")
        for p in range(a, b):
            for rank in range(b - a):
                q = a + order[rank]
                shared = (one[q] == one[p]) + (one[q] == other[p])
                shared += (other[q] == one[p]) + (other[q] == other[p])
                if shared == 1 and np.isnan(adjacent[p]):
                    adjacent[p] = before[q]
                elif shared == 0 and np.isnan(disjoint[p]):
                    disjoint[p] = before[q]
                if not np.isnan(adjacent[p]) and not np.isnan(disjoint[p]):
                    break
    return adjacent, disjoint
