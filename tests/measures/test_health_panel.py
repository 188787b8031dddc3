"""Health of the cluster: five readings by hand, flat, each moving alone.

Paper: E16 (five ailments)
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.health_panel import health_panel
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, accounts, baseline, get, innovations, ties

STATISTICS = {
    "1 supply ties per firm": 4.0,
    "2 innovations per firm and year": 6 / 40,
    "2 R&D of revenue": 0.02,
    "3 value added of revenue": 0.35,
    "4 sales outside the region": 0.0,
    "5 joint innovations": 0.0,
}
LATER = pl.col("start") >= date(2005, 1, 1)


def values(record: Record, window: str) -> dict[str, float | None]:
    found = health_panel(record, years=5)
    return {name: get(found, name, window).value for name in STATISTICS}


def test_by_hand_and_flat() -> None:
    """Sixteen ties a year of two ends, forty firms: 80 · 2/40 begun in five years and 16 · 2/40 before."""
    assert values(baseline(), EARLY) == pytest.approx(STATISTICS, rel=1e-3)
    carried_over = {**STATISTICS, "1 supply ties per firm": 192 / 40}
    assert values(baseline(), LATE) == pytest.approx(carried_over, rel=1e-3)
    margin = get(health_panel(baseline()), "4 price-cost margin")
    assert margin.needs == ("accounts.costs", "accounts.revenue")


MOVES = {
    "1 supply ties per firm": lambda: {"ties": ties().filter(~LATER | (pl.col("source") < "f12"))},
    "2 innovations per firm and year": lambda: {
        name: table.filter(
            (pl.col("innovation_id") < "i2005") | pl.col("innovation_id").str.ends_with("0")
        )
        for name, table in innovations().items()
    },
    "2 R&D of revenue": lambda: {
        "accounts": accounts().with_columns(rd_spending=pl.when(LATER).then(8.0).otherwise(2.0))
    },
    "3 value added of revenue": lambda: {
        "accounts": accounts().with_columns(
            value_added=pl.when(LATER).then(60.0).otherwise("value_added")
        )
    },
    "4 sales outside the region": lambda: {
        "ties": ties().with_columns(
            target=pl.when(LATER)
            .then(pl.format("f{}", 21 + pl.int_range(pl.len()) % 16))
            .otherwise("target")
        )
    },
    "5 joint innovations": lambda: {
        "innovators": pl.concat(
            [
                innovations()["innovators"],
                innovations()["innovators"]
                .filter(pl.col("innovation_id") >= "i2005")
                .with_columns(firm_id=pl.lit("f39")),
            ]
        ).unique()
    },
}


@pytest.mark.parametrize("moved", MOVES)
def test_each_moves_alone(moved: str) -> None:
    before, after = baseline(), baseline(**MOVES[moved]())
    early = {k: v for k, v in values(after, EARLY).items() if not k.startswith("1")}
    assert early == pytest.approx({k: v for k, v in values(before, EARLY).items() if k in early})
    late, flat = values(after, LATE), values(before, LATE)
    assert late[moved] != pytest.approx(flat[moved])
    assert {k: v for k, v in late.items() if k != moved} == pytest.approx(
        {k: v for k, v in flat.items() if k != moved}
    )


def test_margin_from_costs() -> None:
    found = health_panel(baseline(accounts=accounts().with_columns(costs=80.0)), years=5)
    margin = get(found, "4 price-cost margin", LATE)
    assert margin.value == pytest.approx(0.2)
    unstated = baseline(accounts=accounts().with_columns(costs=pl.lit(None, pl.Float64)))
    assert get(health_panel(unstated), "4 price-cost margin").reason is not None


def test_zero_revenue_and_nothing() -> None:
    zero = health_panel(baseline(accounts=accounts().with_columns(revenue=pl.lit(0.0))))
    assert get(zero, "3 value added of revenue").reason is not None
    assert all(e.reason is not None and e.needs for e in health_panel(Record.of(), years=5))


def test_two_currencies_are_not_mixed() -> None:
    other = accounts().with_columns(
        currency=pl.when(pl.col("firm_id") == "f0").then(pl.lit("USD")).otherwise("currency")
    )
    value = get(health_panel(baseline(accounts=other)), "3 value added of revenue")
    assert value.n == 390
    assert any(w.en.startswith("10 of 400 accounts are left out") for w in value.warnings)
