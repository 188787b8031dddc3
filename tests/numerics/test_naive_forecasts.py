"""Naive forecasts: a straight line goes on, what stands stays, totals of firms add up."""

import numpy as np
import pytest

from jiqun.numerics.naive_forecasts import independent_firms, linear_trend, persistence


def chance() -> np.random.Generator:
    return np.random.default_rng(1)


def test_a_line_goes_on_and_what_stands_stays() -> None:
    line = 2.0 + 0.5 * np.arange(8.0)
    ahead = linear_trend(line, 3, members=5, rng=chance())
    np.testing.assert_allclose(ahead, np.tile([6.0, 6.5, 7.0], (5, 1)))
    np.testing.assert_allclose(persistence(line, 3, members=5, rng=chance()), 5.5)


def test_persistence_is_as_wide_as_the_past() -> None:
    past = np.random.default_rng(2).normal(0.0, 0.3, 400).cumsum()
    ahead = persistence(past, 4, members=4000, rng=chance())
    assert ahead.shape == (4000, 4)
    np.testing.assert_allclose(ahead.std(axis=0), 0.3 * np.sqrt([1, 2, 3, 4]), rtol=0.1)
    assert ahead[:, 3].mean() == pytest.approx(past[-1], abs=0.05)


def test_firms_that_all_double_double_the_total() -> None:
    sizes = np.array([[1.0, 2.0, 4.0], [3.0, 6.0, 12.0]])
    ahead = independent_firms(sizes, 2, members=3, rng=chance())
    np.testing.assert_allclose(ahead, np.log([[32.0, 64.0]] * 3))


def test_entries_and_exits_are_carried_on() -> None:
    """One of two leaves each year, one enters: the number stays about the same."""
    sizes = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [0.0, 0.0, 1.0]])
    ahead = np.exp(independent_firms(sizes, 1, members=4000, rng=chance()))
    assert ahead.mean() == pytest.approx(2.0, abs=0.05)
    assert set(np.round(ahead.ravel()).tolist()) == {1.0, 2.0, 3.0}
