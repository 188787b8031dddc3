"""Shapes of growth, changes of the rate and loops: made-up series whose answer is known.

Paper: C2, Q18 (nonlinear: hysteresis and change points)
"""

import numpy as np
import pytest

from jiqun.numerics.growth import SHAPES, change_of_rate, loop_area, shapes

T = np.arange(20.0)
TRUTH = {
    "linear": 50 + 10 * T,
    "exponential": 20 * np.exp(0.15 * T),
    "logistic": 300 / (1 + np.exp(-0.6 * (T - 9))),
    "gompertz": 300 * np.exp(-np.exp(-0.35 * (T - 7))),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_true_shape_weighs_most(shape: str) -> None:
    generator = np.random.default_rng(4)
    wins = 0
    for _ in range(10):
        found = shapes(T, TRUTH[shape] * np.exp(generator.normal(0, 0.03, T.size)))
        assert sum(found.weight.values()) == pytest.approx(1)
        wins += max(found.weight, key=found.weight.__getitem__) == shape
    assert wins >= 8


def test_random_walks_leave_fewer_independent_points() -> None:
    generator = np.random.default_rng(1)
    walk = np.exp(4 + np.cumsum(generator.normal(0, 0.3, 60)))
    noise = np.exp(4 + generator.normal(0, 0.3, 60))
    time = np.arange(60.0)
    assert shapes(time, walk).independent < 30 < shapes(time, noise).independent


def test_change_of_rate_by_hand() -> None:
    value = np.exp(np.cumsum([0.0] + [0.1] * 7 + [0.4] * 7))
    found = change_of_rate(np.arange(2000.0, 2015), value, np.random.default_rng(0))
    assert found is not None
    assert found.at == 2007
    assert [found.before, found.after] == pytest.approx([0.1, 0.4])
    assert found.chance < 0.01
    assert change_of_rate(T, np.exp(0.1 * T), np.random.default_rng(0)) is None


@pytest.mark.statistical
def test_changes_of_rates_without_order_are_called_as_often_as_promised() -> None:
    generator = np.random.default_rng(7)
    called = 0
    for _ in range(200):
        value = np.exp(np.cumsum(generator.standard_t(4, 20) * 0.1))
        found = change_of_rate(T, value, generator, draws=199)
        called += found is not None and found.chance <= 0.05
    assert called <= 20  # 10 expected, 3.1 s.d.


def test_loop_area_by_hand() -> None:
    """Up along the diagonal, back over the top: half the box; there and back on one line: none."""
    up, down = np.array([0.0, 1, 2]), np.array([2.0, 1, 0])
    driver = np.concatenate([up, down])
    assert loop_area(driver, np.array([0.0, 1, 2, 2, 2, 2])) == pytest.approx(0.5)
    assert loop_area(driver, driver) == pytest.approx(0.0)
    assert loop_area(driver, -np.array([0.0, 1, 2, 2, 2, 2])) == pytest.approx(-0.5)
