"""K and L: brute force, closed forms, edge corrections by geometry."""

import numpy as np
import pytest

from jiqun.numerics.point_pattern import ripley_k
from jiqun.numerics.point_pattern.ripley import Correction
from jiqun.numerics.point_pattern.ripley_loops import part_of_circle
from tests.numerics.point_pattern.patterns import distances, mask

UNIT = (0.0, 1.0, 0.0, 1.0)
RADII = np.array([0.02, 0.05, 0.1, 0.2])


def test_without_correction_it_is_a_count() -> None:
    points = np.random.default_rng(1).random((200, 2))
    curve = ripley_k(
        points, np.ones(200, bool), RADII, window=UNIT, correction="none", simulations=0, seed=0
    )
    apart = distances(points)[np.triu_indices(200, 1)]
    expected = [(apart <= r).sum() * 2.0 / (200.0 * 199.0) for r in RADII]
    np.testing.assert_allclose(curve.observed, expected)


@pytest.mark.parametrize(
    ("x", "y", "d"),
    [
        (0.5, 0.5, 0.3),
        (0.1, 0.5, 0.3),
        (0.05, 0.08, 0.3),
        (0.1, 0.1, 0.12),
        (0.0, 0.0, 0.5),
        (0.5, 0.5, 0.6),
    ],
)
def test_the_part_of_a_circle_inside_is_what_a_walk_along_it_finds(
    x: float, y: float, d: float
) -> None:
    angle = (np.arange(200_000) + 0.5) / 200_000 * 2.0 * np.pi
    u, v = x + d * np.cos(angle), y + d * np.sin(angle)
    inside = ((u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)).mean()
    assert part_of_circle(x, y, d, np.array(UNIT)) == pytest.approx(inside, abs=2e-5)


@pytest.mark.statistical
@pytest.mark.parametrize("correction", ["translation", "isotropic", "border"])
def test_an_even_spread_has_the_area_of_the_disc(correction: Correction) -> None:
    """pi r^2 on average over 200 patterns of 100 points.

    The border correction divides by the density of n, not n - 1 partners, as the reference has it.
    """
    rng = np.random.default_rng(2)
    everyone = np.ones(100, bool)
    patterns = rng.random((200, 100, 2))
    found = np.array(
        [
            ripley_k(
                p, everyone, RADII, window=UNIT, correction=correction, simulations=0, seed=0
            ).observed
            for p in patterns
        ]
    )
    error = found.std(axis=0) / np.sqrt(200.0)
    expected = np.pi * RADII**2 * (0.99 if correction == "border" else 1.0)
    assert (np.abs(found.mean(axis=0) - expected) < 4.0 * error).all()


@pytest.mark.statistical
def test_a_thomas_process_has_its_closed_form() -> None:
    """pi r^2 + (1 - exp(-r^2 / 4 s^2)) / kappa, on a torus cut open: translation corrects the edge."""
    rng = np.random.default_rng(3)
    kappa, mean, s = 50.0, 8.0, 0.02
    found = []
    for _ in range(60):
        parents = rng.random((rng.poisson(kappa), 2))
        children = np.repeat(parents, rng.poisson(mean, len(parents)), axis=0)
        points = (children + rng.normal(size=children.shape) * s) % 1.0
        n = len(points)
        curve = ripley_k(points, np.ones(n, bool), RADII, window=UNIT, simulations=0, seed=0)
        found.append(curve.observed * n * (n - 1) / (kappa * mean) ** 2)
    found_k = np.array(found)
    expected = np.pi * RADII**2 + (1.0 - np.exp(-(RADII**2) / (4.0 * s**2))) / kappa
    error = found_k.std(axis=0) / np.sqrt(60.0)
    assert (np.abs(found_k.mean(axis=0) - expected) < 4.0 * error).all()


def test_a_tie_counts_and_the_border_needs_a_centre() -> None:
    points = [(0.5, 0.5), (0.5, 0.75), (0.25, 0.5)]
    curve = ripley_k(
        points,
        np.ones(3, bool),
        [0.25, 0.6],
        window=UNIT,
        correction="border",
        simulations=0,
        seed=0,
    )
    # All three are 0.25 or more from the edge: pairs 0-1, 0-2 in both directions, over 3 x 3 / |A|.
    assert curve.observed[0] == pytest.approx(4.0 / 9.0)
    assert np.isnan(curve.observed[1])


def test_l_is_the_radius_of_the_disc_with_the_area_k() -> None:
    points, cases = np.random.default_rng(4).random((300, 2)), mask(100, 300, 1)
    k, el = (
        ripley_k(points, cases, RADII, statistic="K", window=UNIT, simulations=39, seed=5),
        ripley_k(points, cases, RADII, statistic="L", window=UNIT, simulations=39, seed=5),
    )
    assert k.band is not None
    assert el.band is not None
    np.testing.assert_allclose(el.observed, np.sqrt(k.observed / np.pi))
    np.testing.assert_allclose(el.band.high, np.sqrt(k.band.high / np.pi), rtol=0.05)
