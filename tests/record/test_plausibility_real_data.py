"""The screens on open data of real firms and provinces: what they say is what is known of them."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from jiqun.record.record import Record
from jiqun.record.requirements import check

DATA = Path(__file__).parents[2].parent / "shared" / "data"
WORDS = ("ai_words", "big_data_words", "cloud_words", "blockchain_words", "application_words")
COLUMNS = ("capital", "data_capital", "data_spending", "digital_revenue", "rd_spending")


def table(name: str, **types: type[pl.DataType]) -> pl.DataFrame:
    """Read one of the open data sets, or skip."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the open data set {name} is not at hand")
    return pl.read_csv(path, schema_overrides=types, infer_schema_length=None)


def as_accounts(rows: pl.DataFrame, unit: str, columns: dict[str, str]) -> pl.DataFrame:
    """Put numbers of unit and year into columns of the accounts."""
    year = pl.col("year")
    return rows.unique([unit, "year"], keep="first", maintain_order=True).select(
        pl.col(unit).cast(pl.String).alias("firm_id"),
        start=pl.date(year, 1, 1),
        end=pl.date(year + 1, 1, 1),
        currency=pl.lit("CNY"),
        **{new: pl.col(old).cast(pl.Float64) for old, new in columns.items()},
    )


def listed_firms() -> Record:
    """Return the Chinese listed firms: counts of words and the index that was kept."""
    panel = table("cn_listed_digital/panel.csv.gz", code=pl.String)
    names = {**dict(zip(WORDS, COLUMNS, strict=True)), "index": "employees"}
    industry = panel.sort("code", "year").group_by("code", maintain_order=True)
    return Record.of(
        firms=industry.agg(pl.col("industry").drop_nulls().last()).select(
            firm_id="code", industry_scheme=pl.lit("other"), industry_code="industry"
        ),
        accounts=as_accounts(panel, "code", names),
    )


def said(record: Record) -> set[tuple[str, str | None, str | None]]:
    """Return rule, column and value of what the screens say."""
    return {
        (p.rule.removeprefix("plausibility."), p.column, p.value if "years" in p.rule else None)
        for p in check(record)
        if p.rule.startswith("plausibility.")
    }


def test_what_was_kept_of_the_listed_firms_persists_and_two_years_are_blank() -> None:
    """The word counts of 2013 and 2022 were removed by hand; industries and ranks are in order.

    Words on blockchains were hardly counted before 2014, and words on AI were kept in 2013.
    """
    blank = {("years", column, "2022") for column in COLUMNS}
    blank |= {("years", c, "2013") for c in COLUMNS if c not in {"capital", "digital_revenue"}}
    assert said(listed_firms()) == blank


def test_the_index_that_was_removed_is_told_from_the_data() -> None:
    """It is dealt out anew each year, at levels of 72, 255, 96, and is zero in 2014."""
    record = listed_firms()
    before = said(record)
    accounts = record["accounts"].sort("start", "firm_id")
    rng = np.random.default_rng(0)
    level = {2010: 72.0, 2011: 255.0, 2012: 96.0, 2014: 0.0}
    noise = pl.Series(rng.gamma(8.0, 1 / 8, len(accounts))) * accounts[
        "start"
    ].dt.year().replace_strict(level, default=80.0)
    spoilt = record.replace(accounts=accounts.with_columns(employees=noise))
    assert said(spoilt) - before == {
        ("persistence", "employees", None),
        ("industries", "employees", None),
        ("years", "employees", "2011"),
        ("years", "employees", "2014"),
    }


@pytest.mark.parametrize(
    ("file", "blank"),
    [("RDActivity", set()), ("RDPatentValid", set()), ("IndustryOperation", {"2017"})],
)
def test_provinces_persist_and_a_yearbook_is_missing(file: str, blank: set[str]) -> None:
    """The high-tech yearbook of 2017 is not in the set; all other years and ranks are in order."""
    long = table(f"china_st_panels/{file}.csv.gz").filter(pl.col("province") != "全国")
    names = long["variables"].unique().sort().to_list()
    wide = long.unique(["province", "year", "variables"], maintain_order=True).pivot(
        "variables", index=["province", "year"], values="value"
    )
    accounts = as_accounts(wide, "province", dict(zip(names, COLUMNS, strict=False)))
    firms = accounts.select("firm_id").unique(maintain_order=True)
    found = said(Record.of(firms=firms, accounts=accounts))
    assert {(rule, value) for rule, _, value in found} == {("years", year) for year in blank}


def test_patents_of_counties_persist() -> None:
    patents = table("us_metro_panels/co_uspto.csv.gz", stco_code=pl.String)
    accounts = as_accounts(patents, "stco_code", {"patents_issued": "rd_spending"})
    firms = accounts.select("firm_id").unique(maintain_order=True)
    assert said(Record.of(firms=firms, accounts=accounts)) == set()
    shuffled = accounts.with_columns(pl.col("rd_spending").shuffle(seed=0))
    assert said(Record.of(firms=firms, accounts=shuffled)) == {("persistence", "rd_spending", None)}
