"""Hypergraphs: what is built, what is sliced, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.hypergraph.structure import NEVER, Hypergraph, edges_of_nodes, hypergraph

Groups = list[list[int]]


def build(groups: Groups, nodes: int = 8) -> Hypergraph:
    edge = np.repeat(np.arange(len(groups)), [len(g) for g in groups]).astype(np.int64)
    node = np.array([n for g in groups for n in g], dtype=np.int64)
    return hypergraph(edge, node, nodes=nodes, edges=len(groups))


def members(graph: Hypergraph) -> list[list[int]]:
    return [
        graph.members[a:b].tolist()
        for a, b in zip(graph.offsets[:-1], graph.offsets[1:], strict=True)
    ]


groups = st.lists(st.lists(st.integers(0, 7), max_size=6), max_size=12)


@given(groups=groups)
def test_members_are_the_distinct_nodes_in_ascending_order(groups: Groups) -> None:
    assert members(build(groups)) == [sorted(set(group)) for group in groups]


@given(groups=groups, order=st.randoms())
def test_the_order_of_incidences_does_not_matter(groups: Groups, order: object) -> None:
    incidences = [(e, n) for e, group in enumerate(groups) for n in group]
    order.shuffle(incidences)  # type: ignore[attr-defined]
    edge = np.array([e for e, _ in incidences], dtype=np.int64)
    node = np.array([n for _, n in incidences], dtype=np.int64)
    shuffled = hypergraph(edge, node, nodes=8, edges=len(groups))
    assert members(shuffled) == members(build(groups))


def test_a_large_hyperedge_is_in_order_like_a_small_one() -> None:
    drawn = np.random.default_rng(0).integers(0, 150, 200).tolist()
    assert members(build([[3, 1], drawn, [2]], 150)) == [[1, 3], sorted(set(drawn)), [2]]


@given(groups=groups)
def test_degrees_and_sizes_count_the_same_incidences(groups: Groups) -> None:
    graph = build(groups)
    assert graph.degrees.sum() == graph.sizes.sum() == graph.members.size
    offsets, edges = edges_of_nodes(graph)
    for node in range(8):
        listed = edges[offsets[node] : offsets[node + 1]].tolist()
        assert listed == [e for e, group in enumerate(groups) if node in group]


def test_hyperedges_are_kept_in_the_order_in_which_they_start() -> None:
    graph = hypergraph(
        np.array([0, 0, 1, 1, 2]),
        np.array([0, 1, 1, 2, 3]),
        nodes=4,
        edges=3,
        start=np.array([30, 10, 20]),
        end=np.array([40, NEVER, 25]),
        kind=np.array([0, 1, 2], dtype=np.int32),
    )
    assert graph.origin.tolist() == [1, 2, 0]
    assert members(graph) == [[1, 2], [3], [0, 1]]
    assert members(graph.until(20)) == [[1, 2]]
    assert members(graph.active(20)) == [[1, 2], [3]]
    assert members(graph.active(25)) == [[1, 2]]
    assert graph.where(graph.kind == 0).start.tolist() == [30]


def test_nothing_at_all_is_a_hypergraph_too() -> None:
    graph = build([], nodes=0)
    assert (graph.edges, graph.degrees.size, graph.until(5).edges) == (0, 0, 0)


@pytest.mark.parametrize(
    ("edge", "node", "start", "message"),
    [
        ([0], [9], None, "node 9 … 9 is outside 0 … 3"),
        ([2], [0], None, "hyperedge 2 … 2 is outside 0 … 1"),
        ([0, 1], [0], None, "2 hyperedges beside 1 nodes"),
        ([0], [0], [5], "one value for each of 2 hyperedges"),
        ([0], [0], [5, NEVER], "hyperedge 1 ends before or when it starts"),
    ],
)
def test_what_is_no_hypergraph_is_refused(
    edge: list[int], node: list[int], start: list[int] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        hypergraph(
            np.array(edge),
            np.array(node),
            nodes=4,
            edges=2,
            start=None if start is None else np.array(start),
        )
