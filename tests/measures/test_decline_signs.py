"""Signs of decline: by hand, flat, each moving alone.

Paper: D1, D2, D3 (homogeneity, wages, stagnation, lock-in)
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.decline_signs import decline_signs
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, accounts, baseline, get

LATER = pl.col("start") >= date(2005, 1, 1)
YEAR = pl.col("start").dt.year()
NUMBER = pl.col("firm_id").str.slice(1).cast(pl.Int64)


def test_similarity_by_hand_and_growing_alike() -> None:
    """Four industries of ten: 4 · 10 · 9 / (40 · 39). From 2005 on twenty more firms of one of them."""
    assert get(decline_signs(baseline()), "similarity").value == pytest.approx(360 / 1560)
    record = baseline()
    crowd = (
        record["firms"]
        .head(1)
        .select(pl.exclude("firm_id"))
        .join(pl.DataFrame({"firm_id": [f"g{i}" for i in range(20)]}), how="cross")
    )
    crowd = crowd.with_columns(founded=pl.lit(date(2006, 1, 1)))
    firms = pl.concat([record["firms"], crowd.select(record["firms"].columns)])
    found = decline_signs(record.replace(firms=firms), years=5)
    assert get(found, "similarity", EARLY).value == pytest.approx(360 / 1560)
    late = (30 * 29 + 3 * 10 * 9) / (60 * 59)
    assert get(found, "similarity", LATE).value == pytest.approx(late)


def test_growth_by_hand_is_of_firms_that_continue() -> None:
    """Value added grows by a tenth a year from 2005 on; a large firm that enters does not count."""
    factor = pl.lit(1.1).pow((YEAR - 2004).clip(0))
    grown = accounts().with_columns(value_added=pl.col("value_added") * factor)
    entrant = grown.filter(pl.col("firm_id") == "f0", YEAR == 2009).with_columns(
        firm_id=pl.lit("f99"), value_added=pl.lit(1e6)
    )
    found = decline_signs(baseline(accounts=pl.concat([grown, entrant])), years=5)
    assert get(found, "growth of output", EARLY).value == pytest.approx(0.0, abs=1e-9)
    assert get(found, "growth of output", LATE).value == pytest.approx(0.0953, rel=1e-2)
    assert get(found, "similarity", LATE).value == pytest.approx(360 / 1560)


def test_lock_in_by_hand() -> None:
    """Ranked by number: the lowest third stays lowest. Ranked the other way next year: it never is."""
    fixed = accounts().with_columns(value_added=10.0 + NUMBER)
    found = decline_signs(baseline(accounts=fixed), years=5)
    assert get(found, "staying lowest", LATE).value == 1.0
    turned = accounts().with_columns(
        value_added=10.0 + pl.when(YEAR % 2 == 0).then(NUMBER).otherwise(39 - NUMBER)
    )
    found = decline_signs(baseline(accounts=turned), years=5)
    assert get(found, "staying lowest", LATE).value == 0.0
    assert get(found, "staying lowest", LATE).n == 13 * 5


def test_margin_and_wage_need_columns_and_move_alone() -> None:
    bare = decline_signs(baseline(), years=5)
    assert get(bare, "wage").needs[0] == "accounts.wages"
    assert get(bare, "margin").needs[0] == "accounts.costs"
    table = accounts().with_columns(
        wages=pl.when(LATER).then(60.0).otherwise(40.0),
        costs=pl.when(LATER).then(95.0).otherwise(80.0),
    )
    found = decline_signs(baseline(accounts=table), years=5)
    wages = [get(found, "wage", w).value for w in (EARLY, LATE)]
    assert wages == pytest.approx([4.0, 6.0], rel=1e-2)
    assert [get(found, "margin", w).value for w in (EARLY, LATE)] == pytest.approx([0.2, 0.05])
    for name in ("similarity", "growth of output", "staying lowest"):
        assert get(found, name, LATE) == get(bare, name, LATE)


def test_negative_one_firm_one_year_and_nothing() -> None:
    loss = accounts().with_columns(value_added=-pl.col("value_added"))
    reason = get(decline_signs(baseline(accounts=loss)), "growth of output").reason
    assert reason is not None
    assert "not positive" in reason.en
    for table in (accounts().filter(YEAR == 2004), accounts().head(0)):
        assert get(decline_signs(baseline(accounts=table)), "growth of output").reason is not None
    one = accounts().filter(pl.col("firm_id") == "f3")
    alone = get(decline_signs(baseline(accounts=one)), "growth of output")
    assert alone.low is None
    assert all(e.reason is not None and e.needs for e in decline_signs(Record.of(), years=5))
