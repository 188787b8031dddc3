"""Numbers and days as each language writes them, by the tables of the Unicode CLDR."""

import math
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_scientific

from jiqun.vocabulary.text import Language

LOCALE: dict[Language, str] = {"en": "en_GB", "zh": "zh_Hans_CN"}
WHOLE, SIGNIFICANT = "#,##0", "@##"
SMALLEST, SMALLEST_SHOWN = 1e-6, "0.000001"
LARGEST_DECIMAL = 1e12
LARGEST_SIGNIFICANT = 999.5


def number(value: float, language: Language) -> str:
    """Write a number with three significant digits, or whole from a thousand up.

    Infinity is written ∞. Nearer to nought than a millionth, that is all that is said, since an exponent
    puzzles most readers; exact numbers stand in the tables for programs. From 10¹² up an exponent is used.
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size, locale = abs(value), LOCALE[language]
    if 0 < size < SMALLEST:
        return f"<{SMALLEST_SHOWN}" if value > 0 else f">-{SMALLEST_SHOWN}"
    if size >= LARGEST_DECIMAL:
        return _with_exponent(value, language)
    whole = float(value).is_integer() or size >= LARGEST_SIGNIFICANT
    return str(format_decimal(value, format=WHOLE if whole else SIGNIFICANT, locale=locale))


def mark(value: float, language: Language) -> str:
    """Write the number beside a mark of an axis: neighbours must not look the same."""
    if 0 < abs(value) < SMALLEST or abs(value) >= LARGEST_DECIMAL:
        return _with_exponent(value, language)
    return str(format_decimal(value, format="#,##0.######", locale=LOCALE[language]))


def _with_exponent(value: float, language: Language) -> str:
    return str(format_scientific(value, format="0.##E0", locale=LOCALE[language]))


def day(value: date, language: Language) -> str:
    """Write a calendar day in full."""
    return str(format_date(value, format="long", locale=LOCALE[language]))
