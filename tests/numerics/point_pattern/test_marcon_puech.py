"""M and m: by hand, by brute force, against the reference software, and 1 where labels are random."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.numerics.point_pattern import m_function
from jiqun.numerics.point_pattern.marcon_puech import Relative, m_of_industries
from tests.numerics.point_pattern.patterns import (
    Floats,
    Mask,
    distances,
    mask,
    paracou,
    uneven_sites,
)

RADII = np.array([0.0, 500.0, 2e3, 5e3, 1e4, 3e4])


def plain_m(points: Floats, cases: Mask, others: Mask, size: Floats, radii: Floats) -> Floats:
    """M as its equation has it, with one pass over everything a radius."""
    apart = distances(points)
    np.fill_diagonal(apart, np.inf)
    same = bool((cases & others).any())
    found = []
    for r in radii:
        near = apart <= r
        own, everything = near @ (size * others), near @ size
        overall = ((size * others).sum() - size * same) / (size.sum() - size)
        use = cases & (everything > 0.0)
        found.append(
            (own[use] / everything[use]).sum() / overall[use].sum() if use.any() else np.nan
        )
    return np.array(found)


def test_two_towns_of_one_trade_each() -> None:
    """Within each town every neighbour is of one's own trade: 1 over (2 - 1) / (4 - 1) is 3."""
    towns = [(0.0, 0.0), (0.0, 1.0), (50.0, 0.0), (50.0, 1.0)]
    bakers = np.array([True, True, False, False])
    curve = m_function(towns, bakers, [5.0, 100.0], simulations=0, seed=0)
    np.testing.assert_allclose(curve.observed, [3.0, 1.0])


def test_a_neighbour_at_exactly_the_radius_is_within() -> None:
    """A 3-4-5 triangle in metres: the tie is met exactly, one part in 10^15 less is not."""
    points = [(0.0, 0.0), (3.0, 4.0), (900.0, 0.0), (0.0, 900.0)]
    cases = np.array([True, True, False, False])
    tie = m_function(points, cases, [5.0 * (1.0 - 1e-15), 5.0], simulations=0, seed=0)
    assert np.isnan(tie.observed[0])
    assert tie.observed[1] == 3.0


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("crossed", [False, True])
def test_agrees_with_its_equation(weighted: bool, crossed: bool) -> None:
    points = np.round(uneven_sites(1500, 1), -2)  # many ties, many firms at one address
    cases = mask(150, 1500, 2)
    others = ~cases & mask(500, 1500, 4) if crossed else cases
    size = np.random.default_rng(3).pareto(1.5, 1500) + 1.0 if weighted else np.ones(1500)
    curve = m_function(
        points,
        cases,
        RADII,
        neighbours=others,
        weights=size if weighted else None,
        simulations=0,
        seed=0,
    )
    np.testing.assert_allclose(
        curve.observed, plain_m(points, cases, others, size, RADII), rtol=1e-10
    )


def test_agrees_with_the_reference_software() -> None:
    """Values of Mhat and mhat in dbmss 2.11-0; the density of m is worked out on a grid there."""
    points, weights, kind = paracou()
    rosea, americana = kind == "Q. Rosea", kind == "V. Americana"
    radii = [5.0, 10.0, 20.0, 30.0, 50.0]
    own = m_function(points, rosea, radii, weights=weights, simulations=0, seed=0)
    np.testing.assert_allclose(
        own.observed,
        [0.869925956924, 0.606920102115, 1.01939912605, 1.30040795385, 1.26176540999],
        rtol=1e-9,
    )
    across = m_function(
        points, americana, radii, neighbours=rosea, weights=weights, simulations=0, seed=0
    )
    np.testing.assert_allclose(
        across.observed,
        [0.545074864832, 0.226058110195, 0.545047525153, 0.607104658884, 0.825044642169],
        rtol=1e-9,
    )
    at = m_function(
        points,
        rosea,
        [0.0, 10.0, 20.0, 30.0, 50.0],
        statistic="m",
        weights=weights,
        simulations=0,
        seed=0,
    )
    np.testing.assert_allclose(
        at.observed,
        [0.853631243304, 1.15202433382, 1.38781945962, 1.32044653611, 1.10475006208],
        rtol=5e-3,
    )


@pytest.mark.parametrize("statistic", ["M", "m"])
def test_simulations_in_bulk_are_those_one_by_one(statistic: Relative) -> None:
    """Equal weights and none must give the same curves, though by different loops."""
    points, cases = uneven_sites(600, 4), mask(60, 600, 5)
    radii = RADII[2:]
    bulk = m_function(points, cases, radii, statistic=statistic, simulations=1000, seed=6)
    single = m_function(
        points,
        cases,
        radii,
        statistic=statistic,
        weights=np.full(600, 2.0),
        simulations=1000,
        seed=6,
    )
    assert bulk.band is not None
    assert single.band is not None
    np.testing.assert_allclose(bulk.observed, single.observed, rtol=1e-12)
    width = bulk.band.high - bulk.band.low
    # Two estimates of the mean and of a quantile from 1,000 draws each.
    assert (np.abs(bulk.band.expected - single.band.expected) < 0.06 * width).all()
    assert (np.abs(bulk.band.high - single.band.high) < 0.15 * width).all()


@pytest.mark.statistical
@pytest.mark.parametrize("statistic", ["M", "m"])
def test_is_one_on_average_where_labels_are_random(statistic: Relative) -> None:
    points, cases = uneven_sites(800, 4), mask(80, 800, 5)
    curve = m_function(points, cases, RADII[2:], statistic=statistic, simulations=2000, seed=6)
    assert curve.band is not None
    # Standard error of a mean of 2,000: the width of the band over 4 sqrt(2,000); four of them.
    room = (curve.band.high - curve.band.low) / np.sqrt(2000.0)
    assert (np.abs(curve.band.expected - 1.0) < room).all()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), scale=st.sampled_from([0.001, 4.0, 1024.0]))
def test_order_and_unit_do_not_matter(seed: int, scale: float) -> None:
    points, cases = uneven_sites(100, seed), mask(30, 100, seed)
    order = np.random.default_rng(seed).permutation(100)
    base = m_function(points, cases, RADII, simulations=0, seed=0)
    moved = m_function(points[order] * scale, cases[order], RADII * scale, simulations=0, seed=0)
    np.testing.assert_allclose(moved.observed, base.observed, rtol=1e-12)


@pytest.mark.parametrize("statistic", ["M", "m"])
def test_threads_do_not_change_a_bit(statistic: Relative) -> None:
    points, cases = uneven_sites(1200, 3), mask(200, 1200, 4)
    one, three = (
        m_function(points, cases, RADII, statistic=statistic, simulations=100, seed=7, workers=w)
        for w in (1, 3)
    )
    assert one.band is not None
    assert three.band is not None
    assert one.observed.tobytes() == three.observed.tobytes()
    assert one.band.global_high.tobytes() == three.band.global_high.tobytes()


def test_attraction_to_another_industry_is_found_where_that_one_stays() -> None:
    rng = np.random.default_rng(8)
    suppliers = rng.random((60, 2)) * 1e5
    users = suppliers[rng.integers(0, 60, 80)] + rng.normal(size=(80, 2)) * 800.0
    rest = rng.random((800, 2)) * 1e5
    points = np.vstack([suppliers, users, rest])
    kind = np.repeat([0, 1, 2], [60, 80, 800])
    curve = m_function(
        points,
        kind == 1,
        [1e3, 3e3, 1e4],
        neighbours=kind == 0,
        null="population_independence",
        simulations=199,
        seed=1,
    )
    assert curve.verdict == "localised"
    assert curve.localised[0]


def test_several_industries_at_once_are_each_as_by_themselves() -> None:
    points, radii = uneven_sites(500, 4), RADII[2:]
    masks = {"a": mask(40, 500, 5), "b": mask(90, 500, 6)}
    together = m_of_industries(points, masks, radii, seeds={"a": 7, "b": 8})
    for name, seed in (("a", 7), ("b", 8)):
        alone = m_function(points, masks[name], radii, simulations=999, seed=seed)
        assert alone.band is not None
        assert together[name].band is not None
        np.testing.assert_allclose(together[name].observed, alone.observed, rtol=1e-12)
        np.testing.assert_allclose(together[name].band.high, alone.band.high, rtol=1e-12)  # type: ignore[union-attr]
