"""The report as a Word file, to be edited further; the same bytes each time."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

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
from jiqun.report.forms.typesetting import picture
from jiqun.report.forms.workbook import sheet_names
from jiqun.report.origin import origin
from jiqun.report.report import Report
from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.report.wording import printable, said
from jiqun.vocabulary.text import Language, Text

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed stamp: the same report gives the same bytes."""
STAMP = (2000, 1, 1, 0, 0, 0)
LATIN, CHINESE = "Arial", "Microsoft YaHei"
STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "Caption")
TEXT_CM = 17.4
SMALL_TABLE = 6
"""Rows up to which a table stays on one page."""
LINE = Pt(11.5)
"""Height of a line in tables, exact: fonts of two scripts would set one row's cells at two heights."""
WORD_LANGUAGE: dict[Language, str] = {"en": "en-GB", "zh": "zh-CN"}


def render(report: Report, language: Language, own_fonts: Sequence[Path] = ()) -> bytes:
    """Lay out a report as a Word file.

    Parameters
    ----------
    report
        What to lay out.
    language
        Language of all words that are not the record's own.
    own_fonts
        Font files for characters in figures that the bundled font lacks; the rest of the file is set
        in the fonts of the reader's machine.

    Raises
    ------
    InputError
        Where a character of a figure has no glyph, or the extra ``pdf`` is not installed.
    """
    return _Writer(report, language, own_fonts).written()


class _Writer:
    def __init__(self, report: Report, language: Language, own_fonts: Sequence[Path]) -> None:
        self.report, self.language, self.own_fonts = report, language, tuple(own_fonts)
        self.sheets = sheet_names(report)
        self.figure = self.table = 0
        self.opened = False
        """Whether a heading stands right before, which what follows must not leave alone."""
        self.document: Document = docx.Document()
        self.prepare()

    def prepare(self) -> None:
        """Set page, fonts, language and properties."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.8)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(1.8)
        for name in STYLES:
            style = self.document.styles[name]
            style.font.name = LATIN
            fonts_of = style.element.get_or_add_rPr().get_or_add_rFonts()
            fonts_of.set(qn("w:eastAsia"), CHINESE)
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts_of.attrib.pop(qn(f"w:{theme}"), None)
            if name != "Normal":
                style.font.color.rgb = RGBColor(0x1B, 0x1B, 0x1B)
        self.document.styles["Normal"].font.size = Pt(10)
        self.document.styles["Normal"].paragraph_format.space_after = Pt(4)
        self.set_language()
        properties = self.document.core_properties
        properties.title = printable(self.report.title.to(self.language))
        properties.author, properties.comments = "jiqun", ""
        properties.created = properties.modified = MADE
        properties.language = WORD_LANGUAGE[self.language]

    def set_language(self) -> None:
        """Tell spelling checkers and screen readers the language."""
        made = OxmlElement("w:lang")
        made.set(qn("w:val"), "en-GB")
        made.set(qn("w:eastAsia"), "zh-CN")
        self.document.styles["Normal"].element.get_or_add_rPr().append(made)

    def written(self) -> bytes:
        """Write all parts."""
        if self.report.study.synthetic:
            header = self.document.sections[0].header.paragraphs[0]
            header.add_run(SYNTHETIC_MARK.to(self.language)).bold = True
        _number_pages(self.document)
        _update_on_opening(self.document)
        self.document.add_heading(self.say(self.report.title), level=0)
        for number_of, part in enumerate(self.report.parts):
            heading = self.document.add_heading(self.say(part.title), level=1)
            _mark(heading, part.name, number_of)
            for block in part.blocks:
                self.block(block)
            if number_of == 0:
                self.contents()
        content = io.BytesIO()
        self.document.save(content)
        return without_times(content.getvalue())

    def contents(self) -> None:
        """List the sections with their pages, each a link to its place, behind the page for who decides.

        A page's number is a field: programs that lay the text out know it, and fill it in on opening.
        """
        self.document.add_heading(self.say(plain.CONTENTS), level=2)
        for part in self.report.parts:
            line = self.document.add_paragraph()
            line.paragraph_format.space_after = Pt(1)
            line.paragraph_format.tab_stops.add_tab_stop(
                Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            _link(line, part.name, self.say(part.title))
            line.add_run("\t")
            _field(line, f"PAGEREF {part.name} \\h")

    def say(self, text: Text) -> str:
        """Return a wording without characters that XML does not allow."""
        return printable(text.to(self.language))

    def block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Paragraph():
                made = self.paragraph(self.say(block.text), bold=block.notice)
                made.paragraph_format.keep_with_next = self.opened
            case Heading():
                self.document.add_heading(self.say(block.text), level=2)
            case Equation():
                self.paragraph(block.formula)
            case Items():
                for item in block.items:
                    words = printable(said(item, self.language))
                    self.document.add_paragraph(words, style="List Bullet")
            case Grid():
                self.grid(block)
            case Figure():
                self.drawing(block)
            case KeyFigures():
                self.cards(block)
            case Download() if block.told < block.total:
                self.small(self.say(plain.rows_are(block, self.sheets, self.language)))
        self.opened = isinstance(block, Heading)

    def paragraph(self, words: str, *, bold: bool = False) -> WordParagraph:
        """Write a paragraph."""
        made = self.document.add_paragraph()
        made.add_run(words).bold = bold
        return made

    def small(self, words: str, *, first: bool = False, with_next: bool = False) -> None:
        """Write a line of small print; the first below a table keeps clear of it."""
        made = self.document.add_paragraph()
        made.paragraph_format.keep_with_next = with_next
        made.paragraph_format.space_before = Pt(4 if first else 0)
        made.paragraph_format.space_after = Pt(2)
        run = made.add_run(words)
        run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x55, 0x55, 0x55)

    def caption(self, words: str) -> None:
        """Write a caption; it stays with what follows: a table, or the words of a figure."""
        made = self.document.add_paragraph(words, style="Caption")
        made.paragraph_format.keep_with_next = True

    def grid(self, block: Grid) -> None:
        """Write a table whose headings repeat on each page."""
        self.table += 1
        self.caption(self.say(plain.TABLE.fill(n=self.table, title=block.caption)))
        heads = [self.say(head) for head in block.heads]
        rows = [[printable(said(cell, self.language)) for cell in row] for row in block.rows]
        table = self.document.add_table(rows=0, cols=len(heads), style="Table Grid")
        table.autofit = False
        shares = plain.widths(heads, rows)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(TEXT_CM * share)
        _fill(table, heads, shares, bold=True)
        for words, cells in zip(rows, block.rows, strict=True):
            _fill(table, words, shares, right=[isinstance(cell, Number) for cell in cells])
        _repeat_first_row(table)
        _keep_start(table)
        for i, note in enumerate(block.notes):
            self.small(self.say(note), first=i == 0)

    def drawing(self, block: Figure) -> None:
        """Write a figure with its words."""
        self.figure += 1
        svg = printable(str(block.draw(self.language)))
        fonts.demand([svg], self.own_fonts)
        made = self.document.add_paragraph()
        made.paragraph_format.keep_with_next = True
        made.paragraph_format.space_before = Pt(6)
        image = made.add_run().add_picture(
            io.BytesIO(picture(svg, self.own_fonts)), width=Cm(TEXT_CM)
        )
        described = image._inline.docPr
        described.set("descr", self.say(block.alt))
        described.set("title", self.say(block.title))
        self.caption(self.say(plain.FIGURE.fill(n=self.figure, title=block.title)))
        for note in block.notes:
            self.small(self.say(note), with_next=True)
        self.small(self.say(plain.DESCRIBED.fill(alt=block.alt)))

    def cards(self, block: KeyFigures) -> None:
        """Write key figures one after another."""
        for e in block.estimates:
            self.document.add_heading(self.say(e.label), level=2)
            value = said(e, self.language) + plain.unit_of(e, self.language)
            self.paragraph(printable(value), bold=True).paragraph_format.keep_with_next = True
            for line in origin(e):
                self.small(self.say(line))
            self.small(self.say(plain.observed(e, self.language)))


def _fill(
    table: Table,
    words: Sequence[str],
    shares: Sequence[float],
    *,
    bold: bool = False,
    right: Sequence[bool] = (),
) -> None:
    """Add a row of words."""
    row = table.add_row()  # type: ignore[no-untyped-call]  # as it comes
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for i, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
        cell.width = Cm(TEXT_CM * shares[i])
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(8), bold
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = LINE
        if right and right[i]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _number_pages(document: Document) -> None:
    """Put the number of the page and of all pages into the footer."""
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for field in ("PAGE", "NUMPAGES"):
        if footer.runs:
            footer.add_run(" / ")
        _field(footer, field)


def _field(line: WordParagraph, code: str) -> None:
    """Add a field, whose result the program that shows the file works out."""
    for kind in ("begin", "separate", "end"):
        made = OxmlElement("w:fldChar")
        made.set(qn("w:fldCharType"), kind)
        line.add_run()._r.append(made)
        if kind == "begin":
            told = OxmlElement("w:instrText")
            told.text = code
            line.add_run()._r.append(told)


def _update_on_opening(document: Document) -> None:
    """Ask programs to work out all fields when they open the file."""
    made = OxmlElement("w:updateFields")
    made.set(qn("w:val"), "true")
    document.settings.element.append(made)


def _mark(heading: WordParagraph, name: str, number_of: int) -> None:
    """Give a heading a name that links lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for made in (start, end):
        made.set(qn("w:id"), str(number_of))
    start.set(qn("w:name"), name)
    heading._p.append(start)
    heading._p.append(end)


def _link(line: WordParagraph, name: str, words: str) -> None:
    """Write words that lead to a named heading."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("w:anchor"), name)
    line._p.append(made)
    run = line.add_run(words)
    run.font.color.rgb = RGBColor(0x00, 0x5A, 0x8E)
    made.append(run._r)


def _keep_start(table: Table) -> None:
    """Keep the heading of a table with its first row: LibreOffice drops a row that has no room below it."""
    for row in table.rows[:1] if len(table.rows) > SMALL_TABLE else table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _repeat_first_row(table: Table) -> None:
    """Make the first row the heading of the table on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def without_times(content: bytes) -> bytes:
    """Return the same archive with one fixed time for all its files."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, STAMP), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
