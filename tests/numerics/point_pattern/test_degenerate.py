"""Patterns at the edge of what is one: a defined answer, worked out by hand, or a clear error."""

from collections.abc import Callable

import numpy as np
import pytest

from jiqun.numerics.point_pattern import Curve, kd, m_function, project, scan_register
from jiqun.numerics.point_pattern.duranton_overman import Method, NoBandwidthError
from jiqun.numerics.point_pattern.placement import EARTH_RADIUS

STATISTICS: tuple[Callable[..., Curve], ...] = (kd, m_function)
TOWN = np.random.default_rng(1).normal(0.0, 0.02, (60, 2))


@pytest.mark.parametrize("statistic", STATISTICS)
def test_one_firm_makes_no_pair(statistic: Callable[..., Curve]) -> None:
    with pytest.raises(ValueError, match="two sites of the industry, got 1 of 1"):
        statistic([(0.0, 0.0)], [True], [1.0], simulations=0, seed=0)


def test_one_firm_or_none_is_no_register() -> None:
    with pytest.raises(ValueError, match="two sites of the industry, got 1 of 1"):
        scan_register([(0.0, 0.0)], [0], [1.0], seed=0)
    with pytest.raises(ValueError, match="got 0 of 0"):
        scan_register(np.empty((0, 2)), np.empty(0, np.int64), [1.0], seed=0)


def test_a_missing_coordinate_is_refused_by_the_scan_with_its_row() -> None:
    points = TOWN.copy()
    points[17, 1] = np.nan
    with pytest.raises(ValueError, match=r"points: row 17, .* not a pair of finite numbers"):
        scan_register(points, np.zeros(60, np.int64), [0.1], seed=0)


def test_degrees_given_as_metres_are_refused_by_the_scan() -> None:
    with pytest.raises(ValueError, match="pass coordinates='longitude_latitude'"):
        scan_register(np.add(TOWN, (120.0, 30.0)), np.zeros(60, np.int64), [5e3], seed=0)


def test_metres_given_as_degrees_are_refused_with_the_row() -> None:
    with pytest.raises(ValueError, match=r"row 0, .* is not a longitude and a latitude"):
        kd(
            [(653964.1, 6860684.5), (653970.0, 6860690.0)],
            [True, True],
            [100.0],
            coordinates="longitude_latitude",
            seed=0,
        )


def test_industries_at_one_place_or_two_have_no_density_and_are_left_out_of_a_scan() -> None:
    points = np.random.default_rng(2).uniform(0.0, 1000.0, (80, 2))
    points[:12] = (500.0, 500.0)
    points[12:24] = (1e6, 0.0)
    points[18:24] = (-1e6, 0.0)  # two places, further apart than twice the largest radius
    label = np.repeat([0, 1, 2], [12, 12, 56])
    found = scan_register(points, label, np.linspace(0.0, 500.0, 6), seed=0)
    assert [one.industry for one in found] == [2]
    with pytest.raises(NoBandwidthError, match="all the same or too few; pass bandwidth="):
        kd(points, label == 1, [0.0, 500.0], simulations=0, seed=0)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_sites_on_both_sides_of_the_antimeridian_are_neighbours(
    statistic: Callable[..., Curve],
) -> None:
    """The same town, once at Greenwich and once around 180°: the same curve and the same bands."""
    across = np.add(TOWN, (180.0, 0.0))
    across[:, 0] = np.where(across[:, 0] > 180.0, across[:, 0] - 360.0, across[:, 0])
    assert (across[:, 0] > 0.0).any()
    assert (across[:, 0] < 0.0).any()
    cases = np.arange(60) % 3 == 0
    radii = np.linspace(0.0, 5_000.0, 6)
    here, there = (
        statistic(p, cases, radii, coordinates="longitude_latitude", simulations=39, seed=1)
        for p in (TOWN, across)
    )
    np.testing.assert_allclose(there.observed, here.observed, rtol=1e-9, atol=1e-15)
    assert np.isfinite(here.observed[1:]).all()


def test_the_180th_meridian_has_two_names_and_is_one_place() -> None:
    points = [(180.0, 10.0), (-180.0, 10.0), (179.0, 10.0), (-179.0, 10.0), (0.0, 0.0)]
    flat, _ = project(points[:4])
    np.testing.assert_allclose(flat[0], flat[1], atol=1e-6)
    cases = np.array([True, True, False, False, False])
    curve = m_function(
        points, cases, [1.0], coordinates="longitude_latitude", simulations=0, seed=0
    )
    # Each of the two cases has the other as its only neighbour: a share of 1, against 1 of 4.
    assert curve.observed[0] == pytest.approx(4.0)


def test_radius_zero_alone_has_a_density_with_the_bandwidth_of_all_distances() -> None:
    """Two of three pairs 100 m apart and one at one address: a reflected kernel at 0, by hand."""
    points = [(0.0, 0.0), (0.0, 0.0), (100.0, 0.0)]
    curve = kd(points, [True] * 3, [0.0], simulations=0, seed=0)
    assert curve.bandwidth is not None
    h = curve.bandwidth
    distances = np.array([0.0, 100.0, 100.0])
    by_hand = np.exp(-0.5 * (distances / h) ** 2).sum() * 2.0 / (h * np.sqrt(2.0 * np.pi)) / 3.0
    assert curve.observed[0] == pytest.approx(by_hand, rel=0.01)


def test_the_other_side_of_the_globe_is_as_far_as_it_gets() -> None:
    half_way = np.pi * EARTH_RADIUS
    curve = m_function(
        [(0.0, 0.0), (180.0, 0.0), (90.0, 0.0)],
        [True, True, False],
        [half_way * 0.6, half_way],
        coordinates="longitude_latitude",
        simulations=0,
        seed=0,
    )
    # Within 0.6 of half way each case has only the third site around it; at half way both others.
    np.testing.assert_allclose(curve.observed, [0.0, 1.0], atol=1e-9)


METHODS: tuple[Method, ...] = ("monte_carlo", "analytic", "gridded")


@pytest.mark.parametrize("method", METHODS)
def test_an_industry_that_is_every_site_is_neither_localised_nor_dispersed(method: Method) -> None:
    points = np.random.default_rng(3).random((120, 2)) * 1e4
    everyone, radii = np.ones(120, bool), np.linspace(0.0, 3000.0, 13)
    curve = kd(points, everyone, radii, simulations=99, method=method, seed=0)
    assert curve.band is not None
    assert (curve.verdict, curve.band.p_value) == ("neither", 1.0)
    scan = scan_register(points, np.zeros(120, np.int64), radii, seed=0)
    assert [(one.discovered, one.curve.verdict) for one in scan] == [(False, "neither")]


@pytest.mark.parametrize("method", METHODS)
def test_where_every_draw_is_alike_rounding_is_no_finding(method: Method) -> None:
    cases, radii = np.arange(60) < 15, np.linspace(0.0, 3000.0, 13)
    one_place = np.tile([[250.0, 250.0]], (60, 1))
    curve = kd(one_place, cases, radii, bandwidth=100.0, simulations=99, method=method, seed=0)
    assert curve.verdict == "neither"


@pytest.mark.parametrize("method", METHODS)
def test_two_places_leave_only_rounding_far_from_both_distances(method: Method) -> None:
    rng = np.random.default_rng(0)
    places = np.array([(6369.6, 2697.9), (409.7, 165.3)])[rng.integers(0, 2, 200)]
    cases, radii = np.arange(200) < 30, np.linspace(0.0, 3000.0, 13)
    curve = kd(places, cases, radii, bandwidth=100.0, simulations=999, method=method, seed=0)
    assert curve.band is not None
    assert curve.verdict == "neither"
    assert curve.band.p_value > 0.1


def test_m_up_to_a_radius_where_nobody_has_a_neighbour_is_undefined_and_has_no_verdict() -> None:
    points = np.random.default_rng(3).random((50, 2)) * 1e4
    curve = m_function(points, np.arange(50) < 20, [0.0], simulations=99, seed=0)
    assert np.isnan(curve.observed).all()
    assert curve.verdict == "neither"


def test_a_crowd_is_still_told_from_chance_where_most_sites_are_of_the_industry() -> None:
    rng = np.random.default_rng(5)
    points = np.vstack([rng.normal(0.0, 0.05, (180, 2)), rng.uniform(-1.0, 1.0, (20, 2))])
    curve = kd(points, np.arange(200) < 180, np.linspace(0.0, 0.2, 9), simulations=199, seed=0)
    assert curve.verdict == "localised"
