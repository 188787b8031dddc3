"""Uploads: sound ones are kept, wrong ones are answered by their problems, hostile ones do no harm."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from jiqun.studio.guarded import take_in
from jiqun.studio.routes.uploads import safe_name
from jiqun.studio.settings import Limits
from tests.studio.opened import entered

SCRIPT = "<img src=x onerror=alert(1)>"


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook with a sheet of firms."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "firms"
    sheet.append(("firm_id", "name", "kind"))
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: TestClient, name: str, content: bytes) -> dict[str, object]:
    """Upload and return the answer, which must be one."""
    answer = client.post("/api/records", params={"name": name}, content=content)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def test_a_sound_workbook_becomes_a_record_until_it_is_removed(tmp_path: Path) -> None:
    content = workbook(("F1", "甲公司", "firm"), ("F2", SCRIPT, "firm"))
    with entered(tmp_path) as client:
        found = upload(client, "成员.xlsx", content)
        assert found["firms"] == 2
        record = found["record"]
        assert client.get(f"/api/records/{record}").json()["name"] == "成员"
        page = client.get(f"/api/records/{record}/rows/firms").json()
        assert SCRIPT in page["rows"][1], "it is shown as it is, and the page writes text only"
        assert list((tmp_path / "incoming").iterdir()) == []
        assert len(list((tmp_path / "records").iterdir())) == 1
        assert client.delete(f"/api/records/{record}").status_code == 204
        assert list((tmp_path / "records").iterdir()) == []


def test_a_wrong_workbook_is_answered_by_its_problems_and_not_kept(tmp_path: Path) -> None:
    source, out = tmp_path / "wrong.xlsx", tmp_path / "out.jiqun.zip"
    source.write_bytes(workbook(("F1", "甲公司", "firm"), ("F1", "乙公司", "wizard")))
    found = take_in(source, "table", out)
    assert (found.record, out.exists()) == (None, False)
    assert "wizard" in {problem.value for problem in found.problems}
    assert all(problem.remedy.zh and problem.remedy.en for problem in found.problems)


def test_a_problem_is_shown_where_it_stands(tmp_path: Path) -> None:
    """The wrong cell is marked in the row as the sheet has it, under the sheet's own heading."""
    source = tmp_path / "wrong.xlsx"
    source.write_bytes(
        workbook(("F1", "甲公司", "firm"), ("F2", "=1+1", "firm"), ("F3", SCRIPT, "wizard"))
    )
    found = take_in(source, "table", tmp_path / "out.jiqun.zip")
    (excerpt,) = found.excerpts
    assert (excerpt.letters, excerpt.headings) == (["A", "B", "C"], ["firm_id", "name", "kind"])
    (row,) = [row for row in excerpt.rows if row.number == 4]
    assert row.cells == ["F3", SCRIPT, "wizard"]
    marked = {column: found.problems[place] for column, place in row.marks}
    assert marked[2].value == "wizard"


def test_a_copy_with_the_problems_marked_can_be_taken_along(tmp_path: Path) -> None:
    content = workbook(("F1", "甲公司", "firm"), ("F3", SCRIPT, "wizard"))
    with entered(tmp_path) as client:
        answer = client.post(
            "/api/marked", params={"name": "成员.xlsx", "lang": "zh"}, content=content
        )
        assert answer.status_code == 200
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cell = book["firms"]["C3"]
        assert cell.value == "wizard"
        assert cell.comment is not None
        assert "wizard" in book.worksheets[0]["F2"].value
        assert list((tmp_path / "incoming").iterdir()) == [], "nothing of it is kept"
        refused = client.post("/api/marked", params={"name": "bomb.xlsx"}, content=bomb())
        assert refused.status_code in {200, 422}, "a bomb is answered, at most with a list"
        assert client.get("/api/session").status_code == 200


def test_a_cell_without_end_stays_within_the_page(tmp_path: Path) -> None:
    """A cell of a workbook ends at 32,767 characters, one of a CSV nowhere."""
    source = tmp_path / "long.csv"
    table = f"firm_id,name,kind\nF1,{'集' * 10**6},firm\nF2,b,{'x' * 10**6}\n"
    source.write_text(table, encoding="utf-8")
    found = take_in(source, "table", tmp_path / "out.jiqun.zip")
    assert found.problems
    assert len(found.model_dump_json()) < 100_000


def bomb() -> bytes:
    """Return a workbook whose one sheet grows a thousandfold: 300 MB of zeros in 300 kB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b"0" * 2**20)
    return out.getvalue()


def test_an_archive_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    with entered(tmp_path) as client:
        found = upload(client, "bomb.xlsx", bomb())
        assert found["record"] is None
        assert found["problems"]
        assert client.get("/api/session").status_code == 200
    source = tmp_path / "bomb.jiqun.zip"
    source.write_bytes(bomb())
    assert take_in(source, "record", tmp_path / "out.jiqun.zip").record is None


def test_what_takes_too_long_or_too_much_is_ended(tmp_path: Path) -> None:
    content = workbook(("F1", "甲公司", "firm"))
    for limits, words in (
        (replace(Limits(), seconds=0.05), "took longer"),
        (replace(Limits(), memory=2**26), "more memory"),
    ):
        with entered(tmp_path / words.replace(" ", ""), limits=limits) as client:
            found = upload(client, "a.xlsx", content)
            assert words in str(found["problems"])
            assert client.get("/api/session").status_code == 200


def test_a_file_over_the_limit_is_not_received(tmp_path: Path) -> None:
    with entered(tmp_path, limits=replace(Limits(), upload=1000)) as client:
        told = client.post("/api/records", params={"name": "a.csv"}, content=b"x" * 1001)
        assert told.status_code == 413

        def untold() -> object:
            yield from (b"x" * 600 for _ in range(3))

        unsaid = client.post("/api/records", params={"name": "a.csv"}, content=untold())
        assert unsaid.status_code in {411, 413}
        assert list((tmp_path / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\a.xlsx", "a.xlsx"),
        ("成员 (2024).xlsx", "成员 (2024).xlsx"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("...", "upload"),
        ("x" * 500 + ".xlsx", "x" * 115 + ".xlsx"),
    ],
)
def test_a_name_cannot_lead_elsewhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe
