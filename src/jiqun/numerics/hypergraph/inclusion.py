r"""Simpliciality: are the sub-groups of a group recorded as groups too?

.. math::  \mathrm{SF} = \frac{|\{e : |e| > m,\ f \in E\ \forall f \subset e, |f| \ge m\}|}
                              {|\{e : |e| > m\}|}

over distinct hyperedges, where m is the smallest size that counts. It describes a record and says
nothing of outcomes: who records a pair inside a group decides it as much as the firms do.

References
----------
Landry, N. W., Young, J.-G. & Eikmeier, N. (2024). The simpliciality of higher-order networks. EPJ
Data Science 13, 17. doi:10.1140/epjds/s13688-024-00458-1
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.hypergraph.structure import Hypergraph
from jiqun.numerics.point_pattern.compiled import compiled

_EMPTY = np.uint64(0)
_NO_SIMPLEX = 40
"""Size from which a simplex would need more hyperedges than a machine holds."""


def simplicial_fraction(graph: Hypergraph, *, smallest: int = 2) -> tuple[int, int]:
    """Count the distinct hyperedges all of whose faces are hyperedges too.

    Parameters
    ----------
    graph
        The hypergraph; repeated hyperedges count once.
    smallest
        Size m of the smallest face that counts; hyperedges of that size have no smaller face and
        are left out.

    Returns
    -------
    tuple
        Simplices, and the hyperedges that could be one (larger than ``smallest``).

    Notes
    -----
    Sets are told apart by a 64-bit hash; for 10⁶ distinct sets the chance that any two share one
    is 3·10⁻⁸.
    """
    key = _node_keys(graph.nodes)
    table, first = _distinct(graph.offsets, graph.members, key)
    simplices, potential = _count(graph.offsets, graph.members, key, table, first, smallest)
    return int(simplices), int(potential)


@compiled
def _node_keys(nodes: int) -> NDArray[np.uint64]:
    """Give every node a 64-bit word; the hash of a set is the sum of its nodes' words."""
    key = np.empty(nodes, np.uint64)
    for node in range(nodes):
        z = np.uint64(node + 1) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        key[node] = z ^ (z >> np.uint64(31))
    return key


@compiled
def _place(table: NDArray[np.uint64], word: np.uint64) -> np.int64:
    """Find where a hash stands in the table, or the empty place where it would."""
    mask = np.uint64(table.size - 1)
    place = word & mask
    while table[place] != _EMPTY and table[place] != word:
        place = (place + np.uint64(1)) & mask
    return np.int64(place)


@compiled
def _distinct(
    offsets: NDArray[np.int64], members: NDArray[np.int32], key: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Enter every hyperedge into a hash table; mark the first of each set."""
    edges = offsets.size - 1
    places = 16
    while places < 2 * edges:
        places *= 2
    table = np.zeros(places, np.uint64)
    first = np.zeros(edges, np.bool_)
    for edge in range(edges):
        word = _EMPTY
        for m in range(offsets[edge], offsets[edge + 1]):
            word += key[members[m]]
        place = _place(table, word)
        first[edge] = table[place] == _EMPTY
        table[place] = word
    return table, first


@compiled
def _count(
    offsets: NDArray[np.int64],
    members: NDArray[np.int32],
    key: NDArray[np.uint64],
    table: NDArray[np.uint64],
    first: NDArray[np.bool_],
    smallest: int,
) -> tuple[int, int]:
    """Count simplices and potential simplices among the distinct hyperedges."""
    simplices, potential = 0, 0
    distinct = first.sum()
    for edge in range(first.size):
        size = offsets[edge + 1] - offsets[edge]
        if not first[edge] or size <= smallest:
            continue
        potential += 1
        # A simplex of k nodes needs nearly 2^k hyperedges: where there are fewer, it is none.
        if size < _NO_SIMPLEX and (1 << size) - _fewer_than(size, smallest) <= distinct:
            face = members[offsets[edge] : offsets[edge + 1]]
            simplices += _is_simplex(face, key, table, smallest)
    return simplices, potential


@compiled
def _fewer_than(size: int, smallest: int) -> int:
    """Count the subsets of ``size`` nodes that have fewer than ``smallest`` of them."""
    total, choose = 0, 1
    for k in range(smallest):
        total += choose
        choose = choose * (size - k) // (k + 1)
    return total


@compiled
def _is_simplex(
    face: NDArray[np.int32], key: NDArray[np.uint64], table: NDArray[np.uint64], smallest: int
) -> bool:
    """Look up every subset in Gray-code order, one node in or out at a time; stop at a gap."""
    word, inside, code = _EMPTY, 0, 0
    for step in range(1, 1 << face.size):
        bit, rest = 0, step
        while rest & 1 == 0:
            rest >>= 1
            bit += 1
        code ^= 1 << bit
        if code >> bit & 1:
            word += key[face[bit]]
            inside += 1
        else:
            word -= key[face[bit]]
            inside -= 1
        if inside >= smallest and table[_place(table, word)] == _EMPTY:
            return False
    return True
