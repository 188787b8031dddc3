"""Small studies that the tests of the report share."""

from datetime import date
from html.parser import HTMLParser

import polars as pl

from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate, not_measured
from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.report.forms.html import render
from jiqun.report.report import Report
from jiqun.report.study import Study
from jiqun.report.summary import summarise
from jiqun.report.synthetic import is_synthetic
from jiqun.vocabulary.text import Language, Text

VOID = {"meta", "br", "img", "link", "input", "hr"}


def firms_only(n: int = 3) -> Record:
    return Record.of(firms=pl.DataFrame({"firm_id": [f"f{i}" for i in range(n)]}))


def small_record() -> Record:
    """Three firms in Hangzhou, two ties, one alliance, one source."""
    return Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": ["a", "b", "c"],
                "name": ["甲", "乙", "丙"],
                "kind": ["firm", "firm", "university"],
                "founded": [date(2000, 5, 1), date(2003, 1, 1), None],
                "closed": [None, date(2005, 1, 1), None],
                "source_id": ["s1", "s1", "s1"],
            }
        ),
        sites=pl.DataFrame(
            {
                "site_id": ["x", "y", "z"],
                "firm_id": ["a", "b", "c"],
                "longitude": [120.1, 120.2, None],
                "latitude": [30.2, 30.3, None],
            }
        ),
        ties=pl.DataFrame(
            {
                "tie_id": ["t1", "t2"],
                "source": ["a", "b"],
                "target": ["b", "c"],
                "start": [date(2001, 1, 1), date(2004, 6, 1)],
                "end": [date(2003, 1, 1), None],
            }
        ),
        sources=pl.DataFrame(
            {"source_id": ["s1"], "citation": ["名录"], "licence": ["CC0-1.0"]},
        ),
    )


def an_estimate(of: str, value: float, *, label: Text | None = None) -> Estimate:
    return Estimate(
        measure="location_quotient",
        label=label or Text(f"quotient of industry {of}", f"行业 {of} 的区位商"),
        of=(("industry", of),),
        value=value,
        low=value - 0.25,
        high=value + 0.5,
        interval=Text("where the quotient is likely to lie", "区位商可能所在的范围"),
        n=17,
        method=Text("share over share", "份额之比"),
        references=("doi:10.0000/1",),
        warnings=(Text("Few firms.", "企业较少。"),),
    )


def some_measurement() -> Measurement:
    core = Text("number of core firms", "核心企业数量")
    return Measurement(
        {
            "location_quotient": tuple(an_estimate(f"1{i}", 0.5 + i) for i in range(40)),
            "core_firms": (Estimate(measure="core_firms", label=core, value=2.0, n=9),),
            "collaboration_modes": (
                not_measured(
                    "collaboration_modes",
                    Text("vertical share", "纵向占比"),
                    Text("no tie says what flows", "双边关系均未注明类别"),
                    needs=("ties.kind", "memberships"),
                ),
            ),
        }
    )


def a_problem(*, row: int | None = 4, value: str | None = "b", rule: str = "ties.loop") -> Problem:
    return Problem(
        rule=rule,
        table="ties",
        row=row,
        column="target",
        value=value,
        severity="warning",
        message=Text("A firm is tied to itself.", "企业与自身存在关系。"),
        remedy=Text("Remove the row.", "请删除该行。"),
    )


def a_study(
    record: Record | None = None,
    *,
    name: str = "试点",
    measurement: Measurement | None = None,
    problems: tuple[Problem, ...] = (),
) -> Study:
    told = small_record() if record is None else record
    return Study(
        name=name,
        record=told,
        seed=0,
        summary=summarise(told),
        problems=problems,
        measurement=some_measurement() if measurement is None else measurement,
        synthetic=is_synthetic(told),
    )


def a_full_study() -> Study:
    return a_study(
        problems=(a_problem(), a_problem(row=7), a_problem(row=None, value=None, rule="x.y"))
    )


def as_synthetic(record: Record) -> Record:
    return record.replace(sources=pl.DataFrame({"source_id": ["synthetic-1"]}))


def page_of(study: Study, language: Language) -> str:
    return render(Report.of(study), language)


class Page(HTMLParser):
    """Tags with their attributes, and text with the elements that it is in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], tuple[dict[str, str | None], ...], str]] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"<{opened}> closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        if data.strip():
            names, attributes = zip(*self._open, strict=True) if self._open else ((), ())
            self.texts.append((names, attributes, data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def words(self, *inside: str) -> list[str]:
        return [text for names, _, text in self.texts if set(inside) <= set(names)]
