"""Paired effects: hand-worked intervals, regret and fronts; coverage under the null."""

import math

import numpy as np
import pytest

from jiqun.numerics.paired_effects import (
    clustered_interval,
    regret,
    shares_of_best,
    undominated,
    worst_mean,
)


def test_the_interval_by_hand() -> None:
    """Means of draws 1, 2, 3: standard error 1/√3, t with 2 degrees of freedom 4.302653."""
    effects = np.array([[0.0, 2.0], [2.0, 2.0], [1.0, 5.0]])
    mean, low, high = clustered_interval(effects)
    assert mean == pytest.approx(2.0)
    assert high - mean == pytest.approx(4.302653 / math.sqrt(3.0), abs=1e-5)
    assert low == pytest.approx(2 * mean - high)


def test_one_draw_rests_on_its_seeds_and_one_run_on_nothing() -> None:
    _, low, high = clustered_interval(np.array([[1.0, 2.0, 3.0]]))
    assert (low, high) == pytest.approx((2 - 4.302653 / math.sqrt(3), 2 + 4.302653 / math.sqrt(3)))
    assert np.isnan(clustered_interval(np.array([[1.0]]))[1:]).all()
    assert clustered_interval(np.full((4, 2), 0.5)) == (0.5, 0.5, 0.5)


def test_regret_and_shares_by_hand() -> None:
    values = np.array([[1.0, 5.0, 2.0], [3.0, 5.0, 1.0]])
    np.testing.assert_array_equal(regret(values), [[2.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    np.testing.assert_allclose(shares_of_best(values), [0.5, 0.5])
    assert worst_mean(np.arange(20.0)) == 0.5
    assert worst_mean(np.array([7.0])) == 7.0


def test_the_front_by_hand() -> None:
    values = np.array([[3.0, 0.0], [2.0, 2.0], [1.0, 2.0], [2.0, 2.0], [0.0, 3.0]])
    assert undominated(values).tolist() == [True, True, False, True, True]


@pytest.mark.statistical
def test_a_difference_of_nothing_is_called_one_in_twenty_times() -> None:
    """Draws differ and seeds within one are alike: the interval must rest on draws.

    1,000 comparisons: a rate of 0.05 lies within 0.05 ± 0.0225 but one time in a thousand.
    """
    rng = np.random.default_rng(3)
    called = 0
    for _ in range(1000):
        effects = rng.normal(size=(12, 1)) + 0.5 * rng.standard_t(6, size=(12, 4))
        _, low, high = clustered_interval(effects)
        called += low > 0.0 or high < 0.0
    assert 0.0275 < called / 1000 < 0.0725
