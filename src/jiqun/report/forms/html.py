"""The report as one HTML file: no script, no request to any other place, the same bytes each time."""

from datetime import date
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jiqun.report import fonts
from jiqun.report.block import Block, Download, Rows
from jiqun.report.csv_file import data_uri
from jiqun.report.formatting import day, number
from jiqun.report.forms import plain
from jiqun.report.origin import origin
from jiqun.report.report import Report
from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.report.wording import gap, has_unit, interval, printable, value_of
from jiqun.vocabulary.counting import counted
from jiqun.vocabulary.text import Language, Text

HTML_LANGUAGE: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}
WORDS = {
    "skip": Text("Skip to the report", "跳至正文"),
    "contents": plain.CONTENTS,
    "observations": plain.OBSERVATIONS,
    "download": Text("Download these rows as CSV", "下载 CSV 数据"),
    "download_part": Text(
        "Download the first {n} of {total} rows as CSV", "下载 CSV 数据(前 {n} 行,共 {total} 行)"
    ),
    "drawn": Text("Download what is drawn as CSV", "下载图中数据(CSV)"),
    "figure": plain.FIGURE,
    "table": plain.TABLE,
    "described": plain.DESCRIBED,
}


def _download_words(block: Download, language: Language) -> str:
    if len(block.data.rows) == block.total:
        return WORDS["download"].to(language)
    counts = {"n": number(len(block.data.rows), language), "total": number(block.total, language)}
    return WORDS["download_part"].fill(**counts).to(language)


def _kind(value: Block | object) -> str:
    """Name the kind of a block or value, for the template to choose by."""
    return "day" if isinstance(value, date) else type(value).__name__


def environment(report: Report, language: Language) -> Environment:
    """Return the template environment of one report: everything is escaped unless it is ``Markup``."""
    made = Environment(
        loader=PackageLoader("jiqun.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def as_address(data: Rows) -> str:
        return data_uri(data, language, synthetic=report.study.synthetic)

    made.filters |= {
        "say": lambda text: text.to(language),
        "number": lambda value: number(value, language),
        "value_of": lambda estimate: value_of(estimate, language),
        "has_unit": has_unit,
        "gap": gap,
        "counted": counted,
        "day": lambda value: day(value, language),
        "interval": lambda estimate: interval(estimate, language),
        "kind": _kind,
        "origin": origin,
        "data_uri": as_address,
        "download_words": lambda block: _download_words(block, language),
        "html_language": HTML_LANGUAGE.__getitem__,
    }
    return made


def render(report: Report, language: Language) -> str:
    """Lay out a report as one self-contained HTML page.

    Parameters
    ----------
    report
        What to lay out.
    language
        Language of all words that are not the record's own.

    Returns
    -------
    str
        The page. The same report gives the same text. Characters that a reader's machine may lack
        come with it, cut out of the bundled font.
    """
    style = (files("jiqun.report") / "templates" / "style.css").read_text(encoding="utf-8")
    page = environment(report, language).get_template("page.html.j2")
    laid_out = page.render(
        report=report,
        study=report.study,
        language=language,
        words=WORDS,
        synthetic_mark=SYNTHETIC_MARK,
        family=fonts.FAMILY,
        style=Markup(style),  # noqa: S704 (our own file)
    )
    laid_out = printable(laid_out)
    return laid_out.replace(FONT, fonts.embedded(_unusual(laid_out)), 1)


FONT = "data:,font"
"""Stands in the page until it is known which characters it needs."""


def _unusual(page: str) -> frozenset[str]:
    """Return the characters beyond Latin, which every machine has."""
    return frozenset(c for c in page if ord(c) > 0x24F)  # noqa: PLR2004 (the end of Latin)
