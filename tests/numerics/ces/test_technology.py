"""The function itself: textbook cases, derivatives by differences, no step at Cobb-Douglas.

Paper: K4a (output of traditional factors and data), Z7 (data raises what traditional factors make)
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.ces.technology import Floats, row, weights


def log_output(k: Floats, d: float, theta: Floats, r: float, rho: float = 0.0) -> float:
    a = np.empty(k.size)
    weights(theta, a)
    return row(k, d, theta, a, r, rho, np.empty(k.size + 2))


def test_by_hand() -> None:
    """σ = 1/2 is the weighted harmonic mean: π = 1/2, 1 of the composite and 3 of data give 3/2."""
    k, theta = np.zeros(2), np.array([1.0, 0.0, 0.0])
    assert log_output(k, np.log(3.0), theta, -1.0) == pytest.approx(np.log(1.5))
    # σ = 2 at the same point: ((1 + √3)/2)², and returns to scale of 2 square it.
    twice = np.array([2.0, 0.0, 0.0])
    assert log_output(k, np.log(3.0), twice, 0.5) == pytest.approx(4 * np.log((1 + np.sqrt(3)) / 2))
    # Inner nest with weights 1/4 and 3/4 at an elasticity of 1/2: 1/(1/4/2 + 3/4/6) = 4.
    uneven = np.array([1.0, -50.0, np.log(1 / 3)])
    assert log_output(np.log([2.0, 6.0]), 0.0, uneven, 0.5, -1.0) == pytest.approx(np.log(4.0))


def test_without_either_factor_nothing_is_made_below_one_and_something_above() -> None:
    """K4c: Y → 0 as either factor → 0 where σ < 1; K4d: not where σ > 1."""
    k, theta = np.zeros(1), np.array([1.0, 0.0])
    for gone, left in ((-200.0, 0.0), (0.0, -200.0)):
        assert log_output(k + left, gone, theta, -1.0) < -190
        assert log_output(k + left, gone, theta, 0.5) == pytest.approx(2 * np.log(0.5))


@given(
    st.lists(st.floats(-3, 3), min_size=4, max_size=4),
    st.lists(st.floats(-1.5, 1.5), min_size=3, max_size=3),
    st.sampled_from([-9.0, -1.0, -0.05, -1e-3, 0.0, 1e-3, 0.5, 0.9]),
    st.sampled_from([-1.0, 0.0, 0.5]),
)
def test_derivatives_are_those_of_differences(
    logs: list[float], odds: list[float], r: float, rho: float
) -> None:
    k, d = np.array(logs[:3]), logs[3]
    theta = np.array([0.9, *odds])
    a, slope = np.empty(3), np.empty(5)
    weights(theta, a)
    row(k, d, theta, a, r, rho, slope)
    step = 1e-5
    for b in range(4):
        move = step * np.eye(4)[b]
        high, low = (log_output(k, d, theta + s * move, r, rho) for s in (1, -1))
        assert slope[b] == pytest.approx((high - low) / (2 * step), rel=2e-4, abs=2e-6)
    high, low = (log_output(k, d, theta, r + s * step, rho) for s in (1, -1))
    assert slope[4] == pytest.approx((high - low) / (2 * step), rel=1e-2, abs=2e-4)


@given(st.floats(-4, 4), st.floats(-3, 3))
def test_there_is_no_step_at_cobb_douglas_nor_between_formulas(z: float, odds: float) -> None:
    theta = np.array([1.0, odds])
    at = [log_output(np.zeros(1), z, theta, r) for r in (-1e-2, -0.99e-2, -1e-7, 0.0, 1e-7, 1e-2)]
    assert at[0] == pytest.approx(at[1], abs=2e-4)
    assert at[2] == pytest.approx(at[3], abs=1e-5)
    assert at[3] == pytest.approx(at[4], abs=1e-5)
    assert at[3] == pytest.approx(z / (1 + np.exp(-odds)), abs=1e-12)
