"""s-components and s-distances: hyperedges that share at least s nodes.

References
----------
Aksoy, S. G., Joslyn, C., Marrero, C. O., Praggastis, B. & Purvine, E. (2020). Hypernetwork science
via high-order hypergraph walks. EPJ Data Science 9, 16. doi:10.1140/epjds/s13688-020-00231-0
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.hypergraph.structure import Hypergraph, edges_of_nodes
from jiqun.numerics.point_pattern.compiled import compiled

UNREACHED = -1


def s_components(graph: Hypergraph, s: int = 1) -> NDArray[np.int64]:
    """Label the hyperedges by s-component.

    Two hyperedges are s-adjacent where they share at least s nodes; a component is a class of
    hyperedges joined by such steps. Hyperedges of fewer than s members belong to none.

    Returns
    -------
    ndarray
        Shape (E,): component 0, 1, … in order of first hyperedge, ``-1`` for those in none.

    Raises
    ------
    ValueError
        For s < 1.
    """
    _refuse_bad_s(s)
    offsets, edges = edges_of_nodes(graph)
    return _components(graph.offsets, graph.members, offsets, edges, s)


def s_distances(graph: Hypergraph, source: int, s: int = 1) -> NDArray[np.int64]:
    """Count the s-steps from one hyperedge to every other.

    Returns
    -------
    ndarray
        Shape (E,): 0 at the source, ``-1`` where no s-walk leads.

    Raises
    ------
    ValueError
        For s < 1 or a source that is no hyperedge.
    """
    _refuse_bad_s(s)
    if not 0 <= source < graph.edges:
        msg = f"hyperedge {source} is outside 0 … {graph.edges - 1}"
        raise ValueError(msg)
    offsets, edges = edges_of_nodes(graph)
    return _distances(graph.offsets, graph.members, offsets, edges, source, s)


def _refuse_bad_s(s: int) -> None:
    """Raise for an overlap that is no overlap."""
    if s < 1:
        msg = f"s-adjacency needs s of at least 1, got {s}"
        raise ValueError(msg)


@compiled
def _root(parent: NDArray[np.int64], edge: int) -> int:
    """Find the root of a hyperedge, halving the path on the way."""
    while parent[edge] != edge:
        parent[edge] = parent[parent[edge]]
        edge = parent[edge]
    return edge


@compiled
def _components(
    offsets: NDArray[np.int64],
    members: NDArray[np.int32],
    node_offsets: NDArray[np.int64],
    node_edges: NDArray[np.int64],
    s: int,
) -> NDArray[np.int64]:
    """Join each hyperedge with the earlier ones that share at least s of its nodes."""
    count = offsets.size - 1
    parent = np.arange(count)
    shared = np.zeros(count, np.int64)
    touched = np.empty(count, np.int64)
    for edge in range(count):
        if offsets[edge + 1] - offsets[edge] < s:
            continue
        n_touched = 0
        for m in range(offsets[edge], offsets[edge + 1]):
            node = members[m]
            for k in range(node_offsets[node], node_offsets[node + 1]):
                other = node_edges[k]
                if other >= edge:
                    break
                if shared[other] == 0:
                    touched[n_touched] = other
                    n_touched += 1
                shared[other] += 1
        for t in range(n_touched):
            other = touched[t]
            if shared[other] >= s:
                here, there = _root(parent, edge), _root(parent, other)
                parent[max(here, there)] = min(here, there)
            shared[other] = 0
    return _labels(parent, offsets, s)


@compiled
def _labels(parent: NDArray[np.int64], offsets: NDArray[np.int64], s: int) -> NDArray[np.int64]:
    """Give each component a number, in the order of its first hyperedge, which is its root."""
    label = np.full(parent.size, UNREACHED)
    components = 0
    for edge in range(parent.size):
        if offsets[edge + 1] - offsets[edge] >= s:
            root = _root(parent, edge)
            if root == edge:
                label[edge] = components
                components += 1
            else:
                label[edge] = label[root]
    return label


@compiled
def _distances(
    offsets: NDArray[np.int64],
    members: NDArray[np.int32],
    node_offsets: NDArray[np.int64],
    node_edges: NDArray[np.int64],
    source: int,
    s: int,
) -> NDArray[np.int64]:
    """Search breadth first, counting shared nodes on the way instead of storing a line graph."""
    count = offsets.size - 1
    distance = np.full(count, UNREACHED)
    queue = np.empty(count, np.int64)
    shared = np.zeros(count, np.int64)
    touched = np.empty(count, np.int64)
    distance[source], queue[0], head, tail = 0, source, 0, 1
    while head < tail:
        edge = queue[head]
        head += 1
        n_touched = 0
        for m in range(offsets[edge], offsets[edge + 1]):
            node = members[m]
            for k in range(node_offsets[node], node_offsets[node + 1]):
                other = node_edges[k]
                if distance[other] != UNREACHED:
                    continue
                if shared[other] == 0:
                    touched[n_touched] = other
                    n_touched += 1
                shared[other] += 1
        for t in range(n_touched):
            other = touched[t]
            if shared[other] >= s:
                distance[other] = distance[edge] + 1
                queue[tail] = other
                tail += 1
            shared[other] = 0
    return distance
