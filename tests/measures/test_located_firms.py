"""At which level industries are compared: official codes are cut at their levels, names never.

Paper: E1, E2 (industries in regions)
"""

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
