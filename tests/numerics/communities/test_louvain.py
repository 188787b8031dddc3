"""Louvain: cases with a known best partition, and what holds for every partition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.communities import alliance_layer, network, tie_layer
from jiqun.numerics.communities.layers import Network, weighed
from jiqun.numerics.communities.louvain import louvain


def ring_of_cliques(cliques: int, size: int) -> Network:
    """Cliques, each tied to the next by one tie."""
    pairs = [
        (c * size + a, c * size + b) for c in range(cliques) for a in range(size) for b in range(a)
    ]
    pairs += [(c * size, (c + 1) % cliques * size + 1) for c in range(cliques)]
    source, target = np.array(pairs).T
    return network(cliques * size, (tie_layer(source, target, cliques * size),))


def parted(
    whole: Network, resolution: float, seed: int = 0
) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    """Partition with all weights 1."""
    layers = len(whole.layers)
    return louvain(whole, *weighed(whole, np.ones(layers), np.full(layers, resolution)), seed)


def modularity(whole: Network, community: np.ndarray, resolution: float) -> float:
    """Return Q of a partition of one layer, from its definition."""
    (layer,) = whole.layers
    same = community[layer.first] == community[layer.second]
    strength = np.bincount(community, layer.strengths(whole.firms))
    share = strength / strength.sum()
    return float(layer.weight[same].sum() / layer.weight.sum() - resolution * (share**2).sum())


def test_cliques_in_a_ring_are_told_apart() -> None:
    """At resolution 1 the best partition of 8 cliques of 6 is the cliques (Fortunato & Barthélemy)."""
    assert parted(ring_of_cliques(8, 6), 1.0).tolist() == [c for c in range(8) for _ in range(6)]


def test_a_coarse_resolution_merges_and_a_fine_one_splits() -> None:
    whole = ring_of_cliques(8, 6)
    numbers = [int(parted(whole, r).max()) + 1 for r in (0.05, 1.0, 60.0)]
    assert numbers[0] < 8 == numbers[1] < numbers[2] == 48


@given(
    pairs=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=60),
    seed=st.integers(0, 5),
)
def test_no_partition_is_worse_than_firms_alone_or_all_together(
    pairs: list[tuple[int, int]], seed: int
) -> None:
    source, target = np.array(pairs).T
    layer = tie_layer(source, target, 15)
    if not layer.groups:
        return
    whole = network(15, (layer,))
    found = parted(whole, 1.0, seed)
    q = modularity(whole, found, 1.0)
    assert q >= modularity(whole, np.arange(15), 1.0) - 1e-6
    assert q >= modularity(whole, np.zeros(15, int), 1.0) - 1e-6
    for c in range(int(found.max()) + 1):  # every community is connected
        members = set(np.flatnonzero(found == c).tolist())
        reached = {min(members)}
        for _ in members:
            for a, b in zip(layer.first.tolist(), layer.second.tolist(), strict=True):
                if {a, b} <= members and (a in reached or b in reached):
                    reached |= {a, b}
        assert reached == members


def test_an_alliance_of_k_gives_every_member_one() -> None:
    """Pairs of three weigh 1/2 each; the same three again, in another order, add nothing."""
    layer = alliance_layer(np.array([0, 0, 0, 1, 1, 1, 2]), np.array([4, 5, 6, 6, 5, 4, 9]))
    assert layer.sizes.tolist() == [3]
    assert layer.weight.tolist() == [0.5] * 3
    assert layer.strengths(10).tolist() == [0, 0, 0, 0, 1, 1, 1, 0, 0, 0]


def test_a_large_alliance_is_thinned_evenly() -> None:
    layer = alliance_layer(np.zeros(500, int), np.arange(500))
    assert layer.first.size == 500 * 16
    np.testing.assert_allclose(layer.strengths(500), 1.0)


def test_no_firms_and_no_links_are_no_fault() -> None:
    empty = np.zeros(0, int)
    assert parted(network(0, (tie_layer(empty, empty, 0),)), 1.0).size == 0
    assert parted(network(3, (tie_layer(empty, empty, 3),)), 1.0).tolist() == [0, 1, 2]
