"""What the rest of a group loses without each of its members: relations and connection.

Paper: K3i (knock-out of any member)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from jiqun.numerics.hypergraph.structure import Hypergraph

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PAIR = 2


@dataclass(frozen=True, slots=True)
class KnockOut:
    """Losses by member, in the order in which the group was given.

    Attributes
    ----------
    share
        Share of the relations among members (hyperedges with two and more of them) that are left with
        one, shape (G,).
    parts
        Parts that the others fall into, less the parts they were in with the member, shape (G,); 0
        for a member that leaves no fewer connections, −1 for one that was a part by itself.
    """

    share: Floats
    parts: Ints


def knock_out(graph: Hypergraph, group: Ints) -> KnockOut:
    """Take each member out in turn.

    Parameters
    ----------
    graph
        Relations of any size, of members and others.
    group
        Numbers of the members, different, shape (G,).
    """
    place = np.full(graph.nodes, -1)
    place[group] = np.arange(group.size)
    edge = np.repeat(np.arange(graph.edges), graph.sizes)
    inside = place[graph.members] >= 0
    edge, member = edge[inside], place[graph.members[inside]]
    count = np.bincount(edge, minlength=graph.edges)
    joint = count[edge] >= PAIR
    edge, member = np.unique(edge[joint], return_inverse=True)[1], member[joint]
    relations = int(edge.max()) + 1 if edge.size else 0
    pairs = np.bincount(edge, minlength=relations) == PAIR
    lost = np.bincount(member[pairs[edge]], minlength=group.size) if edge.size else np.zeros(1)
    table = sparse.csr_array((np.ones(edge.size), (edge, member)), shape=(relations, group.size))
    whole = _parts(table)
    parts = [_parts(table[:, np.arange(group.size) != k]) - whole for k in range(group.size)]
    share = np.broadcast_to(lost / max(relations, 1), group.shape).astype(np.float64)
    return KnockOut(share, np.array(parts, dtype=np.int64))


def _parts(table: sparse.csr_array) -> int:
    """Count the connected parts of the columns."""
    relations, members = table.shape
    if members == 0:
        return 0
    if relations == 0:
        return int(members)
    joined = sparse.csr_array(table.T @ table)
    return int(csgraph.connected_components(joined, directed=False, return_labels=False))
