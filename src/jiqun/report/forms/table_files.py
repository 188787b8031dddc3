"""The tables of results as files for statistics packages: Parquet and Stata."""

import io
from datetime import date

import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.report.block import Number, Rows, Value
from jiqun.report.forms.stata import stata
from jiqun.report.report import Report
from jiqun.report.tables import result_tables
from jiqun.report.wording import said
from jiqun.vocabulary.text import Language


def frame(data: Rows, language: Language) -> pl.DataFrame:
    """Return rows as a data frame: numbers and days as such, everything else as text."""
    columns = {}
    for i, field in enumerate(data.fields):
        held = [_plain(row[i], language) for row in data.rows]
        kinds = {type(value) for value in held if value is not None}
        if kinds <= {float}:
            columns[field.name] = pl.Series(held, dtype=pl.Float64)
        elif kinds == {date}:
            columns[field.name] = pl.Series(held, dtype=pl.Date)
        else:
            texts = [None if value is None else str(value) for value in held]
            columns[field.name] = pl.Series(texts, dtype=pl.String)
    return pl.DataFrame(columns)


def _plain(value: Value, language: Language) -> float | date | str | None:
    match value:
        case None | date():
            return value
        case Number() | Estimate():
            return None if value.value is None else float(value.value)
        case _:
            return said(value, language)


def parquet(report: Report, language: Language) -> dict[str, bytes]:
    """Return name → content of one Parquet file a table."""
    files = {}
    for table in result_tables(report):
        written = io.BytesIO()
        frame(table.data, language).write_parquet(written, statistics=False)
        files[f"tables/{table.name}.{language}.parquet"] = written.getvalue()
    return files


def dta(report: Report, language: Language) -> dict[str, bytes]:
    """Return name → content of one Stata file a table, its headings as labels of the variables."""
    files = {}
    for table in result_tables(report):
        heads = [field.head.to(language) for field in table.data.fields]
        title = said(table.title, language)
        files[f"tables/{table.name}.{language}.dta"] = stata(
            frame(table.data, language), heads, title
        )
    return files
