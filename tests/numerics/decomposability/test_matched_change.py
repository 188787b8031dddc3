"""Events against their controls: by hand, under the null, and what is refused.

Paper: K3j (what the withdrawal of a third firm does)
"""

import numpy as np
import pytest

from jiqun.numerics.decomposability.matched_change import Matched, matched_effect


def _sets(outcomes: list[list[float]], units: list[list[int]] | None = None) -> Matched:
    """The event first in each set; every group of its own unless units are given."""
    sizes = [len(s) for s in outcomes]
    event = np.repeat(np.arange(len(sizes)), sizes)
    unit = np.arange(event.size) if units is None else np.concatenate(units)
    treated = np.diff(event, prepend=-1) > 0
    return Matched(event, unit, treated, np.concatenate(outcomes).astype(float))


def test_the_difference_by_hand() -> None:
    found = matched_effect(
        _sets([[-1, 0, 0.5], [0, 1, 1], [-0.5, 0, 0.0]]), np.random.default_rng(0)
    )
    assert found.value == pytest.approx((-1.25 - 1 - 0.5) / 3)
    assert found.low < found.value < found.high
    assert (found.events, found.controls) == (3, 6)


def test_two_equal_columns_are_a_paired_t_interval() -> None:
    """With one control each, the error is that of the mean of the differences."""
    drawn = np.random.default_rng(1).normal(size=(40, 2))
    found = matched_effect(_sets(drawn.tolist()), np.random.default_rng(0))
    differences = drawn[:, 0] - drawn[:, 1]
    assert found.value == pytest.approx(differences.mean())
    assert found.error == pytest.approx(differences.std(ddof=1) / np.sqrt(40), rel=0.35)


def test_the_permutation_keeps_its_error_rate() -> None:
    """64 records without an effect; 16 or more p-values below 0.1 have a chance under 0.1 %."""
    p = []
    for seed in range(64):
        generator = np.random.default_rng(seed)
        drawn = generator.integers(-1, 2, (30, 4)).astype(float).tolist()
        p.append(matched_effect(_sets(drawn), generator, draws=199).p_value)
    assert sum(x < 0.1 for x in p) < 16
    assert 0.35 < np.mean(p) < 0.65


def test_controls_that_all_share_count_as_one_group() -> None:
    """The same control in every set makes the error larger than a control each."""
    outcomes = [[float(k % 2), 0.3, 0.6] for k in range(20)]
    shared = [[k, 100, 101] for k in range(20)]
    alone = matched_effect(_sets(outcomes), np.random.default_rng(0))
    together = matched_effect(_sets(outcomes, shared), np.random.default_rng(0))
    assert together.value == alone.value
    assert together.error > alone.error


def test_sets_without_a_comparison_are_refused() -> None:
    with pytest.raises(ValueError, match="one event"):
        matched_effect(_sets([[1.0]]), np.random.default_rng(0))
