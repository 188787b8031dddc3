"""Supplier lists: runs of years, the year without a list, streets and provinces, counts of rows.

Paper: K3a (chain transactions), K3f (bilateral ties).
"""

import datetime as dt
import gzip
from pathlib import Path

import pytest

from jiqun.importers.imported import Imported
from jiqun.importers.supplier_list import read
from jiqun.record.problem import InputError
from jiqun.record.requirements import check
from jiqun.record.storage import write
from tests.importers.shared_data import shared

HEADING = "year,supplier_name,country_area,country,supplier_address\n"


def day(year: int) -> dt.date:
    return dt.date(year, 1, 1)


def listed(folder: Path, *rows: str, **options: str) -> Imported:
    path = folder / "list.csv"
    path.write_text(HEADING + "\n".join(rows), encoding="utf-8")
    return read(path, options=options)


def street(year: int, number: int, name: str = "Acme", town: str = "Suzhou Jiangsu") -> str:
    return f"{year},{name},x,China,No {number} Long Street Some Industrial Park {town} China"


def test_runs_of_years_become_ties(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        *[street(y, 1) for y in (2012, 2013, 2015)],
        *[street(y, 2, "Other") for y in (2012, 2013, 2014, 2015)],
    )
    ties = found.record["ties"].select("source", "target", "start", "end").rows()
    assert ties == [
        ("acme", "appleinc", day(2012), day(2014)),
        ("acme", "appleinc", day(2015), None),
        ("other", "appleinc", day(2012), None),
    ]
    assert set(found.record["ties"]["kind"]) == {"supply"}
    assert set(found.record["ties"]["channel"]) == {"physical"}


def test_a_year_without_a_list_ends_nothing(tmp_path: Path) -> None:
    found = listed(tmp_path, street(2018, 1), street(2018, 2, "Gone"), street(2020, 1))
    ties = found.record["ties"].select("source", "start", "end").rows()
    assert ties == [("acme", day(2018), None), ("gone", day(2018), day(2019))]
    assert any("No list for 2019" in problem.message.en for problem in found.problems)


def test_a_street_is_followed_by_its_province(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        street(2018, 1),
        street(2018, 2, "Gone"),
        "2020,Acme,x,China,Jiangsu",
        "2020,Acme,x,China,Shanghai",
        "2021,Acme,x,China,Jiangsu",
    )
    sites = found.record["sites"].select("firm_id", "region_code", "opened", "closed", "x_note")
    assert sorted(sites.rows(), key=str) == [
        ("acme", "310000", day(2020), day(2021), None),
        ("acme", "320000", day(2020), None, None),
        ("acme", "320500", day(2018), day(2020), "from here on the list names the province only"),
        ("gone", "320500", day(2018), day(2019), None),
    ]


def test_spellings_of_one_name_are_one_firm(tmp_path: Path) -> None:
    found = listed(tmp_path, street(2012, 1, "ACME Co."), street(2013, 1, "Acme  co"))
    assert found.record["firms"].select("firm_id", "name").rows() == [
        ("acmeco", "Acme co"),
        ("appleinc", "Apple Inc."),
    ]
    assert found.record["ties"].height == 1


def test_every_row_is_kept_or_reported(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        street(2012, 1),
        street(2012, 1),
        "2012,,x,China,Jiangsu",
        "12,Acme,x,China,Jiangsu",
        "2012,Acme,x,China",
        "2012,Acme,x,Atlantis,Deep Sea",
        "",
    )
    (count,) = found.rows
    assert (count.read, count.kept, count.reported) == (6, 2, 4)
    assert [(p.rule, p.row) for p in found.problems if p.row] == [
        ("source.malformed_row", 6),
        ("source.duplicate_row", 3),
        ("source.unusable_row", 4),
        ("source.unusable_row", 5),
        ("source.doubtful_value", 7),
    ]


def test_another_buyer(tmp_path: Path) -> None:
    found = listed(tmp_path, street(2012, 1), street(2012, 2, "Buyer Ltd"), buyer="Buyer Ltd")
    assert found.record["ties"].select("source", "target").rows() == [("acme", "buyerltd")]
    assert found.record["firms"].height == 2


def test_an_empty_list(tmp_path: Path) -> None:
    found = listed(tmp_path)
    assert found.record["firms"]["name"].to_list() == ["Apple Inc."]
    assert found.record["ties"].is_empty()
    assert found.record["sites"].is_empty()


def test_what_is_no_supplier_list(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("year,name\n2012,Acme\n", encoding="utf-8")
    with pytest.raises(InputError, match="supplier_name, country, supplier_address"):
        read(path, options={})
    (tmp_path / "broken.csv.gz").write_bytes(gzip.compress(b"x" * 100)[:20])
    with pytest.raises(InputError, match=r"broken\.csv\.gz can't be read"):
        read(tmp_path / "broken.csv.gz", options={})


def test_the_open_list(tmp_path: Path) -> None:
    path = shared("apple_suppliers/apple-supplier-list.csv.gz")
    found = read(path, options={})
    (count,) = found.rows
    assert (count.read, count.reported) == (7558, 3)
    assert found.record["ties"].height == 765
    assert found.record["sites"].height == 5159
    assert not [p for p in check(found.record) if p.severity == "error"]
    chinese = found.record["sites"].filter(country="CN")
    assert chinese["region_code"].null_count() / chinese.height < 0.01
    again = read(path, options={})
    write(found.record, tmp_path / "a.jiqun.zip")
    write(again.record, tmp_path / "b.jiqun.zip")
    assert (tmp_path / "a.jiqun.zip").read_bytes() == (tmp_path / "b.jiqun.zip").read_bytes()
