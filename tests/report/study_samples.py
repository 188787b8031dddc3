"""Small studies that the tests of the report share."""

from datetime import date
from html.parser import HTMLParser

import polars as pl

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.findings import (
    Evidence,
    Need,
    StageChange,
    StageDiagnosis,
    StageWindow,
    TypeDiagnosis,
)
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
from jiqun.vocabulary.typology import CLUSTER_TYPE, STAGE

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


def a_line(
    element: str,
    factors: tuple[float, float, float] | None,
    *,
    contradicts: bool = False,
    estimate: Estimate | None = None,
) -> Evidence:
    """One line of the ledger, that says nothing of hybrids; without factors it was not measured."""
    title = Text(f"aspect of {element}", f"{element} 的方面")
    question = Text("How is it?", "情况如何?")
    if factors is None:
        return Evidence(
            element=element,
            status="not_measured",
            title=title,
            question=question,
            reason=Text("No date is given.", "未注明日期。"),
            needs=("ties.start",),
        )
    return Evidence(
        element=element,
        status="measured",
        title=title,
        question=question,
        finding=Text(f"finding on {element}", f"关于 {element} 的发现"),
        points_to=(CLUSTER_TYPE.codes[factors.index(max(factors))],),
        strength=Text("clearly", "明显"),
        contradicts=contradicts,
        log_bayes_factor=dict(zip(CLUSTER_TYPE.codes, (*factors, 0.0), strict=True)),
        estimates=(estimate,) if estimate is not None else (),
    )


def a_marker(name: str, value: float | None, low: float = 0.0, high: float = 1.0) -> Evidence:
    """One marker of a stage."""
    title, question = Text(f"marker {name}", f"标志 {name}"), Text("How much?", "多少?")
    if value is None:
        return Evidence(
            element=name,
            status="not_measured",
            title=title,
            question=question,
            needs=("innovations.subject",),
        )
    estimate = Estimate(
        measure="m", label=title, of=(("marker", name),), value=value, low=low, high=high, n=40
    )
    return Evidence(
        element=name,
        status="measured",
        title=title,
        question=question,
        finding=Text(f"{name} is {value}", f"{name} 为 {value}"),
        estimates=(estimate,),
    )


def a_diagnosis(verdict: str = "digital_industrialization") -> Diagnosis:
    """A cluster of digital industry in its second stage, one element against it, one unknown."""
    order = STAGE.codes
    history = tuple(
        StageWindow(
            window=f"{year}-{year + 1}",
            first_year=year,
            last_year=year + 1,
            verdict=order[k],
            probabilities={c: 0.9 if c == order[k] else 0.1 / 6 for c in order},
            markers=9,
        )
        for year, k in ((2000, 0), (2002, 4), (2004, 5))
    )
    change = StageChange(
        before="platform_building",
        after="dynamic_innovation",
        year=2004,
        low=2003,
        high=2005,
        level=0.8,
        probability=0.91,
    )
    return Diagnosis(
        record="试点",
        cluster="",
        at=None,
        firms=40,
        type=TypeDiagnosis(
            verdict=verdict,
            probabilities={
                "traditional": 0.00001,
                "industrial_digitalization": 0.09999,
                "digital_industrialization": 0.9,
                "hybrid": 0.0,
            },
            evidence=(
                a_line("network", (0.1, 0.7, -0.8), contradicts=True),
                a_line("core_logic", (-1.2, -0.9, 1.1), estimate=an_estimate("10", 0.5)),
                a_line("mirror", None),
            ),
            reason=Text("On the logic of the core.", "依据核心企业逻辑。"),
        ),
        stage=StageDiagnosis(
            verdict="dynamic_innovation",
            probabilities=history[-1].probabilities,
            history=history,
            changes=(change,),
            evidence=(
                a_marker("joint", 0.6, 0.5, 0.7),
                a_marker("multilateral", 0.02, 0.0, 0.05),
                a_marker("cross_region", 0.3, 0.0, 0.9),
                a_marker("infrastructure", None),
            ),
            reason=Text("On three markers.", "依据三项标志。"),
            card="2026.11",
        ),
        needs=(
            Need(
                element="mirror",
                table="ties",
                columns=("ties.start",),
                rows=60,
                information=0.4,
                changes=0.2,
                advice=Text("Date 60 more ties.", "再补充 60 条关系的日期。"),
            ),
        ),
    )


def a_study(
    record: Record | None = None,
    *,
    name: str = "试点",
    measurement: Measurement | None = None,
    problems: tuple[Problem, ...] = (),
    diagnosis: Diagnosis | None = None,
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
        diagnosis=diagnosis,
    )


def a_full_study() -> Study:
    return a_study(
        problems=(a_problem(), a_problem(row=7), a_problem(row=None, value=None, rule="x.y")),
        diagnosis=a_diagnosis(),
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
