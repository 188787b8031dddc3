"""Crunchbase extracts: ties, rounds, places, and who is no organisation.

Paper: K3f (bilateral ties), K3g, K3h (alliances and roles).
"""

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from jiqun.importers.crunchbase import IMPORTER
from jiqun.importers.crunchbase.organisations import Organisations, is_organisation
from jiqun.importers.imported import Imported
from jiqun.record.problem import InputError
from jiqun.record.requirements import check
from tests.importers.shared_data import shared

ACQUISITIONS = [
    "company_permalink", "company_name", "company_category_list", "company_country_code",
    "company_region", "acquirer_permalink", "acquirer_name", "acquirer_category_list",
    "acquirer_country_code", "acquirer_region", "acquired_at", "price_amount",
    "price_currency_code",
]  # fmt: skip
INVESTMENTS = ["company_name", "investor_name", "funded_when", "amount_usd"]
LOCATED = ["id", "name", "cat", "cc", "st", "region", "city", "lat", "lon"]


def write(path: Path, heading: list[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])


def deal(
    company: str, acquirer: str, on: str = "2012-03-04", price: str = "", currency: str = "USD"
) -> list[str]:
    return [
        f"/organization/{company}", company.title(), "Software|Games", "USA", "Austin",
        f"/organization/{acquirer}", acquirer.title(), "", "DEU", "", on, price, currency,
    ]  # fmt: skip


def imported(folder: Path) -> Imported:
    return IMPORTER.read(folder, options={})


def test_acquisitions_become_ties_of_ownership(tmp_path: Path) -> None:
    rows = [deal("small", "big", price="5e6", currency="EUR"), deal("small", "other")]
    write(tmp_path / "acquisitions_2015.csv", ACQUISITIONS, rows)
    record = imported(tmp_path).record
    assert record["ties"].select(
        "source", "target", "kind", "start", "value", "currency"
    ).rows() == [
        ("big", "small", "ownership", dt.date(2012, 3, 4), 5e6, "EUR"),
        ("other", "small", "ownership", dt.date(2012, 3, 4), None, None),
    ]
    small = record["firms"].filter(firm_id="small").row(0, named=True)
    assert (small["country"], small["region_scheme"], small["region_code"]) == (
        "US",
        "other",
        "Austin",
    )
    assert (small["industry_code"], small["x_categories"]) == ("Software", "Software; Games")
    assert small["closed"] is None
    assert "alliances" not in record


def test_rounds_of_several_are_alliances_and_of_one_ties(tmp_path: Path) -> None:
    rows = [
        ["Start", "First Capital", "2010-01-02", "1000000.0"],
        ["Start", "Second Ventures", "2010-01-02", "1000000.0"],
        ["Start", "Jane Doe", "2010-01-02", "1000000.0"],
        ["Start", "First Capital", "2011-01-02", ""],
        ["Start", "Jane Doe", "2012-01-02", ""],
    ]
    write(tmp_path / "investments_2013.csv", INVESTMENTS, rows)
    found = imported(tmp_path)
    record = found.record
    assert record["alliances"].select("kind", "start", "value", "currency").rows() == [
        ("investment_round", dt.date(2010, 1, 2), 1e6, "USD")
    ]
    assert record["alliances"]["x_investors_left_out"].to_list() == ["1"]
    assert record["memberships"].select("firm_id", "role").rows() == [
        ("name:Start", "recipient"),
        ("name:First Capital", "investor"),
        ("name:Second Ventures", "investor"),
    ]
    assert record["ties"].select("source", "target", "kind", "value").rows() == [
        ("name:First Capital", "name:Start", "investment", None)
    ]
    (count,) = found.rows
    assert (count.read, count.kept, count.reported) == (5, 3, 2)
    assert all("Jane" not in str(problem) for problem in found.problems)
    assert "name:Jane Doe" not in record["firms"]["firm_id"].to_list()


def test_names_join_to_the_one_organisation_of_that_name(tmp_path: Path) -> None:
    write(
        tmp_path / "acquisitions.csv",
        ACQUISITIONS,
        [deal("start", "bigcorp"), deal("twin", "x"), [*deal("twin-2", "x")]],
    )
    located = [
        ["/organization/twin-3", "Twin", "", "USA", "", "", "Austin", "30.27", "-97.74"],
        ["/organization/start", "Start", "", "USA", "", "", "Austin", "30.27", "-97.74"],
    ]
    write(tmp_path / "located_firms.csv", LOCATED, located)
    rows = [
        ["Start", "Bigcorp", "2010-01-02", ""],
        ["Start", "Twin", "2010-01-02", ""],
    ]
    write(tmp_path / "investments.csv", INVESTMENTS, rows)
    record = imported(tmp_path).record
    assert record["memberships"]["firm_id"].to_list() == ["start", "bigcorp", "name:Twin"]


def test_places_are_city_centres_and_say_so(tmp_path: Path) -> None:
    rows = [
        ["/organization/a", "A", "Software", "NLD", "6", "Delft", "Delft", "52.0", "4.35"],
        ["/organization/b", "B", "", "", "", "", "", "", ""],
        ["/organization/c", "C", "", "", "", "", "", "0", "0"],
        ["/organization/a", "A", "", "", "", "", "", "52.0", "4.35"],
        ["ns|Technology", "USA", "CA", "SF Bay Area", "x", "2000-07-19", "2000-07", "", ""],
    ]
    write(tmp_path / "derived_located_firms.csv", LOCATED, rows)
    found = imported(tmp_path)
    assert found.record["sites"].select("firm_id", "longitude", "latitude", "kind").rows() == [
        ("a", 4.35, 52.0, "headquarters")
    ]
    assert found.record["firms"]["firm_id"].to_list() == ["a", "b", "c"]
    (count,) = found.rows
    assert (count.read, count.kept, count.reported) == (5, 3, 2)
    assert any("city centres" in problem.message.en for problem in found.problems)


def test_what_cannot_be_used_is_reported_one_by_one(tmp_path: Path) -> None:
    rows = [
        deal("a", "b"),
        deal("a", "b"),
        deal("c", "c"),
        deal("d", "b", on="1201-11-03 00:00:00"),
        deal("e", "b", price="0.0"),
        ["x y", *deal("f", "b")[1:]],
        deal("a", "b", price="3"),
        deal("g", "b", on="2012-13-01"),
    ]
    write(tmp_path / "acquisitions.csv", ACQUISITIONS, rows)
    found = imported(tmp_path)
    (count,) = found.rows
    assert (count.read, count.kept, count.reported) == (8, 5, 3)
    assert [(p.rule, p.row) for p in found.problems] == [
        ("source.duplicate_row", 3),
        ("source.unusable_row", 4),
        ("source.doubtful_value", 5),
        ("source.doubtful_value", 6),
        ("source.malformed_row", 7),
        ("source.doubtful_value", 9),
    ]
    assert (
        found.record["ties"]["tie_id"].to_list()
        == [
            "b>a@2012-03-04",
            "b>d@",
            "b>e@",
            "b>a@2012-03-04#2",
            "b>g@",
        ]
        or found.record["ties"]["tie_id"].n_unique() == 5
    )


def test_a_folder_without_the_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds none of the files"):
        imported(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["First Round Capital", "AT&T", "Johnson & Johnson", "Qualcomm", "500 Startups", "DFJ Mercury",
     "Straus GEPT", "Seeweb Srl", "Known Name", "T-Venture", "Amazon.com"],
)  # fmt: skip
def test_organisations(name: str) -> None:
    organisations = Organisations()
    organisations.add("/organization/known", "Known Name")
    assert is_organisation(name, organisations)


@pytest.mark.parametrize(
    "name",
    ["Jane Doe", "Nuno Sá Couto", "Se Hoon Lee", "DANIEL CANE", "John Smith III", "Bill & Ann Gray",
     "J", "", "Matko Cvitanović", "Dr. Ada Byron", "N.R. Narayana Murthy", "李 明"],
)  # fmt: skip
def test_who_may_be_a_person(name: str) -> None:
    assert not is_organisation(name, Organisations())


def test_the_open_extracts() -> None:
    found = imported(shared("crunchbase_part"))
    counts = {count.source: (count.read, count.reported) for count in found.rows}
    assert counts == {
        "derived_located_firms.csv.gz": (13601, 1),
        "acquisitions_2015.csv.gz": (9514, 23),
        "investments_2013.csv.gz": (8772, 1199),
    }
    assert not [p for p in check(found.record) if p.severity == "error"]
    per_round = found.record["memberships"].group_by("alliance_id").len()
    assert per_round["len"].min() == 2
    assert found.record["sites"].select(pl.col("longitude").null_count()).item() == 0
