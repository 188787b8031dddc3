"""Whatever a record holds comes out as text: in the page, in figures, in files to download."""

import base64
import csv
import io
import re

import polars as pl
import pytest

from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate, not_measured
from jiqun.record.problem import Problem
from jiqun.report.csv_file import inert
from jiqun.report.study import Study
from jiqun.report.wording import printable
from jiqun.vocabulary.text import LANGUAGES, Language, Text, same
from tests.report.study_samples import Page, a_problem, a_study, an_estimate, page_of, small_record

PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title></style></svg><svg onload=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "=1+1",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "&lt;b&gt;",
    "\u202e\x07 #set text(red) $x$",
)
KNOWN_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "aside",
    "a",
    "p",
    "header",
    "h1",
    "h2",
    "h3",
    "nav",
    "ul",
    "li",
    "main",
    "section",
    "article",
    "div",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "strong",
    "span",
    "data",
    "time",
    "svg",
    "rect",
    "path",
    "g",
    "circle",
    "line",
    "text",
}


def hostile_study(payload: str) -> Study:
    words = same(payload)
    measured = tuple(
        Estimate(
            measure="m",
            label=same(f"{payload}{i}"),
            of=((payload, f"{payload}{i}"),),
            value=float(i),
            low=i - 1.0,
            high=i + 1.0,
            unit=words,
            interval=words,
            method=words,
            references=(payload,),
            warnings=(words,),
            n_of=words,
        )
        for i in range(3)
    )
    missing = not_measured("k", words, words, needs=(payload, f"ties.{payload}"))
    problem = Problem(
        rule=payload, table=payload, column=payload, row=1, value=payload,
        message=words, remedy=words, severity="warning", source=payload,
    )  # fmt: skip
    record = small_record().replace(
        firms=pl.DataFrame({"firm_id": ["a"], "name": [payload], "kind": [payload]}),
        sources=pl.DataFrame({"source_id": [payload], "citation": [payload], "licence": [payload]}),
        provenance=pl.DataFrame({"step": [1], "command": [payload], "parameters": [payload]}),
    )
    return a_study(
        record,
        name=payload,
        measurement=Measurement({"m": measured, "k": (missing,)}),
        problems=(problem, a_problem(value=payload)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_text(payload: str, language: Language) -> None:
    page = Page(page_of(hostile_study(payload), language))
    shown = printable(payload)
    assert {tag for tag, _ in page.tags} <= {t.lower() for t in KNOWN_TAGS}
    assert not [name for _, a in page.tags for name in a if name.startswith("on")]
    assert all((a.get("href") or "#").startswith(("#", "data:text/csv")) for a in page.all("a"))
    assert any(shown in text for text in page.words("svg", "text"))
    assert any(shown in text for text in page.words("h1"))
    assert any(shown in text for text in page.words("td"))


def downloads(html: str) -> list[list[list[str]]]:
    encoded = re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]*)"', html)
    files = [base64.b64decode(part).decode("utf-8-sig") for part in encoded]
    return [list(csv.reader(io.StringIO(file))) for file in files]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_downloads_hold_no_formula(payload: str) -> None:
    files = downloads(page_of(hostile_study(payload), "en"))
    assert len(files) > 3
    for file in files:
        assert len({len(row) for row in file}) == 1
        for cell in (cell for row in file for cell in row):
            if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "=")):
                float(cell)
    assert any(inert(payload) in cell for file in files for row in file for cell in row)


def test_a_download_holds_the_numbers_as_they_are() -> None:
    measurement = Measurement({"m": (an_estimate("7", -1.5),)})
    rows = downloads(page_of(a_study(measurement=measurement), "zh"))
    (head, row) = next(file for file in rows if len(file) == 2 and file[0][0] == "估计编号")
    assert head[:3] == ["估计编号", "对象", "数值"]
    assert row[:5] == ["location_quotient:industry=7", "行业 7 的区位商", "-1.5", "-1.75", "-1.0"]


def test_harmless_text_is_left_alone() -> None:
    assert inert("云澜织造 (虚构)") == "云澜织造 (虚构)"
    assert inert("  =1+1") == "'  =1+1"


def test_a_text_may_not_carry_markup_of_its_own() -> None:
    label = Text("<b>bold</b>", "<b>粗体</b>")
    html = page_of(
        a_study(measurement=Measurement({"m": (an_estimate("1", 1.0, label=label),)})), "en"
    )
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "<b>bold" not in html
