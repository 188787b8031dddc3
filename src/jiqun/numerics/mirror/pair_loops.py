"""Loops over pairs of firms: when they are co-located, and which are so at any time."""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.mirror.columns import Spells, Strata
from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


@compiled
def together(spells: Spells, i: int, j: int, state: Bytes) -> bool:
    """Mark the steps at whose start two firms are co-located.

    Parameters
    ----------
    spells
        All sites.
    i, j
        The two firms.
    state
        Shape (T + 1,), filled with 0 and 1; untouched where the answer is False.

    Returns
    -------
    bool
        Whether they are ever co-located.
    """
    limit = spells.reach * spells.reach
    near = False
    for a in range(spells.offsets[i], spells.offsets[i + 1]):
        for b in range(spells.offsets[j], spells.offsets[j + 1]):
            square = 0.0
            for k in range(3):
                gap = spells.position[a, k] - spells.position[b, k]
                square += gap * gap
            since = max(spells.first[a], spells.first[b])
            until = min(spells.last[a], spells.last[b])
            if square <= limit and since <= until:
                if not near:
                    state[:] = 0
                    near = True
                state[since : until + 1] = 1
    return near


@compiled
def later_neighbours(
    spells: Spells, i: int, stamp: NDArray[np.int32], found: NDArray[np.int32]
) -> int:
    """List the firms with a larger number that have a site near one of a firm's, at any time.

    Parameters
    ----------
    spells
        All sites.
    i
        The firm.
    stamp
        Shape (N,), scratch: must not hold ``i`` when the firm is first asked for.
    found
        Shape (N,), receives the firms.

    Returns
    -------
    int
        How many there are.
    """
    limit = spells.reach * spells.reach
    margin = spells.reach * 1.000001 + 1e-6  # against rounding: the square decides
    count = 0
    for a in range(spells.offsets[i], spells.offsets[i + 1]):
        start = np.searchsorted(spells.along, spells.position[a, 0] - margin)
        for place in range(start, spells.along.size):
            if spells.along[place] > spells.position[a, 0] + margin:
                break
            b = spells.order[place]
            j = spells.owner[b]
            if j <= i or stamp[j] == i:
                continue
            square = 0.0
            for k in range(3):
                gap = spells.position[a, k] - spells.position[b, k]
                square += gap * gap
            if square <= limit:
                stamp[j] = i
                found[count] = j
                count += 1
    return count


@compiled
def meeting(state: Bytes, both: int) -> int:
    """Return the step in which two firms first meet by a move.

    Parameters
    ----------
    state
        As :func:`together` fills it.
    both
        First step at whose start both are there.

    Returns
    -------
    int
        -1 where they never meet, or were co-located from the first.
    """
    for t in range(both, state.size - 1):
        if state[t]:
            return -1
        if state[t + 1]:
            return t
    return -1


@compiled
def count_pairs(spells: Spells, strata: Strata, counts: Floats) -> None:
    """Count co-located pairs by stratum, whether tied or not.

    Parameters
    ----------
    spells, strata
        All sites and groups; pairs of groups without any tie are left out.
    counts
        Shape (4, G, T + 1), zero before: pairs co-located at the start of a step; onsets of
        co-location during it; pairs that are to meet, and pairs that have met and are co-located.
    """
    firms = spells.entry.size
    stamp = np.full(firms, -1, np.int32)
    found = np.empty(firms, np.int32)
    state = np.zeros(spells.steps + 1, np.uint8)
    for i in range(firms):
        for n in range(later_neighbours(spells, i, stamp, found)):
            j = found[n]
            row = strata.row[strata.group[i], strata.group[j]]
            if row < 0 or not together(spells, i, j, state):
                continue
            both = max(spells.entry[i], spells.entry[j])
            met = meeting(state, both)
            for t in range(both, spells.steps):
                if state[t]:
                    counts[0, row, t] += 1.0
                    counts[3, row, t] += 1.0 if met >= 0 else 0.0
                else:
                    counts[1, row, t] += state[t + 1]
                    counts[2, row, t] += 1.0 if t <= met else 0.0


@compiled
def weigh_pairs(
    spells: Spells, strata: Strata, while_located: Floats, at_onset: Floats, total: Floats
) -> None:
    """Add up weights of co-located pairs by firm.

    Parameters
    ----------
    spells, strata
        All sites and groups.
    while_located, at_onset
        Weight of a pair that is co-located at the start of a step, and of one that becomes so during
        it, for each of D statistics, shape (D, G, T + 1).
    total
        Shape (D, N), added to.
    """
    firms = spells.entry.size
    stamp = np.full(firms, -1, np.int32)
    found = np.empty(firms, np.int32)
    state = np.zeros(spells.steps + 1, np.uint8)
    for i in range(firms):
        for n in range(later_neighbours(spells, i, stamp, found)):
            j = found[n]
            row = strata.row[strata.group[i], strata.group[j]]
            if row < 0 or not together(spells, i, j, state):
                continue
            both = max(spells.entry[i], spells.entry[j])
            for d in range(total.shape[0]):
                weight = 0.0
                for t in range(both, spells.steps):
                    if state[t]:
                        weight += while_located[d, row, t]
                    elif state[t + 1]:
                        weight += at_onset[d, row, t]
                total[d, i] += weight
                total[d, j] += weight


@compiled
def closes(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    onset: NDArray[np.int64],
    offsets: NDArray[np.int64],
    partners: NDArray[np.int64],
    dates: NDArray[np.int64],
    closing: NDArray[np.bool_],
) -> None:
    """Say which ties join two firms that had a tied partner in common before.

    Parameters
    ----------
    source, target, onset
        The ties, shape (E,).
    offsets, partners, dates
        Partners of each firm in ascending order with the onset of the tie, shapes (N + 1,), (2E,), (2E,).
    closing
        Shape (E,), False before.
    """
    for e in range(source.size):
        a, b = offsets[source[e]], offsets[target[e]]
        while a < offsets[source[e] + 1] and b < offsets[target[e] + 1]:
            if partners[a] < partners[b]:
                a += 1
            elif partners[b] < partners[a]:
                b += 1
            else:
                closing[e] |= dates[a] < onset[e] and dates[b] < onset[e]
                a += 1
                b += 1
