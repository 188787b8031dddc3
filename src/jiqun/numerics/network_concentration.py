r"""M on a network: the share of a kind among the nodes within h steps, over its share of all.

.. math:: M_s(h) = \frac{1}{N_s'} \sum_{i \in s} \frac{n_s(i, h)}{n(i, h)} \Big/ \frac{N_s - 1}{N - 1}

with n(i, h) the nodes within h steps of node i, itself left out, and the mean over the nodes of the kind
that have any. It is Marcon and Puech's function with steps in place of metres. The null exchanges kinds
among nodes of about the same degree: nodes with many links are near everybody.

References
----------
Marcon, E. & Puech, F. (2010). Measures of the geographic concentration of industries: improving
distance-based methods. Journal of Economic Geography 10(5), 745-762. doi:10.1093/jeg/lbp056
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.workers import in_order
from jiqun.numerics.random import stream

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_LINKS = 30_000_000
"""Pairs of nodes within h steps beyond which h is too large to count."""


def within_steps(source: Ints, target: Ints, nodes: int, steps: int) -> sparse.csr_array | None:
    """Return the pairs of nodes at most so many steps apart, without the diagonal.

    Parameters
    ----------
    source, target
        Links, shape (E,); direction and repetition count for nothing.
    nodes
        Number of nodes.
    steps
        1 or more.

    Returns
    -------
    scipy.sparse.csr_array or None
        Shape (N, N); None where more than 30 million pairs may be that near.
    """
    both = np.concatenate([source, target]), np.concatenate([target, source])
    one = sparse.csr_array((np.ones(both[0].size, np.int8), both), shape=(nodes, nodes))
    one = one.astype(bool)
    reached = one
    for _ in range(steps - 1):
        bound = float(np.diff(reached.indptr)[one.indices].sum())
        if bound > MOST_LINKS:
            return None
        reached = ((reached @ one) + reached).astype(bool)
    reached.setdiag(values=False)
    reached.eliminate_zeros()
    reached.sort_indices()
    return reached


@compiled
def _m_of_all(offsets: Ints, neighbours: Ints, kind: Ints, kinds: int, found: Floats) -> None:
    """Fill in M of every kind; NaN where no node of a kind has a neighbour."""
    nodes = kind.size
    size = np.zeros(kinds)
    seen = np.zeros(kinds)
    total = np.zeros(kinds)
    for i in range(nodes):
        size[kind[i]] += 1.0
        count = offsets[i + 1] - offsets[i]
        if count == 0:
            continue
        alike = 0
        for a in range(offsets[i], offsets[i + 1]):
            alike += 1 if kind[neighbours[a]] == kind[i] else 0
        seen[kind[i]] += 1.0
        total[kind[i]] += alike / count
    for s in range(kinds):
        expected = (size[s] - 1.0) / (nodes - 1.0) if nodes > 1 else 0.0
        found[s] = np.nan
        if seen[s] > 0.0 and expected > 0.0:
            found[s] = total[s] / seen[s] / expected


def network_m(near: sparse.csr_array, kind: Ints, kinds: int) -> Floats:
    """Return M of every kind, shape (kinds,); NaN where it is not defined.

    Parameters
    ----------
    near
        From :func:`within_steps`.
    kind
        Kind of each node, 0 to ``kinds`` - 1, shape (N,).
    kinds
        Number of kinds.
    """
    found = np.empty(kinds)
    offsets, neighbours = near.indptr.astype(np.int64), near.indices.astype(np.int64)
    _m_of_all(offsets, neighbours, kind.astype(np.int64), kinds, found)
    return found


def degree_classes(degree: Ints) -> Ints:
    """Return classes of degree, each from one power of √2 to the next, shape (N,)."""
    return np.asarray(np.floor(2.0 * np.log2(np.maximum(degree, 1))), dtype=np.int64)


def relabelled_m(
    near: sparse.csr_array,
    kind: Ints,
    kinds: int,
    degree: Ints,
    permutations: int,
    *,
    seed: int,
    workers: int | None = None,
) -> Floats:
    """Return M of every kind with kinds exchanged among nodes of about the same degree.

    Returns
    -------
    numpy.ndarray
        Shape (permutations, kinds).
    """
    offsets, neighbours = near.indptr.astype(np.int64), near.indices.astype(np.int64)
    group = degree_classes(degree)
    order = np.argsort(group, kind="stable")

    def one(number: int) -> Floats:
        draw = stream(seed, "network M", "relabelling", str(number)).random(kind.size)
        exchanged = np.empty_like(kind)
        exchanged[order] = kind[np.lexsort((draw, group))]
        found = np.empty(kinds)
        _m_of_all(offsets, neighbours, exchanged, kinds, found)
        return found

    return np.stack(in_order(one, range(permutations), workers))
