"""The bundled records: what the script makes, sound, and labelled as made up.

Paper: K3i, K3j (in one of them an alliance falls with any interface, in another it does not)
"""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.schema import TABLES
from jiqun.record.storage import read
from jiqun.report.synthetic import is_synthetic

REPOSITORY = Path(__file__).parents[2]
BUNDLED = REPOSITORY / "src" / "jiqun" / "cli" / "demo_records"
NAMES = ("synthetic-data", "synthetic-hardware", "synthetic-textile")


@pytest.fixture(params=NAMES)
def record(request: pytest.FixtureRequest) -> Record:
    return read(BUNDLED / f"{request.param}.jiqun.zip")


def test_the_script_makes_the_bundled_bytes(tmp_path: Path) -> None:
    script = REPOSITORY / "examples" / "synthetic_cluster.py"
    subprocess.run([sys.executable, script, tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in BUNDLED.iterdir()}
    assert sorted(kept) == [f"{name}.jiqun.zip" for name in NAMES]
    assert made == kept


def test_they_have_no_problem_and_say_what_they_are(record: Record) -> None:
    assert check(record) == ()
    assert is_synthetic(record)
    assert 150 <= record["firms"].height <= 400
    names = record["firms"]["name"]
    assert names.str.contains("(虚构)", literal=True).all()
    assert names.str.ends_with("(fictional)").all()
    assert names.n_unique() == names.len()


def test_together_they_fill_every_table() -> None:
    records = [read(BUNDLED / f"{name}.jiqun.zip") for name in NAMES]
    filled = {table for kept in records for table in kept if kept[table].height}
    assert filled == set(TABLES)


def failures(name: str) -> tuple[int, int]:
    """Count alliances with a failed interface, and those of them that failed."""
    record = read(BUNDLED / f"{name}.jiqun.zip")
    broken = record["interfaces"].filter(pl.col("state") == "failed")["alliance_id"].unique()
    hit = record["alliances"].filter(pl.col("alliance_id").is_in(broken.implode()))
    return hit.height, hit.filter(pl.col("outcome") == "failed").height


def test_alliances_fall_with_one_interface_only_where_the_weakest_link_rules() -> None:
    hit, failed = failures("synthetic-data")
    assert hit == failed > 5
    hit, failed = failures("synthetic-hardware")
    assert failed < hit / 2


def test_data_flows_follow_supply_only_where_the_shape_says_so() -> None:
    def share_of_flows_on_supplied_pairs(name: str) -> float:
        ties = read(BUNDLED / f"{name}.jiqun.zip")["ties"]
        supply = ties.filter(pl.col("kind") == "supply").select("source", "target").unique()
        flows = ties.filter(pl.col("kind") != "supply")
        return flows.join(supply, on=["source", "target"], how="semi").height / flows.height

    assert share_of_flows_on_supplied_pairs("synthetic-hardware") == 1.0
    assert share_of_flows_on_supplied_pairs("synthetic-data") < 0.2
