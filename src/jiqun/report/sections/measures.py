"""Measures in full 指标明细: for each measure its table, its intervals drawn, and its rows as CSV."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiqun.measures.estimate import Estimate
from jiqun.report.block import (
    Block,
    Cell,
    Download,
    Field,
    Figure,
    Grid,
    Heading,
    Number,
    Paragraph,
    Rows,
    Value,
    count_of,
)
from jiqun.report.figures.intervals import interval_plot
from jiqun.report.naming import measure_question, measure_title
from jiqun.report.origin import described, interval_meaning, origin
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.report.wording import gap, has_unit
from jiqun.vocabulary.counting import counted
from jiqun.vocabulary.text import Text

SHOWN, DRAWN, NOTES_TOLD = 25, 12, 30
MOST_ROWS = 3_000
"""Rows of one measure that travel in the page: a report should stay small enough to mail."""

HEADS = (
    Text("what", "对象"),
    Text("value and interval", "数值与区间"),
    Text("observations", "观测数"),
    Text("notes", "注"),
)
FIELDS = (
    Field("estimate", Text("estimate", "估计编号")),
    Field("label", Text("what", "对象")),
    Field("value", Text("value", "数值")),
    Field("low", Text("low", "区间下限")),
    Field("high", Text("high", "区间上限")),
    Field("unit", Text("unit", "单位")),
    Field("n", Text("observations", "观测数")),
    Field("notes", Text("notes", "注")),
)
FIRST_ROWS = Text(
    "The {shown} of {total} rows that rest on the most observations.",
    "仅列观测数最多的 {shown} 行,共 {total} 行。",
)
MORE_NOTES = Text(
    "Notes {first} to {last} are about rows that are not shown here; “jiqun measure --json” tells them.",
    "注 {first} 至注 {last} 针对此处未列出的行,可由“jiqun measure --json”查看。",
)
NOTE = Text("Note {key}. {line}", "注 {key}:{line}")
FIRST_OF = Text(
    "Note {{key}}. {{line}} (Told {n} times with other numbers; these are of the first. “jiqun measure --json” tells all.)",
    "注 {{key}}:{{line}}(此注共有 {n} 种数值,此处为第一种;全部可由“jiqun measure --json”查看。)",
)
NUMERAL = re.compile(r"\d[\d.,]*")
DRAWN_AS = Text("Values (dots) and intervals (bars)", "数值(圆点)与区间(横条)")
DRAWN_IN = Text("Values (dots) and intervals (bars), {unit}", "数值(圆点)与区间(横条),单位:{unit}")
WORKBOOK = Text(
    "The workbook of this report (form xlsx) holds every number of this section in its sheet “estimates”.",
    "本报告的工作簿(xlsx 格式)在“estimates”工作表中列有本节的全部数值。",
)
NOTHING = Text("No measure gave a number.", "没有指标得出数值。")


@dataclass(frozen=True, slots=True)
class Notes:
    """How numbers were made, each line once and numbered in the order of its first use."""

    numbers: dict[Text, int]

    @classmethod
    def of(cls, estimates: Sequence[Estimate]) -> "Notes":
        """Collect the lines of all estimates.

        Where there are too many to read, those that differ in their numbers only share a note.
        """
        lines = tuple(dict.fromkeys(line for e in estimates for line in origin(e)))
        many = len(lines) > NOTES_TOLD
        kinds = [NUMERAL.sub("#", line.en) if many else line.en for line in lines]
        order = {kind: i for i, kind in enumerate(dict.fromkeys(kinds), start=1)}
        return cls({line: order[kind] for line, kind in zip(lines, kinds, strict=True)})

    def keys(self, estimate: Estimate) -> str:
        """Return the numbers of the lines that hold for one estimate."""
        return " ".join(str(self.numbers[line]) for line in origin(estimate))

    def told(self, shown: Sequence[Estimate]) -> tuple[Text, ...]:
        """Return all lines about the rows shown, then others as far as there is room."""
        needed = max(self.numbers[line] for e in shown for line in origin(e))
        last = max(self.numbers.values())
        count = min(max(needed, NOTES_TOLD), last)
        alike: dict[int, list[Text]] = {}
        for line, i in self.numbers.items():
            alike.setdefault(i, []).append(line)
        lines = (
            (NOTE if len(same) == 1 else FIRST_OF.fill(n=len(same))).fill(key=i, line=same[0])
            for i, same in alike.items()
            if i <= count
        )
        more = MORE_NOTES.fill(first=count + 1, last=last)
        return (*lines, *((more,) if count < last else ()))


def _row(estimate: Estimate, notes: Notes) -> tuple[Cell, ...]:
    observations = (count_of(estimate.n, estimate.id), " ", counted(estimate.n_of))
    unit: tuple[Value, ...] = (gap(estimate), estimate.unit) if has_unit(estimate) else ()
    return (estimate.label, (estimate, *unit), observations, notes.keys(estimate))


def best_founded(estimates: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """Put those that rest on the most observations first, where there are too many to show."""
    if len(estimates) <= SHOWN:
        return tuple(estimates)
    return tuple(sorted(estimates, key=lambda e: (bool(e.of), -e.n)))


def _csv_row(e: Estimate, notes: str = "") -> tuple[Value, ...]:
    ends = (None if x is None else Number(value=x, basis=e.id) for x in (e.value, e.low, e.high))
    return (e.id, e.label, *ends, e.unit, count_of(e.n, e.id), notes)


def comparable(estimates: Sequence[Estimate]) -> list[Estimate]:
    """Return those that can share an axis: an interval, and unit and meaning of the first such."""
    with_interval = [e for e in estimates if e.low is not None]
    return [
        e
        for e in with_interval
        if (e.unit, e.interval) == (with_interval[0].unit, with_interval[0].interval)
    ]


def _drawing(name: str, estimates: Sequence[Estimate], study: Study) -> list[Block]:
    drawn = comparable(estimates)[:DRAWN]
    if len(drawn) <= 1:
        return []
    alt, unit = described(drawn), drawn[0].unit
    return [
        Figure(
            name=f"measure-{name}",
            title=DRAWN_AS if unit.en == "1" else DRAWN_IN.fill(unit=unit),
            alt=alt,
            draw=lambda language: interval_plot(
                drawn, alt.to(language), language, synthetic=study.synthetic
            ),
            data=Rows(fields=FIELDS[:-1], rows=tuple(_csv_row(e)[:-1] for e in drawn)),
            notes=(interval_meaning(drawn[0]),),
        )
    ]


def _measure(name: str, estimates: Sequence[Estimate], study: Study) -> list[Block]:
    estimates, total = best_founded(estimates), len(estimates)
    notes, shown = Notes.of(estimates), estimates[:SHOWN]
    first = (FIRST_ROWS.fill(shown=SHOWN, total=total),) if total > SHOWN else ()
    return [
        Heading(text=measure_title(name)),
        *(Paragraph(text=question) for question in measure_question(name)),
        *_drawing(name, estimates, study),
        Grid(
            caption=measure_title(name),
            heads=HEADS,
            rows=tuple(_row(e, notes) for e in shown),
            notes=(*first, *notes.told(shown)),
        ),
        Download(
            name=name,
            title=measure_title(name),
            data=Rows(
                fields=FIELDS,
                rows=tuple(_csv_row(e, notes.keys(e)) for e in estimates[:MOST_ROWS]),
            ),
            total=total,
            sheet="estimates",
            told=len(shown),
        ),
    ]


def _measures(study: Study) -> tuple[Block, ...]:
    if not study.measured:
        return (Paragraph(text=NOTHING),)
    every = (
        block
        for name, estimates in study.measured.items()
        for block in _measure(name, estimates, study)
    )
    return (Paragraph(text=WORKBOOK), *every)


MEASURES_IN_FULL = Section(
    name="measures", title=Text("Measures in full", "指标明细"), build=_measures
)
