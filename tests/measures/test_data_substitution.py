"""Data against traditional factors, from accounts: verdict, three readings, and every odd account.

Paper: K4a, K4c, K4d, K4g (how data creates value), Q9, Q10 (readings apart), Z6, Z7
"""

from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest

from jiqun.measures.data_substitution import data_substitution, side_alone
from jiqun.measures.data_substitution.arrays import Ces, ces, pool_ces
from jiqun.measures.data_substitution.wording import VERDICTS
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.production_panel import (
    DEPRECIATION,
    GROWTH,
    ProductionPanel,
    production_panel,
)
from jiqun.numerics.ces.substitution import Verdict
from jiqun.record.record import Record
from tests.numerics.ces.worlds import World


@cache
def accounts(sigma: float = 0.5, spread: float = 1.0) -> pl.DataFrame:
    """Yearly accounts of 80 firms from 2015 on, at constant prices."""
    drawn = World(firms=80, sigma=sigma, spread=spread, noise=0.15).draw(2)
    y, k, d = drawn.levels
    year = (2015 + drawn.year).astype(int)
    return pl.DataFrame(
        {
            "firm_id": [f"f{f:03d}" for f in drawn.firm],
            "start": [date(t, 1, 1) for t in year],
            "end": [date(t + 1, 1, 1) for t in year],
            "currency": "CNY",
            "price_basis": "constant",
            "value_added": 100 * y,
            "capital": 50 * k[:, 0],
            "employees": 20 * k[:, 1],
            "data_capital": d,
        }
    )


def measured(frame: pl.DataFrame, seed: int = 0) -> dict[str, Estimate]:
    found = data_substitution(Record.of(accounts=frame), seed=seed)
    return {dict(e.of).get("reading", "side"): e for e in found}


def panel(frame: pl.DataFrame) -> ProductionPanel:
    found = production_panel(Record.of(accounts=frame))
    assert isinstance(found, ProductionPanel)
    return found


def reason(frame: pl.DataFrame) -> str:
    side = measured(frame)["side"]
    assert side.reason is not None
    assert side.needs
    return side.reason.en


def test_the_readings_stay_apart() -> None:
    found = measured(
        accounts().with_columns(revenue=pl.lit(10.0) * 1e6, digital_revenue=pl.lit(1e6))
    )
    assert list(found) == ["side", "elasticity", "assumptions", "share", "digital revenue"]
    side, sigma = found["side"], found["elasticity"]
    assert side.value is not None
    assert side.value > 0.95
    assert side.label.en.startswith("Data against traditional factors: complement;")
    assert "互补" in side.label.zh
    assert side.low is None
    assert sigma.value == pytest.approx(0.5, rel=0.25)
    assert sigma.low is not None
    assert sigma.high is not None
    assert sigma.low < 0.5 < sigma.high < 1
    wide = found["assumptions"]
    assert wide.low is not None
    assert wide.high is not None
    assert wide.low <= sigma.low
    assert sigma.high <= wide.high
    assert found["share"].value == pytest.approx(0.2, abs=0.08)
    assert found["digital revenue"].value == pytest.approx(0.1)
    assert all(e.n == accounts().height for e in found.values())
    assert "value added (constant prices, CNY); data: recorded data capital" in sigma.method.en


def test_substitutes_and_thin_records() -> None:
    side = measured(accounts(sigma=2.5))["side"]
    assert "substitute to a degree" in side.label.en
    thin = measured(accounts(spread=0.2))["side"]
    assert "cannot tell; data and traditional factors vary too little" in thin.label.en
    assert any("firms" in w.en for w in thin.warnings)


def test_mostly_digital_revenue_makes_data_itself_the_surplus() -> None:
    digital = accounts(sigma=2.5).with_columns(
        revenue=pl.col("value_added") * 2, digital_revenue=pl.col("value_added") * 1.6
    )
    assert (
        "itself the source of surplus; more than half of revenue"
        in measured(digital)["side"].label.en
    )
    # A complement stays one, whatever is sold.
    complement = accounts().with_columns(
        revenue=pl.col("value_added") * 2, digital_revenue=pl.col("value_added") * 1.6
    )
    assert ": complement;" in measured(complement)["side"].label.en


def test_digital_share_adds_up_and_needs_one_currency() -> None:
    frame = accounts().with_columns(
        revenue=pl.int_range(1, pl.len() + 1).cast(pl.Float64),
        digital_revenue=pl.when(pl.int_range(pl.len()) < 100).then(0.5).otherwise(0.0),
    )
    share = measured(frame)["digital revenue"]
    n = frame.height
    assert share.value == pytest.approx(50 / (n * (n + 1) / 2))
    assert share.low is not None
    assert share.high is not None
    assert share.value is not None
    assert 0 < share.low < share.value < share.high
    two = frame.with_columns(
        currency=pl.when(pl.col("firm_id") < "f040").then(pl.lit("CNY")).otherwise(pl.lit("EUR"))
    )
    other = measured(two)["digital revenue"].reason
    assert other is not None
    assert "several currencies" in other.en
    none = measured(accounts())["digital revenue"].reason
    assert none is not None
    assert "no account gives both" in none.en


def test_records_without_the_columns_say_so() -> None:
    assert "both capital and employees" in reason(accounts().head(0))
    assert "both capital and employees" in reason(accounts().drop("capital"))
    assert "stock of data" in reason(accounts().drop("data_capital"))
    assert "value added or revenue" in reason(accounts().drop("value_added"))


def test_one_firm_constant_and_tied_accounts_say_so() -> None:
    frame = accounts()
    assert "only one firm" in reason(
        frame.with_columns(firm_id=pl.lit("f0"), start=_days(frame), end=_days(frame, 1))
    )
    assert "output is the same" in reason(frame.with_columns(value_added=pl.lit(1.0)))
    assert "are the same" in reason(frame.with_columns(data_capital=pl.lit(1.0)))
    tied = frame.with_columns(data_capital=pl.col("capital") ** 0.3 * pl.col("employees") ** 0.7)
    assert "fixed proportion" in reason(tied)
    assert "too few" in reason(frame.head(10))


def _days(frame: pl.DataFrame, later: int = 0) -> pl.Series:
    return pl.Series([date(1000 + i + later, 1, 1) for i in range(frame.height)])


def test_one_year_is_a_cross_section() -> None:
    year = accounts().group_by("firm_id", maintain_order=True).first()
    found = measured(year)["side"]
    assert found.measured
    assert found.n == 80


def test_zero_negative_and_missing_amounts_are_left_out_and_told() -> None:
    row = pl.int_range(pl.len())
    frame = accounts().with_columns(
        data_capital=pl.when(row < 7).then(0.0).when(row < 10).then(None).otherwise("data_capital"),
        value_added=pl.when(row.is_between(20, 24)).then(-1.0).otherwise("value_added"),
    )
    used = panel(frame)
    assert used.output.size == frame.height - 15
    said = " ".join(w.en for w in used.warnings)
    assert f"7 of {frame.height - 8} firm-periods have output but no data at all" in said
    assert "5 accounts with a value added of zero or less" in said


def test_currency_length_and_price_basis_are_one() -> None:
    frame = accounts()
    foreign = frame.with_columns(
        currency=pl.when(pl.int_range(pl.len()) < 6).then(pl.lit("EUR")).otherwise("currency")
    )
    used = panel(foreign)
    assert used.output.size == frame.height - 6
    assert any(w.en.startswith("6 accounts in other currencies") for w in used.warnings)
    quarters = frame.head(3).with_columns(start=date(2030, 1, 1), end=date(2030, 4, 1))
    used = panel(pl.concat([frame, quarters]))
    assert used.output.size == frame.height
    assert any("another length of time" in w.en for w in used.warnings)
    both = pl.concat(
        [frame, frame.with_columns(price_basis=pl.lit("current"), value_added=pl.lit(1.0))]
    )
    assert panel(both).output == pytest.approx(panel(frame).output)
    current = panel(frame.with_columns(price_basis=pl.lit("current")))
    assert any("current prices" in w.en for w in current.warnings)
    unnamed = panel(frame.with_columns(price_basis=pl.lit(None, pl.String)))
    assert "not stated" in unnamed.prices.en


def test_revenue_stands_in_for_value_added() -> None:
    frame = accounts().rename({"value_added": "revenue"})
    used = panel(frame)
    assert used.output_name.en == "revenue"
    assert any("includes materials" in w.en for w in used.warnings)


def test_spending_is_cumulated_by_perpetual_inventory() -> None:
    """Two firms; the second skips a year. S₁ = I/(1 - (1-δ)/(1+g)), S₂ = (1-δ)S₁ + I."""
    rows = [("a", 2015, 10.0), ("a", 2016, 20.0), ("b", 2015, 5.0), ("b", 2017, 7.0)]
    frame = pl.DataFrame(
        {
            "firm_id": [r[0] for r in rows],
            "start": [date(r[1], 1, 1) for r in rows],
            "end": [date(r[1] + 1, 1, 1) for r in rows],
            "value_added": [1.0, 2.0, 3.0, 4.0],
            "capital": [1.0, 2.0, 3.0, 4.0],
            "employees": [1.0, 2.0, 3.0, 4.0],
            "data_spending": [r[2] for r in rows],
        }
    )
    used = panel(frame)
    first = 1 - (1 - DEPRECIATION) / (1 + GROWTH)
    a, b = 10 / first, 5 / first
    assert used.data == pytest.approx(
        [a, (1 - DEPRECIATION) * a + 20, b, (1 - DEPRECIATION) ** 2 * b + 7]
    )
    assert used.data_name.en == "cumulated data spending"
    assert any("depreciation of 31.5%" in w.en for w in used.warnings)


def test_the_side_alone_has_the_numbers_of_the_whole_answer() -> None:
    for record in (Record.of(accounts=accounts()), Record.of(accounts=accounts().head(9))):
        whole = {e.of: e for e in data_substitution(record, seed=1)}
        for told in side_alone(record, seed=1):
            own = whole[told.of]
            assert (told.value, told.low, told.high) == (own.value, own.low, own.high)
            assert told.reason == own.reason


def test_the_order_of_rows_changes_nothing() -> None:
    frame = accounts()
    shuffled = frame.sample(fraction=1, shuffle=True, seed=4)
    assert measured(frame) == measured(shuffled)


def arrays() -> Ces:
    drawn = World(firms=80, noise=0.15).draw(2)
    return ces(*drawn.levels, firm=drawn.firm, period=drawn.year, seed=0)


def test_the_array_function_gives_the_same_answer() -> None:
    found, record = arrays(), measured(accounts())
    assert found.verdict == "complement"
    assert found.verdict is Verdict.COMPLEMENT
    assert found.sigma.value == pytest.approx(record["elasticity"].value, rel=1e-3)
    assert found.p_below_one == pytest.approx(record["side"].value, abs=1e-3)
    assert found.data_share.value == pytest.approx(record["share"].value, rel=1e-2)
    assert found.sensitivity.low == pytest.approx(record["assumptions"].low, rel=1e-2)
    assert found.why.en.startswith("the data decide")


def test_the_array_function_warns_without_firms_and_refuses_bad_values() -> None:
    drawn = World(firms=80, years=1).draw(2)
    found = ces(*drawn.levels, seed=0)
    assert any("Firms are not named" in w.en for w in found.sigma.warnings)
    y, k, d = drawn.levels
    with pytest.raises(ValueError, match="fixed proportion"):
        ces(y, k[:, 0], k[:, 0], seed=0)
    with pytest.raises(ValueError, match="80 zero"):
        ces(y, k, 0 * d, seed=0)


def test_every_verdict_has_its_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert len({text.zh for text in VERDICTS.values()}) == len(Verdict)
    assert np.all([text.en != text.zh for text in VERDICTS.values()])


def test_relative_prices_add_a_reading_and_narrow_sigma() -> None:
    """The data ratio answers prices with an elasticity of 0.5 and hardly an error."""
    frame = accounts(spread=0.4)
    k, n, d = (np.log(frame[c].to_numpy()) for c in ("capital", "employees", "data_capital"))
    ratio = d - 0.35 * k - 0.65 * n
    noise = np.random.default_rng(1).normal(0.0, 0.03, ratio.size)
    price = np.exp(-(ratio - ratio.mean() + noise) / 0.5)
    before, after = measured(frame), measured(frame.with_columns(data_price=price))
    assert "prices" not in before
    assert after["prices"].value == pytest.approx(0.5, abs=0.03)
    assert "firms" in after["prices"].interval.en
    for found in (before["elasticity"], after["elasticity"]):
        assert found.low is not None
        assert found.high is not None
    assert after["elasticity"].high < before["elasticity"].high  # type: ignore[operator]
    assert "output alone gives" in after["elasticity"].interval.en


def test_few_relative_prices_are_not_used() -> None:
    some = pl.when(pl.int_range(pl.len()) < 20).then(1.5)
    found = measured(accounts().with_columns(data_price=some))
    assert "prices" not in found
    assert any("is known in 20 of" in w.en for w in found["side"].warnings)
    whole = (
        accounts()
        .with_row_index()
        .with_columns(data_price=1.0 + 0.1 * pl.col("index"))
        .drop("index")
    )
    lacking = whole.with_columns(data_price=pl.when(pl.int_range(pl.len()) >= 5).then("data_price"))
    told = panel(lacking)
    assert told.price is not None
    assert told.output.size == panel(whole).output.size - 5


def test_clusters_that_borrow_say_so() -> None:
    world = World(firms=12, years=4, noise=0.2)
    results = {}
    for c in range(8):
        drawn = world.draw(c, 3)
        y, k, d = drawn.levels
        results[f"cluster {c}"] = ces(y, k, d, firm=drawn.firm, period=drawn.year, seed=0)
    found = pool_ces(results)
    assert list(found) == list(results)
    for name, one in found.items():
        assert one.warnings[0].en.startswith("Borrowed: pooled with 7 other clusters")
        assert "borrowed" in one.label.en
        assert results[name].sigma.warnings == one.warnings[1:]
    with pytest.raises(ValueError, match="at least 8 clusters"):
        pool_ces({"one": results["cluster 0"]})


def test_employees_that_are_capital_in_another_unit_are_one_factor_with_it() -> None:
    """Capital per employee is the same in every account: the side is still read, and it is said."""
    one = accounts().with_columns(employees=0.4 * pl.col("capital"))
    found = panel(one)
    assert found.factors.shape == (one.height, 1)
    assert [w.en for w in found.warnings if "the same series" in w.en]
    assert panel(accounts()).factors.shape == (one.height, 2)
    assert measured(one)["side"].measured
