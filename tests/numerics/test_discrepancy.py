"""Discrepancy: errors widen, errors to one side move, and a model that was right is left as it is.

Paper: Q22
"""

import numpy as np
import pytest

from jiqun.numerics.discrepancy import Floats, discrepancy

MEMBERS = 20_000
PAST = np.cumsum([0.0, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1])
"""A series whose changes are 0.1 up and down."""


def paths(errors: list[float], variance: float = 1e-6, past: Floats = PAST) -> Floats:
    return discrepancy(
        np.array(errors),
        np.full(len(errors), variance),
        past,
        4,
        members=MEMBERS,
        rng=np.random.default_rng(1),
    )


def test_errors_to_both_sides_widen_like_a_random_walk_and_do_not_move() -> None:
    found = paths([0.05, -0.05] * 30)
    assert np.median(found, axis=0) == pytest.approx(np.zeros(4), abs=0.01)
    # 60 errors of 0.05 leave little doubt of tau; the spread grows with the root of the steps
    assert found.std(axis=0) == pytest.approx(0.05 * np.sqrt([1, 2, 3, 4]), rel=0.15)


def test_errors_to_one_side_move_the_forecast_by_as_much_a_step() -> None:
    found = paths([0.08, 0.06, 0.07, 0.07, 0.06, 0.08] * 5)
    assert np.median(found, axis=0) == pytest.approx(0.07 * np.arange(1, 5), rel=0.05)
    mirrored = paths([-0.08, -0.06, -0.07, -0.07, -0.06, -0.08] * 5)
    assert np.median(mirrored, axis=0) == pytest.approx(-0.07 * np.arange(1, 5), rel=0.05)


def test_errors_that_the_model_expected_add_little() -> None:
    rng = np.random.default_rng(2)
    found = paths(list(0.3 * rng.standard_normal(200)), variance=0.09)
    assert found[:, 0].std() < 0.1
    assert abs(np.median(found[:, 0])) < 0.02


def test_without_past_errors_it_is_as_doubtful_as_the_series_is_restless() -> None:
    """Half of the paths drift by N(0, 0.1²); tau is half Student t of scale 0.105 (sd of the changes)."""
    found = paths([])
    quiet = paths([], past=PAST / 10.0)
    assert np.median(found, axis=0) == pytest.approx(np.zeros(4), abs=0.01)
    assert quiet == pytest.approx(found / 10.0)
    middle = np.percentile(np.abs(found[:, 0]), 50.0)
    assert 0.05 < middle < 0.15


def test_a_series_that_never_changed_is_widened_by_errors_alone() -> None:
    flat = np.zeros(6)
    assert not paths([], past=flat).any()
    assert not paths([0.0, 0.0], past=flat).any()
    assert paths([0.1, -0.1, 0.1, -0.1], past=flat)[:, 0].std() > 0.05
    assert np.isfinite(paths([0.5], variance=0.0, past=np.array([0.0, 0.2]))).all()


def test_the_same_seed_gives_the_same_paths() -> None:
    np.testing.assert_array_equal(paths([0.1, 0.2]), paths([0.1, 0.2]))
