"""The configuration null: what it keeps, and that it visits every table equally often."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.numerics.hypergraph.rewiring import configuration_null
from tests.numerics.hypergraph.test_structure import Groups, build, members


@settings(max_examples=50)
@given(
    groups=st.lists(st.lists(st.integers(0, 7), max_size=6), max_size=12),
    seed=st.integers(0, 2**32),
)
def test_degrees_and_sizes_are_kept(groups: Groups, seed: int) -> None:
    graph = build(groups)
    drawn = configuration_null(graph, rng=np.random.default_rng(seed))
    np.testing.assert_array_equal(drawn.degrees, graph.degrees)
    np.testing.assert_array_equal(drawn.sizes, graph.sizes)
    assert all(row == sorted(set(row)) for row in members(drawn))


def test_the_same_seed_gives_the_same_draw() -> None:
    graph = build([[0, 1, 2], [2, 3], [4, 5, 6], [1, 7]])
    one, two = (configuration_null(graph, rng=np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(one.members, two.members)


@pytest.mark.statistical
def test_every_table_with_the_margins_is_as_likely_as_any_other() -> None:
    """Three pairs over nodes of degree 2, 2, 1, 1 have 15 labelled tables, counted by hand.

    Nodes 0 and 1 together twice: the third pair is {2, 3}, which can be any of the three: 3.
    Together once: pairs {0, 1}, {0, x}, {1, y} in any order, x and y in two ways: 6 * 2 = 12.
    """
    graph = build([[0, 1], [0, 2], [1, 3]], nodes=4)
    rng = np.random.default_rng(20250101)
    draws = 6_000
    seen = Counter(
        tuple(map(tuple, members(configuration_null(graph, rng=rng)))) for _ in range(draws)
    )
    assert len(seen) == 15
    expected = draws / 15
    chi_square = sum((count - expected) ** 2 / expected for count in seen.values())
    # 14 degrees of freedom: mean 14, s.d. 5.3; the limit is the 0.9999 quantile.
    assert chi_square < 43.0
