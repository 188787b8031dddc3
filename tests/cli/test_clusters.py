"""``jiqun clusters``: two tables that agree, and one JSON document."""

import json
from pathlib import Path

import polars as pl

import jiqun as jq
from tests.cli.conftest import Run
from tests.measures.planted_clusters import planted


def test_tables_and_json_say_the_same(jiqun: Run, tmp_path: Path) -> None:
    record, out = tmp_path / "planted.jiqun", tmp_path / "clusters.csv"
    jq.write(planted("compact", 1, firms=1000, clusters=10).record, record)
    done = jiqun("clusters", record, "--out", out, "--json", "--seed", "1", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    rows = pl.read_csv(out)
    assert rows.columns == ["cluster", "firm_id", "membership"]
    assert rows.height == sum(len(cluster["members"]) for cluster in document["clusters"])
    evidence = pl.read_csv(tmp_path / "clusters-evidence.csv")
    assert set(evidence["cluster"]) == set(rows["cluster"])
    assert {"ties", "alliances", "links", "geography"} == set(evidence["layer"])
    in_chinese = jiqun("clusters", record, "--seed", "1", lang="zh").stdout
    assert f"{len(document['clusters'])} 个集群" in in_chinese


def test_a_record_without_links_is_answered_with_the_reason(jiqun: Run, tmp_path: Path) -> None:
    record = tmp_path / "thin.jiqun"
    jq.write(jq.Record.of(firms=pl.DataFrame({"firm_id": ["a", "b"]})), record)
    done = jiqun("clusters", record)
    assert done.returncode == 0
    assert done.stdout.startswith("not measured: 0 distinct ties and alliances")
