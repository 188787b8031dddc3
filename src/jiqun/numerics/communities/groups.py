"""Ties and alliances as layers of pairs: repeated ones once, an alliance of k with weights 1/(k − 1).

References
----------
Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64, 016132.
doi:10.1103/PhysRevE.64.016132 (weight 1/(k-1))
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities.layers import Layer
from jiqun.numerics.point_pattern.compiled import compiled

Ints = NDArray[np.int64]
Small = NDArray[np.int32]

ALL_PAIRS = 32
"""Members up to which every pair of an alliance is linked; beyond, each with so many others."""


def tie_layer(source: Ints, target: Ints, firms: int) -> Layer:
    """Link the two firms of every tie once, whatever the number and direction of their ties.

    A pair whose second tie lies in the held-out part would otherwise be predicted by its first, which
    says something about the pair and nothing about a cluster.
    """
    apart = source != target
    low, high = np.minimum(source, target)[apart], np.maximum(source, target)[apart]
    key = np.unique(low.astype(np.int64) * firms + high)
    return Layer(
        first=(key // firms).astype(np.int32),
        second=(key % firms).astype(np.int32),
        weight=np.ones(key.size),
        group=np.arange(key.size, dtype=np.int32),
        sizes=np.full(key.size, 2, np.int32),
    )


def alliance_layer(alliance: Ints, firm: Ints) -> Layer:
    """Link the firms of every alliance; alliances of the same firms count once.

    Parameters
    ----------
    alliance, firm
        One entry a membership, in any order; a firm named twice is a member once.

    Returns
    -------
    Layer
        Each member has the strength 1. The pairs of an alliance of more than 32 are those at most 16
        seats apart round a table at which the firms sit in the order of a hash.
    """
    pairs = np.unique(np.stack([alliance, firm], axis=1), axis=0) if firm.size else np.zeros((0, 2))
    groups, sizes = np.unique(pairs[:, 0], return_counts=True)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    word = _words(pairs[:, 1].astype(np.int64))
    prints = np.add.reduceat(word, offsets[:-1]) if groups.size else np.zeros(0, np.uint64)
    once = np.unique(prints, return_index=True)[1]
    chosen = np.sort(once[sizes[once] > 1])
    member = np.concatenate(
        [np.zeros(0, np.int64), *(np.arange(offsets[g], offsets[g + 1]) for g in chosen)]
    )
    kept = sizes[chosen].astype(np.int64)
    group = np.repeat(np.arange(kept.size), kept)
    large = np.repeat(kept > ALL_PAIRS, kept)
    seat = np.lexsort((np.where(large, word[member], 0), group))
    first, second, weight, of = _seated(pairs[member[seat], 1].astype(np.int32), kept)
    return Layer(first=first, second=second, weight=weight, group=of, sizes=kept.astype(np.int32))


def _words(firm: Ints) -> NDArray[np.uint64]:
    """Hash every firm to 64 bits; the sum of its members' words tells a set of firms from others."""
    word = (firm.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(word ^ (word >> np.uint64(31)), dtype=np.uint64)


@compiled
def _seated(member: Small, sizes: Ints) -> tuple[Small, Small, NDArray[np.float64], Small]:
    """Write down the pairs of every alliance, alliance by alliance."""
    total = 0
    for k in sizes:
        total += k * (k - 1) // 2 if k <= ALL_PAIRS else k * (ALL_PAIRS // 2)
    first, second = np.empty(total, np.int32), np.empty(total, np.int32)
    weight, group = np.empty(total), np.empty(total, np.int32)
    begin, p = 0, 0
    for g in range(sizes.size):
        k = sizes[g]
        reach = k - 1 if k <= ALL_PAIRS else ALL_PAIRS // 2
        for a in range(k):
            for d in range(1, reach + 1):
                if k <= ALL_PAIRS and a + d >= k:
                    break
                first[p], second[p] = member[begin + a], member[begin + (a + d) % k]
                weight[p] = 1.0 / (k - 1) if k <= ALL_PAIRS else 1.0 / ALL_PAIRS
                group[p] = g
                p += 1
        begin += k
    return first, second, weight, group
