"""Closed loops of directed flows.

References
----------
Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on Computing 1(2),
146-160. doi:10.1137/0201010
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
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
    looped = np.zeros(source.size, dtype=bool)
    looped[order] = _looped(source[order], target[order], nodes)
    return looped


def _looped(source: Ints, target: Ints, nodes: int) -> Flags:
    """Say which flows lie on a closed loop, given in the order of their sources."""
    first = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=nodes))])
    graph = sparse.csr_array((np.ones(source.size), target.copy(), first), shape=(nodes, nodes))
    graph.sum_duplicates()  # of two like edges, the search for components would never end
    component = connected_components(graph, connection="strong")[1]
    looped: Flags = (component[source] == component[target]) & (source != target)
    return looped


def random_shares(
    source: Ints, target: Ints, draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the share on a loop when targets are exchanged at random, shape (draws,).

    Every node keeps how many flows it sends and receives; a flow may come back to its own sender,
    which is then on no loop.
    """
    used, ends = np.unique(np.concatenate([source, target]), return_inverse=True)
    senders, receivers = np.sort(ends[: source.size]), ends[source.size :]
    shares = [
        _looped(senders, generator.permutation(receivers), used.size).mean() for _ in range(draws)
    ]
    return np.array(shares, dtype=np.float64)
