"""``jiqun measure --window``: a tidy table, one row per statistic and window, and refusals.

Paper: E15 (all states are dated)
"""

import io
import json
from pathlib import Path

import polars as pl
from typer.testing import CliRunner

from jiqun.cli.main import app
from jiqun.measures import MEASURES
from jiqun.record.storage import write
from tests.measures.cluster_years import EARLY, LATE, baseline


def stored(folder: Path) -> str:
    path = folder / "cluster.jiqun"
    write(baseline(), path)
    return str(path)


def test_the_table_has_a_row_per_statistic_and_window(tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["measure", stored(tmp_path), "--window", "5"])
    assert answer.exit_code == 0, answer.output
    table = pl.read_csv(io.StringIO(answer.stdout), infer_schema_length=None)
    assert set(table["window"]) == {"all", EARLY, LATE}
    assert set(table["measure"]) == {name for name, e in MEASURES.items() if e.windowed}
    assert (table["value"].is_null() == table["reason"].is_not_null()).all()
    row = table.filter(statistic="growth of output", window=LATE).row(0, named=True)
    assert (row["first_year"], row["last_year"]) == (2005, 2009)
    assert not row["needs"]


def test_json_holds_the_same_estimates(tmp_path: Path) -> None:
    words = ["measure", stored(tmp_path), "--window", "5", "--only", "entry", "--json"]
    answer = CliRunner().invoke(app, words)
    found = json.loads(answer.stdout)["estimates"]
    assert [e["of"]["window"] for e in found] == ["all", "all", EARLY, EARLY, LATE, LATE]


def test_what_is_not_made_over_windows_is_refused(tmp_path: Path) -> None:
    record = stored(tmp_path)
    fixed = CliRunner().invoke(
        app, ["measure", record, "--window", "5", "--only", "location_quotient"]
    )
    assert fixed.exit_code == 2
    assert CliRunner().invoke(app, ["measure", record, "--window", "0"]).exit_code == 2
