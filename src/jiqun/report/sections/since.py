"""Since last year 年度变化: the verdict then and now, and what of each change is real.

Paper: Q15 (a type is a probability over time)
"""

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.report.block import Block, Cell, Grid, Heading, Items, Number, Paragraph, Value, count_of
from jiqun.report.formatting import share
from jiqun.report.naming import table_label
from jiqun.report.section import Section
from jiqun.report.since import Change, Since
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
    "With what is known today, the verdict on last year would have been the same.",
    "以目前掌握的数据回看,去年的判定不变。",
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
NO_FORECAST = Text(
    "Last year's record carries no forecast that could be scored.", "去年的记录不含可供评分的预测。"
)


def _verdict(words: Text, found: Diagnosis) -> tuple[Cell, ...]:
    kind, stage = found.type, found.stage
    p = kind.probabilities[kind.likeliest]
    likeliest = LIKELIEST.fill(type=CLUSTER_TYPE.terms[kind.likeliest], p=share(p))
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
        Paragraph(text=NO_FORECAST),
        Heading(text=Text("Numbers", "数值")),
        Paragraph(text=PARTS),
        _changes(found),
        Heading(text=Text("Firms and rows", "企业与数据行")),
        _members(found),
        Grid(caption=ROWS, heads=ROW_HEADS, rows=rows),
        Paragraph(text=SOFTWARE.fill(then=_made(found.made_then), now=_made(found.made_now))),
    )


SINCE = Section(name="since", title=Text("Since last year", "年度变化"), build=_since)
