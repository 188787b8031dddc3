"""Twenty errors planted in a Chinese workbook give exactly those twenty problems, once each.

The same sheets as a folder of GBK files and as a workbook; mended, they import without a lost row.

Paper: E1 (firms in a region), K3f (bilateral ties), K3g (alliances), K4a (data as a factor)
"""

import copy
from pathlib import Path

import pytest

from jiqun.importers.imported import Imported
from jiqun.importers.table import IMPORTER
from jiqun.importers.table.annotate import SHEET, annotate
from tests.importers.table_files import write_folder, write_xlsx

Sheets = dict[str, list[list[object]]]
FIRMS = 12
OPTIONS: dict[str, str] = {}


def sound() -> Sheets:
    """Return sheets without an error."""
    firms: list[list[object]] = [
        [
            "企业编号",
            "统一社会信用代码",
            "企业名称",
            "机构类别",
            "成立日期",
            "注销日期",
            "数字原生程度",
            "国家",
        ]
    ]
    names = "甲乙丙丁戊己庚辛壬癸子丑"
    firms += [
        [f"F{i}", "", f"{names[i] * 3}科技有限公司", "企业", f"200{i % 9}-03-01", "", "0.5", "中国"]
        for i in range(FIRMS)
    ]
    sites: list[list[object]] = [
        ["场所编号", "企业编号", "经度(WGS84)", "纬度", "场所类别", "从业人数"]
    ]
    sites += [
        [f"S{i}", f"F{i}", f"120.{i + 10}", f"30.{i + 10}", "工厂", "1,200"] for i in range(FIRMS)
    ]
    ties: list[list[object]] = [
        ["关系编号", "供应商", "客户", "关系类别", "开始日期", "结束日期", "金额", "币种"]
    ]
    ties += [
        [f"T{i}", f"F{i}", f"F{(i + 1) % FIRMS}", "供应", "2021/5/1", "2022/5/1", "3.5万", "CNY"]
        for i in range(FIRMS)
    ]
    accounts: list[list[object]] = [
        ["企业编号", "年份", "营业收入(万元)", "从业人数", "增加值(万元)"]
    ]
    accounts += [[f"F{i}", "2023", "5,000", "300", "1,000"] for i in range(FIRMS)]
    return {"企业": firms, "场所": sites, "双边关系": ties, "账目": accounts}


PLANTED: list[tuple[str, int, int, str, str]] = [
    # sheet, row as Excel counts, column from 0, value, rule
    ("企业", 2, 1, "91350100M000100Y49", "table.registration"),
    ("企业", 3, 3, "有限公司", "cell.code"),
    ("企业", 4, 4, "2008-02-30", "cell.date"),
    ("企业", 5, 4, "3/4/2008", "cell.date_order"),
    ("企业", 6, 5, "1999-01-01", "intervals.order"),
    ("企业", 7, 6, "1.5", "columns.range"),
    ("企业", 8, 6, "很高", "cell.number"),
    ("企业", 9, 0, "F6", "keys.duplicate"),
    ("企业", 10, 6, "#REF!", "cell.formula"),
    ("企业", 11, 7, "中华", "columns.format"),
    ("场所", 2, 2, "120°61′", "cell.coordinate"),
    ("场所", 4, 3, "121.5", "table.swapped"),
    ("场所", 5, 1, "F99", "references.unknown"),
    ("场所", 6, 5, "-5", "columns.range"),
    ("双边关系", 2, 6, "1.234,5", "cell.number_separator"),
    ("双边关系", 3, 6, "$5", "table.currency"),
    ("双边关系", 4, 2, "F2", "ties.self"),
    ("双边关系", 5, 0, "", "columns.required"),
    ("账目", 2, 2, "3亿", "cell.unit_twice"),
    ("账目", 3, 1, "", "table.period"),
]  # fmt: skip


def planted() -> Sheets:
    sheets = copy.deepcopy(sound())
    for sheet, row, column, value, _ in PLANTED:
        sheets[sheet][row - 1][column] = value
    # The swapped site needs its longitude where a latitude would be.
    sheets["场所"][3][2] = "30.2"
    # Nobody refers to the firm whose identifier was overwritten.
    for sheet in ("场所", "双边关系", "账目"):
        sheets[sheet] = [["F10" if v == "F7" else v for v in line] for line in sheets[sheet]]
    for i, line in enumerate(sheets["账目"][1:]):
        line[1] = line[1] and str(2000 + i)
    sheets["双边关系"][9][2] = "F11"
    return sheets


def write(path: Path, sheets: Sheets, form: str) -> Path:
    if form == "gbk":
        return write_folder(path / "数据", sheets, "gbk")
    return write_xlsx(path / "数据.xlsx", sheets)


def errors(imported: Imported) -> list[tuple[str, int | None, str]]:
    return sorted(
        (p.source.replace(".csv", "").rpartition("#")[2], p.row, p.rule)
        for p in imported.problems
        if p.severity == "error"
    )


@pytest.mark.parametrize("form", ["gbk", "xlsx"])
def test_twenty_planted_errors_are_twenty_problems(tmp_path: Path, form: str) -> None:
    imported = IMPORTER.read(write(tmp_path, planted(), form), options=OPTIONS)
    expected = sorted((sheet, row, rule) for sheet, row, _, _, rule in PLANTED)
    assert len(expected) == 20
    assert errors(imported) == expected
    for count in imported.rows:
        assert count.read == FIRMS
        assert count.reported == len(
            {
                row
                for sheet, row, *_ in PLANTED
                if sheet == count.source.replace(".csv", "").rpartition("#")[2]
            }
        )


@pytest.mark.parametrize("form", ["gbk", "xlsx"])
def test_mended_it_imports_without_a_lost_row(tmp_path: Path, form: str) -> None:
    imported = IMPORTER.read(write(tmp_path, sound(), form), options=OPTIONS)
    assert errors(imported) == []
    assert [(c.read, c.kept, c.reported) for c in imported.rows] == [(FIRMS, FIRMS, 0)] * 4
    assert {t: imported.record[t].height for t in imported.record} == {
        "firms": FIRMS, "sites": FIRMS, "ties": FIRMS, "accounts": FIRMS,
    }  # fmt: skip
    assert imported.record["accounts"]["revenue"].to_list() == [5e7] * FIRMS


@pytest.mark.parametrize("form", ["gbk", "xlsx"])
def test_the_annotated_copy_marks_each_of_them(tmp_path: Path, form: str) -> None:
    from openpyxl import load_workbook

    source = write(tmp_path, planted(), form)
    before = {p: p.read_bytes() for p in [source, *source.glob("*")] if p.is_file()}
    imported = IMPORTER.read(source, options=OPTIONS)
    out = tmp_path / "marked.xlsx"
    annotate(source, imported.problems, out, language="zh")
    book = load_workbook(out)
    assert book.sheetnames[0] == SHEET
    assert book[SHEET].max_row == 1 + len(imported.problems)
    for sheet, row, column, value, _ in PLANTED:
        cell = book[sheet].cell(row, column + 1)
        assert cell.comment is not None, (sheet, row, column)
        assert str(cell.value or "") == value
        assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert {p: p.read_bytes() for p in before} == before
