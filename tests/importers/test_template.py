"""The template and the workbook: made from the declaration, and read back to the same record.

Paper: E1 (firms), K3f, K3g (ties and alliances): what a person is asked to fill in
"""

import datetime as dt
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jiqun.importers.table import IMPORTER
from jiqun.record.exchange.forms import FormLanguage, sheet_name
from jiqun.record.exchange.template import write_template
from jiqun.record.exchange.workbook import write_workbook
from jiqun.record.problem import InputError
from jiqun.record.record import Record, empty_table
from jiqun.record.schema import TABLES
from jiqun.vocabulary.codes import FIRM_KIND, TIE_KIND

LANGUAGES: tuple[FormLanguage, ...] = ("en", "zh", "both")
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "http://a.b",
    "1e5",
)


def read_back(record: Record, path: Path, language: FormLanguage) -> Record:
    write_workbook(record, path, language=language)
    return IMPORTER.read(path, options={}).record


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_has_a_sheet_a_table_and_reads_as_nothing_observed(
    tmp_path: Path, language: FormLanguage
) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, language=language)
    book = load_workbook(path)
    tables = [t for t in TABLES.values() if t.name != "provenance"]
    assert [sheet_name(t, language) in book.sheetnames for t in tables] == [True] * len(tables)
    assert len(book.sheetnames) == len(tables) + 3
    firms = book[sheet_name(TABLES["firms"], language)]
    assert firms.freeze_panes == "B2"
    assert str(firms["A1"].value).endswith("*")
    assert not str(firms["B1"].value).endswith("*")
    assert len(firms.data_validations.dataValidation) == 6
    assert "firm_id" in firms["A1"].comment.text
    imported = IMPORTER.read(path, options={})
    assert dict(imported.record.tables) == {}
    assert {p.rule for p in imported.problems} == {"shape.firms"}


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_template(first)
    write_template(second)
    assert first.read_bytes() == second.read_bytes()


def test_drop_down_values_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path)
    book = load_workbook(path)
    sheet = book[sheet_name(TABLES["firms"], "both")]
    for row, (code, text) in enumerate(FIRM_KIND.terms.items(), start=2):
        sheet.cell(row, 1, code)
        sheet.cell(row, 3, f"{text.zh} {text.en}")
    book.save(path)
    firms = IMPORTER.read(path, options={}).record["firms"]
    assert firms["kind"].to_list() == firms["firm_id"].to_list() == list(FIRM_KIND.codes)


def test_hostile_text_survives_and_is_never_live(tmp_path: Path) -> None:
    record = Record.of(
        firms=pl.DataFrame(
            {"firm_id": [f"f{i}" for i in range(7)], "name": HOSTILE, "x_n": HOSTILE}
        )
    )
    path = tmp_path / "a.xlsx"
    assert read_back(record, path, "both")["firms"].equals(record["firms"])
    sheet = load_workbook(path)[sheet_name(TABLES["firms"], "both")]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_an_observed_and_empty_table_stays_so(tmp_path: Path) -> None:
    firms = pl.DataFrame({"firm_id": ["a"]})
    record = Record.of(firms=firms, ties=empty_table("ties"))
    found = read_back(record, tmp_path / "a.xlsx", "both")
    assert list(found) == ["firms", "ties"]


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    record = Record.of(firms=pl.DataFrame({"firm_id": ["a"], "name": ["x" * 32_768]}))
    with pytest.raises(InputError) as error:
        write_workbook(record, tmp_path / "a.xlsx")
    assert [(p.table, p.row, p.column) for p in error.value.problems] == [("firms", 1, "name")]
    assert list(tmp_path.iterdir()) == []


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
).filter(
    lambda text: (
        any(c.isalnum() for c in text)
        and text.casefold() not in {"na", "nil", "nan", "null", "none"}
    )
)
DAYS = st.dates(dt.date(1600, 1, 1), dt.date(2100, 12, 31))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)


@st.composite
def records(draw: st.DrawFn) -> Record:
    ids = draw(st.lists(WORDS, min_size=1, max_size=5, unique_by=str.casefold))
    firms = pl.DataFrame(
        {
            "firm_id": ids,
            "name": draw(st.lists(st.none() | WORDS, min_size=len(ids), max_size=len(ids))),
            "kind": [draw(st.none() | st.sampled_from(FIRM_KIND.codes)) for _ in ids],
            "founded": pl.Series([draw(st.none() | DAYS) for _ in ids], dtype=pl.Date),
            "digital_native": [draw(st.none() | st.floats(0, 1)) for _ in ids],
            "x_own": [draw(st.none() | WORDS) for _ in ids],
        },
        schema_overrides={
            "name": pl.String,
            "kind": pl.String,
            "x_own": pl.String,
            "digital_native": pl.Float64,
        },
    )
    ties = pl.DataFrame(
        {
            "tie_id": ["t1"],
            "source": [ids[0]],
            "target": [ids[-1]],
            "kind": [draw(st.sampled_from(TIE_KIND.codes))],
            "start": pl.Series([draw(DAYS)], dtype=pl.Date),
            "value": [draw(NUMBERS)],
            "currency": ["CNY"],
        }
    )
    return Record.of(firms=firms) if ids[0] == ids[-1] else Record.of(firms=firms, ties=ties)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(record=records(), language=st.sampled_from(LANGUAGES))
def test_a_record_written_and_read_is_the_same_record(
    record: Record, language: FormLanguage
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.xlsx"
        write_workbook(record, path, language=language)
        found = IMPORTER.read(path, options={})
    bad = [
        p
        for p in found.problems
        if p.severity == "error" and not p.rule.startswith(("columns.", "ties."))
    ]
    assert bad == []
    for table in record if not any(p.severity == "error" for p in found.problems) else ():
        assert found.record[table].equals(record[table])
