r"""Communities of a network with several null models: Louvain's method with connected communities.

Firms move, one at a time, to the neighbouring community that raises Q most; communities then become
firms of a smaller network, and so on. At the end firms move once more in the whole network, and a
community that is not connected is cut into its parts. One thread does one partition and takes the
firms in an order that follows from the seed, so that a partition is the same on every machine;
several partitions are made side by side.

References
----------
Blondel, V. D., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast unfolding of communities in
large networks. Journal of Statistical Mechanics P10008. doi:10.1088/1742-5468/2008/10/P10008
Traag, V. A., Waltman, L. & van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing well-connected
communities. Scientific Reports 9, 5233. doi:10.1038/s41598-019-41695-z (queue of firms to look at
again; the fault of unconnected communities)
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities.layers import Network
from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Single = NDArray[np.float32]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

LEAST_GAIN = 1e-9
LEVELS = 30
VISITS = 2
"""Visits a firm after which a level of a large network is left: half the time, 1 % less Q."""
UNLIMITED = 2**62
BLOCK = 1024
"""Firms of a large network that are taken one after the other, in blocks at random."""


def louvain(
    whole: Network,
    pair_weight: Single,
    strengths: Floats,
    seed: int,
    *,
    large: bool = False,
) -> Small:
    """Partition the firms.

    Parameters
    ----------
    whole
        The rows of the network.
    pair_weight, strengths
        As :func:`jiqun.numerics.communities.layers.weighed` returns them.
    seed
        Address of the order in which firms are taken.
    large
        Whether to save time as large networks need it: each level is left after two visits a firm, and
        firms are taken in blocks of neighbouring numbers.

    Returns
    -------
    ndarray
        Community of each firm, numbered from 0 in the order of their first firm; shape (N,).
    """
    single = pair_weight[whole.pair]
    offsets, neighbours, weight = whole.offsets, whole.neighbours, single
    community = np.arange(whole.firms, dtype=np.int32)
    level_strength = strengths
    for level in range(LEVELS):
        own = np.arange(level_strength.shape[0], dtype=np.int32)
        visits = VISITS * own.size if large else UNLIMITED
        order = _order(own.size, seed + level, large=large)
        moved = move(offsets, neighbours, weight, level_strength, own, order, visits)
        own, count = renumbered(own)
        community = own[community]
        if not moved or count == own.size:
            break
        offsets, neighbours, weight = _merged(offsets, neighbours, weight, own, count)
        level_strength = _summed(level_strength, own, count)
    # Back to single firms, with the weights of the first level.
    order = _order(whole.firms, seed + LEVELS, large=large)
    move(whole.offsets, whole.neighbours, single, strengths, community, order, UNLIMITED)
    community = connected_parts(whole.offsets, whole.neighbours, single, community)
    return renumbered(community)[0]


def _order(size: int, seed: int, *, large: bool) -> Small:
    """Draw an order of all firms, in large networks block by block and inside each block."""
    generator = np.random.default_rng(seed)
    if not large:
        return generator.permutation(size).astype(np.int32)
    block = generator.permutation(-(-size // BLOCK))[np.arange(size) // BLOCK]
    return np.argsort(block + generator.random(size)).astype(np.int32)


def _summed(strengths: Floats, own: Small, count: int) -> Floats:
    """Add up the strengths of what is merged."""
    return np.stack([np.bincount(own, column, count) for column in strengths.T], axis=1)


@compiled
def renumbered(community: Small) -> tuple[Small, int]:
    """Give communities numbers from 0 in the order of their first member."""
    new = np.full(community.max() + 1 if community.size else 0, -1, np.int32)
    out = np.empty_like(community)
    count = 0
    for i in range(community.size):
        if new[community[i]] < 0:
            new[community[i]] = count
            count += 1
        out[i] = new[community[i]]
    return out, count


@compiled
def move(
    offsets: Ints,
    neighbours: Small,
    weight: Single,
    strength: Floats,
    community: Small,
    order: Small,
    visits: int,
) -> int:
    """Move firms between communities while Q rises, in so many visits at most; count the moves.

    ``community`` is changed.
    """
    nodes = community.size
    total, members, empty, empties = _tally(strength, community)
    queue, waiting = order.copy(), np.ones(nodes, np.bool_)
    head, left, moves = 0, nodes, 0
    link, touched = np.zeros(nodes), np.empty(nodes, np.int32)
    while left > 0 and visits > 0:
        i = queue[head]
        head = head + 1 if head + 1 < nodes else 0
        left -= 1
        visits -= 1
        waiting[i] = False
        own = community[i]
        seen = _gather(offsets, neighbours, weight, community, i, link, touched)
        _add(total, own, strength, i, -1.0)
        best, gain = _best(link, touched[:seen], strength, i, total, own)
        if gain < -LEAST_GAIN and members[own] > 1:
            empties -= 1
            best = empty[empties]
        _add(total, best, strength, i, 1.0)
        if best == own:
            continue
        moves += 1
        members[own] -= 1
        members[best] += 1
        if members[own] == 0:
            empty[empties] = own
            empties += 1
        community[i] = best
        near = slice(offsets[i], offsets[i + 1])
        left = _wake(neighbours[near], weight[near], community, best, waiting, queue, head, left)
    return moves


@compiled
def _wake(
    near: Small,
    weight: Single,
    community: Small,
    joined: int,
    waiting: NDArray[np.bool_],
    queue: Small,
    head: int,
    left: int,
) -> int:
    """Queue the neighbours that are outside the community joined; return the queue's new length."""
    for p in range(near.size):
        j = near[p]
        if weight[p] > 0 and not waiting[j] and community[j] != joined:
            waiting[j] = True
            tail = head + left
            queue[tail if tail < queue.size else tail - queue.size] = j
            left += 1
    return left


@compiled
def _tally(strength: Floats, community: Small) -> tuple[Floats, Small, Small, int]:
    """Return strengths and members of every community, and a stack of the empty ones."""
    nodes = community.size
    total = np.zeros(strength.shape)
    members, empty = np.zeros(nodes, np.int32), np.empty(nodes, np.int32)
    for i in range(nodes):
        members[community[i]] += 1
        _add(total, community[i], strength, i, 1.0)
    empties = 0
    for c in range(nodes):
        if members[c] == 0:
            empty[empties] = c
            empties += 1
    return total, members, empty, empties


@compiled
def _add(total: Floats, c: int, strength: Floats, i: int, sign: float) -> None:
    """Add a firm's strengths to a community's, or take them away."""
    for a in range(strength.shape[1]):
        total[c, a] += sign * strength[i, a]


@compiled
def _gather(
    offsets: Ints,
    neighbours: Small,
    weight: Single,
    community: Small,
    i: int,
    link: Floats,
    touched: Small,
) -> int:
    """Add up a firm's links with each community around it; return how many there are."""
    seen = 0
    for p in range(offsets[i], offsets[i + 1]):
        if weight[p] > 0 and neighbours[p] != i:
            c = community[neighbours[p]]
            if link[c] == 0.0:
                touched[seen] = c
                seen += 1
            link[c] += weight[p]
    return seen


@compiled
def _best(
    link: Floats, touched: Small, strength: Floats, i: int, total: Floats, own: int
) -> tuple[int, float]:
    """Find the community that a firm gains most by, and the gain; its own where none is better.

    The links are set back to zero. What is expected is never negative, so that a community with fewer
    links than the best so far need not be looked at.
    """
    best, best_gain = own, link[own] - _dot(strength, i, total, own)
    for c in touched:
        links = link[c]
        link[c] = 0.0
        if links > best_gain + LEAST_GAIN:
            gain = links - _dot(strength, i, total, c)
            if gain > best_gain + LEAST_GAIN:
                best, best_gain = c, gain
    return best, best_gain


@compiled
def _dot(strength: Floats, i: int, total: Floats, c: int) -> float:
    """Return the expected weight between a firm and a community."""
    expected = 0.0
    for a in range(strength.shape[1]):
        expected += strength[i, a] * total[c, a]
    return expected


@compiled
def _merged(
    offsets: Ints, neighbours: Small, weight: Single, own: Small, count: int
) -> tuple[Ints, Small, Single]:
    """Make one node of each community; what is inside one is left out."""
    nodes = own.size
    start = np.zeros(count + 1, np.int64)
    for i in range(nodes):
        start[own[i] + 1] += 1
    for c in range(count):
        start[c + 1] += start[c]
    place, member = start[:-1].copy(), np.empty(nodes, np.int32)
    for i in range(nodes):
        member[place[own[i]]] = i
        place[own[i]] += 1
    new_offsets = np.zeros(count + 1, np.int64)
    new_neighbours = np.empty(neighbours.size, np.int32)
    new_weight = np.empty(neighbours.size, np.float32)
    link, filled = np.zeros(count), 0
    for c in range(count):
        first = filled
        for m in range(start[c], start[c + 1]):
            i = member[m]
            for p in range(offsets[i], offsets[i + 1]):
                d = own[neighbours[p]]
                if d == c or weight[p] <= 0:
                    continue
                if link[d] == 0.0:
                    new_neighbours[filled] = d
                    filled += 1
                link[d] += weight[p]
        for q in range(first, filled):
            new_weight[q] = link[new_neighbours[q]]
            link[new_neighbours[q]] = 0.0
        new_offsets[c + 1] = filled
    return new_offsets, new_neighbours[:filled].copy(), new_weight[:filled].copy()


@compiled
def connected_parts(offsets: Ints, neighbours: Small, weight: Single, community: Small) -> Small:
    """Cut every community into its connected parts."""
    nodes = community.size
    part = np.full(nodes, -1, np.int32)
    stack = np.empty(nodes, np.int32)
    count = 0
    for root in range(nodes):
        if part[root] >= 0:
            continue
        part[root] = count
        stack[0], height = root, 1
        while height > 0:
            height -= 1
            i = stack[height]
            for p in range(offsets[i], offsets[i + 1]):
                j = neighbours[p]
                if weight[p] > 0 and part[j] < 0 and community[j] == community[i]:
                    part[j] = count
                    stack[height] = j
                    height += 1
        count += 1
    return part
