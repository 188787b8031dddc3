"""Analytic moments: every subset counted out, and bands against many simulations."""

from itertools import combinations

import numpy as np
import pytest

from jiqun.numerics.point_pattern import kd
from jiqun.numerics.point_pattern.null_moments import (
    null_fourth_moment,
    null_mean_and_covariance,
    null_third_moment,
    pearson_quantile,
)
from jiqun.numerics.point_pattern.placement import place
from jiqun.numerics.point_pattern.site_moments import site_moments
from tests.numerics.point_pattern.patterns import density, distances, mask, uneven_sites

RADII = np.linspace(0.0, 50_000.0, 26)


@pytest.mark.parametrize("cases", [2, 3, 5, 7])
def test_mean_and_covariance_are_those_of_all_subsets(cases: int) -> None:
    """Eight sites have few enough subsets to take every one."""
    points = uneven_sites(8, 5)
    radii = np.array([0.0, 1e4, 3e4, 6e4])
    h = 9e3
    moments = site_moments(place(points), radii, h, gridded=False, seed=0)
    apart = distances(points)
    sums = []
    for chosen in combinations(range(8), cases):
        pairs = np.array([apart[i, j] for i, j in combinations(chosen, 2)])
        sums.append(density(radii, pairs, np.ones(pairs.size), h) * pairs.size)
    mean, covariance = null_mean_and_covariance(moments, cases)
    # What differs is the rounding of distances to 1/32 of the bandwidth.
    np.testing.assert_allclose(mean, np.mean(sums, axis=0), rtol=0.01)
    spread = np.cov(np.array(sums), rowvar=False, ddof=0)
    np.testing.assert_allclose(covariance, spread, atol=0.03 * spread.diagonal().max())


@pytest.mark.parametrize("cases", [3, 4, 5, 7])
def test_third_and_fourth_moments_are_those_of_all_subsets(cases: int) -> None:
    """Every subset of nine sites; what differs is the rounding to an eighth of the bandwidth."""
    points = uneven_sites(9, 2)
    radii = np.array([0.0, 1e4, 3e4, 6e4])
    h = 1.2e4
    moments = site_moments(place(points), radii, h, gridded=False, seed=0)
    apart = distances(points)
    sums = np.array(
        [
            density(radii, pairs, np.ones(pairs.size), h) * pairs.size
            for chosen in combinations(range(9), cases)
            for pairs in [np.array([apart[i, j] for i, j in combinations(chosen, 2)])]
        ]
    )
    centred = sums - sums.mean(axis=0)
    spread = centred.std(axis=0)
    third, fourth = null_third_moment(moments, cases), null_fourth_moment(moments, cases)
    np.testing.assert_allclose(third / spread**3, (centred**3).mean(axis=0) / spread**3, atol=0.06)
    np.testing.assert_allclose(fourth / spread**4, (centred**4).mean(axis=0) / spread**4, rtol=0.06)


def test_the_third_moment_is_that_of_simulated_curves() -> None:
    """8,000 draws: the standard error of a skewness is sqrt(6 / 8,000) = 0.027, or twice that."""
    points = uneven_sites(400, 3)
    radii = np.array([0.0, 3e3, 1e4, 3e4])
    h = 5e3
    moments = site_moments(place(points), radii, h, gridded=False, seed=0)
    _, covariance = null_mean_and_covariance(moments, 40)
    expected = null_third_moment(moments, 40) / covariance.diagonal() ** 1.5
    curves = simulated_sums(points, radii, h, 40, 8000)
    centred = curves - curves.mean(axis=0)
    skew = (centred**3).mean(axis=0) / curves.std(axis=0) ** 3
    np.testing.assert_allclose(expected, skew, atol=0.15)
    assert skew[0] > 0.4


def simulated_sums(
    points: np.ndarray, radii: np.ndarray, h: float, cases: int, draws: int
) -> np.ndarray:
    """Kernel sums of random subsets, from one matrix of kernel weights a radius."""
    apart = distances(points)
    rng = np.random.default_rng(11)
    chosen = np.zeros((draws, len(points)), np.float32)
    for row in chosen:
        row[rng.choice(len(points), cases, replace=False)] = 1.0
    sums = []
    for r in radii:
        scale = h * np.sqrt(2.0 * np.pi)
        k = np.exp(-0.5 * ((apart - r) / h) ** 2) + np.exp(-0.5 * ((apart + r) / h) ** 2)
        np.fill_diagonal(k, 0.0)
        sums.append(((chosen @ (k / scale).astype(np.float32)) * chosen).sum(axis=1) / 2.0)
    return np.array(sums, dtype=np.float64).T


def test_bands_are_those_of_many_simulations() -> None:
    """The figures asked for are 0.03 (median) and 0.1 (largest) of the width of the band."""
    points, cases = uneven_sites(4000, 1), mask(200, 4000, 2)
    analytic = kd(points, cases, RADII, method="analytic", seed=3).band
    simulated = kd(points, cases, RADII, method="monte_carlo", simulations=20_000, seed=4).band
    assert analytic is not None
    assert simulated is not None
    width = simulated.high - simulated.low
    off = np.concatenate(
        [
            np.abs(analytic.low - simulated.low) / width,
            np.abs(analytic.high - simulated.high) / width,
        ]
    )
    assert np.median(off) < 0.03
    assert off.max() < 0.1
    ratio = (analytic.global_high - analytic.global_low) / (
        simulated.global_high - simulated.global_low
    )
    np.testing.assert_allclose(ratio, 1.0, atol=0.06)


def test_a_sample_of_sites_serves_for_all() -> None:
    points, cases = uneven_sites(21_000, 1), mask(300, 21_000, 2)
    sampled = kd(points, cases, RADII, method="analytic", seed=3).band
    simulated = kd(points, cases, RADII, method="monte_carlo", simulations=4000, seed=4).band
    assert sampled is not None
    assert simulated is not None
    assert sampled.error > 0.003
    width = simulated.high - simulated.low
    off = np.abs(np.array([sampled.low - simulated.low, sampled.high - simulated.high])) / width
    assert np.median(off) < 0.03


def test_a_pearson_quantile_without_skew_is_normal() -> None:
    np.testing.assert_allclose(pearson_quantile(1.96, np.zeros(3)), 1.96, atol=1e-6)


def test_every_site_an_industry_leaves_nothing_to_chance() -> None:
    points = uneven_sites(50, 1)
    band = kd(points, np.ones(50, bool), RADII, method="analytic", seed=0).band
    assert band is not None
    np.testing.assert_allclose(band.low, band.high, rtol=1e-4)
