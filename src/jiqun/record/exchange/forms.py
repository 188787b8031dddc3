"""How a record looks as a workbook: names of sheets, headings, lists; from the declaration only.

The template, the export and the import of tables share these, so that what is written is read.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from jiqun.record.schema import TABLES, Table
from jiqun.record.schema.column import Column
from jiqun.vocabulary.codes import CodeList
from jiqun.vocabulary.text import Text

FormLanguage = Literal["en", "zh", "both"]
README = Text("README", "说明")
DICTIONARY = Text("Data dictionary", "数据字典")
CODES = Text("Code lists", "代码列表")
YES = Text("yes", "是")
WGS84 = "WGS 84"
REQUIRED = "*"


def shown(text: Text, language: FormLanguage, between: str = " ") -> str:
    """Return a wording in one language, or Chinese then English."""
    if language == "both":
        return text.zh if text.zh == text.en else f"{text.zh}{between}{text.en}"
    return text.to(language)


OWN_SHEETS = frozenset(
    shown(name, language)
    for name in (README, DICTIONARY, CODES)
    for language in ("en", "zh", "both")
)
"""Sheets that explain and hold no table."""


def sheet_name(table: Table, language: FormLanguage) -> str:
    """Return the name of the sheet of a table."""
    return shown(table.label, language)


def heading(table: Table, column: Column, language: FormLanguage) -> str:
    """Return the heading of a column; a star says that it is required.

    Where the label of one column is the name of another, the heading is the column's own name.
    """
    label = column.label
    if any(other.name == label.en for other in table.columns if other is not column):
        label = Text(column.name, label.zh)
    unit = ""
    if column.unit == "°" and WGS84 in column.meaning.en:
        unit = f" ({column.unit}, {WGS84})"
    star = f" {REQUIRED}" if column.required else ""
    return shown(label, language, "\n") + unit + star


def term(codes: CodeList, code: str, language: FormLanguage) -> str:
    """Return what a drop-down list shows for a code."""
    return shown(codes.terms[code], language)


def observed_tables(sheets: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> frozenset[str]:
    """Return the tables that the README sheet marks as observed though they may be empty."""
    labels = {shown(YES, language) for language in ("en", "zh", "both")}
    return frozenset(
        str(row[0])
        for name, rows in sheets
        if name in {shown(README, language) for language in ("en", "zh", "both")}
        for row in rows
        if len(row) > OBSERVED and row[0] in TABLES and row[OBSERVED] in labels
    )


OBSERVED = 3
"""Column of the README sheet that says whether a table was observed."""
