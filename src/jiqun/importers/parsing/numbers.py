"""Which number does a cell say? Separators, full-width digits, 万 and 亿, per cent, currency signs.

What can be read in two ways (1.234,5 or 1,5) is refused rather than guessed.
"""

import math
import re
from collections.abc import Sequence

import polars as pl

from jiqun.importers.parsing.rules import (
    NUMBER_AMBIGUOUS,
    NUMBER_UNREADABLE,
    UNIT_TWICE,
    Failure,
    Parsed,
)
from jiqun.importers.parsing.units import CURRENCY_WORDS, MAGNITUDES
from jiqun.importers.parsing.wording import clean, is_missing, plain
from jiqun.vocabulary.text import Text

COMMON = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,17})?$"
"""Forms that polars reads; every other cell takes the careful path."""
SIGN = r"(?P<sign>[+-]?)"
DIGITS = re.compile(
    SIGN
    + r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?P<part>\.\d+)?(?P<power>[eE][+-]?\d{1,3})?"
)
SEPARATED = re.compile(r"[+-]?[\d.,]*\d[\d.,]*")
CURRENCY_FORM = "|".join(sorted(map(re.escape, CURRENCY_WORDS), key=len, reverse=True))
MAGNITUDE_FORM = "|".join(sorted(map(re.escape, MAGNITUDES), key=len, reverse=True))
AMOUNT = re.compile(
    rf"(?P<before>{CURRENCY_FORM})?\s*(?P<number>[+-]?[\d.,][\d., ]*(?:e[+-]?\d+)?)\s*"
    rf"(?P<magnitude>{MAGNITUDE_FORM})?\s*(?P<after>{CURRENCY_FORM})?\s*(?P<rest>%|‰|人|名|persons?)?",
    re.IGNORECASE,
)
UNIT_TWICE_MESSAGE = Text(
    "{value} has a unit of its own, and so has the heading.",
    "{value} 自带单位,而表头也有单位。",
)
SHARES = {"%": 0.01, "‰": 0.001}
Amount = tuple[float, str | None, bool]


def parse_numbers(cells: Sequence[object], *, factor: float = 1.0) -> Parsed:
    """Read a column of numbers.

    Parameters
    ----------
    cells
        Text or numbers as the file has them; "" or None for empty.
    factor
        Unit of the heading: 10⁴ for 万元. A cell with a unit of its own is then refused.
    """
    if set(map(type, cells)) <= {float, int}:
        return Parsed(values=pl.Series(cells, dtype=pl.Float64) * factor, failures={})
    texts = pl.Series([c if isinstance(c, str) else None for c in cells], dtype=pl.String)
    common = texts.str.contains(COMMON)
    read = pl.select(pl.when(common).then(texts).otherwise(None)).to_series()
    values: list[float | None] = read.cast(pl.Float64).to_list()
    failures: dict[int, Failure] = {}
    currencies: dict[int, str] = {}
    missing = 0
    for i, (cell, value) in enumerate(zip(cells, values, strict=True)):
        if value is not None or cell == "" or cell is None:
            continue
        found = parse_number(cell)
        if isinstance(found, Failure):
            failures[i] = found
        elif found is None:
            missing += bool(isinstance(cell, str) and clean(cell))
        elif found[2] and factor != 1.0:
            failures[i] = Failure(UNIT_TWICE, UNIT_TWICE_MESSAGE.fill(value=cell))
        else:
            values[i] = found[0]
            if found[1]:
                currencies[i] = found[1]
    return Parsed(
        values=pl.Series(values, dtype=pl.Float64) * factor,
        failures=failures,
        missing=missing,
        currencies=currencies,
    )


def parse_number(cell: object) -> Amount | Failure | None:
    """Read one cell; returns the number, its currency sign, and whether a unit was written in it."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return (float(cell), None, False) if math.isfinite(cell) else _unreadable(cell)
    if cell is None or (isinstance(cell, str) and is_missing(cell)):
        return None
    if not isinstance(cell, str):
        return _unreadable(cell)
    text = plain(cell).replace("−", "-").replace("﹣", "-")
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
    match = AMOUNT.fullmatch(text)
    if match is None and text[:1] in "+-":
        negative, match = negative or text[0] == "-", AMOUNT.fullmatch(text[1:].strip())
    if match is None:
        return _unreadable(cell)
    return _amount(cell, match, negative=negative)


def _amount(cell: str, match: re.Match[str], *, negative: bool) -> Amount | Failure:
    number = DIGITS.fullmatch(match["number"].strip())
    if number is None or not (number["whole"] or number["part"]):
        return (
            _ambiguous(cell) if SEPARATED.fullmatch(match["number"].strip()) else _unreadable(cell)
        )
    value = float(
        (number["sign"] or "")
        + (number["whole"] or "0").replace(",", "").replace(" ", "")
        + (number["part"] or "")
        + (number["power"] or "")
    )
    magnitude = MAGNITUDES[match["magnitude"].casefold()] if match["magnitude"] else 1.0
    factor = magnitude * SHARES.get(match["rest"] or "", 1.0)
    value = value * factor if factor >= 1 else value / round(1 / factor)
    currency = match["before"] or match["after"]
    if not math.isfinite(value):
        return _unreadable(cell)
    return (
        -value if negative else value,
        CURRENCY_WORDS[currency.casefold()] if currency else None,
        bool(match["magnitude"]),
    )


def _ambiguous(cell: str) -> Failure:
    return Failure(
        NUMBER_AMBIGUOUS,
        Text(
            "{value}: is the comma or the point the decimal separator?",
            "{value}:小数分隔符是逗号还是句点?",
        ).fill(value=cell),
    )


def _unreadable(cell: object) -> Failure:
    return Failure(
        NUMBER_UNREADABLE,
        Text("{value} is not a number.", "{value} 不是数值。").fill(value=repr(cell)),
    )
