"""Configuration null: random hyperedges that keep every degree and every size.

The chain picks two incidences and exchanges their nodes, unless a node would then be in one
hyperedge twice, in which case it stays (Metropolis with a symmetric proposal). Its stationary law
is uniform over the labelled incidence tables with the given margins.

References
----------
Chodrow, P. S. (2020). Configuration models of random hypergraphs. Journal of Complex Networks
8(3), cnaa018. doi:10.1093/comnet/cnaa018
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.hypergraph.structure import Hypergraph
from jiqun.numerics.point_pattern.compiled import compiled


def configuration_null(
    graph: Hypergraph, *, steps_per_member: int = 20, rng: np.random.Generator
) -> Hypergraph:
    """Draw a hypergraph with the same degrees, sizes, dates and kinds.

    Parameters
    ----------
    graph
        The hypergraph to start from; it is not changed.
    steps_per_member
        Proposed exchanges for each incidence; 20 is twice what the overlap with the start needs
        to fall to its limit (see ``verification/hypergraph_mixing.py``).
    rng
        Source of the exchanges.

    Returns
    -------
    Hypergraph
        Members ascending within each hyperedge, as everywhere.
    """
    edge = np.repeat(np.arange(graph.edges, dtype=np.int64), graph.sizes)
    members = graph.members.copy()
    if graph.edges > 1:
        seed = int(rng.integers(1, np.iinfo(np.int64).max))
        exchange(graph.offsets, members, edge, steps_per_member * members.size, seed)
    return graph.with_members(members)


@compiled
def _next(state: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Step a SplitMix64 generator (Steele, Lea & Flood 2014): the new state and its output."""
    state = state + np.uint64(0x9E3779B97F4A7C15)
    z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state, z ^ (z >> np.uint64(31))


@compiled
def exchange(
    offsets: NDArray[np.int64],
    members: NDArray[np.int32],
    edge: NDArray[np.int64],
    steps: int,
    seed: int,
) -> int:
    """Exchange members in place; return how many proposals were taken.

    Parameters
    ----------
    offsets, members, edge
        Rows of the hypergraph and the hyperedge of each incidence; ``members`` is changed.
    steps
        Proposals.
    seed
        Positive seed of the chain.
    """
    state = np.uint64(seed)
    taken = 0
    half = np.uint64(32)
    count = np.uint64(members.size)
    for _ in range(steps):
        state, word = _next(state)
        # Two 32-bit draws mapped to 0 … M-1 by multiplication (bias below M / 2^32).
        i = np.int64(((word & np.uint64(0xFFFFFFFF)) * count) >> half)
        j = np.int64(((word >> half) * count) >> half)
        a, b = edge[i], edge[j]
        if a == b or members[i] == members[j]:
            continue
        if _holds(offsets, members, a, members[j]) or _holds(offsets, members, b, members[i]):
            continue
        members[i], members[j] = members[j], members[i]
        taken += 1
    return taken


@compiled
def _holds(offsets: NDArray[np.int64], members: NDArray[np.int32], edge: int, node: int) -> bool:
    """Say whether a hyperedge has the node."""
    found = False
    for m in range(offsets[edge], offsets[edge + 1]):
        found |= members[m] == node
    return found
