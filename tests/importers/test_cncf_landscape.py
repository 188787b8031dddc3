"""Landscape snapshots: stretches, joining days, functions, and what is reported.

Paper: K2a (platform as carrier), N1b, N1c (roles), S13 (functions).
"""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from jiqun.importers.cncf_landscape import read
from jiqun.importers.imported import Imported
from jiqun.record.problem import InputError
from jiqun.record.requirements import check
from tests.importers.shared_data import shared

HEADING = (
    "half,snapshot,category,subcategory,item,firm_slug,cncf_project,accepted,incubating,graduated,"
    "joined,open_source,repo_url,homepage_url\n"
)
DAYS = [
    dt.date(2020, 6, 30),
    dt.date(2020, 12, 31),
    dt.date(2021, 6, 30),
    dt.date(2021, 12, 31),
]


def item(
    at: int,
    slug: str,
    name: str = "Thing",
    *,
    place: str = "Runtime,Storage",
    project: str = "",
    accepted: str = "",
    joined: str = "",
) -> str:
    return f"h,{DAYS[at]},{place},{name},{slug},{project},{accepted},,,{joined},True,,"


def member(at: int, slug: str, tier: str = "Silver", joined: str = "") -> str:
    return item(at, slug, f"{slug} ({tier})", place=f"CNCF Members,{tier}", joined=joined)


def landscape(folder: Path, *rows: str) -> Imported:
    path = folder / "items.csv"
    path.write_text(HEADING + "\n".join(rows), encoding="utf-8")
    return read(path, options={})


def participations(found: Imported, slug: str) -> list[tuple[object, ...]]:
    table = found.record["participations"].filter(firm_id=slug)
    return table.select("role", "joined", "left").rows()


def test_stretches_of_snapshots(tmp_path: Path) -> None:
    """``a`` is in all four, ``b`` in the second only, ``c`` leaves and comes back."""
    found = landscape(
        tmp_path,
        *[item(at, "a") for at in range(4)],
        item(1, "b", "B"),
        *[item(at, "c", "C") for at in (0, 2, 3)],
    )
    assert participations(found, "a") == [("complementor", None, None)]
    assert participations(found, "b") == [("complementor", DAYS[1], DAYS[2])]
    assert participations(found, "c") == [
        ("complementor", None, DAYS[1]),
        ("complementor", DAYS[2], None),
    ]


def test_members_have_no_role_but_a_tier_and_a_day(tmp_path: Path) -> None:
    found = landscape(
        tmp_path,
        *[member(at, "a", joined="2019-02-01") for at in range(4)],
        member(3, "a", "Gold", joined="2019-02-01"),
        *[member(at, "late") for at in (2, 3)],
    )
    assert participations(found, "a") == [(None, dt.date(2019, 2, 1), None)]
    assert participations(found, "late") == [(None, DAYS[2], None)]
    row = found.record["participations"].filter(firm_id="a").row(0, named=True)
    assert row["x_tiers"] == "Gold; Silver"


def test_a_joining_day_counts_for_its_own_stretch(tmp_path: Path) -> None:
    """The second stretch says when it was joined; the first, left long before, does not."""
    found = landscape(
        tmp_path,
        member(0, "a"),
        item(1, "x"),
        item(2, "x"),
        member(3, "a", joined="2021-09-01"),
    )
    assert participations(found, "a") == [
        (None, None, DAYS[1]),
        (None, dt.date(2021, 9, 1), None),
    ]


def test_the_foundation_owns_the_platform(tmp_path: Path) -> None:
    found = landscape(tmp_path, item(0, "a"))
    owner = "cloud-native-computing-foundation"
    assert participations(found, owner) == [("owner", None, None)]
    assert found.record["platforms"]["operator"].to_list() == [owner]
    kinds = dict(found.record["firms"].select("firm_id", "kind").rows())
    assert kinds == {owner: "association", "a": None}


def test_fields_of_hosted_projects_are_functions(tmp_path: Path) -> None:
    """A hosted project needs no organisation; archived and foreign ones open no function."""
    found = landscape(
        tmp_path,
        item(0, "a", "Foreign", place="Runtime,Network"),
        item(1, "", "Rook", project="sandbox", accepted="2020-9-1"),
        item(2, "", "Rook", project="graduated", accepted="2020-9-1"),
        item(3, "cloud-native-computing-foundation", "Rook", project="archived"),
        item(1, "", "Etcd", place="Runtime,Database", project="incubating"),
    )
    functions = found.record["functions"].select("industry_code", "opened", "closed", "x_projects")
    assert functions.rows() == [
        ("Runtime / Database", None, DAYS[2], "Etcd"),
        ("Runtime / Storage", dt.date(2020, 9, 1), DAYS[3], "Rook"),
    ]
    assert found.rows[0].reported == 0


def test_names_are_those_of_members(tmp_path: Path) -> None:
    found = landscape(tmp_path, item(1, "a", "Product"), member(0, "a"), item(0, "%E5%BC%80", "K"))
    assert dict(found.record["firms"].select("firm_id", "name").rows())["a"] == "a"
    assert dict(found.record["firms"].select("firm_id", "name").rows())["%E5%BC%80"] == "开"


def test_every_row_is_kept_or_reported(tmp_path: Path) -> None:
    found = landscape(
        tmp_path,
        item(0, "a"),
        item(0, "a"),
        item(0, "", "Nobody's"),
        item(0, "b", "B").replace(str(DAYS[0]), "soon"),
        "too,short",
        item(0, "c", "C", joined="2025-01-01"),
    )
    (count,) = found.rows
    assert (count.read, count.kept, count.reported) == (6, 2, 4)
    assert sorted((p.rule, p.row) for p in found.problems if p.row) == [
        ("source.doubtful_value", 7),
        ("source.duplicate_row", 3),
        ("source.malformed_row", 6),
        ("source.unusable_row", 4),
        ("source.unusable_row", 5),
    ]


def test_no_rows(tmp_path: Path) -> None:
    found = landscape(tmp_path)
    assert found.record["firms"].height == 1
    assert found.record["functions"].is_empty()


def test_what_is_no_landscape(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="Columns are missing: snapshot"):
        read(tmp_path / "x.csv", options={})


def test_the_open_snapshots() -> None:
    found = read(shared("cncf_landscape/items_by_half_year.csv.gz"), options={})
    (count,) = found.rows
    assert (count.read, count.reported) == (32434, 1065)
    assert found.record["firms"].height == 1991
    assert not [p for p in check(found.record) if p.severity == "error"]
    now = found.record["participations"].filter(pl.col("role").is_null(), pl.col("left").is_null())
    # 722 memberships in the last snapshot, of which some are unnamed or second ones of a firm
    assert 650 < now["firm_id"].n_unique() <= 722
