"""Writing the sheets of a workbook: headings, lists, validation, and text that stays text.

Nothing that a record holds becomes a formula or a link: ``=cmd|…`` is written as a string.
"""

import datetime as dt
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jiqun.record.exchange.forms import (
    CODES,
    DICTIONARY,
    OBSERVED,
    README,
    YES,
    FormLanguage,
    heading,
    sheet_name,
    shown,
    term,
)
from jiqun.record.exchange.whole_files import write_whole
from jiqun.record.schema import TABLES, Table
from jiqun.record.schema.column import Column
from jiqun.record.storage.faults import not_written
from jiqun.vocabulary.codes import CodeList
from jiqun.vocabulary.text import Text

FIRST_DAY = dt.date(1900, 3, 1)
"""Earlier days are written as text: Excel counts a 29 February 1900 that never was."""
VALIDATED_ROWS = 10_000
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same record gives the same bytes
WIDTH = 18
LIST_COLUMNS = ("list", "code", "English", "中文", "in the list 下拉显示")

DICTIONARY_TITLES = (
    "table", "column", "中文", "English", "type", "unit", "required", "references", "list",
    "minimum", "maximum",
)  # fmt: skip

INTRODUCTION = (
    Text("jiqun: data for a cluster study", "jiqun 集群:集群研究数据表"),
    Text(
        "Fill in the sheets that you have data for; only Firms is needed. A star marks a required "
        "column. Point at a heading to read what it means.",
        "请填写有数据的工作表,只有“企业”必填。星号为必填列。鼠标停在表头可查看说明。",
    ),
    Text(
        "Headings and list values may be in English or Chinese. Columns of your own: x_name.",
        "表头和下拉值中英文均可。自有列请以 x_ 开头命名。",
    ),
    Text(
        "Intervals are half-open: an end date is the first day on which a thing was no longer so.",
        "期间为左闭右开:结束日期为不再存续的首日。",
    ),
    Text(
        "A sheet left empty counts as not observed; write 'yes' below if it was observed and is "
        "truly empty.",
        "空表视为未观测;若确已观测且为空,请在下表填“是”。",
    ),
    Text(
        "Then run: jiqun import table THIS.xlsx --out NAME.jiqun",
        "完成后运行:jiqun import table 本文件.xlsx --out 名称.jiqun",
    ),
)


class Exact(float):
    """A number that is written with all its digits; the writer would keep sixteen."""

    def __format__(self, form: str) -> str:
        """Return the shortest form that reads back as the same number."""
        return repr(float(self))


class Book:
    """A workbook being written.

    Attributes
    ----------
    language
        Language of headings and lists.
    """

    def __init__(self, language: FormLanguage) -> None:
        self.language: FormLanguage = language
        self.buffer = BytesIO()
        self.workbook: Workbook = xlsxwriter.Workbook(
            self.buffer,
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.workbook.set_properties({"created": CREATED})
        self.bold: Format = self.workbook.add_format({"bold": True})
        self.wrap: Format = self.workbook.add_format({"text_wrap": True, "valign": "top"})
        self.day: Format = self.workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.text: Format = self.workbook.add_format({"num_format": "@"})
        self.plain_heading: Format = self._heading("#DDEBF7")
        self.required_heading: Format = self._heading("#FCE4D6")
        self.lists: dict[str, str] = {}

    def save(self, path: Path) -> None:
        """Finish the workbook and write it to ``path``, whole or not at all."""
        try:
            self.workbook.close()
        except FileCreateError as error:
            raise not_written(path, error.args[0]) from error
        write_whole({path: self.buffer.getvalue()})

    def _heading(self, colour: str) -> Format:
        return self.workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": colour, "border": 1}
        )

    def readme(self, observed: frozenset[str], rows: dict[str, int]) -> None:
        """Write the page of explanation; ``observed`` are marked with yes."""
        sheet = self.workbook.add_worksheet(shown(README, self.language))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 22)
        sheet.set_column(2, 2, 70, self.wrap)
        sheet.set_column(3, 4, 18)
        line = 0
        for text in INTRODUCTION:
            sheet.write_string(
                line, 0, shown(text, self.language, "  "), self.bold if not line else None
            )
            line += 1
        line += 1
        titles = (Text("table", "表"), Text("sheet", "工作表"), Text("meaning", "含义"))
        for i, title in enumerate(
            (*titles, Text("observed, even if empty", "已观测(可为空)"), Text("rows", "行数"))
        ):
            sheet.write_string(line, i, shown(title, self.language), self.plain_heading)
        for name, table in TABLES.items():
            line += 1
            sheet.write_string(line, 0, name)
            sheet.write_string(line, 1, sheet_name(table, self.language))
            sheet.write_string(line, 2, shown(table.meaning, self.language, "\n"), self.wrap)
            sheet.write_string(
                line, OBSERVED, shown(YES, self.language) if name in observed else ""
            )
            if name in rows:
                sheet.write_number(line, 4, rows[name])

    def code_lists(self) -> None:
        """Write every code list, and remember where its drop-down values are."""
        sheet = self.workbook.add_worksheet(shown(CODES, self.language))
        sheet.set_column(0, 4, 26)
        for i, title in enumerate(LIST_COLUMNS):
            sheet.write_string(0, i, title, self.plain_heading)
        line = 1
        for codes in code_lists():
            first = line
            for code, text in codes.terms.items():
                for i, value in enumerate(
                    (codes.name, code, text.en, text.zh, term(codes, code, self.language))
                ):
                    sheet.write_string(line, i, value)
                line += 1
            name = shown(CODES, self.language)
            self.lists[codes.name] = f"='{name}'!$E${first + 1}:$E${line}"

    def dictionary(self) -> None:
        """Write what every column means."""
        sheet = self.workbook.add_worksheet(shown(DICTIONARY, self.language))
        titles = [
            "table",
            "column",
            "中文",
            "English",
            "type",
            "unit",
            "required",
            "references",
            "list",
            "minimum",
            "maximum",
        ]
        sheet.set_column(0, len(titles) - 1, 16)
        sheet.set_column(len(titles), len(titles) + 1, 60)
        for i, title in enumerate((*titles, "含义", "meaning")):
            sheet.write_string(0, i, title, self.plain_heading)
        line = 1
        for table in TABLES.values():
            for column in table.columns:
                for i, value in enumerate(_described(table, column)):
                    sheet.write_string(line, i, value)
                line += 1

    def table(self, table: Table, extensions: tuple[str, ...] = ()) -> Worksheet:
        """Write the headings of one table, with notes, lists and validation."""
        sheet = self.workbook.add_worksheet(sheet_name(table, self.language))
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 34)
        for i, column in enumerate(table.columns):
            style = self.required_heading if column.required else self.plain_heading
            sheet.write_string(0, i, heading(table, column, self.language), style)
            sheet.write_comment(0, i, self._note(column), {"x_scale": 2.0, "y_scale": 1.5})
            cells = self.day if column.type == "date" else None
            sheet.set_column(i, i, WIDTH, self.text if column.type == "string" else cells)
            rule = self._validation(column)
            if rule:
                sheet.data_validation(1, i, VALIDATED_ROWS, i, rule)
        for i, name in enumerate(extensions, len(table.columns)):
            sheet.write_string(0, i, name, self.plain_heading)
            sheet.set_column(i, i, WIDTH, self.text)
        return sheet

    def _note(self, column: Column) -> str:
        parts = [column.name, shown(column.meaning, self.language, "\n")]
        if column.unit:
            parts.append(column.unit)
        if column.references:
            parts.append(f"→ {column.references}")
        return "\n".join(parts)

    def _validation(self, column: Column) -> dict[str, object] | None:
        if column.codes:
            return {
                "validate": "list",
                "source": self.lists[column.codes.name],
                "error_type": "warning",
            }
        if column.type == "date":
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": dt.date(1900, 1, 1),
                "maximum": dt.date(2200, 1, 1),
                "error_type": "warning",
            }
        if column.type in {"number", "integer"}:
            low, high = column.minimum, column.maximum
            kind = "decimal" if column.type == "number" else "integer"
            if low is not None and high is not None:
                limits = {"criteria": "between", "minimum": low, "maximum": high}
            elif low is not None:
                limits = {"criteria": ">=", "value": low}
            else:
                limits = {"criteria": "between", "minimum": -1e300, "maximum": 1e300}
            return {"validate": kind, "error_type": "stop", **limits}
        return None


def code_lists() -> tuple[CodeList, ...]:
    """Return every code list that a column uses, once."""
    found = {c.codes.name: c.codes for t in TABLES.values() for c in t.columns if c.codes}
    return tuple(found.values())


def _described(table: Table, column: Column) -> tuple[str, ...]:
    return (
        table.name,
        column.name,
        column.label.zh,
        column.label.en,
        column.type,
        column.unit,
        shown(YES, "both") if column.required else "",
        column.references or "",
        column.codes.name if column.codes else "",
        "" if column.minimum is None else f"{column.minimum:g}",
        "" if column.maximum is None else f"{column.maximum:g}",
        column.meaning.zh,
        column.meaning.en,
    )
