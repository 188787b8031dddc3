"""The report as one HTML file: no script, no request to any other place, the same bytes each time."""

from datetime import date
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jiqun.measures.estimate import Estimate
from jiqun.report.block import Block, Download
from jiqun.report.csv_file import data_uri
from jiqun.report.formatting import day, number
from jiqun.report.origin import origin
from jiqun.report.sections import SECTIONS
from jiqun.report.study import Study
from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.vocabulary.text import Language, Text

HTML_LANGUAGE: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}
WORDS = {
    "title": Text("Report on {name}", "{name} 报告"),
    "skip": Text("Skip to the report", "跳至正文"),
    "contents": Text("Contents", "目录"),
    "observations": Text("Observations:", "观测数:"),
    "download": Text("Download these rows as CSV", "下载 CSV 数据"),
    "download_part": Text(
        "Download the first {n} of {total} rows as CSV", "下载 CSV 数据(前 {n} 行,共 {total} 行)"
    ),
    "interval": Text("({low} to {high})", "({low} 至 {high})"),
    "band": Text("(by chance {low} to {high})", "(随机情形下 {low} 至 {high})"),
    "figure": Text("Figure {n}. {title}", "图 {n} {title}"),
    "table": Text("Table {n}. {title}", "表 {n} {title}"),
    "described": Text("In words: {alt}", "文字说明:{alt}"),
}


def _interval(estimate: Estimate, language: Language) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    ends = {"low": number(estimate.low, language), "high": number(estimate.high, language)}
    return WORDS["band" if estimate.is_band_of_chance else "interval"].fill(**ends).to(language)


def _download_words(block: Download, language: Language) -> str:
    if len(block.rows) == block.total:
        return WORDS["download"].to(language)
    counts = {"n": number(len(block.rows), language), "total": number(block.total, language)}
    return WORDS["download_part"].fill(**counts).to(language)


def _kind(value: Block | object) -> str:
    """Name the kind of a block or value, for the template to choose by."""
    return "day" if isinstance(value, date) else type(value).__name__


def environment(study: Study, language: Language) -> Environment:
    """Return the template environment of one report: everything is escaped unless it is ``Markup``."""
    made = Environment(
        loader=PackageLoader("jiqun.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "say": lambda text: text.to(language),
        "number": lambda value: number(value, language),
        "day": lambda value: day(value, language),
        "interval": lambda estimate: _interval(estimate, language),
        "kind": _kind,
        "origin": origin,
        "data_uri": lambda block: data_uri(block, language, synthetic=study.synthetic),
        "download_words": lambda block: _download_words(block, language),
        "html_language": HTML_LANGUAGE.__getitem__,
    }
    return made


def render(study: Study, language: Language) -> str:
    """Lay out a study as one self-contained HTML page.

    Parameters
    ----------
    study
        What to report.
    language
        Language of all words that are not the record's own.

    Returns
    -------
    str
        The page. The same study gives the same text.
    """
    style = (files("jiqun.report") / "templates" / "style.css").read_text(encoding="utf-8")
    page = environment(study, language).get_template("page.html.j2")
    return page.render(
        study=study,
        language=language,
        words=WORDS,
        sections=[(section, section.build(study)) for section in SECTIONS],
        synthetic_mark=SYNTHETIC_MARK,
        style=Markup(style),  # noqa: S704 (our own file)
    )
