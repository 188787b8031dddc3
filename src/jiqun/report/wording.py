"""Values as words in one language."""

from datetime import date

from jiqun.measures.estimate import Estimate
from jiqun.report.block import Cell, Number, Term
from jiqun.report.formatting import day, number
from jiqun.vocabulary.text import Language, Text

INTERVAL = Text("({low} to {high})", "({low} 至 {high})")
BAND = Text("(by chance {low} to {high})", "(随机情形下 {low} 至 {high})")
GAP, AFTER_BRACKET = Text(" ", " "), Text(" ", "")
ABSENT = "–"
CALENDAR_YEAR = "year"


def interval(estimate: Estimate, language: Language) -> str:
    """Say between which ends, and whether they are of the value or of chance; empty where there are none."""
    if estimate.low is None or estimate.high is None:
        return ""
    ends = {"low": number(estimate.low, language), "high": number(estimate.high, language)}
    return (BAND if estimate.is_band_of_chance else INTERVAL).fill(**ends).to(language)


def value_of(estimate: Estimate, language: Language) -> str:
    """Say the value without its interval; a calendar year is no quantity: 2003, not 2,003."""
    if estimate.value is None:
        return ABSENT
    if estimate.unit.en == CALENDAR_YEAR:
        return f"{estimate.value:.0f}"
    return number(estimate.value, language)


def has_unit(estimate: Estimate) -> bool:
    """Tell whether a unit stands behind the value: not behind a share, and not behind a year."""
    return estimate.unit.en not in {"1", CALENDAR_YEAR}


def printable(words: str) -> str:
    """Show characters that steer a machine, or turn the direction of reading, as their codes."""
    return "".join(c if c.isprintable() or c in "\n\u200b" else f"\\u{ord(c):04x}" for c in words)


def gap(estimate: Estimate) -> Text:
    """Return what stands between a value and its unit: Chinese has no blank after a bracket."""
    return GAP if estimate.low is None else AFTER_BRACKET


def said(cell: Cell, language: Language) -> str:
    """Say a value, or a run of values, in one language."""
    match cell:
        case None:
            words = ABSENT
        case tuple():
            words = "".join(said(part, language) for part in cell)
        case Text():
            words = cell.to(language)
        case Number():
            words = number(cell.value, language)
        case Estimate():
            ends = interval(cell, language)
            value = value_of(cell, language)
            between = " " if language == "en" else ""
            words = f"{value}{between}{ends}" if ends else value
        case Term():
            words = cell.words
        case date():
            words = day(cell, language)
        case _:
            words = cell
    return words
