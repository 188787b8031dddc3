"""``jiqun partners``: one group in words and as JSON, and wrong calls answered."""

import json
from pathlib import Path

import pytest

import jiqun as jq
from tests.cli.conftest import Run
from tests.measures.test_partners import project


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "project.jiqun"
    jq.write(project(), path)
    return path


def test_words_in_both_languages_and_json(jiqun: Run, record: Path) -> None:
    shown = jiqun("partners", record, "--alliance", "p")
    assert shown.returncode == 0
    assert "Roles vacant: data application" in shown.stdout
    assert "has filled the vacant role: data application" in shown.stdout
    assert "68 dated withdrawals" in shown.stderr
    chinese = jiqun("partners", record, "--alliance", "p", lang="zh").stdout
    assert "空缺角色: 数据应用" in chinese
    document = json.loads(jiqun("partners", record, "--alliance", "p", "--json", "--quiet").stdout)
    assert document["roles"]["vacant"][0] == "data_application"
    assert document["candidates"][0]["firm_id"] == "E"
    assert document["skill"] is None


def test_firms_of_one_cluster_from_a_table(jiqun: Run, record: Path, tmp_path: Path) -> None:
    table = tmp_path / "clusters.csv"
    table.write_text("cluster,firm_id,membership\nC01,A,1\nC01,B,1\nC02,C,1\n", encoding="utf-8")
    chosen = ("partners", record, "--firms", table, "--cluster")
    members = json.loads(jiqun(*chosen, "C01", "--json").stdout)["members"]
    assert {m["firm_id"] for m in members} == {"A", "B"}
    missing = jiqun(*chosen, "C09")
    assert missing.returncode == 2
    assert "no cluster C09" in missing.stderr


@pytest.mark.parametrize("options", [(), ("--alliance", "p", "--firms", "x.csv")])
def test_one_of_the_two_is_wanted(jiqun: Run, record: Path, options: tuple[str, ...]) -> None:
    done = jiqun("partners", record, *options)
    assert done.returncode == 2
    assert "one of the two" in done.stderr


def test_an_alliance_that_is_not_there(jiqun: Run, record: Path) -> None:
    done = jiqun("partners", record, "--alliance", "zz")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no alliance “zz”" in done.stderr
