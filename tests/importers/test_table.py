"""The table importer: sheets and headings as people write them, and where every row went.

Paper: E1 (firms, concentrated in a region), K3f (bilateral ties)
"""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from jiqun.importers.imported import Imported
from jiqun.importers.table import IMPORTER
from jiqun.record.problem import InputError
from tests.importers.table_files import CREDIT_CODE, Rows, write_csv, write_folder, write_xlsx

FIRMS: Rows = [
    ["企业名称", "统一社会信用代码", "成立日期", "机构类型"],
    ["杭州数源科技有限公司", CREDIT_CODE, "2008年5月1日", "企业"],
    ["浙江大学", "", "1897", "大学"],
]


def read(source: Path, **options: str) -> Imported:
    return IMPORTER.read(source, options={k.replace("__", "."): v for k, v in options.items()})


def rules(imported: Imported, severity: str = "error") -> list[str]:
    return sorted(p.rule for p in imported.problems if p.severity == severity)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_chinese_csv_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    imported = read(write_csv(tmp_path / "企业名录.csv", FIRMS, encoding))
    firms = imported.record["firms"]
    assert firms["firm_id"].to_list() == [CREDIT_CODE, "浙江大学"]
    assert firms["kind"].to_list() == ["firm", "university"]
    assert firms["founded"].to_list() == [dt.date(2008, 5, 1), dt.date(1897, 1, 1)]
    assert rules(imported) == []
    assert [(r.read, r.kept, r.reported) for r in imported.rows] == [(2, 2, 0)]
    assert list(imported.inputs) == ["企业名录.csv"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_are_told(tmp_path: Path, separator: str) -> None:
    assert (
        read(write_csv(tmp_path / "firms.csv", FIRMS, separator=separator)).record["firms"].height
        == 2
    )


def test_a_folder_and_a_workbook_give_the_same_record(tmp_path: Path) -> None:
    sheets = {
        "企业": FIRMS,
        "双边关系": [["供应商", "客户", "合同金额(万元)"], ["浙江大学", CREDIT_CODE, "1,000"]],
    }
    folder = read(write_folder(tmp_path / "folder", sheets, "gbk"))
    book = read(write_xlsx(tmp_path / "book.xlsx", sheets))
    assert all(folder.record[t].equals(book.record[t]) for t in ("firms", "ties"))
    ties = book.record["ties"]
    assert ties.select("tie_id", "source", "target", "value", "currency").row(0) == (
        "ties-1", "浙江大学", CREDIT_CODE, 1e7, "CNY",
    )  # fmt: skip


def test_titles_above_the_headings_empty_rows_and_totals(tmp_path: Path) -> None:
    rows = [
        ["2023年度企业名录"],
        ["填报单位:某园区"],
        *FIRMS[:2],
        ["", "", "", ""],
        [" ", "", "", ""],
        FIRMS[2],
        ["合计", "2 家"],
    ]
    imported = read(write_xlsx(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert imported.record["firms"].height == 2
    totals = [p for p in imported.problems if p.rule == "table.totals"]
    assert [(p.row, p.severity) for p in totals] == [(8, "warning")]
    assert [(r.read, r.kept, r.reported) for r in imported.rows] == [(3, 2, 1)]


def test_a_list_of_firms_spills_into_sites_and_accounts(tmp_path: Path) -> None:
    rows: Rows = [
        ["公司名称", "经度(WGS84)", "纬度", "员工人数", "2022年营业收入(万元)", "地址"],
        ["甲", "120°30′", 30.25, "1,200人", 3.5, "文一路1号"],
        ["乙", "", "", "", "", ""],
    ]
    record = read(write_csv(tmp_path / "list.csv", rows)).record
    assert record["sites"].select("firm_id", "longitude", "latitude").rows() == [
        ("甲", 120.5, 30.25)
    ]
    accounts = record["accounts"].row(0, named=True)
    assert accounts["start"] == dt.date(2022, 1, 1)
    assert accounts["end"] == dt.date(2023, 1, 1)
    assert (accounts["employees"], accounts["revenue"], accounts["currency"]) == (
        1200,
        35_000,
        "CNY",
    )
    assert record["firms"]["x_address"].to_list() == ["文一路1号", None]


def test_amounts_without_a_year_are_asked_for(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", [["name", "revenue (CNY)"], ["A", "5"]])
    assert "table.period" in rules(read(path))
    assert read(path, year="2023").record["accounts"]["start"].to_list() == [dt.date(2023, 1, 1)]


def test_coordinates_in_china_need_a_datum(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", [["name", "lng", "lat"], ["A", "120.15", "30.25"]])
    asked = read(path)
    assert rules(asked) == ["table.datum"]
    plain, moved = (
        read(path, datum=d).record["sites"].row(0, named=True) for d in ("WGS84", "GCJ02")
    )
    assert plain["longitude"] == 120.15
    assert 0.001 < moved["longitude"] - 120.15 < 0.01 or 0.001 < 120.15 - moved["longitude"] < 0.01
    assert moved["x_datum"] == "GCJ02"
    assert "table.datum_taken" in rules(read(path, datum="GCJ02"), "warning")


def test_coordinates_outside_china_are_taken_as_wgs84_with_a_note(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", [["name", "lng", "lat"], ["A", "8.68", "50.11"]])
    imported = read(path)
    assert rules(imported) == []
    assert "table.datum_taken" in rules(imported, "warning")


def test_swapped_coordinates_are_named(tmp_path: Path) -> None:
    rows = [["name", "经度(WGS84)", "纬度"], ["A", "30.25", "120.15"], ["B", "120.15", "30.25"]]
    imported = read(write_csv(tmp_path / "firms.csv", rows))
    assert [(p.rule, p.row) for p in imported.problems if p.severity == "error"] == [
        ("table.swapped", 2)
    ]
    assert [(r.kept, r.reported) for r in imported.rows] == [(1, 1)]


def test_an_unknown_heading_is_kept_and_can_be_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", [["name", "企业成立的日期"], ["A", "2001"]])
    imported = read(path)
    assert imported.record["firms"]["x_企业成立的日期"].to_list() == ["2001"]
    problem = next(p for p in imported.problems if p.rule == "table.heading_unknown")
    assert "firms.founded" in problem.message.en
    named = read(path, column__企业成立的日期="firms.founded")
    assert named.record["firms"]["founded"].to_list() == [dt.date(2001, 1, 1)]
    assert "table.heading_unknown" not in rules(named, "warning")
    assert read(path, column__企业成立的日期="x_born").record["firms"]["x_born"].to_list() == [
        "2001"
    ]
    assert "table.heading_option" in rules(read(path, column__企业成立的日期="ties.value"))
    assert "table.heading_option" in rules(read(path, column__没有="firms.founded"))


def test_two_headings_for_one_column_are_an_error(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", [["企业名称", "公司名称"], ["A", "B"]])
    assert "table.heading_twice" in rules(read(path))


@pytest.mark.parametrize(
    ("options", "choice"),
    [
        ({"datum": "WGS"}, "WGS84"),
        ({"dates": "ymd"}, "dmy"),
        ({"year": "23"}, "2023"),
        ({"nonsense": "1"}, "datum"),
    ],
)
def test_options_are_checked(tmp_path: Path, options: dict[str, str], choice: str) -> None:
    path = write_csv(tmp_path / "firms.csv", FIRMS)
    with pytest.raises(InputError) as error:
        IMPORTER.read(path, options=options)
    assert choice in error.value.problems[0].remedy.en


def test_currencies_from_column_heading_and_sign(tmp_path: Path) -> None:
    heading = ["供应商", "客户", "金额", "币种"]
    rows = [heading, ["A", "B", "5", "美元"], ["A", "B", "¥6", "CNY"], ["A", "B", "€7", "USD"]]
    sheets = {"firms": [["name"], ["A"], ["B"]], "ties": rows}
    imported = read(write_folder(tmp_path / "a", sheets))
    assert [(p.rule, p.row) for p in imported.problems if p.severity == "error"] == [
        ("table.currency", 4)
    ]
    assert imported.record["ties"]["currency"].to_list() == ["USD", "CNY"]
    sheets["ties"] = [
        ["供应商", "客户", "金额"],
        ["A", "B", "$5"],
        ["A", "B", "€6"],
        ["A", "B", "$7"],
    ]
    imported = read(write_folder(tmp_path / "b", sheets))
    assert [(p.rule, p.row) for p in imported.problems if p.severity == "error"] == [
        ("table.currency", 3)
    ]


def test_namesakes_must_be_told_apart_where_they_are_named(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "firms": [["企业编号", "企业名称"], ["1", "同名"], ["2", "同名"]],
        "ties": [["供应商", "客户"], ["同名", "1"]],
    }
    imported = read(write_folder(tmp_path / "a", sheets))
    assert [(p.rule, p.row) for p in imported.problems if p.severity == "error"] == [
        ("table.name_ambiguous", 2)
    ]


def test_hidden_sheets_and_unused_sheets_are_reported(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name, rows in {
        "企业": FIRMS,
        "封面": [["本表由园区填报"]],
        "账目": [["企业", "年份"], ["浙江大学", 2023]],
    }.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        if name == "账目":
            sheet.hide()
    book.close()
    imported = read(tmp_path / "a.xlsx")
    assert {"table.hidden", "table.sheet_unused"} <= set(rules(imported, "warning"))
    assert imported.record["accounts"].height == 1
    quiet = read(tmp_path / "a.xlsx", sheet__封面="none")
    assert "table.sheet_unused" not in rules(quiet, "warning")
    assert "table.sheet_missing" in rules(read(tmp_path / "a.xlsx", sheet__没有="ties"))


def test_the_1904_calendar_is_followed(tmp_path: Path) -> None:
    import xlsxwriter

    for name, flag in (("a", False), ("b", True)):
        book = xlsxwriter.Workbook(str(tmp_path / f"{name}.xlsx"), {"date_1904": flag})
        sheet = book.add_worksheet("firms")
        sheet.write_row(0, 0, ["name", "founded"])
        sheet.write(1, 0, "A")
        sheet.write_number(1, 1, 43585 if flag else 45047)
        sheet.write(2, 0, "B")
        sheet.write_datetime(2, 1, dt.date(2023, 5, 1), book.add_format({"num_format": "yyyy/m/d"}))
        book.close()
        founded = read(tmp_path / f"{name}.xlsx").record["firms"]["founded"]
        assert founded.to_list() == [dt.date(2023, 5, 1)] * 2


def test_formulas_without_value_error_values_and_merged_cells(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("firms")
    sheet.write_row(0, 0, ["name", "数字原生程度", "kind"])
    for i in range(1, 5):
        sheet.write(i, 0, f"F{i}")
    sheet.write_formula(1, 1, "=0.1+0.2", None, 0.3)
    sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(3, 1, "=A9", None, "")
    sheet.merge_range("C4:C5", "企业")
    book.close()
    imported = read(tmp_path / "a.xlsx")
    found = sorted((p.rule, p.row, p.column) for p in imported.problems if p.severity == "error")
    assert found == [
        ("cell.formula", 3, "digital_native"),
        ("cell.formula", 4, "digital_native"),
        ("table.merged", 4, "kind"),
    ]
    assert imported.record["firms"]["digital_native"].to_list()[0] == 0.3


def test_a_formula_that_was_never_calculated_is_a_problem(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "firms"
    book.active.append(["name", "数字原生程度"])
    book.active.append(["A", "=1/4"])
    book.save(tmp_path / "a.xlsx")
    imported = read(tmp_path / "a.xlsx")
    assert [(p.rule, p.row) for p in imported.problems if p.severity == "error"] == [
        ("cell.formula", 2)
    ]


def test_checks_of_the_record_name_the_rows_of_the_file(tmp_path: Path) -> None:
    rows = [
        ["title"],
        ["企业编号", "成立日期", "注销日期"],
        ["A", "2010", "2001"],
        ["A", "2010", ""],
        ["B", "", ""],
    ]
    imported = read(write_xlsx(tmp_path / "a.xlsx", {"企业": rows}))
    found = sorted((p.rule, p.row, p.source) for p in imported.problems if p.severity == "error")
    assert found == [
        ("intervals.order", 3, "a.xlsx#企业"),
        ("keys.duplicate", 4, "a.xlsx#企业"),
    ]
    assert imported.record["firms"]["firm_id"].to_list() == ["B"]


def test_a_wrong_check_digit_is_a_problem_once(tmp_path: Path) -> None:
    bad = CREDIT_CODE[:-1] + "9"
    imported = read(
        write_csv(tmp_path / "firms.csv", [["名称", "信用代码"], ["A", bad], ["B", "123"]])
    )
    assert [(p.rule, p.row) for p in imported.problems if p.severity == "error"] == [
        ("table.registration", 2),
        ("table.registration", 3),
    ]
    assert [p.rule for p in imported.problems if p.row == 2] == ["table.registration"]


def test_own_identifier_and_registration_number_are_both_kept(tmp_path: Path) -> None:
    rows = [["企业编号", "统一社会信用代码", "企业名称"], ["7", CREDIT_CODE, "A"], ["8", "", "B"]]
    sheets = {"firms": rows, "ties": [["供应商", "客户"], [CREDIT_CODE, "B"]]}
    record = read(write_folder(tmp_path / "a", sheets)).record
    assert record["firms"]["x_registration"].to_list() == [CREDIT_CODE, None]
    assert record["ties"].select("source", "target").row(0) == ("7", "8")


def test_the_input_is_read_alike_every_time(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", FIRMS)
    first, second = read(path), read(path)
    assert first.problems == second.problems
    assert first.record["firms"].equals(second.record["firms"])
    assert isinstance(first.record["firms"], pl.DataFrame)
