"""The results as tidy tables: one row an observation, the same in the workbook, Parquet and Stata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiqun.measures.curve_points import COLUMNS
from jiqun.measures.estimate import Estimate
from jiqun.report.block import Cell, Field, Grid, Number, Rows, Value, count_of
from jiqun.report.report import Report
from jiqun.report.wording import said
from jiqun.vocabulary.text import Text, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A named table of results.

    Attributes
    ----------
    name
        Name of its sheet or file.
    title
        What it holds.
    data
        Its rows.
    """

    name: str
    title: Text
    data: Rows


ESTIMATES = Text("All estimates, measured or not", "全部估计(含未能测量者)")
CURVES = Text("Curves that estimates sum up, a point a row", "估计所概括的曲线,每行一点")
IDENTITY = Field(
    "estimate",
    Text("estimate", "估计编号"),
    Text("Name of the estimate, stable over reports.", "估计的固定编号。"),
)
ESTIMATE_FIELDS = (
    IDENTITY,
    Field("measure", Text("measure", "指标")),
    Field("label", Text("what", "对象")),
    Field(
        "value",
        Text("value", "数值"),
        Text(
            "Empty where it was not measured; “reason” then says why.",
            "未能测量时为空,原因见“原因”列。",
        ),
    ),
    Field("low", Text("low", "区间下限")),
    Field("high", Text("high", "区间上限")),
    Field("level", Text("level", "置信水平")),
    Field("unit", Text("unit", "单位"), Text("1 for a ratio or share.", "比率或份额记为 1。")),
    Field("n", Text("observations", "观测数")),
    Field("n_of", Text("observations of", "观测对象")),
    Field("interval", Text("meaning of the interval", "区间含义")),
    Field("verdict", Text("verdict", "判断")),
    Field("method", Text("method", "方法")),
    Field("references", Text("references", "参考文献")),
    Field("warnings", Text("cautions", "注意事项")),
    Field("reason", Text("reason", "原因"), Text("Why there is no number.", "没有数值的原因。")),
    Field(
        "needs", Text("data needed", "所需数据"), Text("table.column on disk.", "记录中的表.列。")
    ),
)
CURVE_HEADS = {
    "at": Text("point of the axis", "横轴取值"),
    "value": Text("value", "数值"),
    "expected": Text("mean of chance", "偶然均值"),
    "low": Text("local band, low", "局部带下限"),
    "high": Text("local band, high", "局部带上限"),
    "global_low": Text("global band, low", "全局带下限"),
    "global_high": Text("global band, high", "全局带上限"),
}
CURVE_FIELDS = (
    IDENTITY,
    Field("axis", Text("axis", "横轴")),
    Field("quantity", Text("quantity", "数量")),
    *(Field(name, CURVE_HEADS[name]) for name in COLUMNS),
)


def result_tables(report: Report) -> tuple[Table, ...]:
    """Return every table of results that has rows: estimates, curves, what figures draw, lists."""
    estimates = [e for found in report.study.measurement.values() for e in found]
    found = (
        Table(
            name="estimates",
            title=ESTIMATES,
            data=Rows(fields=ESTIMATE_FIELDS, rows=tuple(map(_estimate, estimates))),
        ),
        *(_grid(grid) for grid in report.grids if grid.sheet),
        *(Table(name=d.name, title=d.title, data=d.data) for d in report.downloads if not d.sheet),
        Table(
            name="curves",
            title=CURVES,
            data=Rows(fields=CURVE_FIELDS, rows=tuple(r for e in estimates for r in _curve(e))),
        ),
        *(Table(name=f.name, title=f.title, data=f.data) for f in report.figures),
    )
    return tuple(table for table in found if table.data.rows)


def _grid(grid: Grid) -> Table:
    """Return a table of the report as it stands there, a run of values as one text."""
    fields = tuple(Field(re.sub(r"\W+", "_", head.en).strip("_"), head) for head in grid.heads)
    rows = tuple(tuple(map(_single, row)) for row in grid.rows)
    return Table(name=grid.sheet, title=grid.caption, data=Rows(fields=fields, rows=rows))


def _single(cell: Cell) -> Value:
    if not isinstance(cell, tuple):
        return cell
    return Text(said(cell, "en"), said(cell, "zh"))


def _number(value: float | None, of: Estimate) -> Value:
    return None if value is None else Number(value=value, basis=of.id)


def _estimate(e: Estimate) -> tuple[Value, ...]:
    has_interval = e.low is not None
    return (
        e.id,
        e.measure,
        e.label,
        *(_number(x, e) for x in (e.value, e.low, e.high)),
        Number(value=e.level, basis=e.id) if has_interval else None,
        e.unit,
        count_of(e.n, e.id),
        e.n_of,
        e.interval if e.interval.en else None,
        e.verdict,
        e.method if e.method.en else None,
        "; ".join(e.references) or None,
        joined(e.warnings) if e.warnings else None,
        e.reason,
        "; ".join(e.needs) or None,
    )


def _curve(e: Estimate) -> Iterator[tuple[Value, ...]]:
    if e.curve is not None:
        for row in e.curve.rows():
            yield (e.id, e.curve.axis, e.curve.quantity, *(_number(x, e) for x in row))
