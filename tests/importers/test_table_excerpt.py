"""Rows with problems as they stand in a person's sheet."""

from pathlib import Path

from jiqun.importers.reading import import_record
from jiqun.importers.table.excerpt import excerpts
from jiqun.record.problem import InputError, Problem


def imported(source: Path) -> tuple[Problem, ...]:
    """Return what the import reports."""
    try:
        return import_record("table", source).problems
    except InputError as error:
        return error.problems


def test_a_row_is_shown_as_it_stands_with_its_wrong_cell_marked(tmp_path: Path) -> None:
    source = tmp_path / "firms.csv"
    source.write_text(
        "备注,企业编号,企业名称,机构类别\nx,F1,甲,firm\ny,F2,乙,wizard\nz,F3,丙,firm\n",
        encoding="utf-8",
    )
    problems = imported(source)
    (excerpt,) = excerpts(source, problems)
    (row,) = [row for row in excerpt.rows if row.number == 3]
    at = excerpt.headings.index("机构类别")
    assert excerpt.letters[at] == "D"
    assert row.cells[at] == "wizard"
    assert [problems[place].value for column, place in row.marks if column == at] == ["wizard"]
    assert all(row.number != 4 for row in excerpt.rows), "what is right is not shown"


def test_a_row_that_ends_early_and_a_sheet_without_problems(tmp_path: Path) -> None:
    source = tmp_path / "firms.csv"
    source.write_text("firm_id,name,kind\nF1,a,firm\nF1\n", encoding="utf-8")
    shown = excerpts(source, imported(source))
    assert all(len(row.cells) == len(excerpt.headings) for excerpt in shown for row in excerpt.rows)
    assert excerpts(source, ()) == ()


def test_only_the_first_rows_are_shown_and_what_cannot_be_read_has_none(tmp_path: Path) -> None:
    source = tmp_path / "firms.csv"
    lines = "\n".join(f"F{i},n{i},wizard" for i in range(100))
    source.write_text(f"firm_id,name,kind\n{lines}\n", encoding="utf-8")
    (excerpt,) = excerpts(source, imported(source), most_rows=7)
    assert len(excerpt.rows) <= 7
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    assert excerpts(broken, imported(broken)) == ()
