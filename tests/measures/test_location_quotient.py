"""Location quotient: hand-worked tables, the choice of levels and sizes, and what chance gives.

Paper: E1, E2 (concentration and specialisation)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.measures.estimate import Estimate
from jiqun.measures.location_quotient import location_quotient
from jiqun.record.record import Record
from tests.measures.records import firm_table

WEAVING, SOFTWARE = "1750", "6510"


def two_towns() -> pl.DataFrame:
    """Thirty weavers and ten programmers in one town, ten and fifty in the other."""
    industry = [WEAVING] * 30 + [SOFTWARE] * 10 + [WEAVING] * 10 + [SOFTWARE] * 50
    return firm_table(industry, ["330100"] * 40 + ["330200"] * 60)


def by_cell(found: tuple[Estimate, ...]) -> dict[tuple[str, str], Estimate]:
    return {(dict(e.of)["region"], dict(e.of)["industry"]): e for e in found}


def test_firms_by_hand() -> None:
    """.75 of the first town's firms weave and .40 of all: 1.875; intervals hold the values."""
    found = by_cell(location_quotient(Record.of(firms=two_towns())))
    assert len(found) == 4
    weaving = found["330100", WEAVING]
    assert weaving.value == pytest.approx(1.875)
    assert weaving.n == 30
    assert weaving.low is not None
    assert weaving.high is not None
    assert 1.0 < weaving.low < 1.875 < weaving.high
    assert "firms" in weaving.method.en
    assert "企业数" in weaving.method.zh


def test_employment_at_open_sites_is_taken_before_accounts_and_counts() -> None:
    """Weavers of the first town employ ten each, everybody else one: 300/310 over 310/370."""
    firms = two_towns()
    sites = firms.select(
        "firm_id",
        site_id=pl.col("firm_id"),
        employees=pl.when(pl.int_range(pl.len()) < 30).then(10.0).otherwise(1.0),
    )
    closed = pl.DataFrame(
        {"firm_id": ["f0"], "site_id": ["old"], "employees": [1e6], "closed": [date(2020, 1, 1)]}
    )
    accounts = firms.select(
        "firm_id",
        employees=pl.lit(5.0),
        start=pl.lit(date(2020, 1, 1)),
        end=pl.lit(date(2021, 1, 1)),
    )
    record = Record.of(
        firms=firms, sites=pl.concat([sites, closed], how="diagonal"), accounts=accounts
    )
    weaving = by_cell(location_quotient(record))["330100", WEAVING]
    assert weaving.value == pytest.approx((300 / 310) / (310 / 370))
    assert "persons at its open sites" in weaving.method.en


def test_latest_account_is_taken_where_sites_say_nothing() -> None:
    firms = two_towns()
    early = firms.select(
        "firm_id",
        employees=pl.lit(100.0),
        start=pl.lit(date(2019, 1, 1)),
        end=pl.lit(date(2020, 1, 1)),
    )
    late = firms.select(
        "firm_id",
        employees=pl.when(pl.int_range(pl.len()) < 30).then(10.0).otherwise(1.0),
        start=pl.lit(date(2020, 1, 1)),
        end=pl.lit(date(2021, 1, 1)),
    )
    weaving = by_cell(location_quotient(Record.of(firms=firms, accounts=pl.concat([late, early]))))
    assert weaving["330100", WEAVING].value == pytest.approx((300 / 310) / (310 / 370))


def test_codes_are_cut_where_groups_get_too_small() -> None:
    """Three-digit industries have ten firms each, too few; two-digit ones have fifty."""
    industry = [f"{17 + i % 2}{i % 10}0" for i in range(100)]
    found = location_quotient(Record.of(firms=firm_table(industry, ["330100", "330200"] * 50)))
    assert {dict(e.of)["industry"] for e in found} == {"17", "18"}
    assert "first 2 characters of GB/T 4754-2017" in found[0].method.en


def test_empty_cell_is_zero_with_an_upper_end() -> None:
    """No weaver in the second town where 40 × 60 / 100 were expected: high = −ln .05 / 24."""
    firms = firm_table([WEAVING] * 40 + [SOFTWARE] * 60, ["330100"] * 40 + ["330200"] * 60)
    empty = by_cell(location_quotient(Record.of(firms=firms)))["330200", WEAVING]
    assert (empty.value, empty.low, empty.n) == (0.0, 0.0, 0)
    assert empty.high == pytest.approx(-np.log(0.05) / 24)


@pytest.mark.parametrize(
    ("industry", "region", "reason"),
    [
        ([], [], "no firm has both"),
        ([None, WEAVING], ["330100", None], "no firm has both"),
        ([WEAVING], ["330100"], "all firms are in one region"),
        ([WEAVING] * 30, ["330100", "330200"] * 15, "all firms are in one industry"),
        ([WEAVING, SOFTWARE] * 15, ["330100"] * 30, "all firms are in one region"),
    ],
)
def test_what_cannot_be_compared(
    industry: list[str | None], region: list[str | None], reason: str
) -> None:
    (found,) = location_quotient(Record.of(firms=firm_table(industry, region)))
    assert found.reason is not None
    assert reason in found.reason.en
    assert found.needs == ("firms.industry_code", "firms.region_code")


def test_other_classifications_and_closed_firms_are_left_out_and_counted() -> None:
    foreign = firm_table([WEAVING] * 5, ["330100"] * 5, prefix="n").with_columns(
        industry_scheme=pl.lit("NACE2")
    )
    gone = firm_table([WEAVING] * 9, ["330100"] * 9, prefix="g").with_columns(
        closed=pl.lit(date(2020, 1, 1))
    )
    record = Record.of(firms=pl.concat([two_towns(), foreign, gone], how="diagonal"))
    found = by_cell(location_quotient(record))
    assert found["330100", WEAVING].value == pytest.approx(1.875)
    assert any(
        w.en.startswith("5 existing firms are left out") for w in found["330100", WEAVING].warnings
    )


@pytest.mark.parametrize("employees", [0.0, float("nan"), float("inf"), None])
def test_sizes_that_are_no_sizes_are_not_used(employees: float | None) -> None:
    firms = two_towns()
    sites = firms.select("firm_id", site_id="firm_id", employees=pl.lit(employees, pl.Float64))
    found = by_cell(location_quotient(Record.of(firms=firms, sites=sites)))
    assert found["330100", WEAVING].value == pytest.approx(1.875)


def test_one_large_firm_gets_no_interval() -> None:
    firms = two_towns()
    sizes = pl.when(pl.col("firm_id") == "f0").then(1e5).otherwise(1.0)
    sites = firms.select("firm_id", site_id="firm_id", employees=sizes)
    cell = by_cell(location_quotient(Record.of(firms=firms, sites=sites)))["330100", WEAVING]
    assert (cell.low, cell.high) == (None, None)
    assert cell.interval.en.startswith("No interval")


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.text("abcxyz", min_size=1, max_size=3))
def test_order_and_names_of_firms_do_not_matter(seed: int, prefix: str) -> None:
    renamed = pl.col("firm_id").map_elements(lambda name: prefix + name[::-1] + "q", pl.String)
    other = two_towns().sample(fraction=1.0, shuffle=True, seed=seed).with_columns(firm_id=renamed)
    found, again = (location_quotient(Record.of(firms=f)) for f in (two_towns(), other))
    for a, b in zip(found, again, strict=True):
        assert (a.id, a.value, a.n) == (b.id, b.value, b.n)
        assert a.low == pytest.approx(b.low)


@pytest.mark.statistical
def test_random_location_is_called_special_no_more_than_one_time_in_twenty() -> None:
    generator = np.random.default_rng(31)
    outside = []
    for _ in range(60):
        industry = generator.choice(
            ["13", "17", "26", "35", "65"], 400, p=[0.1, 0.2, 0.3, 0.3, 0.1]
        )
        region = generator.choice(["330100", "330200", "330300", "330400"], 400)
        found = location_quotient(Record.of(firms=firm_table(industry.tolist(), region.tolist())))
        outside.append(np.mean([not (e.low or 0) <= 1 <= (e.high or 0) for e in found]))
    # 60 records of 20 dependent cells: mean .05 ± .01 (measured s.d. of a record .05); four s.d.
    assert 0.02 <= np.mean(outside) <= 0.08
