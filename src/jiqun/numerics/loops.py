"""Closed loops of directed flows.

References
----------
Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on Computing 1(2),
146-160. doi:10.1137/0201010
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.workers import in_order

Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]
Flags = NDArray[np.bool_]


def on_a_loop(source: Ints, target: Ints, nodes: int) -> Flags:
    """Say which flows lie on a closed loop.

    A flow does if and only if its two ends are different and in one strongly connected component.

    Parameters
    ----------
    source, target
        Nodes, 0 to ``nodes`` − 1, shape (N,).
    nodes
        How many there are.
    """
    order = np.argsort(source, kind="stable")
    component = strong_components(_first(source, nodes), target[order].astype(np.int32))
    looped: Flags = (component[source] == component[target]) & (source != target)
    return looped


def _first(source: Ints, nodes: int) -> Ints:
    """Say where the flows of each node begin once they are in the order of their sources."""
    return np.concatenate([[0], np.cumsum(np.bincount(source, minlength=nodes))])


@compiled
def _close(component: Nodes, open_nodes: Nodes, opened: int, root: int, name: int) -> int:
    """Give a name to what was opened since a root; return how many are still open."""
    w = -1
    while w != root:
        opened -= 1
        w = open_nodes[opened]
        component[w] = name
    return opened


@compiled
def strong_components(first: Ints, target: Nodes) -> Nodes:
    """Find the strongly connected components of a directed graph by Tarjan's search.

    Parameters
    ----------
    first
        Where each node's edges begin in ``target``, shape (nodes + 1,).
    target
        Receiving node of each edge, shape (edges,); repeated edges and edges to oneself are allowed.
    """
    nodes = first.size - 1
    found, low = np.full(nodes, -1, np.int32), np.zeros(nodes, np.int32)
    component, at = np.full(nodes, -1, np.int32), first[:-1].copy()
    path, open_nodes = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    count, components, opened = 0, 0, 0
    for root in range(nodes):
        if found[root] >= 0:
            continue
        depth = 0
        path[0] = root
        while depth >= 0:
            v = path[depth]
            if found[v] < 0:
                found[v] = low[v] = count
                count += 1
                open_nodes[opened] = v
                opened += 1
            if at[v] < first[v + 1]:
                w = target[at[v]]
                at[v] += 1
                if found[w] < 0:
                    depth += 1
                    path[depth] = w
                elif component[w] < 0:
                    low[v] = min(low[v], found[w])
                continue
            if low[v] == found[v]:
                opened = _close(component, open_nodes, opened, v, components)
                components += 1
            depth -= 1
            if depth >= 0:
                low[path[depth]] = min(low[path[depth]], low[v])
    return component


@compiled
def _on_loops(first: Ints, target: Nodes) -> int:
    """Count the flows, in the order of their sources, that lie on a closed loop."""
    component = strong_components(first, target)
    looped = 0
    for v in range(first.size - 1):
        for e in range(first[v], first[v + 1]):
            looped += component[v] == component[target[e]] and v != target[e]
    return looped


def random_shares(
    source: Ints, target: Ints, draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the share on a loop when targets are exchanged at random, shape (draws,).

    Every node keeps how many flows it sends and receives; a flow may come back to its own sender,
    which is then on no loop.
    """
    used, ends = np.unique(np.concatenate([source, target]), return_inverse=True)
    first = _first(ends[: source.size], used.size)
    receivers = ends[source.size :].astype(np.int32)
    drawn = (generator.permutation(receivers) for _ in range(draws))
    looped = in_order(lambda exchanged: _on_loops(first, exchanged), drawn)
    return np.array(looped, dtype=np.float64) / source.size
