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
    if source.size == 0:
        return np.zeros(0, dtype=bool)
    graph = sparse.csr_array((np.ones(source.size), (source, target)), shape=(nodes, nodes))
    component = connected_components(graph, connection="strong")[1]
    looped: Flags = (component[source] == component[target]) & (source != target)
    return looped


def random_shares(
    source: Ints, target: Ints, nodes: int, draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the share on a loop when targets are exchanged at random, shape (draws,).

    Every node keeps how many flows it sends and receives; a flow may come back to its own sender,
    which is then on no loop.
    """
    shares = [on_a_loop(source, generator.permutation(target), nodes).mean() for _ in range(draws)]
    return np.array(shares, dtype=np.float64)
