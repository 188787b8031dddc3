"""How often the screens warn about sound records, and how often they find what was planted.

The counts below are of fixed seeds; what they are compared with is the bound that each docstring
states, widened by three binomial standard errors.
"""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from jiqun.record.record import Record
from jiqun.record.requirements import shape
from jiqun.record.requirements.plausibility import suspect
from jiqun.record.requirements.query import Tables
from tests.record.simulated_accounts import accounts_record

pytestmark = pytest.mark.statistical

SOUND = 100


def screened(record: Record) -> set[tuple[str, str | None]]:
    """Put the screens alone to a record."""
    rows = shape.numbered({name: record[name].lazy() for name in record})
    return {(p.rule, p.column) for p in suspect(Tables(rows, rows))}


def rate(records: list[Record], rule: str, column: str) -> float:
    """Return the share of records in which a column breaks a rule."""
    return float(np.mean([(rule, column) in screened(record) for record in records]))


def accounts_only(seed: int, **options: float) -> Record:
    """Simulate firms and their accounts."""
    record = accounts_record(seed, **options)  # type: ignore[arg-type]  # counts stay whole
    return Record.of(firms=record["firms"], accounts=record["accounts"])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"firms": 60},
        {"firms": 1000},
        {"persistence": 0.3, "share": 0.05},
        {"growth": 0.3},
    ],
    ids=str,
)
def test_sound_records_are_left_in_peace(options: dict[str, float]) -> None:
    """None of 100 of any kind: the true rate of warnings is below 3 % (95 %), over all screens."""
    warned = [seed for seed in range(SOUND) if screened(accounts_record(seed, **options))]  # type: ignore[arg-type]
    assert warned == []


def test_a_true_rank_correlation_at_the_bound_is_warned_about_in_one_of_forty() -> None:
    """At ρ = 0.1 the upper 95 % bound falls below 0.1 in 2.5 % of cases: 200 records, ± 3.3 %.

    Spearman's ρ of normal levels with correlation r is (6/π) asin(r/2); r = 0.1047 gives 0.1.
    """
    r = 2 * np.sin(np.pi * 0.1 / 6)
    records = [accounts_only(seed, persistence=r, share=0.0, firms=200) for seed in range(200)]
    assert rate(records, "plausibility.persistence", "revenue") <= 0.025 + 3 * np.sqrt(
        0.025 * 0.975 / 200
    )


@pytest.mark.parametrize(("firms", "least"), [(120, 0.5), (400, 0.95)])
def test_noise_is_found(firms: int, least: float) -> None:
    """600 and 2,000 pairs of consecutive years."""
    records = [accounts_only(seed, persistence=0.0, share=0.0, firms=firms) for seed in range(60)]
    assert rate(records, "plausibility.persistence", "revenue") >= least


def test_a_year_times_five_is_found_at_200_firms() -> None:
    def spoilt(seed: int) -> Record:
        record = accounts_only(seed, firms=200)
        off = pl.when(pl.col("start") == dt.date(2013, 1, 1)).then(5.0).otherwise(1.0)
        accounts = record["accounts"].with_columns(pl.col("revenue") * off)
        return record.replace(accounts=accounts)

    records = [spoilt(seed) for seed in range(60)]
    assert rate(records, "plausibility.years", "revenue") >= 0.9


@pytest.mark.parametrize(("firms", "low", "high"), [(3000, 0.9, 1.0), (400, 0.0, 0.6)])
def test_industries_that_do_not_differ_are_found_where_firms_are_many(
    firms: int, low: float, high: float
) -> None:
    options = {"share": 0.0, "persistence": 0.3, "industries": 20, "firms": firms}
    records = [accounts_only(seed, **options) for seed in range(40)]
    assert low <= rate(records, "plausibility.industries", "revenue") <= high


def test_a_share_of_two_percent_between_industries_is_seldom_warned_about() -> None:
    """The bound is on the share of the variance of mean ranks, which 2 % of levels exceeds."""
    options = {"share": 0.02, "persistence": 0.9, "industries": 20, "firms": 3000}
    records = [accounts_only(seed, **options) for seed in range(80)]
    assert rate(records, "plausibility.industries", "revenue") <= 0.025 + 3 * np.sqrt(
        0.025 * 0.975 / 80
    )


@pytest.mark.parametrize(("sharing", "least"), [(15, 0.95), (9, 0.0)])
def test_a_shared_number_is_found(sharing: int, least: float) -> None:
    def spoilt(seed: int) -> Record:
        record = accounts_only(seed, firms=500)
        holders = pl.col("firm_id") < f"F{sharing:05d}"
        revenue = pl.when(holders).then(3141.59).otherwise("revenue").alias("revenue")
        return record.replace(accounts=record["accounts"].with_columns(revenue))

    found = rate([spoilt(s) for s in range(40)], "plausibility.repeated_value", "revenue")
    assert found >= least if least else found == 0
