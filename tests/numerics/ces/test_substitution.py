"""The whole answer: recovery, invariance, what is refused, and when no side is called.

Paper: K4c, K4d (complement or substitute), Q9, Q10 (readings apart; near 1 undetermined)
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from jiqun.numerics.ces.bootstrap import bootstrap, expanded_interval
from jiqun.numerics.ces.fit import fitted
from jiqun.numerics.ces.power import Power, power, times_as_many
from jiqun.numerics.ces.rows import NotEstimableError, Obstacle
from jiqun.numerics.ces.sensitivity import Variant, variants
from jiqun.numerics.ces.substitution import (
    Ground,
    Substitution,
    Verdict,
    called,
    substitution,
)
from tests.numerics.ces.worlds import Drawn, World

LARGE = World(firms=120, years=6)


@cache
def answer(world: World, seed: int = 1) -> Substitution:
    return run(world.draw(seed))


def run(drawn: Drawn, seed: int = 0) -> Substitution:
    return substitution(*drawn.levels, firm=drawn.firm, period=drawn.year, seed=seed)


@pytest.mark.parametrize(
    ("sigma", "verdict"), [(0.5, Verdict.COMPLEMENT), (2.0, Verdict.SUBSTITUTE)]
)
def test_each_side_is_called_where_much_is_known(sigma: float, verdict: Verdict) -> None:
    found = answer(replace(LARGE, sigma=sigma, share=0.3, noise=0.15))
    at = found.fit.posterior
    assert (found.verdict, found.ground) == (verdict, Ground.PROBABLE)
    assert at.low < sigma < at.high
    assert (at.p_below_one > 0.99) == (sigma < 1)
    assert found.share[1] < 0.3 < found.share[2] + 0.05
    assert found.returns == pytest.approx(1.0, abs=0.05)
    low, high = found.band
    assert low <= at.low
    assert at.high <= high


def test_near_one_is_said_where_much_is_known() -> None:
    found = answer(replace(LARGE, sigma=1.0, share=0.4, noise=0.05))
    assert found.verdict is Verdict.NEAR_COBB_DOUGLAS


def test_data_of_more_than_half_the_weight_is_surplus() -> None:
    found = answer(replace(LARGE, sigma=3.0, share=0.75, noise=0.1))
    assert found.share[1] > 0.5
    assert found.verdict is Verdict.SURPLUS


def test_no_spread_no_verdict() -> None:
    """sd(z) = 0.3 cannot show a side with 200 firm-years, whatever the estimate is."""
    for sigma in (0.5, 2.0):
        found = answer(World(spread=0.3, sigma=sigma))
        assert (found.verdict, found.ground) == (Verdict.CANNOT_TELL, Ground.LITTLE_POWER)
        assert max(found.power.complement, found.power.substitute) < 0.5


def test_units_labels_and_order_do_not_matter() -> None:
    drawn = World().draw(3)
    y, k, d = drawn.levels
    plain = run(drawn)
    order = np.random.default_rng(0).permutation(y.size)
    other = substitution(
        7.3 * y[order], k[order] * [1e6, 1e-3], 0.2 * d[order],
        firm=np.array([f"firm {f:03d}" for f in drawn.firm])[order],
        period=2000 + drawn.year[order], weights=np.full(y.size, 5.0), seed=0,
    )  # fmt: skip
    assert other.fit.profile.rss == pytest.approx(plain.fit.profile.rss, rel=1e-5)
    assert other.fit.posterior.sigma == pytest.approx(plain.fit.posterior.sigma, rel=1e-3)
    assert other.share[0] == pytest.approx(plain.share[0], rel=1e-3)
    assert other.verdict is plain.verdict


def test_factors_may_be_one_two_or_three() -> None:
    drawn = World(firms=60, noise=0.15).draw(4)
    y, k, d = drawn.levels
    x = np.exp(drawn.k @ [0.35, 0.65])
    found = [
        substitution(y, f, d, firm=drawn.firm, period=drawn.year, seed=0).fit.posterior.sigma
        for f in (x, k, np.column_stack([k, np.random.default_rng(0).lognormal(size=y.size)]))
    ]
    assert found == pytest.approx([0.5] * 3, rel=0.35)


def test_the_same_seed_the_same_bytes() -> None:
    drawn = World(firms=20).draw(5)
    one, two, other = run(drawn), run(drawn), run(drawn, seed=1)
    assert one.draws.log_sigma.tobytes() == two.draws.log_sigma.tobytes()
    assert (one.power, one.share, one.verdict) == (two.power, two.share, two.verdict)
    assert one.draws.log_sigma.tobytes() != other.draws.log_sigma.tobytes()
    assert one.fit.profile.rss.tobytes() == other.fit.profile.rss.tobytes()


def test_weights_count_rows() -> None:
    """A row of half the variance tells as much as the mean of two."""
    drawn = World(firms=60, lasting=0.0, uneven=False, noise=0.1).draw(6)
    light = np.where(drawn.firm % 2 == 0, 1.0, 1e-6)
    y, k, d = drawn.levels
    spoilt = np.where(drawn.firm % 2 == 0, y, y * np.exp(np.sin(drawn.d * 9)))
    weighted = substitution(spoilt, k, d, firm=drawn.firm, period=drawn.year, weights=light, seed=0)
    kept = drawn.firm % 2 == 0
    alone = substitution(
        y[kept], k[kept], d[kept], firm=drawn.firm[kept], period=drawn.year[kept], seed=0
    )
    sigmas = [s.fit.posterior.sigma for s in (weighted, alone)]
    assert sigmas[0] == pytest.approx(sigmas[1], rel=0.05)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, 0.0, "output: 0 missing or infinite, 1 zero and 0 negative"),
        (1, -1.0, "factors: 0 missing or infinite, 0 zero and 1 negative"),
        (2, np.nan, "data: 1 missing or infinite, 0 zero and 0 negative"),
        (2, np.inf, "data: 1 missing or infinite"),
    ],
)
def test_bad_values_are_counted(column: int, value: float, said: str) -> None:
    arrays = [a.copy() for a in World(firms=10).draw(1).levels]
    arrays[column].flat[0] = value
    with pytest.raises(ValueError, match=said):
        substitution(*arrays, seed=0)


def test_lengths_and_periods_are_checked() -> None:
    y, k, d = World(firms=10).draw(1).levels
    with pytest.raises(ValueError, match="lengths differ"):
        substitution(y, k, d[:-1], seed=0)
    with pytest.raises(ValueError, match="period: 1 values"):
        substitution(y, k, d, period=np.append(np.nan, np.zeros(y.size - 1)), seed=0)


def test_what_no_elasticity_can_come_from() -> None:
    y, k, d = World(firms=10).draw(1).levels
    n = y.size
    cases = {
        Obstacle.CONSTANT_OUTPUT: (np.ones(n), k, d),
        Obstacle.CONSTANT_INPUT: (y, k, np.full(n, 3.0)),
        Obstacle.TIED_INPUTS: (y, k[:, 0], 2.5 * k[:, 0]),
        Obstacle.FEW_ROWS: (y[:9], k[:9], d[:9]),
    }
    for obstacle, arrays in cases.items():
        with pytest.raises(NotEstimableError) as caught:
            substitution(*arrays, seed=0)
        assert caught.value.obstacle is obstacle


def test_one_firm_few_firms_one_year_and_output_without_error() -> None:
    one = answer(World(firms=1, years=60))
    assert one.panel.cluster.size - 1 >= 8
    few = answer(World(firms=4, years=12, noise=0.01))
    assert (few.verdict, few.ground) == (Verdict.CANNOT_TELL, Ground.FEW_FIRMS)
    year = answer(World(firms=150, years=1, noise=0.1))
    assert year.panel.lasting == 0.0
    assert year.verdict is Verdict.COMPLEMENT
    exact = answer(World(firms=30, noise=1e-9))
    assert exact.fit.posterior.sigma == pytest.approx(0.5, rel=1e-2)


def test_calls_need_power_and_agreement() -> None:
    strong, weak = Power(0.9, 0.9, 80), Power(0.9, 0.4, 80)
    same = (Variant("inner", 1.7, 1.1, 3.0, 0.01),)
    turned = (*same, Variant("reliability", 0.9, 0.5, 1.3, 0.6))
    assert called(1, strong, same, 0.1) == (Verdict.SUBSTITUTE, Ground.PROBABLE)
    assert called(1, strong, same, 0.6) == (Verdict.SURPLUS, Ground.PROBABLE)
    assert called(1, weak, same, 0.6) == (Verdict.CANNOT_TELL, Ground.LITTLE_POWER)
    assert called(1, strong, turned, 0.6) == (Verdict.CANNOT_TELL, Ground.FRAGILE)
    open_to_one = (*same, Variant("flatter", 1.4, 0.95, 3.0, 0.06))
    assert called(1, strong, open_to_one, 0.6) == (Verdict.CANNOT_TELL, Ground.FRAGILE)
    at_the_end = (*same, Variant("flatter", 10.0, 0.0, np.inf, 0.3))
    assert called(1, strong, at_the_end, 0.6) == (Verdict.SURPLUS, Ground.PROBABLE)
    assert called(-1, strong, at_the_end[1:], 0.1) == (Verdict.CANNOT_TELL, Ground.FRAGILE)
    below = (Variant("inner", 0.5, 0.2, 0.9, 0.99),)
    assert called(-1, strong, below, 0.1) == (Verdict.COMPLEMENT, Ground.PROBABLE)
    reaching = (*below, Variant("correlated", 0.6, 0.3, 1.0, 0.93))
    assert called(-1, strong, reaching, 0.1) == (Verdict.CANNOT_TELL, Ground.FRAGILE)
    assert called(0, strong, same, 0.1) == (Verdict.CANNOT_TELL, Ground.UNDECIDED)
    assert called(0, weak, same, 0.1) == (Verdict.CANNOT_TELL, Ground.LITTLE_POWER)


def test_power_rises_with_spread_and_falls_with_noise() -> None:
    def at(world: World) -> float:
        made = world.draw(7).panel
        return power(made, fitted(made), np.random.default_rng(0)).complement

    assert at(World(spread=1.5, noise=0.2)) > 0.9
    assert at(World(spread=0.3, noise=0.2)) < 0.2
    assert at(World(spread=1.0, noise=2.0)) < 0.3


def test_how_many_more_firms() -> None:
    assert times_as_many(0.8) == pytest.approx(1.0)
    half = times_as_many(0.5)
    assert half == pytest.approx(((1.6449 + 0.8416) / 1.6449) ** 2, rel=1e-3)
    assert times_as_many(0.05) is None


def test_measurement_error_is_answered_in_the_right_direction() -> None:
    """Reliability of 0.8 moves σ away from 1, a steeper ln(data) towards it."""
    made = replace(LARGE, sigma=0.5, noise=0.1).draw(8).panel
    fit = fitted(made)
    found = {v.name: v.sigma for v in variants(made, fit, 0.9)}
    assert found["reliability"] < fit.posterior.sigma < found["steeper"]
    assert set(found) == {
        "reliability", "steeper", "flatter", "data_growth", "data_decline", "inner", "correlated",
    }  # fmt: skip


def test_bootstrap_agrees_with_the_profile() -> None:
    made = replace(LARGE, sigma=0.6, noise=0.15).draw(9).panel
    fit = fitted(made)
    drawn = bootstrap(made, fit, draws=499, seed=3)
    low, high = np.exp(np.quantile(drawn.log_sigma, [0.05, 0.95]))
    assert low == pytest.approx(fit.posterior.low, rel=0.12)
    assert high == pytest.approx(fit.posterior.high, rel=0.12)
    assert np.exp(np.median(drawn.log_sigma)) == pytest.approx(fit.posterior.sigma, rel=0.05)


def test_few_clusters_expand_the_percentiles() -> None:
    """t of 4 degrees of freedom is 2.132 at 0.95, times √(5/4): the normal tail beyond 2.383."""
    values = np.linspace(0.0, 1.0, 100_001)
    low, high = expanded_interval(values, 5, 0.9)
    assert low == pytest.approx(0.00858, abs=5e-5)
    assert high == pytest.approx(1 - low, abs=1e-9)
    assert expanded_interval(values, 10**6, 0.9)[0] == pytest.approx(0.05, abs=1e-4)


@pytest.mark.statistical
@pytest.mark.parametrize("sigma", [0.5, 1.0, 2.0])
def test_intervals_cover_and_sides_are_not_mistaken(sigma: float) -> None:
    """Lasting firm effects, uneven errors, unbalanced; more trials in verification/ces_coverage.py."""
    trials = 60
    fits = [fitted(World(sigma=sigma, lasting=0.8).draw(i, 9).panel) for i in range(trials)]
    held = sum(f.posterior.low <= sigma <= f.posterior.high for f in fits)
    assert held >= 48
    sides = np.array([f.side for f in fits])
    truth = np.sign(np.log(sigma))
    assert (sides == -truth).sum() <= 1 if truth else (sides != 0).sum() <= 10


@pytest.mark.statistical
def test_firm_effects_ignored_would_call_sides_by_mistake() -> None:
    """What the design is for: the same rows as if each were a firm of its own."""
    calls = {"as firms": 0, "as rows": 0}
    for i in range(40):
        drawn = World(sigma=1.0, lasting=0.8, noise=0.5).draw(i, 10)
        calls["as firms"] += fitted(drawn.panel).side != 0
        alone = replace(drawn, firm=np.arange(drawn.firm.size))
        calls["as rows"] += fitted(alone.panel).side != 0
    assert calls["as rows"] >= calls["as firms"] + 5


def test_very_many_firms_are_drawn_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiqun.numerics.ces.rows.MOST_FIRMS", 25)
    found = run(World(firms=60, noise=0.1).draw(1))
    assert (found.panel.firms, found.firms_given) == (25, 60)
    assert found.fit.posterior.low < 0.5 < found.fit.posterior.high
