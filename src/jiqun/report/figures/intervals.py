"""Values as dots on their intervals, one estimate a line."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from jiqun.measures.estimate import Estimate
from jiqun.report.figures.scale import ticks
from jiqun.report.figures.svg import (
    BLUE,
    GREY,
    RULE,
    WIDTH,
    coordinate,
    element,
    line,
    picture,
    text,
    width_of,
    wrapped,
)
from jiqun.report.formatting import mark, number
from jiqun.vocabulary.text import Language

ROW, LINE, TOP = 26.0, 14.0, 14.0
MOST_LINES = 3
LEFT, RIGHT = 400.0, 80.0
PAD = 0.04


def _span(estimates: Sequence[Estimate]) -> tuple[float, float]:
    ends = [x for e in estimates for x in (e.value, e.low, e.high) if x is not None]
    finite = [x for x in ends if math.isfinite(x)] or [0.0]
    low, high = min(finite), max(finite)
    room = (high - low or abs(high) or 1.0) * PAD
    return low - room, high + room


def told_once(labels: Sequence[str]) -> str:
    """Return the words with which all labels begin, where some label has no room otherwise."""
    if len(labels) == 1 or all(width_of(label) <= LEFT - 16 for label in labels):
        return ""
    first, last = min(labels), max(labels)  # in the order of letters: what these share, all share
    differs = (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    shared = first[: next(differs, len(first))]
    return shared[: shared.rfind(" ") + 1]


def _row(
    estimate: Estimate,
    label: Sequence[str],
    y: float,
    span: tuple[float, float],
    language: Language,
) -> list[Markup]:
    low, high = span
    scale = (WIDTH - LEFT - RIGHT) / (high - low)

    def at(value: float) -> float:
        return LEFT + (min(max(value, low), high) - low) * scale

    value = estimate.value if estimate.value is not None else math.nan
    highest = y + 4 - LINE * (len(label) - 1) / 2
    drawn = [
        text(words, LEFT - 10, highest + LINE * i, anchor="end") for i, words in enumerate(label)
    ]
    if estimate.low is not None and estimate.high is not None:
        a, b = at(estimate.low), at(estimate.high)
        drawn.append(line(a, y, b, y, stroke=BLUE, stroke_width=5, stroke_opacity=0.35))
        drawn += [line(x, y - 5, x, y + 5, stroke=BLUE, stroke_width=1.5) for x in (a, b)]
    dot = element("circle", cx=coordinate(at(value)), cy=coordinate(y), r=4.5, fill=BLUE)
    shown = number(value, language)
    basis = {"data_estimate": estimate.id}
    return [*drawn, dot, text(shown, WIDTH - RIGHT + 8, y + 4, font_weight="bold", **basis)]


def interval_plot(
    estimates: Sequence[Estimate], alt: str, language: Language, *, synthetic: bool
) -> Markup:
    """Draw measured estimates of one unit; an endless interval is cut at the edge of the plot."""
    span = _span(estimates)
    labels = [e.label.to(language) for e in estimates]
    start = told_once(labels)
    told = [wrapped(label.removeprefix(start), LEFT - 16, MOST_LINES) for label in labels]
    row = ROW + LINE * (max(map(len, told)) - 1)
    top = TOP + ROW if start else TOP
    foot = top + row * len(estimates)
    scale = (WIDTH - LEFT - RIGHT) / (span[1] - span[0])
    axis: list[Markup] = []
    for tick in ticks(*span, 5):
        x = LEFT + (tick - span[0]) * scale
        axis += [
            line(x, top - 6, x, foot, stroke=RULE, stroke_width=0.8),
            text(mark(tick, language), x, foot + 16, anchor="middle", fill=GREY, font_size=12),
        ]
    rows = [
        piece
        for i, (e, label) in enumerate(zip(estimates, told, strict=True))
        for piece in _row(e, label, top + row * (i + 0.5), span, language)
    ]
    heading = [text(f"{start}…", LEFT - 10, TOP + 4, anchor="end", fill=GREY)] if start else []
    return picture(
        foot + (44 if synthetic else 24), alt, [*heading, *axis, *rows], synthetic=synthetic
    )
