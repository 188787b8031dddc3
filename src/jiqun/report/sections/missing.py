"""Not measured 未能测量: what has no number, why, and which data would allow it."""

from jiqun.measures.estimate import Estimate
from jiqun.report.block import Block, Cell, Grid, Paragraph, count_of
from jiqun.report.naming import column_label, fields_label, listed, measure_title, table_label
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, joined

MOST = 60
HEADS = (
    Text("measure", "指标"),
    Text("why", "原因"),
    Text("data that would allow it", "所需数据"),
    Text("cases", "处数"),
)
ALL_MEASURED = Text("Every measure gave all its numbers.", "各项指标均已得出全部数值。")
CUT = Text("The first {shown} of {total} reasons.", "仅列前 {shown} 项,共 {total} 项。")
NO_MORE_DATA = Text("more observations of the same kind", "更多同类观测")
EMPTY = Text(
    "Columns that are present but hold no value: {columns}.", "存在但没有任何取值的列:{columns}。"
)


def _reasons(study: Study) -> list[tuple[Cell, ...]]:
    groups: dict[tuple[str, Text, tuple[str, ...]], list[Estimate]] = {}
    for e in study.not_measured:
        if e.reason is not None:
            groups.setdefault((e.measure, e.reason, e.needs), []).append(e)
    return [
        (
            measure_title(name),
            reason,
            fields_label(needs, on_disk=True) if needs else NO_MORE_DATA,
            count_of(len(group), f"{name}.not_measured"),
        )
        for (name, reason, needs), group in groups.items()
    ]


def _empty_columns(study: Study) -> tuple[Paragraph, ...]:
    columns = tuple(
        Text("{table}: {columns}", "{table}:{columns}").fill(
            table=table_label(table),
            columns=joined((column_label(table, c) for c in empty), ", ", "、"),
        )
        for table, empty in study.summary.empty_columns.items()
    )
    return (Paragraph(text=EMPTY.fill(columns=listed(columns))),) if columns else ()


def _missing(study: Study) -> tuple[Block, ...]:
    rows = _reasons(study)
    if not rows:
        return (Paragraph(text=ALL_MEASURED), *_empty_columns(study))
    cut = (CUT.fill(shown=MOST, total=len(rows)),) if len(rows) > MOST else ()
    caption = Text("Why there is no number", "没有数值的原因")
    return (
        Grid(caption=caption, heads=HEADS, rows=tuple(rows[:MOST]), notes=cut),
        *_empty_columns(study),
    )


MISSING = Section(name="missing", title=Text("Not measured", "未能测量的内容"), build=_missing)
