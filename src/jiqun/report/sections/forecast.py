"""Forecast 预测: where the series of the record may go, and how such forecasts would have done before.

Paper: P3 (dynamic policy needs an outlook), Q22
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jiqun.experiments.forecasting import LABELS, METHODS, Backtest, ForecastRow
from jiqun.experiments.outlook import is_of
from jiqun.measures.estimate import Estimate
from jiqun.report.block import (
    Block,
    Cell,
    Download,
    Field,
    Figure,
    Grid,
    Heading,
    Items,
    Number,
    Paragraph,
    Rows,
    Value,
)
from jiqun.report.figures.fan_chart import Fan, Points, fan_chart
from jiqun.report.forecast_figures import WORDS
from jiqun.report.forecast_numbers import estimate_of, label, shown
from jiqun.report.formatting import number
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, joined

DRAWN = ("sales", "firms", "digital_share")
AHEAD = (1, 3, 5)
NO_SERIES = Text(
    "No forecast: the record has no series over four years or more. Accounts of firms by year, or dates of "
    "founding, would give one.",
    "没有预测:记录中没有四年以上的序列。补充企业历年账目或成立日期即可形成序列。",
)
NAIVE_ONLY = Text(
    "No forecast of the model was given. What stands here is what the record's own past leads one to expect, by "
    "two methods that know nothing of clusters: that a series stays where it is apart from changes as it had "
    "before, and that it goes on along a straight line. A forecast of the model has to beat them.",
    "未提供模型预测。此处仅为记录自身历史所提示的走向,由两种不含集群知识的方法得出:序列维持现状(变化幅度如前),"
    "或沿直线趋势延续。模型预测须优于这两种方法。",
)
MODEL = Text(
    "The model’s scenario “{scenario}”, held to this record so far, widened and moved by its own errors in past "
    "years; beside it what the model says by itself, which is too sure wherever it does not fit, and two methods "
    "that know nothing of clusters. Read the model only where it did better than they did, below.",
    "模型情景“{scenario}”(以本记录迄今的数据约束),其区间与中位数已按过往各年的自身误差校正;并列模型本身的结果"
    "(凡模型不合之处,其区间过窄)以及两种不含集群知识的方法。只有在下文评分中模型优于它们的地方,才宜采信模型。",
)
OTHER_RECORD = Text(
    "This forecast was made from another record, or from this one in another state: its past is not the past "
    "that stands here.",
    "该预测由另一记录(或本记录的另一状态)得出:其历史序列与此处不一致。",
)
CAPTION = Text("Forecasts: median and middle 80%", "预测:中位数与中间 80%")
SERIES, METHOD = Text("series", "序列"), Text("method", "方法")
IN_YEARS = Text("{year}", "{year} 年")
LAST = Text("last known ({year})", "最近观测({year} 年)")
ALL_ROWS = Text("Forecasts of every year with all intervals", "各年预测及全部区间")
FIELDS = (
    Field("series", SERIES),
    Field("method", METHOD),
    Field("year", Text("year", "年份")),
    Field("median", Text("median", "中位数")),
    *(
        Field(f"{end}{p}", Text(f"middle {p}%, {en}", f"中间 {p}%,{zh}"))
        for p in (50, 80, 95)
        for end, en, zh in (("low", "low", "下限"), ("high", "high", "上限"))
    ),
)
TITLE = Text("The record so far, and where it may go", "记录迄今与可能走向")
PANEL = Text("{label} ({method})", "{label}({method})")
KNOWN = Text("record", "记录")
ALT = Text(
    "{label}: from {a} to {b} up to {last}; for {year} the median is {median}, the middle 80% from {low} to "
    "{high}.",
    "{label}:截至 {last} 年由 {a} 变为 {b};{year} 年的中位数为 {median},中间 80% 为 {low} 至 {high}。",
)
SCORES = Text("How such forecasts would have done", "此类预测的历史表现")
HOW_SCORED = Text(
    "The last years were hidden and forecast from what was known then (rounds: {rounds}; years in each: {years}; "
    "from {first} on). Few rounds tell little. CRPS is the mean distance between forecast and outcome: less is better.",
    "隐去最后几年,据当时已知的数据作预测,共 {rounds} 轮,每轮 {years} 年,自 {first} 年起。轮数少则信息有限。"
    "CRPS 为预测与实际的平均距离,越小越好。",
)
SCORED_BELOW = Text(
    "A forecast of a model: how such forecasts would have done stands below.",
    "模型预测:此类预测的历史表现见下文。",
)
NO_SCORES = Text(
    "Too few years are known to hide any and forecast them.",
    "已知年份太少,无法隐去若干年再作预测。",
)
SCORE_CAPTION = Text("Scores of past forecasts", "过往预测的评分")
SCORE_HEADS = (
    SERIES,
    METHOD,
    Text("CRPS", "CRPS"),
    Text("came within the middle 50%", "落入中间 50%"),
    Text("within 80%", "落入 80%"),
    Text("within 95%", "落入 95%"),
)
LOSES = Text("{label}: the model did worse than {methods}.", "{label}:模型不如{methods}。")
WINS = Text("{label}: no naive method did better than the model.", "{label}:没有朴素方法优于模型。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One series as one method forecasts it: the past that it goes on from, and the years to come."""

    method: str
    pattern: str
    past: tuple[tuple[int, float], ...]
    rows: tuple[ForecastRow, ...]

    @property
    def year(self) -> int:
        """The last year known."""
        return self.past[-1][0]

    @property
    def label(self) -> Text:
        """What the series is called."""
        return label(self.pattern, self.year)

    def shown(self, value: float) -> float:
        """Turn a value into what readers see."""
        return shown(self.pattern, value, self.past[-1][1])

    def estimate(self, row: ForecastRow) -> Estimate:
        """Return the forecast of one year."""
        return estimate_of(self.method, row, self.past[-1][1], self.year)

    def numbers(self, row: ForecastRow) -> tuple[float, ...]:
        """Return median and ends of one year, the narrowest band first."""
        ends = (row.low50, row.high50, row.low80, row.high80, row.low95, row.high95)
        return tuple(map(self.shown, (row.median, *ends)))

    def panel(self) -> Fan:
        """Return the course as it is drawn."""
        past: Points = tuple((float(year), self.shown(value)) for year, value in self.past)
        ahead = [(float(row.year), self.numbers(row)) for row in self.rows]
        title = PANEL.fill(label=self.label, method=METHODS[self.method])
        return Fan.of_forecast(title, past, ahead)

    def told(self) -> Text:
        """Say in words what the panel shows."""
        ahead = self.numbers(self.rows[-1])
        told = dict(zip(("median", "low", "high"), (ahead[0], *ahead[3:5]), strict=True))
        told |= {"a": self.shown(self.past[0][1]), "b": self.shown(self.past[-1][1])}
        said = {k: Text(number(v, "en"), number(v, "zh")) for k, v in told.items()}
        return ALT.fill(label=self.label, last=self.year, year=self.rows[-1].year, **said)


def courses(study: Study) -> tuple[Course, ...]:
    """Return every series by every method, the model first where there is a forecast of it."""
    found: list[Course] = []
    if study.forecast is not None:
        told = study.forecast
        found += _courses("model", told.history, told.rows)
        found += _courses("model_alone", told.history, told.alone)
    if study.outlook is not None:
        past = study.outlook.observed.history
        for method, rows in study.outlook.naive.items():
            found += _courses(method, past, rows)
    order = tuple(dict.fromkeys(c.pattern for c in found))
    return tuple(sorted(found, key=lambda c: order.index(c.pattern)))


def _courses(
    method: str, past: Mapping[str, tuple[tuple[int, float], ...]], rows: tuple[ForecastRow, ...]
) -> list[Course]:
    named = dict.fromkeys(row.pattern for row in rows)
    return [
        Course(
            method=method,
            pattern=pattern,
            past=past[pattern],
            rows=tuple(row for row in rows if row.pattern == pattern),
        )
        for pattern in named
    ]


def _table(found: tuple[Course, ...]) -> Grid:
    year = max(course.year for course in found)
    known = {row.year for course in found for row in course.rows}
    years = [year + n for n in AHEAD if year + n in known]
    rows: list[tuple[Cell, ...]] = []
    for course in found:
        here = Number(
            value=course.shown(course.past[-1][1]), basis=f"count:series.{course.pattern}"
        )
        own = {row.year: course.estimate(row) for row in course.rows}
        told = (own.get(y) for y in years)
        rows.append((course.label, METHODS[course.method], here, *told))
    heads = (SERIES, METHOD, LAST.fill(year=year), *(IN_YEARS.fill(year=y) for y in years))
    return Grid(caption=CAPTION, heads=heads, rows=tuple(rows))


def _download(found: tuple[Course, ...]) -> Download:
    rows = tuple(_said(course, row) for course in found for row in course.rows)
    data = Rows(fields=FIELDS, rows=rows)
    return Download(name="forecast", title=ALL_ROWS, data=data, total=len(rows))


def _chosen(study: Study, pattern: str, found: tuple[Course, ...]) -> Course:
    """Choose the model where there is one, else the method that did best on the series before."""
    own = [course for course in found if course.pattern == pattern]
    scores = study.outlook.scores.scores if study.outlook and study.outlook.scores else ()
    known = {s.method: s.crps for s in scores if s.pattern == pattern}
    return own[0] if own[0].method == "model" else min(own, key=lambda c: known.get(c.method, 0.0))


def _said(course: Course, row: ForecastRow) -> tuple[Value, ...]:
    basis = course.estimate(row).id
    numbers = (Number(value=v, basis=basis) for v in course.numbers(row))
    return (course.label, METHODS[course.method], str(row.year), *numbers)


def _figure(drawn: tuple[Course, ...], *, synthetic: bool) -> Figure:
    alt = joined(course.told() for course in drawn)
    panels = [course.panel() for course in drawn]
    return Figure(
        name="forecast-series",
        title=TITLE,
        alt=alt,
        draw=lambda language: fan_chart(
            panels, WORDS, alt.to(language), language, shared=False, synthetic=synthetic
        ),
        data=Rows(fields=FIELDS, rows=tuple(row for course in drawn for row in _drawn(course))),
    )


def _drawn(course: Course) -> list[tuple[Value, ...]]:
    """Return what is drawn: the past with its value alone, the years to come with all bands."""
    rows: list[tuple[Value, ...]] = []
    for year, value in course.past:
        known = Number(value=course.shown(value), basis=f"count:series.{course.pattern}")
        rows.append((course.label, KNOWN, str(year), known, *(None,) * 6))
    return rows + [_said(course, row) for row in course.rows]


def _scores(found: Backtest | None) -> list[Block]:
    if found is None:
        return [Heading(text=SCORES), Paragraph(text=NO_SCORES)]
    told = {"rounds": len(found.origins), "years": found.years, "first": min(found.origins) + 1}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            LABELS[s.pattern],
            METHODS[s.method],
            *(
                Number(value=v, basis=f"count:forecast.score.{s.method}.{s.pattern}")
                for v in (s.crps, s.covered50, s.covered80, s.covered95)
            ),
        )
        for s in found.scores
    )
    grid = Grid(caption=SCORE_CAPTION, heads=SCORE_HEADS, rows=rows, sheet="forecast_scores")
    return [Heading(text=SCORES), Paragraph(text=HOW_SCORED.fill(**told)), *_against(found), grid]


def _against(found: Backtest) -> list[Block]:
    """Say series by series whether the model is worth more than none."""
    told = []
    for pattern, methods in found.lost_to.items():
        names = joined((METHODS[m] for m in methods), ", ", "、")
        words = LOSES.fill(label=LABELS[pattern], methods=names) if methods else None
        told.append((words or WINS.fill(label=LABELS[pattern]),))
    return [Items(items=tuple(told))] if told else []


def _opening(study: Study) -> list[Block]:
    """Say what the forecasts are, and what a reader must know of the model's."""
    if study.forecast is None:
        return [Paragraph(text=NAIVE_ONLY)]
    blocks: list[Block] = [Paragraph(text=MODEL.fill(scenario=study.forecast.scenario))]
    if study.outlook is None or not is_of(study.forecast, study.outlook.observed):
        blocks.append(Paragraph(text=OTHER_RECORD, notice=True))
    told = study.forecast.warnings
    if study.backtest is not None:  # the scores that the first warning asks for stand below
        told = (SCORED_BELOW, *told[1:])
    return blocks + [Paragraph(text=warning, notice=True) for warning in told]


def _forecast(study: Study) -> tuple[Block, ...]:
    found = courses(study)
    if not found:
        return (Paragraph(text=NO_SERIES),)
    known = {course.pattern for course in found}
    drawn = tuple(_chosen(study, pattern, found) for pattern in DRAWN if pattern in known)
    scores = study.backtest or (study.outlook.scores if study.outlook is not None else None)
    return (
        *_opening(study),
        _table(found),
        *((_figure(drawn, synthetic=study.synthetic),) if drawn else ()),
        *_scores(scores),
        _download(found),
    )


FORECAST = Section(name="forecast", title=Text("Forecast", "预测"), build=_forecast)
