"""Values and captions as plain words, for forms that have no mark-up of their own."""

import re
from collections.abc import Mapping, Sequence

from jiqun.measures.estimate import Estimate
from jiqun.report.block import Download
from jiqun.report.formatting import number
from jiqun.report.wording import gap, has_unit
from jiqun.vocabulary.counting import counted
from jiqun.vocabulary.text import Language, Text

LINE, PADDING = 108.0, 3.5
"""Columns that a table of the PDF has, and those between two columns."""
SHORT_CELLS = (28.0, 20.0, 12.0, 10.0, 0.0)
"""Lengths up to which cells are kept on one line, as far as a table has room; tried in this order."""
TWO_LINES = 2.5
SHORT_HEAD = 8.0
"""Length up to which a heading stays on one line."""
SENTENCE, KEPT = 60.0, 0.75
"""Length from which a cell is a sentence, and the part of its own share that its column keeps."""
BREAKS = re.compile(r"[\s\u200b/-]|(?<=[\u2e80-\uffef])|(?=[\u2e80-\uffef])")
FIGURE = Text("Figure {n}. {title}", "图 {n} {title}")
TABLE = Text("Table {n}. {title}", "表 {n} {title}")
DESCRIBED = Text("In words: {alt}", "文字说明:{alt}")
OBSERVATIONS = Text("Observations: ", "观测数:")
OBSERVED = Text("Observations: {n} {of}", "观测数:{n} {of}")
CONTENTS = Text("Contents", "目录")
ROWS_ARE = Text(
    "All {n} rows are in the workbook of this report, sheet “{sheet}”.",
    "全部 {n} 行见本报告工作簿的“{sheet}”工作表。",
)


def unit_of(estimate: Estimate, language: Language) -> str:
    """Return the unit as it follows the value, empty where none stands behind it."""
    if not has_unit(estimate):
        return ""
    return gap(estimate).to(language) + estimate.unit.to(language)


def observed(estimate: Estimate, language: Language) -> Text:
    """Say on how many observations an estimate rests."""
    return OBSERVED.fill(n=number(estimate.n, language), of=counted(estimate.n_of))


def rows_are(block: Download, sheets: Mapping[str, str], language: Language) -> Text:
    """Say in which sheet of the workbook all rows of a download are."""
    return ROWS_ARE.fill(n=number(block.total, language), sheet=sheets[block.name])


def widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Share out the width of a table: a column gets room by the root of the longest text in it.

    A column of numbers stays as wide as its longest number needs, one of sentences does not crowd out
    the others. Where all columns have room for it, no short cell is broken; else no word. What is given to
    short cells is not taken from sentences.
    """
    columns = [[head, *(row[i] for row in rows)] for i, head in enumerate(heads)]
    longest = [max(map(_room, column)) for column in columns]
    room = [min(max(length, 8.0), 110.0) ** 0.7 for length in longest]
    shares = [r / sum(room) for r in room]
    tries = (*((short, KEPT, LINE / 3) for short in SHORT_CELLS), (0.0, 0.0, LINE / 5))
    for short, kept, most in tries:
        least = [
            max(_least(column, short, most), kept * share if length > SENTENCE else 0.0)
            for column, share, length in zip(columns, shares, longest, strict=True)
        ]
        if sum(least) < 1.0:
            shares = _at_least(shares, least)
            break
    return tuple(round(share, 4) for share in shares)


def _least(column: Sequence[str], short: float, most: float) -> float:
    """Return the least share of a column: cells up to ``short`` stay whole, words up to ``most``."""
    head, *cells = column
    room = _room(head)
    heading = room if room <= SHORT_HEAD else _on_two_lines(head)
    needed = [heading, *(_needed(words, short) for words in cells)]
    return min(max(needed) + PADDING, most) / LINE


def _on_two_lines(words: str) -> float:
    """Count the columns that words need on two lines, none of them broken."""
    return max(_longest_word(words), _room(words) / 2)


def _needed(words: str, short: float) -> float:
    """Count the columns that a cell needs: whole up to ``short``, on two lines if it is not much longer."""
    room = _room(words)
    if room <= short:
        return room
    return _on_two_lines(words) if room <= TWO_LINES * short else _longest_word(words)


def _at_least(shares: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widen what is too narrow, and take it from what has more than it must."""
    spare = [max(share - low, 0.0) for share, low in zip(shares, least, strict=True)]
    lacking = sum(max(low - share, 0.0) for share, low in zip(shares, least, strict=True))
    kept = 1.0 - lacking / sum(spare) if lacking else 1.0
    return [low + kept * extra for low, extra in zip(least, spare, strict=True)]


def _longest_word(words: str) -> float:
    """Count the columns of the longest run that no line breaks, about."""
    return max(map(_room, BREAKS.split(words)), default=0.0)


def _room(words: str) -> float:
    """Count the columns of a text: a Chinese character takes two."""
    return sum(2.0 if ord(c) > 0x2E7F else 1.0 for c in words)  # noqa: PLR2004 (the first ideograph)
