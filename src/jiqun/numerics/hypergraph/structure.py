"""Dated, typed hyperedges in compressed rows: built once, sliced in time without copying members."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled

NEVER = np.iinfo(np.int64).max
"""End of a hyperedge that has not ended."""
SHORT = 32
"""Members of a hyperedge up to which they are sorted by insertion."""


@dataclass(frozen=True, slots=True)
class Hypergraph:
    """Hyperedges over nodes ``0 … nodes-1``, in the order in which they start.

    Attributes
    ----------
    nodes
        Number of nodes N, isolated ones included.
    offsets
        Where each hyperedge begins in ``members``; shape (E + 1,).
    members
        Nodes of all hyperedges, ascending within each; shape (M,).
    start, end
        Half-open interval ``[start, end)`` of each hyperedge in whole days; shape (E,).
    kind
        Type of each hyperedge as a small number; shape (E,).
    origin
        Number of each hyperedge in the caller's numbering; shape (E,).
    """

    nodes: int
    offsets: NDArray[np.int64]
    members: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    kind: NDArray[np.int32]
    origin: NDArray[np.int64]

    @property
    def edges(self) -> int:
        """Number of hyperedges E."""
        return self.offsets.size - 1

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Members of each hyperedge, shape (E,)."""
        return np.diff(self.offsets)

    @property
    def degrees(self) -> NDArray[np.int64]:
        """Hyperedges of each node, shape (N,)."""
        return np.bincount(self.members, minlength=self.nodes)

    def with_members(self, members: NDArray[np.int32]) -> "Hypergraph":
        """Return the same hyperedges with other members in their seats; those are put in order."""
        edge = np.repeat(np.arange(self.edges), self.sizes)
        return replace(self, members=members[np.lexsort((members, edge))])

    def until(self, day: int) -> "Hypergraph":
        """Return the hyperedges that started before ``day``: a view, in O(log E)."""
        count = int(np.searchsorted(self.start, day, side="left"))
        return Hypergraph(
            self.nodes,
            self.offsets[: count + 1],
            self.members[: self.offsets[count]],
            self.start[:count],
            self.end[:count],
            self.kind[:count],
            self.origin[:count],
        )

    def where(self, keep: NDArray[np.bool_]) -> "Hypergraph":
        """Return the hyperedges of a mask of shape (E,), as active ones or those of one kind."""
        sizes = self.sizes
        return Hypergraph(
            self.nodes,
            np.concatenate(([0], np.cumsum(sizes[keep]))),
            self.members[np.repeat(keep, sizes)],
            self.start[keep],
            self.end[keep],
            self.kind[keep],
            self.origin[keep],
        )

    def active(self, day: int) -> "Hypergraph":
        """Return the hyperedges whose interval holds ``day``."""
        begun = self.until(day + 1)
        return begun.where(begun.end > day)


def hypergraph(
    edge: NDArray[np.int64],
    node: NDArray[np.int64],
    *,
    nodes: int,
    edges: int,
    start: NDArray[np.int64] | None = None,
    end: NDArray[np.int64] | None = None,
    kind: NDArray[np.int32] | None = None,
) -> Hypergraph:
    """Build a hypergraph from incidences.

    Parameters
    ----------
    edge, node
        Hyperedge and node of each incidence, in any order; shape (M,). A node that is named
        twice in one hyperedge is its member once.
    nodes, edges
        N and E; hyperedges without members stay, with size 0.
    start, end, kind
        Of each hyperedge, shape (E,); undated ones start at 0 and never end.

    Returns
    -------
    Hypergraph
        Hyperedges ordered by start, ties in the caller's order.

    Raises
    ------
    ValueError
        For an index out of range, arrays of unequal length, or an end that is not after its start.
    """
    _refuse_bad_incidences(edge, node, nodes=nodes, edges=edges)
    start = np.zeros(edges, np.int64) if start is None else start.astype(np.int64)
    end = np.full(edges, NEVER) if end is None else end.astype(np.int64)
    kind = np.zeros(edges, np.int32) if kind is None else kind.astype(np.int32)
    if not start.size == end.size == kind.size == edges:
        msg = f"start, end and kind need one value for each of {edges} hyperedges"
        raise ValueError(msg)
    if np.any(end <= start):
        msg = f"hyperedge {int(np.argmax(end <= start))} ends before or when it starts"
        raise ValueError(msg)
    in_order = bool(np.all(start[:-1] <= start[1:]))
    origin = np.arange(edges) if in_order else np.argsort(start, kind="stable")
    place = edge if in_order else np.argsort(origin, kind="stable")[edge]
    offsets, members = _rows(
        place.astype(np.int64, copy=False), node.astype(np.int64, copy=False), edges
    )
    return Hypergraph(nodes, offsets, members, start[origin], end[origin], kind[origin], origin)


def _refuse_bad_incidences(
    edge: NDArray[np.int64], node: NDArray[np.int64], *, nodes: int, edges: int
) -> None:
    """Raise for incidences that name no hyperedge or no node."""
    if edge.shape != node.shape:
        msg = f"{edge.size} hyperedges beside {node.size} nodes: one of each per incidence"
        raise ValueError(msg)
    for name, index, size in (("hyperedge", edge, edges), ("node", node, nodes)):
        if index.size and (index.min() < 0 or index.max() >= size):
            msg = f"{name} {index.min()} … {index.max()} is outside 0 … {size - 1}"
            raise ValueError(msg)


@compiled
def _rows(
    edge: NDArray[np.int64], node: NDArray[np.int64], edges: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Compress incidences into rows of ascending, distinct members.

    Incidences that come row by row, as those of a record do, are read from the first to the last; only
    others are scattered over the memory, once.
    """
    offsets = np.zeros(edges + 1, np.int64)
    for e in edge:
        offsets[e + 1] += 1
    for e in range(edges):
        offsets[e + 1] += offsets[e]
    place = offsets[:-1].copy()
    members = np.empty(edge.size, np.int32)
    for i in range(edge.size):
        members[place[edge[i]]] = node[i]
        place[edge[i]] += 1
    filled = 0
    for e in range(edges):
        first, last = offsets[e], offsets[e + 1]
        row = members[first:last]
        _sort(row)
        offsets[e] = filled
        for k in range(row.size):
            if k == 0 or row[k] != members[filled - 1]:
                members[filled] = row[k]
                filled += 1
    offsets[edges] = filled
    return offsets, members[:filled].copy() if filled < members.size else members


@compiled
def _sort(row: NDArray[np.int32]) -> None:
    """Sort a row in place; most have a few members and are sorted by insertion."""
    if row.size > SHORT:
        row.sort()
        return
    for k in range(1, row.size):
        value = row[k]
        at = k
        while at > 0 and row[at - 1] > value:
            row[at] = row[at - 1]
            at -= 1
        row[at] = value


@compiled
def grouped(
    key: NDArray[np.int64], value: NDArray[np.int64], keys: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Group values by key in one stable pass (counting sort).

    Returns
    -------
    tuple
        Offsets of each key, shape (keys + 1,), and the values in order of key, shape (M,).
    """
    offsets = np.zeros(keys + 1, np.int64)
    for k in key:
        offsets[k + 1] += 1
    for k in range(keys):
        offsets[k + 1] += offsets[k]
    place = offsets[:-1].copy()
    ordered = np.empty(key.size, np.int64)
    for i in range(key.size):
        ordered[place[key[i]]] = value[i]
        place[key[i]] += 1
    return offsets, ordered


def edges_of_nodes(graph: Hypergraph) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the hyperedges of every node: offsets (N + 1,) and hyperedges (M,), ascending."""
    edge = np.repeat(np.arange(graph.edges, dtype=np.int64), graph.sizes)
    return grouped(graph.members.astype(np.int64), edge, graph.nodes)
