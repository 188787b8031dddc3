"""How a sheet is laid out: which table it is for, where its headings are, what each column holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jiqun.importers.parsing.headings import (
    Heading,
    look_up,
    recognise,
    spellings_of,
    table_of_sheet,
)
from jiqun.importers.parsing.units import read_units
from jiqun.importers.parsing.wording import clean, key, plain
from jiqun.importers.table.options import NONE, Options
from jiqun.importers.table.rules import (
    HEADING_OPTION,
    HEADING_TWICE,
    HEADING_UNKNOWN,
    NO_HEADING,
    SHEET_UNUSED,
)
from jiqun.importers.table.sheet import Sheet
from jiqun.record.problem import Problem
from jiqun.record.schema import EXTENSION_PREFIX, TABLES
from jiqun.vocabulary.text import Text

LOOKED_AT = 10
"""Rows among which the heading row is looked for."""

STANDS_IN = {"start": "year", "end": "year", "firm_id": "registration"}
"""Where the record's column is derived → the column that it is from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything is in a sheet.

    Attributes
    ----------
    sheet
        The sheet.
    table
        Table that it is for.
    heading_row
        Index of the heading row, counted from 0.
    columns
        Index of a column, counted from 0 → what its heading names.
    """

    sheet: Sheet
    table: str
    heading_row: int
    columns: dict[int, Heading]

    def place(self, table: str, column: str) -> int | None:
        """Return the index of the column that holds ``table.column``."""
        for index, heading in self.columns.items():
            if (heading.table, heading.column) == (table, column):
                return index
        return None

    def of_problem(self, table: str, column: str | None) -> int | None:
        """Return the index of the column that a problem is about, also where one stands in for it."""
        if column is None:
            return None
        place = self.place(table, column)
        if place is not None:
            return place
        wanted = {column, STANDS_IN.get(column, "")}
        for index, heading in self.columns.items():
            if heading.column in wanted or heading.text in wanted:
                return index
        return None


def lay_out(sheet: Sheet, options: Options) -> tuple[Layout | None, tuple[Problem, ...]]:
    """Tell the layout of a sheet; None where it is left out or can't be told."""
    named = options.sheets.get(key(sheet.name)) or table_of_sheet(sheet.name)
    if named == NONE or not any(any(map(_filled, row)) for row in sheet.rows):
        return None, ()
    table, heading_row, score = _best(sheet, (named,) if named else tuple(TABLES), options)
    if named is None and score == 0 and len(sheet.rows) > 0:
        return None, (_unused(sheet) if _is_prose(sheet) else _no_heading(sheet),)
    if score == 0:
        return None, (_no_heading(sheet),)
    columns, problems = _columns(sheet, table, heading_row, options)
    return Layout(sheet=sheet, table=table, heading_row=heading_row, columns=columns), problems


def _filled(cell: object) -> bool:
    return cell not in ("", None) and not (isinstance(cell, str) and not clean(cell))


def _is_prose(sheet: Sheet) -> bool:
    """Say whether a sheet has at most one filled cell a row, like a page of notes."""
    return all(sum(map(_filled, row)) <= 1 for row in sheet.rows[:LOOKED_AT])


def _best(sheet: Sheet, tables: Iterable[str], options: Options) -> tuple[str, int, int]:
    """Return the table and row with the most recognised headings, and how many they are."""
    best = (next(iter(tables)), 0, 0)
    for table in tables:
        for index, row in enumerate(sheet.rows[:LOOKED_AT]):
            names = {
                cell: named
                for cell in row
                if isinstance(cell, str) and (named := _name_of(cell, table, options))
            }
            found = len(set(names.values()))
            # A, B, X or Y alone is as likely a value as a heading.
            if found > best[2] and (found > 1 or not all(len(key(c)) == 1 for c in names)):
                best = (table, index, found)
    return best


def _name_of(cell: str, table: str, options: Options) -> tuple[str, str] | None:
    target = options.columns.get(key(cell))
    if target:
        owner, _, column = target.rpartition(".")
        return (owner or table, column) if owner in {"", table} else None
    if cell.startswith(EXTENSION_PREFIX):
        return table, cell
    return look_up(cell, table) if cell and len(cell) <= 200 else None  # noqa: PLR2004 - longer is no heading


def _columns(
    sheet: Sheet, table: str, row: int, options: Options
) -> tuple[dict[int, Heading], tuple[Problem, ...]]:
    columns: dict[int, Heading] = {}
    problems: list[Problem] = []
    taken: dict[tuple[str, str], int] = {}
    for index, cell in enumerate(sheet.rows[row]):
        text = clean(str(cell)) if cell is not None else ""
        if not text:
            continue
        heading, problem = _heading(text, table, options)
        if problem:
            problems.append(replace(problem, source=sheet.source, row=row + 1))
        target = (heading.table, heading.column)
        if target in taken:
            first = columns[taken[target]].text
            problems.append(_twice(sheet, heading, first, row, table))
            continue
        taken[target] = index
        columns[index] = heading
    return columns, tuple(problems)


def _heading(text: str, table: str, options: Options) -> tuple[Heading, Problem | None]:
    target = options.columns.get(key(text))
    if target is not None:
        return _as_told(text, table, target)
    if text.startswith(EXTENSION_PREFIX):
        return Heading(text=text, table=table, column=text), None
    heading = recognise(text, table)
    if heading.table:
        return heading, None
    column = extension(text)
    return replace(heading, table=table, column=column), _unknown(heading, table, column)


def _as_told(text: str, table: str, target: str) -> tuple[Heading, Problem | None]:
    units = read_units(text)
    owner, _, column = target.rpartition(".")
    if target.startswith(EXTENSION_PREFIX):
        return Heading(text=text, table=table, column=target), None
    allowed = set(spellings_of(table).values())
    if (owner or table, column) in allowed:
        return Heading(text=text, table=owner or table, column=column, units=units), None
    message = Text(
        "Heading {heading} can't stand for {target} in a sheet of {table}.",
        "在 {table} 表中,表头“{heading}”不能对应 {target}。",
    ).fill(heading=text, target=target, table=table)
    problem = HEADING_OPTION.problem(table=table, column=text, value=target, message=message)
    return Heading(text=text, table=table, column=extension(text)), problem


def extension(heading: str) -> str:
    """Return the name under which a heading of the user's own is kept."""
    words = re.sub(r"\s+", "_", plain(heading))
    return EXTENSION_PREFIX + words


def _unknown(heading: Heading, table: str, column: str) -> Problem:
    closest = heading.candidates
    message = Text(
        "Heading {heading} is not recognised; its column is kept as {column}. {closest}",
        "未能识别表头“{heading}”,该列按 {column} 保留。{closest}",
    ).fill(
        heading=heading.text,
        column=column,
        closest=Text("Did you mean {names}?", "是否指 {names}?").fill(names=", ".join(closest))
        if closest
        else "",
    )
    return HEADING_UNKNOWN.problem(table=table, column=heading.text, message=message)


def _twice(sheet: Sheet, heading: Heading, first: str, row: int, table: str) -> Problem:
    message = Text(
        "Headings {first} and {second} both stand for {target}.",
        "表头“{first}”与“{second}”都对应 {target}。",
    ).fill(first=first, second=heading.text, target=f"{heading.table}.{heading.column}")
    return HEADING_TWICE.problem(
        table=table, source=sheet.source, row=row + 1, column=heading.text, message=message
    )


def _no_heading(sheet: Sheet) -> Problem:
    shown = ", ".join(str(cell)[:20] for cell in _first_row(sheet.rows))
    message = Text(
        "No row of {name} has a heading in English or Chinese that is known; it starts with: "
        "{shown}.",
        "{name} 中没有可识别的中文或英文表头;开头为:{shown}。",
    ).fill(name=sheet.name, shown=shown)
    return NO_HEADING.problem(table=sheet.name, source=sheet.source, message=message)


def _first_row(rows: Sequence[Sequence[object]]) -> list[object]:
    return next(([c for c in row if _filled(c)][:8] for row in rows if any(map(_filled, row))), [])


def _unused(sheet: Sheet) -> Problem:
    message = Text(
        "Sheet {name} was not used: neither its name nor its cells say which table it is.",
        "未使用工作表“{name}”:其名称和内容均未说明对应哪张表。",
    ).fill(name=sheet.name)
    return SHEET_UNUSED.problem(table=sheet.name, source=sheet.source, message=message)
