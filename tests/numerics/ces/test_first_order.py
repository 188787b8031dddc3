"""The first-order condition: a line worked by hand, both kinds of prices, and prices that contradict.

Paper: K4c, K4d (σ against 1)
"""

import numpy as np
import pytest

from jiqun.numerics.ces.first_order import PriceEvidence, price_evidence
from jiqun.numerics.ces.substitution import Ground, Substitution, Verdict, substitution
from tests.numerics.ces.worlds import Drawn, World

WORLD = World(firms=60, sigma=0.5, noise=0.3, spread=0.4)
"""Too little spread of data against the composite to show a side by output alone."""


def answer(drawn: Drawn, price: np.ndarray | None) -> Substitution:
    y, k, d = drawn.levels
    return substitution(y, k, d, firm=drawn.firm, period=drawn.year, price=price, seed=0)


def test_without_error_the_slope_is_sigma() -> None:
    drawn = WORLD.draw(1)
    made = drawn.panel
    z = (drawn.d - drawn.k @ np.array([0.35, 0.65]))[made.order]
    found = price_evidence(made, z, -z / 0.7)
    assert found is not None
    assert found.sigma == pytest.approx(0.7)
    assert found.error == pytest.approx(0.0, abs=1e-9)
    assert found.by_firm
    assert found.freedom == 59
    assert found.power(0.5) == pytest.approx(1.0)


def test_one_price_a_period_takes_periods_for_the_sample() -> None:
    """Twelve years, one price each: ln(D/X) = 2 - 0.6 ln p + 0.1 t exactly."""
    drawn = World(firms=20, years=12).draw(3)
    made = drawn.panel
    log_price = np.sin(made.t)
    found = price_evidence(made, 2.0 - 0.6 * log_price + 0.1 * made.t, log_price)
    assert found is not None
    assert (found.by_firm, found.freedom) == (False, 11)
    assert found.sigma == pytest.approx(0.6)


def test_prices_that_do_not_move_say_nothing() -> None:
    drawn = WORLD.draw(1)
    made = drawn.panel
    assert price_evidence(made, made.d, np.zeros(made.d.size)) is None
    assert price_evidence(made, made.d, made.t * 0.01) is None  # a trend and no more
    few = World(firms=20, years=4).draw(3).panel
    assert price_evidence(few, few.d, np.sin(few.t)) is None  # four periods
    assert answer(drawn, np.full(drawn.y.size, 3.0)).price is None


def test_prices_tell_what_output_alone_does_not() -> None:
    drawn = WORLD.draw(5)
    alone = answer(drawn, None)
    assert alone.verdict is Verdict.CANNOT_TELL
    z = drawn.d - drawn.k @ np.array([0.35, 0.65])
    rng = np.random.default_rng(2)
    price = np.exp(-(z - z.mean() - rng.normal(0.0, 0.03, z.size)) / 0.5)
    both = answer(drawn, price)
    assert isinstance(both.price, PriceEvidence)
    assert both.fit.posterior.low < 0.5 < both.fit.posterior.high < 1.0
    assert both.output_alone == (alone.fit.posterior.low, alone.fit.posterior.high)
    assert both.share == alone.share
    assert both.verdict in {Verdict.COMPLEMENT, Verdict.CANNOT_TELL}
    assert both.fit.side == -1


def test_prices_that_contradict_output_leave_it_open() -> None:
    """Output says σ = 0.5 clearly; the prices are those of σ = 3."""
    drawn = World(firms=100, sigma=0.5, noise=0.15).draw(2)
    assert answer(drawn, None).verdict is Verdict.COMPLEMENT
    z = drawn.d - drawn.k @ np.array([0.35, 0.65])
    found = answer(drawn, np.exp(-(z - z.mean()) / 3.0))
    assert (found.verdict, found.ground) == (Verdict.CANNOT_TELL, Ground.CONTRADICTED)


def test_bad_prices() -> None:
    drawn = WORLD.draw(1)
    with pytest.raises(ValueError, match="price: 0 missing or infinite, 1 zero"):
        answer(drawn, np.where(np.arange(drawn.y.size) == 3, 0.0, 1.0))
