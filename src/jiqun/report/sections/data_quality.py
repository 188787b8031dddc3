"""Data quality 数据质量: every problem of the record, grouped and counted."""

from jiqun.record.problem import Problem
from jiqun.record.requirements import RULES
from jiqun.report.block import (
    Block,
    Cell,
    Download,
    Field,
    Grid,
    Items,
    Paragraph,
    Rows,
    Value,
    count_of,
)
from jiqun.report.grouping import ProblemGroup, group_problems
from jiqun.report.naming import column_label, table_label
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, joined

MOST_ROWS = 3_000
SEVERITY = {"error": Text("error", "错误"), "warning": Text("warning", "警告")}
TITLES = {rule.id: rule.title for rule in RULES}
HEADS = (
    Text("problem", "问题"),
    Text("severity", "程度"),
    Text("where", "位置"),
    Text("cases", "处数"),
    Text("for example", "示例"),
    Text("what to do", "处理办法"),
)
FIELDS = (
    Field("rule", Text("rule", "规则")),
    Field("severity", Text("severity", "程度")),
    Field("source", Text("source", "来源")),
    Field("table", Text("table", "表")),
    Field("row", Text("row", "行")),
    Field("column", Text("column", "列")),
    Field("value", Text("value", "取值")),
    Field("message", Text("message", "说明")),
    Field("remedy", Text("what to do", "处理办法")),
)
NONE = Text("The checks found no problem.", "检查未发现问题。")
PROBLEMS = Text("Problems", "问题清单")
CAPTION = Text("Problems by rule and place", "按规则和位置汇总的问题")
ROW, ROW_VALUE = (
    Text("row {row}", "第 {row} 行"),
    Text("row {row}: “{value}”", "第 {row} 行:“{value}”"),
)
VALUE = Text("“{value}”", "“{value}”")


def _places(group: ProblemGroup) -> Text:
    told = []
    for row, value in group.places:
        words = VALUE if row is None else ROW if value is None else ROW_VALUE
        if row is not None or value is not None:
            told.append(words.fill(row=row, value=value))
    return joined(told, ", ", "、")


def _where(p: Problem) -> Text:
    if p.column is None:
        return table_label(p.table)
    column = column_label(p.table, p.column)
    told = Text("{table}: {column}", "{table}:{column}")
    return told.fill(table=table_label(p.table), column=column) if p.table else column


def _row(group: ProblemGroup) -> tuple[Cell, ...]:
    p = group.example
    title, places = TITLES.get(p.rule), _places(group)
    rows = any(row is not None for row, _ in group.places)
    told: tuple[Value, ...] = (p.message, " ", places) if rows else (p.message,)
    example: tuple[Value, ...] = (places,) if title is None else told
    count = count_of(group.count, group.basis)
    return (title or p.message, SEVERITY[p.severity], _where(p), count, example, p.remedy)


def _csv_row(p: Problem) -> tuple[Value, ...]:
    row = None if p.row is None else str(p.row)
    place = (p.source, p.table, row, p.column, p.value)
    return (p.rule, SEVERITY[p.severity], *place, p.message, p.remedy)


def _data_quality(study: Study) -> tuple[Block, ...]:
    groups = group_problems(study.problems)
    if not groups:
        return (Paragraph(text=NONE),)
    errors = sum(p.severity == "error" for p in study.problems)
    total = len(study.problems)
    counts = (
        (Text("Errors: ", "错误:"), count_of(errors, "problems.error")),
        (Text("Warnings: ", "警告:"), count_of(total - errors, "problems.warning")),
    )
    rows = tuple(_csv_row(p) for p in study.problems[:MOST_ROWS])
    return (
        Items(items=counts),
        Grid(caption=CAPTION, heads=HEADS, rows=tuple(_row(g) for g in groups)),
        Download(name="problems", title=PROBLEMS, data=Rows(fields=FIELDS, rows=rows), total=total),
    )


DATA_QUALITY = Section(
    name="data-quality", title=Text("Data quality", "数据质量"), build=_data_quality
)
