"""Plausibility: each defect is found where it was planted, and a sound record is left in peace."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.requirements.plausibility import screen
from jiqun.record.requirements.plausibility.bounds import (
    pooled_spearman,
    rank_explained,
    share_bounds,
    spearman,
)
from jiqun.record.requirements.query import Tables
from tests.record.simulated_accounts import accounts_record, suspicions

AMOUNTS = ("revenue", "employees", "digital_revenue", "value_added")


def change(record: Record, table: str, **columns: pl.Expr) -> Record:
    """Overwrite columns of a table."""
    return record.replace(**{table: record[table].with_columns(**columns)})


def shuffled(record: Record, column: str, *, seed: int = 0) -> Record:
    """Deal the values of a column of the accounts to other rows: the same numbers, all in vain."""
    return change(record, "accounts", **{column: pl.col(column).shuffle(seed=seed)})


def implausible(record: Record) -> list[Problem]:
    """Return the findings of the screens."""
    return [p for p in check(record) if p.rule.startswith("plausibility.")]


def test_a_sound_record_is_left_in_peace() -> None:
    assert check(accounts_record(0)) == ()


def test_ranks_that_do_not_persist() -> None:
    record = accounts_record(0, firms=600)
    without_sites = Record.of(firms=record["firms"], accounts=record["accounts"])
    problems = implausible(shuffled(without_sites, "employees"))
    (problem,) = [p for p in problems if p.rule != "plausibility.industries"]  # lost as well
    assert (problem.rule, problem.table, problem.column) == (
        "plausibility.persistence",
        "accounts",
        "employees",
    )
    assert "over 3000 pairs of consecutive years" in problem.message.en
    assert "2010: " in problem.message.en


def test_too_few_firms_to_say_so() -> None:
    assert suspicions(shuffled(accounts_record(0, firms=30), "employees")) == set()


def test_a_blank_year() -> None:
    in_2012 = pl.col("start") == dt.date(2012, 1, 1)
    for blank in (0.0, None):
        revenue = pl.when(in_2012).then(blank).otherwise("revenue")
        record = change(
            accounts_record(1), "accounts", revenue=revenue, digital_revenue=pl.lit(None)
        )
        (problem,) = [p for p in implausible(record) if p.column == "revenue"]
        assert (problem.rule, problem.value) == ("plausibility.years", "2012")
        assert "holds 0 numbers other than 0" in problem.message.en


def test_a_year_in_another_unit() -> None:
    in_2012 = pl.col("start") == dt.date(2012, 1, 1)
    sevenfold = pl.when(in_2012).then(7 * pl.col("employees")).otherwise("employees").round()
    (problem,) = implausible(change(accounts_record(1), "accounts", employees=sevenfold))
    assert (problem.rule, problem.column, problem.value) == (
        "plausibility.years",
        "employees",
        "2012",
    )


def test_a_year_without_rows_between_others() -> None:
    record = accounts_record(1)
    kept = record["accounts"].filter(pl.col("start") != dt.date(2012, 1, 1))
    problems = implausible(record.replace(accounts=kept))
    assert {(p.rule, p.value) for p in problems} == {("plausibility.years", "2012")}
    assert {p.column for p in problems} == set(AMOUNTS)


def test_industries_that_do_not_differ() -> None:
    record = accounts_record(2, firms=4000, industries=20)
    codes = pl.col("industry_code").shuffle(seed=3)
    problems = implausible(change(record, "firms", industry_code=codes))
    assert {p.rule for p in problems} == {"plausibility.industries"}
    assert {p.column for p in problems} == set(AMOUNTS)


def test_few_firms_cannot_show_that_industries_do_not_differ() -> None:
    record = accounts_record(2, firms=300)
    codes = pl.col("industry_code").shuffle(seed=3)
    assert suspicions(change(record, "firms", industry_code=codes)) == set()


def test_a_part_that_has_nothing_to_do_with_its_total() -> None:
    record = accounts_record(3, firms=1500)
    firms = record["accounts"].partition_by("firm_id", maintain_order=True)
    order = np.random.default_rng(0).permutation(len(firms))
    dealt = pl.concat([firms[i]["digital_revenue"] for i in order])
    smaller = 1e-6 * dealt  # so that no part exceeds its revenue
    record = change(record, "accounts", digital_revenue=pl.lit(smaller))
    assert suspicions(record) >= {("plausibility.parts", "digital_revenue")}
    assert ("plausibility.parts", "value_added") not in suspicions(record)


def test_sites_that_carry_the_total_of_their_firm_each() -> None:
    record = accounts_record(4)
    sites = record["sites"]
    doubled = pl.concat(
        [sites, sites.with_columns(pl.col("site_id") + "x", pl.col("longitude") + 0.01)]
    )
    (problem,) = implausible(record.replace(sites=doubled))
    assert (problem.rule, problem.table) == ("plausibility.site_employees", "sites")
    few = doubled.filter(pl.col("firm_id") < "F00020")
    assert suspicions(record.replace(sites=few)) == set()


def test_a_number_that_many_firms_share() -> None:
    record = accounts_record(5, firms=600)
    holders = pl.col("firm_id") < "F00020"
    revenue = pl.when(holders).then(12345.678).otherwise("revenue")
    parts = change(record, "accounts", digital_revenue=pl.lit(None), value_added=pl.lit(None))
    (problem,) = implausible(change(parts, "accounts", revenue=revenue))
    assert (problem.rule, problem.value) == ("plausibility.repeated_value", "12345.678")
    assert "20 of 600 firms hold exactly 12345.678" in problem.message.en
    round_ones = pl.when(holders).then(12000.0).otherwise("revenue")
    assert suspicions(change(parts, "accounts", revenue=round_ones)) == set()


def test_rounded_numbers_of_employees() -> None:
    record = accounts_record(6)
    rounded = (pl.col("employees") / 10).round() * 10
    (problem,) = implausible(change(record, "accounts", employees=rounded))
    assert (problem.rule, problem.table, problem.value) == (
        "plausibility.rounded_employees",
        "accounts",
        "1.000",
    )


def test_dates_of_which_only_the_year_is_known() -> None:
    record = accounts_record(7)
    (problem,) = implausible(change(record, "firms", founded=pl.col("founded").dt.truncate("1y")))
    assert (problem.rule, problem.table, problem.column) == (
        "plausibility.new_year_dates",
        "firms",
        "founded",
    )
    assert problem.value == "1.000"
    few = record["firms"].head(49).with_columns(pl.col("founded").dt.truncate("1y"))
    assert suspicions(Record.of(firms=few)) == set()


def test_firms_at_the_centre_of_their_region() -> None:
    record = accounts_record(8)
    central = pl.col("firm_id") < "F00030"
    centre = {
        "longitude": pl.when(central).then(120.15).otherwise("longitude"),
        "latitude": pl.when(central).then(30.28).otherwise("latitude"),
    }
    (problem,) = implausible(change(record, "sites", **centre))
    assert (problem.rule, problem.value) == ("plausibility.shared_coordinates", "30")
    assert "30 of 300 located firms (10%)" in problem.message.en
    assert "120.15°, 30.28°: 30" in problem.message.en


@pytest.mark.parametrize("value", [None, 0.0, 7.0, float("nan"), float("inf")])
@pytest.mark.parametrize("firms", [1, 300])
def test_columns_that_do_not_vary_are_answered(value: float | None, firms: int) -> None:
    record = accounts_record(9, firms=firms)
    flat = change(record, "accounts", **dict.fromkeys(AMOUNTS, pl.lit(value, pl.Float64)))
    assert {rule for rule, _ in suspicions(flat)} <= {"plausibility.site_employees"}


def test_quarters_are_averaged_and_the_rarer_price_basis_left_out() -> None:
    record = accounts_record(10, firms=600)
    noise = shuffled(record, "revenue")["accounts"].with_columns(price_basis=pl.lit("constant"))
    both = record.replace(accounts=pl.concat([record["accounts"], noise.head(1000)]))
    assert suspicions(both) == set()


def test_spearman_is_the_known_one() -> None:
    """Ranks 1 2 3 4 5 against 2 1 4 3 5: 1 - 6 · 4 / (5 · 24) = 0.8."""
    assert spearman(pl.Series([1, 2, 3, 4, 5]), pl.Series([20, 10, 40, 30, 50])) == pytest.approx(
        0.8
    )
    assert spearman(pl.Series([1, 1]), pl.Series([1, 2])) is None
    rho, high = pooled_spearman([(0.0, 103), (0.0, 303)])
    assert rho == 0
    assert high == pytest.approx(np.tanh(1.959964 * np.sqrt(1.06 / 400)), rel=1e-6)


def test_a_share_has_the_interval_of_wilson() -> None:
    """10 of 100: centre (10 + 1.92) / 103.84, as worked out in any textbook."""
    low, high = share_bounds(10, 100)
    assert (low, high) == pytest.approx((0.05523, 0.17437), abs=1e-5)
    assert share_bounds(0, 10)[0] == pytest.approx(0)
    assert share_bounds(10, 10)[1] == pytest.approx(1)


def test_the_share_of_ranks_explained_is_that_of_kruskal_and_wallis() -> None:
    from scipy.stats import kruskal

    rng = np.random.default_rng(0)
    group = np.repeat([0, 1, 2], [30, 40, 50])
    value = rng.normal(size=120) + 0.3 * group
    rank = pl.Series(value).rank().to_numpy()
    share, high = rank_explained(rank, group)
    statistic = kruskal(*(value[group == g] for g in range(3))).statistic
    assert (119 - 2) * share + 2 == pytest.approx(statistic)
    assert high > share
    assert rank_explained(rank, rng.permutation(group))[1] < high


def test_the_upper_bound_of_the_share_explained_covers() -> None:
    """At the bound, a noncentral χ² falls below the observed H with probability 2.5 %."""
    from scipy.stats import ncx2

    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(6), 50)
    rank = pl.Series(rng.normal(size=300)).rank().to_numpy()
    share, high = rank_explained(rank, group)
    eta2 = share * (1 - 5 / 299) + 5 / 299
    if share > 0:
        assert ncx2.cdf(299 * eta2, 5, 300 * high / (1 - high)) == pytest.approx(0.025, abs=1e-6)
    assert 0 <= share <= 1


def test_a_large_panel_is_thinned_by_firms_and_still_screened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 1,200 firms about a third is left, each with all of its years."""
    record = accounts_record(11, firms=1200)
    monkeypatch.setattr(screen, "PANEL_ROWS", 2400)
    rows = {"accounts": record["accounts"].lazy()}
    thinned = screen.panel(Tables(rows, rows))
    assert 300 <= thinned["firm_id"].n_unique() <= 500
    assert thinned.group_by("firm_id").len()["len"].unique().to_list() == [6]
    assert suspicions(record) == set()
    assert ("plausibility.persistence", "revenue") in suspicions(shuffled(record, "revenue"))
