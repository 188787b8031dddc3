"""Distances from a grid: closed forms, and the exact curve."""

import numpy as np
import pytest

from jiqun.numerics.point_pattern import kd
from jiqun.numerics.point_pattern.gridded import pairs_by_distance
from tests.numerics.point_pattern.patterns import distances, mask, uneven_sites

RADII = np.linspace(0.0, 50_000.0, 26)


def test_every_pair_is_counted_once() -> None:
    points = uneven_sites(300, 4)
    for cell in (700.0, 5000.0):
        spread, pairs = pairs_by_distance(points.T, cell, 2e5)
        assert pairs.sum() == pytest.approx(300 * 299 / 2, rel=1e-5)
        mean = distances(points)[np.triu_indices(300, 1)].mean()
        assert spread @ pairs / pairs.sum() == pytest.approx(mean, rel=0.01)


def test_distances_in_a_square_have_their_closed_form() -> None:
    """2 r (pi - 4 r + r^2) for r <= 1 (Ghosh 1951); 100,000 points leave 0.5 % of chance."""
    points = np.random.default_rng(1).random((100_000, 2))
    radii = np.linspace(0.1, 0.9, 17)
    curve = kd(
        points,
        np.ones(100_000, bool),
        radii,
        method="gridded",
        bandwidth=0.01,
        simulations=0,
        seed=0,
    )
    np.testing.assert_allclose(
        curve.observed, 2 * radii * (np.pi - 4 * radii + radii**2), rtol=5e-3
    )


def test_distances_in_a_disc_have_their_closed_form() -> None:
    """The distribution of the distance of two points of a disc of diameter 1, at four distances."""
    rng = np.random.default_rng(2)
    radius, angle = 0.5 * np.sqrt(rng.random(200_000)), rng.random(200_000) * 2.0 * np.pi
    disc = np.array([radius * np.cos(angle), radius * np.sin(angle)])
    at, pairs = pairs_by_distance(disc, 1 / 512, 1.0)
    share = np.cumsum(pairs) / (200_000 * 199_999 / 2)
    upper = at + (at[1] - at[0]) / 2.0
    for d, expected in ((0.05, 0.009576), (0.2, 0.132947), (0.5, 0.586503), (0.8, 0.942362)):
        assert np.interp(d, upper, share) == pytest.approx(expected, rel=5e-3)


def test_agrees_with_the_exact_curve_within_its_stated_error() -> None:
    points, cases = uneven_sites(8000, 3), mask(3000, 8000, 5)
    exact = kd(points, cases, RADII, method="analytic", seed=1)
    grid = kd(points, cases, RADII, method="gridded", seed=1)
    assert exact.band is not None
    assert grid.band is not None
    width = exact.band.high - exact.band.low
    assert np.max(np.abs(grid.observed - exact.observed) / width) < max(grid.error, 0.05)
    assert np.max(np.abs(grid.band.expected - exact.band.expected) / width) < 0.05
    np.testing.assert_allclose(grid.band.high - grid.band.low, width, rtol=0.03)


def test_one_line_of_points_makes_a_grid_of_one_row() -> None:
    line = np.column_stack([np.linspace(0.0, 1000.0, 500), np.zeros(500)])
    radii = np.array([200.0, 500.0, 800.0])
    curve = kd(
        line, np.ones(500, bool), radii, method="gridded", bandwidth=20.0, simulations=0, seed=0
    )
    np.testing.assert_allclose(curve.observed, 2e-3 * (1.0 - radii / 1000.0), rtol=0.01)
