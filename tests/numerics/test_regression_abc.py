"""Regression ABC: a linear world with a known answer, what cannot be known, calibrated ranks."""

import numpy as np
import pytest
from scipy.stats import kstest

from jiqun.numerics.regression_abc import RegressionAbc

NOISE = 0.05


def world(runs: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return two parameters and three statistics; the second parameter leaves no trace."""
    rng = np.random.default_rng(seed)
    unit = rng.random((runs, 2))
    noise = rng.normal(0.0, 1.0, (runs, 3))
    statistics = np.column_stack(
        [unit[:, 0] + NOISE * noise[:, 0], 3.0 * unit[:, 0] ** 2 + 0.3 * noise[:, 1], noise[:, 2]]
    )
    return unit, statistics


def test_what_is_seen_is_found_and_what_leaves_no_trace_is_not_identified() -> None:
    unit, statistics = world(2000, 1)
    abc = RegressionAbc(unit, statistics, seed=3)
    seen, unseen = abc.predictivity
    assert seen.identified
    assert seen.value > 0.9
    assert not unseen.identified
    assert abs(unseen.value) < 0.05
    found = abc.posterior(np.array([0.4, 3.0 * 0.16, 0.0]), draws=1000)
    assert found.draws[:, 0].mean() == pytest.approx(0.4, abs=0.02)
    assert 0.6 * NOISE < found.draws[:, 0].std() < 1.4 * NOISE
    assert kstest(found.draws[:, 1], "uniform").pvalue > 0.001
    assert found.strange == ()
    assert abc.posterior(np.array([5.0, 0.5, 0.0])).strange == (0,)


def test_the_same_seed_gives_the_same_draws() -> None:
    unit, statistics = world(400, 2)
    one, other = (RegressionAbc(unit, statistics, seed=5).posterior(statistics[0]) for _ in "ab")
    np.testing.assert_array_equal(one.draws, other.draws)


def test_nothing_identified_is_the_prior() -> None:
    rng = np.random.default_rng(4)
    found = RegressionAbc(rng.random((300, 2)), rng.normal(size=(300, 4)), seed=1)
    assert not any(p.identified for p in found.predictivity)
    draws = found.posterior(np.zeros(4), draws=1000).draws
    assert kstest(draws[:, 0], "uniform").pvalue > 0.001


@pytest.mark.statistical
def test_ranks_of_the_truth_are_uniform() -> None:
    """Simulation-based calibration: 300 held-out truths, Kolmogorov-Smirnov at one in a thousand."""
    unit, statistics = world(3000, 6)
    abc = RegressionAbc(unit, statistics, seed=7)
    ranks = []
    for run in range(300):
        found = abc.posterior(statistics[run], draws=100, leave_out=run)
        ranks.append((found.draws[:, 0] < unit[run, 0]).mean())
    assert kstest(ranks, "uniform").pvalue > 0.001
