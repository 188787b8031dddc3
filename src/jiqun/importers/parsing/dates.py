"""Which day does a cell say? ISO, Chinese and English forms, Excel serials, a year alone.

The day-month order of forms such as 3/4/2023 is taken from the column, where one of its cells can
only be read one way, or else asked for. Two-digit years are refused.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

import polars as pl

from jiqun.importers.parsing.rules import DATE_AMBIGUOUS, DATE_UNREADABLE, Failure, Parsed
from jiqun.importers.parsing.wording import is_missing, plain
from jiqun.vocabulary.text import Text

Order = Literal["dmy", "mdy"]
EPOCH = dt.date(1899, 12, 30)
EPOCH_1904 = dt.date(1904, 1, 1)
SERIALS = range(3_654, 80_000)
"""1910 to 2119: a plain number outside is no date."""
YEARS = range(1500, 2101)
LEAP_BUG = 61
"""Excel counts a 29 February 1900 that never was: serials from 61 are a day ahead."""

ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")  # fmt: skip
CHINESE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号]?)?)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?[\s,-]+(\d{4})")
MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = {form: i for i, name in enumerate(MONTH_NAMES, 1) for form in (name, name[:3])} | {
    "sept": 9
}
NUMERALS = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
CHINESE_WORDS = re.compile(r"[〇零○一二三四五六七八九十]+(?=[年月日号])")
Day = tuple[dt.date, bool]


def parse_dates(
    cells: Sequence[object], *, order: Order | None = None, epoch_1904: bool = False
) -> Parsed:
    """Read a column of dates.

    Parameters
    ----------
    cells
        Text, numbers, dates or date-times as the file has them; "" or None for empty.
    order
        Order of day and month in forms such as 3/4/2023, where a person has said so.
    epoch_1904
        Whether the workbook counts days from 1904.
    """
    if order is None:
        order = column_order(cells)
    known: dict[object, Day | Failure | None] = {}
    for cell in set(cells):
        known[cell] = parse_date(cell, order=order, epoch_1904=epoch_1904)
    failures: dict[int, Failure] = {}
    odd = {cell for cell, found in known.items() if isinstance(found, Failure)}
    if odd:
        failures = {
            i: found
            for i, cell in enumerate(cells)
            if cell in odd and isinstance(found := known[cell], Failure)
        }
    days = {c: f[0] if isinstance(f, tuple) else None for c, f in known.items()}
    coarse = {c for c, f in known.items() if isinstance(f, tuple) and f[1]}
    words = {c for c in known if isinstance(c, str) and c and is_missing(c)}
    return Parsed(
        values=pl.Series(list(map(days.__getitem__, cells)), dtype=pl.Date),
        failures=failures,
        missing=sum(c in words for c in cells) if words else 0,
        coarse=sum(c in coarse for c in cells) if coarse else 0,
    )


def column_order(cells: Sequence[object]) -> Order | None:
    """Tell the order of day and month from the cells that can only be read one way."""
    orders: set[Order] = set()
    for cell in set(cells):
        match = NUMERIC.fullmatch(plain(cell)) if isinstance(cell, str) else None
        if match:
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:  # noqa: PLR2004 - months of a year
                orders.add("dmy")
            elif second > 12 >= first:  # noqa: PLR2004 - months of a year
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


def parse_date(
    cell: object, *, order: Order | None = None, epoch_1904: bool = False
) -> Day | Failure | None:
    """Read one cell; returns the day and whether only its year or month was given."""
    if isinstance(cell, dt.date):
        return (cell.date() if isinstance(cell, dt.datetime) else cell), False
    if cell is None or (isinstance(cell, str) and is_missing(cell)):
        return None
    if isinstance(cell, str):
        return _from_text(cell, order=order, epoch_1904=epoch_1904)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_number(float(cell), epoch_1904=epoch_1904) or _unreadable(cell)
    return _unreadable(cell)


def _from_text(cell: str, *, order: Order | None, epoch_1904: bool) -> Day | Failure:
    text = _arabic(plain(cell))
    match = NUMERIC.fullmatch(text)
    if match:
        return _by_order(cell, int(match[1]), int(match[3]), int(match[4]), order)
    if text.isdecimal() and len(text) != 6 and len(text) != 8:  # noqa: PLR2004 - YYYYMM, YYYYMMDD
        return _from_number(float(text), epoch_1904=epoch_1904) or _unreadable(cell)
    return _from_words(text) or _unreadable(cell)


def _from_number(number: float, *, epoch_1904: bool) -> Day | None:
    if number == int(number) and int(number) in YEARS:
        return dt.date(int(number), 1, 1), True
    if number == int(number) and COMPACT.fullmatch(str(int(number))):
        return _from_words(str(int(number)))
    serial = int(number)
    if serial not in SERIALS:
        return None
    return (EPOCH_1904 if epoch_1904 else EPOCH) + dt.timedelta(days=serial), False


def _from_words(text: str) -> Day | None:
    """Read a written date; None where the form is unknown or the day does not exist."""
    parts: tuple[str | int | None, ...] | None = None
    if match := ISO.fullmatch(text):
        parts = (match[1], match[3], match[4])
    elif match := CHINESE.fullmatch(text) or COMPACT.fullmatch(text):
        parts = (match[1], match[2], match[3])
    elif match := DAY_MONTH.fullmatch(text):
        parts = (match[3], MONTHS.get(match[2].casefold(), 0), match[1])
    elif match := MONTH_DAY.fullmatch(text):
        parts = (match[3], MONTHS.get(match[1].casefold(), 0), match[2])
    elif match := MONTH_YEAR.fullmatch(text):
        parts = (match[2], MONTHS.get(match[1].casefold(), 0), None)
    if parts is None or int(parts[0] or 0) not in YEARS:
        return None
    year, month, day = parts
    try:
        return dt.date(int(year or 0), _or_one(month), _or_one(day)), day is None
    except ValueError:
        return None


def _or_one(part: str | int | None) -> int:
    return 1 if part is None else int(part)


def _by_order(
    cell: object, first: int, second: int, year: int, order: Order | None
) -> Day | Failure:
    months = range(1, 13)
    if first in months and second in months and first != second and order is None:
        return Failure(
            DATE_AMBIGUOUS,
            Text(
                "{value}: day {a} of month {b}, or the other way round?",
                "{value}:是 {b} 月 {a} 日,还是相反?",
            ).fill(value=cell, a=first, b=second),
        )
    if order is None:
        order = "mdy" if second not in months else "dmy"
    day, month = (first, second) if order == "dmy" else (second, first)
    try:
        return dt.date(year, month, day), False
    except ValueError:
        return _unreadable(cell)


def _arabic(text: str) -> str:
    """Turn 二〇二三年十二月 into 2023年12月."""
    return CHINESE_WORDS.sub(lambda match: _digits(match[0]), text)


def _digits(words: str) -> str:
    if "十" not in words:
        return "".join(NUMERALS[c] for c in words)
    tens, _, ones = words.partition("十")
    return (NUMERALS.get(tens, "") or "1") + (NUMERALS.get(ones, "") or "0")


def _unreadable(cell: object) -> Failure:
    return Failure(
        DATE_UNREADABLE,
        Text("{value} is not a date that exists.", "{value} 不是有效日期。").fill(value=repr(cell)),
    )
