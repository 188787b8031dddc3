"""Bad input at the command line: exit 2, every problem, nothing written, nothing lost.

Paper: E1, K3f (a record that can be relied on starts from what people really send)
"""

import datetime as dt
import gzip
import json
import re
import resource
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter

import jiqun as jq
from tests.cli.conftest import SCRIPT, Run
from tests.importers.table_files import write_folder, write_xlsx

RULE = re.compile(r"\[([a-z]+\.[a-z_]+)\]$", re.MULTILINE)


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    return raw(content.encode(encoding))


def raw(content: bytes, name: str = "名单.csv") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def merged(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["企业编号", "企业名称", "国家"], ["a", "甲", "中国"], ["b", "乙", None]]:
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def formulas(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row in [
        ["企业编号", "企业名称", "数字原生程度"],
        ["a", "甲", "=1/2"],
        ["b", "乙", "=NA()"],
    ]:
        book.active.append(row)
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def one_table(rows: dict[str, list[list[object]]]) -> Callable[[Path], Path]:
    return lambda folder: write_folder(folder / "表", rows)


def without_firms(folder: Path) -> Path:
    rows: list[list[object]] = [["关系编号", "供应商", "客户", "关系类别"], ["t", "a", "b", "供应"]]
    return write_xlsx(folder / "名单.xlsx", {"双边关系": rows})


def with_shared_text(folder: Path, characters: int, cells: int) -> Path:
    """Write a workbook whose cells share one text, which nothing packs more than twofold."""
    path = write_xlsx(folder / "名单.xlsx", {"firms": [["name"], ["A"]]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/sharedStrings.xml"
    members[name] = members[name].replace(b"<t>A</t>", b"<t>" + b"x" * characters + b"</t>")
    more = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>1</v></c></row>' for i in range(3, cells))
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"</sheetData>", more.encode() + b"</sheetData>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def traversing(folder: Path) -> Path:
    path = write_xlsx(folder / "名单.xlsx", {"firms": [["name"], ["A"]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../evil.txt", "x")
    return path


FIRMS: list[list[object]] = [["企业编号", "企业名称"], ["a", "甲"], ["b", "乙"]]
CASES: dict[str, tuple[Callable[[Path], Path], list[str]]] = {
    "empty": (raw(b""), ["table.empty_file"]),
    "empty workbook": (raw(b"", "a.xlsx"), ["table.empty_file"]),
    "wrong encoding": (raw("名称\n甲\n".encode() + b"\xff\xfe\n"), ["table.encoding"]),
    "missing sheet": (without_firms, ["shape.firms"]),
    "headings in neither language": (text("フィルム,会社の\n1,2\n"), ["table.no_heading"]),
    "no known heading but a letter": (text("Gründung,Ort\nA,2001\n"), ["table.no_heading"]),
    "merged cells": (merged, ["table.merged"]),
    "formulas": (formulas, ["cell.formula"] * 2),
    "dates": (
        text("企业编号,企业名称,成立日期\na,甲,2023年5月\nb,乙,2023年13月\nc,丙,23-5-1\n"),
        ["cell.date", "cell.date", "cell.date_coarse"],
    ),
    "numbers": (
        text("企业编号,企业名称,营业收入,年份,币种\na,甲,１２３４,2023,CNY\nb,乙,约三百万,2023,CNY\nc,丙,3.5亿,2023,CNY\n"),
        ["cell.number"],
    ),
    "swapped, and swapped within 90 degrees": (
        text("企业编号,企业名称,经度(WGS84),纬度,国家\na,甲,30.2,120.1,中国\nb,乙,43.8,87.6,中国\n"),
        ["geography.swapped", "table.swapped"],
    ),
    "no datum": (text("企业编号,企业名称,经度,纬度\na,甲,120.1,30.2\n"), ["table.datum"]),
    "duplicate ids": (text("企业编号,企业名称\na,甲公司\na,乙公司\n"), ["keys.duplicate"]),
    "unknown firms": (
        one_table({"企业": FIRMS, "双边关系": [["供应商", "客户"], ["a", "丙"], ["丁", "b"]]}),
        ["references.unknown"] * 2 + ["table.derived"],
    ),
    "end before start": (
        text("企业编号,企业名称,成立日期,注销日期\na,甲,2010-01-01,2009-01-01\n"),
        ["intervals.order"],
    ),
    "two currencies": (
        text("企业编号,企业名称,营业收入(万美元),年份,币种\na,甲,35,2023,CNY\n"),
        ["table.currency"],
    ),
    "shared text": (lambda f: with_shared_text(f, 30_000_000, 5_000), ["archive.expansion"]),
    "many cells, one text": (lambda f: with_shared_text(f, 30_000, 9_999), ["archive.expansion"]),
    "path traversal": (traversing, ["archive.names"]),
    "a cell of 50 MB": (raw(b"name,kind\n" + b"x" * (50 << 20) + b",firm\n"), ["table.csv_form"]),
}  # fmt: skip


def left(folder: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_whole(jiqun: Run, tmp_path: Path, case: str) -> None:
    make, expected = CASES[case]
    source = make(tmp_path)
    before = left(tmp_path)
    lang = "zh" if len(case) % 2 else "en"
    done = jiqun("import", "table", source, "--out", tmp_path / "out.jiqun", lang=lang)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    rules = sorted(RULE.findall(done.stderr))
    assert sorted(set(rules) - {"cell.too_long"}) == sorted(set(expected))
    if "cell.too_long" not in rules:
        assert rules == sorted(expected)
    assert left(tmp_path) == before
    arrows = done.stderr.count("→")
    assert arrows == len(rules)


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_both_epochs_of_workbooks_give_the_same_days(
    jiqun: Run, tmp_path: Path, epoch_1904: bool
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": epoch_1904})
    sheet = book.add_worksheet("企业")
    for column, heading in enumerate(["企业编号", "企业名称", "成立日期"]):
        sheet.write(0, column, heading)
        sheet.write(1, column, "a")
    sheet.write_datetime(1, 2, dt.date(2010, 5, 1), book.add_format({"num_format": "d.m.yy"}))
    book.close()
    done = jiqun("import", "table", tmp_path / "a.xlsx", "--out", tmp_path / "a.jiqun")
    assert done.returncode == 0, done.stderr
    assert jq.read(tmp_path / "a.jiqun")["firms"]["founded"].to_list() == [dt.date(2010, 5, 1)]


def test_a_hostile_name_is_kept_and_shown_as_text(jiqun: Run, tmp_path: Path) -> None:
    names = ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "../../x\u202ecba"]
    source = write_folder(
        tmp_path / "表",
        {"企业": [["企业编号", "企业名称"], *([f"f{i}", n] for i, n in enumerate(names))]},
    )
    done = jiqun("import", "table", source, "--out", tmp_path / "a.jiqun")
    assert done.returncode == 0, done.stderr
    assert jq.read(tmp_path / "a.jiqun")["firms"]["name"].to_list() == names
    assert jiqun("study", tmp_path / "a.jiqun", "--out", tmp_path / "s").returncode == 0
    page = (tmp_path / "s" / "report.en.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page


def test_a_gzip_bomb_is_refused(jiqun: Run, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "list.csv.gz", "wb") as file:
        for _ in range(400):
            file.write(bytes(2**20))
    for name in ("supplier-list", "cncf-landscape", "hif"):
        done = jiqun("import", name, tmp_path / "list.csv.gz", "--out", tmp_path / "a.jiqun")
        assert done.returncode == 2
        assert RULE.findall(done.stderr) == ["archive.expansion"]
    assert [p.name for p in tmp_path.glob("*.jiqun")] == []


def test_a_file_that_cannot_be_read_is_answered_in_every_form_asked_for(
    jiqun: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"just text")
    done = jiqun(
        "import", "table", tmp_path / "a.xlsx", "--out", tmp_path / "a.jiqun", "--json",
        "--problems", tmp_path / "p.csv", "--annotate", tmp_path / "b.xlsx",
    )  # fmt: skip
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["record"] is None
    assert [p["rule"] for p in document["problems"]] == ["table.file_kind"]
    assert "table.file_kind" in (tmp_path / "p.csv").read_text(encoding="utf-8")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0].max_row == 2
    assert (tmp_path / "a.xlsx").read_bytes() == b"just text"


WRITES = [
    ("import", "table", "firms.csv", "--out", "DISK/a.jiqun"),
    ("import", "table", "firms.csv", "--out", "DISK/a.jiqun.zip"),
    ("import", "table", "firms.csv", "--out", "a.jiqun", "--annotate", "DISK/a.xlsx"),
    ("check", "mine.jiqun", "--problems", "DISK/p.csv"),
    ("study", "mine.jiqun", "--out", "DISK/study"),
    ("export", "mine.jiqun", "--out", "DISK/a.xlsx"),
    ("export", "mine.jiqun", "--out", "DISK/a.hif.json"),
    ("template", "DISK/a.xlsx"),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a record and its source."""
    firms = "".join(f"f{i},企业{i}\n" for i in range(40))
    (tmp_path / "firms.csv").write_text("企业编号,企业名称\n" + firms, encoding="utf-8")
    record = jq.Record.of(
        firms=pl.DataFrame([{"firm_id": f"f{i}", "name": f"企业 {i % 5}"} for i in range(40)])
    )
    jq.write(record, tmp_path / "mine.jiqun")
    (tmp_path / "disk").mkdir()
    return tmp_path


def written_to(place: Path, call: tuple[str, ...], disk: str, **limits: object) -> str:
    done = subprocess.run(
        [SCRIPT, *(part.replace("DISK", disk) for part in call)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=place,
        check=False,
        timeout=120,
        **limits,  # type: ignore[call-overload]
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return str(done.stderr)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit on the size of files")
@pytest.mark.parametrize("call", WRITES, ids=" ".join)
def test_a_full_disk_leaves_everything_as_it_was(place: Path, call: tuple[str, ...]) -> None:
    before = left(place)

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    said = written_to(place, call, "disk", preexec_fn=no_room)
    assert "storage.room" in said
    assert left(place) == before
    assert list((place / "disk").iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(
    not Path("/sys/kernel").exists(), reason="no folder that even root cannot write"
)
@pytest.mark.parametrize("call", WRITES, ids=" ".join)
def test_a_place_that_cannot_be_written_is_named(place: Path, call: tuple[str, ...]) -> None:
    before = left(place)
    assert "storage.writable" in written_to(place, call, "/sys/kernel")
    assert left(place) == before


def test_the_other_row_is_told_as_the_file_numbers_it(jiqun: Run, tmp_path: Path) -> None:
    rows: list[list[object]] = [["企业名单"], ["企业编号", "企业名称"], ["a", "甲"], ["a", "乙"]]
    source = write_xlsx(tmp_path / "a.xlsx", {"企业": rows})
    done = jiqun("import", "table", source, "--out", tmp_path / "a.jiqun")
    assert "row 4, firm_id = “a”: Row 3 already has the key a" in done.stderr
    done = jiqun("import", "table", source, "--out", tmp_path / "a.jiqun", lang="zh")
    assert "第 3 行已使用主键 a" in done.stderr
