"""Stage history 阶段演进: how probable each stage was in each window, and when stages began.

Paper: I1a, I2a, I3a, N1a, N2a, N3a (stages), Q7 (not yet observable), Q17 (stall and fall back)
"""

from jiqun.diagnosis.findings import StageChange, StageDiagnosis, StageWindow, percent
from jiqun.report.block import (
    Block,
    Cell,
    Field,
    Figure,
    Grid,
    Number,
    Paragraph,
    Rows,
    Value,
    count_of,
)
from jiqun.report.figures.stages import stage_history
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import STAGE

HOW = Text(
    "A hidden Markov model reads the markers of Table 2 over windows of time, from left to right; falling "
    "back is possible. What each stage leads one to expect stands on reference card {card}, which is made "
    "from the paper's words and never fitted to the cluster that is judged.",
    "隐马尔可夫模型按时段自左至右读取表 2 的各项标志,允许回退。各阶段的预期见参照卡 {card},"
    "该卡依据论文文字制定,从不据被判定的集群拟合。",
)
NO_HISTORY = Text("There is no history: {reason}", "没有阶段演进:{reason}")
TITLE = Text("Probability of each stage in each window", "各时段处于各阶段的概率")
ALT = Text(
    "{n} windows from {first} to {last}. {told}", "{first} 至 {last} 年共 {n} 个时段。{told}"
)
PART = Text("{window}: {stage} ({p}).", "{window}:{stage}({p})。")
JOINED = Text("{a} {b}", "{a}{b}")
FIELDS = (
    Field("first_year", Text("first year", "起始年")),
    Field("last_year", Text("last year", "终止年")),
    Field("markers", Text("markers known", "可读标志数")),
    *(Field(code, term) for code, term in STAGE.terms.items()),
)
CHANGES = Text("When stages began", "阶段起始时间")
CHANGE_HEADS = (
    Text("change", "变化"),
    Text("first year of the new stage", "新阶段首年"),
    Text("interval", "区间"),
    Text("probability that it took place", "发生概率"),
)
CHANGE = Text("{before} → {after}", "{before} → {after}")
BETWEEN = Text("{low} to {high} ({level})", "{low} 至 {high}({level})")
NO_CHANGE = Text(
    "No change of stage is probable enough within the record to be dated.",
    "记录期间内没有足以确定时间的阶段变化。",
)


def _likeliest(window: StageWindow) -> str:
    return max(window.probabilities, key=lambda code: window.probabilities[code])


def _part(window: StageWindow) -> Text:
    stage = _likeliest(window)
    p = percent(window.probabilities[stage])
    return PART.fill(window=window.window, stage=STAGE.terms[stage], p=p)


def described(history: tuple[StageWindow, ...]) -> Text:
    """Say the likeliest stage of the first window, of each in which it changes, and of the last."""
    turns = [
        w
        for i, w in enumerate(history)
        if i in {0, len(history) - 1} or _likeliest(w) != _likeliest(history[i - 1])
    ]
    told = _part(turns[0])
    for window in turns[1:]:
        told = JOINED.fill(a=told, b=_part(window))
    first, last = history[0].first_year, history[-1].last_year
    return ALT.fill(n=len(history), first=first, last=last, told=told)


def _data(window: StageWindow) -> tuple[Value, ...]:
    basis = f"diagnosis.stage.{window.window}"
    shares = (
        Number(value=window.probabilities.get(code, 0.0), basis=f"count:{basis}")
        for code in STAGE.codes
    )
    years = (str(window.first_year), str(window.last_year))
    return (*years, count_of(window.markers, basis), *shares)


def _figure(found: StageDiagnosis, study: Study) -> Figure:
    alt = described(found.history)
    return Figure(
        name="stages",
        title=TITLE,
        alt=alt,
        draw=lambda language: stage_history(
            found.history, alt.to(language), language, synthetic=study.synthetic
        ),
        data=Rows(fields=FIELDS, rows=tuple(map(_data, found.history))),
    )


def _change(change: StageChange) -> tuple[Cell, ...]:
    stages = {"before": STAGE.terms[change.before], "after": STAGE.terms[change.after]}
    ends = {"low": change.low, "high": change.high, "level": f"{change.level:.0%}"}
    return (
        CHANGE.fill(**stages),
        str(change.year),
        BETWEEN.fill(**ends),
        percent(change.probability),
    )


def _stages(study: Study) -> tuple[Block, ...]:
    if study.diagnosis is None:
        return ()
    found = study.diagnosis.stage
    if not found.history:
        return (Paragraph(text=NO_HISTORY.fill(reason=found.reason)),)
    changes: tuple[Block, ...] = (Paragraph(text=NO_CHANGE),)
    if found.changes:
        rows = tuple(map(_change, found.changes))
        changes = (Grid(caption=CHANGES, heads=CHANGE_HEADS, rows=rows),)
    return (
        Paragraph(text=found.reason),
        Paragraph(text=HOW.fill(card=found.card)),
        _figure(found, study),
        *changes,
    )


STAGES = Section(name="stages", title=Text("Stage history", "阶段演进"), build=_stages)
