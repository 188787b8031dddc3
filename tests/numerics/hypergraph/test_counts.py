"""Counts on hypergraphs against brute force and against XGI and NetworkX."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
import xgi
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.hypergraph.inclusion import simplicial_fraction
from jiqun.numerics.hypergraph.overlap import UNREACHED, s_components, s_distances
from jiqun.numerics.hypergraph.projection import pairs, triples
from tests.numerics.hypergraph.test_structure import Groups, build

groups = st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=6), min_size=1, max_size=14)


def line_graph(groups: Groups, s: int) -> nx.Graph:
    """Every hyperedge of s members and more, joined where two share s of them: by definition."""
    graph = nx.Graph()
    graph.add_nodes_from(e for e, group in enumerate(groups) if len(set(group)) >= s)
    graph.add_edges_from(
        (a, b) for a, b in combinations(graph.nodes, 2) if len(set(groups[a]) & set(groups[b])) >= s
    )
    return graph


@given(groups=groups, s=st.integers(1, 3))
def test_s_components_are_those_of_the_line_graph(groups: Groups, s: int) -> None:
    label = s_components(build(groups), s)
    expected = {frozenset(c) for c in nx.connected_components(line_graph(groups, s))}
    found = {frozenset(np.flatnonzero(label == c).tolist()) for c in set(label) - {UNREACHED}}
    assert found == expected


@given(groups=groups, s=st.integers(1, 3))
def test_s_distances_are_those_of_the_line_graph(groups: Groups, s: int) -> None:
    line = line_graph(groups, s)
    distance = s_distances(build(groups), 0, s)
    expected = nx.single_source_shortest_path_length(line, 0) if 0 in line else {0: 0}
    assert {e: d for e, d in enumerate(distance.tolist()) if d != UNREACHED} == dict(expected)


@given(groups=groups)
def test_simplicial_fraction_is_xgi_s(groups: Groups) -> None:
    distinct = [list(e) for e in dict.fromkeys(frozenset(g) for g in groups)]
    simplices, potential = simplicial_fraction(build(groups))
    if potential == 0:
        return
    assert simplices / potential == xgi.simplicial_fraction(xgi.Hypergraph(distinct))


def test_a_triangle_with_its_sides_is_a_simplex_and_a_huge_group_is_not() -> None:
    assert simplicial_fraction(build([[0, 1, 2], [0, 1], [1, 2], [0, 2], [0, 1, 2]])) == (1, 1)
    assert simplicial_fraction(build([[0, 1, 2], [0, 1], [1, 2]])) == (0, 1)
    assert simplicial_fraction(build([list(range(60)), [0, 1]], nodes=60)) == (0, 1)


@given(groups=groups)
def test_triples_are_the_triangles_of_the_projection(groups: Groups) -> None:
    closed, opened = triples(build(groups))
    held = {t for g in groups for t in combinations(sorted(set(g)), 3)}
    linked = nx.Graph(p for g in groups for p in combinations(sorted(set(g)), 2))
    assert closed == len(held)
    assert closed + opened == sum(nx.triangles(linked).values()) // 3


@given(groups=groups)
def test_shared_weights_add_up_to_the_hyperedges_of_a_node(groups: Groups) -> None:
    weights = np.asarray(pairs(build(groups), weight="shared").sum(axis=0)).ravel()
    expected = [sum(n in g and len(set(g)) > 1 for g in groups) for n in range(8)]
    np.testing.assert_allclose(weights, expected, atol=1e-12)


@pytest.mark.parametrize("s", [0, -1])
def test_no_overlap_is_no_step(s: int) -> None:
    with pytest.raises(ValueError, match=f"s of at least 1, got {s}"):
        s_components(build([[0, 1]]), s)
    with pytest.raises(ValueError, match="hyperedge 7 is outside 0 … 0"):
        s_distances(build([[0, 1]]), 7)
