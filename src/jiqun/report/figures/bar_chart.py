"""Bars from nought, each with its interval: a tornado where signs differ, shares where they do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

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
    shorten,
    text,
)
from jiqun.report.formatting import mark, number
from jiqun.vocabulary.text import Language, Text

ROW, TOP, THICK = 24.0, 14.0, 13.0
LEFT, RIGHT = 390.0, 90.0
PAD = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar.

    Attributes
    ----------
    label
        What it is of.
    value
        Where it ends; drawn filled, and written beside it.
    outline
        A second end, drawn hollow; None where there is none.
    low, high
        Ends of the interval; None where there is none.
    """

    label: Text
    value: float
    outline: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def ends(self) -> list[float]:
        """Every place that is drawn."""
        given = (0.0, self.value, self.outline, self.low, self.high)
        return [x for x in given if x is not None]


def _box(at: tuple[float, float], y: float, **look: object) -> Markup:
    left, right = min(at), max(at)
    place = {"x": left, "y": y - THICK / 2, "width": right - left, "height": THICK}
    return element("rect", **{k: coordinate(v) for k, v in place.items()}, **look)


def _row(bar: Bar, y: float, span: tuple[float, float], language: Language) -> list[Markup]:
    scale = (WIDTH - LEFT - RIGHT) / (span[1] - span[0])

    def at(value: float) -> float:
        return LEFT + (value - span[0]) * scale

    drawn = [text(shorten(bar.label.to(language), LEFT - 16), LEFT - 10, y + 4, anchor="end")]
    if bar.outline is not None:
        edge = {"fill": "#fff", "stroke": BLUE, "stroke_width": 1.2, "stroke_dasharray": "3 2"}
        drawn.append(_box((at(0.0), at(bar.outline)), y, **edge))
    drawn.append(_box((at(0.0), at(bar.value)), y, fill=BLUE))
    if bar.low is not None and bar.high is not None:
        a, b = at(bar.low), at(bar.high)
        drawn.append(line(a, y, b, y, stroke="#222", stroke_width=1.6))
        drawn += [line(x, y - 5, x, y + 5, stroke="#222", stroke_width=1.6) for x in (a, b)]
    shown = number(bar.value, language)
    return [*drawn, text(shown, WIDTH - RIGHT + 8, y + 4, font_weight="bold")]


def bar_chart(
    bars: Sequence[Bar], quantity: Text, alt: str, language: Language, *, synthetic: bool
) -> Markup:
    """Draw at least one bar, in the order given.

    Parameters
    ----------
    bars
        What is drawn.
    quantity
        What the axis measures.
    alt
        What a reader who can't see it should know.
    language
        Of the words.
    synthetic
        Whether the record was generated.
    """
    ends = [x for bar in bars for x in bar.ends]
    room = (max(ends) - min(ends) or 1.0) * PAD
    span = min(ends) - (room if min(ends) < 0.0 else 0.0), max(ends) + room
    foot = TOP + ROW * len(bars)
    scale = (WIDTH - LEFT - RIGHT) / (span[1] - span[0])
    drawn: list[Markup] = []
    for tick in ticks(*span, 5):
        x = LEFT + (tick - span[0]) * scale
        look = {
            "stroke": GREY if tick == 0.0 else RULE,
            "stroke_width": 1.2 if tick == 0.0 else 0.8,
        }
        drawn += [
            line(x, TOP - 6, x, foot, **look),
            text(mark(tick, language), x, foot + 16, anchor="middle", fill=GREY, font_size=12),
        ]
    for n, bar in enumerate(bars):
        drawn += _row(bar, TOP + ROW * (n + 0.5), span, language)
    words = quantity.to(language)
    drawn.append(text(words, WIDTH - RIGHT, foot + 34, anchor="end", fill=GREY, font_size=12))
    return picture(foot + (62 if synthetic else 42), alt, drawn, synthetic=synthetic)
