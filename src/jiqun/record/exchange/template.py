"""The spreadsheet to fill in 模板: one sheet a table, made from the declaration only."""

from pathlib import Path

from jiqun.record.exchange.forms import FormLanguage
from jiqun.record.exchange.sheets import Book
from jiqun.record.schema import TABLES

WRITTEN_BY_TOOLS = frozenset({"provenance"})


def write_template(path: Path, *, language: FormLanguage = "both") -> None:
    """Write an empty workbook that ``jiqun import table`` reads once it is filled in.

    Parameters
    ----------
    path
        Where to write it.
    language
        ``en``, ``zh`` or ``both`` for headings, lists and notes.
    """
    book = Book(language)
    book.readme(frozenset(), {})
    book.code_lists()
    book.dictionary()
    for name, table in TABLES.items():
        if name not in WRITTEN_BY_TOOLS:
            book.table(table)
    book.save(path)
