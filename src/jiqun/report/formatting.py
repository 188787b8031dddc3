"""Numbers and days as each language writes them, by the tables of the Unicode CLDR."""

import math
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_scientific

from jiqun.vocabulary.text import Language

LOCALE: dict[Language, str] = {"en": "en_GB", "zh": "zh_Hans_CN"}
WHOLE, SIGNIFICANT = "#,##0", "@##"
SMALLEST_DECIMAL = 1e-4
LARGEST_DECIMAL = 1e12
LARGEST_SIGNIFICANT = 999.5
SURE = 0.995


def number(value: float, language: Language) -> str:
    """Write a number with three significant digits, or whole from a thousand up.

    Infinity is written ∞; below 0.0001 and from 10¹² up the number is written with an exponent.
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size, locale = abs(value), LOCALE[language]
    if 0 < size < SMALLEST_DECIMAL or size >= LARGEST_DECIMAL:
        return str(format_scientific(value, format="0.##E0", locale=locale))
    whole = float(value).is_integer() or size >= LARGEST_SIGNIFICANT
    return str(format_decimal(value, format=WHOLE if whole else SIGNIFICANT, locale=locale))


def mark(value: float, language: Language) -> str:
    """Write the number beside a mark of an axis: neighbours must not look the same."""
    if 0 < abs(value) < SMALLEST_DECIMAL or abs(value) >= LARGEST_DECIMAL:
        return number(value, language)
    return str(format_decimal(value, format="#,##0.######", locale=LOCALE[language]))


def day(value: date, language: Language) -> str:
    """Write a calendar day in full."""
    return str(format_date(value, format="long", locale=LOCALE[language]))


def share(value: float) -> str:
    """Write a probability in whole per cent, never as certain."""
    if value >= SURE:
        return ">99%"
    return "<1%" if value < 1 - SURE else f"{value:.0%}"
