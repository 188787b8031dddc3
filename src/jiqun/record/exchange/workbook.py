"""A record as a workbook 工作簿: the same form as the template, so that it can be read back."""

import datetime as dt
import math
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from jiqun.record.exchange.forms import FormLanguage, term
from jiqun.record.exchange.sheets import FIRST_DAY, Book, Exact
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.record import Record
from jiqun.record.schema import TABLES
from jiqun.record.schema.column import Column
from jiqun.vocabulary.text import Text

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_575
EXACT_INTEGER = 10**15
TOO_MUCH = Rule(
    id="workbook.limits",
    title=Text("A workbook can hold the record", "工作簿容得下该记录"),
    remedy=Text(
        "Keep the record as NAME.jiqun, or select a part of it.",
        "请以 NAME.jiqun 保存,或只选取其中一部分。",
    ),
)


def write_workbook(record: Record, path: Path, *, language: FormLanguage = "both") -> None:
    """Write a record as a workbook; ``jiqun import table`` reads the same record back.

    Text is written as text whatever it looks like: nothing in it becomes a formula or a link.

    Parameters
    ----------
    record
        The record.
    path
        Where to write it.
    language
        ``en``, ``zh`` or ``both`` for headings and lists.

    Raises
    ------
    InputError
        Where a text or a table is longer than a sheet can hold.
    """
    problems = _limits(record)
    if problems:
        raise InputError(problems)
    book = Book(language)
    book.readme(frozenset(record), {name: record[name].height for name in record})
    book.code_lists()
    book.dictionary()
    for name in record:
        _write_rows(book, name, record)
    book.save(path)


def _write_rows(book: Book, name: str, record: Record) -> None:
    frame, table = record[name], TABLES[name]
    extensions = tuple(c for c in frame.columns if c not in table.names)
    sheet = book.table(table, extensions)
    for i, column in enumerate(table.columns):
        for row, value in enumerate(frame[column.name].to_list(), start=1):
            if value is not None:
                _write(book, sheet, (row, i), column, value)
    for i, extension in enumerate(extensions, len(table.columns)):
        for row, value in enumerate(frame[extension].to_list(), start=1):
            if value is not None:
                sheet.write_string(row, i, value)


def _write(
    book: Book, sheet: Worksheet, cell: tuple[int, int], column: Column, value: object
) -> None:
    if isinstance(value, dt.date):
        if value < FIRST_DAY:
            sheet.write_string(*cell, value.isoformat())
        else:
            sheet.write_datetime(*cell, value, book.day)
    elif isinstance(value, float) and math.isfinite(value):
        sheet.write_number(*cell, Exact(value))
    elif isinstance(value, int) and abs(value) < EXACT_INTEGER:
        sheet.write_number(*cell, value)
    elif column.codes and value in column.codes.terms:
        sheet.write_string(*cell, term(column.codes, str(value), book.language))
    else:
        sheet.write_string(*cell, str(value))


def _limits(record: Record) -> tuple[Problem, ...]:
    problems = []
    for name in record:
        frame = record[name]
        if frame.height > MOST_ROWS:
            message = Text("{n} rows; a sheet holds {most}.", "共 {n} 行,工作表至多 {most} 行。")
            problems.append(
                TOO_MUCH.problem(table=name, message=message.fill(n=frame.height, most=MOST_ROWS))
            )
        for column, dtype in frame.schema.items():
            if not dtype.is_numeric() and not dtype.is_temporal():
                lengths = frame[column].str.len_chars().fill_null(0)
                problems += [
                    TOO_MUCH.problem(
                        table=name,
                        row=int(i) + 1,
                        column=column,
                        message=TOO_LONG.fill(n=lengths[int(i)]),
                    )
                    for i in (lengths > LONGEST_TEXT).arg_true()
                ]
    return tuple(problems)


TOO_LONG = Text(
    "The text has {n} characters; a cell holds 32,767.", "文本有 {n} 个字符,单元格至多 32,767 个。"
)
