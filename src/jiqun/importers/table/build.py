"""From laid-out sheets to fragments of the record's tables."""

from dataclasses import dataclass, field

import polars as pl

from jiqun.importers.table.cells import Columns, read_columns
from jiqun.importers.table.fragment import Fragment, fragments_of
from jiqun.importers.table.identity import (
    Firms,
    identify_firms,
    number_rows,
    resolve,
)
from jiqun.importers.table.layout import Layout
from jiqun.importers.table.money import settle_currency
from jiqun.importers.table.options import Options
from jiqun.importers.table.periods import settle_periods
from jiqun.importers.table.places import settle_places
from jiqun.importers.table.rows import DataRows, data_rows
from jiqun.record.problem import Problem
from jiqun.record.schema import TABLES


@dataclass(slots=True, kw_only=True)
class Build:
    """What has been made of the sheets.

    Attributes
    ----------
    fragments
        Rows for the tables, by table, in the order of the sheets.
    rows
        Source → its data rows.
    empty
        Tables whose sheets have headings and no rows.
    problems
        What was wrong.
    """

    fragments: dict[str, list[Fragment]] = field(default_factory=dict)
    rows: dict[str, DataRows] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def build(layouts: list[Layout], options: Options) -> Build:
    """Read all sheets, firms first, so that the others can refer to them by name."""
    outcome = Build()
    parts: list[tuple[Fragment, Columns]] = []
    for layout in layouts:
        rows = data_rows(layout)
        outcome.rows[layout.sheet.source] = rows
        outcome.problems += rows.problems
        if not rows.numbers:
            outcome.empty.add(layout.table)
            continue
        columns = read_columns(layout, rows.numbers, rows.cells, options)
        outcome.problems += columns.problems
        parts += [(part, columns) for part in _parts(columns, outcome)]
    _settle(parts, options, outcome)
    return outcome


def _parts(columns: Columns, outcome: Build) -> list[Fragment]:
    """Part one sheet by table; what spills over from a list of firms takes their identifier."""
    found = fragments_of(columns)
    own = found.pop(columns.layout.table)
    if own.table != "firms":
        return [own]
    own, problems = identify_firms(own, columns)
    outcome.problems += problems
    return [own, *(_spilled(part, own) for part in found.values())]


def _spilled(part: Fragment, firms: Fragment) -> Fragment:
    firm = firms.frame["firm_id"]
    frame = part.frame.with_columns(firm)
    numbers = [
        c.name for c in TABLES[part.table].columns if c.type == "number" and c.name in frame.columns
    ]
    if part.table == "sites":
        frame = frame.with_columns((firm + "-site").alias("site_id"))
    spilled = Fragment(table=part.table, source=part.source, rows=part.rows, frame=frame)
    if not numbers:
        return spilled.only(pl.Series([False] * frame.height, dtype=pl.Boolean))
    return spilled.only(frame.select(pl.any_horizontal(pl.col(numbers).is_not_null())).to_series())


def _settle(parts: list[tuple[Fragment, Columns]], options: Options, outcome: Build) -> None:
    firms = Firms(part for part, _ in parts if part.table == "firms")
    numbered: dict[str, int] = {}
    for original, columns in parts:
        part = original
        for step in (settle_places, settle_currency, settle_periods):
            part, problems = step(part, columns, options)
            outcome.problems += problems
        part, problems = resolve(part, firms)
        outcome.problems += problems
        part, problems = number_rows(part, numbered.get(part.table, 0) + 1)
        outcome.problems += problems
        numbered[part.table] = numbered.get(part.table, 0) + part.frame.height
        outcome.fragments.setdefault(part.table, []).append(part)
