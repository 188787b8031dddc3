"""The pair-weight null keeps sizes and dates, follows pair weights, and remembers no group.

Paper: Q11 (what pairs alone imply)
"""

import numpy as np
import pytest

from jiqun.numerics.hypergraph.pair_null import pair_null
from jiqun.numerics.hypergraph.structure import Hypergraph, hypergraph


def graph_of(groups: list[list[int]], nodes: int) -> Hypergraph:
    """Groups of one day each, in order."""
    edge = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    node = np.array([firm for group in groups for firm in group], dtype=np.int64)
    return hypergraph(edge, node, nodes=nodes, edges=len(groups), start=np.arange(len(groups)))


def test_sizes_dates_and_distinct_members_stay() -> None:
    generator = np.random.default_rng(0)
    groups = [
        generator.choice(30, n, replace=False).tolist() for n in generator.integers(1, 7, 200)
    ]
    graph = graph_of(groups, 30)
    drawn = pair_null(graph, seed=3)
    np.testing.assert_array_equal(drawn.sizes, graph.sizes)
    np.testing.assert_array_equal(drawn.start, graph.start)
    edge = np.repeat(np.arange(drawn.edges), drawn.sizes)
    assert np.unique(edge * 30 + drawn.members).size == drawn.members.size
    again = pair_null(graph, seed=3)
    np.testing.assert_array_equal(again.members, drawn.members)
    assert (pair_null(graph, seed=4).members != drawn.members).any()


@pytest.mark.statistical
def test_triples_follow_the_product_of_their_pair_weights() -> None:
    """Four firms: 0-1 met 6 times, all other pairs once; triples with 0-1 weigh 6, the others 1."""
    pairs = [[0, 1]] * 6 + [[0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
    # 2,000 triples add weight to the pairs; spread evenly over all four, they add the same to each.
    triples = [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]] * 500
    graph = graph_of([*(pairs * 400), *triples], 4)
    drawn = pair_null(graph, seed=1)
    found = drawn.where(drawn.sizes == 3).members.reshape(-1, 3)
    with_both = float(((found == 0).any(axis=1) & (found == 1).any(axis=1)).mean())
    # Pair weights: 0-1 has 2,400 + 1,000, each other pair 400 + 1,000: 3.4 / (3.4 + 1.4) of triples.
    expected = 3.4 / (3.4 + 1.4)
    assert with_both == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 2000))


def test_strangers_fill_a_seat_that_nobody_else_can() -> None:
    drawn = pair_null(graph_of([[0, 1], [0, 1], [2, 3, 4, 5]], 6), seed=2)
    assert np.unique(drawn.where(drawn.sizes == 4).members).size == 4


def test_no_group_with_a_pair() -> None:
    graph = graph_of([[0], [1]], 2)
    np.testing.assert_array_equal(pair_null(graph, seed=0).members, graph.members)
