"""Odds of a tie over distance: by hand, a planted slope, the error, and what has no answer.

Paper: E5, K2f, K2i (slope of tie odds on distance)
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from jiqun.numerics.tie_decay import exchanged_partners, great_circle_km, odds_slopes

Ints = NDArray[np.int64]


def planted(
    rng: np.random.Generator, slope: float, ties: int = 400, firms: int = 200
) -> tuple[NDArray[np.float64], Ints, Ints]:
    """Firms on a square of 4°, and ties drawn in proportion to (1 + d)^slope."""
    points = rng.uniform(0.0, 4.0, (firms, 2))
    one, other = np.triu_indices(firms, 1)
    chance = (1.0 + great_circle_km(points[one], points[other])) ** slope
    drawn = rng.choice(one.size, ties, replace=False, p=chance / chance.sum())
    turned = rng.random(ties) < 0.5
    source = np.where(turned, one[drawn], other[drawn])
    target = np.where(turned, other[drawn], one[drawn])
    return points, source.astype(np.int64), target.astype(np.int64)


def slope_of(
    points: NDArray[np.float64], source: Ints, target: Ints, rng: np.random.Generator
) -> tuple[float, float]:
    exchanged = exchanged_partners(target, np.zeros(target.size, np.int64), 40, rng)
    weight = (exchanged != source) / 40.0
    x = np.log1p(great_circle_km(points[source], points[target]))[:, None]
    z = np.log1p(great_circle_km(points[source], points[exchanged]))[:, :, None]
    found = odds_slopes(x, z, weight, source, target, len(points))
    assert found is not None
    return found[0].value, found[0].error


def test_distance_from_equator_to_pole_and_across_the_antimeridian() -> None:
    one, other = np.array([[10.0, 0.0], [179.5, 0.0]]), np.array([[99.0, 90.0], [-179.5, 0.0]])
    assert great_circle_km(one, other) == pytest.approx([10007.557, 111.195], abs=1e-3)


def test_partners_are_exchanged_within_strata_only() -> None:
    target, stratum = np.arange(6), np.array([0, 1, 0, 1, 0, 1])
    drawn = exchanged_partners(target, stratum, 200, np.random.default_rng(0))
    assert all(sorted(row[stratum == 0]) == [0, 2, 4] for row in drawn)
    assert all(sorted(row[stratum == 1]) == [1, 3, 5] for row in drawn)
    assert set(drawn[:, 0]) == {0, 2, 4}


def test_slope_on_a_yes_or_no_is_the_log_odds_ratio() -> None:
    """Near: 30 of 40 ties but 10 of 40 controls; far: 10 and 30. Log of (30/10) / (10/30) = log 9."""
    cases = np.repeat([1.0, 0.0], [30, 10])[:, None]
    controls = np.repeat([1.0, 0.0], [10, 30])[None, :, None]
    source, target = np.arange(40), np.arange(40, 80)
    found = odds_slopes(cases, controls, np.ones((1, 40)), source, target, 80)
    assert found is not None
    assert found[0].value == pytest.approx(np.log(9.0))


@pytest.mark.parametrize("slope", [-1.0, 0.0, 0.5])
def test_planted_slope_is_found(slope: float) -> None:
    rng = np.random.default_rng(1)
    found = np.mean([slope_of(*planted(rng, slope), rng)[0] for _ in range(8)])
    assert found == pytest.approx(slope, abs=0.12)


def test_error_is_that_of_repeated_worlds() -> None:
    rng = np.random.default_rng(2)
    pairs = np.array([slope_of(*planted(rng, 0.0, 200), rng) for _ in range(60)])
    assert np.mean(np.abs(pairs[:, 0]) > 1.96 * pairs[:, 1]) <= 0.13
    assert pairs[:, 1].mean() == pytest.approx(pairs[:, 0].std(), rel=0.35)


def test_separated_or_constant_distances_have_no_slope() -> None:
    source, target = np.arange(10), np.arange(10, 20)
    weight = np.ones((1, 10))
    constant = odds_slopes(np.ones((10, 1)), np.ones((1, 10, 1)), weight, source, target, 20)
    assert constant is None
    apart = odds_slopes(np.ones((10, 1)), np.zeros((1, 10, 1)), weight, source, target, 20)
    assert apart is None
