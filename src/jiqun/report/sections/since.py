"""Since last year 年度变化: the verdict then and now, and what of each change is real.

Paper: Q15 (a type is a probability over time)
"""

from statistics import fmean

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.findings import percent
from jiqun.experiments.forecasting import LABELS, METHODS
from jiqun.experiments.outlook import Outcome
from jiqun.report.block import Block, Cell, Grid, Heading, Items, Number, Paragraph, Value, count_of
from jiqun.report.forecast_numbers import estimate_of, label, shown
from jiqun.report.formatting import number
from jiqun.report.naming import listed, table_label
from jiqun.report.section import Section
from jiqun.report.since import Change, Scored, Since
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import CLUSTER_TYPE, STAGE_VERDICT, TYPE_VERDICT

MOST = 30
WITH = Text("Compared with {name}, which ends on {until}.", "与 {name}(截至 {until})比较。")
PARTS = Text(
    "Each difference is the sum of three parts. Measuring: the same past, as this record knows it, less as "
    "last year's knew it. Behaviour: what the same firms did since. Membership: who came or went. Only the "
    "second is a change of the cluster's behaviour.",
    "每项差异由三部分相加而成。测量:同一时期,按本记录与按去年记录所得之差;行为:相同企业此后的变化;"
    "成员:企业的进入与退出。只有第二项是集群行为的变化。",
)
VERDICTS = Text("The verdict, then and now", "判定的前后对照")
VERDICT_HEADS = (
    Text("record", "记录"),
    Text("type", "类型"),
    Text("probability of the likeliest", "最可能类型的概率"),
    Text("stage", "阶段"),
)
THEN = Text("last year’s record", "去年的记录")
AGAIN = Text("this record, up to the same day", "本记录,截至同一日")
NOW = Text("this record", "本记录")
REVISED = Text(
    "With what is known today, the verdict on last year would have been another one: the change comes from "
    "measuring, not from the cluster.",
    "以目前掌握的数据回看,去年的判定会有所不同:该变化来自测量,而非集群本身。",
)
HOLDS = Text(
    "With what is known today, the type called last year would have been the same.",
    "以目前掌握的数据回看,去年判定的类型不变。",
)
OTHER_STAGE = Text(
    "The stage is read otherwise: {then} by last year’s record, {again} by this one up to the same day.",
    "阶段的判定则不同:按去年的记录为{then},按本记录截至同一日为{again}。",
)
LIKELIEST = Text("{type} {p}", "{type} {p}")
CAPTION = Text("What each difference is made of", "各项差异的构成")
HEADS = (
    Text("number", "数值"),
    Text("then", "当时"),
    Text("now", "现在"),
    Text("measuring", "测量"),
    Text("behaviour", "行为"),
    Text("membership", "成员"),
    Text("beyond doubt", "超出不确定性"),
)
YES, NO = Text("yes: intervals lie apart", "是:区间不重叠"), Text("no", "否")
NO_CHANGES = Text("No number is in both records.", "没有两份记录都能得出的数值。")
FIRST = Text(
    "The {shown} of {total} numbers that changed most.", "仅列变化最大的 {shown} 项,共 {total} 项。"
)
ROWS = Text("Rows then and now", "各表行数的前后对照")
ROW_HEADS = (Text("table", "表"), Text("then", "当时"), Text("now", "现在"))
SOFTWARE = Text("Made by: then {then}; now {now}.", "生成软件:当时 {then};现在 {now}。")
NOT_SAID = Text("not said", "未注明")
FORECAST = Text("What last year’s forecast said, and what came", "去年的预测与实际")
SCORED: dict[Scored, Text] = {
    "none": Text(
        "No forecast of the model was kept from last year (jiqun forecast … --json > FILE, then --last-forecast "
        "FILE). Scored here is what two methods that know nothing of clusters forecast from last year’s record.",
        "去年未保存模型预测(jiqun forecast … --json > FILE,再用 --last-forecast FILE)。此处评分的是两种不含集群知识的"
        "方法由去年记录得出的预测。",
    ),
    "scored": Text(
        "The model’s forecast, as it was kept, beside two methods that know nothing of clusters.",
        "去年保存的模型预测,并列两种不含集群知识的方法。",
    ),
    "other": Text(
        "The forecast that was given is not of last year’s record: its past is another one. It is not scored.",
        "所给预测并非由去年的记录得出(历史序列不同),不予评分。",
    ),
}
SINCE_THEN = Text(
    "What came is last year’s last value and what was added to it since, as this record knows it: what was only "
    "measured anew is no error of the forecast. The score is the weighted interval score, in the unit of the "
    "series; less is better.",
    "“实际”为去年最后的数值加上此后的变化(按本记录计);仅因重新测量而改变的部分不计为预测误差。评分为加权区间评分,"
    "单位同序列,越小越好。",
)
NOTHING_CAME = Text(
    "No forecast can be scored: the records share no series over years, or no year has come since.",
    "没有可评分的预测:两份记录没有共同的多年序列,或此后尚无新的年份。",
)
OUTCOMES = Text("Forecast and outcome", "预测与实际")
OUTCOME_HEADS = (
    Text("series", "序列"),
    Text("year", "年份"),
    Text("method", "方法"),
    Text("forecast (middle 80%)", "预测(中间 80%)"),
    Text("what came", "实际"),
    Text("within", "是否落入"),
    Text("score", "评分"),
)
WITHIN, OUTSIDE = Text("yes", "是"), Text("no", "否")
MEANS = Text(
    "{method}: {within} of {n} outcomes within the middle 80%; mean score {score}.",
    "{method}:{n} 个实际值中有 {within} 个落入中间 80%;平均评分 {score}。",
)
WORSE = Text(
    "The model did worse than: {methods}. Its forecast was worth no more than none.",
    "模型不如:{methods}。其预测并不优于没有模型。",
)


def _verdict(words: Text, found: Diagnosis) -> tuple[Cell, ...]:
    kind, stage = found.type, found.stage
    p = kind.probabilities[kind.likeliest]
    likeliest = LIKELIEST.fill(type=CLUSTER_TYPE.terms[kind.likeliest], p=percent(p))
    return (words, TYPE_VERDICT.terms[kind.verdict], likeliest, STAGE_VERDICT.terms[stage.verdict])


def _number(value: float | None, of: Change) -> Cell:
    return None if value is None else Number(value=value, basis=of.now.id)


def _row(change: Change) -> tuple[Cell, ...]:
    parts = (change.measuring, change.behaviour, change.membership)
    return (
        change.now.label,
        change.then,
        change.now,
        *(_number(part, change) for part in parts),
        YES if change.apart else NO,
    )


def _size(change: Change) -> float:
    """Size of a change against the width of both intervals."""
    then, now = change.then, change.now
    difference = abs((now.value or 0.0) - (then.value or 0.0))
    width = sum((e.high or 0.0) - (e.low or 0.0) for e in (then, now) if e.low is not None)
    return difference / width if width > 0.0 else 0.0


def _members(found: Since) -> Items:
    told: tuple[tuple[Text, int, str], ...] = (
        (Text("Firms in both records: ", "两份记录共有的企业:"), found.stayed, "stayed"),
        (Text("New in this one: ", "本记录新增:"), found.entered, "entered"),
        (Text("No longer in it: ", "不再出现:"), found.left, "left"),
    )
    items: tuple[tuple[Value, ...], ...] = tuple((w, count_of(n, f"since.{k}")) for w, n, k in told)
    return Items(items=items)


def _changes(found: Since) -> Block:
    if not found.changes:
        return Paragraph(text=NO_CHANGES)
    ordered = sorted(found.changes, key=_size, reverse=True)
    cut = (FIRST.fill(shown=MOST, total=len(ordered)),) if len(ordered) > MOST else ()
    rows = tuple(map(_row, ordered[:MOST]))
    return Grid(caption=CAPTION, heads=HEADS, rows=rows, notes=cut, sheet="since")


def _made(steps: tuple[str, ...]) -> Text:
    return Text(", ".join(steps), "、".join(steps)) if steps else NOT_SAID


def _outcome(found: Outcome, year: int) -> tuple[Cell, ...]:
    pattern, basis = found.row.pattern, f"count:forecast.outcome.{found.method}"
    return (
        label(pattern, year),
        str(found.row.year),
        METHODS[found.method],
        estimate_of(found.method, found.row, found.last, year),
        Number(value=shown(pattern, found.came, found.last), basis=basis),
        WITHIN if found.within else OUTSIDE,
        Number(value=found.score, basis=basis),
    )


def _mean_scores(found: Since) -> dict[str, float]:
    """Return method → mean score over the series and years that all methods forecast."""
    methods = tuple(dict.fromkeys(o.method for o in found.outcomes))
    by = {(o.method, o.row.pattern, o.row.year): o.score for o in found.outcomes}
    places = {(p, y) for _, p, y in by}
    shared = sorted(place for place in places if all((m, *place) in by for m in methods))
    return {m: fmean(by[m, p, y] for p, y in shared) for m in methods if shared}


def _forecast(found: Since) -> list[Block]:
    """Say what was forecast, what came, and whether a model was worth having."""
    blocks: list[Block] = [Heading(text=FORECAST)]
    if not found.outcomes:
        return [*blocks, Paragraph(text=NOTHING_CAME)]
    year = min(o.row.year for o in found.outcomes) - 1
    means = _mean_scores(found)
    told = []
    for method, score in sorted(means.items(), key=lambda pair: pair[1]):
        own = [o for o in found.outcomes if o.method == method]
        said = Text(number(score, "en"), number(score, "zh"))
        counts = {"n": len(own), "within": sum(o.within for o in own), "score": said}
        told.append((MEANS.fill(method=METHODS[method], **counts),))
    rows = tuple(_outcome(o, year) for o in sorted(found.outcomes, key=_place))
    blocks += [Paragraph(text=SCORED[found.forecast]), Paragraph(text=SINCE_THEN)]
    better = [METHODS[m] for m, score in means.items() if score < means.get("model", score)]
    if better:
        blocks.append(Paragraph(text=WORSE.fill(methods=listed(tuple(better))), notice=True))
    grid = Grid(caption=OUTCOMES, heads=OUTCOME_HEADS, rows=rows, sheet="forecast_outcomes")
    return [*blocks, Items(items=tuple(told)), grid]


def _place(found: Outcome) -> tuple[int, int]:
    return (list(LABELS).index(found.row.pattern), found.row.year)


def _stage(found: Since) -> list[Block]:
    """Say where last year's stage would be read otherwise today."""
    then, again = (STAGE_VERDICT.terms[d.stage.verdict] for d in (found.then, found.again))
    if then == again:
        return []
    return [Paragraph(text=OTHER_STAGE.fill(then=then, again=again), notice=True)]


def _since(study: Study) -> tuple[Block, ...]:
    found = study.since
    if found is None or study.diagnosis is None:
        return ()
    same = found.then.type.verdict == found.again.type.verdict
    diagnoses = ((THEN, found.then), (AGAIN, found.again), (NOW, study.diagnosis))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (table_label(t), count_of(a, f"{t}.then"), count_of(b, t))
        for t, (a, b) in found.rows.items()
    )
    until = found.until.isoformat()
    return (
        Paragraph(text=WITH.fill(name=found.name, until=until)),
        Grid(
            caption=VERDICTS,
            heads=VERDICT_HEADS,
            rows=tuple(_verdict(words, each) for words, each in diagnoses),
        ),
        Paragraph(text=HOLDS if same else REVISED, notice=not same),
        *_stage(found),
        *_forecast(found),
        Heading(text=Text("Numbers", "数值")),
        Paragraph(text=PARTS),
        _changes(found),
        Heading(text=Text("Firms and rows", "企业与数据行")),
        _members(found),
        Grid(caption=ROWS, heads=ROW_HEADS, rows=rows),
        Paragraph(text=SOFTWARE.fill(then=_made(found.made_then), now=_made(found.made_now))),
    )


SINCE = Section(name="since", title=Text("Since last year", "年度变化"), build=_since)
