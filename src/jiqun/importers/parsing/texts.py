"""What does a cell of text say? Blanks trimmed, numbers written out, lost digits noticed."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from jiqun.importers.parsing.rules import DIGITS_LOST, TOO_LONG, Failure, Parsed
from jiqun.importers.parsing.wording import STRIPPED, is_missing
from jiqun.vocabulary.text import Text

EXACT = 10**15
"""Excel keeps 15 digits of a number."""
LONGEST = 32_767
"""Characters that a spreadsheet cell can hold."""


def parse_texts(cells: Sequence[object], *, words_are_missing: bool = True) -> Parsed:
    """Read a column of text.

    Parameters
    ----------
    cells
        Text, numbers or dates as the file has them; "" or None for empty.
    words_are_missing
        Whether a dash or "N/A" stands for no value, as it does not in a name.
    """
    failures: dict[int, Failure] = {}
    if not set(map(type, cells)) <= {str}:
        failures = {i: _digits_lost(c) for i, c in enumerate(cells) if _is_inexact(c)}
        cells = [c if isinstance(c, str) else written(c) for c in cells]
    texts = pl.Series(cells, dtype=pl.String).str.strip_chars(STRIPPED)
    lengths = texts.str.len_bytes()
    if (lengths.max() or 0) > LONGEST:  # type: ignore[operator]
        characters = texts.str.len_chars().to_list()
        failures |= {i: _too_long(n) for i, n in enumerate(characters) if n and n > LONGEST}
    empty = texts == ""
    missing = 0
    if words_are_missing:
        candidates = texts.filter(lengths <= 16).unique().to_list()  # noqa: PLR2004 - "not applicable" is the longest
        words = [c for c in candidates if c and is_missing(c)]
        if words:
            hit = texts.is_in(words)
            missing, empty = int(hit.sum()), empty | hit
    return Parsed(
        values=pl.select(pl.when(~empty).then(texts)).to_series(),
        failures=failures,
        missing=missing,
    )


def written(cell: object) -> str:
    """Write out a cell that the workbook holds as a number, a date or a truth value."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time(0):
        return cell.date().isoformat()
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def _is_inexact(cell: object) -> bool:
    return isinstance(cell, float) and abs(cell) >= EXACT


def _digits_lost(cell: object) -> Failure:
    return Failure(
        DIGITS_LOST,
        Text(
            "{value} is stored as a number of more than 15 digits, so its last digits are lost.",
            "{value} 以数值保存且超过 15 位,末尾数字已丢失。",
        ).fill(value=cell),
    )


def _too_long(length: int) -> Failure:
    return Failure(
        TOO_LONG,
        Text("The cell has {n} characters.", "该单元格有 {n} 个字符。").fill(n=f"{length:,}"),
    )
