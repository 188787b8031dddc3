"""What does not make a pattern is refused, with the argument and the row."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from jiqun.numerics.point_pattern import Curve, kd, m_function, project, ripley_k

POINTS = [(0.0, 0.0), (30.0, 0.0), (0.0, 40.0), (500.0, 500.0)]
CASES = [True, True, True, False]
GOOD: dict[str, Any] = {
    "points": POINTS,
    "cases": CASES,
    "radii": [0.0, 50.0],
    "simulations": 0,
    "seed": 0,
}

STATISTICS: tuple[Callable[..., Curve], ...] = (kd, m_function, ripley_k)


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"points": [0.0, 1.0, 2.0, 3.0]}, r"points: expected shape \(N, 2\), got \(4,\)"),
        ({"points": [*POINTS[:3], (np.nan, 1.0)]}, r"points: row 3, .* not a pair of finite"),
        ({"cases": [True, False, False, False]}, "needs two sites of the industry, got 1 of 4"),
        ({"cases": [1, 1, 1, 0]}, "cases: expected 4 true-or-false values"),
        ({"cases": [True, True, True]}, "cases: expected 4 true-or-false values"),
        ({"radii": []}, "radii: expected one or more"),
        ({"radii": [50.0, 10.0]}, "each longer than the one before"),
        ({"radii": [-1.0, 10.0]}, "distances from 0"),
        ({"radii": [0.0, np.inf]}, "finite distances"),
        ({"neighbours": [False, False, True, True]}, r"neighbours: .* 1 sites are both"),
        ({"neighbours": [False] * 4}, "need a site of each, got 3 and 0"),
        ({"simulations": 10}, "needs 39 or more, got 10"),
        ({"simulations": 100, "level": 1.5}, "level: expected a share between 0 and 1"),
        ({"null": "by_magic"}, "null: expected one of random_location"),
        ({"null": "population_independence"}, "compares two industries"),
    ],
)
def test_refused_by_all(
    statistic: Callable[..., Curve], changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        statistic(**{**GOOD, **changed})


@pytest.mark.parametrize("statistic", [kd, m_function])
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weights": [1.0, -1.0, 1.0, 1.0]}, r"weights: row 1 is -1\.0"),
        ({"weights": [1.0, 1.0]}, r"weights: expected shape \(4,\)"),
        ({"weights": [1.0, 0.0, 0.0, 1.0]}, "too few sites of the industry have a weight above 0"),
        (
            {"coordinates": "longitude_latitude"},
            r"points: row 3, \(500\.0, 500\.0\), is not a long",
        ),
        ({"coordinates": "somewhere"}, "coordinates: expected 'projected'"),
        (
            {
                "points": [(120.1, 30.2), (120.2, 30.3), (120.3, 30.2), (120.0, 30.0)],
                "radii": [5e3],
            },
            "pass coordinates='longitude_latitude'",
        ),
    ],
)
def test_refused_where_there_are_weights_and_degrees(
    statistic: Callable[..., Curve], changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        statistic(**{**GOOD, **changed})


def test_all_firms_at_one_point_have_no_bandwidth_but_an_m() -> None:
    together = {**GOOD, "points": [(7.0, 7.0)] * 4, "radii": [0.0, 1.0]}
    with pytest.raises(ValueError, match="are all the same or too few; pass bandwidth="):
        kd(**together)
    peak = 2.0 / (3.0 * np.sqrt(2.0 * np.pi))
    np.testing.assert_allclose(kd(**together, bandwidth=3.0).observed[0], peak, rtol=1e-3)
    # Each of three cases has two of the other two cases among three others: 2/3 over 2/3.
    np.testing.assert_allclose(m_function(**together).observed, 1.0)
    with pytest.raises(ValueError, match=r"window: .* with an area"):
        ripley_k(**together)


def test_radius_zero_alone_finds_the_firms_at_one_address() -> None:
    points = [(0.0, 0.0), (0.0, 0.0), (5.0, 5.0), (5.0, 5.0), (9.0, 1.0)]
    cases = np.array([True, True, True, False, False])
    curve = m_function(points, cases, [0.0], simulations=0, seed=0)
    # Cases 0 and 1 have one neighbour each, a case; case 2 has one, not a case: (1 + 1 + 0) / 3
    # over (3 - 1) / (5 - 1).
    assert curve.observed[0] == pytest.approx(4.0 / 3.0)


def test_where_nobody_is_near_m_is_undefined_and_the_band_too() -> None:
    points = np.column_stack([np.arange(60) * 100.0, np.zeros(60)])
    cases = np.arange(60) % 2 == 0
    curve = m_function(points, cases, [10.0, 100.0, 500.0], simulations=99, seed=0)
    assert curve.band is not None
    np.testing.assert_array_equal(np.isnan(curve.observed), [True, False, False])
    np.testing.assert_array_equal(np.isnan(curve.band.high), [True, False, False])
    assert curve.observed[1] == 0.0
    assert curve.verdict == "dispersed"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"method": "guess"}, "method: expected one of auto, monte_carlo, analytic, gridded"),
        ({"method": "analytic", "weights": [1.0, 2.0, 3.0, 4.0]}, "one industry without weights"),
        ({"bandwidth": 0.0}, "bandwidth: expected metres above 0"),
        ({"method": "gridded", "bandwidth": 1e-3}, r"more than 2\^24"),
    ],
)
def test_refused_by_kd(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        kd(**{**GOOD, **changed})


def test_refused_by_the_others() -> None:
    with pytest.raises(ValueError, match="statistic: expected 'M' or 'm', got 'Q'"):
        m_function(**GOOD, statistic="Q")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="correction: expected one of none"):
        ripley_k(**GOOD, correction="periodic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="window: 1 points are outside, the first in row 3"):
        ripley_k(**GOOD, window=(0.0, 100.0, 0.0, 100.0))


def test_a_grid_on_the_globe_is_refused_and_a_projection_says_what_it_distorts() -> None:
    lonlat = [(120.0, 30.0), (121.0, 31.0), (122.0, 30.5), (119.0, 29.0)]
    with pytest.raises(ValueError, match="project the points first"):
        kd(lonlat, [True] * 4, [1e5], coordinates="longitude_latitude", method="gridded", seed=0)
    points, distortion = project(lonlat)
    assert 0.0 < distortion < 1e-3
    flat = kd(points, [True] * 4, [1e5, 2e5], bandwidth=2e4, simulations=0, seed=0)
    round_ = kd(
        lonlat,
        [True] * 4,
        [1e5, 2e5],
        bandwidth=2e4,
        simulations=0,
        seed=0,
        coordinates="longitude_latitude",
    )
    np.testing.assert_allclose(flat.observed, round_.observed, rtol=2e-3)
