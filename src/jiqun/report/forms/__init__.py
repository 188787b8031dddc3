"""Forms 格式 in which a report is handed on: one file each, and one line here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiqun.report.forms import figure_files, html, pdf, table_files, workbook
from jiqun.report.forms.extra import demand_extra
from jiqun.report.report import Report
from jiqun.vocabulary.text import Language, Text

Files = Mapping[str, bytes]
"""Path inside the folder of the report → content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form.

    Attributes
    ----------
    title
        What it is.
    make
        Lays out a report in one language, with font files for what the bundled font lacks.
    """

    title: Text
    make: Callable[[Report, Language, Sequence[Path]], Files]


def _word(report: Report, language: Language, own_fonts: Sequence[Path]) -> bytes:
    demand_extra("word", "docx")
    from jiqun.report.forms import word

    return word.render(report, language, own_fonts)


FORMS: dict[str, Form] = {
    "html": Form(
        title=Text("a page for any browser", "可用任一浏览器打开的网页"),
        make=lambda report, language, _: {
            f"report.{language}.html": html.render(report, language).encode()
        },
    ),
    "pdf": Form(
        title=Text("a PDF for archives and screen readers", "可归档、可供读屏的 PDF"),
        make=lambda report, language, own: {
            f"report.{language}.pdf": pdf.render(report, language, own)
        },
    ),
    "docx": Form(
        title=Text("a Word file to edit", "可编辑的 Word 文档"),
        make=lambda report, language, own: {
            f"report.{language}.docx": _word(report, language, own)
        },
    ),
    "xlsx": Form(
        title=Text("a workbook with tidy sheets", "数据整齐的工作簿"),
        make=lambda report, language, _: {
            f"report.{language}.xlsx": workbook.render(report, language)
        },
    ),
    "figures": Form(
        title=Text("each figure as PNG, SVG, CSV and JSON", "每幅图的 PNG、SVG、CSV 与 JSON"),
        make=figure_files.render,
    ),
    "parquet": Form(
        title=Text("the tables of results for programs", "供程序读取的结果表"),
        make=lambda report, language, _: table_files.parquet(report, language),
    ),
    "dta": Form(
        title=Text("the tables of results for Stata", "供 Stata 读取的结果表"),
        make=lambda report, language, _: table_files.dta(report, language),
    ),
}
