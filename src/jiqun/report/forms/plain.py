"""Values and captions as plain words, for forms that have no mark-up of their own."""

from collections.abc import Sequence

from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Language, Text

FIGURE = Text("Figure {n}. {title}", "图 {n} {title}")
TABLE = Text("Table {n}. {title}", "表 {n} {title}")
DESCRIBED = Text("In words: {alt}", "文字说明:{alt}")
OBSERVATIONS = Text("Observations:", "观测数:")
CONTENTS = Text("Contents", "目录")
ROWS_ARE = Text(
    "All {n} rows are in the workbook of this report (--to xlsx), sheet “{sheet}”.",
    "全部 {n} 行见本报告的工作簿(--to xlsx)“{sheet}”工作表。",
)


def printable(words: str) -> str:
    """Show characters that steer a machine, or turn the direction of reading, as their codes."""
    return "".join(c if c.isprintable() or c in "\n\u200b" else f"\\u{ord(c):04x}" for c in words)


def unit_of(estimate: Estimate, language: Language) -> str:
    """Return the unit, empty for a ratio or share."""
    return "" if estimate.unit.en == "1" else estimate.unit.to(language)


def widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Share out the width of a table: a column gets room by the root of the longest text in it.

    A column of numbers stays as wide as its longest number needs, one of sentences does not crowd out
    the others.
    """
    longest = [
        max(_room(head), *(_room(row[i]) for row in rows)) if rows else _room(head)
        for i, head in enumerate(heads)
    ]
    room = [min(max(length, 8.0), 110.0) ** 0.7 for length in longest]
    return tuple(round(r / sum(room), 4) for r in room)


def _room(words: str) -> float:
    """Count the columns of a text: a Chinese character takes two."""
    return sum(2.0 if ord(c) > 0x2E7F else 1.0 for c in words)  # noqa: PLR2004 (the first ideograph)
