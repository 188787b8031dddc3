"""Measures in full 指标明细: for each measure its table, its intervals drawn, and its rows as CSV."""

from collections.abc import Sequence

from jiqun.measures.estimate import Estimate
from jiqun.report.block import Block, Cell, Download, Figure, Grid, Heading, Number, Paragraph
from jiqun.report.block import Value, count_of
from jiqun.report.figures.intervals import interval_plot
from jiqun.report.naming import measure_title
from jiqun.report.origin import Origin, described
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

SHOWN, NOTES_SHOWN = 12, 6
MOST_ROWS = 3_000
"""Rows of one measure that travel in the page: a report should stay small enough to mail."""

HEADS = (
    Text("what", "对象"),
    Text("value and interval", "数值与区间"),
    Text("unit", "单位"),
    Text("observations", "观测数"),
    Text("note", "注"),
)
CSV_HEADS = (
    Text("estimate", "估计编号"),
    Text("what", "对象"),
    Text("value", "数值"),
    Text("low", "区间下限"),
    Text("high", "区间上限"),
    Text("unit", "单位"),
    Text("observations", "观测数"),
    Text("note", "注"),
)
FIRST_ROWS = Text(
    "The first {shown} of {total} rows, in the order of the measure; the CSV file holds more.",
    "按指标给出的顺序仅列前 {shown} 行,共 {total} 行;更多见 CSV 文件。",
)
MORE_NOTES = Text(
    "Rows of this measure were made in {total} different ways; the first {shown} are told here, all by "
    "“jiqun measure --json”.",
    "该指标各行的计算说明共 {total} 种,此处列出前 {shown} 种,全部说明可由“jiqun measure --json”得到。",
)
NOTE = Text("Note {key}. {line}", "注 {key}。{line}")
DRAWN = Text("Values (dots) and intervals (bars)", "数值(圆点)与区间(横条)")
DRAWN_IN = Text("Values (dots) and intervals (bars), {unit}", "数值(圆点)与区间(横条),单位:{unit}")
NOTHING = Text("No measure gave a number.", "没有指标得出数值。")


def _notes(origins: dict[Origin, str], used: Sequence[Origin], total: int) -> tuple[Text, ...]:
    told = list(dict.fromkeys([*used, *list(origins)[:NOTES_SHOWN]]))
    lines = tuple(
        NOTE.fill(key=origins[origin], line=line) if i == 0 else line
        for origin in told
        for i, line in enumerate(origin.lines)
    )
    first = (FIRST_ROWS.fill(shown=SHOWN, total=total),) if total > SHOWN else ()
    more = MORE_NOTES.fill(total=len(origins), shown=len(told))
    return (*first, *lines, *((more,) if len(origins) > len(told) else ()))


def _unit(estimate: Estimate) -> Text | None:
    return None if estimate.unit.en == "1" else estimate.unit


def _row(estimate: Estimate, key: str) -> tuple[Cell, ...]:
    observations = (count_of(estimate.n, estimate.id), " ", estimate.n_of)
    return (estimate.label, estimate, _unit(estimate), observations, key)


def _csv_row(e: Estimate, key: str) -> tuple[Value, ...]:
    ends = (None if x is None else Number(value=x, basis=e.id) for x in (e.value, e.low, e.high))
    return (e.id, e.label, *ends, e.unit, count_of(e.n, e.id), key)


def _drawing(name: str, title: Text, estimates: Sequence[Estimate], study: Study) -> list[Block]:
    unit = estimates[0].unit
    drawn = [e for e in estimates if e.unit == unit and e.low is not None][:SHOWN]
    if len(drawn) <= 1:
        return []
    alt = described(title, drawn)
    return [
        Figure(
            name=f"measure-{name}",
            title=DRAWN if unit.en == "1" else DRAWN_IN.fill(unit=unit),
            alt=alt,
            draw=lambda language: interval_plot(
                drawn, alt.to(language), language, synthetic=study.synthetic
            ),
        )
    ]


def _measure(name: str, estimates: Sequence[Estimate], study: Study) -> list[Block]:
    title = measure_title(name)
    origins: dict[Origin, str] = {}
    keys = [origins.setdefault(Origin.of(e), str(len(origins) + 1)) for e in estimates]
    shown = estimates[:SHOWN]
    grid = Grid(
        caption=title,
        heads=HEADS,
        rows=tuple(_row(e, key) for e, key in zip(shown, keys, strict=False)),
        notes=_notes(origins, [Origin.of(e) for e in shown], len(estimates)),
    )
    rows = tuple(_csv_row(e, key) for e, key in zip(estimates[:MOST_ROWS], keys, strict=False))
    return [
        Heading(text=title),
        grid,
        *_drawing(name, title, estimates, study),
        Download(name=name, heads=CSV_HEADS, rows=rows, total=len(estimates)),
    ]


def _measures(study: Study) -> tuple[Block, ...]:
    if not study.measured:
        return (Paragraph(text=NOTHING),)
    return tuple(
        block
        for name, estimates in study.measured.items()
        for block in _measure(name, estimates, study)
    )


MEASURES_IN_FULL = Section(
    name="measures", title=Text("Measures in full", "指标明细"), build=_measures
)
