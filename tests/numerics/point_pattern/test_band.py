"""Bands: what they hold, what the global test rejects, and that both say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.numerics.point_pattern import kd
from jiqun.numerics.point_pattern.band import fewest_simulations, simulated_band
from jiqun.numerics.point_pattern.null_moments import moment_band
from jiqun.numerics.point_pattern.placement import place
from jiqun.numerics.point_pattern.site_moments import site_moments
from tests.numerics.point_pattern.patterns import mask, uneven_sites


def test_fewest_simulations_leave_one_beyond_each_edge() -> None:
    assert fewest_simulations(0.95) == 39
    assert fewest_simulations(0.99) == 199


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10_000), far=st.floats(0.0, 4.0))
def test_the_curve_leaves_the_global_band_where_the_test_rejects(seed: int, far: float) -> None:
    rng = np.random.default_rng(seed)
    curves = np.cumsum(rng.normal(size=(99, 8)), axis=1)
    observed = np.cumsum(rng.normal(size=8)) * far
    band = simulated_band(observed, curves, 0.95)
    outside = bool(((observed > band.global_high) | (observed < band.global_low)).any())
    assert outside == (band.p_value <= 0.05 + 1e-12)
    assert (band.global_high - band.global_low >= (band.high - band.low) * 0.5).all()


@pytest.mark.statistical
def test_the_rank_test_rejects_one_null_curve_in_twenty() -> None:
    """Skewed curves, 199 simulations: p is uniform on multiples of 1/200 whatever the curves."""
    rng = np.random.default_rng(1)
    rejected, trials = 0, 1000
    for _ in range(trials):
        curves = np.exp(np.cumsum(rng.normal(size=(200, 6)) * 0.4, axis=1))
        rejected += simulated_band(curves[0], curves[1:], 0.95).p_value <= 0.05
    # Binomial(1000, 0.05): 50 expected, 6.9 s.d.; four of them.
    assert 22 <= rejected <= 78


def test_curves_that_do_not_vary_make_a_band_without_width() -> None:
    curves = np.ones((99, 3))
    inside = simulated_band(np.ones(3), curves, 0.95)
    beyond = simulated_band(np.array([1.0, 2.0, 1.0]), curves, 0.95)
    assert inside.p_value == 1.0
    assert beyond.p_value == 0.01
    np.testing.assert_array_equal(inside.high, 1.0)
    assert inside.error == 0.0


@pytest.mark.statistical
def test_random_industries_leave_the_simulated_band_one_time_in_twenty() -> None:
    points = uneven_sites(400, 2)
    radii = np.linspace(0.0, 40_000.0, 9)
    left = sum(
        kd(points, mask(40, 400, 10_000 + t), radii, simulations=99, seed=t).verdict != "neither"
        for t in range(200)
    )
    # Binomial(200, 0.05): 10 expected, 3.1 s.d.; four of them.
    assert left <= 22


@pytest.mark.statistical
def test_random_industries_leave_the_analytic_band_one_time_in_twenty() -> None:
    points = uneven_sites(400, 2)
    radii = np.linspace(0.0, 40_000.0, 9)
    h = 4000.0
    moments = site_moments(place(points), radii, h, gridded=False, seed=0)
    band = moment_band(np.ones(9), moments, 40, 0.95, 0, gridded=False)
    left = 0
    for trial in range(400):
        cases = mask(40, 400, 20_000 + trial)
        curve = kd(points, cases, radii, bandwidth=h, simulations=0, seed=0).observed
        left += bool(((curve > band.global_high) | (curve < band.global_low)).any())
    # Binomial(400, 0.05): 20 expected, 4.4 s.d.; four of them.
    assert 3 <= left <= 37
