"""Turning the cells of a laid-out sheet into typed columns, with a problem for each that can't be."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from jiqun.importers.parsing.coded import (
    country_terms,
    currency_terms,
    parse_codes,
    parse_terms,
)
from jiqun.importers.parsing.coordinates import parse_coordinates
from jiqun.importers.parsing.dates import parse_dates
from jiqun.importers.parsing.headings import PSEUDO, Heading
from jiqun.importers.parsing.numbers import parse_numbers
from jiqun.importers.parsing.rules import (
    DATE_COARSE,
    FORMULA,
    MISSING_WORDS,
    NUMBER_UNREADABLE,
    Failure,
    Parsed,
)
from jiqun.importers.parsing.texts import parse_texts
from jiqun.importers.parsing.wording import EXCEL_ERRORS
from jiqun.importers.table.layout import Layout
from jiqun.importers.table.options import Options
from jiqun.record.problem import Problem
from jiqun.record.schema import EXTENSION_PREFIX, TABLES
from jiqun.record.schema.column import Column
from jiqun.vocabulary.text import Text

Target = tuple[str, str]
TERMS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "country": country_terms,
    "currency": currency_terms,
}
WHOLE = re.compile(r"|-?\d{1,18}")


@dataclass(slots=True, kw_only=True)
class Columns:
    """The columns of one sheet, read.

    Attributes
    ----------
    layout
        Where they are from.
    rows
        Row number in the file of each value.
    values
        (table, column) → values.
    currencies
        (table, column) → position → currency sign found in the cell.
    problems
        What could not be read.
    """

    layout: Layout
    rows: list[int]
    values: dict[Target, pl.Series] = field(default_factory=dict)
    currencies: dict[Target, dict[int, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_columns(
    layout: Layout, rows: Sequence[int], cells: Sequence[Sequence[object]], options: Options
) -> Columns:
    """Read every column of a sheet.

    Parameters
    ----------
    layout
        What each column holds.
    rows
        Row number in the file of each data row.
    cells
        The data rows, all of one length.
    options
        What the person said besides.
    """
    columns = Columns(layout=layout, rows=list(rows))
    grid = list(zip(*cells, strict=True)) if cells else []
    faults = _faults_by_column(layout, rows)
    for index, heading in layout.columns.items():
        column = grid[index] if index < len(grid) else ()
        broken = faults.get(index, {}) | _typed_errors(column)
        if broken:
            column = tuple("" if i in broken else cell for i, cell in enumerate(column))
        parsed = read_cells(column, heading, layout, options)
        target = (heading.table, heading.column)
        columns.values[target] = parsed.values.alias(heading.column)
        if parsed.currencies:
            columns.currencies[target] = parsed.currencies
        _report(columns, heading, grid[index] if grid else (), parsed, broken)
    return columns


def read_cells(
    cells: Sequence[object], heading: Heading, layout: Layout, options: Options
) -> Parsed:
    """Read the cells of one column by what its heading names."""
    name = heading.column
    if name == "year":
        parsed = parse_dates(cells)
        return Parsed(values=parsed.values.dt.year(), failures=parsed.failures)
    if name in PSEUDO or name.startswith(EXTENSION_PREFIX):
        return parse_texts(cells, words_are_missing=name == "registration")
    column = TABLES[heading.table].column(name)
    if column.type == "date":
        return parse_dates(cells, order=options.dates, epoch_1904=layout.sheet.epoch_1904)
    if column.type == "string":
        return _read_strings(cells, column)
    return _read_numbers(cells, column, heading)


def _read_strings(cells: Sequence[object], column: Column) -> Parsed:
    if column.codes:
        return parse_codes(cells, column.codes)
    if column.name in TERMS:
        return parse_terms(cells, TERMS[column.name](), strict=False)
    return parse_texts(cells, words_are_missing=column.name != "name")


def _read_numbers(cells: Sequence[object], column: Column, heading: Heading) -> Parsed:
    if column.unit == "°":
        return parse_coordinates(cells)
    if column.type == "integer" and all(isinstance(c, str) and WHOLE.fullmatch(c) for c in cells):
        integers = [int(c) if c else None for c in map(str, cells)]
        return Parsed(values=pl.Series(integers, dtype=pl.Int64), failures={})
    parsed = parse_numbers(cells, factor=heading.units.factor)
    if column.type == "number":
        return parsed
    whole = parsed.values.cast(pl.Int64, strict=False)
    odd = (parsed.values != whole.cast(pl.Float64)).fill_null(value=False).arg_true()
    message = Text("{value} is not a whole number.", "{value} 不是整数。")
    failures = {int(i): Failure(NUMBER_UNREADABLE, message.fill(value=cells[int(i)])) for i in odd}
    return Parsed(values=whole, failures=parsed.failures | failures, missing=parsed.missing)


def _faults_by_column(layout: Layout, rows: Sequence[int]) -> dict[int, dict[int, Failure]]:
    if not layout.sheet.faults:
        return {}
    position = {row: i for i, row in enumerate(rows)}
    found: dict[int, dict[int, Failure]] = {}
    for (row, column), value in layout.sheet.faults.items():
        if row + 1 in position:
            found.setdefault(column, {})[position[row + 1]] = _fault(value)
    return found


def _typed_errors(cells: Sequence[object]) -> dict[int, Failure]:
    """Find error values that a CSV file holds as text."""
    if EXCEL_ERRORS.isdisjoint(cells):
        return {}
    return {i: _fault(str(cell)) for i, cell in enumerate(cells) if cell in EXCEL_ERRORS}


def _fault(value: str) -> Failure:
    message = (
        Text("The formula gives {value}.", "公式结果为 {value}。").fill(value=value)
        if value
        else Text("The formula has no stored value.", "公式没有已保存的结果。")
    )
    return Failure(FORMULA, message)


def _report(
    columns: Columns,
    heading: Heading,
    cells: Sequence[object],
    parsed: Parsed,
    broken: dict[int, Failure],
) -> None:
    sheet = columns.layout.sheet
    for i, failure in sorted((parsed.failures | broken).items()):
        columns.problems.append(
            failure.rule.problem(
                table=heading.table,
                source=sheet.source,
                row=columns.rows[i],
                column=heading.column,
                value=str(cells[i])[:80] or None,
                message=failure.message,
            )
        )
    for rule, number in ((MISSING_WORDS, parsed.missing), (DATE_COARSE, parsed.coarse)):
        if number:
            message = Text(
                "{n} cells under {heading}: {title}.", "“{heading}”列有 {n} 个单元格:{title}。"
            ).fill(n=number, heading=heading.text, title=rule.title)
            columns.problems.append(
                rule.problem(
                    table=heading.table,
                    source=sheet.source,
                    column=heading.column,
                    message=message,
                )
            )
