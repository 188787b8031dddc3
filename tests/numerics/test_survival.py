"""How long things last: by hand, against two other programs, and Greenwood's formula."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jiqun.numerics.survival import Curve, kaplan_meier


def made_up() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sixty durations by a formula, a third censored, a fifth first seen late."""
    k = np.arange(60)
    exit_ = 1.0 + (7 * k * k + 3 * k) % 41 / 4
    return np.where(k % 5 == 0, exit_ * 0.4, 0.0), exit_, k % 3 != 0


def test_by_hand() -> None:
    """Ends at 1, 2, 3; one lost sight of at 2: S = 3/4, 1/2, 0 and mean 1 + 3/4 + 1/2."""
    curve = kaplan_meier(np.zeros(4), np.array([1.0, 2, 2, 3]), np.array([True, True, False, True]))
    assert curve.survival.tolist() == [0.75, 0.5, 0.0]
    assert curve.at_risk.tolist() == [4, 3, 1]
    assert (curve.quantile(0.5), curve.quantile(0.6), curve.beyond(2.9)) == (2, 2, 0.5)
    assert curve.mean_until(3) == pytest.approx(2.25)
    assert curve.mean_until(1.5) == pytest.approx(1.375)


def test_late_entry_by_hand() -> None:
    """Of two, one is watched from age 1.5 on: only the other is at risk at 1."""
    curve = kaplan_meier(
        np.array([0.0, 1.5, 0]), np.array([1.0, 2, 3]), np.array([True, True, False])
    )
    assert curve.at_risk.tolist() == [2, 2]
    assert curve.survival.tolist() == [0.5, 0.25]


def test_agrees_with_lifelines() -> None:
    """Numbers of KaplanMeierFitter of lifelines 0.30.3 for the same durations."""
    entry, exit_, event = made_up()
    ages = (1, 2.5, 5, 8)
    whole = kaplan_meier(np.zeros(60), exit_, event)
    shown = [0.9666666666666667, 0.9154754169374054, 0.808743307030039, 0.4654529566258637]
    assert [whole.beyond(a) for a in ages] == pytest.approx(shown, rel=1e-12)
    assert whole.quantile(0.5) == 7.5
    assert whole.mean_until(5.0) == pytest.approx(4.559282367490822, rel=1e-9)
    late = kaplan_meier(entry, exit_, event)
    shown = [0.9607843137254901, 0.9002904865649961, 0.7916450588312547, 0.4556124669326965]
    assert [late.beyond(a) for a in ages] == pytest.approx(shown, rel=1e-12)
    assert late.quantile(0.5) == 7.5


def test_agrees_with_scipy_where_nothing_is_seen_late() -> None:
    _, exit_, event = made_up()
    censored = stats.CensoredData(uncensored=exit_[event], right=exit_[~event])
    oracle = stats.ecdf(censored).sf
    curve = kaplan_meier(np.zeros(60), exit_, event)
    np.testing.assert_allclose([curve.beyond(q) for q in oracle.quantiles], oracle.probabilities)


@pytest.mark.parametrize("age", [1.0, 3.0, 6.0, 9.0])
def test_squared_influences_add_up_to_greenwood(age: float) -> None:
    _, exit_, event = made_up()
    curve = kaplan_meier(np.zeros(60), exit_, event)
    step = curve.age <= age
    left = curve.at_risk - curve.ended
    greenwood = (curve.ended[step] / (curve.at_risk[step] * left[step])).sum()
    assert (curve.log_influence(age) ** 2).sum() == pytest.approx(greenwood)
    assert curve.log_influence(age).sum() == pytest.approx(0.0, abs=1e-12)


def leave_some_out(curve: Curve, weight: np.ndarray, limit: float) -> float:
    """The restricted mean with observations weighted, straight from the definition."""
    ages = np.unique(curve.exit[curve.event])
    share, mean, before = 1.0, 0.0, 0.0
    for age in ages[ages < limit]:
        mean += share * (age - before)
        risk = weight[(curve.entry < age) & (curve.exit >= age)].sum()
        share *= 1 - weight[(curve.exit == age) & curve.event].sum() / risk
        before = age
    return float(mean + share * (limit - before))


@pytest.mark.parametrize("limit", [2.0, 5.0, 9.0])
def test_influence_on_the_mean_is_its_derivative(limit: float) -> None:
    curve = kaplan_meier(*made_up())
    influence = curve.mean_influence(limit)
    for i in (0, 5, 11, 40):
        more = np.ones(60)
        more[i] += 1e-6
        slope = (leave_some_out(curve, more, limit) - curve.mean_until(limit)) / 1e-6
        assert influence[i] == pytest.approx(slope, abs=1e-6)


def test_nothing_ended_and_nothing_at_all() -> None:
    curve = kaplan_meier(np.zeros(3), np.ones(3), np.zeros(3, dtype=bool))
    assert (curve.beyond(9), curve.mean_until(2), curve.quantile(0.5)) == (1, 2, np.inf)
    assert curve.mean_influence(2).tolist() == [0, 0, 0]
    empty = kaplan_meier(np.zeros(0), np.zeros(0), np.zeros(0, dtype=bool))
    assert empty.beyond(1) == 1.0


@pytest.mark.parametrize("exit_", [0.0, np.nan])
def test_what_was_never_watched_is_refused(exit_: float) -> None:
    with pytest.raises(ValueError, match="entry before exit"):
        kaplan_meier(np.zeros(1), np.array([exit_]), np.ones(1, dtype=bool))


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=30))
def test_survival_never_rises(seen: list[tuple[int, bool]]) -> None:
    exit_ = np.array([float(e) for e, _ in seen])
    curve = kaplan_meier(np.zeros(exit_.size), exit_, np.array([b for _, b in seen]))
    assert (np.diff(np.concatenate([[1.0], curve.survival])) <= 1e-12).all()
    assert 0 <= curve.mean_until(5.0) <= 5.0
