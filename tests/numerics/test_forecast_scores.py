"""Scores: hand-worked values, closed forms, and that the truth scores best."""

import math

import numpy as np
import pytest

from jiqun.numerics.forecast_scores import covers, crps, energy_score, interval_score


def test_crps_by_hand() -> None:
    """Members 0 and 2, came 1: mean distance 1, half the mean distance of two different ones 1."""
    assert crps(np.array([0.0, 2.0]), 1.0) == pytest.approx(0.0)
    assert crps(np.array([0.0, 2.0]), 5.0) == pytest.approx(4.0 - 1.0)
    assert crps(np.array([3.0, 3.0]), 1.0) == pytest.approx(2.0)


def test_crps_of_a_normal_forecast_is_its_closed_form() -> None:
    """σ(z(2Φ(z) − 1) + 2φ(z) − 1/√π) at z = 0.5, Gneiting & Raftery (2007), eq. 21."""
    z = 0.5
    cdf = 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))
    pdf = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    closed = z * (2.0 * cdf - 1.0) + 2.0 * pdf - 1.0 / math.sqrt(math.pi)
    members = np.random.default_rng(1).normal(size=200_000)
    assert crps(members, z) == pytest.approx(closed, abs=0.005)


def test_the_energy_score_of_one_value_is_crps() -> None:
    rng = np.random.default_rng(2)
    members = rng.normal(size=50)
    assert energy_score(members[:, None], np.array([0.3])) == pytest.approx(crps(members, 0.3))


def test_the_truth_scores_best_on_average() -> None:
    rng = np.random.default_rng(3)
    came = rng.normal(size=400)
    scores = {
        spread: np.mean([crps(rng.normal(0.0, spread, 60), y) for y in came])
        for spread in (0.5, 1.0, 2.0)
    }
    assert min(scores, key=lambda s: scores[s]) == 1.0


def test_the_middle_part() -> None:
    members = np.arange(101.0)
    assert covers(members, 25.0, level=0.5)
    assert not covers(members, 24.9, level=0.5)


def test_an_interval_score_by_hand() -> None:
    """Median 1 and the half between 0 and 2, when 3 came: (2/2 + 0.5/2 * 2 + 1) / 1.5."""
    assert interval_score(1.0, [(0.5, 0.0, 2.0)], 3.0) == pytest.approx(2.5 / 1.5)
    assert interval_score(1.0, [], 3.0) == pytest.approx(2.0)


def test_the_interval_score_goes_to_the_crps() -> None:
    """With many levels both score the same forecast alike."""
    members = np.random.default_rng(3).normal(size=4000)
    levels = np.arange(1, 100) / 100
    ends = np.percentile(members, np.column_stack([50 - 50 * levels, 50 + 50 * levels]))
    intervals = [(p, low, high) for p, (low, high) in zip(levels, ends.tolist(), strict=True)]
    median = float(np.median(members))
    for came in (-1.0, 0.1, 2.5):
        assert interval_score(median, intervals, came) == pytest.approx(
            crps(members, came), rel=0.02
        )
