"""The commands as a user types them: results on stdout, the rest on stderr, 0 or 2 at the end."""

import json
from pathlib import Path

import polars as pl
import pytest

import jiqun as jq
from tests.cli.conftest import Run

FIRMS = """企业编号,企业名称,机构类别,成立日期
a,甲纺织,企业,2001年5月
b,乙软件,企业,2012-03-01
c,丙学院,高校,1958
"""
TIES = """关系编号,起始企业,目标企业,关系类别,开始日期
t1,a,b,供应,2015-01-01
t2,b,c,合作,2016/7/1
"""


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """A folder of two Chinese CSV files, in GB 18030 as Excel saves them."""
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "企业.csv").write_text(FIRMS, encoding="gb18030")
    (folder / "双边关系.csv").write_text(TIES, encoding="gb18030")
    return folder


@pytest.fixture
def record(jiqun: Run, sheets: Path, tmp_path: Path) -> Path:
    done = jiqun("import", "table", sheets, "--out", tmp_path / "mine.jiqun", "--quiet")
    assert done.returncode == 0, done.stderr
    return tmp_path / "mine.jiqun"


def test_a_spreadsheet_becomes_a_record(record: Path) -> None:
    read = jq.read(record)
    assert read["firms"]["firm_id"].to_list() == ["a", "b", "c"]
    assert read["ties"]["kind"].to_list() == ["supply", "collaboration"]
    assert read["provenance"]["command"].to_list()[0] == "import table"
    assert set(read["provenance"]["input"]) == {"企业.csv", "双边关系.csv"}


def test_the_same_import_twice_gives_the_same_bytes(
    jiqun: Run, sheets: Path, record: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.jiqun"
    assert jiqun("import", "table", sheets, "--out", again).returncode == 0
    assert {f.name: f.read_bytes() for f in again.iterdir()} == {
        f.name: f.read_bytes() for f in record.iterdir()
    }


def test_check_says_everything_and_json_is_one_document(jiqun: Run, record: Path) -> None:
    said = jiqun("check", record)
    assert said.returncode == 0
    assert said.stdout.splitlines()[-1].startswith("0 errors")
    document = json.loads(jiqun("check", record, "--json").stdout)
    assert document["record"] == str(record)


def test_measure_as_json_gives_a_number_or_a_reason(jiqun: Run, record: Path) -> None:
    done = jiqun("measure", record, "--json", "--seed", "7")
    assert done.returncode == 0, done.stderr
    estimates = json.loads(done.stdout)["estimates"]
    assert estimates
    for estimate in estimates:
        assert (estimate["value"] is None) == (estimate["reason"] is not None)
        assert estimate["status"] == ("measured" if estimate["reason"] is None else "not_measured")
    assert done.stdout == jiqun("measure", record, "--json", "--seed", "7").stdout


def test_study_writes_both_languages_and_says_where(jiqun: Run, record: Path) -> None:
    done = jiqun("study", record)
    assert done.returncode == 0, done.stderr
    written = [Path(line) for line in done.stdout.splitlines()]
    assert {path.name for path in written} == {
        "report.en.html",
        "report.zh.html",
        "estimates.csv",
        "problems.csv",
    }
    assert all(path.stat().st_size for path in written)
    assert "checking" in done.stderr
    assert "checking" not in done.stdout


def test_wrong_input_is_answered_by_all_problems_and_nothing_written(
    jiqun: Run, sheets: Path, tmp_path: Path
) -> None:
    (sheets / "双边关系.csv").write_text(
        TIES + "t3,a,无此企业,供应,2019-01-01\nt3,b,c,供应,很久以前\n", encoding="gb18030"
    )
    done = jiqun("import", "table", sheets, "--out", tmp_path / "bad.jiqun", lang="zh")
    assert done.returncode == 2
    assert not (tmp_path / "bad.jiqun").exists()
    assert "无此企业" in done.stderr
    assert "很久以前" in done.stderr
    assert "未写入记录" in done.stderr
    assert done.stdout == ""


def test_a_record_that_breaks_a_rule_is_not_studied(jiqun: Run, tmp_path: Path) -> None:
    broken = jq.Record.of(
        firms=pl.DataFrame({"firm_id": ["a"]}),
        ties=pl.DataFrame({"tie_id": ["t"], "source": ["a"], "target": ["ghost"]}),
    )
    jq.write(broken, tmp_path / "broken.jiqun")
    done = jiqun("study", tmp_path / "broken.jiqun")
    assert done.returncode == 2
    assert "ghost" in done.stderr
    assert not (tmp_path / "broken-study").exists()
    assert jiqun("check", tmp_path / "broken.jiqun").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere.jiqun"], "nowhere.jiqun"),
        (["import", "table", "nowhere.csv", "--out", "x.jiqun"], "nowhere.csv"),
        (["import", "telepathy", ".", "--out", "x.jiqun"], "telepathy"),
        (["import", "table", ".", "--out", "x.jiqun", "--set", "nonsense=1"], "nonsense"),
        (["import", "table", "."], "--out"),
        (["import", "table", ".", "--out", "x.jiqun", "--set", "noequals"], "noequals"),
        (["measure", ".", "--only", "phlogiston"], "phlogiston"),
        (["template", "notes.txt"], "notes.txt"),
        (["export", ".", "--out", "record.dta"], "record.dta"),
        (["--lang", "fr", "check", "."], "fr"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_a_wrong_call_is_answered_in_words(jiqun: Run, arguments: list[str], said: str) -> None:
    done = jiqun(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_template_is_not_written_over_a_filled_one(jiqun: Run, tmp_path: Path) -> None:
    out = tmp_path / "template.xlsx"
    assert jiqun("template", out).returncode == 0
    before = out.read_bytes()
    assert jiqun("template", out).returncode == 2
    assert out.read_bytes() == before
    assert jiqun("template", out, "--force", lang="zh").returncode == 0


def test_export_and_import_again_loses_nothing(jiqun: Run, record: Path, tmp_path: Path) -> None:
    assert jiqun("export", record, "--out", tmp_path / "mine.xlsx").returncode == 0
    back = tmp_path / "back.jiqun"
    done = jiqun("import", "table", tmp_path / "mine.xlsx", "--out", back)
    assert done.returncode == 0, done.stderr
    for name in ("firms", "ties"):
        assert jq.read(back)[name].equals(jq.read(record)[name])


def test_every_format_is_listed_with_its_options(jiqun: Run) -> None:
    listed = jiqun("import", "list").stdout
    for name in ("table", "supplier-list", "cncf-landscape", "crunchbase", "hif"):
        assert f"\n{name}  " in f"\n{listed}"


def test_the_chinese_help_and_the_doctor(jiqun: Run) -> None:
    assert "检查、测度并生成报告" in jiqun("--help", lang="zh").stdout
    assert "jiqun" in json.loads(jiqun("doctor", "--json").stdout)
    assert jiqun("--version").stdout.startswith("jiqun 0.")
