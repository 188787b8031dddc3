"""Concentration: hand-worked tables, other people's software, exact enumeration, invariances.

Paper: E1, E2 (concentration and specialisation)
"""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from jiqun.numerics.concentration import (
    Floats,
    ellison_glaeser,
    location_quotient,
    maurel_sedillot,
    plant_herfindahl,
    quotient_error,
    quotient_interval,
    random_location_variance,
    sampled_gamma,
)
from tests.numerics.business_patterns import BusinessPatterns, read_business_patterns

ROOT = Path(__file__).parents[2]
PATTERNS = ROOT.parent / "shared" / "data" / "us_metro_panels" / "cbp2018_cbsa_naics.csv.gz"
EXPECTED = Path(__file__).parent / "expected" / "concentration.json"


@pytest.fixture(scope="module")
def patterns() -> BusinessPatterns:
    if not PATTERNS.exists():
        pytest.skip("County Business Patterns are not beside this checkout")
    return read_business_patterns(PATTERNS)


@pytest.fixture(scope="module")
def expected() -> dict[str, list[list[float]]]:
    loaded: dict[str, list[list[float]]] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return loaded


def test_quotient_by_hand() -> None:
    """Region 1 has 30 of 40 workers in industry 1, the whole 40 of 100: LQ = .75 / .40 = 1.875."""
    employment = np.array([[30.0, 10.0], [10.0, 50.0]])
    by_hand = [[1.875, 10 / 40 / 0.6], [10 / 60 / 0.4, 50 / 60 / 0.6]]
    np.testing.assert_allclose(location_quotient(employment), by_hand, rtol=1e-15)


def test_empty_region_and_industry_have_no_quotient() -> None:
    lq = location_quotient(np.array([[1.0, 0.0, 2.0], [0.0, 0.0, 0.0], [3.0, 0.0, 0.0]]))
    assert np.isnan(lq[1]).all()
    assert np.isnan(lq[:, 1]).all()
    assert lq[2, 2] == 0.0


def test_gamma_by_hand() -> None:
    """Two regions of equal size, four equal plants all in the first.

    G = .5² + .5² = .5, X = .5, H = .25: γ = (.5 − .5·.25) / (.5·.75) = 1.
    """
    employment = np.array([[4.0], [0.0]])
    totals = np.array([10.0, 10.0])
    assert ellison_glaeser(employment, np.array([0.25]), totals)[0] == pytest.approx(1.0)
    assert maurel_sedillot(employment, np.array([0.25]), totals)[0] == pytest.approx(1.0)


def test_gamma_is_undefined_for_one_plant_one_region_and_no_plant() -> None:
    one_plant = ellison_glaeser(np.array([[4.0], [0.0]]), np.array([1.0]), np.array([9.0, 9.0]))
    one_region = ellison_glaeser(np.array([[4.0]]), np.array([0.25]))
    none = ellison_glaeser(np.zeros((2, 1)), np.array([np.nan]), np.array([9.0, 9.0]))
    assert np.isnan([one_plant[0], one_region[0], none[0]]).all()


def test_quotients_of_the_united_states_agree_with_econgeo(
    patterns: BusinessPatterns, expected: dict[str, list[list[float]]]
) -> None:
    lq = location_quotient(patterns.employment, patterns.total)
    np.testing.assert_allclose(lq[:10], expected["quotient_first_ten_regions"], rtol=1e-9)
    np.testing.assert_allclose(lq.sum(axis=1), expected["quotient_region_sums"], rtol=1e-9)


def test_gammas_of_the_united_states_agree_with_reat(
    patterns: BusinessPatterns, expected: dict[str, list[dict[str, float]]]
) -> None:
    """REAT's γ, H and z of ten industries; its z divides G's excess by the root of our variance."""
    x = patterns.total / patterns.total.sum()
    assert len(expected["ellison_glaeser"]) == 10
    for row in expected["ellison_glaeser"]:
        column = int(row["industry"])
        size, region = patterns.plants(column)
        h = plant_herfindahl(size, np.zeros(size.size, dtype=np.int64), 1)
        gamma = ellison_glaeser(patterns.employment[:, [column]], h, patterns.total)[0]
        deviation = np.sqrt(random_location_variance(size, x))
        excess = gamma * (1 - (x**2).sum()) * (1 - h[0])
        assert h[0] == pytest.approx(row["herfindahl"], rel=1e-9)
        assert gamma == pytest.approx(row["gamma"], rel=1e-9)
        assert sampled_gamma(size, region, x).gamma == pytest.approx(row["gamma"], rel=1e-9)
        # A difference of nearly equal sums over 926 regions loses some digits in either program.
        assert excess / deviation == pytest.approx(row["z"], rel=1e-7)


def exact_gamma(size: tuple[int, ...], region: tuple[int, ...], x: list[Fraction]) -> Fraction:
    """Compute γ pair by pair in rational numbers, a different way from both formulas above."""
    total = sum(size)
    together = sum(share**2 for share in x)
    above = below = Fraction(0)
    for j, k in product(range(len(size)), repeat=2):
        weight = Fraction(size[j] * size[k], total**2)
        same = Fraction(int(region[j] == region[k]))
        above += weight * (same - x[region[j]] - x[region[k]] + together)
        if j == k:
            above -= weight * (1 - together)
        else:
            below += weight * (1 - together)
    return above / below


def test_mean_and_variance_under_random_location_are_exact() -> None:
    """All 3⁴ places of four plants, each with its probability, in rational numbers."""
    size = (5, 3, 1, 1)
    x = [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]
    together = sum(share**2 for share in x)
    h = Fraction(sum(s**2 for s in size), sum(size) ** 2)
    mean = second = Fraction(0)
    for region in product(range(3), repeat=4):
        probability = x[region[0]] * x[region[1]] * x[region[2]] * x[region[3]]
        gamma = exact_gamma(size, region, x)
        mean += probability * gamma
        second += probability * gamma**2
        found = sampled_gamma(np.array(size, float), np.array(region), np.array(x, float)).gamma
        assert found == pytest.approx(float(gamma), abs=1e-12)
    assert mean == 0
    variance_of_g = float(second * ((1 - together) * (1 - h)) ** 2)
    found = random_location_variance(np.array(size, float), np.array(x, float))
    assert found == pytest.approx(variance_of_g, rel=1e-12)


tables = arrays(float, (5, 4), elements=st.floats(0.5, 1e6))


@given(tables, st.floats(1e-3, 1e3))
def test_unit_of_employment_does_not_matter(employment: Floats, factor: float) -> None:
    h = np.full(4, 0.1)
    np.testing.assert_allclose(
        location_quotient(employment * factor), location_quotient(employment), rtol=1e-9
    )
    np.testing.assert_allclose(
        ellison_glaeser(employment * factor, h), ellison_glaeser(employment, h), atol=1e-9
    )


@given(tables, st.permutations(range(5)))
def test_order_of_regions_does_not_matter(employment: Floats, order: list[int]) -> None:
    h = np.full(4, 0.1)
    np.testing.assert_allclose(
        ellison_glaeser(employment[order], h), ellison_glaeser(employment, h), atol=1e-9
    )


@given(tables)
def test_employment_weighted_quotients_average_to_one(employment: Floats) -> None:
    """Over regions, with the regions' total as weights, each industry's quotients average to 1."""
    weight = employment.sum(axis=1) / employment.sum()
    np.testing.assert_allclose(weight @ location_quotient(employment), 1.0, rtol=1e-9)


def draw_cells(
    rng: np.random.Generator, association: float, spread: float
) -> tuple[Floats, Floats, Floats]:
    """Draw 400 firms into a table of 8 regions by 6 industries; return truth, low and high."""
    p = np.outer(rng.dirichlet(np.full(8, 3.0)), rng.dirichlet(np.full(6, 3.0)))
    p *= np.exp(association * rng.normal(size=p.shape))
    p /= p.sum()
    cell = rng.choice(48, size=400, p=p.ravel())
    weight = rng.lognormal(0.0, spread, 400)
    found = location_quotient(np.bincount(cell, weight, 48).reshape(8, 6).astype(float))
    error, effective = quotient_error(weight, cell // 6, cell % 6, (8, 6))
    low, high = quotient_interval(found, error, effective, counted=spread == 0)
    return p / p.sum(axis=1, keepdims=True) / p.sum(axis=0), low, high


@pytest.mark.statistical
@pytest.mark.parametrize("spread", [0.0, 1.0, 1.6])
@pytest.mark.parametrize("association", [0.0, 0.7])
def test_quotient_intervals_cover_the_truth(spread: float, association: float) -> None:
    """With equal, skewed and very skewed firms; association 0 gives the false positive rate."""
    rng = np.random.default_rng(11)
    covered = []
    for _ in range(120):
        truth, low, high = draw_cells(rng, association, spread)
        told = ~np.isnan(low)
        covered.append(np.mean((low <= truth)[told] & (truth <= high)[told]))
    # Cells of a table are dependent, so the spread is taken over tables: 120 of them put the mean
    # within .01 (four standard errors); cells of few firms cover more than 95 %, by construction.
    assert 0.935 <= np.mean(covered) <= 0.99


@pytest.mark.statistical
@pytest.mark.parametrize("spread", [0.0, 1.6])
def test_gamma_intervals_cover_the_excess_of_the_probabilities(spread: float) -> None:
    rng = np.random.default_rng(12)
    covered, trials = 0, 400
    for _ in range(trials):
        x = rng.dirichlet(np.full(15, 2.0))
        p = rng.dirichlet(x * 15.0)
        truth = ((p - x) ** 2).sum() / (1 - (x**2).sum())
        found = sampled_gamma(rng.lognormal(0, spread, 100), rng.choice(15, 100, p=p), x)
        covered += abs(found.gamma - truth) <= stats.t.ppf(0.975, found.freedom) * found.error
    # Measured: .91 to .95 over plants and spreads; .90 less three standard errors of .015.
    assert covered / trials >= 0.86
