"""The interval of D: its ends, its invariances, and its gate.

Paper: K3f, K3g (decomposable or not)
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jiqun.numerics.decomposability.direction import decide, index, interval, share

EVEN = np.eye(2) * 0.01
NORMAL = float(stats.norm.isf(0.05))


def _influence(covariance: np.ndarray, clusters: int = 400) -> np.ndarray:
    drawn = np.random.default_rng(5).normal(size=(clusters, 2))
    drawn -= drawn.mean(axis=0)
    white = drawn @ np.linalg.inv(np.linalg.cholesky(drawn.T @ drawn)).T
    return np.asarray(white @ np.linalg.cholesky(covariance).T)


def test_the_interval_by_hand() -> None:
    """With equal errors e, the rejected lines are further than asin(q e / r) from the estimate."""
    low, high = interval(np.array([0.6, 0.6]), EVEN, NORMAL)
    half = np.arcsin(1.645 * 0.1 / np.hypot(0.6, 0.6))
    ends = [share(np.cos(np.pi / 4 + s * half), np.sin(np.pi / 4 + s * half)) for s in (1, -1)]
    assert (low, high) == pytest.approx(tuple(ends), abs=2e-3)


def test_the_ends_are_reached_where_a_part_may_be_absent() -> None:
    assert interval(np.array([1.0, 0.05]), EVEN, NORMAL)[1] == 1.0
    assert interval(np.array([0.05, 1.0]), EVEN, NORMAL)[0] == 0.0
    assert interval(np.array([0.01, 0.01]), EVEN, NORMAL) == (0.0, 1.0)


def test_a_signal_that_was_just_found_is_no_precise_one() -> None:
    """The conditional law: nothing changes far above the gate, all is open just above it."""
    strong = np.array([2.0, 0.5])
    assert interval(strong, EVEN, NORMAL, gate=6.0) == interval(strong, EVEN, NORMAL)
    weak = np.array([0.25, 0.02])
    assert interval(weak, EVEN, NORMAL, gate=6.0)[0] == 0.0 < interval(weak, EVEN, NORMAL)[0]


def test_given_the_gate_the_interval_misses_as_often_as_it_should() -> None:
    """By simulation of a weak signal in the direction D = 0.6, kept only where the gate opens."""
    generator = np.random.default_rng(2)
    true = np.array([0.6, 0.4]) / np.hypot(0.6, 0.4) * 0.2
    drawn = true + 0.1 * generator.normal(size=(3000, 2))
    kept = [x for x in drawn if x @ x / 0.01 >= 6.0 and (x > 0).any()]
    ends = [interval(x, EVEN, NORMAL, gate=6.0) for x in kept]
    assert len(kept) < 1700
    assert np.mean([low <= 0.6 <= high for low, high in ends]) >= 0.88


@given(
    st.tuples(st.floats(0.1, 1), st.floats(-1, 1)),
    st.tuples(st.floats(0.01, 0.2), st.floats(0.01, 0.2)),
    st.floats(-0.9, 0.9),
    st.floats(0.0, 9.0),
)
def test_the_interval_holds_d_and_knows_no_unit(
    parts: tuple[float, float], errors: tuple[float, float], correlation: float, gate: float
) -> None:
    (a, b), (one, other) = parts, errors
    cross = correlation * one * other
    covariance = np.array([[one**2, cross], [cross, other**2]])
    low, high = interval(np.array([a, b]), covariance, NORMAL, gate)
    assert 0.0 <= low <= share(a, b) + 1e-9
    assert share(a, b) - 1e-9 <= high <= 1.0
    scaled = interval(np.array([a, b]) * 7, covariance * 49, NORMAL, gate)
    assert scaled == pytest.approx((low, high), abs=1e-4)
    mirrored = covariance * np.array([[1, -1], [-1, 1]])
    assert interval(np.array([a, -b]), mirrored, NORMAL, gate) == pytest.approx(
        (low, high), abs=1e-4
    )


def test_substitutes_depend_on_others_as_much_as_complements() -> None:
    assert share(0.3, -0.3) == share(0.3, 0.3) == 0.5
    assert share(-0.1, 0.3) == 0.0
    assert share(0.0, 0.0) == 0.0


def test_verdicts() -> None:
    assert [decide(0.51, 1.0), decide(0.0, 0.49), decide(0.4, 0.6), decide(0.5, 1.0)] == [
        "decomposable", "irreducible", "undecided", "undecided",
    ]  # fmt: skip


def test_the_gate_gives_no_number_without_a_signal() -> None:
    generator = np.random.default_rng(1)
    none = index(np.array([0.05, -0.08]), _influence(EVEN), generator)
    assert none.verdict == "no signal"
    assert np.isnan(none.value)
    reversed_ = index(np.array([-0.6, -0.6]), _influence(EVEN), generator)
    assert reversed_.verdict == "reversed"
    assert index(np.array([0.6, 0.02]), _influence(EVEN), generator).verdict == "decomposable"
    assert index(np.array([0.02, 0.6]), _influence(EVEN), generator).verdict == "irreducible"


def test_the_critical_value_of_many_normal_clusters_is_that_of_the_normal_law() -> None:
    found = index(np.array([0.6, 0.6]), _influence(EVEN), np.random.default_rng(1), 4000)
    low, high = interval(np.array([0.6, 0.6]), EVEN * 399 / 400, NORMAL)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.01)
