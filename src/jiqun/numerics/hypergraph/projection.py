"""Projections onto pairs, and triples that pairs alone would call closed.

References
----------
Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64, 016132.
doi:10.1103/PhysRevE.64.016132 (weight 1/(k-1)).
Benson, A. R., Abebe, R., Schaub, M. T., Jadbabaie, A. & Kleinberg, J. (2018). Simplicial closure
and higher-order link prediction. PNAS 115(48), E11221. doi:10.1073/pnas.1800683115 (open and
closed triangles).
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jiqun.numerics.hypergraph.structure import Hypergraph, edges_of_nodes
from jiqun.numerics.point_pattern.compiled import compiled

PairWeight = Literal["count", "shared"]


def incidence(graph: Hypergraph) -> sparse.csr_array:
    """Return the incidence table, shape (E, N), of zeros and ones."""
    ones = np.ones(graph.members.size)
    return sparse.csr_array((ones, graph.members, graph.offsets), shape=(graph.edges, graph.nodes))


def pairs(graph: Hypergraph, *, weight: PairWeight = "count") -> sparse.csr_array:
    """Project the hypergraph onto pairs of nodes.

    Parameters
    ----------
    graph
        The hypergraph.
    weight
        ``count``: hyperedges that hold both nodes. ``shared``: each hyperedge of k nodes gives
        1/(k-1) to each of its pairs, so that a node's weights add up to its hyperedges of two and
        more.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (N, N), symmetric, without diagonal.
    """
    rows = incidence(graph)
    sizes = graph.sizes
    share = np.ones(graph.edges) if weight == "count" else 1.0 / np.maximum(sizes - 1, 1)
    both = sparse.csr_array(rows.T @ (sparse.diags_array(share) @ rows))
    both.setdiag(0.0)
    both.eliminate_zeros()
    both.sort_indices()
    return both


def triples(graph: Hypergraph) -> tuple[int, int]:
    """Count the triples of nodes that are linked pair by pair.

    Returns
    -------
    tuple
        Closed triples (some hyperedge holds all three) and open ones (none does): the second are
        what a projection onto pairs wrongly calls groups.
    """
    linked = pairs(graph)
    node_offsets, node_edges = edges_of_nodes(graph)
    closed, opened = _triples(
        linked.indptr.astype(np.int64), linked.indices.astype(np.int64), node_offsets, node_edges
    )
    return int(closed), int(opened)


@compiled
def _triples(
    offsets: NDArray[np.int64],
    neighbours: NDArray[np.int64],
    node_offsets: NDArray[np.int64],
    node_edges: NDArray[np.int64],
) -> tuple[int, int]:
    """Walk the triples i < j < k of the projection once each."""
    closed, opened = 0, 0
    for i in range(offsets.size - 1):
        for a in range(offsets[i], offsets[i + 1]):
            j = neighbours[a]
            if j <= i:
                continue
            x, y = a + 1, offsets[j]
            while x < offsets[i + 1] and y < offsets[j + 1]:
                if neighbours[x] < neighbours[y]:
                    x += 1
                elif neighbours[x] > neighbours[y] or neighbours[y] <= j:
                    y += 1
                else:
                    if _share_one(node_offsets, node_edges, i, j, neighbours[x]):
                        closed += 1
                    else:
                        opened += 1
                    x += 1
                    y += 1
    return closed, opened


@compiled
def _share_one(
    offsets: NDArray[np.int64], edges: NDArray[np.int64], i: int, j: int, k: int
) -> bool:
    """Say whether one hyperedge holds all three nodes: a walk over three ascending lists."""
    a, b, c = offsets[i], offsets[j], offsets[k]
    while a < offsets[i + 1] and b < offsets[j + 1] and c < offsets[k + 1]:
        last = max(edges[a], edges[b], edges[c])
        if edges[a] == edges[b] == edges[c]:
            return True
        while a < offsets[i + 1] and edges[a] < last:
            a += 1
        while b < offsets[j + 1] and edges[b] < last:
            b += 1
        while c < offsets[k + 1] and edges[c] < last:
            c += 1
    return False
