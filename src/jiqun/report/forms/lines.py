"""The report line by line, for forms that are read from top to bottom without pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jiqun.report.block import (
    Block,
    Cell,
    Download,
    Equation,
    Figure,
    Grid,
    Heading,
    Items,
    KeyFigures,
    Number,
    Paragraph,
    Value,
)
from jiqun.report.forms import plain
from jiqun.report.origin import origin
from jiqun.report.report import Report
from jiqun.report.wording import said
from jiqun.vocabulary.text import Language

LineKind = Literal["title", "heading", "text", "head", "row"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a text, or the cells of a row of a table."""

    kind: LineKind
    cells: tuple[Value, ...]


def lines_of(report: Report, language: Language) -> Iterator[Line]:
    """Yield the whole report in its order; numbers that stand alone in a cell stay numbers."""
    yield Line("title", (report.title,))
    counts = {"figure": 0, "table": 0}
    for part in report.parts:
        yield Line("text", ())
        yield Line("title", (part.title,))
        for block in part.blocks:
            yield from _lines(block, language, counts)


def _lines(block: Block, language: Language, counts: dict[str, int]) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield Line("text", (block.text,))
        case Heading():
            yield Line("heading", (block.text,))
        case Equation():
            yield Line("text", (block.formula,))
        case Items():
            yield from (Line("text", (f"• {said(i, language)}",)) for i in block.items)
        case Grid():
            yield from _grid(block, language, counts)
        case Figure():
            counts["figure"] += 1
            yield Line("heading", (plain.FIGURE.fill(n=counts["figure"], title=block.title),))
            yield from (Line("text", (t,)) for t in (*block.notes, block.alt))
        case KeyFigures():
            for e in block.estimates:
                yield Line("row", (e.label, e, *((e.unit,) if e.unit.en != "1" else ())))
                yield from (Line("text", (line,)) for line in origin(e))
        case Download():
            pass  # the rows have a sheet of their own


def _grid(block: Grid, language: Language, counts: dict[str, int]) -> Iterator[Line]:
    counts["table"] += 1
    yield Line("heading", (plain.TABLE.fill(n=counts["table"], title=block.caption),))
    yield Line("head", block.heads)
    for row in block.rows:
        yield Line("row", tuple(_alone(cell, language) for cell in row))
    yield from (Line("text", (note,)) for note in block.notes)


def _alone(cell: Cell, language: Language) -> Value:
    """Keep a number that stands alone, and write out everything else."""
    return cell if isinstance(cell, Number) else said(cell, language)
