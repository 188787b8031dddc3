"""Which column does a heading name? Recognised by name, label and known spellings, in two languages.

A heading is first looked up whole, then without its unit, and then in each of its lines, so that
营业收入(万元), Revenue (million CNY) and the two-line headings of our template are all found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from jiqun.importers.parsing.spellings import FIRM_NAMES, REGISTRATION, SHEETS, SPELLINGS, split
from jiqun.importers.parsing.units import Units, read_units
from jiqun.importers.parsing.wording import key
from jiqun.record.schema import TABLES

PSEUDO = {"registration", "year", "address"}
"""Read from sheets, though the record has no such column."""
SPILL: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "firms": (
        ("sites", ("longitude", "latitude")),
        (
            "accounts",
            (
                "year", "employees", "revenue", "value_added", "capital", "data_capital",
                "data_spending", "digital_revenue", "rd_spending", "currency", "price_basis",
            ),
        ),
    ),
}  # fmt: skip
"""Columns of other tables that a person puts into a list of firms."""
LINES = re.compile(r"[\n/|]|\s{2,}")
LIKENESS = 70.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading and what it was recognised as.

    Attributes
    ----------
    text
        As it stands in the file.
    table, column
        What it names; both empty where it was not recognised.
    units
        What it says besides.
    candidates
        The closest ``table.column`` where it was not recognised.
    """

    text: str
    table: str = ""
    column: str = ""
    units: Units = field(default_factory=lambda: Units(name=""))
    candidates: tuple[str, ...] = ()


@cache
def spellings_of(table: str) -> Mapping[str, tuple[str, str]]:
    """Return every spelling that a sheet of one table may use → (table, column)."""
    found: dict[str, tuple[str, str]] = {}
    for owner, names in ((table, None), *SPILL.get(table, ())):
        for column, word in (*_declared(owner), *_extra(owner)):
            if names is None or column in names:
                found.setdefault(key(word), (owner, column))
    if table != "firms" and "firm_id" in TABLES[table].names:
        for word in (*split(FIRM_NAMES), *split(REGISTRATION), *_firm_words()):
            found.setdefault(key(word), (table, "firm_id"))
    if table == "sites":
        for word in split(SPELLINGS["accounts"]["employees"]):
            found.setdefault(key(word), ("sites", "employees"))
    return found


def _declared(table: str) -> Iterator[tuple[str, str]]:
    for column in TABLES[table].columns:
        yield from ((column.name, w) for w in (column.name, column.label.en, column.label.zh))


def _extra(table: str) -> Iterator[tuple[str, str]]:
    for column, words in SPELLINGS[table].items():
        yield from ((column, word) for word in (column, *split(words)))


def _firm_words() -> tuple[str, ...]:
    return ("name", "企业名称", "企业编号", *split(SPELLINGS["firms"]["firm_id"]))


def look_up(heading: str, table: str) -> tuple[str, str] | None:
    """Return the (table, column) that a heading names, or None."""
    known = spellings_of(table)
    units = read_units(heading)
    for form in (heading, units.name):
        if found := known.get(key(form)):
            return found
    lines = [part for part in LINES.split(units.name) if key(part)]
    named = {found for part in lines if (found := known.get(key(part)))}
    return named.pop() if len(named) == 1 and len(lines) > 1 else None


def recognise(heading: str, table: str) -> Heading:
    """Tell which column a heading of a sheet of ``table`` names.

    Parameters
    ----------
    heading
        As it stands in the file.
    table
        Table that the sheet is for.
    """
    units = read_units(heading)
    found = look_up(heading, table)
    if found:
        return Heading(text=heading, table=found[0], column=found[1], units=units)
    closest = _closest(key(units.name), spellings_of(table))
    return Heading(text=heading, units=units, candidates=closest)


def _closest(word: str, known: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    # A spelling of one character is part of many words that have nothing to do with it.
    spellings = [spelling for spelling in known if len(spelling) > 1]
    matches = process.extract(word, spellings, scorer=fuzz.WRatio, score_cutoff=LIKENESS, limit=8)
    return tuple(dict.fromkeys(".".join(known[spelling]) for spelling, _, _ in matches))[:3]


@cache
def sheet_spellings() -> Mapping[str, str]:
    """Return every spelling of a sheet or file name → table."""
    found: dict[str, str] = {}
    for name, table in TABLES.items():
        for word in (name, table.label.en, table.label.zh):
            found.setdefault(key(word), name)
    for name, words in SHEETS.items():
        for word in split(words):
            found.setdefault(key(word), name)
    return found


def table_of_sheet(name: str) -> str | None:
    """Tell which table a sheet or file is for by its name; None where it says nothing."""
    known = sheet_spellings()
    parts = [name, *LINES.split(name), *re.split(r"[\s_\-()（）\d.]+", name)]
    for part in parts:
        if found := known.get(key(part)):
            return found
    word = key(name)
    contained = [s for s in known if len(s) > 1 and s in word and not s.isascii()]
    return known[max(contained, key=len)] if contained else None
