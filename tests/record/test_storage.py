"""A record that is written reads back equal, in the same bytes, and is a valid Data Package.

Paper: T4, K2g (the record has dated firms and placed sites).
"""

import hashlib
import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import hypothesis.strategies as st
import polars as pl
import pytest
from frictionless import Checklist, Package, system
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from jiqun.record.record import Record
from jiqun.record.schema import TABLES
from jiqun.record.schema.column import ColumnType
from jiqun.record.storage import read, scan, seal, verify, write
from jiqun.record.storage.writing import contents

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES: dict[ColumnType, st.SearchStrategy[object]] = {
    "string": TEXT,
    "number": st.floats(),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "date": st.dates(),
}


@st.composite
def frames(draw: st.DrawFn, name: str) -> pl.DataFrame:
    columns = TABLES[name].columns
    extra = draw(st.lists(st.sampled_from(["x_a", "x_b", "x_备注", "x_"]), unique=True))
    rows = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    **{c.name: st.none() | VALUES[c.type] for c in columns},
                    **{column: st.none() | TEXT for column in extra},
                }
            ),
            max_size=6,
        )
    )
    schema = {**TABLES[name].polars_schema, **dict.fromkeys(extra, pl.String())}
    return pl.DataFrame(rows, schema=schema)


@st.composite
def records(draw: st.DrawFn) -> Record:
    names = draw(st.lists(st.sampled_from(list(TABLES)), unique=True, max_size=4))
    return Record.of(**{name: draw(frames(name)) for name in names})


def assert_same(one: Record, other: Record) -> None:
    assert set(one) == set(other)
    for name in one:
        assert_frame_equal(one[name], other[name], check_row_order=False, check_exact=True)


def placed_record() -> Record:
    return Record.of(
        firms=pl.DataFrame({"firm_id": ["b", "a"], "name": ["乙", "甲"], "x_note": [None, "n"]}),
        sites=pl.DataFrame(
            {
                "site_id": ["s1", "s2"],
                "firm_id": ["a", "b"],
                "longitude": [120.15, None],
                "latitude": [30.28, 30.0],
            }
        ),
        ties=pl.DataFrame(
            {
                "tie_id": ["t"],
                "source": ["a"],
                "target": ["b"],
                "kind": ["supply"],
                "start": [date(2020, 1, 1)],
            }
        ),
        memberships=pl.DataFrame(schema=TABLES["memberships"].polars_schema),
        sources=pl.DataFrame(
            {"source_id": ["q"], "citation": ["Own survey 自有调查"], "licence": ["CC BY 4.0"]}
        ),
    )


@settings(max_examples=60, deadline=None)
@given(record=records())
def test_what_is_written_reads_back_equal(record: Record) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in (Path(folder) / "a.jiqun", Path(folder) / "a.jiqun.zip"):
            write(record, path)
            assert_same(read(path), record)
            assert_same(Record({k: v.collect() for k, v in scan(path).items()}), record)
            assert verify(path) == ()


@settings(max_examples=60, deadline=None)
@given(record=records(), seed=st.integers(0, 2**32))
def test_the_order_of_rows_does_not_change_the_bytes(record: Record, seed: int) -> None:
    shuffled = Record(
        {
            name: pl.concat([frame.sample(fraction=1, shuffle=True, seed=seed), frame.clear()])
            for name, frame in record.tables.items()
        }
    )
    assert contents(shuffled) == contents(record)


def test_zeros_and_nans_that_compare_equal_are_written_alike() -> None:
    other_nan = struct.unpack("<d", struct.pack("<Q", 0xFFF8000000000001))[0]
    assert math.isnan(other_nan)
    one = pl.DataFrame({"tie_id": ["a", "b"], "value": [0.0, math.nan]})
    other = pl.DataFrame({"tie_id": ["a", "b"], "value": [-0.0, other_nan]})
    assert contents(Record.of(ties=one)) == contents(Record.of(ties=other))


BYTES = """
import hashlib
import numpy as np, polars as pl
from jiqun.record.record import Record
from jiqun.record.storage.writing import contents, zipped
rng = np.random.default_rng(5)
n = 300_000
ties = pl.DataFrame({
    "tie_id": [f"t{i}" for i in rng.permutation(n)],
    "source": [f"f{i}" for i in rng.integers(0, 999, n)],
    "value": rng.normal(size=n),
})
members = pl.DataFrame({"alliance_id": ["a"] * n, "firm_id": ties["source"]})
sites = pl.DataFrame({
    "site_id": ties["tie_id"], "longitude": rng.uniform(-9, 9, n), "latitude": ties["value"],
})
files = contents(Record.of(ties=ties, memberships=members, sites=sites))
print(hashlib.sha256(zipped(files)).hexdigest(), pl.thread_pool_size())
"""


def test_the_number_of_threads_does_not_change_the_bytes() -> None:
    seen = set()
    for threads in ("1", "2"):
        environment = {**os.environ, "POLARS_MAX_THREADS": threads}
        run = subprocess.run(
            [sys.executable, "-c", BYTES],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digest, used = run.stdout.split()
        assert used == threads
        seen.add(digest)
    assert len(seen) == 1


def test_writing_twice_gives_the_same_archive(tmp_path: Path) -> None:
    for name in ("a.jiqun.zip", "b.jiqun.zip"):
        write(placed_record(), tmp_path / name)
    assert (tmp_path / "a.jiqun.zip").read_bytes() == (tmp_path / "b.jiqun.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.jiqun.zip") as archive:
        assert archive.namelist()[-1] == "datapackage.json"
        assert {m.date_time for m in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {m.compress_type for m in archive.infolist()} == {zipfile.ZIP_STORED}


def test_an_unobserved_table_stays_unobserved_and_an_empty_one_empty(tmp_path: Path) -> None:
    write(placed_record(), tmp_path / "a.jiqun")
    record = read(tmp_path / "a.jiqun")
    assert "memberships" in record
    assert record["memberships"].height == 0
    assert "alliances" not in record


def test_a_record_without_tables_is_kept(tmp_path: Path) -> None:
    write(Record(), tmp_path / "a.jiqun")
    assert list(read(tmp_path / "a.jiqun")) == []
    assert scan(tmp_path / "a.jiqun") == {}


def test_the_descriptor_says_what_the_files_are(tmp_path: Path) -> None:
    path = tmp_path / "a.jiqun"
    write(placed_record(), path)
    package = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    resources = {r["name"]: r for r in package["resources"]}
    assert list(resources) == ["firms", "sites", "ties", "memberships", "sources"]
    for resource in resources.values():
        content = (path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    ties = resources["ties"]["schema"]
    assert ties["primaryKey"] == ["tie_id"]
    assert [key["reference"]["resource"] for key in ties["foreignKeys"]] == [
        "firms",
        "firms",
        "sources",
    ]
    kind = next(f for f in ties["fields"] if f["name"] == "kind")
    assert "supply" in kind["constraints"]["enum"]
    assert kind["title"], kind["title_zh"]
    longitude = resources["sites"]["schema"]["fields"][2]
    assert longitude["unit"] == "°"
    assert longitude["constraints"] == {"minimum": -180.0, "maximum": 180.0}
    firms = resources["firms"]["schema"]
    assert firms["fields"][-1]["name"] == "x_note"
    members = resources["memberships"]["schema"]  # role and joined may be missing
    assert members["uniqueKeys"] == [["alliance_id", "firm_id", "role", "joined"]]
    assert [key["fields"] for key in members["foreignKeys"]] == [["firm_id"], ["source_id"]]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("https://example.org/by", {"path": "https://example.org/by"}),
        ("CC0-1.0", {"name": "CC0-1.0"}),
        ("仅供研究", {"name": "other"}),
    ],
)
def test_licences_keep_to_the_standard(term: str, expected: dict[str, str]) -> None:
    sources = pl.DataFrame({"source_id": ["q"], "licence": [term]})
    package = json.loads(contents(Record.of(sources=sources))["datapackage.json"])
    assert package["licenses"] == [{**expected, "title": term}]


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_the_folder_valid(tmp_path: Path) -> None:
    # Its Parquet reader counts no bytes and turns a missing number into NaN, outside any bounds.
    record = placed_record()
    sites = record["sites"].with_columns(pl.col("longitude").fill_null(1.0), employees=pl.lit(5.0))
    record = record.replace(
        sites=sites, firms=record["firms"].with_columns(digital_native=pl.lit(0.5))
    )
    write(record, tmp_path / "a.jiqun")
    with system.use_context(trusted=True):
        package = Package(str(tmp_path / "a.jiqun" / "datapackage.json"))
        report = package.validate(Checklist(skip_errors=["byte-count", "hash-count"]))
        assert report.flatten(["type", "message"]) == []
        assert report.stats["tasks"] == 5
        broken = record["ties"].with_columns(source=pl.lit("nobody"), kind=pl.lit("friendship"))
        write(record.replace(ties=broken), tmp_path / "b.jiqun")
        package = Package(str(tmp_path / "b.jiqun" / "datapackage.json"))
        report = package.validate(Checklist(skip_errors=["byte-count", "hash-count"]))
        assert {kind for (kind,) in report.flatten(["type"])} == {"constraint-error", "foreign-key"}


def test_sites_are_geoparquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write(placed_record(), tmp_path / "a.jiqun")
    file = parquet.ParquetFile(tmp_path / "a.jiqun" / "sites.parquet")
    geo = json.loads(file.metadata.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert geo["version"] == "1.1.0"
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["Point"]
    assert column["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
    assert column["bbox"] == [120.15, 30.28, 120.15, 30.28]
    point, none = file.read()["geometry"].to_pylist()
    assert struct.unpack("<BIdd", point) == (1, 1, 120.15, 30.28)
    assert none is None


def test_the_geometry_is_dropped_on_reading(tmp_path: Path) -> None:
    write(placed_record(), tmp_path / "a.jiqun")
    assert read(tmp_path / "a.jiqun")["sites"].columns == list(TABLES["sites"].names)


def test_tables_streamed_to_a_folder_become_a_record(tmp_path: Path) -> None:
    record = placed_record()
    (tmp_path / "a.jiqun").mkdir()
    for name in record:
        record[name].sort(TABLES[name].key).write_parquet(tmp_path / f"a.jiqun/{name}.parquet")
    seal(tmp_path / "a.jiqun")
    assert_same(read(tmp_path / "a.jiqun"), record)
    package = json.loads((tmp_path / "a.jiqun/datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"]


def test_a_zip_made_of_the_folder_by_hand_is_read(tmp_path: Path) -> None:
    write(placed_record(), tmp_path / "a.jiqun")
    with zipfile.ZipFile(tmp_path / "mail.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (tmp_path / "a.jiqun").iterdir():
            archive.write(file, f"a.jiqun/{file.name}")
        archive.writestr("__MACOSX/a.jiqun/._firms.parquet", b"junk")
    assert_same(read(tmp_path / "mail.zip"), placed_record())
