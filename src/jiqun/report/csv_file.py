"""Rows as a CSV file inside the page: what a spreadsheet opens, and nothing that it would run."""

import base64
import csv
import io
from datetime import date

from jiqun.measures.estimate import Estimate
from jiqun.report.block import Number, Rows, Term, Value
from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.vocabulary.text import Language, Text

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "=", "+", "-", "@")
"""A spreadsheet takes text that begins so for a formula; the last four are their full-width forms."""


def inert(words: str) -> str:
    """Return text that no spreadsheet takes for a formula, with an apostrophe before it if need be."""
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA_STARTS) else words


def _field(value: Value, language: Language) -> str:
    match value:
        case None:
            written = ""
        case Number() | Estimate():
            written = repr(value.value)
        case date():
            written = value.isoformat()
        case Text():
            written = inert(value.to(language))
        case Term():
            written = inert(value.words)
        case str():
            written = inert(value)
    return written


def csv_text(data: Rows, language: Language, *, synthetic: bool) -> str:
    """Write rows as CSV (RFC 4180); rows of a synthetic record say so in their last column."""
    written = io.StringIO()
    writer = csv.writer(written)
    mark = [SYNTHETIC_MARK.en] if synthetic else []
    writer.writerow([field.head.to(language) for field in data.fields] + mark)
    writer.writerows([_field(value, language) for value in row] + mark for row in data.rows)
    return written.getvalue()


def data_uri(data: Rows, language: Language, *, synthetic: bool) -> str:
    """Return the file as a ``data:`` address, in UTF-8 with the byte-order mark that Excel asks for."""
    content = csv_text(data, language, synthetic=synthetic)
    encoded = base64.b64encode(content.encode("utf-8-sig")).decode("ascii")
    return f"data:text/csv;charset=utf-8;base64,{encoded}"
