"""Hostile, damaged and foreign files: refused with a reason, in little memory, nothing written."""

import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from jiqun.importers.table import IMPORTER
from jiqun.importers.table.annotate import SHEET, annotate
from jiqun.record.problem import InputError, Problem
from tests.importers.table_files import write_csv, write_folder, write_xlsx

HOSTILE = ("=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "+1", "@SUM(A1)", "-2+3")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEMORY = 200 * 2**20


def refused(path: Path, **options: str) -> list[Problem]:
    with pytest.raises(InputError) as error:
        IMPORTER.read(path, options=options)
    return list(error.value.problems)


def test_an_empty_file(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        (tmp_path / name).write_bytes(b"")
        assert [p.rule for p in refused(tmp_path / name)] == ["table.empty_file"]
    (tmp_path / "b.csv").write_bytes("\ufeff \r\n".encode())
    assert [p.rule for p in refused(tmp_path / "b.csv")] == ["table.empty_file"]


def test_an_empty_folder_and_a_workbook_of_empty_sheets(tmp_path: Path) -> None:
    assert [p.rule for p in refused(tmp_path)] == ["table.nothing_found"]
    path = write_xlsx(tmp_path / "a.xlsx", {"Sheet1": []})
    assert [p.rule for p in refused(path)] == ["table.nothing_found"]


def test_undecodable_bytes_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_bytes("名称\n甲\n".encode() + b"\xff\xff\n" + "乙\n".encode())
    assert [(p.rule, p.row) for p in refused(path)] == [("table.encoding", 3)]
    assert [p.rule for p in refused(path, encoding="klingon")] == ["table.encoding"]


def test_all_files_of_a_folder_are_judged_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / "b.csv").write_bytes(b"name\nA\0\n")
    assert [p.rule for p in refused(tmp_path)] == ["table.empty_file", "table.csv_form"]


def test_nul_bytes_and_open_quotes(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_bytes(b"name,kind\nA,firm\nB\0,firm\n")
    assert [(p.rule, p.row) for p in refused(path)] == [("table.csv_form", 3)]
    path.write_bytes(b'name,kind\n"A,firm\nB,firm\n')
    assert [p.rule for p in refused(path)] == ["table.csv_form"]


def test_ragged_rows_are_reported_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_bytes(b"name,kind\nA,firm\nB\nC,firm,x\nD,firm,,\n")
    imported = IMPORTER.read(path, options={})
    errors = [(p.rule, p.row) for p in imported.problems if p.severity == "error"]
    assert errors == [("table.ragged", 3), ("table.ragged", 4)]
    assert imported.record["firms"]["name"].to_list() == ["A", "D"]
    assert [(r.read, r.kept, r.reported) for r in imported.rows] == [(4, 2, 2)]


def test_a_heading_in_neither_language(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "firms.csv", [["qwx", "zzv"], ["1", "2"]])
    assert [p.rule for p in refused(path)] == ["table.no_heading"]


def test_a_cell_of_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_bytes(b"name,kind\n" + b"x" * (50 * 2**20) + b",firm\n")
    assert [(p.rule, p.row) for p in refused(path)] == [("table.csv_form", 2)]


@pytest.mark.parametrize(
    ("content", "suffix", "rule"),
    [
        (OLE2 + bytes(600), ".xls", "table.file_kind"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), ".xlsx", "table.password"),
        (b"just text", ".xlsx", "table.file_kind"),
        (b"PK\x03\x04 broken", ".xlsx", "archive.readable"),
        (b"%PDF-1.7", ".pdf", "table.file_kind"),
    ],
)
def test_other_kinds_of_files_are_told_how_to_save(
    tmp_path: Path, content: bytes, suffix: str, rule: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    assert [p.rule for p in refused(path)] == [rule]


def test_open_document_is_told_how_to_save(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    problems = refused(path)
    assert [p.rule for p in problems] == ["table.file_kind"]
    assert ".xlsx" in problems[0].remedy.zh


def test_a_workbook_that_names_files_outside_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"firms": [["name"], ["A"]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../evil.txt", "x")
    assert [p.rule for p in refused(path)] == ["archive.names"]


def test_a_folder_is_not_left_through_a_link(tmp_path: Path) -> None:
    outside = write_csv(tmp_path / "secret.csv", [["name"], ["S"]])
    folder = write_folder(tmp_path / "in", {"firms": [["name"], ["A"]]})
    (folder / "ties.csv").symlink_to(outside)
    (folder / "README.txt").write_text("notes, of the sender", encoding="utf-8")
    assert list(IMPORTER.read(folder, options={}).inputs) == ["firms.csv"]


def bomb(path: Path) -> None:
    """Write a workbook whose only sheet expands a thousandfold."""
    write_xlsx(path, {"firms": [["name"], ["A"]]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>' + b" " * (
        150 * 2**20
    )
    start, _, _ = members["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")
    members["xl/worksheets/sheet1.xml"] = (
        start + b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def sparse(path: Path) -> None:
    """Write a workbook of two cells at opposite corners of the largest sheet."""
    write_xlsx(path, {"firms": [["name"], ["A"]]})
    book = load_workbook(path)
    book["firms"].cell(1_048_576, 16_384, "x")
    book.save(path)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize(("make", "rule"), [(bomb, "archive.expansion"), (sparse, "table.extent")])
def test_bombs_are_refused_in_little_memory(tmp_path: Path, make: object, rule: str) -> None:
    path = tmp_path / "a.xlsx"
    make(path)  # type: ignore[operator]
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from jiqun.importers.table import IMPORTER
        from jiqun.record.problem import InputError
        try:
            IMPORTER.read(Path(sys.argv[1]), options={})
        except InputError as error:
            print(error.problems[0].rule)
        # ru_maxrss would be that of the parent, from before the new program was loaded.
        status = Path("/proc/self/status").read_text().split("VmHWM:")[1]
        print(status.split()[0])
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found, peak = done.stdout.split()
    assert found == rule
    assert int(peak) * 1024 <= MEMORY


def test_hostile_names_are_kept_as_text_and_never_live_in_the_copy(tmp_path: Path) -> None:
    rows = [
        ["企业编号", "企业名称", "成立日期"],
        *([f"f{i}", n, "bad"] for i, n in enumerate(HOSTILE)),
    ]
    path = write_csv(tmp_path / "firms.csv", rows)
    imported = IMPORTER.read(path, options={})
    annotate(path, imported.problems, tmp_path / "out.xlsx", language="en")
    book = load_workbook(tmp_path / "out.xlsx")
    assert [book["firms"].cell(i, 2).value for i in range(2, 7)] == list(HOSTILE)
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_copy_keeps_formatting_and_formulas_and_never_replaces_the_source(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    sheet = book.active
    sheet.title = "企业"
    sheet.append(["企业名称", "成立日期", "数字原生程度"])
    sheet.append(["甲", "2008-02-30", "=1/4"])
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 33
    book.save(path)
    imported = IMPORTER.read(path, options={})
    out = tmp_path / "b.xlsx"
    annotate(path, imported.problems, out, language="en")
    copy = load_workbook(out)
    assert copy["企业"]["A1"].font.bold
    assert copy["企业"].column_dimensions["A"].width == 33
    assert copy["企业"]["C2"].value == "=1/4"
    assert "not a date" in copy["企业"]["B2"].comment.text
    assert copy[SHEET].max_row == 1 + len(imported.problems)
    with pytest.raises(InputError, match="source itself"):
        annotate(path, imported.problems, path)


def test_a_file_that_cannot_be_read_still_gets_its_list_of_problems(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"just text")
    annotate(path, refused(path), tmp_path / "b.xlsx")
    assert load_workbook(tmp_path / "b.xlsx")[SHEET].max_row == 2
