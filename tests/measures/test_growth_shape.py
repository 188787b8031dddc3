"""Shape of growth: refuses few points, never speaks of network effects, moves with the series alone.

Paper: C2, Q18 (nonlinear), Q17 (stall)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures.growth_shape import growth_shape
from jiqun.record.record import Record
from tests.measures.cluster_years import baseline, get
from tests.measures.records import firm_table


def grown(totals: list[int], **tables: pl.DataFrame) -> Record:
    """Firms founded so that so many exist at the end of 2000, 2001, …"""
    new = np.diff([0, *totals])
    founded = [date(2000 + y, 6, 1) for y, n in enumerate(new) for _ in range(n)]
    count = len(founded)
    firms = firm_table(["17"] * count, ["330100"] * count).with_columns(founded=pl.Series(founded))
    span = pl.DataFrame(
        {
            "alliance_id": ["a", "b"],
            "start": [date(2000, 1, 1), date(2000 + len(totals) - 1, 12, 31)],
        }
    )
    return Record.of(firms=firms, alliances=span, **tables)


def weights(record: Record) -> dict[str, float]:
    found = growth_shape(record)
    return {
        s: get(found, "weight of shape", series="firms", shape=s).value or 0.0
        for s in ("linear", "exponential", "logistic", "gompertz")
    }


def test_straight_and_bent_series_are_told_apart() -> None:
    t = np.arange(18)
    straight = weights(grown((20 + 6 * t + (t * 7) % 3).tolist()))
    bent = weights(grown(np.round(200 / (1 + np.exp(-0.7 * (t - 8)))).astype(int).clip(1).tolist()))
    assert straight["linear"] > 0.5
    assert bent["linear"] < 0.01


def test_fewer_than_ten_points_have_no_shape() -> None:
    reason = get(
        growth_shape(grown([10 * i for i in range(1, 10)])),
        "weight of shape",
        series="firms",
        shape="linear",
    ).reason
    assert reason is not None
    assert reason.en.startswith("9 annual points")
    windows = growth_shape(grown([10 * i for i in range(1, 21)]), years=5)
    assert all(e.reason is not None for e in windows if ("window", "all") not in e.of)


def test_a_curve_is_never_called_a_network_effect() -> None:
    t = np.arange(18)
    for e in growth_shape(grown(np.round(5 * np.exp(0.3 * t)).astype(int).tolist())):
        assert "network effect" not in e.label.en
        if e.measured and ("statistic", "weight of shape") in e.of:
            assert any("without any network effects bends" in w.en for w in e.warnings)


def test_year_of_change_by_hand() -> None:
    slow, fast = [100 + 2 * i for i in range(8)], [114 * 1.3 ** (i + 1) for i in range(8)]
    found = growth_shape(grown([round(v) for v in slow + fast]))
    assert get(found, "year of change", series="firms").value == 2007.0
    chance = get(found, "change by chance", series="firms").value
    assert chance is not None
    assert chance < 0.01


def test_hysteresis_needs_a_policy_raised_and_lowered() -> None:
    rise = [10 * (i + 1) for i in range(6)]
    totals = [*rise, *[60] * 6]
    found = growth_shape(grown(totals))
    assert get(found, "hysteresis", series="firms").reason is not None
    policies = pl.DataFrame(
        {
            "policy_id": [f"s{i}" for i in range(5)],
            "lever": ["subsidy"] * 5,
            "start": [date(2001 + i, 1, 1) for i in range(5)],
            "end": [date(2011 - i, 1, 1) for i in range(5)],
            "intensity": [1.0] * 5,
        }
    )
    loop = get(growth_shape(grown(totals, policies=policies)), "hysteresis", series="firms")
    assert loop.value is not None
    assert loop.value > 0.3
    assert any("time alone would enclose" in w.en for w in loop.warnings)


def test_flat_baseline_and_empty() -> None:
    found = growth_shape(baseline())
    flat = get(found, "weight of shape", series="output", shape="linear").reason
    assert flat is not None
    assert flat.en == "the series does not change"
    assert all(e.reason is not None and e.needs for e in growth_shape(Record.of(), years=5))


def test_two_currencies_are_not_added_up() -> None:
    record = baseline()
    mixed = record["accounts"].with_columns(
        currency=pl.when(pl.col("firm_id") == "f0").then(pl.lit("USD")).otherwise("currency"),
        value_added=pl.when(pl.col("firm_id") == "f0").then(1e9).otherwise(pl.col("value_added"))
        * (1 + (pl.col("start").dt.year() - 2000) / 10),
    )
    one = growth_shape(record.replace(accounts=mixed))
    other = growth_shape(record.replace(accounts=mixed.filter(pl.col("firm_id") != "f0")))
    assert one == other
    assert get(one, "weight of shape", series="output", shape="linear").value == pytest.approx(
        1, abs=0.3
    )
