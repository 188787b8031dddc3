"""Read the days of Crunchbase; those that cannot be are reported."""

import datetime as dt
import re

from jiqun.importers.parsing.open_data import DOUBTFUL, Ledger
from jiqun.vocabulary.text import Text

EARLIEST = dt.date(1900, 1, 1)


def day_of(number: int, text: str, column: str, ledger: Ledger) -> dt.date | None:
    """Return the day, or None where it is empty or cannot be one (reported)."""
    if not text:
        return None
    stated = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", text)
    try:
        day = dt.date.fromisoformat(stated[0]) if stated else None
    except ValueError:
        day = None
    if day is None or day < EARLIEST:
        told = Text(
            "{value} is no day of our time; it is left out.", "{value} 不是合理日期,已略去。"
        )
        ledger.note(DOUBTFUL, told.fill(value=text), row=number, column=column, value=text)
        return None
    return day
