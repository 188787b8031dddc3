"""Entry on the installed base: saturated tables, an independent fit, simulated worlds.

Paper: N2a, S13 (network effects)
"""

import numpy as np
import pytest
from scipy import optimize

from jiqun.numerics.installed_base import Elasticity, apart, elasticity, fitted, reinforcement

Floats = np.ndarray


def test_two_units_two_periods_by_hand() -> None:
    """Saturated: β = log(odds ratio of entrants) / (difference of differences of log bases)."""
    entrants = np.array([[10.0, 40.0], [20.0, 30.0]])
    base = np.array([[0.0, 9.0], [0.0, 4.0]])
    found = reinforcement(entrants, np.ones((2, 2)), base)
    assert found is not None
    odds = np.log(10 * 30 / (40 * 20))
    assert found[0] == pytest.approx(odds / (np.log(5) - np.log(10)))
    np.testing.assert_allclose(found[1], entrants)


def test_agrees_with_a_poisson_regression_on_dummies() -> None:
    generator = np.random.default_rng(8)
    entrants = generator.poisson(4.0, (4, 6)).astype(float) + 1
    pool = generator.uniform(50, 100, (4, 6))
    base = np.cumsum(entrants, axis=1) - entrants
    x = np.log1p(base)

    def loss(p: Floats) -> float:
        eta = np.log(pool) + p[0] * x + p[1:5, None] + np.append(0.0, p[5:])[None, :]
        return float((np.exp(eta) - entrants * eta).sum())

    oracle = optimize.minimize(loss, np.append(0.0, np.full(9, -2.0)), tol=1e-12).x[0]
    found = reinforcement(entrants, pool, base)
    assert found is not None
    assert found[0] == pytest.approx(oracle, abs=1e-4)


def test_margins_are_kept_and_means_taken_out() -> None:
    generator = np.random.default_rng(2)
    entrants, weight = (
        generator.poisson(3, (5, 7)).astype(float) + 1.0,
        generator.uniform(1, 9, (5, 7)),
    )
    expected = fitted(entrants, weight)
    np.testing.assert_allclose(expected.sum(axis=1), entrants.sum(axis=1), rtol=1e-6)
    np.testing.assert_allclose(expected.sum(axis=0), entrants.sum(axis=0), rtol=1e-6)
    left = apart(generator.normal(size=(5, 7)), expected)
    np.testing.assert_allclose((left * expected).sum(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose((left * expected).sum(axis=1), 0, atol=1e-6)


def world(beta: float, generator: np.random.Generator) -> Elasticity | None:
    """Ten units, sixteen quarters, seasons in common."""
    attraction = generator.normal(0, 0.5, 10)
    start = generator.integers(1, 6, 10).astype(float)
    base, columns = start.copy(), []
    for t in range(16):
        rate = 2.0 * np.exp(attraction + beta * (np.log1p(base) - np.log(5)) + 0.4 * np.sin(t))
        columns.append(generator.poisson(rate).astype(float))
        base = base + columns[-1]
    entrants = np.stack(columns, axis=1)
    pool = np.full(entrants.shape, 5000.0)
    return elasticity(entrants, pool, start, np.zeros(entrants.shape), generator, draws=39)


@pytest.mark.statistical
def test_no_reinforcement_is_seldom_called_one_and_reinforcement_is_found() -> None:
    generator = np.random.default_rng(11)
    null = [e for e in (world(0.0, generator) for _ in range(60)) if e is not None]
    called = sum(e.low > 0 and e.value > e.chance_high for e in null)
    assert len(null) == 60
    assert called <= 6  # one side of 95 %: 1.5 of 60 expected, 1.2 s.d.
    assert abs(np.median([e.value for e in null])) < 0.2  # 1.25 · 0.6 / √60 is 0.1
    some = [e for e in (world(0.7, generator) for _ in range(30)) if e is not None]
    assert np.mean([e.low > 0 and e.value > e.chance_high for e in some]) > 0.6
    assert np.median([e.value for e in some]) == pytest.approx(0.7, abs=0.15)
    assert np.mean([e.low <= 0.7 <= e.high for e in some]) >= 0.8


def test_what_cannot_be_told() -> None:
    generator = np.random.default_rng(0)
    zeros = np.zeros((2, 3))
    one_unit = np.array([[3.0, 4, 5], [0, 0, 0]])
    in_step = np.array([[3.0, 3, 3], [3, 3, 3]])
    for entrants in (zeros, one_unit, in_step):
        pool = np.full((2, 3), 9.0)
        assert elasticity(entrants, pool, np.zeros(2), zeros, generator) is None


def test_a_unit_that_nobody_could_enter_at_first() -> None:
    """No firm of the second unit exists in the first period: its pool there is empty."""
    generator = np.random.default_rng(3)
    entrants = generator.poisson(5.0, (3, 8)).astype(float) + 1
    entrants[1, 0] = 0.0
    pool = np.full(entrants.shape, 100.0)
    pool[1, 0] = 0.0
    found = elasticity(entrants, pool, np.zeros(3), np.zeros(entrants.shape), generator, draws=39)
    assert found is not None
    assert np.isfinite([found.low, found.value, found.high, found.chance_low]).all()
    assert found.low <= found.value <= found.high
