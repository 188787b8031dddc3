"""Hidden seats: one member of each group hidden, and what the past says of it and of six others.

Paper: K3f, K3g (does who joins go by pairs, or by groups met before)
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.addressed import address, below, uniform
from jiqun.numerics.hypergraph.structure import Hypergraph, edges_of_nodes
from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

DECOYS = 6
MOST_MEMBERS = 8
"""Of a larger group so many members, drawn at random, are looked at."""
TRIPLE = 3
FIRM, PAIRS = 1, 10
"""Columns up to which firms, and firms and pairs, are described."""
COLUMNS = 13
LONGEST = 2000
"""Past groups of a firm that are looked at, the latest."""
TRIES = 50


def hidden_seats(graph: Hypergraph, *, most: int, seed: int) -> tuple[Floats, Floats, Ints]:
    """Hide one member in each group of three and more, and describe it beside six others.

    Parameters
    ----------
    graph
        Dated groups; what began on an earlier day is the past.
    most
        Seats described: the latest.
    seed
        Seed of who is hidden and who stands beside; not negative.

    Returns
    -------
    tuple
        Descriptions, shape (n, 7, 13), the hidden member first: activity; nine of pairs (mean, least and
        most meetings, how many were met, and bends of these); three of groups with two and more of the
        others (number, largest, with all). The log-probability with which each firm would be drawn to
        stand beside the seat, shape (n, 7). And the group of each seat, shape (n,).

    Notes
    -----
    The hidden member is one with a past; groups where none has are left out, since nothing can tell
    them.
    """
    offsets, edges = edges_of_nodes(graph)
    day = np.searchsorted(graph.start, graph.start, side="left")
    asked = np.flatnonzero((graph.sizes >= TRIPLE) & (day > 0))[-most:]
    found = np.zeros((asked.size, 1 + DECOYS, COLUMNS + 1))
    used = _describe(
        graph.offsets, graph.members, offsets, edges, asked, day[asked], found, graph.nodes, seed
    )
    return found[used, :, :COLUMNS], np.log(found[used, :, COLUMNS]), asked[used]


@compiled
def _describe(
    offsets: Ints,
    members: Small,
    node_offsets: Ints,
    node_edges: Ints,
    asked: Ints,
    before: Ints,
    found: Floats,
    nodes: int,
    seed: int,
) -> NDArray[np.bool_]:
    """Fill the descriptions; return which seats have six others beside them."""
    used = np.zeros(asked.size, np.bool_)
    place = np.full(nodes, -1)
    rest, beside = np.empty(MOST_MEMBERS - 1, np.int64), np.empty(1 + DECOYS, np.int64)
    for k in range(asked.size):
        edge, shared = asked[k], address(seed, asked[k], 0)
        group = members[offsets[edge] : offsets[edge + 1]].copy()
        _hide(group, node_offsets, node_edges, before[k], shared)
        count = min(group.size, MOST_MEMBERS) - 1
        beside[0] = group[0]
        rest[:count] = group[1 : count + 1]
        for m in range(count):
            place[rest[m]] = m
        used[k] = node_edges[node_offsets[group[0]]] < before[k] and _others(
            offsets, members, node_offsets, node_edges, group, count, before[k], beside, shared
        )
        if used[k]:
            for c in range(1 + DECOYS):
                firm, past = beside[c], before[k]
                found[k, c] = _seen(
                    offsets, members, node_offsets, node_edges, firm, place, rest[:count], past
                )
        for m in range(count):
            place[rest[m]] = -1
    return used


@compiled
def _hide(
    group: Small, node_offsets: Ints, node_edges: Ints, before: int, shared: np.uint64
) -> None:
    """Put the members into random order, one with a past first if there is any."""
    for turn in range(group.size - 1, 0, -1):
        other = below(shared, 0, turn, turn + 1)
        group[turn], group[other] = group[other], group[turn]
    for m in range(group.size):
        if node_edges[node_offsets[group[m]]] < before:
            group[0], group[m] = group[m], group[0]
            break


@compiled
def _others(
    offsets: Ints,
    members: Small,
    node_offsets: Ints,
    node_edges: Ints,
    group: Small,
    count: int,
    before: int,
    beside: Ints,
    shared: np.uint64,
) -> bool:
    """Draw six others: three out of past groups of the rest, three out of any past group."""
    filled = 1
    for turn in range(TRIES * DECOYS):
        edge = -1
        if filled <= DECOYS // 2 and turn < TRIES * DECOYS // 2:
            of = group[1 + below(shared, 1, turn, count)]
            own = node_edges[node_offsets[of] : node_offsets[of + 1]]
            past = int(np.searchsorted(own, before, side="left"))
            if past > 0:
                edge = int(own[below(shared, 2, turn, past)])
        else:
            # A place among all past memberships: firms are drawn by their activity.
            at = np.int64(uniform(shared, 3, turn) * offsets[before])
            edge = int(np.searchsorted(offsets, at, side="right")) - 1
        if edge < 0 or offsets[edge + 1] == offsets[edge]:
            continue
        size = offsets[edge + 1] - offsets[edge]
        c = members[offsets[edge] + below(shared, 4, turn, size)]
        known = False
        for m in group:
            known |= m == c
        for b in range(filled):
            known |= beside[b] == c
        if not known:
            beside[filled] = c
            filled += 1
            if filled > DECOYS:
                return True
    return False


@compiled
def _seen(
    offsets: Ints,
    members: Small,
    node_offsets: Ints,
    node_edges: Ints,
    firm: int,
    place: Ints,
    rest: Ints,
    before: int,
) -> Floats:
    """Describe one firm beside the rest, whose places are 0 … count − 1, and how it would be drawn."""
    count = rest.size
    row, met, near = np.zeros(COLUMNS + 1), np.zeros(count), 0.0
    a = node_offsets[firm]
    past = np.searchsorted(node_edges[a : node_offsets[firm + 1]], before, side="left")
    several, largest, whole = 0, 0, 0
    for k in range(a + max(0, past - LONGEST), a + past):
        edge, common = node_edges[k], 0
        for m in range(offsets[edge], offsets[edge + 1]):
            r = place[members[m]]
            if r >= 0 and members[m] != firm:
                met[r] += 1.0
                common += 1
                b = node_offsets[members[m]]
                own = np.searchsorted(node_edges[b : node_offsets[members[m] + 1]], before)
                near += 1.0 / (own * (offsets[edge + 1] - offsets[edge]))
        if common > 1:
            several += 1
            largest = max(largest, common)
            whole += common == count
    row[0] = np.log1p(past)
    logs = np.log1p(met)
    share = (met > 0).mean()
    row[1], row[2], row[3] = logs.mean(), logs.min(), logs.max()
    row[4], row[5], row[6] = np.log1p(met.sum()), share, share * share
    row[7], row[8], row[9] = row[1] * row[1], row[1] * row[0], 1.0 if share == 1.0 else 0.0
    row[COLUMNS] = max(near / count / 2 + past / offsets[before] / 2, 1e-300)
    row[10], row[11], row[12] = np.log1p(several), largest / count, np.log1p(whole)
    return row
