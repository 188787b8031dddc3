"""The report as a PDF that archives (PDF/A) and screen readers (PDF/UA) take; the same bytes each time."""

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from jiqun.measures.estimate import Estimate
from jiqun.report import fonts
from jiqun.report.block import (
    Block,
    Download,
    Equation,
    Figure,
    Grid,
    Heading,
    Items,
    KeyFigures,
    Number,
    Paragraph,
)
from jiqun.report.forms import plain
from jiqun.report.forms.typesetting import typeset_pdf
from jiqun.report.forms.workbook import sheet_names
from jiqun.report.origin import origin
from jiqun.report.report import Report
from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.report.wording import printable, said
from jiqun.vocabulary.text import Language, Text

LONG_RUN = re.compile(r"[!-~]{15,}")
BREAK_AFTER = re.compile(r"([/_:=.,;&?]|[^/_:=.,;&?-]{20})(?=.)")
"""Where a long run may break: a word is left whole, so that a reader who searches for it finds it."""
PAGE = Text("page", "页")


class Layout:
    """Turns blocks into what the template reads: plain words, numbers written out, SVG drawings."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.language = report, language
        self.sheets = sheet_names(report)
        self.figure = self.table = 0

    def document(self) -> dict[str, object]:
        """Return the whole report."""
        mark = SYNTHETIC_MARK.to(self.language) if self.report.study.synthetic else ""
        return {
            "title": self.say(self.report.title),
            "language": self.language,
            "contents": self.say(plain.CONTENTS),
            "mark": mark,
            "parts": [
                {
                    "name": part.name,
                    "title": self.say(part.title),
                    "blocks": [self.block(block) for block in part.blocks],
                }
                for part in self.report.parts
            ],
        }

    def say(self, text: Text) -> str:
        """Return a wording that fits on a line."""
        return self.fit(text.to(self.language))

    @staticmethod
    def fit(words: str) -> str:
        """Let long runs of Latin characters break, and show control characters as codes."""
        return LONG_RUN.sub(lambda m: BREAK_AFTER.sub("\\1\u200b", m[0]), printable(words))

    def cell(self, cell: object) -> str:
        """Return a value as words."""
        return self.fit(said(cell, self.language))  # type: ignore[arg-type]  # a Cell

    def block(self, block: Block) -> dict[str, object]:
        """Return one block."""
        match block:
            case Paragraph():
                made = {"kind": "paragraph", "text": self.say(block.text), "notice": block.notice}
            case Heading():
                made = {"kind": "heading", "text": self.say(block.text)}
            case Equation():
                made = {"kind": "equation", "text": block.formula}
            case Items():
                made = {"kind": "items", "items": [self.cell(item) for item in block.items]}
            case Grid():
                made = self.grid(block)
            case Figure():
                made = self.drawing(block)
            case KeyFigures():
                made = {"kind": "cards", "cards": [self.card(e) for e in block.estimates]}
            case Download():
                made = {"kind": "note", "text": self.elsewhere(block)}
        return made

    def grid(self, block: Grid) -> dict[str, object]:
        """Return a table with the share of the width that each column gets."""
        self.table += 1
        caption = plain.TABLE.fill(n=self.table, title=block.caption)
        heads = [self.say(head) for head in block.heads]
        rows = [[self.cell(cell) for cell in row] for row in block.rows]
        right = [
            bool(block.rows) and all(isinstance(row[i], Number) for row in block.rows)
            for i in range(len(heads))
        ]
        return {
            "kind": "grid",
            "caption": self.say(caption),
            "heads": heads,
            "rows": rows,
            "right": right,
            "widths": plain.widths(heads, rows),
            "notes": [self.say(note) for note in block.notes],
        }

    def drawing(self, block: Figure) -> dict[str, object]:
        """Return a figure."""
        self.figure += 1
        caption = plain.FIGURE.fill(n=self.figure, title=block.title)
        return {
            "kind": "figure",
            "svg": printable(str(block.draw(self.language))),
            "alt": self.say(block.alt),
            "caption": self.say(caption),
            "notes": [self.say(note) for note in block.notes],
            "described": self.say(plain.DESCRIBED.fill(alt=block.alt)),
        }

    def card(self, estimate: Estimate) -> dict[str, object]:
        """Return one key figure."""
        return {
            "label": self.say(estimate.label),
            "value": self.cell(estimate),
            "unit": self.fit(plain.unit_of(estimate, self.language)),
            "lines": [
                *(self.say(line) for line in origin(estimate)),
                self.say(plain.observed(estimate, self.language)),
            ],
        }

    def elsewhere(self, block: Download) -> str:
        """Say in which sheet of the workbook the rows are, where not all stand in the report."""
        if block.told >= block.total:
            return ""
        return self.say(plain.rows_are(block, self.sheets, self.language))


def render(report: Report, language: Language, own_fonts: Sequence[Path] = ()) -> bytes:
    """Lay out a report as PDF/A-2a and PDF/UA-1.

    Parameters
    ----------
    report
        What to lay out.
    language
        Language of all words that are not the record's own.
    own_fonts
        Font files for characters that the bundled font lacks.

    Raises
    ------
    InputError
        Where a character has no glyph in any font, or the extra ``pdf`` is not installed.
    """
    document = Layout(report, language).document()
    fonts.demand(_texts(document), tuple(own_fonts))
    template = (files("jiqun.report") / "templates" / "report.typ").read_text(encoding="utf-8")
    return typeset_pdf(template, document, own_fonts)


def _texts(data: object) -> list[str]:
    """Collect every text in the document."""
    match data:
        case str():
            return [data]
        case dict():
            return [text for part in data.values() for text in _texts(part)]
        case list():
            return [text for part in data for text in _texts(part)]
        case _:
            return []
