"""Clumps: against local density, against all firms, and by what is worked out by hand."""

import numpy as np
import pytest
from scipy import stats

from jiqun.numerics.communities import Industries, clumps, related_industries, tie_layer
from jiqun.numerics.communities.evidence import held_evidence
from jiqun.numerics.communities.geography import binomial_tail


def test_the_tail_is_that_of_the_binomial_law() -> None:
    tail = binomial_tail(
        np.array([9.0, 1.0]), np.array([20.0, 20.0]), 1 / 9, np.array([True, True])
    )
    assert tail[0] == pytest.approx(stats.binom.sf(8, 20, 1 / 9))
    assert tail[1] == 1.0


@pytest.mark.statistical
def test_evenly_spread_firms_are_in_no_clump_and_a_knot_of_them_is() -> None:
    rng = np.random.default_rng(0)
    firm = np.arange(2000, dtype=np.int32)
    even = rng.random((2000, 2)) * 1e6
    assert [
        int(clumps(rng.random((2000, 2)) * 1e6, firm, 2000, None).clumped.sum()) for _ in range(10)
    ] == [0] * 10
    even[:60] = 5e5 + rng.normal(0, 3e3, (60, 2))
    found = clumps(even, firm, 2000, None)
    assert found.clumped[:60].mean() > 0.9
    assert found.clumped[60:].mean() < 0.05
    assert np.unique(found.part[:60][found.clumped[:60]]).size == 1


@pytest.mark.statistical
def test_a_town_of_every_trade_is_no_clump_and_a_town_of_one_is() -> None:
    rng = np.random.default_rng(1)
    firm = np.arange(2000, dtype=np.int32)
    points = rng.random((2000, 2)) * 1e6
    points[:500] = 5e5 + rng.normal(0, 1e4, (500, 2))
    trade = rng.integers(0, 20, 2000).astype(np.int32)
    alone = np.eye(20, dtype=bool)
    assert not clumps(points, firm, 2000, Industries(of=trade, related=alone)).clumped.any()
    trade[:60] = 7
    found = clumps(points, firm, 2000, Industries(of=trade, related=alone))
    assert found.clumped[:60].mean() > 0.8
    assert (trade[found.clumped] == 7).mean() > 0.95


def test_industries_that_tie_are_related() -> None:
    rng = np.random.default_rng(2)
    trade = np.repeat(np.arange(4, dtype=np.int32), 50)
    source, target = rng.integers(0, 50, 300), rng.integers(50, 100, 300)
    related = related_industries(trade, (tie_layer(source, target, 200),))
    assert (
        related.tolist()
        == (np.eye(4, dtype=bool) | np.isin(np.add.outer(np.arange(4), np.arange(4)), 1)).tolist()
    )


def test_held_out_ties_are_expected_as_strengths_have_it() -> None:
    """Four ties held out, firms 0-3 hold 4 of 8 ends: q = (1/2)² each, so 1 of 4 is due; 2 are seen."""
    layer = tie_layer(np.array([0, 2, 4, 6]), np.array([1, 3, 5, 7]), 8)
    community = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32)
    held, _ = held_evidence(community, 2, layer, np.zeros(4), 8, np.ones(2))
    assert held.joined.tolist() == [2, 2]
    np.testing.assert_allclose(held.due, [1.0, 1.0])
    np.testing.assert_allclose(held.tail(), stats.poisson.sf(1, 1.0))
