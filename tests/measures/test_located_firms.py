"""At which level industries are compared: official codes are cut at their levels, names never.

Paper: E1, E2 (industries in regions)
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.readings.located_firms import LocatedFirms, industry_lengths, located_firms
from jiqun.record.record import Record


def record_of(scheme: str | None, codes: list[str]) -> Record:
    many = codes * 30
    return Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": [f"f{i}" for i in range(len(many))],
                "industry_scheme": pl.Series([scheme] * len(many), dtype=pl.String),
                "industry_code": many,
                "region_code": ["north", "south"] * (len(many) // 2),
            }
        )
    )


def industries(scheme: str | None, codes: list[str]) -> tuple[str, ...]:
    found = located_firms(record_of(scheme, codes))
    assert isinstance(found, LocatedFirms)
    return found.industries


def test_names_of_a_list_of_its_own_are_never_cut() -> None:
    names = ["Software", "Software Tools", "Ad Targeting", "Advertising"]
    assert industries("other", names) == tuple(sorted(names))
    assert industries(None, names) == tuple(sorted(names))


@pytest.mark.parametrize("scheme", ["GBT4754-2017", None])
def test_official_codes_are_cut_where_groups_are_large(scheme: str | None) -> None:
    few_each = [f"39{i:02d}" for i in range(60)] + [f"65{i:02d}" for i in range(60)]
    thin = Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": [f"f{i}" for i in range(120)],
                "industry_scheme": pl.Series([scheme] * 120, dtype=pl.String),
                "industry_code": few_each,
                "region_code": ["north", "south"] * 60,
            }
        )
    )
    found = located_firms(thin)
    assert isinstance(found, LocatedFirms)
    assert found.industries == ("39", "65")


def test_a_letter_makes_a_code_of_an_unnamed_list_a_name() -> None:
    assert tuple(industry_lengths(None, pl.Series(["3911", "C39"]))) == ()
    assert tuple(industry_lengths(None, pl.Series(["39", "3911"]))) == (2, 3, 4, 5, 6)
    assert tuple(industry_lengths("NACE2", pl.Series(["3911"]))) == (2, 3, 4)


def plants(*rows: tuple[str, str, str | None, float | None]) -> pl.DataFrame:
    """Sites of firms: id, firm, region, persons."""
    return pl.DataFrame(
        rows,
        schema={
            "site_id": pl.String,
            "firm_id": pl.String,
            "region_code": pl.String,
            "employees": pl.Float64,
        },
        orient="row",
    )


def rows_of(found: LocatedFirms) -> list[tuple[str, str, float]]:
    """Region, industry and size of each row."""
    named = zip(found.region.tolist(), found.industry.tolist(), found.size.tolist(), strict=True)
    return sorted((found.regions[r], found.industries[i], size) for r, i, size in named)


def test_a_firm_counts_where_its_sites_are() -> None:
    """a: two sites in the south and one in the north; b: by its seat; c: closed sites tell nothing."""
    firms = pl.DataFrame(
        {
            "firm_id": ["a", "b", "c"],
            "industry_code": ["car", "toy", "toy"],
            "region_code": [None, "north", "south"],
        }
    )
    sites = plants(
        ("1", "a", "south", 10.0),
        ("2", "a", "south", 5.0),
        ("3", "a", "north", 2.0),
        ("4", "b", None, 7.0),
        ("5", "c", "north", 90.0),
        ("6", "c", None, 1.0),
    ).with_columns(closed=pl.when(pl.col("site_id") == "5").then(pl.date(2020, 1, 1)))
    found = located_firms(Record.of(firms=firms, sites=sites))
    assert isinstance(found, LocatedFirms)
    assert found.at_sites == 2
    assert rows_of(found) == [
        ("north", "car", 2.0),
        ("north", "toy", 7.0),
        ("south", "car", 15.0),
        ("south", "toy", 1.0),
    ]


def test_persons_of_an_account_are_divided_among_regions() -> None:
    firms = pl.DataFrame({"firm_id": ["a", "b"], "industry_code": ["car", "toy"]})
    sites = plants(("1", "a", "south", None), ("2", "a", "north", None), ("3", "b", "north", None))
    accounts = pl.DataFrame(
        {
            "firm_id": ["a", "b"],
            "start": [date(2020, 1, 1)] * 2,
            "end": [date(2021, 1, 1)] * 2,
            "employees": [30.0, 8.0],
        }
    )
    found = located_firms(Record.of(firms=firms, sites=sites, accounts=accounts))
    assert isinstance(found, LocatedFirms)
    assert rows_of(found) == [("north", "car", 15.0), ("north", "toy", 8.0), ("south", "car", 15.0)]
