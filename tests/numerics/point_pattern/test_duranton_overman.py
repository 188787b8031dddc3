"""Kd: by hand, by brute force, against the reference software, and what must not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.numerics.point_pattern import kd
from jiqun.numerics.point_pattern.placement import EARTH_RADIUS
from tests.numerics.point_pattern.patterns import density, distances, mask, paracou, uneven_sites

RADII = np.linspace(0.0, 50_000.0, 26)
OFF_BAND = 1e-3  # of the width of the band: what the exact curve may be off by


def test_three_points_have_the_three_distances_of_a_triangle() -> None:
    """Sides 3, 4 and 5: with a narrow kernel each is a bump of a third of the mass at its length."""
    curve = kd(
        [(0, 0), (3, 0), (0, 4)],
        np.ones(3, bool),
        [3.0, 3.5, 4.0, 5.0],
        bandwidth=0.05,
        simulations=0,
        seed=0,
    )
    peak = 1.0 / (3.0 * 0.05 * np.sqrt(2.0 * np.pi))
    np.testing.assert_allclose(curve.observed, [peak, 0.0, peak, peak], rtol=2e-4, atol=1e-15)


def test_a_density_of_pairs_at_one_address_is_counted_on_both_sides_of_zero() -> None:
    """Two firms at one address and one 10 m away: distances 0, 10, 10."""
    curve = kd(
        [(0, 0), (0, 0), (10, 0)], np.ones(3, bool), [0.0], bandwidth=1.0, simulations=0, seed=0
    )
    assert curve.observed[0] == pytest.approx(2.0 / (3.0 * np.sqrt(2.0 * np.pi)), rel=1e-4)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("crossed", [False, True])
def test_agrees_with_one_exponential_a_pair(weighted: bool, crossed: bool) -> None:
    points = uneven_sites(3000, 1)
    cases, others = mask(300, 3000, 2), None
    weights = np.random.default_rng(3).pareto(1.5, 3000) + 1.0 if weighted else None
    if crossed:
        others = ~cases & mask(900, 3000, 4)
    curve = kd(points, cases, RADII, neighbours=others, weights=weights, simulations=99, seed=5)
    size = np.ones(3000) if weights is None else weights
    apart = distances(points)
    product = size[:, None] * size
    chosen = (
        np.triu(np.outer(cases, cases), 1) if others is None else np.outer(cases, others)
    ).astype(bool)
    assert curve.bandwidth is not None
    assert curve.band is not None
    truth = density(RADII, apart[chosen], product[chosen], curve.bandwidth)
    off = np.abs(curve.observed - truth) / (curve.band.high - curve.band.low)
    assert off.max() < OFF_BAND * (3.0 if weighted else 1.0)
    assert off.max() <= max(curve.error, 1e-6)


def test_agrees_with_the_reference_software() -> None:
    """Values of Kdhat in dbmss 2.11-0; its density is worked out on a grid, hence the half per cent."""
    points, weights, kind = paracou()
    radii = [0.0, 10.0, 25.0, 50.0, 100.0]
    rosea, americana = kind == "Q. Rosea", kind == "V. Americana"
    plain = kd(points, rosea, radii, simulations=0, seed=0)
    across = kd(points, rosea, radii, neighbours=americana, simulations=0, seed=0)
    weighted = kd(points, rosea, radii, weights=weights, simulations=0, seed=0)
    for curve, expected in (
        (
            plain,
            [
                0.00209051574102,
                0.00271836283528,
                0.00450641259539,
                0.00512504833736,
                0.00719964524831,
            ],
        ),
        (
            across,
            [
                0.000692872074171,
                0.000976181687371,
                0.00227431337879,
                0.00419257305002,
                0.00611185804843,
            ],
        ),
        (
            weighted,
            [
                0.00191301626249,
                0.00263459732108,
                0.00442260515126,
                0.00474048675503,
                0.00629470587881,
            ],
        ),
    ):
        np.testing.assert_allclose(curve.observed, expected, rtol=5e-3)


def test_the_bandwidth_is_the_rule_of_thumb_on_all_distances() -> None:
    points = uneven_sites(400, 8)
    apart = distances(points)[np.triu_indices(400, 1)]
    near = apart[apart <= 2.0 * RADII[-1]]
    spread = min(near.std(ddof=1), np.subtract(*np.quantile(near, [0.75, 0.25])) / 1.34)
    curve = kd(points, np.ones(400, bool), RADII, simulations=0, seed=0)
    assert curve.bandwidth == pytest.approx(0.9 * spread * near.size**-0.2, rel=1e-3)


def test_distances_cross_the_antimeridian_and_the_pole() -> None:
    """Two islands 0.2 degrees apart across 180 degrees, and two camps on either side of the pole."""
    degree = np.radians(1.0) * EARTH_RADIUS
    islands = kd(
        [(179.9, 0.0), (-179.9, 0.0), (0.0, 0.0)],
        np.array([True, True, False]),
        [0.0, 0.2 * degree],
        coordinates="longitude_latitude",
        bandwidth=100.0,
        simulations=0,
        seed=0,
    )
    camps = kd(
        [(0.0, 89.9), (180.0, 89.9)],
        np.ones(2, bool),
        [0.2 * degree],
        coordinates="longitude_latitude",
        bandwidth=100.0,
        simulations=0,
        seed=0,
    )
    peak = 1.0 / (100.0 * np.sqrt(2.0 * np.pi))
    np.testing.assert_allclose(islands.observed, [0.0, peak], rtol=1e-3, atol=1e-12)
    assert camps.observed[0] == pytest.approx(peak, rel=1e-3)


def test_degrees_and_metres_agree_in_a_small_place() -> None:
    metres = uneven_sites(500, 9) / 10.0
    degree = np.radians(1.0) * EARTH_RADIUS
    cases = mask(100, 500, 1)
    flat = kd(metres, cases, RADII / 10.0, bandwidth=300.0, simulations=99, seed=2)
    curved = kd(
        metres / degree,
        cases,
        RADII / 10.0,
        coordinates="longitude_latitude",
        bandwidth=300.0,
        simulations=99,
        seed=2,
    )
    np.testing.assert_allclose(curved.observed, flat.observed, rtol=2e-3)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 1000),
    scale=st.sampled_from([1e-3, 1.0, 37.0]),
    shift=st.floats(-1e6, 1e6),
)
def test_order_place_and_unit_do_not_matter(seed: int, scale: float, shift: float) -> None:
    points = uneven_sites(120, seed)
    cases = mask(40, 120, seed)
    order = np.random.default_rng(seed).permutation(120)
    base = kd(points, cases, RADII, simulations=0, seed=0)
    moved = kd(
        points[order] * scale + shift * scale, cases[order], RADII * scale, simulations=0, seed=0
    )
    # Rounding to bins starts elsewhere: three standard errors of it on either side.
    room = 2.0 * max(base.error, moved.error) * base.observed + 1e-12
    assert (np.abs(moved.observed * scale - base.observed) <= room).all()


@pytest.mark.parametrize("method", ["monte_carlo", "analytic"])
def test_threads_do_not_change_a_bit(method: str) -> None:
    points, cases = uneven_sites(5000, 3), mask(4200, 5000, 4)
    one, three = (
        kd(points, cases, RADII[:9], simulations=64, method=method, seed=7, workers=workers)  # type: ignore[arg-type]
        for workers in (1, 3)
    )
    assert one.band is not None
    assert three.band is not None
    for name in ("expected", "low", "high", "global_low", "global_high"):
        assert getattr(one.band, name).tobytes() == getattr(three.band, name).tobytes()
    assert one.observed.tobytes() == three.observed.tobytes()


def test_a_cluster_is_localised_and_a_lattice_dispersed() -> None:
    rng = np.random.default_rng(6)
    points = rng.random((2000, 2)) * 1e5
    middle = np.hypot(*(points - 5e4).T) < 1.5e4
    assert kd(points, middle, RADII[:13], simulations=199, seed=1).verdict == "localised"
    chosen: list[int] = []
    for k in range(2000):
        if all(np.hypot(*(points[k] - points[c])) > 9e3 for c in chosen):
            chosen.append(k)
    spaced = np.isin(np.arange(2000), chosen)
    curve = kd(points, spaced, RADII[:5], simulations=199, seed=1)
    assert curve.verdict == "dispersed"


def test_auto_simulates_what_is_small_and_calculates_what_is_large() -> None:
    points = uneven_sites(9000, 3)
    small, large = (
        kd(points, mask(n, 9000, 1), RADII, simulations=1000, seed=1) for n in (50, 8000)
    )
    assert small.band is not None
    assert large.band is not None
    assert (small.band.method, large.band.method) == ("monte_carlo", "analytic")
    assert 0.0 < small.band.error < 0.06
    assert large.band.error < 0.01
