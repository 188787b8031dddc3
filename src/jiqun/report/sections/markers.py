"""Markers 阶段标志: the eighteen cells of Table 2, each met, not met, open or not observable.

Paper: S1-S18 (Table 2)
"""

from jiqun.diagnosis.findings import Evidence
from jiqun.diagnosis.stage.table_two import CellAnswer, answers
from jiqun.report.block import Block, Cell, Grid, Items, Paragraph, Value, count_of
from jiqun.report.naming import fields_label, listed
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import STAGE

ANSWERS = {
    "met": Text("● met", "● 符合"),
    "in_part": Text("◐ in part", "◐ 部分符合"),
    "not_met": Text("○ not met", "○ 不符合"),
    "open": Text("? open", "? 不能确定"),
    "not_observable": Text("– not observable", "– 不可观测"),
}
HOW = Text(
    "A marker is met where its whole interval lies nearer to what the reference card expects in its stage "
    "than to the state before digitalization; “open” means that the interval reaches over that line, or "
    "that the card expects hardly any difference. Not observable is no “no”: the data are missing.",
    "若某标志的整个区间更接近参照卡对该阶段的预期而非数字化之前的状态,则为符合;“不能确定”指区间跨越该界线,"
    "或参照卡预期的差异很小。不可观测不等于不符合,只是缺少数据。",
)
CAPTION = Text("The eighteen markers of Table 2", "表 2 的十八项阶段标志")
HEADS = (
    Text("stage", "阶段"),
    Text("marker (row of the paper)", "标志(论文条目)"),
    Text("answer", "结论"),
    Text("what was found, or what is missing", "发现或所缺数据"),
)
COUNTED = Text("{answer}: ", "{answer}:")
MARKER = Text("{words} ({paper})", "{words}({paper})")
FOUND = Text("{title}: {finding}", "{title}:{finding}")
LACKS = Text("{title}: needs {needs}", "{title}:尚缺{needs}")
UNKNOWN = Text("{title}: {reason}", "{title}:{reason}")


def _told(line: Evidence) -> Text:
    if line.status == "measured":
        return FOUND.fill(title=line.title, finding=line.finding)
    if line.needs:
        return LACKS.fill(title=line.title, needs=fields_label(line.needs))
    return UNKNOWN.fill(title=line.title, reason=line.reason)


def _row(found: CellAnswer) -> tuple[Cell, ...]:
    cell = found.cell
    return (
        STAGE.terms[cell.stage],
        MARKER.fill(words=cell.words, paper=cell.paper),
        ANSWERS[found.answer],
        listed(tuple(map(_told, found.lines))),
    )


def _markers(study: Study) -> tuple[Block, ...]:
    if study.diagnosis is None or not study.diagnosis.stage.evidence:
        return ()
    found = answers(study.diagnosis.stage)
    counts: list[tuple[Value, ...]] = [
        (
            COUNTED.fill(answer=words),
            count_of(sum(each.answer == code for each in found), f"markers.{code}"),
        )
        for code, words in ANSWERS.items()
    ]
    return (
        Paragraph(text=HOW),
        Items(items=tuple(counts)),
        Grid(caption=CAPTION, heads=HEADS, rows=tuple(map(_row, found)), sheet="markers"),
    )


MARKERS = Section(name="markers", title=Text("Markers of stages", "阶段标志"), build=_markers)
