"""Which division has which code, and since when? GB/T 2260 codes of 1980 to June 2023.

The table is made from dated revisions (see README.md beside it). Between two revisions nothing is
known, so a name holds from the day after the last revision without it to the day of the first one
that lacks it again: inside such a gap the old and the new division may both be accepted, and a code
that a reform moved is never refused for want of the day.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["province", "prefecture", "county"]
LAST_REVISION = dt.date(2023, 6, 30)
"""What a later reform changed is not in the table."""


@dataclass(frozen=True, slots=True)
class Division:
    """One name that one code had.

    Attributes
    ----------
    code
        Six digits.
    name
        As the Ministry of Civil Affairs lists it.
    level
        ``province``, ``prefecture`` or ``county``.
    valid_from, valid_to
        First possible day, and first day on which it surely was no more; None where the first or
        the last revision has it.
    latin
        Its proper name in pinyin, lower case and without tones.
    """

    code: str
    name: str
    level: Level
    valid_from: dt.date | None
    valid_to: dt.date | None
    latin: str

    def held(self, on: dt.date) -> bool:
        """Tell whether the code may have had this name on that day."""
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on < self.valid_to)


@cache
def divisions() -> dict[str, tuple[Division, ...]]:
    """Return every code and the names that it had, oldest first."""
    found: dict[str, list[Division]] = {}
    table = files("jiqun.vocabulary.regions").joinpath("divisions.csv").read_text("utf-8")
    for code, called, kind, start, end, latin in list(csv.reader(table.splitlines()))[1:]:
        division = Division(code, called, _level(kind), _day(start), _day(end), latin)
        found.setdefault(code, []).append(division)
    return {code: tuple(names) for code, names in found.items()}


def name(code: str, on: dt.date | None = None) -> str | None:
    """Return what a code was called on a day, by default at last.

    Parameters
    ----------
    code
        Six digits.
    on
        The day; None for the last name that the code had.
    """
    names = [one.name for one in divisions().get(code, ()) if on is None or one.held(on)]
    return names[-1] if names else None


def contains(code: str, on: dt.date | None = None) -> bool:
    """Tell whether a code was in use on a day, or ever where no day is given."""
    return name(code, on) is not None


def level(code: str) -> Level | None:
    """Return whether a code names a province, a prefecture or a county."""
    return divisions()[code][-1].level if code in divisions() else None


def parent(code: str) -> str | None:
    """Return the code of the division that this one is part of; None for a province.

    Counties of a municipality, and those under a province directly (form ``xx90xx``), belong to
    the province.
    """
    match level(code):
        case "county":
            prefecture = f"{code[:4]}00"
            return prefecture if prefecture in divisions() else f"{code[:2]}0000"
        case "prefecture":
            return f"{code[:2]}0000"
        case _:
            return None


def _level(text: str) -> Level:
    return "province" if text == "province" else "county" if text == "county" else "prefecture"


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
