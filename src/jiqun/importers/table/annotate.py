"""The person's own workbook with its problems marked, in a copy: values and formatting kept.

The copy is made with openpyxl. Text stays text: what begins with ``=`` in a CSV file is written as
a string, and formulas that the workbook already has stay as they are.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from jiqun.importers.table.delimited import read_delimited
from jiqun.importers.table.importer import lay_out_all
from jiqun.importers.table.layout import Layout
from jiqun.importers.table.options import Options, read_options
from jiqun.importers.table.sheet import Sheet, letters
from jiqun.importers.table.workbook_file import read_workbook
from jiqun.record.exchange.whole_files import write_whole
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.storage.faults import not_written
from jiqun.vocabulary.text import Language, Text

SHEET = "Problems 问题"
COLOURS: Mapping[str, str] = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
SEVERITY = {"error": Text("error", "错误"), "warning": Text("warning", "提示")}
TITLES = (
    Text("severity", "级别"),
    Text("sheet", "工作表"),
    Text("row", "行"),
    Text("column", "列"),
    Text("cell", "单元格"),
    Text("value", "值"),
    Text("problem", "问题"),
    Text("remedy", "处理方法"),
    Text("rule", "规则"),
)
WIDTHS = (10, 20, 8, 18, 10, 24, 60, 60, 22)
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx"})
OVERWRITES = Rule(
    id="annotate.overwrites",
    title=Text("The marked copy is another file than the source", "标注副本不覆盖原文件"),
    remedy=Text("Choose another name.", "请另选文件名。"),
)


def annotate(
    source: Path,
    problems: Iterable[Problem],
    out: Path,
    *,
    language: Language = "zh",
    options: Mapping[str, str] | None = None,
) -> None:
    """Write a copy of a person's file with every problem marked where it is.

    Offending cells are coloured and have a note; a sheet "Problems 问题" lists everything.

    Parameters
    ----------
    source
        The workbook, CSV file or folder that was imported.
    problems
        What the import reported.
    out
        Where to write the copy, an .xlsx.
    language
        Language of the notes.
    options
        The options of the import, so that columns are found where the import found them.

    Raises
    ------
    InputError
        Where ``out`` is the source itself.
    """
    found = tuple(problems)
    if out.resolve() == source.resolve():
        message = Text("{file} is the source itself.", "{file} 就是原文件。").fill(file=out.name)
        problem = OVERWRITES.problem(table="", source=source.name, message=message)
        raise InputError((problem,))
    chosen = read_options(options or {})
    workbook, sheets, titles = _open(source, chosen)
    layouts = {layout.sheet.source: layout for layout in _layouts(sheets, chosen)}
    places = [_mark(workbook, titles, layouts, problem, language) for problem in found]
    _list(workbook, found, places, language)
    buffer = BytesIO()
    try:
        workbook.save(buffer)
    except OSError as error:
        raise not_written(out, error) from error
    write_whole({out: buffer.getvalue()})


def _layouts(sheets: Iterable[Sheet], options: Options) -> list[Layout]:
    return lay_out_all(sheets, options)[0]


def _open(source: Path, options: Options) -> tuple[Workbook, list[Sheet], dict[str, str]]:
    """Open a copy of the source: the workbook, its sheets as read, and source → name of sheet."""
    if source.suffix.casefold() in WORKBOOKS and source.is_file():
        try:
            sheets = list(read_workbook(source))
        except InputError:
            return Workbook(), [], {}
        workbook = load_workbook(source, keep_vba=source.suffix.casefold() == ".xlsm")
        return workbook, sheets, {sheet.source: sheet.name for sheet in sheets}
    files = sorted(source.glob("*.[ct]sv")) if source.is_dir() else [source]
    workbook = Workbook()
    sheets, titles = [], {}
    for file in files:
        try:
            sheet = read_delimited(file, encoding=options.encoding)
        except (InputError, OSError):
            continue
        sheets.append(sheet)
        titles[sheet.source] = _copy(workbook, sheet)
    if titles:
        workbook.remove(workbook.worksheets[0])
    return workbook, sheets, titles


def _copy(workbook: Workbook, sheet: Sheet) -> str:
    """Write the cells of a CSV file as text."""
    title = "".join(c for c in sheet.name if c not in "[]:*?/\\")[:28] or "CSV"
    target = workbook.create_sheet(title)
    for i, row in enumerate(sheet.rows, start=1):
        for j, value in enumerate(row, start=1):
            if value != "":
                _write(target.cell(i, j), str(value))
    return str(target.title)


def _write(cell: Cell | MergedCell, text: str) -> None:
    """Write text that no program takes for a formula."""
    cell.value = "".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in text)[:32_767]
    cell.data_type = "s"
    cell.quotePrefix = True


def _mark(
    workbook: Workbook,
    titles: Mapping[str, str],
    layouts: Mapping[str, Layout],
    problem: Problem,
    language: Language,
) -> str:
    """Colour the cell of one problem and note it; returns the name of the cell, if it has one."""
    title, layout = titles.get(problem.source), layouts.get(problem.source)
    if title is None:
        return ""
    sheet: Worksheet = workbook[title]
    column = layout.of_problem(problem.table, problem.column) if layout else None
    row = problem.row or (layout.heading_row + 1 if layout and column is not None else None)
    if row is None:
        return ""
    cell = sheet.cell(row, 1 if column is None else column + 1)
    if isinstance(cell, MergedCell):
        return f"{letters(cell.column - 1)}{row}"
    cell.fill = PatternFill("solid", fgColor=COLOURS[problem.severity])
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    text = before + problem.message.to(language) + "\n→ " + problem.remedy.to(language)
    cell.comment = Comment(text[:2_000], "jiqun", width=360, height=160)
    return f"{letters(cell.column - 1)}{row}"


def _list(
    workbook: Workbook, problems: tuple[Problem, ...], places: list[str], language: Language
) -> None:
    sheet = workbook.create_sheet(SHEET, 0)
    for j, (title, width) in enumerate(zip(TITLES, WIDTHS, strict=True), start=1):
        cell = sheet.cell(1, j)
        _write(cell, title.to(language))
        cell.font = Font(bold=True)
        sheet.column_dimensions[letters(j - 1)].width = width
    for i, (problem, place) in enumerate(zip(problems, places, strict=True), start=2):
        values = (
            SEVERITY[problem.severity].to(language),
            problem.source,
            "" if problem.row is None else str(problem.row),
            problem.column or "",
            place,
            problem.value or "",
            problem.message.to(language),
            problem.remedy.to(language),
            problem.rule,
        )
        for j, value in enumerate(values, start=1):
            cell = sheet.cell(i, j)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(i, 1).fill = PatternFill("solid", fgColor=COLOURS[problem.severity])
    sheet.freeze_panes = "A2"
