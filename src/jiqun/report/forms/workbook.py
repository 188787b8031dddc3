"""The report as a workbook: what it says in order, then tidy sheets with a dictionary of their columns.

No cell is ever a formula or a link, whatever a record holds.
"""

import datetime as dt
import math
import re
from importlib.metadata import version
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiqun.measures.estimate import Estimate
from jiqun.record.exchange.sheets import CREATED, FIRST_DAY, Exact
from jiqun.record.exchange.workbook import LONGEST_TEXT
from jiqun.report.block import Field, Number, Rows, Term, Value
from jiqun.report.forms.lines import lines_of
from jiqun.report.report import Report
from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.report.tables import Table, result_tables
from jiqun.report.wording import printable, said
from jiqun.vocabulary.text import Language, Text

LONGEST_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
ABOUT, TOLD, DICTIONARY = "about", "report", "dictionary"
WIDEST, NARROWEST = 60, 10
LOOKED_AT = 200
DICTIONARY_FIELDS = (
    Field("sheet", Text("sheet", "工作表")),
    Field("column", Text("column", "列")),
    Field("english", Text("in English", "英文")),
    Field("chinese", Text("in Chinese", "中文")),
    Field("type", Text("type", "类型")),
    Field("meaning", Text("meaning", "含义")),
)
SHEET_FIELDS = (
    Field("sheet", Text("sheet", "工作表")),
    Field("holds", Text("what it holds", "内容")),
    Field("rows", Text("rows", "行数")),
)
TOLD_TITLE = Text("What the report says, in its order", "报告全文(按顺序)")
DICTIONARY_TITLE = Text("What each column holds", "各列含义")
MADE_BY = Text("Made by jiqun {version}, seed {seed}.", "由 jiqun {version} 生成,随机种子 {seed}。")
NO_FORMULA = Text(
    "Numbers are values, and no cell is a formula. “estimate” is the same name in every sheet and form.",
    "数值均为常量,任何单元格都不是公式;“估计编号”在各工作表与各格式中一致。",
)
KINDS = {"number": Text("number", "数值"), "day": Text("day", "日期"), "text": Text("text", "文本")}


def sheet_names(report: Report) -> dict[str, str]:
    """Return the sheet of each download: its own, or the one that it names."""
    own = _sheets(result_tables(report))
    return {d.name: d.sheet or own.get(d.name, d.name) for d in report.downloads}


def _sheets(tables: tuple[Table, ...]) -> dict[str, str]:
    """Give each table a sheet name that a workbook allows, unique whatever the case."""
    names: dict[str, str] = {}
    taken = {ABOUT, TOLD, DICTIONARY}
    for table in tables:
        wanted = FORBIDDEN.sub("-", table.name)[:LONGEST_NAME] or "sheet"
        name, n = wanted, 1
        while name.lower() in taken:
            n += 1
            name = f"{wanted[: LONGEST_NAME - len(str(n)) - 1]}-{n}"
        names[table.name] = name
        taken.add(name.lower())
    return names


def render(report: Report, language: Language) -> bytes:
    """Write the workbook; the same report gives the same bytes.

    Parameters
    ----------
    report
        What to write.
    language
        Language of headings and words.
    """
    return _Book(report, language).written()


class _Book:
    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.language = report, language
        self.buffer = BytesIO()
        safe = dict.fromkeys(
            ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
        )
        self.workbook = xlsxwriter.Workbook(self.buffer, {**safe, "in_memory": True})
        self.workbook.set_properties({"created": CREATED, "title": report.title.to(language)})
        self.head: Format = self.workbook.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.title: Format = self.workbook.add_format({"bold": True, "font_size": 14})
        self.bold: Format = self.workbook.add_format({"bold": True})
        self.wrap: Format = self.workbook.add_format({"text_wrap": True, "valign": "top"})
        self.day: Format = self.workbook.add_format({"num_format": "yyyy-mm-dd"})

    def written(self) -> bytes:
        """Write every sheet."""
        tables = result_tables(self.report)
        names = _sheets(tables)
        self.about(tables, names)
        self.told()
        for table in tables:
            self.rows(names[table.name], table.data)
        self.rows(DICTIONARY, self.dictionary(tables, names))
        self.workbook.close()
        return self.buffer.getvalue()

    def about(self, tables: tuple[Table, ...], names: dict[str, str]) -> None:
        """Say what the workbook is and what its sheets hold."""
        sheet = self.sheet(ABOUT)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70, self.wrap)
        study = self.report.study
        made = MADE_BY.fill(version=version("jiqun"), seed=study.seed)
        opening = (*((SYNTHETIC_MARK,) if study.synthetic else ()), made, NO_FORMULA)
        sheet.write_string(0, 0, self.report.title.to(self.language), self.title)
        for line, text in enumerate(opening, start=1):
            sheet.write_string(line, 0, text.to(self.language))
        listed: list[tuple[Value, ...]] = [(TOLD, TOLD_TITLE, None)]
        for table in tables:
            count = Number(value=len(table.data.rows), basis=f"count:{table.name}")
            listed.append((names[table.name], table.title, count))
        listed.append((DICTIONARY, DICTIONARY_TITLE, None))
        self.table(sheet, Rows(fields=SHEET_FIELDS, rows=tuple(listed)), len(opening) + 2)

    def told(self) -> None:
        """Write the report line by line, its tables as rows of cells."""
        sheet = self.sheet(TOLD)
        sheet.set_column(0, 0, 46, self.wrap)
        sheet.set_column(1, 9, 26, self.wrap)
        styles = {"title": self.title, "heading": self.bold, "head": self.head}
        for row, line in enumerate(lines_of(self.report, self.language)):
            for column, cell in enumerate(line.cells):
                self.cell(sheet, row, column, cell, styles.get(line.kind))

    def rows(self, name: str, data: Rows) -> None:
        """Write a tidy sheet."""
        sheet = self.sheet(name)
        self.table(sheet, data, 0)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(data.rows), len(data.fields) - 1)
        for column in range(len(data.fields)):
            told = [data.fields[column].head.to(self.language)]
            told += [said(row[column], self.language) for row in data.rows[:LOOKED_AT]]
            width = max(
                min(len(words) * (2 if not words.isascii() else 1), WIDEST) for words in told
            )
            sheet.set_column(column, column, max(width + 2, NARROWEST))

    def table(self, sheet: Worksheet, data: Rows, first: int) -> None:
        """Write headings and rows from a line on."""
        for column, field in enumerate(data.fields):
            sheet.write_string(first, column, field.head.to(self.language), self.head)
        for i, row in enumerate(data.rows, start=first + 1):
            for column, value in enumerate(row):
                self.cell(sheet, i, column, value)

    def cell(
        self, sheet: Worksheet, row: int, column: int, value: Value, style: Format | None = None
    ) -> None:
        """Write one value: a number as a number, a day as a day, all else as text."""
        match value:
            case None:
                return
            case Number() | Estimate() if value.value is not None and math.isfinite(value.value):
                sheet.write_number(row, column, Exact(value.value), style)
            case dt.date() if value >= FIRST_DAY:
                sheet.write_datetime(row, column, value, style or self.day)
            case _:
                words = printable(said(value, self.language))
                sheet.write_string(row, column, words[:LONGEST_TEXT], style)

    def dictionary(self, tables: tuple[Table, ...], names: dict[str, str]) -> Rows:
        """Say what each column of each sheet holds."""
        rows: list[tuple[Value, ...]] = [
            (
                names[table.name],
                field.name,
                Term(words=field.head.en, language="en"),
                Term(words=field.head.to("zh"), language="zh"),
                KINDS[_kind([row[i] for row in table.data.rows])],
                field.meaning,
            )
            for table in tables
            for i, field in enumerate(table.data.fields)
        ]
        return Rows(fields=DICTIONARY_FIELDS, rows=tuple(rows))

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet."""
        return self.workbook.add_worksheet(name)


def _kind(values: list[Value]) -> str:
    """Say what a column holds."""
    held = [v for v in values if v is not None]
    if held and all(isinstance(v, Number) for v in held):
        return "number"
    return "day" if held and all(isinstance(v, dt.date) for v in held) else "text"
