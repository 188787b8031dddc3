r"""Pair-weight null: groups that know pairs only, with the record's sizes, dates and pair weights.

.. math::  P(e) \propto \prod_{i < j \in e} w_{ij}, \qquad w_{ij} = \max(n_{ij}, \epsilon)

:math:`n_{ij}` groups of the record hold i and j. A group starts from a pair of the record, grows by
:math:`\prod_r w_{cr}`, and is then redrawn seat by seat (Gibbs), so that no group of three and more is
remembered. Where few groups overlap, pairs determine groups, and the null repeats them: then nothing
can be told from structure, and the null says so.

Paper: K3f, Q11 (what pairs alone imply)

References
----------
Schneidman, E., Still, S., Berry, M. J. & Bialek, W. (2003). Network information and connected
correlations. Physical Review Letters 91, 238701. doi:10.1103/PhysRevLett.91.238701 (pairwise model)
Young, J.-G., Petri, G. & Peixoto, T. P. (2021). Hypergraph reconstruction from network data.
Communications Physics 4, 135. doi:10.1038/s42005-021-00637-w (when pairs determine groups)
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.addressed import address, below, uniform
from jiqun.numerics.hypergraph.projection import pairs
from jiqun.numerics.hypergraph.structure import Hypergraph
from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

EPSILON = 1e-3
"""Weight of a pair that never met, in units of the mean weight of those that did."""
SWEEPS = 2
LEAST = 2
"""Groups below that size have no pair."""


def pair_null(graph: Hypergraph, *, seed: int) -> Hypergraph:
    """Draw a hypergraph with the same sizes, dates and kinds from the record's pair weights.

    Parameters
    ----------
    graph
        The record; it is not changed. Groups of fewer than two members stay as they are.
    seed
        Seed of the draw; not negative.

    Returns
    -------
    Hypergraph
        Members ascending within each group, as everywhere.
    """
    weights = pairs(graph)
    floor = EPSILON * float(weights.data.mean()) if weights.nnz else EPSILON
    big = np.flatnonzero(graph.sizes >= LEAST)
    chance = np.cumsum((graph.sizes[big] * (graph.sizes[big] - 1)).astype(np.float64))
    members = graph.members.copy()
    if big.size:
        _draw(
            graph.offsets,
            graph.members,
            members,
            big,
            chance / chance[-1],
            (
                weights.indptr.astype(np.int64),
                weights.indices.astype(np.int32),
                np.log(weights.data / floor),
            ),
            graph.nodes,
            seed,
        )
    return graph.with_members(members)


@compiled
def _draw(
    offsets: Ints,
    observed: Small,
    members: Small,
    big: Ints,
    chance: Floats,
    links: tuple[Ints, Small, Floats],
    nodes: int,
    seed: int,
) -> None:
    """Draw every group anew, in place."""
    scratch = (np.zeros(nodes), np.empty(nodes, np.int32), np.zeros(nodes, np.bool_))
    for edge in big:
        shared = address(seed, edge, 0)
        source = big[np.searchsorted(chance, uniform(shared, 0, 0), side="right")]
        a, size = offsets[edge], offsets[edge + 1] - offsets[edge]
        at, of = offsets[source], offsets[source + 1] - offsets[source]
        one = below(shared, 1, 0, of)
        other = (one + 1 + below(shared, 2, 0, of - 1)) % of
        members[a], members[a + 1] = observed[at + one], observed[at + other]
        group = members[a : a + size]
        for seat in range(2, size):
            luck, stranger = uniform(shared, 3, seat), below(shared, 4, seat, nodes)
            group[seat] = _seat(group[:seat], -1, links, scratch, luck, stranger)
        for turn in range(SWEEPS * size):
            seat = below(shared, 5, turn, size)
            luck, stranger = uniform(shared, 6, turn), below(shared, 7, turn, nodes)
            group[seat] = _seat(group, seat, links, scratch, luck, stranger)


@compiled
def _seat(
    group: Small,
    left_out: int,
    links: tuple[Ints, Small, Floats],
    scratch: tuple[Floats, Small, NDArray[np.bool_]],
    luck: float,
    stranger: int,
) -> int:
    """Draw who sits beside a group (one seat left out): those who met a member, by their weights.

    Who met nobody in the group is drawn only where nobody has: with weights a thousand times smaller
    such firms are left out.
    """
    first, neighbour, log_weight = links
    gain, touched, inside = scratch
    for place in range(group.size):
        inside[group[place]] = place != left_out
    seen, highest = 0, 0.0
    for place in range(group.size):
        if place == left_out:
            continue
        for k in range(first[group[place]], first[group[place] + 1]):
            c = neighbour[k]
            if inside[c]:
                continue
            if gain[c] == 0.0:
                touched[seen] = c
                seen += 1
            gain[c] += log_weight[k]
            highest = max(highest, gain[c])
    chosen = _by_gain(gain, touched[:seen], highest, luck)
    while chosen < 0:
        chosen = -1 if inside[stranger] else stranger
        stranger = (stranger + 1) % gain.size
    for place in range(group.size):
        inside[group[place]] = False
    return int(chosen)


@compiled
def _by_gain(gain: Floats, touched: Small, highest: float, luck: float) -> int:
    """Draw one of the firms touched by e^gain, and set their gains back to 0; −1 for none."""
    total = 0.0
    for c in touched:
        total += np.exp(gain[c] - highest)
    goal, chosen = luck * total, -1
    for c in touched:
        goal -= np.exp(gain[c] - highest)
        gain[c] = 0.0
        if chosen < 0 and (goal < 0.0 or c == touched[-1]):
            chosen = c
    return int(chosen)
